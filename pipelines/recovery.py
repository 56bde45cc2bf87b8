"""Before a run works: what is damaged and can be made again is set aside and said; what can't be worked with ends it in one line.

Here: the working file, Dagster's SQLite files, room on the disk; and which line names the cause of an error. What is set
aside lies beside its place, for whoever wants to look. Not here: the archive (warehouse/archive.py: what was received can't be
made again), dbt's parsed project (warehouse/build.py), the published file (a run replaces it whole).
"""

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.settings import LOCAL_TIME, Settings, SettingsError
from pipelines.warehouse.landed_schema import load_check_results
from pipelines.warehouse.load import open_working_file

ROOM_BYTES = 64_000_000
"""What a run needs at least, besides as much again as its files: a build of the sample writes 40 MB."""
NO_ROOM_BYTES = 1_000_000
_OPEN_ELSEWHERE = "lock"
_OF_ANOTHER_VERSION = "version number"
_FULL = ("No space left on device", "disk is full", "Disk quota exceeded", "File too large")


def set_aside_damaged(settings: Settings, *, is_dagster_at_work: bool = False) -> Iterator[str]:
    """Set aside what can't be read and will be made again; yield a line for each. For the holder of the run's lock.

    Dagster's files are left alone once it is at work with them.

    Raises SettingsError for a working file that is open in another program, or of a newer DuckDB.
    """
    yield from _mend_working_file(settings)
    if not is_dagster_at_work:
        yield from set_aside_damaged_history(settings)


def set_aside_damaged_history(settings: Settings) -> Iterator[str]:
    """Set aside what can't be read of Dagster's files; yield a line for each. For whoever is about to start Dagster."""
    for file in sorted(settings.dagster_home.rglob("*.db")):
        if not _is_sqlite(file):
            aside = _set_aside(file, ("-wal", "-shm", "-journal"))
            yield f"{file}: không đọc được, đã để riêng · can't be read, set aside as {aside.name}; Dagster begins it anew"


def refuse_full_disk(settings: Settings) -> None:
    """Raise SettingsError if the disk has not the room that a run needs: said before it has begun to fill it."""
    used = sum(file.stat().st_size for file in (settings.working_file, settings.published_file) if file.is_file())
    needed, free = used + ROOM_BYTES, shutil.disk_usage(settings.home).free
    if free < needed:
        raise SettingsError(
            f"NTM_HOME: đĩa sắp đầy · the disk is nearly full: {free / 1e6:.0f} MB free at {settings.home}, a run needs "
            f"{needed / 1e6:.0f} MB; make room and run again"
        )


def find_cause(error: BaseException, home: Path) -> str:
    """Return the line that names what went wrong: of the first error, its first line, and what to do where that is known.

    SQLite calls a full disk an I/O error, so the disk of `home` is looked at as well.
    """
    while cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        error = cause
    is_full = shutil.disk_usage(home).free < NO_ROOM_BYTES
    return explain_cause(str(error) or type(error).__name__, is_full=is_full)


def explain_cause(text: str, *, is_full: bool = False) -> str:
    """Return the first line of an error's text; of a full disk, what to do, too. `is_full`: it is known to be full."""
    line = text.strip().partition("\n")[0]
    if is_full or _is_of_full_disk(text):
        line += ": đĩa đầy, hãy dọn chỗ rồi chạy lại · the disk is full: make room, then make run"
    return line


def choose_causes(texts: Sequence[str]) -> list[str]:
    """Return a line per error; of those that a full disk makes by the dozen, the first alone."""
    full = [text for text in texts if _is_of_full_disk(text)]
    return [explain_cause(text) for text in full[:1] or texts]


def _is_of_full_disk(text: str) -> bool:
    return any(words in text for words in _FULL)


def _mend_working_file(settings: Settings) -> Iterator[str]:
    file = settings.working_file
    if not file.exists():
        return
    line = _find_damage(file)
    if line is None:
        return
    if _OPEN_ELSEWHERE in line:
        raise SettingsError(f"{file}: đang mở ở chương trình khác · is open in another program: close it ({line})")
    if _OF_ANOTHER_VERSION in line:
        raise SettingsError(f"{file}: {line}")
    aside = _set_aside(file, (".wal",))
    yield f"{file}: không đọc được, đã để riêng · can't be read, set aside as {aside.name}; everything is read again ({line})"
    yield from _take_over_checks(settings)


def _find_damage(file: Path) -> str | None:
    """Return why a database can't be opened, or that its end is missing; None for one that can be worked with."""
    try:
        with duckdb.connect(str(file)) as connected:  # which also takes in what a killed run left in its log
            connected.execute("select count(*) from duckdb_columns()").fetchone()
            sizes = """
                select total_blocks * block_size, free_blocks * block_size from pragma_database_size()
                where database_name = current_database()
            """
            size, free = connected.execute(sizes).fetchone() or (0, 0)
            missing = size - file.stat().st_size
            if missing > free:
                return f"{missing} bytes are missing"
            if missing > 0:  # by free blocks DuckDB may have shortened it: rows tell whether others are gone, too
                _read_all_rows(connected)
    except duckdb.Error as error:
        return explain_cause(str(error))
    return None


def _read_all_rows(connected: duckdb.DuckDBPyConnection) -> None:
    """Read every row of every table. Raises what DuckDB raises for a row that it can't read."""
    tables = connected.execute("select schema_name, table_name from duckdb_tables() where not internal").fetchall()
    for schema, table in tables:
        connected.table(f'"{schema}"."{table}"').aggregate("max(hash(columns(*)))").fetchall()


def _take_over_checks(settings: Settings) -> Iterator[str]:
    """Give the new working file the history of checks that readers have."""
    if not settings.published_file.is_file():
        return
    with contextlib.suppress(duckdb.Error), open_working_file(settings.working_file) as connected:
        load_check_results(connected, settings.published_file)
        yield f"{settings.published_file}: lịch sử kiểm tra lấy lại từ đây · the history of checks was taken from it"


def _set_aside(file: Path, companions: tuple[str, ...]) -> Path:
    """Rename a file and what belongs to it; return its new place."""
    suffix = f".damaged-{datetime.now(LOCAL_TIME):%Y%m%dT%H%M%S}"
    for each in (file, *(file.with_name(file.name + companion) for companion in companions)):
        if each.exists():
            each.replace(each.with_name(each.name + suffix))
    return file.with_name(file.name + suffix)


def _is_sqlite(file: Path) -> bool:
    """Whether SQLite can read what is in a file; one that another program holds is left alone."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connected:
            connected.execute("select count(*) from sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return True
    except sqlite3.DatabaseError:
        return False
    return True
