"""What counts as a delivery, and its bytes on their way into the archive.

Here: walking the raw folder, taking .zip files apart, and the reasons why the bytes of a path can't be had. Everything
follows quality.md, "Deliveries and submissions". Names are kept as text only: no name that stands in an archive is ever
used as a path on this machine.
Not here: what a delivery says (pipelines/intake), and what is in the warehouse (load.py).
"""

import contextlib
import datetime as dt
import hashlib
import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pipelines.warehouse.archive import Archive, TooLargeError

NOT_DELIVERIES = (".*", "~$*", "README*", "AS_OF", "*.provenance.yml")
REFERENCE = "reference"  # the office's own reference data, in the raw folder itself
MAX_MEMBERS = 10_000
MAX_NESTING = 3  # an archive in an archive in an archive
_UTF8_NAME = 0x800  # zip: the member's name is UTF-8, not code page 437
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may hold, in bytes: as it lies there, and unpacked (F01)."""

    file_bytes: int
    unpacked_bytes: int


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file as received: a path below the raw folder ('/' between its parts, NFC) and a content.

    `modified_at` is UTC without zone. `trouble` names the variant of F01 where the bytes can't be had or taken apart;
    `sha256` and `size` are None where there are no bytes at all.
    """

    path: str
    sha256: str | None
    size: int | None
    modified_at: dt.datetime
    trouble: str = ""

    @property
    def delivery_id(self) -> str:
        """The same for the same path and content, on every machine."""
        return hashlib.sha256(f"{self.path}\n{self.sha256 or ''}".encode()).hexdigest()[:16]


def receive(raw_dir: Path, archive: Archive, limits: Limits) -> Iterator[Delivery]:
    """Archive what lies in the raw folder and yield its deliveries in the order of their paths.

    A path that can't be read is a delivery with its trouble, never an error; a file that vanishes meanwhile is not one.
    """
    for found in _walk(raw_dir, raw_dir.resolve()):
        if found.trouble:
            yield Delivery(found.path, None, None, found.modified_at, found.trouble)
            continue
        try:
            with found.file.open("rb") as source:
                kept = archive.put(source)
        except FileNotFoundError:
            continue
        except OSError:
            yield Delivery(found.path, None, None, found.modified_at, "unreadable")
            continue
        whole = Delivery(found.path, kept.sha256, kept.size, found.modified_at)
        yield from _apart(whole, archive, limits)


def glance(raw_dir: Path) -> tuple[str, float]:
    """A hash of names, sizes and times of all that counts, and the newest time (seconds since 1970; 0 if empty).

    Two equal hashes some time apart mean that the folder has settled; nothing is opened.
    """
    digest, newest = hashlib.sha256(), 0.0
    overlays = sorted((raw_dir / REFERENCE).glob("*.csv")) if (raw_dir / REFERENCE).is_dir() else []
    entries = [(found.path, found.file) for found in _walk(raw_dir, raw_dir.resolve())]
    for path, file in entries + [(f"{REFERENCE}/{overlay.name}", overlay) for overlay in overlays]:
        try:
            status = file.stat()
        except OSError:
            continue
        digest.update(f"{path}\n{status.st_size}\n{status.st_mtime_ns}\n".encode())
        newest = max(newest, status.st_mtime)
    return digest.hexdigest(), newest


@dataclass(frozen=True, slots=True)
class _Found:
    """A path of the raw folder: a regular file, or something whose bytes can't be had (`trouble`)."""

    path: str
    file: Path
    modified_at: dt.datetime
    trouble: str = ""


def _walk(folder: Path, root: Path, prefix: str = "") -> Iterator[_Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: _text(entry.name))
    except FileNotFoundError:
        return
    except OSError:
        yield _Found(prefix.rstrip("/") or ".", folder, _modified_at(folder), "unreadable")
        return
    for entry in entries:
        path, file = prefix + _text(entry.name), Path(entry.path)
        if not _counts(entry.name) or path == REFERENCE:
            continue
        if entry.is_symlink():
            yield from _linked(path, file, root)
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(file, root, path + "/")
        else:
            trouble = "" if entry.is_file(follow_symlinks=False) else "no_file"
            yield _Found(path, file, _modified_at(file), trouble)


def _linked(path: str, link: Path, root: Path) -> Iterator[_Found]:
    """A link to a file inside the raw folder is that file; a link to a folder inside shows nothing new; no other is followed."""
    target = link.resolve()
    if not target.is_relative_to(root) or not target.exists():
        yield _Found(path, link, _modified_at(link), "link")
    elif target.is_file():
        yield _Found(path, target, _modified_at(target))


def _apart(whole: Delivery, archive: Archive, limits: Limits, nesting: int = 0) -> Iterator[Delivery]:
    """A .zip as its members; anything else, and a .zip that can't be taken apart, as itself."""
    if not whole.path.lower().endswith(".zip") or whole.sha256 is None or nesting >= MAX_NESTING:
        yield whole if whole.size is None or whole.size <= limits.file_bytes else _with_trouble(whole, "too_large")
        return
    try:
        members = _members(whole, archive, limits)
    except TooLargeError:
        yield _with_trouble(whole, "archive_too_large")
    except _DAMAGED:
        yield _with_trouble(whole, "damaged")
    else:
        if not members:
            yield _with_trouble(whole, "empty")
        for member in members:
            yield from _apart(member, archive, limits, nesting + 1)


def _members(whole: Delivery, archive: Archive, limits: Limits) -> list[Delivery]:
    """The files of a .zip, archived each by its own content. Raises TooLargeError, or one of _DAMAGED for the whole."""
    members = []
    left = limits.unpacked_bytes
    with zipfile.ZipFile(archive.path(whole.sha256 or "")) as opened:
        inside = [info for info in opened.infolist() if not info.is_dir()]
        if len(inside) > MAX_MEMBERS:
            raise TooLargeError(limits.unpacked_bytes)
        for info in inside:
            name = _member_name(info)
            if not all(_counts(part) for part in name.split("/") if part not in {"", ".", ".."}):
                continue
            path = f"{whole.path}/{name}"
            try:
                with opened.open(info) as source:
                    kept = archive.put(source, limit=left)
            except _DAMAGED:
                trouble = "encrypted" if info.flag_bits & 1 else "damaged"
                members.append(Delivery(path, None, None, whole.modified_at, trouble))
                continue
            left -= kept.size
            members.append(Delivery(path, kept.sha256, kept.size, whole.modified_at))
    return sorted(members, key=lambda member: member.path)


def _member_name(info: zipfile.ZipInfo) -> str:
    """The member's name as its writer meant it: packers that forget to say so write UTF-8 all the same."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/").replace("\0", ""))


def _with_trouble(delivery: Delivery, trouble: str) -> Delivery:
    return Delivery(delivery.path, delivery.sha256, delivery.size, delivery.modified_at, trouble)


def _counts(name: str) -> bool:
    return not any(fnmatchcase(name, pattern) for pattern in NOT_DELIVERIES)


def _text(name: str) -> str:
    """A name of the file system as text: bytes that are not UTF-8 are spelt out."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "backslashreplace"))


def _modified_at(file: Path) -> dt.datetime:
    try:
        seconds = file.stat(follow_symlinks=stat.S_ISLNK(file.lstat().st_mode) is False).st_mtime
    except OSError:
        seconds = 0
    return dt.datetime.fromtimestamp(seconds, dt.UTC).replace(tzinfo=None)
