"""Who watches a run: nobody, a log (lines) or a person (bars). The one protocol of progress for load, receipts and terminal.

Here: what long steps report while they work, and how it is drawn. Works without a terminal, too (plain lines). Imports rich
only where something is drawn: the processes that read workbooks import this module as well.
Not here: what is said when the run is over (products/screen.py), and what it did (run_report.py).
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from pipelines.printing import printable

if TYPE_CHECKING:
    from rich import progress
    from rich.console import Console

STEPS = {
    "prepare": "Chuẩn bị · prepare",
    "archive": "Lưu trữ tệp · archive files",
    "read": "Đọc tệp · read files",
    "check landed": "Kiểm tra số liệu đã đọc · check what was read",
    "build": "Dựng bảng · build tables",
    "publish": "Công bố · publish",
    "site": "Trang thông tin · site",
    "receipts": "Phiếu tiếp nhận · receipts",
    "templates": "Biểu trống · templates",
}


class Progress(Protocol):
    """Who learns how far a long step is."""

    def start(self, what: str, total: int | None) -> None:
        """A step of STEPS begins; `total` things are to be done, None if unknown."""

    def advance(self, what: str) -> None:
        """One more is done; `what` it was."""


class Watcher:
    """Nobody: what a run in Dagster's own processes reports to, and what a test that looks at something else needs."""

    def start(self, what: str, total: int | None) -> None:
        """A step of STEPS begins; `total` things are to be done, None if unknown."""

    def advance(self, what: str) -> None:
        """One more is done; `what` it was."""


class Lines:
    """For a log or a pipe: a line when a step begins, and what it did at which rate when the next one does."""

    def __init__(self, console: "Console") -> None:
        self.console = console
        self.done, self.began, self.step = 0, 0.0, ""

    def start(self, what: str, total: int | None) -> None:
        """Close the step before with its count, and print the new one."""
        self.close()
        self.step, self.done, self.began = what, 0, time.monotonic()
        self.console.print(STEPS[what] + (f": {total} …" if total else " …"), highlight=False)

    def advance(self, what: str) -> None:  # noqa: ARG002 (lines count only)
        """Count."""
        self.done += 1

    def close(self) -> None:
        """Print what the last step did."""
        if self.done:
            seconds = max(time.monotonic() - self.began, 0.01)
            self.console.print(
                f"  {self.done} trong · in {seconds:.1f} s ({self.done / seconds:.3g}/s)", highlight=False
            )
        self.done = 0


class Bars:
    """For a terminal: one bar per step, with rate and time left, and the name of the file or table in hand."""

    def __init__(self, bars: "progress.Progress") -> None:
        self.bars = bars
        self.task: Any = None
        self.began = 0.0

    def start(self, what: str, total: int | None) -> None:
        """Finish the bar before and draw the next."""
        self.close()
        self.task = self.bars.add_task(STEPS[what], total=total, item="", rate="")
        self.began = time.monotonic()

    def advance(self, what: str) -> None:
        """Move the bar by one."""
        done = self.bars.tasks[-1].completed + 1
        rate = f"{done / max(time.monotonic() - self.began, 0.01):.3g}/s"
        self.bars.update(self.task, advance=1, item=printable(what)[-40:], rate=rate)

    def close(self) -> None:
        """Fill the last bar."""
        if self.task is not None:
            done = int(self.bars.tasks[-1].completed)
            self.bars.update(self.task, total=max(done, 1), completed=max(done, 1), item="")


_watchers: list[Progress] = [Watcher()]


def watcher() -> Progress:
    """Return who watches the run of this process."""
    return _watchers[-1]


@contextmanager
def watching(console: "Console") -> Generator[Progress]:
    """Show the progress of the run in the body on `console`: bars on a terminal, lines elsewhere."""
    if not console.is_terminal:
        lines = Lines(console)
        _watchers.append(lines)
        try:
            yield lines
        finally:
            lines.close()
            _watchers.pop()
        return

    from rich import progress  # noqa: PLC0415 (only where it is drawn)

    columns = (
        progress.SpinnerColumn(),
        progress.TextColumn("{task.description}"),
        progress.BarColumn(bar_width=24),
        progress.MofNCompleteColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(elapsed_when_finished=True),
        progress.TextColumn("{task.fields[item]}", style="dim", markup=False),
    )
    with progress.Progress(*columns, console=console) as drawn:
        bars = Bars(drawn)
        _watchers.append(bars)
        try:
            yield bars
        finally:
            bars.close()
            _watchers.pop()
