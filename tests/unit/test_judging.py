"""Suites are judged beside a run as they are judged in it."""

import datetime as dt
import sys
from pathlib import Path

import pytest

from pipelines.judging import judge, judging_beside
from pipelines.quality import CRITICAL, Count, Suite

AT = dt.datetime(2015, 7, 20, 1, 2, 3)
SUITE = Suite(
    "landed_h01",
    "landed.h01",
    tuple(
        {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": column}, "severity": CRITICAL}
        for column in ("commune_code", "month")
    ),
)


def test_counts_are_judged_in_a_process_that_alone_imports_great_expectations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "great_expectations", raising=False)  # by another test
    with judging_beside():
        (found,) = judge([SUITE], lambda _: [Count(9, 9, 2), Count(9, 9, 0)], tmp_path, AT)
    assert "great_expectations" not in sys.modules
    assert [(outcome.is_passed, outcome.rows_failed) for outcome in found.outcomes] == [(False, 2), (True, 0)]
    assert found.outcomes[0].message_en == "landed.h01: 2 of 9 rows have no commune_code."
    assert list((tmp_path / "gx" / "checkpoints").iterdir())
