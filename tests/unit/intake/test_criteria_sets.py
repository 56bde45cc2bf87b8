"""The criteria that a report must have a column for are those of the set in force at the end of its period."""

from collections.abc import Sequence
from typing import Any

import pytest

from pipelines.intake import Reading
from tests.unit.intake.workbooks import h01, read, rows_of, xlsx

TENTH_BLANK = ("K", *["x"] * 8, None)


def report(period: str, columns: int, marks: Sequence[Any] = ()) -> Reading:
    """A report of a commune about itself, with so many columns of criteria, all of them met where no marks are given."""
    rows = h01({"Cẩm Bình": marks or ["x"] * columns}, title=period, names=range(1, columns + 1))
    return read(xlsx({"B01": [["UBND XÃ CẨM BÌNH"], [], *rows[2:]]}), "a.xlsx")


@pytest.mark.parametrize(
    ("period", "columns", "findings"),
    [
        ("Tháng 2 năm 2026", 10, []),
        ("Tháng 2 năm 2026", 9, [("F05", "", "criterion_10")]),
        # what only the set before had is told and kept; the province's twentieth criterion is its own affair
        ("Tháng 2 năm 2026", 11, [("F06", "other_set", None)]),
        ("Tháng 2 năm 2026", 19, [("F06", "other_set", None)] * 9),
        ("Tháng 2 năm 2026", 20, [("F06", "other_set", None)] * 9),
        ("Tháng 12 năm 2025", 19, []),
        ("Tháng 12 năm 2025", 20, []),
        ("Tháng 12 năm 2025", 10, [("F05", "", f"criterion_{n}") for n in range(11, 20)]),
    ],
)
def test_columns_of_criteria_follow_the_set_in_force(
    period: str, columns: int, findings: list[tuple[str, str, str | None]]
) -> None:
    reading = report(period, columns)
    assert [(f.rule_id, f.variant, f.field) for f in reading.findings] == findings
    (submission,) = reading.submissions
    assert submission.status == ("rejected" if findings and findings[0][0] == "F05" else "usable")


def test_a_criterion_of_another_set_is_told_where_it_stands_and_lands() -> None:
    reading = report("Tháng 2 năm 2026", 11)
    (finding,) = reading.findings
    assert (finding.sheet, finding.cell, finding.value) == ("B01", "M7", "11")
    (row,) = rows_of(reading, "H01")
    assert (row["criterion_10"], row["criterion_11"]) == ("met", "met")


def test_only_criteria_of_the_set_in_force_are_required_cells() -> None:
    reading = report("Tháng 2 năm 2026", 11, (*TENTH_BLANK, None))
    assert [(f.rule_id, f.field) for f in reading.findings if f.rule_id == "E02"] == [("E02", "criterion_10")]
    (row,) = rows_of(reading, "H01")
    assert (row["required_cells"], row["filled_cells"]) == (11, 10), "the commune and ten criteria"
