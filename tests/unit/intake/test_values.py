"""Values of a cell: every way of writing one that spreadsheet_traps names, and the refusals."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.intake.values import (
    NumberStyle,
    Period,
    Value,
    choose_period,
    find_periods,
    lacks_marks,
    money_factor,
    number_style,
    percent_factor,
    period_end,
    period_for,
    read_code,
    read_date,
    read_datetime,
    read_integer,
    read_mark,
    read_number,
    read_percent,
    read_period,
    read_text,
    read_tick,
)

BLANK = Value(None, "blank")
E01 = Value(None, "unreadable", "E01")
E03 = Value(None, "out_of_range", "E03")


# --- marks


@pytest.mark.parametrize(
    "raw",
    [
        *("x", "X", "v", "V", "✓", "ü", "Đ", "đ", "Đạt", "đạt", "ĐẠT", "Đạt ", " đ ạ t", "1", "+", "100%", "100 %"),
        *(1, 1.0, True, "Ðạt", "Ɖạt", "х", "Đạt\u200b"),
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
    ("raw", "mark", "expected"),
    [
        pytest.param("Đat", "met", "Đạt", id="T068-hook"),
        pytest.param("dat", "met", "Đạt", id="T068-plain"),
        pytest.param("chua dat", "not_met", "Chưa đạt", id="T068-not-met"),
        pytest.param("Cha đạt", "not_met", "Chưa đạt", id="T082-lost-ư"),
    ],
)
def test_a_misspelt_mark_is_taken_and_flagged(raw: str, mark: str, expected: str) -> None:
    assert read_mark(raw) == Value(mark, "value", "E07", expected)


@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0", "\u200b"])
def test_a_blank_mark_stays_blank_t062(raw: Any) -> None:
    assert read_mark(raw) == BLANK


# --- numbers


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
    ("raw", "style", "number", "expected"),
    [
        pytest.param("1.500", NumberStyle.UNKNOWN, 1500.0, "1500", id="T039-thousands"),
        pytest.param("10.961", NumberStyle.UNKNOWN, 10961.0, "10961", id="T039-example"),
        pytest.param("1,500", NumberStyle.UNKNOWN, 1500.0, "1500", id="T039-comma"),
        pytest.param("1.500", NumberStyle.COMMA_DECIMAL, 1500.0, "1500", id="T038-like-the-sheet"),
        pytest.param("1,500", NumberStyle.COMMA_DECIMAL, 1.5, "1,5", id="T038-comma-is-decimal-here"),
        pytest.param("1.500", NumberStyle.POINT_DECIMAL, 1.5, "1,5", id="T038-point-is-decimal-here"),
        pytest.param("-1.500", NumberStyle.UNKNOWN, -1500.0, "-1500", id="negative"),
        pytest.param("1.500 tr", NumberStyle.UNKNOWN, 1500.0, "1500", id="with-unit"),
    ],
)
def test_two_readings_are_flagged(raw: str, style: NumberStyle, number: float, expected: str) -> None:
    assert read_number(raw, style) == Value(number, "value", "E05", expected)


@pytest.mark.parametrize(
    ("raw", "number", "expected"),
    [
        pytest.param("1O", 10.0, "10", id="T049-letter-o"),
        pytest.param("l2", 12.0, "12", id="T049-letter-l"),
        pytest.param("1,5 tỷ", 1500.0, "1500", id="T050-billion"),
        pytest.param("500 tr", 500.0, "500", id="T050-million"),
        pytest.param("12 triệu đ", 12.0, "12", id="T050-million-dong"),
        pytest.param("500tr.đ", 500.0, "500", id="T050-without-blank"),
        pytest.param("18.500.000 đồng", 18.5, "18,5", id="T050-dong"),
        pytest.param("2,3 ha", 2.3, "2,3", id="T050-hectares"),
    ],
)
def test_a_repaired_number_is_taken_and_flagged(raw: str, number: float, expected: str) -> None:
    assert read_number(raw) == Value(number, "value", "E07", expected)


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
        pytest.param(0.7, [0.7, 70], Value(70.0, "value", "E07", "70"), id="T043-mixed"),
        pytest.param(1, [1, 0], Value(100.0, "value", "E07", "100"), id="T043-done-or-not-stored-as-shares"),
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
        pytest.param("7/19", Value(7, "value", "E07", "7"), id="T042-fraction"),
        pytest.param("19/7", E01, id="T042-no-fraction"),
        pytest.param("1O", Value(10, "value", "E07", "10"), id="T049"),
        pytest.param("5 người", Value(5, "value", "E07", "5"), id="T050-people"),
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
    assert read_integer("1.500") == Value(1500, "value", "E05", "1500")


def test_a_true_is_no_one() -> None:
    assert read_integer(1).value == 1
    assert read_integer(True) == E01
    assert read_number(1.0).value == 1
    assert read_number(True) == E01


@given(st.floats(-1e9, 1e9).map(lambda number: round(number, 2)))
def test_what_vietnamese_write_is_read_back(number: float) -> None:
    text = f"{number:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    assert read_number(text) == Value(number, "value")


@given(st.text(max_size=12))
def test_no_text_breaks_a_reader(text: str) -> None:
    for read in (read_mark, read_integer, read_number, read_date, read_datetime, read_tick, read_text):
        assert read(text).state in {"value", "blank", "unreadable", "out_of_range"}
    find_periods(text)
    read_period(text)
    money_factor(text)


# --- dates


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        pytest.param("10/04/2026", date(2026, 4, 10), id="T071-day-first"),
        pytest.param("2026-04-10", date(2026, 4, 10), id="T071-iso"),
        pytest.param("2026-04-10 08:30:00", date(2026, 4, 10), id="T071-iso-with-hour"),
        pytest.param("06-18-2015", date(2015, 6, 18), id="T073-month-first-proved"),
        pytest.param("04/08/2014", date(2014, 8, 4), id="T074-day-first"),
        pytest.param("28.5.26", date(2026, 5, 28), id="T076-two-digits"),
        pytest.param("12/3/95", date(1995, 3, 12), id="T076-two-digits-of-last-century"),
        pytest.param("30.6.2015", date(2015, 6, 30), id="T076-dots"),
        pytest.param("30 / 6 / 2015", date(2015, 6, 30), id="blanks"),
        pytest.param("ngày 30 tháng 6 năm 2015", date(2015, 6, 30), id="T077-words"),
        pytest.param("Ngày 30/6/2015", date(2015, 6, 30), id="T077-day-word"),
        pytest.param(42185, date(2015, 6, 30), id="T072-serial"),
        pytest.param(42185.75, date(2015, 6, 30), id="serial-with-hour"),
        pytest.param("42185", date(2015, 6, 30), id="serial-as-text"),
        pytest.param(datetime(2015, 6, 30, 8), date(2015, 6, 30), id="datetime"),
        pytest.param(date(2015, 6, 30), date(2015, 6, 30), id="date"),
    ],
)
def test_a_date_is_read(raw: Any, day: date) -> None:
    assert read_date(raw) == Value(day, "value")


@pytest.mark.parametrize(
    "raw",
    ["31/02/2015", "30/13/2015", "13/13/2015", "2015", 2015, "6/2015", "#N/A", "30/6/206", "chưa", True, time(8, 0), 5],
)
def test_no_date(raw: Any) -> None:
    assert read_date(raw, 2014) == E01


@pytest.mark.parametrize("raw", [0, 0.0, "0", "", None, "-", time(0, 0), datetime(1899, 12, 31), date(1900, 1, 1)])
def test_a_zero_is_no_day_of_1900_t075(raw: Any) -> None:
    assert read_date(raw) == BLANK


def test_a_missing_year_is_the_report_s_t076() -> None:
    assert read_date("30-6", 2014) == Value(date(2014, 6, 30), "value", "E07", "30/06/2014")
    assert read_date("ngày 30 tháng 6", 2014) == Value(date(2014, 6, 30), "value", "E07", "30/06/2014")
    assert read_date("30-6") == E01


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("10/10/2014 08:30", datetime(2014, 10, 10, 1, 30)),
        ("10/10/2014 8h30", datetime(2014, 10, 10, 1, 30)),
        ("8 giờ 30 ngày 10/10/2014", datetime(2014, 10, 10, 1, 30)),
        ("8h ngày 10/10/2014", datetime(2014, 10, 10, 1, 0)),
        ("10/10/2014 2:15 CH", datetime(2014, 10, 10, 7, 15)),
        ("2014-10-10T14:05:09", datetime(2014, 10, 10, 7, 5, 9)),
        ("10/10/2014", datetime(2014, 10, 9, 17, 0)),
        (41922.354166666664, datetime(2014, 10, 10, 1, 30)),
        (datetime(2014, 10, 10, 8, 29, 59, 999_999), datetime(2014, 10, 10, 1, 30)),
        (date(2014, 10, 10), datetime(2014, 10, 9, 17, 0)),
    ],
)
def test_a_local_hour_becomes_utc(raw: Any, utc: datetime) -> None:
    assert read_datetime(raw) == Value(utc, "value")


@pytest.mark.parametrize("raw", ["10/10/2014 25:00", "8h30", "sáng 10/10"])
def test_no_hour_is_invented(raw: Any) -> None:
    assert read_datetime(raw) == E01


# --- ticks, words, texts


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
        pytest.param("hoan thanh", Value("done", "value", "E07", "hoàn thành"), id="E07-diacritics"),
        pytest.param("hoàn thanh", Value("done", "value", "E07", "hoàn thành"), id="E07-one-diacritic"),
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


# --- periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Tháng 9 năm 2014", ["2014-09"]),
        ("THÁNG 09/2014", ["2014-09"]),
        ("T9/2014", ["2014-09"]),
        ("T9.2014", ["2014-09"]),
        ("tháng 09-2014", ["2014-09"]),
        ("tháng 9/14", ["2014-09"]),
        ("Quý III/2014", ["2014-Q3"]),
        ("QUÝ 3 NĂM 2014", ["2014-Q3"]),
        ("Quí IV-2014", ["2014-Q4"]),
        ("Q3/2014", ["2014-Q3"]),
        ("9 tháng đầu năm 2014", ["2014-09"]),
        ("Chín tháng đầu năm 2014", ["2014-09"]),
        ("6 tháng cuối năm 2014", ["2014-12"]),
        ("tháng 12 và cả năm 2014", ["2014-12"]),
        ("Tháng 9 và 9 tháng đầu năm 2014", ["2014-09", "2014-09"]),
        ("(Từ tháng 1 đến tháng 9 năm 2014)", ["2014-09"]),
        ("đến 15/12/2014", ["2014-12"]),
        ("Tính đến hết ngày 30 tháng 9 năm 2014", ["2014-09"]),
        ("THÁNG 9, QUÝ III NĂM 2014", ["2014-09", "2014-Q3"]),
        ("bao cao thang 9-2014.xlsx", ["2014-09"]),
        ("2014/thang_09/H01.xlsx", ["2014-09"]),
        ("H01_443_2014-09.xlsx", ["2014-09"]),
        ("S01_S-YT_2014-Q3.xlsx", ["2014-Q3"]),
        ("5.5. So lieu IIp - SCT T5.2026.xlsx", ["2026-05"]),
        ("2.2 So lieu IIP SCT T2.206.xlsx", []),
        ("Tháng 9/1914", []),
        ("Tháng 9/2104", []),
        ("Tháng 13 năm 2014", []),
        ("Năm 2014", []),
        ("Tháng 9", []),
        ("Can Lộc, ngày 05 tháng 10 năm 2014", []),
        ("Can Lộc, ngày     tháng 10 năm 2014", []),
        ("Hà Tĩnh, ngày … tháng … năm 2014", []),
        ("(Kèm theo Công văn số 12 ngày 12/9/2014)", []),
        ("Quyết định số 491/QĐ-TTg ngày 16/4/2009", []),
        ("28.5.26 BC  dự án các huyện chuyển về.xlsx", []),
    ],
)
def test_periods_of_a_title_t001_t002_t022(text: str, periods: list[str]) -> None:
    assert [period.period for period in find_periods(text)] == periods


@pytest.mark.parametrize(
    ("raw", "period"),
    [
        ("Tháng 9/2014", "2014-09"),
        ("9/2014", "2014-09"),
        ("09.2014", "2014-09"),
        ("III/2014", "2014-Q3"),
        ("Quý 3/2014", "2014-Q3"),
        ("2014-09", "2014-09"),
        ("2014-Q3", "2014-Q3"),
        (datetime(2014, 9, 1), "2014-09"),
        (datetime(2014, 9, 5), None),
        ("Tháng 9", None),
        ("Tháng 8/2014, tháng 9/2014", None),
        (None, None),
        (9, None),
    ],
)
def test_a_cell_that_is_a_period(raw: Any, period: str | None) -> None:
    assert read_period(raw) == period


@pytest.mark.parametrize(
    ("period", "frequency", "fitted"),
    [
        ("2014-Q3", "month", "2014-09"),
        ("2014-09", "month", "2014-09"),
        ("2014-09", "quarter", "2014-Q3"),
        ("2014-Q3", "quarter", "2014-Q3"),
        ("2014-08", "quarter", None),
    ],
)
def test_a_period_as_the_form_has_it(period: str, frequency: str, fitted: str | None) -> None:
    assert period_for(period, frequency) == fitted


def test_the_form_s_own_kind_of_period_wins() -> None:
    both = [Period("2014-Q3", "quarter"), Period("2014-08", "month")]
    assert choose_period(both, "month") == "2014-08"
    assert choose_period(both, "quarter") == "2014-Q3"
    assert choose_period([Period("2014-08", "month")], "quarter") is None
    assert choose_period([], "month") is None


def test_the_report_s_date_is_the_period_s_last_day() -> None:
    assert period_end("2014-09") == date(2014, 9, 30)
    assert period_end("2014-Q4") == date(2014, 12, 31)
    assert period_end("2016-02") == date(2016, 2, 29)
