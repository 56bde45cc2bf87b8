"""What every page of the site, and the bulletin, ask of: the published file, the month, codes, and tables kept for a file beside.

Not here: what one page alone asks.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipelines.reference.periods import is_period, order_in_time
from pipelines.warehouse.rows import fetch_dicts
from pipelines.wording import say_value

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class CodedColumn:
    """How the codes of a published column are shown and ordered: by the words and the `sort` of meta.codes.

    A code that is not there is shown as `say_value` does, and has no place.
    """

    words: Mapping[str, str]
    places: Mapping[str, int]
    has_code: bool = False

    def __call__(self, code: str | None) -> str:
        """Return the words of a code; with `has_code` behind the code itself, as forms are known by both."""
        words = self.words.get(code or "")
        if words is None:
            return say_value(code)
        return f"{code} · {words}" if self.has_code else words

    def place(self, code: str | None) -> int | None:
        """Return the code's place in the order of its column."""
        return self.places.get(code or "")


class PeriodColumn:
    """How a column of periods is shown, and ordered: in time."""

    def __call__(self, period: str | None) -> str:
        """Return the words of a period."""
        return say_value(period)

    def place(self, period: str | None) -> int | None:
        """Return where a period stands among others; None for what is none."""
        return order_in_time(period) if period and is_period(period) else None


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

    def coded(self, table: str, column: str, *, has_code: bool = False) -> CodedColumn:
        """Return the codes of a column of a published table."""
        rows = self.rows(
            "select code, label_vi, sort from meta.codes where table_name = $table and column_name = $column",
            table=table,
            column=column,
        )
        words = {row["code"]: row["label_vi"] for row in rows}
        return CodedColumn(words, {row["code"]: row["sort"] for row in rows}, has_code)

    @property
    def month(self) -> dt.date | None:
        """The month that is spoken of; None where there is none."""
        if self.asked_month:
            return self.asked_month
        (row,) = self.rows("select max(month) as month from marts.province_months")
        return row["month"]
