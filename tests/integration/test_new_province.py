"""Another province from data alone: its new folder, a report of one of its communes, and what is published of it."""

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.new_province import BEFORE, SINCE, write_new_province
from pipelines.progress import Watcher
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.load import load, open_working_file
from pipelines.warehouse.publish import publish
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.verdicts import Build
from tests.integration.recorded import Recording
from tests.unit.intake.workbooks import xlsx
from tests.unit.test_new_province import FLAT, NESTED, install

AS_OF = dt.date(2025, 9, 20)
RECEIVED = dt.datetime(2025, 9, 3, tzinfo=dt.UTC).timestamp()
OFFICE = "VP-CB"
"""What this province calls its Coordination Office; ours has another code."""
REPORT = [
    ["UBND XÃ QUẢNG LÂM", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["Biểu 01/NTM-H"],
    ["TỔNG HỢP KẾT QUẢ THỰC HIỆN BỘ TIÊU CHÍ QUỐC GIA VỀ NÔNG THÔN MỚI"],
    ["Tháng 8 năm 2025"],
    ["TT", "Xã", *range(1, 20), "Tổng số tiêu chí đạt"],
    [1, "Quảng Lâm", *["x"] * 12, *["K"] * 7, 12],
]


def departments_row(reference: Path) -> str:
    """A reporter of a type that only this province has, under the columns of its list."""
    header = (reference / "departments.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    cells = {
        "reporter_code": "HND",
        "reporter_type": "association",
        "name_vi": "Hội Nông dân tỉnh",
        "name_en": "Farmers",
    }
    return ",".join(cells.get(column, "") for column in header)


@pytest.fixture(scope="module")
def published(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("cao-bang")
    packages, raw = folder / "packages", folder / "raw"
    packages.mkdir()
    install(packages, SINCE, {"nested-divisions.json": NESTED})
    install(packages, BEFORE, FLAT)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(packages))
        write_new_province(raw, "04", read_lists(SEEDS_DIR), dt.date(2025, 8, 1))
    reference = raw / "reference"
    departments = (reference / "departments.csv").read_text(encoding="utf-8").replace("VPDP,", f"{OFFICE},")
    (reference / "departments.csv").write_text(f"{departments}{departments_row(reference)}\n", encoding="utf-8")
    (reference / "reporter_types.csv").write_text(
        "reporter_type,label_vi,label_en\nassociation,hội đoàn thể,association\n", encoding="utf-8"
    )
    file = raw / "quang lam.xlsx"
    file.write_bytes(xlsx({"Sheet1": REPORT}))
    os.utime(file, (RECEIVED, RECEIVED))

    reader = IntakeReader(SEEDS_DIR, raw / "reference", AS_OF)
    published_file = folder / "published" / "ntm.duckdb"
    with open_working_file(folder / "working.duckdb") as working:
        archive = Archive(folder / "archive")
        load(working, raw, archive, folder / "secret", reader, reader.lists, reader.limits, Watcher(), 1)
        recording.play(working, AS_OF.isoformat(), "+path:models", is_tested=False)
        publish(working, published_file, Build(dt.datetime(2025, 9, 20, 3), AS_OF, "1.0"))
    with duckdb.connect(str(published_file), read_only=True) as connected:
        yield connected


def test_its_report_is_accepted_and_nothing_is_asked_of_our_units(published: duckdb.DuckDBPyConnection) -> None:
    reports = "select form, reporter_code, period, status from quality.submissions"
    assert published.execute(reports).fetchall() == [("H01", "01294", "2025-08", "accepted")]
    assert published.execute("select rule_id from quality.findings where rule_id in ('F03', 'F05')").fetchall() == []
    owed = (
        "select form, reporter_code from quality.obligations where period = '2025-08' and form like 'H%' order by all"
    )
    assert published.execute(owed).fetchall() == [("H01", "01294"), ("H02", "01294"), ("H03", "01294")]


def test_its_totals_and_names_are_its_own(published: duckdb.DuckDBPyConnection) -> None:
    province = """
        select month, reporters_expected, reporters_reported, communes_expected, criteria_met_avg from marts.province_months
    """
    august, september = published.execute(f"{province} order by month").fetchall()  # whose period closed on the 14th
    assert august == (dt.date(2025, 8, 1), 1, 1, 1, 12.0)
    assert september == (dt.date(2025, 9, 1), 1, 0, 1, 12.0)
    names = (
        "select unit_code, unit_name from marts.dim_unit_current where unit_code in ('04', '42', '01294') order by all"
    )
    assert published.execute(names).fetchall() == [("01294", "Xã Quảng Lâm"), ("04", "Tỉnh Cao Bằng")]


def test_no_row_names_our_province_or_office(published: duckdb.DuckDBPyConnection) -> None:
    office = "select reporter_code from marts.dim_reporters where reporter_type = 'office'"
    assert published.execute(office).fetchall() == [(OFFICE,)]
    columns = """
        select schema_name, table_name, column_name from duckdb_columns()
        where schema_name in ('marts', 'quality') and column_name like '%_code'
    """
    named = {
        f"{table}.{column}"
        for schema, table, column in published.execute(columns).fetchall()
        for (code,) in published.execute(f"select distinct {column} from {schema}.{table}").fetchall()
        if code in ("42", "VPDP")
    }
    assert named == set()
    provinces = (
        "select distinct province_code from marts.commune_months union select province_code from marts.province_months"
    )
    assert published.execute(provinces).fetchall() == [("04",)]
    duties = "select count(distinct task_code) from marts.fct_tasks where owner_code = ?"
    assert published.execute(duties, [OFFICE]).fetchall() == [
        (20,)
    ]  # of 23, those three that were due in 2014 are asked of nobody
    old = "select target_id from marts.target_progress where deadline < date '2025-08-01'"
    assert published.execute(old).fetchall() == []
    gaps = "select distinct lagging_unit_code from marts.target_gaps where target_id = 'T11'"
    assert published.execute(gaps).fetchall() in ([], [(OFFICE,)])


def test_a_type_of_reporter_that_it_adds_is_known_by_its_own_words(published: duckdb.DuckDBPyConnection) -> None:
    reporter = "select reporter_type, reporter_name from marts.dim_reporters where reporter_code = 'HND'"
    assert published.execute(reporter).fetchall() == [("association", "Hội Nông dân tỉnh")]
    level = "select unit_level from marts.dim_unit_current where unit_code = 'HND'"
    assert published.execute(level).fetchall() == [("association",)]
    words = """
        select table_name, column_name, label_vi, label_en from meta.codes where code = 'association'
        and table_name in ('dim_reporters', 'dim_unit_current') order by all
    """
    assert published.execute(words).fetchall() == [
        ("dim_reporters", "reporter_type", "hội đoàn thể", "association"),
        ("dim_unit_current", "unit_level", "hội đoàn thể", "association"),
    ]
