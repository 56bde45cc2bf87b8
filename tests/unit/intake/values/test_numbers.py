"""Numbers, counts, percents and units of money: every way of writing one, and the refusals."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.intake.values.numbers import (
    NumberStyle,
    money_factor,
    number_style,
    percent_factor,
    read_integer,
    read_number,
    read_percent,
)
from pipelines.intake.values.value import Value

BLANK = Value(None, "blank")
E01 = Value(None, "unreadable", "E01")
E03 = Value(None, "out_of_range", "E03")


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        pytest.param("1.234,5", 1234.5, id="T037-vietnamese"),
        pytest.param("1,234.5", 1234.5, id="T037-english"),
        pytest.param("12.345.678,9", 12345678.9, id="T037-millions"),
        pytest.param("18.500.000", 18500000.0, id="T051-thousands-only"),
        pytest.param("17,5\u00a0", 17.5, id="T040-hard-blank"),
        pytest.param("1\u00a0234,5", 1234.5, id="T040-blank-groups"),
        pytest.param("'19", 19.0, id="T041-apostrophe"),
        pytest.param("(5,2)", -5.2, id="T058-brackets"),
        pytest.param("−5", -5.0, id="minus-sign"),
        pytest.param("+3", 3.0, id="plus"),
        pytest.param("70%", 70.0, id="T043-percent"),
        pytest.param("0,125", 0.125, id="leading-zero-is-decimal"),
        pytest.param("1234,567", 1234.567, id="long-head-is-decimal"),
        pytest.param(17.699999999999996, 17.7, id="T059-dust"),
        pytest.param("17.699999999999996", 17.7, id="T059-dust-typed"),
        pytest.param(0, 0.0, id="T047-typed-zero"),
        pytest.param(-12.5, -12.5, id="negative"),
    ],
)
def test_a_number_is_read(raw: Any, number: float) -> None:
    assert read_number(raw) == Value(number, "value")


@pytest.mark.parametrize(
    "raw",
    [
        *("≥70", ">35", "<6%", "hơn 1.000", "khoảng 500", "trên 100", "15-18"),  # T045
        *("100 (70% cứng hóa)", "98 (60 nước sạch)"),  # T044
        *("#N/A", "#REF!", "#DIV/0!", "#VALUE!"),  # T048
        *("12abc", "3,00E+09", "1e5", "1.2.3", "1.234.56", "1,234,5", "5,", "Đạt", "7/19", "1.5 km"),
        *(True, date(2014, 7, 19), time(8, 0), timedelta(hours=1), float("nan"), float("inf")),
    ],
)
def test_a_doubtful_text_is_no_number(raw: Any) -> None:
    assert read_number(raw) == E01


@pytest.mark.parametrize("raw", [None, "", " ", "-", "–", "\u00a0-"])
def test_blank_and_dash_are_no_zero_t046_t047(raw: Any) -> None:
    assert read_number(raw) == BLANK
    assert read_integer(raw) == BLANK


@pytest.mark.parametrize(
    ("raw", "style", "number"),
    [
        pytest.param("1.500", NumberStyle.UNKNOWN, 1500.0, id="T039-thousands"),
        pytest.param("10.961", NumberStyle.UNKNOWN, 10961.0, id="T039-example"),
        pytest.param("1,500", NumberStyle.UNKNOWN, 1500.0, id="T039-comma"),
        pytest.param("1.500", NumberStyle.COMMA_DECIMAL, 1500.0, id="T038-like-the-sheet"),
        pytest.param("1,500", NumberStyle.COMMA_DECIMAL, 1.5, id="T038-comma-is-decimal-here"),
        pytest.param("1.500", NumberStyle.POINT_DECIMAL, 1.5, id="T038-point-is-decimal-here"),
        pytest.param("-1.500", NumberStyle.UNKNOWN, -1500.0, id="negative"),
        pytest.param("1.500 tr", NumberStyle.UNKNOWN, 1500.0, id="with-unit"),
    ],
)
def test_two_readings_are_flagged(raw: str, style: NumberStyle, number: float) -> None:
    assert read_number(raw, style) == Value(number, "value", "E05")


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        pytest.param("1O", 10.0, id="T049-letter-o"),
        pytest.param("l2", 12.0, id="T049-letter-l"),
        pytest.param("1,5 tỷ", 1500.0, id="T050-billion"),
        pytest.param("500 tr", 500.0, id="T050-million"),
        pytest.param("12 triệu đ", 12.0, id="T050-million-dong"),
        pytest.param("500tr.đ", 500.0, id="T050-without-blank"),
        pytest.param("18.500.000 đồng", 18.5, id="T050-dong"),
        pytest.param("2,3 ha", 2.3, id="T050-hectares"),
    ],
)
def test_a_repaired_number_is_taken_and_flagged(raw: str, number: float) -> None:
    assert read_number(raw) == Value(number, "value", "E07")


def test_the_column_unit_scales_numbers_and_a_typed_unit_overrides_it_t017_t051() -> None:
    assert read_number(18_500_000, factor=1e-6).value == 18.5
    assert read_number("18.500.000", factor=1e-6).value == 18.5
    assert read_number("1,5 tỷ", factor=1e-6).value == 1500


def test_range_is_in_the_field_s_unit() -> None:
    assert read_number(120, lower=0, upper=100) == E03
    assert read_number("-3", lower=0) == E03
    assert read_number(5_000_000, factor=1e-6, upper=10).value == 5


@pytest.mark.parametrize(
    ("raws", "style"),
    [
        (["17,5", "1.500"], NumberStyle.COMMA_DECIMAL),
        (["18.500.000"], NumberStyle.COMMA_DECIMAL),
        (["1,234.5", "x", None, 12.5], NumberStyle.POINT_DECIMAL),
        (["17.5", "1,500"], NumberStyle.POINT_DECIMAL),
        (["1.500", "225,443"], NumberStyle.UNKNOWN),
        (["17,5", "17.5"], NumberStyle.UNKNOWN),
        (["30.6.2015", "1.2.3"], NumberStyle.UNKNOWN),
        ([], NumberStyle.UNKNOWN),
    ],
)
def test_number_style(raws: list[Any], style: NumberStyle) -> None:
    assert number_style(raws) is style


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("ĐVT: triệu đồng", 1.0),
        ("Đơn vị tính: đồng", 1e-6),
        ("(ĐVT: Tỷ đồng)", 1e3),
        ("ĐVT: 1.000 đồng", 1e-3),
        ("ĐVT: nghìn đồng", 1e-3),
        ("ĐVT: tr.đ", 1.0),
        ("ĐVT: trđ", 1.0),
        ("Doanh thu\n(triệu đồng/năm)", 1.0),
        ("Ngày công quy đổi (đồng)", 1e-6),
        ("Hội đồng", None),
        ("Cộng đồng dân cư", None),
        ("Lao động", None),
        ("ĐVT: ha", None),
        ("Đơn vị", None),
    ],
)
def test_money_factor_t017(text: str, factor: float | None) -> None:
    assert money_factor(text) == factor


@pytest.mark.parametrize(
    ("raw", "column", "value"),
    [
        pytest.param(0.7, [0.7, 1.0, None], Value(70.0, "value"), id="T043-stored-share"),
        pytest.param(70, [70, 100, 0], Value(70.0, "value"), id="T043-number"),
        pytest.param("70%", [0.7], Value(70.0, "value"), id="T043-typed"),
        pytest.param(0.7, [0.7, 70], Value(70.0, "value", "E07"), id="T043-mixed"),
        pytest.param(1, [1, 0], Value(100.0, "value", "E07"), id="T043-done-or-not-stored-as-shares"),
        pytest.param(0, [1, 0], Value(0.0, "value"), id="T043-nothing-done-yet"),
        pytest.param("50", [1, 0], Value(50.0, "value"), id="T043-text-says-its-scale"),
        pytest.param("0,5", [0.5], Value(50.0, "value"), id="T043-text-among-shares"),
        pytest.param(120, [120], E03, id="above-100"),
    ],
)
def test_percent(raw: Any, column: list[Any], value: Value) -> None:
    factor, is_sure = percent_factor(column)
    assert read_percent(raw, factor=factor, is_sure=is_sure) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param(12.0, Value(12, "value"), id="float"),
        pytest.param("12.0", Value(12, "value"), id="text-float"),
        pytest.param("19", Value(19, "value"), id="T041"),
        pytest.param("1.234.567", Value(1234567, "value"), id="T037"),
        pytest.param(12.5, E01, id="fraction"),
        pytest.param("1,5", E01, id="fraction-typed"),
        pytest.param(date(2014, 7, 19), E01, id="T042-fraction-became-a-date"),
        pytest.param(datetime(2019, 7, 1), E01, id="T042-fraction-became-a-datetime"),
        pytest.param("7/19", Value(7, "value", "E07"), id="T042-fraction"),
        pytest.param("19/7", E01, id="T042-no-fraction"),
        pytest.param("1O", Value(10, "value", "E07"), id="T049"),
        pytest.param("5 người", Value(5, "value", "E07"), id="T050-people"),
        pytest.param("12abc", E01, id="text"),
        pytest.param("khoảng 500", E01, id="T045"),
        pytest.param(-1, E03, id="negative"),
        pytest.param("-1", E03, id="negative-typed"),
        pytest.param(20, E03, id="above"),
        pytest.param("1.500", E03, id="doubtful-and-above"),
        pytest.param(True, E01, id="bool"),
        pytest.param("#N/A", E01, id="T048"),
        pytest.param("tăng 2", E01, id="words-of-change-in-a-count"),
    ],
)
def test_a_count(raw: Any, value: Value) -> None:
    upper = None if value.value is not None and value.value > 19 else 19
    assert read_integer(raw, 0, upper) == value


@pytest.mark.parametrize(
    ("raw", "number"), [("Tăng 2", 2), ("giảm 01", -1), ("(2)", -2), ("+1", 1), ("-1", -1), (-3.0, -3)]
)
def test_a_change_may_fall(raw: Any, number: int) -> None:
    assert read_integer(raw, -19, 19).value == number


def test_a_doubtful_count_is_thousands_whatever_the_sheet_writes() -> None:
    assert read_integer("1.500") == Value(1500, "value", "E05")


def test_a_true_is_no_one() -> None:
    assert read_integer(1).value == 1
    assert read_integer(True) == E01
    assert read_number(1.0).value == 1
    assert read_number(True) == E01


@given(st.floats(-1e9, 1e9).map(lambda number: round(number, 2)))
def test_what_vietnamese_write_is_read_back(number: float) -> None:
    text = f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert read_number(text) == Value(number, "value")


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (99_999_999, "value"),
        (-99_999_999, "value"),
        (100_000_000, "out_of_range"),
        (-5e9, "out_of_range"),
        (1234567890123456789, "out_of_range"),
        (1e308, "out_of_range"),
        ("2.147.483.647", "out_of_range"),
        ("-99999999999", "out_of_range"),
        (10**400, "unreadable"),
        (float("inf"), "unreadable"),
        (float("nan"), "unreadable"),
        ("9" * 400, "unreadable"),
        ("9" * 5000, "unreadable"),
    ],
)
def test_a_count_fits_its_column_and_sums_of_counts_fit_theirs(raw: object, state: str) -> None:
    assert read_integer(raw, None, None).state == state


@pytest.mark.parametrize(
    ("raw", "state"),
    [
        (1e15, "value"),
        (1.1e15, "out_of_range"),
        (-1.1e15, "out_of_range"),
        (1e308, "out_of_range"),
        ("9" * 30, "out_of_range"),
        (10**400, "unreadable"),
        (float("-inf"), "unreadable"),
        ("9" * 400, "unreadable"),
    ],
)
def test_a_number_is_finite_and_so_are_sums_of_numbers(raw: object, state: str) -> None:
    assert read_number(raw).state == state
