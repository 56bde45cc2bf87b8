"""What waits for the Office: one workbook in which it ticks what it accepts or refuses, and which it puts into the raw folder.

Here: which answers wait, and how the workbook is laid out. Its sheet is form "Sổ giải trình" with the Office as issuer, so
that intake reads it as the Office's own; a row without a tick says nothing, and nobody types an id. It has what senders
wrote as they wrote it, names of persons included: it is for the Office alone.
Not here: whose word counts (dbt: int_answers, int_answered_findings).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.files import replace_file
from pipelines.products.workbooks import SUFFIX, packed, put
from pipelines.reference.lists import Lists
from pipelines.reference.models import Department
from pipelines.warehouse.rows import fetch_dicts
from pipelines.wording import say, say_period

FILE = f"cho-y-kien{SUFFIX}"
SHEET = "Sổ giải trình"
OFFICE = "office"
"""The type of the one reporter that decides."""
_COLUMNS: tuple[tuple[str, str, float], ...] = (
    ("STT", "number", 6),
    ("Đơn vị giải trình", "sender", 20),
    ("Vị trí", "place", 24),
    ("Vấn đề", "problem", 48),
    ("Giải trình", "answer", 40),
    ("Chấp nhận", "", 12),
    ("Người chấp nhận", "", 18),
    ("Ghi chú", "", 18),
    ("Mã phát hiện", "finding_id", 18),
)
"""Header, what stands in the column (nothing: it is filled in), width."""
_TICKED = 6
_FONT = "Times New Roman"
_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TOP = Alignment(vertical="top", wrap_text=True)
_TO_FILL_IN = PatternFill("solid", start_color="FFFFE5")

_WAITING = """
    with reporters as (
        select reporter_code, max_by(reporter_name, coalesce(valid_from, date '1900-01-01')) as reporter_name
        from marts.dim_reporters group by all
    )
    select
        findings.finding_id,
        coalesce(reporters.reporter_name, answered.reporter_code) as sender,
        findings.form,
        findings.period,
        findings.cell,
        findings.rule_id,
        coalesce(words.own_message_vi, findings.message_vi) as message,
        answered.answer
    from intermediate.int_answered_findings as answered
    inner join quality.findings as findings using (finding_id)
    inner join intermediate.int_finding_words as words using (finding_id)
    left join reporters on answered.reporter_code = reporters.reporter_code
    where answered.state = 'waiting' and findings.state = 'open'
    order by sender, findings.period, findings.form, answered.answered_at, findings.finding_id
"""


@dataclass(frozen=True)
class AnswersSummary:
    """How many answers wait, and the workbook that has them; None where nothing waits."""

    answers: int
    file: Path | None


def write_answers(working: duckdb.DuckDBPyConnection, lists: Lists, folder: Path) -> AnswersSummary:
    """Write the workbook of what waits into `folder`; where nothing does, there is none afterwards.

    `working`: the working file after dbt. An answer to a finding that is no longer open asks for no decision.
    """
    waiting = fetch_dicts(working.execute(_WAITING))
    file = folder / FILE
    if not waiting:
        file.unlink(missing_ok=True)
        return AnswersSummary(0, None)
    office = next(row.name_vi for row in lists[Department] if row.reporter_type == OFFICE)
    replace_file(file, packed(build_workbook(waiting, office), {}))
    return AnswersSummary(len(waiting), file)


def build_workbook(waiting: Sequence[Mapping[str, Any]], office: str) -> Workbook:
    """Return the workbook: what waits, row by row, with a column to tick."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    for row, (text, font) in enumerate(
        (
            (office.upper(), Font(name=_FONT, size=12, bold=True)),
            (SHEET.upper(), Font(name=_FONT, size=15, bold=True)),
            (say("how_to_decide"), Font(name=_FONT, size=12, italic=True)),
        ),
        1,
    ):
        put(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = font
    header = 5
    for column, (title, _, width) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(header, column)
        put(cell, title)
        cell.font = Font(name=_FONT, size=12, bold=True)
        cell.alignment, cell.border = Alignment(horizontal="center", vertical="center", wrap_text=True), _BOX
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, item in enumerate(waiting, 1):
        _write_row(sheet, header + number, number, item)
    sheet.freeze_panes = sheet.cell(header + 1, 1)
    sheet.print_title_rows = f"{header}:{header}"
    ticks = DataValidation(type="list", formula1=f'"{say("decision_words")}"', allow_blank=True)
    letter = get_column_letter(_TICKED)
    ticks.add(f"{letter}{header + 1}:{letter}{header + len(waiting)}")
    sheet.add_data_validation(ticks)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return workbook


def _write_row(sheet: Worksheet, row: int, number: int, item: Mapping[str, Any]) -> None:
    period = say_period(item["period"]) if item["period"] else ""
    values = {
        "number": number,
        "sender": item["sender"],
        "place": " ".join(filter(None, (item["form"], period, item["cell"]))),
        "problem": f"{item['message']} [{item['rule_id']}]",
        "answer": item["answer"],
        "finding_id": item["finding_id"],
    }
    for column, (_, name, _) in enumerate(_COLUMNS, 1):
        cell = sheet.cell(row, column)
        if name:
            put(cell, values[name])
        else:
            cell.fill = _TO_FILL_IN
        cell.font = Font(name=_FONT, size=12 if name != "finding_id" else 8)
        cell.alignment, cell.border = _TOP, _BOX
