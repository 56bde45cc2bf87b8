"""The same models on Spark: from what one run has landed, every table that DuckDB built."""

from pathlib import Path

import duckdb
import pytest

from tests.integration import on_spark
from tests.integration.conftest import AS_OF, Office

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(not on_spark.is_there(), reason="no Spark here: make test-spark"),
]
CLOCKED = {"quality.check_results"}
"""What checks after the build have added to."""
UNLIKE = {"content_hash", "row_id"}
"""Numbers that stand for rows within one build, and mean nothing beyond it."""


def test_every_model_has_the_same_rows_as_on_duckdb(finished: tuple[Office, str], tmp_path: Path) -> None:
    working = finished[0].home / "working.duckdb"
    with on_spark.opened(tmp_path) as spark, duckdb.connect(str(working), read_only=True) as connected:
        on_spark.land(spark, working, tmp_path)
        manifest = on_spark.build(tmp_path, AS_OF)
        models = {
            f"{node['schema']}.{node['alias']}"
            for node in manifest["nodes"].values()
            if node["resource_type"] == "model"
        }
        unequal = {
            table: found
            for table in sorted(models - CLOCKED)
            if (found := on_spark.differences(spark, table, connected, tmp_path, UNLIKE))
        }
    assert len(models) > 200
    assert not unequal
