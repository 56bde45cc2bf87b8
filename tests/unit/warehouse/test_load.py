"""Loading: idempotent, whole deliveries only, each read once per hint and version."""

import datetime as dt
import hashlib
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import workers
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse import deliveries, landed_schema
from pipelines.warehouse import load as loading
from pipelines.warehouse.archive import Archive
from pipelines.warehouse.reader import IntakeReader
from pipelines.warehouse.reading import FolderError, Readers
from tests.unit.warehouse.fakes import LineReader, StalledDesk
from tests.unit.warehouse.offices import LIMITS, Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.fixture(autouse=True)
def _look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that stands still is found out in the time that it may, not at the look after that."""
    monkeypatch.setattr(workers, "_LOOK_SECONDS", 0.2)


def test_the_same_folder_twice_is_read_once_and_gives_the_same_tables(office: Office) -> None:
    office.put("443/2014-09.txt", "a\nb")
    office.put("445/2014-09.txt", "c")
    first = office.load()
    tables = office.tables()
    second = office.load()
    assert (first.new, first.known, second.new, second.known, second.cells) == (2, 0, 0, 2, 0)
    assert office.tables() == tables
    assert first.state == second.state


@pytest.mark.parametrize(
    ("again", "read", "unmatched"),
    [
        (["443/2014-09.txt"], 1, []),
        (["443"], 2, []),
        (["443/"], 2, []),
        (["*.txt"], 3, []),
        (["*"], 3, []),
        (["445/2014-09.txt", "44"], 1, ["44"]),
        ([], 0, []),
    ],
)
def test_what_a_person_asks_for_is_read_again_and_gives_the_same_tables(
    office: Office, again: list[str], read: int, unmatched: list[str]
) -> None:
    office.put("443/2014-09.txt", "a\nb")
    office.put("443/2014-10.txt", "a\nb\nc")
    office.put("445/2014-09.txt", "c")
    first = office.load()
    tables = office.tables()
    second = office.load(again=again)
    assert (second.read_again, second.unmatched) == (read, unmatched)
    assert (office.tables(), second.state) == (tables, first.state)


def test_what_was_asked_for_is_read_from_the_archive_where_the_file_has_gone(office: Office) -> None:
    file = office.put("443/2014-09.txt", "a")
    office.put("445/2014-09.txt", "c")
    office.load()
    file.unlink()
    assert office.load(again=["443"]).read_again == 1


def test_the_register_is_read_first_and_its_hints_are_used(office: Office) -> None:
    office.put("a.txt", "x")
    office.put("van_phong/so van ban den.txt", "register\na.txt;443;2014-09")
    assert office.load().read_again == 0
    assert office.rows("select hint from landed.lines") == [("443|2014-09",)]


def test_a_register_that_is_not_called_one_is_found_out_and_the_files_it_names_are_read_again(office: Office) -> None:
    office.put("a.txt", "x")
    office.put("b.txt", "register\na.txt;443;2014-09")
    result = office.load()
    assert office.rows("select hint from landed.lines") == [("443|2014-09",)]
    assert result.new == 2
    assert office.load().cells == 0


def test_a_new_register_row_reads_again_only_what_it_names(office: Office) -> None:
    for name in "abc":
        office.put(f"{name}.txt", name)
    office.load()
    office.put("so van ban den.txt", "register\nb.txt;443;2014-09")
    result = office.load()
    assert (result.new, result.read_again) == (1, 1)
    assert office.rows("select text, hint from landed.lines order by 1") == [
        ("a", "|"),
        ("b", "443|2014-09"),
        ("c", "|"),
    ]


def test_a_new_version_of_intake_reads_the_archive_again_even_where_the_file_has_gone(office: Office) -> None:
    file = office.put("a.txt", "x\ny")
    office.load("1")
    before = office.tables()["lines"]
    file.unlink()
    assert office.load("2").read_again == 1
    assert office.tables()["lines"] == before
    assert office.rows("select first_seen_no, intake_version from landed.deliveries") == [(1, "2")]


def test_changed_content_at_the_same_path_is_a_second_delivery(office: Office) -> None:
    office.put("a.txt", "x")
    office.load()
    office.put("a.txt", "y")
    assert office.load().new == 1
    assert office.rows("select text from landed.lines order by 1") == [("x",), ("y",)]


def test_a_zip_is_a_delivery_for_each_member(office: Office) -> None:
    with zipfile.ZipFile(office.raw / "t9.zip", "w") as packed:
        packed.writestr("443/a.txt", "x")
        packed.writestr("../../etc/b.txt", "y")
        packed.writestr("__MACOSX/._a.txt", "resource fork")
    office.load()
    assert office.rows("select path, file_name from landed.deliveries order by 1") == [
        ("t9.zip/../../etc/b.txt", "b.txt"),
        ("t9.zip/443/a.txt", "a.txt"),
    ]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_defect_in_the_reader_costs_one_file(office: Office, processes: int) -> None:
    office.put("a.txt", "x")
    office.put("b.txt", "raise")
    office.put("c.txt", "y")
    result = office.load(processes=processes)
    assert (result.new, result.rejected) == (3, 1)
    assert office.rows("select variant from landed.findings") == [("reader",)]


@pytest.mark.parametrize(
    ("blow", "variant", "value"),
    [
        ("crash", "stopped", "exit code 3"),
        ("abort", "stopped", "SIGABRT"),
        ("killed", "stopped", "SIGKILL"),
        ("spin", "too_slow", ""),
        ("spin in C", "too_slow", ""),
        ("swell", "too_much_memory", ""),
        ("stand still", "standstill", ""),
    ],
)
def test_whatever_a_file_does_to_the_process_that_reads_it_costs_this_file_alone(
    office: Office, blow: str, variant: str, value: str
) -> None:
    for number in range(20):
        office.put(f"{number:02}.txt", blow if number == 7 else f"line {number}")
    result = office.load(processes=2)
    assert (result.new, result.rejected) == (20, 1)
    assert office.rows("select count(*) from landed.lines") == [(19,)]
    assert office.rows("select path from landed.deliveries where status = 'rejected'") == [("07.txt",)]
    assert office.rows("select variant, value from landed.findings") == [(variant, value)]
    assert office.rows("select path from landed.deliveries order by first_seen_no")[7] == ("07.txt",)
    assert office.attempts() == ["07.txt"] * 2


def test_what_stopped_its_reading_is_not_tried_again_until_reader_or_file_changes_or_somebody_asks(
    office: Office,
) -> None:
    office.put("a.txt", "x")
    office.put("b.txt", "crash")
    office.load()
    assert len(office.attempts()) == 2
    office.load()
    office.put("so van ban den.txt", "register\nb.txt;443;2014-09")
    assert office.load().read_again == 1
    assert office.rows("select reporter_code, stop from landed.deliveries where path = 'b.txt'") == [
        ("443", "stopped:exit code 3")
    ]
    assert len(office.attempts()) == 2
    office.load("2")
    assert len(office.attempts()) == 4
    office.load("2", again=["b.txt"])
    assert len(office.attempts()) == 6
    office.put("b.txt", "crash\nagain")
    office.load("2")
    assert len(office.attempts()) == 8
    office.put("b.txt", "mended")
    office.load("2")
    assert office.rows("select text from landed.lines order by 1") == [("mended",), ("x",)]


def test_a_raw_folder_that_does_not_answer_is_our_own_trouble_and_says_so(tmp_path: Path) -> None:
    limits = replace(LIMITS, still_seconds=1)
    with (
        Readers(Archive(tmp_path / "archive"), LineReader(), limits, 1, desk=StalledDesk) as readers,
        pytest.raises(FolderError, match="could not be listed, in two attempts: its disk or network does not answer"),
    ):
        list(readers.receive(tmp_path / "raw"))


def test_an_archive_is_tried_again_when_the_code_that_takes_it_apart_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def version() -> str:
        return IntakeReader(SEEDS_DIR, tmp_path / "no overlay", dt.date(2015, 7, 20)).version

    before = version()
    assert version() == before
    changed = tmp_path / "deliveries.py"
    changed.write_bytes(Path(deliveries.__file__).read_bytes() + b"# changed")
    monkeypatch.setattr(deliveries, "__file__", str(changed))
    assert version() != before


def test_a_register_that_names_what_stopped_its_reading_does_not_have_it_read_in_the_next_round(office: Office) -> None:
    office.put("a.txt", "crash")
    office.put("b.txt", "register\na.txt;443;2014-09")
    office.load()
    assert office.rows("select reporter_code, hint_key from landed.deliveries where path = 'a.txt'") == [
        ("443", "443|2014-09")
    ]
    assert len(office.attempts()) == 2


def damage(office: Office, content: str, how: str) -> Path:
    """Do something to the archived bytes of a text; return their place."""
    place = Archive(office.archive).path(hashlib.sha256(content.encode()).hexdigest())
    place.chmod(0o644)
    if how == "missing":
        place.unlink()
    else:
        place.write_bytes(
            {"flipped bit": bytes([content.encode()[0] ^ 1]) + content.encode()[1:], "replaced": b"other"}[how]
        )
    return place


@pytest.mark.parametrize("how", ["missing", "flipped bit", "replaced"])
@pytest.mark.parametrize("is_working_file_lost", [False, True])
def test_a_content_that_is_not_what_was_received_is_neither_read_nor_a_finding_nor_dropped(
    office: Office, how: str, is_working_file_lost: bool
) -> None:
    office.put("a.txt", "x")
    office.put("b.txt", "y")
    office.load()
    damage(office, "x", how)
    (office.raw / "a.txt").unlink()
    if is_working_file_lost:
        office.working.unlink()
    result = office.load("2")
    assert [(each.path, each.was_read) for each in result.lost] == [("a.txt", not is_working_file_lost)]
    assert office.rows("select path, text from landed.lines join landed.deliveries using (delivery_id) order by 1") == [
        ("a.txt", "x")
    ] * (not is_working_file_lost) + [("b.txt", "y")]
    assert office.rows("select count(*) from landed.findings") == [(0,)]
    assert [each.path for each in office.load("2").lost] == ["a.txt"]
    office.put("a.txt", "x")
    assert office.load("2").lost == []
    assert office.rows("select text from landed.lines order by 1") == [("x",), ("y",)]


def test_a_damaged_line_of_the_index_is_said_and_what_it_was_about_stands(office: Office) -> None:
    office.put("a.txt", "x")
    office.put("b.txt", "y")
    office.load()
    before = office.tables()["lines"]
    index = office.archive / "arrivals.jsonl"
    index.write_bytes(index.read_bytes().replace(b'"path":"a.txt"', b'"path":"c.txt"'))
    (office.raw / "a.txt").unlink()
    result = office.load()
    assert [(each.path, each.was_read) for each in result.lost] == [("arrivals.jsonl:1", True)]
    assert office.tables()["lines"] == before


@pytest.mark.parametrize("how", ["missing", "flipped bit", "replaced"])
def test_a_content_that_still_lies_in_the_raw_folder_is_received_anew(office: Office, how: str) -> None:
    office.put("a.txt", "x")
    office.load()
    place = damage(office, "x", how)
    assert office.load("2").lost == []
    assert place.read_bytes() == b"x"
    assert office.rows("select text, intake_version from landed.lines join landed.deliveries using (delivery_id)") == [
        ("x", "2")
    ]


def test_a_zip_that_is_not_what_was_received_is_no_damaged_archive_of_its_sender(office: Office) -> None:
    with zipfile.ZipFile(office.raw / "t9.zip", "w") as packed:
        packed.writestr("a.txt", "x")
    content = (office.raw / "t9.zip").read_bytes()
    office.load()
    place = Archive(office.archive).path(hashlib.sha256(content).hexdigest())
    place.chmod(0o644)
    place.write_bytes(b"other")
    assert (office.load().lost, place.read_bytes()) == ([], content)
    assert office.rows("select path, trouble from landed.deliveries") == [("t9.zip/a.txt", "")]


def test_a_machine_without_free_file_descriptors_stops_the_run_and_is_no_finding(office: Office) -> None:
    office.put("a.txt", "hold all names")
    with pytest.raises(OSError, match="Too many open files"):
        office.load()
    assert office.rows("select count(*) from landed.deliveries") == [(0,)]


def test_a_file_over_the_limit_is_known_by_path_size_and_time_and_never_copied(office: Office) -> None:
    file = office.put("a.txt", "x" * 1_000_001)
    office.load()
    known = office.rows("select sha256, bytes, epoch(modified_at)::bigint, trouble from landed.deliveries")
    assert known == [(None, 1_000_001, 1_410_000_000, "too_large_here")]
    assert [each.name for each in office.archive.rglob("*") if each.is_file()] == ["arrivals.jsonl"]
    assert (office.load().new, office.load("2").read_again) == (0, 1)
    office.put("a.txt", "mended")
    assert office.load("2").new == 1
    assert office.rows("select trouble from landed.deliveries order by first_seen_no") == [("too_large_here",), ("",)]
    file.unlink()
    office.load("2")
    assert office.rows("select count(*) from landed.deliveries") == [(2,)]


def test_a_file_over_the_limit_is_received_and_known_once_where_the_limit_is_raised(office: Office) -> None:
    office.put("a.txt", "x" * 1_000_001)
    office.load()
    office.limits = replace(LIMITS, file_bytes=2_000_000)
    office.load("2")
    assert office.rows("select bytes, trouble from landed.deliveries") == [(1_000_001, "")]


def test_two_processes_land_what_one_lands(tmp_path: Path) -> None:
    tables = []
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        folder.mkdir()
        office = Office(folder)
        for number in range(50):
            office.put(f"{number % 5}/{number}.txt", f"{number}\nline")
        office.load(processes=processes)
        tables.append(office.tables())
    assert tables[0] == tables[1]


def test_a_failure_between_two_batches_leaves_whole_deliveries_and_the_next_run_the_same_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "BATCH_DELIVERIES", 3)
    offices = []
    for name in ("undisturbed", "disturbed"):
        (tmp_path / name).mkdir()
        office = Office(tmp_path / name)
        for number in range(10):
            office.put(f"{number}.txt", f"{number}\nline")
        offices.append(office)
    offices[0].load()
    with monkeypatch.context() as patch:
        batches = iter(range(10))
        whole = landed_schema.LandedSchema.write

        def fails_at_the_third(self: Any, batch: Any) -> None:
            if next(batches) == 2:
                raise OSError("disk full")
            whole(self, batch)

        patch.setattr(landed_schema.LandedSchema, "write", fails_at_the_third)
        with pytest.raises(OSError, match="disk full"):
            offices[1].load()
    assert offices[1].rows("select count(*) from landed.lines") == [(12,)]
    assert offices[1].load().new == 4
    assert offices[0].tables() == offices[1].tables()


@pytest.mark.parametrize(
    "change",
    [
        "alter table landed.lines drop column number",
        "alter table landed.deliveries drop column trouble",
        "alter table landed.deliveries drop column bytes",
        "drop table landed.lines",
    ],
)
def test_tables_of_another_version_are_made_anew_and_filled_from_the_archive(office: Office, change: str) -> None:
    office.put("a.txt", "x\ny")
    gone = office.put("b.txt", "z")
    office.put("so van ban den.txt", "register\na.txt;443;2014-09")
    office.load("1")
    gone.unlink()
    before = office.tables()
    with duckdb.connect(str(office.working)) as connected:
        connected.execute(change)
        connected.execute("insert into landed.check_results (suite, is_passed) values ('kept', true)")
    office.load("2")
    after = office.tables()
    assert after.pop("check_results") == [("kept", None, None, True, *[None] * 7)]
    assert {name: after[name] for name in ("lines", "register_rows", "submissions")} == {
        name: before[name] for name in ("lines", "register_rows", "submissions")
    }
    assert office.rows("select path from landed.deliveries order by first_seen_no") == [
        ("a.txt",),
        ("b.txt",),
        ("so van ban den.txt",),
    ]


def test_a_working_file_and_a_raw_folder_that_are_lost_are_made_again_from_what_was_received(office: Office) -> None:
    with zipfile.ZipFile(office.raw / "t9.zip", "w") as packed:
        packed.writestr("443/a.txt", "x")
        packed.writestr("443/b.txt", "y")
    office.put("so van ban den.txt", "register\nc.txt;443;2014-09")
    office.put("d.txt", "x" * 1_000_001)
    (office.raw / "e.zip").write_bytes(b"no archive")
    for content in ("A", "B", "A"):
        office.put("c.txt", content)
        result = office.load()
    before = office.tables()
    assert [row[3:5] for row in before["arrivals"] if row[2] == "c.txt"] == [
        (hashlib.sha256(content.encode()).hexdigest(), 1) for content in "ABA"
    ]
    office.working.unlink()
    for file in office.raw.iterdir():
        file.unlink()
    again = office.load()
    assert office.tables() == before
    assert again.state == result.state
    assert (office.load().new, office.tables()) == (0, before)


def test_a_file_that_comes_back_to_its_path_is_read_once_and_changes_the_state(office: Office) -> None:
    states = []
    for content in ("A", "B", "A"):
        office.put("a.txt", content)
        states.append(office.load().state)
    assert len(set(states)) == 3
    assert office.load().state == states[-1]
    assert office.rows("select text from landed.lines order by 1") == [("A",), ("B",)]


def test_an_installation_without_an_index_gets_one_in_the_order_in_which_files_were_first_seen(office: Office) -> None:
    for content in ("B", "A"):
        office.put("a.txt", content)
        office.load()
    queries = (
        "select delivery_id from landed.arrivals order by arrival_no",
        "select delivery_id from landed.deliveries order by first_seen_no",
        "select * from landed.lines order by all",
    )
    before = [office.rows(query) for query in queries]
    (office.archive / "arrivals.jsonl").unlink()
    office.load()
    assert [office.rows(query) for query in queries] == before


def test_reading_processes_end_when_the_run_is_killed(tmp_path: Path) -> None:
    """`kill -9` of a run must leave nobody behind that still holds files or memory."""
    program = f"""
import sys, time; sys.path[:0] = [{str(Path(__file__).parent)!r}, {str(Path(__file__).parents[3])!r}]
import os
from pipelines.workers import Allowance, Call, Workers
class Servant:
    def pid(self):
        return os.getpid()
if __name__ == "__main__":
    with Workers(Servant()) as workers:
        print(workers.call(Call("pid", (), Allowance(9, 10**9, 60))), flush=True)
        time.sleep(60)
"""
    script = tmp_path / "parent.py"
    script.write_text(program)
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
    for _ in range(100):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split(")")[1][:3]:
            break
        time.sleep(0.05)
    else:
        pytest.fail("the reading process outlived its run")
