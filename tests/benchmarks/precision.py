"""Recall and false alarms by rule: several simulated provinces, each with defects planted at random, through whole runs.

A planted defect counts as found when its rule says so of the same report, commune and cell. A false alarm is an open error
or warning that no planted defect (and no clerk's habit) accounts for. The limits are issue-wide: recall 0.99 by rule, one
false alarm in a thousand rows read.
Not here: how a defect is planted (tests/world/defects.py).
"""

import os
import random
import subprocess
import sys
from collections import Counter
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
from tests.world.defects import Plan, UnplantableError
from tests.world.folder import AS_OF, write_folder
from tests.world.post import World
from tests.world.reference import Reference, closes_quarter, month_end, months_between
from tests.world.truth import Truth

FIRST, LAST = date(2014, 9, 1), date(2015, 6, 1)
RECALL, FALSE_ALARMS_PER_1000 = 0.99, 1.0
APART = 2  # months between two defects of a reporter: none is seen through another
SAME = {
    "reporter_code": "reporter_code",
    "form": "form",
    "period": "period",
    "commune_code": "unit_code",
    "cell": "cell",
}
DEPARTMENTS = ("S-YT", "S-GDDT", "S-XD", "S-VHTTDL", "S-CT")

ANY_MONTH = {  # what districts do, and on which forms
    **dict.fromkeys("missing late correction correction_closed withdrawn same_bytes unregistered ghost_entry".split(), ("",)),
    **dict.fromkeys("wrong_sender wrong_period truncated empty_file text_named_xlsx unrecognised_sheet".split(), ("",)),
    **dict.fromkeys("other_district ward absent bare_name wrong_stated no_cooperative size undated".split(), ("",)),
    **dict.fromkeys("unreadable_mark typing_slip".split(), ("H01",)),
    **dict.fromkeys("hidden_row formula repeated_same".split(), ("H02",)),
    **dict.fromkeys("odd_word future_date two_ways".split(), ("H03",)),
    **dict.fromkeys("unknown_commune repeated_different blank_cell".split(), ("H01", "H02")),
    "missing_column": ("H02", "H03"), "unknown_column": ("H02", "H03", "H04"), "no_rows": ("H02", "H04"), "too_many": ("H04",),
    "wrong_total": ("H01", "H02", "H03"),
}  # fmt: skip
NOT_IN_THE_FIRST = {"regression": ("",), "wrong_change": ("",), "real_jump": ("",), "vanished": ("H02",)}
IN_XLSX = ("hidden_row", "formula")  # what the other formats do not keep
AFTER_FIVE = {"stale_copy": ("",)}
AT_QUARTERS = {"parts": ("",), "same_officer": ("",)}
AT_LATER_QUARTERS = {"falling": ("",)}
BY_DEPARTMENTS = {"contradiction": ("",), "praise": ("",), "unverified": ("",)}


@dataclass
class Score:
    """Of one rule: planted findings, those found, and open errors and warnings that nothing accounts for."""

    planted: int = 0
    found: int = 0
    false_alarms: int = 0
    examples: list[str] = field(default_factory=list)


def plans(seed: int) -> list[Plan]:
    """One plan of each kind and form, placed at random where the kind can stand."""
    rng, reference = random.Random(seed), Reference()
    months = months_between(FIRST, LAST)
    districts = [each.code for each in reference.districts(month_end(FIRST))]
    taken: set[tuple[str, date]] = set()

    def place(kind: str, reporters: list[str], suitable: list[date], form: str) -> Iterator[Plan]:
        free = [
            (reporter, month)
            for reporter in reporters
            for month in suitable
            if not any(other == reporter and abs(months.index(month) - months.index(at)) < APART for other, at in taken)
        ]
        if free:
            reporter, month = rng.choice(free)
            taken.add((reporter, month))
            yield Plan(kind, reporter, f"{month:%Y-%m}", form)

    quarters = [month for month in months if closes_quarter(month)]
    with_wards = [
        code
        for code in districts
        if any(u.parent == code and u.kind != "xã" for u in reference.communes(month_end(FIRST)))
    ]
    in_xlsx = [code for code in districts if HABITS[code].format == "xlsx"]
    with_totals = [code for code in districts if HABITS[code].total != "none" and HABITS[code].numbers == "cell"]
    wanted: list[tuple[str, list[str], list[date], str]] = [
        *(("inspection", ["VPDP"], months[1:], "") for _ in "12"),
        *(("outlier", ["BHT", "PTTH"], months[7:], "") for _ in "12"),
        *((kind, list(DEPARTMENTS), quarters[1:], "") for kind in BY_DEPARTMENTS),
        *((kind, districts, quarters[1:2] + quarters[3:], "") for kind in AT_LATER_QUARTERS),
        *((kind, districts, quarters, "") for kind in AT_QUARTERS),
        *((kind, districts, months[6:], "") for kind in AFTER_FIVE),
        *((kind, districts, months[1:], form) for kind, forms in NOT_IN_THE_FIRST.items() for form in forms),
        *(("shared_number", districts, months[1:], "") for _ in "1"),
        *(
            (
                kind,
                {"ward": with_wards, **dict.fromkeys(IN_XLSX, in_xlsx), "wrong_total": with_totals}.get(
                    kind, districts
                ),
                months,
                form,
            )
            for kind, forms in ANY_MONTH.items()
            for form in forms
        ),
    ]
    return [plan for each in wanted for plan in place(*each)]


def world(seed: int) -> World:
    """A province with those plans; one that finds nothing to spoil where it was placed is left out."""
    wanted = plans(seed)
    while True:
        try:
            made = World(seed, FIRST, LAST, defects=wanted)
            made.files()
        except UnplantableError as error:
            wanted.remove(error.plan)
        else:
            return made


def run(made: World, folder: Path) -> duckdb.DuckDBPyConnection:
    """The published file of one run over it."""
    write_folder(made, folder / "raw")
    ours = {"NTM_RAW_DIR": str(folder / "raw"), "NTM_HOME": str(folder / "home"), "NTM_AS_OF": AS_OF}
    subprocess.run(
        [sys.executable, "-m", "pipelines", "run"],
        cwd=CHECKOUT,
        env=os.environ | ours,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return duckdb.connect(str(folder / "home" / "published" / "ntm.duckdb"), read_only=True)


def is_about(found: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Whether a finding is the one expected: what the truth names must agree; a file's finding has path or nothing."""
    return found["rule_id"] == expected["rule_id"] and all(
        not expected[theirs] or not found[ours] or expected[theirs] == found[ours] for theirs, ours in SAME.items()
    )


def score(made: World, connected: duckdb.DuckDBPyConnection, scores: dict[str, Score]) -> int:
    """Add what one run found and missed; returns the rows read."""
    relation = connected.sql(
        "select rule_id, reporter_code, form, period, unit_code, cell, field, severity, state, message_en from quality.findings"
    )
    found = [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]
    expected = Truth(made).findings
    for each in expected:
        of_rule = scores.setdefault(each["rule_id"], Score())
        if each["kind"] == "habit":
            continue
        of_rule.planted += 1
        if any(is_about(one, each) for one in found):
            of_rule.found += 1
        else:
            of_rule.examples.append(f"seed {made.seed} missed {each}")
    for one in found:
        if one["severity"] == "info" or one["state"] != "open" or any(is_about(one, each) for each in expected):
            continue
        of_rule = scores.setdefault(one["rule_id"], Score())
        of_rule.false_alarms += 1
        of_rule.examples.append(f"seed {made.seed} false {one}")
    (rows,) = connected.sql("select sum(rows_read) from quality.submissions").fetchone() or (0,)
    return int(rows)


def measure(seeds: list[int], folder: Path) -> bool:
    """Run every seed, print the table by rule; whether both limits are kept."""
    scores: dict[str, Score] = {}
    rows = 0
    for seed in seeds:
        made = world(seed)
        rows += score(made, run(made, folder / str(seed)), scores)
    table = Table("rule", "planted", "found", "recall", "false alarms", box=None)
    for rule_id, each in sorted(scores.items()):
        recall = f"{each.found / each.planted:.3f}" if each.planted else "–"
        table.add_row(rule_id, str(each.planted), str(each.found), recall, str(each.false_alarms))
    false_alarms = Counter({rule_id: each.false_alarms for rule_id, each in scores.items()}).total()
    per_1000 = 1000 * false_alarms / rows
    table.add_row(
        "all",
        *(str(sum(getattr(each, name) for each in scores.values())) for name in ("planted", "found")),
        "",
        f"{false_alarms}",
    )
    console = Console()
    console.print(table)
    for each in scores.values():
        for example in each.examples:
            console.print(example)
    console.print(f"{len(seeds)} seeds, {rows:,} rows read, {per_1000:.3f} false alarms per 1,000 rows")
    return per_1000 <= FALSE_ALARMS_PER_1000 and all(
        not s.planted or s.found / s.planted >= RECALL for s in scores.values()
    )
