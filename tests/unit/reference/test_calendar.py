"""Who owes what, by when: our calendar, and the office's own rules over it."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from pipelines.reference.calendar import Calendar, Obligation
from pipelines.reference.lists import ListError, read_lists
from pipelines.settings import SEEDS_DIR

CALENDAR = "form,reporter_type,reporters,frequency,due_days_after_period_end,non_working_day,valid_from,valid_to\n"
ROUTES = "form,reporter_type,units,rolls_up_to,valid_from,valid_to\n"
EXCEPTIONS = "reporter_code,form,period,kind,due_on,reason\n"


def calendar(folder: Path, **overlays: str) -> Calendar:
    """The calendar with the office's own files."""
    for name, text in overlays.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return Calendar(read_lists(SEEDS_DIR, folder))


def due_on(asked: Calendar, form: str, reporter: str, period: str) -> dt.date | None:
    """When a report is due; None if it is not owed."""
    found = [each.due_on for each in asked.obligations(period) if (each.form, each.reporter_code) == (form, reporter)]
    return found[0] if found else None


def test_who_owes_what_follows_the_calendar(tmp_path: Path) -> None:
    owed = calendar(tmp_path).obligations("2014-Q3")
    pairs = {(each.form, each.reporter_code) for each in owed}
    assert len(pairs) == len(owed)
    assert {("H07", "443"), ("S02", "S-TC")} <= pairs
    assert ("S01", "S-TC") not in pairs, "no criterion in charge"
    assert {reporter for form, reporter in pairs if form == "S03"} == {"S-NNPTNT"}
    assert not {form for form, _ in pairs} & {"H01", "C01"}, "those are monthly"


@pytest.mark.parametrize(("period", "is_there"), [("2015-03", False), ("2015-04", True), ("2026-01", False)])
def test_a_reporter_owes_only_while_it_exists(tmp_path: Path, period: str, is_there: bool) -> None:
    """Kỳ Anh town from 10 April 2015 until districts ended on 1 July 2025; its code was swapped in mid-2015."""
    towns = {each.reporter_code for each in calendar(tmp_path).obligations(period)} & {"447", "449"}
    assert (len(towns) == 2) == is_there


def test_nothing_is_owed_before_the_calendar_begins(tmp_path: Path) -> None:
    assert calendar(tmp_path).obligations("2014-08") == []


@pytest.mark.parametrize(
    ("rows", "form", "due"),
    [
        ("", "H01", dt.date(2014, 11, 5)),
        ("H01,district,all,month,9,keep,2014-09-01,\n", "H01", dt.date(2014, 11, 9)),  # a Sunday
        ("H01,district,all,month,9,next_working_day,2014-09-01,\n", "H01", dt.date(2014, 11, 10)),
        ("H01,district,all,month,9,keep,2014-11-01,\n", "H01", dt.date(2014, 11, 5)),  # holds only later
        ("H01,district,all,month,5,keep,2014-09-01,2014-10-01\n", "H01", None),  # ended before
        ("H01,district,443,month,12,keep,2014-09-01,\n", "H01", dt.date(2014, 11, 12)),  # named beats all
        ("H01,district,443; 444,month,12,keep,2014-10-01,\n", "H01", dt.date(2014, 11, 12)),
        ("H01,district,444,month,12,keep,2014-10-01,\n", "H01", dt.date(2014, 11, 5)),
    ],
)
def test_the_rule_in_force_on_the_periods_last_day_says_when(
    tmp_path: Path, rows: str, form: str, due: dt.date | None
) -> None:
    assert due_on(calendar(tmp_path, reporting_calendar=CALENDAR + rows), form, "443", "2014-10") == due


def test_who_owes_a_form_is_who_a_route_has_report_it(tmp_path: Path) -> None:
    """In October the route is there, in November it has ended; without any, the rule is one line that says so."""
    rule = {"reporting_calendar": CALENDAR + "M01,district,all,month,7,keep,2014-09-01,\n"}
    with pytest.raises(ListError, match=r"row 2: no row of reporting_routes has a district report M01"):
        calendar(tmp_path, **rule)
    routed = calendar(tmp_path, reporting_routes=ROUTES + "M01,district,,,2014-09-01,2014-11-01\n")
    assert due_on(routed, "M01", "443", "2014-10") == dt.date(2014, 11, 7)
    assert due_on(routed, "M01", "443", "2014-11") is None


@pytest.mark.parametrize(
    ("period", "types"), [("2025-06", {"district": 60}), ("2025-08", {"commune": 180}), ("2026-03", {"commune": 180})]
)
def test_where_there_are_no_districts_communes_owe_what_districts_did(
    tmp_path: Path, period: str, types: dict[str, int]
) -> None:
    """Three forms of each of 60 communes; the nine wards are reporters, too, and owe none."""
    asked = calendar(tmp_path)
    reporters = asked.reporters(asked.periods.end(period))
    owed = Counter(reporters[each.reporter_code].reporter_type for each in asked.obligations(period))
    assert {kind: owed[kind] for kind in ("district", "commune", "ward") if owed[kind]} == types
    wards = [each for each in reporters.values() if each.reporter_type == "ward"]
    assert len(wards) == (9 if "commune" in types else 0)


def test_a_unit_reports_only_while_a_route_has_it(tmp_path: Path) -> None:
    """An office whose communes report from 2030 only, and from 2031 no more, knows them as reporters for that year."""
    rows = "".join(
        f"{form},commune,itself,province,{day},{end}\n"
        for form in ("H01", "H02", "H03", "H04", "H06", "H07", "C01", "V04")
        for day, end in [("2025-07-01", "2025-07-02"), ("2030-01-01", "2031-01-01")]
    )
    asked = calendar(tmp_path, reporting_routes=ROUTES + rows)
    for day, communes in [(dt.date(2025, 7, 1), 60), (dt.date(2026, 1, 1), 0), (dt.date(2030, 5, 1), 60)]:
        types = Counter(each.reporter_type for each in asked.reporters(day).values())
        assert types["commune"] == communes, day


def test_one_reporter_answers_for_a_unit(tmp_path: Path) -> None:
    """Communes that begin before districts end would be reported twice."""
    early = ROUTES + "H01,commune,itself,province,2025-01-01,\n"
    with pytest.raises(ListError, match=r"row 2: H01 is reported by district and by commune from 2025-01-01 on"):
        calendar(tmp_path, reporting_routes=early)


def test_a_due_day_is_moved_past_weekend_and_holidays(tmp_path: Path) -> None:
    """30 days after 31 March 2015 is the Thursday before three days off in a row that end on a Sunday."""
    own = {
        "reporting_calendar": CALENDAR + "H01,district,all,month,30,next_working_day,2014-09-01,\n",
        "holidays": "date,name_vi\n2015-04-30,Ngày Giải phóng\n2015-05-01,Quốc tế Lao động\n2015-05-04,Nghỉ bù\n",
    }
    assert due_on(calendar(tmp_path, **own), "H01", "443", "2015-03") == dt.date(2015, 5, 5)


@pytest.mark.parametrize(
    ("period", "ends", "due"),
    [
        ("2025-08", dt.date(2025, 8, 14), dt.date(2025, 8, 18)),  # a Thursday
        ("2026-01", dt.date(2026, 1, 14), dt.date(2026, 1, 16)),
        ("2026-02", dt.date(2026, 2, 14), dt.date(2026, 2, 24)),  # Tết from 16 to 20 February
        ("2026-03", dt.date(2026, 3, 14), dt.date(2026, 3, 17)),
    ],
)
def test_communes_report_two_working_days_after_a_period_that_closes_on_the_14th(
    tmp_path: Path, period: str, ends: dt.date, due: dt.date
) -> None:
    asked = calendar(tmp_path)
    assert asked.periods.end(period) == ends
    assert {each.due_on for each in asked.obligations(period) if each.form == "H01"} == {due}


def test_an_office_may_count_in_calendar_months(tmp_path: Path) -> None:
    asked = calendar(tmp_path, period_calendars="valid_from,closes_on\n2025-07-01,\n")
    assert asked.periods.end("2026-02") == dt.date(2026, 2, 28)
    with pytest.raises(ListError, match=r"row 2: valid_from 2025-07-15 must be the first day of a month"):
        calendar(tmp_path, period_calendars="valid_from,closes_on\n2025-07-15,14\n")


def test_nothing_is_owed_before_the_offices_history_begins(tmp_path: Path) -> None:
    asked = calendar(tmp_path, parameters="name,value,valid_from\nreports_owed_from,2019-01-01,\n")
    assert asked.obligations("2018-12") == []
    assert due_on(asked, "H01", "443", "2019-01") == dt.date(2019, 2, 5)


def test_one_reporter_is_given_another_day_or_let_off(tmp_path: Path) -> None:
    rows = "443,H01,2014-10,moved,2014-12-24,bão lụt\n444,H01,2014-10,excused,,bão lụt\n445,H01,2014-10,excused,,\n"
    owed = {
        each.reporter_code: each
        for each in calendar(tmp_path, calendar_exceptions=EXCEPTIONS + rows).obligations("2014-10")
        if each.form == "H01"
    }
    assert owed["443"].due_on == dt.date(2014, 12, 24)
    assert owed["444"].is_excused
    assert not owed["445"].is_excused, "an excuse has a reason"
    assert not owed["443"].is_excused


def test_an_obligation_is_the_same_whenever_it_is_due() -> None:
    one = Obligation("H01", "443", "2014-10", dt.date(2014, 11, 5))
    assert one == Obligation("H01", "443", "2014-10", dt.date(2014, 12, 5), is_excused=True)


@pytest.mark.parametrize(
    ("before", "last"),
    [
        (dt.date(2014, 10, 5), None),
        (dt.date(2014, 10, 6), dt.date(2014, 10, 5)),  # a month's
        (dt.date(2014, 10, 11), dt.date(2014, 10, 10)),  # a quarter's
        (dt.date(2014, 11, 5), dt.date(2014, 10, 10)),
        (dt.date(2014, 11, 6), dt.date(2014, 11, 5)),
        (dt.date(2015, 1, 11), dt.date(2015, 1, 10)),
    ],
)
def test_the_last_due_day_is_the_newest_that_is_over(tmp_path: Path, before: dt.date, last: dt.date | None) -> None:
    assert calendar(tmp_path).last_due_day(before) == last


def test_the_last_due_day_follows_the_offices_own_rules(tmp_path: Path) -> None:
    every_month = "".join(
        f"{form},{kind},{who},month,9,next_working_day,2014-09-01,\n"
        for form, kind, who in [
            *((form, "district", "all") for form in ("H01", "H02", "H03", "H04", "C01")),
            *(("C01", kind, "all") for kind in ("department", "media")),
            *((form, "office", "VPDP") for form in ("C01", "V01")),
            ("M01", "media", "all"),
        ]
    )
    asked = calendar(tmp_path, reporting_calendar=CALENDAR + every_month)
    assert asked.last_due_day(dt.date(2014, 11, 10)) == dt.date(2014, 10, 10), "9 November is a Sunday"
    assert asked.last_due_day(dt.date(2014, 11, 11)) == dt.date(2014, 11, 10)
    moved = calendar(tmp_path, calendar_exceptions=EXCEPTIONS + "443,H01,2014-10,moved,2014-11-20,bão lụt\n")
    assert moved.last_due_day(dt.date(2014, 11, 20)) == dt.date(2014, 11, 10)
    assert moved.last_due_day(dt.date(2014, 11, 21)) == dt.date(2014, 11, 20)


def test_a_day_that_is_due_on_no_report_is_none(tmp_path: Path) -> None:
    """An exception for a form that its reporter does not owe, and one that lets off, move nothing."""
    rows = "443,S01,2014-10,moved,2014-11-20,nhầm\n444,H01,2014-10,excused,2014-11-21,bão lụt\n"
    asked = calendar(tmp_path, calendar_exceptions=EXCEPTIONS + rows)
    assert asked.last_due_day(dt.date(2014, 11, 30)) == dt.date(2014, 11, 5)
