"""Reporters in cells, headings and paths at a date, against the project's own reference lists."""

from collections.abc import Sequence
from datetime import date

import pytest

from pipelines.intake import Knowledge
from pipelines.intake.reporters import ReporterIndex
from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import LISTS, Department, ReportingRoute, Unit
from pipelines.settings import SEEDS_DIR

SEP_2014, APR_2015, AUG_2025 = date(2014, 9, 30), date(2015, 4, 30), date(2025, 8, 31)


@pytest.fixture(scope="module")
def reporters() -> ReporterIndex:
    return Knowledge.load(read_lists(SEEDS_DIR), date(2015, 7, 20)).reporters


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("UBND HUYỆN CAN LỘC", "443"),
        ("UBND\nHUYỆN CAN LỘC", "443"),
        ("HUYỆN KỲ ANH", "447"),
        ("TX Hồng Lĩnh", "437"),
        ("UBND TP. HÀ TĨNH", "436"),
        ("Can Lộc", "443"),
        ("Can Loc", "443"),
        ("443", "443"),
        ("HUYỆN ỦY CAN LỘC", "443"),
        ("BCĐ XD NTM huyện Đức Thọ", "440"),
        ("PHÒNG NN&PTNT HUYỆN CẨM XUYÊN", "446"),
        ("VĂN PHÒNG ĐIỀU PHỐI NTM HUYỆN CAN LỘC", "443"),
        ("Văn phòng ĐP NTM huyện Can Lộc", "443"),
        ("VĂN PHÒNG ĐIỀU PHỐI NTM TỈNH", "VPDP"),
        ("VPĐP NTM tỉnh", "VPDP"),
        ("Văn phòng Điều phối Chương trình MTQG xây dựng NTM tỉnh Hà Tĩnh", "VPDP"),
        ("SỞ Y TẾ", "S-YT"),
        ("SỞ Y TẾ HÀ TĨNH", "S-YT"),
        ("UBND TỈNH HÀ TĨNH\nSỞ Y TẾ", "S-YT"),
        ("So Y te", "S-YT"),
        ("Sở Nông nghiệp & PTNT", "S-NNPTNT"),
        ("Sở NN-PTNT", "S-NNPTNT"),
        ("Sở NN và Phát triển nông thôn", "S-NNPTNT"),
        ("Sở LĐTB&XH", "S-LDTBXH"),
        ("Sở Lao động - TBXH", "S-LDTBXH"),
        ("Sở Văn hoá - Thể thao và Du lịch", "S-VHTTDL"),
        ("BÁO HÀ TĨNH", "BHT"),
        ("TỈNH ỦY HÀ TĨNH\nBÁO HÀ TĨNH", "BHT"),
        ("Đài Phát thanh và Truyền hình Hà Tĩnh", "PTTH"),
        ("CÔNG AN TỈNH HÀ TĨNH", "CA"),
        ("CÔNG AN HUYỆN CAN LỘC", "443"),
        ("S-YT", "S-YT"),
        ("Hà Tĩnh", None),
        ("UBND TỈNH HÀ TĨNH", None),
        ("UBND xã Cẩm Bình, huyện Cẩm Xuyên", None),
        ("huyện Can Lộc và huyện Thạch Hà", None),
        ("Cơ sở y tế", None),
        ("Cẩm Bình", None),
        ("", None),
    ],
)
def test_a_reporter(reporters: ReporterIndex, text: str, code: str | None) -> None:
    assert reporters.resolve_reporter(text, SEP_2014) == code


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [("Kỳ Anh", "447", None), ("UBND thị xã Kỳ Anh", None, "449"), ("UBND huyện Kỳ Anh", "447", "447")],
)
def test_reporters_follow_the_split_t098(
    reporters: ReporterIndex, text: str, before: str | None, after: str | None
) -> None:
    assert reporters.resolve_reporter(text, date(2015, 4, 9)) == before
    assert reporters.resolve_reporter(text, date(2015, 4, 10)) == after


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "HUYỆN CAN LỘC", "Độc lập - Tự do - Hạnh phúc"],
            "443",
            id="T012-split-over-cells",
        ),
        pytest.param(["UBND HUYỆN", "CAN LỘC"], "443", id="name-apart-from-kind"),
        pytest.param(["VĂN PHÒNG ĐIỀU PHỐI NTM", "CỘNG HÒA", "HUYỆN CAN LỘC"], "443", id="office-of-a-district"),
        pytest.param(["UBND TỈNH HÀ TĨNH", "CỘNG HÒA", "VĂN PHÒNG ĐIỀU PHỐI NTM TỈNH"], "VPDP", id="the-office"),
        pytest.param(["UBND TỈNH HÀ TĨNH", "SỞ Y TẾ", "Hà Tĩnh, ngày 5 tháng 10 năm 2014"], "S-YT", id="department"),
        pytest.param(["SỞ VĂN HÓA,\nTHỂ THAO\nVÀ DU LỊCH"], "S-VHTTDL", id="lines-of-one-cell"),
        pytest.param(["Kính gửi: Sở Nông nghiệp và PTNT", "UBND HUYỆN CAN LỘC"], "443", id="addressee-is-none"),
        pytest.param(["Biểu 01/NTM-H", "TỔNG HỢP KẾT QUẢ", "Huyện: Can Lộc"], "443", id="in-the-title"),
        pytest.param(["Đơn vị báo cáo: UBND huyện Can Lộc"], "443", id="after-a-label"),
        pytest.param(["Danh sách cơ sở y tế", "Can Lộc, ngày 5 tháng 10 năm 2014"], None, id="place-and-date-is-none"),
        pytest.param([], None, id="empty"),
    ],
)
def test_the_issuing_body(reporters: ReporterIndex, texts: Sequence[str], code: str | None) -> None:
    assert reporters.find_reporter(texts, SEP_2014) == code


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        pytest.param(["UBND XÃ CẨM BÌNH"], "18685", id="body"),
        pytest.param(
            ["ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ CẨM BÌNH"], "18685", id="over-cells"
        ),
        pytest.param(["UBND PHƯỜNG THÀNH SEN"], "18073", id="ward"),
        pytest.param(["UBND P. THÀNH SEN"], "18073", id="kind-abbreviated"),
        pytest.param(["UBND XA CAM BINH"], "18685", id="without-marks"),
        pytest.param(["UBND XÃ SƠN KIM II"], "18199", id="numeral"),
        pytest.param(["UBND XÃ CẨM BÌNH, TỈNH HÀ TĨNH"], "18685", id="with-its-province"),
        pytest.param(["UBND TỈNH HÀ TĨNH\nUBND XÃ CẨM BÌNH"], "18685", id="below-the-province"),
        pytest.param(["BAN CHỈ ĐẠO XD NTM XÃ CẨM BÌNH"], "18685", id="another-body-of-it"),
        pytest.param(["Kính gửi: UBND xã Cẩm Bình", "UBND XÃ KỲ ANH"], "18775", id="addressee-is-none"),
        pytest.param(["SỞ Y TẾ", "Kết quả tại xã Cẩm Bình"], "S-YT", id="department"),
        pytest.param(["Danh sách xã Cẩm Bình và xã Kỳ Anh"], None, id="two-name-neither"),
        pytest.param(["UBND XÃ CẨM SƠN"], None, id="merged-away"),
        pytest.param(["UBND HUYỆN CAN LỘC"], "443", id="of-another-time"),
    ],
)
def test_communes_issue_reports_once_a_route_has_them_report(
    reporters: ReporterIndex, texts: Sequence[str], code: str | None
) -> None:
    assert reporters.find_reporter(texts, AUG_2025) == code
    if code not in ("443", "S-YT"):
        assert reporters.find_reporter(texts, SEP_2014) is None, "districts report"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Cẩm Bình", "18685"),
        ("UBND xã Cẩm Bình", "18685"),
        ("18685", "18685"),
        ("P. Thành Sen", "18073"),
        ("Hà Tĩnh", None),
    ],
)
def test_a_cell_names_a_commune_that_reports(reporters: ReporterIndex, text: str, code: str | None) -> None:
    assert reporters.resolve_reporter(text, AUG_2025) == code
    assert reporters.resolve_reporter(text, SEP_2014) is None


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("2025-08/18685/H01.xlsx", "18685"),
        ("2025-08/xa cam binh/H01.xlsx", "18685"),
        ("H01_CanLoc_2025-08.xlsx", "18406"),
        ("phuong can loc/H01.xlsx", None),
    ],
)
def test_a_path_names_a_commune_that_reports(reporters: ReporterIndex, path: str, code: str | None) -> None:
    assert reporters.find_in_path(path, AUG_2025) == code


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("2014-09/443/H01.xlsx", "443"),
        ("Can_Loc/bao cao T9.xlsx", "443"),
        ("H01_CanLoc_2014-09.xlsx", "443"),
        ("Huyện Can Lộc.xlsx", "443"),
        ("SoYTe_QuyIII_2014.xlsx", "S-YT"),
        ("S-YT_2014-Q3.xlsx", "S-YT"),
        ("bao_ha_tinh/M01.xlsx", "BHT"),
        ("VPDP/V01.xlsx", "VPDP"),
        ("TP Hà Tĩnh.xlsx", "436"),
        ("tx ky anh/H01.xlsx", None),
        ("bao cao ha tinh.xlsx", None),
        ("huyen can loc/TX Hong Linh.xlsx", None),
        ("H01_2014-09.xlsx", None),
    ],
)
def test_a_reporter_in_a_path(reporters: ReporterIndex, path: str, code: str | None) -> None:
    assert reporters.find_in_path(path, SEP_2014) == code


DISTRICTS = ("436", "437", "439", "440", "441", "442", "443", "444", "445", "446", "447", "448")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("UBND các huyện, thành phố, thị xã", DISTRICTS, id="all-districts"),
        pytest.param("Các huyện, thành phố", tuple(code for code in DISTRICTS if code != "437"), id="kinds-named"),
        pytest.param("Báo Hà Tĩnh; Đài PT-TH tỉnh", ("BHT", "PTTH"), id="semicolon"),
        pytest.param("Báo Hà Tĩnh; các cơ quan thông tin đại chúng", ("BHT",), id="unknown-part-left-out"),
        pytest.param("Sở Văn hóa, Thể thao và Du lịch", ("S-VHTTDL",), id="T036-comma-in-a-name"),
        pytest.param("Sở Y tế, Sở Nội vụ và Sở Xây dựng", ("S-YT", "S-NV", "S-XD"), id="T036-list"),
        pytest.param(
            "Sở Nông nghiệp và PTNT, Sở Văn hóa, Thể thao và Du lịch", ("S-NNPTNT", "S-VHTTDL"), id="T036-both"
        ),
        pytest.param("Các huyện Can Lộc, Thạch Hà", ("443", "445"), id="districts-by-name"),
        pytest.param("Sở Y tế\nSở Y tế", ("S-YT",), id="once-each"),
        pytest.param("VPDP", ("VPDP",), id="code"),
        pytest.param("ai đó", (), id="nobody"),
        pytest.param("", (), id="blank"),
    ],
)
def test_owners_of_a_task(reporters: ReporterIndex, text: str, codes: tuple[str, ...]) -> None:
    assert reporters.resolve_owners(text, SEP_2014) == codes


def test_every_department_owns_what_the_departments_own(reporters: ReporterIndex) -> None:
    known = read_lists(SEEDS_DIR)[Department]
    departments = tuple(row.reporter_code for row in known if row.reporter_type == "department")
    assert reporters.resolve_owners("Các sở, ban, ngành cấp tỉnh", SEP_2014) == departments
    assert reporters.resolve_owners("các sở", SEP_2014) == departments


def test_all_districts_follow_the_date(reporters: ReporterIndex) -> None:
    assert len(reporters.resolve_owners("các huyện, thành phố, thị xã", APR_2015)) == 13


@pytest.mark.parametrize(
    ("text", "owners"), [("UBND các xã, phường", 69), ("các xã", 60), ("Các phường trong tỉnh", 9), ("các huyện", 0)]
)
def test_all_communes_own_what_is_given_to_them_once_they_report(
    reporters: ReporterIndex, text: str, owners: int
) -> None:
    assert len(reporters.resolve_owners(text, AUG_2025)) == owners
    assert bool(reporters.resolve_owners(text, SEP_2014)) == (text == "các huyện")


def test_units_of_other_provinces_report_and_one_of_a_kind_that_nobody_knows_stops_nothing() -> None:
    lists = read_lists(SEEDS_DIR)
    province = next(unit.code for unit in lists[Unit] if unit.level == "province")
    units = [
        Unit(level="district", code="901", name_vi="Quận Hải Châu", kind="quận", parent_code=province),
        Unit(level="district", code="902", name_vi="Vùng Cẩm Lệ", kind="vùng", parent_code=province),
        Unit(level="commune", code="90101", name_vi="Đặc khu Hoàng Sa", kind="đặc khu", parent_code="901"),
        Unit(level="commune", code="90201", name_vi="Khu Hòa Xuân", kind="khu", parent_code="902"),
    ]
    ward = ReportingRoute(form="H01", reporter_type="ward", units="itself")
    added = {Unit: units, ReportingRoute: [ward]}
    theirs = Lists({model: [*lists[model], *added.get(model, [])] for model in LISTS})
    reporters = Knowledge.load(theirs, date(2015, 7, 20)).reporters
    told = {text: reporters.find_reporter([text], SEP_2014) for text in ("UBND QUẬN HẢI CHÂU", "UBND ĐẶC KHU HOÀNG SA")}
    assert told == {"UBND QUẬN HẢI CHÂU": "901", "UBND ĐẶC KHU HOÀNG SA": "90101"}
    assert reporters.find_reporter(["UBND HUYỆN CAN LỘC"], SEP_2014) == "443"
