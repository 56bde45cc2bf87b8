"""Deliveries landed as Parquet: the rows of DuckDB's own tables, whatever becomes of a task, a file or a run.

In place of a cluster a function calls: what Spark adds is tried in tests/integration/test_spark.py.
"""

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.intake.model import Hint
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.build import code_version
from pipelines.warehouse.deliveries import Delivery, Limits
from pipelines.warehouse.engine import THIS_MACHINE, Engine
from pipelines.warehouse.reading import Reader, Readers
from pipelines.warehouse.spark.batches import NO_BATCH, Batch, BatchFolder
from pipelines.warehouse.spark.landing import BATCH_FILES, READ_IN, ParquetLanded
from pipelines.warehouse.spark.reading import ClusterReaders, OtherVersionError, Task, read_share, share_out
from pipelines.warehouse.spark.session import ClusterError
from pipelines.warehouse.verification import verify
from tests.unit.warehouse.fakes import LineReader
from tests.unit.warehouse.offices import LIMITS, Office

pytestmark = pytest.mark.long  # the way of an installation with Spark alone
LEDGER = {READ_IN, BATCH_FILES}


class Hands:
    """Calls functions here, each `times` over as a cluster does that takes a task for lost; breaks off after `most`."""

    slots = 2

    def __init__(self, times: int = 1, most: int = 1000) -> None:
        self.times, self.most = times, most

    def call_all(self, function: Callable[[Any], Any], arguments: Sequence[Any]) -> list[Any]:
        answers = []
        for argument in arguments:
            if len(answers) == self.most:
                raise KeyboardInterrupt
            answers.append([function(argument) for _ in range(self.times)][-1])
        return answers


class ParquetEngine(Engine):
    def __init__(self, folder: Path, hands: Hands | None = None) -> None:
        self.folder, self.hands = BatchFolder(folder), hands or Hands()

    def landed(self, connected: duckdb.DuckDBPyConnection, reader: Reader) -> ParquetLanded:
        return ParquetLanded(connected, reader, self.folder)

    def readers(self, archive: Archive, reader: Reader, limits: Limits, processes: int | None) -> Readers:
        return ClusterReaders(archive, reader, limits, processes, self.hands, self.folder)

    def files(self) -> set[Path]:
        return {file for file in self.folder.folder.rglob("*") if file.is_file() and file.stem != "none"}


def fill(office: Office) -> None:
    for number in range(12):
        office.put(f"{number % 3}/report {number}.txt", f"Kim Lộc\n{number}\n")
    office.put("so cong van.txt", "register\n1/report 1.txt;445;2014-09\n")
    office.put("lỗi.txt", "raise\n")
    office.put("trống.txt", "")


@pytest.fixture
def engine(tmp_path: Path) -> ParquetEngine:
    return ParquetEngine(tmp_path / "parquet")


@pytest.fixture
def office(tmp_path: Path, engine: ParquetEngine) -> Office:
    folder = tmp_path / "office"
    folder.mkdir()
    office = Office(folder)
    office.engine = engine
    fill(office)
    return office


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What DuckDB lands of the same folder."""
    office = Office(tmp_path_factory.mktemp("duckdb"))
    fill(office)
    office.load()
    return rows_of(office)


def rows_of(office: Office) -> dict[str, list[Any]]:
    """Tables, and views over batches."""
    tables = {name: rows for name, rows in office.tables().items() if name not in LEDGER}
    views = [name for (name,) in office.rows("select view_name from duckdb_views() where schema_name = 'landed'")]
    return tables | {name: office.rows(f"from landed.{name} order by all") for name in views}


def test_the_rows_are_those_of_tables(office: Office, landed: dict[str, list[Any]]) -> None:
    loaded = office.load()
    assert rows_of(office) == landed
    assert (loaded.new, loaded.rejected, loaded.rows["lines"]) == (15, 2, len(landed["lines"]))


def test_what_was_read_is_not_read_again(office: Office, engine: ParquetEngine) -> None:
    state, files = office.load().state, engine.files()
    again = office.load()
    assert (again.new, again.read_again, again.state, engine.files()) == (0, 0, state, files)


def test_what_is_read_again_takes_the_place_of_what_was_read(office: Office, landed: dict[str, list[Any]]) -> None:
    office.load()
    assert office.load(again=["1"]).read_again == 4
    assert rows_of(office) == landed
    office.put("1/report 1.txt", "Kim Lộc\n77\n88\n")
    assert office.load().new == 1
    assert office.rows("select count(*) from landed.lines")[0][0] == len(landed["lines"]) + 3


def test_a_file_that_no_delivery_needs_is_removed_by_the_next_run(office: Office, engine: ParquetEngine) -> None:
    office.load()
    before = engine.files()
    office.load(version="2")
    office.load(version="2")
    assert not before & engine.files()


def test_a_task_that_was_done_twice_counts_once(office: Office, engine: ParquetEngine, landed: dict[str, Any]) -> None:
    engine.hands.times = 2
    office.load()
    assert rows_of(office) == landed
    assert list(engine.folder.aside.iterdir())
    office.load()
    assert not engine.folder.aside.exists()


def test_a_run_killed_while_it_reads_is_gone_on_with(office: Office, engine: ParquetEngine, landed: Any) -> None:
    engine.hands.most = 2
    with pytest.raises(KeyboardInterrupt):
        office.load()
    engine.hands.most = 1000
    office.load()
    assert rows_of(office) == landed


def test_a_batch_that_is_in_place_and_not_in_the_ledger_counts_for_nothing(
    office: Office, engine: ParquetEngine, landed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(ParquetLanded, "_ledger_rows", die)
        with pytest.raises(KeyboardInterrupt):
            office.load()
    assert engine.files()
    assert office.rows("select count(*) from landed.register_rows") == [(0,)]
    office.load()
    assert rows_of(office) == landed


@pytest.mark.parametrize("damage", ["cut", "gone", "end"])
def test_deliveries_of_a_broken_batch_are_read_again(
    office: Office, engine: ParquetEngine, landed: dict[str, Any], damage: str
) -> None:
    office.load()
    file = next(file for file in sorted(engine.files()) if file.parent.name == "lines")
    content = file.read_bytes()
    file.unlink()
    if damage != "gone":
        file.write_bytes(content[: len(content) // 2] if damage == "cut" else content[:-4] + b"\0\0\0\0")
    assert office.load().read_again > 0
    assert rows_of(office) == landed


def test_a_file_without_rows_that_a_loss_of_power_has_emptied_is_made_anew(
    office: Office, engine: ParquetEngine, landed: dict[str, Any]
) -> None:
    office.load()
    engine.folder.file("lines", NO_BATCH).write_bytes(b"")
    assert office.load().read_again == 15
    assert rows_of(office) == landed


@pytest.mark.parametrize("is_copied", [True, False])
def test_a_home_that_was_moved_or_copied_is_read_where_it_lies(
    office: Office, engine: ParquetEngine, landed: dict[str, Any], tmp_path: Path, *, is_copied: bool
) -> None:
    office.load()
    there = tmp_path / "nơi khác"
    shutil.copytree(engine.folder.folder, there)
    if not is_copied:
        shutil.rmtree(engine.folder.folder)
    office.engine = ParquetEngine(there)
    office.put("1/report 13.txt", "Kim Lộc\n77\n88\n")
    loaded = office.load()
    assert (loaded.new, loaded.read_again) == (1, 0)
    assert office.rows("select count(*) from landed.lines")[0][0] == len(landed["lines"]) + 3


def test_a_batch_that_is_not_where_it_was_put_counts_for_nothing(engine: ParquetEngine) -> None:
    """A worker has written it to a disk of its own."""
    with pytest.raises(OSError, match="lines"):
        engine.folder.put_in_place(Batch("0123", {"lines": 100}))


def test_a_machine_that_can_not_read_the_archive_says_nothing_about_its_contents(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its mount is empty: the run ends, and the archive stays as it was."""
    (tmp_path / "empty").mkdir()
    elsewhere = Archive(tmp_path / "empty")
    monkeypatch.setattr("pipelines.warehouse.spark.reading.Archive", lambda _: elsewhere)
    monkeypatch.setattr("pipelines.warehouse.spark.reading._kept", [])
    with pytest.raises(ClusterError, match="can't read what this one reads"):
        office.load()
    assert not [file for file in office.archive.rglob("*") if "damaged" in file.parts]
    monkeypatch.undo()
    assert office.load().lost == []


def test_of_many_batches_one_is_made(
    office: Office, engine: ParquetEngine, landed: dict[str, list[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    office.load()
    monkeypatch.setattr("pipelines.warehouse.spark.landing.MOST_BATCHES", 1)
    state = office.load().state
    assert rows_of(office) == landed
    assert office.load().state == state
    assert len({file.stem for file in engine.files()}) == 1


def test_verify_reads_them_to_the_last_byte(office: Office, engine: ParquetEngine) -> None:
    office.load()
    assert broken_files(office) == []
    file = next(file for file in engine.files() if file.parent.name == "lines")
    file.write_bytes(file.read_bytes()[:-20])
    (line,) = broken_files(office)
    assert line.startswith(f"{office.working}: ")
    assert line.endswith("make run")


def broken_files(office: Office) -> list[str]:
    nowhere = office.raw.parent / "published" / "ntm.duckdb"
    return [line for part in verify(office.archive, office.secret, office.working, nowhere) for line in part.troubles]


def test_the_folder_may_be_deleted(office: Office, engine: ParquetEngine, landed: dict[str, Any]) -> None:
    office.load()
    for file in engine.folder.folder.rglob("*.parquet"):
        file.unlink()
    assert office.load().read_again == 15
    assert rows_of(office) == landed


def test_another_engine_reads_everything_and_nothing_of_the_first_is_left(
    office: Office, engine: ParquetEngine, landed: dict[str, Any]
) -> None:
    for each in (THIS_MACHINE, engine, THIS_MACHINE):
        office.engine = each
        office.load()
        assert rows_of(office) == landed
    assert LEDGER.isdisjoint(office.tables())


def test_a_file_at_a_limit_costs_itself_alone(office: Office, landed: dict[str, list[Any]]) -> None:
    office.put("quá lâu.txt", "spin in C\n")
    office.load()
    assert office.rows("select variant from landed.findings where variant = 'too_slow'") == [("too_slow",)]
    assert office.rows("select count(*) from landed.lines")[0][0] == len(landed["lines"])


def test_shares_are_of_about_the_same_size_and_none_is_too_many() -> None:
    assert [sum(each.size or 0 for each, _ in share) for share in share_out(of_sizes([900, 9, 9, 800, 9, 9]), 1)] == [
        918,
        818,
    ]
    assert {len(share) for share in share_out(of_sizes([1] * 1001), 1)} == {166, 167}
    assert share_out([], 4) == []


def of_sizes(sizes: list[int]) -> list[tuple[Delivery, Hint]]:
    return [(Delivery(f"{at}.xlsx", "ab", size, datetime(2015, 7, 1)), Hint()) for at, size in enumerate(sizes)]


def test_a_machine_with_other_code_reads_nothing(tmp_path: Path) -> None:
    for version in (("2", code_version()), ("1", "other code")):
        task = Task(tmp_path, LineReader("1"), LIMITS, version, BatchFolder(tmp_path))
        with pytest.raises(OtherVersionError, match=rf"versions 1, .* than this one \({version[0]}, "):
            read_share(task, [])
