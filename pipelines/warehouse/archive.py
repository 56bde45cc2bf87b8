"""Every byte received, kept for ever by its SHA-256: `ab/cdef…` under the archive folder.

Here: putting bytes in and finding them again. Nothing here alters or removes a file once it is in its place.
Not here: which files are deliveries (deliveries.py), and what is in them.
"""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pipelines.files import UNFINISHED, put_in_place

CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Archived:
    """One content in the archive: its SHA-256 in hex and its length in bytes."""

    sha256: str
    size: int


class Archive:
    """The archive folder of one installation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the content with this hash lies, if it was ever received."""
        return self.folder / sha256[:2] / sha256[2:]

    def read(self, sha256: str) -> bytes:
        """The content with this hash. Raises FileNotFoundError if it was never received."""
        return self.path(sha256).read_bytes()

    def put(self, source: IO[bytes], limit: int | None = None) -> Archived:
        """Keep everything that `source` still yields; on return it is whole and on the disk, or an error was raised.

        Written to a file aside, synced, then renamed: a killed run leaves no half content under a hash. Content that is
        here already is not written again. Raises TooLargeError as soon as `limit` bytes are exceeded, and whatever
        `source` raises; nothing is kept then.
        """
        aside = self.folder / UNFINISHED
        aside.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=aside, delete=False) as file:
            temporary = Path(file.name)
            try:
                while chunk := source.read(CHUNK_BYTES):
                    size += len(chunk)
                    if limit is not None and size > limit:
                        raise TooLargeError(limit)
                    digest.update(chunk)
                    file.write(chunk)
                sha256 = digest.hexdigest()
                target = self.path(sha256)
                if not target.exists():
                    file.flush()
                    target.parent.mkdir(exist_ok=True)
                    put_in_place(temporary, target, mode=0o444)
            finally:
                temporary.unlink(missing_ok=True)
        return Archived(sha256, size)

    def remove_unfinished(self) -> None:
        """Drop what a killed run left aside. Only for the holder of the run's lock."""
        for file in (self.folder / UNFINISHED).glob("*"):
            file.unlink()


class TooLargeError(Exception):
    """More bytes than the limit given (bytes)."""
