"""Tables → typed rows, findings, totals and evaluations, submission by submission.

Here: what a row is (data, group, total, note), what its cells say as the form's types, and the rules that one report
alone can break (R, E, F10-F13 stand in quality.md). Where the table is, is `recognise`; how one value is read is
`values`; a form's peculiarities are in its definition, never here by name.

Every row of data lands: used, or with the rule that keeps it out (`unused_reason`). What is blank stays unknown.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pipelines.intake import values
from pipelines.intake.forms import FILLED_DOWN_TYPES, Field, Form
from pipelines.intake.grid import column_letter
from pipelines.intake.model import ColumnPlace, Evaluation, Finding, Place, Sheet, Total
from pipelines.intake.recognise import CRITERION, LEADING_ROMAN, NEGATIVE, Table, is_number_row
from pipelines.intake.reference import Knowledge
from pipelines.intake.text import clean, fold, is_ditto, is_nil
from pipelines.intake.units import Resolution
from pipelines.intake.values import BLANK, UNREADABLE, NumberStyle, Value

RowKind = Literal["data", "blank", "header", "numbers", "total", "average", "nil", "closing", "group"]

_BLANKS = ("", None)
_NAMING = frozenset({"text", "code", "commune", "district", "reporter", "owners"})
_NUMBERS = frozenset({"number", "money"})
_PLACES = frozenset({"commune", "district", "reporter", "owners"})
_NUMBERING = re.compile(r"\s*\d+(?:[.,]\d+)*\s*[.)]?\s*")
_ROMAN = re.compile(r"\s*(?:[IVXLC]{1,5}|[A-HĐ])\s*[.)]?\s*")
_ERROR_TEXT = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.IGNORECASE)
_LONGEST_DITTO = 8
_DITTO_TYPES = frozenset({"text", "code", "commune", "district"})

ROW_RULES = ("R03", "E01", "E02", "E03", "E05", "E07")
UNIT_RULES = ("R01", "R02", "R05", "R06")


class Context(NamedTuple):
    """Whose report, of which period: what every row of a submission shares. `on` is the report's date."""

    delivery_id: str
    submission_id: str
    reporter_code: str | None
    period: str | None
    on: date
    district_code: str | None
    """The reporter itself, where it is a district."""


class _Cell(NamedTuple):
    """A mapped column: the field that stands in it, where its value lands, how a cell is read."""

    column: int
    field: Field
    position: int
    read: Callable[[Any], Value]


@dataclass(slots=True)
class _Row:
    """A landed row in the making."""

    out: list[Any]
    sheet: str
    number: int
    column_of: dict[str, int]
    key_column: int
    unreadable: list[str]
    blank_marks: list[Field]
    unit: Resolution | None
    unit_name: str | None
    mark_cells: int = 0


# --- row kinds ----------------------------------------------------------------------------------------------------------


def _is_blank(cell: Any) -> bool:
    return cell in _BLANKS or (isinstance(cell, str) and not clean(cell))


def _is_numbering(cell: Any) -> bool:
    if isinstance(cell, str):
        return bool(_NUMBERING.fullmatch(cell))
    return isinstance(cell, int | float) and not isinstance(cell, bool)


# --- one submission -----------------------------------------------------------------------------------------------------


class Extractor:
    """Reads the tables of one submission, one after the other; `finish` settles what needs all of them."""

    def __init__(self, knowledge: Knowledge, form: Form, context: Context) -> None:
        self.knowledge, self.form, self.context = knowledge, form, context
        self.findings: list[Finding] = []
        self.columns: list[ColumnPlace] = []
        self.totals: list[Total] = []
        self.rows: list[_Row] = []
        self.has_nil_words = False
        self.has_rows = False
        self.looked: Counter[str] = Counter()
        self._marks: Counter[str] = Counter()
        self._only_met = False
        self._year = int(context.period[:4]) if context.period else None
        self._position = form.position
        required = [item for item in form.fields if item.required]
        self._required = [item for item in required if not item.blank_is_no]
        self._required_cells = len(required) + len(form.required_any)
        self._personal = {item.name for item in form.fields if item.personal}

    # -- findings

    def find(
        self,
        rule_id: str,
        severity: str,
        sheet: str,
        place: Place | None,
        item: Field | None = None,
        value: Any = None,
        expected: str | None = None,
        *,
        variant: str = "",
        row: _Row | None = None,
        **related: Any,
    ) -> None:
        """Add a finding at a cell (0-based row and column)."""
        unit = row.unit if row else None
        self.findings.append(
            Finding(
                delivery_id=self.context.delivery_id,
                submission_id=self.context.submission_id,
                rule_id=rule_id,
                variant=variant,
                severity=severity,
                sheet=sheet,
                cell=None if place is None else address(place),
                row_number=None if place is None else place[0] + 1,
                field=item.name if item else None,
                unit_code=unit.code if unit else None,
                unit_name=fold(row.unit_name) if row and row.unit_name and not (unit and unit.code) else None,
                item_key=row.out[5] if row else None,
                value=_as_received(value),
                expected=expected,
                is_personal=bool(item and item.personal),
                **related,
            )
        )

    # -- a table

    def add(self, sheet: Sheet, table: Table) -> None:
        """Read a table's rows."""
        _TableReader(self, sheet, table).read()

    # -- the whole

    def finish(self) -> list[tuple[Any, ...]]:
        """Settle blanks (E02, E06) and repeated keys (R03); return the landed rows."""
        self._settle_marks()
        self._settle_keys()
        landed = []
        for row in self.rows:
            if row.unreadable:
                row.out[7] = ";" + ";".join(row.unreadable) + ";"
            landed.append(tuple(row.out))
        return landed

    @property
    def usable_rows(self) -> int:
        """Rows that say something: used ones, and wards, which are kept out of counts only."""
        return sum(1 for row in self.rows if row.out[6] in (None, "R05"))

    def _settle_marks(self) -> None:
        """Read blank marks as not met where the whole submission marks only what is met (E06), else tell them (E02).

        A line without any mark is told once, not cell by cell; in a sheet of "met" it stays unknown unless it states a
        total.
        """
        lines: defaultdict[tuple[str, int], list[_Row]] = defaultdict(list)
        for row in self.rows:
            lines[row.sheet, row.number].append(row)
        only_met = self._only_met and self._marks["met"] > 0 and not self._marks["not_met"]
        if self._only_met:
            self.looked["E06"] += 1
        told = False
        for rows in lines.values():
            if not any(row.blank_marks for row in rows):
                continue
            is_empty = sum(row.mark_cells for row in rows) == sum(len(row.blank_marks) for row in rows)
            if only_met and not (is_empty and not self._states_total(rows[0])):
                if not told:
                    first = next(row for row in rows if row.blank_marks)
                    place = (first.number - 1, first.column_of[first.blank_marks[0].name])
                    self.find("E06", "info", first.sheet, place)
                    told = True
                for row in rows:
                    for item in row.blank_marks:
                        row.out[self._position[item.name]] = "not_met"
                continue
            self._tell_blank_marks(rows, is_empty)

    def _states_total(self, row: _Row) -> bool:
        stated = self.form.stated_total
        return stated is not None and (row.out[self._position[stated]] is not None or stated in row.unreadable)

    def _tell_blank_marks(self, rows: list[_Row], is_empty: bool) -> None:
        blanks = [(row, item) for row in rows for item in row.blank_marks if item.required]
        for row, _ in blanks:
            row.out[9] -= 1
        if is_empty and len(blanks) > 1:
            row = rows[0]
            self.find("E02", "warning", row.sheet, (row.number - 1, row.key_column), variant="row", row=row)
            return
        for row, item in blanks:
            self.find("E02", "warning", row.sheet, (row.number - 1, row.column_of[item.name]), item, row=row)

    def _settle_keys(self) -> None:
        """Find rows that repeat a key: with other values both are unused, with the same ones it counts once (R03)."""
        by_key: defaultdict[str, list[_Row]] = defaultdict(list)
        for row in self.rows:
            if row.out[5] and row.out[6] in (None, "R05"):
                self.looked["R03"] += 1
                by_key[row.out[5]].append(row)
        for rows in by_key.values():
            if len(rows) > 1:
                self._settle_repetition(rows)

    def _settle_repetition(self, rows: list[_Row]) -> None:
        form = self.form
        aside = {"row_no", "note", *(name for names in form.key for name in names)}
        compared = [self._position[item.name] for item in form.fields if item.name not in aside and item.type != "commune"]
        first = rows[0]
        said = [tuple(row.out[position] for position in compared) + (";".join(row.unreadable),) for row in rows]
        differs = any(other != said[0] for other in said)
        for row in rows:
            if row is first and not differs:
                continue
            row.out[6] = "R03" if differs else "R03_same"
            if row is first:
                continue
            place = (row.number - 1, row.key_column)
            item = next((form.by_name[name] for name in form.key[-1] if name in row.column_of), None)
            value = row.out[self._position[item.name]] if item else row.out[5]
            self.find(
                "R03",
                "error" if differs else "warning",
                row.sheet,
                place,
                item,
                value,
                variant="" if differs else "same",
                row=row,
                related_sheet=first.sheet,
                related_cell=address((first.number - 1, first.key_column)),
                related_value=_as_received(first.out[self._position[item.name]] if item else first.out[5]),
            )


class _TableReader:
    """Reads one table into its submission's extractor."""

    def __init__(self, extractor: Extractor, sheet: Sheet, table: Table) -> None:
        self.extractor, self.sheet, self.table = extractor, sheet, table
        self.form, self.knowledge, self.context = extractor.form, extractor.knowledge, extractor.context
        self.labels = self.knowledge.labels
        by_name = self.form.by_name
        self.mapped = sorted(set(table.columns.values()))
        self.number_column = table.columns.get("row_no")
        fields = [(column, by_name[name]) for name, column in table.columns.items() if name in by_name]
        self.fields = sorted(fields, key=lambda item: item[0])
        self.text_columns = [column for column, item in self.fields if item.type in _NAMING]
        self.marks = self._wide_marks()
        self.district = self.context.district_code
        self.lost = sheet.lost
        self.above: dict[int, Any] = {}

    def _wide_marks(self) -> list[tuple[int, int]]:
        """(column, criterion) of a wide layout's columns, left to right."""
        if not self.table.is_wide:
            return []
        named = [(column, name) for name, column in self.table.columns.items() if name not in self.form.by_name]
        return sorted((column, int(name.removeprefix(CRITERION))) for column, name in named if not name.endswith(NEGATIVE))

    # -- reading

    def read(self) -> None:
        """Read every row of the table: land data, note totals, groups and nil words."""
        body = self._filled_body()
        kinds = self._kinds(body)
        data = [(row, cells) for (row, cells), kind in zip(body, kinds, strict=True) if kind == "data"]
        self._place_columns()
        plan = self._plan([cells for _, cells in data])
        sums = _Sums(self, plan)
        for (row, cells), kind in zip(body, kinds, strict=True):
            if kind == "data":
                landed = self._land(row, cells, plan)
                sums.add(row, landed)
            elif kind == "total":
                sums.total(row, cells)
            elif kind == "group":
                self._enter_group(cells)
        sums.close()
        if data:
            self.extractor.has_rows = True

    def _filled_body(self) -> list[tuple[int, list[Any]]]:
        """Return (row, cells) of the table's rows, merged ranges of naming columns filled down."""
        table, rows = self.table, self.sheet.rows
        body = [(row, rows[row]) for row in range(table.first, min(table.end, len(rows)))]
        while body and not any(body[-1][1]):
            body.pop()
        filled = {column for column, item in self.fields if item.type in FILLED_DOWN_TYPES and column != self.number_column}
        last = body[-1][0] if body else -1
        for (top, left), (bottom, right) in self.sheet.merged:
            if left == right and left in filled and top >= table.first and bottom > top and top <= last:
                for row in range(top + 1, min(bottom, last) + 1):
                    place, cells = body[row - table.first]
                    if any(cells):
                        body[row - table.first] = (place, [*cells[:left], rows[top][left], *cells[left + 1 :]])
        return body

    def _kinds(self, body: Sequence[tuple[int, list[Any]]]) -> list[RowKind]:
        kinds: list[RowKind] = []
        expects_numbers, is_closed = True, False
        headers = self._header_rows()
        across = self._across()
        for row, cells in body:
            kind: RowKind = self._kind(row, cells, headers, across) if any(cells) else "blank"
            if expects_numbers and kind == "data" and is_number_row(cells):
                kind = "numbers"
            if kind == "closing":
                is_closed = True
            elif kind == "data" and is_closed:
                if sum(1 for column in self.mapped if not _is_blank(cells[column])) > 2:  # noqa: PLR2004 -- a line of names
                    is_closed = False
                else:
                    kind = "closing"
            if kind not in ("blank", "numbers"):
                expects_numbers = kind == "header"
            if kind != "data" and not self.extractor.has_nil_words:
                self.extractor.has_nil_words = any(isinstance(cell, str) and is_nil(cell) for cell in cells if cell)
            kinds.append(kind)
        if not self.mapped:
            texts = (text for text in self.table.heading if is_nil(text))
            self.extractor.has_nil_words = self.extractor.has_nil_words or next(texts, None) is not None
        return kinds

    def _header_rows(self) -> set[tuple[Any, ...]]:
        rows = self.sheet.rows
        return {tuple(rows[row][column] for column in self.mapped) for row in self.table.header_rows}

    def _across(self) -> set[int]:
        """Rows whose first cells are merged into one over three columns or more: a heading inside the table."""
        first = self.mapped[0] if self.mapped else 0
        return {
            top
            for (top, left), (_, right) in self.sheet.merged
            if left <= first + 1 and right - left > 1 and top >= self.table.first
        }

    def _kind(self, row: int, cells: list[Any], headers: set[tuple[Any, ...]], across: set[int]) -> RowKind:
        filled = [column for column in self.mapped if not _is_blank(cells[column])]
        if not filled:
            return "closing" if any(isinstance(cell, str) and clean(cell) for cell in cells if cell) else "blank"
        number = None if self.number_column is None else cells[self.number_column]
        is_numbered = number not in _BLANKS and _is_numbering(number)
        texts = [column for column in filled if column in self.text_columns and column != self.number_column]
        label = next((cells[column] for column in texts if isinstance(cells[column], str)), None)
        if label is None and isinstance(number, str) and not is_numbered:
            label = number
        kind, is_whole = self.labels.kind(label) if label is not None else (None, False)
        if is_numbered and len(filled) > 2 and not (kind == "total" and is_whole):  # noqa: PLR2004 -- number, name, value
            return self._data_kind(cells)
        if headers and tuple(cells[column] for column in self.mapped) in headers:
            return "header"
        if kind in ("total", "average") and (is_whole or not is_numbered):
            return "total" if kind == "total" else "average"
        beyond = [column for column in filled if column != self.number_column]
        if len(beyond) <= 1 and any(isinstance(cells[column], str) and is_nil(cells[column]) for column in filled):
            return "nil"
        if not is_numbered and (kind == "closing" or label is None) and len(filled) <= 3 and self._is_prose(cells, filled):  # noqa: PLR2004
            return "closing"
        if is_numbered:
            return self._data_kind(cells) if beyond else "blank"
        return self._unnumbered(row in across, cells, filled, beyond, label, kind)

    def _unnumbered(
        self, is_across: bool, cells: list[Any], filled: list[int], beyond: list[int], label: str | None, kind: str | None
    ) -> RowKind:
        """Tell a row without an Arabic number: a group's heading, or data of a list that is not numbered."""
        number = cells[self.number_column] if self.number_column is not None else None
        names = self._names_commune(cells)
        has_roman = (isinstance(number, str) and bool(_ROMAN.fullmatch(number))) or (
            label is not None and bool(LEADING_ROMAN.match(label))
        )
        if has_roman and not names and (len(beyond) <= 1 or "commune" in self.form.by_name):
            return "group"
        if len(filled) == 1 and not names and (is_across or kind == "group" or filled == [self.number_column]):
            return "group"
        return self._data_kind(cells)

    def _data_kind(self, cells: list[Any]) -> RowKind:
        needed = self.form.empty_without
        column = self.table.columns.get(needed) if needed else None
        return "blank" if column is not None and _is_blank(cells[column]) else "data"

    def _is_prose(self, cells: list[Any], filled: list[int]) -> bool:
        """Tell whether nothing but text stands in the row's cells: numbers, dates and marks are data."""
        return all(isinstance(cells[column], str) and len(clean(cells[column])) > 2 for column in filled)  # noqa: PLR2004

    def _names_commune(self, cells: list[Any]) -> bool:
        column = self.table.columns.get("commune")
        if column is None or not isinstance(cells[column], str):
            return False
        found = self.knowledge.units.resolve_commune(cells[column], self.context.on, self.district)
        return found.state != "unknown"

    def _enter_group(self, cells: list[Any]) -> None:
        """Take the district that a group's heading names ("II | HUYỆN CẨM XUYÊN") for the rows below."""
        if self.context.district_code is not None or "commune" not in self.form.by_name:
            return
        for cell in cells:
            if isinstance(cell, str) and not _ROMAN.fullmatch(cell):
                found = self.knowledge.units.resolve_district(LEADING_ROMAN.sub("", cell), self.context.on)
                if found.code is not None:
                    self.district = found.code

    # -- columns

    def _place_columns(self) -> None:
        submission, table = self.context.submission_id, self.table
        for name, column in table.columns.items():
            place = ColumnPlace(
                submission, self.sheet.name, table.number, name.removesuffix(NEGATIVE), column_letter(column)
            )
            self.extractor.columns.append(place)

    def _plan(self, rows: Sequence[list[Any]]) -> list[_Cell]:
        """Return how each mapped column is read, the number style and units of money of this table settled."""
        numeric = [column for column, item in self.fields if item.type in _NUMBERS or item.type == "percent"]
        style = values.number_style(cells[column] for cells in rows for column in numeric)
        corner = next((factor for text in reversed(self.table.heading) if (factor := values.money_factor(text))), None)
        plan = []
        for column, item in self.fields:
            read = self._reader(item, column, style, corner, rows)
            plan.append(_Cell(column, item, self.form.position[item.name], read))
        return plan

    def _reader(
        self, item: Field, column: int, style: NumberStyle, corner: float | None, rows: Sequence[list[Any]]
    ) -> Callable[[Any], Value]:
        kind = item.type
        if kind in ("mark", "text"):
            return values.read_mark if kind == "mark" else values.read_text
        if kind == "integer":
            return partial(values.read_integer, lower=item.lower, upper=item.upper)
        if kind in _NUMBERS:
            factor = 1.0
            if kind == "money":
                factor = values.money_factor(self.table.headers[column]) or corner or 1.0
            return partial(values.read_number, style=style, factor=factor, lower=item.lower, upper=item.upper)
        if kind == "percent":
            factor = values.percent_factor([cells[column] for cells in rows])
            return partial(values.read_percent, style=style, factor=factor)
        if kind in ("date", "datetime"):
            read = values.read_date if kind == "date" else values.read_datetime
            return partial(read, year_hint=self.extractor._year)  # noqa: SLF001 -- the same module
        return self._word_reader(item, column)

    def _word_reader(self, item: Field, column: int) -> Callable[[Any], Value]:
        """Return the reader of a column of words: codes, ticks, criteria, periods, names of places."""
        if item.type == "code":
            codes = item.codes or {}
            read = partial(values.read_code, codes=codes)
        elif item.type == "tick":
            words = dict.fromkeys(item.yes_words, True) | dict.fromkeys(item.no_words, False)
            read = partial(values.read_tick, words=MappingProxyType(words))
        elif item.type == "criterion":
            read = self._read_criterion
        elif item.type == "period":
            read = _read_period
        else:
            return values.read_text
        memo: dict[str, Value] = {}

        def remembered(raw: Any) -> Value:
            if not isinstance(raw, str):
                return read(raw)
            known = memo.get(raw)
            if known is None:
                known = memo[raw] = read(raw)
            return known

        return remembered

    def _read_criterion(self, raw: Any) -> Value:
        """Read a criterion: its number, "Tiêu chí 2", or its name."""
        number = self.knowledge.headers.criterion(raw) if isinstance(raw, str) else None
        return values.read_integer(raw, 1, None) if number is None else Value(number, "value")

    # -- rows

    def _land(self, row: int, cells: list[Any], plan: Sequence[_Cell]) -> list[_Row]:
        """Read a row of data; return what lands (in a wide layout a row a criterion, else one)."""
        extractor, form = self.extractor, self.form
        out: list[Any] = [None] * len(form.columns)
        out[:5] = (self.context.submission_id, self.context.delivery_id, self.sheet.name, self.table.number, row + 1)
        landed = _Row(out, self.sheet.name, row + 1, self.table.columns, 0, [], [], None, None)
        received: list[tuple[_Cell, Any, Value]] = []
        blanks: set[str] = set()
        looked = extractor.looked
        for cell in plan:
            column, item, position, read = cell
            raw = cells[column]
            if raw.__class__ is str and len(raw) <= _LONGEST_DITTO and raw and item.type in _DITTO_TYPES and is_ditto(raw):
                raw, value = self._ditto(column, read)
            else:
                value = read(raw)
            state = value.state
            if state == "value":
                out[position] = value.value
                if value.rule_id is not None:
                    received.append((cell, cells[column], value))
                self.above[column] = raw
                looked[item.type] += 1
                if item.type == "mark":
                    landed.mark_cells += 1
                    extractor._marks[value.value] += 1  # noqa: SLF001 -- the same module
            elif self.lost and (row, column) in self.lost:
                landed.unreadable.append(item.name)
                landed.mark_cells += item.type == "mark"
            elif state == "blank":
                out[position] = value.value if item.blank_is_no else None
                if item.type == "mark":
                    landed.mark_cells += 1
                    landed.blank_marks.append(item)
                blanks.add(item.name)
            else:
                looked[item.type] += 1
                landed.mark_cells += item.type == "mark"
                received.append((cell, raw, value))
        self._settle_negatives(landed, cells)
        self._settle_bounds(landed, received, plan)
        self._settle_places(landed, row, cells)
        self._settle_derived(landed)
        out[5] = item_key(form, out, landed)
        self._report(landed, row, received)
        self._settle_required(landed, row, blanks, {cell.field.name for cell, _, value in received if value.state != "value"})
        if self.table.is_wide:
            return self._land_wide(landed, row, cells)
        if form.only_met_marks:
            extractor._only_met = True  # noqa: SLF001
        extractor.rows.append(landed)
        return [landed]

    def _ditto(self, column: int, read: Callable[[Any], Value]) -> tuple[Any, Value]:
        """Return what stands above for a ditto mark, read after a repair (E07); unreadable with nothing above."""
        if column not in self.above:
            return '"', UNREADABLE
        raw = self.above[column]
        value = read(raw)
        return raw, value._replace(rule_id="E07", expected=_as_received(raw)) if value.state == "value" else value

    def _settle_negatives(self, row: _Row, cells: list[Any]) -> None:
        """Read the second column of a tick, whose own tick means no (Kiêm nhiệm)."""
        for name, column in self.table.columns.items():
            if not name.endswith(NEGATIVE):
                continue
            item = self.form.by_name[name.removesuffix(NEGATIVE)]
            ticked = values.read_tick(cells[column]).value is True
            position = self.form.position[item.name]
            if item.name not in self.table.columns:
                row.out[position] = not ticked
            elif ticked and row.out[position]:
                row.out[position] = None
                row.unreadable.append(item.name)
                place = (row.number - 1, column)
                self.extractor.find("E01", "error", row.sheet, place, item, cells[column], variant="both_ticks", row=row)

    def _settle_bounds(self, row: _Row, received: list[tuple[_Cell, Any, Value]], plan: Sequence[_Cell]) -> None:
        """Check bounds that another field sets (criteria met: of 10 for a residential area, of 5 for a garden)."""
        for cell in plan:
            if not cell.field.upper_by:
                continue
            other, bounds = cell.field.upper_by
            number, kind = row.out[cell.position], row.out[self.form.position[other]]
            if number is not None and number > bounds.get(kind, number):
                received.append((cell, number, Value(None, "out_of_range", "E03", f"0–{bounds[kind]}")))
                row.out[cell.position] = None

    def _settle_derived(self, row: _Row) -> None:
        for item in self.form.fields:
            if item.derived == "words" and item.source:
                text = row.out[self.form.position[item.source]]
                row.out[self.form.position[item.name]] = bool(text) and any(word in fold(text) for word in item.words)
            elif item.derived == "layout":
                row.out[self.form.position[item.name]] = self.table.is_wide

    # -- places

    def _settle_places(self, row: _Row, number: int, cells: list[Any]) -> None:
        """Resolve districts first (a commune may need its row's), then communes, senders and owners."""
        for column, item in sorted(self.fields, key=lambda pair: pair[1].type != "district"):
            position = self.form.position[item.name]
            if item.type not in _PLACES or row.out[position] is None:
                continue
            if item.type == "district":
                self._settle_district(row, (number, column), item, position)
            elif item.type == "commune":
                self._settle_commune(row, (number, column), item, position)
            else:
                self._settle_reporter(row, (number, column), item, position)

    def _settle_district(self, row: _Row, place: Place, item: Field, position: int) -> None:
        name = row.out[position]
        found = self.knowledge.units.resolve_district(name, self.context.on)
        row.out[position + 1] = found.code
        self.extractor.looked["unit"] += 1
        row.unit, row.unit_name = found, name
        if found.state == "unknown":
            row.unreadable.append(item.name)
            if any(item.name in names for names in self.form.key) and "commune" not in self.form.by_name:
                row.out[6] = "R01"
            self.extractor.find("R01", "error", row.sheet, place, item, name, found.expected, row=row)
        elif found.state == "repaired":
            self.extractor.find("R06", "warning", row.sheet, place, item, name, found.expected, row=row)

    def _settle_commune(self, row: _Row, place: Place, item: Field, position: int) -> None:
        name = row.out[position]
        district = self.district
        if (own := self.form.by_name.get("district")) and (code := row.out[self.form.position[own.name] + 1]):
            district = code
        found = self.knowledge.units.resolve_commune(name, self.context.on, district)
        self.extractor.looked["unit"] += 1
        row.unit, row.unit_name = found, name
        row.out[position + 1] = found.code
        find = partial(self.extractor.find, sheet=row.sheet, place=place, item=item, value=name, row=row)
        if found.state == "unknown":
            row.out[position + 2] = found.suggestions[0][0] if found.suggestions else None
            row.out[6] = "R01"
            find("R01", "error", expected=found.expected)
            return
        if found.state == "other_district":
            row.out[6] = "R02"
            find("R02", "error", expected=found.expected)
            return
        if found.state == "repaired":
            find("R06", "warning", expected=found.expected)
        if self.form.wards_warn and found.kind != "xã":
            row.out[6] = "R05"
            find("R05", "warning")

    def _settle_reporter(self, row: _Row, place: Place, item: Field, position: int) -> None:
        """Resolve a sender or the owners of a task, at the row's own date where it has one."""
        name = row.out[position]
        dates = [row.out[self.form.position[other.name]] for other in self.form.fields if other.type in ("date", "datetime")]
        on = next((day for day in dates if day is not None), self.context.on)
        on = on.date() if hasattr(on, "date") else on
        reporters = self.knowledge.reporters
        if item.type == "owners":
            row.out[position + 1] = ";".join(reporters.resolve_owners(name, on)) or None
        else:
            row.out[position + 1] = reporters.resolve_reporter(name, on)
        self.extractor.looked["code"] += 1
        if row.out[position + 1] is None:
            row.unreadable.append(item.name)
            self.extractor.find("E03", "error", row.sheet, place, item, name, variant="reporter", row=row)

    # -- verdicts on cells

    def _report(self, row: _Row, number: int, received: list[tuple[_Cell, Any, Value]]) -> None:
        """Turn what could not be read, or was read after a repair, into findings."""
        for cell, raw, value in received:
            item = cell.field
            place = (number, cell.column)
            if value.state == "value":
                self.extractor.find(value.rule_id or "E07", "warning", row.sheet, place, item, raw, value.expected, row=row)
                continue
            if isinstance(raw, str) and item.other_text_to and value.state == "unreadable":
                row.out[cell.position] = True
                row.out[self.form.position[item.other_text_to]] = clean(raw)
                continue
            row.unreadable.append(item.name)
            if isinstance(raw, str) and _ERROR_TEXT.fullmatch(clean(raw)):
                continue  # F12: an error that came as text
            rule = value.rule_id or ("E03" if value.state == "out_of_range" else "E01")
            expected = value.expected or _expected(item)
            self.extractor.find(rule, "error", row.sheet, place, item, raw, expected, row=row)
        if row.out[6] is None and any(self._is_needed(name) for name in row.unreadable):
            row.out[6] = next((value.rule_id for cell, _, value in received if self._is_needed(cell.field.name)), None) or "E01"

    def _is_needed(self, name: str) -> bool:
        """Tell whether a row can't be placed without the field: a number or a day that is part of every key."""
        return self.form.by_name[name].type in ("criterion", "date", "datetime", "integer") and all(
            name in names for names in self.form.key
        )

    def _settle_required(self, row: _Row, number: int, blanks: set[str], unreadable: set[str]) -> None:
        """Tell required cells that are blank (E02; marks later, when the whole submission is known) and count them."""
        form, extractor = self.form, self.extractor
        filled = extractor._required_cells  # noqa: SLF001 -- the same module
        extractor.looked["required"] += filled
        for item in extractor._required:  # noqa: SLF001
            if item.name in blanks and item.type != "mark":
                filled -= 1
                extractor.find("E02", "warning", row.sheet, (number, row.column_of[item.name]), item, row=row)
                is_key = all(item.name in names for names in form.key)
                if row.out[6] is None and is_key and item.type in ("commune", "district", "criterion", "date", "datetime"):
                    row.out[6] = "E02"
        for names in form.required_any:
            columns = [row.column_of[name] for name in names if name in row.column_of]
            if all(row.out[form.position[name]] is None and name not in unreadable for name in names):
                filled -= 1
                extractor.find("E02", "warning", row.sheet, (number, columns[-1]), form.by_name[names[-1]], row=row)
        row.out[8], row.out[9] = extractor._required_cells, filled  # noqa: SLF001
        row.key_column = next((row.column_of[n] for names in form.key[::-1] for n in names if n in row.column_of), 0)

    def _land_wide(self, base: _Row, row: int, cells: list[Any]) -> list[_Row]:
        """Make a row a criterion of a line that has a column a criterion."""
        extractor, wide = self.extractor, self.form.wide
        if wide is None:
            return []
        value_field = self.form.by_name[wide.value]
        number_at, value_at = self.form.position[wide.number], self.form.position[wide.value]
        landed = []
        for column, criterion in self.marks:
            one = _Row(
                list(base.out),
                base.sheet,
                base.number,
                {**base.column_of, value_field.name: column},
                base.key_column,
                list(base.unreadable),
                [],
                base.unit,
                base.unit_name,
                1,
            )
            one.out[number_at] = criterion
            one.out[5] = item_key(self.form, one.out, one)
            raw = cells[column]
            value = values.read_mark(raw)
            if value.state == "value":
                one.out[value_at] = value.value
                extractor._marks[value.value] += 1  # noqa: SLF001 -- the same module
                extractor.looked["mark"] += 1
                if value.rule_id:
                    extractor.find(value.rule_id, "warning", one.sheet, (row, column), value_field, raw, value.expected, row=one)
            elif (row, column) in self.lost:
                one.unreadable.append(value_field.name)
            elif value.state == "blank":
                one.blank_marks.append(value_field)
            else:
                extractor.looked["mark"] += 1
                one.unreadable.append(value_field.name)
                extractor.find("E01", "error", one.sheet, (row, column), value_field, raw, _expected(value_field), row=one)
            landed.append(one)
        extractor._only_met = extractor._only_met or wide.blank_marks is not None  # noqa: SLF001
        extractor.rows += landed
        return landed


# --- totals -------------------------------------------------------------------------------------------------------------


class _Sums:
    """Sums of a table's columns between its total rows (K02 compares them with what those rows state)."""

    def __init__(self, reader: _TableReader, plan: Sequence[_Cell]) -> None:
        self.reader = reader
        self.cells = [(cell.column, cell.field.name, cell.position, cell.field.type, cell.read) for cell in plan if cell.field.is_total]
        if reader.marks and reader.form.wide:
            at = reader.form.position[reader.form.wide.value]
            self.cells += [(column, CRITERION + str(n), at, "mark", values.read_mark) for column, n in reader.marks]
        self.lines: list[tuple[int, list[_Row]]] = []
        self.since = 0
        self.waiting: list[tuple[int, list[Any]]] = []

    def add(self, row: int, landed: list[_Row]) -> None:
        """Take in a row of data."""
        self.lines.append((row, landed))

    def total(self, row: int, cells: list[Any]) -> None:
        """Take in a total row: it totals the rows above, up to the header or the last total; first in a table, those below.

        A total right below another total row is the grand one, of all rows above.
        """
        if not self.lines:
            self.waiting.append((row, cells))
            return
        lines = self.lines[self.since :] or self.lines
        self._state(row, cells, lines)
        self.since = len(self.lines)

    def close(self) -> None:
        """Settle total rows that stood above their rows."""
        for row, cells in self.waiting:
            self._state(row, cells, self.lines)

    def _state(self, row: int, cells: list[Any], lines: list[tuple[int, list[_Row]]]) -> None:
        reader = self.reader
        for column, name, position, kind, read in self.cells:
            stated = values.read_number(cells[column]) if kind == "mark" else read(cells[column])
            if stated.state != "value" or stated.value is None or (row, column) in reader.lost:
                continue
            number, unreadable = self._sum(name, position, kind, lines)
            reader.extractor.totals.append(
                Total(
                    reader.context.submission_id,
                    reader.sheet.name,
                    reader.table.number,
                    row + 1,
                    name,
                    column_letter(column),
                    float(stated.value),
                    number,
                    len(lines),
                    unreadable,
                    lines[0][0] + 1 if lines else None,
                    lines[-1][0] + 1 if lines else None,
                )
            )

    def _sum(self, name: str, position: int, kind: str, lines: list[tuple[int, list[_Row]]]) -> tuple[float, int]:
        """Return the sum of a column (marks: how many are met) and how many of its cells can't be read."""
        number, unreadable = 0.0, 0
        wide = self.reader.form.wide
        criterion = int(name.removeprefix(CRITERION)) if self.reader.marks and name.startswith(CRITERION) else None
        for _, landed in lines:
            for row in landed:
                if criterion is not None and wide and row.out[self.reader.form.position[wide.number]] != criterion:
                    continue
                value = row.out[position]
                number += (value == "met") if kind == "mark" else (value or 0)
                unreadable += (name if criterion is None or not wide else wide.value) in row.unreadable
                if criterion is None:
                    break
        return number, unreadable


# --- helpers ------------------------------------------------------------------------------------------------------------


def address(place: Place) -> str:
    """Return the A1 address of a cell counted from 0."""
    return f"{column_letter(place[1])}{place[0] + 1}"


def item_key(form: Form, out: Sequence[Any], row: _Row) -> str | None:
    """Return the folded key of a row: the first of the form's keys whose fields are all filled, else the last one.

    A commune counts by its code where it is known. None where every part is blank.
    """
    for names in form.key:
        parts = [_key_part(form, out, name) for name in names]
        if all(parts):
            return "|".join(parts)
    return "|".join(parts) if any(parts) else None


def _key_part(form: Form, out: Sequence[Any], name: str) -> str:
    position, kind = form.position[name], form.by_name[name].type
    value = out[position]
    if kind in ("commune", "district"):
        value = out[position + 1] or value
    if value is None:
        return ""
    return fold(value) if isinstance(value, str) and kind != "code" else str(value)


def _read_period(raw: Any) -> Value:
    if _is_blank(raw):
        return BLANK
    period = values.read_period(raw)
    return Value(period, "value") if period else UNREADABLE


def _as_received(value: Any) -> str | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else values.read_text(value).value


def _expected(item: Field) -> str | None:
    """Return, in Vietnamese, what would have been right in a cell of the field."""
    if item.codes:
        first: dict[str, str] = {}
        for word, code in item.codes.items():
            first.setdefault(code, word)
        return ", ".join(first.values())
    bounds = f" từ {item.lower:g}" if item.lower is not None else ""
    bounds += f" đến {item.upper:g}" if item.upper is not None else ""
    word = {
        "mark": "đạt hoặc chưa đạt",
        "integer": "số nguyên",
        "criterion": "số thứ tự tiêu chí",
        "number": "số",
        "money": "số tiền",
        "percent": "tỷ lệ từ 0 đến 100",
        "date": "ngày/tháng/năm",
        "datetime": "ngày giờ",
        "tick": "x hoặc để trống",
        "period": "tháng/năm hoặc quý/năm",
    }.get(item.type)
    return word and word + bounds
