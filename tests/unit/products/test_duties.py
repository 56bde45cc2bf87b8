"""Every duty of the notice has its query, every query its duty; the page says what was found and what was not."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from docx import Document

from pipelines.products.duties import (
    DutiesError,
    DutyAnswer,
    answer_duties,
    describe_duties,
    read_queries,
    write_duties,
)
from pipelines.reference.lists import read_lists
from pipelines.reference.models import Duty
from pipelines.settings import SEEDS_DIR

DUTIES = read_lists(SEEDS_DIR)[Duty]
SAID = {"owner_vi": "Sở", "duty_vi": "Việc", "duty_en": "A task"}
DIRECT = Duty(item="1", trackability="direct", owner_codes="VPDP", **SAID)
PROXY = Duty(item="2.1", trackability="proxy", owner_codes="S-TC", **SAID)
TEXT = Duty(item="3", trackability="text", **SAID)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A published file with two tasks in its register, and nothing else."""
    file = tmp_path / "ntm.duckdb"
    with duckdb.connect(str(file)) as connected:
        connected.execute("create schema marts")
        connected.execute("create schema meta")
        connected.execute("create table meta.build as select date '2015-07-20' as as_of")
        connected.execute(
            """
            create table marts.fct_tasks as
            select 'KT.3' as task_code, 'VPUB' as owner_code, null as period, date '2014-09-30' as due_on,
                'done_on_time' as state, 'done' as reported_status, null as measured_status,
                date '2014-09-09' as done_on, 'CV 12|x <b>' as evidence, 'TB 07/9' as document_no
            """
        )
        connected.execute(
            """
            create table meta.codes as select 'fct_tasks' as table_name, 'x' as column_name, 'x' as code, 'x' as label_vi;
            create table marts.target_progress as select 'T01' as target_id, 'Xã đạt' as target_name_vi;
            create table marts.dim_unit_current as
                select '42' as unit_code, 'Tỉnh Hà Tĩnh' as unit_name, 'Hà Tĩnh' as unit_short_name, 'province' as unit_level;
            create table marts.province_months as select date '2015-06-01' as month;
            create table marts.district_months as select date '2015-06-01' as month;
            create table marts.dim_reporters as
                select 'VPUB' as reporter_code, 'Văn phòng UBND tỉnh' as reporter_name, 'other' as reporter_type,
                    null::date as valid_from;
            """
        )
    return file


def duties(*items: str) -> list[Duty]:
    """The duties of these items."""
    return [duty for duty in DUTIES if duty.item in items]


def test_every_duty_has_a_query_and_every_query_a_duty() -> None:
    found = read_queries(DUTIES)
    assert list(found) == [duty.item for duty in DUTIES]
    assert all(found[duty.item].get("misses") for duty in DUTIES if duty.trackability == "proxy")


BROKEN = [
    ("'2.1': {query: select 1, reads: x, misses: y}", "1: a direct duty needs a query"),
    ("'1': {query: select 1, reads: x}", "1: a direct duty needs the names"),
    ("'1': {query: select 1, reads: x, names: select 1}", "1: a direct duty needs the names"),
    (
        "'1': {query: select 1, reads: x, names: above}\n'2.*': {query: select 1, reads: x}",
        "2.1: a proxy must say what it misses",
    ),
    ("'1': {query: select 1, reads: x, colour: red}", "1: no such key: colour"),
    (
        (
            "'1': {query: select 1, reads: x, names: above}\n'2.*': {query: select 1, reads: x, misses: y}\n"
            "'9': {query: select 1, reads: x}"
        ),
        "no duty has the item 9",
    ),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_a_file_of_queries_that_does_not_fit_the_duties_is_told_by_item(
    tmp_path: Path, content: str, told: str
) -> None:
    file = tmp_path / "duties.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DutiesError, match=told):
        read_queries([DIRECT, PROXY, TEXT], file)


def test_a_query_that_fails_names_its_item(published: Path) -> None:
    with duckdb.connect(str(published), read_only=True) as connected, pytest.raises(DutiesError):
        answer_duties(connected, duties("KT.3", "1.3e"))


def test_a_text_duty_is_answered_by_its_rows_in_the_register(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = published.parent
    (folder / "duties.yml").write_text("{_columns: {}, _shares: []}", encoding="utf-8")
    monkeypatch.setattr(
        "pipelines.products.duties.read_queries", lambda asked: read_queries(asked, folder / "duties.yml")
    )
    written = write_duties(published, folder / "reports", duties("1.2", "KT.3"))
    assert written.silent == ["1.2"]
    assert [file.name for file in written.files] == ["thong-bao.html", "thong-bao.docx"]
    html = written.files[0].read_text(encoding="utf-8")
    assert "số liệu tính đến hết ngày 20/07/2015" in html
    assert "Trong 2 nhiệm vụ của Thông báo, 1 nhiệm vụ có số liệu trả lời." in html
    for cell in ("Văn phòng UBND tỉnh", "30/09/2014", "hoàn thành đúng hạn", "CV 12|x &lt;b&gt;", "Đơn vị chủ trì"):
        assert re.search(rf'<td data-label="[^"]+"[^>]*>{re.escape(cell)}</td>|<th>{re.escape(cell)}</th>', html), cell
    assert "Sổ nhiệm vụ: không có dòng nào." in html
    text = "\n".join(cell.text for table in Document(str(written.files[1])).tables for cell in table._cells)
    assert "CV 12|x <b>" in text


def test_the_page_is_in_vietnamese_alone_and_folds_its_queries_away(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = published.parent
    (folder / "duties.yml").write_text("{_columns: {}, _shares: []}", encoding="utf-8")
    monkeypatch.setattr(
        "pipelines.products.duties.read_queries", lambda asked: read_queries(asked, folder / "duties.yml")
    )
    html = write_duties(published, folder / "reports", duties("KT.3")).files[0].read_text(encoding="utf-8")
    (duty,) = duties("KT.3")
    assert duty.duty_en not in html
    assert " · " not in html
    assert "<details><summary>Câu truy vấn</summary><pre>select owner_code" in html


def test_the_newest_quarter_is_a_report_to_sign(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = published.parent
    (folder / "duties.yml").write_text(
        """
        {_columns: {quarter: quý, owner_code: đơn vị, instances_overdue: quá hạn}, _shares: [],
        KT.1: {query: select 1 as tasks, reads: x, names: "select 'VPUB' as owner_code, 1 as days", names_are: x},
        KT.2: {query: "select '2015-Q2' as quarter, 7 as instances_overdue", reads: x,
            names: "select 'VPUB' as owner_code, 7 as instances_overdue", names_are: x}}
        """,
        encoding="utf-8",
    )
    monkeypatch.setattr(
        "pipelines.products.duties.read_queries", lambda asked: read_queries(asked, folder / "duties.yml")
    )
    written = write_duties(published, folder / "reports", duties("KT.1", "KT.2"))
    assert written.files[-1].name == "thong-bao-2015-Q2.docx"
    report = Document(str(written.files[-1]))
    text = "\n".join(each.text for each in report.paragraphs)
    assert "quý II/2015" in text
    assert "20/07/2015" in text
    cells = [cell.text for table in report.tables for cell in table._cells]
    assert "Văn phòng UBND tỉnh" in cells
    assert "7" in cells


def shown(answer: DutyAnswer) -> dict[str, Any]:
    (section,) = describe_duties([answer], {("form", "H01"): "Biểu 01"})["sections"]
    return section


def test_unknown_is_unknown_a_share_is_in_per_cent_and_what_is_left_out_is_counted() -> None:
    rows = tuple((dt.date(2014, month, 1), None, 1234.5, True, 0.941, "H01") for month in range(1, 13)) * 3
    columns = ("month", "a", "b", "is_met", "reporting_rate", "form")
    table = shown(DutyAnswer(PROXY, "select 1", "Số liệu", "Ngày ký", columns, rows, ()))["answer"]
    assert [text for text, _ in table["rows"][0]] == ["01/2014", "–", "1.234,5", "có", "94,1%", "Biểu 01"]
    assert [is_number for _, is_number in table["rows"][0]] == [False, False, True, False, True, False]
    assert len(table["rows"]) + table["left"] == 36


def test_a_column_has_room_for_its_longest_word() -> None:
    rows = tuple(("3.3b", dt.date(2015, 6, 30), "rất dài " * 30) for _ in range(3))
    table = shown(
        DutyAnswer(PROXY, "select 1", "", "", ("task_code", "due_on", "x", "y"), tuple((*row, 1) for row in rows), ())
    )
    code, day, text, number = map(float, table["answer"]["widths"].split())
    assert code >= 6
    assert day >= 12
    assert text > day
    assert code + day + text + number <= 84


def test_an_answer_that_knows_nothing_but_its_months_is_none() -> None:
    rows = ((dt.date(2014, 9, 1), None), (dt.date(2014, 10, 1), None))
    assert not DutyAnswer(DIRECT, "", "", "", ("month", "value"), rows, ()).is_answered
    assert not DutyAnswer(DIRECT, "", "", "", ("month", "value"), (), ()).is_answered
    assert DutyAnswer(DIRECT, "", "", "", ("month", "value"), ((None, 0),), ()).is_answered


def test_the_names_behind_a_figure_stand_below_it_with_the_query_beside() -> None:
    names = ("commune_name", "status"), (("Xã An Lộc", "late"),)
    section = shown(DutyAnswer(DIRECT, "select 1", "Số", "", ("communes",), ((1,),), (), "select 2", "Tên xã", *names))
    assert section["names_are"] == "Tên xã"
    assert section["names"]["heads"] == ["Xã", "Tình trạng"]
    assert section["names"]["rows"] == [[("Xã An Lộc", False), ("nộp muộn", False)]]
    assert section["query"] == "select 1;\n\nselect 2"


@pytest.mark.parametrize(
    ("district", "heads", "said"),
    [("Huyện Đức Thọ", ["Huyện", "Số xã"], "Theo huyện"), (None, ["Số xã"], "Toàn tỉnh")],
)
def test_where_there_are_no_districts_none_is_spoken_of(district: str | None, heads: list[str], said: str) -> None:
    names = ("district_name", "communes"), ((district, 60),)
    section = shown(
        DutyAnswer(
            DIRECT, "select 1", "Số", "", ("communes", "districts"), ((60, int(district is not None)),), (), "select 2",
            "Theo huyện", *names, "Toàn tỉnh",
        )
    )  # fmt: skip
    assert section["names"]["heads"] == heads
    assert section["names_are"] == said
    assert ("Số huyện có số liệu" in section["answer"]["heads"]) == (district is not None)


def test_names_told_by_district_have_their_words_for_where_there_are_none() -> None:
    told = {
        item: (query.get("names_are", ""), query.get("names_are_without_districts", ""))
        for item, query in read_queries(DUTIES).items()
    }
    assert [item for item, (with_them, without) in told.items() if ("huyện" in with_them) != bool(without)] == []
    assert [item for item, (_, without) in told.items() if "huyện" in without] == []


def held(*items: str) -> list[Duty]:
    """All duties, of which those of these items hold."""
    ended = {"valid_to": dt.date(2015, 7, 20)}
    return [duty if duty.item in items else duty.model_copy(update=ended) for duty in DUTIES]


def test_a_duty_of_districts_is_nobodys_where_there_are_none(published: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(published)) as connected:
        connected.execute(
            """
            create or replace table marts.district_months as
                select date '2015-05-01' as month, '443' as district_code, 'Huyện Can Lộc' as district_name,
                    5 as full_time_officers, 2 as officer_fields
            """
        )
        (office,) = answer_duties(connected, held("2.5"))  # of which the newest month has none
    assert (office.is_answered, office.is_ended) == (False, True)
    said = describe_duties([office], {})
    assert said["sections"][0]["ended"] == "Không còn cấp huyện: nhiệm vụ này không còn đơn vị thực hiện."
    assert said["troubled"] == []
    page = (write_duties(published, tmp_path, held("2.5", "KT.3")).files[0]).read_text(encoding="utf-8")
    assert "1 nhiệm vụ của cấp huyện không còn đơn vị thực hiện (2.5)." in page
    assert "Bộ máy văn phòng cấp huyện" not in page
    with duckdb.connect(str(published)) as connected:
        connected.execute("update marts.district_months set month = '2015-06-01'")
        (office,) = answer_duties(connected, held("2.5"))
    assert (office.is_answered, office.is_ended) == (True, False)


def test_a_duty_is_answered_while_it_holds(published: Path) -> None:
    with duckdb.connect(str(published)) as connected:
        assert [answer.duty.item for answer in answer_duties(connected, held("KT.3"))] == ["KT.3"]
        assert answer_duties(connected, held()) == []


def test_what_is_told_done_and_measured_not_done_is_trouble_and_so_is_silence() -> None:
    told = ("VPDP", None, None, "done_on_time", "done", "not_done", None, None, "TB")
    section = shown(DutyAnswer(DIRECT, "select 1", "Số", "", ("a",), ((1,),), (told, told)))
    assert section["register"] == "hoàn thành đúng hạn 2"
    assert section["troubles"] == ["báo cáo đã xong mà số liệu chưa: 2"]
    assert shown(DutyAnswer(DIRECT, "select 1", "Số", "", ("a",), (), ()))["troubles"] == ["chưa có số liệu"]
