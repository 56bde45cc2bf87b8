"""How each reporter writes: layout, headings, marks, spelling, numbers, dates, file names.

Here: a `Habit` for every reporter and the hand that fills a sheet from a `Report`. Not here: what is true
(`province`), what is said (`reports`), what is wrong (`defects`), bytes (`write`). Whatever a habit does, the sheet
stays free of errors and warnings by quality.md: a habit is a hard case to read, never a defect.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from pipelines.reference.models import Criterion
from tests.world.forms import CRITERIA_GROUP, WORDS, Column
from tests.world.reference import RURAL, Reference, Reporter, Unit, month_end
from tests.world.reports import Report, Row

Place = tuple[int, int]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

_TCVN3_LETTERS = "àảãáạăằẳẵắặâầẩẫấậĐđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯ"
_TCVN3_BYTES = bytes.fromhex(
    "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacba7aecccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9aceaebecedeeeff1f2f3f4"
    "adf5f6f7f8f9fafbfcfdfea1a2a3a4a5a6"
)
TCVN3 = dict(zip(_TCVN3_LETTERS, _TCVN3_BYTES.decode("latin-1"), strict=True))


@dataclass(frozen=True)
class Formula:
    """A formula written without its result, as some programs save it (.xlsx only)."""

    text: str


@dataclass
class Sheet:
    """Cells by (row, column), both from 0; merges as (first row, first column, last row, last column)."""

    name: str
    cells: dict[Place, Any] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    bold_rows: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    is_hidden: bool = False
    font: str = "Times New Roman"

    @property
    def next_row(self) -> int:
        """The first row below everything written."""
        return max((r for r, _ in self.cells), default=-1) + 1


@dataclass
class Table:
    """Where a report's values stand: row by index of the report's rows, column by field."""

    report: Report
    sheet: Sheet
    header_row: int = 0
    last_header_row: int = 0
    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)
    total_row: int | None = None

    def place(self, row: int, field_name: str) -> Place:
        """Cell of a field in a row of the report."""
        return self.rows[row], self.columns[field_name]

    def total(self, field_name: str) -> Place:
        """Cell of a column's total; raises ValueError when the sheet has no total row."""
        if self.total_row is None:
            raise ValueError(f"no total row on {self.sheet.name}")
        return self.total_row, self.columns[field_name]


@dataclass
class Book:
    """One workbook: sheets, the tables on them, the file's format and name."""

    stem: str
    format: str
    sheets: list[Sheet] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    csv_encoding: str = "utf-8-sig"
    csv_delimiter: str = ";"

    @property
    def file_name(self) -> str:
        """Base name with suffix."""
        return f"{self.stem}.{self.format}"


@dataclass(frozen=True)
class Habit:
    """How one reporter writes. The defaults are the plainest hand; nobody has all of them."""

    format: str = "xlsx"
    books: str = "one"  # one | by_form | quarterly_apart
    lead: str = (
        "full"  # full: block and motto; dated: with place and date in the head; short; parent: superior body above
    )
    header_rows: int = 1  # 1..3
    headers: int = 0  # which of a column's headers
    named_criteria: bool = False
    number_row: bool = False
    total: str = "bottom"  # bottom | top | none
    total_word: str = "Tổng cộng"
    average_row: bool = False
    groups: bool = False
    repeat_header: bool = False
    total_first: bool = False
    stated: tuple[str, ...] = ("criteria_met_stated", "change_stated")
    marks: tuple[str, str] = ("x", "K")
    name: str = "bare"  # bare | Xã | X. | UBND xã | upper | old tones | starred
    numbers: str = "cell"  # cell | text
    dates: str = "cell"  # cell | dmy | dotted
    money: str = "plain"  # plain | corner | dong
    words: str = "title"  # title | lower
    month: str = "Tháng {m} năm {y}"
    quarter: str = "Quý {q}/{y}"
    sheet: str = "B{n}"
    merge_communes: bool = False
    two_on_a_sheet: bool = False
    cover: bool = False
    spare_sheets: bool = False
    encoding: str = ""  # "" | nfd | tcvn3 | cp1258
    encoding_until: date = date(9999, 1, 1)
    csv: tuple[str, str] = ("utf-8-sig", ";")
    wide: bool = False
    by_indicator: bool = False
    sign: bool = True
    file: str = "BC NTM {m:02d}-{y} {name}"
    register_by: str = "path"  # path | name


HABITS: dict[str, Habit] = {
    # TP Hà Tĩnh: small and tidy, numbers as text.
    "436": Habit(header_rows=2, marks=("Đ", "K"), name="Xã", numbers="text", dates="dmy", lead="dated",
                 sheet="Biểu {n}"),
    # Hồng Lĩnh: LibreOffice.
    "437": Habit(format="ods", marks=("Đạt", "Chưa đạt"), name="Xã", lead="short", total="none",
                 month="Tháng {m:02d}/{y}",
                 file="{name}_thang{m}_{y}", register_by="name"),
    # Hương Sơn: three header rows, group rows, total on top.
    "439": Habit(header_rows=3, groups=True, total="top", total_word="TỔNG SỐ", marks=("x", "0"), name="bare",
                 headers=1,
                 books="quarterly_apart", sheet="Bieu {n}", file="BC  NTM huyện Hương Sơn tháng {m} năm {y}"),
    # Đức Thọ: one workbook per form.
    "440": Habit(header_rows=2, books="by_form", marks=("1", "0"), name="X.", number_row=True, dates="dotted",
                 month="T{m}/{y}", quarter="Quý {q} năm {y}", file="Duc Tho {form} T{m}.{y}"),
    # Vũ Quang: old Excel.
    "441": Habit(format="xls", marks=("Đ", "CĐ"), header_rows=2, headers=2, name="UBND xã", spare_sheets=True,
                 total_word="Toàn huyện",
                 month="Kỳ báo cáo: tháng {m} năm {y}", file="bao cao vu quang {m}-{y}"),
    # Nghi Xuân: a Mac, decomposed Unicode.
    "442": Habit(encoding="nfd", marks=("x", "-"), header_rows=2, named_criteria=True, lead="short", number_row=True,
                 file="Nghi Xuân - báo cáo tháng {m}-{y}", average_row=True),
    # Can Lộc: only x, blanks for the rest.
    "443": Habit(marks=("x", ""), header_rows=2, name="upper", total_first=True, average_row=True, total_word="Cộng",
                 month="{m} tháng đầu năm {y}", file="BC NTM Can Lộc T{m}-{y}", two_on_a_sheet=True),
    # Hương Khê: old tone placement, the header again on each page.
    "444": Habit(name="old tones", header_rows=2, repeat_header=True, marks=("Đạt", "Không"), money="corner",
                 dates="dmy",
                 quarter="QUÝ {q} NĂM {y}", file="Hương Khê báo cáo NTM tháng {m}.{y}"),
    # Thạch Hà: money in đồng, merged commune cells.
    "445": Habit(header_rows=3, money="dong", merge_communes=True, marks=("+", "-"), headers=1, cover=True,
                 books="quarterly_apart",
                 file="Bao cao thang {m} nam {y} - Thach Ha"),
    # Cẩm Xuyên: .VnTime until the machines were changed at New Year.
    "446": Habit(format="xls", encoding="tcvn3", encoding_until=date(2015, 1, 1), marks=("X", "Ko"), header_rows=2,
                 name="bare",
                 average_row=True, file="Cam Xuyen BC thang {m}-{y}", register_by="name"),
    # Kỳ Anh: starred names, stated counts only.
    "447": Habit(name="starred", header_rows=2, groups=True, marks=("v", "0"), stated=("criteria_met_stated",),
                 number_row=True,
                 lead="dated", file="BC Huyện Kỳ Anh {m:02d}.{y}"),
    # Lộc Hà: short form, no stated numbers.
    "448": Habit(lead="short", marks=("Đ", "KĐ"), stated=(), total="none", name="Xã", words="lower", dates="dotted",
                 file="LocHa_{y}{m:02d}"),
    # Thị xã Kỳ Anh, from April 2015: took the city's form.
    "449": Habit(header_rows=2, marks=("Đ", "K"), name="Xã", numbers="text", dates="dmy", sheet="Biểu {n}",
                 file="TX Kỳ Anh báo cáo T{m}-{y}"),
    "S-NNPTNT": Habit(lead="parent", groups=True, file="So NNPTNT bao cao {m}-{y}"),
    "S-TC": Habit(lead="short", file="STC BC nhiem vu T{m}-{y}"),
    "S-KHDT": Habit(format="csv", csv=("cp1258", ";"), encoding="cp1258", sign=False, lead="short", dates="dmy",
                    file="SKHDT_{y}{m:02d}_{form}"),
    "S-NV": Habit(lead="parent", total="none", marks=("Đạt", "Chưa đạt"), file="Sở Nội vụ - báo cáo tháng {m}.{y}"),
    "S-CT": Habit(wide=True, header_rows=2, headers=2, marks=("x", "K"), lead="parent", file="So Cong Thuong T{m}-{y}"),
    "S-XD": Habit(format="xls", lead="parent", dates="dmy", file="SXD thang {m} nam {y}", month="T{m}/{y}"),
    "S-TNMT": Habit(lead="dated", groups=True, quarter="Quý {q} năm {y}", file="TNMT - BC {m}-{y}"),
    "S-GTVT": Habit(by_indicator=True, header_rows=1, lead="parent", file="So GTVT BC NTM T{m}-{y}"),
    "S-YT": Habit(wide=True, marks=("Đ", "K"), header_rows=2, headers=1, lead="parent",
                  file="Sở Y tế BC tháng {m}-{y}"),
    "S-GDDT": Habit(wide=True, named_criteria=True, header_rows=2, marks=("1", "0"), name="Xã",
                    file="GDDT thang {m}-{y}"),
    "S-VHTTDL": Habit(format="ods", lead="short", file="VHTTDL {m:02d}-{y}"),
    "S-TTTT": Habit(format="csv", csv=("utf-8-sig", ";"), sign=False, lead="short", dates="dmy",
                    file="STTTT-{y}-{m:02d}-{form}"),
    "S-LDTBXH": Habit(books="quarterly_apart", lead="parent", quarter="Quý {q}/{y}",
                      file="LĐTBXH báo cáo tháng {m} năm {y}"),
    "CA": Habit(books="quarterly_apart", lead="short", marks=("Đạt", "Chưa đạt"), file="CA tinh BC T{m}-{y}",
                register_by="name"),
    "BHT": Habit(lead="short", money="corner", file="Báo Hà Tĩnh T{m}-{y}"),
    "PTTH": Habit(lead="parent", words="lower", file="Dai PTTH bao cao {m}-{y}"),
    "VPDP": Habit(lead="parent", file="VPDP thang {m}-{y}"),
}  # fmt: skip

OLD_TONES = {"òa": "oà", "óa": "oá", "ỏa": "oả", "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "òe": "oè"}
FOLDERS = {
    "436": "thanh-pho-ha-tinh", "437": "thi-xa-hong-linh", "439": "huyen-huong-son", "440": "huyen-duc-tho",
    "441": "huyen-vu-quang", "442": "huyen-nghi-xuan", "443": "huyen-can-loc", "444": "huyen-huong-khe",
    "445": "huyen-thach-ha", "446": "huyen-cam-xuyen", "447": "huyen-ky-anh", "448": "huyen-loc-ha",
    "449": "thi-xa-ky-anh", "CA": "cong-an-tinh", "BHT": "bao-ha-tinh", "PTTH": "dai-ptth",
    "VPDP": "van-phong-dieu-phoi",
}  # fmt: skip


def folder(reporter: str) -> str:
    """The folder that the office puts a reporter's files in."""
    return FOLDERS.get(reporter, reporter.lower().replace("s-", "so-"))


def a1(place: Place) -> str:
    """(0, 0) as 'A1'."""
    row, column = place
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def decomposed(text: str) -> str:
    """Text as a Mac types it: every mark apart (NFD)."""
    return unicodedata.normalize("NFD", text)


def tcvn3(text: str) -> str:
    """Text as it lies in a file set in .VnTime: TCVN3 bytes read as Latin-1. Capitals with a mark exist in the font
    only.
    """
    return "".join(TCVN3.get(c, TCVN3.get(c.lower(), c)) for c in unicodedata.normalize("NFC", text))


def cp1258(text: str) -> str:
    """Text in the composition of Windows-1258: letters with their hat, the tone mark apart, so that the code page can
    hold it.
    """
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    letters: list[str] = []
    for c in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", c)
        letters.append(unicodedata.normalize("NFC", "".join(p for p in parts if p not in tones)))
        letters.extend(p for p in parts if p in tones)
    return "".join(letters)


ENCODERS = {"nfd": decomposed, "tcvn3": tcvn3, "cp1258": cp1258}


class Clerk:
    """One reporter's hand: from reports of one sending to workbooks."""

    def __init__(
        self,
        reference: Reference,
        reporter: Reporter,
        habit: Habit | None = None,
        *,
        criteria_on: Callable[[date], date] = month_end,
    ) -> None:
        """`criteria_on`: the day of a month whose criteria set its report has."""
        self.reference = reference
        self.reporter = reporter
        self.criteria_on = criteria_on
        self.habit = habit or HABITS[reporter.code]

    # -- workbooks --------------------------------------------------------------------------------------------------

    def books(self, reports: list[Report], written_on: date) -> list[Book]:
        """The workbooks of one sending. `written_on`: the day in the head or above the signature."""
        groups: list[list[Report]] = []
        if self.habit.books == "by_form" or self.habit.format == "csv":
            groups = [[r] for r in reports]
        elif self.habit.books == "quarterly_apart":
            groups = [g for q in (False, True) if (g := [r for r in reports if r.form.is_quarterly == q])]
        elif reports:
            groups = [reports]
        return [self._book(g, written_on) for g in groups]

    def _book(self, reports: list[Report], written_on: date) -> Book:
        habit, month = self.habit, reports[0].month
        stem = habit.file.format(m=month.month, y=month.year, name=self._short_name, form=reports[0].form.code)
        if habit.books == "quarterly_apart" and all(r.form.is_quarterly for r in reports):
            stem += f" quy {(month.month + 2) // 3}"
        book = Book(stem, habit.format, csv_encoding=habit.csv[0], csv_delimiter=habit.csv[1])
        if habit.cover and habit.format != "csv":
            book.sheets.append(
                Sheet("Bìa", {(4, 1): "BÁO CÁO THÁNG", (6, 1): "Kính gửi: Văn phòng Điều phối NTM tỉnh"})
            )
        for report in reports:
            share = habit.two_on_a_sheet and report.form.code == "H04" and book.tables
            sheet = (
                book.sheets[-1]
                if share
                else Sheet(
                    habit.sheet.format(n=report.form.code[1:])
                    + ("" if report.form.code[0] == "H" else report.form.code[0])
                )
            )
            if not share:
                book.sheets.append(sheet)
            book.tables.append(self._table(report, sheet, sheet.next_row + (2 if share else 0), written_on))
        if habit.spare_sheets:
            book.sheets.extend([Sheet("Sheet2"), Sheet("Sheet3", is_hidden=True)])
        return book

    def encodes(self, month: date) -> bool:
        """Whether the reporter still writes in an encoding of its own."""
        return bool(self.habit.encoding) and month < self.habit.encoding_until

    def encode(self, book: Book, month: date) -> None:
        """Put all text into the reporter's encoding; done last, after whatever else happened to the sheets."""
        if not self.encodes(month):
            return
        change = ENCODERS[self.habit.encoding]
        for sheet in book.sheets:
            sheet.font = ".VnTime" if self.habit.encoding == "tcvn3" else sheet.font
            sheet.cells = {p: change(v) if isinstance(v, str) else v for p, v in sheet.cells.items()}

    # -- one table --------------------------------------------------------------------------------------------------

    def _table(self, report: Report, sheet: Sheet, top: int, written_on: date) -> Table:
        columns = self._columns(report)
        width = len(columns)
        row = self._lead(report, sheet, top, width, written_on)
        table = Table(report, sheet, header_row=row, columns={c.field: i for i, c in enumerate(columns)})
        row = self._header(table, columns, row)
        table.last_header_row = row - 1
        if report.nil:
            sheet.cells[row, 1] = "Trong kỳ không phát sinh"
            return table
        if self.habit.number_row:
            for i in range(width):
                sheet.cells[row, i] = i + 1
            row += 1
        row = self._body(table, columns, row)
        self._foot(report, sheet, row + 1, width, written_on)
        self._merge_communes(table)
        return table

    def _columns(self, report: Report) -> list[Column]:
        habit = self.habit
        columns = [c for c in report.columns if not c.field.endswith("_stated") or c.field in habit.stated]
        if habit.total_first and report.form.code == "H01":
            columns.sort(key=lambda c: {"row_no": 0, "commune": 1, "criteria_met_stated": 2}.get(c.field, 3))
        return columns

    @property
    def _short_name(self) -> str:
        name = self.reporter.name
        return name.split(" ", 1)[1] if name.startswith("Huyện ") else name

    @property
    def _body_name(self) -> str:
        return f"UBND {self.reporter.name}" if self.reporter.kind in {"district", "commune"} else self.reporter.name

    def _lead(self, report: Report, sheet: Sheet, top: int, width: int, written_on: date) -> int:
        """The issuing body, motto, form number, title, period; returns the row of the header."""
        cells, lead, right = sheet.cells, self.habit.lead, max(width // 2, 4)
        period = self._period(report)
        title = report.form.title.upper() if lead != "short" else report.form.title
        row = top
        if top == 0:
            body = self._body_name.upper()
            if lead == "parent":
                cells[row, 0], cells[row + 1, 0] = "UBND TỈNH HÀ TĨNH", body
            else:
                cells[row, 0] = body
                if lead != "short" and self.reporter.kind == "district":
                    cells[row + 1, 0] = "VĂN PHÒNG ĐIỀU PHỐI NTM"
            if lead != "short":
                cells[row, right], cells[row + 1, right] = MOTTO
                row += 3
            if lead == "dated":
                cells[row - 1, right] = (
                    f"Hà Tĩnh, ngày {written_on.day:02d} tháng {written_on.month} năm {written_on.year}"
                )
            row += 1
        if report.form.number and lead != "short":
            cells[row, max(width - 2, 2)] = report.form.number
            row += 1
        cells[row, 0] = f"{report.form.number}: {title}" if report.form.number and lead == "short" else title
        sheet.merges.append((row, 0, row, width - 1))
        sheet.bold_rows.add(row)
        if report.form.code not in {"V02", "V03"}:
            cells[row + 1, 0] = period
            sheet.merges.append((row + 1, 0, row + 1, width - 1))
            row += 1
        if self._money(report) == "dong":
            cells[row + 1, width - 2] = "ĐVT: đồng"
            row += 1
        elif self._money(report) == "corner":
            cells[row + 1, width - 2] = "Đơn vị tính: triệu đồng"
            row += 1
        return row + (1 if lead == "short" else 2)

    def _money(self, report: Report) -> str:
        has_money = any(_is_money(c, report) for c in report.columns)
        return (
            self.habit.money
            if has_money and self.habit.money != "plain"
            else "corner"
            if report.form.code == "H07"
            else "plain"
        )

    def _period(self, report: Report) -> str:
        month = report.titled or report.month
        quarter = (month.month + 2) // 3
        if report.form.is_quarterly:
            return self.habit.quarter.format(q=ROMAN[quarter - 1], y=month.year)
        pattern = (
            self.habit.month if month.month not in {1, 12} or "đầu năm" not in self.habit.month else "Tháng {m} năm {y}"
        )
        return pattern.format(m=month.month, y=month.year)

    def _header(self, table: Table, columns: list[Column], top: int) -> int:
        """One, two or three header rows with merges; returns the row below them."""
        report, sheet, depth = table.report, table.sheet, self.habit.header_rows
        grouped = depth > 1 and any(c.group for c in columns)
        depth = depth if grouped else 1
        criteria = self.reference.criteria(self.criteria_on(report.month))
        for i, column in enumerate(columns):
            text = self._header_text(column, report, criteria)
            if not (grouped and column.group):
                sheet.cells[top, i] = text
                if depth > 1:
                    sheet.merges.append((top, i, top + depth - 1, i))
                continue
            sheet.cells[top + depth - 1, i] = text
            is_first = i == 0 or columns[i - 1].group != column.group
            if is_first:
                last = max(j for j, c in enumerate(columns) if c.group == column.group)
                sheet.cells[top, i] = column.group
                sheet.merges.append((top, i, top, last))
            if depth == 3:
                self._middle(table, columns, top + 1, i, criteria)
        sheet.bold_rows.update(range(top, top + depth))
        return top + depth

    def _middle(self, table: Table, columns: list[Column], row: int, i: int, criteria: dict[int, Criterion]) -> None:
        """The middle one of three header rows: the group of criteria, or for money nothing but the group again."""

        def group(j: int) -> str:
            if columns[j].group != columns[i].group:
                return ""
            if columns[j].field.startswith("criterion_"):
                return f"{(g := criteria[int(columns[j].field[10:])]).group_no}. {g.group_vi}"
            return "Trong đó"

        if group(i - 1) != group(i):
            last = max(j for j in range(i, len(columns)) if all(group(k) == group(i) for k in range(i, j + 1)))
            table.sheet.cells[row, i] = group(i)
            if last > i:
                table.sheet.merges.append((row, i, row, last))

    def _header_text(self, column: Column, report: Report, criteria: dict[int, Criterion]) -> str:
        if column.type == "mark" and column.field.startswith("criterion_") and self.habit.named_criteria:
            return criteria[int(column.field[10:])].name_vi
        text = column.headers[min(self.habit.headers, len(column.headers) - 1)]
        if self._money(report) != "plain" and _is_money(column, report):
            text = text.replace(" (triệu đồng)", "").replace(" (triệu đồng/năm)", "")
        return text

    def _body(self, table: Table, columns: list[Column], row: int) -> int:
        habit, sheet, report = self.habit, table.sheet, table.report
        if habit.total == "top" and self._has_total(report):
            self._total(table, columns, row)
            row += 1
        breaks = self._group_breaks(report)
        for i, data in enumerate(report.rows):
            if i in breaks:
                sheet.cells[row, 0], sheet.cells[row, 1] = breaks[i]
                sheet.bold_rows.add(row)
                row += 1
            elif habit.repeat_header and i and i % 25 == 0:
                row = self._header(table, columns, row)
            table.rows[i] = row
            row += 1
            for j, column in enumerate(columns):
                value = self._value(report, i, data, column)
                if value is not None and value != "":
                    sheet.cells[table.rows[i], j] = value
        if habit.total == "bottom" and self._has_total(report):
            self._total(table, columns, row)
            row += 1
        if habit.average_row and report.form.code == "H01" and "criteria_met_stated" in table.columns:
            counts = [r["criteria_met_stated"] for r in report.rows if "criteria_met_stated" in r]
            sheet.cells[row, 1] = "Bình quân tiêu chí/xã"
            sheet.cells[row, table.columns["criteria_met_stated"]] = self._number(round(sum(counts) / len(counts), 1))
            row += 1
        return row

    def _group_breaks(self, report: Report) -> dict[int, tuple[str, str]]:
        """Rows before which a group row stands: districts on S01, three regions on a large H01."""
        if not self.habit.groups:
            return {}
        if report.form.code == "S01":
            firsts: dict[int, tuple[str, str]] = {}
            for i, row in enumerate(report.rows):
                if i == 0 or report.rows[i - 1]["district"] != row["district"]:
                    firsts[i] = (ROMAN[len(firsts)], row["district"].name.upper())
            return firsts
        count = len(report.rows)
        if report.form.code != "H01" or count < 12:
            return {}
        regions = ("Vùng thượng huyện", "Vùng giữa", "Vùng hạ huyện")
        return {count * k // 3: (ROMAN[k], regions[k]) for k in range(3)}

    def _has_total(self, report: Report) -> bool:
        return self.habit.total != "none" and any(c.is_totalled for c in report.columns)

    def _total(self, table: Table, columns: list[Column], row: int) -> None:
        """The total row: marks as number of met, numbers as sums, of the rows as written."""
        table.total_row = row
        table.sheet.bold_rows.add(row)
        table.sheet.cells[row, 1] = self.habit.total_word
        for j, column in enumerate(columns):
            if not column.is_totalled or j < 2:
                continue
            values = [v for r in table.report.rows if (v := r.get(column.field)) is not None]
            if column.type == "mark":
                total: Any = sum(v is True for v in values)
            else:
                total = self._scaled(sum(values), column, table.report)
            table.sheet.cells[row, j] = self._amount(total, column)

    def _merge_communes(self, table: Table) -> None:
        """The commune's name once for its rows, in a merged cell."""
        column = table.columns.get("commune")
        if not self.habit.merge_communes or table.report.form.code not in {"H02", "H03"} or column is None:
            return
        codes = [None if "commune" in r.get("_as", ()) else r["commune"].code for r in table.report.rows]
        first = 0
        for i in range(1, len(codes) + 1):
            if i < len(codes) and codes[i] == codes[first] and table.rows[i] == table.rows[i - 1] + 1:
                continue
            if i - first > 1 and codes[first]:
                table.sheet.merges.append((table.rows[first], column, table.rows[i - 1], column))
                for j in range(first + 1, i):
                    table.sheet.cells.pop((table.rows[j], column), None)
            first = i

    def _foot(self, report: Report, sheet: Sheet, row: int, width: int, written_on: date) -> None:
        if not self.habit.sign or report.form.code in {"V02", "V03"}:
            return
        if self.habit.name == "starred" and report.form.code == "H01":
            sheet.cells[row, 1] = "Ghi chú: (*) xã đặc biệt khó khăn"
            row += 1
        right = max(width - 3, 2)
        if self.habit.lead != "dated":
            sheet.cells[row, right] = f"Ngày {written_on.day:02d} tháng {written_on.month} năm {written_on.year}"
        sheet.cells[row + 1, 1], sheet.cells[row + 1, right] = "NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"
        sheet.cells[row + 2, right] = "(Ký tên, đóng dấu)"

    # -- values -----------------------------------------------------------------------------------------------------

    def _value(self, report: Report, index: int, row: Row, column: Column) -> Any:  # noqa: C901 -- a type a case
        if column.field in row.get("_as", ()):
            return row["_as"][column.field]
        if column.field == "row_no":
            return index + 1
        value = row.get(column.field)
        if value is None:
            return None
        match column.type:
            case "commune":
                value = self.commune_name(value, index)
            case "district":
                value = value.name
            case "mark":
                value = self.mark(value)
            case "tick":
                value = "x" if value else "Không" if column.is_required else None
            case "verdict":
                value = "Đúng" if value else "Sai"
            case "code":
                value = self._word(column.field, value)
            case "date" | "datetime":
                value = self.day(value)
            case "integer" | "number":
                value = self._amount(self._scaled(value, column, report), column)
        return value

    def mark(self, is_met: bool) -> Any:
        """The reporter's mark for met and not met; '1' and '0' are typed as numbers."""
        text = self.habit.marks[0] if is_met else self.habit.marks[1]
        return int(text) if text in {"0", "1"} and self.habit.numbers == "cell" else text

    def commune_name(self, unit: Unit, index: int = 0) -> str:
        """A commune as the reporter writes it; wards and townships always with their kind."""
        name = unit.bare_name
        match self.habit.name if unit.kind == RURAL else "Xã":
            case "Xã":
                name = unit.name
            case "X." | "UBND xã":
                name = f"{self.habit.name} {name}"
            case "upper":
                name = name.upper()
            case "old tones":
                for new, old in OLD_TONES.items():
                    name = name.replace(new, old)
            case "starred" if index % 5 == 0:
                name = f"{name} (*)"
        return name

    def day(self, value: date) -> Any:
        """A date as the reporter types it."""
        if self.habit.dates == "cell" or isinstance(value, datetime):
            return value
        if self.habit.dates == "dmy":
            return f"{value.day:02d}/{value.month:02d}/{value.year}"
        return f"{value.day}.{value.month}.{value.year}"

    def _word(self, field_name: str, code: str) -> str:
        word = WORDS[field_name][code]
        return word.lower() if self.habit.words == "lower" and word not in {"DN", "HTX", "THT", "DN/HTX/THT"} else word

    def _scaled(self, value: float, column: Column, report: Report) -> float:
        return value * 1_000_000 if self._money(report) == "dong" and _is_money(column, report) else value

    def _amount(self, value: float, column: Column) -> Any:
        if self.habit.numbers == "text" and column.type == "number":
            return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))
        return self._number(value)

    def _number(self, value: float) -> Any:
        """A number as a cell or as text; counts as text carry no thousands mark, so nothing can be read two ways."""
        if self.habit.numbers == "cell" and self.habit.format != "csv":
            return value
        return str(value).replace(".", ",")


def _is_money(column: Column, report: Report) -> bool:
    return column.field.endswith("_million_vnd") or (report.form.code == "H07" and column.type == "number")


def wide(report: Report, criteria: list[int], *, is_grouped: bool) -> Report:
    """An S01 with one row per commune and one column per criterion in charge, as some departments send it."""
    group = CRITERIA_GROUP if is_grouped else ""
    marks = tuple(
        Column(f"criterion_{n}", "mark", (str(n), f"TC{n}", f"Tiêu chí {n}"), group, is_totalled=True, is_required=True)
        for n in criteria
    )
    kept = {c.field: c for c in report.columns}
    by_commune: dict[str, Row] = {}
    for row in report.rows:
        at = by_commune.setdefault(
            row["commune"].code, {"district": row["district"], "commune": row["commune"], "note": None}
        )
        at[f"criterion_{row['criterion_no']}"] = row["status"]
    columns = (kept["row_no"], kept["district"], kept["commune"], *marks, kept["note"])
    return replace(report, columns=columns, rows=list(by_commune.values()))


def by_indicator(report: Report, indicators: dict[int, list[str]]) -> Report:
    """An S01 with a row an indicator: all met where the criterion is, else the last one not."""
    rows = []
    for row in report.rows:
        numbers = indicators[row["criterion_no"]]
        for i, number in enumerate(numbers):
            is_met = row["status"] or i < len(numbers) - 1
            rows.append(row | {"indicator_no": number, "status": is_met, "note": None if is_met else row["note"]})
    return replace(report, rows=rows)
