"""The workbook that answers a delivery: the sender's own, doubtful cells filled and commented, and a sheet in front.

Here: what the workbook that goes back looks like, from an `Answer` (plain data) and the bytes received. The sheet in
front is at the same time form "Sổ giải trình": sent back with its answer column filled in, intake reads it as such.
Not here: what is said (answer.py), which findings there are, and where the workbook is put (receipts.py, preview.py).
"""

import io
import math
import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl import Workbook as NewWorkbook
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidationList
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.intake.grid import read_workbook
from pipelines.intake.model import FormattedNumber, Sheet, Unreadable
from pipelines.intake.model import Workbook as Grid
from pipelines.intake.returned import digest_line, sheet_digest
from pipelines.intake.text import clean, convert, detect_encoding
from pipelines.products.answer import (
    ORDER,
    Answer,
    Remark,
    cell_place,
    missing_text,
    report_text,
    sender_text,
    severity_text,
    sort_remarks,
    state_text,
    verdict,
)
from pipelines.products.packages import writable
from pipelines.products.registers import answers_register, heading, title
from pipelines.products.workbooks import height_of, put
from pipelines.wording import capitalise, label, say, say_day

AUTHOR = "Tiếp nhận NTM"
EDITABLE_BYTES = 8_000_000
"""Sheets of more XML than this (unpacked) are rebuilt from their cells: mostly formats down to row 65,536, which cost
openpyxl 1 s per 2 MB (measured November 2026); the largest honest report is below 1 MB."""

FILLS = {"error": "F8B4B4", "warning": "FFE699", "info": "BDD7EE"}
_VERDICT_FILLS = {"good": "E2F0D9", "doubtful": "FFF2CC", "bad": "F8CBAD"}
_GREY = "595959"
_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MEDIUM = Side(style="medium", color="2F5597")
_ANSWER_BOX = Border(left=_MEDIUM, right=_MEDIUM, top=_THIN, bottom=_THIN)
_TOP = Alignment(horizontal="left", vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_COMMENT_CHARACTERS = 2_000
_CELLS_OF_A_TABLE = 4  # filled in a row: a heading or a signature has fewer
_WIDEST = 28
_TALLEST = 62
_LETTERS_OF_A_HEADING = 4
_PLAIN_LIST = re.compile(r"""\"[^"]*\"|(?:'[^'\[\]|]+'!|\w+!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?""")
_SIZE = 11
_ORDINARY_FONT = Font(name="Arial", size=_SIZE)


@dataclass(slots=True)
class _Marks:
    """What stands at one cell: the remarks about it, and the formula that its value replaces."""

    remarks: list[Remark] = field(default_factory=list)
    formula: str = ""


# --- the sender's workbook ---------------------------------------------------------------------------------------------


def write_answer(answer: Answer, content: bytes | None, path: str) -> Workbook:
    """Build the workbook that goes back. `content`: the bytes received, None where they can't be read as a workbook.

    A delivery without any remark gets one sheet with one line. Never raises for what stands in `content`: what openpyxl
    can't open is rebuilt from its cells, what nobody can open is answered by the first sheet alone.
    """
    if not answer.remarks and answer.status != "rejected":
        return _one_line(answer)
    workbook, digests = _copy(answer, content, path)
    _front_sheet(workbook, answer, digests)
    return workbook


def _one_line(answer: Answer) -> Workbook:
    workbook = NewWorkbook()
    sheet = workbook.worksheets[0]
    sheet.title = say("receipt_tab")
    _, sentence = verdict(answer)
    reports = "; ".join(f"{report.name}, {report.period}" for report in answer.reports)
    put(sheet["A1"], " ".join(filter(None, (sentence, f"{reports}." if reports else "", missing_text(answer)))))
    sheet["A1"].font = Font(name="Arial", size=13, bold=True)
    sheet["A1"].alignment = _TOP
    sheet.column_dimensions["A"].width = _LINE_WIDTH
    sheet.row_dimensions[1].height = height_of(sheet["A1"].value, _LINE_WIDTH, 13)
    _print_setup(sheet)
    return workbook


def _copy(answer: Answer, content: bytes | None, path: str) -> tuple[Workbook, dict[str, str]]:
    """Return a marked copy of what was sent, and the digest of each of its sheets."""
    try:
        grid = read_workbook(content or b"", path, math.inf, math.inf)
    except Unreadable:
        return _empty(), {}
    marks = _marks(answer.remarks)
    if content and _is_editable(content):
        try:
            return _edited(content, grid, marks), {sheet.name: sheet_digest(sheet.rows) for sheet in grid.sheets}
        except Exception:  # noqa: BLE001, S110 -- openpyxl raises anything for what Excel forgives; the cells are known
            pass
    return _rebuilt(grid, marks)


def _empty() -> Workbook:
    workbook = NewWorkbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def _is_editable(content: bytes) -> bool:
    """Whether openpyxl should open it: an Excel 2007 file, sheets of sane size, no document type (XML bombs)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [member for member in archive.infolist() if member.filename.endswith((".xml", ".rels"))]
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                return False
            if sum(part.file_size for part in parts) > EDITABLE_BYTES:
                return False
            return not any(b"<!DOCTYPE" in archive.read(part) for part in parts)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        return False


def _marks(remarks: Iterable[Remark]) -> dict[str, dict[tuple[int, int], _Marks]]:
    marks: dict[str, dict[tuple[int, int], _Marks]] = defaultdict(lambda: defaultdict(_Marks))
    for remark in remarks:
        for sheet, cell in dict.fromkeys(((remark.sheet, remark.cell), (remark.other_sheet, remark.other_cell))):
            if sheet and (address := cell_place(cell)):
                column, row = address
                marks[sheet][row, column].remarks.append(remark)
    return marks


def _edited(content: bytes, grid: Grid, marks: dict[str, dict[tuple[int, int], _Marks]]) -> Workbook:
    """Open the sender's workbook and put values for formulas; what could act, or lead out of the file, is taken out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl leaves out
        workbook = load_workbook(io.BytesIO(content), keep_links=False, rich_text=False)
    for chart_sheet in workbook.chartsheets:
        workbook.remove(chart_sheet)
    workbook.defined_names.clear()
    cells = {sheet.name: sheet for sheet in grid.sheets}
    for sheet in workbook.worksheets:
        _make_harmless(sheet)
        own = marks[sheet.title]
        _values_for_formulas(sheet, cells.get(sheet.title), own)
        _mark_cells(sheet, own)
    return workbook


def _make_harmless(sheet: Worksheet) -> None:
    sheet.conditional_formatting = ConditionalFormattingList()  # it would hide our fills
    sheet.defined_names.clear()
    for name in list(sheet.tables):
        del sheet.tables[name]
    for parts in ("_charts", "_images", "_pivots"):  # drawn from elsewhere; openpyxl has no public way to drop them
        getattr(sheet, parts).clear()
    rules: Iterable[Any] = sheet.data_validations.dataValidation  # ty: ignore[invalid-assignment] -- openpyxl's descriptors have no types
    kept = [rule for rule in rules if _is_plain_list(rule.formula1)]
    sheet.data_validations = DataValidationList(dataValidation=kept)
    sheet.sheet_view.tabSelected = False


def _is_plain_list(formula: str | None) -> bool:
    """Whether a drop-down list names its words, or cells of its own workbook: our blank workbooks do."""
    return formula is not None and bool(_PLAIN_LIST.fullmatch(formula))


def _values_for_formulas(sheet: Worksheet, grid: Sheet | None, marks: dict[tuple[int, int], _Marks]) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            if cell.hyperlink is not None:
                cell.hyperlink = None
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None  # our own, of the receipt that now comes back
                cell.fill = PatternFill()
            if cell.data_type == "f":
                formula = getattr(cell.value, "text", None) or getattr(cell.value, "ref", None) or cell.value
                marks[cell.row, cell.column].formula = str(formula)
                value = _value_at(grid, cell.row, cell.column)
                if isinstance(value, str) and value.startswith("#"):
                    cell.value = value
                else:
                    put(cell, value)
            elif isinstance(cell.value, str):
                _put_seen(cell, _value_at(grid, cell.row, cell.column))


def _put_seen(cell: Cell, seen: Any) -> None:
    """Write what was read of a text whose runs openpyxl joins: a raised or struck digit would come back as any other."""
    if isinstance(seen, str) and clean(seen) != clean(str(cell.value)):
        put(cell, seen)
        cell.number_format = "General"


def _value_at(grid: Sheet | None, row: int, column: int) -> Any:
    """Return the value that the file stores for a cell; an error stays the error that it is."""
    if grid is None or row > len(grid.rows) or column > len(grid.rows[row - 1]):
        return None
    lost = grid.lost.get((row - 1, column - 1), "")
    value = lost if lost.startswith("#") else grid.rows[row - 1][column - 1]
    return None if value == "" else value


def _rebuilt(grid: Grid, marks: dict[str, dict[tuple[int, int], _Marks]]) -> tuple[Workbook, dict[str, str]]:
    """Lay the cells out anew, where the file is not an .xlsx; letters of the old encodings come as Unicode."""
    workbook, digests, styles = _empty(), {}, _StyleCache()
    if any(source.is_1904 for source in grid.sheets):
        workbook.epoch = CALENDAR_MAC_1904
    for source in grid.sheets:
        sheet = workbook.create_sheet(_sheet_title(source.name, workbook.sheetnames))
        rows = _as_seen(source, _in_unicode(source, grid.fonts))
        digests[sheet.title] = sheet_digest(rows)
        _lay_out(sheet, rows, styles)
        for (first_row, first_column), (last_row, last_column) in source.merged:
            area = f"{get_column_letter(first_column + 1)}{first_row + 1}"
            sheet.merged_cells.add(f"{area}:{get_column_letter(last_column + 1)}{last_row + 1}")
        sheet.sheet_state = "hidden" if source.is_hidden else "visible"
        _print_setup(sheet)
        _mark_cells(sheet, marks[source.name])
    return workbook, digests


def _lay_out(sheet: Worksheet, rows: Sequence[Sequence[Any]], styles: "_StyleCache") -> None:
    """Write the cells: rows of a table boxed and as wide as most of them need, headings and signatures running on."""
    filled = [[column for column, value in enumerate(row, 1) if value not in ("", None)] for row in rows]
    tables = [columns for columns in filled if len(columns) >= _CELLS_OF_A_TABLE]
    first = min((columns[0] for columns in tables), default=1)
    last = max((columns[-1] for columns in tables), default=0)
    lengths: dict[int, list[int]] = defaultdict(list)
    for row_no, (row, columns) in enumerate(zip(rows, filled, strict=True), 1):
        is_table = len(columns) >= _CELLS_OF_A_TABLE
        for column in range(first, last + 1) if is_table else columns:
            value = row[column - 1] if column <= len(row) else None
            cell = sheet.cell(row_no, column)
            if value not in ("", None):
                put(cell, value)
                if is_table:
                    lengths[column].append(len(_cell_text(value)))
            styles.apply(cell, "copied day" if isinstance(value, date) else "copied" if is_table else "copied loose")
    widths = {
        # a title of many columns, which stands in one of them, is left out
        column: min(max(5, sorted(characters)[len(characters) * 9 // 10] + 2), _WIDEST)
        for column, characters in lengths.items()
    }
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row_no, (row, columns) in enumerate(zip(rows, filled, strict=True), 1):
        texts = [(row[column - 1], widths[column]) for column in columns if column in widths]
        if len(columns) >= _CELLS_OF_A_TABLE and any(len(str(value)) > width for value, width in texts):
            sheet.row_dimensions[row_no].height = min(
                _TALLEST, max(height_of(_cell_text(value), width, _SIZE) for value, width in texts)
            )


def _cell_text(value: Any) -> str:
    """Return a cell's value about as wide as Excel shows it."""
    return f"{value:g}" if isinstance(value, float) else say_day(value) if isinstance(value, date) else str(value)


def _in_unicode(sheet: Sheet, fonts: Sequence[str]) -> list[list[Any]]:
    encoding = detect_encoding([value for row in sheet.rows for value in row if isinstance(value, str)], fonts)
    if encoding is None:
        return sheet.rows
    return [[_to_unicode(value, encoding) if isinstance(value, str) else value for value in row] for row in sheet.rows]


def _as_seen(sheet: Sheet, rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Return the cells so that they come back as they were read: numbers as their formats show them, errors as errors."""
    seen = [[cell.text if isinstance(cell, FormattedNumber) else cell for cell in row] for row in rows]
    for (row, column), text in sheet.lost.items():
        if text.startswith("#") and row < len(seen) and column < len(seen[row]):
            seen[row][column] = text
    return seen


def _to_unicode(text: str, encoding: str) -> str:
    """Return a text in Unicode; capitals throughout where its plain letters are (TCVN3 has no others, trap T081)."""
    plain = [letter for letter in text if letter.isascii() and letter.isalpha()]
    converted = convert(text, encoding)
    return converted.upper() if len(plain) >= _LETTERS_OF_A_HEADING and all(map(str.isupper, plain)) else converted


def _sheet_title(name: str, taken: Sequence[str]) -> str:
    """Return a title that Excel accepts: 31 characters, none that a reference needs, no quote at an end, not taken."""
    title = "".join("_" if letter in "[]:*?/\\" else letter for letter in name).strip("' ")[:31] or "Trang"
    folded = {other.casefold() for other in taken}
    for number in range(2, len(folded) + 3):
        if title.casefold() not in folded:
            break
        title = f"{title[:26]} ({number})"
    return title


def _mark_cells(sheet: Worksheet, marks: dict[tuple[int, int], _Marks]) -> None:
    """Fill and comment; what is hidden but marked is shown."""
    areas: Iterable[Any] = sheet.merged_cells.ranges  # ty: ignore[invalid-assignment] -- as above
    anchors = {place: next(area.cells) for area in areas for place in area.cells}
    gathered: dict[tuple[int, int], _Marks] = defaultdict(_Marks)
    for place, mark in marks.items():
        target = gathered[anchors.get(place, place)]
        target.remarks += mark.remarks
        target.formula = target.formula or mark.formula
    for (row, column), mark in gathered.items():
        cell = sheet.cell(row, column)
        if not isinstance(cell, Cell):
            continue
        if mark.remarks:
            worst = min(mark.remarks, key=lambda remark: (remark.state != "open", ORDER.index(remark.severity)))
            if worst.state == "open":
                cell.fill = PatternFill("solid", start_color=FILLS[worst.severity])
            sheet.sheet_state = "visible"
            sheet.row_dimensions[row].hidden = False
            for dimension in sheet.column_dimensions.values():
                if dimension.hidden and (dimension.min or 0) <= column <= (dimension.max or 0):
                    dimension.hidden = False
        _comment(cell, mark)


def _comment(cell: Cell, mark: _Marks) -> None:
    parts = [_remark_text(remark) for remark in sort_remarks(mark.remarks, ())]
    if mark.formula:
        parts.append(say("formula_of_sender", text=mark.formula))
    own = cell.comment.text if cell.comment else ""
    if own:
        parts.append(say("note_of_sender", text=own))
    text = "\n".join(parts)[:_COMMENT_CHARACTERS]
    author = AUTHOR if mark.remarks else (cell.comment.author if own else None) or AUTHOR
    lines = sum(1 + len(line) // 48 for line in text.splitlines())
    cell.comment = Comment(writable(text), author, height=min(20 + 17 * lines, 400), width=340)


def _remark_text(remark: Remark) -> str:
    is_said = remark.expected in remark.message
    expected = "" if is_said else f" {say('right_value', value=remark.expected)}"
    return f"{severity_text(remark)} {remark.rule_id}{state_text(remark)}: {remark.message}{expected}"


# --- the sheet in front -----------------------------------------------------------------------------------------------

_COLUMNS: tuple[tuple[str, float], ...] = (
    ("row_no", 5),
    ("severity", 11),
    ("place", 15),
    ("problem", 42),
    ("received_value", 13),
    ("expected_value", 16),
    ("explanation", 25),
    ("explained_by", 13),
    ("explained_on", 12),
    ("finding_id", 10),
)
"""Fields of the register of answers, with the widths of their columns: together as wide as an A4 page across takes at nine
tenths of its size, where 11 points are printed as 10."""
_SEVERITY_COLUMN, _PLACE_COLUMN = 2, 3
_ANSWER_COLUMNS = range(7, 10)
_WIDTH = sum(width for _, width in _COLUMNS)


_LINE_WIDTH = 105
"""Of the one line of a receipt without remarks: what an A4 page across takes unscaled. LibreOffice lets a line that it has to
scale run over the edge."""


def headings() -> list[str]:
    """Return what stands over the columns of the list of remarks, by which intake reads it when it comes back."""
    return [heading(answers_register(), field) for field, _ in _COLUMNS]


def _front_sheet(workbook: Workbook, answer: Answer, digests: Mapping[str, str]) -> None:
    """Write the sheet in front; what stays in sight while scrolling is kept to six rows."""
    sheets = list(workbook.sheetnames)
    sheet = workbook.create_sheet(_sheet_title(say("receipt_tab"), sheets), 0)
    workbook.active = 0
    for number, (_, width) in enumerate(_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    tone, sentence = verdict(answer)
    row = _band(sheet, 1, sentence, Font(name="Arial", size=15, bold=True), fill=_VERDICT_FILLS[tone])
    row = _band(sheet, row, sender_text(answer), _ORDINARY_FONT)
    if wanting := missing_text(answer):
        row = _band(sheet, row, wanting, Font(name="Arial", size=_SIZE, bold=True, color="C00000"))
    row = _counts(sheet, row, answer)
    if answer.remarks:
        is_asked = any(remark.state == "open" and remark.severity != "info" for remark in answer.remarks)
        advice = (
            say("what_to_do", column=heading(answers_register(), "explanation")) if is_asked else say("nothing_to_do")
        )
        row = _band(sheet, row, advice, Font(name="Arial", size=_SIZE, italic=True))
        row = _band(sheet, row, title(answers_register()).upper(), Font(name="Arial", size=12, bold=True))
        row = _table(sheet, row, sort_remarks(answer.remarks, sheets), sheets)
    if answer.reports:
        row = _band(sheet, row + 1, say("results_of_forms"), Font(name="Arial", size=_SIZE, bold=True))
    for report in answer.reports:
        row = _band(sheet, row, report_text(report), _ORDINARY_FONT)
    sheet.print_area = f"A1:{get_column_letter(len(_COLUMNS))}{row - 1}"  # what follows is for intake alone
    row += 1
    for name, digest in digests.items():
        row = _band(sheet, row, digest_line(name, digest), Font(name="Arial", size=7, color="A6A6A6"))
    _print_setup(sheet)


def _band(sheet: Worksheet, row: int, text: str, font: Font, *, fill: str | None = None) -> int:
    """Write one line of text over the whole width; return the row below."""
    _merge(sheet, row, 1, len(_COLUMNS))
    cell = sheet.cell(row, 1)
    put(cell, text)
    cell.font = font
    cell.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    if fill:
        cell.fill = PatternFill("solid", start_color=fill)
    sheet.row_dimensions[row].height = height_of(text, _WIDTH, float(font.size or _SIZE))
    return row + 1


def _merge(sheet: Worksheet, row: int, first: int, last: int) -> None:
    """Merge cells of a row that have no borders: openpyxl's own way dresses each of them, at 3 ms per range."""
    sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")


def _counts(sheet: Worksheet, row: int, answer: Answer) -> int:
    """Write the counts by severity, each on the colour that marks it in the sheets; return the row below."""
    for (first, last), (severity, count) in zip(((1, 3), (4, 4), (5, 7)), answer.counts.items(), strict=True):
        _merge(sheet, row, first, last)
        cell = sheet.cell(row, first)
        put(cell, f"{capitalise(label(severity))}: {count} ({say(f'severity_{severity}')})")
        cell.font = Font(name="Arial", size=_SIZE, bold=count > 0)
        cell.fill = PatternFill("solid", start_color=FILLS[severity])
        cell.alignment = Alignment(vertical="center", horizontal="center")
    settled = sum(remark.state != "open" for remark in answer.remarks)
    if settled:
        _merge(sheet, row, 8, 10)
        put(sheet.cell(row, 8), say("settled", count=settled))
        sheet.cell(row, 8).font = _ORDINARY_FONT
    sheet.row_dimensions[row].height = 18
    return row + 1


def _table(sheet: Worksheet, row: int, remarks: Sequence[Remark], sheets: Sequence[str]) -> int:
    """Write the list of remarks, its header at `row`; return the row below."""
    styles = _StyleCache()
    for number, text in enumerate(headings(), 1):
        cell = sheet.cell(row, number)
        put(cell, text)
        styles.apply(cell, "header")
    sheet.row_dimensions[row].height = 32
    sheet.print_title_rows = f"{row}:{row}"
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    for number, remark in enumerate(remarks, 1):
        row += 1
        where = " ".join(
            filter(None, (remark.sheet or remark.form, f"{label('place_cell')} {remark.cell}" if remark.cell else ""))
        )
        message = f"{remark.message} [{remark.rule_id}]"
        if remark.explanation:
            message += f"\n{say('explained_by_sender', text=remark.explanation)}"
        severity = severity_text(remark) + state_text(remark)
        texts = (number, severity, where, message, remark.value, remark.expected, None, None, None, remark.finding_id)
        for column, text in enumerate(texts, 1):
            cell = sheet.cell(row, column)
            if text is not None:
                put(cell, text)
            styles.apply(cell, _look(column, remark, sheets))
        if remark.sheet in sheets:
            quoted = remark.sheet.replace("'", "''")
            target = remark.cell if cell_place(remark.cell) else "A1"
            cell = sheet.cell(row, 3)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!{target}")
        widths = (width for _, width in _COLUMNS[:-1])
        sheet.row_dimensions[row].height = max(
            height_of(str(text or ""), width, _SIZE) for text, width in zip(texts, widths, strict=False)
        )
    return row + 1


def _look(column: int, remark: Remark, sheets: Sequence[str]) -> str:
    """Name how a cell of the list looks, by its column."""
    if column in _ANSWER_COLUMNS:
        return "day" if column == _ANSWER_COLUMNS[-1] else "entry"
    if column == _SEVERITY_COLUMN and remark.state == "open":
        return remark.severity
    if column == _PLACE_COLUMN and remark.sheet in sheets:
        return "link"
    return "small" if column == len(_COLUMNS) else "text"


class _StyleCache:
    """Formats of the list's cells: each is made once, then copied (openpyxl hashes every part on each assignment)."""

    def __init__(self) -> None:
        self._made: dict[str, Any] = {}

    def apply(self, cell: Cell, look: str) -> None:
        """Give the cell a look: a severity, or one of those below."""
        quoted, cell.quotePrefix = cell.quotePrefix, False
        if look not in self._made:
            self._make(cell, look)
            self._made[look] = copy(cell._style)  # noqa: SLF001 -- what openpyxl's own documentation does to copy a format
        cell._style = copy(self._made[look])  # noqa: SLF001 -- as above
        cell.quotePrefix = quoted

    @staticmethod
    def _make(cell: Cell, look: str) -> None:
        cell.alignment, cell.border, cell.font = _TOP, _BOX, _ORDINARY_FONT
        if look in FILLS:
            cell.fill = PatternFill("solid", start_color=FILLS[look])
            cell.font = Font(name="Arial", size=_SIZE, bold=True)
        elif look == "header":
            cell.font = Font(name="Arial", size=_SIZE, bold=True, color="FFFFFF")
            cell.fill = PatternFill("solid", start_color="2F5597")
            cell.alignment = _MIDDLE
        elif look in {"entry", "day"}:
            cell.fill = PatternFill("solid", start_color="FFFFE5")
            cell.border = _ANSWER_BOX
            cell.number_format = "dd/mm/yyyy" if look == "day" else "@"
        elif look == "link":
            cell.font = Font(name="Arial", size=_SIZE, color="0563C1", underline="single")
        elif look == "small":
            cell.font = Font(name="Arial", size=7, color=_GREY)
        elif look in {"copied", "copied day", "copied loose"}:
            cell.border = _BOX if look != "copied loose" else Border()
            cell.alignment = Alignment(vertical="center", wrap_text=look == "copied")
            cell.number_format = "dd/mm/yyyy" if look == "copied day" else "General"


def _print_setup(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.oddFooter.center.text = "Trang &P/&N"
