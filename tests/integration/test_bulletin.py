"""The bulletin of a month, whatever that month is like: without reports, without districts, with names that are no plain text."""

import datetime as dt
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from pipelines.products.bulletin import NoMonthError, write_bulletin
from tests.integration.conftest import change

LONG = 'Xã <b>Thạch & "Hạ"</b> ' + "rất dài " * 35
NEWEST = "month = (select max(month) from marts.province_months)"


def text_of(file: Path) -> str:
    """Everything that a document says: paragraphs, then tables."""
    document = Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_a_bulletin_is_two_documents_an_annex_and_a_message_and_equal_bytes(changed: Path, tmp_path: Path) -> None:
    one, other = (write_bulletin(changed, tmp_path / name) for name in ("one", "other"))
    assert [file.name for file in one.files] == [
        "bao-cao-2014-09.docx",
        "bao-cao-2014-09-phu-luc.xlsx",
        "bao-cao-2014-09-lanh-dao.docx",
        "bao-cao-2014-09-tin-nhan.txt",
    ]
    assert [file.read_bytes() for file in one.files] == [file.read_bytes() for file in other.files]


def test_it_has_the_parts_of_an_official_report_and_the_day_of_the_figures(changed: Path, tmp_path: Path) -> None:
    text = text_of(write_bulletin(changed, tmp_path).files[0])
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "/BC-VPĐP",
        "BÁO CÁO",
        "Nơi nhận:",
    ):
        assert part in text
    assert "Hà Tĩnh, ngày 20 tháng 10 năm 2014" in text
    for number, title in enumerate(("KẾT QUẢ CHỦ YẾU", "KẾT QUẢ THEO ĐỊA PHƯƠNG", "THỰC HIỆN CHỈ TIÊU ĐƯỢC GIAO"), 1):
        assert f"{'I' * number}. {title}" in text


def test_a_missing_and_a_late_report_are_told_by_name(changed: Path, tmp_path: Path) -> None:
    change(
        changed,
        "update quality.obligations set status = 'missing', days_overdue = 7 where reporter_code = '443' and form = 'H02'",
        "update quality.obligations set status = 'late', days_late = 2 where reporter_code = 'S-YT'",
    )
    bulletin = write_bulletin(changed, tmp_path)
    text = text_of(bulletin.files[0])
    assert "Biểu 02 (Mô hình sản xuất kinh doanh)" in text
    assert "Huyện Can Lộc" in text
    assert "nộp muộn: Sở Y tế (" in text
    assert "Đề nghị chỉ đạo các đơn vị còn thiếu báo cáo nộp ngay" in text
    assert "Huyện Can Lộc" in bulletin.files[-1].read_text(encoding="utf-8")


def test_a_month_without_any_report_says_so(changed: Path, tmp_path: Path) -> None:
    change(
        changed,
        f"update marts.province_months set communes_reported = 0, criteria_met_avg = null, is_provisional = true where {NEWEST}",
        f"update marts.commune_months set months_since_report = 1 where {NEWEST}",
        f"update marts.district_months set criteria_met_avg = null, leadership_rank = null where {NEWEST}",
        "delete from marts.fct_inspections",
        "delete from marts.target_progress",
        "delete from marts.fct_tasks",
    )
    bulletin = write_bulletin(changed, tmp_path)
    text = text_of(bulletin.files[0])
    for said in (
        "Tháng này chưa có báo cáo nào về tiêu chí",
        "Số liệu tạm tính",
        "Chưa có số liệu về chỉ tiêu của toàn tỉnh.",
        "Trong tháng chưa nhận được kết quả kiểm tra thực tế nào.",
        "Không có nhiệm vụ nào quá hạn.",
    ):
        assert said in text
    assert "None" not in text
    assert "chưa đủ số liệu để so sánh" in text_of(bulletin.files[2])


def test_markup_and_long_names_are_text_and_a_unit_without_a_name_stops_nothing(changed: Path, tmp_path: Path) -> None:
    name = LONG.replace("'", "''")
    change(
        changed,
        f"update marts.district_months set district_name = '{name}' where district_code <> '443'",
        "update marts.district_months set district_name = null, district_short_name = null where district_code = '443'",
        f"update marts.commune_months set commune_name = '{name}'",
        f"update marts.dim_reporters set reporter_name = '{name}'",
        f"update quality.findings set message_vi = '{name}', sheet = '=1+1'",
        "update marts.progress_bands set unit_code = 'x' where unit_code = '443'",
        "update marts.dim_unit_current set unit_name = null where unit_level = 'province'",
    )
    bulletin = write_bulletin(changed, tmp_path)
    assert LONG.strip() in text_of(bulletin.files[0])
    text = text_of(bulletin.files[0])
    assert "None" not in text
    assert "443" in text  # by its code
    sheet = load_workbook(bulletin.files[1])["Cần kiểm tra lại"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"} <= {"s"}


def test_where_there_are_no_districts_communes_behind_are_named_and_the_list_is_capped(
    changed: Path, tmp_path: Path
) -> None:
    change(
        changed,
        "delete from marts.district_months",
        "update marts.commune_months set district_code = null, district_name = null",
        "delete from marts.progress_bands where unit_level = 'district'",
    )
    bulletin = write_bulletin(changed, tmp_path)
    text = text_of(bulletin.files[0])
    assert "Các xã có ít tiêu chí đạt nhất" in text
    assert "xã khác trong Phụ lục" in text
    assert "huyện, thị xã" not in text
    assert load_workbook(bulletin.files[1])["Địa phương"].max_row > 200


def test_a_figure_that_the_criteria_set_in_force_does_not_have_is_not_named(changed: Path, tmp_path: Path) -> None:
    assert "dưới 7 tiêu chí" in text_of(write_bulletin(changed, tmp_path).files[0])
    change(changed, "update marts.dim_months set criteria_total = 10")
    bulletin = write_bulletin(changed, tmp_path)
    message = bulletin.files[3].read_text(encoding="utf-8")
    assert "dưới 7 tiêu chí" not in message
    assert "Mô hình đang hoạt động" in message
    assert "xã dưới 7 tiêu chí (tháng trước" not in text_of(bulletin.files[0])


def test_the_annex_calls_a_form_by_its_title_and_names_the_file(changed: Path, tmp_path: Path) -> None:
    change(
        changed,
        """
        update quality.findings set message_vi = 'Thiếu Xã Việt Xuyên.', form = 'H01', state = 'open',
            severity = 'warning', rule_id = 'R04', month = null, file = '2014-09/H01.xlsx'
        where finding_id = (select min(finding_id) from quality.findings)
        """,
    )
    sheet = load_workbook(write_bulletin(changed, tmp_path).files[1])["Cần kiểm tra lại"]
    (told,) = [row for row in sheet.iter_rows(values_only=True) if "Thiếu Xã Việt Xuyên." in row]
    assert {"Biểu 01 (Tổng hợp kết quả thực hiện Bộ tiêu chí quốc gia)", "2014-09/H01.xlsx"} <= set(told)


def test_a_month_that_the_file_lacks_is_told_with_those_it_has(changed: Path, tmp_path: Path) -> None:
    with pytest.raises(NoMonthError, match=r"2019-01: .*2014-09"):
        write_bulletin(changed, tmp_path, dt.date(2019, 1, 1))
    change(changed, *(f"delete from marts.{level}_months" for level in ("commune", "district", "province")))
    with pytest.raises(NoMonthError, match="none"):
        write_bulletin(changed, tmp_path)
