"""Which engine the settings name.

Here: choosing it, and with it whether anything of Spark is imported. Not here: what an engine does (engine.py, spark/).
"""

from pipelines.settings import Settings
from pipelines.warehouse.engine import THIS_MACHINE, Engine


def choose_engine(settings: Settings) -> Engine:
    """Return the engine that the settings name, not started yet."""
    if settings.spark is None:
        return THIS_MACHINE
    from pipelines.warehouse.spark.engine import SparkEngine  # noqa: PLC0415 (who doesn't use Spark imports none of it)

    return SparkEngine(settings)
