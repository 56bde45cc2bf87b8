"""Words: text, lines, and words of a closed list.

Here: how a text is cleaned, and when a word of a list is taken though its diacritics are missing. Which words a list
has, is the form's definition.
"""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from unicodedata import combining, normalize

from pipelines.intake.model import FormattedNumber
from pipelines.intake.text import clean, fold_word, plain
from pipelines.intake.values.value import BLANK, NOT_LISTED, UNREADABLE, Value, without_dash


def _is_blank(raw: Any) -> bool:
    return raw is None or (isinstance(raw, str) and not clean(raw))


def read_code(raw: Any, codes: Mapping[str, str]) -> Value:  # noqa: PLR0911 -- one return per way of writing
    """Read a word of a closed list: value the English code. `codes`: folded Vietnamese synonyms → codes.

    The whole cell counts ("chưa hoàn thành" is not "hoàn thành", trap T063). A number is the word that it is written as. A
    word that only lacks diacritics is taken with E07 where it fits one code; any other word is E03.
    """
    if _is_blank(raw):
        return BLANK
    if isinstance(raw, FormattedNumber):
        value = read_code(raw.text, codes)
        return value._replace(rule_id="E07") if value.state == "value" else value
    if not isinstance(raw, str):
        read = read_text(raw)
        return read_code(read.value, codes) if read.state == "value" and read.value in codes else NOT_LISTED
    if not without_dash(raw):
        return BLANK
    key = fold_word(raw)
    code = codes.get(key)
    if code is not None:
        return Value(code, "value")
    bare = plain(key)
    words = [word for word in codes if plain(word) == bare and lacks_marks(key, word)]
    if words and len({codes[word] for word in words}) == 1:
        return Value(codes[words[0]], "value", "E07")
    return NOT_LISTED


def lacks_marks(given: str, right: str) -> bool:
    """Return whether `given` is `right` with diacritics left out, none changed (Đat for Đạt; not Đất). Both folded."""
    if len(given) != len(right):
        return False
    for written, wanted in zip(given, right, strict=True):
        if written == wanted:
            continue
        if plain(written) != plain(wanted) or not _marks(written) <= _marks(wanted):
            return False
    return True


@lru_cache(maxsize=512)
def _marks(letter: str) -> frozenset[str]:
    return frozenset({"đ"} if letter == "đ" else (part for part in normalize("NFD", letter) if combining(part)))


_FIRST_INEXACT = 1e15
"""From here on a program keeps fewer digits than were typed, with noughts or others in their place."""
_ROUNDED_CODE = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}")


@lru_cache(maxsize=65536)
def _read_words(raw: str) -> Value:
    text = without_dash(raw)
    if _ROUNDED_CODE.fullmatch(text):
        return UNREADABLE
    return Value(text, "value") if text else BLANK


def read_text(raw: Any) -> Value:
    """Read a text: value a cleaned str. A whole number loses its ".0" (T056), a date is dd/mm/yyyy.

    A number that a program has rounded on the way ("3,00E+09"), or of more digits than programs keep (15), is not a code any
    more: E01. Leading zeros and words that a format puts there are part of the text (E07).
    """
    if raw is None or raw == "":
        return BLANK
    if isinstance(raw, str):
        return _read_words(raw)
    if isinstance(raw, bool):
        text = "TRUE" if raw else "FALSE"
    elif isinstance(raw, int | float) and not -_FIRST_INEXACT < raw < _FIRST_INEXACT:
        return UNREADABLE
    elif isinstance(raw, FormattedNumber):
        stored, text = read_text(float(raw)), clean(raw.text)
        return stored if stored.value == text else Value(text, "value", "E07")
    elif isinstance(raw, float):
        text = str(int(raw)) if math.isfinite(raw) and raw == int(raw) else f"{raw:.12g}"
    elif isinstance(raw, datetime) and raw.time() != time(0):
        text = f"{raw:%d/%m/%Y %H:%M}"
    elif isinstance(raw, date):
        text = f"{raw:%d/%m/%Y}"
    else:
        text = str(raw)
    return Value(text, "value") if text else BLANK


def read_lines(raw: Any) -> Value:
    """Read a text whose line breaks part what it lists: each line cleaned, the breaks kept (trap T036)."""
    if not isinstance(raw, str):
        return read_text(raw)
    lines = [line for line in map(without_dash, raw.splitlines()) if line]
    return Value("\n".join(lines), "value") if lines else BLANK
