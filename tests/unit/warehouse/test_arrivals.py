"""The index of what was received: it outlives raw folder, working file and killed runs, and keeps the order."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from pipelines.warehouse import arrivals as module
from pipelines.warehouse.archive import ArchiveError
from pipelines.warehouse.arrivals import FILE, Arrivals
from pipelines.warehouse.deliveries import Delivery, Limits

DAY = dt.datetime(2014, 10, 2, 1)
LIMITS = Limits(1000, 3000, seconds=1, seconds_per_mb=1, memory_bytes=10**9, still_seconds=9)


def delivery(path: str, content: str | None = "a", **more: Any) -> Delivery:
    """A delivery whose SHA-256 is its content."""
    size, modified_at = more.pop("size", content and len(content)), more.pop("modified_at", DAY)
    return Delivery(path, content, size, modified_at, **more)


def note(folder: Path, *runs: list[Delivery]) -> list[int]:
    """Note what each run received, each run with the index opened anew; return how many lines each wrote."""
    written = []
    for run in runs:
        with Arrivals(folder) as arrivals:
            written.append(arrivals.note(run, DAY + dt.timedelta(days=len(arrivals_of(folder)))))
    return written


def arrivals_of(folder: Path) -> list[tuple[str, str | None]]:
    with Arrivals(folder) as arrivals:
        return [(each.path, each.sha256) for _, each in arrivals]


def known(folder: Path) -> list[tuple[str, str | None, str]]:
    with Arrivals(folder) as arrivals:
        return [(each.path, each.sha256, each.trouble) for each in arrivals.deliveries(LIMITS).values()]


def test_a_content_that_comes_back_to_its_path_is_three_arrivals_of_two_deliveries(tmp_path: Path) -> None:
    a, b = [delivery("Kỳ Anh/tháng 9.xlsx", "A")], [delivery("Kỳ Anh/tháng 9.xlsx", "B")]
    assert note(tmp_path, a, a, b, b, a, a) == [1, 0, 1, 0, 1, 0]
    assert arrivals_of(tmp_path) == [("Kỳ Anh/tháng 9.xlsx", content) for content in "ABA"]
    assert known(tmp_path) == [("Kỳ Anh/tháng 9.xlsx", "A", ""), ("Kỳ Anh/tháng 9.xlsx", "B", "")]


def test_a_delivery_keeps_the_time_of_its_first_arrival_and_a_touched_file_does_not_arrive_again(
    tmp_path: Path,
) -> None:
    later = DAY + dt.timedelta(days=9)
    assert note(tmp_path, [delivery("a")], [delivery("a", modified_at=later)], [delivery("b", modified_at=later)]) == [
        1,
        0,
        1,
    ]
    with Arrivals(tmp_path) as arrivals:
        assert [each.modified_at for each in arrivals.deliveries(LIMITS).values()] == [DAY, later]


def test_two_files_whose_names_are_one_in_nfc_arrive_once_each(tmp_path: Path) -> None:
    both = [delivery("a", "1"), delivery("a", "2")]
    assert note(tmp_path, both, both, [both[0], delivery("a", "3")], [both[0], delivery("a", "3")]) == [2, 0, 2, 0]


def test_members_follow_their_archive_which_is_no_delivery(tmp_path: Path) -> None:
    packed = delivery("t9.zip", "Z")
    members = [
        delivery("t9.zip/a.xlsx", "A", container=packed),
        delivery("t9.zip/b.xlsx", None, container=packed, trouble="encrypted"),
        delivery("t9.zip/c.xlsx", "C" * 1001, container=packed, trouble="too_large"),
    ]
    assert note(tmp_path, members, members) == [4, 0]
    assert known(tmp_path) == [(each.path, each.sha256, each.trouble) for each in members]
    with Arrivals(tmp_path) as arrivals:
        assert arrivals.packed() == []


def test_an_archive_of_which_no_member_is_known_has_to_be_taken_apart(tmp_path: Path) -> None:
    damaged, whole = delivery("t9.zip", "Y", trouble="damaged"), delivery("t9.zip", "Z")
    note(tmp_path, [damaged])
    assert known(tmp_path) == []
    with Arrivals(tmp_path) as arrivals:
        assert arrivals.packed() == [delivery("t9.zip", "Y")]
    note(tmp_path, [delivery("t9.zip/a.xlsx", container=whole)])
    with Arrivals(tmp_path) as arrivals:
        assert arrivals.packed() == []
    note(tmp_path, [damaged])
    with Arrivals(tmp_path) as arrivals:
        assert arrivals.packed() == [delivery("t9.zip", "Y")]


@pytest.mark.parametrize(
    ("runs", "wanted"),
    [
        ([[delivery("a", None, size=9, trouble="too_large_here")]], [("a", None, "too_large_here")]),
        (
            [[delivery("a", None, size=9, trouble="too_large_here")], [delivery("a", "mended")]],
            [("a", None, "too_large_here"), ("a", "mended", "")],
        ),
        (
            [[delivery("a", None, size=9, trouble="too_large_here")], [delivery("a", "123456789")]],
            [("a", "123456789", "")],
        ),
        ([[delivery("a", None, trouble="unreadable")]], []),
    ],
    ids=["over the limit", "replaced by another", "within a limit that was raised", "never had"],
)
def test_what_was_not_received_is_known_as_far_as_it_was_sent(
    tmp_path: Path, runs: list[list[Delivery]], wanted: list[tuple[str, str | None, str]]
) -> None:
    note(tmp_path, *runs)
    assert known(tmp_path) == wanted


def test_the_offices_own_files_are_kept_with_each_change_and_are_no_deliveries(tmp_path: Path) -> None:
    def note_reference(*files: Delivery) -> tuple[int, dict[str, str]]:
        with Arrivals(tmp_path) as arrivals:
            written = arrivals.note(files, DAY + dt.timedelta(days=len(list(arrivals))), "reference")
            return written, arrivals.reference_files()

    assert note_reference(delivery("AS_OF", "1"), delivery("reference/holidays.csv", "h"))[0] == 2
    assert note_reference(delivery("AS_OF", "2"), delivery("reference/holidays.csv", "h")) == (
        1,
        {"AS_OF": "2", "reference/holidays.csv": "h"},
    )
    gone = delivery("reference/holidays.csv", None)
    assert [note_reference(delivery("AS_OF", "2"), gone) for _ in range(2)] == [
        (1, {"AS_OF": "2"}),
        (0, {"AS_OF": "2"}),
    ]
    assert known(tmp_path) == []


@pytest.fixture
def index(tmp_path: Path) -> Path:
    note(tmp_path, [delivery("a"), delivery("b"), delivery("c")])
    return tmp_path / FILE


@pytest.mark.parametrize("length", [1, 40, -1])
def test_a_torn_last_line_is_cut_off_and_written_again(index: Path, length: int) -> None:
    *whole, last = index.read_bytes().splitlines(keepends=True)
    index.write_bytes(b"".join(whole) + last[:length])
    assert [path for path, _ in arrivals_of(index.parent)] == ["a", "b"]
    assert note(index.parent, [delivery("a"), delivery("b"), delivery("c")]) == [1]
    assert [path for path, _ in arrivals_of(index.parent)] == ["a", "b", "c"]


def test_a_damaged_line_is_left_out_and_left_alone_and_the_others_keep_their_numbers(index: Path) -> None:
    damaged = index.read_bytes().replace(b'"path":"b"', b'"path":"x"')
    index.write_bytes(damaged)
    with Arrivals(index.parent) as arrivals:
        assert arrivals.damaged == [2]
        assert [(number, each.path) for number, each in arrivals] == [(1, "a"), (3, "c")]
    assert index.read_bytes() == damaged


def test_a_full_disk_is_our_own_trouble_and_the_next_run_writes_what_is_missing(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_half(descriptor: int, content: bytes) -> int:
        if len(content) < 100:
            raise OSError(28, "No space left on device")
        return os.write(descriptor, content[: len(content) - 50])

    with monkeypatch.context() as patch:
        patch.setattr(module, "os", type("FullDisk", (), {**vars(os), "write": staticmethod(write_half)}))
        with pytest.raises(ArchiveError, match="No space left"):
            note(index.parent, [delivery("d")])
    assert note(index.parent, [delivery("d")]) == [1]
    assert [path for path, _ in arrivals_of(index.parent)] == ["a", "b", "c", "d"]


def test_names_that_are_not_text_come_back_as_they_were(tmp_path: Path) -> None:
    paths = ['Đức Thọ/quý 3 "bản sửa".xls', "a\nb", "\\xe9.xls", "\udce9", '","crc32":"']
    note(tmp_path, [delivery(path) for path in paths])
    assert [path for path, _ in arrivals_of(tmp_path)] == paths
