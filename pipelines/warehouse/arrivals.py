"""The index of what was received, beside the archive's bytes: one line per arrival, in the order of arrival, never altered.

An arrival is a content that came to lie at a path: its path, SHA-256, size and times, and where from. The archive keeps
bytes without a name; this file says what they were, so that both together are all that was ever received, whatever
becomes of the raw folder and the working file. The same path may see content A, then B, then A again: three arrivals.
Here: the file, what a line holds, and which deliveries follow from the lines. Order is that of the lines, never a clock's.
Not here: the bytes (archive.py), how they are had (deliveries.py), and what is done with a delivery (load.py).
"""

import datetime as dt
import json
import logging
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

from pipelines.files import PRIVATE, sync
from pipelines.warehouse.archive import our_trouble
from pipelines.warehouse.deliveries import REFERENCE, Delivery, Limits, is_archive

FILE = "arrivals.jsonl"
RAW = "raw"
"""Where a file of the raw folder came from; a member of a .zip came from the SHA-256 of that."""
OF_IDS = "secret"
_PLACE_OF_IDS = "/secret"  # which no path below the raw folder can be
MAIL = "mail"
_NO_DELIVERIES = frozenset({REFERENCE, OF_IDS, MAIL})
_CHECK = b',"crc32":"'
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A line of the index. `path` as in Delivery.

    `origin`: RAW, for an attachment, too, or the SHA-256 of the .zip that it lay in; REFERENCE for the office's own lists and the
    day asked for, which are no deliveries: one that was taken away arrives without a content; MAIL for a message as a whole,
    whose attachments are deliveries; OF_IDS for the secret that ids are made with, whose fingerprint stands in the place of a
    content (secret.py).

    `sha256` and `size` are None where bytes could not be had: `size` alone is known of what was over the limit, `trouble`
    says what is wrong with a member. `modified_at`: the file's own time; `recorded_at`: when it was first seen, the same
    for all that one run noted. Both are UTC without zone.
    """

    path: str
    sha256: str | None
    size: int | None
    modified_at: dt.datetime
    recorded_at: dt.datetime
    origin: str
    trouble: str = ""

    @property
    def delivery_id(self) -> str:
        """The id of the delivery that it is an arrival of."""
        return Delivery(self.path, self.sha256, self.size, self.modified_at).delivery_id

    @property
    def is_packed(self) -> bool:
        """Whether this is an archive as it lay in the raw folder, received whole."""
        return self.origin == RAW and self.sha256 is not None and is_archive(self.path)

    @property
    def is_delivery(self) -> bool:
        """Whether somebody sent it, packed or not."""
        return self.origin not in _NO_DELIVERIES

    @property
    def is_of_secret(self) -> bool:
        """Whether this notes a secret."""
        return self.origin == OF_IDS

    @property
    def content(self) -> tuple[Any, ...]:
        """What distinguishes it from another arrival at the same path."""
        is_over = self.sha256 is None and self.size is not None
        return self.sha256, self.size, self.origin, self.trouble, self.modified_at if is_over else None


class Arrivals:
    """The index of one archive, open for writing: a context, for the holder of the run's lock alone.

    Raises ArchiveError where the file can't be read or written. A torn last line, which a killed run or a full disk leaves, is
    cut off; `damaged` has the numbers of lines that are not what was once written there: they are left out, and left alone.
    """

    def __init__(self, archive_dir: Path) -> None:
        self.file = archive_dir / FILE
        self.damaged: list[int] = []
        self.is_new = False
        self._descriptor = -1
        self._by_no: dict[int, Arrival] = {}
        self._last: dict[str, list[Arrival]] = {}
        self._next_no = 1

    def __enter__(self) -> Self:
        """Read the file, made where there is none."""
        with our_trouble(self.file):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.is_new = not self.file.exists()
            self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, PRIVATE)
            self._cut_torn_line()
            lines = read_lines(self.file)
        for line in lines:
            self._add(line)
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def __iter__(self) -> Iterator[tuple[int, Arrival]]:
        """Yield each arrival with its number, from 1 on, in their order."""
        yield from self._by_no.items()

    def note(self, received: Iterable[Delivery], recorded_at: dt.datetime, origin: str = RAW) -> int:
        """Write what arrived since: all that was received at a path whose contents are not those of its last lines.

        On return the lines are on the disk. Returns how many were written. A path whose bytes can't be had, and were never
        counted, has not arrived.
        """
        by_path: dict[str, dict[tuple[Any, ...], Arrival]] = {}
        for delivery in received:
            for each in (delivery.container, delivery):
                if each and (each.sha256 or each.size is not None or each.container or origin != RAW):
                    arrival = _arrival(each, recorded_at, origin)
                    by_path.setdefault(each.path, {}).setdefault(arrival.content, arrival)
        new = [
            arrival
            for path, arrivals in by_path.items()
            if arrivals.keys() != {last.content for last in self._last.get(path, ())}
            for arrival in arrivals.values()
        ]
        lines = [_line(arrival) for arrival in new]
        if lines:
            self._append(b"".join(lines))
        for line in lines:
            self._add(line.rstrip(b"\n"))
        return len(lines)

    def deliveries(self, limits: Limits) -> dict[str, Delivery]:
        """Return the deliveries that follow from the lines, by id, each as it arrived first.

        An archive is none: its members are (`packed` has those without). What could not be had is none once it could: a
        member that was damaged and came whole, a file that was over the limit.
        """
        had: dict[tuple[Any, ...], int] = {}
        for number, arrival in self:
            if arrival.sha256:
                had[arrival.path,] = had[arrival.path, arrival.size, arrival.modified_at] = number
        deliveries: dict[str, Delivery] = {}
        for number, arrival in self:
            path, size = arrival.path, arrival.size
            if not arrival.is_delivery:
                continue
            unread = (path,) if size is None else (path, size, arrival.modified_at)
            if arrival.sha256 is None and had.get(unread, 0) > number:
                continue
            if not arrival.is_packed:
                is_large = arrival.sha256 and arrival.origin != RAW and (size or 0) > limits.file_bytes
                trouble = "too_large" if is_large else arrival.trouble
                delivery = Delivery(path, arrival.sha256, size, arrival.modified_at, trouble)
                deliveries.setdefault(delivery.delivery_id, delivery)
        return deliveries

    def reference_files(self) -> dict[str, str]:
        """Return the SHA-256 of each of the office's own files that lay in the raw folder last, by path below it."""
        files = {arrival.path: arrival.sha256 for _, arrival in self if arrival.origin == REFERENCE}
        return {path: sha256 for path, sha256 in files.items() if sha256}

    def note_secret(self, fingerprint: str, now: dt.datetime) -> None:
        """Write which secret ids are made with, unless that is what the last such line says."""
        self.note([Delivery(_PLACE_OF_IDS, fingerprint, None, now)], now, OF_IDS)

    def secret_fingerprint(self) -> str | None:
        """Return the fingerprint of the secret that ids are made with; None before there was one."""
        return next((each.sha256 for each in reversed(self._by_no.values()) if each.is_of_secret), None)

    def packed(self) -> list[Delivery]:
        """Return the archives of which no line says a member, nor a later one what replaced them: nobody took them apart."""
        members = {(above, arrival.origin) for _, arrival in self for above in _archives_above(arrival.path)}
        last = {above: number for number, arrival in self for above in _archives_above(arrival.path)}
        packed = {
            arrival.delivery_id: Delivery(arrival.path, arrival.sha256, arrival.size, arrival.modified_at)
            for number, arrival in self
            if arrival.is_packed
            and (arrival.path, arrival.sha256) not in members
            and last.get(arrival.path, 0) < number
        }
        return list(packed.values())

    def _cut_torn_line(self) -> None:
        if torn := self.file.read_bytes().rpartition(b"\n")[2]:
            logger.warning("%s: the last line is torn, as a killed run leaves it; it is cut off", self.file)
            os.ftruncate(self._descriptor, os.fstat(self._descriptor).st_size - len(torn))

    def _add(self, line: bytes) -> None:
        number, self._next_no = self._next_no, self._next_no + 1
        arrival = read_arrival(line)
        if arrival is None:
            self.damaged.append(number)
            return
        self._by_no[number] = arrival
        last = self._last.setdefault(arrival.path, [])
        if last and last[-1].recorded_at != arrival.recorded_at:
            last.clear()
        last.append(arrival)

    def _append(self, lines: bytes) -> None:
        with our_trouble(self.file):
            left = memoryview(lines)
            while left:
                left = left[os.write(self._descriptor, left) :]
            os.fsync(self._descriptor)
            if self.is_new:
                sync(self.file.parent)


def _archives_above(path: str) -> Iterator[str]:
    """Yield the paths above this one that are called like archives."""
    at = path.find("/")
    while at >= 0:
        if is_archive(path[:at]):
            yield path[:at]
        at = path.find("/", at + 1)


def _arrival(delivery: Delivery, recorded_at: dt.datetime, origin: str) -> Arrival:
    """Return what there is to note of a delivery: facts, and no verdict that depends on today's limits."""
    archive = delivery.container.sha256 if delivery.container else None
    trouble = delivery.trouble if delivery.sha256 is None or (archive and delivery.trouble != "too_large") else ""
    sha256, size = delivery.sha256, delivery.size
    return Arrival(delivery.path, sha256, size, delivery.modified_at, recorded_at, archive or origin, trouble)


def _line(arrival: Arrival) -> bytes:
    """Return an arrival as a line that knows whether it was damaged."""
    fields = {
        key: cell.isoformat() if isinstance(cell, dt.datetime) else cell
        for key, cell in asdict(arrival).items()
        if cell != ""
    }
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
    return text[:-1] + _CHECK + f'{zlib.crc32(text):08x}"}}\n'.encode()


def read_lines(file: Path) -> list[bytes]:
    """Return the lines of an index that were written to their end."""
    return file.read_bytes().split(b"\n")[:-1]


def read_arrival(line: bytes) -> Arrival | None:
    """Return the arrival of a line; None if it is not what was written."""
    text, _, check = line.rpartition(_CHECK)
    text += b"}"
    if check != f'{zlib.crc32(text):08x}"}}'.encode():
        return None
    fields: dict[str, Any] = json.loads(text)
    for key in ("modified_at", "recorded_at"):
        fields[key] = dt.datetime.fromisoformat(fields[key])
    return Arrival(**fields)
