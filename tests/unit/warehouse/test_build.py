"""What dbt has parsed is used again while it is whole, and is made anew where it is not."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.warehouse.build import code_version, parsed_project


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "raw", tmp_path / "home", dt.date(2015, 7, 20))
    settings.dbt_dir.mkdir(parents=True)
    return settings


def parsed_file(settings: Settings) -> Path:
    return settings.dbt_dir / f"parsed-{code_version().rpartition('+')[2]}.msgpack"


@pytest.mark.parametrize("content", [b"", b"\x80garbage", b"\x81\xa5nodes"], ids=["empty", "garbage", "cut off"])
def test_a_parsed_project_that_cannot_be_read_is_removed_so_that_it_is_parsed_anew(
    settings: Settings, content: bytes
) -> None:
    file = parsed_file(settings)
    file.write_bytes(content)
    assert parsed_project(settings) is None
    assert not file.exists()


def test_there_is_no_parsed_project_before_one_was_made(settings: Settings) -> None:
    assert parsed_project(settings) is None


def test_a_project_that_was_parsed_from_other_code_is_none(settings: Settings) -> None:
    other = settings.dbt_dir / "parsed-000000000000.msgpack"
    other.write_bytes(b"\x80garbage")
    assert parsed_project(settings) is None
    assert other.exists()
