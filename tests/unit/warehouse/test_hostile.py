"""Files that try to stop a run: each ends as findings of its own, and the others are loaded."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.intake import NO_HINT
from pipelines.products.preview import preview
from pipelines.progress import Watcher
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.load import Loaded, load
from pipelines.warehouse.reader import IntakeReader
from pipelines.wording import severity_of
from tests import hostile

READER = IntakeReader(SEEDS_DIR, SEEDS_DIR / "no overlay", dt.date(2015, 7, 20))


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A raw folder with everything hostile in it."""
    folder = tmp_path_factory.mktemp("hostile") / "raw"
    folder.mkdir()
    hostile.put_all(folder)
    yield folder
    hostile.remove_nested(folder / "places", "d")


@pytest.fixture(scope="module")
def loaded(raw: Path) -> tuple[Path, Loaded]:
    """The working file after one load of that folder."""
    return raw.parent / "working.duckdb", load_into(raw)


def load_into(raw: Path) -> Loaded:
    with duckdb.connect(str(raw.parent / "working.duckdb")) as connected:
        archive = Archive(raw.parent / "archive")
        return load(
            connected, raw, archive, archive.folder.with_name("secret"), READER, READER.lists, READER.limits, Watcher()
        )


@pytest.mark.parametrize(("path", "findings"), list(hostile.expected()))
def test_each_hostile_file_is_told_as_was_written_down(
    loaded: tuple[Path, Loaded], path: str, findings: hostile.Expected
) -> None:
    with duckdb.connect(str(loaded[0]), read_only=True) as connected:
        told = connected.execute(
            """
            select rule_id, variant, cell from landed.findings join landed.deliveries using (delivery_id)
            where path = ? order by all
            """,
            [path],
        ).fetchall()
        told = [row for row in told if severity_of(row[0], row[1]) == "error"]
        ((status,),) = connected.execute("select status from landed.deliveries where path = ?", [path]).fetchall()
    assert status == ("rejected" if any(rule == "F01" for rule, *_ in findings) else "read")
    assert [(rule, cell) for rule, _, cell in told] == sorted((rule, cell) for rule, _, cell in findings)
    assert {variant for rule, variant, _ in told if rule == "F01"} <= {variant for _, variant, _ in findings}


def test_what_lies_beside_hostile_files_is_loaded(loaded: tuple[Path, Loaded]) -> None:
    with duckdb.connect(str(loaded[0]), read_only=True) as connected:
        query = "select count(*) from landed.h01 join landed.deliveries using (delivery_id) where path = ?"
        for path in hostile.GOOD:
            assert connected.execute(query, [path]).fetchone() == (5,)


def test_hostile_files_put_no_more_into_the_archive_than_themselves_and_what_they_may(
    raw: Path, loaded: tuple[Path, Loaded]
) -> None:
    assert loaded[1].new
    kept = sum(file.stat().st_size for file in (raw.parent / "archive").rglob("*") if file.is_file())
    sent = sum(file.stat().st_size for file in (raw / "443").rglob("*") if file.is_file())
    assert kept < 2 * sent


def test_no_hostile_file_is_read_a_second_time(raw: Path, loaded: tuple[Path, Loaded]) -> None:
    again = load_into(raw)
    assert (again.new, again.read_again, again.cells) == (0, 0, 0)
    assert again.state == loaded[1].state


@pytest.mark.long
def test_a_preview_says_of_hostile_files_what_a_load_says(
    raw: Path, loaded: tuple[Path, Loaded], tmp_path: Path
) -> None:
    said = {}
    for result in preview(raw, tmp_path / "out", READER, NO_HINT):
        assert result.receipt.is_file()
        assert "\x1b" not in result.text
        said[result.reading.path] = {(one.rule_id, one.variant) for one in result.reading.findings}
    with duckdb.connect(str(loaded[0]), read_only=True) as connected:
        query = "select path, rule_id, variant from landed.findings join landed.deliveries using (delivery_id)"
        landed: dict[str, set[tuple[str, str]]] = {path: set() for path in said}
        for path, rule, variant in connected.execute(query).fetchall():
            landed[path].add((rule, variant))
    assert said == landed
