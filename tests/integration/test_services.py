"""The service recipe of deploy/: its units are well formed, and the commands in them start as they stand."""

import datetime as dt
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import yaml

from pipelines.__main__ import CODE_PORT, PORT
from pipelines.defs.history import event_log_held_open
from pipelines.defs.killed import end_killed_runs
from pipelines.defs.pruning import prune_runs
from pipelines.settings import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
INSTALLED = "/srv/ntm"
UNITS = sorted(file.name for file in DEPLOY.glob("ntm-*.*"))
LONGEST_START = 300


def command(unit: str) -> list[str]:
    """What a unit starts, in this checkout."""
    (line,) = [
        line for line in (DEPLOY / unit).read_text(encoding="utf-8").splitlines() if line.startswith("ExecStart=")
    ]
    return line.removeprefix("ExecStart=").replace(INSTALLED, str(CHECKOUT)).split()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed here")
def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = (DEPLOY / unit).read_text(encoding="utf-8").replace(INSTALLED, str(CHECKOUT))
        (tmp_path / unit).write_text(text, encoding="utf-8")
    said = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit) for unit in UNITS)],  # noqa: S607 (the system's own)
        capture_output=True,
        text=True,
        check=False,
    )
    assert not [line for line in said.stderr.splitlines() if "ntm-" in line], said.stderr


def test_the_compose_file_starts_what_the_units_start() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert {name: service["command"][0] for name, service in services.items()} == {
        name: command(f"ntm-{name}.service")[-1] for name in services
    }
    address = yaml.safe_load((DEPLOY / "workspace.yaml").read_text(encoding="utf-8"))["load_from"][0]["grpc_server"]
    assert (address["host"], address["port"]) == ("127.0.0.1", CODE_PORT)


def test_an_image_takes_along_nothing_that_was_received_or_made_here() -> None:
    ignored = (CHECKOUT / ".gitignore").read_text(encoding="utf-8").split()
    left_out = {
        line.removeprefix("**/") for line in (CHECKOUT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    }
    assert {"raw", ".git", *(pattern.rstrip("/") for pattern in ignored)} <= left_out


def ask(query: str) -> dict[str, Any]:
    """The answer of the pages; empty while they do not listen yet."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/graphql", json.dumps({"query": query}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 (our own address)
            return json.load(answer)["data"]
    except OSError:
        return {}


@contextmanager
def started(unit: str, environment: dict[str, str]) -> Generator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        command(unit), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield process
            assert process.poll() is None, f"{unit} ended"
        finally:
            process.send_signal(signal.SIGTERM)


def wait_for(what: str, is_there: Callable[[], bool], *processes: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + LONGEST_START
    while not is_there():
        assert not [process.args for process in processes if process.poll() is not None], what
        assert time.monotonic() < deadline, what
        time.sleep(1)


def is_listening(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


@dg.asset
def table() -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(metadata={"rows": 3})


@pytest.mark.filterwarnings("default")  # Dagster's own
@pytest.mark.skipif(
    "NTM_DAGSTER_POSTGRES" not in os.environ or find_spec("dagster_postgres") is None,
    reason="needs dagster-postgres, and an empty database at NTM_DAGSTER_POSTGRES",
)
def test_the_history_can_be_kept_in_postgres(tmp_path: Path) -> None:
    parts = [(CHECKOUT / "dagster.yaml"), (DEPLOY / "dagster-postgres.yaml")]
    (tmp_path / "dagster.yaml").write_text(
        "".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8"
    )
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance, event_log_held_open(instance):
        runs = [dg.materialize([table], instance=instance).run_id for _ in range(2)]
        now = dt.datetime.now(dt.UTC)
        assert end_killed_runs(instance, tmp_path / "running", now) == []
        assert prune_runs(instance, tmp_path, now + dt.timedelta(days=1)) >= 1
        kept = [run.run_id for run in instance.get_runs(dg.RunsFilter(run_ids=runs))]
        assert kept == [runs[-1]]
        assert instance.get_latest_materialization_event(table.key) is not None
    assert not list(tmp_path.rglob("*.db"))


@pytest.mark.services
def test_its_commands_start_as_they_stand(parsed_home: Path, tmp_path: Path) -> None:
    assert not is_listening(PORT), "something else listens there"
    assert not is_listening(CODE_PORT), "something else listens there"
    shutil.copytree(parsed_home, tmp_path / "home")
    (tmp_path / "raw").mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NTM_", "DAGSTER_"))}
    lines = (DEPLOY / "ntm.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    environment = kept | given | {"NTM_RAW_DIR": str(tmp_path / "raw"), "NTM_HOME": str(tmp_path / "home")}
    location = "{workspaceOrError {... on Workspace {locationEntries {name locationOrLoadError {__typename}}}}}"
    healthy = "{instance {daemonHealth {allDaemonStatuses {daemonType required healthy}}}}"
    sensors = (
        '{sensorsOrError(repositorySelector: {repositoryLocationName: "ntm", repositoryName: "__repository__"})'
        "{... on Sensors {results {name sensorState {status}}}}}"
    )
    with started("ntm-code.service", environment) as code:
        wait_for("the code location", lambda: is_listening(CODE_PORT), code)
        with started("ntm-pages.service", environment) as pages, started("ntm-daemon.service", environment) as daemon:
            loaded = [{"name": "ntm", "locationOrLoadError": {"__typename": "RepositoryLocation"}}]
            wait_for(
                "the pages",
                lambda: ask(location).get("workspaceOrError", {}).get("locationEntries") == loaded,
                *(code, pages, daemon),
            )

            def has_daemons() -> bool:
                daemons = ask(healthy)["instance"]["daemonHealth"]["allDaemonStatuses"]
                return all(each["healthy"] for each in daemons if each["required"])

            wait_for("the daemons", has_daemons, code, pages, daemon)
            states = {each["name"]: each["sensorState"]["status"] for each in ask(sensors)["sensorsOrError"]["results"]}
            assert set(states.values()) == {"RUNNING"}, "NTM_AUTOMATIC=yes"
    subprocess.run(command("ntm-prune.service"), env=environment, check=True, timeout=LONGEST_START)
    assert (tmp_path / "home" / "dagster" / "dagster.yaml").read_bytes() == (CHECKOUT / "dagster.yaml").read_bytes()
