"""An installation in a scratch folder whose files are read by the fake reader (fakes.py)."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from pipelines.reference.lists import Lists, read_lists
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.deliveries import Limits
from pipelines.warehouse.engine import THIS_MACHINE, Engine
from pipelines.warehouse.load import Loaded, load
from tests.unit.warehouse.fakes import LineReader

LIMITS = Limits(
    file_bytes=1_000_000,
    unpacked_bytes=2_000_000,
    seconds=1,
    seconds_per_mb=1,
    memory_bytes=300_000_000,
    still_seconds=3,
)


NO_LISTS = Lists({})
"""The fake reader asks no list: an office without rows of its own lands empty ones, which takes half the time."""


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

    engine: Engine = THIS_MACHINE

    def load(self, version: str = "1", processes: int | None = None, again: Sequence[str] = ()) -> Loaded:
        overlays = self.raw / "reference"
        lists = read_lists(SEEDS_DIR, overlays) if overlays.exists() else NO_LISTS
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
                engine=self.engine,
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
