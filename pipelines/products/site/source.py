"""What every page of the site, and the bulletin, ask of: the published file, the month, and tables kept for a file beside.

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

    `boundaries`: a GeoJSON file that need not exist. `tables`: the rows behind what is shown, by the name of their CSV file.
    `asked_month`: the month that is spoken of; None: the newest.
    """

    published: duckdb.DuckDBPyConnection
    has_before: bool = False
    boundaries: Path | None = None
    asked_month: dt.date | None = None
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
        """The month that is spoken of; None where there is none."""
        if self.asked_month:
            return self.asked_month
        (row,) = self.rows("select max(month) as month from marts.province_months")
        return row["month"]
