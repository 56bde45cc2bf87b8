"""The event log that a run holds open is the one that Dagster opens by itself."""

import shutil
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.storage.event_log import SqliteEventLogStorage

from pipelines.defs.history import event_log_held_open
from pipelines.settings import CHECKOUT

pytestmark = pytest.mark.filterwarnings("default")  # Dagster's own


@pytest.fixture
def home(tmp_path: Path) -> str:
    shutil.copy(CHECKOUT / "dagster.yaml", tmp_path)  # without it Dagster reports home
    return str(tmp_path)


@dg.asset
def table() -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"rows": 3})


def test_what_a_run_writes_while_it_is_held_open_is_read_by_dagster_alone(home: str) -> None:
    for rounds in (1, 2):
        with dg.DagsterInstance.from_config(home) as instance, event_log_held_open(instance):
            run = dg.materialize([table], instance=instance)
        assert list(Path(home).rglob("*.db-wal")) == [], "what is closed is written through"
        with dg.DagsterInstance.from_config(home) as other:
            written = other.fetch_materializations(dg.AssetKey("table"), limit=9).records
            ended = other.all_logs(run.run_id, of_type=dg.DagsterEventType.RUN_SUCCESS)
        assert len(written) == rounds
        assert written[0].asset_materialization is not None
        assert written[0].asset_materialization.metadata["rows"].value == 3
        assert len(ended) == 1


def test_after_a_run_the_event_log_is_opened_as_dagster_does(home: str) -> None:
    with dg.DagsterInstance.from_config(home) as instance:
        log = instance.event_log_storage
        assert isinstance(log, SqliteEventLogStorage)
        theirs = log.has_table
        with event_log_held_open(instance):
            for _ in range(2):
                assert (log.has_table("asset_event_tags"), log.has_table("nowhere")) == (True, False)
                assert (log.has_asset_key_col("cached_status_data"), log.has_asset_key_col("nothing")) == (True, False)
        assert log.has_table == theirs
        dg.materialize([table], instance=instance)
        assert len(instance.fetch_materializations(dg.AssetKey("table"), limit=9).records) == 1


def test_another_storage_keeps_its_ways() -> None:
    with dg.DagsterInstance.ephemeral() as instance, event_log_held_open(instance):
        assert dg.materialize([table], instance=instance).success
