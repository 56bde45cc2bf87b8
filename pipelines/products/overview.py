"""The first page of the Data Docs: what is missing, what is doubtful, what a figure covers, what changed since the last build.

Here: the questions, asked of the published file (and of the build before it), and one page of HTML that an officer reads
without help: Vietnamese first, nothing loaded from anywhere, no personal names (the published file has none).
Not here: any figure that is not in the published file, and the pages of single suites (pipelines/quality.py).
"""
# ruff: noqa: S608 (names of tables and columns are our own)

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import duckdb

from pipelines.files import replace_file
from pipelines.products import headlines
from pipelines.products.headlines import HEADLINES
from pipelines.products.labels import period_label
from pipelines.settings import LOCAL_TIME
from pipelines.warehouse.rows import fetch_dicts

WORDS = {
    "error": "lỗi",
    "warning": "cảnh báo",
    "critical": "nghiêm trọng",
    "on_time": "đúng hạn",
    "late": "muộn",
    "missing": "thiếu",
    "rejected_only": "đã gửi, không dùng được",
    "not_yet_due": "chưa đến hạn",
    "excused": "được miễn",
    "open": "còn mở",
    "cured": "đã sửa",
    "explained": "đã giải trình",
    "accepted": "chấp nhận",
    "accepted_with_findings": "chấp nhận, có phát hiện",
    "superseded": "đã thay thế",
    "rejected": "không dùng được",
    "duplicate": "trùng",
    "withdrawn": "thu hồi",
}
PERIOD = re.compile(r"\d{4}-(\d{2}|Q[1-4])")
ROWS_SHOWN = 200
RUNS_SHOWN = 10
PARTS = {
    "missing": ("Thiếu gì", "What is missing"),
    "doubtful": ("Nghi ngờ gì", "What is doubtful"),
    "coverage": ("Số liệu phủ bao nhiêu", "How much of the province a figure covers"),
    "changes": ("Thay đổi so với bản công bố trước", "What changed since the last build"),
    "checks": ("Kiểm tra kỹ thuật", "Technical checks"),
}
STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:1.5em auto;max-width:78em;padding:0 1em;color:#1c2733}
h1{font-size:1.5em;margin:0}
h2{font-size:1.2em;margin:1.6em 0 .3em;border-bottom:2px solid #d4dae1}
h3{font-size:1em;margin:1em 0 .2em}
small{color:#5b6875}table{border-collapse:collapse;width:100%;margin:.4em 0}
td,th{border:1px solid #d4dae1;padding:.3em .55em;text-align:left;vertical-align:top}th{background:#eef2f6;font-weight:600}
th small{display:block;font-weight:400}td.n{text-align:right;white-space:nowrap}
.cards{display:flex;flex-wrap:wrap;gap:.8em;margin:1em 0}
.card{flex:1 1 14em;border:1px solid #d4dae1;border-radius:.4em;padding:.6em .9em}
.card b{display:block;font-size:1.5em}.bad{background:#fdecea}.doubt{background:#fff6e0}.good{background:#eaf6ec}
"""


@dataclass(frozen=True)
class Overview:
    """What the page says, in numbers: for the graph and the closing screen. Changes are None for a first build."""

    missing: int
    open_errors: int
    open_warnings: int
    checks_failed: int
    new_submissions: int | None
    new_findings: int | None
    settled_findings: int | None
    changed_figures: int | None


@dataclass(frozen=True)
class _Table:
    """A heading's table: columns as (Vietnamese, English), rows of values; numbers stand right."""

    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Any]]


def write_overview(published_file: Path, page: Path) -> Overview:
    """Write the page of the build that stands at `published_file`, compared with the one kept before it, if any."""
    with duckdb.connect() as asked:
        _attach(asked, published_file, "now")
        (built_at,) = asked.execute("select built_at from now.meta.build").fetchone() or (None,)
        kept = sorted((published_file.parent / "builds").glob("ntm-*.duckdb"))
        earlier = [build for build in kept if build.name < f"ntm-{built_at:%Y%m%dT%H%M%S%f}.duckdb"]
        if earlier:
            _attach(asked, earlier[-1], "before")
        html, overview = _Page(asked, bool(earlier)).made()
    replace_file(page, html.encode())
    return overview


def _attach(asked: duckdb.DuckDBPyConnection, file: Path, name: str) -> None:
    asked.execute(f"attach '{str(file).replace(chr(39), chr(39) * 2)}' as {name} (read_only)")


class _Page:
    """The page of one build: each part asks and returns its HTML."""

    def __init__(self, asked: duckdb.DuckDBPyConnection, has_before: bool) -> None:
        self.asked = asked
        self.has_before = has_before
        self.numbers: dict[str, Any] = {}
        asked.execute("use now")
        asked.execute(
            """
            create temp view reporters as
            select reporter_code, max_by(reporter_name, coalesce(valid_from, date '1900-01-01')) as reporter_name
            from now.marts.dim_reporters group by all
            """
        )

    def made(self) -> tuple[str, Overview]:
        """The whole page, and its numbers."""
        parts = [self.missing(), self.doubtful(), self.coverage(), self.changes(), self.checks()]
        overview = Overview(**self.numbers)  # each part left its own
        head = '<!doctype html>\n<html lang="vi"><head><meta charset="utf-8"><title>Tình hình số liệu</title>'
        body = "\n".join([self.opening(overview), *parts])
        return f"{head}<style>{STYLE}</style></head><body>\n{body}\n</body></html>\n", overview

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Everything a query gives."""
        return self.asked.execute(sql, values or None).fetchall()

    def count(self, sql: str) -> int:
        """The one number of a query."""
        return self.rows(sql)[0][0]

    def opening(self, overview: Overview) -> str:
        """Title, which build this is, and the four answers in one line each."""
        ((as_of, built_at, version, newest),) = self.rows(
            "select as_of, built_at, code_version, newest_received_at from now.meta.build"
        )
        month = self.rows(
            """
            select month, reporting_rate, is_provisional, communes_counted_criteria, communes_expected
            from now.marts.province_months order by month desc limit 1
            """
        )
        cards = [
            _card(
                "Thiếu · Missing", f"{overview.missing} báo cáo", "quá hạn chưa có · reports overdue", overview.missing
            ),
            _card(
                "Nghi ngờ · Doubtful",
                f"{overview.open_errors} lỗi, {overview.open_warnings} cảnh báo",
                "còn mở · errors, warnings open",
                overview.open_errors + overview.open_warnings,
            ),
        ]
        for when, rate, is_provisional, counted, expected in month:
            state = "tạm tính · provisional" if is_provisional is not False else "đủ báo cáo · complete enough"
            cards.append(
                _card(
                    f"Phủ · Coverage {when:%m/%Y}",
                    f"{counted}/{expected} xã",
                    f"tỷ lệ báo cáo · reporting rate {_share(rate)}; {state}",
                    is_provisional is not False or counted < expected,
                )
            )
        news = ("bản đầu tiên", "first build")
        if overview.new_submissions is not None:
            others = (
                f"{overview.new_findings} phát hiện mới · findings",
                f"{overview.changed_figures} số liệu đổi · figures",
            )
            news = (f"{overview.new_submissions} báo cáo mới", f"new submissions; {'; '.join(others)}")
        cards.append(_card("Thay đổi · Changes", *news, None))
        links = " · ".join(f'<a href="#{anchor}">{escape(vi)}</a>' for anchor, (vi, _) in PARTS.items())
        return (
            "<h1>Tình hình số liệu nông thôn mới</h1><small>State of the figures</small>"
            f"<p>Tính đến hết ngày <b>{_text(as_of)}</b>; dựng lúc {_local(built_at)}; tệp mới nhất nhận {_local(newest)}."
            f"<br><small>As of the end of this day; when it was built; newest receipt. {escape(version)}</small></p>"
            f'<div class="cards">{"".join(cards)}</div><p>{links}</p>'
        )

    def missing(self) -> str:
        """Who owes what, since when."""
        rows = self.rows(
            """
            select
                coalesce(any_value(reporter_name), reporter_code) as reporter, period,
                string_agg(
                    form || if(status = 'rejected_only', ' (*)', '') || if(findings.state = 'explained', ' (**)', ''),
                    ', ' order by form
                ),
                min(due_on) + 1 as since, max(days_overdue)
            from now.quality.obligations
            left join reporters using (reporter_code)
            left join (from now.quality.findings where list_contains($rules, rule_id)) as findings
                using (reporter_code, form, period)
            where list_contains($missing, status)
            group by reporter_code, period order by since desc, reporter, period
            """,
            rules=list(headlines.MISSING_RULES),
            missing=list(headlines.MISSING_STATUSES),
        )
        self.numbers["missing"] = headlines.count_missing(headlines.count_owed(self.asked))
        columns = [
            ("Đơn vị", "Reporter"),
            ("Kỳ", "Period"),
            ("Biểu còn thiếu", "Forms missing"),
            ("Thiếu từ ngày", "Since"),
            ("Số ngày quá hạn", "Days overdue"),
        ]
        note = (
            "<p><small>(*) đã gửi nhưng không dùng được · sent, but not usable. "
            "(**) đã giải trình, không nhắc nữa · explained, not asked for again. "
            "Bảng · tables: quality.obligations, quality.reminders</small></p>"
        )
        return _heading("missing") + _table(_Table(columns, rows)) + (note if rows else "")

    def doubtful(self) -> str:
        """Findings that are open: by rule, then one by one with their cell."""
        self.asked.execute(
            """
            create temp view doubtful as
            select * from now.quality.findings where state = 'open' and severity in ('error', 'warning')
            """
        )
        counts = headlines.count_open_findings(self.asked)
        self.numbers |= {"open_errors": counts["error"], "open_warnings": counts["warning"]}
        by_rule = self.rows(
            """
            select rule_id, doubtful.severity, count(*) as findings, any_value(rules.description_vi)
            from doubtful join now.quality.rules as rules on rules.id = doubtful.rule_id
            group by all order by 2, findings desc, 1
            """
        )
        each = self.rows(
            f"""
            select
                rule_id, coalesce(reporter_name, doubtful.reporter_code), doubtful.form, doubtful.period,
                concat_ws(' · ', coalesce(submissions.file_name, doubtful.file), doubtful.sheet, doubtful.cell), message_vi
            from doubtful
            left join reporters on reporters.reporter_code = doubtful.reporter_code
            left join now.quality.submissions as submissions on submissions.submission_id = doubtful.submission_id
            where not list_contains($rules, rule_id)
            order by severity, detected_at desc, rule_id, finding_id limit {ROWS_SHOWN}
            """,
            rules=list(headlines.MISSING_RULES),
        )
        total = counts["error"] + counts["warning"] - counts.missing_reports
        more = f"<p>… +{total - ROWS_SHOWN}: quality.findings</p>" if total > ROWS_SHOWN else ""
        rule_columns = [("Quy tắc", "Rule"), ("Mức độ", "Severity"), ("Số phát hiện", "Findings"), ("Nội dung", "What")]
        columns = [
            ("Quy tắc", "Rule"),
            ("Đơn vị", "Reporter"),
            ("Biểu", "Form"),
            ("Kỳ", "Period"),
            ("Tệp, trang, ô", "File, sheet, cell"),
            ("Phát hiện", "Finding"),
        ]
        return (
            _heading("doubtful")
            + "<p><small>Lỗi: giá trị không được dùng, coi là chưa rõ. Cảnh báo: giá trị được dùng, có đánh dấu. "
            "An error's value is not used; a warning's is, and marked.<br>"
            f"{counts.missing_reports} phát hiện là báo cáo thiếu, đã liệt kê ở trên · findings that say a report is missing "
            "are listed above.</small></p>"
            + _table(_Table(columns, each))
            + more
            + _subheading("Theo quy tắc", "By rule")
            + _table(_Table(rule_columns, by_rule))
        )

    def coverage(self) -> str:
        """How much of the province each figure covers: the newest month beside the one before, then by district."""
        selected = ", ".join({"communes_expected", *sum(HEADLINES.values(), ())})
        query = self.asked.execute(
            f"select month, {selected} from now.marts.province_months order by month desc limit 2"
        )
        months = fetch_dicts(query)
        heading = _heading("coverage")
        if not months:
            return heading + _table(_Table([], []))
        newest, *before = months
        figures = [
            (
                name,
                newest[column],
                f"{newest[counted]}/{newest['communes_expected']} xã",
                _share(newest[counted] / newest["communes_expected"] if newest["communes_expected"] else None),
                before[0][column] if before else None,
            )
            for name, (column, counted) in HEADLINES.items()
        ]
        columns = [
            (f"Số liệu tháng {newest['month']:%m/%Y}", "Figure"),
            ("Giá trị", "Value"),
            ("Tính trên", "Covers"),
            ("Phủ", "Coverage"),
            ("Tháng trước", "Month before"),
        ]
        districts = self.rows(
            """
            select
                district_name, communes_reported || '/' || communes_expected,
                communes_counted_criteria || '/' || communes_expected, communes_counted_models || '/' || communes_expected,
                reporting_rate, reporting_rate_change, reporting_rate_mean_3, timeliness,
                if(is_provisional, 'tạm tính', ''), open_findings
            from now.marts.district_months
            where month = (select max(month) from now.marts.district_months) order by district_code
            """
        )
        shown = [(*row[:4], _share(row[4]), _points(row[5]), *map(_share, row[6:8]), *row[8:]) for row in districts]
        district_columns = [
            ("Huyện", "District"),
            ("Xã có báo cáo", "Communes reported"),
            ("Xã rõ tiêu chí", "Criteria known"),
            ("Xã rõ mô hình", "Models known"),
            ("Tỷ lệ nộp", "Reporting rate"),
            ("So tháng trước", "Change"),
            ("Bình quân 3 tháng trước", "Mean of 3 before"),
            ("Đúng hạn", "Timeliness"),
            ("Trạng thái", "State"),
            ("Phát hiện còn mở", "Open findings"),
        ]
        return heading + _table(_Table(columns, figures)) + _table(_Table(district_columns, shown))

    def changes(self) -> str:
        """What is different from the build before."""
        changed = ("new_submissions", "new_findings", "settled_findings", "changed_figures")
        heading = _heading("changes")
        self.numbers |= dict.fromkeys(changed)
        if not self.has_before:
            return f"{heading}<p>Đây là bản đầu tiên. <small>This is the first build.</small></p>"
        try:
            parts = [self.compared(), self.new_reports(), self.findings_since(), self.figures_since()]
        except duckdb.Error:  # the build before was made by a version with other tables
            self.numbers |= dict.fromkeys(changed)
            return f"{heading}<p>Bản trước khác cấu trúc, không so được. <small>The build before has other tables.</small></p>"
        return heading + "".join(parts)

    def compared(self) -> str:
        """Which two builds these are."""
        ((as_of, built_at, is_same),) = self.rows(
            """
            select before.as_of, before.built_at, before.code_version = now.code_version
            from before.meta.build as before, now.meta.build as now
            """
        )
        note = "" if is_same else " Phần mềm hoặc quy tắc đã thay đổi. <small>Code or rules have changed.</small>"
        return (
            f"<p>Bản trước: tính đến hết ngày {_text(as_of)}, dựng lúc {_local(built_at)}.{note}"
            " <small>The build compared with.</small></p>"
        )

    def new_reports(self) -> str:
        """Submissions that were not there, and reports that went missing or came in."""
        rows = self.rows(
            f"""
            select coalesce(reporter_name, reporter_code), form, period, file_name, status
            from now.quality.submissions as submissions
            anti join before.quality.submissions as known using (submission_id)
            left join reporters using (reporter_code)
            order by received_at desc, 1, 2, 3 limit {ROWS_SHOWN}
            """
        )
        self.numbers["new_submissions"] = self.count(
            """
            select count(*) from now.quality.submissions
            anti join before.quality.submissions as known using (submission_id)
            """
        )
        owed = self.rows(
            """
            select coalesce(reporter_name, reporter_code), form, period, before.status, now.status
            from now.quality.obligations as now
            left join before.quality.obligations as before using (reporter_code, form, period)
            left join reporters using (reporter_code)
            where (now.status in ('missing', 'rejected_only')) is distinct from (before.status in ('missing', 'rejected_only'))
                and (now.status in ('missing', 'rejected_only') or before.status in ('missing', 'rejected_only'))
            order by period desc, 1, form
            """
        )
        columns = [
            ("Đơn vị", "Reporter"),
            ("Biểu", "Form"),
            ("Kỳ", "Period"),
            ("Tệp", "File"),
            ("Tình trạng", "Status"),
        ]
        owed_columns = [*columns[:3], ("Trước", "Before"), ("Nay", "Now")]
        return (
            _subheading(f"Lượt báo cáo mới: {self.numbers['new_submissions']}", "New submissions")
            + _table(_Table(columns, rows))
            + _subheading(f"Báo cáo mới thiếu hoặc mới đến: {len(owed)}", "Reports gone missing, or come in")
            + _table(_Table(owed_columns, owed))
        )

    def findings_since(self) -> str:
        """Findings that are new, and those that were settled: cured, explained, or gone."""
        rows = self.rows(
            """
            select
                if(before.state = 'open', now.state, 'mới · new') as what, coalesce(now.severity, before.severity),
                coalesce(now.rule_id, before.rule_id), coalesce(now.message_vi, before.message_vi)
            from now.quality.findings as now
            full join before.quality.findings as before using (finding_id)
            where coalesce(now.severity, before.severity) <> 'info'
                and (coalesce(now.state, 'gone') = 'open') <> (coalesce(before.state, 'gone') = 'open')
            order by what desc, 2, 3, 4
            """
        )
        shown = [(what or "không còn · gone", *rest) for what, *rest in rows]
        new = sum(what == "mới · new" for what, *_ in shown)
        self.numbers |= {"new_findings": new, "settled_findings": len(shown) - new}
        columns = [("Thay đổi", "Change"), ("Mức độ", "Severity"), ("Quy tắc", "Rule"), ("Phát hiện", "Finding")]
        return _subheading(
            f"Phát hiện: {new} mới, {len(shown) - new} đã xử lý", "Findings new, and cured, explained or gone"
        ) + _table(_Table(columns, shown[:ROWS_SHOWN]))

    def figures_since(self) -> str:
        """Headline figures of months that both builds have and that differ."""
        changed = []
        for name, (column, _) in HEADLINES.items():
            for level, label, key in (
                ("province_months", "'Toàn tỉnh'", "month"),
                ("district_months", "now.district_name", "month, district_code"),
            ):
                changed += [
                    (month, where, name, old, new)
                    for month, where, old, new in self.rows(
                        f"""
                        select now.month, {label}, before.{column}, now.{column}
                        from now.marts.{level} as now join before.marts.{level} as before using ({key})
                        where now.{column} is distinct from before.{column}
                        """
                    )
                ]
        revised = self.count("select count(*) from now.quality.revisions") - self.count(
            "select count(*) from before.quality.revisions"
        )
        changed.sort(key=lambda row: (-row[0].toordinal(), row[1] != "Toàn tỉnh", row[1], row[2]))
        self.numbers["changed_figures"] = len(changed)
        columns = [
            ("Tháng", "Month"),
            ("Đơn vị", "Unit"),
            ("Số liệu", "Figure"),
            ("Trước", "Before"),
            ("Nay", "Now"),
        ]
        rows = [(f"{month:%m/%Y}", *rest) for month, *rest in changed[:ROWS_SHOWN]]
        return _subheading(
            f"Số liệu chính đã đổi: {len(changed)}; số liệu sửa theo báo cáo chỉnh sửa: {revised:+}",
            "Headline figures changed; facts that corrections changed",
        ) + _table(_Table(columns, rows))

    def checks(self) -> str:
        """Technical checks: what does not hold, each suite with its page, and the last runs."""
        newest = "from now.quality.check_results qualify built_at = max(built_at) over ()"
        failed = self.rows(
            f"""
            select severity, coalesce(message_vi, suite || ': ' || check_name), coalesce(message_en, '')
            from (select * {newest}) where not is_passed order by all
            """
        )
        self.numbers["checks_failed"] = len(failed)
        suites = self.rows(
            f"""
            select suite, count(*), count(*) filter (where not is_passed)
            from (select * {newest}) group by all order by 3 desc, 1
            """
        )
        linked = [(_Link(f"suites/{suite}.html", suite) if "_" in suite else suite, *rest) for suite, *rest in suites]
        runs = self.rows(
            f"""
            select built_at + interval 7 hours, any_value(as_of), count(*), count(*) filter (where not is_passed)
            from now.quality.check_results group by built_at order by built_at desc limit {RUNS_SHOWN}
            """
        )
        return (
            _heading("checks")
            + _table(_Table([("Mức độ", "Severity"), ("Sai ở đâu", "What is wrong"), ("", "In English")], failed))
            + _table(_Table([("Bộ kiểm tra", "Suite"), ("Phép kiểm tra", "Checks"), ("Không đạt", "Not held")], linked))
            + _subheading("Các lần chạy gần đây", "The last runs")
            + _table(
                _Table(
                    [
                        ("Lúc", "When"),
                        ("Tính đến ngày", "As of"),
                        ("Phép kiểm tra", "Checks"),
                        ("Không đạt", "Not held"),
                    ],
                    runs,
                )
            )
        )


@dataclass(frozen=True)
class _Link:
    """A cell that leads to another page of the site."""

    href: str
    text: str


def _heading(anchor: str) -> str:
    vi, en = PARTS[anchor]
    return f'<h2 id="{anchor}">{escape(vi)} <small>{escape(en)}</small></h2>'


def _subheading(vi: str, en: str) -> str:
    return f"<h3>{escape(vi)} <small>{escape(en)}</small></h3>"


def _card(title: str, figure: str, note: str, trouble: float | None) -> str:
    """One answer; green if there is no trouble, amber if there is, plain if that is no matter of good or bad."""
    kind = "" if trouble is None else " doubt" if trouble else " good"
    return f'<div class="card{kind}">{escape(title)}<b>{escape(figure)}</b><small>{escape(note)}</small></div>'


def _table(table: _Table) -> str:
    if not table.rows:
        return "<p>Không có. <small>None.</small></p>"
    head = "".join(f"<th>{escape(vi)}<small>{escape(en)}</small></th>" for vi, en in table.columns)
    return f"<table><tr>{head}</tr>{''.join(map(_row, table.rows))}</table>"


def _row(row: Iterable[Any]) -> str:
    cells = []
    for value in row:
        if isinstance(value, _Link):
            cells.append(f'<td><a href="{escape(value.href)}">{escape(value.text)}</a></td>')
        else:
            is_number = isinstance(value, int | float)
            cells.append(f"<td{' class=n' if is_number else ''}>{escape(_text(value))}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _text(value: Any) -> str:
    """A value as a Vietnamese reader writes it; what is unknown is a dash, never a nought."""
    match value:
        case None:
            said = "–"
        case dt.datetime():
            said = f"{value:%d/%m/%Y %H:%M}"
        case dt.date():
            said = f"{value:%d/%m/%Y}"
        case float():
            said = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))
        case int():
            said = f"{value:,}".replace(",", ".")
        case _ if PERIOD.fullmatch(str(value)):
            said = period_label(value)
        case _:
            said = WORDS.get(str(value), str(value))
    return said


def _share(rate: float | None) -> str:
    return "–" if rate is None else f"{rate:.0%}"


def _points(change: float | None) -> str:
    if change is None:
        return "–"
    return f"{change * 100:+.0f} điểm %" if change else "0"


def _local(moment: dt.datetime | None) -> str:
    """A time of the database (UTC) where the office is."""
    return "–" if moment is None else _text(moment.replace(tzinfo=dt.UTC).astimezone(LOCAL_TIME))
