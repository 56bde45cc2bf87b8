"""Letters that a program could not write and put a mark in the place of: "HUY_N H__NG S_N", "Th?i gian".

Here: which words they were, told by the words that forms and units have; a word that two known ones fit stays as it is. It
happens where a sheet is saved in a code page without Vietnamese letters. What other damage letters take is `text`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from pipelines.intake.text import clean

LOST_LETTERS = "lost_letters"
"""What a sheet's encoding is called whose letters were restored."""

_MARK = "_"
_DAMAGED = re.compile(r"[^\W\d_][_?]|[_?][^\W\d_]")
_FEWEST_DAMAGED = 4
_TOKEN = re.compile(r"[\w?]+|[^\w?]+")
_LONGEST = 12
"""Words of a phrase that are looked up together."""


class LostLetters:
    """The phrases that a sheet may hold, by what is left of them."""

    def __init__(self, phrases: Iterable[str], places: Mapping[str, Collection[str]]) -> None:
        """`phrases`: what is known whole. `places`: names of communes → those of the districts that have one so called."""
        self._places = {
            clean(name).lower(): {clean(other).lower() for other in given} for name, given in places.items()
        }
        whole_phrases = {clean(phrase).lower() for phrase in phrases} | self._places.keys()
        self._of_ascii = _by_remains(whole_phrases, _is_lost_in_ascii)
        self._of_cp1252 = _by_remains(whole_phrases, _is_lost_in_cp1252)

    def restore(self, texts: Iterable[str]) -> dict[str, str]:
        """Return a sheet's damaged texts with their letters; nothing where the sheet has letters that would have been lost."""
        given = set(texts)
        whole = "\n".join(given)
        if not ((_MARK in whole or "?" in whole) and _DAMAGED.search(whole)):
            return {}
        damaged = [text for text in given if _DAMAGED.search(text)]
        if len(damaged) < _FEWEST_DAMAGED:
            return {}
        by_remains = self._of_ascii if all(map(str.isascii, given)) else self._of_cp1252
        if by_remains is self._of_cp1252 and any(_is_lost_in_cp1252(letter) for letter in set().union(*given)):
            return {}
        restored_phrases: set[str] = set()
        for _ in range(2):  # the district is known before its communes are told apart
            restored = {text: self._restored(text, by_remains, restored_phrases) for text in damaged}
        changed = {text: new for text, new in restored.items() if new != text}
        return changed if len(changed) >= _FEWEST_DAMAGED else {}

    def _restored(self, text: str, by_remains: Mapping[str, set[str]], restored_phrases: set[str]) -> str:
        tokens = _TOKEN.findall(text)
        words = [number for number, token in enumerate(tokens) if token[0].isalnum() or token[0] in "_?"]
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + _LONGEST), at, -1):
                span = words[at:end]
                key = " ".join(tokens[number] for number in span).lower().replace("?", _MARK)
                phrase = self._only(by_remains.get(key, set()), restored_phrases) if _MARK in key else None
                if phrase is not None:
                    restored_phrases.add(phrase)
                    for number, word in zip(span, phrase.split(), strict=True):
                        tokens[number] = _in_case(tokens[number], word)
                    at = end - 1
                    break
            at += 1
        return "".join(tokens)

    def _only(self, phrases: set[str], restored_phrases: Collection[str]) -> str | None:
        """Return the one phrase that is meant: of communes with the same remains, the one of a district named on the sheet."""
        if len(phrases) > 1:
            phrases = {phrase for phrase in phrases if not self._places.get(phrase, set()).isdisjoint(restored_phrases)}
        return next(iter(phrases)) if len(phrases) == 1 else None


def _by_remains(phrases: Iterable[str], is_lost: Callable[[str], bool]) -> dict[str, set[str]]:
    """Return the phrases by what is left of them, their words parted by one blank."""
    remains: defaultdict[str, set[str]] = defaultdict(set)
    for phrase in phrases:
        words = " ".join(re.findall(r"\w+", phrase))
        key = "".join(_MARK if is_lost(letter) else letter for letter in words)
        if _MARK in key:
            remains[key].add(words)
    return dict(remains)


def _is_lost_in_ascii(letter: str) -> bool:
    return not letter.isascii()


def _is_lost_in_cp1252(letter: str) -> bool:
    try:
        letter.encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False


def _in_case(given: str, word: str) -> str:
    """Return a word in the case of what is left of it."""
    left = [letter for letter in given if letter.isalpha()]
    if left and all(letter.isupper() for letter in left) and len(given) > 1:
        return word.upper()
    return "".join(new.upper() if old.isupper() else new for old, new in zip(given, word, strict=True))
