"""What a table's cells leave open: marks, ticks and numbers merged over several, ticked twice, or no tick at all (E01).

Here: which cells are so, what the columns of a field with a column for each answer say together, and the findings. A
field that is left open is unknown in its row: neither yes nor no is guessed. What one cell says is `values.marks`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from pipelines.intake.addresses import address
from pipelines.intake.expected import ANY_TICK, Expected
from pipelines.intake.extract import Extractor
from pipelines.intake.forms import Field
from pipelines.intake.headers import CRITERION, NEGATIVE, Split
from pipelines.intake.landedrow import Row
from pipelines.intake.model import Place, Sheet
from pipelines.intake.rowkinds import is_blank
from pipelines.intake.tables import Table
from pipelines.intake.values.marks import read_choice

_NUMERIC = frozenset({"integer", "number", "money", "percent"})
_NUMBERING = "row_no"


class AmbiguousMark(NamedTuple):
    """A cell that leaves a mark or a tick open: no tick, a second one (`other`: the first), or a merged one (`other`: its area).

    A number that a merged cell gives to several is one too. `name`: the field, as the table's columns call it; `variant`: of
    the finding, where the cell is merged.
    """

    place: Place
    raw: Any
    name: str
    other: str = ""
    variant: str = ""


class AmbiguousMarks:
    """The ambiguous marks of one table: found before its rows are read, reported as each of them lands."""

    def __init__(self, extractor: Extractor, table: Table) -> None:
        self.extractor, self.form, self.table = extractor, extractor.form, table
        self._by_row: defaultdict[int, list[AmbiguousMark]] = defaultdict(list)

    def join_answers(
        self, sheet: Sheet, body: Sequence[tuple[int, list[Any]]], kinds: Sequence[str]
    ) -> tuple[Sheet, list[tuple[int, list[Any]]]]:
        """Put the answer into the field's column, in rows of data, where each answer has a column ("Lớn | Vừa | Nhỏ").

        Without a tick the field is blank. Two ticks, a sign that is not a tick, or a tick lost with its formula: unknown,
        reported at the cell. Returns the sheet, with what is unknown among its lost cells, and the rows.
        """
        lost = dict(sheet.lost)
        joined = []
        for (row, given), kind in zip(body, kinds, strict=True):
            cells = given
            if kind == "data":
                cells = given.copy()
                for name, split in self.table.splits.items():
                    place = (row, self.table.columns[name])
                    cells[place[1]], mark = self._read_answer(row, given, name, split)
                    if mark:
                        self._add(mark)
                    if mark or any((row, column) in sheet.lost for column, _ in split):
                        lost[place] = ""
            joined.append((row, cells))
        self.extractor.has_column_of_not_met |= any(
            answer == "not_met" for split in self.table.splits.values() for _, answer in split
        )
        return replace(sheet, lost=lost), joined

    def _read_answer(self, row: int, cells: list[Any], name: str, split: Split) -> tuple[str, AmbiguousMark | None]:
        """Return the word for the answer that is ticked, and what is ambiguous about it."""
        choices = self.extractor.knowledge.headers.choices[self.form.code][name]
        ticked: list[tuple[int, Any]] = []
        for column, answer in split:
            is_ticked = read_choice(cells[column], answer, choices)
            if is_ticked is None:
                return "", AmbiguousMark((row, column), cells[column], name)
            if is_ticked:
                ticked.append((column, answer))
        if len(ticked) > 1:
            first, second = ticked[0][0], ticked[1][0]
            return "", AmbiguousMark((row, second), cells[second], name, address((row, first)))
        return (next(word for word, answer in choices.items() if answer == ticked[0][1]) if ticked else ""), None

    def find_merged(self, sheet: Sheet, body: Sequence[tuple[int, list[Any]]], kinds: Sequence[str]) -> Sheet:
        """Find, in rows of data, the marks, ticks and numbers that a merged cell covers (E01).

        There a blank is not an answer, and one number over two rows belongs to neither, the first included. Returns the sheet
        with them among its lost cells.
        """
        names, numbers = self._columns_of_marks(), self._columns_of_numbers()
        data_rows = {row for (row, _), kind in zip(body, kinds, strict=True) if kind == "data"}
        rows, lost = sheet.rows, dict(sheet.lost)
        for (top, left), (bottom, right) in sheet.merged:
            is_below = self.table.first <= bottom and top < len(rows) and left < len(rows[top])
            if not is_below:
                continue
            raw = rows[top][left]
            area = f"{address((top, left))}:{address((bottom, right))}"
            covered = sorted(data_rows.intersection(range(top, bottom + 1)))
            for place in _merged_numbers(rows, (top, left), right, covered, numbers):
                own_value = rows[place[0]][place[1]]
                self._add(
                    AmbiguousMark(
                        place, raw if is_blank(own_value) else own_value, numbers[place[1]], area, "merged_number"
                    )
                )
                lost[place] = ""
            if is_blank(raw) or names.keys().isdisjoint(range(left, right + 1)):
                continue
            for row in covered:
                for place in ((row, column) for column in range(left, right + 1) if column in names):
                    if place != (top, left):
                        self._add(AmbiguousMark(place, raw, names[place[1]], area, "merged"))
                        lost[place] = ""
        return replace(sheet, lost=lost)

    def _columns_of_marks(self) -> dict[int, str]:
        """Return the columns in which a blank may be an answer, with the field that each is of."""
        table, named = self.table, self.form.by_name
        names = {
            column: name.removesuffix(NEGATIVE)
            for name, column in table.columns.items()
            if name.endswith(NEGATIVE)
            or (table.is_wide and name.startswith(CRITERION))
            or (name in named and named[name].type in ("mark", "tick"))
        }
        return names | {column: name for name, split in table.splits.items() for column, _ in split}

    def _columns_of_numbers(self) -> dict[int, str]:
        """Return the columns of numbers, with the field that each is of."""
        named = self.form.by_name
        fields = {column: named[name] for name, column in self.table.columns.items() if name in named}
        return {
            column: item.name for column, item in fields.items() if item.type in _NUMERIC and item.name != _NUMBERING
        }

    def _add(self, mark: AmbiguousMark) -> None:
        """Keep the first ambiguous mark of a field in its row."""
        marks = self._by_row[mark.place[0]]
        if all(other.name != mark.name for other in marks):
            marks.append(mark)

    def has_marks_in(self, row: int) -> bool:
        """Return whether something is ambiguous in a row, counted from 0."""
        return row in self._by_row

    def report_row(self, row: Row) -> None:
        """Report what is ambiguous about a row's fields; a criterion of a wide layout is reported with its own mark."""
        for mark in self._by_row.get(row.number - 1, ()):
            if mark.name in self.form.by_name:
                self.report(row, mark.name, self.form.by_name[mark.name])

    def report(self, row: Row, name: str, item: Field) -> None:
        """Report what is ambiguous about a field in a row; `name`: the field as the table's columns call it."""
        for mark in self._by_row.get(row.number - 1, ()):
            if mark.name != name:
                continue
            report = partial(self.extractor.report, "E01", row.sheet, mark.place, item, mark.raw, row=row)
            if mark.variant:
                report(variant=mark.variant, expected=Expected(mark.other))
            elif mark.other:
                report(variant="both_ticks", related_sheet=row.sheet, related_cell=mark.other)
            else:
                report(expected=ANY_TICK)


def _merged_numbers(
    rows: Sequence[Sequence[Any]], first: Place, right: int, covered: Sequence[int], numbers: Mapping[int, str]
) -> list[Place]:
    """Return the places of a merged cell whose number is not theirs: it is said of several, or stored where nobody sees it."""
    top, left = first
    places = [(row, column) for row in covered for column in range(left, right + 1) if column in numbers]
    if left in numbers and not is_blank(rows[top][left]) and places != [first]:
        return places
    return [place for place in places if place != first and not is_blank(rows[place[0]][place[1]])]
