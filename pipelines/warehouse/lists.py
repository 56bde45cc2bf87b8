"""Reference lists as tables of schema `reference` of the working file: ours and the office's rows as one, typed.

Here: writing what pipelines/reference has read, list by list, and any other small table. Not here: reading and checking
it, and choosing the row of a day (dbt: the tables hold all rows, whenever they are valid).
"""

from collections.abc import Sequence
from typing import Any

import duckdb

from pipelines.reference.lists import Lists, columns, values
from pipelines.reference.models import LISTS

SCHEMA = "reference"


def land_lists(connected: duckdb.DuckDBPyConnection, lists: Lists) -> None:
    """Make schema `reference` what the lists say: a table of the name of each, and no other. 4,000 rows take 0.1 s."""
    run = connected.execute
    run(f"create schema if not exists {SCHEMA}")
    present = run("select table_name from duckdb_tables() where schema_name = ?", [SCHEMA]).fetchall()
    for name in {name for (name,) in present} - {model.name_of_list for model in LISTS}:
        run(f'drop table {SCHEMA}."{name}"')
    for model in LISTS:
        rows = [values(model, row) for row in lists[model]]
        replace_table(connected, f"{SCHEMA}.{model.name_of_list}", columns(model), rows)


def replace_table(
    connected: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[Any, ...]],
) -> None:
    """Make a small table anew: its (column, DuckDB type), its rows."""
    unnested = ", ".join(f'unnest(?::{kind}[]) as "{name}"' for name, kind in columns)
    cells = [list(each) for each in zip(*rows, strict=True)] or [[] for _ in columns]
    connected.execute(f"create or replace table {table} as select {unnested}", cells)
