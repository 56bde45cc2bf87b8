"""A join that the published file declares changes no total."""

import duckdb


def count(sample: duckdb.DuckDBPyConnection, query: str) -> int:
    (row,) = sample.execute(query).fetchall()
    return row[0]


def test_no_declared_join_changes_the_number_of_rows(sample: duckdb.DuckDBPyConnection) -> None:
    declared = sample.execute(
        """
        select from_schema || '.' || from_table, from_columns, to_schema || '.' || to_table, to_columns, is_always_found
        from meta.relationships
        """
    ).fetchall()
    wrong = []
    for table, columns, to, key, is_always_found in declared:
        pairs = list(zip(columns.split(", "), key.split(", "), strict=True))
        on = " and ".join(f'a."{column}" = b."{of_key}"' for column, of_key in pairs)
        rows = count(sample, f"select count(*) from {table}")
        joined = count(sample, f"select count(*) from {table} as a left join {to} as b on {on}")
        given = " and ".join(f'a."{column}" is not null' for column, _ in pairs)
        lost = count(sample, f"select count(*) from {table} as a anti join {to} as b on {on} where {given}")
        if joined != rows or (is_always_found and lost):
            wrong.append((table, columns, to, rows, joined, lost))
    assert wrong == []
    assert len(declared) > 100


def test_a_join_by_code_alone_adds_nothing_up_twice(sample: duckdb.DuckDBPyConnection) -> None:
    """What a tool for queries makes of two tables that have a column of one name."""
    total = "select sum(models_running) from marts.commune_months {} where month = '2015-06-01'"
    running = count(sample, total.format(""))
    assert count(sample, total.format("join marts.dim_commune_current using (commune_code)")) == running
    assert count(sample, total.format("join marts.dim_communes using (commune_code)")) > running


def test_a_code_of_any_level_has_its_names(sample: duckdb.DuckDBPyConnection) -> None:
    units = sample.execute(
        """
        select unit_code, unit_name, unit_short_name, unit_level from marts.dim_unit_current
        where unit_code in ('42', '449', '18820', 'S-XD') order by all
        """
    ).fetchall()
    assert units == [
        ("18820", "Phường Kỳ Trinh", "P. Kỳ Trinh", "commune"),
        ("42", "Tỉnh Hà Tĩnh", "Hà Tĩnh", "province"),
        ("449", "Thị xã Kỳ Anh", "TX Kỳ Anh", "district"),
        ("S-XD", "Sở Xây dựng", "Sở Xây dựng", "department"),
    ]
