"""A table and a suite of expectations → outcomes: whether a layer may be relied on. The only user of Great Expectations.

Here: suites (expectations/*.yml), running them over data frames, the sentence that says what a failed one means, and the
page of a suite in the Data Docs. A failed `critical` expectation is about structure (columns, keys, codes, ranges) and
stops publication; a `warning` shows (quality.md, "Who finds what").
Not here: rules about reports. Their findings come from SQL, complete; what comes from here counts, and names no value.
"""

import importlib.util
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from pipelines.pages import render

if TYPE_CHECKING:
    import pandas as pd

CRITICAL, WARNING = "critical", "warning"
_KEYS = {"table", "expectations"}

# What an expectation says, Vietnamese and English, by type.
EXPECTED = {
    "expect_column_values_to_not_be_null": ("không dòng nào trống {column}", "no row without {column}"),
    "expect_column_values_to_be_unique": ("{column} không trùng nhau", "no {column} twice"),
    "expect_compound_columns_to_be_unique": ("khóa ({column}) không trùng nhau", "no key ({column}) twice"),
    "expect_column_values_to_be_in_set": ("{column} thuộc danh mục: {values}", "{column} is one of: {values}"),
    "expect_column_values_to_match_regex": ("{column} đúng dạng {regex}", "{column} is of the form {regex}"),
    "expect_column_values_to_be_between": ("{column} trong khoảng {range}", "{column} within {range}"),
    "expect_column_pair_values_a_to_be_greater_than_b": (
        "{column_a} không nhỏ hơn {column_b}",
        "{column_a} not below {column_b}",
    ),
    "expect_table_row_count_to_be_between": ("số dòng của bảng {range}", "rows of the table: {range}"),
}
OTHER_EXPECTED = ("{check}", "{check}")

# What it means that an expectation fails, Vietnamese and English, by type. `{failed}` of `{checked}` rows.
SENTENCES = {
    "expect_column_values_to_not_be_null": (
        "{failed} trong {checked} dòng trống cột {column}",
        "{failed} of {checked} rows have no {column}",
    ),
    "expect_column_values_to_be_unique": (
        "{failed} trong {checked} dòng có {column} trùng nhau",
        "{failed} of {checked} rows share their {column} with another",
    ),
    "expect_compound_columns_to_be_unique": (
        "{failed} trong {checked} dòng trùng khóa ({column})",
        "{failed} of {checked} rows share their key ({column}) with another",
    ),
    "expect_column_values_to_be_in_set": (
        "{failed} trong {checked} dòng có {column} ngoài danh mục ({values})",
        "{failed} of {checked} rows have a {column} other than {values}",
    ),
    "expect_column_values_to_match_regex": (
        "{failed} trong {checked} dòng có {column} sai dạng {regex}",
        "{failed} of {checked} rows have a {column} not of the form {regex}",
    ),
    "expect_column_values_to_be_between": (
        "{failed} trong {checked} dòng có {column} ngoài khoảng {range}",
        "{failed} of {checked} rows have a {column} outside {range}",
    ),
    "expect_column_pair_values_a_to_be_greater_than_b": (
        "{failed} trong {checked} dòng có {column_a} nhỏ hơn {column_b}",
        "{failed} of {checked} rows have a {column_a} below {column_b}",
    ),
    "expect_table_row_count_to_be_between": (
        "bảng có {observed} dòng, ngoài khoảng {range}",
        "the table has {observed} rows, outside {range}",
    ),
}
OTHER_SENTENCE = ("{failed} trong {checked} dòng không đạt {check}", "{failed} of {checked} rows fail {check}")
UNTRIED_SENTENCE = ("không kiểm tra được {check}: {observed}", "{check} could not be tried: {observed}")
NO_TABLE_SENTENCE = ("không có bảng này", "there is no such table")


@dataclass(frozen=True)
class Suite:
    """What is expected of one table ('schema.table'), in the words of Great Expectations."""

    name: str
    table: str
    expectations: tuple[dict[str, Any], ...]

    @property
    def columns(self) -> set[str]:
        """The columns that something is expected of: of a table that has others, these alone need be fetched."""
        columns: set[str] = set()
        for expectation in self.expectations:
            columns.update(_find_columns(expectation["kwargs"]))
        return columns


@dataclass(frozen=True)
class Outcome:
    """One check of one table. `observed` is a count, a share or a list of columns, never a value of a row.

    Of `rows_checked` rows `rows_failed` do not keep it, None where a check does not count rows. What is wrong is one
    sentence in Vietnamese and one in English; None when nothing is.
    """

    suite: str
    check: str
    severity: str
    is_passed: bool
    observed: str | None
    rows_checked: int | None = None
    rows_failed: int | None = None
    message_vi: str | None = None
    message_en: str | None = None


@dataclass(frozen=True)
class Validation:
    """What one suite found: an outcome per expectation, and its page for the Data Docs (None without a table)."""

    suite: Suite
    outcomes: list[Outcome]
    page: str | None


def load_suites(folder: Path) -> list[Suite]:
    """Read all suites of a folder. Raises ValueError, naming the file, for an unknown key or a missing severity."""
    return [_read_suite(file) for file in sorted(folder.glob("*.yml"))]


def _read_suite(file: Path) -> Suite:
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    if set(read) != _KEYS:
        raise ValueError(f"{file}: has {sorted(read)}, not {sorted(_KEYS)}")
    for expectation in read["expectations"]:
        if expectation.get("severity") not in {CRITICAL, WARNING} or not {"type", "kwargs"} <= expectation.keys():
            raise ValueError(f"{file}: {expectation} needs type, kwargs and severity ({CRITICAL} or {WARNING})")
    return Suite(file.stem, read["table"], tuple(read["expectations"]))


def warm_up() -> None:
    """Import what suites need, 4 s that a process may have to wait for something else anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        _put_off("scipy.stats")
        import great_expectations  # noqa: F401, PLC0415 (the import is the work)


def _put_off(module: str) -> None:
    """Let a module be imported when something in it is first used, if it is.

    Great Expectations names scipy.stats in one expectation, of distributions, that no suite of ours has; it is a quarter
    of the import (measured in November 2026 with 1.24 and scipy 1.17).
    """
    if module in sys.modules:
        return
    spec = importlib.util.find_spec(module)
    if spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    put_off = importlib.util.module_from_spec(spec)
    sys.modules[module] = put_off
    spec.loader.exec_module(put_off)
    package, _, name = module.rpartition(".")
    setattr(sys.modules[package], name, put_off)


def validate(suites: Sequence[Suite], fetch: Callable[[Suite], "pd.DataFrame | None"]) -> Iterator[Validation]:
    """Run suites one after the other. `fetch` gives a suite's table as a data frame, None if there is none: critical.

    Great Expectations takes 4 s to import, once per process; a suite over 50,000 rows 0.2 s.
    """
    warm_up()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations, none of ours
        import great_expectations as gx  # noqa: PLC0415 (4 s, only when suites run)
        from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415 (as above)

        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        source = context.data_sources.add_pandas("tables")
        for suite in suites:
            frame = fetch(suite)
            if frame is None:
                yield Validation(suite, [_missing_table_outcome(suite)], None)
                continue
            batches = source.add_dataframe_asset(suite.name).add_batch_definition_whole_dataframe("whole")
            expected = gx.ExpectationSuite(name=suite.name, expectations=[dict(one) for one in suite.expectations])
            counts = {"result_format": "BASIC", "partial_unexpected_count": 0}  # no value of a row leaves the table
            result = batches.get_batch({"dataframe": frame}).validate(expected, result_format=counts)
            outcomes = [_build_outcome(suite, one) for one in result.results]
            yield Validation(suite, outcomes, _render_page(suite, result.results, outcomes))


def _missing_table_outcome(suite: Suite) -> Outcome:
    vi, en = (f"{suite.table}: {sentence}." for sentence in NO_TABLE_SENTENCE)
    return Outcome(suite.name, "table_exists", CRITICAL, False, None, message_vi=vi, message_en=en)


def _build_outcome(suite: Suite, one: Any) -> Outcome:
    config = one.expectation_config
    kwargs = config.kwargs
    columns = ", ".join(_find_columns(kwargs))
    name = f"{config.type} {columns}".strip()
    measured = one.result
    failed, checked = measured.get("unexpected_count"), measured.get("element_count")
    if checked is not None:
        checked -= measured.get("missing_count", 0)
    observed = measured.get("observed_value", failed)
    error = None
    if observed is None:
        error = next(filter(None, map(_find_error, [one.exception_info, *(one.exception_info or {}).values()])), None)
        observed = error
    observed = None if observed is None else str(observed)[:500]
    messages: tuple[str | None, str | None] = (None, None)
    if not one.success:
        templates = UNTRIED_SENTENCE if error else SENTENCES.get(config.type, OTHER_SENTENCE)
        values = _word_arguments(kwargs) | {"check": name, "observed": observed}
        vi, en = (
            f"{suite.table}: {template.format(failed=failed, checked=checked, **values)}." for template in templates
        )
        messages = (vi, en)
    severity = str(getattr(config.severity, "value", config.severity))
    return Outcome(suite.name, name, severity, bool(one.success), observed, checked, failed, *messages)


def _find_columns(kwargs: dict[str, Any]) -> list[str]:
    """Return the columns that an expectation is about, in its order; none for the table."""
    if "column_A" in kwargs:
        return [kwargs["column_A"], kwargs["column_B"]]
    return kwargs.get("column_list") or ([kwargs["column"]] if "column" in kwargs else [])


def _word_arguments(kwargs: dict[str, Any]) -> dict[str, str]:
    """Return what a sentence may say of an expectation's arguments."""
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    return {
        "column": ", ".join(_find_columns(kwargs)),
        "range": f"≥ {low}" if high is None else f"≤ {high}" if low is None else f"{low}–{high}",
        "values": ", ".join(map(str, kwargs.get("value_set", []))),
        "regex": kwargs.get("regex", ""),
        "column_a": kwargs.get("column_A", ""),
        "column_b": kwargs.get("column_B", ""),
    }


def _find_error(info: Any) -> str | None:
    """Return the message of an expectation that could not be tried; such come alone, or one per metric."""
    return info.get("exception_message") if isinstance(info, dict) and info.get("raised_exception") else None


def _render_page(suite: Suite, results: Sequence[Any], outcomes: Sequence[Outcome]) -> str:
    """Return the page of a suite: what must hold, whether it does, and for how many rows."""
    checks = []
    for one, outcome in sorted(zip(results, outcomes, strict=True), key=lambda pair: pair[1].is_passed):
        kind, kwargs = one.expectation_config.type, one.expectation_config.kwargs
        vi, en = (
            sentence.format(**_word_arguments(kwargs), check=outcome.check)
            for sentence in EXPECTED.get(kind, OTHER_EXPECTED)
        )
        checks.append({"outcome": outcome, "vi": vi, "en": en})
    return render(
        "suite.html.j2",
        table=suite.table,
        checks=checks,
        failed=sum(not outcome.is_passed for outcome in outcomes),
        severities={CRITICAL: "nghiêm trọng · critical", WARNING: "cảnh báo · warning"},
    )
