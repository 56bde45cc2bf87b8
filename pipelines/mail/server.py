"""The server that takes our mail, by SMTP: alerts to the Office and letters to reporters go out by it alike."""

import smtplib
import ssl
from collections.abc import Generator
from contextlib import contextmanager
from email.policy import default

from pipelines.settings import MailServer

ANSWER_SECONDS = 10
UNFOLDED = default.clone(max_line_length=998)  # Python 3.11.7 loses a space of a subject where it folds: "tạmgiữ"


@contextmanager
def open_server(mail_server: MailServer) -> Generator[smtplib.SMTP]:
    """Log in for the body. Raises OSError (smtplib's errors are such) for whatever a server or the way to it does."""
    address = (mail_server.host, mail_server.port)
    context = ssl.create_default_context()
    if mail_server.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(*address, timeout=ANSWER_SECONDS, context=context)
    else:
        server = smtplib.SMTP(*address, timeout=ANSWER_SECONDS)
    with server:
        if mail_server.scheme == "smtp+starttls":
            server.starttls(context=context)
        if mail_server.user and mail_server.password:
            server.login(mail_server.user, mail_server.password)
        yield server
