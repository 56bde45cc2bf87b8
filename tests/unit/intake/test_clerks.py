"""What clerks do to a form, one habit a test: the workbook as they make it, what lands, and what is told of which cell.

Here: whole files that were made by hand to break the reader, and did. Traps that have an id are in `test_traps`; how a
single value, name or header is read is held beside the function. A case says form, landed values of some fields row by
row (`None`: unknown), and every finding as (rule, cell) or (rule, variant, cell).
"""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from pipelines.intake import Reading
from pipelines.intake.addresses import column_letter
from tests.unit.intake.workbooks import COMMUNES, HEADING, expected_said, h01, read, rows_of, text, value_said, xlsx

MARKS = ["x"] * 12 + ["K"] * 7
NUMBERS = list(range(1, 20))


def sheet(form: str, *rows: Sequence[Any], period: str = "Tháng 9 năm 2014", issuer: str = "") -> list[Sequence[Any]]:
    """A sheet with its letterhead, number and period in rows 1 to 5 (4 with `issuer`, as departments write it)."""
    letterhead = [[issuer], []] if issuer else HEADING
    return [*letterhead, [f"Biểu {form}"], [period], *rows]


def told(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(filter(None, (f.rule_id, f.variant, f.cell))) for f in reading.findings]


def landed(reading: Reading, form: str, *fields: str) -> list[tuple[Any, ...]]:
    return [(row["row_number"], *(row[field] for field in fields)) for row in rows_of(reading, form)]


MODEL = ["TT", "Tên mô hình", "Xã", "Quy mô", "Doanh thu (triệu đồng/năm)", "Tình trạng"]
MODEL_WITHOUT_UNIT = [*MODEL[:4], "Doanh thu", *MODEL[5:]]
HOUSE = ["TT", "Tên", "Loại", "Xã", "Mã số", "Vốn điều lệ (triệu đồng)", "Tình trạng"]
AREA = ["TT", "Xã", "Thôn", "Loại", "Số tiêu chí đạt", "Tình trạng"]
FUNDS = ["TT", "Xã", "Tổng số", "NSTW", "NS tỉnh"]


def model(
    number: Any,
    name: Any,
    commune: Any = "Kim Lộc",
    size: Any = "vừa",
    revenue: Any = 600,
    status: Any = "đang hoạt động",
) -> list[Any]:
    return [number, name, commune, size, revenue, status]


# --- headings of groups speak for the rows below ----------------------------------------------------------------------


def test_commune_stands_in_the_heading_of_its_group() -> None:
    rows = [
        MODEL,
        ["I", "Xã Kim Lộc"],
        model(1, "A", None),
        model(2, "B", None),
        ["II", "Xã Thiên Lộc"],
        model(1, "A", ""),
    ]
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows)}))
    assert landed(reading, "H02", "commune_code", "unused_reason") == [
        (8, "18424", None),
        (9, "18424", None),
        (11, "18415", None),
    ]
    assert told(reading) == [("E07", "heading", "C8"), ("E07", "heading", "C9"), ("E07", "heading", "C11")]
    assert [f.expected for f in reading.findings] == ["Xã Kim Lộc", "Xã Kim Lộc", "Xã Thiên Lộc"]
    assert rows_of(reading, "H02")[0]["filled_cells"] == rows_of(reading, "H02")[0]["required_cells"]


@pytest.mark.parametrize("heading", [["I", "Xã Kim Lộc"], [1, "Xã Kim Lộc"], [None, "Xã Kim Lộc"], ["Xã Kim Lộc"]])
def test_heading_stands_in_the_column_of_communes(heading: list[Any]) -> None:
    rows = [
        AREA,
        heading,
        ["", None, "Thôn 1", "KDC", 9, "đang xây dựng"],
        ["-", "", "Thôn 2", "KDC", 8, "đang xây dựng"],
    ]
    reading = read(xlsx({"a": sheet("04/NTM-H", *rows)}))
    assert landed(reading, "H04", "commune_code", "village") == [(8, "18424", "Thôn 1"), (9, "18424", "Thôn 2")]
    assert told(reading) == [("E07", "heading", "B8"), ("E07", "heading", "B9")]


def test_kind_stands_in_the_heading_of_its_group() -> None:
    rows = [
        AREA,
        ["A", "KHU DÂN CƯ KIỂU MẪU"],
        [1, "Kim Lộc", "Thôn 1", None, 9, "đang xây dựng"],
        ["B", "VƯỜN MẪU"],
        [1, "Kim Lộc", "Thôn 1", None, 5, "đạt chuẩn"],
        [2, "Kim Lộc", "Thôn 2", "KDC", 7, "đang xây dựng"],
    ]
    reading = read(xlsx({"a": sheet("04/NTM-H", *rows)}))
    assert [row[1] for row in landed(reading, "H04", "kind")] == ["residential_area", "garden", "residential_area"]
    assert told(reading) == [("E07", "heading", "D8"), ("E07", "heading", "D10")]


def test_heading_that_says_nothing_known_ends_the_one_before() -> None:
    rows = [MODEL, ["I", "Xã Kim Lộc"], model(1, "A", None), ["II", "Các mô hình khác"], model(1, "B", None)]
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows)}))
    assert landed(reading, "H02", "commune_code", "unused_reason") == [(8, "18424", None), (10, None, "E02")]
    assert told(reading) == [("E07", "heading", "C8"), ("E02", "unused", "C10")]


def test_commune_alone_on_a_line_of_a_list_is_data_where_no_row_below_needs_it() -> None:
    rows = [AREA, [1, "Kim Lộc"], [2, "Thiên Lộc", "Thôn 1", "KDC", 9, "đang xây dựng"]]
    reading = read(xlsx({"a": sheet("04/NTM-H", *rows)}))
    assert [row[0] for row in landed(reading, "H04")] == [7, 8]
    assert told(reading) == [("E02", "C7"), ("E02", "D7"), ("E02", "F7")]


# --- nothing is taken for a note, an average or a signature that is not one -------------------------------------------------


def test_position_of_an_officer_is_no_signature() -> None:
    rows = [
        ["TT", "Họ và tên", "Chức vụ", "Xã phụ trách"],
        [1, "Nguyễn A", "Trưởng phòng", "Kim Lộc"],
        [None, None, None, "Thiên Lộc"],
        [None, "Lưu Văn B", "Giám đốc", "Vượng Lộc"],
        [],
        ["NGƯỜI LẬP BIỂU", None, "CHỦ TỊCH"],
        ["Trần C", None, "Lê D"],
    ]
    content = xlsx({"a": sheet("06/NTM-H", *rows, period="Quý III/2014")}, merged={"a": ["A7:A8", "B7:B8", "C7:C8"]})
    reading = read(content)
    assert landed(reading, "H06", "officer_name", "commune_code") == [
        (7, "Nguyễn A", "18424"),
        (8, "Nguyễn A", "18415"),
        (9, "Lưu Văn B", "18427"),
    ]
    assert told(reading) == []


def test_indicator_that_begins_like_an_average_is_data() -> None:
    rows = [
        ["TT", "Xã", "Tiêu chí", "Nội dung", "Kết quả kiểm tra", "Kết luận"],
        [1, "Kim Lộc", 9, "9.1", "0", "Đạt"],
        [None, None, 9, "Tỷ lệ nhà đạt chuẩn", "95%", "Đạt"],
    ]
    reading = read(xlsx({"a": sheet("01/NTM-S", *rows, period="Quý III/2014", issuer="SỞ XÂY DỰNG")}))
    assert landed(reading, "S01", "status", "unused_reason") == [(6, "met", None), (7, "met", "E02")]
    assert told(reading) == [("E02", "unused", "B7")]


def test_task_that_begins_like_a_signature_is_data() -> None:
    rows = [["Nhiệm vụ", "Tình trạng"], ["Xác nhận hồ sơ xã Kim Lộc", "hoàn thành"], ["Tổng hợp báo cáo", "chưa làm"]]
    reading = read(xlsx({"a": sheet("01/NTM-C", *rows, issuer="SỞ Y TẾ")}))
    assert landed(reading, "C01", "status") == [(6, "done"), (7, "not_started")]


@pytest.mark.parametrize("kind", ["TC", "TC 9", "Tiêu chí 9"])
def test_word_of_a_list_that_is_also_one_for_a_sum_makes_no_sum(kind: str) -> None:
    rows = [
        ["TT", "Xã", "Tiêu chí", "Kết quả kiểm tra", "Kết luận"],
        [1, "Kim Lộc", 9, "0", "Đạt"],
        [2, None, kind, "95%", "Chưa đạt"],
        [None, None, kind, "95%", "Chưa đạt"],
    ]
    reading = read(xlsx({"a": sheet("01/NTM-S", *rows, period="Quý III/2014", issuer="SỞ XÂY DỰNG")}))
    assert [row[0] for row in landed(reading, "S01")] == [6, 7, 8]
    assert {("E02", "B7"), ("E02", "B8")} <= {(each[0], each[-1]) for each in told(reading)}


def test_item_with_a_roman_numeral_and_a_word_of_groups_is_data() -> None:
    rows = [MODEL, model("I", "Nhóm hộ nuôi bò", "Kim Lôk"), model("II", "Cụm trang trại")]
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows)}))
    assert [row[0] for row in landed(reading, "H02")] == [7, 8]
    assert told(reading) == [("R01", "C7")]


def test_column_without_header_beside_the_table_is_told_unless_it_is_a_note() -> None:
    rows = [[*MODEL, None, None], *([*model(n, f"A{n}"), "đã vay vốn", "xem" if n == 1 else None] for n in range(1, 5))]
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows)}))
    assert told(reading) == [("F06", "no_header", "G6")]


@pytest.mark.parametrize(
    "label", ["Cộng 2 xã", "Cộng: 2 mô hình", "Tổng cộng (1+2)", "Cộng xã Kim Lộc", "Số xã đạt", "Tổng số xã đạt chuẩn"]
)
def test_sum_is_no_commune(label: str) -> None:
    rows = [FUNDS, [1, "Kim Lộc", 100, 60, 40], [2, "Thiên Lộc", 50, 30, 20], [None, label, 150, 90, 60]]
    reading = read(xlsx({"a": sheet("07/NTM-H", *rows, period="Quý III/2014")}))
    assert len(rows_of(reading, "H07")) == 2
    assert [(total.stated, total.computed) for total in reading.totals] == [(150, 150), (90, 90), (60, 60)]
    assert told(reading) == []


def test_grand_total_is_known_by_its_sum_where_the_last_group_has_none() -> None:
    rows = [
        FUNDS,
        [1, "Kim Lộc", 100, 60, 40],
        ["", "Cộng vùng", 100, 60, 40],
        [2, "Thiên Lộc", 50, 30, 20],
        ["", "Tổng cộng", 150, 90, 60],
    ]
    reading = read(xlsx({"a": sheet("07/NTM-H", *rows, period="Quý III/2014")}))
    assert [(total.stated, total.computed, total.first_row) for total in reading.totals][3:] == [
        (150, 150, 7),
        (90, 90, 7),
        (60, 60, 7),
    ]


def test_wrong_total_of_a_group_stays_the_groups() -> None:
    rows = [
        FUNDS,
        [1, "Kim Lộc", 100, 60, 40],
        ["", "Cộng", 100, 60, 40],
        [2, "Thiên Lộc", 50, 30, 20],
        ["", "Cộng", 51, 30, 20],
    ]
    reading = read(xlsx({"a": sheet("07/NTM-H", *rows, period="Quý III/2014")}))
    assert [(total.stated, total.computed, total.first_row) for total in reading.totals][3] == (51, 50, 9)


def test_line_without_its_commune_is_told_once() -> None:
    rows = [*h01(dict.fromkeys(COMMUNES, MARKS)), ["Trong đó:", None, "xem phụ lục"]]
    reading = read(xlsx({"a": rows}))
    assert told(reading) == [("E01", "C13"), ("E02", "unused", "B13")]


# --- headers -----------------------------------------------------------------------------------------------------------


def test_known_header_over_two_of_its_own_leaves_the_others_readable() -> None:
    header = [
        ["TT", "Tên xã", "Kết quả thực hiện các tiêu chí", *[None] * 18, "Tổng số TC đạt", "So với tháng trước", None],
        [None, None, *NUMBERS, None, "Tăng", "Giảm"],
    ]
    body = [[number, name, *MARKS, 12, 1, None] for number, name in enumerate(COMMUNES, 1)]
    merged = ["A6:A7", "B6:B7", "C6:U6", "V6:V7", "W6:X6"]
    reading = read(xlsx({"a": sheet("01/NTM-H", *header, *body)}, merged={"a": merged}))
    assert [row[1] for row in landed(reading, "H01", "criteria_met_stated")] == [12] * 5
    assert told(reading) == [("F06", "W7"), ("F06", "X7")]


AREAS = ["TT", "Xã", "Thôn", "Loại", "Tình trạng"]


def area(number: int, commune: str = "Kim Lộc", status: str = "đang xây dựng") -> list[Any]:
    return [number, commune, f"Thôn {number}", "KDC", status]


@pytest.mark.parametrize("between", [[], [None], [None, None]])
def test_tables_side_by_side_are_read_one_after_the_other(between: list[Any]) -> None:
    rows = [
        [*AREAS, *between, *AREAS],
        [*area(1), *between, *area(4)],
        [*area(2), *between, *area(5, "Kim Lôk")],
        [*area(3), *between, None, None, "Người lập biểu"],
        [None, None, None, None, None, *between, None, None, "Trần C"],
    ]
    reading = read(xlsx({"a": sheet("04/NTM-H", *rows)}))
    assert [row["table_no"] for row in rows_of(reading, "H04")] == [1, 1, 1, 2, 2]
    assert landed(reading, "H04", "village") == [
        (7, "Thôn 1"),
        (8, "Thôn 2"),
        (9, "Thôn 3"),
        (7, "Thôn 4"),
        (8, "Thôn 5"),
    ]
    assert told(reading) == [("R01", f"{column_letter(6 + len(between))}8")]


def test_total_under_the_last_of_tables_side_by_side_is_of_them_all_unless_it_says_otherwise() -> None:
    left, right = [1, "Kim Lộc", 100, 60, 40], [2, "Thiên Lộc", 50, 30, 20]
    for total, rows in (([150, 90, 61], 2), ([50, 30, 20], 1)):
        body = [[*FUNDS, *FUNDS], [*left, *right], [None] * 5 + [None, "Tổng cộng", *total]]
        reading = read(xlsx({"a": sheet("07/NTM-H", *body, period="Quý III/2014")}))
        assert [(item.stated, item.computed, item.rows) for item in reading.totals] == [
            (stated, computed, rows)
            for stated, computed in zip(total, [150, 90, 60] if rows == 2 else [50, 30, 20], strict=True)
        ]


def test_tables_of_two_forms_side_by_side() -> None:
    rows = [
        ["Biểu 02/NTM-H", *[None] * 6, "Biểu 04/NTM-H"],
        ["Tháng 9 năm 2014"],
        [*MODEL, None, *AREAS],
        [*model(1, "A"), None, *area(1)],
        [*model(2, "B"), None, *area(2)],
    ]
    reading = read(xlsx({"a": [*HEADING, *rows]}))
    assert landed(reading, "H02", "model_name") == [(7, "A"), (8, "B")]
    assert landed(reading, "H04", "village") == [(7, "Thôn 1"), (8, "Thôn 2")]
    assert told(reading) == []


def test_half_a_table_beside_a_table_is_refused_column_by_column() -> None:
    header = [*AREAS, None, "TT", "Thôn", "Loại"]
    reading = read(xlsx({"a": sheet("04/NTM-H", header, [*area(1), None, 2, "Thôn 2", "KDC"])}))
    assert told(reading) == [("F05", "twice", cell) for cell in ("G6", "H6", "I6")]


def test_header_of_a_form_goes_before_the_usual_one() -> None:
    header = ["STT", "Tên đơn vị", "Loại (DN/HTX/THT)", "Xã, thị trấn", "Mã số thuế", "Vốn ĐL (tr.đ)", "Hiện trạng"]
    reading = read(xlsx({"a": sheet("03/NTM-H", header, [1, "Hoa Sen", "HTX", "Kim Lộc", "3", 500, "hoạt động"])}))
    assert landed(reading, "H03", "name", "commune_code", "capital_million_vnd") == [(7, "Hoa Sen", "18424", 500)]
    assert told(reading) == []


@pytest.mark.parametrize(
    ("rows", "variant"),
    [
        pytest.param(
            [["TT", "Tiêu chí", *COMMUNES], *([n, f"Tiêu chí {n}", *"xxxKK"] for n in NUMBERS)],
            "transposed",
            id="on-its-side",
        ),
        pytest.param(
            [["TT", "Sản phẩm", "Can Lộc", "Đức Thọ"], [1, "Cam", 3, 4], [2, "Bưởi", 1, 2]], "named", id="a-pivot"
        ),
    ],
)
def test_table_that_is_no_form_is_told_with_what_is_wrong(rows: list[Any], variant: str) -> None:
    reading = read(xlsx({"a": sheet("01/NTM-H", *rows)}))
    assert told(reading) == [("F02", variant, "A6")]
    assert reading.findings[0].value == "01/NTM-H"


def test_page_without_its_header_is_told_with_its_first_cell() -> None:
    first = sheet("02/NTM-H", MODEL, model(1, "A"))
    reading = read(xlsx({"1": first, "2": [[], model(2, "B"), model(3, "C")]}))
    assert [(f.sheet, f.cell) for f in reading.findings] == [("2", "A2")]


# --- whose, and when ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    [
        ["Tháng", 9, "năm", 2014],
        ["Tháng 9", None, "Năm 2014"],
        ["Kỳ báo cáo:", None, date(2014, 9, 1)],
        ["Tháng:", "9/2014"],
    ],
)
def test_period_is_parted_over_cells(title: list[Any]) -> None:
    reading = read(xlsx({"a": [*HEADING, ["Biểu 02/NTM-H"], title, MODEL, model(1, "A")]}), "a.xlsx")
    assert [(s.period, s.period_source) for s in reading.submissions] == [("2014-09", "sheet")]


def test_day_of_signing_is_no_period() -> None:
    title = ["Ngày lập:", date(2014, 10, 1)]
    reading = read(xlsx({"a": [*HEADING, ["Biểu 02/NTM-H"], title, MODEL, model(1, "A")]}), "a.xlsx")
    assert told(reading) == [("F04", "A5")]


def test_period_stands_in_the_sheets_name_only() -> None:
    reading = read(xlsx({"T9.2014": [*HEADING, ["Biểu 02/NTM-H"], MODEL, model(1, "A")]}), "a.xlsx")
    assert [(s.period, s.period_source) for s in reading.submissions] == [("2014-09", "path")]
    assert told(reading) == [("F04", "path", "A4")]


def test_what_the_heading_lacks_is_told_where_it_should_stand() -> None:
    reading = read(
        xlsx({"a": [["BÁO CÁO"], ["Biểu 07/NTM-H"], ["Tháng 8 năm 2014"], FUNDS, [1, "Kim Lộc", 3, 2, 1]]}), "a.xlsx"
    )
    assert told(reading) == [("F03", "A1"), ("F04", "unfit", "A3")]


def test_form_without_rows_is_told_at_its_header() -> None:
    reading = read(xlsx({"a": sheet("01/NTM-H", ["TT", "Xã", *NUMBERS])}))
    assert told(reading) == [("F13", "A6")]


def test_report_without_any_diacritics() -> None:
    rows = [
        ["UBND HUYEN CAN LOC"],
        ["Bieu 02/NTM-H"],
        ["Thang 9 nam 2014"],
        ["TT", "Ten mo hinh", "Xa", "Quy mo", "Doanh thu", "Tinh trang"],
        [1, "Nuoi lon", "Kim Loc", "vua", 600, "dang hoat dong"],
    ]
    reading = read(xlsx({"a": rows}), "a.xlsx")
    assert [(s.reporter_code, s.reporter_source) for s in reading.submissions] == [("443", "sheet")]
    assert landed(reading, "H02", "commune_code", "size", "status") == [(5, "18424", "medium", "running")]
    assert told(reading) == [("R06", "C5"), ("E07", "D5"), ("E07", "F5")]


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (["SO Y TE"], "S-YT"),
        (["Kinh gui: UBND huyen Can Loc"], None),
        (["UBND XA KIM LOC", "huyen"], None),
        (["UBND huyen Can Loc va huyen Duc Tho"], None),
    ],
)
def test_issuer_without_diacritics_is_taken_where_it_names_one(head: list[str], code: str | None) -> None:
    header = ["TT", "Nhiệm vụ", "Tình trạng"]
    reading = read(
        xlsx({"a": [head, ["Biểu 01/NTM-C"], ["Tháng 9 năm 2014"], header, [1, "A", "hoàn thành"]]}), "a.xlsx"
    )
    assert [s.reporter_code for s in reading.submissions] == [code]


# --- places -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code", "finding"),
    [
        ("Thôn 3, xã Kim Lộc", "18424", "R06"),
        ("Xóm 5 - Thiên Lộc", "18415", "R06"),
        ("Thị trấn Nghèn, Can Lộc, Hà Tĩnh", "18406", "R06"),
        ("Kim Lộc (xã điểm)", "18424", ""),
        ("Kim Lộc (đạt chuẩn năm 2013)", "18424", ""),
        ("Kim Lộc (cũ)", None, "R01"),
        ("Thôn 3, xã Kỳ Bắc", "18760", "R02"),
        ("Thôn 3", None, "R01"),
        ("Kim Lộc, Thiên Lộc", None, "R01"),
    ],
)
def test_commune_in_an_address_or_with_a_remark(written: str, code: str | None, finding: str) -> None:
    reading = read(xlsx({"a": sheet("02/NTM-H", MODEL, model(1, "A", written), model(2, "B"))}))
    assert [row[1] for row in landed(reading, "H02", "commune_code")] == [code, "18424"]
    assert [(f.rule_id, f.cell) for f in reading.findings] == ([(finding, "C7")] if finding else [])


def test_names_inside_an_unknown_one_are_suggested() -> None:
    reading = read(xlsx({"a": sheet("02/NTM-H", MODEL, model(1, "A", "Song Lộc và Trường Lộc"), model(2, "B"))}))
    assert [f.expected for f in reading.findings] == ["Song Lộc; Trường Lộc"]


# --- values -------------------------------------------------------------------------------------------------------------


def test_word_for_no_number_is_no_number() -> None:
    rows = [
        [n, f"HTX {n}", "HTX", "Kim Lộc", word, 500, "đang hoạt động"]
        for n, word in enumerate(["chưa có", "Chưa ĐK", "chưa có"])
    ]
    reading = read(xlsx({"a": sheet("03/NTM-H", HOUSE, *rows)}))
    assert [row[1:] for row in landed(reading, "H03", "registration_no", "unused_reason")] == [(None, None)] * 3
    assert told(reading) == []


def test_officer_who_stays_has_no_last_day() -> None:
    header = ["TT", "Họ và tên", "Chuyên trách", "Từ ngày", "Đến ngày"]
    rows = [[1, "Nguyễn A", "x", "1/7/2014", "nay"], [2, "Trần B", "x", "1/7/2014", "30/9/2014"]]
    reading = read(xlsx({"a": sheet("05/NTM-H", header, *rows, period="Quý III/2014")}))
    assert [row[1] for row in landed(reading, "H05", "to_date")] == [None, date(2014, 9, 30)]
    assert told(reading) == []


def test_sum_in_dong_among_millions_is_refused_in_every_form() -> None:
    rows = [HOUSE, [1, "A", "HTX", "Kim Lộc", "1", "500.000.000", "đang hoạt động"]]
    reading = read(xlsx({"a": sheet("03/NTM-H", *rows)}))
    assert told(reading) == [("E03", "F7")]


def test_sum_a_year_is_what_the_column_asks_for() -> None:
    rows = [
        MODEL,
        model(1, "A", revenue="1,2 tỷ/năm"),
        model(2, "B", revenue="850tr/năm"),
        model(3, "C", revenue="5 tr/tháng"),
    ]
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows)}))
    assert [row[1] for row in landed(reading, "H02", "revenue_million_vnd")] == [1200, 850, None]
    assert told(reading) == [("E07", "E7"), ("E07", "E8"), ("E01", "E9")]


@pytest.mark.parametrize(
    ("units", "typed"),
    [
        ([None, None, None, None, "nghìn đồng"], 600_000),
        ([None, None, "ĐVT", None, "đồng"], 600_000_000),
        ([None, None, None, None, "(tỷ đồng)"], 0.6),
        (["", "", "", "", "triệu đồng"], 600),
    ],
)
def test_units_stand_in_a_row_of_their_own(units: list[Any], typed: float) -> None:
    reading = read(xlsx({"a": sheet("02/NTM-H", MODEL_WITHOUT_UNIT, units, model(1, "A", revenue=typed))}))
    assert landed(reading, "H02", "revenue_million_vnd") == [(8, 600)]
    assert told(reading) == []


def test_unit_of_money_counts_also_where_its_row_is_taken_for_data() -> None:
    units = ["", "mô hình A", "", "", "nghìn đồng"]
    reading = read(xlsx({"a": sheet("02/NTM-H", MODEL_WITHOUT_UNIT, units, model(1, "A", revenue=600_000))}))
    assert landed(reading, "H02", "revenue_million_vnd") == [(7, None), (8, 600)]
    assert ("E01", "E7") in told(reading)


def test_tasks_that_are_all_done_in_a_column_of_percents() -> None:
    rows = [
        ["TT", "Nhiệm vụ", "Tình trạng", "Tỷ lệ hoàn thành (%)"],
        [1, "A", "hoàn thành", 1],
        [2, "B", "chưa làm", 0],
    ]
    reading = read(xlsx({"a": sheet("01/NTM-C", *rows, issuer="SỞ Y TẾ")}))
    assert [row[1] for row in landed(reading, "C01", "percent_done")] == [100, 0]
    assert told(reading) == [("E07", "D6")]


# --- a column for each answer -------------------------------------------------------------------------------------------

SIZES = [
    ["TT", "Tên mô hình", "Xã", "Quy mô", None, None, "Tình trạng", None, None],
    [None] * 3 + ["Lớn", "Vừa", "Nhỏ"],
]
STATES = ["Đang hoạt động", "Tạm dừng", "Đã dừng"]


def test_each_answer_has_a_column_and_a_tick() -> None:
    rows = [
        SIZES[0],
        [*SIZES[1], *STATES],
        [1, "A", "Kim Lộc", "x", None, None, "x"],
        [2, "B", "Kim Lộc", None, "✓", "-", 0, 1, 0],
        [3, "C", "Kim Lộc", None, None, "nhỏ", None, None, "đã dừng"],
        [4, "D", "Kim Lộc", None, None, None, "X"],
        [5, "E", "Kim Lộc", "x", None, "x", "x"],
        [6, "F", "Kim Lộc", None, "2", None, "x"],
        [None, "Tổng cộng", None, 2, 2, 2, 4, 1, 1],
    ]
    merged = {"a": ["A6:A7", "B6:B7", "C6:C7", "D6:F6", "G6:I6"]}
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows)}, merged=merged))
    assert landed(reading, "H02", "size", "status", "unused_reason") == [
        (8, "large", "running", None),
        (9, "medium", "paused", None),
        (10, "small", "stopped", None),
        (11, None, "running", None),
        (12, None, "running", None),
        (13, None, "running", None),
    ]
    assert told(reading) == [("E02", "D11"), ("E01", "both_ticks", "F12"), ("E01", "E13")]
    assert [row["unreadable_fields"] for row in rows_of(reading, "H02")][3:] == [None, ";size;", ";size;"]
    assert [(f.related_cell, expected_said(f)) for f in reading.findings[1:]] == [
        ("D12", ""),
        (None, "x hoặc để trống"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        [["TT", "Tên mô hình", "Xã", "Lớn", "Vừa", "Nhỏ", "Tình trạng"]],
        [["TT", "Tên mô hình", "Xã", "Quy mô lớn (x)", "Quy mô vừa (x)", "Quy mô nhỏ (x)", "Tình trạng"]],
        [
            ["TT", "Tên mô hình", "Xã", "Phân loại", None, None, "Tình trạng"],
            [None, None, None, "Lớn", "Vừa", "Nhỏ", None],
            [1, 2, 3, 4, 5, 6, 7],
        ],
    ],
)
def test_answers_are_known_by_their_own_words(header: list[Any]) -> None:
    reading = read(
        xlsx({"a": sheet("02/NTM-H", *header, [1, "A", "Kim Lộc", None, "x", None, "tạm dừng"])}), "2014-09/a.xlsx"
    )
    assert [row[1:] for row in landed(reading, "H02", "size", "status")] == [("medium", "paused")]
    assert told(reading) == []


def test_columns_that_may_be_more_than_an_answer_are_not_taken_for_one() -> None:
    header = ["TT", "Tên mô hình", "Xã", "Quy mô", "Lớn", "Nhỏ", "Tình trạng"]
    reading = read(xlsx({"a": sheet("02/NTM-H", header, [1, "A", "Kim Lộc", "vừa", "x", None, "tạm dừng"])}))
    assert [row[1] for row in landed(reading, "H02", "size")] == ["medium"]
    assert told(reading) == [("F06", "E6"), ("F06", "F6")]


@pytest.mark.parametrize("named", [lambda n: n, lambda n: f"TC {n}"])
def test_met_and_not_met_have_a_column_each_under_every_criterion(named: Any) -> None:
    header = [
        ["TT", "Tên xã", *(cell for n in NUMBERS for cell in (named(n), None)), "Tổng số TC đạt"],
        [None, None, *["Đạt", "Chưa đạt"] * 19],
    ]
    body = [
        [1, "Kim Lộc", *["x", None] * 12, *[None, "x"] * 7, 12],
        [2, "Thiên Lộc", *["Đạt", "-"] * 12, *["K", "Chưa đạt"] * 7, 12],
        [3, "Vượng Lộc", "x", "x", None, None, *["x", None] * 17, 17],
        [4, "Thanh Lộc", "x", "K", *["x", None] * 18, 18],
    ]
    total = ["", "Tổng cộng", 4, 1, *[3, 0] * 18]
    merged = ["A6:A7", "B6:B7", *(f"{column_letter(2 * n)}6:{column_letter(2 * n + 1)}6" for n in NUMBERS), "AO6:AO7"]
    reading = read(xlsx({"a": sheet("01/NTM-H", *header, *body, total)}, merged={"a": merged}))
    rows = rows_of(reading, "H01")
    assert [[row[f"criterion_{n}"] for n in NUMBERS] for row in rows] == [
        ["met"] * 12 + ["not_met"] * 7,
        ["met"] * 12 + ["not_met"] * 7,
        [None] * 2 + ["met"] * 17,
        [None] + ["met"] * 18,
    ]
    assert told(reading) == [("E01", "both_ticks", "D10"), ("E01", "D11"), ("E02", "E10")]
    total = reading.totals[0]
    assert (total.field, total.stated, total.computed, total.unreadable_cells) == ("criterion_1", 4, 2, 2)


def test_blank_is_unknown_where_not_met_has_a_column() -> None:
    header = ["TT", "Xã", "Tiêu chí", "Kết luận", None]
    rows = [header, [None, None, None, "Đạt", "Không đạt"], [1, "Kim Lộc", 3, "x"], [2, "Thiên Lộc", 3, None, None]]
    reading = read(
        xlsx({"a": sheet("01/NTM-S", *rows, period="Quý III/2014", issuer="SỞ XÂY DỰNG")}, merged={"a": ["D5:E5"]})
    )
    assert [row[1] for row in landed(reading, "S01", "status")] == ["met", None]
    assert told(reading) == [("E02", "D8")]


def test_wide_report_of_a_department_with_a_column_an_answer() -> None:
    header = ["TT", "Huyện", "Xã", "TC 3", None, "TC 4", None]
    rows = [
        header,
        [None, None, None, *["Đạt", "Chưa đạt"] * 2],
        [1, "Can Lộc", "Kim Lộc", "x", None, None, "x"],
        [2, "Can Lộc", "Thiên Lộc", "x", "x", None, None],
    ]
    merged = {"a": ["D5:E5", "F5:G5"]}
    content = xlsx({"a": sheet("01/NTM-S", *rows, period="Quý III/2014", issuer="SỞ XÂY DỰNG")}, merged=merged)
    reading = read(content)
    assert landed(reading, "S01", "criterion_no", "status") == [
        (7, 3, "met"),
        (7, 4, "not_met"),
        (8, 3, None),
        (8, 4, None),
    ]
    assert told(reading) == [("E01", "both_ticks", "E8"), ("E02", "F8")]


def test_ticks_of_yes_and_no_under_one_header() -> None:
    header = [["TT", "Họ và tên", "Chế độ làm việc", None], [None, None, "Chuyên trách", "Kiêm nhiệm"]]
    rows = [*header, [1, "Nguyễn A", "x"], [2, "Trần B", None, "x"], [3, "Lê C", "x", "x"], [4, "Lê D"]]
    merged = {"a": ["C6:D6"]}
    reading = read(xlsx({"a": sheet("05/NTM-H", *rows, period="Quý III/2014")}, merged=merged))
    assert [row[1] for row in landed(reading, "H05", "is_full_time")] == [True, False, None, False]
    assert told(reading) == [("E01", "both_ticks", "D10")]


def test_answers_under_the_header_of_a_field_that_the_form_can_do_without() -> None:
    header = [
        ["TT", "Nội dung nhiệm vụ", "Kết quả", None, None, "Tỷ lệ (%)"],
        [None, None, "Hoàn thành", "Đang thực hiện", "Chưa thực hiện"],
    ]
    rows = [*header, [1, "A", "x", None, None, 100], [2, "B", None, "x", None, 50], [3, "C", None, None, "x", 0]]
    merged = {"a": ["A5:A6", "B5:B6", "C5:E5", "F5:F6"]}
    reading = read(xlsx({"a": sheet("01/NTM-C", *rows, issuer="SỞ Y TẾ")}, merged=merged))
    assert [row[1:] for row in landed(reading, "C01", "status", "percent_done")] == [
        ("done", 100),
        ("in_progress", 50),
        ("not_started", 0),
    ]
    assert told(reading) == []


# --- what is not a table, and what it is instead ---------------------------------------------------------------------------


def test_table_on_its_side_below_one_header_of_communes_is_told_once() -> None:
    header = [["TT", "Tên tiêu chí", "Tên xã", *[None] * 4, "Tổng"], [None, None, *COMMUNES, None]]
    rows = [*header, *([n, f"TC {n}", *"xxxKK", 3] for n in NUMBERS)]
    reading = read(xlsx({"a": sheet("01/NTM-H", *rows)}, merged={"a": ["A6:A7", "B6:B7", "C6:G6"]}))
    assert told(reading) == [("F02", "transposed", "A6")]


def test_rows_packed_into_one_cell_each_are_told_as_that() -> None:
    rows = [["\t".join(str(cell) for cell in row)] for row in (MODEL, model(1, "A"), model(2, "B"))]
    reading = read(xlsx({"a": [["Biểu 02/NTM-H"], ["Tháng 9 năm 2014"], *rows]}))
    assert told(reading) == [("F02", "one_column", "A3")]
    prose = [["Nơi nhận: UBND; Sở; Ban; Lưu"], ["Ghi chú; a; b; c; d"], ["Kính gửi; a; b; c; d; e"]]
    assert told(read(xlsx({"1": sheet("02/NTM-H", MODEL, model(1, "A")), "2": prose}))) == []


def test_number_of_a_row_that_is_a_criterion_elsewhere_does_not_lengthen_the_header() -> None:
    rows = [
        ["Số đến", "Ngày đến", "Số ký hiệu", "Nơi gửi", "Kỳ báo cáo", "Tên file", "Ghi chú"],
        [1, "5/10/2014 8h30", "12/BC", "Sở Y tế", "T9/2014", "syt.xls", ""],
    ]
    reading = read(xlsx({"a": rows}))
    assert landed(reading, "V03", "sender_code", "period") == [(2, "S-YT", "2014-09")]
    assert told(reading) == [("F06", "A1")]


def test_criteria_are_numbered_with_a_zero() -> None:
    reading = read(xlsx({"a": h01(names=[f"TC{n:02d}" for n in NUMBERS])}))
    assert len(rows_of(reading, "H01")) == 5
    assert told(reading) == []


def test_text_with_tabs_that_is_called_xls() -> None:
    content = text(sheet("02/NTM-H", MODEL, model(1, "A")), "\t", "utf-16")
    assert landed(read(content, "2014-09/bc.xls"), "H02", "model_name") == [(7, "A")]


@pytest.mark.parametrize(
    ("content", "variant"),
    [
        (b"Rar!\x1a\x07\x00", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"\x89PNG\r\n\x1a\n", "document"),
        (b"{\\rtf1 abc}", "document"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook", "web_page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "no_sheet"),
    ],
)
def test_what_comes_in_place_of_a_workbook_is_called_by_its_name(content: bytes, variant: str) -> None:
    assert [(f.rule_id, f.variant) for f in read(content, "bc.xls").findings] == [("F01", variant)]


def test_text_struck_through_is_read_and_told() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx({"a": sheet("02/NTM-H", MODEL, *(model(n, f"A{n}") for n in (1, 2, 3)))}))
    )
    for row in (4, 8):
        for cell in book["a"][row]:
            cell.font = Font(strike=True)
    book["a"]["D9"].font = Font(strike=False, bold=True)
    stream = io.BytesIO()
    book.save(stream)
    reading = read(stream.getvalue())
    assert [row[0] for row in landed(reading, "H02")] == [7, 8, 9]
    assert [(*place, value_said(f)) for place, f in zip(told(reading), reading.findings, strict=True)] == [
        ("F11", "struck", "A8", "dòng 8")
    ]


# --- words of clerks ----------------------------------------------------------------------------------------------------


def test_sums_of_pages_are_sums() -> None:
    rows = [
        FUNDS,
        [1, "Kim Lộc", 10, 6, 4],
        [2, "Thiên Lộc", 20, 12, 8],
        ["", "Cộng trang 1", 30, 18, 12],
        ["", "Cộng mang sang", 30, 18, 12],
        FUNDS,
        ["", "Trang trước chuyển sang", 30, 18, 12],
        [3, "Vượng Lộc", 5, 5, 0],
        ["", "Cộng trang 2", 5, 5, 0],
        ["", "Tổng cộng", 35, 23, 12],
    ]
    reading = read(xlsx({"a": sheet("07/NTM-H", *rows, period="Quý III/2014")}))
    assert len(rows_of(reading, "H07")) == 3
    assert all(total.stated == total.computed for total in reading.totals)
    assert told(reading) == []


@pytest.mark.parametrize("words", ["k có", "Ko có", "0 có", "k phát sinh"])
def test_nothing_to_report_in_short(words: str) -> None:
    reading = read(xlsx({"a": sheet("03/NTM-H", HOUSE, [None, words])}))
    assert [(s.is_nil, s.rows_read) for s in reading.submissions] == [(True, 0)]


@pytest.mark.parametrize("words", ["k có", "không có", "0 có", "chưa có"])
def test_no_buyer_is_no_link(words: str) -> None:
    header = ["TT", "Tên mô hình", "Xã", "Quy mô", "Liên kết", "Tình trạng"]
    rows = [header, [1, "A", "Kim Lộc", "vừa", words, "HĐ"], [2, "B", "Kim Lộc", "vừa", "Mitraco", "HĐ"]]
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows)}))
    assert [row[1:] for row in landed(reading, "H02", "is_linked", "linked_buyer")] == [
        (False, None),
        (True, "Mitraco"),
    ]
    assert told(reading) == []


@pytest.mark.parametrize("number", ["3.00E+09", "3,00E+09", "3E+9"])
def test_number_that_the_program_rounded_is_no_number_of_an_establishment(number: str) -> None:
    rows = [HOUSE, [1, "A", "HTX", "Kim Lộc", number, 500, "đang hoạt động"]]
    reading = read(xlsx({"a": sheet("03/NTM-H", *rows)}))
    assert [row[1] for row in landed(reading, "H03", "registration_no")] == [None]
    assert told(reading) == [("E01", "E7")]


@pytest.mark.parametrize(
    ("written", "variant", "expected"),
    [
        ("Kim Lộc\nThiên Lộc", "several", "Kim Lộc; Thiên Lộc"),
        ("Kim Lộc, Thiên Lộc", "several", "Kim Lộc; Thiên Lộc"),
        ("Kim Lộc và Thiên Lộc", "several", "Kim Lộc; Thiên Lộc"),
        ("0", "no_name", None),
    ],
)
def test_cell_that_is_no_commune_is_told_with_what_to_do(written: str, variant: str, expected: str | None) -> None:
    rows = [["TT", "Họ và tên", "Xã phụ trách"], [1, "Nguyễn A", written], [2, "Trần B", "Song Lộc"]]
    reading = read(xlsx({"a": sheet("06/NTM-H", *rows, period="Quý III/2014")}))
    assert [(f.rule_id, f.variant, f.cell, f.expected) for f in reading.findings] == [("R01", variant, "C7", expected)]


# --- more tables of one form, shifted rows, headers of one word ----------------------------------------------------------


def test_months_below_each_other_on_one_sheet_are_reports_of_their_own() -> None:
    def month(title: str, size: str) -> list[Any]:
        return [[title], MODEL, model(1, "A", size=size), model(2, "B", size=size), [], []]

    rows = [*month("Tháng 7 năm 2014", "nhỏ"), *month("Tháng 8 năm 2014", "vừa"), *month("Tháng 9 năm 2014", "lớn")]
    reading = read(xlsx({"a": [*HEADING, ["Biểu 02/NTM-H"], *rows]}))
    assert [(s.period, s.rows_used, s.status) for s in reading.submissions] == [
        (period, 2, "usable") for period in ("2014-07", "2014-08", "2014-09")
    ]
    assert told(reading) == []


@pytest.mark.parametrize(
    ("line", "cell"),
    [
        ("2,Thiên Lộc,100,5,60,5,40", "F6"),
        ("2,Thiên Lộc,1,234,100,40", "F6"),
        ("2,Thiên Lộc,100,60,40,", "F6"),
        ("2,Thiên Lộc,100,60,40", ""),
    ],
)
def test_comma_that_shifts_a_row_of_a_csv_makes_it_unused(line: str, cell: str) -> None:
    lines = [
        "UBND HUYỆN CAN LỘC",
        "Biểu 07/NTM-H",
        "Quý III/2014",
        "TT,Xã,Tổng số,NSTW,NS tỉnh",
        "1,Kim Lộc,100,60,40",
        line,
    ]
    reading = read("\n".join(lines).encode(), "bc.csv")
    assert [row[1] for row in landed(reading, "H07", "unused_reason")] == [None, "E01" if cell else None]
    assert told(reading) == ([("E01", "shifted", cell)] if cell else [])


def test_groups_of_criteria_over_their_names_beside_a_total_of_two_months() -> None:
    names = [
        "Quy hoạch",
        "Giao thông",
        "Thủy lợi",
        "Điện",
        "Trường học",
        "CSVC văn hóa",
        "Chợ",
        "Bưu điện",
        "Nhà ở",
        "Thu nhập",
    ]
    names += ["Hộ nghèo", "Lao động", "HTTCSX", "Giáo dục", "Y tế", "Văn hóa", "Môi trường", "HTCT", "ANTT"]
    header = [
        ["TT", "Đơn vị", "Kết quả thực hiện 19 tiêu chí", *[None] * 18, "Tổng số tiêu chí đạt", None, "Ghi chú"],
        [None, None, "Nhóm I", "Nhóm II: Hạ tầng", *[None] * 7, "Nhóm III", *[None] * 9, "Tháng trước", "Tháng này"],
        [None, None, *(f"{n}. {name}" for n, name in enumerate(names, 1))],
        [f"({n})" for n in range(1, 25)],
    ]
    rows = [[number, name, *MARKS, 11, 12] for number, name in enumerate(COMMUNES, 1)]
    merged = ["A6:A8", "B6:B8", "C6:U6", "V6:W6", "X6:X8", "D7:K7", "L7:U7", "V7:V8", "W7:W8"]
    reading = read(xlsx({"a": sheet("01/NTM-H", *header, *rows)}, merged={"a": merged}))
    assert [row[1:] for row in landed(reading, "H01", "criterion_12", "criterion_13", "criteria_met_stated")] == [
        ("met", "not_met", 12)
    ] * 5
    assert [place for place in told(reading) if place[0] != "F06"] == []
    assert [f.value for f in reading.findings] == ["Tổng số tiêu chí đạt / Tháng trước"]


@pytest.mark.parametrize(
    "names", [["1. Thiên Lộc", "2) Vượng Lộc"], ["- Thiên Lộc", "Xã: Vượng Lộc"], ["THIÊN LỘC", "X Vượng Lộc"]]
)
def test_header_of_one_word_and_numbers_over_communes_that_bear_their_own(names: list[str]) -> None:
    rows = [["Tên xã", *NUMBERS], *([name, *MARKS] for name in names)]
    reading = read(xlsx({"a": sheet("01/NTM-H", *rows)}))
    assert [row[1] for row in landed(reading, "H01", "commune_code")] == ["18415", "18427"]
    assert told(reading) == []


def test_sum_in_words_is_no_commune() -> None:
    rows = [
        FUNDS,
        [1, "Kim Lộc", 100, 60, 40],
        [None, "Tổng cộng", 100, 60, 40],
        [None, "Bằng chữ: một trăm triệu đồng"],
    ]
    assert told(read(xlsx({"a": sheet("07/NTM-H", *rows, period="Quý III/2014")}))) == []


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        ("VPĐP NTM CAN LỘC", "443"),
        ("Văn phòng Điều phối nông thôn mới Can Lộc", "443"),
        ("VPĐP NTM HÀ TĨNH", "VPDP"),
        ("VĂN PHÒNG ĐIỀU PHỐI NTM TỈNH HÀ TĨNH", "VPDP"),
        ("VĂN PHÒNG ĐIỀU PHỐI NTM TỈNH", "VPDP"),
    ],
)
def test_office_of_a_district_is_the_district_without_the_word_for_it_too(issuer: str, code: str) -> None:
    reading = read(xlsx({"a": [[issuer], ["Biểu 02/NTM-H"], ["Tháng 9/2014"], MODEL, model(1, "A")]}), "a.xlsx")
    assert [s.reporter_code for s in reading.submissions] == [code]


def test_mark_in_a_merged_cell_leaves_the_cells_that_it_covers_unknown() -> None:
    met = ["x"] * 12 + [None] * 7
    body = {name: list(met) for name in COMMUNES}
    body["Thuần Thiện"][1:3] = [None, None]
    for name in COMMUNES[2:4]:
        body[name][5] = None
    reading = read(xlsx({"a": h01(body)}, merged={"a": ["C9:E9", "H9:H11", "A8:A9"]}))
    rows = rows_of(reading, "H01")
    assert [[row[f"criterion_{n}"] for n in (1, 2, 3, 6, 13)] for row in rows] == [
        ["met", "met", "met", "met", "not_met"],
        ["met", None, None, "met", "not_met"],
        ["met", "met", "met", None, "not_met"],
        ["met", "met", "met", None, "not_met"],
        ["met", "met", "met", "met", "not_met"],
    ]
    assert [place[-1] for place in told(reading)] == ["D9", "E9", "H10", "H11", "O8"]
    assert [(f.variant, f.expected) for f in reading.findings][1:3] == [("merged", "C9:E9"), ("merged", "H9:H11")]


TWO_ROWS = [
    ["TT", "Tên mô hình", "Xã", "Kết quả sản xuất", None, None, "Tình trạng"],
    [None, None, None, "Quy mô", "Doanh thu", "Lao động", None],
]
SPANS = ["A6:A7", "B6:B7", "C6:C7", "D6:F6", "G6:G7"]


def busy(number: int, revenue: int = 600) -> list[Any]:
    return [number, f"Nuôi lợn thịt {number}", "Kim Lộc", "vừa", revenue, 10 + number, "đang hoạt động"]


def test_word_for_a_unit_below_the_heading_of_a_group_names_its_column() -> None:
    reading = read(xlsx({"a": sheet("02/NTM-H", *TWO_ROWS, busy(1), busy(2))}, merged={"a": SPANS}))
    assert told(reading) == []
    assert landed(reading, "H02", "revenue_million_vnd", "workers") == [(8, 600.0, 11), (9, 600.0, 12)]


def test_unit_below_a_name_of_its_own_is_still_a_unit() -> None:
    rows = [
        [*MODEL_WITHOUT_UNIT[:4], "Lao động", "Doanh thu", "Tình trạng"],
        [None, None, None, None, "người", "tr.đ", None],
    ]
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows, [1, "Trại lợn", "Kim Lộc", "vừa", 11, 600, "đang hoạt động"])}))
    assert landed(reading, "H02", "revenue_million_vnd", "workers") == [(8, 600.0, 11)]


@pytest.mark.parametrize(
    "again",
    [
        ["TT", "Tên mô hình", "Xã", "Quy mô", "Doanh thu", "Lao động", "Tình trạng"],
        ["TT", "TÊN MÔ HÌNH", "Xã", "Quy mô", "Doanh\nthu", "Lao động", "Tình trạng"],
    ],
    ids=["as above", "as typed"],
)
def test_header_of_two_rows_printed_again_as_one_is_no_row_of_data(again: list[str]) -> None:
    body = [busy(1), busy(2), again, [None], busy(3), [None, "Tổng cộng", None, None, 1800, 36, None]]
    reading = read(xlsx({"a": sheet("02/NTM-H", *TWO_ROWS, *body)}, merged={"a": SPANS}))
    assert told(reading) == []
    assert [row[0] for row in landed(reading, "H02", "workers")] == [8, 9, 12]
    assert {total.field: (total.stated, total.computed) for total in reading.totals}["workers"] == (36.0, 36.0)


@pytest.mark.parametrize("letters", ["A B C D E F G H", "A B C D Đ E G H", "(A) (B) (C) (1) (2) (3) (4) (5)"])
def test_letters_of_columns_below_the_header_head_no_further_column(letters: str) -> None:
    rows = [MODEL_WITHOUT_UNIT, letters.split(), model(1, "Trại lợn"), model(2, "Vườn cam")]
    reading = read(xlsx({"a": sheet("02/NTM-H", *rows)}))
    assert told(reading) == []
    assert [row[0] for row in landed(reading, "H02", "model_name")] == [8, 9]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        (["UBND HUYỆN VŨ QUANG", "VĂN PHÒNG ĐIỀU PHỐI NTM"], "441"),
        (["VPĐP NTM HUYỆN VŨ QUANG"], "441"),
        (["UBND HUYEN VU QUANG"], "441"),
        (["VĂN PHÒNG ĐIỀU PHỐI NTM TỈNH HÀ TĨNH"], "VPDP"),
    ],
)
def test_report_of_a_year_without_districts_is_its_districts_all_the_same(heading: list[str], code: str) -> None:
    rows = [*([line] for line in heading), ["Biểu 02/NTM-H"], ["Tháng 3 năm 2041"], MODEL, model(1, "Trại lợn")]
    reading = read(xlsx({"a": rows}), "bc.xlsx")
    assert [(s.reporter_code, s.period) for s in reading.submissions] == [(code, "2041-03")]
