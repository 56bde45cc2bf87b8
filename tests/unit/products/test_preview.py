"""The dry run: what it says, and that it leaves nothing but a receipt."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.intake import NO_HINT, Hint
from pipelines.products.preview import PreviewResult, preview
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.reader import IntakeReader
from tests.unit.intake.test_shown import MADE, value_of
from tests.unit.intake.workbooks import h01, read, xlsx
from tests.unit.products.test_returned import report, saved

READER = IntakeReader(SEEDS_DIR, SEEDS_DIR / "no overlay", date(2015, 7, 20))


def previewed(file: Path, out: Path, hint: Hint = NO_HINT) -> PreviewResult:
    (result,) = preview(file, out, READER, hint)
    return result


def test_it_says_what_would_be_recognised_used_and_doubted(tmp_path: Path) -> None:
    workbook = report()
    workbook["TH 'xã'"]["D6"] = "Cơ bản đạt"
    workbook["TH 'xã'"]["B7"] = "Xã Không Có"
    file = tmp_path / "bc.xlsx"
    file.write_bytes(saved(workbook))
    result = previewed(file, tmp_path / "out")
    assert result.text.startswith("XEM TRƯỚC, CHƯA NẠP. Nếu nạp: ĐÃ TIẾP NHẬN báo cáo, nhưng 2 chỗ có lỗi")
    assert "Biểu 01 (Tổng hợp kết quả thực hiện Bộ tiêu chí quốc gia); Huyện Can Lộc; tháng 9/2014" in result.text
    assert "dùng 3/4 dòng" in result.text
    assert "Lỗi E01 tại TH 'xã'!D6" in result.text
    assert '"Cơ bản đạt" ở cột tiêu chí 2' in result.text
    assert "Lỗi R01 tại TH 'xã'!B7" in result.text
    assert "{" not in result.text
    unchecked = result.text.split("Chưa kiểm tra theo các quy tắc sau")[1].splitlines()[1:]
    rules = [line.split(":")[0].strip() for line in unchecked if line.startswith("  ")]
    assert rules == ["R04", "E04", "K01", "K02", "K03", "K06"], "neither K04 nor K05: no H07, no H02"
    assert result.receipt == tmp_path / "out" / "bc.xlsx"
    marked = load_workbook(result.receipt)["TH 'xã'"]["D6"]
    assert marked.comment.text.startswith("Lỗi E01")


def test_it_says_what_would_be_held_if_it_replaced_a_report(tmp_path: Path) -> None:
    header = ["TT", "Tên mô hình", "Xã", "Quy mô", "Tình trạng"]
    model = [1, "Nuôi lợn", "Thiên Lộc", "Vừa", "Đang hoạt động"]
    models = [["UBND HUYỆN CAN LỘC"], ["Biểu 02/NTM-H"], ["Tháng 10/2014"], header, model]
    firms = [*models[:1], ["Biểu 03/NTM-H"], ["Tháng 10/2014"], ["TT", "Tên", "Loại", "Xã", "Mã số", "Tình trạng"]]
    firm = [1, "HTX Thiên Lộc", "HTX", "Thiên Lộc", "28H000001", "Đang hoạt động"]
    file = tmp_path / "bc.xlsx"
    file.write_bytes(xlsx({"B01": h01(), "B02": models, "B03": [*firms, firm]}))
    text = previewed(file, tmp_path / "out").text
    assert "có 1 chỗ cần kiểm tra lại" in text.splitlines()[0]
    assert (
        'Cảnh báo F14 tại B01!A6: Trang "B01" ghi tháng 9/2014, trong khi các trang khác của tệp ghi tháng 10/2014'
        in text
    )
    held = next(line for line in text.splitlines() if "sẽ bị tạm giữ" in line)
    assert held.endswith(": Biểu 01 (Tổng hợp kết quả thực hiện Bộ tiêu chí quốc gia) tháng 9/2014.")


def test_a_file_that_cannot_be_read_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "thư.pdf"
    file.write_bytes(b"%PDF-1.4")
    result = previewed(file, tmp_path)
    assert "KHÔNG TIẾP NHẬN ĐƯỢC" in result.text
    assert "Lỗi F01" in result.text
    assert load_workbook(result.receipt).sheetnames == ["Kết quả tiếp nhận"]


def test_files_of_one_name_in_two_formats_have_a_receipt_each(tmp_path: Path) -> None:
    (tmp_path / "bc.xlsx").write_bytes(saved(report()))
    (tmp_path / "bc.csv").write_bytes(b"a;b\n1;2\n")
    places = {previewed(tmp_path / name, tmp_path / "out").receipt for name in ("bc.xlsx", "bc.csv")}
    assert {place.name for place in places} == {"bc.xlsx", "bc.csv.xlsx"}


def test_it_never_overwrites_the_file_it_reads(tmp_path: Path) -> None:
    file = tmp_path / "bc.xlsx"
    content = saved(report())
    file.write_bytes(content)
    result = previewed(file, tmp_path)
    assert file.read_bytes() == content
    assert result.receipt.name == "bc (xem trước).xlsx"


def test_the_register_may_be_told(tmp_path: Path) -> None:
    file = tmp_path / "bc.xlsx"
    file.write_bytes(saved(report(period="")))
    result = previewed(file, tmp_path / "out", Hint("443", "2014-10"))
    assert "tháng 10/2014 (theo sổ công văn đến)" in result.text


def test_a_file_is_told_the_same_by_itself_and_in_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "received"
    folder.mkdir()
    (folder / "bc.xlsx").write_bytes(saved(report()))
    (folder / "thư.pdf").write_bytes(b"%PDF-1.4")
    (folder / "nặng.xlsx").write_bytes(bytes(int(READER.knowledge.file_size_max) + 1))

    def said(result: PreviewResult) -> str:
        return result.text.rpartition("\n")[0]  # without the place of the receipt

    whole = [said(result) for result in preview(folder, tmp_path / "out", READER)]
    alone = [said(previewed(file, tmp_path / "out")) for file in folder.iterdir()]
    assert sorted(whole) == sorted(alone)
    assert "quá lớn (50 MB; tối đa 50 MB)" in "".join(whole)


SHOWN = [
    "thousands cut off",
    "a key with marks and zeros",
    "words the other way round",
    "an .ods that shows tỷ",
    "an .xls that shows tỷ and hides a row",
    "a raised mark behind a count",
    "a raised mark in an .xls",
    "a number struck before its correction",
    "an error that an .ods stores as nought",
    "an .xls that counts from 1904",
]


@pytest.mark.parametrize("name", SHOWN)
def test_what_comes_back_in_a_receipt_reads_as_what_was_sent(name: str, tmp_path: Path) -> None:
    build, form, right, _ = next(case[1:] for case in MADE if case[0] == name)
    file = tmp_path / "bc.xlsx"
    file.write_bytes(build())
    receipt = load_workbook(previewed(file, tmp_path / "out").receipt)
    sheet = receipt.worksheets[1]
    sheet.cell(9, sheet.max_column, "đã xem lại")
    receipt.save(file)
    reading = read(file.read_bytes())
    assert {row: {key: value_of(reading, form, row, key) for key in wanted} for row, wanted in right.items()} == right


def test_units_are_called_as_the_lists_of_the_office_call_them(tmp_path: Path) -> None:
    reference = tmp_path / "reference"
    reference.mkdir()
    (reference / "units.csv").write_text(
        "level,code,name_vi,kind,parent_code,valid_from\nprovince,04,Tỉnh Cao Bằng,tỉnh,,\n"
        "district,042,Huyện Bảo Lâm,huyện,04,\ncommune,01294,Xã Quảng Lâm,xã,042,\n",
        encoding="utf-8",
    )
    (reference / "departments.csv").write_bytes((SEEDS_DIR / "departments.csv").read_bytes())
    (reference / "reporting_calendar.csv").write_bytes((SEEDS_DIR / "reporting_calendar.csv").read_bytes())
    sheet = [["UBND HUYỆN BẢO LÂM"], *h01()[1:7], [1, "Quảng Lâm", *["x"] * 18, "chưa rõ", 18]]
    file = tmp_path / "bc.xlsx"
    file.write_bytes(xlsx({"B01": sheet}))
    reader = IntakeReader(SEEDS_DIR, reference, date(2015, 7, 20))
    (result,) = preview(file, tmp_path / "out", reader, NO_HINT)
    assert "; Huyện Bảo Lâm; tháng 9/2014" in result.text
