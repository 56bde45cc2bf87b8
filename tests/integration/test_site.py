"""The site as a browser and a reader meet it: every page at the width of a phone, of a screen and of paper."""

import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.products.headlines import count_missing, count_owed
from pipelines.products.site import PAGES, charts, write_site
from pipelines.products.site.reporting import SIGNS
from pipelines.settings import CHECKOUT
from pipelines.wording import say_decimals, say_value
from tests.integration.conftest import Office, change
from tests.shared import made_once

WIDTHS = {"phone": 360, "screen": 1024, "A4": 688}
"""In pixels; A4 without its margins, with the rules for print."""
LARGEST_FIRST_PAGE = 300_000
MAIL = ("received", "notes", "answered", "reminders", "held", "refused")
LONG = 'Xã <b>Thạch & "Hạ"</b> ' + "rất dài " * 35
HARNESS = """
<!doctype html><meta charset="utf-8"><body><script>
const pages = PAGES, widths = WIDTHS, found = [];
let left = pages.length * Object.keys(widths).length;
for (const page of pages) for (const [name, width] of Object.entries(widths)) {
  const frame = document.createElement("iframe");
  frame.style = `width:${width}px;height:900px;border:0`;
  frame.onload = () => {
    const inside = frame.contentDocument;
    if (name === "A4") for (const sheet of inside.styleSheets) for (const rule of sheet.cssRules)
      if (rule.media && rule.media.mediaText === "print") rule.media.mediaText = "all";
    const root = inside.documentElement;
    const wide = [...inside.querySelectorAll("main *")].filter(
      each => each.getBoundingClientRect().right > root.clientWidth + 1 && !each.closest(".sr,.wide,svg"));
    found.push({page, name, width: frame.contentWindow.innerWidth, title: inside.title, over: root.scrollWidth - root.clientWidth,
      wide: wide.slice(0, 3).map(each => each.outerHTML.slice(0, 120))});
    if (--left === 0) { const end = document.createElement("pre"); end.id = "found"; end.textContent = JSON.stringify(found);
      document.body.replaceChildren(end); }
  };
  frame.src = page; document.body.append(frame);
}
</script></body>
"""


class Outline(HTMLParser):
    """What a page is made of: its tags with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def site(finished: tuple[Office, str]) -> Path:
    """The site that the run wrote."""
    return finished[0].home / "site"


def pages(site: Path) -> list[Path]:
    """Every page but those of suites and most of single communes, which are all made alike."""
    return sorted(site.glob("*.html")) + sorted(site.glob("communes/*.html"))[:2]


def open_in_browser(site: Path, files: Iterable[Path], folder: Path) -> list[dict[str, Any]]:
    """What a browser says of each page at each width; fails on any message of its console."""
    urls = json.dumps([file.as_uri() for file in files])
    return run_in_browser(site, HARNESS.replace("PAGES", urls).replace("WIDTHS", json.dumps(WIDTHS)), folder)


def run_in_browser(site: Path, page: str, folder: Path) -> Any:
    """What a page of a test's own found out about others; fails on any message of the browser's console."""
    harness = folder / "harness.html"
    harness.write_text(page, encoding="utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"]
    command += ["--enable-logging=stderr", "--virtual-time-budget=60000", f"--user-data-dir={folder / 'profile'}"]
    done = subprocess.run(
        [*command, "--dump-dom", harness.as_uri()], capture_output=True, text=True, check=True, timeout=300
    )
    assert not [line for line in done.stderr.splitlines() if "CONSOLE" in line]
    match = re.search(r'<pre id="found">(.*?)</pre>', done.stdout, re.DOTALL)
    assert match, f"{site} was not opened: {done.stdout[-500:]}"
    return json.loads(match[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))


@pytest.mark.starts("chromium")
def test_every_page_fits_a_phone_a_screen_and_a4(site: Path, tmp_path: Path) -> None:
    files = pages(site)
    found = open_in_browser(site, files, tmp_path)
    assert len(found) == len(files) * len(WIDTHS)
    assert all(each["title"] for each in found)
    assert {(each["name"], each["width"]) for each in found} == {*WIDTHS.items()}
    assert [each for each in found if each["over"] > 0 or each["wide"]] == []


USED = """
<!doctype html><meta charset="utf-8"><body><script>
const frame = document.createElement("iframe");
frame.onload = () => {
  const inside = frame.contentDocument, label = inside.querySelector(".filter"), table = label.nextElementSibling;
  const input = label.querySelector("input"), heads = [...table.tHead.rows[0].cells], found = {};
  const column = heads.findIndex(head => head.textContent.includes("Criteria, average"));
  const read = at => [...table.tBodies[0].rows].filter(row => !row.hidden).map(row => row.cells[at].textContent.trim());
  found.before = read(column);
  heads[column].querySelector("button").click();
  found.up = read(column);
  heads[column].querySelector("button").click();
  found.down = read(column);
  found.says = heads.map(head => head.getAttribute("aria-sort")).filter(Boolean);
  heads[0].querySelector("button").click();
  found.names = read(0);
  input.value = "huong Son";
  input.dispatchEvent(new Event("input"));
  found.filtered = read(0);
  found.count = label.querySelector("small").textContent;
  const end = document.createElement("pre"); end.id = "found"; end.textContent = JSON.stringify(found);
  document.body.replaceChildren(end);
};
frame.src = "PAGE"; document.body.append(frame);
</script></body>
"""


@pytest.mark.starts("chromium")
def test_tables_are_sorted_and_filtered_as_numbers_and_as_vietnamese(changed: Path, tmp_path: Path) -> None:
    change(changed, "update marts.district_months set criteria_met_avg = null where district_code = '443'")
    write_site(changed, tmp_path / "site")
    found = run_in_browser(tmp_path, USED.replace("PAGE", (tmp_path / "site" / "units.html").as_uri()), tmp_path)
    numbers = [[float(text.replace(",", ".")) for text in found[name] if text != "–"] for name in ("up", "down")]
    assert numbers[0] == sorted(numbers[0])
    assert numbers[1] == numbers[0][::-1]
    assert [found["up"][-1], found["down"][-1]] == ["–", "–"], "what is not known stands last"
    assert found["says"] == ["descending"]
    assert sorted(found["before"]) == sorted(found["up"])
    names = found["names"]
    in_order = ["Huyện Can Lộc", "Huyện Cẩm Xuyên", "Huyện Đức Thọ", "Huyện Hương Khê"]
    assert [name for name in names if name in in_order] == in_order
    assert (found["filtered"], found["count"]) == (["Huyện Hương Sơn"], f"1/{len(names)} dòng")


def test_the_quarter_s_plan_looks_ahead_and_names_who_has_no_visit_yet(changed: Path, tmp_path: Path) -> None:
    """Months of the quarter that are still to be planned count as much as the newest one, and lead to nobody named."""
    newest = "month = (select max(month) from marts.inspection_plan)"
    change(changed, "update marts.inspection_plan set month = date '2015-05-01' where " + newest)
    write_site(changed, tmp_path / "site")
    with duckdb.connect(str(changed), read_only=True) as published:
        units = published.execute(
            "select unit_name, count(distinct commune_code), count(*) from marts.inspection_plan"
            f" inner join marts.dim_unit_current using (unit_code) where {newest} group by unit_name"
        ).fetchall()
        districts = published.execute(
            "select unit_name from marts.dim_unit_current where unit_level = 'district' and is_valid"
        ).fetchall()
    visits, items = sum(row[1] for row in units), sum(row[2] for row in units)
    html = (tmp_path / "site" / "inspections.html").read_text(encoding="utf-8")
    assert f"Trong quý II/2015 phải đến {2 * visits} lượt xã, kiểm tra {2 * items} nội dung" in html
    assert "Kế hoạch 1 tháng còn lại của quý" in html
    with (tmp_path / "site" / "data" / "kiem-tra-theo-quy.csv").open(encoding="utf-8-sig") as file:
        rows = [(row["unit_name"], int(row["visits"]), int(row["items"])) for row in csv.DictReader(file)]
    assert {row for row in rows if row[1]} == set(units)
    assert {name for name, _, _ in rows} >= {name for (name,) in districts}
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)


def test_every_page_has_landmarks_and_one_heading_and_each_picture_words_source_and_table(site: Path) -> None:
    assert {page.stem for page in pages(site)} >= {page.name for page in PAGES}
    for page in pages(site):
        html = page.read_text(encoding="utf-8")
        outline = Outline(re.sub(r"<title>[^<]*</title>(?=</(path|line)>)", "", html))
        assert [len(outline.of(tag)) for tag in ("header", "nav", "main", "footer", "h1", "title")] == [1] * 6, page
        assert outline.of("html")[0]["lang"] == "vi"
        assert all(svg["aria-label"] and svg["role"] == "img" for svg in outline.of("svg")), page
        ids = [attributes["id"] for _, attributes in outline.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), page
        figures = re.findall(r"<figure>.*?</figure>", html, re.DOTALL)
        assert all("<figcaption>" in each and "Nguồn: " in each and ".csv" in each for each in figures), page
        for link in outline.of("a"):
            target, _, anchor = (link["href"] or "").partition("#")
            file = (page.parent / target).resolve() if target else page
            assert file.is_file(), (page, link)
            if anchor and file.suffix == ".html":
                assert f'id="{anchor}"' in file.read_text(encoding="utf-8"), (page, link)


def test_the_first_page_is_light_and_says_what_the_file_says(site: Path, finished: tuple[Office, str]) -> None:
    content = (site / "index.html").read_bytes()
    assert len(content) < LARGEST_FIRST_PAGE
    ((models, average),) = finished[0].ask(
        "select models_running, criteria_met_avg from marts.province_months order by month desc limit 1"
    )
    html = content.decode()
    assert f"<b>{say_value(models)}</b>" in html
    assert f"<b>{say_value(average)}</b>" in html


def table_beside(site: Path, name: str) -> list[dict[str, str]]:
    """The rows of the CSV file beside a picture."""
    with (site / "data" / f"{name}.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def words(html: str) -> str:
    """What a page says, without its tags, in one line."""
    body = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_a_pointer_on_a_mark_is_told_its_figure(site: Path) -> None:
    html = (site / "index.html").read_text(encoding="utf-8")
    titles = set(re.findall(r"<title>([^<]*)</title>", html))
    bands = {
        f"{row['name']}, {row['band']}: {row['value']}"
        for row in table_beside(site, "muc-tieu-chi")
        if int(row["value"] or 0)
    }
    assert bands
    assert bands <= titles
    tiles = {
        f"{row['short_name']}: {say_decimals(float(row['criteria_met_avg']), 1)}"
        for row in table_beside(site, "dia-phuong")
    }
    assert tiles <= titles
    months = {
        f"Tiêu chí bình quân/xã, {row['month'][5:7]}/{row['month'][:4]}: {say_decimals(float(row['criteria_met_avg']), 2)}"
        for row in table_beside(site, "dien-bien")
    }
    assert months <= titles


NEWEST_TARGET = "unit_level = 'province' and month = (select max(month) from marts.target_progress)"
CONTRIVED = (
    (
        "insert into quality.findings by name"
        " select * exclude (copy) replace (finding_id || copy as finding_id, 'open' as state) from quality.findings"
        " cross join range(60) as copies(copy)"
        " where finding_id = (select min(finding_id) from quality.findings where rule_id = 'F01')"
    ),
    "update quality.obligations set status = 'missing', days_overdue = 9 where reporter_code = '443' and form = 'H02'",
    "update quality.obligations set status = 'rejected_only' where reporter_code = '439' and form = 'H03'",
    (
        "update marts.district_months set criteria_met_avg = 0.5, leadership_rank = 99, leadership_index = 1.5"
        " where district_code = '436'"
    ),
    (
        "update marts.target_progress set deadline = '2014-12-31', value = 10, numerator = 23, denominator = 230,"
        " target_value = 70, projected_value = 41.6, projected_low = 30.2, projected_high = 52.7, state = 'not_met',"
        " is_overdue = false"
        f" where target_id = 'T01' and {NEWEST_TARGET}"
    ),
    (
        "update marts.target_progress set deadline = '2014-09-30', value = null, numerator = null, denominator = null,"
        f" projected_value = 1, projected_low = 1, projected_high = 1 where target_id = 'T03' and {NEWEST_TARGET}"
    ),
    (
        "update quality.reporter_scores set reporting_rate = 0.894, row_completeness = 1, cell_completeness = 0.9,"
        " timeliness = null, consistency = 0.5, accuracy = 0.75, accuracy_low = 0.345, accuracy_high = 0.954"
        " where reporter_code = '443'"
    ),
)


@pytest.fixture(scope="module")
def contrived(finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose figures are chosen (CONTRIVED); the published file that it is made from lies beside it."""

    def write(folder: Path) -> None:
        shutil.copy(finished[0].published, folder / "ntm.duckdb")
        (folder / "ntm.duckdb").chmod(0o644)
        change(folder / "ntm.duckdb", *CONTRIVED)
        write_site(folder / "ntm.duckdb", folder / "site")

    return made_once(tmp_path_factory, "contrived", write) / "site"


def test_codes_are_sorted_in_their_own_order(contrived: Path) -> None:
    html = (contrived / "reporting.html").read_text(encoding="utf-8")
    shown = set(re.findall(r'data-label="Tình trạng" data-by="(\d+)">([^<]+)<', html))
    with duckdb.connect(str(contrived.parent / "ntm.duckdb"), read_only=True) as published:
        known = published.execute(
            "select sort::varchar, label_vi from meta.codes where table_name = 'obligations' and column_name = 'status'"
            " and code in ('missing', 'rejected_only')"
        ).fetchall()
    assert len(known) == 2
    assert shown == set(known)


def test_periods_are_sorted_in_time(contrived: Path) -> None:
    html = (contrived / "reporting.html").read_text(encoding="utf-8")
    places = {name: int(place) for place, name in re.findall(r'data-by="(\d+)">((?:tháng|quý) [^<]+)<', html)}
    assert places == {"tháng 9/2014": 20140901, "quý III/2014": 20140903}


def test_the_first_page_names_who_is_behind_and_which_reports_are_missing(contrived: Path) -> None:
    text = words((contrived / "index.html").read_text(encoding="utf-8"))
    places = [
        text.index(each) for each in ("Ít tiêu chí đạt nhất", "Cuối bảng chỉ số", "Báo cáo còn thiếu Reports missing")
    ]
    fewest, last, missing = text[places[0] : places[1]], text[places[1] : places[2]], text[places[2] :]
    assert re.search(r"Under 7 Thành phố Hà Tĩnh 0,50 \d+ ", fewest)
    assert "Index Thành phố Hà Tĩnh 99 1,5 " in last
    assert re.search(
        r"Huyện Can Lộc tháng 9/2014 H02 · Biểu 02 \(Mô hình sản xuất kinh doanh\) \d\d/10/2014 9 ", missing
    )
    with duckdb.connect(str(contrived.parent / "ntm.duckdb"), read_only=True) as published:
        count = count_missing(count_owed(published))
    assert f"Báo cáo còn thiếu {count} ▲ cần xem" in text


def test_a_gauge_says_where_a_target_stands_and_where_its_projection_ends(contrived: Path) -> None:
    html = (contrived / "targets.html").read_text(encoding="utf-8")
    share, count = (
        re.search(rf"<figure>\s*<figcaption>{name}.*?</figure>", html, re.DOTALL) for name in ("T01", "T03")
    )
    assert share
    assert count
    assert "Kết quả 10% (23/230), chỉ tiêu 70%, hạn 31/12/2014: chưa đạt; dự báo 42%, khoảng 30%–53%" in share[0]
    assert re.findall("<title>([^<]*)</title>", share[0]) == [
        "Kết quả: 10%",
        "Dự báo đến hạn: 30%–53%",
        "Chỉ tiêu: 70%",
    ]
    assert "Kết quả –, chỉ tiêu" in count[0]
    assert "dự báo" not in count[0], "its deadline is over"
    assert count[0].count("<title>") == 1, "of the target alone: what is unknown has no bar"


def test_the_quality_card_marks_what_is_low_and_leaves_what_is_unknown(contrived: Path) -> None:
    html = (contrived / "quality.html").read_text(encoding="utf-8")
    row = re.search(r"<tr><th scope=\"row\">Huyện Can Lộc</th>(.*?)</tr>", html)
    assert row
    cells = re.findall(r'<td data-label="([^"]+)" class="n (\w+)">(.*?)</td>', row[1])
    assert [(name, state, words(text)) for name, state, text in cells] == [
        ("Nộp báo cáo", "not_met", "▲ 89%"),
        ("Đủ xã", "met", "100%"),
        ("Đủ ô", "met", "90%"),
        ("Đúng hạn", "unknown", "–"),
        ("Nhất quán", "not_met", "▲ 50%"),
        ("Đúng thực tế", "not_met", "▲ 75% (34%–95%)"),
    ]


@pytest.mark.starts("chromium", "pdftotext")
def test_a_table_over_several_sheets_of_paper_has_its_headings_on_each(contrived: Path, tmp_path: Path) -> None:
    pdf, page = tmp_path / "quality.pdf", (contrived / "quality.html").as_uri()
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    subprocess.run([*command, f"--print-to-pdf={pdf}", page], capture_output=True, check=True, timeout=120)
    command = ["pdftotext", "-layout", str(pdf), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    sheets = [
        sheet
        for sheet in printed.stdout.split("\f")
        if re.search(r"^ *(lỗi|cảnh báo) +[A-Z]\d\d +", sheet, re.MULTILINE)
    ]
    assert len(sheets) > 2
    assert [sheet for sheet in sheets if "File, sheet, cell" not in sheet] == []


def test_the_table_beside_a_picture_opens_in_a_spreadsheet(site: Path) -> None:
    content = (site / "data" / "dia-phuong.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfmonth,unit_level,unit_code,unit_name")
    assert "Huyện Can Lộc" in content.decode()


@pytest.mark.starts("chromium")
def test_markup_and_long_names_are_shown_not_obeyed(changed: Path, tmp_path: Path) -> None:
    name = LONG.replace("'", "''")
    change(
        changed,
        f"update marts.district_months set district_name = '{name}', district_short_name = '{name}'",
        f"update marts.commune_months set commune_name = '{name}'",
        f"update marts.dim_reporters set reporter_name = '{name}'",
        f"update marts.dim_unit_current set unit_name = '{name}', unit_short_name = '{name}'",
        f"update quality.findings set message_vi = '{name}', sheet = '{name}'",
    )
    write_site(changed, tmp_path / "site")
    for page in pages(tmp_path / "site"):
        assert "<b>Thạch" not in page.read_text(encoding="utf-8"), page
    found = open_in_browser(tmp_path / "site", pages(tmp_path / "site"), tmp_path)
    assert [each for each in found if each["over"] > 0] == []


def test_a_month_without_any_report_says_so(changed: Path, tmp_path: Path) -> None:
    newest = "month = (select max(month) from marts.province_months)"
    change(
        changed,
        f"update marts.province_months set communes_reported = 0, criteria_met_avg = null where {newest}",
        f"update marts.commune_months set months_since_report = 1 where {newest}",
        f"update marts.district_months set criteria_met_avg = null where {newest}",
    )
    write_site(changed, tmp_path / "site")
    assert "Tháng này chưa có báo cáo nào về tiêu chí" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_a_file_without_any_month_is_a_site_that_says_so(changed: Path, tmp_path: Path) -> None:
    change(changed, *(f"delete from marts.{level}_months" for level in ("commune", "district", "province")))
    change(changed, "delete from quality.obligations")
    write_site(changed, tmp_path / "site")
    assert "Chưa có số liệu" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")


def test_who_was_answered_reminded_and_held_is_said_by_reporter_without_addresses(
    changed: Path, tmp_path: Path
) -> None:
    write_site(changed, tmp_path / "site")
    for page in ("index", "reporting"):
        assert "Qua thư điện tử" not in (tmp_path / "site" / f"{page}.html").read_text(encoding="utf-8"), (
            "no mail, no line"
        )
    of_late = "(select as_of from meta.build) - interval 3 day"
    change(
        changed,
        f"""
        insert into quality.messages by position values
            ('a', 1, 'received', 'report', '443', 'H01', '2015-06', {of_late}, 'accepted', 's1'),
            ('a', 2, 'received', 'report', '443', 'H02', '2015-06', {of_late}, 'accepted', 's2'),
            ('n', 1, 'received', 'report', '443', 'H01', '2015-06', {of_late}, 'note', 's1'),
            ('b', 1, 'sent', 'answer', '443', 'H01', '2015-06', {of_late}, 'infos', null),
            ('c', 1, 'received', 'report', null, null, null, {of_late} - interval 1 year, 'held', null),
            ('d', 1, 'sent', 'reminder', '436', 'C01', '2015-06', {of_late}, 'overdue', null),
            ('e', 1, 'sent', 'reminder', 'S-YT', 'C01', '2015-06', {of_late}, 'refused', null),
            ('f', 1, 'sent', 'reminder', 'S-TC', 'C01', '2014-06', {of_late} - interval 1 year, 'overdue', null)
        """,
    )
    write_site(changed, tmp_path / "site")
    line = "nhận 3 thư, đã trả lời 1; trong 30 ngày qua đã nhắc 1 đơn vị; <b>1 thư tạm giữ</b>"
    for page in ("index", "reporting"):
        assert line in (tmp_path / "site" / f"{page}.html").read_text(encoding="utf-8")
    with (tmp_path / "site" / "data" / "thu-tu.csv").open(encoding="utf-8-sig") as file:
        rows = [(row["reporter"], *(int(row[name]) for name in MAIL)) for row in csv.DictReader(file)]
    assert rows == [
        ("", 1, 0, 0, 0, 1, 0),
        ("Sở Y tế", 0, 0, 0, 0, 0, 1),
        ("Huyện Can Lộc", 2, 1, 1, 0, 0, 0),
        ("Thành phố Hà Tĩnh", 0, 0, 0, 1, 0, 0),
    ]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ("{", "JSONDecodeError"),
        pytest.param('{"type": "FeatureCollection"}', "KeyError", marks=pytest.mark.long),
        pytest.param('{"features": [{"properties": {"unit_code": "443"}}]}', "KeyError", marks=pytest.mark.long),
        pytest.param('{"features": []}', "unit_code", marks=pytest.mark.long),
    ],
)
def test_a_boundary_file_that_cannot_be_drawn_is_told_and_tiles_stay(
    changed: Path, tmp_path: Path, content: str, part: str
) -> None:
    file = tmp_path / "boundaries.geojson"
    file.write_text(content, encoding="utf-8")
    write_site(changed, tmp_path / "site", file)
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Không vẽ được bản đồ từ tệp ranh giới" in html
    assert part in html
    assert "Bản đồ: số tiêu chí đạt" in html


def test_boundaries_are_drawn_instead_of_tiles(changed: Path, tmp_path: Path) -> None:
    ring = [[105.7, 18.4], [105.9, 18.4], [105.8, 18.6], [105.7, 18.4]]
    feature = {
        "type": "Feature",
        "properties": {"unit_code": "443"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "boundaries.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    write_site(changed, tmp_path / "site", file)
    html = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Không vẽ được" not in html
    assert re.search(r'aria-label="Bản đồ[^>]*>(?:(?!</svg>).)*<path', html, re.DOTALL)


def test_another_site_from_the_same_file_is_the_same_and_drops_what_is_gone(
    site: Path, changed: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site, folder)
    before = {file: file.read_bytes() for file in folder.rglob("*.*")}
    (folder / "data" / "gone.csv").write_text("a", encoding="utf-8")
    write_site(changed, folder)
    assert {file: file.read_bytes() for file in folder.rglob("*.*")} == before


def test_where_there_are_no_districts_communes_are_shown(changed: Path, tmp_path: Path) -> None:
    change(
        changed,
        "delete from marts.district_months",
        "update marts.commune_months set district_code = null, district_name = null",
        "delete from marts.progress_bands where unit_level = 'district'",
    )
    write_site(changed, tmp_path / "site")
    units = (tmp_path / "site" / "units.html").read_text(encoding="utf-8")
    assert "So sánh các xã" in units
    assert "Xã báo cáo trực tiếp" in units
    overview = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert "Ít tiêu chí đạt nhất</h3>" in overview
    assert "bình quân thấp nhất" not in overview
    assert "Bản đồ: số tiêu chí đạt" not in overview
    assert "Số xã theo mức tiêu chí" in overview


def test_a_unit_without_a_name_is_called_by_its_code_and_its_page_says_so(changed: Path, tmp_path: Path) -> None:
    change(
        changed,
        "update marts.commune_months set commune_name = null, district_name = null, district_short_name = null",
        "update marts.district_months set district_name = null, district_short_name = null",
        "update marts.inspection_plan set commune_name = null",
        "update marts.dim_unit_current set unit_name = null, unit_short_name = null where unit_level <> 'province'",
        "update marts.target_gaps set lagging_unit_name = null",
        "update marts.target_progress set unit_name = null",
    )
    write_site(changed, tmp_path / "site")
    page = (tmp_path / "site" / "communes" / "18424.html").read_text(encoding="utf-8")
    assert "<h1>Xã chưa có tên trong danh mục, mã 18424" in page
    assert ">18424</a>" in (tmp_path / "site" / "units.html").read_text(encoding="utf-8")
    for each in pages(tmp_path / "site"):
        assert not re.findall(r">\s*None\s*<", each.read_text(encoding="utf-8")), each.name


def luminance(colour: str) -> float:
    """Relative luminance of a colour '#rrggbb' (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2): 1 to 21."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


STYLE = (CHECKOUT / "pipelines" / "pages" / "site" / "_site.html.j2").read_text(encoding="utf-8")
INK, SOFT = "#1c2733", "#55606c"


def colours(css_class: str) -> tuple[str, str]:
    """Background and text of a class of cells."""
    match = re.search(rf"\.{css_class}[\w.,-]*{{background:(#\w+)(?:;color:([^;}}]+))?", STYLE)
    assert match, css_class
    text = {None: INK, "var(--soft)": SOFT, "#fff": "#ffffff", "#000": "#000000"}[match[2]]
    return match[1], text


@pytest.mark.parametrize("css_class", [*(f"s-{state}" for state in SIGNS), "met", "not_met", "unknown"])
def test_what_stands_in_a_coloured_cell_can_be_read(css_class: str) -> None:
    assert contrast(*colours(css_class)) >= 4.5


@pytest.mark.parametrize("colour", charts.BLUES)
def test_a_name_on_the_map_can_be_read(colour: str) -> None:
    assert contrast(colour, charts.INK) >= 4.5


def test_states_differ_by_a_sign_and_bad_from_good_in_grey_too() -> None:
    assert len(set(SIGNS.values())) == len(SIGNS)
    assert contrast(colours("s-missing")[0], colours("s-on_time")[0]) >= 3
    for one, other in pairwise(charts.BAND_COLOURS):
        assert contrast(one, other) >= 1.4, (one, other)
