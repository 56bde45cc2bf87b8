"""Number formats: what a format makes a reader see in place of the number that is stored.

Here: the format codes of Excel (ECMA-376 part 1, 18.8.31), which every workbook format but .ods writes, and the days
that serial numbers stand for. What a column makes of a unit or a percent sign is `values`.

Rounding is not a difference, nor are thousands marks, padding, colours, or an accountant's dash for zero.
"""

import math
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from pipelines.intake.model import FormattedNumber

HIDDEN = object()
"""What a cell shows whose format shows nothing."""

_BUILT_IN = {9: "0%", 10: "0.00%", 46: "[h]:mm:ss"} | dict.fromkeys((*range(14, 23), 45, 47), "d")
"""The formats without a code of their own (18.8.30) that show something else than the number."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<general>General)|E[+-]'
    r"|(?P<noon>AM/PM|A/P)|(?P<date>[ymdhs]+)|(?P<digits>[0#?.,/]+)|(?P<percent>%)|(?P<text>@)|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+", re.IGNORECASE)
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda number, bound: number < bound,
    ">": lambda number, bound: number > bound,
    "<=": lambda number, bound: number <= bound,
    ">=": lambda number, bound: number >= bound,
    "<>": lambda number, bound: number != bound,
    "=": lambda number, bound: number == bound,
}
_DIGITS, _LITERAL, _TEXT = "digits", "literal", "text"
_MOST_SECTIONS = 4
_SIGNS = re.compile(r"[-+−–()\s]+")
_DASHES = re.compile(r"[-‐-―−\s]+")


class _Section(NamedTuple):
    """One part of a format. `pieces`: (kind, text), in order; `scale`: what is shown is the stored number times this."""

    pieces: tuple[tuple[str, str], ...]
    condition: tuple[str, float] | None
    scale: float
    is_percent: bool
    is_coloured: bool
    is_date: bool
    is_elapsed: bool

    def joined(self, kind: str) -> str:
        return "".join(text for other, text in self.pieces if other == kind)


class NumberFormat(NamedTuple):
    """A format, section by section.

    `is_plain`: whatever is stored is what it shows, but for rounding. `is_date`: numbers are shown as days or times, and
    with `is_elapsed` as hours that go on past midnight. All three are settled once: they are asked of every cell.
    """

    sections: tuple[_Section, ...]
    is_plain: bool
    is_date: bool
    is_elapsed: bool

    def shown(self, number: float) -> Any:
        """Return the number as it is seen: itself, a `FormattedNumber`, or HIDDEN."""
        chosen = self._section(number)
        if chosen is None:
            return number
        section, drops_sign = chosen
        literal, digits = section.joined(_LITERAL), section.joined(_DIGITS)
        if not digits or (number == 0 and not digits.strip("?#,./")):
            if section.joined(_TEXT):
                return number
            if not literal.strip():
                return HIDDEN
            return (
                number if number == 0 and _DASHES.fullmatch(literal) else FormattedNumber(number, words=literal.strip())
            )
        unit = "%" if section.is_percent else _SIGNS.sub(" ", literal).strip()
        if not unit and _is_sign_changed(section, number, literal, drops_sign=drops_sign):
            unit = "+" if number < 0 else "-"
        padded = _padded(section, number)
        if not unit and section.scale == 1 and padded is None:
            return number
        return FormattedNumber(number, section.scale, unit, padded or _typed(section, number))

    def shown_text(self, text: str) -> Any:
        """Return a text as it is seen: with what the format writes around it, or HIDDEN."""
        last = self.sections[-1]
        if not last.joined(_TEXT):
            is_hidden = len(self.sections) == _MOST_SECTIONS and not last.joined(_LITERAL).strip()
            return HIDDEN if is_hidden and not last.joined(_DIGITS) else text
        return "".join(text if kind == _TEXT else literal for kind, literal in last.pieces)

    def _section(self, number: float) -> tuple[_Section, bool] | None:
        """Return the section for a number, and whether it drops the number's sign."""
        parts = [section for section in self.sections[:3] if not section.joined(_TEXT)]
        if any(section.condition for section in parts):
            fitting = (part for part in parts if part.condition is None or _holds(part.condition, number))
            return next(((section, False) for section in fitting), None)
        if not parts:
            return None
        if number < 0 and len(parts) > 1:
            return parts[1], True
        return parts[2] if number == 0 and len(parts) > 2 else parts[0], False  # the section for zero


def _holds(condition: tuple[str, float], number: float) -> bool:
    return _COMPARE[condition[0]](number, condition[1])


def _is_sign_changed(section: _Section, number: float, literal: str, *, drops_sign: bool) -> bool:
    """Return whether a number looks like the opposite one; red is how many mark what is negative."""
    shows_minus = any(sign in literal for sign in "-−–(")
    return not (shows_minus or section.is_coloured) if drops_sign else shows_minus and number > 0


def _padded(section: _Section, number: float) -> str | None:
    """Return the digits with the zeros and marks that the format puts before and among them; None where it puts none."""
    places = [at for at, (kind, _) in enumerate(section.pieces) if kind == _DIGITS]
    mask = section.joined(_DIGITS)
    if section.scale != 1 or section.is_percent or set(mask) - set("0#") or number != math.floor(number):
        return None
    digits = f"{abs(number):.0f}"
    if len(places) == 1 and len(digits) >= mask.count("0"):
        return None
    digits = digits.rjust(mask.count("0"), "0")
    texts = [text for _, text in section.pieces]
    for at in reversed(places):
        size = len(digits) if at == places[0] else len(texts[at])
        texts[at], digits = digits[len(digits) - size :], digits[: len(digits) - size]
    return ("-" if number < 0 else "") + "".join(texts).strip()


def _typed(section: _Section, number: float) -> str:
    """Return the number as a person would type it, not rounded, among the format's own words."""
    shown = f"{number * section.scale:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    typed = ""
    for kind, text in section.pieces:
        if kind == _DIGITS:
            typed, shown = typed + shown, ""
        else:
            typed += text
    return (typed + ("%" if section.is_percent else "")).strip()


# --- reading a code -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def number_format(code: str) -> NumberFormat:
    """Return the format of a code; a code that is not one shows what is stored, as programs have it."""
    sections = tuple(_sections(code or "General"))
    return NumberFormat(sections, _is_plain(sections), sections[0].is_date, sections[0].is_elapsed)


def _is_plain(sections: tuple[_Section, ...]) -> bool:
    first = sections[0]
    if first.is_date or first.scale != 1 or first.is_percent or len(sections) > 1:
        return False
    digits = first.joined(_DIGITS)
    if first.joined(_LITERAL).strip() or first.condition or not first.pieces:
        return False
    pads = digits.partition(".")[0].count("0") > 1  # the first pads nothing
    return digits in ("", "General") or ("0" in digits and not pads)


def built_in_format(number: int) -> NumberFormat:
    """Return the format with one of the numbers that need no code."""
    return number_format(_BUILT_IN.get(number, "General"))


def _sections(code: str) -> Iterator[_Section]:
    for tokens in _parted(code):
        pieces: list[tuple[str, str]] = []
        condition = None
        is_coloured = is_date = is_elapsed = is_percent = False
        for token in tokens:
            kind, text = token.lastgroup, token[token.lastgroup] if token.lastgroup else ""
            if kind in ("quoted", "escaped", "literal"):
                pieces.append((_LITERAL, text))
            elif kind in ("digits", "general"):
                pieces.append((_DIGITS, "General" if kind == "general" else text))
            elif kind == "text":
                pieces.append((_TEXT, text))
            elif kind == "percent":
                is_percent = True
            elif kind in ("date", "noon"):
                is_date = True
            elif kind == "bracket":
                match = _CONDITION.fullmatch(text.strip())
                condition = (match[1], float(match[2])) if match else condition
                is_coloured = is_coloured or bool(_COLOUR.fullmatch(text.strip()))
                is_elapsed = is_elapsed or bool(_ELAPSED.fullmatch(text))
                if text.startswith("$") and (symbol := text[1:].partition("-")[0]):
                    pieces.append((_LITERAL, symbol))
        mask = "".join(text for kind, text in pieces if kind == _DIGITS)
        whole = mask.partition(".")[0]
        thousands = len(whole) - len(whole.rstrip(",")) + (len(mask) - len(mask.rstrip(",")) if "." in mask else 0)
        scale = (100.0 if is_percent else 1.0) / 1000.0**thousands
        yield _Section(tuple(pieces), condition, scale, is_percent, is_coloured, is_date or is_elapsed, is_elapsed)


def _parted(code: str) -> Iterator[list[re.Match[str]]]:
    """Yield the tokens of each section; a semicolon in quotes parts nothing."""
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(code):
        if token["literal"] == ";":
            yield tokens
            tokens = []
        else:
            tokens.append(token)
    yield tokens


# --- days ---------------------------------------------------------------------------------------------------------------

_MIDNIGHT = datetime(1899, 12, 30)  # noqa: DTZ001 -- a cell has no time zone
_FALSE_LEAP_DAY = 60
_LAST_SERIAL = 2_958_466
_1904_OFFSET = 1462


def day_of(number: float, *, is_1904: bool, is_elapsed: bool) -> Any:
    """Return the day, the time of day or both that a serial number stands for under a date format; else the number.

    As calamine has them, to the millisecond: below 1 a time, a whole number a date. `is_elapsed`: hours that go on
    past midnight, a timedelta.
    """
    if is_elapsed:
        return timedelta(milliseconds=round(number * 86_400_000)) if abs(number) < _LAST_SERIAL else number
    serial = number + _1904_OFFSET if is_1904 else number
    if not 0 <= serial < _LAST_SERIAL:
        return number
    if serial < _FALSE_LEAP_DAY:
        serial += 1
    moment = _MIDNIGHT + timedelta(milliseconds=round(serial * 86_400_000))
    if 0 <= number < 1 and not is_1904:
        return moment.time()
    return moment.date() if number == math.floor(number) else moment
