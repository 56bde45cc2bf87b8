"""When runs start by themselves: when files have settled, and on the morning after each due day.

Here: the sensor, the schedules, the check of how fresh the published file is. Not here: due days (the reporting calendar).
"""

import datetime as dt
import json
import time

import dagster as dg

from pipelines.defs.execution import JOB
from pipelines.defs.killed import UNFINISHED
from pipelines.defs.vocabulary import BUILD, automatic_schedule, automatic_sensor
from pipelines.products.correspondence import may_send
from pipelines.reference.calendar import Calendar
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR, Settings, SettingsError
from pipelines.warehouse import publish
from pipelines.warehouse.deliveries import folder_fingerprint

TIMEZONE = "Asia/Ho_Chi_Minh"
SETTLED_SECONDS = 30  # a copy in progress changes sizes and times more often than this
FOLDER_TAG = "ntm/folder"
AT_WORK = [*UNFINISHED, dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED]
PAUSES = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 15, 60)]
"""Between attempts to read the same folder: what failed by itself (a lock, a full disk) may be over soon, a defect is not."""
MORNING = 6
FRESH, LOOK = "published_since_the_last_due_day", "look_at_freshness"


def look_at_raw_folder(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Look at names, sizes and times only; the run finds out what is new.

    The cursor holds what was seen and what a run that succeeded has read. One that failed, was killed or gave up waiting
    is asked for again, each attempt under a key of its own: Dagster starts no second run of the same key.
    """
    try:
        settings = Settings.from_environment()
        now, newest = folder_fingerprint(settings.raw_dir, settings.inbox_dir)
    except SettingsError as error:
        return dg.SkipReason(str(error))
    before: dict[str, str | None] = json.loads(context.cursor) if context.cursor else {"seen": None, "read": None}
    attempts = context.instance.get_run_records(dg.RunsFilter(tags={FOLDER_TAG: now}))
    if before["read"] != now and any(each.dagster_run.status is dg.DagsterRunStatus.SUCCESS for each in attempts):
        before["read"] = now
    cursor = json.dumps({**before, "seen": now})
    if now == before["read"]:
        return dg.SensorResult(skip_reason="nothing has changed", cursor=cursor)
    if before["seen"] != now or time.time() - newest < SETTLED_SECONDS:
        return dg.SensorResult(skip_reason="files are still coming in", cursor=cursor)
    if at_work := context.instance.get_runs(dg.RunsFilter(job_name=JOB, statuses=AT_WORK), limit=1):
        return dg.SensorResult(skip_reason=f"run {at_work[0].run_id} comes first", cursor=cursor)
    if attempts:
        last = max(each.update_timestamp for each in attempts)
        pause = PAUSES[min(len(attempts), len(PAUSES)) - 1]
        if dt.datetime.now(dt.UTC) - last < pause:
            return dg.SensorResult(
                skip_reason=f"{len(attempts)} attempts failed; the next {pause} after", cursor=cursor
            )
    request = dg.RunRequest(run_key=f"{now} {len(attempts) + 1}", tags={FOLDER_TAG: now})
    return dg.SensorResult([request], cursor=cursor)


def _due_day_since(settings: Settings) -> dt.date | None:
    calendar = Calendar(read_lists(SEEDS_DIR, settings.overlay_dir))
    return publish.due_day_since(settings.published_file, calendar, settings.as_of)


def ask_for_due_day(_: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask the calendar, the office's own rules included: a changed one counts from the next morning, without a reload.

    On working days on which reporters are written to, there is a run in any case: letters follow from a build of the day.
    What was not published (a refused build, a run that broke off) is asked for again each morning.
    """
    settings = Settings.from_environment()
    due_on = _due_day_since(settings)
    if due_on is not None:
        return dg.RunRequest(tags={"ntm/due_on": due_on.isoformat()})
    if _is_day_of_letters(settings):
        return dg.RunRequest()
    return dg.SkipReason(f"as of {settings.as_of} no report has come due that the published file does not know of")


def _is_day_of_letters(settings: Settings) -> bool:
    try:
        may_send(settings)
    except SettingsError:
        return False
    return Calendar(read_lists(SEEDS_DIR, settings.overlay_dir)).is_working_day(settings.as_of)


@dg.asset_check(
    asset=BUILD,
    name=FRESH,
    description="Freshness by deadline: the published file was built after the last day on which a report was due.",
)
def published_since_the_last_due_day() -> dg.AssetCheckResult:
    """Warn while the file that stands is older than the last due day, by the calendar of the day that is asked."""
    due_on = _due_day_since(Settings.from_environment())
    return dg.AssetCheckResult(
        passed=due_on is None,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"The published file does not know what was due on {due_on}." if due_on else None,
    )


@dg.definitions
def automation() -> dg.Definitions:
    """Return the sensor, the morning's schedule, and the check of freshness with a schedule of its own.

    The check runs with every build, too; on its own two hours after the morning's run, it shows that this did not come about.
    """
    settings = Settings.from_environment(reads_raw=False)
    raw_folder = dg.SensorDefinition(
        name="raw_folder",
        evaluation_fn=look_at_raw_folder,
        job_name=JOB,
        minimum_interval_seconds=SETTLED_SECONDS,
        default_status=automatic_sensor(settings),
        description="Starts a run when the raw folder has changed and then looked the same twice, until one has read it.",
    )
    after_a_due_day = dg.ScheduleDefinition(
        name="after_a_due_day",
        execution_fn=ask_for_due_day,
        job_name=JOB,
        cron_schedule=f"0 {MORNING} * * *",
        execution_timezone=TIMEZONE,
        default_status=automatic_schedule(settings),
        description="Each morning: a run if a report has come due since the file that is published, by the calendar of that day.",
    )
    look = dg.define_asset_job(
        LOOK,
        selection=dg.AssetSelection.checks(published_since_the_last_due_day),
        description="See whether the published file is as new as the last due day.",
    )
    daily = dg.ScheduleDefinition(
        name=LOOK,
        job=look,
        cron_schedule=f"0 {MORNING + 2} * * *",
        execution_timezone=TIMEZONE,
        default_status=automatic_schedule(settings),
        description="Each day, two hours after a run would have begun.",
    )
    return dg.Definitions(
        asset_checks=[published_since_the_last_due_day],
        jobs=[look],
        sensors=[raw_folder],
        schedules=[after_a_due_day, daily],
    )
