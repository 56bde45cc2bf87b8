"""`make bench`: what reading and a whole run cost, as ratios within one run, so that any machine may be compared.

Reading is held against calamine alone on the same files; two processes against one; the memory of loading many files against
that of loading the sample; a run against a run with nothing new. The folder is ten times as long as the sample: `--times 1`
measures the sample itself. Then what readers wait for, and last how far projections of targets went wrong.
"""

import argparse
import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

import duckdb
from python_calamine import CalamineError, CalamineWorkbook
from rich.console import Console
from rich.table import Table

from pipelines.intake.model import Hint
from pipelines.products.receipts import build_answers, write_receipts
from pipelines.progress import Watcher
from pipelines.settings import CHECKOUT, SEEDS_DIR
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.load import load
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.reading import Desk, Readers
from tests.benchmarks import mail, national, precision, projection, readers, spark
from tests.benchmarks.national import memory_mb, tree
from tests.world.folder import write_folder
from tests.world.post import SEED, World
from tests.world.reference import add_months

FIRST, MONTHS = date(2014, 9, 1), 10
WORKBOOKS = {".xlsx", ".xls", ".xlsb", ".ods"}
ROUNDS = 3
TURN = 20
POLL_SECONDS = 0.1


def timed(work: Callable[[], object], rounds: int = 1) -> float:
    """Seconds of the fastest of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def with_calamine(contents: dict[str, bytes]) -> int:
    """Read every cell of every sheet with calamine and nothing else: the least that reading can cost."""
    cells = 0
    for content in contents.values():
        try:
            workbook = CalamineWorkbook.from_filelike(BytesIO(content))
            for name in workbook.sheet_names:
                rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                cells += sum(map(len, rows))
        except CalamineError:
            continue
    return cells


def with_intake(contents: dict[str, bytes], reader: IntakeReader) -> None:
    """Read the same files the way a run does, in this process."""
    from pipelines.intake import read_delivery  # noqa: PLC0415 (its import is not part of reading)

    for path, content in contents.items():
        read_delivery(content, path, Hint(), reader.knowledge).tables()


def load_folder(raw: Path, home: Path, processes: int) -> None:
    """Archive, read and land a whole folder."""
    reader = IntakeReader(SEEDS_DIR, raw / "reference", date(2015, 7, 20))
    with duckdb.connect(str(home / f"{processes}.duckdb")) as connected:
        archive = Archive(home / f"archive{processes}")
        secret = home / "secret"
        load(connected, raw, archive, secret, reader, reader.lists, reader.limits, Watcher(), processes)


@dataclass
class Run:
    """A process from start to end: its seconds, and the most memory it and its reading processes held at once."""

    seconds: float
    peak_mb: float


def run(raw: Path, home: Path) -> Run:
    """Run `python -m pipelines run` and watch it."""
    return watched(["-m", "pipelines", "run"], NTM_RAW_DIR=str(raw), NTM_HOME=str(home), NTM_AS_OF="")


def loaded(raw: Path, home: Path, processes: int) -> Run:
    """Archive, read and land a whole folder in a process of its own, and watch it."""
    home.mkdir(exist_ok=True)
    program = (
        f"from tests.benchmarks.__main__ import *; load_folder(Path({str(raw)!r}), Path({str(home)!r}), {processes})"
    )
    return watched(["-c", program])


def watched(arguments: list[str], **environment: str) -> Run:
    """Run Python and look at its memory ten times a second."""
    began, peak = time.perf_counter(), 0.0
    command = [sys.executable, *arguments]
    with subprocess.Popen(command, cwd=CHECKOUT, env=os.environ | environment, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(memory_mb, tree(process.pid))))
            time.sleep(POLL_SECONDS)
    if process.returncode:
        raise SystemExit(f"{' '.join(arguments)[:60]} ended with code {process.returncode}")
    return Run(time.perf_counter() - began, peak)


def receipts(home: Path, scratch: Path, processes: int) -> tuple[float, str]:
    """Write all receipts of a finished run: seconds, and what one costs (at most 0.2 s is wanted)."""
    with duckdb.connect(str(home / "working.duckdb"), read_only=True) as working:
        folder = scratch / f"receipts{processes}"
        marked = sum(bool(answer.remarks) for _, answer, _ in build_answers(working))
        began = time.perf_counter()
        written = write_receipts(working, home / "archive", folder, processes=processes).written
        seconds = time.perf_counter() - began
    line = f"{seconds / written:.3f} s each of {written}; {seconds / marked:.2f} s if the {marked} marked ones were all"
    return seconds, line


class Clock(Desk):
    """A desk that says how much processor time its process has used."""

    def used(self) -> float:
        """Seconds so far."""
        return time.process_time()


def under_limits(raw: Path, scratch: Path, reader: IntakeReader) -> tuple[float, float]:
    """Processor seconds of reading a folder in this process, and in one under limits with what this one does for it.

    By turns, twenty deliveries each, so that a machine that slows down slows both.
    """
    desk = Clock(Archive(scratch / "limits"), reader, reader.limits)
    here = there = 0.0
    with Readers(desk.archive, reader, reader.limits, 1, Clock) as readers:
        todo = [(delivery, Hint()) for delivery in readers.receive(raw)]
        for first in range(0, len(todo), TURN):
            part = todo[first : first + TURN]
            began = time.process_time()
            for delivery, hint in part:
                desk.read(delivery, hint)
            here += time.process_time() - began
            began = time.process_time() + readers.call("used", size=0)
            for _ in readers.read(part):
                pass
            there += time.process_time() + readers.call("used", size=0) - began
    return here, there


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.split(":")[0])
    parser.add_argument("--raw", type=Path, default=CHECKOUT / "raw", help="folder of deliveries")
    parser.add_argument("--times", type=int, default=10, help="how many times as long as the sample the folder is")
    parser.add_argument("--no-run", action="store_true", help="reading only")
    parser.add_argument(
        "what",
        nargs="?",
        choices=("speed", "readers", "precision", "national", "projection", "mail", "spark"),
        default="speed",
    )
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3, 4, 5], help="precision: a province each")
    parser.add_argument("--clean", action="store_true", help="precision: nothing planted, so nothing may be flagged")
    parser.add_argument("--keep", type=Path, help="precision: a folder for the runs; a second time goes on from there")
    parser.add_argument("--share", type=float, default=1, help="national: that share of the country's districts")
    parser.add_argument(
        "--shares", type=float, nargs="*", default=spark.SHARES, help="spark: shares, one after another"
    )
    parser.add_argument("--items", type=int, default=1, help="national: rows of a commune in each of H02, H03, H04")
    parser.add_argument("--home", type=Path, help="readers: a home in which a run has ended; else one is made")
    options = parser.parse_args()
    if options.what == "speed":
        measure_speed(options)
    if options.what in {"speed", "readers"} and not options.no_run:
        measure_readers(options)
    if options.what == "readers":
        return
    if options.what == "mail":
        Console().print(mail.table())
        return
    if options.what in {"speed", "projection"}:
        Console().print(projection.table())
        return
    with tempfile.TemporaryDirectory() as folder:
        if options.what == "precision":
            is_kept = precision.measure(options.seeds, options.keep or Path(folder), is_clean=options.clean)
        elif options.what == "spark":
            is_kept = spark.measure(options.shares, Path(folder))
        else:
            is_kept = national.measure(options.share, options.items, Path(folder))
    raise SystemExit(not is_kept)


def measure_readers(options: argparse.Namespace) -> None:
    """Measure what readers wait for, over a home of their own: that of the folder as it is, in which a run has ended."""
    with tempfile.TemporaryDirectory() as folder:
        home, seconds = options.home, None
        if home is None:
            home = Path(folder) / "home"
            seconds = run(options.raw, home).seconds
        Console().print(readers.table(home, seconds))


def measure_speed(options: argparse.Namespace) -> None:
    """Measure reading, landing, a run and receipts, and print one small table."""
    with tempfile.TemporaryDirectory() as folder:
        scratch, raw = Path(folder), options.raw
        if options.times > 1:
            raw = scratch / "raw"
            write_folder(World(SEED, FIRST, add_months(FIRST, MONTHS * options.times - 1)), raw)
        table = Table("measured", "seconds", "ratio", box=None)
        contents = {
            str(file.relative_to(raw)): file.read_bytes()
            for file in sorted(raw.rglob("*"))
            if file.suffix.lower() in WORKBOOKS
        }
        reader = IntakeReader(SEEDS_DIR, raw / "reference", date(2015, 7, 20))
        cells = with_calamine(contents)
        alone = timed(lambda: with_calamine(contents), ROUNDS)
        table.add_row(f"calamine alone: {len(contents)} workbooks, {cells:,} cells", f"{alone:.2f}", "1")
        with_intake(dict(list(contents.items())[:5]), reader)
        read = timed(lambda: with_intake(contents, reader), ROUNDS)
        table.add_row("intake, one process", f"{read:.2f}", f"{read / alone:.1f} × calamine")
        here, there = under_limits(raw, scratch, reader)
        table.add_row("the same in a process under limits", f"{there:.2f}", f"{there / here:.2f} × the processor time")
        one, two = (loaded(raw, scratch, count) for count in (1, 2))
        table.add_row(
            "archive, read and land, one process", f"{one.seconds:.2f}", f"{one.seconds / alone:.1f} × calamine"
        )
        table.add_row("the same, two processes", f"{two.seconds:.2f}", f"{one.seconds / two.seconds:.2f} × as fast")
        table.add_row("memory of that, one process", "", f"{one.peak_mb:,.0f} MB at most")
        if raw != options.raw:
            few = loaded(options.raw, scratch / "sample", 1)
            share = f"{few.peak_mb:,.0f} MB at most: {one.peak_mb / few.peak_mb:.2f} × for {options.times} × the files"
            table.add_row("memory of the sample alone", "", share)
        if not options.no_run:
            first, again = run(raw, scratch / "home"), run(raw, scratch / "home")
            table.add_row("whole run", f"{first.seconds:.1f}", f"{first.peak_mb:,.0f} MB at most")
            share = f"{again.seconds / first.seconds:.0%} of it, {again.peak_mb:,.0f} MB at most"
            table.add_row("run with nothing new", f"{again.seconds:.1f}", share)
            for count in (1, 2):
                seconds, line = receipts(scratch / "home", scratch, count)
                table.add_row(f"all receipts, {count} processes", f"{seconds:.1f}", line)
        Console().print(table)


if __name__ == "__main__":
    main()
