"""Targets: how far each is, by when, and where its projection ends.

Not here: who keeps a target from being met one by one (marts.target_gaps has all of them).
"""

import datetime as dt
from collections.abc import Mapping
from math import isclose
from typing import Any

from pipelines.products.site import charts
from pipelines.products.site.source import Rows, Source
from pipelines.wording import UNKNOWN, say, say_number

LAGGING_SHOWN = 5


def read_targets(source: Source) -> Mapping[str, Any]:
    """Return what the template of the targets names: gauges of the province, and the others by how many units meet them."""
    month = source.month
    rows = read_target_rows(source)
    lagging = source.rows(
        """
        select target_id, coalesce(lagging_unit_name, lagging_unit_code) as lagging_unit_name, missing_vi, is_known
        from marts.target_gaps
        where month = $month and unit_level = 'province' and gap_rank <= $shown order by target_id, gap_rank
        """,
        month=month,
        shown=LAGGING_SHOWN,
    )
    gauges = [
        {
            **row,
            "picture": _gauge(row),
            "lagging": [each for each in lagging if each["target_id"] == row["target_id"]],
        }
        for row in rows
        if row["unit_level"] == "province"
    ]
    return {"month": month, "gauges": gauges, "others": _others(rows)}


def read_target_rows(source: Source) -> Rows:
    """Return every target of the month, unit by unit.

    `is_share`: it is one in per cent of the units known. `is_projected`: its deadline is still to come, and where it will then
    stand is known. `shown`: its figures as they are said.
    """
    rows = source.kept(
        "chi-tieu",
        """
        select
            month, target_id, target_name_vi, unit_level, unit_code, coalesce(unit_name, unit_code) as unit_name, value,
            numerator, denominator, units, coverage, target_value,
            deadline, state, gap, is_overdue, projected_value, projected_low, projected_high
        from marts.target_progress where month = $month order by target_id, unit_level, unit_code
        """,
        month=source.month,
    )
    (build,) = source.rows("select as_of from meta.build")
    return [row | _describe(row, build["as_of"]) for row in rows]


def _describe(row: dict[str, Any], as_of: dt.date) -> dict[str, Any]:
    is_share = _is_share(row)
    unit = "%" if is_share else ""

    def say_figure(value: float | None, decimals: int) -> str:
        return UNKNOWN if value is None else f"{say_number(round(value, decimals))}{unit}"

    return {
        "is_share": is_share,
        "is_projected": row["projected_value"] is not None and row["deadline"] is not None and row["deadline"] > as_of,
        "shown": {
            "value": say_figure(row["value"], 1),
            "target": say_figure(row["target_value"], 1),
            "projected": say_figure(row["projected_value"], 0),
            "interval": f"{say_figure(row['projected_low'], 0)}–{say_figure(row['projected_high'], 0)}",
        },
    }


def _is_share(row: dict[str, Any]) -> bool:
    """Whether the target is a share in per cent of the units known."""
    value, parts, whole = row["value"], row["numerator"], row["denominator"]
    return bool(value is not None and whole and isclose(value, 100 * parts / whole) and not isclose(value, parts))


def _gauge(row: dict[str, Any]) -> Any:
    low, high = (row["projected_low"], row["projected_high"]) if row["is_projected"] else (None, None)
    figures = [row["value"], row["target_value"], high]
    name, shown = row["target_name_vi"], row["shown"]
    alt_text = (
        say("picture_target_unknown", target=name, aim=shown["target"])
        if row["value"] is None
        else say("picture_target", target=name, aim=shown["target"], value=shown["value"])
    )
    return charts.draw_gauge(
        value=row["value"],
        target=row["target_value"],
        low=low,
        high=high,
        end=100.0 if row["is_share"] else 1.25 * max([*(each for each in figures if each is not None), 1.0]),
        captions={
            "value": say("gauge_value", value=shown["value"]),
            "target": say("gauge_target", value=shown["target"]),
            "interval": say("gauge_interval", interval=shown["interval"]),
        },
        alt_text=alt_text,
    )


def _others(rows: Rows) -> Rows:
    """Targets of single units: of how many it is known, how many meet them, and who does not."""
    by_target: dict[tuple[str, str], Rows] = {}
    for row in rows:
        if row["unit_level"] != "province":
            by_target.setdefault((row["target_id"], row["unit_level"]), []).append(row)
    return [
        {
            "target_id": target_id,
            "name": units[0]["target_name_vi"],
            "level": level,
            "deadline": units[0]["deadline"],
            "met": sum(unit["state"] == "met" for unit in units),
            "units": len(units),
            "not_met": ", ".join(unit["unit_name"] for unit in units if unit["state"] == "not_met"),
            "unknown": ", ".join(unit["unit_name"] for unit in units if unit["state"] == "unknown"),
            "nothing_due": ", ".join(unit["unit_name"] for unit in units if unit["state"] == "nothing_due"),
        }
        for (target_id, level), units in by_target.items()
    ]
