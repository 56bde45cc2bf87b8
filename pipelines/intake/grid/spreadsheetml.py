"""XML Spreadsheet 2003 → sheets of cells: the one XML file that Excel 2003 and many web portals call .xls.

Here: positions (ss:Index, spans), merged and hidden parts, types, errors and formulas without a result, as the specification of
Office 2003's XML schemas has them. Not here: what a cell means.
"""

import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipelines.intake.model import Place, Sheet, Unreadable, Workbook
from pipelines.intake.size_guard import refuse_oversized

_BEGINS = re.compile(rb"[^<]*<\?xml[^>]*>\s*(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<(?:\w+:)?Workbook\b", re.DOTALL)
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_SS = f"{{{_SPREADSHEET}}}"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_MIDNIGHT = dt.time()


def is_spreadsheetml(content: bytes) -> bool:
    """Return whether the bytes are XML whose root is an Office 2003 workbook."""
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", errors="ignore").encode()
    return _BEGINS.match(head) is not None


def read_spreadsheetml(content: bytes) -> Workbook:
    """Return the workbook's sheets. Raises Unreadable: damaged (not well-formed), no_sheet, too_large."""
    sheets = []
    try:
        for _, element in ET.iterparse(io.BytesIO(content)):  # noqa: S314 -- expat limits the growth of entities, and the process its memory
            if element.tag == f"{_SS}Worksheet":
                sheets.append(_read_sheet(element, len(sheets) + 1))
                element.clear()
    except ET.ParseError as error:
        raise Unreadable("damaged") from error
    if not sheets:
        raise Unreadable("no_sheet")
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows)
    return Workbook(tuple(sheets), cells=cells)


def _read_sheet(worksheet: ET.Element, number: int) -> Sheet:
    table = worksheet.find(f"{_SS}Table")
    cells: dict[Place, ET.Element] = {}
    hidden_rows: set[int] = set()
    for row, element in _placed(table, "Row"):
        if _is_hidden(element, "Height"):
            hidden_rows.update(range(row, row + 1 + _number(element, "Span")))
        cells |= {(row, column): cell for column, cell in _placed(element, "Cell", span="MergeAcross")}
    values = {place: _value(cell) for place, cell in cells.items()}
    filled = [place for place, (value, lost) in values.items() if value != "" or lost is not None]
    height = max((row for row, _ in filled), default=-1) + 1
    width = max((column for _, column in filled), default=-1) + 1
    refuse_oversized(max(height - 1, 0), max(width - 1, 0))
    rows: list[list[Any]] = [[""] * width for _ in range(height)]
    for row, column in filled:
        rows[row][column] = values[row, column][0]
    visible = worksheet.find(f"{_EXCEL}WorksheetOptions/{_EXCEL}Visible")
    return Sheet(
        name=worksheet.get(f"{_SS}Name", ""),
        number=number,
        rows=rows,
        merged=tuple(_merged(cells)),
        is_hidden=visible is not None and (visible.text or "").startswith("SheetHidden"),
        hidden_rows=frozenset(row for row in hidden_rows if row < height),
        hidden_columns=frozenset(
            column
            for first, element in _placed(table, "Column")
            if _is_hidden(element, "Width")
            for column in range(first, min(first + 1 + _number(element, "Span"), width))
        ),
        lost={place: lost for place in filled if (lost := values[place][1]) is not None},
    )


def _merged(cells: Mapping[Place, ET.Element]) -> Iterator[tuple[Place, Place]]:
    for (row, column), cell in cells.items():
        across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
        if across or down:
            yield (row, column), (row + down, column + across)


def _placed(parent: ET.Element | None, tag: str, span: str = "Span") -> Iterator[tuple[int, ET.Element]]:
    """Yield the children of a kind with their index from 0: ss:Index says where the next stands, else they follow each other."""
    place = 0
    for element in [] if parent is None else parent.findall(f"{_SS}{tag}"):
        place = max(_number(element, "Index") - 1, place) if element.get(f"{_SS}Index") else place
        yield place, element
        place += 1 + _number(element, span)


def _number(element: ET.Element, name: str) -> int:
    text = element.get(f"{_SS}{name}", "")
    return min(int(text), 1 << 20) if re.fullmatch(r"\d{1,9}", text) else 0


def _is_hidden(element: ET.Element, extent: str) -> bool:
    size = element.get(f"{_SS}{extent}", "")
    return element.get(f"{_SS}Hidden") == "1" or re.fullmatch(r"0(\.0*)?", size) is not None


def _value(cell: ET.Element) -> tuple[Any, str | None]:
    """Return a cell's value, and what stands there where it has none: an error, or a formula without a result."""
    data = cell.find(f"{_SS}Data")
    if data is None:
        return "", cell.get(f"{_SS}Formula")
    text = "".join(data.itertext())
    kind = data.get(f"{_SS}Type", "String")
    if kind == "Error":
        return "", text
    try:
        return _TYPES.get(kind, str)(text), None
    except ValueError:
        return text, None


def _moment(text: str) -> dt.date:
    moment = dt.datetime.fromisoformat(text.strip())
    return moment.date() if moment.time() == _MIDNIGHT else moment


_TYPES: Mapping[str, Callable[[str], Any]] = {
    "Number": float,
    "Boolean": lambda text: text.strip() in ("1", "true"),
    "DateTime": _moment,
}
