"""The closing screen: what came in, what is missing, and what the numbers cover."""

import datetime as dt
import io
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from pipelines.products.screen import print_closing
from pipelines.products.site.quality import QualitySummary
from pipelines.run_report import RunReport
from pipelines.warehouse.load import Loaded
from pipelines.warehouse.publish import Published

BUILT_AT = dt.datetime(2015, 7, 20, 1, 2, 3)


def console() -> Console:
    return Console(file=io.StringIO(), width=140, color_system=None)


def said(where: Console) -> str:
    assert isinstance(where.file, io.StringIO)
    return where.file.getvalue()


@pytest.fixture
def published(tmp_path: Path) -> Path:
    file = tmp_path / "ntm.duckdb"
    with duckdb.connect(str(file)) as connected:
        connected.execute(
            """
            create schema marts; create schema quality; create schema meta;
            create table meta.codes as select 'obligations' as table_name, 'form' as column_name, 'H01' as code,
                'Biểu 01 (Tổng hợp kết quả)' as label_vi, 1 as sort;
            create table meta.build as select date '2015-07-20' as as_of;
            create table quality.submissions as select unnest(['accepted', 'accepted', 'rejected']) as status;
            create table quality.findings as
                select unnest(['info', 'error', 'warning', 'error', 'warning']) as severity,
                       unnest(['open', 'open', 'open', 'cured', 'cured']) as state,
                       unnest(['E07', 'E01', 'D01', 'D01', 'F15']) as rule_id,
                       '443' as reporter_code, 'H01' as form, '2015-06' as period, 'f' as finding_id, 's2' as submission_id,
                       'Biểu H01 tạm giữ.' as message_vi, timestamp '2015-07-01' as detected_at;
            create table marts.dim_reporters as
                select '443' as reporter_code, 'Huyện Can Lộc' as reporter_name,
                       null::date as valid_from, null::date as valid_to;
            create table marts.dim_months as
                select month, last_day(month) as month_end, 19 as criteria_total
                from unnest(generate_series(date '2014-01-01', date '2015-07-01', interval 1 month)) as months(month);
            create table quality.obligations as
                select unnest(['2015-06', '2015-06', '2015-Q2', '2015-07', '2014-01']) as period,
                       unnest([date '2015-06-01', '2015-06-01', '2015-06-01', '2015-07-01', '2014-01-01']) as month,
                       unnest(['missing', 'on_time', 'late', 'not_yet_due', 'on_time']) as status,
                       unnest(['443', '445', 'S-YT', '443', '443']) as reporter_code,
                       unnest(['H01', 'H01', 'S01', 'H01', 'H01']) as form;
            create table quality.messages as from (values
                ('a', 'received', 'report', '443', timestamp '2015-07-19', 'accepted', 's1'),
                ('a', 'received', 'report', '443', timestamp '2015-07-19', 'held', 's2'),
                ('g', 'received', 'report', '443', timestamp '2015-07-19 01:00', 'note', 's2'),
                ('b', 'received', 'report', null, timestamp '2015-07-19', 'held', null),
                ('c', 'sent', 'answer', '443', timestamp '2015-07-19', 'warnings', null),
                ('d', 'sent', 'answer', '443', timestamp '2015-07-19', 'refused', null),
                ('e', 'sent', 'reminder', '443', timestamp '2015-07-19', 'overdue', null),
                ('f', 'sent', 'reminder', '445', timestamp '2015-05-19', 'overdue', null)
            ) as messages(message_key, direction, message_kind, reporter_code, exchanged_at, verdict, submission_id);
            create table quality.check_results as select 'dbt' as suite, unnest(['kept', 'weights', 'old']) as check_name,
                'warning' as severity, unnest([true, false, false]) as is_passed,
                unnest([null, '3 tháng có tổng trọng số khác 1.', 'x']) as message_vi,
                unnest([timestamp '2015-07-20', '2015-07-20', '2015-07-19']) as built_at;
            create table marts.commune_months as select
                unnest(range(230))::varchar as commune_code, date '2015-06-01' as month,
                case when commune_code::integer < 228 then 10 end as criteria_met_latest,
                case when commune_code::integer < 22 then 0 when commune_code::integer < 220 then 1 else 3 end::integer
                    as months_since_report;
            create table marts.province_months as select
                date '2015-06-01' as month, 0.5 as reporting_rate, true as is_provisional, 230 as communes_expected,
                228 as communes_counted_criteria, 11.257::double as criteria_met_avg, 40 as communes_at_all_criteria,
                null::integer as communes_under_7, 200 as communes_counted_models, 1234 as models_running,
                3 as communes_without_model, 12 as enterprises_new, 199 as communes_counted_establishments;
            """
        )
    return file


def test_the_closing_screen_says_what_came_what_is_missing_and_what_the_numbers_cover(published: Path) -> None:
    where = console()
    loaded = Loaded(new=3, known=7, read_again=1)
    report = RunReport(
        BUILT_AT,
        loaded=loaded,
        published=Published({}, 1),
        page=Path("/home/site/index.html"),
        quality=QualitySummary(1, 2, 3, 0, 4, 5, 6, 7),
        alerts=["mail host:25: [NTM] 1 báo cáo còn thiếu"],
    )
    print_closing(where, report, published)
    text = said(where)
    for part in (
        "3 tệp mới · new, 7 đã biết · known, 1 đọc lại · read again",
        "2 đã tiếp nhận · accepted; 1 không dùng được · not usable",
        "Vấn đề chưa xử lý · Open findings  1 lỗi · error; 1 cảnh báo · warning; 1 thông tin · information\n",
        "  1 trong đó là báo cáo thiếu · of them say that a report is missing\n",
        "Báo cáo còn thiếu · Reports missing  1\n",
        "\n  2015-06 thiếu · missing: Biểu 01 (Tổng hợp kết quả): Huyện Can Lộc\n",
        "3 thư đến · received, 1 đã trả lời · answered, 1 đơn vị đã nhắc trong 30 ngày",
        "1 thư tạm giữ · held",
        "Province 06/2015",
        "đã nhận 2/3 báo cáo phải nộp · of the reports owed; phần đã đến hạn · of those past due 50%, tạm tính",
        "22/230 xã báo cáo · reported, 206 xã lấy từ báo cáo 03/2015–05/2015 · carried over",
        "200/230 xã báo cáo · reported  ",
        "20/07/2015",
        "Failed checks  1\n  3 tháng có tổng trọng số khác 1.",
        "mail host:25: [NTM] 1 báo cáo còn thiếu",
        "/home/site/index.html",
        "4 báo cáo mới · new submissions, 5 phát hiện mới · new findings, 6 đã xử lý · settled, 7 số liệu đổi",
        str(published),
    ):
        assert part in text
    (not_yet_due,) = [line.split() for line in text.splitlines() if line.strip().startswith("2015-07")]
    assert not_yet_due == ["2015-07", "1", "0", "0", "1", "0", "0"], "owed, and not missing"
    assert text.index("2015-07") < text.index("2015-06")


def test_a_number_that_is_unknown_is_shown_as_unknown_never_as_nothing(published: Path) -> None:
    where = console()
    print_closing(where, RunReport(BUILT_AT, published=Published({}, 1)), published)
    (line,) = [line for line in said(where).splitlines() if "under 7" in line]
    assert "–" in line


def test_a_file_of_another_version_of_the_code_still_gives_a_screen(published: Path) -> None:
    with duckdb.connect(str(published)) as connected:
        connected.execute("alter table marts.province_months drop column models_running")
    where = console()
    print_closing(where, None, published)
    assert str(published) in said(where)
    assert "the one before" in said(where)


def test_without_any_file_the_screen_says_what_came_in(tmp_path: Path) -> None:
    where = console()
    print_closing(where, RunReport(BUILT_AT, loaded=Loaded(new=3)), tmp_path / "none.duckdb")
    assert "3 tệp mới" in said(where)


def test_the_closing_screen_names_what_waits_for_the_office(published: Path) -> None:
    where = console()
    print_closing(where, RunReport(BUILT_AT, published=Published({}, 1)), published)
    assert "chờ Văn phòng" not in said(where)
    with duckdb.connect(str(published)) as connected:
        connected.execute("update quality.findings set state = 'open' where rule_id = 'F15'")
    where = console()
    print_closing(where, RunReport(BUILT_AT, published=Published({}, 1)), published)
    assert "Tạm giữ, chờ Văn phòng quyết định · Held for the Office to decide  1 (make answers)" in said(where)
    assert "Biểu H01 tạm giữ. Đơn vị gửi đã viết thư về báo cáo này lúc 08:00 ngày 19/07/2015;" in said(where)
