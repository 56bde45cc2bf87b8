"""An .xls (BIFF5 to BIFF8) → sheets of cells as they are seen: one pass over its records.

Here: MS-XLS, the records that hold cells, texts with their runs, styles, errors, formulas without a result, hidden and
merged parts. xlrd reads the same, but gives up on what other libraries write (seen in November 2026: on every
.xls of the shipped sample); calamine tells none of it.
"""

import codecs
import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.intake.grid.cells import Cells
from pipelines.intake.grid.compound import workbook_stream
from pipelines.intake.grid.formats import NumberFormat, built_in_format, number_format
from pipelines.intake.grid.records import ERRORS, PLAIN_FONT, Font, rk_number, text_of_runs
from pipelines.intake.grid.runs import Text
from pipelines.intake.model import Sheet, Unreadable, Workbook

_BEGIN, _END, _CONTINUES = 0x0809, 0x000A, 0x003C
_PASSWORD, _CODE_PAGE, _DATE_SYSTEM = 0x002F, 0x0042, 0x0022
_SHEET, _SHARED_TEXTS, _FORMAT, _FONT, _STYLE = 0x0085, 0x00FC, 0x041E, 0x0031, 0x00E0
_ROW, _COLUMN, _DEFAULTS, _VIEW, _MERGED = 0x0208, 0x007D, 0x0225, 0x023E, 0x00E5
_SHARED, _TEXT, _RICH, _NUMBER, _RK, _MANY_RK = 0x00FD, 0x0204, 0x00D6, 0x0203, 0x027E, 0x00BD
_BOOL_OR_ERROR, _FORMULA, _FORMULA_TEXT = 0x0205, 0x0006, 0x0207
_CELLS = frozenset({_TEXT, _RICH, _NUMBER, _RK, _MANY_RK, _BOOL_OR_ERROR, _FORMULA})
STREAM = b"\x09\x08"
"""How a stream begins, whether in a compound file or not."""
_BIFF8 = 0x0600
LAST_COLUMN = 255
_MISSING_FONT = 4
"""No font has this number."""


_PLACE, _HEAD, _SHARED_CELL = (struct.Struct(shape).unpack_from for shape in ("<HHH", "<HH", "<HHHI"))
_TEXT_HEAD = struct.Struct("<HB").unpack_from
_SHARED_RECORD = struct.Struct("<HHHHHI")
"""Kind, length, row, column, style, text: nine records of ten are this one."""


class _Style(NamedTuple):
    shape: NumberFormat = built_in_format(0)
    font: Font = PLAIN_FONT


class _Book:
    """What the workbook's own records say."""

    def __init__(self, stream: bytes) -> None:
        self.stream = stream
        self.is_wide = True
        """BIFF8, whose texts are Unicode."""
        self.encoding = "cp1252"
        self.is_1904 = False
        self.strings: list[Text] = []
        self.plain_strings: list[str | None] = []
        """The same, where they are seen as they are stored."""
        self.plain_styles: frozenset[int] = frozenset()
        """Styles that show what they are given."""
        self.fonts: list[Font] = []
        self.font_names: set[str] = set()
        self.styles: list[_Style] = []
        self.sheets: list[tuple[str, int, bool]] = []
        """Name, where its records begin, whether it is hidden."""
        self._codes: dict[int, str] = {}
        self._numbers: list[tuple[int, int]] = []
        self._shared: list[bytes] = []

    def read(self) -> None:
        """Read the records of the workbook as a whole."""
        is_shared = False
        for kind, data in records(self.stream, 0):
            if kind == _CONTINUES and is_shared:
                self._shared.append(data)
                continue
            is_shared = kind == _SHARED_TEXTS
            if is_shared:
                self._shared = [data]
            elif kind == _BEGIN:
                self.is_wide = struct.unpack_from("<H", data)[0] >= _BIFF8
            elif kind == _END:
                break
            else:
                self._read(kind, data)
        self.styles = [
            _Style(
                number_format(self._codes[shape]) if shape in self._codes else built_in_format(shape), self.font(font)
            )
            for font, shape in self._numbers
        ]
        self.plain_styles = frozenset(
            number for number, style in enumerate(self.styles) if style.shape.is_plain and not style.font.is_struck
        )
        if self._shared:
            self.strings = list(_shared_texts(self._shared, self))
            self.plain_strings = [
                seen if received is None and not is_struck else None for seen, received, is_struck in self.strings
            ]

    def _read(self, kind: int, data: bytes) -> None:
        if kind == _PASSWORD:
            raise Unreadable("encrypted")
        if kind == _CODE_PAGE:
            self.encoding = encoding_of(struct.unpack_from("<H", data)[0])
        elif kind == _DATE_SYSTEM:
            self.is_1904 = struct.unpack_from("<H", data)[0] == 1
        elif kind == _FORMAT:
            self._codes[struct.unpack_from("<H", data)[0]] = self.text(data, 2, is_short=not self.is_wide)[0]
        elif kind == _FONT:
            flags, _, _, script = struct.unpack_from("<HHHH", data, 2)
            self.fonts.append(Font({1: 1, 2: -1}.get(script, 0), bool(flags & 0x08)))
            self.font_names.add(self.text(data, 14, is_short=True)[0])
        elif kind == _STYLE:
            self._numbers.append(struct.unpack_from("<HH", data))
        elif kind == _SHEET:
            (start,), state, sort = struct.unpack_from("<I", data), data[4], data[5]
            if sort == 0:
                self.sheets.append((self.text(data, 6, is_short=True)[0], start, bool(state & 3)))
            else:
                self.sheets.append(("", -1, True))

    def font(self, number: int) -> Font:
        """Return a font by the number that cells and runs call it."""
        number -= number > _MISSING_FONT
        return self.fonts[number] if number < len(self.fonts) else PLAIN_FONT

    def text(self, data: bytes, at: int, *, is_short: bool = False) -> tuple[str, int]:
        """Return a text and where it ends; `is_short`: its length is one byte."""
        length, at = (data[at], at + 1) if is_short else (struct.unpack_from("<H", data, at)[0], at + 2)
        if not self.is_wide:
            return decode(data[at : at + length], self.encoding), at + length
        flags, at = data[at], at + 1
        at += 2 * bool(flags & 8) + 4 * bool(flags & 4)
        end = at + length * (1 + (flags & 1))
        return data[at:end].decode("utf-16-le" if flags & 1 else "latin-1", errors="replace"), end


def read_xls(content: bytes) -> Workbook:
    """Return the sheets of a compound file, or of a stream that stands in none. Raises Unreadable."""
    try:
        book = _Book(content if content.startswith(STREAM) else workbook_stream(content))
        book.read()
        sheets = [
            _read_sheet(book, name, number, start, is_hidden=is_hidden)
            for number, (name, start, is_hidden) in enumerate(book.sheets, 1)
            if start >= 0
        ]
    except (struct.error, IndexError, LookupError) as error:
        raise Unreadable("damaged") from error
    if not sheets:
        raise Unreadable("no_sheet")
    fonts = tuple(sorted(name for name in book.font_names if name.lower().startswith((".vn", "vni-"))))
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows)
    return Workbook(tuple(sheets), fonts=fonts, cells=cells)


def _read_sheet(book: _Book, name: str, number: int, start: int, *, is_hidden: bool) -> Sheet:
    reader = _SheetReader(book)
    stream, at, depth = book.stream, start, 0
    while (record := record_at(stream, at)) is not None:
        kind, begin, end = record
        if kind == _SHARED and depth == 1 and end - at == _SHARED_RECORD.size:
            at = reader.read_shared(at)
            continue
        at = end
        if kind == _BEGIN:
            depth += 1
        elif kind == _END:
            depth -= 1
            if depth <= 0:
                break
        elif depth == 0:
            raise Unreadable("damaged")
        elif depth == 1:
            reader.read(kind, stream[begin:end])
    return reader.cells.sheet(name, number, is_hidden=is_hidden, is_1904=book.is_1904)


class _SheetReader:
    """Collects one sheet's cells from its records."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.cells = Cells()
        self._hides_rows = False
        self._awaits: tuple[int, int, int] | None = None
        """The cell whose formula's text comes in the next record, and its style."""

    def read(self, kind: int, data: bytes) -> None:
        """Take one record."""
        if kind in _CELLS:
            self._read_cell(kind, data)
        elif kind == _SHARED:
            self._put_shared(*_SHARED_CELL(data))
        elif kind == _FORMULA_TEXT and self._awaits is not None:
            (row, column, style), self._awaits = self._awaits, None
            self._put_text(row, column, style, Text(self.book.text(data, 0)[0]))
        else:
            self._read_about(kind, data)

    def read_shared(self, at: int) -> int:
        """Take the records of cells that have one of the shared texts, from this one to the first of another kind.

        Return where that begins.
        """
        stream, filled = self.book.stream, self.cells.filled
        plain_styles, plain_strings = self.book.plain_styles, self.book.plain_strings
        size = _SHARED_RECORD.size
        whole = len(stream) - (len(stream) - at) % size
        for kind, length, row, column, style, index in _SHARED_RECORD.iter_unpack(memoryview(stream)[at:whole]):
            if kind != _SHARED or length != size - 4:
                break
            at += size
            text = plain_strings[index]
            if text is None or style not in plain_styles or column > LAST_COLUMN:
                self._put_shared(row, column, style, index)
            else:
                filled[row, column] = text
        return at

    def _put_shared(self, row: int, column: int, style: int, index: int) -> None:
        if column > LAST_COLUMN:
            raise Unreadable("damaged")
        self._put_text(row, column, style, self.book.strings[index])

    def _read_about(self, kind: int, data: bytes) -> None:
        """Take a record about rows, columns or the whole sheet."""
        if kind == _ROW:
            row, _, _, height = struct.unpack_from("<HHHH", data)
            if data[12] & 0x20 or height & 0x7FFF == 0 or (self._hides_rows and height & 0x8000):
                self.cells.hidden_rows.add(row)
        elif kind == _COLUMN:
            first, last, width, _, flags = struct.unpack_from("<HHHHH", data)
            if flags & 1 or width == 0:
                self.cells.hidden_columns.append((first, last))
        elif kind == _DEFAULTS:
            self._hides_rows = bool(data[0] & 2)
        elif kind == _VIEW:
            self.cells.shows_zeros = bool(data[0] & 0x10)
        elif kind == _MERGED:
            for number in range(min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 8)):
                top, bottom, left, right = struct.unpack_from("<HHHH", data, 2 + 8 * number)
                self.cells.merged.append(((top, left), (bottom, right)))

    def _read_cell(self, kind: int, data: bytes) -> None:
        row, column, style = _PLACE(data)
        if column > LAST_COLUMN:
            raise Unreadable("damaged")
        if kind == _MANY_RK:
            for number in range((len(data) - 6) // 6):
                (style,) = struct.unpack_from("<H", data, 4 + 6 * number)
                self._put_number(row, column + number, style, rk_number(data, 6 + 6 * number))
        elif kind == _RK:
            self._put_number(row, column, style, rk_number(data, 6))
        elif kind == _NUMBER:
            self._put_number(row, column, style, struct.unpack_from("<d", data, 6)[0])
        elif kind == _BOOL_OR_ERROR:
            self._put_flag(row, column, data[6], is_error=data[7] != 0)
        elif kind == _FORMULA:
            self._read_formula(row, column, style, data)
        else:
            text, end = self.book.text(data, 6)
            starts = _runs(data, end, is_wide=self.book.is_wide) if kind == _RICH else []
            self._put_text(row, column, style, _seen(text, starts, self.book, self._style(style).font))

    def _read_formula(self, row: int, column: int, style: int, data: bytes) -> None:
        """Read the stored result; one that is to be computed when the file is opened, and is naught, never was."""
        flags = struct.unpack_from("<H", data, 14)[0]
        is_uncomputed = bool(flags & 2)
        if data[12:14] != b"\xff\xff":
            (number,) = struct.unpack_from("<d", data, 6)
            if number == 0 and is_uncomputed:
                self.cells.lost[row, column] = "="
            else:
                self._put_number(row, column, style, number)
        elif data[6] == 0:
            self._awaits = (row, column, style)
        elif data[6] == 3:  # an empty text
            if is_uncomputed:
                self.cells.lost[row, column] = "="
        else:
            self._put_flag(row, column, data[8], is_error=data[6] == 2)  # an error

    def _style(self, number: int) -> _Style:
        return self.book.styles[number] if number < len(self.book.styles) else _Style()

    def _put_number(self, row: int, column: int, style: int, number: float) -> None:
        about = self._style(style)
        self.cells.number((row, column), number, about.shape, is_1904=self.book.is_1904)
        if about.font.is_struck:
            self.cells.struck.add((row, column))

    def _put_text(self, row: int, column: int, style: int, text: Text) -> None:
        about = self._style(style)
        self.cells.text((row, column), text, about.shape, is_struck=about.font.is_struck and text.received is None)

    def _put_flag(self, row: int, column: int, value: int, *, is_error: bool) -> None:
        if is_error:
            self.cells.lost[row, column] = ERRORS.get(value, "#N/A")
        else:
            self.cells.filled[row, column] = value != 0


# --- texts --------------------------------------------------------------------------------------------------------------


def decode(data: bytes, encoding: str) -> str:
    """Return the text of bytes; a byte that the encoding leaves open is a control character, as Windows has it."""
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return "".join(_letter(bytes([byte]), encoding) for byte in data)


def _letter(byte: bytes, encoding: str) -> str:
    try:
        return byte.decode(encoding)
    except UnicodeDecodeError:
        return chr(byte[0])


def encoding_of(code_page: int) -> str:
    """Return the encoding of a code page, as an .xls numbers it; of an unknown one that of Windows."""
    name = {0x8000: "mac_roman", 10000: "mac_roman", 0x8001: "cp1252", 1200: "utf-16-le", 65001: "utf-8"}.get(
        code_page, f"cp{code_page}"
    )
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _runs(data: bytes, at: int, *, is_wide: bool) -> list[tuple[int, int]]:
    """Return where each run begins, and its font."""
    count, shape, size = (struct.unpack_from("<H", data, at)[0], "<HH", 4) if is_wide else (data[at], "<BB", 2)
    at += 2 if is_wide else 1
    return [
        struct.unpack_from(shape, data, at + size * number) for number in range(min(count, (len(data) - at) // size))
    ]


def _seen(text: str, starts: Sequence[tuple[int, int]], book: _Book, own: Font = PLAIN_FONT) -> Text:
    if not starts:
        return Text(text)
    fonts = [book.font(font) for _, font in starts]
    return text_of_runs(text, [(first, number) for number, (first, _) in enumerate(starts)], fonts, own)


def _shared_texts(parts: Sequence[bytes], book: _Book) -> Iterator[Text]:
    """Yield the texts that sheets share; one may go on in the next record, which says anew how wide its letters are."""
    reader = _Parts(parts)
    count = struct.unpack("<I", reader.take(8)[4:])[0]
    for _ in range(count):
        if (plain := reader.plain_text()) is not None:
            yield Text(plain)
            continue
        if reader.is_at_end:
            return
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", reader.take(4))[0] if flags & 4 else 0
        text = reader.letters(length, is_wide=bool(flags & 1))
        starts = list(struct.iter_unpack("<HH", reader.take(4 * runs)))
        reader.take(extra)
        yield _seen(text, starts, book)


class _Parts:
    """Reads on over the borders of records."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self.parts = parts
        self._part = self._at = 0

    @property
    def is_at_end(self) -> bool:
        """Tell whether nothing is left."""
        return self._part >= len(self.parts) - 1 and self._at >= len(self.parts[-1])

    def plain_text(self) -> str | None:
        """Return the next text where it has no runs and ends in this record; None, and nothing read, for any other."""
        part, at = self.parts[self._part], self._at
        if at + 3 > len(part):
            return None
        length, flags = _TEXT_HEAD(part, at)
        end = at + 3 + length * (1 + (flags & 1))
        if flags & 0x0C or end > len(part):
            return None
        self._at = end
        return part[at + 3 : end].decode("utf-16-le" if flags & 1 else "latin-1", errors="replace")

    def take(self, size: int) -> bytes:
        """Return so many bytes. Raises struct.error at the end."""
        taken = b""
        while len(taken) < size:
            if self._at >= len(self.parts[self._part]):
                self._next()
            piece = self.parts[self._part][self._at : self._at + size - len(taken)]
            self._at += len(piece)
            taken += piece
        return taken

    def letters(self, count: int, *, is_wide: bool) -> str:
        """Return so many letters of one byte or two."""
        text = ""
        while count:
            if self._at >= len(self.parts[self._part]):
                self._next()
                is_wide, self._at = bool(self.parts[self._part][0] & 1), 1
            size = 2 if is_wide else 1
            piece = self.parts[self._part][self._at : self._at + count * size]
            self._at += len(piece)
            text += piece.decode("utf-16-le" if is_wide else "latin-1", errors="replace")
            count -= max(len(piece) // size, 1)
        return text

    def _next(self) -> None:
        self._part, self._at = self._part + 1, 0
        if self._part >= len(self.parts):
            raise struct.error("a text is cut short")


def record_at(stream: bytes, at: int) -> tuple[int, int, int] | None:
    """Return (type, begin, end) of the record at a place; None at the end, and for a last one that is cut short."""
    if at + 4 > len(stream):
        return None
    kind, length = _HEAD(stream, at)
    begin = at + 4
    return (kind, begin, begin + length) if begin + length <= len(stream) else None


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield (type, data) of each record from a place on."""
    while (record := record_at(stream, at)) is not None:
        kind, begin, at = record
        yield kind, stream[begin:at]
