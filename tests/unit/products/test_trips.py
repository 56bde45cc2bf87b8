"""Workbooks of inspection trips: what stands in them beforehand, and that what comes back filled in reads without a finding."""

import datetime as dt
import io
from pathlib import Path

import duckdb
import pytest
from openpyxl import Workbook, load_workbook

from pipelines.intake import NO_HINT, Knowledge, read_delivery
from pipelines.products import commands
from pipelines.products.trips import NoPlanError, planned_trips, write_trips
from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import LISTS as LISTS_OF_ALL
from pipelines.reference.models import ReportingRule
from pipelines.settings import SEEDS_DIR, Settings
from tests.shared import mark_as_published

HEADER_ROW = 6
LISTS = read_lists(SEEDS_DIR)
APRIL = dt.date(2015, 4, 1)
PLAN = """
    (date '2015-04-01', '18406', 'Xã Thuần Thiện', '443', 2, 'risk', 'Rủi ro: xã yếu', date '2015-03-31', 1, 'model', '•••',
        'm1', 'đang hoạt động', true),
    (date '2015-04-01', '18406', 'Xã Thuần Thiện', '443', 2, 'risk', 'Rủi ro: xã yếu', date '2015-03-31', 2, 'criterion', '13',
        null, null, false),
    (date '2015-04-01', '18781', 'Xã Kỳ Ninh', '447', 1, 'random', 'Chọn ngẫu nhiên', date '2015-03-31', 1, 'criterion', '2',
        null, 'Đạt', false),
    (date '2015-05-01', '18781', 'Xã Kỳ Ninh', '449', 1, 'random', 'Chọn ngẫu nhiên', date '2015-04-30', 1, 'criterion', '3',
        null, 'Đạt', false),
    (date '2025-09-01', '18685', 'Xã Cẩm Bình', '18685', 1, 'random', 'Chọn ngẫu nhiên', date '2025-08-31', 1, 'criterion', '3',
        null, 'Đạt', false)
"""


@pytest.fixture
def working(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    """A built file with two months planned; Kỳ Ninh went from one district to another on 10 April 2015."""
    connected = duckdb.connect(str(tmp_path / "working.duckdb"))
    connected.execute(
        f"""
        create schema marts; create schema intermediate;
        create table intermediate.int_calendar_months as
            select month, last_day(month) as month_end
            from (select unnest(generate_series(date '2014-01-01', date '2026-12-01', interval 1 month))::date as month);
        create table marts.inspection_plan (
            month date, commune_code varchar, commune_name varchar, unit_code varchar, draw_no integer, part varchar,
            reason_vi varchar, known_until_on date, item_no integer, item_kind varchar, item varchar, item_id varchar,
            reported_value varchar, is_new_model boolean);
        insert into marts.inspection_plan values {PLAN};
        create table marts.dim_reporters (reporter_code varchar, valid_from date, valid_to date, reporter_name varchar);
        insert into marts.dim_reporters values
            ('18685', date '2025-07-01', null, 'Xã Cẩm Bình'),
            ('443', null, null, 'Huyện Can Lộc'), ('447', null, null, 'Huyện Kỳ Anh'),
            ('449', date '2015-04-10', null, 'Thị xã Kỳ Anh');
        create table marts.dim_communes (
            commune_code varchar, valid_from date, valid_to date, commune_name varchar, district_name varchar);
        insert into marts.dim_communes values
            ('18406', null, null, 'Xã Thuần Thiện', 'Huyện Can Lộc'),
            ('18781', null, date '2015-04-10', 'Xã Kỳ Ninh', 'Huyện Kỳ Anh'),
            ('18781', date '2015-04-10', null, 'Xã Kỳ Ninh', 'Thị xã Kỳ Anh'),
            ('18685', date '2025-07-01', null, 'Xã Cẩm Bình', null);
        create table marts.dim_criteria (
            criterion_no integer, criterion_name varchar, is_commune_set boolean, valid_from date, valid_to date);
        insert into marts.dim_criteria values
            (2, 'Giao thông', true, date '2009-04-16', null), (13, 'Hình thức tổ chức sản xuất', true, null, null),
            (2, 'Cũ', true, null, date '2009-04-16');
        create table intermediate.int_known_items (
            known_month date, commune_code varchar, item_kind varchar, item_id varchar, item_as_listed varchar,
            person varchar);
        insert into intermediate.int_known_items values
            (date '2015-03-01', '18406', 'model', 'm1', 'Nuôi bò Trần Thị Lan', 'Trần Thị Lan'),
            (date '2015-02-01', '18406', 'model', 'm1', 'tên cũ', 'Trần Thị Lan');
        """
    )
    return connected


def written(working: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Workbook]:
    write_trips(working, LISTS, APRIL, folder, APRIL)
    return {path.stem: load_workbook(path) for path in sorted((folder / "2015-04").iterdir())}


def values(workbook: Workbook, tab: int = 1) -> list[tuple[object, ...]]:
    rows = workbook.worksheets[tab].iter_rows(HEADER_ROW + 1, values_only=True)
    return [row[1:] for row in rows if isinstance(row[0], int)]


def test_a_trip_is_a_district_and_the_month_has_a_workbook_of_all(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    books = written(working, tmp_path)
    assert list(books) == [
        "Kiểm tra thực tế - Huyện Can Lộc - 2015-04",
        "Kiểm tra thực tế - Huyện Kỳ Anh - 2015-04",
        "Tổng hợp kiểm tra thực tế - 2015-04",
    ]
    can_loc, ky_anh, all_of_them = books.values()
    place, blank = "Xã Thuần Thiện, Huyện Can Lộc", (None, None, None)
    assert values(can_loc) == [
        (None, place, "mô hình", "Nuôi bò Trần Thị Lan", "đang hoạt động", *blank, "chủ: Trần Thị Lan; mới hình thành"),
        (None, place, "tiêu chí", "13", "không có số liệu", *blank, "Hình thức tổ chức sản xuất"),
    ]
    # planned in one district, read back in the other
    assert values(ky_anh)[0][1] == "Xã Kỳ Ninh, Thị xã Kỳ Anh"
    assert [values(all_of_them, tab) for tab in (1, 2)] == [values(can_loc), values(ky_anh)]
    cover = [str(cell.value) for (cell,) in can_loc.worksheets[0].iter_rows(max_col=1)]
    assert "1. Xã Thuần Thiện (2 nội dung): Rủi ro: xã yếu." in cover


def filled_in(workbook: Workbook, day: dt.datetime) -> tuple[bytes, int]:
    """What an inspector sends back: every row with its day and a conclusion; and how many rows."""
    rows = 0
    for tab, sheet in enumerate(workbook.worksheets[1:], 1):
        column = {cell.value: cell.column for cell in sheet[HEADER_ROW]}
        for number in range(len(values(workbook, tab))):
            sheet.cell(HEADER_ROW + 1 + number, column["Ngày kiểm tra"]).value = day
            sheet.cell(HEADER_ROW + 1 + number, column["Kết luận"]).value = ("đúng", "sai")[number % 2]
            rows += 1
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue(), rows


def test_what_comes_back_filled_in_reads_without_a_finding(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    knowledge = Knowledge.load(LISTS, APRIL)
    for workbook in written(working, tmp_path).values():
        content, rows = filled_in(workbook, dt.datetime(2015, 4, 20))
        reading = read_delivery(content, "x.xlsx", NO_HINT, knowledge)
        assert [(found.rule_id, found.sheet, found.cell, found.value) for found in reading.findings] == []
        (submission,) = reading.submissions
        assert (submission.reporter_code, submission.period, submission.rows_used) == ("VPDP", "2015-04", rows)


def test_trips_are_written_where_nobody_owes_their_results(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rules = [row for row in LISTS[ReportingRule] if row.form != "V01"]
    lists = Lists({model: LISTS[model] for model in LISTS_OF_ALL} | {ReportingRule: rules})
    assert write_trips(working, lists, APRIL, tmp_path, dt.date(2025, 9, 1)).written == 2
    (trip, _) = sorted((tmp_path / "2025-09").iterdir())
    content, _ = filled_in(load_workbook(trip), dt.datetime(2025, 9, 3))
    reading = read_delivery(content, "x.xlsx", NO_HINT, Knowledge.load(lists, APRIL))
    assert [(each.reporter_code, each.period) for each in reading.submissions] == [("VPDP", "2025-09")]


def test_every_sheet_is_an_a4_page_wide(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for workbook in written(working, tmp_path).values():
        for sheet in workbook.worksheets:
            setup = sheet.page_setup
            assert (setup.paperSize, setup.fitToWidth, setup.fitToHeight) == (int(sheet.PAPERSIZE_A4), 1, 0)


def test_trips_that_say_the_same_are_not_written_again(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for expected in ((3, 0), (0, 3)):
        summary = write_trips(working, LISTS, APRIL, tmp_path, APRIL)
        assert (summary.written, summary.unchanged) == expected


def test_without_a_month_the_newest_plan_is_taken(working: duckdb.DuckDBPyConnection) -> None:
    month, trips = planned_trips(working, None)
    assert (month, [trip.unit for trip in trips]) == (dt.date(2025, 9, 1), ["Xã Cẩm Bình"])


def test_a_commune_that_reports_for_itself_is_a_trip_of_its_own(working: duckdb.DuckDBPyConnection) -> None:
    _, (trip,) = planned_trips(working, dt.date(2025, 9, 1))
    assert [item["place"] for item in trip.items] == ["Xã Cẩm Bình"]


def test_a_month_without_a_plan_says_for_which_there_is_one(working: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(NoPlanError, match=r"2014-01: .* there is: 2015-04 … 2025-09"):
        planned_trips(working, dt.date(2014, 1, 1))


@pytest.mark.parametrize(
    ("month", "code", "said"), [("tháng 4", 1, "use YYYY-MM"), ("2014-01", 1, "there is"), ("2015-04", 0, "3 mới")]
)
def test_the_command_ends_with_one_line(
    working: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    month: str,
    code: int,
    said: str,
) -> None:
    mark_as_published(working)
    working.close()
    settings = Settings(raw_dir=tmp_path, home=tmp_path, as_of=dt.date(2015, 7, 20))
    settings.working_file.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "working.duckdb").rename(settings.working_file)
    assert commands.make_trips(settings, month) == code
    printed = capsys.readouterr()
    assert said in printed.out + printed.err
    assert (printed.out + printed.err).count("\n") == 1
