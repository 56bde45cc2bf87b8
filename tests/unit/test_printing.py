"""What comes from outside is printed as letters."""

import io

import pytest
from rich.console import Console

from pipelines.printing import in_markup, printable


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Kỳ Anh – biểu 02.xlsx", "Kỳ Anh – biểu 02.xlsx"),
        ("a\x1b[2J\x07.xlsx", r"a\x1b[2J\x07.xlsx"),
        ("two\nlines\rand\ttabs", r"two\nlines\rand\ttabs"),
        ("\u202excod.slx", r"\u202excod.slx"),
        ("\x9b31m", r"\x9b31m"),
        ("half \udcea", r"half \udcea"),
        (443, "443"),
    ],
)
def test_what_a_terminal_would_obey_is_spelt_out(text: object, printed: str) -> None:
    assert printable(text) == printed


@pytest.mark.parametrize("text", ["[/x]", "[bold]", "a[/bold]b", "\\[red]", "[link=x]"])
def test_brackets_are_no_markup(text: str) -> None:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    console.print(f"[bold]name[/bold] {in_markup(text)}!", highlight=False)
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == f"name {text}!\n"
