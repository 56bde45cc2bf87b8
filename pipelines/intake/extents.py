"""How far out a sheet's filled cells lie, told from the bytes before anything lays them out in memory.

Here: one check per format. calamine lays a sheet out densely, from its first filled cell to
its last: one stray or forged cell in the last corner asks for 17 billion cells, and Rust then ends the whole process
(seen: a single changed byte in an .xls asked for 24 GB). So what is too far out, or no address at all, is refused first.
"""

import struct
from itertools import islice

from pipelines.intake.addresses import column_letter
from pipelines.intake.model import Unreadable

_MAX_CELLS = 10_000_000
"""Rows × columns up to a sheet's last filled cell. The largest honest sheet seen has some 10,000."""
MAX_ROW, MAX_COLUMN = (1 << 20) - 1, (1 << 14) - 1


def check(row: int, column: int) -> None:
    """Refuse a sheet whose last filled cell, counted from 0, lies too far out. Raises Unreadable."""
    if row > MAX_ROW or column > MAX_COLUMN or (row + 1) * (column + 1) > _MAX_CELLS:
        raise Unreadable("too_large", f"{column_letter(min(column, MAX_COLUMN))}{row + 1}")


# --- .xlsb -------------------------------------------------------------------------------------------------------------

_XLSB_ROW, _XLSB_CELLS = 0, frozenset(range(2, 12))


def check_xlsb(data: bytes) -> None:
    """Check the records of a binary sheet: row headers and cells."""
    row = last_row = last_column = at = 0
    size = len(data)
    while at < size:
        kind, at = _varint(data, at, 2)
        length, at = _varint(data, at, 4)
        if kind == _XLSB_ROW and length >= 4 and at + 4 <= size:  # noqa: PLR2004 -- a number of 32 bits
            (row,) = struct.unpack_from("<I", data, at)
        elif kind in _XLSB_CELLS and length >= 4 and at + 4 <= size:  # noqa: PLR2004 -- as above
            (column,) = struct.unpack_from("<I", data, at)
            last_row, last_column = max(last_row, row), max(last_column, column)
        at += length
    check(last_row, last_column)


def _varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of 7-bit groups, low one first, and where it ends."""
    number = 0
    for position, byte in enumerate(islice(data, at, at + most)):
        number |= (byte & 0x7F) << (7 * position)
        if byte < 0x80:  # noqa: PLR2004 -- the last group
            return number, at + position + 1
    return number, at + most


# --- .xls --------------------------------------------------------------------------------------------------------------

_MANY_NUMBERS = 0x00BD
_CELLS = frozenset({0x0006, 0x00D6, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, _MANY_NUMBERS})
_BEGINS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_DIMENSIONS, _DIMENSION_LAYOUTS = 0x0200, {10: "<HHHH", 14: "<IIHH"}
_LAST_XLS_COLUMN = 255
_FREE, _END = 0xFFFFFFFF, 0xFFFFFFFE
_MINI_LIMIT = 4096


def check_xls(content: bytes) -> None:
    """Check the records of a binary workbook: where its cells stand, and that they are cells of an .xls at all."""
    stream = _workbook_stream(content)
    numbers = struct.Struct("<HH").unpack_from
    row = column = at = 0
    last = len(stream) - 4
    while at <= last:
        kind, length = numbers(stream, at)
        at += 4
        if kind in _CELLS and length > 3 and at <= last:  # noqa: PLR2004 -- row and column
            at_row, at_column = numbers(stream, at)
            if kind == _MANY_NUMBERS:
                (at_column,) = struct.unpack_from("<H", stream, min(at + length - 2, last + 2))
            row, column = max(row, at_row), max(column, at_column)
        elif kind == _DIMENSIONS and length in _DIMENSION_LAYOUTS and at + length <= len(stream):
            _check_dimensions(*struct.unpack_from(_DIMENSION_LAYOUTS[length], stream, at))
        elif kind in _BEGINS:
            _check_xls_extent(row, column)
            row = column = 0
        at += length
    _check_xls_extent(row, column)


def _check_xls_extent(row: int, column: int) -> None:
    if column > _LAST_XLS_COLUMN:
        raise Unreadable("damaged")
    check(row, column)


def _check_dimensions(first_row: int, last_row: int, first_column: int, last_column: int) -> None:
    if first_row > last_row or first_column > last_column or last_column > _LAST_XLS_COLUMN + 1:
        raise Unreadable("damaged")


def _workbook_stream(content: bytes) -> bytes:
    """Return the stream "Workbook" (or "Book") of a compound file (MS-CFB). Raises Unreadable where there is none."""
    try:
        return _stream_of(content, ("workbook", "book"))
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("damaged") from error


def _stream_of(content: bytes, names: tuple[str, ...]) -> bytes:
    shift, mini_shift = struct.unpack_from("<HH", content, 30)
    if shift not in (9, 12) or mini_shift != 6:  # noqa: PLR2004 -- the two sector sizes there are
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
        if entry[66] == 5:  # noqa: PLR2004 -- the root, which holds the short streams
            root = start, length
        elif entry[66] == 2 and name in names:  # noqa: PLR2004 -- a stream
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
