"""The reporting calendar: who owes which form for a period, and by which day (quality.md, "Reports owed").

Here: the calendar as Python needs it (blank workbooks, schedules, freshness), with holidays, moved days and excuses. The
obligations of the warehouse are the same rules in SQL (`int_reporting_duties`, `int_obligations`), which judge what came in;
a test holds the two equal. Not here: what was received, and any date rule that is not about reporting.
"""

import datetime as dt
from dataclasses import dataclass, field

from pipelines.reference.lists import Lists
from pipelines.reference.models import (
    CalendarException,
    CriteriaSet,
    Criterion,
    Department,
    Holiday,
    Reporter,
    ReportingRoute,
    ReportingRule,
)
from pipelines.reference.periods import FREQUENCIES, frequency_of
from pipelines.reference.rows import split_codes

MOST_DAYS_OFF = 30
"""No run of days off is longer than this; `int_due_days` has the same bound."""
_SATURDAY = 5
_OLDEST = 1945
_DAY = dt.timedelta(1)


@dataclass(frozen=True, slots=True)
class Obligation:
    """A form that a reporter owes for a period; its due day is not part of what makes two obligations the same."""

    form: str
    reporter_code: str
    period: str
    due_on: dt.date = field(compare=False)
    is_excused: bool = field(default=False, compare=False)


class Calendar:
    """The reporting calendar over time."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self.periods = lists.periods
        self._holidays = {row.date for row in lists[Holiday]}
        self._exceptions = {(row.reporter_code, row.form, row.period): row for row in lists[CalendarException]}
        self._set_of_criteria = {row.set_id: row for row in lists[CriteriaSet] if row.is_commune_set}

    def reporters(self, on: dt.date) -> dict[str, Reporter]:
        """Return the reporters that exist on a day, by code: districts first."""
        return {row.reporter_code: row for row in self._lists.in_force(Reporter, on)}

    def is_working_day(self, day: dt.date) -> bool:
        """Whether offices work on a day."""
        return day.weekday() < _SATURDAY and day not in self._holidays

    def shift_working_days(self, day: dt.date, count: int) -> dt.date:
        """Return the day so many working days after another, before it where `count` is negative."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def criteria(self, on: dt.date, in_charge: str | None = None) -> list[int]:
        """Return the numbers of the communes' criteria in force on a day; with a reporter code, those in its charge."""
        return sorted(
            row.criterion_no
            for row in self._criteria(on)
            if in_charge is None or in_charge in split_codes(row.responsible_reporter_code)
        )

    def criterion_names(self, on: dt.date) -> dict[int, str]:
        """Return what the set in force on a day calls the communes' criteria, by number."""
        return {row.criterion_no: row.name_vi for row in self._criteria(on)}

    def _criteria(self, on: dt.date) -> list[Criterion]:
        sets = {set_id for set_id, row in self._set_of_criteria.items() if row.holds_on(on)}
        return [row for row in self._lists[Criterion] if row.set_id in sets]

    def obligations(self, period: str) -> list[Obligation]:
        """Return what is owed for a period, by reporter and form: rule and route hold, and the reporter exists, on its last day.

        Where two rules for the same frequency hold, the newer one counts; of two of one day, the one that is not for all.
        Nothing is owed for a period that was over before the office's history begins (parameter `reports_owed_from`).
        """
        on = self.periods.end(period)
        if on < dt.date.fromisoformat(self._lists.parameter("reports_owed_from", on)):
            return []
        routes = {(row.form, row.reporter_type) for row in self._lists.in_force(ReportingRoute, on)}
        rules = [
            row
            for row in self._lists.in_force(ReportingRule, on)
            if row.frequency == frequency_of(period) and (row.form, row.reporter_type) in routes
        ]
        rules.sort(key=lambda row: (row.valid_from or dt.date.min, row.reporters != "all"))
        owed = {
            (reporter.reporter_code, rule.form): rule
            for reporter in self.reporters(on).values()
            for rule in rules
            if self._is_meant(rule, reporter, on)
        }
        return [self._obligation(form, code, period, rule) for (code, form), rule in sorted(owed.items(), key=_place)]

    def running_periods(self, day: dt.date) -> list[str]:
        """Return the periods that a day lies in and that some form is reported for, the shortest first."""
        reported = {row.frequency for row in self._lists[ReportingRule]}
        return [self.periods.at(day, frequency) for frequency in FREQUENCIES if frequency in reported]

    def last_due_day(self, before: dt.date) -> dt.date | None:
        """Return the newest day before another on which a report was due; None if there is none. Excused ones are not due."""
        rules = self._lists[ReportingRule]
        first = min((row.valid_from or dt.date.min for row in rules), default=dt.date.max)
        days_after = (row.due_days_after_period_end * (2 if row.due_in == "working_days" else 1) for row in rules)
        longest = dt.timedelta(max(days_after, default=0) + MOST_DAYS_OFF)
        moved = {row.period for row in self._lists[CalendarException]}  # by any number of days
        days = [day for period in moved for day in self._due_days(period, before)]
        for period in self.periods.back_from(before):
            end = self.periods.end(period)
            if end < first or (days and end + longest <= max(days)) or end.year <= _OLDEST:
                break
            days += self._due_days(period, before)
        return max(days, default=None)

    def _due_days(self, period: str, before: dt.date) -> list[dt.date]:
        due = (each.due_on for each in self.obligations(period) if not each.is_excused)
        return [day for day in due if day < before]

    def _is_meant(self, rule: ReportingRule, reporter: Reporter, on: dt.date) -> bool:
        if rule.reporter_type != reporter.reporter_type:
            return False
        match rule.reporters:
            case "all":
                return True
            case "has_criteria":
                return bool(self.criteria(on, reporter.reporter_code))
            case "seconds_an_officer":
                departments = self._lists.in_force(Department, on)
                return any(
                    row.reporter_code == reporter.reporter_code and row.seconds_an_officer for row in departments
                )
            case codes:
                return reporter.reporter_code in split_codes(codes)

    def _obligation(self, form: str, code: str, period: str, rule: ReportingRule) -> Obligation:
        due_on = self.periods.end(period) + dt.timedelta(rule.due_days_after_period_end)
        if rule.due_in == "working_days":
            due_on = self.shift_working_days(self.periods.end(period), rule.due_days_after_period_end)
        elif rule.non_working_day == "next_working_day":
            due_on = self.shift_working_days(due_on - _DAY, 1)
        exception = self._exceptions.get((code, form, period))
        if exception is not None and exception.kind == "moved" and exception.due_on is not None:
            due_on = exception.due_on
        is_excused = exception is not None and exception.kind == "excused" and exception.reason is not None
        return Obligation(form, code, period, due_on, is_excused)


def _place(owed: tuple[tuple[str, str], ReportingRule]) -> tuple[str, str]:
    return owed[0]
