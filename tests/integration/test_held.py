"""A doubtful report that would replace an accepted one is held until the Office has decided.

Landed by hand, as the mail of one district came day by day; decisions are rows of the register of decisions.
"""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.integration.landed import HOURS, Built, Landed, table, utc
from tests.integration.recorded import Recording

CAN_LOC = ["18415", "18418", "18433", "18424", "18427"]
DUC_THO = ["18232", "18235", "18238", "18241", "18244"]
OFFICE = "VPDP"


def funds(communes: list[str] = CAN_LOC, total: float = 100.0) -> list[dict[str, Any]]:
    return [
        {"commune_code": code, "commune_name": f"Xã {code}", "item_key": code, "total_million_vnd": total + number}
        for number, code in enumerate(communes)
    ]


class Mail:
    """What came by the end of a day: reports of Can Lộc, and decisions of the Office."""

    def __init__(self, until: str) -> None:
        self.world, self.until = Landed(), until
        self.ids: dict[str, str] = {}

    def report(
        self,
        name: str,
        received: str,
        rows: list[dict[str, Any]],
        period: str = "2014-Q3",
        sender: str = "443",
        register_period: str | None = None,
        reporter: str = "443",
        content: str | None = None,
        **values: Any,
    ) -> None:
        if received[:10] <= self.until:
            delivery = self.world.delivery(
                f"{name}.xlsx",
                received,
                content=content,
                reporter=reporter,
                period=period,
                sender=sender,
                register_period=register_period,
            )
            self.ids[name] = self.world.submission(delivery, "H07", reporter, period, rows, **values)

    def withdraw(self, name: str, received: str) -> None:
        if received[:10] <= self.until:
            self.world.entry(f"{name}.xlsx", received, withdrawal=True)

    def decide(self, day: str, *decisions: dict[str, Any], issuer: str = OFFICE, sender: str | None = None) -> None:
        """A workbook of decisions that no register names: it counts from the day written in it."""
        if day <= self.until:
            delivery = self.world.delivery(f"quyet-dinh-{day}-{issuer}-{sender}.xlsx", None, reporter=issuer)
            rows = [{"decided_on": day, "item_key": str(number), **each} for number, each in enumerate(decisions)]
            self.world.submission(delivery, "V05", issuer, None, rows, path_reporter_code=sender)

    def about(self, name: str, decision: str) -> dict[str, Any]:
        return {"decided_submission_id": self.ids.get(name, name), "decision": decision}


def establish(mail: Mail) -> None:
    """Third quarter: one report after the other; fourth quarter: what else is doubtful; then what ends."""
    mail.report("first", "2014-10-05 08:00", funds())
    mail.report("untitled", "2014-10-06 08:00", funds(total=200), is_titled=False)
    mail.report("copy of the first", "2014-10-07 08:00", funds(), is_titled=False)  # says the same: replaces nothing
    mail.report("few", "2014-10-08 08:00", funds(CAN_LOC[:2], total=300))
    mail.report("many", "2014-10-09 08:00", funds(CAN_LOC[:3], total=400))  # 3 of 5 rows are more than half
    mail.report("fewer than the few", "2014-10-10 08:00", funds(CAN_LOC[:1], total=500))

    mail.report("own", "2015-01-05 08:00", funds(), "2014-Q4")
    mail.report("sheets", "2015-01-06 08:00", funds(total=200), "2014-Q4", disagrees_on="period")
    mail.report("other", "2015-01-07 08:00", funds(total=300), "2014-Q4", sender="445")
    mail.decide("2015-01-20", mail.about("other", "let_in"))
    mail.report("after it was let in", "2015-01-22 08:00", funds(total=400), "2014-Q4")
    mail.decide("2015-01-24", mail.about("sheets", "let_in"))
    mail.decide("2015-01-30", mail.about("other", "refuse"))

    mail.report("titled as before", "2015-04-04 08:00", funds(total=500), "2014-Q4", register_period="2015-Q1")
    mail.report("corrected late", "2015-04-07 08:00", funds(total=600), "2014-Q4", register_period="2015-Q1")
    mail.report("gone", "2015-04-05 08:00", funds(), "2015-Q1")
    mail.report("left alone", "2015-04-06 08:00", funds(total=200), "2015-Q1", is_titled=False)
    mail.withdraw("gone", "2015-04-08 08:00")

    mail.report("kept", "2015-07-05 08:00", funds(), "2015-Q2")
    mail.report("2015-Q2/wrong", "2015-07-06 08:00", funds(total=200), "2015-Q2")
    mail.decide("2015-07-08", {"decided_path": "2015-Q2\\wrong.xlsx", "decision": "leave_out"})
    mail.report("late word", "2015-07-09 08:00", funds(total=300), "2015-Q2", is_titled=False)
    mail.decide("2015-07-10", mail.about("late word", "let_in"), issuer="443")
    mail.decide("2015-07-11", mail.about("late word", "let_in"), sender="443")
    mail.decide(
        "2015-07-12",
        mail.about("nobody knows this", "refuse"),
        {"decided_path": "no such.xlsx", "decision": "leave_out"},
        {"decided_path": "kept.xlsx", "decision": "refuse"},
        {"decided_path": "quyet-dinh-2015-07-08-VPDP-None.xlsx", "decision": "leave_out"},
        mail.about("kept", "refuse"),
    )
    mail.decide("2015-07-13", mail.about("late word", "let_in"))
    mail.decide("2015-07-13", mail.about("late word", "refuse"), sender=OFFICE)


def establish_by_mail(mail: Mail) -> None:
    """Reports of Đức Thọ that came as attachments."""
    mail.report(BY_THACH_HA, "2014-10-05 08:00", funds(DUC_THO), sender="445", reporter="440", content="the same bytes")
    mail.report(BY_ITSELF, "2014-10-06 08:00", funds(DUC_THO), sender="440", reporter="440", content="the same bytes")
    mail.report(BY_THE_OFFICE, "2015-01-05 08:00", funds(DUC_THO), "2014-Q4", sender=OFFICE, reporter="440")
    mail.report(BY_CAM_XUYEN, "2015-04-05 08:00", funds(DUC_THO), "2015-Q1", sender="446", reporter="440")
    mail.report(LET_IN, "2015-07-05 08:00", funds(DUC_THO), "2015-Q2", sender="445", reporter="440")
    mail.decide("2015-07-09", mail.about(LET_IN, "let_in"))

    for name, by in ((BY_CAM_XUYEN, "446"), (LET_IN, "445"), ("inbox/n20141006/vvvvvvvvvvvvvvvv/anh", "440")):
        folder, moment = name.removeprefix("inbox/").rpartition("/")[0], utc("2015-07-05 08:00")
        about = {"message_key": folder[-16:] + by, "report_no": 1, "exchanged_at": moment, "reporter_code": by}
        mail.world.add("messages", **about, direction="received", message_kind="report", place=folder)
    about = {"message_key": "answer", "report_no": 1, "exchanged_at": utc("2015-07-19 09:00"), "reporter_code": "446"}
    more = {"verdict": "note", "place": f"{BY_CAM_XUYEN}.xlsx", "note": "Huyện nhờ gửi giúp"}
    mail.world.add("messages", **about, **more, direction="received", message_kind="report")
    about = {"message_key": "letter", "reporter_code": "440", "exchanged_at": utc("2015-07-20 23:59")}
    for number, form in enumerate(("H01", "H07"), 1):
        more = {"message_kind": "reminder", "form": form, "period": "2015-Q2", "verdict": "overdue"}
        mail.world.add("messages", report_no=number, direction="sent", **about, **more)
    late = about | {"message_key": "tomorrow", "exchanged_at": utc("2015-07-21 00:01")}
    mail.world.add("messages", report_no=1, direction="sent", message_kind="answer", verdict="clean", **late)


BY_THACH_HA, BY_ITSELF, BY_THE_OFFICE, BY_CAM_XUYEN, LET_IN = (
    f"inbox/n2014100{day}/bcdfghklmnpqrstv/bao cao" for day in range(1, 6)
)


def build(folder: Path, recording: Recording, as_of: str, *, until: str = "9999", select: str) -> tuple[Built, Mail]:
    mail = Mail(until)
    establish(mail)
    establish_by_mail(mail)
    folder.mkdir()
    return mail.world.build(folder / "working.duckdb", as_of, recording, select=select), mail


STATUSES = [
    ("first", "superseded"),
    ("untitled", "held"),
    ("copy of the first", "superseded"),
    ("few", "held"),
    ("many", "accepted"),
    ("fewer than the few", "held"),
    ("own", "superseded"),
    ("sheets", "superseded"),
    ("other", "rejected"),
    ("after it was let in", "superseded"),
    ("titled as before", "held"),
    ("corrected late", "accepted"),
    ("gone", "withdrawn"),
    ("left alone", "held"),
    ("kept", "accepted"),
    ("2015-Q2/wrong", "left_out"),
    ("late word", "held"),
    (BY_THACH_HA, "duplicate"),
    (BY_ITSELF, "accepted"),
    (BY_THE_OFFICE, "accepted"),
    (BY_CAM_XUYEN, "held"),
    (LET_IN, "accepted"),
]


@pytest.fixture(scope="module")
def built(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Mail]:
    folder = tmp_path_factory.mktemp("held") / "whole"
    return build(folder, recording, "2015-07-20", select="+path:models/quality +fct_resources")


def test_each_is_judged_against_the_newest_one_accepted_by_then(built: tuple[Built, Mail]) -> None:
    world, mail = built
    names = {submission: name for name, submission in mail.ids.items()}
    rows = table(world.connected, "select submission_id, status from quality.submissions where form = 'H07'")
    statuses = {names[row["submission_id"]]: row["status"].replace("_with_findings", "") for row in rows}
    assert statuses == dict(STATUSES)


def test_messages_say_who_sent_and_got_what_with_what_outcome(built: tuple[Built, Mail]) -> None:
    world, mail = built
    query = "select reporter_code, direction, form, period, verdict, submission_id from quality.messages order by 1, 2, 3, 5"
    assert [tuple(row.values()) for row in table(world.connected, query)] == [
        ("440", "received", None, None, "no_report", None),
        ("440", "sent", "H01", "2015-Q2", "overdue", None),
        ("440", "sent", "H07", "2015-Q2", "overdue", None),
        ("445", "received", "H07", "2015-Q2", "accepted", mail.ids[LET_IN]),
        ("446", "received", "H07", "2015-Q1", "held", mail.ids[BY_CAM_XUYEN]),
        ("446", "received", "H07", "2015-Q1", "note", mail.ids[BY_CAM_XUYEN]),
    ]
    said = "select note from intermediate.int_messages where submission_id = $1 and note is not null"
    assert world.connected.execute(said, [mail.ids[BY_CAM_XUYEN]]).fetchall() == [("Huyện nhờ gửi giúp",)]


def test_f15_fires_once_for_what_the_office_is_asked_about_with_its_reason(built: tuple[Built, Mail]) -> None:
    world, mail = built
    names = {submission: name for name, submission in mail.ids.items()}
    rows = table(world.connected, "select * from quality.findings where rule_id = 'F15'")
    assert {(names[row["submission_id"]], row["variant"], row["state"]) for row in rows} == {
        ("untitled", "untitled", "cured"),  # a clear one was accepted since
        ("few", "fewer_rows", "cured"),
        ("fewer than the few", "fewer_rows", "open"),
        ("sheets", "sheets", "cured"),  # let in
        ("other", "sender", "cured"),  # refused
        ("titled as before", "period", "cured"),
        ("left alone", "untitled", "open"),
        ("late word", "untitled", "open"),
        (BY_CAM_XUYEN, "mailed_by_another", "open"),
        (LET_IN, "mailed_by_another", "cured"),
    }
    said = {names[row["submission_id"]]: row["message_vi"] for row in rows}
    assert "chỉ có 1 dòng dùng được, báo cáo trước có 3 dòng" in said["fewer than the few"]
    assert 'tệp "many.xlsx"' in said["fewer than the few"]
    assert "sổ công văn đến ghi kỳ quý I/2015" in said["titled as before"]
    assert "đến từ địa chỉ thư của Huyện Thạch Hà, không phải của đơn vị ghi trên biểu" in said[LET_IN]
    assert "do Huyện Thạch Hà gửi, còn báo cáo trước do Huyện Can Lộc gửi" in said["other"]


def test_f15_keeps_quiet_over_a_report_that_replaces_clearly(built: tuple[Built, Mail]) -> None:
    world, mail = built
    rows = table(world.connected, "select submission_id from quality.findings where rule_id = 'F15'")
    clear = {
        mail.ids[name]
        for name in ("first", "copy of the first", "many", "own", "after it was let in", "corrected late", "kept")
    }
    assert not clear & {row["submission_id"] for row in rows}


def test_nothing_held_enters_a_mart_or_replaces_a_finding(built: tuple[Built, Mail]) -> None:
    world, mail = built
    rows = table(world.connected, "select distinct submission_id from marts.fct_resources")
    accepted = ("many", "corrected late", "kept", BY_ITSELF, BY_THE_OFFICE, LET_IN)
    assert {row["submission_id"] for row in rows} == {mail.ids[name] for name in accepted}
    rows = table(world.connected, "select distinct submission_id, rule_id from quality.findings where form = 'H07'")
    held = {mail.ids[name] for name, status in STATUSES if status in ("held", "rejected")}
    assert {row["rule_id"] for row in rows if row["submission_id"] in held} == {"F15"}


@pytest.mark.parametrize(
    ("period", "status", "first_received"),
    [
        ("2014-Q3", "on_time", "2014-10-05 08:00"),
        ("2014-Q4", "on_time", "2015-01-05 08:00"),
        ("2015-Q1", "held", None),
        ("2015-Q2", "on_time", "2015-07-05 08:00"),
    ],
)
def test_obligation_of_which_nothing_is_accepted_and_something_is_held(
    built: tuple[Built, Mail], period: str, status: str, first_received: str | None
) -> None:
    world, _ = built
    row = world.one("quality.obligations", "status, first_received_at", reporter_code="443", form="H07", period=period)
    assert row == (status, dt.datetime.fromisoformat(first_received) - HOURS if first_received else None)


def test_held_obligation_is_not_received_and_nobody_is_asked_for_it(built: tuple[Built, Mail]) -> None:
    world, _ = built
    scores = world.one("quality.reporter_scores", "expected, received", reporter_code="443", month=dt.date(2015, 3, 1))
    owed = table(
        world.connected,
        "select status from quality.obligations where reporter_code = '443' and month = date '2015-03-01'",
    )
    assert scores == (len(owed), 0)
    asked = table(
        world.connected,
        "select rule_id from quality.findings where reporter_code = '443' and form = 'H07' and rule_id in ('D01', 'D03')",
    )
    assert asked == []
    reason = world.one(
        "quality.rule_results", "reason", rule_id="D01", reporter_code="443", form="H07", period="2015-Q1"
    )
    assert reason == "held"


def test_f16_fires_at_each_decision_that_cannot_be_followed(built: tuple[Built, Mail]) -> None:
    world, mail = built
    rows = table(world.connected, "select * from quality.findings where rule_id = 'F16'")
    assert sorted((row["variant"], row["received_value"], row["row_number"]) for row in rows) == sorted(
        [
            ("contradiction", mail.ids["late word"], 11),
            ("contradiction", mail.ids["late word"], 11),
            ("no_file", "no such.xlsx", 12),
            ("no_submission", "nobody knows this", 11),
            ("not_held", mail.ids["kept"], 15),
            ("not_office", mail.ids["late word"], 11),
            ("not_office", mail.ids["late word"], 11),
            ("refused_file", "kept.xlsx", 13),
            ("register", "quyet-dinh-2015-07-08-VPDP-None.xlsx", 14),
        ]
    )
    assert {row["cell"] for row in rows if row["variant"] == "no_submission"} == {"E11"}


def test_f16_keeps_quiet_over_decisions_that_are_followed(built: tuple[Built, Mail]) -> None:
    world, mail = built
    rows = table(world.connected, "select received_value from quality.findings where rule_id = 'F16'")
    assert not {mail.ids["other"], mail.ids["sheets"], "2015-Q2/wrong.xlsx"} & {row["received_value"] for row in rows}


def test_as_of_a_day_all_is_as_it_was_then(recording: Recording, tmp_path: Path) -> None:
    """Whatever came later, decisions too, changes nothing of what was known at the end of a day."""
    day, select = "2015-01-21", "+int_submission_verdicts"
    query = "select * exclude (received_seq) from intermediate.int_submission_verdicts order by submission_id"
    then, _ = build(tmp_path / "then", recording, day, until=day, select=select)
    since, mail = build(tmp_path / "since", recording, day, select=select)
    assert table(since.connected, query) == table(then.connected, query)
    counted = table(
        since.connected,
        """
        select submission_id from intermediate.int_submission_verdicts
        where is_current and period = '2014-Q4' and reporter_code = '443'
        """,
    )
    assert [row["submission_id"] for row in counted] == [mail.ids["other"]], "let in the day before"
