"""What dbt's semantic layer says of the headline tables: measures and metrics that follow from the list of published indicators.

A tool that knows MetricFlow (`mf query`) then adds an indicator as `meta.indicators` says that it may be added: a stock is of
the last month and never summed over months, a rate and a weighted average are computed anew from their parts.
Here: the one file that says so (`make forms` writes it; a test holds it equal), and why an indicator has no metric.
Not here: what an indicator is (seeds/published_indicators.csv), and its figures (dbt_project/models/marts/headline/).
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from pipelines.reference.models import PublishedIndicator

WRITTEN = "Written from the list of published indicators by `make forms`; change that."
FILE = "dbt_project/models/marts/headline/_headline__semantics.yml"
HEADLINE = Path("models", "marts", "headline")
LEVELS = {
    "province": ("toàn tỉnh", "of the province", ()),
    "district": ("từng huyện", "by district", ("district_code", "district_name")),
    "commune": ("từng xã", "by commune", ("commune_code", "commune_name", "district_code", "district_name")),
}
"""Level of unit → words for it, and the columns of its headline table that figures are grouped by."""
_WEIGHTED = {"weighted": ("tổng có trọng số", "weighted sum"), "weight": ("trọng số", "weight")}
"""The two measures of a weighted average, and their words."""
_TIME = "reporting_month"  # MetricFlow keeps `month` for itself
_LAST_MONTH = {"name": _TIME, "window_choice": "max"}


def describe_semantics(indicators: Sequence[PublishedIndicator], dbt_project: Path) -> str:
    """Return the text of FILE: dbt's semantic models and metrics, one semantic model per headline table of `dbt_project`.

    Every measure is a metric of its name (`province_models_running`); a rate and a weighted average are metrics made of two.
    """
    models: list[dict[str, Any]] = []
    metrics: list[dict[str, Any]] = []
    for level in LEVELS:
        columns = _columns(dbt_project / HEADLINE / f"{level}_months.yml")
        addable = [each for each in indicators if each.indicator in columns and _has_metric(each, level)]
        models.append(_semantic_model(level, columns, addable))
        metrics += [_ratio(level, each) for each in addable if each.over_units in ("ratio", "weighted")]
    written = {"semantic_models": models, "metrics": metrics}
    return f"# {WRITTEN}\n" + yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=10_000)


def _columns(description: Path) -> list[str]:
    (model,) = yaml.load(description.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["models"]
    return [column["name"] for column in model["columns"]]


def _has_metric(indicator: PublishedIndicator, level: str) -> bool:
    """Whether figures of this level may be put together: an index may not, and some figures of districts may not."""
    return indicator.over_months != "none" and (indicator.over_units != "none" or level == "province")


def _semantic_model(level: str, columns: Sequence[str], addable: Sequence[PublishedIndicator]) -> dict[str, Any]:
    table, groups = f"{level}_months", LEVELS[level][2]
    return {
        "name": table,
        "model": f"ref('{table}')",
        "primary_entity": f"{level}_month",
        "defaults": {"agg_time_dimension": _TIME},
        "dimensions": [
            {"name": _TIME, "type": "time", "expr": "month", "type_params": {"time_granularity": "month"}},
            *({"name": name, "type": "categorical"} for name in (*groups, "is_provisional") if name in columns),
        ],
        "measures": [measure for each in addable for measure in _measures(level, each)],
    }


def _measures(level: str, indicator: PublishedIndicator) -> Iterator[dict[str, Any]]:
    """Yield what the indicator is added up by; nothing for a rate, which is made of two others."""
    words, figure = _words(level, indicator), indicator.indicator
    if indicator.over_units == "weighted":
        weight = f"case when {figure} is not null then {indicator.covered} end"
        formulas = {"weighted": f"{figure} * {indicator.covered}", "weight": weight}
        for part, (part_vi, part_en) in _WEIGHTED.items():
            of_part = {"label": f"{words['label']}: {part_vi}", "description": f"{words['description']} Its {part_en}."}
            yield _measure(f"{level}_{figure}_{part}", of_part, "sum", formulas[part], is_of_last_month=True)
    elif indicator.over_units != "ratio":
        aggregate = "average" if indicator.over_units == "average" else "sum"
        is_of_last_month = indicator.over_months == "last"
        yield _measure(f"{level}_{figure}", words, aggregate, figure, is_of_last_month=is_of_last_month)


def _measure(
    name: str, words: Mapping[str, str], aggregate: str, formula: str, *, is_of_last_month: bool
) -> dict[str, Any]:
    measure = {"name": name, **words, "agg": aggregate, "expr": formula, "create_metric": True}
    return measure | ({"non_additive_dimension": dict(_LAST_MONTH)} if is_of_last_month else {})


def _ratio(level: str, indicator: PublishedIndicator) -> dict[str, Any]:
    name = f"{level}_{indicator.indicator}"
    if indicator.over_units == "weighted":
        over, below = (f"{name}_{part}" for part in _WEIGHTED)
    else:
        over, below = f"{level}_{indicator.numerator}", f"{level}_{indicator.denominator}"
    parts = {"numerator": over, "denominator": below}
    return {"name": name, **_words(level, indicator), "type": "ratio", "type_params": parts}


def _words(level: str, indicator: PublishedIndicator) -> dict[str, str]:
    words_vi, words_en, _ = LEVELS[level]
    return {
        "label": f"{indicator.name_vi}, {words_vi}",
        "description": f"{indicator.name_en}, {words_en}.",
    }
