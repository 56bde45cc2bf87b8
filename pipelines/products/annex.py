"""The annex of a document: the tables behind it as a workbook, a sheet each, laid out to be printed.

Here: sheets, headings and widths. What a sheet is called stands in `sentences` (`annex_<table>`, `annex_tab_<table>`), what a
column is in `meta.columns` and in the words of duties.yml. Not here: which rows there are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.products.duties import OF_DISTRICTS, read_columns
from pipelines.products.headlines import OF_NINETEEN
from pipelines.products.site.source import Rows
from pipelines.products.workbooks import height_of, put
from pipelines.wording import capitalise, say, say_code, say_month

_FONT = "Times New Roman"
_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", start_color="E7EEF4")
_WIDEST, _NARROWEST = 44, 9
_SIZE = 12
_PLAIN, _BOLD = Font(name=_FONT, size=_SIZE), Font(name=_FONT, size=_SIZE, bold=True)
_TOP, _TOP_CENTRE = (Alignment(wrap_text=True, vertical="top", horizontal=side) for side in (None, "center"))
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_FIRST_ROW = 5
_OF_SEVERAL_UNITS = frozenset({"value", "target_value", "gap"})
"""Columns whose rows are counts and shares by turns: a whole number has no decimals there."""
_NOT_EVERYWHERE = OF_DISTRICTS | OF_NINETEEN
"""Columns that are left out where no row has them."""


def read_captions(published: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return what columns are called: by the published file, or else by the words of the notice's queries."""
    rows = published.execute(
        """
        select column_name, arg_min(caption_vi, table_schema || table_name) from meta.columns
        where caption_vi is not null group by column_name
        """
    ).fetchall()
    return dict(rows) | dict(read_columns())


def lay_out_annex(
    sheets: Mapping[str, Sequence[str]], tables: Mapping[str, Rows], captions: Mapping[str, str], about: str
) -> Workbook:
    """Return a workbook of the tables of these names, each with the columns named; `about` stands under each title."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, columns in sheets.items():
        key = name.replace("-", "_")
        sheet = workbook.create_sheet(say(f"annex_tab_{key}"))
        _lay_out(sheet, say(f"annex_{key}"), about, columns, tables.get(name, []), captions)
    return workbook


def _lay_out(
    sheet: Worksheet, title: str, about: str, columns: Sequence[str], rows: Rows, captions: Mapping[str, str]
) -> None:
    columns = [name for name in columns if name not in _NOT_EVERYWHERE or any(row[name] is not None for row in rows)]
    headings = [capitalise(captions[name]) for name in columns]
    for row, (text, font) in enumerate(
        [(title, Font(name=_FONT, size=14, bold=True)), (about, Font(name=_FONT, size=_SIZE, italic=True))], 1
    ):
        put(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = font
    if not rows:
        put(sheet.cell(_FIRST_ROW - 1, 1), say("annex_none"))
        sheet.cell(_FIRST_ROW - 1, 1).font = _PLAIN
    written = [[_written(name, row[name]) for name in columns] for row in rows]
    widths = [_width(heading, [line[place] for line in written]) for place, heading in enumerate(headings)]
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, line in enumerate([headings, *written] if rows else [], _FIRST_ROW - 1):
        is_heading = number < _FIRST_ROW
        for place, (name, value) in enumerate(zip(columns, line, strict=True), 1):
            _style(sheet.cell(number, place), name, value, is_heading=is_heading)
        heights = [height_of(_shown(value), width, _SIZE) for value, width in zip(line, widths, strict=True)]
        sheet.row_dimensions[number].height = max(heights)
    sheet.freeze_panes, sheet.print_title_rows = f"A{_FIRST_ROW}", f"{_FIRST_ROW - 1}:{_FIRST_ROW - 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4


def _style(cell: Cell, column: str, value: Any, *, is_heading: bool) -> None:
    put(cell, value)
    cell.border = _BOX
    if is_heading:
        cell.font, cell.alignment, cell.fill = _BOLD, _MIDDLE, _SHADE
        return
    cell.font, cell.alignment = _PLAIN, _TOP
    if isinstance(value, float):
        cell.number_format = "#,##0" if column in _OF_SEVERAL_UNITS and value.is_integer() else "#,##0.00"
    elif hasattr(value, "year"):
        cell.alignment, cell.number_format = _TOP_CENTRE, "dd/mm/yyyy"


def _written(name: str, value: Any) -> Any:
    """Return a value as its cell has it: numbers and days stay such, codes and truth are in words, a month as it is said."""
    if name == "month" and value is not None:
        return say_month(value)
    if isinstance(value, bool):
        return say("annex_yes") if value else None
    return say_code(name, value) if isinstance(value, str) else value


def _width(heading: str, values: Sequence[Any]) -> float:
    """Return how wide a column is: for its values on one line, its heading on two or three."""
    longest = max([len(_shown(value)) for value in values] + [max(map(len, heading.split())), len(heading) // 3])
    return min(_WIDEST, max(_NARROWEST, longest + 3))


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return "00/00/0000" if hasattr(value, "year") else str("" if value is None else value)
