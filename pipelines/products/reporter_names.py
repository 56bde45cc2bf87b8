"""What reporters are called, for products that show their codes' rows: one name per code, the newest.

Here: the view that their queries join. Not here: a name at a report's date (wording.py, dbt), and the names themselves
(marts.dim_reporters).
"""

import duckdb


def name_reporters(connected: duckdb.DuckDBPyConnection) -> None:
    """Give a connection the temporary view `reporter_names`: reporter_code, reporter_name. Its file may be read-only."""
    connected.execute(
        """
        create or replace temp view reporter_names as
        select reporter_code, max_by(reporter_name, coalesce(valid_from, date '1900-01-01')) as reporter_name
        from marts.dim_reporters group by reporter_code
        """
    )
