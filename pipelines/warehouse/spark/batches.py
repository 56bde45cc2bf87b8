"""Rows of deliveries as Parquet: one batch is what one process has read at a time, a file per landed table that has rows.

A batch is written aside, under a name that no other has, and then put in place, file by file. Its rows count from the moment
on in which the ledger of the working file says so (landing.py): a batch half written, half put in place, or written twice by a
task that was tried again changes nothing, and whoever tidies up removes it.
Here: where the files lie, writing them, looking whether they are whole. Imported by the processes of the cluster.
Not here: which rows count.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from uuid import uuid4

import duckdb

from pipelines.files import UNFINISHED, sync
from pipelines.warehouse.fitting import Schema
from pipelines.warehouse.landed_schema import append, define_columns
from pipelines.warehouse.reading import DeliveryRead
from pipelines.warehouse.rows import quote

BATCH, DELIVERY = BOOKKEEPING = (("_batch", "VARCHAR"), ("_delivery_id", "VARCHAR"))
"""Columns of every file: by them a row is looked up in the ledger."""
NO_BATCH = "none"
"""The batch without rows that each table has from the beginning: whoever asks finds columns."""
_MAGIC = b"PAR1"


@dataclass(frozen=True)
class Batch:
    """One batch: its name, and how large the file of each table is, in bytes."""

    name: str
    sizes: Mapping[str, int]


@dataclass(frozen=True)
class ReadAside(DeliveryRead):
    """A delivery whose rows lie in a batch already; `tables` has the one of `deliveries` alone."""

    batch: Batch = Batch("", MappingProxyType({}))


@dataclass(frozen=True)
class BatchFolder:
    """Where batches lie: `<folder>/<table>/<batch>.parquet`."""

    folder: Path

    @property
    def aside(self) -> Path:
        """Where they are written."""
        return self.folder / UNFINISHED

    def table(self, table: str) -> Path:
        """Where the files of a table lie."""
        return self.folder / table

    def file(self, table: str, batch: str) -> Path:
        """Where the rows of a batch lie that are of a table."""
        return self.folder / table / f"{batch}.parquet"

    def write_aside(self, schema: Schema, readings: Sequence[DeliveryRead]) -> Batch:
        """Write the rows that were read, but for table `deliveries`; on return they outlive a loss of power."""
        name, sizes = uuid4().hex, {}
        folder = self.aside / name
        folder.mkdir(parents=True)
        with duckdb.connect() as scratch:
            for table, columns in schema.items():
                rows = [
                    (*row, name, reading.delivery.delivery_id)
                    for reading in readings
                    for row in reading.tables.get(table, ())
                ]
                if table == "deliveries" or not rows:
                    continue
                file = folder / f"{table}.parquet"
                scratch.execute(f"create or replace table rows_read ({define_columns([*columns, *BOOKKEEPING])})")
                append(scratch, "rows_read", [*columns, *BOOKKEEPING], rows)
                scratch.execute(f"copy rows_read to {quote(file)} (format parquet, compression zstd)")
                sync(file)
                sizes[table] = file.stat().st_size
        sync(folder)
        return Batch(name, sizes)

    def merge_aside(self, queries: Mapping[str, str], connected: duckdb.DuckDBPyConnection) -> Batch:
        """Write the rows of queries, by table, as one batch; as `write_aside`."""
        name, sizes = uuid4().hex, {}
        folder = self.aside / name
        folder.mkdir(parents=True)
        for table, query in queries.items():
            file = folder / f"{table}.parquet"
            renamed = f"select * replace ({quote(name)} as {BATCH[0]}) from ({query})"  # noqa: S608 (a query of ours)
            connected.execute(f"copy ({renamed}) to {quote(file)} (format parquet, compression zstd)")
            sync(file)
            sizes[table] = file.stat().st_size
        sync(folder)
        return Batch(name, sizes)

    def put_in_place(self, batch: Batch) -> None:
        """Move a batch from aside to where it is read. Raises OSError where it is not there then: nothing may count it."""
        folder = self.aside / batch.name
        for table in batch.sizes:
            (folder / f"{table}.parquet").replace(self.file(table, batch.name))
            sync(self.table(table))
        if folder.exists():
            folder.rmdir()
        if not self.is_whole(batch):
            raise OSError(f"{self.folder}: {batch.name}.parquet: not as long as it was when it was written")

    def begin(self, schema: Schema) -> None:
        """Make the folder of each table, with a file that has its columns and no rows. What lay there is removed."""
        shutil.rmtree(self.folder, ignore_errors=True)
        with duckdb.connect() as scratch:
            for table, columns in schema.items():
                self.table(table).mkdir(parents=True)
                file = self.file(table, NO_BATCH)
                scratch.execute(f"create or replace table rows_read ({define_columns([*columns, *BOOKKEEPING])})")
                scratch.execute(f"copy rows_read to {quote(file)} (format parquet)")
                sync(file)
                sync(file.parent)
        sync(self.folder)

    def is_whole(self, batch: Batch) -> bool:
        """Whether every file of a batch is there, as long as it was and with the end that it must have."""
        return all(_is_whole(self.file(table, batch.name), size) for table, size in batch.sizes.items())

    def has_tables(self, tables: Sequence[str]) -> bool:
        """Whether each table has the file without rows, and that is whole."""
        return all(_is_whole(self.file(table, NO_BATCH)) for table in tables)

    def keep_only(self, batches: Sequence[str]) -> None:
        """Remove what lies aside, and the files of all other batches. Only under the run's lock."""
        shutil.rmtree(self.aside, ignore_errors=True)
        kept = {NO_BATCH, *batches}
        for file in self.folder.glob("*/*.parquet"):
            if file.stem not in kept:
                file.unlink()


def _is_whole(file: Path, size: int | None = None) -> bool:
    """Whether a file has the end that Parquet must have, and the size, where one is known."""
    try:
        with file.open("rb") as opened:
            opened.seek(-len(_MAGIC), 2)
            return opened.read() == _MAGIC and size in (None, opened.tell())
    except OSError:
        return False
