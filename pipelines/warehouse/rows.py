"""What queries need: rows by the names of columns, a text as a literal, which tables there are, all or nothing.

Not here: any query of what stands in a table.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import duckdb


def fetch_dicts(query: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return all rows of an executed query (what `execute` returns), each by column name."""
    names = [name for name, *_ in query.description or []]
    return [dict(zip(names, row, strict=True)) for row in query.fetchall()]


def quote(text: object) -> str:
    """Return a text, or a path, as a literal of SQL: for `attach`, `copy` and `comment`, which take no parameters."""
    return "'" + str(text).replace("'", "''") + "'"


def find_tables(connected: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return schema and name of every table, and of every view over files: a table that another engine has written."""
    return connected.execute(
        """
        select schema_name, table_name from duckdb_tables() where database_name = current_database()
        union all
        select schema_name, view_name from duckdb_views()
        where database_name = current_database() and sql like '%read_parquet(%'
        order by all
        """
    ).fetchall()


@contextmanager
def transaction(connected: duckdb.DuckDBPyConnection) -> Generator[None]:
    """Keep what the body did, all of it; none if it raises or is killed."""
    connected.begin()
    try:
        yield
    except BaseException:  # an interrupt, too, leaves nothing half done
        connected.rollback()
        raise
    connected.commit()
