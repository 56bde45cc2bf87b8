"""Formulas of blank workbooks: what in a row follows from its other cells, and the row of totals; each with what it comes to.

A formula says nothing where nothing is filled in, since a blank is not 0; it counts as met what intake reads as met. What it
comes to is written beside it, so that the workbook reads the same whether or not a program has computed it.
Here: which fields are computed, and how. Not here: where the rows stand and how they look (templates.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter

from pipelines.intake.forms import Field, Form
from pipelines.intake.values.marks import mark_words

MET, NOT_MET = "x", "K"
"""What stands for the two in a blank workbook, to choose from."""
_ADDED_UP = frozenset({"integer", "number", "money"})
_WORDS_OF_MET = ",".join(f'"{word}"' for word, mark in mark_words().items() if mark == "met" and "%" not in word)
"""Programs compare them without regard to case, and "1" with the number, which a cell of 100 % is, too."""


class Computed(NamedTuple):
    """A formula and what it comes to: a number, or '' where there is nothing to count or add up."""

    formula: str
    result: float | str


def row_formulas(
    form: Form, fields: Sequence[Field], row: int, values: Mapping[str, Any], met_before: int | None
) -> dict[str, Computed]:
    """Return the computed fields of a row. `fields`: the columns in order; `values`: what stands in the row.

    `met_before`: how many criteria the commune met in the period right before, from which a change is counted; None where
    that is not known: then the clerk counts.
    """
    computed: dict[str, Computed] = {}
    for item in fields:
        if item.name == form.stated_total:
            parts = [other.name for other in fields if other.criterion]
            value = _number_met(values.get(name) for name in parts)
            computed[item.name] = Computed(_count_of_met(_area(fields, parts, row)), value)
        elif item.sum_of:
            value = _added(values.get(name) for name in item.sum_of)
            computed[item.name] = Computed(_sum(_area(fields, item.sum_of, row)), value)
        elif item.change_of in computed and met_before is not None:
            counted, now = _area(fields, [item.change_of], row), computed[item.change_of].result
            change = "" if isinstance(now, str) else now - met_before
            computed[item.name] = Computed(f'=IF({counted}="","",{counted}-{met_before})', change)
    return computed


def total_formulas(fields: Sequence[Field], rows: Sequence[Mapping[str, Any]], first: int) -> dict[str, Computed]:
    """Return the cells of the row of totals, for columns of marks and of amounts. `rows`: of data, from sheet row `first` on.

    A total reaches up to the row above it, so that rows may be inserted anywhere. Scores whose bound differs from row to row
    add up to nothing.
    """
    totals: dict[str, Computed] = {}
    for column, item in enumerate(fields, 1):
        letter = get_column_letter(column)
        area, values = f"{letter}{first}:INDEX({letter}:{letter},ROW()-1)", [row.get(item.name) for row in rows]
        if item.criterion:
            totals[item.name] = Computed(_count_of_met(area), _number_met(values))
        elif item.is_total and item.type in _ADDED_UP and item.upper_by is None:
            totals[item.name] = Computed(_sum(area), _added(values))
    return totals


def _area(fields: Sequence[Field], names: Sequence[str], row: int) -> str:
    """Return the cells of some fields in a row as formulas have them: "C7:U7", "C7,E7" where other columns lie between."""
    columns = [column for column, item in enumerate(fields, 1) if item.name in names]
    letters = [get_column_letter(column) for column in columns]
    if len(columns) > 1 and columns[-1] - columns[0] == len(columns) - 1:
        return f"{letters[0]}{row}:{letters[-1]}{row}"
    return ",".join(f"{letter}{row}" for letter in letters)


def _sum(area: str) -> str:
    return f'=IF(COUNT({area})=0,"",SUM({area}))'


def _count_of_met(area: str) -> str:
    return f'=IF(COUNTA({area})=0,"",SUMPRODUCT(COUNTIF({area},{{{_WORDS_OF_MET}}})))'


def _number_met(marks: Iterable[Any]) -> int | str:
    filled = [mark for mark in marks if mark is not None]
    return filled.count(MET) if filled else ""


def _added(values: Iterable[Any]) -> float | str:
    numbers = [value for value in values if isinstance(value, int | float)]
    return sum(numbers) if numbers else ""
