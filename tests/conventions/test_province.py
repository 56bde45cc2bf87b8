"""The province and its office are rows of data: code asks for them and names neither."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.unit.intake.workbooks import ROOT

NAMES = re.compile(r"""'42'|"42"|VPDP|hà tĩnh""", re.IGNORECASE)


def texts(file: Path) -> Iterator[str]:
    """What a file makes a program say or ask: of Python each text but docstrings, whose examples may be of a province."""
    content = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        yield content
        return
    tree = ast.parse(content)
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield repr(node.value)


def test_no_code_names_the_province_or_its_office() -> None:
    files = [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "pipelines" / "products").glob("*.yml")]
    files += [*(ROOT / "pipelines" / "pages").rglob("*.j2")]
    files += [*(ROOT / "dbt_project" / "models").rglob("*.sql")]
    files += [*(ROOT / "dbt_project" / "macros").glob("*.sql"), *(ROOT / "dbt_project" / "tests").rglob("*.sql")]
    assert [file.name for file in files for text in texts(file) if NAMES.search(text)] == []
