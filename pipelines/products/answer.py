"""The answer to one delivery: what was found in it, what became of its reports, and what its sender is told of that.

Here: its shape (plain data), the verdict and the other sentences made of it, and the order in which remarks are read.
Not here: the workbook that says it (marked_workbook.py); which findings there are (receipts.py, preview.py).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from pipelines.wording import capitalise, label, say, say_moment, say_value

ORDER = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding as its reader sees it. `cell` in A1 style, `form` as it is called; blank texts are ''.

    `other_sheet`, `other_cell`: the cell of the same workbook that it is compared with, if it is one.
    """

    rule_id: str
    severity: str
    state: str
    message: str
    sheet: str = ""
    cell: str = ""
    value: str = ""
    expected: str = ""
    finding_id: str = ""
    explanation: str = ""
    form: str = ""
    other_sheet: str = ""
    other_cell: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one report (form, reporter, period) of the delivery. `status` as in quality.submissions.

    `is_owed`: whether the calendar asks for it; one that it does not ask for is kept, and is in no figure.
    """

    form: str
    name: str
    period: str
    status: str
    rows_read: int = 0
    rows_used: int = 0
    is_owed: bool = True


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A report of the same reporter and period that has not come: `status` as in quality.obligations."""

    name: str
    period: str
    due_on: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is said about one delivery. `received_at` in local time; `status` as in quality.deliveries."""

    delivery_id: str
    file_name: str
    sender: str
    received_at: datetime | None
    status: str
    reports: tuple[Report, ...] = ()
    remarks: tuple[Remark, ...] = ()
    outstanding: tuple[Outstanding, ...] = ()
    is_preview: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """Open findings by severity, worst first."""
        return {level: sum(r.severity == level and r.state == "open" for r in self.remarks) for level in ORDER}


# --- what is said -----------------------------------------------------------------------------------------------------


def verdict(answer: Answer) -> tuple[str, str]:
    """Return ('good' | 'doubtful' | 'bad', a sentence): whether the delivery was accepted, and what follows.

    Another one names the reports that nobody asks for.
    """
    tone, code, values = find_verdict(answer)
    sentence = say(f"verdict_{code}", "vi", **values)
    if forms := "; ".join(dict.fromkeys(report.name for report in answer.reports if not report.is_owed)):
        sentence = f"{sentence} {say('verdict_not_owed', forms=forms)}"
    return tone, say("verdict_preview", verdict=sentence) if answer.is_preview else sentence


def find_verdict(answer: Answer) -> tuple[str, str, dict[str, object]]:
    """Return the verdict as a tone, a code that sentences are called by, and what they have to be filled with."""
    by_status = {report.status for report in answer.reports}
    used = bool(by_status & {"accepted", "accepted_with_findings"})
    parts: tuple[str, str, dict[str, object]]
    if answer.status in {"withdrawn", "left_out"}:
        parts = "doubtful", answer.status, {}
    elif answer.status == "duplicate":
        parts = "good", "duplicate", {}
    elif answer.status == "rejected" or by_status == {"rejected"}:
        parts = "bad", "rejected", {}
    elif "rejected" in by_status:
        refused = "; ".join(report.name for report in answer.reports if report.status == "rejected")
        parts = "bad", "partly", {"forms": refused}
    elif "held" in by_status:
        held = "; ".join(report.name for report in answer.reports if report.status == "held")
        parts = "doubtful", "held" if not used else "partly_held", {"forms": held}
    elif "superseded" in by_status and not used:
        parts = "doubtful", "superseded", {}
    else:
        parts = _accepted(answer.counts)
    return parts


def _accepted(counts: Mapping[str, int]) -> tuple[str, str, dict[str, object]]:
    """Verdict on a delivery whose reports all stand, by its open findings."""
    if counts["error"]:
        return "doubtful", "errors", {"count": counts["error"]}
    if counts["warning"]:
        return "doubtful", "warnings", {"count": counts["warning"]}
    return "good", "infos" if counts["info"] else "clean", {}


def missing_text(answer: Answer) -> str:
    """Return in one sentence which reports of the period have not come; '' when none is wanting."""
    reports = list_missing(answer)
    return say("still_missing", reports="; ".join(reports)) if reports else ""


def list_missing(answer: Answer) -> list[str]:
    """Return each report of the period that has not come, in words."""
    return [
        say("missing_report", form=item.name, period=item.period, status=label(item.status), day=say_value(item.due_on))
        for item in answer.outstanding
    ]


def sender_text(answer: Answer) -> str:
    """Return whose report it is: this is also what intake reads in the sheet's heading when the receipt comes back."""
    periods = dict.fromkeys(report.period for report in answer.reports if report.period)
    parts = [say("sender", sender=answer.sender) if answer.sender else ""]
    parts.append(say("periods", periods=", ".join(periods)) if periods else "")
    parts.append(say("received", moment=say_moment(answer.received_at)) if answer.received_at else "")
    return " ".join(filter(None, parts))


def report_text(report: Report) -> str:
    """Return in one sentence what became of a report, with its rows where some were read."""
    sentence = "report_result_rows" if report.rows_read else "report_result"
    numbers = {"used": report.rows_used, "read": report.rows_read}
    return say(sentence, "vi", form=report.name, period=report.period, status=label(report.status), **numbers)


def sort_remarks(remarks: Iterable[Remark], sheets: Sequence[str]) -> list[Remark]:
    """Return the remarks worst first, open before settled, then as they stand in the workbook, whose sheets are in order."""

    def place(remark: Remark) -> tuple[int, int, int, int, int]:
        column, row = cell_place(remark.cell) or (0, 0)
        sheet = sheets.index(remark.sheet) if remark.sheet in sheets else len(sheets)
        return ORDER.index(remark.severity), remark.state != "open", sheet, row, column

    def natural(text: str) -> list[str]:
        return [part.zfill(8) if part.isdigit() else part for part in re.split(r"(\d+)", text)]

    return sorted(
        remarks, key=lambda remark: (place(remark), remark.rule_id, natural(remark.message), remark.finding_id)
    )


def cell_place(cell: str) -> tuple[int, int] | None:
    """Return column and row, counted from 1, of an A1 address; None for any other text."""
    try:
        letters, row = coordinate_from_string(cell)
        return column_index_from_string(letters), row
    except (CellCoordinatesException, ValueError, TypeError):
        return None


def severity_text(remark: Remark) -> str:
    """Return a remark's severity in words."""
    return capitalise(label(remark.severity))


def state_text(remark: Remark) -> str:
    """Return what became of a finding that is no longer open, in brackets; '' for one that is."""
    return "" if remark.state == "open" else f" ({label(remark.state)})"


def fingerprint(answer: Answer, sha256: str, code: bytes) -> str:
    """Return what distinguishes one answer from another: what is said, about which bytes, laid out by which code."""
    return hashlib.sha256(b"\0".join((repr(answer).encode(), sha256.encode(), code))).hexdigest()
