"""What counts as a delivery, and what becomes of paths that can't be read."""

import contextlib
import datetime as dt
import errno
import hashlib
import io
import os
import resource
import shutil
import socket
import stat
import subprocess
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.warehouse import archive as archive_module
from pipelines.warehouse import deliveries
from pipelines.warehouse.archive import Archive, ArchiveError, Aside, TooLargeError
from pipelines.warehouse.deliveries import Delivery, Limits, RawFile, folder_fingerprint, receive, receive_whole, walk

LIMITS = Limits(1000, 3000, seconds=1, seconds_per_mb=1, memory_bytes=10**9, still_seconds=9)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


def put(raw: Path, path: str, content: bytes = b"content") -> Path:
    file = raw / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def received(raw: Path, limits: Limits = LIMITS) -> list[Delivery]:
    archive = Archive(raw.parent / "archive")
    return [delivery for found in walk(raw) for delivery in receive(found, archive, limits)]


def archived(raw: Path) -> list[Path]:
    return [file for file in (raw.parent / "archive").rglob("*") if file.is_file()]


def troubles(raw: Path, limits: Limits = LIMITS) -> dict[str, str]:
    return {delivery.path: delivery.trouble for delivery in received(raw, limits)}


@pytest.mark.parametrize(
    "path",
    """
    .hidden.xlsx ~$open.xlsx README.md README AS_OF a.provenance.yml reference/holidays.csv 443/.git/x.xlsx
    443/README-first.txt .Trash/a.xlsx
    """.split(),
)
def test_these_are_no_deliveries(raw: Path, path: str) -> None:
    put(raw, path)
    assert received(raw) == []


@pytest.mark.parametrize(
    "path", ["a.xlsx", "443/2014-09/b.pdf", "443/reference/c.xlsx", "x.yml", "readme.xlsx", "AS_OF.csv"]
)
def test_everything_else_is_one(raw: Path, path: str) -> None:
    put(raw, path)
    assert troubles(raw) == {path: ""}


def test_bytes_are_archived_under_their_hash_and_never_written_again(raw: Path) -> None:
    put(raw, "a.xlsx")
    put(raw, "b.xlsx")
    first, second = received(raw)
    assert first.sha256 == second.sha256
    kept = Archive(raw.parent / "archive").path(first.sha256 or "")
    assert kept.parent.name + kept.name == hashlib.sha256(b"content").hexdigest()
    assert kept.read_bytes() == b"content"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o440
    before = kept.stat().st_mtime_ns
    received(raw)
    assert kept.stat().st_mtime_ns == before


def test_names_are_nfc_and_a_name_that_is_no_text_is_spelt_out(raw: Path) -> None:
    put(raw, "Ky\u0300 Anh.xlsx")
    (raw / os.fsdecode(b"bi\xeau.xlsx")).write_bytes(b"x")
    assert list(troubles(raw)) == ["Kỳ Anh.xlsx", "bi\\xeau.xlsx"]


def packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_a_zip_is_its_members_and_a_zip_in_it_is_taken_apart_too(raw: Path) -> None:
    inner = packed({"c.xlsx": b"c"})
    put(raw, "t.zip", packed({"a/b.xlsx": b"b", "x.ZIP": inner, "README.txt": b"", "__MACOSX/._b": b""}))
    assert troubles(raw) == {"t.zip/a/b.xlsx": "", "t.zip/x.ZIP/c.xlsx": ""}


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\a.xlsx", "a\\..\\b.xlsx"])
def test_a_members_name_is_text_and_never_a_path(raw: Path, name: str) -> None:
    put(raw, "t.zip", packed({name: b"x"}))
    (delivery,) = received(raw)
    assert delivery.path == "t.zip/" + name.replace("\\", "/")
    assert {path.name for path in raw.parent.iterdir()} == {"raw", "archive"}


def test_a_members_name_in_utf8_without_saying_so_is_read_as_meant(raw: Path) -> None:
    content = packed({"Kỳ Anh.xlsx": b"x"})
    forgetful = bytearray(content)
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = content.index(start) + (6 if start[2] == 3 else 8)
        forgetful[at + 1] &= ~0x08
    put(raw, "t.zip", bytes(forgetful))
    assert list(troubles(raw)) == ["t.zip/Kỳ Anh.xlsx"]


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"PK\x03\x04 no zip", "damaged"),
        (b"", "damaged"),
        (packed({"a.xlsx": b"x" * 200})[:-30], "damaged"),
        (packed({}), "empty"),
        (packed({"README": b"x"}), "empty"),
        (packed({"a.xlsx": bytes(2000), "b.xlsx": bytes(2000)}), "archive_too_large"),
    ],
    ids=[
        "head only",
        "no bytes",
        "cut off",
        "no member",
        "no report",
        "too large",
    ],  # the bytes hold the time of packing
)
def test_a_zip_that_cannot_be_taken_apart_is_a_delivery_with_a_trouble(raw: Path, content: bytes, trouble: str) -> None:
    put(raw, "t.zip", content)
    (delivery,) = received(raw)
    assert (delivery.path, delivery.trouble, delivery.size) == ("t.zip", trouble, len(content))


def test_a_bomb_is_stopped_by_what_it_unpacks_to_not_by_what_it_says(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError):
        Archive(tmp_path / "archive").put(io.BytesIO(bytes(5_000_000)), limit=3000)
    assert not [file for file in (tmp_path / "archive").rglob("*") if file.is_file()]


def test_a_member_under_a_password_is_a_trouble_of_its_own(raw: Path) -> None:
    content = bytearray(packed({"a.xlsx": b"open", "b.xlsx": b"locked"}))
    local, central = content.rindex(b"PK\x03\x04"), content.rindex(b"PK\x01\x02")
    content[local + 6] |= 1
    content[central + 8] |= 1
    put(raw, "t.zip", bytes(content))
    assert troubles(raw) == {"t.zip/a.xlsx": "", "t.zip/b.xlsx": "encrypted"}


def test_a_file_over_the_limit_is_known_by_size_and_time_and_neither_copied_nor_hashed(raw: Path) -> None:
    with put(raw, "a.xlsx").open("r+b") as file:
        file.truncate(1 << 40)  # sparse: a terabyte that nobody could read through
    os.utime(raw / "a.xlsx", (1_410_000_000, 1_410_000_000))
    (delivery,) = received(raw)
    assert (delivery.trouble, delivery.size, delivery.sha256) == ("too_large_here", 1 << 40, None)
    assert delivery.modified_at == dt.datetime(2014, 9, 6, 10, 40)
    assert archived(raw) == []


def test_a_file_over_the_limit_is_another_delivery_when_size_or_time_changes_and_only_then(raw: Path) -> None:
    ids = set()
    for size, time in ((1001, 1_410_000_000), (1001, 1_410_000_000), (1002, 1_410_000_000), (1001, 1_410_000_001)):
        os.utime(put(raw, "a.xlsx", bytes(size)), (time, time))
        ids.add(received(raw)[0].delivery_id)
    assert len(ids) == 3


def test_a_zip_over_what_it_may_unpack_to_is_not_copied(raw: Path) -> None:
    put(raw, "t.zip", bytes(3001))
    assert troubles(raw) == {"t.zip": "archive_too_large_here"}
    assert archived(raw) == []


def test_a_member_over_the_limit_of_a_file_is_received_and_not_read(raw: Path) -> None:
    put(raw, "t.zip", packed({"a.xlsx": bytes(1001), "b.xlsx": b"x"}))
    assert troubles(raw) == {"t.zip/a.xlsx": "too_large", "t.zip/b.xlsx": ""}


@pytest.mark.parametrize(
    "members",
    [
        {f"{number}.zip": {f"{name}.xlsx": bytes(400) for name in "ab"} for number in range(4)},
        {"a.zip": {"b.zip": {"c.xlsx": bytes(3001)}}, "d.xlsx": b"d"},
        {"a.xlsx": b"a", "b.zip": {f"{number}.xlsx": b"x" for number in range(50)}},
    ],
)
def test_what_a_file_unpacks_to_is_limited_for_all_archives_in_it_together_and_nothing_of_it_is_kept_but_itself(
    raw: Path, members: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliveries, "MAX_MEMBERS", 40)

    def nested(inside: dict[str, Any]) -> bytes:
        return packed({name: nested(each) if isinstance(each, dict) else each for name, each in inside.items()})

    content = nested(members)
    put(raw, "t.zip", content)
    put(raw, "u.xlsx", b"u")
    assert troubles(raw) == {"t.zip": "archive_too_large", "u.xlsx": ""}
    assert sorted(file.stat().st_size for file in archived(raw)) == [1, len(content)]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_STORED])
def test_a_member_that_cannot_be_unpacked_is_a_trouble_of_its_own_however_it_is_packed(raw: Path, method: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("a.xlsx", os.urandom(500))
        archive.writestr("b.xlsx", b"whole")
    content = bytearray(buffer.getvalue())
    content[60:300] = bytes(240)
    put(raw, "t.zip", bytes(content))
    assert troubles(raw) == {"t.zip/a.xlsx": "damaged", "t.zip/b.xlsx": ""}


def test_a_dictionary_larger_than_memory_is_a_trouble_of_its_member(raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(self: Aside, source: Any, limit: int | None = None) -> Any:
        content = source.read()
        if content == b"greedy":
            raise MemoryError
        return whole(self, io.BytesIO(content), limit)

    whole = Aside.put
    monkeypatch.setattr(Aside, "put", greedy)
    put(raw, "t.zip", packed({"a.xlsx": b"greedy", "b.xlsx": b"x"}))
    assert troubles(raw) == {"t.zip/a.xlsx": "too_much_memory", "t.zip/b.xlsx": ""}


def test_an_archive_known_not_to_come_apart_is_not_tried_again(raw: Path) -> None:
    put(raw, "t.zip", packed({"a.xlsx": b"x"}))
    (found,) = walk(raw)
    archive = Archive(raw.parent / "archive")
    whole = receive_whole(found, archive, LIMITS)[0]
    (again,) = receive(found, archive, LIMITS, {whole.delivery_id: "too_slow"})
    assert (again.path, again.trouble) == ("t.zip", "too_slow")
    assert troubles(raw) == {"t.zip/a.xlsx": ""}


def test_a_file_that_is_written_while_it_is_read_waits_for_the_next_run(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = put(raw, "a.xlsx", b"begin")
    whole = Aside.put

    def written_meanwhile(self: Aside, source: Any, limit: int | None = None) -> Any:
        with file.open("ab") as more:
            more.write(b"!")
        return whole(self, source, limit)

    with monkeypatch.context() as patch:
        patch.setattr(Aside, "put", written_meanwhile)
        assert troubles(raw) == {"a.xlsx": "changing"}
    assert archived(raw) == []
    assert troubles(raw) == {"a.xlsx": ""}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EMFILE, errno.EDQUOT])
def test_a_full_disk_is_our_own_trouble_and_no_finding(raw: Path, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    put(raw, "t.zip", packed({"a.xlsx": b"x"}))

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(archive_module.tempfile, "NamedTemporaryFile", full)
    with pytest.raises(ArchiveError, match=os.strerror(code)):
        received(raw)


@contextlib.contextmanager
def no_file_over(size: int) -> Generator[None]:
    """Have the kernel refuse to write any file beyond a size: a disk that is full once something has been written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("name", ["a.xlsx", "t.zip"])
def test_a_disk_that_is_full_once_half_is_written_is_our_own_trouble(raw: Path, name: str) -> None:
    """Of a .zip the archive itself still finds room: its member does not, and is not called damaged for it."""
    content = bytes(900) if name == "a.xlsx" else packed({"b.xlsx": bytes(900)})
    put(raw, name, content)
    with no_file_over(400), pytest.raises(ArchiveError, match="File too large"):
        received(raw)
    assert [(each.trouble, each.size) for each in received(raw)] == [("", 900)]


def test_a_source_that_cannot_be_read_is_a_finding_whatever_the_archive_does(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(raw, "a.xlsx")

    def broken(*_: Any) -> bytes:
        raise deliveries._SourceError(OSError(errno.EIO, "Input/output error"))

    monkeypatch.setattr(deliveries._Source, "read", broken)
    assert troubles(raw) == {"a.xlsx": "unreadable"}


def test_a_folder_or_file_without_rights_is_a_finding_and_the_rest_is_received(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests may run as root, whom no right stops: the refusal is put in by hand."""
    for path in ("443/a.xlsx", "445/b.xlsx", "c.xlsx"):
        put(raw, path)
    scan, open_file = os.scandir, os.open

    def refused_folder(folder: Path) -> Any:
        if Path(folder).name == "443":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    def refused_file(file: Path, *arguments: Any, **more: Any) -> Any:
        if Path(file).name == "c.xlsx":
            raise PermissionError(13, "Permission denied")
        return open_file(file, *arguments, **more)

    monkeypatch.setattr(deliveries.os, "scandir", refused_folder)
    monkeypatch.setattr(deliveries.os, "open", refused_file)
    assert troubles(raw) == {"443": "unreadable", "445/b.xlsx": "", "c.xlsx": "unreadable"}


def test_links_are_followed_inside_the_raw_folder_only(raw: Path) -> None:
    put(raw, "443/a.xlsx")
    outside = raw.parent / "secret.xlsx"
    outside.write_bytes(b"secret")
    (raw / "inside.xlsx").symlink_to(raw / "443" / "a.xlsx")
    (raw / "outside.xlsx").symlink_to(outside)
    (raw / "gone.xlsx").symlink_to(raw / "nowhere")
    (raw / "folder").symlink_to(raw / "443")
    (raw / "circle").symlink_to(raw)
    assert troubles(raw) == {"443/a.xlsx": "", "gone.xlsx": "link", "inside.xlsx": "", "outside.xlsx": "link"}
    assert not any(
        outside.read_bytes() == file.read_bytes() for file in (raw.parent / "archive").rglob("*") if file.is_file()
    )


def test_links_that_lead_in_circles_or_to_special_files_are_findings(raw: Path) -> None:
    put(raw, "443/a.xlsx")
    (raw / "itself.xlsx").symlink_to(raw / "itself.xlsx")
    (raw / "there.xlsx").symlink_to(raw / "back.xlsx")
    (raw / "back.xlsx").symlink_to(raw / "there.xlsx")
    (raw / "443" / "up").symlink_to(raw)
    (raw / "outside").symlink_to(raw.parent)
    (raw / "device.xlsx").symlink_to("/dev/zero")
    os.mkfifo(raw / "pipe.xlsx")
    (raw / "piped.xlsx").symlink_to(raw / "pipe.xlsx")
    assert troubles(raw) == {
        "443/a.xlsx": "",
        "back.xlsx": "link",
        "device.xlsx": "link",
        "itself.xlsx": "link",
        "outside": "link",
        "pipe.xlsx": "no_file",
        "piped.xlsx": "no_file",
        "there.xlsx": "link",
    }


def test_what_is_no_regular_file_is_never_opened_to_wait(raw: Path) -> None:
    os.mkfifo(raw / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(raw / "socket.xlsx"))
    assert troubles(raw) == {"pipe.xlsx": "no_file", "socket.xlsx": "no_file"}
    pipe = RawFile("pipe.xlsx", raw / "pipe.xlsx", dt.datetime(2014, 9, 7))  # a file when the folder was walked
    (delivery,) = receive(pipe, Archive(raw.parent / "archive"), LIMITS)
    assert delivery.trouble == "no_file"


def deep(raw: Path, folders: int, name: str) -> None:
    """Make folders in each other, beyond what a path may name, with a file in the innermost."""
    here = os.open(raw, os.O_RDONLY)
    for _ in range(folders):
        os.mkdir(name, dir_fd=here)
        there = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    file = os.open("a.xlsx", os.O_CREAT | os.O_WRONLY, dir_fd=here)
    os.write(file, b"deep")
    os.close(file)
    os.close(here)


@pytest.fixture
def deep_raw(raw: Path) -> Iterator[Path]:
    """The raw folder, removed at once: pytest cleans up by `shutil.rmtree`, which recurses and fails 1,000 folders down."""
    yield raw
    subprocess.run(["/bin/rm", "-rf", str(raw)], check=True)


def test_a_file_below_1500_folders_is_received(deep_raw: Path) -> None:
    raw = deep_raw
    deep(raw, 1500, "d")
    put(raw, "e.xlsx")
    assert troubles(raw) == {"d/" * 1500 + "a.xlsx": "", "e.xlsx": ""}
    folder_fingerprint(raw)


def test_a_path_longer_than_this_machine_can_name_is_a_finding(deep_raw: Path) -> None:
    raw = deep_raw
    deep(raw, 30, "d" * 200)
    put(raw, "e.xlsx")
    first, second = troubles(raw).items()
    assert (first[1], second) == ("path_too_long", ("e.xlsx", ""))
    assert first[0].startswith("d" * 200 + "/")
    folder_fingerprint(raw)


def test_a_folder_that_vanishes_while_the_walk_is_under_way_hides_no_other(raw: Path) -> None:
    put(raw, "443/a.xlsx")
    put(raw, "445/b.xlsx")
    put(raw, "447/c.xlsx")
    seen = []
    for found in walk(raw):
        seen.append(found.path)
        shutil.rmtree(raw / "445", ignore_errors=True)
    assert seen == ["443/a.xlsx", "447/c.xlsx"]


def test_a_file_of_a_time_that_no_calendar_has_is_received(raw: Path) -> None:
    os.utime(put(raw, "a.xlsx"), (1 << 33, 1 << 33))
    os.utime(put(raw, "b.xlsx"), (-(1 << 31), -(1 << 31)))
    assert troubles(raw) == {"a.xlsx": "", "b.xlsx": ""}


def test_a_glance_changes_with_names_sizes_times_and_reference_files_only(raw: Path) -> None:
    file = put(raw, "a.xlsx")
    first = folder_fingerprint(raw)
    assert folder_fingerprint(raw) == first
    assert first[1] == file.stat().st_mtime
    put(raw, ".hidden")
    assert folder_fingerprint(raw) == first
    os.utime(file, (1_000_000_000, 1_000_000_000))
    touched = folder_fingerprint(raw)
    assert touched != first
    put(raw, "reference/holidays.csv")
    assert folder_fingerprint(raw)[0] != touched[0]
