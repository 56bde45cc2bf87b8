"""`python -m tests.world`: write the simulated province's raw folder (`make sample`)."""

import argparse
from datetime import date
from pathlib import Path

from tests.world.communes import CommuneWorld
from tests.world.folder import write_commune_folder, write_folder
from tests.world.post import SEED, World
from tests.world.reference import SEEDS, add_months, months_between
from tests.world.truth import Truth


def write_communes(out: Path, seeds_dir: Path) -> None:
    """Write the raw folder of the new era, and its truth beside it."""
    world = CommuneWorld(seeds_dir=seeds_dir)
    count, size = write_commune_folder(world, out)
    truth = out.with_name(f"{out.name}.truth")
    world.write_truth(truth)
    print(f"{count} files, {size / 1e6:.1f} MB → {out}, {truth}")  # noqa: T201


def main() -> None:
    """Parse the options and write the folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.world", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED, help="equal seeds give equal bytes")
    parser.add_argument("--out", type=Path, help="folder to write (default: raw/, and its truth beside this module)")
    parser.add_argument(
        "--truth", type=Path, help="folder for the truth (default: beside the folder written, NAME.truth)"
    )
    parser.add_argument("--months", default="2014-09..2015-06", help="first and last month, '2014-09..2015-06'")
    parser.add_argument("--times", type=int, default=1, help="that many times as many months, for benchmarks")
    parser.add_argument(
        "--era", type=int, choices=(2014, 2025), default=2014, help="2025: communes report for themselves"
    )
    parser.add_argument("--clean", action="store_true", help="plant nothing")
    parser.add_argument("--reference", type=Path, default=SEEDS, help="folder of the seed files")
    options = parser.parse_args()
    if options.era == 2025:
        write_communes(options.out or Path("raw-2025"), options.reference)
        return
    first, last = (date.fromisoformat(f"{m}-01") for m in options.months.split(".."))
    last = add_months(first, len(months_between(first, last)) * options.times - 1)
    world = World(options.seed, first, last, defects=[] if options.clean else None, seeds_dir=options.reference)
    here = Path(__file__).parent
    out = options.out or here.parents[1] / "raw"
    truth = options.truth or (out.with_name(f"{out.name}.truth") if options.out else here / "truth")
    count, size = write_folder(world, out)
    Truth(world).write(truth)
    print(f"{count} files, {size / 1e6:.1f} MB, {len(world.expected)} expected findings → {out}, {truth}")  # noqa: T201


if __name__ == "__main__":
    main()
