"""A reader for text files, in place of intake: what loading, killing and crashing can be tried on without workbooks.

A file's lines are its report: 'register' first makes it a register of 'path;sender;period' lines; one of BLOWS is what
happens to the process that reads it, which the diary tells.
Imported by the processes that read, as `pipelines/warehouse/reading.py` is: no DuckDB. Not here: who has it read (offices.py).
"""

import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

from pipelines.intake.model import Hint
from pipelines.warehouse.deliveries import Delivery, RawFile
from pipelines.warehouse.fitting import Schema, Tables
from pipelines.warehouse.reading import Desk, hint_key


def _raise() -> None:
    raise ZeroDivisionError


def _spin() -> None:
    while True:
        pass


BLOWS: Mapping[str, Callable[[], object]] = {
    "raise": _raise,
    "crash": lambda: os._exit(3),
    "abort": os.abort,
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "spin": _spin,
    "spin in C": lambda: sum(repeat(1)),
    "swell": lambda: [bytes(10_000_000) for _ in range(100_000)],
    "stand still": lambda: time.sleep(3600),
    "hold all names": lambda: [os.dup(0) for _ in range(1 << 20)],
}
"""By a file's first line: what happens to the process that reads it."""


class StalledDesk(Desk):
    """A desk whose raw folder lies on a drive that does not answer."""

    def walk(self, raw_dir: Path, inbox_dir: Path | None = None) -> list[RawFile]:
        """Wait."""
        time.sleep(3600)
        return super().walk(raw_dir, inbox_dir)


@dataclass(frozen=True)
class LineReader:
    version: str = "1"
    diary: str = ""
    register_table: str = "register_rows"

    @property
    def views(self) -> dict[str, str]:
        return {"numbered": "select delivery_id, text, rowid >= 0 as has_number from landed.lines"}

    @property
    def definitions(self) -> dict[str, Any]:
        return {"line_kinds": ([("kind", "VARCHAR")], [("register",)])}

    @property
    def schema(self) -> Schema:
        common = [("submission_id", "VARCHAR"), ("delivery_id", "VARCHAR"), ("sheet", "VARCHAR")]
        place = [("table_no", "INTEGER"), ("row_number", "INTEGER")]
        return {
            "deliveries": [("status", "VARCHAR"), ("reporter_code", "VARCHAR"), ("cells", "BIGINT")],
            "submissions": common[:2],
            "findings": [*common[:2], ("rule_id", "VARCHAR"), ("variant", "VARCHAR"), ("value", "VARCHAR")],
            "lines": [*common, *place, ("text", "VARCHAR"), ("number", "DOUBLE"), ("hint", "VARCHAR")],
            "register_rows": [*common, *place, ("file", "VARCHAR"), ("sender", "VARCHAR"), ("period", "VARCHAR")],
        }

    def read(self, content: bytes, delivery: Delivery, hint: Hint) -> Tables:
        key = delivery.delivery_id
        if delivery.trouble or not content:
            return self.refuse(delivery, hint, delivery.trouble or "empty")
        first, *rest = content.decode().splitlines() or [""]
        if first in BLOWS:
            with Path(self.diary or os.devnull).open("a") as diary:
                diary.write(f"{delivery.path}\n")
            BLOWS[first]()
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

    def refuse(self, delivery: Delivery, hint: Hint, variant: str, detail: str = "") -> Tables:
        finding = (None, delivery.delivery_id, "F01", variant, detail)
        return {"deliveries": [("rejected", hint.sender_code, 0)], "findings": [finding]}

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
