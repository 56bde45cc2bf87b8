"""The dbt project's house rules, held as queries over its manifest (docs/conventions.md)."""

import ast
import re
from hashlib import sha256
from importlib.resources import files
from typing import Any

import duckdb
import pytest

from pipelines.reference.models import LISTS
from pipelines.settings import CHECKOUT, DBT_PROJECT_DIR

pytestmark = [
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
LAYERS = ("staging", "intermediate", "marts", "quality", "publishing")
MAY_READ = {
    "staging": set(),
    "intermediate": {"staging", "intermediate"},
    "marts": {"intermediate", "marts"},
    "quality": {"intermediate", "quality"},
    "publishing": {"intermediate", "marts", "quality"},
}
"""To the left only. Marts and quality stand side by side: neither waits for the other."""
STAGING_READ_BY = {
    "a dimension is the reference list itself, with open ends as readers know them": {
        ("dim_communes", "stg_reference__units"),
        ("dim_districts", "stg_reference__units"),
        ("dim_unit_current", "stg_reference__units"),
        ("dim_unit_changes", "stg_reference__unit_changes"),
        ("dim_criteria", "stg_reference__criteria"),
        ("dim_criteria", "stg_reference__criteria_sets"),
        ("quality_rules", "stg_reference__rules"),
        ("quality_rules", "stg_landed__rule_forms"),
    },
    "the history of checks goes out as it was recorded": {
        ("check_results", "stg_landed__check_results"),
    },
    "words for a reader are joined last, where a table is put into words": {
        ("inspection_plan", "stg_reference__labels"),
        ("leadership_index", "stg_reference__labels"),
    },
    "which figures go into the long table, and with what they are read, is a list": {
        ("indicators", "stg_reference__published_indicators"),
        ("boundary_series", "stg_reference__published_indicators"),
    },
    "whether there is anybody to write to is asked here alone; contacts are personal": {
        ("reminders", "stg_reference__contacts"),
    },
    "what an open finding waits for is said in the list of rules": {
        ("reminders", "stg_reference__rules"),
    },
}
"""Reasons for which a published table reads staging; `revisions` compares every form field by field and reads them all."""
LOOKED_UP = {
    "int_month_windows",  # a month's parameters and windows
    "int_months",
    "int_province",
    "int_districts_at_month",
    "int_communes_at_month",
    "int_reporters",
    "int_reported_units",
    "int_unit_reporters",
    "int_territories",
    "dim_months",
    "dim_district_current",
    "dim_unit_current",
    "stg_reference__published_indicators",
    "int_targets",
}
"""What rows are looked up in by key wherever a column is wanted: joined twice on the way, nothing is counted twice."""
REJOINED = {
    ("evaluated_rows", "rule_k03"): "a union of all rules; K03 keeps quiet where X05 fired",
    ("evaluated_rows", "rule_x04"): "a union of all rules; X04 keeps quiet where K04 fired",
    ("fct_inspections", "int_planned_inspections"): "few items were planned; they say by which plan",
    ("indicators", "district_months"): "the three levels stand one below the other, joined with none",
    ("indicators", "province_months"): "the three levels stand one below the other, joined with none",
    ("int_obligations", "int_due_days"): "days are counted once per period and rule, not per reporter",
    ("int_obligations", "int_rejected_reports"): "what was accepted and what was rejected are of the same submissions",
    (
        "int_submission_verdicts",
        "int_held_submissions",
    ): "few are held: only what came more than once is walked through",
    ("name_masks", "reminders"): "every published text is looked at where it stands",
    ("leadership_index", "int_leadership_rank_spread"): "the spread is of a unit, the index of its components",
    ("reporter_scores", "int_reporter_communes"): "communes are counted per report, scores per reporter",
}
NO_KEY = {
    "a rule gives a row per thing that failed and counts the others": re.compile(r"rule_[a-z]\d\d"),
    "findings stand under their id in every submission; which of them is published has a key": re.compile(
        r"finding_instances|int_identified_findings"
    ),
    "a key can stand more than once in a report, and its repetition is not published": re.compile(r"revisions"),
}
KEY_TESTS = {"unique", "unique_combination", "well_formed"}
MOST_LINES = 180


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


def test_what_is_said_of_several_columns_is_written_once(models: Nodes) -> None:
    """In a doc block: of the folder (`_x__docs.md`), or of all (`_shared__docs.md`)."""
    said: dict[str, list[str]] = {}
    for node in models:
        for column in node["columns"].values():
            if column["description"] and not column["doc_blocks"]:
                said.setdefault(column["description"], []).append(f"{node['name']}.{column['name']}")
    assert not {text: columns for text, columns in said.items() if len(columns) > 1}


def test_what_is_said_of_a_model_stands_beside_it(manifest: dict[str, Any], models: Nodes) -> None:
    """One YAML beside one model: its description, columns, tests and unit tests. Sources and groups have files of their own."""
    beside = {node["unique_id"]: node["original_file_path"].removesuffix(".sql") + ".yml" for node in models}
    said = [(node["unique_id"], node["patch_path"].partition("://")[2]) for node in models]
    said += [(test["depends_on"]["nodes"][0], test["original_file_path"]) for test in manifest["unit_tests"].values()]
    assert not [(model, file) for model, file in said if file != beside[model]]


PRODUCTS = {
    "site": ("site/*", "headlines", "reporter_names"),
    "receipts": ("receipts", "answer", "reporter_names"),
    "bulletin": (
        "bulletin",
        "headlines",
        "reporter_names",
        "site/overview",
        "site/source",
        "site/targets",
        "site/tasks",
    ),
    "duties": ("duties",),
    "templates": ("templates", "prefilled"),
    "trips": ("trips",),
    "answers": ("answers", "reporter_names"),
    "letters": ("replies", "reminders", "addressing"),
}


def test_exposures_name_the_tables_that_a_product_reads(manifest: dict[str, Any], models: Nodes) -> None:
    tables = {f"{node['schema']}.{node['alias']}": node["unique_id"] for node in models}
    read = {}
    for exposure, modules in PRODUCTS.items():
        files = [file for name in modules for file in (CHECKOUT / "pipelines" / "products").glob(f"{name}.*")]
        text = "".join(file.read_text(encoding="utf-8") for file in files if file.suffix in {".py", ".yml"})
        read[exposure] = {tables[name] for name in re.findall(r"(?:marts|quality)\.[a-z_]+", text) if name in tables}
    named = {each["name"]: set(each["depends_on"]["nodes"]) for each in manifest["exposures"].values()}
    assert named == read


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


def test_no_model_reads_to_its_right(models: Nodes) -> None:
    assert {layer(node) for node in models} == set(LAYERS)
    layers = {node["unique_id"]: (node["name"], layer(node)) for node in models}
    excepted = {pair for pairs in STAGING_READ_BY.values() for pair in pairs}
    wrong, used = [], set()
    for node in models:
        for parent, of in (layers[each] for each in parents(node) if each in layers):
            if of in MAY_READ[layer(node)]:
                continue
            if (node["name"], parent) in excepted:
                used.add((node["name"], parent))
            elif not (node["name"] == "revisions" and of == "staging"):
                wrong.append((node["name"], parent))
    assert not wrong
    assert used == excepted, "an exception that nothing needs any more"


def test_every_table_has_a_key(manifest: dict[str, Any], models: Nodes) -> None:
    """Views are read through: what is built from them has the key."""
    keyed = {
        node["attached_node"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and node.get("test_metadata", {}).get("name") in KEY_TESTS
        and (node["test_metadata"]["name"] != "well_formed" or node["test_metadata"]["kwargs"].get("key"))
    }
    without = [
        node["name"] for node in models if node["unique_id"] not in keyed and node["config"]["materialized"] != "view"
    ]
    assert not [name for name in without if not any(name_of.fullmatch(name) for name_of in NO_KEY.values())]
    assert [reason for reason, name_of in NO_KEY.items() if any(name_of.fullmatch(name) for name in without)] == [
        *NO_KEY
    ]


def test_nothing_upstream_is_joined_again(models: Nodes) -> None:
    """A parent joined with a child of it that nothing else reads is one model cut in two, unless there is a reason."""
    of_name = {node["unique_id"]: node["name"] for node in models}
    read = {node["name"]: {of_name[each] for each in parents(node) if each in of_name} for node in models}
    readers: dict[str, set[str]] = {}
    for name, names in read.items():
        for each in names:
            readers.setdefault(each, set()).add(name)
    again = {
        (name, between)
        for name, names in read.items()
        for between in names
        if readers[between] == {name} and (read[between] & names) - LOOKED_UP
    }
    assert again == set(REJOINED)


def test_no_model_is_longer_than_can_be_taken_in(models: Nodes) -> None:
    lengths = {node["name"]: len(node["raw_code"].splitlines()) for node in models}
    assert not {name: length for name, length in lengths.items() if length > MOST_LINES}


def test_marts_have_contracts(models: Nodes) -> None:
    assert not [
        node["name"] for node in models if layer(node) == "marts" and not node["config"]["contract"]["enforced"]
    ]


def test_what_is_published_is_public_and_what_stands_behind_it_private(models: Nodes) -> None:
    access = {"intermediate": "private", "marts": "public", "quality": "public"}
    wrong = [
        (node["name"], node["config"]["access"])
        for node in models
        if node["config"]["access"] != access.get(layer(node), "protected")
    ]
    assert not wrong


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


@pytest.mark.parametrize(
    ("package", "file", "known"),
    [
        ("dbt.include.duckdb", "macros/materializations/table.sql", "87a1907f55ef6ac8"),
        ("dbt.include.global_project", "macros/materializations/models/view.sql", "2cfa8cdda4ec5a20"),
    ],
)
def test_the_materializations_that_ours_replace_are_those_we_know(package: str, file: str, known: str) -> None:
    """Of dbt-duckdb 1.11 and dbt-adapters 1.24: what another version changes, macros/materializations.sql may need too."""
    text = files(package).joinpath(file).read_bytes()
    assert sha256(text).hexdigest().startswith(known)


def test_every_rule_has_one_model_or_is_intakes(models: Nodes) -> None:
    names = [node["name"] for node in models if "rules" in node["fqn"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"rule_[a-z]\d\d", name) for name in names if name.startswith("rule_"))


DUCKDB_ALONE = {
    r"\bvarchar\b|::": "cast(… as string)",
    r"\bstrpos\(": "instr",
    r"\bregexp_matches\(|'g'\)": "is_like_pattern, pattern_replaced",
    r"\bstring_agg\(|\blist\(": "joined_text, list_of_rows",
    r"\bunnest\(|\bgenerate_\w+\(|\brange\(|\blist_\w+\(|\barray_to_string\(": "macros/arrays.sql",
    r"\bstarts_with\(|\bends_with\(": "left, right",
    r"\bany_value\(": "max: of Spark's own NULL is one of the values",
    r"\bstrftime\(|\bstrptime\(|\bdate_diff\(|\bto_(days|months)\(|\bisodow\(": "macros/time.sql",
    r"\bby name\b|\bexclude \(|\basof join\b|\bignore nulls\b": "columns by name; last_known",
    r"\\": "a pattern of the macros, or chr(92): in a text of Spark's it begins a character",
    r"\bhash\(|\bsha256\(": "row_hash, keyed_hash",
    r"/ \(?\d+\.\d": "a double (12e0): of a decimal Spark keeps six places",
    r"\b(min|max)_by\(case\b": "filter (where …): of Spark's own NULL is one of the values",
}
"""What only DuckDB reads, or reads in its own way, and what is written instead."""


@pytest.mark.parametrize("words", DUCKDB_ALONE)
def test_models_are_written_in_sql_that_spark_reads_too(words: str) -> None:
    queries = {
        path.name: re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
        for folder in ("models", "tests")
        for path in (DBT_PROJECT_DIR / folder).rglob("*.sql")
    }
    macros = r"\{\{.*?\}\}|\{%.*?%\}"
    found = {name for name, query in queries.items() if re.search(words, re.sub(macros, "", query, flags=re.DOTALL))}
    assert not found, DUCKDB_ALONE[words]


def test_letters_lose_their_marks_on_spark_as_in_duckdb() -> None:
    macros = (DBT_PROJECT_DIR / "macros" / "text.sql").read_text(encoding="utf-8")
    lists = [re.search(rf"macro {name}\(\) %}}\{{\{{ return\('(\w+)'\)", macros) for name in LETTERS]
    marked, bare = (match[1] for match in lists if match)
    letters = [chr(code) for block in LATIN for code in block]
    with duckdb.connect() as connected:
        query = "select a, strip_accents(a) from (select unnest(?) as a) where lower(a) = a and strip_accents(a) <> a"
        assert dict(zip(marked, bare, strict=True)) == dict(connected.execute(query, [letters]).fetchall())


LETTERS = ("accented_letters", "unaccented_letters")
LATIN = (range(0xC0, 0x250), range(0x1E00, 0x1F00))

KINDS_AND_TITLES = {"xã", "tỉnh", "Thông báo 07/9/2014"}
"""What the data call their own: kinds of units, the title of a document."""


def test_no_model_words_what_a_reader_sees() -> None:
    """Sentences and labels stand in sentences.csv and labels.csv; int_words hands them to SQL."""
    literal = re.compile(r"'([^'\n]*[À-ỹ][^'\n]*)'")
    written = {
        (path.name, text)
        for path in (DBT_PROJECT_DIR / "models").rglob("*.sql")
        for text in literal.findall(re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8")))
        if text not in KINDS_AND_TITLES
    }
    assert not written


OUR_OWN_WORDS = set(
    """
    boundaries cell change change_type check_name component confidence criteria_set_document criteria_set_title
    criterion_name criterion_name_en decree description_en description_vi direction district_name commune_name field
    form format forms group_name group_name_en group_no id indicator indicator_no inspected_status item_kind kind
    lagging_unit_name latest_status measured_by measured_status missing_en missing_vi note observed_value official_source
    official_status outcome owner_kind part period plan_part plan_seed previous_status product_group
    progress_band province_name quarter reason reason_en reason_vi received_from recurrence registration_no
    message_key message_kind related_cell reported_cell reported_state reported_status reported_value reporter_name reporter_type
    severity sha256 size source state status suite target_name_en target_name_vi unit_level unit_name variant
    verdict verified_status message_vi message_en sector
    """.split()
)
"""Names of text columns, beside codes and ids, that hold words of our own lists and code, never a sender's."""


@pytest.fixture(scope="module")
def searched(manifest: dict[str, Any]) -> dict[str, list[str]]:
    """The published columns that are searched for names, by table."""
    macro = manifest["macros"]["macro.ntm.free_texts"]["macro_sql"]
    return ast.literal_eval(macro[macro.index("{{ return(") + len("{{ return(") : macro.rindex(") }}")].strip())


def test_what_a_test_of_our_own_shows_of_rows_was_written_by_nobody_else(
    manifest: dict[str, Any], searched: dict[str, list[str]]
) -> None:
    """Its rows stand in the sentence of a failed check, which is published as it is."""
    tests = [node for node in manifest["nodes"].values() if node["path"].startswith("assert_")]
    shown = {node["name"]: node["raw_code"].rpartition("\nselect")[2].partition("\nfrom")[0] for node in tests}
    theirs = {column for columns in searched.values() for column in columns} - {"target", "file"}  # here of our lists
    assert len(shown) > 8
    assert not {name: said for name, columns in shown.items() if (said := theirs & set(re.findall(r"\w+", columns)))}


def test_every_published_text_is_ours_or_searched_for_names(models: Nodes, searched: dict[str, list[str]]) -> None:
    published = {
        (f"{node['schema']}.{node['name']}", column["name"])
        for node in models
        if layer(node) in {"marts", "quality"}
        for column in node["columns"].values()
        if (column["data_type"] or "").lower() == "varchar"
    }
    named = {(table, column) for table, columns in searched.items() for column in columns}
    assert named <= published
    ours = ("_id", "_code", "_label_vi", "_label_en", "_short_name")
    assert not {pair for pair in published - named if pair[1] not in OUR_OWN_WORDS and not pair[1].endswith(ours)}
