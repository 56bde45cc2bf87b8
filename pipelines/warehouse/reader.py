"""Intake as loading uses it: one object that a reading process can be handed.

Here: the seam between `pipelines/intake` (pure functions over bytes) and load.py (paths, hints, tables). Nothing of
either side is decided here.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from pipelines.intake import Knowledge, intake_version, landed_schema, read_delivery
from pipelines.intake.definitions import Definitions, definitions
from pipelines.intake.forms import Forms, load_forms_of
from pipelines.intake.model import Hint, Reading
from pipelines.intake.register import hints, match_register
from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import Rule
from pipelines.warehouse import deliveries, own_forms
from pipelines.warehouse.deliveries import Delivery, Limits
from pipelines.warehouse.fitting import Schema, Tables
from pipelines.warehouse.reading import REGISTER_MATCHES

_OF_DELIVERY = (
    ("status", "VARCHAR"),
    ("reason", "VARCHAR"),
    ("reporter_code", "VARCHAR"),
    ("period", "VARCHAR"),
    ("cells", "BIGINT"),
)


@dataclass(frozen=True)
class IntakeReader:
    """Reads deliveries with reference lists and the limits of a day; both are loaded once per process, when first used."""

    seeds_dir: Path
    overlay_dir: Path
    as_of: date

    def __getstate__(self) -> dict[str, Any]:
        """Hand only the folders and the day to another process."""
        return {"seeds_dir": self.seeds_dir, "overlay_dir": self.overlay_dir, "as_of": self.as_of}

    @cached_property
    def lists(self) -> Lists:
        """The reference lists. Raises ListError for one that can't be used."""
        return read_lists(self.seeds_dir, self.overlay_dir)

    @cached_property
    def forms(self) -> Forms:
        """The definitions of all forms, ours and the office's own. Raises FormError for a wrong one."""
        return load_forms_of(self.lists)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Forms, units, reporters and limits."""
        return Knowledge.load(self.lists, self.as_of)

    @cached_property
    def version(self) -> str:
        """Hash of intake's code, forms and reference data, and of the code that takes archives apart."""
        how_taken_apart = Path(deliveries.__file__).read_bytes()
        return hashlib.sha256(intake_version(self.lists, self.as_of).encode() + how_taken_apart).hexdigest()[:16]

    @cached_property
    def schema(self) -> Schema:
        """Landed tables and their columns; of `deliveries` those that a reading fills."""
        return {**landed_schema(self.forms), "deliveries": _OF_DELIVERY}

    @cached_property
    def definitions(self) -> Definitions:
        """Forms, their fields, which rules look at them, and the words for a mark."""
        return definitions(self.forms, self.lists[Rule])

    @cached_property
    def views(self) -> dict[str, str]:
        """The views over the forms that the office has added."""
        return own_forms.views(self.forms)

    @cached_property
    def register_table(self) -> str:
        """The table of the form whose rows name files."""
        (table,) = [form.table for form in self.forms if {"file_name", "sender"} <= form.by_name.keys()]
        return table

    @property
    def limits(self) -> Limits:
        """What one file may hold and cost."""
        knowledge = self.knowledge
        return Limits(
            file_bytes=int(knowledge.file_size_max),
            unpacked_bytes=int(knowledge.file_unpacked_max),
            seconds=knowledge.read_seconds_max,
            seconds_per_mb=knowledge.read_seconds_max_per_mb,
            memory_bytes=int(knowledge.read_memory_max),
            still_seconds=knowledge.read_standstill_max,
        )

    def read(self, content: bytes, delivery: Delivery, hint: Hint) -> Tables:
        """Rows by table; a delivery with a trouble is F01, whose variant is the trouble."""
        return self.tables(self.reading(content, delivery, hint))

    def refuse(self, delivery: Delivery, hint: Hint, variant: str, detail: str = "") -> Tables:
        """Rows by table of a delivery that is not read: F01 with its variant."""
        return self.tables(self.refusal(delivery, hint, variant, detail))

    def reading(self, content: bytes, delivery: Delivery, hint: Hint) -> Reading:
        """What intake makes of a delivery."""
        if delivery.trouble:
            return self.refusal(delivery, hint, delivery.trouble)
        return read_delivery(content, delivery.path, hint, self.knowledge)

    def refusal(self, delivery: Delivery, hint: Hint, variant: str, detail: str = "") -> Reading:
        """What there is to say of a delivery that is not read: as of an empty file, for another reason."""
        reading = read_delivery(b"", delivery.path, hint, self.knowledge)
        about_limits = self._sizes(delivery, variant)
        about: dict[str, Any] = {
            name: tuple(row._replace(delivery_id=delivery.delivery_id) for row in getattr(reading, name))
            for name in ("findings", "evaluations")
        }
        about["findings"] = tuple(
            finding._replace(
                variant=variant, **(about_limits | ({"value": detail, "value_kind": None} if detail else {}))
            )
            for finding in about["findings"]
        )
        return replace(reading, delivery_id=delivery.delivery_id, sha256=delivery.sha256 or "", **about)

    def tables(self, reading: Reading) -> Tables:
        """Return a reading's rows by table."""
        return reading.tables() | {"deliveries": [tuple(getattr(reading, name) for name, _ in _OF_DELIVERY)]}

    def _sizes(self, delivery: Delivery, variant: str) -> dict[str, str | None]:
        """Return how large a delivery is, and the limit that it exceeded, as a finding has them."""
        limits = self.limits
        bytes_allowed = {
            "too_large": limits.file_bytes,
            "too_large_here": limits.file_bytes,
            "archive_too_large": limits.unpacked_bytes,
            "archive_too_large_here": limits.unpacked_bytes,
            "too_much_memory": limits.memory_bytes,
        }
        seconds_allowed = {
            "too_slow": limits.allowance(delivery.size or 0).seconds,
            "standstill": limits.still_seconds,
        }
        sizes: dict[str, str | None] = {}
        if delivery.size is not None:
            sizes |= {"value": str(delivery.size), "value_kind": "size"}
        if variant in bytes_allowed:
            sizes |= {"expected": str(bytes_allowed[variant]), "expected_kind": "size"}
        if variant in seconds_allowed:
            sizes |= {"expected": f"{seconds_allowed[variant]:.0f}", "expected_kind": "number"}
        return sizes

    def match(
        self, rows: Sequence[Mapping[str, Any]], paths: Sequence[str]
    ) -> tuple[list[tuple[Any, ...]], Mapping[str, Hint]]:
        """Register rows against paths: rows of REGISTER_MATCHES, and the hint of each path named."""
        matches = match_register(rows, paths)
        return [tuple(getattr(match, name) for name, _ in REGISTER_MATCHES) for match in matches], hints(matches)
