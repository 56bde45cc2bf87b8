"""The published file as an asset, and the page about it: they follow from every table of marts and quality and their checks."""

from dataclasses import asdict

import dagster as dg

from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import BUILD, OWNERS, PUBLISHED, key, parsed
from pipelines.defs.warehouse.tables import node_key
from pipelines.products.overview import write_overview
from pipelines.progress import watcher
from pipelines.quality import CRITICAL
from pipelines.settings import Settings
from pipelines.warehouse.build import code_version
from pipelines.warehouse.checks import failures
from pipelines.warehouse.publish import mark_published, publish
from pipelines.warehouse.verdicts import NotJudgedError, judge


@dg.definitions
def published() -> dg.Definitions:
    """Return `meta/build`, one row about the file that stands, and `data_docs/index`, the page about its figures."""
    nodes = parsed(Settings.from_environment(reads_raw=False))["nodes"].values()
    tables = [
        node_key(node)
        for node in nodes
        if node["resource_type"] == "model" and node["schema"] in (*PUBLISHED, "publishing")
    ]

    @dg.asset(
        key=BUILD,
        deps=tables,
        group_name="meta",
        kinds={"python", "duckdb"},
        owners=OWNERS,
        description="The published file, replaced as a whole; its row says how it was built. One row per file.",
    )
    def publish_file(workspace: Workspace) -> dg.MaterializeResult:
        settings = workspace.settings
        watcher().start("publish", None)
        with workspace.working() as connected:
            # a check stops what follows from its table; no table of a run with a failed one leaves the house
            if failed := failures(connected, workspace.built_at, CRITICAL):
                raise dg.Failure(f"not published: {len(failed)} critical checks failed, the first is {failed[0]}")
            try:
                verdict = judge(connected)
            except NotJudgedError as error:
                raise dg.Failure(f"not published: {error}; build and check everything: make run") from error
            if (verdict.build.as_of, verdict.build.code_version) != (settings.as_of, code_version()):
                raise dg.Failure("not published: the last build is of another day or code; make run")
            result = publish(connected, settings.published_file, verdict.build)
            mark_published(connected, verdict)
        workspace.report.published = result
        rows = {f"rows_{name.replace('.', '_')}": count for name, count in result.rows.items()}
        return dg.MaterializeResult(
            metadata={
                "file": dg.MetadataValue.path(str(settings.published_file)),
                "bytes": result.size,
                "tables": len(result.rows),
                "dagster/row_count": 1,
                **rows,
            }
        )

    @dg.asset(
        key=key("data_docs", "index"),
        deps=[BUILD],
        group_name="data_docs",
        kinds={"python", "html"},
        owners=OWNERS,
        description="What is missing, doubtful, covered, and changed since the last build: one page. One file per installation.",
    )
    def write_page(workspace: Workspace) -> dg.MaterializeResult:
        page = workspace.settings.data_docs_dir / "index.html"
        overview = write_overview(workspace.settings.published_file, page)
        workspace.report.page, workspace.report.overview = page, overview
        counts = {name: count for name, count in asdict(overview).items() if count is not None}
        return dg.MaterializeResult(
            metadata={
                "address": dg.MetadataValue.url(page.as_uri()),
                "file": dg.MetadataValue.path(str(page)),
                **counts,
            }
        )

    return dg.Definitions(assets=[publish_file, write_page])
