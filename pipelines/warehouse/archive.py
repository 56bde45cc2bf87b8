"""Every byte received, kept for ever by its SHA-256: `ab/cdef…` under the archive folder.

Here: putting bytes in and finding them again, checked by their hash each time. Nothing here alters a file once it is in its
place; one that is not what its name says is set aside, never removed.
Not here: which files are deliveries (deliveries.py), and what is in them.
"""

import hashlib
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from pipelines.files import UNFINISHED, put_in_place
from pipelines.intake.model import is_own_trouble

CHUNK_BYTES = 1 << 20
DAMAGED = "damaged"
"""The folder of what was set aside."""


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
        """The content with this hash. Raises ContentError if it is not there as it was received, and ArchiveError."""
        content = b"".join(self._chunks(sha256))
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ContentError(self.path(sha256), "its bytes have changed")
        return content

    def check(self, sha256: str) -> None:
        """Read the content with this hash, keeping nothing of it. Raises as `read`."""
        digest = hashlib.sha256()
        for chunk in self._chunks(sha256):
            digest.update(chunk)
        if digest.hexdigest() != sha256:
            raise ContentError(self.path(sha256), "its bytes have changed")

    def hashes(self) -> Iterator[str]:
        """Yield what is in the archive, by name. Raises ArchiveError."""
        with our_trouble(self.folder):
            for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
                for file in sorted(folder.iterdir()):
                    yield folder.name + file.name

    def set_aside(self, sha256: str) -> None:
        """Take what is not what its name says out of its place, so that the content can be received again."""
        with our_trouble(self.folder):
            damaged = self.folder / DAMAGED
            damaged.mkdir(exist_ok=True)
            if self.path(sha256).exists():
                self.path(sha256).replace(damaged / sha256)

    def _chunks(self, sha256: str) -> Iterator[bytes]:
        file = self.path(sha256)
        try:
            with file.open("rb") as opened:
                while chunk := opened.read(CHUNK_BYTES):
                    yield chunk
        except OSError as error:
            if is_own_trouble(error):
                raise ArchiveError(f"archive {file}: {error.strerror or error}") from error
            raise ContentError(file, error.strerror or str(error)) from error

    def put(self, source: IO[bytes], limit: int | None = None) -> Archived:
        """Keep everything that `source` still yields; on return it is whole and on the disk, or an error was raised.

        Raises TooLargeError as soon as `limit` bytes are exceeded, whatever `source` raises (nothing is kept then), and
        ArchiveError.
        """
        with self.aside() as aside:
            return self.keep(aside.put(source, limit))

    def aside(self) -> "Aside":
        """Return a place for contents that are not received yet: what is not kept by its end is dropped."""
        return Aside(self.folder / UNFINISHED)

    def keep(self, content: "Unkept") -> Archived:
        """Receive a content that was put aside. Raises ArchiveError.

        Synced, then renamed: a killed run leaves no half content under a hash. What is here already is not written again.
        """
        target = self.path(content.sha256)
        with our_trouble(self.folder):
            if not target.exists():
                target.parent.mkdir(exist_ok=True)
                put_in_place(content.file, target, mode=0o440)
        return Archived(content.sha256, content.size)

    def remove_unfinished(self) -> None:
        """Drop what a killed run left aside. Only for the holder of the run's lock."""
        for file in (self.folder / UNFINISHED).glob("*"):
            file.unlink()


@dataclass(frozen=True, slots=True)
class Unkept:
    """A content that is whole, but not received: its file aside, its SHA-256 in hex and its length in bytes."""

    file: Path
    sha256: str
    size: int


class Aside:
    """Contents beside the archive, dropped at the end unless they were kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[Path] = []

    def __enter__(self) -> Self:
        with our_trouble(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        with our_trouble(self._folder):
            for file in self._files:
                file.unlink(missing_ok=True)

    def put(self, source: IO[bytes], limit: int | None = None) -> Unkept:
        """Write everything that `source` still yields. Raises as `Archive.put`."""
        digest, size = hashlib.sha256(), 0
        with our_trouble(self._folder):
            file = tempfile.NamedTemporaryFile(dir=self._folder, delete=False)  # noqa: SIM115 -- closed below
        self._files.append(Path(file.name))
        try:
            while chunk := source.read(CHUNK_BYTES):
                size += len(chunk)
                if limit is not None and size > limit:
                    raise TooLargeError(limit)
                digest.update(chunk)
                with our_trouble(self._folder):
                    file.write(chunk)
        finally:
            with our_trouble(self._folder):
                file.close()
        return Unkept(self._files[-1], digest.hexdigest(), size)


class ArchiveError(Exception):
    """The archive can't be read or written (a full disk, a missing file): our own trouble, never a sender's."""


class ContentError(ArchiveError):
    """A content is not in the archive as it was received: missing, or other bytes. What is read of others still holds."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(file, reason)
        self.file, self.reason = file, reason

    def __str__(self) -> str:
        """Return the line for a person."""
        return f"archive {self.file}: {self.reason}"


@contextmanager
def our_trouble(place: Path) -> Generator[None]:
    """Raise what the disk raises in the body as an ArchiveError that names the file, or else `place`."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"archive {error.filename or place}: {error.strerror or error}") from error


class TooLargeError(Exception):
    """More bytes than the limit given (bytes)."""
