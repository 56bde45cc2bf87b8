"""Names and prose: the grammar of docs/conventions.md, as far as a test can hold it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
RIDDLES = re.compile(r"_?(?:tell|told|glance|stands|dress|of|said|follows_from|remember|forget)(?:_.*)?$")
DENIED = re.compile(r"(?<!here )\b(?:is|was) no (?!longer\b|more\b|harm\b|such\b|other\b)\w+")
_JOINT = "|".join("and as at by for from has in is not of on or than to where with without".split())
_COUNTED = "answer|channel|commune|criterion|delivery|file|form|process|reporter|row|run|sheet|step|submission|suite|table|trip"
RATES = re.compile(rf"\b(?:one|an?|once) (?:(?!(?:{_JOINT})\b)\w+ )?an? (?:{_COUNTED})\b")
UNSAYING = {"said", "told", "known", "found"}
SPOKEN = {".py", ".sql", ".md", ".yml", ".j2"}


def functions() -> Iterator[tuple[Path, str]]:
    """Every function of the package, with its file."""
    for path in sorted((ROOT / "pipelines").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path, node.name


def lines() -> Iterator[tuple[str, str]]:
    """Every line of prose and code that people read, with its place."""
    for folder in ("pipelines", "dbt_project/macros", "dbt_project/models", "docs"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SPOKEN and path.name != "conventions.md":
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                    yield f"{path.relative_to(ROOT)}:{number}", line


def test_no_function_is_called_by_a_riddle() -> None:
    assert not [f"{path.relative_to(ROOT)}: {name}" for path, name in functions() if RIDDLES.fullmatch(name)]


def test_variables_say_what_is_in_them() -> None:
    """Of the variables and arguments of functions; a field of a class may say what somebody said."""
    named = []
    for path in sorted((ROOT / "pipelines").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                variables = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
                named += [f"{path.relative_to(ROOT)}: {name} in {node.name}" for name in variables & UNSAYING]
    assert not named


def test_what_is_denied_is_not_a_thing_rather_than_no_thing() -> None:
    assert not [f"{place}: {match[0]}" for place, line in lines() if (match := DENIED.search(line))]


def test_rates_are_per_something() -> None:
    assert not [f"{place}: {match[0]}" for place, line in lines() if (match := RATES.search(line))]
