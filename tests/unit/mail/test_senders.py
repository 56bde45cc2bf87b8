"""Whose a message is: only what the receiving server itself vouches for counts."""

from email.message import EmailMessage

import pytest

from pipelines.mail.messages import read_message
from pipelines.mail.senders import Sender, compile_contacts, find_sender
from pipelines.reference.models import Contact
from pipelines.settings import MailboxSettings

CONTACTS = compile_contacts(
    [
        Contact(reporter_code="443", email="An@canloc.vn"),
        Contact(reporter_code="443", email="binh@canloc.vn"),
        Contact(reporter_code="443", email="hai@huyen.vn"),
        Contact(reporter_code="445", email="hai@huyen.vn"),
        Contact(reporter_code="440", name="Không có thư"),
    ]
)
PASSED = "mx.ntm.vn; spf=pass smtp.mailfrom=an@canloc.vn"


def sender(
    *results: str, by: str = "an@canloc.vn", authserv: str = "mx.ntm.vn", trusts: bool = False, above: bool = True
) -> Sender:
    """Who sent a message with these results of its checks, above or below the server's own line of receipt."""
    message = EmailMessage()
    if not above:
        message["Received"] = "from elsewhere by mx.ntm.vn; Mon, 3 Aug 2015 08:00:00 +0700"
    for result in results:
        message["Authentication-Results"] = result
    message["From"] = by
    mailbox = MailboxSettings("imaps", "h", 993, "u", "p", authserv_id=authserv, trusts_unchecked=trusts)
    return find_sender(read_message(message.as_bytes()), CONTACTS, mailbox)


@pytest.mark.parametrize(
    "result",
    [
        PASSED,
        "MX.ntm.vn 1; spf=fail smtp.mailfrom=x.vn; dkim=pass (2048 bit (RSA)) header.d=canloc.vn header.s=k",
        "mx.ntm.vn; dkim=pass header.i=@canloc.vn",
        "mx.ntm.vn; dmarc=pass (p=none) header.from=canloc.vn",
        'mx.ntm.vn; spf=pass (sender is permitted) smtp.mailfrom="an@canloc.vn"',
        "mx.ntm.vn; spf = pass smtp.mailfrom = canloc.vn",
    ],
)
def test_a_sender_counts_for_whose_domain_the_server_saw_a_check_pass(result: str) -> None:
    assert sender(result) == Sender("an@canloc.vn", "443")


@pytest.mark.parametrize(
    "result",
    [
        "mx.ntm.vn; none",
        "mx.ntm.vn; spf=softfail smtp.mailfrom=canloc.vn",
        "mx.ntm.vn; spf=pass smtp.mailfrom=elsewhere.vn",
        "mx.ntm.vn; spf=pass smtp.helo=canloc.vn",
        "mx.ntm.vn; dkim=pass header.d=notcanloc.vn",
        "mx.ntm.vn; dkim=fail (spf=pass smtp.mailfrom=canloc.vn) header.d=canloc.vn",
        'mx.ntm.vn; dkim=neutral reason="dkim=pass header.d=canloc.vn"',
        "mx.other.vn; spf=pass smtp.mailfrom=canloc.vn",
        "mx.ntm.vn.evil.vn; spf=pass smtp.mailfrom=canloc.vn",
    ],
)
def test_a_sender_whom_the_server_does_not_vouch_for_is_not_proven(result: str) -> None:
    assert sender(result).doubt == "not_proven"


def test_a_result_that_the_sender_wrote_below_the_servers_own_is_not_the_servers() -> None:
    message = EmailMessage()
    message["Authentication-Results"] = "mx.ntm.vn; spf=fail smtp.mailfrom=canloc.vn"
    message["Received"] = "from evil by mx.ntm.vn"
    message["Authentication-Results"] = PASSED
    message["From"] = "an@canloc.vn"
    mailbox = MailboxSettings("imaps", "h", 993, "u", "p", authserv_id="mx.ntm.vn")
    assert find_sender(read_message(message.as_bytes()), CONTACTS, mailbox).doubt == "not_proven"


def test_an_inner_server_may_stand_above_the_one_that_checks() -> None:
    assert sender(PASSED, above=False).reporter_code == "443"


@pytest.mark.parametrize(("trusts", "doubt"), [(True, ""), (False, "not_proven")])
def test_where_the_server_says_nothing_the_office_says_whether_it_trusts(trusts: bool, doubt: str) -> None:
    assert sender(trusts=trusts).doubt == doubt
    assert sender(authserv="", trusts=trusts).doubt == doubt
    assert sender("mx.ntm.vn; spf=fail smtp.mailfrom=canloc.vn", trusts=trusts).doubt == "not_proven"


@pytest.mark.parametrize(
    ("by", "doubt"),
    [
        ("ai@canloc.vn", "not_known"),
        ("hai@huyen.vn", "several_reporters"),
        ("An <an@canloc.vn>, Bình <binh@canloc.vn>", "several_addresses"),
        ('"an@canloc.vn" <ai@elsewhere.vn>', "not_known"),
        ("Nguyễn Văn An", "no_address"),
    ],
)
def test_who_is_not_one_known_address_of_one_reporter_is_nobody(by: str, doubt: str) -> None:
    assert (sender(by=by, trusts=True, authserv="").doubt, sender(by=by, trusts=True, authserv="").reporter_code) == (
        doubt,
        "",
    )


def test_two_people_of_one_reporter_both_count() -> None:
    assert sender(by="Bình <BINH@canloc.vn>", trusts=True, authserv="").reporter_code == "443"
