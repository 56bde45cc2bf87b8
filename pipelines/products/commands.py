"""What people receive, on demand: `preview`, `receipts`, `templates`, `trips` and `duties` of `python -m pipelines`.

Here: where each takes its input from and puts its output, and the line it prints. How a product is made is in its module.
None of these is part of a run: a run's cost is the reading and building alone.
"""

import datetime as dt
import sys
from pathlib import Path

import duckdb

from pipelines.intake import Knowledge
from pipelines.products.duties import write_duties
from pipelines.products.preview import preview
from pipelines.products.receipts import write_receipts
from pipelines.products.templates import write_templates
from pipelines.products.trips import NoPlanError, write_trips
from pipelines.settings import SEEDS_DIR, Settings

DONE, FAILED = 0, 1
DUTIES_FILE = SEEDS_DIR / "duties.csv"


def show_preview(settings: Settings, file: Path) -> int:
    """Read one file without loading it: print what would happen, and write its receipt."""
    try:
        result = preview(file, settings.home / "preview", Knowledge.load(SEEDS_DIR, settings.overlay_dir), SEEDS_DIR)
    except OSError as error:
        sys.stderr.write(f"{file}: {error.strerror}\n")
        return FAILED
    sys.stdout.write(f"{result.text}\n")
    return DONE


def make_receipts(settings: Settings) -> int:
    """Write the receipts of everything received, as of the last build; those that would say the same stay."""
    if not settings.working_file.is_file():
        sys.stderr.write("chưa có số liệu · nothing is built yet: make run\n")
        return FAILED
    with duckdb.connect(str(settings.working_file), read_only=True) as working:
        summary = write_receipts(working, settings.archive_dir, settings.home / "receipts", None)
    written = f"{summary.written} mới · new, {summary.unchanged} như cũ · unchanged, {len(summary.failed)} lỗi · failed"
    sys.stdout.write(f"Phiếu tiếp nhận · Receipts  {written}: {settings.home / 'receipts'}\n")
    return FAILED if summary.failed else DONE


def make_templates(settings: Settings, periods: list[str]) -> int:
    """Write blank workbooks of the periods asked for, with the cumulative lists of the last build where there is one."""
    folder = settings.home / "templates"
    if settings.working_file.is_file():
        with duckdb.connect(str(settings.working_file), read_only=True) as working:
            summary = write_templates(SEEDS_DIR, settings.overlay_dir, folder, periods, connection=working)
    else:
        summary = write_templates(SEEDS_DIR, settings.overlay_dir, folder, periods)
    sys.stdout.write(
        f"Biểu trống · Templates  {summary.written} mới · new, {summary.unchanged} như cũ · unchanged: {folder}\n"
    )
    return DONE


def make_trips(settings: Settings, month: str | None) -> int:
    """Write the workbooks of a month's inspection trips ('2015-07'; None: the newest planned), as of the last build."""
    if not settings.working_file.is_file():
        sys.stderr.write("chưa có số liệu · nothing is built yet: make run\n")
        return FAILED
    folder = settings.home / "trips"
    try:
        asked = dt.date.fromisoformat(f"{month}-01") if month else None
    except ValueError:
        sys.stderr.write(f"{month}: không phải tháng, ghi như 2015-07 · no month; write it like 2015-07\n")
        return FAILED
    with duckdb.connect(str(settings.working_file), read_only=True) as working:
        try:
            summary = write_trips(working, SEEDS_DIR, settings.overlay_dir, folder, asked)
        except NoPlanError as error:
            sys.stderr.write(f"{error}\n")
            return FAILED
    sys.stdout.write(
        f"Phiếu kiểm tra · Trips  {summary.written} mới · new, {summary.unchanged} như cũ · unchanged: {folder}\n"
    )
    return DONE


def make_duties(settings: Settings) -> int:
    """Write the page that answers the notice duty by duty, from the published file."""
    if not settings.published_file.is_file():
        sys.stderr.write("chưa công bố · nothing is published yet: make run\n")
        return FAILED
    page = settings.home / "reports" / "thong-bao.md"
    silent = write_duties(settings.published_file, page, DUTIES_FILE)
    sys.stdout.write(
        f"Thực hiện Thông báo · Duties  {page}" + (f"; không có số liệu · no answer: {silent}" if silent else "") + "\n"
    )
    return DONE
