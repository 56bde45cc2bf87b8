"""What is damaged and can be made again is set aside and said; what can't be worked with is one line with what to do."""

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from pipelines import recovery
from pipelines.__main__ import ui
from pipelines.recovery import choose_causes, find_cause, refuse_full_disk, set_aside_damaged
from pipelines.settings import Settings, SettingsError
from pipelines.warehouse.load import open_working_file


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with a history of checks, in the working file and in the published one, and Dagster's files."""
    (tmp_path / "raw").mkdir()
    settings = Settings(tmp_path / "raw", tmp_path / "home", dt.date(2015, 7, 20))
    settings.make_home()
    with open_working_file(settings.working_file) as connected:
        connected.execute("create table rows_of_it as select i, i::varchar as text from range(300000) as numbers(i)")
    with duckdb.connect(str(settings.published_file)) as connected:
        connected.execute("create schema quality; create table quality.check_results as select 'kept' as suite")
    (settings.dagster_home / "history").mkdir()
    with sqlite3.connect(settings.dagster_home / "history" / "runs.db") as connected:
        connected.execute("create table runs (id)")
    connected.close()
    return settings


def said(settings: Settings) -> list[str]:
    return list(set_aside_damaged(settings))


def test_what_is_whole_is_left_alone(settings: Settings) -> None:
    before = sorted(settings.home.rglob("*"))
    assert said(settings) == []
    assert sorted(settings.home.rglob("*")) == before


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.95])
def test_a_working_file_that_is_cut_off_is_set_aside_and_the_history_of_checks_taken_over(
    settings: Settings, part: float
) -> None:
    size = settings.working_file.stat().st_size
    os.truncate(settings.working_file, int(size * part))
    aside, taken = said(settings)
    assert "set aside as working.duckdb.damaged-" in aside
    assert "history of checks" in taken
    with duckdb.connect(str(settings.working_file)) as connected:
        assert connected.execute("select suite from landed.check_results").fetchall() == [("kept",)]
    (kept,) = settings.home.glob("working.duckdb.damaged-*")
    assert kept.stat().st_size == int(size * part)
    assert said(settings) == []


@pytest.mark.parametrize(("dropped", "lost"), [("last", 0), ("last", 262_144), ("first", 262_144)])
def test_a_working_file_shorter_than_its_blocks_is_damaged_where_more_is_gone_than_free_ones(
    settings: Settings, dropped: str, lost: int
) -> None:
    """DuckDB shortens a file by the free blocks at its end, and goes on counting them."""
    with open_working_file(settings.working_file) as connected:
        rows = "select range as number, hash(range) as text from range(300000)"
        connected.execute(f"create table first as {rows}; create table last as {rows}; checkpoint")
        connected.execute(f"drop table {dropped}; checkpoint")
    os.truncate(settings.working_file, settings.working_file.stat().st_size - lost)
    assert bool(said(settings)) is (lost > 0)


def test_garbage_in_dagsters_files_is_set_aside_with_what_belongs_to_it(settings: Settings) -> None:
    runs = settings.dagster_home / "history" / "runs.db"
    runs.write_bytes(b"garbage" * 1000)
    runs.with_name("runs.db-wal").write_bytes(b"more")
    assert [line.partition(":")[0] for line in said(settings)] == [str(runs)]
    assert not runs.exists()
    assert not runs.with_name("runs.db-wal").exists()
    assert said(settings) == []


def test_the_pages_start_with_a_new_history_where_the_old_one_is_garbage(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = settings.dagster_home / "history" / "runs.db"
    runs.write_bytes(b"garbage" * 1000)
    seen = []

    def start(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        seen.append((command[2:4], runs.exists(), (settings.dagster_home / "dagster.yaml").exists()))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", start)
    assert ui(settings, 3000) == 0
    assert seen == [(["dagster", "dev"], False, True)]
    assert "set aside as runs.db.damaged-" in capsys.readouterr().err


def test_a_working_file_that_is_open_elsewhere_is_not_damaged(settings: Settings) -> None:
    hold = f"import duckdb, time; c = duckdb.connect({str(settings.working_file)!r}); print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", hold], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(SettingsError, match="open in another program"):
            said(settings)
        other.kill()
    assert said(settings) == []


class Usage(NamedTuple):
    free: int


def test_a_disk_without_the_room_for_a_run_is_refused_before_the_run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_full_disk(settings)
    monkeypatch.setattr(recovery.shutil, "disk_usage", lambda _: Usage(recovery.ROOM_BYTES))
    with pytest.raises(SettingsError, match="the disk is nearly full: 64 MB free"):
        refuse_full_disk(settings)


def test_the_line_of_an_error_is_its_first_cause_and_first_line(tmp_path: Path) -> None:
    try:
        try:
            raise duckdb.IOException(
                'IO Error: Could not write "x": No space left on device\n\nSee https://example.org/errors'
            )
        except duckdb.Error as error:
            raise RuntimeError("a step failed") from error
    except RuntimeError as error:
        line = find_cause(error, tmp_path)
    assert line.startswith('IO Error: Could not write "x": No space left on device: ')
    assert line.endswith("make room, then make run")


def test_an_io_error_of_sqlite_on_a_full_disk_is_said_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    assert find_cause(error, tmp_path) == "disk I/O error"
    usage = type(shutil.disk_usage(tmp_path))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000, 1000, 0))
    assert find_cause(error, tmp_path).endswith("the disk is full: make room, then make run")


def test_of_what_a_full_disk_does_to_many_tables_one_line_is_said() -> None:
    full = [f"model.{name}: IO Error: No space left on device\nLINE 1" for name in "ab"]
    assert len(choose_causes(["model.c: skipped", *full])) == 1
    assert choose_causes(["model.a: wrong\nLINE 1", "model.b: wrong"]) == ["model.a: wrong", "model.b: wrong"]
