"""Letters to reporters over a real mail server: one per report that came by mail, to who sent it, and again only for a reason."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Generator
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from unittest import mock

import dagster as dg
import pytest
from openpyxl import load_workbook

from pipelines.defs.mail import send_letters
from pipelines.mail.exchanged import list_exchanged
from pipelines.mail.inbox import folder_path
from pipelines.mail.journal import DAMAGED, EMPTY, HELD, TOO_LARGE, UNAVAILABLE, Journal, read_entries
from pipelines.mail.letters import read_sent
from pipelines.mail.outbox import Posted
from pipelines.mail.senders import SEVERAL_REPORTERS
from pipelines.products.correspondence import say_posted, write_to_reporters
from pipelines.settings import SettingsError
from tests.servers import free_port, smtp_server
from tests.unit.products.letter_world import MORNING, Office, text_of
from tests.unit.products.receipt_world import clerks_workbook


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    with smtp_server() as server:
        yield Office(tmp_path, server)


def test_the_receipt_goes_back_to_who_sent_the_report_in_reply_to_the_message(office: Office) -> None:
    delivery = office.receive_report(("H01", "2015-06", "accepted_with_findings"), ("H02", "2015-06", "accepted"))
    office.world.find(delivery, "E01", "error", "Ô E7 không đọc được.", sheet="Biểu 1", cell="E7", received_value="o")
    office.publish()
    assert office.send().sent == 1
    (mail,) = office.received.mails
    assert (mail["To"], mail["From"], office.received.recipients) == (
        "an@canloc.vn",
        "vanphong@ntm.vn",
        ["an@canloc.vn"],
    )
    assert mail["Subject"] == "[NTM] ĐÃ TIẾP NHẬN, 1 chỗ có lỗi: Biểu 01, Biểu 02 tháng 6/2015"
    assert (mail["In-Reply-To"], mail["References"], mail["Auto-Submitted"]) == (
        "<1@canloc.vn>",
        "<1@canloc.vn>",
        "auto-replied",
    )
    text = text_of(mail)
    assert text.startswith("Kính gửi: UBND huyện Can Lộc\n")
    assert (
        "đã nhận tệp “bao cao.xlsx” (Biểu 01, Biểu 02 tháng 6/2015) do quý cơ quan gửi lúc 08:05 ngày 19/07/2015"
        in text
    )
    assert "nhưng 1 chỗ có lỗi nên số liệu ở đó chưa được dùng" in text
    assert "trả lời thư này" in text
    (sent,) = read_sent(office.settings.letters_file)
    (received,) = read_entries(office.settings.messages_file)
    assert sent.paths == (f"inbox/{received.folder}/bao cao.xlsx",)
    (attached,) = mail.iter_attachments()
    receipt = office.settings.home / "receipts" / "443" / "2015-06" / "bao cao.xlsx"
    assert (attached.get_filename(), attached.get_content()) == ("bao cao.xlsx", receipt.read_bytes())
    assert f"xem trang “{load_workbook(receipt).sheetnames[0]}”" in text


def test_two_forms_whose_numbers_begin_alike_are_called_by_their_whole_numbers(office: Office) -> None:
    office.receive_report(*((form, "2015-06", "accepted") for form in ("C01", "H01", "H02")))
    office.publish()
    office.send()
    assert office.subjects == ["[NTM] ĐÃ TIẾP NHẬN: Biểu 01/NTM-C, Biểu 01/NTM-H, Biểu 02 tháng 6/2015"]


def test_one_letter_per_report_and_another_only_if_it_says_something_else(office: Office) -> None:
    delivery = office.receive_report(("H01", "2015-06", "accepted"))
    office.publish()
    assert [office.send().sent, office.send().sent] == [1, 0]
    put = "insert into quality.findings by name select 'f9' as finding_id, 'K01' as rule_id, 'warning' as severity,"
    put += f" 'open' as state, '{delivery}' as delivery_id, 'Lệch tổng' as message_vi;"
    put += "insert into intermediate.int_finding_words by name select 'f9' as finding_id, false as is_about_office"
    assert [office.again(put).sent, office.send().sent] == [1, 0]
    assert office.again("delete from quality.findings").sent == 1, (
        "the same as at first, and not the last word any more"
    )
    assert [subject.partition(":")[0] for subject in office.subjects] == [
        "[NTM] ĐÃ TIẾP NHẬN",
        "[NTM] ĐÃ TIẾP NHẬN, 1 chỗ cần kiểm tra",
        "[NTM] ĐÃ TIẾP NHẬN",
    ]
    assert len({mail["Message-ID"] for mail in office.received.mails}) == 3


def test_what_to_do_is_said_in_words(office: Office) -> None:
    held = office.receive_report(("H01", "2015-06", "held"))
    path = f"inbox/{folder_path(MORNING, 'a' * 64)}/bao cao.xlsx"
    office.world.find(held, "F15", "warning", f"Biểu H01 kỳ tháng 6/2015 trong tệp {path} tạm giữ.", form="H01")
    office.receive_report(status="rejected", reason="F01", content=b"x")
    office.receive_report(("H02", "2015-06", "withdrawn"), status="withdrawn")
    office.receive_report(("H03", "2015-06", "superseded"))
    office.publish()
    office.send()
    words = {str(mail["Subject"]).removeprefix("[NTM] "): text_of(mail) for mail in office.received.mails}
    assert set(words) == {
        "TẠM GIỮ: Biểu 01 tháng 6/2015",
        "KHÔNG TIẾP NHẬN ĐƯỢC: bao cao.xlsx",
        "ĐÃ THU HỒI: Biểu 02 tháng 6/2015",
    }, "who sent what took its place hears of that"
    assert "dòng đầu là “Thu hồi”" in words["TẠM GIỮ: Biểu 01 tháng 6/2015"]
    title = "Biểu 01 (Tổng hợp kết quả thực hiện Bộ tiêu chí quốc gia)"
    assert f"– {title} kỳ tháng 6/2015 trong tệp bao cao.xlsx tạm giữ." in words["TẠM GIỮ: Biểu 01 tháng 6/2015"], (
        "as its sender knows form and file"
    )
    assert "bỏ mật khẩu" in words["KHÔNG TIẾP NHẬN ĐƯỢC: bao cao.xlsx"]
    assert "Phiếu tiếp nhận được gửi kèm" in words["KHÔNG TIẾP NHẬN ĐƯỢC: bao cao.xlsx"], "no place is marked in it"
    assert "đã được thu hồi" in words["ĐÃ THU HỒI: Biểu 02 tháng 6/2015"]


def test_a_workbook_whose_sheets_name_another_reporter_is_answered_in_words_alone(office: Office) -> None:
    delivery = office.receive_report(("H01", "2015-06", "held"), reporter="440")
    office.world.find(delivery, "F15", "warning", "Huyện Đức Thọ: tạm giữ, 19 xã.")
    office.publish()
    office.send()
    (mail,) = office.received.mails
    assert not list(mail.iter_attachments())
    assert "Tên đơn vị ghi trên các trang biểu không phải của đơn vị" in text_of(mail)
    assert "19 xã" not in text_of(mail), "what is known of another reporter's report is not said"


def test_who_mails_anothers_workbook_again_is_told_whose_it_is_not(office: Office) -> None:
    office.receive_report(("H01", "2015-06", "duplicate"), reporter="440", status="duplicate")
    office.publish()
    office.send()
    (mail,) = office.received.mails
    assert "giống hệt một tệp đã nhận trước" in text_of(mail)
    assert "Tên đơn vị ghi trên các trang biểu không phải của đơn vị" in text_of(mail)
    assert "không phải làm gì" not in text_of(mail)


def test_of_a_message_of_several_reporters_each_gets_the_answer_to_its_own(office: Office) -> None:
    office.set_contacts("443,hai@canloc.vn", "440,hai@canloc.vn")
    entry = office.receive(address="hai@canloc.vn", reporter_code="")
    paths = [f"inbox/{entry.folder}/{name}" for name in ("can loc.xlsx", "duc tho.xlsx")]
    with Journal(office.settings.messages_file) as journal:
        journal.write(replace(entry, files=tuple(paths), senders=("443", "440")))
    for number, (path, reporter) in enumerate(zip(paths, ("443", "440"), strict=True), 2):
        office.world.deliver(clerks_workbook(rows=number), path, ("H01", "2015-06", "accepted"), reporter=reporter)
    office.publish()
    assert office.send().sent == 2
    letters = {text_of(mail).partition("\n")[0]: mail for mail in office.received.mails}
    assert sorted(letters) == ["Kính gửi: UBND huyện Can Lộc", "Kính gửi: UBND huyện Đức Thọ"]
    assert [mail["To"] for mail in letters.values()] == ["hai@canloc.vn"] * 2
    attached = [file.get_filename() for name in sorted(letters) for file in letters[name].iter_attachments()]
    assert attached == ["can loc.xlsx", "duc tho.xlsx"]
    assert sorted(sent.reporter_code for sent in read_sent(office.settings.letters_file)) == ["440", "443"]


def test_what_else_is_missing_is_a_list(office: Office) -> None:
    office.receive_report(("H01", "2015-06", "accepted"))
    for form in ("H02", "H03"):
        office.world.insert(
            "quality.obligations",
            reporter_code="443",
            form=form,
            period="2015-06",
            due_on="2015-07-06",
            status="missing",
        )
    office.publish()
    office.send()
    (mail,) = office.received.mails
    first, second = [line for line in text_of(mail).splitlines() if line.startswith("– Biểu")]
    assert first == "– Biểu 02 (Mô hình sản xuất kinh doanh), tháng 6/2015 (quá hạn chưa gửi, hạn 06/07/2015)"
    assert second.startswith("– Biểu 03 (")


def test_nobody_is_written_to_but_a_contact_of_the_reporter_who_sent_it_of_late(office: Office) -> None:
    office.receive_report(("H01", "2015-06", "accepted"), address="la@canloc.vn")
    office.receive_report(("H02", "2015-06", "accepted"), received_at=MORNING - dt.timedelta(days=40))
    office.world.deliver(b"x", "2015-06/can-loc/bao cao.xlsx", ("H03", "2015-06", "accepted"))
    office.receive(HELD, "not_proven", reporter_code="")
    office.publish()
    assert (office.send(), office.received.mails) == (Posted(), [])


def test_a_message_that_brings_no_report_is_answered_once_unless_it_may_be_thanks(office: Office) -> None:
    office.receive(EMPTY, "link")
    office.receive(EMPTY, content=b"From: a\n\nXin gui bao cao")
    office.receive(EMPTY, content=b"From: a\nIn-Reply-To: <ntm.1@ntm.vn>\n\nCam on")
    office.receive(HELD, "too_many_files")
    office.receive(HELD, "answers_nothing")
    office.publish()
    assert [office.send().sent, office.send().sent] == [4, 0]
    words = ["không tải tệp từ đường dẫn", "không có tệp đính kèm. ", "không quá 100 tệp", "bấm Trả lời"]
    texts = [text_of(mail).replace("\n", " ") for mail in office.received.mails]
    assert [word in text for word, text in zip(words, texts, strict=True)] == [True] * 4
    assert [mail["In-Reply-To"] for mail in office.received.mails] == [f"<{n}@canloc.vn>" for n in (1, 2, 4, 5)]


def test_who_mails_what_cannot_be_taken_in_is_told_once_what_to_do(office: Office) -> None:
    shared: dict[str, Any] = {"address": "hai@canloc.vn", "reporter_code": ""}
    office.set_contacts("443,an@canloc.vn", "443,hai@canloc.vn", "440,hai@canloc.vn")
    office.receive(TOO_LARGE, size=52_400_000)
    office.receive(TOO_LARGE, SEVERAL_REPORTERS, size=61_000_000, subject="", **shared)
    office.receive(DAMAGED, "RecursionError")
    office.receive(HELD, SEVERAL_REPORTERS, **shared)
    for outcome in (TOO_LARGE, DAMAGED):
        office.receive(outcome, reporter_code="")
        office.receive(outcome, address="la@canloc.vn")
    office.receive(UNAVAILABLE, "NO", address="", reporter_code="")
    office.publish()
    assert [office.send().sent, office.send().sent] == [4, 0], "nobody whose address is not proven, or is no contact"
    mails = office.received.mails
    texts = [text_of(mail).replace("\n", " ") for mail in mails]
    words = [
        "có dung lượng 52,4 MB, vượt mức 50 MB của một thư",
        "Thư “(không có tiêu đề)” quý cơ quan",
        "bị lỗi, không mở được",
        "mỗi tệp của một đơn vị",
    ]
    assert [word in text for word, text in zip(words, texts, strict=True)] == [True] * 4
    assert "mỗi thư cộng lại không quá 35 MB" in texts[0]
    addressed = [text.partition("  ")[0] for text in texts]
    both = "Kính gửi: UBND huyện Đức Thọ, UBND huyện Can Lộc"
    assert addressed == ["Kính gửi: UBND huyện Can Lộc", both, "Kính gửi: UBND huyện Can Lộc", both]
    assert [mail["To"] for mail in mails] == ["an@canloc.vn", "hai@canloc.vn"] * 2
    assert office.subjects[:2] == [
        "[NTM] CHƯA NHẬN ĐƯỢC BÁO CÁO: Báo cáo tháng 6",
        "[NTM] CHƯA NHẬN ĐƯỢC BÁO CÁO: (không có tiêu đề)",
    ]


def test_a_report_on_a_form_of_the_office_is_called_by_its_title(office: Office) -> None:
    """A form that the office added has no number, and a list of all that there is no period."""
    forms = office.settings.overlay_dir / "forms"
    forms.mkdir()
    for code, title, every in (("D01", "Nợ đọng xây dựng cơ bản", "month"), ("D02", "Sổ công trình", "register")):
        (forms / f"{code.lower()}.yml").write_text(
            f"form: {code}\ntitles: [{title}]\nrow: {{vi: một công trình, en: works}}\nevery: {every}\nkey: [[works]]\n"
            "fields: [{name: works, type: text, headers: [Công trình]}]\n",
            encoding="utf-8",
        )
        office.change(f"insert into landed.forms by name select '{code}' as form, '{title}' as title")
    held = office.receive_report(("D01", "2015-06", "held"), name="nợ.xlsx")
    office.world.find(held, "F15", "warning", "Báo cáo có ít dòng hơn báo cáo trước.")
    office.receive_report(("D02", "", "accepted"), ("D01", "2015-06", "accepted"))
    office.change("update quality.submissions set period = null where period = ''")
    office.publish()
    assert office.send().sent == 2
    assert office.subjects == [
        "[NTM] TẠM GIỮ: Nợ đọng xây dựng cơ bản tháng 6/2015",
        "[NTM] ĐÃ TIẾP NHẬN: Nợ đọng xây dựng cơ bản tháng 6/2015; Sổ công trình",
    ]
    assert "(Nợ đọng xây dựng cơ bản tháng 6/2015; Sổ công trình)" in text_of(office.received.mails[1])
    (row,) = [row for row in _exchanged(office) if row[5] == "D02"]
    assert (row[4], row[6]) == ("443", None)


def _exchanged(office: Office) -> list[tuple[Any, ...]]:
    return list(list_exchanged(office.settings.messages_file, office.settings.letters_file))


def test_the_job_of_dagster_sends_letters_and_fails_where_the_server_is_down(office: Office) -> None:
    office.receive_report(("H01", "2015-06", "accepted"))
    office.publish()
    down = office.environment | {"NTM_MAIL_SMTP": f"smtp://127.0.0.1:{free_port()}"}
    for environment, is_sent in ((down, False), (office.environment, True), (office.environment, True)):
        with mock.patch.dict(os.environ, environment), dg.DagsterInstance.ephemeral() as instance:
            assert send_letters.execute_in_process(raise_on_error=False, instance=instance).success == is_sent
            assert len(office.received.mails) == is_sent, "once"


def test_a_book_that_was_kept_without_paths_still_tells_what_was_sent(office: Office) -> None:
    office.receive_report(("H01", "2015-06", "accepted"))
    office.publish()
    office.send()
    file = office.settings.letters_file
    line = json.loads(file.read_text(encoding="utf-8"))
    del line["paths"]
    file.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert (office.send().sent, [sent.paths for sent in read_sent(file)]) == (0, [()])


@pytest.mark.parametrize(
    ("unset", "sender"),
    [
        (["NTM_MAIL_SMTP"], "vanphong@ntm.vn"),
        (["NTM_MAIL_FROM", "NTM_MAIL_SMTP"], "chua-dat@ntm.invalid"),
        ([], "vanphong@ntm.vn"),
    ],
)
def test_the_outbox_shows_what_would_be_sent_and_sends_nothing(office: Office, unset: list[str], sender: str) -> None:
    office.receive_report(("H01", "2015-06", "accepted"))
    office.publish()
    for name in unset:
        del office.environment[name]
    lines = (
        [f"  {', '.join(unset)}: chưa đặt nên chưa gửi được · not set, so that nothing can be sent"] if unset else []
    )
    for _ in range(2):
        posted = write_to_reporters(office.settings, pytest.fail, is_sent=False)
        assert say_posted(posted, is_sent=False) == [*lines, "Thư đi · Letters  1 thư sẽ gửi · would be sent"]
    (file,) = office.settings.outbox_dir.iterdir()
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert (mail["Subject"], mail["From"]) == ("[NTM] ĐÃ TIẾP NHẬN: Biểu 01 tháng 6/2015", sender)
    assert office.received.mails == []
    assert list(read_sent(office.settings.letters_file)) == []
    if unset:
        with pytest.raises(SettingsError, match=unset[0]):
            office.send()


@pytest.mark.parametrize(
    ("environment", "line"),
    [
        ({"NTM_AS_OF": "2015-07-19"}, "asked as of 2015-07-19, today is 2015-07-20: nothing is sent"),
        ({"NTM_TODAY": "2015-07-21"}, "what is published is not of today"),
    ],
)
def test_nothing_is_written_about_another_day_than_today(
    office: Office, environment: dict[str, str], line: str
) -> None:
    office.receive_report(("H01", "2015-06", "accepted"))
    office.publish()
    office.environment |= environment
    for is_sent in (False, True):
        with pytest.raises(SettingsError, match=line):
            write_to_reporters(office.settings, pytest.fail, is_sent=is_sent)
    assert office.received.mails == []


def test_a_server_that_is_down_is_one_line_and_loses_nothing(office: Office) -> None:
    office.receive_report(("H01", "2015-06", "accepted"))
    office.publish()
    up = office.environment["NTM_MAIL_SMTP"]
    office.environment["NTM_MAIL_SMTP"] = f"smtp://127.0.0.1:{free_port()}"
    posted = office.send()
    assert (posted.sent, posted.left, "refused" in posted.trouble) == (0, 1, True)
    office.environment["NTM_MAIL_SMTP"] = up
    assert (office.send().sent, len(office.received.mails)) == (1, 1)


def test_an_address_that_is_refused_costs_its_own_letter_and_is_tried_again_if_it_may_be_taken(office: Office) -> None:
    office.receive_report(("H01", "2015-06", "accepted"))
    office.receive_report(("H02", "2015-06", "accepted"), address="binh@canloc.vn")
    office.publish()
    office.received.refuses = {"an@canloc.vn": "450 try again"}
    posted = office.send()
    assert (posted.sent, posted.refused, posted.left) == (1, 0, 1)
    assert "the next sending tries again" in posted.lines[0]
    office.received.refuses = {"an@canloc.vn": "550 no such user"}
    posted = office.send()
    assert (posted.sent, posted.refused, posted.left) == (0, 1, 0)
    assert "an@canloc.vn: máy chủ không nhận · was refused" in posted.lines[0]
    assert office.send() == Posted(), "not again on the same day"


KILLED = """
import os, signal, smtplib
from pipelines.mail.letters import Book
from pipelines.products.correspondence import write_to_reporters
from pipelines.settings import Settings
owner, name = {{"server": smtplib.SMTP, "book": Book}}[{owner!r}], {name!r}
before = getattr(owner, name)
def kill(*arguments, **named):
    before(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, kill)
write_to_reporters(Settings.from_environment(), print, is_sent=True)
"""


@pytest.mark.long
def test_a_sending_that_is_killed_loses_nothing_and_shows_nobody_a_letter_twice(office: Office) -> None:
    for form in ("H01", "H02", "H03"):
        office.receive_report((form, "2015-06", "accepted"))
    office.publish()
    for owner, name, sent in (("server", "sendmail", 1), ("book", "write", 2)):
        program = KILLED.format(owner=owner, name=name)
        killed = subprocess.run([sys.executable, "-c", program], env=os.environ | office.environment, check=False)
        assert (killed.returncode, len(office.received.mails)) == (-signal.SIGKILL, sent)
    office.send()
    by_id = Counter(str(mail["Message-ID"]) for mail in office.received.mails)
    assert sorted(by_id.values()) == [1, 1, 2], "again, under its own id, only what nobody knows to have gone out"
    assert (office.send().sent, list(office.settings.outbox_dir.iterdir())) == (0, [])
