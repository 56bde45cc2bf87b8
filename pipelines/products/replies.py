"""Replies: the answer to each report that came by mail, and to each message of a known sender that brings none, as letters.

Here: which deliveries are answered, to which address, and what the letter says: the receipt's verdict in the subject and in two
sentences, what to do, the marked workbook attached. A letter goes to the address that the report came from, if that is one of
its reporter's contacts, and to nobody else; a workbook whose sheets name another reporter is answered in words alone.
Not here: what is said about a delivery (receipts.py, answer.py), whether it was said before and how it is sent (pipelines/mail),
and messages whose sender is not proven: a reply would go to whoever stands in a forged `From`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.intake.forms import Forms, load_forms_of
from pipelines.intake.model import is_unreadable
from pipelines.mail.journal import DAMAGED, EMPTY, HELD, READ, TOO_LARGE, Entry
from pipelines.mail.letters import ANSWER, NOTICE, Letter
from pipelines.mail.messages import MessageError, read_message
from pipelines.mail.senders import SEVERAL_REPORTERS
from pipelines.products.addressing import Correspondence, fetch_mailed, say_letter
from pipelines.products.answer import ORDER, Answer, find_verdict, list_missing, verdict
from pipelines.products.receipts import AnsweredDelivery, build_answers, write_receipts
from pipelines.products.registers import answers_register, heading
from pipelines.settings import LOCAL_TIME
from pipelines.warehouse.archive import Archive, ContentError
from pipelines.wording import say, say_moment, say_period, say_size

REMARKS_SHOWN = 5
_UNANSWERED = frozenset({"superseded"})
"""Verdicts that nobody is written about: who sent what took its place hears of that."""
_NOTICES = frozenset({"too_many_files", "answers_nothing", SEVERAL_REPORTERS})
"""Why a message is held, where its sender can do something about it."""
_IN_A_MESSAGE = 0.7
"""Of a message's size, what its attachments may have: they travel as text (RFC 2045), 1.37 times as long."""
_ADVICE = {
    "errors": "correct",
    "partly": "correct",
    "rejected": "correct",
    "warnings": "explain",
    "held": "held",
    "partly_held": "held",
}
_EXPLAINED = frozenset({"rejected", "partly", "held", "partly_held"})
"""Verdicts whose reason is said in the letter itself: the workbook may not be opened, or not have a cell to mark."""
SUBJECT_LETTERS = 200


def write_replies(
    working: duckdb.DuckDBPyConnection, archive_dir: Path, receipts_dir: Path, correspondence: Correspondence
) -> Iterator[Letter]:
    """Yield the letter about each report that came by mail of late, its receipt written first, and about each other message.

    `working`: a working file that was published. Raises OSError where receipts can't be written.
    """
    by_folder = {entry.folder: entry for entry in correspondence.young if entry.outcome == READ}
    entries = {
        delivery_id: by_folder[folder] for delivery_id, folder in fetch_mailed(working).items() if folder in by_folder
    }
    write_receipts(working, archive_dir, receipts_dir, only={*entries})
    reports = _fetch_reports(working)
    forms = load_forms_of(correspondence.lists)
    for delivery, answer, places in build_answers(working, {*entries}):
        entry, code = entries[delivery.delivery_id], find_verdict(answer)[1]
        entry = replace(entry, reporter_code=entry.sender_of(delivery.path))
        own = reports.get(delivery.delivery_id, [])
        reporters = {reporter for _, _, reporter in own if reporter} or {delivery.reporter_code or entry.reporter_code}
        if code not in _UNANSWERED and correspondence.find_reporters(entry):
            is_foreign = reporters != {entry.reporter_code}
            file = None if is_foreign else receipts_dir / places[0]
            yield _Reply(correspondence, forms, entry, delivery, answer, code, is_foreign).letter(own, file)
    yield from _notices(correspondence)


def _fetch_reports(working: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str, str | None]]]:
    """Return form, period ('' for none) and reporter of each report, by delivery."""
    query = """
        select delivery_id, form, coalesce(period, ''), reporter_code from quality.submissions
        order by delivery_id, form, period, submission_id
    """
    reports: dict[str, list[tuple[str, str, str | None]]] = {}
    for delivery_id, *report in working.execute(query).fetchall():
        reports.setdefault(delivery_id, []).append((report[0], report[1], report[2]))
    return reports


@dataclass(frozen=True)
class _Reply:
    """What there is to say to the sender of one delivery."""

    correspondence: Correspondence
    forms: Forms
    entry: Entry
    delivery: AnsweredDelivery
    answer: Answer
    code: str
    is_foreign: bool

    def letter(self, own: Sequence[tuple[str, str, str | None]], file: Path | None) -> Letter:
        """Return the letter. `own`: the reports of the delivery; `file`: its receipt, None where it is not for this address."""
        size_max = float(self.correspondence.lists.parameter("mail_attached_max_mb", self.correspondence.on)) * 1e6
        files = ((file.name, file.read_bytes()),) if file and file.is_file() else ()
        is_too_large = any(len(content) > size_max for _, content in files)
        named = _name_reports(own, self.forms)
        _, _, values = find_verdict(self.answer)
        return Letter(
            kind=ANSWER,
            about=self.delivery.delivery_id,
            says=self._says(),
            reporter_code=self.entry.reporter_code,
            recipients=(self.entry.address,),
            subject=_subject(say(f"subject_{self.code}", "vi", **values), named or self.answer.file_name),
            text=say_letter(
                self.correspondence, [self.entry.reporter_code], self._lines(named, bool(files), is_too_large)
            ),
            verdict=self.code,
            reports=tuple(dict.fromkeys((form, period) for form, period, _ in own)),
            paths=(self.delivery.path,),
            answers=(self.entry.message_id,) if self.entry.message_id else (),
            files=() if is_too_large else files,
        )

    def _says(self) -> str:
        """Return what is said, apart from its wording: the verdict, and which findings stand how."""
        remarks = sorted((each.finding_id, each.severity, each.state) for each in self.answer.remarks)
        reports = sorted((each.form, each.period, each.status) for each in self.answer.reports)
        content = repr((self.code, self.is_foreign, reports, [] if self.is_foreign else remarks))
        return hashlib.sha256(content.encode()).hexdigest()

    def _lines(self, named: str, has_file: bool, is_too_large: bool) -> list[str]:
        moment = say_moment(self.entry.received_at.astimezone(LOCAL_TIME))
        values = {"office": self.correspondence.office, "file": self.answer.file_name, "moment": moment}
        if named:
            received = say("letter_received", "vi", reports=named, **values)
        else:
            received = say("letter_received_unknown", "vi", **values)
        if self.is_foreign:
            again = self.code == "duplicate"
            return [
                f"{received} {say('letter_duplicate') if again else verdict(self.answer)[1]}",
                say("advice_foreign"),
            ]
        lines = [f"{received} {verdict(self.answer)[1]}"]
        worst = [each for each in self.answer.remarks if each.state == "open" and not each.cell]
        if self.code in _EXPLAINED:
            worst = sorted(worst, key=lambda each: ORDER.index(each.severity))
            lines += [f"– {text}" for text in dict.fromkeys(each.message for each in worst)][:REMARKS_SHOWN]
        is_blank = is_unreadable(self.delivery.reason)
        if advice := "unreadable" if is_blank else _ADVICE.get(self.code):
            column = heading(answers_register(), "explanation")
            lines.append(say(f"advice_{advice}", sheet=say("receipt_tab"), column=column))
        if has_file:
            attached = "letter_attached_receipt" if is_blank else "letter_attached"
            lines.append(say("letter_too_large" if is_too_large else attached))
        if missing := list_missing(self.answer):
            lines.append("\n".join([say("letter_missing"), *(f"– {each}" for each in missing)]))
        return lines


def _name_reports(own: Sequence[tuple[str, str, str | None]], forms: Forms) -> str:
    """Return the reports in short: "Biểu 01, Biểu 02 tháng 7/2015", by whole numbers where two begin alike; '' for none."""
    numbers = {form: forms[form].number or "" for form, _, _ in own}
    beginnings = Counter(number.partition("/")[0] for number in numbers.values())
    by_period: dict[str, list[str]] = {}
    for form, period, _ in own:
        number = numbers[form]
        beginning = number.partition("/")[0]
        name = f"Biểu {beginning if beginnings[beginning] == 1 else number}" if number else forms[form].title
        by_period.setdefault(period, []).append(name)
    return "; ".join(
        f"{', '.join(dict.fromkeys(names))} {say_period(period)}".strip() for period, names in by_period.items()
    )


def _subject(verdict_text: str, reports: str) -> str:
    return " ".join(say("letter_subject", verdict=verdict_text, reports=reports).split())[:SUBJECT_LETTERS]


def _notices(correspondence: Correspondence) -> Iterator[Letter]:
    """Yield a letter about each message that brings no report, unless it may be no more than thanks for a letter of ours."""
    size_max = float(correspondence.lists.parameter("mail_size_max_mb", correspondence.on)) * 1e6
    limits = {
        "count": correspondence.lists.parameter("mail_files_max", correspondence.on),
        "limit": say_size(size_max),
        "files": say_size(size_max * _IN_A_MESSAGE),
    }
    for entry in correspondence.young:
        what = _find_notice(entry, correspondence.archive)
        if not what:
            continue
        values = {
            "subject": entry.subject or say("letter_no_subject"),
            "moment": say_moment(entry.received_at.astimezone(LOCAL_TIME)),
            "size": say_size(entry.size),
            "office": correspondence.office,
            **limits,
        }
        lines = [say(f"notice_{what}", "vi", **values), say(f"advice_{what}", "vi", **values)]
        yield Letter(
            kind=NOTICE,
            about=entry.name,
            says=what,
            reporter_code=entry.reporter_code,
            recipients=(entry.address,),
            subject=_subject(say("subject_no_report"), values["subject"]),
            text=say_letter(correspondence, correspondence.find_reporters(entry), lines),
            verdict=what,
            answers=(entry.message_id,) if entry.message_id else (),
        )


def _find_notice(entry: Entry, archive: Archive) -> str:
    """Return what there is to say about a message that brings no report; '' for nothing."""
    if entry.outcome in {TOO_LARGE, DAMAGED}:
        return entry.outcome
    if entry.outcome == HELD and entry.reason in _NOTICES:
        return entry.reason
    if entry.outcome == EMPTY:
        return entry.reason or ("" if _is_reply(entry, archive) else "empty")
    return ""


def _is_reply(entry: Entry, archive: Archive) -> bool:
    try:
        return bool(read_message(archive.read(entry.sha256)).answers)
    except (ContentError, MessageError):  # the fetch said so
        return True
