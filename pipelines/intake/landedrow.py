"""A landed row in the making: its columns, its key, and what its findings need to know of it.

Here: the shape, and how a row is called. What its cells say is `tablerows`; what follows from all rows is `extract`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from pipelines.intake.forms import Field, Form
from pipelines.intake.text import fold
from pipelines.intake.units import Resolution
from pipelines.intake.values.words import read_text

SUBMISSION, DELIVERY, SHEET, TABLE, ROW, KEY, UNUSED, UNREADABLE, REQUIRED, FILLED = range(10)
"""Where the common columns of a landed row stand (`model.ROW_COLUMNS`)."""


class Context(NamedTuple):
    """Whose report, of which period: what every row of a submission shares. `on` is the report's date."""

    delivery_id: str
    submission_id: str
    reporter_code: str | None
    period: str | None
    on: date
    territory: str | None
    """The reporter itself, where it is a unit: what it reports about lies there."""


@dataclass(slots=True)
class Row:
    """A landed row in the making. `out` is what lands; the rest is what its findings need."""

    out: list[Any]
    sheet: str
    number: int
    column_of: dict[str, int]
    key_column: int = 0
    unreadable: list[str] = field(default_factory=list)
    blank_marks: list[Field] = field(default_factory=list)
    mark_cells: int = 0
    unit: Resolution | None = None
    unit_name: str | None = None


def key_of(form: Form, out: Sequence[Any]) -> tuple[str, ...]:
    """Return the fields of a row's key: the first of the form's keys whose fields are all filled, else the last one."""
    for names in form.key[:-1]:
        if all(out[form.position[name]] for name in names):
            return names
    return form.key[-1]


def item_key(form: Form, out: Sequence[Any]) -> str | None:
    """Return the folded key of a row; a commune counts by its code where that is known. None where all of it is blank."""
    parts: list[str] = []
    for key in form.key_parts:
        parts = []
        for position, has_code, is_folded in key:
            value = (out[position + 1] if has_code else None) or out[position]
            if value.__class__ is str:
                parts.append(fold(value) if is_folded else value)
            else:
                parts.append("" if value is None else str(value))
        if all(parts):
            break
    return "|".join(parts) if any(parts) else None


def comparable(form: Form, out: Sequence[Any], item: Field) -> Any:
    """Return what a landed row says in a field, as two rows are compared: places by code, texts folded."""
    position, kind = form.position[item.name], item.type
    value = out[position]
    if kind in ("commune", "district") and out[position + 1]:
        return out[position + 1]
    return fold(value) if value.__class__ is str and kind != "code" else value


def as_received(value: Any) -> str | None:
    """Return what a cell holds as a finding shows it, None for a blank one."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    text = read_text(value)
    return f"{value:.15g}" if text.state == "unreadable" else text.value
