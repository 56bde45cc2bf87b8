"""Values of a cell: marks, numbers, dates, ticks, code words, periods. One reader a type, each returns a `Value`.

Here: what one cell (with its column's unit and number style) says. What a row or a sheet says belongs in `extract`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

State = Literal["value", "blank", "unreadable", "out_of_range"]


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says: the typed value (None unless state is 'value'), its state, the rule it raised, the value taken."""

    value: Any
    state: State
    rule_id: str | None = None
    expected: str | None = None


class NumberStyle(Enum):
    """How a sheet writes numbers typed as text."""

    UNKNOWN = "unknown"
    COMMA_DECIMAL = "comma_decimal"  # 1.234,5
    POINT_DECIMAL = "point_decimal"  # 1,234.5


@dataclass(frozen=True, slots=True)
class Period:
    """A period found in a text: canonical '2014-09' or '2014-Q3', and what was written (month, quarter, year_to_month)."""

    period: str
    kind: Literal["month", "quarter", "year_to_month"]


def read_mark(raw: Any) -> Value:
    """Read a mark: value 'met' or 'not_met'."""
    raise NotImplementedError(raw)


def read_integer(raw: Any, lower: float | None = 0, upper: float | None = None) -> Value:
    """Read a whole number."""
    raise NotImplementedError(raw, lower, upper)


def read_number(
    raw: Any,
    style: NumberStyle = NumberStyle.UNKNOWN,
    factor: float = 1.0,
    lower: float | None = None,
    upper: float | None = None,
) -> Value:
    """Read a number (× factor)."""
    raise NotImplementedError(raw, style, factor, lower, upper)


def number_style(raws: Iterable[Any]) -> NumberStyle:
    """Tell how the sheet writes thousands and decimals."""
    raise NotImplementedError(raws)


def money_factor(unit_text: str) -> float | None:
    """Return the factor to million VND of a unit text (ĐVT: đồng → 1e-6), None when the text names no unit of money."""
    raise NotImplementedError(unit_text)


def read_date(raw: Any, year_hint: int | None = None) -> Value:
    """Read a day: value a date."""
    raise NotImplementedError(raw, year_hint)


def read_datetime(raw: Any, year_hint: int | None = None) -> Value:
    """Read a local day and hour: value a naive datetime in UTC."""
    raise NotImplementedError(raw, year_hint)


def read_tick(raw: Any) -> Value:
    """Read a tick: value True or False."""
    raise NotImplementedError(raw)


def read_code(raw: Any, codes: Mapping[str, str]) -> Value:
    """Read a code word: `codes` maps folded synonyms to codes."""
    raise NotImplementedError(raw, codes)


def read_text(raw: Any) -> Value:
    """Read a text."""
    raise NotImplementedError(raw)


def read_period(raw: Any) -> str | None:
    """Read a cell that holds a period (column of V03): '2014-09' or '2014-Q3'."""
    raise NotImplementedError(raw)


def find_periods(text: str) -> list[Period]:
    """Return the periods that a title names, in the order written."""
    raise NotImplementedError(text)


def period_for(period: str, frequency: str) -> str | None:
    """Return the period as a form of this frequency ('month', 'quarter') has it, None where it can't be one (F04)."""
    raise NotImplementedError(period, frequency)
