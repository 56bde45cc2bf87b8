"""The Dagster graph: what an engineer sees of it, and when runs start by themselves."""

import datetime as dt
import os
import re
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipelines.defs import automation, mail
from pipelines.defs.execution import JOB, WRITE_DELIVERABLES
from pipelines.defs.killed import NEVER_BEGAN, end_killed_runs, life_file
from pipelines.defs.vocabulary import TEST_OF_CHECK
from pipelines.warehouse.build import NodeResult
from pipelines.warehouse.lock import sign_of_life

pytestmark = [
    # Dagster, dbt and their libraries warn about themselves; their warnings are not ours to hold
    pytest.mark.filterwarnings("default"),
]


NOT_MOUNTED = Path("/nowhere/raw")


@pytest.fixture(scope="module")
def definitions(parsed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dg.Definitions:
    home = shutil.copytree(parsed_home, tmp_path_factory.mktemp("office") / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_HOME", str(home))
        patch.setenv("NTM_RAW_DIR", str(NOT_MOUNTED))
        patch.setenv("NTM_AS_OF", "2014-10-20")
        for name in ("NTM_WORKING_FILE", "DAGSTER_HOME"):
            patch.setenv(name, "")  # so that what the code sets is undone, too
        from pipelines.definitions import defs  # noqa: PLC0415 (after the environment is set)

        return defs()


def test_the_definitions_are_valid_while_the_raw_folder_is_not_mounted(definitions: dg.Definitions) -> None:
    assert not NOT_MOUNTED.exists()
    dg.Definitions.validate_loadable(definitions)


def test_the_workspace_shows_where_things_lie_and_the_day(definitions: dg.Definitions) -> None:
    workspace = (definitions.resources or {})["workspace"]
    assert (workspace.raw_dir, workspace.as_of) == (str(NOT_MOUNTED), "2014-10-20")
    assert Path(workspace.home).is_dir()


def test_nothing_starts_a_run_by_itself_unless_the_environment_says_so(
    definitions: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = {each.name for each in definitions.sensors or [] if each.default_status is dg.DefaultSensorStatus.RUNNING}
    assert running == {"killed_runs", "reports_published"}, "these start nothing"
    schedules = [each for each in definitions.schedules or [] if isinstance(each, dg.ScheduleDefinition)]
    assert {each.default_status for each in schedules} == {dg.DefaultScheduleStatus.STOPPED}
    monkeypatch.setenv("NTM_AUTOMATIC", "yes")
    automatic = automation.automation()
    assert {each.default_status for each in automatic.sensors or []} == {dg.DefaultSensorStatus.RUNNING}
    assert {each.default_status for each in automatic.schedules or []} == {dg.DefaultScheduleStatus.RUNNING}


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
    assert graph.get(dg.AssetKey(["site", "pages"])).parent_keys == {dg.AssetKey(["meta", "build"])}


def test_suites_and_dbt_tests_are_checks_and_critical_ones_block(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    keys = graph.asset_check_keys
    assert {key.name for key in keys} >= {"landed_h01", "reports_of_the_last_deadline"}
    assert dg.AssetCheckKey(dg.AssetKey(["marts", "commune_months"]), "well_formed") in keys
    suites = [key for key in keys if key.name == "landed_h01"]
    assert all(graph.get(key).blocking for key in suites)


def test_every_dbt_test_is_a_check_and_every_check_is_described_in_words(
    definitions: dg.Definitions, manifest: dict[str, Any]
) -> None:
    graph = definitions.resolve_asset_graph()
    checks = [graph.get_check_spec(key) for key in graph.asset_check_keys]
    assert not [spec.key for spec in checks if len(spec.name) > 80 or not spec.description]
    tests = {unique_id for unique_id, node in manifest["nodes"].items() if node["resource_type"] == "test"}
    assert {spec.metadata[TEST_OF_CHECK] for spec in checks if TEST_OF_CHECK in spec.metadata} == tests
    said = {spec.key.to_user_string(): spec.description for spec in checks}
    assert said["intermediate/int_obligations:unique_combination_reporter_code_form_period"] == (
        "khóa (reporter_code, form, period) không trùng nhau · no key (reporter_code, form, period) twice"
    )
    assert "a district of its communes" in (said["marts/province_months:levels_agree"] or "")


def test_assets_lead_to_their_source_and_show_their_columns(definitions: dg.Definitions) -> None:
    specs = {spec.key.to_user_string(): spec for spec in definitions.resolve_all_asset_specs()}
    sources = {
        name: Path(reference.file_path)
        for name, spec in specs.items()
        if "dagster/code_references" in spec.metadata
        for reference in spec.metadata["dagster/code_references"].code_references
    }
    assert specs.keys() - sources.keys() == {"raw/deliveries"}, "which nobody makes here"
    assert all(file.is_file() for file in sources.values())
    assert {sources[name].name for name in ("marts/commune_months", "landed/h01", "meta/build", "reports/h01")} == {
        *("commune_months.sql", "landed.py", "published.py", "reports.py")
    }
    columns = specs["marts/commune_months"].metadata["dagster/column_schema"].columns
    assert all(column.type != "?" and column.description for column in columns)


def test_products_are_no_part_of_a_run_but_follow_a_published_build(definitions: dg.Definitions) -> None:
    main, write_deliverables = (definitions.resolve_job_def(name) for name in (JOB, WRITE_DELIVERABLES))
    products = {dg.AssetKey(["products", name]) for name in ("receipts", "templates", "bulletin")}
    assert write_deliverables.asset_layer.selected_asset_keys == products
    assert not main.asset_layer.selected_asset_keys & products
    assert main.asset_layer.selected_asset_keys > {dg.AssetKey(["meta", "build"])}
    sensors = [each for each in definitions.sensors or [] if isinstance(each, dg.AssetSensorDefinition)]
    assert (dg.AssetKey(["meta", "build"]), WRITE_DELIVERABLES) in {(each.asset_key, each.job_name) for each in sensors}


def test_the_calendar_is_asked_each_morning_and_the_file_looked_at_two_hours_later(definitions: dg.Definitions) -> None:
    schedules = [each for each in definitions.schedules or [] if isinstance(each, dg.ScheduleDefinition)]
    assert {(each.cron_schedule, each.execution_timezone, each.job_name) for each in schedules} == {
        ("0 6 * * *", "Asia/Ho_Chi_Minh", JOB),
        ("0 8 * * *", "Asia/Ho_Chi_Minh", automation.LOOK),
    }
    look = definitions.resolve_job_def(automation.LOOK)
    assert not look.asset_layer.selected_asset_keys


CALENDAR = "form,reporter_type,reporters,frequency,due_days_after_period_end,non_working_day,valid_from\n"
ALL_MONTHLY = [
    *((form, "district", "all") for form in ("H01", "H02", "H03", "H04", "C01")),
    *(("C01", kind, "all") for kind in ("department", "media")),
    *((form, "office", "VPDP") for form in ("C01", "V01")),
    ("M01", "media", "all"),
]


def due_after(days: int, non_working_day: str = "keep") -> str:
    """The office's calendar: all monthly reports so many days after the month."""
    rows = (f"{form},{kind},{who},month,{days},{non_working_day},2014-09-01" for form, kind, who in ALL_MONTHLY)
    return CALENDAR + "\n".join(rows)


@pytest.mark.parametrize(
    ("overlay", "published_as_of", "today", "due_on"),
    [
        # our own calendar: reports of October are due on 5 November
        ({}, "2014-11-04", "2014-11-05", None),
        ({}, "2014-11-04", "2014-11-06", "2014-11-05"),
        ({}, "2014-11-05", "2014-11-06", "2014-11-05"),
        ({}, "2014-11-06", "2014-11-06", None),
        ({}, "2014-11-06", "2014-12-05", None),
        ({}, "2014-10-20", "2014-12-20", "2014-12-05"),
        ({}, None, "2014-10-05", None),
        ({}, None, "2014-10-06", "2014-10-05"),
        # the office's own
        ({"reporting_calendar": due_after(12)}, "2014-11-04", "2014-11-06", None),
        ({"reporting_calendar": due_after(12)}, "2014-11-04", "2014-11-13", "2014-11-12"),
        # 9 November is a Sunday, the Monday after it a holiday
        ({"reporting_calendar": due_after(9)}, "2014-11-04", "2014-11-10", "2014-11-09"),
        ({"reporting_calendar": due_after(9, "next_working_day")}, "2014-11-04", "2014-11-10", None),
        ({"reporting_calendar": due_after(9, "next_working_day")}, "2014-11-04", "2014-11-11", "2014-11-10"),
        (
            {"reporting_calendar": due_after(9, "next_working_day"), "holidays": "date,name_vi\n2014-11-10,Nghỉ bù\n"},
            "2014-11-04",
            "2014-11-11",
            None,
        ),
        (
            {
                "calendar_exceptions": "reporter_code,form,period,kind,due_on,reason\n443,H01,2014-10,moved,2014-11-20,lũ\n"
            },
            "2014-11-06",
            "2014-11-21",
            "2014-11-20",
        ),
    ],
)
def test_a_run_is_asked_for_and_the_file_is_stale_once_a_due_day_has_passed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    overlay: dict[str, str],
    published_as_of: str | None,
    today: str,
    due_on: str | None,
) -> None:
    raw, home = tmp_path / "raw", tmp_path / "home"
    (raw / "reference").mkdir(parents=True)
    for name, text in overlay.items():
        (raw / "reference" / f"{name}.csv").write_text(text, encoding="utf-8")
    if published_as_of:
        (home / "published").mkdir(parents=True)
        with duckdb.connect(str(home / "published" / "ntm.duckdb")) as published:
            published.execute("create schema meta")
            published.execute(f"create table meta.build as select date '{published_as_of}' as as_of")
    for name, value in (("NTM_RAW_DIR", raw), ("NTM_HOME", home), ("NTM_AS_OF", today)):
        monkeypatch.setenv(name, str(value))
    asked = automation.ask_for_due_day(dg.build_schedule_context())
    fresh = automation.published_since_the_last_due_day()
    assert isinstance(fresh, dg.AssetCheckResult)
    assert fresh.passed == (due_on is None)
    if due_on is None:
        assert isinstance(asked, dg.SkipReason)
        assert f"as of {today} no report has come due" in (asked.skip_message or "")
    else:
        assert isinstance(asked, dg.RunRequest)
        assert asked.tags == {"ntm/due_on": due_on}
        assert due_on in (fresh.description or "")


@pytest.mark.parametrize(
    ("today", "environment", "is_asked"),
    [
        ("2015-07-20", {"NTM_MAIL_SMTP": "smtp://127.0.0.1:25", "NTM_MAIL_FROM": "vp@ntm.vn"}, True),
        ("2015-07-19", {"NTM_MAIL_SMTP": "smtp://127.0.0.1:25", "NTM_MAIL_FROM": "vp@ntm.vn"}, False),  # a Sunday
        (
            "2015-07-20",
            {"NTM_MAIL_SMTP": "smtp://127.0.0.1:25", "NTM_MAIL_FROM": "vp@ntm.vn", "NTM_AS_OF": "2015-07-17"},
            False,
        ),
        ("2015-07-20", {"NTM_MAIL_FROM": "vp@ntm.vn"}, False),
        ("2015-07-20", {}, False),
    ],
)
def test_where_reporters_are_written_to_there_is_a_run_each_working_morning_and_letters_follow(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    definitions: dg.Definitions,
    today: str,
    environment: dict[str, str],
    is_asked: bool,
) -> None:
    """Letters follow from a build of the day: the morning asks for one, its deliverables for the sending."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "home" / "published").mkdir(parents=True)
    with duckdb.connect(str(tmp_path / "home" / "published" / "ntm.duckdb")) as published:
        published.execute("create schema meta")
        published.execute("create table meta.build as select date '2015-07-17' as as_of")
    usual = {"NTM_RAW_DIR": str(tmp_path / "raw"), "NTM_HOME": str(tmp_path / "home"), "NTM_TODAY": today}
    for name in ("NTM_AS_OF", "NTM_MAIL_SMTP", "NTM_MAIL_FROM", "NTM_MAIL_IMAP"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (usual | environment).items():
        monkeypatch.setenv(name, value)
    assert isinstance(automation.ask_for_due_day(dg.build_schedule_context()), dg.RunRequest) == is_asked
    templates = dg.AssetKey(["products", "templates"])
    (letters,) = [each for each in definitions.sensors or [] if each.name == "letters"]
    assert isinstance(letters, dg.AssetSensorDefinition)
    assert (letters.asset_key, letters.job_name) == (templates, mail.SEND)
    with dg.DagsterInstance.ephemeral() as instance:
        instance.report_runless_asset_event(dg.AssetMaterialization(templates))
        (record,) = instance.fetch_materializations(templates, limit=1).records
        asked = mail.ask_for_letters(dg.build_sensor_context(instance=instance), record.event_log_entry)
    sunday_too = (
        today == "2015-07-19"
    )  # answers go out on any day; that nobody is reminded then is the letters' business
    assert isinstance(asked, dg.RunRequest) == (is_asked or sunday_too)


LONG_AGO = 1_410_000_000


class Folder:
    """A raw folder that the sensor looks at, tick by tick, and the runs that were asked for, as Dagster knows them."""

    def __init__(self, raw: Path, instance: dg.DagsterInstance) -> None:
        self.raw, self.instance, self.cursor = raw, instance, None

    def put(self, name: str, content: bytes, modified: float = LONG_AGO) -> None:
        (self.raw / name).write_bytes(content)
        os.utime(self.raw / name, (modified, modified))

    def tick(self) -> list[dg.RunRequest]:
        """What the sensor asks for; it waits for its turn."""
        with dg.build_sensor_context(instance=self.instance, cursor=self.cursor) as context:
            result = automation.look_at_raw_folder(context)
        assert isinstance(result, dg.SensorResult)
        self.cursor = result.cursor
        for request in result.run_requests or []:
            run = dg.DagsterRun(
                JOB, run_id=new_run_id(), status=dg.DagsterRunStatus.NOT_STARTED, tags=dict(request.tags)
            )
            self.instance.add_run(run)
        return list(result.run_requests or [])

    def end(self, status: dg.DagsterRunStatus) -> None:
        """The run that was asked for last ends so."""
        (run,) = self.instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.NOT_STARTED]))
        if status is dg.DagsterRunStatus.SUCCESS:
            self.instance.report_dagster_event(dg.DagsterEvent(dg.DagsterEventType.RUN_SUCCESS.value, JOB), run.run_id)
        else:
            self.instance.report_run_failed(run)


def new_run_id() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    monkeypatch.setenv("NTM_RAW_DIR", str(tmp_path))
    with dg.DagsterInstance.ephemeral() as instance:
        yield Folder(tmp_path, instance)


def test_the_sensor_waits_until_files_have_settled_and_then_asks_once(folder: Folder) -> None:
    folder.put("a.xlsx", b"half", time.time())
    assert not folder.tick(), "seen once only"
    assert not folder.tick(), "too fresh"
    folder.put("a.xlsx", b"whole")
    assert not folder.tick(), "changed since"
    assert len(folder.tick()) == 1
    assert not folder.tick(), "asked already"
    folder.end(dg.DagsterRunStatus.SUCCESS)
    assert not folder.tick(), "read"


def test_what_comes_in_while_a_run_is_at_work_is_asked_for_when_it_is_over(folder: Folder) -> None:
    folder.put("a.xlsx", b"first")
    folder.tick()
    assert len(folder.tick()) == 1
    folder.put("b.xlsx", b"second")
    assert not folder.tick()
    assert not folder.tick(), "one after the other"
    folder.end(dg.DagsterRunStatus.SUCCESS)
    assert len(folder.tick()) == 1
    folder.end(dg.DagsterRunStatus.SUCCESS)
    assert not folder.tick()


def test_a_folder_whose_run_failed_is_asked_for_again_under_another_key(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("a.xlsx", b"whole")
    folder.tick()
    (first,) = folder.tick()
    folder.end(dg.DagsterRunStatus.FAILURE)
    assert not folder.tick(), "not at once"
    monkeypatch.setattr(automation, "PAUSES", [dt.timedelta(0)])
    (second,) = folder.tick()
    assert second.run_key != first.run_key
    assert second.tags == first.tags
    folder.end(dg.DagsterRunStatus.SUCCESS)
    assert not folder.tick()


def test_a_killed_run_is_ended_and_a_living_one_is_left(tmp_path: Path) -> None:
    started = dg.DagsterRunStatus.STARTED
    killed, living, canceled, young = (
        dg.DagsterRun(JOB, run_id=new_run_id(), status=status)
        for status in (started, started, dg.DagsterRunStatus.CANCELING, started)
    )
    with dg.DagsterInstance.ephemeral() as instance, sign_of_life(life_file(tmp_path, living.run_id)):
        for run in (killed, living, canceled, young):
            instance.add_run(run)
        for run in (killed, canceled):
            life_file(tmp_path, run.run_id).touch()  # what a killed process leaves: a file that nobody holds
        now = dt.datetime.now(dt.UTC)
        assert set(end_killed_runs(instance, tmp_path, now)) == {killed.run_id, canceled.run_id}
        assert end_killed_runs(instance, tmp_path, now) == []
        statuses = {run.run_id: run.status for run in instance.get_runs()}
        assert statuses == {
            killed.run_id: dg.DagsterRunStatus.FAILURE,
            living.run_id: started,
            canceled.run_id: dg.DagsterRunStatus.CANCELED,
            young.run_id: started,
        }
        assert end_killed_runs(instance, tmp_path, now + NEVER_BEGAN) == [young.run_id]
        assert [file.name for file in tmp_path.iterdir()] == [f"{living.run_id}.lock"]
    assert not list(tmp_path.iterdir())


def test_the_sensor_says_so_when_the_raw_folder_is_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_RAW_DIR", str(tmp_path / "nowhere"))
    result = automation.look_at_raw_folder(dg.build_sensor_context())
    assert isinstance(result, dg.SkipReason)
    assert "there is no folder" in (result.skip_message or "")


def test_a_test_that_could_not_be_made_quotes_no_cell() -> None:
    from pipelines.defs.warehouse import tables  # noqa: PLC0415 (its libraries warn about themselves)

    node = {"name": "a_test", "config": {"severity": "error"}}
    message = "Conversion Error: Could not convert string 'Nguyễn Văn An' to INT32"
    outcome = tables._outcome({"nodes": {"test.a": node}}, NodeResult("test.a", "error", 0.1, None, message))
    assert (outcome.is_passed, outcome.severity) == (False, "critical")
    assert outcome.message_vi == "không kiểm tra được a_test: xem nhật ký"
    assert "Nguyễn Văn An" not in f"{outcome}"
