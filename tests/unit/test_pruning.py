"""What `make prune` removes of Dagster's history and of logs, and what it leaves."""

import datetime as dt
import os
import shutil
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs.pruning import prune_logs, prune_results, prune_runs
from pipelines.settings import CHECKOUT

pytestmark = pytest.mark.filterwarnings("default")  # Dagster's own


@dg.asset
def table() -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"rows": 3})


def test_old_runs_go_with_their_files_and_the_newest_that_succeeded_stays(tmp_path: Path) -> None:
    shutil.copy(CHECKOUT / "dagster.yaml", tmp_path)  # without it Dagster reports home
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        runs = [dg.materialize([table], instance=instance).run_id for _ in range(3)]
        now = dt.datetime.now(dt.UTC)
        assert prune_runs(instance, tmp_path, now - dt.timedelta(days=1)) == 0
        assert prune_runs(instance, tmp_path, now + dt.timedelta(days=1)) == 2
        assert [run.run_id for run in instance.get_runs()] == [runs[-1]]
        assert len(instance.fetch_materializations(table.key, limit=9).records) == 1
        assert instance.get_latest_materialization_event(table.key) is not None
    shards = {file.stem for file in (tmp_path / "history" / "runs").glob("*.db")}
    assert shards == {"index", runs[-1]}


def test_old_logs_go(tmp_path: Path) -> None:
    now = dt.datetime.now(dt.UTC)
    for name, days in (("old.log", 91), ("new.log", 89)):
        (tmp_path / name).touch()
        written = (now - dt.timedelta(days=days)).timestamp()
        os.utime(tmp_path / name, (written, written))
    assert prune_logs(tmp_path, now - dt.timedelta(days=90)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["new.log"]


def test_old_results_of_great_expectations_go_with_their_folders(tmp_path: Path) -> None:
    now = dt.datetime.now(dt.UTC)
    results = tmp_path / "gx" / "uncommitted" / "validations"
    for name, days in (
        ("landed_h01/__none__/old", 91),
        ("landed_h01/__none__/new", 89),
        ("landed_h02/__none__/old", 91),
    ):
        (results / name).mkdir(parents=True)
        (results / name / "landed-counts.json").touch()
        written = (now - dt.timedelta(days=days)).timestamp()
        os.utime(results / name / "landed-counts.json", (written, written))
    assert prune_results(tmp_path, now - dt.timedelta(days=90)) == 2
    left = {str(path.relative_to(results)) for path in results.rglob("*") if not any(path.glob("*"))}
    assert left == {"landed_h01/__none__/new/landed-counts.json", "landed_h02"}
    assert prune_results(tmp_path / "nowhere", now) == 0
