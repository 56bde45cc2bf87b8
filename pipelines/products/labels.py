"""How forms, periods, fields, units and verdicts are called where a person reads them (Vietnamese).

Here: words for codes, and the placeholders of a message filled in where no database did it (a dry run). The messages
themselves are data (the seed `rule_messages`); nothing is worded here that a rule says.
"""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from pipelines.intake.forms import Forms
from pipelines.intake.model import Finding

SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "info": "Thông tin"}
STATES = {"open": "", "cured": "đã khắc phục", "explained": "đã giải trình"}
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def form_label(forms: Forms, form: str | None) -> str:
    """Return how a form is called: "Biểu 01 (Tổng hợp …)", a register by its title, an unknown code as it is.

    Never by its whole number ("01/NTM-H"), which intake would take for the heading of that form.
    """
    if form is None or form not in forms.forms:
        return form or ""
    definition = forms[form]
    if definition.number is None:
        return definition.title
    return f"Biểu {definition.number.partition('/')[0]} ({definition.title})"


def period_label(period: str | None) -> str:
    """Return a period as it is said: '2014-09' → "tháng 9/2014", '2014-Q3' → "quý III/2014"; '' for none."""
    if not period:
        return ""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return f"quý {('I', 'II', 'III', 'IV')[int(part[1]) - 1]}/{year}"
    return f"tháng {int(part)}/{year}"


def field_label(forms: Forms, form: str | None, field: str | None) -> str:
    """Return the usual header of a form's field; the field's own name where the form is unknown."""
    if field is None:
        return ""
    known = forms[form].by_name.get(field) if form and form in forms.forms else None
    if known is None:
        return field
    if known.criterion is not None:
        return f"Tiêu chí {known.criterion}"
    return known.headers[0] if known.headers else field


def as_said(forms: Forms, form: str | None, value: str | None) -> str:
    """Return a value of a finding as a reader writes it: an ISO day as day/month/year, a field by its header."""
    if form and form in forms.forms and value in forms[form].by_name:
        return field_label(forms, form, value)
    match = _ISO_DAY.fullmatch(value or "")
    return f"{match[3]}/{match[2]}/{match[1]}" if match else value or ""


def fill_message(template: str, values: Mapping[str, str | None]) -> str:
    """Fill the placeholders of a message in one pass (braces in a value stay as they are); unknown ones are "…"."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or "…", template)


class Words:
    """Words for codes, fields and units as a message needs them, from the seeds. Raises OSError for a missing one."""

    def __init__(self, seeds_dir: Path, forms: Forms) -> None:
        self._forms = forms
        templates = _read(seeds_dir / "rule_messages.csv")
        self._messages = {(row["rule_id"], row["variant"]): row["message_vi"] for row in templates}
        self._labels = {row["code"]: row["label_vi"] for row in _read(seeds_dir / "labels.csv")}
        self._units = {row["code"]: row["name_vi"] for row in _read(seeds_dir / "units.csv")}
        self._units |= {row["reporter_code"]: row["name_vi"] for row in _read(seeds_dir / "departments.csv")}

    def value(self, value: str | None, form: str | None) -> str:
        """Return a value as it is said: a code by its label, a field by its header, a day as day/month/year."""
        return self._labels.get(value or "") or as_said(self._forms, form, value)

    def reporter(self, code: str | None) -> str:
        """Return the (latest) name of a reporter or unit; the code where it is unknown."""
        return self._units.get(code or "", code or "")

    def message(self, finding: Finding, form: str | None, reporter: str | None, period: str | None, file: str) -> str:
        """Return the message of a finding of intake, by rule and variant; the rule id where none is known."""
        template = self._messages.get((finding.rule_id, finding.variant)) or self._messages.get((finding.rule_id, ""))
        field = finding.field or ""
        criterion = field.removeprefix("criterion_")
        label = f"tiêu chí {criterion}" if criterion.isdigit() else self._labels.get(field)
        values = {
            "value": self.value(finding.value, form),
            "expected": self.value(finding.expected, form),
            "unit": self._units.get(finding.unit_code or "", finding.unit_name),
            "field": label or field_label(self._forms, form, finding.field),
            "reporter": self.reporter(reporter),
            "form": form,
            "period": period_label(period),
            "sheet": finding.sheet,
            "cell": finding.cell,
            "related_value": self.value(finding.related_value, form),
            "related_sheet": finding.related_sheet,
            "related_cell": finding.related_cell,
            "difference": None if finding.difference is None else f"{finding.difference:g}",
            "file": file,
        }
        return fill_message(template, values) if template else finding.rule_id


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
