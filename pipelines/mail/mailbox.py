"""The mailbox: which messages lie there, and their bytes, by IMAP over TLS. Reading changes nothing on the server.

Here: the only user of IMAPClient, and what goes wrong with a server, as one line without secrets. A message that the server does
not hand over (it says no, breaks off, or says what can't be understood) is told apart from a line that is lost: what was asked
for at once is asked for again, message by message, over a new line if the old one broke.
"""

import datetime as dt
import ssl
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError, ProtocolError

from pipelines.settings import LEAVE, MARK_SEEN, MOVE_TO, MailboxSettings

ANSWER_SECONDS = 30
BATCH_BYTES, BATCH_MESSAGES = 8_000_000, 100
"""What is asked for at once: a round trip for each message would be most of the time."""
_UIDS_AT_ONCE = 1000
_HEADER_BYTES = 65_536
_FAILURES_MAX = 3
"""So many messages in a row that the server does not hand over are the server's trouble, not theirs."""
_INCOMPLETE = "không trả lời đủ · the answer lacks what was asked for"
_Items = Mapping[str, tuple[bytes, type]]
"""What is asked for about a message, what the answer calls it, and of which type it is."""
_SIZE_AND_TIME: _Items = {"RFC822.SIZE": (b"RFC822.SIZE", int), "INTERNALDATE": (b"INTERNALDATE", dt.datetime)}
_CONTENT: _Items = {"BODY.PEEK[]": (b"BODY[]", bytes)}
_HEADER: _Items = {f"BODY.PEEK[HEADER]<0.{_HEADER_BYTES}>": (b"BODY[HEADER]<0>", bytes)}


class MailboxError(Exception):
    """The mailbox can't be read now; the line says why and shows no secret."""


class NothingHandedOverError(MailboxError):
    """The server hands over no message any more, though one can log in."""


class Waiting(NamedTuple):
    """A message on the server: its UID, its size in bytes, and when it came by the server's clock (UTC, with zone).

    `trouble`: why the server does not hand it over; what it does not even say of it is 0 bytes, and now.
    """

    uid: int
    size: int
    received_at: dt.datetime
    trouble: str = ""


class Mailbox:
    """One folder of the mailbox, open. UIDs are those of this UIDVALIDITY."""

    def __init__(self, settings: MailboxSettings) -> None:
        self._settings = settings
        self._name = f"{settings.user}@{settings.host}/{settings.folder}"
        self._failures = 0
        self._client = _logged_in(settings)
        try:
            self._uid_validity = self._select()
        except BaseException:  # whatever breaks off, an interrupt too: no connection stays open
            self.close()
            raise

    def close(self) -> None:
        """Log out, as far as that can be."""
        try:
            self._client.logout()
        except (IMAPClientError, OSError):
            _hang_up(self._client)

    def place(self, uid: int) -> tuple[str, int, int]:
        """Return what a message is known by on the server."""
        return self._name, self._uid_validity, uid

    def uids(self) -> list[int]:
        """Return the UIDs of all messages that lie there, the oldest first."""
        with _understanding():
            return sorted(self._client.search("ALL"))

    def look_at(self, uids: Sequence[int]) -> Iterator[Waiting]:
        """Yield size and time of messages, in their order; one that has gone meanwhile is left out.

        Raises NothingHandedOverError after several troubles in a row, each of which was yielded.
        """
        for some in _split(uids):
            for uid, answer, trouble in self._ask(some, _SIZE_AND_TIME):
                if trouble:
                    yield Waiting(uid, 0, dt.datetime.now(dt.UTC), trouble)
                else:
                    yield Waiting(uid, answer[b"RFC822.SIZE"], answer[b"INTERNALDATE"].astimezone(dt.UTC))

    def fetch(self, messages: Iterable[Waiting]) -> Iterator[tuple[Waiting, bytes]]:
        """Yield messages with their bytes, which stay unread on the server; one that has gone meanwhile is left out.

        One in trouble comes without bytes. Raises as `look_at`.
        """
        for batch in _split_in_batches(messages):
            waiting = {each.uid: each for each in batch}
            for uid, answer, trouble in self._ask([*waiting], _CONTENT):
                yield waiting[uid]._replace(trouble=trouble), b"" if trouble else answer[b"BODY[]"]

    def fetch_header(self, uid: int) -> bytes:
        """Return the header of a message, or as much of it as any needs; b"" where the server does not hand it over."""
        _, answer, _ = next(self._ask([uid], _HEADER), (uid, {}, ""))
        return answer.get(b"BODY[HEADER]<0>") or b""

    def finish(self, uids: Sequence[int]) -> None:
        """Do to messages that are kept here what the setting says; nothing is ever deleted. Raises MailboxError."""
        afterwards = self._settings.afterwards
        if not uids or afterwards == LEAVE:
            return
        if afterwards == MARK_SEEN:
            for some in _split(sorted({*uids} & {*self._client.search("UNSEEN")})):
                self._client.add_flags(some, [rb"\Seen"], silent=True)
            return
        if not self._client.has_capability("MOVE"):
            raise MailboxError("NTM_MAIL_AFTERWARDS: the server can't move messages; use leave or seen")
        folder = afterwards.removeprefix(MOVE_TO).strip()
        if not self._client.folder_exists(folder):
            self._client.create_folder(folder)
        for some in _split(uids):
            self._client.move(some, folder)

    def _ask(self, uids: Sequence[int], items: _Items) -> Iterator[tuple[int, dict[bytes, Any], str]]:
        """Yield what the server says of messages, or why it does not; one that has gone meanwhile is left out."""
        answers, trouble, is_broken = self._request(uids, items)
        for uid in uids:
            answer, why = answers.get(uid, {}), trouble
            if not _is_complete(answer, items) and (is_broken or len(uids) > 1):
                alone, why, _ = self._request([uid], items)
                answer = alone.get(uid, {})
            if _is_complete(answer, items):
                self._failures = 0
                yield uid, answer, ""
            elif self._is_there(uid):
                self._failures += 1
                yield uid, answer, why or _INCOMPLETE
                if self._failures >= _FAILURES_MAX:
                    raise NothingHandedOverError(f"{self._settings.where}: {why or _INCOMPLETE}")

    def _request(self, uids: Sequence[int], items: _Items) -> tuple[dict[int, dict[bytes, Any]], str, bool]:
        """Return the answers by UID, or why there are none, and whether the line broke: then there is a new one."""
        try:
            with _understanding():
                return self._client.fetch(uids, [*items]), "", False
        except (IMAPClientAbortError, OSError) as error:
            _hang_up(self._client)
            self._client = _logged_in(self._settings)
            if self._select() != self._uid_validity:
                raise MailboxError(f"{self._settings.where}: the mailbox was numbered anew; fetch again") from error
            return {}, _say(error, self._settings), True
        except IMAPClientError as error:
            return {}, _say(error, self._settings), False

    def _is_there(self, uid: int) -> bool:
        with _understanding():
            return uid in self._client.search(["UID", str(uid)])

    def _select(self) -> int:
        """Open the folder and return its UIDVALIDITY."""
        is_only_read = self._settings.afterwards == LEAVE
        with _understanding():
            return int(self._client.select_folder(self._settings.folder, readonly=is_only_read)[b"UIDVALIDITY"])


@contextmanager
def opened(settings: MailboxSettings) -> Generator[Mailbox]:
    """Open the mailbox for the body. Raises MailboxError for whatever a server or the way to it does, there or in the body.

    What the body does with this machine's disk must not raise OSError.
    """
    try:
        box = Mailbox(settings)
        try:
            yield box
        finally:
            box.close()
    except LoginError as error:
        raise MailboxError(f"{settings.where}: đăng nhập không được · the login was refused") from error
    except (IMAPClientError, OSError) as error:
        raise MailboxError(f"{settings.where}: {_say(error, settings)}") from error


@contextmanager
def _understanding() -> Generator[None]:
    """Have what IMAPClient stumbles over in an answer be an answer that can't be understood."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        if isinstance(error, OSError):  # a certificate is both
            raise
        raise ProtocolError(f"{type(error).__name__}: {error}") from error


def _is_complete(answer: Mapping[bytes, Any], items: _Items) -> bool:
    return all(isinstance(answer.get(name), kind) for name, kind in items.values())


def _say(error: Exception, settings: MailboxSettings) -> str:
    """Return an error as one line without the password."""
    text = " ".join(str(error).split()).replace(settings.password, "***")
    return text[:200] or type(error).__name__


def _logged_in(settings: MailboxSettings) -> IMAPClient:
    context = ssl.create_default_context()
    is_tls = settings.scheme == "imaps"
    client = IMAPClient(
        settings.host, settings.port, ssl=is_tls, ssl_context=context if is_tls else None, timeout=ANSWER_SECONDS
    )
    try:
        if not is_tls:
            client.starttls(context)
        if client.has_capability("AUTH=PLAIN"):  # LOGIN takes ASCII alone
            client.plain_login(settings.user, settings.password)
        else:
            client.login(settings.user, settings.password)
    except BaseException:  # whatever breaks off, an interrupt too: no connection stays open
        _hang_up(client)
        raise
    return client


def _hang_up(client: IMAPClient) -> None:
    with suppress(OSError):
        client.shutdown()


def _split(uids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield as many UIDs as a server takes on a line."""
    for start in range(0, len(uids), _UIDS_AT_ONCE):
        yield uids[start : start + _UIDS_AT_ONCE]


def _split_in_batches(messages: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    batch: list[Waiting] = []
    size = 0
    for message in messages:
        if batch and (size + message.size > BATCH_BYTES or len(batch) == BATCH_MESSAGES):
            yield batch
            batch, size = [], 0
        batch.append(message)
        size += message.size
    if batch:
        yield batch
