"""dbt as its users start it: in `dbt_project/`, without any variable of ours."""

import os
import shutil
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import DBT_PROJECT_DIR, Settings
from pipelines.warehouse import build
from pipelines.warehouse.publish import holds_published_build
from tests.integration.conftest import AS_OF, Office

pytestmark = [
    pytest.mark.long,
    pytest.mark.filterwarnings("default"),  # dbt and its libraries warn about themselves
]


@pytest.fixture
def checkout(finished: tuple[Office, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout in which `make run` was made with the usual folders; this process stands in its `dbt_project/`."""
    ignored = shutil.ignore_patterns("target", "logs")
    shutil.copytree(DBT_PROJECT_DIR, tmp_path / "dbt_project", ignore=ignored)
    (tmp_path / "var").mkdir()
    shutil.copy(finished[0].home / "working.duckdb", tmp_path / "var")
    for name in [name for name in os.environ if name.startswith(("NTM_", "DBT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    monkeypatch.chdir(tmp_path / "dbt_project")
    return tmp_path


def run_dbt(parsed_home: Path, *arguments: str) -> list[str]:
    """Run dbt; return what failed. The project is handed over as parsed, which proves nothing here and costs 13 s."""
    settings = Settings.from_environment({"NTM_HOME": str(parsed_home)}, reads_raw=False)
    chosen = ["--select", "int_months", "--exclude-resource-type", "unit_test"]
    result = build._run(["--quiet", "--no-use-colors", *arguments, *chosen], project=build.parsed_project(settings))
    assert result.exception is None
    results = getattr(result.result, "results", [])
    return [str(each.message) for each in results if each.status in {"error", "fail"}]


def test_it_finds_the_working_file_and_the_day_of_the_last_load(checkout: Path, parsed_home: Path) -> None:
    assert run_dbt(parsed_home, "build") == []
    (compiled,) = (checkout / "dbt_project" / "target" / "compiled").rglob("int_months.sql")
    assert f"cast('{AS_OF}' as date)" in compiled.read_text(encoding="utf-8")
    with duckdb.connect(str(checkout / "var" / "working.duckdb"), read_only=True) as working:
        assert working.execute("select count(*) > 0 from intermediate.int_months").fetchone() == (True,)


def test_what_it_built_is_not_published_and_what_it_tested_stands(checkout: Path, parsed_home: Path) -> None:
    def is_published() -> bool:
        with duckdb.connect(str(checkout / "var" / "working.duckdb"), read_only=True) as working:
            return holds_published_build(working)

    assert is_published()
    assert run_dbt(parsed_home, "test") == []
    assert is_published()
    assert run_dbt(parsed_home, "build") == []
    assert not is_published()


def test_where_nothing_was_loaded_it_says_what_to_do(checkout: Path, parsed_home: Path) -> None:
    (checkout / "var" / "working.duckdb").unlink()
    (message,) = run_dbt(parsed_home, "build")
    assert "Nothing has been loaded yet: make run" in message
