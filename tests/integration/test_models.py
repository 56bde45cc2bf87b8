"""dbt's unit tests: what each model makes of a few rows, given in YAML beside it."""

from pathlib import Path

import duckdb

from tests.integration.landed import Landed, run_dbt


def test_every_unit_test_of_a_model_holds(parsed_home: Path, tmp_path: Path) -> None:
    """They need the columns of what their models read, and no row of it: so all is built where nothing has landed."""
    file = tmp_path / "working.duckdb"
    with duckdb.connect(str(file)) as connected:
        Landed().land(connected)
    run_dbt(file, "2015-07-20", parsed_home, "build", "--resource-type", "model", "--resource-type", "unit_test")
