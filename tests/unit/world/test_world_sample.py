"""The shipped sample: equal bytes for equal seeds, every file entered or carded, everything planted written down."""

import hashlib
import io
import warnings
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.world import Plan, World
from tests.world.clerks import TCVN3, a1, cp1258, tcvn3
from tests.world.defects import AT_RANDOM_ONLY, DEFAULT, KINDS
from tests.world.folder import write_folder
from tests.world.post import DIRECTIVES_FILE, REGISTER_FOLDER
from tests.world.province import START
from tests.world.truth import Truth

pytestmark = pytest.mark.long
RAW = Path(__file__).parents[3] / "raw"
LIMIT = 12_000_000
FREE_MONTHS = (date(2014, 9, 1), date(2014, 12, 1), date(2015, 6, 1))


def digests(world: World) -> dict[str, str]:
    return {d.path: hashlib.sha256(d.content).hexdigest() for d in world.deliveries()}


def test_equal_seeds_give_equal_bytes_and_others_do_not() -> None:
    first, second, other = (digests(World(seed, last=START)) for seed in (5, 5, 6))
    assert first == second
    assert first != other


def test_the_shipped_folder_is_what_the_generator_writes(sample: World) -> None:
    shipped = {
        p.relative_to(RAW).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for folder in (*RAW.glob("20*"), RAW / REGISTER_FOLDER, (RAW / DIRECTIVES_FILE).parent)
        for p in folder.rglob("*")
        if p.is_file()
    }
    assert shipped == digests(sample), "raw/ is stale: make sample"


def test_the_sample_is_small(sample: World) -> None:
    files = list(sample.deliveries())
    assert sum(len(f.content) for f in files) < LIMIT
    assert len(files) < 400
    assert {Path(f.path).suffix for f in files} == {".xlsx", ".xls", ".ods", ".csv"}


def test_every_file_stands_in_the_register_or_on_the_card(sample: World, tmp_path: Path) -> None:
    write_folder(sample, tmp_path)
    card = (tmp_path / "sample.provenance.yml").read_text(encoding="utf-8")
    entered = {e.file_name for e in sample.entries}
    for file in sample.files():
        assert file.path in entered or Path(file.path).name in entered or file.path in card, file.path
    assert (tmp_path / "AS_OF").read_text().strip() == "2015-07-20"
    assert "mô phỏng" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_base_names_in_the_register_are_unique(sample: World) -> None:
    names = Counter(Path(f.path).name for f in sample.files())
    by_name = {e.file_name for e in sample.entries if "/" not in e.file_name}
    assert by_name
    assert all(names[n] == 1 for n in by_name)


def test_every_workbook_opens_and_says_that_it_is_simulated(sample: World) -> None:
    spoilt = {e.path for e in sample.expected if e.rule_id == "F01"}
    for file in sample.files():
        if file.path in spoilt or file.path.endswith(".csv"):
            continue
        assert CalamineWorkbook.from_filelike(io.BytesIO(file.content)).sheet_names
        if file.path.endswith(".ods"):
            assert "mô phỏng" in zipfile.ZipFile(io.BytesIO(file.content)).read("meta.xml").decode()
    first = next(f for f in sample.files() if f.path.endswith(".xlsx") and f.path not in spoilt)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        workbook = openpyxl.load_workbook(io.BytesIO(first.content))
    assert "mô phỏng" in workbook.properties.title


def test_every_planted_defect_is_expected_and_every_kind_is_planted(sample: World) -> None:
    expected = {e.defect_id for e in sample.expected}
    quiet = {f"P{n:03d}" for n, plan in enumerate(DEFAULT, start=1) if plan.kind == "withdrawn"}
    assert expected - {"habit"} == {f"P{n:03d}" for n in range(1, len(DEFAULT) + 1)} - quiet
    assert {p.kind for p in DEFAULT} == set(KINDS) - {*AT_RANDOM_ONLY}


def test_expected_cells_hold_the_value_said(sample: World) -> None:
    contents = {f.path: f.content for f in sample.files()}
    looked_at = 0
    for e in sample.expected:
        if not e.cell or not e.path.endswith(".xlsx") or e.rule_id == "F12":
            continue
        rows = CalamineWorkbook.from_filelike(io.BytesIO(contents[e.path])).get_sheet_by_name(e.sheet)
        cells = {
            a1((r, c)): v for r, row in enumerate(rows.to_python(skip_empty_area=False)) for c, v in enumerate(row)
        }
        shown = cells[e.cell]
        assert str(int(shown) if isinstance(shown, float) else shown) == e.value, e
        looked_at += 1
    assert looked_at > 25


def test_without_defects_nothing_is_planted(clean: World) -> None:
    assert {e.defect_id for e in clean.expected} == {"habit"}
    assert {e.severity for e in clean.expected} == {"info"}
    assert not clean.hidden
    assert all(e.note is None for e in clean.entries)


def test_chosen_defects_can_be_planted_in_any_seed() -> None:
    world = World(
        9, last=date(2014, 10, 1), defects=[Plan("missing", "441", "2014-10"), Plan("absent", "445", "2014-10")]
    )
    paths = [d.path for d in world.deliveries()]
    assert not any("2014-10/huyen-vu-quang" in p for p in paths)
    assert Counter(e.rule_id for e in world.expected if e.defect_id != "habit") == {"D01": 5, "R04": 1}


def test_figures_of_three_months_are_hidden_by_nothing(truth: Truth) -> None:
    for row in truth.province_months:
        assert bool(row["hidden_by"]) is (row["month"] not in FREE_MONTHS)
    december = next(r for r in truth.province_months if r["month"] == date(2014, 12, 1))
    assert (december["communes_at_19"], december["communes_under_7"], december["communes_under_5"]) == (26, 38, 0)


def test_totals_are_the_sums_of_their_communes(truth: Truth) -> None:
    for total in truth.province_months:
        districts = [d for d in truth.district_months if d["month"] == total["month"]]
        for column in ("communes_expected", "communes_at_19", "models_running", "models_new", "weak_communes"):
            assert total[column] == sum(d[column] for d in districts)


def test_reports_missing_and_late_are_counted(truth: Truth) -> None:
    rows = {r["month"]: r for r in truth.province_months}
    assert (rows[date(2014, 10, 1)]["reports_expected"], rows[date(2014, 10, 1)]["reports_received"]) == (60, 55)
    assert rows[date(2014, 11, 1)]["reports_on_time"] == 55
    assert rows[date(2015, 6, 1)]["districts_expected"] == 13


def test_the_truth_shipped_is_the_samples(truth: Truth, tmp_path: Path) -> None:
    truth.write(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (Path(__file__).parents[2] / "world" / "truth" / path.name).read_bytes(), path.name


def test_old_encodings_hold_what_was_typed() -> None:
    assert tcvn3("Xã Đức Thọ, nông thôn mới") == "X· §øc Thä, n«ng th«n míi"
    assert tcvn3("TỔNG") == "TæNG"
    assert len(TCVN3) == 74
    assert cp1258("Nguyễn Thị Hồng").encode("cp1258").decode("cp1258") == cp1258("Nguyễn Thị Hồng")
