"""A backup of what can't be made again, and the way back: archive with its index, history of checks, files of this installation.

Here: which files these are, the secret of ids among them, copying them whole, and putting them back; every content is checked
by its hash on its way. The rest under NTM_HOME follows from them: the next run makes it again. Both are for the holder of the
run's lock.
Not here: what is wrong with an installation (verification.py).
"""

import os
import shutil
from dataclasses import dataclass, field
from io import BytesIO
from itertools import zip_longest
from pathlib import Path

import duckdb

from pipelines.files import UNFINISHED, put_in_place, replace_file
from pipelines.warehouse.archive import Archive, ContentError, our_trouble
from pipelines.warehouse.arrivals import FILE, Arrivals, read_arrival, read_lines
from pipelines.warehouse.landed_schema import load_check_results
from pipelines.warehouse.load import open_working_file
from pipelines.warehouse.rows import quote
from pipelines.warehouse.secret import MODE, find_kept

ARCHIVE, PUBLISHED, HISTORY, INSTALLATION = "archive", "published.duckdb", "check_results.parquet", "installation"
OF_IDS = "secret"
"""What the secret of ids is called in a backup, whatever its file is called here."""


@dataclass
class Copied:
    """What was copied: contents, of them those that were not there before, and a line per thing that could not be."""

    contents: int = 0
    new: int = 0
    files: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


class BackupError(Exception):
    """A backup can't be made there, or nothing can be restored from it; the line says why."""


def write_backup(home: Path, secret_file: Path, working_file: Path, published_file: Path, folder: Path) -> Copied:
    """Bring the backup in `folder` up to date: only contents that are not there yet are copied.

    The index comes last, so that a backup broken off is the one before, with more contents. Raises BackupError where
    `folder` has the backup of another installation, ArchiveError where it can't be written.
    """
    with our_trouble(folder):
        folder.mkdir(parents=True, exist_ok=True)
    archive, kept = Archive(home / ARCHIVE), Archive(folder / ARCHIVE)
    if not (archive.folder / FILE).is_file():
        raise BackupError(f"{archive.folder}: nothing was received yet")
    _merge_indexes(archive.folder / FILE, kept.folder / FILE)
    copied = _copy_contents(archive, kept, is_trusted=True)
    with our_trouble(folder):
        for file in _installation_files(home, secret_file):
            _copy_file(file, folder / INSTALLATION / file.name, copied)
        if secret_file.is_file():
            _copy_file(secret_file, folder / OF_IDS, copied, mode=MODE)
        elif find_kept(archive.folder):
            copied.troubles.append(f"{secret_file}: mất khóa tạo mã · the secret that ids are made with is gone")
        if published_file.is_file():
            _copy_file(published_file, folder / PUBLISHED, copied)
        _copy_history(working_file, folder / HISTORY, copied)
        _copy_file(archive.folder / FILE, kept.folder / FILE, copied)
    return copied


def restore_backup(
    folder: Path, home: Path, secret_file: Path, raw_dir: Path, working_file: Path, published_file: Path
) -> Copied:
    """Put back what `home` and the raw folder lack, or have damaged; what they have is left as it is.

    Of the raw folder these are the office's own lists and the day asked for: deliveries are read from the archive.
    Raises BackupError for a folder that is not a backup, or of another installation; ArchiveError for a full disk.
    """
    kept, archive = Archive(folder / ARCHIVE), Archive(home / ARCHIVE)
    if not (kept.folder / FILE).is_file():
        raise BackupError(f"{folder} is not a backup: there is no {ARCHIVE}/{FILE} in it")
    index = _merge_indexes(kept.folder / FILE, archive.folder / FILE)
    with our_trouble(home):
        archive.folder.mkdir(parents=True, exist_ok=True)
        copied = _copy_contents(kept, archive, is_trusted=False)
        replace_file(archive.folder / FILE, index, is_lasting=True)
        for file in sorted((folder / INSTALLATION).glob("*")):
            if not (home / file.name).exists():
                _copy_file(file, home / file.name, copied)
        if (folder / OF_IDS).is_file() and not secret_file.exists():
            _copy_file(folder / OF_IDS, secret_file, copied, mode=MODE)
        if (folder / PUBLISHED).is_file() and not published_file.exists():
            _copy_file(folder / PUBLISHED, published_file, copied)
        if (folder / HISTORY).is_file() and not working_file.exists():
            with open_working_file(working_file) as connected:
                load_check_results(connected, folder / HISTORY)
            copied.files.append(HISTORY)
        _put_reference_files(archive, raw_dir, copied)
    return copied


def _merge_indexes(first: Path, second: Path) -> bytes:
    """Return the longer of two indexes of one installation, damaged lines of either taken from the other.

    Raises BackupError where they tell of different arrivals.
    """
    lines = [read_lines(file) if file.is_file() else [] for file in (first, second)]
    merged = []
    for number, pair in enumerate(zip_longest(*lines), 1):
        there = {line for line in pair if line is not None and read_arrival(line)} or {pair[0] or pair[1]}
        if len(there) > 1:
            raise BackupError(f"{first} and {second} are of two installations: line {number} differs")
        merged.append(there.pop())
    return b"".join(line + b"\n" for line in merged if line is not None)


def _copy_contents(source: Archive, target: Archive, *, is_trusted: bool) -> Copied:
    """Copy what `target` does not have. `is_trusted`: what it has is as it was written; otherwise each is read and checked."""
    copied = Copied()
    with target.aside() as aside:
        for sha256 in source.hashes():
            copied.contents += 1
            try:
                if _is_there(source, target, sha256, is_trusted=is_trusted):
                    continue
                target.set_aside(sha256)
                content = aside.put(BytesIO(source.read(sha256)))
                target.keep(content)
                copied.new += 1
            except ContentError as error:
                copied.troubles.append(str(error))
    return copied


def _is_there(source: Archive, target: Archive, sha256: str, *, is_trusted: bool) -> bool:
    if not target.path(sha256).is_file():
        return False
    if is_trusted:
        return target.path(sha256).stat().st_size == source.path(sha256).stat().st_size
    try:
        target.check(sha256)
    except ContentError:
        return False
    return True


def _installation_files(home: Path, secret_file: Path) -> list[Path]:
    """Return the files of `home` itself that are no working file, no lock and not the secret: what came by mail and was sent."""
    ours = ("working.duckdb", "standing.json", ".")
    files = [file for file in sorted(home.iterdir()) if file.is_file() and not file.name.startswith(ours)]
    files = [file for file in files if file.suffix != ".lock"]
    return [file for file in files if file != secret_file]


def _copy_file(source: Path, target: Path, copied: Copied, mode: int | None = None) -> None:
    """Copy a file whole, with its time and with who may read it, unless a mode is given."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.parent / f".{target.name}{UNFINISHED}"
    aside.unlink(missing_ok=True)
    aside.touch(mode=MODE)
    shutil.copyfile(source, aside)
    status = source.stat()
    os.utime(aside, ns=(status.st_atime_ns, status.st_mtime_ns))
    put_in_place(aside, target, mode=status.st_mode & 0o777 if mode is None else mode)
    copied.files.append(target.name)


def _copy_history(working_file: Path, target: Path, copied: Copied) -> None:
    """Copy the history of checks, which stands in the working file alone."""
    if not working_file.is_file():
        return
    aside = target.with_name(f".{target.name}{UNFINISHED}")
    try:
        with duckdb.connect(str(working_file), read_only=True) as connected:
            connected.execute(f"copy landed.check_results to {quote(aside)} (format parquet)")
    except duckdb.Error as error:
        copied.troubles.append(
            f"{working_file}: the history of checks can't be read: {str(error).partition(chr(10))[0]}"
        )
        return
    put_in_place(aside, target)
    copied.files.append(target.name)


def _put_reference_files(archive: Archive, raw_dir: Path, copied: Copied) -> None:
    with Arrivals(archive.folder) as arrivals:
        files = arrivals.reference_files()
    for path, sha256 in files.items():
        if not (raw_dir / path).exists():
            replace_file(raw_dir / path, archive.read(sha256), is_lasting=True)
            copied.files.append(path)
