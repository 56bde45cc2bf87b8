"""Whose report a table is, and of which period."""

from typing import Any

import pytest

from pipelines.intake.model import Hint, Reading
from tests.unit.intake.workbooks import FUNDS, h01, read, severity, xlsx

MARKS = ["x"] * 16 + ["K"] * 3
COVER = [["UBND HUYỆN CAN LỘC"], ["BÁO CÁO THÁNG 9 NĂM 2014"]]


def forms(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    return [(item.form, item.reporter_code, item.period) for item in reading.submissions]


@pytest.mark.parametrize(
    ("sheets", "hint", "path", "sources"),
    [
        ({"a": h01()}, Hint("446", "2014-08"), "x.xlsx", ("sheet", "sheet")),
        ({"Bìa": COVER, "a": h01()[6:]}, Hint("446", "2014-08"), "x.xlsx", ("workbook", "workbook")),
        ({"a": h01()[6:]}, Hint("443", "2014-09"), "2014-08/446/x.xlsx", ("register", "register")),
        ({"a": h01()[6:]}, Hint("443", "2014-Q3"), "x.xlsx", ("register", "register")),
        ({"a": h01()[6:]}, Hint(), "2014-09/443/x.xlsx", ("path", "path")),
        ({"a": h01()[6:]}, Hint(), "BC NTM huyen Can Loc T9.2014.xlsx", ("path", "path")),
    ],
)  # fmt: skip
def test_who_and_when_come_from_sheet_workbook_register_then_path(
    sheets: Any, hint: Hint, path: str, sources: tuple[str, str]
) -> None:
    reading = read(xlsx(sheets), path, hint)
    (submission,) = reading.submissions
    assert (submission.reporter_code, submission.period) == ("443", "2014-09")
    assert (submission.reporter_source, submission.period_source) == sources
    assert submission.sheet_reporter_code == ("443" if sources[0] == "sheet" else None)
    warned = [(f.rule_id, f.variant, severity(f)) for f in reading.findings]
    assert warned == ([("F03", "path", "warning"), ("F04", "path", "warning")] if sources[0] == "path" else [])


@pytest.mark.parametrize(
    ("title", "hint", "path", "periods"),
    [
        ("Quý III/2014", Hint(), "x.xlsx", "2014-Q3"),
        ("Tháng 7/2014", Hint(), "x.xlsx", "2014-Q3"),  # no quarter's last month: F04, and most likely its quarter
        ("Tháng 10 năm 2014", Hint(None, "2014-09"), "2014-07/x.xlsx", "2014-Q4;2014-Q3"),
        ("Quý IV năm 2014", Hint(), "2014-06/x.xlsx", "2014-Q4;2014-Q2"),
        ("", Hint(None, "2014-Q3"), "2014-05/x.xlsx", "2014-Q3;2014-Q2"),
        ("", Hint(), "x.xlsx", None),
    ],
)
def test_periods_that_may_be_meant_are_those_of_sheet_register_and_path_in_this_order(
    title: str, hint: Hint, path: str, periods: str | None
) -> None:
    (submission,) = read(xlsx({"a": [*FUNDS[:5], [title], *FUNDS[6:]]}), path, hint).submissions
    assert submission.likely_periods == periods


def test_nobody_and_no_day_reject_the_submission() -> None:
    reading = read(xlsx({"a": h01()[6:]}), "x.xlsx")
    assert [(f.rule_id, f.variant, severity(f)) for f in reading.findings] == [
        ("F03", "", "error"),
        ("F04", "", "error"),
    ]
    (submission,) = reading.submissions
    assert (submission.status, submission.reason, submission.reporter_code, submission.period) == (
        "rejected",
        "F03;F04",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Quý III/2014", "2014-Q3"),
        ("Quý 3 năm 2014", "2014-Q3"),
        ("Tháng 9 năm 2014", "2014-Q3"),
        ("9 tháng đầu năm 2014", "2014-Q3"),
        ("6 tháng đầu năm 2015", "2015-Q2"),
        ("Tháng 8 năm 2014", None),
        ("8 tháng đầu năm 2014", None),
    ],
)
def test_period_of_a_quarterly_form(title: str, period: str | None) -> None:
    reading = read(xlsx({"a": [*FUNDS[:5], [title], *FUNDS[6:]]}), hint=Hint("443", "2014-Q3"))
    assert [item.period for item in reading.submissions] == [period]
    assert [f.variant for f in reading.findings if f.rule_id == "F04"] == ([] if period else ["unfit"])


def test_districts_of_one_workbook_are_submissions_of_their_own() -> None:
    other = [
        [str(cell).replace("CAN LỘC", "CẨM XUYÊN") if isinstance(cell, str) else cell for cell in row]
        for row in h01({"Cẩm Bình": MARKS})
    ]
    reading = read(xlsx({"a": h01(), "b": other}))
    assert forms(reading) == [("H01", "443", "2014-09"), ("H01", "446", "2014-09")]


def test_reporter_of_a_department_is_not_the_district_it_writes_about() -> None:
    rows = [
        ["UBND TỈNH HÀ TĨNH"],
        ["SỞ Y TẾ"],
        ["Biểu 01/NTM-S"],
        ["TIÊU CHÍ Y TẾ TRÊN ĐỊA BÀN HUYỆN CAN LỘC"],
        ["Quý III/2014"],
    ]
    table = [["STT", "Xã", "Tiêu chí", "Kết luận"], [1, "Thiên Lộc", 15, "Đạt"]]
    assert forms(read(xlsx({"a": [*rows, *table]}))) == [("S01", "S-YT", "2014-Q3")]
