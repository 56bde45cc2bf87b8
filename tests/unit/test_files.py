"""A file of ours is replaced whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from pipelines.files import UNFINISHED, put_in_place, remove_unfinished, replace_file


def test_a_file_is_replaced_and_its_folder_made(tmp_path: Path) -> None:
    path = tmp_path / "trả lời" / "a.xlsx"
    for content in (b"first", b"second"):
        replace_file(path, content)
        assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == ["a.xlsx"]


def test_a_file_is_for_the_owner_and_the_group_unless_it_is_public(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        replace_file(tmp_path / "receipts" / "a.xlsx", b"")
        replace_file(tmp_path / "docs" / "a.html", b"", is_public=True)
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {"receipts": 0o750, "a.xlsx": 0o640, "docs": 0o755, "a.html": 0o644}


def test_the_old_file_stands_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    replace_file(path, b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, b"new", is_lasting=True)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.json"]


def test_what_must_last_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    aside, path = tmp_path / "aside", tmp_path / "kept"
    aside.write_bytes(b"x")
    synced = []

    def note(descriptor: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(descriptor).st_mode), path.exists()))

    monkeypatch.setattr(os, "fsync", note)
    put_in_place(aside, path, mode=0o444)
    assert synced == [(False, False), (True, True)], "the bytes before the rename, the name after it"
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_what_a_killed_writer_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (f".abc{UNFINISHED}", f"443/.x{UNFINISHED}.wal", "443/a.xlsx", ".keep"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    remove_unfinished(tmp_path)
    assert sorted(file.name for file in tmp_path.rglob("*") if file.is_file()) == [".keep", "a.xlsx"]
