"""Names of units at a date, against the project's own reference lists."""

from datetime import date

import pytest

from pipelines.intake.units import Resolution, UnitIndex
from pipelines.reference.lists import read_lists
from pipelines.reference.models import Alias, Unit, UnitChange
from pipelines.settings import SEEDS_DIR

SEP_2014, APR_2015, MAR_2016, AUG_2018, JAN_2021, AUG_2025 = (
    date(2014, 9, 30),
    date(2015, 4, 30),
    date(2016, 3, 31),
    date(2018, 8, 31),
    date(2021, 1, 31),
    date(2025, 8, 31),
)


@pytest.fixture(scope="module")
def units() -> UnitIndex:
    lists = read_lists(SEEDS_DIR)
    return UnitIndex(lists[Unit], lists[Alias], lists[UnitChange])


def _short(found: Resolution) -> tuple[str | None, str]:
    return found.code, found.state


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Cẩm Bình", id="T095-bare"),
        pytest.param("Xã Cẩm Bình", id="T095-kind"),
        pytest.param("X. Cẩm Bình", id="T095-abbreviated"),
        pytest.param("X.Cẩm Bình", id="T095-no-blank"),
        pytest.param("UBND xã Cẩm Bình", id="T095-body"),
        pytest.param("Ủy ban nhân dân xã Cẩm Bình", id="T095-body-in-full"),
        pytest.param("CẨM BÌNH", id="case"),
        pytest.param("Ca\u0302\u0309m Bi\u0300nh", id="T084-decomposed"),
        pytest.param("Cẩm Bình\u200b", id="T097-invisible"),
        pytest.param("Cẩm\nBình", id="T020-line-break"),
        pytest.param("Cẩm Bình (*)", id="T030-star"),
        pytest.param("Cẩm Bình (1)", id="T030-number"),
        pytest.param("Cẩm Bình*", id="T030-bare-star"),
        pytest.param("Cẩm Bình, huyện Cẩm Xuyên", id="district-behind"),
        pytest.param("Cẩm Bình (Cẩm Xuyên)", id="district-in-brackets"),
        pytest.param("18685", id="code"),
    ],
)
def test_a_name_is_known_without_a_finding(units: UnitIndex, name: str) -> None:
    assert units.resolve_commune(name, SEP_2014, "446") == Resolution("18685", "xã", "446", "exact", "Xã Cẩm Bình")


@pytest.mark.parametrize(
    ("name", "on", "district", "code"),
    [
        pytest.param("TT Thiên Cầm", SEP_2014, "446", "18676", id="T095-township"),
        pytest.param("T.T Thiên Cầm", SEP_2014, "446", "18676", id="T095-township-dots"),
        pytest.param("P.Nguyễn Du", SEP_2014, "436", "18077", id="T095-ward"),
        pytest.param("Yên Hoà", AUG_2025, None, "18682", id="T086-tone-place-2025"),
        pytest.param("Yên Hòa", JAN_2021, "446", "18679", id="T086-tone-place-2020"),
        pytest.param("Thị trấn  Tây Sơn", SEP_2014, "439", "18136", id="T087-double-blank"),
        pytest.param("Sơn Tây", SEP_2014, "439", "18172", id="same-words-other-order"),
        pytest.param("Trần Phú", SEP_2014, "436", "18070", id="T101-2014"),
        pytest.param("Trần Phú", date(2025, 3, 31), "436", "18094", id="T101-2025-03"),
        pytest.param("Trần Phú", AUG_2025, None, "18100", id="T101-2025-08"),
        pytest.param("Đồng Lộc", AUG_2018, "443", "18484", id="T101-township"),
        pytest.param("18100", SEP_2014, "436", "18100", id="T100-code-with-its-date"),
        pytest.param("Bình Lộc", SEP_2014, "448", "18448", id="T103-before-it-went"),
        pytest.param("Kỳ Lợi", MAR_2016, "449", "18796", id="T098-after-the-split"),
    ],
)
def test_a_name_is_resolved_at_the_report_s_date(
    units: UnitIndex, name: str, on: date, district: str | None, code: str
) -> None:
    assert _short(units.resolve_commune(name, on, district)) == (code, "exact")


@pytest.mark.parametrize(
    ("name", "on", "district", "code", "official"),
    [
        pytest.param("Cam Binh", SEP_2014, "446", "18685", "Xã Cẩm Bình", id="T090-no-diacritics"),
        pytest.param("Xa Cam Binh", SEP_2014, "446", "18685", "Xã Cẩm Bình", id="T090-kind-too"),
        pytest.param("Cẩm Binh", SEP_2014, "446", "18685", "Xã Cẩm Bình", id="T090-one-left-out"),
        pytest.param("Thach Ha", SEP_2014, "436", "18100", "Xã Thạch Hạ", id="T090-in-the-city"),
        pytest.param("Thach Ha", SEP_2014, "445", "18562", "Thị trấn Thạch Hà", id="T090-in-the-district"),
        pytest.param("Thạch Quí", SEP_2014, "436", "18091", "Phường Thạch Quý", id="T096-i-for-y"),
        pytest.param("Kì Đồng", SEP_2014, "447", "18775", "Xã Kỳ Đồng", id="T096-i-for-y-first"),
        pytest.param("Sơn Kim I", SEP_2014, "439", "18196", "Xã Sơn Kim 1", id="T089-roman"),
        pytest.param("Sơn Kim1", SEP_2014, "439", "18196", "Xã Sơn Kim 1", id="T089-blank-lost"),
        pytest.param("Cỗ Đạm", SEP_2014, "442", "18391", "Xã Cổ Đạm", id="T088-gso-spelling"),
        pytest.param("Cẩm Vĩnh", SEP_2014, "446", "18691", "Xã Cẩm Vịnh", id="T088-cẩm-vĩnh"),
        pytest.param("Cỗ Đạm", AUG_2025, None, "18394", "Xã Cổ Đạm", id="T088-alias-by-date"),
        pytest.param("Kỳ Hòa", SEP_2014, "447", "18829", "Xã Kỳ Hoa", id="alias-typo"),
        pytest.param("Thị trấn Cày", SEP_2014, "445", "18562", "Thị trấn Thạch Hà", id="alias-former-name"),
        pytest.param("CÈm B×nh", SEP_2014, "446", "18685", "Xã Cẩm Bình", id="T080-alias"),
        pytest.param("Sơn Trờng", SEP_2014, "439", "18223", "Xã Sơn Trường", id="T082-lost-ư"),
        pytest.param("Thị trấn Kỳ Anh", MAR_2016, "449", "18754", "Phường Sông Trí", id="old-name-lives-on"),
        pytest.param("Xã Kỳ Trinh", MAR_2016, "449", "18820", "Phường Kỳ Trinh", id="old-kind"),
        pytest.param("Xã Đồng Lộc", AUG_2018, "443", "18484", "Thị trấn Đồng Lộc", id="T101-old-kind"),
        pytest.param("Thạch Bằng", JAN_2021, "448", "18568", "Thị trấn Lộc Hà", id="old-name-reclassified"),
        pytest.param(
            "xã Thạch Hà (thành phố Hà Tĩnh)", SEP_2014, "436", "18100", "Xã Thạch Hạ", id="alias-with-parent"
        ),
    ],
)
def test_a_repaired_name_says_the_official_one(
    units: UnitIndex, *, name: str, on: date, district: str | None, code: str, official: str
) -> None:
    found = units.resolve_commune(name, on, district)
    assert (found.code, found.state, found.expected) == (code, "repaired", official)


@pytest.mark.parametrize(
    ("name", "on", "district", "first"),
    [
        pytest.param("Cẩm Bính", SEP_2014, "446", "18685", id="another-tone-is-another-name"),
        pytest.param("Cẩm Bìn", SEP_2014, "446", "18685", id="letter-lost"),
        pytest.param("Phường Cẩm Bình", SEP_2014, "446", "18685", id="wrong-kind"),
        pytest.param("Xã Thạch Hà", SEP_2014, "445", "18562", id="kind-contradicts-township"),
        pytest.param("Xa Thach Ha", SEP_2014, "445", "18562", id="T090-kind-contradicts"),
        pytest.param("Sông Trí", SEP_2014, "447", "18754", id="T101-name-of-later"),
        pytest.param("Sơn Hòa", JAN_2021, "439", "18163", id="merged-2020"),
        pytest.param("Xuân Trường", JAN_2021, "442", "18358", id="merged-code-kept"),
        pytest.param("Bình Lộc", JAN_2021, "448", "18430", id="T103-ghost-unit"),
        pytest.param("Hương Quang", date(2020, 5, 31), "441", "18343", id="merged-into-quang-thọ"),
        pytest.param("Cẩm Lộc (cũ)", SEP_2014, "446", "18730", id="T009-a-remark-changes-the-name"),
    ],
)
def test_an_unknown_name_is_only_suggested(units: UnitIndex, name: str, on: date, district: str, first: str) -> None:
    found = units.resolve_commune(name, on, district)
    assert _short(found) == (None, "unknown")
    assert found.suggestions[0][0] == first
    assert found.expected is not None
    assert found.expected.startswith(found.suggestions[0][1])
    assert len(found.suggestions) <= 3


def test_suggestions_stay_inside_the_district(units: UnitIndex) -> None:
    inside = {code for code, _ in units.communes_of("446", SEP_2014, ("xã", "thị trấn"))}
    found = units.resolve_commune("Cẩm Bính", SEP_2014, "446")
    assert {code for code, _ in found.suggestions} <= inside


def test_a_split_unit_suggests_all_its_successors_t102(units: UnitIndex) -> None:
    found = units.resolve_commune("Kỳ Lợi", AUG_2025)
    assert found.code is None
    assert len(found.suggestions) == 3


def test_without_a_district_diacritics_are_not_filled_in_t090(units: UnitIndex) -> None:
    found = units.resolve_commune("Thach Ha", SEP_2014)
    assert found.state == "unknown"
    assert {code for code, _ in found.suggestions[:2]} == {"18100", "18562"}
    assert units.resolve_commune("Cam Binh", SEP_2014).state == "unknown"


@pytest.mark.parametrize("name", ["Abc", "", "   ", "12345", "18448"])
def test_nonsense_is_unknown_without_suggestions(units: UnitIndex, name: str) -> None:
    assert units.resolve_commune(name, JAN_2021, "446") == Resolution(None, None, None, "unknown")


@pytest.mark.parametrize(
    ("name", "on", "district", "code", "expected"),
    [
        pytest.param("Kỳ Đồng", SEP_2014, "446", "18775", "Xã Kỳ Đồng, Huyện Kỳ Anh", id="exact"),
        pytest.param("Sơn Kim I", SEP_2014, "446", "18196", "Xã Sơn Kim 1, Huyện Hương Sơn", id="repaired"),
        pytest.param("Thạch Hạ", SEP_2014, "445", "18100", "Xã Thạch Hạ, Thành phố Hà Tĩnh", id="T090-tone-typed"),
        pytest.param("Thạch Hà", SEP_2014, "436", "18562", "Thị trấn Thạch Hà, Huyện Thạch Hà", id="T090-other-tone"),
        pytest.param("Kỳ Lợi", MAR_2016, "447", "18796", "Xã Kỳ Lợi, Thị xã Kỳ Anh", id="T098-after-the-split"),
        pytest.param("18406", SEP_2014, "446", "18406", "Thị trấn Nghèn, Huyện Can Lộc", id="code"),
        pytest.param("Cẩm Bình, Cẩm Xuyên", SEP_2014, "443", "18685", "Xã Cẩm Bình, Huyện Cẩm Xuyên", id="says-so"),
    ],
)
def test_a_unit_of_another_district_is_named_with_it(
    units: UnitIndex, *, name: str, on: date, district: str, code: str, expected: str
) -> None:
    found = units.resolve_commune(name, on, district)
    assert (found.code, found.state, found.expected) == (code, "other_district", expected)


def test_a_code_beside_a_blank_name_counts(units: UnitIndex) -> None:
    assert units.resolve_commune("", SEP_2014, "446", "18685").code == "18685"
    assert units.resolve_commune("", JAN_2021, "448", "18448").state == "unknown"


def test_every_official_name_resolves_to_itself_at_every_date(units: UnitIndex) -> None:
    for on in (SEP_2014, APR_2015, AUG_2018, JAN_2021, date(2025, 3, 31), AUG_2025):
        for row in read_lists(SEEDS_DIR).in_force(Unit, on):
            if row.level != "commune":
                continue
            bare = row.name_vi.removeprefix(row.name_vi[: len(row.kind)])
            for name in (row.name_vi, bare, row.name_vi.upper()):
                found = units.resolve_commune(name, on, row.parent_code)
                assert _short(found) == (row.code, "exact"), (name, on)


def test_a_name_is_resolved_once_between_two_changes(units: UnitIndex) -> None:
    """Reports of other months ask the same; the day of a change asks anew."""
    before, last, changed = date(2014, 9, 30), date(2015, 4, 9), date(2015, 4, 10)

    assert units.resolve_commune("Kỳ Trinh", before, "447") is units.resolve_commune("Kỳ Trinh", last, "447")
    assert units.resolve_commune("Kỳ Trinh", last, "447") != units.resolve_commune("Kỳ Trinh", changed, "447")


def test_the_denominator_follows_the_list_t104(units: UnitIndex) -> None:
    def communes(on: date) -> int:
        return sum(len(units.communes_of(code, on)) for code, _ in units.districts(on))

    assert [communes(on) for on in (SEP_2014, APR_2015, AUG_2018, JAN_2021)] == [235, 230, 229, 182]
    assert len(units.communes_of("446", SEP_2014)) == 25
    assert len(units.communes_of("446", SEP_2014, ("xã", "thị trấn"))) == 27


@pytest.mark.parametrize(
    ("name", "on", "code", "state"),
    [
        pytest.param("Kỳ Anh", SEP_2014, "447", "exact", id="T098-before-the-split"),
        pytest.param("Kỳ Anh", APR_2015, None, "unknown", id="T098-bare-is-undecided"),
        pytest.param("Huyện Kỳ Anh", APR_2015, "447", "exact", id="T098-district"),
        pytest.param("Thị xã Kỳ Anh", APR_2015, "449", "exact", id="T098-town"),
        pytest.param("Thị xã Kỳ Anh", date(2015, 7, 31), "449", "exact", id="T099-while-gso-had-it-reversed"),
        pytest.param("TX Kỳ Anh", SEP_2014, None, "unknown", id="T098-not-yet"),
        pytest.param("Kỳ Anh (Thị xã)", APR_2015, "449", "exact", id="T098-kind-behind"),
        pytest.param("TX. Hồng Lĩnh", SEP_2014, "437", "exact", id="T095-abbreviated"),
        pytest.param("T.P Hà Tĩnh", SEP_2014, "436", "exact", id="T095-dots"),
        pytest.param("Hà Tĩnh", SEP_2014, "436", "exact", id="as-a-district-the-city"),
        pytest.param("H.Vũ Quang", SEP_2014, "441", "exact", id="T095-h"),
        pytest.param("443", SEP_2014, "443", "exact", id="code"),
        pytest.param("huyện Kỳ An", SEP_2014, "447", "repaired", id="alias"),
        pytest.param("Can Loc", SEP_2014, "443", "repaired", id="T090-no-diacritics"),
        pytest.param("Huyện Hồng Lĩnh", SEP_2014, None, "unknown", id="wrong-kind"),
        pytest.param("Thạch Hạ", SEP_2014, None, "unknown", id="T090-another-tone"),
        pytest.param("Can Lộc, Thạch Hà", SEP_2014, None, "unknown", id="T036-two"),
        pytest.param("Lộc Hà", date(2025, 2, 28), None, "unknown", id="T105-merged"),
        pytest.param("Can Lộc", AUG_2025, None, "unknown", id="T105-no-districts"),
    ],
)
def test_a_district(units: UnitIndex, name: str, on: date, code: str | None, state: str) -> None:
    assert _short(units.resolve_district(name, on)) == (code, state)


def test_an_undecided_district_suggests_both_t098(units: UnitIndex) -> None:
    assert {code for code, _ in units.resolve_district("Kỳ Anh", APR_2015).suggestions} == {"447", "449"}
