"""Writing workbooks that are handed out: text stays text, equal content is equal bytes, names are safe.

Here: what every workbook of the pipeline has in common, whoever it is for. No sheet is laid out here, and nothing here
knows of deliveries, forms or findings. Not here: the package that a workbook is (packages.py).
"""

import io
import re
import textwrap
import unicodedata
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.cell.cell import Cell
from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from pipelines.products.packages import repack, writable

SUFFIX = ".xlsx"
Results = Mapping[str, float | str]
"""What formulas of a sheet come to, by address: a number, or a text ('' where there is nothing to add up)."""
_CELL_CHARACTERS = 32_767  # Excel's limit
_TALLEST = 409  # Excel's limit, in points
_LOOKS_LIKE_FORMULA = tuple("=+-@\t\r")
_FORMULA = re.compile(
    rb'<c(?P<attributes> r="(?P<address>[A-Z]+[0-9]+)"[^>]*)>(?P<formula><f>[^<]*</f>)<v ?(?:/>|></v>)</c>'
)
_CUSTOM = "docProps/custom.xml"
_UNSAFE_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')
_RESERVED_NAMES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_NAME_BYTES = 180  # of the 255 that file systems allow: room for a number and the suffix


def put(cell: Cell, value: Any) -> None:
    """Write a value into a cell; text never becomes a formula, a link or an error, now or when the cell is edited.

    `value` may be text, number, bool, date, datetime, time, timedelta or None. Characters that a workbook can't hold
    are left out, text beyond 32,767 characters is cut. Source: issue of the sheets we send back, "Safety".
    """
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = writable(value)[:_CELL_CHARACTERS]
    cell.data_type = "s"
    _quote(cell)


def put_formula(cell: Cell, formula: str) -> None:
    """Write a formula of our own ('=SUM(A1:A3)'); `packed` needs its result. No text of anybody else may stand in it."""
    cell.value, cell.data_type = formula, "f"


def height_of(text: str, width: float, size: float) -> float:
    """Return the points that a text of a size takes, wrapped in `width` columns, for the height of its row.

    Neither Excel nor LibreOffice fits a row by itself that is merged, or was written by a program. A column is as wide as a
    digit of 10 points; words of Vietnamese run a little narrower than digits.
    """
    characters = max(1, int(width * 10.5 / size))
    parts = (text or " ").split("\n")
    lines = sum(1 if len(part) <= characters else len(textwrap.wrap(part, characters)) for part in parts)
    return min(_TALLEST, lines * size * 1.3 + 4)


def _quote(cell: Any) -> None:
    """Have a text that begins like a formula stay a text when somebody edits the cell."""
    if cell.data_type == "s" and isinstance(cell.value, str) and cell.value.startswith(_LOOKS_LIKE_FORMULA):
        cell.quotePrefix = True


def packed(
    workbook: Workbook, properties: Mapping[str, str], results: Mapping[Worksheet, Results] = MappingProxyType({})
) -> bytes:
    """Return the workbook as .xlsx bytes that depend on nothing but its content.

    `properties` become the document's only custom properties (read back by `properties_of`). `results`: by sheet and address,
    what each formula comes to, for programs that compute nothing (openpyxl writes formulas alone). No macro survives:
    openpyxl writes none without being told to. What came with a workbook that was opened (its cells, headers, comments) is
    made as safe as what `put` writes.
    """
    if results:
        workbook.calculation.fullCalcOnLoad = False  # they are computed
    for sheet in workbook.worksheets:
        for cell in sheet._cells.values():  # noqa: SLF001 -- iter_rows would make the empty ones
            if not cell.quotePrefix:
                _quote(cell)
    workbook.custom_doc_props = CustomPropertyList()
    for name, text in properties.items():
        workbook.custom_doc_props.append(StringProperty(name=name, value=writable(text)))
    loose = io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(loose, "w", zipfile.ZIP_STORED, allowZip64=True)).save()
    computed = {sheet.path.removeprefix("/"): of_sheet for sheet, of_sheet in results.items()}

    def compute(name: str, content: bytes) -> bytes:
        return _FORMULA.sub(partial(_with_result, computed[name]), content) if name in computed else content

    return repack(loose, compute)


def _with_result(results: Results, cell: re.Match[bytes]) -> bytes:
    """Return the element of a cell that has a formula, with its result."""
    computed = results[cell["address"].decode()]
    kind = b' t="str"' if isinstance(computed, str) else b""
    value = escape(computed).encode() if isinstance(computed, str) else f"{computed:.15g}".encode()
    return b"<c%b%b>%b<v>%b</v></c>" % (cell["attributes"], kind, cell["formula"], value)


def properties_of(path: Path) -> dict[str, str]:
    """Return the custom text properties of an .xlsx on disk; none for what is missing or no such file."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = archive.read(_CUSTOM).decode()
    except (OSError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return {}
    return dict(re.findall(r'name="([^"]*)"[^>]*><(?:\w+:)?lpwstr[^>]*>([^<]*)<', content))


def safe_name(name: str, fallback: str) -> str:
    """Return one part of a path that means the same on every file system and can't leave its folder.

    Whatever came: no separators, no control or invisible characters, no name that Windows keeps for itself, no dot or
    blank at either end, at most 180 bytes, NFC. `fallback` where nothing is left.
    """
    text = unicodedata.normalize("NFC", name)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cf", "Cs", "Co", "Cn"})
    text = _UNSAFE_IN_NAMES.sub("_", text).strip(" .")
    text = text.encode()[:_NAME_BYTES].decode(errors="ignore").strip(" .")
    if text.split(".")[0].strip().lower() in _RESERVED_NAMES:
        text = f"_{text}"
    return text or fallback
