"""Text with delimiters → one sheet of cells.

Here: the encoding of the bytes, the mark between the cells, the width of each row. Whether a file is such a text at all
is told in `grid`; what its letters mean (TCVN3, VNI) in `text`.
"""

import csv
import io
import re
from collections import Counter
from typing import Any

from pipelines.intake.model import Sheet, Unreadable, Workbook

_DELIMITERS = ",;\t"


def read_text(content: bytes, name: str) -> Workbook:
    """Return the one sheet of a text, called `name`. Raises Unreadable for an empty one and for what is no text."""
    text = _decode(content)
    lines = text.splitlines()
    first = 0
    if lines and re.fullmatch("sep=[,;\t]", lines[0]):
        delimiter, first = lines[0][-1], 1
        text = text.partition("\n")[2]
    else:
        delimiter = max(_DELIMITERS, key=lambda mark: _fit(lines[:200], mark))
    try:
        rows: list[list[Any]] = [[] for _ in range(first)]
        rows += csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable("damaged") from error
    width = max(map(len, rows), default=0)
    if not any(map(any, rows)):
        raise Unreadable("empty")
    widths = tuple(map(len, rows))
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Workbook((Sheet(name, 1, rows, widths=widths),), shows_hidden=True, cells=len(rows) * width)


def _fit(lines: list[str], delimiter: str) -> int:
    """Say how well the delimiter parts the lines: the most cells in lines of one width."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return 0
    return max((width * times for width, times in widths.items()), default=0)


def _decode(content: bytes) -> str:
    """Return the text; bytes that are no Unicode come through as Windows-1252, for `text.detect_encoding` to judge."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in content[:200]:
        # the spaces and digits of any table tell the order, whatever letter it begins with
        encodings = ["utf-16-le" if content[1:200:2].count(0) >= content[:200:2].count(0) else "utf-16-be"]
    else:
        encodings = ["utf-8-sig"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Unreadable("not_workbook")
        return text
    if b"\0" in content:
        raise Unreadable("not_workbook")
    return "".join(map(_LETTERS.__getitem__, content))


def _letters() -> tuple[str, ...]:
    def letter(byte: int) -> str:
        try:
            return bytes([byte]).decode("cp1252")
        except UnicodeDecodeError:
            return chr(byte)

    return tuple(map(letter, range(256)))


_LETTERS = _letters()
"""Windows-1252, its five open places as control characters."""
