"""What became of each message: `$NTM_HOME/messages.jsonl`, a line per message and per later word about it; the last counts.

It is the cursor into the mailbox, too: a message that stands here is not fetched again. Written last, so that a killed fetch
does once more, with the same outcome, what it had not written down. It names people: for the account that runs the pipeline.
"""

import dataclasses
import datetime as dt
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pipelines.files import PRIVATE, sync

Place = tuple[str, int, int]
"""Where a message lies on the server: mailbox, UIDVALIDITY, UID."""
READ, HELD = "read", "held"
EMPTY, AUTOMATIC, OWN, TOO_LARGE, DAMAGED = "empty", "automatic", "own", "too_large", "damaged"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """A message and what became of it.

    It is known by mailbox, UIDVALIDITY, UID and the SHA-256 of its bytes ("" where they were not fetched). `received_at`: by the
    receiving server's clock, with zone. `folder`: below the inbox, whether or not it has one. `outcome`: READ, its attachments
    are deliveries; HELD, they wait (`reason`); EMPTY, none are there; AUTOMATIC or OWN, nobody reports by it; TOO_LARGE, it lies
    on the server alone; DAMAGED, it can't be taken apart. `reporter_code`: for whom it counts. `withdraws`: paths of the files
    that it withdraws. `files`: paths of its attachments.
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
        self._descriptor = -1
        self._by_hash: dict[str, Entry] = {}
        self._by_place: dict[Place, Entry] = {}

    def __enter__(self) -> Self:
        """Read the file, made where there is none; a torn last line, which a killed fetch leaves, is cut off."""
        is_new = not self.file.exists()
        self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, PRIVATE)
        if is_new:
            sync(self.file.parent)
        content = self.file.read_bytes()
        if torn := content.rpartition(b"\n")[2]:
            os.ftruncate(self._descriptor, len(content) - len(torn))
        for entry in read_entries(self.file):
            self._add(entry)
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        os.close(self._descriptor)

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
        fields = dataclasses.asdict(entry) | {"received_at": entry.received_at.isoformat()}
        line = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
        left = memoryview(line + b"\n")
        while left:
            left = left[os.write(self._descriptor, left) :]
        os.fsync(self._descriptor)
        self._add(entry)

    def _add(self, entry: Entry) -> None:
        self._by_place[entry.place] = entry
        if entry.sha256:
            self._by_hash[entry.sha256] = entry


def read_entries(file: Path) -> Iterator[Entry]:
    """Yield the lines of a journal that were written to their end, none if there is no file. Raises OSError."""
    lines = file.read_bytes().split(b"\n")[:-1] if file.exists() else []
    for number, line in enumerate(lines, 1):
        try:
            yield _entry(line)
        except (ValueError, TypeError, KeyError):  # the message is fetched again, into the folder that it has
            logger.warning("%s:%d: is not the line that was written", file, number)


def _entry(line: bytes) -> Entry:
    fields = json.loads(line)
    fields["received_at"] = dt.datetime.fromisoformat(fields["received_at"])
    return Entry(**fields | {key: tuple(fields[key]) for key in ("files", "withdraws")})
