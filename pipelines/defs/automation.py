"""When runs start by themselves: when files have settled, and on the morning after each due day.

Here: the sensor, the schedules, how fresh the published file should be. Not here: due days (the reporting calendar).
"""

import csv
import datetime as dt
import json
import time

import dagster as dg

from pipelines.defs.execution import JOB
from pipelines.settings import SEEDS_DIR, Settings, SettingsError
from pipelines.warehouse.deliveries import folder_fingerprint

TIMEZONE = "Asia/Ho_Chi_Minh"
SETTLED_SECONDS = 30  # a copy in progress changes sizes and times more often than this
MORNING = 6
SHORTEST_MONTH = 28


@dg.sensor(
    job_name=JOB,
    minimum_interval_seconds=SETTLED_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts a run when the raw folder has changed and then looked the same twice.",
)
def raw_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Look at names, sizes and times only; the run finds out what is new."""
    try:
        now, newest = folder_fingerprint(Settings.from_environment().raw_dir)
    except SettingsError as error:
        return dg.SkipReason(str(error))
    before = json.loads(context.cursor) if context.cursor else {"seen": None, "read": None}
    is_settled = before["seen"] == now and time.time() - newest >= SETTLED_SECONDS
    if now == before["read"]:
        return dg.SkipReason("nothing has changed")
    if not is_settled:
        return dg.SensorResult(skip_reason="files are still coming in", cursor=json.dumps({**before, "seen": now}))
    return dg.SensorResult([dg.RunRequest(run_key=now)], cursor=json.dumps({"seen": now, "read": now}))


def cron_after(frequency: str, due_days: int) -> str:
    """Return the cron line of the morning after a due day: `due_days` after the end of each month or quarter.

    A day beyond the 28th is taken into the month after: later than need be by up to three days, never too early.
    """
    months_on, day = divmod(due_days, SHORTEST_MONTH)
    if frequency == "month":
        return f"0 {MORNING} {day + 1} * *"
    months = sorted((month + months_on - 1) % 12 + 1 for month in (1, 4, 7, 10))
    return f"0 {MORNING} {day + 1} {','.join(map(str, months))} *"


def _due() -> list[tuple[str, int]]:
    """Frequencies and due days of the reporting calendar."""
    with (SEEDS_DIR / "reporting_calendar.csv").open(encoding="utf-8", newline="") as calendar:
        rows = list(csv.DictReader(calendar))
    return sorted({(row["frequency"], int(row["due_days_after_period_end"])) for row in rows})


@dg.definitions
def automation() -> dg.Definitions:
    """Return the sensor, a schedule for each due day, and the freshness of the published file."""
    schedules = [
        dg.ScheduleDefinition(
            name=f"after_reports_of_the_{frequency}_are_due_day_{due_days}",
            job_name=JOB,
            cron_schedule=cron_after(frequency, due_days),
            execution_timezone=TIMEZONE,
            default_status=dg.DefaultScheduleStatus.RUNNING,
            description=f"The morning after day {due_days}, when reports of the {frequency} were due.",
        )
        for frequency, due_days in _due()
    ]
    return dg.Definitions(sensors=[raw_folder], schedules=schedules)


def freshness() -> dg.FreshnessPolicy:
    """Return when the published file must have been built anew: by the morning after the monthly reports were due."""
    due_days = min(days for frequency, days in _due() if frequency == "month")
    minute, _, rest = cron_after("month", due_days).split(" ", 2)
    return dg.FreshnessPolicy.cron(
        deadline_cron=f"{minute} {MORNING + 2} {rest}", lower_bound_delta=dt.timedelta(hours=2), timezone=TIMEZONE
    )
