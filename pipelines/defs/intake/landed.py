"""What loading writes, as assets: schemas `landed` and `reference`. One step reads whatever is new."""

from collections.abc import Iterator, Sequence

import dagster as dg
from pydantic import Field

from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import OWNERS, key, sources
from pipelines.mail.exchanged import list_exchanged
from pipelines.progress import watcher
from pipelines.reference.lists import read_lists
from pipelines.reference.models import LISTS
from pipelines.settings import SEEDS_DIR, Settings
from pipelines.warehouse import publish
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.build import begin_loading
from pipelines.warehouse.checks import content_as_received, record
from pipelines.warehouse.lists import SCHEMA
from pipelines.warehouse.load import Loaded, load
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.verdicts import mark_stale, suspended

LAND = "land"


class Again(dg.Config):
    """What a person asks to be read again though it has not changed: paths below the raw folder, or patterns."""

    again: list[str] = Field(
        default=[], description='Paths below the raw folder, a folder for all in it, or patterns; "*" reads all again.'
    )


RAW = dg.AssetSpec(
    ["raw", "deliveries"],
    group_name="raw",
    kinds={"file", "excel"},
    owners=OWNERS,
    description="Files as received, with the register of incoming documents (NTM_RAW_DIR). One file per delivery.",
)
GRAINS = {
    "arrivals": "One row per arrival of a content at a path, in their order.",
    "register_matches": "One row per row of the register of incoming documents and file that it means.",
    "id_secret": "One row per installation: the secret that ids are made with. It is shown nowhere.",
    "messages": "One row per message received or letter sent by mail, and report in it, with what it says in words.",
    "check_results": "One row per check of a suite or test and run, of every run so far.",
}


def _specs(settings: Settings) -> list[dg.AssetSpec]:
    described = sources(settings)
    reader = IntakeReader(SEEDS_DIR, settings.overlay_dir, settings.as_of)
    landed = [key("landed", table) for table in (*reader.schema, *reader.definitions, *reader.views, *GRAINS)]
    lists = [key(SCHEMA, model.name_of_list) for model in LISTS]
    return [
        dg.AssetSpec(
            table,
            deps=[RAW.key],
            skippable=True,  # nothing new: this and all that follows is left as it stands
            group_name=table.path[0],
            kinds={"python", "duckdb"} if table in landed else {"python", "csv", "duckdb"},
            owners=OWNERS,
            description=GRAINS.get(table.path[-1]) or described.get(table),
        )
        for table in (*landed, *lists)
    ]


def read_deliveries(workspace: Workspace, again: Sequence[str]) -> Loaded:
    """Archive, then read what is new and what is to be read again; the tables are stale if the published file differs from it."""
    settings = workspace.settings
    reader = IntakeReader(SEEDS_DIR, settings.overlay_dir, settings.as_of)
    with workspace.working() as connected:
        with suspended(connected):
            loaded = load(
                connected,
                settings.raw_dir,
                Archive(settings.archive_dir),
                settings.secret_file,
                reader,
                reader.lists,
                reader.limits,
                watcher(),
                again=again,
                inbox_dir=settings.inbox_dir,
                messages=list(list_exchanged(settings.messages_file, settings.letters_file)),
                engine=workspace.engine,
            )
        if outcome := content_as_received(connected, loaded.lost):
            record(connected, [outcome], settings.as_of, workspace.built_at)
        fingerprint = publish.fingerprint(loaded.state, workspace.build)
        workspace.set_fingerprint(fingerprint)
        is_current = publish.is_published(connected, settings.published_file, fingerprint)
        if not is_current:
            mark_stale(connected)
    workspace.report.loaded, workspace.report.is_current = loaded, is_current
    return loaded


@dg.definitions
def landed() -> dg.Definitions:
    """Return the raw folder, the landed tables and the reference lists."""
    specs = _specs(Settings.from_environment(reads_raw=False))

    @dg.multi_asset(name=LAND, specs=specs, can_subset=True)
    def land(context: dg.AssetExecutionContext, config: Again, workspace: Workspace) -> Iterator[dg.MaterializeResult]:
        """Archive, then read what is new, into every table whichever were chosen: a delivery is landed as a whole.

        A whole run yields nothing, and so ends here, if the published file already says all that is landed.
        """
        loaded = read_deliveries(workspace, config.again)
        context.log.info("%s", loaded)
        if workspace.report.is_current:
            context.log.info("nothing new: the published file stands")
            if not context.is_subset:
                return
        elif not context.is_subset:
            begin_loading(workspace.settings)  # while what was read is judged, which is done beside this process
        rows = {key("landed", table): count for table, count in loaded.rows.items()}
        lists = read_lists(SEEDS_DIR, workspace.settings.overlay_dir)
        rows |= {key(SCHEMA, model.name_of_list): len(lists[model]) for model in LISTS}
        for spec in specs:
            table = spec.key.path[-1]
            metadata: dict[str, float] = {"dagster/row_count": rows[spec.key]} if spec.key in rows else {}
            if table == "deliveries":
                metadata |= {
                    "new": loaded.new,
                    "already_known": loaded.known,
                    "read_again": loaded.read_again,
                    "rejected": loaded.rejected,
                    "seconds": loaded.seconds,
                    "cells_read": loaded.cells,
                    "cells_per_second": loaded.cells / loaded.read_seconds if loaded.read_seconds else 0.0,
                }
            if table == "findings":
                metadata |= {f"rule_{rule_id}": count for rule_id, count in loaded.findings.items()}
            if spec.key in context.selected_asset_keys:
                yield dg.MaterializeResult(asset_key=spec.key, metadata=metadata)
            else:
                context.log_event(dg.AssetMaterialization(spec.key, metadata=metadata))

    return dg.Definitions(assets=dg.with_source_code_references([RAW, land]))
