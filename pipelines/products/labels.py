"""How forms, periods, fields, units and verdicts are called where a person reads them (Vietnamese).

Here: words for codes, and the placeholders of a message filled in where no database did it (a dry run). The messages
themselves are data (the seed `rule_messages`); nothing is worded here that a rule says.
"""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from pipelines.intake.forms import Forms

SEVERITIES = {"error": "Lỗi", "warning": "Cảnh báo", "info": "Thông tin"}
STATES = {"open": "", "cured": "đã khắc phục", "explained": "đã giải trình"}
MARKS = {"met": "Đạt", "not_met": "Chưa đạt"}
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


def read_messages(seeds_dir: Path) -> dict[tuple[str, str], str]:
    """Read the Vietnamese message templates, by rule and variant. Raises OSError for a missing seed."""
    with (seeds_dir / "rule_messages.csv").open(encoding="utf-8", newline="") as file:
        return {(row["rule_id"], row["variant"]): row["message_vi"] for row in csv.DictReader(file)}


def fill_message(template: str, values: Mapping[str, str | None]) -> str:
    """Fill the placeholders of a message in one pass (braces in a value stay as they are); unknown ones are "…"."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1]) or "…", template)
