"""A dry run: what would happen to one file, said and written as a receipt, without loading anything.

Here: one reading of intake (of a folder or a .zip: one for each file in it), turned into the same `Answer` that receipts
are made from. What the warehouse judges is not looked at, and the text says so: the rules about the file's own rows by
name (K01, E04 …), those that need other reports or the register as a whole.
"""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.files import replace_file
from pipelines.intake import NO_HINT, Hint, Reading
from pipelines.intake.forms import Forms
from pipelines.intake.model import is_unreadable
from pipelines.printing import printable
from pipelines.products.answer import ORDER, Answer, Remark, Report, fingerprint, verdict
from pipelines.products.receipts import build_receipt, layout_version, receipt_stem
from pipelines.products.workbooks import SUFFIX, safe_name
from pipelines.reference.lists import Lists
from pipelines.reference.models import Rule
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.deliveries import Delivery, RawFile
from pipelines.warehouse.fitting import MisfitError, fit_tables
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.reading import Desk, Readers
from pipelines.wording import (
    capitalise,
    form_label,
    label,
    message,
    say,
    say_period,
    say_received,
    severity_of,
    unit_name,
)
from pipelines.workers import StoppedError

logger = logging.getLogger(__name__)

OF_ONE_REPORT = "REK"
"""Families of rules that look within one report: rows, entries, consistency."""


@dataclass(frozen=True, slots=True)
class PreviewResult:
    """What would happen: `text` to print (Vietnamese), where the receipt lies, and the reading behind both."""

    text: str
    receipt: Path
    reading: Reading


@dataclass(frozen=True)
class PreviewDesk(Desk):
    """What a process does for a preview: read, and mark a sender's workbook, which opens it once more."""

    reader: IntakeReader

    def reading(self, delivery: Delivery, hint: Hint) -> Reading:
        """Read a delivery as a run would."""
        content = b"" if delivery.trouble or delivery.sha256 is None else self.archive.read(delivery.sha256)
        reading = self.reader.reading(content, delivery, hint)
        fit_tables(self.reader.tables(reading), self.reader.schema)
        return reading

    def receipt(self, answer: Answer, sha256: str, path: str, mark: str) -> bytes:
        """Return the receipt of a delivery that is a readable workbook."""
        return build_receipt(answer, self.archive.read(sha256), path, mark)


def preview(place: Path, out_dir: Path, reader: IntakeReader, hint: Hint = NO_HINT) -> Iterator[PreviewResult]:
    """Read a file, or each delivery of a folder or a .zip, as a run would, and write its receipt into `out_dir`.

    Nothing is loaded or archived. `hint`: what the register says of it. The receipt of a single file is called after it,
    of one among others after its whole path. Raises OSError for a place that is not there and a folder that can't be
    written; never for what is in it.
    """
    raw_files: Path | list[RawFile] = place
    if not place.is_dir():
        status = place.stat()
        modified_at = dt.datetime.fromtimestamp(status.st_mtime, dt.UTC).replace(tzinfo=None)
        raw_files = [RawFile(place.name, place.resolve(), modified_at)]
    with (
        TemporaryDirectory() as temporary,
        Readers(Archive(Path(temporary)), reader, reader.limits, desk=PreviewDesk) as readers,
    ):
        for delivery in readers.receive(raw_files):
            reading = _read(readers, reader, delivery, hint)
            is_single = not place.is_dir() and delivery.path == place.name
            receipt = _single_receipt(place, out_dir) if is_single else out_dir / _receipt_name(delivery.path)
            name = place.name if is_single else delivery.path
            answer = _build_answer(reading, name, reader.knowledge.forms, reader.lists)
            yield _written(readers, delivery, reading, answer, receipt, reader)


def _read(readers: Readers, reader: IntakeReader, delivery: Delivery, hint: Hint) -> Reading:
    try:
        return readers.call("reading", delivery, hint, size=delivery.size or 0)
    except StoppedError as stop:
        return reader.refusal(delivery, hint, stop.reason, stop.detail)
    except MisfitError as error:
        return reader.refusal(delivery, hint, "reader", type(error).__name__)


def _single_receipt(file: Path, out_dir: Path) -> Path:
    """Return where the receipt of a single file goes: of "bc.csv" beside "bc.xlsx" each its own, and never the file itself."""
    stem = receipt_stem(file.name) if file.suffix.lower() == SUFFIX else safe_name(file.name, "bao-cao")
    receipt = out_dir / f"{stem}{SUFFIX}"
    return receipt.with_stem(f"{receipt.stem} (xem trước)") if receipt.resolve() == file.resolve() else receipt


def _receipt_name(path: str) -> str:
    return f"{safe_name(path.replace('/', ' - '), 'bao-cao')}{SUFFIX}"


def _written(
    readers: Readers, delivery: Delivery, reading: Reading, answer: Answer, receipt: Path, reader: IntakeReader
) -> PreviewResult:
    """Write the receipt of a reading and return what to say."""
    mark = fingerprint(answer, reading.sha256, layout_version())
    content = None
    if delivery.sha256 and not is_unreadable(reading.reason):
        try:
            content = readers.call("receipt", answer, delivery.sha256, delivery.path, mark, size=delivery.size or 0)
        except StoppedError as stop:  # readable, but more than the writer of workbooks can take
            logger.warning("marking %r was stopped: %s %s", delivery.path, stop.reason, stop.detail)
    replace_file(receipt, content or build_receipt(answer, None, reading.path, mark))
    return PreviewResult(_render_text(answer, reading, receipt, reader), receipt, reading)


def _build_answer(reading: Reading, name: str, forms: Forms, lists: Lists) -> Answer:
    about = {item.submission_id: item for item in reading.submissions}
    remarks = []
    for finding in reading.findings:
        own = about.get(finding.submission_id or "")
        form = own.form if own else None
        reporter, period = (own.reporter_code, own.period) if own else (reading.reporter_code, reading.period)
        on = lists.periods.end(period) if period else None
        remarks.append(
            Remark(
                rule_id=finding.rule_id,
                severity=severity_of(finding.rule_id, finding.variant),
                state="open",
                message=message(finding, forms.forms.get(form or ""), reporter, period, name, lists=lists),
                sheet=finding.sheet or "",
                cell=finding.cell or (f"A{finding.row_number}" if finding.row_number else ""),
                value=say_received(finding.value, finding.value_kind, on=on, lists=lists),
                expected=say_received(
                    finding.expected,
                    finding.expected_kind,
                    low=finding.expected_low,
                    high=finding.expected_high,
                    on=on,
                    lists=lists,
                ),
                form=form_label(forms, form),
                other_sheet=finding.related_sheet or "",
                other_cell=finding.related_cell or "",
            )
        )
    doubtful = {
        finding.submission_id
        for finding, remark in zip(reading.findings, remarks, strict=True)
        if remark.severity != "info"
    }
    reports = []
    for item in reading.submissions:
        status = "accepted_with_findings" if item.submission_id in doubtful else "accepted"
        status = "rejected" if item.status == "rejected" else status
        called, period = form_label(forms, item.form), say_period(item.period)
        reports.append(Report(item.form, called, period, status, item.rows_read, item.rows_used))
    senders = dict.fromkeys(
        unit_name(item.reporter_code, lists.periods.end(item.period) if item.period else None, lists)
        for item in reading.submissions
    )
    return Answer(
        delivery_id=reading.delivery_id,
        file_name=name,
        sender="; ".join(filter(None, senders))
        or unit_name(reading.reporter_code, lists.periods.end(reading.period) if reading.period else None, lists),
        received_at=None,
        status=reading.status,
        reports=tuple(reports),
        remarks=tuple(remarks),
        is_preview=True,
    )


def _render_text(answer: Answer, reading: Reading, receipt: Path, reader: IntakeReader) -> str:
    lines = [verdict(answer)[1], say("preview_file", file=answer.file_name)]
    for report, item in zip(answer.reports, reading.submissions, strict=True):
        outcome = label("rejected")
        if item.is_nil:
            outcome = say("preview_nil")
        elif report.status != "rejected":
            outcome = say("preview_rows", used=item.rows_used, read=item.rows_read)
        about = say(
            "preview_report",
            form=report.name,
            reporter=(unit_name(item.reporter_code, lists=reader.lists) or say("preview_no_reporter"))
            + _origin(item.reporter_source),
            period=(report.period or say("preview_no_period")) + _origin(item.period_source),
            sheets=item.sheets.replace(";", ", "),
            result=outcome,
        )
        lines.append(f"  {about}")
    counts = Counter(remark.severity for remark in answer.remarks)
    lines.append(", ".join(f"{capitalise(label(level))}: {counts[level]}" for level in ORDER))
    for remark in sorted(answer.remarks, key=lambda remark: ORDER.index(remark.severity)):
        place = "!".join(filter(None, (remark.sheet, remark.cell)))
        finding = say(
            "preview_finding_at" if place else "preview_finding",
            severity=capitalise(label(remark.severity)),
            rule=remark.rule_id,
            place=place,
            message=remark.message,
        )
        lines.append(f"  {finding}")
    if doubtful := _may_be_held(answer, reading):
        lines.append(say("preview_may_be_held", forms="; ".join(doubtful)))
    if unchecked := _unchecked_rules({report.form for report in answer.reports}, reader):
        lines += [say("preview_rules_not_checked"), *(f"  {row.rule_id}: {row.description_vi}" for row in unchecked)]
    return "\n".join(map(printable, [*lines, say("preview_not_checked"), say("preview_receipt", file=receipt)]))


def _may_be_held(answer: Answer, reading: Reading) -> list[str]:
    """Return what would be held if it replaced an accepted report, as far as the file alone tells."""
    return [
        " ".join(filter(None, (report.name, report.period)))
        for report, item in zip(answer.reports, reading.submissions, strict=True)
        if item.status == "usable" and item.period and (item.disagrees_on or not item.is_titled)
    ]


def _unchecked_rules(reported: set[str], reader: IntakeReader) -> list[Rule]:
    """Return the rules about rows, entries and consistency of what is reported that the warehouse judges, and not intake."""
    return [
        row
        for row in reader.lists[Rule]
        if row.layer == "sql"
        and row.rule_id[0] in OF_ONE_REPORT
        and reported.intersection(reader.knowledge.forms.named(row.forms))
    ]


def _origin(source: str | None) -> str:
    """Where a reporter or a period was found, if not on the sheet itself."""
    return f" {say(f'preview_from_{source}')}" if source in {"workbook", "register", "path"} else ""
