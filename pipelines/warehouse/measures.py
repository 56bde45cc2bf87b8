"""What a suite expects of a table, counted by DuckDB: one row of counts per table, however many rows it has.

Here: the query of each type of expectation, and where the rows lie that fail one: file, sheet and row, never a value.
Not here: what follows from the counts (pipelines/quality.py).
"""
# ruff: noqa: S608 (names of tables and columns are our own, values are quoted)

from collections.abc import Callable, Mapping
from typing import Any

import duckdb

from pipelines.quality import Count, Suite, find_columns
from pipelines.warehouse.rows import fetch_dicts, quote

ROWS_NAMED = 5
NOT_NULL, IN_SET, REGEX, BETWEEN = (
    f"expect_column_values_to_{what}" for what in ("not_be_null", "be_in_set", "match_regex", "be_between")
)
NOT_BELOW = "expect_column_pair_values_a_to_be_greater_than_b"
UNIQUE, UNIQUE_KEY = "expect_column_values_to_be_unique", "expect_compound_columns_to_be_unique"
ROW_COUNT = "expect_table_row_count_to_be_between"

Kwargs = Mapping[str, Any]


def _is_outside(about: Kwargs) -> str:
    bounds = {"<": about.get("min_value"), ">": about.get("max_value")}
    return " or ".join(f"{about['column']} {sign} {bound}" for sign, bound in bounds.items() if bound is not None)


# Which rows fail: NULL is not known to.
FAILS: dict[str, Callable[[Kwargs], str]] = {
    NOT_NULL: lambda about: f"{about['column']} is null",
    IN_SET: lambda about: f"{about['column']} not in ({', '.join(quote(value) for value in about['value_set'])})",
    REGEX: lambda about: f"not regexp_matches({about['column']}, {quote(about['regex'])})",
    BETWEEN: _is_outside,
    NOT_BELOW: lambda about: f"{about['column_A']} {'<' if about.get('or_equal') else '<='} {about['column_B']}",
}
COUNTED = {*FAILS, UNIQUE, UNIQUE_KEY, ROW_COUNT}


def count(connected: duckdb.DuckDBPyConnection, suite: Suite) -> list[Count | None] | None:
    """Return the counts that each expectation of a suite is about, in its order: rows that fail, of those looked at.

    None for an expectation of a column that is not there, and for all if there is no such table.
    """
    present = _read_columns(connected, suite.table)
    if not present:
        return None
    asked = [each if present.issuperset(find_columns(each["kwargs"])) else None for each in suite.expectations]
    queries = ["count(*)"]
    for expectation in filter(None, asked):
        queries += _queries(suite.table, expectation)
    rows, *counts = connected.execute(f"select {', '.join(queries)} from {suite.table}").fetchone() or (0,)
    numbers = iter(counts)
    return [None if expectation is None else Count(rows, next(numbers), next(numbers)) for expectation in asked]


def _queries(table: str, expectation: Mapping[str, Any]) -> tuple[str, str]:
    """Return what counts the rows looked at, and those of them that fail."""
    kind, about = expectation["type"], expectation["kwargs"]
    columns = find_columns(about)
    if kind == ROW_COUNT:
        return "count(*)", "0"
    if kind in (UNIQUE, UNIQUE_KEY):
        is_there = " or ".join(f"{column} is not null" for column in columns)
        alike = (
            f"select count(*) as alike from {table} where {is_there} group by {', '.join(columns)} having count(*) > 1"
        )
        return f"count(*) filter (where {is_there})", f"(select coalesce(sum(alike), 0)::bigint from ({alike}))"
    is_known = "true" if kind == NOT_NULL else " and ".join(f"{column} is not null" for column in columns)
    return f"count(*) filter (where {is_known})", f"count(*) filter (where {FAILS[kind](about)})"


def find_failing_rows(
    connected: duckdb.DuckDBPyConnection, suite: Suite, expectation: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return where some of the rows lie that fail an expectation: path, sheet, row or cell, as far as the table says it."""
    kind, about = expectation["type"], expectation["kwargs"]
    present = _read_columns(connected, suite.table)
    if kind == ROW_COUNT or not present.issuperset(find_columns(about)):
        return []
    places = [column for column in ("sheet", "row_number", "cell") if column in present]
    if "path" in present:
        path = "path"
    elif "delivery_id" in present:
        path = f"(select any_value(path) from landed.deliveries as known where known.delivery_id = {suite.table}.delivery_id)"
    else:
        submission = "submission_id" if "submission_id" in present else "register_submission_id"
        path = (
            "(select any_value(path) from landed.submissions as known inner join landed.deliveries using (delivery_id) "
            f"where known.submission_id = {suite.table}.{submission})"
        )
    if kind in (UNIQUE, UNIQUE_KEY):
        condition = f"qualify count(*) over (partition by {', '.join(find_columns(about))}) > 1"
    else:
        condition = f"where {FAILS[kind](about)}"
    return fetch_dicts(
        connected.execute(
            f"select {', '.join([f'{path} as path', *places])} from {suite.table} {condition} order by all limit {ROWS_NAMED}"
        )
    )


def _read_columns(connected: duckdb.DuckDBPyConnection, table: str) -> set[str]:
    """Return the columns of 'schema.table'; none if there is no such table."""
    return {
        column
        for (column,) in connected.execute(
            """
            select column_name from duckdb_columns()
            where database_name = current_database() and schema_name = ? and table_name = ?
            """,
            table.split("."),
        ).fetchall()
    }
