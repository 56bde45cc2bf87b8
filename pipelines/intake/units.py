"""Administrative units by name, at a date. A name is known, repaired, another district's, or unknown.

Here: resolution of names against the lists of units, with their validity. A new way of writing a known name belongs
here (or, if it is one name's, in the list of aliases). No form, no cell and no finding belongs here, and no nearest
neighbour is ever taken: 98 pairs of the province's communes differ by one letter without diacritics (counted in 2014),
so what only looks alike is a suggestion. Who reports, is `reporters`.

The steps, the first that answers wins: a code; the name at the date; the name after a harmless repair (i/y, numeral,
lost ư); an alias; an old name of a unit that lives on; diacritics left out, inside the reporter's district only.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from pipelines.intake.text import clean, fold, plain
from pipelines.intake.values.words import lacks_marks
from pipelines.reference.models import Alias, Unit, UnitChange
from pipelines.reference.rows import Dated
from pipelines.reference.unit_kinds import COMMUNE_KINDS, DISTRICT_KINDS

State = Literal["exact", "repaired", "other_district", "unknown"]
_REPAIRED: Mapping[State, State] = {"exact": "repaired"}


@dataclass(frozen=True, slots=True)
class Resolution:
    """A name resolved at a date.

    `state`: exact; repaired (R06: `expected` is the official name); other_district (R02: `expected` names unit and
    district); unknown (R01: `code` is None, `expected` lists the nearest names). `kind`: xã, phường, thị trấn, huyện …
    `district_code`: the unit's parent. `suggestions`: (code, official name), nearest first, only where unknown.
    """

    code: str | None
    kind: str | None
    district_code: str | None
    state: State
    expected: str | None = None
    suggestions: tuple[tuple[str, str], ...] = ()


class _Unit(NamedTuple):
    """A unit over one interval of code, name, kind and parent; `valid_to` is exclusive."""

    code: str
    name: str
    kind: str
    parent: str
    valid_from: date
    valid_to: date
    bare: str

    def is_valid(self, on: date) -> bool:
        return self.valid_from <= on < self.valid_to

    def lies_in(self, territory: str | None) -> bool:
        """Whether it is that unit, or of that district; every unit lies in None."""
        return territory in (None, self.parent, self.code)


class _Change(NamedTuple):
    on: date
    type: str
    old_code: str
    new_code: str

    @property
    def changes_territory(self) -> bool:
        """Whether the units have other territories from then on; a transfer, a new kind, name or code changes none."""
        return self.type in {"merge", "split", "abolish"}


class _Written(NamedTuple):
    """A name as written: kind word (None: none given), bare folded name, the district it names behind it."""

    whole: str
    kind: str | None
    bare: str
    tail: str


_BODIES = (
    "ubnd",
    "ủy ban nhân dân",
    "ủy ban nd",
    "uy ban nhan dan",
)
_FOOTNOTE = re.compile(r"(?:\s*(?:[(\[]\s*(?:\*+|\d{1,2})\s*[)\]]|\*+|[¹²³⁴⁵⁶⁷⁸⁹⁰]+))+\s*$")
_LIST_NUMBER = re.compile(r"^\d{1,3}\s*[.)]\s*(?=[^\W\d])")
_TAIL = re.compile(r"\s*(?:\(([^()]*)\)|[,;–]\s*(.*)|\s-\s(.*))\s*$")
_REMARK = re.compile(
    r"(?:xã )?(?:điểm(?: chỉ đạo)?|(?:đã )?đạt chuẩn(?: ntm)?|đbkk|đặc biệt khó khăn|bãi ngang|miền núi|biên giới|135)"
    r"(?: của)?(?: tỉnh| huyện)?(?: năm)?(?: \d{4})?"
)
"""Remarks behind a name that leave it the same commune, as a footnote mark does; a closed list ("(cũ)" is not in it)."""
_VILLAGE = re.compile(r"(?:thôn|xóm|tổ dân phố|tdp|tổ|khối phố|khối|đội)\b")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_I_FOR_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_SUGGESTIONS = 3


def validity(row: Dated) -> tuple[date, date]:
    """Return the first day on which a row of a list is valid, and the day after its last; an end that is left open is far."""
    return row.valid_from or date.min, row.valid_to or date.max


def _soft(bare: str) -> str:
    """Return the key under which i and y, I and 1, "Kim1" and "Kim 1" are equal; diacritics kept."""
    words = re.sub(r"(?<=[^\W\d])(?=\d)", " ", bare.translate(_I_FOR_Y)).split()
    return " ".join([*words[:-1], _ROMAN.get(words[-1], words[-1])]) if words else ""


def _without_lost_letter(soft: str) -> str:
    """Return the key under which a name that lost its ư on the way from TCVN3 equals the whole one (T082)."""
    return soft.replace("ư", "")


def _distance(one: str, other: str) -> int:
    """Return the edit distance of two short texts."""
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
    return row[-1]


def _parse(name: str, kinds: Mapping[str, Sequence[str]]) -> _Written:
    """Take a written name apart: its number in a list, footnote mark, kind word before or in brackets behind, district."""
    text = _FOOTNOTE.sub("", _LIST_NUMBER.sub("", clean(name)))
    whole, tail, kind = fold(text), "", None
    if match := _TAIL.search(text):
        tail = fold(match[1] or match[2] or match[3] or "")
        kind = _kind_word(tail, kinds)
    bare = fold(text[: match.start()] if match else text)
    bare = without_body(bare)
    for candidate, words in kinds.items():
        for word in words:
            if bare.startswith(word + " "):
                return _Written(whole, candidate, bare[len(word) + 1 :], tail)
    return _Written(whole, kind, bare, "" if kind else tail)


def without_body(folded: str) -> str:
    """Return a folded name without the body that governs it: "ubnd huyện can lộc" → "huyện can lộc"."""
    for body in _BODIES:
        folded = folded.removeprefix(body + " ")
    return folded


def _kind_word(text: str, kinds: Mapping[str, Sequence[str]]) -> str | None:
    return next((kind for kind, words in kinds.items() if text in words), None)


class Stretches:
    """The stretches of days on which the same units, changes and offices are known; what is cached, is cached by them."""

    def __init__(self, turns: Iterable[date]) -> None:
        self.turns = sorted({date.min, *turns})

    def first_day(self, on: date) -> date:
        """Return the first day of the stretch that a day lies in: every question has the same answer on both."""
        return self.turns[bisect_right(self.turns, on) - 1]


class _Snapshot:
    """The units of one level that are valid on one day, by their keys."""

    def __init__(self, units: Iterable[_Unit]) -> None:
        self.units = list(units)
        self.by_code = {unit.code: unit for unit in self.units}
        self.by_name = self._index(lambda unit: unit.bare)
        self.by_soft = self._index(lambda unit: _soft(unit.bare))
        self.by_lost_letter = self._index(lambda unit: _without_lost_letter(_soft(unit.bare)))
        self.by_plain = self._index(lambda unit: plain(_soft(unit.bare)))
        self.of_several_words = [(f" {unit.bare} ", unit) for unit in self.units if " " in unit.bare]

    def _index(self, key: Callable[[_Unit], str]) -> dict[str, list[_Unit]]:
        by_key: dict[str, list[_Unit]] = defaultdict(list)
        for unit in self.units:
            by_key[key(unit)].append(unit)
        return dict(by_key)


class _Level:
    """The units of one level (communes, or districts) over time, with the aliases and changes that concern them."""

    def __init__(
        self,
        units: Sequence[_Unit],
        kinds: Mapping[str, Sequence[str]],
        aliases: Iterable[Alias],
        changes: Sequence[_Change],
    ) -> None:
        self.units = units
        self.kinds = kinds
        self.changes = changes
        self.old_names: dict[str, list[_Unit]] = defaultdict(list)
        for unit in units:
            self.old_names[unit.bare].append(unit)
        self.aliases: dict[str, list[str]] = defaultdict(list)
        codes = {unit.code for unit in units}
        for row in aliases:
            meant = [code for code in (row.code, *(row.other_codes or "").split()) if code in codes]
            written = _parse(row.alias, kinds)
            named = [unit for unit in units if unit.code in meant]
            if not written.tail and any(lacks_marks(written.bare, unit.bare) for unit in named):
                continue  # the steps know the name itself, with its dates; only another name is an alias
            is_kind_right = written.kind in {unit.kind for unit in named} and not written.tail
            for key in {written.whole, written.bare} if is_kind_right else {written.whole}:
                self.aliases[key] += [code for code in meant if code not in self.aliases[key]]
        self.at = lru_cache(maxsize=512)(self._at)

    def _at(self, on: date) -> _Snapshot:
        return _Snapshot(unit for unit in self.units if unit.is_valid(on))

    def find_exact(self, written: _Written, on: date) -> list[_Unit]:
        return self._having_kind(self.at(on).by_name.get(written.bare, []), written.kind)

    def find_repaired(self, written: _Written, on: date) -> Iterator[list[_Unit]]:
        """Yield the candidates of each repair in turn."""
        now = self.at(on)
        soft = _soft(written.bare)
        yield self._having_kind(now.by_soft.get(soft, []), written.kind)
        yield self._out_of_date_kind(written, on)
        yield self._by_alias(written, on)
        yield self._by_old_name(written, on)
        yield self._having_kind(now.by_lost_letter.get(soft, []), written.kind)

    def find_without_marks(self, written: _Written, on: date) -> list[_Unit]:
        """Return the units whose names the text is, diacritics left out but none changed."""
        soft = _soft(written.bare)
        alike = self.at(on).by_plain.get(plain(soft), [])
        return self._having_kind([unit for unit in alike if lacks_marks(soft, _soft(unit.bare))], written.kind)

    @staticmethod
    def _having_kind(units: Sequence[_Unit], kind: str | None) -> list[_Unit]:
        return [unit for unit in units if kind in (None, unit.kind)]

    def _out_of_date_kind(self, written: _Written, on: date) -> list[_Unit]:
        """Return the unit of that name whose kind was, before the date, the kind given (xã Kỳ Trinh, now a phường)."""
        return [
            unit
            for unit in self.at(on).by_name.get(written.bare, [])
            if any(
                old.code == unit.code and old.kind == written.kind and old.valid_to <= on
                for old in self.old_names[written.bare]
            )
        ]

    def _by_alias(self, written: _Written, on: date) -> list[_Unit]:
        now = self.at(on)
        codes = self.aliases.get(written.whole) or self.aliases.get(written.bare, [])
        units = [now.by_code[code] for code in codes if code in now.by_code]
        if written.whole not in self.aliases:
            units = self._having_kind(units, written.kind)
        if len(codes) > 1:  # what an ambiguous alias means at the date is the unit that has its letters then
            units = [unit for unit in units if plain(unit.bare) in {plain(written.bare), plain(written.whole)}]
        return units

    def _by_old_name(self, written: _Written, on: date) -> list[_Unit]:
        """Return the unit that had the name before the date and lives on under another one."""
        now = self.at(on).by_code
        codes = dict.fromkeys(old.code for old in self._find_ended(written, on) if self._lives_on(old, on))
        return [now[code] for code in codes if code in now]

    def _find_ended(self, written: _Written, on: date) -> list[_Unit]:
        return self._having_kind(
            [unit for unit in self.old_names.get(written.bare, []) if unit.valid_to <= on], written.kind
        )

    def _lives_on(self, old: _Unit, on: date) -> bool:
        return not any(
            change.changes_territory
            for change in self.changes
            if change.old_code == old.code and old.valid_to <= change.on <= on
        )

    def find_successors(self, written: _Written, on: date) -> list[_Unit]:
        """Return the units valid at the date that took over the one of that name, or that will bear the name."""
        now = self.at(on)
        later = [unit.code for unit in self.old_names.get(written.bare, []) if unit.valid_from > on]
        units = [now.by_code[code] for code in later if code in now.by_code]
        for old in self._find_ended(written, on):
            codes, since = {old.code}, old.valid_to
            for change in self.changes:
                if since <= change.on <= on and change.old_code in codes:
                    codes.add(change.new_code)
            units += [now.by_code[code] for code in sorted(codes) if code in now.by_code]
        return list(dict.fromkeys(units))

    def find_contained(self, written: _Written, on: date, parent: str | None) -> list[_Unit]:
        """Return the units, of the parent only, whose names of several words stand in the text: "Kim Lộc, Thiên Lộc"."""
        text = f" {written.whole} "
        return [unit for name, unit in self.at(on).of_several_words if name in text and unit.lies_in(parent)]

    def find_nearest(self, written: _Written, on: date, parent: str | None) -> list[_Unit]:
        """Return the names nearest by edit distance, of the parent only; none that shares less than two thirds.

        Most texts asked about are notes and signatures: a name much shorter than the text is not even measured.
        """
        wanted = plain(_soft(written.bare))
        most = max(2, len(wanted) // 3)
        ranked = []
        for key, units in self.at(on).by_plain.items():
            here = [unit for unit in units if unit.lies_in(parent)]
            if here and abs(len(key) - len(wanted)) <= most and (distance := _distance(wanted, key)) <= most:
                ranked += [(distance, _distance(written.bare, unit.bare), unit.code, unit) for unit in here]
        return [unit for _, _, _, unit in sorted(ranked)]


class UnitIndex:
    """The province's units with their validity: resolves names of communes and districts at a date.

    Built from the lists of units, of their aliases and changes. Resolutions are cached.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        aliases: Iterable[Alias],
        changes: Iterable[UnitChange],
    ) -> None:
        lineage = sorted(
            _Change(row.effective_date, row.change_type, row.old_code, row.new_code or "") for row in changes
        )
        levels: dict[str, list[_Unit]] = defaultdict(list)
        for row in units:
            levels[row.level].append(_as_unit(row))
        self.changes = lineage
        spellings = list(aliases)
        self._communes = _Level(levels["commune"], COMMUNE_KINDS, spellings, lineage)
        self._districts = _Level(levels["district"], DISTRICT_KINDS, spellings, lineage)
        self.province_names = frozenset(unit.bare for unit in levels["province"])
        known_units = (*self._communes.units, *self._districts.units)
        self.turns = [day for unit in known_units for day in (unit.valid_from, unit.valid_to)]
        self.turns += [change.on for change in lineage]
        self._stretches = Stretches(self.turns)
        self._cached_commune = lru_cache(maxsize=65536)(self._resolve_commune_at)
        self._cached_district = lru_cache(maxsize=4096)(self._resolve_district_at)

    def names(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield name, kind and, of a commune, its district's name, of every unit that ever was."""
        districts = {unit.code: unit for unit in self._districts.units}
        for unit in districts.values():
            yield unit.name, unit.kind, None
        for unit in self._communes.units:
            yield unit.name, unit.kind, districts[unit.parent].name if unit.parent in districts else None

    def resolve_commune(self, name: str, on: date, territory: str | None = None, code: str | None = None) -> Resolution:
        """Resolve a commune as the reporter of a `territory` wrote it, valid on `on`.

        `territory`: a district, or the commune that reports for itself; None: the province.

        `name` may carry a kind word, a body ("UBND xã"), a footnote mark, its district behind it, or be a code. `code`:
        a code given beside the name; it counts where the name is blank. Cached. Source: quality.md, R01, R02, R05, R06.
        """
        return self._cached_commune(name, self._stretches.first_day(on), territory, code)

    def _resolve_commune_at(self, name: str, on: date, territory: str | None, code: str | None) -> Resolution:
        whole = self._find_commune(name, on, territory, code)
        if whole.state != "unknown" or (shorter := self._without_address(name)) is None:
            return whole
        within = self._find_commune(shorter, on, territory, None)
        return whole if within.state == "unknown" else replace(within, state=_REPAIRED.get(within.state, within.state))

    def _without_address(self, name: str) -> str | None:
        """Return an address without the village before it and the province behind it; None where it has neither."""
        parts = [part for part in re.split(r"\s*[,;–]\s*|\s-\s", clean(name)) if part]
        kept = [
            part
            for part in parts
            if not _VILLAGE.match(fold(part)) and fold(part).removeprefix("tỉnh ") not in self.province_names
        ]
        return ", ".join(kept) if kept and len(kept) < len(parts) else None

    def _find_commune(self, name: str, on: date, territory: str | None, code: str | None) -> Resolution:
        written = _parse(name, COMMUNE_KINDS)
        given = written.whole if written.whole.isdigit() else "" if written.whole else (code or "").strip()
        now = self._communes.at(on)
        if given:
            unit = now.by_code.get(given)
            return self._resolved(unit, "exact", on, territory) if unit else self._unresolved(written, on, territory)
        within = territory
        if written.tail and not _REMARK.fullmatch(written.tail):
            within = self.resolve_district(written.tail, on).code
            if within is None:  # a remark that changes the meaning ("Cẩm Lộc (cũ)") is part of the name
                written = written._replace(bare=written.whole, kind=None)
                within = territory
        return self._by_name(written, on, territory, within)

    def _by_name(self, written: _Written, on: date, territory: str | None, within: str | None) -> Resolution:
        """Resolve a written name; `within`: the district to look in, which the name itself may have given."""
        elsewhere: tuple[_Unit, State] | None = None
        steps: list[tuple[State, list[_Unit]]] = [("exact", self._communes.find_exact(written, on))]
        steps += [("repaired", units) for units in self._communes.find_repaired(written, on)]
        for state, units in steps:
            here = [unit for unit in units if unit.lies_in(within)]
            if len(here) == 1:
                return self._resolved(here[0], state, on, territory)
            if here:
                return self._unresolved(written, on, within, here)
            if len(units) == 1 and elsewhere is None:
                elsewhere = units[0], state
        lacking = self._communes.find_without_marks(written, on)
        here = [unit for unit in lacking if within is not None and unit.lies_in(within)]
        if len(here) == 1:
            return self._resolved(here[0], "repaired", on, territory)
        if elsewhere:
            return self._resolved(*elsewhere, on, territory)
        return self._unresolved(written, on, within, here or ([] if within else lacking))

    def _resolved(self, unit: _Unit, state: State, on: date, territory: str | None) -> Resolution:
        if unit.lies_in(territory):
            return Resolution(unit.code, unit.kind, unit.parent, state, unit.name)
        district = self._districts.at(on).by_code.get(unit.parent)
        expected = f"{unit.name}, {district.name}" if district else unit.name
        return Resolution(unit.code, unit.kind, unit.parent, "other_district", expected)

    def _unresolved(
        self,
        written: _Written,
        on: date,
        within: str | None,
        candidates: Sequence[_Unit] = (),
        *,
        district: bool = False,
    ) -> Resolution:
        level = self._districts if district else self._communes
        nearest = level.find_nearest(written, on, within) if written.bare and not written.bare.isdigit() else []
        ranked = dict.fromkeys(
            [*candidates, *level.find_contained(written, on, within), *level.find_successors(written, on), *nearest]
        )
        suggestions = tuple((unit.code, unit.name) for unit in list(ranked)[:_SUGGESTIONS])
        return Resolution(None, None, None, "unknown", "; ".join(name for _, name in suggestions) or None, suggestions)

    def resolve_district(self, name: str, on: date) -> Resolution:
        """Resolve a district, town or city at a date by its name, or by its code as text.

        "UBND huyện Can Lộc", "TX. Hồng Lĩnh", "Kỳ Anh (Thị xã)", "443". A bare name that two units share on that day
        ("Kỳ Anh" from 2015-04-10) is unknown, with both as suggestions. Cached.
        """
        return self._cached_district(name, self._stretches.first_day(on))

    def find_district(self, name: str, on: date) -> str | None:
        """Return the code of the district that `resolve_district` finds, without looking for similar names where it is none."""
        _, _, districts = self._match_district(name, self._stretches.first_day(on))
        return districts[0].code if len(districts) == 1 else None

    def find_commune(self, name: str, on: date) -> str | None:
        """Return the code of the commune that `resolve_commune` finds in the province, without looking for similar names."""
        on = self._stretches.first_day(on)
        written = _parse(name, COMMUNE_KINDS)
        if written.whole.isdigit():
            return written.whole if written.whole in self._communes.at(on).by_code else None
        level = self._communes
        steps = (
            level.find_exact(written, on),
            *level.find_repaired(written, on),
            level.find_without_marks(written, on),
        )
        communes = next(filter(None, steps), [])
        return communes[0].code if len(communes) == 1 else None

    def _resolve_district_at(self, name: str, on: date) -> Resolution:
        written, state, districts = self._match_district(name, on)
        if len(districts) == 1:
            return self._resolved(districts[0], state, on, None)
        return self._unresolved(written, on, None, districts, district=True)

    def _match_district(self, name: str, on: date) -> tuple[_Written, State, list[_Unit]]:
        """Return a name taken apart, and the districts that are called so, with the state of the first step that found any."""
        written = _parse(name, DISTRICT_KINDS)
        if written.tail and written.tail.removeprefix("tỉnh ") not in self.province_names:
            written = written._replace(bare=written.whole, kind=None)
        now = self._districts.at(on)
        if written.whole.isdigit():
            unit = now.by_code.get(written.whole)
            return written, "exact", [unit] if unit else []
        if units := self._districts.find_exact(written, on):
            return written, "exact", units
        for units in (*self._districts.find_repaired(written, on), self._districts.find_without_marks(written, on)):
            if units:
                return written, "repaired", units
        return written, "unknown", []

    def communes_of(self, territory: str, on: date, kinds: Collection[str] = ("xã",)) -> list[tuple[str, str]]:
        """Return (code, official name) of a district's communes of these kinds on that day, by code; of a commune's, itself."""
        return sorted(
            (unit.code, unit.name)
            for unit in self._communes.at(self._stretches.first_day(on)).units
            if unit.lies_in(territory) and unit.kind in kinds
        )

    def has_other_territory(self, code: str, since: date, until: date) -> bool:
        """Return whether a unit got another territory after one day, up to and with another."""
        changes = (change for change in self.changes if change.changes_territory and since < change.on <= until)
        return any(code in {change.old_code, change.new_code} for change in changes)

    def districts(self, on: date, kinds: Collection[str] = tuple(DISTRICT_KINDS)) -> list[tuple[str, str]]:
        """Return (code, official name) of the district-level units of these kinds on that day, by code."""
        now = self._districts.at(self._stretches.first_day(on))
        return sorted((unit.code, unit.name) for unit in now.units if unit.kind in kinds)


def _as_unit(row: Unit) -> _Unit:
    name = clean(row.name_vi)
    bare = fold(name).removeprefix(fold(row.kind)).strip()
    valid_from, valid_to = validity(row)
    return _Unit(row.code, name, row.kind, row.parent_code or "", valid_from, valid_to, bare)
