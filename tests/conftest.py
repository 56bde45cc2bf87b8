"""What several kinds of tests share: the parsed dbt project."""

import json
from pathlib import Path
from typing import Any

import pytest
from dbt.cli.main import dbtRunner

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """dbt's manifest of the project as it stands: parsed now, since a stale one lies."""
    folder = tmp_path_factory.mktemp("dbt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_WORKING_FILE", str(folder / "parse.duckdb"))
        patch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
        project = str(ROOT / "dbt_project")
        result = dbtRunner().invoke(
            [
                *("--quiet", "--no-use-colors", "--log-path", str(folder), "--warn-error"),
                *("parse", "--no-partial-parse", "--project-dir", project, "--profiles-dir", project),
                *("--target-path", str(folder / "target")),
            ]
        )
    assert result.success, result.exception
    return json.loads((folder / "target" / "manifest.json").read_text(encoding="utf-8"))
