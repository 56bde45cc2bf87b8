"""dbt's unit tests: what each model makes of a few rows, given in YAML beside it."""

from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.integration.landed import Landed, run_dbt
from tests.integration.recorded import Recording

AS_OF = "2015-07-20"


@pytest.fixture(scope="module")
def built_on_nothing(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working file with every model and no row, where each data test held."""
    file = tmp_path_factory.mktemp("nothing") / "working.duckdb"
    with duckdb.connect(str(file)) as connected:
        Landed().land(connected)
        recording.play(connected, AS_OF, "+path:models")
    return file


def test_every_unit_test_of_a_model_holds(recording: Recording, built_on_nothing: Path) -> None:
    with duckdb.connect(str(built_on_nothing)) as connected:
        assert recording.failing_unit_tests(connected, AS_OF) == {}


def test_a_unit_test_that_expects_something_else_fails(recording: Recording, built_on_nothing: Path) -> None:
    of_all = recording.manifest["unit_tests"]
    (key,) = (key for key, unit_test in of_all.items() if unit_test["model"] == "int_due_days")
    changed = deepcopy(of_all[key])
    changed["expect"]["rows"].pop()
    alone = replace(recording, manifest={**recording.manifest, "unit_tests": {key: changed}})
    with duckdb.connect(str(built_on_nothing)) as connected:
        assert list(alone.failing_unit_tests(connected, AS_OF)) == [f"int_due_days: {changed['name']}"]


@pytest.mark.long
def test_dbt_itself_finds_that_some_hold(built_on_nothing: Path, parsed_home: Path) -> None:
    """Of two folders: a second for each, and all were read by it already."""
    folders = ("intermediate/deliveries", "quality")
    chosen = [f"test_type:unit,path:models/{folder}" for folder in folders]
    run_dbt(built_on_nothing, AS_OF, parsed_home, "test", "--select", *chosen)
