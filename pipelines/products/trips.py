"""The month's inspection plan as workbooks to take along: one per trip, with a check form filled in as far as it is known.

Here: which rows of the plan make a trip (a month and a reporting unit), what stands beforehand in the check form, the sheet
that says where to go and why. Also one workbook for the whole month, a sheet per trip: it is the one to send in, since of
several reports for one month the last stands. The form is laid out as every blank form is (templates.py).
Not here: what is to be inspected (the mart `inspection_plan` says), and what becomes of the results.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.files import replace_file
from pipelines.intake import Knowledge
from pipelines.intake.forms import Form
from pipelines.products.templates import TemplateSummary, add_form_sheet
from pipelines.products.workbooks import SUFFIX, height_of, packed, put, safe_name
from pipelines.reference.calendar import Calendar
from pipelines.reference.lists import Lists
from pipelines.warehouse.rows import fetch_dicts
from pipelines.wording import say, say_day, say_period

COVER = "Kế hoạch"
SPARE_ROWS = 3
_ROOM_FOR_A_PEN = 34.0
_TAB_CHARACTERS = 31  # Excel's limit
_COVER_CHARACTERS = 78  # narrower than an A4 page, whatever stands in for the font that widths are counted in
_FONT = "Times New Roman"
_RESULT = {"inspected_on", "item_kind", "item", "is_confirmed"}
"""The form of these fields is the check form."""


def _valid(table: str, day: str) -> str:
    """The condition that a row of a dimension holds on a day; an open end is NULL."""
    return f"{day} >= coalesce({table}.valid_from, {day}) and {day} < coalesce({table}.valid_to, {day} + 1)"


_PLAN = """
    select
        plan.*,
        units.reporter_name as unit_name,
        -- read back at the end of the month of the trip, when a commune may have another name or district
        concat_ws(
            ', ',
            coalesce(communes.commune_name, plan.commune_name),
            coalesce(communes.district_name, case when plan.unit_code <> plan.commune_code then units.reporter_name end)
        ) as place,
        coalesce(listed.item_as_listed, plan.item) as item_as_listed,
        listed.person,
        criteria.criterion_name
    from marts.inspection_plan as plan
    inner join intermediate.int_calendar_months as months
        on plan.month = months.month
    left join marts.dim_reporters as units
        on plan.unit_code = units.reporter_code and {known_then}
    left join marts.dim_communes as communes
        on plan.commune_code = communes.commune_code and {known_later}
    left join intermediate.int_known_items as listed
        on
            listed.known_month = plan.month - interval 1 month
            and plan.commune_code = listed.commune_code
            and plan.item_kind = listed.item_kind
            and plan.item_id = listed.item_id
    left join marts.dim_criteria as criteria
        on
            plan.item_kind = 'criterion'
            and plan.item = cast(criteria.criterion_no as varchar)
            and criteria.is_commune_set
            and {criteria_then}
    where plan.month = $month
    order by plan.unit_code, plan.draw_no, plan.commune_code, plan.item_no
""".format(
    known_then=_valid("units", "plan.known_until_on"),
    known_later=_valid("communes", "months.month_end"),
    criteria_then=_valid("criteria", "plan.known_until_on"),
)


class NoPlanError(Exception):
    """There is no plan for the month asked for; the message says for which there is one."""


@dataclass(frozen=True)
class Trip:
    """What is to be inspected in one district, or one commune that reports for itself: `items` are rows of the plan."""

    unit: str
    items: Sequence[Mapping[str, Any]]


def planned_trips(working: duckdb.DuckDBPyConnection, month: date | None) -> tuple[date, list[Trip]]:
    """Return the month (None: the newest one planned) and its trips, from a working file.

    Raises NoPlanError for a month without a plan, duckdb.Error for a file that is not built.
    """
    first, last = working.execute("select min(month), max(month) from marts.inspection_plan").fetchone() or (None, None)
    month = month or last
    items = fetch_dicts(working.execute(_PLAN, {"month": month})) if month else []
    if month is None or not items:
        planned = f"{first:%Y-%m} … {last:%Y-%m}" if first else "chưa có kế hoạch · none"
        asked = f"{month:%Y-%m}: " if month else ""
        raise NoPlanError(f"{asked}không có kế hoạch kiểm tra · no inspection plan; có · there is: {planned}")
    by_unit = groupby(items, key=lambda item: str(item["unit_name"]))
    return month, [Trip(unit, list(rows)) for unit, rows in by_unit]


def write_trips(
    working: duckdb.DuckDBPyConnection, lists: Lists, on: date, folder: Path, month: date | None
) -> TemplateSummary:
    """Write `<folder>/<month>/Kiểm tra thực tế - <unit> - <month>.xlsx` for each trip, and one of the whole month.

    A workbook that is there and says the same is left alone. `on`: the as-of day. Raises what `planned_trips` raises, and
    OSError.
    """
    month, trips = planned_trips(working, month)
    knowledge, calendar = Knowledge.load(lists, on), Calendar(lists)
    period = f"{month:%Y-%m}"
    office = lists.office(calendar.periods.end(period)).reporter_code  # whether it owes such a report or not
    books = {f"Kiểm tra thực tế - {trip.unit} - {period}": [trip] for trip in trips}
    books[f"Tổng hợp kiểm tra thực tế - {period}"] = trips
    summary = TemplateSummary()
    for name, covered in books.items():
        workbook = _workbook(covered, office, period, knowledge, calendar)
        path, content = folder / period / f"{safe_name(name, 'kiem-tra')}{SUFFIX}", packed(workbook, {})
        if path.is_file() and path.read_bytes() == content:
            summary.unchanged += 1
        else:
            replace_file(path, content)
            summary.written += 1
    return summary


def _workbook(trips: Sequence[Trip], office: str, period: str, knowledge: Knowledge, calendar: Calendar) -> Workbook:
    workbook = Workbook()
    cover = workbook.worksheets[0]
    cover.title = COVER
    _cover(cover, trips, period)
    form = next(form for form in knowledge.forms if form.by_name.keys() >= _RESULT)
    for trip in trips:
        rows = [_row(form, item) for item in trip.items]
        sheet = add_form_sheet(
            workbook,
            trip.unit[:_TAB_CHARACTERS],
            form,
            rows,
            reporter_code=office,
            period=period,
            knowledge=knowledge,
            calendar=calendar,
            blank_rows=SPARE_ROWS,
            row_height=_ROOM_FOR_A_PEN,
        )
        _signatures(sheet)
    return workbook


def _row(form: Form, item: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in a row beforehand; the day, what was found and the conclusion are for the inspector."""
    words = form.by_name["item_kind"].code_words or {}
    person = say("plan_owner", name=item["person"]) if item["person"] else None
    new = say("plan_new_model") if item["is_new_model"] else None
    return {
        "commune": item["place"],
        "item_kind": words[item["item_kind"]],
        "item": item["item_as_listed"],
        "reported_value": item["reported_value"] or say("plan_no_value"),
        "note": "; ".join(text for text in (item["criterion_name"], person, new) if text) or None,
    }


def _cover(sheet: Worksheet, trips: Sequence[Trip], period: str) -> None:
    newest = trips[0].items[0]
    where = trips[0].unit if len(trips) == 1 else say("plan_places", count=len(trips))
    lines: list[tuple[str, Font]] = [
        (say("plan_title"), Font(name=_FONT, size=14, bold=True)),
        (f"{where} – {say_period(period)}", Font(name=_FONT, size=12, bold=True)),
        (say("plan_as_of", day=say_day(newest["known_until_on"])), Font(name=_FONT, size=11)),
    ]
    for trip in trips:
        if len(trips) > 1:
            lines.append((trip.unit, Font(name=_FONT, size=11, bold=True)))
        lines += [(line, Font(name=_FONT, size=11)) for line in _reasons(trip.items)]
    lines.append((say("plan_how"), Font(name=_FONT, size=12, bold=True)))
    lines += [(f"• {say(f'plan_how_{what}')}", Font(name=_FONT, size=11)) for what in ("result", "rows", "send")]
    for row, (text, font) in enumerate(lines, 1):
        put(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = font
        sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = height_of(text, _COVER_CHARACTERS, float(font.size or 11))
    sheet.column_dimensions["A"].width = _COVER_CHARACTERS
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _reasons(items: Iterable[Mapping[str, Any]]) -> list[str]:
    """A line per commune: why it is visited, and how many items."""
    lines = []
    for number, (name, rows) in enumerate(groupby(items, key=lambda item: str(item["commune_name"])), 1):
        planned = list(rows)
        reason = planned[0]["reason_vi"]
        lines.append(say("plan_visit", number=number, commune=name, count=len(planned), reason=reason))
    return lines


def _signatures(sheet: Worksheet) -> None:
    """Where the commune and the inspectors sign, below everything that is read."""
    row = sheet.max_row + 2
    for column, text in ((2, say("plan_signed_commune")), (7, say("plan_signed_inspectors"))):
        put(sheet.cell(row, column), text)
        sheet.cell(row, column).font = Font(name=_FONT, size=11, italic=True)
    sheet.row_dimensions[row].height = 70
    for column in (2, 7):
        sheet.cell(row, column).alignment = Alignment(vertical="top")
