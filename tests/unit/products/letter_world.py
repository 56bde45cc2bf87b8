"""An office whose reports come by mail and that writes to reporters: tables made by hand, a mail server of this machine."""

import datetime as dt
from dataclasses import replace
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.mail.inbox import folder_path
from pipelines.mail.journal import READ, Entry, Journal
from pipelines.mail.outbox import Posted
from pipelines.products.correspondence import write_to_reporters
from pipelines.settings import LOCAL_TIME, Settings
from pipelines.warehouse.archive import Archive
from tests.servers import Inbox
from tests.shared import mark_as_published
from tests.unit.products.receipt_world import World, clerks_workbook

TODAY = "2015-07-20"
MORNING = dt.datetime(2015, 7, 19, 8, 5, tzinfo=LOCAL_TIME)


class Office:
    """An office on 20 July 2015 whose reports came by mail: tables made by hand, a mail server of this machine."""

    def __init__(self, folder: Path, server: tuple[Inbox, int]) -> None:
        self.received, port = server
        (folder / "raw" / "reference").mkdir(parents=True)
        self.environment = {
            "NTM_RAW_DIR": str(folder / "raw"),
            "NTM_HOME": str(folder / "home"),
            "NTM_TODAY": TODAY,
            "NTM_MAIL_SMTP": f"smtp://127.0.0.1:{port}",
            "NTM_MAIL_FROM": "vanphong@ntm.vn",
        }
        self.today = dt.date.fromisoformat(TODAY)
        self.set_contacts("443,an@canloc.vn", "443,binh@canloc.vn", "VPDP,vanphong@ntm.vn")
        self.settings.make_home()
        self.world = World(self.settings.home, self.settings.working_file)
        self.messages = 0

    @property
    def settings(self) -> Settings:
        return Settings.from_environment(self.environment)

    def set_contacts(self, *rows: str, columns: str = "reporter_code,email") -> None:
        self.set_list("contacts", columns, *rows)

    def set_list(self, name: str, *lines: str) -> None:
        file = Path(self.environment["NTM_RAW_DIR"]) / "reference" / f"{name}.csv"
        file.write_text("\n".join(lines), encoding="utf-8")

    def receive(self, outcome: str = READ, reason: str = "", content: bytes = b"", **about: Any) -> Entry:
        """A message of Can Lộc's contact that was taken in."""
        self.messages += 1
        kept = Archive(self.settings.archive_dir).put(BytesIO(content or f"From: a\n\n{self.messages}".encode()))
        entry = Entry(
            mailbox="box",
            uid_validity=1,
            uid=self.messages,
            sha256=kept.sha256,
            size=kept.size,
            received_at=MORNING,
            folder=folder_path(MORNING, kept.sha256),
            outcome=outcome,
            reason=reason,
            address="an@canloc.vn",
            reporter_code="443",
            subject="Báo cáo tháng 6",
            message_id=f"<{self.messages}@canloc.vn>",
        )
        entry = replace(entry, **about)
        with Journal(self.settings.messages_file) as journal:
            journal.write(entry)
        return entry

    def receive_report(self, *reports: tuple[str, str, str], name: str = "bao cao.xlsx", **more: Any) -> str:
        about = {key: more.pop(key) for key in ("address", "reporter_code", "received_at") if key in more}
        entry = self.receive(**about)
        content = more.pop("content", clerks_workbook(rows=self.messages + 1))
        return self.world.deliver(content, f"inbox/{entry.folder}/{name}", *reports, **more)

    def change(self, sql: str) -> None:
        self.world.connection.execute(sql)

    def publish(self) -> None:
        """End the build, so that it can be answered from."""
        self.change("drop table if exists landed.runs; drop table if exists landed.verdicts")
        mark_as_published(self.world.connection, self.today)
        self.world.connection.close()

    def send(self) -> Posted:
        return write_to_reporters(self.settings, pytest.fail, is_sent=True)

    def again(self, sql: str = "", on: str = TODAY) -> Posted:
        """Build once more, something being otherwise, or on another day, and send."""
        self.today = dt.date.fromisoformat(on)
        self.environment["NTM_TODAY"] = on
        self.world.connection = duckdb.connect(str(self.settings.working_file))
        if sql:
            self.change(sql)
        self.publish()
        return self.send()

    @property
    def subjects(self) -> list[str]:
        return [str(mail["Subject"]) for mail in self.received.mails]


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")
