"""The cluster of a run: what this machine needs for it, how its session begins, and what is said when it is lost.

The session lives in the run's own process, Spark's driver beside it: a killed run takes both with it. Where the cluster is, and
with what memory and cores, is Spark's own business (`NTM_SPARK_MASTER`, spark-defaults.conf); here is what our tables need.
Not here: what is asked of Spark (reading.py, tables.py, dbt).
"""

import logging
import re
import socket
import subprocess
import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pipelines.settings import CHECKOUT, Settings, SettingsError, SparkSettings

NEEDED = ("pyspark", "dbt.adapters.spark")
JAVA = 17
"""The oldest version that Spark runs on."""
ANSWER_SECONDS = 5.0
ALONE_SECONDS = 60.0
"""So long a cluster may be without any executor before the run gives it up: Spark itself would wait for ever."""
_LOOK_SECONDS = 2.0
_STANDALONE = "spark://"
_STACK = "-Xss16m"  # a model's plan is a deep tree, and Spark walks through it by recursion
_LOG = CHECKOUT / "deploy" / "spark" / "driver-log.properties"
logger = logging.getLogger(__name__)


class ClusterError(Exception):
    """The cluster did not do what it was asked for; the line says why."""


def refuse_unusable(spark: SparkSettings) -> None:
    """Raise SettingsError, one line, where Spark or Java is not installed here, or no master answers."""
    if missing := [name for name in NEEDED if not _is_installed(name)]:
        raise SettingsError(
            f"NTM_ENGINE: spark: {' và '.join(missing)}: chưa cài · not installed: requirements-spark.lock (docs/scale.md)"
        )
    if spark.java is None or _find_version(spark.java) < JAVA:
        raise SettingsError(
            "NTM_ENGINE: spark: không có Java · no Java 17 or later here: JAVA_HOME, PATH (docs/scale.md)"
        )
    if spark.master.startswith(_STANDALONE) and not any(
        map(_answers, spark.master.removeprefix(_STANDALONE).split(","))
    ):
        raise SettingsError(f"NTM_SPARK_MASTER: {spark.master}: không trả lời · no master answers there")


def _find_version(java: Path) -> int:
    """Return which version of Java a program is; what it does not say is taken for new enough."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr  # noqa: S603 (the program that Spark will start)
    except OSError:
        answer = ""
    stated = re.search(r'version "(?:1\.)?(\d+)', answer)
    return int(stated[1]) if stated else JAVA


def _quote(option: str) -> str:
    """Return an option of the JVM as Spark's launcher takes it apart: a path may have blanks."""
    return '"' + option.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _is_installed(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _answers(address: str) -> bool:
    host, _, port = address.rpartition(":")
    try:
        socket.create_connection((host.strip("[]"), int(port)), ANSWER_SECONDS).close()
    except (OSError, ValueError):
        return False
    return True


class SparkCluster:
    """The session of one run, begun when it is first asked for."""

    def __init__(self, settings: Settings, spark: SparkSettings) -> None:
        self._settings, self._spark = settings, spark
        self._session: Any = None
        self._is_over = threading.Event()
        self._is_asked = False
        self.lost = ""
        """Why the session was given up, if it was."""

    @property
    def session(self) -> Any:
        """The session. Raises ClusterError."""
        if self.lost:
            raise ClusterError(self.lost)
        if self._session is None:
            self._session = self._begin()
            threading.Thread(target=self._watch, name="look at the cluster", daemon=True).start()
        return self._session

    @property
    def slots(self) -> int:
        """How many cores it has, as far as they have come in."""
        return max(2, self.session.sparkContext.defaultParallelism)

    def stop(self) -> None:
        """End the session, and the driver's tasks with it."""
        self._is_over.set()
        if self._session is not None:
            try:
                self._session.stop()
            except Exception:  # whatever its JVM ends with: the run has what it wanted
                logger.exception("Spark did not stop")
            self._session = None

    def call_all(self, function: Callable[[Any], Any], arguments: Sequence[Any]) -> list[Any]:
        """Return what the function returns for each argument, in their order: a task each. Raises ClusterError."""
        with self.asked() as session:
            try:
                return session.sparkContext.parallelize(arguments, len(arguments)).map(function).collect()
            except Exception as error:  # whatever Java, Py4J or a task raised: one line of it, the rest in the log
                logger.exception("Spark")
                raise ClusterError(self.explain(error)) from None

    @contextmanager
    def asked(self) -> Generator[Any]:
        """Ask the cluster for something for the length of the body, which gets the session. Raises ClusterError.

        Once the session has been stopped or given up nobody begins another: dbt would, for each node that is left.
        """
        context: Any = import_module("pyspark").SparkContext
        session, own, begin = self.session, vars(context)["getOrCreate"], context.getOrCreate

        def refuse(*arguments: Any, **named: Any) -> Any:
            if self._is_over.is_set() or self.lost:
                raise ClusterError(self.lost or "Spark: the session has been stopped")
            return begin(*arguments, **named)

        context.getOrCreate, self._is_asked = refuse, True
        try:
            yield session
        finally:
            context.getOrCreate, self._is_asked = own, False

    def explain(self, error: BaseException | str) -> str:
        """Return the line that says why the cluster failed: what it was given up for, else what its process raised."""
        return self.lost or f"Spark: {find_cause(str(error))}"

    def _begin(self) -> Any:
        settings = self._settings
        settings.spark_dir.mkdir(parents=True, exist_ok=True)
        log = settings.logs_dir / "spark.log"
        own = {
            "spark.app.name": "ntm",
            "spark.master": self._spark.master,
            "spark.ui.showConsoleProgress": "false",  # the screen is the run's own
            "spark.executorEnv.PYTHONPATH": str(CHECKOUT),
            "spark.driver.defaultJavaOptions": " ".join(
                map(_quote, [_STACK, f"-Dlog4j2.configurationFile={_LOG.as_uri()}", f"-Dntm.log={log}"])
            ),
            "spark.executor.defaultJavaOptions": _STACK,
            "spark.sql.catalogImplementation": "in-memory",
            "spark.sql.warehouse.dir": str(settings.spark_dir / "warehouse"),
            # as the profile of dbt has them, for what is read and landed
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.timestampType": "TIMESTAMP_NTZ",
        }
        builder = import_module("pyspark.sql").SparkSession.builder
        logging.getLogger("SQLQueryContextLogger").disabled = True  # it writes what it raises on the screen, as JSON
        for name, value in own.items():
            builder = builder.config(name, value)
        try:
            session = builder.getOrCreate()
        except Exception as error:  # as above: a JVM that does not start, settings that it does not know
            logger.exception("Spark")
            raise ClusterError(f"Spark: {self._spark.master}: {find_cause(str(error))}") from None
        return session

    def _watch(self) -> None:
        """Give the session up when no executor has been there for too long, so that whoever waits for it is told."""
        if self._spark.master.startswith("local"):
            return
        alone = 0.0
        while not self._is_over.wait(_LOOK_SECONDS):
            try:
                # the driver is one of them; pyspark has no other way to ask
                executors = self._session.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1  # noqa: SLF001
            except Exception:  # noqa: BLE001 -- the session has ended, whoever ended it
                return
            # where nothing is asked a cluster may let its executors go
            alone = 0.0 if executors or not self._is_asked else alone + _LOOK_SECONDS
            if alone >= ALONE_SECONDS:
                self.lost = (
                    f"Spark: {self._spark.master}: không máy nào nhận việc · no worker has taken up work for "
                    f"{ALONE_SECONDS:.0f} s"
                )
                logger.error("%s", self.lost)
                self._session.stop()
                return


def find_cause(text: str) -> str:
    """Return the line that names the cause in what Spark says: of a trace of Python its last line, else the first line."""
    if trace := re.search(r"Traceback \(most recent call last\):\n(.*?)(?:\n\s*\n|\n\s*at |\Z)", text, re.DOTALL):
        return trace[1].strip().rpartition("\n")[2].strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return next((line for line in lines if not line.startswith(("An error occurred", ":"))), lines[0] if lines else "?")
