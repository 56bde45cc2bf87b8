"""What we sent out and comes back: which of its sheets are as they went out, and so say nothing of their own.

Here: the digest of a sheet's cells, the line by which the first sheet of a receipt or of a blank workbook states it, and
finding the sheets whose digest still holds. They are known by these lines alone, which survive being saved by any program,
in any format. An untouched sheet of a receipt says nothing new (forms.md, V04); an untouched sheet of a blank workbook, filled
in beforehand as far as things are known, is nobody's report yet (F13).
Not here: writing either (pipelines/products), and reading a sheet that was changed: it is read as any other.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from pipelines.intake.model import Sheet
from pipelines.intake.text import clean

_LINE = re.compile(r"Mã đối chiếu trang “(.+)”: ([0-9a-f]{16})")
_BLANK_LINE = re.compile(r"Mã biểu trống: ([0-9a-f]{16})")


def digest_line(sheet: str, digest: str) -> str:
    """Return the line that a receipt carries for a sheet."""
    return f"Mã đối chiếu trang “{sheet}”: {digest}"


def blank_digest_line(digest: str) -> str:
    """Return the line that a blank workbook carries for a sheet; naming its form would make the line's sheet one of its form."""
    return f"Mã biểu trống: {digest}"


def sheet_digest(rows: Sequence[Sequence[Any]]) -> str:
    """Return a short hash of a sheet's filled cells, by place; how a program stores a value makes no difference.

    Rows as `grid` gives them: 3 and 3.0 are one number, a day and its midnight one date, spaces count once.
    """
    cells = hashlib.sha256()
    for row_no, row in enumerate(rows):
        for column, value in enumerate(row):
            if text := _value_text(value):
                cells.update(f"{row_no},{column}:{text}\n".encode())
    return cells.hexdigest()[:16]


def _value_text(value: Any) -> str:
    """Return a cell's value in one spelling; '' for a blank cell."""
    if isinstance(value, str):
        text = clean(value)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        text = f"{value:.12g}"
    elif isinstance(value, date):
        text = datetime(*value.timetuple()[:6]).isoformat()  # noqa: DTZ001 -- cells know no zone
    elif isinstance(value, time):
        text = str(timedelta(hours=value.hour, minutes=value.minute, seconds=value.second))
    else:
        text = "" if value is None else str(value)
    return text


def unchanged_sheets(sheets: Iterable[Sheet]) -> frozenset[str]:
    """Return the names of the sheets that stand as a receipt in the same workbook says it sent them out."""
    all_sheets = list(sheets)
    stated: dict[str, str] = {}
    for sheet in all_sheets:
        for match in _lines(sheet, _LINE):
            stated.setdefault(match[1], match[2])  # a receipt's receipt has two first sheets: the newer one comes first
    if not stated:
        return frozenset()
    return frozenset(sheet.name for sheet in all_sheets if stated.get(clean(sheet.name)) == sheet_digest(sheet.rows))


def untouched_sheets(sheets: Iterable[Sheet]) -> frozenset[str]:
    """Return the names of the sheets into which nobody has written since they were handed out as blank forms."""
    all_sheets = list(sheets)
    stated = {match[1] for sheet in all_sheets for match in _lines(sheet, _BLANK_LINE)}
    return frozenset(sheet.name for sheet in all_sheets if stated and sheet_digest(sheet.rows) in stated)


def _lines(sheet: Sheet, line: re.Pattern[str]) -> Iterator[re.Match[str]]:
    for row in sheet.rows:
        cell = next(iter(row), None)
        # M: asked first, since nearly no cell is such a line
        if isinstance(cell, str) and "M" in cell[:9] and (match := line.fullmatch(clean(cell))):
            yield match
