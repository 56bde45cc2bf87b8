"""Processes that do one task after the other under limits, and are replaced when one dies.

Here: calls of the methods of one object in other processes, each under an allowance of processor time and memory, and
what becomes of a call that exceeds it. Whatever a call does to its process (a loop in C, an abort, the kernel's killer),
it costs that call alone. Not here: what is called (warehouse/readers.py), and what a stopped call means for a delivery.

`concurrent.futures` gives up a whole pool when one process dies and knows no limits; `pebble` shares one pipe among its
processes, whose lock a killed one keeps. Here every process has a pipe of its own and a thread that waits for it.

A process is forked from a server that has imported what it needs: 15 ms each, against 0.4 s with an import of its own
(measured in November 2026). Limits are the kernel's own: RLIMIT_CPU for processor time, RLIMIT_DATA for memory (of
address space, threads reserve gigabytes that they never use).
"""

import logging
import os
import pickle
import resource
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from multiprocessing import connection, forkserver, get_context
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, Self

from pipelines.processes import end_with_parent

_OUT_OF_MEMORY = 74  # the exit code of a process that gave up for want of memory
_LOOK_SECONDS = 2.0  # between two looks at whether a process still works
_END_SECONDS = 5.0  # a killed process is gone sooner, unless it waits for a disk
_ONE_AT_A_TIME = threading.Lock()  # multiprocessing loses an exit code that two threads ask for at once


@dataclass(frozen=True)
class Allowance:
    """What one call may use.

    `seconds`: of processor time. `memory_bytes`: data of its process. `still_seconds`: by the clock, in which the process
    uses no processor time at all: it stands still. A busy machine is not a standstill.
    """

    seconds: float
    memory_bytes: int
    still_seconds: float


class Call(NamedTuple):
    """A method of the object that the processes have, its arguments, and what the call may use. All picklable.

    What crosses to and fro for every file has no slots: of a frozen dataclass with slots, Python pickles field by field.
    """

    method: str
    arguments: tuple[Any, ...]
    allowance: Allowance


_Logged = tuple[str, int, str]
"""A logger's name, the level, and the message with its trace."""


class StoppedError(Exception):
    """A call was stopped, alone and in a new process too.

    `reason`: too_slow, too_much_memory, standstill, or stopped where the process ended by itself; `detail`: how it ended.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


class Workers:
    """At most so many processes (None: as many as there are cores) that have `servant`, each a copy of its own.

    Started when first needed. `preload`: modules that the server imports before it forks them.
    """

    def __init__(self, servant: object, preload: Sequence[str] = (), most: int | None = None) -> None:
        self._servant, self._preload = servant, preload
        self.most = most or len(os.sched_getaffinity(0))
        self._threads = ThreadPoolExecutor(self.most, thread_name_prefix="worker")
        self._idle: deque[_Worker] = deque()
        self._all: list[_Worker] = []
        self._turns = _Turns()
        self._is_closed = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes, whatever they do."""
        self._is_closed = True
        for worker in list(self._all):
            worker.end()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.close()

    def call(self, call: Call) -> Any:
        """Return what the method returns, or raise what it raises. Raises StoppedError."""
        return self.begin(call).result()

    def begin(self, call: Call) -> Future[Any]:
        """Have a call made while this thread goes on; its future is as `call` says."""
        return self._threads.submit(self._call, call)

    def call_all(self, calls: Iterable[Call], ahead: int) -> Iterator[Future[Any]]:
        """Yield the calls' results, finished, in the order given; at most `ahead` calls a process are under way."""
        flying: deque[Future[Any]] = deque()
        for call in calls:
            flying.append(self._threads.submit(self._call, call))
            if len(flying) >= ahead * self.most:
                yield _finished(flying.popleft())
        while flying:
            yield _finished(flying.popleft())

    def _call(self, call: Call) -> Any:
        """Call; what was stopped is tried once more with nothing beside it: a busy machine is our own trouble."""
        with self._turns.together():
            try:
                return self._call_once(call, self._take())
            except StoppedError:
                if self._is_closed:
                    raise
        with self._turns.alone():
            return self._call_once(call, self._start())

    def _call_once(self, call: Call, worker: "_Worker") -> Any:
        try:
            is_done, answer, logged = worker.call(call)
        except BaseException:  # an interrupt, too: whatever the call became, its worker answers nobody else
            worker.end()
            worker.close()
            self._all.remove(worker)
            raise
        self._idle.append(worker)
        for name, level, message in logged:
            logging.getLogger(name).log(level, "%s", message)
        if is_done:
            return answer
        raise answer

    def _take(self) -> "_Worker":
        try:
            return self._idle.pop()
        except IndexError:
            return self._start()

    def _start(self) -> "_Worker":
        if self._is_closed:
            raise StoppedError("stopped", "closed")
        worker = _Worker(self._servant, self._preload)
        self._all.append(worker)
        return worker


def start_early(preload: Sequence[str]) -> None:
    """Start the server that processes are forked from, and let it import modules, while this process does other things."""
    get_context("forkserver").set_forkserver_preload(list(preload))
    forkserver.ensure_running()


def _finished(future: Future[Any]) -> Future[Any]:
    future.exception()
    return future


class _Worker:
    """One process, and the pipe to it."""

    def __init__(self, servant: object, preload: Sequence[str]) -> None:
        context = get_context("forkserver")
        context.set_forkserver_preload(list(preload))  # of no effect where the server runs already
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, servant), daemon=True)
        with _ONE_AT_A_TIME:
            self._process.start()
        theirs.close()

    def call(self, call: Call) -> tuple[bool, Any, list[_Logged]]:
        """Return whether the method returned, what it returned or raised, and what it logged. Raises StoppedError."""
        try:
            self._pipe.send(call)
            self._wait(call.allowance.still_seconds)
            return pickle.loads(self._pipe.recv_bytes())  # noqa: S301 -- our own process wrote it
        except (EOFError, OSError):
            raise _stopped(self._exit_code()) from None

    def end(self) -> None:
        """Kill the process."""
        self._process.kill()
        self._exit_code()

    def close(self) -> None:
        """Give the pipe back; nobody may wait for it any more."""
        self._pipe.close()

    def _wait(self, still_seconds: float) -> None:
        """Wait for an answer or the process's end."""
        used, since = -1.0, time.monotonic()
        while not connection.wait([self._pipe, self._process.sentinel], _LOOK_SECONDS):
            now = self._used_seconds()
            if now != used:
                used, since = now, time.monotonic()
            elif time.monotonic() - since > still_seconds:
                raise StoppedError("standstill")

    def _exit_code(self) -> int | None:
        connection.wait([self._process.sentinel], _END_SECONDS)
        with _ONE_AT_A_TIME:
            return self._process.exitcode

    def _used_seconds(self) -> float:
        """Processor time of the process so far: the clock that clock_getcpuclockid(3) names; 0 once it is gone."""
        try:
            return time.clock_gettime((~(self._process.pid or 0) << 3) | 2)
        except OSError:
            return 0.0


def _stopped(exit_code: int | None) -> StoppedError:
    """Say why a process ended in the middle of a call."""
    if exit_code == _OUT_OF_MEMORY:
        return StoppedError("too_much_memory")
    if exit_code == -signal.SIGXCPU:
        return StoppedError("too_slow")
    if exit_code is not None and exit_code < 0:
        return StoppedError("stopped", signal.Signals(-exit_code).name)
    return StoppedError("stopped", f"exit code {exit_code}")


class _Turns:
    """Who may work: many together, or one alone, who is let in as soon as those at work have finished."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._together = 0
        self._is_alone = False

    @contextmanager
    def together(self) -> Generator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_alone)
            self._together += 1
        try:
            yield
        finally:
            with self._changed:
                self._together -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Generator[None]:
        with self._changed:
            self._changed.wait_for(lambda: not self._is_alone)
            self._is_alone = True
            self._changed.wait_for(lambda: self._together == 0)
        try:
            yield
        finally:
            with self._changed:
                self._is_alone = False
                self._changed.notify_all()


# --- in the process --------------------------------------------------------------------------------------------------


def _serve(pipe: Connection, servant: object) -> None:
    """Do what is asked for until nobody can ask any more."""
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted ends this process, too
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    log = _Log()
    logging.basicConfig(handlers=[log], level=logging.WARNING, force=True)
    while True:
        try:
            call: Call = pipe.recv()
        except EOFError:
            return
        _limit(call.allowance)
        try:
            answer = _answer(servant, call, log)
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)  # what is left of the heap is in no state to go on with
        pipe.send_bytes(answer)


def _answer(servant: object, call: Call, log: "_Log") -> bytes:
    is_done, answer = True, None
    try:
        answer = getattr(servant, call.method)(*call.arguments)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 -- raised again where the call was made
        is_done, answer = False, error
        error.add_note(traceback.format_exc())
    return pickle.dumps((is_done, answer, log.taken()), pickle.HIGHEST_PROTOCOL)


class _Log(logging.Handler):
    """Keeps what is logged during a call: it is logged again where the call was made."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[_Logged] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append((record.name, record.levelno, self.format(record)))

    def taken(self) -> list[_Logged]:
        kept, self._kept = self._kept, []
        return kept


def _limit(allowance: Allowance) -> None:
    """Let the kernel stop this process when a call takes more than it may: no code, in C or Rust, can miss that."""
    _set_limit(resource.RLIMIT_CPU, ceil(time.process_time() + allowance.seconds))
    _set_limit(resource.RLIMIT_DATA, allowance.memory_bytes)


def _set_limit(kind: int, wanted: int) -> None:
    """Set a soft limit, within what this machine allows at most."""
    _, most = resource.getrlimit(kind)
    resource.setrlimit(kind, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
