"""Columns of a table → typed values: how each column is read, and which of its cells are blank, doubtful or unreadable.

Here: a column's reader, settled once per table (unit of money, number style, scale of percents), and the reading of a
column as a whole. What a cell says by itself is `values`; what a row makes of its cells is `tablerows`.

A table is read by column, not by row: what was read plainly once is looked up the next time (0.05 µs per cell against
0.8 µs; measured in November 2026 on the shipped sample, where nine cells of ten have been seen before).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from pipelines.intake.forms import Field, Form
from pipelines.intake.model import FormattedNumber, Place, Sheet
from pipelines.intake.tables import Table
from pipelines.intake.text import fold, is_ditto
from pipelines.intake.values.dates import DayOrder, day_order, read_date, read_datetime
from pipelines.intake.values.marks import read_mark, read_tick
from pipelines.intake.values.numbers import (
    NumberStyle,
    is_money_unit,
    money_factor,
    number_style,
    percent_factor,
    read_integer,
    read_number,
    read_percent,
)
from pipelines.intake.values.periods import read_period
from pipelines.intake.values.value import BLANK, UNREADABLE, Value
from pipelines.intake.values.words import read_code, read_lines, read_text

_NUMBERS = frozenset({"number", "money", "percent"})
_DAYS = frozenset({"date", "datetime"})
_DITTO_TYPES = frozenset({"text", "code", "commune", "district"})
_LONGEST_DITTO = 8
_DITTO_STARTS = frozenset("\"”“″〃'/-–nN ")
"""What a ditto mark can begin with: asked first, since nearly no cell holds one."""
_MOST_CACHED = 20_000
_NOT_PLAIN = object()
_TWINS = frozenset({bool, FormattedNumber})
"""What equals a plain number and says something else: no look-up tells them apart."""


@dataclass(slots=True)
class Column:
    """A mapped column: the field that stands in it, where its value lands, how a cell is read.

    `plain`: what cells say that need no finding, by the cell as it stands. `above`: the last cell that a ditto
    mark can stand for, among the first `looked_through` rows.
    """

    column: int
    field: Field
    position: int
    read: Callable[[Any], Value]
    plain: dict[Any, Any]
    above: Any = None
    looked_through: int = 0


@dataclass(slots=True)
class RowIssues:
    """What in a row needs attention: cells that a finding may be about, blank fields, cells lost with their formula."""

    received: list[tuple[Column, Any, Value]] = field(default_factory=list)
    blanks: set[str] = field(default_factory=set)
    blank_marks: list[Field] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class PlainCellCache:
    """What cells of a field say that were read without a finding before; shared by all readings of a process."""

    def __init__(self) -> None:
        self._fields: defaultdict[tuple[str, str], dict[Any, Any]] = defaultdict(dict)

    def field_cells(self, form: str, name: str) -> dict[Any, Any]:
        """Return the field's look-up; it is emptied when it has grown beyond use."""
        cells = self._fields[form, name]
        if len(cells) > _MOST_CACHED:
            cells.clear()
        return cells


class Columns:
    """The mapped columns of one table, and its rows of data."""

    def __init__(
        self,
        table: Table,
        form: Form,
        fields: Sequence[tuple[int, Field]],
        plain_cells: PlainCellCache,
        criteria: Callable[[str], int | None],
        year: int | None,
        *,
        is_1904: bool = False,
    ) -> None:
        """`year`: of the report. `is_1904`: whether the workbook counts its days from 1904."""
        self.table, self.form, self.fields, self.plain_cells = table, form, fields, plain_cells
        self.criteria, self.year, self.is_1904 = criteria, year, is_1904
        self.plan: list[Column] = []
        self._cells: dict[int, Sequence[Any]] = {}
        """The cells of the rows of data, by column."""

    def settle(self, rows: Sequence[list[Any]]) -> None:
        """Settle how each column is read, by what stands in the rows of data."""
        places = [column for column, _ in self.fields]
        by_column = zip(*map(_picker(places), rows), strict=True) if rows else repeat(())
        self._cells = dict(zip(places, by_column, strict=False))
        numeric = [self._cells[column] for column, item in self.fields if item.type in _NUMBERS]
        style = number_style(cell for cells in numeric if str in set(map(type, cells)) for cell in cells)
        corner = next((factor for text in reversed(self.table.heading) if (factor := money_factor(text))), None)
        for column, item in self.fields:
            is_own = item.type in _NUMBERS
            if item.type in _DAYS:
                order = day_order(self._cells[column])
                read, is_own = self._choose_day_reader(item, order), self.is_1904 or order is not DayOrder.DAY_FIRST
            else:
                read = self._choose_reader(item, column, style, corner, rows)
            read = _with_blank_words(item, read)
            plain = {} if is_own else self.plain_cells.field_cells(self.form.code, item.name)
            self.plan.append(Column(column, item, self.form.position[item.name], read, plain))

    def read(
        self,
        rows: Sequence[tuple[int, list[Any]]],
        sheet: Sheet,
        headed: Mapping[Place, str],
        cells_checked: dict[str, int],
    ) -> tuple[list[list[Any]], dict[int, RowIssues]]:
        """Read the rows of data, those that `settle` has seen, column by column.

        Returns the values of each column of the plan, and by place in `rows` what needs attention. `sheet` knows which
        formulas have no result and which cells were repaired. `headed`: blank cells for which the heading of their
        group speaks. `cells_checked` counts, by type, the cells that are not blank.
        """
        issues: defaultdict[int, RowIssues] = defaultdict(RowIssues)
        by_column = []
        for column in self.plan:
            raws = self._cells[column.column]
            cells_checked[column.field.type] += len(raws) - raws.count("") - raws.count(None)
            by_column.append(self._read_column(column, rows, raws, sheet.lost, issues))
            for number, (row, _) in enumerate(rows) if sheet.repaired else ():
                if stands := sheet.repaired.get((row, column.column)):
                    by_column[-1][number] = self._read_repaired(column, raws[number], stands, issues[number])
            for number, (row, _) in enumerate(rows) if headed else ():
                if heading := headed.get((row, column.column)):
                    issues[number].blanks.discard(column.field.name)
                    value = column.read(heading)._replace(rule_id="E07")
                    issues[number].received.append((column, raws[number], value))
                    by_column[-1][number] = value.value
        return by_column, issues

    def _read_column(
        self,
        column: Column,
        rows: Sequence[tuple[int, list[Any]]],
        raws: Sequence[Any],
        lost: Mapping[Place, str],
        issues: defaultdict[int, RowIssues],
    ) -> list[Any]:
        place = column.column
        values = list(map(column.plain.get, raws, repeat(_NOT_PLAIN)))
        if gone := {row for row, at in lost if at == place}:
            values = [_NOT_PLAIN if row in gone else value for value, (row, _) in zip(values, rows, strict=True)]
        if not _TWINS.isdisjoint(map(type, raws)):
            values = [_NOT_PLAIN if raw.__class__ in _TWINS else value for value, raw in zip(values, raws, strict=True)]
        if _NOT_PLAIN not in values:
            return values
        for number, value in enumerate(values):
            if value is _NOT_PLAIN:
                if (rows[number][0], place) in lost:
                    issues[number].lost.append(column.field.name)
                    values[number] = None
                else:
                    values[number] = self._read_issue(column, raws, number, issues)
        return values

    def _read_issue(self, column: Column, raws: Sequence[Any], number: int, issues: defaultdict[int, RowIssues]) -> Any:
        """Read a cell that is not known to be plain; note what needs attention, and return its value."""
        item, raw = column.field, raws[number]
        if item.type in _DITTO_TYPES and _may_be_ditto(raw) and is_ditto(raw):
            value = self._read_above(column, raws, number)
        else:
            value = column.read(raw)
        typed, state, rule = value
        if state == "value":
            if rule is not None:
                issues[number].received.append((column, raw, value))
            elif raw.__class__ not in _TWINS:
                column.plain[raw] = typed
            return typed
        if state != "blank":
            issues[number].received.append((column, raw, value))
            return None
        typed = typed if item.blank_is_no else None
        if item.type == "mark":
            issues[number].blank_marks.append(item)
        elif item.required:
            issues[number].blanks.add(item.name)
        elif raw.__class__ not in _TWINS:
            column.plain[raw] = typed
        return typed

    @staticmethod
    def _read_repaired(column: Column, raw: Any, stands: str, issues: RowIssues) -> Any:
        """Read a cell that was taken otherwise than it stands there; the finding says what stands there (E07)."""
        value = column.read(raw)
        if value.state == "value" and value.rule_id is None:
            value = value._replace(rule_id="E07")
        issues.received = [each for each in issues.received if each[0] is not column]
        if value.state != "blank":
            issues.received.append((column, stands, value))
        return value.value if value.state == "value" else None

    def _read_above(self, column: Column, raws: Sequence[Any], number: int) -> Value:
        """Read what stands above for a ditto mark, as a repair (E07); unreadable with nothing above (trap T032)."""
        for raw in raws[column.looked_through : number]:
            if not (_may_be_ditto(raw) and is_ditto(raw)) and column.read(raw).state == "value":
                column.above = raw
        column.looked_through = number
        if column.above is None:
            return UNREADABLE
        return column.read(column.above)._replace(rule_id="E07")

    # -- readers

    def _choose_reader(
        self, item: Field, column: int, style: NumberStyle, corner: float | None, rows: Sequence[list[Any]]
    ) -> Callable[[Any], Value]:
        kind = item.type
        if kind == "mark":
            return read_mark
        if kind == "integer":
            return partial(read_integer, lower=item.lower, upper=item.upper)
        if kind == "percent":
            factor, is_sure = percent_factor(self._cells[column])
            return partial(read_percent, style=style, factor=factor, is_sure=is_sure)
        if kind in _NUMBERS:
            factor = (self._find_money_unit(column, rows) or corner or 1.0) if kind == "money" else 1.0
            return partial(read_number, style=style, factor=factor, lower=item.lower, upper=item.upper)
        return self._choose_word_reader(item)

    def _choose_day_reader(self, item: Field, order: DayOrder) -> Callable[[Any], Value]:
        read = read_date if item.type == "date" else read_datetime
        return partial(read, year_hint=self.year, order=order, is_1904=self.is_1904)

    def _find_money_unit(self, column: int, rows: Sequence[list[Any]]) -> float | None:
        """Return the factor of the column's own unit: in its header, a part of it, or alone in one of its first cells."""
        header = self.table.headers[column]
        stated = [header, *reversed(header.split(" / "))]
        stated += [cell for cell in (row[column] for row in rows[:2]) if isinstance(cell, str) and is_money_unit(cell)]
        return next((factor for text in stated if (factor := money_factor(text))), None)

    def _choose_word_reader(self, item: Field) -> Callable[[Any], Value]:
        """Return the reader of a column of words: codes, ticks, criteria, periods, texts and names."""
        if item.type == "code":
            return partial(read_code, codes=item.codes or {})
        if item.type == "tick":
            words = dict.fromkeys(item.yes_words, True) | dict.fromkeys(item.no_words, False)
            return partial(read_tick, words=MappingProxyType(words))
        if item.type == "criterion":
            return partial(self._read_criterion, item=item)
        readers = {"period": _read_period, "owners": read_lines}
        return readers.get(item.type, read_text)

    def _read_criterion(self, raw: Any, item: Field) -> Value:
        """Read a criterion: its number, "Tiêu chí 2", or its name."""
        number = self.criteria(raw) if isinstance(raw, str) else None
        return read_integer(raw if number is None else number, item.lower, item.upper)


def _picker(columns: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Return what takes the cells of these columns from a row."""
    if len(columns) > 1:
        return itemgetter(*columns)
    return lambda cells: tuple(cells[column] for column in columns)


def _may_be_ditto(raw: Any) -> bool:
    return raw.__class__ is str and raw[:1] in _DITTO_STARTS and len(raw) <= _LONGEST_DITTO


def _read_period(raw: Any) -> Value:
    if read_text(raw).state == "blank":
        return BLANK
    period = read_period(raw)
    return Value(period, "value") if period else UNREADABLE


def _with_blank_words(item: Field, read: Callable[[Any], Value]) -> Callable[[Any], Value]:
    """Return the reader that takes the field's own words for a blank as one ("đến nay", "chưa có")."""
    words = item.blank_words
    if not words:
        return read
    return lambda raw: BLANK if raw.__class__ is str and fold(raw) in words else read(raw)


def unbounded(read: Callable[..., Value]) -> Callable[[Any], Value]:
    """Return the reader without bounds: 20 criteria are the most for a commune, not for a total."""
    return partial(read, lower=None, upper=None)
