"""What the published file tells about persons: nothing, to whoever has it and a list of the names that come into question."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.integration.conftest import Office

KEYS = """
    select commune_code, item_key from landed.h02 union select commune_code, item_key from landed.h04
    union select item_kind, item_key from landed.v01
"""
"""What ids of models, gardens and inspected items are made of: what an attacker puts together from names, villages and trades."""
HASHES: dict[str, Callable[[str], str]] = {
    name: lambda text, name=name: hashlib.new(name, text.encode(), usedforsecurity=False).hexdigest()
    for name in ("md5", "sha1", "sha256")
}


@pytest.fixture(scope="module")
def office(finished: tuple[Office, str]) -> Office:
    return finished[0]


@pytest.fixture(scope="module")
def keys(office: Office) -> list[str]:
    with duckdb.connect(str(office.home / "working.duckdb"), read_only=True) as working:
        keys = ["\x1f".join(part or "~" for part in key) for key in working.execute(KEYS).fetchall()]
    assert len(keys) > 100
    return keys


@pytest.fixture(scope="module")
def cells(office: Office) -> set[str]:
    """Every text that stands anywhere in the published file."""
    texts = "select schema_name || '.' || table_name, column_name from duckdb_columns() where data_type = 'VARCHAR'"
    with duckdb.connect(str(office.published), read_only=True) as published:
        return {
            text
            for table, column in published.execute(texts).fetchall()
            for (text,) in published.execute(f'select distinct "{column}" from {table}').fetchall()
        }


def test_no_owner_is_recovered_by_hashing_names(keys: list[str], cells: set[str]) -> None:
    hashed = {hashed(key) for key in keys for hashed in HASHES.values()}
    assert not {each[:length] for each in hashed for length in range(8, 65, 8)} & cells


def test_whoever_has_the_secret_as_well_finds_every_owner(office: Office, keys: list[str]) -> None:
    secret = (office.home / "secret").read_text().strip()
    ids = {key_id for (key_id,) in office.ask("select model_id from marts.fct_production_models")}
    assert ids
    assert ids <= {HASHES["sha256"](secret + key)[:16] for key in keys}


def test_the_secret_stands_in_its_file_and_in_the_working_file_alone(finished: tuple[Office, str]) -> None:
    office, said = finished
    secret = (office.home / "secret").read_text().strip()
    holders = {file.name for file in _files(office.home) if secret.encode() in file.read_bytes()}
    assert holders == {"secret", "working.duckdb"}
    assert secret not in said


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file())
