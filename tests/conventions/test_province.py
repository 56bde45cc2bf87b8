"""The province and its office are rows of data; where SQL has to name them, it says what those rows say."""

import re

import pytest

from pipelines.reference.lists import read_lists
from pipelines.reference.models import Department, Unit
from pipelines.settings import SEEDS_DIR
from tests.unit.intake.workbooks import ROOT


@pytest.mark.parametrize("name", ["province_code", "coordination_office"])
def test_macro_says_what_the_lists_say(name: str) -> None:
    found = read_lists(SEEDS_DIR)
    codes = {
        "province_code": [row.code for row in found[Unit] if row.level == "province"],
        "coordination_office": [row.reporter_code for row in found[Department] if row.reporter_type == "office"],
    }
    text = (ROOT / "dbt_project" / "macros" / "province.sql").read_text(encoding="utf-8")
    assert re.findall(rf"macro {name}\(\) %}}'([^']*)'", text) == codes[name]


def test_no_other_code_names_the_province_or_its_office() -> None:
    words = re.compile(r"""'42'|"42"|VPDP|hà tĩnh""")
    files = [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "pipelines" / "products").glob("*.yml")]
    files += [*(ROOT / "dbt_project" / "models").rglob("*.sql")]
    files += [file for file in (ROOT / "dbt_project" / "macros").glob("*.sql") if file.stem != "province"]
    assert [file.name for file in files if words.search(file.read_text(encoding="utf-8"))] == []
