"""The outbox: what would be sent to reporters, a file per letter (`$NTM_HOME/outbox/*.eml`), and its way to the mail server.

A letter goes out, then its line into the book is written, then its file is gone; a kill between any two is mended by doing it
again, under the same Message-ID (letters.py). Here: that order, and what a server may say to it.
"""

import datetime as dt
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

from pipelines.files import remove_unfinished, replace_file
from pipelines.mail.letters import REFUSED, SENT, Book, Letter, digest_of, write_message
from pipelines.mail.server import UNFOLDED, open_server
from pipelines.settings import LetterSettings, MailServer
from pipelines.warehouse.archive import our_trouble

FOR_GOOD, TOO_LARGE = 500, 552
"""Codes from the first on say that a server never will (RFC 5321, 4.2.1); the second, that a message is too large for it."""
LATER = ""


class Waiting(NamedTuple):
    """A letter that is to go out, under which id, and the file that is its message."""

    letter: Letter
    message_id: str
    file: Path


@dataclass
class Posted:
    """What one sending did. `lines`: one for each letter that did not simply go out; `trouble`: why it broke off."""

    sent: int = 0
    refused: int = 0
    left: int = 0
    lines: list[str] = field(default_factory=list)
    trouble: str = ""


def fill_outbox(letters: Sequence[Letter], book: Book, settings: LetterSettings, outbox_dir: Path) -> list[Waiting]:
    """Write the letters that say something new into the outbox, and nothing else is in it then. Raises OSError."""
    outbox_dir.mkdir(exist_ok=True)
    remove_unfinished(outbox_dir)
    now = dt.datetime.now(dt.UTC)
    waiting = []
    for letter in letters:
        if not book.is_new(letter):
            continue
        message_id = book.message_id(letter, settings.sender)
        file = outbox_dir / f"{letter.kind}-{letter.reporter_code}-{digest_of(message_id)[:16]}.eml"
        replace_file(file, _bytes(write_message(letter, message_id, settings, now)))
        waiting.append(Waiting(letter, message_id, file))
    for old in {*outbox_dir.glob("*.eml")} - {each.file for each in waiting}:
        old.unlink()
    return waiting


def _bytes(message: EmailMessage) -> bytes:
    """Return a message as it goes over the wire."""
    return message.as_bytes(policy=UNFOLDED.clone(linesep="\r\n"))


def send(waiting: Sequence[Waiting], book: Book, mail_server: MailServer, sender: str) -> Posted:
    """Send what waits, in its order. Raises ArchiveError for this machine's disk, nothing for a server."""
    posted = Posted(left=len(waiting))
    if not waiting:
        return posted
    try:
        with open_server(mail_server) as server:
            for each in waiting:
                with our_trouble(each.file):
                    content = each.file.read_bytes()
                outcome = _hand_over(server, each, sender, content, posted)
                if outcome == LATER:
                    continue
                with our_trouble(each.file):
                    book.write(each.letter, each.message_id, outcome)
                    each.file.unlink()
                posted.left -= 1
    except (smtplib.SMTPException, OSError) as error:
        posted.trouble = f"{mail_server.where}: {_say(error)}"
    return posted


def _hand_over(server: smtplib.SMTP, each: Waiting, sender: str, content: bytes, posted: Posted) -> str:
    """Hand a letter over and return what became of it. Raises SMTPException and OSError for what concerns no letter alone."""
    try:
        refused = server.sendmail(sender, [*each.letter.recipients, *each.letter.copies], content)
    except smtplib.SMTPRecipientsRefused as error:
        answers = list(error.recipients.values())
        return _note_refusal(each, [code for code, _ in answers], _say_text(answers[0][1]), posted)
    except smtplib.SMTPDataError as error:
        return _note_refusal(each, [error.smtp_code], _say(error), posted)
    except smtplib.SMTPSenderRefused as error:
        if error.smtp_code != TOO_LARGE:
            raise
        return _note_refusal(each, [error.smtp_code], _say(error), posted)
    posted.sent += 1
    posted.lines += [f"{address}: máy chủ không nhận · was refused: “{each.letter.subject}”" for address in refused]
    return SENT


def _note_refusal(each: Waiting, codes: Sequence[int], why: str, posted: Posted) -> str:
    is_for_good = all(code >= FOR_GOOD for code in codes)
    words = "máy chủ không nhận · was refused" if is_for_good else "sẽ gửi lại lần sau · the next sending tries again"
    posted.lines.append(f"{', '.join(each.letter.recipients)}: {words}: “{each.letter.subject}”: {why}")
    posted.refused += is_for_good
    return REFUSED if is_for_good else LATER


def _say(error: Exception) -> str:
    answer = error.smtp_error if isinstance(error, smtplib.SMTPResponseException) else str(error)
    return _say_text(answer) or type(error).__name__


def _say_text(answer: bytes | str) -> str:
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    return " ".join(text.split())[:200]
