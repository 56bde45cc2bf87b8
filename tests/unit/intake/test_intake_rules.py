"""Each rule that a file alone can break: a file that fires it, and its nearest neighbour that keeps it quiet.

A row of the table is the promise of a rule; the hard cases stand beside the code they are about (test_extract,
test_recognise, test_grid).
"""

import io
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

import openpyxl
import pytest

from tests.unit.intake.workbooks import COMMUNES, HEADING, found, h01, read, rows_of, xlsx

MET = ["x"] * 16 + ["K"] * 3


def sheet(*, names: list[str] = COMMUNES, marks: list[Any] = MET, more: list[list[Any]] | None = None) -> bytes:
    """An H01 of Can Lộc; `more`: rows below."""
    return xlsx({"B01": [*h01(dict.fromkeys(names, marks)), *(more or [])]})


def with_mark(mark: Any) -> bytes:
    return xlsx({"B01": h01(dict.fromkeys(COMMUNES[:4], MET) | {COMMUNES[4]: [mark, *MET[1:]]})})


def without(text: Any) -> bytes:
    """The clean sheet without the column of one header."""
    rows = h01()
    place = rows[6].index(text)
    return xlsx({"B01": [*rows[:6], *([*row[:place], *row[place + 1 :]] for row in rows[6:])]})


def funds(cell: Any) -> bytes:
    """An H07; `cell`: the total of one commune."""
    header = ["TT", "Xã", "Tổng số", "Ghi chú"]
    body = [[n, name, 1234.5 + n, None] for n, name in enumerate(COMMUNES[:4], 1)]
    return xlsx({"B07": [*HEADING, ["Biểu 07/NTM-H"], ["Quý III/2014"], header, *body, [5, COMMUNES[4], cell, None]]})


def models(*rows: list[Any]) -> bytes:
    header = ["TT", "Tên mô hình", "Xã", "Quy mô", "Tình trạng"]
    return xlsx({"B02": [*HEADING, ["Biểu 02/NTM-H"], ["Tháng 9/2014"], header, *rows]})


def formula(*, has_result: bool) -> bytes:
    """The clean sheet whose first mark is a formula: openpyxl stores none of its results."""
    book = openpyxl.load_workbook(io.BytesIO(sheet()))
    book["B01"]["C8"] = "x" if has_result else '=IF(1=1,"x","")'
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


MODEL = [1, "Nuôi lợn", "Thiên Lộc", "Vừa", "Đang hoạt động"]
OTHER = [*HEADING, ["DANH SÁCH TRANG THIẾT BỊ"], ["TT", "Thiết bị", "Số lượng"], [1, "Máy tính", 3], [2, "Máy in", 1]]


MODELS = [*HEADING, ["Biểu 02/NTM-H"], ["Tháng 9/2014"], ["TT", "Tên mô hình", "Xã", "Quy mô", "Tình trạng"], MODEL]
COOPERATIVES = [
    *[*HEADING, ["Biểu 03/NTM-H"], ["Tháng 9/2014"], ["TT", "Tên", "Loại", "Xã", "Mã số", "Tình trạng"]],
    [1, "HTX Thiên Lộc", "HTX", "Thiên Lộc", "28H000001", "Đang hoạt động"],
]


class Case(NamedTuple):
    """Files in the making, and where the finding stands: its cell and the value as received."""

    fires: Callable[[], bytes]
    keeps_quiet: Callable[[], bytes]
    cell: str | None = None
    value: str | None = None


CASES = {
    "F01": Case(lambda: b"not a workbook", sheet),
    "F02": Case(lambda: xlsx({"B01": h01(), "TB": OTHER}), lambda: xlsx({"B01": h01(), "Bìa": [["BÁO CÁO THÁNG 9"]]})),
    "F05": Case(lambda: without(7), sheet),
    "F06": Case(
        lambda: xlsx({"B01": [*h01()[:6], [*h01()[6], "Thôn khó khăn"], *h01()[7:]]}), sheet, "X7", "Thôn khó khăn"
    ),
    "F10": Case(lambda: sheet(names=[unicodedata.normalize("NFD", name) for name in COMMUNES]), sheet),
    "F11": Case(lambda: xlsx({"B01": h01()}, hidden={"B01": [9]}), lambda: xlsx({"B01": h01()}, hidden={"B01": [3]})),
    "F12": Case(lambda: formula(has_result=False), lambda: formula(has_result=True), "C8"),
    "F13": Case(models, lambda: models([None, "Không phát sinh"])),
    "F14": Case(
        lambda: xlsx({"B01": h01(title="Tháng 8 năm 2014"), "B02": MODELS, "B03": COOPERATIVES}),
        lambda: xlsx({"B01": h01(), "B02": MODELS, "B03": COOPERATIVES}),
        "A6",
        "2014-08",
    ),
    "R01": Case(lambda: sheet(names=[*COMMUNES[:4], "Kim Lạc"]), sheet, "B12", "Kim Lạc"),
    "R02": Case(lambda: sheet(names=[*COMMUNES[:4], "Cẩm Bình"]), sheet, "B12", "Cẩm Bình"),
    "R03": Case(
        lambda: sheet(more=[[6, "Kim Lộc", *["x"] * 17, "K", "K", 17, None]]),
        lambda: sheet(more=[[6, "Sơn Lộc", *["x"] * 17, "K", "K", 17, None]]),
    ),
    "R05": Case(
        lambda: sheet(names=[*COMMUNES, "Thị trấn Nghèn"]), lambda: models([1, "Nuôi lợn", "TT Nghèn", *MODEL[3:]])
    ),
    "R06": Case(
        lambda: sheet(names=[*COMMUNES[:4], "Kim Loc"]), lambda: sheet(names=[*COMMUNES[:4], "xã  KIM LỘC (*)"]), "B12"
    ),
    "E01": Case(lambda: with_mark("Cơ bản đạt"), lambda: with_mark("Chưa đạt"), "C12", "Cơ bản đạt"),
    "E02": Case(lambda: with_mark(None), lambda: with_mark("-"), "C12"),
    "E03": Case(lambda: models([*MODEL[:4], "tốt"]), lambda: models(MODEL), "E7", "tốt"),
    "E05": Case(lambda: funds("1.500"), lambda: funds("1.500,5"), "C11", "1.500"),
    "E06": Case(lambda: sheet(marks=["x"] * 16 + [None] * 3), sheet),
    "E07": Case(lambda: with_mark("Đat"), lambda: with_mark("ĐẠT "), "C12", "Đat"),
}


@pytest.mark.parametrize("rule", CASES)
def test_rule_fires(rule: str) -> None:
    case = CASES[rule]
    findings = found(read(case.fires()), rule)
    assert findings
    assert case.cell is None or case.cell in {cell for _, cell, _ in findings}
    assert case.value is None or case.value in {value for _, _, value in findings}


@pytest.mark.parametrize("rule", CASES)
def test_rule_keeps_quiet(rule: str) -> None:
    assert not found(read(CASES[rule].keeps_quiet()), rule)


def commune_sheet(*names: str, body: str = "UBND XÃ CẨM BÌNH", title: str = "Tháng 8 năm 2025") -> list[list[Any]]:
    """An H01 that a commune sends for itself."""
    return [[body], [], *h01(dict.fromkeys(names, ["x"] * 16 + ["K"] * 3), title=title)[2:]]


def test_a_commune_reports_for_itself_once_a_route_has_it() -> None:
    """From July 2025 the heading is a reporter's, and another commune's row is of no use to it; in 2014 it is nobody's."""
    reading = read(xlsx({"B01": commune_sheet("Cẩm Bình", "Cẩm Duệ")}), "2025-08/bc.xlsx")
    (submission,) = reading.submissions
    assert (submission.reporter_code, submission.period, submission.status) == ("18685", "2025-08", "usable")
    rows = [(row["commune_code"], row["unused_reason"]) for row in rows_of(reading, "H01")]
    assert rows == [("18685", None), ("18739", "R02")]
    assert [(f.rule_id, f.variant) for f in reading.findings] == [("R02", "territory")]
    before = read(xlsx({"B01": commune_sheet("Cẩm Bình", title="Tháng 9 năm 2014")}), "2014-09/bc.xlsx")
    assert [(each.reporter_code, each.reason) for each in before.submissions] == [(None, "F03")]


@pytest.mark.parametrize(("body", "reporter"), [("UBND XÃ CẨM BÌNH", "18685"), ("UBND HUYỆN CẨM XUYÊN", "446")])
def test_a_report_that_names_no_period_is_still_of_its_sender(body: str, reporter: str) -> None:
    """One thing is missing, and one is told: whichever era the sender is of."""
    reading = read(xlsx({"B01": commune_sheet("Cẩm Bình", body=body, title="Kết quả thực hiện")}), "bc.xlsx")
    assert [(each.reporter_code, each.period) for each in reading.submissions] == [(reporter, None)]
    assert {finding.rule_id for finding in reading.findings} & {"F03", "F04"} == {"F04"}
