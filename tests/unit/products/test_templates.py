"""Blank workbooks: what is in them, and that what comes back filled in is read without a finding."""

import datetime as dt
import io
import re
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.intake import NO_HINT, Knowledge, Reading, read_delivery
from pipelines.intake.forms import Field
from pipelines.products.templates import write_templates
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR

LISTS = read_lists(SEEDS_DIR)
A_DAY = dt.date(2015, 7, 20)
HEADER_ROW = 6


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load(LISTS, A_DAY)


def blank(folder: Path, reporter: str, period: str, connection: duckdb.DuckDBPyConnection | None = None) -> Path:
    write_templates(LISTS, A_DAY, folder, [period], {reporter}, connection)
    (path,) = (folder / reporter / period).iterdir()
    return path


def read(content: bytes, knowledge: Knowledge) -> Reading:
    return read_delivery(content, "x.xlsx", NO_HINT, knowledge)


def form_sheets(workbook: Workbook) -> list[Worksheet]:
    return [sheet for sheet in workbook.worksheets if sheet.protection.sheet]


def fill(workbook: Workbook, knowledge: Knowledge) -> int:
    """Fill in every form as a careful clerk does, whose program computes the formulas; returns the number of rows."""
    lists = workbook["Danh mục"]
    communes = [cell.value for cell in lists["A"] if cell.value]
    districts = [cell.value for cell in lists["B"] if cell.value]
    filled = 0
    for sheet, form in zip(form_sheets(workbook), forms_of(workbook, knowledge), strict=True):
        headers = [cell.value for cell in sheet[HEADER_ROW] if cell.value]
        fields = [item for item in form.fields if item.derived is None][: len(headers)]
        by_header = dict(zip(headers, _matching(form.fields, headers), strict=True))
        assert len(fields) == len(headers)
        known = sum(
            1 for (cell,) in sheet.iter_rows(HEADER_ROW + 1, sheet.max_row, 1, 1) if isinstance(cell.value, int)
        )
        for number in range(known or 3):
            row = HEADER_ROW + 1 + number
            for column, header in enumerate(headers, 1):
                cell = sheet.cell(row, column)
                if cell.value is None:
                    assert not cell.protection.locked
                    cell.value = answer(by_header[header], number, communes, districts)
            filled += 1
        compute(sheet)
    return filled


def compute(sheet: Worksheet) -> None:
    """Put what they come to in place of the formulas, as openpyxl can't."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            if change := re.fullmatch(r'=IF\((\w+)="","",\1-(\d+)\)', str(cell.value)):
                counted = sheet[change[1]].value
                cell.value = None if counted is None else counted - int(change[2])
                continue
            first, last = re.findall(r"\((\w+):(\w+)", str(cell.value))[0]
            area = sheet[f"{first}:{cell.column_letter}{cell.row - 1}" if last == "INDEX" else f"{first}:{last}"]
            values = [each.value for line in area for each in line if each.value not in (None, "")]
            count = sum(str(value).lower() == "x" for value in values)
            cell.value = (count if "COUNTIF" in str(cell.value) else sum(values)) if values else None


def forms_of(workbook: Workbook, knowledge: Knowledge) -> list[Any]:
    by_number = {form.number: form for form in knowledge.forms}
    return [by_number[sheet["A2"].value.removeprefix("Biểu ")] for sheet in form_sheets(workbook)]


def _matching(fields: tuple[Field, ...], headers: list[str]) -> list[Field]:
    plain = {item.headers[0]: item for item in fields if item.headers}
    marks = {item.criterion: item for item in fields if item.criterion}
    return [plain.get(header) or marks[int(header.split()[0].removeprefix("TC"))] for header in headers]


def answer(item: Field, number: int, communes: list[str], districts: list[str]) -> Any:
    values: dict[str, Any] = {
        "mark": "xK"[number % 2],
        "tick": ("x", "không")[number % 2],
        "integer": 1 + number % 4,
        "criterion": 1,
        "number": 12.5 + number,
        "money": 120.5 + number,
        "percent": 50,
        "date": dt.datetime(2014, 9, 1 + number % 28),
        "commune": communes[number % len(communes)],
        "district": districts[number % len(districts)] if districts else None,
        "text": f"{item.headers[0] if item.headers else item.name} số {number + 1}",
    }
    if item.code_words:
        return list(item.code_words.values())[number % len(item.code_words)]
    return values[item.type]


@pytest.mark.parametrize(
    ("reporter", "period"),
    [
        ("443", "2014-09"),
        ("443", "2014-Q3"),
        ("449", "2015-05"),
        ("436", "2019-02"),
        ("S-YT", "2014-Q3"),
        ("S-NNPTNT", "2014-Q3"),
        ("S-TC", "2014-Q4"),
        ("PTTH", "2014-09"),
        ("VPDP", "2014-09"),
        ("18685", "2026-02"),
    ],
)
def test_what_comes_back_filled_in_reads_without_a_finding(
    tmp_path: Path, knowledge: Knowledge, reporter: str, period: str
) -> None:
    workbook = load_workbook(blank(tmp_path, reporter, period))
    rows = fill(workbook, knowledge)
    file = io.BytesIO()
    workbook.save(file)
    reading = read(file.getvalue(), knowledge)
    assert [(found.rule_id, found.sheet, found.cell, found.value) for found in reading.findings] == []
    assert {(row.reporter_code, row.period, row.status) for row in reading.submissions} == {
        (reporter, period, "usable")
    }
    assert [row.form for row in reading.submissions] == [form.code for form in forms_of(workbook, knowledge)]
    assert sum(row.rows_used for row in reading.submissions) == rows


def test_a_form_that_nobody_filled_in_is_no_nil_report(tmp_path: Path, knowledge: Knowledge) -> None:
    reading = read(blank(tmp_path, "443", "2014-09").read_bytes(), knowledge)
    assert [row.form for row in reading.submissions if row.is_nil] == []
    assert {row.form for row in reading.submissions if row.reason == "F13"} == {"C01", "H01", "H02", "H03", "H04"}
    assert {found.variant for found in reading.findings} == {"", "untouched"}


def test_a_form_with_nothing_to_report_says_so_where_the_cover_tells(tmp_path: Path, knowledge: Knowledge) -> None:
    workbook = load_workbook(blank(tmp_path, "443", "2014-09"))
    assert any("Không phát sinh" in str(cell.value) for (cell,) in workbook["Hướng dẫn"].iter_rows(max_col=1))
    for sheet in form_sheets(workbook):
        if "H02" in str(sheet["A2"].value) or "02/NTM-H" in str(sheet["A2"].value):
            sheet.cell(HEADER_ROW + 1, 1).value = "Không phát sinh"
    file = io.BytesIO()
    workbook.save(file)
    assert [row.form for row in read(file.getvalue(), knowledge).submissions if row.is_nil] == ["H02"]


def test_every_commune_and_criterion_in_charge_is_there_beforehand(tmp_path: Path) -> None:
    sheets = form_sheets(load_workbook(blank(tmp_path, "S-GTVT", "2014-Q3")))
    (sheet,) = [sheet for sheet in sheets if sheet["A2"].value == "Biểu 01/NTM-S"]
    rows = [row[1:4] for row in sheet.iter_rows(HEADER_ROW + 1, values_only=True) if isinstance(row[0], int)]
    assert len(rows) == 235, "one criterion (roads), all rural communes of September 2014"
    assert rows[0][0] == "Thành phố Hà Tĩnh"
    assert {row[2] for row in rows} == {2}


def test_a_commune_that_reports_for_itself_gets_its_own_name_and_row(tmp_path: Path, knowledge: Knowledge) -> None:
    file = blank(tmp_path, "18685", "2025-08")
    sheets = form_sheets(load_workbook(file))
    assert [sheet["A2"].value for sheet in sheets] == ["Biểu 01/NTM-H", "Biểu 02/NTM-H", "Biểu 03/NTM-H"]
    assert sheets[0]["A1"].value == "UBND XÃ CẨM BÌNH"
    assert [row[1] for row in sheets[0].iter_rows(HEADER_ROW + 1, values_only=True) if row[0] == 1] == ["Xã Cẩm Bình"]
    reading = read(file.read_bytes(), knowledge)
    assert {each.reporter_code for each in reading.submissions} == {"18685"}


@pytest.mark.parametrize(
    ("reporter", "period", "criteria", "fifth"),
    [("443", "2014-09", 19, "TC5 Trường học"), ("18685", "2026-02", 10, "TC5 Văn hóa, Giáo dục, Y tế")],
)
def test_criteria_are_those_of_the_set_in_force_and_called_as_it_calls_them(
    tmp_path: Path, reporter: str, period: str, criteria: int, fifth: str
) -> None:
    sheets = form_sheets(load_workbook(blank(tmp_path, reporter, period)))
    sheet = next(each for each in sheets if each["A2"].value == "Biểu 01/NTM-H")
    headers = [cell.value for cell in sheet[HEADER_ROW] if cell.value]
    assert [header.split()[0] for header in headers if header.startswith("TC")] == [
        f"TC{n}" for n in range(1, criteria + 1)
    ]
    assert fifth in headers


def test_headings_are_locked_and_entry_cells_are_not(tmp_path: Path) -> None:
    for sheet in form_sheets(load_workbook(blank(tmp_path, "443", "2014-09"))):
        assert all(cell.protection.locked for row in sheet.iter_rows(1, HEADER_ROW) for cell in row)
        assert not sheet.cell(HEADER_ROW + 1, 4).protection.locked
        assert sheet.data_validations.dataValidation
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)


def working_file() -> duckdb.DuckDBPyConnection:
    """Last period's list of enterprises: one running, one reported as stopped, one unused, and a later correction's."""
    connection = duckdb.connect()
    connection.execute("""
        create schema landed; create schema quality;
        create table quality.submissions (
            submission_id varchar, form varchar, reporter_code varchar, period varchar, status varchar,
            received_at timestamp);
        insert into quality.submissions values
            ('old', 'H03', '443', '2014-09', 'superseded', '2014-10-01'),
            ('last', 'H03', '443', '2014-09', 'accepted', '2014-10-05'),
            ('other', 'H03', '443', '2014-11', 'accepted', '2014-12-05'),
            ('theirs', 'H03', '436', '2014-09', 'accepted', '2014-10-06');
        create table landed.h03 (
            submission_id varchar, sheet varchar, table_no integer, row_number integer, unused_reason varchar,
            row_no varchar, name varchar, kind varchar, commune_name varchar, commune_code varchar,
            commune_suggested_code varchar, registration_no varchar, founded_on date, sector varchar,
            capital_million_vnd double, members bigint, status varchar, note varchar);
    """)
    insert = """
        insert into landed.h03 values (
            ?, 'a', 1, ?, ?, '7', ?, 'cooperative', 'Thuần Thiện', null, null, '0300', date '2012-05-03', null, 1.5, 9,
            ?, null)
    """
    rows = [("last", 2, None, "HTX Hai", "active"), ("last", 1, None, "=HTX Một", "paused")]
    rows += [("last", 3, None, "HTX Ba", "stopped"), ("last", 4, "R03", "HTX Bốn", "active")]
    rows += [(submission, 1, None, "HTX Khác", "active") for submission in ("old", "other", "theirs")]
    connection.executemany(insert, rows)
    return connection


def test_last_periods_list_is_carried_on_without_what_was_stopped(tmp_path: Path, knowledge: Knowledge) -> None:
    workbook = load_workbook(blank(tmp_path, "443", "2014-10", working_file()))
    (sheet,) = [sheet for sheet in form_sheets(workbook) if sheet["A2"].value == "Biểu 03/NTM-H"]
    rows = [row for row in sheet.iter_rows(HEADER_ROW + 1, values_only=True) if isinstance(row[0], int)]
    assert [row[:6] for row in rows] == [
        (1, "=HTX Một", "HTX", "Xã Thuần Thiện", "0300", dt.datetime(2012, 5, 3)),
        (2, "HTX Hai", "HTX", "Xã Thuần Thiện", "0300", dt.datetime(2012, 5, 3)),
    ]
    assert sheet.cell(HEADER_ROW + 1, 2).data_type == "s"
    reading = read(blank(tmp_path, "443", "2014-10", working_file()).read_bytes(), knowledge)
    assert [row[-2] for row in reading.rows["H03"]] == ["paused", "active"]


def split_working_file(*lists: tuple[str, str, str, str, dt.date | None]) -> duckdb.DuckDBPyConnection:
    """Officers in charge of communes: (reporter, period, commune's code, its name then, until when)."""
    connection = duckdb.connect()
    connection.execute("""
        create schema landed; create schema quality;
        create table quality.submissions (
            submission_id varchar, form varchar, reporter_code varchar, period varchar, status varchar,
            received_at timestamp);
        create table landed.h06 (
            submission_id varchar, sheet varchar, table_no integer, row_number integer, unused_reason varchar,
            row_no varchar, commune_name varchar, commune_code varchar, commune_suggested_code varchar,
            officer_name varchar, position varchar, is_leader boolean, from_date date, to_date date, note varchar);
    """)
    for reporter, period in dict.fromkeys((row[0], row[1]) for row in lists):
        connection.execute(
            "insert into quality.submissions values (?, 'H06', ?, ?, 'accepted', '2015-04-10')",
            [f"{reporter} {period}", reporter, period],
        )
    for number, (reporter, period, code, name, until) in enumerate(lists):
        connection.execute(
            "insert into landed.h06 values (?, 'a', 1, ?, null, '1', ?, ?, null, ?, null, true, null, ?, null)",
            [f"{reporter} {period}", number, name, code, f"Cán bộ {number}", until],
        )
    return connection


@pytest.mark.parametrize(
    ("reporter", "period", "expected"),
    [
        ("447", "2015-Q1", ["Xã Kỳ Xuân 0", "Xã Kỳ Ninh 1", "Xã Kỳ Long 2"]),
        ("447", "2015-Q2", ["Xã Kỳ Xuân 0"]),
        ("449", "2015-Q2", ["Xã Kỳ Ninh 1"]),
        ("449", "2015-Q3", ["Xã Kỳ Ninh 4"]),
    ],
)
def test_a_list_follows_its_communes_through_the_split_of_a_district(
    tmp_path: Path, knowledge: Knowledge, reporter: str, period: str, expected: list[str]
) -> None:
    """Kỳ Anh town was split off in April 2015 with Kỳ Ninh and Kỳ Long, which became a ward: no officer on H06."""
    before = [("18757", "Kỳ Xuân", None), ("18781", "Kỳ Ninh", None), ("18835", "Kỳ Long", None)]
    before += [("18757", "Kỳ Xuân", dt.date(2014, 11, 30))]
    lists = [("447", "2014-Q4", *row) for row in before]
    lists += [("449", "2015-Q2", "18781", "Kỳ Ninh", None)]
    content = blank(tmp_path, reporter, period, split_working_file(*lists)).read_bytes()
    (sheet,) = [sheet for sheet in form_sheets(load_workbook(io.BytesIO(content))) if "06" in str(sheet["A2"].value)]
    rows = [row for row in sheet.iter_rows(HEADER_ROW + 1, values_only=True) if isinstance(row[0], int)]
    assert [f"{row[1]} {str(row[2]).removeprefix('Cán bộ ')}" for row in rows] == expected
    told = [(found.rule_id, found.variant) for found in read(content, knowledge).findings if found.sheet == sheet.title]
    assert told == [("F13", "untouched")]
    told = [found.rule_id for found in read(reviewed(content), knowledge).findings if found.sheet == sheet.title]
    assert told == []


def test_a_published_file_has_no_names_to_carry_on(tmp_path: Path) -> None:
    assert blank(tmp_path, "443", "2014-10", duckdb.connect()).is_file()


def test_a_workbook_that_says_the_same_is_not_written_again(tmp_path: Path) -> None:
    for written, unchanged in ((1, 0), (0, 1)):
        summary = write_templates(LISTS, A_DAY, tmp_path, ["2014-09"], {"S-YT"})
        assert (summary.written, summary.unchanged) == (written, unchanged)


def test_the_office_s_own_calendar_decides_what_is_handed_out(tmp_path: Path) -> None:
    """A blank behind the form's code used to end in a traceback; a form that there is not is refused before."""
    office, out = tmp_path / "reference", tmp_path / "templates"
    office.mkdir()
    rows = ["H01 ,district,all,month,5,2014-09-01,2014-09-30", " V01,media,BHT,month,5,2014-09-01,"]
    header = "form,reporter_type,reporters,frequency,due_days_after_period_end,valid_from,valid_to"
    (office / "reporting_calendar.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    (office / "reporting_routes.csv").write_text("form,reporter_type\nV01,media\n", encoding="utf-8")
    lists = read_lists(SEEDS_DIR, office)
    assert write_templates(lists, A_DAY, out, ["2014-09"], {"443", "BHT"}).written == 2
    sheets = {path.parts[-3]: load_workbook(path).sheetnames for path in out.rglob("*.xlsx")}
    assert "Biểu 01-NTM-H" not in sheets["443"]
    assert "Biểu 02-NTM-H" in sheets["443"]
    assert any(name.startswith("Biểu 01-NTM-V") for name in sheets["BHT"]), sheets["BHT"]


MARKS = tuple(f"criterion_{n}" for n in range(1, 20))


def known_world(knowledge: Knowledge, *reports: tuple[str, str, str, int]) -> duckdb.DuckDBPyConnection:
    """What H01 said before: (reporter, period, commune's code, how many of the 19 criteria are met), and tasks of four owners."""
    connection = duckdb.connect()
    columns = ", ".join(f"{name} {kind}" for name, kind in knowledge.forms["H01"].columns)
    connection.execute(f"""
        create schema landed; create schema quality; create schema marts;
        create table quality.submissions (
            submission_id varchar, form varchar, reporter_code varchar, period varchar, status varchar,
            received_at timestamp);
        create table landed.h01 ({columns});
        create table marts.fct_tasks (
            task_code varchar, task varchar, document_no varchar, issued_on date, owner_code varchar, period varchar,
            is_done boolean, reported_month date);
        insert into marts.fct_tasks values
            ('T1', 'Xong từ trước', '1/UBND', '2015-01-05', '443', null, true, '2015-03-01'),
            ('T2', 'Chưa xong', '1/UBND', '2015-01-05', '443', null, false, '2015-05-01'),
            ('T3', 'Xong trong kỳ', '2/UBND', '2015-02-05', '443', null, true, '2015-06-01'),
            ('T4', 'Hàng tháng', '2/UBND', '2015-02-05', '443', '2015-05', true, '2015-05-01'),
            ('T5', 'Hàng quý, quý này đã xong', '2/UBND', '2015-02-05', '443', '2015-Q2', true, '2015-05-01'),
            ('T6', 'Giao sau kỳ', '3/UBND', '2015-07-02', '443', null, false, null),
            ('T7', '=Của huyện khác', '1/UBND', '2015-01-05', '436', null, false, null),
            ('T8', 'Của sở', '1/UBND', '2015-01-05', 'S-YT', null, false, null);
    """)
    for reporter, period in dict.fromkeys((reporter, period) for reporter, period, _, _ in reports):
        row = [f"{reporter} {period}", "H01", reporter, period, "accepted", "2015-07-01"]
        connection.execute("insert into quality.submissions values (?, ?, ?, ?, ?, ?)", row)
    for number, (reporter, period, code, met) in enumerate(reports):
        marks = {name: "met" if n < met else "not_met" for n, name in enumerate(MARKS)}
        row = {"submission_id": f"{reporter} {period}", "sheet": "a", "table_no": 1, "row_number": number}
        row |= {"commune_code": code, "commune_name": "x", **marks}
        names, places = ", ".join(row), ", ".join("?" * len(row))
        connection.execute(f"insert into landed.h01 ({names}) values ({places})", list(row.values()))
    return connection


def sheet_of(content: bytes, number: str) -> Worksheet:
    workbook = load_workbook(io.BytesIO(content))
    return next(sheet for sheet in form_sheets(workbook) if sheet["A2"].value == f"Biểu {number}")


def reviewed(content: bytes) -> bytes:
    """Return the workbook as a clerk sends it who found nothing to change; the totals typed over the formulas."""
    workbook = load_workbook(io.BytesIO(content))
    for sheet in form_sheets(workbook):
        compute(sheet)
        notes = [cell for cell in sheet[HEADER_ROW] if cell.value == "Ghi chú"]
        sheet.cell(HEADER_ROW + 1, notes[0].column).value = "Đã rà soát"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


CAN_LOC = [("443", "2015-05", "18415", 12), ("443", "2015-05", "18418", 0)]


def test_the_tasks_that_are_open_stand_on_the_form_of_tasks_of_their_owner_alone(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    """A report on June says nothing of what was done by May; a task done within June stands there if the form is sent again."""
    content = blank(tmp_path, "443", "2015-06", known_world(knowledge)).read_bytes()
    rows = [row[1:5] for row in sheet_of(content, "01/NTM-C").iter_rows(HEADER_ROW + 1, values_only=True)]
    assert [row for row in rows if row[1]] == [
        ("T2", "Chưa xong", "1/UBND", None),
        ("T3", "Xong trong kỳ", "2/UBND", None),
        ("T4", "Hàng tháng", "2/UBND", None),
    ]


def marks_of(content: bytes) -> dict[str, str]:
    """The marks on form 01/NTM-H by commune."""
    sheet = sheet_of(content, "01/NTM-H")
    columns = [cell.column for cell in sheet[HEADER_ROW] if str(cell.value).startswith("TC")]
    return {
        str(row[1].value): "".join(str(row[column - 1].value or "") for column in columns)
        for row in sheet.iter_rows(HEADER_ROW + 1)
        if isinstance(row[0].value, int)
    }


def test_the_marks_last_reported_stand_on_the_form_of_criteria(tmp_path: Path, knowledge: Knowledge) -> None:
    content = blank(tmp_path, "443", "2015-06", known_world(knowledge, *CAN_LOC)).read_bytes()
    marks = marks_of(content)
    assert (marks["Xã Thiên Lộc"], marks["Xã Thuần Thiện"]) == ("x" * 12 + "K" * 7, "K" * 19)
    assert {mark for name, mark in marks.items() if name not in {"Xã Thiên Lộc", "Xã Thuần Thiện"}} == {""}
    texts = [cell.value for (cell,) in sheet_of(content, "01/NTM-H").iter_rows(max_col=1)]
    assert "Ghi chú: các dấu ghi sẵn lấy từ báo cáo tháng 5/2015; sửa ô nào đã thay đổi." in texts


@pytest.mark.parametrize(
    ("reporter", "period", "last", "commune", "expected"),
    [
        (
            "449",
            "2015-04",
            ("447", "2015-03", "18781", 5),
            "Xã Kỳ Ninh",
            "x" * 5 + "K" * 14,
        ),  # came with its district's split
        ("442", "2020-01", ("442", "2019-12", "18103", 5), None, ""),  # Xã Thạch Môn merged into what has its code
        ("18685", "2026-01", ("18685", "2025-12", "18685", 5), "Xã Cẩm Bình", ""),  # another criteria set
        ("443", "2015-06", ("443", "2015-06", "18415", 5), "Xã Thiên Lộc", ""),  # what was sent for this very month
    ],
)
def test_marks_are_of_an_earlier_report_on_the_same_commune_and_set(
    tmp_path: Path,
    knowledge: Knowledge,
    reporter: str,
    period: str,
    last: tuple[str, str, str, int],
    commune: str | None,
    expected: str,
) -> None:
    marks = marks_of(blank(tmp_path, reporter, period, known_world(knowledge, last)).read_bytes())
    assert marks
    assert marks[commune] == expected if commune else set(marks.values()) == {""}


def test_a_change_is_counted_from_the_report_right_before_alone(tmp_path: Path, knowledge: Knowledge) -> None:
    world = known_world(knowledge, *CAN_LOC)
    for period, expected in (("2015-06", '=IF(V7="","",V7-12)'), ("2015-07", None)):
        sheet = sheet_of(blank(tmp_path, "443", period, world).read_bytes(), "01/NTM-H")
        assert sheet["B7"].value == "Xã Thiên Lộc"
        assert sheet["W7"].value == expected


def test_what_was_handed_out_reads_exactly_and_is_no_report_until_somebody_has_reviewed_it(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    content = blank(tmp_path, "443", "2015-06", known_world(knowledge, *CAN_LOC)).read_bytes()
    reading = read(content, knowledge)
    assert {(found.rule_id, found.variant) for found in reading.findings} == {("F13", ""), ("F13", "untouched")}
    assert {row.status for row in reading.submissions} == {"rejected"}
    totals = {total.field: (total.stated, total.computed) for total in reading.totals}
    assert totals["criterion_1"] == (1, 1)
    assert totals["criteria_met_stated"] == (12, 12)
    assert totals["change_stated"] == (0, 0)
    department = blank(tmp_path, "S-YT", "2015-06", known_world(knowledge)).read_bytes()
    (submission,) = read(department, knowledge).submissions
    assert (submission.form, submission.status, submission.sheets) == ("C01", "rejected", "Biểu 01-NTM-C")
    reading = read(reviewed(content), knowledge)
    usable = {row.form: row.rows_used for row in reading.submissions if row.status == "usable"}
    assert (usable["H01"], usable["C01"]) == (22, 3)
    told = {found.rule_id for found in reading.findings if found.variant != "untouched"}
    assert told == {"E02"}, "marks and states of tasks that nobody filled in"


@pytest.mark.starts("soffice")
def test_a_spreadsheet_program_computes_what_stands_beside_the_formulas(tmp_path: Path, knowledge: Knowledge) -> None:
    handed_out = blank(tmp_path, "443", "2015-06", known_world(knowledge, *CAN_LOC))
    loose = tmp_path / "loose" / "a.xlsx"
    loose.parent.mkdir()
    load_workbook(handed_out).save(loose)  # without what the formulas come to
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    to_xlsx = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(loose)]
    subprocess.run(to_xlsx, check=True, capture_output=True, timeout=120)
    computed = load_workbook(tmp_path / "a.xlsx", data_only=True)
    for sheet in form_sheets(load_workbook(handed_out, data_only=True)):
        formulas = [
            cell for row in load_workbook(handed_out)[sheet.title].iter_rows() for cell in row if cell.data_type == "f"
        ]
        of = {cell.coordinate: computed[sheet.title][cell.coordinate].value or "" for cell in formulas}
        assert of == {cell.coordinate: sheet[cell.coordinate].value or "" for cell in formulas}
    reading = read((tmp_path / "a.xlsx").read_bytes(), knowledge)
    assert {found.variant for found in reading.findings} == {"", "untouched"}
