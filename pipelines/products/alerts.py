"""Alerts: what the office must know at once, sent once, through the channels that the environment names.

Here: which items there are (reports missing past their due day, reports held for the Office, failed checks, a run that
broke off), their words, the channels (e-mail, webhook), and the memory of what was sent. A channel that is down is one
line; the next run tries again. A new channel is a class with `name` and `send`. Not here: what is missing or fails
(quality.reminders, check results).

A contact's name, and a person's that a text quotes (a file may be called after somebody), stands in the e-mail to the office
alone: a webhook may lead out of the house, and gets these texts as they are published.
"""

import contextlib
import http.client
import json
import urllib.request
from base64 import b64encode
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes, urlsplit, urlunsplit

import duckdb

from pipelines.files import replace_file
from pipelines.mail.server import ANSWER_SECONDS, UNFOLDED, open_server
from pipelines.settings import AlertSettings, Mail, Settings
from pipelines.warehouse.rows import fetch_dicts
from pipelines.wording import say, say_day

LINES_SHOWN = 100
MISSING, HELD, CHECK, RUN = "missing", "held", "check", "run"
CHANNEL_ERRORS = (OSError, http.client.HTTPException, ValueError)  # of both libraries, and of addresses they refuse

# A report is known by the obligation it is about; a check by its name, of the newest run of its suite.
QUERIES = {
    MISSING: """
        select
            reminders.* exclude (month, has_contact),
            contacts.contact
        from quality.reminders as reminders
        left join (
            select reporter_code, string_agg(concat_ws(', ', name, phone, email), '; ' order by name, email, phone) as contact
            from reference.contacts group by reporter_code
        ) as contacts using (reporter_code)
        where reminders.status <> 'held'
        order by reporter_code, due_on, form
    """,
    HELD: """
        select * exclude (month, has_contact, missing_since_on, days_overdue)
        from quality.reminders
        where status = 'held'
        order by reporter_code, due_on, form
    """,
    CHECK: """
        select suite, check_name, severity, message_vi, message_en, rows_checked, rows_failed
        from landed.check_results
        where suite <> 'deadline'
        qualify built_at = max(built_at) over (partition by suite) and not is_passed
        order by severity, suite, check_name
    """,
}


NAMES = "select text, masked from publishing.name_masks where table_name = 'quality.reminders'"


@dataclass(frozen=True)
class AlertItem:
    """One thing to send: `key` is what must not be sent twice, `facts` are for machines and hold nothing personal.

    `outside`: its words, Vietnamese and English, where they leave the house, if other than in it.
    """

    kind: str
    key: str
    vi: str
    en: str
    facts: dict[str, Any] = field(compare=False)
    contact: str | None = None
    outside: tuple[str, str] | None = None


@dataclass(frozen=True)
class Alert:
    """Items that one channel has not sent yet, and where to read more."""

    as_of: str
    items: Sequence[AlertItem]
    page: str

    @property
    def subject(self) -> str:
        """One line: how much of what."""
        counts = Counter(item.kind for item in self.items)
        broken = "lần chạy bị hỏng, " if counts[RUN] else ""
        held = f"{counts[HELD]} báo cáo tạm giữ, " if counts[HELD] else ""
        return f"[NTM] {broken}{counts[MISSING]} báo cáo còn thiếu, {held}{counts[CHECK]} phép kiểm tra không đạt ({self.as_of})"

    def text(self, is_outside: bool) -> str:
        """Everything, Vietnamese first; who to call, and whom a text names, only where it stays in the house."""
        titles = {
            RUN: ("LẦN CHẠY BỊ HỎNG", "A RUN BROKE OFF"),
            MISSING: (say("title_missing").upper(), say("title_missing", "en").upper()),
            HELD: ("BÁO CÁO TẠM GIỮ, CHỜ VĂN PHÒNG QUYẾT ĐỊNH", "REPORTS HELD FOR THE OFFICE TO DECIDE"),
            CHECK: ("PHÉP KIỂM TRA KHÔNG ĐẠT", "FAILED CHECKS"),
        }
        parts = []
        for language, opening in enumerate(
            (f"Tính đến hết ngày {self.as_of}, mới phát hiện:", f"New as of the end of {self.as_of}:")
        ):
            parts.append(opening)
            for kind, title in titles.items():
                chosen = [item for item in self.items if item.kind == kind]
                if chosen:
                    parts.append(f"\n{title[language]} ({len(chosen)})")
                for item in chosen[:LINES_SHOWN]:
                    contact = "" if is_outside or language or not item.contact else f" Liên hệ: {item.contact}."
                    words = (is_outside and item.outside) or (item.vi, item.en)
                    parts.append(f"- {words[language]}{contact}")
                if len(chosen) > LINES_SHOWN:
                    parts.append(f"- … +{len(chosen) - LINES_SHOWN}")
            parts.append("")
        return "\n".join([*parts, f"Chi tiết · More: {self.page}"])


class Channel(Protocol):
    """A way to reach people. `where` is shown when it is down, so it holds no password and no token."""

    name: str
    where: str

    def send(self, alert: Alert) -> None:
        """Send. Raises one of CHANNEL_ERRORS if that can't be done."""
        ...


class MailChannel:
    """E-mail over SMTP."""

    name = "mail"

    def __init__(self, mail: Mail) -> None:
        self.mail = mail
        self.where = mail.server.where

    def send(self, alert: Alert) -> None:
        """Send one message to all recipients; raises if none of them is accepted."""
        message = EmailMessage(policy=UNFOLDED)
        message["Subject"] = alert.subject
        message["From"] = self.mail.sender
        message["To"] = ", ".join(self.mail.recipients)
        message["Date"] = formatdate(localtime=True)
        message["Message-ID"] = make_msgid(domain=self.mail.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(alert.text(is_outside=False), cte="base64")
        with open_server(self.mail.server) as server:
            server.send_message(message)


class WebhookChannel:
    """JSON by HTTP POST: `text` for chat services, the rest for programs."""

    name = "webhook"

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        user, _, self.where = parts.netloc.rpartition("@")
        self.url = urlunsplit(parts._replace(netloc=self.where))
        self.login = b64encode(unquote_to_bytes(user)).decode() if user else ""

    def send(self, alert: Alert) -> None:
        """Post; raises unless the answer is a success."""
        content = {
            "text": f"{alert.subject}\n\n{alert.text(is_outside=True)}",
            "as_of": alert.as_of,
            "missing": [item.facts for item in alert.items if item.kind == MISSING],
            "held": [item.facts for item in alert.items if item.kind == HELD],
            "failed_checks": [item.facts for item in alert.items if item.kind == CHECK],
            "failed_steps": [item.facts["step"] for item in alert.items if item.kind == RUN],
        }
        body = json.dumps(content, ensure_ascii=False, default=str).encode()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        request = urllib.request.Request(self.url, body, headers)  # noqa: S310 (http or https: settings see to it)
        if self.login:  # for this address alone: not sent on to where it redirects
            request.add_unredirected_header("Authorization", f"Basic {self.login}")
        with urllib.request.urlopen(request, timeout=ANSWER_SECONDS):  # noqa: S310 (as above)
            pass


def channels(alerts: AlertSettings) -> list[Channel]:
    """Return the channels that are set up; none by default."""
    set_up: list[Channel] = []
    if alerts.mail:
        set_up.append(MailChannel(alerts.mail))
    if alerts.webhook:
        set_up.append(WebhookChannel(alerts.webhook))
    return set_up


def send_alerts(settings: Settings, broken: Sequence[str] = ()) -> list[str]:
    """Send through each channel what it has not sent yet; return a line per channel that had something to send.

    `broken`: the steps that failed in the run that ends here; sent once, until a run has got past them.

    For the holder of the run's lock, when nobody else has the working file open. Never raises for a channel that is
    down, nor for tables that a broken run did not build: what can't be sent or asked now is, by the next run. What is
    no more (a report that came, a check that holds) is forgotten, and sent again if it comes back.
    """
    channels_set_up = channels(settings.alerts)
    if not channels_set_up or not settings.working_file.exists():
        return []
    try:
        with duckdb.connect(str(settings.working_file)) as working:
            items = {kind: _find_items(working, kind) for kind in QUERIES}
    except duckdb.Error as error:
        return [f"không có gì được gửi · nothing was sent: {' '.join(str(error).split())}"]
    items[RUN] = [_broken(step) for step in broken]
    current = [item for of_kind in items.values() for item in of_kind or []]
    there = {item.key for item in current}
    unasked = tuple(f"{kind} " for kind, of_kind in items.items() if of_kind is None)
    sent, lines = _read_sent(settings.alerts_file), []
    for channel in channels_set_up:
        sent_here = {key for key in sent.get(channel.name, []) if key in there or key.startswith(unasked)}
        if new := [item for item in current if item.key not in sent_here]:
            page = settings.front_page.as_uri()
            alert = Alert(say_day(settings.as_of), new, page)
            try:
                channel.send(alert)
            except CHANNEL_ERRORS as error:
                why = " ".join(str(error).split()) or type(error).__name__
                lines.append(
                    f"{channel.name} {channel.where}: không gửi được · not sent, the next run tries again: {why}"
                )
            else:
                sent_here |= {item.key for item in new}
                lines.append(f"{channel.name} {channel.where}: {alert.subject}")
        sent[channel.name] = sorted(sent_here)
    try:
        replace_file(settings.alerts_file, json.dumps(sent, ensure_ascii=False, indent=1).encode(), is_lasting=True)
    except OSError as error:
        lines.append(
            f"{settings.alerts_file}: không ghi được, sẽ gửi lại · not written, it will be sent again: {error}"
        )
    return lines


def _find_items(working: duckdb.DuckDBPyConnection, kind: str) -> list[AlertItem] | None:
    """What there is of one kind; None where its table does not stand."""
    try:
        rows = fetch_dicts(working.execute(QUERIES[kind]))
    except duckdb.Error:
        return None
    if kind == CHECK:
        return [_check(row) for row in rows]
    masks = _find_masks(working)
    return [(_missing if kind == MISSING else _held)(row, _mask(row, masks)) for row in rows]


def _find_masks(working: duckdb.DuckDBPyConnection) -> dict[str, str] | None:
    """Return reminders that name a person as they are published; None where a run broke off before it looked for names."""
    try:
        return dict(working.execute(NAMES).fetchall())
    except duckdb.Error:
        return None


def _mask(row: dict[str, Any], masks: dict[str, str] | None) -> dict[str, Any]:
    """Return a reminder as it may leave the house: without what it says, where nobody has looked for names in it."""
    unsaid = f"{row['reporter_name']}, {row['form']} {row['period']}."
    messages = {name: row[name] for name in ("message_vi", "message_en")}
    return row | {name: unsaid if masks is None else masks.get(text, text) for name, text in messages.items()}


def _missing(row: dict[str, Any], outside: dict[str, Any]) -> AlertItem:
    key = " ".join((MISSING, row["reporter_code"], row["form"], row["period"], row["status"]))
    facts = {name: value for name, value in outside.items() if name != "contact"}
    return AlertItem(MISSING, key, *_say_overdue(row), facts, row["contact"] or None, _say_overdue(outside))


def _say_overdue(row: dict[str, Any]) -> tuple[str, str]:
    since_vi, since_en = f"thiếu từ {say_day(row['missing_since_on'])}", f"missing since {row['missing_since_on']}"
    return (
        f"{row['message_vi']} Quá hạn {row['days_overdue']} ngày, {since_vi}.",
        f"{row['message_en']} {row['days_overdue']} days overdue, {since_en}.",
    )


def _held(row: dict[str, Any], outside: dict[str, Any]) -> AlertItem:
    """A report that waits; another one of the same period is a matter of its own."""
    words = outside["message_vi"], outside["message_en"]
    key = f"{HELD} {row['finding_id']}"
    return AlertItem(HELD, key, row["message_vi"], row["message_en"], outside, outside=words)


def _check(row: dict[str, Any]) -> AlertItem:
    name = f"{row['suite']}: {row['check_name']}"
    vi, en = row["message_vi"] or name, row["message_en"] or name
    if row["severity"] == "critical":
        vi, en = f"{vi} Số liệu không được công bố.", f"{en} Nothing was published."
    return AlertItem(CHECK, f"{CHECK} {row['suite']} {row['check_name']}", vi, en, row)


def _broken(step: str) -> AlertItem:
    """A step that failed. What it failed on stands in the log alone: it may quote a cell with a person's name."""
    vi = f"Bước {step} bị lỗi; số liệu đã công bố vẫn là của lần chạy trước. Nguyên nhân: nhật ký của lần chạy."
    en = f"Step {step} failed; what is published is still of the run before. The cause stands in the run's log."
    return AlertItem(RUN, f"{RUN} {step}", vi, en, {"step": step})


def _read_sent(file: Path) -> dict[str, list[str]]:
    """What was sent, by channel; nothing where the file is gone or damaged."""
    with contextlib.suppress(OSError, ValueError):
        sent = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(sent, dict):
            return sent
    return {}
