"""What waits for the Office: one workbook in which it ticks what it accepts or refuses, and which it puts into the raw folder.

Here: which answers and which held reports wait, with what their senders wrote by mail, and how the workbook is laid out. Its
sheets are the forms "Sổ giải trình" and "Sổ quyết định" with the Office as issuer, so that intake reads them as the Office's
own; a row without a tick says nothing, and nobody types an id. It has what senders wrote as they wrote it, names of persons
included: it is for the Office alone.
Not here: whose word counts (dbt: int_answers, int_answered_findings, int_decisions).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.files import replace_file
from pipelines.intake.forms import Form, Forms, load_forms_of
from pipelines.products.headlines import rules_asking_for
from pipelines.products.registers import answers_register, decisions_register, heading, title
from pipelines.products.reporter_names import name_reporters
from pipelines.products.template_columns import NO, YES
from pipelines.products.workbooks import SUFFIX, packed, put
from pipelines.reference.lists import Lists
from pipelines.warehouse.rows import fetch_dicts
from pipelines.wording import form_label, say, say_period, say_utc

FILE = f"cho-y-kien{SUFFIX}"


class _Layout(NamedTuple):
    """A sheet: its columns, and the sentence that says how to fill it in.

    A column is a field of the register that comes back, and its width; what no row gives is filled in by the Office, in
    `ticked` by choosing a word. `key` is the field that nobody types.
    """

    columns: tuple[tuple[str, float], ...]
    ticked: str
    key: str
    how: str


_ANSWERS = _Layout(
    (
        ("row_no", 6),
        ("sender", 20),
        ("place", 24),
        ("problem", 48),
        ("explanation", 40),
        ("is_accepted", 12),
        ("accepted_by", 18),
        ("note", 18),
        ("finding_id", 18),
    ),
    "is_accepted",
    "finding_id",
    "how_to_decide",
)
_HELD = _Layout(
    (
        ("row_no", 6),
        ("report", 28),
        ("decided_path", 32),
        ("received", 16),
        ("problem", 48),
        ("decision", 16),
        ("reason", 20),
        ("decided_by", 18),
        ("decided_submission_id", 18),
    ),
    "decision",
    "decided_submission_id",
    "how_to_decide_held",
)
_FONT = "Times New Roman"
_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_TOP = Alignment(vertical="top", wrap_text=True)
_TO_FILL_IN = PatternFill("solid", start_color="FFFFE5")

_WAITING = """
    select
        findings.finding_id,
        reporter_name(answered.reporter_code, findings.period) as sender,
        findings.form,
        findings.period,
        findings.file,
        findings.sheet,
        findings.cell,
        findings.rule_id,
        coalesce(words.own_message_vi, findings.message_vi) as message,
        answered.answer
    from intermediate.int_answered_findings as answered
    inner join quality.findings as findings using (finding_id)
    inner join intermediate.int_finding_words as words using (finding_id)
    where answered.state = 'waiting' and findings.state = 'open'
    order by sender, findings.period, findings.form, answered.answered_at, findings.finding_id
"""


_WAITING_REPORTS = """
    select
        submissions.submission_id,
        reporter_name(submissions.reporter_code, submissions.period) as reporter,
        submissions.form,
        submissions.period,
        deliveries.path,
        submissions.received_at,
        findings.message_vi as message,
        notes.said
    from quality.findings as findings
    inner join quality.submissions as submissions using (submission_id)
    inner join quality.deliveries as deliveries on submissions.delivery_id = deliveries.delivery_id
    left join (
        select submission_id, list({'on': exchanged_at, 'note': note} order by exchanged_at, message_key) as said
        from intermediate.int_messages where note is not null group by submission_id
    ) as notes on submissions.submission_id = notes.submission_id
    where list_contains($held, findings.rule_id) and findings.state = 'open'
    order by submissions.received_at, submissions.submission_id
"""


@dataclass(frozen=True)
class AnswersSummary:
    """How many answers and held reports wait, and the workbook that has them; None where nothing waits."""

    answers: int
    held: int
    file: Path | None


def write_answers(working: duckdb.DuckDBPyConnection, lists: Lists, on: dt.date, folder: Path) -> AnswersSummary:
    """Write the workbook of what waits into `folder`; where nothing does, there is none afterwards.

    `working`: the working file after dbt; `on`: the as-of day. An answer to a finding that is no longer open asks for no
    decision, nor does a held report after which a clear one was accepted.
    """
    name_reporters(working)
    answers = fetch_dicts(working.execute(_WAITING))
    held = fetch_dicts(working.execute(_WAITING_REPORTS, {"held": rules_asking_for("decision")}))
    file = folder / FILE
    if not answers and not held:
        file.unlink(missing_ok=True)
        return AnswersSummary(0, 0, None)
    forms = load_forms_of(lists)
    sheets = {
        _HELD: [_held_row(item, forms) for item in held],
        _ANSWERS: [_answer_row(item, forms) for item in answers],
    }
    replace_file(
        file,
        packed(build_workbook({layout: rows for layout, rows in sheets.items() if rows}, lists.office(on).name_vi), {}),
    )
    return AnswersSummary(len(answers), len(held), file)


def _answer_row(item: Mapping[str, Any], forms: Forms) -> dict[str, Any]:
    where = (form_label(forms, item["form"]), say_period(item["period"]), item["file"], item["sheet"], item["cell"])
    return {
        "sender": item["sender"],
        "place": " · ".join(filter(None, where)),
        "problem": f"{item['message']} [{item['rule_id']}]",
        "explanation": item["answer"],
        "finding_id": item["finding_id"],
    }


def _held_row(item: Mapping[str, Any], forms: Forms) -> dict[str, Any]:
    return {
        "report": f"{item['reporter']}, {form_label(forms, item['form'])}, {say_period(item['period'])}",
        "decided_path": item["path"],
        "received": say_utc(item["received_at"]),
        "problem": "\n".join(
            [
                item["message"],
                *(say("sender_wrote", moment=say_utc(each["on"]), note=each["note"]) for each in item["said"] or ()),
            ]
        ),
        "decided_submission_id": item["submission_id"],
    }


def build_workbook(sheets: Mapping[_Layout, Sequence[Mapping[str, Any]]], office: str) -> Workbook:
    """Return the workbook: what waits, row by row, with a column to tick."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for layout, rows in sheets.items():
        register = answers_register() if layout is _ANSWERS else decisions_register()
        _write_sheet(workbook.create_sheet(title(register)), register, layout, rows, office)
    return workbook


def _write_sheet(
    sheet: Worksheet, register: Form, layout: _Layout, rows: Sequence[Mapping[str, Any]], office: str
) -> None:
    # "x" under "Chấp nhận" says it all; the longer words that V04 reads there, too, are those of people
    words = register.by_name[layout.ticked].code_words or {"yes": YES, "no": NO}
    how = say(layout.how, "vi", column=heading(register, layout.ticked), **words)
    for row, (text, font) in enumerate(
        (
            (office.upper(), Font(name=_FONT, size=12, bold=True)),
            (title(register).upper(), Font(name=_FONT, size=15, bold=True)),
            (how, Font(name=_FONT, size=12, italic=True)),
        ),
        1,
    ):
        put(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = font
    header = 5
    for column, (field, width) in enumerate(layout.columns, 1):
        cell = sheet.cell(header, column)
        put(cell, heading(register, field))
        cell.font = Font(name=_FONT, size=12, bold=True)
        cell.alignment, cell.border = Alignment(horizontal="center", vertical="center", wrap_text=True), _BOX
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, values in enumerate(rows, 1):
        _write_row(sheet, header + number, layout, {"row_no": number, **values})
    sheet.freeze_panes = sheet.cell(header + 1, 1)
    sheet.print_title_rows = f"{header}:{header}"
    ticks = DataValidation(type="list", formula1=f'"{",".join(words.values())}"', allow_blank=True)
    letter = get_column_letter([field for field, _ in layout.columns].index(layout.ticked) + 1)
    ticks.add(f"{letter}{header + 1}:{letter}{header + len(rows)}")
    sheet.add_data_validation(ticks)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_row(sheet: Worksheet, row: int, layout: _Layout, values: Mapping[str, Any]) -> None:
    for column, (field, _) in enumerate(layout.columns, 1):
        cell = sheet.cell(row, column)
        if field in values:
            put(cell, values[field])
        else:
            cell.fill = _TO_FILL_IN
        cell.font = Font(name=_FONT, size=8 if field == layout.key else 12)
        cell.alignment, cell.border = _TOP, _BOX
