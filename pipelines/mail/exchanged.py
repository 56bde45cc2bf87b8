"""What was exchanged with reporters by mail, as rows for the warehouse: who, which report, when, with what outcome.

Here: both journals without addresses and subjects; what a message says in words is for the Office's eyes, and not published.
Not here: what became of the reports that a message brought, which is known where they are judged (int_messages).
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.mail.journal import AUTOMATIC, OWN, READ, read_newest
from pipelines.mail.letters import REFUSED, digest_of, read_sent

RECEIVED_FROM, SENT_TO = "received", "sent"
REPORT, NOTE = "report", "note"
_NOT_EXCHANGED = frozenset({AUTOMATIC, OWN})
"""Outcomes of messages by which nobody reports."""


def list_exchanged(messages_file: Path, letters_file: Path) -> Iterator[tuple[Any, ...]]:
    """Yield message, number within it, direction, kind, reporter, form, period, moment (UTC), verdict, place, note.

    A letter has a row per report. A message has one with the folder of what it brought, or with a verdict where that is nothing,
    and one for each earlier file, by its path, that it answers in words. Raises OSError.
    """
    for entry in read_newest(messages_file):
        if entry.outcome not in _NOT_EXCHANGED:
            about = (RECEIVED_FROM, REPORT, entry.reporter_code or None, None, None)
            rows: list[tuple[str | None, str | None]] = [(NOTE, path) for path in entry.about]
            if entry.outcome == READ:
                rows = [(None, entry.folder), *rows]
            for number, row in enumerate(rows or [(entry.outcome, None)], 1):
                yield (entry.name, number, *about, _utc(entry.received_at), *row, entry.note or None)
    for sent in read_sent(letters_file):
        key, verdict = digest_of(sent.message_id), REFUSED if sent.outcome == REFUSED else sent.verdict
        for number, (form, period) in enumerate(sent.reports or (("", ""),), 1):
            about = (SENT_TO, sent.kind, sent.reporter_code or None, form or None, period or None)
            yield (f"{key}-{sent.sent_at:%Y%m%d%H%M%S}", number, *about, _utc(sent.sent_at), verdict, None, None)


def _utc(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(dt.UTC).replace(tzinfo=None)
