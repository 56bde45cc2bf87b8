"""A model that fails leaves what stood in its place: dbt asked for one table is not a way to lose it."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import DBT_PROJECT_DIR

pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("default")]  # of dbt and its libraries

PROJECT = """
name: small
version: "1.0"
profile: small
models: {small: {+persist_docs: {relation: true, columns: true}}}
"""
PROFILES = "small: {target: t, outputs: {t: {type: duckdb, path: \"{{ env_var('SMALL_FILE') }}\", threads: 1}}}"
SCHEMA = """
models:
  - name: contracted
    description: A table with a contract.
    config: {materialized: table, contract: {enforced: true}}
    columns: [{name: number, data_type: integer, description: A number.}]
  - {name: plain, config: {materialized: table}}
  - {name: seen, config: {materialized: view}}
  - {name: ruled, config: {materialized: rule}}
"""
RULE = (
    "select 'X' as rule_id, 'failed' as outcome, '' as outcome_reason, '' as reporter_code, '' as form, '' as period, "
)
GOOD = {
    "contracted": "select 1::integer as number",
    "plain": "select 1 as number",
    "seen": "select 1 as number",
    "ruled": f"{RULE} '' as submission_id, {{}} as number, 1 as rows_alike",
}
GOOD["ruled"] = GOOD["ruled"].format(1)
BROKEN = {
    name: sql.replace("1 as number", "error('broken') as number").replace("1::integer", "error('broken')::integer")
    for name, sql in GOOD.items()
}
BROKEN["seen"] = "select number from nowhere"
COLUMNS = """
{% macro rule_columns() %}
    {{ return({"rule_id": "varchar", "outcome": "varchar", "outcome_reason": "varchar", "reporter_code": "varchar",
               "form": "varchar", "period": "varchar", "submission_id": "varchar", "number": "integer",
               "rows_alike": "integer"}) }}
{% endmacro %}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with our materializations."""
    for folder in ("models", "macros"):
        (tmp_path / folder).mkdir()
    (tmp_path / "dbt_project.yml").write_text(PROJECT)
    (tmp_path / "profiles.yml").write_text(PROFILES)
    (tmp_path / "models" / "schema.yml").write_text(SCHEMA)
    (tmp_path / "macros" / "columns.sql").write_text(COLUMNS)
    shutil.copy(DBT_PROJECT_DIR / "macros" / "materializations.sql", tmp_path / "macros")
    monkeypatch.setenv("SMALL_FILE", str(tmp_path / "small.duckdb"))
    return tmp_path


def build(project: Path, models: dict[str, str]) -> set[str]:
    """Write the models and run them; return what became of them."""
    for name, sql in models.items():
        (project / "models" / f"{name}.sql").write_text(sql)
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415 (4 s, which collection need not take)
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 (as above)

    arguments = ["--log-level", "none", "--log-path", str(project), "run"]
    ended = dbtRunner().invoke([*arguments, "--project-dir", str(project), "--profiles-dir", str(project)])
    DuckDBConnectionManager.close_all_connections()
    results: Any = ended.result
    return {str(each.status) for each in results}


def numbers(project: Path) -> dict[str, list[tuple[int]]]:
    with duckdb.connect(str(project / "small.duckdb")) as connected:
        return {name: connected.execute(f"select number from {name}").fetchall() for name in GOOD}


def test_a_model_that_fails_leaves_the_table_that_stood(project: Path) -> None:
    assert build(project, GOOD) == {"success"}
    before = numbers(project)
    assert build(project, BROKEN) == {"error"}
    assert numbers(project) == before
    again = {name: sql.replace("1 as number", "2 as number").replace("1::", "2::") for name, sql in GOOD.items()}
    assert build(project, again) == {"success"}
    assert set(map(tuple, numbers(project).values())) == {((2,),)}
