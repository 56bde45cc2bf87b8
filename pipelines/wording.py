"""What a reader sees of numbers, days, periods, sizes, codes and sentences, in Vietnamese and English.

Here: how a value is written, and the lists that say what codes are called (`labels`), what is said around them
(`sentences`) and what a rule says (`rule_messages`). Every sentence that a clerk reads is a row of one of them; nothing is
worded in code. `dbt_project/macros/messages.sql` writes the same values the same way in SQL: a test holds the two equal.
Not here: what is said when (the products), and what was found (intake, dbt). Intake lands values and words nothing.

Own code, not Babel: both languages have one rule for numbers (they exchange comma and point), which SQL needs as well, and
Babel has neither our periods nor our codes.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pipelines.intake.forms import Form, Forms
from pipelines.intake.model import Finding
from pipelines.reference.lists import Lists, periods_by, read_list
from pipelines.reference.models import (
    Department,
    Label,
    PeriodCalendar,
    Reporter,
    ReporterType,
    Rule,
    RuleMessage,
    RuleVariant,
    Sentence,
    Unit,
)
from pipelines.reference.periods import Periods
from pipelines.reference.rows import Dated
from pipelines.settings import LOCAL_TIME, SEEDS_DIR

Language = Literal["vi", "en"]
UNKNOWN = "–"
"""What is not known, where a cell must say something: never a zero."""
_VIETNAMESE_MARKS = str.maketrans(",.", ".,")
_MEGABYTE = 1e6
_QUARTERS = ("I", "II", "III", "IV")
_LONG_PERIODS = {
    "H1": "period_first_half",
    "H2": "period_second_half",
    "9M": "period_nine_months",
    "": "period_year",
}
_PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2]|Q[1-4])")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_CRITERION = re.compile(r"criterion_(\d+)")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def say_number(value: float, language: Language = "vi", decimals: int | None = None) -> str:
    """Return a number: 1716 → "1.716", 11.45 → "11,45" (English: "1,716", "11.45").

    `decimals`: that many digits behind the mark; None: as many as the number has, at most 6.
    """
    if decimals is not None:
        text = f"{value:,.{decimals}f}"
    elif isinstance(value, int) or value.is_integer():
        text = f"{int(value):,}"
    else:
        text = f"{value:,.6f}".rstrip("0")
    return text.translate(_VIETNAMESE_MARKS) if language == "vi" else text


def say_share(rate: float | None, decimals: int = 0) -> str:
    """Return a rate in per cent: 0.941 → "94%", with one decimal "94,1%"."""
    return UNKNOWN if rate is None else f"{say_number(rate * 100, decimals=decimals)}%"


def say_points(change: float | None) -> str:
    """Return the difference of two rates: 0.03 → "+3 điểm %"."""
    if change is None:
        return UNKNOWN
    return f"{change * 100:+.0f} điểm %" if change else "0"


def say_day(day: dt.date, language: Language = "vi") -> str:
    """Return a day: "07/09/2014" (English: "2014-09-07")."""
    return f"{day:%d/%m/%Y}" if language == "vi" else f"{day:%Y-%m-%d}"


def say_month(day: dt.date) -> str:
    """Return the month of a day, as in a heading: "09/2014"."""
    return f"{day:%m/%Y}"


def say_months(first: dt.date | None, last: dt.date | None) -> str:
    """Return the months from one day's to another's: "09/2014–12/2014", one month by itself; '' for none."""
    return "–".join(dict.fromkeys(say_month(day) for day in (first, last) if day))


def say_carried_over(communes: int, first: dt.date | None, last: dt.date | None) -> str:
    """Return how many communes an earlier report tells of, and from when: "208 xã lấy từ 05/2015–06/2015 · …"; '' for none."""
    if not communes:
        return ""
    return f"{communes} xã lấy từ báo cáo {say_months(first, last) or UNKNOWN} · carried over"


def say_moment(moment: dt.datetime) -> str:
    """Return a moment, as the clock at the office shows it: "08:00 ngày 07/09/2014"."""
    return f"{moment:%H:%M} ngày {moment:%d/%m/%Y}"


def say_utc(moment: dt.datetime | None) -> str:
    """Return a moment of the database (UTC without zone) as the clock at the office shows it."""
    return UNKNOWN if moment is None else say_moment(moment.replace(tzinfo=dt.UTC).astimezone(LOCAL_TIME))


def say_period(period: str | None, language: Language = "vi") -> str:
    """Return a period: '2014-09' → "tháng 9/2014", '2014-H1' → "6 tháng đầu năm 2014" (English: as it is); '' for none."""
    if not period:
        return ""
    year, _, part = period.partition("-")
    if sentence := _LONG_PERIODS.get(part):
        return say(sentence, language, year=year, period=period)
    if part.startswith("Q"):
        return say("period_quarter", language, quarter=_QUARTERS[int(part[1:]) - 1], year=year, period=period)
    return say("period_month", language, month=str(int(part)), year=year, period=period)


def say_size(size: float, language: Language = "vi") -> str:
    """Return a number of bytes: 12500000 → "12,5 MB"."""
    return f"{say_number(round(size / _MEGABYTE, 1), language)} MB"


def say_value(value: object, decimals: int = 2) -> str:
    """Return a value of a table by its type: a number rounded to `decimals`, a text as `say_text`.

    What is unknown is a dash, never a nought.
    """
    match value:
        case None:
            text = UNKNOWN
        case bool():
            text = label("yes" if value else "no")
        case dt.datetime():
            text = say_moment(value)
        case dt.date():
            text = say_day(value)
        case float():
            text = say_number(round(value, decimals))
        case int():
            text = say_number(value)
        case _:
            text = say_text(str(value))
    return text


def say_decimals(value: float | None, decimals: int) -> str:
    """Return a number with that many decimals, as figures stand below each other: 14.0 → "14,00"; a dash for none."""
    return UNKNOWN if value is None else say_number(float(value), decimals=decimals)


def say_text(text: str, language: Language = "vi") -> str:
    """Return a text of a table: a code by its label, a period or a day ('2014-09-07') in words, any other as it is."""
    if text in _labels():
        return label(text, language)
    if _PERIOD.fullmatch(text):
        return say_period(text, language)
    if _DAY.fullmatch(text):
        return say_day(dt.date.fromisoformat(text), language)
    return text


def label(code: str, language: Language = "vi") -> str:
    """Return what a code is called. Raises KeyError for one that `labels` lacks."""
    return _labels()[code][language]


def code_label(column: str, code: str, language: Language = "vi") -> str:
    """Return what a code of a column is called: by `<column>.<code>` where it means something else elsewhere.

    Raises KeyError for one that `labels` lacks.
    """
    own = f"{column}.{code}"
    return label(own if own in _labels() else code, language)


def say_code(column: str, value: str | None) -> str:
    """Return a value of a column of codes: by the column's own label, else as `say_text`; a dash for none."""
    if value is None:
        return UNKNOWN
    own = f"{column}.{value}"
    return label(own) if own in _labels() else say_text(value)


def say(code: str, language: Language = "vi", **values: object) -> str:
    """Return a sentence with its placeholders filled. Raises KeyError for one that `sentences` lacks."""
    return fill(_sentences()[code][language], {name: str(value) for name, value in values.items()})


@cache
def wording_version() -> str:
    """Return a hash of everything that decides how something is said: a product that says it otherwise is made anew."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for texts in (_labels(), _sentences(), _messages()):
        digest.update(repr(texts).encode())
    return digest.hexdigest()


def fill(template: str, values: Mapping[str, str | None]) -> str:
    """Fill the placeholders of a template in one pass (braces in a value stay as they are); what is unknown is a dash."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1]) or UNKNOWN, template)


def capitalise(text: str) -> str:
    """Return a text with a capital first letter, the others as they are."""
    return text[:1].upper() + text[1:]


def severity_of(rule_id: str, variant: str) -> str:
    """Return how bad a finding of a rule and variant is. Raises KeyError for a rule that is not there."""
    severities = _severities()
    return severities.get((rule_id, variant)) or severities[rule_id, ""]


def form_label(forms: Forms, form: str | None) -> str:
    """Return how a form is called: "Biểu 01 (Tổng hợp …)", a register by its title, an unknown code as it is.

    Never by its whole number ("01/NTM-H"), which intake would take for the heading of that form.
    """
    if form is None or form not in forms.forms:
        return form or ""
    return form_label_of(forms[form].number, forms[form].title)


def form_label_of(number: str | None, title: str) -> str:
    """Return how a form of that number and title is called, as `form_label` does."""
    return title if number is None else f"Biểu {number.partition('/')[0]} ({title})"


def field_label(field: str | None, language: Language = "vi", form: Form | None = None) -> str:
    """Return what a field of a form is called: 'criterion_12' → "tiêu chí 12", others by `labels`; '' for none.

    A field of a form that the office has added is called as its definition says.
    """
    if field is None:
        return ""
    if form is not None and form.is_own and field in form.by_name:
        vi, en = form.by_name[field].label
        return vi if language == "vi" else en
    if match := _CRITERION.fullmatch(field):
        return f"{label('criterion_no', language)} {match[1]}"
    return _labels().get(field, {}).get(language, field)


def say_received(
    value: str | None,
    kind: str | None,
    language: Language = "vi",
    low: float | None = None,
    high: float | None = None,
    on: dt.date | None = None,
    lists: Lists | None = None,
) -> str:
    """Return a value of a finding in words; '' for none.

    `kind` says what the value is (pipelines/intake/model.py, `Finding`): None is text as received, which stays as it is;
    'any_…' asks for a type, from `low` to `high`, and has no value. `on` and `lists` as in `unit_name`.
    """
    if kind is not None and kind.startswith("any_"):
        return " ".join([label(kind, language), *_bounds(low, high, language)])
    if not value or kind is None:
        return value or ""
    return unit_name(value, on, lists) if kind == "reporter" else _KINDS[kind](value, language)


def _bounds(low: float | None, high: float | None, language: Language) -> Iterator[str]:
    if low is not None:
        yield say("bound_from", language, low=say_number(low, language))
    if high is not None:
        yield say("bound_to", language, high=say_number(high, language))


def message(
    finding: Finding,
    form: Form | None,
    reporter: str | None,
    period: str | None,
    file: str,
    language: Language = "vi",
    lists: Lists | None = None,
) -> str:
    """Return the message of a finding of intake, by rule and variant, as `quality.findings` will have it.

    `form`, `reporter` and `period` are of the submission that it is about, as far as they are known; `lists` as in `unit_name`.
    """
    messages = _messages()
    template = messages.get((finding.rule_id, finding.variant)) or messages[finding.rule_id, ""]
    on = _periods(lists).end(period) if period else None
    commune = unit_name(finding.unit_code, on, lists) if finding.unit_code else finding.unit_name
    values = {
        "value": say_received(finding.value, finding.value_kind, language, on=on, lists=lists),
        "expected": say_received(
            finding.expected, finding.expected_kind, language, finding.expected_low, finding.expected_high, on, lists
        ),
        "unit": commune,
        "commune": commune,
        "field": field_label(finding.field, language, form),
        "reporter": unit_name(reporter, on, lists),
        "form": (form.number or form.code) if form else None,
        "period": say_period(period, language),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "related_value": finding.related_value,
        "related_sheet": finding.related_sheet,
        "related_cell": finding.related_cell,
        "file": file,
    }
    return fill(template[language], values)


def official_name(reporter: Reporter) -> str:
    """Return what a reporter is called on a letter or a form: a unit by its People's Committee."""
    name = reporter.name_vi
    return f"UBND {name[:1].lower()}{name[1:]}" if reporter.unit_level else name


def unit_name(code: str | None, on: dt.date | None = None, lists: Lists | None = None) -> str:
    """Return the name that a unit or reporter has on a day, the latest where none is given or none holds on it.

    The code where it is unknown, '' for none. `lists`: those of the office; None for ours.
    """
    names = _unit_names(lists).get(code or "", [])
    of_day = [name for row, name in names if on and row.holds_on(on)]
    return (of_day or [name for _, name in names] or [code or ""])[-1]


def _places(value: str, language: Language) -> str:
    """Return rows, columns, cells and sheets in words: 'row 9;column D;E7;+3' → "dòng 9, cột D, E7 … (+3)"."""
    parts, more = value.split(";"), ""
    if parts[-1].startswith("+"):
        more = f" … ({parts.pop()})"
    places = (part.partition(" ") for part in parts)
    return ", ".join(f"{label(f'place_{kind}', language)} {name}" if name else kind for kind, _, name in places) + more


_KINDS: Mapping[str, Callable[[str, Language], str]] = {
    "code": lambda value, language: _labels().get(value, {}).get(language, value),
    "number": lambda value, language: say_number(float(value), language),
    # not grouped: to say how "1.500" was read
    "digits": lambda value, language: value.replace(".", ",") if language == "vi" else value,
    "day": lambda value, language: say_day(dt.date.fromisoformat(value), language),
    "period": say_period,
    "size": lambda value, language: say_size(float(value), language),
    "words": lambda value, language: say("one_of", language, words=value.replace(";", '", "')),
    "places": _places,
}
"""The kinds of values, and how each is said."""


Texts = Mapping[str, str]
"""What is said in each language."""


@cache
def _labels() -> dict[str, Texts]:
    labels = {row.code: {"vi": row.label_vi, "en": row.label_en} for row in read_list(Label, SEEDS_DIR)}
    types = read_list(ReporterType, SEEDS_DIR)
    return {row.reporter_type: {"vi": row.label_vi, "en": row.label_en} for row in types} | labels


@cache
def _sentences() -> dict[str, Texts]:
    return {row.code: {"vi": row.sentence_vi, "en": row.sentence_en} for row in read_list(Sentence, SEEDS_DIR)}


@cache
def _messages() -> dict[tuple[str, str], Texts]:
    rows = read_list(RuleMessage, SEEDS_DIR)
    return {(row.rule_id, row.variant): {"vi": row.message_vi, "en": row.message_en} for row in rows}


@cache
def _severities() -> dict[tuple[str, str], str]:
    rules = {(row.rule_id, ""): row.severity for row in read_list(Rule, SEEDS_DIR)}
    return rules | {(row.rule_id, row.variant): row.severity for row in read_list(RuleVariant, SEEDS_DIR)}


def _periods(lists: Lists | None) -> Periods:
    """Return the days of periods: by the office's calendars, or where no lists are given by ours."""
    if lists:
        return lists.periods
    return periods_by(read_list(PeriodCalendar, SEEDS_DIR))


@cache
def _unit_names(lists: Lists | None) -> dict[str, list[tuple[Dated, str]]]:
    """Return the rows of each unit and reporter with their names, the latest last."""
    units = lists[Unit] if lists else read_list(Unit, SEEDS_DIR)
    departments = lists[Department] if lists else read_list(Department, SEEDS_DIR)
    rows: list[tuple[str, Dated, str]] = [(row.code, row, row.name_vi) for row in units]
    rows += [(row.reporter_code, row, row.name_vi) for row in departments]
    names: dict[str, list[tuple[Dated, str]]] = {}
    for code, row, name in sorted(rows, key=lambda each: each[1].valid_from or dt.date.min):
        names.setdefault(code, []).append((row, name))
    return names
