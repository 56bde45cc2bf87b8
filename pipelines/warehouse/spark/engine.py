"""Spark as the engine of a run: the parts of this folder, put together.

Here: what a run asks of an engine, done by the cluster. Not here: how.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import duckdb

from pipelines.settings import Settings, SparkSettings
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.build import NodeResult, build
from pipelines.warehouse.deliveries import Limits
from pipelines.warehouse.engine import Engine
from pipelines.warehouse.reading import Reader, Readers
from pipelines.warehouse.spark.batches import BatchFolder
from pipelines.warehouse.spark.landing import ParquetLanded
from pipelines.warehouse.spark.reading import ClusterReaders
from pipelines.warehouse.spark.session import ClusterError, SparkCluster, refuse_unusable
from pipelines.warehouse.spark.tables import Build, show_landed


class SparkEngine(Engine):
    """A cluster: deliveries are landed as Parquet, dbt builds on Spark, and the working file has views over both."""

    def __init__(self, settings: Settings) -> None:
        self._spark = settings.spark or SparkSettings()
        self._cluster = SparkCluster(settings, self._spark)
        self._landed = BatchFolder(settings.spark_dir / "landed")
        self._build: Build | None = None

    def __exit__(self, *_: object) -> None:
        """Stop the session."""
        self._cluster.stop()

    def refuse_unusable(self) -> None:
        """Raise SettingsError where Spark can't work here."""
        refuse_unusable(self._spark)

    def landed(self, connected: duckdb.DuckDBPyConnection, reader: Reader) -> ParquetLanded:
        """Return schema `landed`, whose rows lie in batches."""
        return ParquetLanded(connected, reader, self._landed)

    def readers(self, archive: Archive, reader: Reader, limits: Limits, processes: int | None) -> Readers:
        """Return what receives here and reads on the cluster."""
        return ClusterReaders(archive, reader, limits, processes, self._cluster, self._landed)

    def build(self, settings: Settings, select: Sequence[str], schemas: Collection[str]) -> Iterator[NodeResult]:
        """Build on the cluster. Of a part of the models all that they stand on is built, too: Spark keeps no tables.

        Raises ClusterError where the cluster was lost.
        """
        try:
            with self._cluster.asked() as session:
                with duckdb.connect(str(settings.working_file), read_only=True) as connected:
                    show_landed(session, connected, self._landed, settings.spark_dir / "shown")
                self._build = Build(settings.spark_dir / "builds")
                self._build.begin(session, schemas)
                yield from build(settings, [f"+{each}" for each in select], give_up=self._cluster.stop)
        finally:
            if self._cluster.lost:
                raise ClusterError(self._cluster.lost)

    def show_built(
        self, connected: duckdb.DuckDBPyConnection, nodes: Mapping[str, Any], results: Sequence[NodeResult]
    ) -> None:
        """Make views of what was built, if a build was begun."""
        if self._build is not None:
            self._build.show(connected, nodes, results)
