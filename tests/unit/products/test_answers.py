"""The workbook of what waits for the Office: ticked and sent in, it is the Office's own register of explanations."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook

from pipelines.products.answers import FILE, write_answers
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR
from tests.unit.intake.workbooks import found, read, rows_of

A_DAY = dt.date(2015, 7, 20)
TABLES = """
create schema intermediate; create schema quality; create schema marts;
create table marts.dim_reporters as
select '443' as reporter_code, null::date as valid_from, null::date as valid_to, 'Huyện Can Lộc' as reporter_name;
create table marts.dim_months (month date, month_end date);
create table quality.obligations (period varchar, month date);
create table intermediate.int_answered_findings (
    finding_id varchar, answer varchar, reporter_code varchar, state varchar, answered_at timestamp);
create table intermediate.int_finding_words (finding_id varchar, own_message_vi varchar);
create table intermediate.int_messages (submission_id varchar, message_key varchar, exchanged_at timestamp, note varchar);
create table quality.findings (
    finding_id varchar, form varchar, period varchar, file varchar, sheet varchar, cell varchar, rule_id varchar,
    message_vi varchar, state varchar, submission_id varchar);
create table quality.deliveries (delivery_id varchar, path varchar);
create table quality.submissions (
    submission_id varchar, delivery_id varchar, reporter_code varchar, form varchar, period varchar, received_at timestamp);
"""
WAITING = "4d4ed2bb43280bc3"
FIRST_ROW = 6
COLUMNS = {"Giải trình": 5, "Chấp nhận": 6, "Mã phát hiện": 9}


@pytest.fixture
def working() -> duckdb.DuckDBPyConnection:
    connected = duckdb.connect()
    connected.execute(TABLES)
    return connected


def answer(working: duckdb.DuckDBPyConnection, finding_id: str, text: str, **more: Any) -> None:
    about = {"state": "waiting", "finding_state": "open", "own": None} | more
    working.execute(
        "insert into intermediate.int_answered_findings values (?, ?, '443', ?, '2015-02-01')",
        [finding_id, text, about["state"]],
    )
    working.execute("insert into intermediate.int_finding_words values (?, ?)", [finding_id, about["own"]])
    working.execute(
        "insert into quality.findings values (?, 'H01', '2014-09', '2014-09/a.xlsx', 'B01', 'D11', 'K01', '••• thiếu', ?, null)",
        [finding_id, about["finding_state"]],
    )


def hold(working: duckdb.DuckDBPyConnection, submission_id: str, path: str, state: str = "open") -> None:
    """A held report, or one that was held and asks no more."""
    working.execute("insert into quality.deliveries values (?, ?)", [f"of {submission_id}", path])
    working.execute(
        "insert into quality.submissions values (?, ?, '443', 'H07', '2014-Q3', '2014-10-08 01:00')",
        [submission_id, f"of {submission_id}"],
    )
    working.execute(
        "insert into quality.findings values (?, 'H07', '2014-Q3', null, null, null, 'F15', 'Biểu H07 tạm giữ.', ?, ?)",
        [f"f{submission_id}", state, submission_id],
    )


def ticked(file: Path, ticks: list[str | None], sheet: str = "Sổ giải trình") -> bytes:
    """The workbook as somebody saves it who ticks the rows of one sheet, and does nothing else."""
    book = load_workbook(file)
    for row, tick in enumerate(ticks, FIRST_ROW):
        book[sheet].cell(row, COLUMNS["Chấp nhận"]).value = tick
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_what_is_ticked_comes_back_as_the_offices_own_decision(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for finding_id, text in ((WAITING, "Đúng như đã báo cáo"), ("b" * 16, "=1+1"), ("c" * 16, "Ông Lê An nhập nhầm")):
        answer(working, finding_id, text)
    summary = write_answers(working, read_lists(SEEDS_DIR), A_DAY, tmp_path)
    assert (summary.answers, summary.file) == (3, tmp_path / FILE)
    how = load_workbook(tmp_path / FILE).worksheets[0]["A3"].value
    assert str(how).startswith("Cách làm: ở cột Chấp nhận ghi x nếu chấp nhận, ghi không nếu không chấp nhận")
    reading = read(ticked(tmp_path / FILE, ["x", "không", None]), FILE)
    (submission,) = reading.submissions
    assert (submission.form, submission.sheet_reporter_code, submission.path_reporter_code, submission.status) == (
        "V04",
        "VPDP",
        None,
        "usable",
    )
    assert found(reading) == []
    assert [(row["finding_id"], row["explanation"], row["is_accepted"]) for row in rows_of(reading, "V04")] == [
        (WAITING, "Đúng như đã báo cáo", True),
        ("b" * 16, "=1+1", False),
        ("c" * 16, "Ông Lê An nhập nhầm", None),
    ]


def test_held_reports_come_back_as_decisions_of_the_office(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    for submission_id, path in (("a" * 16, "2014-10/nợ.xlsx"), ("b" * 16, "x.xlsx"), ("c" * 16, "y"), ("d" * 16, "z")):
        hold(working, submission_id, path)
    hold(working, "e" * 16, "passed over.xlsx", "cured")
    answer(working, WAITING, "Đúng")
    working.execute(
        "insert into intermediate.int_messages values ($1, 'b', '2014-10-09 01:00', 'Do Lê An nhập thiếu'),"
        " ($1, 'a', '2014-10-08 01:00', 'Gửi thay bản cũ'), ($1, 'c', '2014-10-10 01:00', null)",
        ["a" * 16],
    )
    summary = write_answers(working, read_lists(SEEDS_DIR), A_DAY, tmp_path)
    assert (summary.answers, summary.held) == (1, 4)
    reasons = [load_workbook(tmp_path / FILE)["Sổ quyết định"].cell(row, 5).value for row in (FIRST_ROW, FIRST_ROW + 1)]
    assert [reason.split("\n") for reason in map(str, reasons)] == [
        [
            "Biểu H07 tạm giữ.",
            "Đơn vị gửi viết trong thư lúc 08:00 ngày 08/10/2014: “Gửi thay bản cũ”",
            "Đơn vị gửi viết trong thư lúc 08:00 ngày 09/10/2014: “Do Lê An nhập thiếu”",
        ],
        ["Biểu H07 tạm giữ."],
    ], "names and all: it is for the Office alone"
    sheet = load_workbook(tmp_path / FILE)["Sổ quyết định"]
    ticks = ["tiếp nhận", "không tiếp nhận", "để ngoài", None]
    assert [rule.formula1 for rule in sheet.data_validations.dataValidation] == ['"tiếp nhận,không tiếp nhận,để ngoài"']
    assert str(sheet["A3"].value).startswith(
        "Cách làm: ở cột Quyết định chọn tiếp nhận (thay báo cáo trước), không tiếp nhận, hoặc để ngoài (không dùng cả tệp)"
    )
    reading = read(ticked(tmp_path / FILE, ticks, "Sổ quyết định"), FILE)
    assert found(reading) == []
    assert [(item.form, item.sheet_reporter_code, item.status) for item in reading.submissions] == [
        ("V05", "VPDP", "usable"),
        ("V04", "VPDP", "usable"),
    ]
    assert [
        (row["decided_submission_id"], row["decided_path"], row["decision"]) for row in rows_of(reading, "V05")
    ] == [
        ("a" * 16, "2014-10/nợ.xlsx", "let_in"),
        ("b" * 16, "x.xlsx", "refuse"),
        ("c" * 16, "y", "leave_out"),
    ]


def test_only_what_waits_for_an_open_finding_is_asked(working: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    answer(working, WAITING, "Đúng", own="Nguyễn Văn An thiếu")
    answer(working, "b" * 16, "Đúng", state="accepted")
    answer(working, "c" * 16, "Đúng", finding_state="cured")
    write_answers(working, read_lists(SEEDS_DIR), A_DAY, tmp_path)
    rows = list(load_workbook(tmp_path / FILE).worksheets[0].iter_rows(min_row=FIRST_ROW, values_only=True))
    place = "Biểu 01 (Tổng hợp kết quả thực hiện Bộ tiêu chí quốc gia) · tháng 9/2014 · 2014-09/a.xlsx · B01 · D11"
    assert rows == [(1, "Huyện Can Lộc", place, "Nguyễn Văn An thiếu [K01]", "Đúng", None, None, None, WAITING)]


def test_equal_answers_are_equal_bytes_and_none_leave_no_workbook(
    working: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    answer(working, WAITING, "Đúng")
    lists = read_lists(SEEDS_DIR)
    first = write_answers(working, lists, A_DAY, tmp_path).file
    assert first is not None
    content = first.read_bytes()
    write_answers(working, lists, A_DAY, tmp_path)
    assert first.read_bytes() == content
    working.execute("update quality.findings set state = 'explained'")
    assert write_answers(working, lists, A_DAY, tmp_path).file is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("on", "expected"), [("2024-12-31", "Văn phòng cũ"), ("2025-07-01", "Văn phòng mới")])
def test_the_office_is_called_as_on_the_day(
    working: duckdb.DuckDBPyConnection, tmp_path: Path, on: str, expected: str
) -> None:
    rows = ["VPDP,office,Văn phòng cũ,Old,,2025-01-01", "VPDP,office,Văn phòng mới,New,2025-01-01,"]
    header = "reporter_code,reporter_type,name_vi,name_en,valid_from,valid_to"
    (tmp_path / "reference").mkdir()
    (tmp_path / "reference" / "departments.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    answer(working, WAITING, "Đúng")
    lists = read_lists(SEEDS_DIR, tmp_path / "reference")
    file = write_answers(working, lists, dt.date.fromisoformat(on), tmp_path / "out").file
    assert file is not None
    texts = [str(cell.value) for row in load_workbook(file).worksheets[0].iter_rows() for cell in row]
    assert expected.upper() in texts[0].upper()
