"""Schema `landed` of the working file over batches of Parquet: views in the place of tables, and the ledger of what counts.

Here: which batch holds the rows of each delivery, noted in one transaction with the delivery itself; batches that are no
longer whole, whose deliveries are read again. Not here: the files (batches.py), and what has to be read (load.py).
"""
# ruff: noqa: S608 (names of tables and columns come from the form definitions; values are parameters)

import logging
import re
from collections.abc import Iterable, Sequence

import duckdb

from pipelines.reference.lists import Lists
from pipelines.warehouse.fitting import Schema
from pipelines.warehouse.landed_schema import DELIVERIES, LandedSchema
from pipelines.warehouse.lists import replace_table
from pipelines.warehouse.reading import DeliveryRead, Reader
from pipelines.warehouse.rows import quote, transaction
from pipelines.warehouse.spark.batches import BATCH, DELIVERY, Batch, BatchFolder, ReadAside

READ_IN, BATCH_FILES = "read_in", "batch_files"
_READ_IN = (("delivery_id", "VARCHAR"), ("batch", "VARCHAR"))
"""The ledger: in which batch the rows of a delivery are that count."""
_BATCH_FILES = (("batch", "VARCHAR"), ("table_name", "VARCHAR"), ("bytes", "BIGINT"))
MOST_BATCHES = 200
"""Some months of daily runs, or the shares of 40,000 deliveries read at once."""
_READ_PARQUET = re.compile(r"read_parquet\('(?:[^']|'')*'\)")
logger = logging.getLogger(__name__)


class ParquetLanded(LandedSchema):
    """Schema `landed`, with what was read of deliveries as views over Parquet: DuckDB numbers no row of a view."""

    row_id = "row_number() over ()"

    def __init__(self, connected: duckdb.DuckDBPyConnection, reader: Reader, folder: BatchFolder) -> None:
        super().__init__(connected, reader)
        self.folder = folder
        self.read = {name: columns for name, columns in self.schema.items() if name != "deliveries"}
        self.derived |= {READ_IN: _READ_IN, BATCH_FILES: _BATCH_FILES}

    def create_tables(self, lists: Lists) -> None:
        """Forget batches that are not whole, remove what no delivery needs any more, then create what is missing."""
        query = "select count(*) from duckdb_tables() where schema_name = 'landed' and list_contains(?, table_name)"
        if self.connected.execute(query, [[READ_IN, BATCH_FILES]]).fetchone() == (2,):
            self._tidy_up()  # before a view is made, which reads them
            self._follow_folder()
        super().create_tables(lists)
        self._merge_if_many()

    def _tidy_up(self) -> None:
        broken = [batch.name for batch in self._batches() if not self.folder.is_whole(batch)]
        if broken:
            logger.warning(
                "%s: %d batches are not whole, their deliveries are read again", self.folder.folder, len(broken)
            )
        with transaction(self.connected):
            self.connected.execute(
                f"""
                update landed.deliveries set intake_version = null
                from landed.{READ_IN} as read_in where read_in.delivery_id = deliveries.delivery_id and list_contains(?, batch)
                """,
                [broken],
            )
            self.connected.execute(f"delete from landed.{READ_IN} where list_contains(?, batch)", [broken])
            self.connected.execute(
                f"delete from landed.{BATCH_FILES} where batch not in (select batch from landed.{READ_IN})"
            )
        self.folder.keep_only([batch.name for batch in self._batches()])

    def _follow_folder(self) -> None:
        """Let the views read where the batches lie now: a home may have been moved, or copied."""
        views = self.connected.execute(
            "select view_name, sql from duckdb_views() where schema_name = 'landed' and database_name = current_database()"
        ).fetchall()
        for name, sql in views:
            if name in self.read:
                reading = f"read_parquet({quote(self.folder.file(name, '*'))})"
                query = _READ_PARQUET.sub(lambda _, here=reading: here, sql)
                if query != sql:
                    self.connected.execute(query.replace("CREATE VIEW", "create or replace view", 1))

    def _merge_if_many(self) -> None:
        """Make one batch of all rows that count, where there have come to be many: each file costs whoever reads its table."""
        batches = self._batches()
        if len(batches) <= MOST_BATCHES:
            return
        merged = self.folder.merge_aside({name: self._rows(name, "rows_read.*") for name in self.read}, self.connected)
        self.folder.put_in_place(merged)
        with transaction(self.connected):
            self.connected.execute(f"update landed.{READ_IN} set batch = ?", [merged.name])
            self.connected.execute(f"delete from landed.{BATCH_FILES}")
            self._note_files([merged])

    def write(self, batch: Sequence[DeliveryRead]) -> None:
        """Land whole deliveries in one transaction, as the ledger has it; what was read in this process is written first."""
        here = [reading for reading in batch if not isinstance(reading, ReadAside)]
        own = self.folder.write_aside(self.read, here)
        batch_of = {reading.delivery.delivery_id: own for reading in here}
        batch_of |= {reading.delivery.delivery_id: reading.batch for reading in batch if isinstance(reading, ReadAside)}
        landed = {each.name for each in self._batches()}
        new = {each.name: each for each in batch_of.values() if each.name not in landed}
        for each in new.values():
            self.folder.put_in_place(each)
        with transaction(self.connected):
            self._drop(list(batch_of))
            self._append(READ_IN, _READ_IN, [(key, each.name) for key, each in batch_of.items()])
            self._note_files(new.values())
            self._append("deliveries", DELIVERIES, self._ledger_rows(batch))

    def _read_columns(self) -> dict[str, list[tuple[str, str]]]:
        """Return the columns of tables, and of the views over batches in place of those that DuckDB would have landed."""
        present = super()._read_columns()
        tables = {name: present.pop(name) for name in self.read.keys() & present.keys()}
        if tables or not self.folder.has_tables(list(self.read)):
            return present
        for view, column, kind in self.connected.execute(
            """
            select table_name, column_name, data_type
            from duckdb_columns() semi join duckdb_views() on view_name = table_name
                and duckdb_views.schema_name = duckdb_columns.schema_name
            where schema_name = 'landed' and database_name = current_database() order by table_name, column_index
            """
        ).fetchall():
            if view in self.read:
                present.setdefault(view, []).append((column, kind))
        return present

    def _begin_anew(self, read: Schema) -> None:
        self._drop_views(read)
        for name in read:
            self.connected.execute(f"drop table if exists landed.{name}")
        self.folder.begin(read)
        for name, columns in {READ_IN: _READ_IN, BATCH_FILES: _BATCH_FILES}.items():
            replace_table(self.connected, f"landed.{name}", columns, [])
        for name, columns in read.items():
            chosen = ", ".join(f'rows_read."{column}"' for column, _ in columns)
            self.connected.execute(f"create view landed.{name} as {self._rows(name, chosen)}")

    def _rows(self, name: str, chosen: str) -> str:
        """Return the query of those rows of a table that count."""
        return f"""
            select {chosen} from read_parquet({quote(self.folder.file(name, "*"))}) as rows_read
            semi join landed.{READ_IN} as read_in
                on read_in.delivery_id = rows_read.{DELIVERY[0]} and read_in.batch = rows_read.{BATCH[0]}
        """

    def _drop(self, delivery_ids: list[str]) -> None:
        for table in (READ_IN, "deliveries"):
            self.connected.execute(f"delete from landed.{table} where list_contains(?, delivery_id)", [delivery_ids])

    def _note_files(self, batches: Iterable[Batch]) -> None:
        files = [(batch.name, table, size) for batch in batches for table, size in batch.sizes.items()]
        self._append(BATCH_FILES, _BATCH_FILES, files)

    def _batches(self) -> list[Batch]:
        """Return the batches that the ledger knows."""
        query = f"select batch, map(list(table_name), list(bytes)) from landed.{BATCH_FILES} group by all"
        return [Batch(name, sizes) for name, sizes in self.connected.execute(query).fetchall()]
