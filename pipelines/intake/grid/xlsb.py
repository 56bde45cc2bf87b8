"""An .xlsb → sheets of cells as they are seen: one pass over its records.

Here: MS-XLSB, the records that hold cells, texts, styles, hidden and merged parts. The parts lie in a package as those of an
.xlsx do.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.intake.grid.cells import Cells
from pipelines.intake.grid.formats import NumberFormat, built_in_format, number_format
from pipelines.intake.grid.package import Package
from pipelines.intake.grid.records import ERRORS, Font, rk_number, text_of_runs
from pipelines.intake.grid.runs import Text
from pipelines.intake.model import Sheet, Unreadable, Workbook

_FORMATS, _FONTS, _STYLES_BEGIN, _STYLES_END, _STYLE = 44, 43, 617, 618, 47
_SHARED_TEXT, _BOOK, _CALCULATION, _SHEET = 19, 153, 157, 156
_ROW, _COLUMN, _DEFAULTS, _VIEW, _MERGED = 0, 60, 485, 137, 176
_BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(1, 8)
_FORMULA_TEXT, _FORMULA_REAL, _FORMULA_BOOL, _FORMULA_ERROR = range(8, 12)
_SHORT = dict(zip(range(12, 19), range(1, 8), strict=True))
"""Cells that stand right of the one before and so write no column."""
_RICH = 62
_CELLS = frozenset({*range(1, 19), _RICH})
_IS_HIDDEN, _IS_STRUCK, _SHOWS_ZEROS = 0x10, 0x08, 0x10


class _Style(NamedTuple):
    shape: NumberFormat = built_in_format(0)
    font: Font = Font()


class _Book(NamedTuple):
    strings: Sequence[Text]
    styles: Sequence[_Style]
    fonts: Sequence[Font]
    is_1904: bool
    is_never_computed: bool


def read_xlsb(package: Package, part: str) -> Workbook:
    """Return the sheets of a package whose workbook is `part`. Raises Unreadable."""
    try:
        return _read_book(package, part)
    except (struct.error, IndexError) as error:
        raise Unreadable("damaged") from error


def _read_book(package: Package, part: str) -> Workbook:
    relations = package.relations(part)
    by_kind = {relation.kind: relation.part for relation in relations.values()}
    styles, fonts = _read_styles(package.read(by_kind.get("styles", "")))
    records = _records(package.read(by_kind.get("sharedStrings", "")))
    strings = [_rich_text(data, 0, fonts) for kind, data in records if kind == _SHARED_TEXT]
    listed: list[tuple[str, str, bool]] = []
    is_1904 = is_never_computed = False
    for kind, data in _records(package.read(part)):
        if kind == _BOOK:
            is_1904 = bool(data[0] & 1)
        elif kind == _CALCULATION and len(data) >= 26:  # where its flags stand
            is_never_computed = bool(data[24] & 1)
        elif kind == _SHEET:
            identity, at = _wide_text(data, 8)
            name, _ = _wide_text(data, at)
            listed.append((name, identity, data[0] != 0))
    book = _Book(strings, styles, fonts, is_1904, is_never_computed)
    sheets = []
    for number, (name, identity, is_hidden) in enumerate(listed, 1):
        relation = relations.get(identity)
        if relation is not None and relation.kind == "worksheet" and relation.part in package:
            reader = _SheetReader(book)
            for kind, data in _records(package.read(relation.part)):
                reader.read(kind, data)
            sheets.append(reader.cells.sheet(name, number, is_hidden=is_hidden, is_1904=is_1904))
    if not sheets:
        raise Unreadable("no_sheet")
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows)
    return Workbook(tuple[Sheet, ...](sheets), cells=cells)


def _read_styles(data: bytes) -> tuple[list[_Style], list[Font]]:
    codes: dict[int, str] = {}
    fonts: list[Font] = []
    numbers: list[tuple[int, int]] = []
    is_among_styles = False
    for kind, record in _records(data):
        if kind == _FORMATS:
            codes[struct.unpack_from("<H", record)[0]] = _wide_text(record, 2)[0]
        elif kind == _FONTS:
            flags, _, script = struct.unpack_from("<HHH", record, 2)
            fonts.append(Font({1: 1, 2: -1}.get(script, 0), bool(flags & _IS_STRUCK)))
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            is_among_styles = kind == _STYLES_BEGIN
        elif kind == _STYLE and is_among_styles:
            numbers.append(struct.unpack_from("<HH", record, 2))
    styles = [
        _Style(
            number_format(codes[shape]) if shape in codes else built_in_format(shape),
            fonts[font] if font < len(fonts) else Font(),
        )
        for shape, font in numbers
    ]
    return styles, fonts


class _SheetReader:
    """Collects one sheet's cells from its records."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.cells = Cells()
        self._row = self._column = -1
        self._hides_rows = False

    def read(self, kind: int, data: bytes) -> None:
        """Take one record."""
        if kind in _CELLS:
            self._read_cell(kind, data)
        elif kind == _ROW:
            (self._row,), self._column = struct.unpack_from("<I", data), -1
            height = struct.unpack_from("<H", data, 8)[0] if len(data) >= 12 else 1  # with its flags
            if len(data) >= 12 and (data[11] & _IS_HIDDEN or height == 0 or self._hides_rows):  # as above
                self.cells.hidden_rows.add(self._row)
        elif kind == _COLUMN:
            first, last, width, _, flags = struct.unpack_from("<IIIIH", data)
            if flags & 1 or width == 0:
                self.cells.hidden_columns.append((first, last))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", data)
            self.cells.merged.append(((top, left), (bottom, right)))
        elif kind == _VIEW:
            self.cells.shows_zeros = bool(data[0] & _SHOWS_ZEROS)

    def _read_cell(self, kind: int, data: bytes) -> None:
        if kind in _SHORT:
            kind, at, self._column = _SHORT[kind], 4, self._column + 1
            style = int.from_bytes(data[:3], "little")
        else:
            at, (self._column, style) = 8, struct.unpack_from("<II", data)
        if kind == _BLANK:
            return
        place = (self._row, self._column)
        shape, font = self.book.styles[style & 0xFFFFFF] if (style & 0xFFFFFF) < len(self.book.styles) else _Style()
        cells = self.cells
        if kind in (_RK, _REAL, _FORMULA_REAL):
            number = rk_number(data, at) if kind == _RK else struct.unpack_from("<d", data, at)[0]
            if kind == _FORMULA_REAL and number == 0 and self.book.is_never_computed:
                cells.lost[place] = "="
            else:
                cells.number(place, number, shape, is_1904=self.book.is_1904)
        elif kind in (_ERROR, _FORMULA_ERROR):
            cells.lost[place] = ERRORS.get(data[at], "#N/A")
        elif kind in (_BOOL, _FORMULA_BOOL):
            cells.filled[place] = data[at] != 0
        else:
            cells.text(place, self._text(kind, data, at), shape, is_struck=font.is_struck)
        if font.is_struck:
            cells.struck.add(place)

    def _text(self, kind: int, data: bytes, at: int) -> Text:
        if kind == _SHARED:
            return self.book.strings[struct.unpack_from("<I", data, at)[0]]
        if kind == _RICH:
            return _rich_text(data, at, self.book.fonts)
        return Text(_wide_text(data, at)[0])


# --- records ------------------------------------------------------------------------------------------------------------


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (type, data) of each record; a last one that is cut short is none."""
    at, size = 0, len(data)
    while at < size:
        kind = data[at]
        at += 1
        if kind & 0x80 and at < size:
            kind = kind & 0x7F | data[at] << 7
            at += 1
        length = 0
        for shift in (0, 7, 14, 21):
            if at >= size:
                return
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            if byte < 0x80:  # the last group of seven bits
                break
        if at + length > size:
            return
        yield kind, data[at : at + length]
        at += length


def _wide_text(data: bytes, at: int) -> tuple[str, int]:
    """Return a text and where it ends; none for the length that says so."""
    (length,) = struct.unpack_from("<I", data, at)
    if length == 0xFFFFFFFF:  # no text
        return "", at + 4
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _rich_text(data: bytes, at: int, fonts: Sequence[Font]) -> Text:
    """Return a text with its runs: where each begins, and its font."""
    text, end = _wide_text(data, at + 1)
    if not data[at] & 1:
        return Text(text)
    (count,) = struct.unpack_from("<I", data, end)
    count = min(count, (len(data) - end - 4) // 4)
    starts = [struct.unpack_from("<HH", data, end + 4 + 4 * number) for number in range(count)]
    return text_of_runs(text, starts, fonts)
