"""What became of each message: `$NTM_HOME/messages.jsonl`, a line per message and per later word about it; the last counts.

It is the cursor into the mailbox, too: a message that stands here is not fetched again. Written last, so that a killed fetch
does once more, with the same outcome, what it had not written down. It names people: for the account that runs the pipeline.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from pipelines.mail.lines import Lines, read_lines

Place = tuple[str, int, int]
"""Where a message lies on the server: mailbox, UIDVALIDITY, UID."""
READ, HELD = "read", "held"
EMPTY, AUTOMATIC, OWN, TOO_LARGE, DAMAGED = "empty", "automatic", "own", "too_large", "damaged"
UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and what became of it.

    It is known by mailbox, UIDVALIDITY, UID and the SHA-256 of its bytes ("" where they were not fetched). `received_at`: by the
    receiving server's clock, with zone. `folder`: below the inbox, whether or not it has one. `outcome`: READ, its attachments
    are deliveries; HELD, they wait (`reason`); EMPTY, none are there; AUTOMATIC or OWN, nobody reports by it; TOO_LARGE, it lies
    on the server alone; UNAVAILABLE, it does, too: the server does not hand it over (`reason`), and every fetch tries again;
    DAMAGED, it can't be taken apart. `reporter_code`: for whom it counts, or would if it could be read. `withdraws`: paths of
    the files that it withdraws. `files`: paths of its attachments; `senders`: for whom each of them counts, where that is not the
    same for all. `note`: what it says in words; `about`: paths of the earlier files that it answers to, and says it about.
    """

    mailbox: str
    uid_validity: int
    uid: int
    sha256: str
    size: int
    received_at: dt.datetime
    folder: str
    outcome: str
    reason: str = ""
    address: str = ""
    reporter_code: str = ""
    subject: str = ""
    message_id: str = ""
    files: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    note: str = ""
    senders: tuple[str, ...] = ()

    def sender_of(self, path: str) -> str:
        """Return for whom a file counts, an attachment or one that is packed in it."""
        for file, sender in zip(self.files, self.senders, strict=bool(self.senders)):
            if path == file or path.startswith(f"{file}/"):
                return sender
        return self.reporter_code

    @property
    def place(self) -> Place:
        """Where it lies on the server."""
        return self.mailbox, self.uid_validity, self.uid

    @property
    def name(self) -> str:
        """What a person calls it by."""
        return self.folder.rpartition("/")[2]


class Journal:
    """The file, open for writing: a context, for the holder of the run's lock alone. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lines = Lines(file)
        self._by_hash: dict[str, Entry] = {}
        self._by_place: dict[Place, Entry] = {}

    def __enter__(self) -> Self:
        """Open and read the file."""
        self._lines.__enter__()
        for entry in read_entries(self.file):
            self._add(entry)
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._lines.__exit__()

    def __iter__(self) -> Iterator[Entry]:
        """Yield the last word about each message whose bytes are kept, in the order in which they came."""
        yield from list(self._by_hash.values())

    def find_content(self, sha256: str) -> Entry | None:
        """Return what became of these bytes."""
        return self._by_hash.get(sha256)

    def find_place(self, place: Place) -> Entry | None:
        """Return what became of the message at this place of the server."""
        entry = self._by_place.get(place)
        return self._by_hash.get(entry.sha256, entry) if entry else None

    def write(self, entry: Entry) -> None:
        """Write down what became of a message; on return it is on the disk."""
        self._lines.append(dataclasses.asdict(entry) | {"received_at": entry.received_at.isoformat()})
        self._add(entry)

    def _add(self, entry: Entry) -> None:
        self._by_place[entry.place] = entry
        if entry.sha256:
            self._by_hash[entry.sha256] = entry


def read_entries(file: Path) -> Iterator[Entry]:
    """Yield the lines of a journal, none if there is no file. Raises OSError.

    The message of a line that can't be read is fetched again, into the folder that it has.
    """
    return read_lines(file, _entry)


def read_newest(file: Path) -> list[Entry]:
    """Return the last word about each message, in the order in which they came. Raises OSError.

    What lay on the server alone, and was fetched in the end, is one message.
    """
    entries = list(read_entries(file))
    by_place = {entry.place: entry for entry in entries}
    newest = {entry.sha256 or entry.folder: entry for entry in entries}
    return [entry for entry in newest.values() if entry.sha256 or not by_place[entry.place].sha256]


def _entry(fields: dict[str, Any]) -> Entry:
    values: dict[str, Any] = {**fields, "received_at": dt.datetime.fromisoformat(fields["received_at"])}
    values |= {name: tuple(fields.get(name, ())) for name in ("files", "withdraws", "about", "senders")}
    return Entry(**values)
