"""The register of incoming documents (V03): which delivery each of its rows means, and what a reading learns from it.

Here: matching a file name as a clerk typed it to the paths of deliveries, hints, and how a path shows that its file came by mail.
When a row counts, and what a withdrawal does, is SQL.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pipelines.intake.model import Hint
from pipelines.intake.text import clean

INBOX = "inbox"
"""Where the paths of what came by mail begin."""
OWN_REGISTER = "so-van-ban-den.csv"
"""The register that lies beside the attachments of each message: ours, which no attachment is called like."""
_MAILED = re.compile(rf"{INBOX}/n\d{{8}}/[a-z]{{16}}/(?P<rest>.+)")
_SPREADSHEET_END = re.compile(r"\.(?:xlsx|xlsm|xlsb|xls|ods|csv|tsv|txt|zip)$")


class RegisterMatch(NamedTuple):
    """A register row and a delivery that it means; `matched_path` None: no such file. A row of landed.register_matches."""

    register_submission_id: str | None
    sheet: str | None
    row_number: int | None
    register_no: int
    received_at: datetime | None
    sender_code: str | None
    period: str | None
    file_name: str | None
    matched_path: str | None
    is_withdrawal: bool


def is_mailed(path: str) -> bool:
    """Return whether a delivery came by mail: an attachment, or the register beside it (inbox/<day>/<message>/…)."""
    return _MAILED.fullmatch(path) is not None


def may_register(path: str) -> bool:
    """Return whether a register at this path counts as one: what anybody may send by mail does not, the one beside it does."""
    return not is_mailed(path) or is_own_register(path)


def is_own_register(path: str) -> bool:
    """Return whether a delivery is the register that we put beside the attachments of a message: nobody sent it."""
    match = _MAILED.fullmatch(path)
    return match is not None and match["rest"] == OWN_REGISTER


def match_register(rows: Sequence[Mapping[str, Any]], paths: Iterable[str]) -> list[RegisterMatch]:
    """Match the register's file names to delivery paths (forms.md, V03).

    `rows`: landed rows of the register as mappings, in the order of the register. `paths`: below the raw folder, '/'
    between parts, a member of an archive as "a/b.zip/member.xlsx". A name is the path below the raw folder, or a base
    name that is unique there. Case, composition of letters, repeated blanks, backslashes and a leading "./" or "raw/"
    don't matter; nothing outside the folder is ever meant. What came by mail is meant by its whole path alone, so that an
    attachment makes no name of the raw folder ambiguous. A row that names an archive is matched to each of its
    members. At least one match per row; its path is None where no file is meant, or more than one.
    """
    by_path: defaultdict[str, list[str]] = defaultdict(list)
    by_name: defaultdict[str, set[str]] = defaultdict(set)
    by_stem: defaultdict[str, set[str]] = defaultdict(set)
    for path in sorted(set(paths)):
        parts = path.split("/")
        for end in range(1, len(parts) + 1):  # an archive is a "folder" of its members
            whole = "/".join(parts[:end])
            if end < len(parts) and not parts[end - 1].lower().endswith(".zip"):
                continue
            by_path[_key(whole)].append(path)
            if is_mailed(path):
                continue
            by_name[_key(parts[end - 1])].add(whole)
            by_stem[_SPREADSHEET_END.sub("", _key(parts[end - 1]))].add(whole)
    return [
        RegisterMatch(
            register_submission_id=row["submission_id"],
            sheet=row["sheet"],
            row_number=row["row_number"],
            register_no=number,
            received_at=row["received_at"],
            sender_code=row["sender_code"],
            period=row["period"],
            file_name=row["file_name"],
            matched_path=path,
            is_withdrawal=bool(row["is_withdrawal"]),
        )
        for number, row in enumerate(rows, 1)
        for path in _find_meant(row["file_name"] or "", by_path, (by_name, by_stem)) or [None]
    ]


def _find_meant(
    file_name: str, by_path: Mapping[str, list[str]], by_name: Sequence[Mapping[str, set[str]]]
) -> list[str]:
    key = _key(file_name)
    for candidate in (key, key.removeprefix("raw/")):
        if candidate in by_path:
            return by_path[candidate]
    if not key or "/" in key:
        return []
    for names in by_name:
        wholes = names.get(key, set())
        if wholes:
            return by_path[_key(next(iter(wholes)))] if len(wholes) == 1 else []
    return []


def _key(path: str) -> str:
    """Return a path as it is compared: no case, no backslash, no "./", blanks single; '' for one that climbs out."""
    parts = [clean(part).lower() for part in path.replace("\\", "/").split("/")]
    parts = [part for part in parts if part not in ("", ".")]
    return "" if ".." in parts or any(":" in part for part in parts[:1]) else "/".join(parts)


def hints(matches: Iterable[RegisterMatch]) -> dict[str, Hint]:
    """Return what the register says of each delivery's reporter and period: the last row that says it counts."""
    by_path: dict[str, Hint] = {}
    for match in matches:
        if match.matched_path is not None:
            before = by_path.get(match.matched_path, Hint())
            by_path[match.matched_path] = Hint(match.sender_code or before.sender_code, match.period or before.period)
    return by_path
