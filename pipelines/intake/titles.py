"""Headings → form: how a form is named above its table, by number ("Biểu 01/NTM-H") or by title.

Here: the numbers and titles of all forms, compiled. Reporter and period, which stand in the same heading, are found by
`reporters` and `values.periods`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.intake.forms import Forms
from pipelines.intake.text import fold

_FORM_NUMBER = re.compile(r"\b(\d{1,2}) ?(?:ntm|nông thôn mới) ?([a-z])\b")


@dataclass(frozen=True)
class TitleIndex:
    """How forms are named in a heading: by number ("Biểu 01/NTM-H") and by title."""

    numbers: Mapping[tuple[int, str], str]
    phrases: tuple[tuple[str, str], ...]
    _known: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def forms_named(self, text: str) -> tuple[str | None, str | None]:
        """Return the form that a text names by number, and the one that it names by title (the longest that fits)."""
        forms = self._known.get(text)
        if forms is None:
            if len(self._known) > 20_000:  # noqa: PLR2004 -- some MB
                self._known.clear()
            key = fold(text)
            number = _FORM_NUMBER.search(key)
            forms = self._known[text] = (
                self.numbers.get((int(number[1]), number[2])) if number else None,
                next((form for phrase, form in self.phrases if phrase in key), None),
            )
        return forms


def compile_titles(forms: Forms) -> TitleIndex:
    """Compile form numbers and titles; the longest title first."""
    numbers = {}
    for form in forms:
        if form.number and (match := _FORM_NUMBER.search(fold(form.number))):
            numbers[int(match[1]), match[2]] = form.code
    phrases = sorted(((title, form.code) for form in forms for title in form.titles), key=lambda item: -len(item[0]))
    return TitleIndex(numbers, tuple(phrases))
