"""The truth: what each commune, department and office of the simulated province was and did, month by month.

Here: facts only, drawn by seed and calibrated on what the press printed (`published_figures.csv`). Not here: how
anybody writes a fact down (`clerks`), what goes wrong with a report (`defects`). Facts keep every rule of
consistency, so that a report written from them has nothing to complain of: criterion 13 needs a cooperative, no
commune gains three criteria in a month, a size fits its revenue, a lost criterion has its reason.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import TypeVar

from pipelines.reference.models import Duty
from tests.world import names
from tests.world.reference import (
    LONG_AGO,
    RURAL,
    Reference,
    Unit,
    add_months,
    closes_quarter,
    month_end,
    months_between,
)

T = TypeVar("T")

START = date(2014, 9, 1)
CALIBRATED = date(2014, 12, 1)
CRITERIA = 19
COOPERATIVE_CRITERION = 13

# Criteria met at the end of 2014, number of communes: 26 at 19 and 38 below 7 as printed (F014,
# F017), none below 5 (F020); the shape between them makes the average about 10 (F011 + F015: 7.7 + 2.7).
AT_NINETEEN = 26
AT_NINETEEN_AT_START = 15
BELOW_SEVEN = {5: 15, 6: 23}
BETWEEN = {7: 22, 8: 28, 9: 30, 10: 26, 11: 20, 12: 16, 13: 11, 14: 8, 15: 5, 16: 3, 17: 2}
FIRST_AT_NINETEEN = "18196"  # Sơn Kim 1, the first mountain commune of the country (F025)

# Easiest first: what communes reached early (post, security, plans) and last (culture houses, roads, environment).
EASIEST_FIRST = (8, 19, 18, 1, 4, 16, 3, 12, 15, 13, 9, 7, 14, 5, 11, 10, 6, 2, 17)

URBAN_DISTRICT_WITHOUT_AREAS = "437"  # Hồng Lĩnh began with model areas in 2015: an honest "không phát sinh" before
AREAS_THERE_FROM = date(2015, 1, 1)


@dataclass(frozen=True)
class Model:
    """A production model. Money in million VND a year."""

    commune: str
    ordinal: int
    name: str
    village: str
    owner: str
    owner_kind: str
    sector: str
    product: str
    size: str
    revenue: int
    workers: int
    started_on: date
    buyer: str | None
    listed_from: date
    paused: tuple[date, date] | None
    stopped_in: date | None

    def status(self, month: date) -> str:
        """running, paused or stopped at the month's end."""
        if self.stopped_in and month >= self.stopped_in:
            return "stopped"
        if self.paused and self.paused[0] <= month < self.paused[1]:
            return "paused"
        return "running"

    def workers_at(self, month: date) -> int:
        """Workers at the month's end: of any 17 models in a row one takes on or lays off somebody each month."""
        return self.workers + _steps(self.ordinal, month) % 3


@dataclass(frozen=True)
class Establishment:
    """An enterprise, cooperative or cooperative group. Money in million VND."""

    commune: str
    ordinal: int
    name: str
    kind: str
    registration_no: str | None
    founded_on: date
    sector: str
    capital: int
    members: int
    listed_from: date
    stopped_in: date | None

    def status(self, month: date) -> str:
        """active or stopped at the month's end."""
        return "stopped" if self.stopped_in and month >= self.stopped_in else "active"

    def members_at(self, month: date) -> int:
        """Members or workers at the month's end."""
        return self.members + _steps(self.ordinal, month) % 3


@dataclass(frozen=True)
class Area:
    """A model residential area or a model garden on its way to recognition."""

    commune: str
    village: str
    kind: str
    owner: str | None
    first_met: int
    registered_in: date
    recognised_on: date | None

    @property
    def criteria_total(self) -> int:
        """Criteria of a residential area (10) or of a garden (5)."""
        return 10 if self.kind == "residential_area" else 5

    def status(self, month: date) -> str:
        """registered, in_progress or recognised at the month's end."""
        if self.recognised_on and self.recognised_on <= month_end(month):
            return "recognised"
        return "registered" if month <= self.registered_in else "in_progress"

    def criteria_met(self, month: date) -> int:
        """Criteria met at the month's end: all of them when recognised."""
        if self.status(month) == "recognised":
            return self.criteria_total
        return min(self.first_met + max(_distance(self.registered_in, month), 0) // 2, self.criteria_total - 1)


@dataclass(frozen=True)
class Officer:
    """Somebody of a district office, seconded by a department, or in charge of a commune."""

    name: str
    position: str
    field: str
    from_date: date
    is_full_time: bool = True
    is_leader: bool = False
    seconded_from: str | None = None


@dataclass(frozen=True)
class Task:
    """A task of a directive, as the register V02 holds it. `owners`: reporter codes."""

    code: str
    document_no: str
    issued_on: date
    summary: str
    text: str
    owners: tuple[str, ...]
    partners: str
    due_on: date | None
    recurrence: str
    target: str


@dataclass(frozen=True)
class Loss:
    """A criterion that a commune really lost, and why (the clerk writes the reason, so X01 keeps quiet)."""

    month: date
    criterion: int
    reason: str


@dataclass
class _Course:
    """One commune's criteria over the months: how many, which, and what it lost."""

    order: list[int]
    marks: dict[date, frozenset[int]] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)


def _distance(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _steps(ordinal: int, month: date) -> int:
    """How often a head count has changed since the start: once in 17 months, at a month that the ordinal sets."""
    return (_distance(START, month) + ordinal % 17) // 17


class Province:
    """Everything that is true, from September 2014 to the month `last`; equal for equal seeds, whatever is written of
    it.
    """

    def __init__(self, reference: Reference, seed: int, last: date) -> None:
        self.reference = reference
        self.seed = seed
        self.months = months_between(START, max(last, date(2015, 6, 1)))
        self._base = reference.communes(month_end(START))
        self._rural_base = [u for u in self._base if u.kind == RURAL]
        self._courses = self._draw_criteria()
        self._models = self._draw_models()
        self._establishments = self._draw_establishments()
        self._areas = self._draw_areas()

    def rng(self, *what: object) -> Random:
        """A generator of its own for each subject, so that one more draw somewhere moves nothing elsewhere."""
        return Random("/".join(map(str, (self.seed, *what))))

    # -- places -----------------------------------------------------------------------------------------------------

    @cached_property
    def _members(self) -> dict[date, dict[str, list[str]]]:
        members: dict[date, dict[str, list[str]]] = {}
        for month in self.months:
            now: dict[str, list[str]] = defaultdict(list)
            for unit in self._base:
                now[self.reference.place(unit.code, month_end(month))].append(unit.code)
            members[month] = now
        return members

    def members(self, commune: str, month: date) -> list[str]:
        """The communes of 2014 that make up a commune at a month's end (itself alone until the mergers of 2020)."""
        return self._members[month].get(commune, [])

    @cached_property
    def _rural(self) -> dict[date, list[Unit]]:
        return {m: self.reference.communes(month_end(m), kinds=(RURAL,)) for m in self.months}

    def rural(self, month: date, district: str | None = None) -> list[Unit]:
        """Rural communes (xã) valid at a month's end, by code."""
        return [u for u in self._rural[month] if district is None or u.parent == district]

    def communes(self, month: date, district: str) -> list[Unit]:
        """All communes, wards and townships of a district at a month's end."""
        return self.reference.communes(month_end(month), district)

    # -- criteria ---------------------------------------------------------------------------------------------------

    def met(self, commune: str, month: date) -> frozenset[int]:
        """Numbers of the criteria that a rural commune meets at a month's end; what any merged part met, the whole
        meets.
        """
        parts = [self._courses[c].marks[month] for c in self.members(commune, month) if c in self._courses]
        return frozenset().union(*parts)

    def gain(self, commune: str, month: date, criteria: list[int]) -> None:
        """Let a commune meet more criteria from a month on."""
        course = self._courses[commune]
        for at in self.months:
            if at >= month:
                course.marks[at] |= frozenset(criteria)

    def merge(self, gone: str, grown: str, on: date) -> None:
        """Let a commune become part of another, which keeps its code, from a day on."""
        self.reference.merge(gone, grown, on)
        for found_before in ("_members", "_rural"):
            self.__dict__.pop(found_before, None)

    def losses(self, commune: str, month: date) -> list[Loss]:
        """Criteria lost in the month or the three before it and not met again."""
        since = add_months(month, -3)
        return [
            loss
            for c in self.members(commune, month)
            if c in self._courses
            for loss in self._courses[c].losses
            if since <= loss.month <= month and loss.criterion not in self.met(commune, month)
        ]

    def _counts_to_calibration(self) -> dict[str, list[int]]:
        """Criteria met in September to December 2014 by commune, so that the end of the year is as printed."""
        rng = self.rng("counts")
        leaving = {u.code for u in self.reference.communes(date(2015, 4, 10)) if u.kind != RURAL}
        district = {d.code: rng.gauss(0, 1) for d in self.reference.districts(START)}
        score = {u.code: district[u.parent] + rng.gauss(0, 2) for u in self._rural_base}
        ranked = sorted(score, key=lambda c: (c != FIRST_AT_NINETEEN, c in leaving, -score[c]))
        top, rest = ranked[:AT_NINETEEN], sorted(ranked[AT_NINETEEN:], key=lambda c: (score[c], c))
        levels = [n for n, communes in {**BELOW_SEVEN, **BETWEEN}.items() for _ in range(communes)]
        counts: dict[str, list[int]] = {}
        for commune, december in zip(rest, levels, strict=True):
            gain = rng.choices((0, 1, 2, 3), (35, 35, 22, 8))[0]
            counts[commune] = _climb(rng, max(december - gain, 4), december)
        late = [c for c in top if c != FIRST_AT_NINETEEN][AT_NINETEEN_AT_START:]
        for commune in top:
            is_late = commune == FIRST_AT_NINETEEN or commune in late
            counts[commune] = _climb(rng, rng.choice((16, 17, 17, 18)) if is_late else CRITERIA, CRITERIA)
        return counts

    def _draw_criteria(self) -> dict[str, _Course]:
        counts = self._counts_to_calibration()
        self._move_every_district(counts)
        courses: dict[str, _Course] = {}
        for unit in self._rural_base:
            rng = self.rng("order", unit.code)
            order = sorted(EASIEST_FIRST, key=lambda c: EASIEST_FIRST.index(c) + rng.gauss(0, 3.5))
            course = _Course(order)
            for month, n in zip(self.months, counts[unit.code], strict=False):
                course.marks[month] = frozenset(order[:n])
            courses[unit.code] = course
        for before, month in zip(self.months, self.months[1:], strict=False):
            if month > CALIBRATED:
                self._go_on(courses, before, month)
        return courses

    def _move_every_district(self, counts: dict[str, list[int]]) -> None:
        """No large district stands still for a month (or its honest report would equal the last one, X05)."""
        for district in self.reference.districts(START):
            communes = [u.code for u in self._rural_base if u.parent == district.code]
            for i in range(1, 4):
                if len(communes) < 10 or any(counts[c][i] > counts[c][i - 1] for c in communes):
                    continue
                commune = max(
                    (c for c in communes if counts[c][3] < CRITERIA and counts[c][0] > 5), key=lambda c: counts[c][0]
                )
                counts[commune][:i] = [n - 1 for n in counts[commune][:i]]

    def _go_on(self, courses: dict[str, _Course], before: date, month: date) -> None:
        """After the calibrated months: a commune gains a criterion by chance, the weak ones sooner; few lose one."""
        rng = self.rng("growth", month)
        moved: dict[str, bool] = defaultdict(bool)
        slow: dict[str, list[_Course]] = defaultdict(list)
        for unit in self._rural_base:
            course = courses[unit.code]
            marks = course.marks[before]
            parent = self._district_of(unit.code, month)
            chance = 0.30 if len(marks) < 7 else 0.17 if len(marks) < 15 else 0.28
            gain, lost = rng.random() < chance, rng.random() < 0.004
            if lost and 8 <= len(marks) <= 16:
                criterion = max(marks - {COOPERATIVE_CRITERION}, key=course.order.index)
                marks = marks - {criterion}
                course.losses.append(Loss(month, criterion, rng.choice(REASONS)))
            elif gain and len(marks) < CRITERIA:
                marks = marks | {_next(course, marks)}
            course.marks[month] = marks
            moved[parent] |= marks != course.marks[before]
            if 7 <= len(marks) < CRITERIA:
                slow[parent].append(course)
        for parent, courses_there in sorted(slow.items()):
            if not moved[parent]:
                course = courses_there[rng.randrange(len(courses_there))]
                course.marks[month] = course.marks[month] | {_next(course, course.marks[month])}

    def _district_of(self, base_commune: str, month: date) -> str:
        on = month_end(month)
        return self.reference.unit(self.reference.place(base_commune, on), on).parent

    # -- cumulative lists -------------------------------------------------------------------------------------------

    def models(self, commune: str, month: date) -> list[Model]:
        """Models known by a month's end, stopped ones included, in the order in which they were listed."""
        return [m for c in self.members(commune, month) for m in self._models[c] if m.listed_from <= month]

    def establishments(self, commune: str, month: date) -> list[Establishment]:
        """Establishments known by a month's end, stopped ones included."""
        return [e for c in self.members(commune, month) for e in self._establishments[c] if e.listed_from <= month]

    def areas(self, commune: str, month: date) -> list[Area]:
        """Model areas and gardens registered by a month's end."""
        return [a for c in self.members(commune, month) for a in self._areas[c] if a.registered_in <= month]

    def _draw_models(self) -> dict[str, list[Model]]:
        found: dict[str, list[Model]] = {}
        ordinal = 0
        rural = [u.code for u in self._rural_base]
        without = set(self.rng("without a model").sample(rural, 10))
        for unit in self._base:
            rng = self.rng("models", unit.code)
            places = names.villages(self.rng("villages", unit.code))
            sizes = draw_sizes(rng, is_rural=unit.kind == RURAL)
            # A commune without a model gets its first two in some later month, or, three in ten, not at all.
            first: date | None = START
            if unit.code in without:
                first = self.months[rng.randint(1, 6)] if rng.random() < 0.7 else None
                sizes = sizes[:2]
            models: list[Model] = []
            for month in self.months:
                batch = sizes if month == first else []
                if models and rng.random() < 0.11:
                    batch = draw_sizes(rng, is_rural=True)[:1]
                for size in batch:
                    is_old = month == START and rng.random() < 0.97
                    models.append(draw_model(rng, unit.code, ordinal, places, size=size, month=month, is_old=is_old))
                    ordinal += 1
            found[unit.code] = _distinct(models, lambda m: (m.name, m.owner))
        return found

    def _draw_establishments(self) -> dict[str, list[Establishment]]:
        found: dict[str, list[Establishment]] = {}
        serial = 0
        for unit in self._base:
            rng = self.rng("establishments", unit.code)
            items: list[Establishment] = []
            for month in self.months:
                if month == START:
                    counts = {
                        "enterprise": rng.choices((0, 1, 2, 3), (25, 40, 25, 10))[0],
                        "cooperative": rng.choices((0, 1, 2), (30, 50, 20))[0],
                        "cooperative_group": rng.choices((0, 1, 2), (35, 40, 25))[0],
                    }
                else:
                    counts = {k: int(rng.random() < p) for k, p in NEW_ESTABLISHMENTS.items()}
                needs_one = (
                    unit.code in self._courses and COOPERATIVE_CRITERION in self._courses[unit.code].marks[month]
                )
                has_one = counts["cooperative"] + counts["cooperative_group"] > 0 or any(
                    e.kind != "enterprise" for e in items
                )
                if needs_one and not has_one:
                    counts["cooperative"] = 1
                for kind, count in counts.items():
                    for _ in range(count):
                        items.append(draw_establishment(rng, unit, serial, kind, month, is_old=month == START))
                        serial += 1
            found[unit.code] = _distinct(items, lambda e: (e.name, e.kind))
        return found

    def _draw_areas(self) -> dict[str, list[Area]]:
        found: dict[str, list[Area]] = defaultdict(list)
        for unit in self._rural_base:
            rng = self.rng("areas", unit.code)
            places = names.villages(self.rng("villages", unit.code))
            rng.shuffle(places)
            opened = AREAS_THERE_FROM if unit.parent == URBAN_DISTRICT_WITHOUT_AREAS else START
            for i in range(rng.choices((0, 1, 2), (15, 55, 30))[0]):
                found[unit.code].append(_area(rng, unit.code, places[i], "residential_area", opened))
            for i in range(rng.choices((0, 1, 2), (35, 40, 25))[0]):
                found[unit.code].append(_area(rng, unit.code, places[-1 - i], "garden", opened))
        # Each district registers a garden a month, so no honest list equals the last one.
        for month in self.months[1:]:
            by_district: dict[str, list[str]] = defaultdict(list)
            for unit in self._rural_base:
                by_district[self._district_of(unit.code, month)].append(unit.code)
            for district, communes in sorted(by_district.items()):
                if district == URBAN_DISTRICT_WITHOUT_AREAS and month < AREAS_THERE_FROM:
                    continue
                rng = self.rng("garden", district, month)
                commune = rng.choice(communes)
                place = rng.choice(names.villages(self.rng("villages", commune)))
                found[commune].append(_area(rng, commune, place, "garden", month))
        return {u.code: _distinct(found[u.code], lambda a: (a.village, a.kind, a.owner)) for u in self._base}

    # -- offices ----------------------------------------------------------------------------------------------------

    def officers(self, district: str, month: date) -> list[Officer]:
        """Officers of a district's NTM office at a month's end; the office of a new district starts with its
        district.
        """
        rng = self.rng("office", district)
        count, since = rng.randint(4, 7), max(START, self.founded_on(district))
        fields = rng.sample(names.FIELDS, min(count, len(names.FIELDS)))
        staff = []
        for i in range(count):
            joined = since + timedelta(days=rng.randint(0, 20)) + timedelta(days=30 * i if i > 3 else 0)
            officer = Officer(
                names.person(rng), rng.choice(names.POSITIONS), fields[i % len(fields)], joined,
                is_full_time=i < 3 or rng.random() < 0.75, seconded_from=f"Phòng {fields[i % len(fields)]}",
            )  # fmt: skip
            if officer.from_date <= month_end(month):
                staff.append(officer)
        return list({o.name: o for o in staff}.values())

    def founded_on(self, reporter: str) -> date:
        """The day since which a reporter exists: long ago for all but a district founded since."""
        return next(
            (u.valid_from for u in self.reference.units if u.level == "district" and u.code == reporter), LONG_AGO
        )

    def assignments(self, commune: str, month: date) -> list[Officer]:
        """Who is in charge of a rural commune: nearly all have an officer, the weak ones mostly a leader as well. The only
        commune of a district always has one: a list of nobody is not a report (quality.md, nil).
        """
        rng = self.rng("assignments", commune)
        officer = Officer(names.person(rng), "Cán bộ", "", date(2014, 9, 12), is_leader=False)
        leader = Officer(names.person(rng), rng.choice(names.LEADER_POSITIONS), "", date(2014, 9, 15), is_leader=True)
        has_officer, led_from = rng.random() < 0.93, rng.choices((0, 3, 99), (60, 25, 15))[0]
        parents = [u.parent for u in self._rural[month]]
        has_officer = has_officer or any(u.code == commune and parents.count(u.parent) == 1 for u in self._rural[month])
        people = [officer] if has_officer else []
        if len(self.met(commune, month)) < 8 and _distance(START, month) >= led_from and leader.name != officer.name:
            people.append(leader)
        return people

    def funds(self, commune: str, month: date) -> dict[str, int]:
        """Funds mobilised since 1 January, million VND by source. Each quarter adds a base and a step of a fixed
        cycle.
        """
        rng = self.rng("funds", commune)
        base = {source: rng.randint(20, 60) * weight for source, weight in FUND_SOURCES.items()}
        quarters = (month.month + 2) // 3
        year = month.year
        return {
            source: sum(amount + (amount // 12) * CYCLE[(year * 4 + q + i) % len(CYCLE)] for q in range(quarters))
            for i, (source, amount) in enumerate(base.items())
        }

    def seconded(self, department: str) -> Officer:
        """The officer whom a department seconds to the provincial office."""
        rng = self.rng("seconded", department)
        return Officer(names.person(rng), "Chuyên viên", rng.choice(names.FIELDS), date(2014, 9, rng.randint(15, 29)))

    # -- verdicts of departments ------------------------------------------------------------------------------------

    def reviewed(self, department: str, month: date) -> list[str]:
        """Communes that a department reviewed in the quarter that ends with `month`: all at 19, and a third of the
        rest.
        """
        rng = self.rng("reviewed", department, month)
        return [u.code for u in self.rural(month) if len(self.met(u.code, month)) == CRITERIA or rng.random() < 0.34]

    def visited(self, month: date) -> set[str]:
        """The twelve communes that the office inspected in a month."""
        return {u.code for u in self.rng("inspections", month).sample(self.rural(month), 12)}

    # -- tasks ------------------------------------------------------------------------------------------------------

    @cached_property
    def tasks(self) -> list[Task]:
        """Tasks of the notice of 7 September 2014 (`duties.csv`) and of three simulated directives after it."""
        found = [self._duty(r) for r in self.reference.rows(Duty) if r.owner_codes]
        districts = tuple(u.code for u in self.reference.districts(START))
        number = "/UBND-NL (mô phỏng)"
        for code, day, due, owners, text in (
            ("1105.1", date(2014, 10, 10), date(2014, 11, 15), districts, "Rà soát, đăng ký xã về đích năm 2015"),
            (
                "1278.1",
                date(2014, 12, 8),
                date(2015, 1, 31),
                districts,
                "Xây dựng kế hoạch vườn mẫu, khu dân cư kiểu mẫu",
            ),
            ("96.1", date(2015, 2, 26), date(2015, 4, 15), districts, "Báo cáo nợ đọng xây dựng cơ bản ở các xã"),
        ):
            document = code.split(".")[0] + number
            found.append(Task(code, document, day, text, text, owners, "", due, "once", ""))
        return found

    def _duty(self, row: Duty) -> Task:
        on = month_end(START)
        groups = {
            "all_districts": lambda: [u.code for u in self.reference.districts(on)],
            "all_districts:huyện;thành phố": lambda: [
                u.code for u in self.reference.districts(on) if u.kind in {"huyện", "thành phố"}
            ],
            "coordination_office": lambda: ["VPDP"],
            "departments_with_criteria": lambda: list(
                dict.fromkeys(r.responsible_reporter_code or "" for r in self.reference.criteria(on).values())
            ),
        }
        owners = groups.get(row.owner_codes or "", lambda: (row.owner_codes or "").split(";"))()
        return Task(
            row.item, "TB kết luận 07/9/2014", date(2014, 9, 7),
                "Kết luận của Chủ tịch UBND tỉnh về xây dựng nông thôn mới",
            row.duty_vi, tuple(owners), row.partners_vi or "", row.due_on, row.recurrence or "", row.target or "",
        )  # fmt: skip

    def task_done_on(self, task: Task, owner: str, month: date) -> date | None:
        """The day a task was done by its owner, if by the month's end; of a recurring one, in this month or quarter."""
        rng = self.rng("task", task.code, owner)
        if task.recurrence in {"month", "month;quarter"} or (task.recurrence == "quarter" and closes_quarter(month)):
            return month.replace(day=rng.randint(20, 27))
        if task.due_on is None or task.recurrence not in {"once", "year"}:
            return None
        done = task.due_on + timedelta(days=rng.choices((-9, -2, 12, 70), (45, 30, 15, 10))[0])
        return done if done <= month_end(month) else None


REASONS = (
    "Tiêu chí giảm do rà soát lại theo Thông tư 41",
    "Không duy trì được, đang khắc phục",
    "Hư hỏng sau mưa lũ, đang tu sửa",
)
NEW_ESTABLISHMENTS = {"enterprise": 0.03, "cooperative": 0.02, "cooperative_group": 0.02}
FUND_SOURCES = {
    "central_budget": 12, "provincial_budget": 8, "district_budget": 4, "commune_budget": 3,
    "integrated_programmes": 20,
    "credit": 25, "enterprises": 5, "people_cash": 4, "people_labour": 3, "people_land": 2, "other": 1,
}  # fmt: skip
CYCLE = (-2, 1, 0, 2, -1)  # modified z-scores stay below 3.5: median 0, MAD 1, largest step 4


def _climb(rng: Random, first: int, last: int) -> list[int]:
    """Four monthly counts from first to last, at most two more a month."""
    steps = [0, 0, 0]
    while sum(steps) < last - first:
        i = rng.randrange(3)
        steps[i] += steps[i] < 2
    return [first, first + steps[0], first + steps[0] + steps[1], last]


def _next(course: _Course, marks: frozenset[int]) -> int:
    return next(c for c in course.order if c not in marks)


def draw_sizes(rng: Random, *, is_rural: bool) -> list[str]:
    """Sizes of a commune's models, so that about 12, 17 and 71 in a hundred are large, medium and small."""
    if not is_rural:
        return ["small"] * rng.randint(1, 3)
    large = rng.choices((0, 1, 2), (30, 57, 13))[0]
    medium = rng.choices((0, 1, 2), (15, 53, 32))[0]
    sizes = ["large"] * large + ["medium"] * medium + ["small"] * rng.randint(3, 7)
    rng.shuffle(sizes)
    return sizes


def draw_model(
    rng: Random, commune: str, ordinal: int, places: list[str], *, size: str, month: date, is_old: bool
) -> Model:
    """A model first listed in a month: formed in it, or `is_old`, formed long before."""
    sector = rng.choices(list(names.SECTOR_WEIGHTS), list(names.SECTOR_WEIGHTS.values()))[0]
    product, name = rng.choice(names.MODELS[sector])
    low, high = {"small": (10, 48), "medium": (50, 98), "large": (100, 600)}[size]
    started = date(rng.randint(2009, 2014), rng.randint(1, 8), rng.randint(1, 28)) if is_old else _day_in(rng, month)
    paused = None
    if rng.random() < 0.04:
        at = add_months(month, rng.randint(2, 8))
        paused = (at, add_months(at, rng.randint(1, 3)))
    stopped = add_months(month, rng.randint(2, 30)) if rng.random() < 0.12 else None
    return Model(
        commune, ordinal, name, rng.choice(places), names.person(rng),
        rng.choices(("household", "farm", "cooperative_group", "cooperative", "enterprise"), (60, 15, 10, 9, 6))[0],
        sector, product, size, rng.randint(low, high) * 10, rng.randint(2, 6) * {"small": 1, "medium": 2,
            "large": 4}[size],
        started, rng.choice(names.BUYERS) if rng.random() < 0.2 else None, month, paused, stopped,
    )  # fmt: skip


def draw_establishment(rng: Random, unit: Unit, serial: int, kind: str, month: date, *, is_old: bool) -> Establishment:
    """An establishment first listed in a month: founded in it, or `is_old`, founded long before."""
    founded = date(rng.randint(1998, 2014), rng.randint(1, 8), rng.randint(1, 28)) if is_old else _day_in(rng, month)
    place = unit.bare_name
    if kind == "enterprise":
        form = rng.choice(("Công ty TNHH", "Công ty CP", "DNTN"))
        name = f"{form} {rng.choice(names.ENTERPRISE_WORDS)} {serial % 97 + 1}"
        number = f"3001{serial:06d}"
    elif kind == "cooperative":
        name, number = f"HTX {rng.choice(names.COOPERATIVE_WORDS)} {place}", f"28H{serial:06d}"
    else:
        name, number = f"THT {rng.choice(names.COOPERATIVE_WORDS).lower()} {rng.randint(1, 9)}", None
    # Only enterprises stop: criterion 13 keeps its cooperative, once there is one.
    stopped = add_months(month, rng.randint(2, 30)) if kind == "enterprise" and rng.random() < 0.1 else None
    capital = rng.randint(5, 90) * 100 if kind == "enterprise" else rng.randint(2, 30) * 10
    return Establishment(
        unit.code, serial, name, kind, number, founded,
        rng.choice(names.TRADES) if kind == "enterprise" else "Nông nghiệp",
        capital, rng.randint(5, 60), month, stopped,
    )  # fmt: skip


def _area(rng: Random, commune: str, village: str, kind: str, month: date) -> Area:
    wait = (
        rng.choices((1, 3, 5, 7, 9, 14, 99), (4, 6, 8, 8, 8, 16, 50))[0]
        if kind == "garden"
        else rng.choice((3, 4, 5, 6, 7, 8, 10, 12, 16, 99, 99, 99))
    )
    recognised = _day_in(rng, add_months(month, wait)) if wait < 99 else None
    owner = names.person(rng) if kind == "garden" else None
    return Area(
        commune, village, kind, owner, rng.randint(1, 6 if kind == "residential_area" else 3), month, recognised
    )


def _day_in(rng: Random, month: date) -> date:
    return month.replace(day=rng.randint(2, 26))


def _distinct(items: list[T], key: Callable[[T], object]) -> list[T]:
    """The first item of each key: a list has no two rows of one key (R03)."""
    first: dict[object, T] = {}
    for item in items:
        first.setdefault(key(item), item)
    return list(first.values())
