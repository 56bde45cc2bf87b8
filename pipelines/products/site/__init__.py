"""The site: what the published file says, as pages for whoever has a browser, opened from disk or served.

Here: which pages there are, and writing them with the tables behind their pictures (CSV), all from the published file alone.
Each page is a module that asks its questions, and a template (pipelines/pages/site/) that words them:

    overview.py    where the province stands, who is behind, which reports are missing
    reporting.py   who sent what, month by month
    units.py       units beside each other, and each commune by itself
    targets.py     how far each target is, and where its projection ends
    leadership.py  the index, and what each component gives and costs
    tasks.py       directives, overdue and by owner
    inspections.py what the plan must cover, what is done, how right reports were found
    quality.py     what is doubtful, covered, and changed since the build before
    source.py      what all of them ask of
    charts.py      pictures, from rows

Not here: any figure that is not in the published file, and any word that a page shows (the templates, pipelines/wording.py).
"""

import csv
import datetime as dt
import io
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import duckdb

from pipelines.files import replace_file
from pipelines.pages import render
from pipelines.products.reporter_names import name_reporters
from pipelines.products.site.inspections import read_inspections
from pipelines.products.site.leadership import read_leadership
from pipelines.products.site.overview import read_overview
from pipelines.products.site.quality import QualitySummary, read_quality
from pipelines.products.site.reporting import read_reporting
from pipelines.products.site.source import PeriodColumn, Source
from pipelines.products.site.targets import read_targets
from pipelines.products.site.tasks import read_tasks
from pipelines.products.site.units import read_communes, read_units
from pipelines.warehouse.publish import kept_build, kept_builds
from pipelines.warehouse.rows import fetch_dicts, quote
from pipelines.wording import (
    say,
    say_code,
    say_decimals,
    say_month,
    say_number,
    say_points,
    say_share,
    say_utc,
    say_value,
)


@dataclass(frozen=True)
class Page:
    """A page of the site: its file, what the menu calls it, and the question that gives its template's values."""

    name: str
    title: str
    read: Callable[[Source], Mapping[str, Any]]


PAGES = (
    Page("index", "Tổng quan", read_overview),
    Page("reporting", "Tình hình báo cáo", read_reporting),
    Page("units", "So sánh", read_units),
    Page("targets", "Chỉ tiêu", read_targets),
    Page("leadership", "Chỉ số chỉ đạo", read_leadership),
    Page("tasks", "Văn bản chỉ đạo", read_tasks),
    Page("inspections", "Kiểm tra", read_inspections),
    Page("quality", "Chất lượng số liệu", read_quality),
)


@dataclass
class Site:
    """What was written: the first page, how many pages, how many bytes of them; `quality`: what that page says, in numbers."""

    first_page: Path
    quality: QualitySummary | None = None
    pages: int = 0
    size: int = 0
    files: set[Path] = field(default_factory=set)


def write_site(published_file: Path, folder: Path, boundaries: Path | None = None) -> Site:
    """Write every page of the build that stands at `published_file`, and remove those of units that are no more.

    `boundaries`: a GeoJSON file of the office, drawn where it can be. Raises duckdb.Error, OSError.
    """
    site = Site(folder / f"{PAGES[0].name}.html")
    with _opened(published_file) as published:
        (build,) = fetch_dicts(published.execute("from meta.build"))
        source = Source(published, _attach_before(published, published_file, build["built_at"]), boundaries)
        common = {"build": build, "coded": cache(source.coded)}
        for page in PAGES:
            values = page.read(source)
            _write_page(site, folder / f"{page.name}.html", page.name, {**common, **values})
            site.quality = values.get("numbers", site.quality)
        for code, values in read_communes(source):
            _write_page(site, folder / "communes" / f"{code}.html", "commune", {**common, **values})
        for name, rows in source.tables.items():
            file = folder / "data" / f"{name}.csv"
            replace_file(file, _csv(rows), is_public=True)
            site.files.add(file)
    for made in ("data", "communes"):
        _remove_others(folder / made, site.files)
    return site


@contextmanager
def _opened(published_file: Path) -> Generator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as published:
        published.execute(f"attach {quote(published_file)} as now (read_only)")
        published.execute("use now")
        name_reporters(published)
        yield published


def _attach_before(published: duckdb.DuckDBPyConnection, published_file: Path, built_at: dt.datetime) -> bool:
    """Open the build kept before this one as `before`; False where there is none."""
    own = kept_build(published_file, built_at)
    earlier = [file for file in kept_builds(published_file) if file < own]
    if earlier:
        published.execute(f"attach {quote(earlier[-1])} as before (read_only)")
    return bool(earlier)


def _write_page(site: Site, file: Path, name: str, values: Mapping[str, Any]) -> None:
    form_title = values["coded"]("obligations", "form", has_code=True)
    html = render(
        f"site/{name}.html.j2",
        pages=[(page.name, page.title) for page in PAGES],
        here=name,
        say=say_value,
        sentence=say,
        code=say_code,
        share=say_share,
        points=say_points,
        number=say_number,
        average=partial(say_decimals, decimals=2),
        index_points=partial(say_decimals, decimals=1),
        local=say_utc,
        month_label=say_month,
        period=PeriodColumn(),
        form_title=form_title,
        form_titles=lambda forms: "; ".join(map(form_title, forms.split(", "))),
        **values,
    ).encode()
    replace_file(file, html, is_public=True)
    site.pages += 1
    site.size += len(html)
    site.files.add(file)


def _csv(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Return rows as CSV that a spreadsheet takes for UTF-8; what is unknown is empty."""
    rows = list(rows)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _remove_others(folder: Path, files: set[Path]) -> None:
    for file in folder.glob("*"):
        if file not in files:
            file.unlink()
