"""Documents to sign: what a template says stands in them, as text, in the form that offices use, and in equal bytes."""

import io
from typing import Any

import altair as alt
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from pipelines.products.paper import write_paper
from pipelines.products.site.charts import Picture


def read(html: str, **pictures: Picture) -> Any:
    return Document(io.BytesIO(write_paper(html, pictures)))


def picture() -> Picture:
    values = [{"a": "Huyện Đức Thọ", "b": 3}]
    chart = getattr(alt.Chart(alt.Data(values=values)), "mark_bar")()  # noqa: B009 (its type is hidden by a decorator)
    return Picture(chart.encode(x="b:Q", y="a:N"), 'Số xã, "Đức Thọ" & <b>')


def test_paper_is_a4_in_times_new_roman_14_with_a_page_number_from_the_second_page_on() -> None:
    document = read("<p>Số liệu</p>")
    section, normal = document.sections[0], document.styles["Normal"]
    lengths = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(length.mm) for length in lengths if length] == [210, 297, 30, 20]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Xã &lt;b&gt;Thạch&lt;/b&gt; &amp; &quot;Hạ&quot;</p>", 'Xã <b>Thạch</b> & "Hạ"'),
        ("<p>một\n   dòng  </p>", "một dòng"),
        ("<p>Số: &emsp;&emsp;/BC</p>", "Số: \u2003\u2003/BC"),
        ("<p>a<b> đậm</b> và <i>nghiêng</i>.</p>", "a đậm và nghiêng."),
        ("<p>điều\x0b khiển\x00</p>", "điều khiển"),
        (f"<p>{'rất dài ' * 40}</p>", ("rất dài " * 40).strip()),
    ],
)
def test_text_of_a_template_is_text_of_the_document(html: str, text: str) -> None:
    assert [each.text for each in read(html).paragraphs] == [text]


def test_headings_are_bold_and_stay_with_what_follows_and_paragraphs_are_indented() -> None:
    title, section, paragraph = read("<h1>BÁO CÁO</h1><h2>I. KẾT QUẢ</h2><p>Toàn tỉnh</p>").paragraphs
    assert title.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert section.paragraph_format.keep_with_next
    assert section.runs[0].bold
    assert paragraph.paragraph_format.first_line_indent.mm == pytest.approx(10, abs=0.1)
    assert paragraph.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY


def test_a_table_repeats_its_head_and_numbers_stand_to_the_right() -> None:
    html = '<table data-widths="75 25"><tr><th>Đơn vị</th><th>Xã</th></tr><tr><td>Can Lộc</td><td class="n">22</td></tr></table>'
    (table,) = read(html).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Đơn vị", "Xã"], ["Can Lộc", "22"]]
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert "w:tblHeader" not in table.rows[1]._tr.xml
    assert table.cell(1, 1).paragraphs[0].alignment == WD_ALIGN_PARAGRAPH.RIGHT
    assert abs(table.columns[0].width - Mm(120)) < Mm(1)


def test_numbered_lines_begin_anew_in_each_list() -> None:
    html = "<ol><li>Một</li><li>Hai</li></ol><ol><li>Ba</li></ol><ul><li>Bốn</li></ul>"
    assert [each.text for each in read(html).paragraphs] == ["1. Một", "2. Hai", "1. Ba", "- Bốn"]


def test_a_picture_stands_in_it_with_its_words() -> None:
    document = read('<p><img src="bands" data-width="50"></p>', bands=picture())
    (shape,) = document.inline_shapes
    assert abs(shape.width - Mm(80)) < Mm(1)
    assert shape._inline.docPr.get("descr") == 'Số xã, "Đức Thọ" & <b>'


def test_equal_content_is_equal_bytes() -> None:
    html = '<h1>BÁO CÁO</h1><p class="rule">Kết quả</p><p><img src="a"></p>'
    assert write_paper(html, {"a": picture()}) == write_paper(html, {"a": picture()})
