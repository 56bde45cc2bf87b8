"""Texts and words of a closed list: what is taken, and what is refused."""

from datetime import datetime
from typing import Any

import pytest

from pipelines.intake.values.value import Value
from pipelines.intake.values.words import lacks_marks, read_code, read_text

BLANK = Value(None, "blank")
E03 = Value(None, "out_of_range", "E03")


STATUSES = {
    "chưa thực hiện": "not_started",
    "đang thực hiện": "in_progress",
    "hoàn thành": "done",
    "đã hoàn thành": "done",
}


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param("Hoàn thành", Value("done", "value"), id="case"),
        pytest.param("hòan thành ", Value("done", "value"), id="T086-tone-place"),
        pytest.param("chưa hoàn thành", E03, id="T063-contains-another"),
        pytest.param("tốt", E03, id="not-in-the-list"),
        pytest.param("hoan thanh", Value("done", "value", "E07"), id="E07-diacritics"),
        pytest.param("hoàn thanh", Value("done", "value", "E07"), id="E07-one-diacritic"),
        pytest.param("hoãn thành", E03, id="another-word"),
        pytest.param(1, E03, id="number"),
        pytest.param("", BLANK, id="blank"),
        pytest.param("-", BLANK, id="dash"),
    ],
)
def test_a_code_word(raw: Any, value: Value) -> None:
    assert read_code(raw, STATUSES) == value


@pytest.mark.parametrize(
    ("given_text", "right", "answer"),
    [
        ("đat", "đạt", True),
        ("dat", "đạt", True),
        ("đạt", "đạt", True),
        ("đất", "đạt", False),
        ("đặt", "đạt", False),
        ("đan", "dan", False),
        ("dạt", "đạt", True),
        ("thach ha", "thạch hà", True),
        ("thạch hạ", "thạch hà", False),
        ("cảm bình", "cẩm bình", True),
        ("ki anh", "kỳ anh", True),
    ],
)
def test_lacking_diacritics_is_not_having_others(given_text: str, right: str, answer: bool) -> None:
    assert lacks_marks(given_text, right) is answer


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        pytest.param("0300123456", "0300123456", id="T056-leading-zero"),
        pytest.param(3000123456.0, "3000123456", id="T056-stored-as-number"),
        pytest.param(17.1, "17.1", id="T025-index"),
        pytest.param("  Cam\nbù ", "Cam bù", id="blanks"),
        pytest.param(datetime(2014, 9, 1), "01/09/2014", id="date"),
    ],
)
def test_a_text(raw: Any, text: str) -> None:
    assert read_text(raw) == Value(text, "value")


@pytest.mark.parametrize("raw", [None, "", " ", "-", "---"])
def test_a_text_that_says_nothing(raw: Any) -> None:
    assert read_text(raw) == BLANK
