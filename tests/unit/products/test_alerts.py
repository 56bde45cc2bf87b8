"""Alerts against a real mail server and a real web server of this machine: sent once, to whom the environment names."""

import datetime as dt
import json
import ssl
from base64 import b64encode
from collections.abc import Generator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import dagster as dg
import duckdb
import pytest
from aiosmtpd.controller import Controller

from pipelines.defs.resources import Workspace
from pipelines.products.alerts import send_alerts
from pipelines.settings import AlertSettings, Settings
from tests.servers import Inbox, free_port, make_certificate, smtp_server

AS_OF = dt.date(2015, 7, 20)


@pytest.fixture
def inbox() -> Generator[tuple[Inbox, int]]:
    with smtp_server() as (received, port):
        yield received, port


@pytest.fixture
def posts() -> Generator[tuple[list[dict[str, Any]], ThreadingHTTPServer]]:
    received: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.path == "/broken":
                self.send_error(500)
                return
            received.append({**json.loads(body), "authorization": self.headers["Authorization"]})
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (its own words; no log)
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield received, server
        server.shutdown()
        thread.join()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "raw").mkdir()
    made = Settings(tmp_path / "raw", tmp_path / "home", AS_OF)
    made.make_home()
    with duckdb.connect(str(made.working_file)) as working:
        working.execute(
            """
            create schema quality; create schema landed;
            create schema reference;
            create table reference.contacts (reporter_code text, name text, email text, phone text);
            insert into reference.contacts values ('443', 'Trần Thị Liên', 'lien@ducthho.vn', '0912');
            create table quality.reminders as select
                '443' as reporter_code, 'Huyện Đức Thọ' as reporter_name, 'H04' as form, '2015-04' as period,
                'missing' as status, date '2015-05-05' as due_on, date '2015-05-06' as missing_since_on,
                76 as days_overdue, true as has_contact,
                'Huyện Đức Thọ chưa gửi biểu H04 kỳ tháng 4/2015; hạn 05/05/2015.' as message_vi,
                'Huyện Đức Thọ has not sent form H04 for 2015-04.' as message_en, 'f1' as finding_id,
                date '2015-04-01' as month;
            create schema publishing;
            create table publishing.name_masks (table_name text, column_name text, text text, masked text);
            create table landed.check_results (suite text, check_name text, severity text, is_passed boolean,
                observed_value text, rows_checked bigint, rows_failed bigint, message_vi text, message_en text,
                as_of date, built_at timestamp);
            insert into landed.check_results values
                ('dbt', 'weights', 'warning', false, '3', null, 3, '3 tháng sai.', '3 months are off.', null, '2015-07-19'),
                ('dbt', 'weights', 'warning', false, '3', null, 3, '3 tháng sai.', '3 months are off.', null, '2015-07-20'),
                ('dbt', 'mended', 'critical', false, '1', null, 1, 'x', 'x', null, '2015-07-19'),
                ('dbt', 'mended', 'critical', true, '0', null, 0, null, null, null, '2015-07-20'),
                ('deadline', 'reports', 'warning', false, '1', 85, 1, 'Thiếu.', 'Missing.', null, '2015-07-20');
            """
        )
    return made


def with_alerts(settings: Settings, **environment: str) -> Settings:
    """The same office, with alerts as the environment sets them up."""
    read = Settings.from_environment({"NTM_RAW_DIR": str(settings.raw_dir), **environment})
    return replace(settings, alerts=read.alerts)


def with_mail_and_webhook(settings: Settings, port: int, server: ThreadingHTTPServer) -> Settings:
    return with_alerts(
        settings,
        NTM_ALERT_SMTP=f"smtp://127.0.0.1:{port}",
        NTM_ALERT_MAIL_TO="a@hatinh.vn",
        NTM_ALERT_WEBHOOK=f"http://127.0.0.1:{server.server_port}/",
    )


def change(settings: Settings, sql: str) -> None:
    with duckdb.connect(str(settings.working_file)) as working:
        working.execute(sql)


def test_nothing_is_sent_unless_asked_for(settings: Settings) -> None:
    assert settings.alerts == AlertSettings()
    assert send_alerts(settings) == []
    assert not settings.alerts_file.exists()


def test_an_e_mail_says_what_is_missing_from_whom_since_when_and_what_does_not_hold(
    settings: Settings, inbox: tuple[Inbox, int]
) -> None:
    received, port = inbox
    office = with_alerts(
        settings,
        NTM_ALERT_SMTP=f"smtp://127.0.0.1:{port}",
        NTM_ALERT_MAIL_TO="van.phong@hatinh.vn, thuong.truc@hatinh.vn",
        NTM_ALERT_MAIL_FROM="ntm@hatinh.vn",
    )
    (line,) = send_alerts(office)
    (mail,) = received.mails
    assert received.recipients == ["van.phong@hatinh.vn", "thuong.truc@hatinh.vn"]
    assert mail["Subject"] == "[NTM] 1 báo cáo còn thiếu, 1 phép kiểm tra không đạt (20/07/2015)"
    assert mail["From"] == "ntm@hatinh.vn"
    text = mail.get_content()
    for part in (
        "Huyện Đức Thọ chưa gửi biểu H04 kỳ tháng 4/2015; hạn 05/05/2015. Quá hạn 76 ngày, thiếu từ 06/05/2015.",
        "Liên hệ: Trần Thị Liên, 0912, lien@ducthho.vn",
        "Huyện Đức Thọ has not sent form H04 for 2015-04. 76 days overdue, missing since 2015-05-06.",
        "3 tháng sai.",
        "3 months are off.",
        "site/index.html",
    ):
        assert part in text
    assert text.index("BÁO CÁO CÒN THIẾU") < text.index("REPORTS MISSING"), "Vietnamese first"
    assert f"mail 127.0.0.1:{port}" in line


def test_a_report_that_is_held_is_told_once_as_what_the_office_has_to_decide(
    settings: Settings, inbox: tuple[Inbox, int], posts: tuple[list[dict[str, Any]], ThreadingHTTPServer]
) -> None:
    received, port = inbox
    office = with_mail_and_webhook(settings, port, posts[1])
    held = "status = 'held', missing_since_on = null, days_overdue = null, message_vi = 'Biểu H04 tạm giữ.', finding_id = 'f2'"
    change(office, f"update quality.reminders set {held}")
    send_alerts(office)
    (mail,) = received.mails
    assert mail["Subject"] == "[NTM] 0 báo cáo còn thiếu, 1 báo cáo tạm giữ, 1 phép kiểm tra không đạt (20/07/2015)"
    assert "BÁO CÁO TẠM GIỮ, CHỜ VĂN PHÒNG QUYẾT ĐỊNH (1)\n- Biểu H04 tạm giữ.\n" in mail.get_content()
    assert [each["finding_id"] for each in posts[0][0]["held"]] == ["f2"]
    assert posts[0][0]["missing"] == []
    assert send_alerts(office) == []
    change(office, "update quality.reminders set finding_id = 'f3'")
    assert len(send_alerts(office)) == 2, "another report of the same period waits"


def test_nothing_is_sent_twice_until_it_was_gone_and_is_back(settings: Settings, inbox: tuple[Inbox, int]) -> None:
    received, port = inbox
    office = with_alerts(settings, NTM_ALERT_SMTP=f"smtp://127.0.0.1:{port}", NTM_ALERT_MAIL_TO="a@hatinh.vn")
    send_alerts(office)
    change(office, "update quality.reminders set days_overdue = 77")
    assert send_alerts(office) == []
    change(office, "create table aside as from quality.reminders; delete from quality.reminders")
    assert send_alerts(office) == []
    change(office, "insert into quality.reminders from aside")
    assert len(send_alerts(office)) == 1
    assert received.mails[1]["Subject"].startswith("[NTM] 1 báo cáo còn thiếu, 0 phép")
    change(office, "drop table quality.reminders")
    assert send_alerts(office) == [], "a broken run built no table: nothing can be said of reports"
    change(office, "create table quality.reminders as from aside")
    assert send_alerts(office) == [], "nor was anything forgotten"


def test_a_run_that_broke_off_is_sent_once_until_one_got_through(
    settings: Settings, inbox: tuple[Inbox, int], posts: tuple[list[dict[str, Any]], ThreadingHTTPServer]
) -> None:
    received, port = inbox
    office = with_mail_and_webhook(settings, port, posts[1])
    send_alerts(office, ["warehouse"])
    assert "lần chạy bị hỏng" in str(received.mails[0]["Subject"])
    assert "Bước warehouse bị lỗi" in received.mails[0].get_content()
    assert posts[0][0]["failed_steps"] == ["warehouse"]
    assert send_alerts(office, ["warehouse"]) == []
    assert send_alerts(office) == []
    send_alerts(office, ["warehouse"])
    assert len(received.mails) == 2


@pytest.mark.filterwarnings("default")  # Dagster's own
def test_a_step_that_fails_is_sent_at_the_end_of_its_run(
    settings: Settings, posts: tuple[list[dict[str, Any]], ThreadingHTTPServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(raw_dir=str(settings.raw_dir), home=str(settings.home), as_of=AS_OF.isoformat())
    monkeypatch.setenv("NTM_ALERT_WEBHOOK", f"http://127.0.0.1:{posts[1].server_port}/")

    @dg.asset
    def broken(workspace: Workspace) -> None:
        raise dg.Failure(f"Không đọc được {workspace.settings.working_file}")

    with dg.DagsterInstance.ephemeral() as instance:
        dg.materialize([broken], instance=instance, resources={"workspace": workspace}, raise_on_error=False)
        assert [post["failed_steps"] for post in posts[0]] == [["broken"]]


def test_a_webhook_gets_json_without_anything_personal(
    settings: Settings, posts: tuple[list[dict[str, Any]], ThreadingHTTPServer]
) -> None:
    received, server = posts
    office = with_alerts(settings, NTM_ALERT_WEBHOOK=f"http://127.0.0.1:{server.server_port}/hook?token=secret")
    (line,) = send_alerts(office)
    (post,) = received
    assert post["as_of"] == "20/07/2015"
    (missing,) = post["missing"]
    assert (missing["reporter_code"], missing["form"], missing["period"]) == ("443", "H04", "2015-04")
    assert missing["due_on"] == "2015-05-05"
    assert [check["check_name"] for check in post["failed_checks"]] == ["weights"]
    assert "Huyện Đức Thọ chưa gửi" in post["text"]
    assert "Trần Thị Liên" not in json.dumps(post, ensure_ascii=False)
    assert "secret" not in line
    assert send_alerts(office) == []


MASKED = """
    insert into publishing.name_masks
    select 'quality.reminders', 'message_vi', message_vi, 'Tệp •••.xlsx' from quality.reminders
"""


@pytest.mark.parametrize(
    ("known", "said"),
    [(MASKED, "Tệp •••.xlsx"), ("drop table publishing.name_masks", "Huyện Đức Thọ, H04 2015-04.")],
    ids=["masked as it is published", "withheld where nobody has looked for names"],
)
@pytest.mark.parametrize("status", ["rejected_only", "held"])
def test_a_name_that_a_text_quotes_stays_in_the_house(
    settings: Settings,
    inbox: tuple[Inbox, int],
    posts: tuple[list[dict[str, Any]], ThreadingHTTPServer],
    status: str,
    known: str,
    said: str,
) -> None:
    received, port = inbox
    office = with_mail_and_webhook(settings, port, posts[1])
    change(
        office,
        f"update quality.reminders set status = '{status}', message_vi = 'Tệp Trần Văn Lâm.xlsx', message_en = 'File.'",
    )
    change(office, known)
    send_alerts(office)
    (mail,) = received.mails
    assert "Tệp Trần Văn Lâm.xlsx" in mail.get_content()
    (post,) = posts[0]
    (told,) = [*post["missing"], *post["held"]]
    assert told["message_vi"] == said
    assert f"- {said}" in post["text"]
    assert "Trần Văn Lâm" not in json.dumps(post, ensure_ascii=False)


def test_a_webhook_with_user_and_password_is_logged_in_to_and_never_shown(
    settings: Settings, posts: tuple[list[dict[str, Any]], ThreadingHTTPServer]
) -> None:
    received, server = posts
    address = f"http://office:b%C3%AD%40m%E1%BA%ADt@127.0.0.1:{server.server_port}"
    (line,) = send_alerts(with_alerts(settings, NTM_ALERT_WEBHOOK=f"{address}/broken"))
    assert f"webhook 127.0.0.1:{server.server_port}: không gửi được" in line
    assert "HTTP Error 500" in line
    (sent,) = send_alerts(with_alerts(settings, NTM_ALERT_WEBHOOK=f"{address}/hook"))
    assert received[0]["authorization"] == f"Basic {b64encode('office:bí@mật'.encode()).decode()}"
    server.shutdown()
    server.server_close()
    change(settings, "update quality.reminders set period = '2015-05'")
    (down,) = send_alerts(with_alerts(settings, NTM_ALERT_WEBHOOK=f"{address}/hook"))
    assert "không gửi được" in down
    assert not any(part in text for text in (line, sent, down) for part in ("office:", "bí@mật", "b%C3"))


def test_a_channel_that_is_down_is_one_line_holds_up_no_other_and_is_tried_again(
    settings: Settings, inbox: tuple[Inbox, int], posts: tuple[list[dict[str, Any]], ThreadingHTTPServer]
) -> None:
    received, server = posts
    hook = f"http://127.0.0.1:{server.server_port}"
    mail = {"NTM_ALERT_MAIL_TO": "a@hatinh.vn"}
    down = with_alerts(
        settings, NTM_ALERT_SMTP=f"smtp://127.0.0.1:{free_port()}", NTM_ALERT_WEBHOOK=f"{hook}/x", **mail
    )
    mail_line, hook_line = send_alerts(down)
    assert "không gửi được · not sent, the next run tries again: [Errno" in mail_line
    assert "1 báo cáo còn thiếu" in hook_line
    broken = with_alerts(
        settings, NTM_ALERT_SMTP=f"smtp+starttls://u:p@127.0.0.1:{inbox[1]}", NTM_ALERT_WEBHOOK=f"{hook}/broken", **mail
    )
    change(broken, "update quality.reminders set period = '2015-05'")
    mail_line, hook_line = send_alerts(broken)
    assert "not sent, the next run tries again: STARTTLS extension not supported" in mail_line
    assert "not sent, the next run tries again: HTTP Error 500" in hook_line
    back = with_alerts(settings, NTM_ALERT_SMTP=f"smtp://127.0.0.1:{inbox[1]}", NTM_ALERT_WEBHOOK=f"{hook}/x", **mail)
    assert len(send_alerts(back)) == 2
    assert len(inbox[0].mails) == 1
    assert len(received) == 2


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    return make_certificate(tmp_path)


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_a_mail_server_with_tls_is_trusted_only_if_its_certificate_is(
    settings: Settings, certificate: tuple[Path, Path], scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    received, port = Inbox(), free_port()
    how: dict[str, Any] = (
        {"ssl_context": context} if scheme == "smtps" else {"tls_context": context, "require_starttls": True}
    )
    server = Controller(received, hostname="127.0.0.1", port=port, **how)
    office = with_alerts(settings, NTM_ALERT_SMTP=f"{scheme}://127.0.0.1:{port}", NTM_ALERT_MAIL_TO="a@hatinh.vn")
    server.start()
    try:
        monkeypatch.setenv("SSL_CERT_FILE", "")
        (line,) = send_alerts(office)
        assert "certificate" in line.lower()
        assert received.mails == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
        send_alerts(office)
        assert received.recipients == ["a@hatinh.vn"]
    finally:
        server.stop()


def test_a_damaged_memory_sends_again_and_goes_on(settings: Settings, inbox: tuple[Inbox, int]) -> None:
    office = with_alerts(settings, NTM_ALERT_SMTP=f"smtp://127.0.0.1:{inbox[1]}", NTM_ALERT_MAIL_TO="a@hatinh.vn")
    office.alerts_file.write_text("{", encoding="utf-8")
    assert len(send_alerts(office)) == 1
    assert send_alerts(office) == []


def test_a_run_that_broke_off_before_any_table_has_nothing_to_send(
    settings: Settings, inbox: tuple[Inbox, int]
) -> None:
    office = with_alerts(settings, NTM_ALERT_SMTP=f"smtp://127.0.0.1:{inbox[1]}", NTM_ALERT_MAIL_TO="a@hatinh.vn")
    change(office, "drop schema quality cascade; drop schema landed cascade")
    assert send_alerts(office) == []
    office.working_file.unlink()
    assert send_alerts(office) == []


def test_a_file_that_is_no_database_and_a_memory_that_cannot_be_written_are_a_line(
    settings: Settings, inbox: tuple[Inbox, int]
) -> None:
    office = with_alerts(settings, NTM_ALERT_SMTP=f"smtp://127.0.0.1:{inbox[1]}", NTM_ALERT_MAIL_TO="a@hatinh.vn")
    office.alerts_file.mkdir()
    sent, not_written = send_alerts(office)
    assert "1 báo cáo còn thiếu" in sent
    assert "it will be sent again" in not_written
    office.working_file.write_bytes(b"no database, but long enough to be looked at as one" * 100)
    (line,) = send_alerts(office)
    assert "nothing was sent" in line
