"""What would have been right in a cell, or what it was taken for: a value with its kind, or a type with its bounds.

Here: the expectation that follows from a field's type, list and bounds, and from a value read. No words: those of a list are
the ones that a cell may hold (how each kind is said: pipelines/wording.py).
"""

import datetime as dt
from typing import Any, NamedTuple

from pipelines.intake.forms import Field
from pipelines.intake.values.numbers import LARGEST_COUNT, LARGEST_NUMBER


class Expected(NamedTuple):
    """The four columns of a finding that say what was expected (model.py, `Finding`)."""

    value: str | None = None
    kind: str | None = None
    low: float | None = None
    high: float | None = None


NOTHING_EXPECTED = Expected()
ANY_TICK = Expected(kind="any_tick")
_TEXT_KINDS = {"period": "period"}
_LARGEST: dict[str, float] = {"integer": LARGEST_COUNT, "number": LARGEST_NUMBER, "money": LARGEST_NUMBER}
"""What a field without bounds of its own can hold."""


def expected_of(item: Field) -> Expected:
    """Return what would have been right in a cell of the field."""
    if item.codes:
        words: dict[str, str] = dict(item.code_words or {})
        for word, code in item.codes.items():
            words.setdefault(code, word)
        return Expected(";".join(words.values()), "words")
    return Expected(None, f"any_{item.type}", item.lower, item.upper)


def bounds_of(item: Field) -> Expected:
    """Return what would have been right in a cell of the field that is out of range: with the bounds of its type (E03)."""
    expected = expected_of(item)
    most = _LARGEST.get(item.type)
    if most is None or item.codes:
        return expected
    low, high = expected.low, expected.high
    return expected._replace(low=-most if low is None else low, high=most if high is None else high)


def taken_as(value: Any, item: Field) -> Expected:
    """Return what a cell of the field was taken for: the value that is landed, with its kind."""
    match value:
        case None:
            expected = Expected()
        case bool():
            expected = Expected("yes" if value else "no", "code")
        case int() | float():
            expected = Expected(f"{value:.10f}".rstrip("0").rstrip("."), "digits")
        case dt.datetime():
            expected = Expected(f"{value:%Y-%m-%d %H:%M}")
        case dt.date():
            expected = Expected(value.isoformat(), "day")
        case _:
            expected = Expected(str(value), "code" if item.codes or item.type == "mark" else _TEXT_KINDS.get(item.type))
    return expected
