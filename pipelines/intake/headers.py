"""Header rows → fields: what the texts above a table's columns name in each form.

Here: the headers of all forms compiled, a column's path matched against them, and columns of their own for each answer
of a field. Where a header stands on a sheet is `recognise`; the texts themselves are in the forms' definitions.

A header is one to four rows; a column's header is the path of its cells from top to bottom, merged ranges filled. The
longest part of the path that a form knows counts, so "Ngân sách > Xã" is not "Xã".
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from pipelines.intake.forms import Field, Form, Forms
from pipelines.intake.text import fold, plain
from pipelines.intake.values.marks import MARK_CHOICES, TICK_CHOICES
from pipelines.intake.values.numbers import is_money_unit

Claims = Mapping[str, str]
"""Form code → field that a header text names in it."""
Choices = Mapping[str, Any]
"""What a column of its own can call each answer of a field, folded → the answer."""
_LONGEST_HEADER = 120
CRITERION = "criterion_"
"""How the column of a criterion is called, also where a wide layout has one for a row of the long layout."""
NEGATIVE = "!"
"""Mark of a claim for the column whose tick means no (Kiêm nhiệm)."""
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
DECORATION = re.compile(r"\s*(?:[(\[][^()\[\]]*[)\]]|%|x)\s*")
_UNITS = frozenset(
    ["đvt", "đơn vị tính", "ha", "tấn", "tạ", "kg", "m2", "người", "hộ", "con", "lao động", "lđ", "thành viên", "mh"]
)
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(?:(\d{1,3})|([A-ZĐa-zđ]))\s*[)\]]?\s*(?:=.*)?")
_LETTER_ROWS = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ABCDĐEGHIKLMNOPQRSTUVXY")
_FEWEST_NUMBERED = 3


@dataclass(frozen=True)
class HeaderIndex:
    """Header texts of all forms: folded text → what it names in each form; the same without diacritics, as last resort."""

    exact: Mapping[str, Claims]
    plain: Mapping[str, Claims]
    criterion_numbers: Mapping[str, int]
    choices: Mapping[str, Mapping[str, Choices]]
    """By form and field: the answers that can have a column each ("Lớn | Vừa | Nhỏ" under "Quy mô")."""
    endings: frozenset[str]
    """Last words of those: a header that ends otherwise is the column of no single answer."""
    criteria_sets: tuple[frozenset[int], ...]
    """The numbers of each set of criteria that may be in force, each once."""
    _words: dict[str, bool] = field(default_factory=dict)
    _matches: dict[tuple[Any, ...], "Match"] = field(default_factory=dict)

    def claims(self, key: str) -> Claims | None:
        """Return what a folded header text names, by form; None when no form knows it."""
        claims = self.exact.get(key)
        if claims is None and len(key) > 2:  # "kh" is not "KH"
            claims = self.plain.get(plain(key))
        return claims

    def is_word(self, text: str) -> bool:
        """Return whether a cell's text, as it stands, is a header of some form (a number alone is not)."""
        answer = self._words.get(text)
        if answer is None:
            if len(text) > _LONGEST_HEADER:
                return False
            if len(self._words) > 50_000:  # some MB; texts of data pass through here too
                self._words.clear()
            key = fold(text)
            answer = bool(key) and not key.isdigit() and any(self.claims(part) for part in (key, bare(text)))
            self._words[text] = answer
        return answer

    def criterion(self, text: str) -> int | None:
        """Return the number of the criterion that a text names, by number or by name."""
        return self.criterion_numbers.get(fold(text))

    def match(self, forms: Forms, rows: Sequence[Sequence[Any]]) -> "Match":
        """Match the filled cells of header rows; cached, since a form's header is the same from month to month."""
        key = tuple(map(tuple, rows))
        match = self._matches.get(key)
        if match is None:
            if len(self._matches) > 5_000:  # layouts, not files
                self._matches.clear()
            match = self._matches[key] = _match(self, forms, key)
        return match


def compile_headers(
    forms: Forms, criterion_names: Mapping[int, tuple[str, ...]], criteria_sets: Iterable[frozenset[int]]
) -> HeaderIndex:
    """Compile every header of every form, the ways to name a criterion included.

    Within one form a text that would name two fields names none, but a field's own headers go before criteria's.
    """
    criteria = {number: _criterion_headers(forms, number, names) for number, names in criterion_names.items()}
    criterion_numbers = _unambiguous((key, number) for number, keys in criteria.items() for key in keys)
    exact: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for form in forms:
        own: list[tuple[str, str]] = []
        repeated: list[tuple[str, str]] = []
        for item in form.fields:
            own += [(key, item.name) for header in item.headers for key in {fold(header), bare(header)}]
            own += [
                (key, item.name + NEGATIVE) for header in item.headers_of_no for key in {fold(header), bare(header)}
            ]
            if item.criterion is not None:
                repeated += [(key, item.name) for key, number in criterion_numbers.items() if number == item.criterion]
        if form.wide:
            wide = range(form.wide.first, form.wide.last + 1)
            repeated += [(key, CRITERION + str(number)) for key, number in criterion_numbers.items() if number in wide]
        for key, name in (_unambiguous(repeated) | _unambiguous(own)).items():
            exact[key][form.code] = name
    choices = {form.code: {item.name: given for item in form.fields if (given := _choices(item))} for form in forms}
    choices = {
        code: given
        | (
            {CRITERION + str(n): MARK_CHOICES for n in range(wide.first, wide.last + 1)}
            if (wide := forms[code].wide)
            else {}
        )
        for code, given in choices.items()
    }
    endings = {word.rpartition(" ")[2] for given in choices.values() for words in given.values() for word in words}
    sets = tuple(dict.fromkeys(criteria_sets))
    return HeaderIndex(dict(exact), _without_marks(exact), criterion_numbers, choices, frozenset(endings), sets)


def _choices(item: Field) -> Choices:
    if item.type == "mark":
        return MARK_CHOICES
    if item.type == "tick" and not item.derived:
        return {**TICK_CHOICES, **dict.fromkeys(item.yes_words, True), **dict.fromkeys(item.no_words, False)}
    return item.codes or {}


def _criterion_headers(forms: Forms, number: int, names: tuple[str, ...]) -> set[str]:
    return {
        fold(pattern.format(n=spelt, name=name))
        for spelt in {str(number), f"{number:02d}"}
        for pattern in forms.criterion_headers
        for name in (names if "{name}" in pattern else ("",))
    }


def _unambiguous(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    values: defaultdict[str, set[Any]] = defaultdict(set)
    for key, value in pairs:
        if key:
            values[key].add(value)
    return {key: given.pop() for key, given in values.items() if len(given) == 1}


def _without_marks(exact: Mapping[str, Claims]) -> dict[str, Claims]:
    """The same headers without diacritics; what then names two fields of a form names none of them."""
    named: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key, claims in exact.items():
        for form, name in claims.items():
            named[plain(key)][form].add(name)
    return {
        key: {form: next(iter(names)) for form, names in by_form.items() if len(names) == 1}
        for key, by_form in named.items()
    }


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return the folded text without what stands in brackets: "Doanh thu (triệu đồng/năm)" → "doanh thu"."""
    return fold(_BRACKETS.sub(" ", text))


Split = tuple[tuple[int, Any], ...]
"""The columns of a field that has one for each answer, left to right: (column, the answer that a tick in it gives)."""


class FormMatch(NamedTuple):
    """How a header fits one form: field → column, fields that two columns claim, required fields missing.

    `splits`: fields that have a column per answer; in `fields` such a field has the first of them ("met" of a mark).
    """

    fields: Mapping[str, int]
    twice: tuple[tuple[str, tuple[int, ...]], ...]
    missing: tuple[str, ...]
    is_wide: bool
    splits: Mapping[str, Split] = MappingProxyType({})

    @property
    def known(self) -> set[int]:
        """Columns that the form knows."""
        return {*self.fields.values(), *(column for split in self.splits.values() for column, _ in split)}

    @property
    def is_full(self) -> bool:
        """Whether every required field has its column and no field has two."""
        return not self.missing and not self.twice


@dataclass(frozen=True, slots=True)
class Match:
    """A header block matched: its texts by column (joined path), and how it fits each form that knows a column of it."""

    texts: tuple[str, ...]
    by_form: Mapping[str, FormMatch]
    shared: frozenset[int] = frozenset()
    """Columns that all these forms know, but for those of criteria."""

    def unknown(self, form: str) -> tuple[int, ...]:
        """Columns with a header that the form does not know."""
        columns = self.by_form[form].known if form in self.by_form else set()
        return tuple(column for column, text in enumerate(self.texts) if text and column not in columns)


NO_MATCH = FormMatch({}, (), (), is_wide=False)


def _match(index: HeaderIndex, forms: Forms, rows: tuple[tuple[Any, ...], ...]) -> Match:
    claimed: defaultdict[str, defaultdict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    texts = []
    of_answers: defaultdict[tuple[str, str], list[_AnswerColumn]] = defaultdict(list)
    for column in range(len(rows[0])):
        levels = _levels(rows, column)
        texts.append(" / ".join(levels))
        taken: set[str] = set()
        keys = _candidates(levels)
        for rank, key in enumerate(keys):
            for form, name in (index.claims(key) or {}).items():
                if form not in taken:
                    taken.add(form)
                    claimed[form][name].append((rank, column))
        if keys and any(key.rpartition(" ")[2] in index.endings for key in keys[:2]):
            for place, answer in _find_answers(index, keys, column).items():
                of_answers[place].append(answer)
    splits: defaultdict[str, dict[str, Split]] = defaultdict(dict)
    for (form, name), answers in of_answers.items():
        item = forms[form].by_name.get(name)
        may_take = item is not None and (item.required or item.follows_set)
        optional = {
            other.name for other in forms[form].fields if may_take and not (other.required or other.follows_set)
        }
        if split := _find_split(claimed[form], name, answers, optional):
            splits[form][name] = split
    by_form = {
        form: _form_match(forms[form], names, splits.get(form, {}), index.criteria_sets)
        for form, names in claimed.items()
    }
    claimed_columns = [
        {column for name, column in fit.fields.items() if not name.startswith(CRITERION)} for fit in by_form.values()
    ]
    return Match(tuple(texts), by_form, frozenset(set.intersection(*claimed_columns) if claimed_columns else ()))


class _AnswerColumn(NamedTuple):
    """A column that is called as an answer of a field: how fully its path says so, and whether it names the field."""

    column: int
    rank: int
    answer: Any
    has_field: bool


def _find_answers(index: HeaderIndex, keys: Sequence[str], column: int) -> dict[tuple[str, str], _AnswerColumn]:
    """Return the fields, by form, of which the column may be that of one answer: "quy mô lớn", or the answer alone."""
    answers: dict[tuple[str, str], _AnswerColumn] = {}
    for rank, key in enumerate(keys):
        cut = key.find(" ")
        while cut > 0:
            word = key[cut + 1 :]
            for form, name in (index.claims(key[:cut]) or {}).items():
                if (answer := index.choices[form].get(name, {}).get(word)) is not None:
                    answers.setdefault((form, name), _AnswerColumn(column, rank, answer, has_field=True))
            cut = key.find(" ", cut + 1)
    for form, fields in index.choices.items():
        named = {name: words[key] for name, words in fields.items() for key in keys if key in words}
        if len(named) == 1:
            name, answer = named.popitem()
            answers.setdefault((form, name), _AnswerColumn(column, len(keys), answer, has_field=False))
    return answers


def _find_split(
    claimed: dict[str, list[tuple[int, int]]], name: str, answers: Sequence[_AnswerColumn], optional: set[str]
) -> Split:
    """Return the columns of a field that has one per answer; empty where that is not certain.

    Two answers at least, none of them twice; columns that only name answers stand side by side; none of them is called
    after a field as fully as after the answer, unless one that the form can do without (`optional`: "Hoàn thành" beside
    "Chưa thực hiện" is not a percentage); and the field has no column of its own.
    """
    columns = {answer.column for answer in answers}
    if len(answers) < 2 or len({answer.answer for answer in answers}) < len(answers):  # a choice
        return ()
    if not all(answer.has_field for answer in answers) and max(columns) - min(columns) >= len(columns):
        return ()
    if any(column not in columns for _, column in claimed.get(name, ())):
        return ()
    rank_of = {answer.column: answer.rank for answer in answers}
    own = [(other, claim) for other, claims in claimed.items() for claim in claims if claim[1] in columns]
    if any(rank <= rank_of[column] and other not in optional for other, (rank, column) in own):
        return ()
    for other, claim in own:
        claimed[other].remove(claim)
    return tuple(sorted((answer.column, answer.answer) for answer in answers))


def _levels(rows: Sequence[Sequence[Any]], column: int) -> list[str]:
    """Return the texts of a column's header cells from top to bottom, each once."""
    levels: list[str] = []
    for row in rows:
        cell = row[column]
        text = cell if isinstance(cell, str) else "" if cell is None else _number_text(cell)
        text = text.strip()
        if text and (not levels or levels[-1] != text):
            levels.append(text)
    return levels


def _number_text(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


@lru_cache(maxsize=65536)
def _path_keys(levels: tuple[str, ...]) -> tuple[str, ...]:
    """Keys under which a header path may be known, the most telling first.

    A number at the bottom may be a criterion's or a mere column number: the path without it goes first.
    """
    parts = [part for part in levels if not is_decoration(part)] or list(levels)
    paths = [parts[start:] for start in range(len(parts))]
    if len(parts) > 1 and _COLUMN_NUMBER.fullmatch(parts[-1]):
        paths = [parts[start:-1] for start in range(len(parts) - 1)] + paths
    if len(parts) > 2:  # top and bottom of a path of three
        paths.append([parts[0], parts[-1]])
    if len(parts) < len(levels):  # below a group's heading a unit's word is a name ("Kết quả / Lao động")
        paths += [list(levels[start:]) for start in range(len(levels))]
    keys: dict[str, None] = {}
    for path in paths:
        keys[fold(" ".join(path))] = None
        keys[" ".join(filter(None, map(bare, path)))] = None
    keys.pop("", None)
    return tuple(keys)


def is_decoration(text: str) -> bool:
    """Return whether a header's text names nothing: a bracket, "%", or a unit, also one of money ("nghìn đồng", "ĐVT: triệu")."""
    return bool(DECORATION.fullmatch(text)) or fold(text) in _UNITS or is_money_unit(text)


def _candidates(levels: list[str]) -> tuple[str, ...]:
    return _path_keys(tuple(levels)) if levels else ()


def _form_match(
    form: Form,
    names: Mapping[str, list[tuple[int, int]]],
    splits: Mapping[str, Split],
    criteria_sets: Sequence[frozenset[int]],
) -> FormMatch:
    """Settle which column each field has: where several claim it, the one whose path says it most fully.

    Which set is in force is not known before the period: missing is what lacks under the set that the columns fit best.
    """
    columns = {
        name: next((column for column, answer in split if answer == "met"), split[0][0])
        for name, split in splits.items()
    }
    twice = []
    for name, claims in names.items():
        if not claims:
            continue
        best = min(rank for rank, _ in claims)
        leading = [column for rank, column in claims if rank == best]
        columns[name] = leading[0]
        if len(leading) > 1:
            twice.append((name, tuple(leading)))
    is_wide = bool(form.wide) and form.wide.number not in columns and any(name not in form.by_name for name in columns)
    if form.wide and not is_wide:
        extra = [name for name in columns if name not in form.by_name and not name.endswith(NEGATIVE)]
        for name in extra:
            del columns[name]
        twice = [(name, given) for name, given in twice if name in columns]
        splits = {name: split for name, split in splits.items() if name in columns}
    sets = criteria_sets if any(item.follows_set for item in form.fields) else ()
    missing = min((find_missing(form, columns, each, is_wide=is_wide) for each in sets or [frozenset()]), key=len)
    return FormMatch(columns, tuple(twice), missing, is_wide, splits)


def find_missing(
    form: Form, columns: Mapping[str, int], criteria: Collection[int], *, is_wide: bool
) -> tuple[str, ...]:
    """Return the required fields without a column, under the set that these criteria are."""
    given = set(columns)
    given |= {name.removesuffix(NEGATIVE) for name in columns if name.endswith(NEGATIVE)}
    if is_wide and form.wide:
        given |= {form.wide.number, form.wide.value}
    missing = [item.name for item in form.fields if item.is_required(criteria) and item.name not in given]
    missing += [names[0] for names in form.required_any if not given & set(names)]
    return tuple(missing)


def is_number_row(cells: Iterable[Any]) -> bool:
    """Return whether a row only numbers the columns: 1 | 2 | 3 | 4=5+6, (1) | (2), A | B | 1 | 2, A | B | C (trap T015)."""
    numbers: list[int] = []
    letters: list[str] = []
    for cell in cells:
        if cell is None or cell == "":
            continue
        match = _COLUMN_NUMBER.fullmatch(cell if isinstance(cell, str) else _number_text(cell))
        if not match:
            return False
        if match[1]:
            numbers.append(int(match[1]))
        else:
            letters.append(match[2].upper())
    if not numbers:
        return len(letters) >= _FEWEST_NUMBERED and any(row.startswith("".join(letters)) for row in _LETTER_ROWS)
    running = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    count = len(numbers) + len(letters)
    return count >= _FEWEST_NUMBERED and len(numbers) > 1 and running and numbers[0] <= 2  # "STT" may have no number
