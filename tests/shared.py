"""What is made once per test run, whichever worker asks first: the others wait for it and share it.

Here: how sharing works, the parsed dbt project, and the verdict on a working file made by hand. Not here: what one folder of
tests alone shares (its conftest).
"""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from pipelines.intake.definitions import definitions
from pipelines.intake.forms import Forms, load_forms
from pipelines.reference.lists import read_list, read_lists
from pipelines.reference.models import Rule
from pipelines.settings import CHECKOUT, SEEDS_DIR, Settings
from pipelines.warehouse import build
from pipelines.warehouse.lists import land_lists, replace_table
from pipelines.warehouse.publish import mark_published
from pipelines.warehouse.verdicts import STEPS, VERDICTS, Build, judge, mark_step


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of that name, filled by `make` once per test run. It is not to be changed: copy it."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # of all workers of this run
    folder, done = base / f"shared-{name}", base / f"shared-{name}.done"
    with FileLock(base / f"shared-{name}.lock"):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # by a worker that failed
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


def parse_project(home: Path) -> None:
    """Parse the dbt project as a run does, and fail on any warning: a deprecated or misspelt key is one."""
    settings = Settings(CHECKOUT / "raw", home, dt.date(2014, 10, 20))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_WORKING_FILE", str(settings.working_file))
        patch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
        patch.setenv("DBT_WARN_ERROR", "true")
        build.manifest(settings)


@cache
def our_forms() -> Forms:
    """Our form definitions, read once per process."""
    return load_forms()


def land_definitions(working: duckdb.DuckDBPyConnection) -> None:
    """Land what our form definitions and lists say, in a working file made by hand that has the schema."""
    for name, (columns, rows) in definitions(our_forms(), read_list(Rule, SEEDS_DIR)).items():
        replace_table(working, f"landed.{name}", columns, rows)
    land_lists(working, read_lists(SEEDS_DIR))


def mark_as_published(working: duckdb.DuckDBPyConnection, as_of: dt.date = dt.date(2015, 7, 20)) -> None:
    """Note in a working file made by hand that its tables were built, checked and published."""
    working.execute("create schema if not exists landed")
    working.execute("create table landed.runs (fingerprint varchar, built_at timestamp)")
    working.execute(f"create table landed.verdicts ({', '.join(map(' '.join, VERDICTS))})")
    for step in STEPS:
        mark_step(working, step, Build(dt.datetime(2015, 7, 20, 3), as_of, "1.0"), "landed")
    mark_published(working, judge(working))
