"""The file that readers open: built aside from the working file, then put in its place by one rename.

Here: what may leave the working file (three schemas, nothing else, and names of persons masked in what people wrote), the
history of checks, the one row about the build, and the builds kept. A reader that has the old file open keeps it whole; a
killed run leaves the old file.
Not here: whether the build may be published (verdicts.py), what its tables mean, and which texts name a person (dbt:
name_masks).
"""
# ruff: noqa: S608 (names of schemas and tables are our own; values are bound)

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.files import UNFINISHED, make_public_folder, put_in_place, remove_unfinished
from pipelines.reference.calendar import Calendar
from pipelines.warehouse.catalogue import Table, describe_tables, read_words
from pipelines.warehouse.own_forms import create_mart_views, read_own_forms
from pipelines.warehouse.rows import quote, transaction
from pipelines.warehouse.verdicts import Build, NotJudgedError, Verdict, judge

SCHEMAS = ("marts", "quality", "meta")
BUILDS_KEPT = 5
_ASIDE = f".ntm{UNFINISHED}"


@dataclass(frozen=True)
class Published:
    """What was put in place: rows by 'schema.table', and the file's size in bytes."""

    rows: dict[str, int]
    size: int


def publish(connected: duckdb.DuckDBPyConnection, published_file: Path, build: Build) -> Published:
    """Write a new published file from the working file that `connected` has open, and replace the old one atomically.

    Table and column comments go with it. The file is read-only, as is its copy under `builds/` (a hard link), of which
    the newest five stay. Raises what DuckDB or the disk raises; the old file stands then.
    """
    kept = kept_build(published_file, build.built_at)
    make_public_folder(kept.parent)
    remove_unfinished(published_file.parent)
    aside = kept.with_name(_ASIDE)
    rows = _write_file(connected, aside, build)
    put_in_place(aside, kept, mode=0o444)
    link = published_file.parent / _ASIDE
    try:
        os.link(kept, link)
    except OSError:  # a file system without hard links
        shutil.copy2(kept, link)
    put_in_place(link, published_file, mode=0o444)
    for old in kept_builds(published_file)[:-BUILDS_KEPT]:
        old.unlink()
    return Published(rows, published_file.stat().st_size)


def kept_build(published_file: Path, built_at: dt.datetime) -> Path:
    """Return where the build of a moment lies beside the published file, for as long as it is kept."""
    return published_file.parent / "builds" / f"ntm-{built_at:%Y%m%dT%H%M%S%f}.duckdb"


def kept_builds(published_file: Path) -> list[Path]:
    """Return the builds that lie beside the published file, oldest first."""
    return sorted((published_file.parent / "builds").glob("ntm-*.duckdb"))


def fingerprint(landed_state: str, build: Build) -> str:
    """Return what the tables follow from: what is landed, code and reference data, the day asked for."""
    return hashlib.sha256(f"{landed_state}\n{build.code_version}\n{build.as_of}".encode()).hexdigest()


def is_published(connected: duckdb.DuckDBPyConnection, published_file: Path, expected: str) -> bool:
    """Whether the published file that stands is whole and was built from exactly this fingerprint."""
    row = connected.execute("select built_at from landed.runs where fingerprint = ?", [expected]).fetchone()
    if row is None or not published_file.is_file():
        return False
    try:
        with duckdb.connect(str(published_file), read_only=True) as published:
            return published.execute("select built_at from meta.build").fetchone() == row
    except duckdb.Error:
        return False


def due_day_since(published_file: Path, calendar: Calendar, as_of: dt.date) -> dt.date | None:
    """Return the newest day on which a report was due that the file that stands does not know of, as of a day; else None.

    A due day is over, and known, in what is built as of a later day. Without a readable file no due day is known.
    """
    due_on = calendar.last_due_day(before=as_of)
    if due_on is None or not published_file.is_file():
        return due_on
    try:
        with duckdb.connect(str(published_file), read_only=True) as published:
            (built_as_of,) = published.execute("select as_of from meta.build").fetchone() or (None,)
    except duckdb.Error:
        return due_on
    return due_on if built_as_of is None or built_as_of <= due_on else None


def holds_published_build(connected: duckdb.DuckDBPyConnection) -> bool:
    """Whether the working file holds what was last published: not while a build is at work, nor after a refused one."""
    return find_published_build(connected) is not None


def find_published_build(connected: duckdb.DuckDBPyConnection) -> Build | None:
    """Return the build that the working file holds, if it is the one that was last published."""
    try:
        build = judge(connected).build
    except NotJudgedError:
        return None
    return build if connected.execute("select built_at from landed.runs").fetchall() == [(build.built_at,)] else None


def mark_published(connected: duckdb.DuckDBPyConnection, verdict: Verdict) -> None:
    """Note that the published file is what was judged: the next run whose tables follow from the same has nothing to do."""
    connected.execute("delete from landed.runs")
    connected.execute("insert into landed.runs values (?, ?)", [verdict.fingerprint, verdict.build.built_at])


def _write_file(connected: duckdb.DuckDBPyConnection, file: Path, build: Build) -> dict[str, int]:
    connected.execute(f"attach {quote(file)} as published")
    try:
        # dbt built this table before the last checks were made
        connected.execute("delete from quality.check_results")
        connected.execute("insert into quality.check_results by name select * from landed.check_results")
        own_forms = read_own_forms(connected)
        create_mart_views(connected, own_forms)
        comments, masked = _find_comments(connected), _find_masked_columns(connected)
        with transaction(connected):  # one: each of 700 statements would wait for the disk
            rows = {
                name: _copy_table(connected, *name.split(".", 1), comments.get(name, {}), masked.get(name, []))
                for name in _find_tables(connected)
            }
            rows["meta.build"] = _write_build(connected, build)
            for table in describe_tables(
                _find_columns(connected),
                {**comments, "meta.build": {None: _BUILD, **_BUILD_COLUMNS}},
                own_forms,
                read_words(connected),
            ):
                rows[f"meta.{table.name}"] = _write_table(connected, table)
        connected.execute("checkpoint published")
    finally:
        connected.execute("detach published")
    return rows


def _find_tables(connected: duckdb.DuckDBPyConnection) -> list[str]:
    """Tables and views of the published schemas, as dbt built them."""
    names = connected.execute(
        """
        select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database() and
            list_contains(?, schema_name)
        union all
        select schema_name || '.' || view_name from duckdb_views() where database_name = current_database() and
            list_contains(?, schema_name)
        order by all
        """,
        [list(SCHEMAS), list(SCHEMAS)],
    ).fetchall()
    return [name for (name,) in names if name != "meta.build"]


def _find_columns(connected: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Type by column, by 'schema.table', as they stand in the file that is being written."""
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in connected.execute(
        """
        select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()
        where database_name = 'published' order by 1, column_index
        """
    ).fetchall():
        columns.setdefault(table, {})[column] = kind
    return columns


def _find_comments(connected: duckdb.DuckDBPyConnection) -> dict[str, dict[str | None, str]]:
    """Comments by 'schema.table': of each column by its name, of the table or view itself by None."""
    comments: dict[str, dict[str | None, str]] = {}
    for table, column, comment in connected.execute(
        """
        with commented as (
            select database_name, schema_name, table_name, null as column_name, comment from duckdb_tables()
            union all
            select database_name, schema_name, view_name, null, comment from duckdb_views()
            union all
            select database_name, schema_name, table_name, column_name, comment from duckdb_columns()
        )
        select schema_name || '.' || table_name, column_name, comment from commented
        where database_name = current_database() and list_contains(?, schema_name) and comment <> ''
        order by all
        """,
        [list(SCHEMAS)],
    ).fetchall():
        comments.setdefault(table, {})[column] = comment
    return comments


def _find_masked_columns(connected: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Columns by 'schema.table' in which a text names a person."""
    query = "select table_name, list(distinct column_name order by column_name) from publishing.name_masks group by all"
    return dict(connected.execute(query).fetchall())


def _copy_table(
    connected: duckdb.DuckDBPyConnection,
    schema: str,
    table: str,
    comments: Mapping[str | None, str],
    masked: Sequence[str],
) -> int:
    """One table with its comments; in the order of its columns, so that equal builds are equal files to read.

    `masked`: the columns in which some texts are replaced by what name_masks has for them.
    """
    run = connected.execute
    run(f'create schema if not exists published."{schema}"')
    columns, joins = "own.*", ""
    if masked:
        replaced = [
            f'if({mask}.text is null, own."{column}", {mask}.masked) as "{column}"' for mask, column in _masks(masked)
        ]
        columns += f" replace ({', '.join(replaced)})"
        joins = " ".join(
            f"""
            left join publishing.name_masks as {mask} on {mask}.table_name = '{schema}.{table}'
                and {mask}.column_name = '{column}' and {mask}.text = own."{column}"
            """
            for mask, column in _masks(masked)
        )
    run(
        f'create table published."{schema}"."{table}" as'
        f' select {columns} from "{schema}"."{table}" as own {joins} order by all'
    )
    for column, comment in comments.items():
        _comment(connected, f'published."{schema}"."{table}"', column, comment)
    (rows,) = run(f'select count(*) from published."{schema}"."{table}"').fetchone() or (0,)
    return rows


def _masks(columns: Sequence[str]) -> list[tuple[str, str]]:
    return [(f"mask_{number}", column) for number, column in enumerate(columns)]


def _comment(connected: duckdb.DuckDBPyConnection, table: str, column: str | None, comment: str) -> None:
    what = f"table {table}" if column is None else f'column {table}."{column}"'
    connected.execute(f"comment on {what} is {quote(comment)}")


def _comment_all(connected: duckdb.DuckDBPyConnection, table: str, comment: str, columns: dict[str, str]) -> None:
    _comment(connected, table, None, comment)
    for column, text in columns.items():
        _comment(connected, table, column, text)


def _write_table(connected: duckdb.DuckDBPyConnection, table: Table) -> int:
    name = f'published.meta."{table.name}"'
    kinds = ", ".join(f'"{column}" {kind}' for column, (kind, _) in table.columns.items())
    connected.execute(f"create table {name} ({kinds})")
    # a list per column: a statement per row would take longer than all of the tables
    lists = [list(values) for values in zip(*table.rows, strict=True)] or [[] for _ in table.columns]
    casts = ", ".join(f"unnest(?::{kind}[])" for kind, _ in table.columns.values())
    connected.execute(f"insert into {name} select {casts}", lists)
    _comment_all(connected, name, table.comment, {column: text for column, (_, text) in table.columns.items()})
    return len(table.rows)


def _write_build(connected: duckdb.DuckDBPyConnection, build: Build) -> int:
    connected.execute("create schema if not exists published.meta")
    connected.execute(
        """
        create table published.meta.build as
        select
            $built_at::timestamp as built_at,
            $as_of::date as as_of,
            $code_version as code_version,
            (select count(*) from published.quality.deliveries)::integer as deliveries,
            (select count(*) from published.quality.submissions)::integer as submissions,
            (select max(received_at) from published.quality.deliveries)::timestamp as newest_received_at,
            (select count(*) filter (where is_passed) from this_run)::integer as checks_passed,
            (select count(*) filter (where not is_passed) from this_run)::integer as checks_warned
        """.replace("this_run", "(select * from published.quality.check_results where built_at = $built_at)"),
        {"built_at": build.built_at, "as_of": build.as_of, "code_version": build.code_version},
    )
    _comment_all(connected, "published.meta.build", _BUILD, _BUILD_COLUMNS)
    return 1


_BUILD = "Mỗi dòng là lần dựng tệp này (chỉ một dòng). One row per file: how it was built."
_BUILD_COLUMNS = {
    "built_at": "Thời điểm cập nhật (UTC). When it was built (UTC).",
    "as_of": "Số liệu tính đến hết ngày này. As of the end of this day.",
    "code_version": "Phiên bản phần mềm và quy tắc. Version of code, rules and reference data.",
    "deliveries": "Số tệp đã nhận. Files received.",
    "submissions": "Số lượt báo cáo. Submissions.",
    "newest_received_at": "Tệp mới nhất đến lúc nào (UTC). When the newest file came (UTC).",
    "checks_passed": "Số phép kiểm tra đạt. Checks that held.",
    "checks_warned": "Số phép kiểm tra có cảnh báo. Checks that warned.",
}
