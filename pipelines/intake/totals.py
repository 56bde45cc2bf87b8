"""Total rows: what they state for a column, beside the sum of the rows they total (K02 compares the two, in SQL).

Here: which rows a total row totals, their sums, and whether a total counts a repeated row once. Whether a row is a
total row is `rowkinds`.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from pipelines.intake.addresses import column_letter
from pipelines.intake.landedrow import TABLE, Row
from pipelines.intake.model import Total
from pipelines.intake.values.numbers import read_number
from pipelines.intake.values.value import Value


class LandedRow(Protocol):
    """What a sum needs of a landed row."""

    out: list[Any]
    unreadable: list[str]


class Line(NamedTuple):
    """A row of data on the sheet (counted from 0), and the rows that it landed as (a wide layout: one per criterion)."""

    row: int
    landed: Sequence[LandedRow]


class SummedColumn(NamedTuple):
    """A column that totals add up: numbers, or marks, of which those of "met" are counted.

    `part`: which of a line's landed rows has the column's value; `position`, `unreadable`: where in it, and its field.
    """

    column: int
    name: str
    is_mark: bool
    read: Callable[[Any], Value]
    part: int
    position: int
    unreadable: str


def read_totals(
    place: tuple[str, str, int],
    columns: Sequence[SummedColumn],
    steps: Sequence[Line | tuple[int, list[Any]]],
    beside: Sequence[Line] = (),
) -> Iterator[Total]:
    """Yield what each total row states.

    `place`: submission, sheet, table. `steps`: the table's rows of data (`Line`) and total rows (row, cells) in order.
    A total row totals the rows above it up to the header or the last total; where it stands first in the table, those
    below (quality.md, K02). Right below another total row it is the grand total, of all rows above; so it is where it
    states the sums of all of them, and not those since the last total ("Cộng vùng" above, none for the last group).
    `beside`: rows of the table to the left that has no total of its own; the first total totals them too, unless it
    states the sums without them.
    """
    lines = [*beside, *(step for step in steps if isinstance(step, Line))]
    above, since, own = len(beside), 0, len(beside)
    for step in steps:
        if isinstance(step, Line):
            above += 1
            continue
        row, cells = step
        totalled = (lines[since:above] or lines[:above]) if above else lines
        stated = list(_stated(place, columns, row, cells, totalled))
        other = lines[:above] if 0 < since < above else lines[own:above] if since == 0 < own else []
        if other and not _fits(stated):
            of_other = list(_stated(place, columns, row, cells, other))
            stated = of_other if _fits(of_other) else stated
        yield from stated
        since = above


def explain_by_repetition(
    totals: Sequence[Total], repetitions: Sequence[Sequence[Row]], amount: Callable[[Row, str], float | None]
) -> Iterator[Total]:
    """Yield the totals; those of a row that fits once repeated rows are left out say so, by the first of these.

    `repetitions`: rows of one key each (R03), in their order; left out are all but the first of each, or all but the
    last. `amount`: what a row adds to a field's sum; None where it can't be told.
    """
    ways = [[row for rows in repetitions for row in left_out(rows)] for left_out in (_all_but_first, _all_but_last)]
    for _, group in groupby(totals, key=lambda total: (total.sheet, total.table_no, total.row_number)):
        row_totals = list(group)
        readable = [total for total in row_totals if not total.unreadable_cells]
        without = None
        if repetitions and not _fits(readable):
            without = next((rows[0].number for way in ways if (rows := _fitting(readable, way, amount))), None)
        yield from (total._replace(fits_without_row=without) for total in row_totals)


def _all_but_first(rows: Sequence[Row]) -> Sequence[Row]:
    return rows[1:]


def _all_but_last(rows: Sequence[Row]) -> Sequence[Row]:
    return rows[:-1]


def _fitting(totals: Sequence[Total], rows: Sequence[Row], amount: Callable[[Row, str], float | None]) -> list[Row]:
    """Return those of the rows without which every total fits, if there are such."""
    left_out: list[Row] = []
    for total in totals:
        first, last = total.first_row or 0, total.last_row or 0
        left_out = [
            row
            for row in rows
            if (row.sheet, row.out[TABLE]) == (total.sheet, total.table_no) and first <= row.number <= last
        ]
        amounts = [amount(row, total.field) for row in left_out]
        readable = [each for each in amounts if each is not None]
        if len(readable) < len(amounts) or not math.isclose(total.stated, total.computed - sum(readable), abs_tol=1e-6):
            return []
    return left_out


def _fits(totals: Sequence[Total]) -> bool:
    return bool(totals) and all(math.isclose(total.stated, total.computed, abs_tol=1e-6) for total in totals)


def _stated(
    place: tuple[str, str, int], columns: Sequence[SummedColumn], row: int, cells: list[Any], lines: Sequence[Line]
) -> Iterator[Total]:
    for column in columns:
        raw = cells[column.column]
        if raw is None or raw == "":
            continue
        stated = read_number(raw) if column.is_mark else column.read(raw)
        if stated.value is None:
            continue
        landed = [line.landed[column.part] for line in lines]
        values = [row.out[column.position] for row in landed]
        computed = values.count("met") if column.is_mark else sum(value for value in values if value is not None)
        yield Total(
            *place,
            row_number=row + 1,
            field=column.name,
            column_letter=column_letter(column.column),
            stated=float(stated.value),
            computed=float(computed),
            rows=len(lines),
            unreadable_cells=sum(column.unreadable in row.unreadable for row in landed),
            first_row=lines[0].row + 1 if lines else None,
            last_row=lines[-1].row + 1 if lines else None,
        )
