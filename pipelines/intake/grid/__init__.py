"""Bytes → sheets of cells, whatever the file is called: .xlsx, .xlsm, .xlsb, .xls, .ods, and three kinds of text.

Here: telling what a file is by its content, its limits of size, and what calamine does not tell of an .xlsx (hidden rows
and columns, formulas without a result). No header, no form, no value: cells are handed on as they lie in the file.

Evidence: calamine returns '' both for an error cell and for a formula without a stored result; the sheets' XML tells
them apart at about 0.04 ms a sheet (regular expressions over the bytes, only where a marker stands in them).
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import PurePosixPath

import python_calamine

from pipelines.intake import extents
from pipelines.intake.addresses import column_number
from pipelines.intake.grid.delimited import is_delimited, read_delimited
from pipelines.intake.grid.panics import without_panic_trace
from pipelines.intake.grid.spreadsheetml import is_spreadsheetml, read_spreadsheetml
from pipelines.intake.grid.webtables import is_web_page, read_web_page
from pipelines.intake.model import Place, Sheet, Unreadable, Workbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_OTHER_KINDS = {
    "web_page": re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype)", re.IGNORECASE),
    "document": re.compile(rb"%PDF|\{\\rtf|\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*"),
    "archive": re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"),
}
"""What comes in place of a workbook, by its first bytes: F01 says what it is."""
_DEFLATE_RATIO = 1032
"""Deflate can't pack better: what a zip member can unpack to, whatever its directory says."""


def read_workbook(content: bytes, path: str, size_max: float, unpacked_max: float) -> Workbook:
    """Return the sheets of a delivery.

    What the file is, its bytes tell; `path` only names the sheet of a file without sheets, and says that a text is a
    table however few its cells (.csv, .tsv, .txt).
    `size_max`, `unpacked_max` in bytes. Raises Unreadable (F01) for what is no readable workbook; nothing else.
    """
    if not content:
        raise Unreadable("empty")
    if len(content) > size_max:
        raise Unreadable("too_large", _megabytes(len(content)), _megabytes(size_max))
    if content.startswith(_ZIP):
        return _read_zip(content, unpacked_max)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("encrypted")
        if "WordDocument".encode("utf-16-le") in content:
            raise Unreadable("document")
        extents.check_xls(content)
        return _read_calamine(content, shows_hidden=False)
    return _read_text(content, PurePosixPath(path))


def _read_text(content: bytes, path: PurePosixPath) -> Workbook:
    """Read a file that is text: XML, a web page, or cells with delimiters between them."""
    if is_spreadsheetml(content):
        return read_spreadsheetml(content)
    if is_web_page(content):
        return read_web_page(content, path.stem)
    for variant, begins in _OTHER_KINDS.items():
        if begins.match(content):
            raise Unreadable(variant)
    if path.suffix.lower() in _TEXT_SUFFIXES or is_delimited(content):
        return read_delimited(content, path.stem)
    raise Unreadable("not_workbook")


def _megabytes(size: float) -> str:
    return f"{size / 1e6:.1f} MB".replace(".", ",")


# --- workbooks -------------------------------------------------------------------------------------------------------


def _read_zip(content: bytes, unpacked_max: float) -> Workbook:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read_package(content, archive, unpacked_max)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, ValueError, OSError) as error:
        raise Unreadable("damaged") from error
    except Exception as error:  # zlib.error has no public name in zipfile's contract
        if type(error).__name__ == "error":
            raise Unreadable("damaged") from error
        raise


def _read_package(content: bytes, archive: zipfile.ZipFile, unpacked_max: float) -> Workbook:
    members = archive.infolist()
    names = {member.filename for member in members}
    is_excel = any(name.startswith("xl/") for name in names)
    if not is_excel and not ("content.xml" in names and _is_spreadsheet(archive, names)):
        is_document = "content.xml" in names or any(name.startswith(("word/", "ppt/")) for name in names)
        raise Unreadable("document" if is_document else "archive")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("encrypted")
    unpacked = sum(member.file_size for member in members)
    if unpacked > unpacked_max:
        raise Unreadable("too_large", _megabytes(unpacked), _megabytes(unpacked_max))
    if sum(member.compress_size for member in members) * _DEFLATE_RATIO > unpacked_max:
        _check_sizes(archive, members)
    if "xl/workbook.xml" not in names:
        if "content.xml" in names:
            extents.check_ods(archive.read("content.xml"))
        for name in names:
            if name.startswith("xl/worksheets/") and name.endswith(".bin"):
                extents.check_xlsb(archive.read(name))
        return _read_calamine(content, shows_hidden=False)
    styles = archive.read("xl/styles.xml") if "xl/styles.xml" in names else b""
    sheets = dict(_scan(archive, names, _struck_styles(styles)))
    return _read_calamine(content, shows_hidden=True, scans=sheets, fonts=_legacy_fonts(styles))


def _is_spreadsheet(archive: zipfile.ZipFile, names: set[str]) -> bool:
    return "mimetype" not in names or b"spreadsheet" in archive.read("mimetype")


def _check_sizes(archive: zipfile.ZipFile, members: Iterable[zipfile.ZipInfo]) -> None:
    """Unpack once with the zip directory's sizes as the limit: zipfile stops there and then finds the checksum wrong."""
    for member in members:
        with archive.open(member) as stream:
            while stream.read(1 << 20):
                pass


def _read_calamine(
    content: bytes,
    *,
    shows_hidden: bool,
    scans: dict[str, "_Scan"] | None = None,
    fonts: tuple[str, ...] = (),
) -> Workbook:
    sheets = []
    try:
        with without_panic_trace(), python_calamine.load_workbook(io.BytesIO(content)) as workbook:
            for number, about in enumerate(workbook.sheets_metadata, 1):
                if about.typ != python_calamine.SheetTypeEnum.WorkSheet:
                    continue
                sheet = workbook.get_sheet_by_name(about.name)
                extents.check(*(sheet.end or (0, 0)))
                rows = sheet.to_python(skip_empty_area=False)
                merged = tuple(sheet.merged_cell_ranges or ())
                hidden = about.visible != python_calamine.SheetVisibleEnum.Visible
                scan = scans.get(about.name, _NO_SCAN) if scans else _NO_SCAN
                sheets.append(Sheet(about.name, number, rows, merged, hidden, *scan))
    except Unreadable:
        raise
    except python_calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except python_calamine.CalamineError as error:
        raise Unreadable("encrypted" if "password" in str(error).lower() else "damaged") from error
    except Exception as error:
        raise Unreadable("damaged") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine's Rust gave up on a malformed file
            raise Unreadable("damaged") from error
        raise
    if not sheets:
        raise Unreadable("no_sheet")
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows)
    return Workbook(tuple(sheets), shows_hidden, fonts, cells)


# --- what calamine does not tell of an .xlsx --------------------------------------------------------------------------

_Scan = tuple[frozenset[int], frozenset[int], dict[Place, str], frozenset[Place]]
_NO_SCAN: _Scan = (frozenset(), frozenset(), {}, frozenset())

_TAG = r"<(?:\w+:)?"
_SHEET = re.compile(rf"{_TAG}sheet\b([^>]*)>".encode())
_RELATION = re.compile(rb"<Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ROW = re.compile(rf"{_TAG}row\b([^>]*\bhidden=[^>]*)>".encode())
_COLUMN = re.compile(rf"{_TAG}col\b([^>]*\bhidden=[^>]*)>".encode())
_ERROR = re.compile(rf'{_TAG}c\b([^>]*\bt="e"[^>]*)>(.*?)</(?:\w+:)?c>'.encode(), re.DOTALL)
_RESULT = re.compile(rf"{_TAG}v>([^<]*)<".encode())
_FORMULA = re.compile(
    rf"{_TAG}c\b([^>]*)>\s*{_TAG}f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)\s*"
    rf"({_TAG}v\s*/>|{_TAG}v>\s*</(?:\w+:)?v>|(?=</(?:\w+:)?c>))".encode()
)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_TRUE = frozenset({b"1", b"true"})
_CELL_TAG = re.compile(rf"{_TAG}c\b([^>]*)>".encode())
_FONTS = re.compile(rf"{_TAG}fonts\b.*?</(?:\w+:)?fonts>".encode(), re.DOTALL)
_FORMATS = re.compile(rf"{_TAG}cellXfs\b.*?</(?:\w+:)?cellXfs>".encode(), re.DOTALL)
_FONT_TAG = re.compile(rf"{_TAG}font(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?font>)".encode(), re.DOTALL)
_FORMAT_TAG = re.compile(rf"{_TAG}xf\b([^>]*)>".encode())
_STRIKE = re.compile(rf"{_TAG}strike\s*(?:/>|>|[^>]*=\s*[\"'](?:1|true|on))".encode())
_FONT = re.compile(rb'"((?:\.Vn|VNI-)[^"]*)"', re.IGNORECASE)


def _attributes(tag: bytes) -> dict[bytes, bytes]:
    return {name.rpartition(b":")[2]: first or second for name, first, second in _ATTRIBUTE.findall(tag)}


def _scan(archive: zipfile.ZipFile, names: set[str], struck: frozenset[bytes]) -> Iterator[tuple[str, _Scan]]:
    """Yield, by sheet name, its hidden rows and columns, its formulas without a result and its struck cells."""
    relations = {}
    if "xl/_rels/workbook.xml.rels" in names:
        for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
            relation = _attributes(tag)
            relations[relation.get(b"Id")] = relation.get(b"Target", b"").decode(errors="replace")
    for tag in _SHEET.findall(archive.read("xl/workbook.xml")):
        sheet = _attributes(tag)
        target = relations.get(sheet.get(b"id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            data = archive.read(part)
            extents.check_xlsx(data)
            yield unescape(sheet.get(b"name", b"").decode(errors="replace")), _scan_sheet(data, struck)


def _scan_sheet(data: bytes, struck: frozenset[bytes]) -> _Scan:
    rows, columns = _hidden(data) if b"hidden=" in data else (frozenset(), frozenset())
    lost: dict[Place, str] = {}
    if b't="e"' in data:
        for tag, inside in _ERROR.findall(data):
            if place := _place(_attributes(tag).get(b"r", b"")):
                result = _RESULT.search(inside)
                lost[place] = result[1].decode(errors="replace") if result else "#N/A"
    if b"f>" in data or b"<f " in data:
        for tag, formula, result in _FORMULA.findall(data):
            cell = _attributes(tag)
            # IF(…; "") is stored as an empty text: a result
            if (cell.get(b"t") != b"str" or not result) and (place := _place(cell.get(b"r", b""))):
                lost[place] = "=" + unescape(formula.decode(errors="replace"))
    return rows, columns, lost, _struck(data, struck) if struck else frozenset()


def _struck(data: bytes, styles: frozenset[bytes]) -> frozenset[Place]:
    """Return the cells with one of the styles; empty ones too, which say nothing."""
    cells = map(_attributes, _CELL_TAG.findall(data))
    return frozenset(
        place for cell in cells if cell.get(b"s") in styles and (place := _place(cell.get(b"r", b""))) is not None
    )


def _struck_styles(styles: bytes) -> frozenset[bytes]:
    """Return the numbers of the cell styles whose font is struck through."""
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if b"strike" not in styles or not fonts or not formats:
        return frozenset()
    struck = {str(number).encode() for number, font in enumerate(_FONT_TAG.findall(fonts[0])) if _STRIKE.search(font)}
    tags = map(_attributes, _FORMAT_TAG.findall(formats[0]))
    return frozenset(str(number).encode() for number, tag in enumerate(tags) if tag.get(b"fontId") in struck)


def _hidden(data: bytes) -> tuple[frozenset[int], frozenset[int]]:
    """Return the hidden rows and columns of a sheet, counted from 0."""
    rows = [tag for tag in map(_attributes, _ROW.findall(data)) if tag.get(b"hidden") in _TRUE]
    columns: set[int] = set()
    for tag in map(_attributes, _COLUMN.findall(data)):
        if tag.get(b"hidden") in _TRUE:
            columns.update(range(int(tag.get(b"min", b"1")) - 1, min(int(tag.get(b"max", b"0")), 1 << 14)))
    return frozenset(int(tag[b"r"]) - 1 for tag in rows if tag.get(b"r", b"").isdigit()), frozenset(columns)


def _place(reference: bytes) -> Place | None:
    found = _REFERENCE.fullmatch(reference.decode(errors="replace"))
    return (int(found[2]) - 1, column_number(found[1])) if found else None


def _legacy_fonts(styles: bytes) -> tuple[str, ...]:
    return tuple(sorted({font.decode(errors="replace") for font in _FONT.findall(styles)}))
