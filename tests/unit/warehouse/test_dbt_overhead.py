"""What is left out of dbt's work is what nobody asks for, and only while we build."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from pipelines.warehouse.dbt_overhead import CALLED_BY_DBT, debug_events_unworded, drop_unused_macros

pytestmark = [pytest.mark.filterwarnings("default")]  # of dbt and its libraries

MACROS = {
    "ntm.ours": "{% macro ours() %}{{ dbt.bare() }}{% endmacro %}",
    "dbt.called": "{% macro called() %}{{ adapter.dispatch('worker', 'dbt')() }}{% endmacro %}",
    "dbt.default__worker": "{% macro default__worker() %}select called_in_no_code{% endmacro %}",
    "dbt_duckdb.duckdb__worker": "{% macro duckdb__worker() %}{% do deeper() %}{% endmacro %}",
    "dbt.deeper": "{% macro deeper() %}{% endmacro %}",
    "dbt.bare": "{% macro bare() %}{% endmacro %}",
    "dbt.called_in_no_code": "{% macro called_in_no_code() %}{% endmacro %}",
    "dbt.materialization_table_default": "{% materialization table, default %}{{ built() }}{% endmaterialization %}",
    "dbt.built": "{% macro built() %}{% endmacro %}",
    "dbt.materialization_seed_default": "{% materialization seed, default %}{{ sown() }}{% endmaterialization %}",
    "dbt.sown": "{% macro sown() %}{% endmacro %}",
    "dbt.create_schema": "{% macro create_schema() %}{% endmacro %}",
}


def test_macros_to_which_no_template_leads_are_dropped() -> None:
    macros = {
        name: SimpleNamespace(
            unique_id=name, package_name=name.partition(".")[0], name=name.partition(".")[2], macro_sql=sql
        )
        for name, sql in MACROS.items()
    }
    node = SimpleNamespace(raw_code="select {{ called(1) }}", config=SimpleNamespace(materialized="table"))
    project: Any = SimpleNamespace(
        macros=macros, nodes={"model.ntm.a": node}, metadata=SimpleNamespace(project_name="ntm")
    )
    drop_unused_macros(project)
    assert MACROS.keys() - project.macros == {
        "dbt.called_in_no_code",
        "dbt.materialization_seed_default",
        "dbt.sown",
    }
    assert "create_schema" in CALLED_BY_DBT


def test_events_of_level_debug_are_told_to_nobody_but_the_end_of_a_node() -> None:
    from dbt.events.types import NodeFinished, NodeStart  # noqa: PLC0415 (2 s, which collection need not take)
    from dbt_common.events.base_types import EventLevel  # noqa: PLC0415 (as above)
    from dbt_common.events.event_manager import EventManager  # noqa: PLC0415 (as above)
    from dbt_common.events.types import Note  # noqa: PLC0415 (as above)

    def told() -> list[str]:
        heard: list[str] = []
        manager = EventManager()
        manager.add_callback(lambda message: heard.append(cast("Any", message).info.name))
        for event in (NodeStart, NodeFinished):
            manager.fire_event(event(node_info={}))
        manager.fire_event(Note(msg="heed this"), level=EventLevel.WARN)
        return heard

    with debug_events_unworded():
        assert told() == ["NodeFinished", "Note"]
    assert told() == ["NodeStart", "NodeFinished", "Note"]
