"""A run over the new era: communes that report for themselves, periods that close on the 14th, a set of 19 and then of 10."""

import csv
import datetime as dt
import re
from pathlib import Path

import pytest

from pipelines.products.trace import trace
from tests.integration.conftest import Office, WarmOffice
from tests.shared import made_once
from tests.world.communes import AS_OF, CommuneWorld
from tests.world.folder import write_commune_folder

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def communes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, str, Path]:
    """The office to which they report, what its run said, and the truth."""

    def run(folder: Path) -> None:
        world = CommuneWorld()
        write_commune_folder(world, folder / "raw")
        world.write_truth(folder / "truth")
        # from an empty home and a cold start: the one run of the tests that imports and parses for itself
        code, said = Office(folder / "raw", folder / "home").run(NTM_AS_OF=AS_OF)
        assert code == 0, said
        (folder / "said.txt").write_text(said, encoding="utf-8")

    folder = made_once(tmp_path_factory, "communes", run)
    office = WarmOffice(folder / "raw", folder / "home")
    return office, (folder / "said.txt").read_text(encoding="utf-8"), folder / "truth"


def test_every_workbook_is_accepted_and_nothing_is_doubted(communes: tuple[Office, str, Path]) -> None:
    office, said, _ = communes
    statuses = office.ask(
        "select form, status, count(*) from quality.submissions where form <> 'V03' group by all order by all"
    )
    assert statuses == [(form, "accepted", 480) for form in ("H01", "H02", "H03")]
    assert office.ask("select rule_id, file, message_vi from quality.findings") == []
    assert "Kiểm tra không đạt" not in said


def test_180_reports_are_due_a_month_on_the_second_working_day(communes: tuple[Office, str, Path]) -> None:
    owed = communes[0].ask(
        "select period, count(*), min(due_on), max(due_on) from quality.obligations group by all order by all"
    )
    due = {
        "2025-08": dt.date(2025, 8, 18), "2025-09": dt.date(2025, 9, 16), "2025-10": dt.date(2025, 10, 16),
        "2025-11": dt.date(2025, 11, 18), "2025-12": dt.date(2025, 12, 16), "2026-01": dt.date(2026, 1, 16),
        "2026-02": dt.date(2026, 2, 24), "2026-03": dt.date(2026, 3, 17),
    }  # fmt: skip
    assert owed == [(period, 180, day, day) for period, day in due.items()]
    wards = "select count(distinct reporter_code) from marts.dim_reporters where reporter_type = 'ward'"
    assert communes[0].ask(wards) == [(9,)]


def test_each_commune_month_is_the_truth(communes: tuple[Office, str, Path]) -> None:
    office, _, truth = communes
    with (truth / "commune_months.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    columns = ", ".join(expected[0])
    published = office.ask(f"select {columns} from marts.commune_months order by month, commune_code")
    found = [dict(zip(expected[0], map(_written, row), strict=True)) for row in published]
    assert len(found) == 480
    assert found == sorted(expected, key=lambda row: (row["month"], row["commune_code"]))


def test_the_pages_speak_of_communes(communes: tuple[Office, str, Path]) -> None:
    for page in ("reporting", "units", "leadership", "inspections", "targets"):
        text = (communes[0].home / "site" / f"{page}.html").read_text(encoding="utf-8")
        assert "Xã Cẩm Bình" in text, page
    for page in (communes[0].home / "site").rglob("*.html"):
        assert not re.findall(r"[^>]*\bhuyện\b[^<]*", page.read_text(encoding="utf-8"), re.IGNORECASE), page.name
    assert communes[0].ask("select count(*) from marts.district_months") == [(0,)]


def test_nobody_is_asked_for_what_was_due_before_the_history_begins(communes: tuple[Office, str, Path]) -> None:
    assert communes[0].ask("select min(due_on) from marts.fct_tasks where due_on < date '2025-08-01'") == [(None,)]
    assert communes[0].ask("select count(*) from marts.fct_tasks where state = 'overdue'") == [(0,)]


def _written(value: object) -> str:
    """A value as the truth writes it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


@pytest.mark.parametrize(
    ("figure", "table"), [("models_running", "marts.commune_months"), ("reports_on_time", "quality.obligations")]
)
def test_a_figure_of_the_province_leads_to_its_communes(
    communes: tuple[Office, str, Path], figure: str, table: str
) -> None:
    office = communes[0]
    found = trace(office.published, office.home / "working.duckdb", "marts.province_months", ["2026-03", figure])
    (below,) = [step for step in found.step.steps if step.table == table]
    assert below.agreement.endswith("khớp · agrees")
    assert found.places
