"""The register of incoming documents: which file a row means."""

import unicodedata
from typing import Any

import pytest

from pipelines.intake.model import Hint
from pipelines.intake.register import hints, match_register, may_register

PATHS = [
    "2014-09/443/Báo cáo T9.xlsx",
    "2014-09/446/H01.xlsx",
    "2014-10/446/H01.xlsx",
    "2014-09/nén.zip/Can Lộc.xlsx",
    "2014-09/nén.zip/sub/Vũ Quang.xlsx",
    "28.5.26 BC  dự án.xlsx",
    "raw.csv",
]


def row(
    file_name: str | None, sender: str | None = "443", period: str | None = "2014-09", **more: Any
) -> dict[str, Any]:
    usual = {"submission_id": "s", "sheet": "Sổ", "row_number": 5, "received_at": None, "is_withdrawal": None}
    return usual | {"file_name": file_name, "sender_code": sender, "period": period} | more


def paths(file_name: str | None) -> list[str | None]:
    return [match.matched_path for match in match_register([row(file_name)], PATHS)]


@pytest.mark.parametrize(
    ("file_name", "expected"),
    [
        ("2014-09/443/Báo cáo T9.xlsx", [PATHS[0]]),
        ("2014-09\\443\\BÁO CÁO T9.XLSX", [PATHS[0]]),
        ("./2014-09/443/Báo cáo T9.xlsx", [PATHS[0]]),
        ("raw/2014-09/443/Báo cáo T9.xlsx", [PATHS[0]]),
        ("Báo cáo T9.xlsx", [PATHS[0]]),
        ("Báo cáo T9", [PATHS[0]]),
        (unicodedata.normalize("NFD", "báo cáo t9.xlsx"), [PATHS[0]]),
        ("28.5.26 BC dự án.xlsx", [PATHS[5]]),
        ("raw.csv", [PATHS[6]]),
        ("2014-10/446/H01.xlsx", [PATHS[2]]),
        ("2014-09/nén.zip", PATHS[3:5]),
        ("nén.zip", PATHS[3:5]),
        ("2014-09/nén.zip/Can Lộc.xlsx", [PATHS[3]]),
        ("Can Lộc.xlsx", [PATHS[3]]),
        ("H01.xlsx", [None]),  # two files of that name: neither is meant
        ("446/H01.xlsx", [None]),
        ("không có.xlsx", [None]),
        ("../2014-09/443/Báo cáo T9.xlsx", [None]),
        ("2014-09/../2014-09/443/Báo cáo T9.xlsx", [None]),
        ("/etc/passwd", [None]),
        ("C:\\2014-09\\443\\Báo cáo T9.xlsx", [None]),
        ("", [None]),
        (None, [None]),
    ],
)
def test_file_that_a_row_means(file_name: str | None, expected: list[str | None]) -> None:
    assert paths(file_name) == expected


def test_one_row_a_register_row_in_its_order_and_one_a_member_of_an_archive() -> None:
    matches = match_register([row("nén.zip"), row("thiếu.xlsx", is_withdrawal=True)], PATHS)
    assert [(m.register_no, m.matched_path, m.is_withdrawal) for m in matches] == [
        (1, PATHS[3], False),
        (1, PATHS[4], False),
        (2, None, True),
    ]


def test_hint_is_what_the_last_row_says() -> None:
    rows = [row("H01.xlsx"), row(PATHS[1], "446", "2014-08"), row(PATHS[1], None, "2014-09"), row("mất.xlsx")]
    assert hints(match_register(rows, PATHS)) == {PATHS[1]: Hint("446", "2014-09")}


MESSAGE = "inbox/n20150804/bcdfghklmnpqrstv"


def test_an_attachment_is_meant_by_its_whole_path_and_makes_no_other_name_ambiguous() -> None:
    among = [*PATHS, f"{MESSAGE}/raw.csv", f"{MESSAGE}/nén.zip/a.xlsx"]

    def matched(file_name: str) -> list[str | None]:
        return [match.matched_path for match in match_register([row(file_name)], among)]

    assert matched("raw.csv") == ["raw.csv"]
    assert matched("nén.zip") == [PATHS[3], PATHS[4]]
    assert matched("a.xlsx") == [None]
    assert matched(f"{MESSAGE}/nén.zip") == [f"{MESSAGE}/nén.zip/a.xlsx"]


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("so-van-ban-den.csv", True),
        ("inbox/so cong van.xlsx", True),
        (f"{MESSAGE}/so-van-ban-den.csv", True),
        (f"{MESSAGE}/so-van-ban-den.xlsx", False),
        (f"{MESSAGE}/a.zip/so-van-ban-den.csv", False),
    ],
)
def test_a_register_that_somebody_mails_is_none(path: str, counts: bool) -> None:
    assert may_register(path) == counts
