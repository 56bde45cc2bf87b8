"""Intake: one delivery (bytes) → typed rows and findings. Pure Python: no Dagster, no DuckDB, no environment.

What the rest of the project uses is named here and nowhere deeper: `Knowledge.load`, `intake_version`, `read_delivery`,
`landed_schema`, and the register's `match_register` and `hints`. See the package's docstring for the way of a file.
"""

from pipelines.intake.model import NO_HINT, Finding, Hint, Reading, Submission, delivery_id, submission_id
from pipelines.intake.read import landed_schema, read_delivery
from pipelines.intake.reference import Knowledge, intake_version
from pipelines.intake.register import RegisterMatch, hints, match_register

__all__ = [
    "NO_HINT",
    "Finding",
    "Hint",
    "Knowledge",
    "Reading",
    "RegisterMatch",
    "Submission",
    "delivery_id",
    "hints",
    "intake_version",
    "landed_schema",
    "match_register",
    "read_delivery",
    "submission_id",
]
