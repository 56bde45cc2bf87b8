"""What catalogue.yml says of the published tables is said of all of them, once, and of nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.products.trace import read_lineage
from pipelines.warehouse.catalogue import Columns, find_relationships, read_catalogue

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
