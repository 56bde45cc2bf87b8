"""What the warehouse must say: figures of each commune, district and the province, and the findings to expect.

Here: the true figures in the columns of contract.md, counted from the province itself, never from a file. `hidden_by`
names the planted defects that keep the warehouse from saying the same, `hidden_columns` the columns concerned:
everything else must be equal. Not here: how a defect works (`defects`).
"""

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.world.mail import Expected
from tests.world.post import World
from tests.world.province import CRITERIA, START, Officer
from tests.world.reference import Unit, add_months, closes_quarter, month_end

Figures = dict[str, Any]

WEAK_BELOW = 7
SIZES = ("large", "medium", "small")
BANDS = ((19, "19"), (15, "15-18"), (10, "10-14"), (5, "5-9"), (0, "<5"))
KEYS = {"commune": ("month", "commune_code"), "district": ("month", "district_code"), "province": ("month",)}

# A total can't be compared where one of these can't, for any of its communes.
RESTS_ON = {
    **dict.fromkeys(
        ("criteria_met_avg", "communes_at_19", "communes_15_18", "communes_10_14", "communes_5_9", "communes_under_5",
            "communes_under_7"),
        ("criteria_met_latest",),
    ),
    "communes_reported": ("criteria_met_reported",),
    "communes_all_model_sizes": ("has_all_model_sizes",),
    "communes_without_model": ("has_no_model",),
    "communes_with_enterprise": ("enterprises_active",),
    "communes_with_cooperative": ("cooperatives_active",),
    "communes_with_officer": ("has_officer",),
    "weak_communes": ("criteria_met_latest", "has_no_model"),
    "weak_communes_with_leader": ("criteria_met_latest", "has_no_model", "has_leader"),
}  # fmt: skip
SUMS = (
    "criteria_gained", "models_running", "models_new", "enterprises_new", "cooperatives_new",
    "residential_areas_recognised", "gardens_recognised", "funds_ytd_million_vnd",
)  # fmt: skip
DERIVED = {"criteria_met_latest": ("progress_band", "is_at_19", "is_weak"), "has_no_model": ("is_weak",)}


class Truth:
    """The true figures of a world, month by month."""

    def __init__(self, world: World) -> None:
        world.files()
        self.world = world
        self.province = world.province

    # -- communes ---------------------------------------------------------------------------------------------------

    @cached_property
    def commune_months(self) -> list[Figures]:
        """One row per rural commune and month."""
        return [self._commune(u, m) for m in self.world.months for u in self.province.rural(m)]

    def _commune(self, unit: Unit, month: date) -> Figures:
        code = unit.code
        met = self.province.met(code, month)
        before = self.province.met(code, add_months(month, -1)) if month > START else None
        models = self.province.models(code, month)
        running = Counter(m.size for m in models if m.status(month) == "running")
        establishments = self.province.establishments(code, month)
        active = Counter(e.kind for e in establishments if e.status(month) == "active")
        founded = Counter(e.kind for e in establishments if e.founded_on.replace(day=1) == month)
        recognised = Counter(a.kind for a in self.province.areas(code, month) if a.status(month) == "recognised")
        people = self._people(code, month)
        figures: Figures = {
            "month": month, "commune_code": code, "commune_name": unit.name, "district_code": unit.parent,
            "district_name": self.world.reference.unit(unit.parent, month_end(month)).name, "criteria_total": CRITERIA,
            "criteria_met_reported": len(met), "criteria_met_latest": len(met),
            "criteria_gained": len(met - before) if before is not None else None,
            "criteria_lost": len(before - met) if before is not None else None,
            "progress_band": next(name for least, name in BANDS if len(met) >= least), "is_at_19": len(met) == CRITERIA,
            "models_running": running.total(), **{f"models_{s}": running[s] for s in SIZES},
            "models_new": sum(m.started_on.replace(day=1) == month for m in models),
            "has_all_model_sizes": all(running[s] for s in SIZES), "has_no_model": not running,
            "enterprises_active": active["enterprise"], "cooperatives_active": active["cooperative"],
            "cooperative_groups_active": active["cooperative_group"], "enterprises_new": founded["enterprise"],
            "cooperatives_new": founded["cooperative"], "residential_areas_recognised": recognised["residential_area"],
            "gardens_recognised": recognised["garden"], "funds_ytd_million_vnd": self._funds(code, month),
            "has_officer": bool(people), "has_leader": any(o.is_leader for o in people),
            "is_weak": len(met) < WEAK_BELOW or not running,
        }  # fmt: skip
        hidden = {c: set(ids) for c, ids in self.world.hidden.get((month, code), {}).items()}
        for column, derived in DERIVED.items():
            for name in derived if column in hidden else ():
                hidden.setdefault(name, set()).update(hidden[column])
        return figures | _hidden(hidden)

    def _people(self, commune: str, month: date) -> list[Officer]:
        """Assignments as of the last quarter that has ended (H06 is quarterly, carried through two months)."""
        return self.province.assignments(commune, _last_quarter(month)) if _last_quarter(month) >= START else []

    def _funds(self, commune: str, month: date) -> int | None:
        """Funds since 1 January as of the last quarter of the same year; none before the first one ended."""
        quarter = _last_quarter(month)
        return sum(self.province.funds(commune, quarter).values()) if quarter.year == month.year else None

    # -- totals -----------------------------------------------------------------------------------------------------

    @cached_property
    def district_months(self) -> list[Figures]:
        """One row per district and month."""
        rows = []
        for month in self.world.months:
            for district in self.world.reference.districts(month_end(month)):
                communes = self._communes_of(month, district.code)
                officers = self._officers(district, month)
                total: Figures = {"month": month, "district_code": district.code, "district_name": district.name}
                total |= self._total(communes) | self._reports([district.code], month)
                total["full_time_officers"] = len(officers) if officers else None
                total["officer_fields"] = len({o.field for o in officers}) if officers else None
                rows.append(total | self._hidden_total(communes))
        return rows

    @cached_property
    def province_months(self) -> list[Figures]:
        """One row per month."""
        rows = []
        for month in self.world.months:
            communes = self._communes_of(month)
            districts = [d.code for d in self.world.reference.districts(month_end(month))]
            silent = {e.reporter for e in self._without_report("H01", month)}
            total: Figures = {"month": month} | self._total(communes) | self._reports(districts, month)
            total |= {
                "districts_expected": len(districts),
                "districts_reported": len(districts) - len(silent & set(districts)),
            }
            rows.append(total | self._hidden_total(communes))
        return rows

    def _communes_of(self, month: date, district: str = "") -> list[Figures]:
        return [r for r in self.commune_months if r["month"] == month and district in {"", r["district_code"]}]

    def _officers(self, district: Unit, month: date) -> list[Officer]:
        quarter = _last_quarter(month)
        if quarter < START or not district.is_valid(month_end(quarter)):
            return []
        return [o for o in self.province.officers(district.code, quarter) if o.is_full_time]

    @staticmethod
    def _total(communes: list[Figures]) -> Figures:
        counts = [c["criteria_met_latest"] for c in communes]
        bands = Counter(c["progress_band"] for c in communes)
        total: Figures = {
            "communes_expected": len(communes), "communes_reported": len(communes),
            "criteria_met_avg": sum(counts) / len(counts), "communes_at_19": bands["19"],
            "communes_15_18": bands["15-18"],
            "communes_10_14": bands["10-14"], "communes_5_9": bands["5-9"], "communes_under_5": bands["<5"],
            "communes_under_7": sum(n < WEAK_BELOW for n in counts),
            "communes_all_model_sizes": sum(c["has_all_model_sizes"] for c in communes),
            "communes_without_model": sum(c["has_no_model"] for c in communes),
            "communes_with_enterprise": sum(c["enterprises_active"] > 0 for c in communes),
            "communes_with_cooperative": sum(c["cooperatives_active"] > 0 for c in communes),
            "communes_with_officer": sum(c["has_officer"] for c in communes),
            "weak_communes": sum(c["is_weak"] for c in communes),
            "weak_communes_with_leader": sum(c["is_weak"] and c["has_leader"] for c in communes),
        }  # fmt: skip
        for column in SUMS:
            values = [c[column] for c in communes]
            total[column] = None if None in values else sum(values)
        return total

    def _reports(self, districts: Iterable[str], month: date) -> Figures:
        """Obligations of districts whose period counts in the month: none is hidden, for a missing report is counted
        as such.
        """
        expected = sum(len(self.world.storyteller.forms_owed(d, "district", month)) for d in districts)
        there = [e for e in self.world.expected if e.reporter in set(districts) and e.month == month]
        missing = sum(e.rule_id in {"D01", "D03"} for e in there)
        late = sum(e.rule_id == "D02" for e in there)
        return {
            "reports_expected": expected,
            "reports_received": expected - missing,
            "reports_on_time": expected - missing - late,
        }

    def _without_report(self, form: str, month: date) -> list[Expected]:
        return [e for e in self.world.expected if e.form == form and e.month == month and e.rule_id in {"D01", "D03"}]

    def _hidden_total(self, communes: list[Figures]) -> Figures:
        hidden: dict[str, set[str]] = {}
        for commune in communes:
            at = self.world.hidden.get((commune["month"], commune["commune_code"]), {})
            for column in (*RESTS_ON, *SUMS):
                for base in RESTS_ON.get(column, (column,)):
                    if base in at:
                        hidden.setdefault(column, set()).update(at[base])
        return _hidden(hidden)

    # -- findings ---------------------------------------------------------------------------------------------------

    @property
    def findings(self) -> list[Figures]:
        """One row per finding to expect, of planted defects and of habits ('habit')."""
        return [
            {
                "defect_id": e.defect_id, "kind": e.kind, "rule_id": e.rule_id, "severity": e.severity,
                "reporter_code": e.reporter,
                "form": e.form, "period": e.period, "commune_code": e.commune, "field": e.field, "path": e.path,
                "sheet": e.sheet, "cell": e.cell, "value": e.value, "note": e.note,
            }
            for e in sorted(self.world.expected, key=lambda e: (e.defect_id, e.rule_id, e.period, e.reporter, e.form))
        ]  # fmt: skip

    def write(self, folder: Path) -> None:
        """The four tables as CSV files in a folder: defects, commune_months, district_months, province_months."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in (
            ("defects", self.findings),
            ("commune_months", self.commune_months),
            ("district_months", self.district_months),
            ("province_months", self.province_months),
        ):
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]) if rows else ["defect_id"], lineterminator="\n")
                writer.writeheader()
                writer.writerows(
                    {k: str(v).lower() if isinstance(v, bool) else v for k, v in row.items()} for row in rows
                )


def _last_quarter(month: date) -> date:
    """The last month of the newest quarter that has ended by a month's end."""
    return next(m for i in range(3) if closes_quarter(m := add_months(month, -i)))


def _hidden(columns: dict[str, set[str]]) -> Figures:
    return {
        "hidden_by": ";".join(sorted(set().union(*columns.values()))),
        "hidden_columns": ";".join(sorted(columns)),
    }
