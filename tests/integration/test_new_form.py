"""The worked example of CONTRIBUTING.md, done as a newcomer would: its files put into a copy of the project, and `make forms`."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines.products.trace import read_lineage
from tests.unit.intake.workbooks import ROOT

LAND_AND_BUILD = """
from pathlib import Path

from pipelines.progress import Watcher
from pipelines.settings import SEEDS_DIR, Settings
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.load import load, open_working_file
from pipelines.warehouse.reader import IntakeReader
from tests.integration.landed import run_dbt

settings = Settings.from_environment()
settings.make_home()
reader = IntakeReader(SEEDS_DIR, settings.overlay_dir, settings.as_of)
with open_working_file(settings.working_file) as connected:
    archive = Archive(settings.archive_dir)
    load(connected, settings.raw_dir, archive, settings.secret_file, reader, reader.lists, reader.limits, Watcher(), 1)
chosen = ["--warn-error", "--select", "+{mart}", "--exclude", "test_type:unit"]
run_dbt(settings.working_file, settings.as_of.isoformat(), Path("{parsed}"), "build", *chosen)
"""
pytestmark = pytest.mark.long
RECEIVED = datetime(2014, 10, 3, tzinfo=UTC).timestamp()
MART = "fct_waste_collection"
LINEAGE, LABELS = "pipelines/products/trace.yml", "dbt_project/seeds/labels.csv"


def blocks() -> dict[str, str]:
    """The example's files: path, as their first line names it, → content."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = {}
    for block in re.findall(r"^ *```(?:yaml|sql|csv)\n(.*?)^ *```$", page, re.DOTALL | re.MULTILINE):
        first, _, content = textwrap.dedent(block).partition("\n")
        found[re.sub(r"^(?:#|--) ", "", first)] = content
    return found


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the example's files and what `make forms` writes."""
    folder = tmp_path_factory.mktemp("project")
    unneeded = shutil.ignore_patterns("__pycache__", "target", "logs")
    for room in ("pipelines", "dbt_project", "expectations", "tests"):
        shutil.copytree(ROOT / room, folder / room, ignore=unneeded)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for path, content in blocks().items():
        file = folder / path
        assert file.exists() == (path in {LINEAGE, LABELS}), "the example adds files, and lines at the end of two"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as added:
            added.write(content)
        os.utime(file, (RECEIVED, RECEIVED))
    assert start(folder, "-m", "pipelines", "forms") == 0
    return folder


def start(folder: Path, *program: str) -> int:
    """Start Python in the copy, as from a shell of its own; returns the code it ends with."""
    ours = {
        "NTM_RAW_DIR": str(folder / "deliveries"),
        "NTM_HOME": str(folder / "home"),
        "NTM_AS_OF": "2014-10-20",
        "NTM_WORKING_FILE": str(folder / "home" / "working.duckdb"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NTM_", "PYTEST_"))}
    return subprocess.run([sys.executable, *program], cwd=folder, check=False, env=kept | ours).returncode


@pytest.fixture(scope="module")
def conventions(example: Path) -> tuple[int, Path]:
    """The code with which the tests of conventions end in the copy, and the home in which they parse its project."""
    held = [f"tests/conventions/test_{name}.py" for name in ("dbt_project", "catalogue", "generated", "boundaries")]
    held += ["tests/unit/test_wording.py", "tests/unit/intake/test_forms.py"]
    base = example / "held"
    code = start(example, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--basetemp", str(base), *held)
    return code, base / "shared-parsed"


@pytest.fixture(scope="module")
def project(example: Path, conventions: tuple[int, Path]) -> Path:
    """The copy, its delivery landed and its mart built."""
    assert start(example, "-c", LAND_AND_BUILD.format(mart=MART, parsed=conventions[1])) == 0
    return example


@pytest.fixture(scope="module")
def working(project: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(project / "home" / "working.duckdb"), read_only=True) as connected:
        yield connected


def test_its_sheet_lands_with_its_findings(working: duckdb.DuckDBPyConnection) -> None:
    assert working.sql("select form, reporter_code, period, status, rows_used from landed.submissions").fetchall() == [
        ("H08", "443", "2014-Q3", "usable", 2)
    ]
    assert working.sql("select rule_id, cell, field, value from landed.findings order by cell").fetchall() == [
        ("E05", "C5", "households", "1.204"),
        ("E01", "D6", "served_households", "chưa rõ"),
        ("E05", "E5", "fees_million_vnd", "12.500"),
    ]
    assert working.sql(
        "select stated, computed, unreadable_cells from landed.totals where field <> 'served_households' order by field"
    ).fetchall() == [(12.5, 12.5, 0), (2184.0, 2184.0, 0)]


def test_rules_look_at_it_without_a_further_line(working: duckdb.DuckDBPyConnection) -> None:
    looking = {rule for (rule,) in working.sql("select rule_id from landed.rule_forms where form = 'H08'").fetchall()}
    assert {"D01", "E01", "R01", "R05", "K02", "X05"} <= looking
    assert looking.isdisjoint({"E06", "K01"})


def test_its_mart_holds_what_the_sheet_says(working: duckdb.DuckDBPyConnection) -> None:
    assert working.sql(
        f"select * exclude (month, submission_id) from marts.{MART} order by households desc"
    ).fetchall() == [("18424", 1204, 850, 12.5, True), ("18415", 980, None, 0.0, False)]


def test_it_is_compared_for_copies_and_corrections_without_a_further_line(project: Path) -> None:
    written = (project / "dbt_project" / "macros" / "forms.sql").read_text(encoding="utf-8")
    fields = "['households', 'served_households', 'fees_million_vnd', 'has_landfill']"
    assert f"'is_register': false, 'unit': 'commune_code', 'personal': [], 'fields': {fields}" in written


def test_its_landed_table_has_a_suite(project: Path) -> None:
    suite = (project / "expectations" / "landed_h08.yml").read_text(encoding="utf-8")
    assert "{column: households, min_value: 0}" in suite
    assert "{column: commune_code, regex:" in suite


def test_its_mart_is_traced_by_columns_that_it_has(project: Path, working: duckdb.DuckDBPyConnection) -> None:
    lineage = read_lineage(project / LINEAGE)[f"marts.{MART}"]
    columns = {name for (name,) in working.sql(f"select column_name from (describe marts.{MART})").fetchall()}
    assert {*lineage["key"], *lineage["rows"]["by"], *lineage["rows"]["fields"]} <= columns


def test_it_keeps_the_conventions(conventions: tuple[int, Path]) -> None:
    """What `make test` would say of a commit that is the example."""
    assert conventions[0] == 0
