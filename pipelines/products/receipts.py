"""Receipts: for each delivery the workbook that goes back, `<receipts>/<reporter>/<period>/<file name>.xlsx`.

Here: what is said about each delivery (from schemas `quality`, `marts`, `landed` of the working file), under which name
it is put, and writing only what changed. How the workbook looks is marked_workbook.py.

Names: the sender's own file name, made safe. Of several deliveries of one name, reporter and period the first one
landed keeps it, the next ones are "… (lần 2)", "… (lần 3)": a later delivery never renames an earlier receipt. A
delivery with reports of several periods has its receipt in each folder; a register's has no period; one that nobody
could place lies under `khong-xac-dinh/`.
"""

import gc
import logging
import os
import re
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import duckdb

from pipelines.files import remove_unfinished, replace_file
from pipelines.intake.model import is_unreadable
from pipelines.intake.register import is_own_register
from pipelines.mail.inbox import without_folders
from pipelines.products import answer as answer_module
from pipelines.products import marked_workbook, packages, workbooks
from pipelines.products.answer import Answer, Outstanding, Remark, Report, fingerprint
from pipelines.products.marked_workbook import write_answer
from pipelines.products.reporter_names import name_reporters
from pipelines.products.workbooks import SUFFIX, packed, properties_of, safe_name
from pipelines.progress import Progress
from pipelines.reference.periods import period_for
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.report_states import MISSING_STATUSES
from pipelines.warehouse.rows import fetch_dicts
from pipelines.wording import form_label_of, say_period, wording_version
from pipelines.workers import Allowance, Call, StoppedError, Workers

logger = logging.getLogger(__name__)

UNKNOWN = "khong-xac-dinh"
NO_PERIOD = "khong-co-ky"
FINGERPRINT = "NTM_receipt"
DELIVERY = "NTM_delivery"
_LOCAL = timedelta(hours=7)  # Asia/Ho_Chi_Minh, no summer time
_ASKED_FOR = (*MISSING_STATUSES, "not_yet_due")
_STANDING = frozenset({"accepted", "accepted_with_findings", "held", "rejected"})
_WORKBOOK_SUFFIX = re.compile(r"\.(?:xls|xlsx|xlsm|xlsb|ods|csv|tsv|txt)\s*$", re.IGNORECASE)


_ALLOWED = Allowance(seconds=600, memory_bytes=4 << 30, still_seconds=300)
"""What one receipt may take, far beyond what a usual one does (0.25 s): a workbook without end ends here."""
_AHEAD = 4  # receipts a process may be ahead of the one that is waited for

WORTH_A_POOL = 10
"""Marked workbooks from which on processes are started: one costs 0.7 s to start, a workbook 0.25 s (November 2026)."""


@dataclass
class ReceiptSummary:
    """What one call did: receipts written, receipts that were right already, and (path, why) of those that failed."""

    written: int = 0
    unchanged: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


class _Unwritten(NamedTuple):
    """A receipt to write, as another process can be handed it: `sha256` is None where it can't be read as a workbook."""

    answer: Answer
    path: str
    archive_dir: Path
    sha256: str | None
    mark: str
    places: tuple[Path, ...]


class AnsweredDelivery(NamedTuple):
    """What the warehouse knows of one delivery; `received_at` in UTC."""

    delivery_id: str
    path: str
    sha256: str
    status: str
    reason: str | None
    received_at: datetime | None
    reporter_code: str | None
    period: str | None


def write_receipts(
    connection: duckdb.DuckDBPyConnection,
    archive_dir: Path,
    receipts_dir: Path,
    only: set[str] | None = None,
    progress: Progress | None = None,
    processes: int | None = None,
) -> ReceiptSummary:
    """Write the receipts that are not there yet, or say something else than the one that is there.

    `connection` is the working file after dbt (schemas `quality`, `intermediate`, `marts`, `landed`), `archive_dir` the
    bytes by SHA-256, `only` the delivery ids to look at (None: all), `processes` None: as many as are worth starting.
    One that can't be written (full disk, bytes not in the archive) is in `failed`, the others are written all the same.
    Receipts of deliveries that are no longer known stay. Source: issue of the receipts; architecture.md, "The tree".
    """
    summary = ReceiptSummary()
    remove_unfinished(receipts_dir)
    todo = []
    code = layout_version()
    for delivery, answer, places in build_answers(connection, only):
        mark = fingerprint(answer, delivery.sha256, code)
        there = [place for place in places if properties_of(receipts_dir / place).get(FINGERPRINT) == mark]
        summary.unchanged += len(there)
        if stale := tuple(receipts_dir / place for place in places if place not in there):
            todo.append(_Unwritten(answer, delivery.path, archive_dir, _readable_content(delivery), mark, stale))
    if progress and todo:
        progress.start("receipts", len(todo))
    for receipt, trouble in _written(todo, processes):
        if progress:
            progress.advance(receipt.path)
        if trouble is None:
            summary.written += len(receipt.places)
        else:
            summary.failed.append((receipt.path, trouble))
    return summary


def _written(todo: Sequence[_Unwritten], processes: int | None) -> Iterator[tuple[_Unwritten, str | None]]:
    """Write each, on several processes if that is asked for or worth it; yield it with its trouble, None for none."""
    if processes is None:
        is_worth_it = sum(bool(receipt.answer.remarks) for receipt in todo) >= WORTH_A_POOL
        processes = len(os.sched_getaffinity(0)) if is_worth_it else 1
    if processes == 1:
        yield from ((receipt, _write(receipt)) for receipt in todo)
        return
    calls = (Call("write", (receipt,), _ALLOWED) for receipt in todo)
    with Workers(_Writer(), (__name__,), processes) as workers:
        for receipt, done in zip(todo, workers.call_all(calls, _AHEAD), strict=True):
            try:
                trouble = done.result()
            except StoppedError as stop:  # readable, but more than the writer of workbooks can take
                logger.warning("marking %r was stopped: %s %s", receipt.path, stop.reason, stop.detail)
                trouble = _write(receipt._replace(sha256=None))
            yield receipt, trouble


class _Writer:
    """Writes receipts in a process of its own."""

    def write(self, receipt: _Unwritten) -> str | None:
        """Return what went wrong, None for nothing."""
        return _write(receipt)


def _write(receipt: _Unwritten) -> str | None:
    """Write one receipt to its places; return what went wrong, None for nothing."""
    try:
        content = Archive(receipt.archive_dir).read(receipt.sha256) if receipt.sha256 else None
        with _rarely_collected():
            built = build_receipt(receipt.answer, content, receipt.path, receipt.mark)
        for place in receipt.places:
            replace_file(place, built)
    except Exception as error:  # noqa: BLE001 -- the fault of one receipt is reported, and stops no other
        return f"{type(error).__name__}: {error}"
    return None


@contextmanager
def _rarely_collected() -> Generator[None]:
    """Look for garbage seldom: of a workbook's 100,000 live objects there is none, and looking took a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def build_receipt(answer: Answer, content: bytes | None, path: str, mark: str) -> bytes:
    """Return the receipt's bytes; `content` None where the file received can't be read as a workbook."""
    workbook = write_answer(answer, content, path)
    return packed(workbook, {DELIVERY: answer.delivery_id, FINGERPRINT: mark})


@cache
def layout_version() -> bytes:
    """Return the version of everything that shapes a receipt: another layout writes all receipts anew."""
    modules = (answer_module.__file__, marked_workbook.__file__, workbooks.__file__, packages.__file__)
    headings = repr(marked_workbook.headings())
    return f"{wording_version()}{headings}".encode() + b"".join(Path(file).read_bytes() for file in modules if file)


def _readable_content(delivery: AnsweredDelivery) -> str | None:
    return None if is_unreadable(delivery.reason) else delivery.sha256


# --- what is said, about which delivery, and where it lies ------------------------------------------------------------


def build_answers(
    connection: duckdb.DuckDBPyConnection, only: set[str] | None = None
) -> Iterator[tuple[AnsweredDelivery, Answer, list[PurePosixPath]]]:
    """Yield each delivery, what is said about it, and the places of its receipt relative to the receipts' folder."""
    query = "select form, number, title from landed.forms"
    forms = {form: form_label_of(number, title) for form, number, title in _fetch(connection, query)}
    names = _fetch_reporter_names(connection)
    reports = _fetch_submissions(connection)
    remarks = _fetch_remarks(connection, forms, only)
    outstanding = _fetch_outstanding(connection)
    numbers = _numbers(connection)
    for delivery in _fetch_deliveries(connection, only):
        own = reports.get(delivery.delivery_id, [])
        places = _receipt_places(delivery, own)
        senders = dict.fromkeys(map(names.get, places))
        answer = Answer(
            delivery_id=delivery.delivery_id,
            file_name=PurePosixPath(delivery.path).name,
            sender="; ".join(filter(None, senders)),
            received_at=delivery.received_at + _LOCAL if delivery.received_at else None,
            status=delivery.status,
            reports=tuple(
                Report(
                    row.form,
                    forms.get(row.form, row.form),
                    say_period(row.period),
                    row.status,
                    row.read,
                    row.used,
                    row.is_owed,
                )
                for row in own
            ),
            remarks=tuple(remarks.get(delivery.delivery_id, ())),
            outstanding=_find_still_missing(delivery, own, places, outstanding, forms),
        )
        yield delivery, answer, [_receipt_path(delivery, place, numbers) for place in places]


class _AnsweredSubmission(NamedTuple):
    form: str
    reporter_code: str | None
    period: str | None
    status: str
    read: int
    used: int
    is_owed: bool


_Place = tuple[str | None, str | None]
"""Reporter and period, as far as they are known."""


def _fetch(connection: duckdb.DuckDBPyConnection, query: str, **values: Any) -> list[tuple[Any, ...]]:
    return connection.execute(query, values or None).fetchall()


def _fetch_deliveries(connection: duckdb.DuckDBPyConnection, only: set[str] | None) -> list[AnsweredDelivery]:
    query = """
        select delivery_id, path, sha256, status, reason, received_at, reporter_code, period
        from quality.deliveries
        where $only::varchar[] is null or list_contains($only::varchar[], delivery_id)
        order by received_at, path, delivery_id
    """
    deliveries = (AnsweredDelivery(*row) for row in _fetch(connection, query, only=_listed(only)))
    return [delivery for delivery in deliveries if not is_own_register(delivery.path)]


def _listed(only: set[str] | None) -> list[str] | None:
    return None if only is None else sorted(only)


def _fetch_submissions(connection: duckdb.DuckDBPyConnection) -> dict[str, list[_AnsweredSubmission]]:
    query = """
        select
            delivery_id, form, reporter_code, period, status, coalesce(rows_read, 0), coalesce(rows_used, 0),
            is_expected is distinct from false
        from quality.submissions order by delivery_id, form, reporter_code, period, submission_id
    """
    by_key: dict[str, list[_AnsweredSubmission]] = defaultdict(list)
    for delivery_id, *row in _fetch(connection, query):
        by_key[delivery_id].append(_AnsweredSubmission(*row))
    return by_key


def _fetch_remarks(
    connection: duckdb.DuckDBPyConnection, forms: Mapping[str, str], only: set[str] | None
) -> dict[str, list[Remark]]:
    """Return findings by delivery, in words; a personal value, masked where published, is shown to who sent it."""
    query = """
        select
            findings.delivery_id, findings.rule_id, findings.severity,
            if(findings.state = 'held', 'open', findings.state) as state,
            coalesce(words.own_message_vi, findings.message_vi) as message, findings.sheet, findings.cell, findings.row_number,
            words.value_vi as value, words.expected_vi as expected,
            -- what stands against a held report is told, but not asked: it has no id to answer by
            if(findings.state = 'held', '', findings.finding_id) as finding_id, words.explanation, findings.form,
            case when others.delivery_id = findings.delivery_id then findings.related_sheet end as other_sheet,
            case when others.delivery_id = findings.delivery_id then findings.related_cell end as other_cell
        from (
            from quality.findings union all by name
            (from intermediate.int_finding_messages where state = 'held')
        ) as findings
        inner join intermediate.int_finding_words as words using (finding_id)
        left join quality.submissions as others
            on coalesce(findings.related_submission_id, findings.submission_id) = others.submission_id
        where
            findings.delivery_id is not null
            and not words.is_about_office
            and ($only::varchar[] is null or list_contains($only::varchar[], findings.delivery_id))
        order by findings.delivery_id, findings.finding_id
    """
    by_key: dict[str, list[Remark]] = defaultdict(list)
    for row in fetch_dicts(connection.execute(query, {"only": _listed(only)})):
        by_key[row["delivery_id"]].append(
            Remark(
                rule_id=row["rule_id"],
                severity=row["severity"],
                state=row["state"],
                message=_as_sent(row["message"] or "", row["form"], forms),
                sheet=row["sheet"] or "",
                cell=row["cell"] or (f"A{row['row_number']}" if row["sheet"] and row["row_number"] else ""),
                value=row["value"] or "",
                expected=row["expected"] or "",
                finding_id=row["finding_id"],
                explanation=row["explanation"] or "",
                form=forms.get(row["form"] or "", ""),
                other_sheet=row["other_sheet"] or "",
                other_cell=row["other_cell"] or "",
            )
        )
    return by_key


def _as_sent(message: str, form: str | None, forms: Mapping[str, str]) -> str:
    """Return a message as who sent the report knows its form and file: by its printed number, and without our folders."""
    if form and form in forms:
        message = message.replace(f"Biểu {form} ", f"{forms[form]} ")
    return without_folders(message)


def _fetch_outstanding(connection: duckdb.DuckDBPyConnection) -> dict[_Place, list[tuple[str, str, date | None, str]]]:
    """Return what each reporter owes and has not sent, by reporter and month; a quarter counts in its last month."""
    query = """
        select reporter_code, form, period, due_on, status from quality.obligations
        where list_contains($asked_for, status) order by reporter_code, due_on, form, period
    """
    by_key: dict[_Place, list[tuple[str, str, date | None, str]]] = defaultdict(list)
    for reporter_code, form, period, due_on, status in _fetch(connection, query, asked_for=list(_ASKED_FOR)):
        by_key[reporter_code, period_for(period, "month")].append((form, period, due_on, status))
    return by_key


def _find_still_missing(
    delivery: AnsweredDelivery,
    own: Iterable[_AnsweredSubmission],
    places: Iterable[_Place],
    outstanding: dict[_Place, list[tuple[str, str, date | None, str]]],
    forms: Mapping[str, str],
) -> tuple[Outstanding, ...]:
    """Return what is missing beside this delivery; a copy, a withdrawn or replaced one is not asked about it again."""
    is_answered = any(submission.status in _STANDING for submission in own) or delivery.status == "rejected"
    if not is_answered:
        return ()
    months = dict.fromkeys((reporter, period_for(period, "month")) for reporter, period in places if period)
    return tuple(
        Outstanding(forms.get(form, form), say_period(period), due_on, status)
        for month in months
        for form, period, due_on, status in outstanding.get(month, ())
    )


def _fetch_reporter_names(connection: duckdb.DuckDBPyConnection) -> dict[_Place, str]:
    """Return what each reporter of a report is called, as on the last day of the period."""
    name_reporters(connection, has_periods=True)
    query = """
        with places as (
            select reporter_code, period from quality.submissions
            union
            select reporter_code, period from quality.deliveries
        )
        select reporter_code, period, reporter_name(reporter_code, period) from places where reporter_code is not null
    """
    return {(reporter_code, period): name for reporter_code, period, name in _fetch(connection, query)}


# --- names ------------------------------------------------------------------------------------------------------------


def _receipt_places(delivery: AnsweredDelivery, own: Iterable[_AnsweredSubmission]) -> list[_Place]:
    places = list(dict.fromkeys((row.reporter_code, row.period) for row in own))
    places = [place for place in places if place[1]] or places
    return places or [(delivery.reporter_code, delivery.period)]


def _folder(place: _Place) -> PurePosixPath:
    reporter, period = place
    if not reporter:
        return PurePosixPath(UNKNOWN) / safe_name(period or NO_PERIOD, NO_PERIOD)
    return PurePosixPath(safe_name(reporter, UNKNOWN)) / safe_name(period or NO_PERIOD, NO_PERIOD)


def receipt_stem(path: str) -> str:
    """Return the file's name without a workbook's suffix; "Báo cáo T9.2014" and "scan.pdf" stay as they are."""
    name = re.split(r"[/\\]", path)[-1]
    return safe_name(_WORKBOOK_SUFFIX.sub("", name), "bao-cao")


def _numbers(connection: duckdb.DuckDBPyConnection) -> dict[tuple[PurePosixPath, str], int]:
    """Return the number of each delivery among those of one folder and name: 1, 2, … in order of landing.

    From `landed`, so that the as-of day, which hides deliveries, does not renumber them.
    """
    query = """
        select deliveries.delivery_id, deliveries.path, submissions.reporter_code, submissions.period,
            deliveries.reporter_code, deliveries.period, submissions.delivery_id is not null
        from landed.deliveries as deliveries
        left join landed.submissions as submissions using (delivery_id)
        order by deliveries.first_seen_no, deliveries.delivery_id, submissions.reporter_code, submissions.period
    """
    by_key: dict[str, tuple[str, list[_Place]]] = {}
    for delivery_id, path, reporter, period, known_reporter, known_period, has_form in _fetch(connection, query):
        place = (reporter, period) if has_form else (known_reporter, known_period)
        by_key.setdefault(delivery_id, (path, []))[1].append(place)
    counts: dict[str, int] = defaultdict(int)
    numbers = {}
    for delivery_id, (path, given) in by_key.items():
        dated = [place for place in given if place[1]] or given
        for folder in dict.fromkeys(map(_folder, dated)):
            key = str(folder / receipt_stem(path)).casefold()
            counts[key] += 1
            numbers[folder / receipt_stem(path), delivery_id] = counts[key]
    return numbers


def _receipt_path(
    delivery: AnsweredDelivery, place: _Place, numbers: dict[tuple[PurePosixPath, str], int]
) -> PurePosixPath:
    plain = _folder(place) / receipt_stem(delivery.path)
    number = numbers.get((plain, delivery.delivery_id), 1)
    return plain.with_name(f"{plain.name} (lần {number}){SUFFIX}" if number > 1 else f"{plain.name}{SUFFIX}")
