"""What a cell shows is what is read: whole files, each with its right values or findings, written down before it was read."""

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.intake import Reading
from pipelines.intake.grid import read_workbook
from pipelines.intake.grid import xlsx as grid_xlsx
from pipelines.intake.grid.compound import workbook_stream
from pipelines.intake.grid.formats import HIDDEN, number_format
from pipelines.intake.model import FormattedNumber, Workbook
from tests.unit.intake.odd_books import c01, changed, early_xls, formatted, h03, h07, open_document, package
from tests.unit.intake.workbooks import expected_said, found, h01, knowledge, read, rows_of, text, xlsb, xlsx

CASES = Path(__file__).parents[2] / "cases" / "reading"
EXPECTED: dict[str, Any] = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))
ELSEWHERE = {"F04": "a period after the receipt is told by what knows the receipt"}


# --- files kept as they were found --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXPECTED)
def test_kept_file_reads_as_it_is_expected_to(name: str) -> None:
    expected = EXPECTED[name]
    reading = read((CASES / name).read_bytes(), name)
    told = {finding.rule_id for finding in reading.findings}
    assert set(expected["must_be_told"]) - set(ELSEWHERE) <= told
    assert told.isdisjoint(expected.get("must_not_be_told", ()))
    if expected["must_be_refused"]:
        assert reading.status == "rejected" or set(expected["must_be_told"]) <= set(ELSEWHERE)
        return
    assert [(s.form, s.reporter_code, s.period, s.status) for s in reading.submissions] == [
        (expected["form"], expected["reporter"], expected["period"], "usable")
    ]
    differing = [
        (number, field, value, right)
        for number, values in expected["right_values_by_row"].items()
        for field, right in values.items()
        for value in [landed_value(reading, expected["form"], int(number), field)]
        if right not in ("...", "…") and value != right and not is_told(reading, int(number), field)
    ]
    assert differing == []


def landed_value(reading: Reading, form: str, number: int, field: str) -> Any:
    """What landed of a field in a row of the sheet, as expected.json writes it."""
    rows = [row for row in rows_of(reading, form) if row["row_number"] == number]
    name = "commune_name" if field == "commune_name_in_sheet" else field
    assert rows, f"row {number} has not landed"
    value = rows[0][name]
    return value.isoformat() if isinstance(value, date | datetime) else value


def is_told(reading: Reading, number: int, field: str) -> bool:
    """Whether a finding stands at the cell: its own, or that of all lost formulas (F12)."""
    letter = next((column.column_letter for column in reading.columns if column.field == field), "")
    return any(
        (finding.row_number, finding.field) == (number, field)
        or (finding.rule_id == "F12" and f"{letter}{number}" in (finding.expected or "").split(";"))
        for finding in reading.findings
    )


# --- files made for each kind -------------------------------------------------------------------------------------------


def superscript(text: str, raised: str) -> CellRichText:
    """A text with a raised mark behind it."""
    return CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), raised))


def corrected(struck: str, text: str) -> CellRichText:
    """A text whose first words are struck through."""
    return CellRichText(TextBlock(InlineFont(strike=True), struck), text)


def with_cell(address: str, value: Any) -> Callable[[Worksheet], None]:
    """A change that puts a value into a cell."""

    def change(sheet: Any) -> None:
        sheet[address] = value

    return change


def stored_under_merge(sheet: Any) -> None:
    """Merge E7:E8 and keep the number below, as some programs do."""
    sheet.merged_cells.add("E7:E8")


def days_swapped(sheet: Any) -> None:
    """What a program that reads month first makes of 15/03, 16/04, 05/04, 06/05, 17/05."""
    for row, day in ((9, date(2012, 5, 4)), (10, date(2012, 6, 5))):
        sheet[f"F{row}"] = day


def old_binary(rows: list[list[Any]], change: Callable[[Any, Any], None]) -> bytes:
    """An .xls of these rows, changed before it is saved."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bieu", cell_overwrite_ok=True)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, column, cell)
    change(book, sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def old_with_units(_: Any, sheet: Any) -> None:
    """D7 shown in tỷ, row 9 hidden."""
    sheet.write(6, 3, 1011, xlwt.easyxf(num_format_str='#,##0.0" tỷ"'))
    sheet.row(8).hidden = True


def old_with_runs(_: Any, sheet: Any) -> None:
    """D7 with a raised footnote."""
    font = xlwt.Font()
    font.escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
    sheet.write_rich_text(6, 3, ["1011", ("1", font)])


def old_days_from_1904(book: Any, sheet: Any) -> None:
    """Serial numbers without a date format, counted from 1904; I8 is not a number."""
    book.dates_1904 = True
    sheet.write(7, 8, "nhiều")


def lossy(cell: Any) -> Any:
    """A text in which "_" stands for each letter beyond ASCII."""
    return "".join(letter if letter.isascii() else "_" for letter in cell) if isinstance(cell, str) else cell


def with_error(rows: list[list[Any]]) -> list[list[Any]]:
    """These rows with an error in E9."""
    rows[8][4] = "#N/A"
    return rows


LOST = {"D7": "><f>D8+1</f>", "D8": ' t="e"><v>#N/A</v>'}
FAR = '<row r="1048576"><c r="XFD1048576" t="str"><v>{}</v></c></row></sheetData>'
MERGED_OPEN = '<table:table-cell office:value-type="float" office:value="1011" table:number-rows-spanned="2"/>'
STRUCK = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
)
Right = Mapping[int, Mapping[str, Any]]
D, E, TOTAL = "central_budget_million_vnd", "provincial_budget_million_vnd", "total_million_vnd"

MADE: list[tuple[str, Callable[[], bytes], str, Right, list[tuple[str, str]]]] = [
    # number formats
    ("thousands cut off", lambda: formatted(h07(), {"D7": "#,##0,"}, {"D7": 1_011_500}), "H07",
     {7: {D: 1011.5}, 8: {D: 1111}}, [("E07", "D7")]),
    ("a unit like the column's", lambda: formatted(h07("ĐVT: đồng"), {"D7": '#,##0 "đ"'}, {"D7": 1_011_000_000}), "H07",
     {7: {D: 1011}}, []),
    ("a unit nobody knows", lambda: formatted(h07(), {"D7": '#,##0" USD"'}), "H07", {7: {D: None}, 8: {D: 1111}},
     [("E01", "D7")]),
    ("a currency that can be two things", lambda: formatted(h07(), {"D7": "#,##0 [$₫-42A]"}), "H07", {7: {D: None}},
     [("E01", "D7")]),
    ("a currency that can be one thing", lambda: formatted(h07(), {"D7": "#,##0 [$₫-42A]"}, {"D7": 1_011_000_000}), "H07",
     {7: {D: 1011}}, [("E07", "D7")]),
    ("a sign that is not shown", lambda: formatted(h07(), {"D7": "0;0"}, {"D7": -1011}), "H07", {7: {D: None}},
     [("E01", "D7")]),
    ("zeros that a format hides", lambda: formatted(h07(), {"D7": "#,##0;-#,##0;"}, {"D7": 0}), "H07", {7: {D: 0}},
     [("F11", "")]),
    ("words the other way round", lambda: formatted(h01(), {"C8": '[=1]"Chưa đạt";[=0]"Đạt"'}, {"C8": 1}), "H01",
     {8: {"criterion_1": "not_met"}}, [("E07", "C8")]),
    ("a key with marks and zeros", lambda: formatted(h03(), {"E7": "000-000-0000"}, {"E7": 300123456}), "H03",
     {7: {"registration_no": "030-012-3456"}}, [("E07", "E7")]),
    ("a percent sign that scales nothing", lambda: formatted(c01([40, 65, 30]), {"F7": '0"%"'}, {"F7": 0.7}), "C01",
     {7: {"percent_done": 0.7}, 8: {"percent_done": 65}}, []),
    ("percents of two kinds", lambda: formatted(c01([1, 0.4, 65]), {"F7": "0%", "F8": "0.0%"}), "C01",
     {7: {"percent_done": 100}, 8: {"percent_done": 40}, 9: {"percent_done": 65}}, []),
    ("an .ods that shows tỷ", lambda: open_document(h07(), {
        "D7": '<table:table-cell office:value-type="float" office:value="1011.04">'
              "<text:p>1.011,0 tỷ</text:p></table:table-cell>"}),
     "H07", {7: {D: 1_011_040}}, [("E07", "D7")]),
    ("an .ods that shows another number", lambda: open_document(h07(), {
        "D7": '<table:table-cell office:value-type="float" office:value="1011"><text:p>7</text:p></table:table-cell>'}),
     "H07", {7: {D: None}}, [("E01", "D7")]),
    ("an .xls that shows tỷ and hides a row", lambda: old_binary(h07(), old_with_units), "H07",
     {7: {D: 1_011_000}, 9: {D: 1211}}, [("E07", "D7"), ("F11", "")]),
    # runs
    ("a raised mark behind a count", lambda: changed(h03(), with_cell("I7", superscript("20", "(1)"))), "H03",
     {7: {"members": 20}}, [("E07", "I7")]),
    ("a raised mark behind a name", lambda: changed(h07(), with_cell("B7", superscript("Thiên Lộc", "1"))), "H07",
     {7: {"commune_code": "18415", D: 1011}}, []),
    ("a raised mark in an .xls", lambda: old_binary(h07(), old_with_runs), "H07", {7: {D: 1011}}, [("E07", "D7")]),
    ("a number struck before its correction", lambda: changed(h07(), with_cell("D7", corrected("1 011", " 500"))), "H07",
     {7: {D: 500}}, [("E07", "D7")]),
    ("a struck run in an .ods", lambda: open_document(h07(), {
        "D7": '<table:table-cell office:value-type="string"><text:p><text:span text:style-name="T1">1 011</text:span> 500'
              "</text:p></table:table-cell>"}, styles=STRUCK),
     "H07", {7: {D: 500}}, [("E07", "D7")]),
    ("all of a cell struck", lambda: changed(h07(), with_cell("D7", corrected("1 011", ""))), "H07", {7: {D: 1011}},
     [("F11", "D7")]),
    # merged numbers
    ("one number over two columns", lambda: changed(h07(), lambda sheet: sheet.merge_cells("D7:E7")), "H07",
     {7: {D: None, E: None}, 8: {D: 1111, E: 412.5}}, [("E01", "D7"), ("E01", "E7")]),
    ("a number stored under a merged one", lambda: changed(h07(), stored_under_merge), "H07",
     {7: {E: None}, 8: {E: None}, 9: {E: 422.5}}, [("E01", "E7"), ("E01", "E8")]),
    ("one number over two rows of an .ods", lambda: open_document(h07(), {
        "D7": MERGED_OPEN, "D8": "<table:covered-table-cell/>"}), "H07",
     {7: {D: None}, 8: {D: None}, 9: {D: 1211}}, [("E01", "D7"), ("E01", "D8")]),
    # never computed
    ("an error that an .ods stores as nought", lambda: open_document(h07(), {
        "D7": '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
              "<text:p>#DIV/0!</text:p></table:table-cell>"}), "H07", {7: {D: None}}, [("F12", "D7")]),
    ("noughts that no program computed", lambda: package(
        h07(), {"C7": "><f>SUM(D7:G7)</f><v>0</v>", "C8": "><f>SUM(D8:G8)</f><v>2050.5</v>"},
        calc="<calcPr fullCalcOnLoad='1'/>"), "H07", {7: {TOTAL: None}, 8: {TOTAL: 2050.5}}, [("F12", "C7")]),
    ("a nought that was computed", lambda: package(h07(), {"G7": "><f>G8-G8</f><v>0</v>"}), "H07",
     {7: {"commune_budget_million_vnd": 0}}, []),
    # hidden, written as few programs write it
    ("a part in other letters", lambda: package(
        h07(), LOST, names={"xl/worksheets/sheet1.xml": "xl/Worksheets/Sheet1.XML"}, row_attributes={9: ' hidden="true"'}),
     "H07", {7: {D: None}, 8: {D: None}, 9: {D: 1211}}, [("F11", ""), ("F12", "D7")]),
    ("neither prefixes nor addresses as usual", lambda: package(
        h07(), {"D8": " t='e'><v>#N/A</v>"}, prefix="s", addresses=False, row_attributes={9: " hidden='1'"}),
     "H07", {7: {D: 1011}, 8: {D: None}, 9: {D: 1211}}, [("F11", ""), ("F12", "D8")]),
    ("a column without width", lambda: package(
        h07(), before='<cols><col min="4" max="4" width="0" customWidth="1"/></cols>'), "H07", {7: {D: 1011}}, [("F11", "")]),
    ("rows without height unless they say so", lambda: package(
        h07(), before='<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>',
        row_attributes={n: ' ht="15"' for n in range(1, 12) if n != 9}), "H07", {9: {D: 1211}}, [("F11", "")]),
    ("zeros that a sheet does not show", lambda: package(
        h07(), {"D7": "><v>0</v>"}, before='<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>'),
     "H07", {7: {D: 0}}, [("F11", "")]),
    ("a row of an .ods that is filtered out", lambda: open_document(h07(), lines={9: ' table:visibility="filter"'}), "H07",
     {9: {D: 1211}}, [("F11", "")]),
    # days
    ("an .xls that counts from 1904", lambda: old_binary(h03([39521, 39553, 39584, 39616, 39647]), old_days_from_1904), "H03",
     {7: {"founded_on": date(2012, 3, 15)}, 11: {"founded_on": date(2012, 7, 19)}}, [("E01", "I8")]),
    ("month first by most of a column", lambda: xlsx({"a": h03(["3/15/2012", "4/16/2012", "4/5/2012"])}), "H03",
     {7: {"founded_on": date(2012, 3, 15)}, 9: {"founded_on": date(2012, 4, 5)}}, [("E07", "F9")]),
    ("day first but for one", lambda: xlsx({"a": h03(["15/3/2012", "16/4/2012", "4/17/2012", "4/5/2012"])}), "H03",
     {9: {"founded_on": date(2012, 4, 17)}, 10: {"founded_on": date(2012, 5, 4)}}, []),
    ("days that a program has swapped", lambda: changed(h03(), days_swapped), "H03",
     {7: {"founded_on": date(2012, 3, 15)}, 9: {"founded_on": None}, 10: {"founded_on": None}},
     [("E01", "F9"), ("E01", "F10")]),
    # packages
    ("a target with dots", lambda: package(h07(), sheet_target="/xl/../xl/worksheets/./sheet1.xml"), "H07", {7: {D: 1011}}, []),
    ("a sheet in UTF-16", lambda: package(h07(), encoding="utf-16"), "H07", {11: {D: 1411}}, []),
    ("the strict kind", lambda: package(
        h07(), LOST, main="http://purl.oclc.org/ooxml/spreadsheetml/main",
        office="http://purl.oclc.org/ooxml/officeDocument/relationships"), "H07", {7: {D: None}, 9: {D: 1211}}, [("F12", "D7")]),
    ("a blank in the last corner", lambda: package(h07(), after=FAR.format(" ")), "H07", {7: {D: 1011}}, []),
    # written by programs of long ago
    *(
        (f"an .xls of Excel {version}", lambda version=version: early_xls(with_error(h07()), version), "H07",
         {7: {D: 1.011}, 8: {D: 1111, TOTAL: 2050.5}, 9: {E: None}},
         [("E07", "D7"), ("F11", ""), ("F11", "D7"), ("F12", "E9")])
        for version in (2, 3, 4)
    ),
    ("an .xls without its container", lambda: workbook_stream(old_binary(h07(), old_with_units)), "H07",
     {7: {D: 1_011_000}, 9: {D: 1211}}, [("E07", "D7"), ("F11", "")]),
    # more digits than there are
    ("16 digits in a key", lambda: formatted(h03(), {"E7": "0"}, {"E7": 3_001_234_567_890_123}), "H03",
     {7: {"registration_no": None}}, [("E01", "E7")]),
    ("a count that no column holds", lambda: formatted(h03(), {}, {"I7": 3_000_000_000, "I8": "9" * 400}), "H03",
     {7: {"members": None}, 8: {"members": None}}, [("E03", "I7"), ("E01", "I8")]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("build", "form", "right", "told"), [case[1:] for case in MADE], ids=[case[0] for case in MADE]
)
def test_made_file_reads_as_it_was_written_down(
    build: Callable[[], bytes], form: str, right: Right, told: list[tuple[str, str]]
) -> None:
    reading = read(build())
    assert [(s.form, s.reporter_code, s.status) for s in reading.submissions] == [(form, "443", "usable")]
    landed = {row: {name: value_of(reading, form, row, name) for name in names} for row, names in right.items()}
    assert landed == right
    assert sorted(
        (rule, cell or "") for rule, cell, _ in found(reading, "E01", "E03", "E05", "E07", "F11", "F12", "R01")
    ) == sorted(told)


@pytest.mark.parametrize(
    ("content", "rule", "said", "expected"),
    [
        (formatted(h03(), {"E7": "0"}, {"E7": 30_012_345_678_901_200}), "E01", "3.00123456789012e+16", None),
        (formatted(h03(), {"E7": "0000000000"}, {"E7": 300123456}), "E07", "300123456", "0300123456"),
        (formatted(h03(), {}, {"I7": 3_000_000_000}), "E03", "3000000000", "số nguyên từ 0 đến 99.999.999"),
    ],
    ids=["rounded by its program", "zeros of its format", "more than a count can be"],
)
def test_finding_says_what_is_stored_and_what_would_have_been_right(
    content: bytes, rule: str, said: str, expected: str | None
) -> None:
    (finding,) = [finding for finding in read(content).findings if finding.rule_id == rule]
    assert finding.value == said
    assert expected in (None, expected_said(finding))


def value_of(reading: Reading, form: str, number: int, field: str) -> Any:
    """What landed of a field in a row, as its own type."""
    return next(row[field] for row in rows_of(reading, form) if row["row_number"] == number)


@pytest.mark.parametrize(
    "content",
    [
        package(h07(), after=FAR.format("x"), sheet_name="Quý III > II"),
        package(h07(), after=FAR.format("x"), prefix="x"),
        package(h07(), after=FAR.format("x"), names={"xl/worksheets/sheet1.xml": "XL/worksheets/SHEET1.xml"}),
    ],
    ids=["name with >", "prefix", "other letters"],
)
def test_stray_text_in_the_last_corner_is_refused_however_the_sheet_is_written(content: bytes) -> None:
    reading = read(content)
    assert [(f.rule_id, f.variant, f.value) for f in reading.findings] == [("F01", "too_far", "XFD1048576")]


def test_error_and_hidden_row_of_an_xlsb_are_told() -> None:
    row = struct.pack("<IIH", 8, 0, 300) + b"\0" * 7
    number = b"\x05\x10" + struct.pack("<IId", 3, 0, 1011)
    error = b"\x03\x09" + number[2:10] + b"\x2a"
    unknown_record = b"\x7f\x05" + b"\0" * 5
    content = with_bytes(xlsb(h07()), {row: row[:11] + b"\x10" + row[12:], number: error + unknown_record})
    assert found(read(content), "F11", "F12") == [("F11", None, "row 9"), ("F12", "D7", "#N/A")]


def test_sheets_of_an_excel_4_workbook_have_their_names() -> None:
    sheets = [b"\x8f\0\x06\0\0\0\0\0\x01" + name + early_xls([[name.decode(), 5]], 4) for name in (b"A", b"B")]
    content = b"\x09\x04\x06\0\x04\0\0\x01\0\0" + b"".join(sheets) + b"\x0a\0\0\0"
    read_sheets = read_workbook(content, "tệp.xls", 1e9, 1e9).sheets
    assert [(sheet.name, sheet.number, sheet.rows) for sheet in read_sheets] == [
        ("A", 1, [["A", 5]]),
        ("B", 2, [["B", 5]]),
    ]


@pytest.mark.parametrize("name", ["báo cáo.et", "báo cáo.wps", "báo cáo", "báo cáo.pdf"])
def test_workbook_is_read_whatever_its_name_ends_in(name: str) -> None:
    reading = read(old_binary(h07(), old_with_units), name)
    assert [(each.form, each.reporter_code) for each in reading.submissions] == [("H07", "443")]


def with_bytes(content: bytes, other: Mapping[bytes, bytes]) -> bytes:
    """A zip in whose sheet other bytes stand in the place of some."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for before, after in other.items() if "sheet1" in name else ():
                assert data.count(before) == 1
                data = data.replace(before, after)
            new.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (' t="d"><v>2012-03-15</v>', date(2012, 3, 15)),
        (' t="d"><v>2012-03-15T08:30:00</v>', datetime(2012, 3, 15, 8, 30)),
        (' t="d"><v>08:30:00</v>', time(8, 30)),
        (' t="inlineStr"><is><r><t>Xã</t></r><r><t>\u00a0</t></r><r><t> Kim Lộc </t></r></is>', "Xã\u00a0Kim Lộc"),
        (' t="inlineStr"><is><t>HTX</t><rPh sb="0" eb="1"><t>hát tê ích</t></rPh></is>', "HTX"),
        (' t="str"><v>a_x000D_b</v>', "a\rb"),
    ],
)
def test_values_of_an_xlsx_as_the_standard_writes_them(cell: str, value: Any) -> None:
    assert read_workbook(package([["x"]], {"A1": cell}), "a.xlsx", 1e9, 1e9).sheets[0].rows == [[value]]


# --- letters that a program could not write -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (text(h07(), ";").decode().encode("cp1252", "replace"), "a.csv"),
        (xlsx({"a": [[lossy(cell) for cell in row] for row in h07()]}), "a.xlsx"),
    ],
    ids=["? in a .csv", "_ in an .xlsx"],
)
def test_letters_lost_in_a_code_page_are_restored_where_one_word_fits(content: bytes, path: str) -> None:
    reading = read(content, path)
    assert [(s.form, s.reporter_code, s.period, s.status) for s in reading.submissions] == [
        ("H07", "443", "2014-Q3", "usable")
    ]
    rows = rows_of(reading, "H07")
    assert [(row["commune_code"], row[D]) for row in rows] == [
        ("18415", 1011), ("18418", 1111), ("18427", 1211), ("18433", 1311), ("18424", 1411)
    ]  # fmt: skip
    assert [rule for rule, _, _ in found(reading, "F10", "R01")] == ["F10"]


def test_signs_among_letters_that_were_not_lost_stay() -> None:
    lost = knowledge().lost_letters
    assert lost.restore({"HUY_N CAN L_C", "Qu_ III n_m 2014", "Tên xã", "T_ng s_", "Ghi chú ă"}) == {}
    assert lost.restore({"Chua ro?", "da_gui", "Sao vay?", "x_y", "Ten xa"}) == {}


# --- both ways of reading an .xlsx --------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    st.datetimes(datetime(1900, 3, 1), datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.text("aĐ đ_x0041_\n<&>'\"  ", max_size=12),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_scan_and_pass_read_the_same_cells(rows: list[list[Any]]) -> None:
    content = xlsx({"a": [["x"], *rows]}, merged={"a": ["A1:B1"]})
    as_usual = read_workbook(content, "a.xlsx", 1e9, 1e9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid_xlsx, "is_canonical", lambda *_, **__: False)
        by_pass = read_workbook(content, "a.xlsx", 1e9, 1e9)
    assert trimmed(by_pass) == trimmed(as_usual)


def trimmed(book: Workbook) -> list[Any]:
    """Rows without the blanks at their ends, and all else of the sheets."""
    sheet = book.sheets[0]
    rows = [[cell.strip() if isinstance(cell, str) else cell for cell in row] for row in sheet.rows]
    ends = [[*row][: max((n for n, cell in enumerate(row, 1) if cell != ""), default=0)] for row in rows]
    while ends and not ends[-1]:
        ends.pop()
    return [ends, sheet.merged, sheet.lost, sheet.hidden_rows, sheet.struck, sheet.unseen, sheet.repaired]


# --- number formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "stored", "seen"),
    [
        ("General", 5, None),
        ("#,##0.00", 1234.5, None),
        ('_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', 0, None),
        ('_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', -5, None),
        ("#,##0;[Red]#,##0", -5, None),
        ("0.00E+00", 3_044_200_400, None),
        ("# ?/?", 0.5, None),
        ('#,##0.0" tỷ"', 1011, (1, "tỷ", "1011 tỷ")),
        ("#,##0,", 1_011_500, (0.001, "", "1011,5")),
        ('#,##0.00,,"tỷ"', 2.5e9, (1e-6, "tỷ", "2500tỷ")),
        ('[>=1000]#,##0,"K";0', 1500, (0.001, "K", "1,5K")),
        ('[>=1000]#,##0,"K";0', 15, None),
        ("0%", 1, (100, "%", "100%")),
        ('0"%"', 70, (1, "%", "70%")),
        ("0000000000", 300123456, (1, "", "0300123456")),
        ("0000000000", 3001234567, None),
        ('"NV"00', 5, (1, "NV", "NV05")),
        ("0;0", -5, (1, "+", "-5")),
        ("[$₫-42A]#,##0", 5, (1, "₫", "₫5")),
        ('"Đạt";;"Chưa đạt"', 0, (1, "", "Chưa đạt")),
        (";;;", 5, HIDDEN),
        ("#,###", 0, HIDDEN),
        ("#,##0;-#,##0;", 0, HIDDEN),
    ],
)
def test_format_shows_what_a_spreadsheet_program_shows(code: str, stored: float, seen: Any) -> None:
    shown = number_format(code).shown(stored)
    if isinstance(shown, FormattedNumber):
        assert float(shown) == stored
        shown = (shown.scale, shown.unit, shown.text)
    assert shown == (stored if seen is None else seen)
