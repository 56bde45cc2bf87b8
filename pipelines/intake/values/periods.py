"""Reporting periods as texts name them: "Tháng 9 năm 2014", "Quý III/2014", "9 tháng đầu năm" → '2014-09', '2014-Q3'.

Here: periods in titles, headings, paths and cells, and which of them a form reports. A day is `dates`' business; which
of a file's texts speaks for its report is decided in `read`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from pipelines.intake.text import clean, strip_marks
from pipelines.intake.values.dates import LAST_YEAR
from pipelines.reference.periods import period_for


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
    r"\b(?P<count>\d{1,2}|ba|sau|chin|muoi hai)\s+thang(?:\s+(?P<half>dau|cuoi)?\s*nam|[/,.\-]?)\s*(?P<count_year>\d{4})(?!\d)",
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
_WHOLE_YEAR = re.compile(r"\bnam\s+(\d{4})(?!\d)")
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
    periods: list[tuple[int, Period | None]] = [
        (match.start(), _month(match["year"], match["month"], "year_to_month")) for match in _UP_TO.finditer(bare)
    ]
    bare = _SIGNED.sub(lambda match: "#" * len(match[0]), _UP_TO.sub(lambda match: "#" * len(match[0]), bare))
    periods += [(match.start(), _read_named(match, bare)) for match in _NAMED.finditer(bare)]
    return tuple(dict.fromkeys(period for _, period in sorted(periods, key=lambda item: item[0]) if period))


def _read_named(match: re.Match[str], text: str) -> Period | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    year = next((value for name, value in groups.items() if name.endswith("year")), None) or _find_year_near(
        match, text
    )
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


def _find_year_near(match: re.Match[str], text: str) -> str | None:
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
    number = int(year) + (2000 if len(year) == 2 else 0)  # two digits
    return number if 2000 <= number <= LAST_YEAR else None  # T002


def _month(year: str | None, month: str, kind: Literal["month", "year_to_month"]) -> Period | None:
    number = _proper_year(year)
    if number is None or not 1 <= int(month) <= 12:  # months of a year
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
        periods = find_periods(raw)
        period = periods[0] if len({item.period for item in periods}) == 1 else None
    return period.period if period else None


def find_year(texts: Iterable[str]) -> str | None:
    """Return the one year that texts name by "năm 2014", a signing day aside; None for none or several.

    Only for a form that is reported by year: elsewhere a plan or a document is called by it.
    """
    bare = [_SIGNED.sub("#", _bare(text)) for text in texts]
    years = {year for text in bare for year in _WHOLE_YEAR.findall(text) if _proper_year(year)}
    return years.pop() if len(years) == 1 else None


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
