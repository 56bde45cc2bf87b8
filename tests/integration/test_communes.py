"""A run over the new era: communes that report for themselves, periods that close on the 14th, a set of 19 and then of 10."""

import csv
import datetime as dt
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from docx import Document
from openpyxl import load_workbook

from pipelines.products.bulletin import write_bulletin
from pipelines.products.duties import write_duties
from pipelines.products.receipts import write_receipts
from pipelines.products.templates import write_templates
from pipelines.products.trace import trace
from pipelines.products.trips import write_trips
from pipelines.reference.contradictions import find_contradictions
from pipelines.reference.lists import read_lists, read_placed
from pipelines.reference.models import Duty
from pipelines.settings import SEEDS_DIR
from tests.integration.conftest import Office, WarmOffice
from tests.shared import made_once
from tests.world.communes import AS_OF, CommuneWorld
from tests.world.folder import write_commune_folder

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def communes(parsed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, str, Path]:
    """The office to which they report, what its run said, and the truth."""

    def run(folder: Path) -> None:
        world = CommuneWorld()
        write_commune_folder(world, folder / "raw")
        world.write_truth(folder / "truth")
        shutil.copytree(parsed_home, folder / "home")
        code, said = WarmOffice(folder / "raw", folder / "home").run(NTM_AS_OF=AS_OF)
        assert code == 0, said
        (folder / "said.txt").write_text(said, encoding="utf-8")

    folder = made_once(tmp_path_factory, "communes", run)
    office = WarmOffice(folder / "raw", folder / "home")
    return office, (folder / "said.txt").read_text(encoding="utf-8"), folder / "truth"


def test_nothing_contradicts_in_its_lists(communes: tuple[Office, str, Path]) -> None:
    lists, rows, errors = read_placed(SEEDS_DIR, communes[0].raw / "reference")
    assert [*map(str, errors), *find_contradictions(lists, rows, dt.date.fromisoformat(AS_OF))] == []


def test_every_workbook_is_accepted_and_nothing_is_doubted(communes: tuple[Office, str, Path]) -> None:
    office, said, _ = communes
    statuses = office.ask(
        "select form, status, count(*) from quality.submissions where form <> 'V03' group by all order by all"
    )
    assert statuses == [(form, "accepted", 480) for form in ("H01", "H02", "H03")]
    assert office.ask("select rule_id, file, message_vi from quality.findings") == []
    assert "Kiểm tra không đạt" not in said


def test_180_reports_are_due_a_month_on_the_second_working_day(communes: tuple[Office, str, Path]) -> None:
    owed = communes[0].ask(
        "select period, count(*), min(due_on), max(due_on) from quality.obligations group by all order by all"
    )
    due = {
        "2025-08": dt.date(2025, 8, 18), "2025-09": dt.date(2025, 9, 16), "2025-10": dt.date(2025, 10, 16),
        "2025-11": dt.date(2025, 11, 18), "2025-12": dt.date(2025, 12, 16), "2026-01": dt.date(2026, 1, 16),
        "2026-02": dt.date(2026, 2, 24), "2026-03": dt.date(2026, 3, 17),
    }  # fmt: skip
    assert owed == [(period, 180, day, day) for period, day in due.items()]
    wards = "select count(distinct reporter_code) from marts.dim_reporters where reporter_type = 'ward'"
    assert communes[0].ask(wards) == [(9,)]


def test_each_commune_month_is_the_truth(communes: tuple[Office, str, Path]) -> None:
    office, _, truth = communes
    with (truth / "commune_months.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    columns = ", ".join(expected[0])
    published = office.ask(f"select {columns} from marts.commune_months order by month, commune_code")
    found = [dict(zip(expected[0], map(_written, row), strict=True)) for row in published]
    assert len(found) == 480
    assert found == sorted(expected, key=lambda row: (row["month"], row["commune_code"]))


def test_the_pages_speak_of_communes(communes: tuple[Office, str, Path]) -> None:
    for page in ("reporting", "units", "leadership", "inspections", "targets"):
        text = (communes[0].home / "site" / f"{page}.html").read_text(encoding="utf-8")
        assert "Xã Cẩm Bình" in text, page
    for page in (communes[0].home / "site").rglob("*.html"):
        assert not re.search(r"\bhuyện\b", page.read_text(encoding="utf-8"), re.IGNORECASE), page.name
    assert communes[0].ask("select count(*) from marts.district_months") == [(0,)]


def test_a_form_that_the_office_has_added_is_checked_and_published(communes: tuple[Office, str, Path]) -> None:
    office = communes[0]
    checked = "select count(*), count_if(is_passed) from quality.check_results where suite = 'landed_d01'"
    ((checks, passed),) = office.ask(checked)
    assert checks == passed > 0
    assert (office.home / "site" / "suites" / "landed_d01.html").is_file()
    assert office.ask("select count(*) from marts.form_d01") == [(0,)]


def texts_of(file: Path) -> Iterator[str]:
    """Everything that a document or a workbook says, part by part."""
    if file.suffix == ".docx":
        document = Document(str(file))
        yield from (each.text for each in document.paragraphs)
        yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    elif file.suffix == ".xlsx":
        for sheet in load_workbook(file):
            yield from (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    else:
        yield file.read_text(encoding="utf-8")


def test_what_is_handed_out_speaks_of_communes(communes: tuple[Office, str, Path], tmp_path: Path) -> None:
    office, on = communes[0], dt.date.fromisoformat(AS_OF)
    lists = read_lists(SEEDS_DIR, office.raw / "reference")
    with duckdb.connect(str(office.home / "working.duckdb"), read_only=True) as working:
        assert write_templates(lists, on, tmp_path, ["2026-04", "2026-Q2"], {"18685"}, working).written == 2
        assert write_trips(working, lists, on, tmp_path, None).written == 13
        query = "select delivery_id from landed.deliveries where path like '%/18685/%'"
        only = {delivery for (delivery,) in working.execute(query).fetchall()}
        receipts = write_receipts(working, office.home / "archive", tmp_path / "receipts", only, processes=1)
        assert (receipts.written, receipts.failed) == (8, [])
    write_bulletin(office.published, tmp_path)
    written = write_duties(office.published, tmp_path, lists[Duty])
    assert {"2.2b", "2.5", "3.1", "3.2a", "3.2b", "3.2c"}.isdisjoint(written.silent)
    assert "Đơn vị xếp cuối theo chỉ số chỉ đạo, điều hành: Xã " in "".join(texts_of(tmp_path / "bao-cao-2026-03.docx"))
    notice = [duty.duty_vi[:40] for duty in lists[Duty]] + [duty.owner_vi for duty in lists[Duty]]
    said = [(file, text) for file in sorted(tmp_path.rglob("*.*")) if file.suffix != ".html" for text in texts_of(file)]
    assert {file.suffix for file, _ in said} == {".docx", ".xlsx", ".txt"}
    of_districts = [
        (file.name, text)
        for file, text in said
        if re.search(r"\bhuyện\b|19 tiêu chí", text, re.IGNORECASE)
        and not text.startswith("Không còn cấp huyện")
        and "nhiệm vụ của cấp huyện không còn" not in text
        and not any(words in text for words in notice)
    ]
    assert of_districts == []


def test_a_commune_s_marks_stand_under_the_criteria_that_they_are_of(communes: tuple[Office, str, Path]) -> None:
    page = (communes[0].home / "site" / "communes" / "18685.html").read_text(encoding="utf-8")
    (grid,) = re.findall(r'<table class="grid">.*?</table>', page, re.DOTALL)
    months = re.findall(r'<th scope="col">(\d+)<span class="sr"> năm (\d+)', grid)
    assert months == [("1", "2026"), ("2", "2026"), ("3", "2026")]
    assert len(re.findall(r'<th scope="row">', grid)) == 10


def test_no_row_of_a_month_names_a_district(communes: tuple[Office, str, Path]) -> None:
    tables = communes[0].ask(
        """
        select schema_name || '.' || table_name from duckdb_columns() where schema_name in ('marts', 'quality')
        group by all having bool_or(column_name = 'district_code') and bool_or(column_name = 'month')
        """
    )
    assert len(tables) > 10
    assert [
        table for (table,) in tables if communes[0].ask(f"select count(district_code) from {table}") != [(0,)]
    ] == []


def test_nobody_is_asked_for_what_was_due_before_the_history_begins(communes: tuple[Office, str, Path]) -> None:
    assert communes[0].ask("select min(due_on) from marts.fct_tasks where due_on < date '2025-08-01'") == [(None,)]
    assert communes[0].ask("select count(*) from marts.fct_tasks where state = 'overdue'") == [(0,)]


def _written(value: object) -> str:
    """A value as the truth writes it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(
    ("figure", "table"), [("models_running", "marts.commune_months"), ("reports_on_time", "quality.obligations")]
)
def test_a_figure_of_the_province_leads_to_its_communes(
    communes: tuple[Office, str, Path], figure: str, table: str
) -> None:
    office = communes[0]
    found = trace(office.published, office.home / "working.duckdb", "marts.province_months", ["2026-03", figure])
    (below,) = [step for step in found.step.steps if step.table == table]
    assert below.agreement.endswith("khớp · agrees")
    assert found.places
