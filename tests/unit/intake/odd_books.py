"""Builders of workbooks that show something else than they store, or are written as few programs write them."""

import io
import re
import struct
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.intake.addresses import address
from tests.unit.intake.workbooks import COMMUNES

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def h07(unit: str = "ĐVT: triệu đồng") -> list[list[Any]]:
    """The funds of Can Lộc: rows 7 to 11 hold 1920,5 = 1011 + 402,5 + 303 + 204 and four like it."""
    return [
        ["UBND HUYỆN CAN LỘC"],
        ["Biểu 07/NTM-H"],
        ["KẾT QUẢ HUY ĐỘNG NGUỒN LỰC"],
        ["Quý III năm 2014"],
        [None] * 6 + [unit],
        ["STT", "Tên xã", "Tổng số", "NSTW", "NS tỉnh", "NS huyện", "NS xã", "Ghi chú"],
        *(
            [n + 1, name, 1920.5 + 130 * n, 1011 + 100 * n, 402.5 + 10 * n, 303 + 10 * n, 204 + 10 * n]
            for n, name in enumerate(COMMUNES)
        ),
    ]


def h03(
    days: Sequence[Any] = ("15/03/2012", "16/04/2012", "17/05/2012", "18/06/2012", "19/07/2012"),
) -> list[list[Any]]:
    """The establishments of Can Lộc, founded on these days: rows 7 and below."""
    header = ["STT", "Tên", "Loại", "Xã", "Mã số", "Ngày thành lập", "Ngành nghề", "Vốn điều lệ (triệu đồng)"]
    return [
        ["UBND HUYỆN CAN LỘC"],
        ["Biểu 03/NTM-H"],
        ["DOANH NGHIỆP, HỢP TÁC XÃ, TỔ HỢP TÁC"],
        ["Tháng 9 năm 2014"],
        [],
        [*header, "Số thành viên", "Tình trạng", "Ghi chú"],
        *(
            [
                n + 1,
                f"HTX Phú Lộc {n + 1}",
                "HTX",
                COMMUNES[n % 5],
                f"304430070{n}",
                day,
                "Trồng trọt",
                500 + n,
                20 + n,
                "đang hoạt động",
            ]
            for n, day in enumerate(days)
        ),
    ]


def c01(shares: Sequence[Any]) -> list[list[Any]]:
    """The tasks of Can Lộc, done to these shares: rows 7 and below."""
    header = ["STT", "Mã nhiệm vụ", "Nội dung nhiệm vụ", "Số văn bản", "Tình trạng", "Tỷ lệ hoàn thành (%)"]
    return [
        ["UBND HUYỆN CAN LỘC"],
        ["Biểu 01/NTM-C"],
        ["TÌNH HÌNH THỰC HIỆN NHIỆM VỤ ĐƯỢC GIAO"],
        ["Tháng 9 năm 2014"],
        [],
        [*header, "Ngày hoàn thành", "Văn bản/kết quả", "Khó khăn, vướng mắc"],
        *(
            [n + 1, f"NV0{n + 1}", f"Công việc {n + 1}", "12/TB", "đang thực hiện", share]
            for n, share in enumerate(shares)
        ),
    ]


def changed(rows: Sequence[Sequence[Any]], change: Callable[[Worksheet], object]) -> bytes:
    """An .xlsx of these rows, changed by `change` before it is saved."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(list(row))
    change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def formatted(
    rows: Sequence[Sequence[Any]], formats: Mapping[str, str], values: Mapping[str, Any] | None = None
) -> bytes:
    """An .xlsx of these rows with number formats, and other values, by address."""

    def change(sheet: Worksheet) -> None:
        for name, value in (values or {}).items():
            sheet[name] = value
        for name, code in formats.items():
            sheet[name].number_format = code

    return changed(rows, change)


def package(
    rows: Sequence[Sequence[Any]],
    cells: Mapping[str, str] | None = None,
    *,
    prefix: str = "",
    before: str = "",
    after: str = "",
    row_attributes: Mapping[int, str] | None = None,
    sheet_name: str = "Bieu",
    calc: str = "",
    names: Mapping[str, str] | None = None,
    sheet_target: str = "worksheets/sheet1.xml",
    encoding: str = "utf-8",
    main: str = _MAIN,
    office: str = _OFFICE,
    addresses: bool = True,
) -> bytes:
    """An .xlsx written by hand.

    `cells`: what stands in a cell in place of its value, as XML with its attributes: ' t="e"><v>#N/A</v>'. `before`, `after`: XML
    around the rows; `names`: other names of parts; `prefix`: of every element of the sheet; `encoding`: of the sheet's part.
    """
    lines = []
    for number, row in enumerate(rows, 1):
        places = [(address((number - 1, column - 1)), cell) for column, cell in enumerate(row, 1)]
        written = []
        for name, cell in places:
            inner = (cells or {}).get(name) or _cell(cell, is_kept=not addresses)
            if inner:
                place = f' r="{name}"' if addresses else ""
                written.append(f"<c{place}{inner}</c>")
        about = (f' r="{number}"' if addresses else "") + (row_attributes or {}).get(number, "")
        lines.append(f"<row{about}>{''.join(written)}</row>")
    body = f"{before}<sheetData>{''.join(lines)}{after}"
    if "</sheetData>" not in body:
        body += "</sheetData>"
    sheet = f"<worksheet xmlns='{main}'>{body}</worksheet>"
    if prefix:
        sheet = re.sub("<(/?)", rf"<\1{prefix}:", sheet).replace("xmlns=", f"xmlns:{prefix}=")
    parts = {
        "_rels/.rels": _relations(office, {"rId1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": (
            f"<workbook xmlns='{main}' xmlns:r='{office}'><sheets><sheet name=\"{sheet_name}\" sheetId='1' r:id='rId1'/>"
            f"</sheets>{calc}</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relations(office, {"rId1": ("worksheet", sheet_target)}),
        "xl/worksheets/sheet1.xml": f"<?xml version='1.0' encoding='{encoding}'?>{sheet}",
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            used = encoding if name.endswith("sheet1.xml") else "utf-8"
            archive.writestr((names or {}).get(name, name), content.encode(used))
    return stream.getvalue()


def _cell(value: Any, *, is_kept: bool) -> str:
    if value is None:
        return ">" if is_kept else ""
    if isinstance(value, str):
        return f' t="str"><v>{escape(value)}</v>'
    return f"><v>{value}</v>"


def _relations(office: str, targets: Mapping[str, tuple[str, str]]) -> str:
    lines = (
        f"<Relationship Id='{name}' Type='{office}/{kind}' Target='{target}'/>"
        for name, (kind, target) in targets.items()
    )
    return f"<Relationships xmlns='{_PACKAGE}'>{''.join(lines)}</Relationships>"


_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def open_document(
    rows: Sequence[Sequence[Any]],
    cells: Mapping[str, str] | None = None,
    *,
    styles: str = "",
    lines: Mapping[int, str] | None = None,
) -> bytes:
    """An .ods written by hand; `cells`: whole elements by address ("" for none); `lines`: attributes of rows."""
    body = []
    for number, row in enumerate(rows, 1):
        written = []
        for column, cell in enumerate(row, 1):
            name = address((number - 1, column - 1))
            written.append((cells or {}).get(name) or _open_cell(cell))
        body.append(f"<table:table-row{(lines or {}).get(number, '')}>{''.join(written)}</table:table-row>")
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="a">{"".join(body)}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def _open_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def early_xls(rows: Sequence[Sequence[Any]], version: int) -> bytes:
    """An .xls of Excel 2, 3 or 4 of these rows: numbers, and texts in the code page of the West, which lacks our letters.

    1011 is shown in thousands and struck through, the fourth row from the end has no height, 2050.5 is the result of a
    formula, and an error stands in each cell that holds "#N/A".
    """
    high = {2: 0x000, 3: 0x200, 4: 0x400}[version]
    later = 0 if version == 2 else 0x200
    stream = _record(0x0009 + high, struct.pack("<HH", 2, 0x10), b"\0\0" if later else b"")
    stream += _record(0x0042, struct.pack("<H", 1252))
    for flags in (0, 8):
        stream += _record(0x0031 + later, struct.pack("<HH", 200, flags), b"\0\0" if later else b"", b"\x05Arial")
    for code in (b"\x07General", b"\x06#,##0,"):
        stream += _record(0x041E if version == 4 else 0x001E, b"\0\0" if version == 4 else b"", code)
    for number in (0, 1):
        shape = bytes([number, number]) + bytes(10) if later else bytes([number, 0, number, 0])
        stream += _record(0x0043 + high, shape)
    for row, cells in enumerate(rows):
        height = 0 if row == len(rows) - 4 else 255
        stream += _record(0x0008 + later, struct.pack("<HHHH", row, 0, 9, height), bytes(8 if later else 5))
        for column, cell in enumerate(cells):
            style = int(cell == 1011)
            place = struct.pack("<HHH", row, column, style) if later else struct.pack("<HHHB", row, column, style, 0)
            stream += _early_cell(cell, place, version)
    return stream + _record(0x000A)


def _early_cell(cell: Any, place: bytes, version: int) -> bytes:
    """The record of a cell; none for a blank one."""
    later = 0 if version == 2 else 0x200
    if cell is None:
        return b""
    if cell == "#N/A":
        return _record(0x0005 + later, place, b"\x2a\x01")
    if isinstance(cell, str):
        text = cell.encode("cp1252", "replace")
        return _record(0x0004 + later, place, struct.pack("<H" if later else "<B", len(text)), text)
    if cell == 2050.5:
        return _record(0x0006 + {2: 0x000, 3: 0x200, 4: 0x400}[version], place, struct.pack("<d", cell), bytes(5))
    return _record(0x0003 + later, place, struct.pack("<d", cell))


def _record(kind: int, *parts: bytes) -> bytes:
    data = b"".join(parts)
    return struct.pack("<HH", kind, len(data)) + data
