"""A file of JSON lines that only grows: a line that was written is on the disk, one that was torn is as if never begun."""

import json
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar

from pipelines.files import PRIVATE, sync

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Lines:
    """The file, open for writing: a context, for one process at a time. Raises OSError."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Open the file, made where there is none; a torn last line, which a killed process leaves, is cut off."""
        is_new = not self.file.exists()
        self._descriptor = os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, PRIVATE)
        if is_new:
            sync(self.file.parent)
        content = self.file.read_bytes()
        if torn := content.rpartition(b"\n")[2]:
            os.ftruncate(self._descriptor, len(content) - len(torn))
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        os.close(self._descriptor)

    def append(self, fields: Mapping[str, Any]) -> None:
        """Write a line; on return it is on the disk."""
        line = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
        left = memoryview(line + b"\n")
        while left:
            left = left[os.write(self._descriptor, left) :]
        os.fsync(self._descriptor)


def read_lines(file: Path, read: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    """Yield what `read` makes of each line that was written to its end, none if there is no file. Raises OSError."""
    lines = file.read_bytes().split(b"\n")[:-1] if file.exists() else []
    for number, line in enumerate(lines, 1):
        try:
            yield read(json.loads(line))
        except (ValueError, TypeError, KeyError):
            logger.warning("%s:%d: is not the line that was written", file, number)
