"""The forms that an office has added: their landed rows as SQL finds them all, and as tables for readers.

A form of ours has models and a mart that are written for it; of one that the office adds (`reference/forms/d01.yml` in its
raw folder) nobody writes any. Here: the view `landed.own_cells`, by which what holds for the rows of every form (copies,
corrections, names of persons) holds for these; and the views `marts.form_<code>`, which publication copies as it copies
every table: the rows of the reports that stand, each with period, reporter and cell, without what is personal.
Not here: what a form is (pipelines/intake/forms), which report stands (dbt: int_submission_verdicts), and the masking of
names in texts (dbt: name_masks).
"""
# ruff: noqa: S608 (names of tables and columns are those of checked definitions)

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from pipelines.intake.forms import Form
from pipelines.warehouse.rows import fetch_dicts, quote
from pipelines.wording import form_label_of

_COLUMNS = (
    *(("form", "varchar"), ("submission_id", "varchar"), ("delivery_id", "varchar"), ("sheet", "varchar")),
    *(("table_no", "integer"), ("row_number", "integer"), ("landed_no", "bigint"), ("item_key", "varchar")),
    *(
        ("unused_reason", "varchar"),
        ("required_cells", "integer"),
        ("filled_cells", "integer"),
        ("unit_code", "varchar"),
    ),
    *(("field_no", "integer"), ("field", "varchar"), ("value", "varchar")),
)
"""Of the view of all cells: `landed_no` tells the rows of a landed table apart, `field_no` counts the fields of a row from 1."""
ROW_ID = "rowid"
"""DuckDB's number of a row of a table, in the order of landing; who lands rows elsewhere puts its own in its place."""
_LEFT_OUT = frozenset({"row_no"})
"""Numbering says nothing that the row's place does not."""


@dataclass(frozen=True)
class OwnField:
    """A field of an own form as it is published: its column, its defined type, how it is called, its codes with their words."""

    name: str
    column: str
    type: str
    label_vi: str
    label_en: str
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OwnForm:
    """A form that the office has added, as the build that lies in the working file knows it."""

    code: str
    number: str | None
    title: str
    row_vi: str
    row_en: str
    fields: tuple[OwnField, ...] = ()
    place_fields: tuple[str, ...] = ()
    """All fields in the order of the form, personal ones too: the first that a sheet has says in which cell a row begins."""

    @property
    def table(self) -> str:
        """Name of its published table."""
        return f"marts.form_{self.code.lower()}"

    @property
    def label(self) -> str:
        """How it is called."""
        return form_label_of(self.number, self.title)


def views(forms: Iterable[Form]) -> dict[str, str]:
    """Return the views over the landed tables of these forms, their queries by name: `own_cells`, empty without an own form."""
    nothing = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in _COLUMNS)
    parts = [f"select {nothing} where false", *(_cells(form) for form in forms if form.is_own)]
    return {"own_cells": " union all ".join(parts)}


def _cells(form: Form) -> str:
    unit = next((item.columns[1][0] for item in form.fields if item.type == "commune"), "cast(null as varchar)")
    names = ", ".join(quote(item.name) for item in form.fields)
    values = ", ".join(f'cast("{item.columns[0][0]}" as varchar)' for item in form.fields)
    return f"""
        select
            {quote(form.code)}, submission_id, delivery_id, sheet, table_no, row_number, {ROW_ID}, item_key, unused_reason,
            required_cells, filled_cells, {unit}, unnest(range(1, {len(form.fields) + 1}))::integer,
            unnest([{names}]), unnest([{values}])
        from landed.{form.table}
    """


def read_own_forms(connected: duckdb.DuckDBPyConnection) -> list[OwnForm]:
    """Return the own forms that the working file was loaded with."""
    codes: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for form, name, code, word in connected.execute(
        "select form, field, code, word from landed.form_codes order by form, field, position"
    ).fetchall():
        codes.setdefault((form, name), []).append((code, word))
    fields = fetch_dicts(connected.execute("from landed.form_fields order by form, position"))
    return [
        OwnForm(
            row["form"],
            row["number"],
            row["title"],
            row["row_vi"],
            row["row_en"],
            tuple(
                OwnField(
                    each["field"],
                    each["column_name"],
                    each["type"],
                    each["label_vi"],
                    each["label_en"],
                    tuple(codes.get((each["form"], each["field"]), ())),
                )
                for each in fields
                if each["form"] == row["form"] and not each["is_personal"] and each["field"] not in _LEFT_OUT
            ),
            tuple(each["field"] for each in fields if each["form"] == row["form"] and each["field"] not in _LEFT_OUT),
        )
        for row in fetch_dicts(connected.execute("from landed.forms where is_own order by form"))
    ]


def create_mart_views(connected: duckdb.DuckDBPyConnection, forms: Iterable[OwnForm]) -> None:
    """Make `marts.form_<code>` of each own form, with comments. The tables that dbt builds are there."""
    for form in forms:
        columns = ", ".join(f'own."{each.column}"' for each in form.fields)
        listed = ", ".join(map(quote, form.place_fields))
        connected.execute(
            f"""
            create or replace view {form.table} as
            with letters as (
                select submission_id, sheet, table_no, arg_min(column_letter, list_position([{listed}], field)) as letter
                from landed.columns
                where list_contains([{listed}], field)
                group by all
            )
            select
                reports.month, reports.period, reports.reporter_code, {columns},
                own.submission_id, own.sheet, own.row_number, letters.letter || own.row_number as cell
            from landed.{form.code.lower()} as own
            inner join intermediate.int_submission_verdicts as reports
                on own.submission_id = reports.submission_id
            left join letters
                on own.submission_id = letters.submission_id and own.sheet = letters.sheet and own.table_no = letters.table_no
            where reports.is_current and own.unused_reason is null
            """
        )
        connected.execute(f"comment on view {form.table} is {quote(_comment(form))}")
        for column, comment in _column_comments(form).items():
            connected.execute(f'comment on column {form.table}."{column}" is {quote(comment)}')


def _comment(form: OwnForm) -> str:
    printed = f"Biểu {form.number}" if form.number else form.title
    return (
        f"Mỗi dòng là {form.row_vi} trong {printed} hiện hành ({form.title}). "
        f"One row per {form.row_en} in the current reports of form {form.code}."
    )


def _column_comments(form: OwnForm) -> Mapping[str, str]:
    own = {each.column: f"{each.label_vi}. {each.label_en[:1].upper()}{each.label_en[1:]}." for each in form.fields}
    return {
        "month": "Tháng của kỳ báo cáo, ghi bằng ngày đầu tháng. Month of the period, as its first day.",
        "period": "Kỳ báo cáo. Reporting period.",
        "reporter_code": "Mã đơn vị báo cáo. Code of the reporter.",
        **own,
        "submission_id": "Báo cáo chứa dòng này. Submission that holds the row.",
        "sheet": "Trang tính. Sheet of the workbook.",
        "row_number": "Dòng trên trang tính. Row on the sheet.",
        "cell": "Ô đầu của dòng. Cell in which the row begins.",
    }
