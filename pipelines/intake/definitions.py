"""What the form definitions and the mark words say, as rows: SQL joins them in place of naming forms and words.

Here: five tables (`landed.forms`, `form_fields`, `form_codes`, `rule_forms`, `mark_words`) and what stands in them. Not here:
their use.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pipelines.intake.forms import Field, Forms
from pipelines.intake.model import tuple_schema
from pipelines.intake.values.marks import mark_words
from pipelines.reference.models import Rule


class FormRow(NamedTuple):
    """A row of landed.forms; `every` is month, quarter or register (its rows accumulate, it has no period).

    `is_own`: the office has added it. `row_vi`, `row_en`: what a row of it is.
    """

    form: str
    number: str | None
    title: str
    every: str
    is_register: bool
    is_cumulative: bool
    is_nil_allowed: bool
    is_own: bool
    row_vi: str
    row_en: str


class FieldRow(NamedTuple):
    """A row of landed.form_fields, in the order of the form; `is_compared`: a copy check and revisions look at it.

    `column_name`: where it is landed. `label_vi`, `label_en`: what a field of the office's own form is called; no list does.
    """

    form: str
    field: str
    position: int
    type: str
    is_required: bool
    is_personal: bool
    is_compared: bool
    column_name: str
    label_vi: str | None
    label_en: str | None


class CodeRow(NamedTuple):
    """A row of landed.form_codes: a code of a field, in the order of the definition, and the word for it in a blank form."""

    form: str
    field: str
    position: int
    code: str
    word: str


class RuleFormRow(NamedTuple):
    """A row of landed.rule_forms: a rule, and a form at whose reports it looks, be it ours or the office's own."""

    rule_id: str
    form: str


class MarkWordRow(NamedTuple):
    """A row of landed.mark_words: a cell's text in lower case without blanks, every dash a hyphen, and what it means."""

    word: str
    mark: str


Definitions = dict[str, tuple[list[tuple[str, str]], Sequence[tuple[Any, ...]]]]
"""By landed table: its columns with their types, and its rows."""


def definitions(forms: Forms, rules: Iterable[Rule]) -> Definitions:
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
                    form.is_own,
                    form.row_vi,
                    form.row_en,
                )
                for form in forms
            ],
        ),
        (
            "form_fields",
            FieldRow,
            [
                FieldRow(
                    form.code,
                    item.name,
                    place,
                    item.type,
                    item.required,
                    item.personal,
                    item.is_compared,
                    _column_of(item),
                    *(item.label if form.is_own else (None, None)),
                )
                for form in forms
                for place, item in enumerate(form.fields, 1)
            ],
        ),
        (
            "form_codes",
            CodeRow,
            [
                CodeRow(form.code, item.name, place, code, word)
                for form in forms
                for item in form.fields
                for place, (code, word) in enumerate((item.code_words or {}).items(), 1)
            ],
        ),
        (
            "rule_forms",
            RuleFormRow,
            [RuleFormRow(rule.rule_id, form) for rule in rules for form in forms.named(rule.forms)],
        ),
        ("mark_words", MarkWordRow, [MarkWordRow(word, mark) for word, mark in sorted(mark_words().items())]),
    ]
    return {name: (tuple_schema(shape), rows) for name, shape, rows in tables}


def _column_of(item: Field) -> str:
    """Return the landed column that says what the field says: a unit's or reporter's code, not its name as written."""
    names = [name for name, _ in item.columns]
    return next((name for name in names if name.endswith(("_code", "_codes")) and "_suggested" not in name), names[0])
