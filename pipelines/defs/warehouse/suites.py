"""The suites of expectations/ as asset checks: on what was read before it is built on, on what was built before it leaves.

A failed critical one stops what follows. Beside them the one check about reports: those of the last deadline are in.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import duckdb

from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import key
from pipelines.files import replace_file
from pipelines.progress import watcher
from pipelines.quality import CRITICAL, Outcome, Suite, load_suites, validate
from pipelines.settings import EXPECTATIONS_DIR
from pipelines.warehouse.checks import DEADLINE, record, reports_of_the_last_deadline
from pipelines.warehouse.verdicts import CHECK_BUILT, CHECK_LANDED, mark_stale, mark_step

OBLIGATIONS = key("quality", "obligations")
DEADLINE_CHECK = dg.AssetCheckSpec(
    DEADLINE,
    asset=OBLIGATIONS,
    description="Freshness by deadline: every report that was due by the last one, as of the day asked for, is in.",
)


def _checks(name: str, step: str, suites: list[Suite]) -> dg.AssetChecksDefinition:
    """One step that runs the suites of a layer, or those that were chosen: Great Expectations costs its 4 s once."""
    specs = [
        dg.AssetCheckSpec(
            suite.name,
            asset=suite.table.split("."),
            blocking=True,
            description=f"{len(suite.expectations)} expectations of expectations/{suite.name}.yml",
        )
        for suite in suites
    ]
    has_deadline = any(suite.table == ".".join(OBLIGATIONS.path) for suite in suites)

    @dg.multi_asset_check(name=name, specs=[*specs, *([DEADLINE_CHECK] if has_deadline else [])], can_subset=True)
    def check(context: dg.AssetCheckExecutionContext, workspace: Workspace) -> Iterator[dg.AssetCheckResult]:
        settings = workspace.settings
        chosen = [suite for suite in suites if _check_key(suite) in context.selected_asset_check_keys]
        pages = settings.data_docs_dir / "suites"
        watcher().start(step, len(chosen))
        with workspace.working() as connected:
            present = _read_columns(connected)

            def fetch(suite: Suite):  # noqa: ANN202 (a data frame or None)
                if suite.table not in present:
                    return None
                # Great Expectations hashes all it is given, twice, and 25 million rows are to fit into memory
                columns = [column for column in present[suite.table] if column in suite.columns] or ["1"]
                return connected.execute(f"select {', '.join(columns)} from {suite.table}").df()  # noqa: S608 (names are our own)

            failed = 0
            for validation in validate(chosen, fetch):
                suite = validation.suite
                failed += any(not each.is_passed and each.severity == CRITICAL for each in validation.outcomes)
                watcher().advance(suite.name)
                record(connected, validation.outcomes, settings.as_of, workspace.built_at)
                metadata: dict[str, dg.MetadataValue] = {}
                if validation.page:
                    page = pages / f"{suite.name}.html"
                    replace_file(page, validation.page.encode(), is_public=True)
                    metadata["data_docs"] = dg.MetadataValue.url(page.as_uri())
                yield _result(_check_key(suite), validation.outcomes, metadata)
            if failed:
                mark_stale(connected, step)
            elif chosen == suites:
                mark_step(connected, step, workspace.build, workspace.fingerprint)
            if DEADLINE_CHECK.key in context.selected_asset_check_keys and ".".join(OBLIGATIONS.path) in present:
                outcome = reports_of_the_last_deadline(connected, settings.as_of)
                record(connected, [outcome], settings.as_of, workspace.built_at)
                counts = {"due": outcome.rows_checked, "missing": outcome.rows_failed}
                yield _result(DEADLINE_CHECK.key, [outcome], counts)

    return check


def _read_columns(connected: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the columns of each table, by 'schema.table'."""
    columns: dict[str, list[str]] = {}
    for table, column in connected.execute(
        """
        select tables.schema_name || '.' || tables.table_name, columns.column_name
        from duckdb_tables() as tables
        inner join duckdb_columns() as columns using (database_name, schema_name, table_name)
        where database_name = current_database()
        order by columns.column_index
        """
    ).fetchall():
        columns.setdefault(table, []).append(column)
    return columns


def _check_key(suite: Suite) -> dg.AssetCheckKey:
    return dg.AssetCheckKey(dg.AssetKey(suite.table.split(".")), suite.name)


def _result(check: dg.AssetCheckKey, outcomes: list[Outcome], metadata: Mapping[str, Any]) -> dg.AssetCheckResult:
    """Return what Dagster shows of a check: a sentence per failed expectation, and counts to plot."""
    failed = [outcome for outcome in outcomes if not outcome.is_passed]
    is_critical = any(outcome.severity == CRITICAL for outcome in failed)
    return dg.AssetCheckResult(
        asset_key=check.asset_key,
        check_name=check.name,
        passed=not failed,
        severity=dg.AssetCheckSeverity.ERROR if is_critical else dg.AssetCheckSeverity.WARN,
        description="\n".join(f"{outcome.message_vi} · {outcome.message_en}" for outcome in failed) or None,
        metadata={
            "expectations": len(outcomes),
            "failed": len(failed),
            **metadata,
            **{outcome.check: outcome.observed or "" for outcome in failed},
        },
    )


@dg.definitions
def suites() -> dg.Definitions:
    """Return the checks of both layers."""
    every = load_suites(EXPECTATIONS_DIR)
    landed = [suite for suite in every if suite.table.startswith("landed.")]
    built = [suite for suite in every if suite not in landed]
    checks = [
        _checks(name, step, suites)
        for name, step, suites in (("check_landed", CHECK_LANDED, landed), ("check_built", CHECK_BUILT, built))
        if suites
    ]
    return dg.Definitions(asset_checks=checks)
