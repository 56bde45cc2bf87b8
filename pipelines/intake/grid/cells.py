"""The cells of one sheet in the making: where they stand, what they show, which parts nobody sees.

Here: what all readers of workbooks share once a cell is read. Blank texts lay nothing out: a stray blank in the last
corner is not a cell.
"""

from operator import itemgetter
from typing import Any

from pipelines.intake.grid.formats import HIDDEN, NumberFormat, day_of
from pipelines.intake.grid.runs import Text
from pipelines.intake.model import Place, Sheet
from pipelines.intake.size_guard import refuse_oversized

Area = tuple[Place, Place]


class Cells:
    """Collects the cells of a sheet; `sheet` lays them out."""

    def __init__(self) -> None:
        self.filled: dict[Place, Any] = {}
        self.lost: dict[Place, str] = {}
        self.struck: set[Place] = set()
        self.repaired: dict[Place, str] = {}
        self.unseen: set[Place] = set()
        self.merged: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        """First and last column of each hidden range."""
        self.shows_zeros = True

    def number(self, place: Place, number: float, shape: NumberFormat, *, is_1904: bool = False) -> None:
        """Put a number, or the day that it stands for."""
        if shape.is_plain and self.shows_zeros:
            self.filled[place] = number
            return
        if shape.is_date:
            self.filled[place] = day_of(number, is_1904=is_1904, is_elapsed=shape.is_elapsed)
            return
        shown = shape.shown(number)
        if shown is HIDDEN or (number == 0 and not self.shows_zeros):
            self.unseen.add(place)
            shown = number
        self.filled[place] = shown

    def text(self, place: Place, text: Text, shape: NumberFormat, *, is_struck: bool = False) -> None:
        """Put a text; `is_struck`: the cell's font strikes it through."""
        seen, received, is_all_struck = text
        shown = seen if shape.is_plain or shape.is_date else shape.shown_text(seen)
        if shown is HIDDEN:
            self.unseen.add(place)
            shown = seen
        if received is not None or shown != seen:
            self.repaired[place] = seen if received is None else received
        if is_all_struck or is_struck:
            self.struck.add(place)
        self.filled[place] = shown

    def sheet(self, name: str, number: int, *, is_hidden: bool, is_1904: bool = False) -> Sheet:
        """Return the sheet. Raises Unreadable where its last cell lies too far out."""
        places = [place for place, cell in self.filled.items() if cell.__class__ is not str or cell.strip()]
        places += self.lost
        height = max(places, default=(-1, 0))[0] + 1
        width = max(map(itemgetter(1), places), default=-1) + 1
        if height:
            refuse_oversized(height - 1, width - 1)
        rows: list[list[Any]] = [[""] * width for _ in range(height)]
        for (row, column), cell in self.filled.items():
            if row < height and column < width:
                rows[row][column] = cell
        columns: set[int] = set()
        end = 0
        for first, last in sorted(self.hidden_columns):
            columns.update(range(max(first, end), min(last + 1, width)))
            end = max(end, last + 1)
        return Sheet(
            name,
            number,
            rows,
            tuple(self.merged),
            is_hidden,
            hidden_rows=frozenset(row for row in self.hidden_rows if row < height),
            hidden_columns=frozenset(columns),
            lost=self.lost,
            struck=frozenset(self.struck),
            repaired=self.repaired,
            unseen=frozenset(self.unseen),
            is_1904=is_1904,
        )
