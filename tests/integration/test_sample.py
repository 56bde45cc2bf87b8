"""The shipped sample through the whole pipeline.

Figures equal the simulated truth wherever no planted defect hides it, every planted defect leads to its finding, and
nothing else is flagged.
"""

import csv
import datetime as dt
import io
import re
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook
from rich.console import Console

from pipelines.intake import NO_HINT, Knowledge, read_delivery
from pipelines.products.duties import answer_duties, read_columns
from pipelines.products.screen import print_closing
from pipelines.products.site import write_site
from pipelines.products.trips import write_trips
from pipelines.reference.lists import read_lists
from pipelines.reference.models import Duty
from pipelines.settings import SEEDS_DIR
from tests.unit.products.test_trips import filled_in

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
TRUTH = ROOT / "tests" / "world" / "truth"
KEYS = {
    "commune_months": ["commune_code", "month"],
    "district_months": ["district_code", "month"],
    "province_months": ["month"],
}


def truth(name: str) -> list[dict[str, str]]:
    with (TRUTH / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_text(value: object) -> str:
    """A figure as the truth writes it: NULL is empty, booleans in lower case, averages to nine digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.9g}" if isinstance(value, float) else str(value)


def as_number(text: str) -> str:
    try:
        return f"{float(text):.9g}"
    except ValueError:
        return text


@pytest.mark.parametrize("table", KEYS)
def test_figures_equal_the_truth(sample: duckdb.DuckDBPyConnection, table: str) -> None:
    expected = truth(table)
    relation = sample.table(f"marts.{table}")
    got = {}
    for row in relation.fetchall():
        named = dict(zip(relation.columns, row, strict=True))
        got[tuple(str(named[key]) for key in KEYS[table])] = named
    assert set(got) == {tuple(row[key] for key in KEYS[table]) for row in expected}
    wrong: Counter[str] = Counter()
    examples = []
    for row in expected:
        mart = got[tuple(row[key] for key in KEYS[table])]
        hidden = {"hidden_by", "hidden_columns", *row["hidden_columns"].split(";")}
        for column, value in row.items():
            if column not in hidden and as_number(as_text(mart[column])) != as_number(value):
                wrong[column] += 1
                examples.append((*(row[key] for key in KEYS[table]), column, value, as_text(mart[column])))
    assert not wrong, f"{dict(wrong)}: {examples[:12]}"


def findings(sample: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    rows = sample.sql("""
        select
            rule_id, coalesce(reporter_code, ''), coalesce(form, ''), coalesce(period, ''), coalesce(unit_code, ''),
            severity, state, coalesce(cell, ''), message_vi
        from quality.findings
    """).fetchall()
    return [tuple(row) for row in rows]


def test_every_planted_defect_leads_to_its_finding(sample: duckdb.DuckDBPyConnection) -> None:
    found = {row[:4] for row in findings(sample)}
    missed = [
        row
        for row in truth("defects")
        if row["severity"] != "info"
        and not any(
            key[0] == row["rule_id"]
            and key[1] in {row["reporter_code"], ""}
            and key[2] in {row["form"], ""}
            and (key[3] in {row["period"], ""} or not row["period"])
            for key in found
        )
    ]
    assert not missed, f"{len(missed)}: {missed[:12]}"


def test_nothing_else_is_flagged(sample: duckdb.DuckDBPyConnection) -> None:
    """At most one false alarm in a thousand rows read; here, none."""
    planted = {(row["rule_id"], row["reporter_code"]) for row in truth("defects")}
    rules = {row["rule_id"] for row in truth("defects")}
    false_alarms = [
        row
        for row in findings(sample)
        if row[5] != "info"
        and row[6] == "open"
        and (row[0], row[1]) not in planted
        and not (row[1] == "" and row[0] in rules)
    ]
    assert not false_alarms, f"{len(false_alarms)}: {Counter(row[0] for row in false_alarms)} {false_alarms[:12]}"


def test_whoever_owes_a_report_is_reminded_and_nobody_else(sample: duckdb.DuckDBPyConnection) -> None:
    owed = sample.sql("""
        select reporter_code, form, period, due_on + 1, days_overdue from quality.obligations
        where status in ('missing', 'rejected_only') order by all
    """).fetchall()
    reminded = "select reporter_code, form, period, missing_since_on, days_overdue from quality.reminders order by all"
    assert sample.sql(reminded).fetchall() == owed
    assert len(owed) > 10


def test_e03_names_the_bounds_in_the_language_of_the_message(sample: duckdb.DuckDBPyConnection) -> None:
    messages = sample.sql(
        "from quality.findings select message_vi, message_en where rule_id = 'E03' and field = 'criteria_met'"
    )
    assert [[text.split("; ")[1] for text in row] for row in messages.fetchall()] == [
        ["cần số nguyên từ 0 đến 10.", "a whole number from 0 to 10 is needed."]
    ]


def test_every_duty_of_the_notice_has_an_answer(sample: duckdb.DuckDBPyConnection) -> None:
    found = answer_duties(sample, read_lists(SEEDS_DIR)[Duty])
    assert len(found) == 51
    assert [answer.duty.item for answer in found if not answer.is_answered] == []
    assert [answer.duty.item for answer in found if not answer.register] == []
    # nothing of the latest month is older than the month
    assert [answer.duty.item for answer in found if answer.names and not answer.name_rows] == ["1.1c"]
    words = read_columns()
    assert {column for answer in found for column in (*answer.columns, *answer.name_columns)} <= words.keys()


def test_the_closing_screen_and_the_page_say_what_a_query_says(
    sample: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (published,) = [Path(file) for _, _, file in sample.execute("pragma database_list").fetchall() if file]
    quality = write_site(published, tmp_path).quality
    assert quality is not None
    screen = Console(file=io.StringIO(), width=140)
    print_closing(screen, None, published)
    assert isinstance(screen.file, io.StringIO)
    counts = sample.sql("select severity, count(*) from quality.findings where state = 'open' group by all").fetchall()
    counted = dict(counts)
    assert (quality.open_errors, quality.open_warnings) == (counted["error"], counted["warning"])
    said = f"{counted['error']} lỗi · error; {counted['warning']} cảnh báo · warning; {counted['info']} thông tin"
    assert said in screen.file.getvalue()
    missing = "select count(*) from quality.obligations where status in ('missing', 'rejected_only')"
    assert sample.sql(missing).fetchall() == [(quality.missing,)]
    assert f"Reports missing  {quality.missing}\n" in screen.file.getvalue()
    # of the period that ended last, all that is owed; what became of it adds up to that
    (row,) = sample.sql("""
        select
            period, count(*), count_if(status = 'on_time'), count_if(status = 'late'),
            count_if(status = 'not_yet_due'), count_if(status = 'held'), count_if(status in ('missing', 'rejected_only'))
        from quality.obligations where status <> 'excused' and period = '2015-06' group by period
    """).fetchall()
    assert row[1] == sum(row[2:]) > 80
    (line,) = [line.split() for line in screen.file.getvalue().splitlines() if line.strip().startswith("2015-06")]
    assert line == [str(each) for each in row]
    page = (tmp_path / "reporting.html").read_text(encoding="utf-8")
    cells = re.search(r'<th scope="row"[^>]*>tháng 6/2015</th>(.*?)</tr>', page)
    assert cells
    assert re.findall(r">(\d+)</td>", cells[1]) == [str(each) for each in row[1:]]


PAGES = {"README.md": 6, "docs/leadership_index.md": 6}


def page_queries(page: str) -> list[tuple[str, str, list[list[str]]]]:
    """Each query of a page: its question, its SQL, the rows printed below it."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(
        r"\*\*(?P<question>[^*]+\?)\*\*[^`]*```sql\n(?P<sql>.*?)```\n\n(?P<table>(?:\|[^\n]*\n)+)", text, re.DOTALL
    )
    return [
        (question, sql, [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]])
        for question, sql, table in blocks
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_shows_its_queries(page: str) -> None:
    assert len(page_queries(page)) == PAGES[page]


@pytest.mark.parametrize(
    ("sql", "rows"), [pytest.param(*query[1:], id=query[0]) for page in PAGES for query in page_queries(page)]
)
def test_a_query_of_a_page_gives_what_stands_there(
    sample: duckdb.DuckDBPyConnection, sql: str, rows: list[list[str]]
) -> None:
    """The rows shown are rows of the result, in its order; a word of explanation may follow a value."""
    remaining = iter(sample.sql(sql).fetchall())
    for row in rows:
        assert any(
            len(row) == len(found)
            and all(shown.startswith(as_text(value)) for shown, value in zip(row, found, strict=True))
            for found in remaining
        ), row


def test_the_trips_of_the_newest_plan_come_back_without_a_finding(
    sample: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (published,) = [Path(file) for _, _, file in sample.execute("pragma database_list").fetchall() if file]
    lists = read_lists(SEEDS_DIR)
    with duckdb.connect(str(published.parents[1] / "working.duckdb"), read_only=True) as working:
        write_trips(working, lists, dt.date(2015, 7, 20), tmp_path, None)
    knowledge = Knowledge.load(lists, dt.date(2015, 7, 20))
    rows = []
    for path in (tmp_path / "2015-07").iterdir():
        content, filled = filled_in(load_workbook(path), dt.datetime(2015, 7, 15))
        reading = read_delivery(content, "x.xlsx", NO_HINT, knowledge)
        assert [(found.rule_id, found.cell, found.value) for found in reading.findings] == [], path.name
        assert [submission.rows_used for submission in reading.submissions] == [filled], path.name
        rows.append(filled)
    # the plan once by trips, and once as a whole
    assert max(rows) == 60
    assert sum(rows) == 120
