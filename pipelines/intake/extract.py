"""Tables → typed rows, findings, totals and evaluations, submission by submission.

Here: what a row's cells say as the form's types, and the rules that one report alone can break (R and E of quality.md).
Where the table is, is `recognise`; what a row is, `rowkinds`; how one value is read, `values`; a form's peculiarities
are in its definition, never here by name.

Every row of data lands: used, or with the rule that keeps it out (`unused_reason`). What is blank stays unknown.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

from pipelines.intake import values
from pipelines.intake.extents import column_letter
from pipelines.intake.forms import FILLED_DOWN_TYPES, Field, Form
from pipelines.intake.model import ColumnPlace, Finding, Place, Sheet, Total
from pipelines.intake.recognise import CRITERION, NEGATIVE, Table
from pipelines.intake.reference import Knowledge
from pipelines.intake.rowkinds import RowKinds, is_blank
from pipelines.intake.text import clean, fold, is_ditto
from pipelines.intake.totals import Line, SummedColumn, read_totals
from pipelines.intake.units import Resolution
from pipelines.intake.values import BLANK, UNREADABLE, NumberStyle, Value

_PLACES = frozenset({"commune", "district", "reporter", "owners"})
_NUMBERS = frozenset({"number", "money", "percent"})
_DITTO_TYPES = frozenset({"text", "code", "commune", "district"})
_LONGEST_DITTO = 8
_DITTO_STARTS = frozenset("\"”“″〃'/-–nN ")
"""What a ditto mark can begin with: asked first, since nearly no cell holds one."""
_PLACING = frozenset({"commune", "district", "criterion", "date", "datetime"})
"""Types of key fields without which a row belongs nowhere."""
_ERROR_TEXT = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)", re.IGNORECASE)
_SUBMISSION, _DELIVERY, _SHEET, _TABLE, _ROW, _KEY, _UNUSED, _UNREADABLE, _REQUIRED, _FILLED = range(10)
"""Where the common columns of a landed row stand (`model.ROW_COLUMNS`)."""

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
    may_be_ditto: bool


@dataclass(slots=True)
class Row:
    """A landed row in the making. `out` is what lands; the rest is what its findings need."""

    out: list[Any]
    sheet: str
    number: int
    column_of: dict[str, int]
    key_column: int = 0
    unreadable: list[str] = field(default_factory=list)
    blank_marks: list[Field] = field(default_factory=list)
    mark_cells: int = 0
    unit: Resolution | None = None
    unit_name: str | None = None


# --- one submission -----------------------------------------------------------------------------------------------------


class Extractor:
    """Reads the tables of one submission, one after the other; `finish` settles what needs all of them."""

    def __init__(self, knowledge: Knowledge, form: Form, context: Context) -> None:
        self.knowledge, self.form, self.context = knowledge, form, context
        self.findings: list[Finding] = []
        self.columns: list[ColumnPlace] = []
        self.totals: list[Total] = []
        self.rows: list[Row] = []
        self.has_nil_words = False
        self.has_rows = False
        self.looked: Counter[str] = Counter()
        self._met = self._not_met = 0
        self._blanks_may_say_no = False
        self.year = int(context.period[:4]) if context.period else None
        self._position = form.position
        required = [item for item in form.fields if item.required]
        self.required = [item for item in required if not item.blank_is_no]
        self.required_cells = len(required) + len(form.required_any)

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
        row: Row | None = None,
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
                item_key=row.out[_KEY] if row else None,
                value=_as_received(value),
                expected=expected,
                is_personal=bool(item and item.personal),
                **related,
            )
        )

    # -- a table

    def note_marks(self, out: Sequence[Any]) -> None:
        """Count the marks of a row on a sheet where blanks may mean not met."""
        self._blanks_may_say_no = True
        self._met += out.count("met")
        self._not_met += out.count("not_met")

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
                row.out[_UNREADABLE] = ";" + ";".join(row.unreadable) + ";"
            landed.append(tuple(row.out))
        return landed

    @property
    def usable_rows(self) -> int:
        """Rows that say something: used ones, and wards, which are kept out of counts only."""
        return sum(1 for row in self.rows if row.out[_UNUSED] in (None, "R05"))

    def _settle_marks(self) -> None:
        """Read blank marks as not met where the whole submission marks only what is met (E06), else tell them (E02).

        A line without any mark is told once, not cell by cell; in a sheet of "met" it stays unknown unless it states a
        total.
        """
        lines: defaultdict[tuple[str, int], list[Row]] = defaultdict(list)
        for row in self.rows:
            lines[row.sheet, row.number].append(row)
        only_met = self._blanks_may_say_no and self._met > 0 and not self._not_met
        if self._blanks_may_say_no:
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

    def _states_total(self, row: Row) -> bool:
        stated = self.form.stated_total
        return stated is not None and (row.out[self._position[stated]] is not None or stated in row.unreadable)

    def _tell_blank_marks(self, rows: list[Row], is_empty: bool) -> None:
        blanks = [(row, item) for row in rows for item in row.blank_marks if item.required]
        for row, _ in blanks:
            row.out[_FILLED] -= 1
        if is_empty and len(blanks) > 1:
            row = rows[0]
            self.find("E02", "warning", row.sheet, (row.number - 1, row.key_column), variant="row", row=row)
            return
        for row, item in blanks:
            self.find("E02", "warning", row.sheet, (row.number - 1, row.column_of[item.name]), item, row=row)

    def _settle_keys(self) -> None:
        """Find rows that repeat a key: with other values both are unused, with the same ones it counts once (R03)."""
        by_key: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.out[_KEY] and row.out[_UNUSED] in (None, "R05"):
                self.looked["R03"] += 1
                by_key[row.out[_KEY]].append(row)
        for rows in by_key.values():
            if len(rows) > 1:
                self._settle_repetition(rows)

    def _settle_repetition(self, rows: list[Row]) -> None:
        form = self.form
        first = rows[0]
        key = key_of(form, first.out)
        compared = [item for item in form.fields if item.name not in {"row_no", "note", *key}]
        said = [([_said(form, row.out, item) for item in compared], row.unreadable) for row in rows]
        differs = any(other != said[0] for other in said)
        for row in rows:
            if row is first and not differs:
                continue
            row.out[_UNUSED] = "R03" if differs else "R03_same"
            if row is first:
                continue
            place = (row.number - 1, row.key_column)
            item = next((form.by_name[name] for name in key if name in row.column_of), None)
            value = row.out[self._position[item.name]] if item else row.out[_KEY]
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
                related_value=_as_received(first.out[self._position[item.name]] if item else first.out[_KEY]),
            )


class _TableReader:
    """Reads one table into its submission's extractor."""

    def __init__(self, extractor: Extractor, sheet: Sheet, table: Table) -> None:
        self.extractor, self.sheet, self.table = extractor, sheet, table
        self.form, self.knowledge, self.context = extractor.form, extractor.knowledge, extractor.context
        form, columns = self.form, table.columns
        fields = [(column, form.by_name[name]) for name, column in columns.items() if name in form.by_name]
        self.fields = sorted(fields, key=lambda item: item[0])
        self.marks = self._wide_marks()
        self.district = self.context.district_code
        self.above: dict[int, Any] = {}
        self.plain_marks: dict[Any, str] = {}
        # a commune may need the district of its row, so districts come first
        self.places = [
            (column, item, form.position[item.name])
            for column, item in sorted(self.fields, key=lambda pair: pair[1].type != "district")
            if item.type in _PLACES
        ]
        self.negatives = [
            (form.by_name[name.removesuffix(NEGATIVE)], column)
            for name, column in columns.items()
            if name.endswith(NEGATIVE)
        ]
        self.derived = [item for item in form.fields if item.derived]
        self.key_column = next((columns[name] for names in form.key[::-1] for name in names if name in columns), 0)
        self.mark_cells = sum(1 for _, item in self.fields if item.type == "mark")
        self.bounded: list[_Cell] = []
        self.template: list[Any] = [None] * len(form.columns)
        self.template[:4] = (self.context.submission_id, self.context.delivery_id, sheet.name, table.number)

    def _wide_marks(self) -> list[tuple[int, int]]:
        """(column, criterion) of a wide layout's columns, left to right."""
        if not self.table.is_wide:
            return []
        named = [(column, name) for name, column in self.table.columns.items() if name.startswith(CRITERION)]
        return sorted((column, int(name.removeprefix(CRITERION))) for column, name in named)

    # -- reading

    def read(self) -> None:
        """Read every row of the table: land data, note totals, groups and nil words."""
        extractor = self.extractor
        body = self._filled_body()
        reader = RowKinds(
            self.sheet,
            self.table,
            self.form,
            self.knowledge.labels,
            self.knowledge.units,
            self.context.on,
            self.district,
        )
        kinds = reader.kinds(body)
        data = [cells for (_, cells), kind in zip(body, kinds, strict=True) if kind == "data"]
        extractor.has_rows = extractor.has_rows or bool(data)
        extractor.has_nil_words = extractor.has_nil_words or reader.has_nil_words
        self._place_columns()
        plan = self._plan(data)
        for cell in plan:
            extractor.looked[cell.field.type] += len(data)
        self.bounded = [cell for cell in plan if cell.field.upper_by]
        summed = self._summed(plan) if "total" in kinds else []
        steps: list[Line | tuple[int, list[Any]]] = []
        for (row, cells), kind in zip(body, kinds, strict=True):
            if kind == "data":
                landed = self._land(row, cells, plan)
                if summed:
                    steps.append(self._line(row, landed, summed))
            elif kind == "total":
                steps.append(
                    (row, ["" if (row, column) in self.sheet.lost else cell for column, cell in enumerate(cells)])
                )
            elif kind == "group":
                self._enter_group(cells)
        place = (self.context.submission_id, self.sheet.name, self.table.number)
        extractor.totals += read_totals(place, summed, steps)

    def _filled_body(self) -> list[tuple[int, list[Any]]]:
        """Return (row, cells) of the table's rows, merged ranges of naming columns filled down (trap T028)."""
        table, rows = self.table, self.sheet.rows
        body = [(row, rows[row]) for row in range(table.first, min(table.end, len(rows)))]
        while body and not any(body[-1][1]):
            body.pop()
        filled = {column for column, item in self.fields if item.type in FILLED_DOWN_TYPES and item.name != "row_no"}
        last = body[-1][0] if body else -1
        for (top, left), (bottom, right) in self.sheet.merged:
            if left == right and left in filled and table.first <= top < bottom and top <= last:
                for row in range(top + 1, min(bottom, last) + 1):
                    place, cells = body[row - table.first]
                    if any(cells):
                        body[row - table.first] = (place, [*cells[:left], rows[top][left], *cells[left + 1 :]])
        return body

    def _enter_group(self, cells: list[Any]) -> None:
        """Take the district that a group's heading names ("II | HUYỆN CẨM XUYÊN") for the rows below (trap T023)."""
        if self.context.district_code is not None or "commune" not in self.form.by_name:
            return
        for cell in cells:
            name = self.knowledge.labels.without_number(cell) if isinstance(cell, str) else ""
            if name and (found := self.knowledge.units.resolve_district(name, self.context.on)).code is not None:
                self.district = found.code

    def _summed(self, plan: Sequence[_Cell]) -> list[SummedColumn]:
        columns = [
            SummedColumn(
                cell.column,
                cell.field.name,
                cell.field.type == "mark",
                _unbounded(cell.read) if cell.field.type != "mark" else cell.read,
            )
            for cell in plan
            if cell.field.is_total
        ]
        wide = [SummedColumn(column, f"{CRITERION}{number}", True, values.read_mark) for column, number in self.marks]
        return [*columns, *wide]

    def _line(self, row: int, landed: Sequence[Row], summed: Sequence[SummedColumn]) -> Line:
        """Return a row of data as its total row sees it."""
        if self.marks and self.form.wide:
            at, name = self.form.position[self.form.wide.value], self.form.wide.value
            return Line(row, [one.out[at] for one in landed], [name in one.unreadable for one in landed])
        (one,) = landed
        position = self.form.position
        return Line(
            row, [one.out[position[item.name]] for item in summed], [item.name in one.unreadable for item in summed]
        )

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
        numeric = [column for column, item in self.fields if item.type in _NUMBERS]
        style = values.number_style(cells[column] for cells in rows for column in numeric)
        corner = next((factor for text in reversed(self.table.heading) if (factor := values.money_factor(text))), None)
        return [
            _Cell(
                column,
                item,
                self.form.position[item.name],
                self._reader(item, column, style, corner, rows),
                item.type in _DITTO_TYPES,
            )
            for column, item in self.fields
        ]

    def _reader(
        self, item: Field, column: int, style: NumberStyle, corner: float | None, rows: Sequence[list[Any]]
    ) -> Callable[[Any], Value]:
        kind = item.type
        if kind in ("mark", "text"):
            return values.read_mark if kind == "mark" else values.read_text
        if kind == "integer":
            return partial(values.read_integer, lower=item.lower, upper=item.upper)
        if kind == "percent":
            return partial(
                values.read_percent, style=style, factor=values.percent_factor([row[column] for row in rows])
            )
        if kind in _NUMBERS:
            factor = (values.money_factor(self.table.headers[column]) or corner or 1.0) if kind == "money" else 1.0
            return partial(values.read_number, style=style, factor=factor, lower=item.lower, upper=item.upper)
        if kind in ("date", "datetime"):
            read = values.read_date if kind == "date" else values.read_datetime
            return partial(read, year_hint=self.extractor.year)
        return self._word_reader(item)

    def _word_reader(self, item: Field) -> Callable[[Any], Value]:
        """Return the reader of a column of words: codes, ticks, criteria, periods, names of places."""
        if item.type == "code":
            codes = item.codes or {}
            read = partial(values.read_code, codes=codes)
        elif item.type == "tick":
            words = dict.fromkeys(item.yes_words, True) | dict.fromkeys(item.no_words, False)
            read = partial(values.read_tick, words=MappingProxyType(words))
        elif item.type == "criterion":
            read = partial(self._read_criterion, item=item)
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

    def _read_criterion(self, raw: Any, item: Field) -> Value:
        """Read a criterion: its number, "Tiêu chí 2", or its name."""
        number = self.knowledge.headers.criterion(raw) if isinstance(raw, str) else None
        return values.read_integer(raw if number is None else number, item.lower, item.upper)

    # -- rows

    def _land(self, row: int, cells: list[Any], plan: Sequence[_Cell]) -> list[Row]:
        """Read a row of data; return what lands (in a wide layout a row a criterion, else one)."""
        out = self.template.copy()
        out[_ROW] = row + 1
        landed = Row(out, self.sheet.name, row + 1, self.table.columns, self.key_column)
        received, blanks = self._read_cells(landed, cells, plan)
        if self.form.only_met_marks:
            self.extractor.note_marks(out)
            landed.mark_cells = self.mark_cells
        if self.negatives:
            self._settle_negatives(landed, cells)
        self._settle_bounds(landed, received)
        for column, item, position in self.places:
            if out[position] is not None:
                self._settle_place(landed, (row, column), item, position)
        for item in self.derived:
            self._derive(landed, item)
        out[_KEY] = item_key(self.form, out)
        if received:
            self._report(landed, row, received)
        self._settle_required(landed, row, blanks)
        if self.table.is_wide:
            return self._land_wide(landed, row, cells)
        self.extractor.rows.append(landed)
        return [landed]

    def _read_cells(
        self, row: Row, cells: list[Any], plan: Sequence[_Cell]
    ) -> tuple[list[tuple[_Cell, Any, Value]], set[str]]:
        """Fill in what the cells say; return the ones that a finding may be about, and the fields that are blank."""
        received: list[tuple[_Cell, Any, Value]] = []
        blanks: set[str] = set()
        out, above, marks = row.out, self.above, self.plain_marks
        for cell in plan:
            column, _, position, read, may_be_ditto = cell
            raw = cells[column]
            if may_be_ditto:
                if raw.__class__ is str and raw[:1] in _DITTO_STARTS and len(raw) <= _LONGEST_DITTO:
                    value = self._ditto(column, raw, read)
                else:
                    value = read(raw)
                if value.state == "value" and value.rule_id is None:
                    above[column] = raw
            elif read is values.read_mark:
                if raw in marks:
                    out[position] = marks[raw]
                    continue
                value = read(raw)
                if value.state == "value" and value.rule_id is None:
                    marks[raw] = value.value
            else:
                value = read(raw)
            said, state, rule, _ = value
            if state == "value":
                out[position] = said
                if rule is not None:
                    received.append((cell, raw, value))
            else:
                self._read_odd(row, cell, raw, value, received, blanks)
        return received, blanks

    def _read_odd(
        self,
        row: Row,
        cell: _Cell,
        raw: Any,
        value: Value,
        received: list[tuple[_Cell, Any, Value]],
        blanks: set[str],
    ) -> None:
        """Take in a cell without a value: lost with its formula, blank, or unreadable."""
        item = cell.field
        if self.sheet.lost and (row.number - 1, cell.column) in self.sheet.lost:
            row.unreadable.append(item.name)
        elif value.state == "blank":
            if item.blank_is_no:
                row.out[cell.position] = value.value
            self.extractor.looked[item.type] -= 1
            blanks.add(item.name)
            if item.type == "mark":
                row.blank_marks.append(item)
        else:
            received.append((cell, raw, value))

    def _ditto(self, column: int, raw: str, read: Callable[[Any], Value]) -> Value:
        """Read what stands above for a ditto mark, as a repair (E07); unreadable with nothing above (trap T032)."""
        if not is_ditto(raw):
            return read(raw)
        if column not in self.above:
            return UNREADABLE
        above = self.above[column]
        value = read(above)
        return value._replace(rule_id="E07", expected=_as_received(above)) if value.state == "value" else value

    def _settle_negatives(self, row: Row, cells: list[Any]) -> None:
        """Read the second column of a tick, whose own tick means no (Kiêm nhiệm)."""
        for item, column in self.negatives:
            ticked = values.read_tick(cells[column]).value is True
            position = self.form.position[item.name]
            if item.name not in self.table.columns:
                row.out[position] = not ticked
            elif ticked and row.out[position]:
                row.out[position] = None
                row.unreadable.append(item.name)
                place = (row.number - 1, column)
                self.extractor.find(
                    "E01", "error", row.sheet, place, item, cells[column], variant="both_ticks", row=row
                )

    def _settle_bounds(self, row: Row, received: list[tuple[_Cell, Any, Value]]) -> None:
        """Check bounds that another field sets (criteria met: of 10 for a residential area, of 5 for a garden)."""
        for cell in self.bounded:
            other, bounds = cell.field.upper_by or ("", {})
            number, kind = row.out[cell.position], row.out[self.form.position[other]]
            if number is not None and number > bounds.get(kind, number):
                received.append((cell, number, Value(None, "out_of_range", "E03", f"0–{bounds[kind]}")))
                row.out[cell.position] = None

    def _derive(self, row: Row, item: Field) -> None:
        """Fill a field that has no column of its own: words found in another field, or the layout."""
        position = self.form.position[item.name]
        if item.derived == "layout":
            row.out[position] = self.table.is_wide
        elif item.source:
            text = row.out[self.form.position[item.source]]
            row.out[position] = bool(text) and any(word in fold(text) for word in item.words)

    # -- places

    def _settle_place(self, row: Row, place: Place, item: Field, position: int) -> None:
        if item.type == "commune":
            self._settle_commune(row, place, item, position)
        elif item.type == "district":
            self._settle_district(row, place, item, position)
        else:
            self._settle_reporter(row, place, item, position)

    def _settle_district(self, row: Row, place: Place, item: Field, position: int) -> None:
        name = row.out[position]
        found = self.knowledge.units.resolve_district(name, self.context.on)
        row.out[position + 1] = found.code
        self.extractor.looked["unit"] += 1
        row.unit, row.unit_name = found, name
        if found.state == "unknown":
            row.unreadable.append(item.name)
            if any(item.name in names for names in self.form.key) and "commune" not in self.form.by_name:
                row.out[_UNUSED] = "R01"
            self.extractor.find("R01", "error", row.sheet, place, item, name, found.expected, row=row)
        elif found.state == "repaired":
            self.extractor.find("R06", "warning", row.sheet, place, item, name, found.expected, row=row)

    def _settle_commune(self, row: Row, place: Place, item: Field, position: int) -> None:
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
            row.out[_UNUSED] = "R01"
            find("R01", "error", expected=found.expected)
            return
        if found.state == "other_district":
            row.out[_UNUSED] = "R02"
            find("R02", "error", expected=found.expected)
            return
        if found.state == "repaired":
            find("R06", "warning", expected=found.expected)
        if self.form.wards_warn and found.kind != "xã":
            row.out[_UNUSED] = "R05"
            find("R05", "warning")

    def _settle_reporter(self, row: Row, place: Place, item: Field, position: int) -> None:
        """Resolve a sender or the owners of a task, at the row's own date where it has one."""
        name = row.out[position]
        dates = [
            row.out[self.form.position[other.name]] for other in self.form.fields if other.type in ("date", "datetime")
        ]
        on = next((day for day in dates if day is not None), self.context.on)
        if isinstance(on, datetime):
            on = on.date()
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

    def _report(self, row: Row, number: int, received: list[tuple[_Cell, Any, Value]]) -> None:
        """Turn what could not be read, or was read after a repair, into findings."""
        for cell, raw, value in received:
            item = cell.field
            place = (number, cell.column)
            if value.state == "value":
                self.extractor.find(
                    value.rule_id or "E07", "warning", row.sheet, place, item, raw, value.expected, row=row
                )
                continue
            if isinstance(raw, str) and item.other_text_to and value.state == "unreadable":
                row.out[cell.position] = True
                row.out[self.form.position[item.other_text_to]] = clean(raw)
                continue
            row.unreadable.append(item.name)
            if isinstance(raw, str) and _ERROR_TEXT.fullmatch(clean(raw)):
                continue  # an error that came as text: F12 tells it
            rule = value.rule_id or "E01"
            self.extractor.find(
                rule, "error", row.sheet, place, item, raw, value.expected or expected_of(item), row=row
            )
            if row.out[_UNUSED] is None and self._places(item):
                row.out[_UNUSED] = rule

    def _places(self, item: Field) -> bool:
        """Tell whether a row belongs nowhere without the field: a place, a criterion or a day that is part of its key."""
        return item.type in _PLACING and all(item.name in names for names in self.form.key)

    def _settle_required(self, row: Row, number: int, blanks: set[str]) -> None:
        """Tell required cells that are blank (E02; marks when the whole submission is known) and count them."""
        form, extractor = self.form, self.extractor
        filled = extractor.required_cells
        for item in extractor.required if blanks else ():
            if item.name in blanks and item.type != "mark":
                filled -= 1
                extractor.find("E02", "warning", row.sheet, (number, row.column_of[item.name]), item, row=row)
                if row.out[_UNUSED] is None and self._places(item):
                    row.out[_UNUSED] = "E02"
        for names in form.required_any:
            if all(row.out[form.position[name]] is None and name not in row.unreadable for name in names):
                filled -= 1
                given = [name for name in names if name in row.column_of]
                place = (number, row.column_of[given[-1]])
                extractor.find("E02", "warning", row.sheet, place, form.by_name[given[-1]], row=row)
        row.out[_REQUIRED], row.out[_FILLED] = extractor.required_cells, filled

    def _land_wide(self, base: Row, row: int, cells: list[Any]) -> list[Row]:
        """Make a row a criterion of a line that has a column a criterion."""
        wide = self.form.wide
        if wide is None:
            return []
        item = self.form.by_name[wide.value]
        number_at, value_at = self.form.position[wide.number], self.form.position[wide.value]
        landed = []
        for column, criterion in self.marks:
            one = replace(
                base,
                out=base.out.copy(),
                column_of={**base.column_of, item.name: column},
                unreadable=base.unreadable.copy(),
                blank_marks=[],
                mark_cells=1,
            )
            one.out[number_at] = criterion
            one.out[_KEY] = item_key(self.form, one.out)
            self._mark(one, (row, column), item, value_at, cells[column])
            landed.append(one)
        self.extractor.rows += landed
        return landed

    def _mark(self, row: Row, place: Place, item: Field, position: int, raw: Any) -> None:
        """Read the mark of one criterion in a wide layout."""
        extractor = self.extractor
        value = values.read_mark(raw)
        extractor.looked["mark"] += value.state != "blank"
        row.out[position] = value.value
        extractor.note_marks(row.out)
        if value.state == "value":
            if value.rule_id:
                extractor.find(value.rule_id, "warning", row.sheet, place, item, raw, value.expected, row=row)
        elif place in self.sheet.lost:
            row.unreadable.append(item.name)
        elif value.state == "blank":
            row.blank_marks.append(item)
        else:
            row.unreadable.append(item.name)
            if not (isinstance(raw, str) and _ERROR_TEXT.fullmatch(clean(raw))):
                extractor.find("E01", "error", row.sheet, place, item, raw, expected_of(item), row=row)


def _unbounded(read: Callable[..., Value]) -> Callable[[Any], Value]:
    """Return the reader without bounds: 20 criteria are the most for a commune, not for a total."""
    return partial(read, lower=None, upper=None)


# --- helpers ------------------------------------------------------------------------------------------------------------


def address(place: Place) -> str:
    """Return the A1 address of a cell counted from 0."""
    return f"{column_letter(place[1])}{place[0] + 1}"


def key_of(form: Form, out: Sequence[Any]) -> tuple[str, ...]:
    """Return the fields of a row's key: the first of the form's keys whose fields are all filled, else the last one."""
    for names in form.key[:-1]:
        if all(out[form.position[name]] for name in names):
            return names
    return form.key[-1]


def item_key(form: Form, out: Sequence[Any]) -> str | None:
    """Return the folded key of a row; a commune counts by its code where that is known. None where all of it is blank."""
    parts = ["" if (said := _said(form, out, form.by_name[name])) is None else str(said) for name in key_of(form, out)]
    return "|".join(parts) if any(parts) else None


def _said(form: Form, out: Sequence[Any], item: Field) -> Any:
    """Return what a landed row says in a field, as two rows are compared: places by code, texts folded."""
    position, kind = form.position[item.name], item.type
    value = out[position]
    if kind in ("commune", "district") and out[position + 1]:
        return out[position + 1]
    return fold(value) if value.__class__ is str and kind != "code" else value


def _read_period(raw: Any) -> Value:
    if is_blank(raw):
        return BLANK
    period = values.read_period(raw)
    return Value(period, "value") if period else UNREADABLE


def _as_received(value: Any) -> str | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, str) else values.read_text(value).value


def expected_of(item: Field) -> str | None:
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
