"""Tables → a submission's rows, findings, totals: what its tables have in common, and what only all of them can settle.

Here: the findings of a submission, blank marks (E02, E06) and repeated keys (R03). A table's rows are read by
`tablerows`; a row in the making is `landedrow`. A form's peculiarities are in its definition, never here by name.

Every row of data lands: used, or with the rule that keeps it out (`unused_reason`). What is blank stays unknown.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from pipelines.intake.addresses import address
from pipelines.intake.expected import NOTHING_EXPECTED, Expected
from pipelines.intake.forms import Field, Form
from pipelines.intake.landedrow import (
    FILLED,
    KEY,
    TABLE,
    UNREADABLE,
    UNUSED,
    Context,
    Row,
    as_received,
    comparable,
    key_of,
)
from pipelines.intake.model import ColumnPlace, Finding, Place, Total
from pipelines.intake.reference import Knowledge
from pipelines.intake.tables import Table
from pipelines.intake.text import fold
from pipelines.intake.totals import Line, explain_by_repetition

ROW_RULES = ("R03", "E01", "E02", "E03", "E05", "E07")
UNIT_RULES = ("R01", "R02", "R05", "R06")


class LeftTable(NamedTuple):
    """Of tables side by side the last one read: its sheet, and its rows of data that have no total yet."""

    sheet: str
    table: Table
    lines: list[Line]


class Extractor:
    """Reads the tables of one submission, one after the other; `finish` settles what needs all of them."""

    def __init__(self, knowledge: Knowledge, form: Form, context: Context) -> None:
        self.knowledge, self.form, self.context = knowledge, form, context
        self.findings: list[Finding] = []
        self.columns: list[ColumnPlace] = []
        self.totals: list[Total] = []
        self.rows: list[Row] = []
        self.repetitions: list[list[Row]] = []
        self.has_nil_words = False
        self.has_rows = False
        self.cells_checked: Counter[str] = Counter()
        self._met = self._not_met = 0
        self._blanks_may_say_no = False
        self.has_column_of_not_met = False
        self.left: LeftTable | None = None
        self.year = int(context.period[:4]) if context.period else None
        self._position = form.position
        self._criteria = knowledge.criteria(context.on)
        required = [item for item in form.fields if item.is_required(self._criteria)]
        self.required = [item for item in required if not item.blank_is_no]
        self.required_cells = len(required) + len(form.required_any)

    # -- findings

    def report(
        self,
        rule_id: str,
        sheet: str,
        place: Place | None,
        item: Field | None = None,
        value: Any = None,
        expected: Expected = NOTHING_EXPECTED,
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
                sheet=sheet,
                cell=None if place is None else address(place),
                row_number=None if place is None else place[0] + 1,
                field=item.name if item else None,
                unit_code=unit.code if unit else None,
                unit_name=fold(row.unit_name) if row and row.unit_name and not (unit and unit.code) else None,
                item_key=row.out[KEY] if row else None,
                value=as_received(value),
                expected=expected.value,
                expected_kind=expected.kind,
                expected_low=expected.low,
                expected_high=expected.high,
                is_personal=bool(item and item.personal),
                **related,
            )
        )

    # -- a table

    def count_marks(self, out: Sequence[Any]) -> None:
        """Count the marks of a row on a sheet where blanks may mean not met."""
        self._blanks_may_say_no = True
        self._met += out.count("met")
        self._not_met += out.count("not_met")

    # -- the whole

    def finish(self) -> list[tuple[Any, ...]]:
        """Settle blanks (E02, E06), repeated keys (R03) and totals that count these once; return the landed rows."""
        self._settle_marks()
        self._settle_keys()
        self.totals = list(explain_by_repetition(self.totals, self.repetitions, self._amount))
        landed = []
        for row in self.rows:
            if row.unreadable:
                row.out[UNREADABLE] = ";" + ";".join(row.unreadable) + ";"
            landed.append(tuple(row.out))
        return landed

    @property
    def usable_rows(self) -> int:
        """Rows that say something: used ones, and wards, which are kept out of counts only."""
        return sum(1 for row in self.rows if row.out[UNUSED] in (None, "R05"))

    def _settle_marks(self) -> None:
        """Read blank marks as not met where the whole submission marks only what is met (E06), else report them (E02).

        A line without any mark is reported once, not cell by cell; in a sheet of "met" it stays unknown unless it states a
        total.
        """
        only_met = self._blanks_may_say_no and self._met > 0 and not (self._not_met or self.has_column_of_not_met)
        if self._blanks_may_say_no:
            self.cells_checked["E06"] += 1
        if not any(row.blank_marks for row in self.rows):
            return
        lines: defaultdict[tuple[str, int, int], list[Row]] = defaultdict(list)
        for row in self.rows:
            lines[row.sheet, row.out[TABLE], row.number].append(row)
        is_reported = False
        for rows in lines.values():
            if not any(row.blank_marks for row in rows):
                continue
            is_empty = sum(row.mark_cells for row in rows) == sum(len(row.blank_marks) for row in rows)
            if only_met and not (is_empty and not self._states_total(rows[0])):
                if not is_reported:
                    first = next(row for row in rows if row.blank_marks)
                    place = (first.number - 1, first.column_of[first.blank_marks[0].name])
                    self.report("E06", first.sheet, place)
                    is_reported = True
                for row in rows:
                    for item in row.blank_marks:
                        row.out[self._position[item.name]] = "not_met"
                continue
            self._report_blank_marks(rows, is_empty)

    def _states_total(self, row: Row) -> bool:
        stated = self.form.stated_total
        return stated is not None and (row.out[self._position[stated]] is not None or stated in row.unreadable)

    def _report_blank_marks(self, rows: list[Row], is_empty: bool) -> None:
        blanks = [(row, item) for row in rows for item in row.blank_marks if item.is_required(self._criteria)]
        for row, _ in blanks:
            row.out[FILLED] -= 1
        if rows[0].out[UNUSED] == "E02":
            return  # a line without its commune is reported as that
        if is_empty and len(blanks) > 1:
            row = rows[0]
            self.report("E02", row.sheet, (row.number - 1, row.key_column), variant="row", row=row)
            return
        for row, item in blanks:
            self.report("E02", row.sheet, (row.number - 1, row.column_of[item.name]), item, row=row)

    def _settle_keys(self) -> None:
        """Find rows that repeat a key: with other values both are unused, with the same ones it counts once (R03)."""
        by_key: defaultdict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            if row.out[KEY] and row.out[UNUSED] in (None, "R05"):
                self.cells_checked["R03"] += 1
                by_key[row.out[KEY]].append(row)
        for rows in by_key.values():
            if len(rows) > 1:
                self.repetitions.append(rows)
                self._settle_repetition(rows)

    def _amount(self, row: Row, name: str) -> float | None:
        """Return what a row adds to the sum of a field; None where the field is not a column of its own."""
        item = self.form.by_name.get(name)
        if item is None:
            return None
        value = row.out[self._position[name]]
        return float(value == "met") if item.type == "mark" else value or 0.0

    def _settle_repetition(self, rows: list[Row]) -> None:
        form = self.form
        first = rows[0]
        key = key_of(form, first.out)
        compared = [item for item in form.fields if item.name not in {"row_no", "note", *key}]
        values = [([comparable(form, row.out, item) for item in compared], row.unreadable) for row in rows]
        differs = any(other != values[0] for other in values)
        fields = [form.by_name[name] for name in key if name in first.column_of and form.by_name[name].type != "code"]
        named = [item for item in fields if not item.personal] or fields
        for row in rows:
            if row is first and not differs:
                continue
            row.out[UNUSED] = "R03" if differs else "R03_same"
            if row is first:
                continue
            place = (row.number - 1, row.key_column)
            self.report(
                "R03",
                row.sheet,
                place,
                named[0] if named else None,
                self._label(row, named),
                variant="" if differs else "same",
                row=row,
                related_sheet=first.sheet,
                related_cell=address((first.number - 1, first.key_column)),
                related_value=self._label(first, named),
            )

    def _label(self, row: Row, named: Sequence[Field]) -> str | None:
        """Return what a row is called: the texts of its key."""
        texts = [as_received(row.out[self._position[item.name]]) for item in named]
        return ", ".join(filter(None, texts)) or row.out[KEY]
