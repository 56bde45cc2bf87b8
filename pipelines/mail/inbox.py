"""The folder of one message: its attachments under safe names, and its lines of the register of incoming documents beside them.

Here: paths and names, and how a folder comes into its place: whole, by one rename, so that no run ever sees half a message.
It follows from the message and from what the journal says of it alone, so that one that is lost is made again as it was.
A path is evidence in reading: folders say neither period nor reporter, a file is called as its sender called it.
"""

import csv
import datetime as dt
import hashlib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.files import PRIVATE, UNFINISHED, sync
from pipelines.intake.register import INBOX, OWN_REGISTER
from pipelines.intake.text import fold
from pipelines.mail.journal import Entry
from pipelines.mail.messages import UNNAMED, Attachment, Message
from pipelines.settings import LOCAL_TIME
from pipelines.warehouse.deliveries import is_delivery_name

NAME_BYTES = 180
"""Of a stem: with its ending and a number it stays below the 255 that file systems take."""
WITHDRAWN = "thu hồi"
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghklmnpqrstv")
"""Hexadecimal digits as letters that spell no word and no period."""
_HEADERS = (
    "Ngày giờ đến",
    "Nơi gửi",
    "Tên tệp",
    "Ghi chú",
    "Chủ đề thư",
    "Địa chỉ gửi thư",
    "Mã thư",
    "Mã nội dung tệp",
    "Nội dung thư",
)
_FOLDER = re.compile(rf"\b{INBOX}/n\d{{8}}/[b-v]{{16}}/")
_NOT_IN_NAMES = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


def folder_path(received_at: dt.datetime, sha256: str) -> str:
    """Return the folder of a message below the inbox: its day, and 16 letters of its hash. `received_at`: UTC with zone."""
    return f"n{received_at.astimezone(LOCAL_TIME):%Y%m%d}/{sha256[:16].translate(_LETTERS)}"


def without_folders(text: str) -> str:
    """Return a text in which attachments are called as their senders called them: without the folder of their message."""
    return _FOLDER.sub("", text)


def choose_names(attachments: Sequence[Attachment]) -> list[str]:
    """Return the name on disk of each attachment: its own as far as that can be, all different, none that is not a delivery."""
    taken = {fold(OWN_REGISTER)}
    names = []
    for attachment in attachments:
        stem, dot, ending = _safe_name(attachment.name).rpartition(".")
        stem, ending = (
            (stem, dot + ending) if stem and len(ending.encode()) <= len("download") else (f"{stem}{dot}{ending}", "")
        )
        stem = stem.encode()[:NAME_BYTES].decode(errors="ignore").rstrip()
        name, number = f"{stem}{ending}", 1
        while fold(name) in taken:
            number += 1
            name = f"{stem} ({number}){ending}"
        taken.add(fold(name))
        names.append(name)
    return names


def write_folder(inbox_dir: Path, entry: Entry, message: Message) -> None:
    """Put a message's folder into its place, if it is not there: on return it outlives a loss of power. Raises OSError."""
    target = inbox_dir / entry.folder
    if target.is_dir():
        return
    files = dict(zip(choose_names(message.attachments), (each.content for each in message.attachments), strict=True))
    rows = list(_register_rows(entry, message, files))
    if rows:
        files[OWN_REGISTER] = _register(rows)
    if not files:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=inbox_dir, prefix=".", suffix=UNFINISHED))
    try:
        for name, content in files.items():
            _write(aside / name, content, entry.received_at)
        sync(aside)
        aside.chmod(0o750)
        aside.rename(target)
        sync(target.parent)
        sync(inbox_dir)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def remove_unfinished(inbox_dir: Path) -> None:
    """Drop what a killed fetch left. Only for the holder of the run's lock."""
    for folder in inbox_dir.glob(f".*{UNFINISHED}"):
        shutil.rmtree(folder, ignore_errors=True)


def _safe_name(name: str) -> str:
    """Return the last part of a name, without what file systems or the walk through deliveries take otherwise."""
    last = re.split(r"[\\/]", name)[-1]
    last = _NOT_IN_NAMES.sub("-", last).strip().rstrip(".")
    return last if last and is_delivery_name(last) else f"{UNNAMED}{last and '-'}{last}"


def _register_rows(entry: Entry, message: Message, files: dict[str, bytes]) -> Iterator[list[str]]:
    """Yield a row for each attachment, and for each file that the message withdraws, in the order of _HEADERS."""
    received_at = f"{entry.received_at.astimezone(LOCAL_TIME):%d/%m/%Y %H:%M:%S}"
    about = [message.subject, entry.address, message.message_id]
    for path in entry.withdraws:
        yield [received_at, entry.reporter_code, path, WITHDRAWN, *about, "", message.text]
    for name, content in files.items():
        path, sha256 = f"{INBOX}/{entry.folder}/{name}", hashlib.sha256(content).hexdigest()
        yield [received_at, entry.sender_of(path), path, "", *about, sha256, message.text]


def _register(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    lines = csv.writer(text, quoting=csv.QUOTE_ALL)
    lines.writerow(["VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI"])
    lines.writerow(["SỔ VĂN BẢN ĐẾN QUA THƯ ĐIỆN TỬ"])
    lines.writerow(_HEADERS)
    lines.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _write(file: Path, content: bytes, modified_at: dt.datetime) -> None:
    file.write_bytes(content)
    file.chmod(PRIVATE)
    os.utime(file, (modified_at.timestamp(), modified_at.timestamp()))
    sync(file)
