"""A reader for text files, in place of intake: what loading, killing and crashing can be tried on without workbooks.

A file's lines are its report: 'register' first makes it a register of 'path;sender;period' lines; 'crash' kills the
process that reads it, 'raise' is a defect in the reader.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.intake.model import Hint
from pipelines.warehouse.deliveries import Delivery
from pipelines.warehouse.load import Schema, Tables, hint_key


@dataclass(frozen=True)
class LineReader:
    version: str = "1"
    register_table: str = "register_rows"

    @property
    def schema(self) -> Schema:
        common = [("submission_id", "VARCHAR"), ("delivery_id", "VARCHAR"), ("sheet", "VARCHAR")]
        place = [("table_no", "INTEGER"), ("row_number", "INTEGER")]
        return {
            "deliveries": [("status", "VARCHAR"), ("reporter_code", "VARCHAR"), ("cells", "BIGINT")],
            "submissions": common[:2],
            "findings": [*common[:2], ("severity", "VARCHAR"), ("variant", "VARCHAR")],
            "lines": [*common, *place, ("text", "VARCHAR"), ("number", "DOUBLE"), ("hint", "VARCHAR")],
            "register_rows": [*common, *place, ("file", "VARCHAR"), ("sender", "VARCHAR"), ("period", "VARCHAR")],
        }

    def read(self, content: bytes, delivery: Delivery, hint: Hint) -> Tables:
        key = delivery.delivery_id
        if delivery.trouble or not content:
            finding = (None, key, "error", delivery.trouble or "empty")
            return {"deliveries": [("rejected", hint.sender_code, 0)], "findings": [finding]}
        first, *rest = content.decode().splitlines() or [""]
        if first == "crash":
            os._exit(3)
        if first == "raise":
            raise ZeroDivisionError
        place = ("s" + key, key, "sheet 1", 1)
        tables: dict[str, list[tuple[Any, ...]]] = {
            "deliveries": [("read", hint.sender_code, len(rest) + 1)],
            "submissions": [("s" + key, key)],
        }
        if first == "register":
            tables["register_rows"] = [(*place, no, *line.split(";")) for no, line in enumerate(rest, 2)]
        else:
            tables["lines"] = [(*place, no, line, None, hint_key(hint)) for no, line in enumerate([first, *rest], 1)]
        return tables

    def match(
        self, rows: Sequence[Mapping[str, Any]], paths: Sequence[str]
    ) -> tuple[list[tuple[Any, ...]], Mapping[str, Hint]]:
        matches, hints = [], {}
        for no, row in enumerate(rows, 1):
            path = row["file"] if row["file"] in paths else None
            place = (row["submission_id"], row["sheet"], row["row_number"], no)
            matches.append((*place, None, row["sender"], row["period"], row["file"], path, False))
            if path:
                hints[path] = Hint(row["sender"], row["period"])
        return matches, hints
