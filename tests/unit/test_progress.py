"""Progress of a run, with and without a progress."""

import io

import pytest
from rich.console import Console

from pipelines import progress


def console(is_terminal: bool = False) -> Console:
    return Console(file=io.StringIO(), force_terminal=is_terminal, width=140, color_system=None)


def said(where: Console) -> str:
    assert isinstance(where.file, io.StringIO)
    return where.file.getvalue()


@pytest.mark.parametrize("is_terminal", [False, True])
def test_progress_names_steps_and_counts_with_their_rate(is_terminal: bool) -> None:
    where = console(is_terminal)
    with progress.watching(where) as watcher:
        assert progress.watcher() is watcher
        watcher.start("archive", None)
        watcher.advance("443/a.xlsx")
        watcher.start("read", 2)
        watcher.advance("443/a.xlsx")
        watcher.advance("443/b.xlsx")
    assert "archive files" in said(where)
    assert "read files" in said(where)
    assert "/s" in said(where)
    assert ("2/2" if is_terminal else "read files: 2") in said(where)


def test_nobody_watches_outside_a_run() -> None:
    progress.watcher().start("read", 3)
    progress.watcher().advance("a.xlsx")
    assert type(progress.watcher()) is progress.Watcher


def test_a_name_is_letters_on_a_terminal_whatever_it_says() -> None:
    where = console(is_terminal=True)
    with progress.watching(where) as watcher:
        assert isinstance(watcher, progress.Bars)
        watcher.start("read", 2)
        for name in ("[/x]", "[bold] \x1b[2J.xlsx"):
            watcher.advance(name)
            watcher.bars.refresh()
    assert "[/x]" in said(where)
    assert r"[bold] \x1b[2J.xlsx" in said(where)
    assert "\x1b[2J" not in said(where)
