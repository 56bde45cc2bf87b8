"""Headings → form: how a form is named above its table, by number ("Biểu 01/NTM-H") or by title.

Here: the numbers and titles of all forms, compiled, and whether a title names something that is not a form of ours.
Reporter and period, which stand in the same heading, are found by `reporters` and `values.periods`.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.intake.forms import Form, Forms
from pipelines.intake.text import fold, plain, strip_marks

_FORM_NUMBER = re.compile(r"\b(\d{1,2}) ?(?:ntm|nông thôn mới) ?([a-z])\b")
_FEWEST_WORDS = 3
"""Fewer words in capitals are an abbreviation or a name."""
_IN_CAPITALS = 0.6
"""So many of a title's letters are capitals: text converted from a legacy encoding keeps some small ones ("CộNG HòA")."""


@dataclass(frozen=True)
class TitleIndex:
    """How forms are named in a heading: by number ("Biểu 01/NTM-H") and by title."""

    numbers: Mapping[tuple[int, str], str]
    phrases: tuple[tuple[str, str], ...]
    own_words: Mapping[str, frozenset[tuple[str, str]]]
    opening: re.Pattern[str]
    bodies: re.Pattern[str]
    common: re.Pattern[str]
    _known: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def forms_named(self, text: str) -> tuple[str | None, str | None]:
        """Return the form that a text names by number, and the one that it names by title (the longest that fits)."""
        forms = self._known.get(text)
        if forms is None:
            if len(self._known) > 20_000:  # some MB
                self._known.clear()
            key = fold(text)
            number = _FORM_NUMBER.search(key)
            forms = self._known[text] = (
                self.numbers.get((int(number[1]), number[2])) if number else None,
                next((form for phrase, form in self.phrases if phrase in key), None),
            )
        return forms

    def find_foreign(self, heading: Sequence[str], forms: Collection[str], *, is_below: bool = False) -> str | None:
        """Return the title of a heading that names something else than these forms; None where none does.

        It names another form of ours, or it is a title with words of its own ("nợ đọng", "dư nợ") none of which stands
        in a title of these forms. A title that says no more than "Báo cáo tháng 9" names nothing, nor does a line that
        is not a title (an office, a motto, a place and day). `is_below`: the heading stands below another table, where a
        line in capitals may be a row of it; there a title is what begins like one.
        """
        foreign = None
        for text in heading:
            named = set(self.forms_named(text)) - {None}
            if named & set(forms):
                return None
            is_title = self._begins_like_title(text) or (not is_below and self._is_in_capitals(text))
            words = self._distinctive_words(text) if is_title else frozenset()
            if any(words & self.own_words[form] for form in forms):
                return None
            if named or words:
                foreign = foreign or text
        return foreign

    def _begins_like_title(self, text: str) -> bool:
        return self.opening.match(plain(text)) is not None

    def _is_in_capitals(self, text: str) -> bool:
        """Return whether a line is in capitals, and no office's, motto's or place's."""
        key = plain(text)
        letters = [letter for letter in text if letter.isalpha()]
        is_in_capitals = sum(letter.isupper() for letter in letters) >= _IN_CAPITALS * len(letters)
        return is_in_capitals and len(key.split()) >= _FEWEST_WORDS and not self.bodies.match(key)

    def _distinctive_words(self, text: str) -> frozenset[tuple[str, str]]:
        return _neighbours(self.common.sub("|", plain(text)))


def _neighbours(key: str) -> frozenset[tuple[str, str]]:
    """Return the words of a key two by two: a Vietnamese word mostly has two syllables, one alone says little."""
    parts = (re.findall(r"[a-z]{2,}", part) for part in key.split("|"))
    return frozenset(pair for words in parts for pair in pairwise(words))


def compile_titles(forms: Forms, names: Iterable[str]) -> TitleIndex:
    """Compile form numbers and titles; the longest title first, those typed without diacritics last.

    `names`: of units and reporters, which say nothing of the form.
    """
    numbers = {}
    for form in forms:
        if form.number and (match := _FORM_NUMBER.search(fold(form.number))):
            numbers[int(match[1]), match[2]] = form.code
    phrases = sorted(((title, form.code) for form in forms for title in form.titles), key=lambda item: -len(item[0]))
    bare = [(strip_marks(title), form) for title, form in phrases]
    words = forms.title_words
    common = re.compile(rf"{_any_of((*words.common, *names))}|\d+")
    return TitleIndex(
        numbers,
        (*phrases, *bare),
        {form.code: _own_words(form, common) for form in forms},
        re.compile(_any_of(words.opening)),
        re.compile(_any_of(words.bodies)),
        common,
    )


def _any_of(phrases: Iterable[str]) -> str:
    """Return the pattern of any of the phrases as whole words, the longest first."""
    keys = sorted({key for phrase in phrases if (key := plain(phrase))}, key=lambda key: (-len(key), key))
    return rf"\b(?:{'|'.join(map(re.escape, keys))})\b"


def _own_words(form: Form, common: re.Pattern[str]) -> frozenset[tuple[str, str]]:
    pairs = (_neighbours(common.sub("|", plain(text))) for text in (*form.titles, form.row_vi))
    return frozenset().union(*pairs)
