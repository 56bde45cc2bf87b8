"""Periods: what days they mean and how a form of another frequency has them."""

from datetime import date
from itertools import islice

import pytest

from pipelines.reference.periods import (
    current_periods,
    is_period,
    period_covering,
    period_end,
    period_for,
    period_start,
    periods_back_from,
)


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        ("2014-09", date(2014, 9, 1), date(2014, 9, 30)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2014-Q3", date(2014, 7, 1), date(2014, 9, 30)),
        ("2014-Q4", date(2014, 10, 1), date(2014, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str, start: date, end: date) -> None:
    assert (period_start(period), period_end(period)) == (start, end)


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


@pytest.mark.parametrize("text", ["2014-13", "2014-00", "2014-Q5", "2014-9", "14-09", "2014", "2014-09-01", ""])
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
    ],
)
def test_period_covering_is_that_in_which_another_ends(period: str, frequency: str, expected: str) -> None:
    assert period_covering(period, frequency) == expected


def test_the_periods_that_run_are_the_month_and_the_quarter_of_the_day() -> None:
    assert current_periods(date(2015, 7, 20)) == ["2015-07", "2015-Q3"]
    assert current_periods(date(2015, 12, 31)) == ["2015-12", "2015-Q4"]


def test_periods_that_are_over_come_newest_first_across_a_year() -> None:
    found = list(islice(periods_back_from(date(2015, 2, 1)), 4))
    assert found == ["2015-01", "2014-12", "2014-Q4", "2014-11"]
