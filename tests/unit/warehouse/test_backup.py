"""A machine that lost everything but the backup lands equal tables; what is damaged is found, and put back."""

import shutil
import zipfile
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.archive import Archive
from pipelines.warehouse.backup import BackupError, Copied, restore_backup, write_backup
from pipelines.warehouse.secret import SecretError
from pipelines.warehouse.verification import verify
from tests.unit.warehouse.offices import Office


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office that received files, a .zip, A, B, A at one path, and has a day, a list and a secret."""
    folder = tmp_path_factory.mktemp("office")
    office = Office(folder)
    with zipfile.ZipFile(office.raw / "t9.zip", "w") as packed:
        packed.writestr("443/a.txt", "x")
    office.put("so van ban den.txt", "register\na.txt;443;2014-09")
    office.put("AS_OF", "2015-01-31")
    office.put("reference/holidays.csv", "date,name_vi\n2015-02-19,Tết\n")
    office.put("reference/boundaries.geojson", '{"type": "FeatureCollection", "features": []}')
    for content in ("A", "B", "A"):
        office.put("a.txt", content)
        office.load()
    with duckdb.connect(str(office.working)) as connected:
        connected.execute("insert into landed.check_results (suite, is_passed) values ('kept', true)")
    (folder / "alerts.json").write_text("sent")
    (folder / "alerts.json").chmod(0o644)
    return folder


@pytest.fixture
def office(received: Path, tmp_path: Path) -> Office:
    shutil.copytree(received, tmp_path / "office")
    return Office(tmp_path / "office")


def home(office: Office) -> Path:
    return office.raw.parent


def back_up(office: Office, folder: Path) -> Copied:
    return write_backup(home(office), office.secret, office.working, home(office) / "published" / "ntm.duckdb", folder)


def restore(folder: Path, office: Office) -> Copied:
    published = home(office) / "published" / "ntm.duckdb"
    return restore_backup(folder, home(office), office.secret, office.raw, office.working, published)


def troubles(office: Office) -> list[str]:
    parts = verify(office.archive, office.secret, office.working, home(office) / "published" / "ntm.duckdb")
    return [trouble for part in parts for trouble in part.troubles]


def damage(office: Office, number: int, content: bytes | None) -> None:
    """Overwrite the archive's first, second … content, or remove it."""
    file = Archive(office.archive).path(sorted(Archive(office.archive).hashes())[number])
    file.chmod(0o644)
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)


def test_a_kept_build_that_is_cut_off_is_named(office: Office) -> None:
    builds = home(office) / "published" / "builds"
    builds.mkdir(parents=True)
    whole, cut = (builds / f"ntm-2015010{day}T000000000000.duckdb" for day in (1, 2))
    with duckdb.connect(str(whole)) as connected:
        connected.execute("create table xã as select range as số from range(100000)")
    cut.write_bytes(whole.read_bytes()[:20_000])
    (trouble,) = troubles(office)
    assert trouble.startswith(f"{cut}: ")


def test_an_empty_machine_lands_equal_tables_from_the_backup_alone(office: Office, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    assert back_up(office, backup).troubles == []
    (tmp_path / "empty").mkdir()
    other = Office(tmp_path / "empty")
    restored = restore(backup, other)
    assert (restored.contents, restored.new, restored.troubles) == (8, 8, [])
    assert (other.raw / "AS_OF").read_text() == "2015-01-31"
    restored_files = sorted(file.name for file in other.raw.rglob("*") if file.is_file())
    assert restored_files == ["AS_OF", "boundaries.geojson", "holidays.csv"]
    assert {name: (home(other) / name).stat().st_mode & 0o777 for name in ("secret", "alerts.json")} == {
        "secret": 0o600,
        "alerts.json": 0o644,
    }
    other.load()
    assert other.tables() == office.tables()
    assert troubles(other) == []


@pytest.mark.parametrize("mode_in_backup", [0o600, 0o777])  # a disk without rights
def test_the_secret_comes_back_for_its_owner_alone_wherever_it_lies(
    office: Office, tmp_path: Path, mode_in_backup: int
) -> None:
    backup, secret = tmp_path / "backup", office.secret.read_bytes()
    office.secret = office.secret.replace(tmp_path / "elsewhere")
    assert back_up(office, backup).troubles == []
    assert (backup / "secret").stat().st_mode & 0o777 == 0o600
    (backup / "secret").chmod(mode_in_backup)
    office.secret.unlink()
    (line,) = troubles(office)
    assert "make restore" in line
    assert any("secret" in line for line in back_up(office, backup).troubles)
    with pytest.raises(SecretError, match="make restore"):
        office.load()
    restore(backup, office)
    assert (office.secret.read_bytes(), office.secret.stat().st_mode & 0o777) == (secret, 0o600)
    assert troubles(office) == []


def test_a_second_backup_copies_what_is_new(office: Office, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(office, backup)
    office.put("b.txt", "new")
    office.load()
    assert back_up(office, backup).new == 1


@pytest.mark.parametrize("content", [None, b"", b"other"])
def test_a_content_that_was_lost_is_found_and_put_back(office: Office, tmp_path: Path, content: bytes | None) -> None:
    backup = tmp_path / "backup"
    back_up(office, backup)
    assert troubles(office) == []
    damage(office, 0, content)
    assert len(troubles(office)) == 1
    assert restore(backup, office).new == 1
    assert troubles(office) == []


def test_a_damaged_content_is_not_backed_up_over_a_good_one(office: Office, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(office, backup)
    damage(office, 0, b"")
    assert len(back_up(office, backup).troubles) == 1
    assert restore(backup, office).troubles == []


def test_a_damaged_line_of_the_index_is_found_and_put_back(office: Office, tmp_path: Path) -> None:
    backup, index = tmp_path / "backup", office.archive / "arrivals.jsonl"
    back_up(office, backup)
    office.put("b.txt", "new")
    office.load()
    whole = index.read_bytes()
    index.write_bytes(whole.replace(b'"path":"a.txt"', b'"path":"c.txt"', 1))
    assert any("arrivals.jsonl:1:" in line for line in troubles(office))
    restore(backup, office)
    assert index.read_bytes() == whole
    assert troubles(office) == []


def test_a_working_file_that_is_cut_off_is_found_with_the_way_to_make_it_again(office: Office) -> None:
    office.working.write_bytes(office.working.read_bytes()[:5000])
    (line,) = troubles(office)
    assert "working.duckdb" in line
    assert "make run" in line


def test_a_backup_of_another_installation_is_neither_overwritten_nor_restored(office: Office, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    back_up(office, backup)
    (tmp_path / "other").mkdir()
    other = Office(tmp_path / "other")
    other.put("z.txt", "z")
    other.load()
    with pytest.raises(BackupError, match="two installations"):
        back_up(other, backup)
    with pytest.raises(BackupError, match="two installations"):
        restore(backup, other)
    with pytest.raises(BackupError, match="is not a backup"):
        restore(tmp_path / "nothing", other)
