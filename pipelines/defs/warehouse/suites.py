"""The suites of expectations/ as asset checks: on what was read before it is built on, on what was built before it leaves.

A failed critical one stops what follows.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.defs.resources import Workspace
from pipelines.quality import CRITICAL, Suite, load_suites, validate
from pipelines.settings import EXPECTATIONS_DIR
from pipelines.terminal import watcher
from pipelines.warehouse.checks import record


def _checks(name: str, step: str, suites: list[Suite]) -> dg.AssetChecksDefinition:
    """One step that runs all suites of a layer: Great Expectations costs its 6 s once."""

    @dg.multi_asset_check(
        name=name,
        specs=[
            dg.AssetCheckSpec(
                suite.name,
                asset=suite.table.split("."),
                blocking=True,
                description=f"{len(suite.expectations)} expectations of expectations/{suite.name}.yml",
            )
            for suite in suites
        ],
    )
    def check(workspace: Workspace) -> Iterator[dg.AssetCheckResult]:
        watcher().start(step, len(suites))
        with workspace.working() as connected:
            present = {
                f"{schema}.{table}"
                for schema, table in connected.execute(
                    "select schema_name, table_name from duckdb_tables() where database_name = current_database()"
                ).fetchall()
            }

            def fetch(table: str):  # noqa: ANN202 (a data frame or None)
                return connected.execute(f"select * from {table}").df() if table in present else None  # noqa: S608

            for suite, outcomes in validate(suites, fetch):
                watcher().advance(suite.name)
                record(connected, outcomes, workspace.settings.as_of, workspace.built_at)
                failed = [outcome for outcome in outcomes if not outcome.is_passed]
                is_critical = any(outcome.severity == CRITICAL for outcome in failed)
                yield dg.AssetCheckResult(
                    asset_key=suite.table.split("."),
                    check_name=suite.name,
                    passed=not failed,
                    severity=dg.AssetCheckSeverity.ERROR if is_critical else dg.AssetCheckSeverity.WARN,
                    metadata={"expectations": len(outcomes), "failed": len(failed)}
                    | {outcome.check: outcome.observed or "" for outcome in failed},
                )

    return check


@dg.definitions
def suites() -> dg.Definitions:
    """Return the checks of both layers."""
    every = load_suites(EXPECTATIONS_DIR)
    landed = [suite for suite in every if suite.table.startswith("landed.")]
    built = [suite for suite in every if suite not in landed]
    checks = [
        _checks(name, step, suites)
        for name, step, suites in (("check_landed", "check landed", landed), ("check_built", "check built", built))
        if suites
    ]
    return dg.Definitions(asset_checks=checks)
