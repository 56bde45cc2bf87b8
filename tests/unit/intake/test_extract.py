"""What rows and cells say: row kinds, values, and the rules that one report alone can break."""

import datetime
import unicodedata
from typing import Any

import pytest

from pipelines.intake.model import Reading
from tests.unit.intake.workbooks import (
    COMMUNES,
    HEADING,
    expected_said,
    found,
    h01,
    read,
    rows_of,
    severity,
    text,
    value_said,
    xls,
    xlsx,
)

MARKS = ["x"] * 16 + ["K"] * 3
HEADER = h01()[:7]


def table(number: str, period: str, header: list[Any], *rows: list[Any], heading: Any = HEADING) -> bytes:
    return xlsx({"a": [*heading, [f"Biểu {number}"], [period], header, *rows]})


def models(*rows: list[Any], unit: str = "") -> Reading:
    header = ["TT", "Tên mô hình", "Xã / Địa điểm", "Thôn", "Chủ mô hình", "Loại hình", "Lĩnh vực", "Sản phẩm", "Quy mô",
              f"Doanh thu{unit}", "Lao động", "Ngày hình thành", "Liên kết theo chuỗi", "Tình trạng", "Ghi chú"]  # fmt: skip
    return read(table("02/NTM-H", "Tháng 9/2014", header, *rows))


MODEL = [
    1,
    "Nuôi lợn",
    "Thiên Lộc",
    "Thôn 1",
    "Nguyễn A",
    "hộ",
    "chăn nuôi",
    "lợn",
    "vừa",
    600,
    3,
    "15/3/2014",
    "có",
    "đang hoạt động",
    None,
]


def model(**changes: Any) -> list[Any]:
    names = "no name commune village owner kind sector product size revenue workers started linked status note".split()
    return [changes.get(name, usual) for name, usual in zip(names, MODEL, strict=True)]


def body(*rows: list[Any]) -> Reading:
    return read(xlsx({"a": [*HEADER, *rows]}))


def unused(reading: Reading, form: str = "H01") -> dict[str, str | None]:
    return {row["commune_name"]: row["unused_reason"] for row in rows_of(reading, form)}


# --- row kinds


def test_groups_totals_averages_notes_and_signatures_are_no_data() -> None:
    reading = body(
        [None, "TỔNG SỐ", *[4] * 19, 64],
        ["I. Vùng thượng huyện"],
        [1, "Thiên Lộc", *MARKS, 16],
        [2, "Thuần Thiện", *MARKS, 16],
        [None, "Cộng (I)", *[2] * 19, 32],
        ["II", "Vùng hạ huyện"],
        [3, "Vượng Lộc", *MARKS, 16],
        [None, None],
        [4, "Thanh Lộc", *MARKS, 16],
        [5],
        ["Bình quân tiêu chí/xã", None, *[None] * 19, 16.0],
        ["Ghi chú: (*) xã đặc biệt khó khăn; không có thay đổi"],
        [None, "Can Lộc, ngày 3 tháng 10 năm 2014"],
        ["NGƯỜI LẬP BIỂU", None, None, "TM. UBND HUYỆN"],
        ["Nguyễn Thị A", None, None, "Trần Văn B"],
        ["Nơi nhận: như trên"],
    )
    assert found(reading) == []
    assert [row["commune_name"] for row in rows_of(reading, "H01")] == [
        "Thiên Lộc",
        "Thuần Thiện",
        "Vượng Lộc",
        "Thanh Lộc",
    ]
    totals = {(t.row_number, t.field): (t.stated, t.computed, t.rows, t.first_row, t.last_row) for t in reading.totals}
    assert totals[8, "criterion_1"] == (4, 4, 4, 10, 16)
    assert totals[12, "criterion_1"] == (2, 2, 2, 10, 11)
    assert totals[12, "criterion_17"] == (2, 0, 2, 10, 11)
    assert totals[12, "criteria_met_stated"] == (32, 32, 2, 10, 11)
    assert {row for row, _ in totals} == {8, 12}


def test_grand_total_right_below_a_subtotal_is_of_all_rows() -> None:
    reading = body(
        [1, "Thiên Lộc", *MARKS, 16],
        [None, "Cộng (I)", *[None] * 19, 16],
        [2, "Kim Lộc", *MARKS, 16],
        [None, "Cộng (II)", *[None] * 19, 16],
        [None, "TỔNG CỘNG", *[None] * 19, 32],
    )
    assert [(t.row_number, t.stated, t.computed, t.rows) for t in reading.totals] == [
        (9, 16, 16, 1),
        (11, 16, 16, 1),
        (12, 32, 32, 2),
    ]


def test_total_counts_wards_and_unused_rows_and_tells_unreadable_cells() -> None:
    reading = body(
        [1, "Thiên Lộc", *["x"] * 19, 19],
        [2, "Nghèn", *["x"] * 19, 19],
        [3, "Nơi Nào Đó", *["Cơ bản đạt"] + ["x"] * 18, "nhiều"],
        [None, "Tổng cộng", *[3] * 19, 38],
    )
    totals = {t.field: t for t in reading.totals}
    assert (totals["criterion_1"].computed, totals["criterion_1"].unreadable_cells) == (2, 1)
    assert (totals["criterion_2"].computed, totals["criterion_2"].unreadable_cells) == (3, 0)
    assert totals["criteria_met_stated"].unreadable_cells == 1


def test_data_below_a_note_is_still_data() -> None:
    reading = body([1, "Thiên Lộc", *MARKS, 16], ["Ghi chú: xem dưới"], [2, "Kim Lộc", *MARKS, 16], [None, "Thanh Lộc"])
    assert list(unused(reading)) == ["Thiên Lộc", "Kim Lộc", "Thanh Lộc"]


@pytest.mark.parametrize(
    "name", ["Tổng đội thanh niên xung phong", "Cộng đồng nuôi tôm", "Toàn Thắng", "Vùng rau sạch"]
)
def test_names_that_begin_like_totals_are_data(name: str) -> None:
    assert [row["model_name"] for row in rows_of(models(model(name=name)), "H02")] == [name]


def test_unnumbered_list_is_data() -> None:
    assert len(rows_of(models(model(no=None), model(no="-", name="Nuôi bò")), "H02")) == 2


def test_group_row_sets_the_district_for_the_rows_below() -> None:
    header = ["STT", "Xã", "Tiêu chí", "Kết luận"]
    rows = [
        ["I", "HUYỆN CAN LỘC"],
        [1, "Kim Lộc", 15, "Đạt"],
        ["II. Huyện Cẩm Xuyên"],
        [2, "Kim Lộc", 15, "Đạt"],
        [3, "Cẩm Bình", 15, "x"],
    ]
    reading = read(table("01/NTM-S", "Quý III/2014", header, *rows, heading=[["SỞ Y TẾ"]]))
    assert [(row["commune_code"], row["unused_reason"]) for row in rows_of(reading, "S01")] == [
        ("18424", None),
        ("18424", "R02"),
        ("18685", None),
    ]


@pytest.mark.parametrize("is_merged", [True, False])
def test_names_are_filled_down_inside_merged_ranges_only(is_merged: bool) -> None:
    rows = [*HEADING, ["Biểu 06/NTM-H"], ["Quý III/2014"], ["TT", "Xã", "Họ và tên", "Lãnh đạo (x)"]]
    rows += [[1, "Kim Lộc", "Nguyễn A", "x"], [2, None, "Trần B", None], [3, None, "Lê C", None]]
    reading = read(xlsx({"a": rows}, {"a": ["B7:B8"]} if is_merged else None))
    names = [row["commune_name"] for row in rows_of(reading, "H06")]
    assert names == (["Kim Lộc", "Kim Lộc", None] if is_merged else ["Kim Lộc", None, None])
    assert [cell for rule, cell, _ in found(reading, "E02")] == (["B9"] if is_merged else ["B8", "B9"])
    assert [row["is_leader"] for row in rows_of(reading, "H06")] == [True, False, False]


# --- nil reports


@pytest.mark.parametrize(
    "words", [["Không phát sinh"], [None, "không có mô hình nào"], [1, "Không phát sinh trong tháng"]]
)
@pytest.mark.parametrize("gap", [0, 2])
def test_nil_words_in_or_below_the_table_make_a_nil_report(words: list[Any], gap: int) -> None:
    reading = models(*[[]] * gap, words)
    (submission,) = reading.submissions
    assert (submission.status, submission.is_nil, submission.rows_read, found(reading)) == ("usable", True, 0, [])


def test_named_form_without_a_table_can_be_nil() -> None:
    reading = read(xlsx({"a": [*HEADING, ["Biểu 03/NTM-H"], ["Tháng 9/2014"], ["Không phát sinh"]]}))
    assert [(s.form, s.period, s.is_nil, s.status) for s in reading.submissions] == [("H03", "2014-09", True, "usable")]


@pytest.mark.parametrize("rows", [[], [["Tổng cộng"]], [["Người lập"]], [[1], [2]]])
def test_form_without_rows_and_without_nil_words_is_f13(rows: list[Any]) -> None:
    reading = models(*rows)
    assert [f.rule_id for f in reading.findings] == ["F13"]
    assert [(s.status, s.reason) for s in reading.submissions] == [("rejected", "F13")]


def test_nil_words_where_nil_is_not_allowed_are_f13() -> None:
    assert [(f.rule_id, f.variant) for f in body(["Không phát sinh"]).findings] == [("F13", "nil_not_allowed")]


def test_nil_words_beside_rows_change_nothing() -> None:
    reading = models(model(), ["Ghi chú: không có gì thêm"])
    assert [(s.is_nil, s.rows_used) for s in reading.submissions] == [(False, 1)]


# --- units


def test_unknown_other_districts_and_repaired_names_and_wards() -> None:
    names = ["Thiên Lộc", "Cẩm Bình", "Lạ Hoắc", "Thanh Loc", "TT Nghèn", "UBND xã Kim Lộc", "Vượng Lộc (*)"]
    reading = body(*([n, name, *MARKS, 16] for n, name in enumerate(names, 1)))
    assert found(reading) == [
        ("R02", "B9", "Cẩm Bình"),
        ("R01", "B10", "Lạ Hoắc"),
        ("R06", "B11", "Thanh Loc"),
        ("R05", "B12", "TT Nghèn"),
    ]
    assert list(unused(reading).values()) == [None, "R02", "R01", None, "R05", None, None]
    repaired = next(f for f in reading.findings if f.rule_id == "R06")
    assert (repaired.expected, severity(repaired), repaired.unit_code) == ("Xã Thanh Lộc", "warning", "18433")
    unknown = next(f for f in reading.findings if f.rule_id == "R01")
    assert (unknown.unit_code, unknown.unit_name, severity(unknown)) == (None, "lạ hoắc", "error")


def test_nearest_name_is_suggested_never_taken() -> None:
    reading = body([1, "Thiên Lộx", *MARKS, 16], [2, "Kim Lộc", *MARKS, 16])
    row = rows_of(reading, "H01")[0]
    assert (row["commune_code"], row["commune_suggested_code"], row["unused_reason"]) == (None, "18415", "R01")
    assert "Thiên Lộc" in (reading.findings[0].expected or "")


def test_wards_are_normal_in_lists() -> None:
    reading = models(model(commune="TT Nghèn"))
    assert found(reading) == []
    assert unused(reading, "H02") == {"TT Nghèn": None}


def test_report_of_wards_only_is_usable_one_of_unknown_names_is_not() -> None:
    assert [s.status for s in body([1, "TT Nghèn", *MARKS, 16]).submissions] == ["usable"]
    assert [(s.status, s.reason) for s in body([1, "Lạ Hoắc", *MARKS, 16]).submissions] == [("rejected", "R01")]


# --- repeated keys


def test_same_key_with_other_values_leaves_both_rows_out() -> None:
    reading = body([1, "Kim Lộc", *MARKS, 16], [2, "Thiên Lộc", *MARKS, 16], [3, "Kim Lộc", *["x"] * 19, 19])
    assert [row["unused_reason"] for row in rows_of(reading, "H01")] == ["R03", None, "R03"]
    (finding,) = reading.findings
    assert (finding.rule_id, severity(finding), finding.cell, finding.related_cell, finding.value) == (
        "R03",
        "error",
        "B10",
        "B8",
        "Kim Lộc",
    )


def test_same_key_with_the_same_values_counts_once() -> None:
    reading = body([1, "Kim Lộc", *MARKS, 16], [2, "Xã Kim Lộc", *MARKS, 16, "lặp"])
    assert [row["unused_reason"] for row in rows_of(reading, "H01")] == [None, "R03_same"]
    assert [(f.rule_id, f.variant, severity(f)) for f in reading.findings] == [("R03", "same", "warning")]


@pytest.mark.parametrize(
    ("again", "stated", "without"),
    [
        (MARKS, 32, 10),  # the total counts the repeated row once
        (["x"] * 19, 32, 10),  # and so it does where the second row says something else,
        (["x"] * 19, 35, 8),  # or is the one that was meant
        (MARKS, 48, None),  # counts it twice: it fits as it stands
        (MARKS, 33, None),  # fits in no way
    ],
)
def test_total_that_fits_without_a_repeated_row_names_it(again: list[str], stated: int, without: int | None) -> None:
    marks = {32: [2] * 16 + [0] * 3, 35: [2] * 16 + [1] * 3, 48: [3] * 16 + [0] * 3, 33: [2] * 16 + [0] * 3}[stated]
    reading = body(
        [1, "Kim Lộc", *MARKS, 16],
        [2, "Thiên Lộc", *MARKS, 16],
        [3, "Kim Lộc", *again, again.count("x")],
        [None, "Cộng", *marks, stated],
    )
    assert {total.fits_without_row for total in reading.totals} == {without}


def test_key_repeated_on_another_sheet_of_the_report() -> None:
    reading = read(xlsx({"a": h01({"Kim Lộc": MARKS}), "b": h01({"Kim Lộc": ["x"] * 19})}))
    (finding,) = reading.findings
    assert (finding.sheet, finding.related_sheet) == ("b", "a")
    assert [s.sheets for s in reading.submissions] == ["a;b"]


def test_registration_number_is_the_key_where_there_is_one() -> None:
    header = ["TT", "Tên", "Loại", "Xã", "Mã số", "Tình trạng"]
    rows = [
        [1, "HTX A", "HTX", "Kim Lộc", "0300123", "đang hoạt động"],
        [2, "HTX B", "HTX", "Thiên Lộc", "0300123", "đang hoạt động"],
        [3, "THT C", "THT", "Kim Lộc", None, "đang hoạt động"],
    ]
    reading = read(table("03/NTM-H", "Tháng 9/2014", header, *rows))
    assert [row["item_key"] for row in rows_of(reading, "H03")] == [
        "0300123",
        "0300123",
        "18424|tht c|cooperative_group",
    ]
    assert [row["unused_reason"] for row in rows_of(reading, "H03")] == ["R03", "R03", None]


# --- blanks and marks


def test_blank_mark_is_not_stated_never_not_met() -> None:
    reading = body([1, "Kim Lộc", None, *MARKS[1:], 15])
    assert found(reading) == [("E02", "C8", None)]
    row = rows_of(reading, "H01")[0]
    assert (row["criterion_1"], row["required_cells"], row["filled_cells"]) == (None, 20, 19)


def test_blanks_among_marks_of_met_only_are_not_met_told_once() -> None:
    some = ["x", None] * 9 + ["Đạt"]
    reading = body(
        [1, "Kim Lộc", *some, 10],
        [2, "Thiên Lộc", *[None] * 19, 0],
        [3, "Thanh Lộc", *[None] * 19],
        [4, "Vượng Lộc", *some, None],
    )
    assert [(f.rule_id, f.variant, severity(f), f.cell) for f in reading.findings] == [
        ("E06", "", "info", "D8"),
        ("E02", "row", "warning", "B10"),
    ]
    rows = {row["commune_name"]: row for row in rows_of(reading, "H01")}
    assert [rows[name]["criterion_2"] for name in ("Kim Lộc", "Thiên Lộc", "Thanh Lộc")] == ["not_met", "not_met", None]
    assert [rows[name]["filled_cells"] for name in ("Kim Lộc", "Thiên Lộc", "Thanh Lộc")] == [20, 20, 1]


def test_one_mark_of_not_met_leaves_blanks_unknown() -> None:
    reading = body([1, "Kim Lộc", *["x"] * 18, None, 18], [2, "Thiên Lộc", *["x"] * 18, "K", 18])
    assert [f.rule_id for f in reading.findings] == ["E02"]


@pytest.mark.parametrize("mark", ["Cơ bản đạt", "Đạt (đang hoàn thiện)", "KAD", "?", 7])
def test_marks_in_between_are_unreadable(mark: Any) -> None:
    reading = body([1, "Kim Lộc", mark, *MARKS[1:], 15])
    assert [(f.rule_id, severity(f), f.cell, f.field) for f in reading.findings] == [
        ("E01", "error", "C8", "criterion_1")
    ]
    row = rows_of(reading, "H01")[0]
    assert (row["criterion_1"], row["unreadable_fields"], row["filled_cells"], row["unused_reason"]) == (
        None,
        ";criterion_1;",
        20,
        None,
    )


def test_mark_read_after_a_repair_says_what_was_taken() -> None:
    (finding,) = body([1, "Kim Lộc", "Đat", *MARKS[1:], 16]).findings
    assert (finding.rule_id, finding.value, expected_said(finding)) == ("E07", "Đat", "đạt")


# --- words, numbers, dates, ticks


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"size": "to"}, ("E03", "error", "size", 'một trong các từ "lớn", "vừa", "nhỏ"')),
        ({"status": "tốt"}, ("E03", "error", "status", 'một trong các từ "đang hoạt động", "tạm dừng", "đã dừng"')),
        ({"sector": "khai khoáng"}, ("E03", "error", "sector", None)),
        ({"workers": -2}, ("E03", "error", "workers", "số nguyên từ 0 đến 99.999.999")),
        ({"workers": "ba"}, ("E01", "error", "workers", "số nguyên từ 0")),
        ({"workers": "1O"}, ("E07", "warning", "workers", "10")),
        ({"started": "đầu năm"}, ("E01", "error", "started_on", "ngày/tháng/năm")),
        ({"revenue": "1.500"}, ("E05", "warning", "revenue_million_vnd", "1500")),
        ({"revenue": "1,5 tỷ"}, ("E07", "warning", "revenue_million_vnd", "1500")),
        ({"status": "dang hoat dong"}, ("E07", "warning", "status", None)),
        ({"size": None}, ("E02", "warning", "size", None)),
        ({"name": " "}, ("E02", "warning", "model_name", None)),
    ],
    ids=str,
)
def test_cell_that_is_wrong_or_doubtful(changes: dict[str, Any], expected: tuple[str, str, str, str | None]) -> None:
    reading = models(
        model(),
        model(no=2, name="Nuôi bò") if "name" in changes else model(no=2, name="Nuôi bò", **changes),
        *([model(**changes)] if "name" in changes else []),
    )
    (finding,) = reading.findings
    assert (finding.rule_id, severity(finding), finding.field) == expected[:3]
    assert expected[3] in (None, expected_said(finding))


def test_number_that_reads_two_ways_is_read_like_the_sheets_others() -> None:
    reading = models(model(revenue="1,234.5"), model(name="b", revenue="1.500"))
    assert [row["revenue_million_vnd"] for row in rows_of(reading, "H02")] == [1234.5, 1.5]
    assert [f.rule_id for f in reading.findings] == ["E05"]


@pytest.mark.parametrize(
    ("unit", "heading", "expected"),
    [
        ("", [], 600.0),
        (" (triệu đồng/năm)", [], 600.0),
        (" (tỷ đồng)", [], 600_000.0),
        ("", ["ĐVT: đồng"], 0.0006),
        ("", ["Đơn vị tính: tỷ đồng"], 600_000.0),
        (" (triệu đồng)", ["ĐVT: tỷ đồng"], 600.0),
    ],
)
def test_unit_of_money_stands_in_the_header_or_in_a_corner(unit: str, heading: list[str], expected: float) -> None:
    rows = [*HEADING, ["Biểu 02/NTM-H"], ["Tháng 9/2014"], [*[None] * 4, *heading]]
    header = ["TT", "Tên mô hình", "Xã", "Quy mô", f"Doanh thu{unit}", "Tình trạng"]
    reading = read(xlsx({"a": [*rows, header, [1, "Nuôi lợn", "Kim Lộc", "vừa", 600, "đang hoạt động"]]}))
    assert [row["revenue_million_vnd"] for row in rows_of(reading, "H02")] == pytest.approx([expected])


@pytest.mark.parametrize(
    ("raw", "linked", "buyer"),
    [
        ("có", True, None),
        ("x", True, None),
        ("không", False, None),
        (None, False, None),
        ("Công ty Mitraco", True, "Công ty Mitraco"),
    ],
)
def test_link_is_yes_no_or_the_buyers_name(raw: Any, linked: bool, buyer: str | None) -> None:
    reading = models(model(linked=raw))
    row = rows_of(reading, "H02")[0]
    assert (row["is_linked"], row["linked_buyer"], found(reading)) == (linked, buyer, [])


def test_ditto_marks_take_the_text_above_and_say_so() -> None:
    reading = models(model(), model(name="Nuôi bò", village="-nt-", sector='"'), model(name="c", village="//"))
    assert [row["village"] for row in rows_of(reading, "H02")] == ["Thôn 1"] * 3
    assert [(f.rule_id, f.cell, f.value, expected_said(f)) for f in reading.findings] == [
        ("E07", "D8", "-nt-", "Thôn 1"),
        ("E07", "G8", '"', "chăn nuôi"),
        ("E07", "D9", "//", "Thôn 1"),
    ]


def test_bound_that_depends_on_the_kind_of_place() -> None:
    header = ["TT", "Xã", "Thôn", "Loại", "Chủ vườn", "Số tiêu chí đạt", "Tình trạng"]
    rows = [
        [1, "Kim Lộc", "Thôn 1", "KDC kiểu mẫu", None, 10, "đạt chuẩn"],
        [2, "Kim Lộc", "Thôn 1", "vườn mẫu", "Trần B", 6, "đăng ký"],
        [3, "Kim Lộc", "Thôn 2", "KDC kiểu mẫu", None, 12, "đang xây dựng"],
    ]
    reading = read(table("04/NTM-H", "Tháng 9/2014", header, *rows))
    assert [row["criteria_met"] for row in rows_of(reading, "H04")] == [10, None, None]
    assert [(f.rule_id, f.cell, f.value) for f in reading.findings] == [("E03", "F8", "6"), ("E03", "F9", "12")]
    assert [expected_said(f) for f in reading.findings] == ["số nguyên từ 0 đến 5", "số nguyên từ 0 đến 10"]


def test_two_columns_of_ticks_for_one_answer() -> None:
    header = ["TT", "Họ và tên", "Chức vụ", "Chuyên trách", "Kiêm nhiệm"]
    rows = [[1, "A", "CV", "x", None], [2, "B", "CV", None, "x"], [3, "C", "CV", "x", "x"], [4, "D", "CV", None, None]]
    reading = read(table("05/NTM-H", "Quý III/2014", header, *rows))
    assert [row["is_full_time"] for row in rows_of(reading, "H05")] == [True, False, None, False]
    assert [(f.rule_id, f.variant, f.cell) for f in reading.findings] == [("E01", "both_ticks", "E9")]


def test_personal_values_are_marked() -> None:
    reading = models(model(owner=None), model(name="b", owner="Trần B"), model(name="b", owner="Trần B", workers=9))
    assert {f.field: f.is_personal for f in reading.findings} == {"commune": False}
    header = ["TT", "Họ và tên", "Chuyên trách"]
    repeated = read(table("05/NTM-H", "Quý III/2014", header, [1, "Trần B", "x"], [2, "Trần B", None]))
    assert [(f.rule_id, f.is_personal) for f in repeated.findings] == [("R03", True)]


def test_wide_layout_of_a_department() -> None:
    rows: list[list[Any]] = [["SỞ Y TẾ"], ["Biểu 01/NTM-S"], ["Quý III/2014"], ["STT", "Xã", "Y tế", "TC 5", "Ghi chú"]]
    rows += [
        [1, "Thiên Lộc", "x", None, "n"],
        [2, "Kim Lộc", None, None],
        [3, "Kim Lộc 9", "x", "?"],
        [None, "Tổng cộng", 2, 0],
    ]
    reading = read(xlsx({"a": rows}))
    landed = [
        (r["row_number"], r["criterion_no"], r["status"], r["is_wide"], r["unused_reason"])
        for r in rows_of(reading, "S01")
    ]
    assert landed == [
        (5, 15, "met", True, None), (5, 5, "not_met", True, None),
        (6, 15, None, True, None), (6, 5, None, True, None),
        (7, 15, "met", True, "R01"), (7, 5, None, True, "R01"),
    ]  # fmt: skip
    assert sorted((f.rule_id, f.cell) for f in reading.findings) == [
        ("E01", "D7"),
        ("E02", "B6"),
        ("E06", "D5"),
        ("R01", "B7"),
    ]
    assert [(c.field, c.column_letter) for c in reading.columns if c.field.startswith("criterion")] == [
        ("criterion_15", "C"),
        ("criterion_5", "D"),
    ]
    assert [(t.field, t.stated, t.computed, t.unreadable_cells) for t in reading.totals] == [
        ("criterion_15", 2, 2, 0),
        ("criterion_5", 0, 0, 1),
    ]


@pytest.mark.parametrize(
    ("cell", "number", "rule"),
    [
        (15, 15, None),
        ("15", 15, None),
        ("Tiêu chí 15", 15, None),
        ("Y tế", 15, None),
        ("15. Y tế", 15, None),
        ("abc", None, "E01"),
        (None, None, "E02"),
        (25, None, "E03"),
    ],
)
def test_criterion_of_the_long_layout(cell: Any, number: int | None, rule: str | None) -> None:
    rows = [[1, "Kim Lộc", cell, "Đạt"], [2, "Thiên Lộc", 15, "Đạt"]]
    reading = read(
        table("01/NTM-S", "Quý III/2014", ["STT", "Xã", "Tiêu chí", "Kết luận"], *rows, heading=[["SỞ Y TẾ"]])
    )
    row = rows_of(reading, "S01")[0]
    assert (row["criterion_no"], row["unused_reason"]) == (number, rule)
    assert [f.rule_id for f in reading.findings] == ([rule] if rule else [])


def test_task_is_known_by_code_or_by_text() -> None:
    header = ["TT", "Mã nhiệm vụ", "Nội dung nhiệm vụ", "Tình trạng", "Tỷ lệ hoàn thành (%)", "Ngày hoàn thành"]
    rows = [
        ["I", "Theo Thông báo 306"],
        [1, "1.1a", "Củng cố", "hoàn thành", 100, datetime.date(2014, 9, 30)],
        [2, None, "Xác nhận  HỘ nghèo", "chưa thực hiện", 0],
        [3, None, None, "đang thực hiện", "70%"],
    ]
    reading = read(table("01/NTM-C", "Tháng 9/2014", header, *rows))
    assert [row["item_key"] for row in rows_of(reading, "C01")] == ["1 1a", "xác nhận hộ nghèo", None]
    assert [row["percent_done"] for row in rows_of(reading, "C01")] == [100, 0, 70]
    assert found(reading) == [("E02", "C10", None)]
    assert [(row["required_cells"], row["filled_cells"]) for row in rows_of(reading, "C01")] == [(2, 2), (2, 2), (2, 1)]


def test_row_that_cannot_be_used_is_an_error_whatever_is_wrong_with_it() -> None:
    """A ward (R05) and a row that says the same once more are the exceptions."""
    rows = [
        [1, "Thiên Lộc", *MARKS],
        [2, None, *MARKS],
        [3, "Xã Lạ Hoắc", *MARKS],
        [4, "Tân Lộc", *MARKS],
        [5, "Tân Lộc", *MARKS],
        [6, "Kim Lộc", *MARKS],
        [7, "Kim Lộc", *["K"] * 19],
        [8, "Thị trấn Nghèn", *MARKS],
    ]
    reading = read(table("01/NTM-H", "Tháng 9/2014", ["STT", "Xã", *range(1, 20)], *rows))
    severities: dict[int | None, set[str]] = {}
    for finding in reading.findings:
        severities.setdefault(finding.row_number, set()).add(severity(finding))
    unused = {row["row_number"]: row["unused_reason"] for row in rows_of(reading, "H01") if row["unused_reason"]}
    wrong = {number: reason for number, reason in unused.items() if reason not in ("R05", "R03_same")}
    assert set(wrong.values()) >= {"E02", "R01", "R03"}
    reported = {number for number, levels in severities.items() if "error" in levels}
    # of two rows that contradict each other the second is reported, with the first beside it
    assert reported == wrong.keys() - {min(number for number, reason in wrong.items() if reason == "R03")}
    (blank,) = [finding for finding in reading.findings if finding.rule_id == "E02"]
    assert (blank.variant, severity(blank)) == ("unused", "error")


def test_task_without_code_and_words_is_an_error() -> None:
    header = ["STT", "Mã nhiệm vụ", "Nội dung nhiệm vụ", "Tình trạng", "Tỷ lệ hoàn thành (%)"]
    reading = read(table("01/NTM-C", "Tháng 9/2014", header, [1, None, None, "đang thực hiện", "70%"]))
    assert [(f.rule_id, severity(f)) for f in reading.findings] == [("E02", "error")]
    assert [row["unused_reason"] for row in rows_of(reading, "C01")] == ["E02"]


@pytest.mark.parametrize(
    ("received_at", "sender", "expected"),
    [
        ("05/07/2025 08:00", "Huyện Can Lộc", "443"),  # abolished on 1 July, its report on June comes after
        ("05/07/2025 08:00", "443", "443"),  # as our own register of what came by mail has it
        ("05/07/2025 08:00", "Xã Cẩm Bình", "18685"),
        ("05/06/2025 08:00", "Xã Cẩm Bình", None),  # no reporter yet
        ("05/08/2026 08:00", "Huyện Can Lộc", None),
    ],
)
def test_who_was_abolished_within_the_year_is_still_a_sender(
    received_at: str, sender: str, expected: str | None
) -> None:
    rows = [["SỔ VĂN BẢN ĐẾN"], ["Ngày giờ đến", "Nơi gửi", "Tên tệp"], [received_at, sender, "inbox/a.xlsx"]]
    reading = read(xlsx({"a": rows}), "so van ban den.xlsx")
    assert [row["sender_code"] for row in rows_of(reading, "V03")] == [expected]
    assert [finding.rule_id for finding in reading.findings] == ([] if expected else ["E03"])


def test_register_of_incoming_documents_needs_no_period_and_no_reporter() -> None:
    rows = [
        ["SỔ VĂN BẢN ĐẾN"],
        ["STT", "Ngày giờ đến", "Nơi gửi", "Kỳ báo cáo", "Tên tệp", "Ghi chú"],
        [1, datetime.datetime(2014, 10, 3, 8, 30), "UBND huyện Can Lộc", "Tháng 9/2014", "2014-09\\a.xlsx", None],
        [2, "05/10/2014 14:00", "Sở Y tế", "Quý III/2014", "b.xlsx", "Thu hồi theo CV 12"],
        [3, "hôm qua", "Sở Lạ", None, None, None],
    ]
    reading = read(xlsx({"a": rows}), "so van ban den.xlsx")
    landed = [
        (r["received_at"], r["sender_code"], r["period"], r["file_name"], r["is_withdrawal"], r["unused_reason"])
        for r in rows_of(reading, "V03")
    ]
    assert landed == [
        (datetime.datetime(2014, 10, 3, 1, 30), "443", "2014-09", "2014-09\\a.xlsx", False, None),
        (datetime.datetime(2014, 10, 5, 7, 0), "S-YT", "2014-Q3", "b.xlsx", True, None),
        (None, None, None, None, False, "E01"),
    ]
    assert sorted(found(reading)) == [("E01", "B5", "hôm qua"), ("E02", "E5", None), ("E03", "C5", "Sở Lạ")]
    assert [(s.status, s.period) for s in reading.submissions] == [("usable", None)]


def test_directives_are_expanded_to_their_owners() -> None:
    rows = [
        ["SỔ THEO DÕI VĂN BẢN CHỈ ĐẠO"],
        ["Số, ký hiệu", "Ngày ban hành", "Mã nhiệm vụ", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Hạn", "Định kỳ"],
        ["306/TB-UBND", "7/9/2014", "2.1", "Kiện toàn", "các huyện, thành phố, thị xã", "31/12/2014", "một lần"],
        ["306/TB-UBND", "7/9/2014", "2.2", "Báo cáo", "Sở Y tế; Sở Tài chính", None, "hàng quý"],
    ]
    reading = read(xlsx({"a": rows}))
    first, second = rows_of(reading, "V02")
    assert len(first["owner_codes"].split(";")) == 12
    assert (second["owner_codes"], second["recurrence"]) == ("S-YT;S-TC", "quarter")
    assert found(reading) == []


def test_unanswered_lines_of_a_receipt_are_empty_lines() -> None:
    rows = [
        ["SỔ GIẢI TRÌNH"],
        ["TT", "Mã phát hiện", "Giải trình", "Chấp nhận"],
        [1, "ab12", "đã sửa", "x"],
        [2, "cd34", None, None],
    ]
    reading = read(xlsx({"a": rows}))
    assert [(row["finding_id"], row["is_accepted"]) for row in rows_of(reading, "V04")] == [("ab12", True)]
    assert found(reading) == []


def test_blank_verdict_of_an_inspection_is_unknown_not_no() -> None:
    header = ["TT", "Ngày kiểm tra", "Xã", "Loại", "Nội dung kiểm tra", "Kết luận"]
    rows = [
        [1, "20/9/2014", "Kim Lộc", "tiêu chí", 5, "đúng"],
        [2, "20/9/2014", "Kim Lộc", "tiêu chí", 6, "sai"],
        [3, "20/9/2014", "Kim Lộc", "mô hình", "Nuôi lợn", None],
    ]
    reading = read(table("01/NTM-V", "Tháng 9/2014", header, *rows, heading=[["VĂN PHÒNG ĐIỀU PHỐI NTM TỈNH"]]))
    assert [(row["item"], row["is_confirmed"]) for row in rows_of(reading, "V01")] == [
        ("5", True),
        ("6", False),
        ("Nuôi lợn", None),
    ]
    assert found(reading) == [("E02", "F7", None)]


# --- the file's own rules


def test_hidden_rows_and_columns_are_read_and_told_once() -> None:
    reading = read(xlsx({"a": h01()}, hidden={"a": [9, 10, "D"]}))
    (finding,) = reading.findings
    assert (finding.rule_id, severity(finding), value_said(finding)) == ("F11", "warning", "dòng 9, dòng 10, cột D")
    assert len(rows_of(reading, "H01")) == 5


def test_hidden_sheet_with_data_is_read_and_told() -> None:
    reading = read(xlsx({"a": h01(), "cũ": h01({"Khánh Lộc": MARKS})}, hidden={"cũ": [""]}))
    assert [(f.rule_id, f.sheet) for f in reading.findings] == [("F11", "cũ")]
    assert reading.submissions[0].rows_used == 6


def test_formula_without_a_result_is_unknown_not_blank() -> None:
    rows = h01({"Kim Lộc": ['=IF(A1="x","x","")', *MARKS[1:]], "Thiên Lộc": MARKS})
    rows[7][21] = '=COUNTIF(C8:U8,"x")'
    reading = read(xlsx({"a": rows}))
    (finding,) = reading.findings
    assert (finding.rule_id, severity(finding), finding.cell, expected_said(finding)) == (
        "F12",
        "warning",
        "C8",
        "C8, V8",
    )
    row = rows_of(reading, "H01")[0]
    assert (row["criterion_1"], row["unreadable_fields"]) == (None, ";criterion_1;criteria_met_stated;")


@pytest.mark.parametrize("build", [xls, xlsx])
def test_old_formats_are_looked_through_for_hidden_parts_and_formulas(build: Any) -> None:
    reading = read(build({"a": h01()}))
    reasons = {e.rule_id: e.not_evaluated_reason for e in reading.evaluations}
    assert (reasons["F11"], reasons["F12"], reasons["F10"]) == (None, None, None)


def tcvn3(value: Any) -> Any:
    import csv  # noqa: PLC0415

    from tests.unit.intake.workbooks import ROOT  # noqa: PLC0415

    with (ROOT / "pipelines" / "intake" / "tcvn3_map.csv").open(encoding="utf-8") as file:
        table = {ord(row["unicode_char"]): chr(int(row["byte_hex"], 16)) for row in csv.DictReader(file)}
    return value.lower().translate(table) if isinstance(value, str) else value


@pytest.mark.parametrize(
    ("convert", "name"),
    [
        (tcvn3, "TCVN3"),
        (lambda value: unicodedata.normalize("NFD", value) if isinstance(value, str) else value, "Unicode tổ hợp"),
        (
            lambda value: (
                value.encode().decode("cp1252", "ignore")
                if value == ""
                else value.replace("Đ", "Ð")
                if isinstance(value, str)
                else value
            ),
            "chữ cái giống nhau",
        ),
    ],
)
def test_legacy_text_is_converted_and_told(convert: Any, name: str) -> None:
    reading = read(xlsx({"a": [[convert(cell) for cell in row] for row in h01()]}))
    assert [(f.rule_id, severity(f), value_said(f)) for f in reading.findings] == [("F10", "info", name)]
    assert [row["commune_code"] for row in rows_of(reading, "H01")][:2] == ["18415", "18418"]


def test_counts_of_what_was_looked_at() -> None:
    reading = body([1, "Kim Lộc", "?", None, *MARKS[2:], 14], [2, "Lạ Hoắc", *MARKS, 16])
    counts = {e.rule_id: (e.evaluated, e.failed, e.not_evaluated_reason) for e in reading.evaluations}
    assert counts["E01"] == (39, 1, None)
    assert counts["E02"] == (40, 1, None)
    assert counts["R01"] == (2, 1, None)
    assert counts["E05"][1] == 0
    assert counts["F01"] == (1, 0, None)


def test_every_row_read_is_used_or_explained() -> None:
    names = [*COMMUNES, "Lạ Hoắc", "Cẩm Bình", "Nghèn", "Kim Lộc", None]
    reading = body(*([n, name, *MARKS, n] for n, name in enumerate(names, 1)))
    (submission,) = reading.submissions
    reasons = [row["unused_reason"] for row in rows_of(reading, "H01")]
    assert submission.rows_read == len(names) == len(reasons)
    assert reasons == [None] * 4 + ["R03", "R01", "R02", "R05", "R03", "E02"]
    assert submission.rows_used == 4


def test_csv_says_the_same_as_a_workbook() -> None:
    rows = h01()
    one, other = read(xlsx({"a": rows})), read(text(rows), "2014-09/a.csv")
    values = [
        [{k: v for k, v in row.items() if not k.endswith("_id") and k != "sheet"} for row in rows_of(item, "H01")]
        for item in (one, other)
    ]
    assert values[0] == values[1]
