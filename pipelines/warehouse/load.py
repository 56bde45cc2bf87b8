"""From the raw folder into schema `landed` of the working file: whole deliveries only, each read once.

Here: which deliveries have to be read (new, named differently by the register, read by an older intake, or asked for
again), the reading itself on as many processes as are worth starting, and the writing, a batch of deliveries a
transaction. A killed run leaves whole deliveries; the next one goes on with the rest and ends with the same tables.
What the index of arrivals knows counts as received, whether or not it still lies in the raw folder.
Not here: what a cell means (pipelines/intake), and anything that compares reports (dbt).
"""

import datetime as dt
import hashlib
import logging
import os
import re
import time
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipelines.intake.model import Hint
from pipelines.intake.register import may_register
from pipelines.intake.text import plain
from pipelines.progress import Progress
from pipelines.reference.lists import Lists, find_overlay_files
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.arrivals import Arrivals
from pipelines.warehouse.deliveries import AS_OF, REFERENCE, Delivery, Limits
from pipelines.warehouse.lists import land_lists, replace_table
from pipelines.warehouse.reading import REGISTER_MATCHES, STOPS, DeliveryRead, Reader, Readers, hint_key
from pipelines.warehouse.rows import fetch_dicts, quote, transaction
from pipelines.warehouse.secret import ID_SECRET, fingerprint, keep_secret
from pipelines.warehouse.verdicts import VERDICTS

BATCH_DELIVERIES = 400
BATCH_ROWS = 50_000  # a batch costs what its tables and columns cost, however few its rows: 0.3 ms per column
CHECKPOINT_AT = (
    "256MB"  # of log; at DuckDB's 16 MB a fifth of the writing went into the same half-filled row groups again
)
PASSING = frozenset({"unreadable", "changing"})
"""Variants of F01 for which the next run may find no reason any more."""
MAX_ROUNDS = 5  # registers, what they name, and registers found only then; more would be a circle
LIKELY_REGISTER = r"so (cong van|van ban|theo doi)|(cong van|van ban) den|register"

DELIVERIES: Sequence[tuple[str, str]] = (
    ("delivery_id", "VARCHAR"),
    ("path", "VARCHAR"),
    ("file_name", "VARCHAR"),
    ("sha256", "VARCHAR"),
    ("bytes", "BIGINT"),
    ("modified_at", "TIMESTAMP"),
    ("first_seen_no", "BIGINT"),
    ("status", "VARCHAR"),
    ("reason", "VARCHAR"),
    ("reporter_code", "VARCHAR"),
    ("period", "VARCHAR"),
    ("hint_sender_code", "VARCHAR"),
    ("hint_period", "VARCHAR"),
    ("hint_key", "VARCHAR"),
    ("intake_version", "VARCHAR"),
    ("cells", "BIGINT"),
    ("read_seconds", "DOUBLE"),
    ("trouble", "VARCHAR"),
    ("stop", "VARCHAR"),
)
CHECK_RESULTS: Sequence[tuple[str, str]] = (
    ("suite", "VARCHAR"),
    ("check_name", "VARCHAR"),
    ("severity", "VARCHAR"),
    ("is_passed", "BOOLEAN"),
    ("observed_value", "VARCHAR"),
    ("rows_checked", "BIGINT"),
    ("rows_failed", "BIGINT"),
    ("message_vi", "VARCHAR"),
    ("message_en", "VARCHAR"),
    ("as_of", "DATE"),
    ("built_at", "TIMESTAMP"),
)
ARRIVALS: Sequence[tuple[str, str]] = (
    ("arrival_no", "BIGINT"),
    ("delivery_id", "VARCHAR"),
    ("path", "VARCHAR"),
    ("sha256", "VARCHAR"),
    ("bytes", "BIGINT"),
    ("modified_at", "TIMESTAMP"),
    ("origin", "VARCHAR"),
)
"""Each arrival of a content at a path, in their order (arrivals.py); of archives, too, which are no deliveries."""
MESSAGES: Sequence[tuple[str, str]] = (
    ("message_key", "VARCHAR"),
    ("report_no", "INTEGER"),
    ("direction", "VARCHAR"),
    ("message_kind", "VARCHAR"),
    ("reporter_code", "VARCHAR"),
    ("form", "VARCHAR"),
    ("period", "VARCHAR"),
    ("exchanged_at", "TIMESTAMP"),
    ("verdict", "VARCHAR"),
    ("folder", "VARCHAR"),
)
"""What was exchanged with reporters by mail: a row per report in a letter, one per message, with the folder of its files."""
RUNS: Sequence[tuple[str, str]] = (("fingerprint", "VARCHAR"), ("built_at", "TIMESTAMP"))
logger = logging.getLogger(__name__)
_DTYPES = {
    "VARCHAR": "str",
    "BIGINT": "Int64",
    "INTEGER": "Int64",
    "DOUBLE": "Float64",
    "BOOLEAN": "boolean",
    "DATE": "datetime64[s]",
    "TIMESTAMP": "datetime64[us]",
}


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


def load_check_results(connected: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Give a new working file the history of checks that a file has: a backup's, as Parquet, or the published one."""
    connected.execute("create schema if not exists landed")
    connected.execute(f"create table landed.check_results ({_define_columns(CHECK_RESULTS)})")
    if file.suffix == ".parquet":
        connected.execute("insert into landed.check_results by name select * from read_parquet(?)", [str(file)])
        return
    connected.execute(f"attach {quote(file)} as source (read_only)")
    connected.execute("insert into landed.check_results by name select * from source.quality.check_results")
    connected.execute("detach source")


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
) -> Loaded:
    """Bring schema `landed` up to date with both roots and the reader's version, `reference` with the lists. Idempotent.

    `connected` is the working file, opened for writing under the run's lock. `processes` None: as many as there are
    cores, one for a few files. `again`: what a person wants read once more, as paths below the raw folder (a folder or
    an archive means all in it) or patterns ("*.xls", "*" for everything ever received). `messages`: rows of MESSAGES. Bad
    input never raises; a broken working file or a full disk does, and SecretError where ids can't be made as before.
    """
    started = time.monotonic()
    archive.remove_unfinished()
    connected.execute(f"set checkpoint_threshold = '{CHECKPOINT_AT}'")
    landed = _LandedSchema(connected, reader)
    landed.create_tables(lists)
    replace_table(connected, "landed.messages", MESSAGES, messages)
    with Readers(archive, reader, limits, processes) as readers:
        result = _load(landed, _Roots(raw_dir, inbox_dir), secret_file, readers, progress, again)
    landed.summarise(lists, result)
    result.seconds = time.monotonic() - started
    return result


class _Roots(NamedTuple):
    """Where deliveries lie: the raw folder, and what came by mail."""

    raw_dir: Path
    inbox_dir: Path | None


def _load(
    landed: "_LandedSchema",
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
    result = Loaded(new=len(received.keys() - before.keys()), known=len(received.keys() & before.keys()))
    result.unmatched = landed.mark_unread(again, deliveries.values())
    lost = _read_in_rounds(landed, deliveries, readers, progress, before, result)
    if lost and _receive_anew(lost, roots, readers):
        lost = _read_in_rounds(landed, deliveries, readers, progress, before, result)
    result.lost = [
        Lost(reading.delivery.path, reading.lost, was_read=reading.delivery.delivery_id in before) for reading in lost
    ]
    result.lost += [Lost(line, "is not the line that was written", was_read=bool(before)) for line in damaged]
    return result


def _read_in_rounds(
    landed: "_LandedSchema",
    deliveries: Mapping[str, Delivery],
    readers: Readers,
    progress: Progress,
    before: Collection[str],
    result: Loaded,
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
            result.cells += sum(map(landed.cells, whole))
            result.read_seconds += sum(reading.seconds for reading in whole)
            result.read_again += sum(reading.delivery.delivery_id in before for reading in whole)
    return list(lost.values())


def _receive_anew(lost: Sequence[DeliveryRead], roots: _Roots, readers: Readers) -> bool:
    """Set aside what the archive has in place of what was received; fetch it from where it came, as far as it lies there."""
    for reading in lost:
        logger.error("%s: %s", reading.delivery.path, reading.lost)
        readers.archive.set_aside(reading.delivery.sha256 or "")
    paths = {f"{reading.delivery.path}/" for reading in lost}
    lying = [found for found in readers.walk(*roots) if any(path.startswith(f"{found.path}/") for path in paths)]
    received = list(readers.receive(lying))
    return any(delivery.sha256 for delivery in received)


def _receive(
    landed: "_LandedSchema", roots: _Roots, secret_file: Path, readers: Readers, progress: Progress
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


class _LandedSchema:
    """Schema `landed` of the working file."""

    def __init__(self, connected: duckdb.DuckDBPyConnection, reader: Reader) -> None:
        self.connected = connected
        self.reader = reader
        self.schema: dict[str, Sequence[tuple[str, str]]] = {**reader.schema, "deliveries": DELIVERIES}

    def create_tables(self, lists: Lists) -> None:
        """Create what is missing. Where columns have changed, everything is read again; no delivery and no check is forgotten."""
        run = self.connected.execute
        run("create schema if not exists landed")
        present = self._read_columns()
        lasting = {"deliveries": DELIVERIES, "check_results": CHECK_RESULTS, "runs": RUNS, "verdicts": VERDICTS}
        read = {name: columns for name, columns in self.schema.items() if name not in lasting}
        is_other = any(present.get(name) != list(columns) for name, columns in self.schema.items())
        with transaction(self.connected):
            for name, columns in read.items():
                if is_other:
                    run(f"create or replace table landed.{name} ({_define_columns(columns)})")
            for name, columns in lasting.items():
                self._carry_over(name, columns, present.get(name, []))
            if is_other:
                run("update landed.deliveries set intake_version = null")
            derived = {
                "register_matches": REGISTER_MATCHES,
                "arrivals": ARRIVALS,
                "id_secret": ID_SECRET,
                "messages": MESSAGES,
            }
            for name, columns in derived.items():
                if present.get(name) != list(columns):
                    run(f"create or replace table landed.{name} ({_define_columns(columns)})")
            definitions = self.reader.definitions
            for name in present.keys() - read.keys() - lasting.keys() - definitions.keys() - derived.keys():
                run(f"drop table landed.{name}")
            for name, (columns, rows) in definitions.items():
                replace_table(self.connected, f"landed.{name}", columns, rows)
            for name, query in self.reader.views.items():
                run(f"create or replace view landed.{name} as {query}")
            land_lists(self.connected, lists)

    def _carry_over(self, name: str, columns: Sequence[tuple[str, str]], present: Sequence[tuple[str, str]]) -> None:
        """Give a table its columns of today and keep its rows."""
        run = self.connected.execute
        if list(columns) == list(present):
            return
        kept = ", ".join(f'"{column}"' for column, _ in columns if column in map(_column_name, present))
        run("create or replace temp table carried as " + (f"select {kept} from landed.{name}" if kept else "select 1"))
        run(f"create or replace table landed.{name} ({_define_columns(columns)})")
        if kept:
            run(f"insert into landed.{name} by name select * from carried")
        run("drop table temp.carried")

    def readings(self) -> dict[str, tuple[str, str, str]]:
        """Of each delivery landed: the hint it was read with, the version that read it, the trouble it had."""
        rows = self.connected.execute(
            "select delivery_id, hint_key, intake_version, trouble from landed.deliveries"
        ).fetchall()
        return {delivery_id: tuple(how) for delivery_id, *how in rows}

    def deliveries(self) -> dict[str, Delivery]:
        """Everything landed, those whose file has left the raw folder included, in the order in which it was first seen."""
        rows = self.connected.execute(
            "select delivery_id, path, sha256, bytes, modified_at, trouble from landed.deliveries order by first_seen_no"
        ).fetchall()
        return {delivery_id: Delivery(*parts) for delivery_id, *parts in rows}

    def deliveries_by_content(self) -> Iterator[list[Delivery]]:
        """Yield the first content of every path landed, then the second of those that have one, and so on."""
        of_path: dict[str, list[Delivery]] = {}
        for delivery in self.deliveries().values():
            of_path.setdefault(delivery.path, []).append(delivery)
        for contents in zip_longest(*of_path.values()):
            yield list(filter(None, contents))

    def stops(self, version: str) -> dict[str, str]:
        """At which limit deliveries stopped this version of the reader, by delivery_id."""
        query = "select delivery_id, stop from landed.deliveries where stop <> '' and intake_version = ?"
        return dict(self.connected.execute(query, [version]).fetchall())

    def refused(self, version: str) -> dict[str, dict[str, str]]:
        """Archives that could not be taken apart within their limits, as `Readers.receive` asks for them."""
        found: dict[str, dict[str, str]] = {}
        for path, delivery_id, trouble in self.connected.execute(
            """
            select path, delivery_id, trouble from landed.deliveries
            where list_contains(?, trouble) and sha256 is not null and intake_version = ?
            """,
            [[*STOPS, "archive_too_large"], version],
        ).fetchall():
            found.setdefault(path, {})[delivery_id] = trouble
        return found

    def cells(self, reading: DeliveryRead) -> int:
        """How many cells a delivery has."""
        return (
            reading.tables["deliveries"][0][list(map(_column_name, self.reader.schema["deliveries"])).index("cells")]
            or 0
        )

    def keep_only(self, arrived: Mapping[str, Delivery]) -> None:
        """Drop what is not a delivery after all: a path whose bytes could not be had, an archive that can now be opened.

        What was received whole is kept, whether or not the index knows of it.
        """
        gone = [
            key for key, old in self.deliveries().items() if key not in arrived and (old.sha256 is None or old.trouble)
        ]
        with transaction(self.connected):
            self._drop(gone)

    def land_arrivals(self, arrivals: Arrivals) -> None:
        """Land the index of what was received, and number deliveries by it."""
        rows = [
            (number, each.delivery_id, each.path, each.sha256, each.size, each.modified_at, each.origin)
            for number, each in arrivals
            if each.is_delivery
        ]
        if self.connected.execute("select * from landed.arrivals order by arrival_no").fetchall() == rows:
            return
        with transaction(self.connected):
            replace_table(self.connected, "landed.arrivals", ARRIVALS, rows)
            self.connected.execute(
                """
                update landed.deliveries set first_seen_no = first.arrival_no
                from (select delivery_id, min(arrival_no) as arrival_no from landed.arrivals group by all) as first
                where deliveries.delivery_id = first.delivery_id
                """
            )

    def land_secret(self, secret: str) -> None:
        """Land the secret that ids are made with."""
        if self.connected.execute("select * from landed.id_secret").fetchall() != [(secret,)]:
            replace_table(self.connected, "landed.id_secret", ID_SECRET, [(secret,)])

    def mark_unread(self, patterns: Sequence[str], deliveries: Iterable[Delivery]) -> list[str]:
        """Note that the deliveries meant have to be read again, which outlives a killed run; return what means none."""
        meant = {
            pattern: [each.delivery_id for each in deliveries if _is_meant(each.path, pattern)] for pattern in patterns
        }
        self.connected.execute(
            "update landed.deliveries set intake_version = null where list_contains(?::varchar[], delivery_id)",
            [[key for keys in meant.values() for key in keys]],
        )
        return [pattern for pattern, keys in meant.items() if not keys]

    def is_register(self, delivery: Delivery) -> bool:
        """Whether to read this one first: it is called like a register. A wrong guess costs time, nothing else."""
        return bool(re.search(rf"\b({LIKELY_REGISTER}|{self.reader.register_table})\b", plain(delivery.path)))

    def match_register(self, paths: Sequence[str]) -> Mapping[str, Hint]:
        """Match the register's rows with all paths, keep the matches, and return the hint of each path."""
        rows = self.connected.execute(
            f"""
            select register.*, deliveries.path
            from landed.{self.reader.register_table} as register
            join landed.deliveries as deliveries using (delivery_id)
            order by deliveries.first_seen_no, sheet, table_no, row_number
            """
        )
        registered = [row for row in fetch_dicts(rows) if may_register(row["path"])]
        matches, hints = self.reader.match(registered, sorted(paths))
        if self.connected.execute("select * from landed.register_matches").fetchall() != matches:
            with transaction(self.connected):
                self.connected.execute("delete from landed.register_matches")
                self._append("register_matches", REGISTER_MATCHES, matches)
        return hints

    def write(self, batch: Sequence[DeliveryRead]) -> None:
        """Land whole deliveries in one transaction; what an earlier reading of them landed is replaced."""
        numbers = self._first_numbers([reading.delivery.delivery_id for reading in batch])
        rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in self.schema}
        for reading in batch:
            delivery = reading.delivery
            for name, read in reading.tables.items():
                if name != "deliveries":
                    rows[name].extend(read)
            as_read = dict(
                zip(map(_column_name, self.reader.schema["deliveries"]), reading.tables["deliveries"][0], strict=True)
            )
            bookkeeping = {
                "delivery_id": delivery.delivery_id,
                "path": delivery.path,
                "file_name": delivery.path.rpartition("/")[2],
                "sha256": delivery.sha256,
                "bytes": delivery.size,
                "modified_at": delivery.modified_at,
                "first_seen_no": numbers.get(delivery.delivery_id),
                "hint_sender_code": reading.hint.sender_code,
                "hint_period": reading.hint.period,
                "hint_key": hint_key(reading.hint),
                "intake_version": self.reader.version,
                "read_seconds": reading.seconds,
                "trouble": delivery.trouble,
                "stop": reading.stop,
            }
            row = as_read | bookkeeping
            rows["deliveries"].append(tuple(row.get(column) for column, _ in DELIVERIES))
        with transaction(self.connected):
            self._drop([reading.delivery.delivery_id for reading in batch])
            for name, landed in rows.items():
                self._append(name, self.schema[name], landed)

    def summarise(self, lists: Lists, result: Loaded) -> None:
        """Fill in what stands in the schema now: rows by table, findings by rule, rejected deliveries, its state."""
        for name in self.schema:
            (result.rows[name],) = self._fetch_one(f"select count(*) from landed.{name}")
        query = "select rule_id, count(*) from landed.findings group by all order by all"
        result.findings = dict(self.connected.execute(query).fetchall())
        (result.rejected,) = self._fetch_one("select count(*) from landed.deliveries where status = 'rejected'")
        query = "select count(*) from landed.deliveries where list_contains(?, trouble)"
        (result.out_of_reach,) = self._fetch_one(query, [list(PASSING)])
        query = "select delivery_id, hint_key, intake_version, trouble, modified_at from landed.deliveries order by all"
        digest = hashlib.sha256(lists.fingerprint().encode())
        for row in self.connected.execute(query).fetchall():
            digest.update(repr(row).encode())
        arrivals = "select arrival_no, delivery_id, modified_at from landed.arrivals order by arrival_no"
        for row in self.connected.execute(arrivals).fetchall():
            digest.update(repr(row).encode())
        for row in self.connected.execute("from landed.messages order by all").fetchall():
            digest.update(repr(row).encode())
        digest.update(fingerprint(*self._fetch_one("select secret from landed.id_secret")).encode())
        result.state = digest.hexdigest()

    def _read_columns(self) -> dict[str, list[tuple[str, str]]]:
        present: dict[str, list[tuple[str, str]]] = {}
        for table, column, kind in self.connected.execute(
            """
            select table_name, column_name, data_type
            from duckdb_columns() semi join duckdb_tables() using (database_name, schema_name, table_name)
            where schema_name = 'landed' and database_name = current_database() order by table_name, column_index
            """
        ).fetchall():
            present.setdefault(table, []).append((column, kind))
        return present

    def _first_numbers(self, delivery_ids: list[str]) -> dict[str, int]:
        rows = self.connected.execute(
            """
            select delivery_id, min(arrival_no) from landed.arrivals where list_contains(?, delivery_id) group by all
            """,
            [delivery_ids],
        ).fetchall()
        return dict(rows)

    def _drop(self, delivery_ids: list[str]) -> None:
        if not delivery_ids:
            return
        for name in self.schema:
            if "delivery_id" in map(_column_name, self.schema[name]):
                where = "list_contains(?, delivery_id)"
            else:
                where = """submission_id in (
                    select submission_id from landed.submissions where list_contains(?, delivery_id)
                )"""
            if name not in {"submissions", "deliveries"}:
                self.connected.execute(f"delete from landed.{name} where {where}", [delivery_ids])
        for name in ("submissions", "deliveries"):
            self.connected.execute(f"delete from landed.{name} where list_contains(?, delivery_id)", [delivery_ids])

    def _append(self, name: str, columns: Sequence[tuple[str, str]], rows: Sequence[Sequence[Any]]) -> None:
        append(self.connected, f"landed.{name}", columns, rows)

    def _fetch_one(self, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...]:
        return self.connected.execute(query, values).fetchone() or ()


def append(
    connected: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Insert rows by way of a data frame: 0.2 s for 50,000 rows of 12 columns, against 40 s one by one."""
    if not rows:
        return
    import pandas as pd  # noqa: PLC0415 (1 s that a run with nothing new need not wait for)

    arrays = zip(*rows, strict=True)
    frame = pd.DataFrame(
        {name: pd.Series(list(cells), dtype=_DTYPES[kind]) for (name, kind), cells in zip(columns, arrays, strict=True)}
    )
    connected.register("rows_to_append", frame)
    try:
        connected.execute(f"insert into {table} select * from rows_to_append")
    finally:
        connected.unregister("rows_to_append")


def _is_meant(path: str, pattern: str) -> bool:
    """Return whether a delivery's path is the one given, lies below it, or fits the pattern."""
    pattern = unicodedata.normalize("NFC", pattern).rstrip("/")
    return path == pattern or path.startswith(f"{pattern}/") or fnmatchcase(path, pattern)


def _define_columns(columns: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in columns)


def _column_name(column: tuple[str, str]) -> str:
    return column[0]
