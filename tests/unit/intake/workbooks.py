"""Builders of the small workbooks that intake's tests read: real files in memory, made with the libraries of each format."""

import csv
import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from pipelines.intake import NO_HINT, Hint, Knowledge, Reading, landed_schema, read_delivery
from pipelines.intake.model import Finding
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR
from pipelines.wording import say_received, severity_of

ROOT = Path(__file__).parents[3]
Rows = Sequence[Sequence[Any]]

HEADING = [
    ["UBND HUYỆN CAN LỘC", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["VĂN PHÒNG ĐIỀU PHỐI NTM", None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
]
COMMUNES = ["Thiên Lộc", "Thuần Thiện", "Vượng Lộc", "Thanh Lộc", "Kim Lộc"]
"""Rural communes of Can Lộc (443) in 2014."""
A_DAY = date(2015, 7, 20)
FUNDS = [
    *HEADING,
    ["Biểu 07/NTM-H"],
    ["KẾT QUẢ HUY ĐỘNG NGUỒN LỰC"],
    ["9 tháng đầu năm 2014"],
    [
        "TT",
        "Xã",
        "Tổng số",
        "Ngân sách",
        "",
        "",
        "",
        "",
        "Lồng ghép",
        "Tín dụng",
        "Doanh nghiệp",
        "Dân góp",
        "",
        "",
        "Khác",
    ],
    ["", "", "", "Tổng số", "TW", "Tỉnh", "Huyện", "Xã", "", "", "", "Tiền mặt", "Ngày công quy đổi", "Hiến đất", ""],
    [1, "Thiên Lộc", 100, 40, 10, 11, 12, 7, 5, 6, 7, 8, 9, 10, 15],
]
"""A quarterly form with a header of two rows."""


@cache
def knowledge() -> Knowledge:
    """The project's own reference data."""
    return Knowledge.load(read_lists(SEEDS_DIR), A_DAY)


def xlsx(
    sheets: Mapping[str, Rows],
    merged: Mapping[str, Iterable[str]] | None = None,
    hidden: Mapping[str, Iterable[int | str]] | None = None,
) -> bytes:
    """An .xlsx; `merged`: ranges by sheet; `hidden`: rows (int) and columns (letter) by sheet, '' for the sheet itself."""
    book = openpyxl.Workbook()
    for name in book.sheetnames:
        del book[name]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for cells in (merged or {}).get(name, ()):
            sheet.merge_cells(cells)
        for part in (hidden or {}).get(name, ()):
            if part == "":
                sheet.sheet_state = "hidden"
            elif isinstance(part, int):
                sheet.row_dimensions[part].hidden = True
            else:
                sheet.column_dimensions[part].hidden = True
    return _saved(book)


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def xls(sheets: Mapping[str, Rows]) -> bytes:
    """The old binary format."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None:
                    sheet.write(row, column, cell)
    return _saved(book)


def ods(sheets: Mapping[str, Rows]) -> bytes:
    """OpenDocument."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for cell in row:
                if isinstance(cell, int | float):
                    line.addElement(TableCell(valuetype="float", value=str(cell)))
                else:
                    place = TableCell(valuetype="string") if cell is not None else TableCell()
                    if cell is not None:
                        place.addElement(P(text=cell))
                    line.addElement(place)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    return _saved(document)


def xlsb(rows: Rows, row_numbers: Sequence[int] = (), first_column: int = 0) -> bytes:
    """The binary format of Excel 2007, record by record; `row_numbers`, `first_column`: where the rows stand, from 0."""

    def record(kind: int, data: bytes = b"") -> bytes:
        head = b""
        for number in (kind, len(data)):
            rest = number
            while rest > 0x7F:
                head += bytes([rest & 0x7F | 0x80])
                rest >>= 7
            head += bytes([rest])
        return head + data

    def wide(said: str) -> bytes:
        return struct.pack("<I", len(said)) + said.encode("utf-16-le")

    body = b""
    for number, row in zip(row_numbers or range(len(rows)), rows, strict=True):
        body += record(0, struct.pack("<IIH", number, 0, 300) + b"\0" * 7)
        for column, cell in enumerate(row, first_column):
            at = struct.pack("<II", column, 0)
            if cell is not None:
                body += record(6, at + wide(cell)) if isinstance(cell, str) else record(5, at + struct.pack("<d", cell))
    names = "http://schemas.openxmlformats.org"
    kind = f"{names}/officeDocument/2006/relationships/worksheet"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/>'
    sheets = record(0x8F) + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("a")) + record(0x90)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("xl/workbook.bin", record(0x83) + record(0x99, b"\0" * 12) + sheets + record(0x9D, b"\0" * 26))
        package.writestr(
            "xl/_rels/workbook.bin.rels",
            f'<Relationships xmlns="{names}/package/2006/relationships">{relation}</Relationships>',
        )
        package.writestr(
            "xl/worksheets/sheet1.bin",
            record(0x81) + record(0x94, b"\0" * 16) + record(0x91) + body + record(0x92) + record(0x82),
        )
    return stream.getvalue()


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A text with delimiters."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([["" if cell is None else cell for cell in row] for row in rows])
    return stream.getvalue().encode(encoding)


def read(content: bytes, path: str = "2014-09/bao cao.xlsx", hint: Hint = NO_HINT) -> Reading:
    """Read a file, unguarded: a fault of the reader fails the test."""
    return read_delivery(content, path, hint, knowledge(), is_guarded=False)


def rows_of(reading: Reading, form: str) -> list[dict[str, Any]]:
    """Landed rows of a form, as dicts."""
    names = [name for name, _ in landed_schema(knowledge().forms)[form.lower()]]
    return [dict(zip(names, row, strict=True)) for row in reading.rows.get(form, [])]


def found(reading: Reading, *rules: str) -> list[tuple[str, str | None, str | None]]:
    """(rule, cell, value) of the findings, of the rules given or all."""
    return [(f.rule_id, f.cell, f.value) for f in reading.findings if not rules or f.rule_id in rules]


def h01(
    marks: Mapping[str, Sequence[Any]] | None = None, *, title: str = "Tháng 9 năm 2014", names: Sequence[Any] = ()
) -> list[list[Any]]:
    """A sheet H01 of Can Lộc: `marks` by commune, else all met but the last three criteria."""
    usual = ["x"] * 16 + ["K"] * 3
    body = marks or dict.fromkeys(COMMUNES, usual)
    header = ["STT", "Tên xã", *(names or range(1, 20)), "Tổng số tiêu chí đạt", "Ghi chú"]
    rows: list[list[Any]] = [
        *HEADING,
        ["Biểu 01/NTM-H"],
        ["TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ NÔNG THÔN MỚI"],
        [title],
        header,
    ]
    for number, (name, given) in enumerate(body.items(), 1):
        met = sum(1 for mark in given if mark in ("x", "X", "Đạt"))
        rows.append([number, name, *given, met, None])
    return rows


def severity(finding: Finding) -> str:
    """How bad a finding is, by the list of rules."""
    return severity_of(finding.rule_id, finding.variant)


def value_said(finding: Finding) -> str:
    """What was received, in Vietnamese words."""
    return say_received(finding.value, finding.value_kind)


def expected_said(finding: Finding) -> str:
    """What would have been right, or was taken, in Vietnamese words."""
    return say_received(finding.expected, finding.expected_kind, "vi", finding.expected_low, finding.expected_high)
