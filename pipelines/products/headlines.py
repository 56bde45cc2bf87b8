"""What the closing screen and the page about the figures both say: the headline figures, and two counts, asked once.

Here: which figures of the province are its headlines, how many findings are open, how many reports are owed and missing.
Whatever two products say of the published file is asked here, so that they can't disagree.
Not here: how any of it is worded or laid out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

HEADLINES = {
    "Tiêu chí bình quân/xã · criteria met, average": ("criteria_met_avg", "communes_counted_criteria"),
    "Xã đạt 19 tiêu chí · communes at 19": ("communes_at_19", "communes_counted_criteria"),
    "Xã dưới 7 tiêu chí · communes under 7": ("communes_under_7", "communes_counted_criteria"),
    "Mô hình đang hoạt động · running models": ("models_running", "communes_counted_models"),
    "Xã chưa có mô hình · communes without a model": ("communes_without_model", "communes_counted_models"),
    "Doanh nghiệp mới · new enterprises": ("enterprises_new", "communes_counted_establishments"),
}
"""By name: a column of marts.province_months, and the one that says how many communes it covers."""

SEVERITIES = ("error", "warning", "info")
MISSING_STATUSES = ("missing", "rejected_only")
"""Of an obligation past due: nothing came, or nothing usable."""
MISSING_RULES = ("D01", "D03")
"""Rules whose finding is a missing report: the same fact as an obligation, reported as a finding to explain."""


class OwedReports(NamedTuple):
    """Reports of one period that are past due and not excused; `missing_reports` are 'reporter form' of those missing."""

    period: str
    due: int
    on_time: int
    late: int
    missing: int
    missing_reports: list[str]


@dataclass(frozen=True)
class OpenFindings:
    """All of quality.findings in state 'open', by severity; `missing_reports` of them say that a report is missing."""

    by_severity: dict[str, int]
    missing_reports: int

    def __getitem__(self, severity: str) -> int:
        return self.by_severity[severity]


def count_owed(published: duckdb.DuckDBPyConnection) -> list[OwedReports]:
    """Count the reports past due by period, the period that ended last first. `published` has the published file open."""
    rows = published.execute(
        """
        with due as (
            select *, status in (select unnest($missing)) as is_missing, last_day(case
                when period like '%Q%' then make_date(period[1:4]::integer, period[-1:]::integer * 3, 1)
                else (period || '-01')::date
            end) as ended_on
            from quality.obligations
            where status in ('on_time', 'late') or status in (select unnest($missing))
        )
        select
            period, count(*), count_if(status = 'on_time'), count_if(status = 'late'), count_if(is_missing),
            coalesce(list(reporter_code || ' ' || form order by reporter_code, form) filter (where is_missing), [])
        from due group by period, ended_on order by ended_on desc, period
        """,
        {"missing": list(MISSING_STATUSES)},
    ).fetchall()
    return [OwedReports(*row) for row in rows]


def count_missing(owed: Iterable[OwedReports]) -> int:
    """Return how many reports are missing, of all periods."""
    return sum(period.missing for period in owed)


def count_open_findings(published: duckdb.DuckDBPyConnection) -> OpenFindings:
    """Count the open findings by severity. `published` has the published file open."""
    rows = published.execute(
        """
        select severity, count(*), count_if(list_contains($missing, rule_id))
        from quality.findings where state = 'open' group by severity
        """,
        {"missing": list(MISSING_RULES)},
    ).fetchall()
    counts = {severity: found for severity, found, _ in rows}
    return OpenFindings({severity: counts.get(severity, 0) for severity in SEVERITIES}, sum(row[2] for row in rows))
