"""Whom a letter to a reporter goes to, what both sides are called in it, and its official form.

Here: what replies and reminders have in common; by which message a delivery came, too. Not here: what either says.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

import duckdb

from pipelines.intake.register import INBOX
from pipelines.mail.journal import Entry
from pipelines.mail.senders import SEVERAL_REPORTERS, compile_contacts
from pipelines.reference.calendar import Calendar
from pipelines.reference.lists import Lists
from pipelines.reference.models import Contact, Reporter
from pipelines.settings import LOCAL_TIME, is_address
from pipelines.warehouse.archive import Archive
from pipelines.wording import official_name, say


@dataclass(frozen=True)
class Correspondence:
    """What letters are written from beside the working file: the lists, the day, and what became of each message."""

    lists: Lists
    on: dt.date
    entries: Sequence[Entry]
    archive: Archive

    @property
    def calendar(self) -> Calendar:
        """Who owes what, and on which days offices work."""
        return Calendar(self.lists)

    @property
    def young(self) -> list[Entry]:
        """Messages that are still answered, of senders that are contacts of the reporters they wrote for."""
        since = self.on - dt.timedelta(float(self.lists.parameter("mail_answered_days", self.on)))
        return [
            entry
            for entry in self.entries
            if entry.received_at.astimezone(LOCAL_TIME).date() >= since and self.find_reporters(entry)
        ]

    def find_reporters(self, entry: Entry) -> list[str]:
        """Return the reporters for which a message was written: of an address of several all; none where it is not a contact."""
        speaks_for = self._contacts.get(entry.address, set())
        if own := {entry.reporter_code} if entry.reporter_code else {*entry.senders}:
            return sorted(own & speaks_for)
        return sorted(speaks_for) if entry.reason == SEVERAL_REPORTERS else []

    @cached_property
    def _contacts(self) -> dict[str, set[str]]:
        return compile_contacts(self.lists[Contact])

    def name_of(self, reporter_code: str) -> str:
        """Return what a reporter is called in its address, on the day of the letter or, if it is gone, last."""
        rows = [row for row in self.lists[Reporter] if row.reporter_code == reporter_code]
        in_force = [row for row in rows if row.holds_on(self.on)] or rows[-1:]
        return official_name(in_force[0]) if in_force else reporter_code

    @property
    def office(self) -> str:
        """What the Coordination Office is called."""
        return self.lists.office(self.on).name_vi

    def find_addresses(self, reporter_code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the addresses of a reporter's contacts, and of the officers in charge of it; what is none is left out."""
        rows = [row for row in self.lists[Contact] if row.reporter_code == reporter_code]
        own = dict.fromkeys(row.email.lower() for row in rows if row.email and is_address(row.email))
        officers = dict.fromkeys(
            row.officer_email.lower() for row in rows if row.officer_email and is_address(row.officer_email)
        )
        return tuple(own), tuple(each for each in officers if each not in own)


def fetch_mailed(working: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the deliveries that came by mail, each with the folder of its message, as the journal calls it."""
    query = "select delivery_id, path from quality.deliveries where starts_with(path, $inbox)"
    mailed = working.execute(query, {"inbox": f"{INBOX}/"}).fetchall()
    return {delivery_id: "/".join(PurePosixPath(path).parts[1:3]) for delivery_id, path in mailed}


def say_letter(correspondence: Correspondence, reporters: Sequence[str], lines: Sequence[str]) -> str:
    """Return a letter to reporters in its official form, a paragraph per line."""
    salutation = say("letter_salutation", reporter=", ".join(map(correspondence.name_of, reporters)))
    ending = [say("letter_closing"), correspondence.office.upper(), say("letter_automatic")]
    return "\n\n".join([salutation, *lines, *ending]) + "\n"
