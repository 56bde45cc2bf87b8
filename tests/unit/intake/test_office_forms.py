"""The ready definitions of docs/office_forms: each reads a sheet as offices write it, beside our forms."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pipelines.intake import NO_HINT, Knowledge, Reading, read_delivery
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR
from tests.unit.intake.workbooks import HEADING, ROOT, xlsx

FOLDER = ROOT / "docs" / "office_forms"
ROUTES = """form,reporter_type,units,rolls_up_to,valid_from
D01,commune,itself,province,2025-07-01
D02,district,its_communes,district,2014-09-01
D03,commune,itself,province,2025-07-01
D04,district,its_communes,district,2014-09-01
"""
OF_COMMUNE = [["UBND XÃ CẨM BÌNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], []]


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    reference = tmp_path_factory.mktemp("reference")
    (reference / "forms").mkdir()
    for file in sorted(FOLDER.glob("*.yml")):
        (reference / "forms" / file.name).write_bytes(file.read_bytes())
    (reference / "reporting_routes.csv").write_text(ROUTES, encoding="utf-8")
    return Knowledge.load(read_lists(SEEDS_DIR, reference), dt.date(2026, 1, 1))


def read(knowledge: Knowledge, rows: list[list[Any]]) -> Reading:
    return read_delivery(xlsx({"Sheet1": rows}), "bao cao.xlsx", NO_HINT, knowledge, is_guarded=False)


def told(knowledge: Knowledge, reading: Reading, form: str) -> list[dict[str, Any]]:
    """What the rows of a form say, without what is blank."""
    names = [name for name, _ in knowledge.forms[form].columns]
    hidden = {"row_no", "commune_name", "commune_suggested_code"}
    return [
        {
            name: value
            for name, value in zip(names[10:], row[10:], strict=True)
            if value is not None and name not in hidden
        }
        for row in reading.rows[form]
    ]


def test_products_with_their_stars_and_terms(knowledge: Knowledge) -> None:
    rows = [
        *OF_COMMUNE,
        ["Biểu 01/NTM-D"],
        ["DANH SÁCH SẢN PHẨM OCOP ĐƯỢC XẾP HẠNG"],
        ["Quý III năm 2025"],
        ["TT", "Xã", "Tên sản phẩm", "Chủ thể sản xuất", "Xếp hạng", "Hiệu lực đến", "Doanh thu (triệu đồng)"],
        [1, "Cẩm Bình", "Cam Khe Mây", "HTX Khe Mây", "★★★★", "30/9/2028", "1.250,5"],
        [2, "Cẩm Bình", "Mật ong", "Trần Thị Bé", "3 sao", None, 300],
    ]
    reading = read(knowledge, rows)
    assert [(each.form, each.reporter_code, each.period, each.status) for each in reading.submissions] == [
        ("D01", "18685", "2025-Q3", "usable")
    ]
    orange, honey = told(knowledge, reading, "D01")
    assert (orange["stars"], orange["recognised_until"], orange["sales_million_vnd"]) == (
        "4",
        dt.date(2028, 9, 30),
        1250.5,
    )
    assert (honey["stars"], honey.get("recognised_until")) == ("3", None)


def test_debts_of_construction(knowledge: Knowledge) -> None:
    rows = [
        *HEADING,
        ["Biểu 02/NTM-D"],
        ["TÌNH HÌNH NỢ ĐỌNG XÂY DỰNG CƠ BẢN"],
        ["Quý III năm 2014", None, None, "ĐVT: triệu đồng"],
        [
            "TT",
            "Xã",
            "Tên công trình",
            "Tổng mức đầu tư",
            "Khối lượng hoàn thành",
            "Đã bố trí vốn",
            "Còn nợ",
            "Hạn trả nợ",
        ],
        [1, "Kim Lộc", "Đường trục xã", "5.000,5", 4000, 3000, 1000, "31/12/2015"],
        [2, "Thiên Lộc", "Trường mầm non", 2000, 2000, 1500, 500, None],
        [None, "Cộng", None, 7000.5, 6000, 4500, 1500, None],
    ]
    reading = read(knowledge, rows)
    assert [(each.form, each.reporter_code, each.period, each.status) for each in reading.submissions] == [
        ("D02", "443", "2014-Q3", "usable")
    ]
    first, second = told(knowledge, reading, "D02")
    assert first == {
        "commune_code": "18424",
        "works": "Đường trục xã",
        "investment_million_vnd": 5000.5,
        "completed_million_vnd": 4000.0,
        "paid_million_vnd": 3000.0,
        "debt_million_vnd": 1000.0,
        "settled_by": dt.date(2015, 12, 31),
    }
    assert (second["works"], second["debt_million_vnd"]) == ("Trường mầm non", 500.0)
    assert {
        (total.field, total.stated, total.computed) for total in reading.totals if total.field == "debt_million_vnd"
    } == {("debt_million_vnd", 1500.0, 1500.0)}


def test_criteria_as_rows_of_a_communes_self_assessment(knowledge: Knowledge) -> None:
    rows = [
        *OF_COMMUNE,
        ["Biểu 03/NTM-D"],
        ["TỰ ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN CÁC TIÊU CHÍ"],
        ["Quý III năm 2025"],
        ["TT", "Tên tiêu chí", "Chỉ tiêu", "Mức quy định", "Kết quả thực hiện", "Tự đánh giá"],
        [1, "Quy hoạch", "1.1", "Đạt", "Đã phê duyệt", "Đạt"],
        [2, "Giao thông", "2.1", "100%", "80%", "Chưa đạt"],
        [3, "Tiêu chí 3", None, None, None, "x"],
    ]
    reading = read(knowledge, rows)
    assert [(each.form, each.reporter_code, each.period, each.status) for each in reading.submissions] == [
        ("D03", "18685", "2025-Q3", "usable")
    ]
    assert [
        (row["criterion_no"], row.get("indicator_no"), row["status"]) for row in told(knowledge, reading, "D03")
    ] == [
        (1, "1.1", "met"),
        (2, "2.1", "not_met"),
        (3, None, "met"),
    ]


def test_communes_of_advanced_and_model_standard(knowledge: Knowledge) -> None:
    rows = [
        *HEADING,
        ["Biểu 04/NTM-D"],
        ["XÃ NÔNG THÔN MỚI NÂNG CAO VÀ KIỂU MẪU"],
        ["Năm 2014"],
        [
            "STT",
            "Tên xã",
            "Chuẩn",
            "Lĩnh vực nổi trội",
            "Số tiêu chí đạt",
            "Kết quả",
            "Ngày công nhận",
            "Số quyết định",
        ],
        [1, "Kim Lộc", "Nâng cao", None, 19, "Đã công nhận", dt.date(2014, 8, 20), "1234/QĐ-UBND"],
        [2, "Thiên Lộc", "NTM kiểu mẫu", "Giáo dục", 17, "đăng ký", None, None],
    ]
    reading = read(knowledge, rows)
    assert [(each.form, each.period, each.status) for each in reading.submissions] == [("D04", "2014", "usable")]
    assert [row["standard"] for row in told(knowledge, reading, "D04")] == ["advanced", "model"]
    assert [row["stage"] for row in told(knowledge, reading, "D04")] == ["recognised", "registered"]
    assert told(knowledge, reading, "D04")[0]["decision_no"] == "1234/QĐ-UBND"


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yml")), ids=lambda file: Path(file).stem)
def test_a_definition_says_what_it_is_for(file: Path) -> None:
    assert file.read_text(encoding="utf-8").startswith("# ")
