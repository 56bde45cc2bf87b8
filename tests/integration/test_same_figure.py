"""One figure is the same wherever a reader meets it: with what it covers, its month, its day, and whether it is provisional."""

import io
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest
from docx import Document
from rich.console import Console

from pipelines.products.bulletin import write_bulletin
from pipelines.products.headlines import HEADLINES
from pipelines.products.screen import print_closing
from pipelines.products.site import write_site
from pipelines.wording import say_day, say_month, say_number
from tests.integration.conftest import Office
from tests.shared import made_once

CLIENT = ("duckdb-engine==0.17.0", "sqlalchemy==2.0.58", f"duckdb=={duckdb.__version__}")
"""What docs/bi.md says of SQLAlchemy: below 2.1, which our own environment is not."""
QUESTION = f"""
    select {", ".join(column for pair in HEADLINES.values() for column in pair)}, communes_expected, month, as_of, is_provisional
    from marts.province_months cross join meta.build order by month desc limit 1
"""
ASKED = """
import datetime, json, sys
import sqlalchemy
engine = sqlalchemy.create_engine(f"duckdb:///{sys.argv[1]}", connect_args={"read_only": True})
with engine.connect() as connected:
    row = connected.execute(sqlalchemy.text(sys.argv[2])).one()
print(json.dumps([each.isoformat() if isinstance(each, datetime.date) else each for each in row]))
"""


OLDEST = "duckdb==1.0.0"
"""What docs/published.md promises. It opens no file with a PRIMARY or FOREIGN KEY."""
READ_ALL = """
import json, sys
import duckdb
connected = duckdb.connect(sys.argv[1], read_only=True)
names = [name for (name,) in connected.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()]
rows = {name: len(connected.execute(f"from {name}").fetchall()) for name in names}
(comments,) = connected.execute("select count(*) from duckdb_columns() where comment is not null").fetchone()
print(json.dumps([duckdb.__version__, rows, comments]))
"""


class Figures(NamedTuple):
    """What a reader is told, as it is told: value and 'known/all communes' of each headline, month, as-of day, doubt."""

    headlines: dict[str, tuple[str, str]]
    month: str
    as_of: str
    is_provisional: bool


@pytest.fixture(scope="module")
def published(finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published file whose newest month stands on reports of that month and on earlier ones, and is provisional."""
    file = tmp_path_factory.mktemp("same") / "ntm.duckdb"
    shutil.copy(finished[0].published, file)
    file.chmod(0o644)
    with duckdb.connect(str(file)) as changed:
        changed.execute(
            """
            update marts.commune_months set months_since_report = 2 where commune_code in (
                select commune_code from marts.commune_months where criteria_met_latest is not null order by commune_code limit 40
            )
            """
        )
        changed.execute("update marts.province_months set is_provisional = true")
    return file


def python_with(packages: tuple[str, ...], name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment of its own that has these packages."""

    def install(folder: Path) -> None:
        python, uv = folder / "venv" / "bin" / "python", [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, folder / "venv"], check=True)
        install = [*uv, "pip", "install", "--quiet", "--python", python, *packages]
        done = subprocess.run(install, capture_output=True, text=True, check=False, timeout=600)
        (folder / "trouble.txt").write_text("" if done.returncode == 0 else done.stderr, encoding="utf-8")

    folder = made_once(tmp_path_factory, name, install)
    if trouble := (folder / "trouble.txt").read_text(encoding="utf-8"):
        pytest.skip(
            f"{', '.join(packages)} can't be installed here, the file was not asked: {trouble.splitlines()[-1]}"
        )
    return folder / "venv" / "bin" / "python"


def of_row(row: list) -> Figures:
    """The answer to QUESTION in the words of a reader."""
    *figures, communes, month, as_of, is_provisional = row
    pairs = zip(figures[::2], figures[1::2], strict=True)
    told = {
        name.split(" · ")[0]: (say_number(value if isinstance(value, int) else round(value, 2)), f"{known}/{communes}")
        for name, (value, known) in zip(HEADLINES, pairs, strict=True)
    }
    return Figures(told, say_month(month), say_day(as_of), is_provisional)


def in_the_file(published: Path) -> Figures:
    with duckdb.connect(str(published), read_only=True) as connected:
        return of_row(list(connected.execute(QUESTION).fetchone() or ()))


def on_the_page(published: Path) -> Figures:
    site = write_site(published, published.parent / "site")
    html = site.first_page.read_text(encoding="utf-8")
    cards = re.findall(r"<li[^>]*>([^<]+)<b>([^<]+)</b>.*?trên ([\d.]+/[\d.]+) xã</small></li>", html)
    month = re.search(r"<h1>[^<]*tháng (\d+)/(\d{4})", html)
    as_of = re.search(r"tính đến hết ngày <b>([^<]+)</b>", html)
    assert month
    assert as_of
    told = {name: (value, known) for name, value, known in cards}
    return Figures(told, f"{int(month[1]):02}/{month[2]}", as_of[1], "<b>tạm tính</b>" in html)


def on_the_screen(published: Path) -> Figures:
    console = Console(file=io.StringIO(), width=200, color_system=None)
    print_closing(console, None, published)
    assert isinstance(console.file, io.StringIO)
    said = console.file.getvalue()
    told = {}
    for line in said.splitlines():
        name = next((each for each in HEADLINES if line.strip().startswith(each)), None)
        if name:
            match = re.search(r"  ([\d.,–]+) +(\d+)/(\d+) xã báo cáo[^,]*(?:, (\d+) xã lấy từ)?", line)
            assert match, line
            known = int(match[2]) + int(match[4] or 0)
            told[name.split(" · ")[0]] = (match[1], f"{known}/{match[3]}")
    month = re.search(r"Toàn tỉnh · Province (\S+)", said)
    as_of = re.search(r"as of the end of (\S+)", said)
    assert month
    assert as_of
    return Figures(told, month[1], as_of[1], "tạm tính" in said)


def in_the_bulletin(published: Path) -> Figures:
    bulletin = write_bulletin(published, published.parent / "reports")
    document = Document(str(bulletin.files[0]))
    text = "\n".join(each.text for each in document.paragraphs)
    told = {}
    for table in document.tables:
        for row in table.rows:
            cells = [cell.text for cell in row.cells]
            if known := re.fullmatch(r"([\d.]+/[\d.]+) xã.*", cells[-1]):
                told[cells[0]] = (cells[2], known[1])
    month = re.search(r"tháng (\d+) năm (\d{4}) trên cơ sở báo cáo .* đến hết ngày (\S+),", text)
    assert month
    return Figures(told, f"{int(month[1]):02}/{month[2]}", month[3], "Số liệu tạm tính" in text)


def in_the_message(published: Path) -> Figures:
    bulletin = write_bulletin(published, published.parent / "reports")
    text = bulletin.files[-1].read_text(encoding="utf-8")
    found = re.findall(r"^- (.+?): (\S+?)(?: \(tháng trước [^)]*\))?, trên (\S+) xã$", text, re.MULTILINE)
    month = re.search(r"THÁNG (\d+)/(\d{4}) \(số liệu đến hết ngày (\S+)\)", text)
    assert month
    told = {name: (value, known) for name, value, known in found}
    return Figures(told, f"{int(month[1]):02}/{month[2]}", month[3], "Số liệu tạm tính" in text)


def test_the_file_has_each_headline_with_coverage_and_date(published: Path) -> None:
    told = in_the_file(published)
    assert len(told.headlines) == len(HEADLINES)
    assert told.is_provisional
    with duckdb.connect(str(published), read_only=True) as connected:
        (carried,) = connected.execute(
            "select count_if(months_since_report > 0) from marts.commune_months"
        ).fetchone() or (0,)
    assert carried > 0


@pytest.mark.parametrize("read", [on_the_page, on_the_screen, in_the_bulletin, in_the_message])
def test_a_reader_meets_the_figures_of_the_file(published: Path, read: Callable[[Path], Figures]) -> None:
    assert read(published) == in_the_file(published)


@pytest.mark.long
def test_a_sql_client_of_another_environment_meets_them_too(
    published: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    client = python_with(CLIENT, "sql-client", tmp_path_factory)
    done = subprocess.run(
        [client, "-c", ASKED, published, QUESTION], capture_output=True, text=True, check=True, timeout=120
    )
    row = json.loads(done.stdout)
    with duckdb.connect(str(published), read_only=True) as connected:
        here = list(connected.execute(QUESTION).fetchone() or ())
    assert row == [each.isoformat() if hasattr(each, "isoformat") else each for each in here]


@pytest.mark.long
def test_the_oldest_duckdb_reads_every_table_and_comment(
    finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    oldest = python_with((OLDEST,), "oldest-duckdb", tmp_path_factory)
    done = subprocess.run(
        [oldest, "-c", READ_ALL, finished[0].published], capture_output=True, text=True, check=True, timeout=120
    )
    version, tables, comments = json.loads(done.stdout)
    assert f"duckdb=={version}" == OLDEST
    with duckdb.connect(str(finished[0].published), read_only=True) as connected:
        names = [
            name
            for (name,) in connected.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        ]
        here = {name: (connected.execute(f"select count(*) from {name}").fetchone() or (None,))[0] for name in names}
        told = connected.execute("select count(*) from duckdb_columns() where comment is not null").fetchone()
    assert tables == here
    assert (comments,) == told
