"""What a row of any reference list is: cells read strictly, a key, and for most the days from which and until which it holds.

Here: what the models of the lists are made of. Not here: the lists themselves (models.py).
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from pipelines.reference.periods import is_period

NUMBER = re.compile(r"-?\d+(\.\d+)?")
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SEPARATOR = re.compile(r"[;,]")


@dataclass(frozen=True)
class Refers:
    """On a column: its value stands in another list.

    `to` is '<list>.<column>', or one of 'form', 'reporter', 'reporter_type'; `words` may stand
    in its place. Where a cell lists `several` codes, each of them does. `of_type`: the column that says of which type it must
    be: a reporter of that `reporter_type`, a form of that frequency.
    """

    to: str
    words: tuple[str, ...] = ()
    several: bool = False
    of_type: str | None = None


@dataclass(frozen=True)
class OneOfOurs:
    """On a column: only values of our own rows mean anything. An office may change such a row, and invent none."""


def read_day(cell: Any) -> Any:
    """Return the day of a cell: only YYYY-MM-DD, where pydantic alone would take a number for seconds since 1970.

    What is not text is left as it is. Raises ValueError for any other text.
    """
    if not isinstance(cell, str):
        return cell
    try:
        if ISO_DAY.fullmatch(cell):
            return dt.date.fromisoformat(cell)
    except ValueError:
        pass
    raise ValueError("is not a date; use YYYY-MM-DD")


def _number(cell: Any) -> Any:
    """Only digits with a decimal point; pydantic alone would take 1_000, nan and 1e3."""
    if isinstance(cell, str) and not NUMBER.fullmatch(cell):
        raise ValueError("is not a number; use a decimal point, as in 0.25")
    return cell


def _period(cell: str) -> str:
    if not is_period(cell):
        raise ValueError("is not a period; use 2014-09, 2014-Q3, 2014-H1, 2014-9M or 2014")
    return cell


def split_codes(cell: str | None) -> tuple[str, ...]:
    """Return the codes that a cell lists, separated by semicolons or commas."""
    return tuple(part.strip() for part in _SEPARATOR.split(cell or "") if part.strip())


def _codes(cell: str) -> str:
    return ";".join(split_codes(cell))


Day = Annotated[dt.date, BeforeValidator(read_day)]
Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Whole = Annotated[int, BeforeValidator(_number)]
Period = Annotated[str, AfterValidator(_period)]
Codes = Annotated[str, AfterValidator(_codes)]
"""Several codes in one cell, as ';'-separated text without blanks."""


class Row(BaseModel):
    """A row of a reference list. A column without a default must be filled; a blank cell is None."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name_of_list: ClassVar[str]
    """Of the file (without .csv) and of the table."""
    key: ClassVar[tuple[str, ...]] = ()
    """Columns that identify a row: no two rows share them, and the office's row takes the place of ours."""
    may_lack: ClassVar[frozenset[str]] = frozenset()
    """Columns of the key that a file may leave out all the same."""
    may_repeat: ClassVar[bool] = False
    """Whether several rows have one key where sources contradict each other; one of the office takes the place of all of ours."""
    is_overlaid: ClassVar[bool] = False
    """Whether the office may have rows of its own; what is worded, judged and published alike in every province is ours alone."""
    is_seeded: ClassVar[bool] = True
    """Whether we have rows."""


class Dated(Row):
    """A row that holds from a day on and until before another; None is an open end."""

    valid_from: Day | None = None
    valid_to: Day | None = None

    may_be_undated: ClassVar[bool] = False
    """Whether a file may leave out `valid_from`: ours have none either, so that a row without one takes their place."""
    one_at_a_time: ClassVar[tuple[str, ...]] = ()
    """Columns of which one row holds on a day, the newest; when it ends, an earlier one that still holds is back."""

    def holds_on(self, day: dt.date) -> bool:
        """Whether the row holds on a day; `valid_to` is the first day on which it does not."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            raise ValueError(f"valid_to {self.valid_to} must come after valid_from {self.valid_from}")
        return self
