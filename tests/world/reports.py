"""What an honest reporter says: the rows of each form, taken from the truth, typed, not yet written by anybody.

Here: which facts belong on which form. Not here: layout, spelling, mistakes. A row is a dict from field to value:
`Unit` for a commune or district, bool for a mark or tick, English code for a code, None for a blank. `_as` in a row
holds what stands in a cell in place of the clerk's own writing, `is_guest` marks a row about somebody else's commune.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.world import names
from tests.world.forms import FORMS, Column, Form
from tests.world.province import (
    CRITERIA,
    CYCLE,
    FUND_SOURCES,
    START,
    Area,
    Establishment,
    Model,
    Province,
    Task,
)
from tests.world.reference import Unit, add_months, closes_quarter, month_end, month_period, quarter_period

Row = dict[str, Any]


@dataclass
class Report:
    """One form of one reporter for one period. `columns`: those of the form unless the reporter's sheet differs.

    `titled`: the month that its title names, where that is not its own.
    """

    reporter: str
    form: Form
    month: date
    rows: list[Row]
    columns: tuple[Column, ...] = ()
    nil: bool = False
    is_counted: bool = False
    titled: date | None = None

    @property
    def period(self) -> str:
        """'2014-09', or '2014-Q3' for a quarterly form."""
        return quarter_period(self.month) if self.form.is_quarterly else month_period(self.month)

    def find(self, commune: str) -> int:
        """Index of the first row about a commune; raises LookupError when there is none."""
        for i, row in enumerate(self.rows):
            if isinstance(row.get("commune"), Unit) and row["commune"].code == commune:
                return i
        raise LookupError(commune)


class Storyteller:
    """Turns the truth into reports; remembers what each commune was said to meet, for the column of changes."""

    def __init__(self, province: Province) -> None:
        self.province = province
        self.reference = province.reference
        self.remarks: dict[tuple[str, date], str] = {}
        self._told: dict[tuple[str, date], int] = {}

    def forms_owed(self, reporter: str, kind: str, month: date) -> list[str]:
        """Codes of the forms that a reporter sends for a month, the quarterly ones when the month closes a quarter."""
        if kind == "district":
            return ["H01", "H02", "H03", "H04", "C01"] + (["H05", "H06", "H07"] if closes_quarter(month) else [])
        if kind == "media":
            return ["C01", "M01"]
        if kind == "office":
            return ["C01", "V01"]
        owed = ["C01"]
        if closes_quarter(month):
            owed += ["S01"] if self.criteria_of(reporter, month) else []
            owed += ["S02"] if self.reference.reporter(reporter, month_end(month)).seconds_an_officer else []
            owed += ["S03"] if reporter == "S-NNPTNT" else []
        return owed

    def criteria_of(self, department: str, month: date) -> list[int]:
        """Criteria in a department's charge."""
        criteria = self.reference.criteria(month_end(month))
        return [n for n, r in criteria.items() if r.responsible_reporter_code == department]

    def in_charge(self, criterion: int, month: date) -> str:
        """The department in charge of a criterion."""
        return self.reference.criteria(month_end(month))[criterion].responsible_reporter_code or ""

    def report(self, reporter: str, form: str, month: date) -> Report:
        """The honest report of one form."""
        rows = list(getattr(self, f"_{form.lower()}")(reporter, month))
        return Report(reporter, FORMS[form], month, rows, FORMS[form].columns, nil=not rows)

    # -- districts --------------------------------------------------------------------------------------------------

    def _h01(self, district: str, month: date) -> Iterator[Row]:
        for unit in self.province.rural(month, district):
            met = self.province.met(unit.code, month)
            notes = [f"TC{loss.criterion}: {loss.reason}" for loss in self.province.losses(unit.code, month)]
            notes += [self.remarks[unit.code, month]] if (unit.code, month) in self.remarks else []
            yield {"commune": unit, "note": "; ".join(notes) or None} | {
                f"criterion_{n}": n in met for n in range(1, CRITERIA + 1)
            }

    def count(self, report: Report) -> None:
        """Fill in an H01's stated count and change, as the clerk counts them from the marks just written."""
        for row in report.rows if not report.is_counted else []:
            row["criteria_met_stated"] = stated = _marks(row)
            if "is_guest" not in row:
                before = self._told.get((row["commune"].code, add_months(report.month, -1)), stated)
                row["change_stated"] = stated - before
        self.tell(report)

    def tell(self, report: Report) -> None:
        """Remember what an H01 says of each commune, for next month's column of changes."""
        for row in report.rows:
            if "is_guest" not in row:
                self._told[row["commune"].code, report.month] = _marks(row)

    def _listed(self, district: str, month: date) -> list[Unit]:
        return self.province.communes(month, district)

    def _h02(self, district: str, month: date) -> Iterator[Row]:
        for unit in self._listed(district, month):
            for item in self.province.models(unit.code, month):
                if not was_reported_stopped(item, month):
                    yield {
                        "commune": unit, "model_name": item.name, "village": item.village, "owner_name": item.owner,
                        "owner_kind": item.owner_kind, "sector": item.sector, "product": item.product,
                        "size": item.size,
                        "revenue_million_vnd": item.revenue, "workers": item.workers_at(month),
                        "started_on": item.started_on, "linked": item.buyer or "Không", "status": item.status(month),
                        "note": None,
                    }  # fmt: skip

    def _h03(self, district: str, month: date) -> Iterator[Row]:
        for unit in self._listed(district, month):
            for item in self.province.establishments(unit.code, month):
                if not was_reported_stopped(item, month):
                    yield {
                        "name": item.name, "kind": item.kind, "commune": unit, "registration_no": item.registration_no,
                        "founded_on": item.founded_on, "sector": item.sector, "capital_million_vnd": item.capital,
                        "members": item.members_at(month), "status": item.status(month), "note": None,
                    }  # fmt: skip

    def _h04(self, district: str, month: date) -> Iterator[Row]:
        for unit in self._listed(district, month):
            for item in self.province.areas(unit.code, month):
                yield _area_row(unit, item, month)

    def _h05(self, district: str, month: date) -> Iterator[Row]:
        for officer in self.province.officers(district, month):
            yield {
                "officer_name": officer.name, "position": officer.position, "seconded_from": officer.seconded_from,
                "field": officer.field, "is_full_time": officer.is_full_time, "from_date": officer.from_date,
                "to_date": None, "note": None,
            }  # fmt: skip

    def _h06(self, district: str, month: date) -> Iterator[Row]:
        for unit in self.province.rural(month, district):
            for officer in self.province.assignments(unit.code, month):
                yield {
                    "commune": unit, "officer_name": officer.name, "position": officer.position,
                    "is_leader": officer.is_leader, "from_date": officer.from_date, "to_date": None, "note": None,
                }  # fmt: skip

    def _h07(self, district: str, month: date) -> Iterator[Row]:
        for unit in self.province.rural(month, district):
            funds = self.province.funds(unit.code, month)
            yield {"commune": unit, "total": sum(funds.values()), "note": None} | {s: funds[s] for s in FUND_SOURCES}

    # -- departments ------------------------------------------------------------------------------------------------

    def _s01(self, department: str, month: date) -> Iterator[Row]:
        rng = self.province.rng("S01", department, month)
        reviewed = set(self.province.reviewed(department, month))
        on = month_end(month)
        for district in self.reference.districts(on):
            for unit in self.province.rural(month, district.code):
                if unit.code not in reviewed:
                    continue
                met = self.province.met(unit.code, month)
                for criterion in self.criteria_of(department, month):
                    is_met = criterion in met
                    yield {
                        "district": district, "commune": unit, "criterion_no": criterion, "indicator_no": None,
                        "value": None,
                        "unit": None, "status": is_met, "checked_on": month.replace(day=rng.randint(3, 26)),
                        "note": None if is_met else "Cần tiếp tục hoàn thiện",
                    }  # fmt: skip

    def _s02(self, department: str, _month: date) -> Iterator[Row]:
        officer = self.province.seconded(department)
        yield {
            "officer_name": officer.name, "field": officer.field, "from_date": officer.from_date, "to_date": None,
            "is_full_time": True, "note": None,
        }  # fmt: skip

    def _s03(self, _department: str, month: date) -> Iterator[Row]:
        quarters = (month.year * 12 + month.month - START.year * 12 - START.month) // 3
        for district in self.reference.districts(month_end(month)):
            rng = self.province.rng("chain", district.code)
            for product in rng.sample(("lợn", "rau", "cam", "bò", "tôm", "lúa chất lượng"), 3):
                step = CYCLE[(quarters + rng.randint(0, 4)) % len(CYCLE)]
                models, area, output = rng.randint(3, 12), rng.randint(10, 80), rng.randint(10, 90) * 10
                yield {
                    "product": product, "district": district, "linked_models": models,
                    "linked_enterprises": rng.randint(1, 3), "area_ha": area, "output_tonnes": output + 5 * step,
                    "revenue_million_vnd": output * 12, "note": None,
                }  # fmt: skip

    # -- everybody: tasks -------------------------------------------------------------------------------------------

    def _c01(self, reporter: str, month: date) -> Iterator[Row]:
        for task in self.province.tasks:
            if not self._owes(reporter, task) or task.issued_on > month_end(month):
                continue
            done = self.province.task_done_on(task, reporter, month)
            progress = min(20 + 5 * ((month.year - 2014) * 12 + month.month - 9) + len(task.code), 95)
            status = (
                "done"
                if done
                else "not_started"
                if month == task.issued_on.replace(day=1) and task.due_on
                else "in_progress"
            )
            yield {
                "task_code": task.code, "task": task.text, "document_no": task.document_no, "task_status": status,
                "percent_done": {"done": 100, "not_started": 0}.get(status, progress), "done_on": done,
                "evidence": f"Báo cáo số {10 + len(task.text) % 80}/BC" if done else None, "difficulty": None,
            }  # fmt: skip

    def _owes(self, reporter: str, task: Task) -> bool:
        """A district founded later takes over what was put on every district and is not past due."""
        founded = self.province.founded_on(reporter)
        if founded <= START:
            return reporter in task.owners
        is_for_all = set(task.owners) == {u.code for u in self.reference.districts(START)}
        return is_for_all and (task.due_on is None or task.due_on > month_end(founded))

    # -- media and office -------------------------------------------------------------------------------------------

    def _m01(self, medium: str, month: date) -> Iterator[Row]:
        index = month.year * 12 + month.month
        for i, (activity, kind, planned, cost) in enumerate(ACTIVITIES):
            done = planned + CYCLE[(index + i + len(medium)) % len(CYCLE)]
            yield {
                "activity": activity, "format": kind, "planned": planned, "done": done,
                "budget_million_vnd": planned * cost,
                "appraised_million_vnd": planned * cost - cost, "promotes_local_goods": i % 2 == 0, "note": None,
            }  # fmt: skip

    def _v01(self, _office: str, month: date) -> Iterator[Row]:
        rng = self.province.rng("inspected items", month)
        inspectors = [names.person(self.province.rng("inspector", i)) for i in range(3)]
        visited = self.province.visited(month)
        for i, unit in enumerate(u for u in self.province.rural(month) if u.code in visited):
            day = month + timedelta(days=4 + 2 * i)
            common = {
                "inspected_on": day,
                "commune": unit,
                "is_confirmed": True,
                "inspector": inspectors[i % 3],
                "note": None,
            }
            met = self.province.met(unit.code, month)
            for criterion in sorted(rng.sample(range(1, CRITERIA + 1), 2)):
                verdict = "Đạt" if criterion in met else "Chưa đạt"
                yield common | {
                    "item_kind": "criterion", "item": str(criterion), "reported_value": verdict,
                    "observed_value": verdict,
                }  # fmt: skip
            for item in self.province.models(unit.code, month)[-1:]:
                if item.status(month) == "running" and item.started_on <= day:
                    yield common | {
                        "item_kind": "model", "item": item.name, "reported_value": "Đang hoạt động",
                        "observed_value": "Đang hoạt động",
                    }  # fmt: skip

    def directives(self, month: date) -> Report:
        """The register of directives (V02) with every task."""
        owners = {r.code: r.name for r in self.reference.reporters(month_end(month))} | {"VPUB": "Văn phòng UBND tỉnh"}
        every = {u.code for u in self.reference.districts(START)}
        rows: list[Row] = [
            {
                "document_no": t.document_no, "issued_on": t.issued_on, "summary": t.summary, "task_code": t.code,
                "task": t.text, "partners": t.partners or None, "due_on": t.due_on, "recurrence": t.recurrence,
                "target": t.target or None,
                "owner": EVERY_DISTRICT if set(t.owners) == every else "; ".join(owners[o] for o in t.owners),
            }
            for t in self.province.tasks
        ]  # fmt: skip
        return Report("VPDP", FORMS["V02"], month, rows, FORMS["V02"].columns)


EVERY_DISTRICT = "Các huyện, thành phố, thị xã"
ACTIVITIES = (
    ("Tin xây dựng nông thôn mới", "news", 24, 1), ("Bài phản ánh mô hình sản xuất", "article", 12, 2),
    ("Phóng sự xã về đích", "feature", 8, 5), ("Chuyên mục Nông thôn mới", "column", 6, 6),
)  # fmt: skip


def _marks(row: Row) -> int:
    return sum(row[f"criterion_{n}"] is True for n in range(1, CRITERIA + 1))


def was_reported_stopped(item: Model | Establishment, month: date) -> bool:
    """An item stands on four lists as stopped, so that one of them arrives, and leaves the next."""
    return item.stopped_in is not None and month > add_months(item.stopped_in, 3)


def _area_row(unit: Unit, item: Area, month: date) -> Row:
    status = item.status(month)
    return {
        "commune": unit, "village": item.village, "kind": item.kind, "owner_name": item.owner,
        "criteria_met": item.criteria_met(month), "status": status,
        "recognised_on": item.recognised_on if status == "recognised" else None, "note": None,
    }  # fmt: skip
