"""A warehouse from landed rows written by hand: what intake would have read, so rules are tested without workbooks.

Here: the landed schema with defaults, reports as a few words, and a build over them; dbt over a working file.
Not here: what a rule is expected to say (the tests).
"""

import datetime as dt
import hashlib
import json
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import pytest

from pipelines.intake.definitions import definitions
from pipelines.intake.forms import landed_schema, load_forms
from pipelines.intake.model import LANDED, tuple_schema
from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import Rule
from pipelines.settings import DBT_PROJECT_DIR, SEEDS_DIR, Settings
from pipelines.warehouse import build, own_forms
from pipelines.warehouse.landed_schema import ARRIVALS, CHECK_RESULTS, DELIVERIES, MESSAGES
from pipelines.warehouse.lists import land_lists, replace_table
from pipelines.warehouse.reading import REGISTER_MATCHES
from pipelines.warehouse.secret import ID_SECRET
from tests.integration.recorded import Recording
from tests.shared import our_forms

CRITERIA = 19
SECRET = "0123456789abcdef" * 4
"""What ids are made with."""
HOURS = dt.timedelta(hours=7)  # Asia/Ho_Chi_Minh


def utc(local: str) -> dt.datetime:
    """'2014-10-05 08:00', local time, as UTC."""
    return dt.datetime.fromisoformat(local) - HOURS


def marks(met: int, **changes: str | None) -> dict[str, str | None]:
    """The marks of an H01 row: the first `met` criteria met, the rest not met, then the changes."""
    row: dict[str, str | None] = {f"criterion_{n}": "met" if n <= met else "not_met" for n in range(1, CRITERIA + 1)}
    return row | changes


class Landed:
    """Schema `landed` in the making. Every method adds rows; `build` writes them and runs dbt."""

    def __init__(self, own_forms: Mapping[str, str] = MappingProxyType({})) -> None:
        """`own_forms`: forms that the office has added, as Lists has them."""
        self.forms = load_forms(own=own_forms) if own_forms else our_forms()
        self.schema: dict[str, list[tuple[str, str]]] = {
            "deliveries": list(DELIVERIES),
            "register_matches": list(REGISTER_MATCHES),
            "check_results": list(CHECK_RESULTS),
            "arrivals": list(ARRIVALS),
            "messages": list(MESSAGES),
            "id_secret": list(ID_SECRET),
            **{name: tuple_schema(shape) for name, shape in LANDED.items()},
            **landed_schema(self.forms),
        }
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in self.schema}
        self.add("id_secret", secret=SECRET)
        self.register = self.register_file("so-cong-van-den.xlsx")

    def add(self, table: str, **values: Any) -> None:
        unknown = values.keys() - {name for name, _ in self.schema[table]}
        assert not unknown, f"landed.{table} has no {sorted(unknown)}"
        self.rows[table].append(values)

    def register_file(self, path: str) -> str:
        """A register of incoming documents; returns its submission. Its rows are added by `entry`."""
        delivery = self.delivery(path, None, reporter="VPDP")
        return self.submission(delivery, "V03", "VPDP", None)

    def delivery(
        self,
        path: str,
        received: str | None,
        *,
        content: str | None = None,
        modified: str = "2026-01-01 00:00",
        status: str = "read",
        reason: str | None = None,
        reporter: str | None = None,
        period: str | None = None,
        sender: str | None = None,
        register_period: str | None = None,
    ) -> str:
        """A file; `received`: its row in the register (local time), None: no row. Returns its id."""
        sha = hashlib.sha256((content or f"bytes of {path} {received}").encode()).hexdigest()
        delivery_id = hashlib.sha256(f"{path}\n{sha}".encode()).hexdigest()[:16]
        if delivery_id not in {row["delivery_id"] for row in self.rows["deliveries"]}:
            self.add(
                "deliveries",
                delivery_id=delivery_id,
                path=path,
                file_name=path.rpartition("/")[2],
                sha256=sha,
                bytes=1000,
                modified_at=utc(modified),
                first_seen_no=len(self.rows["deliveries"]) + 1,
                status=status,
                reason=reason,
                reporter_code=reporter,
                period=period,
            )
            self.add("sheets", delivery_id=delivery_id, sheet="Bieu", sheet_no=1, kind="form")
        last = next((row for row in reversed(self.rows["arrivals"]) if row["path"] == path), {})
        if last.get("delivery_id") != delivery_id:
            number = len(self.rows["arrivals"]) + 1
            self.add("arrivals", arrival_no=number, delivery_id=delivery_id, path=path, modified_at=utc(modified))
        if received:
            self.entry(path, received, sender=sender or reporter, period=register_period or period)
        return delivery_id

    def entry(
        self,
        path: str,
        received: str,
        *,
        sender: str | None = None,
        period: str | None = None,
        withdrawal: bool = False,
        found: bool = True,
    ) -> None:
        """A row of the register."""
        number = len(self.rows["register_matches"]) + 1
        self.add(
            "register_matches",
            register_submission_id=self.register,
            sheet="So",
            row_number=number + 5,
            register_no=number,
            received_at=utc(received),
            sender_code=sender,
            period=period,
            file_name=path,
            matched_path=path if found else None,
            is_withdrawal=withdrawal,
        )
        register = next(row for row in self.rows["submissions"] if row["submission_id"] == self.register)
        self.add(
            "v03", submission_id=self.register, delivery_id=register["delivery_id"], sheet="So", row_number=number + 5,
            received_at=utc(received), file_name=path,
        )  # fmt: skip

    def submission(
        self,
        delivery: str,
        form: str,
        reporter: str | None,
        period: str | None,
        rows: Iterable[Mapping[str, Any]] = (),
        **values: Any,
    ) -> str:
        """A form in a file; returns its id. Rows stand from row 11 on, one field a column in their order."""
        submission_id = hashlib.sha256(f"{delivery}|{form}|{reporter or ''}|{period or ''}".encode()).hexdigest()[:16]
        table = form.lower()
        rows = list(rows)
        row_values = {"table_no": 1, "sheet": "Bieu", "submission_id": submission_id, "delivery_id": delivery}
        for number, row in enumerate(rows, start=11):
            place = {"row_number": number, "item_key": f"row {number}"}
            self.add(table, **{**place, "required_cells": 2, "filled_cells": 2, **row_values, **row})
        if table in self.schema:
            fields = [name for name, _ in self.schema[table]][10:]
            for position, field in enumerate(fields):
                self.add(
                    "columns",
                    submission_id=submission_id,
                    sheet="Bieu",
                    table_no=1,
                    field="commune" if field == "commune_name" else field,
                    column_letter=letter(position),
                )
        used = [row for row in rows if not row.get("unused_reason")]
        self.add(
            "submissions",
            **{
                "submission_id": submission_id,
                "delivery_id": delivery,
                "form": form,
                "reporter_code": reporter,
                "period": period,
                "reporter_source": "sheet",
                "period_source": "sheet",
                "sheet_reporter_code": reporter,
                "sheet_period": period,
                "is_titled": True,
                "sheets": "Bieu",
                "status": "usable",
                "is_nil": False,
                "rows_read": len(rows),
                "rows_used": len(used),
                **values,
            },
        )
        return submission_id

    def report(
        self,
        form: str,
        reporter: str,
        period: str | None,
        received: str,
        rows: Iterable[Mapping[str, Any]] = (),
        *,
        path: str | None = None,
        content: str | None = None,
        **values: Any,
    ) -> str:
        """A file with one form, registered; returns the submission."""
        path = path or f"{period}/{reporter}-{form}-{len(self.rows['deliveries'])}.xlsx"
        is_rejected = values.get("status") == "rejected"
        delivery = self.delivery(
            path,
            received,
            content=content,
            reporter=reporter,
            period=period,
            status="rejected" if is_rejected else "read",
            reason=values.get("reason") if is_rejected else None,
        )
        return self.submission(delivery, form, reporter, period, rows, **values)

    def finding(self, submission_id: str, rule_id: str, **values: Any) -> None:
        """A finding of intake."""
        row = next(row for row in self.rows["submissions"] if row["submission_id"] == submission_id)
        self.add(
            "findings",
            **{
                "delivery_id": row["delivery_id"], "submission_id": submission_id, "rule_id": rule_id, "variant": "",
                "sheet": "Bieu", "is_personal": False, **values,
            },
        )  # fmt: skip

    def build(
        self,
        file: Path,
        as_of: str,
        recording: Recording,
        *,
        select: str,
        overlay_dir: Path | None = None,
        lists: Lists | None = None,
    ) -> "Built":
        """Write the working file, build and test the models selected and what they read, and open it for reading."""
        with duckdb.connect(str(file)) as connected:
            self.land(connected, overlay_dir, lists)
            warned = recording.play(connected, as_of, select)
        return Built(file, duckdb.connect(str(file), read_only=True), warned)

    def land(
        self, connected: duckdb.DuckDBPyConnection, overlay_dir: Path | None = None, lists: Lists | None = None
    ) -> None:
        """Write schema `landed`: what was added so far, and the lists given, or ours with the office's own of that folder."""
        connected.execute("create schema landed")
        for table, columns in self.schema.items():
            connected.execute(f"create table landed.{table} ({', '.join(f'{n} {t}' for n, t in columns)})")
            names = [name for name, _ in columns]
            rows = [[row.get(name) for name in names] for row in self.rows[table]]
            if rows:
                places = ", ".join("?" * len(names))
                connected.executemany(f"insert into landed.{table} values ({places})", rows)
        lists = lists or read_lists(SEEDS_DIR, overlay_dir)
        for name, (columns, rows) in definitions(self.forms, lists[Rule]).items():
            replace_table(connected, f"landed.{name}", columns, rows)
        for name, query in own_forms.views(self.forms).items():
            connected.execute(f"create view landed.{name} as {query}")
        land_lists(connected, lists)


@dataclass(frozen=True)
class Built:
    """A working file in which all is built, open for reading. `warned`: data tests that warn, with the rows that fail them."""

    file: Path
    connected: duckdb.DuckDBPyConnection
    warned: dict[str, int]

    def one(self, table: str, columns: str, **where: Any) -> Any:
        """The only row of a published table that has these values: its columns, alone or as a tuple."""
        condition = " and ".join(f"{name} is not distinct from ?" for name in where) or "true"
        query = f"select {columns} from {table} where {condition}"
        rows = self.connected.execute(query, list(where.values())).fetchall()
        assert len(rows) == 1, (table, where, rows)
        return rows[0] if len(rows[0]) > 1 else rows[0][0]


def letter(position: int) -> str:
    """The letter of a column counted from 0: A … Z, AA …"""
    return (letter(position // 26 - 1) if position >= 26 else "") + chr(ord("A") + position % 26)


def run_dbt(file: Path, as_of: str, parsed_home: Path, *arguments: str) -> None:
    """Run dbt over a working file, with the project as it was parsed once; what fails is named."""
    settings = Settings(file.parent, parsed_home, dt.date.fromisoformat(as_of))
    what, *chosen = arguments
    project = build.parsed_project(settings)
    assert project is not None
    build.compile_project(project, settings)
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("default")  # dbt and its libraries warn about themselves
        patch.setenv("NTM_WORKING_FILE", str(file))
        patch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
        result = build._run(
            [
                *("--quiet", "--no-use-colors", "--log-path", str(file.parent)),
                *(what, "--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)),
                *("--target-path", str(file.parent / "target"), "--vars", json.dumps({"as_of": as_of}), *chosen),
            ],
            project=project,
        )
    results = getattr(result.result, "results", [])
    failed = [f"{each.node.name}: {each.message}" for each in results if each.status in {"error", "fail"}]
    assert result.success, failed or result.exception
    assert results, f"nothing is {arguments}"


def table(connected: duckdb.DuckDBPyConnection, query: str, *parameters: Any) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    cursor = connected.execute(query, list(parameters))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
