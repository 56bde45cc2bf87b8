"""Bytes of a workbook in the four formats: the same book gives the same bytes on any day and machine.

Here: SpreadsheetML and OpenDocument written out, xlwt, csv; fixed dates in archives and properties.
Not here: what stands in a cell.
"""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import xlwt

from tests.world.clerks import Book, Formula, Sheet, a1

LABEL = "Dữ liệu mô phỏng (simulated data)"
FIXED_ZIP = (2014, 9, 7, 0, 0, 0)
FONTS = ("Times New Roman", ".VnTime")
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE_TYPE = "application/vnd.openxmlformats-package"
SML = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HIDDEN = ' state="hidden"'
HIDDEN_ROW = ' hidden="1"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
    )
)


def book_bytes(book: Book) -> bytes:
    """The workbook as a file's content, in the book's format."""
    return {"xlsx": _xlsx, "xls": _xls, "ods": _ods, "csv": _csv}[book.format](book)


def _zip(members: dict[str, bytes]) -> bytes:
    """An archive with fixed dates, members in the order given; `mimetype` is stored, as OpenDocument asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, FIXED_ZIP)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def _grid(sheet: Sheet) -> list[list[Any]]:
    height = sheet.next_row
    width = max((c for _, c in sheet.cells), default=-1) + 1
    return [[sheet.cells.get((r, c)) for c in range(width)] for r in range(height)]


def _xlsx(book: Book) -> bytes:
    """SpreadsheetML written out: a tenth of openpyxl's time, and not a byte that depends on the day."""
    strings: dict[str, int] = {}
    pages = [_xlsx_sheet(sheet, strings) for sheet in book.sheets]
    numbers = range(1, len(pages) + 1)
    shared = "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in strings)
    sheets = "".join(
        f'<sheet name="{escape(s.name)}" sheetId="{n}" r:id="rId{n}"{HIDDEN if s.is_hidden else ""}/>'
        for n, s in zip(numbers, book.sheets, strict=True)
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{PACKAGE_TYPE}.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SML}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{SML}.worksheet+xml"/>' for n in numbers
        )
        + f'<Override PartName="/xl/styles.xml" ContentType="{SML}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SML}.sharedStrings+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{PACKAGE_TYPE}.core-properties+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{LABEL}</dc:title><dc:creator>NTM</dc:creator><dc:description>{LABEL}</dc:description>"
        '<dcterms:created xsi:type="dcterms:W3CDTF">2014-09-07T00:00:00Z</dcterms:created></cp:coreProperties>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}/relationships">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{OFFICE}/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        + f'<Relationship Id="rIdA" Type="{OFFICE}/relationships/styles" Target="styles.xml"/>'
        f'<Relationship Id="rIdB" Type="{OFFICE}/relationships/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/styles.xml": _xlsx_styles(),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">{shared}</sst>',
        **{f"xl/worksheets/sheet{n}.xml": page for n, page in zip(numbers, pages, strict=True)},
    }
    return _zip({name: f"{XML}{text}".encode() for name, text in members.items()})


def _xlsx_styles() -> str:
    """Four styles for each of two fonts: plain, heading, day, day and time."""
    fonts = "".join(f'<font>{bold}<sz val="11"/><name val="{name}"/></font>' for name in FONTS for bold in ("", "<b/>"))
    formats = "".join(
        f'<xf numFmtId="{number}" fontId="{2 * font + bold}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
        + (' applyAlignment="1"><alignment horizontal="center" wrapText="1"/></xf>' if bold else "/>")
        for font in range(len(FONTS))
        for number, bold in ((0, 0), (0, 1), (164, 0), (165, 0))
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
        '<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
        f'<fonts count="4">{fonts}</fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        f'<cellXfs count="8">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _xlsx_sheet(sheet: Sheet, strings: dict[str, int]) -> str:
    rows: dict[int, list[str]] = {}
    font = 4 * FONTS.index(sheet.font)
    for (r, c), value in sorted(sheet.cells.items()):
        style = font + (1 if r in sheet.bold_rows else 0)
        place = f'<c r="{a1((r, c))}" s="{{}}"'
        if isinstance(value, str):
            text = f'{place.format(style)} t="s"><v>{strings.setdefault(value, len(strings))}</v></c>'
        elif isinstance(value, Formula):
            text = f"{place.format(style)}><f>{escape(value.text)}</f></c>"
        elif isinstance(value, date):
            text = f"{place.format(font + 3 - (not isinstance(value, datetime)))}><v>{_serial(value)}</v></c>"
        else:
            text = f"{place.format(style)}><v>{value}</v></c>"
        rows.setdefault(r, []).append(text)
    lines = "".join(
        f'<row r="{r + 1}"{HIDDEN_ROW if r in sheet.hidden_rows else ""}>{"".join(cells)}</row>'
        for r, cells in rows.items()
    )
    columns = "".join(
        f'<col min="{c + 1}" max="{c + 1}" width="{width}" customWidth="1"/>' for c, width in enumerate(_widths(sheet))
    )
    merges = "".join(
        f'<mergeCell ref="{a1((m[0], m[1]))}:{a1((m[2], m[3]))}"/>' for m in sheet.merges if m[:2] != m[2:]
    )
    return (
        f'<worksheet xmlns="{MAIN}">{f"<cols>{columns}</cols>" if columns else ""}<sheetData>{lines}</sheetData>'
        f"{f'<mergeCells>{merges}</mergeCells>' if merges else ''}</worksheet>"
    )


def _serial(value: date) -> float:
    """A date as Excel counts: days since 30 December 1899."""
    if isinstance(value, datetime):
        gap = value - datetime(1899, 12, 30)
        return round(gap.days + gap.seconds / 86400, 8)
    return (value - date(1899, 12, 30)).days


def _widths(sheet: Sheet) -> list[int]:
    longest: dict[int, int] = {}
    for (r, c), value in sheet.cells.items():
        if r > 8 and r not in sheet.bold_rows:
            longest[c] = max(longest.get(c, 0), len(str(value)))
    return [min(max(longest.get(c, 3) + 2, 5), 45) for c in range(max(longest, default=-1) + 1)]


def _xls(book: Book) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8", style_compression=2)
    workbook.owner = "simulated data"
    for sheet in book.sheets:
        page = workbook.add_sheet(sheet.name)
        page.visibility = 1 if sheet.is_hidden else 0
        font = f"font: name {sheet.font}"
        plain, bold = xlwt.easyxf(font), xlwt.easyxf(f"{font}, bold on; align: wrap on, horiz center")
        day = xlwt.easyxf(font, num_format_str="DD/MM/YYYY")
        merged = {(m[0], m[1]): m for m in sheet.merges}
        for place, value in sorted(sheet.cells.items()):
            style = day if isinstance(value, date) else bold if place[0] in sheet.bold_rows else plain
            if place in merged:
                first_row, first_column, last_row, last_column = merged[place]
                page.write_merge(first_row, last_row, first_column, last_column, value, style)
            else:
                page.write(*place, value, style)
        for r in sheet.hidden_rows:
            page.row(r).hidden = True
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _ods(book: Book) -> bytes:
    """OpenDocument written out, for the same reasons."""
    content = (
        f'{XML}<office:document-content {ODF} office:version="1.2"><office:automatic-styles>'
        '<number:date-style style:name="vn"><number:day number:style="long"/><number:text>/</number:text>'
        '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
        "</number:date-style>"
        '<style:style style:name="day" style:family="table-cell" style:data-style-name="vn"/></office:automatic-styles>'
        f"<office:body><office:spreadsheet>{''.join(map(_ods_sheet, book.sheets))}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listing = f'{XML}<manifest:manifest xmlns:manifest="{manifest}">{entries}</manifest:manifest>'
    card = (
        f'{XML}<office:document-meta {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.2">'
        f"<office:meta><dc:title>{LABEL}</dc:title></office:meta></office:document-meta>"
    )
    members = {"mimetype": kind, "content.xml": content, "meta.xml": card, "META-INF/manifest.xml": listing}
    return _zip({name: text.encode() for name, text in members.items()})


def _ods_sheet(sheet: Sheet) -> str:
    spans = {(m[0], m[1]): m for m in sheet.merges}
    covered = {(r, c) for m in sheet.merges for r in range(m[0], m[2] + 1) for c in range(m[1], m[3] + 1)} - set(spans)
    width = max([c for _, c in sheet.cells] + [m[3] for m in sheet.merges], default=-1) + 1
    lines = []
    for r in range(sheet.next_row):
        cells = []
        for c in range(width):
            if (r, c) in covered:
                cells.append("<table:covered-table-cell/>")
                continue
            m = spans.get((r, c))
            span = (
                f' table:number-rows-spanned="{m[2] - m[0] + 1}" table:number-columns-spanned="{m[3] - m[1] + 1}"'
                if m
                else ""
            )
            cells.append(_ods_cell(sheet.cells.get((r, c)), span))
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    return f'<table:table table:name="{escape(sheet.name)}">{"".join(lines)}</table:table>'


def _ods_cell(value: Any, span: str) -> str:
    if value is None:
        return f"<table:table-cell{span}/>"
    shown = escape(str(value))
    if isinstance(value, date):
        kind = f' table:style-name="day" office:value-type="date" office:date-value="{value.isoformat()}"'
        shown = f"{value.day:02d}/{value.month:02d}/{value.year}"
    elif isinstance(value, int | float):
        kind = f' office:value-type="float" office:value="{value}"'
    else:
        kind = ' office:value-type="string"'
    return f"<table:table-cell{span}{kind}><text:p>{shown}</text:p></table:table-cell>"


def _csv(book: Book) -> bytes:
    """One sheet as text: csv has no more."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=book.csv_delimiter, lineterminator="\r\n")
    for values in _grid(book.sheets[0]):
        writer.writerow("" if v is None else v for v in values)
    return out.getvalue().encode(book.csv_encoding)
