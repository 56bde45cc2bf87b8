"""`kill -9` at any moment, then a run: the same tables as an undisturbed run, and never a broken file in between."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from pipelines.files import UNFINISHED
from tests.integration.conftest import Office

MOMENTS = ("archive files", "read files", "build tables", "publish")


def killed_at(office: Office, moment: str) -> None:
    """Start a run and kill it as soon as it says that a step has begun."""
    with office.start() as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if moment in line:
                os.kill(process.pid, signal.SIGKILL)
                break
        else:
            pytest.fail(f"never came to {moment!r}:\n" + "".join(said))
        process.wait()


def test_a_run_killed_at_every_step_ends_with_the_tables_of_an_undisturbed_one(
    finished: tuple[Office, str], tmp_path: Path
) -> None:
    undisturbed, _ = finished
    shutil.copytree(undisturbed.raw, tmp_path / "raw")
    office = Office(tmp_path / "raw", tmp_path / "home")
    shutil.copytree(undisturbed.home / "dbt", office.home / "dbt")  # the parsed project: 8 s that prove nothing here
    shutil.copy2(undisturbed.home / "secret", office.home / "secret")  # with another one ids are others
    office.published.parent.mkdir()
    shutil.copy2(undisturbed.published, office.published)  # what readers have while nothing else is there yet
    before = office.published.read_bytes()
    for moment in MOMENTS:
        killed_at(office, moment)
        if moment != MOMENTS[-1]:  # a quick last step may be over before it is killed
            assert office.published.read_bytes() == before
        assert office.ask("select count(*) from meta.build") == [(1,)]
        assert office.tables() == undisturbed.tables()
    code, said = office.run()
    assert code == 0, said
    tables, expected = office.tables(), undisturbed.tables()
    assert tables.keys() == expected.keys()
    assert not [name for name in expected if tables[name] != expected[name]]
    left = [path for path in office.home.rglob("*") if UNFINISHED in path.name and path.is_file()]
    assert not left
