"""Reporters by name, at a date: units that report, departments, media and the office, in cells, headings and paths.

Here: which reporter a text names, as issuing body, as sender or as owner of a task. Which units report, is the list of
reporting routes: "UBND XÃ CẨM BÌNH" names no reporter while districts report. What a unit is called, is `units`; which of a
file's texts speaks for its report is `attribution`. A text with two reporters names neither, never the likelier one.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import compress, pairwise
from typing import Any

from pipelines.intake.text import clean, fold, strip_marks
from pipelines.intake.units import Stretches, UnitIndex, validity, without_body
from pipelines.reference.models import DISTRICT, OFFICE, Department, Reporter
from pipelines.reference.unit_kinds import COMMUNE_KINDS, DISTRICT_KINDS

_DISTRICT_WORDS = frozenset(word for words in DISTRICT_KINDS.values() for word in words)
_COMMUNE_WORDS = frozenset(word for words in COMMUNE_KINDS.values() for word in words)
_KIND_STARTS = frozenset(word.split()[0] for word in _DISTRICT_WORDS)
_PROVINCE_BODY = r"^(?:(?:ubnd|ủy ban nhân dân|hđnd) tỉnh|tỉnh ủy)(?: (?:{names}))?(?: |$)"
"""With the province's own names."""
_COMMUNE_BODY = re.compile(rf"^(?:ubnd|ủy ban nhân dân) (?:{'|'.join(COMMUNE_KINDS)}|tt) ")
_ADDRESSEE = re.compile(r"^(?:kính gửi|nơi nhận|nơi gửi|đơn vị nhận)\b")
_COMMUNE_BODY_BARE = re.compile(r"^(?:ubnd|uy ban nhan dan) (?:xa|phuong|thi tran|tt) ")
_ADDRESSEE_BARE = re.compile(r"^(?:kinh gui|noi nhan|noi gui|don vi nhan)\b")
_COORDINATION_OFFICE = re.compile(r"^(?:văn phòng|vp) ?(?:điều phối|đp)\b")
_ENDS_IN_KIND = re.compile(rf"\b(?:{'|'.join(DISTRICT_KINDS)})$")
_ALL = r"(?:ubnd |ủy ban nhân dân )?(?:tất cả |toàn bộ )?các "
_KINDS_PATTERN = "|".join(DISTRICT_KINDS)
_ALL_DISTRICTS = re.compile(
    rf"^{_ALL}((?:{_KINDS_PATTERN}|tp|tx)(?:(?: và)? (?:{_KINDS_PATTERN}|tp|tx))*)(?: (?:trong|toàn) tỉnh)?$"
)
_ALL_COMMUNES = re.compile(rf"^{_ALL}((?:xã|phường)(?:(?: và)? (?:xã|phường))*)(?: (?:trong|toàn) tỉnh)?$")
_ALL_DEPARTMENTS = re.compile(
    rf"^{_ALL}sở(?: ban)?(?: ngành)?(?: đoàn thể)?(?: cấp tỉnh| của tỉnh| trong tỉnh| trên địa bàn tỉnh)?$"
)
_LEADING_ALL = re.compile(rf"^{_ALL}({_KINDS_PATTERN}) ")
_LEVELS = (DISTRICT, "commune")
_LONGEST_NAME = 9  # words of a name in a path
_PATH_WORD = re.compile(r"[^\W\d_]+|\d+")
_ABBREVIATIONS = {
    "nn": "nông nghiệp",
    "ptnt": "phát triển nông thôn",
    "ntm": "nông thôn mới",
    "lđ": "lao động",
    "tb": "thương binh",
    "xh": "xã hội",
    "tbxh": "thương binh xã hội",
    "vp": "văn phòng",
    "đp": "điều phối",
    "vpđp": "văn phòng điều phối",
}


@dataclass(frozen=True, slots=True)
class _Reporter:
    """A reporter over one stretch of validity; `level` and name of the unit that it is, if it is one."""

    code: str
    type: str
    valid_from: date
    valid_to: date
    level: str | None = None
    name: str = ""

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on < self.valid_to


def _keys(text: str) -> tuple[list[str], list[str]]:
    """Return the words that key a department's name, as written and with abbreviations written out, "và" left out.

    Joined, they make Sở NN&PTNT, Sở NN-PTNT and Sở Nông nghiệp và PTNT one name, and Sở LĐTB&XH and Sở LĐTBXH.
    """
    words = [word for word in fold(text).split() if word != "và"]
    return words, [_ABBREVIATIONS.get(word, word).replace(" ", "") for word in words]


class ReporterIndex:
    """The reporters at a date: units by the routes that have them report; departments, media and the office."""

    def __init__(self, units: UnitIndex, reporters: Iterable[Reporter], departments: Iterable[Department]) -> None:
        self._units = units
        self._reporters = [
            _Reporter(row.reporter_code, row.reporter_type, *validity(row), row.unit_level, clean(row.name_vi))
            for row in reporters
        ]
        self._province_body = re.compile(
            _PROVINCE_BODY.format(names="|".join(map(re.escape, sorted(units.province_names))))
        )
        self.office_names: set[str] = set()
        """Names and aliases of departments, media and the office, as the list has them."""
        self._offices: list[_Reporter] = []
        self._names: dict[str, _Reporter] = {}
        self._bare_names: dict[str, set[_Reporter]] = defaultdict(set)
        self._codes: dict[str, _Reporter] = {}
        for row in departments:
            office = _Reporter(row.reporter_code, row.reporter_type, *validity(row))
            self._offices.append(office)
            self._codes[office.code.upper()] = office
            for name in (row.name_vi, *filter(None, (row.aliases or "").split(";"))):
                self.office_names.add(name)
                spellings = [name]
                if fold(name).endswith(" tỉnh"):
                    spellings += [name[: -len("tỉnh")] + own for own in units.province_names]
                for key in {"".join(words) for spelling in spellings for words in _keys(spelling)}:
                    self._names[key] = office
                    self._bare_names[strip_marks(key)].add(office)
        own = (day for reporter in self._reporters for day in (reporter.valid_from, reporter.valid_to))
        self._stretches = Stretches([*units.turns, *own])
        self._coordination = next((office for office in self._offices if office.type == OFFICE), None)
        self._cached_reporter = lru_cache(maxsize=4096)(self._resolve_uncached)
        self._cached_phrases = lru_cache(maxsize=512)(self._phrases)
        self._cached_bare_phrases = lru_cache(maxsize=512)(self._bare_phrases)
        self._cached_units = lru_cache(maxsize=1024)(self._find_units)
        self._cached_commune_phrases = lru_cache(maxsize=512)(self._commune_phrases)
        self._cached_issuer = lru_cache(maxsize=4096)(self._find_issuer)
        self._cached_path_words = lru_cache(maxsize=65536)(self._resolve_path_words)
        self._cached_heading = lru_cache(maxsize=4096)(self._find_at_any_time)

    def types(self, code: str | None) -> set[str]:
        """Return the types that a reporter is or was of."""
        return {each.type for each in self._reporters if each.code == code}

    def territory(self, code: str | None, on: date) -> str | None:
        """Return the unit whose communes a reporter answers for on a day: itself, where it is one; None: no unit, or all."""
        first = self._stretches.first_day(on)
        return code if any(unit == code for level in _LEVELS for unit, _ in self._cached_units(first, level)) else None

    def _find_units(self, on: date, level: str) -> tuple[tuple[str, str], ...]:
        """Return (code, name) of the units of a level that report on a day, by code."""
        reporting = (each for each in self._reporters if each.level == level and each.is_valid(on))
        return tuple(sorted((each.code, each.name) for each in reporting))

    def resolve_reporter(self, text: str, on: date) -> str | None:
        """Return the reporter_code of the reporter that a cell names, on that day; None when unknown or ambiguous.

        Names, aliases and codes of departments.csv; units that report, with or without kind word and body ("UBND HUYỆN CAN
        LỘC", "Văn phòng Điều phối NTM huyện Can Lộc", "TX. Hồng Lĩnh", "Can Lộc"). "Hà Tĩnh" alone (province or city),
        "UBND tỉnh" and a bare "Kỳ Anh" from 2015-04-10 are None. Cached.
        """
        return self._cached_reporter(text, self._stretches.first_day(on))

    def _resolve_uncached(self, text: str, on: date) -> str | None:
        text = clean(text)
        office = self._codes.get(text.upper().replace(" ", ""))
        if office:
            return office.code if office.is_valid(on) else None
        code = self._cached_issuer(text, on)
        if code or self._names_district(text, on):
            return code
        folded = fold(text)
        if folded in self._units.province_names:
            return None
        if _COMMUNE_BODY.match(folded):
            return self._find_commune(text, on)
        district = self._units.resolve_district(text, on).code if self._cached_units(on, DISTRICT) else None
        return self._resolve_without_marks(text, on) or district or self._find_commune(text, on)

    def _find_commune(self, text: str, on: date) -> str | None:
        """Return the commune or ward that a text names and nothing else, if such units report on that day."""
        code = self._units.find_commune(text, on) if self._cached_units(on, "commune") else None
        return code if code and self.territory(code, on) else None

    def _resolve_without_marks(self, text: str, on: date) -> str | None:
        key = "".join(_keys(text)[0])
        offices = self._bare_names.get(key, set()) if key.isascii() else set()
        valid = {office.code for office in offices if office.is_valid(on)}
        return valid.pop() if len(valid) == 1 else None

    def _find_issuer(self, text: str, on: date) -> str | None:
        """Return the reporter that an issuing body's text begins with or mentions with its kind word."""
        folded = self._province_body.sub("", fold(text))
        if not folded or _ADDRESSEE.match(folded):
            return None
        if _COMMUNE_BODY.match(folded):
            return self._find_commune_mentioned(folded, on) or self._find_commune(folded, on)
        districts = self._find_districts_mentioned(folded, on)
        office = self._find_office(folded, on)
        if office is self._coordination and not districts and " tỉnh" not in folded:
            districts = self._find_districts_ending(folded, on)
        if office and not (office is self._coordination and districts):
            return office.code
        if districts:
            return districts.pop() if len(districts) == 1 else None
        return self._find_commune_mentioned(folded, on)

    def _find_commune_mentioned(self, folded: str, on: date) -> str | None:
        """Return the one commune or ward that reports on that day and that the text mentions with its kind word."""
        return _only_mentioned(self._cached_commune_phrases(on), folded)

    def _commune_phrases(self, on: date) -> dict[str, str]:
        """Return "kind word + name" of each commune and ward that reports on that day → code."""
        phrases = {}
        for code, name in self._cached_units(on, "commune"):
            kind, bare = _split_kind(name, COMMUNE_KINDS)
            phrases |= {f" {word} {bare} ": code for word in COMMUNE_KINDS.get(kind, ())}
        return phrases

    def _find_office(self, folded: str, on: date) -> _Reporter | None:
        """Return the office whose name the text begins with, the longest name first."""
        longest = None
        for words in _keys(folded):
            key = ""
            for word in words:
                key += word
                office = self._names.get(key)
                if office and office.is_valid(on):
                    longest = office
        if longest is None and _COORDINATION_OFFICE.match(folded) and not _ENDS_IN_KIND.search(folded):
            longest = self._coordination
        return longest

    def _find_named_office(self, text: str, on: date) -> str | None:
        """Return the office that the text names and nothing else."""
        for words in _keys(text):
            office = self._names.get("".join(words))
            if office and office.is_valid(on):
                return office.code
        return None

    def _phrases(self, on: date) -> dict[str, str]:
        """Return "kind word + name" of each district of that day → code; party committees ("huyện ủy") included."""
        phrases: dict[str, str] = {}
        for code, name in self._cached_units(on, DISTRICT):
            kind, bare = _split_kind(name, DISTRICT_KINDS)
            for word in (*DISTRICT_KINDS[kind], f"{kind} ủy", kind.split()[0] + " ủy") if kind else ():
                phrases[f" {word} {bare} "] = code
        return phrases

    def _bare_phrases(self, on: date) -> list[tuple[str, str]]:
        """Return the same without any diacritics."""
        return [(strip_marks(phrase), code) for phrase, code in self._cached_phrases(on).items()]

    def _find_districts_mentioned(self, folded: str, on: date) -> set[str]:
        if _KIND_STARTS.isdisjoint(folded.split()):
            return set()
        text = f" {folded} "
        return {code for phrase, code in self._cached_phrases(on).items() if phrase in text}

    def _find_districts_ending(self, folded: str, on: date) -> set[str]:
        """Return the districts with whose bare name the text ends: "VPĐP NTM CAN LỘC" is not the province's office."""
        codes = set()
        for code, name in self._cached_units(on, DISTRICT):
            _, bare = _split_kind(name, DISTRICT_KINDS)
            if bare not in self._units.province_names and folded.endswith(f" {bare}"):
                codes.add(code)
        return codes

    def _names_district(self, text: str, on: date) -> bool:
        """Return whether the text mentions districts with their kind words (several: then it names no one reporter)."""
        return bool(self._find_districts_mentioned(fold(text), on))

    def find_reporter(self, texts: Sequence[str], on: date) -> str | None:
        """Return the reporter that a block of heading cells names: the issuing body, top left first.

        `texts`: the cells above the table in reading order (a cell may hold several lines). The first cell, or two
        neighbours that belong together ("ỦY BAN NHÂN DÂN", "HUYỆN CAN LỘC"), that names a reporter with its kind word
        wins; "UBND TỈNH HÀ TĨNH" above a department, addressees and the place before a date name none. Where no reporter
        of that name exists on that day, one that exists on another is meant.
        """
        cells: list[str] = []
        for text in texts:
            lines = [line for line in text.splitlines() if clean(line)]
            cells += [text, *lines] if len(lines) > 1 else lines
        return self._cached_heading(tuple(cells), self._stretches.first_day(on))

    def _find_at_any_time(self, cells: tuple[str, ...], on: date) -> str | None:
        """Return whom a heading names on a day; where no reporter of that name exists then, whom it names on another.

        A period that can't be (March 2041) is F04, and its report is no other reporter's for that. The province's own
        office exists always, so that it is taken only where the text names no one else on any day.
        """
        code = self._find_in_heading(cells, on)
        office = self._coordination.code if self._coordination else None
        if code not in (None, office):
            return code
        days = sorted(self._days, key=lambda day: (day > on, abs(day - on)))  # the nearest day before, then after
        others = ((self._find_in_heading(cells, day), day) for day in days)
        return next(
            (other for other, day in others if other not in (None, office) and self._may_be_meant(other, day, on)), code
        )

    def _may_be_meant(self, code: str | None, day: date, on: date) -> bool:
        """Whether a text of one day may mean a reporter of another: no commune is meant while communes do not report."""
        is_commune = any(unit == code for unit, _ in self._cached_units(day, "commune"))
        return not is_commune or bool(self._cached_units(on, "commune"))

    @cached_property
    def _days(self) -> list[date]:
        """One day of each stretch in which the same reporters exist."""
        days: dict[tuple[Any, ...], date] = {}
        for day in self._stretches.turns:
            days.setdefault(tuple((each.code, each.name) for each in self._reporters if each.is_valid(day)), day)
        return list(days.values())

    def _find_in_heading(self, cells: Sequence[str], on: date) -> str | None:
        has_letters = [any(map(str.isalpha, text)) for text in cells]  # a number or a date names nobody
        for position, text in enumerate(cells):
            if not has_letters[position]:
                continue
            folded = fold(text)
            following = cells[position + 1 : position + 3]
            if _COORDINATION_OFFICE.match(folded) and not folded.endswith(" tỉnh"):
                for other in following:  # the office of a district is the district
                    if code := self._find_opening_district(other, on):
                        return code
            if code := self._cached_issuer(text, on):
                return code
        for position, (one, other) in enumerate(pairwise(cells)):
            if not any(has_letters[position : position + 2]) or _ADDRESSEE.match(fold(one)):
                continue
            if code := self._cached_issuer(f"{one} {other}", on):
                return code
        worded = compress(cells, has_letters)
        return next((code for text in worded if (code := self._find_bare_issuer(text, on))), None)

    def _find_bare_issuer(self, text: str, on: date) -> str | None:
        """Return the reporter that a cell typed without any diacritics names: "UBND HUYEN CAN LOC", "SO Y TE"."""
        folded = fold(text)
        if not folded.isascii() or _ADDRESSEE_BARE.match(folded):
            return None
        if _COMMUNE_BODY_BARE.match(folded):
            return self._find_commune(folded, on)
        words = f" {folded} "
        codes = {code for phrase, code in self._cached_bare_phrases(on) if phrase in words}
        return codes.pop() if len(codes) == 1 else None if codes else self._resolve_without_marks(text, on)

    def _find_opening_district(self, text: str, on: date) -> str | None:
        """Return the district whose kind word and name the text begins with."""
        folded = f" {without_body(fold(text))} "
        return next((code for phrase, code in self._cached_phrases(on).items() if folded.startswith(phrase)), None)

    def find_in_path(self, path: str, on: date) -> str | None:
        """Return the one reporter that the words of a path name, with or without diacritics; None for none or several.

        The last resort (F03): "2014-09/443/H01.xlsx", "Can_Loc/bao cao.xlsx", "SoYTe_QuyIII.xlsx".
        """
        on = self._stretches.first_day(on)
        kinds = _DISTRICT_WORDS | _COMMUNE_WORDS if self._cached_units(on, "commune") else _DISTRICT_WORDS
        codes: set[str] = set()
        for part in re.split(r"[\\/]", path):
            parted = "".join(
                f" {letter}" if before.islower() and letter.isupper() else letter
                for before, letter in pairwise(" " + clean(part))
            )
            words = [word.lower() for word in _PATH_WORD.findall(parted)]
            for start in range(len(words)):
                if {words[start - 1], " ".join(words[max(start - 2, 0) : start])} & kinds and start:
                    continue  # the kind word is part of the name
                for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
                    code = self._cached_path_words(" ".join(words[start:end]), on)
                    if code:
                        codes.add(code)
        return codes.pop() if len(codes) == 1 else None

    def _resolve_path_words(self, words: str, on: date) -> str | None:
        """Return the reporter that these words of a path are, nothing left over."""
        office = next((office for office in self._offices if fold(office.code) == words), None)
        if office:
            return office.code if office.is_valid(on) else None
        code = self._find_named_office(words, on) or self._resolve_without_marks(words, on)
        is_province = strip_marks(words) in map(strip_marks, self._units.province_names)
        if code or is_province:
            return code
        district = self._units.find_district(words, on) if self._cached_units(on, DISTRICT) else None
        return district or self._find_commune(words, on)

    def resolve_owners(self, text: str, on: date) -> tuple[str, ...]:
        """Return the reporters that an owner cell of the directive register names, each once, in the order written.

        "các huyện, thành phố, thị xã", "các xã, phường": every such unit that reports on that day; "các sở": every
        department of the list (forms.md, V02). A line break parts owners as a comma does, unless the lines are one name.
        Parts that name no reporter are left out; () when none does.
        """
        codes: list[str] = []
        for piece in text.split(";"):
            lines = [clean(line).strip(" ,/") for line in piece.splitlines()]
            codes += self._resolve_piece(", ".join(filter(None, lines)), on)
        return tuple(dict.fromkeys(codes))

    def _resolve_piece(self, piece: str, on: date) -> list[str]:
        """Return the owners in a piece without semicolons; commas part it only where the whole is not one name."""
        words = re.split(
            r"\s*(?:,|/|\bvà\b)\s*", _LEADING_ALL.sub("", piece) if not self._resolve_group(piece, on) else piece
        )
        codes: list[str] = []
        start = 0
        while start < len(words):
            for end in range(len(words), start, -1):
                joined = " ".join(words[start:end])
                owners = self._resolve_group(joined, on) or self._resolve_one(joined, on, is_whole=end - start == 1)
                if owners:
                    codes += owners
                    start = end - 1
                    break
            start += 1
        return codes

    def _resolve_one(self, text: str, on: date, *, is_whole: bool) -> list[str]:
        """Return the one reporter that the text names; joined parts count only where they are exactly its name."""
        code = self.resolve_reporter(text, on) if is_whole else self._find_named_office(text, on)
        return [code] if code else []

    def _resolve_group(self, text: str, on: date) -> list[str]:
        folded = fold(text)
        if match := _ALL_DISTRICTS.match(folded):
            words = match[1].replace("tp", "thành phố").replace("tx", "thị xã")
            kinds = tuple(kind for kind in DISTRICT_KINDS if kind in words)
            return [code for code, name in self._cached_units(on, DISTRICT) if fold(name).startswith(kinds)]
        if match := _ALL_COMMUNES.match(folded):
            kinds = tuple(kind for kind in COMMUNE_KINDS if kind in match[1])
            return [code for code, name in self._cached_units(on, "commune") if fold(name).startswith(kinds)]
        if _ALL_DEPARTMENTS.match(folded):
            return [office.code for office in self._offices if office.type == "department" and office.is_valid(on)]
        return []


def _split_kind(name: str, kinds: Iterable[str]) -> tuple[str, str]:
    """Return the kind with which a unit's official name begins, '' for one that is not known, and the folded rest."""
    folded = fold(name)
    kind = next((kind for kind in kinds if folded.startswith(f"{kind} ")), "")
    return kind, folded.removeprefix(kind).strip()


def _only_mentioned(phrases: Mapping[str, str], folded: str) -> str | None:
    """Return the code of the one phrase that stands in a text; one that is part of a longer one does not count beside it."""
    text = f" {folded} "
    mentioned = [phrase for phrase in phrases if phrase in text]
    codes = {phrases[one] for one in mentioned if not any(one != other and one in other for other in mentioned)}
    return codes.pop() if len(codes) == 1 else None
