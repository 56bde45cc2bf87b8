"""How good the projection of a target to its deadline is: the model's own SQL over simulated provinces that go on.

Here: true series of several seeds (no workbook is written), each month up to the deadline taken as if it were the newest,
and the error and the coverage of the interval months later. Not here: the method (target_progress.sql says it).
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from pipelines.settings import DBT_PROJECT_DIR, SEEDS_DIR
from tests.world.province import CRITERIA, START, Province
from tests.world.reference import Reference, month_end, months_between

SEEDS = range(101, 109)
MODEL = "target_progress"
WEAK_BELOW = 7
YEAR_END, MID_YEAR = date(2014, 12, 1), date(2015, 6, 1)
DEADLINES = {"T01": YEAR_END, "T02b": YEAR_END, "T03": YEAR_END, "T05": MID_YEAR}
SHARES = frozenset({"T01", "T02b"})
Row = tuple[Any, ...]


def model_sql(working_file: Path) -> str:
    """The SQL of the model as dbt compiles it for a working file; it reads intermediate.int_target_measures alone."""
    folder = working_file.parent
    command = [
        *(
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "dbt.cli.main",
            "--quiet",
            "--log-path",
            str(folder / "logs"),
            "compile",
        ),
        *("--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)),
        *("--target-path", str(folder / "target"), "--vars", '{"as_of": "2015-07-20"}', "--select", MODEL),
    ]
    environment = {"NTM_WORKING_FILE": str(working_file), "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    (file,) = (folder / "target" / "compiled").rglob(f"{MODEL}.sql")
    return file.read_text(encoding="utf-8")


def true_values(province: Province, month: date) -> dict[str, float]:
    """What each of `DEADLINES` was at a month's end, in the target's unit."""
    communes = [unit.code for unit in province.rural(month)]
    sizes = [{m.size for m in province.models(c, month) if m.status(month) == "running"} for c in communes]
    kinds = [{e.kind for e in province.establishments(c, month) if e.status(month) == "active"} for c in communes]
    per_cent = 100 / len(communes)
    return {
        "T01": per_cent * sum(len(each) == len(("large", "medium", "small")) for each in sizes),
        "T02b": per_cent * sum({"enterprise", "cooperative"} <= each for each in kinds),
        "T03": sum(not each for each in sizes),
        "T05": sum(len(province.met(c, month)) < WEAK_BELOW <= CRITERIA for c in communes),
    }


def measures(reference: Reference, seed: int) -> Iterator[Row]:
    """The true series of one simulated province, as rows of int_target_measures (`COLUMNS`)."""
    last = max(DEADLINES.values())
    province = Province(reference, seed, last)
    for month in months_between(START, last):
        communes = len(province.rural(month))
        for target, value in true_values(province, month).items():
            ceiling = 100.0 if target in SHARES else float(communes)
            yield (target, month, month_end(month), str(seed), float(value), month_end(DEADLINES[target]), ceiling)


COLUMNS = (
    "target_id varchar, month date, month_end date, unit_code varchar, value double, deadline date, ceiling double"
)
NOT_ASKED = {
    "is_target_unit": "true", "numerator": "0", "denominator": "0", "units": "0", "target_value": "0.0",
    "is_met": "false", "state": "'not_met'", "gap": "0.0",
}  # fmt: skip


def back_test() -> list[Row]:
    """One row per target and months ahead: provinces, mean absolute error, that of no change, share inside, mean width."""
    reference = Reference(SEEDS_DIR)
    with tempfile.TemporaryDirectory() as scratch:
        working_file = Path(scratch) / "working.duckdb"
        query = model_sql(working_file)
        connected = duckdb.connect(str(working_file))
        connected.execute("create schema intermediate")
        connected.execute(f"create table truth ({COLUMNS})")
        for seed in SEEDS:
            places = ", ".join("?" * len(COLUMNS.split(",")))
            connected.executemany(f"insert into truth values ({places})", list(measures(reference, seed)))
        more = ", ".join(f"{value} as {name}" for name, value in NOT_ASKED.items())
        connected.execute(f"create table intermediate.int_target_measures as select *, {more} from truth")
        connected.execute(f"create table projected as {query}")
        return connected.execute(
            """
            select
                now.target_id,
                datediff('month', now.month, now.deadline) as months_ahead,
                count(*),
                avg(abs(now.projected_value - later.value)),
                avg(abs(now.value - later.value)),
                avg(case when later.value between now.projected_low - 1e-9 and now.projected_high + 1e-9 then 1 else 0 end),
                avg(now.projected_high - now.projected_low)
            from projected as now
            inner join truth as later
                on
                    now.target_id = later.target_id
                    and now.unit_code = later.unit_code
                    and now.deadline = later.month_end
            where now.projected_value is not null and now.month < date_trunc('month', now.deadline)
            group by all
            order by all
            """
        ).fetchall()


def table() -> Table:
    """The back-test for the terminal."""
    shown = Table(
        "projection to the deadline",
        "months ahead",
        "error",
        "without one",
        "inside the interval",
        "its width",
        box=None,
    )
    for target, ahead, _, error, idle, inside, width in back_test():
        unit = "points" if target in SHARES else "communes"
        shown.add_row(f"{target}, {unit}", str(ahead), f"{error:.1f}", f"{idle:.1f}", f"{inside:.0%}", f"{width:.1f}")
    return shown
