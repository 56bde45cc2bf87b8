"""Who sends what when: sendings, the register of incoming documents, the files of the raw folder.

Here: the order of things, from the truth to the files, and the office that enters each in its register. Not here:
what is planted (`defects`), what comes out in the end (`truth`).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from tests.world import defects as planted
from tests.world.clerks import HABITS, Book, Clerk, Table, a1, by_indicator, folder, wide
from tests.world.forms import V03
from tests.world.mail import Delivery, Entry, Expected, File, Mailing, Parcel
from tests.world.province import START, Province
from tests.world.reference import (
    SEEDS,
    Reference,
    Reporter,
    add_months,
    closes_quarter,
    month_end,
    month_period,
    months_between,
)
from tests.world.reports import Report, Storyteller
from tests.world.write import book_bytes

SEED = 20140907
FIRST, LAST = date(2014, 9, 1), date(2015, 6, 1)
LOCAL = timedelta(hours=7)
REGISTER_FOLDER = "so-van-ban-den"
DIRECTIVES_FILE = "so-theo-doi-van-ban/Sổ theo dõi văn bản chỉ đạo 2014-2015.xlsx"


class World:
    """The simulated province and its mail; equal seeds, months and defects give equal bytes."""

    def __init__(
        self,
        seed: int = SEED,
        first: date = FIRST,
        last: date = LAST,
        *,
        defects: Sequence[planted.Plan] | None = None,
        seeds_dir: Path = SEEDS,
    ) -> None:
        """`defects`: what to plant; by default the sample's plan for the sample's seed, nothing for any other."""
        self.reference = Reference(seeds_dir)
        self.province = Province(self.reference, seed, last)
        self.seed = seed
        self.months = months_between(first, last)
        self.storyteller = Storyteller(self.province)
        self.plans = tuple(defects if defects is not None else planted.DEFAULT if seed == SEED else ())
        self.expected: list[Expected] = []
        self.entries: list[Entry] = []
        self.hidden: dict[tuple[date, str], dict[str, set[str]]] = {}
        self.touched: set[str] = set()
        self.jumps: dict[planted.Plan, str] = {}
        self._tables: dict[tuple[str, str, date], tuple[File, Table]] = {}
        self._files: list[File] = []
        for number, plan in enumerate(self.plans, start=1):
            planted.prepare(self, plan, f"P{number:03d}")

    # -- the mail ---------------------------------------------------------------------------------------------------

    def deliveries(self) -> Iterator[Delivery]:
        """Every file of the raw folder but its cards, in order of path. Written once, then kept."""
        for file in sorted(self.files(), key=lambda f: f.path):
            yield Delivery(file.path, file.content, file.received_at - LOCAL)

    def files(self) -> list[File]:
        """All files with the register's line for each; written at the first call."""
        if not self._files:
            for month in months_between(START, self.months[-1]):
                for reporter in self.reference.reporters(month_end(month)):
                    parcel = self._parcel(reporter, month)
                    if month >= self.months[0]:
                        self._send(parcel)
            self._note_other_places()
            self._files += [*self._registers(), self._directives()]
        return self._files

    def _parcel(self, reporter: Reporter, month: date) -> Parcel:
        forms = self.storyteller.forms_owed(reporter.code, reporter.kind, month)
        reports = [self.storyteller.report(reporter.code, f, month) for f in forms]
        parcel = Parcel(reporter, month, [Mailing(reports, self.office_hour(reporter.code, month))])
        for number, plan in enumerate(self.plans, start=1):
            if (plan.reporter, plan.month) == (reporter.code, month):
                planted.plant(self, parcel, plan, f"P{number:03d}")
        for mailing in parcel.mailings:
            for report in mailing.reports:
                if report.form.code == "H01":
                    self.storyteller.count(report)
            for change in mailing.after_count:
                change()
        return parcel

    def office_hour(self, reporter: str, month: date) -> datetime:
        """When a reporter sends: a working hour of the first four days of the next month, before everything is due."""
        rng = self.province.rng("sent", reporter, month)
        after = add_months(month, 1)
        day = rng.choice(self.reference.working_days(after, after.replace(day=4)))
        hour = rng.choice((7, 8, 9, 10, 13, 14, 15, 16))
        minute = rng.randint(30, 59) if hour == 7 else rng.randint(0, 50)
        return datetime.combine(day, time(hour, minute))

    def _send(self, parcel: Parcel) -> None:
        clerk = Clerk(self.reference, parcel.reporter)
        for mailing in parcel.mailings:
            shown = [self._as_sent(r, clerk) for r in mailing.reports]
            mailing.books = clerk.books(shown, mailing.received_at.date())
            mailing.tables = [t for b in mailing.books for t in b.tables]
            for edit in mailing.edits:
                edit(mailing)
            for i, book in enumerate(mailing.books):
                clerk.encode(book, parcel.month)
                book.stem += mailing.suffix
                self._post(parcel, mailing, book, mailing.received_at + timedelta(minutes=2 * i))
            for ghost in mailing.ghosts:
                at = mailing.received_at + timedelta(minutes=5)
                self.entries.append(
                    Entry(at, _sender(parcel.reporter), f"Tháng {parcel.month.month}/{parcel.month.year}", ghost)
                )
        self._note_places(parcel)
        self._note_habits(parcel, clerk)
        self.expected += parcel.expected

    def _as_sent(self, report: Report, clerk: Clerk) -> Report:
        if report.form.code == "S01" and clerk.habit.wide:
            criteria = self.storyteller.criteria_of(report.reporter, report.month)
            return wide(report, criteria, is_grouped=clerk.habit.header_rows > 1)
        if report.form.code == "S01" and clerk.habit.by_indicator:
            criteria = self.storyteller.criteria_of(report.reporter, report.month)
            return by_indicator(report, {n: self.reference.indicators(n) for n in criteria})
        return report

    def _post(self, parcel: Parcel, mailing: Mailing, book: Book, received_at: datetime) -> None:
        content = book_bytes(book)
        if mailing.damage:
            content = mailing.damage(content)
        path = f"{month_period(parcel.month)}/{folder(parcel.reporter.code)}/{book.file_name}"
        by_name = HABITS[parcel.reporter.code].register_by == "name"
        entry = None
        if mailing.is_registered:
            sender = mailing.entry_sender or _sender(parcel.reporter)
            period = mailing.entry_period or _entry_period(book, parcel.month)
            entry = Entry(received_at, sender, period, book.file_name if by_name else path)
            self.entries.append(entry)
        file = File(path, content, received_at, entry, book)
        mailing.files.append(file)
        self._files.append(file)
        for table in book.tables:
            self._tables[parcel.reporter.code, table.report.form.code, parcel.month] = (file, table)
        if mailing.withdrawn_at and entry:
            note = "Đơn vị đề nghị thu hồi"
            self.entries.append(Entry(mailing.withdrawn_at, entry.sender, entry.period, entry.file_name, note))
        if mailing.again_at and entry:
            again = path.replace(book.stem, book.stem + " (2)")
            copy = Entry(mailing.again_at, entry.sender, entry.period, again)
            self.entries.append(copy)
            self._files.append(File(again, content, mailing.again_at, copy, book))

    def _note_places(self, parcel: Parcel) -> None:
        """Say of each expected finding in which file, sheet and cell it will stand."""
        for expected in parcel.expected:
            for file in expected.mailing.files if expected.mailing else []:
                for table in file.book.tables if file.book else []:
                    if table.report.form.code == expected.form or not expected.form:
                        expected.path = expected.path or file.path
                    if table.report.form.code == expected.form:
                        expected.sheet = expected.sheet or _sheet_name(file, table)
                        _note_cell(expected, table)

    def _note_other_places(self) -> None:
        """The same for findings that another reporter's sending leads to, once all are written."""
        for expected in self.expected:
            found = self._tables.get((expected.reporter, expected.form, expected.month))
            if expected.mailing is None and found and expected.commune and expected.rule_id[0] == "B":
                file, table = found
                expected.path, expected.sheet = file.path, _sheet_name(file, table)
                expected.row = table.report.rows[table.report.find(expected.commune)]
                _note_cell(expected, table)

    def _note_habits(self, parcel: Parcel, clerk: Clerk) -> None:
        """What a habit rightly leads to: a note on the encoding, on blanks read as not met; once for all sendings."""
        read = [m for m in parcel.mailings if not m.damage]
        for report in [report for report in read[-1].reports if not report.titled] if read else []:
            rules = ["F10"] if clerk.encodes(parcel.month) else []
            rules += ["E06"] if report.form.code == "H01" and not clerk.habit.marks[1] else []
            for rule in rules:
                file, table = self._tables[parcel.reporter.code, report.form.code, parcel.month]
                parcel.expected.append(
                    Expected(
                        "habit", rule, "info", parcel.reporter.code, report.form.code, parcel.month, defect_id="habit",
                        path=file.path, sheet=_sheet_name(file, table), mailing=read[-1],
                    )
                )  # fmt: skip

    # -- registers --------------------------------------------------------------------------------------------------

    def _registers(self) -> list[File]:
        """The register of incoming documents, a workbook for each quarter in which something came."""
        office = Clerk(self.reference, self.reference.reporter("VPDP", month_end(START)))
        quarters: dict[tuple[int, int], list[Entry]] = {}
        for number, entry in enumerate(sorted(self.entries, key=lambda e: (e.received_at, e.file_name)), start=1):
            entry.document_no = entry.document_no or f"{number}/BC"
            quarters.setdefault((entry.received_at.year, (entry.received_at.month + 2) // 3), []).append(entry)
        files = []
        for (year, quarter), entries in sorted(quarters.items()):
            month = date(year, quarter * 3, 1)
            rows = [
                {
                    "received_at": e.received_at, "document_no": e.document_no, "sender": e.sender, "period": e.period,
                    "file_name": e.file_name, "note": e.note,
                }
                for e in entries
            ]  # fmt: skip
            (book,) = office.books([Report("VPDP", V03, month, rows, V03.columns)], entries[-1].received_at.date())
            book.stem = f"Sổ văn bản đến quý {('I', 'II', 'III', 'IV')[quarter - 1]}-{year}"
            path = f"{REGISTER_FOLDER}/{book.file_name}"
            files.append(File(path, book_bytes(book), entries[-1].received_at, None, book))
        return files

    def _directives(self) -> File:
        office = Clerk(self.reference, self.reference.reporter("VPDP", month_end(START)))
        (book,) = office.books([self.storyteller.directives(START)], date(2014, 9, 9))
        return File(DIRECTIVES_FILE, book_bytes(book), datetime.combine(date(2014, 9, 9), time(8)), None, book)


def _sheet_name(file: File, table: Table) -> str:
    """The sheet's name; a CSV file has none."""
    return "" if file.path.endswith(".csv") else table.sheet.name


def _note_cell(expected: Expected, table: Table) -> None:
    place = None
    if expected.in_total:
        place = table.total(expected.field)
    elif expected.row is not None and expected.field in table.columns:
        wanted = expected.row
        for i, row in enumerate(table.report.rows):
            if row is wanted or ("criterion_no" in wanted and row.get("commune") == wanted["commune"]):
                place = table.place(i, expected.field)
                break
    if place:
        expected.cell = a1(place)
        value = table.sheet.cells.get(place)
        expected.value = "" if value is None else str(value)


def _sender(reporter: Reporter) -> str:
    if reporter.kind == "district":
        return f"UBND {reporter.name[0].lower()}{reporter.name[1:]}"
    return reporter.name


def _entry_period(book: Book, month: date) -> str:
    """The period as the office enters it: the quarter when nothing but quarterly forms is in the file."""
    if all(t.report.form.is_quarterly for t in book.tables) and closes_quarter(month):
        return f"Quý {('I', 'II', 'III', 'IV')[month.month // 3 - 1]}/{month.year}"
    return f"Tháng {month.month}/{month.year}"


__all__ = ["FIRST", "LAST", "SEED", "Delivery", "World"]
