"""The published tables for who has no DuckDB: Parquet, CSV for a spreadsheet, and a dictionary of what they mean.

Here: copying each table of a published file with its comments, and the dictionary (.xlsx and a page), all of it from the
published file alone. Not here: which tables are published, and what their columns mean (their comments).
"""
# ruff: noqa: S608 (names of schemas and tables are those of the published file)

import json
from codecs import BOM_UTF8
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.files import PUBLIC, UNFINISHED, make_public_folder, put_in_place, replace_file
from pipelines.intake.addresses import column_letter
from pipelines.pages import render
from pipelines.products.workbooks import packed, put
from pipelines.warehouse.catalogue import split_languages
from pipelines.warehouse.rows import fetch_dicts, quote

_SHEETS = {
    "columns": "meta.columns",
    "codes": "meta.codes",
    "indicators": "meta.indicators",
    "relationships": "meta.relationships",
}
_WIDEST = 60
_HEADER, _PLAIN = Font(bold=True), Font()
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_LONG_LISTS = {"field", "rule_id", "id", "reason"}
"""Columns whose codes would fill the page; they stand in the workbook and in meta.codes."""


class ExportError(Exception):
    """The published file is not one to export from; the message is the one line that says why."""


@dataclass(frozen=True)
class Exported:
    """What was written: the folder, and the number of tables."""

    folder: Path
    tables: int


def export(published_file: Path, folder: Path) -> Exported:
    """Write `parquet/` and `csv/`, a file per table called 'schema.table', and `dictionary.xlsx` and `.html`.

    Each file is replaced by itself; one of a table that is no longer published is removed. Raises ExportError for a file of
    an older version, which lacks the tables that the dictionary is made of; duckdb.Error for one that can't be opened, OSError.
    """
    with duckdb.connect(str(published_file), read_only=True) as published:
        tables = _tables(published)
        if missing := {*_SHEETS.values()} - tables.keys():
            raise ExportError(f"{published_file}: không có · has no {', '.join(sorted(missing))}: make run")
        for kind, write in (("parquet", _write_parquet), ("csv", _write_csv)):
            make_public_folder(folder / kind)
            for table in tables:
                file = folder / kind / f"{table}.{kind}"
                aside = file.with_name(f".{file.name}{UNFINISHED}")
                write(published, table, aside)
                put_in_place(aside, file, mode=PUBLIC, is_lasting=False)
            for left in {*(folder / kind).iterdir()} - {folder / kind / f"{table}.{kind}" for table in tables}:
                left.unlink()
        replace_file(folder / "dictionary.xlsx", _workbook(published, tables), is_public=True)
        replace_file(folder / "dictionary.html", _page(published, tables).encode(), is_public=True)
    return Exported(folder, len(tables))


def _tables(published: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The comment of each table, by 'schema.table'."""
    return dict(
        published.execute(
            "select schema_name || '.' || table_name, coalesce(comment, '') from duckdb_tables() order by 1"
        ).fetchall()
    )


def _comments(published: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    rows = published.execute(
        "select column_name, coalesce(comment, '') from duckdb_columns() where schema_name || '.' || table_name = ?"
        " order by column_index",
        [table],
    )
    return dict(rows.fetchall())


def _write_parquet(published: duckdb.DuckDBPyConnection, table: str, file: Path) -> None:
    """Comments go into the file's key-value metadata: `comment`, and `columns`, a JSON object by column."""
    comment, columns = _tables(published)[table], json.dumps(_comments(published, table), ensure_ascii=False)
    published.execute(
        f"copy (from {table}) to {quote(file)} (format parquet, compression zstd,"
        f" kv_metadata {{comment: {quote(comment)}, columns: {quote(columns)}}})"
    )


def _write_csv(published: duckdb.DuckDBPyConnection, table: str, file: Path) -> None:
    plain = file.with_name(f".plain{UNFINISHED}")
    published.execute(f"copy (from {table}) to {quote(plain)} (format csv, header)")
    # the mark by which a spreadsheet knows UTF-8 from the code page of its machine
    file.write_bytes(BOM_UTF8 + plain.read_bytes())
    plain.unlink()


def _workbook(published: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> bytes:
    book = Workbook()
    sheets: dict[str, list[tuple[Any, ...]]] = {"tables": [("table", "rows", "Tiếng Việt", "English")]}
    for table, comment in tables.items():
        (rows,) = published.execute(f"select count(*) from {table}").fetchone() or (0,)
        sheets["tables"].append((table, rows, *split_languages(comment)))
    for title, table in _SHEETS.items():
        rows = published.execute(f"from {table}")
        sheets[title] = [tuple(column for column, *_ in rows.description or []), *rows.fetchall()]
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        _fill(book.create_sheet(title), rows)
    return packed(book, {})


def _fill(sheet: Worksheet, rows: list[tuple[Any, ...]]) -> None:
    for row_number, row in enumerate(rows, 1):
        for column_number, value in enumerate(row, 1):
            cell = sheet.cell(row_number, column_number)
            put(cell, value)
            cell.alignment = _WRAPPED
            cell.font = _HEADER if row_number == 1 else _PLAIN
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number, column in enumerate(zip(*rows, strict=True), 1):
        widest = max(len(str(value or "")) for value in column)
        sheet.column_dimensions[column_letter(number)].width = min(widest, _WIDEST) + 2


def _page(published: duckdb.DuckDBPyConnection, tables: dict[str, str]) -> str:
    columns = fetch_dicts(published.execute("from meta.columns order by table_schema, table_name, ordinal_position"))
    codes = fetch_dicts(published.execute("from meta.codes order by table_schema, table_name, column_name, sort"))
    return render(
        "dictionary.html.j2",
        build=fetch_dicts(published.execute("from meta.build"))[0],
        tables=[
            {
                "name": name,
                "said": split_languages(comment),
                "columns": [each for each in columns if f"{each['table_schema']}.{each['table_name']}" == name],
            }
            for name, comment in tables.items()
        ],
        codes={
            key: [each for each in codes if (each["table_schema"], each["table_name"], each["column_name"]) == key]
            for key in dict.fromkeys((each["table_schema"], each["table_name"], each["column_name"]) for each in codes)
            if key[2] not in _LONG_LISTS
        },
    )
