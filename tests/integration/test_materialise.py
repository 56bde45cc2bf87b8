"""Every asset and check can be asked for by itself, as the button "Materialize" does it: over a finished run, in this process."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

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


ONE_OF_EACH_KIND = {
    "of the published file": "data_docs/index",
    "read": "landed/h01",
    "view": "staging/stg_districts__h01",
    "table with a suite": "marts/commune_months",
    "published file": "meta/build",
}


@pytest.mark.parametrize("name", ONE_OF_EACH_KIND.values(), ids=ONE_OF_EACH_KIND)
def test_an_asset_can_be_materialised_by_itself(definitions: dg.Definitions, name: str) -> None:
    materialise_by_itself(definitions, dg.AssetKey(name.split("/")))


@pytest.mark.each_asset
def test_each_asset_can_be_materialised_by_itself(definitions: dg.Definitions, home: Office) -> None:
    """All of them, one after the other: first what needs a published build, then from the raw folder to the right."""
    graph = definitions.resolve_asset_graph()
    order = [key for level in graph.toposorted_asset_keys_by_level for key in level if graph.get(key).is_executable]
    products = [key for key in order if key.path[0] == "products"]
    failed = {}
    for key in [*products, *(key for key in order if key not in products)]:
        try:
            materialise_by_itself(definitions, key)
        except AssertionError as error:
            failed[key.to_user_string()] = str(error)
    assert len(order) > 200
    assert not failed
    assert home.published.exists()


@pytest.mark.parametrize(
    ("asset", "name"),
    [
        ("marts/commune_months", "marts_commune_months"),
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
