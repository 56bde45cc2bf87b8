"""A dry run: what would happen to one file, said and written as a receipt, without loading anything.

Here: one reading of intake (of a folder or a .zip: one for each file in it), turned into the same `Answer` that receipts
are made from. What needs other reports or the register (rules K, X, B, D, E04, R04 …) is not looked at, and the text says
so.
"""

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.files import replace_file
from pipelines.intake import NO_HINT, Hint, Knowledge, Reading, read_delivery
from pipelines.products.answer import ORDER, Answer, Remark, Report, fingerprint, verdict
from pipelines.products.labels import SEVERITIES, Words, form_label, period_label
from pipelines.products.receipts import build_receipt, layout_version, receipt_stem
from pipelines.products.workbooks import SUFFIX, safe_name
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.deliveries import Limits, receive

_ORIGINS = {
    "sheet": "",
    "workbook": " (theo trang khác)",
    "register": " (theo sổ công văn đến)",
    "path": " (theo tên tệp)",
}
_NOT_CHECKED = "Chưa đối chiếu với sổ công văn đến, với kỳ trước và với đơn vị khác: việc đó chỉ làm khi nạp."


@dataclass(frozen=True, slots=True)
class PreviewResult:
    """What would happen: `text` to print (Vietnamese), where the receipt lies, and the reading behind both."""

    text: str
    receipt: Path
    reading: Reading


def preview(
    file: Path, out_dir: Path, knowledge: Knowledge, seeds_dir: Path, *, path: str | None = None, hint: Hint = NO_HINT
) -> PreviewResult:
    """Read one file as intake would and write its receipt into `out_dir`; nothing is loaded or archived.

    `path`: how the file would be called below the raw folder (None: its name alone); `hint`: what the register says of
    it. Raises OSError for a file that is not there and a folder that can't be written; never for what is in the file.
    """
    content = file.read_bytes()
    known_as = path or file.name
    reading = read_delivery(content, known_as, hint, knowledge)
    stem = receipt_stem(file.name) if file.suffix.lower() == SUFFIX else safe_name(file.name, "bao-cao")
    receipt = out_dir / f"{stem}{SUFFIX}"  # of "bc.csv" beside "bc.xlsx": each its own
    if receipt.resolve() == file.resolve():
        receipt = receipt.with_stem(f"{receipt.stem} (xem trước)")
    return _written(reading, content, file.name, receipt, knowledge, seeds_dir)


def preview_all(place: Path, out_dir: Path, knowledge: Knowledge, seeds_dir: Path) -> Iterator[PreviewResult]:
    """Read each delivery of a folder or a .zip, taken apart as a run would; its receipt is called after its whole path.

    Raises OSError for a place that is not there; never for what is in it.
    """
    limits = Limits(int(knowledge.file_size_max), int(knowledge.file_unpacked_max))
    with TemporaryDirectory() as temporary:
        folder, archive = place, Archive(Path(temporary) / "archive")
        if not place.is_dir():
            folder = Path(temporary) / "received"
            folder.mkdir()
            shutil.copy(place, folder / place.name)
        for delivery in receive(folder, archive, limits):
            content = b"" if delivery.trouble or not delivery.sha256 else archive.read(delivery.sha256)
            reading = read_delivery(content, delivery.path, NO_HINT, knowledge)
            if delivery.trouble:
                told = tuple(found._replace(variant=delivery.trouble) for found in reading.findings)
                reading = replace(reading, findings=told)
            receipt = out_dir / f"{safe_name(delivery.path.replace('/', ' - '), 'bao-cao')}{SUFFIX}"
            yield _written(reading, content, delivery.path, receipt, knowledge, seeds_dir)


def _written(
    reading: Reading, content: bytes, name: str, receipt: Path, knowledge: Knowledge, seeds_dir: Path
) -> PreviewResult:
    """Write the receipt of a reading and return what to say."""
    answer = _answer(reading, name, knowledge, Words(seeds_dir, knowledge.forms))
    unreadable = reading.status == "rejected" and "F01" in (reading.reason or "").split(";")
    mark = fingerprint(answer, reading.sha256, layout_version())
    replace_file(receipt, build_receipt(answer, None if unreadable else content, reading.path, mark))
    return PreviewResult(_text(answer, reading, receipt), receipt, reading)


def _answer(reading: Reading, name: str, knowledge: Knowledge, words: Words) -> Answer:
    about = {item.submission_id: item for item in reading.submissions}
    doubted = {found.submission_id for found in reading.findings if found.severity != "info"}
    remarks = []
    for found in reading.findings:
        own = about.get(found.submission_id or "")
        form = own.form if own else None
        reporter, period = (own.reporter_code, own.period) if own else (reading.reporter_code, reading.period)
        remarks.append(
            Remark(
                rule_id=found.rule_id,
                severity=found.severity,
                state="open",
                message=words.message(found, form, reporter, period, name),
                sheet=found.sheet or "",
                cell=found.cell or (f"A{found.row_number}" if found.row_number else ""),
                value=words.value(found.value, form),
                expected=words.value(found.expected, form),
                form=form_label(knowledge.forms, form),
                other_sheet=found.related_sheet or "",
                other_cell=found.related_cell or "",
            )
        )
    reports = []
    for item in reading.submissions:
        status = "accepted_with_findings" if item.submission_id in doubted else "accepted"
        status = "rejected" if item.status == "rejected" else status
        label = form_label(knowledge.forms, item.form)
        reports.append(Report(item.form, label, period_label(item.period), status, item.rows_read, item.rows_used))
    senders = dict.fromkeys(words.reporter(item.reporter_code) for item in reading.submissions)
    return Answer(
        delivery_id=reading.delivery_id,
        file_name=name,
        sender="; ".join(filter(None, senders)) or words.reporter(reading.reporter_code),
        received_at=None,
        status=reading.status,
        reports=tuple(reports),
        remarks=tuple(remarks),
        is_preview=True,
    )


def _text(answer: Answer, reading: Reading, receipt: Path) -> str:
    lines = [verdict(answer)[1], f"Tệp: {answer.file_name}"]
    for report, item in zip(answer.reports, reading.submissions, strict=True):
        whose = f"{item.reporter_code or 'không rõ đơn vị'}{_ORIGINS.get(item.reporter_source or '', '')}"
        period = f"{report.period or 'không có kỳ'}{_ORIGINS.get(item.period_source or '', '')}"
        result = "không dùng được" if report.status == "rejected" else f"dùng {item.rows_used}/{item.rows_read} dòng"
        result = "không phát sinh" if item.is_nil else result
        lines.append(f"  {report.name}; {whose}; {period}; trang {item.sheets.replace(';', ', ')}: {result}")
    counts = Counter(remark.severity for remark in answer.remarks)
    lines.append(", ".join(f"{SEVERITIES[level]}: {counts[level]}" for level in ORDER))
    for remark in sorted(answer.remarks, key=lambda remark: ORDER.index(remark.severity)):
        where = "!".join(filter(None, (remark.sheet, remark.cell)))
        lines.append(
            f"  {SEVERITIES[remark.severity]} {remark.rule_id}{f' tại {where}' if where else ''}: {remark.message}"
        )
    return "\n".join([*lines, _NOT_CHECKED, f"Phiếu trả lời: {receipt}"])
