"""Traps of Vietnamese administrative spreadsheets, each by its id, in a whole file: bytes in, landed rows and findings out.

Here: what a clerk's file with the trap in it ends as. A value is read right, or ends as a finding that names sheet and
cell; nothing is dropped, nothing shifts. What a single function makes of a text is held beside that function
(test_text, test_units, test_reporters, values/). docs/traps.md has the same ids with the decisions.
"""

import csv
import datetime
import io
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from pipelines.intake import Hint, Reading
from pipelines.intake.addresses import column_letter
from tests.unit.intake.workbooks import (
    COMMUNES,
    HEADING,
    ROOT,
    expected_said,
    found,
    h01,
    ods,
    read,
    rows_of,
    severity,
    text,
    value_said,
    xls,
    xlsb,
    xlsx,
)

MARKS = ["x"] * 16 + ["K"] * 3
DAY = datetime.date
NO_BREAK = "\u00a0"


# --- one column of a form -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Layout:
    """How a form's small report looks: its heading, its header with a usual row, and what makes each row's key its own."""

    heading: Sequence[Sequence[Any]]
    usual: Mapping[str, Any]
    key: str

    def rows(self, column: str, raws: Sequence[Any]) -> list[list[Any]]:
        """The sheet's rows, one of data for each of the raw cells."""
        body = []
        for number, raw in enumerate(raws):
            name = COMMUNES[number] if self.usual[self.key] == COMMUNES[0] else f"{self.usual[self.key]} {number + 1}"
            row = {**self.usual, next(iter(self.usual)): number + 1, self.key: name, column: raw}
            body.append(list(row.values()))
        return [*map(list, self.heading), list(self.usual), *body]


def layout(body: str, number: str, period: str, key: str, usual: Mapping[str, Any]) -> Layout:
    return Layout([[body], [f"Biểu {number}"], [period]], usual, key)


DISTRICT = "UBND HUYỆN CAN LỘC"
LAYOUTS = {
    "H01": layout(
        DISTRICT,
        "01/NTM-H",
        "Tháng 9 năm 2014",
        "Xã",
        {"STT": 1, "Xã": COMMUNES[0], **{f"TC{n}": "x" if n < 17 else "K" for n in range(1, 20)},
         "Tổng số TC đạt": 16, "Tăng/giảm so với kỳ trước": None},
    ),
    "H02": layout(
        DISTRICT,
        "02/NTM-H",
        "Tháng 9 năm 2014",
        "Tên mô hình",
        {"STT": 1, "Tên mô hình": "Nuôi lợn", "Xã": "Kim Lộc", "Thôn": "Thôn 1", "Quy mô": "vừa", "Doanh thu": None,
         "Lao động": None, "Ngày hình thành": None, "Liên kết theo chuỗi": None, "Tình trạng": "đang hoạt động"},
    ),
    "H03": layout(
        DISTRICT,
        "03/NTM-H",
        "Tháng 9 năm 2014",
        "Tên",
        {"STT": 1, "Tên": "HTX", "Loại": "HTX", "Xã": "Kim Lộc", "Mã số": None, "Tình trạng": "đang hoạt động"},
    ),
    "H04": layout(
        DISTRICT,
        "04/NTM-H",
        "Tháng 9 năm 2014",
        "Thôn",
        {"STT": 1, "Xã": "Kim Lộc", "Thôn": "Thôn", "Loại": "KDC kiểu mẫu", "Số tiêu chí đạt": 7,
         "Tình trạng": "đang xây dựng"},
    ),
    "H07": layout(
        DISTRICT,
        "07/NTM-H",
        "Quý III/2014",
        "Xã",
        {"STT": 1, "Xã": COMMUNES[0], "Tổng số": 850, "NSTW": 500, "NS tỉnh": 200, "Dân góp tiền mặt": 100},
    ),
    "S01": layout(
        "SỞ XÂY DỰNG",
        "01/NTM-S",
        "Quý III/2014",
        "Nội dung",
        {"STT": 1, "Xã": "Kim Lộc", "Tiêu chí": 9, "Nội dung": "Nội dung", "Kết quả kiểm tra": None, "ĐVT": "%",
         "Kết luận": "Đạt", "Ngày kiểm tra": None},
    ),
    "S03": layout(
        "SỞ NÔNG NGHIỆP VÀ PTNT",
        "03/NTM-S",
        "Quý III/2014",
        "Sản phẩm",
        {"STT": 1, "Sản phẩm": "Cam", "Huyện": "Can Lộc", "Số mô hình liên kết": 3, "Diện tích (ha)": None},
    ),
    "C01": layout(
        DISTRICT,
        "01/NTM-C",
        "Tháng 9 năm 2014",
        "Mã nhiệm vụ",
        {"STT": 1, "Mã nhiệm vụ": "2.1", "Tình trạng": "đang thực hiện", "Tỷ lệ hoàn thành (%)": None,
         "Ngày hoàn thành": None},
    ),
    "M01": layout(
        "BÁO HÀ TĨNH",
        "01/NTM-T",
        "Tháng 9 năm 2014",
        "Nội dung",
        {"STT": 1, "Nội dung": "Bài", "Hình thức": "bài", "Kế hoạch": 4, "Thực hiện": 4, "Dự toán": None},
    ),
}  # fmt: skip


def column(form: str, header: str, field: str, *raws: Any) -> tuple[list[Any], list[tuple[str, int, str | None]]]:
    """Read a report with the raw cells in a column.

    Returns the values landed in the field, and (rule, row of data from 1, value taken) of all findings; a finding
    anywhere else than in the column, or one without its value as received, fails.
    """
    report = LAYOUTS[form]
    reading = read(xlsx({"a": report.rows(header, raws)}))
    first = len(report.heading) + 1
    letter = column_letter(list(report.usual).index(header))
    findings = []
    for finding in reading.findings:
        assert (finding.sheet, finding.field) == ("a", field)
        number = (finding.row_number or 0) - first
        assert finding.cell == f"{letter}{finding.row_number}"
        assert (finding.value is None) == (raws[number - 1] in (None, "", "-"))
        findings.append((finding.rule_id, number, expected_said(finding) or None))
    return [row[field] for row in rows_of(reading, form)], findings


def cells(trap: str, form: str, header: str, field: str, raws: list[Any], values: list[Any], *findings: Any) -> Any:
    return pytest.param(form, header, field, raws, values, list(findings), id=trap)


MONEY = ("H02", "Doanh thu", "revenue_million_vnd")
COUNT = ("H02", "Lao động", "workers")
PERCENT = ("C01", "Tỷ lệ hoàn thành (%)", "percent_done")
MARK = ("H01", "TC1", "criterion_1")
DATE = ("H02", "Ngày hình thành", "started_on")
A_COUNT = "số nguyên từ 0"
A_MARK = "đạt hoặc chưa đạt"
A_DATE = "ngày/tháng/năm"


@pytest.mark.parametrize(
    ("form", "header", "field", "raws", "values", "findings"),
    [
        cells("T037-two-ways-in-one-column", *MONEY, ["1.234,5", "1.234.567,8", "1,5"], [1234.5, 1234567.8, 1.5]),
        cells("T037-english", *MONEY, ["1,234.5", "234.5"], [1234.5, 234.5]),
        cells("T038-like-the-columns-others", *MONEY, ["225.443", "225,443", "1.234,5"], [225443, 225.443, 1234.5],
              ("E05", 1, "225443"), ("E05", 2, "225,443")),
        cells("T039-two-ways", *MONEY, ["10.961"], [10961], ("E05", 1, "10961")),
        cells("T040-hard-blanks", *MONEY, [f"17,5{NO_BREAK}", "\t18,5", "1\u202f234,5"], [17.5, 18.5, 1234.5]),
        cells("T041-apostrophe", *COUNT, ["'19", "19"], [19, 19]),
        cells("T042-fraction", "H04", "Số tiêu chí đạt", "criteria_met", ["7/10", DAY(2014, 7, 19), DAY(2014, 5, 5)],
              [7, None, None], ("E07", 1, "7"), ("E01", 2, "số nguyên từ 0 đến 10"), ("E01", 3, "số nguyên từ 0 đến 10")),
        cells("T042-fraction-of-criteria", "H01", "Tổng số TC đạt", "criteria_met_stated", ["16/19", DAY(2014, 7, 19)],
              [16, None], ("E07", 1, "16"), ("E01", 2, "số nguyên từ 0 đến 20")),
        cells("T043-shares", *PERCENT, [0.7, 1, 0.25], [70, 100, 25]),
        cells("T043-numbers", *PERCENT, [70, "70%", 100], [70, 70, 100]),
        cells("T043-mixed", *PERCENT, [70, 0.7], [70, 70], ("E07", 2, "70")),
        cells("T044-two-numbers-are-none", *MONEY, ["100 (70% cứng hóa)"], [None],
              ("E01", 1, "số tiền từ 0 đến 10.000.000")),
        cells("T044-kept-as-text", "S01", "Kết quả kiểm tra", "value", ["100 (70% cứng hóa)", "98 (60 nước sạch)"],
              ["100 (70% cứng hóa)", "98 (60 nước sạch)"]),
        cells("T045-about", *COUNT, ["hơn 1.000", "khoảng 500", "≥70", "15-18"], [None] * 4,
              *(("E01", n, A_COUNT) for n in range(1, 5))),
        cells("T045-bound-kept-as-text", "S01", "Kết quả kiểm tra", "value", ["≥70", ">35", "<6%"], ["≥70", ">35", "<6%"]),
        cells("T046-dash-is-not-met", *MARK, ["-", "x"], ["not_met", "met"]),
        cells("T046-dash-is-no-number", *COUNT, ["-", 0], [None, 0]),
        cells("T046-dash-is-no", "H02", "Liên kết theo chuỗi", "is_linked", ["-", "có"], [False, True]),
        cells("T046-dash-where-a-number-is-owed", "M01", "Thực hiện", "done", ["-", 0], [None, 0], ("E02", 1, None)),
        cells("T047-blank-is-unknown", *COUNT, [None, 0], [None, 0]),
        cells("T047-blank-where-a-number-is-owed", "M01", "Thực hiện", "done", [None, 0], [None, 0], ("E02", 1, None)),
        cells("T049-letters", *COUNT, ["1O", "l2"], [10, 12], ("E07", 1, "10"), ("E07", 2, "12")),
        cells("T049-not-in-texts", "H04", "Thôn", "village", ["1O"], ["1O"]),
        cells("T050-money", *MONEY, ["1,5 tỷ", "500 tr", "12 triệu đ"], [1500, 500, 12],
              ("E07", 1, "1500"), ("E07", 2, "500"), ("E07", 3, "12")),
        cells("T050-area", "S03", "Diện tích (ha)", "area_ha", ["2,3 ha"], [2.3], ("E07", 1, "2,3")),
        cells("T051-dong-among-millions", *MONEY, ["18.500.000", "18,5", 18500000], [None, 18.5, None],
              ("E03", 1, "số tiền từ 0 đến 10.000.000"), ("E03", 3, "số tiền từ 0 đến 10.000.000")),
        cells("T052-cumulative-by-word", *MONEY, ["lũy kế 500"], [None], ("E01", 1, "số tiền từ 0 đến 10.000.000")),
        cells("T055-part-larger-than-whole", "H04", "Số tiêu chí đạt", "criteria_met", [12, 10], [None, 10],
              ("E03", 1, "số nguyên từ 0 đến 10")),
        cells("T056-code-as-text", "H03", "Mã số", "registration_no", ["0300123456", 3000123456.0, "3,00E+09"],
              ["0300123456", "3000123456", None], ("E01", 3, "chữ hoặc mã số, nhập dạng văn bản (Text)")),
        cells("T057-cut-percent-stays-as-typed", *PERCENT, [68.99, "68,99"], [68.99, 68.99]),
        cells("T058-brackets-in-a-change", "H01", "Tăng/giảm so với kỳ trước", "change_stated", ["(2)", -1], [-2, -1]),
        cells("T058-brackets-elsewhere", *MONEY, ["(5,2)"], [None], ("E03", 1, "số tiền từ 0 đến 10.000.000")),
        cells("T059-dust", *MONEY, [17.699999999999996, "17.699999999999996"], [17.7, 17.7]),
        cells("T060-met", *MARK, ["x", "X", "v", "✓", "ü"], ["met"] * 5),
        cells("T060-met-in-words", *MARK, ["Đ", "đạt", "Đạt ", 1, "+"], ["met"] * 5),
        cells("T061-not-met", *MARK, ["K", "KĐ", "Chưa", "Chưa đạt", "CĐ"], ["not_met"] * 5),
        cells("T061-not-met-in-signs", *MARK, ["Ko", 0, "-", "–", "không"], ["not_met"] * 5),
        cells("T062-blank-is-not-stated", *MARK, [None, "x"], [None, "met"], ("E02", 1, None)),
        cells("T063-whole-text", *MARK, ["Chưa đạt", "Đạt"], ["not_met", "met"]),
        cells("T063-whole-word-of-a-list", "C01", "Tình trạng", "status", ["chưa hoàn thành", "hoàn thành", "không hoàn thành"],
              ["in_progress", "done", None], ("E03", 3, 'một trong các từ "chưa thực hiện", "đang thực hiện", "hoàn thành"')),
        cells("T064-in-between", *MARK, ["Cơ bản đạt", "mới chạm chuẩn", "Đạt (đang hoàn thiện)"], [None] * 3,
              *(("E01", n, A_MARK) for n in (1, 2, 3))),
        cells("T065-good-answer-is-no", "S01", "Kết quả kiểm tra", "value", ["Không"], ["Không"]),
        cells("T065-conclusion-is-taken-as-written", "S01", "Kết luận", "status", ["Đạt", "Không"], ["met", "not_met"]),
        cells("T067-look-alike-d", *MARK, ["Đạt", "Đ"], ["met", "met"]),
        cells("T068-missing-hook", *MARK, ["Đat", "chua dat"], ["met", "not_met"],
              ("E07", 1, "đạt"), ("E07", 2, "chưa đạt")),
        cells("T069-not-applicable", *MARK, ["KAD", "Không áp dụng", "nếu có"], [None] * 3,
              *(("E01", n, A_MARK) for n in (1, 2, 3))),
        cells("T071-two-formats", *DATE, ["10/04/2014", "2014-04-10", DAY(2014, 4, 10)], [DAY(2014, 4, 10)] * 3),
        cells("T072-swapped-by-the-program", *DATE, [DAY(2014, 10, 4)], [DAY(2014, 10, 4)]),
        cells("T073-month-first-proved", *DATE, ["06-18-2014"], [DAY(2014, 6, 18)]),
        cells("T074-day-first", *DATE, ["04/08/2014"], [DAY(2014, 8, 4)]),
        cells("T075-zero-is-no-day", *DATE, [0, "0", None], [None] * 3),
        cells("T075-year-alone", *DATE, [2013, "2013"], [None, None], ("E01", 1, A_DATE), ("E01", 2, A_DATE)),
        cells("T076-short", *DATE, ["28.5.14", "30-6", "30.6.2014"], [DAY(2014, 5, 28), DAY(2014, 6, 30), DAY(2014, 6, 30)],
              ("E07", 2, "30/06/2014")),
        cells("T077-words", *DATE, ["ngày 30 tháng 6 năm 2014"], [DAY(2014, 6, 30)]),
        cells("T079-day-off", *DATE, ["07/9/2014"], [DAY(2014, 9, 7)]),
    ],
)  # fmt: skip
def test_column_with(
    form: str, header: str, field: str, raws: list[Any], values: list[Any], findings: list[tuple[str, int, str | None]]
) -> None:
    landed, told = column(form, header, field, *raws)
    assert landed == pytest.approx(values) if isinstance(values[0], float) else landed == values
    assert told == findings


# --- file and workbook ----------------------------------------------------------------------------------------------------


UNTITLED = [row for row in h01(title="") if row != [""]]


def whose(reading: Reading) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(s.form, s.reporter_code, s.period, s.period_source) for s in reading.submissions]


def test_t001_period_of_the_title_goes_before_the_file_name() -> None:
    path = "2026-05/28.5.26 BC  dự án các huyện chuyển về T5.2026.xlsx"
    assert whose(read(xlsx({"a": h01()}), path)) == [("H01", "443", "2014-09", "sheet")]


def test_t001_period_of_the_file_name_alone_is_taken_with_a_warning() -> None:
    reading = read(xlsx({"a": UNTITLED}), "den/BC Can Loc T9.2014.xlsx")
    assert whose(reading) == [("H01", "443", "2014-09", "path")]
    assert [(f.rule_id, f.variant, severity(f), f.value) for f in reading.findings] == [
        ("F04", "path", "warning", "2014-09")
    ]


def test_t001_day_in_a_file_name_is_no_period() -> None:
    reading = read(xlsx({"a": UNTITLED}), "den/28.5.26 BC  dự án các huyện chuyển về.xlsx")
    assert [(s.period, s.status, s.reason) for s in reading.submissions] == [(None, "rejected", "F04")]


def test_t002_year_typo_in_a_file_name_is_no_year() -> None:
    reading = read(xlsx({"a": UNTITLED}), "den/2.2 So lieu IIP SCT T2.206.xlsx")
    assert [(s.period, s.reason) for s in reading.submissions] == [(None, "F04")]


def test_t003_file_sent_again_is_a_delivery_of_its_own_for_the_same_report() -> None:
    first = read(xlsx({"a": h01()}), "2014-09/1.1 bao cao T9.2014.xlsx")
    again = read(xlsx({"a": h01({"Kim Lộc": ["x"] * 19})}), "2014-09/1.1 bao cao T9.2014_gui lai.xlsx")
    assert whose(first) == whose(again)
    assert first.delivery_id != again.delivery_id
    assert [row["commune_name"] for row in rows_of(first, "H01")] == COMMUNES


@pytest.mark.parametrize("name", ["5.5. So lieu IIp - SCT T5.2026.xlsx", "8. SCT- TMDV thang 8.xlsx", "a.xlsx"])
def test_t004_form_is_told_by_the_sheet_whatever_the_file_is_called(name: str) -> None:
    assert whose(read(xlsx({"a": h01()}), f"x/{name}")) == [("H01", "443", "2014-09", "sheet")]


def test_t005_last_months_table_under_a_new_title_is_this_months_report() -> None:
    august, september = (read(xlsx({"a": h01(title=title)})) for title in ("Tháng 8 năm 2014", "Tháng 9 năm 2014"))
    assert [s.period for reading in (august, september) for s in reading.submissions] == ["2014-08", "2014-09"]
    values = [[list(row.values())[10:] for row in rows_of(reading, "H01")] for reading in (august, september)]
    assert values[0] == values[1]


@pytest.mark.parametrize(
    ("content", "path"),
    [(xls({"a": h01()}), "a.xlsx"), (xlsx({"a": h01()}), "a.xls"), (ods({"a": h01()}), "a.xls")],
    ids=["T006-binary-called-xlsx", "T006-xlsx-called-xls", "T006-ods-called-xls"],
)
def test_format_is_told_by_the_first_bytes(content: bytes, path: str) -> None:
    reading = read(content, path)
    assert (len(rows_of(reading, "H01")), found(reading)) == (5, [])


def test_t006_web_page_called_xls_is_read_by_its_table() -> None:
    cells = ["<tr>" + "".join(f"<td>{'' if cell is None else cell}" for cell in row) for row in h01()]
    reading = read(f"<html><table>{''.join(cells)}</table></html>".encode(), "baocao.xls")
    assert (len(rows_of(reading, "H01")), found(reading)) == (5, [])


def edited(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The workbook with texts of its parts replaced; a change that finds nothing fails."""
    stream = io.BytesIO()
    left = set(changes)
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name).decode()
            for change in changes:
                if change[0] in part:
                    part = part.replace(*change)
                    left.discard(change)
            new.writestr(name, part)
    assert not left
    return stream.getvalue()


def test_t007_formula_without_a_result_is_unknown_not_blank() -> None:
    rows = LAYOUTS["H07"].rows("Tổng số", [850, "=SUM(D6:F6)", 900])
    reading = read(xlsx({"a": rows}))
    assert [row["total_million_vnd"] for row in rows_of(reading, "H07")] == [850, None, 900]
    assert [row["unreadable_fields"] for row in rows_of(reading, "H07")] == [None, ";total_million_vnd;", None]
    assert found(reading) == [("F12", "C6", "=SUM(D6:F6)")]


def test_t007_row_whose_name_is_a_formula_without_a_result_belongs_nowhere() -> None:
    rows = h01({"Kim Lộc": MARKS, "=B8": MARKS})
    reading = read(xlsx({"a": rows}))
    landed = [(row["commune_code"], row["unused_reason"], row["unreadable_fields"]) for row in rows_of(reading, "H01")]
    assert landed == [("18424", None, None), (None, "F12", ";commune;")]
    assert found(reading) == [("F12", "B9", "=B8")]


LINK = "[bao cao T7.xlsx]Sheet1!$D$12"


@pytest.mark.parametrize(
    ("stored", "value", "told"),
    [
        pytest.param("<v>850</v>", 850, [], id="T008-stored-result-stands"),
        pytest.param("<v></v>", None, [("F12", "C5", f"={LINK}")], id="T008-no-stored-result"),
        pytest.param("<v/>", None, [("F12", "C5", f"={LINK}")], id="T008-empty-result"),
    ],
)
def test_link_to_another_workbook(stored: str, value: float | None, told: list[Any]) -> None:
    content = xlsx({"a": LAYOUTS["H07"].rows("Tổng số", [f"={LINK}"])})
    reading = read(edited(content, ("<v></v>" if b"<v></v>" in _sheet(content) else "<v />", stored)))
    assert [row["total_million_vnd"] for row in rows_of(reading, "H07")] == [value]
    assert found(reading) == told


def _sheet(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("xl/worksheets/sheet1.xml")


def test_t009_hidden_row_is_read_and_told() -> None:
    reading = read(xlsx({"a": h01()}, hidden={"a": [10]}))
    assert [row["commune_name"] for row in rows_of(reading, "H01")] == COMMUNES
    assert [(f.rule_id, f.sheet, severity(f)) for f in reading.findings] == [("F11", "a", "warning")]


def test_t009_hidden_row_with_an_old_name_is_not_taken_for_the_commune() -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc": MARKS, "Thiên Lộc (cũ)": ["x"] * 19})}, hidden={"a": [9]}))
    assert [(row["commune_code"], row["unused_reason"]) for row in rows_of(reading, "H01")] == [
        ("18424", None),
        (None, "R01"),
    ]
    assert [f.rule_id for f in reading.findings] == ["F11", "R01"]


@pytest.mark.parametrize("name", ["Bieu tong hop ket qua thuc hien", "Can Loc (2)", "Sheet1", "Biểu 07"])
def test_t010_form_is_told_by_the_sheets_content_not_its_name(name: str) -> None:
    assert whose(read(xlsx({name: h01()}))) == [("H01", "443", "2014-09", "sheet")]


def test_t011_formats_far_below_the_table_are_no_rows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"a": h01()})))
    sheet = book.worksheets[0]
    for row in (20, 5000, 65536):
        sheet.cell(row, 26).fill = PatternFill("solid", "FFFF00")
    sheet.cell(900, 2).value = "  "
    stream = io.BytesIO()
    book.save(stream)
    reading = read(stream.getvalue())
    assert (len(rows_of(reading, "H01")), found(reading)) == (5, [])


# --- header ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank_rows", [0, 1, 3])
def test_t012_header_is_found_below_the_agency_block(blank_rows: int) -> None:
    rows = [*HEADING, *[[]] * blank_rows, *h01()[3:]]
    assert (len(rows_of(read(xlsx({"a": rows})), "H01")), found(read(xlsx({"a": rows})))) == (5, [])


FUNDS = [
    ["STT", "Xã", "Kết quả huy động", *[None] * 6, "Ghi chú"],
    [None, None, "Tổng số", "Ngân sách", None, None, "Dân góp", None, None, None],
    [None, None, None, "Tổng số", "NSTW", "NS tỉnh", "Tổng số", "Tiền mặt", "Ngày công quy đổi", None],
]
FUNDS_MERGED = ["A4:A6", "B4:B6", "C4:I4", "C5:C6", "D5:F5", "G5:I5", "J4:J6"]
FUNDS_ROW = [1, "Kim Lộc", 850, 700, 500, 200, 150, 100, 50, "n"]


@pytest.mark.parametrize("form", ["T013-levels-become-a-path", "T014-leaf-names-repeat"])
def test_header_over_three_merged_rows_with_the_same_leaf_three_times(form: str) -> None:
    heading = [[DISTRICT], ["Biểu 07/NTM-H"], ["Quý III/2014"]]
    reading = read(xlsx({form[:4]: [*heading, *FUNDS, FUNDS_ROW]}, {form[:4]: FUNDS_MERGED}))
    (row,) = rows_of(reading, "H07")
    assert (row["total_million_vnd"], row["central_budget_million_vnd"], row["provincial_budget_million_vnd"]) == (
        850,
        500,
        200,
    )
    assert (row["people_cash_million_vnd"], row["people_labour_million_vnd"], row["note"]) == (100, 50, "n")
    assert found(reading) == [
        ("F06", "D6", "Kết quả huy động / Ngân sách / Tổng số"),
        ("F06", "G6", "Kết quả huy động / Dân góp / Tổng số"),
    ]


def test_t015_row_of_column_numbers_is_no_data() -> None:
    rows = h01()
    rows.insert(7, [1, 2, 3, "4=5+6", *range(5, 24)])
    reading = read(xlsx({"a": rows}))
    assert (len(rows_of(reading, "H01")), found(reading)) == (5, [])


def test_t016_header_printed_again_is_no_data() -> None:
    rows = h01()
    rows.insert(10, rows[6])
    reading = read(xlsx({"a": rows}))
    assert ([row["row_number"] for row in rows_of(reading, "H01")], found(reading)) == ([8, 9, 10, 12, 13], [])


def test_t017_unit_of_money_differs_by_sheet() -> None:
    def sheet(form: str, header: str, raw: float, unit: str) -> list[list[Any]]:
        rows = LAYOUTS[form].rows(header, [raw])
        return [*rows[:3], [None, None, None, unit], *rows[3:]]

    sheets = {
        "a": sheet("H02", "Doanh thu", 18_500_000, "ĐVT: đồng"),
        "b": sheet("H07", "Tổng số", 0.85, "ĐVT: tỷ đồng"),
    }
    reading = read(xlsx(sheets))
    assert [row["revenue_million_vnd"] for row in rows_of(reading, "H02")] == [18.5]
    (funds,) = rows_of(reading, "H07")
    assert (funds["total_million_vnd"], funds["central_budget_million_vnd"]) == (850, 500_000)


def test_t018_column_is_found_by_its_name_in_whatever_place() -> None:
    rows = LAYOUTS["H07"].rows("Tổng số", [850, 851])
    turned = [*rows[:3], *(row[::-1] for row in rows[3:])]
    first, second = (rows_of(read(xlsx({"a": sheet})), "H07") for sheet in (rows, turned))
    assert [list(row.values())[10:] for row in first] == [list(row.values())[10:] for row in second]
    assert [row["total_million_vnd"] for row in second] == [850, 851]


def test_t019_column_more_is_told_and_the_others_stay_in_place() -> None:
    rows = [
        [*row[:6], "Thôn khó khăn" if number == 6 else "x" if number > 6 else None, *row[6:]]
        for number, row in enumerate(h01())
    ]
    reading = read(xlsx({"a": rows}))
    assert found(reading) == [("F06", "G7", "Thôn khó khăn")]
    assert [row["criterion_17"] for row in rows_of(reading, "H01")] == ["not_met"] * 5


def test_t019_column_less_that_is_owed_rejects_the_report() -> None:
    rows = [[*row[:6], *row[7:]] for row in h01()]
    reading = read(xlsx({"a": rows}))
    assert [(f.rule_id, severity(f), f.field) for f in reading.findings] == [("F05", "error", "criterion_5")]
    assert [s.status for s in reading.submissions] == ["rejected"]


def test_t020_header_with_line_breaks_and_double_blanks() -> None:
    rows = LAYOUTS["H04"].rows("Số tiêu chí đạt", [7])
    rows[3] = ["STT", "Tên\r\nxã ", "Thôn", "Loại", "Số tiêu\nchí  đạt", f"Tình{NO_BREAK}trạng"]
    reading = read(xlsx({"a": rows}))
    assert ([row["criteria_met"] for row in rows_of(reading, "H04")], found(reading)) == ([7], [])


def test_t021_abbreviated_headers() -> None:
    names = ["TT", "Xã", "Tổng", "NSTW", "NST", "NSH", "NSX", "DN", "GC"]
    rows = [*LAYOUTS["H07"].heading, names, [1, "Kim Lộc", 100, 40, 30, 10, 5, 15, "n"]]
    reading = read(xlsx({"a": rows}))
    (row,) = rows_of(reading, "H07")
    assert (row["commune_budget_million_vnd"], row["enterprises_million_vnd"], found(reading)) == (5, 15, [])
    plan = LAYOUTS["M01"].rows("Dự toán", [1])
    plan[3] = ["TT", "Nội dung", "Hình thức", "KH", "TH", "Dự toán"]
    assert [(row["planned"], row["done"]) for row in rows_of(read(xlsx({"a": plan})), "M01")] == [(4, 4)]


@pytest.mark.parametrize(
    ("title", "form", "period"),
    [
        pytest.param("9 tháng đầu năm 2014", "H01", "2014-09", id="T022-months-of-the-year"),
        pytest.param("Quý III/2014", "H01", "2014-09", id="T022-quarter-on-a-monthly-form"),
        pytest.param("T9/2014", "H01", "2014-09", id="T022-short"),
        pytest.param("(Số liệu đến 15/12/2014)", "H01", "2014-12", id="T022-up-to-a-day"),
        pytest.param("Tháng 9 năm 2014", "H07", "2014-Q3", id="T022-last-month-of-the-quarter"),
        pytest.param("Tháng 8 năm 2014", "H07", None, id="T022-another-month-on-a-quarterly-form"),
        pytest.param("Năm 2014 (từ 15/12/2013 đến 14/12/2014)", "H01", "2014-12", id="T078-cut-off-of-another-regime"),
        pytest.param("Năm 2014", "H01", None, id="T078-year-alone-is-no-month"),
    ],
)
def test_period_in_the_title(title: str, form: str, period: str | None) -> None:
    rows = LAYOUTS[form].rows("Xã", [COMMUNES[0]])
    rows[2] = [title]
    reading = read(xlsx({"a": rows}), "x/a.xlsx")
    assert [s.period for s in reading.submissions] == [period]
    assert [f.rule_id for f in reading.findings] == ([] if period else ["F04"])


# --- rows -----------------------------------------------------------------------------------------------------------------


def department(*rows: Sequence[Any], period: str = "Quý III/2014") -> Reading:
    header = ["STT", "Xã", "Tiêu chí", "Nội dung", "Kết luận"]
    return read(xlsx({"a": [["SỞ Y TẾ"], ["Biểu 01/NTM-S"], [period], header, *rows]}), "x/a.xlsx")


def test_t023_row_of_a_group_sets_the_district_and_is_no_commune() -> None:
    rows = [
        ["I", "HUYỆN CAN LỘC"],
        [1, "Kim Lộc", 15, None, "x"],
        ["II", "HUYỆN CẨM XUYÊN"],
        [1, "Cẩm Bình", 15, None, "K"],
    ]
    reading = department(*rows)
    assert [(row["commune_code"], row["status"]) for row in rows_of(reading, "S01")] == [
        ("18424", "met"),
        ("18685", "not_met"),
    ]
    assert found(reading) == []


def test_t024_numbering_in_several_styles_is_no_key() -> None:
    rows = h01()
    for row, number in zip(rows[7:], ["I.1", "I.2", None, "I.10", 1], strict=True):
        row[0] = number
    reading = read(xlsx({"a": rows}))
    assert ([row["commune_name"] for row in rows_of(reading, "H01")], found(reading)) == (COMMUNES, [])


def test_t025_index_that_lost_its_zero_is_kept_as_stored_and_doubles_are_refused() -> None:
    reading = department([1, "Kim Lộc", 17, "17.10", "x"], [2, "Kim Lộc", 17, 17.1, "K"])
    assert [row["indicator_no"] for row in rows_of(reading, "S01")] == ["17.10", "17.1"]
    reading = department([1, "Kim Lộc", 17, 17.1, "x"], [2, "Kim Lộc", 17, 17.1, "K"])
    assert [row["unused_reason"] for row in rows_of(reading, "S01")] == ["R03", "R03"]
    assert [(f.rule_id, f.row_number) for f in reading.findings] == [("R03", 6)]


def test_t026_the_same_number_under_each_roman_numeral_is_no_key() -> None:
    header = ["TT", "Mã nhiệm vụ", "Nội dung nhiệm vụ", "Tình trạng"]
    rows = [
        ["I", None, "Thông báo 306"],
        [1, None, "Vốn đầu tư công", "hoàn thành"],
        ["II", None, "Thông báo 400"],
        [1, None, "Tỉnh", "hoàn thành"],
    ]
    reading = read(xlsx({"a": [*LAYOUTS["C01"].heading, header, *rows]}))
    assert ([row["item_key"] for row in rows_of(reading, "C01")], found(reading)) == (["vốn đầu tư công", "tỉnh"], [])


@pytest.mark.parametrize("label", ["TỔNG SỐ", "Tổng cộng", "Cộng", "Cộng (I)", "Toàn huyện", "Bình quân tiêu chí/xã"])
@pytest.mark.parametrize("place", [7, 10, 12])
def test_t027_row_of_totals_stands_apart(label: str, place: int) -> None:
    rows = h01()
    rows.insert(place, [None, label, *[5] * 19, 80])
    reading = read(xlsx({"a": rows}))
    assert ([row["commune_name"] for row in rows_of(reading, "H01")], found(reading)) == (COMMUNES, [])
    assert {total.row_number for total in reading.totals} == (set() if label.startswith("Bình quân") else {place + 1})


def test_t028_name_is_filled_down_in_merged_cells_only() -> None:
    header = ["TT", "Xã", "Họ và tên"]
    rows = [
        [DISTRICT],
        ["Biểu 06/NTM-H"],
        ["Quý III/2014"],
        header,
        [1, "Kim Lộc", "A"],
        [2, None, "B"],
        [3, None, "C"],
    ]
    reading = read(xlsx({"a": rows}, {"a": ["B5:B6"]}))
    assert [row["commune_code"] for row in rows_of(reading, "H06")] == ["18424", "18424", None]
    assert found(reading) == [("E02", "B7", None)]


def test_t029_notes_and_signatures_are_no_data() -> None:
    foot = [
        ["Ghi chú: (*) xã đặc biệt khó khăn"],
        [None, "Can Lộc, ngày 3 tháng 10 năm 2014"],
        ["NGƯỜI LẬP BIỂU", None, "CHỦ TỊCH"],
        ["Nguyễn A", None, "Trần B"],
        ["Nơi nhận:"],
        ["- Như trên;"],
    ]
    reading = read(xlsx({"a": [*h01(), *foot]}))
    assert ([row["commune_name"] for row in rows_of(reading, "H01")], found(reading)) == (COMMUNES, [])


def test_t030_footnote_mark_is_no_part_of_the_name() -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc (*)": MARKS, "Thiên Lộc (1)": MARKS, "Vượng Lộc*": MARKS})}))
    assert [row["commune_code"] for row in rows_of(reading, "H01")] == ["18424", "18415", "18427"]
    assert found(reading) == []


def test_t031_two_tables_on_a_sheet_are_two_reports() -> None:
    second = LAYOUTS["H04"].rows("Số tiêu chí đạt", [7, 8])
    reading = read(xlsx({"a": [*h01(), [], *second]}))
    assert [(s.form, s.rows_used) for s in reading.submissions] == [("H01", 5), ("H04", 2)]
    assert found(reading) == []


def test_t032_ditto_mark_takes_the_text_above() -> None:
    landed, told = column("H02", "Thôn", "village", "Thôn Đông", "-nt-", "//", '"')
    assert (landed, told) == (["Thôn Đông"] * 4, [("E07", number, "Thôn Đông") for number in (2, 3, 4)])


def test_t032_ditto_mark_in_a_column_of_numbers_is_unreadable() -> None:
    landed, told = column(*COUNT, 5, "//")
    assert (landed, told) == ([5, None], [("E01", 2, A_COUNT)])


def test_t033_commune_given_twice_with_other_values_is_not_used() -> None:
    rows = [*h01(), [6, "Kim Lộc", *["x"] * 19, 19]]
    reading = read(xlsx({"a": rows}))
    assert [row["unused_reason"] for row in rows_of(reading, "H01")] == [None, None, None, None, "R03", "R03"]
    (finding,) = reading.findings
    assert (finding.rule_id, severity(finding), finding.cell, finding.related_cell) == ("R03", "error", "B13", "B12")


def test_t034_township_is_kept_apart_from_communes() -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc": MARKS, "TT Nghèn": MARKS})}))
    assert [row["unused_reason"] for row in rows_of(reading, "H01")] == [None, "R05"]
    assert found(reading) == [("R05", "B9", "TT Nghèn")]


def test_t035_commune_that_is_absent_has_no_row_and_no_zero() -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc": MARKS})}))
    assert [(row["commune_name"], row["criterion_1"]) for row in rows_of(reading, "H01")] == [("Kim Lộc", "met")]


def test_t036_several_owners_in_a_cell_are_each_known() -> None:
    rows = [["SỔ THEO DÕI VĂN BẢN CHỈ ĐẠO"], ["Số, ký hiệu", "Mã nhiệm vụ", "Nội dung nhiệm vụ", "Đơn vị chủ trì"],
            ["306", "1", "a", "Sở Y tế/Sở Tài chính"], ["306", "2", "b", "Sở Y tế\nSở Nội vụ, Sở Tài chính"]]  # fmt: skip
    reading = read(xlsx({"a": rows}))
    assert [row["owner_codes"] for row in rows_of(reading, "V02")] == ["S-YT;S-TC", "S-YT;S-NV;S-TC"]
    assert found(reading) == []


@pytest.mark.parametrize("name", ["Kim Lộc, Thiên Lộc", "Kim Lộc/Thiên Lộc", "Kim Lộc\nThiên Lộc"])
def test_t036_two_communes_in_a_cell_are_none(name: str) -> None:
    reading = read(xlsx({"a": h01({name: MARKS, "Vượng Lộc": MARKS})}))
    assert [row["unused_reason"] for row in rows_of(reading, "H01")] == ["R01", None]
    assert [(f.rule_id, f.cell) for f in reading.findings] == [("R01", "B8")]


# --- numbers that stand together --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!"])
@pytest.mark.parametrize(("is_csv", "rule"), [(False, "F12"), (True, "E01")])
def test_t048_error_is_unknown_and_its_text_is_kept(error: str, is_csv: bool, rule: str) -> None:
    rows = LAYOUTS["H07"].rows("Tổng số", [850, error])
    reading = read(text(rows), "a.csv") if is_csv else read(xlsx({"a": rows}))
    landed = [(row["total_million_vnd"], row["unreadable_fields"]) for row in rows_of(reading, "H07")]
    assert landed == [(850, None), (None, ";total_million_vnd;")]
    assert found(reading) == [(rule, "C6", error)]


def test_t052_row_of_cumulative_figures_is_no_row_of_the_month() -> None:
    rows = LAYOUTS["M01"].rows("Thực hiện", [4, 5])
    reading = read(
        xlsx({"a": [*rows, [None, "Cộng tháng", None, 8, 9, None], [None, "Lũy kế đến nay", None, 80, 90, None]]})
    )
    assert [row["done"] for row in rows_of(reading, "M01")] == [4, 5]
    assert [(total.row_number, total.stated) for total in reading.totals if total.field == "done"] == [(7, 9), (8, 90)]


def test_t053_total_typed_over_blank_parts_is_kept_and_the_parts_stay_unknown() -> None:
    rows = LAYOUTS["H07"].rows("Tổng số", ["116.994,5"])
    rows[4][3:] = [None] * 3
    (row,) = rows_of(read(xlsx({"a": rows})), "H07")
    assert (row["total_million_vnd"], row["central_budget_million_vnd"], row["people_cash_million_vnd"]) == (
        116994.5,
        None,
        None,
    )


def test_t054_total_and_parts_land_as_stated() -> None:
    (row,) = rows_of(read(xlsx({"a": LAYOUTS["H07"].rows("Tổng số", [850])})), "H07")
    assert (row["total_million_vnd"], row["central_budget_million_vnd"], row["provincial_budget_million_vnd"]) == (
        850,
        500,
        200,
    )
    assert row["people_cash_million_vnd"] == 100


def test_t056_number_of_an_establishment_given_twice_is_refused() -> None:
    rows = LAYOUTS["H03"].rows("Mã số", ["7874264", 7874264.0])
    reading = read(xlsx({"a": rows}))
    assert [row["unused_reason"] for row in rows_of(reading, "H03")] == ["R03", "R03"]
    assert [(f.rule_id, f.value) for f in reading.findings] == [("R03", "7874264")]


# --- marks ----------------------------------------------------------------------------------------------------------------


def test_t062_blank_is_not_met_where_all_marks_are_of_met() -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc": ["x"] * 16 + [None] * 3, "Thiên Lộc": ["x"] * 19})}))
    assert rows_of(reading, "H01")[0]["criterion_17"] == "not_met"
    assert [(f.rule_id, severity(f), f.cell) for f in reading.findings] == [("E06", "info", "S8")]


def test_t066_colour_says_nothing_and_the_blank_is_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"a": h01({"Kim Lộc": [None, *MARKS[1:]]})})))
    book.worksheets[0]["C8"].fill = PatternFill("solid", "FFFF00")
    stream = io.BytesIO()
    book.save(stream)
    reading = read(stream.getvalue())
    assert rows_of(reading, "H01")[0]["criterion_1"] is None
    assert found(reading) == [("E02", "C8", None)]


def test_t066_matrix_of_colours_alone_is_told_row_by_row() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"a": h01({"Kim Lộc": [None] * 19, "Thiên Lộc": [None] * 19})})))
    sheet = book.worksheets[0]
    for place in ("C8", "D8", "F9"):
        sheet[place].fill = PatternFill("solid", "FFFF00")
    sheet["V8"].value = sheet["V9"].value = None
    stream = io.BytesIO()
    book.save(stream)
    reading = read(stream.getvalue())
    assert [row["criterion_1"] for row in rows_of(reading, "H01")] == [None, None]
    assert [(f.rule_id, f.variant, f.cell) for f in reading.findings] == [("E02", "row", "B8"), ("E02", "row", "B9")]


@pytest.mark.parametrize("letter", ["Ð", "Ɖ"])
def test_t067_look_alike_letters_are_read_and_told_once(letter: str) -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc": [f"{letter}ạt"] * 16 + MARKS[16:]})}))
    assert rows_of(reading, "H01")[0]["criterion_1"] == "met"
    assert [(f.rule_id, severity(f)) for f in reading.findings] == [("F10", "info")]


def test_t070_stated_number_and_marks_land_side_by_side() -> None:
    rows = h01({"Kim Lộc": ["x"] * 17 + ["K"] * 2})
    rows[7][21] = 18
    (row,) = rows_of(read(xlsx({"a": rows})), "H01")
    assert row["criteria_met_stated"] == 18
    assert [row[f"criterion_{n}"] for n in range(1, 20)].count("met") == 17


# --- dates ----------------------------------------------------------------------------------------------------------------


def test_t075_error_in_a_date_is_unknown() -> None:
    rows = LAYOUTS["H02"].rows("Ngày hình thành", [0, "#N/A"])
    reading = read(xlsx({"a": rows}))
    assert [row["started_on"] for row in rows_of(reading, "H02")] == [None, None]
    assert found(reading) == [("F12", "H6", "#N/A")]


# --- text and encoding ----------------------------------------------------------------------------------------------------


def tcvn3(given: str) -> str:

    with (ROOT / "pipelines" / "intake" / "tcvn3_map.csv").open(encoding="utf-8") as file:
        letters = {row["unicode_char"]: chr(int(row["byte_hex"], 16)) for row in csv.DictReader(file)}
    return "".join(
        letters.get(letter, letters.get(letter.lower(), letter)) for letter in unicodedata.normalize("NFC", given)
    )


def vni(given: str) -> str:
    return "".join(VNI_LETTERS.get(letter, letter) for letter in unicodedata.normalize("NFC", given))


def vni_letters() -> dict[str, str]:
    """VNI writes a letter as its base and a mark after it; some letters stand for themselves."""
    single = {"ơ": "ô", "ư": "ö", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}
    marks = {"a": "à ø á ù ả û ã õ ạ ï â â ă ê ấ á ầ à ẩ å ẫ ã ậ ä ắ é ằ è", "e": "è ø é ù ẻ û ẽ õ ẹ ï ê â ế á ề à ể å ễ ã ệ ä",
             "o": "ò ø ó ù ỏ û õ õ ọ ï ô â ố á ồ à ổ å ỗ ã ộ ä", "u": "ù ø ú ù ủ û ũ õ ụ ï", "y": "ỳ ø ý ù ỷ û ỹ õ",
             "ô": "ờ ø ớ ù ở û ỡ õ ợ ï", "ö": "ừ ø ứ ù ử û ữ õ ự ï"}  # fmt: skip
    lower = dict(single)
    for base, pairs in marks.items():
        letters = pairs.split()
        lower |= {letter: base + mark for letter, mark in zip(letters[::2], letters[1::2], strict=True)}
    return lower | {letter.upper(): code.upper() for letter, code in lower.items()}


VNI_LETTERS = vni_letters()


def as_cp1252(given: str) -> str:
    """UTF-8 bytes taken for Windows-1252, the five open places as control characters."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in given.encode())


def as_cp1258(given: str) -> str:
    """Windows-1258 as its bytes are, before anybody reads them: the tone is a mark of its own behind the letter."""
    letters = []
    for letter in unicodedata.normalize("NFC", given):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
        letters.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in tone)) + tone)
    return "".join(letters)


def written(rows: Sequence[Sequence[Any]], encode: Any) -> list[list[Any]]:
    return [[encode(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("encode", "name"),
    [
        pytest.param(tcvn3, "TCVN3", id="T080-tcvn3"),
        pytest.param(lambda given: tcvn3(given.lower()), "TCVN3", id="T081-capitals-in-the-font-only"),
        pytest.param(vni, "VNI", id="T083-vni"),
        pytest.param(lambda given: unicodedata.normalize("NFD", given), "Unicode tổ hợp", id="T084-decomposed"),
        pytest.param(as_cp1252, "UTF-8 đọc sai", id="T093-utf-8-read-as-cp1252"),
        pytest.param(
            lambda given: as_cp1258(given).encode("cp1258").decode("cp1252", "replace"), "Windows-1258", id="windows-1258"
        ),
    ],
)  # fmt: skip
def test_file_in_another_encoding_is_read_whole(encode: Any, name: str) -> None:
    reading = read(xlsx({"a": written(h01(), encode)}))
    assert whose(reading) == [("H01", "443", "2014-09", "sheet")]
    assert [row["commune_code"] for row in rows_of(reading, "H01")] == [
        row["commune_code"] for row in rows_of(read(xlsx({"a": h01()})), "H01")
    ]
    assert [(f.rule_id, severity(f), value_said(f)) for f in reading.findings] == [("F10", "info", name)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_in_windows_1258_is_read_whole(delimiter: str) -> None:
    reading = read(text(written(h01(), as_cp1258), delimiter, "cp1258"), "2014-09/a.csv")
    assert whose(reading) == [("H01", "443", "2014-09", "sheet")]
    assert [row["commune_name"] for row in rows_of(reading, "H01")] == COMMUNES
    assert [(f.rule_id, value_said(f)) for f in reading.findings] == [("F10", "Windows-1258")]


def test_binary_workbook_is_read_whole_whatever_it_is_called() -> None:
    for path in ("2014-09/a.xlsb", "2014-09/a.xls"):
        reading = read(xlsb(h01()), path)
        assert (whose(reading), found(reading)) == ([("H01", "443", "2014-09", "sheet")], [])
        assert [row["criteria_met_stated"] for row in rows_of(reading, "H01")] == [16] * 5


@pytest.mark.parametrize(("last_row", "first_column"), [(1_048_575, 0), (20_000, 16_000), (2**31, 0)])
def test_binary_workbook_with_a_cell_too_far_out_is_refused_before_it_is_laid_out(
    last_row: int, first_column: int
) -> None:
    rows = [["a", "b"], ["x", *["x"] * 20]]
    reading = read(xlsb(rows, [0, last_row], first_column), "2014-09/a.xlsb")
    assert [(f.rule_id, f.variant) for f in reading.findings] == [("F01", "too_far")]


def test_t082_letter_lost_in_copying_is_repaired_and_told() -> None:
    rows = written(h01(), lambda given: tcvn3(given).replace("\xad", ""))
    reading = read(xlsx({"a": rows}))
    landed = {row["commune_code"]: row["unused_reason"] for row in rows_of(reading, "H01")}
    assert landed == dict.fromkeys([row["commune_code"] for row in rows_of(read(xlsx({"a": h01()})), "H01")])


def test_t084_one_decomposed_name_among_composed_ones() -> None:
    reading = read(xlsx({"a": h01({unicodedata.normalize("NFD", "Vượng Lộc"): MARKS, "Kim Lộc": MARKS})}))
    assert all(row["commune_code"] for row in rows_of(reading, "H01"))
    assert [row["commune_name"] for row in rows_of(reading, "H01")] == ["Vượng Lộc", "Kim Lộc"]
    assert [f.rule_id for f in reading.findings] == ["F10"]


def test_t085_combining_marks_that_stand_apart_are_joined() -> None:
    reading = read(xlsx({"a": LAYOUTS["S01"].rows("Kết quả kiểm tra", ["tỷ lê \u0323 giư \u0303 a"])}))
    assert [row["value"] for row in rows_of(reading, "S01")] == ["tỷ lệ giữa"]
    assert [(f.rule_id, severity(f)) for f in reading.findings] == [("F10", "info")]


@pytest.mark.parametrize(
    ("district", "period", "name", "code"),
    [
        pytest.param("Cẩm Xuyên", "9/2014", "Cẩm Hoà", "18679", id="T086-tone-place"),
        pytest.param("Hương Sơn", "9/2014", "Thị trấn  Tây Sơn", "18136", id="T087-double-blank"),
        pytest.param("Nghi Xuân", "9/2014", "Cỗ Đạm", "18391", id="T088-spelling-of-the-list"),
        pytest.param("Hương Sơn", "9/2014", "Sơn Kim I", "18196", id="T089-roman-numeral"),
        pytest.param("Cẩm Xuyên", "9/2014", "UBND xã Cẩm Bình", "18685", id="T095-prefix"),
        pytest.param("Cẩm Xuyên", "9/2014", "X. Cẩm Bình", "18685", id="T095-short-prefix"),
        pytest.param("Kỳ Anh", "9/2014", "Kì Đồng", "18775", id="T096-i-for-y"),
        pytest.param("Cẩm Xuyên", "9/2014", "\ufeffCẩm\tBình\u200b", "18685", id="T097-invisible-characters"),
        pytest.param("Cẩm Xuyên", "9/2014", "Cam Binh", "18685", id="T090-no-accents-in-a-known-district"),
    ],
)  # fmt: skip
def test_commune_is_known_by(district: str, period: str, name: str, code: str) -> None:
    rows = LAYOUTS["H02"].rows("Xã", [name])
    rows[0], rows[2] = [f"UBND HUYỆN {district.upper()}"], [f"Tháng {period}"]
    reading = read(xlsx({"a": rows}))
    assert [(row["commune_code"], row["unused_reason"]) for row in rows_of(reading, "H02")] == [(code, None)]
    repaired = {"Cam Binh", "Kì Đồng", "Sơn Kim I", "Cỗ Đạm"}
    assert {f.rule_id for f in reading.findings} <= ({"R06"} if name in repaired else set())


def test_t090_name_without_accents_outside_a_district_is_asked_not_guessed() -> None:
    reading = department([1, "Thach Ha", 15, None, "x"], [2, "Kim Lộc", 15, None, "x"])
    first = rows_of(reading, "S01")[0]
    assert (first["commune_code"], first["unused_reason"]) == (None, "R01")
    assert [(f.rule_id, f.cell) for f in reading.findings] == [("R01", "B5")]


def test_t091_garbled_font_is_repaired_and_told() -> None:
    rows = h01()
    rows[1] = ["VĂN PHÒNG ĐIỀU PHỐI nơng thơn mới, mơ hình đƣợc"]
    reading = read(xlsx({"a": rows}))
    assert [f.rule_id for f in reading.findings] == ["F10"]
    assert len(rows_of(reading, "H01")) == 5


def test_t092_letters_outside_the_alphabet_are_made_vietnamese_and_told() -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc": ["ᵭạt"] * 16 + MARKS[16:]})}))
    assert rows_of(reading, "H01")[0]["criterion_1"] == "met"
    assert [f.rule_id for f in reading.findings] == ["F10"]


# --- identity in time -----------------------------------------------------------------------------------------------------


def commune_of(body: str, title: str, name: str, form: str = "H02") -> tuple[str | None, str | None, list[str]]:
    rows = LAYOUTS[form].rows("Xã", [name])
    rows[0], rows[2] = [body], [title]
    reading = read(xlsx({"a": rows}), "x/a.xlsx")
    (submission,) = reading.submissions
    landed = rows_of(reading, form)[0]
    return submission.reporter_code, landed["commune_code"], [f.rule_id for f in reading.findings]


def test_t098_district_and_town_of_one_name_are_two_reporters() -> None:
    assert commune_of("UBND HUYỆN KỲ ANH", "Tháng 9/2015", "Kỳ Đồng") == ("447", "18775", [])
    assert commune_of("UBND THỊ XÃ KỲ ANH", "Tháng 9/2015", "Kỳ Lợi") == ("449", "18796", [])
    assert commune_of("UBND HUYỆN KỲ ANH", "Tháng 9/2014", "Kỳ Lợi") == ("447", "18796", [])
    reporter, commune, rules = commune_of("UBND THỊ XÃ KỲ ANH", "Tháng 9/2015", "Kỳ Đồng")
    assert (reporter, commune, rules) == ("449", "18775", ["R02"])


def test_t099_reversed_codes_of_summer_2015_change_nothing_for_names() -> None:
    assert commune_of("UBND HUYỆN KỲ ANH", "Tháng 7/2015", "Kỳ Đồng")[0] == "447"
    assert commune_of("UBND THỊ XÃ KỲ ANH", "Tháng 7/2015", "Kỳ Lợi")[0] == "449"


def test_t100_code_is_another_unit_at_another_time() -> None:
    assert commune_of("UBND THÀNH PHỐ HÀ TĨNH", "Tháng 9/2014", "Thạch Hạ") == ("436", "18100", [])
    reading = department([1, "Phường Trần Phú", 15, None, "x"], period="Quý III/2025")
    assert [row["commune_code"] for row in rows_of(reading, "S01")] == ["18100"]


def test_t101_name_moves_to_another_code() -> None:
    assert commune_of("UBND THÀNH PHỐ HÀ TĨNH", "Tháng 9/2014", "Phường Trần Phú")[1] == "18070"
    assert commune_of("UBND THÀNH PHỐ HÀ TĨNH", "Tháng 3/2025", "Phường Trần Phú")[1] == "18094"


def test_t103_unit_that_is_gone_is_unknown_though_an_old_list_prints_it() -> None:
    assert commune_of("UBND HUYỆN LỘC HÀ", "Tháng 9/2014", "Bình Lộc") == ("448", "18448", [])
    reporter, _, rules = commune_of("UBND HUYỆN LỘC HÀ", "Tháng 3/2021", "Xã Bình Lộc (18448)")
    assert (reporter, rules) == ("448", ["R01"])


def test_t104_communes_are_those_of_the_reports_date() -> None:
    assert commune_of("UBND HUYỆN CAN LỘC", "Tháng 9/2014", "Song Lộc")[2] == []
    assert commune_of("UBND HUYỆN CAN LỘC", "Tháng 3/2021", "Song Lộc") == ("443", None, ["R01"])


def test_t105_district_that_is_gone_is_still_who_wrote_and_communes_need_none() -> None:
    assert commune_of("UBND HUYỆN CAN LỘC", "Tháng 8/2025", "Đồng Lộc") == ("443", "18484", [])
    reading = department([1, "Đồng Lộc", 15, None, "x"], period="Quý III/2025")
    assert [(row["commune_code"], row["unused_reason"]) for row in rows_of(reading, "S01")] == [("18484", None)]


def test_t108_report_after_a_change_of_the_criteria_set_is_read_as_it_stands() -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc": ["x"] * 9 + ["K"] * 10}, title="Tháng 1 năm 2017")}), hint=Hint())
    assert [s.period for s in reading.submissions] == ["2017-01"]
    assert rows_of(reading, "H01")[0]["criterion_10"] == "not_met"
