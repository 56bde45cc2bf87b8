"""Who sent what: reporters by months, what is missing, late or held, who to ask, and what went to and fro by mail.

Not here: what is wrong with what came (the page of data quality).
"""

from collections.abc import Mapping
from typing import Any

from pipelines.products import headlines
from pipelines.products.site.source import Rows, Source
from pipelines.reference.models import COMMUNE, DISTRICT, WARD
from pipelines.warehouse.report_states import MISSING_STATUSES
from pipelines.wording import say_months

MONTHS_SHOWN = 12
PERIODS_SHOWN = 6
UNITS = frozenset({DISTRICT, COMMUNE, WARD})
"""Types of reporters that are units: they stand first."""
SIGNS = {
    "missing": "✕",
    "rejected_only": "!",
    "held": "‖",
    "late": "◐",
    "not_yet_due": "…",
    "on_time": "●",
    "excused": "–",
}
"""What is seen beside the colour of a state, the worst first: a cell of several shows the first of these that it has."""


def read_reporting(source: Source) -> Mapping[str, Any]:
    """Return what the template of the reporting page names."""
    owed = headlines.count_owed(source.published)
    return {
        "grid": _grid(source),
        "signs": SIGNS,
        "owed": owed[:PERIODS_SHOWN],
        "missing": _missing(source),
        "held": headlines.read_held(source.published),
        "mail": headlines.count_messages(source.published),
        "mail_days": headlines.RECENT_DAYS,
        "mail_by_reporter": _mail_by_reporter(source),
    }


def _grid(source: Source) -> dict[str, Any]:
    """Reporters by months: of each month the worst state, how many reports were owed and how many are there."""
    rows = source.kept(
        "tinh-hinh-bao-cao",
        """
        with last_months as (
            select distinct month from quality.obligations order by month desc limit $months
        ),
        types as (
            select reporter_code, max_by(reporter_type, coalesce(valid_from, date '1900-01-01')) as reporter_type
            from marts.dim_reporters group by reporter_code
        )
        select
            month, reporter_code, reporter_name(reporter_code, null) as reporter, reporter_type,
            list_extract(list(status order by list_position($order, status)), 1) as state,
            count_if(status not in ('excused', 'not_yet_due')) as due,
            count_if(submission_id is not null and status in ('on_time', 'late')) as received,
            string_agg(form, ', ' order by form) filter (where list_contains($missing, status)) as missing_forms
        from quality.obligations join last_months using (month)
        left join types using (reporter_code)
        group by all order by month, reporter_code
        """,
        months=MONTHS_SHOWN,
        order=list(SIGNS),
        missing=list(MISSING_STATUSES),
    )
    months = list(dict.fromkeys(row["month"] for row in rows))
    reporters: dict[str, dict[str, Any]] = {}
    for row in rows:
        reporter = reporters.setdefault(
            row["reporter_code"],
            {"name": row["reporter"], "type": row["reporter_type"] or "", "cells": {}},
        )
        reporter["cells"][row["month"]] = row
    lines = sorted(reporters.items(), key=lambda each: (each[1]["type"] not in UNITS, each[0]))
    return {
        "months": months,
        "span": say_months(months[0], months[-1]) if months else "",
        "lines": [line for _, line in lines],
    }


def _missing(source: Source) -> Rows:
    return source.kept(
        "bao-cao-con-thieu-chi-tiet",
        """
        select
            reporter_name(reporter_code, period) as reporter, period, form, due_on, days_overdue, status,
            coalesce(findings.state = 'explained', false) as is_explained
        from quality.obligations
        left join (from quality.findings where list_contains($rules, rule_id)) as findings
            using (reporter_code, form, period)
        where list_contains($missing, status)
        order by due_on desc, reporter, form
        """,
        rules=headlines.rules_asking_for("report"),
        missing=list(MISSING_STATUSES),
    )


def _mail_by_reporter(source: Source) -> Rows:
    """What went to and fro of late, and what is still held, by reporter: who waits for something comes first."""
    return source.kept(
        "thu-tu",
        """
        with messages as (
            select
                *,
                direction = 'received' and submission_id is null and verdict = 'held' as is_held,
                message_kind in ('answer', 'notice') and verdict <> 'refused' as is_answer,
                message_kind = 'reminder' and verdict <> 'refused' as is_reminder
            from quality.messages
        )
        select
            if(reporter_code is null, null, reporter_name(reporter_code, null)) as reporter,
            count(distinct message_key) filter (where direction = 'received') as received,
            count(distinct message_key) filter (where is_answer) as answered,
            max(exchanged_at) filter (where is_answer) as answered_at,
            count(distinct message_key) filter (where is_reminder) as reminders,
            max(exchanged_at) filter (where is_reminder) as reminded_at,
            count(distinct message_key) filter (where verdict = 'note') as notes,
            count(distinct message_key) filter (where is_held) as held,
            count(distinct message_key) filter (where verdict = 'refused') as refused
        from messages
        where is_held or exchanged_at > (select as_of from meta.build) - to_days($recent)
        group by reporter_code order by held desc, refused desc, reporter nulls first, reporter_code
        """,
        recent=headlines.RECENT_DAYS,
    )
