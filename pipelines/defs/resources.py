"""What a run holds while it lives: the folders, the day asked for, the lock, the working file.

Here: resources. Not here: assets, jobs, and the lock itself (pipelines/warehouse/lock.py).
"""

import datetime as dt
import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Self

import dagster as dg
import duckdb
from pydantic import Field, PrivateAttr

from pipelines.defs.killed import end_killed_runs, life_file
from pipelines.products import alerts
from pipelines.recovery import refuse_full_disk, set_aside_damaged
from pipelines.reference.lists import read_lists
from pipelines.run_report import RunReport, begin_report
from pipelines.settings import SEEDS_DIR, Settings
from pipelines.warehouse.build import code_version
from pipelines.warehouse.engine import Engine
from pipelines.warehouse.engines import choose_engine
from pipelines.warehouse.load import open_working_file
from pipelines.warehouse.lock import sign_of_life, writing
from pipelines.warehouse.standing import mark_changing, mark_standing, read_raw_folder
from pipelines.warehouse.verdicts import Build

UNNAMED_DAY = "AS_OF in the raw folder, else today"


class Workspace(dg.ConfigurableResource):
    """The one writing run: whoever starts it, from a terminal, the UI, a schedule or the sensor, takes the same lock.

    Its fields, which the UI shows, are the environment of the code location; a run may be given others in the launchpad.
    """

    raw_dir: str = Field(description="Where deliveries come in (NTM_RAW_DIR); never written.")
    home: str = Field(description="Where everything is kept that the pipeline writes (NTM_HOME).")
    as_of: str = Field(description="The day that a run is asked as of (NTM_AS_OF).")

    _settings: Settings = PrivateAttr()
    _engine: Engine = PrivateAttr()
    _report: RunReport = PrivateAttr()
    _fingerprint: str | None = PrivateAttr(default=None)

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Self]:
        """Hold the lock from the run's first step to its last (the executor is in process: one start per run), then alert.

        Here and not in a sensor: alerts go out whoever started the run, with or without a daemon, published or not.

        Raises LockedError when another run doesn't end in time, SettingsError and ListError for a broken environment.
        """
        as_of = "" if self.as_of == UNNAMED_DAY else self.as_of
        settings = Settings.from_environment(
            instead={"NTM_RAW_DIR": self.raw_dir, "NTM_HOME": self.home, "NTM_AS_OF": as_of}
        )
        settings.make_home()
        settings.export()
        wait = float(read_lists(SEEDS_DIR, settings.overlay_dir).parameter("lock_wait", settings.as_of))
        log_line = context.log.warning if context.log else print
        life = sign_of_life(life_file(settings.running_dir, context.run.run_id if context.run else str(os.getpid())))
        with life, writing(settings.lock_file, wait, log_line), choose_engine(settings) as engine:
            if context.instance:
                end_killed_runs(context.instance, settings.running_dir, dt.datetime.now(dt.UTC))
            self._settings = settings
            self._engine = engine
            engine.refuse_unusable()
            refuse_full_disk(settings)
            for line in set_aside_damaged(settings, is_dagster_at_work=True):
                log_line(line)
            mark_changing(settings)
            raw_folder = read_raw_folder(settings)
            self._report = begin_report(dt.datetime.now(dt.UTC).replace(tzinfo=None))
            yield self
            self._report.alerts = alerts.send_alerts(settings, _failed_steps(context))
            for line in self._report.alerts:
                log_line(line)
            loaded = self._report.loaded
            stands = self._report.is_current or (self._report.published and self._fingerprint)
            if loaded and stands and not (loaded.out_of_reach or loaded.lost):
                mark_standing(settings, raw_folder, loaded.new + loaded.known)

    @property
    def settings(self) -> Settings:
        """Folders and day of this run."""
        return self._settings

    @property
    def engine(self) -> Engine:
        """What reads and builds in this run."""
        return self._engine

    @property
    def built_at(self) -> dt.datetime:
        """When this run began (UTC, no zone): what its results are filed under."""
        return self._report.built_at

    @property
    def build(self) -> Build:
        """What this run builds, as far as it is known beside the tables."""
        return Build(self.built_at, self.settings.as_of, code_version())

    @property
    def report(self) -> RunReport:
        """What this run has done so far: each step writes its part."""
        return self._report

    @property
    def fingerprint(self) -> str | None:
        """What this run's tables follow from, once loading has found it out; None in a run without loading."""
        return self._fingerprint

    def set_fingerprint(self, fingerprint: str) -> None:
        """Set what this run's tables follow from."""
        self._fingerprint = fingerprint

    @contextmanager
    def working(self) -> Generator[duckdb.DuckDBPyConnection]:
        """Open the working file for the body. No two openings at once: dbt opens it with settings of its own."""
        with open_working_file(self.settings.working_file) as connected:
            yield connected


@dg.definitions
def resources() -> dg.Definitions:
    """Return the resources of all assets."""
    settings = Settings.from_environment(reads_raw=False)
    workspace = Workspace(
        raw_dir=str(settings.raw_dir), home=str(settings.home), as_of=settings.named_as_of or UNNAMED_DAY
    )
    return dg.Definitions(resources={"workspace": workspace})


def _failed_steps(context: dg.InitResourceContext) -> list[str]:
    """The steps of this run that failed, by name."""
    if context.instance is None or context.run is None:
        return []
    failures = context.instance.all_logs(context.run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    return sorted({entry.step_key for entry in failures if entry.step_key})
