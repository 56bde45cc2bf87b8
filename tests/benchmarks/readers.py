"""What readers wait for: publishing, the site, the bulletin, the duties, and what a BI tool asks of the headline tables.

The products are made from a home in which a run has ended, each a share of the run that made it. The questions are asked of
the headline tables of a country: those of that home many times over, as communes of other districts and as earlier years.
"""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rich.table import Table

from pipelines.products.bulletin import write_bulletin
from pipelines.products.duties import write_duties
from pipelines.products.site import write_site
from pipelines.reference.lists import read_lists
from pipelines.reference.models import Duty
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.publish import publish
from pipelines.warehouse.rows import quote
from pipelines.warehouse.verdicts import judge

COMMUNES, MONTHS = 8_900, 120
ROUNDS = 20
LIMIT = 0.05
QUESTIONS = {
    "the province month by month": """
        select month, month_label_vi, communes_at_19, communes_counted_criteria, is_provisional
        from marts.province_months order by month
    """,
    "districts of the newest month, worst first": """
        select district_short_name, criteria_met_avg, communes_under_7, leadership_rank
        from marts.district_months where month = (select max(month) from marts.district_months)
        order by criteria_met_avg limit 50
    """,
    "communes of one month by band": """
        select progress_band_label_vi, count(*) as communes
        from marts.commune_months where month = $month
        group by progress_band_label_vi, progress_band_sort order by progress_band_sort
    """,
    "running models of a month, by today's district": """
        select communes.district_code, sum(facts.models_running) as models
        from marts.commune_months as facts
        left join marts.dim_commune_current as communes on facts.commune_code = communes.commune_code
        where facts.month = $month group by all order by models desc limit 100
    """,
    "one commune over ten years": """
        select month, criteria_met_latest, models_running, open_findings
        from marts.commune_months where commune_code = $commune order by month
    """,
    "an indicator of the province, month by month": """
        select month, value, numerator, denominator, units_covered
        from marts.indicators where indicator = 'communes_at_all_criteria' and unit_level = 'province' order by month
    """,
    "an indicator of all districts in a year": """
        select unit_code, month, value from marts.indicators
        where indicator = 'criteria_met_avg' and unit_level = 'district' and month between $month - interval 11 month and $month
    """,
    "what a filter offers: names of districts": """
        select distinct district_short_name from marts.district_months order by 1
    """,
}
"""What a BI tool sends for a chart, a table, a filter."""
MOVED = "cast(month - earlier as date) as month"
ONCE = {
    "commune_months": "true",
    "district_months": "true",
    "indicators": "(unit_level <> 'province' or suffix = '0')",
    "province_months": "suffix = '0'",
}
"""Of which rows there are copies: there is one province."""


@dataclass(frozen=True)
class Waited:
    """What was waited for: its seconds by the clock and of the processor, and how many are allowed (None: nobody said)."""

    name: str
    seconds: float
    processor: float
    allowed: float | None = None


def table(home: Path, run_seconds: float | None = None) -> Table:
    """Return what readers of the build in `home` wait for; `run_seconds`: what the run took that made it."""
    columns = ("seconds", "at most", "of the processor", *(["of the run"] if run_seconds else []))
    shown = Table("waited for", *columns, title="What readers wait for", box=None)
    with tempfile.TemporaryDirectory() as folder:
        for waited in [*wait_for_products(home, Path(folder)), *wait_for_answers(home, Path(folder))]:
            decimals = 3 if waited.seconds < 1 else 1
            figures = [f"{each:.{decimals}f}" for each in (waited.seconds, waited.processor)]
            share = [f"{waited.seconds / run_seconds:.1%}"] if run_seconds else []
            shown.add_row(waited.name, figures[0], f"{waited.allowed or ''}", figures[1], *share)
    return shown


def wait_for_products(home: Path, scratch: Path) -> list[Waited]:
    """Publish the build in `home` once more, into `scratch`, and write from it what people read."""
    published = scratch / "published" / "ntm.duckdb"
    working = scratch / "working.duckdb"
    working.write_bytes((home / "working.duckdb").read_bytes())
    with duckdb.connect(str(working)) as connected:
        build = judge(connected).build
        publishing = timed("publishing", lambda: publish(connected, published, build))
    duties = read_lists(SEEDS_DIR)[Duty]
    return [
        publishing,
        timed("site", lambda: write_site(published, scratch / "site"), 15),
        timed("bulletin, annex, chairman's page, message", lambda: write_bulletin(published, scratch), 20),
        timed("duties and the quarterly report", lambda: write_duties(published, scratch, duties)),
    ]


def wait_for_answers(home: Path, scratch: Path) -> list[Waited]:
    """Ask the headline tables of a country what BI tools ask: the median of some rounds for each question."""
    file = scratch / "country.duckdb"
    write_headline_tables(home / "published" / "ntm.duckdb", file)
    with duckdb.connect(str(file), read_only=True) as connected:
        (rows,) = connected.execute("select count(*) from marts.indicators").fetchone() or (0,)
        (month, commune) = connected.execute(
            "select max(month), min(commune_code) from marts.commune_months"
        ).fetchone() or (None, None)
        answered = []
        for name, question in QUESTIONS.items():
            known = {"month": month, "commune": commune}
            values = {key: value for key, value in known.items() if f"${key}" in question}
            rounds = [
                timed(
                    f"  {name}",
                    lambda query=question, given=values: connected.execute(query, given or None).fetchall(),
                    LIMIT,
                )
                for _ in range(ROUNDS)
            ]
            answered.append(sorted(rounds, key=lambda each: each.seconds)[ROUNDS // 2])
    title = f"BI, of {COMMUNES:,} communes over {MONTHS} months ({rows:,} rows in the long table):"
    return [Waited(title, sum(each.seconds for each in answered), sum(each.processor for each in answered)), *answered]


def write_headline_tables(published: Path, file: Path) -> None:
    """Write the headline tables of a published file as often as makes a country of them over ten years."""
    with duckdb.connect(str(file)) as connected:
        connected.execute(f"attach {quote(published)} as one (read_only)")
        communes, months = connected.execute(
            "select count(distinct commune_code), count(distinct month) from one.marts.commune_months"
        ).fetchone() or (1, 1)
        connected.execute(
            f"""
            create schema marts;
            create temp table copies as select range::varchar as suffix from range({-(-COMMUNES // communes)});
            create temp table spans as select to_months(range::integer * {months}) as earlier from range({-(-MONTHS // months)});
            """
        )
        kept = f"month > (select max(month) from one.marts.province_months) - interval {MONTHS} month"
        copied = {
            "commune_months": "commune_code || '-' || suffix as commune_code, district_code || '-' || suffix as district_code",
            "district_months": "district_code || '-' || suffix as district_code",
            "indicators": "if(unit_level = 'province', unit_code, unit_code || '-' || suffix) as unit_code",
            "province_months": "",
        }
        for name, replaced in copied.items():
            columns = f"* exclude (suffix, earlier) replace ({', '.join(filter(None, (replaced, MOVED)))})"
            connected.execute(
                f"""
                create table marts.{name} as
                from (select {columns} from one.marts.{name} cross join copies cross join spans where {ONCE[name]})
                where {kept} order by all
                """
            )
        connected.execute(
            """
            create table marts.dim_commune_current as
            select * exclude (suffix) replace (
                commune_code || '-' || suffix as commune_code, district_code || '-' || suffix as district_code)
            from one.marts.dim_commune_current cross join copies
            """
        )


def timed(name: str, work: Callable[[], object], allowed: float | None = None) -> Waited:
    """Do the work once, and return how long it took."""
    began, used = time.perf_counter(), time.process_time()
    work()
    return Waited(name, time.perf_counter() - began, time.process_time() - used, allowed)
