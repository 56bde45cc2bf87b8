"""Places and reporters of a row: its commune, district, sender or owners, resolved with their findings (R01, R02, R05, R06, E03).

Here: what follows for a row from how its name was resolved. How a name is resolved is `units` and `reporters`.
"""

import re
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from pipelines.intake.expected import Expected
from pipelines.intake.extract import Extractor
from pipelines.intake.forms import Field
from pipelines.intake.landedrow import UNUSED, Row
from pipelines.intake.model import Place
from pipelines.intake.text import clean
from pipelines.reference.models import DISTRICT

_A_YEAR = timedelta(days=365)
_LISTING = re.compile(r"[\n,;/+&]|\bvà\b")


class PlaceResolver:
    """Resolves the names of one submission's rows; a commune needs the district of its row, which is resolved before it."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor
        self.form, self.knowledge, self.context = extractor.form, extractor.knowledge, extractor.context
        self.own_district = self.form.position.get("district")

    def resolve(self, row: Row, place: Place, item: Field, raw: Any, district: str | None) -> None:
        """Resolve the name that a row has in a field; `raw`: the cell; `district`: what the rows above it are of."""
        if item.type == "commune":
            self._resolve_commune(row, place, item, raw, district)
        elif item.type == "district":
            self._resolve_district(row, place, item)
        else:
            self._resolve_reporter(row, place, item, raw)

    def _resolve_district(self, row: Row, place: Place, item: Field) -> None:
        position = self.form.position[item.name]
        name = row.out[position]
        resolution = self.knowledge.units.resolve_district(name, self.context.on)
        row.out[position + 1] = resolution.code
        self.extractor.cells_checked["unit"] += 1
        row.unit, row.unit_name = resolution, name
        if resolution.state == "unknown":
            row.unreadable.append(item.name)
            if any(item.name in names for names in self.form.key) and "commune" not in self.form.by_name:
                row.out[UNUSED] = "R01"
            variant = "" if resolution.expected else "no_name"
            self.extractor.report(
                "R01", row.sheet, place, item, name, Expected(resolution.expected), variant=variant, row=row
            )
        elif resolution.state == "repaired":
            self.extractor.report("R06", row.sheet, place, item, name, Expected(resolution.expected), row=row)

    def _resolve_commune(self, row: Row, place: Place, item: Field, raw: Any, district: str | None) -> None:
        position = self.form.position[item.name]
        name = row.out[position]
        district = (row.out[self.own_district + 1] if self.own_district is not None else None) or district
        resolution = self.knowledge.units.resolve_commune(name, self.context.on, district)
        self.extractor.cells_checked["unit"] += 1
        row.unit, row.unit_name = resolution, name
        row.out[position + 1] = resolution.code
        is_ward = self.form.wards_warn and resolution.kind != "xã"
        if resolution.state == "exact" and not is_ward:
            return
        report = partial(self.extractor.report, sheet=row.sheet, place=place, item=item, value=name, row=row)
        if resolution.state == "unknown":
            row.out[position + 2] = resolution.suggestions[0][0] if resolution.suggestions else None
            row.out[UNUSED] = "R01"
            several = self._find_listed(raw, district)
            variant = "several" if several else "" if resolution.expected else "no_name"
            report("R01", expected=Expected(several or resolution.expected), variant=variant)
            return
        if resolution.state == "other_district":
            row.out[UNUSED] = "R02"
            is_of_district = DISTRICT in self.knowledge.reporters.types(self.context.territory)
            report("R02", expected=Expected(resolution.expected), variant="" if is_of_district else "territory")
            return
        if resolution.state == "repaired":
            report("R06", expected=Expected(resolution.expected))
        if is_ward:
            row.out[UNUSED] = "R05"
            report("R05")

    def _find_listed(self, raw: Any, district: str | None) -> str | None:
        """Return the communes that a cell lists ("Kim Lộc, Thiên Lộc", one per line); None where it is not such a list."""
        names = [name for name in _LISTING.split(raw) if name.strip()] if isinstance(raw, str) else []
        resolve = self.knowledge.units.resolve_commune
        is_list = len(names) > 1 and all(resolve(name, self.context.on, district).code for name in names)
        return "; ".join(clean(name) for name in names) if is_list else None

    def _resolve_reporter(self, row: Row, place: Place, item: Field, raw: Any) -> None:
        """Resolve a sender or the owners of a task, at the row's own date where it has one."""
        position = self.form.position[item.name]
        name = row.out[position]
        dates = [
            row.out[self.form.position[other.name]] for other in self.form.fields if other.type in ("date", "datetime")
        ]
        on = next((day for day in dates if day is not None), self.context.on)
        if isinstance(on, datetime):
            on = on.date()
        reporters = self.knowledge.reporters
        if item.type == "owners":
            # as it stands: owners may be parted by line breaks
            row.out[position + 1] = (
                ";".join(reporters.resolve_owners(raw if isinstance(raw, str) else name, on)) or None
            )
        else:
            # whoever was abolished within the year still sends what it owes of before
            code = reporters.resolve_reporter(name, on) or reporters.resolve_reporter(name, on - _A_YEAR)
            row.out[position + 1] = code
        self.extractor.cells_checked["code"] += 1
        if row.out[position + 1] is None:
            row.unreadable.append(item.name)
            self.extractor.report("E03", row.sheet, place, item, name, variant="reporter", row=row)
