"""The history of checks: what each suite and test said, run by run, in `landed.check_results`.

Here: writing and asking that table. Not here: the checks (expectations/, dbt tests), and what follows from them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import astuple

import duckdb

from pipelines.quality import Outcome
from pipelines.warehouse.load import CHECK_RESULTS, append


def record(
    connected: duckdb.DuckDBPyConnection, outcomes: Sequence[Outcome], as_of: dt.date, built_at: dt.datetime
) -> None:
    """Append the outcomes of the run that began at `built_at` (UTC)."""
    rows = [(*astuple(outcome), as_of, built_at) for outcome in outcomes]
    append(connected, "landed.check_results", CHECK_RESULTS, rows)


def failures(
    connected: duckdb.DuckDBPyConnection, built_at: dt.datetime, severity: str
) -> list[tuple[str, str, str | None]]:
    """Return (suite, check, observed) of the checks of one run, by its `built_at`, that did not hold."""
    return connected.execute(
        """
        select suite, check_name, observed_value from landed.check_results
        where built_at = ? and severity = ? and not is_passed order by all
        """,
        [built_at, severity],
    ).fetchall()
