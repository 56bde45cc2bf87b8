"""A receipt sent back: answers are explanations, unchanged data sheets say nothing, changed ones are corrections."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pipelines.intake import NO_HINT, Knowledge, Reading, read_delivery
from pipelines.products.answer import Answer, Remark, Report
from pipelines.products.receipts import build_receipt
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR

COMMUNES = ("Xã Thiên Lộc", "Xã Thuần Thiện", "Xã Kim Lộc", "Xã Vượng Lộc")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(read_lists(SEEDS_DIR), date(2015, 7, 20))


def report(period: str = "Tháng 9 năm 2014") -> Workbook:
    """Two forms of one district, a sheet each."""
    workbook = Workbook()
    marks = workbook.worksheets[0]
    marks.title = "TH 'xã'"
    marks.append(["UBND HUYỆN CAN LỘC"])
    marks.append(["Biểu 01/NTM-H"])
    marks.append([period])
    marks.append(["TT", "Tên xã", *range(1, 20), "Tổng cộng"])
    for number, commune in enumerate(COMMUNES, 1):
        marks.append([number, commune, *("xK"[(number + k) % 2] for k in range(19)), "=COUNTIF(C5:U5;x)"])
    areas = workbook.create_sheet("Vườn")
    areas.append(["UBND HUYỆN CAN LỘC", None, "Biểu 04/NTM-H"])
    areas.append([period])
    areas.append(["TT", "Xã", "Thôn", "Loại", "Số tiêu chí đạt", "Tình trạng", "Ngày công nhận"])
    areas.append([1, "Xã Kim Lộc", "Trung Sơn", "Vườn mẫu", 5, "đạt chuẩn", datetime(2014, 8, 3)])
    return workbook


def saved(workbook: Workbook) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def receipt_of(content: bytes, path: str = "bc.xlsx", sheet: str = "TH 'xã'") -> bytes:
    remarks = (
        Remark("E01", "error", "open", 'Giá trị "9 tháng 2013" ở biểu 02/NTM-H?', sheet, "D5", "?", "x", "f00a"),
        Remark("R04", "warning", "open", "Thiếu Xã Thanh Lộc tháng 8/2014.", finding_id="f00b"),
        Remark("K01", "warning", "open", "Tổng khác.", "Vườn", "E4", "=1", finding_id="f00c"),
    )
    form = Report("H01", "Biểu 01 (Tổng hợp)", "tháng 9/2014", "accepted_with_findings", 4, 4)
    answer = Answer("d1", path, "Huyện Can Lộc", datetime(2014, 10, 5, 9), "read", (form,), remarks)
    return build_receipt(answer, content, path, "mark")


def sent_back(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    workbook = load_workbook(io.BytesIO(content))
    change(workbook)
    return saved(workbook)


def read(content: bytes, knowledge: Knowledge, path: str = "tra loi.xlsx") -> Reading:
    return read_delivery(content, path, NO_HINT, knowledge, is_guarded=False)


def explain(workbook: Workbook) -> None:
    sheet = workbook.worksheets[0]
    (header,) = [row for row in sheet.iter_rows() if any(cell.value == "Mã phát hiện" for cell in row)]
    column = {cell.value: cell.column for cell in header}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        if sheet.cell(row, column["Mã phát hiện"]).value == "f00b":
            sheet.cell(row, column["Giải trình"]).value = "Xã chưa gửi, huyện bổ sung tháng sau"
            sheet.cell(row, column["Người giải trình"]).value = "Trần Văn B"
            sheet.cell(row, column["Ngày giải trình"]).value = datetime(2014, 10, 9)


def explained(reading: Reading, knowledge: Knowledge) -> list[tuple[object, ...]]:
    form = knowledge.forms["V04"]
    fields = ("finding_id", "explanation", "explained_by", "explained_on")
    used = [row for row in reading.rows.get("V04", []) if row[6] is None]
    return [tuple(row[form.position[name]] for name in fields) for row in used]


def test_answers_are_read_as_explanations_and_unchanged_sheets_ignored(knowledge: Knowledge) -> None:
    reading = read(sent_back(receipt_of(saved(report())), explain), knowledge)
    day = datetime(2014, 10, 9).date()
    assert explained(reading, knowledge) == [("f00b", "Xã chưa gửi, huyện bổ sung tháng sau", "Trần Văn B", day)]
    assert [(row.form, row.reporter_code, row.status) for row in reading.submissions] == [("V04", "443", "usable")]
    assert [kind.kind for kind in reading.sheets] == ["form", "cover", "cover"]
    assert reading.findings == ()


def test_a_changed_sheet_is_a_correction_the_others_stay_ignored(knowledge: Knowledge) -> None:
    def change(workbook: Workbook) -> None:
        workbook["TH 'xã'"]["D5"] = "K"
        explain(workbook)

    reading = read(sent_back(receipt_of(saved(report())), change), knowledge)
    assert {(row.form, row.reporter_code, row.period) for row in reading.submissions} == {
        ("H01", "443", "2014-09"),
        ("V04", "443", None),
    }
    assert [kind.forms for kind in reading.sheets] == ["V04", "H01", None]


def test_a_form_on_two_sheets_is_corrected_as_a_whole(knowledge: Knowledge) -> None:
    workbook = report()
    del workbook["Vườn"]
    second = workbook.copy_worksheet(workbook.worksheets[0])
    second.title = "Trang 2"
    second.delete_rows(5, 4)
    second.append([5, "Xã Thanh Lộc", *("x" for _ in range(18)), "K"])
    content = receipt_of(saved(workbook))

    def change(returned: Workbook) -> None:
        returned["TH 'xã'"]["D5"] = "K"

    reading = read(sent_back(content, change), knowledge)
    (marks,) = [row for row in reading.submissions if row.form == "H01"]
    assert (marks.sheets, marks.rows_used) == ("TH 'xã';Trang 2", 5)


def test_a_receipt_sent_back_as_it_is_says_nothing(knowledge: Knowledge) -> None:
    reading = read(receipt_of(saved(report())), knowledge)
    assert [(row.form, row.rows_used, row.status) for row in reading.submissions] == [("V04", 0, "usable")]
    assert reading.findings == ()


@pytest.mark.parametrize("suffix", ["csv", "xls", "ods"])
def test_a_rebuilt_receipt_is_known_again_too(knowledge: Knowledge, suffix: str, tmp_path: Path) -> None:
    content, sheet = {"csv": _csv, "xls": _xls, "ods": _ods}[suffix](tmp_path)
    before = read(content, knowledge, f"bc.{suffix}")
    assert [row.form for row in before.submissions] == ["H04"]
    reading = read(sent_back(receipt_of(content, f"bc.{suffix}", sheet), explain), knowledge)
    assert [row.form for row in reading.submissions] == ["V04"]


ROWS = (
    ("UBND HUYỆN CAN LỘC", "", "Biểu 04/NTM-H"),
    ("Tháng 9 năm 2014",),
    ("TT", "Xã", "Thôn", "Loại", "Số tiêu chí đạt", "Tình trạng", "Ngày công nhận"),
    (1, "Xã Kim Lộc", "Trung Sơn", "Vườn mẫu", 5, "đạt chuẩn", "03/08/2014"),
)


def _csv(_: Path) -> tuple[bytes, str]:
    return "\n".join(";".join(map(str, row)) for row in ROWS).encode("utf-8-sig"), "bc"


def _xls(folder: Path) -> tuple[bytes, str]:
    import xlwt  # noqa: PLC0415

    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("Vườn mẫu")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    workbook.save(str(folder / "bc.xls"))
    return (folder / "bc.xls").read_bytes(), "Vườn mẫu"


def _ods(folder: Path) -> tuple[bytes, str]:
    from odf.opendocument import OpenDocumentSpreadsheet  # noqa: PLC0415
    from odf.table import Table, TableCell, TableRow  # noqa: PLC0415
    from odf.text import P  # noqa: PLC0415

    document = OpenDocumentSpreadsheet()
    table = Table(name="Vườn mẫu")
    for row in ROWS:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(folder / "bc.ods"))
    assert zipfile.is_zipfile(folder / "bc.ods")
    return (folder / "bc.ods").read_bytes(), "Vườn mẫu"


@pytest.mark.parametrize("suffix", ["csv", "xls", "ods"])
def test_a_correction_in_a_rebuilt_sheet_is_read_with_the_answers(
    knowledge: Knowledge, suffix: str, tmp_path: Path
) -> None:
    content, sheet = {"csv": _csv, "xls": _xls, "ods": _ods}[suffix](tmp_path)

    def change(returned: Workbook) -> None:
        returned[sheet]["E4"] = 4
        explain(returned)

    reading = read(sent_back(receipt_of(content, f"bc.{suffix}", sheet), change), knowledge)
    assert sorted((row.form, row.period) for row in reading.submissions) == [("H04", "2014-09"), ("V04", None)]
    form = knowledge.forms["H04"]
    assert [row[form.position["criteria_met"]] for row in reading.rows["H04"]] == [4]
    assert [finding_id for finding_id, *_ in explained(reading, knowledge)] == ["f00b"]


def test_a_hidden_sheet_that_nobody_touched_is_no_correction(knowledge: Knowledge) -> None:
    workbook = report()
    workbook["Vườn"].sheet_state = "hidden"
    workbook["TH 'xã'"].row_dimensions[6].hidden = True

    def change(returned: Workbook) -> None:
        returned["TH 'xã'"]["D5"] = "K"

    reading = read(sent_back(receipt_of(saved(workbook)), change), knowledge)
    assert {row.form for row in reading.submissions} == {"H01", "V04"}


def test_a_clean_receipt_sent_back_is_no_report(knowledge: Knowledge) -> None:
    form = Report("H01", "Biểu 01 (Tổng hợp kết quả)", "tháng 9/2014", "accepted")
    answer = Answer("d", "a.xlsx", "Huyện Can Lộc", None, "read", (form,))
    reading = read(build_receipt(answer, saved(report()), "a.xlsx", "m"), knowledge)
    assert reading.submissions == ()
