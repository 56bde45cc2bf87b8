"""Whose report a table is, and of which period: the sheet's own text, another sheet's, the register's, the path's.

Here: which of a file's texts speaks for a table, in the order of forms.md, "Who reports". What a text names is found by
`reporters` and `values.periods`; what follows where nobody is named (F03, F04) is `filerules`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from pipelines.intake.forms import Form
from pipelines.intake.model import (
    Hint,
    Sheet,
)
from pipelines.intake.reporters import ReporterIndex
from pipelines.intake.tables import Table
from pipelines.intake.text import fold
from pipelines.intake.values.periods import choose_period, find_periods, find_year
from pipelines.reference.periods import Periods, period_covering, period_for

ANY_DAY = date(2016, 1, 1)
"""The day at which names are looked up where no period is known (such a report is rejected, a register has its own
dates): after the split of Kỳ Anh, before any merger, so that every name of a district is known. Who is not found then is
looked for among the reporters of today: communes and wards report since July 2025."""
NEWEST_DAY = date.max - date.resolution
"""A day on which what has no end in the lists still holds."""


@dataclass(slots=True)
class Attribution:
    """Whose report a table is, of which period, and where that was said."""

    reporter_code: str | None = None
    reporter_source: str | None = None
    sheet_reporter_code: str | None = None
    period: str | None = None
    period_source: str | None = None
    sheet_period: str | None = None
    unfit_period: str | None = None
    """A text that names a period which the form can't have (August on a quarterly form)."""
    likely_periods: tuple[str, ...] = ()
    """Those that sheet, register and path name, in this order, as the form has them."""


@dataclass(slots=True)
class Part:
    """A table with its sheet, and whose report it is."""

    sheet: Sheet
    table: Table
    form: Form
    attribution: Attribution


class Attributor:
    """Finds whose the tables of one delivery are."""

    def __init__(self, path: str, hint: Hint, reporters: ReporterIndex, periods: Periods) -> None:
        self.path, self.hint, self.reporters, self.periods = path, hint, reporters, periods
        self.path_reporter = cache(self._find_path_reporter)

    def attribute(
        self,
        form: Form,
        sheet: Sheet,
        table: Table,
        own: Sequence[tuple[str, ...]],
        others: Sequence[tuple[str, ...]],
    ) -> Attribution:
        """Return reporter and period of a table, should it be this form's.

        `own`: the texts that speak for the table, the nearest first; `others`: those of the file's other sheets.
        """
        attribution = Attribution()
        if not form.is_register:
            self._find_period(attribution, form, sheet, table, own, others)
            named = (
                attribution.period,
                attribution.unfit_period,
                self.hint.period,
                *self.path_periods(sheet.name),
            )
            attribution.likely_periods = tuple(
                dict.fromkeys(period_covering(period, form.every) for period in named if period)
            )
        days = [self.periods.end(attribution.period)] if attribution.period else [ANY_DAY, NEWEST_DAY]
        self._find_reporter(attribution, days, own, others)
        return attribution

    def _find_period(
        self,
        attribution: Attribution,
        form: Form,
        sheet: Sheet,
        table: Table,
        own: Sequence[tuple[str, ...]],
        others: Sequence[tuple[str, ...]],
    ) -> None:
        for texts in _texts_that_speak(own, sheet, table):
            periods = _find_all(texts)
            year = find_year(texts) if form.every == "year" and not periods else None
            attribution.period = attribution.sheet_period = year or choose_period(periods, form.every)
            if attribution.period:
                attribution.period_source = "sheet"
                return
            if periods:
                attribution.unfit_period = periods[0].period
                return
        elsewhere = {choose_period(periods, form.every) for texts in others if (periods := _find_all(texts))} - {None}
        if len(elsewhere) == 1:
            attribution.period, attribution.period_source = elsewhere.pop(), "workbook"
        elif self.hint.period and (period := period_for(self.hint.period, form.every)):
            attribution.period, attribution.period_source = period, "register"
        elif period := next(
            (fit for named in self.path_periods(sheet.name) if (fit := period_for(named, form.every))), None
        ):
            attribution.period, attribution.period_source = period, "path"

    def _find_reporter(
        self,
        attribution: Attribution,
        days: Sequence[date],
        own: Sequence[tuple[str, ...]],
        others: Sequence[tuple[str, ...]],
    ) -> None:
        """Find whose the report is: by the names of a day, or where no period is known of several, the first that knows one."""

        def find(texts: Sequence[str]) -> str | None:
            return next((code for day in days if (code := self.reporters.find_reporter(texts, day))), None)

        code = next((code for texts in own if (code := find(texts))), None)
        if code:
            attribution.reporter_code = attribution.sheet_reporter_code = code
            attribution.reporter_source = "sheet"
            return
        elsewhere = {find(texts) for texts in others} - {None}
        if len(elsewhere) == 1:
            attribution.reporter_code, attribution.reporter_source = elsewhere.pop(), "workbook"
        elif self.hint.sender_code:
            attribution.reporter_code, attribution.reporter_source = self.hint.sender_code, "register"
        elif code := next((code for day in days if (code := self.path_reporter(day))), None):
            attribution.reporter_code, attribution.reporter_source = code, "path"

    def _find_path_reporter(self, on: date) -> str | None:
        """Return the reporter that the delivery's path names at a date."""
        return self.reporters.find_in_path(self.path, on)

    def path_periods(self, sheet: str = "") -> list[str]:
        """Return the periods that names name: the sheet's, the file's, then its folders', then the path as a whole."""
        parts = [sheet, *reversed(self.path.split("/")), self.path.replace("/", " ")]
        return [period.period for part in parts for period in find_periods(part)]


@lru_cache(maxsize=4096)
def _find_all(texts: tuple[str, ...]) -> list[Any]:
    return [period for text in texts for period in find_periods(text)]


_PERIOD_WORD = re.compile(r"\b(?:kỳ|kì|tháng|quý)\b")


def _texts_that_speak(own: Sequence[tuple[str, ...]], sheet: Sheet, table: Table) -> Iterator[tuple[str, ...]]:
    """Yield a table's texts, cell by cell, and where they say nothing its heading row by row."""
    yield from own
    yield tuple(_heading_lines(sheet, table))


def _heading_lines(sheet: Sheet, table: Table) -> Iterator[str]:
    """Yield each row of the heading as one text: "Tháng | 9 | năm | 2014", or a date cell that stands for its month."""
    for row in sheet.rows[table.above : table.top]:
        cells = [cell for cell in row if cell not in ("", None)]
        words = fold(" ".join(cell for cell in cells if isinstance(cell, str)))
        if len(cells) > 1 and _PERIOD_WORD.search(words) and not re.search(r"\bngày\b", words):
            yield " ".join(filter(None, map(_line_text, cells)))


def _line_text(cell: Any) -> str:
    if isinstance(cell, date):
        return f"tháng {cell.month}/{cell.year}" if cell.day == 1 else ""
    return cell if isinstance(cell, str) else f"{cell:g}" if isinstance(cell, int | float) else ""
