"""Where a table stands, and which form it is."""

from typing import Any

import pytest

from pipelines.intake.headers import is_number_row
from pipelines.intake.model import Reading
from tests.unit.intake.workbooks import COMMUNES, FUNDS, HEADING, found, h01, read, rows_of, text, xlsx

SHORT = [
    "Quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học", "CSVC văn hóa", "Chợ nông thôn", "Bưu điện",
    "Nhà ở dân cư", "Thu nhập", "Hộ nghèo", "Cơ cấu lao động", "Hình thức TCSX", "Giáo dục", "Y tế", "Văn hóa",
    "Môi trường", "HTCT", "ANTT",
]  # fmt: skip
LONG = [
    "Quy hoạch và thực hiện quy hoạch", "Giao thông", "Thủy lợi", "Điện", "Trường học", "Cơ sở vật chất văn hóa",
    "Chợ nông thôn", "Bưu điện", "Nhà ở dân cư", "Thu nhập", "Hộ nghèo", "Tỷ lệ lao động có việc làm thường xuyên",
    "Hình thức tổ chức sản xuất", "Giáo dục", "Y tế", "Văn hoá", "Môi trường",
    "Hệ thống tổ chức chính trị xã hội vững mạnh", "An ninh, trật tự xã hội",
]  # fmt: skip
MARKS = ["x"] * 16 + ["K"] * 3


def forms(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    return [(item.form, item.reporter_code, item.period) for item in reading.submissions]


@pytest.mark.parametrize(
    "names",
    [
        range(1, 20),
        [float(n) for n in range(1, 20)],
        [f"TC{n}" for n in range(1, 20)],
        [f"tc {n}" for n in range(1, 20)],
        [f"Tiêu chí {n}" for n in range(1, 20)],
        [f"TIÊU CHÍ\nSỐ {n}" for n in range(1, 20)],
        SHORT,
        LONG,
        [f"{n}. {name}" for n, name in enumerate(SHORT, 1)],
        [f"TC{n}: {name}" for n, name in enumerate(LONG, 1)],
        [f"{name} ({n})" for n, name in enumerate(LONG, 1)],
        [f"{name} (TC{n})" for n, name in enumerate(SHORT, 1)],
    ],
    ids=str,
)
def test_criteria_by_number_or_name(names: Any) -> None:
    reading = read(xlsx({"a": h01(names=list(names))}))
    assert found(reading) == []
    row = rows_of(reading, "H01")[0]
    assert [row[f"criterion_{n}"] for n in range(1, 20)] == ["met"] * 16 + ["not_met"] * 3


HEADER = ["STT", "Tên xã", "Kết quả thực hiện các tiêu chí", *[None] * 18, "Tổng số tiêu chí đạt", "Ghi chú"]
BODY = [[n, name, *MARKS, 16, None] for n, name in enumerate(COMMUNES, 1)]
THREE_ROWS = [*h01()[:6], HEADER, [None, None, *(f"TC{n}" for n in range(1, 20))], [None, None, *SHORT]]


@pytest.mark.parametrize(
    "numbers", [[], [["A", "B", *range(1, 22)]], [list(range(1, 24))], [[f"({n})" for n in range(1, 24)]]]
)
@pytest.mark.parametrize("is_merged", [True, False])
def test_header_over_three_rows_and_a_row_of_column_numbers(numbers: list[list[Any]], is_merged: bool) -> None:
    ranges = {"a": ["A7:A9", "B7:B9", "C7:U7", "V7:V9", "W7:W9"]} if is_merged else None
    reading = read(xlsx({"a": [*THREE_ROWS, *numbers, *BODY]}, ranges))
    assert found(reading) == []
    assert [row["commune_name"] for row in rows_of(reading, "H01")] == COMMUNES
    assert rows_of(reading, "H01")[0]["criterion_17"] == "not_met"


def test_row_of_groups_between_two_header_rows_names_nothing_and_ends_nothing() -> None:
    groups = [
        None,
        None,
        "I. Quy hoạch",
        "II. Hạ tầng",
        *[None] * 7,
        "III. Kinh tế",
        *[None] * 3,
        "IV. Văn hóa",
        *[None] * 6,
    ]
    criteria = [None, None, *(f"TC{n}" for n in range(1, 20))]
    reading = read(xlsx({"a": [*h01()[:6], HEADER, groups, criteria, *BODY]}))
    assert found(reading) == []
    assert [row["criterion_16"] for row in rows_of(reading, "H01")] == ["met"] * len(COMMUNES)


def test_header_of_a_csv_without_merged_ranges() -> None:
    reading = read(text([*THREE_ROWS, *BODY], ";"), "2014-09/can loc.csv")
    assert found(reading) == []
    assert len(rows_of(reading, "H01")) == 5


def test_header_printed_again_on_each_page_is_not_data() -> None:
    rows = [*THREE_ROWS, *BODY[:2], *THREE_ROWS[-3:], *BODY[2:]]
    reading = read(xlsx({"a": rows}, {"a": ["A7:A9", "B7:B9", "C7:U7", "V7:V9"]}))
    assert found(reading) == []
    assert len(rows_of(reading, "H01")) == 5


def test_header_printed_again_is_no_title_of_another_form() -> None:
    """A column of H02 is called like the title of S03; its total row totals all pages."""
    header = ["STT", "Tên mô hình", "Xã", "Quy mô", "Doanh thu", "Liên kết theo chuỗi", "Tình trạng"]
    page: list[list[Any]] = [
        [n, f"Trồng cam {n}", "Thượng Lộc", "Nhỏ", 100, "Không", "Đang hoạt động"] for n in range(1, 5)
    ]
    total = [None, "Tổng cộng", None, None, 1200, None, None]
    title = [*HEADING, ["MÔ HÌNH SẢN XUẤT KINH DOANH"], ["Tháng 9 năm 2014"]]
    pages = [header, *page, header, *([n + 4, f"Nuôi bò {n}", *rest] for n, _, *rest in page), header]
    last = [[n + 8, f"Nuôi lợn {n}", *rest] for n, _, *rest in page]
    reading = read(xlsx({"a": [*title, *pages, *last, total]}))
    assert found(reading) == []
    assert len(rows_of(reading, "H02")) == 12
    assert [(item.stated, item.computed) for item in reading.totals] == [(1200.0, 1200.0)]


@pytest.mark.parametrize(
    ("cells", "is_numbers"),
    [
        ([1, 2, 3, "4=5+6", 5], True),
        (["(1)", "(2)", "(3)"], True),
        (["A", "B", 1, 2, 3.0], True),
        ([1, "Cẩm Bình", 1, 1], False),
        ([1, 1, 0, 1], False),
        ([4, 5, 6, 7], False),
        (["1", None], False),
    ],
)
def test_row_of_column_numbers(cells: list[Any], is_numbers: bool) -> None:
    assert is_number_row(cells) is is_numbers


def test_leaf_names_that_repeat_are_told_by_their_path() -> None:
    reading = read(xlsx({"a": FUNDS}, {"a": ["D7:H7", "L7:N7", "A7:A8", "B7:B8", "C7:C8"]}))
    (row,) = rows_of(reading, "H07")
    names = "total central_budget provincial_budget district_budget commune_budget people_cash people_labour people_land other"
    assert [row[f"{name}_million_vnd"] for name in names.split()] == [100, 10, 11, 12, 7, 8, 9, 10, 15]
    assert row["commune_code"] == "18415"
    assert found(reading) == [("F06", "D8", "Ngân sách / Tổng số")]


def with_heading(*lines: str) -> bytes:
    return xlsx({"a": [*([line] for line in lines), *h01()[6:]]})


@pytest.mark.parametrize(
    "lines",
    [
        ("UBND HUYỆN CAN LỘC", "Biểu 01/NTM-H", "Tháng 9/2014"),
        ("UBND huyện Can Lộc", "Biểu số: 01/NTM-H", "T9/2014"),
        ("HUYỆN CAN LỘC", "TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ NÔNG THÔN MỚI THÁNG 9 NĂM 2014"),
        ("UBND HUYỆN CAN LỘC", "Tháng 9/2014"),  # no title: the columns say it
        (
            "UBND HUYỆN CAN LỘC",
            "BẢNG TỔNG HỢP TIÊU CHÍ NÔNG THÔN MỚI",
            "Tháng 9/2014",
        ),  # no usual title, but its own words
        ("UBND HUYỆN CAN LỘC", "TONG HOP CAC TIEU CHI DAT CHUAN", "Tháng 9/2014"),
        ("UBND HUYỆN CAN LỘC", "BÁO CÁO CỦA HUYỆN CAN LỘC", "Tháng 9/2014"),  # of anything
        ("UBND HUYỆN CAN LỘC", "Báo cáo nhanh xã Thiên Lộc tháng 9 năm 2014"),
        ("UBND HUYỆN CAN LỘC", "Biểu 02/NTM-H", "TỔNG HỢP CÁC TIÊU CHÍ", "Tháng 9/2014"),  # a wrong number alone
        ("UBND HUYỆN CAN LỘC", "Quý III/2014"),
        ("UBND HUYỆN CAN LỘC", "9 tháng đầu năm 2014"),
    ],
)
def test_form_by_title_or_columns_reporter_and_period_by_the_heading(lines: tuple[str, ...]) -> None:
    reading = read(with_heading(*lines))
    assert forms(reading) == [("H01", "443", "2014-09")]
    assert found(reading) == []


DEBTS = "TỔNG HỢP NỢ ĐỌNG XÂY DỰNG CƠ BẢN TRONG XÂY DỰNG NÔNG THÔN MỚI"


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        (("UBND HUYỆN CAN LỘC", DEBTS, "Tháng 9/2014"), "A2"),
        (("UBND HUYỆN CAN LỘC", DEBTS.lower().capitalize(), "Tháng 9/2014"), "A2"),
        (("UBND HUYỆN CAN LỘC", "TONG HOP NO DONG XAY DUNG CO BAN", "Tháng 9/2014"), "A2"),
        (("UBND HUYỆN CAN LỘC", "NỢ ĐỌNG XÂY DỰNG CƠ BẢN NĂM 2014", "Tháng 9/2014"), "A2"),
        (
            ("UBND HUYỆN CAN LỘC", "Tháng 9/2014", "Biểu 02/NTM-H", "MÔ HÌNH SẢN XUẤT KINH DOANH"),
            "A3",
        ),  # another form's
        (("UBND HUYỆN CAN LỘC", "BÁO CÁO THÁNG 9/2014", "Kết quả khám chữa bệnh ở trạm y tế"), "A3"),
    ],
)
def test_title_of_something_else_is_told_with_the_form_that_its_columns_look_like(
    lines: tuple[str, ...], cell: str
) -> None:
    reading = read(with_heading(*lines))
    assert forms(reading) == []
    assert [(f.rule_id, f.variant, f.cell, f.expected) for f in reading.findings] == [
        ("F02", "foreign", cell, "01/NTM-H (Tổng hợp kết quả thực hiện Bộ tiêu chí quốc gia)")
    ]
    assert [sheet.kind for sheet in reading.sheets] == ["unrecognised"]


def test_foreign_table_below_a_report_is_no_part_of_it() -> None:
    reading = read(xlsx({"a": [*FUNDS, [], [DEBTS], *FUNDS[6:8], [1, "Thuần Thiện", 9, *[1] * 12]]}))
    assert forms(reading) == [("H07", "443", "2014-Q3")]
    assert [row["commune_name"] for row in rows_of(reading, "H07")] == ["Thiên Lộc"]
    assert found(reading, "F02") == [("F02", "A11", DEBTS)]


OFFICERS = ["TT", "Họ và tên", "Lĩnh vực chuyên môn", "Từ ngày", "Đến ngày", "Chuyên trách (x)", "Ghi chú"]
OFFICER = [1, "Nguyễn Văn A", "Kế toán", "01/09/2014", None, "x", None]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (["UBND HUYỆN CAN LỘC", "Quý III/2014"], [("H05", "443", "2014-Q3")]),
        (["SỞ Y TẾ", "Quý III/2014"], [("S02", "S-YT", "2014-Q3")]),
        (["Biểu 05/NTM-H", "Quý III/2014"], [("H05", None, "2014-Q3")]),
        (["Quý III/2014"], []),  # fits two forms, and nobody says whose it is
    ],
)
def test_two_forms_of_one_look_are_never_guessed(heading: list[str], expected: list[Any]) -> None:
    reading = read(xlsx({"a": [*([line] for line in heading), OFFICERS, OFFICER]}), "x.xlsx")
    assert forms(reading) == expected
    assert bool(found(reading, "F02")) is not bool(expected)


@pytest.mark.parametrize(
    ("rows", "kind", "has_f02"),
    [
        ([], "empty", False),
        ([["BÁO CÁO"], ["Tháng 9 năm 2014"], ["Kính gửi:", "UBND tỉnh"]], "cover", False),
        ([["MỤC LỤC"], ["TT", "Biểu"], [1, "Biểu 01/NTM-H"], [2, "Biểu 02/NTM-H"]], "cover", False),
        ([["STT", "Nội dung", "Số tiền"], [1, "Xăng xe", 200], [2, "Giấy", 30]], "unrecognised", True),
        ([["STT", "Họ và tên", "Hệ số", "Lương"], [1, "A", 2.34, 100], [2, "B", 3, 200]], "unrecognised", True),
    ],
)
def test_sheet_without_a_form(rows: list[list[Any]], kind: str, has_f02: bool) -> None:
    reading = read(xlsx({"a": h01(), "b": rows}))
    assert [sheet.kind for sheet in reading.sheets] == ["form", kind]
    assert bool(found(reading, "F02")) is has_f02
    assert (reading.status, reading.reason) == ("read", None)


def test_nothing_but_unrecognised_sheets_rejects_the_file() -> None:
    reading = read(xlsx({"a": [["A", "B", "C"], [1, 2, 3], [4, 5, 6]]}), "2014-09/443/x.xlsx")
    assert (reading.status, reading.reason, reading.reporter_code, reading.period) == (
        "rejected",
        "F02",
        "443",
        "2014-09",
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda header: header[:5] + header[6:], [("", "criterion_4")]),
        (lambda header: [*header[:21], "Tên xã", *header[22:]], [("twice", "commune")]),
        (lambda header: [*header[:5], "Thôn khó khăn", *header[6:]], [("", "criterion_4")]),
    ],
)
def test_missing_or_doubled_columns_reject_the_table(change: Any, expected: list[tuple[str, str]]) -> None:
    rows = h01()
    rows[6] = change(rows[6])
    reading = read(xlsx({"a": rows}))
    assert [(f.variant, f.field) for f in reading.findings if f.rule_id == "F05"] == expected
    (submission,) = reading.submissions
    assert (submission.status, submission.reason, submission.rows_used) == ("rejected", "F05", 0)
    assert {row["unused_reason"] for row in rows_of(reading, "H01")} == {"F05"}
    assert len(rows_of(reading, "H01")) == submission.rows_read == 5


DEPARTMENT = [["UBND TỈNH HÀ TĨNH"], ["SỞ NỘI VỤ"], []]
SECONDED = [1, "Nguyễn Quốc Tuấn", "Xây dựng", "21/09/2014", None, "x", None]


def refused(reading: Reading) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(item.form, item.reporter_code, item.period, item.reason) for item in reading.submissions]


@pytest.mark.parametrize(
    ("heading", "header", "row", "expected", "missing"),
    [
        (
            [*DEPARTMENT, ["Biểu 02/NTM-S"], ["Quý II/2015"]],
            ["STT", "Cột A", "Lĩnh vực chuyên môn", "Từ ngày", "Đến ngày", "Chuyên trách (x)", "Ghi chú"],
            SECONDED,
            ("S02", "S-NV", "2015-Q2"),
            ["officer_name"],
        ),
        (  # by title alone, its header in another language but for two columns
            [*DEPARTMENT, ["CÁN BỘ BIỆT PHÁI ĐẾN VĂN PHÒNG ĐIỀU PHỐI NTM TỈNH"], ["Quý II/2015"]],
            ["No.", "Full name", "Field of work", "Từ ngày", "Until", "Full time", "Ghi chú"],
            SECONDED,
            ("S02", "S-NV", "2015-Q2"),
            ["officer_name"],
        ),
        (
            [["SỞ NÔNG NGHIỆP VÀ PTNT"], ["Biểu 03/NTM-S"], ["Quý II/2015"]],
            ["TT", "Mặt hàng", "Nơi trồng", "Số MH", "Diện tích (ha)", "Sản lượng (tấn)"],
            [1, "Cam", "Can Lộc", 3, 12.5, 100],
            ("S03", "S-NNPTNT", "2015-Q2"),
            ["product", "district", "linked_models"],
        ),
        (
            [*HEADING, ["Biểu 05/NTM-H"], ["Quý II năm 2015"]],
            ["STT", "Ai", "Chức vụ", "Đơn vị cử", "Từ ngày"],
            [1, "Trần Văn B", "Chuyên viên", "Phòng NN", "01/01/2015"],
            ("H05", "443", "2015-Q2"),
            ["officer_name", "is_full_time"],
        ),
    ],
)  # fmt: skip
def test_named_form_without_any_of_its_required_columns_lacks_them_by_name(
    heading: list[Any], header: list[Any], row: list[Any], expected: tuple[str, str, str], missing: list[str]
) -> None:
    for content, path in (
        (xlsx({"a": [*heading, header, row]}), "x.xlsx"),
        (text([*heading, header, row], ";"), "x.csv"),
    ):
        reading = read(content, path)
        assert refused(reading) == [(*expected, "F05")]
        assert [f.field for f in reading.findings if f.rule_id == "F05"] == missing
        assert found(reading, "F02") == []
        assert [row["unused_reason"] for row in rows_of(reading, expected[0])] == ["F05"]
        assert (reading.status, reading.sheets[0].kind, reading.sheets[0].forms) == ("read", "form", expected[0])


NAMELESS = [["A", "B", "C", "D"], [1, "Nguyễn Quốc Tuấn", 3, 4], [2, "Lê Thị Hoa", 5, 6]]


@pytest.mark.parametrize(
    "heading",
    [
        [*DEPARTMENT, ["Biểu 02/NTM-S"], ["Quý II/2015"]],
        [*DEPARTMENT, ["CÁN BỘ BIỆT PHÁI"], ["Quý II/2015"]],
        # a heading with a wide line of its own, which looks like the first row of data
        [["SỞ NỘI VỤ", None, "Độc lập - Tự do - Hạnh phúc", None, "Biểu 02/NTM-S"], [], ["Quý II/2015"]],
    ],
)
def test_named_form_without_anything_of_its_header_is_a_rejected_report_of_it(heading: list[Any]) -> None:
    reading = read(xlsx({"a": [*heading, *NAMELESS]}), "x.xlsx")
    assert refused(reading) == [("S02", "S-NV", "2015-Q2", "F02")]
    assert [(f.rule_id, f.variant, f.value) for f in reading.findings] == [("F02", "named", "02/NTM-S")]
    assert (reading.status, reading.reason) == ("rejected", "F02")
    assert (reading.sheets[0].kind, reading.sheets[0].forms) == ("unrecognised", "S02")


def test_named_form_of_nobody_and_one_of_several_names_are_nobodys_report() -> None:
    for heading in (
        [["Biểu 02/NTM-S"], ["Quý II/2015"]],
        [*DEPARTMENT, ["Biểu 02/NTM-S và biểu 03/NTM-S"], ["Biểu 03/NTM-S"]],
    ):
        reading = read(xlsx({"a": [*heading, *NAMELESS]}), "x.xlsx")
        assert refused(reading) == []
        assert [f.rule_id for f in reading.findings] == ["F02"]


def test_column_that_is_called_like_a_title_names_no_form() -> None:
    table = [["Đơn vị", "Mô hình sản xuất kinh doanh", "Kinh phí"], ["Can Lộc", "Cam", 3], ["Đức Thọ", "Bưởi", 4]]
    reading = read(xlsx({"a": [*HEADING, ["THEO DÕI NỢ"], *table]}), "2014-09/x.xlsx")
    assert refused(reading) == []
    assert [(f.rule_id, f.variant, f.value) for f in reading.findings] == [("F02", "", None)]


def test_sheet_that_only_names_a_form_leaves_its_good_sheet_alone() -> None:
    """A second page without a header is refused by itself: the report of the first stands."""
    for second in (
        [*h01()[:6], *NAMELESS],
        [*h01()[:6], ["STT", "Nội dung", "Tiền", "Ghi chú"], [1, "Nợ", 3, "a"], [2, "Vay", 4, "b"]],
    ):
        reading = read(xlsx({"a": h01(), "b": second}))
        assert [(item.form, item.status, item.rows_used) for item in reading.submissions] == [("H01", "usable", 5)]
        assert [(f.rule_id, f.submission_id, f.sheet) for f in reading.findings] == [("F02", None, "b")]
        assert [sheet.kind for sheet in reading.sheets] == ["form", "unrecognised"]


def test_unknown_column_is_listed_and_the_rest_read() -> None:
    rows = [
        [*row[:5], *(["Thôn khó khăn"] if at == 6 else [3] if at > 6 else []), *row[5:]] for at, row in enumerate(h01())
    ]
    reading = read(xlsx({"a": rows}))
    assert found(reading) == [("F06", "F7", "Thôn khó khăn")]
    row = rows_of(reading, "H01")[0]
    assert [row[f"criterion_{n}"] for n in (3, 4, 16, 17)] == ["met", "met", "met", "not_met"]
    assert {c.field: c.column_letter for c in reading.columns}["criterion_4"] == "G"


def test_column_of_data_without_a_header_is_told() -> None:
    rows = [[*row[:5], *(["cũ"] if at > 6 else [None] if at == 6 else []), *row[5:]] for at, row in enumerate(h01())]
    (finding,) = read(xlsx({"a": rows})).findings
    assert (finding.rule_id, finding.variant, finding.cell) == ("F06", "no_header", "F7")


MODELS = [
    ["Biểu 02/NTM-H"],
    ["MÔ HÌNH SẢN XUẤT KINH DOANH"],
    ["TT", "Tên mô hình", "Xã / Địa điểm", "Chủ mô hình", "Quy mô\n(lớn, vừa, nhỏ)", "Tình trạng"],
    [1, "Nuôi lợn", "Thiên Lộc", "Nguyễn Văn A", "vừa", "đang hoạt động"],
]


def test_two_forms_one_below_the_other_share_the_sheets_heading() -> None:
    signature = [["NGƯỜI LẬP BIỂU", None, None, "TM. UBND HUYỆN"], ["Nguyễn A", None, None, "Trần B"]]
    reading = read(xlsx({"a": [*h01(), [], ["Ghi chú: x là đạt"], *signature, [], *MODELS]}))
    assert forms(reading) == [("H01", "443", "2014-09"), ("H02", "443", "2014-09")]
    assert found(reading) == []
    assert [len(rows_of(reading, form)) for form in ("H01", "H02")] == [5, 1]
    assert rows_of(reading, "H02")[0]["table_no"] == 2
    assert reading.sheets[0].forms == "H01;H02"


def test_two_tables_of_one_form_on_a_sheet_are_one_submission() -> None:
    first, second = h01(), h01({"Khánh Lộc": MARKS, "Song Lộc": MARKS})
    reading = read(xlsx({"a": [*first, [], *second]}))
    assert forms(reading) == [("H01", "443", "2014-09")]
    assert [(row["table_no"], row["row_number"]) for row in rows_of(reading, "H01")][-2:] == [(2, 21), (2, 22)]
    assert found(reading) == []
