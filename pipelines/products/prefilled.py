"""What is known of a report before it is written, from the working file: the reporter's last lists and marks, and its open tasks.

Here: which of what was reported stands, and which tasks a report is asked about. Not here: what of it still holds for the
period to come (communes that moved or changed, criteria of another set), which templates.py leaves out.
"""

from collections import defaultdict
from typing import Any, NamedTuple

import duckdb

from pipelines.intake.forms import Form
from pipelines.reference.calendar import Calendar
from pipelines.reference.periods import last_month, period_covering


class LastList(NamedTuple):
    """What a reporter's last report that stands lists: its period, and each row by landed column."""

    period: str
    rows: list[dict[str, Any]]


def fetch_last_lists(connection: duckdb.DuckDBPyConnection | None, form: Form, period: str) -> dict[str, LastList]:
    """Return each reporter's last list of an earlier period that stands, its rows in the order they were written."""
    if connection is None or not _has_tables(connection, ("landed", form.table), ("quality", "submissions")):
        return {}
    columns = [name for item in form.fields for name, _ in item.columns]
    query = f"""
        with last as (
            select submission_id, reporter_code, period from quality.submissions
            where
                form = $form and period < $period and reporter_code is not null
                and status in ('accepted', 'accepted_with_findings')
            qualify row_number() over (
                partition by reporter_code order by period desc, received_at desc, submission_id
            ) = 1
        )
        select last.reporter_code, last.period, {", ".join(f"rows.{name}" for name in columns)} from landed.{form.table} as rows
        inner join last on rows.submission_id = last.submission_id
        where rows.unused_reason is null
        order by last.reporter_code, rows.sheet, rows.table_no, rows.row_number
    """  # noqa: S608 -- names of the form's definition, not of any input
    lists: dict[str, LastList] = {}
    for reporter, last, *row in connection.execute(query, {"form": form.code, "period": period}).fetchall():
        lists.setdefault(reporter, LastList(last, [])).rows.append(dict(zip(columns, row, strict=True)))
    return lists


def fetch_open_tasks(
    connection: duckdb.DuckDBPyConnection | None, period: str, calendar: Calendar
) -> dict[str, list[dict[str, Any]]]:
    """Return what each reporter has to report on for a period: the tasks that it had not reported as done before.

    A task that recurs is open anew in each of its periods, and from the day of its first on: an instance of it comes about when
    its period is over.
    """
    if connection is None or not _has_tables(connection, ("marts", "fct_tasks")):
        return {}
    query = """
        with tasks as (
            select
                *,
                is_done and reported_month < $month as was_done,
                list_contains($covering, period) as is_covering
            from marts.fct_tasks
            where owner_code is not null and coalesce(issued_on <= $end, true)
        )
        select owner_code, task_code, any_value(task) as task, any_value(document_no) as document_no
        from tasks
        group by owner_code, task_code
        having
            bool_or(period is null and not was_done)
            or bool_or(is_covering and not was_done)
            or (count(period) > 0 and not bool_or(coalesce(is_covering, false)))
        order by owner_code, min(issued_on), document_no, task_code
    """
    end, month = calendar.periods.end(period), last_month(period)
    covering = [period_covering(period, frequency) for frequency in ("month", "quarter")]
    tasks: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = connection.execute(query, {"end": end, "month": month, "covering": covering}).fetchall()
    for owner, *row in rows:
        tasks[owner].append(dict(zip(("task_code", "task", "document_no"), row, strict=True)))
    return tasks


def _has_tables(connection: duckdb.DuckDBPyConnection, *tables: tuple[str, str]) -> bool:
    there = set(connection.execute("select schema_name, table_name from duckdb_tables()").fetchall())
    return there >= set(tables)
