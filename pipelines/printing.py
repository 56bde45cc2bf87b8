"""Names and values from outside on a terminal: they are letters there, and nothing that it would obey.

Here: what is done to a path, a cell or an error before it is printed. Not here: what is printed.
"""

import re

_OBEYED = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, those that turn the direction of writing, and halves of letters."""


def printable(text: object) -> str:
    r"""Return the text in one line; what a terminal would obey is spelt out: "a\x1b[2J" for a file that clears the screen."""
    return _OBEYED.sub(lambda match: match[0].encode("unicode_escape").decode(), str(text))


def in_markup(text: object) -> str:
    """Return the text as a part of rich's markup: "[/x]" in a path closes nothing."""
    from rich.markup import escape  # noqa: PLC0415 -- the processes that read workbooks import no rich

    return escape(printable(text))
