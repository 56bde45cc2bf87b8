"""The dbt project's house rules, held as queries over its manifest (docs/conventions.md)."""

import re
from typing import Any

import pytest

from pipelines.reference.models import LISTS

pytestmark = [
    pytest.mark.xdist_group("manifest"),
    # dbt and its libraries warn about themselves; their warnings are not ours to hold
    pytest.mark.filterwarnings("default"),
]

BOOLEAN = re.compile(r"^(is|has)_|^(success|outlier)$")
KNOWN_CONFIG = """
    enabled alias schema database tags meta group materialized incremental_strategy batch_size lookback
    begin persist_docs post-hook pre-hook quoting column_types full_refresh unique_key on_schema_change
    on_configuration_change grants packages docs contract event_time concurrent_batches access freshness
    sql_header indexes delimiter quote_columns severity store_failures store_failures_as where limit
    fail_calc warn_if error_if static_analysis
"""
Nodes = list[dict[str, Any]]


@pytest.fixture(scope="module")
def models(manifest: dict[str, Any]) -> Nodes:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == "model"]


def layer(node: dict[str, Any]) -> str:
    """'staging', 'intermediate', 'marts', 'quality' …: the first folder below models/."""
    return node["fqn"][1]


def parents(node: dict[str, Any]) -> list[str]:
    return node["depends_on"]["nodes"]


def test_every_model_says_its_grain_in_both_languages(models: Nodes) -> None:
    silent = [
        node["name"] for node in models if not re.search(r"^Mỗi dòng là .+One row per ", node["description"], re.DOTALL)
    ]
    assert not silent


def test_every_column_of_a_published_table_is_described(models: Nodes) -> None:
    silent = [
        f"{node['name']}.{column['name']}"
        for node in models
        if node["schema"] in {"marts", "quality", "meta"} and layer(node) in {"marts", "quality"}
        for column in node["columns"].values()
        if not column["description"].strip()
    ]
    assert not silent


def test_what_is_said_of_a_model_stands_beside_it(manifest: dict[str, Any], models: Nodes) -> None:
    """One YAML beside one model: its description, columns, tests and unit tests. Sources and groups have files of their own."""
    beside = {node["unique_id"]: node["original_file_path"].removesuffix(".sql") + ".yml" for node in models}
    said = [(node["unique_id"], node["patch_path"].partition("://")[2]) for node in models]
    said += [(test["depends_on"]["nodes"][0], test["original_file_path"]) for test in manifest["unit_tests"].values()]
    assert not [(model, file) for model, file in said if file != beside[model]]


def test_staging_reads_sources_only_and_alone(models: Nodes) -> None:
    wrong = [
        (node["name"], parent)
        for node in models
        for parent in parents(node)
        if parent.startswith("source.") != (layer(node) == "staging")
    ]
    assert not wrong


def test_every_list_is_a_source_and_no_source_is_left_over(manifest: dict[str, Any]) -> None:
    sources = {node["name"] for node in manifest["sources"].values() if node["schema"] == "reference"}
    assert sources == {model.name_of_list for model in LISTS}
    assert not [node for node in manifest["nodes"].values() if node["resource_type"] == "seed"]


def test_marts_have_contracts(models: Nodes) -> None:
    assert not [
        node["name"] for node in models if layer(node) == "marts" and not node["config"]["contract"]["enforced"]
    ]


def test_intermediate_models_are_private(models: Nodes) -> None:
    assert not [
        node["name"] for node in models if layer(node) == "intermediate" and node["config"]["access"] != "private"
    ]


def test_names_of_columns_say_their_type(models: Nodes) -> None:
    wrong = []
    for node in models:
        if layer(node) != "marts":
            continue
        for name, column in node["columns"].items():
            kind = (column.get("data_type") or "").lower()
            if kind == "boolean" and not BOOLEAN.match(name):
                wrong.append((node["name"], name, kind))
            if name.startswith(("is_", "has_")) and kind != "boolean":
                wrong.append((node["name"], name, kind))
            if name.endswith("_at") and kind != "timestamp":
                wrong.append((node["name"], name, kind))
            if name.endswith("_on") and kind != "date":
                wrong.append((node["name"], name, kind))
            if name.endswith(("_code", "_id")) and kind != "varchar":
                wrong.append((node["name"], name, kind))
            if name.endswith("_million_vnd") and kind != "double":
                wrong.append((node["name"], name, kind))
    # deadline, due day and the like are named by contract.md's words for them
    assert not wrong


def test_unknown_keys_in_yaml_are_misspelt_ones(manifest: dict[str, Any]) -> None:
    """dbt takes a misspelt key in silence: `colums:` raises no error, the columns are simply not there."""
    odd = [
        (node["name"], key)
        for node in manifest["nodes"].values()
        for key in node["config"]
        if key not in KNOWN_CONFIG.split()
    ]
    assert not odd


def test_every_rule_has_one_model_or_is_intakes(models: Nodes) -> None:
    names = [node["name"] for node in models if "rules" in node["fqn"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"rule_[a-z]\d\d", name) for name in names if name.startswith("rule_"))
