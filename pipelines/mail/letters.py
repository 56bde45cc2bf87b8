"""Letters to reporters: one as plain data, its message, and the book of those that were sent.

A letter that may already have gone out goes out again under the same Message-ID, which follows from what it is about, to whom
it goes and what it says: a process that is killed between the server's answer and the line in the book loses nothing, and
whoever gets both sees one message. Here: that, and which letter is a new one. Not here: what is written to whom and why
(pipelines/products), and how a letter is sent (outbox.py).
"""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Any, Self

from pipelines.mail.lines import Lines, read_lines
from pipelines.mail.server import UNFOLDED
from pipelines.settings import LOCAL_TIME, LetterSettings

ANSWER, NOTICE, REMINDER = "answer", "notice", "reminder"
"""Kinds of letters: about a report, about a message that brings none, about what is missing."""
SENT, REFUSED = "sent", "refused"
"""What became of a letter: the server took it, or says that it never will."""
_OURS = "<ntm."
"""With this every Message-ID of ours begins."""
_WORKBOOK = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a reporter.

    `about`: the one thing that it is written about (a delivery, a message, what is missing); the next letter about it goes
    out only if it says something else. `says`: what it says, apart from how it is worded, so that new words alone are no
    reason to write again. `reports`: form and period of each report it is about, `paths`: the deliveries they came in;
    `verdict`: what became of them, or which reminder it is. `answers`: the ids of the messages that it replies to, the nearest
    last. `files`: names and contents of workbooks.
    """

    kind: str
    about: str
    says: str
    reporter_code: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    verdict: str
    copies: tuple[str, ...] = ()
    reports: tuple[tuple[str, str], ...] = ()
    paths: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    items: tuple[str, ...] = ()
    """What must not be written about twice, whichever letter names it."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A line of the book: a letter, what became of it and when. It names people, as the letter does."""

    message_id: str
    kind: str
    about: str
    says: str
    reporter_code: str
    recipients: tuple[str, ...]
    copies: tuple[str, ...]
    subject: str
    verdict: str
    reports: tuple[tuple[str, str], ...]
    items: tuple[str, ...]
    sent_at: dt.datetime
    outcome: str
    paths: tuple[str, ...] = ()


class Book:
    """The letters that were sent; open for writing as a context, for the holder of the letters' lock alone. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self._lines = Lines(file)
        self._sent = list(read_sent(file))

    def __enter__(self) -> Self:
        """Open the file."""
        self._lines.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._lines.__exit__()

    @property
    def items(self) -> set[str]:
        """What was written about and must not be again."""
        return {item for sent in self._sent if sent.outcome == SENT for item in sent.items}

    def is_new(self, letter: Letter) -> bool:
        """Whether a letter says something else than the last one about the same; one that was refused is new the day after."""
        before = [sent for sent in self._sent if sent.about == letter.about]
        if not before or before[-1].says != letter.says:
            return True
        return before[-1].outcome == REFUSED and before[-1].sent_at.date() < dt.datetime.now(dt.UTC).date()

    def message_id(self, letter: Letter, sender: str) -> str:
        """Return the id under which a letter goes out, each time until the book knows that it did."""
        number = sum(sent.about == letter.about and sent.outcome == SENT for sent in self._sent)
        parts = (letter.about, *letter.recipients, letter.says, str(number))
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
        return f"{_OURS}{digest}@{sender.rpartition('@')[2]}>"

    def write(self, letter: Letter, message_id: str, outcome: str) -> None:
        """Write down that a letter was sent, or never will be; on return it is on the disk."""
        fields = {field.name for field in dataclasses.fields(Sent)} & {
            field.name for field in dataclasses.fields(Letter)
        }
        kept = {name: getattr(letter, name) for name in fields}
        sent = Sent(**kept, message_id=message_id, sent_at=dt.datetime.now(dt.UTC), outcome=outcome)
        self._lines.append(dataclasses.asdict(sent) | {"sent_at": sent.sent_at.isoformat()})
        self._sent.append(sent)


def digest_of(message_id: str) -> str:
    """Return the part of a letter's Message-ID that names nobody's server, and tells letters apart."""
    return message_id.removeprefix(_OURS).partition("@")[0]


def read_sent(file: Path) -> Iterator[Sent]:
    """Yield the lines of a book, none if there is no file. Raises OSError."""
    return read_lines(file, _sent)


def _sent(fields: dict[str, Any]) -> Sent:
    values: dict[str, Any] = {**fields, "sent_at": dt.datetime.fromisoformat(fields["sent_at"])}
    values |= {name: tuple(fields[name]) for name in ("recipients", "copies", "items")}
    values["paths"] = tuple(fields.get("paths", ()))  # the first books were kept without
    values["reports"] = tuple((form, period) for form, period in fields["reports"])
    return Sent(**values)


def write_message(letter: Letter, message_id: str, settings: LetterSettings, now: dt.datetime) -> EmailMessage:
    """Return a letter as a message. `now`: with zone."""
    message = EmailMessage(policy=UNFOLDED)
    message["Subject"] = letter.subject
    message["From"] = settings.sender
    message["To"] = ", ".join(letter.recipients)
    if letter.copies:
        message["Cc"] = ", ".join(letter.copies)
    if settings.reply_to:
        message["Reply-To"] = settings.reply_to
    message["Date"] = format_datetime(now.astimezone(LOCAL_TIME))
    message["Message-ID"] = message_id
    if letter.answers:
        message["In-Reply-To"] = letter.answers[-1]
        message["References"] = " ".join(letter.answers)
    message["Auto-Submitted"] = "auto-generated" if letter.kind == REMINDER else "auto-replied"
    message.set_content(letter.text, cte="base64")
    for name, content in letter.files:
        message.add_attachment(content, maintype="application", subtype=_WORKBOOK, filename=name)
    return message
