"""The models on Spark: what a run has landed as tables of a local session, dbt over them, and each table beside DuckDB's.

Here: the session, landing, building, comparing. Not here: which run, and what may differ (test_spark.py).
Spark is imported by name, when it is needed: an ordinary installation has none.
"""

import json
import shutil
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.settings import DBT_PROJECT_DIR

SETTINGS = {
    "spark.master": "local[2]",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.ui.enabled": "false",
    "spark.sql.catalogImplementation": "in-memory",
    # a small province is one partition, and its queries are done before the JVM has compiled what it made of them
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss8m",
    # as the profile has them, for what is landed before dbt begins
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}
DIGITS = 12
"""Of a number with a fraction, so many are compared: sums come in whatever order."""


@contextmanager
def opened(folder: Path) -> Generator[Any]:
    """Start Spark in this process, with its tables in that folder; dbt's own session is this one."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("default")  # Spark and dbt warn about themselves
        patch.chdir(folder)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = import_module("pyspark.sql").SparkSession.builder
        for name, value in (SETTINGS | {"spark.sql.warehouse.dir": str(folder / "warehouse")}).items():
            builder = builder.config(name, value)
        spark = builder.getOrCreate()
        spark.sparkContext.setLogLevel("OFF")
        try:
            yield spark
        finally:
            spark.stop()


def land(spark: Any, working: Path, folder: Path) -> None:
    """Write what stands in `landed` and `reference` of a working file as Parquet, and make tables of it."""
    with duckdb.connect(str(working), read_only=True) as connected:
        query = "select table_schema, table_name from information_schema.tables where table_schema in ('landed', 'reference')"
        for schema, name in connected.execute(query).fetchall():
            file = folder / schema / f"{name}.parquet"
            file.parent.mkdir(exist_ok=True)
            connected.execute(f"copy (from {schema}.{name}) to '{file}' (format parquet)")
            spark.sql(f"create database if not exists {schema}")
            spark.sql(f"create table {schema}.{name} using parquet location '{file}'")


def build(folder: Path, as_of: str, select: Sequence[str] = ()) -> dict[str, Any]:
    """Build and test with dbt in this session; returns its manifest. What fails is an AssertionError that names it."""
    from dbt.cli.main import dbtRunner  # noqa: PLC0415 (2 s)

    arguments = [
        *("--quiet", "--no-use-colors", "--log-path", str(folder)),
        *("build", "--target", "spark", "--exclude-resource-type", "unit_test", *select),
        *("--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)),
        *("--target-path", str(folder / "target"), "--vars", json.dumps({"as_of": as_of})),
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBT_SEND_ANONYMOUS_USAGE_STATS", "false")
        result = dbtRunner().invoke(arguments)
    results = getattr(result.result, "results", [])
    failed = {each.node.name: each.message for each in results if each.status in {"error", "fail"}}
    assert result.success, failed or result.exception
    return json.loads((folder / "target" / "manifest.json").read_text(encoding="utf-8"))


def differences(spark: Any, table: str, working: duckdb.DuckDBPyConnection, folder: Path, unlike: set[str]) -> str:
    """Return what differs between Spark's table and DuckDB's of that name, '' if nothing does; columns `unlike` may."""
    query = "select column_name, data_type from duckdb_columns() where schema_name || '.' || table_name = ?"
    types = dict(working.execute(query, [table]).fetchall())
    frame = spark.table(table)
    if set(frame.columns) != set(types):
        return f"columns {set(frame.columns) ^ set(types)}"
    files = folder / "compared" / table
    frame.write.parquet(str(files))
    columns = ", ".join(comparable(name, kind) for name, kind in types.items() if name not in unlike)
    theirs, ours = f"select {columns} from '{files}/*.parquet'", f"select {columns} from {table}"
    ((only_ours,),) = working.execute(f"select count(*) from ({ours} except all {theirs})").fetchall()
    ((only_theirs,),) = working.execute(f"select count(*) from ({theirs} except all {ours})").fetchall()
    return f"{only_ours} rows of DuckDB alone, {only_theirs} of Spark" if only_ours or only_theirs else ""


def comparable(name: str, kind: str) -> str:
    """A column of that type of DuckDB's as it is compared."""
    if kind in {"DOUBLE", "FLOAT"} or kind.startswith("DECIMAL"):
        return f'format(\'{{:.{DIGITS}g}}\', cast("{name}" as double)) as "{name}"'
    return f'cast("{name}" as {kind}) as "{name}"'


def is_there() -> bool:
    """Whether this environment has what `make test-spark` installs, and a Java to run it."""
    return all(find_spec(name) for name in ("pyspark", "dbt.adapters.spark")) and shutil.which("java") is not None
