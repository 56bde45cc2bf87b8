"""Deliveries read on a cluster: each of its processes reads what it is given, as this machine would, and lands it as a batch.

The rows stay where they were read, as Parquet on a path that all machines have; what comes back says of each delivery what the
ledger has to know. A task that dies with its machine is tried again elsewhere, and writes another batch.
Here: how deliveries are shared out, and what a process of the cluster does with its share. Limits of size, processor time and
memory are those of any reading: the process reads in one of its own that the kernel stops (workers.py). Imported by the
processes of the cluster: no Spark. Not here: Spark (session.py), which deliveries have to be read (load.py).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from pipelines.intake.model import Hint
from pipelines.warehouse.archive import Archive, ContentError
from pipelines.warehouse.build import code_version
from pipelines.warehouse.deliveries import Delivery, Limits
from pipelines.warehouse.reading import DeliveryRead, Reader, Readers
from pipelines.warehouse.spark.batches import BatchFolder, ReadAside
from pipelines.warehouse.spark.session import ClusterError

SHARE_DELIVERIES = 200
"""As many deliveries as a task reads at most: what is lost with a machine, and the least that a batch is worth."""
SHARES_AHEAD = 4
"""So many shares per core are read before what came back is landed: what a killed run has to read again."""
_Share = Sequence[tuple[Delivery, Hint]]


class Cluster(Protocol):
    """What calls a function in the processes of a cluster."""

    @property
    def slots(self) -> int:
        """How many calls it makes at a time."""
        ...

    def call_all(self, function: Callable[[Any], Any], arguments: Sequence[Any]) -> list[Any]:
        """Return what the function returns for each argument, in their order. Raises ClusterError."""
        ...


class OtherVersionError(Exception):
    """A machine of the cluster has other code, libraries or lists than the one that asks."""


@dataclass(frozen=True)
class Task:
    """What is the same for all shares of a run. Picklable, and small."""

    archive_dir: Path
    reader: Reader
    limits: Limits
    version: tuple[str, str]
    """Of the reader, and of all code and libraries."""
    folder: BatchFolder


class ClusterReaders(Readers):
    """Processes of this machine that receive, and a cluster that reads."""

    def __init__(
        self,
        archive: Archive,
        reader: Reader,
        limits: Limits,
        processes: int | None,
        cluster: Cluster,
        folder: BatchFolder,
    ) -> None:
        super().__init__(archive, reader, limits, processes)
        self.cluster, self.folder = cluster, folder

    def read(self, todo: Sequence[tuple[Delivery, Hint]]) -> Iterator[DeliveryRead]:
        """Read deliveries, in the order given, some thousands at a time. Raises ArchiveError, ClusterError."""
        task = Task(self.archive.folder, self.reader, self.limits, (self.reader.version, code_version()), self.folder)
        wave = SHARE_DELIVERIES * SHARES_AHEAD * self.cluster.slots if todo else 1
        for first in range(0, len(todo), wave):
            chosen = todo[first : first + wave]
            answers = self.cluster.call_all(partial(read_share, task), share_out(chosen, self.cluster.slots))
            read = {reading.delivery.delivery_id: reading for share in answers for reading in share}
            for delivery, _ in chosen:
                reading = read[delivery.delivery_id]
                if reading.lost:
                    self._refuse_other_archive(reading)
                yield reading

    def _refuse_other_archive(self, reading: DeliveryRead) -> None:
        """Raise ClusterError where a content that a machine of the cluster could not read is whole on this one."""
        try:
            self.archive.check(reading.delivery.sha256 or "")
        except ContentError:
            return
        raise ClusterError(
            f"Spark: {reading.delivery.path}: một máy của cụm không đọc được kho lưu trữ mà máy này đọc được · "
            f"a machine of the cluster can't read what this one reads in {self.archive.folder}: {reading.lost}"
        )


def share_out(todo: _Share, slots: int) -> list[_Share]:
    """Deal deliveries into shares of about the same size: two per slot, or as many as keep each small."""
    count = min(len(todo), max(2 * slots, -(-len(todo) // SHARE_DELIVERIES)))
    largest_first = sorted(todo, key=lambda each: (-(each[0].size or 0), each[0].delivery_id))
    return [largest_first[first::count] for first in range(count)]


def read_share(task: Task, share: _Share) -> list[ReadAside]:
    """Read a share in this process of the cluster, and write its rows aside. Raises ArchiveError, OtherVersionError."""
    readers = _readers(task)
    readings = list(readers.read(share))
    batch = task.folder.write_aside(readers.reader.schema, [reading for reading in readings if not reading.lost])
    return [
        ReadAside(
            reading.delivery,
            reading.hint,
            {name: rows for name, rows in reading.tables.items() if name == "deliveries"},
            reading.seconds,
            reading.stop,
            reading.lost,
            batch,
        )
        for reading in readings
    ]


_kept: list[tuple[Task, Readers]] = []


def _readers(task: Task) -> Readers:
    """Return what reads for this process of the cluster: kept for its next share, which saves 3 s of imports and lists."""
    if not _kept or _kept[0][0] != task:
        for _, readers in _kept:
            readers.__exit__()
        reader = task.reader
        if (own := (reader.version, code_version())) != task.version:
            raise OtherVersionError(
                f"a machine of the cluster has another code, other libraries or other lists (versions {', '.join(own)}) "
                f"than this one ({', '.join(task.version)}): all need the same checkout, environment and raw folder"
            )
        _kept[:] = [(task, Readers(Archive(task.archive_dir), reader, task.limits, 1))]
    return _kept[0][1]
