"""Reports as if intake had just read them: rows of schema `landed`, written field by field, and dbt run over them.

Here: what tests of the marts need to say "this district reported that".
Not here: workbooks (tests/world), or what a mart is expected to say.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

from pipelines.intake.forms import landed_schema, load_forms
from pipelines.intake.model import LANDED, ROW_COLUMNS, tuple_schema
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.lists import land_lists
from pipelines.warehouse.load import CHECK_RESULTS, DELIVERIES, REGISTER_MATCHES

PROJECT = Path(__file__).parents[2] / "dbt_project"
LETTERS = [chr(65 + n) for n in range(26)] + [f"A{chr(65 + n)}" for n in range(26)]
RESOURCES = [word for kind in ("model", "test") for word in ("--resource-type", kind)]


class Landed:
    """Schema `landed` of a new working file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.connected = duckdb.connect(str(file))
        self.forms = load_forms()
        self.count = 0
        schema: dict[str, Sequence[tuple[str, str]]] = {
            **landed_schema(self.forms),
            **{name: tuple_schema(shape) for name, shape in LANDED.items()},
            "deliveries": DELIVERIES,
            "register_matches": REGISTER_MATCHES,
            "check_results": CHECK_RESULTS,
        }
        self.connected.execute("create schema landed")
        for name, columns in schema.items():
            defined = ", ".join(f'"{column}" {kind}' for column, kind in columns)
            self.connected.execute(f"create table landed.{name} ({defined})")

    def insert(self, table: str, row: Mapping[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join("?" * len(row))
        insert = f"insert into landed.{table} ({names}) values ({places})"
        self.connected.execute(insert, list(row.values()))

    def report(
        self,
        form: str,
        reporter: str | None,
        period: str | None,
        rows: Sequence[Mapping[str, Any]] = (),
        *,
        received: str,
        reason: str | None = None,
    ) -> str:
        """One workbook of one form, received at that UTC time by the register; no rows: "không phát sinh"."""
        self.count += 1
        path = f"{self.count:03}.xlsx"
        delivery = hashlib.sha256(path.encode()).hexdigest()[:16]
        submission = f"{form}-{reporter}-{period}-{self.count}"
        at = dt.datetime.fromisoformat(received)
        self.insert(
            "deliveries",
            {
                "delivery_id": delivery,
                "path": path,
                "file_name": path,
                "sha256": delivery,
                "bytes": 1,
                "modified_at": at,
            }
            | {"first_seen_no": self.count, "status": "rejected" if reason else "read", "reason": reason, "cells": 1},
        )
        self.insert("sheets", {"delivery_id": delivery, "sheet": "S", "sheet_no": 1, "kind": "form", "forms": form})
        self.insert(
            "submissions",
            {"submission_id": submission, "delivery_id": delivery, "form": form, "reporter_code": reporter}
            | {"period": period, "sheets": "S", "status": "rejected" if reason else "usable", "reason": reason}
            | {"is_nil": not rows and not reason, "rows_read": len(rows)}
            | {"rows_used": sum("unused_reason" not in row for row in rows)},
        )
        self.insert(
            "register_matches",
            {"register_submission_id": "V03", "sheet": "S", "row_number": self.count, "register_no": self.count}
            | {"received_at": at, "sender_code": reporter, "period": period, "file_name": path, "matched_path": path}
            | {"is_withdrawal": False},
        )
        place: dict[str, Any] = {"submission_id": submission, "sheet": "S", "table_no": 1}
        for letter, (field, _) in zip(LETTERS, self.forms[form].columns[len(ROW_COLUMNS) :], strict=False):
            self.insert("columns", place | {"field": field, "column_letter": letter})
        for number, row in enumerate(rows, start=10):
            own: dict[str, Any] = {"delivery_id": delivery, "row_number": number, "item_key": f"row {number}"}
            self.insert(form.lower(), {**place, **own, **row})
        return submission

    def build(self, as_of: str, *, select: str = "+path:models/marts") -> None:
        """Run dbt over it, its data tests too, with the office's own lists of the folder `reference` beside the file."""
        land_lists(self.connected, read_lists(SEEDS_DIR, self.file.parent / "reference"))
        self.connected.close()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("NTM_WORKING_FILE", str(self.file))
            patch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
            folder = self.file.parent
            result = dbtRunner().invoke(
                [
                    *("--quiet", "--no-use-colors", "--log-path", str(folder)),
                    *("build", "--select", select, "--indirect-selection", "cautious", *RESOURCES),
                    *("--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)),
                    *("--target-path", str(folder / "target"), "--vars", f"{{as_of: {as_of}}}"),
                ]
            )
        # dbt keeps its own connection to the file for as long as the process lives
        DuckDBConnectionManager.close_all_connections()
        results = getattr(result.result, "results", [])
        failed = [f"{each.node.name}: {each.message}" for each in results if each.status in {"error", "fail"}]
        assert result.success, failed or result.exception
        self.connected = duckdb.connect(str(self.file), read_only=True)

    def one(self, table: str, columns: str, **where: Any) -> Any:
        """The only row of a published table that has these values: its columns, alone or as a tuple."""
        condition = " and ".join(f"{name} is not distinct from ?" for name in where) or "true"
        query = f"select {columns} from {table} where {condition}"
        rows = self.connected.execute(query, list(where.values())).fetchall()
        assert len(rows) == 1, (table, where, rows)
        return rows[0] if len(rows[0]) > 1 else rows[0][0]


def marks(
    commune: str, met: int, *, blank: Sequence[int] = (), unreadable: Sequence[int] = (), **more: Any
) -> dict[str, Any]:
    """A row of H01 with the first criteria met, the others not met."""
    row: dict[str, Any] = {"commune_code": commune}
    for number in range(1, 20):
        if number not in (*blank, *unreadable):
            row[f"criterion_{number}"] = "met" if number <= met else "not_met"
    if unreadable:
        row["unreadable_fields"] = "".join(f";criterion_{number}" for number in unreadable) + ";"
    return row | more
