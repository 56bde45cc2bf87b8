"""What is forgotten after a time: runs and events of Dagster, log files, results of Great Expectations.

Everything received and published stays.

Here: what `make prune` removes. Not here: ticks of sensors and schedules (dagster.yaml, `retention`), the builds that are kept
(pipelines/warehouse/publish.py), the history of checks, which is data.
"""

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path

import dagster as dg

from pipelines.quality import GX_FOLDER

ENDED = (dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED)


def prune_runs(instance: dg.DagsterInstance, dagster_home: Path, before: dt.datetime) -> int:
    """Delete the runs that ended and were made before then (with zone), with all their events; return how many.

    The newest that succeeded stays of each job: its events are the newest of most tables. Of Dagster's own files those of the
    deleted runs are removed, and the others give the room back; another storage gives it back by its own means.
    """
    last = {
        job: next(
            iter(instance.get_runs(dg.RunsFilter(job_name=job, statuses=[dg.DagsterRunStatus.SUCCESS]), limit=1)), None
        )
        for job in {run.job_name for run in instance.get_runs()}
    }
    kept = {run.run_id for run in last.values() if run}
    records = instance.get_run_records(dg.RunsFilter(statuses=list(ENDED), created_before=before))
    deleted = [record.dagster_run.run_id for record in records if record.dagster_run.run_id not in kept]
    shards = dagster_home / "history" / "runs"
    for run_id in deleted:
        instance.delete_run(run_id)
        for file in shards.glob(f"{run_id}.db*"):
            file.unlink()
    for file in (shards / "index.db", dagster_home / "history" / "runs.db"):
        if deleted and file.exists():
            with contextlib.closing(sqlite3.connect(file, timeout=60)) as connection:
                connection.execute("vacuum")
    return len(deleted)


def prune_logs(logs_dir: Path, before: dt.datetime) -> int:
    """Remove the log files that were last written before then; return how many."""
    old = [file for file in logs_dir.glob("*.log") if file.stat().st_mtime < before.timestamp()]
    for file in old:
        file.unlink()
    return len(old)


def prune_results(home: Path, before: dt.datetime) -> int:
    """Remove the results that Great Expectations filed before then; return how many. The history of checks has them for ever."""
    results = home / GX_FOLDER / "uncommitted" / "validations"
    old = [file for file in results.rglob("*.json") if file.stat().st_mtime < before.timestamp()]
    for file in old:
        file.unlink()
        for folder in (file.parent, file.parent.parent):  # of the run, of its name
            if not any(folder.iterdir()):
                folder.rmdir()
    return len(old)
