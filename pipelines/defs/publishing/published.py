"""The published file as an asset, and the site about it: they follow from every table of marts and quality and their checks."""

import time
from dataclasses import asdict

import dagster as dg

from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import BUILD, OWNERS, PUBLISHED, key, parsed
from pipelines.defs.warehouse.tables import node_key
from pipelines.products.site import write_site
from pipelines.progress import watcher
from pipelines.quality import CRITICAL
from pipelines.settings import Settings
from pipelines.warehouse.build import code_version
from pipelines.warehouse.checks import failures
from pipelines.warehouse.publish import mark_published, publish
from pipelines.warehouse.verdicts import NotJudgedError, judge


@dg.definitions
def published() -> dg.Definitions:
    """Return `meta/build`, one row about the file that stands, and `site/pages`, the site that says what it says."""
    nodes = parsed(Settings.from_environment(reads_raw=False))["nodes"].values()
    tables = [
        node_key(node)
        for node in nodes
        if node["resource_type"] == "model" and node["schema"] in (*PUBLISHED, "publishing")
    ]
    return dg.Definitions(assets=dg.with_source_code_references([_published_file(tables), _pages()]))


def _published_file(tables: list[dg.AssetKey]) -> dg.AssetsDefinition:
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
            published = publish(connected, settings.published_file, verdict.build)
            mark_published(connected, verdict)
        workspace.report.published = published
        rows = {f"rows_{name.replace('.', '_')}": count for name, count in published.rows.items()}
        return dg.MaterializeResult(
            metadata={
                "file": dg.MetadataValue.path(str(settings.published_file)),
                "bytes": published.size,
                "tables": len(published.rows),
                "dagster/row_count": 1,
                **rows,
            }
        )

    return publish_file


def _pages() -> dg.AssetsDefinition:
    @dg.asset(
        key=key("site", "pages"),
        deps=[BUILD],
        group_name="site",
        kinds={"python", "html"},
        owners=OWNERS,
        description="What the published file says, as pages: $NTM_HOME/site. One file per page.",
    )
    def write_pages(workspace: Workspace) -> dg.MaterializeResult:
        settings = workspace.settings
        watcher().start("site", None)
        began = time.monotonic()
        site = write_site(settings.published_file, settings.site_dir, settings.boundaries_file)
        workspace.report.page, workspace.report.quality = site.first_page, site.quality
        counts = (
            {name: count for name, count in asdict(site.quality).items() if count is not None} if site.quality else {}
        )
        return dg.MaterializeResult(
            metadata={
                "address": dg.MetadataValue.url(site.first_page.as_uri()),
                "file": dg.MetadataValue.path(str(site.first_page)),
                "pages": site.pages,
                "bytes": site.size,
                "seconds": time.monotonic() - began,
                **counts,
            }
        )

    return write_pages
