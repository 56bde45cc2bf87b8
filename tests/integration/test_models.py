"""dbt's unit tests: what each model makes of a few rows, given in YAML beside it."""

import shutil
from pathlib import Path

from tests.integration.landed import run_dbt


def test_every_unit_test_of_a_model_holds(empty_build: Path, parsed_home: Path, tmp_path: Path) -> None:
    """They need the columns of what their models read, and no row of it: made where all is built and nothing landed."""
    file = Path(shutil.copy(empty_build / "working.duckdb", tmp_path))
    run_dbt(file, "2015-07-20", parsed_home, "test", "--select", "test_type:unit")
