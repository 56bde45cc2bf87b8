"""Every duty of the notice has its query, every query its duty; the page says what was found and what was not."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from pipelines.products.duties import DutiesError, DutyAnswer, answer_duties, read_queries, render_page, write_duties
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
                date '2014-09-09' as done_on, 'CV 12|x' as evidence, 'TB 07/9' as document_no
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
    (folder / "duties.yml").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(
        "pipelines.products.duties.read_queries", lambda asked: read_queries(asked, folder / "duties.yml")
    )
    out = folder / "reports" / "thong-bao.md"
    silent = write_duties(published, out, duties("1.2", "KT.3"))
    assert silent == ["1.2"]
    text = out.read_text(encoding="utf-8")
    assert "Tính đến hết ngày 20/07/2015" in text
    assert "chưa có số liệu · no answer: 1.2" in text
    assert "| VPUB | – | 30/09/2014 | hoàn thành đúng hạn | hoàn thành | – | 09/09/2014 | CV 12\\|x | TB 07/9 |" in text
    assert "| đơn vị chủ trì | kỳ | hạn | tình trạng |" in text
    assert "không có dòng nào · no row" in text


def test_the_page_shows_unknown_as_unknown_and_says_how_much_it_leaves_out() -> None:
    rows = tuple((dt.date(2014, month, 1), None, 1234.5, True) for month in range(1, 13)) * 3
    found = DutyAnswer(PROXY, "select 1", "Số liệu", "Ngày ký", ("month", "a", "b", "is_met"), rows, ())
    text = render_page([found], None)
    assert "| 01/2014 | – | 1.234,5 | có |" in text
    assert "… và 12 dòng nữa" in text
    assert "misses: Ngày ký" in text


def test_an_answer_that_knows_nothing_but_its_months_is_none() -> None:
    rows = ((dt.date(2014, 9, 1), None), (dt.date(2014, 10, 1), None))
    assert not DutyAnswer(DIRECT, "", "", "", ("month", "value"), rows, ()).is_answered
    assert not DutyAnswer(DIRECT, "", "", "", ("month", "value"), (), ()).is_answered
    assert DutyAnswer(DIRECT, "", "", "", ("month", "value"), ((None, 0),), ()).is_answered


def test_the_page_lists_the_names_behind_a_figure_and_says_when_there_are_none() -> None:
    names = ("commune_name", "status"), (("Xã An Lộc", "late"),)
    asked = DutyAnswer(DIRECT, "select 1", "Số", "", ("communes",), ((1,),), (), "select 2", "Tên xã", *names)
    assert "Tên xã:\n\n| xã | tình trạng |\n| --- | --- |\n| Xã An Lộc | nộp muộn |" in render_page([asked], None)
    assert "select 1;\n\nselect 2\n```" in render_page([asked], None)
    nobody = DutyAnswer(DIRECT, "select 1", "Số", "", ("communes",), ((0,),), (), "select 2", "Tên xã", names[0], ())
    assert "Tên xã:\n\n(không có · none)" in render_page([nobody], None)


def test_what_is_told_done_and_measured_not_done_is_said() -> None:
    told = ("VPDP", None, None, "done_on_time", "done", "not_done", None, None, "TB")
    text = render_page([DutyAnswer(DIRECT, "select 1", "Số", "", ("a",), ((1,),), (told, told))], None)
    assert "hoàn thành đúng hạn 2; báo cáo xong mà số liệu chưa · reported done, measured not done: 2" in text
