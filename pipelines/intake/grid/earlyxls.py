"""An .xls of Excel 2, 3 or 4 (BIFF2 to BIFF4) → its sheets: one pass over a stream that stands in no compound file.

Here: what differs from the later ones that `xls` reads: records without a number of their own for the version, styles of
few bytes, formats that are counted and not numbered, a sheet without a name. Excel blocks such files unless it is told not
to, LibreOffice opens them; old accounting programs still write them.
"""

import struct
from collections.abc import Iterator

from pipelines.intake.grid.cells import Cells
from pipelines.intake.grid.formats import NumberFormat, built_in_format, number_format
from pipelines.intake.grid.records import ERRORS, rk_number
from pipelines.intake.grid.runs import Text
from pipelines.intake.grid.xls import LAST_COLUMN, decode, encoding_of, records
from pipelines.intake.model import Place, Sheet, Unreadable, Workbook

BEGINS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
"""How a stream of each version begins."""

_BEGIN = {0x0009: 2, 0x0209: 3, 0x0409: 4}
"""The version that the first record of a sheet tells."""
_END, _PASSWORD, _CODE_PAGE, _DATE_SYSTEM, _NAME = 0x000A, 0x002F, 0x0042, 0x0022, 0x008F
_FORMATS, _FONTS = frozenset({0x001E, 0x041E}), frozenset({0x0031, 0x0231})
_STYLES = {0x0043: 2, 0x0243: 3, 0x0443: 4}
_STYLE_OF_NEXT, _STYLE_IN_NEXT = 0x0044, 63
_INTEGER, _RK = 0x0002, 0x027E
_NUMBERS, _TEXTS, _FLAGS = frozenset({0x0003, 0x0203}), frozenset({0x0004, 0x0204}), frozenset({0x0005, 0x0205})
_FORMULAS, _FORMULA_TEXTS = frozenset({0x0006, 0x0206, 0x0406}), frozenset({0x0007, 0x0207})
_CELLS = _NUMBERS | _TEXTS | _FLAGS | _FORMULAS | {_INTEGER, _RK}
_ROWS, _COLUMN, _NARROW_COLUMN, _VIEW = frozenset({0x0008, 0x0208}), 0x007D, 0x0024, 0x023E
_WORKSHEET, _WORKBOOK = 0x0010, 0x0100
_MISSING_FONT = 4
"""No font has this number."""


def read_early_xls(content: bytes, name: str) -> Workbook:
    """Return the sheets of a stream; `name`: of a sheet that has none. Raises Unreadable."""
    try:
        sheets = list(_read_sheets(content, name))
    except (struct.error, IndexError) as error:
        raise Unreadable("damaged") from error
    if not sheets:
        raise Unreadable("no_sheet")
    return Workbook(tuple(sheets), cells=sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows))


def _read_sheets(content: bytes, name: str) -> Iterator[Sheet]:
    """Yield the sheets; in a workbook of version 4 they follow each other, each behind a record with its name."""
    reader: _SheetReader | None = None
    number, called = 0, ""
    for kind, data in records(content, 0):
        if kind in _BEGIN:
            sort = struct.unpack_from("<H", data, 2)[0]
            if sort != _WORKBOOK:
                number += 1
                reader = _SheetReader(_BEGIN[kind]) if sort == _WORKSHEET else None
        elif kind == _NAME:
            called = decode(data[5 : 5 + data[4]], "cp1252")
        elif kind == _PASSWORD:
            raise Unreadable("encrypted")
        elif kind == _END and reader is not None:
            yield reader.sheet(called or name, number)
            reader, called = None, ""
        elif reader is not None:
            reader.read(kind, data)
    if reader is not None:
        raise Unreadable("damaged")


class _SheetReader:
    """Collects one sheet's cells from its records, which tell of its styles too."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.cells = Cells()
        self._encoding, self._is_1904 = "cp1252", False
        self._formats: list[NumberFormat] = []
        self._struck: list[bool] = []
        self._styles: list[tuple[int, int]] = []
        """Of each style the numbers of its font and of its format."""
        self._next_style = 0
        self._awaits: tuple[Place, int] | None = None
        """The cell whose formula's text comes in the next record, and its style."""

    def sheet(self, name: str, number: int) -> Sheet:
        """Return the sheet. Raises Unreadable where its last cell lies too far out."""
        return self.cells.sheet(name, number, is_hidden=False, is_1904=self._is_1904)

    def read(self, kind: int, data: bytes) -> None:
        """Take one record."""
        if kind in _CELLS:
            self._read_cell(kind, data)
        elif kind in _FORMULA_TEXTS and self._awaits is not None:
            (place, style), self._awaits = self._awaits, None
            self._put_text(place, style, self._text(data, 0, is_short=self.version == 2))  # the version
        elif kind in _STYLES:
            font, shape = (data[0], data[2] & 0x3F) if _STYLES[kind] == 2 else data[:2]  # as above
            self._styles.append((font, shape))
        elif kind in _FORMATS:
            self._formats.append(number_format(self._text(data, 2 if kind > 0xFF else 0, is_short=True)))  # as above
        elif kind in _FONTS:
            self._struck.append(bool(data[2] & 0x08))
        elif kind == _STYLE_OF_NEXT:
            (self._next_style,) = struct.unpack_from("<H", data)
        else:
            self._read_about(kind, data)

    def _read_about(self, kind: int, data: bytes) -> None:
        """Take a record about rows, columns or the whole sheet."""
        if kind == _CODE_PAGE:
            self._encoding = encoding_of(struct.unpack_from("<H", data)[0])
        elif kind == _DATE_SYSTEM:
            self._is_1904 = struct.unpack_from("<H", data)[0] == 1
        elif kind in _ROWS:
            row, _, _, height = struct.unpack_from("<HHHH", data)
            if height & 0x7FFF == 0 or (kind > 0xFF and data[12] & 0x20):  # from version 3 on
                self.cells.hidden_rows.add(row)
        elif kind in (_COLUMN, _NARROW_COLUMN):
            first, last, width = struct.unpack_from("<HHH" if kind == _COLUMN else "<BBH", data)
            if width == 0 or (kind == _COLUMN and data[8] & 1):
                self.cells.hidden_columns.append((first, last))
        elif kind == _VIEW:
            self.cells.shows_zeros = bool(data[0] & 0x10)

    def _read_cell(self, kind: int, data: bytes) -> None:
        *place, style = struct.unpack_from("<HHH", data)
        row, column = place
        if column > LAST_COLUMN:
            raise Unreadable("damaged")
        at = 6
        if kind <= 0xFF and self.version == 2:  # three bytes of style, mostly with its number
            at, style = 7, data[4] & 0x3F
            style = self._next_style if style == _STYLE_IN_NEXT else style
        if kind in _NUMBERS:
            self._put_number((row, column), style, struct.unpack_from("<d", data, at)[0])
        elif kind == _INTEGER:
            self._put_number((row, column), style, float(struct.unpack_from("<H", data, at)[0]))
        elif kind == _RK:
            self._put_number((row, column), style, rk_number(data, at))
        elif kind in _TEXTS:
            self._put_text((row, column), style, self._text(data, at, is_short=at > 6))  # version 2
        elif kind in _FLAGS:
            self._put_flag((row, column), data[at], is_error=data[at + 1] != 0)
        else:
            self._read_formula((row, column), style, data[at : at + 8])

    def _read_formula(self, place: Place, style: int, result: bytes) -> None:
        """Read the stored result: a number, or what stands in its place behind two bytes of ones."""
        if result[6:] != b"\xff\xff":
            self._put_number(place, style, struct.unpack("<d", result)[0])
        elif result[0] == 0:
            self._awaits = (place, style)
        elif result[0] in (1, 2):
            self._put_flag(place, result[2], is_error=result[0] == 2)  # an error

    def _text(self, data: bytes, at: int, *, is_short: bool) -> str:
        length, at = (data[at], at + 1) if is_short else (struct.unpack_from("<H", data, at)[0], at + 2)
        return decode(data[at : at + length], self._encoding)

    def _style(self, number: int) -> tuple[NumberFormat, bool]:
        """Return a style's format, and whether its font strikes through."""
        font, shape = self._styles[number] if number < len(self._styles) else (0, 0)
        font -= font > _MISSING_FONT
        is_struck = font < len(self._struck) and self._struck[font]
        return self._formats[shape] if shape < len(self._formats) else built_in_format(shape), is_struck

    def _put_number(self, place: Place, style: int, number: float) -> None:
        shape, is_struck = self._style(style)
        self.cells.number(place, number, shape, is_1904=self._is_1904)
        if is_struck:
            self.cells.struck.add(place)

    def _put_text(self, place: Place, style: int, text: str) -> None:
        shape, is_struck = self._style(style)
        self.cells.text(place, Text(text), shape, is_struck=is_struck)

    def _put_flag(self, place: Place, value: int, *, is_error: bool) -> None:
        if is_error:
            self.cells.lost[place] = ERRORS.get(value, "#N/A")
        else:
            self.cells.filled[place] = value != 0
