"""Runs of a cell's text: what is seen of letters that are raised, lowered or struck through.

Here: the same for every format that has such runs. A footnote's mark stays what it is seen as: "1011¹", never 10111.
"""

from collections.abc import Sequence
from typing import NamedTuple

_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


class Run(NamedTuple):
    """A piece of a cell's text. `shift`: 1 raised, -1 lowered, 0 neither."""

    text: str
    shift: int = 0
    is_struck: bool = False


class Text(NamedTuple):
    """What is seen of a text; `received`: what is stored, where that differs by more than a raised letter."""

    seen: str
    received: str | None = None
    is_struck: bool = False


def seen_text(runs: Sequence[Run]) -> Text:
    """Return what is seen of a text: without what is struck through before other words, with raised digits raised.

    Where all of it is struck, or raised, it is read all the same.
    """
    stored = "".join(run.text for run in runs)
    kept = [run for run in runs if not run.is_struck]
    if not any(run.text.strip() for run in kept):
        return Text(stored, is_struck=any(run.is_struck and run.text.strip() for run in runs))
    is_level = any(run.shift == 0 and run.text.strip() for run in kept)
    seen = "".join(_shifted(run) if is_level else run.text for run in kept)
    return Text(seen, stored if len(kept) < len(runs) and seen.strip() != stored.strip() else None)


def _shifted(run: Run) -> str:
    return run.text.translate(_RAISED) if run.shift > 0 else run.text.translate(_LOWERED) if run.shift < 0 else run.text
