"""From a real mailbox (dovecot) into the inbox: nothing lost, nothing doubled, nobody read as somebody else."""

import csv
import datetime as dt
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Generator
from email.message import EmailMessage
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4
from zipfile import ZipFile

import dagster as dg
import duckdb
import pytest

from pipelines.defs.mail import FETCH, fetch_mail, look_at_mailbox
from pipelines.mail import fetch as fetching
from pipelines.mail import mailbox
from pipelines.mail.command import DONE, NOT_FETCHED, show_fetch, summary
from pipelines.mail.exchanged import list_exchanged
from pipelines.mail.fetch import Fetched, count_new, fetch
from pipelines.mail.inbox import choose_names, folder_path
from pipelines.mail.journal import read_newest
from pipelines.mail.letters import ANSWER, SENT, Book, Letter
from pipelines.mail.messages import Attachment
from pipelines.progress import Watcher
from pipelines.settings import LOCAL_TIME, SEEDS_DIR, Settings, SettingsError
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.arrivals import Arrivals
from pipelines.warehouse.load import load
from pipelines.warehouse.reader import IntakeReader
from tests.servers import (
    PASSWORD,
    ImapServer,
    free_port,
    imap_server,
    make_certificate,
    talked_over_line,
    weak_line,
)

TODAY = "2015-08-04"
MORNING = dt.datetime(2015, 8, 4, 8, 5, 30, tzinfo=LOCAL_TIME)
PASSED = "mx.ntm.vn; spf=pass smtp.mailfrom=canloc.vn; dkim=none"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[ImapServer]:
    certificate = make_certificate(tmp_path_factory.mktemp("certificate"))
    with pytest.MonkeyPatch.context() as patch, imap_server(certificate) as started:
        patch.setenv("SSL_CERT_FILE", str(certificate[0]))
        yield started


def letter(
    text: str = "Kính gửi Văn phòng",
    files: dict[str, bytes] | None = None,
    *,
    by: str = "an@canloc.vn",
    checked: str = PASSED,
    **headers: str,
) -> bytes:
    message = EmailMessage()
    if checked:
        message["Authentication-Results"] = checked
    message["From"] = by
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


class Office:
    """An installation with a mailbox of its own."""

    def __init__(self, server: ImapServer, folder: Path, **environment: str) -> None:
        self.server, self.user = server, f"user{abs(hash(folder))}"
        (folder / "raw" / "reference").mkdir(parents=True, exist_ok=True)
        self.contacts = folder / "raw" / "reference" / "contacts.csv"
        self.contacts.write_text(
            "reporter_code,email\n443,an@canloc.vn\n443,binh@canloc.vn\n440,c@ductho.vn\n", encoding="utf-8"
        )
        self.environment = {
            "NTM_RAW_DIR": str(folder / "raw"),
            "NTM_HOME": str(folder / "home"),
            "NTM_TODAY": TODAY,
            "NTM_MAIL_IMAP": f"imaps://{self.user}:b%C3%AD%40m%E1%BA%ADt@127.0.0.1:{server.imaps_port}",
            "NTM_MAIL_AUTHSERV": "mx.ntm.vn",
            **environment,
        }
        self.settings.make_home()

    @property
    def settings(self) -> Settings:
        return Settings.from_environment(self.environment)

    def deliver(self, *contents: bytes) -> None:
        for number, content in enumerate(contents):
            self.server.deliver(self.user, content, MORNING + dt.timedelta(minutes=number))

    def fetch(self, **let_in: str) -> Fetched:
        return fetch(self.settings, pytest.fail, let_in)

    def files(self) -> list[str]:
        """What lies in the inbox, without its registers."""
        paths = self.settings.inbox_dir.rglob("*.*")
        return sorted(path.name for path in paths if path.is_file() and path.name != "so-van-ban-den.csv")

    def rows(self) -> list[dict[str, str]]:
        """The rows of the registers."""
        rows: list[dict[str, str]] = []
        for file in sorted(self.settings.inbox_dir.rglob("so-van-ban-den.csv")):
            rows += csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()[2:])
        return rows

    def journal(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.settings.messages_file.read_text(encoding="utf-8").splitlines()]

    def archived(self) -> int:
        """How many messages the index of arrivals knows; each content is as it was received."""
        archive = Archive(self.settings.archive_dir)
        with Arrivals(self.settings.archive_dir) as arrivals:
            messages = [arrival for _, arrival in arrivals if arrival.origin == "mail"]
        for arrival in messages:
            archive.check(arrival.sha256 or "")
        return len(messages)


@pytest.fixture
def office(server: ImapServer, tmp_path: Path) -> Office:
    return Office(server, tmp_path)


@pytest.mark.starts("dovecot")
def test_a_message_is_archived_whole_and_its_attachments_are_registered(office: Office) -> None:
    office.deliver(
        letter("Gửi báo cáo", {"báo cáo.xlsx": b"PK 1", "bảng kê.xlsx": b"PK 2"}, Subject="Tháng 7", Message_ID="<1@c>")
    )
    fetched = office.fetch()
    assert (fetched.new, fetched.read, fetched.files, fetched.held, fetched.lines, fetched.trouble) == (
        1,
        1,
        2,
        0,
        [],
        "",
    )
    assert (office.files(), office.archived()) == (["báo cáo.xlsx", "bảng kê.xlsx"], 1)
    row, _ = office.rows()
    assert row["Ngày giờ đến"] == "04/08/2015 08:05:30"
    assert (row["Nơi gửi"], row["Địa chỉ gửi thư"], row["Chủ đề thư"]) == ("443", "an@canloc.vn", "Tháng 7")
    assert (row["Mã thư"], row["Nội dung thư"], row["Ghi chú"]) == ("<1@c>", "Gửi báo cáo", "")
    assert (office.settings.home / row["Tên tệp"]).read_bytes() == b"PK 1"
    assert row["Mã nội dung tệp"] == sha256(b"PK 1").hexdigest()
    again = office.fetch()
    assert (again.new, again.read, len(office.journal()), office.archived()) == (0, 0, 1, 1)
    assert count_new(office.settings) == 0


@pytest.mark.starts("dovecot")
def test_whoever_is_not_proven_to_be_a_known_sender_is_held_until_the_office_knows(office: Office) -> None:
    office.deliver(
        letter(files={"a.xlsx": b"PK a"}, by="an@canloc.vn", checked="mx.ntm.vn; spf=fail smtp.mailfrom=canloc.vn"),
        letter(files={"b.xlsx": b"PK b"}, by="moi@canloc.vn"),
        letter(files={"c.xlsx": b"PK c"}, by="an@canloc.vn", checked=""),
    )
    fetched = office.fetch()
    assert (fetched.held, office.files(), office.rows(), office.archived()) == (3, [], [], 3)
    assert ["máy chủ không xác nhận" in line or "contacts.csv" in line for line in fetched.lines] == [True] * 3
    with office.contacts.open("a", encoding="utf-8") as contacts:
        contacts.write("443,moi@canloc.vn\n")
    assert (office.fetch().read, office.files()) == (1, ["b.xlsx"])
    forged, _, unchecked = [entry["folder"].rpartition("/")[2] for entry in office.journal()[:3]]
    assert (office.fetch(**{unchecked: "443"}).read, office.files()) == (1, ["b.xlsx", "c.xlsx"])
    assert {row["Nơi gửi"] for row in office.rows()} == {"443"}
    with pytest.raises(SettingsError, match="no message of this name is held"):
        office.fetch(**{unchecked: "443"})
    with pytest.raises(SettingsError, match=r"999: .* is not a reporter's code"):
        office.fetch(**{forged: "999"})
    assert office.archived() == 3


@pytest.mark.starts("dovecot")
def test_the_command_says_what_came_and_lets_in_what_is_named(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.deliver(letter(files={"a.xlsx": b"PK a"}, checked=""))
    assert show_fetch(office.settings, []) == DONE
    name = office.journal()[0]["folder"].rpartition("/")[2]
    line, counts = capsys.readouterr().out.splitlines()
    assert line.startswith(f"  {name}  04/08/2015 08:05  an@canloc.vn: tạm giữ")
    assert counts == "Thư đến · Mail  1 thư mới · new messages, 0 đã nhận · taken in (0 tệp · files), 1 tạm giữ · held"
    with pytest.raises(SettingsError, match="use <message>=<reporter>"):
        show_fetch(office.settings, [name])
    assert (show_fetch(office.settings, [f"{name}=443"]), office.files()) == (DONE, ["a.xlsx"])
    office.environment["NTM_MAIL_IMAP"] = office.environment["NTM_MAIL_IMAP"].replace("b%C3%AD", "wrong")
    assert show_fetch(office.settings, []) == NOT_FETCHED
    assert "the login was refused" in capsys.readouterr().err


def packed(files: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def report_of(body: str, garden: str = "") -> bytes:
    """A district's list of model gardens."""
    rows = [body, "Biểu 04/NTM-H - KHU DÂN CƯ NTM KIỂU MẪU, VƯỜN MẪU", "Tháng 6 năm 2015"]
    rows += ["TT,Xã,Thôn,Loại,Số tiêu chí đạt,Tình trạng", f"1,,{garden or 'Trung Sơn'},Vườn mẫu,5,đạt chuẩn"]
    return "\n".join(rows).encode()


@pytest.mark.starts("dovecot")
def test_of_an_address_of_several_reporters_the_files_say_whose_a_message_is(office: Office) -> None:
    with office.contacts.open("a", encoding="utf-8") as contacts:
        contacts.write("443,hai@canloc.vn\n440,hai@canloc.vn\n")
    can_loc, duc_tho, vu_quang = (report_of(f"UBND HUYỆN {name}") for name in ("CAN LỘC", "ĐỨC THỌ", "VŨ QUANG"))
    office.deliver(
        letter(files={"duc tho.csv": can_loc}, by="hai@canloc.vn", Message_ID="<1@c>"),
        letter(files={"can loc.csv": duc_tho}, by="hai@canloc.vn"),
        letter(files={"1.csv": can_loc, "2.csv": duc_tho}, by="hai@canloc.vn"),
        letter(files={"6.csv": can_loc, "7.csv": duc_tho, "8.pdf": b"%PDF"}, by="hai@canloc.vn", Subject="Hai huyện"),
        letter(files={"3.csv": vu_quang}, by="hai@canloc.vn"),
        letter(files={"4.csv": b"khong ro"}, by="hai@canloc.vn"),
        letter("Thu hồi", by="hai@canloc.vn", In_Reply_To="<1@c>"),
        letter(files={"5.csv": report_of("UBND HUYỆN CAN LỘC", "Nam Sơn")}, by="ba@canloc.vn"),
    )
    fetched = office.fetch()
    files = ["1.csv", "2.csv", "can loc.csv", "duc tho.csv"]
    assert (fetched.read, fetched.held, office.files()) == (4, 4, files)
    assert sum("of whom a file does not name just one" in line for line in fetched.lines) == 3
    senders = sorted((row["Nơi gửi"], row["Tên tệp"].rpartition("/")[2], row["Ghi chú"]) for row in office.rows())
    assert senders == [
        ("440", "2.csv", ""),
        ("440", "can loc.csv", ""),
        ("443", "1.csv", ""),
        ("443", "duc tho.csv", ""),
        ("443", "duc tho.csv", "thu hồi"),
    ]
    with office.contacts.open("a", encoding="utf-8") as contacts:
        contacts.write("443,ba@canloc.vn\n440,ba@canloc.vn\n")
    assert (office.fetch().read, office.files()) == (1, sorted([*files, "5.csv"]))
    assert office.fetch().lines == []
    (mixed,) = [entry["folder"][-16:] for entry in office.journal() if entry["subject"] == "Hai huyện"]
    assert office.fetch(**{mixed: "443"}).read == 1, "whose sheets name another is held by the run (mailed_by_another)"
    assert (
        sorted(row["Nơi gửi"] for row in office.rows() if row["Tên tệp"][-5:] in {"6.csv", "7.csv", "8.pdf"})
        == ["443"] * 3
    )


@pytest.mark.starts("dovecot")
def test_each_message_that_brings_no_report_is_one_line(office: Office) -> None:
    office.environment["NTM_MAIL_FROM"] = "vanphong@ntm.vn"
    office.contacts.write_text("reporter_code,email\n443,an@canloc.vn\n", encoding="utf-8")
    with (office.contacts.parent / "parameters.csv").open("w", encoding="utf-8") as parameters:
        parameters.write("name,value,unit,valid_from\nmail_size_max_mb,1,MB,\nmail_files_max,2,files,\n")
    office.deliver(
        letter("Đã gửi rồi"),
        letter("Tải tại https://drive.google.com/x"),
        letter(files={"a.xlsx": b"PK"}, Auto_Submitted="auto-replied"),
        letter(files={"a.xlsx": bytes(2_000_000)}),
        letter(files={f"{n}.xlsx": b"PK" for n in range(3)}),
        letter("Thu hồi", In_Reply_To="<nobody@knows>"),
        letter(files={"a.xlsx": b"PK"}, by="vanphong@ntm.vn", checked=""),
    )
    fetched = office.fetch()
    words = [
        "no attachment",
        "our own",
        "leads to a file elsewhere",
        "by a machine",
        "too large",
        "too many",
        "that is not there",
    ]
    assert sorted(word for word in words for line in fetched.lines if word in line) == sorted(words)
    assert (len(fetched.lines), office.files(), office.archived()) == (7, [], 6)
    assert (office.fetch().lines, count_new(office.settings)) == ([], 0)
    (office.contacts.parent / "parameters.csv").unlink()
    assert (office.fetch().read, office.files()) == (1, ["a.xlsx"]), "the limit is another one now"


@pytest.mark.starts("dovecot")
def test_of_what_cannot_be_read_the_header_says_whose_it_is_by_the_same_proof(office: Office) -> None:
    with office.contacts.open("a", encoding="utf-8") as contacts:
        contacts.write("443,hai@canloc.vn\n440,hai@canloc.vn\n")
    (office.contacts.parent / "parameters.csv").write_text(
        "name,value,unit,valid_from\nmail_size_max_mb,1,MB,\n", encoding="utf-8"
    )
    large = {"a.xlsx": bytes(2_000_000)}
    head = b"Authentication-Results: %s\nFrom: %s\nSubject: Th\xc3\xa1ng 7\n"
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000))
    office.deliver(
        letter(files=large, Subject="Tháng 7", Message_ID="<1@c>"),
        letter(files=large, checked="mx.ntm.vn; spf=fail smtp.mailfrom=canloc.vn"),
        letter(files=large, by="hai@canloc.vn"),
        letter(files=large, Auto_Submitted="auto-replied"),
        head % (PASSED.encode(), b"an@canloc.vn") + deep,
        head % (b"mx.ntm.vn; spf=fail smtp.mailfrom=canloc.vn", b"an@canloc.vn") + deep,
    )
    assert office.fetch().new == 6
    known = [(entry["outcome"], entry["reporter_code"], entry["subject"]) for entry in office.journal()]
    assert sorted(known) == [
        ("damaged", "", "Tháng 7"),
        ("damaged", "443", "Tháng 7"),
        ("too_large", "", ""),
        ("too_large", "", ""),
        ("too_large", "", ""),
        ("too_large", "443", "Tháng 7"),
    ]
    assert [entry["address"] for entry in office.journal() if entry["reason"] == "several_reporters"] == [
        "hai@canloc.vn"
    ]
    names = {entry["folder"] for entry in office.journal()}
    for file in (office.server.folder / "mail" / office.user / "Maildir").glob("dovecot*"):
        file.unlink()
    office.fetch()
    assert {entry["folder"] for entry in office.journal()} == names, "numbered anew: nobody is told again"
    assert len(read_newest(office.settings.messages_file)) == 6


@pytest.mark.starts("dovecot")
def test_a_reply_that_withdraws_is_a_row_of_the_register_for_each_file(office: Office) -> None:
    office.deliver(
        letter(files={"a.xlsx": b"PK a", "b.xlsx": b"PK b"}, Message_ID="<1@c>"),
        letter("Thu hồi báo cáo, gửi lại bản đúng", {"c.xlsx": b"PK c"}, In_Reply_To="<1@c>", by="binh@canloc.vn"),
        letter("Thu hồi", In_Reply_To="<1@c>", by="c@ductho.vn", checked=PASSED.replace("canloc", "ductho")),
    )
    fetched = office.fetch()
    assert (fetched.read, fetched.held) == (2, 1), "another reporter takes nothing back"
    withdrawn = [row for row in office.rows() if row["Ghi chú"] == "thu hồi"]
    assert [row["Tên tệp"].rpartition("/")[2] for row in withdrawn] == ["a.xlsx", "b.xlsx"]
    assert all((office.settings.home / row["Tên tệp"]).is_file() for row in withdrawn)
    assert office.files() == ["a.xlsx", "b.xlsx", "c.xlsx"]


@pytest.mark.starts("dovecot")
@pytest.mark.parametrize(
    "headers",
    [{"References": "<1@c> <ntm.b@ntm.vn>", "In_Reply_To": "<ntm.b@ntm.vn>"}, {"In_Reply_To": "<ntm.b@ntm.vn>"}],
    ids=["with all of the exchange", "with the letter alone"],
)
def test_a_reply_to_a_letter_of_ours_withdraws_just_what_the_letter_is_about(
    office: Office, headers: dict[str, str]
) -> None:
    office.deliver(letter(files={"a.xlsx": b"PK a", "b.xlsx": b"PK b"}, Message_ID="<1@c>"))
    office.fetch()
    (held,) = [path for path in office.journal()[0]["files"] if path.endswith("b.xlsx")]
    ours = Letter(ANSWER, "b", "held", "443", ("an@canloc.vn",), "Tạm giữ", "", "held", paths=(held,))
    with Book(office.settings.letters_file) as book:
        book.write(ours, "<ntm.b@ntm.vn>", SENT)
    office.deliver(
        letter("Thu hồi", None, by="binh@canloc.vn", **headers),
        letter("Thu hồi", None, by="c@ductho.vn", checked=PASSED.replace("canloc", "ductho"), **headers),
    )
    fetched = office.fetch()
    assert (fetched.read, fetched.held) == (1, 1), "another reporter takes nothing back"
    assert [row["Tên tệp"] for row in office.rows() if row["Ghi chú"] == "thu hồi"] == [held]


@pytest.mark.starts("dovecot")
def test_a_reply_in_words_is_written_down_with_the_reports_that_it_is_about(office: Office) -> None:
    office.deliver(letter("Gửi thay bản cũ", {"a.xlsx": b"PK a", "b.xlsx": b"PK b"}, Message_ID="<1@c>"))
    office.fetch()
    first, second = office.journal()[0]["files"]
    ours = Letter(ANSWER, "b", "held", "443", ("an@canloc.vn",), "Tạm giữ", "", "held", paths=(second,))
    with Book(office.settings.letters_file) as book:
        book.write(ours, "<ntm.b@ntm.vn>", SENT)
    forged = "mx.ntm.vn; spf=fail smtp.mailfrom=canloc.vn"
    office.deliver(
        letter("Do sáp nhập 2 xã\n\n> Kính gửi", None, by="binh@canloc.vn", In_Reply_To="<ntm.b@ntm.vn>"),
        letter("Số liệu đúng", None, In_Reply_To="<1@c>"),
        letter("Xem thêm", {"c.xlsx": b"PK c"}, In_Reply_To="<ntm.b@ntm.vn>"),
        letter("Do tôi", None, checked=forged, In_Reply_To="<ntm.b@ntm.vn>"),
        letter("Do xã", None, by="c@ductho.vn", checked=PASSED.replace("canloc", "ductho"), In_Reply_To="<1@c>"),
    )
    fetched = office.fetch()
    assert [line.partition("answers in words: ")[2] for line in fetched.lines][:2] == [
        "“Do sáp nhập 2 xã”",
        "“Số liệu đúng”",
    ]
    rows = list(list_exchanged(office.settings.messages_file, office.settings.letters_file))
    received = [
        (verdict, place, note) for *_, direction, _, _, _, _, _, verdict, place, note in rows if direction == "received"
    ]
    folder, third = (office.journal()[number]["folder"] for number in (0, 3))
    assert received == [
        (None, folder, "Gửi thay bản cũ"),
        ("note", second, "Do sáp nhập 2 xã"),
        ("note", first, "Số liệu đúng"),
        ("note", second, "Số liệu đúng"),
        (None, third, "Xem thêm"),
        ("note", second, "Xem thêm"),
        ("empty", None, None),
        ("empty", None, None),
    ], "of whom it is not sure, and of another reporter, nothing is heard"


@pytest.mark.starts("dovecot")
def test_the_same_file_from_two_senders_is_two_deliveries_and_one_message_twice_is_one(office: Office) -> None:
    same = letter(files={"a.xlsx": b"PK"}, Message_ID="<1@c>")
    office.deliver(same, letter(files={"a.xlsx": b"PK"}, by="binh@canloc.vn", Message_ID="<1@c>"), same)
    assert (office.fetch().read, office.files()) == (2, ["a.xlsx", "a.xlsx"]), (
        "an id that somebody else's bears is no sign"
    )


@pytest.mark.starts("dovecot")
def test_a_mailbox_numbered_anew_brings_nothing_twice(office: Office) -> None:
    office.deliver(letter(files={"a.xlsx": b"PK"}))
    office.fetch()
    for file in (office.server.folder / "mail" / office.user / "Maildir").glob("dovecot*"):
        file.unlink()
    validity = office.journal()[0]["uid_validity"]
    fetched = office.fetch()
    assert (fetched.new, fetched.read, office.archived()) == (0, 0, 1)
    assert [entry["uid_validity"] != validity for entry in office.journal()] in ([False, True], [False])


@pytest.mark.starts("dovecot")
def test_many_old_messages_come_as_many_at_once_as_the_limit_says(office: Office) -> None:
    (office.contacts.parent / "parameters.csv").write_text(
        "name,value,unit,valid_from\nmail_messages_max,3,messages,\n", encoding="utf-8"
    )
    office.deliver(*(letter(str(number), {f"{number}.xlsx": b"PK"}) for number in range(7)))
    assert [(done.read, done.left) for done in (office.fetch(), office.fetch(), office.fetch())] == [
        (3, 4),
        (3, 1),
        (1, 0),
    ]


@pytest.mark.starts("dovecot")
@pytest.mark.parametrize(("afterwards", "flagged", "moved"), [("leave", 0, 0), ("seen", 1, 0), ("move:Đã nhận", 0, 1)])
def test_on_the_server_only_what_the_setting_says_happens_and_only_to_what_is_settled(
    server: ImapServer, tmp_path: Path, afterwards: str, flagged: int, moved: int
) -> None:
    office = Office(server, tmp_path, NTM_MAIL_AFTERWARDS=afterwards)
    office.deliver(letter(files={"a.xlsx": b"PK"}), letter(files={"b.xlsx": b"PK"}, by="who@canloc.vn"))
    assert [(done.read, done.trouble) for done in (office.fetch(), office.fetch())] == [(1, ""), (0, "")]
    box = server.folder / "mail" / office.user / "Maildir"
    assert sum(path.name.endswith("S") for path in box.glob("cur/*")) == flagged
    elsewhere, here = (len([*box.glob(f"{folder}cur/*"), *box.glob(f"{folder}new/*")]) for folder in (".*/", ""))
    assert (elsewhere, here) == (moved, 2 - moved), "nothing is deleted"


@pytest.mark.starts("dovecot")
def test_starttls_serves_as_well(office: Office) -> None:
    office.environment["NTM_MAIL_IMAP"] = (
        f"imap+starttls://{office.user}:b%C3%AD%40m%E1%BA%ADt@127.0.0.1:{office.server.imap_port}"
    )
    office.deliver(letter(files={"a.xlsx": b"PK"}))
    assert office.fetch().read == 1


@pytest.mark.starts("dovecot")
def test_an_inbox_that_was_lost_is_made_again_from_the_archive(office: Office) -> None:
    office.deliver(letter(files={"a.xlsx": b"PK"}))
    office.fetch()
    before = {path.name: path.read_bytes() for path in office.settings.inbox_dir.rglob("*.*") if path.is_file()}
    office.settings.inbox_dir.rename(office.settings.home / "gone")
    office.contacts.unlink()
    office.fetch()
    assert {path.name: path.read_bytes() for path in office.settings.inbox_dir.rglob("*.*") if path.is_file()} == before


REGISTER = (
    "VĂN PHÒNG ĐIỀU PHỐI\nSỔ VĂN BẢN ĐẾN\nNgày giờ đến,Nơi gửi,Tên tệp,Ghi chú\n04/08/2015 09:00,443,x.csv,thu hồi\n"
)


@pytest.mark.starts("dovecot")
def test_a_run_reads_what_came_with_what_the_register_beside_it_says(office: Office) -> None:
    (office.settings.raw_dir / "x.csv").write_text("Báo cáo", encoding="utf-8")
    office.deliver(
        letter(
            files={"a.csv": b"x", "so van ban den.csv": REGISTER.encode(), "nen.zip": packed({"trong.csv": b"z"})},
            Message_ID="<1@c>",
        ),
        letter("Thu hồi", {"x.csv": b"y"}, In_Reply_To="<1@c>", by="binh@canloc.vn"),
    )
    office.fetch()
    settings = office.settings
    reader = IntakeReader(SEEDS_DIR, settings.overlay_dir, settings.as_of)
    with duckdb.connect(str(settings.working_file)) as working:
        for _ in range(2):
            archive = Archive(settings.archive_dir)
            limits, watcher = reader.limits, Watcher()
            load(
                working,
                settings.raw_dir,
                archive,
                settings.secret_file,
                reader,
                reader.lists,
                limits,
                watcher,
                1,
                inbox_dir=settings.inbox_dir,
            )
        deliveries = working.execute(
            "select file_name, hint_sender_code from landed.deliveries order by path"
        ).fetchall()
        matches = working.execute(
            "select split_part(matched_path, '/', -1), sender_code, is_withdrawal, received_at"
            " from landed.register_matches order by all"
        ).fetchall()
        findings = working.execute(
            "select distinct rule_id, variant from landed.findings join landed.deliveries using (delivery_id)"
            " where file_name = 'so-van-ban-den.csv'"
        ).fetchall()
    own = ("so-van-ban-den.csv", None)
    expected = [
        ("a.csv", "443"),
        ("trong.csv", "443"),
        ("so van ban den (2).csv", "443"),
        own,
        own,
        ("x.csv", "443"),
        ("x.csv", None),
    ]
    assert Counter(deliveries) == Counter(expected)
    first, second = (MORNING.astimezone(dt.UTC).replace(tzinfo=None) + dt.timedelta(minutes=n) for n in (0, 1))
    assert matches == [
        ("a.csv", "443", False, first),
        ("a.csv", "443", True, second),
        ("so van ban den (2).csv", "443", False, first),
        ("so van ban den (2).csv", "443", True, second),
        ("trong.csv", "443", False, first),
        ("trong.csv", "443", True, second),
        ("x.csv", "443", False, second),
    ], "a register that somebody mails is none; a name of the raw folder means no attachment"
    assert findings == []


KILLED = """
import os, signal, sys
from pipelines.mail import fetch as fetching
from pipelines.settings import Settings
place, name = {place!r}.rsplit(".", 1)
owner = getattr(fetching, place) if place else fetching
before = getattr(owner, name)
def kill(*arguments, **named):
    before(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, kill)
fetching.fetch(Settings.from_environment(), print)
"""


@pytest.mark.starts("dovecot")
@pytest.mark.parametrize("place", ["Archive.put", "Arrivals.note", ".write_folder", "Journal.write", "Mailbox.finish"])
def test_a_fetch_that_is_killed_loses_nothing_and_doubles_nothing(office: Office, place: str) -> None:
    office.environment["NTM_MAIL_AFTERWARDS"] = "seen"
    office.deliver(letter(files={"a.xlsx": b"PK"}), letter(files={"b.xlsx": b"PK"}))
    program = KILLED.format(place=place)
    killed = subprocess.run([sys.executable, "-c", program], env=os.environ | office.environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    fetched = office.fetch()
    assert fetched.trouble == ""
    assert (office.files(), office.archived()) == (["a.xlsx", "b.xlsx"], 2)
    assert len(office.rows()) == 2
    assert {entry["outcome"] for entry in office.journal()} == {"read"}
    assert (len(office.journal()), office.fetch().new) == (2, 0)


@pytest.mark.starts("dovecot")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda url, _: url.replace("b%C3%AD", "wrong"), "the login was refused"),
        (lambda url, port: url.replace(str(port), str(free_port())), "Connection refused"),
        (lambda url, _: url.replace("imaps:", "imap+starttls:"), "127.0.0.1"),
    ],
    ids=["wrong password", "down", "another protocol"],
)
def test_a_mailbox_that_cannot_be_read_is_one_line_without_its_password(
    office: Office, monkeypatch: pytest.MonkeyPatch, change: Callable[[str, int], str], said: str
) -> None:
    monkeypatch.setattr(mailbox, "ANSWER_SECONDS", 1)
    office.environment["NTM_MAIL_IMAP"] = change(office.environment["NTM_MAIL_IMAP"], office.server.imaps_port)
    fetched = office.fetch()
    assert said in fetched.trouble
    assert not any(secret in fetched.trouble for secret in (PASSWORD, "wrong", "b%C3", office.user))
    assert "\n" not in fetched.trouble


@pytest.mark.starts("dovecot")
@pytest.mark.parametrize(
    ("then_closes", "connections"),
    [
        pytest.param(True, 1, id="breaks off, and is lost"),
        pytest.param(True, 99, id="breaks off"),
        pytest.param(False, 1, id="stands still, and is lost", marks=pytest.mark.long),
        pytest.param(False, 99, id="stands still", marks=pytest.mark.long),
    ],
)
def test_a_line_that_fails_on_the_way_keeps_what_came_and_what_is_missing_is_fetched_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, then_closes: bool, connections: int
) -> None:
    monkeypatch.setattr(mailbox, "ANSWER_SECONDS", 1)
    monkeypatch.setattr(mailbox, "BATCH_MESSAGES", 1)
    office.deliver(*(letter(str(n), {f"{n}.xlsx": bytes(200_000) + bytes([n])}) for n in range(3)))
    straight = office.environment["NTM_MAIL_IMAP"]
    port = office.server.imaps_port
    with weak_line(port, 500_000, then_closes=then_closes, connections=connections) as weak:
        office.environment["NTM_MAIL_IMAP"] = straight.replace(str(port), str(weak))
        fetched = office.fetch()
    is_lost = connections == 1
    assert (fetched.read, fetched.unavailable, fetched.lines) == (1 if is_lost else 3, 0, [])
    assert fetched.trouble.startswith("127.0.0.1") == is_lost
    office.environment["NTM_MAIL_IMAP"] = straight
    assert (office.fetch().read, office.files()) == (2 if is_lost else 0, ["0.xlsx", "1.xlsx", "2.xlsx"])
    assert office.archived() == 3


def files_of(office: Office) -> list[Path]:
    """The messages as they lie on the server, the oldest first."""
    return sorted(
        (office.server.folder / "mail" / office.user / "Maildir").glob("*/*.test*"), key=lambda file: file.name
    )


@pytest.mark.starts("dovecot")
def test_a_message_that_the_server_cannot_read_is_written_down_and_the_others_come(office: Office) -> None:
    """Over a file that it may not read, dovecot breaks the line off: over its size, and over its text."""
    office.deliver(*(letter(files={f"{n}.xlsx": b"PK%d" % n}, Subject=f"Thư {n}") for n in range(4)))
    locked = files_of(office)[1]
    locked.chmod(0)
    fetched = office.fetch()
    assert (fetched.read, fetched.unavailable, fetched.trouble) == (3, 1, "")
    assert office.files() == ["0.xlsx", "2.xlsx", "3.xlsx"]
    (line,) = fetched.lines
    assert "the server does not hand it over, the next fetch tries again" in line
    assert "FETCH failed" in line
    assert (count_new(office.settings), len(office.journal())) == (0, 4)
    again = office.fetch()
    assert (again.new, again.lines, again.unavailable, len(office.journal())) == (0, [], 1, 4), "told and written once"
    assert summary(again)[-1].endswith("1 máy chủ không giao · that the server does not hand over")
    office.deliver(letter(files={"4.xlsx": b"PK4"}))
    assert (office.fetch().read, office.files()[-1]) == (1, "4.xlsx")
    for file in files_of(office):
        file.chmod(0o600)
    fetched = office.fetch()
    assert (fetched.read, fetched.unavailable, office.archived()) == (1, 0, 5)
    assert [entry.outcome for entry in read_newest(office.settings.messages_file)] == ["read"] * 5, (
        "one line per message"
    )
    assert office.files() == [f"{n}.xlsx" for n in range(5)]


def refusing(uids: set[int], said: bytes) -> Callable[[bytes], bytes | None]:
    """A server that says something else where the text of one of these messages is asked for."""

    def answer(line: bytes) -> bytes | None:
        match = re.match(rb"(\S+) UID FETCH (\S+) \(BODY", line)
        asked = set()
        for part in match[2].split(b",") if match else []:
            first, _, last = part.partition(b":")
            asked |= {*range(int(first), int(last or first) + 1)}
        return said.replace(b"{tag}", match[1]) if match and asked & uids else None

    return answer


@pytest.mark.starts("dovecot")
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"{tag} NO [SERVERBUG] Internal error\r\n", id="no"),
        pytest.param(b"* 2 FETCH (UID 2 BODY[] {3}\r\nabc BODY[]\r\n{tag} OK done\r\n", id="not to be parsed"),
        pytest.param(b"", id="breaks off"),
        pytest.param(b"* 2 FETCH (UID 2 BODY[] NIL)\r\n{tag} OK done\r\n", id="nothing", marks=pytest.mark.long),
        pytest.param(b"{tag} OK done\r\n", id="silence", marks=pytest.mark.long),
        pytest.param(b"* 2 nonsense {tag}\r\n", id="no protocol", marks=pytest.mark.long),
    ],
)
def test_a_message_that_the_server_does_not_hand_over_keeps_no_other_back(
    office: Office, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(mailbox, "ANSWER_SECONDS", 1)
    office.deliver(*(letter(files={f"{n}.xlsx": b"PK%d" % n}) for n in (1, 2, 3)))
    straight = office.environment["NTM_MAIL_IMAP"]
    port = office.server.imaps_port
    with talked_over_line(port, office.server.certificate, refusing({2}, said)) as other:
        office.environment["NTM_MAIL_IMAP"] = straight.replace(str(port), str(other))
        for read in (2, 0):
            fetched = office.fetch()
            assert (fetched.read, fetched.unavailable, fetched.trouble) == (read, 1, "")
    assert office.files() == ["1.xlsx", "3.xlsx"]
    office.environment["NTM_MAIL_IMAP"] = straight
    assert (office.fetch().unavailable, office.files()) == (0, ["1.xlsx", "2.xlsx", "3.xlsx"])


@pytest.mark.starts("dovecot")
def test_a_message_that_goes_while_it_is_asked_for_is_left_out(office: Office) -> None:
    office.deliver(*(letter(files={f"{n}.xlsx": b"PK%d" % n}) for n in (1, 2, 3)))
    port = office.server.imaps_port

    def remove(line: bytes) -> None:
        if b"BODY.PEEK[]" in line:
            for file in files_of(office):
                if b"2.xlsx" in file.read_bytes():
                    file.unlink()

    with talked_over_line(port, office.server.certificate, remove) as other:
        office.environment["NTM_MAIL_IMAP"] = office.environment["NTM_MAIL_IMAP"].replace(str(port), str(other))
        fetched = office.fetch()
    assert (fetched.unavailable, fetched.trouble, fetched.lines) == (0, "", [])
    assert office.files() == ["1.xlsx", "3.xlsx"]


@pytest.mark.starts("dovecot")
def test_a_server_that_hands_over_nothing_is_in_trouble_itself_and_no_message_blocks_those_behind(
    office: Office,
) -> None:
    office.deliver(*(letter(files={f"{n}.xlsx": b"PK%d" % n}) for n in range(1, 6)))
    straight = office.environment["NTM_MAIL_IMAP"]
    port = office.server.imaps_port
    with talked_over_line(port, office.server.certificate, refusing({1, 2, 3, 4}, b"{tag} NO failed\r\n")) as other:
        office.environment["NTM_MAIL_IMAP"] = straight.replace(str(port), str(other))
        first, second, third = (office.fetch() for _ in range(3))
    assert (first.read, first.unavailable, "failed" in first.trouble) == (0, 3, True)
    assert (second.read, second.unavailable, second.trouble) == (1, 4, "")
    assert (third.read, third.unavailable, third.trouble, third.lines) == (0, 4, "", [])
    office.environment["NTM_MAIL_IMAP"] = straight
    assert (office.fetch().unavailable, office.files()) == (0, [f"{n}.xlsx" for n in range(1, 6)])


@pytest.mark.starts("dovecot")
def test_a_mailbox_that_can_take_no_more_is_one_line_and_loses_nothing(server: ImapServer, tmp_path: Path) -> None:
    """What was taken in is kept, and stays where it lies on the server until it can be moved."""
    office = Office(server, tmp_path, NTM_MAIL_AFTERWARDS="move:xong")
    office.deliver(letter(files={"a.xlsx": b"PK"}))
    full = server.folder / "mail" / office.user / "Maildir" / ".xong"
    full.write_text("", encoding="utf-8")  # no folder can be made there
    fetched = office.fetch()
    assert (fetched.read, fetched.trouble != "", office.files()) == (1, True, ["a.xlsx"])
    full.unlink()
    fetched = office.fetch()
    assert (fetched.new, fetched.trouble, office.archived()) == (0, "", 1)
    assert len([*full.glob("cur/*"), *full.glob("new/*")]) == 1


@pytest.mark.starts("dovecot")
def test_a_message_that_cannot_be_taken_apart_is_archived_and_told_once(office: Office) -> None:
    office.deliver(
        b"From: an@canloc.vn\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: \xff\n\n\xff",
        b"\x00" * 50,
        b"",
    )
    fetched = office.fetch()
    assert (fetched.new, fetched.read, office.archived()) == (3, 0, 3)
    assert len(fetched.lines) == 3
    assert (office.fetch().lines, count_new(office.settings)) == ([], 0)


@pytest.mark.starts("dovecot")
def test_a_certificate_that_nobody_vouches_for_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "")
    assert "CERTIFICATE_VERIFY_FAILED" in office.fetch().trouble


@pytest.mark.starts("dovecot")
def test_a_question_about_an_earlier_day_fetches_nothing(office: Office) -> None:
    office.deliver(letter(files={"a.xlsx": b"PK"}))
    office.environment["NTM_AS_OF"] = "2015-08-03"
    with pytest.raises(SettingsError, match="asked as of 2015-08-03, today is 2015-08-04: nothing is fetched"):
        office.fetch()
    assert not office.settings.inbox_dir.exists()


@pytest.mark.starts("dovecot")
def test_the_sensor_asks_for_a_fetch_while_something_new_lies_there_and_none_is_at_work(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(*, at_work: bool = False, **environment: str) -> str:
        """Why the sensor asks for nothing; '' where it asks for a fetch."""
        for name, value in (office.environment | environment).items():
            monkeypatch.setenv(name, value)
        with dg.DagsterInstance.ephemeral() as instance:
            if at_work:
                instance.add_run(dg.DagsterRun(FETCH, run_id=str(uuid4()), status=dg.DagsterRunStatus.STARTED))
            asked = look_at_mailbox(dg.build_sensor_context(instance=instance))
        return str(asked.skip_message) if isinstance(asked, dg.SkipReason) else ""

    assert look() == "nothing new in the mailbox"
    office.deliver(letter(files={"a.xlsx": b"PK"}))
    assert look() == ""
    assert look(at_work=True) == "a fetch is at work"
    assert "nothing is fetched" in look(NTM_AS_OF="2015-08-03")
    wrong = office.environment["NTM_MAIL_IMAP"].replace("b%C3%AD", "wrong")
    assert "the login was refused" in look(NTM_AS_OF="", NTM_MAIL_IMAP=wrong)
    with mock.patch.dict(os.environ, NTM_MAIL_IMAP=wrong), dg.DagsterInstance.ephemeral() as instance:
        assert not fetch_mail.execute_in_process(raise_on_error=False, instance=instance).success
        os.environ |= office.environment
        assert fetch_mail.execute_in_process(instance=instance).success
    assert (look(), office.files()) == ("nothing new in the mailbox", ["a.xlsx"])


@pytest.mark.starts("dovecot")
def test_the_sensor_asks_again_each_hour_for_what_the_server_does_not_hand_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in office.environment.items():
        monkeypatch.setenv(name, value)

    def is_asked(cursor: str | None) -> bool:
        with dg.DagsterInstance.ephemeral() as instance:
            context = dg.build_sensor_context(instance=instance, cursor=cursor)
            asked = isinstance(look_at_mailbox(context), dg.RunRequest)
            assert (context.cursor != cursor) == asked
            return asked

    office.deliver(letter(files={"a.xlsx": b"PK"}))
    files_of(office)[0].chmod(0)
    assert is_asked(str(time.time())), "it is new"
    assert office.fetch().unavailable == 1
    assert [is_asked(cursor) for cursor in (str(time.time()), str(time.time() - 3601), None)] == [False, True, True]
    files_of(office)[0].chmod(0o600)
    assert (office.fetch().read, is_asked(None)) == (1, False)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.xlsx", "a.xlsx", "A.xlsx"], ["a.xlsx", "a (2).xlsx", "A (3).xlsx"]),
        (["../../etc/passwd", "C:\\x\\b.xls"], ["passwd", "b.xls"]),
        ([".hidden.xlsx", "~$a.xlsx", "README.xlsx", "AS_OF"], [
            "tep-dinh-kem-.hidden.xlsx", "tep-dinh-kem-~$a.xlsx", "tep-dinh-kem-README.xlsx", "tep-dinh-kem-AS_OF",
        ]),
        (["so-van-ban-den.csv", "Sổ văn bản đến.csv"], ["so-van-ban-den (2).csv", "Sổ văn bản đến.csv"]),
        (["", ".", "..", " "], ["tep-dinh-kem", "tep-dinh-kem (2)", "tep-dinh-kem (3)", "tep-dinh-kem (4)"]),
        (["bao cao.xlsx", "bao-cao.xlsx"], ["bao cao.xlsx", "bao-cao (2).xlsx"]),
        (["a" * 300 + ".xlsx", "báo " * 90 + ".xlsx"], ["a" * 180 + ".xlsx", ("báo " * 36).strip() + ".xlsx"]),
        (['a<b>:"|?*.xlsx'], ["a-b------.xlsx"]),
    ],
)  # fmt: skip
def test_names_on_disk_are_safe_distinct_and_deliveries(names: list[str], expected: list[str]) -> None:
    assert choose_names([Attachment(name, b"") for name in names]) == expected


def test_a_folder_says_neither_period_nor_sender() -> None:
    assert folder_path(MORNING, "0123456789abcdef" * 4) == "n20150804/bcdfghklmnpqrstv"
    late = dt.datetime(2015, 8, 3, 17, 30, tzinfo=dt.UTC)
    assert folder_path(late, "0" * 64).startswith("n20150804/"), "the day is the office's"


def test_no_mailbox_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    settings = Settings.from_environment({"NTM_RAW_DIR": str(tmp_path / "raw"), "NTM_HOME": str(tmp_path / "home")})
    with pytest.raises(SettingsError, match="no mailbox is named"):
        fetching.may_fetch(settings)
