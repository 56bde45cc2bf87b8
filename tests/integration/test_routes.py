"""The change from districts to communes in July 2025, from landed rows to marts: one province whose history begins in June."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import LISTS, ReportingRoute, ReportingRule
from pipelines.settings import SEEDS_DIR
from tests.integration.landed import Built, Landed, marks
from tests.integration.recorded import Recording

CAM_BINH, CAM_DUE, KY_ANH, THANH_SEN = "18685", "18739", "18775", "18073"
JUNE, AUGUST, ENDED = dt.date(2025, 6, 1), dt.date(2025, 8, 1), dt.date(2025, 9, 10)


def lists_between(first: dt.date, last: dt.date, *more: ReportingRule) -> Lists:
    """Our lists, of an office whose calendar begins on one day and whose routes of H01 end, by mistake, on another.

    `more`: rules that this office has besides.
    """
    ours = read_lists(SEEDS_DIR)
    rules = [row.model_copy(update={"valid_from": max(row.valid_from or first, first)}) for row in ours[ReportingRule]]
    routes = [
        row.model_copy(update={"valid_to": min(row.valid_to or last, last)}) if row.form == "H01" else row
        for row in ours[ReportingRoute]
    ]
    return Lists({model: ours[model] for model in LISTS} | {ReportingRule: [*rules, *more], ReportingRoute: routes})


@pytest.fixture(scope="module")
def marts(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    landed = Landed()
    landed.report("H01", "446", "2025-06", "2025-07-03", [{"commune_code": CAM_DUE} | marks(18)])
    for commune, met in [(CAM_BINH, 15), (CAM_DUE, 19)]:
        landed.report("H01", commune, "2025-08", "2025-08-18", [{"commune_code": commune} | marks(met)])
    model = {"commune_code": CAM_BINH, "model_name": "Nuôi lợn", "size": "small", "status": "running"}
    landed.report("H02", CAM_BINH, "2025-08", "2025-08-25", [model])
    stray = landed.report(
        "H01", KY_ANH, "2025-08", "2025-08-18", [{"commune_code": CAM_DUE, "unused_reason": "R02"} | marks(3)]
    )
    landed.finding(stray, "R02", variant="territory", unit_code=CAM_DUE, value="Cẩm Duệ", row_number=11)
    landed.report("H01", "446", "2025-08", "2025-08-18", [{"commune_code": CAM_DUE} | marks(5)])
    file = tmp_path_factory.mktemp("routes") / "working.duckdb"
    select = "+path:models/marts +rule_f03 +rule_r04"
    built = landed.build(file, "2025-10-10", recording, select=select, lists=lists_between(JUNE, ENDED))
    yield built
    built.connected.close()


def test_without_districts_the_province_is_the_sum_of_its_communes(marts: Built) -> None:
    asked = "reporters_expected, reporters_reported, districts_expected, districts_reported, communes_expected, communes_reported"
    assert marts.one("marts.province_months", asked, month=AUGUST) == (60, 3, None, None, 60, 2)
    assert marts.one("marts.province_months", "criteria_met_avg, models_running", month=AUGUST) == (17.0, 1)
    assert marts.one("marts.province_months", "full_time_officers, communes_counted_models", month=AUGUST) == (None, 1)
    expected, reported, districts, of_districts = marts.one("marts.province_months", asked, month=JUNE)[:4]
    assert (expected, reported) == (districts, of_districts) == (12, 1)


def test_what_a_commune_lists_for_itself_is_of_no_district(marts: Built) -> None:
    assert marts.one("marts.fct_production_models", "district_code", month=AUGUST, commune_code=CAM_BINH) is None
    assert marts.one("marts.production_months", "district_code, models_running", month=AUGUST) == (None, 1)


def test_180_reports_are_due_a_month_and_wards_owe_none(marts: Built) -> None:
    asked = "reports_expected, reports_received, reports_on_time"
    assert marts.one("marts.province_months", asked, month=AUGUST) == (180, 4, 3)
    owed = """
        select obligations.form, reporters.reporter_type, count(*)
        from intermediate.int_obligations as obligations
        inner join marts.dim_reporters as reporters
            on obligations.reporter_code = reporters.reporter_code and reporters.valid_from = date '2025-07-01'
        where obligations.month = ?
        group by all order by all
    """
    owing = [("H01", "commune", 60), ("H02", "commune", 60), ("H03", "commune", 60)]
    assert marts.connected.execute(owed, [AUGUST]).fetchall() == owing
    assert marts.one("marts.dim_reporters", "reporter_type, reporter_name", reporter_code=THANH_SEN) == (
        "ward",
        "Phường Thành Sen",
    )


def test_a_communes_own_report_is_what_is_known_of_it(marts: Built) -> None:
    asked = "district_code, criteria_met_reported, models_running, months_since_report"
    assert marts.one("marts.commune_months", asked, month=AUGUST, commune_code=CAM_BINH) == (None, 15, 1, 0)
    assert marts.one("marts.commune_months", asked, month=AUGUST, commune_code=CAM_DUE) == (None, 19, None, 0)
    # its report speaks of another commune alone
    assert marts.one("marts.commune_months", asked, month=AUGUST, commune_code=KY_ANH) == (None, None, None, None)


def test_districts_end_with_june(marts: Built) -> None:
    months = marts.connected.execute("select distinct month from marts.district_months").fetchall()
    assert months == [(JUNE,)]
    (finding,) = marts.connected.execute(
        "select reporter_code, variant from intermediate.rule_f03 where outcome = 'failed'"
    ).fetchall()
    assert finding == ("446", "other_time")


def test_a_commune_lacks_its_own_row_and_no_others(marts: Built) -> None:
    lacking = (
        "select reporter_code, unit_code from intermediate.rule_r04 where outcome = 'failed' and period = '2025-08'"
    )
    assert marts.connected.execute(lacking).fetchall() == [(KY_ANH, KY_ANH)]


def test_what_was_compared_by_district_is_compared_by_commune(marts: Built) -> None:
    units = """
        select unit_level, count(distinct unit_code), count(district_code)
        from marts.leadership_index where month = ? group by all
    """
    assert marts.connected.execute(units, [JUNE]).fetchall() == [("district", 12, 72)]
    assert marts.connected.execute(units, [AUGUST]).fetchall() == [("commune", 60, 0)]
    asked = "raw_value, normalised_value"
    assert marts.one("marts.leadership_index", asked, month=AUGUST, unit_code=CAM_DUE, component="criteria_level") == (
        19.0,
        100.0,
    )


def test_a_commune_is_visited_and_lags_for_itself(marts: Built) -> None:
    plan = """
        select distinct unit_level, unit_code = commune_code, district_code
        from marts.inspection_plan where month = date '2025-09-01'
    """
    assert marts.connected.execute(plan).fetchall() == [("commune", True, None)]
    gaps = "select distinct unit_level, district_code from marts.target_gaps where month = ? and target_id = 'T01'"
    assert marts.connected.execute(gaps, [AUGUST]).fetchall() == [("province", None)]


def test_a_commune_that_no_route_covers_is_told(marts: Built, recording: Recording) -> None:
    check = recording.compiled("assert_every_commune_has_a_reporter", "2025-10-10")
    uncovered = marts.connected.execute(check).fetchall()
    assert {month for month, _, _ in uncovered} == {dt.date(2025, 9, 1)}
    assert len(uncovered) == 60


def test_a_year_without_holidays_is_told_of_each_form_that_counts_working_days(
    marts: Built, recording: Recording, tmp_path: Path
) -> None:
    check = recording.compiled("assert_holidays_are_known", "2025-10-10")
    assert marts.connected.execute(check).fetchall() == []
    changed = shutil.copy(marts.file, tmp_path / "working.duckdb")
    with duckdb.connect(str(changed)) as connected:
        connected.execute("delete from reference.holidays where year(date) = 2025")
        unknown = [(2025, form, "2025-07") for form in ("H01", "H02", "H03")]
        assert sorted(connected.execute(check).fetchall()) == unknown


@pytest.fixture(scope="module")
def funds(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Funds of three quarters, of which the calendar ends the second, and with it the year, on 14 December."""
    landed = Landed()
    reported = {
        CAM_BINH: {"2025-Q3": 100.0, "2025-Q4": 300.0, "2026-Q1": 50.0},
        CAM_DUE: {"2025-Q3": 100.0, "2025-Q4": 80.0},
    }
    received = {"2025-Q3": "2025-09-16", "2025-Q4": "2025-12-16", "2026-Q1": "2026-03-16"}
    for commune, totals in reported.items():
        for period, total in totals.items():
            row = {"commune_code": commune, "item_key": commune, "total_million_vnd": total}
            landed.report("H07", commune, period, received[period], [row])
    file = tmp_path_factory.mktemp("funds") / "working.duckdb"
    first, last = dt.date(2025, 7, 1), dt.date(9999, 1, 1)
    owed = {"form": "H07", "reporter_type": "commune", "reporters": "all", "frequency": "quarter"}
    rule = ReportingRule.model_validate({**owed, "due_days_after_period_end": 5, "valid_from": first.isoformat()})
    lists = lists_between(first, last, rule)
    yield (built := landed.build(file, "2026-04-10", recording, select="+rule_x04 +int_commune_months", lists=lists))
    built.connected.close()


def test_funds_begin_again_with_the_period_that_begins_on_15_december(funds: Built) -> None:
    days = "select first_day, last_day from reference.periods where period in ('2025-Q4', '2026-01') order by period"
    assert funds.connected.execute(days).fetchall() == [
        (dt.date(2025, 9, 15), dt.date(2025, 12, 14)),
        (dt.date(2025, 12, 15), dt.date(2026, 1, 14)),
    ]
    months = (
        "select month, funds_ytd_million_vnd from intermediate.int_commune_months where commune_code = ? order by month"
    )
    assert dict(funds.connected.execute(months, [CAM_BINH]).fetchall()) == {
        **{dt.date(2025, month, 1): None for month in (7, 8)},
        **{dt.date(2025, month, 1): 100.0 for month in (9, 10, 11)},
        dt.date(2025, 12, 1): 300.0,
        **{dt.date(2026, month, 1): None for month in (1, 2)},
        dt.date(2026, 3, 1): 50.0,
    }


def test_funds_may_fall_into_the_new_year_and_not_within_the_old_one(funds: Built) -> None:
    outcomes = """
        select reporter_code, period, outcome from intermediate.rule_x04
        where outcome_reason is distinct from 'side_unknown' order by all
    """
    assert funds.connected.execute(outcomes).fetchall() == [
        (CAM_BINH, "2025-Q3", "not_evaluated"),  # no earlier period of that year
        (CAM_BINH, "2025-Q4", "passed"),
        (CAM_BINH, "2026-Q1", "not_evaluated"),
        (CAM_DUE, "2025-Q3", "not_evaluated"),
        (CAM_DUE, "2025-Q4", "failed"),
    ]
