"""Administrative units and reporters by name, at a date. Never a nearest neighbour: a name is known, repaired or unknown.

Here: resolution of names against the reference lists. No form, no cell, no finding.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Resolution:
    """A name resolved at a date: exact | repaired (R06) | other_district (R02) | unknown (R01)."""

    code: str | None
    kind: str | None
    district_code: str | None
    state: Literal["exact", "repaired", "other_district", "unknown"]
    expected: str | None = None
    suggestions: tuple[tuple[str, str], ...] = ()


class UnitIndex:
    """All units with their validity."""

    def __init__(
        self,
        units: Iterable[Mapping[str, str]],
        aliases: Iterable[Mapping[str, str]],
        changes: Iterable[Mapping[str, str]],
    ) -> None:
        raise NotImplementedError

    def resolve_commune(
        self, name: str, on: date, district_code: str | None = None, code: str | None = None
    ) -> Resolution:
        """Resolve a commune's name as a reporter of the district wrote it."""
        raise NotImplementedError

    def resolve_district(self, name: str, on: date) -> Resolution:
        """Resolve a district's name."""
        raise NotImplementedError

    def communes_of(
        self, district_code: str, on: date, kinds: Collection[str] = ("xã",)
    ) -> list[tuple[str, str]]:
        """Return (code, official name) of the district's communes of these kinds."""
        raise NotImplementedError


class ReporterIndex:
    """All reporters: districts, departments, media, the office."""

    def __init__(self, units: UnitIndex, departments: Iterable[Mapping[str, str]]) -> None:
        raise NotImplementedError

    def resolve_reporter(self, text: str, on: date) -> str | None:
        """Return the reporter_code that the text names, None when unknown or ambiguous."""
        raise NotImplementedError

    def find_reporter(self, texts: Sequence[str], on: date) -> str | None:
        """Return the reporter that a block of heading cells names (issuing body at top left)."""
        raise NotImplementedError

    def resolve_owners(self, text: str, on: date) -> tuple[str, ...]:
        """Return the reporters that an owner cell of V02 names, all districts or all departments included."""
        raise NotImplementedError
