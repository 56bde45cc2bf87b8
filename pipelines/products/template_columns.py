"""A column of a blank workbook: its width, what may be entered there, what the legend says, values as clerks write them.

Here: what follows from a field's definition alone. Not here: which columns a sheet has, and where they stand (templates.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl.worksheet.datavalidation import DataValidation

from pipelines.intake.forms import Field
from pipelines.products.formulas import MET, NOT_MET
from pipelines.wording import label, say, say_number

_EARLIEST = date(1945, 1, 1)
_LONGEST_INLINE_LIST = 255  # Excel's limit
YES, NO = "x", "không"
"""What stands in a column that is ticked."""
FORMATS = {
    "date": "dd/mm/yyyy",
    "datetime": "dd/mm/yyyy hh:mm",
    "integer": "0",
    "criterion": "0",
    "number": "#,##0.##",
    "money": "#,##0.##",
    "percent": "0.##",
}
"""How a spreadsheet shows the values of a type of field; the others are text."""
_WIDTHS = {"mark": 5.5, "tick": 10, "integer": 9, "number": 11, "money": 11, "percent": 9, "date": 11, "criterion": 8}
_WIDTHS |= {"code": 13, "commune": 18, "district": 18}
_WIDTH_OF_TEXT = 17


def column_width(item: Field) -> float:
    """Return how wide the column of a field is, in characters."""
    return 5 if item.name == "row_no" else _WIDTHS.get(item.type, _WIDTH_OF_TEXT)


def legend_lines(fields: Sequence[Field], header: Callable[[Field], str]) -> Iterator[str]:
    """Yield the lines below a table that say how its columns are filled in; `header` gives the header of a field."""
    if any(item.type == "mark" for item in fields):
        yield say("template_note_marks", met=MET, not_met=NOT_MET)
    if ticks := [header(item) for item in fields if item.type == "tick" and not item.tick_words]:
        yield say("template_note_ticks", columns=", ".join(ticks), yes=YES, no=NO)
    for item in fields:
        if item.tick_words:
            words = f" {label('or')} ".join(item.tick_words)
            yield say("template_note_tick_words", column=header(item), words=words)
    if required := [header(item) for item in fields if item.required and item.type not in {"mark", "commune"}]:
        yield say("template_note_required", columns=", ".join(required))
    for item in fields:
        if item.code_words:
            words = ", ".join(item.code_words.values())
            yield say("template_note_codes", column=header(item), words=words)


def allowed_entries(item: Field, ranges: Mapping[str, str]) -> DataValidation | None:
    """Return the drop-down list or the limits of a column; None where anything may stand."""
    words: list[str] = []
    if item.type == "mark":
        words = [MET, NOT_MET]
    elif item.type == "tick" and item.other_text_to is None:
        words = list(item.tick_words or (YES, NO))
    elif item.code_words:
        words = list(item.code_words.values())
    if words and not any("," in word for word in words) and len(",".join(words)) <= _LONGEST_INLINE_LIST:
        rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True)
        return _with_message(rule, say("template_entry_list"))
    if item.type in ranges:
        rule = DataValidation("list", formula1=ranges[item.type], allow_blank=True)
        rule.errorStyle = "warning"  # a ward or a town may be meant
        return _with_message(rule, say("template_entry_place"))
    if item.type == "date":
        earliest = f"DATE({_EARLIEST.year},{_EARLIEST.month},{_EARLIEST.day})"
        rule = DataValidation("date", operator="greaterThanOrEqual", formula1=earliest, allow_blank=True)
        return _with_message(rule, say("template_entry_date"))
    if item.type in {"integer", "number", "money", "percent"} and item.lower is not None:
        kind = "whole" if item.type == "integer" else "decimal"
        upper = 1e12 if item.upper is None else item.upper
        rule = DataValidation(
            kind, operator="between", formula1=f"{item.lower:g}", formula2=f"{upper:.0f}", allow_blank=True
        )
        low = say_number(item.lower)
        if item.upper is None:
            return _with_message(rule, say("template_entry_from", low=low))
        return _with_message(rule, say("template_entry_between", low=low, high=say_number(item.upper)))
    return None


def _with_message(rule: DataValidation, message: str) -> DataValidation:
    rule.error, rule.errorTitle, rule.showErrorMessage = message, say("template_entry_title"), True
    return rule


def clerks_value(item: Field, row: Mapping[str, Any]) -> Any:
    """Return a landed value as a clerk would write it."""
    value = row[item.columns[0][0]]
    if value is None:
        return None
    if item.code_words is not None:
        return item.code_words.get(value, value)
    if item.type == "tick":
        return YES if value else NO
    if item.type == "mark":
        return MET if value == "met" else NOT_MET
    return value
