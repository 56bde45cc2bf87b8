"""dbt's models and tests as assets and checks: one dbt invocation a run, over all of them or those that were chosen."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslator, DbtProject, dbt_assets

from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import OWNERS, TEST_OF_CHECK, key, parsed
from pipelines.progress import watcher
from pipelines.quality import CRITICAL, UNTRIED_SENTENCE, WARNING, Outcome
from pipelines.settings import DBT_PROJECT_DIR, Settings
from pipelines.warehouse.build import NodeResult, drop_built
from pipelines.warehouse.checks import explain, record, say_promise, short_name
from pipelines.warehouse.rows import find_tables
from pipelines.warehouse.verdicts import BUILD, mark_stale, mark_step

LAYERS = {"model": {"dbt", "duckdb"}, "source": {"duckdb"}}


class Translator(DagsterDbtTranslator):
    """Asset keys are `<schema>/<table>`, groups are layers, the description is the one that stands in the database."""

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """Return dagster-dbt's spec of a node in the words of this project, with a link to the model's file."""
        node = manifest["sources"].get(unique_id) or manifest["nodes"][unique_id]
        source = dg.LocalFileCodeReference(file_path=str(DBT_PROJECT_DIR / node["original_file_path"]))
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
            .merge_attributes(
                metadata={"dagster/code_references": dg.CodeReferencesMetadataValue(code_references=[source])}
            )
        )

    def get_asset_check_spec(
        self, asset_spec: dg.AssetSpec, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None
    ) -> dg.AssetCheckSpec | None:
        """Return dagster-dbt's spec of a test under a name that repeats nothing, with what the test promises."""
        spec = super().get_asset_check_spec(asset_spec, manifest, unique_id, project)
        if spec is None:
            return None
        node = manifest["nodes"][unique_id]
        return spec._replace(name=short_name(node), description=say_promise(node))


def node_key(node: Mapping[str, Any]) -> dg.AssetKey:
    """Return the asset key of a source or model of the manifest."""
    return key(node["schema"], node.get("alias") or node["name"])


@dg.definitions
def tables() -> dg.Definitions:
    """Return every table that dbt builds."""
    manifest = parsed(Settings.from_environment(reads_raw=False))

    @dbt_assets(manifest=manifest, dagster_dbt_translator=Translator(), name="build")
    def build_tables(context: dg.AssetExecutionContext, workspace: Workspace) -> Iterator[Any]:
        """Build and test everything anew, or what was chosen alone; fail if a test of severity error fails."""
        names, checks = _chosen(context, manifest)
        schemas = {node["schema"] for node in _models(manifest)}
        with workspace.working() as connected:
            mark_stale(connected, BUILD)
            if not context.is_subset:
                drop_built(connected, schemas)
        watcher().start("build", len(names))
        results: list[NodeResult] = []
        try:
            for result in workspace.engine.build(workspace.settings, names if context.is_subset else [], schemas):
                watcher().advance(result.unique_id.split(".")[2])
                if not result.is_ok:
                    context.log.error("%s: %s %s", result.unique_id, result.status, result.message)
                results.append(result)
        finally:
            # what was built and found can be asked once dbt has let go of the file
            with workspace.working() as connected:
                workspace.engine.show_built(connected, manifest["nodes"], results)
                outcomes = _outcomes(connected, manifest, results, workspace.settings.as_of)
                record(connected, list(outcomes.values()), workspace.settings.as_of, workspace.built_at)
                rows = _count_rows(connected, map(node_key, _models(manifest)))
                if _is_whole(manifest, results):
                    mark_step(connected, BUILD, workspace.build, workspace.fingerprint)
        yield from _events(context, manifest, results, rows)
        for test, check in checks.items():
            if test in outcomes:
                yield _check_result(check, outcomes[test])
        failed = [result for result in results if not result.is_ok]
        workspace.report.failed_nodes = [
            f"{each.unique_id}: {each.message}" for each in failed if each.status != "skipped"
        ]
        if failed:
            raise dg.Failure(
                f"{len(failed)} of dbt's nodes failed or were skipped: {failed[0].unique_id}: {failed[0].message}"
            )

    return dg.Definitions(assets=[build_tables])


def _models(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def _chosen(
    context: dg.AssetExecutionContext, manifest: Mapping[str, Any]
) -> tuple[list[str], dict[str, dg.AssetCheckKey]]:
    """Return dbt's names of the models and tests that this step is asked for, and of each such test the check that it is."""
    checks = {
        spec.metadata[TEST_OF_CHECK]: spec.key
        for spec in context.assets_def.check_specs
        if spec.key in context.selected_asset_check_keys
    }
    models = [node["name"] for node in _models(manifest) if node_key(node) in context.selected_asset_keys]
    return [*models, *(manifest["nodes"][test]["name"] for test in checks)], checks


def _is_whole(manifest: Mapping[str, Any], results: Sequence[NodeResult]) -> bool:
    """Whether every model was built and every test made, none of them in vain."""
    kinds = ("model.", "test.")
    return {node for node in manifest["nodes"] if node.startswith(kinds)} <= {
        each.unique_id for each in results if each.is_ok
    }


def _outcomes(
    connected: duckdb.DuckDBPyConnection, manifest: Mapping[str, Any], results: Sequence[NodeResult], as_of: dt.date
) -> dict[str, Outcome]:
    """Return what each test that was made found, by its id; of one that did not pass, in a sentence."""
    outcomes = {}
    for result in results:
        if result.is_test and result.status != "skipped":
            outcome = _outcome(manifest, result)
            if result.status in {"warn", "fail"}:
                outcome = explain(connected, outcome, result.unique_id, manifest["nodes"], as_of)
            outcomes[result.unique_id] = outcome
    return outcomes


def _outcome(manifest: Mapping[str, Any], result: NodeResult) -> Outcome:
    """Return one test for the history. A test that was written since Dagster loaded this project counts as critical."""
    node = manifest["nodes"].get(result.unique_id, {"name": result.unique_id, "config": {"severity": "error"}})
    severity = WARNING if node["config"]["severity"].lower() == "warn" else CRITICAL
    is_passed = result.status == "pass"
    message = None if is_passed else f"{node['name']}: {result.message}"
    vi, en = message, message
    if result.status == "error":  # what DuckDB says may quote a cell, and this is published: it stands in the log
        vi = UNTRIED_SENTENCE[0].format(check=node["name"], observed="xem nhật ký")
        en = UNTRIED_SENTENCE[1].format(check=node["name"], observed="see the log")
    return Outcome("dbt", node["name"], severity, is_passed, str(result.failures), None, result.failures, vi, en)


def _events(
    context: dg.AssetExecutionContext,
    manifest: Mapping[str, Any],
    results: Sequence[NodeResult],
    rows: Mapping[dg.AssetKey, int],
) -> Iterator[dg.MaterializeResult]:
    """Return what Dagster is told of each table that was built; of one that nobody chose, which Spark needs too, it is logged."""
    for result in results:
        if not result.is_test and result.is_ok and result.unique_id in manifest["nodes"]:
            asset = node_key(manifest["nodes"][result.unique_id])
            count = {"dagster/row_count": rows[asset]} if asset in rows else {}
            metadata = {"seconds": result.seconds, **count}
            if asset in context.selected_asset_keys:
                yield dg.MaterializeResult(asset_key=asset, metadata=metadata)
            else:
                context.log_event(dg.AssetMaterialization(asset_key=asset, metadata=metadata))


def _count_rows(connected: duckdb.DuckDBPyConnection, assets: Iterable[dg.AssetKey]) -> dict[dg.AssetKey, int]:
    """Return the rows of those assets that are tables; what a view holds would have to be worked out."""
    tables = sorted({key(*table) for table in find_tables(connected)}.intersection(assets))
    if not tables:
        return {}
    counts = connected.execute(
        " union all ".join(
            f"select {number}, count(*) from {'.'.join(asset.path)}"  # noqa: S608 (names are our own)
            for number, asset in enumerate(tables)
        )
    ).fetchall()
    return {tables[number]: count for number, count in counts}


def _check_result(check: dg.AssetCheckKey, outcome: Outcome) -> dg.AssetCheckResult:
    """Return what Dagster shows of a test: what it found, in a sentence if that is anything."""
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=outcome.is_passed,
        severity=dg.AssetCheckSeverity.WARN if outcome.severity == WARNING else dg.AssetCheckSeverity.ERROR,
        description=None if outcome.is_passed else f"{outcome.message_vi} · {outcome.message_en}",
        metadata={"failures": outcome.rows_failed or 0},
    )
