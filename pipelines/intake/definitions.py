"""What the form definitions and the mark words say, as rows: SQL joins them in place of naming forms and words.

Here: three tables (`landed.forms`, `landed.form_fields`, `landed.mark_words`) and what stands in them. Not here: their use.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from pipelines.intake.forms import Forms
from pipelines.intake.model import tuple_schema
from pipelines.intake.values.marks import mark_words


class FormRow(NamedTuple):
    """A row of landed.forms; `every` is month, quarter or register (its rows accumulate, it has no period)."""

    form: str
    number: str | None
    title: str
    every: str
    is_register: bool
    is_cumulative: bool
    is_nil_allowed: bool


class FieldRow(NamedTuple):
    """A row of landed.form_fields, in the order of the form; `is_compared`: a copy check and revisions look at it."""

    form: str
    field: str
    position: int
    type: str
    is_required: bool
    is_personal: bool
    is_compared: bool


class MarkWordRow(NamedTuple):
    """A row of landed.mark_words: a cell's text in lower case without blanks, every dash a hyphen, and what it means."""

    word: str
    mark: str


Definitions = dict[str, tuple[list[tuple[str, str]], Sequence[tuple[Any, ...]]]]
"""By landed table: its columns with their types, and its rows."""


def definitions(forms: Forms) -> Definitions:
    """Return the tables of definitions, without schema in their names."""
    tables: list[tuple[str, type[NamedTuple], Sequence[tuple[Any, ...]]]] = [
        (
            "forms",
            FormRow,
            [
                FormRow(
                    form.code,
                    form.number,
                    form.title,
                    form.every,
                    form.is_register,
                    form.is_cumulative,
                    form.nil_allowed,
                )
                for form in forms
            ],
        ),
        (
            "form_fields",
            FieldRow,
            [
                FieldRow(form.code, item.name, place, item.type, item.required, item.personal, item.is_compared)
                for form in forms
                for place, item in enumerate(form.fields, 1)
            ],
        ),
        ("mark_words", MarkWordRow, [MarkWordRow(word, mark) for word, mark in sorted(mark_words().items())]),
    ]
    return {name: (tuple_schema(shape), rows) for name, shape, rows in tables}
