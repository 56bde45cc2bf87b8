"""Readers never wait for a run, and never see half a build."""

import shutil
import time
from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.progress import Watcher
from pipelines.settings import LOCAL_TIME, SEEDS_DIR
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.load import load
from pipelines.warehouse.reader import IntakeReader
from tests.integration.conftest import AS_OF, CLOCKED, Office
from tests.integration.landed import run_dbt
from tests.world.post import REGISTER_FOLDER

EARLIER = "2014-10-02"  # when half of the reports had come


@dataclass(frozen=True)
class AskedEarlier:
    """A run as of an earlier day beside a reader that polls: what that one saw, and how often it looked."""

    office: Office
    before: Path
    seen: dict[str, set[tuple[int, int]]]
    polls: int


@pytest.fixture(scope="module")
def earlier(finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory) -> AskedEarlier:
    """The finished office, asked as of a day on which half of the reports had come. `before`: its working file until then."""
    folder = tmp_path_factory.mktemp("earlier")
    shutil.copytree(finished[0].home, folder / "home")
    office, before = Office(finished[0].raw, folder / "home"), folder / "before.duckdb"
    shutil.copy(office.home / "working.duckdb", before)
    seen: dict[str, set[tuple[int, int]]] = {}
    polls = 0
    with office.start(NTM_AS_OF=EARLIER) as run:
        while run.poll() is None:
            began = time.monotonic()
            with duckdb.connect(str(office.published), read_only=True) as reader:
                ((as_of, tables, rows),) = reader.execute(
                    """
                    select as_of::varchar, (select count(*) from duckdb_tables()),
                        (select count(*) from marts.commune_months)
                    from meta.build
                    """
                ).fetchall()
            seen.setdefault(as_of, set()).add((tables, rows))
            polls += 1
            assert time.monotonic() - began < 5, "a reader had to wait for the run"
            time.sleep(0.2)
        assert run.stdout is not None
        assert run.returncode == 0, run.stdout.read()
    return AskedEarlier(office, before, seen, polls)


def test_a_reader_that_polls_during_a_run_sees_the_old_build_then_the_new_one(earlier: AskedEarlier) -> None:
    assert earlier.polls > 50
    assert list(earlier.seen) in ([AS_OF], [AS_OF, EARLIER])
    assert all(len(states) == 1 for states in earlier.seen.values())
    assert earlier.office.ask("select as_of::varchar from meta.build") == [(EARLIER,)]


def test_asked_as_of_a_day_the_warehouse_says_what_it_said_that_day(
    earlier: AskedEarlier, parsed_home: Path, tmp_path: Path
) -> None:
    """The deliveries again, one after the other in order of receipt up to that day: nothing that came later may show."""
    end = datetime.combine(date.fromisoformat(EARLIER), time_of_day.max, LOCAL_TIME).timestamp()
    files = [file for file in earlier.office.raw.rglob("*") if file.is_file() and "reference" not in file.parts]
    registers = {file for file in files if file.parent.name == REGISTER_FOLDER}
    came = sorted(
        (file for file in {*files} - registers if file.stat().st_mtime <= end), key=lambda file: file.stat().st_mtime
    )
    assert 10 < len(came) < len(files) - 10
    raw, working = tmp_path / "raw", tmp_path / "working.duckdb"
    shutil.copy(earlier.before, working)
    reader = IntakeReader(SEEDS_DIR, raw / "reference", date(2015, 7, 20))
    with duckdb.connect(str(working)) as connected:
        connected.execute("drop schema landed cascade")
        for file in (*registers, *came):
            copy = raw / file.relative_to(earlier.office.raw)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
            archive, secret = Archive(tmp_path / "archive"), earlier.office.home / "secret"
            load(connected, raw, archive, secret, reader, reader.lists, reader.limits, Watcher(), 1)
    run_dbt(working, EARLIER, parsed_home, "run")
    replayed, asked = said(working), said(earlier.office.home / "working.duckdb")
    assert [name for name, rows in asked.items() if replayed[name] != rows] == []
    assert len(asked["quality.submissions"]) > 10


def said(working: Path) -> dict[str, list[Any]]:
    """Every mart and table of quality, row by row, but those of the clock."""
    with duckdb.connect(str(working), read_only=True) as connected:
        names = connected.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('marts', 'quality')"
        ).fetchall()
        return {
            name: connected.execute(f"from {name} order by all").fetchall() for (name,) in names if name not in CLOCKED
        }
