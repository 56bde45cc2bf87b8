"""What queries need: rows by the names of columns, a text in a statement that takes no parameters, all or nothing.

Not here: any query.
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
