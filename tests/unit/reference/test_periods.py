"""Periods: what days they mean and how a form of another frequency has them."""

from datetime import date, timedelta
from itertools import islice, pairwise

import pytest

from pipelines.reference.periods import (
    FREQUENCIES,
    Frequency,
    Periods,
    is_period,
    last_month,
    order_in_time,
    period_covering,
    period_for,
)

CALENDAR_MONTHS = Periods([(None, None)])
TO_THE_14TH = Periods([(None, 14)])
CHANGED = Periods([(None, None), (date(2025, 7, 1), 14)])


@pytest.mark.parametrize(
    ("periods", "period", "start", "end"),
    [
        (CALENDAR_MONTHS, "2014-09", date(2014, 9, 1), date(2014, 9, 30)),
        (CALENDAR_MONTHS, "2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        (CALENDAR_MONTHS, "2014-Q3", date(2014, 7, 1), date(2014, 9, 30)),
        (CALENDAR_MONTHS, "2014-Q4", date(2014, 10, 1), date(2014, 12, 31)),
        (CALENDAR_MONTHS, "2014-H1", date(2014, 1, 1), date(2014, 6, 30)),
        (CALENDAR_MONTHS, "2014-9M", date(2014, 1, 1), date(2014, 9, 30)),
        (CALENDAR_MONTHS, "2014", date(2014, 1, 1), date(2014, 12, 31)),
        # NĐ 09/2019
        (TO_THE_14TH, "2026-01", date(2025, 12, 15), date(2026, 1, 14)),
        (TO_THE_14TH, "2026-Q1", date(2025, 12, 15), date(2026, 3, 14)),
        (TO_THE_14TH, "2026-H1", date(2025, 12, 15), date(2026, 6, 14)),
        (TO_THE_14TH, "2026-H2", date(2026, 6, 15), date(2026, 12, 14)),
        (TO_THE_14TH, "2026-9M", date(2025, 12, 15), date(2026, 9, 14)),
        (TO_THE_14TH, "2026", date(2025, 12, 15), date(2026, 12, 14)),
        # where one calendar follows another, no day is left out and none is of two periods
        (CHANGED, "2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        (CHANGED, "2025-07", date(2025, 7, 1), date(2025, 7, 14)),
        (CHANGED, "2025-08", date(2025, 7, 15), date(2025, 8, 14)),
        (CHANGED, "2025-Q3", date(2025, 7, 1), date(2025, 9, 14)),
        (CHANGED, "2025", date(2025, 1, 1), date(2025, 12, 14)),
        (CHANGED, "2026", date(2025, 12, 15), date(2026, 12, 14)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(periods: Periods, period: str, start: date, end: date) -> None:
    assert (periods.start(period), periods.end(period)) == (start, end)


@pytest.mark.parametrize("periods", [CALENDAR_MONTHS, TO_THE_14TH, CHANGED])
@pytest.mark.parametrize("frequency", [each for each in FREQUENCIES if each != "nine_months"])
def test_each_day_is_of_one_period_of_a_frequency(periods: Periods, frequency: Frequency) -> None:
    listed = [each for each in periods if each.frequency == frequency]
    assert all(one.last_day + timedelta(1) == other.first_day for one, other in pairwise(listed))
    assert all(periods.at(day, frequency) == each.period for each in listed for day in (each.first_day, each.last_day))


@pytest.mark.parametrize(
    ("period", "frequency", "fitted"),
    [
        ("2014-Q3", "month", "2014-09"),
        ("2014-09", "month", "2014-09"),
        ("2014-09", "quarter", "2014-Q3"),
        ("2014-Q3", "quarter", "2014-Q3"),
        ("2014-08", "quarter", None),
        ("2014-06", "half_year", "2014-H1"),
        ("2014-Q2", "half_year", "2014-H1"),
        ("2014-09", "half_year", None),
        ("2014-Q3", "nine_months", "2014-9M"),
        ("2014-12", "nine_months", None),
        ("2014-12", "year", "2014"),
        ("2014-9M", "year", None),
        ("2014", "year", "2014"),
        ("2014", "month", None),
        ("2014-09", "register", None),
    ],
)
def test_a_period_as_the_form_has_it(period: str, frequency: str, fitted: str | None) -> None:
    assert period_for(period, frequency) == fitted


@pytest.mark.parametrize("period", ["2014-09", "2014-Q3", "2014-H2", "2014-9M", "2014"])
def test_a_label_names_a_period(period: str) -> None:
    assert is_period(period)


@pytest.mark.parametrize(
    "text", ["2014-13", "2014-00", "2014-Q5", "2014-H3", "2014-6M", "2014-9", "14-09", "2014-", "2014-09-01", ""]
)
def test_other_text_is_no_period(text: str) -> None:
    assert not is_period(text)


@pytest.mark.parametrize(
    ("period", "frequency", "expected"),
    [
        ("2014-07", "quarter", "2014-Q3"),
        ("2014-12", "quarter", "2014-Q4"),
        ("2014-Q3", "quarter", "2014-Q3"),
        ("2014-Q3", "month", "2014-09"),
        ("2014-07", "month", "2014-07"),
        ("2014-07", "half_year", "2014-H2"),
        ("2014-10", "nine_months", "2015-9M"),
        ("2014-10", "year", "2014"),
    ],
)
def test_period_covering_is_that_in_which_another_ends(period: str, frequency: str, expected: str) -> None:
    assert period_covering(period, frequency) == expected


def test_periods_stand_in_time_whatever_their_length() -> None:
    in_time = [
        "2014",
        "2015-03",
        "2015-Q1",
        "2015-06",
        "2015-Q2",
        "2015-H1",
        "2015-09",
        "2015-9M",
        "2015-10",
        "2015-Q4",
    ]
    assert sorted(sorted(in_time), key=order_in_time) == in_time


def test_a_period_counts_in_the_last_month_that_it_is_named_after() -> None:
    counted = {period: last_month(period).month for period in ("2014-09", "2014-Q2", "2014-H2", "2014-9M", "2014")}
    assert counted == {"2014-09": 9, "2014-Q2": 6, "2014-H2": 12, "2014-9M": 9, "2014": 12}


@pytest.mark.parametrize(
    ("periods", "day", "running"),
    [
        (CALENDAR_MONTHS, date(2015, 7, 20), ["2015-07", "2015-Q3", "2015-H2", "2015-9M", "2015"]),
        (CALENDAR_MONTHS, date(2015, 12, 31), ["2015-12", "2015-Q4", "2015-H2", "2016-9M", "2015"]),
        (TO_THE_14TH, date(2025, 12, 14), ["2025-12", "2025-Q4", "2025-H2", "2026-9M", "2025"]),
        (TO_THE_14TH, date(2025, 12, 15), ["2026-01", "2026-Q1", "2026-H1", "2026-9M", "2026"]),
    ],
)
def test_the_periods_that_run_are_those_that_the_day_lies_in(periods: Periods, day: date, running: list[str]) -> None:
    assert [periods.at(day, frequency) for frequency in FREQUENCIES] == running


def test_periods_that_are_over_come_newest_first_across_a_year() -> None:
    found = list(islice(CALENDAR_MONTHS.back_from(date(2015, 2, 1)), 6))
    assert found == ["2015-01", "2014-12", "2014-Q4", "2014-H2", "2014", "2014-11"]
    assert next(TO_THE_14TH.back_from(date(2026, 1, 15))) == "2026-01"
