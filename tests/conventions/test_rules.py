"""Every rule of data quality has its messages, a test that fires it and one that does not.

That it stands once and speaks both languages is the shape of the list (pipelines/reference/models.py).
"""

import re
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.reference.lists import read_lists
from pipelines.reference.models import Rule, RuleMessage, RuleVariant
from pipelines.settings import SEEDS_DIR
from tests.unit.intake.test_intake_rules import CASES

ROOT = Path(__file__).parents[2]
OUTCOMES = ("fires", "keeps_quiet")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
KNOWN_PLACEHOLDERS = """
    value expected unit field reporter form period sheet cell related_value related_sheet related_cell difference file
    commune related_reporter related_place further_fields
""".split()


LISTS = read_lists(SEEDS_DIR)
RULES = {row.rule_id: row for row in LISTS[Rule]}
MODELS = ROOT / "dbt_project" / "models" / "intermediate" / "rules"
MACRO_OF_SOURCES = ROOT / "dbt_project" / "macros" / "rules_between_sources.sql"


def test_rules_are_numbered_by_family_without_a_gap() -> None:
    for family, numbers in groupby(sorted(RULES), key=lambda rule_id: rule_id[0]):
        assert family in "FREKXBD"
        found = list(numbers)
        assert found == [f"{family}{number:02}" for number in range(1, len(found) + 1)]


def test_every_rule_and_every_variant_with_a_severity_of_its_own_has_a_message() -> None:
    messages = {(row.rule_id, row.variant) for row in LISTS[RuleMessage]}
    assert {rule_id for rule_id, _ in messages} == set(RULES)
    assert {(row.rule_id, row.variant) for row in LISTS[RuleVariant]} <= messages


def test_every_rule_that_is_sql_has_one_model_and_stands_in_the_union() -> None:
    """dbt has to know the models before it runs: a new one is named in the macro `sql_rules`."""
    models = {path.stem.removeprefix("rule_").upper() for path in MODELS.glob("rule_*.sql")}
    macro = (ROOT / "dbt_project" / "macros" / "rules.sql").read_text(encoding="utf-8")
    named = re.findall(r"'([A-Z]\d\d)'", macro.partition("macro sql_rules()")[2].partition("endmacro")[0])
    assert sorted(named) == sorted(models)
    assert models == {rule_id for rule_id, row in RULES.items() if "sql" in row.layer.split(";")}


def test_every_reason_why_a_rule_was_not_evaluated_has_words() -> None:
    """The words of a reason are those of the catalogue's list."""
    catalogue = yaml.load(
        (ROOT / "pipelines" / "warehouse" / "catalogue.yml").read_text("utf-8"), Loader=yaml.CSafeLoader
    )
    (listed,) = [
        each["values"]
        for each in catalogue["codes"]
        if each.get("within") == ["quality.rule_results"] and "values" in each
    ]
    sql = "".join(file.read_text(encoding="utf-8") for file in [*MODELS.glob("rule_*.sql"), MACRO_OF_SOURCES])
    expressions = re.findall(r"'outcome_reason': \"(.*?)\",", sql)
    expressions += re.findall(
        r"\bcase\b(?:(?!\bcase\b|\bend as\b).)*?end as (?:outcome_reason|obstacle|hindrance)\b", sql, re.DOTALL
    )
    expressions += re.findall(r".* as outcome_reason", sql)
    reasons = {code for each in expressions for code in re.findall(r"(?:then|else|obstacle,|^\s+) ?'(\w+)'", each)}
    assert {"told_before", "side_unknown", "no_report"} <= reasons <= set(listed)


def test_intake_does_not_say_how_bad_a_finding_is() -> None:
    """Severities are joined where findings are made. (What a form's definition asks of wards is a word of that definition.)"""
    written = re.compile(r'\bseverity=|"(?:warning|info)"|, "error"')
    intake = ROOT / "pipelines" / "intake"
    files = [path for path in intake.rglob("*.py") if path.parent != intake / "forms"]
    assert files
    assert not [path.name for path in files if written.search(path.read_text(encoding="utf-8"))]


def test_no_rule_in_sql_says_how_bad_it_is() -> None:
    """Severities stand in rules.csv and rule_variants.csv alone."""
    written = re.compile(r"'(?:error|warning|info)'|\bseverity\b")
    files = [*MODELS.glob("rule_*.sql"), *(ROOT / "dbt_project" / "macros").glob("rules*.sql")]
    assert not [path.name for path in files if written.search(path.read_text(encoding="utf-8"))]


APART_FROM_TERRITORY = {
    "F07": "compares the bytes of two files",
    "F08": "compares two versions of one report",
    "X05": "compares the words of two reports, not what they say of a place",
    "X07": "compares two versions of one report",
}


def test_every_rule_over_time_compares_within_one_territory(manifest: dict[str, Any]) -> None:
    """A rule that looks at an earlier row asks the macro itself, or reads a model that pairs the rows and asks."""
    models = {node["name"]: node for node in manifest["nodes"].values() if node["resource_type"] == "model"}
    looking_back = {name for name, node in models.items() if "earlier" in node["raw_code"]}
    asking = {
        name
        for name, node in models.items()
        if any(macro.endswith(".is_same_territory") for macro in node["depends_on"]["macros"])
    }
    rules = {name.removeprefix("rule_").upper() for name in looking_back if name.startswith("rule_")}
    rules |= {rule_id for rule_id in RULES if rule_id[0] == "X"}
    assert rules > APART_FROM_TERRITORY.keys(), "a reason that nothing needs any more"
    for rule_id in rules - APART_FROM_TERRITORY.keys():
        name = f"rule_{rule_id.lower()}"
        parents = {parent.split(".")[-1] for parent in models[name]["depends_on"]["nodes"]}
        pairing = {parent for parent in parents & looking_back if not parent.startswith("rule_")}
        assert pairing <= asking, rule_id
        assert pairing or name in asking, rule_id


@pytest.mark.parametrize("row", LISTS[RuleMessage], ids=lambda row: f"{row.rule_id}{row.variant}")
def test_messages_name_known_things_alone(row: RuleMessage) -> None:
    named = set(PLACEHOLDER.findall(row.message_vi)) | set(PLACEHOLDER.findall(row.message_en))
    assert named <= set(KNOWN_PLACEHOLDERS)


QUOTED = re.compile(r'"[^"]*"')
VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|is|are|of|was|not|row|column|sheet|cell|please)\b", re.IGNORECASE)
MENUS = ("(Save As)", "(Data → Text to Columns)")


@pytest.mark.parametrize("row", LISTS[RuleMessage], ids=lambda row: f"{row.rule_id}{row.variant}")
def test_a_message_is_of_one_language_but_for_what_it_quotes(row: RuleMessage) -> None:
    vi, en = (PLACEHOLDER.sub("", QUOTED.sub("", text)) for text in (row.message_vi, row.message_en))
    for menu in MENUS:
        vi = vi.replace(menu, "")
    assert not VIETNAMESE.search(en)
    assert not ENGLISH.search(vi)


@cache
def names_of_tests() -> set[str]:
    """Names of pytest functions, of dbt unit tests, and of the table of intake's rules, which is run both ways."""
    names = {f"{rule.lower()}_{outcome}" for rule in CASES for outcome in OUTCOMES}
    for path in (ROOT / "tests").rglob("test_*.py"):
        names |= set(re.findall(r"def test_(\w+)", path.read_text(encoding="utf-8")))
    for path in (ROOT / "dbt_project" / "models").rglob("*.yml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        names |= {test["name"] for test in content.get("unit_tests", [])}
    return names


@pytest.mark.parametrize("rule_id", RULES)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_rule_has_a_test(rule_id: str, outcome: str) -> None:
    """By name: `…<rule>…fires…` and `…<rule>…keeps_quiet…`, in pytest or as a dbt unit test."""
    pattern = re.compile(rf"{rule_id.lower()}(?:_\w+)?_{outcome}")
    assert any(pattern.search(name) for name in names_of_tests())
