"""Receipts: what goes back to whom, what stands in it, and when it is written."""

import datetime as dt
import io
from pathlib import Path, PurePosixPath

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName

from pipelines.products import receipts
from pipelines.products.receipts import build_receipt, write_receipts
from pipelines.products.workbooks import properties_of
from tests.unit.products.receipt_world import KilledWriter, World, clerks_workbook

FORMULA_STARTS = ("=cmd|' /C calc'!A0", "=1+1", "+84 912", "-5", "@SUM(A1)")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def written(world: World) -> list[str]:
    return sorted(str(path.relative_to(world.receipts)) for path in world.receipts.rglob("*") if path.is_file())


def receipt(world: World, place: str) -> Workbook:
    return load_workbook(world.receipts / place)


def texts(workbook: Workbook, sheet: int = 0) -> list[list[object]]:
    return [
        [cell for cell in row if cell is not None] for row in workbook.worksheets[sheet].iter_rows(values_only=True)
    ]


def table(workbook: Workbook) -> list[dict[str, object]]:
    """The list of findings as dicts by header."""
    rows = list(workbook.worksheets[0].iter_rows(values_only=True))
    (at,) = [number for number, row in enumerate(rows) if "Mã phát hiện" in row]
    header = rows[at]
    return [dict(zip(header, row, strict=True)) for row in rows[at + 1 :] if row[-1]]


def deliver_with_findings(world: World) -> str:
    own = world.deliver(clerks_workbook(), "2014-09/Bao cao.xlsx", ("H01", "2014-09", "accepted_with_findings"))
    world.find(own, "E06", "info", "Ô trống được hiểu là chưa đạt.", sheet="Biểu 1")
    world.find(
        own, "K02", "warning", "Dòng tổng ghi 20.", sheet="Biểu 1", cell="C28", received_value="20", expected_value="19"
    )
    world.find(
        own,
        "E01",
        "error",
        "Không đọc được.",
        sheet="Biểu 1",
        cell="D6",
        received_value="Cơ bản đạt",
        expected_value="Đạt",
    )
    return own


def test_the_first_sheet_says_verdict_counts_and_every_finding_worst_first(world: World) -> None:
    deliver_with_findings(world)
    assert write_receipts(world.connection, world.archive, world.receipts).written == 1
    workbook = receipt(world, "443/2014-09/Bao cao.xlsx")
    assert workbook.sheetnames == ["Kết quả tiếp nhận", "Biểu 1"]
    lines = texts(workbook)
    assert str(lines[0][0]).startswith("ĐÃ TIẾP NHẬN")
    assert any("Lỗi: 1 (chưa được dùng)" in line and "Thông tin: 1 (để biết)" in line for line in lines)
    listed = table(workbook)
    assert [row["Mức độ"] for row in listed] == ["Lỗi", "Cảnh báo", "Thông tin"]
    assert listed[0] == {
        "STT": 1,
        "Mức độ": "Lỗi",
        "Vị trí": "Biểu 1 ô D6",
        "Vấn đề": "Không đọc được. [E01]",
        "Giá trị nhận được": "Cơ bản đạt",
        "Giá trị đúng / cần có": "Đạt",
        "Giải trình": None,
        "Người giải trình": None,
        "Ngày giải trình": None,
        "Mã phát hiện": "f0002",
    }


def test_a_place_is_a_link_to_its_cell(world: World) -> None:
    deliver_with_findings(world)
    write_receipts(world.connection, world.archive, world.receipts)
    sheet = receipt(world, "443/2014-09/Bao cao.xlsx").worksheets[0]
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'Biểu 1'!D6", "'Biểu 1'!C28", "'Biểu 1'!A1"]


def test_a_doubtful_cell_is_filled_by_severity_and_says_what_is_wrong(world: World) -> None:
    deliver_with_findings(world)
    write_receipts(world.connection, world.archive, world.receipts)
    sheet = receipt(world, "443/2014-09/Bao cao.xlsx")["Biểu 1"]
    assert sheet["D6"].fill.start_color.rgb == "00F8B4B4"
    assert sheet["D6"].comment.text == "Lỗi E01: Không đọc được. Giá trị đúng hoặc cần có: Đạt."
    assert sheet["C28"].fill.start_color.rgb == "00FFE699"
    assert sheet["E6"].fill.fill_type is None
    assert sheet["A2"].font.name == "Times New Roman", "the sender's own formats stay"


def test_values_stand_in_place_of_formulas_and_the_formula_in_the_comment(world: World, tmp_path: Path) -> None:
    content = with_results(clerks_workbook(), tmp_path)
    own = world.deliver(content, "a.xlsx", ("H01", "2014-09", "accepted"))
    world.find(own, "K02", "warning", "Dòng tổng ghi 15.", sheet="Biểu 1", cell="C28")
    write_receipts(world.connection, world.archive, world.receipts)
    sheet = receipt(world, "443/2014-09/a.xlsx")["Biểu 1"]
    assert sheet["C28"].value == 15
    assert sheet["C28"].comment.text.endswith("Công thức của đơn vị: =COUNTA(C5:C27)")
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def with_results(content: bytes, folder: Path) -> bytes:
    """Store a result with each formula, as Excel does; openpyxl alone can't."""
    import re  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    target = folder / "with_results.xlsx"
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if "sheet" in name:
                part = re.sub(rb"(<f>[^<]*</f>)<v ?/>|(<f>[^<]*</f>)<v></v>", rb"\1\2<v>15</v>", part)
            archive.writestr(name, part)
    return target.read_bytes()


def test_a_clean_report_gets_one_line(world: World) -> None:
    world.deliver(clerks_workbook(), "a.xlsx", ("H01", "2014-09", "accepted"))
    write_receipts(world.connection, world.archive, world.receipts)
    workbook = receipt(world, "443/2014-09/a.xlsx")
    assert workbook.sheetnames == ["Kết quả tiếp nhận"]
    assert len(texts(workbook)) == 1
    assert "không có điểm nào phải sửa" in str(texts(workbook)[0][0])


def test_what_is_missing_for_the_period_is_said_quarterly_forms_in_their_last_month(world: World) -> None:
    world.deliver(clerks_workbook(), "a.xlsx", ("H01", "2014-09", "accepted"))
    due = dt.date(2014, 10, 10)
    world.insert("quality.obligations", reporter_code="443", form="H07", period="2014-Q3", due_on=due, status="missing")
    world.insert("quality.obligations", reporter_code="443", form="H02", period="2014-08", due_on=due, status="missing")
    world.insert("quality.obligations", reporter_code="443", form="H01", period="2014-09", due_on=due, status="on_time")
    world.insert("quality.obligations", reporter_code="436", form="H01", period="2014-09", due_on=due, status="missing")
    write_receipts(world.connection, world.archive, world.receipts)
    line = str(texts(receipt(world, "443/2014-09/a.xlsx"))[0][0])
    assert line.endswith(
        "Đơn vị còn thiếu: Biểu 07 (Kết quả huy động nguồn lực), quý III/2014 (quá hạn chưa gửi, hạn 10/10/2014)."
    )


@pytest.mark.parametrize(
    ("statuses", "beginning"),
    [
        (["accepted"], "ĐÃ TIẾP NHẬN"),
        (["accepted", "rejected"], "CHỈ TIẾP NHẬN MỘT PHẦN báo cáo; không dùng được: Biểu 02"),
        (["rejected", "rejected"], "KHÔNG TIẾP NHẬN ĐƯỢC"),
        (["superseded", "superseded"], "Báo cáo này đã được thay bằng báo cáo gửi sau"),
        (["held", "superseded"], "TẠM GIỮ, CHƯA DÙNG báo cáo này: Biểu 01"),
        (["accepted", "held"], "ĐÃ TIẾP NHẬN báo cáo, trừ phần tạm giữ chờ Văn phòng Điều phối quyết định: Biểu 02"),
    ],
)
def test_one_sentence_at_the_top_says_whether_it_was_accepted(
    world: World, statuses: list[str], beginning: str
) -> None:
    reports = [(form, "2014-09", status) for form, status in zip(("H01", "H02"), statuses, strict=False)]
    own = world.deliver(clerks_workbook(), "a.xlsx", *reports)
    world.find(own, "F08", "info", "Thay thế báo cáo trước.")
    write_receipts(world.connection, world.archive, world.receipts)
    assert str(texts(receipt(world, "443/2014-09/a.xlsx"))[0][0]).startswith(beginning)


def test_a_report_that_the_calendar_does_not_ask_for_is_told_to_be_in_no_total(world: World) -> None:
    world.deliver(clerks_workbook(), "a.xlsx", ("H01", "2014-09", "accepted"), ("H07", "2014-Q3", "accepted"))
    world.connection.execute("update quality.submissions set is_expected = form = 'H01'")
    write_receipts(world.connection, world.archive, world.receipts)
    said = str(texts(receipt(world, "443/2014-09/a.xlsx"))[0][0])
    assert "Lịch báo cáo không yêu cầu Biểu 07 (Kết quả huy động nguồn lực): chỉ lưu" in said


def test_what_stands_against_a_held_report_is_told_in_its_receipt_and_not_asked(world: World) -> None:
    own = world.deliver(clerks_workbook(), "a.xlsx", ("H01", "2014-09", "held"))
    world.find(own, "F15", "warning", "Tạm giữ.")
    world.find(own, "E01", "error", "Không đọc được.")
    world.connection.execute(
        """
        insert into intermediate.int_finding_messages by name
            select * replace ('held' as state) from quality.findings where rule_id = 'E01';
        delete from quality.findings where rule_id = 'E01';
        """
    )
    write_receipts(world.connection, world.archive, world.receipts)
    rows = receipt(world, "443/2014-09/a.xlsx").worksheets[0].iter_rows(values_only=True)
    told = {cell: row[-1] for row in rows for cell in row if str(cell).endswith(("[E01]", "[F15]"))}
    assert told == {"Không đọc được. [E01]": None, "Tạm giữ. [F15]": "f0000"}


def test_a_file_that_nobody_can_read_gets_a_sheet_that_explains(world: World) -> None:
    own = world.deliver(b"%PDF-1.4", "thư/quét.pdf", reporter=None, status="rejected", reason="F01")
    world.find(own, "F01", "error", "Không đọc được tệp quét.pdf: không phải bảng tính.")
    assert not write_receipts(world.connection, world.archive, world.receipts).failed
    workbook = receipt(world, "khong-xac-dinh/khong-co-ky/quét.pdf.xlsx")
    assert str(texts(workbook)[0][0]).startswith("KHÔNG TIẾP NHẬN ĐƯỢC")
    assert table(workbook)[0]["Vấn đề"] == "Không đọc được tệp quét.pdf: không phải bảng tính. [F01]"


def test_a_text_file_is_answered_by_a_workbook_of_its_cells(world: World) -> None:
    content = "Tháng 9 năm 2014;;\nTT;Tên xã;1\n1;=2+3;x\n".encode("utf-8-sig")
    own = world.deliver(content, "a.csv", ("H01", "2014-09", "accepted_with_findings"))
    world.find(own, "R01", "error", "Không có đơn vị này.", sheet="a", cell="B3", received_value="=2+3")
    write_receipts(world.connection, world.archive, world.receipts)
    workbook = receipt(world, "443/2014-09/a.xlsx")
    cell = workbook["a"]["B3"]
    assert (cell.value, cell.data_type, cell.fill.start_color.rgb) == ("=2+3", "s", "00F8B4B4")


@pytest.mark.parametrize("text", FORMULA_STARTS)
def test_text_never_becomes_a_formula(world: World, text: str) -> None:
    source = Workbook()
    sheet = source.worksheets[0]
    sheet.title = "Biểu"
    sheet["A1"] = text
    sheet["A1"].data_type = "s"
    file = io.BytesIO()
    source.save(file)
    own = world.deliver(file.getvalue(), f"{text[:2]}.xlsx", ("H01", "2014-09", "accepted_with_findings"))
    world.find(
        own, "E01", "error", text, sheet="Biểu", cell="A1", received_value=text, expected_value=text, explanation=text
    )
    write_receipts(world.connection, world.archive, world.receipts)
    (place,) = written(world)
    workbook = receipt(world, place)
    cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.value for cell in cells} >= {text}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert all(cell.quotePrefix for cell in cells if cell.value == text)


def test_nothing_that_acts_or_leads_out_of_the_file_comes_back(world: World) -> None:
    source = Workbook()
    sheet = source.worksheets[0]
    sheet["A1"] = "='[bao cao T7.xlsx]Sheet1'!$D$12"
    sheet["A2"] = "xem tại đây"
    sheet["A2"].hyperlink = "http://example.invalid/x"
    source.defined_names["ngoai"] = DefinedName("ngoai", attr_text="'[1]Sheet1'!$A$1")
    file = io.BytesIO()
    source.save(file)
    own = world.deliver(file.getvalue(), "a.xlsm", ("H01", "2014-09", "accepted_with_findings"))
    world.find(own, "F12", "warning", "Công thức không có kết quả.", sheet="Sheet", cell="A1")
    write_receipts(world.connection, world.archive, world.receipts)
    workbook = receipt(world, "443/2014-09/a.xlsx")
    assert workbook["Sheet"]["A1"].value is None
    assert workbook["Sheet"]["A1"].comment.text.endswith("='[bao cao T7.xlsx]Sheet1'!$D$12")
    assert workbook["Sheet"]["A2"].hyperlink is None
    assert not workbook.defined_names


def test_personal_values_are_shown_to_the_reporter_that_sent_them(world: World) -> None:
    own = world.deliver(clerks_workbook(), "a.xlsx", ("H01", "2014-09", "accepted_with_findings"))
    words = {"value_vi": "Ng. Văn A", "expected_vi": "Nguyễn Văn A"}
    words["own_message_vi"] = '"Ng. Văn A" được hiểu là Nguyễn Văn A.'
    masked = {"received_value": "•••", "expected_value": "•••"}
    world.find(own, "E07", "warning", '"•••" được hiểu là •••.', own=words, sheet="Biểu 1", cell="B5", **masked)
    write_receipts(world.connection, world.archive, world.receipts)
    (row,) = table(receipt(world, "443/2014-09/a.xlsx"))
    assert row["Vấn đề"] == '"Ng. Văn A" được hiểu là Nguyễn Văn A. [E07]'
    assert row["Giá trị nhận được"] == "Ng. Văn A"


def test_of_several_deliveries_of_one_name_each_keeps_its_own_receipt(world: World) -> None:
    world.deliver(clerks_workbook(20), "a/bc.xlsx", ("H01", "2014-09", "superseded"))
    world.deliver(clerks_workbook(21), "b/BC.xls", ("H01", "2014-09", "accepted"))
    world.deliver(clerks_workbook(22), "b/bc.xlsx", ("H01", "2014-10", "accepted"))
    write_receipts(world.connection, world.archive, world.receipts)
    assert written(world) == ["443/2014-09/BC (lần 2).xlsx", "443/2014-09/bc.xlsx", "443/2014-10/bc.xlsx"]


def test_a_delivery_with_reports_of_two_periods_has_its_receipt_in_both_folders(world: World) -> None:
    world.deliver(clerks_workbook(), "a.xlsx", ("H01", "2014-09", "accepted"), ("H07", "2014-Q3", "accepted"))
    write_receipts(world.connection, world.archive, world.receipts)
    assert written(world) == ["443/2014-09/a.xlsx", "443/2014-Q3/a.xlsx"]


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "a.zip/../../b.xlsx",
        "x\\..\\..\\c.xlsx",
        "..",
        "a/\u202egpj.xlsx",
        "CON.xlsx",
        "  .xlsx",
        "a\x00b.xlsx",
    ],
)
def test_no_name_leads_out_of_the_folder(world: World, path: str) -> None:
    world.deliver(clerks_workbook(1), path, ("H01", "2014-09", "accepted"), reporter="../../tmp")
    write_receipts(world.connection, world.archive, world.receipts)
    (place,) = written(world)
    assert len(PurePosixPath(place).parts) == 3
    assert PurePosixPath(place).stem.casefold() != "con"
    assert place.isprintable()
    assert not [file for file in world.receipts.parent.iterdir() if file.name not in {"archive", "receipts"}]


def test_the_register_that_lies_beside_attachments_is_answered_to_nobody(world: World) -> None:
    folder = "inbox/n20141005/bcdfghklmnpqrstv"
    world.deliver(clerks_workbook(1), f"{folder}/so-van-ban-den.csv", reporter="VPDP")
    world.deliver(clerks_workbook(2), f"{folder}/a.xlsx", ("H01", "2014-09", "accepted"))
    write_receipts(world.connection, world.archive, world.receipts)
    assert written(world) == ["443/2014-09/a.xlsx"]


def test_a_receipt_is_written_again_only_when_it_says_something_else(world: World) -> None:
    own = deliver_with_findings(world)
    place = world.receipts / "443/2014-09/Bao cao.xlsx"
    write_receipts(world.connection, world.archive, world.receipts)
    first = place.read_bytes(), place.stat().st_mtime_ns
    again = write_receipts(world.connection, world.archive, world.receipts)
    assert (again.written, again.unchanged) == (0, 1)
    assert (place.read_bytes(), place.stat().st_mtime_ns) == first
    place.unlink()
    write_receipts(world.connection, world.archive, world.receipts)
    assert place.read_bytes() == first[0], "the same content is the same bytes"
    world.connection.execute("update quality.findings set state = 'explained' where rule_id = 'K02'")
    assert write_receipts(world.connection, world.archive, world.receipts, only={"another"}).written == 0
    assert write_receipts(world.connection, world.archive, world.receipts, only={own}).written == 1
    assert properties_of(place)["NTM_delivery"] == own


def test_a_receipt_of_a_delivery_that_is_no_longer_known_stays(world: World) -> None:
    deliver_with_findings(world)
    write_receipts(world.connection, world.archive, world.receipts)
    for table_name in ("quality.deliveries", "quality.submissions", "quality.findings"):
        world.connection.execute(f"delete from {table_name}")
    write_receipts(world.connection, world.archive, world.receipts)
    assert written(world) == ["443/2014-09/Bao cao.xlsx"]


def test_bytes_that_are_gone_fail_one_receipt_and_no_other(world: World) -> None:
    own = deliver_with_findings(world)
    world.deliver(clerks_workbook(2), "b.xlsx", ("H01", "2014-10", "accepted"))
    world.connection.execute("update quality.deliveries set sha256 = 'ff' where delivery_id = ?", [own])
    summary = write_receipts(world.connection, world.archive, world.receipts)
    assert (summary.written, [path for path, _ in summary.failed]) == (1, ["2014-09/Bao cao.xlsx"])


def test_what_the_office_keeps_is_asked_of_no_sender(world: World) -> None:
    own = world.deliver(clerks_workbook(2), "a.xlsx", ("H01", "2014-09", "accepted"))
    world.find(own, "F09", "warning", "Tệp không có trong sổ công văn đến.", own={"is_about_office": True})
    write_receipts(world.connection, world.archive, world.receipts)
    assert receipt(world, "443/2014-09/a.xlsx").sheetnames == ["Kết quả tiếp nhận"]


def test_a_receipt_sent_back_is_marked_anew(world: World) -> None:
    deliver_with_findings(world)
    write_receipts(world.connection, world.archive, world.receipts)
    sent_back = (world.receipts / "443/2014-09/Bao cao.xlsx").read_bytes()
    own = world.deliver(sent_back, "tra loi.xlsx", ("H01", "2014-09", "accepted_with_findings"))
    world.find(own, "E02", "warning", "Ô bắt buộc bỏ trống.", sheet="Biểu 1", cell="E6")
    write_receipts(world.connection, world.archive, world.receipts)
    workbook = receipt(world, "443/2014-09/tra loi.xlsx")
    assert workbook.sheetnames == ["Kết quả tiếp nhận (2)", "Kết quả tiếp nhận", "Biểu 1"]
    sheet = workbook["Biểu 1"]
    assert (sheet["D6"].comment, sheet["D6"].fill.fill_type) == (None, None)
    assert sheet["E6"].fill.start_color.rgb == "00FFE699"


def test_hidden_parts_with_a_doubtful_cell_are_shown(world: World) -> None:
    source = load_workbook(io.BytesIO(clerks_workbook(5, 2)))
    source["Biểu 2"].sheet_state = "hidden"
    source["Biểu 2"].row_dimensions[6].hidden = True
    source["Biểu 2"].column_dimensions["D"].hidden = True
    file = io.BytesIO()
    source.save(file)
    own = world.deliver(file.getvalue(), "a.xlsx", ("H01", "2014-09", "accepted_with_findings"))
    world.find(own, "E01", "error", "Không đọc được.", sheet="Biểu 2", cell="D6")
    write_receipts(world.connection, world.archive, world.receipts)
    sheet = receipt(world, "443/2014-09/a.xlsx")["Biểu 2"]
    assert sheet.sheet_state == "visible"
    assert not sheet.row_dimensions[6].hidden
    assert not sheet.column_dimensions["D"].hidden


@pytest.mark.parametrize("cell", ["A2", "C2"])
def test_a_doubt_inside_merged_cells_marks_the_one_that_shows(world: World, cell: str) -> None:
    own = world.deliver(clerks_workbook(), "a.xlsx", ("H01", "2014-09", "accepted_with_findings"))
    world.find(own, "F03", "error", "Không rõ đơn vị.", sheet="Biểu 1", cell=cell)
    write_receipts(world.connection, world.archive, world.receipts)
    sheet = receipt(world, "443/2014-09/a.xlsx")["Biểu 1"]
    assert sheet["A2"].comment.text == "Lỗi F03: Không rõ đơn vị."
    assert sheet["A2"].fill.start_color.rgb == "00F8B4B4"
    assert str(next(iter(sheet.merged_cells.ranges))) == "A2:V2"


def test_of_two_cells_that_do_not_agree_both_are_marked_unless_the_other_is_in_another_file(world: World) -> None:
    own = world.deliver(clerks_workbook(), "a.xlsx", ("H01", "2014-09", "accepted_with_findings"))
    other = world.deliver(clerks_workbook(2), "b.xlsx", ("H01", "2014-08", "accepted"))
    here, there = f"{own}-H01", f"{other}-H01"
    both = {"sheet": "Biểu 1", "related_sheet": "Biểu 1", "submission_id": here}
    world.find(own, "R03", "error", "Dòng lặp lại.", cell="B7", related_cell="B5", related_submission_id=None, **both)
    world.find(own, "K05", "warning", "Quy mô.", cell="B8", related_cell="C8", related_submission_id=here, **both)
    world.find(own, "X01", "warning", "Mất.", cell="B9", related_cell="C9", related_submission_id=there, **both)
    write_receipts(world.connection, world.archive, world.receipts)
    workbook = receipt(world, "443/2014-09/a.xlsx")
    sheet = workbook["Biểu 1"]
    marked = [cell.coordinate for row in sheet["B5:C9"] for cell in row if cell.comment]
    assert marked == ["B5", "B7", "B8", "C8", "B9"]
    assert len(table(workbook)) == 3, "each is listed once"


def test_several_processes_write_what_one_writes(world: World) -> None:
    deliver_with_findings(world)
    world.deliver(clerks_workbook(2), "b.xlsx", ("H01", "2014-10", "accepted"))
    broken = world.deliver(b"%PDF-1.4", "c.xlsx", ("H01", "2014-11", "accepted"))
    world.connection.execute("update quality.deliveries set sha256 = 'ff' where delivery_id = ?", [broken])
    world.find(broken, "F01", "error", "Không đọc được.")
    alone = write_receipts(world.connection, world.archive, world.receipts, processes=1)
    several = write_receipts(world.connection, world.archive, world.receipts.with_name("two"), processes=2)
    assert (several.written, several.failed) == (alone.written, alone.failed)
    assert (several.written, len(several.failed)) == (2, 1)
    for place in written(world):
        assert (world.receipts.with_name("two") / place).read_bytes() == (world.receipts / place).read_bytes()


def test_a_workbook_that_kills_its_process_is_answered_without_its_copy(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver_with_findings(world)
    world.deliver(clerks_workbook(2), "b.xlsx", ("H01", "2014-10", "accepted"))
    monkeypatch.setattr(receipts, "_Writer", KilledWriter)
    summary = write_receipts(world.connection, world.archive, world.receipts, processes=2)
    assert (summary.written, summary.failed) == (2, [])
    assert len(receipt(world, "443/2014-09/Bao cao.xlsx").sheetnames) == 2
    assert receipt(world, "443/2014-10/b.xlsx").sheetnames == ["Kết quả tiếp nhận"]


def test_a_killed_write_leaves_the_old_receipt_and_the_next_call_clears_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver_with_findings(world)
    write_receipts(world.connection, world.archive, world.receipts)
    place = world.receipts / "443/2014-09/Bao cao.xlsx"
    before = place.read_bytes()
    world.connection.execute("update quality.findings set state = 'explained'")
    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        killed.setattr(Path, "unlink", lambda *_, **__: None)  # a kill clears nothing up
        with pytest.raises(KeyboardInterrupt):
            write_receipts(world.connection, world.archive, world.receipts)
    assert place.read_bytes() == before
    assert len(written(world)) == 2
    assert write_receipts(world.connection, world.archive, world.receipts).written == 1
    assert written(world) == ["443/2014-09/Bao cao.xlsx"]


def test_the_front_sheet_prints_on_a4_across(world: World) -> None:
    deliver_with_findings(world)
    write_receipts(world.connection, world.archive, world.receipts)
    sheet = receipt(world, "443/2014-09/Bao cao.xlsx").worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.freeze_panes == "A7"
    assert sheet.print_area == "'Kết quả tiếp nhận'!$A$1:$J$12", "all but the codes at its foot"
    columns_of_a_page = (11.69 - 0.8) * 96 / 7  # inches without margins, at 96 dots an inch and 7 a digit
    scale = min(1.0, columns_of_a_page / sum(column.width for column in sheet.column_dimensions.values()))
    assert sheet["D7"].font.size * scale > 9.5, "a tired clerk reads it on paper"


def test_a_sheet_laid_out_anew_prints_on_a4_with_its_table_as_wide_as_its_words(world: World) -> None:
    rows = ["UBND HUYỆN CAN LỘC;;;;", "Kết quả thực hiện các tiêu chí của Bộ tiêu chí;;;;", "TT;Tên xã;1;2;Ghi chú"]
    rows += [f"{number};Xã {number};x;K;" for number in range(12)]
    own = world.deliver("\n".join(rows).encode("utf-8-sig"), "a.csv", ("H01", "2014-09", "accepted_with_findings"))
    world.find(own, "R01", "error", "Không có đơn vị này.", sheet="a", cell="B4")
    write_receipts(world.connection, world.archive, world.receipts)
    sheet = receipt(world, "443/2014-09/a.xlsx")["a"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.column_dimensions["A"].width == 5, "the heading runs on over its neighbours"
    assert sheet["E4"].border.left.style == "thin"
    assert sheet["A1"].border.left is None


def test_capitals_of_an_old_encoding_are_capitals_again(world: World) -> None:
    """TCVN3 has no capitals with tone marks: they are small letters in a capital font (trap T081)."""
    content = b"UBND HUY\xd6N C\xc8M XUY\xaaN;x\nTT;X\xb7 C\xc8m H\xb5\n"
    text = content.decode("cp1252")
    own = world.deliver(text.encode("utf-8-sig"), "a.csv", ("H01", "2014-09", "accepted"))
    world.find(own, "F10", "info", "Mã chữ cũ.", sheet="a")
    write_receipts(world.connection, world.archive, world.receipts)
    sheet = receipt(world, "443/2014-09/a.xlsx")["a"]
    assert sheet["A1"].value == "UBND HUYỆN CẨM XUYÊN"
    assert sheet["B2"].value == "Xã Cẩm Hà"


def test_what_is_no_workbook_at_all_never_raises() -> None:
    from pipelines.products.answer import Answer, Remark  # noqa: PLC0415

    answer = Answer("d", "a", "", None, "rejected", remarks=(Remark("F01", "error", "open", "Hỏng."),))
    for content in (b"", b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a;b", None):
        assert load_workbook(io.BytesIO(build_receipt(answer, content, "a.xlsx", "m"))).sheetnames == [
            "Kết quả tiếp nhận"
        ]
