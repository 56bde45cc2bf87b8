"""What counts as a delivery, and what becomes of paths that can't be read."""

import hashlib
import io
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pipelines.warehouse import deliveries
from pipelines.warehouse.archive import Archive, TooLargeError
from pipelines.warehouse.deliveries import Delivery, Limits, glance, receive

LIMITS = Limits(file_bytes=1000, unpacked_bytes=3000)


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
    return list(receive(raw, Archive(raw.parent / "archive"), limits))


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
    assert stat.S_IMODE(kept.stat().st_mode) == 0o444
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


def test_a_file_that_is_too_large_is_kept_and_not_read(raw: Path) -> None:
    put(raw, "a.xlsx", bytes(1001))
    (delivery,) = received(raw)
    assert (delivery.trouble, delivery.size) == ("too_large", 1001)


def test_a_folder_or_file_without_rights_is_a_finding_and_the_rest_is_received(
    raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tests may run as root, whom no right stops: the refusal is put in by hand."""
    for path in ("443/a.xlsx", "445/b.xlsx", "c.xlsx"):
        put(raw, path)
    scan, open_file = os.scandir, Path.open

    def refused_folder(folder: Path) -> object:
        if Path(folder).name == "443":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    def refused_file(self: Path, *arguments: Any) -> Any:
        if self.name == "c.xlsx":
            raise PermissionError(13, "Permission denied")
        return open_file(self, *arguments)

    monkeypatch.setattr(deliveries.os, "scandir", refused_folder)
    monkeypatch.setattr(Path, "open", refused_file)
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


def test_a_pipe_is_no_file_and_stops_nothing(raw: Path) -> None:
    os.mkfifo(raw / "pipe.xlsx")
    assert troubles(raw) == {"pipe.xlsx": "no_file"}


def test_a_glance_changes_with_names_sizes_times_and_reference_files_only(raw: Path) -> None:
    file = put(raw, "a.xlsx")
    first = glance(raw)
    assert glance(raw) == first
    assert first[1] == file.stat().st_mtime
    put(raw, ".hidden")
    assert glance(raw) == first
    os.utime(file, (1_000_000_000, 1_000_000_000))
    touched = glance(raw)
    assert touched != first
    put(raw, "reference/holidays.csv")
    assert glance(raw)[0] != touched[0]
