"""Files that are replaced whole: written aside, then put in place by one rename.

Here: the one way in which a file of ours takes another's place, and what a killed writer leaves. A reader sees the old
file or the new one, never a half; what must outlive a loss of power is synced before the rename, and its folder after.
Not here: what stands in any file.
"""

import os
import tempfile
from pathlib import Path

UNFINISHED = ".unfinished"
"""In the name of everything that is still being written."""
PRIVATE = 0o640
"""The rights to a file that may name people: its owner's, and to read it those of the owner's group."""
PUBLIC = 0o644
PUBLIC_FOLDER = 0o755


def keep_private() -> None:
    """Leave others without any right to what this process, and those it starts, will make, unless it is said to be public."""
    os.umask(0o027)


def make_public_folder(folder: Path) -> None:
    """Make a folder, if it is not there, into which every account of the machine may look. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(PUBLIC_FOLDER)


def replace_file(
    path: Path, content: bytes, *, is_lasting: bool = False, is_public: bool = False, mode: int = PRIVATE
) -> None:
    """Put `content` at `path`; folders are made. `is_lasting`: on return it outlives a loss of power.

    `is_public`: every account of the machine may read it; else those who may by `mode`, at no time anybody else.
    What can be made again need not last: what a loss of power broke is found broken and written anew. Raises OSError; the
    old file stands then.
    """
    if is_public:
        make_public_folder(path.parent)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=UNFINISHED, delete=False) as file:
        aside = Path(file.name)
        try:
            file.write(content)
            file.close()
            put_in_place(aside, path, mode=PUBLIC if is_public else mode, is_lasting=is_lasting)
        finally:
            aside.unlink(missing_ok=True)


def put_in_place(aside: Path, path: Path, *, mode: int = PRIVATE, is_lasting: bool = True) -> None:
    """Rename the finished file `aside` to `path`, in a folder of the same file system that exists."""
    if is_lasting:
        sync(aside)
    aside.chmod(mode)
    aside.replace(path)
    if is_lasting:
        sync(path.parent)


def remove_unfinished(folder: Path) -> None:
    """Drop what killed writers left below a folder. Only where no other process writes there: under the run's lock."""
    for file in folder.rglob(f".*{UNFINISHED}*"):
        file.unlink(missing_ok=True)


def sync(place: Path) -> None:
    """Make a file's bytes, or the names in a folder, outlive a loss of power."""
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
