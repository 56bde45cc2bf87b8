"""The office's own reference files: taken as they are, or one line that says where they are broken."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.overlays import KEYS, OverlayError, parameter, read_overlays


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / f"{name}.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_files_every_table_is_there_and_empty(tmp_path: Path) -> None:
    overlays = read_overlays(SEEDS_DIR, tmp_path / "reference")
    assert [overlay.name for overlay in overlays] == list(KEYS)
    assert not any(overlay.rows for overlay in overlays)


def test_columns_in_any_order_or_left_out_are_put_where_the_seed_has_them(tmp_path: Path) -> None:
    write(tmp_path, "holidays", "\ufeffname_vi,date\nGiỗ Tổ,2015-04-28\n\n,2015-05-01\n")
    holidays = read_overlays(SEEDS_DIR, tmp_path)[0]
    assert holidays.columns == ("date", "name_vi", "confidence")
    assert holidays.rows == (("2015-04-28", "Giỗ Tổ", None), ("2015-05-01", None, None))


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("holiday", "date\n2015-01-01\n", r"holiday\.csv: no reference data of this name"),
        ("holidays", "day\n2015-01-01\n", r"holidays\.csv, row 1: unknown column 'day'"),
        ("holidays", "name_vi\nx\n", r"row 1: column 'date' is missing"),
        ("holidays", "date,date\n", r"row 1: a column stands twice"),
        ("holidays", "date,name_vi\n2015-01-01\n", r"row 2: 1 cells under 2 columns"),
        ("holidays", "date\n01/01/2015\n", r"row 2: date '01/01/2015' is not a day like"),
        ("holidays", "date,name_vi\n2015-01-01,a\n2015-01-01,b\n", r"row 3: the same date as in row 2"),
        ("holidays", "date,name_vi\n,a\n", r"row 2: date is blank"),
        ("holidays", 'date\n"2015-01-01\n', r"can't be read as CSV"),
        (
            "parameters",
            "name,value,valid_from\nlook_back_periods,many,\n",
            r"row 2: value 'many' is not a number or a day",
        ),
        ("parameters", "name,valid_from\nlook_back_periods,\n", r"row 1: column 'value' is missing"),
        (
            "calendar_exceptions",
            "reporter_code,form,period,kind,due_on\n443,H01,2014-13,moved,2014-12-01\n",
            r"row 2: period '2014-13' is not a period",
        ),
        (
            "calendar_exceptions",
            "reporter_code,form,period,kind\n443,H01,2014-09,postponed\n",
            r"row 2: kind 'postponed' is not one of moved, excused",
        ),
        ("calendar_exceptions", "reporter_code,form,period,kind\n443,H01,2014-09,moved\n", r"row 2: .* needs due_on"),
    ],
)
def test_a_broken_file_is_one_line_with_file_and_row(tmp_path: Path, name: str, text: str, message: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(OverlayError, match=message) as raised:
        read_overlays(SEEDS_DIR, tmp_path)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_no_utf8_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "holidays.csv").write_bytes(b"date,name_vi\n2015-01-01,T\xea\xf1t\n")
    with pytest.raises(OverlayError, match=r"holidays\.csv: can't be read as CSV in UTF-8"):
        read_overlays(SEEDS_DIR, tmp_path)


def test_a_parameter_is_the_offices_own_where_it_holds_on_the_day(tmp_path: Path) -> None:
    assert parameter("lock_wait", SEEDS_DIR, tmp_path, dt.date(2015, 7, 20)) == "60"
    write(tmp_path, "parameters", "name,value,valid_from\nlock_wait,5,2015-01-01\n")
    assert parameter("lock_wait", SEEDS_DIR, tmp_path, dt.date(2014, 12, 31)) == "60"
    assert parameter("lock_wait", SEEDS_DIR, tmp_path, dt.date(2015, 1, 1)) == "5"
    write(tmp_path, "parameters", "name,value,valid_from\nlock_wait,7,\n")
    assert parameter("lock_wait", SEEDS_DIR, tmp_path, dt.date(2015, 1, 1)) == "7"
