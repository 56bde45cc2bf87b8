"""dbt's models and tests as assets and checks: one dbt invocation a run."""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets

from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import OWNERS, key, parsed
from pipelines.progress import watcher
from pipelines.quality import CRITICAL, WARNING, Outcome
from pipelines.settings import Settings
from pipelines.warehouse.build import NodeResult, build, drop_built
from pipelines.warehouse.checks import explain, record

LAYERS = {"model": {"dbt", "duckdb"}, "source": {"duckdb"}}


class Translator(DagsterDbtTranslator):
    """Asset keys are `<schema>/<table>`, groups are layers, the description is the one that stands in the database."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """Return dagster-dbt's spec of a node in the words of this project."""
        node = manifest["sources"].get(unique_id) or manifest["nodes"][unique_id]
        return (
            super()
            .get_asset_spec(manifest, unique_id, project)
            .replace_attributes(
                key=node_key(node),
                group_name=node["schema"],
                kinds=LAYERS[node["resource_type"]],
                owners=OWNERS,
                description=node["description"],
            )
        )


def node_key(node: Mapping[str, Any]) -> dg.AssetKey:
    """Return the asset key of a source or model of the manifest."""
    return key(node["schema"], node.get("alias") or node["name"])


@dg.definitions
def tables() -> dg.Definitions:
    """Return every table that dbt builds."""
    manifest = parsed(Settings.from_environment())

    @dbt_assets(manifest=manifest, dagster_dbt_translator=Translator(), name="build")
    def build_tables(context: dg.AssetExecutionContext, workspace: Workspace) -> Iterator[Any]:
        """Build everything anew, test it, and fail if a test of severity error fails."""
        selected = context.selected_asset_keys
        nodes = {unique_id: node for unique_id, node in manifest["nodes"].items() if node["resource_type"] != "test"}
        wanted = [node["name"] for node in nodes.values() if node_key(node) in selected]
        is_all = not context.is_subset
        if is_all:
            with workspace.working() as connected:
                drop_built(connected, {node["schema"] for node in nodes.values()})
        watcher().start("build", len(manifest["nodes"]))
        outcomes, failed, unkept = [], [], []
        try:
            for result in build(workspace.settings, [] if is_all else wanted):
                watcher().advance(result.unique_id.split(".")[2])
                if not result.is_ok:
                    failed.append(result)
                    context.log.error("%s: %s %s", result.unique_id, result.status, result.message)
                if result.is_test and result.status in {"warn", "fail"}:
                    unkept.append(result)  # what is wrong can be asked once dbt has let go of the file
                    continue
                if result.is_test and result.status != "skipped":
                    outcomes.append(_outcome(manifest, result))
                yield from _events(manifest, result, context)
        finally:
            compiled = workspace.settings.dbt_dir / "target" / "compiled"
            with workspace.working() as connected:
                explained = [
                    explain(connected, _outcome(manifest, result), result.unique_id, manifest["nodes"], compiled)
                    for result in unkept
                ]
                record(connected, [*outcomes, *explained], workspace.settings.as_of, workspace.built_at)
        for result, outcome in zip(unkept, explained, strict=True):
            yield from _events(manifest, result, context, outcome)
        workspace.report.failed_nodes = [
            f"{each.unique_id}: {each.message}" for each in failed if each.status != "skipped"
        ]
        if failed:
            raise dg.Failure(
                f"{len(failed)} of dbt's nodes failed or were skipped: {failed[0].unique_id}: {failed[0].message}"
            )

    return dg.Definitions(assets=[build_tables])


def _outcome(manifest: Mapping[str, Any], result: NodeResult) -> Outcome:
    """Return one test for the history. A test that was written since Dagster loaded this project counts as critical."""
    node = manifest["nodes"].get(result.unique_id, {"name": result.unique_id, "config": {"severity": "error"}})
    severity = WARNING if node["config"]["severity"].lower() == "warn" else CRITICAL
    is_passed = result.status == "pass"
    message = None if is_passed else f"{node['name']}: {result.message}"
    return Outcome(
        "dbt", node["name"], severity, is_passed, str(result.failures), None, result.failures, message, message
    )


def _events(
    manifest: Mapping[str, Any], result: NodeResult, context: dg.AssetExecutionContext, outcome: Outcome | None = None
) -> Iterator[Any]:
    """Return what Dagster is told of one node: a table that was built, a check that was made and what it found."""
    node = manifest["nodes"].get(result.unique_id)
    if node is None or result.status == "skipped":
        return
    if not result.is_test:
        if result.is_ok:
            yield dg.MaterializeResult(asset_key=node_key(node), metadata={"seconds": result.seconds})
        return
    for check in context.selected_asset_check_keys:
        if check.name == node["name"]:
            severity = dg.AssetCheckSeverity.WARN if result.status == "warn" else dg.AssetCheckSeverity.ERROR
            yield dg.AssetCheckResult(
                asset_key=check.asset_key,
                check_name=check.name,
                passed=result.status == "pass",
                severity=severity,
                description=f"{outcome.message_vi} · {outcome.message_en}" if outcome else None,
                metadata={"failures": result.failures or 0},
            )
