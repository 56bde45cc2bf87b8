"""How far out a sheet's filled cells lie, known before anything lays them out in memory.

Here: the one limit. A sheet is laid out densely, from its first cell to its last filled one: one stray or forged cell in
the last corner asks for 17 billion cells, and the process ends (seen: a single changed byte in an .xls asked for 24 GB).
"""

from pipelines.intake.addresses import column_letter
from pipelines.intake.model import Unreadable

_MAX_CELLS = 10_000_000
"""Rows × columns up to a sheet's last filled cell. The largest honest sheet seen has some 10,000."""
MAX_ROW, MAX_COLUMN = (1 << 20) - 1, (1 << 14) - 1


def refuse_oversized(row: int, column: int) -> None:
    """Refuse a sheet whose last filled cell, counted from 0, lies too far out. Raises Unreadable."""
    if row > MAX_ROW or column > MAX_COLUMN or (row + 1) * (column + 1) > _MAX_CELLS:
        raise Unreadable("too_far", cell=f"{column_letter(min(column, MAX_COLUMN))}{min(row, MAX_ROW) + 1}")
