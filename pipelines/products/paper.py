"""Documents to print and sign: a page of a few HTML tags → a .docx in the form of Nghị định 30/2020/NĐ-CP (Annex I).

Here: how the parts of such a document look (A4, Times New Roman, margins, page numbers, the lines under motto and title), from
what a template of pipelines/pages/paper/ says. A template escapes its values, so that text from outside stays text here, too.
Not here: any word or figure, and how a picture is drawn.

    h1, h2, h3      the document's kind ("BÁO CÁO"), its sections, their parts
    p               a paragraph; class: `subject`, `center`, `right`, `note`, `caption`, `small`, `motto` (of the heads of the
                    document), `rule` (a line under it), `keep` (on the page of what follows)
    ul, ol, li      lines that begin with a dash, or are numbered
    table           class `plain`: without lines; `data-widths`: shares of the width; td and th: class `n` (to the right), `c`
    img             `src` names one of the pictures; `data-width`: share of the text's width
    b, i, br, hr    bold, italic, a new line, a new page
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from pipelines.products.packages import repack, writable
from pipelines.products.site.charts import Picture

SUFFIX = ".docx"
_FONT = "Times New Roman"
_SIZE, _TABLE_SIZE, _SMALL_SIZE = 14, 12, 11
_MARGINS = {"top_margin": 20, "bottom_margin": 20, "left_margin": 30, "right_margin": 20}
_A4 = (210, 297)
_FIRST_LINE = 10
_SHADE = "E7EEF4"
_ALIGNED = {
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "subject": WD_ALIGN_PARAGRAPH.CENTER,
    "caption": WD_ALIGN_PARAGRAPH.CENTER,
    "c": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "n": WD_ALIGN_PARAGRAPH.RIGHT,
    "left": WD_ALIGN_PARAGRAPH.LEFT,
}
_BLANKS = re.compile("[ \t\r\n]+")
"""What HTML takes for one blank; the others (of a fixed width, without a break) stay."""
_BLOCKS = {"h1", "h2", "h3", "p", "li"}


@dataclass
class _Cell:
    """A cell of a table as its template has it: what kind, and its lines, each with its classes."""

    is_header: bool
    classes: set[str]
    span: int = 1
    lines: "list[_Line]" = field(default_factory=list)


@dataclass
class _Line:
    """A line of text in parts: (text, bold, italic); `pictures` stand in it, by name and share of the width."""

    classes: set[str] = field(default_factory=set)
    parts: list[tuple[str, bool, bool]] = field(default_factory=list)
    pictures: list[tuple[str, float]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.pictures and not any(text.strip() for text, _, _ in self.parts)


def write_paper(
    html: str, pictures: Mapping[str, Picture] | None = None, *, size: int = _SIZE, is_wide: bool = False
) -> bytes:
    """Return the document of a rendered template: equal bytes for equal content.

    `size`: of its text, in points. `is_wide`: the paper lies on its long side, for tables of many columns.
    """
    writer = _Writer(pictures or {}, size, is_wide=is_wide)
    writer.feed(html)
    writer.close()
    loose = io.BytesIO()
    writer.document.save(loose)
    return repack(loose)


class _Writer(HTMLParser):
    """Writes what a template says into a document, tag by tag."""

    def __init__(self, pictures: Mapping[str, Picture], size: int, *, is_wide: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures, self.size = pictures, size
        self.document = Document()
        sides = _A4[::-1] if is_wide else _A4
        self.text_width = sides[0] - _MARGINS["left_margin"] - _MARGINS["right_margin"]
        _set_up(self.document, size, sides)
        self.tag, self.line = "", _Line()
        self.bold = self.italic = 0
        self.rows: list[list[_Cell]] = []
        self.table: dict[str, str | None] | None = None
        self.number: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        classes = set((attributes.get("class") or "").split())
        if tag in _BLOCKS:
            self._end_line()
            self.tag, self.line = tag, _Line(classes)
        elif tag in {"b", "i"}:
            self._turn(tag, 1)
        elif tag == "br":
            self.line.parts.append(("\n", False, False))
        elif tag == "hr":
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif tag == "img":
            self.line.pictures.append((attributes["src"] or "", float(attributes.get("data-width") or 100)))
        elif tag in {"ul", "ol"}:
            self.number = 0 if tag == "ol" else None
        elif tag == "table":
            self.table, self.rows = attributes, []
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append(_Cell(tag == "th", classes, int(attributes.get("colspan") or 1)))
            self.tag, self.line = "", _Line()

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in {"td", "th"}:
            self._end_line()
        elif tag in {"b", "i"}:
            self._turn(tag, -1)
        elif tag == "table" and self.table is not None:
            self._write_table(self.table)
            self.table = None

    def handle_data(self, data: str) -> None:
        text = _BLANKS.sub(" ", writable(data))
        if text != " " or self.line.parts:
            self.line.parts.append((text, bool(self.bold), bool(self.italic)))

    def _turn(self, tag: str, step: int) -> None:
        if tag == "b":
            self.bold += step
        else:
            self.italic += step

    def _end_line(self) -> None:
        """Write the line that was collected: into the cell that is open, or as a paragraph."""
        tag, line = self.tag, self.line
        self.tag, self.line = "", _Line()
        if self.table is not None:
            if self.rows and self.rows[-1] and not (line.is_empty and not line.classes):
                self.rows[-1][-1].lines.append(line)
        elif tag and (not line.is_empty or line.classes):
            self._write_block(tag, line)

    def _write_block(self, tag: str, line: _Line) -> None:
        paragraph = self.document.add_paragraph()
        form = paragraph.paragraph_format
        if tag == "li":
            if self.number is None:
                line.parts.insert(0, ("- ", False, False))
            else:
                self.number += 1
                line.parts.insert(0, (f"{self.number}. ", False, False))
        if tag == "h1" or line.classes & {"subject"}:
            form.alignment = WD_ALIGN_PARAGRAPH.CENTER
            form.space_before, form.space_after = Pt(14 if tag == "h1" else 0), Pt(2)
        elif tag in {"h2", "h3"} or (tag in {"p", "li"} and not line.classes - {"keep"}):
            form.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY if tag in {"p", "li"} else WD_ALIGN_PARAGRAPH.LEFT
            form.first_line_indent = Mm(_FIRST_LINE)
        if tag in {"h1", "h2", "h3"} or "keep" in line.classes:
            form.keep_with_next = True
        if tag in {"h2", "h3"}:
            form.space_before = Pt(8)
        is_bold = tag in {"h1", "h2", "h3"} or "subject" in line.classes
        self._fill(paragraph, line, self._size_of(line), is_bold=is_bold, width=self.text_width)

    def _size_of(self, line: _Line) -> int:
        if line.classes & {"small", "note"}:
            return _SMALL_SIZE
        return _TABLE_SIZE if line.classes & {"caption", "motto"} else self.size

    def _fill(self, paragraph: Paragraph, line: _Line, size: int, *, is_bold: bool, width: float) -> None:
        for name in line.classes & _ALIGNED.keys():
            paragraph.alignment = _ALIGNED[name]
        is_italic = bool(line.classes & {"note", "caption"})
        last = len(line.parts) - 1
        for place, (text, bold, italic) in enumerate(line.parts):
            shown = text.lstrip(" ") if place == 0 else text
            run = paragraph.add_run(shown.rstrip(" ") if place == last else shown)
            run.font.size = Pt(size)
            run.bold, run.italic = bold or is_bold or None, italic or is_italic or None
        for name, share in line.pictures:
            picture = self.pictures[name]
            shape = paragraph.add_run().add_picture(io.BytesIO(picture.png()), width=Mm(width * share / 100))
            shape._inline.docPr.set("descr", writable(picture.alt_text))  # noqa: SLF001 (python-docx has no way to say it)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = True
        if "rule" in line.classes:
            _rule(paragraph, line, size, width)

    def _write_table(self, attributes: Mapping[str, str | None]) -> None:
        rows = [row for row in self.rows if row]
        if not rows:
            return
        count = max(sum(cell.span for cell in row) for row in rows)
        classes = set((attributes.get("class") or "").split())
        is_plain = "plain" in classes
        given = [float(each) for each in (attributes.get("data-widths") or "").split()]
        shares = given if len(given) == count else [100 / count] * count
        widths = [self.text_width * share / sum(shares) for share in shares]
        table = self.document.add_table(rows=len(rows), cols=count, style=None if is_plain else "Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        size = self.size if is_plain else _SMALL_SIZE if "many" in classes else _TABLE_SIZE
        for written, row in zip(table.rows, rows, strict=True):
            _keep_whole(written, is_header=all(cell.is_header for cell in row))
            place = 0
            for cell in row:
                box = written.cells[place]
                if cell.span > 1:
                    box = box.merge(written.cells[place + cell.span - 1])
                width = sum(widths[place : place + cell.span])
                box.width = Mm(width)
                self._write_cell(box, cell, size, width, is_plain=is_plain)
                place += cell.span
        after = self.document.add_paragraph()
        after.paragraph_format.space_after = Pt(0)
        after.paragraph_format.line_spacing = Pt(6)

    def _write_cell(self, box: Any, cell: _Cell, size: int, width: float, *, is_plain: bool) -> None:
        lines = cell.lines or [_Line()]
        for place, line in enumerate(lines):
            paragraph = box.paragraphs[0] if place == 0 else box.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0 if is_plain else 1)
            paragraph.paragraph_format.space_before = Pt(0 if is_plain else 1)
            line.classes |= cell.classes | ({"c"} if cell.is_header and not is_plain and not cell.classes else set())
            own = self._size_of(line) if line.classes & {"small", "note", "caption", "motto"} else size
            self._fill(paragraph, line, own, is_bold=cell.is_header, width=width - 4)
        if cell.is_header and not is_plain:
            shade = OxmlElement("w:shd")
            for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
                shade.set(qn(f"w:{name}"), value)
            box._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 (python-docx has no way to shade a cell)


def _set_up(document: Any, size: int, sides: tuple[int, int]) -> None:
    """Set paper, fonts and page numbers: A4, in the middle of the upper margin, none on the first page."""
    properties = document.core_properties
    properties.author = properties.title = properties.comments = ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(sides[0]), Mm(sides[1])
    section.orientation = WD_ORIENT.LANDSCAPE if sides[0] > sides[1] else WD_ORIENT.PORTRAIT
    for name, millimetres in _MARGINS.items():
        setattr(section, name, Mm(millimetres))
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(size)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    normal.element.get_or_add_rPr().append(language)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.05
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = number.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001 (python-docx has no fields)


def _rule(paragraph: Paragraph, line: _Line, size: int, width: float) -> None:
    """Draw a line under a paragraph, half as long as its text, as under motto and title."""
    letters = max(len(part) for part in "".join(text for text, _, _ in line.parts).split("\n"))
    length = min(width, letters * size * 0.18) * 0.5  # a letter is about half as wide as high; in millimetres
    form = paragraph.paragraph_format
    form.space_after = Pt(0)
    below = OxmlElement("w:p")
    paragraph._p.addnext(below)  # noqa: SLF001 (python-docx puts a paragraph before another, not after)
    ruled = Paragraph(below, paragraph._parent)  # noqa: SLF001 (as above)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    below.get_or_add_pPr().append(borders)  # before what follows: Word asks for this order
    shape = ruled.paragraph_format
    shape.left_indent = shape.right_indent = Mm((width - length) / 2)
    shape.space_before, shape.space_after, shape.line_spacing = Pt(0), Pt(6), Pt(3)


def _keep_whole(row: Any, *, is_header: bool) -> None:
    """Keep a row on one page; a row of headings stands on each page of its table."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 (python-docx has no way to say it)
    for name in ("w:cantSplit", *(("w:tblHeader",) if is_header else ())):
        properties.append(OxmlElement(name))
