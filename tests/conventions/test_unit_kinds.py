"""Kinds of units and of their changes: every place that names them names them all."""

import re
from datetime import date
from typing import get_args

import pytest
import yaml

from pipelines.intake import Knowledge
from pipelines.reference.lists import read_list, read_lists
from pipelines.reference.models import Label, UnitChange
from pipelines.reference.unit_kinds import COMMUNE_KINDS, DISTRICT_KINDS
from pipelines.settings import CHECKOUT, DBT_PROJECT_DIR, SEEDS_DIR

UNITS = (DBT_PROJECT_DIR / "macros" / "units.sql").read_text(encoding="utf-8")
TERRITORIES = (DBT_PROJECT_DIR / "macros" / "territories.sql").read_text(encoding="utf-8")
CATALOGUE = yaml.load(
    (CHECKOUT / "pipelines" / "warehouse" / "catalogue.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
)


@pytest.mark.parametrize("kind", [*COMMUNE_KINDS, *DISTRICT_KINDS])
def test_a_kind_has_a_word_and_a_short_name(kind: str) -> None:
    assert f"kind.{kind}" in {row.code for row in read_list(Label, SEEDS_DIR)}
    assert f"like '{kind.capitalize()} %'" in UNITS


@pytest.mark.parametrize(
    ("table", "kinds"), [("marts.dim_communes", COMMUNE_KINDS), ("marts.dim_districts", DISTRICT_KINDS)]
)
def test_the_catalogue_lists_the_kinds(table: str, kinds: dict[str, tuple[str, ...]]) -> None:
    (listed,) = [
        each["values"] for each in CATALOGUE["codes"] if each["columns"] == ["kind"] and table in each.get("within", [])
    ]
    assert set(listed) == set(kinds)


def test_python_and_sql_say_alike_which_changes_give_another_territory() -> None:
    (named,) = re.findall(r"macro changes_territory.*? in \((.*?)\)", TERRITORIES)
    changes = Knowledge.load(read_lists(SEEDS_DIR), date(2015, 7, 20)).units.changes
    assert {change.type for change in changes} == set(get_args(UnitChange.model_fields["change_type"].annotation))
    assert {change.type for change in changes if change.changes_territory} == set(re.findall(r"'(\w+)'", named))
