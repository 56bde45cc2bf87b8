"""Every asset and check can be asked for by itself, as the button "Materialize" does it: over a finished run, in this process."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipelines.defs.reports import reports
from tests.integration.conftest import Office

pytestmark = [
    # Dagster, dbt and their libraries warn about themselves; their warnings are not ours to hold
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def home(finished: tuple[Office, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office that has made a run, in the environment of this process. What one test builds anew says the same as before."""
    folder = tmp_path_factory.mktemp("office")
    office = Office(Path(shutil.copytree(finished[0].raw, folder / "raw")), folder / "home")
    shutil.copytree(finished[0].home, office.home)
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(office.environment())
    yield office
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def definitions(home: Office) -> dg.Definitions:
    assert home.published.exists()
    from pipelines.definitions import defs  # noqa: PLC0415 (after the environment is set)

    return defs()


def launch(definitions: dg.Definitions, *chosen: dg.AssetKey | dg.AssetCheckKey) -> dg.ExecuteInProcessResult:
    """Run what was chosen as the UI does: an asset with all its checks, a check by itself."""
    checks = {each for each in chosen if isinstance(each, dg.AssetCheckKey)}
    job = definitions.resolve_implicit_global_asset_job_def().get_subset(
        asset_selection={each for each in chosen if isinstance(each, dg.AssetKey)},
        asset_check_selection=checks or None,
    )
    with dg.DagsterInstance.ephemeral() as instance:
        return job.execute_in_process(instance=instance, raise_on_error=False)


def failures(result: dg.ExecuteInProcessResult) -> list[str]:
    return [
        f"{each.step_key}: {each.step_failure_data.error_display_string}" for each in result.get_step_failure_events()
    ]


def materialise_by_itself(definitions: dg.Definitions, asset: dg.AssetKey) -> None:
    result = launch(definitions, asset)
    assert result.success, failures(result)
    assert asset in {event.asset_key for event in result.get_asset_materialization_events()}
    checks = {key for key in definitions.resolve_asset_graph().asset_check_keys if key.asset_key == asset}
    assert {each.asset_check_key for each in result.get_asset_check_evaluations()} == checks


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("site/pages", id="page", marks=pytest.mark.long),
        pytest.param("landed/h01", id="read"),
        pytest.param("meta/build", id="published file"),  # before a table is built that the last checks did not see
        pytest.param("products/bulletin", id="product", marks=pytest.mark.long),
        pytest.param("staging/stg_districts__h01", id="view", marks=pytest.mark.long),
        pytest.param("marts/commune_months", id="table with checks"),
    ],
)
def test_an_asset_can_be_materialised_by_itself(definitions: dg.Definitions, name: str) -> None:
    materialise_by_itself(definitions, dg.AssetKey(name.split("/")))


@pytest.mark.each_asset
def test_each_asset_can_be_materialised_by_itself(definitions: dg.Definitions, home: Office) -> None:
    """All of them, one after the other: first what needs a published build, then from the raw folder to the right."""
    graph = definitions.resolve_asset_graph()
    order = [key for level in graph.toposorted_asset_keys_by_level for key in level if graph.get(key).is_executable]
    order = [key for key in order if not graph.get(key).is_partitioned]  # reports: a test of their own
    order.sort(key=lambda key: key.path[0] not in {"products", "meta", "site"})
    failed = {}
    for key in order:
        try:
            materialise_by_itself(definitions, key)
        except AssertionError as error:
            failed[key.to_user_string()] = str(error)
    assert len(order) > 200
    assert not failed
    assert home.published.exists()


def tick(instance: dg.DagsterInstance, cursor: str | None) -> tuple[list[Any], str | None]:
    """One tick of the sensor on reports: what Dagster is told, and stores as its daemon does; and the cursor."""
    with dg.build_sensor_context(instance=instance, cursor=cursor) as context:
        result = reports.reports_published(context)
    if isinstance(result, dg.SkipReason):
        return [], cursor
    assert isinstance(result, dg.SensorResult)
    assert not result.run_requests
    for request in result.dynamic_partitions_requests or []:
        assert isinstance(request, dg.AddDynamicPartitionsRequest)
        instance.add_dynamic_partitions(request.partitions_def_name, list(request.partition_keys))
    for event in result.asset_events:
        instance.report_runless_asset_event(event)
    return list(result.asset_events), result.cursor


def test_reports_are_marked_where_they_came_to_stand_otherwise(
    finished: tuple[Office, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _ = finished
    shutil.copytree(office.home / "published", tmp_path / "published")
    monkeypatch.setenv("NTM_HOME", str(tmp_path))
    monkeypatch.setattr(reports, "REPORTS_PER_TICK", 100)
    owed = {
        f"{period}|{who}"
        for period, who in office.ask("select period, reporter_code from quality.obligations where form = 'H01'")
    }
    key = reports.report_key("H01")
    with dg.DagsterInstance.ephemeral() as instance:
        first, cursor = tick(instance, None)
        second, cursor = tick(instance, cursor)
        marks = [event for event in (*first, *second) if isinstance(event, dg.AssetMaterialization)]
        assert (len(first), len(marks)) == (100, office.ask("select count(*) from quality.obligations")[0][0])
        checks = [event for event in second if isinstance(event, dg.AssetCheckEvaluation)]
        assert len(checks) == office.ask("select count(distinct form) from quality.obligations")[0][0]
        assert all(check.passed for check in checks), "the month of the small province is complete"
        assert instance.get_materialized_partitions(key) == owed
        assert set(reports.partitions_of("H01").get_partition_keys(dynamic_partitions_store=instance)) == owed
        assert tick(instance, cursor) == ([], cursor), "nothing was published since"

        (build,) = (tmp_path / "published" / "builds").iterdir()
        later = Path(shutil.copy(build, build.with_name("ntm-29990101T000000000000.duckdb")))
        later.chmod(0o644)
        with duckdb.connect(str(later)) as changed:
            changed.execute(
                "update quality.obligations set status = 'missing', submission_id = null "
                "where form = 'H01' and reporter_code = '443'"
            )
            changed.execute(
                "update quality.submissions set findings_warning = 7 where form = 'H01' and reporter_code = '445'"
            )
        events, cursor = tick(instance, cursor)
        (mark,) = [event for event in events if isinstance(event, dg.AssetMaterialization)]
        assert (mark.partition, mark.metadata["findings_warning"].value) == ("2014-09|445", 7)
        (word,) = [event for event in events if isinstance(event, dg.AssetObservation)]
        assert (word.partition, word.metadata["status"].value) == ("2014-09|443", "missing")
        assert [
            check.asset_key for check in events if isinstance(check, dg.AssetCheckEvaluation) and not check.passed
        ] == [key]
        assert tick(instance, cursor) == ([], cursor)

        last = Path(shutil.copy(build, build.with_name("ntm-29990102T000000000000.duckdb")))
        last.chmod(0o644)
        os.truncate(last, 4096)
        assert tick(instance, cursor) == ([], cursor), "a damaged build says nothing"
        shutil.copy(build, last)
        os.truncate(later, 4096)
        events, _ = tick(instance, cursor)
        marks = [event for event in events if isinstance(event, dg.AssetMaterialization)]
        assert len(marks) == 100, "where the build before is damaged, all that stands is marked anew"


def test_materialising_partitions_reads_their_deliveries_again(definitions: dg.Definitions, home: Office) -> None:
    key = reports.report_key("H01")
    job = definitions.resolve_implicit_global_asset_job_def().get_subset(asset_selection={key})
    wanted = home.ask(
        "select distinct path from quality.deliveries inner join quality.submissions using (delivery_id) "
        "where form = 'H01' and submissions.reporter_code in ('436', '437') order by 1"
    )
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("h01_period", ["2014-08", "2014-09"])
        instance.add_dynamic_partitions("h01_reporter", ["436", "437", "443"])
        chosen = {reports.RANGE_START: "2014-09|436", reports.RANGE_END: "2014-09|437"}
        result = job.execute_in_process(instance=instance, tags=chosen, raise_on_error=False)
        assert result.success, failures(result)
        marks = [event.asset_materialization for event in instance.fetch_materializations(key, limit=9).records]
    assert {mark.partition for mark in marks if mark} == {"2014-09|436", "2014-09|437"}
    assert [mark.metadata["deliveries"].value for mark in marks if mark] == [[path for (path,) in wanted]] * 2


@pytest.mark.parametrize(
    ("asset", "name"),
    [
        ("marts/commune_months", "well_formed"),
        ("marts/commune_months", "lists_make_commune_months"),
        ("quality/obligations", "reports_of_the_last_deadline"),
        ("meta/build", "published_since_the_last_due_day"),
    ],
)
def test_a_check_can_be_made_by_itself(definitions: dg.Definitions, asset: str, name: str) -> None:
    check = dg.AssetCheckKey(dg.AssetKey(asset.split("/")), name)
    result = launch(definitions, check)
    assert result.success, failures(result)
    assert [each.asset_check_key for each in result.get_asset_check_evaluations()] == [check]
    assert not result.get_asset_materialization_events()


def test_tables_that_have_changed_since_they_were_checked_are_not_published(
    definitions: dg.Definitions, home: Office
) -> None:
    before = home.published.read_bytes()
    with duckdb.connect(str(home.home / "working.duckdb")) as connected:
        connected.execute("delete from marts.commune_months where commune_code like '%1'")
    result = launch(definitions, dg.AssetKey(["meta", "build"]))
    assert not result.success
    assert "not published" in "".join(failures(result))
    assert home.published.read_bytes() == before
    assert not launch(definitions, dg.AssetKey(["products", "templates"])).success
