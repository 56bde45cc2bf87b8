"""The secret that ids are made with: made once, kept, told from another, and never replaced in silence."""

import datetime as dt
import re
from pathlib import Path

import pytest

from pipelines.warehouse.archive import Archive
from pipelines.warehouse.arrivals import FILE, Arrivals
from pipelines.warehouse.secret import SecretError, begin_secret
from tests.unit.warehouse.offices import Office

NOW = dt.datetime(2026, 1, 1)
OTHER = "0123456789abcdef" * 4


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office that has received a file."""
    office = Office(tmp_path)
    office.put("a.txt", "A")
    office.load(processes=1)
    return office


def landed(office: Office) -> str:
    ((secret,),) = office.rows("select secret from landed.id_secret")
    return secret


def replace_secret(office: Office, text: str, mode: int = 0o600) -> None:
    office.secret.unlink()
    office.secret.write_text(text)
    office.secret.chmod(mode)


def test_the_first_run_makes_it_for_its_owner_alone_and_the_next_ones_keep_it(office: Office) -> None:
    secret = office.secret.read_text().strip()
    assert re.fullmatch("[0-9a-f]{64}", secret)
    assert office.secret.stat().st_mode & 0o777 == 0o600
    state = office.load(processes=1).state
    assert (landed(office), office.load(processes=1).state) == (secret, state)
    assert secret not in (office.archive / FILE).read_text()


def test_no_file_of_the_raw_folder_is_taken_for_it(office: Office) -> None:
    office.put("secret", "a report")
    lines = [office.load(processes=1) and (office.archive / FILE).read_bytes().count(b"\n") for _ in range(2)]
    assert lines == [3, 3]  # a.txt, the secret, and the file of that name
    assert office.rows("select path from landed.arrivals order by all") == [("a.txt",), ("secret",)]
    assert office.rows("select path from landed.deliveries order by all") == [("a.txt",), ("secret",)]


def test_an_archive_of_before_there_were_secrets_gets_one(office: Office) -> None:
    index = office.archive / FILE
    lines = [line for line in index.read_bytes().splitlines(keepends=True) if b'"/secret"' not in line]
    index.write_bytes(b"".join(lines))
    office.secret.unlink()
    office.load(processes=1)
    assert landed(office) == office.secret.read_text().strip()
    assert b'"/secret"' in index.read_bytes()


@pytest.mark.parametrize("is_working_file_there", [True, False])
def test_one_that_was_lost_stops_the_run_and_leaves_everything(office: Office, is_working_file_there: bool) -> None:
    before = landed(office)
    if not is_working_file_there:
        office.working.unlink()
    office.secret.unlink()
    office.put("b.txt", "B")
    with pytest.raises(SecretError, match=r"make restore FROM=.*make new-secret$"):
        office.load(processes=1)
    assert not office.secret.exists()
    if is_working_file_there:
        assert landed(office) == before


@pytest.mark.parametrize(
    ("text", "mode", "said"),
    [(OTHER, 0o600, "is not the secret that"), (OTHER, 0o640, "chmod 600"), ("not one", 0o600, "64 digits")],
)
def test_another_one_stops_the_run(office: Office, text: str, mode: int, said: str) -> None:
    replace_secret(office, text, mode)
    with pytest.raises(SecretError, match=said) as raised:
        office.load(processes=1)
    assert OTHER not in str(raised.value)


@pytest.mark.parametrize("text", [None, OTHER])
def test_a_new_one_is_begun_by_whoever_says_so_and_makes_everything_anew(office: Office, text: str | None) -> None:
    state = office.load(processes=1).state
    before = landed(office)
    office.secret.unlink()
    if text:
        office.secret.write_text(text)
        office.secret.chmod(0o600)
    with Arrivals(Archive(office.archive).folder) as arrivals:
        assert begin_secret(office.secret, arrivals, NOW)
        assert not begin_secret(office.secret, arrivals, NOW)
    assert office.load(processes=1).state != state
    assert landed(office) != before


def test_two_homes_may_share_one(office: Office, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Office(tmp_path / "other")
    other.put("a.txt", "A")
    other.secret = office.secret
    other.load(processes=1)
    assert landed(other) == landed(office)
