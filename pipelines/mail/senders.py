"""Who sent a message: whether the address it names is proven, and for which reporter it speaks.

A `From` is text that anybody may write. It counts where the receiving server itself says, in an `Authentication-Results` (RFC
8601) signed with its own name, that SPF, DKIM or DMARC passed for just that domain; only the uppermost are the server's, since
each server writes above what it received.
Not here: what becomes of a message that is held (fetch.py), and whether its sheets name the same reporter (SQL).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipelines.mail.messages import Message
from pipelines.reference.models import Contact
from pipelines.settings import MailboxSettings

SEVERAL_REPORTERS = "several_reporters"
"""The doubt about an address that speaks for several reporters."""
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_PROPERTIES = {
    "spf": ("smtp.mailfrom", "smtp.mail"),
    "dkim": ("header.d", "header.i"),
    "dmarc": ("header.from",),
}
"""Of which domain each method speaks."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose a message is: `reporter_code`, or why that is not known (`doubt`); for an address of several, which they are."""

    address: str
    reporter_code: str = ""
    doubt: str = ""
    reporters: frozenset[str] = frozenset()


def compile_contacts(contacts: Iterable[Contact]) -> dict[str, set[str]]:
    """Return the reporters for which each address speaks, by the address in lower case."""
    by_address: dict[str, set[str]] = {}
    for contact in contacts:
        if contact.email:
            by_address.setdefault(contact.email.lower(), set()).add(contact.reporter_code)
    return by_address


def find_sender(message: Message, contacts: Mapping[str, set[str]], mailbox: MailboxSettings) -> Sender:
    """Return who sent a message. Several senders are none; an address of several reporters is one of theirs."""
    if len(message.addresses) != 1:
        return Sender(
            ", ".join(message.addresses), doubt="no_address" if not message.addresses else "several_addresses"
        )
    (address,) = message.addresses
    if not _is_proven(message, address.rpartition("@")[2], mailbox):
        return Sender(address, doubt="not_proven")
    reporters = contacts.get(address, set())
    if len(reporters) != 1:
        doubt = SEVERAL_REPORTERS if reporters else "not_known"
        return Sender(address, doubt=doubt, reporters=frozenset(reporters))
    return Sender(address, next(iter(reporters)))


def _is_proven(message: Message, domain: str, mailbox: MailboxSettings) -> bool:
    results = list(_own_results(message, mailbox.authserv_id)) if mailbox.authserv_id else []
    if not results:
        return mailbox.trusts_unchecked
    return any(domain in _passed_domains(result) for result in results)


def _own_results(message: Message, authserv_id: str) -> Iterator[str]:
    """Yield the results that the receiving server wrote: those under its name, down to what it received."""
    has_begun = False
    for name, value in message.trace:
        if name == "received" and has_begun:
            return
        if name == "authentication-results":
            server, _, results = _without_comments(value).partition(";")
            if server.strip().lower().split(" ")[0] == authserv_id:
                has_begun = True
                yield results


def _passed_domains(results: str) -> Iterator[str]:
    """Yield the domains for which a method passed."""
    for result in results.split(";"):
        words = [word.partition("=") for word in result.replace('"', "").split()]
        if not words or words[0][2].lower() != "pass":
            continue
        for name, _, value in words[1:]:
            if name.lower() in _PROPERTIES.get(words[0][0].lower(), ()):
                yield value.rpartition("@")[2].lower().rstrip(".")


def _without_comments(text: str) -> str:
    """Return a header without what stands in brackets, nested ones included."""
    before = None
    while before != text:
        before, text = text, _COMMENT.sub(" ", text)
    return text.replace(" =", "=").replace("= ", "=")
