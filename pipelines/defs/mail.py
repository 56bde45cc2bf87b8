"""Mail in Dagster: a sensor that looks for new messages in the mailbox, one that follows what people receive, and their jobs.

What comes in is read by the run that the sensor `raw_folder` starts; what goes out follows receipts and blank workbooks. Here:
sensors and jobs. Not here: how mail is read, written and sent.
"""

import time

import dagster as dg

from pipelines.defs.automation import AT_WORK
from pipelines.defs.vocabulary import PRODUCTS, automatic_sensor, key
from pipelines.mail.command import summary
from pipelines.mail.fetch import count_new, fetch
from pipelines.mail.mailbox import MailboxError
from pipelines.products.correspondence import may_send, say_posted, write_to_reporters
from pipelines.settings import Settings, SettingsError

FETCH, SEND = "fetch_mail", "send_letters"
PAUSE_SECONDS, TRIED_AGAIN_SECONDS = 300, 3600


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
    """Ask for a fetch if a message lies in the mailbox that nothing is written down of, or was not handed over an hour ago.

    The cursor is when a fetch was last asked for, in seconds since 1970.
    """
    now = time.time()
    is_tried_again = now - float(context.cursor or 0) >= TRIED_AGAIN_SECONDS
    try:
        new = count_new(Settings.from_environment(), is_tried_again=is_tried_again)
    except (SettingsError, MailboxError) as error:
        return dg.SkipReason(str(error))
    if not new:
        return dg.SkipReason("nothing new in the mailbox")
    if context.instance.get_runs(dg.RunsFilter(job_name=FETCH, statuses=AT_WORK), limit=1):
        return dg.SkipReason("a fetch is at work")
    context.update_cursor(str(now))
    return dg.RunRequest()


@dg.op(description="Write to reporters: the answer to what they mailed.")
def write_letters(context: dg.OpExecutionContext) -> None:
    """Send; a line of the log for each letter that did not go out. Raises dg.Failure where the server can't be reached."""
    settings = Settings.from_environment()
    settings.make_home()
    settings.export()
    posted = write_to_reporters(settings, context.log.warning, is_sent=True)
    for line in say_posted(posted, is_sent=True):
        context.log.info("%s", line)
    if posted.trouble:
        raise dg.Failure(posted.trouble)


@dg.job(name=SEND, description="Send reporters what there is to say, as of the build that was published.")
def send_letters() -> None:
    """Send."""
    write_letters()


def ask_for_letters(_: dg.SensorEvaluationContext, event: dg.EventLogEntry) -> dg.RunRequest | dg.SkipReason:
    """Ask for one sending per writing of what people receive, where letters are sent at all, and today is asked about."""
    try:
        may_send(Settings.from_environment())
    except SettingsError as error:
        return dg.SkipReason(str(error))
    return dg.RunRequest(run_key=event.run_id)


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
    letters = dg.AssetSensorDefinition(
        name="letters",
        asset_key=key(PRODUCTS, "templates"),
        job_name=SEND,
        asset_materialization_fn=ask_for_letters,
        default_status=automatic_sensor(Settings.from_environment(reads_raw=False)),
        description="Writes to reporters when what they receive was written (NTM_MAIL_SMTP), of today alone.",
    )
    return dg.Definitions(jobs=[fetch_mail, send_letters], sensors=[mailbox, letters])
