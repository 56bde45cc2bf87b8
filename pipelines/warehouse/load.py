"""From the raw folder into schema `landed` of the working file: whole deliveries only, each read once.

Here: which deliveries have to be read (new, named differently by the register, read by an older intake, or asked for
again), the reading itself on as many processes as are worth starting, and its landing, a batch of deliveries a
transaction. A killed run leaves whole deliveries; the next one goes on with the rest and ends with the same tables.
What the index of arrivals knows counts as received, whether or not it still lies in the raw folder.
Not here: the tables that are written (landed_schema.py), what a cell means (pipelines/intake), and anything that compares
reports (dbt).
"""

import datetime as dt
import hashlib
import logging
import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipelines.intake.model import Hint
from pipelines.progress import Progress
from pipelines.reference.lists import Lists, find_overlay_files
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.arrivals import Arrivals
from pipelines.warehouse.deliveries import AS_OF, REFERENCE, Delivery, Limits
from pipelines.warehouse.engine import THIS_MACHINE, Engine
from pipelines.warehouse.landed_schema import MESSAGES, LandedSchema
from pipelines.warehouse.lists import replace_table
from pipelines.warehouse.reading import DeliveryRead, Reader, Readers, hint_key
from pipelines.warehouse.rows import quote
from pipelines.warehouse.secret import fingerprint, keep_secret

BATCH_DELIVERIES = 400
BATCH_ROWS = 50_000  # a batch costs what its tables and columns cost, however few its rows: 0.3 ms per column
CHECKPOINT_AT = (
    "256MB"  # of log; at DuckDB's 16 MB a fifth of the writing went into the same half-filled row groups again
)
PASSING = frozenset({"unreadable", "changing"})
"""Variants of F01 for which the next run may find no reason any more."""
MAX_ROUNDS = 5  # registers, what they name, and registers found only then; more would be a circle
logger = logging.getLogger(__name__)


@dataclass
class Loaded:
    """What one load did. Counts are deliveries unless they say otherwise."""

    new: int = 0
    known: int = 0
    read_again: int = 0
    rejected: int = 0
    cells: int = 0
    read_seconds: float = 0.0
    seconds: float = 0.0
    rows: dict[str, int] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    state: str = ""
    unmatched: list[str] = field(default_factory=list)
    """What was asked to be read again, and is not a delivery."""
    out_of_reach: int = 0
    """Deliveries whose bytes the next run may have, with nothing changed that can be seen from outside."""
    lost: list["Lost"] = field(default_factory=list)


class Lost(NamedTuple):
    """A delivery whose bytes neither archive nor raw folder has as they were received: our own trouble, not its sender's.

    `was_read`: it was read while they were there; these rows stand.
    """

    path: str
    reason: str
    was_read: bool


def open_working_file(file: Path) -> duckdb.DuckDBPyConnection:
    """Open the working file to write in it.

    A new one gets DuckDB's newest storage, which packs text in two thirds of the time (25 million statuses, DuckDB 1.5.6). Only
    this installation opens it: the published file, which is for any DuckDB from 1.0 on, is written anew in the oldest.
    """
    if not file.exists():
        with duckdb.connect() as creator:
            creator.execute(f"attach {quote(file)} as working (storage_version 'latest')")
    return duckdb.connect(str(file))


def load(
    connected: duckdb.DuckDBPyConnection,
    raw_dir: Path,
    archive: Archive,
    secret_file: Path,
    reader: Reader,
    lists: Lists,
    limits: Limits,
    progress: Progress,
    processes: int | None = None,
    again: Sequence[str] = (),
    inbox_dir: Path | None = None,
    messages: Sequence[tuple[Any, ...]] = (),
    engine: Engine = THIS_MACHINE,
) -> Loaded:
    """Bring schema `landed` up to date with both roots and the reader's version, `reference` with the lists. Idempotent.

    `connected` is the working file, opened for writing under the run's lock. `processes` None: as many as there are
    cores, one for a few files. `again`: what a person wants read once more, as paths below the raw folder (a folder or
    an archive means all in it) or patterns ("*.xls", "*" for everything ever received). `messages`: rows of MESSAGES.
    `engine`: where deliveries are read. Bad input never raises; a broken working file or a full disk does, and SecretError
    where ids can't be made as before.
    """
    started = time.monotonic()
    archive.remove_unfinished()
    connected.execute(f"set checkpoint_threshold = '{CHECKPOINT_AT}'")
    landed = engine.landed(connected, reader)
    landed.create_tables(lists)
    replace_table(connected, "landed.messages", MESSAGES, messages)
    with engine.readers(archive, reader, limits, processes) as readers:
        loaded = _load(landed, _Roots(raw_dir, inbox_dir), secret_file, readers, progress, again)
    _summarise(landed, lists, loaded)
    loaded.seconds = time.monotonic() - started
    return loaded


class _Roots(NamedTuple):
    """Where deliveries lie: the raw folder, and what came by mail."""

    raw_dir: Path
    inbox_dir: Path | None


def _load(
    landed: LandedSchema,
    roots: _Roots,
    secret_file: Path,
    readers: Readers,
    progress: Progress,
    again: Sequence[str],
) -> Loaded:
    """Receive and read what is new, round by round, and land it."""
    landed.mark_unread(again, landed.deliveries().values())
    progress.start("archive", None)
    before = landed.readings()
    received, arrived, damaged = _receive(landed, roots, secret_file, readers, progress)
    landed.keep_only(arrived | received)
    deliveries = landed.deliveries() | arrived | received
    loaded = Loaded(new=len(received.keys() - before.keys()), known=len(received.keys() & before.keys()))
    loaded.unmatched = landed.mark_unread(again, deliveries.values())
    lost = _read_in_rounds(landed, deliveries, readers, progress, before, loaded)
    if lost and _receive_anew(lost, roots, readers):
        lost = _read_in_rounds(landed, deliveries, readers, progress, before, loaded)
    loaded.lost = [
        Lost(reading.delivery.path, reading.lost, was_read=reading.delivery.delivery_id in before) for reading in lost
    ]
    loaded.lost += [Lost(line, "is not the line that was written", was_read=bool(before)) for line in damaged]
    return loaded


def _read_in_rounds(
    landed: LandedSchema,
    deliveries: Mapping[str, Delivery],
    readers: Readers,
    progress: Progress,
    before: Collection[str],
    loaded: Loaded,
) -> list[DeliveryRead]:
    """Read and land what is not read yet, registers first; count it in `result`. Return what the archive does not have."""
    version = readers.reader.version
    lost: dict[str, DeliveryRead] = {}
    registers = [delivery for delivery in deliveries.values() if landed.is_register(delivery)]
    for round_no in range(MAX_ROUNDS):
        hints = landed.match_register([delivery.path for delivery in deliveries.values()])
        there = (each for each in (deliveries.values() if round_no else registers) if each.delivery_id not in lost)
        todo = _choose_unread(there, hints, landed.readings(), version)
        if not todo and round_no > 0:
            break
        if todo:
            progress.start("read", len(todo))
        for batch in _split_in_batches(_count_off(_read_all(todo, readers, landed.stops(version)), progress)):
            lost |= {reading.delivery.delivery_id: reading for reading in batch if reading.lost}
            whole = [reading for reading in batch if not reading.lost]
            landed.write(whole)
            loaded.cells += sum(map(landed.cells, whole))
            loaded.read_seconds += sum(reading.seconds for reading in whole)
            loaded.read_again += sum(reading.delivery.delivery_id in before for reading in whole)
    return list(lost.values())


def _receive_anew(lost: Sequence[DeliveryRead], roots: _Roots, readers: Readers) -> bool:
    """Set aside what the archive has in place of what was received; fetch it from where it came, as far as it lies there."""
    for reading in lost:
        logger.error("%s: %s", reading.delivery.path, reading.lost)
        readers.archive.set_aside(reading.delivery.sha256 or "")
    paths = {f"{reading.delivery.path}/" for reading in lost}
    lying = [
        raw_file for raw_file in readers.walk(*roots) if any(path.startswith(f"{raw_file.path}/") for path in paths)
    ]
    received = list(readers.receive(lying))
    return any(delivery.sha256 for delivery in received)


def _receive(
    landed: LandedSchema, roots: _Roots, secret_file: Path, readers: Readers, progress: Progress
) -> tuple[dict[str, Delivery], dict[str, Delivery], list[str]]:
    """Receive what lies in the raw folder and what came by mail, and note it in the index, before anything is read.

    Returns, by id, what was received now, and what ever arrived; and the places of damaged lines.
    """
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    refused = landed.refused(readers.reader.version)
    received: list[Delivery] = []
    with Arrivals(readers.archive.folder) as arrivals:
        if arrivals.is_new:
            for number, deliveries in enumerate(landed.deliveries_by_content()):
                arrivals.note(deliveries, now + dt.timedelta(microseconds=number))
        secret = keep_secret(secret_file, arrivals)
        for delivery in readers.receive(readers.walk(*roots), refused):
            received.append(delivery)
            progress.advance(delivery.path)
        arrivals.note(received, now)
        lying = {delivery.delivery_id for delivery in received}
        packed = [whole for whole in arrivals.packed() if whole.delivery_id not in lying]
        unpacked = list(readers.take_apart(packed, refused))
        arrivals.note(unpacked, now)
        _keep_reference_files(roots.raw_dir, readers.archive, arrivals, now)
        arrivals.note_secret(fingerprint(secret), now)
        landed.land_arrivals(arrivals)
        landed.land_secret(secret)
        arrived = arrivals.deliveries(readers.limits)
        damaged = [f"{arrivals.file.name}:{number}" for number in arrivals.damaged]
    arrived |= {each.delivery_id: each for each in unpacked}
    first = {key: delivery.modified_at for key, delivery in arrived.items()}
    return (
        {
            each.delivery_id: replace(each, modified_at=first.get(each.delivery_id, each.modified_at))
            for each in received
        },
        arrived,
        damaged,
    )


def _keep_reference_files(raw_dir: Path, archive: Archive, arrivals: Arrivals, now: dt.datetime) -> None:
    """Archive the office's lists and forms and the day asked for: with what arrived, all that the tables follow from."""
    files = {file.relative_to(raw_dir).as_posix(): file for file in find_overlay_files(raw_dir / REFERENCE)}
    if (raw_dir / AS_OF).is_file():
        files[AS_OF] = raw_dir / AS_OF
    lying = []
    for path, file in files.items():
        with file.open("rb") as source:
            modified_at = dt.datetime.fromtimestamp(os.fstat(source.fileno()).st_mtime, dt.UTC).replace(tzinfo=None)
            kept = archive.put(source)
        lying.append(Delivery(path, kept.sha256, kept.size, modified_at))
    gone = [Delivery(path, None, None, now) for path in arrivals.reference_files().keys() - files.keys()]
    arrivals.note([*lying, *gone], now, REFERENCE)


def _choose_unread(
    deliveries: Iterable[Delivery],
    hints: Mapping[str, Hint],
    readings: Mapping[str, tuple[str, str, str]],
    version: str,
) -> list[tuple[Delivery, Hint]]:
    """Deliveries that were not read yet, or with another hint, or by another version of intake; by path."""
    wanted = [(delivery, hints.get(delivery.path, Hint())) for delivery in deliveries]
    todo = [
        (delivery, hint)
        for delivery, hint in wanted
        if readings.get(delivery.delivery_id) != (hint_key(hint), version, delivery.trouble)
    ]
    return sorted(todo, key=lambda item: (item[0].path, item[0].delivery_id))


def _read_all(
    todo: Sequence[tuple[Delivery, Hint]], readers: Readers, stops: Mapping[str, str]
) -> Iterator[DeliveryRead]:
    """Read everything, in the order given; what stopped this version of the reader before is not tried again."""
    fresh = readers.read([(delivery, hint) for delivery, hint in todo if delivery.delivery_id not in stops])
    for delivery, hint in todo:
        stop = stops.get(delivery.delivery_id)
        yield readers.refuse(delivery, hint, stop) if stop else next(fresh)


def _count_off(readings: Iterable[DeliveryRead], progress: Progress) -> Iterator[DeliveryRead]:
    for reading in readings:
        progress.advance(reading.delivery.path)
        yield reading


def _split_in_batches(readings: Iterable[DeliveryRead]) -> Iterator[list[DeliveryRead]]:
    """Readings in groups that are written in one transaction each."""
    batch: list[DeliveryRead] = []
    rows = 0
    for reading in readings:
        batch.append(reading)
        rows += sum(map(len, reading.tables.values()))
        if len(batch) >= BATCH_DELIVERIES or rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _summarise(landed: LandedSchema, lists: Lists, loaded: Loaded) -> None:
    """Fill in what stands in the schema now: rows by table, findings by rule, rejected deliveries, its state."""
    loaded.rows = landed.count_rows()
    query = "select rule_id, count(*) from landed.findings group by all order by all"
    loaded.findings = dict(landed.connected.execute(query).fetchall())
    (loaded.rejected,) = landed.fetch_one("select count(*) from landed.deliveries where status = 'rejected'")
    query = "select count(*) from landed.deliveries where list_contains(?, trouble)"
    (loaded.out_of_reach,) = landed.fetch_one(query, [list(PASSING)])
    query = "select delivery_id, hint_key, intake_version, trouble, modified_at from landed.deliveries order by all"
    digest = hashlib.sha256(lists.fingerprint().encode())
    for row in landed.connected.execute(query).fetchall():
        digest.update(repr(row).encode())
    arrivals = "select arrival_no, delivery_id, modified_at from landed.arrivals order by arrival_no"
    for row in landed.connected.execute(arrivals).fetchall():
        digest.update(repr(row).encode())
    for row in landed.connected.execute("from landed.messages order by all").fetchall():
        digest.update(repr(row).encode())
    digest.update(fingerprint(*landed.fetch_one("select secret from landed.id_secret")).encode())
    loaded.state = digest.hexdigest()
