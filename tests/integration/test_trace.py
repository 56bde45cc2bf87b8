"""Every published figure leads back to a report and its file, or says plainly why there is none."""

import re
import shlex
import shutil
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.products.trace import TraceError, Tracer, opened, read_lineage, trace
from pipelines.products.traced import Trace, describe
from pipelines.warehouse.load import open_working_file
from tests.integration.conftest import Office

PAGE = Path(__file__).parents[2] / "docs" / "number_looks_wrong.md"
LINEAGE = read_lineage()


@pytest.fixture(scope="module")
def tracing() -> Generator[Callable[[Path], Tracer]]:
    """Return the tracer of a home, opened once for all tests."""
    with ExitStack() as stack:

        @cache
        def tracer_of(home: Path) -> Tracer:
            return stack.enter_context(opened(home / "published" / "ntm.duckdb", home / "working.duckdb"))

        yield tracer_of


def ask(home: Path, table: str, *terms: str) -> Trace:
    return trace(home / "published" / "ntm.duckdb", home / "working.duckdb", table, terms)


def rows_of(published: duckdb.DuckDBPyConnection, table: str, most: int) -> list[list[str]]:
    """Some rows of a table, as what a person would type to name them."""
    columns = [column for column, *_ in published.execute(f"from {table} limit 0").description or []]
    some = f"from {table} order by hash(columns(*)) limit {most}"
    rows = published.execute(f"select columns(*)::varchar from ({some})").fetchall()
    return [
        [f"{column}={'null' if value is None else value}" for column, value in zip(columns, row, strict=True)]
        for row in rows
    ]


def test_every_published_table_is_traced(published: duckdb.DuckDBPyConnection) -> None:
    tables = published.sql("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    assert {table for (table,) in tables} == LINEAGE.keys()


def test_every_number_has_a_parent_of_its_own(published: duckdb.DuckDBPyConnection) -> None:
    """Where parents say what they explain, none of the table's figures is left to the others by oversight."""
    left = []
    for table, said in LINEAGE.items():
        parents = said.get("parents", [])
        if not parents or not all("figures" in parent for parent in parents):
            continue
        explained = {figure for parent in parents for figure in parent["figures"]} | said.get("cells", {}).keys()
        schema, name = table.split(".")
        numbers = published.execute(
            "select column_name from duckdb_columns() where schema_name = ? and table_name = ?"
            " and data_type in ('INTEGER', 'DOUBLE')",
            [schema, name],
        ).fetchall()
        left += [f"{table}.{column}" for (column,) in numbers if column not in explained and column not in said["key"]]
    assert set(left) == {
        # set, drawn or agreed beforehand, not reported
        *(f"marts.inspection_plan.{column}" for column in ("draw_no", "inclusion_probability", "item_probability")),
        *(f"marts.target_progress.{column}" for column in ("target_value", "units")),
        "marts.leadership_index.nominal_weight",
        *(f"marts.progress_bands.{column}" for column in ("criteria_total", "band_order", "criteria_from", "criteria_to")),
        # worked out from the value by a method (docs/methods.md)
        *(f"marts.target_progress.{column}" for column in ("coverage", "gap")),
        *(f"marts.target_progress.projected_{column}" for column in ("value", "low", "high")),
    }  # fmt: skip


@pytest.mark.parametrize("table", LINEAGE)
@pytest.mark.parametrize(
    ("home", "most"), [("small", 1), pytest.param("sample", 3, marks=pytest.mark.long)], indirect=["home"]
)
def test_each_row_leads_to_a_report_and_its_file_or_says_why_not(
    home: Path, published: duckdb.DuckDBPyConnection, tracing: Callable[[Path], Tracer], table: str, most: int
) -> None:
    for terms in rows_of(published, table, most):
        found = tracing(home).trace(table, terms)
        assert found.places or found.reasons, terms
        for place in found.places:
            assert place.archived is None or (home / place.archived).is_file(), place
        assert found.places or "reference" in LINEAGE[table] or found.reasons, terms
        assert describe(found)


@pytest.mark.parametrize(
    ("home", "least"), [("small", 3_000), pytest.param("sample", 50_000, marks=pytest.mark.long)], indirect=["home"]
)
def test_a_figure_is_what_the_rows_behind_it_make(home: Path, tracing: Callable[[Path], Tracer], least: int) -> None:
    wrong, looked_at = [], 0
    for table, said in LINEAGE.items():
        for parent in said.get("parents", []):
            for figure, spec in parent.get("figures", {}).items():
                if "is" in spec:
                    known, other = tracing(home).disagreeing(table, figure, parent, spec)
                    looked_at += known
                    wrong += [f"{table}.{figure}: {other} of {known} rows"] if other else []
    assert wrong == []
    assert looked_at > least


@pytest.mark.long
def test_a_province_figure_leads_to_the_cells_of_its_communes(sample_home: Path) -> None:
    found = ask(sample_home, "marts.province_months", "month=2015-06", "communes_at_19")
    (districts,) = found.step.steps
    (communes,) = districts.steps
    (statuses,) = communes.steps
    assert [step.table.split(".")[1] for step in found.step.walk()] == [
        "province_months",
        "district_months",
        "commune_months",
        "fct_criterion_statuses",
    ]
    assert "khớp · agrees" in districts.agreement
    assert statuses.count == 19 * communes.count == 19 * 28
    assert sum(len(place.cells) for place in found.places) == statuses.count
    assert {place.form for place in found.places} == {"H01"}


@pytest.mark.long
def test_a_figure_of_none_leads_to_all_that_was_looked_at(sample_home: Path, sample: duckdb.DuckDBPyConnection) -> None:
    (district, communes), *_ = sample.sql(
        """
        select district_code, communes_expected from marts.district_months
        where month = '2015-06-01' and communes_at_19 = 0 order by all
        """
    ).fetchall()
    found = ask(sample_home, "marts.district_months", "2015-06", district, "communes_at_19")
    (step,) = found.step.steps
    assert (step.count, step.agreement) == (communes, "count(*) = 0, khớp · agrees")
    assert "none has is_at_19" in step.condition
    assert found.places


@pytest.mark.long
def test_a_figure_carried_over_names_the_month_it_is_from(sample_home: Path, sample: duckdb.DuckDBPyConnection) -> None:
    (month, commune), *_ = sample.sql(
        "select month, commune_code from marts.commune_months where months_since_report > 0 order by all"
    ).fetchall()
    found = ask(sample_home, "marts.commune_months", f"month={month}", commune, "criteria_met_latest")
    carried = next(step for step in found.step.walk() if step.months)
    assert all(earlier < month for earlier, _ in carried.months)
    assert "mang sang từ · carried over from" in describe(found)
    assert all(place.period < f"{month:%Y-%m}" for place in found.places if place.period)


@pytest.mark.long
def test_what_is_not_there_leads_to_the_report_that_is_silent(
    sample_home: Path, sample: duckdb.DuckDBPyConnection
) -> None:
    (month, commune), *_ = sample.sql(
        "select month, commune_code from marts.commune_months where has_no_model order by all"
    ).fetchall()
    found = ask(sample_home, "marts.commune_months", f"month={month}", commune, "models_running")
    assert {place.form for place in found.places} == {"H02"}


@pytest.mark.long
def test_a_missing_report_says_that_none_has_come(sample_home: Path) -> None:
    found = ask(sample_home, "quality.obligations", "status=missing", "reporter_code=S-TTTT", "S01", "period=2015-Q1")
    assert not found.places
    assert found.reasons == ["Chưa có báo cáo nào; hạn nộp 10/04/2015 · no report has come"]


@pytest.mark.long
@pytest.mark.parametrize("table", ["quality.findings", "quality.obligations"])
def test_a_report_of_which_nothing_could_be_used_leads_to_the_file(sample_home: Path, table: str) -> None:
    """The file that came is no workbook, so it holds no report that could be named."""
    rule = ["rule_id=D03"] if table == "quality.findings" else []
    found = ask(sample_home, table, *rule, "reporter_code=S-TC", "form=C01", "period=2015-01")
    assert [place.path for place in found.places] == ["2015-01/so-tc/STC BC nhiem vu T1-2015.xlsx"]


@pytest.mark.long
@pytest.mark.parametrize(
    ("table", "kinds"),
    [
        (
            "quality.findings",
            "rule_id, variant, submission_id is null, delivery_id is null, form is null, file is null",
        ),
        ("quality.obligations", "status, submission_id is null"),
        ("quality.submissions", "status, reporter_code is null"),
    ],
)
def test_each_kind_of_row_leads_somewhere(
    sample_home: Path, sample: duckdb.DuckDBPyConnection, tracing: Callable[[Path], Tracer], table: str, kinds: str
) -> None:
    key = LINEAGE[table]["key"]
    rows = sample.sql(
        f"select {', '.join(f'{column}::varchar' for column in key)} from {table}"
        f" qualify row_number() over (partition by {kinds} order by {', '.join(key)}) <= 2"
    ).fetchall()
    tracer = tracing(sample_home)
    traces = {
        row: tracer.trace(table, [f"{name}={value}" for name, value in zip(key, row, strict=True)]) for row in rows
    }
    assert [row for row, of_row in traces.items() if not of_row.places and not of_row.reasons] == []


@pytest.mark.parametrize(
    ("table", "terms", "said"),
    [
        ("marts.nothing", ["a"], "marts.nothing: không có bảng này · no such table; .*marts.commune_months"),
        ("marts.province_months", ["2014-09", "communes_at_20"], "communes_at_20: .*no such column; .*communes_at_19"),
        ("marts.province_months", ["year=2015"], "year: .*no such column"),
        ("marts.province_months", ["month=2013-01"], "month=2013-01-01: .*no row has it; .*2014-09-01"),
        ("marts.commune_months", ["month=2014-09"], r"rows match, name one more column: commune_code=: \d{5}"),
        ("marts.province_months", ["2014-09", "models_new", "models_running"], "one figure at a time"),
    ],
)
def test_what_is_not_there_is_one_line_that_says_what_is(
    finished: tuple[Office, str], table: str, terms: list[str], said: str
) -> None:
    with pytest.raises(TraceError, match=said) as raised:
        ask(finished[0].home, table, *terms)
    assert "\n" not in str(raised.value)


@pytest.mark.long
def test_it_works_while_a_run_writes_and_says_what_it_could_not_ask(sample_home: Path, tmp_path: Path) -> None:
    (tmp_path / "published").mkdir()
    for file in ("published/ntm.duckdb", "working.duckdb"):
        shutil.copyfile(sample_home / file, tmp_path / file)
    terms = ("marts.fct_commune_assignments", "month=2015-06", "18196")
    (whole,) = ask(tmp_path, *terms).places
    with open_working_file(tmp_path / "working.duckdb"):
        found = ask(tmp_path, *terms)
    (place,) = found.places
    assert whole.cells
    assert place == replace(whole, cells=(), sheet=place.sheet)
    assert "A run is at work" in describe(found)


def page_examples() -> list[tuple[str, list[str]]]:
    """Each command of the page, and the lines printed below it."""
    blocks = re.findall(r"```\n\$ make trace ([^\n]+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return [(command, shown.splitlines()) for command, shown in blocks]


@pytest.mark.long
@pytest.mark.parametrize(("command", "shown"), page_examples(), ids=lambda value: str(value)[:40])
def test_an_example_of_the_page_prints_what_stands_there(sample_home: Path, command: str, shown: list[str]) -> None:
    """Lines stand in their order; one that ends in "…" is cut short, one of "…" alone stands for several."""
    given: dict[str, Any] = dict(word.split("=", 1) for word in shlex.split(command))
    lines = iter(describe(ask(sample_home, given["TABLE"], *shlex.split(given["KEY"]))).splitlines())
    for line in shown:
        if line.strip() != "…":
            start = line.removesuffix(" …")
            assert any(said == line or (start != line and said.startswith(start)) for said in lines), line
