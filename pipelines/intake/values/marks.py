"""Marks and ticks: "x", "Đạt", "KĐ", "có" → met or not met, yes or no; also a column of its own for each answer.

Here: the words of a mark and of a tick that every form shares (forms.md, H01), and their repairs. Words of one form
alone stand in its definition; whether a blank means no is the sheet's business, not the cell's.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

from pipelines.intake.model import FormattedNumber
from pipelines.intake.text import clean, fold
from pipelines.intake.values.value import BLANK, DASHES, UNREADABLE, Value

_MET = Value("met", "value")
_NOT_MET = Value("not_met", "value")
# forms.md, H01: whole cells, negatives first, case and spaces aside. "Không đạt", "Ko đạt" are KĐ written out, half or whole.
_NOT_MET_WORDS = ("k", "không", "ko", "chưa", "chưađạt", "cđ", "kđ", "khôngđạt", "kođạt", "kđạt", "0", "-", "false")
# The last word of each is what a check box becomes in a sheet saved as text.
_MET_WORDS = ("x", "v", "✓", "ü", "đ", "đạt", "1", "+", "100%", "true")
# Repaired (E07): hooks left out (T068); ư lost on the way from TCVN3 (T082); other signs for a tick. A closed list, never
# a distance; crosses in boxes are not in it, since for some they mean "not met".
_MARK_REPAIRS = {
    "✔": _MET,
    "√": _MET,
    "☑": _MET,
    "đat": _MET,
    "dat": _MET,
    "dạt": _MET,
    "d": _MET,
    "khong": _NOT_MET,
    "khongdat": _NOT_MET,
    "khôngđat": _NOT_MET,
    "chua": _NOT_MET,
    "cha": _NOT_MET,
    "chuadat": _NOT_MET,
    "chưadat": _NOT_MET,
    "chưađat": _NOT_MET,
    "chuađạt": _NOT_MET,
    "chađạt": _NOT_MET,
    "cd": _NOT_MET,
    "kd": _NOT_MET,
}
_MARK_WORDS = (
    dict.fromkeys(_MET_WORDS, _MET)
    | dict.fromkeys(_NOT_MET_WORDS, _NOT_MET)
    | {word: mark._replace(rule_id="E07") for word, mark in _MARK_REPAIRS.items()}
)
_MARKS: dict[Any, Value] = {
    None: BLANK,
    "": BLANK,
    1: _MET,  # also 1.0, True and a cell formatted as 100 %
    0: _NOT_MET,
    **{word: mark for word, mark in _MARK_WORDS.items() if mark.rule_id is None},
    **{word.upper(): mark for word, mark in _MARK_WORDS.items() if mark.rule_id is None and word != "ü"},
    **{word.capitalize(): mark for word, mark in _MARK_WORDS.items() if mark.rule_id is None and word != "ü"},
    "Chưa đạt": _NOT_MET,
}


def read_mark(raw: Any) -> Value:
    """Read a mark of the criteria matrix: value 'met' or 'not_met' (forms.md, H01; traps T060-T068).

    "Cơ bản đạt", "Không áp dụng", 2, 70 % and whatever else is in neither list: E01, never a guess. Blank stays blank:
    whether it means not met is the sheet's business (E06).
    """
    if isinstance(raw, FormattedNumber):
        return _as_shown(raw, read_mark)
    mark = _MARKS.get(raw)
    if mark is not None:
        return mark
    return _read_mark_text(raw) if isinstance(raw, str) else UNREADABLE


def _as_shown(raw: FormattedNumber, read: Callable[[Any], Value]) -> Value:
    """Read a number by the words that its format shows: 1 shown as "Chưa đạt" is not met (E07)."""
    stored = read(float(raw))
    if raw.unit == "%" and raw.scale != 1:  # 1 is stored and 100 % is shown
        return stored
    shown = read(raw.text)
    if shown.state == "value" and shown.value != stored.value:
        return shown._replace(rule_id="E07")
    return shown


def mark_words() -> dict[str, str]:
    """Return every word that is a mark, as a cell's text is looked up (lower case, no blanks, every dash a hyphen) → mark."""
    return {word: str(mark.value) for word, mark in _MARK_WORDS.items()}


@lru_cache(maxsize=4096)
def _read_mark_text(raw: str) -> Value:
    word = DASHES.sub("-", clean(raw).lower().replace(" ", ""))
    return _MARK_WORDS.get(word, UNREADABLE) if word else BLANK


MARK_CHOICES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("đạt", "đ", "đạt chuẩn"), "met")
    | dict.fromkeys(
        (
            "chưa đạt",
            "không đạt",
            "k đạt",
            "ko đạt",
            "chưa đạt chuẩn",
            "không đạt chuẩn",
            "chưa",
            "không",
            "k",
            "kđ",
            "cđ",
        ),
        "not_met",
    )
)
TICK_CHOICES: Mapping[str, bool] = MappingProxyType({"có": True, "đúng": True, "không": False, "sai": False})
"""What the columns of a mark, and of a tick, are called where each answer has a column of its own; folded."""

_YES = Value(True, "value")
_NO = Value(False, "value")
_TICK_WORDS: Mapping[str, bool] = MappingProxyType(
    dict.fromkeys(("x", "v", "✓", "ü", "đ", "đạt", "1", "+", "có", "đúng", "100%", "true"), True)
    | dict.fromkeys(("k", "không", "ko", "0", "-", "chưa", "sai", "kđ", "khôngđúng", "false"), False)
    | dict.fromkeys(("khôngcó", "kcó", "kocó", "0có", "chưacó"), False)
)


def read_tick(raw: Any, words: Mapping[str, bool] = MappingProxyType({})) -> Value:
    """Read a tick: value True or False. `words`: the form's own words, folded ("kiêm nhiệm" → False).

    A blank tick means no (forms.md): value False with state 'blank', so that a required one can still raise E02. Any
    other word is E01; a column where it means yes (the buyer's name in is_linked) says so in `tablerows`.
    """
    if isinstance(raw, FormattedNumber):
        return _as_shown(raw, partial(read_tick, words=words))
    if raw is None or raw == "":
        return Value(False, "blank")
    if isinstance(raw, str):
        text = clean(raw)
        if not text:
            return Value(False, "blank")
        answer = words.get(fold(text))
        if answer is None:
            answer = _TICK_WORDS.get(DASHES.sub("-", text.lower().replace(" ", "")))
    else:
        answer = bool(raw) if isinstance(raw, int | float) and raw in (0, 1) else None
    if answer is None:
        return UNREADABLE
    return _YES if answer else _NO


def read_choice(raw: Any, answer: Any, choices: Mapping[str, Any]) -> bool | None:
    """Return whether the column of one answer is ticked ("Lớn | Vừa | Nhỏ", each with its x); None where that is open.

    `answer`: the column's own; `choices`: every answer by its folded words. The answer's own word is a tick too; "K" in
    the column "Chưa đạt", or "Đ", says two opposite things.
    """
    tick = read_tick(raw)
    stated = choices.get(fold(raw)) if isinstance(raw, str) else None
    if stated is None:
        return None if tick.state == "unreadable" else tick.value
    if stated == answer:
        return None if tick.value is False else True
    return False if tick.value is False else None
