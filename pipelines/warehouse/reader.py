"""Intake as loading uses it: one object that a reading process can be handed.

Here: the seam between `pipelines/intake` (pure functions over bytes) and load.py (paths, hints, tables). Nothing of
either side is decided here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pipelines.intake import Knowledge, intake_version, landed_schema, read_delivery
from pipelines.intake.model import Hint
from pipelines.intake.register import hints, match_register
from pipelines.warehouse.deliveries import Delivery, Limits
from pipelines.warehouse.load import REGISTER_MATCHES, Schema, Tables

_OF_DELIVERY = (
    ("status", "VARCHAR"),
    ("reason", "VARCHAR"),
    ("reporter_code", "VARCHAR"),
    ("period", "VARCHAR"),
    ("cells", "BIGINT"),
)


@dataclass(frozen=True)
class IntakeReader:
    """Reads deliveries with the seeds and the office's overlays; knowledge is loaded once per process, when first used."""

    seeds_dir: Path
    overlay_dir: Path

    def __getstate__(self) -> dict[str, Path]:
        """Hand only the folders to another process."""
        return {"seeds_dir": self.seeds_dir, "overlay_dir": self.overlay_dir}

    @cached_property
    def knowledge(self) -> Knowledge:
        """Forms, units, reporters and limits."""
        return Knowledge.load(self.seeds_dir, self.overlay_dir)

    @cached_property
    def version(self) -> str:
        """Hash of intake's code, forms and reference data."""
        return intake_version(self.seeds_dir, self.overlay_dir)

    @cached_property
    def schema(self) -> Schema:
        """Landed tables and their columns; of `deliveries` those that a reading fills."""
        return {**landed_schema(self.knowledge), "deliveries": _OF_DELIVERY}

    @cached_property
    def register_table(self) -> str:
        """The table of the form whose rows name files."""
        (table,) = [form.table for form in self.knowledge.forms if {"file_name", "sender"} <= form.by_name.keys()]
        return table

    @property
    def limits(self) -> Limits:
        """What one file may hold, in bytes."""
        return Limits(int(self.knowledge.file_size_max), int(self.knowledge.file_unpacked_max))

    def read(self, content: bytes, delivery: Delivery, hint: Hint) -> Tables:
        """Rows by table; a delivery with a trouble is F01, whose variant is the trouble."""
        reading = read_delivery(content, delivery.path, hint, self.knowledge)
        tables = dict(reading.tables())
        if delivery.trouble:
            tables = {name: [self._of(row, delivery) for row in rows] for name, rows in tables.items()}
        tables["deliveries"] = [tuple(getattr(reading, name) for name, _ in _OF_DELIVERY)]
        return tables

    def match(
        self, rows: Sequence[Mapping[str, Any]], paths: Sequence[str]
    ) -> tuple[list[tuple[Any, ...]], Mapping[str, Hint]]:
        """Register rows against paths: rows of REGISTER_MATCHES, and the hint of each path named."""
        matches = match_register(rows, paths)
        return [tuple(getattr(match, name) for name, _ in REGISTER_MATCHES) for match in matches], hints(matches)

    def _of(self, row: Any, delivery: Delivery) -> Any:
        """Return a row about bytes that could not be had, as one about this delivery."""
        row = row._replace(delivery_id=delivery.delivery_id)
        if not hasattr(row, "variant"):
            return row
        allowed = {"too_large": self.limits.file_bytes, "archive_too_large": self.limits.unpacked_bytes}
        return row._replace(
            variant=delivery.trouble,
            value=_megabytes(delivery.size),
            expected=_megabytes(allowed.get(delivery.trouble)),
        )


def _megabytes(size: int | None) -> str | None:
    return None if size is None else f"{size / 1e6:.1f} MB".replace(".", ",")
