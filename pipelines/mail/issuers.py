"""Whose the attachments of a message are whose address speaks for several reporters: their sheets say.

They are read as a run reads them, in a process of their own under its limits, and nothing of them is kept but whom their sheets
name: names of files say nothing here. Not here: for whom an address speaks (senders.py), and what becomes of a message.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from pipelines.intake.model import NO_HINT
from pipelines.mail.messages import Attachment
from pipelines.settings import SEEDS_DIR, Settings
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.deliveries import Delivery
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.reading import Desk, Readers
from pipelines.workers import StoppedError


class IssuerDesk(Desk):
    """What a process does here: say whom the sheets of a delivery name."""

    reader: IntakeReader

    def issuers(self, delivery: Delivery) -> set[str]:
        """Return the codes of the reporters."""
        content = b"" if delivery.trouble or delivery.sha256 is None else self.archive.read(delivery.sha256)
        submissions = self.reader.reading(content, delivery, NO_HINT).submissions
        return {each.sheet_reporter_code for each in submissions if each.sheet_reporter_code}


class Issuers:
    """Reads attachments for whom they name: a context. Its process starts with the first that is asked for."""

    def __init__(self, settings: Settings) -> None:
        self._reader = IntakeReader(SEEDS_DIR, settings.overlay_dir, settings.as_of)
        self._stack = ExitStack()
        self._readers: Readers | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process and drop what it read."""
        self._stack.__exit__(kind, error, trace)

    def find(self, attachments: Sequence[Attachment]) -> list[set[str]]:
        """Return the reporters that the sheets of each attachment name. One that can't be read names none."""
        readers = self._start()
        named: list[set[str]] = [set() for _ in attachments]
        with TemporaryDirectory() as folder:
            for number, attachment in enumerate(attachments):
                name = f"{number}{Path(attachment.name).suffix[:10]}"
                (Path(folder) / name).write_bytes(attachment.content)
            for delivery in readers.receive(Path(folder)):
                number = int(delivery.path.partition("/")[0].partition(".")[0])
                try:
                    named[number] |= readers.call("issuers", delivery, size=delivery.size or 0)
                except StoppedError:
                    continue
        return named

    def _start(self) -> Readers:
        if self._readers is None:
            archive = Archive(Path(self._stack.enter_context(TemporaryDirectory())))
            self._readers = self._stack.enter_context(
                Readers(archive, self._reader, self._reader.limits, 1, IssuerDesk)
            )
        return self._readers
