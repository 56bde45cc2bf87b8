"""Hand-made tables of the working file, and a clerk's workbook, for the tests of receipts."""

import datetime as dt
import hashlib
import io
import os
import signal
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
from openpyxl import Workbook
from openpyxl.styles import Font

from pipelines.intake.definitions import definitions
from pipelines.products import receipts
from pipelines.reference.lists import read_lists
from pipelines.reference.models import ReportingPeriod
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.lists import replace_table
from tests.shared import our_forms

TABLES = """
create schema landed; create schema quality; create schema marts; create schema intermediate; create schema reference;
create table landed.deliveries (
    delivery_id varchar, path varchar, first_seen_no bigint, reporter_code varchar, period varchar);
create table landed.submissions (submission_id varchar, delivery_id varchar, reporter_code varchar, period varchar);
create table quality.deliveries (
    delivery_id varchar, path varchar, sha256 varchar, bytes bigint, received_at timestamp, received_from varchar,
    status varchar, reason varchar, reporter_code varchar, period varchar);
create table quality.submissions (
    submission_id varchar, delivery_id varchar, form varchar, reporter_code varchar, period varchar, status varchar,
    rows_read integer, rows_used integer, received_at timestamp, is_expected boolean);
create table quality.obligations (reporter_code varchar, form varchar, period varchar, due_on date, status varchar);
create table quality.reminders (reporter_code varchar, form varchar, period varchar, due_on date, status varchar);
create table quality.findings (
    finding_id varchar, rule_id varchar, severity varchar, form varchar, submission_id varchar, delivery_id varchar,
    sheet varchar, cell varchar, row_number integer, received_value varchar, expected_value varchar,
    message_vi varchar, state varchar,
    explanation varchar, related_submission_id varchar, related_sheet varchar, related_cell varchar);
create table intermediate.int_finding_messages as from quality.findings;
create table intermediate.int_finding_words (
    finding_id varchar, value_vi varchar, expected_vi varchar, own_message_vi varchar, explanation varchar,
    is_about_office boolean);
create table marts.dim_reporters (
    reporter_code varchar, valid_from date, valid_to date, reporter_type varchar, reporter_name varchar);
insert into marts.dim_reporters values ('443', null, null, 'district', 'Huyện Can Lộc');
create table reference.periods (period varchar, last_day date);
insert into reference.periods values ('2014-09', date '2014-09-30'), ('2014-Q3', date '2014-09-30');
"""
RECEIVED = dt.datetime(2014, 10, 4, 2, 15)


@cache
def our_periods() -> list[tuple[str, dt.date]]:
    return [(row.period, row.last_day) for row in read_lists(SEEDS_DIR)[ReportingPeriod]]


class World:
    """A working file with what receipts read, and an archive."""

    def __init__(self, folder: Path, working_file: Path | None = None) -> None:
        self.connection = duckdb.connect(str(working_file or ":memory:"))
        self.connection.execute(TABLES)
        columns, rows = definitions(our_forms(), ())["forms"]
        replace_table(self.connection, "landed.forms", columns, rows)
        replace_table(
            self.connection, "reference.periods", [("period", "varchar"), ("last_day", "date")], our_periods()
        )
        self.archive = folder / "archive"
        self.receipts = folder / "receipts"
        self.landed = 0

    def insert(self, table: str, **row: Any) -> None:
        names = ", ".join(row)
        marks = ", ".join(f"${name}" for name in row)
        self.connection.execute(f"insert into {table} ({names}) values ({marks})", row)

    def deliver(
        self,
        content: bytes,
        path: str,
        *reports: tuple[str, str, str],
        reporter: str | None = "443",
        status: str = "read",
        reason: str | None = None,
    ) -> str:
        """Deliver a file with (form, period, status) reports; returns the delivery's id."""
        self.landed += 1
        sha256 = hashlib.sha256(content).hexdigest()
        target = self.archive / sha256[:2] / sha256[2:]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        delivery_id = f"d{self.landed}"
        period = reports[0][1] if reports else None
        self.insert(
            "landed.deliveries",
            delivery_id=delivery_id,
            path=path,
            first_seen_no=self.landed,
            reporter_code=reporter,
            period=period,
        )
        self.insert(
            "quality.deliveries",
            delivery_id=delivery_id,
            path=path,
            sha256=sha256,
            received_at=RECEIVED,
            status=status,
            reason=reason,
            reporter_code=reporter,
            period=period,
        )
        for form, of_period, verdict in reports:
            submission_id = f"{delivery_id}-{form}"
            self.insert(
                "landed.submissions",
                submission_id=submission_id,
                delivery_id=delivery_id,
                reporter_code=reporter,
                period=of_period,
            )
            self.insert(
                "quality.submissions",
                submission_id=submission_id,
                delivery_id=delivery_id,
                form=form,
                reporter_code=reporter,
                period=of_period,
                status=verdict,
                rows_read=23,
                rows_used=22,
            )
        return delivery_id

    def find(self, delivery_id: str, rule_id: str, severity: str, message: str, **more: Any) -> None:
        """Add a finding. `own`, of the fields: its words as its sender may read them, where the published ones are masked."""
        (number,) = self.connection.execute("select count(*) from quality.findings").fetchone() or (0,)
        own = more.pop("own", {})
        row = {"finding_id": f"f{number:04d}", "state": "open"} | more
        self.insert(
            "quality.findings", delivery_id=delivery_id, rule_id=rule_id, severity=severity, message_vi=message, **row
        )
        words = {
            "value_vi": row.get("received_value"),
            "expected_vi": row.get("expected_value"),
            "explanation": row.get("explanation"),
            "is_about_office": False,
        } | own
        self.insert("intermediate.int_finding_words", finding_id=row["finding_id"], **words)


def clerks_workbook(rows: int = 23, sheets: int = 1) -> bytes:
    """A report by hand: heading, header, marks, a total by formula, formats of its own."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for number in range(1, sheets + 1):
        sheet = workbook.create_sheet(f"Biểu {number}")
        sheet["A1"] = "UBND HUYỆN CAN LỘC"
        sheet["A2"] = "TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ NÔNG THÔN MỚI"
        sheet["A2"].font = Font(name="Times New Roman", bold=True, size=14)
        sheet.merge_cells("A2:V2")
        sheet["A3"] = "Tháng 9 năm 2014"
        sheet.append(["TT", "Tên xã", *range(1, 20), "Tổng cộng"])
        for row in range(rows):
            sheet.append([row + 1, f"Xã {row + 1}", *("x" if (row + k) % 3 else "" for k in range(19)), 12])
        sheet.append(["", "Tổng cộng", *([f"=COUNTA(C5:C{rows + 4})"] * 19), f"=SUM(V5:V{rows + 4})"])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


class KilledWriter:
    """Ends its process over any workbook called "b.xlsx" that it is to mark."""

    def write(self, receipt: Any) -> str | None:
        if receipt.path.endswith("b.xlsx"):
            os.kill(os.getpid(), signal.SIGKILL)
        return receipts._write(receipt)
