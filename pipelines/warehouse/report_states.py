"""How the reports owed stand in a published file, and which of them stand otherwise than in an earlier one.

Here: one state per form, period and reporter of `quality.obligations`. Not here: who is shown it (pipelines/defs/reports), and
what changed in the figures (pipelines/products/site/quality.py).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.warehouse.rows import fetch_dicts, quote

MISSING_STATUSES = ("missing", "rejected_only")
"""Of an obligation past due: nothing came, or nothing usable."""

_STATES = """
    select
        obligations.form, obligations.period, obligations.reporter_code, obligations.status, obligations.due_on,
        obligations.submission_id, submissions.status as submission_status, submissions.received_at, deliveries.path,
        submissions.rows_used, submissions.findings_error, submissions.findings_warning
    from {schema}.obligations
    left join {schema}.submissions on obligations.submission_id = submissions.submission_id
    left join {schema}.deliveries on submissions.delivery_id = deliveries.delivery_id
"""


@dataclass(frozen=True)
class ReportState:
    """What one reporter owes of one form for one period, and the submission that stands for it.

    `details`: what else is known of it, by name. `has_stood`: a submission stood for it in the earlier file.
    """

    form: str
    period: str
    reporter_code: str
    submission_id: str | None
    details: dict[str, Any]
    has_stood: bool


def find_changed_reports(published_file: Path, earlier_file: Path | None) -> list[ReportState]:
    """Return the reports owed that stand otherwise than in the earlier file, by form, period and reporter; all without one.

    Both are published files. One that is no longer owed has the status `not_owed`.
    """
    with duckdb.connect(str(published_file), read_only=True) as connected:
        earlier = _STATES.format(schema="quality") + " limit 0"
        if earlier_file:
            connected.execute(f"attach {quote(earlier_file)} as earlier (read_only)")
            earlier = _STATES.format(schema="earlier.quality")
        rows = fetch_dicts(
            connected.execute(f"""
                with now as ({_STATES.format(schema="quality")}),
                earlier as ({earlier}),
                changed as (from now except from earlier),
                gone as (
                    select * replace ('not_owed' as status, null as submission_id)
                    from earlier anti join now using (form, period, reporter_code)
                )
                select changed.*, earlier.submission_id is not null as has_stood
                from (from changed union all from gone) as changed
                left join earlier using (form, period, reporter_code)
                order by changed.form, changed.period, changed.reporter_code
            """)  # noqa: S608 (names are our own)
        )
    keys = ("form", "period", "reporter_code", "submission_id", "has_stood")
    return [
        ReportState(
            **{key: row[key] for key in keys},
            details={name: value for name, value in row.items() if name not in keys and value is not None},
        )
        for row in rows
    ]


def count_reports(published_file: Path) -> dict[str, dict[str, int]]:
    """Return of each form how many reports owed stand at each status."""
    with duckdb.connect(str(published_file), read_only=True) as connected:
        counts = connected.execute(
            "select form, status, count(*) from quality.obligations group by form, status order by all"
        ).fetchall()
    by_form: dict[str, dict[str, int]] = {}
    for form, status, count in counts:
        by_form.setdefault(form, {})[status] = count
    return by_form


def has_readable_states(published_file: Path) -> bool:
    """Whether a published file says how reports stand: one that is damaged doesn't."""
    try:
        count_reports(published_file)
    except duckdb.Error:
        return False
    return True


def find_deliveries(connected: duckdb.DuckDBPyConnection, form: str, reports: list[tuple[str, str]]) -> list[str]:
    """Return the paths of all deliveries that hold such a report, given as (period, reporter), whether it stands or not."""
    return [
        path
        for (path,) in connected.execute(
            """
            select distinct deliveries.path
            from landed.submissions inner join landed.deliveries using (delivery_id)
            where submissions.form = ? and list_contains(?, submissions.period || '|' || submissions.reporter_code)
            order by all
            """,
            [form, [f"{period}|{reporter}" for period, reporter in reports]],
        ).fetchall()
    ]
