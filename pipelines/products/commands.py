"""What people receive, on demand: the commands of `python -m pipelines` from `preview` to `trace`.

Here: where each takes its input from and puts its output, and the line it prints. How a product is made is in its module.
None of these is part of a run: a run's cost is the reading and building alone.
"""

import datetime as dt
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
from rich.console import Console

from pipelines.printing import printable
from pipelines.progress import watching
from pipelines.reference.calendar import Calendar
from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import Duty
from pipelines.reference.periods import is_period
from pipelines.settings import SEEDS_DIR, Settings
from pipelines.warehouse.archive import ArchiveError
from pipelines.warehouse.lock import writing
from pipelines.warehouse.publish import holds_published_build
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.reading import FolderError

DONE, FAILED = 0, 1


def show_preview(settings: Settings, file: Path) -> int:
    """Read a file, or each one of a folder or a .zip, without loading it: print what would happen, write its receipt."""
    from pipelines.products.preview import preview

    try:
        for shown in preview(
            file, settings.home / "preview", IntakeReader(SEEDS_DIR, settings.overlay_dir, settings.as_of)
        ):
            sys.stdout.write(f"{shown.text}\n\n")
    except OSError as error:
        sys.stderr.write(f"{printable(file)}: {error.strerror}\n")
        return FAILED
    except (ArchiveError, FolderError) as error:
        sys.stderr.write(f"{printable(error)}\n")
        return FAILED
    return DONE


def make_receipts(settings: Settings) -> int:
    """Write the receipts of everything received, as of the build that was published; what would say the same stays.

    Raises LockedError while a run is at work for longer than we wait.
    """
    from pipelines.products.receipts import write_receipts

    with _published(settings) as working, watching(Console(stderr=True)) as progress:
        if working is None:
            return FAILED
        folder = settings.home / "receipts"
        summary = write_receipts(working, settings.archive_dir, folder, progress=progress)
    written = f"{summary.written} mới · new, {summary.unchanged} như cũ · unchanged, {len(summary.failed)} lỗi · failed"
    sys.stdout.write(f"Phiếu tiếp nhận · Receipts  {written}: {folder}\n")
    for path, trouble in summary.failed:
        sys.stderr.write(f"  {printable(path)}: {printable(trouble)}\n")
    return FAILED if summary.failed else DONE


def make_templates(settings: Settings, periods: list[str]) -> int:
    """Write blank workbooks of some periods (none named: those that run on the as-of day), with last period's lists.

    Raises LockedError while a run is at work for longer than we wait.
    """
    from pipelines.products.templates import write_templates

    if wrong := [period for period in periods if not is_period(period)]:
        sys.stderr.write(
            f"{printable(wrong[0])}: không phải kỳ báo cáo · is not a reporting period; "
            "use YYYY-MM, YYYY-Qn, YYYY-Hn, YYYY-9M or YYYY\n"
        )
        return FAILED
    folder = settings.home / "templates"
    has_lists = settings.published_file.is_file()  # of last period: without them, filled-in workbooks became blank
    with _published(settings, is_needed=has_lists) as working, watching(Console(stderr=True)) as progress:
        if has_lists and working is None:
            return FAILED
        lists = _lists(settings)
        wanted = periods or Calendar(lists).running_periods(settings.as_of)
        summary = write_templates(lists, settings.as_of, folder, wanted, connection=working, progress=progress)
    sys.stdout.write(
        f"Biểu trống · Templates  {summary.written} mới · new, {summary.unchanged} như cũ · unchanged: {folder}\n"
    )
    return DONE


def _read_month(month: str | None) -> dt.date | None:
    """Return the first day of a month as it is typed ('2015-07'); None where none is. Raises ValueError."""
    try:
        return dt.date.fromisoformat(f"{month}-01") if month else None
    except ValueError:
        raise ValueError(f"{month}: không phải tháng, ghi như 2015-07 · is not a month; use YYYY-MM") from None


def make_trips(settings: Settings, month: str | None) -> int:
    """Write the workbooks of a month's inspection trips ('2015-07'; None: the newest planned), as of the build published.

    Raises LockedError while a run is at work for longer than we wait.
    """
    from pipelines.products.trips import NoPlanError, write_trips

    try:
        asked = _read_month(month)
    except ValueError as error:
        sys.stderr.write(f"{printable(error)}\n")
        return FAILED
    folder = settings.home / "trips"
    with _published(settings) as working:
        if working is None:
            return FAILED
        try:
            summary = write_trips(working, _lists(settings), settings.as_of, folder, asked)
        except NoPlanError as error:
            sys.stderr.write(f"{printable(error)}\n")
            return FAILED
    sys.stdout.write(
        f"Phiếu kiểm tra · Trips  {summary.written} mới · new, {summary.unchanged} như cũ · unchanged: {folder}\n"
    )
    return DONE


def make_answers(settings: Settings) -> int:
    """Write the workbook of what waits for the Office's decision, as of the build that was published.

    Raises LockedError while a run is at work for longer than we wait.
    """
    from pipelines.products.answers import write_answers

    folder = settings.home / "answers"
    with _published(settings) as working:
        if working is None:
            return FAILED
        summary = write_answers(working, _lists(settings), settings.as_of, folder)
    where = f": {summary.file}" if summary.file else ""
    counts = f"{summary.held} báo cáo tạm giữ · held, {summary.answers} giải trình · answers"
    sys.stdout.write(f"Chờ Văn phòng xem xét · Waiting for the Office  {counts}{where}\n")
    return DONE


def show_outbox(settings: Settings) -> int:
    """Write the letters to reporters that would be sent, a file each, and send none. Raises as `write_to_reporters`."""
    from pipelines.products.correspondence import say_posted, write_to_reporters

    posted = write_to_reporters(settings, _print_waiting, is_sent=False)
    sys.stdout.writelines(f"{printable(line)}\n" for line in say_posted(posted, is_sent=False))
    sys.stdout.write(f"  {settings.outbox_dir}\n")
    return DONE


def send_letters(settings: Settings) -> int:
    """Send reporters what there is to say. Raises as `write_to_reporters`."""
    from pipelines.products.correspondence import say_posted, write_to_reporters

    posted = write_to_reporters(settings, _print_waiting, is_sent=True)
    sys.stdout.writelines(f"{printable(line)}\n" for line in say_posted(posted, is_sent=True))
    if posted.trouble:
        sys.stderr.write(f"Máy chủ gửi thư · Mail server  {printable(posted.trouble)}\n")
        return FAILED
    return DONE


def show_trace(settings: Settings, table: str, terms: list[str], *, is_whole: bool) -> int:
    """Print where a published figure comes from; `terms` and `is_whole` as in trace.py. Never waits for a run."""
    from pipelines.products.trace import TraceError, trace
    from pipelines.products.traced import describe

    if not _has_published_file(settings):
        return FAILED
    try:
        origin = trace(settings.published_file, settings.working_file, table, terms)
    except TraceError as error:
        sys.stderr.write(f"{printable(error)}\n")
        return FAILED
    sys.stdout.write(f"{describe(origin, is_whole=is_whole)}\n")
    return DONE


def _lists(settings: Settings) -> Lists:
    return read_lists(SEEDS_DIR, settings.overlay_dir)


def _has_published_file(settings: Settings) -> bool:
    """Whether there is a published file; said where there is none."""
    if settings.published_file.is_file():
        return True
    sys.stderr.write("chưa công bố · nothing is published yet: make run\n")
    return False


def _print_waiting(line: str) -> None:
    sys.stderr.write(f"{line}\n")


@contextmanager
def _published(settings: Settings, *, is_needed: bool = True) -> Generator[duckdb.DuckDBPyConnection | None]:
    """Open the working file while no run writes it; None (said, if it is needed) unless it holds what was published."""
    wait = float(_lists(settings).parameter("lock_wait", settings.as_of))
    with writing(settings.lock_file, wait, _print_waiting), ExitStack() as opened:
        if settings.working_file.is_file():
            working = opened.enter_context(duckdb.connect(str(settings.working_file), read_only=True))
            if holds_published_build(working):
                yield working
                return
        if is_needed:
            sys.stderr.write("số liệu đang có chưa được công bố · what is built was not published: make run\n")
        yield None


def make_export(settings: Settings) -> int:
    """Write every published table as Parquet and CSV, and the dictionary, from the published file."""
    from pipelines.products.export import ExportError, export

    if not _has_published_file(settings):
        return FAILED
    try:
        exported = export(settings.published_file, settings.home / "export")
    except ExportError as error:
        sys.stderr.write(f"{printable(error)}\n")
        return FAILED
    sys.stdout.write(f"Xuất số liệu · Exported  {exported.folder}; {exported.tables} bảng · tables\n")
    return DONE


def serve_site(settings: Settings, port: int) -> int:
    """Serve the pages to this machine until interrupted; write them first where the last build's are not there."""
    from pipelines.products.site import write_site

    if not _has_published_file(settings):
        return FAILED
    if not settings.front_page.is_file():
        write_site(settings.published_file, settings.site_dir, settings.boundaries_file)
    handler = partial(SimpleHTTPRequestHandler, directory=str(settings.site_dir))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        sys.stderr.write(f"PORT={port}: {printable(error.strerror)}\n")
        return FAILED
    with server:
        sys.stdout.write(f"Trang thông tin · The site  http://localhost:{server.server_port}  (Ctrl-C: dừng · stop)\n")
        sys.stdout.flush()
        server.serve_forever()
    return DONE


def make_bulletin(settings: Settings, month: str | None) -> int:
    """Write the bulletin of a month ('2015-06'; None: the newest) with its annex, from the published file."""
    from pipelines.products.bulletin import NoMonthError, write_bulletin

    if not _has_published_file(settings):
        return FAILED
    try:
        bulletin = write_bulletin(settings.published_file, settings.reports_dir, _read_month(month))
    except (NoMonthError, ValueError) as error:
        sys.stderr.write(f"{printable(error)}\n")
        return FAILED
    sys.stdout.write("Báo cáo tháng · Bulletin\n" + "".join(f"  {file}\n" for file in bulletin.files))
    return DONE


def make_duties(settings: Settings) -> int:
    """Write what answers the notice duty by duty, and the quarter's report on it, from the published file."""
    from pipelines.products.duties import write_duties

    if not _has_published_file(settings):
        return FAILED
    written = write_duties(settings.published_file, settings.reports_dir, _lists(settings)[Duty])
    sys.stdout.write("Thực hiện Thông báo · Duties\n" + "".join(f"  {file}\n" for file in written.files))
    if written.silent:
        sys.stdout.write(f"  không có số liệu · no answer: {', '.join(written.silent)}\n")
    return DONE
