"""A compound file (MS-CFB) → the stream of its workbook.

Here: sectors, their chains, the directory. What the stream says is `xls`.
"""

import struct

from pipelines.intake.model import Unreadable

_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_MINI_LIMIT = 4096


def workbook_stream(content: bytes) -> bytes:
    """Return the stream "Workbook" (or "Book") of a compound file (MS-CFB). Raises Unreadable where there is none."""
    try:
        return _stream_of(content, ("workbook", "book"))
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("damaged") from error


def _stream_of(content: bytes, names: tuple[str, ...]) -> bytes:
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift != 6:  # the two sector sizes there are
        raise Unreadable("damaged")
    size = 1 << shift
    first_directory = struct.unpack_from("<I", content, 48)[0]
    first_mini = struct.unpack_from("<I", content, 60)[0]
    tables = _table_sectors(content, size)
    table = [entry for sector in tables for entry in struct.unpack_from(f"<{size // 4}I", content, (sector + 1) * size)]
    directory = _chain(content, table, first_directory, size)
    root: tuple[int, int] | None = None
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace").lower()
        start, length = struct.unpack_from("<I", entry, 116)[0], struct.unpack_from("<I", entry, 120)[0]
        if entry[66] == 5:  # the root, which holds the short streams
            root = start, length
        elif entry[66] == 2 and name in names:  # a stream
            if length >= _MINI_LIMIT or root is None:
                return _chain(content, table, start, size)[:length]
            short = _chain(content, table, root[0], size)
            mini = _chain(content, table, first_mini, size)
            mini_table = list(struct.unpack(f"<{len(mini) // 4}I", mini))
            return _chain(short, mini_table, start, 1 << mini_shift, offset=0)[:length]
    raise Unreadable("damaged")


def _table_sectors(content: bytes, size: int) -> list[int]:
    """Return the sectors of the allocation table: 109 in the header, the others in a chain of their own."""
    sectors = list(struct.unpack_from("<109I", content, 76))
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        entries = struct.unpack_from(f"<{size // 4}I", content, (following + 1) * size)
        sectors += entries[:-1]
        following = entries[-1]
    return [sector for sector in sectors if sector < _END - 4 and (sector + 2) * size <= len(content) + size]


def _chain(content: bytes, table: list[int], start: int, size: int, offset: int = 1) -> bytes:
    """Return the bytes of a chain of sectors. Raises ValueError for a circle."""
    parts, sector = [], start
    while sector not in (_END, _FREE):
        if len(parts) > len(table):
            raise ValueError("sectors go round in a circle")
        parts.append(content[(sector + offset) * size : (sector + offset + 1) * size])
        sector = table[sector]
    return b"".join(parts)
