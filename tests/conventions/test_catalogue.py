"""What catalogue.yml says of the published tables is said of all of them, once, and of nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.products.trace import read_lineage
from pipelines.warehouse.catalogue import (
    Columns,
    caption,
    describe_tables,
    find_codes,
    find_relationships,
    read_catalogue,
    split_languages,
)

pytestmark = [
    # dbt and its libraries warn about themselves; their warnings are not ours to hold
    pytest.mark.filterwarnings("default"),
]

LOOKS_LIKE_A_KEY = re.compile(r"(^|_)(id|code)$")


@pytest.fixture(scope="module")
def published(manifest: dict[str, Any]) -> Columns:
    """The columns of the tables that dbt publishes, with their types."""
    return {
        f"{node['schema']}.{node['alias']}": {
            name: (column["data_type"] or "").upper() for name, column in node["columns"].items()
        }
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] in {"marts", "quality"}
    }


def test_every_column_that_looks_like_a_key_is_joined_or_has_a_reason(published: Columns) -> None:
    catalogue = read_catalogue()
    joined = {(table, column) for table, join in find_relationships(published) for column in join.columns}
    joined |= {(table, column) for table, key in catalogue.keys.items() for column in key}
    reasoned = {column for columns in catalogue.no_joins.values() for column in columns}
    keys = {
        (table, column) for table, columns in published.items() for column in columns if LOOKS_LIKE_A_KEY.search(column)
    }
    assert {(table, column) for table, column in keys - joined if column not in reasoned} == set()
    assert {column for _, column in keys - joined} == reasoned, "a reason that nothing needs any more"


def test_every_join_starts_somewhere_and_ends_at_the_key_of_a_table(published: Columns) -> None:
    catalogue = read_catalogue()
    starts = list(find_relationships(published))
    for join in catalogue.joins:
        tables = {table for table, each in starts if each == join}
        assert tables, join
        assert tables >= {*(join.within or ()), *join.partly}, join
        assert published[join.to].keys() >= {*catalogue.keys[join.to]}
        assert len(join.columns) == len(catalogue.keys[join.to])
    assert {join.to for join in catalogue.joins} == catalogue.keys.keys()


def test_keys_are_those_by_which_rows_are_traced() -> None:
    lineage = read_lineage()
    assert {table: lineage[table]["key"] for table in read_catalogue().keys} == {
        table: list(key) for table, key in read_catalogue().keys.items()
    }


def test_a_misspelt_key_is_named(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yml"
    file.write_text("keys: {}\nno_joins: {}\njoins: [{colums: [a], to: b, vi: c, en: d}]", encoding="utf-8")
    with pytest.raises(ValidationError, match="colums"):
        read_catalogue(file)


def test_every_column_of_text_is_a_key_or_a_code_or_has_a_reason(published: Columns) -> None:
    catalogue = read_catalogue()
    codes = find_codes(published)
    joined = {(table, column) for table, join in find_relationships(published) for column in join.columns}
    joined |= {(table, column) for table, key in catalogue.keys.items() for column in key}
    reasoned = {column for columns in catalogue.no_joins.values() for column in columns}
    texts = {
        (table, column)
        for table, columns in published.items()
        for column, kind in columns.items()
        if kind == "VARCHAR" and (table, column) not in {*codes, *joined} and column not in reasoned
    }
    named = [column for columns in catalogue.texts.values() for column in columns]
    assert {(table, column) for table, column in texts if column not in named} == set()
    assert sorted({column for _, column in texts}) == sorted(named), "named twice, or that nothing needs any more"


def test_every_code_is_worded_once_in_both_languages(published: Columns) -> None:
    codes = find_codes(published)
    assert len(codes) > 70
    for column, said in codes.items():
        assert len({code for code, _, _ in said}) == len(said) > 0, column
        assert all(vi and en for _, vi, en in said), column


def test_every_entry_of_codes_names_columns_that_are_published(published: Columns) -> None:
    found = find_codes(published)
    for codes in read_catalogue().codes:
        tables = {table for table, columns in published.items() if columns.keys() & {*codes.columns}}
        assert tables >= {*(codes.within or ())}, codes
        assert found.keys() & {(table, column) for table in tables for column in codes.columns}, codes


def test_every_column_is_called_something_else_in_its_table(manifest: dict[str, Any], published: Columns) -> None:
    comments = {
        f"{node['schema']}.{node['alias']}": {name: each["description"] for name, each in node["columns"].items()}
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and f"{node['schema']}.{node['alias']}" in published
    }
    (columns,) = (table for table in describe_tables(published, comments) if table.name == "columns")
    assert len(columns.rows) > sum(map(len, published.values()))
    for language in (5, 6):
        called: dict[tuple[str, str], str] = {}
        for row in columns.rows:
            text = row[language]
            assert 0 < len(text) <= LONGEST_CAPTION, row
            assert called.setdefault((row[1], text), row[2]) == row[2], row


def test_a_name_has_one_type_wherever_it_is_published(published: Columns) -> None:
    """`meta` too: a tool that stacks or joins tables by name finds what it expects."""
    kinds: dict[str, dict[str, set[str]]] = {}
    tables = {
        f"meta.{table.name}": {column: kind.upper() for column, (kind, _) in table.columns.items()}
        for table in describe_tables(published, {})
    }
    for table, columns in {**published, **tables}.items():
        for column, kind in columns.items():
            assert kind, (table, column)
            kinds.setdefault(column, {}).setdefault(kind, set()).add(table)
    assert {column: found for column, found in kinds.items() if len(found) > 1} == {}


LONGEST_CAPTION = 100


@pytest.mark.parametrize(
    ("comment", "vi", "en", "called"),
    [
        ("Loại: xã, huyện. Kind.", "Loại: xã, huyện.", "Kind.", ("Loại: xã, huyện", "Kind")),
        ("Quy mô: large, small. Size as stated.", "Quy mô: large, small.", "Size as stated.", ("Quy mô", "Size as stated")),
        (
            "Số xã; trống nếu chưa rõ. Xã nông thôn. Communes; NULL where unknown. Kỳ Anh is one.",
            "Số xã; trống nếu chưa rõ. Xã nông thôn.",
            "Communes; NULL where unknown. Kỳ Anh is one.",
            ("Số xã", "Communes"),
        ),
        ("Tỷ lệ nộp: so với tháng trước. Rate: against before.", *(
            "Tỷ lệ nộp: so với tháng trước.", "Rate: against before.", ("Tỷ lệ nộp: so với tháng trước", "Rate: against before")
        )),
        ("Một câu", "Một câu", "", ("Một câu", "")),
        ("", "", "", ("", "")),
    ],
)  # fmt: skip
def test_a_comment_is_two_languages_and_its_first_clause_a_heading(
    comment: str, vi: str, en: str, called: tuple[str, str]
) -> None:
    assert split_languages(comment) == (vi, en)
    assert (caption(vi), caption(en)) == called
