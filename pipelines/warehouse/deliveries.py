"""What counts as a delivery, and its bytes on their way into the archive.

Here: walking the raw folder, taking .zip files apart, and the reasons why the bytes of a path can't be had. Everything
follows quality.md, "Deliveries and submissions". Names are kept as text only: no name that stands in an archive is ever
used as a path on this machine.
Not here: what a delivery says (pipelines/intake), and what is in the warehouse (load.py).
"""

import contextlib
import datetime as dt
import errno
import hashlib
import io
import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple

from pipelines.intake.model import is_own_trouble
from pipelines.intake.register import INBOX
from pipelines.reference.lists import find_overlay_files
from pipelines.warehouse.archive import Archive, ArchiveError, Aside, ContentError, TooLargeError, Unkept
from pipelines.workers import Allowance

AS_OF = "AS_OF"  # the day asked for, if the raw folder has one
NOT_DELIVERIES = (".*", "~$*", "README*", AS_OF, "*.provenance.yml")
REFERENCE = "reference"  # the office's own reference data, in the raw folder itself
MAX_MEMBERS = 10_000
MAX_NESTING = 3  # an archive in an archive in an archive
_UTF8_NAME = 0x800  # zip: the member's name is UTF-8, not code page 437
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold and cost (F01; parameters of these names).

    `file_bytes`: as it lies there; `unpacked_bytes`: what all archives in it unpack to; `seconds` of processor time, and
    `seconds_per_mb` more for its size; `memory_bytes` of the process that reads it; `still_seconds`: by the clock, in which
    that process uses no processor time.
    """

    file_bytes: int
    unpacked_bytes: int
    seconds: float
    seconds_per_mb: float
    memory_bytes: int
    still_seconds: float

    def allowance(self, size: int) -> Allowance:
        """What the processing of so many bytes may take."""
        return Allowance(self.seconds + self.seconds_per_mb * size / 1e6, self.memory_bytes, self.still_seconds)


@dataclass(frozen=True)
class Delivery:
    """One file as received: a path below the raw folder, or INBOX/… ('/' between its parts, NFC), and a content.

    `modified_at` is UTC without zone. `trouble` names the variant of F01 where the bytes can't be had or taken apart;
    `sha256` is None where nothing was received, `size` too unless the bytes lie in their place: over the limit of size.
    `container`: the .zip of the raw folder that it is a member of, if this is known.
    """

    path: str
    sha256: str | None
    size: int | None
    modified_at: dt.datetime
    trouble: str = ""
    container: "Delivery | None" = field(default=None, compare=False, repr=False)

    @property
    def delivery_id(self) -> str:
        """The same for the same path and content, on every machine; of bytes that lie in their place only, by size and time."""
        content = self.sha256 or ""
        if self.sha256 is None and self.size is not None:
            content = f"{self.size} {self.modified_at.isoformat()}"
        return hashlib.sha256(f"{self.path}\n{content}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class RawFile:
    """A path of the raw folder: a regular file, or something whose bytes can't be had (`trouble`)."""

    path: str
    file: Path
    modified_at: dt.datetime
    trouble: str = ""


def receive(
    raw_file: RawFile, archive: Archive, limits: Limits, refused: Mapping[str, str] = NOTHING
) -> list[Delivery]:
    """Archive a file of the raw folder and return its deliveries: itself, or the members of a .zip.

    A path that can't be read is a delivery with its trouble, never an error; a file that vanishes meanwhile is not one; one
    over the limit stays where it lies, and is not copied. `refused`: by delivery_id, the trouble of archives that are
    known not to come apart: they are not tried again. Raises ArchiveError, and OSError where this machine is at its end.
    """
    if raw_file.trouble:
        return [Delivery(raw_file.path, None, None, raw_file.modified_at, raw_file.trouble)]
    whole = _keep(raw_file, archive, limits)
    if whole is None:
        return []
    try:
        return take_apart(whole, archive, limits, refused)
    except ContentError:  # what lay in the archive already is not what it was; here is what it should be
        archive.set_aside(whole.sha256 or "")
        whole = _keep(raw_file, archive, limits) or whole
        return take_apart(whole, archive, limits, refused)


def take_apart(
    whole: Delivery, archive: Archive, limits: Limits, refused: Mapping[str, str] = NOTHING
) -> list[Delivery]:
    """Return the deliveries that a file of the archive is: itself, or the members of a .zip. As `receive`."""
    if whole.sha256 is None or not is_archive(whole.path):
        return [whole]
    if trouble := refused.get(whole.delivery_id):
        return [replace(whole, trouble=trouble)]
    archive.check(whole.sha256)
    return _apart(whole, archive, limits)


def receive_whole(raw_file: RawFile, archive: Archive, limits: Limits) -> list[Delivery]:
    """Archive a file of the raw folder, and leave an archive packed: what is left to do when `receive` was stopped."""
    whole = None if raw_file.trouble else _keep(raw_file, archive, limits)
    return [whole] if whole else []


def _keep(raw_file: RawFile, archive: Archive, limits: Limits) -> Delivery | None:
    """Copy a file into the archive; one that was written meanwhile, once more."""
    whole = _copy(raw_file, archive, limits)
    return _copy(raw_file, archive, limits) if whole and whole.trouble == "changing" else whole


def _copy(raw_file: RawFile, archive: Archive, limits: Limits) -> Delivery | None:
    """Copy a file into the archive. None: it is gone. A trouble says why not; `changing`, that it was written meanwhile."""
    try:
        source = _Source(os.open(raw_file.file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC))
    except FileNotFoundError:
        return None
    except OSError as error:
        return Delivery(raw_file.path, None, None, raw_file.modified_at, _trouble_of(error))
    with source:
        try:
            return _copied(raw_file, source, archive, limits)
        except _SourceError as error:
            return Delivery(raw_file.path, None, None, raw_file.modified_at, _trouble_of(error.cause))


class _SourceError(Exception):
    """A file of the raw folder can't be read."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(cause)
        self.cause = cause


class _Source(io.FileIO):
    """A file of the raw folder, whose errors are told from those of the disk that it is copied to."""

    def read(self, size: int | None = -1, /) -> bytes:
        try:
            return super().read(-1 if size is None else size) or b""
        except OSError as error:
            raise _SourceError(error) from error


def _copied(raw_file: RawFile, source: IO[bytes], archive: Archive, limits: Limits) -> Delivery:
    before = os.fstat(source.fileno())
    modified_at = _time(before.st_mtime)
    if not stat.S_ISREG(before.st_mode):
        return Delivery(raw_file.path, None, None, raw_file.modified_at, "no_file")
    limit, trouble = limits.file_bytes, "too_large_here"
    if is_archive(raw_file.path):
        limit, trouble = limits.unpacked_bytes, "archive_too_large_here"
    if before.st_size > limit:
        return Delivery(raw_file.path, None, before.st_size, modified_at, trouble)
    try:
        with archive.aside() as aside:
            content = aside.put(source, limit)
            after = os.fstat(source.fileno())
            if (after.st_size, after.st_mtime_ns) != (content.size, before.st_mtime_ns):
                return Delivery(raw_file.path, None, None, modified_at, "changing")
            kept = archive.keep(content)
    except TooLargeError:
        return Delivery(raw_file.path, None, None, modified_at, "changing")
    return Delivery(raw_file.path, kept.sha256, kept.size, modified_at)


def _trouble_of(error: OSError) -> str:
    """Say why a path can't be read. Raises what says something of this machine and nothing of the path."""
    if is_own_trouble(error):
        raise error
    return "path_too_long" if error.errno == errno.ENAMETOOLONG else "unreadable"


def folder_fingerprint(raw_dir: Path, inbox_dir: Path | None = None) -> tuple[str, float]:
    """A hash of names, sizes and times of all that counts, and the newest time (seconds since 1970; 0 if empty).

    Two equal hashes some time apart mean that the folder has settled; nothing is opened.
    """
    digest, newest = hashlib.sha256(), 0.0
    overlays = find_overlay_files(raw_dir / REFERENCE)
    entries = [(raw_file.path, raw_file.file) for raw_file in walk(raw_dir, inbox_dir)]
    for path, file in entries + [(overlay.relative_to(raw_dir).as_posix(), overlay) for overlay in overlays]:
        try:
            status = file.stat()
        except OSError:
            continue
        digest.update(f"{path}\n{status.st_size}\n{status.st_mtime_ns}\n".encode())
        newest = max(newest, status.st_mtime)
    return digest.hexdigest(), newest


def walk(raw_dir: Path, inbox_dir: Path | None = None) -> Iterator[RawFile]:
    """Yield what lies in the raw folder, in the order of the paths, however deep, then what came by mail; nothing is opened.

    The inbox is a second root, whose paths begin with INBOX; it need not be there. Raises OSError where this machine is at
    its end.
    """
    yield from _walk(raw_dir, "")
    if inbox_dir is not None:
        yield from _walk(inbox_dir, f"{INBOX}/")


def _walk(folder: Path, prefix: str) -> Iterator[RawFile]:
    root = folder.resolve()
    open_folders = [_entries(folder, prefix, root)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif isinstance(entry, RawFile):
            yield entry
        else:
            open_folders.append(_entries(*entry, root))


def _entries(folder: Path, prefix: str, root: Path) -> Iterator[RawFile | tuple[Path, str]]:
    """Yield what lies in a folder; of a folder in it, its place and the beginning of the paths below it."""
    try:
        with os.scandir(folder) as scanned:
            entries = sorted(scanned, key=lambda entry: _path_text(entry.name))
    except FileNotFoundError:
        return
    except OSError as error:
        yield RawFile(prefix.rstrip("/") or ".", folder, _modified_at(folder), _trouble_of(error))
        return
    for entry in entries:
        path, file = prefix + _path_text(entry.name), Path(entry.path)
        if not is_delivery_name(entry.name) or path == REFERENCE:
            continue
        try:
            is_link, is_folder = entry.is_symlink(), entry.is_dir(follow_symlinks=False)
            is_file = entry.is_file(follow_symlinks=False)
        except OSError as error:
            yield RawFile(path, file, _time(0), _trouble_of(error))
            continue
        if is_link:
            yield from _linked(path, file, root)
        elif is_folder:
            yield file, path + "/"
        else:
            yield RawFile(path, file, _modified_at(file), "" if is_file else "no_file")


def _linked(path: str, link: Path, root: Path) -> Iterator[RawFile]:
    """A link to a file inside the raw folder is that file; a link to a folder inside shows nothing new; no other is followed."""
    try:
        target = link.resolve(strict=True)
        is_folder, is_file = target.is_dir(), target.is_file()
    except (OSError, RuntimeError):  # it leads nowhere, or round in a circle
        yield RawFile(path, link, _modified_at(link), "link")
        return
    if not target.is_relative_to(root):
        yield RawFile(path, link, _modified_at(link), "link")
    elif not is_folder:
        yield RawFile(path, target, _modified_at(target), "" if is_file else "no_file")


# --- archives ------------------------------------------------------------------------------------------------------------


class _Unpacked(NamedTuple):
    """A member of an archive, at whatever depth: its path, and its content aside or the trouble it has."""

    path: str
    content: Unkept | None
    trouble: str = ""


@dataclass(slots=True)
class _Left:
    """What one file may still unpack to, all in all: bytes, and members."""

    unpacked_bytes: int
    members: int

    def take_members(self, count: int) -> None:
        """Count members of an archive. Raises TooLargeError for too many, before one is unpacked."""
        self.members -= count
        if self.members < 0:
            raise TooLargeError(MAX_MEMBERS)


def is_archive(path: str) -> bool:
    """Whether a file of this path is taken apart."""
    return path.lower().endswith(".zip")


def _apart(whole: Delivery, archive: Archive, limits: Limits) -> list[Delivery]:
    """A .zip as its members, those of archives in it included; one that can't be taken apart, as itself.

    Members are received when all of them are within what one file may unpack to: of a refused archive nothing is kept but
    itself.
    """
    with archive.aside() as aside:
        try:
            unpacked = _unpack(
                archive.path(whole.sha256 or ""), whole.path, aside, _Left(limits.unpacked_bytes, MAX_MEMBERS), 1
            )
        except TooLargeError:
            return [replace(whole, trouble="archive_too_large")]
        except _NotUnpackedError as error:
            return [replace(whole, trouble=error.trouble)]
        members = []
        for member in unpacked:
            sha256 = size = None
            if member.content is not None:
                sha256, size = archive.keep(member.content).sha256, member.content.size
            trouble = "too_large" if size is not None and size > limits.file_bytes else member.trouble
            members.append(Delivery(member.path, sha256, size, whole.modified_at, trouble, whole))
    return members


class _NotUnpackedError(Exception):
    """An archive can't be taken apart."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def _unpack(file: Path, path: str, aside: Aside, left: _Left, nesting: int) -> list[_Unpacked]:
    """Return the members of an archive in the order of their paths. Raises TooLargeError, _NotUnpackedError."""
    members: list[_Unpacked] = []
    try:
        with zipfile.ZipFile(file) as opened:
            infos = [info for info in opened.infolist() if not info.is_dir()]
            left.take_members(len(infos))
            for name, info in sorted(((_member_name(info), info) for info in infos), key=itemgetter(0)):
                if all(is_delivery_name(part) for part in name.split("/") if part not in {"", ".", ".."}):
                    members += _unpack_member(opened, info, f"{path}/{name}", aside, left, nesting)
    except (ArchiveError, TooLargeError, _NotUnpackedError, MemoryError):
        raise
    except Exception as error:  # whatever zipfile stumbles over in a directory that somebody forged
        if is_own_trouble(error):
            raise
        raise _NotUnpackedError("damaged") from error
    if not members:
        raise _NotUnpackedError("empty")
    return members


def _unpack_member(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, aside: Aside, left: _Left, nesting: int
) -> list[_Unpacked]:
    """Return a member; of an archive, its own members."""
    try:
        with opened.open(info) as source:
            content = aside.put(source, left.unpacked_bytes)
    except (ArchiveError, TooLargeError):
        raise
    except OSError as error:
        if is_own_trouble(error) or error.errno == errno.EIO:  # of the disk that the archive lies on
            raise ArchiveError(f"archive: {error.strerror}") from error
        return [_Unpacked(path, None, "encrypted" if info.flag_bits & 1 else "damaged")]
    except MemoryError:  # a dictionary of 4 GB that a few bytes ask for
        return [_Unpacked(path, None, "too_much_memory")]
    except Exception:  # noqa: BLE001 -- each way of packing has errors of its own: zlib.error, LZMAError, OSError of bz2
        return [_Unpacked(path, None, "encrypted" if info.flag_bits & 1 else "damaged")]
    left.unpacked_bytes -= content.size
    if not is_archive(path) or nesting >= MAX_NESTING:
        return [_Unpacked(path, content)]
    try:
        return _unpack(content.file, path, aside, left, nesting + 1)
    except _NotUnpackedError as error:
        return [_Unpacked(path, content, error.trouble)]


def _member_name(info: zipfile.ZipInfo) -> str:
    """The member's name as its writer meant it: packers that forget to say so write UTF-8 all the same."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/").replace("\0", ""))


def is_delivery_name(name: str) -> bool:
    """Return whether a file or folder of this name counts."""
    return not any(fnmatchcase(name, pattern) for pattern in NOT_DELIVERIES)


def _path_text(name: str) -> str:
    """A name of the file system as text: bytes that are not UTF-8 are spelt out."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def _modified_at(file: Path) -> dt.datetime:
    try:
        return _time(file.lstat().st_mtime)
    except OSError:
        return _time(0)


def _time(seconds: float) -> dt.datetime:
    """Seconds since 1970 as UTC without zone; what no calendar has is 1970."""
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None)
    except (OverflowError, ValueError, OSError):
        return dt.datetime(1970, 1, 1)  # noqa: DTZ001 -- UTC without zone
