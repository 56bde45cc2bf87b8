"""What intake knows before it opens a file: forms, units, reporters, names of criteria, limits.

Here: reading the reference lists (the dbt project's seeds, and the office's overlay beside the deliveries), and the
version of all that a reading depends on. Nothing of a delivery, and no list of its own.
"""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipelines.intake.columns import PlainCellCache
from pipelines.intake.forms import Forms, load_forms
from pipelines.intake.headers import HeaderIndex, compile_headers
from pipelines.intake.reporters import ReporterIndex
from pipelines.intake.rowkinds import LabelReader
from pipelines.intake.titles import TitleIndex, compile_titles
from pipelines.intake.units import UnitIndex

_LISTS = ("units", "aliases", "unit_changes", "departments", "criteria", "criteria_sets", "parameters")
_OVERLAID = {"aliases": ("alias", "code"), "parameters": ("name", "valid_from")}
"""Lists that an office may overlay, with the key by which its row takes the place of ours (contract.md, environment)."""
_INTAKE = Path(__file__).parent
_READ_WITH = frozenset({".py", ".yml", ".csv"})
"""Files of intake, its subfolders included, that decide what a delivery is read as: code, forms, maps of letters."""


@dataclass(frozen=True)
class Knowledge:
    """All reference data that a reading uses. Load it once; it is never changed."""

    forms: Forms
    units: UnitIndex
    reporters: ReporterIndex
    reporter_types: Mapping[str, str]
    criterion_names: Mapping[int, tuple[str, ...]]
    file_size_max: float
    file_unpacked_max: float
    read_seconds_max: float
    read_seconds_max_per_mb: float
    read_memory_max: float
    read_standstill_max: float

    @classmethod
    def load(cls, seeds_dir: Path, overlay_dir: Path | None = None) -> "Knowledge":
        """Read the reference lists.

        `seeds_dir` holds the csv files; `overlay_dir` (may be missing) holds the office's own rows of some of them.
        Raises OSError for a missing seed, FormError or ValueError (naming file and what is wrong) for a broken list.
        """
        lists = {name: _read(name, seeds_dir, overlay_dir) for name in _LISTS}
        forms = load_forms()
        units = UnitIndex(lists["units"], lists["aliases"], lists["unit_changes"])
        parameters = {
            row["name"]: row["value"] for row in sorted(lists["parameters"], key=lambda row: row["valid_from"])
        }
        commune_sets = {row["set_id"] for row in lists["criteria_sets"] if row["is_commune_set"] == "true"}
        return cls(
            forms=forms,
            units=units,
            reporters=ReporterIndex(units, lists["departments"]),
            reporter_types={row["code"]: "district" for row in lists["units"] if row["level"] == "district"}
            | {row["reporter_code"]: row["reporter_type"] for row in lists["departments"]},
            criterion_names=_criterion_names(
                forms, [row for row in lists["criteria"] if row["set_id"] in commune_sets]
            ),
            file_size_max=float(parameters["file_size_max_mb"]) * 1e6,
            file_unpacked_max=float(parameters["file_unpacked_max_mb"]) * 1e6,
            read_seconds_max=float(parameters["read_seconds_max"]),
            read_seconds_max_per_mb=float(parameters["read_seconds_max_per_mb"]),
            read_memory_max=float(parameters["read_memory_max_mb"]) * 1e6,
            read_standstill_max=float(parameters["read_standstill_max"]),
        )

    @cached_property
    def headers(self) -> HeaderIndex:
        """Header texts of all forms, compiled for matching."""
        return compile_headers(self.forms, self.criterion_names)

    @cached_property
    def plain_cells(self) -> PlainCellCache:
        """What cells said that were read plainly before: it makes reading faster, never different."""
        return PlainCellCache()

    @cached_property
    def labels(self) -> LabelReader:
        """What the label of a row tells of it, by the forms' words."""
        return LabelReader(self.forms.words)

    @cached_property
    def titles(self) -> TitleIndex:
        """Form numbers and titles, compiled for matching."""
        return compile_titles(self.forms)


def intake_version(seeds_dir: Path, overlay_dir: Path | None = None) -> str:
    """Return the version of reading: a hash over intake's code, the form definitions and the lists they use.

    A delivery read under another version is read again from the archive (architecture.md, decision 4).
    """
    digest = hashlib.sha256()
    files = [(f.relative_to(_INTAKE).as_posix(), f) for f in sorted(_INTAKE.rglob("*")) if f.suffix in _READ_WITH]
    files += [(path.name, path) for name in _LISTS for path in _paths(name, seeds_dir, overlay_dir)]
    for name, path in files:
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _paths(name: str, seeds_dir: Path, overlay_dir: Path | None) -> Iterator[Path]:
    yield seeds_dir / f"{name}.csv"
    if overlay_dir is not None and name in _OVERLAID:
        overlay = overlay_dir / f"{name}.csv"
        if overlay.is_file():
            yield overlay


def _read(name: str, seeds_dir: Path, overlay_dir: Path | None) -> list[dict[str, str]]:
    seed, *overlays = (_rows(path) for path in _paths(name, seeds_dir, overlay_dir))
    if not overlays:
        return seed
    key = _OVERLAID[name]
    for row in overlays[0]:
        if missing := [column for column in key if column not in row]:
            raise ValueError(f"reference/{name}.csv: column {missing[0]!r} is missing")
    filled = [dict.fromkeys(seed[0], "") | row for row in overlays[0]]
    replaced = {tuple(row[column] for column in key) for row in filled}
    return [row for row in seed if tuple(row[column] for column in key) not in replaced] + filled


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]


def _criterion_names(forms: Forms, criteria: list[dict[str, str]]) -> dict[int, tuple[str, ...]]:
    """Names by criterion number: those of the forms' shared file, and those of every criteria set for communes."""
    names: dict[int, dict[str, None]] = {
        number: dict.fromkeys(given) for number, given in forms.criterion_names.items()
    }
    for row in criteria:
        names.setdefault(int(row["criterion_no"]), {})[row["name_vi"]] = None
    return {number: tuple(given) for number, given in names.items()}
