"""Mail in Dagster: a sensor that looks whether something new lies in the mailbox, and the job that fetches it.

What it brings is read by the run that the sensor `raw_folder` starts. Here: sensor and job. Not here: how mail is read.
"""

import dagster as dg

from pipelines.defs.automation import AT_WORK
from pipelines.defs.vocabulary import automatic_sensor
from pipelines.mail.command import summary
from pipelines.mail.fetch import count_new, fetch
from pipelines.mail.mailbox import MailboxError
from pipelines.settings import Settings, SettingsError

FETCH = "fetch_mail"
PAUSE_SECONDS = 300


@dg.op(description="Take in what came by mail: archive each message, put its attachments into the inbox.")
def fetch_new_mail(context: dg.OpExecutionContext) -> None:
    """Fetch; a line of the log for each message that was not simply read. Raises dg.Failure where the mailbox can't be read."""
    settings = Settings.from_environment()
    settings.make_home()
    settings.export()
    fetched = fetch(settings, context.log.warning)
    for line in summary(fetched):
        context.log.info("%s", line)
    if fetched.trouble:
        raise dg.Failure(fetched.trouble)


@dg.job(name=FETCH, description="Take in what came by mail; the sensor raw_folder then starts the run that reads it.")
def fetch_mail() -> None:
    """Fetch."""
    fetch_new_mail()


def look_at_mailbox(context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask for a fetch if a message lies in the mailbox that nothing is written down of."""
    try:
        new = count_new(Settings.from_environment())
    except (SettingsError, MailboxError) as error:
        return dg.SkipReason(str(error))
    if not new:
        return dg.SkipReason("nothing new in the mailbox")
    if context.instance.get_runs(dg.RunsFilter(job_name=FETCH, statuses=AT_WORK), limit=1):
        return dg.SkipReason("a fetch is at work")
    return dg.RunRequest()


@dg.definitions
def mail() -> dg.Definitions:
    """Return the sensor and its job."""
    mailbox = dg.SensorDefinition(
        name="mailbox",
        evaluation_fn=look_at_mailbox,
        job=fetch_mail,
        minimum_interval_seconds=PAUSE_SECONDS,
        default_status=automatic_sensor(Settings.from_environment(reads_raw=False)),
        description="Fetches mail when something new lies in the mailbox (NTM_MAIL_IMAP), of today alone.",
    )
    return dg.Definitions(jobs=[fetch_mail], sensors=[mailbox])
