"""Where deliveries are read and models are built: on this machine, by DuckDB, or on a cluster, by Spark (docs/scale.md).

Here: what a run asks of whichever the settings name, and how DuckDB does it. What is received, what has to be read, verdicts,
checks and publication are the same for both. Not here: Spark (warehouse/spark/), and which of them it is (engines.py).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Self

import duckdb

from pipelines.settings import Settings
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.build import NodeResult, build
from pipelines.warehouse.deliveries import Limits
from pipelines.warehouse.landed_schema import LandedSchema
from pipelines.warehouse.reading import Reader, Readers


class Engine:
    """DuckDB on this machine: deliveries are landed in tables of the working file, in which dbt builds. A context of one run."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End what was started for the run."""

    def refuse_unusable(self) -> None:
        """Raise SettingsError, one line, if this engine can't work here: before anything begins."""

    def landed(self, connected: duckdb.DuckDBPyConnection, reader: Reader) -> LandedSchema:
        """Return schema `landed` of the working file that `connected` has open."""
        return LandedSchema(connected, reader)

    def readers(self, archive: Archive, reader: Reader, limits: Limits, processes: int | None) -> Readers:
        """Return what receives and reads; a context. `processes`: of this machine."""
        return Readers(archive, reader, limits, processes)

    def build(self, settings: Settings, select: Sequence[str], schemas: Collection[str]) -> Iterator[NodeResult]:  # noqa: ARG002
        """Build and test with dbt, as `build.build` says; models are of `schemas`. Nobody has the working file open."""
        yield from build(settings, select)

    def show_built(
        self, connected: duckdb.DuckDBPyConnection, nodes: Mapping[str, Any], results: Sequence[NodeResult]
    ) -> None:
        """See to it that what was built can be asked in the working file; `nodes` are those of dbt's manifest."""


THIS_MACHINE = Engine()
