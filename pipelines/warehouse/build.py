"""dbt, once per run and in our own process: what it is given, and what it says of each model and test.

In our process, because a killed run must not leave a dbt behind that still writes; and because it saves starting Python
again. Only a project that has changed is parsed beside us, while there is much else to import.
Here: command lines, the parsed project (manifest), results as they come.
Not here: models and tests (dbt_project/), and what their results mean for publication.
"""

import contextlib
import datetime as dt
import hashlib
import json
import logging
import os
import queue
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.processes import end_with_parent
from pipelines.settings import CHECKOUT, DBT_PROJECT_DIR, EXPECTATIONS_DIR, SPARK, Settings
from pipelines.warehouse.dbt_overhead import compiled_code_kept, debug_events_unworded, drop_unused_macros

if TYPE_CHECKING:
    import duckdb
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.base_types import EventMsg

_CODE = (CHECKOUT / "pipelines", DBT_PROJECT_DIR, EXPECTATIONS_DIR)
_CODE_SUFFIXES = {".py", ".yml", ".yaml", ".csv", ".sql", ".md", ".j2"}
_WRITTEN_BY_DBT = {"target", "logs", "dbt_packages"}
_LIBRARIES = ("dbt-core", "dbt-duckdb", "duckdb", "dbt-spark", "pyspark")
"""Those of them that are installed count: an ordinary installation has no Spark."""
_ASIDE = "parse-"
_ANY_DAY = dt.date(1111, 11, 11)
"""The day that the project is compiled as of when it is parsed: no model or test names it by itself."""
_UNASKED = ("--no-introspect", "--no-populate-cache")
"""Compiling needs no database; with a day given, no macro asks for one."""
ASIDE_SECONDS = 600
logger = logging.getLogger(__name__)
_OK = {"success", "pass", "warn", "no-op"}
_LEVELS = {"info": logging.INFO, "warn": logging.WARNING, "error": logging.ERROR}
NOT_WRITTEN = ("--no-write-json",)
"""The manifest once more and results per node: what became of each node is told to whoever builds."""
NOT_BUILT = ("--exclude-resource-type", "unit_test", "--exclude-resource-type", "exposure")
"""Unit tests test our SQL, not the data; of an exposure there is nothing to build, and dbt would report it as done."""


@dataclass(frozen=True)
class NodeResult:
    """What dbt says of one node: `status` as dbt writes it, `failures` rows that fail a test."""

    unique_id: str
    status: str
    seconds: float
    failures: int | None
    message: str

    @property
    def is_test(self) -> bool:
        """Whether this is a data test."""
        return self.unique_id.startswith("test.")

    @property
    def is_ok(self) -> bool:
        """Whether what depends on it may be built; a warning may."""
        return self.status in _OK


class BuildError(Exception):
    """dbt stopped before or between its nodes: a project that doesn't parse, a database that can't be opened."""


@cache
def code_version() -> str:
    """Return the version of everything that decides what stands in the tables but the deliveries: code, our lists, libraries."""
    digest = hashlib.sha256()
    for folder in _CODE:
        for file in sorted(folder.rglob("*")):
            parts = file.relative_to(folder).parts
            if file.suffix in _CODE_SUFFIXES and not _WRITTEN_BY_DBT.intersection(parts) and file.is_file():
                digest.update(f"{'/'.join(parts)}\n".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    for library in _LIBRARIES:
        with contextlib.suppress(PackageNotFoundError):
            digest.update(f"{library} {version(library)}\n".encode())
    return f"{version_of_package()}+{digest.hexdigest()[:12]}"


def version_of_package() -> str:
    """Return the version that pyproject.toml states; the package is run from its checkout, never installed."""
    import tomllib  # noqa: PLC0415 (once per process)

    return tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def manifest(settings: Settings) -> dict[str, Any]:
    """Return dbt's manifest of the project as it stands; parsed and compiled again (20 s) only when a file has changed.

    Raises BuildError with dbt's own words if the project doesn't parse.
    """
    while _parsing:
        _parsing.pop().join()
    file = _manifest_file(settings)
    if not _is_parsed(settings):
        settings.dbt_dir.mkdir(parents=True, exist_ok=True)
        for left in settings.dbt_dir.glob(f"{_ASIDE}*"):  # by a killed process; a living one is done in less
            if time.time() - left.stat().st_mtime > ASIDE_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        aside = Path(tempfile.mkdtemp(prefix=_ASIDE, dir=settings.dbt_dir))
        try:
            _invoke([*command("compile", replace(settings, as_of=_ANY_DAY)), *_UNASKED, "--target-path", str(aside)])
            for old in [*settings.dbt_dir.glob("manifest-*.json"), *settings.dbt_dir.glob("parsed-*.msgpack")]:
                old.unlink(missing_ok=True)
            (aside / "partial_parse.msgpack").replace(_parsed_file(settings))
            (aside / "manifest.json").replace(file)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    try:
        return _loaded(file)
    except ValueError as error:
        logger.warning("%s can't be read, the project is parsed again: %s", file, error)
        file.unlink()
        return manifest(settings)


def begin_parsing(settings: Settings) -> bool:
    """Let a process of its own parse the project, which `manifest` then waits for; False if nothing is to be parsed."""
    if _is_parsed(settings):
        return False
    process = get_context("spawn").Process(target=_parse, args=(settings,), name="parse", daemon=True)
    process.start()
    _parsing.append(process)
    return True


_parsing: list[BaseProcess] = []


def _parse(settings: Settings) -> None:
    end_with_parent()
    with contextlib.suppress(BuildError):  # whoever waits finds no manifest, parses once more, and says why it can't
        manifest(settings)


def _is_parsed(settings: Settings) -> bool:
    """Whether the project as it stands was parsed, and both files of that are whole: a disk may lose the end of one."""
    manifest_file, parsed_file = _manifest_file(settings), _parsed_file(settings)
    try:
        with manifest_file.open("rb") as opened:
            opened.seek(-1, os.SEEK_END)
            is_whole = opened.read() == b"}" and parsed_file.stat().st_size > 0
    except OSError:
        return False
    if not is_whole:
        logger.warning("%s can't be read: the project is parsed again", manifest_file)
    return is_whole


def _manifest_file(settings: Settings) -> Path:
    return settings.dbt_dir / f"manifest-{code_version().rpartition('+')[2]}.json"


def _parsed_file(settings: Settings) -> Path:
    return settings.dbt_dir / f"parsed-{code_version().rpartition('+')[2]}.msgpack"


def begin_loading(settings: Settings) -> None:
    """Have a thread import dbt and load its parsed project, 5 s of processor, for the next `build` of this process.

    A build on Spark has no use for it: what dbt parses is made of macros of one adapter.
    """
    if settings.spark:
        return
    threads = ThreadPoolExecutor(1, thread_name_prefix="load dbt")
    _loading[_parsed_file(settings)] = threads.submit(_load, settings)
    threads.shutdown(wait=False)


_loading: "dict[Path, Future[Manifest | None]]" = {}


def _load(settings: Settings) -> "Manifest | None":
    import dbt.adapters.duckdb  # noqa: PLC0415 (2 s, only when dbt runs)
    import dbt.cli.main  # noqa: F401, PLC0415 (as above)

    return parsed_project(settings)


def _take_project(settings: Settings) -> "Manifest | None":
    """Return the project, parsed and compiled: loaded already, or now. A build changes it, so it serves one."""
    begun = _loading.pop(_parsed_file(settings), None)
    project = begun.result() if begun else parsed_project(settings)
    if project is not None:
        compile_project(project, settings)
    return project


def parsed_project(settings: Settings) -> "Manifest | None":
    """Return the project as dbt parsed it, in dbt's own shape; None where it has not been parsed (by `manifest`) yet.

    Handed to dbt, it takes the place of dbt's own look at its last parse: that one is thrown away (9 s) whenever the day
    asked for or the place of the working file is another, neither of which our models read before they run.
    """
    file = _parsed_file(settings)
    if not file.exists():
        return None
    from dbt.contracts.graph.manifest import Manifest  # noqa: PLC0415 (2 s, only when dbt runs)
    from dbt.parser.manifest import extended_mashumuro_decoder  # noqa: PLC0415 (as above)

    try:
        project: Manifest = Manifest.from_msgpack(file.read_bytes(), decoder=extended_mashumuro_decoder)
    except Exception as error:  # noqa: BLE001 -- whatever msgpack stumbles over in half a file
        logger.warning("%s can't be read, dbt parses the project anew: %s", file, error)
        file.unlink(missing_ok=True)
        return None
    drop_unused_macros(project)
    project.build_parent_and_child_maps()
    project.build_flat_graph()
    return project


def compile_project(project: "Manifest", settings: Settings) -> None:
    """Give a parsed project's models and tests the SQL that they were compiled to, as of the day of these settings.

    Each run would make the same of them, but for the day, which took a fifth of a build's processor time.
    """
    from dbt.contracts.graph.nodes import CompiledNode  # noqa: PLC0415 (2 s, only when dbt runs)

    compiled = manifest(settings)["nodes"]
    for node in project.nodes.values():
        if isinstance(node, CompiledNode) and node.resource_type in {"model", "test"}:
            node.compiled_code = compiled_code(compiled[node.unique_id], settings.as_of)


def compiled_code(node: Mapping[str, Any], as_of: dt.date) -> str:
    """Return DuckDB's query of a model or test of `manifest`, as of a day: of the working file, whichever engine builds."""
    then, now = (f"cast('{day.isoformat()}' as date)" for day in (_ANY_DAY, as_of))
    return node["compiled_code"].replace(then, now)


@cache
def _loaded(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8"))


def command(what: str, settings: Settings, select: Sequence[str] = ()) -> list[str]:
    """Return dbt's arguments: everything it writes under NTM_HOME, nothing on the terminal and in a log of its own.

    For a file it words each event, those too that are below the level asked for: 8,700 in a build of November 2026.
    """
    return [
        *("--log-level", "none", "--log-level-file", "none", "--log-path", str(settings.dbt_dir)),
        *("--no-use-colors", "--no-version-check", "--no-print"),
        what,
        *("--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)),
        *("--target-path", str(target_dir(settings))),
        *("--vars", json.dumps({"as_of": settings.as_of.isoformat()})),
        *(("--select", *select, "--indirect-selection", "empty") if select else ()),
    ]


def target_dir(settings: Settings) -> Path:
    """Return where dbt writes what it builds from: of either engine its own, so that neither parses because of the other."""
    return settings.dbt_dir / (f"target-{SPARK}" if settings.spark else "target")


def build(
    settings: Settings, select: Sequence[str] = (), give_up: Callable[[], object] = lambda: None
) -> Iterator[NodeResult]:
    """Build and test everything, or the models and tests that `select` names alone; yield each result as it comes.

    `give_up` is called where whoever asked is interrupted: dbt is waited for, and nothing tells it to stop by itself.
    Raises BuildError if dbt itself fails; a failed model or test does not raise, it is a result (what depends on it is skipped).
    """
    results: queue.SimpleQueue[NodeResult | None] = queue.SimpleQueue()
    ended: list[dbtRunnerResult | BaseException] = []

    def listen(event: "EventMsg") -> None:
        info: Any = event.info
        if info.level in _LEVELS:
            logger.log(_LEVELS[info.level], "%s", info.msg)
        if event.info.name == "NodeFinished":
            data: Any = event.data
            run, unique_id = data.run_result, data.node_info.unique_id
            if unique_id.startswith("operation.") and run.status in _OK:
                return  # a hook that did its work
            results.put(NodeResult(unique_id, run.status, run.execution_time, run.num_failures, run.message))

    def work() -> None:
        try:
            arguments = [*command("build", settings, select), *NOT_WRITTEN, *NOT_BUILT]
            arguments += ["--target", SPARK] if settings.spark else []
            ended.append(_run(arguments, listen, project=None if settings.spark else _take_project(settings)))
        except BaseException as error:  # noqa: BLE001 -- handed to the caller's thread
            ended.append(error)
        finally:
            results.put(None)

    thread = threading.Thread(target=work, name="dbt", daemon=True)
    thread.start()
    try:
        while (result := results.get()) is not None:
            yield result
    except BaseException:  # an interruption is not an Exception, and is raised again
        give_up()
        raise
    finally:
        thread.join()  # whatever became of our caller, dbt must not write behind its back
    if isinstance(ended[0], BaseException):
        raise ended[0]
    _raise_if_broken(ended[0])


def drop_built(connected: "duckdb.DuckDBPyConnection", schemas: Iterable[str]) -> None:
    """Drop what dbt builds, so that a table whose model is gone does not live on, and nothing half built looks whole."""
    for schema in schemas:
        connected.execute(f'drop schema if exists "{schema}" cascade')


def _invoke(arguments: Sequence[str]) -> None:
    _raise_if_broken(_run(arguments))


def _run(arguments: Sequence[str], *listeners: Any, project: "Manifest | None" = None) -> "dbtRunnerResult":
    """Run dbt and leave nothing of it behind: its connection would keep the working file open. `project`: parsed already."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager  # noqa: PLC0415 (2 s, only when dbt runs)
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 (as above)

    try:
        with debug_events_unworded(), compiled_code_kept():
            return dbtRunner(project, list(listeners)).invoke(list(arguments))
    finally:
        with contextlib.suppress(Exception):  # it says so with a bare Exception when there is none
            DuckDBConnectionManager.env().close()
        DuckDBConnectionManager.close_all_connections()


def _raise_if_broken(result: "dbtRunnerResult") -> None:
    """A result without an exception is one where dbt did its work, whatever its nodes say."""
    if result.exception is not None:
        raise BuildError(" ".join(str(result.exception).split()))
