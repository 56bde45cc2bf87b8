"""What a delivery has said so far: its rows, findings and evaluations, filled step by step.

Here: the one place that the steps of a reading write to. No decision: what is noted, is decided by who notes it.
"""

from typing import Any

from pipelines.intake.model import ColumnPlace, Evaluation, Finding, Submission, Total


class Ledger:
    """The findings, evaluations, submissions and rows of one delivery, in the order in which they were noted."""

    def __init__(self, delivery_id: str) -> None:
        self.delivery_id = delivery_id
        self.findings: list[Finding] = []
        self.submissions: list[Submission] = []
        self.columns: list[ColumnPlace] = []
        self.totals: list[Total] = []
        self.evaluations: list[Evaluation] = []
        self.rows: dict[str, list[tuple[Any, ...]]] = {}

    def report(self, submission: str | None, rule_id: str, *, variant: str = "", **place: Any) -> None:
        """Add a finding; `submission` None: about the file as a whole. `place`: the other fields of `Finding`."""
        self.findings.append(Finding(self.delivery_id, submission, rule_id, variant, **place))

    def evaluate(
        self, submission: str | None, rule_id: str, evaluated: int, failed: int, reason: str | None = None
    ) -> None:
        """Note how many things a rule looked at and how many failed; `reason`: why it could not look at any."""
        self.evaluations.append(Evaluation(submission, self.delivery_id, rule_id, evaluated, failed, reason))
