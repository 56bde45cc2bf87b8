"""What people receive, as assets that follow from a published build: receipts, blank workbooks for what is due, the bulletin.

Here: the assets, their job, and the sensor that starts it when a build was published. Not in the main job: a first
run over the sample writes 450 receipts in 20 s where reading, building and publishing have 90 s; a usual month writes
those of its deliveries alone. Not here: how any is made (pipelines/products).
"""

import time
from collections.abc import Generator
from contextlib import contextmanager

import dagster as dg
import duckdb

from pipelines.defs.execution import WRITE_DELIVERABLES
from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import BUILD, OWNERS, PRODUCTS, automatic_sensor, key
from pipelines.products.bulletin import NoMonthError, write_bulletin
from pipelines.products.receipts import write_receipts
from pipelines.products.templates import write_templates
from pipelines.progress import watcher
from pipelines.reference.calendar import Calendar
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR, Settings
from pipelines.warehouse.publish import holds_published_build


@contextmanager
def _published(workspace: Workspace) -> Generator[duckdb.DuckDBPyConnection]:
    with workspace.working() as working:
        if not holds_published_build(working):
            raise dg.Failure("the last build was not published: nobody is answered from it")
        yield working


@dg.asset(
    key=key(PRODUCTS, "receipts"),
    deps=[BUILD],
    group_name=PRODUCTS,
    kinds={"python", "excel"},
    owners=OWNERS,
    description="Each delivery back to its sender, doubtful cells marked and explained: $NTM_HOME/receipts. Only what "
    "says something else than the receipt that is there is written. One file per delivery, reporter and period.",
)
def receipts(workspace: Workspace) -> dg.MaterializeResult:
    """Write the receipts that changed; fail (with the others written) if one could not be written."""
    folder = workspace.settings.home / "receipts"
    began = time.monotonic()
    with _published(workspace) as working:
        summary = write_receipts(working, workspace.settings.archive_dir, folder, progress=watcher())
    seconds = time.monotonic() - began
    metadata = {
        "written": summary.written,
        "unchanged": summary.unchanged,
        "failed": len(summary.failed),
        "seconds": seconds,
        "written_per_second": summary.written / seconds,
        "folder": dg.MetadataValue.path(str(folder)),
    }
    if summary.failed:
        path, trouble = summary.failed[0]
        raise dg.Failure(f"{len(summary.failed)} receipts not written, the first of {path}: {trouble}", metadata)
    return dg.MaterializeResult(metadata=metadata)


@dg.asset(
    key=key(PRODUCTS, "templates"),
    deps=[BUILD],
    group_name=PRODUCTS,
    kinds={"python", "excel"},
    owners=OWNERS,
    description="Blank workbooks for the periods that run on the as-of day, pre-filled with what is known: "
    "$NTM_HOME/templates. One file per reporter and period.",
)
def templates(workspace: Workspace) -> dg.MaterializeResult:
    """Write the blank workbooks that changed."""
    settings = workspace.settings
    folder = settings.home / "templates"
    with _published(workspace) as working:
        lists = read_lists(SEEDS_DIR, settings.overlay_dir)
        periods = Calendar(lists).running_periods(settings.as_of)
        summary = write_templates(lists, settings.as_of, folder, periods, connection=working, progress=watcher())
    return dg.MaterializeResult(
        metadata={
            "written": summary.written,
            "unchanged": summary.unchanged,
            "periods": ", ".join(periods),
            "folder": dg.MetadataValue.path(str(folder)),
        }
    )


@dg.asset(
    key=key(PRODUCTS, "bulletin"),
    deps=[BUILD],
    group_name=PRODUCTS,
    kinds={"python"},
    owners=OWNERS,
    description="The newest month's report to print and sign, with its annex, a page for the chairman and the text of a message: "
    "$NTM_HOME/reports, from the published file. One file per kind and month.",
)
def bulletin(workspace: Workspace) -> dg.MaterializeResult:
    """Write the bulletin of the newest month; where there is no month yet, say so and write nothing."""
    settings = workspace.settings
    try:
        written = write_bulletin(settings.published_file, settings.reports_dir)
    except NoMonthError as error:
        return dg.MaterializeResult(metadata={"written": 0, "why": str(error)})
    return dg.MaterializeResult(
        metadata={
            "month": f"{written.month:%Y-%m}",
            "written": len(written.files),
            "folder": dg.MetadataValue.path(str(settings.reports_dir)),
        }
    )


def ask_for_deliverables(_: dg.SensorEvaluationContext, event: dg.EventLogEntry) -> dg.RunRequest:
    """Ask for one run per build."""
    return dg.RunRequest(run_key=event.run_id)


@dg.definitions
def deliverables() -> dg.Definitions:
    """Return the assets and the sensor."""
    build_published = dg.AssetSensorDefinition(
        name="build_published",
        asset_key=BUILD,
        job_name=WRITE_DELIVERABLES,
        asset_materialization_fn=ask_for_deliverables,
        default_status=automatic_sensor(Settings.from_environment(reads_raw=False)),
        description="Starts when a build was published, whoever started it.",
    )
    assets = dg.with_source_code_references([receipts, templates, bulletin])
    return dg.Definitions(assets=assets, sensors=[build_published])
