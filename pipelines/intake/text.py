"""Text of a cell: Unicode form, invisible characters, folding for comparison, legacy encodings, nil and ditto words.

Here: functions from text to text, or from text to a yes or no. Nothing here knows a form, a unit or a type of value.
"""

from collections.abc import Iterable


def clean(text: str) -> str:
    """Return the text as a person would retype it: NFC, no invisible characters, one blank between words."""
    raise NotImplementedError(text)


def fold(text: str) -> str:
    """Return the key of a text: cleaned, casefolded, one tone place, punctuation as blanks; diacritics stay."""
    raise NotImplementedError(text)


def plain(text: str) -> str:
    """Return the key of last resort: folded, without diacritics, đ as d, y as i."""
    raise NotImplementedError(text)


def detect_encoding(texts: Iterable[str], fonts: Iterable[str] = ()) -> str | None:
    """Tell the legacy encoding of a whole sheet: tcvn3, vni, utf8_as_cp1252, cp1258, nfd, lookalike, or None."""
    raise NotImplementedError(texts, fonts)


def convert(text: str, encoding: str) -> str:
    """Return the text in Unicode, from the encoding that `detect_encoding` told."""
    raise NotImplementedError(text, encoding)


def is_nil(text: str) -> bool:
    """Tell whether the text says that there is nothing to report (không phát sinh, không có)."""
    raise NotImplementedError(text)


def is_ditto(text: str) -> bool:
    """Tell whether the cell stands for the value above it (-nt-, ", //)."""
    raise NotImplementedError(text)


def split_list(text: str) -> list[str]:
    """Return the several values of one cell (separated by /, comma, semicolon or a line break), cleaned."""
    raise NotImplementedError(text)
