"""`make fetch`: fetch and say on the screen what came, a line for each message that was not simply read."""

import sys
from collections.abc import Sequence
from typing import TextIO

from pipelines.mail.fetch import Fetched, fetch
from pipelines.printing import printable
from pipelines.settings import Settings, SettingsError

DONE, NOT_FETCHED = 0, 1


def show_fetch(settings: Settings, let_in: Sequence[str]) -> int:
    """Fetch and print. `let_in`: "message=reporter" for each held message that the Office lets in. Raises as `fetch`."""
    named = {}
    for pair in let_in:
        message, _, reporter = pair.partition("=")
        if not (message.strip() and reporter.strip()):
            raise SettingsError(f"{pair}: ghi <mã thư>=<mã đơn vị> · use <message>=<reporter>, as in bcdf…=443")
        named[message.strip()] = reporter.strip()
    fetched = fetch(settings, lambda line: _write(sys.stderr, line), named)
    for line in summary(fetched):
        _write(sys.stdout, line)
    if fetched.trouble:
        _write(sys.stderr, f"Hộp thư · Mailbox  {fetched.trouble}")
        return NOT_FETCHED
    return DONE


def summary(fetched: Fetched) -> list[str]:
    """Return what a fetch did as lines for a person."""
    counts = (
        f"{fetched.new} thư mới · new messages, {fetched.read} đã nhận · taken in ({fetched.files} tệp · files), "
        f"{fetched.held} tạm giữ · held"
    )
    more = f", {fetched.left} chờ lần sau · left for the next fetch" if fetched.left else ""
    if fetched.unavailable:
        more += f", {fetched.unavailable} máy chủ không giao · that the server does not hand over"
    return [*(f"  {line}" for line in fetched.lines), f"Thư đến · Mail  {counts}{more}"]


def _write(stream: TextIO, line: str) -> None:
    stream.write(f"{printable(line)}\n")
