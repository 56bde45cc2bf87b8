"""Sheets → tables: where a form's table stands, which form it is, and what its heading says of reporter and period.

Here: matching header cells against the forms' definitions, telling a form by number, title and columns, and the texts
above a table. What a row is, and what a cell says, is `extract`; how a word is compared is `text`.

A header is one to four rows; a column's header is the path of its cells from top to bottom, merged ranges filled. The
longest part of the path that a form knows counts, so "Ngân sách > Xã" is not "Xã". No position and no order is used.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any, NamedTuple

from pipelines.intake.forms import Field, Form, Forms
from pipelines.intake.model import Place, Sheet
from pipelines.intake.text import fold, plain
from pipelines.intake.values.marks import MARK_CHOICES, TICK_CHOICES
from pipelines.intake.values.numbers import is_money_unit
from pipelines.intake.values.periods import find_periods

Claims = Mapping[str, str]
"""Form code → field that a header text names in it."""
Choices = Mapping[str, Any]
"""What a column of its own can call each answer of a field, folded → the answer."""

_HEADER_ROWS = 4
_FEWEST = 3
"""Fewer known columns could be any list: "STT | Họ và tên | Hệ số | Lương" is no form of ours."""
_ROWS_ABOVE = 2
_LONGEST_HEADER = 120
CRITERION = "criterion_"
"""How the column of a criterion is called, also where a wide layout has one for a row of the long layout."""
NEGATIVE = "!"
"""Mark of a claim for the column whose tick means no (Kiêm nhiệm)."""
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_DECORATION = re.compile(r"\s*(?:[(\[][^()\[\]]*[)\]]|%|x)\s*")
_UNITS = frozenset(
    ["đvt", "đơn vị tính", "ha", "tấn", "tạ", "kg", "m2", "người", "hộ", "con", "lao động", "lđ", "thành viên", "mh"]
)
_NUMERIC = re.compile(r"\d+")
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(?:(\d{1,3})|[A-ZĐa-zđ])\s*[)\]]?\s*(?:=.*)?")
_FORM_NUMBER = re.compile(r"\b(\d{1,2}) ?(?:ntm|nông thôn mới) ?([a-z])\b")
_NUMBERED = re.compile(r"\s*\d+(?:[.,]\d+)*\s*[.)]?\s*")


# --- what the forms know ------------------------------------------------------------------------------------------------


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
    _words: dict[str, bool] = field(default_factory=dict)
    _matches: dict[tuple[Any, ...], "Match"] = field(default_factory=dict)

    def claims(self, key: str) -> Claims | None:
        """Return what a folded header text names, by form; None when no form knows it."""
        found = self.exact.get(key)
        if found is None and len(key) > 2:  # noqa: PLR2004 -- "kh" is not "KH"
            found = self.plain.get(plain(key))
        return found

    def is_word(self, text: str) -> bool:
        """Tell whether a cell's text, as it stands, is a header of some form (a number alone is none)."""
        known = self._words.get(text)
        if known is None:
            if len(text) > _LONGEST_HEADER:
                return False
            if len(self._words) > 50_000:  # noqa: PLR2004 -- some MB; texts of data pass through here too
                self._words.clear()
            key = fold(text)
            known = bool(key) and not key.isdigit() and any(self.claims(part) for part in (key, bare(text)))
            self._words[text] = known
        return known

    def criterion(self, text: str) -> int | None:
        """Return the number of the criterion that a text names, by number or by name."""
        return self.criterion_numbers.get(fold(text))

    def match(self, forms: Forms, rows: Sequence[Sequence[Any]]) -> "Match":
        """Match the filled cells of header rows; cached, since a form's header is the same from month to month."""
        key = tuple(map(tuple, rows))
        found = self._matches.get(key)
        if found is None:
            if len(self._matches) > 5_000:  # noqa: PLR2004 -- layouts, not files
                self._matches.clear()
            found = self._matches[key] = _match(self, forms, key)
        return found


def compile_headers(forms: Forms, criterion_names: Mapping[int, tuple[str, ...]]) -> HeaderIndex:
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
    return HeaderIndex(dict(exact), _without_marks(exact), criterion_numbers, choices, frozenset(endings))


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
    found: defaultdict[str, set[Any]] = defaultdict(set)
    for key, value in pairs:
        if key:
            found[key].add(value)
    return {key: values.pop() for key, values in found.items() if len(values) == 1}


def _without_marks(exact: Mapping[str, Claims]) -> dict[str, Claims]:
    """The same headers without diacritics; what then names two fields of a form names none of them."""
    found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for key, claims in exact.items():
        for form, name in claims.items():
            found[plain(key)][form].add(name)
    return {
        key: {form: next(iter(names)) for form, names in by_form.items() if len(names) == 1}
        for key, by_form in found.items()
    }


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return the folded text without what stands in brackets: "Doanh thu (triệu đồng/năm)" → "doanh thu"."""
    return fold(_BRACKETS.sub(" ", text))


@dataclass(frozen=True)
class TitleIndex:
    """How forms are named in a heading: by number ("Biểu 01/NTM-H") and by title."""

    numbers: Mapping[tuple[int, str], str]
    phrases: tuple[tuple[str, str], ...]
    _known: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)

    def forms_named(self, text: str) -> tuple[str | None, str | None]:
        """Return the form that a text names by number, and the one that it names by title (the longest that fits)."""
        known = self._known.get(text)
        if known is None:
            if len(self._known) > 20_000:  # noqa: PLR2004 -- some MB
                self._known.clear()
            key = fold(text)
            number = _FORM_NUMBER.search(key)
            known = self._known[text] = (
                self.numbers.get((int(number[1]), number[2])) if number else None,
                next((form for phrase, form in self.phrases if phrase in key), None),
            )
        return known


def compile_titles(forms: Forms) -> TitleIndex:
    """Compile form numbers and titles; the longest title first."""
    numbers = {}
    for form in forms:
        if form.number and (found := _FORM_NUMBER.search(fold(form.number))):
            numbers[int(found[1]), found[2]] = form.code
    phrases = sorted(((title, form.code) for form in forms for title in form.titles), key=lambda item: -len(item[0]))
    return TitleIndex(numbers, tuple(phrases))


# --- a header ------------------------------------------------------------------------------------------------------------


Split = tuple[tuple[int, Any], ...]
"""The columns of a field that has one for each answer, left to right: (column, the answer that a tick in it gives)."""


class FormMatch(NamedTuple):
    """How a header fits one form: field → column, fields that two columns claim, required fields missing.

    `splits`: fields that have a column an answer; in `fields` such a field has the first of them ("met" of a mark).
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

    def unknown(self, form: str) -> tuple[int, ...]:
        """Columns with a header that the form does not know."""
        known = self.by_form[form].known if form in self.by_form else set()
        return tuple(column for column, text in enumerate(self.texts) if text and column not in known)


_NO_MATCH = FormMatch({}, (), (), is_wide=False)


def _match(index: HeaderIndex, forms: Forms, rows: tuple[tuple[Any, ...], ...]) -> Match:
    claimed: defaultdict[str, defaultdict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    texts = []
    of_answers: defaultdict[tuple[str, str], list[_Answer]] = defaultdict(list)
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
            for place, answer in _answers(index, keys, column).items():
                of_answers[place].append(answer)
    splits: defaultdict[str, dict[str, Split]] = defaultdict(dict)
    for (form, name), answers in of_answers.items():
        item = forms[form].by_name.get(name)
        may_take = item is not None and item.required
        optional = {other.name for other in forms[form].fields if may_take and not other.required}
        if split := _split(claimed[form], name, answers, optional):
            splits[form][name] = split
    return Match(
        tuple(texts), {form: _form_match(forms[form], names, splits.get(form, {})) for form, names in claimed.items()}
    )


class _Answer(NamedTuple):
    """A column that is called as an answer of a field: how fully its path says so, and whether it names the field."""

    column: int
    rank: int
    answer: Any
    has_field: bool


def _answers(index: HeaderIndex, keys: Sequence[str], column: int) -> dict[tuple[str, str], _Answer]:
    """Return the fields, by form, of which the column may be that of one answer: "quy mô lớn", or the answer alone."""
    found: dict[tuple[str, str], _Answer] = {}
    for rank, key in enumerate(keys):
        cut = key.find(" ")
        while cut > 0:
            word = key[cut + 1 :]
            for form, name in (index.claims(key[:cut]) or {}).items():
                if (answer := index.choices[form].get(name, {}).get(word)) is not None:
                    found.setdefault((form, name), _Answer(column, rank, answer, has_field=True))
            cut = key.find(" ", cut + 1)
    for form, fields in index.choices.items():
        named = {name: words[key] for name, words in fields.items() for key in keys if key in words}
        if len(named) == 1:
            name, answer = named.popitem()
            found.setdefault((form, name), _Answer(column, len(keys), answer, has_field=False))
    return found


def _split(
    claimed: dict[str, list[tuple[int, int]]], name: str, answers: Sequence[_Answer], optional: set[str]
) -> Split:
    """Return the columns of a field that has one an answer; empty where that is not certain.

    Two answers at least, none of them twice; columns that only name answers stand side by side; none of them is called
    after a field as fully as after the answer, unless one that the form can do without (`optional`: "Hoàn thành" beside
    "Chưa thực hiện" is no percentage); and the field has no column of its own.
    """
    columns = {answer.column for answer in answers}
    if len(answers) < 2 or len({answer.answer for answer in answers}) < len(answers):  # noqa: PLR2004 -- a choice
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
    parts = [part for part in levels if not _is_decoration(part)] or list(levels)
    paths = [parts[start:] for start in range(len(parts))]
    if len(parts) > 1 and _COLUMN_NUMBER.fullmatch(parts[-1]):
        paths = [parts[start:-1] for start in range(len(parts) - 1)] + paths
    if len(parts) > 2:  # noqa: PLR2004 -- top and bottom of a path of three
        paths.append([parts[0], parts[-1]])
    keys: dict[str, None] = {}
    for path in paths:
        keys[fold(" ".join(path))] = None
        keys[" ".join(filter(None, map(bare, path)))] = None
    keys.pop("", None)
    return tuple(keys)


def _is_decoration(text: str) -> bool:
    """Tell whether a header's text names nothing: a bracket, "%", or a unit, also one of money ("nghìn đồng", "ĐVT: triệu")."""
    return bool(_DECORATION.fullmatch(text)) or fold(text) in _UNITS or is_money_unit(text)


def _candidates(levels: list[str]) -> tuple[str, ...]:
    return _path_keys(tuple(levels)) if levels else ()


def _form_match(form: Form, names: Mapping[str, list[tuple[int, int]]], splits: Mapping[str, Split]) -> FormMatch:
    """Settle which column each field has: where several claim it, the one whose path says it most fully."""
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
    return FormMatch(columns, tuple(twice), _missing(form, columns, is_wide), is_wide, splits)


def _missing(form: Form, columns: Mapping[str, int], is_wide: bool) -> tuple[str, ...]:
    given = set(columns)
    given |= {name.removesuffix(NEGATIVE) for name in columns if name.endswith(NEGATIVE)}
    if is_wide and form.wide:
        given |= {form.wide.number, form.wide.value}
    missing = [item.name for item in form.fields if item.required and item.name not in given]
    missing += [names[0] for names in form.required_any if not given & set(names)]
    return tuple(missing)


# --- a table ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Table:
    """A form's table on a sheet: rows `first` up to `end` (exclusive) are its body, `columns` tells fields by column.

    `form` is None while its header fits several (`rivals`): only the reporter's type may then settle it, else F02.
    `heading`: the texts above it, row by row; they stand in rows `above` up to `top`. `span`: its first column and the
    one after its last, where another table stands beside it; None: all columns are its own.
    """

    form: str | None
    number: int
    top: int
    first: int
    end: int
    columns: dict[str, int]
    headers: tuple[str, ...] = ()
    header_rows: tuple[int, ...] = ()
    twice: tuple[tuple[str, tuple[int, ...]], ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[int, ...] = ()
    is_wide: bool = False
    splits: Mapping[str, Split] = field(default_factory=dict)
    heading: tuple[str, ...] = ()
    above: int = 0
    match: "Match | None" = None
    rivals: tuple[str, ...] = ()
    span: tuple[int, int] | None = None

    def settle(self, form: str) -> None:
        """Take the form, and the columns as it knows them."""
        self.form = form
        if self.match is None:
            return
        fit = self.match.by_form[form]
        self.columns, self.twice, self.missing, self.is_wide = dict(fit.fields), fit.twice, fit.missing, fit.is_wide
        self.splits = fit.splits
        claimed = {column for _, columns in fit.twice for column in columns}
        self.unknown = tuple(column for column in self.match.unknown(form) if column not in claimed)


def is_number_row(cells: Iterable[Any]) -> bool:
    """Tell whether a row only numbers the columns: 1 | 2 | 3 | 4=5+6, (1) | (2), A | B | 1 | 2 (trap T015)."""
    numbers, count = [], 0
    for cell in cells:
        if cell is None or cell == "":
            continue
        count += 1
        found = _COLUMN_NUMBER.fullmatch(cell if isinstance(cell, str) else _number_text(cell))
        if not found:
            return False
        if found[1]:
            numbers.append(int(found[1]))
    running = all(later - earlier == 1 for earlier, later in pairwise(numbers))
    return count > 2 and len(numbers) > 1 and running and numbers[0] <= 2  # noqa: PLR2004 -- "STT" may have no number


class _Finder:
    """The search for tables on one sheet."""

    def __init__(self, sheet: Sheet, forms: Forms, headers: HeaderIndex, titles: TitleIndex) -> None:
        self.rows = sheet.rows
        self.forms, self.headers, self.titles = forms, headers, titles
        self.merged = _starts(sheet.merged)

    def tables(self) -> list[Table]:
        found: list[Table] = []
        row, last = 0, len(self.rows)
        after = 0
        beside: list[Table] = []
        while row < last:
            if found and (height := self._printed_again(found[-1], row)):
                row += height
                continue
            if self._may_be_header(row):
                tables = self._tables_at(row, after, found)
                if tables:
                    for table in beside:
                        table.end = self._heading_start(table, tables[0].top)
                    found += tables
                    beside = tables
                    row = after = tables[0].first
                    continue
            row += 1
        return found

    def _printed_again(self, table: Table, row: int) -> int:
        """Return how many rows repeat the table's header here; 0 where they don't, or where a heading opens another table."""
        if not table.header_rows or self.rows[row] != self.rows[table.header_rows[0]]:
            return 0
        header = [self.rows[line] for line in table.header_rows]
        is_same = header == self.rows[row : row + len(header)]
        return len(header) if is_same and self._heading_start(table, row) == row else 0

    def _may_be_header(self, row: int) -> bool:
        """Tell whether two cells of the row are words of headers; a row that begins with a number is data."""
        cells = self.rows[row]
        first = next(filter(None, cells), None)
        if not isinstance(first, str) or _NUMBERED.fullmatch(first):
            return False
        is_word = self.headers.is_word
        words = len({cell for cell in cells if cell and isinstance(cell, str) and is_word(cell)})
        return words > 1 or (words == 1 and is_number_row(list(filter(None, cells))[1:]))

    def _block(self, top: int, bottom: int) -> list[list[Any]]:
        """Return the rows with merged ranges filled, and blanks of upper rows filled from the left over filled cells."""
        block = [list(self.rows[row]) for row in range(top, bottom + 1)]
        for row in range(max(0, top - _HEADER_ROWS), bottom + 1):
            for column, (end_row, end_column) in self.merged.get(row, ()):
                if end_row < top or column >= len(self.rows[row]):
                    continue
                value = self.rows[row][column]
                for line in range(max(row, top), min(end_row, bottom) + 1):
                    for place in range(column, min(end_column + 1, len(block[0]))):
                        block[line - top][place] = value
        has_text = [False] * len(block[0])
        for upper, lower in pairwise(block):
            own = [not _blank(cell) for cell in upper]
            for column in range(1, len(upper)):
                if not own[column] and not has_text[column] and not _blank(lower[column]):
                    upper[column] = upper[column - 1]
            has_text = [own or above for own, above in zip(own, has_text, strict=True)]
        return block

    def _tables_at(self, row: int, after: int, found: list[Table]) -> list[Table]:
        """Return the tables whose header has its main row here: several where they stand side by side, mostly one.

        None of them where it is no header, or the last one repeated.
        """
        top, bottom, match = self._header(row, after)
        spans = self._spans_beside(top, bottom, match)
        if not spans:
            table = self._table_at(row, after, found, (top, bottom, match))
            return [] if table is None else [table]
        tables = []
        for span, part in spans:
            named = tuple(self._texts(after, top, span))
            named = named if any(self._named(named)) else ()
            table = self._table_at(row, after, [], (top, bottom, part), named)
            if table is None or not (table.match and table.match.by_form[table.rivals[0]].is_full):
                table = self._table_at(row, after, found, (top, bottom, match))
                return [] if table is None else [table]
            table.number, table.span = len(found) + len(tables) + 1, span
            tables.append(table)
        return [] if self._is_repeated(tables, found) else tables

    @staticmethod
    def _is_repeated(tables: Sequence[Table], found: Sequence[Table]) -> bool:
        """Tell whether tables side by side are those above, with a header printed again in other words."""
        last = found[-len(tables) :]
        return [(table.form, table.columns) for table in tables] == [(table.form, table.columns) for table in last]

    def _spans_beside(self, top: int, bottom: int, match: Match) -> list[tuple[tuple[int, int], Match]]:
        """Return the columns and the match of each table of a header that may hold several side by side.

        The field that comes first of those with several columns begins each of them.
        """
        fit = match.by_form.get(_best(match), _NO_MATCH)
        if not fit.twice:
            return []
        starts = min((columns for _, columns in fit.twice), key=min)
        bounds = [0, *starts[1:], len(match.texts)]
        block = self._block(top, bottom)
        spans = []
        for left, right in pairwise(bounds):
            rows = [[cell if left <= column < right else "" for column, cell in enumerate(cells)] for cells in block]
            spans.append(((left, right), self.headers.match(self.forms, rows)))
        return spans

    def _table_at(
        self, row: int, after: int, found: list[Table], header: tuple[int, int, Match], named: tuple[str, ...] = ()
    ) -> Table | None:
        """Return the table of a header (first row, last row, match); None where it is none, or the last one repeated.

        `named`: the texts of the heading that name its form, where not all of them are the table's own.
        """
        top, bottom, match = header
        heading = tuple(self._texts(after, top))
        by_number, by_title = self._named(named or heading)
        rivals = self._forms(match, by_number, by_title)
        if not rivals:
            return None
        fit = match.by_form[rivals[0]]
        if not fit.is_full and _turned_column(self.rows[bottom + 1 :], self.headers, fit.known) is not None:
            return None
        if found and by_number is None and by_title is None:
            last = found[-1]
            if last.form in rivals and last.columns == match.by_form[last.form].fields:
                if not self._names_period(last, top):
                    return None
                rivals = (last.form,)
            elif not fit.is_full or len(fit.known) * 2 < sum(1 for cell in self.rows[row] if not _blank(cell)):
                return None
        table = Table(
            form=None,
            number=len(found) + 1,
            top=top,
            first=bottom + 1,
            end=len(self.rows),
            columns={},
            headers=match.texts,
            header_rows=tuple(range(top, bottom + 1)),
            heading=heading,
            above=after,
            match=match,
            rivals=rivals,
        )
        if len(rivals) == 1:
            table.settle(rivals[0])
        return table

    def _names_period(self, table: Table, top: int) -> bool:
        """Tell whether a period stands between a table and the next header: the same form again, of another month."""
        texts = self._texts(self._heading_start(table, top), top)
        return any(find_periods(text) for text in texts)

    def _header(self, row: int, after: int) -> tuple[int, int, Match]:
        """Return first row, last row and match of the header around its main row."""
        bottom = row
        match = self._matched(row, bottom)
        while (longer := self._longer(row, bottom, match)) is not None:
            bottom, match = longer
        top = row
        for upper in range(row - 1, max(after, row - _ROWS_ABOVE) - 1, -1):
            if not any(self.rows[upper]) or self._is_title(upper, row):
                break
            above = self._matched(upper, bottom)
            if _settled(above) > _settled(match):
                top, match = upper, above
        return top, bottom, match

    def _is_title(self, upper: int, row: int) -> bool:
        """Tell whether a row above a header is a line of the heading: where the columns begin it has a text that is no header."""
        first = next((column for column, cell in enumerate(self.rows[upper]) if not _blank(cell)), 0)
        begin = next((column for column, cell in enumerate(self.rows[row]) if not _blank(cell)), 0)
        cell = self.rows[upper][first]
        return first <= begin and not (isinstance(cell, str) and self.headers.is_word(cell))

    def _longer(self, top: int, bottom: int, match: Match) -> tuple[int, Match] | None:
        """Return the header with the next row, or the next two: a row of groups names nothing by itself."""
        for last in range(bottom + 1, min(bottom + 3, top + _HEADER_ROWS, len(self.rows))):
            if self._is_data(top, last, match):
                return None
            below = self._matched(top, last)
            if self._continues(top, last, match, below) and all(
                self._is_group_row(top, between) for between in range(bottom + 1, last)
            ):
                return last, below
        return None

    def _is_data(self, top: int, row: int, so_far: Match) -> bool:
        """Tell, before a row is matched, what most rows below a header are: a number or a day where all forms know the column."""
        cells = self.rows[row]
        known = [
            {column for name, column in fit.fields.items() if not name.startswith(CRITERION)}
            for fit in so_far.by_form.values()
        ]
        return any(
            not isinstance(cells[column], str) and not _blank(cells[column]) and self._is_leaf(top, row, column)
            for column in (set.intersection(*known) if known else ())
        )

    def _is_group_row(self, top: int, row: int) -> bool:
        """Tell whether a row has only texts, all of them beside the known columns: what stands in one of those is data."""
        match = self._matched(top, row - 1)
        known = match.by_form.get(_best(match), _NO_MATCH).known
        cells = self.rows[row]
        filled = [column for column, cell in enumerate(cells) if not _blank(cell)]
        return bool(filled) and all(
            isinstance(cells[column], str) and (column not in known or self._is_spanned(top, row, column))
            for column in filled
        )

    def _is_spanned(self, top: int, row: int, column: int) -> bool:
        """Tell whether the column lies below a header cell that is merged over several columns."""
        return any(
            left <= column <= right and right > left
            for upper in range(top, row)
            for left, (_, right) in self.merged.get(upper, ())
        )

    def _matched(self, top: int, bottom: int) -> Match:
        return self.headers.match(self.forms, self._block(top, bottom))

    def _continues(self, top: int, row: int, so_far: Match, with_row: Match) -> bool:
        """Tell whether a row below belongs to the header: it names fields, and no known column has data in it."""
        cells = self.rows[row]
        filled = [column for column, cell in enumerate(cells) if not _blank(cell)]
        if not filled:
            return False
        is_decoration = all(isinstance(cells[column], str) and _is_decoration(cells[column]) for column in filled)
        if is_decoration and not is_number_row(cells):
            return True
        best = _best(with_row)
        before = so_far.by_form.get(best, _NO_MATCH).fields
        fit = with_row.by_form.get(best, _NO_MATCH)
        now = fit.fields
        of_answers = {column for split in fit.splits.values() for column, _ in split}
        named = {column: name for name, column in now.items()}
        own = {column for name, column in before.items() if not name.startswith(CRITERION)}
        filled = [column for column in filled if column not in of_answers]
        for column in filled:
            cell = cells[column]
            is_under_leaf = column in own and self._is_leaf(top, row, column)
            if is_under_leaf and not self._is_header_cell(cell, named.get(column)):
                if isinstance(cell, str) and self._spans(row - 1, column) and not _NUMBERED.fullmatch(cell):
                    continue  # "So với kỳ trước" over "Tăng" and "Giảm"
                return False
        if len(now) > len(before) and len(now) >= max(len(other.fields) for other in so_far.by_form.values()):
            return True
        return all(self._is_header_cell(cells[column], named.get(column)) for column in filled)

    def _spans(self, row: int, column: int) -> bool:
        """Tell whether the header cell is merged over the columns beside it: then what stands below it is a header too."""
        return any(left == column and right > left for left, (_, right) in self.merged.get(row, ()))

    def _is_leaf(self, top: int, row: int, column: int) -> bool:
        """Tell whether the column has a header text of its own above, so that a cell here stands under it."""
        return any(not _blank(self.rows[upper][column]) for upper in range(top, row))

    def _is_header_cell(self, cell: Any, name: str | None) -> bool:
        if not isinstance(cell, str):
            return False
        if _DECORATION.fullmatch(cell):
            return True
        return name is not None and any(
            name in (self.headers.claims(key) or {}).values() for key in (fold(cell), bare(cell))
        )

    def _forms(self, match: Match, by_number: str | None, by_title: str | None) -> tuple[str, ...]:
        """Return the form of a header; several where they fit equally well (never guess), none where none fits.

        A form that the heading names is taken unless its required columns are not there and another form's are, and
        more of them. Unnamed, a form needs all its required columns and must know more than half of the columns; one
        that lacks some, but knows as many columns, is its rival.
        """
        headed = sum(1 for text in match.texts if text)
        full = {
            form: len(fit.known)
            for form, fit in match.by_form.items()
            if fit.is_full and len(fit.fields) >= _FEWEST and len(fit.known) * 2 > headed
        }
        most = max(full.values(), default=0)
        for named in (by_number, by_title):
            fit = match.by_form.get(named or "", _NO_MATCH)
            if named is None or not fit.fields:
                continue
            is_like = len(fit.fields) >= _FEWEST and set(fit.fields) & _required(self.forms[named])
            if fit.is_full or (is_like and most <= len(fit.known)):
                return (named,)
        if not full:
            return ()
        partial = [form for form, fit in match.by_form.items() if not fit.is_full and len(fit.known) >= most]
        return (*(form for form, known in full.items() if known == most), *partial)

    def _named(self, heading: Sequence[str]) -> tuple[str | None, str | None]:
        """Return the form that the heading names by number, and by title; the text nearest to the table counts."""
        by_number = by_title = None
        for text in reversed(heading):
            number, title = self.titles.forms_named(text)
            by_number, by_title = by_number or number, by_title or title
        return by_number, by_title

    def _texts(self, start: int, end: int, span: tuple[int | None, int | None] = (None, None)) -> Iterator[str]:
        for row in range(start, end):
            for cell in self.rows[row][slice(*span)]:
                if cell and isinstance(cell, str):
                    yield cell

    def _heading_start(self, table: Table, top: int) -> int:
        """Return the row at which the next table's heading begins: the first of the short lines above it that opens one."""
        start = row = top
        mapped = set(table.columns.values())
        while row > table.first:
            row -= 1
            cells = self.rows[row]
            filled = [column for column, cell in enumerate(cells) if not _blank(cell)]
            if not filled:
                continue
            if len(filled) > 3 or (len(mapped & set(filled)) > 2 and not _opens(cells)):  # noqa: PLR2004 -- data
                break
            if _opens(cells) or any(
                any(self.titles.forms_named(cell)) for cell in cells if cell and isinstance(cell, str)
            ):
                start = row
        return start


_OPENING = re.compile(
    r"(?:ubnd|ủy ban nhân dân|sở|công an|báo|đài|văn phòng|cộng hòa xã hội|độc lập|biểu|phụ lục|mẫu|đvt|đơn vị tính|"
    r"đơn vị báo cáo|tháng|quý|kỳ báo cáo|tỉnh|huyện|thị xã|thành phố)\b"
)


def _opens(cells: Sequence[Any]) -> bool:
    return any(cell and isinstance(cell, str) and _OPENING.match(fold(cell)) for cell in cells)


def _required(form: Form) -> set[str]:
    names = {item.name for item in form.fields if item.required}
    names |= {name for group in form.required_any for name in group}
    return names | ({CRITERION + str(n) for n in range(form.wide.first, form.wide.last + 1)} if form.wide else set())


def _best(match: Match) -> str:
    return max(match.by_form, key=lambda form: len(match.by_form[form].fields), default="")


def _settled(match: Match) -> int:
    """Say how much a header settles: the fields found for the form that it fits best, those claimed twice against it."""
    return max((len(fit.fields) - 2 * len(fit.twice) for fit in match.by_form.values()), default=0)


def _blank(cell: Any) -> bool:
    return cell is None or cell == "" or (isinstance(cell, str) and cell.isspace())


def _starts(merged: Iterable[tuple[Place, Place]]) -> dict[int, list[tuple[int, Place]]]:
    """Merged ranges by the row they begin in: (column, last place)."""
    found: defaultdict[int, list[tuple[int, Place]]] = defaultdict(list)
    for (row, column), last in merged:
        found[row].append((column, last))
    return found


def find_tables(sheet: Sheet, forms: Forms, headers: HeaderIndex, titles: TitleIndex) -> list[Table]:
    """Return the tables of a sheet, top to bottom, each with its form, columns and heading.

    A form that is named by its number on a sheet without any header is a table without columns (a nil report, or F13).
    """
    finder = _Finder(sheet, forms, headers, titles)
    tables = finder.tables()
    if tables or not sheet.rows:
        return tables
    texts = tuple(finder._texts(0, len(sheet.rows)))  # noqa: SLF001 -- the same module
    named = Counter(number for number, _ in map(titles.forms_named, texts) if number)
    if len(named) != 1 or looks_like_data(sheet):
        return []
    form = next(iter(named))
    return [Table(form=form, number=1, top=0, first=0, end=len(sheet.rows), columns={}, heading=texts)]


_FEWEST_PACKED = 3
_FEWEST_TURNED, _MOST_TURNED = 6, 300
"""So many headers below each other, in so many rows, are a table on its side."""
_UNCLAIMED_ROWS, _UNCLAIMED_CELLS = 3, 5
"""So many rows of so many filled cells above the first table are no heading: the largest seen has two of three."""


def unclaimed_row(sheet: Sheet, tables: Sequence[Table]) -> int | None:
    """Return the first row of data above the first table, which no table has: its own header was not recognised (F02)."""
    above = sheet.rows[: tables[0].top]
    full = [
        row for row, cells in enumerate(above) if len(cells) - cells.count("") - cells.count(None) >= _UNCLAIMED_CELLS
    ]
    return full[0] if len(full) >= _UNCLAIMED_ROWS else None


def unrecognised(sheet: Sheet, forms: Forms, headers: HeaderIndex, titles: TitleIndex) -> tuple[str, str | None, int]:
    """Return why a sheet of data is no form, as far as that can be told: (variant of F02, the form's number or title, row).

    'transposed': headers stand below each other in a column; 'one_column': each row is packed into one cell; 'named':
    the heading names a form, but no row of the sheet is that form's header. The row is the first that is filled like a
    table's.
    """
    row = next((number for number, cells in enumerate(sheet.rows) if sum(not _blank(cell) for cell in cells) > 2), 0)  # noqa: PLR2004
    texts = [cell for cells in sheet.rows[: row + 1] for cell in cells if cell and isinstance(cell, str)]
    named = {form for text in texts for form in titles.forms_named(text) if form}
    form = forms[named.pop()] if len(named) == 1 else None
    name = (form.number or form.title) if form else None
    if _turned_column(sheet.rows, headers) is not None:
        return "transposed", name, row
    if _packed_row(sheet) is not None:
        return "one_column", name, _packed_row(sheet) or 0
    return "named" if form else "", name, row


def _turned_column(rows: Sequence[Sequence[Any]], headers: HeaderIndex, known: Collection[int] = ()) -> int | None:
    """Return the column in which headers stand below each other, as in a table on its side; `known` ones are data."""
    for number, column in enumerate(zip(*rows[:_MOST_TURNED], strict=True)):
        words = {cell for cell in column if cell and isinstance(cell, str) and headers.is_word(cell)}
        if len(words) >= _FEWEST_TURNED and number not in known:
            return number
    return None


def _packed_row(sheet: Sheet) -> int | None:
    """Return the first row of a sheet whose rows are each packed into one cell, parted by tabs or semicolons."""
    packed: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for number, cells in enumerate(sheet.rows):
        filled = [cell for cell in cells if not _blank(cell)]
        if len(filled) == 1 and isinstance(filled[0], str):
            for mark in "\t;|":
                if (parts := filled[0].count(mark)) >= _FEWEST:
                    packed[mark, parts].append(number)
    return next((rows[0] for rows in packed.values() if len(rows) >= _FEWEST_PACKED), None)


def looks_like_data(sheet: Sheet) -> bool:
    """Tell whether an unrecognised sheet holds data (F02) and is no cover, note or list of contents.

    Data: at least two rows of three filled cells, one of them with a number beyond its first cell; or three rows of two
    cells whose second is a number; or two rows of four cells; or rows packed into one cell each.
    """
    wide = pairs = 0
    has_number = has_four = False
    for row in sheet.rows:
        if not any(row):
            continue
        cells = [cell for cell in row if not _blank(cell)]
        numbers = sum(1 for cell in cells[1:] if _is_number(cell))
        if len(cells) > 2:  # noqa: PLR2004 -- more than a label and its value
            wide += 1
            has_number = has_number or numbers > 0
            has_four = has_four or len(cells) > 3  # noqa: PLR2004 -- its name
        elif numbers:
            pairs += 1
    return (wide > 1 and (has_number or has_four)) or pairs > 2 or _packed_row(sheet) is not None  # noqa: PLR2004


def _is_number(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(_NUMBERED.fullmatch(cell)) or cell.strip().lower() in {"x", "v"}
    return isinstance(cell, int | float)
