"""Files that are text: delimiters and quotes, web pages and XML that a portal calls .xls. Each as the usual programs open it."""

import base64
from datetime import date
from typing import Any

import pytest

from pipelines.intake.grid import read_workbook
from pipelines.intake.model import Sheet, Unreadable
from tests.unit.intake.workbooks import found, read, rows_of, severity

HEADING = [
    "UBND HUYỆN CẨM XUYÊN",
    "Biểu 07/NTM-H",
    "KẾT QUẢ HUY ĐỘNG NGUỒN LỰC",
    "Quý III năm 2014",
    "ĐVT: triệu đồng",
]
HEADER = ["STT", "Tên xã", "Tổng số", "NSTW", "NS tỉnh", "NS huyện", "NS xã", "Ghi chú"]
ROWS = [
    ["1", "Cẩm Hòa", "1920,5", "1011", "402,5", "303", "204", ""],
    ["2", "Cẩm Dương", "2050,5", "1111", "412,5", "313", "214", "chờ quyết toán"],
    ["3", "Cẩm Bình", "2180,5", "1211", "422,5", "323", "224", ""],
    ["4", "Cẩm Yên", "2310,5", "1311", "432,5", "333", "234", ""],
]
TOTALS = {"18676": 1920.5, "18679": 1920.5, "18682": 2050.5}


def sheets(content: bytes, path: str = "bao cao.xls") -> tuple[Sheet, ...]:
    return read_workbook(content, path, 50e6, 200e6).sheets


def delimited(rows: list[list[str]], delimiter: str = ";") -> str:
    width = len(HEADER)
    lines = [[text, *[""] * (width - 1)] for text in HEADING] + [HEADER, *rows]
    return "\r\n".join(delimiter.join(line) for line in lines) + "\r\n"


def funds(content: bytes, path: str) -> list[tuple[Any, ...]]:
    """Row, central budget, total, note of the landed H07."""
    return [
        (row["row_number"], row["central_budget_million_vnd"], row["total_million_vnd"], row["note"])
        for row in rows_of(read(content, path), "H07")
    ]


FUNDS = [
    (7, 1011.0, 1920.5, None),
    (8, 1111.0, 2050.5, "chờ quyết toán"),
    (9, 1211.0, 2180.5, None),
    (10, 1311.0, 2310.5, None),
]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("path", ["a.csv", "a.xls", "a.xlsx", "a.txt", "a.download", "không đuôi"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_a_table_whatever_it_is_called(delimiter: str, path: str, encoding: str) -> None:
    reading = read(delimited(ROWS, delimiter).encode(encoding), f"2014-Q3/446/{path}")
    assert found(reading) == []
    assert funds(delimited(ROWS, delimiter).encode(encoding), path) == FUNDS


def quoted(row: int, cell: str, column: int = 7) -> str:
    rows = [list(cells) for cells in ROWS]
    rows[row][column] = cell
    return delimited(rows)


def test_quote_that_is_never_closed_swallows_no_row() -> None:
    reading = read(quoted(1, '"chờ quyết toán').encode(), "2014-Q3/446/a.csv")
    assert funds(quoted(1, '"chờ quyết toán').encode(), "a.csv") == FUNDS
    assert found(reading) == [("E07", "H8", '"chờ quyết toán')]


def test_quote_that_a_later_row_closes_swallows_no_row() -> None:
    rows = [list(cells) for cells in ROWS]
    rows[0][7], rows[2][7] = '"mới tạm ứng', '"đã xong"'
    reading = read(delimited(rows).encode(), "2014-Q3/446/a.csv")
    assert [row["note"] for row in rows_of(reading, "H07")] == ["mới tạm ứng", "chờ quyết toán", "đã xong", None]
    assert found(reading) == [("E07", "H7", '"mới tạm ứng')]


def test_open_quote_before_a_name_leaves_the_row_its_place() -> None:
    reading = read(quoted(3, '"Cẩm Yên', column=1).encode(), "2014-Q3/446/a.csv")
    assert [row["commune_code"] for row in rows_of(reading, "H07")].count(None) == 0
    assert found(reading) == [("E07", "B10", '"Cẩm Yên')]


@pytest.mark.parametrize(
    "note",
    ['"chờ\nquyết toán"', '"chờ; rồi\nquyết toán"', '"nói ""xong"" rồi"', '"một; hai; ba\n- bốn; năm"'],
    ids=["line", "delimiter and line", "quotes", "list"],
)
def test_note_of_several_lines_stays_one_cell(note: str) -> None:
    reading = read(quoted(1, note).encode(), "2014-Q3/446/a.csv")
    assert [row["row_number"] for row in rows_of(reading, "H07")] == [7, 8, 9, 10]
    assert rows_of(reading, "H07")[1]["note"] is not None
    assert found(reading) == []


def test_open_quote_at_the_very_end_is_reported() -> None:
    reading = read(quoted(3, '"chưa xong').encode(), "2014-Q3/446/a.csv")
    assert rows_of(reading, "H07")[3]["note"] == "chưa xong"
    assert found(reading) == [("E07", "H10", '"chưa xong')]


# --- web pages ----------------------------------------------------------------------------------------------------------


def page(rows: list[list[str]] = ROWS, head: str = '<meta charset="utf-8">') -> str:
    above = "".join(f"<p>{text}</p>" for text in HEADING)
    body = "".join("<tr>" + "".join(f"<td>{cell}" for cell in cells) + "</tr>\n" for cells in [HEADER, *rows])
    return (
        f"<html><head>{head}<style>td {{ color: red }}</style></head><body>{above}<table>{body}</table></body></html>"
    )


def mhtml(text: str) -> bytes:
    body = base64.encodebytes(text.encode()).replace(b"\n", b"\r\n")
    return (
        b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n"
        b'Content-Type: multipart/related; boundary="----=_NextPart"\r\n\r\n------=_NextPart\r\n'
        b"Content-Location: file:///C:/bao%20cao/sheet001.htm\r\nContent-Transfer-Encoding: base64\r\n"
        b'Content-Type: text/html; charset="utf-8"\r\n\r\n' + body + b"------=_NextPart--\r\n"
    )


PAGES = {
    "utf-8": page().encode(),
    "byte order mark": page(head="").encode("utf-8-sig"),
    "utf-16": page(head="").encode("utf-16"),
    "windows-1258 named": page(head='<meta http-equiv=Content-Type content="text/html; charset=utf-8">').encode(),
    "xhtml": b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n' + page().encode(),
    "single file": mhtml(page()),
    "bare table": page()[page().index("<p>") : page().index("</body>")].encode(),
    "capitals": page().replace("<td>", "<TD NOWRAP>").replace("<table>", "<TABLE BORDER=1>").encode(),
}


@pytest.mark.parametrize("content", PAGES.values(), ids=list(PAGES))
@pytest.mark.parametrize("path", ["a.xls", "a.html", "a.xlsx"])
def test_web_page_is_read_like_the_table_it_shows(content: bytes, path: str) -> None:
    assert found(read(content, f"2014-Q3/446/{path}")) == []
    assert funds(content, path) == FUNDS


def test_spans_of_a_web_page_are_merged_cells() -> None:
    content = "<table><tr><th rowspan=2>Xã<th colspan=2>Vốn<tr><th>TW<th>Tỉnh<tr><td>Cẩm Hòa<td>1<td>2</table>"
    (sheet,) = sheets(content.encode())
    assert sheet.rows == [["Xã", "Vốn", ""], ["", "TW", "Tỉnh"], ["Cẩm Hòa", "1", "2"]]
    assert sheet.merged == (((0, 0), (1, 0)), ((0, 1), (0, 2)))


def test_stored_number_counts_where_the_page_rounds_it() -> None:
    cells = '<td x:num="1920.456">1.920,5</td><td x:num="1920456">1,9 tỷ</td><td x:num>402,5</td><td x:num="12">chưa rõ</td>'
    (sheet,) = sheets(f'<html xmlns:x="x"><table><tr>{cells}</table></html>'.encode())
    assert sheet.rows == [[1920.456, "1,9 tỷ", "402,5", "chưa rõ"]]


def test_table_in_a_cell_follows_what_stands_before_it() -> None:
    content = "<table><tr><td>UBND HUYỆN<table><tr><td>1<td>Cẩm Hòa</table>Người lập<td>Ký tên</table>"
    assert sheets(content.encode())[0].rows == [["UBND HUYỆN", ""], ["1", "Cẩm Hòa"], ["Người lập", "Ký tên"]]


def test_hidden_row_of_a_web_page_is_read_and_reported() -> None:
    content = page().replace("<tr><td>2<", "<tr style='DISPLAY: none'><td>2<").encode()
    assert funds(content, "a.xls") == FUNDS
    assert [(f.rule_id, severity(f)) for f in read(content, "2014-Q3/446/a.xls").findings] == [("F11", "warning")]


@pytest.mark.parametrize("content", [b"<html><body><p>404</p></body></html>", b"<html><table></table></html>"])
def test_web_page_without_a_table_is_refused_as_one(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        sheets(content)
    assert refused.value.variant == "web_page"


def test_script_of_a_page_is_no_text() -> None:
    content = page(head="<script>document.write('<td>x')</script><title>Báo cáo</title>").encode()
    assert funds(content, "a.xls") == FUNDS


# --- XML Spreadsheet 2003 -------------------------------------------------------------------------------------------------


def spreadsheetml(rows: list[list[str]] = ROWS, **attributes: str) -> str:
    """A workbook as portals write it: numbers as numbers, `attributes` of a row by its number."""

    def cell(text: str) -> str:
        number = text.replace(",", ".")
        kind = "Number" if number.replace(".", "").isdigit() else "String"
        return (
            f'<Cell><Data ss:Type="{kind}">{number if kind == "Number" else text}</Data></Cell>' if text else "<Cell/>"
        )

    lines = [[text] for text in HEADING] + [HEADER, *rows]
    body = "".join(
        f"<Row {attributes.get(f'row_{number}', '')}>{''.join(map(cell, line))}</Row>\n"
        for number, line in enumerate(lines, 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        f'<Worksheet ss:Name="Biểu 07"><Table>{body}</Table></Worksheet></Workbook>'
    )


@pytest.mark.parametrize("path", ["a.xls", "a.xml", "a.xlsx"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_xml_spreadsheet_is_read_like_any_workbook(path: str, encoding: str) -> None:
    content = (
        spreadsheetml().replace('encoding="UTF-8"', f'encoding="{encoding.removesuffix("-sig")}"').encode(encoding)
    )
    assert found(read(content, f"2014-Q3/446/{path}")) == []
    assert funds(content, path) == FUNDS


@pytest.mark.parametrize("hides", ['ss:Hidden="1"', 'ss:AutoFitHeight="0" ss:Height="0"'])
def test_hidden_row_of_an_xml_spreadsheet_is_read_and_reported(hides: str) -> None:
    content = spreadsheetml(row_9=hides).encode()
    assert funds(content, "a.xls") == FUNDS
    assert [f.rule_id for f in read(content, "2014-Q3/446/a.xls").findings] == ["F11"]


@pytest.mark.parametrize(
    "cell",
    ['<Cell ss:Formula="=RC[1]+RC[2]"/>', '<Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>'],
    ids=["never computed", "error"],
)
def test_formula_without_a_result_is_unknown(cell: str) -> None:
    content = spreadsheetml().replace('<Cell><Data ss:Type="Number">1011</Data></Cell>', cell, 1).encode()
    reading = read(content, "2014-Q3/446/a.xls")
    assert rows_of(reading, "H07")[0]["central_budget_million_vnd"] is None
    assert [(f.rule_id, f.cell) for f in reading.findings] == [("F12", "D7")]


def test_cells_stand_where_their_index_says() -> None:
    content = spreadsheetml()[: spreadsheetml().index("<Row")] + (
        '<Row ss:Index="3"><Cell ss:Index="2" ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">Vốn</Data></Cell>'
        '<Cell><Data ss:Type="DateTime">2014-09-30T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>'
        "</Row></Table></Worksheet></Workbook>"
    )
    (sheet,) = sheets(content.encode())
    assert sheet.rows[2] == ["", "Vốn", "", date(2014, 9, 30), True]
    assert sheet.merged == (((2, 1), (3, 2)),)


@pytest.mark.parametrize(
    ("content", "variant"),
    [
        (spreadsheetml()[:900], "damaged"),
        ("<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "no_sheet"),
        ("<?xml version='1.0'?><báo_cáo><kỳ>9</kỳ></báo_cáo>", "web_page"),
    ],
)
def test_xml_that_is_no_workbook_says_why(content: str, variant: str) -> None:
    with pytest.raises(Unreadable) as refused:
        sheets(content.encode())
    assert refused.value.variant == variant
