"""dbt's SQL without dbt: what the build of one run executed, again over other rows and as of other days.

Of the processor time that dbt takes for a model, DuckDB needs a sixth (measured in November 2026: 12 of 70 ms): a test of
what SQL makes of landed rows pays for the SQL alone. The statements are those that dbt wrote down as it executed them,
contracts and our materializations included; which of them go first is in its manifest.
Here: recording, choosing, executing. Not here: rows (landed.py), and dbt itself, which runs, plain dbt and unit tests start.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.settings import DBT_PROJECT_DIR

DAY = "2014-10-20"
"""As of which it is recorded; no model names that day itself."""


@dataclass(frozen=True)
class Recording:
    """A build that dbt has made: its manifest, and the folder with a file for each statement."""

    manifest: Mapping[str, Any]
    folder: Path

    def __post_init__(self) -> None:
        named = [file.name for file in DBT_PROJECT_DIR.rglob("*.sql") if DAY in file.read_text(encoding="utf-8")]
        assert not named, f"{named} name the day of the recording"

    def play(
        self, connected: duckdb.DuckDBPyConnection, as_of: str, select: str, *, is_tested: bool = True
    ) -> dict[str, int]:
        """Build what is selected, and test it, as of a day; returns the data tests that warn, with the rows that fail them.

        One that fails is an AssertionError with its name.
        `select`: as for dbt, of '+model' and '+path:models/folder' the union. The file is called working.duckdb.
        """
        files = {file.name: file for file in self.folder.rglob("*.sql")}
        nodes = self.manifest["nodes"]
        chosen = list(self._choose(select))
        connected.execute("set preserve_insertion_order = false")  # as our profile does
        connected.execute(
            "set threads = 1"
        )  # of so few rows a second one makes only work: a quarter of the processor time
        connected.begin()  # and each transaction of its own a sixth
        for schema in {nodes[each]["schema"] for each in chosen}:
            connected.execute(f'create schema if not exists "{schema}"')
        tests = [each for each in self._tests(set(chosen)) if is_tested]
        failed: dict[str, dict[str, int]] = {"warn": {}, "error": {}}
        for each in (*chosen, *tests):
            statement = files[Path(nodes[each]["path"]).name].read_text(encoding="utf-8").replace(DAY, as_of)
            result = connected.execute(statement)
            if each in tests:
                ((rows, _, is_failed),) = result.fetchall()
                if is_failed:
                    failed[nodes[each]["config"]["severity"].lower()][nodes[each]["name"]] = rows
        connected.commit()
        assert not failed["error"]
        return failed["warn"]

    def compiled(self, name: str, as_of: str) -> str:
        """Return the query of a data test: the rows that fail it."""
        (file,) = (self.folder.parent / "compiled").rglob(f"{name}.sql")
        return file.read_text(encoding="utf-8").replace(DAY, as_of)

    def _choose(self, select: str) -> Iterator[str]:
        """Yield the models selected and all that they read, parents first."""
        nodes = self.manifest["nodes"]
        models = {each: node for each, node in nodes.items() if node["resource_type"] == "model"}
        seen: set[str] = set()

        def walk(each: str) -> Iterator[str]:
            if each in models and each not in seen:
                seen.add(each)
                for parent in models[each]["depends_on"]["nodes"]:
                    yield from walk(parent)
                yield each

        for word in select.split():
            kind, _, name = word.removeprefix("+").rpartition(":")
            found = [
                each
                for each, node in models.items()
                if (node["original_file_path"].startswith(f"{name}/") if kind else node["name"] == name)
            ]
            assert found, f"no model is {word}"
            for each in found:
                yield from walk(each)

    def _tests(self, chosen: set[str]) -> Iterator[str]:
        """Yield the data tests of which every model is chosen."""
        for each, node in self.manifest["nodes"].items():
            if node["resource_type"] == "test":
                models = {parent for parent in node["depends_on"]["nodes"] if parent.startswith("model.")}
                if models and models <= chosen:
                    yield each
