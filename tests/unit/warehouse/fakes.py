"""A reader for text files, in place of intake: what loading, killing and crashing can be tried on without workbooks.

A file's lines are its report: 'register' first makes it a register of 'path;sender;period' lines; one of BLOWS is what
happens to the process that reads it, which the diary tells.
"""

import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import duckdb

from pipelines.intake.model import Hint
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.deliveries import Delivery, Found, Limits
from pipelines.warehouse.fitting import Schema, Tables
from pipelines.warehouse.load import Loaded, load
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

    def walk(self, raw_dir: Path, inbox_dir: Path | None = None) -> list[Found]:
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
        return {}

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


LIMITS = Limits(
    file_bytes=1_000_000,
    unpacked_bytes=2_000_000,
    seconds=1,
    seconds_per_mb=1,
    memory_bytes=300_000_000,
    still_seconds=3,
)


our_lists = cache(read_lists)
"""Our own reference lists, read once: an office without rows of its own has these."""


class Silent:
    def start(self, what: str, total: int | None) -> None: ...
    def advance(self, what: str) -> None: ...


class Office:
    """A raw folder, an archive and a working file in a scratch folder."""

    def __init__(self, folder: Path) -> None:
        self.raw = folder / "raw"
        self.archive = folder / "archive"
        self.working = folder / "working.duckdb"
        self.secret = folder / "secret"
        self.diary = folder / "diary"
        self.limits = LIMITS
        self.raw.mkdir(exist_ok=True)

    def put(self, path: str, text: str) -> Path:
        file = self.raw / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, (1_410_000_000, 1_410_000_000))
        return file

    def load(self, version: str = "1", processes: int | None = None, again: Sequence[str] = ()) -> Loaded:
        overlays = self.raw / "reference"
        lists = read_lists(SEEDS_DIR, overlays) if overlays.exists() else our_lists(SEEDS_DIR)
        with duckdb.connect(str(self.working)) as connected:
            return load(
                connected,
                self.raw,
                Archive(self.archive),
                self.secret,
                LineReader(version, str(self.diary)),
                lists,
                self.limits,
                Silent(),
                processes,
                again,
            )

    def rows(self, query: str) -> list[Any]:
        with duckdb.connect(str(self.working)) as connected:
            return connected.execute(query).fetchall()

    def attempts(self) -> list[str]:
        """The files that did something to a process that read them, as often as they did."""
        return self.diary.read_text().split() if self.diary.exists() else []

    def tables(self) -> dict[str, list[Any]]:
        """Every landed table but for how long its reading took, and the secret, which is another in each office."""
        with duckdb.connect(str(self.working)) as connected:
            names = connected.execute(
                "select table_name from duckdb_tables() where schema_name = 'landed' and table_name <> 'id_secret'"
            ).fetchall()
            return {
                name: connected.execute(
                    f"select * {'replace (0 as read_seconds)' if name == 'deliveries' else ''} from landed.{name} order by all"
                ).fetchall()
                for (name,) in names
            }
