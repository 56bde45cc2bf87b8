"""Where things lie and as of which day is asked."""

import datetime as dt
import re
from pathlib import Path

import pytest

from pipelines.settings import CHECKOUT, LOCAL_TIME, MailboxSettings, Settings, SettingsError, SparkSettings


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


def test_the_variable_comes_before_the_file_and_the_file_before_today(raw: Path) -> None:
    given = {"NTM_RAW_DIR": str(raw)}
    assert Settings.from_environment(given).as_of == dt.datetime.now(LOCAL_TIME).date()
    (raw / "AS_OF").write_text("2015-07-20\n", encoding="utf-8")
    assert Settings.from_environment(given).as_of == dt.date(2015, 7, 20)
    assert Settings.from_environment(given | {"NTM_AS_OF": " 2014-12-31 "}).as_of == dt.date(2014, 12, 31)


def test_blank_variables_are_unset_ones(raw: Path) -> None:
    settings = Settings.from_environment({"NTM_RAW_DIR": str(raw), "NTM_HOME": "", "NTM_AS_OF": ""})
    assert settings.home == CHECKOUT / "var"


def test_a_relative_folder_is_below_the_current_one(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(raw.parent)
    settings = Settings.from_environment({"NTM_RAW_DIR": "raw", "NTM_HOME": "home"})
    assert (settings.raw_dir, settings.home) == (raw, raw.parent / "home")


@pytest.mark.parametrize("day", ["20/07/2015", "2015-02-30", "yesterday", "2015-07"])
def test_a_day_that_is_none_is_one_line_naming_where_it_stands(raw: Path, day: str) -> None:
    with pytest.raises(SettingsError, match=r"^NTM_AS_OF: .* is not a date; use YYYY-MM-DD$"):
        Settings.from_environment({"NTM_RAW_DIR": str(raw), "NTM_AS_OF": day})
    (raw / "AS_OF").write_text(day, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"AS_OF: .* is not a date"):
        Settings.from_environment({"NTM_RAW_DIR": str(raw)})


def test_a_missing_raw_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"^NTM_RAW_DIR: there is no folder .*/nowhere$"):
        Settings.from_environment({"NTM_RAW_DIR": str(tmp_path / "nowhere")})


def test_who_only_shows_what_there_is_needs_no_raw_folder(tmp_path: Path) -> None:
    settings = Settings.from_environment({"NTM_RAW_DIR": str(tmp_path / "nowhere")}, reads_raw=False)
    assert settings.raw_dir == tmp_path / "nowhere"


def test_the_engine_is_duckdb_unless_spark_is_named(raw: Path, tmp_path: Path) -> None:
    given = {"NTM_RAW_DIR": str(raw), "NTM_SPARK_MASTER": "spark://cum:7077", "JAVA_HOME": str(tmp_path)}
    assert Settings.from_environment(given).spark is None
    assert Settings.from_environment(given | {"NTM_ENGINE": "duckdb"}).spark is None
    assert Settings.from_environment(given | {"NTM_ENGINE": " spark "}).spark == SparkSettings("spark://cum:7077", None)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "java").touch(mode=0o755)
    spark = Settings.from_environment(given | {"NTM_ENGINE": "spark", "NTM_SPARK_MASTER": ""}).spark
    assert spark == SparkSettings("local[*]", tmp_path / "bin" / "java")


def test_an_engine_that_is_none_is_one_line_with_those_there_are(raw: Path) -> None:
    with pytest.raises(SettingsError, match=r"^NTM_ENGINE: 'sparc' is not an engine; use duckdb or spark$"):
        Settings.from_environment({"NTM_RAW_DIR": str(raw), "NTM_ENGINE": "sparc"})


def test_what_is_given_counts_in_place_of_the_environment(raw: Path) -> None:
    given = {"NTM_RAW_DIR": "/nowhere", "NTM_AS_OF": "2015-01-31"}
    settings = Settings.from_environment(given, instead={"NTM_RAW_DIR": str(raw), "NTM_AS_OF": ""})
    assert (settings.raw_dir, settings.named_as_of) == (raw, "")


@pytest.mark.parametrize(("text", "is_automatic"), [("", False), ("no", False), ("yes", True), (" yes ", True)])
def test_runs_start_by_themselves_only_by_choice(raw: Path, text: str, is_automatic: bool) -> None:
    given = {"NTM_RAW_DIR": str(raw), "NTM_AUTOMATIC": text}
    assert Settings.from_environment(given).is_automatic == is_automatic


def test_a_switch_that_is_neither_on_nor_off_is_one_line(raw: Path) -> None:
    with pytest.raises(SettingsError, match=r"^NTM_AUTOMATIC: '1' is not a switch; use yes or no$"):
        Settings.from_environment({"NTM_RAW_DIR": str(raw), "NTM_AUTOMATIC": "1"})


def test_a_home_that_cannot_be_made_is_one_line(raw: Path) -> None:
    (raw.parent / "file").write_text("in the way", encoding="utf-8")
    settings = Settings.from_environment({"NTM_RAW_DIR": str(raw), "NTM_HOME": str(raw.parent / "file" / "home")})
    with pytest.raises(SettingsError, match=r"^NTM_HOME: .*can't be made: Not a directory$"):
        settings.make_home()


def test_a_home_that_leads_round_in_a_circle_is_one_line(raw: Path) -> None:
    (raw.parent / "a").symlink_to(raw.parent / "b")
    (raw.parent / "b").symlink_to(raw.parent / "a")
    settings = Settings.from_environment({"NTM_RAW_DIR": str(raw), "NTM_HOME": str(raw.parent / "a")})
    with pytest.raises(SettingsError, match=r"^NTM_HOME: "):
        settings.make_home()


@pytest.mark.parametrize("home", ["raw", "raw/var", "elsewhere/../raw/var", "link", "link/var", "elsewhere/inside"])
def test_a_home_inside_the_raw_folder_is_refused(raw: Path, home: str) -> None:
    (raw.parent / "elsewhere").mkdir()
    (raw.parent / "link").symlink_to(raw)
    (raw.parent / "elsewhere" / "inside").symlink_to(raw / "var")
    settings = Settings.from_environment({"NTM_RAW_DIR": str(raw), "NTM_HOME": str(raw.parent / home)})
    with pytest.raises(SettingsError, match="never written"):
        settings.make_home()


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({"NTM_ALERT_SMTP": "smtp://host"}, "NTM_ALERT_SMTP and NTM_ALERT_MAIL_TO: set both or neither"),
        ({"NTM_ALERT_MAIL_TO": "a@b.vn"}, "NTM_ALERT_SMTP and NTM_ALERT_MAIL_TO: set both or neither"),
        ({"NTM_ALERT_SMTP": "host:25", "NTM_ALERT_MAIL_TO": "a@b.vn"}, "NTM_ALERT_SMTP: begin with one of"),
        ({"NTM_ALERT_SMTP": "http://host:25", "NTM_ALERT_MAIL_TO": "a@b.vn"}, "NTM_ALERT_SMTP: begin with one of"),
        ({"NTM_ALERT_SMTP": "smtp://host:x", "NTM_ALERT_MAIL_TO": "a@b.vn"}, "NTM_ALERT_SMTP: begin with one of"),
        ({"NTM_ALERT_SMTP": "smtp://", "NTM_ALERT_MAIL_TO": "a@b.vn"}, "NTM_ALERT_SMTP: names no host"),
        (
            {"NTM_ALERT_SMTP": "smtp://u:secret@host", "NTM_ALERT_MAIL_TO": "a@b.vn"},
            "a password is sent under TLS only",
        ),
        ({"NTM_ALERT_SMTP": "smtp://host", "NTM_ALERT_MAIL_TO": "a@b.vn, b"}, "'b' is not an e-mail address"),
        ({"NTM_ALERT_SMTP": "smtp://host", "NTM_ALERT_MAIL_TO": ","}, "'' is not an e-mail address"),
        ({"NTM_ALERT_WEBHOOK": "file:///etc/passwd"}, "NTM_ALERT_WEBHOOK: not a URL"),
        ({"NTM_ALERT_WEBHOOK": "https://u:bí mật@chat.vn"}, "NTM_ALERT_WEBHOOK: not a URL; expected https://host/path"),
        ({"NTM_ALERT_WEBHOOK": "https://u:p/w@chat.vn"}, "NTM_ALERT_WEBHOOK: not a URL; expected https://host/path"),
    ],
)
def test_an_address_that_no_alert_can_be_sent_to_is_one_line(raw: Path, variables: dict[str, str], line: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(line)) as raised:
        Settings.from_environment({"NTM_RAW_DIR": str(raw), **variables})
    assert "secret" not in str(raised.value)


def test_a_mail_server_is_one_address_and_its_password_is_never_shown(raw: Path) -> None:
    url = "smtp+starttls://office%40hatinh.vn:p%2Fss@mail.hatinh.vn"
    given = {"NTM_RAW_DIR": str(raw), "NTM_ALERT_SMTP": url, "NTM_ALERT_MAIL_TO": "a@b.vn"}
    settings = Settings.from_environment({**given, "NTM_ALERT_WEBHOOK": "https://chat.vn/token"})
    mail = settings.alerts.mail
    assert mail is not None
    server = mail.server
    assert (server.host, server.port, server.user, server.password) == (
        "mail.hatinh.vn",
        587,
        "office@hatinh.vn",
        "p/ss",
    )
    assert mail.sender == "a@b.vn"
    assert "p/ss" not in repr(settings)
    assert "token" not in repr(settings)


@pytest.mark.parametrize(
    ("variables", "sender", "reply_to", "host"),
    [
        ({}, None, None, None),
        ({"NTM_MAIL_IMAP": "imaps://an%40ntm.vn:x@mail.vn"}, "an@ntm.vn", "", None),
        (
            {"NTM_MAIL_IMAP": "imaps://an%40ntm.vn:x@mail.vn", "NTM_MAIL_FROM": "vp@ntm.vn"},
            "vp@ntm.vn",
            "an@ntm.vn",
            None,
        ),
        ({"NTM_MAIL_FROM": "vp@ntm.vn", "NTM_MAIL_SMTP": "smtps://vp:p%2Fss@mail.vn"}, "vp@ntm.vn", "", "mail.vn"),
    ],
)
def test_reporters_are_written_to_from_the_address_named_else_the_mailbox_and_only_if_a_server_is_named(
    raw: Path, variables: dict[str, str], sender: str | None, reply_to: str | None, host: str | None
) -> None:
    settings = Settings.from_environment({"NTM_RAW_DIR": str(raw), **variables})
    letters = settings.letters
    assert (letters and letters.sender, letters and letters.reply_to) == (sender, reply_to)
    assert (letters and letters.server and letters.server.host) == host
    assert "p/ss" not in repr(settings)
    if settings.mailbox:
        assert sender in settings.mailbox.own_addresses


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({"NTM_MAIL_SMTP": "smtp://host"}, "NTM_MAIL_FROM: NTM_MAIL_SMTP is set, and nobody's address to send from"),
        ({"NTM_MAIL_SMTP": "host:25", "NTM_MAIL_FROM": "a@b.vn"}, "NTM_MAIL_SMTP: begin with one of"),
        (
            {"NTM_MAIL_SMTP": "smtp://u:secret@host", "NTM_MAIL_FROM": "a@b.vn"},
            "NTM_MAIL_SMTP: a password is sent under TLS",
        ),
        ({"NTM_MAIL_FROM": "a b"}, "NTM_MAIL_FROM: 'a b' is not an e-mail address"),
    ],
)
def test_what_no_reporter_can_be_written_to_by_is_one_line(raw: Path, variables: dict[str, str], line: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(line)) as raised:
        Settings.from_environment({"NTM_RAW_DIR": str(raw), **variables})
    assert "secret" not in str(raised.value)


URL = "imaps://an%40ntm.vn:b%C3%AD%40m%E1%BA%ADt@mail.ntm.vn"


def test_a_mailbox_is_named_by_a_variable_or_by_a_file_that_holds_it_and_never_shown(raw: Path) -> None:
    file = raw.parent / "imap"
    file.write_text(f"{URL}\n", encoding="utf-8")
    given = {"NTM_RAW_DIR": str(raw), "NTM_MAIL_AUTHSERV": "Mail.ntm.vn", "NTM_MAIL_AFTERWARDS": "move: Đã nhận"}
    named, held = (
        Settings.from_environment(given | more).mailbox
        for more in ({"NTM_MAIL_IMAP": URL}, {"NTM_MAIL_IMAP_FILE": str(file)})
    )
    assert (
        named
        == held
        == MailboxSettings(
            "imaps",
            "mail.ntm.vn",
            993,
            "an@ntm.vn",
            "bí@mật",
            authserv_id="mail.ntm.vn",
            afterwards="move: Đã nhận",
            own_addresses=frozenset({"an@ntm.vn"}),
        )
    )
    assert named is not None
    assert "mật" not in f"{named!r} {named.where}"


def test_no_mailbox_is_named_by_default_and_today_may_be(raw: Path) -> None:
    settings = Settings.from_environment({"NTM_RAW_DIR": str(raw), "NTM_TODAY": "2015-08-04"})
    assert (settings.mailbox, settings.today, settings.as_of) == (None, dt.date(2015, 8, 4), dt.date(2015, 8, 4))


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"NTM_MAIL_IMAP": "imap://u:secret@h"}, "NTM_MAIL_IMAP: expected imaps://.* begins with one of imap"),
        ({"NTM_MAIL_IMAP": "imaps://u:secret@h:99999"}, "NTM_MAIL_IMAP: expected imaps://"),
        ({"NTM_MAIL_IMAP": "imaps://secret@h"}, "host, user and password are needed"),
        ({"NTM_MAIL_IMAP": "imaps://u:secret@"}, "host, user and password are needed"),
        ({"NTM_MAIL_IMAP": URL, "NTM_MAIL_IMAP_FILE": "/f"}, "NTM_MAIL_IMAP and NTM_MAIL_IMAP_FILE: set one of them"),
        ({"NTM_MAIL_IMAP_FILE": "/no/such"}, "NTM_MAIL_IMAP_FILE: /no/such can't be read: No such file"),
        ({"NTM_MAIL_IMAP": URL, "NTM_MAIL_AFTERWARDS": "delete"}, "'delete' is not one of leave, seen, move:<folder>"),
        ({"NTM_MAIL_IMAP": URL, "NTM_MAIL_AFTERWARDS": "move: "}, "'move:' is not one of"),
        ({"NTM_MAIL_IMAP": URL, "NTM_MAIL_TRUST_UNCHECKED": "ja"}, "NTM_MAIL_TRUST_UNCHECKED: 'ja' is not a switch"),
        ({"NTM_TODAY": "hôm nay"}, "NTM_TODAY: 'hôm nay' is not a date"),
    ],
)
def test_a_mailbox_that_cannot_be_meant_is_one_line_without_its_secret(
    raw: Path, variables: dict[str, str], said: str
) -> None:
    with pytest.raises(SettingsError, match=said) as raised:
        Settings.from_environment({"NTM_RAW_DIR": str(raw), **variables})
    assert "secret" not in str(raised.value)
