"""Great Expectations beside a run: in a process of its own, which imports it while the run imports, receives and reads.

Its import takes 3 to 4 s of a core, and what it judges are counts, one row per table: so little goes there and back.
Here: when that process begins and ends. Not here: what it does (quality.py), and counting (warehouse/measures.py).
"""

import datetime as dt
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock

from pipelines.quality import Count, Suite, Validation, validate, warm_up
from pipelines.workers import Allowance, Call, Workers

ALLOWANCE = Allowance(seconds=600, memory_bytes=2_000_000_000, still_seconds=600)
"""Far above what 22 suites take (2 s, 200 MB in November 2026). What stands still for ten minutes is tried once more."""
FORKED_FROM = ("pipelines.warehouse.reader",)
"""What the server of processes has imported, for those that read: whoever starts it first says so."""
_beside: list[Workers] = []


class Judge:
    """What the process does."""

    def warm_up(self) -> None:
        """Import Great Expectations, whose progress bars would leave a lock among processes behind when this one is ended."""
        from tqdm import tqdm  # noqa: PLC0415 (in this process alone)

        warm_up()
        tqdm.set_lock(RLock())

    def validate(
        self, suites: Sequence[Suite], counts: dict[str, list[Count | None] | None], home: Path, at: dt.datetime
    ) -> list[Validation]:
        """Return what `quality.validate` finds, of counts by the name of their suite."""
        return list(validate(suites, lambda suite: counts[suite.name], home, at))


@contextmanager
def judging_beside() -> Generator[None]:
    """Have a process import Great Expectations from now on; `judge` uses it for as long as the body lasts.

    Where it is imported already, this process judges.
    """
    if "great_expectations" in sys.modules:
        yield
        return
    with Workers(Judge(), FORKED_FROM, most=1) as workers:
        workers.begin(Call("warm_up", (), ALLOWANCE))
        _beside.append(workers)
        try:
            yield
        finally:
            _beside.remove(workers)


def judge(
    suites: Sequence[Suite], count: Callable[[Suite], list[Count | None] | None], home: Path, at: dt.datetime
) -> Iterator[Validation]:
    """Yield what `quality.validate` does, judged beside this process where that is prepared. Raises StoppedError."""
    if not _beside:
        yield from validate(suites, count, home, at)
        return
    counts = {suite.name: count(suite) for suite in suites}
    yield from _beside[-1].call(Call("validate", (suites, counts, home, at), ALLOWANCE))
