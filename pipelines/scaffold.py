"""What `make forms` writes: staging models, their descriptions, landed suites, dbt's list of forms, its semantic layer.

Here: what each form's files say, those files with that of semantic_layer.py (a test holds them equal), and the
suite of a form of the office's own, which has no file. A form and a column are defined in pipelines/intake/forms/ and nowhere
else. Not here: anything that a person has to decide.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from pipelines.files import replace_file
from pipelines.intake.forms import Field, Form, Forms
from pipelines.quality import Suite
from pipelines.reference.models import PublishedIndicator
from pipelines.reference.periods import PERIOD
from pipelines.semantic_layer import FILE, describe_semantics
from pipelines.settings import DBT_PROJECT_DIR

WRITTEN = "Written from the form definitions by `make forms`; change those."
_CODE = r"^\d{5}$"
_DISTRICT = r"^\d{3}$"


def files(forms: Forms, indicators: Sequence[PublishedIndicator]) -> Mapping[str, str]:
    """Return the files by their path below the checkout."""
    texts = {"dbt_project/macros/forms.sql": _macro(forms), FILE: describe_semantics(indicators, DBT_PROJECT_DIR)}
    for form in forms:
        model = f"dbt_project/models/staging/{form.subject}/{staging_model(form)}"
        texts[f"{model}.sql"] = _model(form)
        texts[f"{model}.yml"] = _description(form)
        suite = landed_suite(form)
        texts[f"expectations/{suite.name}.yml"] = _suite(form, suite)
    return texts


def write_files(forms: Forms, indicators: Sequence[PublishedIndicator], checkout: Path) -> list[str]:
    """Write what differs below the checkout; return its paths. A file that no form has any more stays for a person to remove."""
    written = []
    for path, text in files(forms, indicators).items():
        file = checkout / path
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            replace_file(file, text.encode(), is_public=True)
            written.append(path)
    return written


def landed_suite(form: Form) -> Suite:
    """Return what the landed table of a form promises."""
    expectations = (
        {"type": f"expect_{kind}", "severity": severity, "kwargs": about}
        for kind, severity, about in _expectations(form)
    )
    return Suite(f"landed_{form.table}", f"landed.{form.table}", tuple(expectations))


def staging_model(form: Form) -> str:
    """Return the name of a form's staging model."""
    return f"stg_{form.subject}__{form.table}"


def _model(form: Form) -> str:
    columns = ",\n".join(f"        {name}" for name, _ in form.columns)
    return (
        f"-- {WRITTEN}\nwith source as (\n    select * from {{{{ source('landed', '{form.table}') }}}}\n),\n\n"
        f"renamed as (\n    select\n{columns}\n    from source\n)\n\nselect * from renamed\n"
    )


def _description(form: Form) -> str:
    printed = f"Biểu {form.number}" if form.number else form.title
    return (
        f"# {WRITTEN}\nsources:\n  - name: landed\n    tables:\n"
        f'      - {{name: {form.table}, description: "One row per row of form {form.code}: {form.row_en}."}}\n'
        f"models:\n  - name: {staging_model(form)}\n"
        f'    description: "Mỗi dòng là {form.row_vi} trong {printed}, đúng như đã đọc. '
        f'One row per {form.row_en} ({form.code}), as read."\n'
    )


def _suite(form: Form, suite: Suite) -> str:
    lines = [f"# {WRITTEN}", f"# {form.code}: {form.row_en}.", f"table: {suite.table}", "expectations:"]
    for each in suite.expectations:
        kwargs = yaml.safe_dump(
            each["kwargs"], default_flow_style=True, allow_unicode=True, width=10_000, sort_keys=False
        )
        lines.append(f"  - {{type: {each['type']}, severity: {each['severity']}, kwargs: {kwargs.strip()}}}")
    return "\n".join(lines) + "\n"


def _expectations(form: Form) -> list[tuple[str, str, dict[str, Any]]]:
    """Return what a landed table promises: type of expectation, severity, arguments."""
    expectations: list[tuple[str, str, dict[str, Any]]] = [
        ("column_values_to_not_be_null", "critical", {"column": name})
        for name in ("submission_id", "delivery_id", "sheet")
    ]
    expectations.append(("column_values_to_be_between", "critical", {"column": "row_number", "min_value": 1}))
    if form.wide is None:  # a row of a wide sheet lands as several
        place = ["submission_id", "sheet", "table_no", "row_number"]
        expectations.append(("compound_columns_to_be_unique", "critical", {"column_list": place}))
    for item in form.fields:
        expectations += _expectations_of(item)
    return expectations


def _expectations_of(item: Field) -> list[tuple[str, str, dict[str, Any]]]:
    expectations: list[tuple[str, str, dict[str, Any]]] = []
    column = item.columns[1][0] if item.type in ("commune", "district") else item.name
    if item.type in ("commune", "district"):
        regex = _CODE if item.type == "commune" else _DISTRICT
        expectations.append(("column_values_to_match_regex", "critical", {"column": column, "regex": regex}))
    if item.type == "period":
        expectations.append(
            ("column_values_to_match_regex", "critical", {"column": column, "regex": f"^{PERIOD.pattern}$"})
        )
    if item.type == "mark" or item.codes:
        words = list(item.code_words or ("met", "not_met"))
        expectations.append(("column_values_to_be_in_set", "critical", {"column": column, "value_set": words}))
    bounds = {"min_value": item.lower, "max_value": item.upper if item.type != "money" else None}
    if given := {name: bound for name, bound in bounds.items() if bound is not None and item.type != "date"}:
        expectations.append(("column_values_to_be_between", "critical", {"column": column, **given}))
    if item.filled:
        expectations.append(("column_values_to_not_be_null", "warning", {"column": column, "mostly": item.filled}))
    return expectations


def _macro(forms: Forms) -> str:
    lines = [
        f"{{# {WRITTEN}",
        "   The forms, each with its staging model. `fields`: what a report says, beside numbering, names of units and notes;",
        "   two reports that agree in all of them are copies (X05), and a correction is listed field by field (revisions).",
        "   `unit`: the column of the commune that a row is about. `personal`: the fields that name a person. #}",
        "{% macro forms() %}",
        "    {{ return([",
    ]
    for form in forms:
        unit = next((item.columns[1][0] for item in form.fields if item.type == "commune"), None)
        about: dict[str, Any] = {
            "form": form.code,
            "table": form.table,
            "model": staging_model(form),
            "is_register": form.is_register,
            "unit": unit,
            "personal": [item.name for item in form.fields if item.personal],
            "fields": [item.name for item in form.fields if item.is_compared],
        }
        entries = ", ".join(f"'{name}': {_jinja(value)}" for name, value in about.items())
        lines.append(f"        {{{entries}}},")
    return "\n".join([*lines, "    ]) }}", "{% endmacro %}", ""])


def _jinja(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    return repr(value)
