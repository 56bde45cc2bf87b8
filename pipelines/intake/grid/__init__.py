"""Bytes → sheets of cells, whatever the file is called: .xlsx, .xlsm, .xlsb, .xls, .ods, and three kinds of text.

Here: telling what a file is by its content, and its limits of size; each format has its module. No header, no form, no
column: a cell is handed on as it is seen, with what is stored beside it where that differs.
"""

import lzma
import re
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from pipelines.intake.grid.delimited import is_delimited, read_delimited
from pipelines.intake.grid.earlyxls import BEGINS, read_early_xls
from pipelines.intake.grid.ods import read_ods
from pipelines.intake.grid.package import Package, open_package
from pipelines.intake.grid.spreadsheetml import is_spreadsheetml, read_spreadsheetml
from pipelines.intake.grid.webtables import is_web_page, read_web_page
from pipelines.intake.grid.xls import STREAM, read_xls
from pipelines.intake.grid.xlsb import read_xlsb
from pipelines.intake.grid.xlsx import read_xlsx
from pipelines.intake.model import Unreadable, Workbook, is_own_trouble

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK"
_TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_OTHER_KINDS = {
    "web_page": re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype)", re.IGNORECASE),
    "document": re.compile(rb"%PDF|\{\\rtf|\x89PNG|\xff\xd8\xff|GIF8|II\*\0|MM\0\*"),
    "archive": re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"),
}
"""What comes in place of a workbook, by its first bytes: F01 says what it is."""
_DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(NotImplementedError, EOFError, ValueError, OSError),
)
"""What zipfile and those who unpack for it raise for a package that is cut off, damaged, or packed as nobody here can."""


def read_workbook(content: bytes, path: str, size_max: float, unpacked_max: float) -> Workbook:
    """Return the sheets of a delivery.

    What the file is, its bytes tell; `path` only names the sheet of a file without sheets, and says that a text is a
    table however few its cells (.csv, .tsv, .txt).
    `size_max`, `unpacked_max` in bytes. Raises Unreadable (F01) for what is not a readable workbook; nothing else.
    """
    if not content:
        raise Unreadable("empty")
    if len(content) > size_max:
        raise Unreadable("too_large", size=len(content), allowed=size_max)
    if content.startswith(_ZIP):
        return _read_zip(content, unpacked_max)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("encrypted")
        if "WordDocument".encode("utf-16-le") in content:
            raise Unreadable("document")
        return read_xls(content)
    if content.startswith(STREAM):
        return read_xls(content)
    if content.startswith(BEGINS):
        return read_early_xls(content, PurePosixPath(path).stem)
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


# --- workbooks -------------------------------------------------------------------------------------------------------


def _read_zip(content: bytes, unpacked_max: float) -> Workbook:
    try:
        return _read_package(content, open_package(content), unpacked_max)
    except _DAMAGED as error:
        if is_own_trouble(error):
            raise
        raise Unreadable("damaged") from error


def _read_package(content: bytes, package: Package, unpacked_max: float) -> Workbook:
    names = package.names
    is_excel = any(name.startswith("xl/") for name in names) or "[content_types].xml" in names
    is_document = any(name.startswith(("word/", "ppt/")) for name in names)
    if "content.xml" in package and not is_excel:
        is_document = "mimetype" in package and b"spreadsheet" not in package.read("mimetype")
    elif not is_excel:
        raise Unreadable("document" if is_document else "archive")
    if is_document:
        raise Unreadable("document")
    if any(member.flag_bits & 1 for member in package.members):
        raise Unreadable("encrypted")
    package.check_sizes(unpacked_max)
    if not is_excel and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Unreadable("encrypted")
    if not is_excel:
        return read_ods(package)
    part = _workbook_part(package)
    if part is None:
        raise Unreadable("damaged")
    return read_xlsb(package, part) if part.endswith(".bin") else read_xlsx(content, package, part)


def _workbook_part(package: Package) -> str | None:
    """Return the part that the package names as its workbook, else the one with the usual name."""
    named = [relation.part for relation in package.relations("").values() if relation.kind == "officeDocument"]
    usual = [name for name in package.names if re.fullmatch(r"(?:xl/)?workbook\d*\.(?:xml|bin)", name)]
    return next((part for part in (*named, *usual) if part in package), None)
