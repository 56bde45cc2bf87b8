"""Units beside each other, and each commune by itself: criteria by months, what is not met, what stands open.

Not here: the index that ranks units (leadership.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from pipelines.products.site.source import Rows, Source
from pipelines.wording import say_months

MONTHS_SHOWN = 12


def read_units(source: Source) -> Mapping[str, Any]:
    """Return what the template of the comparison names: units of the newest month, and the communes of each."""
    month = source.month
    communes = source.kept(
        "xa",
        """
        select
            month, commune_code, coalesce(commune_name, commune_code) as commune_name, district_code,
            coalesce(district_name, '') as district_name,
            criteria_met_latest, criteria_total, months_since_report, criteria_gained, models_running, enterprises_active,
            cooperatives_active, is_weak, open_findings
        from marts.commune_months where month = $month
        order by district_code nulls last, criteria_met_latest desc nulls last, commune_name, commune_code
        """,
        month=month,
    )
    districts = source.kept(
        "so-sanh-huyen",
        """
        select
            month, district_code, coalesce(district_name, district_code) as district_name, communes_expected,
            communes_counted_criteria, criteria_met_avg, criteria_gained,
            communes_at_all_criteria, communes_under_7, models_running, communes_counted_models, communes_without_model,
            enterprises_new, cooperatives_new, reporting_rate, timeliness, leadership_rank, is_provisional, open_findings
        from marts.district_months where month = $month order by criteria_met_avg desc nulls last, district_code
        """,
        month=month,
    )
    groups: dict[tuple[str, str], Rows] = defaultdict(list)
    for commune in communes:
        groups[commune["district_code"] or "", commune["district_name"]].append(commune)
    return {"month": month, "districts": districts, "groups": [(*key, rows) for key, rows in groups.items()]}


def read_communes(source: Source) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield each commune of the newest month with what its page's template names. All are asked for at once."""
    month = source.month
    history: dict[str, Rows] = defaultdict(list)
    for row in source.rows(
        """
        select * from marts.commune_months
        where commune_code in (select commune_code from marts.commune_months where month = $month)
        order by month
        """,
        month=month,
    ):
        history[row["commune_code"]].append(row)
    names = {
        (row["criteria_set_id"], row["criterion_no"]): row["criterion_name"]
        for row in source.rows("from marts.dim_criteria where is_commune_set")
    }
    marks: dict[str, dict[tuple[int, Any], dict[str, Any]]] = defaultdict(dict)
    for row in source.rows(
        """
        select commune_code, criterion_no, month, official_status, reported_status, is_disputed
        from marts.fct_criterion_statuses order by criterion_no, month
        """
    ):
        marks[row["commune_code"]][row["criterion_no"], row["month"]] = row
    open_findings = _open_findings(source)
    for code, months in history.items():
        newest = months[-1]
        set_id = newest["criteria_set_id"]
        shown = [row["month"] for row in months[-MONTHS_SHOWN:] if row["criteria_set_id"] == set_id]
        source.tables[f"tieu-chi-{code}"] = list(marks[code].values())
        criteria = [
            {"no": no, "name": name, "marks": [marks[code].get((no, each)) for each in shown]}
            for (of_set, no), name in sorted(names.items())
            if of_set == set_id
        ]
        yield (
            code,
            {
                "commune": newest,
                "months": shown,
                "span": say_months(shown[0], shown[-1]),
                "criteria": criteria,
                "history": list(reversed(months[-MONTHS_SHOWN:])),
                "findings": open_findings[code],
            },
        )


def _open_findings(source: Source) -> dict[str, Rows]:
    by_unit: dict[str, Rows] = defaultdict(list)
    for row in source.rows(
        """
        select unit_code, severity, rule_id, form, period, message_vi
        from quality.findings where state = 'open' and severity in ('error', 'warning') and unit_code is not null
        order by detected_at desc, finding_id
        """
    ):
        by_unit[row["unit_code"]].append(row)
    return by_unit
