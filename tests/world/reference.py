"""Reference data by date, as the simulated province asks for it.

Here: units valid on a day, what a commune became, who answers for a criterion, periods as text. Not here: anything
drawn at random, or anything a report says.
"""

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from pipelines.reference import models
from pipelines.reference.lists import Lists, columns, read_lists, values
from pipelines.reference.models import CriteriaSet, Criterion
from pipelines.reference.rows import Row
from pipelines.settings import SEEDS_DIR as SEEDS

R = TypeVar("R", bound=Row)
FOREVER = date(9999, 12, 31)
LONG_AGO = date(1, 1, 1)
RURAL = "xã"


def month_end(month: date) -> date:
    """Last day of the month that `month` lies in."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def add_months(month: date, count: int) -> date:
    """First day of the month `count` months after (before, if negative)."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def month_period(month: date) -> str:
    """A month as the period text '2014-09'."""
    return f"{month.year}-{month.month:02d}"


def quarter_period(month: date) -> str:
    """The quarter that a month lies in, as '2014-Q3'."""
    return f"{month.year}-Q{(month.month + 2) // 3}"


def closes_quarter(month: date) -> bool:
    """Whether the month is the last of its quarter."""
    return month.month % 3 == 0


def months_between(first: date, last: date) -> list[date]:
    """First days of all months from `first` to `last`, both included."""
    return [add_months(first, i) for i in range((last.year - first.year) * 12 + last.month - first.month + 1)]


@dataclass(frozen=True)
class Unit:
    """One validity interval of a district or commune: `valid_to` is exclusive."""

    level: str
    code: str
    name: str
    kind: str
    parent: str
    valid_from: date
    valid_to: date

    @property
    def bare_name(self) -> str:
        """The name without its kind: 'Cẩm Bình' of 'Xã Cẩm Bình'."""
        return self.name[len(self.kind) + 1 :]

    def is_valid(self, on: date) -> bool:
        """Whether the interval covers the day."""
        return self.valid_from <= on < self.valid_to


@dataclass(frozen=True)
class Reporter:
    """Who sends reports: a district, a department, a medium or the office."""

    code: str
    kind: str
    name: str
    seconds_an_officer: bool = False


class Reference:
    """The seed files, asked by date."""

    def __init__(self, seeds: Path = SEEDS) -> None:
        self._lists = read_lists(seeds)
        self._criteria: dict[date, dict[int, Criterion]] = {}
        self._valid: dict[date, list[Unit]] = {}

    def rows(self, model: type[R]) -> tuple[R, ...]:
        """All rows of one list, in the order of the file."""
        return self._lists[model]

    @cached_property
    def units(self) -> list[Unit]:
        """Every validity interval of every unit, in the order of the file."""
        return [
            Unit(
                r.level, r.code, r.name_vi, r.kind, r.parent_code or "", r.valid_from or LONG_AGO, r.valid_to or FOREVER
            )
            for r in self.rows(models.Unit)
        ]

    def communes(self, on: date, district: str | None = None, kinds: tuple[str, ...] = ()) -> list[Unit]:
        """Commune-level units valid on a day, of one district and of some kinds if asked, by code."""
        if on not in self._valid:
            valid = (u for u in self.units if u.level == "commune" and u.is_valid(on))
            self._valid[on] = sorted(valid, key=lambda u: u.code)
        return [
            u for u in self._valid[on] if (district is None or u.parent == district) and (not kinds or u.kind in kinds)
        ]

    def districts(self, on: date) -> list[Unit]:
        """District-level units valid on a day, by code."""
        return sorted((u for u in self.units if u.level == "district" and u.is_valid(on)), key=lambda u: u.code)

    def unit(self, code: str, on: date) -> Unit:
        """The unit of a code on a day; raises KeyError when there is none."""
        for unit in self._by_code.get(code, ()):
            if unit.is_valid(on):
                return unit
        raise KeyError(code, on)

    @cached_property
    def _by_code(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.code, []).append(unit)
        return found

    @cached_property
    def _mergers(self) -> list[tuple[date, str, str]]:
        rows = (r for r in self.rows(models.UnitChange) if r.change_type == "merge")
        return sorted((r.effective_date, r.old_code, r.new_code or "") for r in rows)

    def place(self, code: str, on: date) -> str:
        """The code under which a commune of 2014 stands on a later day: mergers followed in order of time."""
        day = LONG_AGO
        for merged_on, old, new in self._mergers:
            if merged_on <= on and old == code and merged_on > day:
                code, day = new, merged_on
        return code

    def merge(self, gone: str, grown: str, on: date) -> None:
        """Let a commune become part of another, which keeps its code, as a decree would from that day on."""
        units = [
            row.model_copy(update={"valid_to": on}) if row.code == gone and row.holds_on(on) else row
            for row in self.rows(models.Unit)
        ]
        changes = [
            models.UnitChange(effective_date=on, change_type="merge", old_code=old, new_code=grown)
            for old in (gone, grown)
        ]
        kept = {model: self._lists[model] for model in models.LISTS}
        self._lists = Lists({**kept, models.Unit: units, models.UnitChange: [*kept[models.UnitChange], *changes]})
        self._valid.clear()
        for found_before in ("units", "_by_code", "_mergers"):
            self.__dict__.pop(found_before, None)

    def write_units(self, folder: Path) -> None:
        """Write the lists of units and of their changes as seed files."""
        for model in (models.Unit, models.UnitChange):
            with (folder / f"{model.name_of_list}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(name for name, _ in columns(model))
                writer.writerows(values(model, row) for row in self.rows(model))

    def criteria(self, on: date) -> dict[int, Criterion]:
        """Criteria of the communes' set in force on a day, by number, with name, group and the code of the
        department.
        """
        if on not in self._criteria:
            set_id = next(r.set_id for r in self._lists.in_force(CriteriaSet, on) if r.is_commune_set)
            self._criteria[on] = {r.criterion_no: r for r in self.rows(Criterion) if r.set_id == set_id}
        return self._criteria[on]

    def indicators(self, criterion: int) -> list[str]:
        """Indicator numbers of a criterion in the set in force in 2014, in order."""
        found = {
            r.indicator_no: None
            for r in self.rows(models.Indicator)
            if r.set_id == "QD491_342_2013" and r.criterion_no == criterion
        }
        return list(found)

    @cached_property
    def departments(self) -> list[Reporter]:
        """Departments, media and the office, in the order of the file (others owe no form)."""
        return [
            Reporter(r.reporter_code, r.reporter_type, r.name_vi, r.seconds_an_officer)
            for r in self.rows(models.Department)
            if r.reporter_type != "other"
        ]

    def reporters(self, on: date) -> list[Reporter]:
        """Everyone who owes a report on a day: districts first."""
        return [Reporter(u.code, "district", u.name) for u in self.districts(on)] + self.departments

    def reporter(self, code: str, on: date) -> Reporter:
        """One reporter by code; raises KeyError when there is none on that day."""
        for reporter in self.reporters(on):
            if reporter.code == code:
                return reporter
        raise KeyError(code, on)

    @cached_property
    def holidays(self) -> frozenset[date]:
        """Days on which no office is open, weekends aside."""
        return frozenset(r.date for r in self.rows(models.Holiday))

    def working_days(self, first: date, last: date) -> list[date]:
        """Days from first to last that are neither weekend nor holiday; the last one alone if there are none."""
        days = [first + timedelta(i) for i in range((last - first).days + 1)]
        return [d for d in days if d.weekday() < 5 and d not in self.holidays] or [last]
