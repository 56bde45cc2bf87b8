"""The secret that ids are made with: who has the published file and a list of names can't find out whose a row is.

An id whose key names a person is a hash over that key, and a hash alone is undone by hashing each name that comes into
question. So the key is hashed with a secret that stands in one file of this installation (mode 0600), in its backups, and
in the working file, where dbt finds it (`int_id_secret`): in no variable, no compiled SQL, no log.
The index of arrivals tells that a secret was made, and which one, by its fingerprint: beside an archive whose secret is gone
no other is made in silence, since every id would change, and explanations would no longer meet their findings.
Here: making and finding it, and refusing what is not it. Not here: how ids are hashed (dbt: `keyed_hash`).
"""

import datetime as dt
import hashlib
import re
import secrets
from pathlib import Path

from pipelines.files import replace_file
from pipelines.warehouse.arrivals import FILE, Arrivals, read_arrival, read_lines

ID_SECRET = (("secret", "VARCHAR"),)
"""The columns of landed.id_secret, which has one row."""
MODE = 0o600
BEGIN = "make new-secret"


class SecretError(Exception):
    """Ids can't be made as before; the message is one line with what to do."""


def keep_secret(file: Path, arrivals: Arrivals) -> str:
    """Return the secret of an installation; the first time, make it, unless the file is there.

    Raises SecretError where the file is gone, is not the one that the index knows, or can be read by others.
    """
    kept = arrivals.secret_fingerprint()
    if kept and not file.exists():
        raise SecretError(
            f"{file}: mất khóa tạo mã · the secret that ids are made with is gone: put it back (make restore FROM=…, or "
            f"NTM_SECRET_FILE=…); or begin a new one, with which every id changes and no explanation meets its finding: {BEGIN}"
        )
    secret = read_secret(file) if file.exists() else _make_secret(file)
    if kept and fingerprint(secret) != kept:
        raise SecretError(
            f"{file}: khóa tạo mã khác với khóa đã dùng · is not the secret that the ids of this archive are made with: put "
            f"that one back; or go on with this one, with which every id changes: {BEGIN}"
        )
    return secret


def begin_secret(file: Path, arrivals: Arrivals, now: dt.datetime) -> bool:
    """Note that ids are made with the secret in `file` from now on, which is made where there is none.

    Returns whether that changes anything. Raises SecretError for a file that can't be used.
    """
    of_file = fingerprint(read_secret(file) if file.exists() else _make_secret(file))
    if of_file == arrivals.secret_fingerprint():
        return False
    arrivals.note_secret(of_file, now)
    return True


def read_secret(file: Path) -> str:
    """Return the secret that a file holds. Raises SecretError if it is none, or not for its owner alone."""
    try:
        text = file.read_text(encoding="ascii").strip()
        mode = file.stat().st_mode & 0o777
    except (OSError, UnicodeDecodeError) as error:
        raise SecretError(f"{file}: không đọc được · can't be read: {getattr(error, 'strerror', error)}") from None
    if mode & ~MODE & 0o077:
        raise SecretError(f"{file}: người khác đọc được · can be read by others than its owner: chmod 600 {file}")
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise SecretError(f"{file}: không phải khóa · is not a secret: 64 digits of 0-9a-f, as of openssl rand -hex 32")
    return text


def fingerprint(secret: str) -> str:
    """Return what tells a secret from another and does not give it away."""
    return hashlib.sha256(f"fingerprint of {secret}".encode()).hexdigest()


def find_kept(archive_dir: Path) -> str | None:
    """Return the fingerprint of the secret that an archive's index knows, None where it knows none."""
    index = archive_dir / FILE
    noted = [read_arrival(line) for line in read_lines(index)] if index.is_file() else []
    return next((each.sha256 for each in reversed(noted) if each and each.is_of_secret), None)


def _make_secret(file: Path) -> str:
    secret = secrets.token_hex(32)
    replace_file(file, f"{secret}\n".encode(), is_lasting=True, mode=MODE)
    return secret
