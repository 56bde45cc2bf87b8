"""One table → its rows: what each row's cells say as the form's types, and the rules that one row alone can break.

Here: rows of data, one at a time (R01, R02, R05, R06, E01-E03, E05, E07); places, bounds, required cells, marks of a
wide layout. Where the table is, is `recognise`; what a row is, `rowkinds`; what a column's cells say, `columns`; how
one value is read, `values`. A form's peculiarities are in its definition, never here by name.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipelines.intake.addresses import address, column_letter
from pipelines.intake.ambiguous import AmbiguousMarks
from pipelines.intake.columns import Column, Columns, RowIssues, unbounded
from pipelines.intake.expected import Expected, bounds_of, expected_of, taken_as
from pipelines.intake.extract import Extractor, LeftTable
from pipelines.intake.forms import FILLED_DOWN_TYPES, Field
from pipelines.intake.headers import CRITERION, NEGATIVE
from pipelines.intake.landedrow import FILLED, KEY, REQUIRED, ROW, UNUSED, Row, as_received, item_key
from pipelines.intake.model import ColumnPlace, FormattedNumber, Place, Sheet
from pipelines.intake.places import PlaceResolver
from pipelines.intake.rowkinds import RowKinds, is_blank
from pipelines.intake.tables import Table
from pipelines.intake.text import clean, fold
from pipelines.intake.totals import Line, SummedColumn, read_totals
from pipelines.intake.values.marks import read_mark, read_tick
from pipelines.intake.values.value import Value

_PLACES = frozenset({"commune", "district", "reporter", "owners"})
_PLACING = frozenset({"commune", "district", "criterion", "date", "datetime"})
"""Types of key fields without which a row belongs nowhere."""


def read_table(extractor: Extractor, sheet: Sheet, table: Table) -> None:
    """Read a table's rows into the extractor of its submission."""
    _TableReader(extractor, sheet, table).read()


class _TableReader:
    """Reads one table into its submission's extractor."""

    def __init__(self, extractor: Extractor, sheet: Sheet, table: Table) -> None:
        self.extractor, self.sheet, self.table = extractor, sheet, table
        self.form, self.knowledge, self.context = extractor.form, extractor.knowledge, extractor.context
        form, columns = self.form, table.columns
        fields = [(column, form.by_name[name]) for name, column in columns.items() if name in form.by_name]
        self.fields = sorted(fields, key=lambda item: item[0])
        self.wide_columns = self._wide_columns()
        self.district = self.context.territory
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
        self.resolver = PlaceResolver(extractor)
        self.derived = [item for item in form.fields if item.derived]
        self.key_column = next((columns[name] for names in form.key[::-1] for name in names if name in columns), 0)
        self.mark_cells = sum(1 for _, item in self.fields if item.type == "mark")
        self.bounded: list[Column] = []
        self.ambiguous = AmbiguousMarks(extractor, table)
        self.template: list[Any] = [None] * len(form.columns)
        self.template[:4] = (self.context.submission_id, self.context.delivery_id, sheet.name, table.number)

    def _wide_columns(self) -> list[tuple[int, int]]:
        """(column, criterion) of a wide layout's columns, left to right."""
        if not self.table.is_wide:
            return []
        named = [(column, name) for name, column in self.table.columns.items() if name.startswith(CRITERION)]
        return sorted((column, int(name.removeprefix(CRITERION))) for column, name in named)

    # -- reading

    def read(self) -> None:
        """Read every row of the table: land data, read totals, groups and nil words."""
        extractor = self.extractor
        body = self._fill_down()
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
        if any(bottom >= self.table.first for _, (bottom, _) in self.sheet.merged):
            self.sheet = self.ambiguous.find_merged(self.sheet, body, kinds)
        if self.table.splits:
            self.sheet, body = self.ambiguous.join_answers(self.sheet, body, kinds)
        data = [line for line, kind in zip(body, kinds, strict=True) if kind == "data"]
        extractor.has_rows = extractor.has_rows or bool(data)
        extractor.has_nil_words = extractor.has_nil_words or reader.has_nil_words
        self._land_columns()
        columns = Columns(
            self.table,
            self.form,
            self.fields,
            self.knowledge.plain_cells,
            self.knowledge.headers.criterion,
            extractor.year,
            is_1904=self.sheet.is_1904,
        )
        columns.settle([cells for _, cells in data])
        self.bounded = [column for column in columns.plan if column.field.upper_by]
        outs, issues = self._read_columns(columns, data, self._read_headings(body, kinds))
        shifted = self._find_shifted([row for row, _ in data])
        steps: list[Line | tuple[int, list[Any]]] = []
        landed, is_summed = -1, "total" in kinds or self.table.span is not None
        for (row, cells), kind in zip(body, kinds, strict=True):
            if kind == "data":
                landed += 1
                land = self._land_shifted if row in shifted else self._land
                rows = land(row, cells, outs[landed], issues.get(landed))
                if is_summed:
                    steps.append(Line(row, rows))
            elif kind == "total":
                lost = self.sheet.lost
                steps.append((row, ["" if (row, column) in lost else cell for column, cell in enumerate(cells)]))
            elif kind == "group":
                self._enter_group(cells)
        if "total" in kinds:
            place = (self.context.submission_id, self.sheet.name, self.table.number)
            extractor.totals += read_totals(place, self._summed_columns(columns.plan), steps, self._rows_beside())
        if self.table.span:
            lines = [step for step in steps if isinstance(step, Line)]
            open_lines = [] if "total" in kinds else [*self._rows_beside(), *lines]
            extractor.left = LeftTable(self.sheet.name, self.table, open_lines)

    def _rows_beside(self) -> list[Line]:
        """Return the rows of data of the tables to the left that no total has totalled yet."""
        extractor, table = self.extractor, self.table
        if table.span is None or extractor.left is None:
            return []
        sheet, left, lines = extractor.left
        is_beside = sheet == self.sheet.name and left.top == table.top and left.columns.keys() == table.columns.keys()
        return lines if is_beside else []

    def _read_columns(
        self, columns: Columns, data: Sequence[tuple[int, list[Any]]], headed: Mapping[Place, str]
    ) -> tuple[list[list[Any]], dict[int, RowIssues]]:
        """Return the landed rows with what their cells say, and what in them needs attention."""
        by_column, issues = columns.read(data, self.sheet, headed, self.extractor.cells_checked)
        size = len(data)
        by_position: list[Sequence[Any]] = [[value] * size for value in self.template]
        by_position[ROW] = [row + 1 for row, _ in data]
        for column, given in zip(columns.plan, by_column, strict=True):
            by_position[column.position] = given
        return list(map(list, zip(*by_position, strict=True))), issues

    def _fill_down(self) -> list[tuple[int, list[Any]]]:
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

    def _read_headings(self, body: Sequence[tuple[int, list[Any]]], kinds: Sequence[str]) -> dict[Place, str]:
        """Return the blank cells for which the heading of their group speaks: "I | Xã Kim Lộc", "B | VƯỜN MẪU" (T023).

        Only places and required words of a list that a row leaves blank, and only until another heading follows; one
        that says nothing known ends them all, a total row ends the commune.
        """
        spoken = [
            (column, item)
            for column, item in self.fields
            if (item.type == "commune" and not self._is_by_commune) or (item.type == "code" and item.required)
        ]
        headed: dict[Place, str] = {}
        stated: dict[int, str] = {}
        if not spoken or "group" not in kinds:
            return headed
        district = self.district
        for (row, cells), kind in zip(body, kinds, strict=True):
            if kind == "group":
                names = [self.knowledge.labels.without_number(cell) for cell in cells if isinstance(cell, str) and cell]
                district = next(filter(None, (self._find_district(name) for name in names)), district)
                now = {
                    column: name
                    for name in names
                    for column, item in spoken
                    if name and self._heading_says(name, item, district)
                }
                stated = {**stated, **now} if len(now) == 1 else {}
            elif kind == "total":
                stated = {
                    column: name for column, name in stated.items() if column != self.table.columns.get("commune")
                }
            elif kind == "data":
                headed |= {(row, column): name for column, name in stated.items() if is_blank(cells[column])}
        return headed

    @property
    def _is_by_commune(self) -> bool:
        return all(names == ("commune",) for names in self.form.key)

    def _heading_says(self, name: str, item: Field, district: str | None) -> bool:
        if item.type == "code":
            return fold(name) in (item.codes or {})
        return self.knowledge.units.resolve_commune(name, self.context.on, district).state in ("exact", "repaired")

    def _find_district(self, name: str) -> str | None:
        """Return the district that a group's heading names, where the reporter itself is not one."""
        if not name or self.context.territory is not None or "commune" not in self.form.by_name:
            return None
        return self.knowledge.units.resolve_district(name, self.context.on).code

    def _enter_group(self, cells: list[Any]) -> None:
        """Take the district that a group's heading names ("II | HUYỆN CẨM XUYÊN") for the rows below (trap T023)."""
        for cell in cells:
            if isinstance(cell, str) and (code := self._find_district(self.knowledge.labels.without_number(cell))):
                self.district = code

    def _summed_columns(self, plan: Sequence[Column]) -> list[SummedColumn]:
        columns = [
            SummedColumn(
                column=column.column,
                name=column.field.name,
                is_mark=column.field.type == "mark",
                read=column.read if column.field.type == "mark" else unbounded(column.read),
                part=0,
                position=column.position,
                unreadable=column.field.name,
            )
            for column in plan
            if column.field.is_total
        ]
        wide = self.form.wide
        for part, (at, number) in enumerate(self.wide_columns if wide else ()):
            value = wide.value if wide else ""
            position = self.form.position[value]
            columns.append(SummedColumn(at, f"{CRITERION}{number}", True, read_mark, part, position, value))
        return columns

    # -- columns

    def _land_columns(self) -> None:
        submission, table = self.context.submission_id, self.table
        for name, column in table.columns.items():
            place = ColumnPlace(
                submission, self.sheet.name, table.number, name.removesuffix(NEGATIVE), column_letter(column)
            )
            self.extractor.columns.append(place)

    # -- rows

    def _land(self, row: int, cells: list[Any], out: list[Any], issues: RowIssues | None) -> list[Row]:
        """Settle a row of data; return what lands (in a wide layout a row per criterion, else one)."""
        landed = Row(out, self.sheet.name, row + 1, self.table.columns, self.key_column)
        received = [] if issues is None else self._apply_issues(landed, issues)
        if self.form.only_met_marks:
            self.extractor.count_marks(out)
            landed.mark_cells = self.mark_cells
        if self.ambiguous.has_marks_in(row):
            self.ambiguous.report_row(landed)
        if self.negatives:
            self._settle_negatives(landed, cells)
        if self.bounded:
            self._settle_bounds(landed, received)
        for column, item, position in self.places:
            if out[position] is not None:
                self.resolver.resolve(landed, (row, column), item, cells[column], self.district)
        for item in self.derived:
            self._derive(landed, item)
        out[KEY] = item_key(self.form, out)
        if received:
            self._report_cells(landed, row, received)
        self._settle_required(landed, row, issues.blanks if issues is not None else ())
        if self.table.is_wide:
            return self._land_wide(landed, row, cells)
        self.extractor.rows.append(landed)
        return [landed]

    def _find_shifted(self, rows: Sequence[int]) -> set[int]:
        """Return the rows of a text with delimiters that were written with more cells than the header.

        Delimiters that every row has behind its last cell shift nothing.
        """
        sheet, header = self.sheet, self.table.header_rows
        if not sheet.widths or not header or not rows:
            return set()
        width = max(sheet.widths[row] for row in header)
        shared = min(sheet.widths[row] for row in rows)
        if not any(any(sheet.rows[row][width:shared]) for row in rows):
            width = max(width, shared)
        return {row for row in rows if sheet.widths[row] > width}

    def _land_shifted(self, row: int, cells: list[Any], out: list[Any], issues: RowIssues | None) -> list[Row]:
        """Land a row that has more cells than the header: a comma in a text or a number parts it, so none is used (E01)."""
        extractor = self.extractor
        reported = len(extractor.findings)
        landed = self._land(row, cells, out, issues)
        del extractor.findings[reported:]
        for one in landed:
            one.out[UNUSED], one.blank_marks, one.unreadable = "E01", [], []
        column = max(self.sheet.widths[line] for line in self.table.header_rows)
        extractor.report("E01", self.sheet.name, (row, column), None, cells[column], variant="shifted", row=landed[0])
        return landed

    def _settle_negatives(self, row: Row, cells: list[Any]) -> None:
        """Read the second column of a tick, whose own tick means no (Kiêm nhiệm)."""
        for item, column in self.negatives:
            ticked = read_tick(cells[column]).value is True
            position = self.form.position[item.name]
            if item.name not in self.table.columns:
                row.out[position] = not ticked
            elif ticked and row.out[position]:
                row.out[position] = None
                row.unreadable.append(item.name)
                place = (row.number - 1, column)
                yes = self.table.columns[item.name]
                self.extractor.report(
                    "E01",
                    row.sheet,
                    place,
                    item,
                    cells[column],
                    variant="both_ticks",
                    row=row,
                    related_sheet=row.sheet,
                    related_cell=address((place[0], yes)),
                )

    def _settle_bounds(self, row: Row, received: list[tuple[Column, Any, Value]]) -> None:
        """Check bounds that another field sets (criteria met: of 10 for a residential area, of 5 for a garden)."""
        for cell in self.bounded:
            other, bounds = cell.field.upper_by or ("", {})
            number, kind = row.out[cell.position], row.out[self.form.position[other]]
            if number is not None and number > bounds.get(kind, number):
                received.append((cell, number, Value(None, "out_of_range", "E03")))
                row.out[cell.position] = None

    def _derive(self, row: Row, item: Field) -> None:
        """Fill a field that has no column of its own: words found in another field, or the layout."""
        position = self.form.position[item.name]
        if item.derived == "layout":
            row.out[position] = self.table.is_wide
        elif item.source:
            text = row.out[self.form.position[item.source]]
            row.out[position] = bool(text) and any(word in fold(text) for word in item.words)

    # -- verdicts on cells

    def _apply_issues(self, row: Row, issues: RowIssues) -> list[tuple[Column, Any, Value]]:
        """Note what needs attention in a row; return the cells that a finding may be about.

        F12 reports lost cells, once for all of them; one without which the row belongs nowhere is reported by itself.
        """
        row.unreadable, row.blank_marks = issues.lost, issues.blank_marks
        placing = next((item for name in issues.lost if self._is_placing(item := self.form.by_name[name])), None)
        if placing is not None:
            row.out[UNUSED] = "F12"
            place = (row.number - 1, row.column_of[placing.name])
            lost = self.sheet.lost.get(place)
            self.extractor.report("F12", row.sheet, place, placing, lost, variant="unused", row=row)
        return issues.received

    def _report_cells(self, row: Row, number: int, received: list[tuple[Column, Any, Value]]) -> None:
        """Turn what could not be read, or was read after a repair, into findings."""
        for cell, raw, value in received:
            item = cell.field
            place = (number, cell.column)
            if value.state == "value":
                taken = taken_as(value.value, item)
                is_of_format = isinstance(raw, FormattedNumber) and as_received(raw) == taken.value
                self.extractor.report(
                    value.rule_id or "E07",
                    row.sheet,
                    place,
                    item,
                    float(raw) if is_of_format else raw,  # what is stored, since what is shown is what was taken
                    taken,
                    variant="heading" if is_blank(raw) else "",
                    row=row,
                )
                continue
            if isinstance(raw, str) and item.other_text_to and value.state == "unreadable":
                row.out[cell.position] = True
                row.out[self.form.position[item.other_text_to]] = clean(raw)
                continue
            row.unreadable.append(item.name)
            rule = value.rule_id or "E01"
            expected = self._expected(item, row, is_out_of_range=rule == "E03")
            self.extractor.report(rule, row.sheet, place, item, raw, expected, row=row)
            if row.out[UNUSED] is None and self._is_placing(item):
                row.out[UNUSED] = rule

    def _expected(self, item: Field, row: Row, *, is_out_of_range: bool) -> Expected:
        """Return what would have been right in a cell, where another field of the row may set the bound."""
        expected = bounds_of(item) if is_out_of_range else expected_of(item)
        if item.upper_by is None:
            return expected
        other, bounds = item.upper_by
        return expected._replace(high=bounds.get(row.out[self.form.position[other]], expected.high))

    def _is_placing(self, item: Field) -> bool:
        """Return whether a row belongs nowhere without the field: a place, a criterion or a day that is part of its key."""
        return item.type in _PLACING and all(item.name in names for names in self.form.key)

    def _settle_required(self, row: Row, number: int, blanks: Collection[str]) -> None:
        """Report required cells that are blank (E02; marks when the whole submission is known) and count them."""
        form, extractor = self.form, self.extractor
        filled = extractor.required_cells
        if not blanks and not form.required_any:
            row.out[REQUIRED] = row.out[FILLED] = filled
            return
        for item in extractor.required if blanks else ():
            if item.name in blanks and item.type != "mark":
                filled -= 1
                is_lost = row.out[UNUSED] is None and self._is_placing(item)
                place = (number, row.column_of[item.name])
                extractor.report("E02", row.sheet, place, item, variant="unused" if is_lost else "", row=row)
                if is_lost:
                    row.out[UNUSED] = "E02"
        for names in form.required_any:
            if all(row.out[form.position[name]] is None and name not in row.unreadable for name in names):
                filled -= 1
                name = next((name for name in reversed(names) if name in row.column_of), None)
                if name is not None:  # without any of the columns the report is rejected: F05
                    place = (number, row.column_of[name])
                    is_lost = row.out[UNUSED] is None and row.out[KEY] is None
                    item = form.by_name[name]
                    extractor.report("E02", row.sheet, place, item, variant="unused" if is_lost else "", row=row)
                    if is_lost:
                        row.out[UNUSED] = "E02"
        row.out[REQUIRED], row.out[FILLED] = extractor.required_cells, filled

    def _land_wide(self, base: Row, row: int, cells: list[Any]) -> list[Row]:
        """Make a row per criterion of a line that has a column per criterion."""
        wide = self.form.wide
        if wide is None:
            return []
        item = self.form.by_name[wide.value]
        number_at, value_at = self.form.position[wide.number], self.form.position[wide.value]
        landed = []
        for column, criterion in self.wide_columns:
            one = replace(
                base,
                out=base.out.copy(),
                column_of={**base.column_of, item.name: column},
                unreadable=base.unreadable.copy(),
                blank_marks=[],
                mark_cells=1,
            )
            one.out[number_at] = criterion
            one.out[KEY] = item_key(self.form, one.out)
            self._read_criterion(one, (row, column), item, value_at, cells[column])
            landed.append(one)
        self.extractor.rows += landed
        return landed

    def _read_criterion(self, row: Row, place: Place, item: Field, position: int, raw: Any) -> None:
        """Read the mark of one criterion in a wide layout."""
        extractor = self.extractor
        value = read_mark(raw)
        extractor.cells_checked["mark"] += value.state != "blank"
        row.out[position] = value.value
        extractor.count_marks(row.out)
        if value.state == "value":
            if value.rule_id:
                extractor.report(value.rule_id, row.sheet, place, item, raw, taken_as(value.value, item), row=row)
        elif place in self.sheet.lost:
            row.unreadable.append(item.name)
            self.ambiguous.report(
                row, f"{CRITERION}{row.out[self.form.position[wide.number]]}" if (wide := self.form.wide) else "", item
            )
        elif value.state == "blank":
            row.blank_marks.append(item)
        else:
            row.unreadable.append(item.name)
            extractor.report("E01", row.sheet, place, item, raw, expected_of(item), row=row)
