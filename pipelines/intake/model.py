"""The shapes that intake hands on: sheets of cells, findings, submissions, and one `Reading` per delivery.

Here: plain data, the ids of deliveries and submissions, and the schema of the landed tables. No reading, no rule, no
decision.
A landed table's columns are the fields of its tuple below; a form's table comes from the form's definition.
"""

import errno
import hashlib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple, Self

Place = tuple[int, int]
"""Row and column of a cell, counted from 0."""


class FormattedNumber(float):
    """A number whose cell shows another one, or a word: the stored number, and what its format makes of it.

    `scale`: what is shown is the stored number times this (0.001 for "#,##0,", 100 for "0%"). `unit`: the words around
    the digits ("tỷ", "%"), or the sign that is shown where the opposite one is stored ("+", "-"). `words`: what is shown
    in place of digits ("Chưa đạt"). `text`: all of it as a person would type it, not rounded ("0300123456", "1,5 tỷ").
    """

    __slots__ = ("scale", "text", "unit", "words")

    def __new__(cls, number: float, scale: float = 1.0, unit: str = "", text: str = "", words: str = "") -> Self:
        """Return the number with what is shown; `text` defaults to the words."""
        made = super().__new__(cls, number)
        made.scale, made.unit, made.text, made.words = scale, unit, text or words, words
        return made


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it lies in the file; rows and columns count from 0 at A1, blank cells are '' or None.

    A cell holds what it shows: a number that shows something else than is stored is a `FormattedNumber`; raised digits
    are superscripts ("1011¹"); words struck through before others are gone.
    """

    name: str
    number: int
    rows: list[list[Any]]
    merged: tuple[tuple[Place, Place], ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    lost: Mapping[Place, str] = field(default_factory=dict)
    """Cells whose formula has no stored result, or an error: what stands there ('=SUM(D8:D30)', '#REF!')."""
    struck: frozenset[Place] = frozenset()
    """Cells whose text is struck through, all of it."""
    repaired: Mapping[Place, str] = field(default_factory=dict)
    """Cells that are read otherwise than they stand in the file, with what stands there: a quote that is never closed, "1 011
    500" where "1 011" is struck through (E07)."""
    unseen: frozenset[Place] = frozenset()
    """Cells that hold something which their format doesn't show."""
    is_1904: bool = False
    """Whether the serial numbers of its days count from 1904."""
    widths: tuple[int, ...] = ()
    """Of a text with delimiters: how many cells each row was written with."""

    def within(self, span: tuple[int, int] | None) -> "Sheet":
        """Return the sheet with the cells of these columns only (first, one after the last), each in its place.

        None: the sheet as it is. For tables that stand side by side.
        """
        if span is None:
            return self
        left, right = span
        return replace(
            self,
            rows=[[*[""] * len(cells[:left]), *cells[left:right], *[""] * len(cells[right:])] for cells in self.rows],
            merged=tuple(area for area in self.merged if left <= area[0][1] < right),
            hidden_columns=frozenset(column for column in self.hidden_columns if left <= column < right),
            lost={place: text for place, text in self.lost.items() if left <= place[1] < right},
            repaired={place: text for place, text in self.repaired.items() if left <= place[1] < right},
        )


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets. `fonts`: those that stand for a legacy encoding; `cells`: how many cells were laid out."""

    sheets: tuple[Sheet, ...]
    fonts: tuple[str, ...] = ()
    cells: int = 0


class Unreadable(Exception):  # noqa: N818 -- a verdict on a file, raised and caught inside intake
    """The file can't be read (F01); `variant` says why: empty, damaged, encrypted, not_workbook, too_large, no_sheet.

    `size`, `allowed`: bytes, of too_large. `cell`: of too_far, the one that lies beyond what a sheet can have.
    """

    def __init__(
        self, variant: str, *, size: float | None = None, allowed: float | None = None, cell: str | None = None
    ) -> None:
        super().__init__(variant, size, allowed, cell)
        self.variant, self.size, self.allowed, self.cell = variant, size, allowed, cell


def is_unreadable(reason: str | None) -> bool:
    """Return whether a delivery's reason (rules, separated by ";") says that its file can't be read: no cell can be marked."""
    return "F01" in (reason or "").split(";")


_OWN_TROUBLE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOSPC, errno.EDQUOT})


def is_own_trouble(error: BaseException) -> bool:
    """Tell whether an error says something of this machine (memory, disk, open files), and so nothing of a delivery."""
    return isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _OWN_TROUBLE)


@dataclass(frozen=True)
class Hint:
    """What the register says of a file: used where no sheet of the file names its reporter or period."""

    sender_code: str | None = None
    period: str | None = None


NO_HINT = Hint()


def delivery_id(path: str, sha256: str) -> str:
    """Return the id of a delivery: a short hash of its path below the raw folder and its content's hash."""
    return hashlib.sha256(f"{path}\n{sha256}".encode()).hexdigest()[:16]


def submission_id(delivery: str, form: str, reporter_code: str | None, period: str | None) -> str:
    """Return the id of a submission: a short hash of delivery, form, reporter and period."""
    return hashlib.sha256(f"{delivery}|{form}|{reporter_code or ''}|{period or ''}".encode()).hexdigest()[:16]


class Finding(NamedTuple):
    """A row of landed.findings: what was found, in values and codes. How bad it is and what is said of it are lists (rules).

    `variant` chooses among the rule's messages. `value` is what was received, `expected` what would have been right or was
    taken instead. Their kinds say what they are, for whoever words them (pipelines/wording.py; macros/messages.sql):

        None      text as received, or as a cell should have it: stays as it is in both languages
        code      a code of labels.csv                  number    of a quantity: grouped by its reader's habit
        digits    a number that is not grouped, since   day       '2014-09-07'
                  grouping is what it is about          period    '2014-09', '2014-Q3'
        reporter  a code of a reporter                  size      a number of bytes
        words     the words that may be typed, by ';'   places    'row 9', 'column D', 'sheet A', 'D9', by ';', and '+3'
        any_…     (of `expected`, which is None) any value of that type of field, from `expected_low` to `expected_high`
    """

    delivery_id: str
    submission_id: str | None
    rule_id: str
    variant: str
    sheet: str | None = None
    cell: str | None = None
    row_number: int | None = None
    field: str | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    item_key: str | None = None
    value: str | None = None
    value_kind: str | None = None
    expected: str | None = None
    expected_kind: str | None = None
    expected_low: float | None = None
    expected_high: float | None = None
    is_personal: bool = False
    related_sheet: str | None = None
    related_cell: str | None = None
    related_value: str | None = None
    difference: float | None = None


class SheetKind(NamedTuple):
    """A row of landed.sheets; kind is form, cover, empty or unrecognised, `forms` joined by ';'."""

    delivery_id: str
    sheet: str
    sheet_no: int
    kind: str
    forms: str | None


class Submission(NamedTuple):
    """A row of landed.submissions; status is usable or rejected, `reason` the rule ids that reject it, joined by ';'.

    What makes it doubtful as a replacement of another: `is_titled`, whether its headings name the form (or its columns
    alone told it); `disagrees_on`, what its sheets say otherwise than most of the workbook ('period', 'reporter', both
    joined by ';'); `path_reporter_code`, whom the path names.

    `likely_periods`: those that sheet, register and path name, in this order and as the form has them, joined by ';': which
    of them is meant where `period` can't be is decided with the day of receipt.
    """

    submission_id: str
    delivery_id: str
    form: str
    reporter_code: str | None
    period: str | None
    reporter_source: str | None
    period_source: str | None
    sheet_reporter_code: str | None
    sheet_period: str | None
    sheets: str
    status: str
    reason: str | None
    likely_periods: str | None
    is_nil: bool
    rows_read: int
    rows_used: int
    is_titled: bool
    disagrees_on: str | None
    path_reporter_code: str | None


class ColumnPlace(NamedTuple):
    """A row of landed.columns: in which column a submission's field stood."""

    submission_id: str
    sheet: str
    table_no: int
    field: str
    column_letter: str


class Total(NamedTuple):
    """A row of landed.totals: what a total row states for a column, and the sum over the rows it totals.

    `fits_without_row`: of a total row that does not fit, the repeated row (R03) without which all of it does.
    """

    submission_id: str
    sheet: str
    table_no: int
    row_number: int
    field: str
    column_letter: str
    stated: float
    computed: float
    rows: int
    unreadable_cells: int
    first_row: int | None
    last_row: int | None
    fits_without_row: int | None = None


class Evaluation(NamedTuple):
    """A row of landed.evaluations: how many things a rule of intake looked at, how many failed."""

    submission_id: str | None
    delivery_id: str
    rule_id: str
    evaluated: int
    failed: int
    not_evaluated_reason: str | None


ROW_COLUMNS: tuple[tuple[str, str], ...] = (
    ("submission_id", "VARCHAR"),
    ("delivery_id", "VARCHAR"),
    ("sheet", "VARCHAR"),
    ("table_no", "INTEGER"),
    ("row_number", "INTEGER"),
    ("item_key", "VARCHAR"),
    ("unused_reason", "VARCHAR"),
    ("unreadable_fields", "VARCHAR"),
    ("required_cells", "INTEGER"),
    ("filled_cells", "INTEGER"),
)
"""What every form's landed table begins with; the form's own columns follow."""

LANDED: dict[str, type[NamedTuple]] = {
    "sheets": SheetKind,
    "submissions": Submission,
    "columns": ColumnPlace,
    "totals": Total,
    "evaluations": Evaluation,
    "findings": Finding,
}
_DUCKDB_TYPES = {str: "VARCHAR", int: "INTEGER", float: "DOUBLE", bool: "BOOLEAN"}


@cache
def tuple_schema(shape: type[NamedTuple]) -> list[tuple[str, str]]:
    """Return (column, DuckDB type) of a landed tuple; `X | None` has the type of X. Not to be changed."""
    schema = []
    for name, hint in typing.get_type_hints(shape).items():
        options = [part for part in typing.get_args(hint) if part is not types.NoneType] or [hint]
        schema.append((name, _DUCKDB_TYPES[options[0]]))
    return schema


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one delivery says, whatever it is: rows by form, findings, and the verdict on the file.

    `status` is 'read' (at least one sheet recognised) or 'rejected', then with `reason`; `reporter_code` and `period`
    are the best known (kept for rejected files too); `seconds` is what reading took.
    """

    delivery_id: str
    path: str
    sha256: str
    status: str
    reason: str | None
    reporter_code: str | None
    period: str | None
    cells: int
    seconds: float
    sheets: tuple[SheetKind, ...] = ()
    submissions: tuple[Submission, ...] = ()
    columns: tuple[ColumnPlace, ...] = ()
    totals: tuple[Total, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    findings: tuple[Finding, ...] = ()
    rows: Mapping[str, list[tuple[Any, ...]]] = field(default_factory=dict)

    def tables(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return the rows by landed table (a form's table has its code in lower case), columns as in `landed_schema`."""
        own: dict[str, list[tuple[Any, ...]]] = {name: list(getattr(self, name)) for name in LANDED}
        return own | {form.lower(): rows for form, rows in self.rows.items()}
