"""Reference lists as tables: typed, merged, whole, and the schema without anything else."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from pipelines.reference.lists import columns, read_lists
from pipelines.reference.models import LISTS
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.lists import land_lists


@pytest.fixture
def working(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(tmp_path / "working.duckdb"))


def test_each_list_is_a_table_of_its_types_with_all_its_rows(working: duckdb.DuckDBPyConnection) -> None:
    lists = read_lists(SEEDS_DIR)
    land_lists(working, lists)
    for model in LISTS:
        found = working.execute(f"select * from reference.{model.name_of_list} limit 0").description
        assert [(name, str(kind)) for name, kind, *_ in found] == columns(model)
        assert working.execute(f"select count(*) from reference.{model.name_of_list}").fetchone() == (
            len(lists[model]),
        )
    newest = working.execute("select max(valid_from) from reference.units").fetchone()
    assert newest == (dt.date(2025, 7, 1),), "rows that hold only later, too"


def test_landing_again_leaves_what_the_lists_say_now(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    working.execute("create schema reference")
    working.execute("create table reference.no_list_any_more (a integer)")
    working.execute("create table reference.contacts (a integer)")
    contacts = tmp_path / "contacts.csv"
    contacts.write_text("reporter_code,name\n443,Trần Thị Liên\n", encoding="utf-8")
    land_lists(working, read_lists(SEEDS_DIR, tmp_path))
    assert working.execute("select reporter_code, name, phone from reference.contacts").fetchall() == [
        ("443", "Trần Thị Liên", None)
    ]
    contacts.unlink()
    land_lists(working, read_lists(SEEDS_DIR, tmp_path))
    assert working.execute("select * from reference.contacts").fetchall() == []
    tables = working.execute("select table_name from duckdb_tables() where schema_name = 'reference'").fetchall()
    assert {name for (name,) in tables} == {model.name_of_list for model in LISTS}
