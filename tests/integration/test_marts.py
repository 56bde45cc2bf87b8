"""What a total may say (docs: quality), case by case, from landed rows to marts: one small province, built once."""

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.warehouse.publish import publish
from pipelines.warehouse.verdicts import Build
from tests.integration.landed import Built, Landed
from tests.integration.landed import marks as h01_marks
from tests.integration.recorded import Recording

AN_LOC, BINH_LOC, HO_DO, MAI_PHU, TAN_LOC = "18430", "18448", "18598", "18670", "18409"  # Lộc Hà (448)
THUAN_LOC, BAC_HONG = "18130", "18115"  # Hồng Lĩnh (437): its only rural commune, and a ward
KY_NINH, KY_TRINH, KY_PHONG = "18781", "18820", "18769"  # Kỳ Anh: transferred, made a ward, stayed


def month(text: str) -> dt.date:
    return dt.date.fromisoformat(f"{text}-01")


def marks(
    commune: str, met: int, *, blank: Sequence[int] = (), unreadable: Sequence[int] = (), **more: Any
) -> dict[str, Any]:
    """A row of H01 with the first criteria met, the others not met, but for those left blank or unreadable."""
    row = {"commune_code": commune} | h01_marks(met, **{f"criterion_{n}": None for n in (*blank, *unreadable)})
    if unreadable:
        row["unreadable_fields"] = "".join(f";criterion_{number}" for number in unreadable) + ";"
    return row | more


def model(commune: str | None, **more: Any) -> dict[str, Any]:
    return {"commune_code": commune, "model_name": "Nuôi lợn", "size": "small", "status": "running"} | more


def _reports_on_criteria(landed: Landed) -> None:
    landed.report(
        "H01",
        "448",
        "2014-09",
        "2014-10-03",
        [
            marks(AN_LOC, 15),
            marks(BINH_LOC, 19),
            marks(HO_DO, 4, blank=[19]),
            marks(MAI_PHU, 10, unused_reason="R03"),
            marks(MAI_PHU, 11, unused_reason="R03"),
            marks(KY_NINH, 19, unused_reason="R02"),
        ],
    )
    landed.report(
        "H01", "448", "2014-10", "2014-11-03", [marks(AN_LOC, 17), marks(BINH_LOC, 18), marks(HO_DO, 5, unreadable=[7])]
    )
    # nothing for November; in December An Lộc is back
    landed.report("H01", "448", "2014-12", "2015-01-03", [marks(AN_LOC, 16)])
    for period, met in [("2014-09", 6), ("2014-10", 7)]:
        landed.report("H01", "437", period, "2014-11-01", [marks(THUAN_LOC, met)])
    # a later unusable one displaces nothing, a correction replaces the whole
    landed.report("H01", "437", "2014-10", "2014-11-09", [marks(THUAN_LOC, 12)], status="rejected", reason="F05")
    landed.report("H01", "437", "2014-11", "2014-12-02", [marks(THUAN_LOC, 8)])
    landed.report("H01", "437", "2014-11", "2014-12-20", [marks(THUAN_LOC, 9)])
    landed.report("H01", "437", "2014-12", "2015-01-02", [marks(THUAN_LOC, 12)], status="rejected", reason="F05")
    # Kỳ Anh before and after the split of 10 April 2015
    before = [marks(KY_NINH, 9), marks(KY_TRINH, 12), marks(KY_PHONG, 11)]
    landed.report("H01", "447", "2015-03", "2015-04-03", before)
    landed.report("H01", "449", "2015-04", "2015-05-03", [marks(KY_NINH, 10)])


def _verdicts(landed: Landed) -> None:
    def verdict(
        commune: str, criterion: int, status: str | None, indicator: str | None = None, **more: Any
    ) -> dict[str, Any]:
        place = {"commune_code": commune, "criterion_no": criterion, "indicator_no": indicator, "status": status}
        return place | more

    unreadable = {"unreadable_fields": ";status;"}
    third = [
        verdict(AN_LOC, 2, "not_met"),
        verdict(BINH_LOC, 2, "met", "2.1"),
        verdict(BINH_LOC, 2, "not_met", "2.2"),
        verdict(HO_DO, 2, None),
        verdict(HO_DO, 2, "met", "2.1"),
        verdict(HO_DO, 2, None, "2.2"),
        verdict(TAN_LOC, 2, "met"),
        verdict(TAN_LOC, 2, "not_met", "2.1"),
        verdict(AN_LOC, 3, "not_met"),  # not in this department's charge
    ]
    landed.report("S01", "S-GTVT", "2014-Q3", "2014-10-08", third)
    fourth = [verdict(AN_LOC, 2, None, **unreadable), verdict(BINH_LOC, 2, "met")]
    landed.report("S01", "S-GTVT", "2014-Q4", "2015-01-08", fourth)
    inspected = [
        {"commune_code": AN_LOC, "item_kind": "criterion", "item": "2", "inspected_on": dt.date(2014, 10, 20)}
        | {"reported_value": "Đạt", "is_confirmed": True},
        {"commune_code": BINH_LOC, "item_kind": "criterion", "item": "19", "inspected_on": dt.date(2014, 10, 21)}
        | {"reported_value": "Đạt", "observed_value": "Chưa đạt", "is_confirmed": False},
        {"commune_code": AN_LOC, "item_kind": "model", "item": "Nuôi hươu", "inspected_on": dt.date(2014, 10, 20)}
        | {"is_confirmed": True, "inspector": "Trần Thị Bí Mật"},
    ]
    landed.report("V01", "VPDP", "2014-10", "2014-11-04", inspected)
    # what the plan of December asks for
    planned = {
        "commune_code": AN_LOC,
        "item_kind": "model",
        "item": "nuôi  Hươu",
        "inspected_on": dt.date(2014, 12, 10),
    }
    landed.report("V01", "VPDP", "2014-12", "2015-01-04", [planned | {"is_confirmed": True}])


def _lists(landed: Landed) -> None:
    new, old = dt.date(2014, 9, 14), dt.date(2013, 5, 1)
    landed.report(
        "H02",
        "448",
        "2014-09",
        "2014-10-03",
        [
            model(
                AN_LOC,
                size="large",
                started_on=old,
                owner_name="Nguyễn Văn Bí Mật",
                model_name="Nuôi bò Nguyễn Văn Bí Mật",
            ),
            model(AN_LOC, size="medium", started_on=new),
            model(AN_LOC, size="small", started_on=new, status="paused"),
            model(AN_LOC, size=None),
            model(BINH_LOC, status=None),
            model(HO_DO, unused_reason="R03"),
            model(HO_DO, unused_reason="R03"),
            model(MAI_PHU, status="stopped"),
            model(KY_NINH, unused_reason="R02"),
        ],
        path="2014-09/Nguyen_Van-Bi Mat.xlsx",
    )
    landed.report(
        "H02", "448", "2014-10", "2014-11-03", [model(AN_LOC, model_name="Nuôi hươu", started_on=dt.date(2014, 10, 1))]
    )
    unplaced = [model(AN_LOC), model(None, unused_reason="R01", commune_suggested_code=BINH_LOC)]
    landed.report("H02", "448", "2014-11", "2014-12-03", unplaced)
    landed.report("H02", "448", "2014-12", "2015-01-03", is_nil=True)  # không phát sinh
    landed.report(
        "H02",
        "437",
        "2014-09",
        "2014-10-03",
        [model(BAC_HONG), model(THUAN_LOC, unused_reason="R03_same"), model(THUAN_LOC)],
    )
    landed.report(
        "H03",
        "448",
        "2014-09",
        "2014-10-03",
        [
            {"commune_code": AN_LOC, "name": "HTX Rau", "kind": "cooperative", "status": "active", "founded_on": new},
            {
                "commune_code": AN_LOC,
                "name": "THT Cá",
                "kind": "cooperative_group",
                "status": "active",
                "founded_on": new,
            },
            {"commune_code": AN_LOC, "name": "DN Tôm", "kind": "enterprise", "status": "stopped", "founded_on": new},
            {"commune_code": BINH_LOC, "name": "?", "kind": None, "status": "active", "founded_on": new},
        ],
    )
    areas = [
        {"commune_code": AN_LOC, "village": "Thôn 1", "kind": "residential_area", "status": "recognised"},
        {"commune_code": AN_LOC, "village": "Thôn 1", "kind": "garden", "status": "in_progress"},
    ]
    landed.report("H04", "448", "2014-09", "2014-10-03", areas)


def _quarters(landed: Landed) -> None:
    officer = {"officer_name": "Lê Thị Bí Mật"}
    assigned = [
        officer | {"commune_code": AN_LOC, "is_leader": True},
        officer | {"commune_code": BINH_LOC, "is_leader": False},
        officer | {"commune_code": HO_DO, "is_leader": False, "to_date": dt.date(2014, 8, 1)},
        officer | {"commune_code": TAN_LOC, "is_leader": None, "unreadable_fields": ";is_leader;"},
    ]
    landed.report("H06", "448", "2014-Q3", "2014-10-09", assigned)
    for period, received in [("2014-Q3", "2014-10-09"), ("2014-Q4", "2015-01-09")]:
        funds = [{"commune_code": AN_LOC, "total_million_vnd": 900.0, "credit_million_vnd": 100.0}]
        landed.report(
            "H07",
            "448",
            period,
            received,
            [*funds, {"commune_code": MAI_PHU, "total_million_vnd": 5.0, "unused_reason": "R03"}],
        )
    officers = [
        officer | {"field": "Nông nghiệp", "is_full_time": True},
        officer | {"field": "nông nghiệp ", "is_full_time": True},
        officer | {"field": "Kế hoạch", "is_full_time": True},
        officer | {"field": "Văn hóa", "is_full_time": False},
        officer | {"field": "Xây dựng", "is_full_time": True, "to_date": dt.date(2014, 9, 29)},
    ]
    landed.report("H05", "448", "2014-Q3", "2014-10-09", officers)
    landed.report("H06", "447", "2015-Q1", "2015-04-09", [officer | {"commune_code": KY_NINH, "is_leader": True}])


def _tasks(landed: Landed) -> None:
    def task(code: str, owners: str, due: dt.date | None, recurrence: str | None) -> dict[str, Any]:
        return {"task_code": code, "document_no": "1/TB", "issued_on": dt.date(2014, 9, 10), "task": f"Việc {code}"} | {
            "owner_codes": owners,
            "due_on": due,
            "recurrence": recurrence,
        }

    landed.report(
        "V02",
        "VPDP",
        None,
        "2014-09-12",
        [
            task("N1", "448;437", dt.date(2014, 10, 31), "once"),
            task("N2", "448", None, "month"),
            task("N3", "448", dt.date(2014, 10, 1), None),
            task("N4", "", dt.date(2014, 10, 31), "once"),
            task("N6", "S-XD;all_unions", dt.date(2014, 10, 31), "once"),
            # two rows of one code that contradict each other: neither is used
            task("N5", "448", dt.date(2014, 10, 31), "once") | {"unused_reason": "R03"},
            task("N5", "448", dt.date(2014, 11, 30), "once") | {"unused_reason": "R03"},
        ],
    )
    on_time = {"task_code": "N1", "status": "done", "done_on": dt.date(2014, 10, 30)}
    by_words = {"task_code": None, "task": "việc n2", "status": "done", "evidence": "NGUYEN VAN BI MAT báo đã xong"}
    claimed = {"task_code": "3.1", "status": "done"}
    landed.report("C01", "448", "2014-10", "2014-11-20", [on_time, by_words, claimed])
    landed.report(
        "C01", "437", "2014-10", "2014-11-04", [{"task_code": "N1", "status": "done", "done_on": dt.date(2014, 11, 2)}]
    )


def _reference_gone_wrong(folder: Path) -> Path:
    """The office's own reference files: a target of the wrong level, one that asks for more later, weights that sum to 1.2.

    And a reporter of a type that our lists do not have.
    """
    folder.mkdir()
    targets = (
        "target_id,name_vi,level,operator,value,unit,notice_item,valid_from\n"
        "T07,,district,>=,1,officers,2.3.1,\n"
        "T06,Cán bộ chuyên trách,district,>=,3,officers,3.1,2014-12-01\n"
    )
    (folder / "targets.csv").write_text(targets, encoding="utf-8")
    weights = "component,weight,valid_from\ncriteria_level,0.35,2014-09-01\n"
    (folder / "leadership_index_weights.csv").write_text(weights, encoding="utf-8")
    union = "reporter_code,reporter_type,name_vi,name_en\nHND,union,Hội Nông dân tỉnh,Provincial Farmers' Union\n"
    (folder / "departments.csv").write_text(union, encoding="utf-8")
    types = "reporter_type,label_vi,label_en\nunion,hội đoàn thể,union\n"
    (folder / "reporter_types.csv").write_text(types, encoding="utf-8")
    groups = "owner_group,reporter_type\nall_unions,union\n"
    (folder / "owner_groups.csv").write_text(groups, encoding="utf-8")
    return folder


def province(
    folder: Path, as_of: str, recording: Recording, select: str = "+path:models/marts +name_masks +check_results"
) -> Built:
    """Everything that came in, whenever it did, as of that day."""
    landed = Landed()
    for write in (_reports_on_criteria, _verdicts, _lists, _quarters, _tasks):
        write(landed)
    overlay_dir = _reference_gone_wrong(folder / "reference")
    return landed.build(folder / "working.duckdb", as_of, recording, select=select, overlay_dir=overlay_dir)


@pytest.fixture(scope="module")
def marts(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    built = province(tmp_path_factory.mktemp("marts"), "2015-05-20", recording)
    yield built
    built.connected.close()


COMMUNES = [
    # criteria: all readable, or not
    (
        "2014-09",
        AN_LOC,
        "criteria_met_reported, criteria_unknown, criteria_met_latest, months_since_report",
        (15, 0, 15, 0),
    ),
    (
        "2014-09",
        HO_DO,
        "criteria_met_reported, criteria_unknown, criteria_met_latest, months_since_report",
        (None, 1, None, 0),
    ),
    (
        "2014-09",
        MAI_PHU,
        "criteria_met_reported, criteria_unknown, criteria_met_latest, months_since_report",
        (None, 19, None, None),
    ),
    ("2014-09", TAN_LOC, "criteria_met_reported, criteria_unknown, progress_band, is_at_19", (None, 19, None, None)),
    ("2014-09", BINH_LOC, "progress_band, is_at_19, criteria_gained", ("19", True, None)),
    # a criterion once known stays known: Hộ Độ's 19th was blank, then its 7th unreadable
    ("2014-10", HO_DO, "criteria_met_reported, criteria_met_latest, progress_band", (None, 5, "5-9")),
    ("2014-10", AN_LOC, "criteria_gained, criteria_lost, progress_band", (2, 0, "15-18")),
    ("2014-10", BINH_LOC, "criteria_gained, criteria_lost", (0, 1)),
    ("2014-10", HO_DO, "criteria_gained, criteria_lost", (None, None)),
    # a month without a report
    ("2014-11", AN_LOC, "criteria_met_reported, criteria_met_latest, months_since_report", (None, 17, 1)),
    ("2014-12", AN_LOC, "criteria_met_latest, months_since_report, criteria_gained", (16, 0, None)),
    ("2015-03", AN_LOC, "criteria_met_latest, months_since_report", (16, 3)),
    # corrections and unusable ones
    ("2014-10", THUAN_LOC, "criteria_met_reported, criteria_gained", (7, 1)),
    ("2014-11", THUAN_LOC, "criteria_met_reported, criteria_gained", (9, 2)),
    ("2014-12", THUAN_LOC, "criteria_met_reported, criteria_met_latest, months_since_report", (None, 9, 1)),
    # history follows the code through a transfer
    ("2015-03", KY_NINH, "district_code, criteria_met_reported", ("447", 9)),
    ("2015-04", KY_NINH, "district_code, criteria_met_reported, criteria_gained", ("449", 10, 1)),
    ("2015-04", KY_PHONG, "district_code, criteria_met_latest, months_since_report", ("447", 11, 1)),
    # verdicts: counted among those there are
    ("2014-09", AN_LOC, "criteria_met_verified, criteria_verified, criteria_met_official", (0, 1, 14)),
    ("2014-11", BINH_LOC, "criteria_met_verified, criteria_verified, criteria_met_official", (0, 1, 17)),
    # production models
    ("2014-09", AN_LOC, "models_running, models_large, models_medium, models_small, models_new", (3, 1, 1, 0, 2)),
    ("2014-09", AN_LOC, "has_all_model_sizes, has_no_model", (None, False)),
    ("2014-09", BINH_LOC, "models_running, has_all_model_sizes, has_no_model, is_weak", (0, False, None, None)),
    ("2014-09", HO_DO, "models_running, has_no_model, is_weak", (None, None, None)),
    ("2014-09", MAI_PHU, "models_running, models_new, has_no_model, is_weak", (0, 0, True, True)),
    ("2014-09", TAN_LOC, "models_running, has_no_model", (0, True)),
    ("2014-09", THUAN_LOC, "models_running, is_weak", (1, True)),
    ("2014-10", THUAN_LOC, "models_running, has_no_model, is_weak", (None, None, None)),
    ("2014-10", HO_DO, "criteria_met_latest, is_weak", (5, True)),
    ("2014-11", AN_LOC, "models_running, has_no_model", (1, False)),
    ("2014-11", BINH_LOC, "models_running, has_no_model", (None, None)),
    ("2014-12", AN_LOC, "models_running, has_no_model, models_new", (0, True, 0)),
    ("2015-01", AN_LOC, "models_running, has_no_model", (None, None)),
    # establishments, areas
    ("2014-09", AN_LOC, "enterprises_active, cooperatives_active, cooperative_groups_active", (0, 1, 1)),
    ("2014-09", AN_LOC, "enterprises_new, cooperatives_new", (1, 1)),
    ("2014-09", BINH_LOC, "enterprises_active, cooperatives_active", (0, 0)),
    ("2014-09", AN_LOC, "residential_areas_recognised, gardens_recognised", (1, 0)),
    ("2014-09", THUAN_LOC, "enterprises_active, residential_areas_recognised", (None, None)),
    # quarterly facts: two months more, funds never over 1 January
    ("2014-09", AN_LOC, "has_officer, has_leader, assignments_age_months", (True, True, 0)),
    ("2014-11", BINH_LOC, "has_officer, has_leader, assignments_age_months", (True, False, 2)),
    ("2014-09", HO_DO, "has_officer, has_leader", (False, False)),
    ("2014-09", TAN_LOC, "has_officer, has_leader", (True, None)),
    ("2014-12", AN_LOC, "has_officer, has_leader, assignments_age_months", (None, None, None)),
    ("2014-11", AN_LOC, "funds_ytd_million_vnd, funds_age_months", (900.0, 2)),
    ("2014-12", AN_LOC, "funds_ytd_million_vnd, funds_age_months", (900.0, 0)),
    ("2015-01", AN_LOC, "funds_ytd_million_vnd, funds_age_months", (None, None)),
    ("2014-09", MAI_PHU, "funds_ytd_million_vnd, funds_age_months", (None, None)),
    ("2015-04", KY_NINH, "has_officer, has_leader, assignments_age_months", (True, True, 1)),
]


@pytest.mark.parametrize(("period", "commune", "columns", "expected"), COMMUNES)
def test_commune_month(marts: Built, *, period: str, commune: str, columns: str, expected: tuple[Any, ...]) -> None:
    assert marts.one("marts.commune_months", columns, month=month(period), commune_code=commune) == expected


def test_a_ward_has_no_commune_month(marts: Built) -> None:
    months = marts.connected.execute("select max(month) from marts.commune_months where commune_code = ?", [KY_TRINH])
    assert months.fetchone() == (month("2015-03"),)


STATUSES = [
    (
        "2014-09",
        AN_LOC,
        1,
        "reported_state, reported_status, reported_sheet, reported_cell",
        ("reported", "met", "Bieu", "E11"),
    ),
    ("2014-09", HO_DO, 19, "reported_state, reported_status, reported_cell", ("blank", None, "W13")),
    ("2014-10", HO_DO, 7, "reported_state, reported_status, latest_status", ("unreadable", None, "not_met")),
    ("2014-09", MAI_PHU, 1, "reported_state, reported_status", ("unreadable", None)),
    ("2014-09", TAN_LOC, 1, "reported_state, reported_submission_id, reported_cell", ("row_absent", None, None)),
    (
        "2014-11",
        AN_LOC,
        1,
        "reported_state, latest_status, latest_month",
        ("report_missing", "met", dt.date(2014, 10, 1)),
    ),
    ("2014-12", THUAN_LOC, 1, "reported_state, reported_status", ("report_missing", None)),
    # the department's verdict: by indicator, or its own row; of the department in charge only
    (
        "2014-09",
        AN_LOC,
        2,
        "verified_status, is_disputed, official_status, official_source",
        ("not_met", True, "not_met", "department"),
    ),
    ("2014-09", BINH_LOC, 2, "verified_status, is_disputed", ("not_met", True)),
    ("2014-09", HO_DO, 2, "verified_status, is_disputed", ("met", False)),
    ("2014-09", TAN_LOC, 2, "verified_status, official_status, official_source", ("met", "met", "department")),
    ("2014-09", AN_LOC, 3, "verified_status, official_source", (None, "district")),
    # an inspection wins; in the next quarter still, then no more
    (
        "2014-10",
        AN_LOC,
        2,
        "verified_status, inspected_status, official_status, official_source",
        ("not_met", "met", "met", "inspection"),
    ),
    ("2014-12", AN_LOC, 2, "verified_status, inspected_status, official_source", (None, "met", "inspection")),
    ("2015-03", AN_LOC, 2, "inspected_status, official_status, official_source", ("met", "met", "inspection")),
    ("2015-04", AN_LOC, 2, "inspected_status, verified_status, official_source", (None, None, None)),
    ("2014-09", BINH_LOC, 19, "inspected_status, official_source", (None, "district")),
    ("2014-10", BINH_LOC, 19, "inspected_status, official_status", ("not_met", "not_met")),
    # the newest quarter's verdict, and the one before only until it comes
    ("2014-12", BINH_LOC, 2, "verified_status, official_status, official_source", ("met", "met", "department")),
    ("2014-12", TAN_LOC, 2, "verified_status, official_status", ("met", "met")),
    ("2015-01", TAN_LOC, 2, "verified_status, official_status", (None, None)),
    # the district's own word stands for two quarters
    ("2015-03", AN_LOC, 1, "official_status, official_source", ("met", "district")),
    ("2015-03", HO_DO, 1, "official_status, official_source", ("met", "district")),
    ("2015-04", HO_DO, 1, "latest_status, official_status, official_source", ("met", None, None)),
]


@pytest.mark.parametrize(("period", "commune", "criterion", "columns", "expected"), STATUSES)
def test_criterion_status(
    marts: Built, *, period: str, commune: str, criterion: int, columns: str, expected: tuple[Any, ...]
) -> None:
    where = {"month": month(period), "commune_code": commune, "criterion_no": criterion}
    assert marts.one("marts.fct_criterion_statuses", columns, **where) == expected


DISTRICTS = [
    ("2014-09", "448", "communes_expected, communes_reported, communes_counted_criteria", (13, 3, 2)),
    ("2014-09", "448", "criteria_met_avg, communes_at_19, communes_15_18, communes_under_7", (17.0, 1, 1, 0)),
    ("2014-10", "448", "communes_counted_criteria, criteria_gained, communes_5_9, communes_under_7", (3, 2, 1, 1)),
    ("2014-09", "448", "models_running, communes_counted_models, communes_without_model", (3, 12, 10)),
    (
        "2014-09",
        "448",
        "communes_all_model_sizes, models_new, communes_with_cooperative, cooperatives_new",
        (0, 2, 1, 1),
    ),
    ("2014-11", "448", "models_running, communes_counted_models", (1, 1)),
    ("2014-10", "437", "models_running, communes_counted_models, communes_without_model", (None, 0, None)),
    ("2014-09", "437", "models_running, communes_with_enterprise", (1, None)),
    (
        "2014-11",
        "448",
        "full_time_officers, officer_fields, communes_with_officer, weak_communes_with_leader",
        (3, 2, 3, 0),
    ),
    ("2014-12", "448", "full_time_officers, officer_fields, communes_with_officer", (None, None, None)),
    ("2014-11", "448", "funds_ytd_million_vnd, communes_counted_funds", (900.0, 1)),
    # owed at the end of September: seven monthly and quarterly forms and C01; C01 never came
    ("2014-09", "448", "reports_expected, reports_received, reports_on_time, reporting_rate", (8, 7, 7, 0.875)),
    ("2014-09", "448", "is_provisional, timeliness", (True, 0.875)),
    # a task with an end date, a monthly one (September not done, October told late), and in December the notice's 3.3a
    ("2014-10", "448", "tasks_due, tasks_done_on_time", (2, 1)),
    ("2014-12", "448", "tasks_due, tasks_done_on_time", (5, 1)),
    ("2014-10", "437", "tasks_due, tasks_done_on_time", (1, 0)),
]


@pytest.mark.parametrize(("period", "district", "columns", "expected"), DISTRICTS)
def test_district_month(marts: Built, *, period: str, district: str, columns: str, expected: tuple[Any, ...]) -> None:
    assert marts.one("marts.district_months", columns, month=month(period), district_code=district) == expected


def test_the_province_counts_communes_not_districts(marts: Built) -> None:
    columns = "districts_expected, districts_reported, communes_expected, communes_counted_criteria, criteria_met_avg"
    assert marts.one("marts.province_months", columns, month=month("2014-09")) == (12, 2, 235, 3, (15 + 19 + 6) / 3)
    assert marts.one("marts.province_months", "districts_expected, communes_expected", month=month("2015-04")) == (
        13,
        230,
    )


def test_nobody_s_name_is_published_and_what_was_written_is_kept_inside(marts: Built, tmp_path: Path) -> None:
    shutil.copy(marts.file, tmp_path / "working.duckdb")
    with duckdb.connect(str(tmp_path / "working.duckdb")) as working:
        publish(working, tmp_path / "ntm.duckdb", Build(dt.datetime(2015, 5, 20), dt.date(2015, 5, 20), "1"))
        kept = working.execute("select file_name from quality.deliveries where file_name ilike '%mat%'").fetchall()
    assert kept == [("Nguyen_Van-Bi Mat.xlsx",)]
    with duckdb.connect(str(tmp_path / "ntm.duckdb"), read_only=True) as published:
        tables = published.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
        for (table,) in tables:
            texts = f"select count(*) from {table} as own where strip_accents(own::varchar) ilike '%bi mat%'"
            assert published.execute(texts).fetchone() == (0,), table
        masked = published.execute("select path, file_name, sha256 from quality.deliveries where path like '%•••%'")
        assert masked.fetchall() == [("2014-09/•••.xlsx", "•••.xlsx", None)]
        assert (
            published.execute("select distinct evidence from marts.fct_tasks").fetchall().count(("••• báo đã xong",))
            == 1
        )


def test_item_facts_lead_back_to_their_cell(marts: Built) -> None:
    rows = marts.connected.execute(
        "select model_name, cell from marts.fct_production_models where commune_code = ? and month = ? order by cell",
        [AN_LOC, month("2014-09")],
    ).fetchall()
    assert rows == [("•••", "B11"), ("Nuôi lợn", "B12"), ("Nuôi lợn", "B13"), ("Nuôi lợn", "B14")]


TARGETS = [
    # of twelve communes that are known, ten have no model: too many, whatever the others are
    ("T03", "2014-09", "42", "value, numerator, denominator, is_met, is_overdue", (10.0, 10, 12, False, False)),
    ("T01", "2014-09", "42", "numerator, is_met, coverage", (0, None, 12 / 235)),
    ("T04", "2014-09", "448", "value, denominator, is_met, gap", (1.0, 2, True, 0.0)),
    ("T04", "2014-11", "443", "value, denominator, is_met", (None, 0, None)),
    ("T04", "2015-01", "443", "is_met, is_overdue", (None, True)),
    ("T06", "2014-11", "448", "value, is_met, gap, is_overdue", (3.0, False, 2.0, False)),
    ("T06", "2014-12", "448", "value, coverage, is_met", (None, 0.0, None)),
    ("T06", "2014-11", "448", "target_value, target_name_en", (5.0, "Full-time officers in the district office")),
    ("T06", "2014-12", "448", "target_value, target_name_vi", (3.0, "Cán bộ chuyên trách")),
    ("T12", "2014-09", "BHT", "value, is_met, state, is_overdue", (None, None, "nothing_due", False)),
    ("T08", "2014-12", "S-GTVT", "value, numerator, denominator, is_met", (100.0, 2, 2, True)),
    ("T08", "2014-12", "S-XD", "value, numerator, denominator, is_met", (0.0, 0, 2, False)),
    ("T09", "2014-09", "448", "numerator, denominator, is_met", (3, 13, False)),
    # nine weak communes without a leader; one weak with an unreadable tick, two that may be weak
    ("T10", "2014-09", "448", "numerator, denominator, units, is_met", (0, 9, 12, False)),
    ("T11", "2014-10", "42", "value, is_met", (1.0, True)),
    ("T11", "2014-11", "42", "value, is_met, coverage", (None, None, 0.0)),
    ("T12", "2014-12", "448", "value, denominator, is_met", (20.0, 5, False)),
]


@pytest.mark.parametrize(("target", "period", "unit", "columns", "expected"), TARGETS)
def test_target(marts: Built, *, target: str, period: str, unit: str, columns: str, expected: tuple[Any, ...]) -> None:
    where = {"target_id": target, "month": month(period), "unit_code": unit}
    assert marts.one("marts.target_progress", columns, **where) == expected


def test_a_reporter_of_a_type_of_its_own_is_published_as_any_other(marts: Built) -> None:
    assert marts.one("marts.dim_reporters", "reporter_type, reporter_name", reporter_code="HND") == (
        "union",
        "Hội Nông dân tỉnh",
    )
    assert marts.one("marts.dim_unit_current", "unit_level, is_valid", unit_code="HND") == ("union", True)


def test_a_district_target_holds_for_its_kinds_only(marts: Built) -> None:
    rows = marts.connected.execute("select distinct unit_code from marts.target_progress where target_id = 'T04'")
    units = {code for (code,) in rows.fetchall()}
    assert {"436", "448"} <= units
    assert not {"437", "449"} & units


COMPONENTS = [
    ("448", "new_models", "raw_value, normalised_value, is_left_out", (0.25, 100.0, False)),
    ("437", "new_models", "raw_value, normalised_value, is_left_out", (0.0, 0.0, False)),
    ("443", "new_models", "raw_value, weight, is_left_out", (None, 0.0, True)),
    ("448", "criteria_gain", "raw_value, weight, is_left_out", (None, 0.0, True)),
    ("448", "criteria_level", "raw_value, normalised_value", (17.0, 17 / 19 * 100)),
    ("448", "reports_on_time", "raw_value", 0.875),
]


@pytest.mark.parametrize(("district", "component", "columns", "expected"), COMPONENTS)
def test_index_component(marts: Built, district: str, component: str, columns: str, expected: Any) -> None:
    where = {"month": month("2014-09"), "district_code": district, "component": component}
    assert marts.one("marts.leadership_index", columns, **where) == pytest.approx(expected)


def test_the_order_of_a_sum_shows_in_no_figure(marts: Built) -> None:
    loose = """
        select 'index' as figure from marts.leadership_index where index_value <> round(index_value, 9)
        union all select 'weight' from marts.leadership_index where weight <> round(weight, 12)
        union all select 'funds' from marts.district_months where funds_ytd_million_vnd <> round(funds_ytd_million_vnd, 6)
    """
    assert marts.connected.execute(loose).fetchall() == []


def test_criteria_are_gained_on_december_within_the_year(marts: Built) -> None:
    where = {"month": month("2015-03"), "district_code": "448", "component": "criteria_gain"}
    assert marts.one("marts.leadership_index", "raw_value", **where) == 0.0


TASKS = [
    ("448", "N1", None, "state, is_counted, is_done_on_time", ("done_on_time", True, True)),
    ("437", "N1", None, "state, is_done_on_time", ("done_late", False)),
    ("448", "N2", "2014-10", "due_on, state", (dt.date(2014, 11, 5), "done_late")),
    ("448", "N2", "2014-11", "due_on, state", (dt.date(2014, 12, 5), "overdue")),
    ("448", "N3", None, "state, is_counted", ("overdue", False)),
    ("443", "3.3a", None, "due_on, is_counted", (dt.date(2014, 12, 31), True)),
    ("449", "3.1", None, "state, is_counted", None),
    ("VPDP", "1.4c", "2014-Q4", "is_counted, recurrence", (True, "month;quarter")),
    # owned by nobody: shown once, never counted; told twice and differently: not a task yet
    (None, "N4", None, "state, is_counted, document_no", ("no_owner", False, "1/TB")),
    ("448", "N5", None, "state", None),
    # given to all of a type that only this office has
    ("HND", "N6", None, "state, is_counted", ("overdue", True)),
    ("S-XD", "N6", None, "state, is_counted", ("overdue", True)),
    ("448", "N6", None, "state, is_counted", None),
    # what the data say beside what the owner says
    ("448", "3.3a", None, "state, measured_status, measured_by, is_contradicted", ("overdue", None, "T04", False)),
    ("S-GTVT", "2.6b", "2014-Q3", "reported_status, measured_status, measured_by", (None, "done", "T08")),
    ("S-XD", "2.6b", "2014-Q3", "measured_status, measured_month", ("not_done", dt.date(2014, 9, 1))),
    ("VPDP", "2.7", "2014-10", "measured_status, measured_by", ("done", "T11")),
    ("VPDP", "2.7", "2014-11", "measured_status", (None,)),
    ("S-XD", "2.6b", "2015-Q1", "document_no, state", ("Thông báo 07/9/2014", "overdue")),
]


@pytest.mark.parametrize(("owner", "task", "period", "columns", "expected"), TASKS)
def test_task(
    marts: Built, *, owner: str | None, task: str, period: str | None, columns: str, expected: tuple[Any, ...] | None
) -> None:
    condition = "owner_code is not distinct from ? and task_code = ? and period is not distinct from ?"
    rows = marts.connected.execute(f"select {columns} from marts.fct_tasks where {condition}", [owner, task, period])
    assert rows.fetchall() == ([] if expected is None else [expected])


QUARTERS = [
    ("2014-Q4", "N1", "448", "instances_due, instances_done_on_time, reported_status", (1, 1, "done")),
    ("2014-Q4", "N1", "437", "instances_due, instances_done_late, instances_overdue", (1, 1, 0)),
    # due in the quarter: the months of September, October and November; October was told late
    ("2014-Q4", "N2", "448", "instances_due, instances_done_late, instances_overdue", (3, 1, 2)),
    ("2014-Q3", "3.1", "448", "reported_status, measured_status, is_contradicted", (None, "not_done", False)),
    ("2014-Q4", "3.1", "448", "reported_status, measured_status, is_contradicted", ("done", None, False)),
    ("2014-Q4", "2.6b", "S-XD", "reporter_name, measured_status, measured_by", ("Sở Xây dựng", "not_done", "T08")),
]


@pytest.mark.parametrize(("quarter", "task", "owner", "columns", "expected"), QUARTERS)
def test_task_quarter(
    marts: Built, *, quarter: str, task: str, owner: str, columns: str, expected: tuple[Any, ...]
) -> None:
    where = {"quarter": quarter, "task_code": task, "owner_code": owner}
    assert marts.one("marts.task_quarters", columns, **where) == expected


def test_models_are_counted_by_kind_where_there_is_a_list(marts: Built) -> None:
    columns = "sum(models_running), sum(models_formed), sum(models_stopped)"
    where = {"month": month("2014-09"), "district_code": "448"}
    assert marts.one("marts.production_months", columns, **where) == (3, 2, 1)
    rows = marts.connected.execute(
        "select distinct month from marts.production_months where district_code = '448' order by month"
    ).fetchall()
    assert rows == [(month("2014-09"),), (month("2014-10"),), (month("2014-11"),)]


def test_the_plan_keeps_to_its_capacity_visits_every_district_in_a_quarter_and_lets_communes_rest(
    marts: Built,
) -> None:
    rows = marts.connected.execute(
        """
        select quarter(month), count(distinct district_code), count(distinct (month, commune_code)), max(item_no)
        from marts.inspection_plan
        where month between '2014-10-01' and '2015-03-01'
        group by all
        """
    ).fetchall()
    assert sorted(rows) == [(1, 12, 36, 5), (4, 12, 36, 5)]
    again = marts.connected.execute(
        """
        with visits as (select distinct month, commune_code, is_repeat from marts.inspection_plan)
        select count(*)
        from visits
        inner join visits as earlier using (commune_code)
        where visits.month > earlier.month and visits.month < earlier.month + interval 3 months and not visits.is_repeat
        """
    ).fetchone()
    assert again == (0,)


def test_half_of_the_plan_is_drawn_with_a_known_probability(marts: Built) -> None:
    rows = marts.connected.execute(
        """
        select part, count(distinct (month, commune_code)), count(inclusion_probability), count(item_probability), count(*)
        from marts.inspection_plan
        where month = '2014-12-01'
        group by part
        """
    ).fetchall()
    assert sorted(rows) == [("random", 6, 30, 30, 30), ("risk", 6, 0, 0, 30)]
    only_one = marts.connected.execute(
        "select distinct inclusion_probability from marts.inspection_plan where commune_code = ? and part = 'random'",
        [THUAN_LOC],
    ).fetchall()
    assert only_one == [(1.0,)]


def test_what_is_drawn_in_a_quarter_stands_for_every_commune_and_criterion(marts: Built) -> None:
    """The sum of one over the probabilities (Horvitz-Thompson) is the number of communes, and of their criteria."""
    rows = marts.connected.execute(
        """
        select
            date_trunc('quarter', month)::date as quarter,
            round(sum(case when item_no = 1 then 1 / inclusion_probability end), 6) as communes,
            round(sum(case when item_kind = 'criterion' then 1 / item_probability end), 6) as criteria
        from marts.inspection_plan
        where part = 'random' and month between '2014-10-01' and '2015-03-01'
        group by all
        order by all
        """
    ).fetchall()
    assert rows == [(month("2014-10"), 235, 235 * 19), (month("2015-01"), 235, 235 * 19)]


def test_a_newly_formed_model_is_planned_whenever_one_is_known(marts: Built) -> None:
    rows = marts.connected.execute(
        "select month, commune_code, item, reported_value from marts.inspection_plan where is_new_model order by month"
    ).fetchall()
    assert rows == [
        (month("2014-11"), AN_LOC, "Nuôi lợn", "đang hoạt động"),
        (month("2014-12"), AN_LOC, "Nuôi hươu", "đang hoạt động"),
    ]


def test_what_was_inspected_by_the_plan_is_told_from_what_was_not(marts: Built) -> None:
    rows = marts.connected.execute(
        """
        select visits.inspected_on, visits.item_kind, plan.item, plan.is_new_model, plan.part = visits.plan_part
        from marts.fct_inspections as visits
        left join marts.inspection_plan as plan
            on
                visits.plan_month = plan.month
                and visits.commune_code = plan.commune_code
                and visits.plan_item_no = plan.item_no
        where visits.commune_code = ?
        order by all
        """,
        [AN_LOC],
    ).fetchall()
    assert rows == [
        (dt.date(2014, 10, 20), "criterion", None, None, None),
        (dt.date(2014, 10, 20), "model", None, None, None),
        (dt.date(2014, 12, 10), "model", "Nuôi hươu", True, True),
    ]
    where = {"month": month("2014-12"), "unit_code": "42", "item_kind": "all", "part": "unplanned"}
    columns = "communes_inspected, items_inspected, items_confirmed"
    assert marts.one("marts.inspection_accuracy", columns, **where) == (2, 3, 2)


def test_a_past_plan_is_the_same_whenever_it_is_made_again(marts: Built, recording: Recording, tmp_path: Path) -> None:
    then = province(tmp_path, "2014-12-31", recording, select="+inspection_plan")
    query = "select * from marts.inspection_plan where month <= '2015-01-01' order by month, commune_code, item_no"
    before, now = then.connected.execute(query).fetchall(), marts.connected.execute(query).fetchall()
    then.connected.close()
    assert len(before) == 4 * 60
    assert before == now


GAPS = [
    ("T03", "2014-09", "42", TAN_LOC, "is_known, missing, is_cheapest", (True, 1, True)),
    ("T01", "2014-09", "42", AN_LOC, "is_known, missing", (False, None)),
    (
        "T01",
        "2014-09",
        "42",
        BINH_LOC,
        "missing, missing_vi",
        (3, "Chưa có mô hình đang hoạt động quy mô lớn, vừa, nhỏ"),
    ),
    (
        "T04",
        "2014-10",
        "448",
        BINH_LOC,
        "missing, missing_en, gap_rank, is_cheapest",
        (1, "Meets 18 criteria; not met: 19", 1, True),
    ),
    ("T04", "2014-10", "448", AN_LOC, "missing, gap_rank, is_cheapest", (2, 2, False)),
    ("T04", "2014-10", "448", MAI_PHU, "is_known, missing, is_cheapest", (False, None, False)),
    ("T05", "2014-10", "42", HO_DO, "missing, is_cheapest", (2, True)),
    ("T06", "2014-11", "448", "448", "missing, missing_vi", (2, "Có 3 cán bộ chuyên trách")),
    ("T08", "2014-12", "S-XD", "S-XD", "missing, missing_en", (2, "No report on criteria: 2014-Q3;2014-Q4")),
    ("T09", "2014-09", "448", HO_DO, "missing, missing_en", (1, "No officer in charge")),
    ("T11", "2014-11", "42", "VPDP", "is_known, missing", (False, None)),
    ("T12", "2014-10", "437", "437", "missing, missing_en", (1, "Tasks not done on time: N1")),
]


@pytest.mark.parametrize(("target", "period", "unit", "lagging", "columns", "expected"), GAPS)
def test_who_keeps_a_target_from_being_met(
    marts: Built, *, target: str, period: str, unit: str, lagging: str, columns: str, expected: tuple[Any, ...]
) -> None:
    where = {"target_id": target, "month": month(period), "unit_code": unit, "lagging_unit_code": lagging}
    assert marts.one("marts.target_gaps", columns, **where) == expected


def test_reference_data_that_make_no_sense_are_told_and_make_no_figure(marts: Built, recording: Recording) -> None:
    warned = {
        name: rows for name, rows in marts.warned.items() if not name.startswith("usual_volume_")
    }  # few have landed
    assert warned == {
        "assert_every_target_has_a_metric": 1,
        "assert_every_task_has_an_owner": 1,
        "assert_weights_sum_to_1": 1,
    }
    told = marts.connected.execute(recording.compiled("assert_every_task_has_an_owner", "2015-05-20")).fetchall()
    assert [(row, task) for _, row, task in told] == [(14, "N4")]
    rows = marts.connected.execute("select * from marts.target_progress where target_id = 'T07'").fetchall()
    assert rows == []
    # the index is the weighted mean all the same
    where = {"month": month("2014-09"), "district_code": "448"}
    weights, index, contributions = marts.one(
        "marts.leadership_index", "sum(weight), any_value(index_value), sum(contribution)", **where
    )
    assert weights == pytest.approx(1)
    assert index == pytest.approx(contributions)


def test_a_target_that_is_met_has_no_gap(marts: Built) -> None:
    rows = marts.connected.execute(
        """
        select gaps.target_id
        from marts.target_gaps as gaps
        inner join marts.target_progress as progress using (target_id, month, unit_code)
        where progress.is_met
        """
    )
    assert rows.fetchall() == []
