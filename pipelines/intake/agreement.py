"""Whether the sheets of one workbook agree on whose report it is, and of which period (F14).

Here: which of them stand alone with what they say. What a sheet says is found by `attribution`; what follows for a
report that would replace another is SQL.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pipelines.intake.attribution import Part
from pipelines.intake.values.periods import find_periods
from pipelines.reference.periods import FREQUENCIES, frequency_of, is_period, last_month

_MONTHS = 12
_MONTHS_OF_QUARTER = 3


class Disagreement(NamedTuple):
    """A table whose sheet says another period or reporter ('period', 'reporter') than most others of its workbook."""

    part: Part
    on: str
    said: str
    others_say: str


class _Voice(NamedTuple):
    """What one sheet says, and of which form; a cover has none."""

    sheet: str
    form: str | None
    said: str


def find_disagreements(parts: Sequence[Part], covers: Iterable[Sequence[str]]) -> list[Disagreement]:
    """Return the tables whose sheets disagree with at least as many others of the workbook as they agree with.

    Only what a sheet says itself counts. A quarter, or a longer period, agrees with its last month and the two after it, in which
    it is the newest one that is over. A workbook in which every form is there for the same periods (or reporters) is about all of
    them, and nothing in it disagrees. `covers`: the texts of the sheets without a table; one that names a single period
    speaks for it.
    """
    reports = [part for part in parts if not part.form.is_register]
    periods = [
        _Voice(part.sheet.name, part.form.code, stated) for part in reports if (stated := part.attribution.sheet_period)
    ]
    of_covers = ({period.period for text in texts for period in find_periods(text)} for texts in covers)
    periods += [
        _Voice(f"cover {number}", None, named.pop()) for number, named in enumerate(of_covers) if len(named) == 1
    ]
    reporters = [
        _Voice(part.sheet.name, part.form.code, stated)
        for part in reports
        if (stated := part.attribution.sheet_reporter_code)
    ]
    by_period = _find_lonely(periods, _is_same_time)
    by_reporter = _find_lonely(reporters, str.__eq__)
    disagreements = []
    for part in reports:
        for on, stated, lonely in (
            ("period", part.attribution.sheet_period, by_period),
            ("reporter", part.attribution.sheet_reporter_code, by_reporter),
        ):
            if stated is not None and stated in lonely:
                disagreements.append(Disagreement(part, on, stated, lonely[stated]))
    return disagreements


def _find_lonely(voices: Sequence[_Voice], agrees: Callable[[str, str], bool]) -> dict[str, str]:
    """Return what is said by too few sheets, each with what most of those say that disagree with it."""
    if len({voice.said for voice in voices}) < 2 or _is_about_all(voices):  # one says nothing else
        return {}
    sheets = Counter(stated for _, stated in {(voice.sheet, voice.said) for voice in voices})
    lonely = {}
    for stated in sheets:
        others = Counter({other: count for other, count in sheets.items() if not agrees(stated, other)})
        if others and others.total() >= sheets.total() - others.total():
            lonely[stated] = max(others, key=lambda other: (others[other], other))
    return lonely


def _is_about_all(voices: Iterable[_Voice]) -> bool:
    """Return whether every form is there for each of the same several things; months and longer periods are two matters."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for voice in voices:
        if voice.form is not None:
            forms[voice.form].add(voice.said)
    by_kind: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for stated in forms.values():
        by_kind["longer" if all(is_period(text) and frequency_of(text) != "month" for text in stated) else ""].add(
            frozenset(stated)
        )
    alike = all(len(sets) == 1 for sets in by_kind.values())
    return alike and any(len(stated) > 1 for sets in by_kind.values() for stated in sets)


def _is_same_time(one: str, other: str) -> bool:
    """Return whether two periods may be reported together."""
    if frequency_of(one) == frequency_of(other):
        return one == other
    shorter, longer = sorted((one, other), key=lambda period: FREQUENCIES.index(frequency_of(period)))
    return 0 <= _month_number(shorter) - _month_number(longer) < _MONTHS_OF_QUARTER


def _month_number(period: str) -> int:
    month = last_month(period)
    return month.year * _MONTHS + month.month
