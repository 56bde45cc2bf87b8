"""Reporting periods: '2014-09' is a month, '2014-Q3' a quarter; the days they mean, and how one becomes the other.

Here: what holds for every period, whoever reports it. Not here: how clerks write a period (pipelines/intake), and how it
is called where a person reads it.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Literal

Frequency = Literal["month", "quarter"]
PERIOD = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2]|Q[1-4])")
_MONTHS_OF_QUARTER = 3


def is_period(text: str) -> bool:
    """Whether a text names a period."""
    return PERIOD.fullmatch(text) is not None


def frequency_of(period: str) -> Frequency:
    """Return how often a period of this kind is reported."""
    return "quarter" if "Q" in period else "month"


def period_start(period: str) -> date:
    """Return the first day of a period."""
    end = period_end(period)
    months_before = _MONTHS_OF_QUARTER - 1 if frequency_of(period) == "quarter" else 0
    return date(end.year, end.month - months_before, 1)


def period_end(period: str) -> date:
    """Return the last day of a period: "the report's date" of quality.md."""
    year, part = period.split("-")
    month = int(part[1]) * _MONTHS_OF_QUARTER if part.startswith("Q") else int(part)
    return date(int(year), month, monthrange(int(year), month)[1])


def period_for(period: str, frequency: str) -> str | None:
    """Return the period as a form of this frequency ('month' or 'quarter') has it (forms.md, "Who reports").

    A monthly form titled with a quarter is its last month's; a quarterly form titled with the quarter's last month is
    that quarter's; any other month does not fit a quarterly form (None: F04).
    """
    year, part = period.split("-")
    if frequency == "quarter" and not part.startswith("Q"):
        month = int(part)
        return None if month % _MONTHS_OF_QUARTER else f"{year}-Q{month // _MONTHS_OF_QUARTER}"
    if frequency == "month" and part.startswith("Q"):
        return f"{year}-{int(part[1]) * _MONTHS_OF_QUARTER:02d}"
    return period


def period_covering(period: str, frequency: str) -> str:
    """Return the period of a frequency in which another one ends: of July 2015, the quarter '2015-Q3'."""
    end = period_end(period)
    return quarter_of(end) if frequency == "quarter" else month_of(end)


def month_of(day: date) -> str:
    """Return the month that a day lies in, as a period."""
    return f"{day.year}-{day.month:02d}"


def quarter_of(day: date) -> str:
    """Return the quarter that a day lies in, as a period."""
    return f"{day.year}-Q{(day.month + _MONTHS_OF_QUARTER - 1) // _MONTHS_OF_QUARTER}"


def current_periods(day: date) -> list[str]:
    """Return the month and the quarter that a day lies in: what will be reported next."""
    return [month_of(day), quarter_of(day)]


def periods_back_from(day: date) -> Iterator[str]:
    """Yield, newest first and without end, the periods that were over when a day began; a month before its quarter."""
    year, month = day.year, day.month
    while True:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        yield f"{year}-{month:02d}"
        if month % _MONTHS_OF_QUARTER == 0:
            yield f"{year}-Q{month // _MONTHS_OF_QUARTER}"
