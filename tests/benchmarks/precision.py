"""Recall and false alarms by rule: several simulated provinces, each with defects planted at random, through whole runs.

A planted defect counts as found when its rule says so of the same report, commune and cell, once: a finding accounts for
one planted defect and no other. A false alarm is an open error or warning that nothing planted (and no clerk's habit)
accounts for. The limits: recall 0.99 by rule, one false alarm in ten thousand rows read. One cause, one
finding: what stands open beside a planted defect, at the same reporter and time, is counted by kind of defect.
Not here: how a defect is planted (tests/world/defects.py).
"""

import filecmp
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

from pipelines.settings import CHECKOUT
from tests.world.clerks import HABITS
from tests.world.defects import IN_THE_TRUTH, Plan, UnplantableError
from tests.world.folder import AS_OF, write_folder
from tests.world.post import World
from tests.world.reference import Reference, add_months, closes_quarter, month_end, months_between
from tests.world.truth import Truth

FIRST, LAST = date(2014, 9, 1), date(2015, 6, 1)
RECALL, FALSE_ALARMS_PER_1000 = 0.99, 0.1
APART = 2  # months between two defects of a reporter: none is seen through another
SAME = {
    "reporter_code": "reporter_code",
    "form": "form",
    "period": "period",
    "commune_code": "unit_code",
    "cell": "cell",
}
DEPARTMENTS = (
    "S-YT",
    "S-GDDT",
    "S-XD",
    "S-VHTTDL",
    "S-CT",
)  # each in charge of several criteria or of one that many fail

BY_DISTRICTS = {  # in any month, and on which forms; the narrowest first, last what a rule is planted by elsewhere, too
    **dict.fromkeys("future_date two_ways odd_word".split(), ("H03",)),
    "too_many": ("H04",),
    **dict.fromkeys("no_cooperative undated ward absent bare_name wrong_stated size other_district".split(), ("",)),
    **dict.fromkeys("correction correction_closed withdrawn unregistered".split(), ("",)),
    **dict.fromkeys("typing_slip unreadable_mark".split(), ("H01",)),
    **dict.fromkeys("hidden_row formula repeated_same".split(), ("H02",)),
    "no_rows": ("H02", "H04"),
    **dict.fromkeys("unknown_commune repeated_different blank_cell".split(), ("H01", "H02")),
    "wrong_total": ("H01", "H02", "H03"),
    "missing_column": ("H02", "H03"), "held_fewer_rows": ("H02", "H03"),
    "unknown_column": ("H02", "H03", "H04"),
}  # fmt: skip
BY_ANYBODY = {
    "unknown_task": ("",),
    **dict.fromkeys("missing late same_bytes ghost_entry wrong_sender wrong_period".split(), ("",) * 2),
    **dict.fromkeys("truncated empty_file text_named_xlsx unrecognised_sheet".split(), ("",) * 2),
}
NOT_IN_THE_FIRST = {
    **dict.fromkeys("shared_number regression wrong_change real_jump gross_gain".split(), ("",)),
    "sheet_of_another_month": ("",), "merger": ("",) * 2,
    "vanished": ("H02",),
}  # fmt: skip
IN_XLSX = ("hidden_row", "formula")  # what the other formats do not keep
AFTER_FIVE = {"stale_copy": ("",)}
AT_QUARTERS = {"parts": ("",), "same_officer": ("",), "foreign_title": ("",)}
AT_LATER_QUARTERS = {"falling": ("",), "fallen_row": ("",), "workbook_of_another_month": ("",)}
UNTIL = {"correction_closed": date(2015, 4, 1)}  # of a later month it is not in by the day asked for
BESIDE_OTHERS = ("merger",)  # about communes that nothing else is planted in
COMPARED_WITH = {"falling": 3, "fallen_row": 3}  # months before, where nothing else may be planted
BY_DEPARTMENTS = {"contradiction": ("",), "praise": ("",), "unverified": ("",), "renamed_column": ("S02",)}

Finding = dict[str, Any]


@dataclass
class Score:
    """Of one rule: planted findings, those found, and open errors and warnings that nothing accounts for."""

    planted: int = 0
    found: int = 0
    false_alarms: int = 0
    seeds: set[int] = field(default_factory=set)


@dataclass
class Kind:
    """Of one kind of defect: how many, the findings expected and found, and what else stands open beside them."""

    defects: int = 0
    expected: int = 0
    found: int = 0
    beside: int = 0


@dataclass
class Scores:
    """What all seeds came to."""

    rules: dict[str, Score] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    rows: int = 0
    examples: list[str] = field(default_factory=list)


# -- where defects are planted ----------------------------------------------------------------------------------------


class Places:
    """Reporters and months for defects, drawn at random, so far apart that none is seen through another."""

    def __init__(self, seed: int) -> None:
        self.rng, self.months = random.Random(seed), months_between(FIRST, LAST)
        self.scratch = World(seed, FIRST, LAST, defects=())
        self.taken: set[tuple[str, date]] = set()
        self.tried: set[Plan] = set()
        self.suitable: dict[str, tuple[list[str], list[date]]] = {}

    def wanted(self) -> Iterator[tuple[str, str]]:
        """Each kind with its form, and where it can stand."""
        reference, months = Reference(), self.months
        districts = [each.code for each in reference.districts(month_end(FIRST))]
        everybody = [each.code for each in reference.reporters(month_end(FIRST))]
        quarters = [month for month in months if closes_quarter(month)]
        only = {
            "wrong_total": [code for code in districts if HABITS[code].total != "none" and HABITS[code].numbers == "cell"],
            **{kind: [code for code in districts if HABITS[code].format == "xlsx"] for kind in IN_XLSX},
        }  # fmt: skip
        for reporters, suitable, kinds in (
            (["VPDP"], months[1:], {"inspection": ("",) * 2}),
            (["BHT", "PTTH"], months[8:], {"outlier": ("",) * 2}),
            (list(DEPARTMENTS), quarters[1:], BY_DEPARTMENTS),
            (districts, quarters[1:2] + quarters[3:], AT_LATER_QUARTERS),
            (districts, quarters, AT_QUARTERS),
            (districts, months[6:], AFTER_FIVE),
            (districts, months[1:], NOT_IN_THE_FIRST),
            (districts, months, BY_DISTRICTS),
            (everybody, months, BY_ANYBODY),
        ):
            for kind, forms in kinds.items():
                self.suitable[kind] = only.get(kind, reporters), [m for m in suitable if m <= UNTIL.get(kind, LAST)]
                yield from ((kind, form) for form in forms)

    def draw(self, kind: str, form: str) -> Iterator[Plan]:
        """A plan in a place of its own, where something suits it; none when there is no such place left."""
        reporters, months = self.suitable[kind]
        free = [
            Plan(kind, reporter, f"{month:%Y-%m}", form)
            for reporter in reporters
            for month in months
            if kind in BESIDE_OTHERS
            or not any(other == reporter and abs(_months_between(month, at)) < APART for other, at in self.taken)
        ]
        self.rng.shuffle(free)
        for plan in sorted(free, key=self._wastes_months):
            if plan not in self.tried and self._suits(plan):
                self.tried.add(plan)
                self.taken |= self._claims(plan)
                yield plan
                return

    def _suits(self, plan: Plan) -> bool:
        """Whether the parcel of that reporter and month, nothing else being planted, has what the defect needs."""
        if plan.kind in IN_THE_TRUTH:
            return True
        reporter = self.scratch.reference.reporter(plan.reporter, month_end(plan.month))
        self.scratch.plans = (plan,)
        self.scratch.touched.clear()
        try:
            self.scratch._parcel(reporter, plan.month)
        except UnplantableError:
            return False
        return True

    def _wastes_months(self, plan: Plan) -> bool:
        """Whether it stands farther from all others of its reporter than it must: there would be room for fewer."""
        return all(other != plan.reporter or abs(_months_between(plan.month, at)) != APART for other, at in self.taken)

    def give_back(self, plan: Plan) -> None:
        """Nothing was planted there after all."""
        self.taken -= self._claims(plan)

    @staticmethod
    def _claims(plan: Plan) -> set[tuple[str, date]]:
        if plan.kind in BESIDE_OTHERS:
            return set()
        return {(plan.reporter, add_months(plan.month, -back)) for back in (0, COMPARED_WITH.get(plan.kind, 0))}


def _months_between(month: date, other: date) -> int:
    return (month.year - other.year) * 12 + month.month - other.month


def world(seed: int, *, is_clean: bool = False) -> tuple[World, list[str]]:
    """A province with a defect of each kind, or with none at all; and the kinds for which it has no place."""
    places = Places(seed)
    plans: list[Plan] = []
    homeless: list[str] = []

    def place(kind: str, form: str) -> list[Plan]:
        drawn = list(places.draw(kind, form))
        homeless.extend([] if drawn else [f"{kind} {form}".strip()])
        return drawn

    for kind, form in () if is_clean else places.wanted():
        plans += place(kind, form)
    while True:
        try:
            made = World(seed, FIRST, LAST, defects=plans)
            made.files()
        except UnplantableError as error:
            at = plans.index(error.plan)
            places.give_back(error.plan)
            plans[at : at + 1] = place(error.plan.kind, error.plan.form)
        else:
            return made, homeless


# -- a run, and what it found -----------------------------------------------------------------------------------------


def run(made: World, folder: Path) -> duckdb.DuckDBPyConnection:
    """The published file of one run over it, by our code with that province's units (an office can't change the list); a
    folder that holds a run over the same files goes on from there.
    """
    raw, home, checkout = folder / "raw", folder / "home", folder / "checkout"
    write_folder(made, folder / "new")
    if raw.exists() and not _are_alike(filecmp.dircmp(raw, folder / "new", ignore=[])):
        shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(raw, ignore_errors=True)
    (folder / "new").rename(raw)
    shutil.rmtree(checkout, ignore_errors=True)
    for part in ("pipelines", "dbt_project", "expectations"):
        shutil.copytree(
            CHECKOUT / part, checkout / part, ignore=shutil.ignore_patterns("__pycache__", "target", "logs")
        )
    for file in ("pyproject.toml", "dagster.yaml"):
        shutil.copy(CHECKOUT / file, checkout)
    made.reference.write_units(checkout / "dbt_project" / "seeds")
    ours = {"NTM_RAW_DIR": str(raw), "NTM_HOME": str(home), "NTM_AS_OF": AS_OF}
    subprocess.run(
        [sys.executable, "-m", "pipelines", "run"],
        cwd=checkout,
        env=os.environ | ours,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return duckdb.connect(str(home / "published" / "ntm.duckdb"), read_only=True)


def _are_alike(compared: "filecmp.dircmp[str]") -> bool:
    differs = compared.left_only or compared.right_only or compared.diff_files or compared.funny_files
    return not differs and all(_are_alike(each) for each in compared.subdirs.values())


def agreement(found: Finding, expected: Finding) -> int:
    """In how many places a finding is the one expected; 0 if it is another. What only one side names does not count. Of a
    file, a quarter is its last month.
    """
    pairs = [(expected[theirs], found[ours]) for theirs, ours in SAME.items()]
    if not expected["form"]:
        pairs = [
            (_month_no(a), _month_no(b)) if ours == "period" else (a, b)
            for (a, b), ours in zip(pairs, SAME.values(), strict=True)
        ]
    if found["rule_id"] != expected["rule_id"] or any(a and b and a != b for a, b in pairs):
        return 0
    return 1 + sum(bool(a and b) for a, b in pairs)


def paired(findings: list[Finding], expected: list[Finding]) -> dict[int, int]:
    """Index of a finding by index of the expected one, the surest pairs first, each finding once."""
    likely = sorted(
        ((agreement(one, each), e, f) for e, each in enumerate(expected) for f, one in enumerate(findings)),
        key=lambda each: (-each[0], each[1:]),
    )
    pairs: dict[int, int] = {}
    for agreed, e, f in likely:
        if agreed and e not in pairs and f not in pairs.values():
            pairs[e] = f
    return pairs


def is_beside(found: Finding, plan: Plan) -> bool:
    """Whether a finding is about the reporter of a planted defect, in its month, quarter or the month after."""
    month = _month_no(found["period"])
    return found["reporter_code"] == plan.reporter and month > 0 and 0 <= month - _month_no(plan.period) < APART


def _month_no(period: str | None) -> int:
    """Months since the year 0 of a month or of a quarter's last one; 0 where there is no period."""
    year, _, part = (period or "").partition("-")
    return int(year) * 12 + (3 * int(part[1:]) if part.startswith("Q") else int(part)) if part else 0


def score(made: World, connected: duckdb.DuckDBPyConnection, scores: Scores) -> None:
    """Add what one run found and missed."""
    relation = connected.sql("""
        select rule_id, reporter_code, form, period, unit_code, cell, field, severity, state, message_en
        from quality.findings
    """)
    findings = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    expected = Truth(made).findings
    pairs = paired(findings, expected)
    for plan in made.plans:
        scores.kinds.setdefault(plan.kind, Kind()).defects += 1
    for e, each in enumerate(expected):
        of_rule, of_kind = (
            scores.rules.setdefault(each["rule_id"], Score()),
            scores.kinds.setdefault(each["kind"], Kind()),
        )
        of_rule.planted += 1
        of_kind.expected += 1
        of_rule.seeds.add(made.seed)
        of_rule.found += e in pairs
        of_kind.found += e in pairs
        if e not in pairs:
            scores.examples.append(f"seed {made.seed} missed {each}")
    for f, one in enumerate(findings):
        if one["severity"] == "info" or one["state"] != "open" or f in pairs.values():
            continue
        scores.rules.setdefault(one["rule_id"], Score()).false_alarms += 1
        near = next((plan for plan in made.plans if is_beside(one, plan)), None)
        if near:
            scores.kinds[near.kind].beside += 1
        scores.examples.append(f"seed {made.seed} false {one}, beside {near}")
    (rows,) = connected.sql("select sum(rows_read) from quality.submissions").fetchone() or (0,)
    (rules,) = connected.sql("select list(id) from quality.rules").fetchone() or ([],)
    for rule_id in rules:
        scores.rules.setdefault(rule_id, Score())
    scores.rows += int(rows)


def measure(seeds: list[int], folder: Path, *, is_clean: bool = False) -> bool:
    """Run every seed, print the tables by rule and by kind of defect; whether both limits are kept."""
    scores, console = Scores(), Console()
    for seed in seeds:
        made, homeless = world(seed, is_clean=is_clean)
        console.print(f"seed {seed}: {len(made.plans)} defects planted; no place for: {', '.join(homeless) or 'none'}")
        score(made, run(made, folder / str(seed)), scores)
    rules = Table("rule", "planted", "in seeds", "found", "recall", "false alarms", box=None)
    for rule_id, each in sorted(scores.rules.items()):
        recall = f"{each.found / each.planted:.3f}" if each.planted else "–"
        rules.add_row(rule_id, str(each.planted), str(len(each.seeds)), str(each.found), recall, str(each.false_alarms))
    kinds = Table("defect", "planted", "findings expected", "found", "others beside", box=None)
    for kind, of in sorted(scores.kinds.items()):
        kinds.add_row(kind, *(str(n) for n in (of.defects, of.expected, of.found, of.beside)))
    console.print(rules)
    console.print(kinds)
    for example in scores.examples:
        console.print(example)
    false_alarms = sum(each.false_alarms for each in scores.rules.values())
    per_1000 = 1000 * false_alarms / scores.rows
    console.print(
        f"{len(seeds)} seeds, {scores.rows:,} rows read, {false_alarms} false alarms: {per_1000:.3f} per 1,000 rows"
    )
    return per_1000 <= FALSE_ALARMS_PER_1000 and all(
        not s.planted or s.found / s.planted >= RECALL for s in scores.rules.values()
    )
