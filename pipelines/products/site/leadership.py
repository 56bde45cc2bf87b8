"""The leadership index: who stands where, how sure that is, and what each component gives and costs.

Not here: how the index is made (docs/leadership_index.md, its model).
"""

from collections.abc import Mapping
from typing import Any

from pipelines.products.site import charts
from pipelines.products.site.source import Rows, Source
from pipelines.wording import say

COSTLIEST_SHOWN = 2


def read_leadership(source: Source) -> Mapping[str, Any]:
    """Return what the template of the index names: units by rank, each with its components, the costliest first."""
    month = source.month
    rows = source.kept(
        "chi-so-chi-dao",
        """
        select
            month, unit_code, coalesce(unit_name, unit_code) as unit_name,
            coalesce(unit_short_name, unit_code) as short_name, component, component_label_vi, raw_value, normalised_value,
            weight, contribution, index_value, rank, rank_low, rank_high, is_left_out
        from marts.leadership_index
        where month = $month order by rank nulls last, unit_code, component
        """,
        month=month,
    )
    units: dict[str, dict[str, Any]] = {}
    for row in rows:
        unit = units.setdefault(
            row["unit_code"],
            {key: row[key] for key in ("unit_name", "short_name", "index_value", "rank", "rank_low", "rank_high")}
            | {"components": []},
        )
        unit["components"].append(row | {"lost": _lost(row)})
    lines = list(units.values())
    for unit in lines:
        counted = [each for each in unit["components"] if not each["is_left_out"]]
        unit["left_out"] = [each["component_label_vi"] for each in unit["components"] if each["is_left_out"]]
        unit["costliest"] = sorted(counted, key=lambda each: -each["lost"])[:COSTLIEST_SHOWN]
        unit["step"] = _step(unit, lines)
    ranked = [unit for unit in lines if unit["rank"] is not None]
    return {"month": month, "units": lines, "ranks": _ranks(ranked) if ranked else None}


def _lost(row: dict[str, Any]) -> float:
    """Points of the index that the component does not give: 100 would give its whole weight."""
    return 0.0 if row["is_left_out"] else row["weight"] * 100 - row["contribution"]


def _step(unit: dict[str, Any], lines: Rows) -> float | None:
    """Points that are missing to the next higher index; None for the first, and where there is no index."""
    value = unit["index_value"]
    higher = [each["index_value"] for each in lines if value is not None and (each["index_value"] or 0) > value]
    return min(higher) - value if higher else None


def _ranks(units: Rows) -> Any:
    rows = [
        {"name": unit["short_name"], "value": unit["rank"], "low": unit["rank_low"], "high": unit["rank_high"]}
        for unit in units
    ]
    return charts.draw_intervals(rows, say("picture_ranks"), domain=(1, len(units)))
