"""Sheets without a form's table: whether they hold data all the same, and why no form was recognised (F02).

Here: verdicts on what `recognise` left over. Nothing here finds a table or reads a value.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from pipelines.intake.headers import HeaderIndex
from pipelines.intake.model import Sheet
from pipelines.intake.tables import FEWEST_COLUMNS, NUMBERING, Table, is_empty
from pipelines.intake.titles import TitleIndex

_FEWEST_PACKED = 3
_FEWEST_TURNED, _MOST_TURNED = 6, 300
"""So many headers below each other, in so many rows, are a table on its side."""
_WIDEST_HEADING = 2
"""A row of more filled cells is filled like a table's, unless it stands in the heading."""
_HEADING_ROWS = 12
"""So far down a heading reaches that has a wide line of its own: the longest seen has eleven lines."""
_UNCLAIMED_ROWS, _UNCLAIMED_CELLS = 3, 5
"""So many rows of so many filled cells above the first table are not a heading: the largest seen has two of three."""


def unclaimed_row(sheet: Sheet, tables: Sequence[Table]) -> int | None:
    """Return the first row of data above the first table, which no table has: its own header was not recognised (F02)."""
    above = sheet.rows[: tables[0].top]
    full = [
        row for row, cells in enumerate(above) if len(cells) - cells.count("") - cells.count(None) >= _UNCLAIMED_CELLS
    ]
    return full[0] if len(full) >= _UNCLAIMED_ROWS else None


def explain_unrecognised(sheet: Sheet, headers: HeaderIndex, titles: TitleIndex) -> tuple[str, str | None, int]:
    """Return why a sheet of data is not a form, as far as that can be known: (variant of F02, the form that it names, row).

    'transposed': headers stand below each other in a column; 'one_column': each row is packed into one cell; 'named':
    the heading names a form, but no row of the sheet is that form's header. The row is the first that is filled like a
    table's.
    """
    row = next((number for number, cells in enumerate(sheet.rows) if _filled(cells) > _WIDEST_HEADING), 0)
    form = _find_named_form(sheet, row, titles)
    if turned_column(sheet.rows, headers) is not None:
        return "transposed", form, row
    if (packed := _packed_row(sheet)) is not None:
        return "one_column", form, packed
    return "named" if form else "", form, row


def _find_named_form(sheet: Sheet, row: int, titles: TitleIndex) -> str | None:
    """Return the one form that the heading of a sheet names, by number or else by title; None where it names several.

    `row`: where its data seem to begin. A heading may have a wide line itself ("UBND TỈNH | CỘNG HÒA … | Biểu 02/NTM-S")
    and go on below it; a title counts outside of such lines only, since headers of columns are called like titles, too.
    """
    numbers, named = set(), set()
    for number, cells in enumerate(sheet.rows[: max(row, _HEADING_ROWS)]):
        is_heading = number < row or _filled(cells) <= _WIDEST_HEADING
        for cell in cells:
            if cell and isinstance(cell, str):
                by_number, by_title = titles.forms_named(cell)
                numbers.add(by_number)
                named.add(by_title if is_heading else None)
    for forms in (numbers - {None}, named - {None}):
        if forms:
            return forms.pop() if len(forms) == 1 else None
    return None


def heading_texts(sheet: Sheet, row: int) -> Iterator[str]:
    """Yield the texts of a sheet's heading where its data seem to begin at a row: what stands above, on it, or alone below."""
    for number, cells in enumerate(sheet.rows[: max(row, _HEADING_ROWS)]):
        if number <= row or _filled(cells) <= _WIDEST_HEADING:
            yield from (cell for cell in cells if cell and isinstance(cell, str))


def _filled(cells: Sequence[Any]) -> int:
    return sum(not is_empty(cell) for cell in cells)


def turned_column(
    rows: Sequence[Sequence[Any]], headers: HeaderIndex, data_columns: Collection[int] = ()
) -> int | None:
    """Return the column in which headers stand below each other, as in a table on its side, outside of `data_columns`."""
    for number, column in enumerate(zip(*rows[:_MOST_TURNED], strict=True)):
        words = {cell for cell in column if cell and isinstance(cell, str) and headers.is_word(cell)}
        if len(words) >= _FEWEST_TURNED and number not in data_columns:
            return number
    return None


def _packed_row(sheet: Sheet) -> int | None:
    """Return the first row of a sheet whose rows are each packed into one cell, parted by tabs or semicolons."""
    packed: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for number, cells in enumerate(sheet.rows):
        filled = [cell for cell in cells if not is_empty(cell)]
        if len(filled) == 1 and isinstance(filled[0], str):
            for mark in "\t;|":
                if (parts := filled[0].count(mark)) >= FEWEST_COLUMNS:
                    packed[mark, parts].append(number)
    return next((rows[0] for rows in packed.values() if len(rows) >= _FEWEST_PACKED), None)


def looks_like_data(sheet: Sheet) -> bool:
    """Return whether an unrecognised sheet holds data (F02) and is not a cover, note or list of contents.

    Data: at least two rows of three filled cells, one of them with a number beyond its first cell; or three rows of two
    cells whose second is a number; or two rows of four cells; or rows packed into one cell each.
    """
    wide = pairs = 0
    has_number = has_four = False
    for row in sheet.rows:
        if not any(row):
            continue
        cells = [cell for cell in row if not is_empty(cell)]
        numbers = sum(1 for cell in cells[1:] if _is_number(cell))
        if len(cells) > 2:  # more than a label and its value
            wide += 1
            has_number = has_number or numbers > 0
            has_four = has_four or len(cells) > 3  # its name
        elif numbers:
            pairs += 1
    return (wide > 1 and (has_number or has_four)) or pairs > 2 or _packed_row(sheet) is not None  # a table


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(NUMBERING.fullmatch(cell)) or cell.strip().lower() in {"x", "v"}
    return isinstance(cell, int | float)
