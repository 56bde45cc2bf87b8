"""What every page of the site asks of: the published file, the newest month, the units that report, and tables kept for CSV.

Not here: what one page alone asks.
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipelines.warehouse.rows import fetch_dicts

Rows = list[dict[str, Any]]


@dataclass
class Source:
    """The published file, open as `now`, and the build kept before it as `before`, if there is one.

    `boundaries`: a GeoJSON file that need not exist. `tables`: the rows behind each picture, by the name of their CSV file.
    """

    published: duckdb.DuckDBPyConnection
    has_before: bool = False
    boundaries: Path | None = None
    tables: dict[str, Rows] = field(default_factory=dict)

    def rows(self, sql: str, **values: Any) -> Rows:
        """Return everything a query gives."""
        return fetch_dicts(self.published.execute(sql, values or None))

    def kept(self, name: str, sql: str, **values: Any) -> Rows:
        """Return the same, and have it written as `data/<name>.csv`."""
        self.tables[name] = self.rows(sql, **values)
        return self.tables[name]

    @property
    def month(self) -> dt.date | None:
        """The newest month; None where there is none."""
        (row,) = self.rows("select max(month) as month from marts.province_months")
        return row["month"]
