"""`make chaos`: faults put into an installation that works, one after the other, and what became of each; about ten minutes.

A fault is survived if the published file was whole at every moment, a person was told in a line, and a run afterwards
publishes the tables of an undisturbed installation. Readers poll through all of it. The parts of it that cost little are
tests of their own (tests/unit/warehouse, tests/unit/test_recovery.py, tests/integration/test_kill.py).
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from pipelines.__main__ import DONE, LOCKED
from pipelines.progress import STEPS
from pipelines.warehouse.archive import Archive
from tests.integration.conftest import AS_OF, Office
from tests.world.folder import write_folder
from tests.world.post import SEED, World

EARLIER = "2014-10-02"
PIPELINES = ("-m", "pipelines")
MOMENTS = [STEPS[step] for step in ("archive", "read", "check landed", "build", "publish")]
NOT_INJECTED = "not injected: "


class FaultError(Exception):
    """A fault was not survived."""


@dataclass
class Ground:
    """Where faults are tried: an undisturbed office, whose tables every other one has to end with."""

    folder: Path
    undisturbed: Office
    polls: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def office(self, name: str, home: Path | None = None) -> Generator[Office]:
        """Give a copy of the undisturbed office, read by readers all the time."""
        office = Office(self.folder / name / "raw", home or self.folder / name / "home")
        shutil.copytree(self.undisturbed.raw, office.raw)
        shutil.copytree(self.undisturbed.home, office.home, dirs_exist_ok=True)
        with self.readers(office):
            yield office
        shutil.rmtree(self.folder / name)

    @contextlib.contextmanager
    def readers(self, office: Office, count: int = 5) -> Generator[None]:
        """Poll the published file while the body works."""
        ended = threading.Event()

        def poll() -> None:
            while not ended.is_set():
                try:
                    with duckdb.connect(str(office.published), read_only=True) as reader:
                        reader.execute(
                            "select as_of, (select count(*) from marts.commune_months) from meta.build"
                        ).fetchone()
                    self.polls.append(1)
                except duckdb.Error as error:
                    self.errors.append(str(error))
                time.sleep(0.1)

        threads = [threading.Thread(target=poll) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            ended.set()
            for thread in threads:
                thread.join()

    def expect_tables(self, office: Office, like: Office | None = None) -> None:
        """Compare what is published with the undisturbed office's."""
        tables, expected = office.tables(), (like or self.undisturbed).tables()
        if different := [name for name in expected.keys() | tables.keys() if tables.get(name) != expected.get(name)]:
            raise FaultError(f"tables differ: {', '.join(sorted(different))}")


def run(office: Office, expected: int = 0, *arguments: str, **more: str) -> str:
    """Run to the end and return what was said. Raises FaultError for another exit code."""
    code, said = office.run(*PIPELINES, *(arguments or ("run",)), **more)
    if code != expected:
        raise FaultError(f"exit code {code}, not {expected}:\n{said}")
    return said


def line_of(said: str, words: str) -> str:
    """Return the line that a person read about it. Raises FaultError if there is none."""
    for line in said.splitlines():
        if words in line:
            return line.strip()
    raise FaultError(f"nobody was told {words!r}:\n{said}")


def rebuild(office: Office) -> None:
    """Have the next run build every table anew."""
    with duckdb.connect(str(office.home / "working.duckdb")) as connected:
        connected.execute("delete from landed.runs")


# --- faults ----------------------------------------------------------------------------------------------------------


def killed(ground: Ground) -> str:
    """Kill -9 as each step begins, then a run."""
    with ground.office("killed") as office:
        (office.home / "working.duckdb").unlink()
        before = office.published.read_bytes()
        for moment in MOMENTS:
            with office.start() as process:
                for line in process.stdout or ():
                    if moment in line:
                        os.kill(process.pid, signal.SIGKILL)
                        break
                else:
                    raise FaultError(f"never came to {moment!r}")
            if moment != MOMENTS[-1] and office.published.read_bytes() != before:
                raise FaultError(f"killed at {moment!r}: the published file has changed")
        run(office)
        ground.expect_tables(office)
    return f"{len(MOMENTS)} kills; the next run went on"


def full_disk(ground: Ground) -> str:
    """Fill the disk while tables are built."""
    place = ground.folder / "small disk"
    place.mkdir()
    size = sum(file.stat().st_size for file in ground.undisturbed.home.rglob("*") if file.is_file())
    if subprocess.run(
        ["/usr/bin/mount", "-t", "tmpfs", "-o", f"size={size + 200_000_000}", "none", place], check=False
    ).returncode:
        return f"{NOT_INJECTED}no right to mount a small disk"
    try:
        with ground.office("full", place / "home") as office:
            rebuild(office)
            before = office.published.read_bytes()
            said = []
            with office.start() as process:
                for line in process.stdout or ():
                    said.append(line)
                    if STEPS["build"] in line:
                        fill(place)
            told = line_of("".join(said), "the disk is full") if process.returncode == 1 else ""
            if not told:
                raise FaultError(f"exit code {process.returncode}:\n{''.join(said)}")
            if office.published.read_bytes() != before:
                raise FaultError("the published file has changed")
            line_of(run(office, 2), "the disk is nearly full")
            (place / "ballast").unlink()
            run(office)
            ground.expect_tables(office)
    finally:
        subprocess.run(["/usr/bin/umount", place], check=False)
    return told


def fill(place: Path) -> None:
    """Leave no room on a disk."""
    with contextlib.suppress(OSError), (place / "ballast").open("wb", buffering=0) as ballast:
        while True:
            ballast.write(bytes(1 << 16))


def damaged_caches(ground: Ground) -> str:
    """Half a manifest, half a parsed project, garbage in Dagster's files, half a working file."""
    with ground.office("caches") as office:
        for pattern in ("dbt/manifest-*.json", "dbt/parsed-*.msgpack", "working.duckdb"):
            for file in office.home.glob(pattern):
                os.truncate(file, file.stat().st_size // 2)
        (office.home / "dbt" / "target" / "partial_parse.msgpack").write_bytes(b"\x80garbage")
        for file in (office.home / "dagster").rglob("*.db"):
            file.write_bytes(b"garbage" * 1000)
        told = line_of(run(office), "working.duckdb: không đọc được")
        ground.expect_tables(office)
    return told


def damaged_archive(ground: Ground) -> str:
    """A content missing, one with a flipped bit, their files gone: said, then restored from a backup."""
    with ground.office("archive") as office:
        backup = ground.folder / "backup"
        run(office, 0, "backup", str(backup))
        archive = Archive(office.home / "archive")
        with duckdb.connect(str(office.home / "working.duckdb"), read_only=True) as connected:
            read = "select path, sha256 from landed.deliveries where status = 'read' and path like '%.xls%' order by path limit 2"
            (first, missing), (second, flipped) = connected.execute(read).fetchall()
        archive.path(missing).unlink()
        content = archive.path(flipped)
        content.chmod(0o644)
        content.write_bytes(bytes([content.read_bytes()[0] ^ 1]) + content.read_bytes()[1:])
        for path in (first, second):
            (office.raw / path).unlink()
        run(office, 1, "verify")
        told = line_of(run(office, 0, "run", "--again"), "Kho lưu không còn nguyên 2 tệp")
        ground.expect_tables(office)
        run(office, 0, "restore", str(backup))
        run(office, 0, "verify")
        run(office, 0, "run", "--again")
        ground.expect_tables(office)
    return told


def clock(ground: Ground) -> str:
    """Run with the clock ten years ahead, then with today's; a file comes each time."""
    if not (faketime := shutil.which("faketime")):
        return f"{NOT_INJECTED}the program faketime is not installed"
    with ground.office("clock") as office:
        for number, program in enumerate([("-c", FAKE, faketime), (*PIPELINES, "run")]):
            (office.raw / f"tệp {number}.xlsx").write_bytes(b"")
            code, said = office.run(*program)
            line_of(said, "mới · new; tính đến")
            if code:
                raise FaultError(said)
        wanted = ("tệp 0.xlsx", "tệp 1.xlsx")
        with duckdb.connect(str(office.home / "working.duckdb"), read_only=True) as connected:
            names = connected.execute("select parse_filename(path) from landed.arrivals order by arrival_no").fetchall()
        if tuple(name for (name,) in names if name in wanted) != wanted:
            raise FaultError("the order of arrivals is not that in which they came")
    return "order is that of the index"


FAKE = "import os, sys; os.execv(sys.argv[1], [sys.argv[1], '-f', '+10y', sys.executable, '-m', 'pipelines', 'run'])"


def runs_at_once(ground: Ground, count: int) -> str:
    """Start so many runs at the same moment: each ends well, or says after its wait that another is at work."""
    with ground.office(f"{count} at once") as office:
        rebuild(office)
        processes = [office.start() for _ in range(count)]
        ended = [(process.communicate(timeout=1200)[0], process.returncode) for process in processes]
        gave_up = [line_of(said, "try again when it is done") for said, code in ended if code == LOCKED]
        if wrong := [said for said, code in ended if code not in {DONE, LOCKED}]:
            raise FaultError(wrong[0])
        if len(gave_up) == count:
            raise FaultError(f"none of them ran: {gave_up[0]}")
        ground.expect_tables(office)
    waited = sum("is at work" in said for said, _ in ended)
    return f"{waited} waited for another, {len(gave_up)} of them in vain (exit code {LOCKED})"


def lost_but_the_backup(ground: Ground) -> str:
    """An empty machine and a backup, no raw files: the tables of today, and of an earlier day."""
    folder, backup = ground.folder / "empty", ground.folder / "backup for an empty machine"
    run(ground.undisturbed, 0, "backup", str(backup))
    (folder / "raw").mkdir(parents=True)
    office = Office(folder / "raw", folder / "home")
    run(office, 0, "restore", str(backup))
    run(office)
    ground.expect_tables(office)
    with ground.office("earlier") as other:
        run(other, 0, "run", NTM_AS_OF=EARLIER)
        run(office, 0, "run", NTM_AS_OF=EARLIER)
        ground.expect_tables(office, like=other)
    return f"equal as of {AS_OF} and {EARLIER}"


FAULTS: Mapping[str, Callable[[Ground], str]] = {
    "kill -9 as each step begins": killed,
    "the disk full while tables are built": full_disk,
    "caches and working file damaged": damaged_caches,
    "contents of the archive missing and changed": damaged_archive,
    "clock ten years ahead, and back": clock,
    "two runs at once": lambda ground: runs_at_once(ground, 2),
    "five runs at once": lambda ground: runs_at_once(ground, 5),
    "everything lost but the backup": lost_but_the_backup,
}


def main(words: list[str]) -> int:
    """Try every fault, or those whose name has one of the words, and print the table; 1 if one was not survived."""
    began, lost = time.monotonic(), 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        undisturbed = Office(folder / "undisturbed" / "raw", folder / "undisturbed" / "home")
        write_folder(World(SEED, date(2014, 9, 1), date(2014, 9, 1)), undisturbed.raw)
        run(undisturbed)
        ground = Ground(folder, undisturbed)
        for name, fault in FAULTS.items():
            if words and not any(word in name for word in words):
                continue
            try:
                state, told = "survived", fault(ground)
            except FaultError as error:
                state, told, lost = "LOST", str(error), lost + 1
            state = "–" if told.startswith(NOT_INJECTED) else state
            print_row(state, name, time.monotonic() - began, told)
        told = f"{len(ground.polls)} polls, {len(ground.errors)} errors {' '.join(ground.errors[:1])}"
        print_row(
            "LOST" if ground.errors else "survived", "readers polling through all of it", time.monotonic() - began, told
        )
    return 1 if lost or ground.errors else 0


def print_row(state: str, name: str, seconds: float, told: str) -> None:
    """Print what became of a fault, since when, and what a person was told."""
    sys.stdout.write(f"{state:<9} {name:<46} {seconds:4.0f} s  {told}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
