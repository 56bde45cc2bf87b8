"""The monthly bulletin to print and sign: `reports/bao-cao-<month>.docx` with its annex, a page for the chairman, and a message.

Here: which questions a month's bulletin asks of the published file, and which files come of the answers. Where a page of the
site asks the same, it is asked there. The words stand in the templates of pipelines/pages/paper/.
Not here: how a document looks (paper.py), and any figure that is not in the published file.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.files import replace_file
from pipelines.pages import render
from pipelines.products import headlines, paper, workbooks
from pipelines.products.annex import lay_out_annex, read_captions
from pipelines.products.reporter_names import name_reporters
from pipelines.products.site.overview import compare_units, draw_bands, draw_trends, find_behind
from pipelines.products.site.source import Rows, Source
from pipelines.products.site.targets import read_target_rows
from pipelines.products.site.tasks import read_tasks
from pipelines.products.workbooks import packed
from pipelines.reference.models import COMMUNE, DISTRICT
from pipelines.warehouse.report_states import MISSING_STATUSES
from pipelines.wording import (
    UNKNOWN,
    say,
    say_code,
    say_day,
    say_month,
    say_months,
    say_number,
    say_share,
    say_value,
)

ROWS_SHOWN = 15
"""Of a list in the bulletin; the annex has all of it."""
CHAIRMAN_SHOWN = 5
NAMES_SHOWN = 6
"""Of names in one sentence or cell."""
ANNEX = {
    "dia-phuong": (
        "unit_name", "communes_expected", "communes_counted_criteria", "criteria_met_avg", "communes_at_all_criteria",
        "communes_under_7", "models_running", "communes_without_model", "leadership_index", "leadership_rank", "is_provisional",
    ),
    "chi-tieu": ("target_name_vi", "unit_name", "value", "target_value", "deadline", "state", "gap"),
    "bien-dong-tieu-chi": ("commune_name", "district_name", "criteria_met_latest", "criteria_gained", "criteria_lost"),
    "bao-cao-thieu-va-muon": ("reporter", "period", "forms", "is_missing", "due_on", "days"),
    "so-lieu-can-kiem-tra": ("severity", "reporter", "forms", "period", "file", "sheet", "cell", "message_vi"),
    "kiem-tra-trong-thang": ("unit_name", "communes", "items", "confirmed", "wrong"),
    "nhiem-vu": ("task", "owner", "period", "due_on", "state"),
    "dien-bien": (
        "month", "criteria_met_avg", "communes_at_all_criteria", "communes_under_7", "communes_counted_criteria",
        "communes_expected", "communes_reported", "is_provisional",
    ),
}  # fmt: skip
"""The sheets of the annex in order, by the name of their CSV file where the site has one, with their columns."""
PROVINCE = "province"
NOT_MET = "not_met"


class NoMonthError(Exception):
    """The published file has no such month; the message says which it has."""


@dataclass
class Bulletin:
    """What was written: the month it is about, and its files."""

    month: dt.date
    files: list[Path]


def write_bulletin(published_file: Path, folder: Path, month: dt.date | None = None) -> Bulletin:
    """Write the bulletin of a month (None: the newest) to `folder`: two documents, the annex, the text of a message.

    Raises NoMonthError, duckdb.Error where the file can't be opened, OSError.
    """
    with duckdb.connect(str(published_file), read_only=True) as published:
        name_reporters(published)
        source = Source(published, asked_month=month)
        values = read_bulletin(source)
        captions = read_captions(published)
    month = values["month"]
    pictures = {name: values[name] for name in ("trend_average", "trend_counts", "bands") if values[name]}
    name = f"bao-cao-{month:%Y-%m}"
    contents = {
        f"{name}{paper.SUFFIX}": paper.write_paper(_render("bulletin.html.j2", values), pictures),
        f"{name}-phu-luc{workbooks.SUFFIX}": packed(
            lay_out_annex(
                ANNEX, source.tables, captions, say("annex_of", month=say_month(month), day=say_day(values["as_of"]))
            ),
            {},
        ),
        f"{name}-lanh-dao{paper.SUFFIX}": paper.write_paper(_render("chairman.html.j2", values), size=13),
        f"{name}-tin-nhan.txt": _render("message.txt.j2", values).encode(),
    }
    for file, content in contents.items():
        replace_file(folder / file, content)
    return Bulletin(month, [folder / file for file in contents])


def read_bulletin(source: Source) -> Mapping[str, Any]:
    """Return what the templates of the bulletin name. Raises NoMonthError for a month that the file lacks."""
    owed = headlines.count_owed(source.published)
    newest = headlines.read_month(source.published, owed, source.asked_month)
    if newest is None:
        raise NoMonthError(_say_months(source))
    source.asked_month = month = newest.month
    units = compare_units(source, month)
    reports = _reports(source)
    missing = [row for row in reports if row["is_missing"]]
    values = {
        **headlines.read_issuer(source.published),
        "month": month,
        "newest": newest,
        "units": units,
        "units_by_criteria": sorted(units, key=_by_criteria),
        "has_districts": any(unit["unit_level"] == DISTRICT for unit in units),
        "behind": find_behind(units),
        **draw_trends(source),
        **draw_bands(source, month),
        "moved": _moved(source),
        "targets": [row for row in read_target_rows(source) if row["unit_level"] == PROVINCE],
        "missing": missing,
        "of_which_periods": _say_periods(missing, month),
        "late_reports": [row for row in reports if not row["is_missing"]],
        "doubtful": _doubtful(source),
        "held": headlines.read_held(source.published),
        "inspected": _inspected(source),
        "plan": _plan(source),
        "overdue": [
            row for row in read_tasks(source)["overdue"] if row["due_on"] is None or row["due_on"] <= _end(source)
        ],
        "rows_shown": ROWS_SHOWN,
        "shown": CHAIRMAN_SHOWN,
        **_sentences(newest),
    }
    return values | {"proposals": _proposals(values)}


def _by_criteria(unit: Mapping[str, Any]) -> tuple[bool, float, str]:
    """Order units by criteria met, those that have least first and those that are unknown last."""
    value = unit["criteria_met_avg"]
    return value is None, value or 0.0, unit["unit_name"] or ""


def _sentences(newest: headlines.ProvinceMonth) -> dict[str, str]:
    """What all three texts say alike: provisional or final, of how many communes, where the province stands."""
    criteria = newest.criteria
    figures = {headlines.HEADLINES[each.name][0]: each for each in newest.headlines}
    average, complete, weak = map(figures.get, ("criteria_met_avg", "communes_at_all_criteria", "communes_under_7"))
    state = "bulletin_provisional" if newest.is_provisional else "bulletin_final"
    standing = [
        say(
            "bulletin_standing",
            complete=say_value(complete and complete.value),
            communes=say_value(criteria.communes),
            complete_before=say_value(complete and complete.before),
            average=say_value(average and average.value),
            average_before=say_value(average and average.before),
        )
    ]
    if weak:
        standing.append(say("bulletin_standing_weak", count=say_value(weak.value), before=say_value(weak.before)))
    return {
        "state": say(state, received=say_value(newest.received), owed=say_value(newest.owed)),
        "covers": say(
            "bulletin_covers_carried" if criteria.carried_over else "bulletin_covers",
            known=say_value(criteria.known),
            communes=say_value(criteria.communes),
            reported=say_value(criteria.reported),
            carried=say_value(criteria.carried_over),
            months=say_months(criteria.carried_from, criteria.carried_to) or UNKNOWN,
        ),
        "standing": " ".join(standing),
    }


def _proposals(values: Mapping[str, Any]) -> list[str]:
    """What the bulletin asks for, from what it says: nothing is proposed where nothing is behind."""
    behind, asked = values["behind"], []
    if values["missing"]:
        asked.append(say("propose_reports", units=_list_names([row["reporter"] for row in values["missing"]])))
    if lagging := behind["criteria"]:
        asked.append(say("propose_criteria", units=_list_names([unit["unit_name"] for unit in lagging])))
    if late := [row["target_name_vi"] for row in values["targets"] if row["is_overdue"] and row["state"] == NOT_MET]:
        asked.append(say("propose_targets", targets="; ".join(late)))
    if values["doubtful"]["count"]:
        asked.append(say("propose_figures", count=say_value(values["doubtful"]["count"])))
    if owners := [row["owner"] for row in values["overdue"] if row["owner"]]:
        asked.append(say("propose_tasks", units=_list_names(owners)))
    if values["held"]:
        asked.append(say("propose_held", count=say_value(len(values["held"]))))
    if plan := values["plan"]:
        asked.append(say("propose_inspections", month=say_month(plan["month"]), communes=say_value(plan["communes"])))
    return asked


def _say_carried(coverage: headlines.Coverage) -> str:
    months = say_months(coverage.carried_from, coverage.carried_to) or UNKNOWN
    return say("bulletin_carried", communes=say_value(coverage.carried_over), months=months)


def _say_periods(missing: Rows, month: dt.date) -> str:
    """Return how many of the missing reports are the month's own; '' where none is missing."""
    count = sum(row["reports"] for row in missing if row["is_of_month"])
    if not missing:
        return ""
    return (
        say("missing_of_month", count=say_value(count), month=say_month(month)) if count else say("missing_of_earlier")
    )


def _say_average(unit: Mapping[str, Any]) -> str:
    """Return a unit's criteria: an average of communes with two decimals, a commune's own as a whole number."""
    value = unit["criteria_met_avg"]
    return say_value(value) if value is None or unit["unit_level"] == COMMUNE else say_number(value, decimals=2)


def _say_months(source: Source) -> str:
    (row,) = source.rows("select min(month) as first, max(month) as last from marts.province_months")
    has = f"{row['first']:%Y-%m} … {row['last']:%Y-%m}" if row["first"] else "chưa có tháng nào · none"
    asked = f"{source.asked_month:%Y-%m}: " if source.asked_month else ""
    return f"{asked}không có số liệu của tháng · no such month; có · there is: {has}"


def _render(template: str, values: Mapping[str, Any]) -> str:
    return render(
        f"paper/{template}",
        say=say_value,
        code=say_code,
        sentence=say,
        share=say_share,
        number=say_number,
        month_label=say_month,
        names=_list_names,
        change=_say_change,
        average=_say_average,
        carried=_say_carried,
        **values,
    )


def _list_names(names: list[str]) -> str:
    """Return names in one line: the first few, then how many more."""
    unique = list(dict.fromkeys(names))
    more = len(unique) - NAMES_SHOWN
    listed = ", ".join(unique[:NAMES_SHOWN])
    return say("names_and_more", names=listed, count=say_number(more)) if more > 0 else listed


def _say_change(now: float | None, before: float | None) -> str:
    """Return how a figure moved: "+2", "−0,19", "0"; a dash where either is unknown."""
    if now is None or before is None:
        return say_value(None)
    difference = round(round(now, 2) - round(before, 2), 2)  # of the figures that stand beside it
    return f"{'+' if difference > 0 else '−' if difference < 0 else ''}{say_number(abs(difference))}"


def _end(source: Source) -> dt.date:
    (row,) = source.rows(
        "select max(month_end) as month_end from marts.dim_months where month = $month", month=source.month
    )
    return row["month_end"]


def _moved(source: Source) -> dict[str, Rows]:
    """Communes that came to meet all criteria in the month, and those that lost one; units by what they gained."""
    communes = source.kept(
        "bien-dong-tieu-chi",
        """
        select
            now.month, now.commune_code, coalesce(now.commune_name, now.commune_code) as commune_name,
            now.district_name,
            now.criteria_met_latest, now.criteria_gained, now.criteria_lost, now.has_all_criteria,
            now.has_all_criteria and before.has_all_criteria is false as is_new
        from marts.commune_months as now
        left join marts.commune_months as before
            on now.commune_code = before.commune_code and now.month - interval 1 month = before.month
        where now.month = $month and (now.criteria_gained > 0 or now.criteria_lost > 0)
        order by now.criteria_gained desc, now.district_code, now.commune_name
        """,
        month=source.month,
    )
    return {
        "gained": [row for row in communes if row["criteria_gained"]],
        "lost": [row for row in communes if row["criteria_lost"]],
        "new": [row for row in communes if row["is_new"]],
    }


def _reports(source: Source) -> Rows:
    """Reports of the month that came late, and all up to the month that are missing: by reporter and period."""
    return source.kept(
        "bao-cao-thieu-va-muon",
        """
        select
            reporter_name(reporter_code, period) as reporter, period, list_contains($missing, status) as is_missing,
            month = $month as is_of_month,
            string_agg(coalesce(codes.label_vi, form), '; ' order by form) as forms, count(*) as reports, min(due_on) as due_on,
            max(coalesce(days_overdue, days_late)) as days
        from quality.obligations as obligations
        left join meta.codes as codes
            on codes.table_name = 'obligations' and codes.column_name = 'form' and codes.code = obligations.form
        where
            (list_contains($missing, status) and month <= $month) or (status = 'late' and month = $month)
        group by all order by due_on desc, reporter, period
        """,
        missing=list(MISSING_STATUSES),
        month=source.month,
    )


def _doubtful(source: Source) -> dict[str, Any]:
    """Open findings about figures up to the month that make a figure wrong or doubtful, by rule with the reporters."""
    findings = source.kept(
        "so-lieu-can-kiem-tra",
        """
        select
            findings.severity, rule_id, rules.description_vi as rule,
            coalesce(reporter_name(reporter_code, period), '') as reporter,
            coalesce(codes.label_vi, form) as forms, period, file, sheet, cell, message_vi
        from quality.findings as findings
        join quality.rules as rules on findings.rule_id = rules.id
        left join meta.codes as codes
            on codes.table_name = 'findings' and codes.column_name = 'form' and codes.code = findings.form
        where
            state = 'open' and findings.severity in ('error', 'warning') and not list_contains($rules, rule_id)
            and (month <= $month or month is null)
        order by findings.severity, rule_id, findings.month desc, period, reporter, finding_id
        """,
        rules=headlines.rules_asking_for("report"),
        month=source.month,
    )
    by_rule: dict[tuple[str, str], dict[str, Any]] = {}
    for row in findings:
        rule = by_rule.setdefault(
            (row["rule"], row["severity"]),
            {"rule": row["rule"], "severity": row["severity"], "findings": 0, "names": []},
        )
        rule["findings"] += 1
        rule["names"].append(row["reporter"] or "")
    rules = sorted(by_rule.values(), key=lambda rule: (rule["severity"], -rule["findings"], rule["rule"]))
    return {
        "count": len(findings),
        "errors": sum(row["severity"] == "error" for row in findings),
        "rules": [rule | {"names": _list_names([name for name in rule["names"] if name])} for rule in rules],
    }


def _inspected(source: Source) -> dict[str, Any]:
    """What was inspected in the month, and how right reports were found over the months before."""
    units = source.kept(
        "kiem-tra-trong-thang",
        """
        with visits as (
            select
                coalesce(communes.district_code, inspections.commune_code) as unit_code,
                count(distinct inspections.commune_code) as communes, count(*) as items, count_if(is_confirmed) as confirmed,
                count_if(is_confirmed is false) as wrong
            from marts.fct_inspections as inspections
            left join marts.commune_months as communes
                on inspections.month = communes.month and inspections.commune_code = communes.commune_code
            where inspections.month = $month group by all
        )
        select coalesce(unit_name, visits.unit_code) as unit_name, visits.* exclude (unit_code)
        from visits left join marts.dim_unit_current as units on visits.unit_code = units.unit_code
        order by wrong desc, unit_name
        """,
        month=source.month,
    )
    accuracy = source.rows(
        """
        select accuracy, accuracy_low, accuracy_high, items_inspected, communes_inspected
        from marts.inspection_accuracy
        inner join marts.dim_unit_current as units using (unit_code)
        where month = $month and item_kind = 'all' and part = 'unplanned' and units.unit_level = $province
        """,
        month=source.month,
        province=PROVINCE,
    )
    totals = {key: sum(row[key] for row in units) for key in ("communes", "items", "confirmed", "wrong")}
    return {"units": units, **totals, "accuracy": accuracy[0] if accuracy else None}


def _plan(source: Source) -> dict[str, Any] | None:
    """The plan of the month after; None where there is none yet."""
    (row,) = source.rows(
        """
        select min(month) as month, count(distinct commune_code) as communes, count(*) as items
        from marts.inspection_plan
        where month = (select min(month) from marts.inspection_plan where month > $month)
        """,
        month=source.month,
    )
    return row if row["month"] else None
