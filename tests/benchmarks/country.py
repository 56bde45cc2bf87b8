"""A country in landed tables: every form of 700 districts and 18 departments over ten years, computed by DuckDB.

Nothing is drawn: hashes decide, so the same rows come every time. Districts have progress, one mark in two thousand is off,
one delivery in two hundred is missing, one in fifty late, one in a hundred sent again.
Not here: what is measured over it (national.py).
"""
# ruff: noqa: E501 (SQL, a column list a line)

import csv
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from pipelines.intake.forms import load_forms
from pipelines.intake.model import ROW_COLUMNS
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.landed_schema import LandedSchema
from pipelines.warehouse.load import open_working_file
from pipelines.warehouse.reader import IntakeReader

FIRST = date(2014, 9, 1)  # the reporting calendar begins here
CRITERIA = 19
RULES_OF_INTAKE = "F03 F04 F05 F06 F10 F11 F12 F13 R01 R02 R03 R06 E01 E02 E03 E05 E07".split()
TASKS = {"1.1": "month", "1.2": "quarter", "1.3": "once", "1.4": "once", "1.5": "once"}


@dataclass(frozen=True)
class Country:
    """How much of it: districts, rural communes, months, and how many rows a commune has in each of H02, H03 and H04."""

    districts: int = 700
    communes: int = 11_000
    months: int = 120
    items: int = 1


def write_country(file: Path, country: Country) -> None:
    """Write schemas `landed` and `reference` of a new working file."""
    with open_working_file(file) as connected:
        connected.execute("set preserve_insertion_order = false")
        reader = IntakeReader(_write_seeds(file.parent / "seeds", country), file.parent, FIRST)
        LandedSchema(connected, reader).create_tables(reader.lists)
        _reports(connected, country)
        _rows(connected, country)
        _about_reports(connected)
        connected.execute("insert into landed.id_secret values (repeat('0123456789abcdef', 4))")


def _reports(connected: duckdb.DuckDBPyConnection, country: Country) -> None:
    """Who sends what when: temporary tables `communes`, `months`, `criteria` (who is in charge) and `reports`."""
    thresholds = ", ".join(f"(hash(n, {c}) % 240)::integer - 60 as t{c}" for c in range(1, CRITERIA + 1))
    connected.execute(f"""
        create temp table communes as
        select lpad((n + 1)::varchar, 5, '0') as commune, lpad((n % {country.districts} + 1)::varchar, 3, '0') as district,
            n as commune_no, {thresholds}
        from range({country.communes}) t(n);
        create temp table months as
        select n as month_no, date '{FIRST}' + to_months(n::integer) as month, last_day(month) as month_end,
            strftime(month, '%Y-%m') as period, year(month) || '-Q' || quarter(month) as quarter, month(month) % 3 = 0 as is_quarter_end
        from range({country.months}) t(n);
        create temp table reporters as
        select distinct district as reporter, 'district' as reporter_type, false as seconds from communes
        union all
        select reporter_code, reporter_type, seconds_an_officer from reference.departments;
        create temp table criteria as
        select months.month_no, criteria.criterion_no::integer as criterion_no, code
        from months
        inner join reference.criteria_sets as sets
            on sets.is_commune_set and months.month_end >= sets.valid_from::date
            and months.month_end < coalesce(sets.valid_to::date, '9999-12-31')
        inner join (
            select *, unnest(string_split(replace(responsible_reporter_code, ' ', ''), ';')) as code
            from reference.criteria
        ) as criteria on sets.set_id = criteria.set_id;
        create temp table due as
        select calendar.form, reporters.reporter, months.month_no, months.month, months.month_end,
            if(calendar.frequency = 'month', months.period, months.quarter) as period,
            hash(reporters.reporter, months.month_no) as luck
        from reference.reporting_calendar as calendar
        inner join reporters
            on calendar.reporter_type = reporters.reporter_type
            and case calendar.reporters
                when 'all' then true
                when 'has_criteria' then exists (from criteria where criteria.code = reporters.reporter)
                when 'seconds_an_officer' then reporters.seconds
                else calendar.reporters = reporters.reporter
            end
        inner join months on calendar.frequency = 'month' or months.is_quarter_end;
        create temp table reports as
        select due.*, version,
            substr(md5('delivery' || reporter || month_no || version), 1, 16) as delivery_id,
            substr(md5(form || reporter || period || version), 1, 16) as submission_id,
            (month_end + to_days((if(luck % 50 = 1, 15, 3) + 7 * version)::integer - 7))::timestamp as received_at
        from due
        cross join (values (1), (2)) as versions (version)
        where luck % 200 <> 0 and (version = 1 or luck % 100 = 3);
    """)


def _insert(
    connected: duckdb.DuckDBPyConnection,
    form: str,
    source: str,
    key: str,
    place: str,
    fields: dict[str, str],
    *,
    cells: int = 4,
) -> None:
    """Rows of a form: `source` is joined to `reports`; `key`, and the values of `fields`, are SQL."""
    values = {
        "submission_id": "reports.submission_id",
        "delivery_id": "reports.delivery_id",
        "sheet": f"'{form}'",
        "table_no": "1",
        "row_number": f"10 + row_number() over (partition by reports.submission_id order by {place})",
        "item_key": key,
        "required_cells": str(cells),
        "filled_cells": str(cells),
        **fields,
    }
    connected.execute(f"""
        insert into landed.{form.lower()} by name
        select {", ".join(f"{value} as {name}" for name, value in values.items())}
        from reports {source} {"and" if " on " in source else "where"} reports.form = '{form}'
    """)


def _rows(connected: duckdb.DuckDBPyConnection, country: Country) -> None:
    """Every form's rows."""
    of_district = "inner join communes on reports.reporter = communes.district"
    commune = {"commune_name": "'Xã ' || commune", "commune_code": "commune"}

    def mark(number: int) -> str:
        luck = f"hash(commune_no, {number}, month_no, 'mark')"
        return (
            f"case when version = 1 and {luck} % 20000 = 7 then null "
            f"when (month_no >= t{number}) <> (version = 1 and {luck} % 2000 = 0) then 'met' else 'not_met' end"
        )

    met = " + ".join(f"(month_no >= t{n})::integer" for n in range(1, CRITERIA + 1))
    gained = " + ".join(f"(month_no = t{n})::integer" for n in range(1, CRITERIA + 1))
    marks = {f"criterion_{n}": mark(n) for n in range(1, CRITERIA + 1)}
    stated = {"criteria_met_stated": met, "change_stated": f"if(month_no = 0, null, {gained})"}
    _insert(connected, "H01", of_district, "commune", "commune", commune | marks | stated, cells=20)

    items = f"{of_district} inner join range({country.items}) as items(k) on hash(commune_no, k, month_no, 'item') % 2000 <> 0"
    _insert(connected, "H02", items, "commune || '|nuôi gà ' || k || '|nguyễn văn ' || commune", "commune, k", commune | {
        "model_name": "'Nuôi gà ' || k", "owner_name": "'Nguyễn Văn ' || commune", "owner_kind": "'household'", "village": "'Thôn ' || k",
        "sector": "'livestock'", "product": "'gà'", "size": "(['small', 'medium', 'large'])[(commune_no + k) % 3 + 1]",
        "revenue_million_vnd": "[300.0, 700.0, 1500.0][(commune_no + k) % 3 + 1]", "workers": "4",
        "started_on": "date '2010-01-01' + (hash(commune_no, k) % 1600)::integer", "status": "'running'",
    })  # fmt: skip
    _insert(connected, "H03", items, "'n' || commune || k", "commune, k", commune | {
        "name": "'HTX ' || commune || ' ' || k", "kind": "if(k % 3 = 2, 'enterprise', (['cooperative', 'cooperative_group'])[(commune_no + k) % 2 + 1])",
        "registration_no": "'N' || commune || k", "founded_on": "date '2005-01-01' + (hash(commune_no, k) % 3000)::integer",
        "sector": "'Nông nghiệp'", "capital_million_vnd": "500.0", "members": "12", "status": "'active'",
    })  # fmt: skip
    _insert(connected, "H04", items, "commune || '|thôn ' || k || '|residential_area'", "commune, k", commune | {
        "village": "'Thôn ' || k", "kind": "'residential_area'", "criteria_met": "month_no // 12",
        "status": "if(month_no > 60, 'recognised', 'in_progress')", "recognised_on": "if(month_no > 60, date '2019-08-01', null)",
    })  # fmt: skip
    officers = "cross join range(3) as officers(k)"
    _insert(connected, "H05", officers, "'cán bộ ' || reporter || k", "k", {
        "officer_name": "'Cán bộ ' || reporter || k", "position": "'Chuyên viên'", "is_full_time": "true",
        "field": "(['Nông nghiệp', 'Xây dựng', 'Tài chính'])[k + 1]", "from_date": "date '2014-09-01'",
    })  # fmt: skip
    _insert(connected, "H06", of_district, "commune || '|cán bộ'", "commune", commune | {
        "officer_name": "'Cán bộ ' || commune", "position": "'Lãnh đạo'", "is_leader": "commune_no % 4 = 0", "from_date": "date '2014-09-01'",
    })  # fmt: skip
    part = "round((month(month) // 3) * (20 + hash(commune_no) % 50 + hash(commune_no, year(month)) % 3) * (if(hash(commune_no, month_no) % 2000 = 0, 5, 1)), 0)"
    parts = [
        name
        for name, _ in load_forms()["H07"].columns
        if name.endswith("_million_vnd") and not name.startswith("total")
    ]
    funds = dict.fromkeys(parts, part) | {"total_million_vnd": f"{len(parts)} * {part}"}
    _insert(connected, "H07", of_district, "commune", "commune", commune | funds, cells=2)
    verdict = "case criterion_no " + " ".join(f"when {n} then t{n}" for n in range(1, CRITERIA + 1)) + " end"
    _insert(
        connected,
        "S01",
        "inner join (select criteria.*, communes.* from criteria cross join communes) as asked "
        "on reports.month_no = asked.month_no and reports.reporter = asked.code",
        "commune || '|' || criterion_no || '|'",
        "commune, criterion_no",
        commune | {
            "district_code": "district", "criterion_no": "criterion_no", "is_wide": "true",
            "status": f"if((reports.month_no >= {verdict}) <> (hash(commune_no, criterion_no, reports.month_no) % 2000 = 1), 'met', 'not_met')",
        },
    )  # fmt: skip
    _insert(connected, "S02", "cross join range(1) as officers(k)", "'biệt phái ' || reporter", "k", {
        "officer_name": "'Biệt phái ' || reporter", "field": "'Nông nghiệp'", "is_full_time": "true", "from_date": "date '2014-09-01'",
    })  # fmt: skip
    _insert(connected, "S03", "cross join (select distinct district from communes) as districts cross join range(3) as products(k)",
        "'sản phẩm ' || k || '|' || district", "district, k", {
        "product": "'sản phẩm ' || k", "district_code": "district", "linked_models": "3", "linked_enterprises": "1",
        "output_tonnes": "100 + hash(district, k, month_no) % 20",
    })  # fmt: skip
    tasks = "cross join (values " + ", ".join(f"('{code}')" for code in TASKS) + ") as tasks (code)"
    _insert(connected, "C01", tasks, "replace(code, '.', ' ')", "code", {
        "task_code": "code", "task": "'Nhiệm vụ ' || code", "status": "'in_progress'", "percent_done": "50.0",
    })  # fmt: skip
    _insert(connected, "M01", "cross join range(5) as activities(k)", "'chuyên mục ' || k || '|column'", "k", {
        "activity": "'Chuyên mục ' || k", "format": "'column'", "planned": "6", "done": "4 + hash(reporter, k, month_no) % 3",
    })  # fmt: skip
    visits = "inner join communes on hash(commune_no, month_no, 'visit') % 900 = 0 inner join range(1, 5) as visited(k) on true"
    seen = "case k " + " ".join(f"when {n} then if(month_no >= t{n}, 'đạt', 'chưa đạt')" for n in range(1, 5)) + " end"
    _insert(connected, "V01", visits, "commune || '|' || k", "commune, k", commune | {
        "inspected_on": "month::date + 14", "item_kind": "'criterion'", "item": "k::varchar", "observed_value": seen,
        "is_confirmed": "hash(commune_no, k, month_no) % 20 <> 0",
    })  # fmt: skip


def _about_reports(connected: duckdb.DuckDBPyConnection) -> None:
    """Deliveries, their register, submissions, columns, and what intake found in them."""
    forms = load_forms().forms
    lettered = [
        (form, field, _letter(position))
        for form, shape in forms.items()
        for position, (field, _) in enumerate(shape.columns[len(ROW_COLUMNS) :])
    ]
    connected.execute("create temp table lettered (form varchar, field varchar, letter varchar)")
    connected.executemany("insert into lettered values (?, ?, ?)", lettered)
    counted = " union all ".join(
        f"select submission_id, count(*) as n from landed.{form.lower()} group by 1" for form in forms
    )
    blank = " union all ".join(
        f"select *, 'criterion_{n}' as field from landed.h01 where criterion_{n} is null"
        for n in range(1, CRITERIA + 1)
    )
    rules = ", ".join(f"('{rule}')" for rule in RULES_OF_INTAKE)
    connected.execute(f"""
        create temp table files as
        select delivery_id, any_value(reporter) as reporter, max(period) as period, any_value(received_at) as received_at,
            any_value(month_no) as month_no, any_value(version) as version,
            strftime(any_value(month), '%Y-%m') || '/' || any_value(reporter) || '/' || any_value(version) || '.xlsx' as path
        from reports group by delivery_id;
        insert into landed.deliveries by name
        select delivery_id, path, path as file_name, sha256(path) as sha256, 10000 as bytes, received_at as modified_at,
            row_number() over (order by month_no, path) as first_seen_no, 'read' as status, reporter as reporter_code, period
        from files;
        insert into landed.deliveries by name
        select 'register' as delivery_id, 'so.xlsx' as path, 'so.xlsx' as file_name, sha256('so') as sha256, 1 as bytes,
            timestamp '2024-09-10' as modified_at, 0 as first_seen_no, 'read' as status, 'VPDP' as reporter_code;
        insert into landed.submissions by name
        select form || 'register' as submission_id, 'register' as delivery_id, form, 'VPDP' as reporter_code, form as sheets, 'usable' as status,
            false as is_nil, 1 as rows_read, 1 as rows_used from (values ('V02'), ('V03')) as registers (form);
        insert into landed.register_matches by name
        select 'V03register' as register_submission_id, 'V03' as sheet, 10 + register_no as row_number, *
        from (
            select row_number() over (order by received_at, path) as register_no, received_at, reporter as sender_code, period,
                path as file_name, path as matched_path, false as is_withdrawal
            from files
        );
        insert into landed.v03 by name
        select 'V03register' as submission_id, 'register' as delivery_id, 'V03' as sheet, 1 as table_no, row_number, received_at, file_name,
            file_name as item_key, 2 as required_cells, 2 as filled_cells
        from landed.register_matches;
        insert into landed.sheets by name
        select delivery_id, form as sheet, row_number() over (partition by delivery_id order by form) as sheet_no, 'form' as kind, form as forms
        from reports;
        insert into landed.submissions by name
        select submission_id, delivery_id, form, reporter as reporter_code, period, 'sheet' as reporter_source, 'sheet' as period_source,
            reporter as sheet_reporter_code, period as sheet_period, form as sheets, 'usable' as status, counts.n is null as is_nil,
            coalesce(counts.n, 0) as rows_read, coalesce(counts.n, 0) as rows_used, true as is_titled, reporter as path_reporter_code
        from reports left join ({counted}) as counts using (submission_id);
        insert into landed.columns by name
        select submission_id, form as sheet, 1 as table_no, field, letter as column_letter from reports inner join lettered using (form);
        insert into landed.evaluations by name
        select submission_id, delivery_id, rule_id, 20 as evaluated, 0 as failed from reports cross join (values {rules}) as rules (rule_id);
        insert into landed.totals by name
        select submission_id, sheet, 1 as table_no, 10 + count(*) + 1 as row_number, 'total_million_vnd' as field, 'E' as column_letter,
            sum(total_million_vnd) as stated, sum(total_million_vnd) as computed, count(*) as rows, 0 as unreadable_cells
        from landed.h07 group by submission_id, sheet;
        insert into landed.findings by name
        select delivery_id, submission_id, 'E02' as rule_id, '' as variant, sheet, letter || row_number as cell, row_number,
            field, commune_code as unit_code, item_key, false as is_personal
        from ({blank}) as blank inner join lettered using (field) where lettered.form = 'H01';
    """)
    for code, recurrence in TASKS.items():
        connected.execute(
            """
            insert into landed.v02 by name
            select 'V02register' as submission_id, 'register' as delivery_id, 'V02' as sheet, 1 as table_no, 11 as row_number,
                ? as item_key, 'TB' as document_no, date '2014-09-07' as issued_on, ? as task_code, 'Nhiệm vụ ' || ? as task,
                'all_districts' as owner_codes, ? as recurrence, 4 as required_cells, 4 as filled_cells,
                if(? = 'once', date '2015-06-30', null) as due_on
            """,
            [code.replace(".", " "), code, code, recurrence, recurrence],
        )


def _letter(position: int) -> str:
    return (_letter(position // 26 - 1) if position >= 26 else "") + chr(ord("A") + position % 26)


def _write_seeds(folder: Path, country: Country) -> Path:
    """The lists with the units of the country in place of the province's; its one province keeps the code 42."""
    shutil.copytree(SEEDS_DIR, folder, dirs_exist_ok=True)
    for name, rows in _units(country).items():
        file = folder / f"{name}.csv"
        head = file.read_text(encoding="utf-8").splitlines()[0].split(",")
        with file.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(rows or [head])
    return folder


def _units(country: Country) -> dict[str, Sequence[Sequence[str]]]:
    head = ["level", "code", "name_vi", "kind", "parent_code", "valid_from", "valid_to", "source"]
    rows = [["province", "42", "Cả nước", "tỉnh", "", "", "", "made up"]]
    rows += [
        ["district", f"{n:03}", f"Huyện {n:03}", "huyện", "42", "", "", "made up"]
        for n in range(1, country.districts + 1)
    ]
    rows += [
        ["commune", f"{n + 1:05}", f"Xã {n + 1:05}", "xã", f"{n % country.districts + 1:03}", "", "", "made up"]
        for n in range(country.communes)
    ]
    return {"units": [head, *rows], "unit_changes": [], "aliases": [], "provisional_codes": []}
