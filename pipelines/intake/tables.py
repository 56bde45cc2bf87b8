"""A form's table on a sheet: its rows, its columns by field, its heading.

Here: the shape that `recognise` finds and everything after it reads, and what its search shares with the verdict on
sheets without one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines.intake.headers import Match, Split

FEWEST_COLUMNS = 3
"""Fewer known columns could be any list: "STT | Họ và tên | Hệ số | Lương" is not a form of ours."""
NUMBERING = re.compile(r"\s*\d+(?:[.,]\d+)*\s*[.)]?\s*")
"""A number of a list, and nothing else: "1", "2.1", "3)"."""


@dataclass(slots=True)
class Table:
    """A form's table on a sheet: rows `first` up to `end` (exclusive) are its body, `columns` has the column of each field.

    `form` is None while its header fits several (`rivals`): only the reporter's type may then settle it, else F02.
    `heading`: the texts above it, row by row; they stand in rows `above` up to `top`. `span`: its first column and the
    one after its last, where another table stands beside it; None: all columns are its own. `is_titled`: the heading names
    the form by number or title. `foreign_title`: what the heading names instead: then the table is nobody's (F02), and
    `rivals` are what its columns look like. `unread`: the sheet names the form, but has no header of it (the variant of F02):
    `columns` are then what the row most like it has, or none.
    """

    form: str | None
    number: int
    top: int
    first: int
    end: int
    columns: dict[str, int]
    headers: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    twice: tuple[tuple[str, tuple[int, ...]], ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[int, ...] = ()
    is_wide: bool = False
    splits: Mapping[str, Split] = field(default_factory=dict)
    heading: tuple[str, ...] = ()
    above: int = 0
    match: "Match | None" = None
    rivals: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    is_titled: bool = False
    foreign_title: str | None = None
    unread: str = ""

    def settle(self, form: str) -> None:
        """Take the form, and the columns as it knows them."""
        self.form = form
        if self.match is None:
            return
        fit = self.match.by_form[form]
        self.columns, self.twice, self.missing, self.is_wide = dict(fit.fields), fit.twice, fit.missing, fit.is_wide
        self.splits = fit.splits
        claimed = {column for _, columns in fit.twice for column in columns}
        self.unknown = tuple(column for column in self.match.unknown(form) if column not in claimed)


def is_empty(cell: Any) -> bool:
    """Return whether a cell holds nothing that can be seen; cheaper than `rowkinds.is_blank`, which knows more blanks."""
    return cell is None or cell == "" or (isinstance(cell, str) and cell.isspace())
