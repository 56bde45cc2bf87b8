"""A run over which nothing has changed: seen from outside, and never seen where there is a doubt."""

import datetime as dt
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import Settings
from pipelines.warehouse import standing
from pipelines.warehouse.standing import find_standing, mark_changing, mark_standing, read_raw_folder


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation after a run that ended well, its files written long ago."""
    made = Settings(tmp_path / "raw", tmp_path / "home", dt.date(2015, 7, 20))
    (made.raw_dir / "2015-06").mkdir(parents=True)
    (made.raw_dir / "2015-06" / "Thạch Hà.xlsx").write_bytes(b"a report")
    (made.raw_dir / "reference").mkdir()
    (made.raw_dir / "reference" / "holidays.csv").write_text("date,name_vi\n", encoding="utf-8")
    (made.raw_dir / "reference" / "forms").mkdir()
    (made.raw_dir / "reference" / "forms" / "d01.yml").write_text("form: D01\n", encoding="utf-8")
    made.make_home()
    (made.archive_dir / "ab").mkdir()
    (made.archive_dir / "ab" / "cdef").write_bytes(b"a report")
    (made.archive_dir / "arrivals.jsonl").write_text("{}\n", encoding="utf-8")
    made.secret_file.write_text("secret")
    with duckdb.connect(str(made.working_file)) as working:
        working.execute("create table landed as select 1 as a")
    with duckdb.connect(str(made.published_file)) as published:
        published.execute("create schema meta; create table meta.build as select 1 as a")
    real = time.time
    monkeypatch.setattr(standing.time, "time", lambda: real() + 60)
    mark_standing(made, read_raw_folder(made), 1)
    return made


def test_nothing_new_is_seen_without_reading(settings: Settings) -> None:
    assert find_standing(settings) == 1
    with duckdb.connect(str(settings.working_file)) as working:
        assert working.execute("select a from landed").fetchall() == [(1,)]
    assert find_standing(settings) == 1, "to look into a file is not to change it"


def _rewrite(file: Path) -> None:
    """Other bytes of the same length, and the old dates put back."""
    status = file.stat()
    file.write_bytes(b"A REPORT")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def _write_to(file: Path) -> None:
    with duckdb.connect(str(file)) as connected:
        connected.execute("create table other as select 2 as a")


CHANGES: dict[str, Callable[[Settings], object]] = {
    "a new file": lambda its: (its.raw_dir / "new.xlsx").write_bytes(b""),
    "a file with other bytes of one size and date": lambda its: _rewrite(its.raw_dir / "2015-06" / "Thạch Hà.xlsx"),
    "a file that is gone": lambda its: (its.raw_dir / "2015-06" / "Thạch Hà.xlsx").unlink(),
    "a file under another name": lambda its: (its.raw_dir / "2015-06").rename(its.raw_dir / "2015-07"),
    "a reference file that changed": lambda its: (its.raw_dir / "reference" / "holidays.csv").touch(),
    "a new reference file": lambda its: (its.raw_dir / "reference" / "units.csv").touch(),
    "a definition of a form that changed": lambda its: (its.raw_dir / "reference" / "forms" / "d01.yml").touch(),
    "a content of the archive that is gone": lambda its: (its.archive_dir / "ab" / "cdef").unlink(),
    "the index of arrivals": lambda its: (its.archive_dir / "arrivals.jsonl").write_text("{}\n{}\n"),
    "the working file": lambda its: _write_to(its.working_file),
    "a log beside the working file": lambda its: its.working_file.with_name("working.duckdb.wal").touch(),
    "the published file": lambda its: _write_to(its.published_file),
    "a secret that is gone": lambda its: its.secret_file.unlink(),
    "no published file": lambda its: its.published_file.unlink(),
    "a run that began and did not end well": mark_changing,
    "a damaged note": lambda its: its.standing_file.write_text("{"),
    "a note of another shape": lambda its: its.standing_file.write_text("[]"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_slightest_change_makes_a_run_look(settings: Settings, change: Callable[[Settings], object]) -> None:
    change(settings)
    assert find_standing(settings) is None


def test_another_day_folder_or_code_makes_a_run_look(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_standing(replace(settings, as_of=dt.date(2015, 7, 21))) is None
    moved = settings.raw_dir.rename(settings.raw_dir.with_name("moved"))
    assert find_standing(replace(settings, raw_dir=moved)) is None
    moved.rename(settings.raw_dir)
    monkeypatch.setattr(standing, "code_version", lambda: "another")
    assert find_standing(settings) is None


def test_what_has_just_changed_is_not_trusted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = (settings.raw_dir / "2015-06" / "Thạch Hà.xlsx").stat().st_ctime
    for seconds, is_settled in ((-5, False), (1, False), (3, True)):
        monkeypatch.setattr(standing.time, "time", lambda now=changed + seconds: now)
        assert read_raw_folder(settings).is_settled is is_settled
    mark_changing(settings)
    monkeypatch.setattr(standing.time, "time", lambda: changed + 1)
    mark_standing(settings, read_raw_folder(settings), 1)
    assert find_standing(settings) is None


def test_what_changes_while_a_run_reads_is_new_to_the_next(settings: Settings) -> None:
    before = read_raw_folder(settings)
    (settings.raw_dir / "late.xlsx").write_bytes(b"")
    mark_standing(settings, before, 1)
    assert find_standing(settings) is None
