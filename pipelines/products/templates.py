"""Blank workbooks to hand out: one per reporter and period, with every form it owes for it.

Here: the rows that are known beforehand (communes with the marks last reported, criteria in charge, tasks that are open, last
period's cumulative lists), totals as formulas, and sheets whose headings, headers and drop-down words are those of the forms'
definitions: what comes back filled in is read without a finding, and a sheet that comes back as it went out is told of
(intake/returned.py). No form is laid out by name.
Not here: who owes what (pipelines/reference), and what intake accepts beyond that (the form definitions).
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.files import remove_unfinished, replace_file
from pipelines.intake import Knowledge, intake_version, returned
from pipelines.intake.forms import Field, Form
from pipelines.intake.returned import blank_digest_line, sheet_digest
from pipelines.products import formulas, packages, prefilled, template_columns, workbooks
from pipelines.products.formulas import MET, Computed, row_formulas, total_formulas
from pipelines.products.prefilled import LastList, fetch_last_lists, fetch_open_tasks
from pipelines.products.template_columns import FORMATS, allowed_entries, clerks_value, column_width, legend_lines
from pipelines.products.workbooks import SUFFIX, height_of, packed, properties_of, put, put_formula, safe_name
from pipelines.progress import Progress
from pipelines.reference.calendar import Calendar
from pipelines.reference.lists import Lists
from pipelines.reference.models import DISTRICT
from pipelines.reference.unit_kinds import COMMUNE_KINDS
from pipelines.wording import capitalise, form_label, official_name, say, say_period, wording_version

COVER = "Hướng dẫn"
LISTS = "Danh mục"
_BLANK_ROWS = 20
_HEADER_ROW = 6
_STOPPED = "stopped"
_ENDED = "to_date"
_OPEN_TASKS, _LAST_MARKS = "open_tasks", "last_marks"
_FOR_INTAKE = Font(name="Times New Roman", size=7, color="A6A6A6")
_FINGERPRINT = "NTM_template"
_FONT = Font(name="Times New Roman", size=11)
_BOLD = Font(name="Times New Roman", size=11, bold=True)
_SMALL = Font(name="Times New Roman", size=10, italic=True)
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEADER_FILL = PatternFill("solid", start_color="DDEBF7")
_KNOWN_FILL = PatternFill("solid", start_color="F2F2F2")
_OPEN = Protection(locked=False)

_COVER_CHARACTERS = 100


@dataclass
class Known:
    """What stands in a form beforehand: rows (field → what to write); of marks, the periods that they were reported for.

    `met_before`: by row, how many marks were met in the period right before; None where that is not known.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    marks_of: tuple[str, ...] = ()
    met_before: list[int | None] = field(default_factory=list)


@dataclass
class TemplateSummary:
    """Workbooks written, and those that were right already."""

    written: int = 0
    unchanged: int = 0


def write_templates(
    lists: Lists,
    on: date,
    templates_dir: Path,
    periods: Iterable[str],
    reporters: Collection[str] | None = None,
    connection: duckdb.DuckDBPyConnection | None = None,
    progress: Progress | None = None,
) -> TemplateSummary:
    """Write `<templates>/<reporter>/<period>/Báo cáo NTM - <name> - <period>.xlsx` for all that is owed.

    `periods` as '2014-09' or '2014-Q3'; `reporters`: codes, None for all; `connection`: a working file, from whose
    schemas `landed`, `quality` and `marts` last period's lists and marks and the open tasks come (without it, or without
    them: none).
    A workbook that is there and says the same is left alone. `on`: the as-of day. Raises OSError for a full disk.
    """
    knowledge, calendar = Knowledge.load(lists, on), Calendar(lists)
    version = f"{_layout_version()} {intake_version(lists, on)}"
    summary = TemplateSummary()
    remove_unfinished(templates_dir)
    for period in periods:
        owed: dict[str, list[Form]] = {}
        for obligation in calendar.obligations(period):
            if reporters is None or obligation.reporter_code in reporters:
                owed.setdefault(obligation.reporter_code, []).append(knowledge.forms[obligation.form])
        listed = {
            form.code: fetch_last_lists(connection, form, period)
            for form in knowledge.forms
            if form.is_cumulative or form.known_rows == _LAST_MARKS
        }
        tasks = fetch_open_tasks(connection, period, calendar)
        if progress:
            progress.start("templates", len(owed))
        for code, forms in owed.items():
            blank = _Blank(knowledge, calendar, code, period)
            prefilled_forms = {
                form.code: blank.known(form, listed.get(form.code, {}), tasks.get(code, [])) for form in forms
            }
            path = template_path(templates_dir, code, period, blank.name)
            content = (version, code, period, blank.name, [form.code for form in forms], prefilled_forms)
            mark = hashlib.sha256(repr(content).encode()).hexdigest()
            if properties_of(path).get(_FINGERPRINT) == mark:
                summary.unchanged += 1
            else:
                workbook = blank.workbook(forms, prefilled_forms)
                replace_file(path, packed(workbook, {_FINGERPRINT: mark}, blank.results))
                summary.written += 1
            if progress:
                progress.advance(path.name)
    return summary


def template_path(templates_dir: Path, reporter_code: str, period: str, name: str) -> Path:
    """Return where the blank workbook of a reporter and period lies; `name`: the reporter's at the period's end."""
    stem = safe_name(f"Báo cáo NTM - {name} - {period}", "bao-cao")
    return templates_dir / safe_name(reporter_code, "x") / safe_name(period, "x") / f"{stem}{SUFFIX}"


@cache
def _layout_version() -> str:
    """Return the version of everything that shapes a blank workbook but its data."""
    modules = (
        __file__,
        template_columns.__file__,
        formulas.__file__,
        prefilled.__file__,
        workbooks.__file__,
        packages.__file__,
        returned.__file__,
    )
    return hashlib.sha256(
        wording_version().encode() + b"".join(Path(file).read_bytes() for file in modules)
    ).hexdigest()


def add_form_sheet(
    workbook: Workbook,
    title: str,
    form: Form,
    rows: list[dict[str, Any]],
    *,
    reporter_code: str,
    period: str,
    knowledge: Knowledge,
    calendar: Calendar,
    blank_rows: int,
    row_height: float,
) -> Worksheet:
    """Add one form's sheet to a workbook of another kind, some of its rows filled in: field → what stands in its cell.

    The sheet reads back like that of a blank workbook; `title` is its tab, `row_height` (points) leaves room for a pen.
    """
    sheet = workbook.create_sheet(title)
    blank = _Blank(knowledge, calendar, reporter_code, period)
    blank._sheet(sheet, form, Known(rows), {}, blank_rows)  # noqa: SLF001 (the same module)
    for row in range(_HEADER_ROW + 1, _HEADER_ROW + 1 + len(rows) + blank_rows):
        sheet.row_dimensions[row].height = max(row_height, sheet.row_dimensions[row].height or 0)
    return sheet


class _Blank:
    """The blank workbook of one reporter and period."""

    def __init__(self, knowledge: Knowledge, calendar: Calendar, code: str, period: str) -> None:
        self.on, self.begins_on = calendar.periods.end(period), calendar.periods.start(period)
        reporters = calendar.reporters(self.on)
        reporter = reporters[code]
        self.knowledge, self.calendar, self.period, self.name = knowledge, calendar, period, reporter.name_vi
        self.body = official_name(reporter)
        units = sorted(each.reporter_code for each in reporters.values() if each.unit_level)
        areas = [code] if reporter.unit_level else units
        self.districts = {unit: reporters[unit].name_vi for unit in areas if reporters[unit].reporter_type == DISTRICT}
        communes_of = knowledge.units.communes_of
        self.communes = [(area, unit, name) for area in areas for unit, name in communes_of(area, self.on)]
        self.results: defaultdict[Worksheet, dict[str, float | str]] = defaultdict(dict)
        self.criterion_names = calendar.criterion_names(self.on)
        self.in_charge = calendar.criteria(self.on, in_charge=code)
        self.code = code
        self.territory = {unit: name for area in areas for unit, name in self._all_communes(area)}
        everywhere = {unit for area in units for unit, _ in self._all_communes(area)}
        self.elsewhere = everywhere - self.territory.keys()
        rural = {unit for area in areas for unit, _ in communes_of(area, self.on)}
        self.wards = self.territory.keys() - rural

    def _all_communes(self, area: str) -> list[tuple[str, str]]:
        return self.knowledge.units.communes_of(area, self.on, COMMUNE_KINDS)

    def known(self, form: Form, lists: Mapping[str, LastList], tasks: list[dict[str, Any]]) -> Known:
        """Return what stands in a form beforehand. `lists`: the last one of each reporter; `tasks`: the reporter's open ones."""
        if form.known_rows == _OPEN_TASKS:
            return Known([{name: task[name] for name in task if name in form.by_name} for task in tasks])
        if form.known_rows == _LAST_MARKS:
            return self._last_marks(form, lists)
        return Known(self._carried(form, {reporter: last.rows for reporter, last in lists.items()}))

    def _last_marks(self, form: Form, lists: Mapping[str, LastList]) -> Known:
        """Return a row per commune with the marks last reported of it, by this reporter, else by whose it was before.

        None are taken over where another criteria set was in force, nor of a commune that has another territory by now.
        """
        end_of = self.calendar.periods.end
        commune = next(item.name for item in form.fields if item.type == "commune")
        criteria = [item for item in self._fields(form) if item.criterion]
        last_rows = {
            row[f"{commune}_code"]: (last.period, row)
            for reporter, last in sorted(lists.items(), key=lambda each: each[0] == self.code)
            if self.calendar.criterion_names(end_of(last.period)) == self.criterion_names
            for row in last.rows
        }
        last_marks, periods = Known(), set()
        for _, code, name in self.communes:
            period, last = last_rows.get(code, ("", None))
            marks: dict[str, Any] = {}
            if last and not self.knowledge.units.has_other_territory(code, end_of(period), self.on):
                marks = {item.name: clerks_value(item, last) for item in criteria}
                periods.add(period)
            is_right_before = bool(marks) and end_of(period) + timedelta(1) == self.begins_on
            is_counted = is_right_before and None not in marks.values()
            last_marks.met_before.append(list(marks.values()).count(MET) if is_counted else None)
            last_marks.rows.append({commune: name, **marks})
        last_marks.marks_of = tuple(sorted(periods))
        return last_marks

    def _carried(self, form: Form, lists: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """Return the rows of the last list that still belong on it: field → what to write.

        `lists` by reporter. Left out: what was reported as stopped or ended before this period, what lies in a commune
        that is another reporter's by now, or in a ward where the form counts none. What lies in a commune that came to
        this reporter, and of which its own list says nothing, is taken from the other's: a district that was split off
        has no list of its own yet.
        """
        own = lists.get(self.code, [])
        place = next((item.name for item in form.fields if item.type == "commune"), None)
        rows = [row for row in own if place is None or row[f"{place}_code"] not in self.elsewhere]
        if place:
            listed = {row[f"{place}_code"] for row in own}
            others = (row for reporter, last_rows in lists.items() if reporter != self.code for row in last_rows)
            rows += [row for row in others if row[f"{place}_code"] in self.territory.keys() - listed]
            rows = [row for row in rows if not (form.wards_warn and row[f"{place}_code"] in self.wards)]
        return [
            {
                item.name: self._commune(row, item) if item.type == "commune" else clerks_value(item, row)
                for item in form.fields
                if item.name != "row_no"
            }
            for row in rows
            if not _is_over(form, row, self.begins_on)
        ]

    def _commune(self, row: Mapping[str, Any], item: Field) -> str | None:
        """Return what a row's commune is called now: its official name, or that of the one commune it became."""
        code, name = row[f"{item.name}_code"], row[f"{item.name}_name"]
        if code in self.territory or name is None:
            return self.territory.get(code, name)
        commune = self.knowledge.units.resolve_commune(name, self.on, self.code)
        codes = [commune.code] if commune.code else [suggested for suggested, _ in commune.suggestions]
        return self.territory.get(codes[0], name) if len(codes) == 1 else name

    def workbook(self, forms: Sequence[Form], prefilled_forms: Mapping[str, Known]) -> Workbook:
        """Lay out all sheets: how to fill in, the forms, the names to choose from; what formulas come to goes to `results`."""
        workbook = Workbook()
        cover = workbook.worksheets[0]
        cover.title = COVER
        self._cover(cover, forms)
        lists = workbook.create_sheet(LISTS)
        ranges = self._lists(lists)
        for form in forms:
            sheet = workbook.create_sheet(f"Biểu {form.number}".replace("/", "-") if form.number else form.code)
            self._sheet(sheet, form, prefilled_forms[form.code], ranges)
            put(cover.cell(cover.max_row + 1, 1), blank_digest_line(sheet_digest(self._cells(sheet))))
            cover.cell(cover.max_row, 1).font = _FOR_INTAKE
        workbook.move_sheet(lists, len(forms))
        return workbook

    def _cells(self, sheet: Worksheet) -> list[list[Any]]:
        """Return the cells of a sheet as they are read."""
        results = self.results[sheet]
        return [[results.get(cell.coordinate, cell.value) for cell in row] for row in sheet.iter_rows()]

    def _cover(self, sheet: Worksheet, forms: Sequence[Form]) -> None:
        lines = [
            (say("template_title"), Font(name="Times New Roman", size=14, bold=True)),
            (f"{self.body} – {say_period(self.period)}", _BOLD),
            (say("template_sheets"), _FONT),
            *((f"• {form_label(self.knowledge.forms, form.code)}", _FONT) for form in forms),
            (say("template_how"), _BOLD),
            *((f"• {say(f'template_how_{what}')}", _FONT) for what in self._advice(forms)),
        ]
        for row, (text, font) in enumerate(lines, 1):
            put(sheet.cell(row, 1), text)
            sheet.cell(row, 1).font = font
            sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
            sheet.row_dimensions[row].height = height_of(text, _COVER_CHARACTERS, float(font.size or 11))
        sheet.column_dimensions["A"].width = _COVER_CHARACTERS
        _for_print(sheet)

    @staticmethod
    def _advice(forms: Sequence[Form]) -> Iterator[str]:
        yield from ("cells", "lists", "rows", "totals", "known")
        if any(form.nil_allowed for form in forms):
            yield "nil"  # on the cover alone: on a form's sheet these words would make an empty form a nil report
        yield "send"

    def _lists(self, sheet: Worksheet) -> dict[str, str]:
        """Write the names to choose from, a column per kind; return the range of each."""
        names = {"commune": [name for _, _, name in self.communes], "district": list(self.districts.values())}
        ranges = {}
        for column, (kind, values) in enumerate(names.items(), 1):
            for row, value in enumerate(values, 1):
                put(sheet.cell(row, column), value)
                sheet.cell(row, column).font = _FONT
            letter = get_column_letter(column)
            sheet.column_dimensions[letter].width = 30
            if values:
                ranges[kind] = f"'{LISTS}'!${letter}$1:${letter}${len(values)}"
        return ranges

    def _sheet(
        self,
        sheet: Worksheet,
        form: Form,
        prefill: Known,
        ranges: Mapping[str, str],
        blank_rows: int = _BLANK_ROWS,
    ) -> None:
        fields = self._fields(form)
        last = get_column_letter(len(fields))
        self._heading(sheet, form, fields, last)
        beforehand, complete = self._known_rows(form, fields)
        rows = prefill.rows or beforehand
        first = _HEADER_ROW + 1
        end = first + len(rows) + (0 if complete else blank_rows)
        looks: dict[tuple[str, bool, bool], Any] = {}
        filled: list[dict[str, Any]] = []
        for row in range(first, end):
            values = rows[row - first] if row - first < len(rows) else {}
            before = prefill.met_before[row - first] if row - first < len(prefill.met_before) else None
            computed = row_formulas(form, fields, row, values, before) if values else {}
            filled.append({**values, **{name: each.result for name, each in computed.items()}})
            for column, item in enumerate(fields, 1):
                cell = sheet.cell(row, column)
                value = row - first + 1 if item.name == "row_no" and values else values.get(item.name)
                if value is not None:
                    put(cell, value)
                is_computed = item.name in computed
                if is_computed:
                    self._put_computed(cell, computed[item.name])
                is_fixed = complete and item.name in {"row_no", *form.key[0]}
                look = item.name, is_fixed, is_computed
                if look not in looks:
                    quoted, cell.quotePrefix = cell.quotePrefix, False
                    self._style(cell, item, is_fixed=is_fixed, is_computed=is_computed)
                    looks[look], cell.quotePrefix = copy(cell._style), quoted  # noqa: SLF001 -- as openpyxl documents it
                else:
                    quoted = cell.quotePrefix
                    cell._style, cell.quotePrefix = copy(looks[look]), quoted  # noqa: SLF001 -- as above
            texts = [(values.get(item.name), column_width(item)) for item in fields]
            heights = [
                height_of(text, width, 11) for text, width in texts if isinstance(text, str) and len(text) > width / 2
            ]
            if heights and max(heights) > height_of("", 1, 11):
                sheet.row_dimensions[row].height = max(heights)
        for column, item in enumerate(fields, 1):
            area = f"{get_column_letter(column)}{first}:{get_column_letter(column)}{max(end - 1, first)}"
            if (rule := allowed_entries(item, ranges)) is not None:
                sheet.add_data_validation(rule)
                rule.add(area)
        end += self._add_totals(sheet, end, fields, total_formulas(fields, filled, first))
        self._legend(sheet, fields, prefill, end + 1, last)
        sheet.freeze_panes = sheet.cell(first, 1 + next((n for n, f in enumerate(fields, 1) if f.type == "commune"), 0))
        sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
        _protect(sheet)
        _for_print(sheet)

    def _fields(self, form: Form) -> list[Field]:
        return [
            item
            for item in form.fields
            if item.derived is None and (item.criterion is None or item.criterion in self.criterion_names)
        ]

    def _header(self, item: Field) -> str:
        if item.criterion is not None:
            return f"TC{item.criterion} {self.criterion_names[item.criterion]}"
        return item.headers[0]

    def _heading(self, sheet: Worksheet, form: Form, fields: Sequence[Field], last: str) -> None:
        year = self.period[:4]
        period = capitalise(say_period(self.period)).replace(f"/{year}", f" năm {year}")
        lines = [
            (1, self.body.upper(), _BOLD, "left"),
            (2, f"Biểu {form.number}" if form.number else "", _BOLD, "left"),
            (3, form.title.upper(), Font(name="Times New Roman", size=13, bold=True), "center"),
            (4, period, _BOLD, "center"),
            (5, say("template_unit") if any(item.type == "money" for item in fields) else "", _SMALL, "right"),
        ]
        for row, text, font, side in lines:
            if text:
                sheet.merge_cells(f"A{row}:{last}{row}")
                put(sheet.cell(row, 1), text)
                sheet.cell(row, 1).font = font
                sheet.cell(row, 1).alignment = Alignment(horizontal=side)
        for column, item in enumerate(fields, 1):
            cell = sheet.cell(_HEADER_ROW, column)
            put(cell, self._header(item))
            cell.font, cell.fill, cell.border = _BOLD, _HEADER_FILL, _BOX
            turned = 90 if item.type == "mark" else 0
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True, textRotation=turned)
            sheet.column_dimensions[get_column_letter(column)].width = column_width(item)
        sheet.row_dimensions[_HEADER_ROW].height = 130 if any(item.type == "mark" for item in fields) else 48

    def _known_rows(self, form: Form, fields: Sequence[Field]) -> tuple[list[dict[str, Any]], bool]:
        """Return the rows known beforehand, and whether they are all rows that the form can have."""
        needed = [item for item in fields if item.name in form.key[0] and item.required]
        kinds = {item.type for item in needed}
        communes = next((item.name for item in needed if item.type == "commune"), "")
        if kinds == {"commune"} and len(form.key[0]) == 1:
            return [{communes: name} for _, _, name in self.communes], True
        if kinds != {"commune", "criterion"}:
            return [], False
        number = next(item.name for item in needed if item.type == "criterion")
        district = next((item.name for item in fields if item.type == "district"), "")
        return [
            {district: self.districts.get(area), communes: name, number: criterion}
            for area, _, name in self.communes
            for criterion in self.in_charge
        ], False

    @staticmethod
    def _style(cell: Cell, item: Field, *, is_fixed: bool, is_computed: bool = False) -> None:
        cell.font, cell.border = _FONT, _BOX
        cell.number_format = FORMATS.get(item.type, "@" if item.name != "row_no" else "0")
        centred = item.type in {"mark", "tick", "date", "criterion"} or item.name == "row_no"
        cell.alignment = Alignment(horizontal="center" if centred else None, vertical="center", wrap_text=True)
        if is_fixed or is_computed:
            cell.fill = _KNOWN_FILL
        if not is_fixed:
            cell.protection = _OPEN

    def _put_computed(self, cell: Cell, computed: Computed) -> None:
        put_formula(cell, computed.formula)
        self.results[cell.parent][cell.coordinate] = computed.result

    def _add_totals(self, sheet: Worksheet, row: int, fields: Sequence[Field], totals: Mapping[str, Computed]) -> int:
        """Write the row of totals below the rows of data; return how many rows that is."""
        if not totals:
            return 0
        named = next((item for item in fields if item.name != "row_no" and item.name not in totals), None)
        for column, item in enumerate(fields, 1):
            cell = sheet.cell(row, column)
            if item.name in totals:
                self._put_computed(cell, totals[item.name])
            elif item is named:
                put(cell, say("template_total"))
            self._style(cell, item, is_fixed=False, is_computed=True)
            cell.font = _BOLD
            if item.criterion:
                cell.number_format = FORMATS["integer"]
        return 1

    def _legend(self, sheet: Worksheet, fields: Sequence[Field], prefill: Known, row: int, last: str) -> None:
        lines = list(legend_lines(fields, self._header))
        if prefill.marks_of:
            periods = ", ".join(say_period(period) for period in prefill.marks_of)
            lines.append(say("template_note_marks_of", periods=periods))
        for number, text in enumerate(lines):
            sheet.merge_cells(f"A{row + number}:{last}{row + number}")
            put(sheet.cell(row + number, 1), text)
            sheet.cell(row + number, 1).font = _SMALL
            sheet.cell(row + number, 1).alignment = Alignment(wrap_text=True, vertical="top")
            width = sum(sheet.column_dimensions[get_column_letter(c)].width for c in range(1, len(fields) + 1))
            sheet.row_dimensions[row + number].height = height_of(text, width, 10)


def _protect(sheet: Worksheet) -> None:
    """Lock the headings (no password: against slips, not against people); rows and widths stay free."""
    sheet.protection.sheet = True
    for freedom in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(sheet.protection, freedom, False)


def _for_print(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5


def _is_over(form: Form, row: Mapping[str, Any], start: date) -> bool:
    """Whether the last list itself says that the item ended: stopped, or until a day before the period."""
    ended = row.get(_ENDED)
    return any(row.get(item.name) == _STOPPED for item in form.fields if item.codes) or bool(ended and ended < start)
