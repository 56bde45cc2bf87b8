"""What intake knows before it opens a file: forms, units, reporters, names of criteria, limits.

Here: the reference lists as intake uses them, and the version of all that a reading depends on. Nothing of a delivery, and no
list of its own (pipelines/reference reads them).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path

from pipelines import reference
from pipelines.intake.columns import PlainCellCache
from pipelines.intake.forms import Forms, load_forms_of
from pipelines.intake.headers import HeaderIndex, compile_headers
from pipelines.intake.lostletters import LostLetters
from pipelines.intake.reporters import ReporterIndex
from pipelines.intake.rowkinds import LabelReader
from pipelines.intake.titles import TitleIndex, compile_titles
from pipelines.intake.units import UnitIndex
from pipelines.reference.lists import Lists
from pipelines.reference.models import (
    Alias,
    CriteriaSet,
    Criterion,
    Department,
    PeriodCalendar,
    Reporter,
    ReportingRoute,
    Unit,
    UnitChange,
)
from pipelines.reference.periods import Periods

_LISTS = (Unit, Alias, UnitChange, Department, ReportingRoute, PeriodCalendar, Criterion, CriteriaSet)
_LIMITS = (
    *("file_size_max_mb", "file_unpacked_max_mb"),
    *("read_seconds_max", "read_seconds_max_per_mb", "read_memory_max_mb", "read_standstill_max"),
)
_CODE = (Path(__file__).parent, *map(Path, reference.__path__))
_READ_WITH = frozenset({".py", ".yml", ".csv"})
"""Files of intake and of reference data that decide what a delivery is read as: code, forms, maps of letters."""


@dataclass(frozen=True)
class Knowledge:
    """All reference data that a reading uses. Load it once; it is never changed."""

    forms: Forms
    units: UnitIndex
    reporters: ReporterIndex
    periods: Periods
    routes: tuple[ReportingRoute, ...]
    criterion_names: Mapping[int, tuple[str, ...]]
    criteria_sets: tuple[tuple[CriteriaSet, frozenset[int]], ...]
    """The communes' sets, each with the numbers of its criteria."""
    file_size_max: float
    file_unpacked_max: float
    read_seconds_max: float
    read_seconds_max_per_mb: float
    read_memory_max: float
    read_standstill_max: float

    @classmethod
    def load(cls, lists: Lists, on: date) -> "Knowledge":
        """Take what a reading uses from the reference lists; of the limits, the values that hold `on` the as-of day.

        Raises FormError (naming file and what is wrong) for a broken form, ListError if no value of a limit holds.
        """
        forms = load_forms_of(lists)
        units = UnitIndex(lists[Unit], lists[Alias], lists[UnitChange])
        commune_sets = [row for row in lists[CriteriaSet] if row.is_commune_set]
        criteria = {
            row.set_id: [each for each in lists[Criterion] if each.set_id == row.set_id] for row in commune_sets
        }
        limits = _limits(lists, on)
        return cls(
            forms=forms,
            units=units,
            reporters=ReporterIndex(units, lists[Reporter], lists[Department]),
            periods=lists.periods,
            routes=lists[ReportingRoute],
            criterion_names=_criterion_names(forms, chain.from_iterable(criteria.values())),
            criteria_sets=tuple(
                (row, frozenset(each.criterion_no for each in criteria[row.set_id])) for row in commune_sets
            ),
            file_size_max=limits["file_size_max_mb"] * 1e6,
            file_unpacked_max=limits["file_unpacked_max_mb"] * 1e6,
            read_seconds_max=limits["read_seconds_max"],
            read_seconds_max_per_mb=limits["read_seconds_max_per_mb"],
            read_memory_max=limits["read_memory_max_mb"] * 1e6,
            read_standstill_max=limits["read_standstill_max"],
        )

    def may_report(self, reporter_code: str | None, form: str) -> bool:
        """Whether a route, of whatever time, has such a reporter report a form."""
        types = self.reporters.types(reporter_code)
        return any(row.form == form and row.reporter_type in types for row in self.routes)

    @cached_property
    def headers(self) -> HeaderIndex:
        """Header texts of all forms, compiled for matching."""
        return compile_headers(self.forms, self.criterion_names, [numbers for _, numbers in self.criteria_sets])

    def criteria(self, on: date) -> frozenset[int]:
        """Return the numbers of the communes' criteria in force on a day."""
        return next((numbers for row, numbers in self.criteria_sets if row.holds_on(on)), frozenset())

    @cached_property
    def criteria_of_any_set(self) -> frozenset[int]:
        """The numbers that some set for communes has."""
        return frozenset().union(*(numbers for _, numbers in self.criteria_sets))

    @cached_property
    def plain_cells(self) -> PlainCellCache:
        """What cells said that were read plainly before: it makes reading faster, never different."""
        return PlainCellCache()

    @cached_property
    def lost_letters(self) -> LostLetters:
        """The words of forms and units, to restore letters that a program could not write."""
        return LostLetters(*_known_phrases(self.forms, self.units))

    @cached_property
    def labels(self) -> LabelReader:
        """What the label of a row says of it, by the forms' words."""
        return LabelReader(self.forms.words)

    @cached_property
    def titles(self) -> TitleIndex:
        """Form numbers and titles, compiled for matching."""
        units = (_without_kind(name, kind) for name, kind, _ in self.units.names())
        return compile_titles(self.forms, {*units, *self.units.province_names, *self.reporters.office_names})


def intake_version(lists: Lists, on: date) -> str:
    """Return the version of reading: a hash over code, forms, the lists that a reading uses, and the limits of a day.

    A delivery read under another version is read again from the archive (architecture.md, decision 4). What the lists say
    counts, not how their files are written.
    """
    digest = hashlib.sha256(f"{lists.fingerprint(*_LISTS)} {dict(lists.own_forms)} {_limits(lists, on)}".encode())
    for folder in _CODE:
        for file in sorted(file for file in folder.rglob("*") if file.suffix in _READ_WITH):
            digest.update(f"{folder.name}/{file.relative_to(folder).as_posix()}\0".encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _limits(lists: Lists, on: date) -> dict[str, float]:
    return {name: float(lists.parameter(name, on)) for name in _LIMITS}


_COMMON_WORDS = frozenset(
    re.findall(
        r"\w+",
        "quý năm tháng kỳ biểu số huyện thành phố thị xã tỉnh phường trấn sở ban ngành ủy nhân dân đvt đồng triệu nghìn tỷ đạt "
        "chưa không có tổng cộng",
    )
)
"""What stands around a form's own words on any sheet."""


def _known_phrases(forms: Forms, units: UnitIndex) -> tuple[set[str], dict[str, set[str]]]:
    """Return what a sheet's texts may be, and the communes with the names of their districts, all with and without kind."""
    phrases = {*_COMMON_WORDS, "đơn vị tính", "triệu đồng", "nghìn đồng", "tỷ đồng", *forms.criterion_headers}
    for form in forms:
        phrases.update((form.title, *form.titles))
        for item in form.fields:
            phrases.update((*item.headers, *item.headers_of_no, *(item.codes or {})))
    places: dict[str, set[str]] = {}
    for name, kind, district in units.names():
        for written in (name, _without_kind(name, kind)):
            if district is None:
                phrases.add(written)
            else:
                places.setdefault(written, set()).add(district)
    return phrases, places


def _without_kind(name: str, kind: str) -> str:
    return name[len(kind) :].strip() if name.lower().startswith(kind) else name


def _criterion_names(forms: Forms, criteria: Iterable[Criterion]) -> dict[int, tuple[str, ...]]:
    """Names by criterion number: those of the forms' shared file, and those of every criteria set for communes."""
    names: dict[int, dict[str, None]] = {
        number: dict.fromkeys(given) for number, given in forms.criterion_names.items()
    }
    for row in criteria:
        names.setdefault(row.criterion_no, {})[row.name_vi] = None
    return {number: tuple(given) for number, given in names.items()}
