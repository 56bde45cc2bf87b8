"""A dry run: what would happen to one file, said and written as a receipt, without loading anything.

Here: one reading of intake, turned into the same `Answer` that receipts are made from. What needs other reports or the
register (rules K, X, B, D, E04, R04 …) is not looked at, and the text says so.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from pipelines.intake import NO_HINT, Hint, Knowledge, Reading, read_delivery
from pipelines.products.answer import ORDER, Answer, Remark, Report, fingerprint, verdict
from pipelines.products.labels import SEVERITIES, Words, form_label, period_label
from pipelines.products.receipts import build_receipt, layout_version, receipt_stem
from pipelines.products.workbooks import SUFFIX, replace_file, safe_name

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
    answer = _answer(reading, file.name, knowledge, Words(seeds_dir, knowledge.forms))
    unreadable = reading.status == "rejected" and "F01" in (reading.reason or "").split(";")
    mark = fingerprint(answer, reading.sha256, layout_version())
    stem = receipt_stem(file.name) if file.suffix.lower() == SUFFIX else safe_name(file.name, "bao-cao")
    receipt = out_dir / f"{stem}{SUFFIX}"  # of "bc.csv" beside "bc.xlsx": each its own
    if receipt.resolve() == file.resolve():
        receipt = receipt.with_stem(f"{receipt.stem} (xem trước)")
    replace_file(receipt, build_receipt(answer, None if unreadable else content, known_as, mark))
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
