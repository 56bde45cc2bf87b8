"""Periods that titles, paths and cells name, and which of them a form reports."""

from datetime import datetime
from typing import Any

import pytest

from pipelines.intake.values.periods import Period, choose_period, find_periods, read_period


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
        ("9 tháng 2026", ["2026-09"]),
        ("Kết quả 9 tháng năm 2026", ["2026-09"]),
        ("Sáu tháng/2026", ["2026-06"]),
        ("ngày 9 tháng 10, 2026", []),
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


def test_the_form_s_own_kind_of_period_wins() -> None:
    both = [Period("2014-Q3", "quarter"), Period("2014-08", "month")]
    assert choose_period(both, "month") == "2014-08"
    assert choose_period(both, "quarter") == "2014-Q3"
    assert choose_period([Period("2014-08", "month")], "quarter") is None
    assert choose_period([], "month") is None
