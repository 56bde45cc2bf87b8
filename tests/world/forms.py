"""The blank forms: number, title and columns, with the headers that clerks put over them.

Here: what is printed on a form before anybody fills it in. Not here: values, layouts. The lists follow forms.md; they
are written a second time on purpose (see the package's charter).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: field, type of its values, headers in use (the first is the usual one), group header above it if
    any.
    """

    field: str
    type: str
    headers: tuple[str, ...]
    group: str = ""
    is_totalled: bool = False
    is_required: bool = False


@dataclass(frozen=True)
class Form:
    """One form. `number` is '' for registers, which carry none."""

    code: str
    number: str
    title: str
    columns: tuple[Column, ...]
    is_quarterly: bool = False

    def column(self, field: str) -> Column:
        """The column of a field; raises KeyError when the form has none."""
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(self.code, field)


STATUS_WORDS = {
    "running": "Đang hoạt động", "active": "Đang hoạt động", "paused": "Tạm dừng", "stopped": "Đã dừng",
    "registered": "Đăng ký", "in_progress": "Đang xây dựng", "recognised": "Đạt chuẩn",
}  # fmt: skip
WORDS = {
    "size": {"large": "Lớn", "medium": "Vừa", "small": "Nhỏ"},
    "owner_kind": {"household": "Hộ", "farm": "Trang trại", "cooperative_group": "THT", "cooperative": "HTX",
    "enterprise": "DN"},
    "sector": {
        "crops": "Trồng trọt", "livestock": "Chăn nuôi", "fisheries": "Thủy sản", "forestry": "Lâm nghiệp",
        "handicrafts": "Tiểu thủ công nghiệp", "services": "Dịch vụ", "garden_economy": "Kinh tế vườn", "other": "Khác",
    },
    "status": STATUS_WORDS,
    "kind": {
        "enterprise": "DN", "cooperative": "HTX", "cooperative_group": "THT",
        "residential_area": "KDC kiểu mẫu", "garden": "Vườn mẫu",
    },
    "task_status": {"not_started": "Chưa thực hiện", "in_progress": "Đang thực hiện", "done": "Hoàn thành"},
    "item_kind": {
        "criterion": "Tiêu chí", "model": "Mô hình", "establishment": "DN/HTX/THT", "residential_area": "KDC",
        "garden": "Vườn",
    },
    "format": {"news": "Tin", "article": "Bài", "feature": "Phóng sự", "column": "Chuyên mục", "page": "Chuyên trang"},
    "recurrence": {
        "once": "Một lần", "month": "Hàng tháng", "quarter": "Hàng quý", "year": "Năm", "continuous": "Thường xuyên",
        "report": "Mỗi kỳ báo cáo", "month;quarter": "Hàng tháng; hàng quý", "": "",
    },
}  # fmt: skip

ROW_NO = Column("row_no", "text", ("STT", "TT"))
NOTE = Column("note", "text", ("Ghi chú",))
CRITERIA_GROUP = "Kết quả thực hiện các tiêu chí"
BUDGET_GROUP = "Vốn ngân sách"
PEOPLE_GROUP = "Nhân dân đóng góp"


def _commune(*headers: str) -> Column:
    return Column("commune", "commune", headers, is_required=True)


def _money(field: str, header: str, group: str = "", *, is_required: bool = False) -> Column:
    return Column(field, "number", (header,), group, is_totalled=True, is_required=is_required)


H01 = Form("H01", "Biểu 01/NTM-H", "Tổng hợp kết quả thực hiện Bộ tiêu chí quốc gia về nông thôn mới", (
    ROW_NO,
    _commune("Tên xã", "Xã", "Đơn vị"),
    *(Column(f"criterion_{n}", "mark", (str(n), f"TC{n}", f"Tiêu chí {n}"), CRITERIA_GROUP, is_totalled=True,
        is_required=True)
      for n in range(1, 20)),
    Column("criteria_met_stated", "integer", ("Tổng số tiêu chí đạt", "Tổng cộng"), is_totalled=True),
    Column("change_stated", "integer", ("Tăng/giảm so với kỳ trước",)),
    NOTE,
))  # fmt: skip
H02 = Form("H02", "Biểu 02/NTM-H", "Mô hình sản xuất kinh doanh", (
    ROW_NO,
    Column("model_name", "text", ("Tên mô hình",), is_required=True),
    _commune("Xã", "Địa điểm"),
    Column("village", "text", ("Thôn",)),
    Column("owner_name", "text", ("Chủ mô hình",)),
    Column("owner_kind", "code", ("Loại hình",)),
    Column("sector", "code", ("Lĩnh vực",)),
    Column("product", "text", ("Sản phẩm",)),
    Column("size", "code", ("Quy mô",), is_required=True),
    Column("revenue_million_vnd", "number", ("Doanh thu (triệu đồng/năm)",), is_totalled=True),
    Column("workers", "integer", ("Lao động",), is_totalled=True),
    Column("started_on", "date", ("Ngày hình thành",)),
    Column("linked", "text", ("Liên kết theo chuỗi",)),
    Column("status", "code", ("Tình trạng",), is_required=True),
    NOTE,
))  # fmt: skip
H03 = Form("H03", "Biểu 03/NTM-H", "Doanh nghiệp, hợp tác xã, tổ hợp tác", (
    ROW_NO,
    Column("name", "text", ("Tên",), is_required=True),
    Column("kind", "code", ("Loại",), is_required=True),
    _commune("Xã"),
    Column("registration_no", "text", ("Mã số", "Số đăng ký")),
    Column("founded_on", "date", ("Ngày thành lập",)),
    Column("sector", "text", ("Ngành nghề",)),
    Column("capital_million_vnd", "number", ("Vốn điều lệ (triệu đồng)",), is_totalled=True),
    Column("members", "integer", ("Số thành viên / lao động",), is_totalled=True),
    Column("status", "code", ("Tình trạng",), is_required=True),
    NOTE,
))  # fmt: skip
H04 = Form("H04", "Biểu 04/NTM-H", "Khu dân cư NTM kiểu mẫu, vườn mẫu", (
    ROW_NO,
    _commune("Xã"),
    Column("village", "text", ("Thôn",), is_required=True),
    Column("kind", "code", ("Loại",), is_required=True),
    Column("owner_name", "text", ("Chủ vườn",)),
    Column("criteria_met", "integer", ("Số tiêu chí đạt",)),
    Column("status", "code", ("Tình trạng",), is_required=True),
    Column("recognised_on", "date", ("Ngày công nhận",)),
    NOTE,
))  # fmt: skip
H05 = Form("H05", "Biểu 05/NTM-H", "Tổ chức bộ máy Văn phòng Điều phối NTM cấp huyện", (
    ROW_NO,
    Column("officer_name", "text", ("Họ và tên",), is_required=True),
    Column("position", "text", ("Chức vụ",)),
    Column("seconded_from", "text", ("Đơn vị cử",)),
    Column("field", "text", ("Lĩnh vực chuyên môn",)),
    Column("is_full_time", "tick", ("Chuyên trách (x)",), is_required=True),
    Column("from_date", "date", ("Từ ngày",)),
    Column("to_date", "date", ("Đến ngày",)),
    NOTE,
), is_quarterly=True)  # fmt: skip
H06 = Form("H06", "Biểu 06/NTM-H", "Phân công cán bộ phụ trách xã", (
    ROW_NO,
    _commune("Xã"),
    Column("officer_name", "text", ("Họ và tên",), is_required=True),
    Column("position", "text", ("Chức vụ",)),
    Column("is_leader", "tick", ("Lãnh đạo (x)",)),
    Column("from_date", "date", ("Từ ngày",)),
    Column("to_date", "date", ("Đến ngày",)),
    NOTE,
), is_quarterly=True)  # fmt: skip
H07 = Form("H07", "Biểu 07/NTM-H", "Kết quả huy động nguồn lực", (
    ROW_NO,
    _commune("Xã", "Tên xã"),
    _money("total", "Tổng số", is_required=True),
    _money("central_budget", "NSTW", BUDGET_GROUP),
    _money("provincial_budget", "NS tỉnh", BUDGET_GROUP),
    _money("district_budget", "NS huyện", BUDGET_GROUP),
    _money("commune_budget", "NS xã", BUDGET_GROUP),
    _money("integrated_programmes", "Lồng ghép"),
    _money("credit", "Tín dụng"),
    _money("enterprises", "Doanh nghiệp"),
    _money("people_cash", "Dân góp tiền mặt", PEOPLE_GROUP),
    _money("people_labour", "Ngày công quy đổi", PEOPLE_GROUP),
    _money("people_land", "Hiến đất, vật kiến trúc quy đổi", PEOPLE_GROUP),
    _money("other", "Khác"),
    NOTE,
), is_quarterly=True)  # fmt: skip
S01 = Form("S01", "Biểu 01/NTM-S", "Đánh giá thực trạng tiêu chí theo lĩnh vực", (
    ROW_NO,
    Column("district", "district", ("Huyện",)),
    _commune("Xã", "Tên xã"),
    Column("criterion_no", "integer", ("Tiêu chí",), is_required=True),
    Column("indicator_no", "text", ("Chỉ tiêu", "Nội dung")),
    Column("value", "text", ("Kết quả kiểm tra",)),
    Column("unit", "text", ("ĐVT",)),
    Column("status", "mark", ("Kết luận",), is_required=True),
    Column("checked_on", "date", ("Ngày kiểm tra",)),
    Column("note", "text", ("Tồn tại, kiến nghị",)),
), is_quarterly=True)  # fmt: skip
S02 = Form("S02", "Biểu 02/NTM-S", "Cán bộ biệt phái đến Văn phòng Điều phối NTM tỉnh", (
    ROW_NO,
    Column("officer_name", "text", ("Họ và tên",), is_required=True),
    Column("field", "text", ("Lĩnh vực chuyên môn",)),
    Column("from_date", "date", ("Từ ngày",)),
    Column("to_date", "date", ("Đến ngày",)),
    Column("is_full_time", "tick", ("Chuyên trách (x)",)),
    NOTE,
), is_quarterly=True)  # fmt: skip
S03 = Form("S03", "Biểu 03/NTM-S", "Liên kết sản xuất theo chuỗi", (
    ROW_NO,
    Column("product", "text", ("Sản phẩm",), is_required=True),
    Column("district", "district", ("Huyện",), is_required=True),
    Column("linked_models", "integer", ("Số mô hình liên kết",), is_totalled=True, is_required=True),
    Column("linked_enterprises", "integer", ("Số doanh nghiệp liên kết",), is_totalled=True),
    Column("area_ha", "number", ("Diện tích (ha)",), is_totalled=True),
    Column("output_tonnes", "number", ("Sản lượng (tấn)",), is_totalled=True),
    Column("revenue_million_vnd", "number", ("Doanh thu (triệu đồng)",), is_totalled=True),
    NOTE,
), is_quarterly=True)  # fmt: skip
C01 = Form("C01", "Biểu 01/NTM-C", "Tình hình thực hiện nhiệm vụ được giao", (
    ROW_NO,
    Column("task_code", "text", ("Mã nhiệm vụ",)),
    Column("task", "text", ("Nội dung nhiệm vụ",), is_required=True),
    Column("document_no", "text", ("Số văn bản",)),
    Column("task_status", "code", ("Tình trạng",), is_required=True),
    Column("percent_done", "number", ("Tỷ lệ hoàn thành (%)",)),
    Column("done_on", "date", ("Ngày hoàn thành",)),
    Column("evidence", "text", ("Văn bản/kết quả",)),
    Column("difficulty", "text", ("Khó khăn, vướng mắc",)),
))  # fmt: skip
M01 = Form("M01", "Biểu 01/NTM-T", "Kế hoạch, kết quả tuyên truyền và kinh phí", (
    ROW_NO,
    Column("activity", "text", ("Nội dung",), is_required=True),
    Column("format", "code", ("Hình thức",)),
    Column("planned", "integer", ("Kế hoạch",), is_totalled=True, is_required=True),
    Column("done", "integer", ("Thực hiện",), is_totalled=True, is_required=True),
    Column("budget_million_vnd", "number", ("Dự toán (triệu đồng)",), is_totalled=True),
    Column("appraised_million_vnd", "number", ("Kinh phí được thẩm định (triệu đồng)",), is_totalled=True),
    Column("promotes_local_goods", "tick", ("Khuyến khích tiêu thụ hàng Hà Tĩnh (x)",)),
    NOTE,
))  # fmt: skip
V01 = Form("V01", "Biểu 01/NTM-V", "Kết quả kiểm tra thực tế", (
    ROW_NO,
    Column("inspected_on", "date", ("Ngày kiểm tra",), is_required=True),
    _commune("Xã"),
    Column("item_kind", "code", ("Loại",), is_required=True),
    Column("item", "text", ("Nội dung kiểm tra",), is_required=True),
    Column("reported_value", "text", ("Số liệu báo cáo",)),
    Column("observed_value", "text", ("Kết quả kiểm tra thực tế",)),
    Column("is_confirmed", "verdict", ("Kết luận",), is_required=True),
    Column("inspector", "text", ("Người kiểm tra",)),
    NOTE,
))  # fmt: skip
V02 = Form("V02", "", "Sổ theo dõi văn bản chỉ đạo", (
    ROW_NO,
    Column("document_no", "text", ("Số, ký hiệu",)),
    Column("issued_on", "date", ("Ngày ban hành",)),
    Column("summary", "text", ("Trích yếu",)),
    Column("task_code", "text", ("Mã nhiệm vụ",)),
    Column("task", "text", ("Nội dung nhiệm vụ",)),
    Column("owner", "text", ("Đơn vị chủ trì",)),
    Column("partners", "text", ("Đơn vị phối hợp",)),
    Column("due_on", "date", ("Hạn",)),
    Column("recurrence", "code", ("Định kỳ",)),
    Column("target", "text", ("Chỉ tiêu",)),
))  # fmt: skip
V03 = Form("V03", "", "Sổ văn bản đến", (
    ROW_NO,
    Column("received_at", "datetime", ("Ngày giờ đến",)),
    Column("document_no", "text", ("Số, ký hiệu",)),
    Column("sender", "text", ("Nơi gửi",)),
    Column("period", "text", ("Kỳ báo cáo",)),
    Column("file_name", "text", ("Tên tệp", "Tên file")),
    NOTE,
))  # fmt: skip

FORMS = {f.code: f for f in (H01, H02, H03, H04, H05, H06, H07, S01, S02, S03, C01, M01, V01, V02, V03)}
