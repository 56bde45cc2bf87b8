"""The shipped sample: every file is accounted for, all of it says that it is simulated, and it stays small."""

from pathlib import Path

import pytest
import yaml

RAW = Path(__file__).parents[2] / "raw"
MEGABYTE = 1_000_000


def test_sample_says_that_it_is_simulated() -> None:
    said = (RAW / "README.md").read_text(encoding="utf-8").lower()
    assert "mô phỏng" in said
    assert "simulated" in said
    card = yaml.safe_load((RAW / "sample.provenance.yml").read_text(encoding="utf-8"))
    assert card["is_simulated"] is True
    assert all((RAW / item["path"]).is_file() and item["why"] for item in card["unregistered"])


def test_sample_stays_under_twelve_megabytes() -> None:
    assert sum(path.stat().st_size for path in RAW.rglob("*") if path.is_file()) < 12 * MEGABYTE


@pytest.mark.parametrize("text", ["2015-07-20"])
def test_sample_is_asked_as_of_one_day(text: str) -> None:
    assert (RAW / "AS_OF").read_text(encoding="utf-8").strip() == text
