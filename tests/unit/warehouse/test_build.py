"""What dbt has parsed is used again while it is whole, and is made anew where it is not."""

import dataclasses
import datetime as dt
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pipelines.settings import Settings, SparkSettings
from pipelines.warehouse import build
from pipelines.warehouse.build import code_version, compile_project, parsed_project


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "raw", tmp_path / "home", dt.date(2015, 7, 20))
    settings.dbt_dir.mkdir(parents=True)
    return settings


def parsed_file(settings: Settings) -> Path:
    return settings.dbt_dir / f"parsed-{code_version().rpartition('+')[2]}.msgpack"


@pytest.mark.parametrize("content", [b"", b"\x80garbage", b"\x81\xa5nodes"], ids=["empty", "garbage", "cut off"])
def test_a_parsed_project_that_cannot_be_read_is_removed_so_that_it_is_parsed_anew(
    settings: Settings, content: bytes
) -> None:
    file = parsed_file(settings)
    file.write_bytes(content)
    assert parsed_project(settings) is None
    assert not file.exists()


def test_there_is_no_parsed_project_before_one_was_made(settings: Settings) -> None:
    assert parsed_project(settings) is None


def test_a_project_that_was_parsed_from_other_code_is_none(settings: Settings) -> None:
    other = settings.dbt_dir / "parsed-000000000000.msgpack"
    other.write_bytes(b"\x80garbage")
    assert parsed_project(settings) is None
    assert other.exists()


@pytest.mark.filterwarnings("default")  # of dbt and its libraries
def test_sql_that_was_compiled_once_is_what_dbt_compiles_as_of_that_day(
    parsed_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
    settings = Settings(tmp_path, parsed_home, dt.date(2019, 3, 5))
    ours: Any = parsed_project(settings)
    theirs: Any = parsed_project(settings)
    compile_project(ours, settings)
    sql = {name: node.compiled_code for name, node in ours.nodes.items() if "'2019-03-05'" in str(node.compiled_code)}
    assert len(sql) > 10
    chosen = [ours.nodes[unique_id].name for unique_id in sql]
    unasked = ["--no-introspect", "--no-populate-cache", "--target-path", str(tmp_path)]
    build._run([*build.command("compile", settings, chosen), *unasked], project=theirs)
    assert {unique_id: theirs.nodes[unique_id].compiled_code for unique_id in sql} == sql
    assert not [name for name, node in ours.nodes.items() if "1111" in node.raw_code]


def test_what_dbt_is_to_do_before_a_build_is_rendered_by_itself(parsed_home: Path, tmp_path: Path) -> None:
    settings = Settings(tmp_path, parsed_home, dt.date(2019, 3, 5))
    project: Any = parsed_project(settings)
    compile_project(project, settings)
    hooks = [node for node in project.nodes.values() if node.resource_type == "operation"]
    assert [hook.compiled_code for hook in hooks] == [None]


def test_who_is_interrupted_while_dbt_builds_gives_up_before_dbt_is_waited_for(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = threading.Event()

    def build_until_given_up(_: object, listen: Any, project: object) -> SimpleNamespace:
        assert project is None
        node = SimpleNamespace(unique_id="model.ntm.communes")
        run = SimpleNamespace(status="success", execution_time=1.0, num_failures=None, message="")
        info = SimpleNamespace(name="NodeFinished", level="debug", msg="")
        listen(SimpleNamespace(info=info, data=SimpleNamespace(run_result=run, node_info=node)))
        assert given_up.wait(60)
        return SimpleNamespace(exception=None)

    monkeypatch.setattr(build, "_run", build_until_given_up)
    on_spark = dataclasses.replace(settings, spark=SparkSettings())
    results: Any = build.build(on_spark, give_up=given_up.set)
    assert next(results).unique_id == "model.ntm.communes"
    results.close()
    assert given_up.is_set()
