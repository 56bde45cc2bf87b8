"""Reports as an engineer looks for them: one asset per form, one partition per period and reporter (docs/decisions/0009).

A partition is marked when a report came to stand or another took its place, by a sensor that starts no run and compares the
published file with the build that it compared last. Materialising a partition reads its deliveries again. Which partitions
there are follows from `quality.obligations`, so that loading needs no raw folder, and a changed calendar no reload.
Not here: computation, which is not partitioned; the exact list of what is missing (quality.obligations, the page).
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from pipelines.defs.intake.landed import read_deliveries
from pipelines.defs.resources import Workspace
from pipelines.defs.vocabulary import OWNERS, REPORTS, key
from pipelines.intake.forms import Form, load_forms_of
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR, Settings
from pipelines.warehouse.publish import kept_builds
from pipelines.warehouse.report_states import (
    MISSING_STATUSES,
    count_reports,
    find_changed_reports,
    find_deliveries,
    has_readable_states,
)
from pipelines.warehouse.report_states import ReportState as State

PERIOD, REPORTER = "period", "reporter"
STAND = "due_reports_are_in"
SECONDS, REPORTS_PER_TICK = 30, 200
RANGE_START, RANGE_END, SINGLE = (
    f"dagster/{name}" for name in ("asset_partition_range_start", "asset_partition_range_end", "partition")
)


def report_key(form: str) -> dg.AssetKey:
    """Return the asset key of a form's reports."""
    return key(REPORTS, form.lower())


def keys_of(form: str, dimension: str) -> dg.DynamicPartitionsDefinition:
    """Return the periods, or the reporters, of a form: those that it was ever owed for, or by."""
    return dg.DynamicPartitionsDefinition(name=f"{form.lower()}_{dimension}")


def partitions_of(form: str) -> dg.MultiPartitionsDefinition:
    """Return the partitions of a form."""
    return dg.MultiPartitionsDefinition({name: keys_of(form, name) for name in (PERIOD, REPORTER)})


def chosen_reports(context: dg.AssetExecutionContext, form: str) -> list[tuple[str, str]]:
    """Return period and reporter of each partition that a run is asked for.

    By the run's tags: of several dimensions the context's own range is wrong (dagster-io/dagster#30786).
    """
    tags = context.run.tags
    start, end = tags.get(RANGE_START) or tags[SINGLE], tags.get(RANGE_END) or tags[SINGLE]
    partitions = partitions_of(form)
    keys = partitions.get_partition_keys_in_range(
        dg.PartitionKeyRange(start, end), dynamic_partitions_store=context.instance
    )
    dimensions = [partitions.get_partition_key_from_str(each).keys_by_dimension for each in keys]
    return [(each[PERIOD], each[REPORTER]) for each in dimensions]


def _reports(form: Form) -> dg.AssetsDefinition:
    @dg.asset(
        key=report_key(form.code),
        partitions_def=partitions_of(form.code),
        backfill_policy=dg.BackfillPolicy.single_run(),
        deps=[key("landed", form.table)],
        group_name=REPORTS,
        kinds={"excel"},
        owners=OWNERS,
        description=f"{form.title}: what each reporter owes for each period. Materialising reads again what came in for it. "
        "One file per report, as received.",
    )
    def read_again(context: dg.AssetExecutionContext, workspace: Workspace) -> dg.MaterializeResult:
        chosen = chosen_reports(context, form.code)
        with workspace.working() as connected:
            paths = find_deliveries(connected, form.code, chosen)
        if not paths:
            raise dg.Failure(f"nothing has come in for {', '.join(f'{period} {who}' for period, who in chosen)}")
        loaded = read_deliveries(workspace, paths)
        if not workspace.report.is_current:
            context.log.info(
                "the tables are no longer those of the published file: the job read_build_publish makes it anew"
            )
        return dg.MaterializeResult(metadata={"read_again": loaded.read_again, "deliveries": paths})

    return read_again


def _partition(state: State) -> dg.MultiPartitionKey:
    return dg.MultiPartitionKey({PERIOD: state.period, REPORTER: state.reporter_code})


def _event(state: State) -> dg.AssetMaterialization | dg.AssetObservation | None:
    """Return the mark of a report that stands, or word of one that no longer does; nothing of one that never came."""
    metadata = {name: value if isinstance(value, int) else str(value) for name, value in state.details.items()}
    if state.submission_id:
        metadata["submission_id"] = state.submission_id
        return dg.AssetMaterialization(report_key(state.form), metadata=metadata, partition=_partition(state))
    if state.has_stood:
        return dg.AssetObservation(report_key(state.form), metadata=metadata, partition=_partition(state))
    return None


def _check_result(form: str, counts: dict[str, int]) -> dg.AssetCheckEvaluation:
    missing = sum(counts.get(status, 0) for status in MISSING_STATUSES)
    return dg.AssetCheckEvaluation(
        asset_key=report_key(form),
        check_name=STAND,
        passed=not missing,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{missing} of {sum(counts.values())} reports owed are not in" if missing else None,
        metadata=counts,
    )


def _new_keys(instance: dg.DagsterInstance, states: Sequence[State]) -> Iterator[dg.AddDynamicPartitionsRequest]:
    """Return what to add to the partitions so that each state has one."""
    for form in sorted({state.form for state in states}):
        for dimension, attribute in ((PERIOD, "period"), (REPORTER, "reporter_code")):
            definition = keys_of(form, dimension)
            wanted = {getattr(state, attribute) for state in states if state.form == form}
            if new := sorted(wanted.difference(instance.get_dynamic_partitions(str(definition.name)))):
                yield definition.build_add_request(new)


@dg.sensor(
    minimum_interval_seconds=SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts nothing: marks the reports that stand otherwise than in the build that was looked at before.",
)
def reports_published(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Compare the newest build with the one looked at last, some reports at a time.

    Of a build that is no longer kept, or can't be read, nothing is known: everything that stands is marked anew.
    """
    settings = Settings.from_environment(reads_raw=False)
    builds = {file.name: file for file in kept_builds(settings.published_file)}
    cursor = {"looked_at": None, "at_work_on": None, "done": 0, **json.loads(context.cursor or "{}")}
    newest = cursor["at_work_on"] if cursor["at_work_on"] in builds else max(builds, default=None)
    if newest in {None, cursor["looked_at"]}:
        return dg.SkipReason("no build was published since")
    if not has_readable_states(builds[newest]):
        return dg.SkipReason(
            f"{builds[newest]} can't be read: `make verify` says what is damaged, the next build is looked at"
        )
    earlier = builds.get(cursor["looked_at"])
    if earlier and not has_readable_states(earlier):
        earlier = None
    done = cursor["done"] if newest == cursor["at_work_on"] else 0
    changed = find_changed_reports(builds[newest], earlier)
    part = changed[done : done + REPORTS_PER_TICK]
    is_last = done + len(part) == len(changed)
    events = [event for event in map(_event, part) if event]
    checks = [_check_result(form, counts) for form, counts in count_reports(builds[newest]).items()] if is_last else []
    after = {"looked_at": newest} if is_last else {**cursor, "at_work_on": newest, "done": done + len(part)}
    return dg.SensorResult(
        skip_reason=f"{len(events)} reports of {newest} marked",
        cursor=json.dumps(after),
        asset_events=[*events, *checks],
        dynamic_partitions_requests=list(_new_keys(context.instance, part)),
    )


def _find_newest(published_file: Path) -> dict[str, dict[str, int]]:
    return count_reports(published_file) if published_file.is_file() else {}


@dg.definitions
def reports() -> dg.Definitions:
    """Return an asset per form that is owed by a date, whether its reports are in, and the sensor that marks them."""
    lists = read_lists(SEEDS_DIR, Settings.from_environment(reads_raw=False).overlay_dir)
    forms = [form for form in load_forms_of(lists) if not form.is_register]
    specs = [
        dg.AssetCheckSpec(
            STAND,
            asset=report_key(form.code),
            description="Every report that was due, by the published file, is in: none is missing, withdrawn or rejected.",
        )
        for form in forms
    ]

    @dg.multi_asset_check(name="reports_in", specs=specs, can_subset=True)
    def check(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        counts = _find_newest(Settings.from_environment(reads_raw=False).published_file)
        for form in forms:
            if dg.AssetCheckKey(report_key(form.code), STAND) in context.selected_asset_check_keys:
                evaluation = _check_result(form.code, counts.get(form.code, {}))
                yield dg.AssetCheckResult(
                    asset_key=evaluation.asset_key,
                    check_name=STAND,
                    passed=evaluation.passed,
                    severity=evaluation.severity,
                    description=evaluation.description,
                    metadata=evaluation.metadata,
                )

    assets = dg.with_source_code_references([_reports(form) for form in forms])
    return dg.Definitions(assets=assets, asset_checks=[check], sensors=[reports_published])
