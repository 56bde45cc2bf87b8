"""One delivery, end to end: bytes → `Reading`.

Here: the order of the steps, whose report a table is and of which period, and what one file alone can say of itself
(F01-F06, F10-F13). The steps themselves are in `grid`, `recognise` and `extract`. No clock, no other delivery, no
database: the same bytes, path, hint and knowledge give the same reading (but for `seconds`).
"""

import hashlib
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from time import perf_counter
from typing import Any

from pipelines.intake.addresses import address, column_letter
from pipelines.intake.extract import ROW_RULES, UNIT_RULES, Extractor
from pipelines.intake.forms import Form
from pipelines.intake.grid import read_workbook
from pipelines.intake.landedrow import Context
from pipelines.intake.model import (
    LANDED,
    NO_HINT,
    ColumnPlace,
    Evaluation,
    Finding,
    Hint,
    Place,
    Reading,
    Sheet,
    SheetKind,
    Submission,
    Total,
    Unreadable,
    Workbook,
    tuple_schema,
)
from pipelines.intake.recognise import find_tables
from pipelines.intake.reference import Knowledge
from pipelines.intake.returned import unchanged_sheets
from pipelines.intake.tablerows import read_table
from pipelines.intake.tables import Table
from pipelines.intake.text import convert, detect_encoding, fold
from pipelines.intake.unrecognised import looks_like_data, unclaimed_row, unrecognised
from pipelines.intake.values.periods import choose_period, find_periods, period_end, period_for

_LOG = logging.getLogger(__name__)

_ANY_DAY = date(2016, 1, 1)
"""The day at which names are looked up where no period is known (such a report is rejected, a register has its own
dates): after the split of Kỳ Anh, before any merger, so that every name in use is known."""
_NAMED_CELLS = 60
"""So many cells of another sheet are looked through for a reporter and a period: its heading, not its data."""
_FILLED_BESIDE = 3
_LISTED = 20
_FILE_FORMAT = "file_format"
_NUMERIC = ("integer", "number", "money", "percent")
_BOUNDED = (*_NUMERIC, "criterion", "code")
_TYPED = (*_NUMERIC, "criterion", "mark", "date", "datetime", "tick", "period")
"""Types of fields by what can be wrong with a cell: E05, E03, E01."""
_ENCODINGS = {
    "tcvn3": "TCVN3",
    "vni": "VNI",
    "cp1258": "Windows-1258",
    "nfd": "Unicode tổ hợp",
    "utf8_as_cp1252": "UTF-8 đọc sai",
    "lookalike": "chữ cái giống nhau",
}


def delivery_id(path: str, sha256: str) -> str:
    """Return the id of a delivery: a short hash of its path below the raw folder and its content's hash."""
    return hashlib.sha256(f"{path}\n{sha256}".encode()).hexdigest()[:16]


def submission_id(delivery: str, form: str, reporter_code: str | None, period: str | None) -> str:
    """Return the id of a submission: a short hash of delivery, form, reporter and period."""
    return hashlib.sha256(f"{delivery}|{form}|{reporter_code or ''}|{period or ''}".encode()).hexdigest()[:16]


def landed_schema(knowledge: Knowledge) -> dict[str, list[tuple[str, str]]]:
    """Return (column, DuckDB type) of every landed table that a `Reading` fills: `Reading.tables()` has these columns."""
    return {name: tuple_schema(shape) for name, shape in LANDED.items()} | {
        form.table: form.columns for form in knowledge.forms
    }


def read_delivery(content: bytes, path: str, hint: Hint, knowledge: Knowledge, *, is_guarded: bool = True) -> Reading:
    """Read one file.

    `content`: its bytes; `path`: below the raw folder, '/' between parts (a member of an archive: "a/b.zip/member.xlsx");
    `hint`: what the register says of it. Never raises on bad input: what can't be read is a finding. A fault of the
    reader itself becomes F01 (variant 'reader') and is logged; with `is_guarded` false it surfaces, as tests want it.
    """
    started = perf_counter()
    sha256 = hashlib.sha256(content).hexdigest()
    reader = _Delivery(delivery_id(path, sha256), path, sha256, hint or NO_HINT, knowledge)
    try:
        workbook = read_workbook(content, path, knowledge.file_size_max, knowledge.file_unpacked_max)
        reading = reader.read(workbook)
    except Unreadable as verdict:
        reading = reader.rejected(verdict.variant, verdict.value, verdict.expected)
    except Exception as error:
        if not is_guarded:
            raise
        _LOG.exception("reading %s failed", path)
        reader = _Delivery(reader.id, path, sha256, hint or NO_HINT, knowledge)
        reading = reader.rejected("reader", type(error).__name__, None)
    return replace(reading, seconds=perf_counter() - started)


@dataclass(slots=True)
class _Whose:
    """Whose report a table is, of which period, and where that was said."""

    reporter_code: str | None = None
    reporter_source: str | None = None
    sheet_reporter_code: str | None = None
    period: str | None = None
    period_source: str | None = None
    sheet_period: str | None = None
    unfit_period: str | None = None
    """A text that names a period which the form can't have (August on a quarterly form)."""


@dataclass(slots=True)
class _Part:
    """A table with its sheet, and whose it is."""

    sheet: Sheet
    table: Table
    form: Form
    whose: _Whose


@dataclass(slots=True)
class _SheetView:
    """A sheet with its text converted, its tables, and the texts that may name reporter and period."""

    sheet: Sheet
    tables: list[Table]
    encoding: str | None
    texts: tuple[str, ...] = field(default=())


class _Delivery:
    """The reading of one file."""

    def __init__(self, identity: str, path: str, sha256: str, hint: Hint, knowledge: Knowledge) -> None:
        self.id, self.path, self.sha256 = identity, path, sha256
        self.hint, self.knowledge = hint, knowledge
        self.findings: list[Finding] = []
        self.submissions: list[Submission] = []
        self.columns: list[ColumnPlace] = []
        self.totals: list[Total] = []
        self.evaluations: list[Evaluation] = []
        self.rows: dict[str, list[tuple[Any, ...]]] = {}

    # -- the whole file

    def rejected(self, variant: str, value: str | None, expected: str | None) -> Reading:
        """Return the reading of a file that can't be read (F01): reporter and period as register or path have them."""
        self._find(None, "F01", "error", variant=variant, value=value, expected=expected)
        self.evaluate(None, "F01", 1, 1)
        return self._reading((), 0, "rejected", "F01")

    def read(self, workbook: Workbook) -> Reading:
        """Read the sheets of a file."""
        self.evaluate(None, "F01", 1, 0)
        views = [self._view(sheet, workbook) for sheet in workbook.sheets]
        parts = self._parts(views)
        groups: dict[tuple[str, str | None, str | None], list[_Part]] = {}
        for part in parts:
            groups.setdefault((part.form.code, part.whose.reporter_code, part.whose.period), []).append(part)
        # of a receipt that comes back, what is as it went out says nothing; a form is corrected with all its sheets
        unchanged = unchanged_sheets(workbook.sheets)
        groups = {key: group for key, group in groups.items() if not {part.sheet.name for part in group} <= unchanged}
        ignored = unchanged - {part.sheet.name for group in groups.values() for part in group}
        kinds = tuple(self._kind(view, is_ignored=view.sheet.name in ignored) for view in views)
        unrecognised = sum(1 for kind in kinds if kind.kind == "unrecognised")
        recognised = sum(1 for kind in kinds if kind.kind == "form")
        if recognised + unrecognised:
            self.evaluate(None, "F02", recognised + unrecognised, unrecognised)
        encodings = {view.sheet.name: view.encoding for view in views}
        for group in groups.values():
            _SubmissionReader(self, group, workbook, encodings).read()
        if not recognised and not unrecognised:
            self._find(None, "F01", "error", variant="no_data")
            return self._reading(kinds, workbook.cells, "rejected", "F01")
        status, reason = ("read", None) if recognised else ("rejected", "F02")
        return self._reading(kinds, workbook.cells, status, reason)

    def _reading(self, sheets: tuple[SheetKind, ...], cells: int, status: str, reason: str | None) -> Reading:
        known = next((item for item in self.submissions if item.reporter_code or item.period), None)
        reporter = known.reporter_code if known else self.hint.sender_code or self._path_reporter(_ANY_DAY)
        period = known.period if known else self.hint.period or next(iter(self._path_periods()), None)
        return Reading(
            delivery_id=self.id,
            path=self.path,
            sha256=self.sha256,
            status=status,
            reason=reason,
            reporter_code=reporter,
            period=period,
            cells=cells,
            seconds=0.0,
            sheets=sheets,
            submissions=tuple(self.submissions),
            columns=tuple(self.columns),
            totals=tuple(self.totals),
            evaluations=tuple(self.evaluations),
            findings=tuple(self.findings),
            rows=self.rows,
        )

    def _find(self, submission: str | None, rule_id: str, severity: str, **more: Any) -> None:
        variant = more.pop("variant", "")
        self.findings.append(Finding(self.id, submission, rule_id, variant, severity, **more))

    def evaluate(
        self, submission: str | None, rule_id: str, evaluated: int, failed: int, reason: str | None = None
    ) -> None:
        self.evaluations.append(Evaluation(submission, self.id, rule_id, evaluated, failed, reason))

    # -- sheets

    def _view(self, sheet: Sheet, workbook: Workbook) -> _SheetView:
        """Convert a sheet's legacy text (F10) and find its tables."""
        texts = {cell for cell in set().union(*sheet.rows) if cell.__class__ is str}
        encoding = detect_encoding(texts, workbook.fonts)
        if encoding:
            rows = [[convert(cell, encoding) if cell.__class__ is str else cell for cell in row] for row in sheet.rows]
            sheet = replace(sheet, rows=rows)
        know = self.knowledge
        tables = find_tables(sheet, know.forms, know.headers, know.titles)
        named = tuple(tables[0].heading) if tables else tuple(_first_texts(sheet))
        return _SheetView(sheet, tables, encoding, named)

    def _kind(self, view: _SheetView, *, is_ignored: bool = False) -> SheetKind:
        """Say what a sheet is; data without a form is F02, a sheet of a receipt that nobody changed is a cover."""
        sheet = view.sheet
        if is_ignored:
            return SheetKind(self.id, sheet.name, sheet.number, "cover", None)
        forms = list(dict.fromkeys(table.form for table in view.tables if table.form))
        for table in view.tables:
            if table.form is None:
                cell = address((table.header_rows[0], 0))
                self._find(
                    None, "F02", "error", sheet=sheet.name, cell=cell, variant="rivals", value=", ".join(table.rivals)
                )
        if view.tables and (row := unclaimed_row(sheet, view.tables)) is not None:
            self._find(None, "F02", "error", sheet=sheet.name, cell=address((row, 0)), variant="part")
        if forms:
            return SheetKind(self.id, sheet.name, sheet.number, "form", ";".join(forms))
        if view.tables:
            return SheetKind(self.id, sheet.name, sheet.number, "unrecognised", None)
        if not any(any(row) for row in sheet.rows):
            return SheetKind(self.id, sheet.name, sheet.number, "empty", None)
        if looks_like_data(sheet):
            know = self.knowledge
            variant, form, row = unrecognised(sheet, know.forms, know.headers, know.titles)
            cell = address((row, next((column for column, cell in enumerate(sheet.rows[row]) if cell), 0)))
            self._find(None, "F02", "error", sheet=sheet.name, cell=cell, variant=variant, value=form)
            return SheetKind(self.id, sheet.name, sheet.number, "unrecognised", None)
        return SheetKind(self.id, sheet.name, sheet.number, "cover", None)

    # -- whose report

    def _parts(self, views: Sequence[_SheetView]) -> list[_Part]:
        """Return every table with its form, reporter and period; a header that fits two forms is settled by who reports."""
        parts = []
        for view in views:
            for table in view.tables:
                rivals = [self.knowledge.forms[code] for code in table.rivals or (table.form,) if code]
                whose = self._whose(view, table, rivals[0], views)
                form = self._settled(table, rivals, whose)
                if form is None:
                    continue
                if form is not rivals[0]:
                    whose = self._whose(view, table, form, views)
                parts.append(_Part(view.sheet.within(table.span), table, form, whose))
        return parts

    def _settled(self, table: Table, rivals: list[Form], whose: _Whose) -> Form | None:
        if table.form:
            return self.knowledge.forms[table.form]
        kind = self.knowledge.reporter_types.get(whose.reporter_code or "")
        fitting = [form for form in rivals if kind in form.reporters]
        if len(fitting) != 1:
            return None
        table.settle(fitting[0].code)
        return fitting[0]

    def _whose(self, view: _SheetView, table: Table, form: Form, views: Sequence[_SheetView]) -> _Whose:
        """Tell reporter and period: the sheet's own text, another sheet's, the register's, the path's (forms.md)."""
        whose = _Whose()
        own = [tuple(table.heading), view.texts] if table.heading != view.texts else [view.texts]
        others = [other.texts for other in views if other is not view]
        if not form.is_register:
            self._tell_period(whose, form, view.sheet, table, own, others)
        on = period_end(whose.period) if whose.period else _ANY_DAY
        self._tell_reporter(whose, on, own, others)
        return whose

    def _tell_period(
        self,
        whose: _Whose,
        form: Form,
        sheet: Sheet,
        table: Table,
        own: Sequence[tuple[str, ...]],
        others: Sequence[tuple[str, ...]],
    ) -> None:
        for texts in (*own, tuple(_lines(sheet, table))):
            found = _periods(texts)
            whose.period = whose.sheet_period = choose_period(found, form.every)
            if whose.period:
                whose.period_source = "sheet"
                return
            if found:
                whose.unfit_period = found[0].period
                return
        elsewhere = {choose_period(found, form.every) for texts in others if (found := _periods(texts))} - {None}
        if len(elsewhere) == 1:
            whose.period, whose.period_source = elsewhere.pop(), "workbook"
        elif self.hint.period and (period := period_for(self.hint.period, form.every)):
            whose.period, whose.period_source = period, "register"
        elif period := next(
            (fit for found in self._path_periods(sheet.name) if (fit := period_for(found, form.every))), None
        ):
            whose.period, whose.period_source = period, "path"

    def _tell_reporter(
        self, whose: _Whose, on: date, own: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]
    ) -> None:
        find = self.knowledge.reporters.find_reporter
        code = next((code for texts in own if (code := find(texts, on))), None)
        if code:
            whose.reporter_code = whose.sheet_reporter_code = code
            whose.reporter_source = "sheet"
            return
        elsewhere = {find(texts, on) for texts in others} - {None}
        if len(elsewhere) == 1:
            whose.reporter_code, whose.reporter_source = elsewhere.pop(), "workbook"
        elif self.hint.sender_code:
            whose.reporter_code, whose.reporter_source = self.hint.sender_code, "register"
        elif code := self._path_reporter(on):
            whose.reporter_code, whose.reporter_source = code, "path"

    def _path_reporter(self, on: date) -> str | None:
        return self.knowledge.reporters.find_in_path(self.path, on)

    def _path_periods(self, sheet: str = "") -> list[str]:
        """Return the periods that names name: the sheet's, the file's, then its folders', then the path as a whole."""
        parts = [sheet, *reversed(self.path.split("/")), self.path.replace("/", " ")]
        return [period.period for part in parts for period in find_periods(part)]


class _SubmissionReader:
    """The reading of one submission: its tables, and what they say of the file (F03-F06, F10-F13)."""

    def __init__(
        self, delivery: _Delivery, parts: list[_Part], workbook: Workbook, encodings: dict[str, str | None]
    ) -> None:
        self.delivery, self.parts, self.workbook, self.encodings = delivery, parts, workbook, encodings
        self.form, self.whose = parts[0].form, parts[0].whose
        self.id = submission_id(delivery.id, self.form.code, self.whose.reporter_code, self.whose.period)
        self.sheets = {part.sheet.name: part.sheet for part in parts}
        self.reasons: list[str] = []

    def read(self) -> None:
        """Read the submission into its delivery."""
        delivery, form, whose = self.delivery, self.form, self.whose
        self._check_file()
        kind = delivery.knowledge.reporter_types.get(whose.reporter_code or "")
        context = Context(
            delivery.id,
            self.id,
            whose.reporter_code,
            whose.period,
            period_end(whose.period) if whose.period else _ANY_DAY,
            whose.reporter_code if kind == "district" else None,
        )
        extractor = Extractor(delivery.knowledge, form, context)
        for part in self.parts:
            read_table(extractor, part.sheet, part.table)
        rows = extractor.finish()
        is_nil = not extractor.has_rows and extractor.has_nil_words and form.nil_allowed
        may_be_empty = is_nil or form.empty_without is not None
        self._check(
            "F13",
            not extractor.has_rows and not may_be_empty,
            variant="nil_not_allowed" if extractor.has_nil_words else "",
            value=form.number or form.titles[0],
            cell=self._header_cell(),
        )
        if self.reasons:  # one cause, one finding: what stands in a rejected table is not told cell by cell
            rows = [(*row[:6], self.reasons[0], *row[7:]) for row in rows]
        else:
            delivery.findings += extractor.findings
            self._count(extractor)
            if rows and not extractor.usable_rows:
                self.reasons += sorted({str(row[6]) for row in rows})
        delivery.rows.setdefault(form.code, []).extend(rows)
        delivery.columns += extractor.columns
        delivery.totals += extractor.totals
        delivery.submissions.append(
            Submission(
                submission_id=self.id,
                delivery_id=delivery.id,
                form=form.code,
                reporter_code=whose.reporter_code,
                period=whose.period,
                reporter_source=whose.reporter_source,
                period_source=whose.period_source,
                sheet_reporter_code=whose.sheet_reporter_code,
                sheet_period=whose.sheet_period,
                sheets=";".join(self.sheets),
                status="rejected" if self.reasons else "usable",
                reason=";".join(self.reasons) or None,
                is_nil=is_nil and not self.reasons,
                rows_read=len(rows),
                rows_used=sum(1 for row in rows if row[6] is None),
            )
        )

    def _header_cell(self) -> str:
        """Return where the first table begins: the first column of its header, else the sheet's first cell."""
        table = self.parts[0].table
        if not table.header_rows:
            return address((table.above, 0))
        return address((table.header_rows[0], min(table.columns.values(), default=0)))

    # -- rules of the file

    def _find(self, rule_id: str, severity: str, **more: Any) -> None:
        more.setdefault("sheet", next(iter(self.sheets)))
        self.delivery._find(self.id, rule_id, severity, **more)  # noqa: SLF001 -- the same module

    def _check(self, rule_id: str, is_failed: bool, **more: Any) -> None:
        """Count a rule that rejects, and tell it where it failed."""
        self.delivery.evaluate(self.id, rule_id, 1, int(is_failed))
        if is_failed:
            self.reasons.append(rule_id)
            self._find(rule_id, "error", **more)

    def _check_file(self) -> None:
        whose = self.whose
        if not self.form.is_register:
            table = self.parts[0].table
            first, last = address((table.above, 0)), address((max(table.top - 1, 0), 0))
            if whose.reporter_source == "path":
                self._warn("F03", variant="path", value=whose.reporter_code, cell=first)
            else:
                self._check("F03", whose.reporter_code is None, cell=first)
            if whose.period_source == "path":
                self._warn("F04", variant="path", value=whose.period, cell=last)
            elif whose.unfit_period:
                self._check("F04", True, variant="unfit", value=whose.unfit_period, cell=self._period_cell() or last)
            else:
                self._check("F04", whose.period is None, cell=last)
        self._check_columns()
        self._check_encoding()
        self._check_hidden()
        self._check_formulas()

    def _period_cell(self) -> str | None:
        """Return the cell of the heading that names a period."""
        sheet, table = self.parts[0].sheet, self.parts[0].table
        for row, cells in enumerate(sheet.rows[table.above : table.top], table.above):
            for column, cell in enumerate(cells):
                if cell and isinstance(cell, str) and find_periods(cell):
                    return address((row, column))
        return None

    def _warn(self, rule_id: str, **more: Any) -> None:
        self.delivery.evaluate(self.id, rule_id, 1, 1)
        self._find(rule_id, "warning", **more)

    def _check_columns(self) -> None:
        """Find columns that are missing or claimed twice (F05), and those that the form does not know (F06)."""
        failed = unknown = looked = 0
        for part in self.parts:
            sheet, table = part.sheet, part.table
            if not table.header_rows:
                continue
            looked += len(table.columns)
            row = table.header_rows[-1]
            for name in table.missing:
                headers = part.form.by_name[name].headers
                failed += 1
                self._find(
                    "F05",
                    "error",
                    sheet=sheet.name,
                    cell=address((table.header_rows[0], min(table.columns.values(), default=0))),
                    field=name,
                    expected=headers[0] if headers else name,
                )
            for name, columns in table.twice:
                failed += 1
                first, second = columns[:2]
                self._find(
                    "F05",
                    "error",
                    variant="twice",
                    sheet=sheet.name,
                    cell=address((row, second)),
                    field=name,
                    value=table.headers[second],
                    related_sheet=sheet.name,
                    related_cell=address((row, first)),
                    related_value=table.headers[first],
                )
            for column in self._unknown_columns(sheet, table):
                unknown += 1
                header = table.headers[column]
                self._find(
                    "F06",
                    "warning",
                    variant="" if header else "no_header",
                    sheet=sheet.name,
                    cell=address((row, column)),
                    value=header or column_letter(column),
                )
        self.delivery.evaluate(self.id, "F05", looked, failed)
        self.delivery.evaluate(self.id, "F06", looked + unknown, unknown)
        if failed:
            self.reasons.append("F05")

    @staticmethod
    def _unknown_columns(sheet: Sheet, table: Table) -> list[int]:
        """Columns that the form does not know, and those that hold data under no header, beside the table more than a note."""
        if not table.columns:
            return []
        known = set(table.columns.values()) | {column for _, columns in table.twice for column in columns}
        known |= {column for split in table.splits.values() for column, _ in split}
        left, right = min(known), max(known)
        silent = []
        for column in range(len(table.headers)):
            if table.headers[column] or column in known:
                continue
            filled = sum(row[column] not in ("", None) for row in sheet.rows[table.first : table.end])
            if filled >= (1 if left < column < right else _FILLED_BESIDE):
                silent.append(column)
        return sorted({*table.unknown, *silent})

    def _check_encoding(self) -> None:
        found = {name: encoding for name in self.sheets if (encoding := self.encodings[name])}
        self.delivery.evaluate(self.id, "F10", len(self.sheets), len(found))
        if found:
            name, encoding = next(iter(found.items()))
            self._find("F10", "info", sheet=name, value=_ENCODINGS.get(encoding.partition("+")[0], encoding))

    def _check_hidden(self) -> None:
        """Find hidden sheets, rows and columns that hold data (F11, once a submission)."""
        if not self.workbook.shows_hidden:
            self.delivery.evaluate(self.id, "F11", 0, 0, _FILE_FORMAT)
            return
        hidden: list[tuple[str, str]] = []
        for part in self.parts:
            sheet, table = part.sheet, part.table
            if sheet.is_hidden:
                hidden.append((sheet.name, f"trang tính {sheet.name}"))
            end = min(table.end, len(sheet.rows))
            rows = [row for row in sorted(sheet.hidden_rows) if table.first <= row < end and any(sheet.rows[row])]
            hidden += [(sheet.name, f"dòng {row + 1}") for row in rows]
            width = len(sheet.rows[0]) if sheet.rows else 0
            for column in sorted(column for column in sheet.hidden_columns if column < width):
                if any(row[column] not in ("", None) for row in sheet.rows[table.first : end]):
                    hidden.append((sheet.name, f"cột {column_letter(column)}"))
        hidden = list(dict.fromkeys(hidden))
        struck = [(part.sheet.name, place) for part in self.parts for place in self._struck(part.sheet, part.table)]
        failed = len({name for name, _ in (*hidden, *struck)})
        self.delivery.evaluate(self.id, "F11", len(self.sheets), failed)
        if struck:
            rows = dict.fromkeys(f"dòng {row + 1}" for _, (row, _) in struck)
            name, place = struck[0]
            self._find("F11", "warning", variant="struck", sheet=name, cell=address(place), value=_listed(rows))
        if hidden:
            self._find("F11", "warning", sheet=hidden[0][0], value=_listed(text for _, text in hidden))

    @staticmethod
    def _struck(sheet: Sheet, table: Table) -> list[Place]:
        """Return the cells of a table's body that are struck through: data all the same."""
        known = set(table.columns.values())
        return [
            (row, column)
            for row, column in sorted(sheet.struck)
            if table.first <= row < min(table.end, len(sheet.rows))
            and column in known
            and sheet.rows[row][column] not in ("", None)
        ]

    def _check_formulas(self) -> None:
        """Find formulas whose stored result is missing or an error (F12, once a submission)."""
        if not self.workbook.shows_hidden:
            self.delivery.evaluate(self.id, "F12", 0, 0, _FILE_FORMAT)
            return
        lost: list[tuple[str, str, str]] = []
        for part in self.parts:
            table = part.table
            for place, text in sorted(part.sheet.lost.items()):
                if table.first <= place[0] < table.end:
                    lost.append((part.sheet.name, address(place), text))
        self.delivery.evaluate(self.id, "F12", len(self.sheets), len({name for name, _, _ in lost}))
        if lost:
            sheet, cell, text = lost[0]
            self._find(
                "F12", "warning", sheet=sheet, cell=cell, value=text, expected=_listed(cell for _, cell, _ in lost)
            )

    def _count(self, extractor: Extractor) -> None:
        """Land how many things each row rule looked at, and how many failed."""
        failed = Counter(finding.rule_id for finding in extractor.findings)
        looked = extractor.looked
        typed = sum(looked[kind] for kind in _TYPED)
        bounded = sum(looked[kind] for kind in _BOUNDED)
        evaluated = {
            "R03": looked["R03"],
            "E01": typed,
            "E02": len(extractor.rows) * extractor.required_cells,
            "E03": bounded,
            "E05": sum(looked[kind] for kind in _NUMERIC),
            "E07": typed + looked["code"],
        }
        rules = list(ROW_RULES)
        kinds = {item.type for item in self.form.fields}
        if kinds & {"commune", "district"}:
            rules += [rule for rule in UNIT_RULES if rule != "R05" or self.form.wards_warn]
            evaluated |= dict.fromkeys(UNIT_RULES, looked["unit"])
        if looked["E06"]:
            rules.append("E06")
            evaluated["E06"] = looked["E06"]
        for rule in rules:
            number = max(evaluated[rule], failed[rule])
            self.delivery.evaluate(self.id, rule, number, failed[rule], None if number else "nothing_to_check")


@lru_cache(maxsize=4096)
def _periods(texts: tuple[str, ...]) -> list[Any]:
    return [period for text in texts for period in find_periods(text)]


_PERIOD_WORD = re.compile(r"\b(?:kỳ|kì|tháng|quý)\b")


def _lines(sheet: Sheet, table: Table) -> Iterator[str]:
    """Yield each row of the heading as one text: "Tháng | 9 | năm | 2014", or a date cell that stands for its month."""
    for row in sheet.rows[table.above : table.top]:
        cells = [cell for cell in row if cell not in ("", None)]
        words = fold(" ".join(cell for cell in cells if isinstance(cell, str)))
        if len(cells) > 1 and _PERIOD_WORD.search(words) and not re.search(r"\bngày\b", words):
            yield " ".join(filter(None, map(_of_line, cells)))


def _of_line(cell: Any) -> str:
    if isinstance(cell, date):
        return f"tháng {cell.month}/{cell.year}" if cell.day == 1 else ""
    return cell if isinstance(cell, str) else f"{cell:g}" if isinstance(cell, int | float) else ""


def _first_texts(sheet: Sheet) -> Iterable[str]:
    count = 0
    for row in sheet.rows:
        for cell in row:
            if cell and isinstance(cell, str):
                yield cell
                count += 1
                if count >= _NAMED_CELLS:
                    return


def _listed(items: Iterable[str]) -> str:
    """Return the items joined, the first ones only where there are many."""
    given = list(items)
    more = len(given) - _LISTED
    return ", ".join(given[:_LISTED]) + (f" … (+{more})" if more > 0 else "")
