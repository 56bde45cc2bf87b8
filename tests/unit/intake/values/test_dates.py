"""Days and hours: every way of writing one, and the refusals."""

from datetime import date, datetime, time
from typing import Any

import pytest

from pipelines.intake.values.dates import read_date, read_datetime
from pipelines.intake.values.value import Value

BLANK = Value(None, "blank")
E01 = Value(None, "unreadable", "E01")


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
    assert read_date("30-6", 2014) == Value(date(2014, 6, 30), "value", "E07")
    assert read_date("ngày 30 tháng 6", 2014) == Value(date(2014, 6, 30), "value", "E07")
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
