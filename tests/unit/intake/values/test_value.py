"""What holds for every reader of a value."""

from hypothesis import given
from hypothesis import strategies as st

from pipelines.intake.values.dates import read_date, read_datetime
from pipelines.intake.values.marks import read_mark, read_tick
from pipelines.intake.values.numbers import (
    money_factor,
    read_integer,
    read_number,
)
from pipelines.intake.values.periods import find_periods, read_period
from pipelines.intake.values.words import read_text


@given(st.text(max_size=12))
def test_no_text_breaks_a_reader(text: str) -> None:
    for read in (read_mark, read_integer, read_number, read_date, read_datetime, read_tick, read_text):
        assert read(text).state in {"value", "blank", "unreadable", "out_of_range"}
    find_periods(text)
    read_period(text)
    money_factor(text)
