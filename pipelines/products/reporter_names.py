"""What reporters are called, for products that show their codes' rows: by the name at the end of the report's period.

Here: the macro that their queries call. Not here: names in messages (wording.py, dbt), and the names themselves
(marts.dim_reporters).
"""

import duckdb

_OWED_PERIODS = """
    select distinct obligations.period, months.month_end
    from quality.obligations as obligations
    inner join marts.dim_months as months on obligations.month = months.month
"""
_ALL_PERIODS = "select period, last_day as month_end from reference.periods"


def name_reporters(connected: duckdb.DuckDBPyConnection, *, has_periods: bool = False) -> None:
    """Give a connection the temporary macro `reporter_name(code, label)`. Its file may be read-only.

    It gives the name of a reporter on the last day of the period of that label; the newest where the period is NULL or
    not known, or the reporter was not there then; the code of one that is not known. `has_periods`: the file is a working
    file, which knows the days of every period; the published file knows those for which somebody owes something.
    """
    connected.execute(f"create or replace temp view period_ends as {_ALL_PERIODS if has_periods else _OWED_PERIODS}")
    connected.execute(
        """
        create or replace temp macro reporter_name(code, label) as coalesce(
            (
                select max(reporters.reporter_name)
                from marts.dim_reporters as reporters
                inner join temp.period_ends as ends
                    on
                        ends.month_end >= coalesce(reporters.valid_from, date '1900-01-01')
                        and ends.month_end < coalesce(reporters.valid_to, date '9999-12-31')
                where reporters.reporter_code = code and ends.period = label
            ),
            (
                select max_by(reporter_name, coalesce(valid_from, date '1900-01-01'))
                from marts.dim_reporters where reporter_code = code
            ),
            code
        )
        """
    )
