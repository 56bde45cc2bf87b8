"""What products call a reporter: by the period of its report."""

from collections.abc import Iterator

import duckdb
import pytest

from pipelines.products.reporter_names import name_reporters


@pytest.fixture
def published() -> Iterator[duckdb.DuckDBPyConnection]:
    """A published file, as far as names go: a commune became a ward in 2020."""
    with duckdb.connect() as connected:
        connected.execute(
            """
            create schema marts; create schema quality;
            create table marts.dim_reporters as
            from (values
                ('18103', 'Xã Thạch Môn', null::date, date '2020-01-01'),
                ('18103', 'Phường Đồng Môn', date '2020-01-01', null)
            ) as reporters (reporter_code, reporter_name, valid_from, valid_to);
            create table marts.dim_months as
            select month, last_day(month) as month_end
            from unnest([date '2015-06-01', date '2019-12-01', date '2020-01-01']) as months (month);
            create table quality.obligations as
            from (values ('2015-06', date '2015-06-01'), ('2019-Q4', date '2019-12-01'), ('2020-01', date '2020-01-01'))
            as obligations (period, month)
            """
        )
        name_reporters(connected)
        yield connected


@pytest.mark.parametrize(
    ("code", "period", "name"),
    [
        ("18103", "2015-06", "Xã Thạch Môn"),
        ("18103", "2019-Q4", "Xã Thạch Môn"),
        ("18103", "2020-01", "Phường Đồng Môn"),
        ("18103", "2041-01", "Phường Đồng Môn"),
        ("18103", None, "Phường Đồng Môn"),
        ("nobody", "2015-06", "nobody"),
        (None, "2015-06", None),
    ],
)
def test_a_reporter_is_called_as_at_the_end_of_its_report_s_period(
    published: duckdb.DuckDBPyConnection, code: str | None, period: str | None, name: str | None
) -> None:
    row = published.execute("select reporter_name(c, p) from (select ? as c, ? as p)", [code, period]).fetchone()

    assert row == (name,)
