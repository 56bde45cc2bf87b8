"""Numbers, days, periods, codes and sentences as readers of both languages write them."""

import datetime as dt
import re

import pytest

from pipelines import wording
from pipelines.reference.lists import read_list
from pipelines.reference.models import Label, Sentence
from pipelines.settings import SEEDS_DIR
from pipelines.wording import Language

NUMBERS = [
    (1716, "1.716", "1,716"),
    (-1234567, "-1.234.567", "-1,234,567"),
    (11.45, "11,45", "11.45"),
    (12.0, "12", "12"),
    (-0.5, "-0,5", "-0.5"),
    (14641.25, "14.641,25", "14,641.25"),
    (0, "0", "0"),
]


@pytest.mark.parametrize(("number", "vi", "en"), NUMBERS)
def test_a_number_is_grouped_and_marked_as_its_reader_does(number: float, vi: str, en: str) -> None:
    assert (wording.say_number(number), wording.say_number(number, "en")) == (vi, en)


def test_a_figure_of_a_table_is_rounded_and_an_unknown_one_is_no_zero() -> None:
    assert [wording.say_value(value) for value in (11.4532, 12.0, 0, None, True)] == ["11,45", "12", "0", "–", "có"]
    assert wording.say_value(0.12344, 4) == "0,1234"


def test_days_and_moments() -> None:
    assert wording.say_day(dt.date(2014, 9, 7)) == "07/09/2014"
    assert wording.say_day(dt.date(2014, 9, 7), "en") == "2014-09-07"
    assert wording.say_utc(dt.datetime(2014, 9, 6, 18, 30)) == "01:30 ngày 07/09/2014"
    assert wording.say_utc(None) == "–"


@pytest.mark.parametrize(
    ("period", "vi"),
    [("2014-09", "tháng 9/2014"), ("2014-12", "tháng 12/2014"), ("2014-Q3", "quý III/2014"), (None, "")],
)
def test_periods(period: str | None, vi: str) -> None:
    assert wording.say_period(period) == vi
    assert wording.say_period(period, "en") == (period or "")


KINDS = [
    ("Đat", None, None, None, "Đat", "Đat"),
    ("met", "code", None, None, "đạt", "met"),
    ("1716", "number", None, None, "1.716", "1,716"),
    ("1500", "digits", None, None, "1500", "1500"),
    ("1.5", "digits", None, None, "1,5", "1.5"),
    ("2014-12-05", "day", None, None, "05/12/2014", "2014-12-05"),
    ("2014-Q4", "period", None, None, "quý IV/2014", "2014-Q4"),
    ("52428800", "size", None, None, "52,4 MB", "52.4 MB"),
    ("443", "reporter", None, None, "Huyện Can Lộc", "Huyện Can Lộc"),
    (
        "đang hoạt động;đã dừng",
        "words",
        None,
        None,
        'một trong các từ "đang hoạt động", "đã dừng"',
        'one of the words "đang hoạt động", "đã dừng"',
    ),
    ("row 9;column D;+3", "places", None, None, "dòng 9, cột D … (+3)", "row 9, column D … (+3)"),
    ("sheet Biểu 02", "places", None, None, "trang Biểu 02", "sheet Biểu 02"),
    (None, "any_integer", 0.0, 10000.0, "số nguyên từ 0 đến 10.000", "a whole number from 0 to 10,000"),
    (None, "any_money", 0.0, None, "số tiền từ 0", "an amount of money from 0"),
    (None, "any_mark", None, None, "đạt hoặc chưa đạt", 'a mark for "met" or "not met"'),
    (None, "number", None, None, "", ""),
]


@pytest.mark.parametrize(("value", "kind", "low", "high", "vi", "en"), KINDS)
def test_a_value_of_a_finding_is_said_by_its_kind(
    value: str | None, kind: str | None, low: float | None, high: float | None, vi: str, en: str
) -> None:
    assert wording.say_received(value, kind, "vi", low, high) == vi
    assert wording.say_received(value, kind, "en", low, high) == en


def test_braces_in_a_value_stay_and_what_is_unknown_is_a_dash() -> None:
    assert wording.fill("{value}, {cell}", {"value": "{cell}"}) == "{cell}, –"


VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
TO_BE_TYPED = ("“Không phát sinh”", "đúng or sai", "Giải trình.", "column Giải trình")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_speaks_both_languages(language: Language) -> None:
    said = {row.code: getattr(row, f"label_{language}") for row in read_list(Label, SEEDS_DIR)}
    said |= {row.code: getattr(row, f"sentence_{language}") for row in read_list(Sentence, SEEDS_DIR)}
    for text in said.values():
        assert text.strip() == text
        if language == "en":
            plain = text
            for words in TO_BE_TYPED:
                plain = plain.replace(words, "")
            assert not VIETNAMESE.search(plain), text


def test_sentences_name_the_same_things_in_both_languages() -> None:
    for row in read_list(Sentence, SEEDS_DIR):
        named = [set(re.findall(r"\{(\w+)\}", text)) for text in (row.sentence_vi, row.sentence_en)]
        if not row.code.startswith("period_"):
            assert named[0] == named[1], row
