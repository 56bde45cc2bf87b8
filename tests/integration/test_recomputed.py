"""Headline figures of June 2015, counted once more from the workbooks of the sample by a reader of its own.

Here: a reader that knows the sheets of that month well enough to count them and shares no code with the pipeline, and one
entry per figure. Not here: disorder (defects, corrections), which is what rules are tested for.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Any

import duckdb
import pytest
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.long

RAW = Path(__file__).parents[2] / "raw"
MONTH = "2015-06"
DISTRICTS = {
    "436": "thanh-pho-ha-tinh", "437": "thi-xa-hong-linh", "439": "huyen-huong-son", "440": "huyen-duc-tho",
    "441": "huyen-vu-quang", "442": "huyen-nghi-xuan", "443": "huyen-can-loc", "444": "huyen-huong-khe",
    "445": "huyen-thach-ha", "446": "huyen-cam-xuyen", "447": "huyen-ky-anh", "448": "huyen-loc-ha",
    "449": "thi-xa-ky-anh",
}  # fmt: skip
NUMBER = re.compile(r"\d\d/ntm-[hv]")
COMMUNE = {"xã", "tên xã", "địa điểm", "đơn vị"}
MET = {"x", "v", "đ", "đạt", "1", "+"}
TOWNS = ("thị trấn", "phường")

Row = dict[str, Any]


# -- the reader -------------------------------------------------------------------------------------------------------


def rows(folder: str, form: str) -> list[Row]:
    """Rows with a number in front below the title of a form, by their headers; `cells` are all of them, `from` the sender.

    A sheet can have a second form below the first. A commune's name that is merged over rows stands in the first alone.
    """
    found: list[Row] = []
    for file in sorted((RAW / MONTH / folder).iterdir()):
        book = CalamineWorkbook.from_path(file)
        for name in book.sheet_names:
            title, header, commune = "", [""], 0
            for line in book.get_sheet_by_name(name).to_python(skip_empty_area=False):
                cells = [text(cell) for cell in line]
                title = next((match[0] for match in map(NUMBER.search, cells) if match), title)
                if cells[0] in {"stt", "tt"}:
                    header = cells
                    commune = next((at for at, cell in enumerate(cells) if cell in COMMUNE), 0)
                elif title == form and cells[0].isdecimal() and not cells[1].replace(".", "").isdecimal():
                    cells[commune] = cells[commune] or found[-1]["commune"]
                    found.append({**dict(zip(header, cells, strict=True)), "cells": cells, "commune": cells[commune]})
    return [row | {"from": folder} for row in found]


def text(cell: Any) -> str:
    """A cell as lower-case text: 1.0 is "1", a day is "2015-06-30"."""
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    return " ".join(unicodedata.normalize("NFC", str(whole)).replace("(*)", "").lower().split())


def number(cell: str) -> float:
    return float(cell.replace(".", "").replace(",", ".") if "," in cell else cell)


def day(cell: str) -> dt.date | None:
    parts = [int(part) for part in cell.replace("/", "-").replace(".", "-").split("-") if part.isdecimal()]
    return dt.date(*(parts if parts[0] > 31 else parts[::-1])) if len(parts) == 3 else None


# -- what is counted --------------------------------------------------------------------------------------------------


def everywhere(form: str, *, wards: bool = False) -> list[Row]:
    found = [row for folder in DISTRICTS.values() for row in rows(folder, form)]
    return [row for row in found if wards or not row["commune"].startswith(TOWNS)]


def criteria(row: Row) -> int:
    """Of the 19 marks of a row of H01 those that are met; they stand side by side."""
    first = next(at for at, name in enumerate(row) if name == "1" or name.startswith("kết quả"))
    return sum(cell in MET for cell in row["cells"][first : first + 19])


def of(district: str, found: list[Row]) -> list[Row]:
    return [row for row in found if row["from"] == DISTRICTS[district]]


def running(found: list[Row]) -> list[Row]:
    return [row for row in found if row["tình trạng"] == "đang hoạt động"]


def new(found: list[Row], column: str) -> list[Row]:
    return [row for row in found if (on := day(row[column])) and (on.year, on.month) == (2015, 6)]


def communes(found: list[Row]) -> set[tuple[str, str]]:
    return {(row["from"], row["commune"]) for row in found}


@pytest.fixture(scope="module")
def sheets() -> dict[str, list[Row]]:
    lists = {
        form: everywhere(form) for form in ("01/ntm-h", "02/ntm-h", "03/ntm-h", "04/ntm-h", "06/ntm-h", "07/ntm-h")
    }
    return lists | {
        "models": everywhere("02/ntm-h", wards=True),
        "officers": everywhere("05/ntm-h", wards=True),
        "inspections": rows("van-phong-dieu-phoi", "01/ntm-v"),
    }


Count = Callable[[dict[str, list[Row]]], float]
PROVINCE, DISTRICT = "marts.province_months where", "marts.district_months where district_code = '{}' and"
FIGURES: dict[str, tuple[str, str, Count]] = {
    "criteria met, average": ("criteria_met_avg", PROVINCE, lambda s: fmean(criteria(row) for row in s["01/ntm-h"])),
    "communes that reported": ("communes_reported", PROVINCE, lambda s: len(s["01/ntm-h"])),
    "communes at 19": ("communes_at_19", PROVINCE, lambda s: sum(criteria(row) == 19 for row in s["01/ntm-h"])),
    "communes at 15 to 18": ("communes_15_18", PROVINCE, lambda s: sum(14 < criteria(row) < 19 for row in s["01/ntm-h"])),
    "communes under 7": ("communes_under_7", PROVINCE, lambda s: sum(criteria(row) < 7 for row in s["01/ntm-h"])),
    "running models": ("models_running", PROVINCE, lambda s: len(running(s["02/ntm-h"]))),
    "new models": ("models_new", PROVINCE, lambda s: len(new(s["02/ntm-h"], "ngày hình thành"))),
    "communes without a model": (
        "communes_without_model", PROVINCE, lambda s: len(s["01/ntm-h"]) - len(communes(running(s["02/ntm-h"]))),
    ),
    "new enterprises": (
        "enterprises_new", PROVINCE,
        lambda s: sum(row["loại"] in {"dn", "doanh nghiệp"} for row in new(s["03/ntm-h"], "ngày thành lập")),
    ),
    "new cooperatives": (
        "cooperatives_new", PROVINCE,
        lambda s: sum(row["loại"] in {"htx", "hợp tác xã"} for row in new(s["03/ntm-h"], "ngày thành lập")),
    ),
    "recognised gardens": (
        "gardens_recognised", PROVINCE,
        lambda s: sum((row["loại"], row["tình trạng"]) == ("vườn mẫu", "đạt chuẩn") for row in s["04/ntm-h"]),
    ),
    "communes with an officer": ("communes_with_officer", PROVINCE, lambda s: len(communes(s["06/ntm-h"]))),
    "Can Lộc: criteria met": (
        "criteria_met_avg", DISTRICT.format(443), lambda s: fmean(criteria(row) for row in of("443", s["01/ntm-h"])),
    ),
    "Đức Thọ: communes at 19": (
        "communes_at_19", DISTRICT.format(440), lambda s: sum(criteria(row) == 19 for row in of("440", s["01/ntm-h"])),
    ),
    "Cẩm Xuyên: running models": (
        "models_running", DISTRICT.format(446), lambda s: len(running(of("446", s["02/ntm-h"]))),
    ),
    "Hương Sơn: full-time officers": (
        "full_time_officers", DISTRICT.format(439),
        lambda s: sum(row["chuyên trách (x)"] != "" and row["đến ngày"] == "" for row in of("439", s["officers"])),
    ),
    "Thạch Hà: residential areas": (
        "residential_areas_recognised", DISTRICT.format(445),
        lambda s: sum(row["loại"].startswith("kdc") and row["tình trạng"] == "đạt chuẩn" for row in of("445", s["04/ntm-h"])),
    ),
    "Can Lộc: funds": (
        "funds_ytd_million_vnd", DISTRICT.format(443),
        lambda s: sum(number(row["tổng số"]) for row in of("443", s["07/ntm-h"])),
    ),
    "Đức Thọ: funds": (
        "funds_ytd_million_vnd", DISTRICT.format(440),
        lambda s: sum(number(row["tổng số"]) for row in of("440", s["07/ntm-h"])),
    ),
    "Hương Khê: credit": (
        "sum(funds_ytd_million_vnd)", "marts.fct_resources where district_code = '444' and source = 'credit' and",
        lambda s: sum(number(row["tín dụng"]) for row in of("444", s["07/ntm-h"])),
    ),
    "livestock models": (
        "sum(models_running)", "marts.production_months where sector = 'livestock' and",
        lambda s: sum(row["lĩnh vực"] == "chăn nuôi" for row in running(s["models"])),
    ),
    "large models": (
        "sum(models_running)", "marts.production_months where size = 'large' and",
        lambda s: sum(row["quy mô"] == "lớn" for row in running(s["models"])),
    ),
    "models formed, wards too": (
        "sum(models_formed)", "marts.production_months where", lambda s: len(new(s["models"], "ngày hình thành")),
    ),
    "items inspected": ("count(*)", "marts.fct_inspections where", lambda s: len(s["inspections"])),
    "items confirmed": (
        "count_if(is_confirmed)", "marts.fct_inspections where",
        lambda s: sum(row["kết luận"] == "đúng" for row in s["inspections"]),
    ),
}  # fmt: skip
"""What it is called: column and table of the published file, and how it is counted from the sheets."""


@pytest.mark.parametrize("name", FIGURES)
def test_a_headline_figure_is_what_a_reader_of_its_own_counts(
    sample: duckdb.DuckDBPyConnection, sheets: dict[str, list[Row]], name: str
) -> None:
    column, table, count = FIGURES[name]
    published = sample.sql(f"select {column} from {table} month = date '{MONTH}-01'").fetchall()
    assert published == [(pytest.approx(count(sheets), abs=1e-9),)]
