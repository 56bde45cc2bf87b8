"""What one run did, step by step and typed: written by its steps, read by the closing screen when it is over.

Here: one field per thing that a step has to say. Not here: what can be asked of the published file, and how any of it is
worded (products/screen.py).
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.warehouse.load import Loaded
from pipelines.warehouse.publish import Published

if TYPE_CHECKING:  # what draws pictures takes half a second to import, which a run with nothing new need not wait for
    from pipelines.products.site.quality import QualitySummary


@dataclass
class RunReport:
    """A run that began at `built_at` (UTC, no zone); None or empty for a step that was not reached.

    `is_current`: the published file already says all that is landed. `failed_nodes`: a line per model or test of dbt that
    failed. `page`: the page about the figures, and `quality` its numbers. `alerts`: a line per channel that was used.
    """

    built_at: dt.datetime
    loaded: Loaded | None = None
    is_current: bool = False
    failed_nodes: list[str] = field(default_factory=list)
    published: Published | None = None
    page: Path | None = None
    quality: "QualitySummary | None" = None
    alerts: list[str] = field(default_factory=list)


_reports: list[RunReport] = []


def begin_report(built_at: dt.datetime) -> RunReport:
    """Return the report of the run that begins; it is the last one from now on."""
    _reports[:] = [RunReport(built_at)]
    return _reports[0]


def last_report() -> RunReport | None:
    """Return the report of the last run of this process; None before its first one."""
    return _reports[0] if _reports else None
