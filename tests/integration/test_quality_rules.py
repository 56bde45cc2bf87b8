"""What quality.findings, rule_results, obligations and submissions say of reports whose defects are known.

One province, landed by hand and built once: each rule has rows that must fire and rows that must keep it quiet.
"""

import datetime as dt
import hashlib
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.reference.calendar import Calendar
from pipelines.reference.lists import read_lists
from pipelines.reference.models import Duty
from pipelines.settings import SEEDS_DIR
from tests.integration.landed import SECRET, Landed, marks, table
from tests.integration.recorded import Recording

# ruff: noqa: E501 (rows of reports read best as rows)


AS_OF = "2015-07-20"
CAN_LOC = ["18415", "18418", "18433", "18424", "18427"]  # five communes of Huyện Can Lộc (443)
OVERLAYS = {
    "calendar_exceptions": """reporter_code,form,period,kind,due_on,reason
444,H01,2014-10,excused,,Lũ lụt tháng 10
444,H01,2014-11,moved,2014-12-20,Kéo dài hạn
444,H02,2014-10,excused,,
""",
    "reporting_calendar": """form,reporter_type,reporters,frequency,due_days_after_period_end,non_working_day,valid_from,valid_to,source
M01,media,all,month,30,next_working_day,2014-09-01,,chosen
H04,district,all,month,5,keep,2014-09-01,2015-01-01,ended
""",
}


def h01(commune: str | None, met: int = 10, **values: Any) -> dict[str, Any]:
    return {"commune_code": commune, "commune_name": f"Xã {commune}", "item_key": commune, **marks(met), **values}


def establish(world: Landed) -> None:
    """Reports of Can Lộc: within one report, and over time."""
    c1, c2, c3, c4, c5 = CAN_LOC
    world.report(
        "H01",
        "443",
        "2014-09",
        "2014-10-03 08:00",
        [
            h01(c1, criteria_met_stated=11),
            h01(c2, criteria_met_stated=10),
            h01(c3, criteria_met_stated=9, criterion_5=None),
            h01(None, unused_reason="R01", commune_suggested_code=c4),
            h01(c5, 9, unused_reason="R03"),
            h01(c5, 8, unused_reason="R03"),
        ],
    )
    world.report(
        "H01",
        "443",
        "2014-10",
        "2014-11-07 08:00",
        [
            h01(c1, criterion_3="not_met", change_stated=-1),
            h01(c2, criterion_3="not_met", change_stated=4, note="Bão làm hỏng"),
            h01(c3, 14, criterion_5="met"),
            h01(c4, 10),
        ],
    )
    # three months on: November and December did not come
    world.report(
        "H01",
        "443",
        "2015-01",
        "2015-02-05 23:59",
        [h01(c1, 10, criterion_2="not_met"), h01(c2, 19, criterion_3="not_met")],
    )
    # four months on
    world.report("H01", "443", "2015-05", "2015-06-06 00:00", [h01(c1, 1)])


def split(world: Landed) -> None:
    """Kỳ Ninh (18781) goes from district 447 to the new town 449 on 2015-04-10."""
    world.report("H01", "447", "2015-03", "2015-04-02 09:00", [h01("18781", 10)])
    world.report("H01", "449", "2015-04", "2015-05-04 09:00", [h01("18781", 10, criterion_4="not_met")])
    world.report("H02", "447", "2015-03", "2015-04-02 09:00", [model("18781", "Trại lợn"), model("18781", "Vườn cam")])
    world.report("H02", "449", "2015-04", "2015-05-04 09:00", [model("18781", "Trại lợn")])


def model(commune: str | None, name: str, **values: Any) -> dict[str, Any]:
    return {
        "commune_code": commune, "model_name": name, "item_key": f"{commune}|{name.lower()}|",
        "status": "running", "size": "small", **values,
    }  # fmt: skip


def deliver(world: Landed) -> None:
    """Corrections, copies, withdrawals, rejections: Nghi Xuân (442) and others."""
    first = [h01("18355", 10, criteria_met_stated=12)]
    world.report("H01", "442", "2014-10", "2014-11-04 08:00", first, path="nx/10.xlsx")
    world.report(
        "H01",
        "442",
        "2014-10",
        "2014-12-30 08:00",
        [h01("18355", 11, criteria_met_stated=11)],
        path="nx/10-gui-lai.xlsx",
    )
    # withdrawn, then the same bytes again under another name
    world.report("H01", "442", "2014-11", "2014-12-04 08:00", [h01("18355")], path="nx/11.xlsx", content="nov")
    world.entry("nx/11.xlsx", "2014-12-10 08:00", withdrawal=True)
    world.report("H01", "442", "2014-11", "2014-12-12 08:00", [h01("18355")], path="nx/11b.xlsx", content="nov")
    # an unusable file after a good one; a copy of an earlier one, even after a correction
    world.report("H01", "442", "2014-12", "2015-01-03 08:00", [h01("18355")], path="nx/12.xlsx", content="dec")
    world.report("H01", "442", "2014-12", "2015-01-04 08:00", [h01("18355", 12)], path="nx/12-sua.xlsx")
    world.report("H01", "442", "2014-12", "2015-01-05 08:00", [h01("18355")], path="nx/12-lan-3.xlsx", content="dec")
    bad = world.report(
        "H01", "442", "2014-12", "2015-01-06 08:00", [], path="nx/12-hong.xlsx", status="rejected", reason="F05"
    )
    world.finding(bad, "F05", field="criterion_4")
    # nothing usable came
    bad = world.report(
        "H01", "442", "2015-01", "2015-02-03 08:00", [], path="nx/01.xlsx", status="rejected", reason="F13"
    )
    world.finding(bad, "F13")
    for path in ("nx/02.xlsx", "nx/02-gui-lai.xlsx"):
        world.delivery(
            path, "2015-03-03 08:00", status="rejected", reason="F01", reporter="442", period="2015-02", content="empty"
        )  # fmt: skip
    # of a quarter's last month: the quarterly forms may have been in it
    world.delivery("hl/03.xlsx", "2015-04-03 08:00", status="rejected", reason="F01", reporter="437", period="2015-03")
    # the period begins after the receipt
    world.report("H01", "442", "2015-04", "2015-03-31 17:00", [h01("18355")], path="nx/04.xlsx")
    # not owed: the town reports for a month in which it was not one; H04 is owed until the end of 2014
    world.report("H01", "449", "2015-03", "2015-04-04 09:00", [h01("18781", 10)])
    world.report("H04", "442", "2015-01", "2015-02-04 09:00", [])
    # in no register; in the register without a file; the register says otherwise
    loose = world.delivery("roi/le.xlsx", None, modified="2015-01-20 10:00", reporter="445", period="2014-12")
    world.submission(loose, "H01", "445", "2014-12", [h01("18565")])
    world.entry("mat/khong-co.xlsx", "2015-01-21 10:00", sender="446", period="2014-12", found=False)
    other = world.delivery(
        "th/11.xlsx", "2014-12-02 10:00", reporter="445", period="2014-11", sender="446", register_period="2014-10"
    )
    world.submission(other, "H01", "445", "2014-11", [h01("18565")])
    quarter = world.delivery(
        "th/q4.xlsx", "2015-01-09 10:00", reporter="445", period="2014-Q4", register_period="2014-12"
    )
    world.submission(quarter, "H05", "445", "2014-Q4", [{"officer_name": "Nguyễn Văn A", "is_full_time": True}])
    # received after the day asked
    world.report("H01", "445", "2015-05", "2015-07-21 00:00", [h01("18565")])


def misplace(world: Landed) -> None:
    """Reports that came, of a known reporter and form, whose sheets name periods that can't be theirs."""
    for form, reporter, period, likely, received in [
        ("S02", "S-NV", "2015-Q3", "2015-Q3", "2015-06-29"),  # the quarter to come: nothing else is named
        ("S02", "S-YT", None, "2015-Q3;2015-Q2", "2015-07-08"),  # "Tháng 7"; the register says the second quarter
        ("S02", "S-CT", "2015-Q4", "2015-Q4;2015-Q1", "2015-07-08"),  # the folder is that of the first quarter
        ("H05", "436", None, "2015-Q2", "2015-06-25"),  # "Tháng 5", sent some days before the quarter's end
        ("H01", "436", "2015-09", "2015-09", "2015-06-03"),
        ("H02", "436", None, None, "2015-06-03"),  # no period anywhere
    ]:
        values = {"status": "rejected", "reason": "F04"} if period is None else {}
        delivery = world.delivery(f"lac/{reporter}-{form}.xlsx", f"{received} 09:00", reporter=reporter, period=period)
        world.submission(delivery, form, reporter, period, [], likely_periods=likely, **values)
    # of a file of which nothing was recognised one sheet names its form, the other may be any
    delivery = world.delivery(
        "lac/ct.xlsx", "2015-07-08 10:00", status="rejected", reason="F02", reporter="S-CT", period="2015-Q2"
    )
    world.submission(delivery, "S02", "S-CT", "2015-Q2", [], status="rejected", reason="F02")
    world.add("sheets", delivery_id=delivery, sheet="Trang 2", sheet_no=2, kind="unrecognised")


def come_back(world: Landed) -> None:
    """Lộc Hà (448) sends a file, then another one in its place, then the first again; a copy of that lies elsewhere."""
    months = {
        "2014-09": ["2014-10-02 08:00", "2014-10-08 08:00", "2014-10-12 08:00"],  # on time by the first, due on the 5th
        "2014-10": [None, None, None],  # in no register: the file that is put back has its old time
    }
    for month, times in months.items():
        path = f"lh/H03-{month}.xlsx"
        for number, (content, received) in enumerate(zip("ABA", times, strict=True)):
            delivery = world.delivery(
                path,
                received,
                content=f"{content} {month}",
                reporter="448",
                period=month,
                modified=f"2014-11-0{1 + number % 2} 08:00",
            )
            if number < 2:
                world.submission(
                    delivery, "H03", "448", month, [{"name": content, "item_key": "1", "kind": "cooperative"}]
                )
    copied = world.delivery(
        "lh/ban-sao.xlsx", "2014-10-04 08:00", content="A 2014-09", reporter="448", period="2014-09"
    )
    world.submission(copied, "H03", "448", "2014-09", [{"name": "A", "item_key": "1", "kind": "cooperative"}])


def tasks(world: Landed) -> None:
    """What Nghi Xuân (442) says of tasks: one of the notice by its code, one by its words, and two that there are not."""
    (code, words) = world_task()
    row = {"status": "in_progress", "task_code": None, "task": None}
    world.report(
        "C01",
        "442",
        "2014-11",
        "2014-12-02 09:00",
        [
            row | {"task_code": code, "item_key": "a"},
            row | {"task": f" {words.upper()}", "item_key": "b"},
            row | {"task_code": "TB99/7", "task": words, "item_key": "c"},
            row | {"task": "Việc không ai giao", "item_key": "d"},
            row | {"item_key": None, "unused_reason": "E02"},
        ],
    )


def world_task() -> tuple[str, str]:
    """The code and the words of a task of the notice."""
    duty = read_lists(SEEDS_DIR)[Duty][0]
    return duty.item, duty.duty_vi


def lists(world: Landed) -> None:
    """Funds, models, establishments, dates: Hương Khê (444) and Cẩm Xuyên (446)."""

    def funds(
        total: float | None, central: float | None = None, people: float | None = None, **more: float
    ) -> dict[str, Any]:
        zero = {name: 0.0 for name, kind in world.schema["h07"] if name.endswith("_million_vnd")}
        parts = {"central_budget_million_vnd": central, "people_cash_million_vnd": people}
        return zero | {"commune_code": "18499", "item_key": "18499", "total_million_vnd": total} | parts | more

    world.report("H07", "444", "2014-Q3", "2014-10-09 09:00", [funds(1000.0, 600.0, 396.0)])
    world.report("H07", "444", "2014-Q4", "2015-01-09 09:00", [funds(900.0, 600.0, 310.0)])
    world.report("H07", "444", "2015-Q1", "2015-04-09 09:00", [funds(100.0, 60.0, None)])
    world.report("H07", "444", "2015-Q2", "2015-07-09 09:00", [funds(100.0, 160.0, None)])
    world.report(
        "H02",
        "444",
        "2014-09",
        "2014-10-01 09:00",
        [
            model("18499", "Nuôi bò", size="small", revenue_million_vnd=500.0),
            model("18499", "Trồng cam", size="medium", revenue_million_vnd=999.0),
            model("18499", "Nuôi hươu", size="large"),
            model("18499", "Đã nghỉ", status="stopped", started_on="2014-10-02"),
            model("18499", "Tương lai", started_on="2014-10-02"),
            model("18499", "Xưa", started_on="2007-12-31"),
        ],
    )
    world.report(
        "H02",
        "444",
        "2014-10",
        "2014-11-01 09:00",
        [model("18499", "Nuôi bò"), model("18499", "Trồng cam", status="stopped")],
    )
    world.report(
        "H02",
        "444",
        "2014-11",
        "2014-12-01 09:00",
        [model("18499", "Nuôi bò"), model(None, "Ở đâu", unused_reason="R01")],
    )
    world.report("H02", "444", "2014-12", "2015-01-01 09:00", [model(None, "Ở đâu", unused_reason="R01")])

    def coop(commune: str, name: str, number: str | None, **values: Any) -> dict[str, Any]:
        key = number or f"{commune}|{name}|cooperative"
        return {
            "commune_code": commune, "name": name, "registration_no": number, "kind": "cooperative", "status": "active",
            "item_key": key, **values,
        }  # fmt: skip

    world.report(
        "H03",
        "444",
        "2014-10",
        "2014-11-01 09:00",
        [coop("18499", "HTX Một", "28H0001"), coop("18499", "HTX Hai", "30002")],
    )
    world.report("H03", "446", "2014-10", "2014-11-02 09:00", [coop("18676", "HTX Khác", "28H0001"), coop("18676", "HTX Ba", "30003"),
                                                              coop("18676", "HTX  ba", "30004"), coop("18679", "HTX Bốn", "30005", status="paused")])  # fmt: skip
    # one with a new number, two gone
    world.report(
        "H03",
        "446",
        "2014-11",
        "2014-12-02 09:00",
        [coop("18676", "HTX Khác", "28H0009"), coop("18679", "HTX Bốn", "30005")],
    )
    world.report("H01", "446", "2014-10", "2014-11-02 09:00", [h01("18676", 13), h01("18679", 13), h01("18682", 12)])
    world.report("H01", "444", "2014-09", "2014-10-02 09:00", [h01("18499", 13)])
    areas = world.report(
        "H04", "446", "2014-10", "2014-11-02 09:00",
        [{"commune_code": "18676", "village": v, "kind": "residential_area", "status": s, "recognised_on": d, "item_key": v}
         for v, s, d in [("Thôn 1", "recognised", None), ("Thôn 2", "recognised", "2014-10-01"), ("Thôn 3", "registered", None)]],
    )  # fmt: skip
    total = world.report(
        "H02", "446", "2014-10", "2014-11-02 09:00", [model("18676", "Nuôi tôm", revenue_million_vnd=100.3)]
    )
    for row, stated, computed, unreadable in [
        (20, 100.30000001, 100.3, 0),
        (21, 101.0, 100.3, 0),
        (22, 99.0, 100.3, 1),
    ]:
        world.add(
            "totals", submission_id=total, sheet="Bieu", table_no=1, row_number=row, field="revenue_million_vnd",
            column_letter="J", stated=stated, computed=computed, rows=1, unreadable_cells=unreadable,
        )  # fmt: skip
    # a total may count what a required cell should have said, but never less than what is there
    world.finding(total, "E02", field="workers")
    for row, stated in [(23, 12.0), (24, 8.0)]:
        world.add(
            "totals", submission_id=total, sheet="Bieu", table_no=1, row_number=row, field="workers",
            column_letter="K", stated=stated, computed=10.0, rows=1, unreadable_cells=0,
        )  # fmt: skip
    world.add(
        "totals", submission_id=areas, sheet="Bieu", table_no=1, row_number=20, field="criteria_met",
        column_letter="F", stated=5.0, computed=4.0, rows=1, unreadable_cells=1,
    )  # fmt: skip
    # the first contradicts itself, so nothing is said to fall from it
    other = {"commune_code": "18676", "item_key": "18676"}
    world.report("H07", "446", "2014-Q3", "2014-10-09 09:00", [funds(1000.0, 600.0, 600.0) | other])
    world.report("H07", "446", "2014-Q4", "2015-01-09 09:00", [funds(1100.0, 600.0, 500.0) | other])


def sources(world: Landed) -> None:
    """Departments and inspectors against the district: Đức Thọ (440), 2014-Q4."""
    communes = ["18235", "18238", "18241"]
    world.report(
        "H01", "440", "2014-12", "2015-01-02 09:00", [h01(communes[0], 19), h01(communes[1], 19), h01(communes[2], 4)]
    )

    def found(commune: str, criterion: int, status: str | None, indicator: str | None = None) -> dict[str, Any]:
        return {
            "commune_code": commune, "criterion_no": criterion, "indicator_no": indicator, "status": status,
            "item_key": f"{commune}|{criterion}|{indicator}", "is_wide": False,
        }  # fmt: skip

    world.report(
        "S01", "S-YT", "2014-Q4", "2015-01-08 09:00",
        [found(communes[0], 15, "met"), found(communes[1], 15, "not_met"), found(communes[2], 15, "met")],
    )  # fmt: skip
    world.report(
        "S01", "S-CT", "2014-Q4", "2015-01-08 09:00",
        [found(communes[0], 4, "met"), found(communes[1], 4, "met", "4.1"), found(communes[1], 4, "not_met", "4.2"),
         found(communes[1], 7, "met"), found(communes[2], 4, "met"), found(communes[2], 7, "not_met")],
    )  # fmt: skip
    world.report(
        "V01", "VPDP", "2014-12", "2015-01-04 09:00",
        [
            {"inspected_on": "2014-12-15", "commune_code": communes[0], "item_kind": "criterion", "item": "6", "item_key": "a",
             "observed_value": "Chưa đạt", "is_confirmed": False},
            {"inspected_on": "2014-12-15", "commune_code": communes[1], "item_kind": "criterion", "item": "6", "item_key": "b",
             "observed_value": "Đạt", "is_confirmed": True},
        ],
    )  # fmt: skip
    officer = {"officer_name": "Nguyễn  Văn An", "item_key": "nguyễn văn an|", "is_full_time": True}
    world.report(
        "H05",
        "440",
        "2014-Q4",
        "2015-01-08 09:00",
        [officer, {"officer_name": "Trần B", "item_key": "trần b|", "is_full_time": True}],
    )
    world.report("S02", "S-YT", "2014-Q4", "2015-01-08 09:00", [{**officer, "officer_name": "nguyễn văn an"}])


def histories(world: Landed) -> None:
    """Six months and more of Thạch Hà's newspaper and of Lộc Hà (448): copies and outliers."""
    months = ["2014-09", "2014-10", "2014-11", "2014-12", "2015-01", "2015-02", "2015-03", "2015-04", "2015-05"]
    communes = [f"9{n:04}" for n in range(12)]  # any twelve names: 12 rows of 19 marks and a total are 240 value cells
    for n, month in enumerate(months):
        received = f"{months[n + 1] if n + 1 < len(months) else '2015-06'}-03 09:00"
        met = 15 if month in {"2015-03", "2015-04"} else 10 + n
        rows = [h01(commune, met, criteria_met_stated=met, change_stated=1) for commune in communes]
        world.report("H01", "448", month, received, rows)
        if month == "2015-05":  # two copies in a row, and a report that goes on
            continue
        done = {"2015-03": 20, "2015-04": 5}.get(month, 4 + n % 3)
        world.report(
            "M01", "BHT", month, received,
            [{"activity": "Tin", "format": "news", "item_key": "tin|news", "planned": 5, "done": done},
             {"activity": "Bài", "format": "article", "item_key": "bai|article", "planned": 5, "done": 8 if month == "2015-03" else 7}],
        )  # fmt: skip
        if month in {"2014-09", "2014-10"}:  # a short report is too small to be called a copy
            world.report("H01", "441", month, received, [h01("18313", 10)])


def known_id(*parts: str | None, is_former: bool = False) -> str:
    """The id of a finding, as quality.md makes it: rule, reporter, form, period, unit, field, item key, ordinal.

    `is_former`: as receipts of before there was a secret have it.
    """
    text = chr(31).join("~" if part is None else part for part in parts)
    hashed = (
        hashlib.md5(text.encode(), usedforsecurity=False) if is_former else hashlib.sha256((SECRET + text).encode())
    )
    return hashed.hexdigest()[:16]


def explanations(world: Landed) -> None:
    """Hương Sơn (439) states one criterion too many, says why, and states it again; Vũ Quang's reason is not accepted."""
    for month, received, stated, change in [
        ("2014-09", "2014-10-02", 11, None),
        ("2014-10", "2014-11-02", 11, None),
        ("2014-11", "2014-12-02", 12, 1),
    ]:
        row = h01("18136", 10, criteria_met_stated=stated, change_stated=change)
        world.report("H01", "439", month, f"{received} 09:00", [row])
    world.report("H01", "441", "2014-12", "2015-01-02 09:00", [h01("18313", 10, criteria_met_stated=9)])

    def answer(reporter: str, period: str, unit: str, *, is_former: bool = False, **values: Any) -> dict[str, Any]:
        finding_id = known_id(
            "K01", reporter, "H01", period, unit, "criteria_met_stated", None, "1", is_former=is_former
        )
        return {"finding_id": finding_id, "item_key": finding_id, **values}

    delivery = world.delivery("so-giai-trinh.xlsx", None, reporter="VPDP")
    world.submission(
        delivery, "V04", "VPDP", None,
        [
            answer("439", "2014-09", "18136", is_former=True, explanation="Tính cả tiêu chí của tỉnh", explained_on="2014-10-20", is_accepted=True),
            answer("441", "2014-12", "18313", explanation="Nhầm", explained_on="2015-01-20", is_accepted=False),
            answer("442", "2014-10", "18355", explanation="Sau ngày xem", explained_on="2015-07-21", is_accepted=True),
        ],
    )  # fmt: skip
    # a district answers, and ticks "Chấp nhận" itself; an officer's name stands in its answer
    own = world.delivery("hs/so-giai-trinh.xlsx", "2015-02-01 08:00", reporter="439")
    given = answer("439", "2014-11", "18136", explanation="Ông NGUYỄN Văn An nhập nhầm", is_accepted=True)
    gone = {"finding_id": "0" * 16, "explanation": "Đã sửa", "item_key": "0" * 16}
    world.submission(own, "V04", "439", None, [given, gone])


@pytest.fixture(scope="module")
def built(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    folder = tmp_path_factory.mktemp("quality")
    overlays = folder / "reference"
    overlays.mkdir()
    for name, content in OVERLAYS.items():
        (overlays / f"{name}.csv").write_text(content, encoding="utf-8")
    world = Landed()
    for part in (establish, split, deliver, misplace, come_back, tasks, lists, sources, histories, explanations):
        part(world)
    select = "+path:models/quality"
    return world.build(folder / "working.duckdb", AS_OF, recording, select=select, overlay_dir=overlays).connected


def test_python_and_sql_say_alike_who_owes_what_by_when(built: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """The schedule and blank workbooks ask the calendar in Python, verdicts come from SQL: the same rules, the office's too."""
    for name, content in OVERLAYS.items():
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
    calendar = Calendar(read_lists(SEEDS_DIR, tmp_path))
    rows = table(built, "select reporter_code, form, period, due_on, status from quality.obligations")
    sql = {
        (row["form"], row["reporter_code"], row["period"], row["due_on"], row["status"] == "excused") for row in rows
    }
    python = {
        (each.form, each.reporter_code, each.period, each.due_on, each.is_excused)
        for period in islice(calendar.periods.back_from(dt.date.fromisoformat(AS_OF)), 40)
        for each in calendar.obligations(period)
    }
    assert len(sql) > 500
    assert python == sql


@pytest.fixture
def findings(built: duckdb.DuckDBPyConnection) -> Any:
    def of(rule: str, reporter: str | None = None, period: str | None = None) -> list[dict[str, Any]]:
        return table(
            built,
            """
            select * from quality.findings
            where rule_id = ? and (? is null or reporter_code = ?) and (? is null or period = ?)
            order by unit_code, field, finding_id
            """,
            rule, reporter, reporter, period, period,
        )  # fmt: skip

    return of


def outcome(
    built: duckdb.DuckDBPyConnection, rule: str, reporter: str, form: str, period: str
) -> tuple[str, str | None]:
    (row,) = table(
        built,
        "select outcome, reason from quality.rule_results where rule_id = ? and reporter_code = ? and form = ? and period = ?",
        rule, reporter, form, period,
    )  # fmt: skip
    return row["outcome"], row["reason"]


def obligation(built: duckdb.DuckDBPyConnection, reporter: str, form: str, period: str) -> dict[str, Any]:
    (row,) = table(
        built,
        "select * from quality.obligations where reporter_code = ? and form = ? and period = ?",
        reporter,
        form,
        period,
    )
    return row


def statuses(built: duckdb.DuckDBPyConnection, prefix: str) -> dict[str, str]:
    rows = table(
        built,
        """select d.path, s.status from quality.submissions as s join quality.deliveries as d using (delivery_id)
        where d.path like ? || '%'""",
        prefix,
    )
    return {row["path"]: row["status"] for row in rows}


# --- within a report


def test_k01_fires_on_a_stated_number_that_is_not_the_marks(findings: Any) -> None:
    (one,) = findings("K01", "443", "2014-09")
    assert (one["unit_code"], one["received_value"], one["expected_value"], one["difference"]) == (
        "18415",
        "11",
        "10",
        1.0,
    )
    assert (one["sheet"], one["cell"]) == ("Bieu", "Y11")
    assert "11" in one["message_vi"]
    assert "10" in one["message_vi"]
    assert "Xã Thiên Lộc" in one["message_vi"]


def test_k01_keeps_quiet_where_a_mark_is_unknown(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    assert [f["unit_code"] for f in findings("K01", "443")] == ["18415"]
    assert outcome(built, "K01", "443", "H01", "2014-10") == ("not_evaluated", "side_unknown")


def test_r04_fires_once_for_each_commune_that_is_not_there(findings: Any) -> None:
    absent = {f["unit_code"] for f in findings("R04", "443", "2014-09")}
    assert "18436" in absent
    assert len(absent) == 22 - 5


def test_r04_keeps_quiet_about_names_that_r01_or_r03_are_about(findings: Any) -> None:
    assert not {f["unit_code"] for f in findings("R04", "443", "2014-09")} & {"18424", "18427"}


def test_r04_keeps_quiet_about_a_silent_district(findings: Any) -> None:
    assert not findings("R04", "439", "2015-01")


def test_k02_fires_beyond_the_last_digit_of_a_sum(findings: Any) -> None:
    one, _ = sorted(findings("K02"), key=lambda each: each["cell"])
    assert (one["received_value"], one["expected_value"], one["cell"], one["row_number"]) == (
        "101",
        "100.3",
        "J21",
        None,
    )
    assert "được 100,3." in one["message_vi"]
    assert "to 100.3." in one["message_en"]


def test_k02_fires_on_a_total_below_its_rows_even_where_a_required_cell_is_blank(findings: Any) -> None:
    assert {(each["cell"], each["received_value"], each["expected_value"]) for each in findings("K02")} == {
        ("J21", "101", "100.3"),
        ("K24", "8", "10"),
    }


def test_k02_keeps_quiet_over_rounding_and_unreadable_cells(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    assert {each["form"] for each in findings("K02")} == {"H02"}
    assert outcome(built, "K02", "446", "H01", "2014-10") == ("not_evaluated", "nothing_to_compare")
    assert outcome(built, "K02", "446", "H04", "2014-10") == ("not_evaluated", "side_unknown")


def test_k03_fires_on_a_stated_change_that_was_not(findings: Any) -> None:
    (one,) = findings("K03", "443", "2014-10")
    assert (one["unit_code"], one["received_value"], one["expected_value"], one["related_value"]) == (
        "18418",
        "4",
        "-1",
        "10",
    )


def test_k03_keeps_quiet_without_the_month_before_and_in_a_stale_copy(findings: Any) -> None:
    assert not findings("K03", "443", "2015-01")
    assert not findings("K03", "448", "2015-03")
    assert not findings("K03", "448", "2015-04")
    assert findings("K03", "448", "2015-05")


def test_k03_keeps_quiet_where_k01_tells_the_same(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    assert sorted(each["period"] for each in findings("K01", "439")) == ["2014-09", "2014-10", "2014-11"]
    assert outcome(built, "K03", "439", "H01", "2014-11") == ("not_evaluated", "stated_number")


def test_k04_fires_when_parts_do_not_add_up(findings: Any) -> None:
    found = {(f["period"], f["received_value"], f["expected_value"]) for f in findings("K04")}
    assert found == {("2014-Q3", "1000", "1200"), ("2014-Q4", "900", "910"), ("2015-Q2", "100", "160")}


def test_k04_keeps_quiet_within_tolerance_and_with_blank_parts(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "K04", "444", "H07", "2014-Q3")[0] == "passed"
    assert outcome(built, "K04", "444", "H07", "2015-Q1") == ("not_evaluated", "side_unknown")


def test_k05_fires_at_the_bounds_of_the_classes(findings: Any) -> None:
    (one,) = findings("K05", "444")
    assert (one["received_value"], one["expected_value"], one["related_value"]) == ("nhỏ", "vừa", "500")
    assert "nhỏ" in one["message_vi"]


def test_k05_keeps_quiet_without_a_revenue(findings: Any) -> None:
    assert len(findings("K05")) == 1


def test_k06_fires_on_recognition_without_a_date_and_on_a_stop_before_the_start(findings: Any) -> None:
    assert {(f["form"], f["received_value"], f["related_value"]) for f in findings("K06")} == {
        ("H04", "đạt chuẩn", None),
        ("H02", "đã dừng", "2014-10-02"),
    }


def test_k06_keeps_quiet_about_what_is_registered_or_dated(findings: Any) -> None:
    assert len(findings("K06")) == 2


def test_e04_fires_after_the_receipt_and_before_the_bound(findings: Any) -> None:
    found = {(f["received_value"], f["variant"]) for f in findings("E04", "444", "2014-09")}
    assert found == {("2014-10-02", "after_receipt"), ("2007-12-31", "too_early")}


def test_e04_keeps_quiet_on_the_day_of_receipt(findings: Any) -> None:
    assert not findings("E04", "446")


# --- over time


def test_x01_fires_on_a_criterion_lost_without_a_note(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    (one,) = findings("X01", "443", "2014-10")
    places = table(built, "select * from quality.submissions where reporter_code = '443' and form = 'H01'")
    assert (one["unit_code"], one["field"], one["received_value"], one["related_value"]) == (
        "18415",
        "criterion_3",
        "chưa đạt",
        "đạt",
    )
    assert one["cell"] == "G11"
    assert one["related_cell"] == "G11"
    assert one["related_submission_id"]
    now, before = (next(row for row in places if row["period"] == period) for period in ("2014-10", "2014-09"))
    assert one["related_submission_id"] == before["submission_id"]
    assert one["submission_id"] == now["submission_id"]
    assert one["message_vi"] == (
        "Xã Thiên Lộc: tiêu chí 3 kỳ này ghi chưa đạt (ô G11), báo cáo gần nhất ghi đạt "
        f'(tệp "{before["file_name"]}", trang "Bieu", ô G11) và dòng không có ghi chú.'
    )
    assert one["message_en"] == (
        "Xã Thiên Lộc: criterion 3 is not met now (cell G11), was met in the last accepted report "
        f'(file "{before["file_name"]}", sheet "Bieu", cell G11), and the row has no note.'
    )


def test_x01_fires_up_to_three_periods_back(findings: Any) -> None:
    assert [f["field"] for f in findings("X01", "443", "2015-01")] == ["criterion_2"]


def test_x01_fires_through_the_split_of_a_district(findings: Any) -> None:
    (one,) = findings("X01", "449", "2015-04")
    assert (one["unit_code"], one["field"]) == ("18781", "criterion_4")


def test_x01_keeps_quiet_with_a_note_and_beyond_three_periods(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    assert "18418" not in {f["unit_code"] for f in findings("X01", "443", "2014-10")}
    assert not findings("X01", "443", "2015-05")
    assert outcome(built, "X01", "443", "H01", "2015-05") == ("not_evaluated", "no_previous_period")


def test_x02_fires_on_three_criteria_gained_in_a_month(findings: Any) -> None:
    (one,) = findings("X02", "443", "2014-10")
    assert (one["unit_code"], one["difference"]) == ("18433", 4.0)
    assert (one["cell"], one["related_cell"]) == ("B13", "Y13")  # the commune's name, where no number is stated
    assert one["message_vi"].startswith(
        "Xã Thanh Lộc: 4 tiêu chí kỳ trước ghi chưa đạt nay ghi đạt; số tiêu chí đạt kỳ trước là 9 (tệp "
    )
    assert one["message_vi"].endswith("kỳ này là 14 (ô B13).")


def test_x02_keeps_quiet_after_a_gap(findings: Any) -> None:
    assert not findings("X02", "443", "2015-01")


def test_x03_fires_on_an_item_that_went_without_a_word(findings: Any) -> None:
    assert {f["related_value"] for f in findings("X03", "444", "2014-10")} == {"Nuôi hươu", "Tương lai", "Xưa"}
    assert [f["related_value"] for f in findings("X03", "449", "2015-04")] == ["Vườn cam"]
    assert {f["related_value"] for f in findings("X03", "446", "2014-11")} == {"HTX Ba", "HTX  ba"}


def test_x03_keeps_quiet_about_an_establishment_that_has_another_number_now(findings: Any) -> None:
    assert "HTX Khác" not in {f["related_value"] for f in findings("X03")}


def test_x03_keeps_quiet_about_what_was_stopped_and_where_rows_could_not_be_placed(
    built: duckdb.DuckDBPyConnection, findings: Any
) -> None:
    assert not findings("X03", "444", "2014-11")
    assert not findings("X03", "444", "2014-12")
    assert outcome(built, "X03", "444", "H02", "2014-12") == ("not_evaluated", "rows_not_placed")


def test_x04_fires_when_a_cumulative_figure_falls_within_the_year(findings: Any) -> None:
    (one,) = findings("X04")
    assert (one["period"], one["field"], one["difference"]) == ("2014-Q4", "total_million_vnd", -100.0)
    assert one["message_vi"].endswith("xuống 900 triệu đồng (ô E11) trong năm; cùng dòng cũng giảm: dân góp tiền mặt.")
    assert one["message_en"].endswith("within the year; in the same row so do: people's cash.")


def test_x04_keeps_quiet_over_new_year(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "X04", "444", "H07", "2015-Q1") == ("not_evaluated", "no_previous_period")


def test_x04_keeps_quiet_after_a_row_that_contradicts_itself(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "X04", "446", "H07", "2014-Q4") == ("not_evaluated", "side_unknown")


def test_x05_fires_on_a_copy_after_lively_reports_and_on_a_second_one_in_a_row(findings: Any) -> None:
    columns = ("reporter_code", "period", "related_value", "row_number")
    assert [tuple(one[column] for column in columns) for one in findings("X05")] == [
        ("448", "2015-03", "2015-02", None),
        ("448", "2015-04", "2015-03", None),
    ]


def test_x05_keeps_quiet_about_small_forms(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "X05", "441", "H01", "2014-10") == ("not_evaluated", "too_few_values")


def test_x06_fires_on_outliers_and_on_any_change_of_a_constant(findings: Any) -> None:
    assert {(f["period"], f["received_value"], f["expected_value"]) for f in findings("X06")} == {
        ("2015-03", "20", "5"),
        ("2015-03", "8", "7"),
    }


def test_x06_keeps_quiet_with_fewer_than_six_periods(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "X06", "BHT", "M01", "2015-02") == ("not_evaluated", "too_few_values")
    assert outcome(built, "X06", "BHT", "M01", "2015-04")[0] == "passed"


def test_x07_fires_on_a_correction_after_thirty_days(findings: Any) -> None:
    (one,) = findings("X07")
    assert (one["reporter_code"], one["period"], one["received_value"], one["expected_value"]) == (
        "442",
        "2014-10",
        "2014-12-30",
        "2014-12-05",
    )


def test_x07_keeps_quiet_about_a_quick_correction(findings: Any) -> None:
    assert not findings("X07", "442", "2014-12")


# --- between sources


def test_b01_fires_where_the_department_says_not_met(findings: Any) -> None:
    found = [(f["unit_code"], f["field"], f["received_value"], f["related_value"]) for f in findings("B01")]
    assert found == [("18238", "criterion_15", "đạt", "chưa đạt"), ("18238", "criterion_4", "đạt", "chưa đạt")]
    by_indicator = findings("B01")[1]
    assert by_indicator["reporter_code"] == "440"
    assert by_indicator["related_cell"].endswith("13")


def test_b01_keeps_quiet_where_both_agree(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "B01", "446", "H01", "2014-10") == ("not_evaluated", "nothing_to_compare")


def test_b02_fires_where_the_department_says_met(findings: Any) -> None:
    assert [(f["unit_code"], f["field"], f["severity"]) for f in findings("B02")] == [("18241", "criterion_15", "info")]


def test_b02_keeps_quiet_where_both_say_met(findings: Any) -> None:
    assert "18235" not in {f["unit_code"] for f in findings("B02")}


def test_b03_fires_on_what_the_inspector_did_not_find(findings: Any) -> None:
    (one,) = findings("B03")
    assert (one["reporter_code"], one["form"], one["unit_code"], one["field"]) == ("440", "H01", "18235", "criterion_6")
    assert one["related_value"] == "Chưa đạt"


def test_b03_keeps_quiet_where_the_inspector_agrees(findings: Any) -> None:
    assert "18238" not in {f["unit_code"] for f in findings("B03")}


def test_b04_fires_once_a_group_on_the_list_received_last(findings: Any) -> None:
    assert {(f["reporter_code"], f["variant"], f["received_value"]) for f in findings("B04")} == {
        ("446", "two_districts", "28H0001"),
        ("446", "", "HTX  ba"),
    }


def test_b04_shows_a_number_as_received_and_names_both_districts(findings: Any) -> None:
    (twice,) = [f for f in findings("B04") if f["variant"] == "two_districts"]
    assert twice["message_vi"].startswith('Mã số "28H0001" có trong danh sách của Huyện Cẩm Xuyên (ô ')
    assert "và của Huyện Hương Khê (tệp " in twice["message_vi"]


def test_b04_keeps_quiet_about_one_name_with_one_number(findings: Any) -> None:
    assert not findings("B04", "444")


def test_b05_fires_without_an_active_cooperative(findings: Any) -> None:
    assert [f["unit_code"] for f in findings("B05")] == ["18679"]


def test_b05_keeps_quiet_without_the_list(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "B05", "444", "H01", "2014-09") == ("not_evaluated", "no_report")


def test_b06_fires_once_a_commune_and_names_the_departments(findings: Any) -> None:
    (one,) = findings("B06")
    assert (one["unit_code"], one["related_value"]) == ("18235", "Sở Công Thương")


def test_b06_keeps_quiet_where_every_department_heard_has_spoken(findings: Any) -> None:
    assert "18238" not in {f["unit_code"] for f in findings("B06")}


def test_b07_fires_on_one_name_in_two_offices_and_shows_it_nowhere(findings: Any) -> None:
    (one,) = findings("B07")
    assert (one["reporter_code"], one["received_value"], one["related_value"]) == ("440", "•••", "Sở Y tế")
    assert "An" not in one["message_vi"].split()


def test_b07_keeps_quiet_about_other_officers(findings: Any) -> None:
    assert len(findings("B07")) == 1


# --- files


def test_f03_fires_on_another_sender_in_the_register_and_on_a_reporter_of_another_time(findings: Any) -> None:
    assert {
        (one["reporter_code"], one["severity"], one["received_value"], one["related_value"]) for one in findings("F03")
    } == {
        ("445", "warning", "Huyện Thạch Hà", "Huyện Cẩm Xuyên"),
        ("449", "warning", "Thị xã Kỳ Anh", "2015-03-31"),
    }


def test_f03_register_keeps_quiet_when_they_agree(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "F03", "443", "H01", "2014-09")[0] == "passed"


def test_f04_fires_on_a_period_that_lies_ahead_and_on_another_in_the_register(
    built: duckdb.DuckDBPyConnection, findings: Any
) -> None:
    own = [*findings("F04", "442"), *findings("F04", "445")]
    assert {(f["severity"], f["received_value"], f["related_value"]) for f in own} == {
        ("error", "2015-04", "2015-03-31"),
        ("warning", "2014-11", "2014-10"),
    }
    assert statuses(built, "nx/04") == {"nx/04.xlsx": "rejected"}
    assert table(built, "select reason from quality.submissions where file_name = '04.xlsx'") == [{"reason": "F04"}]


def test_f17_fires_at_an_acceptance_by_its_sender_and_at_an_answer_to_no_finding(findings: Any) -> None:
    told = {
        (f["variant"], f["severity"], f["reporter_code"], f["sheet"], f["cell"], f["received_value"], f["file"])
        for f in findings("F17")
    }
    accepted = known_id("K01", "439", "H01", "2014-11", "18136", "criteria_met_stated", None, "1")
    assert told == {
        ("", "warning", "439", "Bieu", "B11", accepted, "hs/so-giai-trinh.xlsx"),
        ("gone", "info", "439", "Bieu", "B12", "0" * 16, "hs/so-giai-trinh.xlsx"),
    }
    assert all(
        f["received_value"] in f["message_vi"] and f["received_value"] in f["message_en"] for f in findings("F17")
    )


def test_f17_keeps_quiet_over_what_the_office_accepts_or_refuses(built: duckdb.DuckDBPyConnection) -> None:
    assert table(
        built,
        "select outcome, rows_evaluated from quality.rule_results where rule_id = 'F17' and reporter_code = 'VPDP'",
    ) == [{"outcome": "passed", "rows_evaluated": 2}]


def test_f04_keeps_quiet_about_a_quarter_registered_by_its_last_month(findings: Any) -> None:
    assert not findings("F04", "445", "2014-Q4")


def test_f07_fires_on_the_same_bytes(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    told = {f["file"] for f in findings("F07") if f["variant"] == ""}
    assert told == {"nx/12-lan-3.xlsx", "lh/ban-sao.xlsx"}
    assert statuses(built, "nx/12") == {
        "nx/12.xlsx": "superseded",
        "nx/12-sua.xlsx": "accepted_with_findings",  # R04: the rest of the district is absent
        "nx/12-lan-3.xlsx": "duplicate",
        "nx/12-hong.xlsx": "rejected",
    }


def test_f07_keeps_quiet_about_what_cannot_be_read(findings: Any) -> None:
    assert "nx/02-gui-lai.xlsx" not in {f["file"] for f in findings("F07")}


def test_f07_keeps_quiet_after_a_withdrawal(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    assert "nx/11b.xlsx" not in {f["file"] for f in findings("F07")}
    assert statuses(built, "nx/11") == {"nx/11.xlsx": "withdrawn", "nx/11b.xlsx": "accepted_with_findings"}


@pytest.mark.parametrize(("month", "first_day"), [("2014-09", "2014-10-02"), ("2014-10", "2014-11-01")])
def test_f07_tells_of_a_content_that_comes_back_to_its_path_and_it_counts(
    built: duckdb.DuckDBPyConnection, findings: Any, month: str, first_day: str
) -> None:
    path = f"lh/H03-{month}.xlsx"
    rows = table(
        built,
        """
        select revisions.new_value, submissions.status
        from quality.obligations as obligations
        join quality.submissions as submissions using (submission_id)
        join quality.revisions as revisions
            on revisions.new_submission_id = obligations.submission_id and revisions.field = 'name'
        where obligations.reporter_code = '448' and obligations.form = 'H03' and obligations.period = ?
        """,
        month,
    )
    assert [row["new_value"] for row in rows] == ["A"]
    (told,) = [f for f in findings("F07") if f["file"] == path]
    assert (told["variant"], told["related_value"]) == ("return", first_day)
    assert table(built, "select status from quality.deliveries where path = ? order by 1", path) == [
        {"status": "read"},
        {"status": "read"},
    ]


def test_f07_a_report_that_comes_back_is_on_time_by_its_first_receipt_and_its_copy_stays_one(
    built: duckdb.DuckDBPyConnection,
) -> None:
    assert obligation(built, "448", "H03", "2014-09")["status"] == "on_time"
    copied = table(built, "select status from quality.deliveries where path = 'lh/ban-sao.xlsx'")
    assert copied == [{"status": "duplicate"}]


def test_f08_fires_on_the_correction(findings: Any) -> None:
    assert {(f["period"], f["state"]) for f in findings("F08", "442")} == {("2014-10", "open"), ("2014-12", "open")}


def test_f08_keeps_quiet_about_a_first_report(findings: Any) -> None:
    assert not findings("F08", "443")


def test_f09_fires_on_both_sides(findings: Any) -> None:
    assert {(f["file"], f["variant"], f["severity"]) for f in findings("F09")} == {
        ("roi/le.xlsx", "no_entry", "warning"),
        ("lh/H03-2014-10.xlsx", "no_entry", "warning"),
        ("mat/khong-co.xlsx", "no_file", "warning"),
    }


def test_f09_keeps_quiet_about_the_register_itself(findings: Any) -> None:
    assert "so-cong-van-den.xlsx" not in {f["file"] for f in findings("F09")}


def test_r07_fires_on_a_task_that_is_in_no_register(findings: Any) -> None:
    assert [
        (f["received_value"], f["field"], f["row_number"], f["severity"]) for f in findings("R07", "442", "2014-11")
    ] == [
        ("Việc không ai giao", "task", 14, "error"),
        ("TB99/7", "task_code", 13, "error"),
    ]


def test_r07_keeps_quiet_about_a_task_by_its_code_or_by_its_words(findings: Any) -> None:
    assert {f["row_number"] for f in findings("R07")} == {13, 14}


# --- reporting


def test_d01_fires_once_an_obligation(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    (one,) = [f for f in findings("D01", "443", "2014-11") if f["form"] == "H01"]
    assert one["expected_value"] == "2014-12-05"
    assert str(one["detected_at"]) == "2014-12-05 17:00:00"
    missing = table(built, "select count(*) as n from quality.obligations where status = 'missing'")[0]["n"]
    assert len(findings("D01")) == missing


def test_d01_is_about_one_period(findings: Any) -> None:
    (one,) = [f for f in findings("D01", "443", "2014-11") if f["form"] == "H01"]
    assert one["received_value"] == "2014-11"  # an explained month explains no other
    assert one["message_vi"] == "Huyện Can Lộc chưa gửi biểu 01/NTM-H kỳ tháng 11/2014; hạn 05/12/2014."


def test_d01_keeps_quiet_about_excused_ones(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    assert "H01" not in {f["form"] for f in findings("D01", "444", "2014-10")}
    assert outcome(built, "D01", "444", "H01", "2014-10") == ("not_evaluated", "excused")


def test_d02_fires_at_midnight_after_the_due_day(findings: Any) -> None:
    assert {(f["period"], f["difference"]) for f in findings("D02", "443") if f["form"] == "H01"} == {
        ("2014-10", 2.0),
        ("2015-05", 1.0),
    }


def test_d02_keeps_quiet_in_the_last_minute_and_about_corrections(findings: Any) -> None:
    assert not findings("D02", "443", "2015-01")
    assert not findings("D02", "442", "2014-10")


def test_d03_fires_in_place_of_d01(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    assert [f["form"] for f in findings("D03", "442", "2015-01")] == ["H01"]
    assert {f["form"] for f in findings("D03", "442", "2015-02")} == {"H01", "H02", "H03", "C01"}
    assert not findings("D01", "442", "2015-02")
    assert outcome(built, "K01", "442", "H01", "2015-01") == ("not_evaluated", "no_report")


def test_d03_fires_for_the_quarter_where_its_last_months_workbook_was_unusable(findings: Any) -> None:
    assert {f["form"] for f in findings("D03", "437", "2015-Q1")} == {"H05", "H06", "H07"}
    assert not findings("D01", "437", "2015-Q1")


@pytest.mark.parametrize(
    ("reporter", "form", "period"),
    [
        ("S-NV", "S02", "2015-Q2"),
        ("S-YT", "S02", "2015-Q2"),
        ("S-CT", "S02", "2015-Q1"),
        ("436", "H05", "2015-Q2"),
        ("436", "H01", "2015-05"),
        ("436", "H02", "2015-05"),
    ],
)
def test_d03_fires_for_the_report_that_an_impossible_period_most_likely_means(
    built: duckdb.DuckDBPyConnection, findings: Any, reporter: str, form: str, period: str
) -> None:
    (one,) = [f for f in findings("D03", reporter, period) if f["form"] == form]
    assert form not in {f["form"] for f in findings("D01", reporter, period)}
    assert one["file"] == f"lac/{reporter}-{form}.xlsx"
    assert one["related_value"].startswith("Không nhận ra kỳ báo cáo")
    assert f"tệp nhận sau cùng: lac/{reporter}-{form}.xlsx (Không nhận ra kỳ báo cáo" in one["message_vi"]
    assert obligation(built, reporter, form, period)["status"] == "rejected_only"


def test_d03_fires_for_each_report_that_an_unnamed_sheet_may_be(findings: Any) -> None:
    assert sorted(f["form"] for f in findings("D03", "S-CT", "2015-Q2")) == ["S01", "S02"]
    assert {f["file"] for f in findings("D03", "S-CT", "2015-Q2")} == {"lac/ct.xlsx"}


def test_f04_stands_in_the_period_that_is_most_likely_meant(findings: Any) -> None:
    assert [(f["variant"], f["received_value"]) for f in findings("F04", "S-NV", "2015-Q2")] == [("future", "2015-Q3")]


def test_d03_keeps_quiet_where_something_was_accepted(findings: Any) -> None:
    assert not findings("D03", "442", "2014-12")


@pytest.mark.parametrize(
    ("reporter", "form", "period", "status", "due_on", "days_late", "days_overdue"),
    [
        ("443", "H01", "2014-09", "on_time", "2014-10-05", None, None),
        ("443", "H01", "2014-10", "late", "2014-11-05", 2, None),
        ("443", "H01", "2014-11", "missing", "2014-12-05", None, 227),
        ("442", "H01", "2014-10", "on_time", "2014-11-05", None, None),  # a correction does not make it late
        ("442", "H01", "2014-11", "late", "2014-12-05", 7, None),  # a withdrawn one counts for nothing
        ("442", "H01", "2015-01", "rejected_only", "2015-02-05", None, 165),
        ("444", "H01", "2014-10", "excused", "2014-11-05", None, None),
        ("444", "H01", "2014-11", "missing", "2014-12-20", None, 212),
        ("444", "H02", "2014-10", "on_time", "2014-11-05", None, None),  # an exception without a reason excuses nobody
        ("BHT", "M01", "2015-03", "on_time", "2015-05-04", None, None),  # two holidays and a weekend
        ("BHT", "M01", "2015-06", "not_yet_due", "2015-07-30", None, None),
        ("449", "H01", "2015-04", "on_time", "2015-05-05", None, None),
        ("445", "H01", "2015-05", "missing", "2015-06-05", None, 45),  # received the day after the day asked
        ("445", "H05", "2014-Q4", "on_time", "2015-01-10", None, None),
    ],
)
def test_obligation(
    built: duckdb.DuckDBPyConnection, reporter: str, form: str, period: str, status: str, due_on: str,
    days_late: int | None, days_overdue: int | None,
) -> None:  # fmt: skip
    row = obligation(built, reporter, form, period)
    assert (row["status"], str(row["due_on"]), row["days_late"], row["days_overdue"]) == (
        status,
        due_on,
        days_late,
        days_overdue,
    )


def test_obligations_are_those_of_reporters_that_exist_and_rules_that_hold(built: duckdb.DuckDBPyConnection) -> None:
    count = "select count(*) as n from quality.obligations where reporter_code = ? and form = ? and period = ?"
    assert table(built, count, "449", "H01", "2015-03") == [{"n": 0}]
    assert table(built, count, "442", "H04", "2014-12") == [{"n": 1}]
    assert table(built, count, "442", "H04", "2015-01") == [{"n": 0}]
    assert table(built, count, "442", "H01", "2015-07") == [{"n": 0}]
    assert table(built, count, "S-TTTT", "S02", "2014-Q4") == [{"n": 0}]
    assert table(built, count, "S-TTTT", "S01", "2014-Q4") == [{"n": 1}]
    assert table(built, count, "S-TC", "S01", "2014-Q4") == [{"n": 0}]


def test_what_is_not_owed_is_kept_and_not_expected(built: duckdb.DuckDBPyConnection) -> None:
    expected = {
        (row["reporter_code"], row["form"], row["period"]): row["is_expected"]
        for row in table(built, "select reporter_code, form, period, is_expected from quality.submissions")
    }
    assert expected["449", "H01", "2015-03"] is False
    assert expected["442", "H04", "2015-01"] is False
    assert expected["449", "H01", "2015-04"] is True
    assert expected["VPDP", "V03", None] is None


def test_what_came_after_the_day_asked_is_nowhere(built: duckdb.DuckDBPyConnection) -> None:
    assert not table(built, "select * from quality.submissions where reporter_code = '445' and period = '2015-05'")
    assert not table(built, "select * from quality.deliveries where path like '2015-05/445-%'")


def test_a_finding_that_a_correction_removed_is_cured(findings: Any) -> None:
    (one,) = findings("K01", "442", "2014-10")
    assert one["state"] == "cured"


def test_a_corrected_report_passes(built: duckdb.DuckDBPyConnection) -> None:
    assert outcome(built, "K01", "442", "H01", "2014-10")[0] == "passed"


def test_an_explained_matter_does_not_return_while_its_values_stay(findings: Any) -> None:
    assert [
        (f["period"], f["received_value"], f["state"], f["explanation"])
        for f in sorted(findings("K01", "439"), key=lambda f: f["period"])
    ] == [
        ("2014-09", "11", "explained", "Tính cả tiêu chí của tỉnh"),
        ("2014-10", "11", "explained", "Tính cả tiêu chí của tỉnh"),
        ("2014-11", "12", "open", "Ông NGUYỄN Văn An nhập nhầm"),
    ]


def test_an_answer_that_was_not_accepted_is_shown_and_leaves_it_open(findings: Any) -> None:
    (one,) = findings("K01", "441")
    assert (one["state"], one["explanation"]) == ("open", "Nhầm")


def test_an_answer_after_the_day_asked_is_not_known(findings: Any) -> None:
    (one,) = findings("K01", "442", "2014-10")
    assert one["explanation"] is None


def test_a_district_accepts_no_answer_of_its_own(built: duckdb.DuckDBPyConnection, findings: Any) -> None:
    (one,) = findings("K01", "439", "2014-11")
    assert (one["state"], one["explanation"]) == ("open", "Ông NGUYỄN Văn An nhập nhầm")
    answers = table(built, "select * exclude (finding_id, submission_id) from quality.answers order by answered_at")
    assert [(a["answer"], a["reporter_code"], a["state"], str(a["decided_at"])[:10]) for a in answers] == [
        ("Tính cả tiêu chí của tỉnh", "VPDP", "accepted", "2014-10-19"),
        ("Nhầm", "VPDP", "refused", "2015-01-19"),
        ("Ông NGUYỄN Văn An nhập nhầm", "439", "waiting", "None"),
    ]


def test_revisions_name_what_a_correction_changed(built: duckdb.DuckDBPyConnection) -> None:
    rows = table(
        built,
        """select unit_code, field, change, old_value, new_value from quality.revisions
        where reporter_code = '442' and period = '2014-10' order by field""",
    )
    assert [tuple(row.values()) for row in rows] == [
        ("18355", "criteria_met_stated", "changed", "12", "11"),
        ("18355", "criterion_11", "changed", "not_met", "met"),
    ]


def test_scores_of_a_reporter_and_month(built: duckdb.DuckDBPyConnection) -> None:
    (row,) = table(built, "select * from quality.reporter_scores where reporter_code = '443' and month = '2014-09-01'")
    assert (row["expected"], row["received"], row["on_time"]) == (8, 1, 1)
    assert row["reporting_rate"] == pytest.approx(1 / 8)
    assert row["row_completeness"] == pytest.approx(4 / 44)  # H01 and the H07 that did not come: 22 communes each
    assert row["consistency"] == pytest.approx(1 - 1 / 6)
    assert (row["accuracy"], row["accuracy_low"], row["inspected_items"]) == (None, None, 0)
    (row,) = table(built, "select * from quality.reporter_scores where reporter_code = '440' and month = '2014-12-01'")
    assert row["accuracy"] == 0.5
    assert row["accuracy_low"] == pytest.approx(0.0945, abs=1e-4)  # Wilson, one of two
    assert row["accuracy_high"] == pytest.approx(0.9055, abs=1e-4)


def test_an_unusable_file_after_a_good_one_keeps_its_findings_open(findings: Any) -> None:
    (one,) = findings("F05", "442", "2014-12")
    assert one["state"] == "open"


def test_every_rule_ends_in_one_outcome_per_report(built: duckdb.DuckDBPyConnection) -> None:
    twice = table(
        built,
        "select rule_id, reporter_code, form, period from quality.rule_results group by all having count(*) > 1",
    )
    assert not twice
    wrong = table(built, "select * from quality.rule_results where (outcome = 'not_evaluated') <> (reason is not null)")
    assert not wrong
    unequal = table(built, "select * from quality.rule_results where (outcome = 'failed') <> (findings > 0)")
    assert not unequal


BETWEEN_TWO = ("K03", "X01", "X02", "X03", "X04", "X05", "X07", "B01", "B02", "B03", "B04", "B05", "B07")


@pytest.mark.parametrize("rule_id", BETWEEN_TWO)
def test_a_finding_between_two_reports_names_the_other_place_in_both_languages(findings: Any, rule_id: str) -> None:
    for one in findings(rule_id):
        words = [("tệp", "trang", "ô", one["message_vi"]), ("file", "sheet", "cell", one["message_en"])]
        for file, sheet, cell, message in words:
            assert f'({file} "' in message
            assert not one["related_sheet"] or f'{sheet} "{one["related_sheet"]}"' in message
            assert not one["related_cell"] or f"{cell} {one['related_cell']}" in message
            assert "–" not in message
    assert findings(rule_id)


def test_a_value_that_is_a_code_is_published_in_words(built: duckdb.DuckDBPyConnection) -> None:
    codes = table(
        built,
        """
        with shown as (
            unpivot quality.findings on received_value, expected_value, related_value into name side value shown
        ),
        received as (
            select finding_id, 'received_value' as side, value, value_kind as kind from intermediate.int_finding_words
            union all
            select finding_id, 'expected_value', expected, expected_kind from intermediate.int_finding_words
            union all
            select finding_id, 'related_value', related_value, related_kind from intermediate.int_finding_words
        )
        select kind, value, shown from shown join received using (finding_id, side) where kind in ('code', 'reporter')
        """,
    )
    assert {row["kind"] for row in codes} == {"code", "reporter"}
    assert [row for row in codes if row["shown"] == row["value"]] == []


def test_a_finding_in_a_file_names_it_by_its_path(built: duckdb.DuckDBPyConnection) -> None:
    rows = table(
        built,
        """
        select rule_id, findings.file, deliveries.path
        from quality.findings as findings
        join quality.submissions as submissions using (submission_id)
        join quality.deliveries as deliveries on deliveries.delivery_id = coalesce(findings.delivery_id, submissions.delivery_id)
        """,
    )
    assert {"F08", "R04", "E04", "K01", "X01", "B01", "D02"} < {row["rule_id"] for row in rows}
    assert [row for row in rows if row["file"] != row["path"]] == []


def test_no_placeholder_is_left_in_a_message(built: duckdb.DuckDBPyConnection) -> None:
    assert not table(built, "select * from quality.findings where message_vi like '%{%' or message_en like '%{%'")
