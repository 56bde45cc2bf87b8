"""Bytes → cells: formats by content, limits, and what an .xlsx hides."""

import io
import os
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from pipelines.intake.addresses import column_letter, column_number
from pipelines.intake.grid import read_workbook
from pipelines.intake.grid.panics import without_panic_trace
from pipelines.intake.model import Unreadable, Workbook
from tests.unit.intake.workbooks import ods, text, xls, xlsx

ROWS = [[None, None, None], [None, "Xã Thiên Lộc", 3], [None, "Đạt", None]]


def grid(content: bytes, path: str = "a.xlsx", size: float = 50e6, unpacked: float = 200e6) -> Workbook:
    return read_workbook(content, path, size, unpacked)


@pytest.mark.parametrize("build", [xlsx, xls, ods])
@pytest.mark.parametrize("path", ["a.xlsx", "a.xls", "a.bin"])
def test_format_is_told_by_content_and_addresses_start_at_a1(build: Any, path: str) -> None:
    sheet = grid(build({"Một": ROWS}), path).sheets[0]
    assert sheet.name == "Một"
    assert sheet.rows[1][1] == "Xã Thiên Lộc"
    assert sheet.rows[1][2] == 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_text_with_delimiters_in_every_unicode_encoding(delimiter: str, encoding: str) -> None:
    rows = [["STT", "Tên xã", "Ghi chú"], ["1", "Thiên Lộc", "một, hai; ba\nbốn"], ["2", "Kim Lộc", ""]]
    assert grid(text(rows, delimiter, encoding), "a.csv").sheets[0].rows == rows


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_byte_order_is_told_whatever_letter_comes_first(encoding: str) -> None:
    rows = [["ĐÀI PHÁT THANH", ""], ["Ơ 1", "2"]]
    assert grid(text(rows, ";", encoding), "a.csv").sheets[0].rows == rows


def test_line_that_names_the_delimiter_is_a_row_of_its_own() -> None:
    rows = grid(b"sep=;\na,1;b\nc,2;d\n", "a.csv").sheets[0].rows
    assert rows == [["", ""], ["a,1", "b"], ["c,2", "d"]]


def encrypted() -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx({"a": ROWS}))).encrypt("mật khẩu", stream)
    return stream.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "path", "variant"),
    [
        (b"", "a.xlsx", "empty"),
        (b"chi la van ban", "a.xlsx", "not_workbook"),
        (b"<html><body>404</body></html>", "a.xls", "web_page"),
        (b"<?xml version='1.0'?><Workbook/>", "a.csv", "no_sheet"),
        (b"%PDF-1.4 ...", "a.csv", "document"),
        (b"\x00\x01\x02abc\x00", "a.csv", "not_workbook"),
        (b"\n\n,,\n", "a.csv", "empty"),
        (xlsx({"a": ROWS})[:2000], "a.xlsx", "damaged"),
        (xls({"a": ROWS})[:700], "a.xls", "damaged"),
        (b"PK\x03\x04" + b"0" * 99, "a.xlsx", "damaged"),
        (archive({"word/document.xml": b"<x/>"}), "a.docx", "document"),
        (
            archive({"content.xml": b"<x/>", "mimetype": b"application/vnd.oasis.opendocument.text"}),
            "a.odt",
            "document",
        ),
        (archive({"xl/workbook.xml": b"<workbook><sheets/></workbook>"}), "a.xlsx", "no_sheet"),
        (encrypted(), "a.xlsx", "encrypted"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_can_not_be_read_says_why(content: bytes, path: str, variant: str) -> None:
    with pytest.raises(Unreadable) as refused:
        grid(content, path)
    assert refused.value.variant == variant


def test_damaged_compressed_data_is_damaged() -> None:
    content = bytearray(xlsx({"a": ROWS * 50}))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as package:
        start = package.getinfo("xl/worksheets/sheet1.xml").header_offset
    content[start + 60 : start + 90] = b"\xff" * 30
    with pytest.raises(Unreadable) as refused:
        grid(bytes(content))
    assert refused.value.variant == "damaged"


def test_larger_than_allowed_names_both_sizes() -> None:
    content = xlsx({"a": ROWS})
    with pytest.raises(Unreadable) as refused:
        grid(content, size=1000)
    assert (refused.value.variant, refused.value.size, refused.value.allowed) == ("too_large", len(content), 1000)


def test_unpacked_size_is_checked_before_unpacking() -> None:
    bomb = archive({"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": b" " * 5_000_000})
    with pytest.raises(Unreadable) as refused:
        grid(bomb, unpacked=1e6)
    assert refused.value.variant == "too_large"


def test_zip_whose_directory_lies_about_sizes_is_damaged() -> None:
    content = archive({"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": b" " * 5_000_000})
    forged = content.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert forged != content
    with pytest.raises(Unreadable) as refused:
        grid(forged, unpacked=1e6)
    assert refused.value.variant == "damaged"


def test_stray_cell_in_the_last_corner_is_refused_not_laid_out() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["XFD1048576"] = "x"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(Unreadable) as refused:
        grid(stream.getvalue())
    assert refused.value.variant == "too_far"


def test_formats_down_to_the_last_row_cost_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["Z65536"].number_format = "0.00"
    stream = io.BytesIO()
    book.save(stream)
    assert len(grid(stream.getvalue()).sheets[0].rows) == 1


def test_hidden_parts_and_merged_ranges_of_an_xlsx() -> None:
    content = xlsx(
        {"Số liệu": [["a", "b", "c"]] * 6, "Ẩn": [["a"]]},
        merged={"Số liệu": ["A2:B3"]},
        hidden={"Số liệu": [4, "C"], "Ẩn": [""]},
    )
    first, second = grid(content).sheets
    assert first.hidden_rows == {3}
    assert first.hidden_columns == {2}
    assert first.merged == (((1, 0), (2, 1)),)
    assert (first.is_hidden, second.is_hidden) == (False, True)


def with_cells(cells: str) -> bytes:
    """An .xlsx whose one row has these cells, written as they stand."""
    content = xlsx({"a": [["x"]]})
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                data = re.sub(rb"<row.*</row>", f'<row r="1">{cells}</row>'.encode(), data)
            new.writestr(member, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("cell", "lost"),
    [
        ('<c r="B1"><f>SUM(A1:A3)</f></c>', "=SUM(A1:A3)"),
        ('<c r="B1"><f>SUM(A1:A3)</f><v></v></c>', "=SUM(A1:A3)"),
        ('<c r="B1"><f>SUM(A1:A3)</f><v/></c>', "=SUM(A1:A3)"),
        ('<c r="B1"><f t="shared" si="0"/></c>', "="),
        ('<c r="B1" t="e"><f>A9</f><v>#REF!</v></c>', "#REF!"),
        ('<c r="B1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="B1" t="str"><f>IF(A1=1,"","x")</f><v></v></c>', None),
        ('<c r="B1"><f>SUM(A1:A3)</f><v>12</v></c>', None),
        ('<c r="B1"><v>12</v></c>', None),
    ],
)
def test_formulas_without_a_result_are_told_from_blanks(cell: str, lost: str | None) -> None:
    assert dict(grid(with_cells(cell)).sheets[0].lost) == ({(0, 1): lost} if lost else {})


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_column_letters(column: int, letters: str) -> None:
    assert (column_letter(column), column_number(letters)) == (letters, column)


FAR = """
<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row><row r="900"><c r="A900"><v>1</v></c></row>
<row r="1"><c r="A1"><v>1</v></c><c r='A1048576'><v>1</v></c></row><row r='9'><c r='XFD9'><v>1</v></c></row>
<row r="1"><c r="A1"><v>1</v></c><c r="A4294967295"><v>1</v></c></row>
<row r="1"><c r="A1"><v>1</v></c></row><row r="4294967295"><c><v>1</v></c></row>
<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>
"""


@pytest.mark.parametrize("cells", FAR.strip().splitlines())
def test_addresses_that_ask_for_too_much_memory_are_refused(cells: str) -> None:
    with pytest.raises(Unreadable) as refused:
        grid(with_cells(cells))
    assert refused.value.variant == "too_far"


def test_ods_of_repeated_filled_cells_is_refused_of_empty_ones_read() -> None:
    content = ods({"a": [["x", None, "y"]]})

    def repeated(old: bytes, new: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w") as after:
            for member in before.infolist():
                data = before.read(member)
                after.writestr(member, data.replace(old, new) if member.filename == "content.xml" else data)
        return stream.getvalue()

    with pytest.raises(Unreadable) as refused:
        grid(repeated(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="99999999">'))
    assert refused.value.variant == "too_far"
    last = (
        b'</table:table-row><table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    )
    assert grid(repeated(b"</table:table-row>", last)).sheets[0].rows == [["x", "", "y"]]


def test_binary_workbook_with_a_cell_where_none_can_be_is_damaged() -> None:
    content = xls({"a": [["xã"] * 3] * 3})
    cell = bytes.fromhex("fd000a00") + (2).to_bytes(2, "little") + (2).to_bytes(2, "little")
    assert cell in content
    with pytest.raises(Unreadable) as refused:
        grid(content.replace(cell, cell[:6] + b"\xff\x7f"))
    assert refused.value.variant == "damaged"


def test_what_a_library_prints_past_python_while_it_reads_stays_off_the_screen(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def give_up() -> None:
        with without_panic_trace():
            os.write(2, b"thread '<unnamed>' panicked")
            raise ValueError("damaged")

    with pytest.raises(ValueError, match="damaged"):
        give_up()
    os.write(2, b"what comes later")
    assert capfd.readouterr().err == "what comes later"
