"""`python -m pipelines run` as a person meets it: what it says, what it leaves, with which code it ends."""

import json
import os
import re
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipelines.__main__ import main
from pipelines.products.site import write_site
from pipelines.settings import Settings
from pipelines.warehouse.standing import find_standing
from pipelines.wording import label
from tests.integration.conftest import BAD_FILES, Office


def test_a_run_ends_with_one_screen_and_a_read_only_file(finished: tuple[Office, str]) -> None:
    office, said = finished
    for part in (
        "Came in",
        "Submissions",
        "Reports",
        "Open findings",
        "Province 09/2014",
        "communes",
        "Published file",
    ):
        assert part in said
    assert str(office.published) in said
    ((announced, built),) = re.findall(r"build tables: (\d+) …\n +(\d+) trong", said)
    assert announced == built
    assert stat.S_IMODE(office.published.stat().st_mode) == 0o444
    assert len(said.splitlines()) < 60, "a wall of lines"
    assert office.ask("select as_of::varchar, checks_passed > 100 from meta.build") == [("2014-10-20", True)]


def test_the_log_of_a_run_says_what_dbt_did(finished: tuple[Office, str]) -> None:
    log = "".join(file.read_text(encoding="utf-8") for file in (finished[0].home / "logs").glob("*.log"))
    assert re.search(r"INFO pipelines\.warehouse\.build .*OK created sql table model marts\.commune_months", log)
    assert re.search(r"WARN \d+ usual_volume|PASS .*well_formed", log)


def test_who_is_not_of_the_office_sees_the_published_file_and_the_pages_alone(finished: tuple[Office, str]) -> None:
    home = finished[0].home
    open_to_all = {
        path.relative_to(home).parts[0] for path in home.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o007
    }
    assert open_to_all - {"dbt"} == {"published", "site"}  # the tests' own parse made dbt/


def test_bad_files_are_findings_and_the_rest_is_loaded(finished: tuple[Office, str]) -> None:
    office, _ = finished
    rejected = dict(office.ask("select path, reason from quality.deliveries where status = 'rejected'"))
    assert {path: rejected.get(path) for path in BAD_FILES} == dict.fromkeys(BAD_FILES, "F01")
    assert office.ask("select communes_reported > 0 from marts.province_months where month = '2014-09-01'") == [(True,)]


def test_clean_reports_raise_no_error_and_no_warning(finished: tuple[Office, str]) -> None:
    """A month in which nothing is planted, in every clerk's own hand: only what is not a report is reported."""
    office, _ = finished
    told = office.ask("select rule_id, reporter_code, file, message_en from quality.findings where severity <> 'info'")
    assert {file for _, _, file, _ in told} == BAD_FILES.keys(), [one for one in told if one[2] not in BAD_FILES]
    assert office.ask("select count(*) > 200 from quality.rule_results where outcome = 'passed'") == [(True,)]


def test_a_run_writes_pages_that_load_nothing_and_answer_the_officer(finished: tuple[Office, str]) -> None:
    office, said = finished
    page = office.home / "site" / "index.html"
    assert str(page) in said
    html = (page.parent / "quality.html").read_text(encoding="utf-8")
    for part in (
        "Số liệu cần kiểm tra lại",
        "Mức độ đầy đủ của số liệu",
        "Đây là bản đầu tiên",
        "Kiểm tra kỹ thuật",
    ):
        assert part in html
    for file in page.parent.rglob("*.html"):
        assert not re.search(r"https?:|<script [^>]*src|<link|<img", file.read_text(encoding="utf-8")), file
    pages = re.findall(r'href="(suites/[^"]+)"', html)
    assert len(pages) > 20
    assert all((page.parent / suite).is_file() for suite in pages)


@pytest.mark.filterwarnings("default")  # Dagster's own
def test_dagster_knows_the_address_of_the_page_and_what_checks_counted(finished: tuple[Office, str]) -> None:
    office, _ = finished
    with dg.DagsterInstance.from_config(str(office.home / "dagster")) as instance:
        written = instance.get_latest_materialization_event(dg.AssetKey(["site", "pages"]))
        check = dg.AssetCheckKey(dg.AssetKey(["quality", "obligations"]), "reports_of_the_last_deadline")
        (record,) = instance.event_log_storage.get_asset_check_execution_history(check, limit=1)
        suite = dg.AssetCheckKey(dg.AssetKey(["landed", "deliveries"]), "landed_deliveries")
        (validated,) = instance.event_log_storage.get_asset_check_execution_history(suite, limit=1)
    assert written is not None
    assert written.asset_materialization is not None
    metadata = written.asset_materialization.metadata
    assert metadata["address"].value == (office.home / "site" / "index.html").as_uri()
    assert metadata["missing"].value == 0, "the month of the small province is complete"
    assert record.event is not None
    evaluation = record.event.asset_check_evaluation
    assert evaluation is not None
    assert evaluation.passed
    assert evaluation.metadata["missing"].value == 0
    assert (evaluation.metadata["due"].value,) in office.ask("select count(*) from quality.obligations")
    assert validated.event is not None
    assert validated.event.asset_check_evaluation is not None
    page = validated.event.asset_check_evaluation.metadata["page"].value
    assert str(page).endswith("/site/suites/landed_deliveries.html")


def test_the_page_says_what_changed_since_the_build_before(finished: tuple[Office, str], tmp_path: Path) -> None:
    file, before = tmp_path / "ntm.duckdb", tmp_path / "builds" / "ntm-20140101T000000000000.duckdb"
    before.parent.mkdir()
    shutil.copy(finished[0].published, file)
    shutil.copy(finished[0].published, before)
    before.chmod(0o644)
    with duckdb.connect(str(before)) as earlier:
        earlier.execute("delete from quality.submissions where reporter_code = '443' and form = 'H01'")
        earlier.execute(
            "update quality.obligations set status = 'missing' where reporter_code = '443' and form = 'H01'"
        )
        earlier.execute("update marts.province_months set communes_at_all_criteria = communes_at_all_criteria - 1")
        earlier.execute("delete from quality.findings where rule_id = 'F01' and file like '443/empty%'")
    quality = write_site(file, tmp_path).quality
    assert quality is not None
    assert (quality.new_submissions, quality.changed_figures) == (1, 1)
    assert (quality.new_findings, quality.settled_findings) == (1, 0)
    changes = (tmp_path / "quality.html").read_text(encoding="utf-8").split('<h2 id="changes">')[1]
    for part in ("Lượt báo cáo mới: 1", "Toàn tỉnh", "mới · new"):
        assert part in changes
    assert re.search(f'>{label("missing")}</td><td data-label="Nay"[^>]*>{label("on_time")}</td>', changes)
    with duckdb.connect(str(before)) as earlier:
        earlier.execute("drop table quality.obligations")
    quality = write_site(file, tmp_path).quality
    assert quality is not None
    assert quality.new_submissions is None
    assert "Bản trước khác cấu trúc" in (tmp_path / "quality.html").read_text(encoding="utf-8")


def test_nothing_personal_is_published(finished: tuple[Office, str]) -> None:
    office, _ = finished
    personal = ("owner_name", "officer_name", "inspector", "explained_by", "accepted_by", "email", "phone")
    columns = {column for (column,) in office.ask("select column_name from duckdb_columns()")}
    assert not columns.intersection(personal)
    assert office.ask("select distinct schema_name from duckdb_tables() order by 1") == [
        ("marts",),
        ("meta",),
        ("quality",),
    ]


def test_a_run_with_nothing_new_leaves_the_file_as_it_is_and_tells_what_was_not_told(office: Office) -> None:
    before = office.published.stat()
    with duckdb.connect(str(office.home / "working.duckdb")) as working:
        working.execute("update landed.check_results set is_passed = false, message_vi = 'Sai.' where suite = 'dbt'")
    posts: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server, ThreadPoolExecutor(1) as pool:
        pool.submit(server.serve_forever)
        nobody = {"NTM_ALERT_SMTP": "smtp://127.0.0.1:1", "NTM_ALERT_MAIL_TO": "office@example.vn"}
        try:
            code, said = office.run(NTM_ALERT_WEBHOOK=f"http://127.0.0.1:{server.server_port}/", **nobody)
        finally:
            server.shutdown()
    assert code == 0, said
    assert "nothing new" in said
    assert "read again" not in said
    assert office.published.stat().st_ino == before.st_ino
    assert "mail 127.0.0.1:1: không gửi được · not sent" in said, "a channel that is down stops no run"
    (post,) = posts
    assert {check["message_vi"] for check in post["failed_checks"]} == {"Sai."}
    runs = recorded_runs(office)
    code, said = office.run(**nobody)
    assert code == 0, said
    assert "0 tệp mới · new, 48 đã biết · known" in said
    assert "vẫn như trước, không có gì mới · nothing new, as it was" in said
    assert "mail 127.0.0.1:1: không gửi được · not sent" in said, "tried again"
    assert recorded_runs(office) == runs, "seen from outside that nothing is new: Dagster was not even asked"
    (office.raw / "443" / "empty.xlsx").write_bytes(b"no longer")
    assert find_standing(settings_of(office)) is None


def settings_of(office: Office) -> Settings:
    return Settings.from_environment({name: str(value) for name, value in office.environment().items()})


def recorded_runs(office: Office) -> int:
    with dg.DagsterInstance.from_config(str(office.home / "dagster")) as instance:
        return instance.get_runs_count()


@pytest.mark.long
def test_what_is_asked_for_is_read_again_and_says_the_same(office: Office) -> None:
    before = office.published.stat()
    code, said = office.run("-m", "pipelines", "run", "--again", str(office.raw / "443"), "nowhere")
    assert code == 0, said
    assert "đọc lại · read again" in said
    assert "nowhere · no delivery matches this path" in said
    assert office.published.stat().st_ino == before.st_ino


@pytest.mark.long
def test_every_sender_is_answered_once_a_build_is_published(office: Office) -> None:
    program = (
        "from pipelines.settings import Settings; settings = Settings.from_environment(); settings.export()\n"
        "from pipelines.definitions import defs; from pipelines.defs.execution import WRITE_DELIVERABLES\n"
        "result = defs().resolve_job_def(WRITE_DELIVERABLES).execute_in_process()\n"
        "for event in result.get_asset_materialization_events():\n"
        "    print(event.asset_key.path[-1], event.materialization.metadata['written'].value)"
    )
    code, said = office.run("-c", program)
    assert code == 0, said
    written = dict(
        line.split() for line in said.splitlines() if line.startswith(("bulletin ", "receipts ", "templates "))
    )
    receipts = [path for path in (office.home / "receipts").rglob("*") if path.is_file()]
    assert len(receipts) == int(written["receipts"]) >= office.ask("select count(*) from quality.deliveries")[0][0]
    assert {path.name for path in receipts} >= {"not a workbook.xlsx", "notice.pdf.xlsx"}
    assert int(written["bulletin"]) == len(list((office.home / "reports").iterdir())) == 4
    assert int(written["templates"]) == len(list((office.home / "templates").rglob("*.xlsx"))) > 40
    code, said = office.run("-m", "pipelines", "receipts")
    assert code == 0, said
    assert f"0 mới · new, {len(receipts)} như cũ · unchanged, 0 lỗi · failed" in said


@pytest.mark.long
def test_a_failed_critical_check_keeps_the_old_file_and_is_named(office: Office, tmp_path: Path) -> None:
    (tmp_path / "suites").mkdir()
    (tmp_path / "suites" / "landed_impossible.yml").write_text(
        "table: landed.deliveries\nexpectations:\n"
        "  - {type: expect_column_values_to_be_in_set, severity: critical, kwargs: {column: status, value_set: [none]}}\n",
        encoding="utf-8",
    )
    program = (
        "import sys; from pathlib import Path; from pipelines.defs.warehouse import suites;"
        f"suites.EXPECTATIONS_DIR = Path({str(tmp_path / 'suites')!r});"
        "from pipelines.__main__ import main; sys.exit(main(['run']))"
    )
    before = office.published.read_bytes()
    # in a process that imports everything by itself, as few other runs of the tests do
    code, said = Office(office.raw, office.home).run("-c", program, NTM_AS_OF="2014-10-19")
    assert code == 1, said
    assert "landed_impossible: expect_column_values_to_be_in_set status" in said
    assert re.search(r"landed\.deliveries: (\d+) trong \1 dòng có status ngoài danh mục", said)
    (log,) = re.findall(r"\S+\.log$", said, re.MULTILINE)
    assert "status: [{'path': '2014-09/" in Path(log).read_text(encoding="utf-8"), "where rows that fail lie"
    assert "the old file stands" in said
    assert office.published.read_bytes() == before


@pytest.mark.parametrize(
    ("variable", "value", "line"),
    [
        ("NTM_RAW_DIR", "/nowhere/raw", "NTM_RAW_DIR: there is no folder /nowhere/raw"),
        ("NTM_HOME", "/dev/null/home", "NTM_HOME: /dev/null/home can't be made: Not a directory"),
        ("NTM_AS_OF", "20/07/2015", "NTM_AS_OF: '20/07/2015' is not a date; use YYYY-MM-DD"),
    ],
)
def test_broken_settings_are_one_line_and_a_code(
    small_raw: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], variable: str, value: str, line: str
) -> None:
    office = Office(small_raw, tmp_path / "home")
    assert in_process(office, **{variable: value}) == 2
    assert capfd.readouterr() == ("", line + "\n")


def test_a_broken_reference_file_is_one_line_and_a_code(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    office = Office(tmp_path / "raw", tmp_path / "home")
    (office.raw / "reference").mkdir(parents=True)
    (office.raw / "reference" / "holidays.csv").write_text("date,name_vi\n01/05/2015,x\n", encoding="utf-8")
    assert in_process(office) == 2
    out, said = capfd.readouterr()
    assert out == ""
    assert said.count("\n") == 1
    assert "reference/holidays.csv, row 2: date '01/05/2015' is not a date; use YYYY-MM-DD" in said


def in_process(office: Office, **more: str) -> int:
    """`python -m pipelines run` in this process, its environment as before afterwards; returns the code it ends with."""
    before = dict(os.environ)
    try:
        os.environ |= office.environment(**more)
        return main(["run"])
    finally:
        os.environ.clear()
        os.environ |= before


def test_a_second_run_waits_says_so_and_gives_up_with_a_code(tmp_path: Path) -> None:
    office = Office(tmp_path / "raw", tmp_path / "home")
    (office.raw / "reference").mkdir(parents=True)
    (office.raw / "reference" / "parameters.csv").write_text("name,value,valid_from\nlock_wait,1,\n", encoding="utf-8")
    office.home.mkdir()
    hold = (
        "import time; from pathlib import Path; from pipelines.warehouse.lock import writing\n"
        f"with writing(Path({str(office.home / 'run.lock')!r}), 0, print): print('held', flush=True); time.sleep(60)"
    )
    with office.start("-c", hold) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        code, said = office.run()
        first.kill()
    assert code == os.EX_TEMPFAIL
    waiting, given_up = said.splitlines()
    assert "is at work; waiting for at most 1 s" in waiting
    assert "try again" in given_up
