"""The province and its office are rows of data: code, texts and definitions ask for them and name neither."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from pipelines.reference.models import LISTS, OF_PROVINCE
from pipelines.settings import SEEDS_DIR
from tests.unit.intake.workbooks import ROOT

NAMES = re.compile(r"""'42'|"42"|VPDP|hà tĩnh""", re.IGNORECASE)
NAMED_AND_WHY = {
    "documents of the province, by what their sources call them": {
        ("criteria_sets", "document"),
        ("criteria_sets", "issuer"),
        ("indicators", "region"),
        ("indicators", "note"),
    },
    "the words of the notice": {
        ("duties", "owner_vi"),
        ("duties", "duty_vi"),
        ("duties", "duty_en"),
        ("duties", "partners_vi"),
    },
}
"""Columns of lists that are any province's, in which a name may stand all the same."""


def texts(file: Path) -> Iterator[str]:
    """What a file makes a program say or ask: of Python each text but docstrings, of dbt's YAML all but rows of unit tests.

    Examples of either may be of a province.
    """
    content = file.read_text(encoding="utf-8")
    if file.suffix == ".yml":
        document = yaml.load(content, Loader=yaml.CSafeLoader)
        yield from _values(
            {key: value for key, value in document.items() if key != "unit_tests"}
            if isinstance(document, dict)
            else document
        )
    elif file.suffix == ".py":
        tree = ast.parse(content)
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                yield repr(node.value)
    else:
        yield content


def _values(part: Any) -> Iterator[str]:
    """Every text of a document, keys included, quoted as in the file."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from _values(key)
            yield from _values(value)
    elif isinstance(part, list):
        for value in part:
            yield from _values(value)
    else:
        yield repr(part)


def test_no_code_names_the_province_or_its_office() -> None:
    files = [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "pipelines").rglob("*.yml")]
    files += [*(ROOT / "pipelines" / "pages").rglob("*.j2"), *(ROOT / "expectations").glob("*.yml")]
    files += [*(ROOT / "dbt_project" / "models").rglob("*.sql"), *(ROOT / "dbt_project" / "models").rglob("*.yml")]
    files += [*(ROOT / "dbt_project" / "macros").glob("*.sql"), *(ROOT / "dbt_project" / "tests").rglob("*")]
    found = [file.name for file in files if file.is_file() for text in texts(file) if NAMES.search(text)]
    assert found == []


def test_lists_that_are_any_provinces_name_none() -> None:
    own = {model.name_of_list for model in OF_PROVINCE}
    named = set()
    for name in {model.name_of_list for model in LISTS if model.is_seeded} - own:
        with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                named |= {(name, column) for column, cell in row.items() if NAMES.search(cell or "")}
    assert named == set().union(*NAMED_AND_WHY.values())
