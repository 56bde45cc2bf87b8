"""The country of the benchmark has every table that models read."""

from pathlib import Path
from typing import Any

import duckdb

from tests.benchmarks.country import Country, write_country


def test_it_has_every_source(manifest: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "working.duckdb"
    write_country(file, Country(districts=2, communes=4, months=3))
    with duckdb.connect(str(file), read_only=True) as connected:
        query = "select table_schema || '.' || table_name from information_schema.tables"
        present = {name for (name,) in connected.execute(query).fetchall()}
    sources = {f"{source['schema']}.{source['name']}" for source in manifest["sources"].values()}
    assert len(sources) > 30
    assert sources - present == set()
