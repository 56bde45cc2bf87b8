"""The published tables as files of their own: the same rows, and what they mean beside them."""

import csv
import datetime as dt
import json
import re
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from pipelines.products.export import Exported, ExportError, export
from pipelines.warehouse.load import open_working_file
from pipelines.warehouse.publish import publish
from pipelines.warehouse.verdicts import Build
from tests.shared import land_definitions

AT = dt.datetime(2015, 7, 20, 3, 0)
COMMENT = "Mỗi dòng là một huyện trong một tháng. One row per district and month."
NAME = "Tên huyện, <b>kèm</b> loại. Name of the district."


@pytest.fixture
def published_file(tmp_path: Path) -> Path:
    with open_working_file(tmp_path / "working.duckdb") as working:
        working.execute(
            f"""
            create schema landed; create schema marts; create schema quality; create schema publishing;
            create table publishing.name_masks (table_name varchar, column_name varchar, text varchar, masked varchar);
            create table landed.check_results (suite varchar, is_passed boolean, built_at timestamp);
            create table quality.check_results as select * from landed.check_results;
            create table quality.deliveries as select 'd1' as delivery_id, timestamp '2014-10-03 02:00' as received_at;
            create table quality.submissions as select 's1' as submission_id;
            create table marts.district_months (month date, district_code varchar, district_name varchar, timeliness double);
            insert into marts.district_months values
                ('2015-06-01', '0443', 'Huyện Can Lộc', 0.5), ('2015-06-01', '0449', '=1+1', null);
            comment on table marts.district_months is '{COMMENT}';
            comment on column marts.district_months.district_name is '{NAME}';
            """
        )
        land_definitions(working)
        publish(working, tmp_path / "published" / "ntm.duckdb", Build(AT, dt.date(2015, 7, 20), "1.0"))
    return tmp_path / "published" / "ntm.duckdb"


@pytest.fixture
def exported(published_file: Path, tmp_path: Path) -> Exported:
    return export(published_file, tmp_path / "export")


def test_each_table_is_a_parquet_file_with_its_rows_types_and_comments(exported: Exported) -> None:
    file = exported.folder / "parquet" / "marts.district_months.parquet"
    assert duckdb.sql(f"from '{file}' order by all").fetchall() == [
        (dt.date(2015, 6, 1), "0443", "Huyện Can Lộc", 0.5),
        (dt.date(2015, 6, 1), "0449", "=1+1", None),
    ]
    said = dict(duckdb.sql(f"select decode(key), decode(value) from parquet_kv_metadata('{file}')").fetchall())
    assert said["comment"] == COMMENT
    assert json.loads(said["columns"])["district_name"] == NAME
    assert (
        exported.tables
        == len([*(exported.folder / "parquet").iterdir()])
        == len([*(exported.folder / "csv").iterdir()])
    )


def test_each_table_is_a_csv_that_a_spreadsheet_takes_for_utf_8(exported: Exported) -> None:
    content = (exported.folder / "csv" / "marts.district_months.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfmonth,")
    assert [*csv.reader(content.decode("utf-8-sig").splitlines())] == [
        ["month", "district_code", "district_name", "timeliness"],
        ["2015-06-01", "0443", "Huyện Can Lộc", "0.5"],
        ["2015-06-01", "0449", "=1+1", ""],
    ]


def test_the_dictionary_says_in_both_languages_what_tables_and_columns_mean(exported: Exported) -> None:
    book = load_workbook(exported.folder / "dictionary.xlsx")
    assert book.sheetnames == ["tables", "columns", "codes", "indicators", "relationships"]
    rows = [[cell.value for cell in row] for row in book["tables"].iter_rows()]
    assert ["marts.district_months", 2, *COMMENT.replace(". One", ".|One").split("|")] in rows
    page = (exported.folder / "dictionary.html").read_text(encoding="utf-8")
    assert "Tên huyện, &lt;b&gt;kèm&lt;/b&gt; loại." in page
    assert "Name of the district." in page
    assert not re.search(r"(src|href)=\"(?!#)", page), "loads or leads to nothing outside"


def test_a_table_that_is_gone_leaves_no_file_and_another_export_changes_none(
    exported: Exported, published_file: Path
) -> None:
    left = exported.folder / "csv" / "marts.gone.csv"
    left.write_text("a", encoding="utf-8")
    before = {file: file.read_bytes() for file in exported.folder.rglob("*.*") if file != left}
    export(published_file, exported.folder)
    assert {file: file.read_bytes() for file in exported.folder.rglob("*.*")} == before


def test_a_file_of_an_older_version_is_refused_in_one_line(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "old.duckdb")) as old:
        old.execute("create schema marts; create table marts.a as select 1 as b")
    with pytest.raises(ExportError, match=r"meta\.columns"):
        export(tmp_path / "old.duckdb", tmp_path / "export")
