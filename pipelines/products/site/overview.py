"""The first page: where the province stands, which units are behind, which reports are missing.

The bulletin asks some of the same questions. Not here: what the other pages say in full.
"""

import datetime as dt
import json
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

from pipelines.products import headlines
from pipelines.products.site import charts
from pipelines.products.site.source import Rows, Source
from pipelines.warehouse.report_states import MISSING_STATUSES
from pipelines.wording import say, say_carried_over, say_month, say_months, say_number

BEHIND_SHOWN = 3
MISSING_SHOWN = 12
_FEWEST_POSITIONS = 4
"""Of a ring of GeoJSON, which ends where it begins (RFC 7946)."""


def read_overview(source: Source) -> Mapping[str, Any]:
    """Return what the template of the first page names."""
    owed = headlines.count_owed(source.published)
    newest = headlines.read_month(source.published, owed)
    counts = headlines.count_open_findings(source.published)
    common = {
        "newest": newest,
        "missing": _missing(source),
        "missing_count": headlines.count_missing(owed),
        "missing_shown": MISSING_SHOWN,
        "held": headlines.read_held(source.published),
        "mail": headlines.count_messages(source.published),
        "mail_days": headlines.RECENT_DAYS,
        "doubtful": counts["error"] + counts["warning"] - counts.missing_reports,
    }
    if newest is None:
        return common
    units = compare_units(source, newest.month)
    return common | {
        "carried_over": say_carried_over(*newest.criteria.carried),
        "behind": find_behind(units),
        "is_by_commune": any(unit["unit_level"] == "commune" for unit in units),
        **_map(source, units, newest),
        **draw_trends(source),
        **draw_bands(source, newest.month),
    }


def _missing(source: Source) -> Rows:
    """Who owes what past its day, by reporter: the longest overdue last, since the newest can still be got."""
    return source.kept(
        "bao-cao-con-thieu",
        """
        select
            reporter_name(reporter_code, period) as reporter, period,
            string_agg(form, ', ' order by form) as forms, count(*) as reports,
            min(due_on) as due_on, max(days_overdue) as days_overdue
        from quality.obligations
        where list_contains($missing, status)
        group by reporter_code, period order by due_on desc, reporter, period
        """,
        missing=list(MISSING_STATUSES),
    )


def compare_units(source: Source, month: dt.date) -> Rows:
    """The units that report about communes, with what they are compared by: districts, or communes where there are none."""
    districts = source.kept(
        "dia-phuong",
        """
        select
            month, 'district' as unit_level, district_code as unit_code, coalesce(district_name, district_code) as unit_name,
            coalesce(district_short_name, district_code) as short_name,
            communes_expected, communes_counted_criteria, criteria_met_avg, communes_at_all_criteria, communes_under_7,
            models_running, communes_without_model, reporting_rate, timeliness, leadership_index, leadership_rank, is_provisional
        from marts.district_months where month = $month order by leadership_rank nulls last, district_code
        """,
        month=month,
    )
    return districts or source.kept(
        "dia-phuong",
        """
        with ranked as (
            select unit_code, any_value(index_value) as leadership_index, any_value(rank) as leadership_rank
            from marts.leadership_index where month = $month and unit_level = 'commune' group by unit_code
        )
        select
            communes.month, 'commune' as unit_level, commune_code as unit_code, coalesce(commune_name, commune_code) as unit_name,
            coalesce(commune_name, commune_code) as short_name,
            1 as communes_expected, if(criteria_met_latest is null, 0, 1) as communes_counted_criteria,
            criteria_met_latest as criteria_met_avg, has_all_criteria::integer as communes_at_all_criteria,
            null::integer as communes_under_7, models_running,
            has_no_model::integer as communes_without_model, scores.reporting_rate, scores.timeliness,
            leadership_index, leadership_rank,
            months_since_report is distinct from 0 as is_provisional
        from marts.commune_months as communes
        left join quality.reporter_scores as scores
            on communes.commune_code = scores.reporter_code and communes.month = scores.month
        left join ranked on communes.commune_code = ranked.unit_code
        where communes.month = $month order by criteria_met_latest desc nulls last, commune_code
        """,
        month=month,
    )


def find_behind(units: Rows) -> dict[str, Rows]:
    """The units that stand last by the index, and by criteria met; one whose figure is unknown stands in neither."""
    ranked = [unit for unit in units if unit["leadership_rank"] is not None]
    compared = [unit for unit in units if unit["criteria_met_avg"] is not None]
    return {
        "index": sorted(ranked, key=lambda unit: -unit["leadership_rank"])[:BEHIND_SHOWN],
        "criteria": sorted(compared, key=lambda unit: unit["criteria_met_avg"])[:BEHIND_SHOWN],
    }


def _map(source: Source, units: Rows, newest: headlines.ProvinceMonth) -> dict[str, Any]:
    """A map of criteria met: by boundaries if the office has them, else tiles; `trouble`: why the boundaries are not drawn."""
    (row,) = source.rows(
        "select max(criteria_total) as total from marts.dim_months where month = $month", month=newest.month
    )
    domain = (0.0, float(row["total"] or 1))
    figures = "; ".join(
        f"{unit['short_name']} {say_number(unit['criteria_met_avg'], decimals=1)}"
        for unit in units
        if unit["criteria_met_avg"] is not None
    )
    text = say("picture_map", month=say_month(newest.month), units=figures)
    features, trouble = _features(source, units)
    if features:
        return {"map": charts.draw_shapes(features, text, domain=domain), "boundaries_trouble": trouble}
    if charts.has_tiles([unit["unit_code"] for unit in units]):
        tiles = [
            {"code": unit["unit_code"], "name": unit["short_name"], "value": unit["criteria_met_avg"]} for unit in units
        ]
        return {"map": charts.draw_tiles(tiles, text, domain=domain), "boundaries_trouble": trouble}
    return {"map": None, "boundaries_trouble": trouble}


def _features(source: Source, units: Rows) -> tuple[Rows, str | None]:
    """The shapes of units that the office's file of boundaries has, and what is wrong with that file, if anything is."""
    if source.boundaries is None or not source.boundaries.is_file():
        return [], None
    try:
        shapes = read_boundaries(source.boundaries, {unit["unit_code"] for unit in units})
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [], f"{type(error).__name__}: {error}"
    features = [
        {
            "type": "Feature",
            "geometry": shapes[unit["unit_code"]],
            "properties": {"name": unit["short_name"], "value": unit["criteria_met_avg"]},
        }
        for unit in units
        if unit["unit_code"] in shapes
    ]
    return features, None if features else "unit_code"


def read_boundaries(file: Path, codes: Collection[str]) -> dict[str, dict[str, Any]]:
    """Return the geometry of each of these units that a GeoJSON file has, by the `unit_code` among a feature's properties.

    Raises OSError, ValueError, KeyError or TypeError for a file that is not GeoJSON, and for a shape that can't be drawn.
    """
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    geometries = {str(each["properties"]["unit_code"]): each["geometry"] for each in features}
    shapes = {code: geometries[code] for code in codes if code in geometries}
    for code, shape in shapes.items():
        polygons = {"Polygon": [shape["coordinates"]], "MultiPolygon": shape["coordinates"]}.get(shape["type"])
        if not polygons or not all(polygon and all(map(_is_ring, polygon)) for polygon in polygons):
            raise ValueError(f"unit_code {code}")
    return {code: {"type": shape["type"], "coordinates": shape["coordinates"]} for code, shape in shapes.items()}


def _is_ring(ring: Sequence[Sequence[float]]) -> bool:
    """Whether positions go round an area: four at least, each of two finite numbers or more."""
    return len(ring) >= _FEWEST_POSITIONS and all(isfinite(x) and isfinite(y) for x, y, *_ in ring)


def draw_trends(source: Source) -> dict[str, Any]:
    """Draw criteria met and the communes at either end over the thirteen months that end with the month.

    Figures of different criteria sets are not compared: the lines break where another set comes into force, and the span says so.
    A set that does not know "under 7" has no line of it.
    """
    months = source.kept(
        "dien-bien",
        """
        select
            month, criteria_set_id, criteria_met_avg, communes_at_all_criteria, communes_under_7, communes_counted_criteria,
            communes_expected, communes_reported, is_provisional
        from marts.province_months
        left join marts.dim_months using (month)
        where month <= $month order by month
        """,
        month=source.month,
    )[-13:]
    span = say_months(months[0]["month"], months[-1]["month"])
    if changed := [
        now["month"] for before, now in pairwise(months) if now["criteria_set_id"] != before["criteria_set_id"]
    ]:
        span += say("trend_breaks", months=", ".join(map(say_month, changed)))
    average = _points(months, "criteria_met_avg")
    has_under_7 = any(row["communes_under_7"] is not None for row in months)
    counts = _points(months, "communes_at_all_criteria", *(["communes_under_7"] if has_under_7 else []))
    return {
        "trend_span": span,
        "months_unreported": [row["month"] for row in months if not row["communes_reported"]],
        "trend_average": charts.draw_trend(
            average, say("picture_average", months=span), decimals=2, starts_at_zero=False
        ),
        "trend_has_under_7": has_under_7,
        "trend_counts": charts.draw_trend(
            counts, say("picture_counts" if has_under_7 else "picture_complete", months=span)
        ),
    }


def _points(months: Rows, *columns: str) -> Rows:
    return [
        {"month": row["month"], "value": row[column], "series": headlines.NAMES[column], "part": row["criteria_set_id"]}
        for column in columns
        for row in months
    ]


def draw_bands(source: Source, month: dt.date) -> dict[str, Any]:
    """How many communes of each district stand in each band; of the province alone where there are no districts."""
    rows = source.kept(
        "muc-tieu-chi",
        """
        select
            month, unit_code, coalesce(unit_short_name, unit_code) as name, progress_band_label_vi as band,
            band_order - 1 as place, communes as value
        from marts.progress_bands
        where month = $month and unit_level = (
            select if(count_if(unit_level = 'district') > 0, 'district', 'province')
            from marts.progress_bands where month = $month)
        order by unit_code, band_order
        """,
        month=month,
    )
    labels = list(dict.fromkeys(row["band"] for row in rows))
    picture = charts.draw_bands(rows, labels, say("picture_bands", month=say_month(month))) if rows else None
    return {"bands": picture}
