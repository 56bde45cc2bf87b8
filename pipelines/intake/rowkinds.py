"""What each row of a table is: data, a group's heading, a total, an average, a note, a signature, or nothing.

Here: the decision, row by row, by the words of `forms/_shared.yml` and by where the filled cells stand. What a row of
data says is `tablerows`. In doubt a row is data: then its cells are reported as findings, and nothing is lost in silence.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any, Literal

from pipelines.intake.forms import Form, RowWords
from pipelines.intake.headers import is_number_row
from pipelines.intake.model import Sheet
from pipelines.intake.tables import NUMBERING, Table
from pipelines.intake.text import clean, fold, is_nil
from pipelines.intake.units import UnitIndex
from pipelines.intake.values.marks import read_mark

RowKind = Literal["data", "blank", "header", "numbers", "total", "average", "nil", "closing", "group"]

_NAMING = frozenset({"text", "code", "criterion", "commune", "district", "reporter", "owners"})
_WORDED = frozenset({"code", "mark"})
_ROMAN = re.compile(r"\s*(?:[IVXLC]{1,5}|[A-HĐ])\s*[.)]?\s*")
_LEADING_ROMAN = re.compile(r"\s*(?:[IVXLC]{1,5}|[A-HĐ])\s*[.)/-]\s*(?=\S)")
_ENDING = re.compile(
    r"[ \d]*(?:[ivxlc]+|[a-h]|[\d+ ]+)?"
    r"|\d+ (?:xã|thôn|xóm|huyện|đơn vị|mô hình|mh|dn|htx|tht|doanh nghiệp|hợp tác xã|tổ hợp tác|kdc|khu dân cư"
    r"|vườn(?: mẫu)?|người|cán bộ)"
)
"""What may follow a whole word: "Cộng (I)", "Tổng cộng (1+2)", "Cộng: 2 xã"."""
_PLACE_DATE = re.compile(r"\bngày\b.{0,6}\btháng\b.{0,6}\bnăm\b")


class LabelReader:
    """Knows by its label what a row is; the same labels come back in every report, so answers are kept."""

    def __init__(self, words: RowWords) -> None:
        self._words = words
        self.kind = lru_cache(maxsize=65536)(self._kind)

    def _kind(self, label: str) -> tuple[str | None, bool]:
        """Return total, average, closing or group (None: none of them), and whether the whole label says so."""
        key = fold(_LEADING_ROMAN.sub("", label))
        for kind, whole in self._words.whole.items():
            for word in whole:
                if key == word or (key.startswith(word + " ") and _ENDING.fullmatch(key[len(word) + 1 :])):
                    return kind, True
        for kind, start in self._words.start.items():
            for word in start:
                if key == word or key.startswith(word + " "):
                    return kind, False
        return ("closing", False) if _PLACE_DATE.search(key) else (None, False)

    def without_number(self, label: str) -> str:
        """Return a group's heading without its Roman numeral or letter: "II. Huyện Cẩm Xuyên" → "Huyện Cẩm Xuyên"."""
        return "" if _ROMAN.fullmatch(label) else _LEADING_ROMAN.sub("", label)


def is_blank(cell: Any) -> bool:
    """Return whether a cell holds nothing, blanks and invisible characters included."""
    return cell is None or cell == "" or (isinstance(cell, str) and not clean(cell))


def _is_numbering(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(NUMBERING.fullmatch(cell))
    return isinstance(cell, int | float) and not isinstance(cell, bool)


class RowKinds:
    """Tells the rows of one table apart. `has_nil_words`: a row that is not data says that there is nothing to report."""

    def __init__(
        self,
        sheet: Sheet,
        table: Table,
        form: Form,
        labels: LabelReader,
        units: UnitIndex,
        on: date,
        district: str | None,
    ) -> None:
        self.form, self.labels, self.units, self.on, self.district = form, labels, units, on, district
        self.has_nil_words = False
        columns = table.columns
        self.mapped = sorted({*columns.values(), *(column for split in table.splits.values() for column, _ in split)})
        self.number = columns.get("row_no")
        self.commune = columns.get("commune")
        self.needed = columns.get(form.empty_without or "")
        by_name = form.by_name
        self.position = columns.get("position")
        self.worded = [
            (column, by_name[name])
            for name, column in columns.items()
            if name in by_name and by_name[name].type in _WORDED
        ]
        self.lists_communes = all(names == ("commune",) for names in form.key)
        naming = sorted(column for name, column in columns.items() if name in by_name and by_name[name].type in _NAMING)
        self.labelling = [column for column in naming if column != self.number]
        self.pick = (
            itemgetter(*self.mapped) if len(self.mapped) > 1 else lambda cells: tuple(cells[c] for c in self.mapped)
        )
        self.headers = {self.pick(sheet.rows[row]) for row in table.header_rows}
        self.header_words = {
            column: {fold(part) for part in (table.headers[column], *table.headers[column].split(" / "))} - {""}
            for column in self.mapped
            if column < len(table.headers)
        }
        first = self.mapped[0] if self.mapped else 0
        self.across = {
            top
            for (top, left), (_, right) in sheet.merged
            if left <= first + 1 and right - left > 1 and top >= table.first
        }

    def kinds(self, body: Sequence[tuple[int, list[Any]]]) -> list[RowKind]:
        """Return the kind of each (row, cells) of the table's body, in order."""
        kinds: list[RowKind] = []
        expects_numbers, is_closed = True, False
        is_usual = self._usual_rows()
        for row, cells in body:
            if not expects_numbers and not is_closed and is_usual(cells):
                kinds.append("data")
                continue
            kind: RowKind = self._kind(row, cells) if any(cells) else "blank"
            if kind == "data" and expects_numbers and is_number_row(cells):
                kind = "numbers"
            if kind == "closing":
                is_closed = True
            elif kind == "data" and is_closed:
                is_closed = not self._is_surely_data(cells)
                kind = "closing" if is_closed else "data"
            if kind not in ("blank", "numbers"):
                expects_numbers = kind == "header"
            if kind != "data" and not self.has_nil_words:
                self.has_nil_words = any(isinstance(cell, str) and is_nil(cell) for cell in cells if cell)
            kinds.append(kind)
        self._settle_list_heads(body, kinds)
        return kinds

    def _settle_list_heads(self, body: Sequence[tuple[int, list[Any]]], kinds: list[RowKind]) -> None:
        """Take rows that name a commune above rows of a list that leave theirs blank for the headings of groups."""
        commune = self.commune
        if commune is None or self.lists_communes:
            return
        if any(kind == "data" and is_blank(cells[commune]) for (_, cells), kind in zip(body, kinds, strict=True)):
            for at, kind in enumerate(kinds):
                if kind == "data" and self._heads_list(at, body, kinds):
                    kinds[at] = "group"

    def _usual_rows(self) -> Callable[[list[Any]], bool]:
        """Return what knows most rows of data at a glance: a number, a name that says nothing of a row, a value.

        A row that is not so may be data all the same: `_kind` decides. It is asked of nine rows of ten, so it costs little.
        """
        number, labelling = self.number, self.labelling
        if number is None or not labelling or self.needed is not None:
            return lambda _: False
        named, kind = labelling[0], self.labels.kind
        beyond = [column for column in self.mapped if column not in (number, named)][:2]

        def is_usual(cells: list[Any]) -> bool:
            label = cells[named]
            if cells[number].__class__ is not float or label.__class__ is not str or not label or label.isspace():
                return False
            for column in beyond:
                if (cell := cells[column]) is not None and cell != "":
                    return not kind(label)[1]
            return False

        return is_usual

    def _heads_list(self, at: int, body: Sequence[tuple[int, list[Any]]], kinds: Sequence[RowKind]) -> bool:
        """Return whether a row names a commune and nothing else, above rows of a list that leave their commune blank."""
        cells = body[at][1]
        filled = [column for column in self._filled(cells) if column != self.number]
        if len(filled) != 1 or not isinstance(cells[filled[0]], str):
            return False
        below = next(
            (row for (_, row), kind in zip(body[at + 1 :], kinds[at + 1 :], strict=True) if kind != "blank"), None
        )
        if below is None or self.commune is None or not is_blank(below[self.commune]):
            return False
        if len(self._filled(below)) < 3:  # a list's row
            return False
        name = self.labels.without_number(cells[filled[0]])
        return self.units.resolve_commune(name, self.on, self.district).state != "unknown"

    def _is_surely_data(self, cells: list[Any]) -> bool:
        """Distinguish data below a note from a line of signatures, which has one or two names and nothing else."""
        number = None if self.number is None else cells[self.number]
        return len(self._filled(cells)) > 2 or _is_numbering(number) or self._names_commune(cells)

    def _filled(self, cells: list[Any]) -> list[int]:
        return [
            column
            for column in self.mapped
            if (cell := cells[column]) is not None and cell != "" and not (cell.__class__ is str and not cell.strip())
        ]

    def _kind(self, row: int, cells: list[Any]) -> RowKind:
        number = None if self.number is None else cells[self.number]
        is_numbered = number.__class__ is float or (number not in ("", None) and _is_numbering(number))
        label = None
        for column in self.labelling:
            cell = cells[column]
            if cell and cell.__class__ is str and not cell.isspace():
                label = cell
                break
        picked = self.pick(cells)
        filled = len(picked) - picked.count("") - picked.count(None)
        if is_numbered and filled > 2 and label is not None:  # number, name and a value: the usual row
            kind, is_whole = self.labels.kind(label)
            if not is_whole or self._says_word(cells):
                return self._data_or_blank(cells)
            return "total" if kind == "total" else "average" if kind == "average" else self._data_or_blank(cells)
        return self._unusual_kind(row, cells, label, is_numbered)

    def _unusual_kind(  # noqa: PLR0911 -- a list of cases, the first that fits
        self, row: int, cells: list[Any], label: str | None, is_numbered: bool
    ) -> RowKind:
        """Return the kind of a row that is not plainly numbered, named and filled."""
        filled = self._filled(cells)
        if not filled:
            return "closing" if any(isinstance(cell, str) and clean(cell) for cell in cells if cell) else "blank"
        if self.pick(cells) in self.headers or self._repeats_header(cells, filled):
            return "header"
        number = None if self.number is None else cells[self.number]
        if label is None and isinstance(number, str) and not is_numbered:
            label = number
        kind, is_whole = self.labels.kind(label) if label is not None else (None, False)
        if kind in ("total", "average") and (is_whole or not is_numbered) and not self._says_word(cells):
            return "total" if kind == "total" else "average"
        beyond = [column for column in filled if column != self.number]
        if len(beyond) <= 1 and any(isinstance(cells[column], str) and is_nil(cells[column]) for column in filled):
            return "nil"
        if is_numbered:
            return self._data_or_blank(cells) if beyond else "blank"
        if len(filled) <= 3 and self._is_prose(cells, filled):  # two signatures and a date
            kinds = {self.labels.kind(cells[column])[0] for column in filled if column != self.position}
            if (kind == "closing" or "closing" in kinds) and not self._says_word(cells):
                return "closing"
        return self._unnumbered_kind(row, cells, filled, label, kind)

    def _repeats_header(self, cells: list[Any], filled: list[int]) -> bool:
        """Return whether the header is printed again, also with its rows made one: each cell says what its column is called."""
        return len(filled) > 1 and all(
            isinstance(cells[column], str)
            and fold(cells[column].replace("\n", " ")) in self.header_words.get(column, ())
            for column in filled
        )

    def _unnumbered_kind(
        self, row: int, cells: list[Any], filled: list[int], label: str | None, kind: str | None
    ) -> RowKind:
        """Return the kind of a row without an Arabic number: a group's heading, or data of a list that is not numbered."""
        number = cells[self.number] if self.number is not None else None
        names = self._names_commune(cells)
        has_roman = (isinstance(number, str) and bool(_ROMAN.fullmatch(number))) or (
            label is not None and bool(_LEADING_ROMAN.match(label))
        )
        beyond = [column for column in filled if column != self.number]
        if (
            has_roman
            and not names
            and (len(beyond) <= 1 or (self._heads_group(label, kind) and not self._says_word(cells)))
        ):
            return "group"
        if len(filled) == 1 and not names and (row in self.across or kind == "group" or not beyond):
            return "group"
        return self._data_or_blank(cells)

    def _heads_group(self, label: str | None, kind: str | None) -> bool:
        """Return whether a label heads the communes below it, so that figures beside it are theirs; else it is data."""
        if self.commune is None or label is None:
            return False
        heading = self.labels.without_number(label)
        return kind == "group" or self.units.resolve_district(heading, self.on).code is not None

    def _says_word(self, cells: list[Any]) -> bool:
        """Return whether a column of marks or of listed words has one of its words: no note, average or signature has."""
        for column, item in self.worded:
            cell = cells[column]
            if isinstance(cell, str) and (
                fold(cell) in item.codes
                if item.codes
                else any(map(str.isalpha, cell)) and read_mark(cell).state == "value"
            ):
                return True
        return False

    def _data_or_blank(self, cells: list[Any]) -> RowKind:
        return "blank" if self.needed is not None and is_blank(cells[self.needed]) else "data"

    @staticmethod
    def _is_prose(cells: list[Any], filled: list[int]) -> bool:
        """Return whether nothing but text stands in the row's cells: numbers, dates and marks are data."""
        # a word is longer than a mark
        return all(isinstance(cells[column], str) and len(clean(cells[column])) > 2 for column in filled)

    def _names_commune(self, cells: list[Any]) -> bool:
        if self.commune is None or not isinstance(cells[self.commune], str):
            return False
        return self.units.resolve_commune(cells[self.commune], self.on, self.district).state != "unknown"
