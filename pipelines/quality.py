"""What a suite expects of a table, and the table's counts → outcomes: whether what was read may be relied on.

Here: suites (expectations/*.yml), the objects of Great Expectations that judge their counts (a context with suites, validation
definitions and checkpoints under $NTM_HOME/gx; the only user of it), the sentence that says what a failed one means, and the
page of a suite in the Data Docs. A failed `critical` expectation is about structure (columns, keys, codes, ranges) and
stops publication; a `warning` shows (quality.md, "Who finds what").
Not here: counting, which is DuckDB's (warehouse/measures.py); rules about reports. Their findings come from SQL, complete;
what comes from here counts, and names no value.
"""

import contextlib
import datetime as dt
import importlib.util
import logging
import sys
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from pipelines.pages import render

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations import Checkpoint
    from great_expectations.data_context import FileDataContext
    from great_expectations.expectations import Expectation

CRITICAL, WARNING = "critical", "warning"
GX_FOLDER = "gx"  # Great Expectations' own name
SOURCE, COUNTS = "landed", "counts"
logger = logging.getLogger(__name__)
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

# What is counted of it: the column of the one row of counts that Great Expectations is given.
MEASURES = {
    "expect_column_values_to_not_be_null": "{column} is null",
    "expect_column_values_to_be_unique": "{column} shared",
    "expect_compound_columns_to_be_unique": "key ({column}) shared",
    "expect_column_values_to_be_in_set": "{column} other than {values}",
    "expect_column_values_to_match_regex": "{column} not of the form {regex}",
    "expect_column_values_to_be_between": "{column} outside {range}",
    "expect_column_pair_values_a_to_be_greater_than_b": "{column_a} below {column_b}",
    "expect_table_row_count_to_be_between": "rows, {range}",
}
_ROW_COUNT = "expect_table_row_count_to_be_between"
# The arguments of each type that are understood: of another one, the table would be checked for less than was written.
_ARGUMENTS = {
    "expect_column_values_to_not_be_null": {"column", "mostly"},
    "expect_column_values_to_be_unique": {"column"},
    "expect_compound_columns_to_be_unique": {"column_list"},
    "expect_column_values_to_be_in_set": {"column", "value_set", "mostly"},
    "expect_column_values_to_match_regex": {"column", "regex", "mostly"},
    "expect_column_values_to_be_between": {"column", "min_value", "max_value", "mostly"},
    "expect_column_pair_values_a_to_be_greater_than_b": {"column_A", "column_B", "or_equal", "ignore_row_if"},
    _ROW_COUNT: {"min_value", "max_value"},
}

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
UNTRIED_SENTENCE = ("không kiểm tra được {check}: {observed}", "{check} could not be tried: {observed}")
NO_TABLE_SENTENCE = ("không có bảng này", "there is no such table")


@dataclass(frozen=True)
class Suite:
    """What is expected of one table ('schema.table'), in the words of Great Expectations."""

    name: str
    table: str
    expectations: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Count:
    """What DuckDB counted for one expectation: rows of the table, of these the ones looked at, of these the ones that fail."""

    rows: int
    checked: int
    failed: int


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
    read = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    if set(read) != _KEYS:
        raise ValueError(f"{file}: has {sorted(read)}, not {sorted(_KEYS)}")
    for expectation in read["expectations"]:
        if expectation.get("severity") not in {CRITICAL, WARNING} or not {"type", "kwargs"} <= expectation.keys():
            raise ValueError(f"{file}: {expectation} needs type, kwargs and severity ({CRITICAL} or {WARNING})")
        arguments = _ARGUMENTS.get(expectation["type"])
        if arguments is None or not expectation["kwargs"].keys() <= arguments:
            raise ValueError(f"{file}: {expectation} has a type or an argument that is not counted")
    return Suite(file.stem, read["table"], tuple(read["expectations"]))


def warm_up() -> None:
    """Import what suites need, 4 s that a process may have to wait for something else anyway."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        put_off("scipy.stats")
        with hidden("pyspark", "pyspark.sql.connect"):
            import great_expectations  # noqa: F401, PLC0415 (the import is the work)


@contextlib.contextmanager
def hidden(*modules: str) -> Generator[None]:
    """For the body, have modules that are not imported yet count as not installed.

    Great Expectations imports Spark where there is one. That ends the process, with success, if it was forked: pyspark 4.3 takes
    a process whose main module has no name for a test of its own (`pyspark/sql/connect/utils.py`).
    """
    names = [name for name in modules if name not in sys.modules]
    for name in names:
        sys.modules[name] = None  # ty: ignore[invalid-assignment] -- what Python has for a module that is not to be imported
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def put_off(module: str) -> None:
    """Let a module be imported when something in it is first used, if it is.

    Great Expectations names scipy.stats in one expectation, of distributions, that no suite of ours has; it is a quarter
    of the import (measured in November 2026 with 1.24 and scipy 1.17). Python's own LazyLoader imports it for any question,
    even what file it is of, and dbt asks that of every module there is.
    """
    if module in sys.modules:
        return
    spec = importlib.util.find_spec(module)
    if spec is None or spec.loader is None:
        return
    loader, stand_in = spec.loader, importlib.util.module_from_spec(spec)

    def find(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        del stand_in.__dict__["__getattr__"]
        loader.exec_module(stand_in)
        return getattr(stand_in, name)

    stand_in.__dict__["__getattr__"] = find
    sys.modules[module] = stand_in
    package, _, name = module.rpartition(".")
    setattr(sys.modules[package], name, stand_in)


def validate(
    suites: Sequence[Suite], count: Callable[[Suite], list[Count | None] | None], home: Path, at: dt.datetime
) -> Iterator[Validation]:
    """Run the checkpoint of each suite, one after the other, in the context that lies under `home`.

    `count` gives the counts that a suite's expectations are about, in their order; None if there is no such table (critical),
    in place of one if there is no such column. `at` (UTC) is when the results are filed. Great Expectations takes 4 s to
    import, once per process; a checkpoint 0.1 s, of however many rows.
    """
    warm_up()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own deprecations, none of ours
        import great_expectations as gx  # noqa: PLC0415 (4 s, only when suites run)

        run = gx.RunIdentifier(run_time=at.replace(tzinfo=dt.UTC))
        checkpoints = _prepare(suites, home)
        for suite in suites:
            counts = count(suite)
            if counts is None:
                yield Validation(suite, [_missing_table_outcome(suite)], None)
                continue
            ran = checkpoints[suite.name].run(batch_parameters={"dataframe": build_frame(suite, counts)}, run_id=run)
            (result,) = ran.run_results.values()
            judged = {one.expectation_config.kwargs["column"]: one for one in result.results if one.expectation_config}
            outcomes = [
                _build_outcome(suite, each, counted, judged[name_measure(each)])
                for each, counted in zip(suite.expectations, counts, strict=True)
            ]
            yield Validation(suite, outcomes, _render_page(suite, outcomes))


def build_frame(suite: Suite, counts: Sequence[Count | None]) -> "pd.DataFrame":
    """Return the one row that a suite's checkpoint is given: a column per expectation, but for columns that are not there."""
    import pandas as pd  # noqa: PLC0415 (only when suites run)

    pairs = zip(suite.expectations, counts, strict=True)
    row = {name_measure(each): _measure(each, counted) for each, counted in pairs if counted is not None}
    return pd.DataFrame([row or {"rows": 0}])


def name_measure(expectation: Mapping[str, Any]) -> str:
    """Return the column of the row of counts that an expectation is about."""
    kwargs = expectation["kwargs"]
    name = MEASURES[expectation["type"]].format(**_word_arguments(kwargs))
    return f"share without: {name}, at least {kwargs['mostly']}" if "mostly" in kwargs else name


def _measure(expectation: Mapping[str, Any], counted: Count) -> float:
    if expectation["type"] == _ROW_COUNT:
        return counted.rows
    if "mostly" in expectation["kwargs"]:
        return (counted.checked - counted.failed) / counted.checked if counted.checked else 1.0
    return counted.failed


def _prepare(suites: Sequence[Suite], home: Path) -> "dict[str, Checkpoint]":
    """Return the checkpoints of suites, by name; a context that can't be read is set aside and made anew."""
    try:
        context = _open_context(home)
        return {suite.name: _settle(context, suite) for suite in suites}
    except Exception as error:  # noqa: BLE001 -- whatever its libraries stumble over in a file that is cut off
        folder = home / GX_FOLDER
        aside = folder.with_name(f"{GX_FOLDER}.damaged-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S}")
        logger.warning("%s can't be read, set aside as %s, made anew: %s", folder, aside.name, error)
        folder.rename(aside)
    context = _open_context(home)
    return {suite.name: _settle(context, suite) for suite in suites}


def remove_gone(home: Path, suites: Sequence[Suite]) -> None:
    """Remove what the context below `home` has of suites of landed tables that are gone; other objects are its user's."""
    names = {suite.name for suite in suites}
    for kind in ("checkpoints", "validation_definitions", "expectations"):
        for file in (home / GX_FOLDER / kind).glob(f"{SOURCE}_*.json"):
            if file.stem not in names:
                file.unlink()


def _open_context(home: Path) -> "FileDataContext":
    """Return the context below `home`; one without our data source is new and is given it.

    It has no file of variables, which would be read anew for each step of each checkpoint (measured in November 2026 with
    1.24: 2.5 s of 4), and no site of its own making.
    """
    import great_expectations as gx  # noqa: PLC0415 (4 s, only when suites run)
    from great_expectations.data_context.types.base import ProgressBarsConfig  # noqa: PLC0415 (as above)

    context = gx.get_context(mode="file", project_root_dir=home)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    if SOURCE not in context.data_sources.all():
        context.variables.config_variables_file_path = None  # ty: ignore[invalid-assignment] (as where there is none)
        context.variables.data_docs_sites = {}
        asset = context.data_sources.add_pandas(SOURCE).add_dataframe_asset(COUNTS)
        asset.add_batch_definition_whole_dataframe(COUNTS)
        context = gx.get_context(mode="file", project_root_dir=home)
    return context


def _settle(context: "FileDataContext", suite: Suite) -> "Checkpoint":
    """Return the checkpoint of a suite from the context, written first where it is not there or says something else."""
    import great_expectations as gx  # noqa: PLC0415 (as above)
    from great_expectations.exceptions import DataContextError  # noqa: PLC0415 (as above)

    expectations = [_translate(each) for each in suite.expectations]
    with contextlib.suppress(DataContextError):
        checkpoint = context.checkpoints.get(suite.name)
        (definition,) = checkpoint.validation_definitions
        if list(map(_content, definition.suite.expectations)) == list(map(_content, expectations)):
            return checkpoint
    batch = context.data_sources.get(SOURCE).get_asset(COUNTS).get_batch_definition(COUNTS)
    written = context.suites.add_or_update(gx.ExpectationSuite(name=suite.name, expectations=expectations))
    definition = context.validation_definitions.add_or_update(
        gx.ValidationDefinition(name=suite.name, data=batch, suite=written)
    )
    return context.checkpoints.add_or_update(
        gx.Checkpoint(name=suite.name, validation_definitions=[definition], actions=[], result_format="BASIC")
    )


def _content(expectation: "Expectation") -> dict[str, Any]:
    return expectation.dict(exclude={"id"})


def _translate(expectation: Mapping[str, Any]) -> "Expectation":
    """Return what is expected of the one row of counts."""
    import great_expectations as gx  # noqa: PLC0415 (as above)

    kind, kwargs = expectation["type"], expectation["kwargs"]
    if kind == _ROW_COUNT:
        bounds = {name: kwargs.get(name) for name in ("min_value", "max_value")}
    else:
        bounds = {"min_value": kwargs["mostly"]} if "mostly" in kwargs else {"max_value": 0}
    return gx.expectations.ExpectColumnMaxToBeBetween(
        column=name_measure(expectation),
        severity=expectation["severity"],
        description=EXPECTED[kind][1].format(**_word_arguments(kwargs)),
        meta={"expects": kind, "of": dict(kwargs)},
        **bounds,
    )


def _missing_table_outcome(suite: Suite) -> Outcome:
    vi, en = (f"{suite.table}: {sentence}." for sentence in NO_TABLE_SENTENCE)
    return Outcome(suite.name, "table_exists", CRITICAL, False, None, message_vi=vi, message_en=en)


def _build_outcome(suite: Suite, expectation: Mapping[str, Any], counted: Count | None, judged: Any) -> Outcome:
    kind, kwargs = expectation["type"], expectation["kwargs"]
    name = f"{kind} {', '.join(find_columns(kwargs))}".strip()
    failed = checked = None
    if counted is None:
        info = judged.exception_info or {}
        observed = next(filter(None, map(_find_error, [info, *info.values()])), None)
    elif kind == _ROW_COUNT:
        observed = str(counted.rows)
    else:
        checked, failed = counted.checked, counted.failed
        observed = str(failed)
    messages: tuple[str | None, str | None] = (None, None)
    if not judged.success:
        templates = UNTRIED_SENTENCE if counted is None else SENTENCES[kind]
        values = _word_arguments(kwargs) | {"check": name, "observed": observed}
        vi, en = (
            f"{suite.table}: {template.format(failed=failed, checked=checked, **values)}." for template in templates
        )
        messages = (vi, en)
    return Outcome(
        suite.name, name, expectation["severity"], bool(judged.success), observed, checked, failed, *messages
    )


def find_columns(kwargs: Mapping[str, Any]) -> list[str]:
    """Return the columns that an expectation is about, in its order; none for the table."""
    if "column_A" in kwargs:
        return [kwargs["column_A"], kwargs["column_B"]]
    return kwargs.get("column_list") or ([kwargs["column"]] if "column" in kwargs else [])


def _word_arguments(kwargs: Mapping[str, Any]) -> dict[str, str]:
    """Return what a sentence may say of an expectation's arguments."""
    low, high = kwargs.get("min_value"), kwargs.get("max_value")
    return {
        "column": ", ".join(find_columns(kwargs)),
        "range": f"≥ {low}" if high is None else f"≤ {high}" if low is None else f"{low}–{high}",
        "values": ", ".join(map(str, kwargs.get("value_set", []))),
        "regex": kwargs.get("regex", ""),
        "column_a": kwargs.get("column_A", ""),
        "column_b": kwargs.get("column_B", ""),
    }


def _find_error(info: Any) -> str | None:
    """Return the message of an expectation that could not be tried; such come alone, or one per metric."""
    return info.get("exception_message") if isinstance(info, dict) and info.get("raised_exception") else None


def _render_page(suite: Suite, outcomes: Sequence[Outcome]) -> str:
    """Return the page of a suite: what must hold, whether it does, and for how many rows."""
    checks = []
    for each, outcome in sorted(zip(suite.expectations, outcomes, strict=True), key=lambda pair: pair[1].is_passed):
        vi, en = (sentence.format(**_word_arguments(each["kwargs"])) for sentence in EXPECTED[each["type"]])
        checks.append({"outcome": outcome, "vi": vi, "en": en})
    return render(
        "suite.html.j2",
        table=suite.table,
        checks=checks,
        failed=sum(not outcome.is_passed for outcome in outcomes),
        severities={CRITICAL: "nghiêm trọng · critical", WARNING: "cảnh báo · warning"},
    )
