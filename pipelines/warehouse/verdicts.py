"""Whether what the working file holds may leave the house: a verdict on these tables, not on the run that happens to ask.

Each step that has to have gone well notes that it did, with the build it belongs to; the last one also notes what the
tables were. Whatever changes a table clears what follows from it first: loading, dbt (by a hook of the project, so that a
dbt of one's own does, too), a failed check. A step of another run, a table changed by hand, or a check left out leaves no
verdict.
Here: noting, clearing, asking. Not here: the checks, and publishing (publish.py).
"""
# ruff: noqa: S608 (names of schemas and tables are our own)

import datetime as dt
import hashlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from pipelines.warehouse.rows import find_tables

CHECK_LANDED, BUILD = STEPS = ("check landed", "build")
VERDICTS: Sequence[tuple[str, str]] = (
    ("step", "VARCHAR"),
    ("built_at", "TIMESTAMP"),
    ("as_of", "DATE"),
    ("code_version", "VARCHAR"),
    ("fingerprint", "VARCHAR"),
    ("tables", "VARCHAR"),
)
JUDGED_SCHEMAS = ("marts", "quality", "publishing")
_WRITTEN_LATER = "check_results"  # publishing fills it anew


@dataclass(frozen=True)
class Build:
    """What is known about a build beside its tables: `built_at` in UTC without zone."""

    built_at: dt.datetime
    as_of: dt.date
    code_version: str


@dataclass(frozen=True)
class Verdict:
    """A build that may be published, and what its tables follow from (None where no loading said so)."""

    build: Build
    fingerprint: str | None


class NotJudgedError(Exception):
    """The working file does not hold a build that was judged as a whole and found good; the line says why."""


def mark_stale(connected: duckdb.DuckDBPyConnection, since: str = CHECK_LANDED) -> None:
    """Note that tables are about to change: not published any more, nor judged from the step `since` on."""
    if _has_table(connected, "verdicts"):
        connected.execute(
            "delete from landed.verdicts where not list_contains(?::varchar[], step)", [STEPS[: STEPS.index(since)]]
        )
        connected.execute("delete from landed.runs")


@contextmanager
def suspended(connected: duckdb.DuckDBPyConnection) -> Generator[None]:
    """Hold back verdict and publication for a body that may change tables, and leave it to its caller whether it did.

    A body that is killed or raises has changed them.
    """
    if not _has_table(connected, "verdicts"):
        yield
        return
    for table in ("runs", "verdicts"):
        connected.execute(f"create or replace temp table kept_{table} as from landed.{table}")
    mark_stale(connected)
    yield
    for table in ("runs", "verdicts"):
        connected.execute(f"insert into landed.{table} by name from temp.kept_{table}")
        connected.execute(f"drop table temp.kept_{table}")


def mark_step(connected: duckdb.DuckDBPyConnection, step: str, build: Build, fingerprint: str | None) -> None:
    """Note that one of STEPS went well for a build, unless that is known; the last one says what the tables are."""
    if connected.execute("select count(*) from landed.verdicts where step = ?", [step]).fetchone() == (0,):
        tables = hash_tables(connected) if step == BUILD else None
        connected.execute(
            "insert into landed.verdicts values (?, ?, ?, ?, ?, ?)",
            [step, build.built_at, build.as_of, build.code_version, fingerprint, tables],
        )


def judge(connected: duckdb.DuckDBPyConnection) -> Verdict:
    """Return the verdict on what the working file holds. Raises NotJudgedError if there is none, or it is of other tables."""
    rows = []
    if _has_table(connected, "verdicts"):
        query = "select step, built_at, as_of, code_version, fingerprint, tables from landed.verdicts"
        rows = connected.execute(query).fetchall()
    builds = {step: (Build(*about), fingerprint) for step, *about, fingerprint, _ in rows}
    if missing := [step for step in STEPS if step not in builds]:
        raise NotJudgedError(
            f"the last build was not checked as a whole (not done, or not passed: {', '.join(missing)})"
        )
    if len(set(builds.values())) > 1:
        raise NotJudgedError("the last build was checked in parts, by several runs")
    if hash_tables(connected) not in [tables for *_, tables in rows]:
        raise NotJudgedError("the tables have changed since they were checked")
    return Verdict(*builds[BUILD])


def hash_tables(connected: duckdb.DuckDBPyConnection) -> str:
    """Return a hash of every row of the tables that are judged."""
    digest = hashlib.sha256()
    for schema, table in find_tables(connected):
        if schema not in JUDGED_SCHEMAS or table == _WRITTEN_LATER:
            continue
        query = f'select count(*), sum(hash(rows_of_it)) from "{schema}"."{table}" as rows_of_it'
        digest.update(f"{schema}.{table} {connected.execute(query).fetchone()}\n".encode())
    return digest.hexdigest()


def _has_table(connected: duckdb.DuckDBPyConnection, table: str) -> bool:
    tables = "select count(*) from duckdb_tables() where schema_name = 'landed' and table_name = ?"
    return connected.execute(tables, [table]).fetchone() == (1,)
