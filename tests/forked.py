"""Starts of our programs that don't pay for their imports again: a process that has imported what a run imports forks for each.

What it forks is a process like any other: it has the environment, the arguments, the output and the exit code of a command
line, imports nothing but through Python, and is killed and waited for. What it saves is 10 s of processor time per start
(measured in November 2026), and as much for each worker that does not start one of its own; a run that is refused starts cold
(tests/integration/test_run.py).
Here: the process that forks, and the handle on what it has forked. Not here: what is started.
"""

import atexit
import contextlib
import errno
import gc
import importlib
import json
import os
import runpy
import select
import selectors
import signal
import socket
import struct
import subprocess
import sys
import time
import types
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).parents[1]
IMPORTED = (
    "pandas",
    "duckdb",
    "dagster_dbt",
    "dbt.cli.main",
    "dbt.adapters.duckdb.connections",
    "dbt.contracts.graph.manifest",
    "pipelines.definitions",
    "pipelines.defs.execution",
    "pipelines.defs.history",
    "pipelines.defs.intake.landed",
    "pipelines.defs.publishing.published",
    "pipelines.defs.warehouse.suites",
    "pipelines.defs.warehouse.tables",
    "pipelines.products.commands",
    "pipelines.products.screen",
    "pipelines.recovery",
)
"""What a run imports, by what takes long. Modules alone: nothing is read, built or remembered that depends on a setting."""
NUMBER = struct.Struct("q")
LONGEST_REQUEST = 1 << 18


class Forked:
    """A program that was started: the part of `subprocess.Popen` that tests ask for."""

    def __init__(self, output: int, answers: int) -> None:
        self.stdout = open(output, encoding="utf-8")  # noqa: SIM115 (closed with this object)
        self._answers = answers
        self.pid = self._read_number()
        self.returncode: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdout.close()
        self.wait()
        os.close(self._answers)

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self._answers], [], [], 0)[0]:
            self.returncode = self._read_number()
        return self.returncode

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = self._read_number()
        return self.returncode

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float) -> tuple[str, None]:
        """Return all that it writes until it ends. Raises TimeoutError."""
        said, end = b"", time.monotonic() + timeout
        while select.select([self.stdout], [], [], max(end - time.monotonic(), 0))[0]:
            if not (part := os.read(self.stdout.fileno(), 1 << 16)):
                self.wait()
                return said.decode(), None
            said += part
        self.kill()
        raise TimeoutError(said.decode())

    def _read_number(self) -> int:
        (number,) = NUMBER.unpack(os.read(self._answers, NUMBER.size))
        return number


def start(program: Sequence[str], environment: Mapping[str, str]) -> Forked:
    """Start `python PROGRAM…` (`-m MODULE …` or `-c CODE`) in the checkout; what it writes anywhere is its `stdout`."""
    requests = _forking_process()
    output, output_end = os.pipe()
    answers, answers_end = os.pipe()
    request = json.dumps({"program": list(program), "environment": dict(environment)}).encode()
    socket.send_fds(requests, [request], [output_end, answers_end])
    os.close(output_end)
    os.close(answers_end)
    return Forked(output, answers)


@cache
def _forking_process() -> socket.socket:
    """Return where the process that forks is asked, one for all workers of a test run: who asks first starts it."""
    address = f"\0ntm-tests-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    process = None
    requests = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    requests.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST_REQUEST)
    while error := requests.connect_ex(address):
        if error != errno.ECONNREFUSED:
            raise OSError(error, os.strerror(error))
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
            try:
                listening.bind(address)
            except OSError:  # another has taken that name and does not listen yet
                time.sleep(0.01)
            else:
                listening.listen()
                process = _start_forking_process(listening)

    def end() -> None:
        requests.close()
        if process:
            process.wait()

    atexit.register(end)
    return requests


def _start_forking_process(listening: socket.socket) -> subprocess.Popen[bytes]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("NTM_", "DAGSTER_", "PYTEST_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.forked", str(listening.fileno())],
        cwd=ROOT,
        env=ours | {"DO_NOT_TRACK": "1", "DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "GX_ANALYTICS_ENABLED": "false"},
        pass_fds=[listening.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


# --- in the process that forks ---------------------------------------------------------------------------------------


def wait_for_program(listening: socket.socket) -> list[str] | None:
    """Fork for each request; returns the program to run in the fork, and None where nobody asks any more.

    Between this process and the program stands one that waits for its end and says how it ended.
    """
    signal.signal(signal.SIGCHLD, _wait_for_ended)
    asking = selectors.DefaultSelector()
    asking.register(listening, selectors.EVENT_READ)
    while True:
        for asked, _ in asking.select():
            requests = asked.fileobj
            assert isinstance(requests, socket.socket)
            if requests is listening:
                asking.register(listening.accept()[0], selectors.EVENT_READ)
                continue
            request, descriptors, *_ = socket.recv_fds(requests, LONGEST_REQUEST, 2)
            if not request:
                asking.unregister(requests)
                requests.close()
                if len(asking.get_map()) == 1:
                    return None
                continue
            if os.fork() == 0:
                for each in asking.get_map().values():
                    os.close(each.fd)
                asking.close()
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                output, answers = descriptors
                if (pid := os.fork()) == 0:
                    os.close(answers)
                    return _enter(output, **json.loads(request))
                os.close(output)
                os.write(answers, NUMBER.pack(pid))
                _, status = os.waitpid(pid, 0)
                os.write(answers, NUMBER.pack(os.waitstatus_to_exitcode(status)))
                os._exit(0)
            for descriptor in descriptors:
                os.close(descriptor)


def _wait_for_ended(*_: object) -> None:
    """Take leave of those that waited, so that the time of what they ran is counted as this process's children's."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _enter(output: int, program: list[str], environment: dict[str, str]) -> list[str]:
    """Make this process one that was started with these: output and environment."""
    for stream in (sys.stdout, sys.stderr):
        os.dup2(output, stream.fileno())
    os.close(output)
    os.environ.clear()
    os.environ.update(environment)
    return program


def run(program: list[str]) -> None:
    """Run a program as Python does with these arguments; ends as that one ends."""
    kind, what, *arguments = program
    if kind == "-m":
        sys.argv = [what, *arguments]
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        assert kind == "-c", program
        sys.argv = [kind, *arguments]
        main = sys.modules["__main__"] = types.ModuleType("__main__")
        exec(compile(what, "<string>", "exec"), main.__dict__)  # noqa: S102 (a program of a test)


def import_all() -> None:
    """Import what a run imports."""
    for module in IMPORTED:
        importlib.import_module(module)
    quality: Any = importlib.import_module("pipelines.quality")
    quality.warm_up()
    duckdb: Any = importlib.import_module("duckdb")
    duckdb.default_connection().close()  # opened by the import, with a thread that no fork would have; opened again when asked
    gc.collect()
    gc.freeze()  # what was imported is not looked through again by every fork


if __name__ == "__main__":
    import_all()
    asked = wait_for_program(socket.socket(fileno=int(sys.argv[1])))
    if asked is not None:
        run(asked)
