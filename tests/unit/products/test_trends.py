"""Lines over months as they are drawn: what is not comparable is not joined."""

import datetime as dt
import re
from typing import Any

import duckdb
import pytest

from pipelines.products.site.charts import Picture
from pipelines.products.site.overview import draw_trends
from pipelines.products.site.source import Source


@pytest.mark.parametrize(
    ("sets", "lines", "said"),
    [
        (["QD491"] * 4, 1, "11/2025–02/2026"),
        (
            ["QD491", "QD491", "QD_2026", "QD_2026"],
            2,
            "11/2025–02/2026; nét ngắt ở 01/2026, khi một bộ tiêu chí khác có hiệu lực",
        ),
    ],
)
def test_a_line_breaks_where_another_criteria_set_comes_into_force(sets: list[str], lines: int, said: str) -> None:
    drawn = draw(sets, under_7=3)
    assert drawn["trend_span"] == said
    assert count_lines(drawn["trend_average"]) == lines
    assert count_lines(drawn["trend_counts"]) == 2 * lines


def test_a_set_that_does_not_know_communes_under_7_has_no_line_and_no_word_of_them() -> None:
    drawn = draw(["QD_2026"] * 4, under_7=None)
    assert not drawn["trend_has_under_7"]
    assert count_lines(drawn["trend_counts"]) == 1
    assert drawn["trend_counts"].alt_text == "Số xã đạt đủ tiêu chí, 11/2025–02/2026"


def count_lines(picture: Picture) -> int:
    return len(re.findall(r'<path[^>]*stroke-width="2.5"', picture.__html__()))


def draw(sets: list[str], under_7: int | None) -> dict[str, Any]:
    """The trends of a province in which each month has its criteria set."""
    with duckdb.connect() as published:
        published.execute(
            """
            create schema marts;
            create table marts.dim_months (month date, criteria_set_id varchar);
            create table marts.province_months (
                month date, criteria_met_avg double, communes_at_all_criteria integer, communes_under_7 integer,
                communes_counted_criteria integer, communes_expected integer, communes_reported integer, is_provisional boolean)
            """
        )
        for place, criteria_set in enumerate(sets):
            month = dt.date(2025 + (place + 10) // 12, (place + 10) % 12 + 1, 1)
            published.execute("insert into marts.dim_months values ($1, $2)", [month, criteria_set])
            published.execute(
                "insert into marts.province_months values ($1, $2, 5, $3, 60, 60, 60, false)",
                [month, 8.5 + place, under_7],
            )
        return draw_trends(Source(published))
