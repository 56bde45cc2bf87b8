"""Servers of this machine that tests talk to, each a context.

A certificate that nobody has signed; a mailbox (`dovecot -F`, of Debian's dovecot-imapd); one that takes mail (aiosmtpd).
"""

import datetime as dt
import getpass
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa

_NOBODY = pwd.getpwnam("nobody")
MAIL_OWNER = (os.geteuid(), os.getegid()) if os.geteuid() else (_NOBODY.pw_uid, _NOBODY.pw_gid)
"""Whose the mailboxes are: the server takes no root."""
PASSWORD = "bí@mật"  # noqa: S105 (of a server that lives as long as the test)


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate of this machine that nobody has signed, and its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    shown, kept = folder / "certificate.pem", folder / "key.pem"
    shown.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    kept.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    return shown, kept


class Inbox:
    """What a mail server received. `refuses`: its answer to an address that it does not take."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.refuses: dict[str, str] = {}

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's word)
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's word)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def smtp_server() -> Generator[tuple[Inbox, int]]:
    """Start a server that takes mail for anybody, and its port (aiosmtpd)."""
    received, port = Inbox(), free_port()
    server = Controller(received, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield received, port
    finally:
        server.stop()


@dataclass(frozen=True)
class ImapServer:
    """A mail server that takes any user with PASSWORD; each has a mailbox of its own."""

    folder: Path
    imaps_port: int
    imap_port: int
    certificate: tuple[Path, Path]

    def deliver(self, user: str, content: bytes, received_at: dt.datetime) -> Path:
        """Put a message into a user's mailbox as received at a time (with zone)."""
        box = self.folder / "mail" / user / "Maildir"
        for name in ("cur", "new", "tmp"):
            (box / name).mkdir(parents=True, exist_ok=True)
        number = sum(1 for _ in box.glob("*/*.test*"))
        file = box / "tmp" / f"{received_at.timestamp():.0f}.M{number:06}.test"
        file.write_bytes(content)
        os.utime(file, (received_at.timestamp(), received_at.timestamp()))
        for place in (box.parent, box, *box.iterdir(), file):
            os.chown(place, *MAIL_OWNER)
        return file.rename(box / "new" / file.name)


@contextmanager
def weak_line(port: int, lets_through: int, *, then_closes: bool, connections: int = sys.maxsize) -> Generator[int]:
    """Start a way to a server of this machine that ends after so many bytes from it, or stands still; yields its port.

    After so many connections there is none any more.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as stack:

        def pass_on(source: socket.socket, target: socket.socket, left: int) -> None:
            with suppress(OSError):
                while left and (some := source.recv(min(left, 65536))):
                    target.sendall(some)
                    left -= len(some)
                if then_closes:
                    target.shutdown(socket.SHUT_RDWR)

        def accept() -> None:
            with suppress(OSError):
                for _ in range(connections):
                    client = stack.enter_context(listener.accept()[0])
                    server = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
                    for source, target, left in ((client, server, sys.maxsize), (server, client, lets_through)):
                        Thread(target=pass_on, args=(source, target, left), daemon=True).start()
                listener.close()

        Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


@contextmanager
def talked_over_line(
    port: int, certificate: tuple[Path, Path], answer: Callable[[bytes], bytes | None]
) -> Generator[int]:
    """Start a way to a TLS server of this machine; `answer` sees each command's line and may say something in its place.

    None: the server answers; b"": the line breaks. Yields its port.
    """
    inner, outer = ssl.create_default_context(cafile=certificate[0]), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    outer.load_cert_chain(*certificate)

    def pass_back(source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while some := source.recv(65536):
                target.sendall(some)

    def serve(connection: socket.socket) -> None:
        with (
            suppress(OSError),
            outer.wrap_socket(connection, server_side=True) as client,
            inner.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname="127.0.0.1") as server,
        ):
            Thread(target=pass_back, args=(server, client), daemon=True).start()
            try:
                for line in client.makefile("rb"):
                    said = answer(line)
                    if said == b"":
                        return
                    (server if said is None else client).sendall(line if said is None else said)
            finally:
                for each in (client, server):  # what is closed while another thread reads it stays open
                    with suppress(OSError):
                        each.shutdown(socket.SHUT_RDWR)

    def accept() -> None:
        with suppress(OSError):
            while True:
                Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


@contextmanager
def imap_server(certificate: tuple[Path, Path]) -> Generator[ImapServer]:
    """Start a mail server for the body."""
    # not in pytest's own folder, into which the server's accounts may not look
    folder = Path(tempfile.mkdtemp(prefix="ntm-imap-"))
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    os.chown(folder / "mail", *MAIL_OWNER)
    server = ImapServer(folder, free_port(), free_port(), certificate)
    own = (
        ""
        if os.geteuid() == 0
        else f"default_internal_user = {getpass.getuser()}\ndefault_login_user = {getpass.getuser()}\n"
    )
    settings = folder / "dovecot.conf"
    settings.write_text(
        f"""
        protocols = imap
        listen = 127.0.0.1
        base_dir = {folder}/run
        state_dir = {folder}/state
        log_path = {folder}/log
        ssl = required
        auth_failure_delay = 0
        ssl_cert = <{certificate[0]}
        ssl_key = <{certificate[1]}
        mail_location = maildir:~/Maildir
        first_valid_uid = 0
        {own}
        passdb {{
          driver = static
          args = password={PASSWORD}
        }}
        userdb {{
          driver = static
          args = uid={MAIL_OWNER[0]} gid={MAIL_OWNER[1]} home={folder}/mail/%u
        }}
        service imap-login {{
          chroot =
          inet_listener imap {{
            port = {server.imap_port}
          }}
          inet_listener imaps {{
            port = {server.imaps_port}
          }}
        }}
        service anvil {{
          chroot =
          unix_listener anvil-auth-penalty {{  # else who follows a wrong password waits for seconds
            mode = 0
          }}
        }}
        """,
        encoding="utf-8",
    )
    command = ["dovecot", "-F", "-c", str(settings)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        _wait(server.imaps_port, process)
        yield server
    finally:
        process.terminate()
        process.communicate(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None, process.communicate()[1]
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the mail server does not listen")
