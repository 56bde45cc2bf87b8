"""Whether a run would find anything new: decided from outside, by names, sizes and times of files, before one is opened.

A run that ends with the published file in step with everything it follows from notes what all of that looked like: the
raw folder as it lay before the run read it, the day asked for, the code, the archive, the working and the published
file. The next run compares; the slightest difference, or no note, and it reads as ever. The note is dropped when a run
begins, so a run that was killed or refused is never taken for one that ended well.
Times are the kernel's own (ctime), which no program can set back: a file of the same size and date is noticed, too.
Not here: what is new (load.py, by content), and what a run does when nothing is.
"""

import contextlib
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.files import replace_file
from pipelines.reference.lists import find_overlay_files
from pipelines.settings import Settings
from pipelines.warehouse.build import code_version
from pipelines.warehouse.deliveries import walk

SETTLED_SECONDS = 2.0
"""A file that changed so shortly before it was looked at may change again within one tick of a clock: it is not trusted."""


@dataclass(frozen=True)
class RawFolder:
    """The raw folder and the office's reference files in it, as they looked when a run began.

    `digest`: of all names, sizes and times. `is_settled`: whether a later change is sure to make another digest.
    """

    digest: str
    is_settled: bool


def read_raw_folder(settings: Settings) -> RawFolder:
    """Look at what a run is about to read; nothing is opened."""
    before = time.time()
    digest, newest = hashlib.sha256(), 0.0
    for path, file in _find_inputs(settings):
        text, changed = _looks(file)
        digest.update(f"{path}\n{text}\n".encode())
        newest = max(newest, changed)
    return RawFolder(digest.hexdigest(), newest < before - SETTLED_SECONDS)


def mark_changing(settings: Settings) -> None:
    """Note that a run is at work: whatever becomes of it, the next one looks at everything unless it ends well."""
    settings.standing_file.unlink(missing_ok=True)


def mark_standing(settings: Settings, raw_folder: RawFolder, deliveries: int) -> None:
    """Note that the published file says all that is in the folder as it looked when the run began: so many deliveries.

    Called under the run's lock, when nobody has the working file open. Without a note the next run reads: a full disk does
    not make this one fail.
    """
    if raw_folder.is_settled:
        with contextlib.suppress(OSError):
            note = {"fingerprint": _fingerprint(settings, raw_folder), "deliveries": deliveries}
            replace_file(settings.standing_file, json.dumps(note).encode())


def find_standing(settings: Settings) -> int | None:
    """Return how many deliveries the published file knows if a run would find nothing new; None if it might.

    Called under the run's lock.
    """
    try:
        note = json.loads(settings.standing_file.read_bytes())
        if note["fingerprint"] != _fingerprint(settings, read_raw_folder(settings)):
            return None
        with duckdb.connect(str(settings.published_file), read_only=True) as published:
            is_whole = published.execute("select count(*) from meta.build").fetchone() == (1,)
        return note["deliveries"] if is_whole else None
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error):
        return None


def _fingerprint(settings: Settings, raw_folder: RawFolder) -> str:
    """Return a hash of all that a run's result follows from, and of the results."""
    digest = hashlib.sha256(f"{raw_folder.digest}\n{code_version()}\n{settings.as_of}\n{settings.raw_dir}\n".encode())
    working = settings.working_file
    files = [working, working.with_name(f"{working.name}.wal"), settings.published_file, settings.secret_file]
    for file in (*files, *sorted(settings.archive_dir.iterdir())):
        digest.update(f"{file.name}\n{_looks(file)[0]}\n".encode())
    return digest.hexdigest()


def _find_inputs(settings: Settings) -> Iterator[tuple[str, Path]]:
    """Yield what a run reads: deliveries by their paths, what was exchanged by mail, then the office's reference files."""
    for raw_file in walk(settings.raw_dir, settings.inbox_dir):
        yield f"{raw_file.path}\n{raw_file.trouble}", raw_file.file
    for file in (settings.messages_file, settings.letters_file):
        yield file.name, file
    for file in find_overlay_files(settings.overlay_dir):
        yield file.relative_to(settings.overlay_dir).as_posix(), file


def _looks(file: Path) -> tuple[str, float]:
    """Return what tells a file from another one or from itself before a change, and when it changed (seconds since 1970)."""
    try:
        status = file.stat()
    except OSError as error:
        return f"{error.errno}", 0.0
    parts = (status.st_dev, status.st_ino, status.st_mode, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return " ".join(map(str, parts)), max(status.st_mtime, status.st_ctime)
