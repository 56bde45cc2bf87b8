"""Sendings and what is expected of them: plain records that `post` fills and `defects` changes.

Here: records only. Not here: any act.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from tests.world.clerks import Book, Table
from tests.world.forms import FORMS
from tests.world.reference import Reporter, month_period
from tests.world.reports import Report, Row


class Delivery(NamedTuple):
    """A file as it lies in the raw folder. `received_at` in UTC: the register's time, else when it was left there."""

    path: str
    content: bytes
    received_at: datetime


@dataclass
class Entry:
    """A line of the register of incoming documents. `received_at` in local time."""

    received_at: datetime
    sender: str
    period: str
    file_name: str
    note: str | None = None
    document_no: str = ""


@dataclass
class Expected:
    """A finding that must come of something planted, or of a habit (`defect_id` 'habit'), and where it is expected."""

    kind: str
    rule_id: str
    severity: str
    reporter: str
    form: str
    month: date
    commune: str = ""
    field: str = ""
    row: Row | None = None
    note: str = ""
    defect_id: str = ""
    path: str = ""
    sheet: str = ""
    cell: str = ""
    value: str = ""
    in_total: bool = False
    mailing: "Mailing | None" = None

    @property
    def period(self) -> str:
        """Period of the finding's report."""
        form = FORMS.get(self.form)
        return Report(self.reporter, form, self.month, []).period if form else month_period(self.month)


@dataclass
class File:
    """One file of a sending, and the register's line for it (None: nobody entered it)."""

    path: str
    content: bytes
    received_at: datetime
    entry: Entry | None
    book: Book | None = None


@dataclass
class Mailing:
    """One sending: the reports in it and what happens to them on the way."""

    reports: list[Report]
    received_at: datetime
    suffix: str = ""
    is_registered: bool = True
    entry_sender: str = ""
    entry_period: str = ""
    withdrawn_at: datetime | None = None
    after_count: list[Callable[[], None]] = field(default_factory=list)
    edits: list[Callable[["Mailing"], None]] = field(default_factory=list)
    damage: Callable[[bytes], bytes] | None = None
    again_at: datetime | None = None
    ghosts: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    books: list[Book] = field(default_factory=list)
    files: list[File] = field(default_factory=list)

    def report(self, form: str) -> Report:
        """The report of a form; raises LookupError when this sending has none."""
        for report in self.reports:
            if report.form.code == form:
                return report
        raise LookupError(form)

    def table(self, form: str) -> Table:
        """Where that report stands, once written."""
        for table in self.tables:
            if table.report.form.code == form:
                return table
        raise LookupError(form)


@dataclass
class Parcel:
    """Everything that one reporter sends for one month."""

    reporter: Reporter
    month: date
    mailings: list[Mailing]
    expected: list[Expected] = field(default_factory=list)
