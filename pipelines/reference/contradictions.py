"""What contradicts in the reference lists though each row can be used: for who fills them in (`make doctor`).

Here: units without parent or twice at once, units of which nothing says what became of them, codes of two things, sets
without criteria, units that no route covers, rules and duties of reporters that are gone, years without holidays, forms that
nobody reports. Not here: what makes a list unusable, which stops every run (lists.py), and what a definition of a form may
say (pipelines/intake/forms).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from pipelines.reference.lists import Lists, Placed, PlacedRows, first_common_day
from pipelines.reference.models import (
    COMMUNE,
    DISTRICT,
    CalendarException,
    CriteriaSet,
    Criterion,
    Department,
    Duty,
    Holiday,
    OwnerGroup,
    Reporter,
    ReportingRoute,
    ReportingRule,
    Unit,
    UnitChange,
)
from pipelines.reference.periods import is_period
from pipelines.reference.rows import Dated, split_codes

_CONDITIONS = frozenset({"all", "has_criteria", "seconds_an_officer"})
_ABOVE = {"district": ("province",), "commune": ("district", "province")}
_NAMED = 5


def find_contradictions(lists: Lists, rows: PlacedRows, on: dt.date) -> Iterator[str]:
    """Yield a line for each contradiction, with the file and row where it stands; what is to come after `on` is not asked for."""
    yield from _find_orphans(rows[Unit])
    yield from _find_overlaps(rows[Unit], lambda row: row.code)
    yield from _find_overlaps(rows[Department], lambda row: row.reporter_code)
    yield from _find_codes_used_twice(rows)
    yield from _find_namesakes(rows[Unit])
    yield from _find_lost_units(rows)
    yield from _find_shares_above_one(rows)
    yield from _find_empty_sets(rows)
    yield from _find_uncovered_units(lists, on)
    yield from _find_absent_reporters(lists, rows)
    yield from _find_duties_of_nobody(lists, rows)
    yield from _find_years_without_holidays(lists, rows, on)
    yield from _find_unreported_forms(lists)


def _find_orphans(units: list[Placed]) -> Iterator[str]:
    by_code = _grouped(units, lambda row: row.code)
    for each in units:
        row = each.row
        if row.level not in _ABOVE:
            continue
        if row.parent_code is None:
            yield f"{each.place}: unit {row.code} ({row.name_vi}) has no parent_code"
            continue
        parents = [parent.row for parent in by_code.get(row.parent_code, [])]
        if wrong := [parent.level for parent in parents if parent.level not in _ABOVE[row.level]]:
            yield f"{each.place}: the parent of {row.code} ({row.name_vi}) is a {wrong[0]}: {row.parent_code}"
        elif parents and (day := _first_day_without(row, parents)):
            since = "at any time" if day == dt.date.min else f"on {day}"
            yield f"{each.place}: unit {row.code} ({row.name_vi}) is there {since}, and its parent {row.parent_code} is not"


def _first_day_without(row: Dated, others: Iterable[Dated]) -> dt.date | None:
    """Return the first day on which a row holds and none of the others does; None if there is none."""
    others = list(others)
    turns = {row.valid_from or dt.date.min, *(other.valid_to for other in others if other.valid_to)}
    return min(
        (day for day in turns if row.holds_on(day) and not any(other.holds_on(day) for other in others)), default=None
    )


def _find_overlaps(rows: list[Placed], code: Callable[[Any], str]) -> Iterator[str]:
    for same in _grouped(rows, code).values():
        for one, other in combinations(same, 2):
            if day := first_common_day(one.row, other.row):
                since = f"on {day}" if day > dt.date.min else "at any time"
                yield f"{other.place}: {code(other.row)} holds {since} beside {one.place}"


def _find_codes_used_twice(rows: PlacedRows) -> Iterator[str]:
    for code, same in _grouped(rows[Unit], lambda row: row.code).items():
        for each in same[1:]:
            if each.row.level != same[0].row.level:
                yield f"{each.place}: code {code} is a {each.row.level} here and a {same[0].row.level} in {same[0].place}"
    units = {each.row.code: each for each in rows[Unit]}
    for each in rows[Department]:
        if unit := units.get(each.row.reporter_code):
            yield f"{each.place}: code {each.row.reporter_code} is a unit, too: {unit.place}"


def _find_namesakes(units: list[Placed]) -> Iterator[str]:
    for same in _grouped(units, lambda row: f"{row.level} {row.parent_code} {row.name_vi.casefold()}").values():
        for one, other in combinations(same, 2):
            if one.row.code != other.row.code and first_common_day(one.row, other.row):
                both = f"{one.row.code} and {other.row.code}"
                yield f"{other.place}: {both} are both called {other.row.name_vi} at one time below {other.row.parent_code}"


def _find_lost_units(rows: PlacedRows) -> Iterator[str]:
    """Yield the days on which communes end without a successor: their figures are in no series on today's boundaries."""
    changed = {(each.row.old_code, each.row.effective_date) for each in rows[UnitChange]}
    begun = {(each.row.code, each.row.valid_from) for each in rows[Unit]}
    lost = [
        each.row
        for each in rows[Unit]
        if each.row.level == COMMUNE and each.row.valid_to and (each.row.code, each.row.valid_to) not in changed | begun
    ]
    for day in sorted({row.valid_to for row in lost}):
        gone = [row for row in lost if row.valid_to == day]
        yield f"{UnitChange.name_of_list}: nothing says what became on {day} of {_named(gone)}"


def _find_shares_above_one(rows: PlacedRows) -> Iterator[str]:
    shared = [each for each in rows[UnitChange] if each.row.share is not None]
    for unit, parts in _grouped(shared, lambda row: f"{row.old_code} on {row.effective_date}").items():
        if (total := round(sum(each.row.share for each in parts), 6)) > 1:
            yield f"{parts[0].place}: the shares of {unit} add up to {total}"


def _named(units: list[Unit]) -> str:
    named = ", ".join(f"{row.code} {row.name_vi}" for row in units[:_NAMED])
    return named + (f" and {len(units) - _NAMED} more" if len(units) > _NAMED else "")


def _find_empty_sets(rows: PlacedRows) -> Iterator[str]:
    filled = {each.row.set_id for each in rows[Criterion]}
    for each in rows[CriteriaSet]:
        if each.row.set_id not in filled and each.row.n_criteria and not each.row.is_commune_set:
            yield f"{each.place}: set {each.row.set_id} has {each.row.n_criteria} criteria by its row, and none in criteria"


def _find_uncovered_units(lists: Lists, on: dt.date) -> Iterator[str]:
    """Yield the days, since reports are owed, from which nobody reports some communes: each total would lack them."""
    owed_from = min((row.valid_from for row in lists[ReportingRule] if row.valid_from), default=None)
    if owed_from is None:
        return
    routes = [row for row in lists[ReportingRoute] if row.rolls_up_to and row.units in {"its_communes", "itself"}]
    turns = {owed_from} | {
        day
        for row in (*routes, *lists[Unit])
        for day in (row.valid_from, row.valid_to)
        if day and owed_from < day <= on
    }
    reported: set[str] = set()
    for day in sorted(turns):
        senders = {(row.reporter_type, row.units) for row in routes if row.holds_on(day)}
        districts = {row.code for row in lists[Unit] if row.level == DISTRICT and row.holds_on(day)}
        uncovered = [
            row
            for row in lists[Unit]
            if row.reporter_type == COMMUNE
            and row.holds_on(day)
            and (COMMUNE, "itself") not in senders
            and not ((DISTRICT, "its_communes") in senders and row.parent_code in districts)
        ]
        if new := [row for row in uncovered if row.code not in reported]:
            reported |= {row.code for row in new}
            yield f"{ReportingRoute.name_of_list}: from {day} on no route covers {_named(new)}"


def _find_absent_reporters(lists: Lists, rows: PlacedRows) -> Iterator[str]:
    reporters: defaultdict[str, list[Reporter]] = defaultdict(list)
    for row in lists[Reporter]:
        reporters[row.reporter_code].append(row)
    for each in rows[ReportingRule]:
        for code in split_codes(each.row.reporters) if each.row.reporters not in _CONDITIONS else ():
            if code in reporters and not any(first_common_day(each.row, row) for row in reporters[code]):
                yield f"{each.place}: reporter {code} is not there while the rule holds"
    for each in rows[CalendarException]:
        code, period = each.row.reporter_code, each.row.period
        if is_period(period) and not any(row.holds_on(lists.periods.end(period)) for row in reporters[code]):
            yield f"{each.place}: reporter {code} is not there at the end of {period}"


def _find_duties_of_nobody(lists: Lists, rows: PlacedRows) -> Iterator[str]:
    reporters: defaultdict[str, list[Reporter]] = defaultdict(list)
    for row in lists[Reporter]:
        reporters[row.reporter_code].append(row)
    groups = {row.owner_group for row in lists[OwnerGroup]}
    kinds = {row.kind for row in lists[Unit]}
    for each in rows[Duty]:
        group, is_of_kinds, named = (each.row.owner_codes or "").partition(":")
        if is_of_kinds and kinds.isdisjoint(split_codes(named)):
            yield f"{each.place}: no unit is of the kind {' or '.join(split_codes(named))}, as owner_codes has it"
        for code in split_codes(group):
            if code not in reporters and code not in groups:
                yield f"{each.place}: owner {code} is neither a reporter nor one of {', '.join(sorted(groups))}"
            elif code in reporters and not any(first_common_day(each.row, row) for row in reporters[code]):
                yield f"{each.place}: owner {code} is not there while the duty holds"


def _find_years_without_holidays(lists: Lists, rows: PlacedRows, on: dt.date) -> Iterator[str]:
    years = {row.date.year for row in lists[Holiday]}
    for each in rows[ReportingRule]:
        row = each.row
        if row.non_working_day == "keep" and row.due_in == "days":
            continue
        first = (row.valid_from or on).year
        last = min(row.valid_to or on, on).year
        if missing := [str(year) for year in range(first, last + 1) if year not in years]:
            yield f"{each.place}: counts or moves due days by working days, and holidays has no day of {', '.join(missing)}"


def _find_unreported_forms(lists: Lists) -> Iterator[str]:
    for name in lists.own_forms:
        form = Path(name).stem.upper()
        if form not in {row.form for row in lists[ReportingRoute]}:
            yield f"forms/{name}: no row of {ReportingRoute.name_of_list} has anybody report {form}"
        elif form not in {row.form for row in lists[ReportingRule]}:
            yield f"forms/{name}: no row of {ReportingRule.name_of_list} has anybody owe {form}"


def _grouped(rows: Iterable[Placed], key: Callable[[Any], str]) -> dict[str, list[Placed]]:
    groups: defaultdict[str, list[Placed]] = defaultdict(list)
    for each in rows:
        groups[key(each.row)].append(each)
    return groups
