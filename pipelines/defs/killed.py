"""Runs that Dagster still counts as at work though their process was killed: they are ended here, so that the queue goes on.

Dagster's default launcher can't tell (its run monitoring knows a maximum time only), and a killed `make run` stands in the
same storage. Each run of ours holds a lock on a file of its own, which the kernel frees however its process dies. Who
looks: each run, as soon as it may write, and a sensor that starts nothing and is always on.
Not here: what a killed run leaves half done (nothing: the next run goes on).
"""

import datetime as dt
from pathlib import Path

import dagster as dg

from pipelines.settings import Settings
from pipelines.warehouse.lock import is_held

UNFINISHED = (dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING)
SECONDS = 30
NEVER_BEGAN = dt.timedelta(minutes=10)
"""After which a run that was started, and shows no sign of life yet, is taken for one whose process never came so far."""


def life_file(running_dir: Path, run_id: str) -> Path:
    """Return the file on which a run holds a lock while it lives."""
    return running_dir / f"{run_id}.lock"


def end_killed_runs(instance: dg.DagsterInstance, running_dir: Path, now: dt.datetime) -> list[str]:
    """Report every run as ended that counts as at work and was killed, as of `now` (with zone); return their ids."""
    ended, living = [], set()
    for record in instance.get_run_records(dg.RunsFilter(statuses=list(UNFINISHED))):
        run = record.dagster_run
        file = life_file(running_dir, run.run_id)
        if is_held(file) or (not file.exists() and now - record.update_timestamp < NEVER_BEGAN):
            living.add(file)
            continue
        if run.status is dg.DagsterRunStatus.CANCELING:
            instance.report_run_canceled(run, "the process of this run was killed")
        else:
            instance.report_run_failed(run, "the process of this run was killed")
        ended.append(run.run_id)
    for file in running_dir.glob("*.lock"):
        if file not in living and not is_held(file):
            file.unlink(missing_ok=True)
    return ended


@dg.sensor(
    minimum_interval_seconds=SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts nothing: marks runs as failed whose process was killed, so that those that wait in the queue begin.",
)
def killed_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Look at all runs that count as at work."""
    settings = Settings.from_environment(reads_raw=False)
    ended = end_killed_runs(context.instance, settings.running_dir, dt.datetime.now(dt.UTC))
    return dg.SkipReason(f"ended: {', '.join(ended)}" if ended else "no run was killed")


@dg.definitions
def killed() -> dg.Definitions:
    """Return the sensor."""
    return dg.Definitions(sensors=[killed_runs])
