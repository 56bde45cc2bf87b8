"""What goes wrong: planted defects, each with the finding that it must lead to and the figures that it hides.

Here: one function a kind of defect, and the plan of the shipped sample. A function changes what is said (rows), what
is written (edits of a sheet), or what is sent (mailings), and says what it expects by rule, place and value. Not
here: habits (`clerks`). A plan names kind, reporter and month; the commune and row are drawn by seed, never one that
another defect or an inspection of the month has to do with.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from pipelines.reference.models import Alias
from tests.world.clerks import HABITS, Formula, Sheet, a1, folder
from tests.world.forms import Column
from tests.world.mail import Expected, Mailing, Parcel
from tests.world.province import COOPERATIVE_CRITERION, CRITERIA, FIRST_AT_NINETEEN, FUND_SOURCES
from tests.world.reference import Reference, Unit, add_months, closes_quarter, month_end
from tests.world.reports import Report, Row

if TYPE_CHECKING:
    from random import Random

    from tests.world.post import World
    from tests.world.province import Province

STALE_COPY_CELLS = 200  # of a list that X05 asks about
JUMP = 3  # criteria gained in a month that X02 asks about
IN_THE_TRUTH = ("real_jump", "gross_gain", "merger")  # kinds that change the province itself, before anything is said
CRITERIA_COLUMNS = ("criteria_met_reported", "criteria_met_latest", "criteria_gained", "criteria_lost")
CHANGES = ("criteria_gained", "criteria_lost")
MODEL_COLUMNS = (
    "models_running", "models_large", "models_medium", "models_small", "models_new", "has_all_model_sizes",
    "has_no_model",
)  # fmt: skip
ESTABLISHMENT_COLUMNS = (
    "enterprises_active", "cooperatives_active", "cooperative_groups_active", "enterprises_new", "cooperatives_new",
)  # fmt: skip
AREA_COLUMNS = ("residential_areas_recognised", "gardens_recognised")
HIDDEN_BY_FORM = {
    "H01": CRITERIA_COLUMNS, "H02": MODEL_COLUMNS, "H03": ESTABLISHMENT_COLUMNS, "H04": AREA_COLUMNS,
    "H06": ("has_officer", "has_leader"), "H07": ("funds_ytd_million_vnd",),
}  # fmt: skip
SEVERITY = {
    **dict.fromkeys(("F01", "F02", "F05", "F13", "R01", "R02", "R07", "E01", "E03"), "error"),
    **dict.fromkeys(("F07", "F08", "F10", "E06", "X07", "B02", "D02"), "info"),
}


@dataclass(frozen=True)
class Plan:
    """One defect to plant: `period` is a month ('2014-11'); `form` where the kind can stand on several."""

    kind: str
    reporter: str
    period: str
    form: str = ""

    @property
    def month(self) -> date:
        """First day of the month in which the reporter's sending is spoilt."""
        return date.fromisoformat(f"{self.period}-01")


class Scene:
    """A plan at work on one parcel: draws what the plan leaves open, and keeps the books."""

    def __init__(self, world: "World", parcel: Parcel, plan: Plan, defect_id: str) -> None:
        self.world, self.parcel, self.plan, self.id = world, parcel, plan, defect_id
        self.month = parcel.month
        self.rng: Random = world.province.rng("plant", defect_id, plan.kind)

    @property
    def mailing(self) -> Mailing:
        """The sending that counts in the end."""
        return self.parcel.mailings[-1]

    @property
    def forms(self) -> list[str]:
        """Forms in it, or the one that the plan names."""
        return [self.plan.form] if self.plan.form else [r.form.code for r in self.mailing.reports]

    def report(self, form: str = "") -> Report:
        """The report to spoil."""
        return self.mailing.report(form or self.plan.form)

    def expect(self, rule_id: str, form: str = "", **details: Any) -> Expected:
        """Note a finding to come."""
        expected = Expected(
            kind=self.plan.kind, rule_id=rule_id, severity=details.pop("severity", SEVERITY.get(rule_id, "warning")),
            reporter=details.pop("reporter", self.parcel.reporter.code), form=form,
            month=details.pop("month", self.month), defect_id=self.id,
            mailing=details.pop("mailing", self.mailing), **details,
        )  # fmt: skip
        self.parcel.expected.append(expected)
        return expected

    def hide(self, form: str, communes: Iterable[str] | None = None, columns: tuple[str, ...] = ()) -> None:
        """Note which true figures the warehouse can't show: in this month, changes in the next one too."""
        places = [u.code for u in self.world.province.rural(self.month, self.parcel.reporter.code)]
        chosen = places if communes is None else [c for c in communes if c in places]
        spoilt = columns or HIDDEN_BY_FORM.get(form, ())
        for commune in chosen:
            self._hide(self.month, commune, spoilt)
            if form == "H01":
                self._hide(add_months(self.month, 1), commune, CHANGES)
            if form in {"H06", "H07"}:
                for i in (1, 2):
                    self._hide(add_months(self.month, i), commune, spoilt)

    def _hide(self, month: date, commune: str, columns: tuple[str, ...]) -> None:
        at = self.world.hidden.setdefault((month, commune), {})
        for column in columns:
            at.setdefault(column, set()).add(self.id)

    def pick(self, report: Report, suits: Callable[[Row], bool] = lambda _: True) -> Row:
        """A row about a rural commune that nothing else has to do with; raises LookupError when none suits. The only row of
        a report is not one: without it, the report is not a report.
        """
        rural = {u.code for u in self.world.province.rural(self.month)}
        visited = self.world.province.visited(self.month)
        rows = [
            r
            for r in report.rows
            if isinstance(r.get("commune"), Unit)
            and r["commune"].code in rural
            and r["commune"].code not in self.world.touched | visited
            and "_as" not in r
            and suits(r)
        ]
        if not rows or len(report.rows) == 1:
            raise LookupError(f"nothing to spoil: {self.plan}")
        row = self.rng.choice(rows)
        self.world.touched.add(row["commune"].code)
        return row

    def need(self, field: str) -> None:
        """Raise LookupError where the reporter's H01 has no such column."""
        if field not in HABITS[self.parcel.reporter.code].stated:
            raise LookupError(field)

    def due(self, form: str) -> date:
        """The due day of a form: the 5th after a month, the 10th after a quarter."""
        return month_end(self.month) + timedelta(days=10 if self.report(form).form.is_quarterly else 5)

    def lose(self, forms: Iterable[str], rule_id: str = "D01") -> None:
        """Nothing usable comes for these forms."""
        for form in forms:
            self.expect(rule_id, form, mailing=None)
            self.hide(form)


class UnplantableError(LookupError):
    """Where a plan puts its defect, nothing suits it."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"nothing to spoil: {plan}")
        self.plan = plan


def plant(world: "World", parcel: Parcel, plan: Plan, defect_id: str) -> None:
    """Carry out one plan on the parcel of its reporter and month.

    Raises KeyError for an unknown kind, UnplantableError where nothing suits it.
    """
    work = KINDS[plan.kind]
    try:
        work(Scene(world, parcel, plan, defect_id))
    except (LookupError, StopIteration) as error:
        raise UnplantableError(plan) from error


def prepare(world: "World", plan: Plan, defect_id: str) -> None:
    """What a plan changes in the truth itself, before anything is said: a real jump of three criteria, or a merger."""
    if plan.kind == "merger":
        _merge(world, plan, defect_id)
    elif plan.kind in IN_THE_TRUTH:
        _let_jump(world, plan, defect_id)


def _let_jump(world: "World", plan: Plan, defect_id: str) -> None:
    rng = world.province.rng("plant", defect_id)
    before = add_months(plan.month, -1)
    communes = [
        u.code
        for u in world.province.rural(plan.month, plan.reporter)
        if 7 <= len(world.province.met(u.code, plan.month)) <= 13
        and not world.province.losses(u.code, plan.month)
        and u.code not in world.touched
        and (plan.kind == "real_jump" or _may_lose_one(world, u.code, plan.month))
    ]
    if not communes:
        raise UnplantableError(plan)
    commune = rng.choice(communes)
    had = world.province.met(commune, before)
    gain = [c for c in range(1, CRITERIA + 1) if c not in had and c != COOPERATIVE_CRITERION][:3]
    world.province.gain(commune, plan.month, gain)
    world.touched.add(commune)
    world.jumps[plan] = commune


def _merge(world: "World", plan: Plan, defect_id: str) -> None:
    """Two communes of a district become one in that month, which meets three criteria more than the one whose code it has."""
    province, before, last = world.province, add_months(plan.month, -1), world.months[-1]
    rng = province.rng("plant", defect_id)
    staying = {u.code for u in province.rural(last, plan.reporter)} - world.touched
    here = [u.code for u in province.rural(plan.month, plan.reporter) if u.code in staying]
    pairs = [
        (gone, grown)
        for gone in here
        for grown in here
        if gone != grown
        and len(province.met(gone, plan.month) - province.met(grown, before)) >= JUMP
        and not _listed(province, gone, last) & _listed(province, grown, last)
        and all(
            any(
                province.met(code, month) != province.met(code, add_months(month, -1))
                for code in here
                if code not in {gone, grown}
            )
            for month in world.months
            if month >= plan.month
        )  # or an honest report would equal, cell by cell, the last one (X05)
    ]
    if not pairs:
        raise UnplantableError(plan)
    gone, grown = rng.choice(pairs)
    province.merge(gone, grown, plan.month.replace(day=rng.randint(2, 26)))
    world.touched |= {gone, grown}
    world.jumps[plan] = grown


def _listed(province: "Province", commune: str, month: date) -> set[tuple[Any, ...]]:
    """What the lists call a commune's models, establishments and areas: two of one name would be one row twice."""
    return {
        *((m.name, m.owner) for m in province.models(commune, month)),
        *((e.name, e.kind) for e in province.establishments(commune, month)),
        *((a.village, a.kind, a.owner) for a in province.areas(commune, month)),
    }


def _may_lose_one(world: "World", commune: str, month: date) -> bool:
    """Whether one criterion can be lost for a month: not visited, and what comes back does not make a jump of the next."""
    if commune in world.province.visited(month):
        return False
    after = add_months(month, 1)
    return (
        after not in world.province.months
        or len(world.province.met(commune, after) - world.province.met(commune, month)) < 2
    )


# -- sent -------------------------------------------------------------------------------------------------------------


def _missing(s: Scene) -> None:
    s.lose(s.forms)
    for mailing in s.parcel.mailings:
        mailing.reports = [r for r in mailing.reports if r.form.code not in s.forms]


def _late(s: Scene) -> None:
    day = month_end(s.month) + timedelta(days=s.rng.randint(11, 16))
    s.mailing.received_at = datetime.combine(day, time(9, 15))
    for form in s.forms:
        s.expect("D02", form)


def _copy(mailing: Mailing, received_at: datetime, suffix: str) -> Mailing:
    reports = [replace(r, rows=[dict(row) for row in r.rows]) for r in mailing.reports]
    return Mailing(reports, received_at, suffix)


def _correct(s: Scene, days: int) -> None:
    """The first sending says that a commune meets one criterion more; the second one says it right."""
    first = s.parcel.mailings[0]
    again = _copy(first, first.received_at + timedelta(days=days, hours=1), " gửi lại")
    row = s.pick(first.report("H01"), _has_gap)
    criterion = s.rng.choice(_gaps(row))
    row[f"criterion_{criterion}"] = True
    s.parcel.mailings.append(again)
    for form in s.forms:
        s.expect("F08", form)


def _held_fewer_rows(s: Scene) -> None:
    """A second sending of a list has a third of its rows: it replaces nothing, and the Office is asked."""
    again = _copy(s.mailing, s.mailing.received_at + timedelta(days=1, hours=1), " gửi lại")
    report = again.report(s.plan.form)
    if len(report.rows) < 9:
        raise LookupError(f"too few rows to lose some: {s.plan}")
    again.reports, report.rows = [report], report.rows[: len(report.rows) // 3]
    s.expect("F15", report.form.code, mailing=again)
    s.parcel.mailings.append(again)


def _sheet_of_another_month(s: Scene) -> None:
    """The H01 of a workbook was left at the month before: held there (F15 says what F14 would), and missing here."""
    if HABITS[s.parcel.reporter.code].books == "by_form":
        raise LookupError("no other sheet to disagree with")
    before = add_months(s.month, -1)
    if _said(s.report("H01")) == _said(s.world.storyteller.report(s.parcel.reporter.code, "H01", before)):
        raise LookupError("what says the same is not held")
    s.report("H01").titled = before
    s.expect("F15", "H01", month=before)
    s.lose(["H01"])


def _workbook_of_another_month(s: Scene) -> None:
    """A whole workbook is titled with the month before, the register has it for this one: held there, and missing here."""
    before = add_months(s.month, -1)
    for report in s.mailing.reports:
        if report.form.is_quarterly:  # both months lie in one quarter, which is not over by the first
            if HABITS[s.parcel.reporter.code].books != "by_form":
                s.expect("F14", report.form.code)
            continue
        report.titled = before
        earlier = s.world.storyteller.report(s.parcel.reporter.code, report.form.code, before)
        if _said(report) != _said(earlier):  # what says the same replaces nothing by mistake
            s.expect("F15", report.form.code, month=before)
        s.lose([report.form.code])


def _said(report: Report) -> list[Row]:
    return [{field: value for field, value in row.items() if field != "note"} for row in report.rows]


def _correction(s: Scene) -> None:
    _correct(s, 6)


def _correction_closed(s: Scene) -> None:
    _correct(s, 48)
    for form in s.forms:
        s.expect("X07", form)


def _withdrawn(s: Scene) -> None:
    """The first sending is asked back, the second one counts; both in time."""
    first = s.parcel.mailings[0]
    first.received_at = first.received_at.replace(day=min(first.received_at.day, 1), hour=8)
    again = _copy(first, first.received_at + timedelta(days=2, hours=2), " bản thay thế")
    row = s.pick(first.report("H01"), _has_gap)
    row[f"criterion_{s.rng.choice(_gaps(row))}"] = True
    first.withdrawn_at = first.received_at + timedelta(days=2, hours=1)
    s.parcel.mailings.append(again)


def _same_bytes(s: Scene) -> None:
    s.mailing.again_at = s.mailing.received_at + timedelta(days=3)
    s.expect("F07", note="the second file")


def _unregistered(s: Scene) -> None:
    """A copy with one more remark, that nobody entered in the register; its time is the file's own."""
    copy = _copy(s.mailing, s.mailing.received_at + timedelta(days=14), " ban luu")
    for row in copy.report("H01").rows[:1]:
        row["note"] = "Bản lưu"
    copy.is_registered = False
    s.parcel.mailings.insert(0, copy)
    for form in s.forms:
        for rule in ("F09", "F08"):
            s.expect(rule, form, mailing=copy, note="only where the file's own time is kept")


def _ghost_entry(s: Scene) -> None:
    entry_path = f"{s.plan.period}/{folder(s.parcel.reporter.code)}/Báo cáo bổ sung.xlsx"
    s.mailing.ghosts.append(entry_path)
    s.expect("F09", value=entry_path, mailing=None)


def _wrong_sender(s: Scene) -> None:
    s.mailing.entry_sender = "UBND huyện Thạch Hà"
    for form in s.forms:
        s.expect("F03", form, severity="warning", value=s.mailing.entry_sender)


def _wrong_period(s: Scene) -> None:
    before = add_months(s.month, -1)
    s.mailing.entry_period = f"Tháng {before.month}/{before.year}"
    for form in s.forms:
        s.expect("F04", form, severity="warning", value=s.mailing.entry_period)


def _spoil(s: Scene, damage: Callable[[bytes], bytes], *, is_sent_again: bool) -> None:
    if is_sent_again:
        bad = s.parcel.mailings[0]
        s.parcel.mailings.append(_copy(bad, bad.received_at + timedelta(hours=4), " (gui lai)"))
    else:
        bad = s.mailing
        s.lose(s.forms, "D03")

    def tell_each_file(mailing: Mailing) -> None:
        for _ in mailing.books[1:]:
            s.expect("F01", mailing=bad)

    bad.damage = damage
    bad.edits.append(tell_each_file)
    s.expect("F01", mailing=bad)


def _truncated(s: Scene) -> None:
    if HABITS[s.parcel.reporter.code].format == "csv":
        raise LookupError("a text file cut short is a shorter text file")
    _spoil(s, lambda content: content[: len(content) * 2 // 3], is_sent_again=True)


def _empty_file(s: Scene) -> None:
    _spoil(s, lambda _: b"", is_sent_again=True)


def _text_named_xlsx(s: Scene) -> None:
    text = "Kính gửi Văn phòng, đơn vị xin gửi báo cáo sau vì máy hỏng.\r\n"
    _spoil(s, lambda _: text.encode(), is_sent_again=False)


# -- sheets -----------------------------------------------------------------------------------------------------------


def _unrecognised_sheet(s: Scene) -> None:
    if HABITS[s.parcel.reporter.code].format == "csv":
        raise LookupError("a text file has no second sheet")

    def add(mailing: Mailing) -> None:
        cells: dict[tuple[int, int], Any] = {(0, 0): "Thống kê thiết bị văn phòng"}
        for r, line in enumerate(
            (("TT", "Thiết bị", "Số máy"), (1, "Máy in", 3), (2, "Máy tính", 7), (3, "Máy chiếu", 1)), start=2
        ):
            cells |= {(r, c): v for c, v in enumerate(line)}
        mailing.books[0].sheets.append(Sheet("Thiet bi", cells))
        expected.sheet = "Thiet bi"

    expected = s.expect("F02")
    s.mailing.edits.append(add)


def _missing_column(s: Scene) -> None:
    report = s.report()
    dropped = next(c for c in reversed(report.columns) if c.is_required and c.field != "commune")
    report.columns = tuple(c for c in report.columns if c is not dropped)
    s.expect("F05", report.form.code, field=dropped.field)
    s.lose([report.form.code], "D03")


def _renamed_column(s: Scene) -> None:
    """The one required column has a header that nobody knows: the report came, and is refused for what it is."""
    report = s.report()
    (needed,) = (column for column in report.columns if column.is_required)
    s.expect("F05", report.form.code, field=needed.field)
    s.expect("F06", report.form.code)
    s.lose([report.form.code], "D03")

    def rename(mailing: Mailing) -> None:
        table = mailing.table(report.form.code)
        table.sheet.cells[table.header_row, table.columns[needed.field]] = "Người được giao việc"

    s.mailing.edits.append(rename)


def _foreign_title(s: Scene) -> None:
    """After its funds a district sends its debts: the same columns under a title of their own."""
    mailing = _copy(s.mailing, s.mailing.received_at + timedelta(hours=5), " nợ XDCB")
    mailing.reports = [mailing.report("H07")]
    for row in mailing.reports[0].rows:
        row |= {name: value // 10 for name, value in row.items() if isinstance(value, int)}
    expected = s.expect("F02", mailing=mailing)

    def entitle(mailing: Mailing) -> None:
        table = mailing.table("H07")
        lines = [place for place in table.sheet.cells if place[0] < table.header_row]
        for place in lines:
            if any(word in str(table.sheet.cells[place]).lower() for word in ("/ntm", "nguồn lực")):
                table.sheet.cells[place] = (
                    "TỔNG HỢP NỢ ĐỌNG XÂY DỰNG CƠ BẢN" if "lực" in str(table.sheet.cells[place]).lower() else ""
                )
        expected.sheet = table.sheet.name

    mailing.edits.append(entitle)
    s.parcel.mailings.append(mailing)


def _unknown_column(s: Scene) -> None:
    report = s.report()
    report.columns = (*report.columns, Column("extra", "integer", ("Số hộ hưởng lợi",)))
    for i, row in enumerate(report.rows):
        row["extra"] = 3 + i % 9
    expected = s.expect("F06", report.form.code)

    def locate(mailing: Mailing) -> None:
        table = mailing.table(report.form.code)
        expected.cell = a1((table.header_row, table.columns["extra"]))
        expected.value = "Số hộ hưởng lợi"

    s.mailing.edits.append(locate)


def _no_rows(s: Scene) -> None:
    report = s.report()
    report.rows, report.nil = [], False
    s.expect("F13", report.form.code)
    s.lose([report.form.code], "D03")


def _unknown_task(s: Scene) -> None:
    """A task is reported on that is in no register of directives."""
    rows = s.report("C01").rows
    rows.append({**rows[-1], "task_code": "99.9", "task": "Trồng hoa dọc các tuyến đường liên xã"})
    s.expect("R07", "C01")


def _hidden_row(s: Scene) -> None:
    report = s.report()
    row = s.pick(report)
    s.expect("F11", report.form.code)

    def hide(mailing: Mailing) -> None:
        table = mailing.table(report.form.code)
        table.sheet.hidden_rows.add(table.rows[_index(table.report, row)])

    s.mailing.edits.append(hide)


def _formula(s: Scene) -> None:
    row = s.pick(s.report())
    row["_as"] = {"revenue_million_vnd": Formula("120+130")}
    s.expect("F12", s.plan.form, row=row, field="revenue_million_vnd", commune=row["commune"].code)


# -- rows -------------------------------------------------------------------------------------------------------------


def _unknown_commune(s: Scene) -> None:
    spellings: dict[str, list[str]] = {}

    def suits(r: Row) -> bool:
        code = r["commune"].code
        if code not in spellings:
            spellings[code] = _misspelt(s.world, r["commune"])
        return bool(spellings[code])

    row = s.pick(s.report(), suits)
    unit = row["commune"]
    row["_as"] = {"commune": s.rng.choice(spellings[unit.code])}
    s.expect("R01", s.plan.form, row=row, field="commune", commune=unit.code)
    if s.plan.form == "H01":
        s.hide("H01", [unit.code])
    else:
        present = {r["commune"].code for r in s.report().rows if r is not row}
        absent = [u.code for u in s.world.province.rural(s.month, s.parcel.reporter.code) if u.code not in present]
        s.hide(s.plan.form, [unit.code, *absent])


def _other_district(s: Scene) -> None:
    report = s.report("H01")
    others = [u for u in s.world.province.rural(s.month) if u.parent != s.parcel.reporter.code]
    unit = s.rng.choice(others)
    row = _h01_row(unit, s.world.province.met(unit.code, s.month))
    report.rows.append(row)
    s.expect("R02", "H01", row=row, field="commune", commune=unit.code)


def _ward(s: Scene) -> None:
    wards = [u for u in s.world.province.communes(s.month, s.parcel.reporter.code) if u.kind != "xã"]
    row = _h01_row(s.rng.choice(wards), frozenset((1, 4, 8, 18, 19)))
    s.report("H01").rows.append(row)
    s.expect("R05", "H01", row=row, field="commune", commune=row["commune"].code)


def _repeated(s: Scene, *, is_same: bool) -> None:
    report = s.report()
    row = s.pick(report, lambda r: s.plan.form != "H01" or bool(_gaps(r)))
    twin = dict(row)
    if not is_same and s.plan.form == "H01":
        twin[f"criterion_{_gaps(row)[0]}"] = True
    elif not is_same:
        twin["workers"] = row["workers"] + 40
    report.rows.insert(_index(report, row) + 1, twin)
    commune = row["commune"].code
    s.expect("R03", s.plan.form, severity="warning" if is_same else "error", row=twin, field="commune", commune=commune)
    if not is_same:
        s.hide(s.plan.form, [commune])


def _repeated_same(s: Scene) -> None:
    _repeated(s, is_same=True)


def _repeated_different(s: Scene) -> None:
    _repeated(s, is_same=False)


def _absent(s: Scene) -> None:
    report = s.report("H01")
    row = s.pick(report)
    report.rows.remove(row)
    s.expect("R04", "H01", commune=row["commune"].code)
    s.hide("H01", [row["commune"].code])


def _bare_name(s: Scene) -> None:
    """A name without its diacritics, that can mean one commune only."""
    row = s.pick(s.report("H01"), lambda r: _is_plain_unique(s.world, r["commune"]))
    row["_as"] = {"commune": _plain(row["commune"].bare_name).title()}
    s.expect("R06", "H01", row=row, field="commune", commune=row["commune"].code)


def _roman_name(s: Scene) -> None:
    row = s.report("H01").rows[s.report("H01").find(FIRST_AT_NINETEEN)]
    row["_as"] = {"commune": "Sơn Kim I"}
    s.expect("R06", "H01", row=row, field="commune", commune=FIRST_AT_NINETEEN)


# -- cells ------------------------------------------------------------------------------------------------------------


def _cell(s: Scene, rule_id: str, field: str, text: Any, suits: Callable[[Row], bool], *, hides: bool) -> Row:
    row = s.pick(s.report(), suits)
    row["_as"] = {field: text}
    s.expect(rule_id, s.plan.form, row=row, field=field, commune=row["commune"].code)
    if hides:
        s.hide(s.plan.form, [row["commune"].code])
    return row


def _unreadable_mark(s: Scene) -> None:
    _cell(s, "E01", f"criterion_{s.rng.randint(1, CRITERIA)}", "Cơ bản đạt", _has_gap, hides=True)


def _blank_cell(s: Scene) -> None:
    if s.plan.form == "H01" and not HABITS[s.parcel.reporter.code].marks[1]:
        raise LookupError("a blank is a mark there")
    field = f"criterion_{s.rng.randint(1, CRITERIA)}" if s.plan.form == "H01" else "size"
    _cell(s, "E02", field, None, lambda _: True, hides=True)


def _too_many(s: Scene) -> None:
    def suits(r: Row) -> bool:
        return r["kind"] == "residential_area" and r["status"] == "in_progress"

    _cell(s, "E03", "criteria_met", 12, suits, hides=False)


def _odd_word(s: Scene) -> None:
    _cell(s, "E03", "status", "Tốt", lambda r: r["kind"] == "enterprise", hides=True)


def _future_date(s: Scene) -> None:
    _cell(s, "E04", "founded_on", date(2051, 3, 2), lambda _: True, hides=False)


def _two_ways(s: Scene) -> None:
    row = _cell(s, "E05", "capital_million_vnd", "1.500", lambda r: r["kind"] == "enterprise", hides=False)
    row["capital_million_vnd"] = 1500


def _typing_slip(s: Scene) -> None:
    """A mark without its hook, that can be read after a repair."""
    criterion = s.rng.randint(1, CRITERIA)
    _cell(s, "E07", f"criterion_{criterion}", "Đat", lambda r: r[f"criterion_{criterion}"], hides=False)


# -- consistency ------------------------------------------------------------------------------------------------------


def _wrong_stated(s: Scene) -> None:
    s.need("criteria_met_stated")
    row = s.pick(s.report("H01"))
    s.expect("K01", "H01", row=row, field="criteria_met_stated", commune=row["commune"].code)
    s.mailing.after_count.append(lambda: row.__setitem__("criteria_met_stated", row["criteria_met_stated"] + 1))


def _wrong_change(s: Scene) -> None:
    s.need("change_stated")
    row = s.pick(s.report("H01"))
    s.expect("K03", "H01", row=row, field="change_stated", commune=row["commune"].code)
    s.mailing.after_count.append(lambda: row.__setitem__("change_stated", row["change_stated"] + 2))


def _wrong_total(s: Scene) -> None:
    form = s.plan.form
    field = {"H01": f"criterion_{s.rng.randint(1, CRITERIA)}", "H02": "workers", "H03": "members", "H07": "total"}[form]
    s.expect("K02", form, field=field, in_total=True)

    def change(mailing: Mailing) -> None:
        table = mailing.table(form)
        table.sheet.cells[table.total(field)] += 3

    s.mailing.edits.append(change)


def _parts(s: Scene) -> None:
    row = s.pick(s.report("H07"))
    row["credit"] += row["total"] // 10
    s.expect("K04", "H07", row=row, field="total", commune=row["commune"].code)


def _falling(s: Scene) -> None:
    """One source of funds is less than a quarter before, another one more, so that the total is right."""
    row = s.pick(s.report("H07"))
    before = s.world.province.funds(row["commune"].code, add_months(s.month, -3))
    lost = row["commune_budget"] - before["commune_budget"] + 7
    row["commune_budget"] -= lost
    row["credit"] += lost
    s.expect("X04", "H07", row=row, field="commune_budget", commune=row["commune"].code)


def _fallen_row(s: Scene) -> None:
    """A whole row is less than a quarter before: one finding, not one per source."""
    row = s.pick(s.report("H07"))
    before = s.world.province.funds(row["commune"].code, add_months(s.month, -3))
    row |= {source: amount * 4 // 5 for source, amount in before.items()}
    row["total"] = sum(row[source] for source in before)
    s.expect("X04", "H07", row=row, field="total", commune=row["commune"].code)
    s.hide("H07", [row["commune"].code])


def _size(s: Scene) -> None:
    row = s.pick(s.report("H02"), lambda r: r["size"] == "small" and r["status"] == "running")
    row["revenue_million_vnd"] = 3200
    s.expect("K05", "H02", row=row, field="size", commune=row["commune"].code)


def _undated(s: Scene) -> None:
    row = s.pick(s.report("H04"), lambda r: r["status"] == "recognised")
    row["recognised_on"] = None
    s.expect("K06", "H04", row=row, field="recognised_on", commune=row["commune"].code)


# -- over time --------------------------------------------------------------------------------------------------------


def _regression(s: Scene) -> None:
    """A criterion met last month is marked as not met, for one month, without a word."""

    def steady(r: Row) -> list[int]:
        before = s.world.province.met(r["commune"].code, add_months(s.month, -1))
        return [n for n in sorted(before) if r[f"criterion_{n}"]] if len(before) < CRITERIA and not r["note"] else []

    row = s.pick(s.report("H01"), lambda r: bool(steady(r)))
    criterion = s.rng.choice(steady(row))
    row[f"criterion_{criterion}"] = False
    s.expect("X01", "H01", row=row, field=f"criterion_{criterion}", commune=row["commune"].code)
    s.hide("H01", [row["commune"].code])


def _real_jump(s: Scene) -> None:
    report = s.report("H01")
    commune = s.world.jumps[s.plan]
    s.expect(
        "X02", "H01", row=report.rows[report.find(commune)], field="criteria_met_stated", commune=commune, note="true"
    )


def _gross_gain(s: Scene) -> None:
    """Three criteria gained while another one is lost, which the note explains: the count rises by two."""
    report = s.report("H01")
    commune = s.world.jumps[s.plan]
    row = report.rows[report.find(commune)]
    before = s.world.province.met(commune, add_months(s.month, -1))
    lost = s.rng.choice(sorted(before - {COOPERATIVE_CRITERION}))
    row |= {f"criterion_{lost}": False, "note": f"TC{lost}: bão làm hư hỏng"}
    s.expect("X02", "H01", row=row, field="criteria_met_stated", commune=commune)
    s.hide("H01", [commune])


def _merger(s: Scene) -> None:
    """A commune merged in the month is judged anew, and its funds begin anew: nothing of it is said to fall or to jump."""
    code = s.world.jumps[s.plan]
    report = s.report("H01")
    row = report.rows[report.find(code)]
    met_before = s.world.province.met(code, add_months(s.month, -1)) - {COOPERATIVE_CRITERION}
    if code not in s.world.province.visited(s.month):
        row[f"criterion_{s.rng.choice(sorted(met_before))}"] = False
        s.hide("H01", [code])
    if "H07" in s.forms:
        funds = s.report("H07").rows[s.report("H07").find(code)]
        funds |= {source: funds[source] // 2 for source in FUND_SOURCES}
        funds["total"] = sum(funds[source] for source in FUND_SOURCES)
        s.hide("H07", [code])


def _vanished(s: Scene) -> None:
    report = s.report()
    before = add_months(s.month, -1)
    known = {
        (m.commune, m.name, m.owner)
        for u in s.world.province.rural(before)
        for m in s.world.province.models(u.code, before)
    }
    row = s.pick(
        report, lambda r: r["status"] == "running" and (r["commune"].code, r["model_name"], r["owner_name"]) in known
    )
    report.rows.remove(row)
    s.expect("X03", s.plan.form, commune=row["commune"].code, value=row["model_name"])
    s.hide(s.plan.form, [row["commune"].code])


def _stale_copy(s: Scene) -> None:
    """The rows of last month under this month's title."""
    before = s.world.storyteller.report(s.parcel.reporter.code, "H01", add_months(s.month, -1))
    s.world.storyteller.count(before)
    report = s.report("H01")
    if len(before.rows) != len(report.rows) or len(report.rows) * CRITERIA < STALE_COPY_CELLS:
        raise LookupError("a commune that is no more would be named, or the list is too short to be called a copy")
    report.rows = before.rows
    report.is_counted = True
    s.world.storyteller.tell(report)
    s.expect("X05", "H01")
    s.hide("H01")


def _outlier(s: Scene) -> None:
    row = s.report("M01").rows[0]
    row["done"] = 96
    s.expect("X06", "M01", row=row, field="done", value="96")


# -- between sources --------------------------------------------------------------------------------------------------


def _verdict(s: Scene, *, is_met: bool) -> None:
    """A department's verdict that contradicts the district's (both honest but for this cell)."""
    copying = {plan.reporter for plan in s.world.plans if plan.kind == "stale_copy" and plan.month == s.month}
    row = s.pick(
        s.report("S01"),
        lambda r: (
            r["status"] is not is_met
            and len(s.world.province.met(r["commune"].code, s.month)) < CRITERIA
            and r["commune"].parent not in copying
        ),
    )
    row["status"] = is_met
    unit, criterion = row["commune"], row["criterion_no"]
    rule = "B02" if is_met else "B01"
    expected = s.expect(
        rule, "H01", reporter=unit.parent, field=f"criterion_{criterion}", commune=unit.code, mailing=None
    )
    expected.note = f"verdict of {s.parcel.reporter.code}"


def _contradiction(s: Scene) -> None:
    _verdict(s, is_met=False)


def _praise(s: Scene) -> None:
    _verdict(s, is_met=True)


def _unverified(s: Scene) -> None:
    """A department gives no verdict on a commune at 19."""
    report = s.report("S01")
    row = s.pick(report, lambda r: len(s.world.province.met(r["commune"].code, s.month)) == CRITERIA)
    report.rows = [r for r in report.rows if r["commune"] != row["commune"]]
    s.expect("B06", "H01", reporter=row["commune"].parent, commune=row["commune"].code, mailing=None)


def _inspection(s: Scene) -> None:
    row = next(r for r in s.report("V01").rows if r["item_kind"] == "criterion" and r["reported_value"] == "Đạt")
    row |= {"observed_value": "Chưa đạt", "is_confirmed": False}
    unit = row["commune"]
    s.world.touched.add(unit.code)
    s.expect("B03", "H01", reporter=unit.parent, field=f"criterion_{row['item']}", commune=unit.code, mailing=None)


def _shared_number(s: Scene) -> None:
    """A newly listed establishment takes a number that another district's list, received before, already has."""
    report = s.report("H03")
    new = {
        e.registration_no
        for u in s.world.province.communes(s.month, s.parcel.reporter.code)
        for e in s.world.province.establishments(u.code, s.month)
        if e.listed_from == s.month
    }
    row = s.pick(report, lambda r: r["registration_no"] is not None and r["registration_no"] in new)
    earlier = {
        d.code
        for d in s.world.reference.districts(month_end(s.month))
        if s.world.office_hour(d.code, s.month) < s.mailing.received_at
    }
    other = next(
        e
        for u in s.world.province.rural(s.month)
        if u.parent in earlier - {plan.reporter for plan in s.world.plans if plan.month == s.month}
        for e in s.world.province.establishments(u.code, s.month)
        if e.registration_no and e.stopped_in is None
    )
    row["registration_no"] = other.registration_no
    s.expect("B04", "H03", row=row, field="registration_no", commune=row["commune"].code)


def _no_cooperative(s: Scene) -> None:
    """Criterion 13 claimed for a commune that has neither cooperative nor group; taken back next month, with the
    reason.
    """
    province = s.world.province

    def suits(r: Row) -> bool:
        kinds = {e.kind for e in province.establishments(r["commune"].code, s.month) if e.status(s.month) == "active"}
        return not r[f"criterion_{COOPERATIVE_CRITERION}"] and not kinds & {"cooperative", "cooperative_group"}

    row = s.pick(s.report("H01"), suits)
    code = row["commune"].code
    row[f"criterion_{COOPERATIVE_CRITERION}"] = True
    field = f"criterion_{COOPERATIVE_CRITERION}"
    s.expect("B05", "H01", row=row, field=field, commune=code)
    if closes_quarter(s.month) and code in province.reviewed(
        s.world.storyteller.in_charge(COOPERATIVE_CRITERION, s.month), s.month
    ):
        s.expect("B01", "H01", row=row, field=field, commune=code)
    s.hide("H01", [code])
    s.world.storyteller.remarks[code, add_months(s.month, 1)] = "TC13: rà soát lại, chưa có HTX, THT hoạt động"


def _same_officer(s: Scene) -> None:
    row = next(r for r in s.report("H05").rows if r["is_full_time"])
    row["officer_name"] = s.world.province.seconded("S-XD").name
    s.expect("B07", "H05", row=row, field="officer_name")


# -- helpers ----------------------------------------------------------------------------------------------------------


def _gaps(row: Row) -> list[int]:
    return [n for n in range(1, CRITERIA + 1) if n != COOPERATIVE_CRITERION and not row[f"criterion_{n}"]]


def _has_gap(row: Row) -> bool:
    return bool(_gaps(row))


def _index(report: Report, row: Row) -> int:
    return next(i for i, r in enumerate(report.rows) if r is row)


def _h01_row(unit: Unit, met: frozenset[int]) -> Row:
    return {"commune": unit, "note": None, "is_guest": True} | {
        f"criterion_{n}": n in met for n in range(1, CRITERIA + 1)
    }


def _plain(text: str) -> str:
    """Lower case, no marks, y as i."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("y", "i")


def _distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        left, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            left, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, left + (x != y))
    return row[-1]


@cache
def _spellings(reference: Reference) -> dict[str, set[str]]:
    """Names of every commune ever and every alias, without marks, with the codes that they can mean."""
    found: dict[str, set[str]] = {}
    for unit in reference.units:
        found.setdefault(_plain(unit.bare_name), set()).add(unit.code)
    for row in reference.rows(Alias):
        found.setdefault(_plain(row.alias), set()).add(row.code)
    return found


def _is_plain_unique(world: "World", unit: Unit) -> bool:
    plain = _plain(unit.bare_name)
    return _spellings(world.reference)[plain] == {unit.code} and plain != unit.bare_name.lower()


def _misspelt(world: "World", unit: Unit) -> list[str]:
    """Slips of the last consonant that mean no unit, even without marks, and are nearest to this one alone."""
    known = _spellings(world.reference)
    found = []
    for letter in "mntc" if unit.bare_name[-1] in "gnmtchp" else "":
        name = unit.bare_name[:-1] + letter
        plain = _plain(name)
        near = [n for n, codes in known.items() if unit.code not in codes and abs(len(n) - len(plain)) < 3]
        if plain not in known and all(_distance(plain, n) > 2 for n in near):
            found.append(name)
    return found


KINDS: dict[str, Callable[[Scene], None]] = {
    "missing": _missing, "late": _late, "correction": _correction, "correction_closed": _correction_closed,
    "withdrawn": _withdrawn, "same_bytes": _same_bytes, "unregistered": _unregistered, "ghost_entry": _ghost_entry,
    "wrong_sender": _wrong_sender, "wrong_period": _wrong_period, "truncated": _truncated, "empty_file": _empty_file,
    "text_named_xlsx": _text_named_xlsx, "unrecognised_sheet": _unrecognised_sheet, "missing_column": _missing_column,
    "unknown_column": _unknown_column, "no_rows": _no_rows, "hidden_row": _hidden_row, "formula": _formula,
    "unknown_commune": _unknown_commune, "other_district": _other_district, "ward": _ward,
    "repeated_same": _repeated_same,
    "repeated_different": _repeated_different, "absent": _absent, "bare_name": _bare_name, "roman_name": _roman_name,
    "unreadable_mark": _unreadable_mark, "blank_cell": _blank_cell, "too_many": _too_many, "odd_word": _odd_word,
    "future_date": _future_date, "two_ways": _two_ways, "typing_slip": _typing_slip, "wrong_stated": _wrong_stated,
    "wrong_change": _wrong_change, "wrong_total": _wrong_total, "parts": _parts, "falling": _falling, "size": _size,
    "undated": _undated, "regression": _regression, "real_jump": _real_jump, "vanished": _vanished,
    "held_fewer_rows": _held_fewer_rows, "sheet_of_another_month": _sheet_of_another_month,
    "gross_gain": _gross_gain, "fallen_row": _fallen_row, "renamed_column": _renamed_column,
    "foreign_title": _foreign_title, "workbook_of_another_month": _workbook_of_another_month, "merger": _merger,
    "unknown_task": _unknown_task,
    "stale_copy": _stale_copy,
    "outlier": _outlier, "contradiction": _contradiction, "praise": _praise, "unverified": _unverified,
    "inspection": _inspection, "shared_number": _shared_number, "no_cooperative": _no_cooperative,
    "same_officer": _same_officer,
}  # fmt: skip

AT_RANDOM_ONLY = (
    "gross_gain", "fallen_row", "renamed_column", "foreign_title", "held_fewer_rows", "sheet_of_another_month",
    "workbook_of_another_month", "merger", "unknown_task",
)  # fmt: skip
"""Kinds that the shipped sample has none of: planted where precision is measured."""

# The shipped sample. Nothing here hides a figure of September or December 2014 or of June 2015, so that the province's
# totals of those months can be compared with the truth (a defect of a month also hides the changes of the next).
DEFAULT: tuple[Plan, ...] = (
    Plan("missing", "441", "2014-10"),
    Plan("missing", "437", "2015-02"),
    Plan("missing", "448", "2015-01", "H04"),
    Plan("missing", "S-TTTT", "2015-03"),
    Plan("missing", "PTTH", "2014-11"),
    Plan("late", "444", "2014-11"),
    Plan("late", "439", "2015-05"),
    Plan("late", "S-NV", "2014-12"),
    Plan("late", "BHT", "2015-04"),
    Plan("correction", "446", "2014-12"),
    Plan("correction", "447", "2015-05"),
    Plan("correction_closed", "443", "2014-11"),
    Plan("withdrawn", "442", "2015-03"),
    Plan("same_bytes", "448", "2014-10"),
    Plan("unregistered", "445", "2015-01"),
    Plan("ghost_entry", "444", "2014-12"),
    Plan("wrong_sender", "448", "2015-03"),
    Plan("wrong_period", "447", "2015-01"),
    Plan("truncated", "S-CT", "2014-11"),
    Plan("empty_file", "S-GTVT", "2015-02"),
    Plan("text_named_xlsx", "S-TC", "2015-01"),
    Plan("unrecognised_sheet", "439", "2015-01"),
    Plan("missing_column", "444", "2015-01", "H02"),
    Plan("unknown_column", "443", "2014-10", "H03"),
    Plan("no_rows", "440", "2015-04", "H04"),
    Plan("hidden_row", "439", "2014-12", "H02"),
    Plan("formula", "445", "2014-12", "H02"),
    Plan("unknown_commune", "446", "2014-10", "H01"),
    Plan("unknown_commune", "444", "2015-02", "H02"),
    Plan("other_district", "439", "2015-03"),
    Plan("ward", "441", "2015-01"),
    Plan("ward", "446", "2015-03"),
    Plan("repeated_same", "440", "2014-10", "H02"),
    Plan("repeated_different", "442", "2015-01", "H01"),
    Plan("repeated_different", "447", "2015-02", "H02"),
    Plan("absent", "445", "2014-10"),
    Plan("bare_name", "444", "2015-05"),
    Plan("roman_name", "439", "2014-12"),
    Plan("unreadable_mark", "439", "2014-10", "H01"),
    Plan("unreadable_mark", "440", "2015-02", "H01"),
    Plan("blank_cell", "448", "2014-10", "H01"),
    Plan("blank_cell", "445", "2015-02", "H02"),
    Plan("too_many", "446", "2015-02", "H04"),
    Plan("odd_word", "442", "2014-11", "H03"),
    Plan("future_date", "440", "2015-05", "H03"),
    Plan("two_ways", "444", "2014-10", "H03"),
    Plan("typing_slip", "444", "2014-12", "H01"),
    Plan("wrong_stated", "440", "2014-11"),
    Plan("wrong_stated", "446", "2015-05"),
    Plan("wrong_change", "442", "2014-12"),
    Plan("wrong_total", "439", "2014-10", "H01"),
    Plan("wrong_total", "445", "2015-03", "H02"),
    Plan("parts", "443", "2014-12"),
    Plan("falling", "444", "2014-12"),
    Plan("size", "440", "2015-05"),
    Plan("undated", "446", "2015-04"),
    Plan("regression", "445", "2014-10"),
    Plan("regression", "439", "2015-02"),
    Plan("real_jump", "448", "2015-02"),
    Plan("vanished", "447", "2014-11", "H02"),
    Plan("stale_copy", "445", "2015-04"),
    Plan("outlier", "BHT", "2015-05"),
    Plan("contradiction", "S-YT", "2014-12"),
    Plan("contradiction", "S-GDDT", "2015-03"),
    Plan("praise", "S-XD", "2014-12"),
    Plan("unverified", "S-TNMT", "2015-03"),
    Plan("inspection", "VPDP", "2014-11"),
    Plan("shared_number", "446", "2015-06"),
    Plan("no_cooperative", "442", "2015-02"),
    Plan("same_officer", "439", "2015-03"),
)
