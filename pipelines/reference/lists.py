"""The one reader of reference lists: our rows (dbt_project/seeds/<list>.csv) and the office's own, merged and checked.

The office's rows stand in `$NTM_RAW_DIR/reference/<list>.csv` (contract.md, "Environment"): of equal key they take the place of
ours, others are added. Where its units have another province, ours of that kind (OF_PROVINCE) are not there at all. A list that
can't be used is one line that names file and row, since half a calendar is worse than none.
Not here: the shape of a list (models.py), landing (pipelines/warehouse/load.py), and what a list is used for.
"""

import csv
import datetime as dt
import hashlib
import io
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, product
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import ValidationError

from pipelines.reference.models import (
    COMMUNE,
    DISTRICT,
    LISTS,
    MOST_CRITERIA,
    OF_PROVINCE,
    OFFICE,
    WARD,
    CriteriaSet,
    Criterion,
    Department,
    Duty,
    Parameter,
    PeriodCalendar,
    Reporter,
    ReporterType,
    ReportingPeriod,
    ReportingRoute,
    ReportingRule,
    Unit,
)
from pipelines.reference.periods import Periods
from pipelines.reference.rows import Dated, OneOfOurs, Refers, Row, split_codes

FORMS_DIR = Path(__file__).parents[1] / "intake" / "forms"
"""The codes of forms are the names of the files that define them. Intake reads them; here nothing but one line is needed."""
OWN_FORMS = "forms"
"""Where, beside its lists, the office has definitions of forms of its own."""
_DEFINITION = re.compile(r"[a-z]+[0-9]+\.yml")
_EVERY = re.compile(r"^every: *(\w+)", re.MULTILINE)
_KINDS = {str: "VARCHAR", int: "INTEGER", float: "DOUBLE", bool: "BOOLEAN", dt.date: "DATE"}
_SHOWN = 40
R = TypeVar("R", bound=Row)
D = TypeVar("D", bound=Dated)


class ListError(Exception):
    """A reference list can't be used; the message is one line that names file and row."""


def periods_by(calendars: Iterable[PeriodCalendar]) -> Periods:
    """Return the days of periods by the rows of the list of calendars."""
    return Periods((row.valid_from, row.closes_on) for row in calendars)


class Lists:
    """Every reference list with all its rows, whenever they hold: `lists[Unit]`."""

    def __init__(
        self, rows: Mapping[type[Row], Iterable[Row]], own_forms: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.own_forms = own_forms
        """Definitions of forms that the office has added, as text by the name of their file."""
        self._rows: dict[type[Row], tuple[Any, ...]] = {model: tuple(rows.get(model, ())) for model in LISTS}
        self._rows[Reporter] = tuple(_reporters(self[Unit], self[Department], self[ReportingRoute]))
        self.periods = periods_by(self[PeriodCalendar])
        """The days of periods, by the calendars of the province."""

    def __getitem__(self, model: type[R]) -> tuple[R, ...]:
        """Return the rows of a list: ours in the order of the file, then those of the office."""
        if model is ReportingPeriod and not self._rows[model]:  # 2,000 of them, which only landing asks for
            self._rows[model] = tuple(ReportingPeriod(**each._asdict()) for each in self.periods)
        return self._rows[model]

    def in_force(self, model: type[D], on: dt.date) -> list[D]:
        """Return the rows of a dated list that hold on a day."""
        return [row for row in self[model] if row.holds_on(on)]

    @property
    def province_name(self) -> str:
        """The name of the newest province, without what it is; '' where the list of units has none."""
        provinces = [row for row in self[Unit] if row.level == "province"]
        newest = max(provinces, key=lambda row: row.valid_from or dt.date.min, default=None)
        return newest.short_name if newest else ""

    def office(self, on: dt.date) -> Reporter:
        """Return the Coordination Office as it is on a day, or was last."""
        offices = [row for row in self[Reporter] if row.reporter_type == OFFICE]
        in_force = [row for row in offices if row.holds_on(on)]
        return (in_force or offices[-1:])[0]

    def parameter(self, name: str, on: dt.date) -> str:
        """Return a [number] of quality.md as it holds on a day. Raises ListError where none does."""
        for row in self.in_force(Parameter, on):
            if row.name == name:
                return row.value
        raise ListError(f"{Parameter.name_of_list}.csv: no value of {name!r} holds on {on}")

    def fingerprint(self, *models: type[Row]) -> str:
        """Return a hash of what the lists say (all that are written by hand, or some), wherever it stands."""
        digest = hashlib.sha256()
        if not models:
            digest.update(f"{dict(self.own_forms)!r}\n".encode())
        for model in models or (each for each in LISTS if each.is_seeded or each.is_overlaid):
            digest.update(f"{model.name_of_list}\n".encode())
            for row in self[model]:
                digest.update(f"{row!r}\n".encode())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Placed:
    """A row and where it stands, for whoever has to mend it."""

    row: Any
    place: str


PlacedRows = Mapping[type[Row], list[Placed]]
"""The rows of each list."""


def read_lists(seeds_dir: Path, overlay_dir: Path | None = None) -> Lists:
    """Read all lists; `overlay_dir` need not exist.

    Columns stand in any order; one that may be blank may be left out. Text is stripped and NFC. Raises ListError for
    a missing file of ours, a file of the office that no list has the name of, an unknown or missing column, a row of another
    width, a blank or wrong cell, a repeated key, a value that the list it refers to lacks, and criteria sets of which not
    exactly one, with all its criteria, is in force for communes on each day since reports are owed. What definitions of forms
    say is checked by who reads them (intake).
    """
    lists, _, errors = read_placed(seeds_dir, overlay_dir)
    for error in errors:
        raise error
    return lists


def read_placed(seeds_dir: Path, overlay_dir: Path | None = None) -> tuple[Lists, PlacedRows, Iterator[ListError]]:
    """Read all lists as `read_lists` does, and return them with their rows, and why they can't be used: what refers to nothing.

    Raises ListError for a file that can't be read row by row.
    """
    ours = {model: _read(model, seeds_dir / f"{model.name_of_list}.csv") for model in LISTS if model.is_seeded}
    theirs = {model: _read(model, file) for model, file in _overlays(overlay_dir)}
    if _provinces(theirs) - _provinces(ours):
        ours |= {model: [] for model in OF_PROVINCE}
    merged = {model: _merge(model, ours.get(model, []), theirs.get(model, [])) for model in LISTS}
    own_forms = _read_own_forms(overlay_dir)
    lists = Lists(
        {model: _one_at_a_time(model, [each.row for each in rows]) for model, rows in merged.items()}, own_forms
    )
    return lists, merged, chain(_check_units(theirs, overlay_dir), _find_errors(merged, ours, lists))


def _provinces(rows: PlacedRows) -> set[str]:
    return {each.row.code for each in rows.get(Unit, ()) if each.row.level == "province"}


def _check_units(theirs: PlacedRows, overlay_dir: Path | None) -> Iterator[ListError]:
    """Yield that the office's list of units is empty, as where a province was begun and not filled in: ours would hold."""
    if Unit in theirs and not theirs[Unit]:
        yield ListError(f"{overlay_dir}/{Unit.name_of_list}.csv: has no unit; fill it in, or remove it to have ours")


def _find_errors(merged: PlacedRows, ours: PlacedRows, lists: Lists) -> Iterator[ListError]:
    yield from _check_references(merged, ours, lists)
    yield from _check_routes(merged)
    yield from _check_criteria_sets(merged)
    yield from _check_duties(merged, ours)
    yield from _check_one_sender(merged[ReportingRoute], lists)


def read_list(model: type[R], seeds_dir: Path) -> list[R]:
    """Read our rows of one list alone, for who needs no more; nothing is looked up in another list. Raises ListError."""
    return [each.row for each in _read(model, seeds_dir / f"{model.name_of_list}.csv")]


def columns(model: type[Row]) -> list[tuple[str, str]]:
    """Return the columns of a list with their SQL types, as it is landed."""
    return [(name, _kind(field.annotation)) for name, field in model.model_fields.items()]


def values(model: type[Row], row: Row) -> tuple[Any, ...]:
    """Return what a row says, in the order of `columns`."""
    return tuple(getattr(row, name) for name in model.model_fields)


def form_frequencies(own_forms: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return how often each form, ours and the office's own, is reported ('month', 'quarter', 'register'), by its code."""
    files = sorted(FORMS_DIR.glob("[!_]*.yml"))
    texts = {file.stem: file.read_text(encoding="utf-8") for file in files}
    texts |= {Path(name).stem: text for name, text in own_forms.items()}
    frequencies = {stem.upper(): _EVERY.search(text) for stem, text in texts.items()}
    return {code: every[1] if every else "" for code, every in frequencies.items()}


def find_overlay_files(overlay_dir: Path) -> list[Path]:
    """Return the office's own files that runs read: its lists, definitions of forms, boundaries. The folder need not exist."""
    patterns = ("*.csv", f"{OWN_FORMS}/*.yml", "*.geojson")
    return [file for pattern in patterns for file in sorted(overlay_dir.glob(pattern))]


def _read_own_forms(overlay_dir: Path | None) -> dict[str, str]:
    folder = overlay_dir / OWN_FORMS if overlay_dir is not None else None
    texts = {}
    for file in sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []:
        if file.name.startswith((".", "~")):
            continue
        if not _DEFINITION.fullmatch(file.name):
            raise ListError(f"{file}: is not called after a form; use its code in small letters, as in d01.yml")
        try:
            texts[file.name] = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ListError(f"{file}: can't be read as UTF-8: {error}") from error
    return texts


def _overlays(overlay_dir: Path | None) -> Iterator[tuple[type[Row], Path]]:
    by_name = {model.name_of_list: model for model in LISTS if model.is_overlaid}
    files = sorted(overlay_dir.glob("*.csv")) if overlay_dir is not None else []
    for file in files:
        if file.stem not in by_name:
            raise ListError(f"{file}: no reference data of this name can be changed; known are {', '.join(by_name)}")
        yield by_name[file.stem], file


def _read(model: type[Row], file: Path) -> list[Placed]:
    try:
        return list(_parse(model, file, file.read_bytes()))
    except OSError as error:
        raise ListError(f"{file}: can't be read: {error.strerror}") from error


@lru_cache(maxsize=256)  # of an installation there are fewer
def _parse(model: type[Row], file: Path, content: bytes) -> tuple[Placed, ...]:
    """Return the rows of a file's content; kept, since Dagster's daemon reads the same files again and again (0.06 s)."""
    try:
        text = content.decode("utf-8-sig")
        return tuple(_rows(model, file, csv.reader(io.StringIO(text, newline=""), strict=True)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ListError(f"{file}: can't be read as CSV in UTF-8: {error}") from error


def _rows(model: type[Row], file: Path, lines: Any) -> Iterator[Placed]:
    header = [cell.strip() for cell in next(lines, [])]
    if unknown := [column for column in header if column not in model.model_fields]:
        columns = ", ".join(model.model_fields)
        raise ListError(f"{file}, row 1: unknown column {unknown[0]!r}; known are {columns}")
    if len(set(header)) < len(header):
        raise ListError(f"{file}, row 1: a column stands twice")
    undated = {"valid_from"} if issubclass(model, Dated) and model.may_be_undated else set()
    keys = {*model.key} - undated - model.may_lack
    needed = [name for name, field in model.model_fields.items() if field.is_required() or name in keys]
    if missing := [column for column in needed if column not in header]:
        raise ListError(f"{file}, row 1: column {missing[0]!r} is missing")
    seen: dict[tuple[Any, ...], int] = {}
    for cells in lines:
        place = f"{file}, row {lines.line_num}"
        texts = [unicodedata.normalize("NFC", cell.strip()) for cell in cells]
        if not any(texts):
            continue
        if len(texts) != len(header):
            raise ListError(f"{place}: {len(texts)} cells under {len(header)} columns")
        row = _parsed(model, {column: cell for column, cell in zip(header, texts, strict=True) if cell}, place)
        key = _key(row)
        if key in seen and not model.may_repeat:
            raise ListError(f"{place}: the same {', '.join(model.key)} as in row {seen[key]}")
        if key:
            seen[key] = lines.line_num
        yield Placed(row, place)


def _parsed(model: type[Row], cells: Mapping[str, str], place: str) -> Row:
    try:
        return model.model_validate(cells)
    except ValidationError as error:
        first = error.errors()[0]
    column = str(first["loc"][0]) if first["loc"] else ""
    problem = first["ctx"]["error"] if first["type"] == "value_error" else first["msg"][0].lower() + first["msg"][1:]
    if first["type"] == "missing":
        problem = "is blank"
    elif column and first["type"] != "value_error":
        problem = f"is wrong: {problem}"
    value = f"{cells[column]!r}" if column in cells else ""
    raise ListError(f"{place}: {' '.join(filter(None, (column, value, str(problem))))}")


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in row.key)


def _merge(model: type[Row], ours: list[Placed], theirs: list[Placed]) -> list[Placed]:
    replaced = {_key(each.row) for each in theirs} if model.key else set()
    if not replaced:
        return [*ours, *theirs]
    return [each for each in ours if _key(each.row) not in replaced] + theirs


def _check_references(merged: PlacedRows, ours: PlacedRows, lists: Lists) -> Iterator[ListError]:
    """Yield each value that refers to a row that is not there."""
    allowed = _Known(lists)
    for model, rows in merged.items():
        for column, field in model.model_fields.items():
            for mark in field.metadata:
                if isinstance(mark, OneOfOurs):
                    names = {getattr(each.row, column) for each in ours[model]}
                    for each in rows:
                        value = getattr(each.row, column)
                        yield from _find_strange(each, column, [value], names, f"{model.name_of_list}.{column}")
                elif isinstance(mark, Refers):
                    for each in rows:
                        what = f"{mark.to} of type {getattr(each.row, mark.of_type)}" if mark.of_type else mark.to
                        cell = getattr(each.row, column)
                        codes = split_codes(cell) if mark.several else (cell,)
                        if cell is not None and cell not in mark.words:
                            yield from _find_strange(each, column, codes, allowed[what], what, mark.words)


def _check_routes(merged: PlacedRows) -> Iterator[ListError]:
    """Yield each rule of the calendar by which nobody would owe anything, since no route has such reporters report the form."""
    routes = {(each.row.form, each.row.reporter_type) for each in merged[ReportingRoute]}
    for each in merged[ReportingRule]:
        form, kind = each.row.form, each.row.reporter_type
        if (form, kind) not in routes:
            yield ListError(f"{each.place}: no row of {ReportingRoute.name_of_list} has a {kind} report {form}")


def _check_criteria_sets(merged: PlacedRows) -> Iterator[ListError]:
    """Yield each set for communes that lacks criteria or is not in force alone, and days of which none is."""
    places: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for each in merged[Criterion]:
        places[each.row.set_id][each.row.criterion_no] = each.place
    sets = [each for each in merged[CriteriaSet] if each.row.is_commune_set]
    sets.sort(key=lambda each: each.row.valid_from or dt.date.min)
    for each in sets:
        yield from _check_criteria(each, places[each.row.set_id])
    if not sets:
        yield ListError(f"{CriteriaSet.name_of_list}.csv: no set is one for communes (is_commune_set)")
        return
    first, last = sets[0], sets[-1]
    owed_from = min((each.row.valid_from for each in merged[ReportingRule] if each.row.valid_from), default=None)
    if owed_from and first.row.valid_from and first.row.valid_from > owed_from:
        yield ListError(f"{first.place}: no set for communes is in force on {owed_from}, since when reports are owed")
    for each, after in pairwise(sets):
        ends, begins = each.row.valid_to, after.row.valid_from or dt.date.min
        if ends is None or ends > begins:
            both = f"{each.row.set_id} and {after.row.set_id}"
            yield ListError(f"{after.place}: two sets for communes are in force on {begins}: {both}")
        elif ends < begins:
            yield ListError(f"{after.place}: no set for communes is in force from {ends} until {begins}")
    if ends := last.row.valid_to:
        yield ListError(
            f"{last.place}: no set for communes is in force from {ends} on; leave valid_to blank until one is"
        )


def _check_duties(merged: PlacedRows, ours: PlacedRows) -> Iterator[ListError]:
    """Yield each duty that is to be answered by figures, of which we have no query."""
    asked = {each.row.item: each.row.trackability for each in ours[Duty]}
    for each in merged[Duty]:
        if each.row.trackability not in ("text", asked.get(each.row.item)):
            yield ListError(
                f"{each.place}: trackability {each.row.trackability!r} of {each.row.item} has no query of ours; use text, "
                "which the rows of the register answer"
            )


def _check_criteria(criteria_set: Placed, places: Mapping[int, str]) -> Iterator[ListError]:
    row = criteria_set.row
    if len(places) != row.n_criteria or not places:
        yield ListError(
            f"{criteria_set.place}: set {row.set_id} says n_criteria {row.n_criteria}, "
            f"and {Criterion.name_of_list} has {len(places)} of it"
        )
    if (number := max(places, default=0)) > MOST_CRITERIA:
        yield ListError(
            f"{places[number]}: criterion_no {number} is more than {MOST_CRITERIA}, for which forms have columns"
        )


def _check_one_sender(routes: list[Placed], lists: Lists) -> Iterator[ListError]:
    """Yield two routes by which a district and a unit of its own would report a form about the same unit on one day."""
    districts = [row for row in lists[Reporter] if row.reporter_type == DISTRICT]
    its_own = [each for each in routes if each.row.units == "itself" and each.row.reporter_type in (COMMUNE, WARD)]
    for theirs, own in product([each for each in routes if each.row.units == "its_communes"], its_own):
        if theirs.row.form == own.row.form:
            since = [first_common_day(theirs.row, own.row, row) for row in districts]
            for day in filter(None, since):
                form, kind = own.row.form, own.row.reporter_type
                yield ListError(f"{own.place}: {form} is reported by district and by {kind} from {day} on")


def first_common_day(*rows: Dated) -> dt.date | None:
    """Return the first day on which all rows hold; None if there is none."""
    start = max(row.valid_from or dt.date.min for row in rows)
    return start if all(row.holds_on(start) for row in rows) else None


def _find_strange(
    each: Placed, column: str, codes: Iterable[str], allowed: Collection[str], what: str, words: Sequence[str] = ()
) -> Iterator[ListError]:
    for code in codes:
        if code not in allowed:
            hint = f"; known are {', '.join(sorted(allowed))}" if len(allowed) <= _SHOWN else ""
            hint += f"; or one word alone: {', '.join(words)}" if words else ""
            yield ListError(f"{each.place}: {column} {code!r} is not a known {what}{hint}")


class _Known(dict[str, set[str]]):
    """What values may refer to, by the name that models.py calls it, collected when first asked for."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists

    def __missing__(self, to: str) -> set[str]:
        self[to] = values = set(self._collect(to))
        return values

    def _collect(self, to: str) -> Iterable[str]:
        what, _, kind = to.partition(" of type ")
        if what == "form":
            return [code for code, every in form_frequencies(self._lists.own_forms).items() if kind in {"", every}]
        if what == "reporter_type":
            return [DISTRICT, COMMUNE, WARD, *(row.reporter_type for row in self._lists[ReporterType])]
        if what == "reporter":
            return [row.reporter_code for row in self._lists[Reporter] if kind in {"", row.reporter_type}]
        name, _, column = to.partition(".")
        model = next(each for each in LISTS if each.name_of_list == name)
        return [getattr(row, column) for row in self._lists[model]]


def _reporters(
    units: Iterable[Unit], departments: Iterable[Department], routes: Iterable[ReportingRoute]
) -> Iterator[Reporter]:
    """Yield who reports, and while: districts before other units, then departments.csv."""
    stretches = {
        kind: _joined(row for row in routes if row.reporter_type == kind) for kind in (DISTRICT, COMMUNE, WARD)
    }
    for unit in sorted(units, key=lambda row: row.level != DISTRICT):
        for stretch in stretches.get(unit.reporter_type or "", ()):
            valid_from = max(filter(None, (unit.valid_from, stretch.valid_from)), default=None)
            valid_to = min(filter(None, (unit.valid_to, stretch.valid_to)), default=None)
            if valid_from is None or valid_to is None or valid_from < valid_to:
                yield Reporter(
                    reporter_code=unit.code,
                    reporter_type=str(unit.reporter_type),
                    unit_level=unit.level,
                    name_vi=unit.name_vi,
                    valid_from=valid_from,
                    valid_to=valid_to,
                )
    for row in departments:
        yield Reporter(
            reporter_code=row.reporter_code,
            reporter_type=row.reporter_type,
            name_vi=row.name_vi,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )


def _joined(rows: Iterable[Dated]) -> list[Dated]:
    """Return the stretches in which one row or another holds."""
    joined: list[Dated] = []
    for row in sorted(rows, key=lambda each: each.valid_from or dt.date.min):
        last = joined[-1] if joined else None
        if last is None or (last.valid_to is not None and (row.valid_from or dt.date.min) > last.valid_to):
            joined.append(row)
        elif last.valid_to is not None and (row.valid_to is None or row.valid_to > last.valid_to):
            joined[-1] = last.model_copy(update={"valid_to": row.valid_to})
    return joined


def _one_at_a_time(model: type[Row], rows: list[Any]) -> list[Any]:
    """Cut the intervals of a list of which one row holds at a time, so that none overlap: the newest of those given wins."""
    if not issubclass(model, Dated) or not model.one_at_a_time:
        return rows
    groups: dict[tuple[Any, ...], list[Dated]] = {}
    for row in rows:
        groups.setdefault(tuple(getattr(row, column) for column in model.one_at_a_time), []).append(row)
    return [row for group in groups.values() for row in _disjoint(group)]


def _disjoint(group: list[Dated]) -> Iterator[Dated]:
    if len(group) == 1:
        yield group[0]
        return
    turns = {dt.date.min, *(day for row in group for day in (row.valid_from, row.valid_to) if day)}
    stretches: list[tuple[dt.date, Dated | None]] = []
    for turn in sorted(turns):
        valid = [row for row in group if row.holds_on(turn)]
        newest = max(valid, key=lambda row: row.valid_from or dt.date.min, default=None)
        if not stretches or stretches[-1][1] is not newest:
            stretches.append((turn, newest))
    ends = [start for start, _ in stretches[1:]]
    for number, (start, row) in enumerate(stretches):
        if row is not None:
            valid_from = None if start == dt.date.min else start
            valid_to = ends[number] if number < len(ends) else None
            yield row.model_copy(update={"valid_from": valid_from, "valid_to": valid_to})


def _kind(annotation: Any) -> str:
    """Return the SQL type of a column: of `str | None`, of a number with its limits, of a list of words."""
    if get_origin(annotation) is Annotated:
        return _kind(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return _KINDS[str]
    if annotation in _KINDS:
        return _KINDS[annotation]
    (inner,) = (each for each in get_args(annotation) if each is not type(None))
    return _kind(inner)
