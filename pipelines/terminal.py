"""What a person sees of a run: progress while it works, one screen when it is over.

Here: lines, bars and the closing screen, from the published file and what the steps of this run noted. Works without a
terminal, too (plain lines). Not here: any number that is not already in the published file or in what a step noted.
"""

import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

PERIODS_SHOWN = 3
MISSING_SHOWN = 12
CHECKS_SHOWN = 8
STEPS = {
    "prepare": "Chuẩn bị · prepare",
    "archive": "Lưu trữ tệp · archive files",
    "read": "Đọc tệp · read files",
    "check landed": "Kiểm tra số liệu đã đọc · check what was read",
    "build": "Dựng bảng · build tables",
    "check built": "Kiểm tra bảng đã dựng · check what was built",
    "publish": "Công bố · publish",
    "receipts": "Phiếu tiếp nhận · receipts",
    "templates": "Biểu trống · templates",
}

# what is shown of the newest month: a column of marts.province_months, and the one that says how many communes it covers
HEADLINES = {
    "Tiêu chí bình quân/xã · criteria met, average": ("criteria_met_avg", "communes_counted_criteria"),
    "Xã đạt 19 tiêu chí · communes at 19": ("communes_at_19", "communes_counted_criteria"),
    "Xã dưới 7 tiêu chí · communes under 7": ("communes_under_7", "communes_counted_criteria"),
    "Mô hình đang hoạt động · running models": ("models_running", "communes_counted_models"),
    "Xã chưa có mô hình · communes without a model": ("communes_without_model", "communes_counted_models"),
    "Doanh nghiệp mới · new enterprises": ("enterprises_new", "communes_counted_establishments"),
}


class Watcher:
    """Who watches a run: nobody, unless a subclass draws. Steps also leave here what the closing screen needs."""

    def __init__(self) -> None:
        self.notes: dict[str, Any] = {}

    def start(self, what: str, total: int | None) -> None:
        """A step of STEPS begins; `total` things are to be done, None if unknown."""

    def advance(self, what: str) -> None:
        """One more is done; `what` it was."""


class Lines(Watcher):
    """For a log or a pipe: a line when a step begins, and what it did at which rate when the next one does."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self.console = console
        self.done, self.began, self.step = 0, 0.0, ""

    def start(self, what: str, total: int | None) -> None:
        """Close the step before with its count, and print the new one."""
        self.close()
        self.step, self.done, self.began = what, 0, time.monotonic()
        self.console.print(STEPS[what] + (f": {total} …" if total else " …"), highlight=False)

    def advance(self, what: str) -> None:  # noqa: ARG002 (lines count only)
        """Count."""
        self.done += 1

    def close(self) -> None:
        """Print what the last step did."""
        if self.done:
            seconds = max(time.monotonic() - self.began, 0.01)
            self.console.print(
                f"  {self.done} trong · in {seconds:.1f} s ({self.done / seconds:.3g}/s)", highlight=False
            )
        self.done = 0


class Bars(Watcher):
    """For a terminal: one bar a step, with rate and time left, and the name of the file or table in hand."""

    def __init__(self, bars: Progress) -> None:
        super().__init__()
        self.bars = bars
        self.task: Any = None
        self.began = 0.0

    def start(self, what: str, total: int | None) -> None:
        """Finish the bar before and draw the next."""
        self.close()
        self.task = self.bars.add_task(STEPS[what], total=total, item="", rate="")
        self.began = time.monotonic()

    def advance(self, what: str) -> None:
        """Move the bar by one."""
        done = self.bars.tasks[-1].completed + 1
        rate = f"{done / max(time.monotonic() - self.began, 0.01):.3g}/s"
        self.bars.update(self.task, advance=1, item=what[-40:], rate=rate)

    def close(self) -> None:
        """Fill the last bar."""
        if self.task is not None:
            done = int(self.bars.tasks[-1].completed)
            self.bars.update(self.task, total=max(done, 1), completed=max(done, 1), item="")


_watchers: list[Watcher] = [Watcher()]


def watcher() -> Watcher:
    """Return who watches the run of this process."""
    return _watchers[-1]


@contextmanager
def watching(console: Console) -> Generator[Watcher]:
    """Show the progress of the run in the body on `console`: bars on a terminal, lines elsewhere."""
    if not console.is_terminal:
        lines = Lines(console)
        _watchers.append(lines)
        try:
            yield lines
        finally:
            lines.close()
            _watchers.pop()
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(elapsed_when_finished=True),
        TextColumn("[dim]{task.fields[item]}"),
    )
    with Progress(*columns, console=console) as drawn:
        bars = Bars(drawn)
        _watchers.append(bars)
        try:
            yield bars
        finally:
            bars.close()
            _watchers.pop()


def closing(console: Console, notes: dict[str, Any], published_file: Path) -> None:
    """Print what came in, what is missing, what was found and the headline numbers, as the published file has them."""
    console.print()
    if loaded := notes.get("loaded"):
        again = f", {loaded.read_again} đọc lại · read again" if loaded.read_again else ""
        console.print(
            f"[bold]Đã nhận · Came in[/bold]  {loaded.new} tệp mới · new, {loaded.known} đã biết · known{again}",
            highlight=False,
        )
        for path in loaded.unmatched:
            console.print(f"[yellow]Không có tệp nào là[/yellow] {path} · no delivery is called so", highlight=False)
    for line in notes.get("alerts", []):
        console.print(f"[bold]Báo tin · Alerts[/bold]  {line}", highlight=False, soft_wrap=True)
    if not published_file.exists():
        return
    with duckdb.connect(str(published_file), read_only=True) as published:
        for part in (_submissions, _missing, _findings, _headline, _checks):
            try:
                part(console, published)
            except duckdb.Error:
                if "published" in notes:
                    raise
                # the file that stands was built by another version of this code: its tables may differ
        (as_of,) = published.execute("select as_of from meta.build").fetchone() or (None,)
    state = "vẫn như trước, không có gì mới · nothing new, as it was" if notes.get("is_current") else "mới · new"
    stands = state if "published" in notes or notes.get("is_current") else "bản trước · the one before"
    console.print(f"[bold]Tệp công bố · Published file[/bold]  {published_file}", highlight=False, soft_wrap=True)
    console.print(f"  {stands}; tính đến hết ngày · as of the end of {as_of:%d/%m/%Y}", highlight=False)
    if page := notes.get("page"):
        console.print(f"[bold]Tình hình số liệu · The page about it[/bold]  {page}", highlight=False, soft_wrap=True)
        _changes(console, notes["overview"])


def _changes(console: Console, overview: Any) -> None:
    """What is different from the build before, in one line; nothing where there is none to compare with."""
    if overview.new_submissions is None:
        return
    changes = (
        (overview.new_submissions, "báo cáo mới · new submissions"),
        (overview.new_findings, "phát hiện mới · new findings"),
        (overview.settled_findings, "đã xử lý · settled"),
        (overview.changed_figures, "số liệu đổi · figures changed"),
    )
    said = ", ".join(f"{count:,} {name}" for count, name in changes)
    console.print(f"  so với bản trước · since the build before: {said}", highlight=False, soft_wrap=True)


def _counts(console: Console, title: str, counts: list[tuple[str, int]]) -> None:
    shown = ", ".join(f"{count:,} {name}" for name, count in counts) or "0"
    console.print(f"[bold]{title}[/bold]  {shown}", highlight=False)


def _submissions(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    query = "select status, count(*) from quality.submissions group by all order by 2 desc, 1"
    _counts(console, "Lượt báo cáo · Submissions", published.execute(query).fetchall())


def _findings(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    counts = published.execute(
        """
        select severity, count(*) from quality.findings where state = 'open' group by severity
        order by list_position(['error', 'warning', 'info'], severity)
        """
    ).fetchall()
    _counts(console, "Phát hiện còn mở · Open findings", counts)


def _missing(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    """The obligations of the newest periods that are past due, and who owes what."""
    rows = published.execute(
        """
        with due as (
            select *, last_day(case
                when period like '%Q%' then make_date(period[1:4]::integer, period[-1:]::integer * 3, 1)
                else (period || '-01')::date
            end) as ended_on
            from quality.obligations
            where status in ('on_time', 'late', 'missing', 'rejected_only')
        )
        select
            period, count(*), count_if(status = 'on_time'), count_if(status = 'late'),
            count_if(status in ('missing', 'rejected_only')),
            list(reporter_code || ' ' || form order by reporter_code, form)
                filter (where status in ('missing', 'rejected_only'))
        from due group by period, ended_on order by ended_on desc, period limit ?
        """,
        [PERIODS_SHOWN],
    ).fetchall()
    table = Table("kỳ · period", "phải nộp · due", "đúng hạn · on time", "muộn · late", "thiếu · missing", box=None)
    for column in table.columns:
        column.no_wrap = True
    table.add_column()
    for period, due, on_time, late, missing, who in rows:
        owing = ", ".join((who or [])[:MISSING_SHOWN]) + (" …" if len(who or []) > MISSING_SHOWN else "")
        table.add_row(period, str(due), str(on_time), str(late), str(missing), f"[dim]{owing}[/dim]")
    console.print("[bold]Báo cáo · Reports[/bold]")
    console.print(table)


def _checks(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    """What each check of the build that does not hold says, in its own sentence."""
    failed = published.execute(
        """
        select coalesce(message_vi, suite || ': ' || check_name) from quality.check_results
        qualify built_at = max(built_at) over () and not is_passed order by severity, suite, check_name
        """
    ).fetchall()
    if not failed:
        return
    console.print(f"[bold]Kiểm tra không đạt · Checks that do not hold[/bold]  {len(failed)}", highlight=False)
    for (sentence,) in failed[:CHECKS_SHOWN]:
        console.print(f"  {sentence}", highlight=False, markup=False, soft_wrap=True)
    if len(failed) > CHECKS_SHOWN:
        console.print(f"  … +{len(failed) - CHECKS_SHOWN}: quality.check_results", highlight=False)


def _headline(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    """The province in its newest month; each number with how much of the province it covers."""
    columns = ", ".join(
        {"month", "reporting_rate", "is_provisional", "communes_expected", *sum(HEADLINES.values(), ())}
    )
    query = published.execute(f"select {columns} from marts.province_months order by month desc limit 1")  # noqa: S608
    names = [column for column, *_ in query.description or []]
    row = query.fetchone()
    if row is None:
        return
    month = dict(zip(names, row, strict=True))
    share = "?" if month["reporting_rate"] is None else f"{month['reporting_rate']:.0%}"
    doubt = ", tạm tính · provisional" if month["is_provisional"] is not False else ""
    console.print(
        f"[bold]Toàn tỉnh · Province {month['month']:%m/%Y}[/bold]  tỷ lệ báo cáo · reporting rate {share}{doubt}",
        highlight=False,
    )
    table = Table(box=None, show_header=False)
    for name, (column, counted) in HEADLINES.items():
        value = month[column]
        shown = "?" if value is None else f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
        table.add_row(name, shown, f"[dim]{month[counted]}/{month['communes_expected']} xã · communes[/dim]")
    console.print(table)
