"""Whether an installation is whole: every content, index, secret, working file, published file and build, to the last byte.

Here: looking, and one line per thing that is wrong, with what to do. Nothing is altered. For the holder of the run's lock.
Not here: putting things right (backup.py; the next run), and whether what the files say is right (checks).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from pipelines.warehouse.archive import DAMAGED, Archive, ContentError
from pipelines.warehouse.arrivals import FILE, Arrival, read_arrival, read_lines
from pipelines.warehouse.publish import kept_builds
from pipelines.warehouse.rows import find_tables
from pipelines.warehouse.secret import SecretError, find_kept, fingerprint, read_secret

RESTORE = "make restore FROM=…"
RUN = "make run"


@dataclass
class Part:
    """One part of an installation: what it is called, how much of it there is, and a line per thing that is wrong."""

    name: str
    extent: str = ""
    troubles: list[str] = field(default_factory=list)


def verify(archive_dir: Path, secret_file: Path, working_file: Path, published_file: Path) -> Iterator[Part]:
    """Yield each part once it has been read. Raises ArchiveError where this machine is at its end."""
    archive = Archive(archive_dir)
    contents, hashes = _verify_contents(archive)
    yield contents
    index, arrivals = _verify_index(archive, hashes)
    yield index
    yield _verify_secret(archive_dir, secret_file)
    yield _verify_working_file(working_file, arrivals)
    yield _verify_database(Part("Tệp công bố · Published file"), published_file, f"{RESTORE}, {RUN}")
    yield _verify_builds(published_file)


def _verify_contents(archive: Archive) -> tuple[Part, set[str]]:
    part, hashes, size = Part("Kho lưu · Archive"), set(), 0
    for sha256 in archive.hashes():
        hashes.add(sha256)
        try:
            archive.check(sha256)
            size += archive.path(sha256).stat().st_size
        except ContentError as error:
            part.troubles.append(f"{error}: {RESTORE}")
    part.extent = f"{len(hashes)} nội dung · contents, {size / 1e6:.1f} MB"
    part.troubles += [
        f"{file}: đã để riêng vì hỏng · was set aside"
        for file in sorted((archive.folder / DAMAGED).glob("*"))
        if file.name not in hashes
    ]
    return part, hashes


def _verify_index(archive: Archive, hashes: set[str]) -> tuple[Part, list[Arrival]]:
    part, file = Part("Sổ nhận tệp · Index of arrivals"), archive.folder / FILE
    if not file.is_file():
        if hashes:
            part.troubles.append(f"{file}: không có · is missing: {RESTORE}, {RUN}")
        return part, []
    read = [read_arrival(line) for line in read_lines(file)]
    arrivals = [arrival for arrival in read if arrival]
    part.extent = f"{len(read)} dòng · lines"
    for number, arrival in enumerate(read, 1):
        if arrival is None:
            part.troubles.append(f"{file}:{number}: dòng hỏng · is not the line that was written: {RESTORE}")
        elif arrival.sha256 and arrival.sha256 not in hashes and not arrival.is_of_secret:
            part.troubles.append(f"{archive.path(arrival.sha256)}: {arrival.path}: không còn · is missing: {RESTORE}")
    if unnamed := hashes - {arrival.sha256 for arrival in arrivals}:
        part.troubles.append(f"{len(unnamed)} nội dung chưa có dòng nào · contents that no line names: {RUN}")
    return part, arrivals


def _verify_secret(archive_dir: Path, file: Path) -> Part:
    part, kept = Part("Khóa tạo mã · Secret of ids", "1"), find_kept(archive_dir)
    if kept is None and not file.exists():
        part.extent = f"chưa có · none yet: {RUN}"
    elif not file.exists():
        part.troubles.append(f"{file}: không còn · is missing: {RESTORE}")
    else:
        try:
            if kept not in (None, fingerprint(read_secret(file))):
                part.troubles.append(f"{file}: không phải khóa đã dùng · is not the one that was used: {RESTORE}")
        except SecretError as error:
            part.troubles.append(str(error))
    return part


def _verify_working_file(file: Path, arrivals: list[Arrival]) -> Part:
    again = f"{file} xóa rồi · delete it, {RUN}"
    part = _verify_database(Part("Tệp làm việc · Working file"), file, again)
    if part.troubles or not file.is_file():
        return part
    with duckdb.connect(str(file), read_only=True) as connected:
        try:
            landed = connected.execute("select path, sha256 from landed.deliveries where sha256 is not null").fetchall()
        except duckdb.Error:  # none was read yet
            return part
    if unknown := set(landed) - {(arrival.path, arrival.sha256) for arrival in arrivals}:
        part.troubles.append(
            f"{len(unknown)} tệp không có trong sổ · deliveries that the index does not know: {RESTORE}"
        )
    return part


def _verify_builds(published_file: Path) -> Part:
    """Read the builds that are kept beside the published file, each as a whole."""
    builds = kept_builds(published_file)
    part = Part("Các bản đã dựng · Builds kept", f"{len(builds)}")
    for build in builds:
        part.troubles += _verify_database(Part(build.name), build, "xóa đi · delete it, no run needs it").troubles
    return part


def _verify_database(part: Part, file: Path, remedy: str) -> Part:
    """Read every table: DuckDB checks each block by its checksum."""
    if not file.is_file():
        part.extent = f"chưa có · none yet: {RUN}"
        return part
    try:
        with duckdb.connect(str(file), read_only=True) as connected:
            tables = find_tables(connected)
            rows = 0
            for schema, table in tables:
                counted = f'select count(*), bit_xor(hash(columns(*)::varchar)) from "{schema}"."{table}"'  # noqa: S608 (names are our own)
                rows += (connected.execute(counted).fetchone() or (0,))[0]
    except duckdb.Error as error:
        part.troubles.append(f"{file}: {str(error).strip().partition(chr(10))[0]}: {remedy}")
        return part
    part.extent = f"{len(tables)} bảng · tables, {rows} dòng · rows"
    return part
