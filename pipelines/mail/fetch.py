"""Fetching: what is new in the mailbox is archived whole, judged, put into the inbox and written down, message by message.

Each message goes through the same order: its bytes into the archive, their line into the index, its folder into the inbox, its
line into the journal, each on the disk before the next begins. Whatever a killed fetch had not written down is done again, with
the same outcome: contents and folders are known by hash. On the server nothing changes before.
Here: that order, what becomes of a message, and what a person is told. Not here: how it is taken apart (messages.py).
"""

import datetime as dt
import hashlib
import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from io import BytesIO
from textwrap import shorten

from pipelines.intake.register import INBOX
from pipelines.mail.inbox import choose_names, folder_path, remove_unfinished, write_folder
from pipelines.mail.issuers import Issuers
from pipelines.mail.journal import (
    AUTOMATIC,
    DAMAGED,
    EMPTY,
    HELD,
    OWN,
    READ,
    TOO_LARGE,
    UNAVAILABLE,
    Entry,
    Journal,
    read_entries,
)
from pipelines.mail.letters import read_sent
from pipelines.mail.mailbox import Mailbox, MailboxError, NothingHandedOverError, Waiting, opened
from pipelines.mail.messages import Message, MessageError, read_header, read_message
from pipelines.mail.senders import SEVERAL_REPORTERS, Sender, compile_contacts, find_sender
from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import Contact, Reporter
from pipelines.settings import LOCAL_TIME, SEEDS_DIR, MailboxSettings, Settings, SettingsError
from pipelines.warehouse.archive import Archive, ContentError, our_trouble
from pipelines.warehouse.arrivals import FILE, MAIL, Arrivals
from pipelines.warehouse.deliveries import Delivery
from pipelines.warehouse.lock import writing

NOTE_SHOWN = 200
_SETTLED = frozenset({READ, EMPTY, AUTOMATIC, OWN})
_ABOUT_CONTACTS = frozenset({"not_known", SEVERAL_REPORTERS})
"""Doubts that a row of the contacts settles."""
_WORDS = {
    READ: "đã nhận · taken in",
    AUTOMATIC: "thư trả lời tự động hoặc báo lỗi · written by a machine",
    OWN: "thư của chính Văn phòng · our own",
    EMPTY: "không có tệp đính kèm · has no attachment",
    "link": "chỉ có đường dẫn, không có tệp đính kèm; đề nghị gửi tệp · leads to a file elsewhere, nothing is attached",
    TOO_LARGE: "thư quá lớn, vẫn nằm trên máy chủ · is too large and lies on the server alone",
    UNAVAILABLE: "máy chủ không giao thư, lần sau lấy lại · the server does not hand it over, the next fetch tries again",
    DAMAGED: "không mở được thư · can't be taken apart",
    "no_address": "không ghi địa chỉ gửi · names no sender",
    "several_addresses": "ghi nhiều địa chỉ gửi · names several senders",
    "not_proven": "máy chủ không xác nhận địa chỉ gửi · the server does not vouch for the sender",
    "not_known": "địa chỉ không có trong contacts.csv · the address is not in contacts.csv",
    SEVERAL_REPORTERS: "địa chỉ ghi cho nhiều đơn vị, có tệp không ghi rõ của đơn vị nào trong đó"
    " · the address stands at several reporters, of whom a file does not name just one",
    "too_many_files": "quá nhiều tệp đính kèm · has too many attachments",
    "answers_nothing": "thu hồi thư không tìm thấy · withdraws a message that is not there",
}


@dataclass
class Fetched:
    """What one fetch did. Counts are messages; `left`: those that wait for the next; `lines`: one for each not simply read.

    `unavailable`: those that the server does not hand over, of this fetch and of earlier ones.
    """

    new: int = 0
    read: int = 0
    files: int = 0
    held: int = 0
    left: int = 0
    unavailable: int = 0
    lines: list[str] = field(default_factory=list)
    trouble: str = ""
    """Why the mailbox could not be read to its end; what was fetched before is kept."""


def may_fetch(settings: Settings) -> MailboxSettings:
    """Return the mailbox. Raises SettingsError where none is named, and for a question about another day than today."""
    if settings.mailbox is None:
        raise SettingsError("NTM_MAIL_IMAP: không có hộp thư · no mailbox is named")
    settings.require_today("không lấy thư", "nothing is fetched")
    return settings.mailbox


def count_new(settings: Settings, *, is_tried_again: bool = False) -> int:
    """Return how many messages lie in the mailbox that nothing is written down of. Raises SettingsError and MailboxError.

    `is_tried_again`: those count, too, that the server did not hand over.
    """
    mailbox = may_fetch(settings)
    with our_trouble(settings.messages_file):
        entries = list(read_entries(settings.messages_file))
    fetched = {entry.place for entry in entries if not (is_tried_again and entry.outcome == UNAVAILABLE)}
    with opened(mailbox) as box:
        return sum(box.place(uid) not in fetched for uid in box.uids())


def fetch(settings: Settings, report: Callable[[str], None], let_in: Mapping[str, str] | None = None) -> Fetched:
    """Fetch what is new, under the run's lock. `let_in`: held messages, by name, and the reporter whose they are.

    A mailbox that can't be read is `trouble`, never an error. Raises SettingsError, ListError, LockedError, and ArchiveError for
    a full disk.
    """
    mailbox = may_fetch(settings)
    lists = read_lists(SEEDS_DIR, settings.overlay_dir)
    if strange := sorted({*(let_in or {}).values()} - {reporter.reporter_code for reporter in lists[Reporter]}):
        raise SettingsError(f"{strange[0]}: không phải mã đơn vị báo cáo · is not a reporter's code")
    wait = float(lists.parameter("lock_wait", settings.as_of))
    with writing(settings.lock_file, wait, report), ExitStack() as stack:
        if settings.working_file.exists() and not (settings.archive_dir / FILE).exists():
            raise SettingsError(f"{settings.archive_dir / FILE}: không có · is missing: make run comes first")
        with our_trouble(settings.inbox_dir):
            settings.inbox_dir.mkdir(exist_ok=True)
            remove_unfinished(settings.inbox_dir)
            journal = stack.enter_context(Journal(settings.messages_file))
        archive = Archive(settings.archive_dir)
        archive.remove_unfinished()
        arrivals = stack.enter_context(Arrivals(settings.archive_dir))
        issuers = stack.enter_context(Issuers(settings))
        fetching = _Fetching(settings, mailbox, lists, archive, arrivals, journal, issuers)
        fetching.look_again(let_in or {})
        try:
            with opened(mailbox) as box:
                fetching.fetch_new(box)
        except MailboxError as error:
            fetching.done.trouble = str(error)
        return fetching.done


class _Fetching:
    """One fetch: what it goes by, where it writes, and what it has done so far."""

    def __init__(
        self,
        settings: Settings,
        mailbox: MailboxSettings,
        lists: Lists,
        archive: Archive,
        arrivals: Arrivals,
        journal: Journal,
        issuers: Issuers,
    ) -> None:
        self.inbox_dir, self.mailbox = settings.inbox_dir, mailbox
        self.archive, self.arrivals, self.journal, self.issuers = archive, arrivals, journal, issuers
        self.contacts = compile_contacts(lists[Contact])
        with our_trouble(settings.letters_file):
            self.sent = {sent.message_id: sent for sent in read_sent(settings.letters_file)}
        self.size_max, self.messages_max, self.files_max = (
            int(float(lists.parameter(name, settings.as_of)) * unit)
            for name, unit in (("mail_size_max_mb", 1_000_000), ("mail_messages_max", 1), ("mail_files_max", 1))
        )
        self.now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
        self.done = Fetched()

    def look_again(self, let_in: Mapping[str, str]) -> None:
        """Take in what is held no more, and make again what the inbox has lost. Raises SettingsError, ArchiveError."""
        entries = list(self.journal)
        held = {entry.name: entry for entry in entries if entry.outcome == HELD}
        if strange := sorted(let_in.keys() - held.keys()):
            raise SettingsError(
                f"{strange[0]}: không có thư nào tạm giữ mang tên này · no message of this name is held"
            )
        for entry in entries:
            is_lost = entry.outcome == READ and not (self.inbox_dir / entry.folder).is_dir()
            speaks_for = self.contacts.get(entry.address, set())
            is_known_now = entry.reason in _ABOUT_CONTACTS and len(speaks_for) == 1
            is_known_now |= entry.reason == "not_known" and len(speaks_for) > 1
            is_waiting = entry.outcome == HELD and (entry.name in let_in or is_known_now)
            if not (is_lost or is_waiting):
                continue
            try:
                message = read_message(self.archive.read(entry.sha256))
            except (ContentError, MessageError) as error:
                self.done.lines.append(f"{entry.name}: {error}")
                continue
            if is_lost:
                self._put_in_inbox(entry, message)
                continue
            if reporter := let_in.get(entry.name) or (next(iter(speaks_for)) if len(speaks_for) == 1 else ""):
                attributed = replace(entry, reporter_code=reporter)
            else:
                attributed = self._attribute(entry, message, speaks_for)
            if attributed:
                judged = self._settle(replace(attributed, reason=""), message, is_let_in=entry.name in let_in)
            else:
                judged = replace(entry, reason=SEVERAL_REPORTERS)
            self._put_in_inbox(judged, message)
            self._write_down(judged)

    def fetch_new(self, box: Mailbox) -> None:
        """Fetch what nothing is written down of, the oldest first, then what the server did not hand over before.

        Raises MailboxError, ArchiveError.
        """
        places = {uid: self.journal.find_place(box.place(uid)) for uid in box.uids()}
        new = [uid for uid, entry in places.items() if entry is None or self._fits_now(entry)]
        again = [uid for uid, entry in places.items() if entry and entry.outcome == UNAVAILABLE]
        self.done.left = max(len(new) - self.messages_max, 0)
        self.done.unavailable = len(again)
        settled = [uid for uid, entry in places.items() if entry and entry.outcome in _SETTLED]
        settled += self._fetch(box, new[: self.messages_max])
        random.shuffle(again)  # where it gives up early, others come first the next time
        with suppress(NothingHandedOverError):
            for uid in again:
                settled += self._fetch(box, [uid])
        box.finish(sorted(settled))

    def _fetch(self, box: Mailbox, uids: Sequence[int]) -> Iterator[int]:
        """Take messages in; yield the UIDs of those that are settled."""
        for waiting, content in box.fetch(self._refuse(box, uids)):
            if waiting.trouble:
                self._note_unavailable(box, waiting)
            elif self._take(box, waiting, content).outcome in _SETTLED:
                yield waiting.uid

    def _fits_now(self, entry: Entry) -> bool:
        return entry.outcome == TOO_LARGE and entry.size <= self.size_max

    def _refuse(self, box: Mailbox, uids: Sequence[int]) -> Iterator[Waiting]:
        """Yield the messages that can be fetched; write down the others."""
        for waiting in box.look_at(uids):
            if waiting.trouble:
                self._note_unavailable(box, waiting)
                continue
            if waiting.size <= self.size_max:
                yield waiting
                continue
            self.done.new += 1
            header = box.fetch_header(waiting.uid)
            self._write_down(self._say_whose(self._left_there(box, waiting, TOO_LARGE, header), header))

    def _left_there(self, box: Mailbox, waiting: Waiting, outcome: str, header: bytes = b"") -> Entry:
        """Return the entry of a message that lies on the server alone; by its header it is known in a mailbox numbered anew."""
        place = box.place(waiting.uid)
        known_by = header + b"%d" % waiting.size if header else repr(place).encode()
        folder = folder_path(waiting.received_at, hashlib.sha256(known_by).hexdigest())
        return Entry(*place, "", waiting.size, waiting.received_at, folder, outcome)

    def _was_unavailable(self, entry: Entry) -> bool:
        before = self.journal.find_place(entry.place)
        return before is not None and before.outcome == UNAVAILABLE

    def _note_unavailable(self, box: Mailbox, waiting: Waiting) -> None:
        entry = self._left_there(box, waiting, UNAVAILABLE)
        if not self._was_unavailable(entry):
            self.done.new += 1
            self._write_down(replace(entry, reason=waiting.trouble))

    def _take(self, box: Mailbox, waiting: Waiting, content: bytes) -> Entry:
        """Keep a message and do with it what is to be done."""
        sha256 = hashlib.sha256(content).hexdigest()
        before = self.journal.find_content(sha256)
        if before:  # moved on the server, or all of it numbered anew
            mailbox, uid_validity, uid = box.place(waiting.uid)
            again = replace(before, mailbox=mailbox, uid_validity=uid_validity, uid=uid)
            self._note(again)
            return again
        self.done.new += 1
        folder = folder_path(waiting.received_at, sha256)
        kept = self.archive.put(BytesIO(content))
        received_at = waiting.received_at.replace(tzinfo=None)
        whole = Delivery(f"{INBOX}/{folder}/thu.eml", kept.sha256, kept.size, received_at)
        self.arrivals.note([whole], self.now, MAIL)
        entry = Entry(*box.place(waiting.uid), sha256, len(content), waiting.received_at, folder, READ)
        try:
            message = read_message(content)
        except MessageError as error:
            entry = self._say_whose(replace(entry, outcome=DAMAGED, reason=str(error)), content)
        else:
            entry = self._judge(entry, message)
            self._put_in_inbox(entry, message)
        self._write_down(entry)
        return entry

    def _judge(self, entry: Entry, message: Message) -> Entry:
        """Return what becomes of a message."""
        sender = find_sender(message, self.contacts, self.mailbox)
        entry = self._head(entry, message, sender)
        if self._is_own(sender):
            return replace(entry, outcome=OWN)
        if message.is_automatic:
            return replace(entry, outcome=AUTOMATIC)
        if sender.doubt == SEVERAL_REPORTERS and (attributed := self._attribute(entry, message, sender.reporters)):
            return self._settle(attributed, message)
        if sender.doubt and (message.attachments or message.withdraws):
            return replace(entry, outcome=HELD, reason=sender.doubt)
        return self._settle(entry, message)

    def _head(self, entry: Entry, message: Message, sender: Sender) -> Entry:
        return replace(
            entry,
            address=sender.address,
            reporter_code=sender.reporter_code,
            subject=message.subject,
            message_id=message.message_id,
        )

    def _is_own(self, sender: Sender) -> bool:
        return sender.address in self.mailbox.own_addresses and not sender.reporter_code

    def _say_whose(self, entry: Entry, content: bytes) -> Entry:
        """Return a message of which no more than the header can be read with whose it is: nobody's that a machine wrote."""
        try:
            message = read_header(content)
        except MessageError:
            return entry
        sender = find_sender(message, self.contacts, self.mailbox)
        if message.is_automatic or self._is_own(sender):
            sender = Sender(sender.address)
        entry = self._head(entry, message, sender)
        is_of_several = sender.doubt == SEVERAL_REPORTERS and not entry.reason
        return replace(entry, reason=SEVERAL_REPORTERS) if is_of_several else entry

    def _attribute(self, entry: Entry, message: Message, reporters: Collection[str]) -> Entry | None:
        """Return a message from an address of several reporters with which of them it is from, or each of its files.

        That is whom its files name, or whose mail it answers. None where they name nobody, or anybody else.
        """
        by_file: list[set[str]] = []
        if message.attachments and len(message.attachments) <= self.files_max:
            with our_trouble(self.inbox_dir):
                by_file = self.issuers.find(message.attachments)
            named = set().union(*by_file)
        else:
            named = {each for each in reporters if self._find_answered(replace(entry, reporter_code=each), message)}
        if not named or not named <= set(reporters):
            return None
        if len(named) == 1:
            return replace(entry, reporter_code=next(iter(named)))
        if message.withdraws or any(len(each) != 1 for each in by_file):
            return None
        return replace(entry, senders=tuple(next(iter(each)) for each in by_file))

    def _settle(self, entry: Entry, message: Message, *, is_let_in: bool = False) -> Entry:
        """Return what becomes of a message whose sender is known. `is_let_in`: by the Office, whatever it attaches."""
        if len(message.attachments) > self.files_max and not is_let_in:
            return replace(entry, outcome=HELD, reason="too_many_files")
        answered = self._find_answered(entry, message)
        withdraws, about = (answered, ()) if message.withdraws else ((), answered)
        files = tuple(f"{INBOX}/{entry.folder}/{name}" for name in choose_names(message.attachments))
        if files or about:
            entry = replace(entry, note=message.note, about=about if message.note else ())
        if files or withdraws:
            return replace(entry, outcome=READ, files=files, withdraws=withdraws)
        if message.withdraws:
            return replace(entry, outcome=HELD, reason="answers_nothing")
        return replace(entry, outcome=EMPTY, reason="link" if message.has_link else "")

    def _find_answered(self, entry: Entry, message: Message) -> tuple[str, ...]:
        """Return the paths of what a message is about: of the nearest that it answers to, if it is the same reporter's.

        Of a letter of ours that is what it is about, of a message of theirs all that it brought.
        """
        for message_id in message.answers if entry.reporter_code else ():
            letter = self.sent.get(message_id)
            if letter and letter.paths and letter.reporter_code == entry.reporter_code:
                return letter.paths
            answered = [
                each
                for each in self.journal
                if each.message_id == message_id and each.outcome == READ and each.received_at <= entry.received_at
            ]
            paths = [(each.sender_of(path), path) for each in answered for path in each.files]
            if own := tuple(path for sender, path in paths if sender == entry.reporter_code):
                return own
        return ()

    def _put_in_inbox(self, entry: Entry, message: Message) -> None:
        if entry.outcome == READ:
            with our_trouble(self.inbox_dir):
                write_folder(self.inbox_dir, entry, message)

    def _note(self, entry: Entry) -> None:
        self.done.unavailable += (entry.outcome == UNAVAILABLE) - self._was_unavailable(entry)
        with our_trouble(self.journal.file):
            self.journal.write(entry)

    def _write_down(self, entry: Entry) -> None:
        self._note(entry)
        if entry.outcome == READ:
            self.done.read += 1
            self.done.files += len(entry.files)
        elif entry.outcome == HELD:
            self.done.held += 1
        if entry.outcome != READ or entry.withdraws:
            self.done.lines.append(describe(entry))


def describe(entry: Entry) -> str:
    """Return a message and what became of it as a line for a person."""
    moment = f"{entry.received_at.astimezone(LOCAL_TIME):%d/%m/%Y %H:%M}"
    words = _WORDS[entry.reason if entry.outcome in {HELD, EMPTY} and entry.reason else entry.outcome]
    if entry.outcome == HELD:
        words = f"tạm giữ · held: {words}"
    elif entry.outcome in {DAMAGED, UNAVAILABLE} and entry.reason:
        words = f"{words}: {entry.reason}"
    elif entry.outcome == TOO_LARGE:
        words = f"{words} ({entry.size / 1e6:.0f} MB)"
    elif entry.outcome == EMPTY and entry.about:
        words = (
            f"trả lời bằng lời, không kèm tệp · answers in words: “{shorten(entry.note, NOTE_SHOWN, placeholder=' …')}”"
        )
    elif entry.withdraws:
        words = f"thu hồi {len(entry.withdraws)} tệp · withdraws {len(entry.withdraws)} files"
    who = " ".join(filter(None, (entry.address, f"“{entry.subject}”" if entry.subject else "")))
    return f"{'  '.join(filter(None, (entry.name, moment, who)))}: {words}"
