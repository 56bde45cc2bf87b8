"""Tables of Spark and of the working file, each shown to the other: what is landed before dbt begins, what was built after it.

Spark reads batches where they lie; what the working file has itself (the ledger, lists, definitions: small) is copied for it.
What dbt builds on Spark is Parquet in a folder of its own per build, and a view in the working file, cast to the types of the
contract, so that checks, publication and products ask one file as ever.
Here: both ways, and removing builds that no view reads. Not here: dbt (warehouse/build.py).
"""
# ruff: noqa: S608 (names of tables and columns are our own)

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb

from pipelines.warehouse.build import NodeResult
from pipelines.warehouse.rows import quote
from pipelines.warehouse.spark.batches import BATCH, DELIVERY, NO_BATCH, BatchFolder
from pipelines.warehouse.spark.landing import READ_IN

SHOWN = ("landed", "reference")
_BATCHES = "batches"
"""Spark's schema of batches as they lie, whether or not their rows count."""
_WRITTEN_LATER = "quality.check_results"
"""What publication fills anew: a table of the working file, whoever has built it."""


def show_landed(session: Any, connected: duckdb.DuckDBPyConnection, batches: BatchFolder, folder: Path) -> None:
    """Make Spark's catalogue what schemas `landed` and `reference` of the working file are; `folder` is for copies."""
    shutil.rmtree(folder, ignore_errors=True)
    for schema in (*SHOWN, _BATCHES):
        session.sql(f"drop database if exists {schema} cascade")
        session.sql(f"create database {schema}")
    query = """
        select schema_name, table_name, list(column_name order by column_index) from duckdb_columns()
        where database_name = current_database() and list_contains(?, schema_name) group by all order by all
    """
    views = []
    for schema, table, columns in connected.execute(query, [list(SHOWN)]).fetchall():
        if schema == "landed" and batches.file(table, NO_BATCH).is_file():
            session.sql(f"create table {_BATCHES}.{table} using parquet location {quote(batches.table(table))}")
            views.append(_view(table, columns, is_all=_count_all(connected, batches, table)))
            continue
        file = folder / schema / f"{table}.parquet"
        file.parent.mkdir(parents=True, exist_ok=True)
        connected.execute(f'copy (from {schema}."{table}") to {quote(file)} (format parquet)')
        session.sql(f"create table {schema}.{table} using parquet location {quote(file)}")
    for view in views:
        session.sql(view)


def _count_all(connected: duckdb.DuckDBPyConnection, batches: BatchFolder, table: str) -> bool:
    """Whether every row of a table's batches counts: then no query on Spark need look up each in the ledger."""
    lying = f"select count(*) from read_parquet({quote(batches.file(table, '*'))})"
    return connected.execute(f"select ({lying}) = (select count(*) from landed.{table})").fetchone() == (True,)


def _view(table: str, columns: Iterable[str], *, is_all: bool) -> str:
    view = f"""
        create view landed.{table} as
        select {", ".join(f"rows_read.`{column}`" for column in columns)} from {_BATCHES}.{table} as rows_read
    """
    if is_all:
        return view
    return f"""
        {view} left semi join landed.{READ_IN} as read_in
            on read_in.delivery_id = rows_read.{DELIVERY[0]} and read_in.batch = rows_read.{BATCH[0]}
    """


class Build:
    """One build, in a folder of its own among others in `builds`."""

    def __init__(self, builds: Path) -> None:
        self._builds, self.folder = builds, builds / uuid4().hex

    def begin(self, session: Any, schemas: Iterable[str]) -> None:
        """Make its schemas in Spark's catalogue."""
        for schema in schemas:
            session.sql(f"drop database if exists {schema} cascade")
            session.sql(f"create database {schema} location {quote(self.folder / schema)}")

    def show(
        self, connected: duckdb.DuckDBPyConnection, nodes: Mapping[str, Any], results: Sequence[NodeResult]
    ) -> None:
        """Make a view of each table that was built, with what is said of it; then remove the builds that no view reads."""
        for result in results:
            node = nodes.get(result.unique_id)
            if node is None or not result.is_ok or node["resource_type"] != "model":
                continue
            files = self.folder / node["schema"] / node["alias"]
            if files.is_dir():  # a view of Spark's has none
                _show_table(connected, node, files)
        query = "select string_agg(sql) from duckdb_views() where database_name = current_database()"
        (views,) = connected.execute(query).fetchone() or ("",)
        for other in self._builds.glob("*"):
            if other.name not in (views or ""):
                shutil.rmtree(other, ignore_errors=True)


def _show_table(connected: duckdb.DuckDBPyConnection, node: Mapping[str, Any], files: Path) -> None:
    schema, name = node["schema"], node["alias"]
    table = f'"{schema}"."{name}"'
    connected.execute(f'create schema if not exists "{schema}"')
    kinds = connected.execute(
        "select 'table' from duckdb_tables() where schema_name = $1 and table_name = $2 and database_name = current_database() "
        "union all select 'view' from duckdb_views() where schema_name = $1 and view_name = $2 "
        "and database_name = current_database()",
        [schema, name],
    ).fetchall()
    for (kind,) in kinds:
        connected.execute(f"drop {kind} {table}")
    source = f"read_parquet({quote(files / '*.parquet')})"
    described = connected.execute(f"describe from {source}").fetchall()
    promised = {column: about.get("data_type") for column, about in node["columns"].items()}
    columns = ", ".join(
        f'cast("{column}" as {promised.get(column) or kind}) as "{column}"' for column, kind, *_ in described
    )
    kind = "table" if f"{schema}.{name}" == _WRITTEN_LATER else "view"
    connected.execute(f"create {kind} {table} as select {columns} from {source}")
    if node["config"].get("persist_docs"):
        _comment(connected, f"{kind} {table}", node["description"])
        for column, about in node["columns"].items():
            _comment(connected, f'column {table}."{column}"', about["description"])


def _comment(connected: duckdb.DuckDBPyConnection, what: str, text: str) -> None:
    if text:
        connected.execute(f"comment on {what} is {quote(text)}")
