"""`kill -9` at any moment, then a run: the tables of an undisturbed one, and never a broken file for those who read meanwhile.

One office is killed at every step of its first run and asked, as of an earlier day, once more; a reader polls all the time.
"""

import os
import shutil
import signal
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as time_of_day
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.__main__ import INTERRUPTED
from pipelines.files import UNFINISHED
from pipelines.progress import Watcher
from pipelines.settings import LOCAL_TIME, SEEDS_DIR
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.build import drop_built
from pipelines.warehouse.load import load
from pipelines.warehouse.reader import IntakeReader
from tests.integration.conftest import AS_OF, CLOCKED, Office, WarmOffice
from tests.integration.recorded import Recording
from tests.world.post import REGISTER_FOLDER

pytestmark = pytest.mark.long

MOMENTS = ("archive files", "read files", "build tables", "publish")
EARLIER = "2014-10-02"  # when half of the reports had come
OF_THE_CLOCK = ("check_results", "runs", "verdicts")
"""Landed tables that tell of runs, not of deliveries."""


@dataclass
class Polls:
    """What a reader saw who looked at the published file over and over: by day asked for, tables and rows."""

    seen: dict[str, set[tuple[int, int]]] = field(default_factory=dict)
    count: int = 0
    longest: float = 0.0
    errors: list[str] = field(default_factory=list)

    def look(self, published: Path) -> None:
        began = time.monotonic()
        try:
            with duckdb.connect(str(published), read_only=True) as reader:
                ((as_of, tables, rows),) = reader.execute(
                    """
                    select as_of::varchar, (select count(*) from duckdb_tables()),
                        (select count(*) from marts.commune_months)
                    from meta.build
                    """
                ).fetchall()
            self.seen.setdefault(as_of, set()).add((tables, rows))
        except (duckdb.Error, ValueError) as error:
            self.errors.append(str(error))
        self.count += 1
        self.longest = max(self.longest, time.monotonic() - began)


@contextmanager
def polling(published: Path) -> Generator[Polls]:
    polls, is_over = Polls(), threading.Event()

    def poll() -> None:
        while not is_over.wait(0.3):
            polls.look(published)

    thread = threading.Thread(target=poll)
    thread.start()
    try:
        yield polls
    finally:
        is_over.set()
        thread.join()


@dataclass(frozen=True)
class Resumed:
    """An office killed at every step, then run to its end. `kept`: whether the published file stood through each kill."""

    office: Office
    kept: dict[str, bool]
    polls: Polls


@pytest.fixture(scope="module")
def resumed(finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory) -> Resumed:
    undisturbed, _ = finished
    office = WarmOffice(undisturbed.raw, tmp_path_factory.mktemp("resumed") / "home")
    shutil.copytree(undisturbed.home / "dbt", office.home / "dbt")  # the parsed project: 8 s that prove nothing here
    shutil.copy2(undisturbed.home / "secret", office.home)  # ids are made with it
    office.published.parent.mkdir()
    shutil.copy2(undisturbed.published, office.published)  # what readers have while nothing else is there yet
    before, kept = office.published.read_bytes(), {}
    with polling(office.published) as polls:
        for moment in MOMENTS:
            kill_at(office, moment)
            kept[moment] = office.published.read_bytes() == before
        code, said = office.run(NTM_AS_OF=EARLIER)
    polls.look(office.published)
    assert code == 0, said
    return Resumed(office, kept, polls)


def kill_at(office: Office, moment: str, number: signal.Signals = signal.SIGKILL) -> tuple[int, str]:
    """Start a run and kill it, or send another signal, as soon as it says that a step has begun: exit code, and what it said."""
    with office.start(NTM_AS_OF=EARLIER) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if moment in line:
                os.kill(process.pid, number)
                break
        else:
            pytest.fail(f"never came to {moment!r}:\n" + "".join(said))
        said += process.stdout
        return process.wait(), "".join(said)


def test_a_run_killed_as_it_reads_leaves_the_published_file_as_it_was(office: Office) -> None:
    before = office.published.read_bytes()
    (office.raw / "443" / "empty.xlsx").write_bytes(b"no longer")
    with polling(office.published) as polls:
        kill_at(office, "read files")
    polls.look(office.published)
    assert office.published.read_bytes() == before
    assert (polls.errors, list(polls.seen)) == ([], [AS_OF])


@pytest.mark.parametrize(("moment", "number"), [("read files", signal.SIGINT), ("build tables", signal.SIGTERM)])
def test_a_run_that_is_told_to_end_says_so_and_leaves_the_published_file_as_it_was(
    office: Office, moment: str, number: signal.Signals
) -> None:
    before = office.published.read_bytes()
    (office.raw / "443" / "empty.xlsx").write_bytes(b"no longer")
    code, said = kill_at(office, moment, number)
    assert code == INTERRUPTED, said
    assert said.endswith("interrupted; the published file is as it was, the next run goes on from here\n")
    assert "Traceback" not in said
    assert office.published.read_bytes() == before


def test_a_run_killed_at_any_step_leaves_the_published_file_as_it_was(resumed: Resumed) -> None:
    last = MOMENTS[-1]  # a quick last step may be over before it is killed
    assert {moment: is_kept for moment, is_kept in resumed.kept.items() if moment != last} == dict.fromkeys(
        MOMENTS[:-1], True
    )


def test_what_was_landed_between_kills_is_what_an_undisturbed_run_lands(
    finished: tuple[Office, str], resumed: Resumed
) -> None:
    landed, expected = (landed_tables(office.home / "working.duckdb") for office in (resumed.office, finished[0]))
    assert landed.keys() == expected.keys()
    assert not [name for name in expected if landed[name] != expected[name]]
    assert len(landed["deliveries"]) > 40


def test_the_run_after_the_kills_leaves_nothing_unfinished(resumed: Resumed) -> None:
    assert not [path for path in resumed.office.home.rglob("*") if UNFINISHED in path.name and path.is_file()]


def test_a_reader_that_polls_through_kills_and_a_run_sees_the_old_build_then_the_new_one(resumed: Resumed) -> None:
    assert resumed.polls.errors == []
    assert resumed.polls.count > 50
    assert list(resumed.polls.seen) == [AS_OF, EARLIER]
    assert all(len(states) == 1 for states in resumed.polls.seen.values())
    assert resumed.polls.longest < 5, "a reader had to wait for the run"
    assert resumed.office.ask("select as_of::varchar from meta.build") == [(EARLIER,)]


def test_asked_as_of_a_day_the_warehouse_says_what_it_said_that_day(
    finished: tuple[Office, str], resumed: Resumed, recording: Recording, tmp_path: Path
) -> None:
    """The deliveries again, one after the other in order of receipt up to that day: nothing that came later may show.

    Nor may it show where all has been landed and built as of a later day before.
    """
    source = finished[0]
    end = datetime.combine(date.fromisoformat(EARLIER), time_of_day.max, LOCAL_TIME).timestamp()
    files = [file for file in source.raw.rglob("*") if file.is_file() and "reference" not in file.parts]
    registers = {file for file in files if file.parent.name == REGISTER_FOLDER}
    came = sorted(
        (file for file in {*files} - registers if file.stat().st_mtime <= end), key=lambda file: file.stat().st_mtime
    )
    assert 10 < len(came) < len(files) - 10
    raw, working = tmp_path / "raw", tmp_path / "working.duckdb"
    shutil.copy(source.home / "working.duckdb", working)
    asked = build_anew(working, recording)
    reader = IntakeReader(SEEDS_DIR, raw / "reference", date(2015, 7, 20))
    with duckdb.connect(str(working)) as connected:
        connected.execute("drop schema landed cascade")
        for file in (*registers, *came):
            copy = raw / file.relative_to(source.raw)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
            archive, secret = Archive(tmp_path / "archive"), source.home / "secret"
            load(connected, raw, archive, secret, reader, reader.lists, reader.limits, Watcher(), 1)
    replayed = build_anew(working, recording)
    published = {name: rows for name, rows in resumed.office.tables().items() if not name.startswith("meta.")}
    assert published.keys() <= asked.keys()
    assert [name for name, rows in published.items() if asked[name] != rows] == []
    assert [name for name, rows in asked.items() if replayed[name] != rows] == []
    assert len(asked["quality.submissions"]) > 10


def build_anew(working: Path, recording: Recording) -> dict[str, list[Any]]:
    """Build all as of the earlier day, and return every mart and table of quality, row by row, but those of the clock."""
    with duckdb.connect(str(working)) as connected:
        nodes = recording.manifest["nodes"].values()
        drop_built(connected, {node["schema"] for node in nodes if node["resource_type"] == "model"})
        recording.play(connected, EARLIER, "+path:models", is_tested=False)
        names = connected.execute(
            "select schema_name || '.' || table_name from duckdb_tables() where schema_name in ('marts', 'quality')"
        ).fetchall()
        return {
            name: connected.execute(f"from {name} order by all").fetchall() for (name,) in names if name not in CLOCKED
        }


def landed_tables(working: Path) -> dict[str, list[Any]]:
    """Every landed table but those of runs, row by row, but for how long a reading took."""
    with duckdb.connect(str(working), read_only=True) as connected:
        names = connected.execute(
            "select table_name from duckdb_tables() where schema_name = 'landed' and not list_contains(?, table_name)",
            [OF_THE_CLOCK],
        ).fetchall()
        return {
            name: connected.execute(
                f"select * {'replace (0 as read_seconds)' if name == 'deliveries' else ''} from landed.{name} order by all"
            ).fetchall()
            for (name,) in names
        }
