"""What tools for queries have to know of the published tables beside their comments: schema `meta` of the published file.

Here: which columns lead to which table (`meta.relationships`), what the codes of a column are called and in which order
they stand (`meta.codes`), how a figure may be added up (`meta.indicators`), what a column is called (`meta.columns`): from
catalogue.yml, the lists that word codes and indicators, and the tables and comments as they are published.
Not here: what a table or column means (its comment, written beside its model), how a code is called (wording.py and its
lists), and what is published (publish.py).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import duckdb
import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipelines.intake.forms import Forms, load_forms
from pipelines.reference.lists import read_list
from pipelines.reference.models import COMMUNE, DISTRICT, WARD, CriteriaSet, PublishedIndicator, ReporterType, Rule
from pipelines.settings import DBT_PROJECT_DIR, SEEDS_DIR
from pipelines.warehouse.own_forms import OwnForm
from pipelines.wording import code_label, field_label, form_label

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


class Codes(BaseModel):
    """Columns that hold codes: exactly one of `form`, `list_name`, `like` and `values` says which, in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: tuple[str, ...]
    within: tuple[str, ...] | None = None
    form: str | None = None
    list_name: (
        Literal["forms", "fields", "rules", "criteria_sets", "indicators", "reporter_types", "unit_levels"] | None
    ) = Field(None, alias="list")
    like: str | None = Field(None, alias="as")
    values: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if sum(source is not None for source in (self.form, self.list_name, self.like, self.values)) != 1:
            raise ValueError(f"{self.columns}: name one of form, list, as, values")
        return self


class Catalogue(BaseModel):
    """What catalogue.yml says.

    `keys`: the key of each table that is joined to, each of its values in one row; `no_joins`: columns that look like keys and
    are not joined, `texts`: columns of text that hold no codes, each by the reason.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    keys: Mapping[str, tuple[str, ...]]
    joins: tuple[Join, ...]
    no_joins: Mapping[str, tuple[str, ...]]
    codes: tuple[Codes, ...]
    texts: Mapping[str, tuple[str, ...]]


WordedCode = tuple[str, str, str]
"""A code, and how it is called in Vietnamese and English."""


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


def describe_tables(
    published: Columns,
    comments: Mapping[str, Mapping[str | None, str]],
    own_forms: Sequence[OwnForm] = (),
    words: Mapping[str, list[WordedCode]] | None = None,
) -> Iterator[Table]:
    """Yield the tables of schema `meta` that follow from the published tables and their comments.

    `comments`: of each column by its name, of the table itself by None, by 'schema.table'. `own_forms`: those that the
    office has added, whose words stand in no list of ours. `words`: what `read_words` says of the lists in force; without, ours.
    """
    tables = [_relationships(published), _codes(published, own_forms, words or {}), _indicators(comments)]
    yield from tables
    ours = {f"meta.{table.name}": table.columns for table in tables}
    yield _columns(
        {
            **published,
            **{name: {column: kind.upper() for column, (kind, _) in columns.items()} for name, columns in ours.items()},
        },
        {
            **comments,
            **{name: {column: text for column, (_, text) in columns.items()} for name, columns in ours.items()},
        },
    )


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


def find_codes(
    published: Columns, own_forms: Sequence[OwnForm] = (), words: Mapping[str, list[WordedCode]] | None = None
) -> dict[tuple[str, str], list[WordedCode]]:
    """Return the codes of each column that holds some, in their order, by ('schema.table', column).

    `own_forms` and `words` as in `describe_tables`. Raises KeyError for a code that `labels` does not word, naming it.
    """
    own_tables = {form.table for form in own_forms}
    allowed = read_allowed_words()
    by_column = {
        (table, column): _word(column, words) for (table, column), words in allowed.items() if table in published
    }
    for codes in read_catalogue().codes:
        for table, columns in published.items():
            if table in own_tables:
                continue
            for column in codes.columns:
                if column in columns and (codes.within is None or table in codes.within):
                    by_column[table, column] = _codes_of(codes, column, allowed, words or {}) + _own_words(
                        codes, own_forms
                    )
    for form in own_forms:
        for item in form.fields:
            if item.codes:
                by_column[form.table, item.column] = [(code, word, word) for code, word in item.codes]
            elif item.type == "mark":
                by_column[form.table, item.column] = _word(item.column, ("met", "not_met"))
    return by_column


def _own_words(codes: Codes, own_forms: Sequence[OwnForm]) -> list[WordedCode]:
    """Return what the office's own forms add to a list of ours."""
    if codes.list_name == "forms":
        return [(form.code, form.label, f"{form.number or form.code}: {form.row_en}") for form in own_forms]
    if codes.list_name == "fields":
        ours = {code for code, _, _ in _all_fields()}
        words = {item.name: (item.name, item.label_vi, item.label_en) for form in own_forms for item in form.fields}
        return [word for name, word in words.items() if name not in ours]
    return []


@cache
def read_allowed_words(folder: Path = DBT_PROJECT_DIR / "models") -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the words that the well_formed test beside a published model allows, by ('schema.table', column)."""
    allowed_words = {}
    for schema in ("marts", "quality"):
        for file in sorted((folder / schema).rglob("*.yml")):
            for model in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).get("models", []):
                table = f"{schema}.{model.get('config', {}).get('alias', model['name'])}"
                for test in model.get("data_tests", []):
                    words = test.get("well_formed", {}).get("arguments", {}).get("words", {})
                    allowed_words |= {(table, column): tuple(map(str, allowed)) for column, allowed in words.items()}
    return allowed_words


def _codes_of(
    codes: Codes,
    column: str,
    allowed: Mapping[tuple[str, str], tuple[str, ...]],
    words: Mapping[str, list[WordedCode]],
) -> list[WordedCode]:
    if codes.form is not None:
        form, _, field = codes.form.partition(".")
        return _word(column, _forms()[form].by_name[field].code_words or ())
    if codes.like is not None:
        table, _, of = codes.like.rpartition(".")
        return _word(column, allowed[table, of])
    if codes.list_name is not None:
        of_list = words.get(codes.list_name)
        before = _word(column, _BEFORE.get(codes.list_name, ()))
        return before + (_LISTS[codes.list_name]() if of_list is None else of_list)
    return _word(column, codes.values or ())


def _word(column: str, codes: Iterable[str]) -> list[WordedCode]:
    return [(code, code_label(column, code), code_label(column, code, "en")) for code in codes]


@cache
def _forms() -> Forms:
    return load_forms()


def _all_forms() -> list[WordedCode]:
    forms = _forms()
    return [(form.code, form_label(forms, form.code), f"{form.number or form.code}: {form.row_en}") for form in forms]


def _all_fields() -> list[WordedCode]:
    fields = dict.fromkeys(field.name for form in _forms() for field in form.fields)
    return [(field, field_label(field), field_label(field, "en")) for field in fields]


def _reporter_types() -> list[WordedCode]:
    return [(row.reporter_type, row.label_vi, row.label_en) for row in read_list(ReporterType, SEEDS_DIR)]


_LISTS: Mapping[str, Callable[[], list[WordedCode]]] = {
    "forms": _all_forms,
    "fields": _all_fields,
    "rules": lambda: [(row.rule_id, row.description_vi, row.description_en) for row in read_list(Rule, SEEDS_DIR)],
    "indicators": lambda: [
        (row.indicator, row.name_vi, row.name_en) for row in read_list(PublishedIndicator, SEEDS_DIR)
    ],
    "criteria_sets": lambda: [
        (row.set_id, row.title_vi, row.title_en or row.title_vi) for row in read_list(CriteriaSet, SEEDS_DIR)
    ],
    "reporter_types": _reporter_types,
    "unit_levels": _reporter_types,
}
"""The lists that codes come from with their words, as we have them."""
_BEFORE = {"reporter_types": (DISTRICT, COMMUNE, WARD), "unit_levels": ("province", DISTRICT, COMMUNE)}
"""Codes that stand before those of a list: units."""


def read_words(connected: duckdb.DuckDBPyConnection) -> dict[str, list[WordedCode]]:
    """Return the words of lists that an office may overlay, by list, as the working file was loaded with them."""
    types = connected.execute("select reporter_type, label_vi, label_en from reference.reporter_types").fetchall()
    sets = connected.execute(
        "select set_id, title_vi, coalesce(title_en, title_vi) from reference.criteria_sets"
    ).fetchall()
    return {"reporter_types": types, "unit_levels": types, "criteria_sets": sets}


def _codes(published: Columns, own_forms: Sequence[OwnForm], words: Mapping[str, list[WordedCode]]) -> Table:
    rows = [
        (*table.split("."), column, code, label_vi, label_en, place)
        for (table, column), codes in find_codes(published, own_forms, words).items()
        for place, (code, label_vi, label_en) in enumerate(codes, 1)
    ]
    return Table(
        "codes",
        "Mỗi dòng là một mã của một cột, với cách gọi. One row per code of a column: how it is called, in which order.",
        {
            "table_schema": ("varchar", "Lược đồ. Schema."),
            "table_name": ("varchar", "Bảng. Table."),
            "column_name": ("varchar", "Cột. Column."),
            "code": ("varchar", "Mã. Code."),
            "label_vi": ("varchar", "Cách gọi, tiếng Việt. How it is called in Vietnamese."),
            "label_en": ("varchar", "Cách gọi, tiếng Anh. How it is called in English."),
            "sort": ("integer", "Thứ tự trong cột. Its place in the order of the column."),
        },
        rows,
    )


_HEADLINES = ("marts.district_months", "marts.province_months", "marts.commune_months")


def _indicators(comments: Mapping[str, Mapping[str | None, str]]) -> Table:
    """The list of indicators, each with what is said of its column."""
    rows = []
    for row in read_list(PublishedIndicator, SEEDS_DIR):
        tables = [table for table in _HEADLINES if row.indicator in comments.get(table, {})]
        definition = split_languages(comments[tables[0]][row.indicator]) if tables else ("", "")
        about = (
            row.indicator,
            row.name_vi,
            row.name_en,
            row.unit,
            *(code_label("unit", row.unit, each) for each in ("vi", "en")),
        )
        rows.append((*about, row.measure, row.over_units, row.over_months, *definition, ", ".join(tables), row.forms))
    return Table(
        "indicators",
        "Mỗi dòng là một chỉ số của marts.indicators. One row per indicator of marts.indicators: what it is, how it adds up.",
        {
            "indicator": ("varchar", "Mã chỉ số. The indicator."),
            "name_vi": ("varchar", "Tên, tiếng Việt. Its name in Vietnamese."),
            "name_en": ("varchar", "Tên, tiếng Anh. Its name in English."),
            "unit": ("varchar", "Mã đơn vị tính. What it is counted in."),
            "unit_vi": ("varchar", "Đơn vị tính, tiếng Việt. The same in Vietnamese words."),
            "unit_en": ("varchar", "Đơn vị tính, tiếng Anh. The same in English words."),
            "measure": (
                "varchar",
                (
                    "Loại số liệu: stock, flow, year_to_date, rate, average, index. Kind of figure; stock: at the month's end,"
                    " never summed over months; flow: of the month; year_to_date: summed since 1 January; the others: no amounts."
                ),
            ),
            "over_units": (
                "varchar",
                (
                    "Cách tính cho nhiều đơn vị: sum, weighted, average, ratio, none. How that of several units is made;"
                    " weighted: by units_covered; ratio: of the sums of numerator and denominator; none: not at all."
                ),
            ),
            "over_months": (
                "varchar",
                (
                    "Cách tính cho nhiều tháng: sum, last, ratio, none. How that of several months is made;"
                    " last: that of the last month; ratio: of the sums of numerator and denominator; none: not at all."
                ),
            ),
            "definition_vi": ("varchar", "Định nghĩa, tiếng Việt. Its definition in Vietnamese."),
            "definition_en": ("varchar", "Định nghĩa, tiếng Anh. Its definition in English."),
            "tables": ("varchar", "Các bảng có chỉ số này. Tables that have it as a column."),
            "forms": (
                "varchar",
                "Biểu mẫu nguồn. Forms that it is reported on; NULL: from the receipt of reports itself.",
            ),
        },
        rows,
    )


def split_languages(comment: str) -> tuple[str, str]:
    """Return the Vietnamese and the English part of a comment, which is written in this order; '' where one is not there.

    They part at the end of a sentence, where most words with Vietnamese letters are before and fewest after it.
    """
    sentences = _SENTENCE_END.split(comment.strip())
    parts = [(" ".join(sentences[:place]), " ".join(sentences[place:])) for place in range(1, len(sentences))]
    return max(parts, key=lambda both: _vietnamese(both[0]) - _vietnamese(both[1]), default=(comment, ""))


def caption(text: str) -> str:
    """Return what a column is called in a heading: its description up to the first semicolon, bracket or list of codes.

    Where that is still long, up to the first colon.
    """
    clause = _CLAUSE_END.split(text, maxsplit=1)[0]
    if len(clause) > _LONG:
        clause = clause.partition(": ")[0]
    return clause.strip().rstrip(".,: ")


_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_VIETNAMESE = re.compile(r"[À-ỹ]")
_CLAUSE_END = re.compile(r"[;(]|[.?!] |: (?=[a-z_]+(?:,|\.|$))")
_LONG = 60


def _vietnamese(text: str) -> float:
    words = text.split()
    return sum(_VIETNAMESE.search(word) is not None for word in words) / len(words)


def _columns(published: Columns, comments: Mapping[str, Mapping[str | None, str]]) -> Table:
    rows = []
    for table, columns in published.items():
        for place, (column, kind) in enumerate(columns.items(), 1):
            vi, en = split_languages(comments.get(table, {}).get(column, ""))
            rows.append((*table.split("."), column, place, kind, caption(vi), caption(en), vi, en))
    return Table(
        "columns",
        "Mỗi dòng là một cột của một bảng công bố, với tên gọi và giải thích. One row per column of a published table: what it is"
        " called in a heading, and what it means.",
        {
            "table_schema": ("varchar", "Lược đồ. Schema."),
            "table_name": ("varchar", "Bảng. Table."),
            "column_name": ("varchar", "Cột. Column."),
            "ordinal_position": ("integer", "Thứ tự trong bảng. Its place in the table."),
            "data_type": ("varchar", "Kiểu dữ liệu. Type."),
            "caption_vi": ("varchar", "Tên gọi, tiếng Việt. What it is called in Vietnamese."),
            "caption_en": ("varchar", "Tên gọi, tiếng Anh. What it is called in English."),
            "description_vi": ("varchar", "Giải thích, tiếng Việt. What it means, in Vietnamese."),
            "description_en": ("varchar", "Giải thích, tiếng Anh. What it means, in English."),
        },
        rows,
    )
