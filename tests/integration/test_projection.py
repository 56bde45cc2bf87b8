"""The projection of targets: its interval holds of later values what it promises, over simulated provinces that go on."""

import pytest

from tests.benchmarks.projection import MODEL, back_test
from tests.integration.recorded import Recording

PROMISED = (0.7, 0.9)
"""The interval is one of 80 %; so much of what came may lie within it, for each target."""


@pytest.mark.long  # ten provinces simulated on; nothing but the projection's own SQL can break it
def test_the_interval_of_80_percent_holds_about_that_share_of_what_came(recording: Recording) -> None:
    inside = {row[0]: row[5] for row in back_test(recording.compiled(MODEL, "2015-07-20")) if row[1] is None}

    assert set(inside) == {"T01", "T02b", "T03", "T05"}
    assert {target: share for target, share in inside.items() if not PROMISED[0] <= share <= PROMISED[1]} == {}
