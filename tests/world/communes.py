"""The new era: communes that report for themselves, August 2025 to March 2026, with nothing wrong in what they send.

Here: their truth month by month, their hands, the register of what came, and the figures that the warehouse must say.
Periods close on the 14th (NĐ 09/2019), and with January 2026 another set of criteria is in force. Not here: districts,
departments and what goes wrong, which is the world of 2014 (`post`).
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from tests.world import names
from tests.world.clerks import Clerk, Habit
from tests.world.forms import FORMS, V03
from tests.world.mail import Delivery, Entry
from tests.world.post import LOCAL, REGISTER_FOLDER
from tests.world.province import Establishment, Model, draw_establishment, draw_model, draw_sizes
from tests.world.reference import RURAL, SEEDS, Reference, Reporter, Unit, add_months, month_period, months_between
from tests.world.reports import Report, Row, was_reported_stopped
from tests.world.write import book_bytes

SEED = 20250701
FIRST, LAST = date(2025, 8, 1), date(2026, 3, 1)
CLOSES_ON = 14
DUE_WORKING_DAYS = 2
AS_OF = "2026-03-31"
OFFICE = Reporter("VPDP", "office", "Văn phòng Điều phối NTM tỉnh")
NINETEEN = 19
HABITS = (
    Habit(header_rows=2, file="BC NTM {name} T{m}-{y}"),
    Habit(lead="short", marks=("Đ", "K"), name="Xã", total="none", file="{name} {m:02d}.{y}"),
    Habit(format="ods", lead="parent", marks=("Đạt", "Chưa đạt"), dates="dmy", month="T{m}/{y}", file="{name}_{y}{m:02d}"),
    Habit(format="xls", header_rows=2, headers=1, marks=("1", "0"), name="X.", numbers="text", file="bao cao {m}-{y} {name}"),
    Habit(lead="dated", number_row=True, name="UBND xã", words="lower", month="Kỳ báo cáo: tháng {m} năm {y}",
          file="Biểu tháng {m} năm {y} {name}"),
    Habit(header_rows=2, named_criteria=True, name="upper", stated=(), money="corner", file="{name} báo cáo tháng {m}.{y}"),
)  # fmt: skip
"""How communes write; each has one of them, in turn."""

Figures = dict[str, Any]


def first_day(month: date) -> date:
    """The day after the month before closed."""
    return add_months(month, -1).replace(day=CLOSES_ON + 1)


def last_day(month: date) -> date:
    """The day on which a month closes."""
    return month.replace(day=CLOSES_ON)


@dataclass
class _Commune:
    """One commune's truth: its marks by month, and all that its lists will ever hold."""

    unit: Unit
    marks: dict[date, frozenset[int]]
    models: list[Model]
    establishments: list[Establishment]


class CommuneWorld:
    """A province of communes and their mail; equal seeds give equal bytes. Its wards are known as reporters and owe nothing."""

    def __init__(self, seed: int = SEED, first: date = FIRST, last: date = LAST, *, seeds_dir: Path = SEEDS) -> None:
        self.seed = seed
        self.reference = Reference(seeds_dir)
        self.months = months_between(first, last)
        units = self.reference.communes(last_day(first))
        self.wards = [unit for unit in units if unit.kind != RURAL]
        self.communes = [self._draw(unit, number) for number, unit in enumerate(u for u in units if u.kind == RURAL)]

    def rng(self, *what: object) -> Random:
        """A generator of its own for each subject, so that one more draw somewhere moves nothing elsewhere."""
        return Random("/".join(map(str, (self.seed, *what))))

    def criteria(self, month: date) -> list[int]:
        """Numbers of the criteria in force on the day on which a month closes."""
        return sorted(self.reference.criteria(last_day(month)))

    def due_on(self, month: date) -> date:
        """The second working day after a month closed."""
        after = last_day(month) + timedelta(1)
        return self.reference.working_days(after, after + timedelta(30))[DUE_WORKING_DAYS - 1]

    # -- what is true -----------------------------------------------------------------------------------------------

    def _draw(self, unit: Unit, number: int) -> _Commune:
        rng = self.rng("commune", unit.code)
        return _Commune(
            unit, self._marks(rng), self._models(rng, unit, number), self._establishments(rng, unit, number)
        )

    def _marks(self, rng: Random) -> dict[date, frozenset[int]]:
        """Every commune of the old set is well on; of the new one, all begin again. Nobody gains two in a month."""
        marks: dict[date, frozenset[int]] = {}
        order: list[int] = []
        met = 0
        for month in self.months:
            criteria = self.criteria(month)
            if set(order) != set(criteria):
                order = rng.sample(criteria, len(criteria))
                met = rng.choice((*range(len(criteria) // 3, len(criteria) + 1), len(criteria)))
            elif met < len(criteria) and rng.random() < 0.3:
                met += 1
            marks[month] = frozenset(order[:met])
        return marks

    def _models(self, rng: Random, unit: Unit, number: int) -> list[Model]:
        places = names.villages(self.rng("villages", unit.code))
        batches = [(self.months[0], size, True) for size in (draw_sizes(rng, is_rural=True) if number % 12 else [])]
        batches += [(month, "small", False) for month in self.months[1:] if rng.random() < 0.2]
        drawn = {}
        for ordinal, (month, size, is_old) in enumerate(batches):
            model = draw_model(rng, unit.code, number * 100 + ordinal, places, size=size, month=month, is_old=is_old)
            model = model if is_old else replace(model, started_on=self._day_in(rng, month))
            drawn.setdefault((model.name, model.owner), model)
        return list(drawn.values())

    def _establishments(self, rng: Random, unit: Unit, number: int) -> list[Establishment]:
        first = self.months[0]
        batches = [("cooperative", first, True)] + [("enterprise", first, True)] * (number % 3)
        batches += [("enterprise", month, False) for month in self.months[1:] if rng.random() < 0.1]
        batches += [("cooperative_group", month, False) for month in self.months[1:] if rng.random() < 0.1]
        drawn = {}
        for ordinal, (kind, month, is_old) in enumerate(batches):
            item = draw_establishment(rng, unit, number * 100 + ordinal, kind, month, is_old=is_old)
            item = item if is_old else replace(item, founded_on=self._day_in(rng, month))
            drawn.setdefault((item.name, item.kind), item)
        return list(drawn.values())

    def _day_in(self, rng: Random, month: date) -> date:
        days = (last_day(month) - first_day(month)).days
        return first_day(month) + timedelta(rng.randint(0, days))

    # -- what is sent -----------------------------------------------------------------------------------------------

    def deliveries(self) -> Iterator[Delivery]:
        """Every file of the raw folder but its cards, in order of path: a workbook of three forms per commune and month."""
        entries: list[Entry] = []
        found = []
        for month in self.months:
            for number, commune in enumerate(self.communes):
                path, content, received_at = self._workbook(commune, HABITS[number % len(HABITS)], month)
                found.append(Delivery(path, content, received_at - LOCAL))
                sender = f"UBND {commune.unit.name[0].lower()}{commune.unit.name[1:]}"
                entries.append(Entry(received_at, sender, f"Tháng {month.month}/{month.year}", path))
        yield from sorted([*found, self._register(entries)], key=lambda each: each.path)

    def _workbook(self, commune: _Commune, habit: Habit, month: date) -> tuple[str, bytes, datetime]:
        unit = commune.unit
        clerk = Clerk(self.reference, Reporter(unit.code, "commune", unit.name), habit, criteria_on=last_day)
        rng = self.rng("sent", unit.code, month)
        after = last_day(month) + timedelta(1)
        day = rng.choice(self.reference.working_days(after, self.due_on(month)))
        received_at = datetime.combine(day, time(rng.randint(8, 16), rng.randint(0, 59)))
        (book,) = clerk.books(self._reports(commune, month), day)
        return f"{month_period(month)}/{unit.code}/{book.file_name}", book_bytes(book), received_at

    def _reports(self, commune: _Commune, month: date) -> list[Report]:
        numbers = self.criteria(month)
        h01 = [
            column
            for column in FORMS["H01"].columns
            if not column.field.startswith("criterion_") or int(column.field.removeprefix("criterion_")) in numbers
        ]
        reports = [Report(commune.unit.code, FORMS["H01"], month, [self._h01(commune, month)], tuple(h01))]
        for form, rows in (("H02", self._h02(commune, month)), ("H03", self._h03(commune, month))):
            reports.append(Report(commune.unit.code, FORMS[form], month, rows, FORMS[form].columns, nil=not rows))
        return reports

    def _h01(self, commune: _Commune, month: date) -> Row:
        met, before = commune.marks[month], commune.marks.get(add_months(month, -1))
        is_comparable = before is not None and self.criteria(add_months(month, -1)) == self.criteria(month)
        return {
            "commune": commune.unit,
            "criteria_met_stated": len(met),
            "change_stated": len(met) - len(before) if before is not None and is_comparable else None,
        } | {f"criterion_{number}": number in met for number in self.criteria(month)}

    def _h02(self, commune: _Commune, month: date) -> list[Row]:
        return [
            {
                "commune": commune.unit, "model_name": item.name, "village": item.village, "owner_name": item.owner,
                "owner_kind": item.owner_kind, "sector": item.sector, "product": item.product, "size": item.size,
                "revenue_million_vnd": item.revenue, "workers": item.workers, "started_on": item.started_on,
                "linked": item.buyer or "Không", "status": item.status(month), "note": None,
            }
            for item in commune.models
            if item.listed_from <= month and not was_reported_stopped(item, month)
        ]  # fmt: skip

    def _h03(self, commune: _Commune, month: date) -> list[Row]:
        return [
            {
                "name": item.name, "kind": item.kind, "commune": commune.unit, "registration_no": item.registration_no,
                "founded_on": item.founded_on, "sector": item.sector, "capital_million_vnd": item.capital,
                "members": item.members, "status": item.status(month), "note": None,
            }
            for item in commune.establishments
            if item.listed_from <= month and not was_reported_stopped(item, month)
        ]  # fmt: skip

    def _register(self, entries: list[Entry]) -> Delivery:
        rows = [
            {
                "received_at": entry.received_at, "document_no": f"{number}/BC", "sender": entry.sender,
                "period": entry.period, "file_name": entry.file_name, "note": None,
            }
            for number, entry in enumerate(sorted(entries, key=lambda each: (each.received_at, each.file_name)), start=1)
        ]  # fmt: skip
        received_at = max(entry.received_at for entry in entries)
        office = Clerk(self.reference, OFFICE, criteria_on=last_day)
        (book,) = office.books([Report(OFFICE.code, V03, self.months[-1], rows, V03.columns)], received_at.date())
        return Delivery(f"{REGISTER_FOLDER}/Sổ văn bản đến.xlsx", book_bytes(book), received_at - LOCAL)

    # -- what must come out -----------------------------------------------------------------------------------------

    @cached_property
    def commune_months(self) -> list[Figures]:
        """One row per commune and month, in the columns of the published table."""
        return [self._figures(commune, month) for month in self.months for commune in self.communes]

    def _figures(self, commune: _Commune, month: date) -> Figures:
        met, total = len(commune.marks[month]), len(self.criteria(month))
        models = [item for item in commune.models if item.listed_from <= month]
        running = Counter(item.size for item in models if item.status(month) == "running")
        establishments = [item for item in commune.establishments if item.listed_from <= month]
        active = Counter(item.kind for item in establishments if item.status(month) == "active")
        founded = Counter(
            item.kind for item in establishments if first_day(month) <= item.founded_on <= last_day(month)
        )
        sizes = ("large", "medium", "small")
        return {
            "month": month, "commune_code": commune.unit.code, "commune_name": commune.unit.name,
            "criteria_total": total, "criteria_met_reported": met, "criteria_met_latest": met,
            "has_all_criteria": met == total, "is_at_19": met == total if total == NINETEEN else None,
            "models_running": running.total(), **{f"models_{size}": running[size] for size in sizes},
            "models_new": sum(first_day(month) <= item.started_on <= last_day(month) for item in models),
            "has_all_model_sizes": all(running[size] for size in sizes), "has_no_model": not running,
            "enterprises_active": active["enterprise"], "cooperatives_active": active["cooperative"],
            "cooperative_groups_active": active["cooperative_group"], "enterprises_new": founded["enterprise"],
            "cooperatives_new": founded["cooperative"],
        }  # fmt: skip

    def write_truth(self, folder: Path) -> None:
        """Write the true figures as `commune_months.csv`."""
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "commune_months.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(self.commune_months[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(
                {key: str(value).lower() if isinstance(value, bool) else value for key, value in row.items()}
                for row in self.commune_months
            )
