"""One delivery, end to end: bytes → `Reading`.

Here: the order of the steps, and the rules of the file as such (F01, F02). The steps themselves are in `grid`,
`recognise`, `attribution`, `filerules` and `tablerows`. No clock, no other delivery, no database: the same bytes, path,
hint and knowledge give the same reading (but for `seconds`).
"""

import gc
import hashlib
import logging
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import Any

from pipelines.intake.addresses import address
from pipelines.intake.agreement import find_disagreements
from pipelines.intake.attribution import ANY_DAY, Attribution, Attributor, Part
from pipelines.intake.filerules import FileFacts, read_submission, unread_place
from pipelines.intake.forms import Form, Forms
from pipelines.intake.grid import read_workbook
from pipelines.intake.ledger import Ledger
from pipelines.intake.lostletters import LOST_LETTERS
from pipelines.intake.model import (
    LANDED,
    NO_HINT,
    Hint,
    Reading,
    Sheet,
    SheetKind,
    Unreadable,
    Workbook,
    delivery_id,
    is_own_trouble,
    tuple_schema,
)
from pipelines.intake.recognise import find_tables
from pipelines.intake.reference import Knowledge
from pipelines.intake.returned import unchanged_sheets, untouched_sheets
from pipelines.intake.tables import Table
from pipelines.intake.text import convert, detect_encoding
from pipelines.intake.unrecognised import explain_unrecognised, looks_like_data, unclaimed_row

_LOG = logging.getLogger(__name__)

_NAMED_CELLS = 60
"""So many cells of another sheet are looked through for a reporter and a period: its heading, not its data."""


def landed_schema(forms: Forms) -> dict[str, list[tuple[str, str]]]:
    """Return (column, DuckDB type) of every landed table that a `Reading` fills: `Reading.tables()` has these columns."""
    return {name: tuple_schema(shape) for name, shape in LANDED.items()} | {form.table: form.columns for form in forms}


def read_delivery(content: bytes, path: str, hint: Hint, knowledge: Knowledge, *, is_guarded: bool = True) -> Reading:
    """Read one file.

    `content`: its bytes; `path`: below the raw folder, '/' between parts (a member of an archive: "a/b.zip/member.xlsx");
    `hint`: what the register says of it. Never raises on bad input: what can't be read is a finding. A fault of the
    reader itself becomes F01 (variant 'reader') and is logged; with `is_guarded` false it surfaces, as tests want it.
    """
    started = perf_counter()
    sha256 = hashlib.sha256(content).hexdigest()
    reader = _DeliveryReader(delivery_id(path, sha256), path, sha256, hint or NO_HINT, knowledge)
    try:
        with _without_collection():
            workbook = read_workbook(content, path, knowledge.file_size_max, knowledge.file_unpacked_max)
            reading = reader.read(workbook)
    except Unreadable as verdict:
        reading = reader.reject(verdict.variant, **_limits(verdict))
    except Exception as error:  # a defect of ours costs this delivery alone
        if not is_guarded or is_own_trouble(error):
            raise
        _LOG.exception("reading %r failed", path)
        reader = _DeliveryReader(reader.id, path, sha256, hint or NO_HINT, knowledge)
        reading = reader.reject("reader", value=type(error).__name__)
    return replace(reading, seconds=perf_counter() - started)


@contextmanager
def _without_collection() -> Generator[None]:
    """Keep Python from looking for circles of dead objects: a tenth of a reading's time.

    There are four of them per file (measured in November 2026 on the sample). The memory of the process has its own
    limit (pipelines/workers.py).
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _limits(verdict: Unreadable) -> dict[str, Any]:
    """Return what a finding says of a file that is too large: its size and the limit, or the cell that lies too far."""
    about: dict[str, Any] = {"value": verdict.cell}
    if verdict.size is not None:
        about |= {"value": f"{verdict.size:.0f}", "value_kind": "size"}
    if verdict.allowed is not None:
        about |= {"expected": f"{verdict.allowed:.0f}", "expected_kind": "size"}
    return about


@dataclass(slots=True)
class _SheetView:
    """A sheet with its text converted, its tables, and the texts that may name reporter and period."""

    sheet: Sheet
    tables: list[Table]
    encoding: str | None
    texts: tuple[str, ...] = field(default=())


class _DeliveryReader:
    """The reading of one file."""

    def __init__(self, identity: str, path: str, sha256: str, hint: Hint, knowledge: Knowledge) -> None:
        self.id, self.path, self.sha256 = identity, path, sha256
        self.hint, self.knowledge = hint, knowledge
        self.ledger = Ledger(identity)
        self.attributor = Attributor(path, hint, knowledge.reporters, knowledge.periods)
        self.left_unread: set[str] = set()

    # -- the whole file

    def reject(self, variant: str, **about: Any) -> Reading:
        """Return the reading of a file that can't be read (F01): reporter and period as register or path have them.

        `about`: other fields of the finding.
        """
        self.ledger.report(None, "F01", variant=variant, **about)
        self.ledger.evaluate(None, "F01", 1, 1)
        return self._build_reading((), 0, "rejected", "F01")

    def read(self, workbook: Workbook) -> Reading:
        """Read the sheets of a file."""
        self.ledger.evaluate(None, "F01", 1, 0)
        views = [self._view_sheet(sheet, workbook) for sheet in workbook.sheets]
        parts = self._attribute_tables(views)
        groups: dict[tuple[str, str | None, str | None], list[Part]] = {}
        for part in parts:
            groups.setdefault((part.form.code, part.attribution.reporter_code, part.attribution.period), []).append(
                part
            )
        # of a receipt that comes back, what is as it went out says nothing; a form is corrected with all its sheets
        unchanged = unchanged_sheets(workbook.sheets)
        groups = {key: group for key, group in groups.items() if not {part.sheet.name for part in group} <= unchanged}
        groups = {key: legible for key, group in groups.items() if (legible := self._leave_unread(group))}
        ignored = unchanged - {part.sheet.name for group in groups.values() for part in group}
        kinds = tuple(self._classify(view, is_ignored=view.sheet.name in ignored) for view in views)
        unrecognised = sum(1 for kind in kinds if kind.kind == "unrecognised")
        recognised = sum(1 for kind in kinds if kind.kind == "form")
        disagreements = find_disagreements(parts, [view.texts for view in views if not view.tables])
        about = FileFacts(
            workbook,
            {view.sheet.name: view.encoding for view in views},
            disagreements,
            untouched_sheets(workbook.sheets),
            self.attributor.path_reporter,
        )
        unnamed = sum(1 for kind in kinds if kind.kind == "unrecognised" and not kind.forms)
        if recognised + unnamed:
            self.ledger.evaluate(None, "F02", recognised + unnamed, unnamed)
        for group in groups.values():
            read_submission(self.ledger, self.knowledge, group, about)
        if not recognised and not unrecognised:
            self.ledger.report(None, "F01", variant="no_data")
            return self._build_reading(kinds, workbook.cells, "rejected", "F01")
        status, reason = ("read", None) if recognised else ("rejected", "F02")
        return self._build_reading(kinds, workbook.cells, status, reason)

    def _leave_unread(self, group: list[Part]) -> list[Part]:
        """Return a submission's tables without the sheets that merely name its form (F02).

        Only where there are no others, and somebody sent them, are they a submission themselves, one that is rejected.
        """
        legible = [part for part in group if not part.table.unread]
        if not legible and group[0].attribution.reporter_code:
            return group
        for part in group:
            if part.table.unread:
                self.left_unread.add(part.sheet.name)
                self.ledger.report(None, "F02", **unread_place(part))
        return legible

    def _build_reading(self, sheets: tuple[SheetKind, ...], cells: int, status: str, reason: str | None) -> Reading:
        attributed = next((item for item in self.ledger.submissions if item.reporter_code or item.period), None)
        reporter = (
            attributed.reporter_code if attributed else self.hint.sender_code or self.attributor.path_reporter(ANY_DAY)
        )
        period = (
            attributed.period if attributed else self.hint.period or next(iter(self.attributor.path_periods()), None)
        )
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
            submissions=tuple(self.ledger.submissions),
            columns=tuple(self.ledger.columns),
            totals=tuple(self.ledger.totals),
            evaluations=tuple(self.ledger.evaluations),
            findings=tuple(self.ledger.findings),
            rows=self.ledger.rows,
        )

    # -- sheets

    def _view_sheet(self, sheet: Sheet, workbook: Workbook) -> _SheetView:
        """Convert a sheet's legacy text (F10) and find its tables."""
        texts = {cell for cell in set().union(*sheet.rows) if cell.__class__ is str}
        encoding = detect_encoding(texts, workbook.fonts)
        if encoding:
            rows = [[convert(cell, encoding) if cell.__class__ is str else cell for cell in row] for row in sheet.rows]
            sheet = replace(sheet, rows=rows)
        know = self.knowledge
        if encoding is None and (restored := know.lost_letters.restore(texts)):
            rows = [[restored.get(cell, cell) if cell.__class__ is str else cell for cell in row] for row in sheet.rows]
            sheet, encoding = replace(sheet, rows=rows), LOST_LETTERS
        tables = find_tables(sheet, know.forms, know.headers, know.titles)
        named = tuple(tables[0].heading) if tables else tuple(_first_texts(sheet))
        return _SheetView(sheet, tables, encoding, named)

    def _classify(self, view: _SheetView, *, is_ignored: bool = False) -> SheetKind:
        """Return what a sheet is; data without a form is F02, a sheet of a receipt that nobody changed is a cover."""
        sheet = view.sheet
        if is_ignored:
            return SheetKind(self.id, sheet.name, sheet.number, "cover", None)
        if (unread := next((table for table in view.tables if table.unread), None)) and unread.form:
            kind = "form" if unread.columns and sheet.name not in self.left_unread else "unrecognised"
            return SheetKind(self.id, sheet.name, sheet.number, kind, unread.form)
        if view.tables:
            self._report_unrecognised(view)
            forms = ";".join(dict.fromkeys(table.form for table in view.tables if table.form)) or None
            return SheetKind(self.id, sheet.name, sheet.number, "form" if forms else "unrecognised", forms)
        if not any(any(row) for row in sheet.rows):
            return SheetKind(self.id, sheet.name, sheet.number, "empty", None)
        if looks_like_data(sheet):
            variant, _, row = explain_unrecognised(sheet, self.knowledge.headers, self.knowledge.titles)
            cell = address((row, next((column for column, cell in enumerate(sheet.rows[row]) if cell), 0)))
            self.ledger.report(None, "F02", sheet=sheet.name, cell=cell, variant=variant)
            return SheetKind(self.id, sheet.name, sheet.number, "unrecognised", None)
        return SheetKind(self.id, sheet.name, sheet.number, "cover", None)

    def _report_foreign_title(self, sheet: Sheet, table: Table) -> None:
        """Report a table whose title names something else than the form that its columns are those of (F02)."""
        title = table.foreign_title
        cell = next(
            (
                address((row, column))
                for row in range(table.top)
                for column, text in enumerate(sheet.rows[row])
                if text == title
            ),
            address((table.header_rows[0], 0)),
        )
        guesses = [self.knowledge.forms[form] for form in table.rivals]
        self.ledger.report(
            None,
            "F02",
            variant="foreign",
            sheet=sheet.name,
            cell=cell,
            value=title,
            expected="; ".join(f"{form.number} ({form.title})" if form.number else form.title for form in guesses),
        )

    def _report_unrecognised(self, view: _SheetView) -> None:
        """Find what no form has on a sheet of tables (F02): a table that fits several, data above the first one."""
        sheet = view.sheet
        for table in view.tables:
            if table.foreign_title is not None:
                self._report_foreign_title(sheet, table)
            elif table.form is None:
                cell = address((table.header_rows[0], 0))
                rivals = ", ".join(table.rivals)
                self.ledger.report(None, "F02", sheet=sheet.name, cell=cell, variant="rivals", value=rivals)
        if (row := unclaimed_row(sheet, view.tables)) is not None:
            self.ledger.report(None, "F02", sheet=sheet.name, cell=address((row, 0)), variant="part")

    # -- whose report

    def _attribute_tables(self, views: Sequence[_SheetView]) -> list[Part]:
        """Return every table with its form, reporter and period; a header that fits two forms is settled by who reports."""
        parts = []
        for view in views:
            for table in view.tables:
                if table.foreign_title is not None:
                    continue
                rivals = [self.knowledge.forms[code] for code in table.rivals or (table.form,) if code]
                attribution = self._attribute(view, table, rivals[0], views)
                form = self._settle_form(table, rivals, attribution)
                if form is None:
                    continue
                if form is not rivals[0]:
                    attribution = self._attribute(view, table, form, views)
                parts.append(Part(view.sheet.within(table.span), table, form, attribution))
        return parts

    def _settle_form(self, table: Table, rivals: list[Form], attribution: Attribution) -> Form | None:
        if table.form:
            return self.knowledge.forms[table.form]
        fitting = [form for form in rivals if self.knowledge.may_report(attribution.reporter_code, form.code)]
        if len(fitting) != 1:
            return None
        table.settle(fitting[0].code)
        return fitting[0]

    def _attribute(self, view: _SheetView, table: Table, form: Form, views: Sequence[_SheetView]) -> Attribution:
        own = [tuple(table.heading), view.texts] if table.heading != view.texts else [view.texts]
        others = [other.texts for other in views if other is not view]
        return self.attributor.attribute(form, view.sheet, table, own, others)


def _first_texts(sheet: Sheet) -> Iterable[str]:
    count = 0
    for row in sheet.rows:
        for cell in row:
            if cell and isinstance(cell, str):
                yield cell
                count += 1
                if count >= _NAMED_CELLS:
                    return
