"""Checks beside the suites: their history, the sentence of a failed dbt test, and reports by deadline.

Here: writing and asking `landed.check_results`, run by run; what a dbt test promises, and what a failed one means, in one
sentence each, the latter with the rows it found; whether the reports of the last deadline are in. Not here: expectations
(pipelines/quality.py), dbt's tests themselves, and what follows from a failure.
"""
# ruff: noqa: S608 (names of tables are dbt's own; the SQL of a test is what dbt has just run)

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from typing import Any

import duckdb

from pipelines.quality import CRITICAL, EXPECTED, WARNING, Outcome
from pipelines.warehouse.build import compiled_code
from pipelines.warehouse.landed_schema import CHECK_RESULTS, append
from pipelines.warehouse.load import Lost
from pipelines.warehouse.report_states import MISSING_STATUSES
from pipelines.warehouse.rows import fetch_dicts
from pipelines.wording import say_value

DEADLINE = "reports_of_the_last_deadline"
ARCHIVE_SUITE, ARCHIVE = "archive", "content_as_received"
NAMED = 5
WELL_FORMED, USUAL_VOLUME = "well_formed", "usual_volume"
COUNTED = (WELL_FORMED, USUAL_VOLUME)  # each row says what is wrong, and of how many rows
ROWS_SHOWN = {None, *COUNTED}  # tests whose rows say what is wrong, and hold nothing personal: our own

# What a dbt test promises, by its kind; as an expectation says it where both say the same.
PROMISES = {
    WELL_FORMED: ("khóa, mã, số đếm và tỷ lệ đúng dạng", "keys, codes, counts and rates are well formed"),
    USUAL_VOLUME: ("số liệu nhiều như thường có", "as much is there as usually is"),
    "unique_combination": EXPECTED["expect_compound_columns_to_be_unique"],
    "unique": EXPECTED["expect_column_values_to_be_unique"],
    "not_null": EXPECTED["expect_column_values_to_not_be_null"],
    "accepted_values": EXPECTED["expect_column_values_to_be_in_set"],
    "relationships": ("mọi {column} có trong {to}", "each {column} is in {to}"),
}

# What it means that a dbt test fails, by the kind of test: of `{checked}` rows `{failed}` are so.
SENTENCES = {
    WELL_FORMED: ("{failed} trong {checked} dòng không hợp lệ", "{failed} of {checked} rows are malformed"),
    USUAL_VOLUME: (
        "ít hơn thường có, {failed} trong {checked} dòng không đạt",
        "less than usual, {failed} of {checked} rows fall short",
    ),
    "unique_combination": (
        "{failed} khóa ({columns}) trùng nhau hoặc trống, trong {checked} dòng",
        "{failed} keys ({columns}) are shared or unknown, of {checked} rows",
    ),
    "unique": (
        "{failed} giá trị của {columns} trùng nhau, trong {checked} dòng",
        "{failed} values of {columns} are shared, of {checked} rows",
    ),
    "not_null": ("{failed} trong {checked} dòng trống {columns}", "{failed} of {checked} rows have no {columns}"),
    "accepted_values": (
        "{failed} giá trị của {columns} ngoài danh mục, trong {checked} dòng",
        "{failed} values of {columns} are not in the list, of {checked} rows",
    ),
    "relationships": (
        "{failed} trong {checked} dòng có {columns} không có trong {to}",
        "{failed} of {checked} rows have a {columns} that {to} does not know",
    ),
}
OTHER_SENTENCE = ("{failed} dòng không đạt {check}", "{failed} rows fail {check}")


def record(
    connected: duckdb.DuckDBPyConnection, outcomes: Sequence[Outcome], as_of: dt.date, built_at: dt.datetime
) -> None:
    """Append the outcomes of the run that began at `built_at` (UTC)."""
    rows = [(*astuple(outcome), as_of, built_at) for outcome in outcomes]
    append(connected, "landed.check_results", CHECK_RESULTS, rows)


def failures(
    connected: duckdb.DuckDBPyConnection, built_at: dt.datetime, severity: str
) -> list[tuple[str, str, str | None]]:
    """Return (suite, check, what is wrong) of the checks of one run, by its `built_at`, that failed."""
    return connected.execute(
        """
        select suite, check_name, coalesce(message_vi || ' · ' || message_en, observed_value) from landed.check_results
        where built_at = ? and severity = ? and not is_passed order by all
        """,
        [built_at, severity],
    ).fetchall()


def short_name(node: Mapping[str, Any]) -> str:
    """Return the name of a dbt test among those of its table: what it asks, and of which columns (dbt's own repeat the table)."""
    kind = (node.get("test_metadata") or {}).get("name")
    if kind is None:
        return node["name"].removeprefix("assert_")
    return "_".join([kind] if kind in COUNTED else [kind, *_columns(node)])


def say_promise(node: Mapping[str, Any]) -> str:
    """Return what must hold for a dbt test to pass, Vietnamese and English: the description in its YAML, else by its kind."""
    if node["description"]:
        return node["description"]
    metadata = node["test_metadata"]
    arguments = metadata["kwargs"]
    values = {
        "column": ", ".join(_columns(node)),
        "values": ", ".join(map(str, arguments.get("values", []))),
        "to": arguments.get("to"),
    }
    return " · ".join(sentence.format(**values) for sentence in PROMISES[metadata["name"]])


def _columns(node: Mapping[str, Any]) -> list[str]:
    """Return the columns that a generic test is about."""
    columns = node["test_metadata"]["kwargs"].get("columns", [])
    return columns or [node["column_name"]] * bool(node.get("column_name"))


def explain(
    connected: duckdb.DuckDBPyConnection, outcome: Outcome, test: str, nodes: Mapping[str, Any], as_of: dt.date
) -> Outcome:
    """Return the outcome of a failed dbt test, with the sentence that says what is wrong.

    `test` is its id among dbt's `nodes`. The test's SQL is asked once more on the working file that `connected` has open, as
    of the day that the build was; where that can't be done, the sentence does without the rows. One that `nodes` does not
    have (written since they were read) stays as it is.
    """
    node = nodes.get(test)
    if node is None:
        return outcome
    kind, arguments = (node.get("test_metadata") or {}).get("name"), (node.get("test_metadata") or {}).get("kwargs", {})
    model = nodes.get(node.get("attached_node") or "")
    table = f"{model['schema']}.{model['alias']}" if model else None
    counted = _fetch_first(connected, f"select count(*) as rows from {table}") if table else []
    checked = counted[0]["rows"] if counted else None
    broken_rows = _fetch_first(connected, compiled_code(node, as_of))
    failed = (
        max(row["rows_broken"] for row in broken_rows) if kind in COUNTED and broken_rows else outcome.rows_failed or 0
    )
    values = {
        "failed": failed,
        "checked": "?" if checked is None else checked,
        "columns": ", ".join(_columns(node)) if kind else None,
        "to": arguments.get("to"),
        "check": outcome.check,
    }
    messages = []
    for number, language in enumerate(("vi", "en")):
        own = (node["config"].get("meta") or {}).get(language)
        sentence = (own or SENTENCES.get(kind, OTHER_SENTENCE)[number]).format(**values)
        if kind in ROWS_SHOWN and broken_rows and not (kind and own):  # a sentence of its own says what the rows would
            sentence += ": " + " | ".join(
                ", ".join(f"{key} {value}" for key, value in row.items()) for row in broken_rows
            )
            sentence += " | …" if kind is None and failed > len(broken_rows) else ""
        messages.append(f"{table}: {sentence}." if table else f"{sentence}.")
    return replace(outcome, rows_checked=checked, rows_failed=failed, message_vi=messages[0], message_en=messages[1])


def _fetch_first(connected: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """Return the first rows of a query by column; none where it can't be asked (a table that was not built)."""
    try:
        return fetch_dicts(connected.execute(f"from ({sql}\n) limit {NAMED}"))
    except duckdb.Error:
        return []


def content_as_received(connected: duckdb.DuckDBPyConnection, lost: Sequence[Lost]) -> Outcome | None:
    """Return what is wrong with the archive. Our own trouble: no finding, and no sender is asked.

    What was lost is looked for in each run until it is there: then the check holds again. None where nothing is lost, nor was.

    A warning where all that is lost was read before: these rows stand. Critical where some never was: tables without it
    would say that nothing came, so they are not published. The sentence names no file: it is published, and files are called
    after people.
    """
    if not lost:
        query = "select is_passed from landed.check_results where suite = ? order by built_at desc limit 1"
        was_lost = connected.execute(query, [ARCHIVE_SUITE]).fetchone() == (False,)
        return Outcome(ARCHIVE_SUITE, ARCHIVE, WARNING, True, "0", rows_failed=0) if was_lost else None
    is_critical = not all(each.was_read for each in lost)
    return Outcome(
        ARCHIVE_SUITE,
        ARCHIVE,
        CRITICAL if is_critical else WARNING,
        is_passed=False,
        observed=str(len(lost)),
        rows_checked=None,
        rows_failed=len(lost),
        message_vi=f"Kho lưu không còn nguyên {len(lost)} tệp đã nhận (lỗi của máy này, không phải của nơi gửi), chạy make "
        "restore FROM=… hoặc đặt lại tệp vào thư mục nhận; make verify nói tệp nào.",
        message_en=f"The archive does not have {len(lost)} files as they were received (our own trouble, no sender's); make "
        "restore FROM=…, or put them into the raw folder again; make verify says which.",
    )


def reports_of_the_last_deadline(connected: duckdb.DuckDBPyConnection, as_of: dt.date) -> Outcome:
    """Return whether everything is in that was due by the last deadline of the months and of the quarters (a warning).

    Freshness by deadline, not by age: a report is old when the next one was due, not when days have passed. `as_of` is
    the day asked for; what was due on it may still come. Excused reports are not waited for, nor
    are held ones: they came.
    """
    due, missing, last_due_on, names = connected.execute(
        """
        with due as (
            select *, list_contains($missing, status) as is_missing
            from quality.obligations
            where due_on < $as_of and (status in ('on_time', 'late', 'held') or is_missing)
            qualify period = max(period) over (partition by period like '%Q%')
        )
        select
            count(*), count(*) filter (where is_missing), max(due_on),
            list(reporter_code || ' ' || form || ' ' || period order by reporter_code, form) filter (where is_missing)
        from due
        """,
        {"as_of": as_of, "missing": list(MISSING_STATUSES)},
    ).fetchone() or (0, 0, None, [])
    outcome = Outcome("deadline", DEADLINE, WARNING, not missing, str(missing), due, missing)
    if not missing:
        return outcome
    shown = ", ".join(names[:NAMED]) + (" …" if missing > NAMED else "")
    return replace(
        outcome,
        message_vi=f"{missing} trong {due} báo cáo đến hạn gần nhất ({say_value(last_due_on)}) chưa có: {shown}.",
        message_en=f"{missing} of {due} reports due by the last deadline ({last_due_on}) are not in: {shown}.",
    )
