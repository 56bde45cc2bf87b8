"""A report by mail, there and back: slips, the receipt, the correction, figures; no hand touches the raw folder.

Real parts: dovecot for the mailbox, aiosmtpd for what goes out, the commands as cron starts them.
"""

import datetime as dt
import os
import shutil
import signal
from collections import Counter
from collections.abc import Generator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.settings import LOCAL_TIME
from tests.integration.conftest import WarmOffice
from tests.servers import ImapServer, Inbox, imap_server, make_certificate, smtp_server
from tests.unit.intake.workbooks import COMMUNES, h01, xlsx

TODAY = "2014-10-06"
CLERK, OFFICE = "an@canloc.vn", "baocao@ntm.vn"
NOW = dt.datetime(2014, 10, 3, 8, 5, tzinfo=LOCAL_TIME)
KILLED = """
import os, signal, smtplib
from pipelines.mail import fetch
from pipelines.__main__ import main
owner, name = (fetch, "write_folder") if {command!r} == "fetch" else (smtplib.SMTP, "sendmail")
before = getattr(owner, name)
def kill(*arguments, **named):
    before(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(owner, name, kill)
main([{command!r}])
"""


@pytest.fixture
def servers(tmp_path: Path) -> Generator[tuple[ImapServer, Inbox, dict[str, str]]]:
    certificate = make_certificate(tmp_path)
    with imap_server(certificate) as imap, smtp_server() as (received, port):
        yield (
            imap,
            received,
            {
                "NTM_AS_OF": "",
                "NTM_TODAY": TODAY,
                "NTM_MAIL_IMAP": f"imaps://{OFFICE.replace('@', '%40')}:b%C3%AD%40m%E1%BA%ADt@127.0.0.1:{imap.imaps_port}",
                "NTM_MAIL_AUTHSERV": "mx.ntm.vn",
                "NTM_MAIL_SMTP": f"smtp://127.0.0.1:{port}",
                "SSL_CERT_FILE": str(certificate[0]),
            },
        )


class Correspondence:
    """A clerk and an office that write to each other; each command of the office is a process of its own."""

    def __init__(self, office: WarmOffice, servers: tuple[ImapServer, Inbox, dict[str, str]]) -> None:
        self.office, (self.imap, self.received, self.environment) = office, servers
        self.sent = 0

    def mail(self, text: str, content: bytes, answer_to: EmailMessage | None = None) -> None:
        """Have the clerk send a workbook, in reply to a letter of the office if one is given."""
        message = EmailMessage()
        message["Authentication-Results"] = f"mx.ntm.vn; spf=pass smtp.mailfrom={CLERK.partition('@')[2]}"
        message["From"], message["To"], message["Subject"] = CLERK, OFFICE, "Báo cáo tháng 9"
        message["Message-ID"] = f"<{self.sent}@canloc.vn>"
        if answer_to:
            message["In-Reply-To"] = answer_to["Message-ID"]
            message["References"] = f"{answer_to['References']} {answer_to['Message-ID']}"
        message.set_content(text)
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename="báo cáo.xlsx")
        self.imap.deliver(OFFICE, message.as_bytes(), NOW + dt.timedelta(hours=self.sent))
        self.sent += 1

    def do(self, *commands: str) -> str:
        said = ""
        for command in commands:
            code, said = self.office.run("-m", "pipelines", command, **self.environment)
            assert code == 0, said
        return said

    def kill(self, command: str) -> None:
        code, said = self.office.run("-c", KILLED.format(command=command), **self.environment)
        assert code == -signal.SIGKILL, said

    def letter(self) -> EmailMessage:
        """The newest answer, shown once to whoever counts by Message-ID."""
        return [mail for mail in self.received.mails if mail["Auto-Submitted"] == "auto-replied"][-1]


@pytest.mark.starts("dovecot")
def test_a_mailed_report_comes_back_is_corrected_and_changes_the_figures_and_kills_lose_nothing(
    parsed_home: Path, servers: tuple[ImapServer, Inbox, dict[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "raw" / "reference").mkdir(parents=True)
    (tmp_path / "raw" / "reference" / "contacts.csv").write_text(
        f"reporter_code,email\n443,{CLERK}\n", encoding="utf-8"
    )
    shutil.copytree(parsed_home, tmp_path / "home")
    post = Correspondence(WarmOffice(tmp_path / "raw", tmp_path / "home"), servers)
    before = sorted(os.walk(tmp_path / "raw"))
    figures = """
        select criteria_met_reported from marts.commune_months
        where commune_name like '%Thiên Lộc' and month = date '2014-09-01'
    """

    slips = dict.fromkeys(COMMUNES, ["x"] * 16 + ["K"] * 3) | {
        COMMUNES[0]: ["x"] * 5 + ["tốt"] + ["x"] * 10 + ["K"] * 3
    }
    post.mail("Kính gửi báo cáo", xlsx({"B01": h01(slips)}))
    post.kill("fetch")
    post.do("fetch", "run")
    post.kill("send")
    post.do("send")
    letter = post.letter()
    assert "chỗ có lỗi: Biểu 01 tháng 9/2014" in letter["Subject"]
    assert (letter["To"], letter["In-Reply-To"]) == (CLERK, "<0@canloc.vn>")
    assert post.office.ask(figures) == [(None,)]

    (attached,) = letter.iter_attachments()
    marked = load_workbook(BytesIO(attached.get_content()))
    (wrong,) = [cell for row in marked["B01"].iter_rows() for cell in row if cell.value == "tốt"]
    assert wrong.comment is not None
    assert "E01" in wrong.comment.text or "E03" in wrong.comment.text
    wrong.value = "x"
    corrected = BytesIO()
    marked.save(corrected)
    post.mail("Gửi lại bản đã sửa", corrected.getvalue(), letter)
    post.do("fetch", "run", "send")
    letter = post.letter()
    assert letter["Subject"].startswith("[NTM] ĐÃ TIẾP NHẬN")
    assert "có lỗi" not in letter["Subject"]
    assert letter["In-Reply-To"] == "<1@canloc.vn>"
    assert post.office.ask(figures) == [(16,)]
    statuses = "select status from quality.submissions where form = 'H01' order by received_at"
    assert [status.replace("_with_findings", "") for (status,) in post.office.ask(statuses)] == [
        "superseded",
        "accepted",
    ]

    assert "Thư đi · Letters  0 đã gửi · sent" in post.do("send")
    answers = [mail for mail in post.received.mails if mail["Auto-Submitted"] == "auto-replied"]
    assert sorted(Counter(mail["Message-ID"] for mail in answers).values()) == [1, 2], (
        "of one nobody knew it had gone out"
    )
    assert sorted(os.walk(tmp_path / "raw")) == before
