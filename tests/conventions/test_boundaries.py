"""What may import what, and who may read the environment: the walls between the rooms of docs/architecture.md."""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PIPELINES = ROOT / "pipelines"


def modules(*folders: str) -> list[Path]:
    """Python files under the folders of `pipelines/`."""
    return sorted(path for folder in folders for path in (PIPELINES / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """First parts and full names of everything a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names | {name.split(".")[0] for name in names}


@pytest.mark.parametrize(
    "path", modules("reference", "intake", "mail", "warehouse", "products"), ids=lambda p: str(p.relative_to(ROOT))
)
def test_domain_code_knows_no_dagster(path: Path) -> None:
    assert not {name for name in imported(path) if name.startswith(("dagster", "pipelines.defs"))}


@pytest.mark.parametrize("path", modules("intake"), ids=lambda p: str(p.relative_to(ROOT)))
def test_intake_knows_no_database(path: Path) -> None:
    assert not imported(path) & {"duckdb", "pandas", "pipelines.warehouse", "pipelines.products"}


@pytest.mark.parametrize("path", modules("reference"), ids=lambda p: str(p.relative_to(ROOT)))
def test_reference_stands_on_nothing_of_ours(path: Path) -> None:
    """Intake, loading, schedules and products all use it."""
    ours = {name for name in imported(path) if name.startswith("pipelines.")}
    assert all(name.startswith("pipelines.reference") for name in ours)
    assert not imported(path) & {"duckdb", "pandas"}


def test_no_module_imports_itself_by_way_of_others() -> None:
    paths = {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in modules("")}
    graph: dict[str, set[str]] = {}
    for name, path in paths.items():
        nodes = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.ImportFrom)]
        full = {(str(node.module), f"{node.module}.{alias.name}") for node in nodes for alias in node.names}
        graph[name] = {inner if inner in paths else outer for outer, inner in full} & paths.keys()
    assert list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def test_whoever_catches_everything_says_why() -> None:
    broad = re.compile(r"except\s*(?:\(?[\w, ]*\b(?:Base)?Exception\b[^:]*)?:(.*)")
    reasons = [(path.name, line) for path in modules("") for line in broad.findall(path.read_text(encoding="utf-8"))]
    assert len(reasons) > 10
    assert [each for each in reasons if not re.search(r"[a-z]{2,} [a-z]{2,}", each[1])] == []


def test_only_the_suites_module_uses_great_expectations() -> None:
    users = {p.name for p in PIPELINES.rglob("*.py") if "great_expectations" in imported(p)}
    assert users <= {"quality.py"}


def test_who_does_not_use_spark_imports_none_of_it() -> None:
    """Its folder is imported in one function; pyspark by name in one module."""
    outside = [path for path in modules("") if path.parent.name != "spark"]
    users = {
        path.name for path in outside if any(name.startswith("pipelines.warehouse.spark") for name in imported(path))
    }
    assert users == {"engines.py"}
    top = ast.parse((PIPELINES / "warehouse" / "engines.py").read_text(encoding="utf-8")).body
    assert not [
        n for n in top if isinstance(n, ast.ImportFrom) and (n.module or "").startswith("pipelines.warehouse.spark")
    ]
    assert not [path for path in modules("") if {"pyspark", "py4j"} & imported(path)]
    named = {
        path.name for path in modules("") if re.search(r'import_module\("pyspark', path.read_text(encoding="utf-8"))
    }
    assert named == {"session.py"}


def test_only_settings_reads_the_environment() -> None:
    readers = {
        str(p.relative_to(PIPELINES))
        for p in PIPELINES.rglob("*.py")
        if re.search(r"\bos\.environ\b|\bos\.getenv\b|\bgetenv\(", p.read_text(encoding="utf-8"))
    }
    assert readers <= {"settings.py"}


# Dagster exports no storage, and has no setting that holds its files open (a quarter of a run, measured there).
PRIVATE_AND_WHY = {("history.py", "dagster._core.storage.event_log")}


def test_no_private_parts_of_frameworks() -> None:
    private = {
        (path.name, name)
        for path in PIPELINES.rglob("*.py")
        for name in imported(path)
        if re.match(r"(dagster|dagster_dbt|dbt|great_expectations|duckdb)\..*\b_", name)
    }
    assert private == PRIVATE_AND_WHY


def test_no_form_stands_by_name_in_python() -> None:
    """A new form is a new file: code that names one would need a change with it."""
    forms = {path.stem for path in (PIPELINES / "intake" / "forms").glob("*.yml")}
    assert forms, "no form definitions found"
    pattern = re.compile(r"""["'](?:""" + "|".join(forms) + r""")["']""", re.IGNORECASE)
    named = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in PIPELINES.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    }
    assert not named


def tracked_text() -> list[Path]:
    """Text files of the project that people read or edit."""
    suffixes = {".py", ".sql", ".yml", ".yaml", ".md", ".toml", ".csv", ".txt", ".lock", ""}
    skipped = {
        ".git",
        ".venv",
        "var",
        "raw",
        "target",
        "logs",
        "__pycache__",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
    }
    return [
        path
        for path in ROOT.rglob("*")
        if path.is_file() and path.suffix in suffixes and not skipped & set(path.relative_to(ROOT).parts)
    ]


def test_no_file_names_a_package_registry() -> None:
    host = re.compile(r"pypi\." + r"org|python" + r"hosted\.org|npm" + r"js\.(org|com)|deb\.deb" + r"ian\.org")
    assert not [path for path in tracked_text() if host.search(path.read_text(encoding="utf-8", errors="ignore"))]
