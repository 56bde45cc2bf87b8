"""The Dagster graph: what an engineer sees of it, and when runs start by themselves."""

import json
import os
import re
import shutil
from pathlib import Path

import dagster as dg
import pytest

from pipelines.defs import automation
from pipelines.defs.execution import JOB, WRITE_DELIVERABLES

pytestmark = [
    pytest.mark.xdist_group("manifest"),
    # Dagster, dbt and their libraries warn about themselves; their warnings are not ours to hold
    pytest.mark.filterwarnings("default"),
]


@pytest.fixture(scope="module")
def definitions(parsed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    home = shutil.copytree(parsed_home, tmp_path_factory.mktemp("office") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_HOME", str(home))
        patch.setenv("NTM_RAW_DIR", str(tmp_path_factory.mktemp("raw")))
        for name in ("NTM_WORKING_FILE", "DAGSTER_HOME"):
            patch.setenv(name, "")  # so that what the code sets is undone, too
        from pipelines.definitions import defs  # noqa: PLC0415 (after the environment is set)

        return defs()


def test_the_definitions_are_valid(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


def test_every_asset_says_where_it_stands_what_it_is_and_whose(definitions: dg.Definitions) -> None:
    silent = [
        spec.key.to_user_string()
        for spec in definitions.resolve_all_asset_specs()
        if not (len(spec.key.path) == 2 and spec.group_name == spec.key.path[0] and spec.kinds and spec.owners)
        or not re.search("One (row|file) per ", spec.description or "")
    ]
    assert not silent


def test_layers_are_linked_from_the_raw_folder_to_the_published_file(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    upstream = {dg.AssetKey(["meta", "build"])}
    while more := {parent for key in upstream for parent in graph.get(key).parent_keys} - upstream:
        upstream |= more
    assert {key.path[0] for key in upstream} >= {"raw", "landed", "staging", "intermediate", "marts", "quality", "meta"}
    assert dg.AssetKey(["raw", "deliveries"]) in upstream
    assert graph.get(dg.AssetKey(["data_docs", "index"])).parent_keys == {dg.AssetKey(["meta", "build"])}


def test_suites_and_dbt_tests_are_checks_and_critical_ones_block(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    keys = graph.asset_check_keys
    assert {key.name for key in keys} >= {"landed_h01", "marts_commune_months", "reports_of_the_last_deadline"}
    assert any(key.name.startswith("unique_combination") for key in keys)
    suites = [key for key in keys if key.name == "landed_h01"]
    assert all(graph.get(key).blocking for key in suites)


def test_products_are_no_part_of_a_run_but_follow_a_published_build(definitions: dg.Definitions) -> None:
    main, write_deliverables = (definitions.resolve_job_def(name) for name in (JOB, WRITE_DELIVERABLES))
    products = {dg.AssetKey(["products", name]) for name in ("receipts", "templates")}
    assert write_deliverables.asset_layer.selected_asset_keys == products
    assert not main.asset_layer.selected_asset_keys & products
    assert main.asset_layer.selected_asset_keys > {dg.AssetKey(["meta", "build"])}
    (sensor,) = [each for each in definitions.sensors or [] if isinstance(each, dg.AssetSensorDefinition)]
    assert (sensor.asset_key, sensor.job_name) == (dg.AssetKey(["meta", "build"]), WRITE_DELIVERABLES)
    assert sensor.default_status is dg.DefaultSensorStatus.RUNNING


def test_schedules_follow_the_due_days(definitions: dg.Definitions) -> None:
    schedules = [each for each in definitions.schedules or [] if isinstance(each, dg.ScheduleDefinition)]
    assert {(each.cron_schedule, each.execution_timezone, each.job_name) for each in schedules} == {
        ("0 6 6 * *", "Asia/Ho_Chi_Minh", JOB),
        ("0 6 11 1,4,7,10 *", "Asia/Ho_Chi_Minh", JOB),
    }


@pytest.mark.parametrize(
    ("frequency", "due_days", "cron"),
    [
        ("month", 5, "0 6 6 * *"),
        ("month", 27, "0 6 28 * *"),
        ("quarter", 10, "0 6 11 1,4,7,10 *"),
        ("quarter", 30, "0 6 3 2,5,8,11 *"),
    ],
)
def test_a_schedule_is_the_morning_after_the_due_day(frequency: str, due_days: int, cron: str) -> None:
    assert automation.cron_after(frequency, due_days) == cron


def look(cursor: str | None) -> tuple[list[dg.RunRequest], str | None]:
    """One tick of the sensor on the raw folder: the runs it asks for, and its cursor."""
    result = automation.raw_folder(dg.build_sensor_context(cursor=cursor))
    if isinstance(result, dg.SkipReason):
        return [], cursor
    assert isinstance(result, dg.SensorResult)
    return list(result.run_requests or []), result.cursor


def test_the_sensor_waits_until_files_have_settled_and_then_asks_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NTM_RAW_DIR", str(tmp_path))
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"half")
    runs, cursor = look(None)
    assert not runs, "seen once only"
    runs, cursor = look(cursor)
    assert not runs, "too fresh"
    file.write_bytes(b"whole")
    os.utime(file, (1_410_000_000, 1_410_000_000))
    runs, cursor = look(cursor)
    assert not runs, "changed since"
    runs, cursor = look(cursor)
    assert len(runs) == 1
    assert look(cursor)[0] == []
    (tmp_path / "b.xlsx").write_bytes(b"new")
    os.utime(tmp_path / "b.xlsx", (1_410_000_000, 1_410_000_000))
    runs, cursor = look(cursor)
    runs, cursor = look(cursor)
    assert len(runs) == 1
    assert cursor is not None
    assert json.loads(cursor)["read"] == runs[0].run_key


def test_the_sensor_says_so_when_the_raw_folder_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_RAW_DIR", str(tmp_path / "nowhere"))
    result = automation.raw_folder(dg.build_sensor_context())
    assert isinstance(result, dg.SkipReason)
    assert "there is no folder" in (result.skip_message or "")
