"""The published file: whole or not at all, read-only, nothing in it that does not belong there."""

import datetime as dt
import os
import shutil
import stat
from collections.abc import Generator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.warehouse import publish as publishing
from pipelines.warehouse.load import open_working_file
from pipelines.warehouse.publish import fingerprint, holds_published_build, is_published, mark_published, publish
from pipelines.warehouse.verdicts import (
    BUILD,
    STEPS,
    VERDICTS,
    Build,
    NotJudgedError,
    Verdict,
    judge,
    mark_stale,
    mark_step,
    suspended,
)
from tests.shared import land_definitions

AT = dt.datetime(2015, 7, 20, 3, 0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working file in which a few tables are built. Not to be changed: copy it."""
    file = tmp_path_factory.mktemp("built") / "working.duckdb"
    with open_working_file(file) as connected:
        connected.execute(
            """
            create schema landed; create schema marts; create schema quality; create schema intermediate;
            create schema publishing;
            create table publishing.name_masks (table_name varchar, column_name varchar, text varchar, masked varchar);
            create table landed.h05 (officer_name varchar); insert into landed.h05 values ('Nguyễn Văn Kín');
            create table intermediate.int_officers as select * from landed.h05;
            create table landed.runs (fingerprint varchar, built_at timestamp);
            create table landed.check_results (suite varchar, check_name varchar, severity varchar,
                is_passed boolean, observed_value varchar, as_of date, built_at timestamp);
            insert into landed.check_results values
                ('dbt', 'unique', 'critical', true, '0', date '2015-07-20', timestamp '2015-07-20 03:00'),
                ('dbt', 'volume', 'warning', false, '3', date '2015-07-20', timestamp '2015-07-20 03:00'),
                ('dbt', 'unique', 'critical', true, '0', date '2015-07-19', timestamp '2015-07-19 03:00');
            create table quality.check_results as select * from landed.check_results limit 0;
            create table quality.deliveries as select 'd1' as delivery_id, timestamp '2014-10-03 02:00' as received_at;
            create view quality.submissions as select 's1' as submission_id;
            create table marts.district_months (month date, district_code varchar, rate double);
            insert into marts.district_months values ('2014-10-01', '0443', 0.5), ('2014-09-01', '0443', null);
            comment on table marts.district_months is 'Mỗi dòng là một huyện''s tháng. One row per district and month.';
            comment on column marts.district_months.rate is 'Tỷ lệ; "rate"';
            """
        )
        connected.execute(f"create table landed.verdicts ({', '.join(map(' '.join, VERDICTS))})")
        land_definitions(connected)
    return file


@pytest.fixture
def working(built: Path, tmp_path: Path) -> Generator[duckdb.DuckDBPyConnection]:
    with open_working_file(Path(shutil.copy(built, tmp_path))) as connected:
        yield connected


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "published" / "ntm.duckdb"


def build(minutes: int = 0) -> Build:
    return Build(AT + dt.timedelta(minutes=minutes), dt.date(2015, 7, 20), "1.0")


def ask(file: Path, query: str) -> list[Any]:
    with duckdb.connect(str(file), read_only=True) as published:
        return published.execute(query).fetchall()


def test_marts_quality_and_meta_leave_the_house_and_nothing_else(
    working: duckdb.DuckDBPyConnection, file: Path
) -> None:
    publish(working, file, build())
    assert ask(file, "select distinct schema_name from duckdb_tables() order by 1") == [
        ("marts",),
        ("meta",),
        ("quality",),
    ]
    assert "Nguyễn Văn Kín".encode() not in file.read_bytes()
    assert ask(file, "select count(*) from duckdb_views() where not internal") == [(0,)]
    assert ask(file, "from marts.district_months order by month") == [
        (dt.date(2014, 9, 1), "0443", None),
        (dt.date(2014, 10, 1), "0443", 0.5),
    ]


def test_a_text_that_names_a_person_goes_out_masked_in_its_column_alone_and_stays_as_it_was_inside(
    working: duckdb.DuckDBPyConnection, file: Path
) -> None:
    working.execute(
        """
        create table marts.fct as select * from (values
            (1, 'Trại Trần Thị Bé', 'Trại Trần Thị Bé', 'ab'), (2, 'Trại Trần Thị Bé', null, 'cd'), (3, 'H02', 'H02', 'ab')
        ) as rows_of_it (row_number, sheet, code, sha256);
        insert into publishing.name_masks values
            ('marts.fct', 'sheet', 'Trại Trần Thị Bé', 'Trại •••'), ('marts.fct', 'sha256', 'ab', null),
            ('marts.other', 'code', 'H02', '•••');
        """
    )
    publish(working, file, build())
    assert ask(file, "from marts.fct order by row_number") == [
        (1, "Trại •••", "Trại Trần Thị Bé", None),
        (2, "Trại •••", None, "cd"),
        (3, "H02", "H02", None),
    ]
    assert working.execute("select sheet from marts.fct order by row_number").fetchall()[0] == ("Trại Trần Thị Bé",)


def test_nothing_is_published_while_it_is_not_known_which_texts_name_persons(
    working: duckdb.DuckDBPyConnection, file: Path
) -> None:
    working.execute("drop table publishing.name_masks")
    with pytest.raises(duckdb.CatalogException, match="name_masks"):
        publish(working, file, build())
    assert not file.exists()


def test_any_duckdb_from_1_0_on_opens_it_whatever_the_working_file_is_packed_in(
    working: duckdb.DuckDBPyConnection, file: Path
) -> None:
    publish(working, file, build())
    packed = "select tags['storage_version'] from duckdb_databases() where not internal"
    assert ask(file, packed) == [("v1.0.0+",)]
    assert working.execute(packed).fetchall() != [("v1.0.0+",)]


def test_comments_go_with_their_tables(working: duckdb.DuckDBPyConnection, file: Path) -> None:
    publish(working, file, build())
    assert ask(file, "select comment from duckdb_tables() where table_name = 'district_months'") == [
        ("Mỗi dòng là một huyện's tháng. One row per district and month.",)
    ]
    assert ask(file, "select comment from duckdb_columns() where column_name = 'rate'") == [('Tỷ lệ; "rate"',)]
    silent = "select column_name from duckdb_columns() where schema_name = 'meta' and comment is null"
    assert ask(file, silent) == []


def test_the_build_says_what_it_is_and_counts_this_runs_checks(working: duckdb.DuckDBPyConnection, file: Path) -> None:
    publish(working, file, build())
    newest = dt.datetime(2014, 10, 3, 2, 0)
    assert ask(file, "from meta.build") == [(AT, dt.date(2015, 7, 20), "1.0", 1, 1, newest, 1, 1)]
    assert ask(file, "select count(*) from quality.check_results") == [(3,)]
    types = ask(file, "select column_name, data_type from duckdb_columns() where table_name = 'build'")
    assert dict(types) == {
        "built_at": "TIMESTAMP",
        "as_of": "DATE",
        "code_version": "VARCHAR",
        "deliveries": "INTEGER",
        "submissions": "INTEGER",
        "newest_received_at": "TIMESTAMP",
        "checks_passed": "INTEGER",
        "checks_warned": "INTEGER",
    }


def test_the_file_is_read_only_and_the_last_five_builds_are_kept(
    working: duckdb.DuckDBPyConnection, file: Path
) -> None:
    for minutes in range(7):
        publish(working, file, build(minutes))
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    builds = sorted((file.parent / "builds").iterdir())
    assert len(builds) == 5
    assert [ask(kept, "select built_at from meta.build") for kept in builds] == [
        [(AT + dt.timedelta(minutes=minutes),)] for minutes in range(2, 7)
    ]
    assert sorted(entry.name for entry in file.parent.iterdir()) == ["builds", "ntm.duckdb"]


def test_a_reader_keeps_the_version_it_opened(working: duckdb.DuckDBPyConnection, file: Path) -> None:
    publish(working, file, build())
    with duckdb.connect(str(file), read_only=True) as reader:
        working.execute("delete from marts.district_months")
        publish(working, file, build(1))
        assert reader.execute("select count(*) from marts.district_months").fetchall() == [(2,)]
    assert ask(file, "select count(*) from marts.district_months") == [(0,)]


@pytest.mark.parametrize("at", ["_write_file", "put_in_place", "link", "fsync"])
def test_a_failure_at_any_step_leaves_a_whole_file_and_the_next_run_cleans_up(
    working: duckdb.DuckDBPyConnection, file: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    publish(working, file, build())

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(os if at in {"link", "fsync"} else publishing, at, fails)
        with pytest.raises(RuntimeError, match="killed"):
            publish(working, file, build(1))
    assert ask(file, "select count(*) from meta.build") == [(1,)]
    publish(working, file, build(2))
    assert ask(file, "select built_at from meta.build") == [(AT + dt.timedelta(minutes=2),)]
    assert not [entry for entry in file.parent.rglob("*") if entry.name.startswith(".")]


def test_a_file_system_without_hard_links_gets_a_copy(
    working: duckdb.DuckDBPyConnection, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    publish(working, file, build())
    assert ask(file, "select count(*) from meta.build") == [(1,)]
    assert stat.S_IMODE(file.stat().st_mode) == 0o444


def test_what_is_published_is_known_by_what_it_follows_from(working: duckdb.DuckDBPyConnection, file: Path) -> None:
    expected = fingerprint("landed", build())
    assert not is_published(working, file, expected)
    publish(working, file, build())
    mark_published(working, Verdict(build(), expected))
    assert is_published(working, file, expected)
    for landed, code, day in (("other", "1.0", 20), ("landed", "1.1", 20), ("landed", "1.0", 21)):
        other = fingerprint(landed, Build(AT, dt.date(2015, 7, day), code))
        assert not is_published(working, file, other)
    mark_stale(working)
    assert not is_published(working, file, expected)


@pytest.mark.parametrize("damage", [b"", b"no database"])
def test_a_file_that_is_gone_or_broken_is_not_published(
    working: duckdb.DuckDBPyConnection, file: Path, damage: bytes
) -> None:
    expected = fingerprint("landed", build())
    publish(working, file, build())
    mark_published(working, Verdict(build(), expected))
    file.unlink()
    assert not is_published(working, file, expected)
    file.write_bytes(damage)
    assert not is_published(working, file, expected)


def judged(working: duckdb.DuckDBPyConnection, minutes: int = 0) -> None:
    """Note that every step of a build went well."""
    for step in STEPS:
        mark_step(working, step, build(minutes), "landed")


def test_a_build_of_which_every_step_went_well_may_be_published_by_whoever_asks(
    working: duckdb.DuckDBPyConnection, file: Path
) -> None:
    judged(working)
    assert judge(working) == Verdict(build(), "landed")
    publish(working, file, judge(working).build)
    assert not holds_published_build(working)
    mark_published(working, judge(working))
    assert holds_published_build(working)
    publish(working, file, judge(working).build)  # which fills the history of checks anew
    assert judge(working) == Verdict(build(), "landed")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (mark_stale, "check landed, build"),
        (lambda working: mark_stale(working, BUILD), "passed: build"),
        (lambda working: working.execute("delete from marts.district_months where rate is null"), "have changed"),
        (lambda working: working.execute("update marts.district_months set rate = 1"), "have changed"),
        (lambda working: working.execute("drop table quality.deliveries"), "have changed"),
        (
            lambda working: working.execute("insert into marts.district_months from marts.district_months"),
            "have changed",
        ),
        (lambda working: working.execute("drop table landed.verdicts"), "not checked as a whole"),
    ],
)
def test_whatever_changes_a_table_takes_the_verdict_away(
    working: duckdb.DuckDBPyConnection, change: Any, reason: str
) -> None:
    judged(working)
    mark_published(working, judge(working))
    change(working)
    with pytest.raises(NotJudgedError, match=reason):
        judge(working)
    assert not holds_published_build(working)


def test_what_several_runs_built_and_checked_in_parts_is_not_judged(working: duckdb.DuckDBPyConnection) -> None:
    judged(working)
    mark_stale(working, BUILD)
    judged(working, 1)
    with pytest.raises(NotJudgedError, match="by several runs"):
        judge(working)


def test_a_load_that_changes_nothing_leaves_the_verdict_and_one_that_breaks_off_does_not(
    working: duckdb.DuckDBPyConnection,
) -> None:
    judged(working)
    mark_published(working, judge(working))
    with suspended(working):
        assert not holds_published_build(working)
    assert holds_published_build(working)
    with pytest.raises(OSError, match="disk"), suspended(working):
        raise OSError("disk")
    assert not holds_published_build(working)
