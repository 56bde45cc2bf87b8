"""What the closing screen, the pages and the bulletin all say: the headline figures, and some counts, asked once.

Here: which figures of the province are its headlines, how much of it each knows and how much of that was reported in the
month, how many findings are open, how many reports are owed, received and missing, what was
exchanged by mail. Whatever two products say of the published file is asked here, so that they can't disagree.
Not here: how any of it is worded or laid out.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

import duckdb

from pipelines.products.reporter_names import name_reporters
from pipelines.reference.lists import read_list
from pipelines.reference.models import OFFICE, Rule
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.report_states import MISSING_STATUSES
from pipelines.warehouse.rows import fetch_dicts

HEADLINES = {
    "Tiêu chí bình quân/xã · criteria met, average": ("criteria_met_avg", "communes_counted_criteria"),
    "Xã đạt đủ tiêu chí · communes at all criteria": ("communes_at_all_criteria", "communes_counted_criteria"),
    "Xã dưới 7 tiêu chí · communes under 7": ("communes_under_7", "communes_counted_criteria"),
    "Mô hình đang hoạt động · running models": ("models_running", "communes_counted_models"),
    "Xã chưa có mô hình · communes without a model": ("communes_without_model", "communes_counted_models"),
    "Doanh nghiệp mới · new enterprises": ("enterprises_new", "communes_counted_establishments"),
}
"""By name: a column of marts.province_months, and the one that says how many communes it covers."""

NAMES = {column: name.partition(" · ")[0] for name, (column, _) in HEADLINES.items()}
"""Of those columns, in Vietnamese."""

NINETEEN, OF_NINETEEN = 19, frozenset({"communes_under_7"})
"""Headlines that have a meaning under a set of so many criteria alone."""

CARRIED_OVER = "communes_counted_criteria"
"""Communes of which criteria are known, if not by the month's report then by their last one; lists are of the month alone."""

SEVERITIES = ("error", "warning", "info")

RECENT_DAYS = 30
"""So long ago is of late."""


@cache
def rules_asking_for(what: Literal["report", "decision"]) -> list[str]:
    """Return the rules whose open finding waits for something.

    A `report`: it is missing, the same fact as an obligation, reported as a finding to explain. A `decision`: it is held, and
    the Office has to let it in or refuse it.
    """
    return [row.rule_id for row in read_list(Rule, SEEDS_DIR) if row.asks_for == what]


class OwedReports(NamedTuple):
    """Reports of one period that are owed and not excused, by what became of them; `missing` are past due.

    `ended_on` is the period's last day.
    """

    period: str
    ended_on: dt.date
    owed: int
    on_time: int
    late: int
    not_yet_due: int
    held: int
    missing: int

    @property
    def received(self) -> int:
        """Reports of which something was accepted."""
        return self.on_time + self.late


class Coverage(NamedTuple):
    """Of how many communes a figure knows something: by a report of the month, or carried over from an earlier one."""

    communes: int
    reported: int
    carried_over: int = 0
    carried_from: dt.date | None = None
    carried_to: dt.date | None = None
    """The first and the last month from which something is carried over."""

    @property
    def known(self) -> int:
        """Communes of which the figure says something."""
        return self.reported + self.carried_over

    @property
    def carried(self) -> tuple[int, dt.date | None, dt.date | None]:
        """How many communes are carried over, and from which first and last month."""
        return self.carried_over, self.carried_from, self.carried_to

    @property
    def share(self) -> float | None:
        """Known communes among all."""
        return self.known / self.communes if self.communes else None


class Headline(NamedTuple):
    """A headline figure of a month, what it covers, and its value of the month before."""

    name: str
    value: Any
    before: Any
    coverage: Coverage


@dataclass(frozen=True)
class ProvinceMonth:
    """The province in a month: what came of the reports owed for it, and its headline figures.

    A figure of nineteen criteria is left out where the set in force has another number of them.
    """

    month: dt.date
    owed: int
    received: int
    reporting_rate: float | None
    """Of the reports past due alone."""
    is_provisional: bool
    criteria: Coverage
    headlines: list[Headline]


@dataclass(frozen=True)
class OpenFindings:
    """All of quality.findings in state 'open', by severity; `missing_reports` of them say that a report is missing."""

    by_severity: dict[str, int]
    missing_reports: int

    def __getitem__(self, severity: str) -> int:
        return self.by_severity[severity]


def read_held(published: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the held reports that wait for the Office: `reporter`, form, period and `message_vi`, the oldest first.

    `noted_at`: when its sender last answered in words (UTC), which `make answers` has; None where it did not.
    `published` has the published file open.
    """
    name_reporters(published)
    return fetch_dicts(
        published.execute(
            """
            with notes as (
                select submission_id, max(exchanged_at) as noted_at
                from quality.messages where verdict = 'note' group by submission_id
            )
            select
                reporter_name(findings.reporter_code, findings.period) as reporter, findings.form, findings.period,
                findings.message_vi, notes.noted_at
            from quality.findings as findings
            left join notes on findings.submission_id = notes.submission_id
            where list_contains($held, findings.rule_id) and findings.state = 'open'
            order by findings.detected_at, findings.finding_id
            """,
            {"held": rules_asking_for("decision")},
        )
    )


def count_owed(published: duckdb.DuckDBPyConnection) -> list[OwedReports]:
    """Count the reports owed by period, the period that ended last first. `published` has the published file open."""
    rows = published.execute(
        """
        with owed as (
            select obligations.*, status in (select unnest($missing)) as is_missing, months.month_end as ended_on
            from quality.obligations as obligations
            left join marts.dim_months as months on obligations.month = months.month
            where status <> 'excused'
        )
        select
            period, ended_on, count(*), count_if(status = 'on_time'), count_if(status = 'late'),
            count_if(status = 'not_yet_due'), count_if(status = 'held'), count_if(is_missing)
        from owed group by period, ended_on order by ended_on desc, period
        """,
        {"missing": list(MISSING_STATUSES)},
    ).fetchall()
    return [OwedReports(*row) for row in rows]


def read_missing(published: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the missing reports: `period`, `form` as it is called, `reporter`, by form and code of the reporter.

    `published` has the published file open.
    """
    name_reporters(published)
    return fetch_dicts(
        published.execute(
            """
            select period, coalesce(codes.label_vi, form) as form, reporter_name(reporter_code, period) as reporter
            from quality.obligations as obligations
            left join meta.codes as codes
                on codes.table_name = 'obligations' and codes.column_name = 'form' and codes.code = obligations.form
            where list_contains($missing, status)
            order by codes.sort, obligations.form, reporter_code
            """,
            {"missing": list(MISSING_STATUSES)},
        )
    )


def read_month(
    published: duckdb.DuckDBPyConnection, owed: Iterable[OwedReports], month: dt.date | None = None
) -> ProvinceMonth | None:
    """Return the province in a month (None: the newest); None where the file has no such. `published` has it open.

    `owed`: what `count_owed` returns. A quarter counts in its last month.
    """
    columns = ", ".join({"communes_expected", *sum(HEADLINES.values(), ())})
    months = fetch_dicts(
        published.execute(
            f"select month, month_end, criteria_total, reporting_rate, is_provisional, {columns}"  # noqa: S608 (names are our own)
            " from marts.province_months inner join marts.dim_months using (month)"
            " where month <= coalesce($month, month) order by month desc limit 2",
            {"month": month},
        )
    )
    if not months or month not in {None, months[0]["month"]}:
        return None
    newest, *before = months
    coverages = {
        counted: Coverage(newest["communes_expected"], newest[counted]) for counted in dict(HEADLINES.values()).values()
    }
    coverages[CARRIED_OVER] = _criteria_coverage(published, newest["month"], newest["communes_expected"])
    of_month = [row for row in owed if row.ended_on == newest["month_end"]]
    return ProvinceMonth(
        month=newest["month"],
        owed=sum(row.owed for row in of_month),
        received=sum(row.received for row in of_month),
        reporting_rate=newest["reporting_rate"],
        is_provisional=newest["is_provisional"] is not False,
        criteria=coverages[CARRIED_OVER],
        headlines=[
            Headline(name, newest[column], before[0][column] if before else None, coverages[counted])
            for name, (column, counted) in HEADLINES.items()
            if column not in OF_NINETEEN or newest["criteria_total"] == NINETEEN
        ],
    )


def _criteria_coverage(published: duckdb.DuckDBPyConnection, month: dt.date, communes: int) -> Coverage:
    counted = published.execute(
        """
        select
            count_if(months_since_report = 0), count_if(months_since_report is distinct from 0),
            min(reported_month) filter (where months_since_report <> 0),
            max(reported_month) filter (where months_since_report <> 0)
        from (
            select *, cast(month - to_months(months_since_report) as date) as reported_month from marts.commune_months
            where month = ? and criteria_met_latest is not null
        )
        """,
        [month],
    ).fetchone()
    return Coverage(communes, *counted or (0, 0, None, None))


def read_issuer(published: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Return what the head of a document names: `province`, its short name `place`, the Coordination `office`, the `as_of` day.

    `published` has the published file open. What the file does not know is None; a province without a name goes by its code.
    """
    (row,) = fetch_dicts(
        published.execute(
            """
            select
                as_of,
                (
                    select max(coalesce(unit_short_name, unit_name, unit_code)) from marts.dim_unit_current
                    where unit_level = 'province'
                ) as place,
                (
                    select max(coalesce(unit_name, unit_code)) from marts.dim_unit_current where unit_level = 'province'
                ) as province,
                (
                    select max_by(reporter_name, coalesce(valid_from, date '1900-01-01')) from marts.dim_reporters
                    where reporter_type = $office and coalesce(valid_from, date '1900-01-01') <= as_of
                ) as office
            from meta.build
            """,
            {"office": OFFICE},
        )
    )
    return row


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
        {"missing": rules_asking_for("report")},
    ).fetchall()
    counts = {severity: number for severity, number, _ in rows}
    return OpenFindings({severity: counts.get(severity, 0) for severity in SEVERITIES}, sum(row[2] for row in rows))


class Messages(NamedTuple):
    """What was exchanged by mail: messages received, those answered, reporters reminded of late, messages held."""

    received: int
    answered: int
    reminded: int
    held: int


def count_messages(published: duckdb.DuckDBPyConnection) -> Messages | None:
    """Return how much was exchanged by mail; None where nothing was."""
    query = """
        select
            count(distinct message_key) filter (where direction = 'received'),
            count(distinct message_key) filter (where message_kind in ('answer', 'notice') and verdict <> 'refused'),
            count(distinct reporter_code) filter (
                where message_kind = 'reminder' and verdict <> 'refused'
                and exchanged_at > (select as_of from meta.build) - to_days($recent)
            ),
            count(distinct message_key) filter (where direction = 'received' and submission_id is null and verdict = 'held'),
            count(*)
        from quality.messages
    """
    *counts, rows = published.execute(query, {"recent": RECENT_DAYS}).fetchone() or (0, 0, 0, 0, 0)
    return Messages(*counts) if rows else None
