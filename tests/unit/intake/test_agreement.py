"""Which sheets of a workbook say another period or reporter than the others (F14)."""

from typing import Any

import pytest

from pipelines.intake.model import Reading
from pipelines.wording import message
from tests.unit.intake.workbooks import FUNDS, HEADING, h01, knowledge, read, xlsx


def models(period: str) -> list[list[Any]]:
    header = ["TT", "Tên mô hình", "Xã", "Quy mô", "Tình trạng"]
    return [*HEADING, ["Biểu 02/NTM-H"], [period], header, [1, "Nuôi lợn", "Thiên Lộc", "Vừa", "Đang hoạt động"]]


def firms(period: str, body: str = "UBND HUYỆN CAN LỘC") -> list[list[Any]]:
    header = ["TT", "Tên", "Loại", "Xã", "Mã số", "Tình trạng"]
    row = [1, "HTX Thiên Lộc", "HTX", "Thiên Lộc", "28H000001", "Đang hoạt động"]
    return [[body], ["Biểu 03/NTM-H"], [period], header, row]


def funds(period: str) -> list[list[Any]]:
    return [*FUNDS[:5], [period], *FUNDS[6:]]


def cover(text: str) -> list[list[Any]]:
    return [["UBND HUYỆN CAN LỘC"], ["BÁO CÁO CHƯƠNG TRÌNH NÔNG THÔN MỚI"], [text]]


def disagreeing(reading: Reading) -> list[tuple[str, str, str | None]]:
    return [(item.form, item.period or "", item.disagrees_on) for item in reading.submissions if item.disagrees_on]


JULY = {"H02": models("Tháng 7 năm 2014"), "H03": firms("Tháng 7/2014")}


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"H01": h01(title="Tháng 7 năm 2014"), **JULY}, []),
        ({"H01": h01(title="Tháng 6 năm 2014"), **JULY}, [("H01", "2014-06", "period")]),
        ({"H01": h01(title="Tháng 7 năm 2013"), **JULY}, [("H01", "2013-07", "period")]),
        ({"H01": h01(title="Tháng 7 năm 2014"), **JULY, "H02": models("T6/2014")}, [("H02", "2014-06", "period")]),
        # one against one: nobody knows which of them is the slip
        (
            {"H01": h01(title="Tháng 6 năm 2014"), "H02": JULY["H02"]},
            [("H01", "2014-06", "period"), ("H02", "2014-07", "period")],
        ),
        # a cover speaks too, but not one that names several periods
        ({"Bìa": cover("Tháng 7 năm 2014"), "H01": h01(title="Tháng 6/2014")}, [("H01", "2014-06", "period")]),
        ({"Bìa": cover("Tháng 7 so với tháng 6 năm 2014"), "H01": h01(title="Tháng 6/2014")}, []),
        # the newest quarter that is over goes with a month; the one before, and the one that runs, do not
        ({"H01": h01(title="Tháng 6/2014"), "H07": funds("Quý II/2014"), "H02": models("T6/2014")}, []),
        ({**JULY, "H07": funds("Quý II/2014")}, []),
        ({**JULY, "H07": funds("Quý I/2014")}, [("H07", "2014-Q1", "period")]),
        ({**JULY, "H07": funds("Quý III/2014")}, [("H07", "2014-Q3", "period")]),
        # a workbook of several months, whole, is about all of them
        ({"T6": h01(title="Tháng 6/2014"), "T7": h01(title="Tháng 7/2014")}, []),
        (
            {"6a": h01(title="T6/2014"), "7a": h01(title="T7/2014"), "6b": models("T6/2014"), "7b": models("T7/2014")},
            [],
        ),
        ({"T6": h01(title="Tháng 6/2014"), "T7": h01(title="Tháng 7/2014"), **JULY}, [("H01", "2014-06", "period")]),
    ],
)
def test_sheets_that_say_another_period(sheets: dict[str, Any], expected: list[tuple[str, str, str]]) -> None:
    reading = read(xlsx(sheets), "bao cao.xlsx")
    assert disagreeing(reading) == expected
    assert len([finding for finding in reading.findings if finding.rule_id == "F14"]) == len(expected)


def test_sheet_of_another_reporter() -> None:
    sheets = {"H01": h01(), "H02": models("T9/2014"), "H03": firms("T9/2014", "UBND HUYỆN THẠCH HÀ")}
    reading = read(xlsx(sheets), "bao cao.xlsx")
    assert disagreeing(reading) == [("H03", "2014-09", "reporter")]
    (finding,) = [finding for finding in reading.findings if finding.rule_id == "F14"]
    assert (finding.variant, finding.sheet, finding.value, finding.value_kind) == ("reporter", "H03", "445", "reporter")
    assert (finding.expected, finding.expected_kind) == ("443", "reporter")
    assert "trong khi các trang khác của tệp ghi Huyện Can Lộc" in message(
        finding, knowledge().forms["H03"], "445", "2014-09", "bao cao.xlsx"
    )


def test_what_a_sheet_does_not_say_itself_disagrees_with_nothing() -> None:
    rows = h01()
    sheets = {"H01": [*rows[:5], [], *rows[6:]], "H02": models("T9/2014"), "H03": firms("T9/2014")}
    assert disagreeing(read(xlsx(sheets), "2014-08/bao cao.xlsx")) == []


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"a": h01()}, True),
        ({"a": h01()[6:]}, False),
        ({"a": [*h01()[:4], *h01()[5:]]}, True),  # by its number alone
        ({"a": [*h01()[:4], *h01()[6:]]}, True),
        ({"a": h01(), "b": [h01()[6], [1, "Yên Lộc", *["x"] * 19, 19, None]]}, True),  # goes on
        ({"a": [h01()[6], *h01()[7:9]], "b": [h01()[6], *h01()[9:]]}, False),
    ],
)
def test_report_is_titled_where_its_headings_or_the_table_that_it_goes_on_with_name_the_form(
    sheets: dict[str, Any], expected: bool
) -> None:
    reading = read(xlsx(sheets), "2014-09/443.xlsx")
    assert [(item.form, item.status, item.is_titled) for item in reading.submissions] == [("H01", "usable", expected)]
