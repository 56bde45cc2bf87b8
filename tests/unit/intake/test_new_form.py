"""The worked example of CONTRIBUTING.md, run as a newcomer would: its files put into a copy of the project, nothing else."""

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import jinja2
import pytest
import yaml

from tests.unit.intake.workbooks import ROOT

READ = """
from datetime import date
from pathlib import Path
import duckdb
from pipelines.settings import SEEDS_DIR
from pipelines.progress import Watcher
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.load import load
from pipelines.warehouse.reader import IntakeReader

raw = Path("deliveries")
reader = IntakeReader(SEEDS_DIR, raw / "reference", date(2015, 7, 20))
with duckdb.connect("working.duckdb") as connected:
    load(connected, raw, Archive(Path("archive")), reader, reader.lists, reader.limits, Watcher(), 1)
"""


def blocks() -> dict[str, str]:
    """The example's files: path, as their first line names it, → content."""
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = {}
    for block in re.findall(r"^ *```(?:yaml|sql|csv)\n(.*?)^ *```$", page, re.DOTALL | re.MULTILINE):
        first, _, content = textwrap.dedent(block).partition("\n")
        found[re.sub(r"^(?:#|--) ", "", first)] = content
    return found


def test_example_has_a_definition_a_model_its_description_and_a_sheet() -> None:
    assert [Path(path).suffix for path in blocks()] == [".yml", ".sql", ".yml", ".csv"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with the example's files in it, and its delivery loaded."""
    folder = tmp_path_factory.mktemp("project")
    unneeded = shutil.ignore_patterns("__pycache__", "target", "logs")
    shutil.copytree(ROOT / "pipelines", folder / "pipelines", ignore=unneeded)
    shutil.copytree(ROOT / "dbt_project", folder / "dbt_project", ignore=unneeded)
    for path, content in blocks().items():
        file = folder / ("deliveries" if path.endswith(".csv") else "") / path
        assert not file.exists(), "the example adds files and changes none"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    subprocess.run([sys.executable, "-c", READ], cwd=folder, check=True)
    return folder


def test_sheet_of_the_new_form_lands_with_its_findings(project: Path) -> None:
    with duckdb.connect(str(project / "working.duckdb"), read_only=True) as working:
        assert working.sql(
            "select form, reporter_code, period, status, rows_used from landed.submissions"
        ).fetchall() == [("H08", "443", "2014-Q3", "usable", 2)]
        assert working.sql("select rule_id, cell, field, value from landed.findings order by cell").fetchall() == [
            ("E05", "C5", "households", "1.204"),
            ("E01", "D6", "served_households", "chưa rõ"),
            ("E05", "E5", "fees_million_vnd", "12.500"),
        ]
        assert working.sql(
            "select stated, computed, unreadable_cells from landed.totals where field <> 'served_households' order by field"
        ).fetchall() == [(12.5, 12.5, 0), (2184.0, 2184.0, 0)]


def test_its_staging_model_builds(project: Path) -> None:
    (model,) = (path for path in blocks() if path.endswith(".sql"))
    described = yaml.safe_load(blocks()[str(Path(model).parent / "stg_districts__h08.yml")])
    (source,), (about,) = described["sources"], described["models"]
    names = {(source["name"], table["name"]) for table in source["tables"]}

    def relation(schema: str, table: str) -> str:
        assert (schema, table) in names
        return f"{schema}.{table}"

    assert about["name"] == Path(model).stem
    sql = jinja2.Template((project / model).read_text(encoding="utf-8")).render(source=relation)
    with duckdb.connect(str(project / "working.duckdb"), read_only=True) as working:
        rows = working.sql(
            f"select commune_code, households, served_households, fees_million_vnd, has_landfill from ({sql}) order by row_number"
        ).fetchall()
    assert rows == [("18424", 1204, 850, 12.5, True), ("18415", 980, None, 0.0, False)]
