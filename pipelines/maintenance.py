"""What begins an installation and keeps it alive: `doctor`, `new-province`, `verify`, `backup`, `restore`, `new-secret`.

Here: the lock, the folders asked for, the lines printed, the exit code. Not here: what is looked at, copied and made
(reference/contradictions.py, warehouse/verification.py, backup.py, secret.py).
"""

import datetime as dt
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.intake.forms import FormError, load_forms_of
from pipelines.new_province import NewProvinceError, write_new_province
from pipelines.printing import printable
from pipelines.reference.contradictions import find_contradictions
from pipelines.reference.lists import ListError, read_lists, read_placed
from pipelines.settings import SEEDS_DIR, Settings
from pipelines.warehouse.archive import ArchiveError
from pipelines.warehouse.arrivals import Arrivals
from pipelines.warehouse.backup import BackupError, Copied, restore_backup, write_backup
from pipelines.warehouse.lock import writing
from pipelines.warehouse.secret import SecretError, begin_secret
from pipelines.warehouse.verification import verify

DONE, FAILED = 0, 1
SHOWN = 5


def show_contradictions(settings: Settings) -> int:
    """Print what contradicts in lists and forms, ours with the office's own, a line each; FAILED if anything does."""
    lines = list(_find_contradictions(settings))
    state = f"{len(lines)} mâu thuẫn · contradictions" if lines else "không mâu thuẫn · no contradiction"
    sys.stdout.write(f"Danh mục và biểu mẫu · Lists and forms  {state}: {printable(settings.overlay_dir)}\n")
    sys.stdout.writelines(f"  {printable(line)}\n" for line in lines)
    return FAILED if lines else DONE


def _find_contradictions(settings: Settings) -> Iterator[str]:
    try:
        lists, rows, errors = read_placed(SEEDS_DIR, settings.overlay_dir)
    except ListError as error:
        yield str(error)
        return
    yield from map(str, errors)
    try:
        load_forms_of(lists)
    except FormError as error:
        yield str(error)
    yield from find_contradictions(lists, rows, settings.as_of)


def make_new_province(settings: Settings, code: str, folder: Path, begins_on: str) -> int:
    """Write the raw folder of another province, and print what it has and what is missing."""
    try:
        day = dt.date.fromisoformat(begins_on) if begins_on else settings.as_of.replace(day=1)
        new = write_new_province(folder.absolute(), code, read_lists(SEEDS_DIR), day)
    except ValueError:
        sys.stderr.write(f"FROM={printable(begins_on)}: is not a date; use YYYY-MM-DD\n")
        return FAILED
    except (NewProvinceError, OSError) as error:
        sys.stderr.write(f"{printable(error)}\n")
        return FAILED
    sys.stdout.write(f"Tỉnh mới · New province  {printable(code)}: {printable(new.folder)}\n")
    for name, rows in new.rows.items():
        sys.stdout.write(f"  reference/{name}.csv  {rows} dòng · rows\n")
    sys.stdout.write("Còn thiếu · Still missing\n")
    sys.stdout.writelines(f"  {line}\n" for line in new.missing)
    sys.stdout.write(f"  tiếp theo · next: NTM_RAW_DIR={printable(new.folder)} make doctor\n")
    return DONE


def show_verification(settings: Settings) -> int:
    """Print whether every part of this installation is whole, one screen; FAILED if one is not."""
    failed = 0
    with _alone(settings):
        for part in verify(settings.archive_dir, settings.secret_file, settings.working_file, settings.published_file):
            state = f"{len(part.troubles)} lỗi · wrong" if part.troubles else "nguyên vẹn · whole"
            sys.stdout.write(f"{part.name}  {part.extent or '0'}: {state}\n")
            for trouble in part.troubles[:SHOWN]:
                sys.stdout.write(f"  {printable(trouble)}\n")
            if len(part.troubles) > SHOWN:
                sys.stdout.write(f"  … +{len(part.troubles) - SHOWN}\n")
            failed += bool(part.troubles)
    return FAILED if failed else DONE


def make_backup(settings: Settings, folder: Path) -> int:
    """Bring the backup in a folder up to date."""
    return _copy(
        settings,
        folder,
        "Sao lưu · Backup",
        lambda: write_backup(
            settings.home, settings.secret_file, settings.working_file, settings.published_file, folder.absolute()
        ),
    )


def restore(settings: Settings, folder: Path) -> int:
    """Put back from a backup what this installation lacks."""
    code = _copy(
        settings,
        folder,
        "Khôi phục · Restored",
        lambda: restore_backup(
            folder.absolute(),
            settings.home,
            settings.secret_file,
            settings.raw_dir,
            settings.working_file,
            settings.published_file,
        ),
    )
    if code == DONE:
        sys.stdout.write("  tiếp theo · next: make run\n")
    return code


def begin_new_secret(settings: Settings) -> int:
    """Go on with another secret than the one that the archive knows: the one in its file, or a new one."""
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    try:
        with _alone(settings), Arrivals(settings.archive_dir) as arrivals:
            is_other = begin_secret(settings.secret_file, arrivals, now)
    except (SecretError, ArchiveError) as error:
        sys.stderr.write(f"{printable(error)}\n")
        return FAILED
    if is_other:
        line = (
            "mã mới từ lần chạy tới; hãy sao lưu · new ids from the next run on; back it up: make run, make backup TO=…"
        )
    else:
        line = "khóa đang dùng, không đổi · is the one in use, nothing has changed"
    sys.stdout.write(f"Khóa tạo mã · Secret of ids  {printable(settings.secret_file)}: {line}\n")
    return DONE


def _copy(settings: Settings, folder: Path, title: str, copy: Callable[[], Copied]) -> int:
    if folder == Path():
        sys.stderr.write("thư mục nào · which folder: make backup TO=…, make restore FROM=…\n")
        return FAILED
    for inside in (settings.home, settings.raw_dir):
        if folder.resolve().is_relative_to(inside.resolve()):
            sys.stderr.write(f"{printable(folder)}: nằm trong · lies in {printable(inside)}\n")
            return FAILED
    try:
        with _alone(settings):
            copied = copy()
    except (BackupError, ArchiveError) as error:
        sys.stderr.write(f"{printable(error)}\n")
        return FAILED
    sys.stdout.write(
        f"{title}  {copied.contents} nội dung · contents, {copied.new} mới · new, {len(copied.files)} tệp khác · other "
        f"files: {printable(folder)}\n"
    )
    for trouble in copied.troubles:
        sys.stderr.write(f"  {printable(trouble)}\n")
    return FAILED if copied.troubles else DONE


@contextmanager
def _alone(settings: Settings) -> Generator[None]:
    """Hold the run's lock; how long to wait for it is a parameter, its usual value where the office's lists are broken."""
    try:
        lists = read_lists(SEEDS_DIR, settings.overlay_dir)
    except ListError:
        lists = read_lists(SEEDS_DIR, SEEDS_DIR / "none")
    wait = float(lists.parameter("lock_wait", settings.as_of))
    with writing(settings.lock_file, wait, _print_waiting):
        yield


def _print_waiting(line: str) -> None:
    sys.stderr.write(f"{line}\n")
