"""One writing run at a time."""

import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.warehouse.lock import LockedError, writing

HOLD = """
import sys, time
from pathlib import Path
from pipelines.warehouse.lock import writing
with writing(Path(sys.argv[1]), 0, print):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def held_elsewhere(lock_file: Path) -> Generator[subprocess.Popen[str]]:
    root = Path(__file__).parents[3]
    command = [sys.executable, "-c", HOLD, str(lock_file)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.kill()


def test_a_second_process_waits_says_so_once_and_gives_up(tmp_path: Path) -> None:
    said: list[str] = []
    with held_elsewhere(tmp_path / "lock") as holder:
        began = time.monotonic()
        with pytest.raises(LockedError, match=rf"process {holder.pid}\b"), writing(tmp_path / "lock", 0.7, said.append):
            pytest.fail("two runs at once")
        assert 0.7 <= time.monotonic() - began < 5
    assert len(said) == 1
    assert f"process {holder.pid}" in said[0]


def test_a_killed_holder_leaves_the_lock_free(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path / "lock") as holder:
        holder.kill()
        holder.wait()
        with writing(tmp_path / "lock", 0, pytest.fail):
            pass


def test_who_waits_goes_on_as_soon_as_the_other_is_done(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path / "lock") as holder, writing(tmp_path / "lock", 30, lambda _: holder.kill()):
        assert (tmp_path / "lock").read_text().strip().isdecimal()


def test_the_run_inside_a_run_shares_its_lock(tmp_path: Path) -> None:
    with writing(tmp_path / "lock", 0, pytest.fail), writing(tmp_path / "lock", 0, pytest.fail):
        pass
