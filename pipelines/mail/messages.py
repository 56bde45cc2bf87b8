"""A message as bytes → who it says it is from, what it answers, its text and its attachments.

Here: MIME and its disorders: names of files in every encoding in use, mails in mails, winmail.dat, pictures that belong to the
text.
Not here: whether the sender is who he says (senders.py), and names on this machine's disk (inbox.py).
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message as Mime
from email.policy import compat32
from email.utils import getaddresses

from tnefparse import TNEF

from pipelines.intake.model import is_own_trouble
from pipelines.intake.text import clean, convert, detect_encoding, plain

MAX_NESTING = 10
"""Mails in mails; what lies deeper stays in the archived message."""
TEXT_SHOWN, NOTE_READ = 1000, 20_000
UNNAMED = "tep-dinh-kem"
_TNEF_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_SIGNATURES = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "text/calendar"}
)
_WITHDRAWS = "thu hoi"
_TAG = re.compile(r"<(?:style|script)\b.*?</(?:style|script)\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/blockquote)\b[^>]*>|<blockquote\b[^>]*>", re.IGNORECASE)
_QUOTED = re.compile(
    r"^[ \t]*(?:>|-{2,}[ \t]*(?:original message|forwarded message|thư gốc|thư đã chuyển tiếp)"
    r"|(?:on|vào)\b[^\n]{5,200}(?:\n[^\n]{0,100})?\b(?:wrote|viết)[ \t]*:"
    r"|(?:from|từ|người gửi)[ \t]*:[^\n]*\n"
    r"[ \t]*(?:sent|date|to|subject|ngày|đã gửi|gửi|đến|tới|người nhận|chủ đề|tiêu đề)[ \t]*:)",
    re.IGNORECASE | re.MULTILINE,
)
"""Where an answer ends and what it answers begins, as mail programs write it."""
_LINK = re.compile(
    r"https?://[^\s\"'<>]*(?:drive\.google|docs\.google|onedrive|1drv\.ms|sharepoint|dropbox|fshare|wetransfer|mediafire|mega\.nz|zalo)"
    r"[^\s\"'<>]*",
    re.IGNORECASE,
)
_ENDINGS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/zip": ".zip",
    "text/csv": ".csv",
}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as its sender called it, NFC and in Unicode; it may hold any character."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says of itself.

    `addresses`: those of all `From` headers, in lower case, as they stand. `trace`: the headers in their order, lower-case name
    and text: the receiving server's are the uppermost. `answers`: the ids of messages that it replies to, the nearest
    first. `is_automatic`: no person wrote it (a bounce, an absence note, a list's mail of its own). `withdraws`: it is a
    reply whose text begins with "thu hồi". `note`: its text without what it quotes. `has_link`: its text leads to a file kept
    elsewhere.
    """

    addresses: tuple[str, ...]
    subject: str
    message_id: str
    answers: tuple[str, ...]
    trace: tuple[tuple[str, str], ...]
    text: str
    note: str
    attachments: tuple[Attachment, ...]
    is_automatic: bool
    withdraws: bool
    has_link: bool


class MessageError(Exception):
    """A message can't be taken apart; the text says why."""


def read_message(content: bytes) -> Message:
    """Take a message apart. Raises MessageError for one that can't be, and what says something of this machine alone."""
    try:
        return _read(content)
    except Exception as error:  # whatever the libraries stumble over in a message that somebody forged
        if is_own_trouble(error):
            raise
        raise MessageError(f"{type(error).__name__}: {error}"[:200]) from error


def read_header(content: bytes) -> Message:
    """Return what the header of a message says, as if nothing followed. Raises as `read_message`."""
    return read_message(_END_OF_HEADER.split(content, maxsplit=1)[0] + b"\r\n\r\n")


def _read(content: bytes) -> Message:
    mime = message_from_bytes(content, policy=compat32)
    trace = tuple((name.lower(), _unfold(value)) for name, value in mime.raw_items())
    headers = [(name, _decode(value)) for name, value in trace]
    addresses = getaddresses([value for name, value in trace if name == "from"])
    parts = list(_parts(mime, 0))
    lines = _text(mime)
    text = clean(lines)
    answers = _ids(headers, "in-reply-to") + _ids(headers, "references")[::-1]
    return Message(
        addresses=tuple(address.lower() for _, address in addresses if "@" in address),
        subject=_line(" ".join(value for name, value in headers if name == "subject")),
        message_id=next(iter(_ids(headers, "message-id")), ""),
        answers=tuple(dict.fromkeys(answers)),
        trace=trace,
        text=_line(text)[:TEXT_SHOWN],
        note=_line(clean(_QUOTED.split(lines[:NOTE_READ], maxsplit=1)[0]) or text)[:TEXT_SHOWN],
        attachments=tuple(parts),
        is_automatic=_is_automatic(mime, dict(reversed(headers))),
        withdraws=bool(answers) and plain(text).startswith(_WITHDRAWS),
        has_link=bool(_LINK.search(text)),
    )


def _parts(mime: Mime, depth: int) -> Iterator[Attachment]:
    """Yield what is attached, of mails in mails and of winmail.dat, too; not the text, and no picture that belongs to it."""
    kind = mime.get_content_type()
    if kind == "message/rfc822" or (mime.is_multipart() and kind != "message/delivery-status"):
        for part in mime.get_payload() if depth < MAX_NESTING else []:
            if isinstance(part, Mime):
                yield from _parts(part, depth + 1)
        return
    name = _file_name(mime)
    is_attached = mime.get_content_disposition() == "attachment" or bool(name)
    if not is_attached and kind in {"text/plain", "text/html"}:
        return
    belongs_to_text = mime.get_content_maintype() == "image" and (
        "content-id" in mime or mime.get_content_disposition() == "inline"
    )
    if belongs_to_text or kind in _SIGNATURES or kind.startswith("message/"):
        return
    content = mime.get_payload(decode=True)
    if not isinstance(content, bytes):
        return
    if kind in _TNEF_TYPES or name.lower() == "winmail.dat":
        yield from _unpack_tnef(name, content)
    elif is_attached or kind in _ENDINGS:
        yield Attachment(name or UNNAMED + _ENDINGS.get(kind, ""), content)


def _unpack_tnef(name: str, content: bytes) -> Iterator[Attachment]:
    """Yield the files in a winmail.dat; one that can't be taken apart as it is: its reading will say so."""
    try:
        files = [(each.long_filename() or "", bytes(each.data)) for each in TNEF(content).attachments]
    except Exception as error:  # whatever the library stumbles over in a file that somebody forged
        if is_own_trouble(error):
            raise
        yield Attachment(name or "winmail.dat", content)
        return
    for file_name, data in files:
        yield Attachment(_line(_repair(file_name.rstrip("\0"))) or UNNAMED, data)


def _file_name(mime: Mime) -> str:
    """Return what a part's file is called: by RFC 2231, RFC 2047 where it should not stand, or bytes as they came."""
    plainly = Mime()
    for name, value in mime.raw_items():
        if name.lower() in {"content-disposition", "content-type"} and name not in plainly:
            plainly[name] = _unfold(value)
    try:
        name = plainly.get_filename("")
    except (LookupError, UnicodeError, ValueError):
        name = ""
    return _line(_repair(_decode(name)))


def _unfold(value: str) -> str:
    """Return a header on one line, its bytes beyond ASCII as UTF-8 if that is what they are."""
    raw = str(value).encode("utf-8", "surrogateescape")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return re.sub(r"\r?\n[ \t]?", " ", text)


def _decode(text: str) -> str:
    """Return a text with its encoded words (RFC 2047) decoded; what can't be, as it stands."""
    if "=?" not in text:
        return text
    parts = []
    try:
        for part, charset in decode_header(re.sub(r"\?=\s+=\?", "?==?", text)):
            if isinstance(part, str):
                parts.append(part)
            else:
                parts.append(_decode_bytes(part, charset or "utf-8"))
    except (HeaderParseError, ValueError):
        return text
    return "".join(parts)


def _decode_bytes(content: bytes, charset: str) -> str:
    for candidate in (charset, "utf-8"):
        try:
            return content.decode(candidate)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("latin-1")


def _repair(text: str) -> str:
    """Return a name in Unicode that was written in a legacy Vietnamese encoding (TCVN3, VNI …)."""
    encoding = detect_encoding([text])
    return convert(text, encoding) if encoding else text


def _line(text: str) -> str:
    """Return a text as one line, NFC, without what can't be seen."""
    text = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    text = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(unicodedata.normalize("NFC", text).split())


def _ids(headers: list[tuple[str, str]], name: str) -> list[str]:
    return [each for header, value in headers if header == name for each in _MESSAGE_ID.findall(value)]


def _text(mime: Mime) -> str:
    """Return the first text that a person would read, in its lines: plain, else HTML without its tags; '' for none."""
    texts: dict[str, str] = {}
    stack = [(mime, 0)]
    while stack:
        part, depth = stack.pop()
        payload = part.get_payload()
        kind = part.get_content_type()
        if isinstance(payload, list):
            if kind.startswith("multipart/") and depth < MAX_NESTING:
                stack += [(each, depth + 1) for each in reversed(payload) if isinstance(each, Mime)]
            continue
        if kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment" and kind not in texts:
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                texts[kind] = _decode_bytes(content, part.get_content_charset() or "utf-8")
    if texts.get("text/plain", "").strip():
        return texts["text/plain"]
    return html.unescape(_TAG.sub(" ", _BREAK.sub("\n", " ".join(texts.get("text/html", "").split()))))


def _is_automatic(mime: Mime, headers: dict[str, str]) -> bool:
    """Tell whether no person sent it: RFC 3834, bounces and receipts (RFC 3464, 8098), and what older programs write."""
    submitted = headers.get("auto-submitted", "no").partition(";")[0].strip().lower()
    sender = headers.get("from", "").lower()
    return (
        submitted != "no"
        or headers.get("return-path", "").strip() == "<>"
        or mime.get_content_type() == "multipart/report"
        or headers.get("precedence", "").strip().lower() in {"auto_reply", "list", "junk"}
        or any(name in headers for name in ("x-autoreply", "x-autorespond", "x-auto-response"))
        or re.search(r"\b(?:mailer-daemon|postmaster)@", sender) is not None
    )
