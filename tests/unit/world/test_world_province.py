"""The truth keeps to the printed figures and to every rule that a report written from it must keep."""

from collections import Counter
from datetime import date

import pytest

from tests.world.province import COOPERATIVE_CRITERION, FIRST_AT_NINETEEN, START, Province
from tests.world.reference import RURAL, Reference, add_months, month_end, months_between

LAST = date(2015, 6, 1)
END_OF_2014 = date(2014, 12, 1)


@pytest.fixture(scope="module", params=[20140907, 3, 11])
def province(request: pytest.FixtureRequest) -> Province:
    return Province(Reference(), request.param, LAST)


def counts(province: Province, month: date) -> list[int]:
    return [len(province.met(u.code, month)) for u in province.rural(month)]


def test_end_of_2014_is_as_the_press_printed_it(province: Province) -> None:
    met = counts(province, END_OF_2014)
    assert len(met) == 235
    assert sum(n == 19 for n in met) == 26  # F014
    assert sum(n < 7 for n in met) == 38  # F017
    assert min(met) == 5  # F020: none below 5
    assert 9.5 < sum(met) / len(met) < 10.9  # F011 + F015
    assert len(province.met(FIRST_AT_NINETEEN, END_OF_2014)) == 19  # F025


def test_progress_grows_sensibly(province: Province) -> None:
    at_19 = [sum(n == 19 for n in counts(province, m)) for m in province.months]
    below_7 = [sum(n < 7 for n in counts(province, m)) for m in province.months]
    assert at_19[0] == 15
    assert at_19 == sorted(at_19[:4]) + at_19[4:]
    assert below_7[0] > 50
    assert below_7[-1] < 20


def test_sizes_of_models_are_shared_as_in_the_districts_counted(province: Province) -> None:
    sizes = Counter(
        m.size for u in province.rural(LAST) for m in province.models(u.code, LAST) if m.status(LAST) == "running"
    )
    share = {s: n / sizes.total() for s, n in sizes.items()}
    assert share["large"] == pytest.approx(0.12, abs=0.03)  # F037-F038: 168 / 241 / 938
    assert share["medium"] == pytest.approx(0.17, abs=0.03)
    assert share["small"] == pytest.approx(0.71, abs=0.05)


@pytest.mark.parametrize(
    ("month", "districts", "rural"),
    [(date(2014, 9, 1), 12, 235), (date(2015, 3, 1), 12, 235), (date(2015, 4, 1), 13, 230), (LAST, 13, 230)],
)
def test_units_are_counted_at_the_months_end_through_the_split(
    province: Province, month: date, districts: int, rural: int
) -> None:
    assert len(province.reference.districts(month_end(month))) == districts
    assert len(province.rural(month)) == rural


def test_the_new_town_takes_its_communes_with_their_history(province: Province) -> None:
    april, march = date(2015, 4, 1), date(2015, 3, 1)
    town = province.rural(april, "449")
    assert len(town) == 6
    assert len(province.rural(april, "447")) == 21
    for unit in town:
        assert not province.met(unit.code, march) - province.met(unit.code, april) or province.losses(unit.code, april)
        assert set(province.models(unit.code, march)) <= set(province.models(unit.code, april))


def test_no_commune_gains_three_criteria_in_a_month_and_every_loss_has_its_reason(province: Province) -> None:
    for before, month in zip(province.months, province.months[1:], strict=False):
        for unit in province.rural(month):
            old, new = province.met(unit.code, before), province.met(unit.code, month)
            assert len(new) - len(old) < 3
            lost = {loss.criterion for loss in province.losses(unit.code, month) if loss.month == month}
            assert old - new == lost


def test_criterion_13_has_its_cooperative(province: Province) -> None:
    for month in province.months:
        for unit in province.rural(month):
            if COOPERATIVE_CRITERION in province.met(unit.code, month):
                kinds = {e.kind for e in province.establishments(unit.code, month) if e.status(month) == "active"}
                assert kinds & {"cooperative", "cooperative_group"}, (unit.name, month)


def test_sizes_fit_revenues_and_dates_fit_months(province: Province) -> None:
    bounds = {"small": (100, 499), "medium": (500, 999), "large": (1000, 10**6)}
    for unit in province.reference.communes(month_end(LAST)):
        for item in province.models(unit.code, LAST):
            low, high = bounds[item.size]
            assert low <= item.revenue <= high
            assert item.started_on.year >= 2008
            assert item.listed_from in {START, item.started_on.replace(day=1)}
            assert item.stopped_in is None or item.stopped_in > item.listed_from


def test_keys_of_the_lists_are_unique(province: Province) -> None:
    units = province.reference.communes(month_end(LAST))
    models = [(m.commune, m.name, m.owner) for u in units for m in province.models(u.code, LAST)]
    numbers = [e.registration_no for u in units for e in province.establishments(u.code, LAST) if e.registration_no]
    named = [(e.commune, e.name, e.kind) for u in units for e in province.establishments(u.code, LAST)]
    areas = [(a.commune, a.village, a.kind, a.owner) for u in units for a in province.areas(u.code, LAST)]
    for keys in (models, numbers, named, areas):
        assert len(keys) == len(set(keys))


def test_every_large_district_changes_every_month(province: Province) -> None:
    """Or an honest report would equal, cell by cell, the last one (X05)."""
    for before, month in zip(province.months, province.months[1:], strict=False):
        for district in province.reference.districts(month_end(month)):
            rural = [u.code for u in province.rural(month, district.code)]
            if len(rural) < 10:
                continue
            assert any(province.met(c, month) != province.met(c, before) for c in rural), (district.name, month)
            assert any(a.workers_at(month) != a.workers_at(before) for c in rural for a in province.models(c, before))


def test_a_merger_planted_in_a_month_moves_what_a_commune_has_to_the_other() -> None:
    province, month, before = Province(Reference(), 1, LAST), date(2014, 12, 1), date(2014, 11, 1)
    gone, grown = (u.code for u in province.rural(month, "439")[:2])
    met, models = province.met(gone, month) | province.met(grown, month), province.models(gone, month)
    province.merge(gone, grown, date(2014, 12, 9))
    assert gone in {u.code for u in province.rural(before)}
    assert gone not in {u.code for u in province.rural(month)}
    assert province.met(grown, month) == met
    assert {m.name for m in models} <= {m.name for m in province.models(grown, month)}
    assert province.models(gone, month) == []


def test_what_a_merged_commune_met_the_new_one_meets() -> None:
    province = Province(Reference(), 1, date(2020, 2, 1))
    merged = [u for u in province.rural(date(2020, 1, 1)) if len(province.members(u.code, date(2020, 1, 1))) > 1]
    assert len(province.rural(date(2020, 1, 1))) == 182
    assert merged
    for unit in merged:
        parts = province.members(unit.code, date(2020, 1, 1))
        assert all(province.met(p, date(2019, 12, 1)) <= province.met(unit.code, date(2020, 2, 1)) for p in parts)


def test_all_kinds_of_commune_report_only_while_rural(province: Province) -> None:
    for month in months_between(START, LAST):
        assert all(u.kind == RURAL for u in province.rural(month))
    assert add_months(START, 7) == date(2015, 4, 1)
