"""Rows that fit their columns: what DuckDB would refuse, or take for something else, is found out here, one delivery at a time.

Here: one check per type of a landed column. It never finds anything unless a reader of intake has a defect: a value that a
column can't hold is E01 or E03 at its cell (intake/values). Here it costs that one delivery, and not the batch it is in.
Not here: what a value means, and how it is inserted (landed_schema.py).
"""

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Tables = Mapping[str, Sequence[tuple[Any, ...]]]
Schema = Mapping[str, Sequence[tuple[str, str]]]

_BITS = {"INTEGER": 31, "BIGINT": 63}


class MisfitError(ValueError):
    """A value that its column can't hold."""


def fit_tables(tables: Tables, schema: Schema) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows by table; letters that are none (half a pair of surrogates) are spelt out. Raises MisfitError."""
    fitted = {}
    for name, rows in tables.items():
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        for at, ((column, kind), cells) in enumerate(zip(schema[name], columns, strict=bool(rows))):
            if (fitting := _CHECKS[kind.partition("(")[0]](cells, kind)) is None:
                raise MisfitError(f"{name}.{column} ({kind})")
            columns[at] = fitting
        fitted[name] = list(zip(*columns, strict=True))
    return fitted


def _texts(cells: Sequence[Any], _: str) -> Sequence[Any] | None:
    if not _are(cells, str):
        return None
    try:
        "".join(filter(None, cells)).encode()
    except UnicodeEncodeError:
        return [cell and cell.encode("utf-8", "backslashreplace").decode() for cell in cells]
    return cells


def _whole_numbers(cells: Sequence[Any], kind: str) -> Sequence[Any] | None:
    if not _are(cells, int):
        return None
    most = 1 << _BITS[kind]
    return cells if all(cell is None or -most <= cell < most for cell in cells) else None


def _numbers(cells: Sequence[Any], _: str) -> Sequence[Any] | None:
    try:
        return cells if _are(cells, float, int) and all(cell is None or math.isfinite(cell) for cell in cells) else None
    except OverflowError:
        return None


def _are_of_class(*classes: type) -> Callable[[Sequence[Any], str], Sequence[Any] | None]:
    return lambda cells, _: cells if _are(cells, *classes) else None


def _are(cells: Sequence[Any], *classes: type) -> bool:
    """Whether all cells are None or of the very classes: True is not 1, a moment not a day."""
    return set(map(type, cells)) <= {type(None), *classes}


_CHECKS: Mapping[str, Callable[[Sequence[Any], str], Sequence[Any] | None]] = {
    "VARCHAR": _texts,
    "INTEGER": _whole_numbers,
    "BIGINT": _whole_numbers,
    "DOUBLE": _numbers,
    "BOOLEAN": _are_of_class(bool),
    "DATE": _are_of_class(dt.date),
    "TIMESTAMP": _are_of_class(dt.datetime),
}
