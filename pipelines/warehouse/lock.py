"""One writing run at a time: a file lock that the kernel frees when its process dies.

Here: taking and holding the lock, and the sign of life of each run, a locked file of its own, by which others tell a run
that waits or works from one that was killed. Not here: what is done under it. A lock is inherited by no child (its descriptor is
closed on exec and worker processes are spawned), so a killed run never leaves it behind.
"""

import fcntl
import os
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

POLL_SECONDS = 0.2

_held: set[Path] = set()


class LockedError(Exception):
    """Another run held the lock for as long as we were ready to wait."""


@contextmanager
def writing(lock_file: Path, wait_seconds: float, report: Callable[[str], None]) -> Generator[None]:
    """Hold the lock for the body; wait for at most `wait_seconds`, saying so once through `report`.

    Reentrant within a process, so that a run started on the command line and the Dagster run inside it share it.
    Raises LockedError when the time is over. The file itself stays: removing it would let two processes lock two files.
    """
    lock_file = lock_file.resolve()
    if lock_file in _held:
        yield
        return
    descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _acquire(descriptor, lock_file, wait_seconds, report)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        _held.add(lock_file)
        try:
            yield
        finally:
            _held.discard(lock_file)
    finally:
        os.close(descriptor)


@contextmanager
def sign_of_life(file: Path) -> Generator[None]:
    """Hold a lock on a file of this run's own for the body; `is_held` says so to others until the process ends.

    The file comes into its place locked, and is removed when the body is over; one that lies there unlocked is of a run
    that was killed.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(f".{os.getpid()}")
    descriptor = os.open(aside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        aside.replace(file)
        yield
    finally:
        file.unlink(missing_ok=True)
        os.close(descriptor)


def is_held(file: Path) -> bool:
    """Whether a living process, this one included, holds the lock on the file; no file is held by nobody."""
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _acquire(descriptor: int, lock_file: Path, wait_seconds: float, report: Callable[[str], None]) -> None:
    deadline = time.monotonic() + wait_seconds
    is_reported = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 20, 0).decode().strip() or "?"
            if time.monotonic() >= deadline:
                raise LockedError(
                    f"another run (process {holder}) has been at work for more than {wait_seconds:g} s: "
                    f"{lock_file}; try again when it is done"
                ) from None
            if not is_reported:
                report(f"another run (process {holder}) is at work; waiting for at most {wait_seconds:g} s …")
                is_reported = True
            time.sleep(POLL_SECONDS)
        else:
            return
