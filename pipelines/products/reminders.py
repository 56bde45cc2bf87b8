"""Reminders: what a reporter has not sent, before it is due and once it is overdue, as one letter with its blank workbook.

Three times at most for a report: some working days before its due day, once more shortly before, and the day after (parameters
`reminder_…`). What could not be sent on its day, because nobody sent, is made up for as long as the next one is not due. A letter
lists all that is missing, and goes out only for a reminder that none has brought yet.
Here: which reports, on which day, in which words. Not here: what is owed and missing (quality.obligations, quality.reminders),
and how a letter is sent (pipelines/mail).
"""

import datetime as dt
from collections.abc import Collection, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines.intake.forms import Forms, load_forms_of
from pipelines.mail.journal import READ
from pipelines.mail.letters import REMINDER, Letter
from pipelines.products.addressing import Correspondence, fetch_mailed, say_letter
from pipelines.products.templates import template_path, write_templates
from pipelines.reference.calendar import Calendar
from pipelines.wording import form_label, say, say_day, say_period

FIRST, SECOND, OVERDUE = "first", "second", "overdue"
REPORTS_SHOWN = 30
_DUE_SOON = "due_soon"


class Missing(NamedTuple):
    """A report that has not come, and which reminder of it is due."""

    reporter_code: str
    form: str
    period: str
    due_on: dt.date
    reminder: str

    @property
    def item(self) -> str:
        """What nobody is reminded of twice."""
        return f"{self.reporter_code} {self.form} {self.period} {self.reminder}"

    @property
    def is_overdue(self) -> bool:
        """Whether the due day is over."""
        return self.reminder in {OVERDUE, ""}


def write_reminders(
    working: duckdb.DuckDBPyConnection, templates_dir: Path, correspondence: Correspondence, sent: Collection[str]
) -> tuple[list[Letter], list[str]]:
    """Return the letters that are due today, and the reporters that none can be sent to, having no address.

    `working`: a working file that was published today; `sent`: the items of earlier letters. Blank workbooks are written
    first, if need be. A reporter of whom something has come that is not read yet is left alone. Raises OSError.
    """
    calendar = correspondence.calendar
    if not calendar.is_working_day(correspondence.on):
        return [], []
    unread = _find_unread(working, correspondence)
    missing = [each for each in find_missing(working, correspondence) if each.reporter_code not in unread]
    by_reporter = {code: list(rows) for code, rows in groupby(missing, attrgetter("reporter_code"))}
    due = {
        code: new
        for code, rows in by_reporter.items()
        if (new := [row for row in rows if row.reminder and row.item not in sent])
    }
    unreachable = [code for code in due if not correspondence.find_addresses(code)[0]]
    due = {code: new for code, new in due.items() if code not in unreachable}
    if periods := sorted({row.period for new in due.values() for row in new}):
        write_templates(
            correspondence.lists, correspondence.on, templates_dir, periods, reporters=due.keys(), connection=working
        )
    forms = load_forms_of(correspondence.lists)
    letters = [
        _letter(code, new, by_reporter[code], correspondence, forms, _blanks(templates_dir, calendar, new))
        for code, new in due.items()
    ]
    return letters, [correspondence.name_of(code) for code in unreachable]


def find_missing(working: duckdb.DuckDBPyConnection, correspondence: Correspondence) -> list[Missing]:
    """Return what each reporter has not sent, by reporter and due day: all that is overdue, and what is due soon."""
    query = """
        select reporter_code, form, period, due_on from quality.obligations where status = 'not_yet_due'
        union all
        select reporter_code, form, period, due_on from quality.reminders where status <> 'held'
        order by reporter_code, due_on, form, period
    """
    calendar = correspondence.calendar
    days = {
        name: int(float(correspondence.lists.parameter(f"reminder_{name}_days", correspondence.on)))
        for name in (FIRST, SECOND, OVERDUE, "made_up")
    }
    reminders: dict[dt.date, str | None] = {}
    missing = []
    for code, form, period, due_on in working.execute(query).fetchall():
        if due_on not in reminders:
            reminders[due_on] = _find_reminder(calendar, due_on, correspondence.on, days)
        reminder = reminders[due_on]
        if reminder is not None:
            missing.append(Missing(code, form, period, due_on, reminder))
    return missing


def _find_reminder(calendar: Calendar, due_on: dt.date, today: dt.date, days: dict[str, int]) -> str | None:
    """Return which reminder is due today of what is due on a day: '' for one long overdue, None where it is too early."""
    if today > due_on:
        begins = calendar.shift_working_days(due_on, days[OVERDUE])
        return OVERDUE if begins <= today <= calendar.shift_working_days(begins, days["made_up"]) else ""
    for reminder in (SECOND, FIRST):
        if today >= calendar.shift_working_days(due_on, -days[reminder]):
            return reminder
    return None


def _find_unread(working: duckdb.DuckDBPyConnection, correspondence: Correspondence) -> set[str]:
    """Return the reporters of whom something came by mail that the build does not know yet."""
    read = set(fetch_mailed(working).values())
    unread = [entry for entry in correspondence.entries if entry.outcome == READ and entry.folder not in read]
    return {code for entry in unread for code in (entry.reporter_code, *entry.senders)}


def _blanks(templates_dir: Path, calendar: Calendar, new: Sequence[Missing]) -> tuple[tuple[str, bytes], ...]:
    files = []
    for code, period in dict.fromkeys((row.reporter_code, row.period) for row in new):
        name = calendar.reporters(calendar.periods.end(period))[code].name_vi
        file = template_path(templates_dir, code, period, name)
        files.append((file.name, file.read_bytes()))
    return tuple(files)


def _letter(
    code: str,
    new: Sequence[Missing],
    rows: Sequence[Missing],
    correspondence: Correspondence,
    forms: Forms,
    blanks: tuple[tuple[str, bytes], ...],
) -> Letter:
    recipients, copies = correspondence.find_addresses(code)
    overdue, due_soon = [row for row in rows if row.is_overdue], [row for row in rows if not row.is_overdue]
    kind = OVERDUE if any(row.is_overdue for row in new) else _DUE_SOON
    counted = overdue if kind == OVERDUE else due_soon
    paragraphs = [
        "\n".join([say(f"reminder_{name}", office=correspondence.office), *_list(listed, forms)])
        for name, listed in ((OVERDUE, overdue), (_DUE_SOON, due_soon))
        if listed
    ]
    items = tuple(row.item for row in new)
    return Letter(
        kind=REMINDER,
        about=f"{REMINDER} {code} {min(row.due_on for row in new)}",
        says=";".join(sorted(items)),
        reporter_code=code,
        recipients=recipients,
        copies=copies,
        subject=say(f"reminder_subject_{kind}", count=len(counted), day=say_day(counted[0].due_on)),
        text=say_letter(correspondence, [code], [*paragraphs, say("reminder_attached")]),
        verdict=kind,
        reports=tuple((row.form, row.period) for row in new),
        files=blanks,
        items=items,
    )


def _list(rows: Sequence[Missing], forms: Forms) -> list[str]:
    lines = [
        say("reminder_report", form=form_label(forms, row.form), period=say_period(row.period), day=say_day(row.due_on))
        for row in rows[:REPORTS_SHOWN]
    ]
    more = len(rows) - REPORTS_SHOWN
    return [*lines, say("reminder_more", count=more)] if more > 0 else lines
