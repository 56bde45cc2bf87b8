"""A table and a suite of expectations → outcomes: whether a layer may be relied on. The only user of Great Expectations.

Here: suites (expectations/*.yml) and running them over data frames. A failed `critical` expectation is about structure
(columns, keys, codes, ranges) and stops publication; a `warning` shows (quality.md, "Who finds what").
Not here: rules about reports. Their findings come from SQL, complete; what comes from here is capped and counts only.
"""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    import pandas as pd

CRITICAL, WARNING = "critical", "warning"
_KEYS = {"table", "expectations"}


@dataclass(frozen=True)
class Suite:
    """What is expected of one table ('schema.table'), in the words of Great Expectations."""

    name: str
    table: str
    expectations: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Outcome:
    """One expectation over one table. `observed` is a count, a share or a list of columns, never a value of a row."""

    suite: str
    check: str
    severity: str
    is_passed: bool
    observed: str | None


def load_suites(folder: Path) -> list[Suite]:
    """Read all suites of a folder. Raises ValueError, naming the file, for an unknown key or a missing severity."""
    return [_suite(file) for file in sorted(folder.glob("*.yml"))]


def _suite(file: Path) -> Suite:
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    if set(read) != _KEYS:
        raise ValueError(f"{file}: has {sorted(read)}, not {sorted(_KEYS)}")
    for expectation in read["expectations"]:
        if expectation.get("severity") not in {CRITICAL, WARNING} or not {"type", "kwargs"} <= expectation.keys():
            raise ValueError(f"{file}: {expectation} needs type, kwargs and severity ({CRITICAL} or {WARNING})")
    return Suite(file.stem, read["table"], tuple(read["expectations"]))


def validate(
    suites: Sequence[Suite], fetch: Callable[[str], "pd.DataFrame | None"]
) -> Iterator[tuple[Suite, list[Outcome]]]:
    """Run suites one after the other. `fetch` gives a table as a data frame, None if there is none: critical.

    Great Expectations takes 6 s to import, once a process; a suite over 50,000 rows 0.2 s.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations, none of ours
        import great_expectations as gx  # noqa: PLC0415 (6 s, only when suites run)
        from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        source = context.data_sources.add_pandas("tables")
        for suite in suites:
            frame = fetch(suite.table)
            if frame is None:
                yield suite, [Outcome(suite.name, "table_exists", CRITICAL, False, None)]
                continue
            batches = source.add_dataframe_asset(suite.name).add_batch_definition_whole_dataframe("whole")
            expected = gx.ExpectationSuite(name=suite.name, expectations=[dict(one) for one in suite.expectations])
            result = batches.get_batch({"dataframe": frame}).validate(expected, result_format="BASIC")
            yield suite, [_outcome(suite, one) for one in result.results]


def _outcome(suite: Suite, one: Any) -> Outcome:
    config = one.expectation_config
    kwargs = config.kwargs
    what = kwargs.get("column") or kwargs.get("column_list") or ""
    if "column_A" in kwargs:
        what = [kwargs["column_A"], kwargs["column_B"]]
    name = f"{config.type} {', '.join(what) if isinstance(what, list) else what}".strip()
    found = one.result
    observed = found.get("observed_value", found.get("unexpected_count"))
    if observed is None:
        observed = next(filter(None, map(_raised, [one.exception_info, *(one.exception_info or {}).values()])), None)
    severity = getattr(config.severity, "value", config.severity)
    return Outcome(
        suite.name, name, str(severity), bool(one.success), None if observed is None else str(observed)[:500]
    )


def _raised(info: Any) -> str | None:
    """Return the message of an expectation that could not be tried; such come alone, or one a metric."""
    return info.get("exception_message") if isinstance(info, dict) and info.get("raised_exception") else None
