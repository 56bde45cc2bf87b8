"""Text with delimiters → one sheet of cells: .csv, .tsv, text that a program calls .xls, in every encoding that offices use.

Here: the encoding, the delimiter, and which line breaks end a row. Not here: what a cell means.

A quoted cell may hold the delimiter and line breaks. A quote that is never closed looks the same and swallows the rows below
it, so a quoted cell whose further lines are rows of the table is read as it was meant: the quote is part of its text, every
line is a row of its own, and the cell is reported as repaired (E07).
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipelines.intake.model import Place, Sheet, Unreadable, Workbook
from pipelines.intake.size_guard import refuse_oversized

_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 200
_NAMED_DELIMITER = re.compile(rf"sep=([{re.escape(_DELIMITERS)}])")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_NUMBERING = re.compile(r'\s*"?\s*(?:\d{1,5}|[IVX]{1,5})?\s*[.)]?\s*"?\s*')
_FEWEST_CELLS = 3
_ROW_SHARE = 0.6
"""A line within a quoted cell is a row of the table if it has at least this share of a row's cells and begins like one."""
_TABLE_ROWS = 2
_MARKED = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
"""What a spreadsheet program's "Unicode text" begins with: then one row of several cells says enough."""


def read_delimited(content: bytes, name: str) -> Workbook:
    """Return the one sheet of a text with delimiters; `name` becomes the sheet's name.

    Raises Unreadable: empty (no filled cell), not_workbook (no text), too_large (more cells than a sheet can have).
    """
    text = decode(content)
    first_line = _LINE.match(text)
    named = _NAMED_DELIMITER.fullmatch(first_line[0].strip()) if first_line else None
    delimiter = named[1] if named else _find_delimiter(text)
    above: list[list[str]] = []
    if named and first_line:
        text, above = text[first_line.end() :], [[]]
    rows, repaired = _split(text, delimiter)
    rows = above + rows
    if not any(map(any, rows)):
        raise Unreadable("empty")
    widths = tuple(map(len, rows))
    width = max(widths)
    refuse_oversized(len(rows) - 1, width - 1)
    for row in rows:
        row.extend([""] * (width - len(row)))
    repaired = {(row + len(above), column): received for (row, column), received in repaired.items()}
    return Workbook((Sheet(name, 1, rows, widths=widths, repaired=repaired),), cells=len(rows) * width)


def is_delimited(content: bytes) -> bool:
    """Return whether bytes of an unknown kind are a table written as text: several rows with the same delimiters."""
    try:
        text = decode(content[: 1 << 16])
    except Unreadable:
        return False
    if any(letter < " " and letter not in "\t\r\n\f" for letter in text):
        return False
    lines = text.splitlines()[:_SAMPLE_LINES]
    widths = _widths(lines, _find_delimiter(text))
    rows = 1 if content.startswith(_MARKED) else _TABLE_ROWS
    return any(width >= _FEWEST_CELLS and times >= rows for width, times in widths.items())


# --- rows ---------------------------------------------------------------------------------------------------------------


def _find_delimiter(text: str) -> str:
    """Return the delimiter that parts the first lines best: the most cells in lines of one width."""
    lines = text[: 1 << 18].splitlines()[:_SAMPLE_LINES]

    def cells(delimiter: str) -> int:
        return max((width * times for width, times in _widths(lines, delimiter).items()), default=0)

    return max(_DELIMITERS, key=cells)


def _widths(lines: Sequence[str], delimiter: str) -> Counter[int]:
    """How many lines have how many cells, each line for itself; lines of one cell say nothing."""
    return Counter(width for line in lines if (width := _width(line, delimiter)) > 1)


def _width(record: str, delimiter: str) -> int:
    return len(_cells(record, delimiter))


def _cells(record: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])
    except csv.Error:  # a cell longer than the module takes
        return record.split(delimiter)


def _split(text: str, delimiter: str) -> tuple[list[list[str]], dict[Place, str]]:
    """Return the rows, and by place the cells whose quote was taken for a letter: what stands there in the file."""
    if '"' not in text:
        return [line.split(delimiter) if line else [] for line in _lines(text)], {}
    rows: list[list[str]] = []
    repaired: dict[Place, str] = {}
    lines = list(_lines(text))
    usual = _usual_width(lines, delimiter)
    number = 0
    while number < len(lines):
        end = _end_of_record(lines, number, delimiter)
        if end is None or _swallows_rows(lines[number:end], usual, delimiter):
            cells, column = _cells_with_open_quote(lines[number], delimiter)
            if column is not None:
                repaired[len(rows), column] = cells[column]
                cells[column] = cells[column][1:].strip()
            end = number + 1
        else:
            cells = _cells("\n".join(lines[number:end]), delimiter)
        rows.append(cells)
        number = end
    return rows, repaired


def _lines(text: str) -> Iterator[str]:
    """Yield the physical lines without their ends, whatever program wrote them; a form feed and the like end no line."""
    reader = io.StringIO(text, newline=None)
    for line in reader:
        yield line.removesuffix("\n")


def _usual_width(lines: Sequence[str], delimiter: str) -> int:
    widths = _widths(lines[:_SAMPLE_LINES], delimiter)
    return max(widths, key=lambda width: (widths[width], width), default=0)


_LONGEST_RECORD = 200


def _end_of_record(lines: Sequence[str], start: int, delimiter: str) -> int | None:
    """Return the number of the line behind the record that begins at `start`; None if its last quote is never closed."""
    if '"' not in lines[start]:
        return start + 1
    is_open = _leaves_open(lines[start], delimiter, is_open=False)
    end = start + 1
    while is_open:
        if end == len(lines) or end - start > _LONGEST_RECORD:
            return None
        is_open = _leaves_open(lines[end], delimiter, is_open=True)
        end += 1
    return end


def _leaves_open(line: str, delimiter: str, *, is_open: bool) -> bool:
    """Return whether a line ends within quotes. A quote opens at the start of a cell only, as in every spreadsheet program."""
    position = 0
    while True:
        if is_open:
            position = line.find('"', position)
            if position < 0:
                return True
            if line[position + 1 : position + 2] == '"':
                position += 2
                continue
            is_open = False
            position += 1
        elif position == 0 and line.startswith('"'):
            is_open, position = True, 1
        else:
            position = line.find(f'{delimiter}"', max(position - 1, 0) if position else 0)
            if position < 0:
                return False
            is_open, position = True, position + 2


def _swallows_rows(record: Sequence[str], usual: int, delimiter: str) -> bool:
    """Return whether lines that quotes hold together are rows of the table, each for itself."""
    if not any(_is_row(line, usual, delimiter) for line in record[1:]):
        return False
    try:
        cells = next(csv.reader(io.StringIO("\n".join(record), newline=""), delimiter=delimiter, strict=True))
    except csv.Error:  # a letter behind a closing quote, or a cell longer than the module takes
        return True
    is_one_row = len(cells) == usual
    apart = [len(_cells_with_open_quote(record[0], delimiter)[0]), *(_width(line, delimiter) for line in record[1:])]
    return not is_one_row or all(width == usual for width in apart)


def _is_row(line: str, usual: int, delimiter: str) -> bool:
    """Return whether a line within a quoted cell looks like a row of the table."""
    width = line.count(delimiter) + 1
    if width < _FEWEST_CELLS:
        return False
    begins = _NUMBERING.fullmatch(line[: line.find(delimiter)]) is not None
    return width == usual or (begins and width >= usual * _ROW_SHARE)


def _cells_with_open_quote(line: str, delimiter: str) -> tuple[list[str], int | None]:
    """Return a line's cells where its last quote is a letter, and the column of that cell."""
    quotes = [match.start() + len(match[1]) for match in re.finditer(rf'(^|{re.escape(delimiter)})"', line)]
    for start in reversed(quotes):
        head, tail = line[:start], line[start:]
        if not _leaves_open(head, delimiter, is_open=False) and _leaves_open(tail, delimiter, is_open=False):
            before = _cells(head, delimiter)[:-1] if head else []
            return [*before, *tail.split(delimiter)], len(before)
    return _cells(line, delimiter), None


# --- letters ------------------------------------------------------------------------------------------------------------


def decode(content: bytes) -> str:
    """Return the text; bytes that are not Unicode come through as Windows-1252, for `text.detect_encoding` to judge.

    Raises Unreadable (not_workbook) for bytes that are not text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content[:200]:
        # the spaces and digits of any table tell the order, whatever letter it begins with
        encoding = "utf-16-le" if content[1:200:2].count(0) >= content[:200:2].count(0) else "utf-16-be"
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        if b"\0" in content:
            raise Unreadable("not_workbook") from None
        return "".join(map(_LETTERS.__getitem__, content))
    if "\0" in text:
        raise Unreadable("not_workbook")
    return text


def _letters() -> tuple[str, ...]:
    def letter(byte: int) -> str:
        try:
            return bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            return chr(byte)

    return tuple(map(letter, range(256)))


_LETTERS = _letters()
"""Windows-1252, its five open places as control characters."""
