"""Pictures: rows → an SVG that stands in a page itself, or a PNG for a document, drawn without a browser and without a script.

Here: how each kind of picture looks, so that it can be read at the width of a phone, in print, and without telling colours apart
(Okabe and Ito's colours, and a second sign beside each). Not here: any question, and any word: titles stand in the template,
names and labels come with the rows.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from pipelines.wording import say_decimals, say_month, say_number

ChartRows = Sequence[Mapping[str, Any]]

BLUE, ORANGE, GREY, INK, SOFT = "#0072b2", "#d55e00", "#8a939c", "#1c2733", "#55606c"
BAND_COLOURS = ("#00416a", "#0072b2", "#56b4e9", "#f6d68f", "#d55e00")
"""Of the bands, the highest first: dark to light to dark again, so that print in grey tells neighbours apart."""
BLUES = ("#f1f6fa", "#bcd9ec", "#8fc0e0", "#5fa3d1")
"""Of a figure, the least first: all of them light enough for dark letters of any size."""
_LONG_NAME = 9
"""Letters that fit into a tile; a longer name takes two lines."""
_WIDTH = 340
"""Of every picture: that of a phone. On wider pages it grows, or two stand side by side."""
_VEGA_LITE = "6.4"
_VIETNAMESE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}
_MONTH = "%-m/%Y"
_FONT = "system-ui, sans-serif"
_PAPER_FONT = "NTM Sans"
_FONTS = Path(__file__).parents[1] / "fonts"
_PAPER_SCALE = 4
"""Pixels of a PNG per pixel of the picture: 8 cm wide on paper, 430 to the inch."""
_FEWEST_PIXELS = 22
_ID = re.compile(r'(id="|url\(#|href="#)')
_HOVERED = re.compile(r'<(path|line) aria-label="([^"]*)"([^>]*)/>')
_ARIA = re.compile(r' (?:aria-[a-z]+|role|class|pointer-events)="[^"]*"')
_HEAD = re.compile(r"<svg[^>]*viewBox=\"([^\"]*)\"[^>]*>")

_TILES = {
    "442": (3, 0), "439": (0, 1), "440": (1, 1), "437": (2, 1), "448": (3, 1), "441": (0, 2), "443": (2, 2), "445": (3, 2),
    "436": (4, 2), "444": (1, 3), "446": (3, 3), "447": (4, 4), "449": (5, 4),
}  # fmt: skip
"""Where each district lies, in columns and rows: about as on a map."""


@dataclass(frozen=True)
class Picture:
    """A picture that can be drawn, with one text for who can't see it. In a template it is its SVG, as wide as its place."""

    chart: alt.TopLevelMixin
    alt_text: str

    def __html__(self) -> Markup:
        """Return the SVG as part of a page."""
        svg = vl_convert.vegalite_to_svg(self._spec(_FONT), vl_version=_VEGA_LITE, format_locale=_VIETNAMESE)
        own = f"p{hashlib.sha256(self.alt_text.encode()).hexdigest()[:8]}-"
        titled = _HOVERED.sub(r"<\1\3><title>\2</title></\1>", svg)
        body = _ID.sub(lambda match: match[1] + own, _ARIA.sub("", titled))
        text = escape(self.alt_text)
        return Markup(  # noqa: S704 (vl-convert escapes what stands in the rows, `escape` the text)
            _HEAD.sub(lambda match: f'<svg viewBox="{match[1]}" role="img" aria-label="{text}">', body, count=1)
        )

    def png(self) -> bytes:
        """Return it for paper: the same bytes on every machine, since the font is ours."""
        _register_font()
        return vl_convert.vegalite_to_png(
            self._spec(_PAPER_FONT), vl_version=_VEGA_LITE, format_locale=_VIETNAMESE, scale=_PAPER_SCALE
        )

    def _spec(self, font: str) -> dict[str, Any]:
        return self.chart.to_dict(validate=False) | {"config": {**_config(), "font": font}}


def has_tiles(codes: Sequence[str]) -> bool:
    """Whether the map of tiles knows every one of these units."""
    return bool(codes) and all(code in _TILES for code in codes)


def draw_tiles(rows: ChartRows, alt_text: str, *, domain: tuple[float, float], decimals: int = 1) -> Picture:
    """Draw the districts as a map of tiles. Rows: `code`, `name`, `value` (None: unknown, an empty tile)."""
    placed = []
    for row in rows:
        x, y = _TILES[row["code"]]
        label = say_decimals(row["value"], decimals)
        placed.append(
            {
                "value": row["value"],
                "x": x,
                "y": y,
                "name": _in_lines(row["name"]),
                "label": label,
                "caption": f"{row['name']}: {label}",
            }
        )
    base = alt.Chart(_data(placed)).encode(
        x=alt.X("x:O", axis=None, scale=alt.Scale(paddingInner=0.06)),
        y=alt.Y("y:O", axis=None, scale=alt.Scale(paddingInner=0.06)),
    )
    tiles = _hovered(base, "rect", cornerRadius=4, stroke=GREY, strokeWidth=0.8).encode(
        color=alt.Color(
            "value:Q",
            legend=None,
            scale=alt.Scale(domain=list(domain), range=list(BLUES), interpolate="rgb"),
        )
    )
    names = _mark(base, "text", color=INK, baseline="top", dy=-23, fontSize=9, lineBreak="\n").encode(text="name:N")
    values = _mark(base, "text", color=INK, dy=15, fontSize=13, fontWeight="bold").encode(text="label:N")
    return Picture((tiles + names + values).properties(width=_WIDTH, height=310), alt_text)


def draw_trend(rows: ChartRows, alt_text: str, *, decimals: int = 0, starts_at_zero: bool = True) -> Picture:
    """Draw one or two lines over months. Rows: `month`, `value` (None: a gap), `series` (what the line is called), `part`.

    A second line is dashed.

    A line breaks between months of different parts, and ends with its last value.
    """
    points = [
        {
            **row,
            "month": f"{row['month']:%Y-%m-%dT00:00:00}",
            "caption": f"{row['series']}, {say_month(row['month'])}: {say_decimals(row['value'], decimals)}",
        }
        for row in rows
    ]
    series = list(dict.fromkeys(row["series"] for row in rows))
    last = [
        [point for point in points if point["series"] == name and point["value"] is not None][-1:] for name in series
    ]
    colour = alt.Color("series:N", legend=None, scale=alt.Scale(domain=series, range=[BLUE, ORANGE]))
    months = sorted({point["month"] for point in points})
    x = alt.X(
        "month:T",
        title=None,
        axis=alt.Axis(format=_MONTH, values=months[:: max(1, len(months) // 5)], grid=False),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(zero=starts_at_zero, nice=True),
        axis=alt.Axis(format=f",.{min(decimals, 1)}f", tickCount=4, domain=False),
    )
    base = alt.Chart(_data(points)).encode(x=x, y=y, color=colour)
    lines = _mark(base, "line", strokeWidth=2.5).encode(
        strokeDash=alt.StrokeDash("series:N", legend=None, scale=alt.Scale(domain=series, range=[[1, 0], [6, 3]])),
        detail="part:N",
    )
    dots = _hovered(base, "point", filled=True, size=34, opacity=1).encode(
        shape=alt.Shape("series:N", legend=None, scale=alt.Scale(domain=series, range=["circle", "square"]))
    )
    ends = alt.Chart(_data([point for each in last for point in each])).encode(x=x, y=y, color=colour)
    values = _mark(ends, "text", align="right", dy=-12, dx=6, fontSize=12, fontWeight="bold").encode(
        text=alt.Text("value:Q", format=f",.{decimals}f")
    )
    return Picture((lines + dots + values).properties(width=_WIDTH - 46, height=170), alt_text)


def draw_bands(rows: ChartRows, bands: Sequence[str], alt_text: str) -> Picture:
    """Draw a bar per unit, in parts by band. Rows: `name`, `band`, `place` (0: the highest band), `value`; `bands` in order."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    captioned = [
        {**row, "caption": f"{row['name']}, {row['band']}: {say_number(row['value'])}"} for row in rows if row["value"]
    ]
    base = alt.Chart(_data(captioned)).encode(
        y=alt.Y("name:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=_names_axis()),
        x=alt.X("value:Q", title=None, stack="zero", axis=alt.Axis(tickCount=5, format=",d", domain=False)),
        order=alt.Order("place:Q"),
    )
    bars = _hovered(base, "bar", stroke="white", strokeWidth=0.8).encode(
        color=alt.Color(
            "band:N",
            sort=list(bands),
            legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=160, symbolType="square"),
            scale=alt.Scale(domain=list(bands), range=list(BAND_COLOURS[: len(bands)])),
        )
    )
    dark = " || ".join(f"datum.place == {place}" for place in (0, 1, len(BAND_COLOURS) - 1))
    labels = _mark(base, "text", align="center", fontSize=10).encode(
        x=alt.X("value:Q", stack="zero", bandPosition=0.5),
        text=alt.condition("datum.value > 1", alt.Text("value:Q", format=",d"), alt.value("")),
        color=alt.condition(dark, alt.value("white"), alt.value(INK)),
    )
    return Picture((bars + labels).properties(width=_WIDTH - 96, height=_FEWEST_PIXELS * len(names)), alt_text)


def draw_intervals(rows: ChartRows, alt_text: str, *, domain: tuple[float, float], decimals: int = 0) -> Picture:
    """Draw a dot per name with the interval that holds it. Rows: `name`, `value`, `low`, `high`; None: not drawn."""
    names = list(dict.fromkeys(row["name"] for row in rows))
    captioned = [
        {
            **row,
            "caption": f"{row['name']}: {say_decimals(row['value'], decimals)}"
            f" ({say_decimals(row['low'], decimals)}–{say_decimals(row['high'], decimals)})",
        }
        for row in rows
    ]
    base = alt.Chart(_data(captioned)).encode(
        y=alt.Y("name:N", sort=names, title=None, scale=alt.Scale(domain=names), axis=_names_axis())
    )
    scale, axis = (
        alt.Scale(domain=list(domain), nice=False, padding=8),
        alt.Axis(format=f",.{decimals}f", tickCount=5, tickMinStep=1 if decimals == 0 else 0.1, domain=False),
    )
    spans = _hovered(base, "rule", strokeWidth=6, color="#9cc8e6", strokeCap="round").encode(
        x=alt.X("low:Q", title=None, scale=scale, axis=axis), x2="high:Q"
    )
    dots = _hovered(base, "point", filled=True, size=70, color=INK, opacity=1).encode(
        x=alt.X("value:Q", title=None, scale=scale)
    )
    return Picture((spans + dots).properties(width=_WIDTH - 96, height=_FEWEST_PIXELS * len(names)), alt_text)


def draw_gauge(
    *,
    value: float | None,
    target: float,
    low: float | None,
    high: float | None,
    end: float,
    captions: Mapping[str, str],
    alt_text: str,
) -> Picture:
    """Draw one measure against its target: a bar, the target as a line across, the projection's interval as a band under it.

    All in the target's unit, from 0 to `end`. `captions`: of the bar (`value`), the line (`target`) and the band (`interval`).
    """
    scale = alt.X(
        "a:Q",
        title=None,
        scale=alt.Scale(domain=[0, end], nice=False),
        axis=alt.Axis(tickCount=5, tickMinStep=1, format=",d"),
    )
    layers = [
        _mark(alt.Chart(_data([{"a": 0, "b": end}])), "bar", color="#e9edf1", height=20).encode(x=scale, x2="b:Q")
    ]
    if value is not None:
        bar = _hovered(
            alt.Chart(_data([{"a": 0, "b": value, "caption": captions["value"]}])), "bar", color=BLUE, height=20
        )
        layers.append(bar.encode(x=scale, x2="b:Q"))
    if low is not None and high is not None:
        span = alt.Chart(_data([{"a": low, "b": high, "caption": captions["interval"]}]))
        band = _hovered(span, "bar", color=ORANGE, height=7, yOffset=16, opacity=0.85)
        layers.append(band.encode(x=scale, x2="b:Q"))
    line = alt.Chart(_data([{"a": target, "caption": captions["target"]}]))
    layers.append(_hovered(line, "tick", color=INK, thickness=3, size=34).encode(x=scale))
    return Picture(alt.layer(*layers).properties(width=_WIDTH - 20, height=44), alt_text)


def draw_shapes(features: ChartRows, alt_text: str, *, domain: tuple[float, float]) -> Picture:
    """Draw units by their boundaries: GeoJSON features with the properties `name` and `value`."""
    captioned = [
        {**each, "caption": f"{each['properties']['name']}: {say_decimals(each['properties']['value'], 1)}"}
        for each in features
    ]
    shapes = _hovered(alt.Chart(_data(captioned)), "geoshape", stroke="white", strokeWidth=0.8).encode(
        color=alt.Color(
            "properties.value:Q",
            legend=alt.Legend(title=None, orient="top", format=",.0f", gradientLength=200),
            scale=alt.Scale(domain=list(domain), range=list(BLUES)),
        )
    )
    shapes = shapes.project(type="identity", reflectY=True)
    return Picture(shapes.properties(width=_WIDTH, height=300), alt_text)


def _mark(chart: alt.Chart, kind: str, **how: Any) -> alt.Chart:
    """Return the chart with its mark; Altair's own methods are decorated in a way that hides what they return."""
    return getattr(chart, f"mark_{kind}")(**{"aria": False, **how})


def _hovered(chart: alt.Chart, kind: str, **how: Any) -> alt.Chart:
    """Return the chart with a mark that shows the `caption` of its row to a pointer that rests on it.

    Vega writes that as the mark's aria-label, of which `Picture` makes a title: without a script, a browser shows no other.
    """
    return _mark(chart, kind, aria=True, **how).encode(description="caption:N")


def _in_lines(name: str) -> str:
    return name.replace(" ", "\n", 1) if len(name) > _LONG_NAME else name


def _data(rows: list[dict[str, Any]]) -> alt.Data:
    return alt.Data(values=rows)


def _names_axis() -> alt.Axis:
    return alt.Axis(labelLimit=92, labelFontSize=11, ticks=False, domain=False, labelPadding=4)


@cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(_FONTS))


@cache
def _config() -> dict[str, Any]:
    return {
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {"labelColor": SOFT, "labelFontSize": 10, "gridColor": "#e3e8ed", "tickColor": GREY},
        "legend": {"labelColor": INK, "labelFontSize": 10},
    }
