"""Text of a cell: Unicode form, invisible characters, keys for comparison, legacy encodings, nil and ditto words.

Here: functions from text to text, or from text to yes or no, that hold for any Vietnamese office document. A new way in
which letters arrive damaged belongs here. Nothing here may know a form, a unit's name or the type of a column.

Order matters: a legacy encoding is detected over a sheet's raw texts and converted first; `clean` comes after, because
it drops characters that carry letters in a legacy encoding (U+00AD is ư in TCVN3).
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path

_SPACED_MARK = re.compile(
    r" +([\u0300-\u036F]+)(?: +(ch|ng|nh|[aiouycmnpt])(?![^\W\d_]))?",
    re.IGNORECASE,
)
"""A combining mark that a PDF set apart ("lê ̣"), and the rest of its syllable where that stands apart ("giư ̃ a")."""

# Letters that look like Vietnamese ones. The Cyrillic half comes from typing "x" or "c" on another keyboard layout.
_LOOKALIKES = str.maketrans(
    {
        "Ð": "Đ",
        "Ɖ": "Đ",
        "ð": "đ",
        "ɖ": "đ",
        "ᵭ": "đ",
        "Ƣ": "Ư",
        "ƣ": "ư",
        "Զ": "Q",
        "ṡ": "s",
        "Ṡ": "S",
        **dict(zip("АВЕКМНОРСТХУавеокрсхуі", "ABEKMHOPCTXYaBeokpcxyi", strict=True)),
    }
)
_HAS_LOOKALIKE = re.compile(f"[{re.escape(''.join(map(chr, _LOOKALIKES)))}]")
_WRONG_WORDS = ((re.compile(r"\b([Nn])ơng\b"), r"\1ông"), (re.compile(r"\b([Tt])hơn\b"), r"\1hôn"))
"""PDF fonts that print ơ for ô: only words that don't exist otherwise. "mơ hình" is one with the word after it."""
_WRONG_MODEL = re.compile(r"\b([Mm])ơ (?=hình\b)")
_WRONG = re.compile("|".join(pattern.pattern for pattern in (*(pattern for pattern, _ in _WRONG_WORDS), _WRONG_MODEL)))

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\x00-\x08\x0e-\x1b\x7f-\x9f]"
)
_NOT_WORD = re.compile(r"[\W_]+")
_TONE_PAIR = re.compile("([oòóỏõọ])([aàáảãạeèéẻẽẹ])|(?<!q)([uùúủũụ])([yỳýỷỹỵ])")
_QUY = re.compile("q([ùúủũụ])y")
_STARS = re.compile(r"(\d+)? ?([*★⭐✩✪✭✯⋆]+(?: [*★⭐✩✪✭✯⋆]+)*)[ ☆]*")
_TONES = "\u0300\u0301\u0309\u0303\u0323"


@lru_cache(maxsize=65536)
def clean(text: str) -> str:
    """Return the text as a careful person would retype it.

    NFC; no invisible characters; combining marks that stood apart joined; one blank between words, none at the ends
    (line breaks included: split lists before cleaning); look-alike letters (Ð, Ɖ, Cyrillic х) made Vietnamese.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _INVISIBLE.sub("", text)
    text = " ".join(text.split())
    text = unicodedata.normalize("NFC", _SPACED_MARK.sub(_joined, text))
    return text.translate(_LOOKALIKES) if _HAS_LOOKALIKE.search(text) else text


def _joined(match: re.Match[str]) -> str:
    return match[1] + (match[2] or "")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the key under which two spellings of the same words are equal, diacritics kept.

    Cleaned, lower case, one place of the tone mark (hoà = hòa, quí stays quí), punctuation as blanks. For headers,
    titles and item keys: "Tổng số tiêu chí  đạt:" and "TỔNG SỐ TIÊU CHÍ ĐẠT" have one key.
    """
    key = clean(text).lower()
    if not key.isascii():
        # İ and its like leave a combining mark behind
        key = _QUY.sub(_tone_to_y, _TONE_PAIR.sub(_tone_in_place, unicodedata.normalize("NFC", key)))
    return " ".join(_NOT_WORD.sub(" ", key).split())


def _tone_in_place(match: re.Match[str]) -> str:
    """Place the tone of oa, oe, uy: on the first vowel of an open syllable (hòa), else on the second (hoàn)."""
    first, second = (match[1], match[2]) if match[1] else (match[3], match[4])
    bare_first, tone_first = _split_tone(first)
    bare_second, tone_second = _split_tone(second)
    tone = tone_first or tone_second
    if not tone:
        return match[0]
    follows = match.string[match.end() : match.end() + 1]
    if follows.isalpha():
        return bare_first + unicodedata.normalize("NFC", bare_second + tone)
    return unicodedata.normalize("NFC", bare_first + tone) + bare_second


def _tone_to_y(match: re.Match[str]) -> str:
    return "qu" + unicodedata.normalize("NFC", "y" + _split_tone(match[1])[1])


@cache
def _split_tone(letter: str) -> tuple[str, str]:
    """Return a vowel without its tone, and the tone as a combining mark ('' for none)."""
    parts = unicodedata.normalize("NFD", letter)
    tone = "".join(part for part in parts if part in _TONES)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)), tone


def fold_word(text: str) -> str:
    """Return the key of a word of a closed list: as `fold`, and a rank in stars by their number ("★★★", "3 *": "3 sao").

    Stars that are not filled ("★★★☆☆") do not count.
    """
    if match := _STARS.fullmatch(clean(text)):
        return f"{match[1] or len(match[2].replace(' ', ''))} sao"
    return fold(text)


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return the key of last resort: folded, without diacritics, đ as d, y as i ("Kỳ Đồng" → "ki dong").

    Two different names may share it (Thạch Hạ, Thạch Hà): never decide by it alone.
    """
    return strip_marks(fold(text)).replace("y", "i")


def strip_marks(text: str) -> str:
    """Return the text without diacritics, đ as d; case and punctuation stay."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    return "".join(part for part in parts if not unicodedata.combining(part)).replace("đ", "d").replace("Đ", "D")


# --- words that stand for something else -------------------------------------------------------------------------

_NIL = re.compile(r"\b(?:không|k|ko) phát sinh\b|\b(?:không|k|ko|0) có\b")
_DITTO = re.compile('-*(?:nt|như ?trên|["”“″〃\']{2}|["”“″〃]|//)[-.]*')


def is_nil(text: str) -> bool:
    """Return whether the text says that there is nothing to report: "không phát sinh", "không có" (quality.md, nil)."""
    return _NIL.search(fold(text)) is not None


def is_ditto(text: str) -> bool:
    """Return whether the cell stands for the value above it: -nt-, a double quote, //, "như trên". A dash does not."""
    return _DITTO.fullmatch(clean(text).lower().replace(" ", "")) is not None


def split_list(text: str) -> list[str]:
    """Return the values that one cell holds, each cleaned, none empty: parted by line breaks, / , ; (trap T036)."""
    return [part for part in (clean(piece) for piece in re.split(r"[/,;\r\n]+", text)) if part]


# --- Vietnamese syllables: how a legacy encoding is known from plain text --------------------------------------------

_ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|r|s|th|tr|t|v|x"
_RHYME_LIST = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơc ơi ơm ơn ơng ơp ơt
u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uyn uynh uyp uyt uyu
ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu
"""
"""ơc and ơng stand for ươc and ương in TCVN3 text that lost its ư (T082)."""
_RHYMES = frozenset(_RHYME_LIST.split())
_SYLLABLE_START = re.compile(f"({_ONSETS})?(.+)")
_FRONT = frozenset("ieêy")
_TONE_MAY_END = frozenset({"oa", "oe", "uy", "uê", "uơ"})
_TOKEN = re.compile(r"[^\s!-@\[-`{-~\u2000-\u206f]+")


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Return whether the word is spelled as a Vietnamese syllable can be (Hà, xã, chuẩn; not Hµ, míi, Kú)."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", word).lower())
    tones = [part for part in parts if part in _TONES]
    bare = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    match = _SYLLABLE_START.fullmatch(bare)
    if len(tones) > 1 or match is None:
        return False
    onset, rhyme = match[1] or "", match[2]
    if onset == "gi" and rhyme not in _RHYMES:
        onset, rhyme = "g", "i" + rhyme
    if rhyme not in _RHYMES or ((rhyme[-1] in "cpt" or rhyme.endswith("ch")) and not {*tones} & {"\u0301", "\u0323"}):
        return False
    if tones and parts[-1] in _TONES and len(rhyme) > 1 and rhyme not in _TONE_MAY_END:
        return False
    if onset in {"k", "gh", "ngh"}:
        return rhyme[0] in _FRONT
    return onset not in {"c", "ng"} or rhyme[0] not in _FRONT


def _score(text: str) -> tuple[int, int]:
    """Return how many words with letters beyond ASCII are syllables, and how many are not."""
    words = [word for word in _TOKEN.findall(text) if not word.isascii()]
    good = sum(map(is_syllable, words))
    return good, len(words) - good


# --- legacy encodings ------------------------------------------------------------------------------------------------


def _tcvn3_table() -> dict[int, str]:
    with (Path(__file__).parent / "tcvn3_map.csv").open(encoding="utf-8", newline="") as file:
        return {int(row["byte_hex"], 16): row["unicode_char"] for row in csv.DictReader(file)}


_TCVN3 = _tcvn3_table()
_VNI_VOWELS = {
    "a": "øàùáûảõãïạêăèằéắúẳüẵëặââàầáấåẩãẫäậ",
    "e": "øèùéûẻõẽïẹâêàềáếåểãễäệ",
    "o": "øòùóûỏõõïọâôàồáốåổãỗäộ",
    "ô": "øờùớûởõỡïợ",
    "u": "øùùúûủõũïụ",
    "ö": "øừùứûửõữïự",
    "y": "øỳùýûỷõỹ",
}
_VNI_SINGLES = {"ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}


def _vni_table() -> dict[str, str]:
    lower = dict(_VNI_SINGLES)
    for base, pairs in _VNI_VOWELS.items():
        lower |= {base + mark: letter for mark, letter in zip(pairs[::2], pairs[1::2], strict=True)}
    cased = {key.upper(): value.upper() for key, value in lower.items()}
    mixed = {key[0].upper() + key[1]: value.upper() for key, value in lower.items() if len(key) == 2}  # base and mark
    return lower | mixed | cased


_VNI = _vni_table()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_BEYOND_LATIN1 = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]")
_COMBINING = re.compile("[\u0300-\u036f]")
_WHOLE_HAT = re.compile("[\u0302\u0306\u031b]")
_NOT_IN_CP1258 = re.compile("[ãõýĩũ\u1ea0-\u1ef9]", re.IGNORECASE)
"""Letters with a tone that Windows-1258 has in two parts only: beside them a mark apart is a copy from elsewhere."""
_CP1258_MARKS = {"Ì": "\u0300", "Ò": "\u0309", "Þ": "\u0303", "ì": "\u0301", "ò": "\u0323"}
_CP1258_LETTERS = {"Ð": "Đ", "ð": "đ", "Õ": "Ơ", "õ": "ơ", "Ý": "Ư", "ý": "ư", "Ã": "Ă", "ã": "ă"}
_CP1258 = str.maketrans(_CP1258_MARKS | _CP1258_LETTERS)


def _from_tcvn3(text: str) -> str:
    if text.strip() == "ü":  # a Wingdings tick, no word
        return text
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    return _VNI_PATTERN.sub(lambda match: _VNI[match[0]], text)


def _from_utf8_as_cp1252(text: str) -> str:
    # à is C3 A0; the hard blank A0 is often flattened to a plain one on the way
    for candidate in (text, re.sub("Ã (?= |$|[^\\W\\d_])", "Ã\u00a0", text)):
        try:
            return b"".join(map(_cp1252_byte, candidate)).decode("utf-8")
        except ValueError:
            continue
    return text


def _cp1252_byte(letter: str) -> bytes:
    """Return the byte; the five bytes that Windows-1252 leaves open come through as control characters."""
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")


def _from_cp1258(text: str) -> str:
    if _COMBINING.search(text):
        return unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", text.translate(_CP1258))


def _from_nfd(text: str) -> str:
    return unicodedata.normalize("NFC", _SPACED_MARK.sub(_joined, text))


def _from_lookalike(text: str) -> str:
    text = text.translate(_LOOKALIKES)
    for wrong, right in _WRONG_WORDS:
        text = wrong.sub(right, text)
    return _WRONG_MODEL.sub(r"\1ô ", text)


_CONVERTERS: dict[str, Callable[[str], str]] = {
    "tcvn3": _from_tcvn3,
    "vni": _from_vni,
    "utf8_as_cp1252": _from_utf8_as_cp1252,
    "cp1258": _from_cp1258,
    "nfd": _from_nfd,
    "lookalike": _from_lookalike,
}
_SINGLE_BYTE = ("tcvn3", "vni", "utf8_as_cp1252", "cp1258")
MIXED = "+unicode"
"""Suffix of an encoding found beside proper Unicode in one sheet: then only cells that gain by it are converted."""


def detect_encoding(texts: Iterable[str], fonts: Iterable[str] = ()) -> str | None:
    """Find in what legacy way a sheet's texts are written, judged over all of them (F10; traps T080-T085, T091-T093).

    `texts`: the raw texts of the sheet, before `clean`. `fonts`: names of the fonts it uses, where known (.VnTime,
    VNI-Times). Returns tcvn3, vni, utf8_as_cp1252 or cp1258 (with "+unicode" where other cells are proper Unicode),
    nfd, lookalike, or None for plain Unicode. Hand the answer to `convert` as it is.
    """
    beyond = {text for text in texts if not text.isascii()}
    votes: Counter[str] = Counter()
    is_mixed = False
    for text in beyond:
        counted = _votes(text)
        if counted is None:
            is_mixed = True
        elif counted:
            votes.update(counted)
    for hinted in votes.keys() & map(_encoding_of_font, fonts):
        votes[hinted] += len(beyond)
    if votes:
        encoding, words = votes.most_common(1)[0]
        if not is_mixed:
            return encoding
        if words > 1:  # one odd word ("m¹") in a Unicode sheet proves nothing
            return encoding + MIXED
    oddities = set(map(_oddity, beyond))
    if "combining" in oddities:
        joined = "\n".join(beyond)
        return "nfd" if _WHOLE_HAT.search(joined) or _NOT_IN_CP1258.search(joined) else "cp1258"
    return "lookalike" if "lookalike" in oddities else None


@lru_cache(maxsize=65536)
def _oddity(text: str) -> str | None:
    """Return what a text has that plain composed Unicode has not: combining marks, or letters that look alike."""
    if _COMBINING.search(text):
        return "combining"
    return "lookalike" if _HAS_LOOKALIKE.search(text) or _WRONG.search(text) else None


def _encoding_of_font(font: str) -> str | None:
    return "tcvn3" if font.lower().startswith(".vn") else "vni" if font.lower().startswith("vni-") else None


@lru_cache(maxsize=65536)
def _votes(text: str) -> dict[str, int] | None:
    """Return the encodings under which the text reads better than as it stands, with the number of words won.

    None for a text with letters that only Unicode has: it is in no legacy encoding.
    """
    if _BEYOND_LATIN1.search(text):
        return None
    good, bad = _score(text)
    if not bad:
        return {}
    votes = {}
    for encoding in _SINGLE_BYTE:
        converted = _CONVERTERS[encoding](text)
        if converted == text:
            continue
        won, lost = _score(converted)
        if won - lost > good - bad and won > 3 * lost:
            votes[encoding] = won
    best = max(votes.values(), default=0)
    return {encoding: won for encoding, won in votes.items() if won == best}


@lru_cache(maxsize=16384)
def convert(text: str, encoding: str) -> str:
    """Return the raw text of a cell in Unicode, from the encoding that `detect_encoding` found for its sheet.

    A cell that is proper Unicode stays as it is. Raises KeyError for an encoding that `detect_encoding` never returns.
    """
    name = encoding.removesuffix(MIXED)
    converter = _CONVERTERS[name]
    if text.isascii() or (name in _SINGLE_BYTE and _BEYOND_LATIN1.search(text)):
        return text
    if encoding.endswith(MIXED) and name not in (_votes(text) or ()):
        return text
    return converter(text)
