"""The rows of a query by the names of its columns.

Here: reading what a query returned. Not here: any query.
"""

from typing import Any

import duckdb


def fetch_dicts(query: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return all rows of an executed query (what `execute` returns), each by column name."""
    names = [name for name, *_ in query.description or []]
    return [dict(zip(names, row, strict=True)) for row in query.fetchall()]
