"""Tables of a web page → cells: what web portals and "save as web page" call .xls, alone or as a single file (.mht).

Here: a page as a spreadsheet program opens it. One page is one sheet; what stands before and between its tables are rows of
their own, and a table within a cell of another follows it. Not here: what a cell means. The page is text: no script runs and
nothing that it names is loaded.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any

from pipelines.intake.grid.delimited import decode
from pipelines.intake.model import Place, Sheet, Unreadable, Workbook
from pipelines.intake.size_guard import refuse_oversized

_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|table|head|body|meta|div|style|center|font|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_SINGLE_FILE = re.compile(rb"\s*(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)*?MIME-Version:", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]*\bcharset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "head", "title", "noscript", "template", "xml"})
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "center", "hr", "body", "form"})
_STRUCK = frozenset({"s", "strike", "del"})
_HEAD = 4096
_WIDEST_SPAN = 1000  # what browsers allow


def is_web_page(content: bytes) -> bool:
    """Return whether the bytes are a web page or a single-file web page."""
    head = content[:_HEAD]
    if _SINGLE_FILE.match(head):
        return True
    try:
        return _BEGINS.match(decode(head)) is not None
    except Unreadable:
        return False


def read_web_page(content: bytes, name: str) -> Workbook:
    """Return a page's tables as one sheet per page; `name` names the sheet of a page that stands alone.

    Raises Unreadable: web_page (no table in it), too_large.
    """
    pages = list(_pages(content)) if _SINGLE_FILE.match(content[:_HEAD]) else [(name, _text(content))]
    sheets: list[Sheet] = []
    for title, page in pages:
        if sheet := _read_page(page, title, len(sheets) + 1):
            sheets.append(sheet)
    if not sheets:
        raise Unreadable("web_page")
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets)
    return Workbook(tuple(sheets), cells=cells)


def _text(content: bytes) -> str:
    if named := _CHARSET.search(content[:_HEAD]):
        try:
            return content.decode(named[1].decode())
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)


def _pages(content: bytes) -> Iterator[tuple[str, str]]:
    """Yield name and text of the pages of a single-file web page."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            location = PurePosixPath(str(part.get("Content-Location") or part.get_filename() or "sheet")).stem
            charset = part.get_content_charset()
            try:
                text = payload.decode(charset) if charset else _text(payload)
            except (LookupError, UnicodeDecodeError):
                text = _text(payload)
            yield location, text


def _read_page(page: str, name: str, number: int) -> Sheet | None:
    parser = _PageParser()
    parser.feed(page)
    parser.close()
    rows, merged, hidden = parser.finish()
    if not parser.has_table or not any(map(any, rows)):
        return None
    return Sheet(name, number, rows, merged=tuple(merged), hidden_rows=frozenset(hidden))


@dataclass
class _Cell:
    """A cell of a table while it is read."""

    texts: list[str] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    number: float | None = None
    """What the page says is stored (Excel's x:num), where it shows a text."""

    def value(self) -> str | float:
        """Return the stored number where the text is that number, rounded; else the text as it is shown."""
        text = _joined(self.texts)
        if self.number is None or not _is_rounded(text, self.number):
            return text
        return self.number


@dataclass
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    is_hidden: bool = False


class _PageParser(HTMLParser):
    """Collects the rows of a page in the order in which they stand; spans are laid out by `finish`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[_Row]] = []
        self.has_table = False
        self._open: list[tuple[list[_Row], _Row | None, _Cell | None]] = []
        self._table: list[_Row] | None = None
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        self._outside: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "body":
            self._silent = 0  # a head that is never closed
        elif tag == "table":
            self._begin_table()
        elif tag == "tr" and self._table is not None:
            self._end_row()
            self._row = _Row(is_hidden=_HIDDEN.search(dict(attrs).get("style") or "") is not None)
        elif tag in ("td", "th") and self._table is not None:
            self._end_cell()
            self._row = self._row or _Row()
            given = dict(attrs)
            self._cell = _Cell(
                [], _span(given.get("colspan")), _span(given.get("rowspan")), _number(given.get("x:num"))
            )
        elif tag == "br":
            self._texts().append("\n")
        elif tag in _BLOCKS:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag == "table":
            self._end_table()
        elif tag == "tr":
            self._end_row()
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag in _BLOCKS:
            self._end_block()

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._texts().append(re.sub(r"[ \t\r\n\f]+", " ", data))

    def finish(self) -> tuple[list[list[Any]], list[tuple[Place, Place]], set[int]]:
        """Return the rows, all of one width, the merged areas and the hidden rows."""
        while self._table is not None:
            self._end_table()
        self._end_outside()
        rows: list[list[Any]] = []
        merged: list[tuple[Place, Place]] = []
        hidden: set[int] = set()
        for block in self.blocks:
            _lay_out(block, rows, merged, hidden)
        width = max(map(len, rows), default=0)
        refuse_oversized(max(len(rows) - 1, 0), max(width - 1, 0))
        for row in rows:
            row.extend([""] * (width - len(row)))
        return rows, merged, hidden

    def _texts(self) -> list[str]:
        return self._outside if self._cell is None else self._cell.texts

    def _begin_table(self) -> None:
        self.has_table = True
        if self._table is None:
            self._end_outside()
        else:  # what stands before a table within a cell is a row above it
            outer, row, cell = self._table, self._row, self._cell
            self._row = self._cell = None
            if row is not None:
                outer.append(_Row([*row.cells, *([cell] if cell else [])], row.is_hidden))
            self.blocks.append(outer)
            self._open.append(([], _Row() if row is not None else None, _Cell() if cell is not None else None))
        self._table = []
        self._row = self._cell = None

    def _end_table(self) -> None:
        self._end_row()
        if self._table is not None:
            self.blocks.append(self._table)
        self._table, self._row, self._cell = self._open.pop() if self._open else (None, None, None)

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is not None and self._table is not None and self._row.cells:
            self._table.append(self._row)
        self._row = None

    def _end_cell(self) -> None:
        if self._cell is not None and self._row is not None:
            self._row.cells.append(self._cell)
        self._cell = None

    def _end_block(self) -> None:
        if self._cell is not None:
            if self._cell.texts and self._cell.texts[-1] != "\n":
                self._cell.texts.append("\n")
        else:
            self._end_outside()

    def _end_outside(self) -> None:
        """What stands outside of tables is a row of its own, in the first column."""
        if text := _joined(self._outside):
            self.blocks.append([_Row([_Cell([line])]) for line in text.split("\n") if line])
        self._outside = []


def _span(text: str | None) -> int:
    match = re.match(r"\s*(\d+)", text or "")
    return min(max(int(match[1][:5]), 1), _WIDEST_SPAN) if match else 1


def _number(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"-?\d+(\.\d+)?(E[+-]?\d+)?", text.strip()) else None


def _is_rounded(text: str, number: float) -> bool:
    """Return whether a text is the number, grouped or rounded in whatever way, and no more than that."""
    match = re.fullmatch(r"([-(]?)\s*(\d[\d.,\s\xa0]*?)(?:([.,])(\d+))?\)?", text)
    if not match:
        return False
    shown = re.sub(r"\D", "", match[2])
    whole = shown + re.sub(r"\D", "", match[4] or "")  # the last mark groups thousands: 1.500
    decimals = len(match[4] or "")
    return (
        f"{abs(number):.{decimals}f}" == (f"{shown}.{match[4]}" if decimals else shown) or f"{abs(number):.0f}" == whole
    )


def _joined(texts: list[str]) -> str:
    return "\n".join(line.strip(" ") for line in "".join(texts).split("\n")).strip("\n ")


def _lay_out(block: list[_Row], rows: list[list[Any]], merged: list[tuple[Place, Place]], hidden: set[int]) -> None:
    """Append a table's rows: a cell stands in the first free column, and covers as many as it spans."""
    covered: dict[int, int] = {}  # column → rows below that a cell from above still covers
    end = len(rows) + len(block)
    for given in block:
        top = len(rows)
        cells: list[Any] = []
        column = 0
        fresh: dict[int, int] = {}
        for cell in given.cells:
            while covered.get(column):
                column += 1
            refuse_oversized(top, column + cell.columns - 1)
            cells.extend([""] * (column + cell.columns - len(cells)))
            cells[column] = cell.value()
            if cell.columns > 1 or cell.rows > 1:
                merged.append(((top, column), (min(top + cell.rows, end) - 1, column + cell.columns - 1)))
            fresh |= dict.fromkeys(range(column, column + cell.columns), cell.rows - 1)
            column += cell.columns
        covered = {place: left - 1 for place, left in covered.items() if left > 1} | {
            place: left for place, left in fresh.items() if left
        }
        if given.is_hidden:
            hidden.add(top)
        rows.append(cells)
