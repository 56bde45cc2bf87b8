"""How long mail takes, from a mailbox on this machine (dovecot): a thousand messages with a workbook each, and nothing new."""

import os
import tempfile
import time
from pathlib import Path

from rich.table import Table

from pipelines.mail.fetch import count_new
from tests.integration.test_mail import Office, letter
from tests.servers import imap_server, make_certificate
from tests.unit.products.receipt_world import clerks_workbook

MESSAGES = 1000


def table() -> Table:
    """Fetch them, and look again; seconds by the clock and of the processor."""
    shown = Table("mail", "messages", "seconds", "of the processor", title=f"{MESSAGES} messages, a workbook each")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        certificate = make_certificate(folder)
        os.environ["SSL_CERT_FILE"] = str(certificate[0])
        with imap_server(certificate) as server:
            office = Office(server, folder / "office")
            office.deliver(*(letter(files={f"{n}.xlsx": clerks_workbook(rows=20 + n % 50)}) for n in range(MESSAGES)))
            works = (
                ("fetch what is new", lambda: office.fetch().read),
                ("fetch, nothing new", lambda: office.fetch().read),
                ("look, nothing new", lambda: count_new(office.settings)),
            )
            for name, work in works:
                began, processor = time.perf_counter(), time.process_time()
                messages = work()
                seconds, used = time.perf_counter() - began, time.process_time() - processor
                shown.add_row(name, str(messages), f"{seconds:.1f}", f"{used:.1f}")
    return shown
