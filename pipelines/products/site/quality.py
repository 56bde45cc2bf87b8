"""The page about the figures' quality: what is doubtful, covered, and changed since the last build; which checks failed.

Here: the questions, asked of the published file and of the build before it (no personal names: the published file has none).
Not here: who owes reports (reporting.py), any figure that is not in the published file, and the pages of single suites
(pipelines/quality.py).
"""
# ruff: noqa: S608 (names of tables and columns are our own)

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.products import headlines
from pipelines.products.headlines import HEADLINES, Headline
from pipelines.products.site.source import Source
from pipelines.warehouse.report_states import MISSING_STATUSES
from pipelines.wording import say_carried_over

ROWS_SHOWN = 200
RUNS_SHOWN = 10
LOOK_BELOW = 0.9
"""A share of the quality card below this is to be looked at."""
DIMENSIONS = ("reporting_rate", "row_completeness", "cell_completeness", "timeliness", "consistency", "accuracy")
"""Of WHO's Data Quality Review: completeness (of reports, rows, cells), timeliness, consistency, accuracy."""


@dataclass(frozen=True)
class QualitySummary:
    """What the page says, in numbers: for the graph and the closing screen. Changes are None for a first build."""

    missing: int
    open_errors: int
    open_warnings: int
    checks_failed: int
    new_submissions: int | None
    new_findings: int | None
    settled_findings: int | None
    changed_figures: int | None


def read_quality(source: Source) -> Mapping[str, Any]:
    """Return what the template of the page names; `numbers` is its QualitySummary."""
    questions = _Questions(source)
    changes = questions.changes() if source.has_before else None
    about_now = _about_now(questions)
    return about_now | {
        "numbers": _summary(about_now, changes),
        "has_before": source.has_before,
        "changes": changes,
        "rows_shown": ROWS_SHOWN,
    }


def _about_now(questions: "_Questions") -> dict[str, Any]:
    """Everything that the page says of the build that stands, by the names that the template uses."""
    counts = headlines.count_open_findings(questions.asked)
    doubtful = counts["error"] + counts["warning"]
    owed = headlines.count_owed(questions.asked)
    return {
        "counts": counts,
        "about_missing": counts.missing_reports,
        "missing_count": headlines.count_missing(owed),
        "findings": questions.findings(),
        "findings_left": doubtful - counts.missing_reports - ROWS_SHOWN,
        "rules": questions.rules(),
        "answers": questions.answers(),
        "newest": (newest := headlines.read_month(questions.asked, owed)),
        "carried_over": say_carried_over(*newest.criteria.carried) if newest else "",
        "figures": [_figure(each) for each in newest.headlines] if newest else [],
        "reporters": questions.reporters(),
        "scores": questions.scores(),
        "dimensions": DIMENSIONS,
        "look_below": LOOK_BELOW,
        "failed_checks": questions.failed_checks(),
        "suites": questions.suites(),
        "runs": questions.runs(),
    }


def _summary(about_now: dict[str, Any], changes: dict[str, Any] | None) -> QualitySummary:
    new = settled = None
    if changes:
        new = sum(row["is_new"] for row in changes["findings"])
        settled = len(changes["findings"]) - new
    return QualitySummary(
        missing=about_now["missing_count"],
        open_errors=about_now["counts"]["error"],
        open_warnings=about_now["counts"]["warning"],
        checks_failed=len(about_now["failed_checks"]),
        new_submissions=len(changes["submissions"]) if changes else None,
        new_findings=new,
        settled_findings=settled,
        changed_figures=len(changes["figures"]) if changes else None,
    )


def _figure(headline: Headline) -> dict[str, Any]:
    """Return a headline figure as a row of the page."""
    coverage = headline.coverage
    return {
        "name": headline.name,
        "value": headline.value,
        "reported": f"{coverage.reported}/{coverage.communes} xã",
        "carried_over": say_carried_over(*coverage.carried),
        "share": coverage.share,
        "before": headline.before,
    }


class _Questions:
    """What the page asks: of the build that stands (`now`, the default), and of the one before (`before`)."""

    def __init__(self, source: Source) -> None:
        self.rows, self.kept, self.asked = source.rows, source.kept, source.published
        self.asked.execute(
            """
            create temp view doubtful as
            select * from now.quality.findings where state = 'open' and severity in ('error', 'warning')
            """
        )
        self.asked.execute(
            """
            create temp view last_checks as
            from now.quality.check_results qualify built_at = max(built_at) over ()
            """
        )
        self.asked.execute(
            """
            create temp view reporting_units as
            with newest as (select max(month) as month from now.marts.province_months)
            select
                month, district_code as unit_code, coalesce(district_name, district_code) as unit_name, communes_expected,
                communes_reported,
                communes_counted_criteria, communes_counted_models, is_provisional, open_findings
            from now.marts.district_months join newest using (month)
            union all
            select
                month, commune_code, coalesce(commune_name, commune_code), 1, if(months_since_report = 0, 1, 0),
                if(criteria_met_latest is null, 0, 1), if(models_running is null, 0, 1), months_since_report is distinct from 0,
                open_findings
            from now.marts.commune_months join newest using (month) where district_code is null
            """
        )

    def findings(self) -> list[dict[str, Any]]:
        """Findings that are open, one by one with their cell; missing reports are listed by themselves."""
        return self.rows(
            f"""
            select
                severity, rule_id, reporter_name(reporter_code, period) as reporter, form, period,
                concat_ws(' · ', file, sheet, cell) as place,
                message_vi
            from doubtful
            where not list_contains($rules, rule_id)
            order by severity, detected_at desc, rule_id, finding_id limit {ROWS_SHOWN}
            """,
            rules=headlines.rules_asking_for("report"),
        )

    def answers(self) -> list[dict[str, Any]]:
        """What reporters answered to findings that are open, and the Office has not decided on."""
        return self.rows(
            """
            select
                reporter_name(answers.reporter_code, findings.period) as reporter, findings.rule_id, findings.form,
                findings.period, findings.message_vi, answers.answer, answers.answered_at
            from quality.answers as answers
            join quality.findings as findings using (finding_id)
            where answers.state = 'waiting' and findings.state = 'open'
            order by answers.answered_at, findings.finding_id
            """
        )

    def rules(self) -> list[dict[str, Any]]:
        """Findings that are open, by rule: all of them, so that the column adds up to the counts at the top."""
        return self.rows(
            """
            select rule_id, doubtful.severity, count(*) as findings, any_value(rules.description_vi) as description_vi
            from doubtful join quality.rules as rules on rules.id = doubtful.rule_id
            group by all order by 2, findings desc, 1
            """
        )

    def reporters(self) -> list[dict[str, Any]]:
        """Coverage and reporting in the newest month of each unit that reports: districts, or communes where there are none."""
        return self.rows(
            """
            select
                unit_code, unit_name, communes_reported || '/' || communes_expected as reported,
                communes_counted_criteria || '/' || communes_expected as with_criteria,
                communes_counted_models || '/' || communes_expected as with_models,
                reporting_rate, reporting_rate_change, reporting_rate_mean_3, timeliness, is_provisional, open_findings
            from reporting_units as units
            left join quality.reporter_scores as scores
                on units.unit_code = scores.reporter_code and units.month = scores.month
            order by unit_code
            """
        )

    def scores(self) -> list[dict[str, Any]]:
        """The quality of each reporting unit's reports in the newest month, by the dimensions of WHO's Data Quality Review."""
        return self.kept(
            "chat-luong",
            """
            select
                scores.month, scores.reporter_code, reporter_name(scores.reporter_code, null) as reporter, reporting_rate,
                row_completeness, cell_completeness, timeliness, consistency, accuracy, accuracy_low, accuracy_high,
                inspected_items
            from quality.reporter_scores as scores
            join reporting_units as units on scores.month = units.month and scores.reporter_code = units.unit_code
            order by scores.reporter_code
            """,
        )

    def failed_checks(self) -> list[dict[str, Any]]:
        """What each failed check of the build says."""
        return self.rows(
            """
            select
                severity, coalesce(message_vi, suite || ': ' || check_name) as message_vi,
                coalesce(message_en, '') as message_en
            from last_checks where not is_passed order by all
            """
        )

    def suites(self) -> list[dict[str, Any]]:
        """Suites of the build, those that failed most first."""
        return self.rows(
            """
            select suite, count(*) as checks, count(*) filter (where not is_passed) as failed
            from last_checks group by all order by failed desc, suite
            """
        )

    def runs(self) -> list[dict[str, Any]]:
        """The last runs."""
        return self.rows(
            f"""
            select
                built_at, any_value(as_of) as as_of, count(*) as checks,
                count(*) filter (where not is_passed) as failed
            from quality.check_results group by built_at order by built_at desc limit {RUNS_SHOWN}
            """
        )

    def changes(self) -> dict[str, Any] | None:
        """What is different from the build before; None where that one was made by a version with other tables."""
        try:
            return {
                "before": self.build_before(),
                "submissions": self.new_submissions(),
                "obligations": self.obligations_since(),
                "findings": self.findings_since(),
                "figures": self.figures_since(),
                "revised": self.revised_since(),
            }
        except duckdb.Error:
            return None

    def build_before(self) -> dict[str, Any]:
        """Which build this one is compared with."""
        (build,) = self.rows(
            """
            select before.as_of, before.built_at, before.code_version = now.code_version as is_same_code
            from before.meta.build as before, now.meta.build as now
            """
        )
        return build

    def new_submissions(self) -> list[dict[str, Any]]:
        """Submissions that were not there."""
        return self.rows(
            """
            select reporter_name(reporter_code, period) as reporter, form, period, file_name, status
            from now.quality.submissions as submissions
            anti join before.quality.submissions as known using (submission_id)
            order by received_at desc, reporter, form, period
            """
        )

    def obligations_since(self) -> list[dict[str, Any]]:
        """Reports that went missing or came in."""
        return self.rows(
            """
            select
                reporter_name(reporter_code, period) as reporter, form, period,
                before.status as status_before, now.status as status_now
            from now.quality.obligations as now
            left join before.quality.obligations as before using (reporter_code, form, period)
            where
                coalesce(list_contains($missing, now.status), false)
                <> coalesce(list_contains($missing, before.status), false)
            order by now.month desc, period, reporter, form
            """,
            missing=list(MISSING_STATUSES),
        )

    def findings_since(self) -> list[dict[str, Any]]:
        """Findings that are new, and those that were settled: cured, explained, or gone."""
        return self.rows(
            """
            select
                coalesce(before.state, 'gone') <> 'open' as is_new,
                if(is_new, 'mới · new', coalesce(now.state, 'không còn · gone')) as what,
                coalesce(now.severity, before.severity) as severity, coalesce(now.rule_id, before.rule_id) as rule_id,
                coalesce(now.message_vi, before.message_vi) as message_vi
            from now.quality.findings as now
            full join before.quality.findings as before using (finding_id)
            where coalesce(now.severity, before.severity) <> 'info'
                and (coalesce(now.state, 'gone') = 'open') <> (coalesce(before.state, 'gone') = 'open')
            order by what desc, severity, rule_id, message_vi
            """
        )

    def figures_since(self) -> list[dict[str, Any]]:
        """Headline figures of months that both builds have and that differ."""
        changed = []
        for name, (column, _) in HEADLINES.items():
            for level, label, key in (
                ("province_months", "'Toàn tỉnh'", "month"),
                ("district_months", "now.district_name", "month, district_code"),
            ):
                changed += self.rows(
                    f"""
                    select now.month, {label} as unit, $name as name, before.{column} as before, now.{column} as now
                    from now.marts.{level} as now join before.marts.{level} as before using ({key})
                    where now.{column} is distinct from before.{column}
                    """,
                    name=name,
                )
        changed.sort(key=lambda row: (-row["month"].toordinal(), row["unit"] != "Toàn tỉnh", row["unit"], row["name"]))
        return changed

    def revised_since(self) -> int:
        """How many more facts were changed by corrections."""
        (counts,) = self.rows(
            "select (select count(*) from now.quality.revisions) - (select count(*) from before.quality.revisions) as more"
        )
        return counts["more"]
