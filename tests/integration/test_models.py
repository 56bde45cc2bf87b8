"""dbt's unit tests: what each model makes of a few rows, given in YAML beside it."""

from pathlib import Path

import duckdb

from tests.integration.landed import Landed, run_dbt
from tests.integration.recorded import Recording


def test_every_unit_test_of_a_model_holds_and_every_data_test_where_nothing_has_landed(
    recording: Recording, parsed_home: Path, tmp_path: Path
) -> None:
    """Unit tests need the columns of what their models read, and no row of it."""
    file = tmp_path / "working.duckdb"
    with duckdb.connect(str(file)) as connected:
        Landed().land(connected)
        recording.play(connected, "2015-07-20", "+path:models")
    run_dbt(file, "2015-07-20", parsed_home, "test", "--select", "test_type:unit")
