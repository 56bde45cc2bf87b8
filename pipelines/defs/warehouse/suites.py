"""The suites of expectations/ as asset checks, on what was read before anything is built on it; a failed critical one stops that.

With all of them go those of the forms that the office has added: Dagster knows no asset of theirs, so that a failed critical one
stops publication, and nothing before it. Beside them the one check about reports: those of the last deadline are in. Not here:
what holds for tables that dbt builds is said where they are made, as dbt's tests (tables.py).
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import dagster as dg

from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import key
from pipelines.files import replace_file
from pipelines.intake.forms import load_forms_of
from pipelines.judging import judge
from pipelines.progress import watcher
from pipelines.quality import CRITICAL, Outcome, Suite, load_suites, remove_gone
from pipelines.reference.lists import read_lists
from pipelines.scaffold import landed_suite
from pipelines.settings import EXPECTATIONS_DIR, SEEDS_DIR, Settings
from pipelines.warehouse import measures
from pipelines.warehouse.checks import DEADLINE, record, reports_of_the_last_deadline
from pipelines.warehouse.verdicts import CHECK_LANDED, mark_stale, mark_step

OBLIGATIONS = key("quality", "obligations")


def _check_landed(suites: list[Suite]) -> dg.AssetChecksDefinition:
    """One step that runs all suites, or those that were chosen: Great Expectations costs its 4 s once."""
    specs = [
        dg.AssetCheckSpec(
            suite.name,
            asset=suite.table.split("."),
            blocking=True,
            description=f"{len(suite.expectations)} expectations of expectations/{suite.name}.yml",
        )
        for suite in suites
    ]

    @dg.multi_asset_check(name="check_landed", specs=specs, can_subset=True)
    def check_landed(context: dg.AssetCheckExecutionContext, workspace: Workspace) -> Iterator[dg.AssetCheckResult]:
        settings = workspace.settings
        own = _suites_of_own_forms(settings)
        chosen = [suite for suite in suites if _check_key(suite) in context.selected_asset_check_keys]
        is_all = chosen == suites
        chosen += own if is_all else []
        pages = settings.site_dir / "suites"
        _remove_pages(pages, [*suites, *own])
        remove_gone(settings.home, [*suites, *own])
        watcher().start(CHECK_LANDED, len(chosen))
        with workspace.working() as connected:
            failed = 0
            count = partial(measures.count, connected)
            for validation in judge(chosen, count, settings.home, workspace.built_at):
                suite = validation.suite
                failed += any(not each.is_passed and each.severity == CRITICAL for each in validation.outcomes)
                watcher().advance(suite.name)
                record(connected, validation.outcomes, settings.as_of, workspace.built_at)
                metadata: dict[str, dg.MetadataValue] = {}
                for expectation, outcome in zip(suite.expectations, validation.outcomes, strict=False):
                    if outcome.rows_failed and not outcome.is_passed:
                        rows = measures.find_failing_rows(connected, suite, expectation)
                        context.log.warning("%s: %s: %s", suite.name, outcome.check, rows)
                        metadata[f"rows of {outcome.check}"] = dg.MetadataValue.json(rows)
                if validation.page:
                    page = pages / f"{suite.name}.html"
                    replace_file(page, validation.page.encode(), is_public=True)
                    metadata["page"] = dg.MetadataValue.url(page.as_uri())
                if suite not in own:
                    yield _result(_check_key(suite), validation.outcomes, metadata)
            if failed:
                mark_stale(connected)
            elif is_all:
                mark_step(connected, CHECK_LANDED, workspace.build, workspace.fingerprint)

    return check_landed


@dg.asset_check(
    asset=OBLIGATIONS,
    name=DEADLINE,
    description="Freshness by deadline: every report that was due by the last one, as of the day asked for, is in.",
)
def check_deadline(workspace: Workspace) -> dg.AssetCheckResult:
    """Return whether the reports of the last deadline are in, and note it."""
    settings = workspace.settings
    with workspace.working() as connected:
        outcome = reports_of_the_last_deadline(connected, settings.as_of)
        record(connected, [outcome], settings.as_of, workspace.built_at)
    counts = {"due": outcome.rows_checked, "missing": outcome.rows_failed}
    return _result(dg.AssetCheckKey(OBLIGATIONS, DEADLINE), [outcome], counts)


def _remove_pages(folder: Path, suites: list[Suite]) -> None:
    """Remove the pages of suites that are gone."""
    for page in folder.glob("*.html"):
        if page.stem not in {suite.name for suite in suites}:
            page.unlink()


def _suites_of_own_forms(settings: Settings) -> list[Suite]:
    lists = read_lists(SEEDS_DIR, settings.overlay_dir)
    return [landed_suite(form) for form in load_forms_of(lists) if form.is_own] if lists.own_forms else []


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
    """Return the checks of what was read, and of what is in."""
    return dg.Definitions(asset_checks=[_check_landed(load_suites(EXPECTATIONS_DIR)), check_deadline])
