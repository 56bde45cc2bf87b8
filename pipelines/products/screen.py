"""The closing screen: what is said when a run is over, from the published file and the report of the run.

Here: the lines and tables of one screen. Not here: progress while the run works (pipelines/progress.py), and any number
that is not in the published file or the report.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.printing import in_markup, printable
from pipelines.products import headlines
from pipelines.run_report import RunReport
from pipelines.wording import code_label, say, say_carried_over, say_month, say_number, say_share, say_utc, say_value

if TYPE_CHECKING:
    from pipelines.products.site.quality import QualitySummary

PERIODS_SHOWN = 3
MISSING_SHOWN = 12
CHECKS_SHOWN = 8
HELD_SHOWN = 8


def print_closing(console: Console, report: RunReport | None, published_file: Path) -> None:
    """Print what came in, what is missing, what was found and the headline numbers, as the published file has them.

    `report` None: a run that broke off before its first step.
    """
    console.print()
    if report is not None:
        _print_report(console, report)
    if not published_file.exists():
        return
    is_new, is_current = report is not None and report.published is not None, report is not None and report.is_current
    with duckdb.connect(str(published_file), read_only=True) as published:
        for part in (
            _print_submissions,
            _print_owed,
            _print_messages,
            _print_held,
            _print_findings,
            _print_headlines,
            _print_checks,
        ):
            try:
                part(console, published)
            except duckdb.Error:
                if is_new:
                    raise
                # the file that stands was built by another version of this code: its tables may differ
        (as_of,) = published.execute("select as_of from meta.build").fetchone() or (None,)
    state = "bản trước · the one before"
    if is_current:
        state = "vẫn như trước, không có gì mới · nothing new, as it was"
    elif is_new:
        state = "mới · new"
    console.print(
        f"[bold]Tệp công bố · Published file[/bold]  {in_markup(published_file)}", highlight=False, soft_wrap=True
    )
    console.print(f"  {state}; tính đến hết ngày · as of the end of {say_value(as_of)}", highlight=False)
    if report is not None and report.page and report.quality:
        console.print(
            f"[bold]Tình hình số liệu · The page about it[/bold]  {in_markup(report.page)}",
            highlight=False,
            soft_wrap=True,
        )
        _print_changes(console, report.quality)


def _print_report(console: Console, report: RunReport) -> None:
    """What came in, and who was alerted."""
    if loaded := report.loaded:
        again = f", {loaded.read_again} đọc lại · read again" if loaded.read_again else ""
        console.print(
            f"[bold]Đã nhận · Came in[/bold]  {loaded.new} tệp mới · new, {loaded.known} đã biết · known{again}",
            highlight=False,
        )
        for path in loaded.unmatched:
            console.print(
                f"[yellow]Không có tệp nào là[/yellow] {in_markup(path)} · no delivery matches this path",
                highlight=False,
            )
        for path in [lost.path for lost in loaded.lost][:CHECKS_SHOWN]:
            console.print(
                f"[yellow]Kho lưu không còn nguyên tệp[/yellow] {in_markup(path)} · the archive does not have it as it was "
                "received: make restore FROM=…",
                highlight=False,
                soft_wrap=True,
            )
    for line in report.alerts:
        console.print(f"[bold]Báo tin · Alerts[/bold]  {in_markup(line)}", highlight=False, soft_wrap=True)


def _print_changes(console: Console, quality: "QualitySummary") -> None:
    """What is different from the build before, in one line; nothing where there is none to compare with."""
    if quality.new_submissions is None:
        return
    changes = (
        (quality.new_submissions, "báo cáo mới · new submissions"),
        (quality.new_findings, "phát hiện mới · new findings"),
        (quality.settled_findings, "đã xử lý · settled"),
        (quality.changed_figures, "số liệu đổi · figures changed"),
    )
    text = ", ".join(f"{say_value(count)} {name}" for count, name in changes)
    console.print(f"  so với bản trước · since the build before: {text}", highlight=False, soft_wrap=True)


def _title(sentence: str) -> str:
    return f"{say(sentence)} · {say(sentence, 'en')}"


def _print_counts(console: Console, title: str, column: str, counts: list[tuple[str, int]]) -> None:
    """How often each code of a column is there, with what it is called."""
    shown = "; ".join(
        f"{say_number(count)} {code_label(column, code)} · {code_label(column, code, 'en')}" for code, count in counts
    )
    console.print(f"[bold]{title}[/bold]  {shown or '0'}", highlight=False, soft_wrap=True)


def _print_submissions(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    query = "select status, count(*) from quality.submissions group by all order by 2 desc, 1"
    _print_counts(console, "Lượt báo cáo · Submissions", "status", published.execute(query).fetchall())


def _print_findings(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    open_findings = headlines.count_open_findings(published)
    counts = [(severity, count) for severity, count in open_findings.by_severity.items() if count]
    _print_counts(console, _title("title_open"), "severity", counts)
    if open_findings.missing_reports:
        console.print(
            f"  {open_findings.missing_reports} trong đó là báo cáo thiếu · of them say that a report is missing",
            highlight=False,
        )


def _print_owed(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    """How many reports are missing, then what became of those owed for the newest periods, and who owes what."""
    owed = headlines.count_owed(published)
    table = Table(
        *("kỳ · period", "phải nộp · owed", "đúng hạn · on time", "muộn · late", "còn hạn · not yet due"),
        *("tạm giữ · held", "thiếu · missing"),
        box=None,
    )
    for column in table.columns:
        column.no_wrap = True
    for row in owed[:PERIODS_SHOWN]:
        counts = (row.owed, row.on_time, row.late, row.not_yet_due, row.held, row.missing)
        table.add_row(row.period, *map(str, counts))
    console.print(f"[bold]{_title('title_missing')}[/bold]  {headlines.count_missing(owed)}", highlight=False)
    console.print(table)
    reports = headlines.read_missing(published)
    for row in owed[:PERIODS_SHOWN]:
        of_period = [report for report in reports if report["period"] == row.period]
        reporters: dict[str, list[str]] = {}
        for report in of_period[:MISSING_SHOWN]:
            reporters.setdefault(report["form"], []).append(report["reporter"])
        if named := "; ".join(f"{form}: {', '.join(names)}" for form, names in reporters.items()):
            more = f"; … +{len(of_period) - MISSING_SHOWN}" if len(of_period) > MISSING_SHOWN else ""
            text = printable(f"  {row.period} thiếu · missing: {named}{more}")
            console.print(text, style="dim", highlight=False, markup=False, soft_wrap=True)


def _print_messages(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    """What came by mail and went out, of late and in all; nothing where nothing ever did."""
    counts = headlines.count_messages(published)
    if counts is None:
        return
    console.print(
        f"[bold]Thư điện tử · Mail[/bold]  {counts.received} thư đến · received, {counts.answered} đã trả lời · answered, "
        f"{counts.reminded} đơn vị đã nhắc trong {headlines.RECENT_DAYS} ngày · reporters reminded of late, "
        f"{counts.held} thư tạm giữ · held",
        highlight=False,
        soft_wrap=True,
    )


def _print_held(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    """Which reports wait for the Office, and why; nothing where none does."""
    held = headlines.read_held(published)
    if not held:
        return
    console.print(
        f"[bold]Tạm giữ, chờ Văn phòng quyết định · Held for the Office to decide[/bold]  {len(held)} (make answers)",
        highlight=False,
    )
    for row in held[:HELD_SHOWN]:
        reasons = [say("sender_gave_reasons", moment=say_utc(row["noted_at"]))] if row["noted_at"] else []
        text = printable(" ".join([row["message_vi"], *reasons]))
        console.print(f"  {text}", highlight=False, markup=False, soft_wrap=True)
    if len(held) > HELD_SHOWN:
        console.print(f"  … +{len(held) - HELD_SHOWN}: quality.reminders", highlight=False)


def _print_checks(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    """What each failed check of the build says, in its own sentence."""
    failed = published.execute(
        """
        select coalesce(message_vi, suite || ': ' || check_name) from quality.check_results
        qualify built_at = max(built_at) over () and not is_passed order by severity, suite, check_name
        """
    ).fetchall()
    if not failed:
        return
    console.print(f"[bold]Kiểm tra không đạt · Failed checks[/bold]  {len(failed)}", highlight=False)
    for (sentence,) in failed[:CHECKS_SHOWN]:
        console.print(f"  {printable(sentence)}", highlight=False, markup=False, soft_wrap=True)
    if len(failed) > CHECKS_SHOWN:
        console.print(f"  … +{len(failed) - CHECKS_SHOWN}: quality.check_results", highlight=False)


def _print_headlines(console: Console, published: duckdb.DuckDBPyConnection) -> None:
    """The province in its newest month; each number with the communes that reported, and those carried over."""
    newest = headlines.read_month(published, headlines.count_owed(published))
    if newest is None:
        return
    doubt = ", tạm tính · provisional" if newest.is_provisional else ""
    console.print(
        f"[bold]Toàn tỉnh · Province {say_month(newest.month)}[/bold]  đã nhận {newest.received}/{newest.owed} báo cáo"
        f" phải nộp · of the reports owed; phần đã đến hạn · of those past due {say_share(newest.reporting_rate)}{doubt}",
        highlight=False,
        soft_wrap=True,
    )
    table = Table(box=None, show_header=False)
    for name, value, _, coverage in newest.headlines:
        covers = f"{coverage.reported}/{coverage.communes} xã báo cáo · reported"
        if coverage.carried_over:
            covers += f", {say_carried_over(*coverage.carried)}"
        table.add_row(name, say_value(value), f"[dim]{covers}[/dim]")
    console.print(table)
