"""What is printed, rendered by LibreOffice: no text is cut or lies on another, none is a code or has a decimal point."""

import html
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest
from docx import Document
from openpyxl import load_workbook

from pipelines.products.bulletin import write_bulletin
from pipelines.products.duties import write_duties
from pipelines.products.receipts import write_receipts
from pipelines.products.templates import write_templates
from pipelines.products.trips import write_trips
from pipelines.reference.lists import read_lists
from pipelines.reference.models import Duty
from pipelines.settings import SEEDS_DIR
from tests.integration.conftest import AS_OF, Office
from tests.integration.test_site import WIDTHS, open_in_browser
from tests.shared import made_once

pytestmark = pytest.mark.starts("soffice", "pdftotext")

FONT = "Liberation Serif"  # as wide as Times New Roman; its version 2 has the letters of Vietnamese, version 1 has not
REPORTERS = ("443", "439", "S-YT", "B-HT")
VIETNAMESE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop></item></oor:items>
"""
WORD = re.compile(r'<word xMin="([^"]+)" yMin="([^"]+)" xMax="([^"]+)" yMax="([^"]+)">(.*?)</word>')
PAGE = re.compile(r'<page width="([^"]+)" height="([^"]+)">(.*?)</page>', re.DOTALL)
ON_ANOTHER = 0.3
"""Of the smaller of two words: more than that below the other is text on text."""
WRONG = {
    "a code": re.compile(r"\b[a-z]+_[a-z_]+\b|\bNone\b|\bnan\b"),
    "a power of ten": re.compile(r"\d[eE]\+\d"),
    "a decimal point": re.compile(r"(?<![\d.,/])\d{1,3}\.\d{1,2}(?=[ %;)]|$)"),
    "bounds told twice": re.compile(r"(từ \d+ đến \d+) \1"),
}
MIDDLE = 297
"""Of an A4 page, in points."""
CHOSEN = """
    from (select delivery_id from quality.findings where delivery_id is not null group by 1 order by count(*) desc, 1 limit 2)
    union
    from (select max(delivery_id) from quality.findings where delivery_id is not null group by severity)
    union
    from (select delivery_id from quality.deliveries where status = 'rejected' order by 1 limit 1)
    union
    from (select min(delivery_id) from quality.submissions where status = 'accepted')
"""
"""Deliveries of every kind: with most to answer, with findings of each severity, unreadable, without a fault."""
FORM = re.compile(r"\b[HSMCV]0[1-7]\b")
NUMBERS_OF_DUTIES = {duty.item for duty in read_lists(SEEDS_DIR)[Duty]}
"""'2.1' of the notice is no number with a decimal point."""


@dataclass(frozen=True)
class Word:
    """A word on paper: its page, whether its box lies within that, and the box, in points."""

    page: int
    is_inside: bool
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def share_on(self, other: "Word") -> float:
        """How much of the smaller of two lies on the other."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        if wide <= 0 or high <= 0:
            return 0.0
        smaller = min((each.right - each.left) * (each.bottom - each.top) for each in (self, other))
        return wide * high / smaller if smaller else 0.0


@pytest.fixture(scope="module")
def printed(finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every printed product of the finished run, each with its PDF beside it."""

    def write(folder: Path) -> None:
        office, on, lists = finished[0], date.fromisoformat(AS_OF), read_lists(SEEDS_DIR)
        with duckdb.connect(str(office.home / "working.duckdb"), read_only=True) as working:
            write_trips(working, lists, on, folder / "trips", None)
            for trip in sorted((folder / "trips").rglob("*.xlsx"))[3:-1]:  # they are made alike
                trip.unlink()
            write_templates(lists, on, folder / "templates", ["2014-10", "2014-Q4"], REPORTERS, working)
            _write_fronts(working, office.home / "archive", folder / "receipts")
        write_bulletin(office.published, folder / "reports")
        write_duties(office.published, folder / "reports", lists[Duty])
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(VIETNAMESE, encoding="utf-8")
        command = [
            "soffice",
            "--headless",
            f"-env:UserInstallation={profile.as_uri()}",
            "--convert-to",
            "pdf",
            "--outdir",
        ]
        files = sorted([*folder.rglob("*.docx"), *folder.rglob("*.xlsx")])
        for parent in sorted({file.parent for file in files}):
            of_folder = [file for file in files if file.parent == parent]
            subprocess.run([*command, parent, *of_folder], check=True, capture_output=True, timeout=600)

    return made_once(tmp_path_factory, "printed", write)


def _write_fronts(working: duckdb.DuckDBPyConnection, archive: Path, folder: Path) -> None:
    """Write the receipts of some deliveries, as the sheet in front of each is printed, which is ours."""
    chosen = {delivery for (delivery,) in working.execute(CHOSEN).fetchall()}
    done = write_receipts(working, archive, folder / "whole", chosen, processes=1)
    assert done.failed == []
    assert done.written >= len(chosen) > 3
    for number, file in enumerate(sorted((folder / "whole").rglob("*.xlsx"))):
        workbook = load_workbook(file)
        front, *others = workbook.worksheets
        for sheet in others:
            workbook.remove(sheet)
        if front.print_area:  # what stands below is for intake
            front.delete_rows(int(front.print_area.rpartition("$")[2]) + 1, front.max_row)
        workbook.save(folder / f"{number}.xlsx")
    shutil.rmtree(folder / "whole")


def documents(printed: Path) -> Iterator[tuple[Path, list[Word]]]:
    """Each product with the words of its PDF."""
    files = sorted([*printed.rglob("*.docx"), *printed.rglob("*.xlsx")])
    assert len(files) > 10
    for file in files:
        pdf = file.with_suffix(".pdf")
        assert pdf.is_file(), f"{file} was not rendered"
        done = subprocess.run(
            [shutil.which("pdftotext") or "", "-bbox", pdf, "-"],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        words = []
        for number, page in enumerate(PAGE.finditer(done.stdout), 1):
            for word in WORD.finditer(page[3]):
                left, top, right, bottom = map(float, word.groups()[:4])
                is_inside = left >= 0 and top >= 0 and right <= float(page[1]) and bottom <= float(page[2])
                words.append(Word(number, is_inside, left, top, right, bottom, html.unescape(word[5])))
        assert words, f"{file} is blank"
        yield file, words


def texts_of(file: Path) -> list[str]:
    """What stands in a product, cell by cell and paragraph by paragraph."""
    if file.suffix == ".docx":
        document = Document(str(file))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [*(each.text for each in document.paragraphs), *cells]
    return [
        cell.value
        for sheet in load_workbook(file).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.data_type == "s"
    ]


def test_no_word_lies_on_another(printed: Path) -> None:
    found = []
    for file, words in documents(printed):
        for of_page in _by_page(words):
            near = sorted(of_page, key=lambda word: word.top)
            found += [
                f"{file.name}, page {one.page}: {one.text} | {other.text}"
                for one, other in _neighbours(near)
                if one.share_on(other) > ON_ANOTHER
            ]
    assert found == []


def test_no_word_stands_outside_the_page(printed: Path) -> None:
    for file, words in documents(printed):
        assert [word for word in words if not word.is_inside] == [], file


def test_what_is_for_the_chairman_is_one_page(printed: Path) -> None:
    pages = {file.name: max(word.page for word in words) for file, words in documents(printed)}
    assert [count for name, count in pages.items() if name.endswith("-lanh-dao.docx")] == [1]


def test_the_verdict_on_the_duties_is_one_page(printed: Path) -> None:
    """What follows it, duty by duty, begins with the first duty on the second page."""
    ((_, words),) = [each for each in documents(printed) if each[0].name == "thong-bao.docx"]
    first = min(NUMBERS_OF_DUTIES)
    begins = next(word.page for word in words if word.text == f"{first}." and word.left < MIDDLE)
    assert begins == 2


@pytest.mark.starts("chromium")
def test_the_page_of_the_duties_fits_a_phone_a_screen_and_a4(printed: Path, tmp_path: Path) -> None:
    found = open_in_browser(printed, [printed / "reports" / "thong-bao.html"], tmp_path)
    assert {each["name"]: each["over"] for each in found} == dict.fromkeys(WIDTHS, 0)


def test_no_text_is_cut(printed: Path) -> None:
    """Every word that stands in a product stands on its paper: what is cut off, LibreOffice does not draw."""
    for file, words in documents(printed):
        drawn = Counter("".join(word.text for word in words))
        written = Counter(letter for text in texts_of(file) for letter in text if not letter.isspace())
        lost = {letter: count - drawn[letter] for letter, count in written.items() if drawn[letter] < count}
        assert lost == {}, file.name


@pytest.mark.parametrize("fault", WRONG)
def test_no_code_and_no_decimal_point_is_printed(printed: Path, fault: str) -> None:
    found = []
    for file, words in documents(printed):
        text = " ".join(word.text for word in words)
        if file.name == "thong-bao.docx":
            text = text.partition("CÂU TRUY VẤN")[0]
        matches = {match[0] for match in WRONG[fault].finditer(text)} - NUMBERS_OF_DUTIES
        found += [f"{file.name}: {match}" for match in sorted(matches)]
    assert found == []


def test_a_document_calls_forms_by_their_titles(printed: Path) -> None:
    found = []
    for file, words in documents(printed):
        if file.suffix == ".docx":
            text = " ".join(word.text for word in words).partition("CÂU TRUY VẤN")[0]
            found += [f"{file.name}: {match}" for match in FORM.findall(text)]
    assert found == []


def _by_page(words: list[Word]) -> Iterator[list[Word]]:
    for number in sorted({word.page for word in words}):
        yield [word for word in words if word.page == number]


def _neighbours(words: list[Word]) -> Iterator[tuple[Word, Word]]:
    """Pairs of words whose boxes share a height, of words sorted by their top."""
    for place, one in enumerate(words):
        for other in words[place + 1 :]:
            if other.top >= one.bottom:
                break
            yield one, other
