"""What schema `meta` says of the published tables is so in their rows: joins that change no total, codes with their words."""

import duckdb
import pytest


def count(published: duckdb.DuckDBPyConnection, query: str) -> int:
    (row,) = published.execute(query).fetchall()
    return row[0]


def test_no_declared_join_changes_the_number_of_rows(published: duckdb.DuckDBPyConnection) -> None:
    declared = published.execute(
        """
        select from_schema || '.' || from_table, from_columns, to_schema || '.' || to_table, to_columns, is_always_found
        from meta.relationships
        """
    ).fetchall()
    wrong = []
    for table, columns, to, key, is_always_found in declared:
        pairs = list(zip(columns.split(", "), key.split(", "), strict=True))
        on = " and ".join(f'a."{column}" = b."{of_key}"' for column, of_key in pairs)
        rows = count(published, f"select count(*) from {table}")
        joined = count(published, f"select count(*) from {table} as a left join {to} as b on {on}")
        given = " and ".join(f'a."{column}" is not null' for column, _ in pairs)
        lost = count(published, f"select count(*) from {table} as a anti join {to} as b on {on} where {given}")
        if joined != rows or (is_always_found and lost):
            wrong.append((table, columns, to, rows, joined, lost))
    assert wrong == []
    assert len(declared) > 100


@pytest.mark.long
def test_a_join_by_code_alone_adds_nothing_up_twice(sample: duckdb.DuckDBPyConnection) -> None:
    """What a tool for queries makes of two tables that have a column of one name."""
    total = "select sum(models_running) from marts.commune_months {} where month = '2015-06-01'"
    running = count(sample, total.format(""))
    assert count(sample, total.format("join marts.dim_commune_current using (commune_code)")) == running
    assert count(sample, total.format("join marts.dim_communes using (commune_code)")) > running


@pytest.mark.long
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


def test_every_code_that_stands_in_a_table_has_its_words(published: duckdb.DuckDBPyConnection) -> None:
    columns = published.execute(
        "select distinct table_schema || '.' || table_name, column_name from meta.codes order by all"
    ).fetchall()
    unworded = [
        (table, column, code)
        for table, column in columns
        for (code,) in published.execute(
            f"""
            select distinct "{column}" from {table} where "{column}" is not null and "{column}" not in (
                select code from meta.codes where table_schema || '.' || table_name = ? and column_name = ?
            )
            """,
            [table, column],
        ).fetchall()
    ]
    assert unworded == []
    assert len(columns) > 70


@pytest.mark.long
def test_headline_tables_have_words_beside_their_codes(sample: duckdb.DuckDBPyConnection) -> None:
    bands = sample.execute(
        """
        select distinct progress_band_sort, progress_band_label_vi, progress_band_label_en from marts.commune_months
        where progress_band is not null order by all
        """
    ).fetchall()
    assert bands == [
        (1, "19 tiêu chí", "19 criteria"),
        (2, "15–18 tiêu chí", "15–18 criteria"),
        (3, "10–14 tiêu chí", "10–14 criteria"),
        (4, "5–9 tiêu chí", "5–9 criteria"),
        (5, "dưới 5 tiêu chí", "under 5 criteria"),
    ]
    assert sample.execute(
        """
        select month_label_vi, district_short_name, province_code from marts.district_months
        where month = '2015-06-01' and district_code in ('443', '449') order by district_code
        """
    ).fetchall() == [("Tháng 6/2015", "Can Lộc", "42"), ("Tháng 6/2015", "TX Kỳ Anh", "42")]
    for table, column in [
        ("commune_months", "month_label_vi"),
        ("district_months", "month_label_vi"),
        ("province_months", "province_name"),
        ("target_progress", "unit_name"),
        ("leadership_index", "component_label_vi"),
        ("leadership_index", "district_short_name"),
    ]:
        assert count(sample, f"select count(*) from marts.{table} where {column} is null") == 0, (table, column)


def test_the_long_table_says_what_the_headline_tables_say(published: duckdb.DuckDBPyConnection) -> None:
    """Every indicator, at every level that has it, with the sum or the ratio that meta.indicators promises over districts."""
    listed = published.execute(
        "select indicator, measure, over_units, over_months, numerator is not null from meta.indicators as listed"
        " left join (select indicator, any_value(numerator) as numerator from marts.indicators group by indicator)"
        " using (indicator) order by all"
    ).fetchall()
    assert {row for (row,) in published.execute("select distinct indicator from marts.indicators").fetchall()} == {
        row[0] for row in listed
    }
    tables = {"province": "province_months", "district": "district_months", "commune": "commune_months"}
    keys = {"province": "true", "district": "unit_code = district_code", "commune": "unit_code = commune_code"}
    for indicator, measure, over_units, over_months, has_parts in listed:
        assert measure != "stock" or over_months == "last", indicator
        assert (over_units == "ratio") == has_parts, indicator
        levels = published.execute("select distinct unit_level from marts.indicators where indicator = ?", [indicator])
        for (level,) in levels.fetchall():
            query = f"""
                select count(*) filter (where long.value is distinct from wide.{indicator}) from marts.indicators as long
                join marts.{tables[level]} as wide on long.month = wide.month and {keys[level]}
                where long.indicator = '{indicator}' and long.unit_level = '{level}'
            """
            assert count(published, query) == 0, (indicator, level)
        if over_units == "sum":
            query = f"""
                select count(*) from (select month, sum(value) as total from marts.indicators
                    where indicator = '{indicator}' and unit_level = 'district' group by month)
                join marts.indicators using (month)
                where indicator = '{indicator}' and unit_level = 'province' and abs(total - value) > 1e-6
            """
            assert count(published, query) == 0, indicator


@pytest.mark.long
def test_an_indicator_says_what_it_covers(sample: duckdb.DuckDBPyConnection) -> None:
    assert (
        sample.execute(
            """
        select unit_name, value, units_covered, units_expected from marts.indicators
        where month = '2015-06-01' and unit_level = 'province' and indicator = 'models_running'
        """
        ).fetchall()
        == sample.execute(
            """
        select 'Tỉnh Hà Tĩnh', models_running, communes_counted_models, communes_expected from marts.province_months
        where month = '2015-06-01'
        """
        ).fetchall()
    )
    assert count(sample, "select count(*) from marts.indicators where units_covered > units_expected") == 0
    assert count(sample, "select count(*) from marts.indicators where is_carried_over") > 0


def test_no_key_is_declared_in_the_file_which_the_oldest_duckdb_could_not_open(
    published: duckdb.DuckDBPyConnection,
) -> None:
    keys = "select table_name, constraint_text from duckdb_constraints() where constraint_type like '% KEY'"
    assert published.execute(keys).fetchall() == []
