"""dbt's SQL without dbt: what the build of one run executed, again over other rows and as of other days.

Of the processor time that dbt takes for a model, DuckDB needs a sixth (measured in November 2026: 12 of 70 ms): a test of
what SQL makes of landed rows pays for the SQL alone. The statements are those that dbt wrote down as it executed them,
contracts and our materializations included; which of them go first is in its manifest.
Here: recording, choosing, executing. Not here: rows (landed.py), and dbt itself, which runs, plain dbt and unit tests start.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.settings import DBT_PROJECT_DIR

DAY = "2014-10-20"
"""As of which it is recorded; no model names that day itself."""
_REF = re.compile(r"ref\('(\w+)'\)")


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

    def failing_unit_tests(self, connected: duckdb.DuckDBPyConnection, as_of: str) -> dict[str, list[Any]]:
        """Return by dbt's unit test of a model what differs from its expectation, for those that fail.

        What a model reads is in the place of dbt's given rows, by types: every model must be built, with rows or without.
        The rows of a difference end with which side has them.
        """
        failed = {}
        for each in self.manifest["unit_tests"].values():
            model = each["depends_on"]["nodes"][0]
            day = ((each["overrides"] or {}).get("vars") or {}).get("as_of", as_of)
            query = self.compiled(self.manifest["nodes"][model]["name"], day)
            relations = {
                node["name"]: node["relation_name"]
                for node in (self.manifest["nodes"][parent] for parent in self.manifest["parent_map"][model])
            }
            for number, given in enumerate(each["given"]):
                relation = relations.pop(_REF.fullmatch(given["input"])[1])  # ty: ignore[not-subscriptable]
                _put_rows(connected, f"given_{number}", f"from {relation} limit 0", given["rows"])
                query = query.replace(relation, f"given_{number}")
            assert not relations, f"{each['name']}: nothing is given of {sorted(relations)}"
            columns = ", ".join(dict.fromkeys(name for row in each["expect"]["rows"] for name in row)) or "*"
            connected.execute(f"create or replace temp table actual as select {columns} from ({query})")
            _put_rows(connected, "expected", "from actual limit 0", each["expect"]["rows"])
            difference = connected.execute("""
                select *, 'actual' from (from actual except all from expected)
                union all select *, 'expected' from (from expected except all from actual)
            """)
            if rows := difference.fetchall():
                failed[f"{each['model']}: {each['name']}"] = rows
        return failed

    def compiled(self, name: str, as_of: str) -> str:
        """Return the query of a model, or that of a data test: the rows that fail it."""
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


def _put_rows(connected: duckdb.DuckDBPyConnection, table: str, like: str, rows: list[dict[str, Any]]) -> None:
    """Make a table with the columns of a query and the rows given; what a row does not name is NULL."""
    connected.execute(f"create or replace temp table {table} as {like}")
    for row in rows:
        places = ", ".join("?" * len(row))
        connected.execute(f"insert into {table} ({', '.join(row)}) values ({places})", list(row.values()))
