"""What the records of .xls and .xlsb share: error codes, packed numbers, the fonts of a text's runs."""

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipelines.intake.grid.runs import Run, Text, seen_text

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class Font(NamedTuple):
    """What of a font changes what is read. `shift`: 1 raised, -1 lowered."""

    shift: int = 0
    is_struck: bool = False


PLAIN_FONT = Font()


def rk_number(data: bytes, at: int) -> float:
    """Return a number packed into 30 bits: the upper half of a float or a whole number, perhaps of hundredths."""
    (packed,) = struct.unpack_from("<i", data, at)
    whole = float(packed >> 2)
    number = whole if packed & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", packed & ~3))[0]
    return number / 100 if packed & 1 else number


def text_of_runs(text: str, starts: Sequence[tuple[int, int]], fonts: Sequence[Font], own: Font = PLAIN_FONT) -> Text:
    """Return what is seen of a text whose font changes at these places: (first letter, font), in order.

    `own`: the cell's font, which the letters before the first change have.
    """
    bounds = [
        (0, own),
        *((first, fonts[font] if font < len(fonts) else own) for first, font in starts),
        (len(text), own),
    ]
    runs = [
        Run(text[first:last], font.shift, font.is_struck)
        for (first, font), (last, _) in pairwise(bounds)
        if text[first:last]
    ]
    return seen_text(runs)
