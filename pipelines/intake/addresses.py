"""Addresses of cells as people read them: letters of columns, "B7" for a row and column counted from 0.

Here: both ways between numbers and letters. What stands at an address is nobody's business here.
"""

from functools import lru_cache

from pipelines.intake.model import Place


def address(place: Place) -> str:
    """Return the A1 address of a cell counted from 0."""
    return f"{column_letter(place[1])}{place[0] + 1}"


@lru_cache(maxsize=1024)
def column_letter(column: int) -> str:
    """Return the letters of a column counted from 0: 0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the column, counted from 0, of its letters: A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
