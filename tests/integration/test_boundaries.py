"""One series over the mergers of July 2025, from landed rows to marts: figures on the boundaries of then and of today."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import LISTS, ReportingRule, UnitChange
from pipelines.settings import SEEDS_DIR
from tests.integration.landed import Built, Landed, marks
from tests.integration.recorded import Recording

KY_TAN, KY_HOA, KY_SON, KY_THUONG, KY_LOI = "18814", "18829", "18844", "18799", "18796"
SONG_TRI, VUNG_ANG, KY_ANH = "18754", "18823", "18775"
"""Kỳ Tân and Kỳ Hoa are Kỳ Hoa since July 2025, under the first's code; Kỳ Sơn has gone on as Kỳ Thượng."""
JUNE, JULY = dt.date(2025, 6, 1), dt.date(2025, 7, 1)


def lists_with_a_division() -> Lists:
    """Our lists, of an office that begins in June 2025, where a quarter of Kỳ Thượng went to Kỳ Hoa."""
    ours = read_lists(SEEDS_DIR)
    rules = [row.model_copy(update={"valid_from": max(row.valid_from or JUNE, JUNE)}) for row in ours[ReportingRule]]
    (whole,) = [row for row in ours[UnitChange] if (row.effective_date, row.old_code) == (JULY, KY_THUONG)]
    shared = [whole.model_copy(update={"new_code": KY_SON, "share": 0.75})]
    shared.append(whole.model_copy(update={"new_code": KY_TAN, "share": 0.25}))
    changes = [row for row in ours[UnitChange] if row is not whole] + shared
    return Lists({model: ours[model] for model in LISTS} | {ReportingRule: rules, UnitChange: changes})


def model(commune: str, name: str, size: str = "small") -> dict[str, Any]:
    return {"commune_code": commune, "model_name": name, "size": size, "status": "running"}


@pytest.fixture(scope="module")
def marts(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    landed = Landed()
    met = {KY_TAN: marks(19), KY_THUONG: marks(10), KY_SON: marks(12)}
    rows = [{"commune_code": commune} | row for commune, row in met.items()]
    landed.report("H01", "447", "2025-06", "2025-07-03", rows)
    beyond = {"commune_code": KY_HOA} | marks(19, criterion_5="not_met")  # of the town beside the district
    landed.report("H01", "449", "2025-06", "2025-07-03", [beyond])
    sizes = [("large", "Trang trại"), ("medium", "Tổ hợp"), ("small", "Vườn"), ("small", "Ao")]
    listed = [model(KY_TAN, "Nuôi lợn"), *(model(KY_THUONG, name, size) for size, name in sizes)]
    landed.report("H02", "447", "2025-06", "2025-07-03", listed)
    landed.report("H02", "449", "2025-06", "2025-07-03", [model(KY_LOI, "Nuôi tôm")])
    landed.report("H01", KY_TAN, "2025-07", "2025-07-16", [{"commune_code": KY_TAN} | marks(12)])
    built = landed.build(
        tmp_path_factory.mktemp("boundaries") / "working.duckdb",
        "2025-08-10",
        recording,
        select="+boundary_series +dim_unit_paths",
        lists=lists_with_a_division(),
    )
    yield built
    built.connected.close()


def figures(marts: Built, columns: str, unit: str, indicator: str, month: dt.date = JUNE) -> dict[str, Any]:
    """A figure on the boundaries of then and of today."""
    query = f"select boundaries, {columns} from marts.boundary_series where (unit_code, indicator, month) = (?, ?, ?)"
    rows = marts.connected.execute(query, [unit, indicator, month]).fetchall()
    return {boundaries: values[0] if len(values) == 1 else tuple(values) for boundaries, *values in rows}


def test_each_commune_of_2014_lies_in_one_of_today_but_two(marts: Built) -> None:
    paths = """
        select old_code, count(*) from marts.dim_unit_paths
        where coalesce(valid_from <= date '2014-09-30', true) and coalesce(valid_to > date '2014-09-30', true)
        group by old_code
    """
    of_2014 = dict(marts.connected.execute(paths).fetchall())
    divided = {code: units for code, units in of_2014.items() if units > 1}
    assert (len(of_2014), divided) == (262, {KY_LOI: 3, "18082": 2, KY_THUONG: 2})
    units = "select count(distinct new_code), count(case when new_code is null then 1 end) from marts.dim_unit_paths"
    assert marts.connected.execute(units).fetchall() == [(69, 0)]


def test_16_units_of_today_have_wards_or_townships_of_2014_in_them(marts: Built) -> None:
    query = """
        select count(distinct new_code) from marts.dim_unit_paths as paths
        inner join marts.dim_communes as communes on paths.old_code = communes.commune_code and not communes.is_rural
        where coalesce(paths.valid_from <= date '2014-09-30', true) and coalesce(paths.valid_to > date '2014-09-30', true)
        and coalesce(communes.valid_from <= date '2014-09-30', true) and coalesce(communes.valid_to > date '2014-09-30', true)
    """
    assert marts.connected.execute(query).fetchall() == [(16,)]


def test_a_part_that_joins_the_whole_again_was_no_division(marts: Built) -> None:
    # a neighbourhood of Trần Phú went to Bắc Hà in January 2025; both are in Thành Sen
    assert marts.one("marts.dim_unit_paths", "new_code, share, is_divided", old_code="18070") == ("18073", 1.0, False)


def test_amounts_are_added_by_their_shares(marts: Built) -> None:
    asked = "value, parts_covered, parts_expected, parts_without_share"
    assert figures(marts, asked, KY_TAN, "models_running") == {"then": (1.0, 1, 1, 0), "current": (2.0, 3, 3, 0)}
    assert figures(marts, asked, KY_SON, "models_running") == {"then": (0.0, 1, 1, 0), "current": (3.0, 2, 2, 0)}


def test_a_criterion_is_met_only_if_all_parts_met_it(marts: Built) -> None:
    assert figures(marts, "value", KY_TAN, "criteria_met_latest") == {"then": 19.0, "current": 9.0}
    assert figures(marts, "value", KY_SON, "criteria_met_latest") == {"then": 12.0, "current": 10.0}
    asked = "value, units_covered, units_expected"
    assert figures(marts, asked, "42", "communes_at_all_criteria") == {"then": (1.0, 4, 170), "current": (0.0, 2, 60)}
    assert figures(marts, "value", "42", "criteria_met_avg") == {"then": 14.75, "current": 9.5}


def test_gains_go_on_over_a_merger(marts: Built) -> None:
    assert figures(marts, "value", KY_TAN, "criteria_gained", JULY) == {"then": None, "current": 3.0}


def test_sizes_of_all_parts_count_together(marts: Built) -> None:
    assert figures(marts, "value", "42", "communes_all_model_sizes") == {"then": 1.0, "current": 2.0}


def test_a_part_without_a_share_is_in_no_figure_and_is_told(marts: Built) -> None:
    asked = "value, parts_covered, parts_expected, parts_without_share, parts_without_duty"
    assert figures(marts, asked, VUNG_ANG, "models_running")["current"] == (None, 0, 1, 1, 2)
    assert figures(marts, asked, SONG_TRI, "models_running")["current"] == (0.0, 1, 2, 1, 2)
    assert figures(marts, "value", KY_LOI, "models_running") == {"then": 1.0}


def test_a_township_that_owed_nothing_is_told(marts: Built) -> None:
    asked = "parts_expected, parts_without_duty"
    assert figures(marts, asked, KY_ANH, "models_running") == {"current": (3, 1)}


def test_the_province_of_today_is_of_its_communes(marts: Built) -> None:
    assert figures(marts, "value", "42", "models_running") == {"then": 6.0, "current": 5.0}


def test_on_unchanged_boundaries_both_are_the_same(marts: Built) -> None:
    query = """
        select count(*), count(case when theirs.value is distinct from ours.value then 1 end)
        from marts.boundary_series as ours
        inner join marts.boundary_series as theirs using (month, unit_level, unit_code, indicator)
        where ours.boundaries = 'then' and theirs.boundaries = 'current' and ours.month = ?
        and ours.indicator not in ('criteria_gained')
    """
    ((compared, different),) = marts.connected.execute(query, [JULY]).fetchall()
    assert compared > 600
    assert different == 0
