"""Inspections: what the quarter's plan must cover, month by month, what is done of it, and how right the reports were found.

Not here: the check forms to take along (products/trips.py).
"""
# ruff: noqa: S608 (what is put together is our own)

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pipelines.products.site import charts
from pipelines.products.site.source import Rows, Source
from pipelines.reference.periods import last_month, month_of, period_covering
from pipelines.wording import say

_PLANNED = """
    with plan as (
        select
            plan.month, plan.commune_code, coalesce(commune_name, plan.commune_code) as commune_name,
            coalesce(unit_name, plan.unit_code) as unit_name, part, plan.item_no,
            reason_vi, inspected.plan_item_no is not null as is_done, inspected.is_confirmed
        from marts.inspection_plan as plan
        left join marts.dim_unit_current as units on plan.unit_code = units.unit_code
        left join (
            select plan_month, commune_code, plan_item_no, bool_and(is_confirmed) as is_confirmed from marts.fct_inspections
            where plan_month is not null group by all
        ) as inspected
            on plan.month = inspected.plan_month and plan.commune_code = inspected.commune_code
            and plan.item_no = inspected.plan_item_no
    )
"""


def read_inspections(source: Source) -> Mapping[str, Any]:
    """Return what the template of the inspections names: the plan by quarter and month, the newest month's trips, accuracy."""
    months = source.kept(
        "kiem-tra-theo-thang",
        f"""
        {_PLANNED}
        select
            month, count(distinct commune_code) as communes,
            count(distinct commune_code) filter (where is_done) as communes_visited,
            count(*) as items, count_if(is_done) as items_done, count(*) - count_if(is_done) as items_left,
            count_if(is_confirmed is false) as items_wrong
        from plan group by month order by month desc
        """,
    )
    quarters = sum_quarters(months)
    trips = source.kept(
        "kiem-tra-ke-hoach",
        f"""
        {_PLANNED}
        select
            month, unit_name, commune_name, part, any_value(reason_vi) as reason, count(*) as items,
            count_if(is_done) as items_done
        from plan where month = (select max(month) from plan)
        group by month, unit_name, commune_code, commune_name, part
        order by unit_name, commune_name, commune_code, part
        """,
    )
    accuracy = source.kept(
        "do-chinh-xac",
        """
        select
            month, coalesce(unit_short_name, unit_code) as unit_name, part, communes_inspected, items_inspected,
            items_confirmed, accuracy, accuracy_low, accuracy_high
        from marts.inspection_accuracy
        where month = (select max(month) from marts.inspection_accuracy) and item_kind = 'all'
        order by part, unit_code
        """,
    )
    drawn = [
        {
            "name": row["unit_name"],
            "value": row["accuracy"] * 100,
            "low": row["accuracy_low"] * 100,
            "high": row["accuracy_high"] * 100,
        }
        for row in accuracy
        if row["part"] == "unplanned" and row["accuracy"] is not None
    ]
    return {
        "months": months,
        "quarters": quarters,
        "units": _units_of_quarter(source, quarters[0]["first_month"]) if quarters else [],
        "trips": trips,
        "accuracy": accuracy,
        "picture_of_accuracy": charts.draw_intervals(drawn, say("picture_accuracy"), domain=(0, 100))
        if drawn
        else None,
    }


def sum_quarters(months: Rows) -> Rows:
    """Return the plan of each quarter from those of its months, the newest first; the quarter that runs looks ahead.

    `visits` and `items` are what the whole quarter must cover. A month's plan is made when the month before is known: those still
    to come (`months_ahead`) count as much as the newest one. Whom they lead to is not known before, so that nobody can prepare.
    """
    quarters: dict[str, dict[str, Any]] = {}
    for row in months:
        name = period_covering(month_of(row["month"]), "quarter")
        quarter = quarters.setdefault(
            name,
            {
                "quarter": name,
                "months": 0,
                "months_ahead": (last_month(name).month - row["month"].month) if not quarters else 0,
                "visits": 0,
                "visits_done": 0,
                "items": 0,
                "items_done": 0,
                "items_wrong": 0,
            },
        )
        if not quarter["months"]:
            quarter["visits"] = quarter["months_ahead"] * row["communes"]
            quarter["items"] = quarter["months_ahead"] * row["items"]
        quarter["months"] += 1
        quarter["visits"] += row["communes"]
        quarter["visits_done"] += row["communes_visited"]
        for key in ("items", "items_done", "items_wrong"):
            quarter[key] += row[key]
        quarter["first_month"] = row["month"]
    for quarter in quarters.values():
        quarter["visits_left"] = quarter["visits"] - quarter["visits_done"]
        quarter["items_left"] = quarter["items"] - quarter["items_done"]
    return list(quarters.values())


def _units_of_quarter(source: Source, first_month: dt.date) -> Rows:
    """The units of the quarter that runs: what is planned, done and left there; districts without a visit yet come first."""
    return source.kept(
        "kiem-tra-theo-quy",
        f"""
        {_PLANNED},
        visits as (
            select
                unit_name, month, commune_code, bool_or(is_done) as is_visited, count(*) as items, count_if(is_done) as items_done
            from plan where month >= $first_month group by unit_name, month, commune_code
        ),
        units as (
            select unit_name from marts.dim_unit_current where unit_level = 'district' and is_valid
            union
            select unit_name from visits
        )
        select
            unit_name, count(commune_code) as visits, count_if(coalesce(is_visited, false)) as visits_done,
            coalesce(sum(items), 0)::integer as items, coalesce(sum(items_done), 0)::integer as items_done,
            coalesce(sum(items - items_done), 0)::integer as items_left
        from units left join visits using (unit_name)
        group by unit_name order by visits, items_left desc, unit_name
        """,
        first_month=first_month,
    )
