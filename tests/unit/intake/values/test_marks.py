"""Marks and ticks: every way of writing one, and the refusals."""

from datetime import datetime
from typing import Any

import pytest

from pipelines.intake.values.marks import read_mark, read_tick
from pipelines.intake.values.value import Value

BLANK = Value(None, "blank")
E01 = Value(None, "unreadable", "E01")


@pytest.mark.parametrize(
    "raw",
    [
        *("x", "X", "v", "V", "✓", "ü", "Đ", "đ", "Đạt", "đạt", "ĐẠT", "Đạt ", " đ ạ t", "1", "+", "100%", "100 %"),
        *(1, 1.0, True, "TRUE", "True", "Ðạt", "Ɖạt", "х", "Đạt\u200b"),
    ],
)
def test_met_t060_t067(raw: Any) -> None:
    assert read_mark(raw) == Value("met", "value")


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "K",
            "k",
            "Không",
            "KHÔNG",
            "Ko",
            "KO",
            "Chưa",
            "Chưa đạt",
            "CHƯA ĐẠT",
            "chưa  đạt",
            "CĐ",
            "cđ",
            "KĐ",
            "0",
            "-",
        ),
        *(0, 0.0, False, "–", " - ", "Không đạt"),
    ],
)
def test_not_met_t061_t063(raw: Any) -> None:
    assert read_mark(raw) == Value("not_met", "value")


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param("Cơ bản đạt", id="T064-nearly"),
        pytest.param("mới chạm chuẩn", id="T064-just"),
        pytest.param("Đạt (đang hoàn thiện)", id="T064-met-but"),
        pytest.param("Không áp dụng", id="T069-not-applicable"),
        pytest.param("KAD", id="T069-abbreviated"),
        pytest.param("nếu có", id="T069-if-any"),
        pytest.param("tốt", id="no-mark"),
        pytest.param("Đất", id="another-word"),
        pytest.param(2, id="two"),
        pytest.param(0.7, id="share"),
        pytest.param("70%", id="percent"),
        pytest.param("#N/A", id="T048-error"),
        pytest.param(datetime(2014, 5, 5), id="T042-date"),
    ],
)
def test_an_unknown_mark_is_never_guessed(raw: Any) -> None:
    assert read_mark(raw) == E01


@pytest.mark.parametrize(
    ("raw", "mark"),
    [
        pytest.param("Đat", "met", id="T068-hook"),
        pytest.param("dat", "met", id="T068-plain"),
        pytest.param("chua dat", "not_met", id="T068-not-met"),
        pytest.param("Cha đạt", "not_met", id="T082-lost-ư"),
    ],
)
def test_a_misspelt_mark_is_taken_and_flagged(raw: str, mark: str) -> None:
    assert read_mark(raw) == Value(mark, "value", "E07")


@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0", "\u200b"])
def test_a_blank_mark_stays_blank_t062(raw: Any) -> None:
    assert read_mark(raw) == BLANK


@pytest.mark.parametrize("raw", ["x", "X", "✓", "Có", 1, 1.0, True, "đúng", "ü"])
def test_a_tick(raw: Any) -> None:
    assert read_tick(raw) == Value(True, "value")


@pytest.mark.parametrize("raw", ["không", "K", 0, False, "-", "sai"])
def test_no_tick(raw: Any) -> None:
    assert read_tick(raw) == Value(False, "value")


def test_a_blank_tick_means_no_and_is_known_as_blank() -> None:
    assert read_tick(None) == read_tick(" ") == Value(False, "blank")


def test_a_tick_knows_the_form_s_words_and_refuses_others() -> None:
    assert read_tick("Kiêm nhiệm", {"kiêm nhiệm": False}).value is False
    assert read_tick("Kiêm nhiệm") == E01
    assert read_tick(2) == E01
