"""Reporting periods: '2014-09', '2014-Q3', '2014-H2', '2014-9M', '2014'; the days they mean, and how one becomes the other.

Here: what a label says by itself, whoever reports it, and the days of a period by the calendars in force (`Periods`; the
rows of the table `reference.periods`, which SQL joins). Not here: how clerks write a period (pipelines/intake), and how it
is called where a person reads it.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

Frequency = Literal["month", "quarter", "half_year", "nine_months", "year"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
PERIOD = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]|Q[1-4]|H[12]|9M))?")
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years of which periods are known to the tables; no text names one outside them (trap T002)."""
_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "nine_months": 9, "year": 12}
"""Months of a period by its frequency."""
_DECEMBER = 12
_DAY = timedelta(days=1)


class Period(NamedTuple):
    """A period with its days, all of them included; `month` is the first day of the last month that its label names."""

    period: str
    frequency: Frequency
    month: date
    first_day: date
    last_day: date


class Periods:
    """The days of periods, by the calendar in force: one holds for all forms of a province at a time.

    `closings`: since when periods close on which day of the last month that they are named after, None being its last; a
    closing holds for periods whose last month begins on that day or later, and one without a day (None) since ever. A
    period begins the day after the one before of its frequency: none overlap, and no day is left out, even where one
    calendar follows another.
    """

    def __init__(self, closings: Iterable[tuple[date | None, int | None]]) -> None:
        self._closings = sorted(((since or date.min, day) for since, day in closings), key=lambda each: each[0])

    def end(self, period: str) -> date:
        """Return the last day of a period: "the report's date" of quality.md, and "the month's end" everywhere."""
        month = last_month(period)
        day = next((day for since, day in reversed(self._closings) if since <= month), None)
        longest = monthrange(month.year, month.month)[1]
        return month.replace(day=min(day or longest, longest))

    def start(self, period: str) -> date:
        """Return the first day of a period."""
        return self.end(_before(period)) + _DAY

    def at(self, day: date, frequency: Frequency) -> str:
        """Return the period of a frequency that a day lies in; after nine months, those of the year to come."""
        period = period_covering(month_of(day), frequency)
        return period if day <= self.end(period) else period_covering(_after(period), frequency)

    def back_from(self, day: date) -> Iterator[str]:
        """Yield, newest first and without end, the periods that were over when a day began; a month before those it ends."""
        month = self.at(day, "month")
        while True:
            month = _before(month)
            yield month
            yield from (longer for each in FREQUENCIES[1:] if (longer := period_for(month, each)))

    def __iter__(self) -> Iterator[Period]:
        """Yield every period from FIRST_YEAR to LAST_YEAR."""
        yield from _every_period(tuple(self._closings))


@lru_cache(maxsize=8)
def _every_period(closings: tuple[tuple[date, int | None], ...]) -> tuple[Period, ...]:
    """Return every period by these closings: 2,020, worked out once per process since it takes longer than to read all lists."""
    periods = Periods(closings)
    months = [f"{year}-{number:02d}" for year in range(FIRST_YEAR, LAST_YEAR + 1) for number in range(1, _DECEMBER + 1)]
    labels = [(label, each) for month in months for each in FREQUENCIES if (label := period_for(month, each))]
    return tuple(
        Period(label, each, last_month(label), periods.start(label), periods.end(label)) for label, each in labels
    )


def is_period(text: str) -> bool:
    """Whether a text names a period."""
    return PERIOD.fullmatch(text) is not None


def frequency_of(period: str) -> Frequency:
    """Return how often a period of this kind is reported."""
    kinds: dict[str, Frequency] = {"": "year", "Q": "quarter", "H": "half_year", "9": "nine_months"}
    return kinds.get(period[5:6], "month") if not period[5:].isdigit() else "month"


def last_month(period: str) -> date:
    """Return the first day of the last month that a label names, in which the period counts: of '2014-Q3', 1 September."""
    year, frequency = int(period[:4]), frequency_of(period)
    if frequency == "month":
        return date(year, int(period[5:]), 1)
    number = int(period[6]) if frequency in {"quarter", "half_year"} else 1
    return date(year, number * _MONTHS[frequency], 1)


def order_in_time(period: str) -> int:
    """Return a number that orders periods in time: by their last month, of those that end together the shorter first."""
    month = last_month(period)
    return (month.year * 100 + month.month) * 100 + _MONTHS[frequency_of(period)]


def period_for(period: str, frequency: str) -> str | None:
    """Return the period as a form of this frequency has it (forms.md, "Who reports").

    A monthly form titled with a longer period is its last month's; a form of longer periods titled with the last month of
    one, or with another period that ends with it, is that one's; any other does not fit (None: F04). A year alone is only a
    year: plans and documents are called by it, too.
    """
    if frequency not in _MONTHS or (frequency != "year" and frequency_of(period) == "year"):
        return None
    month = last_month(period)
    covering = period_covering(period, frequency)
    return covering if last_month(covering) == month else None


def period_covering(period: str, frequency: str) -> str:
    """Return the period of a frequency in which another one ends: of July 2015, the quarter '2015-Q3'.

    After September it is the nine months of the next year that come next.
    """
    month = last_month(period)
    match frequency:
        case "quarter":
            return f"{month.year}-Q{-(-month.month // 3)}"
        case "half_year":
            return f"{month.year}-H{-(-month.month // 6)}"
        case "nine_months":
            return f"{month.year + (month.month > _MONTHS[frequency])}-9M"
        case "year":
            return f"{month.year}"
    return month_of(month)


def month_of(day: date) -> str:
    """Return the calendar month that a day lies in, as a label."""
    return f"{day.year}-{day.month:02d}"


def _after(period: str) -> str:
    """Return the month after the last one of a period."""
    month = last_month(period)
    return month_of(month.replace(day=28) + 4 * _DAY)


def _before(period: str) -> str:
    """Return the period after which one begins: that before it of its frequency; nine months begin with their year."""
    month, frequency = last_month(period), frequency_of(period)
    if frequency == "nine_months":
        return f"{month.year - 1}"
    months = month.year * 12 + month.month - 1 - _MONTHS[frequency]
    return period_covering(f"{months // 12}-{months % 12 + 1:02d}", frequency)
