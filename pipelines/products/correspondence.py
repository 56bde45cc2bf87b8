"""Writing to reporters: what there is to say as of the build that was published, into the outbox, and out if asked for.

Here: the order of it, the locks, and what a person is told. Tables and receipts are read under the run's lock, which is free
again before anything is sent: a slow mail server keeps no run waiting. Not here: the letters themselves (replies.py,
reminders.py), and how one goes out (pipelines/mail).
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

import duckdb

from pipelines.mail.journal import read_newest
from pipelines.mail.letters import Book
from pipelines.mail.outbox import Posted, fill_outbox, send
from pipelines.products.addressing import Correspondence
from pipelines.products.reminders import write_reminders
from pipelines.products.replies import write_replies
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR, LetterSettings, Settings, SettingsError
from pipelines.warehouse.archive import Archive, our_trouble
from pipelines.warehouse.lock import writing
from pipelines.warehouse.publish import find_published_build

NAMES_SHOWN = 5
NOBODY = "chua-dat@ntm.invalid"
"""Whom letters are from while nobody is set up to send them."""


def may_write(settings: Settings) -> LetterSettings:
    """Return how letters are written. Raises SettingsError for another day than today.

    Before anything is set up they can be looked at: then they are from an address that no server takes.
    """
    settings.require_today("không gửi thư", "nothing is sent")
    return settings.letters or LetterSettings(NOBODY)


def may_send(settings: Settings) -> LetterSettings:
    """Return how letters go out. Raises SettingsError where no sender or no server is named, and for another day than today."""
    letters = may_write(settings)
    if settings.letters is None:
        raise SettingsError("NTM_MAIL_FROM: không có địa chỉ gửi · nobody's address to send from")
    if letters.server is None:
        raise SettingsError(
            "NTM_MAIL_SMTP: không có máy chủ gửi thư · no mail server is named; make outbox shows the letters"
        )
    return letters


def write_to_reporters(settings: Settings, report: Callable[[str], None], *, is_sent: bool) -> Posted:
    """Write what there is to say to reporters into the outbox, and send it if that is asked for.

    `report` is told when another process has to be waited for. Raises SettingsError, also where today's build was not
    published, ListError, LockedError, ArchiveError for a full disk; nothing for a mail server.
    """
    letters = may_send(settings) if is_sent else may_write(settings)
    lists = read_lists(SEEDS_DIR, settings.overlay_dir)
    wait = float(lists.parameter("lock_wait", settings.as_of))
    with writing(settings.letters_lock_file, wait, report), Book(settings.letters_file) as book:
        correspondence = Correspondence(
            lists, settings.as_of, read_newest(settings.messages_file), Archive(settings.archive_dir)
        )
        with _published(settings, wait, report) as working, our_trouble(settings.outbox_dir):
            replies = list(write_replies(working, settings.archive_dir, settings.home / "receipts", correspondence))
            reminders, unreachable = write_reminders(working, settings.home / "templates", correspondence, book.items)
            waiting = fill_outbox([*replies, *reminders], book, letters, settings.outbox_dir)
        lines = _say_unreachable(unreachable)
        if not is_sent or letters.server is None:
            return Posted(left=len(waiting), lines=[*lines, *_say_unset(letters)])
        at_once = int(lists.parameter("mail_letters_max", settings.as_of))
        posted = send(waiting[:at_once], book, letters.server, letters.sender)
        posted.left += len(waiting[at_once:])
        posted.lines += lines
        return posted


def _say_unset(letters: LetterSettings) -> list[str]:
    """Return the line that says why these letters can't be sent yet."""
    unset = ["NTM_MAIL_FROM"] * (letters.sender == NOBODY) + ["NTM_MAIL_SMTP"] * (letters.server is None)
    return [f"{', '.join(unset)}: chưa đặt nên chưa gửi được · not set, so that nothing can be sent"] if unset else []


def _say_unreachable(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = f" … +{len(names) - NAMES_SHOWN}" if len(names) > NAMES_SHOWN else ""
    return [f"contacts.csv chưa có địa chỉ · has no address: {', '.join(names[:NAMES_SHOWN])}{more}"]


@contextmanager
def _published(settings: Settings, wait: float, report: Callable[[str], None]) -> Generator[duckdb.DuckDBPyConnection]:
    with writing(settings.lock_file, wait, report):
        if settings.working_file.is_file():
            with duckdb.connect(str(settings.working_file), read_only=True) as working:
                build = find_published_build(working)
                if build and build.as_of == settings.as_of:
                    yield working
                    return
    raise SettingsError("chưa công bố số liệu hôm nay · what is published is not of today: make run comes first")


def say_posted(posted: Posted, *, is_sent: bool) -> list[str]:
    """Return what was done as lines for a person."""
    lines = [f"  {line}" for line in posted.lines]
    if not is_sent:
        return [*lines, f"Thư đi · Letters  {posted.left} thư sẽ gửi · would be sent"]
    counts = f"{posted.sent} đã gửi · sent, {posted.refused} bị từ chối · refused"
    left = f", {posted.left} chờ lần sau · left for the next sending" if posted.left else ""
    return [*lines, f"Thư đi · Letters  {counts}{left}"]
