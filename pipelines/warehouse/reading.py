"""Deliveries through the boundary: walked to, received, read and fitted in processes of their own, each under limits.

Here: what the processes are asked to do (`Desk`), and what becomes of a delivery that stops one: F01 with the reason,
remembered, not tried again until the file or the reader changes. Imported by the processes: no DuckDB, no pandas.
Not here: limits and their kernel side (workers.py), what is in the warehouse and the only writer of it (load.py).
"""

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol, Self

from pipelines.intake.model import Hint, is_own_trouble
from pipelines.warehouse.archive import Archive, ContentError
from pipelines.warehouse.deliveries import NOTHING, Delivery, Limits, RawFile, receive, receive_whole, take_apart, walk
from pipelines.warehouse.fitting import Schema, Tables, fit_tables
from pipelines.workers import Call, StoppedError, Workers

REGISTER_MATCHES: Sequence[tuple[str, str]] = (
    ("register_submission_id", "VARCHAR"),
    ("sheet", "VARCHAR"),
    ("row_number", "INTEGER"),
    ("register_no", "BIGINT"),
    ("received_at", "TIMESTAMP"),
    ("sender_code", "VARCHAR"),
    ("period", "VARCHAR"),
    ("file_name", "VARCHAR"),
    ("matched_path", "VARCHAR"),
    ("is_withdrawal", "BOOLEAN"),
)
IN_FLIGHT = 100  # calls a process may be ahead of who takes the results: busy while a batch is written, memory bounded
STOPS = frozenset({"too_slow", "too_much_memory", "standstill", "stopped"})
"""Variants of F01 that say at which limit a delivery stopped the process that read it."""
logger = logging.getLogger(__name__)


def hint_key(hint: Hint) -> str:
    """Return the register's hint as text: a delivery is read again when this changes."""
    return f"{hint.sender_code or ''}|{hint.period or ''}"


class Reader(Protocol):
    """What loading needs of intake. Picklable: every reading process gets its own copy.

    `schema` names the landed tables and columns that `read` fills ('deliveries' among them, without the bookkeeping
    that is load's); `register_table` the one whose rows name other deliveries. `definitions`: what the reader goes by, as
    tables for SQL; `views`: what SQL reads of landed tables that it does not know by name, as queries by name.
    """

    @property
    def version(self) -> str:
        """Another one reads everything again."""
        ...

    @property
    def schema(self) -> Schema:
        """Columns by table."""
        ...

    @property
    def register_table(self) -> str:
        """Where register rows are landed."""
        ...

    @property
    def definitions(self) -> Mapping[str, tuple[Sequence[tuple[str, str]], Sequence[tuple[Any, ...]]]]:
        """Columns and rows by table."""
        ...

    @property
    def views(self) -> Mapping[str, str]:
        """Queries by view."""
        ...

    def read(self, content: bytes, delivery: Delivery, hint: Hint) -> Tables:
        """Rows by table. Never raises for what stands in `content`."""
        ...

    def refuse(self, delivery: Delivery, hint: Hint, variant: str, detail: str = "") -> Tables:
        """Rows by table of a delivery that is not read: F01, with its variant, and what more there is to say of it."""
        ...

    def match(
        self, rows: Sequence[Mapping[str, Any]], paths: Sequence[str]
    ) -> tuple[list[tuple[Any, ...]], Mapping[str, Hint]]:
        """Register rows against the paths of all deliveries: rows of REGISTER_MATCHES, and the hint of each path named."""
        ...


@dataclass(frozen=True)
class DeliveryRead:
    """What one delivery says, ready to be landed.

    `stop`: at which limit its reading was stopped ('' for none). `lost`: why the archive does not have its bytes as they
    were received; then nothing of it was read, and `tables` is empty.
    """

    delivery: Delivery
    hint: Hint
    tables: Tables
    seconds: float
    stop: str = ""
    lost: str = ""


@dataclass(frozen=True)
class Desk:
    """What a process is asked to do, with the archive and the reader that are its own."""

    archive: Archive
    reader: Reader
    limits: Limits

    def walk(self, raw_dir: Path, inbox_dir: Path | None = None) -> list[RawFile]:
        """List what lies in the raw folder, and what came by mail."""
        return list(walk(raw_dir, inbox_dir))

    def receive(self, raw_file: RawFile, refused: Mapping[str, str]) -> list[Delivery]:
        """Archive a file and take it apart."""
        return receive(raw_file, self.archive, self.limits, refused)

    def take_apart(self, whole: Delivery, refused: Mapping[str, str]) -> list[Delivery]:
        """Take an archived file apart."""
        return take_apart(whole, self.archive, self.limits, refused)

    def receive_whole(self, raw_file: RawFile) -> list[Delivery]:
        """Archive a file and leave it as it is."""
        return receive_whole(raw_file, self.archive, self.limits)

    def read(self, delivery: Delivery, hint: Hint) -> DeliveryRead:
        """Read a delivery from the archive and fit its rows. Raises ArchiveError; a defect of the reader is F01."""
        started = time.perf_counter()
        try:
            content = b"" if delivery.trouble or delivery.sha256 is None else self.archive.read(delivery.sha256)
        except ContentError as error:
            return DeliveryRead(delivery, hint, {}, 0.0, lost=str(error))
        try:
            tables = fit_tables(self.reader.read(content, delivery, hint), self.reader.schema)
        except Exception as error:  # a defect of the reader costs one delivery
            if is_own_trouble(error):
                raise
            logger.exception("the reader failed on %r", delivery.path)
            tables = self.reader.refuse(delivery, hint, "reader", type(error).__name__)
        return DeliveryRead(delivery, hint, tables, time.perf_counter() - started)


class FolderError(Exception):
    """The raw folder can't be listed (a network drive that does not answer): our own trouble, never a sender's."""


_WHY_NOT_LISTED = {
    "standstill": "its disk or network does not answer",
    "too_slow": "that took more processor time than it may (read_seconds_max)",
    "too_much_memory": "that took more memory than it may (read_memory_max_mb)",
}


class Readers:
    """Processes that receive and read; a context, at whose end they end."""

    def __init__(
        self, archive: Archive, reader: Reader, limits: Limits, processes: int | None = None, desk: type[Desk] = Desk
    ) -> None:
        self.archive, self.reader, self.limits = archive, reader, limits
        self.workers = Workers(desk(archive, reader, limits), (type(reader).__module__, desk.__module__), processes)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self.workers.__exit__()

    def walk(self, raw_dir: Path, inbox_dir: Path | None = None) -> list[RawFile]:
        """List what lies in the raw folder, and what came by mail. Raises FolderError."""
        try:
            return self.call("walk", raw_dir, inbox_dir, size=0)
        except StoppedError as stop:
            why = _WHY_NOT_LISTED.get(stop.reason, f"its process ended ({stop.detail})")
            raise FolderError(f"raw folder {raw_dir} could not be listed, in two attempts: {why}") from stop

    def receive(
        self, raw_files: Path | Iterable[RawFile], refused: Mapping[str, Mapping[str, str]] | None = None
    ) -> Iterator[Delivery]:
        """Archive what lies in a folder, or what was found, and yield the deliveries in the order of their paths.

        `refused`: by path, what `deliveries.receive` asks for. Raises ArchiveError, FolderError, and OSError where this
        machine is at its end.
        """
        raw_files = self.walk(raw_files) if isinstance(raw_files, Path) else list(raw_files)
        calls = (
            self._as_call("receive", raw_file, dict((refused or {}).get(raw_file.path, NOTHING)), size=_size(raw_file))
            for raw_file in raw_files
        )
        for raw_file, received in zip(raw_files, self.workers.call_all(calls, IN_FLIGHT), strict=True):
            try:
                yield from received.result()
            except StoppedError as stop:
                logger.warning("receiving %r was stopped: %s %s", raw_file.path, stop.reason, stop.detail)
                yield from self._receive_whole(raw_file, stop.reason)

    def take_apart(self, wholes: Sequence[Delivery], refused: Mapping[str, Mapping[str, str]]) -> Iterator[Delivery]:
        """Yield what is in archives that were received whole and whose file may have gone. Raises as `receive`."""
        calls = (
            self._as_call("take_apart", whole, dict(refused.get(whole.path, NOTHING)), size=whole.size or 0)
            for whole in wholes
        )
        for whole, members in zip(wholes, self.workers.call_all(calls, IN_FLIGHT), strict=True):
            try:
                yield from members.result()
            except ContentError:  # reading it will say so
                yield whole
            except StoppedError as stop:
                logger.warning("taking apart %r was stopped: %s %s", whole.path, stop.reason, stop.detail)
                yield replace(whole, trouble=stop.reason)

    def _receive_whole(self, raw_file: RawFile, trouble: str) -> list[Delivery]:
        """Receive what can't be taken apart as one delivery with its trouble; what can't be had, by its path."""
        try:
            received = self.call("receive_whole", raw_file, size=_size(raw_file))
        except StoppedError:
            received = [Delivery(raw_file.path, None, None, raw_file.modified_at)]
        return [replace(delivery, trouble=delivery.trouble or trouble) for delivery in received]

    def read(self, todo: Sequence[tuple[Delivery, Hint]]) -> Iterator[DeliveryRead]:
        """Read deliveries, in the order given. Raises ArchiveError."""
        calls = (self._as_call("read", delivery, hint, size=delivery.size or 0) for delivery, hint in todo)
        for (delivery, hint), read in zip(todo, self.workers.call_all(calls, IN_FLIGHT), strict=True):
            try:
                yield read.result()
            except StoppedError as stop:
                logger.warning("reading %r was stopped: %s %s", delivery.path, stop.reason, stop.detail)
                yield self.refuse(delivery, hint, f"{stop.reason}:{stop.detail}")

    def refuse(self, delivery: Delivery, hint: Hint, stop: str) -> DeliveryRead:
        """Return the reading of a delivery that stopped its process, as `DeliveryRead.stop` says, without reading it."""
        variant, _, detail = stop.partition(":")
        return DeliveryRead(delivery, hint, self.reader.refuse(delivery, hint, variant, detail), 0.0, stop)

    def call(self, method: str, *arguments: Any, size: int) -> Any:
        """Ask a process for something that is about so many bytes. Raises what that raises, and StoppedError."""
        return self.workers.call(self._as_call(method, *arguments, size=size))

    def _as_call(self, method: str, *arguments: Any, size: int) -> Call:
        return Call(method, arguments, self.limits.allowance(size))


def _size(raw_file: RawFile) -> int:
    """How much there is to receive, in bytes; 0 for what can't be asked."""
    try:
        return raw_file.file.lstat().st_size
    except OSError:
        return 0
