"""What tools for queries have to know of the published tables beside their comments: schema `meta` of the published file.

Here: which columns lead to which table (`meta.relationships`), from catalogue.yml and the tables as they are published.
Not here: what a table or column means (its comment, written beside its model), and what is published (publish.py).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

CATALOGUE = Path(__file__).with_suffix(".yml")
Columns = Mapping[str, Mapping[str, str]]
"""The published tables: type by column, by 'schema.table'."""


class Join(BaseModel):
    """Columns that lead to the key of a table, in its order, wherever they stand.

    `within` names the tables that it is said of, all that have the columns where it is missing; `partly` those with rows
    that find nothing there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[str, ...]
    to: str
    vi: str
    en: str
    within: tuple[str, ...] | None = None
    partly: tuple[str, ...] = ()


class Catalogue(BaseModel):
    """What catalogue.yml says.

    `keys`: the key of each table that is joined to, each of its values in one row; `no_joins`: columns that look like keys and
    are not joined, by the reason.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    keys: Mapping[str, tuple[str, ...]]
    joins: tuple[Join, ...]
    no_joins: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Table:
    """A table of schema `meta`: its comment, its columns with their types and comments, its rows."""

    name: str
    comment: str
    columns: Mapping[str, tuple[str, str]]
    rows: list[tuple[Any, ...]]


@cache
def read_catalogue(file: Path = CATALOGUE) -> Catalogue:
    """Return what catalogue.yml says. Raises pydantic.ValidationError for a misspelt key, naming it."""
    return Catalogue.model_validate(yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def describe_tables(published: Columns) -> Iterator[Table]:
    """Yield the tables of schema `meta` that follow from the published tables."""
    yield _relationships(published)


def find_relationships(published: Columns) -> Iterator[tuple[str, Join]]:
    """Yield each join with the table that it starts from."""
    catalogue = read_catalogue()
    for join in catalogue.joins:
        for table, columns in published.items():
            is_own_key = table == join.to and join.columns == catalogue.keys[join.to]
            if (join.within is None or table in join.within) and columns.keys() >= {*join.columns} and not is_own_key:
                yield table, join


def _relationships(published: Columns) -> Table:
    rows = [
        (
            *table.split("."),
            ", ".join(join.columns),
            *join.to.split("."),
            ", ".join(read_catalogue().keys[join.to]),
            "many_to_one",
            table not in join.partly,
            join.vi,
            join.en,
        )
        for table, join in find_relationships(published)
        if join.to in published
    ]
    return Table(
        "relationships",
        "Mỗi dòng là một liên kết giữa hai bảng: nối theo liên kết này không làm thay đổi số dòng của bảng xuất phát (nối trái)."
        " One row per join between two tables: a left join along it leaves the number of rows of the first as it is.",
        {
            "from_schema": ("varchar", "Lược đồ của bảng xuất phát. Schema of the table that the join starts from."),
            "from_table": ("varchar", "Bảng xuất phát. Table that the join starts from."),
            "from_columns": ("varchar", "Các cột của bảng xuất phát. Its columns, in the order of to_columns."),
            "to_schema": ("varchar", "Lược đồ của bảng được nối. Schema of the table that is joined."),
            "to_table": ("varchar", "Bảng được nối. Table that is joined."),
            "to_columns": ("varchar", "Các cột khóa của bảng được nối. Its key."),
            "cardinality": (
                "varchar",
                "Kiểu quan hệ: nhiều dòng ứng với một dòng. Always many_to_one: a row finds one row at most.",
            ),
            "is_always_found": (
                "boolean",
                "Mọi giá trị đều có trong bảng được nối. Whether every value, where there is one, is found.",
            ),
            "meaning_vi": ("varchar", "Ý nghĩa, tiếng Việt. What is found there, in Vietnamese."),
            "meaning_en": ("varchar", "Ý nghĩa, tiếng Anh. What is found there, in English."),
        },
        rows,
    )
