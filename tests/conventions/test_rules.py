"""Every rule of data quality stands once, speaks both languages, and has a test that fires it and one that does not."""

import csv
import re
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from tests.unit.intake.test_intake_rules import CASES

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "dbt_project" / "seeds"
OUTCOMES = ("fires", "keeps_quiet")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
KNOWN_PLACEHOLDERS = """
    value expected unit field reporter form period sheet cell related_value related_sheet related_cell difference file
    commune related_reporter related_place
""".split()


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RULES = {row["rule_id"]: row for row in seed("rules")}
VARIANTS = seed("rule_variants")
MODELS = ROOT / "dbt_project" / "models" / "intermediate" / "rules"


def test_rules_are_numbered_by_family_without_a_gap() -> None:
    ids = [row["rule_id"] for row in seed("rules")]
    assert len(set(ids)) == len(ids)
    for family, numbers in groupby(sorted(ids), key=lambda rule_id: rule_id[0]):
        assert family in "FREKXBD"
        found = list(numbers)
        assert found == [f"{family}{number:02}" for number in range(1, len(found) + 1)]


def test_every_variant_with_a_severity_of_its_own_belongs_to_a_rule_and_has_a_message() -> None:
    messages = {(row["rule_id"], row["variant"]) for row in seed("rule_messages")}
    assert {row["rule_id"] for row in seed("rule_messages")} == set(RULES)
    assert {(row["rule_id"], row["variant"]) for row in VARIANTS} <= messages
    assert len({(row["rule_id"], row["variant"]) for row in VARIANTS}) == len(VARIANTS)


def test_every_rule_that_is_sql_has_one_model_and_stands_in_the_union() -> None:
    """dbt has to know the models before it runs: a new one is named in the macro `sql_rules`."""
    models = {path.stem.removeprefix("rule_").upper() for path in MODELS.glob("rule_*.sql")}
    macro = (ROOT / "dbt_project" / "macros" / "rules.sql").read_text(encoding="utf-8")
    named = re.findall(r"'([A-Z]\d\d)'", macro.partition("macro sql_rules()")[2].partition("endmacro")[0])
    assert sorted(named) == sorted(models)
    assert models == {rule_id for rule_id, row in RULES.items() if "sql" in row["layer"].split(";")}


def test_no_rule_in_sql_says_how_bad_it_is() -> None:
    """Severities stand in rules.csv and rule_variants.csv alone."""
    written = re.compile(r"'(?:error|warning|info)'|\bseverity\b")
    files = [*MODELS.glob("rule_*.sql"), *(ROOT / "dbt_project" / "macros").glob("rules*.sql")]
    assert not [path.name for path in files if written.search(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("rule_id", RULES)
def test_rule_is_described_in_both_languages(rule_id: str) -> None:
    row = RULES[rule_id]
    assert row["description_vi"].strip()
    assert row["description_en"].strip()


@pytest.mark.parametrize("rule_id", RULES)
def test_rule_has_messages_that_name_known_things(rule_id: str) -> None:
    messages = [row for row in seed("rule_messages") if row["rule_id"] == rule_id]
    assert messages
    for row in messages:
        assert row["message_vi"].strip()
        assert row["message_en"].strip()
        named = set(PLACEHOLDER.findall(row["message_vi"])) | set(PLACEHOLDER.findall(row["message_en"]))
        assert named <= set(KNOWN_PLACEHOLDERS), row


def test_no_message_stands_twice() -> None:
    keys = Counter((row["rule_id"], row["variant"]) for row in seed("rule_messages"))
    assert not [key for key, count in keys.items() if count > 1]


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
