"""Numbers, counts, percents and units of money, typed as numbers or as text.

Here: decimal and thousands marks (and how a sheet writes them), units, signs, letters for digits. Numbers are read cell
by cell, 25 million of them, so what is typed as a number takes the shortest way.
"""

import math
import re
import sys
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import Any, NamedTuple

from pipelines.intake.model import FormattedNumber
from pipelines.intake.text import clean, fold
from pipelines.intake.values.value import BLANK, DASHES, NOT_LISTED, UNREADABLE, Value, new_value, without_dash


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
_FOOTNOTE = re.compile(r"(?<![mM])\s*(?:[⁰¹²³⁴-⁹⁺⁻⁼⁽⁾ⁿⁱ₀-₎]+|\(?\*+\)?)$")
"""A raised mark behind a number, or asterisks; "m²" has none."""
_CURRENCY = frozenset({"đ", "₫", "đồng", "vnd", "vnđ"})
_CURRENCY_FACTOR, _FEWEST_DONG = 1e-6, 1000
_LONGEST_COUNT = 40
LARGEST_COUNT = 99_999_999
"""More than there is of anything in a province, and sums of twenty such still fit where whole numbers of 32 bits are added."""
LARGEST_NUMBER = 1e15
"""Beyond 15 digits a program has rounded what was typed; sums of numbers below stay finite."""
_LARGEST_FLOAT = sys.float_info.max
"""Beyond: infinite, not a number, or a whole number that no float holds."""
_NUMBER_AND_UNIT = re.compile(r"([\d.,' ]*\d)\s*([^\W\d].*|%|m2)")
_FRACTION = re.compile(r"(\d{1,3}) ?/ ?(\d{1,3})")
_CHANGE = re.compile(r"(tăng|giảm):? ?(\d+)", re.IGNORECASE)


class _NumberReading(NamedTuple):
    """A number read from text; `is_doubtful`: its marks can be read two ways (then `other` is the second way)."""

    number: float
    is_doubtful: bool = False
    other: float = 0.0


def _read_digits(digits: str, style: NumberStyle) -> _NumberReading | None:  # noqa: PLR0911 -- one return per way of writing
    """Read an unsigned number written with . , blank or ' between its digits; None when the marks contradict."""
    if digits.isdigit():
        return _NumberReading(float(digits))
    digits = digits.replace("'", " ")
    if " " in digits:
        whole, comma, decimals = digits.partition(",") if "," in digits else digits.partition(".")
        if not _GROUPED.fullmatch(whole) or (comma and not decimals.isdigit()):
            return None
        return _NumberReading(float(whole.replace(" ", "") + "." + (decimals or "0")))
    last = max(digits.rfind("."), digits.rfind(","))
    mark = digits[last]
    other_mark = "," if mark == "." else "."
    whole, decimals = digits[:last], digits[last + 1 :]
    if other_mark in whole:  # both marks: the last one is the decimal mark
        if mark in whole or not _GROUPED.fullmatch(whole) or not decimals:
            return None
        return _NumberReading(float(whole.replace(other_mark, "") + "." + decimals))
    if mark in whole:  # one mark several times: thousands
        return _NumberReading(float(digits.replace(mark, ""))) if _GROUPED.fullmatch(digits) else None
    if not decimals:
        return None
    as_decimal = float((whole or "0") + "." + decimals)
    if len(decimals) != 3 or not _GROUPED.fullmatch(digits) or whole.startswith("0"):  # a group of thousands
        return _NumberReading(as_decimal)
    as_thousands = float(whole + decimals)
    decimal_mark = {NumberStyle.COMMA_DECIMAL: ",", NumberStyle.POINT_DECIMAL: "."}.get(style)
    if mark == decimal_mark:
        return _NumberReading(as_decimal, is_doubtful=True, other=as_thousands)
    return _NumberReading(as_thousands, is_doubtful=True, other=as_decimal)


def number_style(raws: Iterable[Any]) -> NumberStyle:
    """Find how the sheet writes numbers, by those of its texts that can be read one way only (E05).

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
    match = _NUMBER.match(clean(raw).lstrip("'(-+ "))
    digits = match["whole"].strip() if match else ""
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
    match = _MONEY_STATED.search(" ".join(re.sub(r"[^\w()]+", " ", text).split()).replace("( ", "(").replace(" )", ")"))
    if match is None or (match[4] and match[4] != fold(text)):
        return None
    return _MONEY_UNITS[next(name for name in match.groups() if name)]


def is_money_unit(text: str) -> bool:
    """Return whether a text is a unit of money and nothing else."""
    return fold(text) in _MONEY_UNITS


def percent_factor(raws: Iterable[Any]) -> tuple[float, bool]:
    """Return the factor that brings a percent column's numbers to 0..100, and whether that is sure (trap T043).

    100 when the column holds shares (all its numbers in 0..1, and not all 0): that is how a cell with a percent format
    is stored. Not sure where all are 0 or 1: a task done to 1 percent is not to be told from one that is done, but
    hardly ever reported. Else 1. Texts ("70%") and numbers with a percent format say their scale themselves and are not
    looked at.
    """
    numbers = [
        raw
        for raw in raws
        if isinstance(raw, int | float)
        and not isinstance(raw, bool)
        and not (isinstance(raw, FormattedNumber) and raw.unit)
    ]
    if not any(numbers) or not all(0 <= number <= 1 for number in numbers):
        return 1.0, True
    return 100.0, any(0 < number < 1 for number in numbers)


def _without_dust(number: float) -> float:
    """Return the number without the dust of binary sums: 17.699999999999996 is 17.7 (T059).

    Scaling to a whole number is seven times faster than round(number, 9), and exact below 2**53.
    """
    if number == number // 1:
        return float(number)
    return round(number * 1e9) / 1e9 if -1e6 < number < 1e6 else round(number, 6)  # 1e6 × 1e9 < 2**53


def _in_range(value: Value, lower: float, upper: float) -> Value:
    return value if lower <= value.value <= upper else NOT_LISTED


def read_number(  # noqa: PLR0911 -- one return per kind of cell
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
        if not -_LARGEST_FLOAT <= raw <= _LARGEST_FLOAT:
            return UNREADABLE
        number = _without_dust(raw * factor)
        least = -LARGEST_NUMBER if lower is None else lower
        if not least <= number <= (LARGEST_NUMBER if upper is None else upper):
            return NOT_LISTED
        return new_value(Value, (number, "value", None))
    if raw is None or raw == "":
        return BLANK
    if isinstance(raw, FormattedNumber):
        value = _read_formatted(raw, style, factor, upper)
    elif isinstance(raw, str):
        value = _read_number_text(raw, style, factor)
    else:
        return UNREADABLE
    if value.state != "value":
        return value
    least = -LARGEST_NUMBER if lower is None else lower
    in_range = _in_range(value, least, LARGEST_NUMBER if upper is None else upper)
    return in_range if math.isfinite(value.value) else UNREADABLE


def _read_formatted(raw: FormattedNumber, style: NumberStyle, factor: float, upper: float | None) -> Value:
    """Read what a number's format makes of it, from the number itself: "1011" shown as "1.011,0 tỷ" is 1011 tỷ (E07).

    A currency's sign beside a larger unit of the column ("1.920 ₫" under "triệu đồng") says one of two things: read where
    only one can be, else E01.
    """
    if raw.words:
        value = _read_number_text(raw.words, style, factor)
        return value._replace(rule_id="E07") if value.state == "value" else UNREADABLE
    if not -_LARGEST_FLOAT <= raw <= _LARGEST_FLOAT:
        return UNREADABLE
    shown, unit = float(raw) * raw.scale, clean(raw.unit).lower()
    own = factor if not unit else _unit_factor(unit) if unit != "%" else None
    if unit in _CURRENCY:
        own = factor if factor == _CURRENCY_FACTOR else _currency_factor(shown, factor, upper)
    if own is None:
        return UNREADABLE
    number = _without_dust(shown * own)
    if number == _without_dust(float(raw) * factor):
        return Value(number, "value")
    return Value(number, "value", "E07")


def _currency_factor(shown: float, factor: float, upper: float | None) -> float | None:
    """Return the factor of a sum beside a currency's sign: đồng, or the column's unit; None where both can be."""
    can_be_dong = shown == shown // 1 and abs(shown) >= _FEWEST_DONG
    can_be_column = upper is None or shown * factor <= upper
    return None if can_be_dong == can_be_column else _CURRENCY_FACTOR if can_be_dong else factor


def without_footnote(text: str) -> str:
    """Return the text without the mark of a footnote behind it: "1011¹", "1011 (*)"."""
    return _FOOTNOTE.sub("", text)


@lru_cache(maxsize=16384)
def _read_number_text(raw: str, style: NumberStyle, factor: float) -> Value:
    text = without_dash(raw)
    if not text:
        return BLANK
    if (bare := without_footnote(text)) and bare != text:
        value = _read_number_text(bare, style, factor)
        is_plain = value.state == "value" and value.rule_id is None
        return value._replace(rule_id="E07") if is_plain else value
    text, sign = _split_sign(text)
    reading = _read_digits(text, style) if _NUMBER.fullmatch(text) else None
    if reading is not None:
        number = _without_dust(sign * reading.number * factor)
        return Value(number, "value", "E05") if reading.is_doubtful else Value(number, "value")
    repaired = _repair_number(text, style, factor)
    if repaired is None:
        return UNREADABLE
    number = _without_dust(sign * repaired.number)
    if text.endswith("%") and not repaired.is_doubtful:
        return Value(number, "value")
    return Value(number, "value", "E05" if repaired.is_doubtful else "E07")


def _split_sign(text: str) -> tuple[str, int]:
    """Return the text without its sign, and the sign: -5, +5, (5,2), and the apostrophe of a typed text aside."""
    text = text.lstrip("'’‘").strip()
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), -1
    text = DASHES.sub("-", text)
    if text.startswith(("-", "+")):
        return text[1:].strip(), -1 if text[0] == "-" else 1
    return text, 1


def _repair_number(text: str, style: NumberStyle, factor: float) -> _NumberReading | None:
    """Return the number of a text with a unit or with letters for digits, in the field's unit; None without them."""
    own: float | None = factor
    if _WITH_LETTER_DIGITS.fullmatch(text):
        digits = text.translate(_LETTER_DIGITS)
    elif match := _NUMBER_AND_UNIT.fullmatch(text):
        digits, own = match[1].strip(), _unit_factor(match[2].strip())
    else:
        return None
    reading = _read_digits(digits, style)
    return None if reading is None or own is None else _NumberReading(reading.number * own, reading.is_doubtful)


def _unit_factor(word: str) -> float | None:
    if word == "%":
        return 1.0
    key = fold(word).removesuffix(" năm")  # a sum per year, which is what the column asks for
    return _MONEY_UNITS.get(key, _OTHER_UNITS.get(key))


def read_percent(
    raw: Any, style: NumberStyle = NumberStyle.UNKNOWN, factor: float = 1.0, *, is_sure: bool = True
) -> Value:
    """Read a percent: value a float in 0..100 (trap T043). `factor`, `is_sure`: from `percent_factor` of the column.

    In a column of percents, a fraction below 1 is a share typed among them: 0.7 is 70 (E07).
    """
    if isinstance(raw, FormattedNumber) and raw.unit == "%":
        return _in_range(Value(_without_dust(float(raw) * raw.scale), "value"), 0, 100)
    if not is_sure and isinstance(raw, str):
        factor = 1.0
    value = read_number(raw, style, factor, 0, 100)
    if not is_sure and factor != 1 and value.value:
        return value._replace(rule_id="E07")
    if factor == 1 and value.state == "value" and 0 < value.value < 1 and not (isinstance(raw, str) and "%" in raw):
        number = _without_dust(value.value * 100)
        return Value(number, "value", "E07")
    return value


def read_integer(raw: Any, lower: float | None = 0, upper: float | None = None) -> Value:
    """Read a count: value an int (traps T039, T042, T045-T050).

    12.0 is 12; 12.5 is E01, and so is a date: a fraction that Excel turned into one can't be turned back. "7/19" is 7
    (E07), "1O" is 10 (E07), "5 người" is 5 (E07), "Tăng 2" and "Giảm 1" are 2 and -1 where `lower` lets a number fall
    below zero. "1.500" is 1500 (E05). `lower`, `upper` inclusive (E03).
    """
    if type(raw) is float or type(raw) is int:
        number = int(raw) if raw == raw // 1 and -_LARGEST_FLOAT <= raw <= _LARGEST_FLOAT else _near_integer(raw)
        if number is None:
            return UNREADABLE
        least = -LARGEST_COUNT if lower is None else lower
        if not least <= number <= (LARGEST_COUNT if upper is None else upper):
            return NOT_LISTED
        return new_value(Value, (number, "value", None))
    if raw is None or raw == "":
        return BLANK
    if isinstance(raw, FormattedNumber):
        value = _read_formatted_count(raw, may_fall=lower is None or lower < 0)
    elif isinstance(raw, str):
        value = _read_integer_text(raw, lower is None or lower < 0)
    else:
        return UNREADABLE
    least = -LARGEST_COUNT if lower is None else lower
    return _in_range(value, least, LARGEST_COUNT if upper is None else upper) if value.state == "value" else value


def _read_formatted_count(raw: FormattedNumber, *, may_fall: bool) -> Value:
    """Read a count from what its format makes of it: a unit of counts changes nothing, any other makes it unreadable."""
    if raw.words:
        value = _read_integer_text(raw.words, may_fall)
        return value._replace(rule_id="E07") if value.state == "value" else UNREADABLE
    number = _near_integer(float(raw) * raw.scale)
    if number is None or (raw.unit and fold(raw.unit) not in _COUNT_UNITS):
        return UNREADABLE
    return Value(number, "value") if raw.scale == 1 else Value(number, "value", "E07")


def _near_integer(number: float) -> int | None:
    """Return the whole number that a sum's dust hides (11.999999999999998), None for a true fraction."""
    if not -_LARGEST_FLOAT <= number <= _LARGEST_FLOAT or abs(number - round(number)) > 1e-9:  # dust
        return None
    return round(number)


@lru_cache(maxsize=16384)
def _read_integer_text(raw: str, may_fall: bool) -> Value:  # noqa: PLR0911 -- one return per way of writing
    text = without_dash(raw)
    if not text:
        return BLANK
    if len(text) > _LONGEST_COUNT:
        return UNREADABLE
    if (bare := without_footnote(text)) and bare != text:
        value = _read_integer_text(bare, may_fall)
        is_plain = value.state == "value" and value.rule_id is None
        return value._replace(rule_id="E07") if is_plain else value
    text, sign = _split_sign(text)
    if text.isdecimal():
        return Value(sign * int(text), "value")
    reading = _read_digits(text, NumberStyle.COMMA_DECIMAL) if _NUMBER.fullmatch(text) else None
    if reading is not None:
        whole = max(reading.number, reading.other) if reading.is_doubtful else reading.number
        if whole != int(whole):
            return UNREADABLE
        number = sign * int(whole)
        return Value(number, "value", "E05") if reading.is_doubtful else Value(number, "value")
    number = _repair_integer(text, may_fall)
    return UNREADABLE if number is None else Value(sign * number, "value", "E07")


def _repair_integer(text: str, may_fall: bool) -> int | None:
    if match := _FRACTION.fullmatch(text):
        part, whole = int(match[1]), int(match[2])
        return part if part <= whole else None
    if may_fall and (match := _CHANGE.fullmatch(text)):
        return int(match[2]) * (1 if match[1].lower() == "tăng" else -1)
    if _WITH_LETTER_DIGITS.fullmatch(text):
        digits = text.translate(_LETTER_DIGITS)
        return int(digits) if digits.isdecimal() else None
    match = _NUMBER_AND_UNIT.fullmatch(text)
    if match and match[1].isdecimal() and fold(match[2]) in _COUNT_UNITS:
        return int(match[1])
    return None
