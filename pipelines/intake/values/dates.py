"""Days and hours: date cells, serial numbers, and text, day first.

Here: one cell that holds a day, with or without an hour. A month, a quarter or a year alone is a period (`periods`).
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum
from functools import lru_cache
from typing import Any

from pipelines.intake.model import FormattedNumber
from pipelines.intake.text import clean
from pipelines.intake.values.value import BLANK, UNREADABLE, Value, without_dash

_EPOCH = date(1899, 12, 30)  # day 0 of Excel's 1900 system, its false 29 February 1900 counted in
_FIRST_SERIAL, _LAST_SERIAL = 10959, 73415  # 1930-01-01 .. 2100-12-31: smaller numbers are years or counts
_NEVER = date(1900, 1, 1)  # a date cell that holds 0 comes back as a day up to here (T075)
_FIRST_YEAR, LAST_YEAR = 1900, 2100
_CENTURY_TURN = 50  # 49 is 2049, 50 is 1950

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(?:ngày )?(\d{1,2}) ?[-/.] ?(\d{1,2})(?: ?[-/.] ?(\d{4}|\d{2}))?")
_IN_WORDS = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2})(?:,? năm (\d{4}))?")
_CLOCK = re.compile(
    r"\b(\d{1,2}) ?(?::|giờ|h|g) ?(\d{2})?(?: ?(?::|phút|ph|p|') ?(\d{2})?)?(?:\.\d+)?"
    r"(?: ?(sa|am|ch|pm|sáng|chiều|tối)\b)?"
)
_AFTERNOON = frozenset({"ch", "pm", "chiều", "tối"})


class DayOrder(Enum):
    """How a column writes its days, by those that can be read one way only."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    UNKNOWN = "unknown"
    """As many of them are month first as day first."""
    SWAPPED = "swapped"
    """A program turned all the texts that it could into days, and took the day for the month."""


_FEWEST_SWAPPED = 3


def day_order(raws: Iterable[Any]) -> DayOrder:
    """Tell how a column's days are written (traps T072, T073).

    Texts whose second number is above 12 are month first, and then so are those that both orders fit. Where days
    stand as texts because a program could not read them in its own order, while every real day is one that it could,
    the real ones have day and month swapped: 25/04/2012 is left as text, 05/04/2012 has become 4 May.
    """
    days = months = both = real = 0
    for raw in raws:
        if isinstance(raw, date):
            if raw.day > 12:  # months of a year
                both += 1
            real += 1
        elif isinstance(raw, str) and raw:
            is_day_first, is_month_first, is_either = _order_of(raw)
            days += is_day_first
            months += is_month_first
            both += is_either
    if real and not both and bool(days) != bool(months) and real + days + months >= _FEWEST_SWAPPED:
        return DayOrder.SWAPPED
    if months and months == days:
        return DayOrder.UNKNOWN
    return DayOrder.MONTH_FIRST if months > days else DayOrder.DAY_FIRST


@lru_cache(maxsize=16384)
def _order_of(text: str) -> tuple[bool, bool, bool]:
    """Return whether a text is a day that can be read day first only, month first only, or both ways."""
    match = _DAY_FIRST.fullmatch(_without_clock(text))
    if match is None:
        return False, False, False
    first, second = int(match[1]), int(match[2])
    return second <= 12 < first, first <= 12 < second, max(first, second) <= 12  # months of a year


def read_date(
    raw: Any, year_hint: int | None = None, order: DayOrder = DayOrder.DAY_FIRST, *, is_1904: bool = False
) -> Value:
    """Read a day: value a date (traps T071-T077).

    Text is day first; month first where the second number is above 12, and where `order` says so of the column (E07).
    `year_hint`: the year of the report's period, taken where the cell has none ("30-6", E07). A serial number is a day
    of Excel's 1900 system, or of the 1904 one where the workbook is such; 0 is blank; a bare year is E01, and so is a day
    that may be swapped. An hour in the cell is left aside.
    """
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        if order is DayOrder.SWAPPED and raw.day != raw.month:
            return UNREADABLE
        return Value(raw, "value") if raw > _NEVER else BLANK
    if raw is None or raw == "":
        return BLANK
    if isinstance(raw, FormattedNumber) and (raw.words or raw.unit):
        raw = raw.text
    if isinstance(raw, str):
        return _read_date_text(raw, year_hint, order, is_1904)
    moment = _from_serial(raw, is_1904=is_1904)
    return moment if moment.state != "value" else Value(moment.value.date(), "value")


_1904_OFFSET = 1462


def _from_serial(raw: Any, *, is_1904: bool) -> Value:
    """Return the local date and time of a serial number; a clock time without a day is none."""
    if isinstance(raw, time | timedelta):
        return BLANK if raw in (time(0), timedelta(0)) else UNREADABLE
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return UNREADABLE
    if raw == 0:
        return BLANK
    if is_1904:
        raw += _1904_OFFSET
    if not _FIRST_SERIAL <= raw < _LAST_SERIAL + 1:
        return UNREADABLE
    seconds = round((raw % 1) * 86400)
    return Value(datetime.combine(_EPOCH, time(0)) + timedelta(days=int(raw), seconds=seconds), "value")


@lru_cache(maxsize=16384)
def _read_date_text(raw: str, year_hint: int | None, order: DayOrder, is_1904: bool) -> Value:  # noqa: PLR0911 -- one return per way of writing
    without_clock = _without_clock(raw)
    if without_clock in {"", "0"}:
        return BLANK if without_dash(raw).strip(" .,;'’") in {"", "0"} else UNREADABLE
    if re.fullmatch(r"\d{5}(?:\.0)?", without_clock):  # a serial number that came as text
        return read_date(float(without_clock), is_1904=is_1904)
    if match := _ISO.fullmatch(without_clock):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _IN_WORDS.fullmatch(without_clock) or _DAY_FIRST.fullmatch(without_clock)
    if match is None:
        return UNREADABLE
    day, month, year = int(match[1]), int(match[2]), match[3]
    is_open = match.re is _DAY_FIRST and max(day, month) <= 12 and day != month  # months of a year
    if is_open and order is DayOrder.UNKNOWN:
        return UNREADABLE
    is_repaired = is_open and order is DayOrder.MONTH_FIRST
    if day <= 12 < month or is_repaired:  # as above
        day, month = month, day
    if year is None and year_hint is None:
        return UNREADABLE
    value = _day(_full_year(year) if year else year_hint or 0, month, day)
    if value.value is None or not (is_repaired or year is None):
        return value
    return value._replace(rule_id="E07")


def _without_clock(raw: str) -> str:
    """Return a text in lower case, without the hour beside the day."""
    text = re.sub(r"(?<=\d)t(?=\d)", " ", without_dash(raw).lower().strip(" .,;'’"))
    if match := _CLOCK.search(text):
        text = text[: match.start()] + text[match.end() :]
    return " ".join(text.replace("lúc", " ").split()).strip(" ,-")


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:  # a full year
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _day(year: int, month: int, day: int) -> Value:
    if not _FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return UNREADABLE
    return Value(date(year, month, day), "value")


_UTC_OFFSET = timedelta(hours=7)  # Asia/Ho_Chi_Minh, without summer time since 1975


def read_datetime(
    raw: Any, year_hint: int | None = None, order: DayOrder = DayOrder.DAY_FIRST, *, is_1904: bool = False
) -> Value:
    """Read a local day and hour (Asia/Ho_Chi_Minh): value a naive datetime in UTC, to the second.

    As `read_date`; the hour may stand before or after the day ("8h30 ngày 10/10/2014", "10/10/2014 08:30", "2:15 CH").
    A day without an hour is its local midnight.
    """
    if isinstance(raw, datetime):
        if order is DayOrder.SWAPPED and raw.day != raw.month:
            return UNREADABLE
        local = raw.replace(tzinfo=None) + timedelta(microseconds=500_000)
        return Value(local.replace(microsecond=0) - _UTC_OFFSET, "value") if raw.date() > _NEVER else BLANK
    if isinstance(raw, int | float | time | timedelta):
        moment = _from_serial(raw, is_1904=is_1904)
        return moment if moment.state != "value" else Value(moment.value - _UTC_OFFSET, "value")
    day = read_date(raw, year_hint, order, is_1904=is_1904)
    if day.state != "value":
        return day
    clock = _clock(raw) if isinstance(raw, str) else time(0)
    if clock is None:
        return UNREADABLE
    return day._replace(value=datetime.combine(day.value, clock) - _UTC_OFFSET)


def _clock(raw: str) -> time | None:
    """Return the clock time in a text, midnight where it has none, None where it is impossible."""
    match = _CLOCK.search(re.sub(r"(?<=\d)t(?=\d)", " ", clean(raw).lower()))
    if match is None:
        return time(0)
    hour, minute, second = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if match[4] in _AFTERNOON and hour < 12:  # noon
        hour += 12
    if hour > 23 or minute > 59 or second > 59:  # a clock
        return None
    return time(hour, minute, second)
