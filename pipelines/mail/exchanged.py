"""What was exchanged with reporters by mail, as rows for the warehouse: who, which report, when, with what outcome.

Here: both journals without what names people: no address, no subject, no text. Not here: what became of the reports that a
message brought, which is known where they are judged (int_messages).
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.mail.journal import AUTOMATIC, OWN, READ, read_newest
from pipelines.mail.letters import REFUSED, digest_of, read_sent

RECEIVED_FROM, SENT_TO = "received", "sent"
REPORT = "report"
_NOT_EXCHANGED = frozenset({AUTOMATIC, OWN})
"""Outcomes of messages by which nobody reports."""


def list_exchanged(messages_file: Path, letters_file: Path) -> Iterator[tuple[Any, ...]]:
    """Yield message, number within it, direction, kind, reporter, form, period, moment (UTC), verdict, folder of what it brought.

    A letter has a row per report; a message has one, with a verdict only if none of it is a delivery. Raises OSError.
    """
    for entry in read_newest(messages_file):
        if entry.outcome not in _NOT_EXCHANGED:
            verdict = None if entry.outcome == READ else entry.outcome
            folder = entry.folder if entry.outcome == READ else None
            about = (RECEIVED_FROM, REPORT, entry.reporter_code or None, None, None)
            yield (entry.name, 1, *about, _utc(entry.received_at), verdict, folder)
    for sent in read_sent(letters_file):
        key, verdict = digest_of(sent.message_id), REFUSED if sent.outcome == REFUSED else sent.verdict
        for number, (form, period) in enumerate(sent.reports or (("", ""),), 1):
            about = (SENT_TO, sent.kind, sent.reporter_code or None, form or None, period or None)
            yield (f"{key}-{sent.sent_at:%Y%m%d%H%M%S}", number, *about, _utc(sent.sent_at), verdict, None)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
