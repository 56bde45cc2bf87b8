"""The mailbox: which messages lie there, and their bytes, by IMAP over TLS. Reading changes nothing on the server.

Here: the only user of IMAPClient, and what goes wrong with a server, as one line without secrets.
"""

import datetime as dt
import ssl
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from pipelines.settings import LEAVE, MARK_SEEN, MOVE_TO, MailboxSettings

ANSWER_SECONDS = 30
BATCH_BYTES, BATCH_MESSAGES = 8_000_000, 100
"""What is asked for at once: a round trip for each message would be most of the time."""
_UIDS_AT_ONCE = 1000


class MailboxError(Exception):
    """The mailbox can't be read now; the line says why and shows no secret."""


class Waiting(NamedTuple):
    """A message on the server: its UID, its size in bytes, and when it came by the server's clock (UTC, with zone)."""

    uid: int
    size: int
    received_at: dt.datetime


class Mailbox:
    """One folder of the mailbox, open. UIDs are those of this UIDVALIDITY."""

    def __init__(self, client: IMAPClient, settings: MailboxSettings) -> None:
        self._client, self._settings = client, settings
        folder = client.select_folder(settings.folder, readonly=settings.afterwards == LEAVE)
        self._name = f"{settings.user}@{settings.host}/{settings.folder}"
        self._uid_validity = int(folder[b"UIDVALIDITY"])

    def place(self, uid: int) -> tuple[str, int, int]:
        """Return what a message is known by on the server."""
        return self._name, self._uid_validity, uid

    def uids(self) -> list[int]:
        """Return the UIDs of all messages that lie there, the oldest first."""
        return sorted(self._client.search("ALL"))

    def look_at(self, uids: Sequence[int]) -> Iterator[Waiting]:
        """Yield size and time of messages, in their order; one that has gone meanwhile is left out."""
        for some in _split(uids):
            answer = self._client.fetch(some, ["RFC822.SIZE", "INTERNALDATE"])
            for uid in some:
                if about := answer.get(uid):
                    yield Waiting(uid, about[b"RFC822.SIZE"], about[b"INTERNALDATE"].astimezone(dt.UTC))

    def fetch(self, messages: Iterable[Waiting]) -> Iterator[tuple[Waiting, bytes]]:
        """Yield messages with their bytes, which stay unread on the server; one that has gone meanwhile is left out."""
        for batch in _split_in_batches(messages):
            answer = self._client.fetch([each.uid for each in batch], ["BODY.PEEK[]"])
            for each in batch:
                content = answer.get(each.uid, {}).get(b"BODY[]")
                if content is not None:
                    yield each, content

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


@contextmanager
def opened(settings: MailboxSettings) -> Generator[Mailbox]:
    """Open the mailbox for the body. Raises MailboxError for whatever a server or the way to it does, there or in the body.

    What the body does with this machine's disk must not raise OSError.
    """
    try:
        with _logged_in(settings) as client:
            yield Mailbox(client, settings)
    except LoginError as error:
        raise MailboxError(f"{settings.where}: đăng nhập không được · the login was refused") from error
    except (IMAPClientError, OSError) as error:
        text = " ".join(str(error).split()).replace(settings.password, "***")
        raise MailboxError(f"{settings.where}: {text[:200] or type(error).__name__}") from error


@contextmanager
def _logged_in(settings: MailboxSettings) -> Generator[IMAPClient]:
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
        yield client
    finally:
        try:
            client.logout()
        except (IMAPClientError, OSError):
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
