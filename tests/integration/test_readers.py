"""Readers never wait for a run, and never see half a build."""

import time

import duckdb
import pytest

from tests.integration.conftest import Office

pytestmark = pytest.mark.xdist_group("run")


def test_a_reader_that_polls_during_a_run_sees_the_old_build_then_the_new_one(office: Office) -> None:
    seen: dict[str, set[tuple[int, int]]] = {}
    polls = 0
    with office.start(NTM_AS_OF="2014-10-19") as run:
        while run.poll() is None:
            began = time.monotonic()
            with duckdb.connect(str(office.published), read_only=True) as reader:
                ((as_of, tables, rows),) = reader.execute(
                    """
                    select as_of::varchar, (select count(*) from duckdb_tables()),
                        (select count(*) from marts.commune_months)
                    from meta.build
                    """
                ).fetchall()
            seen.setdefault(as_of, set()).add((tables, rows))
            polls += 1
            assert time.monotonic() - began < 5, "a reader had to wait for the run"
            time.sleep(0.05)
        assert run.stdout is not None
        assert run.returncode == 0, run.stdout.read()
    assert polls > 50
    assert list(seen) in (["2014-10-20"], ["2014-10-20", "2014-10-19"])
    assert all(len(states) == 1 for states in seen.values())
    assert office.ask("select as_of::varchar from meta.build") == [("2014-10-19",)]
