"""The office's own reference files: `$NTM_RAW_DIR/reference/<name>.csv` (contract.md, "Environment").

Here: which files there may be, and whether each says what its columns ask for. A broken one stops the run with one line
that names file and row, since half a calendar is worse than none.
Not here: how overlay and seed become one (dbt for tables, pipelines/intake/reference.py for reading), and what rules mean.
"""

import csv
import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEYS: Mapping[str, tuple[str, ...]] = {
    "holidays": ("date",),
    "calendar_exceptions": ("reporter_code", "form", "period"),
    "aliases": ("alias", "code"),
    "reporting_calendar": ("form", "reporter_type", "reporters", "valid_from"),
    "targets": ("target_id",),
    "leadership_index_weights": ("component", "valid_from"),
    "parameters": ("name", "valid_from"),
    "contacts": ("reporter_code",),
}
NEEDED: Mapping[str, tuple[str, ...]] = {  # beside the key: a row replaces the seed's as a whole
    "calendar_exceptions": ("kind",),
    "reporting_calendar": ("frequency", "due_days_after_period_end"),
    "targets": ("level", "operator", "value"),
    "leadership_index_weights": ("weight",),
    "parameters": ("value",),
}
MAY_BE_BLANK = frozenset({"valid_from"})  # of the key: blank means from the beginning
WITHOUT_SEED: Mapping[str, tuple[str, ...]] = {"contacts": ("reporter_code", "name", "email", "phone")}
Row = tuple[str | None, ...]


class OverlayError(Exception):
    """A reference file can't be used; the message is one line with file and row."""


@dataclass(frozen=True)
class Overlay:
    """One reference table as the office has it: the columns of its seed, blank cells as None; no rows without a file."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_overlays(seeds_dir: Path, overlay_dir: Path) -> list[Overlay]:
    """All overlays, in the order of KEYS. Columns stand in any order, and may be left out unless in KEYS or NEEDED.

    Raises OverlayError for a file of another name, an unknown or missing column, a row of another width, a blank cell
    where one is needed, a repeated key, and a day, number or word that its column does not take.
    """
    files = {file.stem: file for file in sorted(overlay_dir.glob("*.csv"))} if overlay_dir.is_dir() else {}
    for name, file in files.items():
        if name not in KEYS:
            raise OverlayError(f"{file}: no reference data of this name can be changed; known are {', '.join(KEYS)}")
    return [_read(name, _seed_columns(name, seeds_dir), files.get(name)) for name in KEYS]


def _seed_columns(name: str, seeds_dir: Path) -> tuple[str, ...]:
    if name in WITHOUT_SEED:
        return WITHOUT_SEED[name]
    with (seeds_dir / f"{name}.csv").open(encoding="utf-8", newline="") as seed:
        return tuple(next(csv.reader(seed)))


def _read(name: str, columns: tuple[str, ...], file: Path | None) -> Overlay:
    if file is None:
        return Overlay(name, columns, ())
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return Overlay(name, columns, tuple(_rows(name, columns, file, csv.reader(lines, strict=True))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OverlayError(f"{file}: can't be read as CSV in UTF-8: {error}") from error


def _rows(name: str, columns: tuple[str, ...], file: Path, lines: Any) -> list[Row]:
    header = [cell.strip() for cell in next(lines, [])]
    if unknown := [column for column in header if column not in columns]:
        raise OverlayError(f"{file}, row 1: unknown column {unknown[0]!r}; known are {', '.join(columns)}")
    if len(set(header)) < len(header):
        raise OverlayError(f"{file}, row 1: a column stands twice")
    if missing := [column for column in _needed(name) if column not in header]:
        raise OverlayError(f"{file}, row 1: column {missing[0]!r} is missing")
    seen: dict[Row, int] = {}
    rows = []
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        place = f"{file}, row {lines.line_num}"
        if len(cells) != len(header):
            raise OverlayError(f"{place}: {len(cells)} cells under {len(header)} columns")
        row = {column: cell.strip() or None for column, cell in zip(header, cells, strict=True)}
        _check(name, row, place)
        key = tuple(row[column] for column in KEYS[name])
        if key in seen:
            raise OverlayError(f"{place}: the same {', '.join(KEYS[name])} as in row {seen[key]}")
        seen[key] = lines.line_num
        rows.append(tuple(row.get(column) for column in columns))
    return rows


def _needed(name: str) -> tuple[str, ...]:
    return KEYS[name] + NEEDED.get(name, ())


def _check(name: str, row: Mapping[str, str | None], place: str) -> None:
    for column in _needed(name):
        if row[column] is None and column not in MAY_BE_BLANK:
            raise OverlayError(f"{place}: {column} is blank")
    for column, cell in row.items():
        check = CHECKS.get((name, column)) or CHECKS.get(("", column))
        if cell is not None and check is not None and not check.accepts(cell):
            raise OverlayError(f"{place}: {column} {cell!r} is not {check.what}")
    if name == "parameters" and (row.get("unit") == "date") != _is_day(row["value"] or "") and row.get("unit"):
        raise OverlayError(f"{place}: value {row['value']!r} does not go with the unit {row['unit']!r}")
    if name == "calendar_exceptions" and row["kind"] == "moved" and row.get("due_on") is None:
        raise OverlayError(f"{place}: kind 'moved' needs due_on")


@dataclass(frozen=True)
class _Check:
    what: str
    accepts: Callable[[str], object]


def _is_day(cell: str) -> bool:
    try:
        dt.date.fromisoformat(cell)
    except ValueError:
        return False
    return len(cell) == len("2014-09-07")


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def _one_of(*words: str) -> _Check:
    return _Check("one of " + ", ".join(words), frozenset(words).__contains__)


_DAY = _Check("a day like 2014-09-07", _is_day)
_NUMBER = _Check("a number like 0.25", _is_number)
CHECKS: Mapping[tuple[str, str], _Check] = {
    ("", "date"): _DAY,
    ("", "valid_from"): _DAY,
    ("", "valid_to"): _DAY,
    ("", "due_on"): _DAY,
    ("", "deadline"): _DAY,
    ("", "weight"): _NUMBER,
    ("targets", "value"): _NUMBER,
    ("parameters", "value"): _Check("a number or a day", lambda cell: _is_number(cell) or _is_day(cell)),
    ("targets", "operator"): _one_of(">=", "<="),
    ("reporting_calendar", "due_days_after_period_end"): _Check("a number of days", str.isdecimal),
    ("reporting_calendar", "frequency"): _one_of("month", "quarter"),
    ("reporting_calendar", "non_working_day"): _one_of("keep", "next_working_day"),
    ("calendar_exceptions", "kind"): _one_of("moved", "excused"),
    ("calendar_exceptions", "period"): _Check(
        "a period like 2014-09 or 2014-Q3", re.compile(r"\d{4}-(0[1-9]|1[0-2]|Q[1-4])").fullmatch
    ),
}


def parameter(name: str, seeds_dir: Path, overlay_dir: Path, on: dt.date) -> str:
    """Return a [number] of quality.md as it holds on a day, the office's own first.

    Raises OverlayError as `read_overlays`, KeyError for a name that no row holds for.
    """
    (overlay,) = [each for each in read_overlays(seeds_dir, overlay_dir) if each.name == "parameters"]
    own = [dict(zip(overlay.columns, row, strict=True)) for row in overlay.rows]
    with (seeds_dir / "parameters.csv").open(encoding="utf-8", newline="") as seed:
        ours = list(csv.DictReader(seed))
    replaced = {(row["name"], row["valid_from"] or "") for row in own}
    rows = own + [row for row in ours if (row["name"], row["valid_from"] or "") not in replaced]
    valid = [
        row
        for row in rows
        if row["name"] == name and (row["valid_from"] or "") <= on.isoformat() < (row["valid_to"] or "9999")
    ]
    if not valid:
        raise KeyError(name)
    return str(max(valid, key=lambda row: row["valid_from"] or "")["value"])
