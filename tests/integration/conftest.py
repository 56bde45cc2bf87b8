"""Finished runs, over a small simulated province and over the shipped sample: made once, copied where a test goes on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, ClassVar

import duckdb
import pytest

from tests import forked
from tests.integration.recorded import DAY, Recording
from tests.shared import made_once
from tests.world.folder import write_folder
from tests.world.post import SEED, World

ROOT = Path(__file__).parents[2]
AS_OF = DAY
RECEIVED = datetime(2014, 10, 3, tzinfo=UTC).timestamp()  # of files that no register names
BAD_FILES = {
    "443/not a workbook.xlsx": b"a text file that someone renamed",
    "443/empty.xlsx": b"",
    "443/cut short.zip": b"PK\x03\x04 cut",
    "445/notice.pdf": b"%PDF-1.4",
}
CLOCKED = ("meta.build", "quality.check_results")  # what a second run may change (issue: the main job)


@dataclass(frozen=True)
class Office:
    """A raw folder and a home; commands run as a person would run them."""

    raw: Path
    home: Path
    asked: ClassVar[dict[str, str]] = {"NTM_AS_OF": AS_OF}

    @property
    def published(self) -> Path:
        return self.home / "published" / "ntm.duckdb"

    def environment(self, **more: str) -> dict[str, str]:
        ours = {"NTM_RAW_DIR": str(self.raw), "NTM_HOME": str(self.home), **self.asked}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("NTM_", "DAGSTER_"))}
        return kept | ours | more

    def start(self, *program: str, **more: str) -> "subprocess.Popen[str] | forked.Forked":
        """Start `python -m pipelines run`, or another program in its place."""
        command = [sys.executable, *(program or ("-m", "pipelines", "run"))]
        return subprocess.Popen(
            command, cwd=ROOT, env=self.environment(**more), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def run(self, *program: str, **more: str) -> tuple[int, str]:
        """Run to the end: exit code and everything a person saw."""
        with self.start(*program, **more) as process:
            said, _ = process.communicate(timeout=1200)
            code = process.wait()
        return code, said

    def ask(self, query: str) -> list[Any]:
        with duckdb.connect(str(self.published), read_only=True) as published:
            return published.execute(query).fetchall()

    def tables(self) -> dict[str, list[Any]]:
        """Every published table but those of the clock, row by row."""
        with duckdb.connect(str(self.published), read_only=True) as published:
            query = "select schema_name || '.' || table_name from duckdb_tables() order by 1"
            names = [name for (name,) in published.execute(query).fetchall() if name not in CLOCKED]
            return {name: published.execute(f"from {name} order by all").fetchall() for name in names}


class WarmOffice(Office):
    """An office whose programs start with what they import in memory."""

    def start(self, *program: str, **more: str) -> forked.Forked:
        return forked.start(program or ("-m", "pipelines", "run"), self.environment(**more))


class SampleOffice(WarmOffice):
    """One whose raw folder says as of which day it is asked."""

    asked: ClassVar[dict[str, str]] = {}


@pytest.fixture(scope="session")
def small_raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One month of the simulated province, and some files that are not reports. Not to be changed: copy it."""

    def write(raw: Path) -> None:
        write_folder(World(SEED, date(2014, 9, 1), date(2014, 9, 1)), raw)
        for path, content in BAD_FILES.items():
            (raw / path).parent.mkdir(parents=True, exist_ok=True)
            (raw / path).write_bytes(content)
            os.utime(raw / path, (RECEIVED, RECEIVED))

    return made_once(tmp_path_factory, "small", write)


@pytest.fixture(scope="session")
def finished(small_raw: Path, parsed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, str]:
    """An undisturbed run over the small province, and what it said. Not to be changed: copy it."""

    def run(folder: Path) -> None:
        shutil.copytree(parsed_home, folder / "home")
        code, said = WarmOffice(small_raw, folder / "home").run()
        assert code == 0, said
        (folder / "said.txt").write_text(said, encoding="utf-8")

    folder = made_once(tmp_path_factory, "finished", run)
    return WarmOffice(small_raw, folder / "home"), (folder / "said.txt").read_text(encoding="utf-8")


@pytest.fixture
def office(finished: tuple[Office, str], tmp_path: Path) -> Office:
    """An office of its own that has made the finished run."""
    shutil.copytree(finished[0].raw, tmp_path / "raw")
    shutil.copytree(finished[0].home, tmp_path / "home")
    return WarmOffice(tmp_path / "raw", tmp_path / "home")


@pytest.fixture(scope="session")
def recording(manifest: dict[str, Any], finished: tuple[Office, str]) -> Recording:
    """What dbt executed in that run."""
    return Recording(manifest, finished[0].home / "dbt" / "target" / "run")


@pytest.fixture(scope="session")
def sample_home(parsed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one run over the sample writes. Not to be changed: copy it.

    The files are written anew rather than taken from `raw/` (which equals them byte for byte, test_world_sample), since
    one of them stands in no register and a clone does not keep its modification time.
    """

    def run(folder: Path) -> None:
        write_folder(World(SEED), folder / "raw")
        shutil.copytree(parsed_home, folder / "home")
        code, said = SampleOffice(folder / "raw", folder / "home").run()
        assert code == 0, said

    return made_once(tmp_path_factory, "sample", run) / "home"


@pytest.fixture(scope="session")
def sample(sample_home: Path) -> duckdb.DuckDBPyConnection:
    """The published file of that run."""
    return duckdb.connect(str(sample_home / "published" / "ntm.duckdb"), read_only=True)


@pytest.fixture(params=["small", pytest.param("sample", marks=pytest.mark.long)])
def home(request: pytest.FixtureRequest) -> Path:
    """The home of each finished run, for what holds of every published file; over the sample in `make test-all` alone."""
    return (
        request.getfixturevalue("sample_home")
        if request.param == "sample"
        else request.getfixturevalue("finished")[0].home
    )


@pytest.fixture
def published(home: Path) -> Generator[duckdb.DuckDBPyConnection]:
    """The published file of that run."""
    with duckdb.connect(str(home / "published" / "ntm.duckdb"), read_only=True) as connected:
        yield connected


@pytest.fixture
def changed(finished: tuple[Office, str], tmp_path: Path) -> Path:
    """A copy of the published file that may be changed."""
    file = tmp_path / "ntm.duckdb"
    shutil.copy(finished[0].published, file)
    file.chmod(0o644)
    return file


def change(file: Path, *statements: str) -> None:
    """Change such a copy."""
    with duckdb.connect(str(file)) as published:
        for statement in statements:
            published.execute(statement)
