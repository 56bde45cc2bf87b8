"""The entry point of the Dagster code location: loads `pipelines/defs`, nothing else."""

from pathlib import Path

import dagster as dg


@dg.definitions
def defs() -> dg.Definitions:
    """Return everything under `pipelines/defs`."""
    return dg.load_from_defs_folder(path_within_project=Path(__file__).parent)
