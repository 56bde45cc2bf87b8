"""What all assets have in common: keys, owners, dbt's manifest and what it says of tables.

Here: names that several modules of `defs` use. Not here: any asset.
"""

from typing import Any

import dagster as dg

from pipelines.settings import Settings
from pipelines.warehouse.build import manifest

OWNERS = ["team:coordination-office"]
PUBLISHED = ("marts", "quality")
PRODUCTS = "products"
REPORTS = "reports"
TEST_OF_CHECK = "dagster_dbt/unique_id"
"""The metadata in which dagster-dbt notes which test a check is."""


def key(schema: str, table: str) -> dg.AssetKey:
    """Return the asset key of a table: where it stands in the database."""
    return dg.AssetKey([schema, table])


def parsed(settings: Settings) -> dict[str, Any]:
    """Return dbt's manifest; the folders it is kept in are made if need be."""
    settings.make_home()
    settings.export()
    return manifest(settings)


BUILD = key("meta", "build")
"""The published file: what follows from it, and what is asked about it."""


def sources(settings: Settings) -> dict[dg.AssetKey, str]:
    """Return what dbt says of each table that loading writes: its grain."""
    nodes = parsed(settings)["sources"].values()
    return {key(source["schema"], source["name"]): source["description"] for source in nodes}


def automatic_sensor(settings: Settings) -> dg.DefaultSensorStatus:
    """Return whether a sensor that starts runs is on from the first start: by choice, so that opening the UI starts nothing."""
    return dg.DefaultSensorStatus.RUNNING if settings.is_automatic else dg.DefaultSensorStatus.STOPPED


def automatic_schedule(settings: Settings) -> dg.DefaultScheduleStatus:
    """Return the same for a schedule."""
    return dg.DefaultScheduleStatus.RUNNING if settings.is_automatic else dg.DefaultScheduleStatus.STOPPED
