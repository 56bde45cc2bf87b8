"""One submission: its tables read, and what the file says against it as a whole (F03-F06, F10-F14).

Here: rules that need a submission's sheets, headers, or reporter and period, and its line in landed.submissions. Rules
of rows are `tablerows`, rules of the file as such (F01, F02) `read`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from pipelines.intake.addresses import address, column_letter
from pipelines.intake.agreement import Disagreement
from pipelines.intake.attribution import ANY_DAY, Part
from pipelines.intake.extract import ROW_RULES, UNIT_RULES, Extractor
from pipelines.intake.forms import Field
from pipelines.intake.headers import find_missing
from pipelines.intake.landedrow import Context
from pipelines.intake.ledger import Ledger
from pipelines.intake.model import (
    Place,
    Sheet,
    Submission,
    Workbook,
    submission_id,
)
from pipelines.intake.reference import Knowledge
from pipelines.intake.tablerows import read_table
from pipelines.intake.tables import Table, is_empty
from pipelines.intake.values.periods import find_periods

_FILLED_BESIDE = 3
_LISTED = 20
_NUMERIC = ("integer", "number", "money", "percent")
_BOUNDED = (*_NUMERIC, "criterion", "code")
_TYPED = (*_NUMERIC, "criterion", "mark", "date", "datetime", "tick", "period")
"""Types of fields by what can be wrong with a cell: E05, E03, E01."""


class FileFacts(NamedTuple):
    """What the submissions of a file have in common.

    `encodings`: by sheet, the legacy encoding that its text was converted from, None where there was none;
    `disagreements`: tables whose sheets say otherwise than most of the workbook; `untouched`: sheets that stand as they were
    handed out; `path_reporter`: whom the path names, by day.
    """

    workbook: Workbook
    encodings: Mapping[str, str | None]
    disagreements: Sequence[Disagreement]
    untouched: Collection[str]
    path_reporter: Callable[[date], str | None]


def read_submission(ledger: Ledger, knowledge: Knowledge, parts: list[Part], about: FileFacts) -> None:
    """Read the tables of one submission into the ledger of its delivery, with what the file says against it."""
    _SubmissionReader(ledger, knowledge, parts, about).read()


def unread_place(part: Part) -> dict[str, Any]:
    """Return what F02 says of a sheet that names a form and has no header of it: where, why, and which form."""
    table, form = part.table, part.form
    column = next((number for number, cell in enumerate(part.sheet.rows[table.top]) if not is_empty(cell)), 0)
    return {
        "sheet": part.sheet.name,
        "cell": address((table.top, column)),
        "variant": table.unread,
        "value": form.number or form.title,
    }


class _SubmissionReader:
    """The reading of one submission: its tables, and what they say of the file (F03-F06, F10-F14)."""

    def __init__(self, ledger: Ledger, knowledge: Knowledge, parts: list[Part], about: FileFacts) -> None:
        self.ledger, self.knowledge, self.parts = ledger, knowledge, parts
        self.workbook, self.encodings = about.workbook, about.encodings
        self.path_reporter = about.path_reporter
        self.disagreements = [each for each in about.disagreements if any(each.part is part for part in parts)]
        self.form, self.attribution = parts[0].form, parts[0].attribution
        self.id = submission_id(
            ledger.delivery_id, self.form.code, self.attribution.reporter_code, self.attribution.period
        )
        self.sheets = {part.sheet.name: part.sheet for part in parts}
        self.is_untouched = self.sheets.keys() <= set(about.untouched)
        self.reasons: list[str] = []

    def read(self) -> None:
        """Read the submission into its ledger."""
        is_unread = self._check_unread()
        if not is_unread:  # one cause, one finding: what else is wrong above such a table can wait
            self._check_file()
        extractor = Extractor(self.knowledge, self.form, self._context())
        for part in self.parts:
            read_table(extractor, part.sheet, part.table)
        rows = extractor.finish()
        is_nil = not extractor.has_rows and extractor.has_nil_words and self.form.nil_allowed
        if not is_unread:
            self._check_content(extractor, is_nil)
        if self.reasons:  # one cause, one finding: what stands in a rejected table is not reported cell by cell
            rows = [(*row[:6], self.reasons[0], *row[7:]) for row in rows]
        else:
            self.ledger.findings += extractor.findings
            self._evaluate_row_rules(extractor)
            if rows and not extractor.usable_rows:
                self.reasons += sorted({str(row[6]) for row in rows})
        self.ledger.rows.setdefault(self.form.code, []).extend(rows)
        self.ledger.columns += extractor.columns
        self.ledger.totals += extractor.totals
        self.ledger.submissions.append(
            self._submission(
                rows_read=len(rows),
                rows_used=sum(1 for row in rows if row[6] is None),
                is_nil=is_nil and not self.reasons,
            )
        )

    @cached_property
    def _on(self) -> date:
        """The day as of which lists are asked: the last of the period."""
        return self.knowledge.periods.end(self.attribution.period) if self.attribution.period else ANY_DAY

    def _context(self) -> Context:
        return Context(
            self.ledger.delivery_id,
            self.id,
            self.attribution.reporter_code,
            self.attribution.period,
            self._on,
            self.knowledge.reporters.territory(self.attribution.reporter_code, self._on),
        )

    def _check_content(self, extractor: Extractor, is_nil: bool) -> None:
        """Evaluate what needs the rows: whether there are any (F13), and whether formulas have results (F12)."""
        may_be_empty = is_nil or self.form.empty_without is not None
        self._reject_if(
            "F13",
            self.is_untouched or (not extractor.has_rows and not may_be_empty),
            variant=self._why_empty(extractor),
            value=self.form.number or self.form.titles[0],
            cell=self._header_cell(),
        )
        by_row = {(item.sheet, item.cell) for item in extractor.findings if item.rule_id == "F12"}
        self._check_formulas(set() if self.reasons else by_row)

    def _submission(self, *, rows_read: int, rows_used: int, is_nil: bool) -> Submission:
        attribution = self.attribution
        return Submission(
            submission_id=self.id,
            delivery_id=self.ledger.delivery_id,
            form=self.form.code,
            reporter_code=attribution.reporter_code,
            period=attribution.period,
            reporter_source=attribution.reporter_source,
            period_source=attribution.period_source,
            sheet_reporter_code=attribution.sheet_reporter_code,
            sheet_period=attribution.sheet_period,
            sheets=";".join(self.sheets),
            status="rejected" if self.reasons else "usable",
            reason=";".join(self.reasons) or None,
            likely_periods=";".join(attribution.likely_periods) or None,
            is_nil=is_nil,
            rows_read=rows_read,
            rows_used=rows_used,
            is_titled=_are_titled([part.table for part in self.parts]),
            disagrees_on=";".join(sorted({each.on for each in self.disagreements})) or None,
            path_reporter_code=self.path_reporter(self._on),
        )

    def _why_empty(self, extractor: Extractor) -> str:
        """Return the variant of F13: nothing was written into a form handed out, nil words where rows are needed, or no rows."""
        if extractor.has_rows:
            return "untouched"
        return "nil_not_allowed" if extractor.has_nil_words else ""

    def _header_cell(self) -> str:
        """Return where the first table begins: the first column of its header, else the sheet's first cell."""
        table = self.parts[0].table
        if not table.header_rows:
            return address((table.above, 0))
        return address((table.header_rows[0], min(table.columns.values(), default=0)))

    # -- rules of the file

    def _report(self, rule_id: str, **more: Any) -> None:
        more.setdefault("sheet", next(iter(self.sheets)))
        self.ledger.report(self.id, rule_id, **more)

    def _reject_if(self, rule_id: str, is_failed: bool, **more: Any) -> None:
        """Evaluate a rule that rejects a submission, and report it where it failed."""
        self.ledger.evaluate(self.id, rule_id, 1, int(is_failed))
        if is_failed:
            self.reasons.append(rule_id)
            self._report(rule_id, **more)

    def _check_unread(self) -> bool:
        """Find sheets that name the form and have nothing like its header (F02); return whether there is nothing else."""
        unread = [part for part in self.parts if part.table.unread and not part.table.columns]
        if unread:
            self.ledger.evaluate(self.id, "F02", len(self.parts), len(unread))
            self.reasons.append("F02")
        for part in unread:
            self._report("F02", **unread_place(part))
        return len(unread) == len(self.parts)

    def _check_file(self) -> None:
        attribution = self.attribution
        if not self.form.is_register:
            table = self.parts[0].table
            first, last = address((table.above, 0)), address((max(table.top - 1, 0), 0))
            if attribution.reporter_source == "path":
                self._warn("F03", variant="path", value=attribution.reporter_code, value_kind="reporter", cell=first)
            else:
                self._reject_if("F03", attribution.reporter_code is None, cell=first)
            if attribution.period_source == "path":
                self._warn("F04", variant="path", value=attribution.period, value_kind="period", cell=last)
            elif attribution.unfit_period:
                self._reject_if(
                    "F04",
                    True,
                    variant="unfit",
                    value=attribution.unfit_period,
                    cell=_period_cell(self.parts[0]) or last,
                )
            else:
                self._reject_if("F04", attribution.period is None, cell=last)
            self._check_agreement()
        self._check_columns()
        self._check_encoding()
        self._check_hidden()

    def _check_agreement(self) -> None:
        """Report sheets that say another period or reporter than most of the workbook (F14)."""
        places = {(disagreement.part.sheet.name, disagreement.on): disagreement for disagreement in self.disagreements}
        self.ledger.evaluate(self.id, "F14", len(self.sheets), len({sheet for sheet, _ in places}))
        for (sheet, on), disagreement in places.items():
            table = disagreement.part.table
            is_period = on == "period"
            self._report(
                "F14",
                variant="" if is_period else on,
                sheet=sheet,
                cell=(_period_cell(disagreement.part) if is_period else None) or address((table.above, 0)),
                value=disagreement.said,
                value_kind=on,
                expected=disagreement.others_say,
                expected_kind=on,
            )

    def _warn(self, rule_id: str, **more: Any) -> None:
        self.ledger.evaluate(self.id, rule_id, 1, 1)
        self._report(rule_id, **more)

    def _check_columns(self) -> None:
        """Find columns that are missing or claimed twice (F05), and those that the form does not know (F06)."""
        failed = unknown = checked = 0
        for part in self.parts:
            sheet, table = part.sheet, part.table
            if not table.header_rows:
                continue
            checked += len(table.columns)
            row = table.header_rows[-1]
            for name in self._find_missing(part):
                headers = part.form.by_name[name].headers
                failed += 1
                self._report(
                    "F05",
                    sheet=sheet.name,
                    cell=address((table.header_rows[0], min(table.columns.values(), default=0))),
                    field=name,
                    expected=headers[0] if headers else name,
                )
            for name, columns in table.twice:
                failed += 1
                first, second = columns[:2]
                self._report(
                    "F05",
                    variant="twice",
                    sheet=sheet.name,
                    cell=address((row, second)),
                    field=name,
                    value=table.headers[second],
                    related_sheet=sheet.name,
                    related_cell=address((row, first)),
                    related_value=table.headers[first],
                )
            for item in self._find_criteria_not_in_force(part):
                unknown += 1
                column = table.columns[item.name]
                self._report(
                    "F06",
                    variant="other_set",
                    sheet=sheet.name,
                    cell=address((row, column)),
                    value=table.headers[column],
                )
            for column in self._unknown_columns(sheet, table):
                unknown += 1
                header = table.headers[column]
                self._report(
                    "F06",
                    variant="" if header else "no_header",
                    sheet=sheet.name,
                    cell=address((row, column)),
                    value=header or column_letter(column),
                )
        self.ledger.evaluate(self.id, "F05", checked, failed)
        self.ledger.evaluate(self.id, "F06", checked + unknown, unknown)
        if failed:
            self.reasons.append("F05")

    def _find_missing(self, part: Part) -> tuple[str, ...]:
        """Return the required columns that a table lacks: those of criteria follow the set in force at the period's end."""
        if self.attribution.period is None:
            return part.table.missing
        criteria = self.knowledge.criteria(self.knowledge.periods.end(self.attribution.period))
        return find_missing(part.form, part.table.columns, criteria, is_wide=part.table.is_wide)

    def _find_criteria_not_in_force(self, part: Part) -> list[Field]:
        """Return the columns of criteria that only another set has; those that no set has, a province adds for itself."""
        if self.attribution.period is None:
            return []
        others = self.knowledge.criteria_of_any_set - self.knowledge.criteria(
            self.knowledge.periods.end(self.attribution.period)
        )
        return [item for item in part.form.fields if item.criterion in others and item.name in part.table.columns]

    @staticmethod
    def _unknown_columns(sheet: Sheet, table: Table) -> list[int]:
        """Columns that the form does not know, and those that hold data under no header, beside the table more than a note."""
        if not table.columns:
            return []
        columns_of_form = set(table.columns.values()) | {column for _, columns in table.twice for column in columns}
        columns_of_form |= {column for split in table.splits.values() for column, _ in split}
        left, right = min(columns_of_form), max(columns_of_form)
        silent = []
        for column in range(len(table.headers)):
            if table.headers[column] or column in columns_of_form:
                continue
            filled = sum(row[column] not in ("", None) for row in sheet.rows[table.first : table.end])
            if filled >= (1 if left < column < right else _FILLED_BESIDE):
                silent.append(column)
        return sorted({*table.unknown, *silent})

    def _check_encoding(self) -> None:
        converted = {name: encoding for name in self.sheets if (encoding := self.encodings[name])}
        self.ledger.evaluate(self.id, "F10", len(self.sheets), len(converted))
        if converted:
            name, encoding = next(iter(converted.items()))
            self._report("F10", sheet=name, value=encoding.partition("+")[0], value_kind="code")

    def _check_hidden(self) -> None:
        """Find hidden sheets, rows and columns that hold data (F11, once per submission)."""
        hidden: list[tuple[str, str]] = []
        for part in self.parts:
            sheet, table = part.sheet, part.table
            if sheet.is_hidden:
                hidden.append((sheet.name, f"sheet {sheet.name.replace(';', ',')}"))
            end = min(table.end, len(sheet.rows))
            rows = [row for row in sorted(sheet.hidden_rows) if table.first <= row < end and any(sheet.rows[row])]
            hidden += [(sheet.name, f"row {row + 1}") for row in rows]
            width = len(sheet.rows[0]) if sheet.rows else 0
            for column in sorted(column for column in sheet.hidden_columns if column < width):
                if any(row[column] not in ("", None) for row in sheet.rows[table.first : end]):
                    hidden.append((sheet.name, f"column {column_letter(column)}"))
            hidden += [(sheet.name, f"cell {address(place)}") for place in _data_among(sheet.unseen, part)]
        hidden = list(dict.fromkeys(hidden))
        struck = [(part.sheet.name, place) for part in self.parts for place in _data_among(part.sheet.struck, part)]
        failed = len({name for name, _ in (*hidden, *struck)})
        self.ledger.evaluate(self.id, "F11", len(self.sheets), failed)
        if struck:
            rows = dict.fromkeys(f"row {row + 1}" for _, (row, _) in struck)
            name, place = struck[0]
            self._report(
                "F11", variant="struck", sheet=name, cell=address(place), value=_join_first(rows), value_kind="places"
            )
        if hidden:
            self._report("F11", sheet=hidden[0][0], value=_join_first(text for _, text in hidden), value_kind="places")

    def _check_formulas(self, by_row: Collection[tuple[str | None, str | None]]) -> None:
        """Find formulas whose stored result is missing or an error (F12, once per submission).

        `by_row`: those (sheet, cell) that are reported with the row which can't be used for them.
        """
        lost: list[tuple[str, str, str]] = []
        for part in self.parts:
            table = part.table
            for place, text in sorted(part.sheet.lost.items()):
                if table.first <= place[0] < table.end:
                    lost.append((part.sheet.name, address(place), text))
        self.ledger.evaluate(self.id, "F12", len(self.sheets), len({name for name, _, _ in lost}))
        lost = [(sheet, cell, text) for sheet, cell, text in lost if (sheet, cell) not in by_row]
        if lost:
            sheet, cell, text = lost[0]
            self._report(
                "F12",
                sheet=sheet,
                cell=cell,
                value=text,
                expected=_join_first(cell for _, cell, _ in lost),
                expected_kind="places",
            )

    def _evaluate_row_rules(self, extractor: Extractor) -> None:
        """Land how many things each row rule checked, and how many failed."""
        failed = Counter(finding.rule_id for finding in extractor.findings)
        checked = extractor.cells_checked
        typed = sum(checked[kind] for kind in _TYPED)
        bounded = sum(checked[kind] for kind in _BOUNDED)
        evaluated = {
            "R03": checked["R03"],
            "E01": typed,
            "E02": len(extractor.rows) * extractor.required_cells,
            "E03": bounded,
            "E05": sum(checked[kind] for kind in _NUMERIC),
            "E07": typed + checked["code"],
        }
        rules = list(ROW_RULES)
        if self.form.has_units:
            rules += [rule for rule in UNIT_RULES if rule != "R05" or self.form.wards_warn]
            evaluated |= dict.fromkeys(UNIT_RULES, checked["unit"])
        if checked["E06"]:
            rules.append("E06")
            evaluated["E06"] = checked["E06"]
        for rule in rules:
            number = max(evaluated[rule], failed[rule])
            self.ledger.evaluate(self.id, rule, number, failed[rule], None if number else "nothing_to_check")


def _are_titled(tables: Sequence[Table]) -> bool:
    """Return whether each table's heading names its form, or it goes on with the columns of one whose heading does."""
    titled = [set(table.columns) for table in tables if table.is_titled]
    return all(table.is_titled or set(table.columns) in titled for table in tables)


def _period_cell(part: Part) -> str | None:
    """Return the cell of a table's heading that names a period."""
    sheet, table = part.sheet, part.table
    for row, cells in enumerate(sheet.rows[table.above : table.top], table.above):
        for column, cell in enumerate(cells):
            if cell and isinstance(cell, str) and find_periods(cell):
                return address((row, column))
    return None


def _data_among(places: Iterable[Place], part: Part) -> list[Place]:
    """Return those of the places that hold something in the body of a part's table, in a column that the form knows."""
    sheet, table = part.sheet, part.table
    columns, end = set(table.columns.values()), min(table.end, len(sheet.rows))
    return [
        (row, column)
        for row, column in sorted(places)
        if table.first <= row < end and column in columns and sheet.rows[row][column] not in ("", None)
    ]


def _join_first(places: Iterable[str]) -> str:
    """Return places as a finding has them (model.py, `Finding`): the first ones only where there are many."""
    given = list(places)
    more = len(given) - _LISTED
    return ";".join([*given[:_LISTED], *([f"+{more}"] if more > 0 else [])])
