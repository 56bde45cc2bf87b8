"""What every workbook that is handed out has in common: it opens in any program, and text in it stays text."""

import io
import zipfile
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from pipelines.products.packages import writable
from pipelines.products.workbooks import height_of, packed, put

UNWRITABLE = "a\x00b\x07c\x0bd\ud83de\uffffg"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_characters_that_no_workbook_can_hold_are_left_out_wherever_they_stand() -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    put(sheet["A1"], f"Xã Kỳ Lợi {UNWRITABLE}")
    sheet["A1"].comment = Comment("đọc\x07 lại", "Tiếp nhận\x0b")
    sheet.oddHeader.center.text = "BÁO CÁO\x01"
    content = packed(workbook, {"tệp": f"báo cáo{UNWRITABLE}.xlsx"})
    for name, part in parts(content).items():
        if name.endswith((".xml", ".rels", ".vml")):
            ET.fromstring(part)  # noqa: S314 -- our own
    opened = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert opened["A1"].value == "Xã Kỳ Lợi abcdeg"
    assert opened["A1"].comment.text == "đọc lại"


def test_line_breaks_and_letters_beyond_the_basic_plane_stay() -> None:
    assert writable("một\nhai\tba 🌾 ệ") == "một\nhai\tba 🌾 ệ"


@pytest.mark.parametrize("text", ["+84 912", "=1+1", "-", "@ai", "+"])
def test_text_that_begins_like_a_formula_is_quoted_whoever_wrote_it_and_whatever_its_style(text: str) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    put(sheet["A1"], text)
    sheet["A1"].font = Font(bold=True)
    sheet["B1"].value = text  # as it came with a workbook that was opened
    sheet["B1"].data_type = "s"
    sheet["C1"].value = -5
    opened = openpyxl.load_workbook(io.BytesIO(packed(workbook, {}))).worksheets[0]
    assert [(cell.value, cell.quotePrefix) for cell in opened[1]] == [(text, True), (text, True), (-5, False)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 1), ("một dòng", 1), ("hai\ndòng", 2), ("chữ " * 30, 6), ("x" * 40, 3), ("chữ " * 10_000, 2_500)],
)
def test_a_row_is_as_high_as_its_text_takes_lines_up_to_what_a_row_can_be(text: str, lines: int) -> None:
    assert height_of(text, 20, 11) == pytest.approx(min(409, lines * 11 * 1.3 + 4))
