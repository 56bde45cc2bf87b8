"""A form that an office adds, without SQL: its blank workbook filled in, read, judged, published and sent back."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook

from pipelines.intake.forms import load_forms_of
from pipelines.products.receipts import write_receipts
from pipelines.products.templates import write_templates
from pipelines.products.trace import trace
from pipelines.progress import Watcher
from pipelines.reference.lists import read_lists
from pipelines.scaffold import landed_suite
from pipelines.settings import CHECKOUT, SEEDS_DIR
from pipelines.warehouse import measures
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.load import load, open_working_file
from pipelines.warehouse.publish import publish
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.verdicts import Build
from tests.integration.landed import Built, Landed, table
from tests.integration.recorded import Recording

AS_OF = dt.date(2014, 10, 20)
RECEIVED = dt.datetime(2014, 10, 3, tzinfo=dt.UTC).timestamp()


REFERENCE = {
    "forms/d01.yml": (CHECKOUT / "docs" / "office_forms" / "d01.yml").read_text(encoding="utf-8"),
    "reporting_routes.csv": "form,reporter_type,units,rolls_up_to,valid_from\nD01,district,its_communes,district,2014-09-01\n",
    "reporting_calendar.csv": (
        "form,reporter_type,reporters,frequency,due_days_after_period_end,valid_from\nD01,district,all,quarter,10,2014-09-01\n"
    ),
}
ROWS: list[list[Any]] = [
    [1, "Kim Lộc", "Cam Khe Mây", "Trần Thị Bé", "★★★★", dt.date(2017, 9, 30), "1.250,5", "của bà Trần Thị Bé"],
    [2, "Thiên Lộc", "Mật ong", None, 3, None, 300, None],
    [3, "Xuân Lộc", "Nhung hươu", None, "6 sao", None, 80, None],
]


@dataclass(frozen=True)
class Outcome:
    """What became of one workbook: its blank form, the files that were written, and the working file."""

    template: Path
    published: duckdb.DuckDBPyConnection
    published_file: Path
    working_file: Path
    receipt: Path


def write_reference(folder: Path) -> Path:
    """Write the files of the office that has the form; return their folder."""
    for name, text in REFERENCE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def fill_in(template: Path, filled: Path) -> None:
    """Fill in the sheet of the form, and send nothing else of the workbook."""
    workbook = load_workbook(template)
    for sheet in workbook.worksheets:
        if sheet.title == "Biểu 01-NTM-D":
            for row, cells in enumerate(ROWS, 7):
                for column, value in enumerate(cells, 1):
                    sheet.cell(row, column, value)
    for sheet in [each for each in workbook.worksheets if each.title != "Biểu 01-NTM-D"]:
        workbook.remove(sheet)
    filled.parent.mkdir(parents=True)
    workbook.save(filled)
    os.utime(filled, (RECEIVED, RECEIVED))


@pytest.fixture(scope="module")
def outcome(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    folder = tmp_path_factory.mktemp("office")
    raw = folder / "raw"
    lists = read_lists(SEEDS_DIR, write_reference(raw / "reference"))
    write_templates(lists, AS_OF, folder / "templates", ["2014-Q3"], {"443"})
    (template,) = (folder / "templates" / "443" / "2014-Q3").iterdir()
    fill_in(template, raw / "443" / "quy 3.xlsx")

    reader = IntakeReader(SEEDS_DIR, raw / "reference", AS_OF)
    archive, working_file = Archive(folder / "archive"), folder / "working.duckdb"
    published_file = folder / "published" / "ntm.duckdb"
    with open_working_file(working_file) as working:
        load(working, raw, archive, folder / "secret", reader, reader.lists, reader.limits, Watcher(), 1)
        recording.play(working, AS_OF.isoformat(), "+path:models", is_tested=False)
        publish(working, published_file, Build(dt.datetime(2014, 10, 20, 3), AS_OF, "1.0"))
        write_receipts(working, folder / "archive", folder / "receipts", processes=1)
    (receipt,) = (folder / "receipts" / "443" / "2014-Q3").iterdir()
    with duckdb.connect(str(published_file), read_only=True) as published:
        yield Outcome(template, published, published_file, working_file, receipt)


def test_its_blank_form_is_handed_out_with_its_words_to_choose_from(outcome: Outcome) -> None:
    sheet = load_workbook(outcome.template)["Biểu 01-NTM-D"]
    assert [cell.value for cell in sheet[6]][1:6] == ["Tên xã", "Tên sản phẩm", "Chủ thể", "Hạng sao", "Có giá trị đến"]
    assert '"3 sao,4 sao,5 sao"' in {rule.formula1 for rule in sheet.data_validations.dataValidation}


def test_its_rows_are_published_with_place_period_and_cell(outcome: Outcome) -> None:
    rows = table(outcome.published, "select * exclude (submission_id) from marts.form_d01 order by row_number")
    at = {"month": dt.date(2014, 9, 1), "period": "2014-Q3", "reporter_code": "443", "sheet": "Biểu 01-NTM-D"}
    unknown = {"recognised_until": None, "note": None}
    told = [
        {"commune_code": "18424", "product": "Cam Khe Mây", "stars": "4", "sales_million_vnd": 1250.5, "cell": "B7"}
        | {"recognised_until": dt.date(2017, 9, 30), "note": "của bà •••", "row_number": 7},
        {"commune_code": "18415", "product": "Mật ong", "stars": "3", "sales_million_vnd": 300.0, "cell": "B8"}
        | {**unknown, "row_number": 8},
        {"commune_code": "18475", "product": "Nhung hươu", "stars": None, "sales_million_vnd": 80.0, "cell": "B9"}
        | {**unknown, "row_number": 9},
    ]
    assert rows == [at | row for row in told]


def test_no_person_that_it_names_leaves_the_house(outcome: Outcome) -> None:
    columns = outcome.published.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() where data_type = 'VARCHAR'"
    ).fetchall()
    named = [
        (name, column)
        for name, column in columns
        for (text,) in outcome.published.execute(f'select distinct "{column}" from {name}').fetchall()
        if "trần thị bé" in (text or "").lower()
    ]
    assert columns
    assert not named


def test_its_table_and_columns_say_what_they_are(outcome: Outcome) -> None:
    ask = outcome.published.execute
    ((comment,),) = ask("select comment from duckdb_tables() where table_name = 'form_d01'").fetchall()
    assert comment == (
        "Mỗi dòng là một sản phẩm OCOP trong Biểu 01/NTM-D hiện hành (Sản phẩm OCOP được xếp hạng). "
        "One row per OCOP product in the current reports of form D01."
    )
    captions = "select caption_vi, caption_en from meta.columns where table_name = 'form_d01' and column_name in (?, ?)"
    called = [("Tên sản phẩm", "Product"), ("Ngày hết hạn công nhận", "Last day of the recognition")]
    assert ask(captions, ["product", "recognised_until"]).fetchall() == called
    codes = (
        "select code, label_vi from meta.codes where table_name = 'form_d01' and column_name = 'stars' order by sort"
    )
    assert ask(codes).fetchall() == [("3", "3 sao"), ("4", "4 sao"), ("5", "5 sao")]
    joined = "select to_table from meta.relationships where from_table = 'form_d01' and from_columns = 'commune_code'"
    assert ask(joined).fetchall() == [("dim_commune_current",)]


def test_it_is_owed_and_its_findings_are_told(outcome: Outcome) -> None:
    ask = outcome.published.execute
    owed = "select reporter_code, status from quality.obligations where form = 'D01' and submission_id is not null"
    assert ask(owed).fetchall() == [("443", "on_time")]
    ((missing,),) = ask("select count(*) from quality.obligations where form = 'D01' and status = 'missing'").fetchall()
    assert missing == 11
    found = (
        "select rule_id, cell, field, received_value from quality.findings where form = 'D01' and severity = 'error'"
    )
    assert ask(found).fetchall() == [("E03", "E9", "stars", "6 sao")]
    ((message,),) = ask("select message_vi from quality.findings where form = 'D01' and rule_id = 'E03'").fetchall()
    assert "Hạng sao" in message


def test_rules_that_look_at_it_say_that_they_could_not_run(outcome: Outcome) -> None:
    ask = outcome.published.execute
    rules = "select id from quality.rules where list_contains(string_split(forms, ';'), 'D01') order by id"
    looking = [rule for (rule,) in ask(rules).fetchall()]
    assert {"E01", "R01", "K02"} <= {*looking}
    silent = """
        select rule_id, count(*) from quality.rule_results
        where form = 'D01' and reporter_code <> '443' and reason = 'no_report' group by rule_id order by rule_id
    """
    assert ask(silent).fetchall() == [(rule, 11) for rule in looking if rule != "D01"]


def test_its_receipt_marks_the_cell(outcome: Outcome) -> None:
    sheet = load_workbook(outcome.receipt)["Biểu 01-NTM-D"]
    assert sheet["E9"].comment is not None
    cover = load_workbook(outcome.receipt).worksheets[0]
    assert any("Sản phẩm OCOP được xếp hạng" in str(cell.value) for row in cover.rows for cell in row)


def test_its_rows_lead_back_to_their_cells(outcome: Outcome) -> None:
    found = trace(outcome.published_file, outcome.working_file, "marts.form_d01", ["stars=4"])
    assert [(place.path, place.sheet, place.cells) for place in found.places] == [
        ("443/quy 3.xlsx", "Biểu 01-NTM-D", ("B7",))
    ]


def test_what_was_read_of_it_is_judged_by_its_definition(outcome: Outcome, tmp_path: Path) -> None:
    (form,) = [form for form in load_forms_of(read_lists(SEEDS_DIR, write_reference(tmp_path))) if form.is_own]
    suite = landed_suite(form)
    changed = shutil.copy(outcome.working_file, tmp_path / "working.duckdb")
    with duckdb.connect(str(changed)) as working:
        counts = measures.count(working, suite)
        assert counts is not None
        assert [count.failed for count in counts if count] == [0] * len(suite.expectations)
        working.execute("update landed.d01 set stars = '6', sales_million_vnd = -1, sheet = null where row_number = 7")
        counts = measures.count(working, suite)
        assert counts is not None
        failed = [
            each["kwargs"]["column"]
            for each, count in zip(suite.expectations, counts, strict=True)
            if count and count.failed
        ]
    assert failed == ["sheet", "stars", "sales_million_vnd"]


@pytest.fixture(scope="module")
def corrected(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """A report of the form, the same once more, and a correction of it."""
    folder = tmp_path_factory.mktemp("corrected")
    lists = read_lists(SEEDS_DIR, write_reference(folder / "reference"))
    landed = Landed(lists.own_forms)
    orange = {
        "commune_code": "18424",
        "product": "Cam Khe Mây",
        "stars": "3",
        "owner_name": "Trần Thị Bé",
        "item_key": "cam",
    }
    honey = {"commune_code": "18415", "product": "Mật ong", "stars": "4", "item_key": "mật"}
    landed.report("D01", "443", "2014-Q3", "2014-10-02", [orange, honey], content="first")
    landed.report("D01", "443", "2014-Q3", "2014-10-03", [honey, orange], content="the same in another order")
    landed.report("D01", "443", "2014-Q3", "2014-10-04", [orange | {"stars": "4", "owner_name": "Lê Văn Cả"}, honey])
    built = landed.build(
        folder / "working.duckdb", AS_OF.isoformat(), recording, select="+revisions +int_person_names", lists=lists
    )
    yield built
    built.connected.close()


def test_a_correction_is_told_field_by_field_without_names(corrected: Built) -> None:
    changes = "select field, change, unit_code, old_value, new_value from quality.revisions"
    assert corrected.connected.execute(changes).fetchall() == [("stars", "changed", "18424", "3", "4")]


def test_reports_that_say_the_same_have_one_content(corrected: Built) -> None:
    contents = """
        select count(*), count(distinct content_hash), min(value_cells) from intermediate.int_submission_contents
        inner join landed.submissions using (submission_id) where form = 'D01'
    """
    assert corrected.connected.execute(contents).fetchall() == [(3, 2, 5)]


def test_whoever_it_names_is_a_person(corrected: Built) -> None:
    names = corrected.connected.execute("select name_key from intermediate.int_person_names order by 1").fetchall()
    assert names == [("le van ca",), ("tran thi be",)]
