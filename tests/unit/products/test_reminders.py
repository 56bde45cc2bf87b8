"""What a reporter is reminded of, when, and never twice: over a real mail server."""

import datetime as dt
from collections.abc import Generator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipelines.mail.letters import read_sent
from pipelines.products.addressing import Correspondence
from pipelines.products.reminders import find_missing
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.archive import Archive
from tests.servers import smtp_server
from tests.shared import our_forms
from tests.unit.products.letter_world import Office, text_of
from tests.unit.products.receipt_world import World

OWED = "insert into quality.obligations values ('443', 'H01', '2015-07', '2015-08-05', 'not_yet_due');"


@pytest.fixture
def office(tmp_path: Path) -> Generator[Office]:
    with smtp_server() as server:
        yield Office(tmp_path, server)


@pytest.mark.parametrize(
    ("due_on", "today", "reminder"),
    [
        ("2015-08-05", "2015-07-28", None),
        ("2015-08-05", "2015-07-29", "first"),  # Wednesday to Wednesday are five working days
        ("2015-08-05", "2015-08-03", "first"),
        ("2015-08-05", "2015-08-04", "second"),
        ("2015-08-05", "2015-08-05", "second"),
        ("2015-08-05", "2015-08-06", "overdue"),
        ("2015-08-05", "2015-08-13", "overdue"),
        ("2015-08-05", "2015-08-14", ""),
        ("2015-09-03", "2015-09-01", "second"),  # 2 September is a holiday
        ("2015-09-01", "2015-09-02", ""),
        ("2015-09-01", "2015-09-03", "overdue"),
        ("2015-08-07", "2015-08-10", "overdue"),  # the working day after a Friday
        ("2015-08-07", "2015-08-09", ""),
    ],
)
def test_reminders_are_due_on_working_days_before_and_after_the_due_day(
    tmp_path: Path, due_on: str, today: str, reminder: str | None
) -> None:
    world = World(tmp_path)
    status = "not_yet_due" if today <= due_on else "missing"
    table = "obligations" if today <= due_on else "reminders"
    world.insert(f"quality.{table}", reporter_code="443", form="H01", period="2015-07", due_on=due_on, status=status)
    known = Correspondence(read_lists(SEEDS_DIR), dt.date.fromisoformat(today), [], Archive(tmp_path))
    found = [each.reminder for each in find_missing(world.connection, known)]
    assert found == ([] if reminder is None else [reminder])


def test_a_reporter_gets_one_letter_with_the_list_and_its_blank_workbook_and_its_officer_a_copy(office: Office) -> None:
    office.set_contacts(
        "443,an@canloc.vn,lan@ntm.vn",
        "443,binh@canloc.vn,lan@ntm.vn",
        "440,,lan@ntm.vn",
        columns="reporter_code,email,officer_email",
    )
    held = "insert into quality.reminders values ('443', 'H03', '2015-06', '2015-07-06', 'held');"
    late = "insert into quality.reminders values ('443', 'H04', '2015-04', '2015-05-05', 'missing');"
    other = OWED.replace("443", "440")
    office.publish()
    posted = office.again(OWED + other + held + late, on="2015-07-29")
    assert (posted.sent, posted.lines) == (1, ["contacts.csv chưa có địa chỉ · has no address: UBND huyện Đức Thọ"])
    (mail,) = office.received.mails
    assert (mail["To"], mail["Cc"], mail["In-Reply-To"]) == ("an@canloc.vn, binh@canloc.vn", "lan@ntm.vn", None)
    assert sorted(office.received.recipients) == ["an@canloc.vn", "binh@canloc.vn", "lan@ntm.vn"]
    assert mail["Subject"] == "[NTM] Nhắc nộp báo cáo: 1 báo cáo, hạn 05/08/2015"
    text = text_of(mail)
    assert text.index("tháng 4/2015: hạn nộp 05/05/2015") < text.index("tháng 7/2015: hạn nộp 05/08/2015")
    assert "Biểu 03" not in text, "what is held waits for the Office"
    (blank,) = mail.iter_attachments()
    assert blank.get_filename() == "Báo cáo NTM - Huyện Can Lộc - 2015-07.xlsx"
    assert "Biểu 01-NTM-H" in load_workbook(BytesIO(blank.get_content())).sheetnames


def test_the_blank_workbook_of_a_reminder_has_what_is_known_in_it(office: Office) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in our_forms()["H01"].columns)
    office.change(f"""
        create table landed.h01 ({columns});
        insert into landed.h01 by name
            select 's' as submission_id, 'a' as sheet, 1 as table_no, 1 as row_number, '18415' as commune_code,
                'met' as criterion_1;
        insert into quality.submissions by name
            select 's' as submission_id, 'H01' as form, '443' as reporter_code, '2015-06' as period, 'accepted' as status;
        create table marts.fct_tasks (
            task_code varchar, task varchar, document_no varchar, issued_on date, owner_code varchar, period varchar,
            is_done boolean, reported_month date);
        insert into marts.fct_tasks by name
            select 'T2' as task_code, 'Bố trí cán bộ' as task, date '2015-01-05' as issued_on, '443' as owner_code,
                false as is_done;
    """)
    office.publish()
    assert office.again(OWED + OWED.replace("H01", "C01"), on="2015-07-29").sent == 1
    (mail,) = office.received.mails
    (blank,) = mail.iter_attachments()
    workbook = load_workbook(BytesIO(blank.get_content()))
    criteria, tasks = workbook["Biểu 01-NTM-H"], workbook["Biểu 01-NTM-C"]
    texts = [str(cell.value) for row in criteria.iter_rows() for cell in row if cell.value is not None]
    assert "UBND HUYỆN CAN LỘC" in texts
    assert any("tháng 7 năm 2015" in text.lower() for text in texts)
    (row,) = [row for row in criteria.iter_rows(values_only=True) if "Xã Thiên Lộc" in row]
    assert "x" in row, "the mark last reported"
    communes = {text for text in texts if text.startswith("Xã ")}
    assert {"Xã Thiên Lộc", "Xã Thuần Thiện", "Xã Kim Lộc"} <= communes
    assert any("Bố trí cán bộ" in row for row in tasks.iter_rows(values_only=True))


def test_each_reminder_goes_out_once_and_only_while_something_is_missing(office: Office) -> None:
    office.publish()
    overdue = "insert into quality.reminders from quality.obligations; delete from quality.obligations"
    days = {"2015-07-29": OWED, "2015-07-30": "", "2015-08-04": "", "2015-08-06": overdue, "2015-08-07": ""}
    assert [office.again(sql, on=day).sent for day, sql in days.items()] == [1, 0, 1, 1, 0]
    sent = [(each.verdict, each.reports) for each in read_sent(office.settings.letters_file)]
    assert sent == [(verdict, (("H01", "2015-07"),)) for verdict in ("due_soon", "due_soon", "overdue")]


def test_nobody_is_reminded_of_what_has_come_and_is_not_read_yet(office: Office) -> None:
    office.publish()
    office.receive()
    assert office.again(OWED, on="2015-07-29").sent == 0
    office.set_list("holidays", "date,name_vi", "2015-07-29,Nghỉ bù")
    office.settings.messages_file.unlink()
    assert office.again(on="2015-07-29").sent == 0, "no mail on a day off"
    assert office.again(on="2015-07-30").sent == 1


def test_a_form_of_the_office_is_called_by_its_title(office: Office) -> None:
    office.set_contacts("443,an@canloc.vn")
    office.set_list("reporting_routes", "form,reporter_type,units,rolls_up_to,valid_from", "D01,district,,,2014-09-01")
    rule = "D01,district,all,month,5,2014-09-01"
    office.set_list(
        "reporting_calendar", "form,reporter_type,reporters,frequency,due_days_after_period_end,valid_from", rule
    )
    forms = office.settings.overlay_dir / "forms"
    forms.mkdir()
    (forms / "d01.yml").write_text(
        "form: D01\ntitles: [Nợ đọng xây dựng cơ bản]\nrow: {vi: một công trình, en: works}\nevery: month\nkey: [[works]]\n"
        "fields: [{name: works, type: text, headers: [Công trình]}]\n",
        encoding="utf-8",
    )
    office.publish()
    assert office.again(OWED.replace("H01", "D01"), on="2015-07-29").sent == 1
    (mail,) = office.received.mails
    assert "Nợ đọng xây dựng cơ bản" in text_of(mail)
