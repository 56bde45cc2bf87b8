"""Values of a cell: marks, numbers, dates, ticks, code words, periods. One reader a type; each returns a `Value`.

Here: what one cell says, given its column's unit of money, its sheet's number style and the year of its report. A new
way of writing a value belongs here, with the trap's id in its test. What a row, a column's header or a sheet says
belongs in `extract` and `recognise`; what the words of a form mean belongs in the form's file.

A cell comes raw, as the workbook library gives it: str, int, float, bool, datetime, date, time, timedelta or None.
Nothing here guesses: a value is read, read after a named repair (E07), undecided between two readings (E05), outside
its range or list (E03), or unreadable (E01). A lone dash is a mark (not met) or a tick (no); in every other column it
is blank, because blank is unknown and a zero must be typed.
"""

import math
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal, NamedTuple
from unicodedata import combining, normalize

from pipelines.intake.text import clean, fold, plain, strip_marks

State = Literal["value", "blank", "unreadable", "out_of_range"]


class Value(NamedTuple):
    """What a cell says.

    `value`: typed; None unless `state` is 'value' (a blank tick has False). `rule_id`: the rule that the cell raised,
    of E01, E03, E05, E07. `expected`: the value taken, as a person would type it, where E05 or E07 was raised.
    """

    value: Any
    state: State
    rule_id: str | None = None
    expected: str | None = None


_new = tuple.__new__  # builds a Value in half the time: numbers are read cell by cell, 25 million of them
BLANK = Value(None, "blank")
UNREADABLE = Value(None, "unreadable", "E01")
NOT_LISTED = Value(None, "out_of_range", "E03")

_DASHES = re.compile("[\u2010-\u2015\u2212]")


def _is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not clean(raw))


def _without_dash(text: str) -> str:
    """Return the cleaned text, '' for a lone dash: outside marks and ticks it says nothing."""
    text = clean(text)
    if text and not text[0].isalnum() and not _DASHES.sub("-", text).strip("- "):
        return ""
    return text


# --- marks and ticks -------------------------------------------------------------------------------------------------

_MET = Value("met", "value")
_NOT_MET = Value("not_met", "value")
# forms.md, H01: whole cells, negatives first, case and spaces aside. "Không đạt", "Ko đạt" are KĐ written out, half or whole.
_NOT_MET_WORDS = ("k", "không", "ko", "chưa", "chưađạt", "cđ", "kđ", "khôngđạt", "kođạt", "kđạt", "0", "-")
_MET_WORDS = ("x", "v", "✓", "ü", "đ", "đạt", "1", "+", "100%")
# Repaired (E07): hooks left out (T068); ư lost on the way from TCVN3 (T082); other signs for a tick. A closed list, never
# a distance; crosses in boxes are none of it, since for some they mean "not met".
_MARK_REPAIRS = {
    "✔": (_MET, "✓"),
    "√": (_MET, "✓"),
    "☑": (_MET, "✓"),
    "đat": (_MET, "Đạt"),
    "dat": (_MET, "Đạt"),
    "dạt": (_MET, "Đạt"),
    "d": (_MET, "Đ"),
    "khong": (_NOT_MET, "Không"),
    "khongdat": (_NOT_MET, "Không đạt"),
    "khôngđat": (_NOT_MET, "Không đạt"),
    "chua": (_NOT_MET, "Chưa"),
    "cha": (_NOT_MET, "Chưa"),
    "chuadat": (_NOT_MET, "Chưa đạt"),
    "chưadat": (_NOT_MET, "Chưa đạt"),
    "chưađat": (_NOT_MET, "Chưa đạt"),
    "chuađạt": (_NOT_MET, "Chưa đạt"),
    "chađạt": (_NOT_MET, "Chưa đạt"),
    "cd": (_NOT_MET, "CĐ"),
    "kd": (_NOT_MET, "KĐ"),
}
_MARK_WORDS = (
    dict.fromkeys(_MET_WORDS, _MET)
    | dict.fromkeys(_NOT_MET_WORDS, _NOT_MET)
    | {word: Value(mark.value, "value", "E07", right) for word, (mark, right) in _MARK_REPAIRS.items()}
)
_MARKS: dict[Any, Value] = {
    None: BLANK,
    "": BLANK,
    1: _MET,  # also 1.0, True and a cell formatted as 100 %
    0: _NOT_MET,
    **{word: mark for word, mark in _MARK_WORDS.items() if mark.rule_id is None},
    **{word.upper(): mark for word, mark in _MARK_WORDS.items() if mark.rule_id is None and word != "ü"},
    **{word.capitalize(): mark for word, mark in _MARK_WORDS.items() if mark.rule_id is None and word != "ü"},
    "Chưa đạt": _NOT_MET,
}


def read_mark(raw: Any) -> Value:
    """Read a mark of the criteria matrix: value 'met' or 'not_met' (forms.md, H01; traps T060-T068).

    "Cơ bản đạt", "Không áp dụng", 2, 70 % and whatever else is in neither list: E01, never a guess. Blank stays blank:
    whether it means not met is the sheet's business (E06).
    """
    known = _MARKS.get(raw)
    if known is not None:
        return known
    return _read_mark_text(raw) if isinstance(raw, str) else UNREADABLE


@lru_cache(maxsize=4096)
def _read_mark_text(raw: str) -> Value:
    word = _DASHES.sub("-", clean(raw).lower().replace(" ", ""))
    return _MARK_WORDS.get(word, UNREADABLE) if word else BLANK


MARK_CHOICES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("đạt", "đ", "đạt chuẩn"), "met")
    | dict.fromkeys(
        (
            "chưa đạt",
            "không đạt",
            "k đạt",
            "ko đạt",
            "chưa đạt chuẩn",
            "không đạt chuẩn",
            "chưa",
            "không",
            "k",
            "kđ",
            "cđ",
        ),
        "not_met",
    )
)
TICK_CHOICES: Mapping[str, bool] = MappingProxyType({"có": True, "đúng": True, "không": False, "sai": False})
"""What the columns of a mark, and of a tick, are called where each answer has a column of its own; folded."""

_YES = Value(True, "value")
_NO = Value(False, "value")
_TICK_WORDS: Mapping[str, bool] = MappingProxyType(
    dict.fromkeys(("x", "v", "✓", "ü", "đ", "đạt", "1", "+", "có", "đúng", "100%"), True)
    | dict.fromkeys(("k", "không", "ko", "0", "-", "chưa", "sai", "kđ", "khôngđúng"), False)
    | dict.fromkeys(("khôngcó", "kcó", "kocó", "0có", "chưacó"), False)
)


def read_tick(raw: Any, words: Mapping[str, bool] = MappingProxyType({})) -> Value:
    """Read a tick: value True or False. `words`: the form's own words, folded ("kiêm nhiệm" → False).

    A blank tick means no (forms.md): value False with state 'blank', so that a required one can still raise E02. Any
    other word is E01; a column where it means yes (the buyer's name in is_linked) says so in `extract`.
    """
    if raw is None or raw == "":
        return Value(False, "blank")
    if isinstance(raw, str):
        text = clean(raw)
        if not text:
            return Value(False, "blank")
        answer = words.get(fold(text))
        if answer is None:
            answer = _TICK_WORDS.get(_DASHES.sub("-", text.lower().replace(" ", "")))
    else:
        answer = bool(raw) if isinstance(raw, int | float) and raw in (0, 1) else None
    if answer is None:
        return UNREADABLE
    return _YES if answer else _NO


def read_choice(raw: Any, answer: Any, choices: Mapping[str, Any]) -> bool | None:
    """Tell whether the column of one answer is ticked ("Lớn | Vừa | Nhỏ", each with its x); None where it can't be told.

    `answer`: the column's own; `choices`: every answer by its folded words. The answer's own word is a tick too; "K" in
    the column "Chưa đạt", or "Đ", says two opposite things.
    """
    tick = read_tick(raw)
    stated = choices.get(fold(raw)) if isinstance(raw, str) else None
    if stated is None:
        return None if tick.state == "unreadable" else tick.value
    if stated == answer:
        return None if tick.value is False else True
    return False if tick.value is False else None


# --- numbers ---------------------------------------------------------------------------------------------------------


class NumberStyle(Enum):
    """How a sheet writes the numbers that are typed as text."""

    UNKNOWN = "unknown"
    COMMA_DECIMAL = "comma_decimal"  # 1.234,5
    POINT_DECIMAL = "point_decimal"  # 1,234.5


_MONEY_UNITS = {
    "tỷ": 1e3,
    "tỉ": 1e3,
    "tỷ đồng": 1e3,
    "tỉ đồng": 1e3,
    "tỷ đ": 1e3,
    "tỉ đ": 1e3,
    "triệu": 1.0,
    "triệu đồng": 1.0,
    "triệu đ": 1.0,
    "tr": 1.0,
    "trđ": 1.0,
    "tr đ": 1.0,
    "tr đồng": 1.0,
    "nghìn": 1e-3,
    "ngàn": 1e-3,
    "nghìn đồng": 1e-3,
    "ngàn đồng": 1e-3,
    "nghìn đ": 1e-3,
    "ngàn đ": 1e-3,
    "1000 đồng": 1e-3,
    "1000đ": 1e-3,
    "1000 đ": 1e-3,
    "đồng": 1e-6,
    "đ": 1e-6,
    "vnđ": 1e-6,
    "vnd": 1e-6,
}
"""Factor to million VND. Keys are folded."""
_OTHER_UNITS = {"ha": 1.0, "tấn": 1.0, "tạ": 0.1, "kg": 1e-3, "m2": 1e-4, "m²": 1e-4}
"""Factor to hectares and to tonnes."""
_COUNT_UNITS = frozenset(
    [
        "người",
        "lao",
        "động",
        "lđ",
        "hộ",
        "xã",
        "thôn",
        "mô",
        "hình",
        "mh",
        "con",
        "tiêu",
        "chí",
        "tc",
        "thành",
        "viên",
        "tv",
        "dn",
        "htx",
        "tht",
        "doanh",
        "nghiệp",
        "bài",
        "tin",
    ]
) | {"lao động", "mô hình", "tiêu chí", "thành viên", "doanh nghiệp"}

_GROUPED = re.compile(r"\d{1,3}(?:([.,' ])\d{3})(?:\1\d{3})*")
_NUMBER = re.compile(r"(?P<whole>\d[\d.,' ]*|[.,]\d+)")
_LETTER_DIGITS = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1"})
_WITH_LETTER_DIGITS = re.compile(r"(?=[^\d]*\d)[\dOolI.,]+")
_NUMBER_AND_UNIT = re.compile(r"([\d.,' ]*\d)\s*([^\W\d].*|%|m2)")
_FRACTION = re.compile(r"(\d{1,3}) ?/ ?(\d{1,3})")
_CHANGE = re.compile(r"(tăng|giảm):? ?(\d+)", re.IGNORECASE)


class _Reading(NamedTuple):
    """A number read from text; `is_doubtful`: its marks can be read two ways (then `other` is the second way)."""

    number: float
    is_doubtful: bool = False
    other: float = 0.0


def _read_digits(digits: str, style: NumberStyle) -> _Reading | None:  # noqa: PLR0911 -- one return a way of writing
    """Read an unsigned number written with . , blank or ' between its digits; None when the marks contradict."""
    if digits.isdigit():
        return _Reading(float(digits))
    digits = digits.replace("'", " ")
    if " " in digits:
        whole, comma, decimals = digits.partition(",") if "," in digits else digits.partition(".")
        if not _GROUPED.fullmatch(whole) or (comma and not decimals.isdigit()):
            return None
        return _Reading(float(whole.replace(" ", "") + "." + (decimals or "0")))
    last = max(digits.rfind("."), digits.rfind(","))
    mark = digits[last]
    other_mark = "," if mark == "." else "."
    whole, decimals = digits[:last], digits[last + 1 :]
    if other_mark in whole:  # both marks: the last one is the decimal mark
        if mark in whole or not _GROUPED.fullmatch(whole) or not decimals:
            return None
        return _Reading(float(whole.replace(other_mark, "") + "." + decimals))
    if mark in whole:  # one mark several times: thousands
        return _Reading(float(digits.replace(mark, ""))) if _GROUPED.fullmatch(digits) else None
    if not decimals:
        return None
    as_decimal = float((whole or "0") + "." + decimals)
    if len(decimals) != 3 or not _GROUPED.fullmatch(digits) or whole.startswith("0"):  # noqa: PLR2004 -- a group of thousands
        return _Reading(as_decimal)
    as_thousands = float(whole + decimals)
    decimal_mark = {NumberStyle.COMMA_DECIMAL: ",", NumberStyle.POINT_DECIMAL: "."}.get(style)
    if mark == decimal_mark:
        return _Reading(as_decimal, is_doubtful=True, other=as_thousands)
    return _Reading(as_thousands, is_doubtful=True, other=as_decimal)


def number_style(raws: Iterable[Any]) -> NumberStyle:
    """Tell how the sheet writes numbers, by those of its texts that can be read one way only (E05).

    `raws`: the cells of the sheet's number columns; numbering (1.1, 1.2) must not be among them. A tie is UNKNOWN.
    """
    commas = points = 0
    for raw in raws:
        if not isinstance(raw, str) or raw.isalpha():
            continue
        style = _style_of(raw)
        commas += style is NumberStyle.COMMA_DECIMAL
        points += style is NumberStyle.POINT_DECIMAL
    if commas == points:
        return NumberStyle.UNKNOWN
    return NumberStyle.COMMA_DECIMAL if commas > points else NumberStyle.POINT_DECIMAL


@lru_cache(maxsize=16384)
def _style_of(raw: str) -> NumberStyle:
    found = _NUMBER.match(clean(raw).lstrip("'(-+ "))
    digits = found["whole"].strip() if found else ""
    last = max(digits.rfind("."), digits.rfind(","))
    reading = _read_digits(digits.rstrip(".,"), NumberStyle.UNKNOWN) if last >= 0 else None
    if reading is None or reading.is_doubtful:
        return NumberStyle.UNKNOWN
    mark = digits[last]
    is_decimal = digits.count(mark) == 1
    return NumberStyle.COMMA_DECIMAL if is_decimal == (mark == ",") else NumberStyle.POINT_DECIMAL


_MONEY_NAMES = "|".join(re.escape(name) for name in sorted(_MONEY_UNITS, key=len, reverse=True))
_MONEY_PHRASES = "|".join(re.escape(name) for name in _MONEY_UNITS if name.endswith(" đồng"))
_MONEY_STATED = re.compile(
    rf"(?:(?:đvt|đơn vị tính|đơn vị) ({_MONEY_NAMES})|\(({_MONEY_NAMES})(?: \w+)?\)|\b({_MONEY_PHRASES})"
    rf"|^({_MONEY_NAMES}))"
    r"(?![^\s)])"
)


@lru_cache(maxsize=4096)
def money_factor(unit_text: str) -> float | None:
    """Return the factor to million VND that a text names ("ĐVT: đồng" → 1e-6, "(triệu đồng/năm)" → 1.0; trap T017).

    A unit is named after "ĐVT", in brackets, as "triệu đồng" and the like anywhere, or as the whole text; "hội đồng"
    and "cộng đồng" name none: None.
    """
    text = re.sub(r"(?<=1)[., ](?=000)", "", clean(unit_text).lower())
    found = _MONEY_STATED.search(" ".join(re.sub(r"[^\w()]+", " ", text).split()).replace("( ", "(").replace(" )", ")"))
    if found is None or (found[4] and found[4] != fold(text)):
        return None
    return _MONEY_UNITS[next(name for name in found.groups() if name)]


def is_money_unit(text: str) -> bool:
    """Tell whether a text is a unit of money and nothing else."""
    return fold(text) in _MONEY_UNITS


def percent_factor(raws: Iterable[Any]) -> tuple[float, bool]:
    """Return the factor that brings a percent column's numbers to 0..100, and whether that is sure (trap T043).

    100 when the column holds shares (all its numbers in 0..1, and not all 0): that is how a cell with a percent format
    is stored. Not sure where all are 0 or 1: a task done to 1 percent is not to be told from one that is done, but
    hardly ever reported. Else 1. Texts ("70%") say their scale themselves and are not looked at.
    """
    numbers = [raw for raw in raws if isinstance(raw, int | float) and not isinstance(raw, bool)]
    if not any(numbers) or not all(0 <= number <= 1 for number in numbers):
        return 1.0, True
    return 100.0, any(0 < number < 1 for number in numbers)


def _without_dust(number: float) -> float:
    """Return the number without the dust of binary sums: 17.699999999999996 is 17.7 (T059).

    Scaling to a whole number is seven times faster than round(number, 9), and exact below 2**53.
    """
    if number == number // 1:
        return float(number)
    return round(number * 1e9) / 1e9 if -1e6 < number < 1e6 else round(number, 6)  # noqa: PLR2004 -- 1e6 × 1e9 < 2**53


def _in_range(value: Value, lower: float | None, upper: float | None) -> Value:
    if (lower is not None and value.value < lower) or (upper is not None and value.value > upper):
        return NOT_LISTED
    return value


def _typed(number: float) -> str:
    """Return a number as a Vietnamese clerk would type it, without thousands marks: 1234.5 → '1234,5'."""
    return f"{number:.10f}".rstrip("0").rstrip(".").replace(".", ",")


def read_number(
    raw: Any,
    style: NumberStyle = NumberStyle.UNKNOWN,
    factor: float = 1.0,
    lower: float | None = None,
    upper: float | None = None,
) -> Value:
    """Read a number: value a float in the field's unit (traps T037-T059).

    `style`: how the sheet writes numbers. `factor`: from the column's unit to the field's; a unit typed in the cell
    ("1,5 tỷ", "2,3 ha", E07) or a percent sign overrides it. `lower`, `upper`: in the field's unit, inclusive (E03).
    Digits that two readings fit ("1.500") are taken as the sheet's style has it, else as thousands (E05). Words like
    "khoảng 500", "≥70", "15-18", "100 (70% cứng hóa)", dates and error texts are E01.
    """
    if type(raw) is float or type(raw) is int:
        if not math.isfinite(raw):
            return UNREADABLE
        number = _without_dust(raw * factor)
        if (lower is not None and number < lower) or (upper is not None and number > upper):
            return NOT_LISTED
        return _new(Value, (number, "value", None, None))
    if raw is None or raw == "":
        return BLANK
    if not isinstance(raw, str):
        return UNREADABLE
    value = _read_number_text(raw, style, factor)
    return _in_range(value, lower, upper) if value.state == "value" else value


@lru_cache(maxsize=16384)
def _read_number_text(raw: str, style: NumberStyle, factor: float) -> Value:
    text = _without_dash(raw)
    if not text:
        return BLANK
    text, sign = _split_sign(text)
    reading = _read_digits(text, style) if _NUMBER.fullmatch(text) else None
    if reading is not None:
        number = _without_dust(sign * reading.number * factor)
        return Value(number, "value", "E05", _typed(number)) if reading.is_doubtful else Value(number, "value")
    repaired = _repair_number(text, style, factor)
    if repaired is None:
        return UNREADABLE
    number = _without_dust(sign * repaired.number)
    if text.endswith("%") and not repaired.is_doubtful:
        return Value(number, "value")
    return Value(number, "value", "E05" if repaired.is_doubtful else "E07", _typed(number))


def _split_sign(text: str) -> tuple[str, int]:
    """Return the text without its sign, and the sign: -5, +5, (5,2), and the apostrophe of a typed text aside."""
    text = text.lstrip("'’‘").strip()
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), -1
    text = _DASHES.sub("-", text)
    if text.startswith(("-", "+")):
        return text[1:].strip(), -1 if text[0] == "-" else 1
    return text, 1


def _repair_number(text: str, style: NumberStyle, factor: float) -> _Reading | None:
    """Return the number of a text with a unit or with letters for digits, in the field's unit; None without them."""
    own: float | None = factor
    if _WITH_LETTER_DIGITS.fullmatch(text):
        digits = text.translate(_LETTER_DIGITS)
    elif found := _NUMBER_AND_UNIT.fullmatch(text):
        digits, own = found[1].strip(), _unit_factor(found[2].strip())
    else:
        return None
    reading = _read_digits(digits, style)
    return None if reading is None or own is None else _Reading(reading.number * own, reading.is_doubtful)


def _unit_factor(word: str) -> float | None:
    if word == "%":
        return 1.0
    key = fold(word).removesuffix(" năm")  # a sum a year, which is what the column asks for
    return _MONEY_UNITS.get(key, _OTHER_UNITS.get(key))


def read_percent(
    raw: Any, style: NumberStyle = NumberStyle.UNKNOWN, factor: float = 1.0, *, is_sure: bool = True
) -> Value:
    """Read a percent: value a float in 0..100 (trap T043). `factor`, `is_sure`: from `percent_factor` of the column.

    In a column of percents, a fraction below 1 is a share typed among them: 0.7 is 70 (E07).
    """
    if not is_sure and isinstance(raw, str):
        factor = 1.0
    value = read_number(raw, style, factor, 0, 100)
    if not is_sure and factor != 1 and value.value:
        return value._replace(rule_id="E07", expected="100")
    if factor == 1 and value.state == "value" and 0 < value.value < 1 and not (isinstance(raw, str) and "%" in raw):
        number = _without_dust(value.value * 100)
        return Value(number, "value", "E07", _typed(number))
    return value


def read_integer(raw: Any, lower: float | None = 0, upper: float | None = None) -> Value:
    """Read a count: value an int (traps T039, T042, T045-T050).

    12.0 is 12; 12.5 is E01, and so is a date: a fraction that Excel turned into one can't be turned back. "7/19" is 7
    (E07), "1O" is 10 (E07), "5 người" is 5 (E07), "Tăng 2" and "Giảm 1" are 2 and -1 where `lower` lets a number fall
    below zero. "1.500" is 1500 (E05). `lower`, `upper` inclusive (E03).
    """
    if type(raw) is float or type(raw) is int:
        number = int(raw) if raw == raw // 1 and math.isfinite(raw) else _near_integer(raw)
        if number is None:
            return UNREADABLE
        if (lower is not None and number < lower) or (upper is not None and number > upper):
            return NOT_LISTED
        return _new(Value, (number, "value", None, None))
    if raw is None or raw == "":
        return BLANK
    if not isinstance(raw, str):
        return UNREADABLE
    value = _read_integer_text(raw, lower is None or lower < 0)
    return _in_range(value, lower, upper) if value.state == "value" else value


def _near_integer(number: float) -> int | None:
    """Return the whole number that a sum's dust hides (11.999999999999998), None for a true fraction."""
    if not math.isfinite(number) or abs(number - round(number)) > 1e-9:  # noqa: PLR2004 -- dust
        return None
    return round(number)


@lru_cache(maxsize=16384)
def _read_integer_text(raw: str, may_fall: bool) -> Value:
    text = _without_dash(raw)
    if not text:
        return BLANK
    text, sign = _split_sign(text)
    if text.isdecimal():
        return Value(sign * int(text), "value")
    reading = _read_digits(text, NumberStyle.COMMA_DECIMAL) if _NUMBER.fullmatch(text) else None
    if reading is not None:
        whole = max(reading.number, reading.other) if reading.is_doubtful else reading.number
        if whole != int(whole):
            return UNREADABLE
        number = sign * int(whole)
        return Value(number, "value", "E05", str(number)) if reading.is_doubtful else Value(number, "value")
    number = _repair_integer(text, may_fall)
    return UNREADABLE if number is None else Value(sign * number, "value", "E07", str(sign * number))


def _repair_integer(text: str, may_fall: bool) -> int | None:
    if found := _FRACTION.fullmatch(text):
        part, whole = int(found[1]), int(found[2])
        return part if part <= whole else None
    if may_fall and (found := _CHANGE.fullmatch(text)):
        return int(found[2]) * (1 if found[1].lower() == "tăng" else -1)
    if _WITH_LETTER_DIGITS.fullmatch(text):
        digits = text.translate(_LETTER_DIGITS)
        return int(digits) if digits.isdecimal() else None
    found = _NUMBER_AND_UNIT.fullmatch(text)
    if found and found[1].isdecimal() and fold(found[2]) in _COUNT_UNITS:
        return int(found[1])
    return None


# --- dates -----------------------------------------------------------------------------------------------------------

_EPOCH = date(1899, 12, 30)  # day 0 of Excel's 1900 system, its false 29 February 1900 counted in
_FIRST_SERIAL, _LAST_SERIAL = 10959, 73415  # 1930-01-01 .. 2100-12-31: smaller numbers are years or counts
_NEVER = date(1900, 1, 1)  # a date cell that holds 0 comes back as a day up to here (T075)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_CENTURY_TURN = 50  # 49 is 2049, 50 is 1950

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(?:ngày )?(\d{1,2}) ?[-/.] ?(\d{1,2})(?: ?[-/.] ?(\d{4}|\d{2}))?")
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2})(?:,? năm (\d{4}))?")
_CLOCK = re.compile(
    r"\b(\d{1,2}) ?(?::|giờ|h|g) ?(\d{2})?(?: ?(?::|phút|ph|p|') ?(\d{2})?)?(?:\.\d+)?"
    r"(?: ?(sa|am|ch|pm|sáng|chiều|tối)\b)?"
)
_AFTERNOON = frozenset({"ch", "pm", "chiều", "tối"})


def read_date(raw: Any, year_hint: int | None = None) -> Value:
    """Read a day: value a date (traps T071-T077).

    Text is day first; month first only where the second number is above 12. `year_hint`: the year of the report's
    period, taken where the cell has none ("30-6", E07). A serial number is a day of Excel's 1900 system; 0 is blank; a
    bare year is E01. An hour in the cell is left aside.
    """
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return Value(raw, "value") if raw > _NEVER else BLANK
    if raw is None or raw == "":
        return BLANK
    if isinstance(raw, str):
        return _read_date_text(raw, year_hint)
    found = _from_serial(raw)
    return found if found.state != "value" else Value(found.value.date(), "value")


def _from_serial(raw: Any) -> Value:
    """Return the local date and time of a serial number; a clock time without a day is none."""
    if isinstance(raw, time | timedelta):
        return BLANK if raw in (time(0), timedelta(0)) else UNREADABLE
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return UNREADABLE
    if raw == 0:
        return BLANK
    if not _FIRST_SERIAL <= raw < _LAST_SERIAL + 1:
        return UNREADABLE
    seconds = round((raw % 1) * 86400)
    return Value(datetime.combine(_EPOCH, time(0)) + timedelta(days=int(raw), seconds=seconds), "value")


@lru_cache(maxsize=16384)
def _read_date_text(raw: str, year_hint: int | None) -> Value:  # noqa: PLR0911 -- one return a way of writing
    text = _without_dash(raw).lower().strip(" .,;'’")
    if text in {"", "0"}:
        return BLANK
    without_clock = re.sub(r"(?<=\d)t(?=\d)", " ", text)
    if found := _CLOCK.search(without_clock):
        without_clock = without_clock[: found.start()] + without_clock[found.end() :]
    without_clock = " ".join(without_clock.replace("lúc", " ").split()).strip(" ,-")
    if re.fullmatch(r"\d{5}(?:\.0)?", without_clock):  # a serial number that came as text
        return read_date(float(without_clock))
    if found := _ISO.fullmatch(without_clock):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    found = _IN_WORDS.fullmatch(without_clock) or _DAY_FIRST.fullmatch(without_clock)
    if found is None:
        return UNREADABLE
    day, month, year = int(found[1]), int(found[2]), found[3]
    if day <= 12 < month:  # noqa: PLR2004 -- months of a year
        day, month = month, day
    if year is not None:
        return _day(_full_year(year), month, day)
    if year_hint is None:
        return UNREADABLE
    value = _day(year_hint, month, day)
    return value if value.value is None else value._replace(rule_id="E07", expected=f"{value.value:%d/%m/%Y}")


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:  # noqa: PLR2004 -- a full year
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _day(year: int, month: int, day: int) -> Value:
    if not _FIRST_YEAR <= year <= _LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:  # noqa: PLR2004
        return UNREADABLE
    return Value(date(year, month, day), "value")


_UTC_OFFSET = timedelta(hours=7)  # Asia/Ho_Chi_Minh, without summer time since 1975


def read_datetime(raw: Any, year_hint: int | None = None) -> Value:
    """Read a local day and hour (Asia/Ho_Chi_Minh): value a naive datetime in UTC, to the second.

    As `read_date`; the hour may stand before or after the day ("8h30 ngày 10/10/2014", "10/10/2014 08:30", "2:15 CH").
    A day without an hour is its local midnight.
    """
    if isinstance(raw, datetime):
        local = raw.replace(tzinfo=None) + timedelta(microseconds=500_000)
        return Value(local.replace(microsecond=0) - _UTC_OFFSET, "value") if raw.date() > _NEVER else BLANK
    if isinstance(raw, int | float | time | timedelta):
        found = _from_serial(raw)
        return found if found.state != "value" else Value(found.value - _UTC_OFFSET, "value")
    day = read_date(raw, year_hint)
    if day.state != "value":
        return day
    clock = _clock(raw) if isinstance(raw, str) else time(0)
    if clock is None:
        return UNREADABLE
    return day._replace(value=datetime.combine(day.value, clock) - _UTC_OFFSET)


def _clock(raw: str) -> time | None:
    """Return the clock time in a text, midnight where it has none, None where it is impossible."""
    found = _CLOCK.search(re.sub(r"(?<=\d)t(?=\d)", " ", clean(raw).lower()))
    if found is None:
        return time(0)
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4] in _AFTERNOON and hour < 12:  # noqa: PLR2004 -- noon
        hour += 12
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 -- a clock
        return None
    return time(hour, minute, second)


# --- words -----------------------------------------------------------------------------------------------------------


def read_code(raw: Any, codes: Mapping[str, str]) -> Value:
    """Read a word of a closed list: value the English code. `codes`: folded Vietnamese synonyms → codes.

    The whole cell counts ("chưa hoàn thành" is not "hoàn thành", trap T063). A word that only lacks diacritics is taken
    with E07 where it fits one code; any other word is E03.
    """
    if _is_blank(raw):
        return BLANK
    if not isinstance(raw, str):
        return NOT_LISTED
    if not _without_dash(raw):
        return BLANK
    key = fold(raw)
    code = codes.get(key)
    if code is not None:
        return Value(code, "value")
    bare = plain(key)
    words = [word for word in codes if plain(word) == bare and lacks_marks(key, word)]
    if words and len({codes[word] for word in words}) == 1:
        return Value(codes[words[0]], "value", "E07", words[0])
    return NOT_LISTED


def lacks_marks(given: str, right: str) -> bool:
    """Tell whether `given` is `right` with diacritics left out, none changed (Đat for Đạt; not Đất). Both folded."""
    if len(given) != len(right):
        return False
    for written, wanted in zip(given, right, strict=True):
        if written == wanted:
            continue
        if plain(written) != plain(wanted) or not _marks(written) <= _marks(wanted):
            return False
    return True


@lru_cache(maxsize=512)
def _marks(letter: str) -> frozenset[str]:
    return frozenset({"đ"} if letter == "đ" else (part for part in normalize("NFD", letter) if combining(part)))


_ROUNDED_CODE = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}")


@lru_cache(maxsize=65536)
def _read_words(raw: str) -> Value:
    text = _without_dash(raw)
    if _ROUNDED_CODE.fullmatch(text):
        return UNREADABLE
    return Value(text, "value") if text else BLANK


def read_text(raw: Any) -> Value:
    """Read a text: value a cleaned str. A whole number loses its ".0" (T056), a date is dd/mm/yyyy.

    A number that a program has rounded on the way ("3,00E+09") is no code any more: E01.
    """
    if raw is None or raw == "":
        return BLANK
    if isinstance(raw, str):
        return _read_words(raw)
    if isinstance(raw, bool):
        text = "TRUE" if raw else "FALSE"
    elif isinstance(raw, float):
        text = str(int(raw)) if math.isfinite(raw) and raw == int(raw) else f"{raw:.12g}"
    elif isinstance(raw, datetime) and raw.time() != time(0):
        text = f"{raw:%d/%m/%Y %H:%M}"
    elif isinstance(raw, date):
        text = f"{raw:%d/%m/%Y}"
    else:
        text = str(raw)
    return Value(text, "value") if text else BLANK


def read_lines(raw: Any) -> Value:
    """Read a text whose line breaks part what it lists: each line cleaned, the breaks kept (trap T036)."""
    if not isinstance(raw, str):
        return read_text(raw)
    lines = [line for line in map(_without_dash, raw.splitlines()) if line]
    return Value("\n".join(lines), "value") if lines else BLANK


# --- periods ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """A period that a text names: '2014-09' or '2014-Q3', and how it was written."""

    period: str
    kind: Literal["month", "quarter", "year_to_month"]


_QUARTERS = {
    word: number
    for number, words in enumerate(("i 1 mot", "ii 2 hai", "iii 3 ba", "iv 4 tu bon"), 1)
    for word in words.split()
}
_MONTH_WORDS = {"ba": 3, "sau": 6, "chin": 9, "muoi hai": 12}
_YEAR = r"(?:\s*(?:[,-]?\s*nam\s*|[/.\-–_ ]\s*)(?P<{0}>\d{{4}}(?!\d)|(?<=[/.\-])\d{{2}}(?![\d/.])))?"
_MONTH = r"(?:0?[1-9]|1[0-2])(?!\d)"
_SIGNED = re.compile(
    r"\bngay[\s.…_]*\d{0,2}[\s.…_]*(?:thang[\s\d.…_]*(?:nam[\s\d.…_]*)?|[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2,4})"
)
_UP_TO = re.compile(
    r"\bden\s+(?:het\s+)?(?:ngay\s+)?\d{1,2}\s*(?:[/.\-]|\s*thang\s)\s*"
    r"(?P<month>\d{1,2})\s*(?:[/.\-]|\s*nam\s)\s*(?P<year>\d{4})(?!\d)"
)
_ALTERNATIVES = (
    r"(?<![\d/.\-])(?P<iso_year>20\d\d)[-_]?(?:q(?P<iso_quarter>[1-4])|(?<=[-_])(?P<iso_month>0[1-9]|1[0-2]))(?!\d|[-_/.]\d)",
    r"\b(?P<count>\d{1,2}|ba|sau|chin|muoi hai)\s+thang\s+(?P<half>dau|cuoi)?\s*nam\s*(?P<count_year>\d{4})(?!\d)",
    r"\b(?P<count_alone>\d{1,2}|ba|sau|chin|muoi hai)\s+thang\s+dau\s+nam\b",
    rf"(?<![a-z])thang\s*{_MONTH}\s*(?:-|–|den)\s*(?:het\s+)?(?:thang\s*)?(?P<last>{_MONTH})(?!\s*[/.-]\s*\d\d?[/.-]){_YEAR.format('last_year')}",
    rf"(?<![a-z])(?:quy|qui)[\s_.:]*(?P<quarter>iv|i{{1,3}}|[1-4](?!\d)|mot|hai|ba|bon|tu)(?![a-z]){_YEAR.format('quarter_year')}",
    rf"(?<![a-z\d])q[.\s]?(?P<q>iv|i{{1,3}}|[1-4])(?![a-z\d]){_YEAR.format('q_year')}",
    rf"(?:(?<![a-z])thang[\s_.:]*|(?<![a-z\d])t\.?\s?(?=\d))(?P<month>{_MONTH}){_YEAR.format('month_year')}",
)
_NAMED = re.compile("|".join(_ALTERNATIVES))
_ANY_YEAR = re.compile(r"(?:\bnam\s*|[/.\-])(\d{4})(?!\d)")
_YEAR_BEFORE = re.compile(r"(?:\bnam\s*|[/.\-]|^|[\\_ ])(20\d\d)(?=[/\\_ ,]|$)")
_YEAR_REACH = 40  # "Tháng 9 và 9 tháng đầu năm 2014": how far from a month its year may stand
_BARE_MONTH = re.compile(rf"(?P<month>{_MONTH})\s*[/.\-]\s*(?P<year>\d{{4}})")
_BARE_QUARTER = re.compile(r"(?P<quarter>iv|i{1,3})\s*[/.\-]\s*(?P<year>\d{4})")


def _bare(text: str) -> str:
    """Return the text cleaned, lower case, without diacritics; punctuation stays, so that 9/2014 is not 9 2014."""
    return strip_marks(clean(text).lower())


def find_periods(text: str) -> list[Period]:
    """Return the periods that a title, heading or path names, in the order written (forms.md; trap T022).

    "Tháng 9 năm 2014", "T9/2014", "Quý III/2014", "Q3/2014", "9 tháng đầu năm 2014", "đến 15/12/2014", "2014-09",
    with or without diacritics. The place-and-date line ("ngày 5 tháng 10 năm 2014"), a decision's date, a year alone
    and a year outside 2000-2100 name none. A month whose year follows later in the text takes that year.
    """
    return list(_find_periods(text))


@lru_cache(maxsize=4096)
def _find_periods(text: str) -> tuple[Period, ...]:
    bare = _bare(text)
    found: list[tuple[int, Period | None]] = [
        (match.start(), _month(match["year"], match["month"], "year_to_month")) for match in _UP_TO.finditer(bare)
    ]
    bare = _SIGNED.sub(lambda match: "#" * len(match[0]), _UP_TO.sub(lambda match: "#" * len(match[0]), bare))
    found += [(match.start(), _named(match, bare)) for match in _NAMED.finditer(bare)]
    return tuple(dict.fromkeys(period for _, period in sorted(found, key=lambda item: item[0]) if period))


def _named(match: re.Match[str], text: str) -> Period | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    year = next((value for name, value in groups.items() if name.endswith("year")), None) or _year_near(match, text)
    if "iso_month" in groups:
        return _month(year, groups["iso_month"], "month")
    if quarter := groups.get("iso_quarter") or groups.get("quarter") or groups.get("q"):
        return _quarter(year, _QUARTERS[quarter])
    if count := groups.get("count") or groups.get("count_alone"):
        months = _MONTH_WORDS.get(count) or int(count)
        if groups.get("half") == "cuoi":
            months = 12
        return _month(year, str(months), "year_to_month")
    if "last" in groups:
        return _month(year, groups["last"], "year_to_month")
    return _month(year, groups["month"], "month")


def _year_near(match: re.Match[str], text: str) -> str | None:
    """Return the first year after the match, else the last before it, within reach."""
    after = _ANY_YEAR.search(text, match.end(), match.end() + _YEAR_REACH)
    if after:
        return after[1]
    before = _YEAR_BEFORE.findall(text, max(0, match.start() - _YEAR_REACH), match.start())
    return before[-1] if before else None


def _proper_year(year: str | None) -> int | None:
    """Return the year as a number; None outside 2000-2100 (trap T002)."""
    if year is None:
        return None
    number = int(year) + (2000 if len(year) == 2 else 0)  # noqa: PLR2004 -- two digits
    return number if 2000 <= number <= _LAST_YEAR else None  # noqa: PLR2004 -- T002


def _month(year: str | None, month: str, kind: Literal["month", "year_to_month"]) -> Period | None:
    number = _proper_year(year)
    if number is None or not 1 <= int(month) <= 12:  # noqa: PLR2004 -- months of a year
        return None
    return Period(f"{number}-{int(month):02d}", kind)


def _quarter(year: str | None, quarter: int) -> Period | None:
    number = _proper_year(year)
    return None if number is None else Period(f"{number}-Q{quarter}", "quarter")


def read_period(raw: Any) -> str | None:
    """Read a cell that holds nothing but a period (V03): '2014-09', '2014-Q3', None when it names none or several.

    Besides what `find_periods` knows: "9/2014", "III/2014", and the first of a month, which is what Excel makes of
    "9/2014".
    """
    if isinstance(raw, datetime | date):
        return f"{raw.year}-{raw.month:02d}" if raw.day == 1 and _proper_year(str(raw.year)) else None
    if not isinstance(raw, str):
        return None
    bare = _bare(raw)
    if match := _BARE_MONTH.fullmatch(bare):
        period = _month(match["year"], match["month"], "month")
    elif match := _BARE_QUARTER.fullmatch(bare):
        period = _quarter(match["year"], _QUARTERS[match["quarter"]])
    else:
        found = find_periods(raw)
        period = found[0] if len({item.period for item in found}) == 1 else None
    return period.period if period else None


def choose_period(periods: Sequence[Period], frequency: str) -> str | None:
    """Return the period, of those that a title names, that a form of this frequency ('month', 'quarter') reports.

    The form's own kind first; else N months or another kind that ends with it, as `period_for` has it. None when no
    period fits (F04).
    """
    own = "quarter" if frequency == "quarter" else "month"
    for period in sorted(periods, key=lambda item: (item.kind != own, item.kind != "year_to_month")):
        fitted = period_for(period.period, frequency)
        if fitted is not None:
            return fitted
    return None


def period_for(period: str, frequency: str) -> str | None:
    """Return the period as a form of this frequency ('month' or 'quarter') has it (forms.md, "Who reports").

    A monthly form titled with a quarter is its last month's; a quarterly form titled with the quarter's last month is
    that quarter's; any other month on a quarterly form is none (None: F04).
    """
    year, part = period.split("-")
    if frequency == "quarter" and not part.startswith("Q"):
        month = int(part)
        return None if month % 3 else f"{year}-Q{month // 3}"
    if frequency == "month" and part.startswith("Q"):
        return f"{year}-{int(part[1]) * 3:02d}"
    return period


def period_end(period: str) -> date:
    """Return the last day of a period ('2014-09', '2014-Q3'): "the report's date" of quality.md."""
    year, part = period.split("-")
    month = int(part[1]) * 3 if part.startswith("Q") else int(part)
    return date(int(year), month, monthrange(int(year), month)[1])
