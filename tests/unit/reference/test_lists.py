"""Reference lists: ours and the office's become one, or one line says where one of them is broken."""

import datetime as dt
import re
import shutil
import unicodedata
from pathlib import Path

import pytest

from pipelines.intake.forms import load_forms
from pipelines.reference.calendar import Calendar
from pipelines.reference.lists import ListError, columns, form_frequencies, read_lists
from pipelines.reference.models import (
    LISTS,
    MOST_CRITERIA,
    OF_PROVINCE,
    Alias,
    Contact,
    CriteriaSet,
    Criterion,
    Holiday,
    IncomeThreshold,
    Indicator,
    LeadershipIndexWeight,
    Parameter,
    ReportingRule,
    Rule,
    Target,
    Unit,
)
from pipelines.reference.rows import Row
from pipelines.settings import CHECKOUT, SEEDS_DIR

CALENDAR = "form,reporter_type,reporters,frequency,due_days_after_period_end,valid_from"
WEIGHT = "component,weight,valid_from,valid_to"
A_DAY = dt.date(2015, 7, 20)


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / f"{name}.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_every_file_of_ours_is_a_list_and_every_list_has_its_file() -> None:
    files = {file.stem for file in SEEDS_DIR.glob("*.csv")}
    assert files == {model.name_of_list for model in LISTS if model.is_seeded}


def test_without_files_of_the_office_the_lists_are_ours(tmp_path: Path) -> None:
    ours = read_lists(SEEDS_DIR)
    assert ours.fingerprint() == read_lists(SEEDS_DIR, tmp_path / "reference").fingerprint()
    assert ours[Contact] == ()
    assert len(ours[Unit]) > len({row.code for row in ours[Unit]}), "every interval of a unit is a row"
    assert ours.parameter("file_size_max_mb", A_DAY) == "50"


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model.name_of_list)
def test_keys_and_columns_of_a_list_are_its_own(model: type[Row]) -> None:
    names = [name for name, _ in columns(model)]
    assert set(model.key) <= set(names)
    assert model.key or not model.is_overlaid, "a row of the office takes the place of one of ours by its key"


def test_an_office_may_have_rows_of_whatever_is_a_provinces_own() -> None:
    overlaid = {model.name_of_list for model in LISTS if model.is_overlaid}
    assert {model.name_of_list for model in OF_PROVINCE} <= overlaid
    page = (CHECKOUT / "docs" / "operations.md").read_text(encoding="utf-8")
    (told,) = re.findall(r"replace rows of, the reference data of that name: ([^.]*)\.", page)
    assert set(re.findall(r"`(\w+)`", told)) == overlaid
    (ours,) = re.findall(r"The other lists there are the program's.*?\n\n", page, re.DOTALL)
    assert {name for name in re.findall(r"`(\w+)`", ours) if (SEEDS_DIR / f"{name}.csv").is_file()} == {
        model.name_of_list for model in LISTS if model.is_seeded and not model.is_overlaid
    }


def test_an_office_corrects_an_indicator_of_which_our_sources_contradict_each_other(tmp_path: Path) -> None:
    income = [
        row for row in read_lists(SEEDS_DIR)[IncomeThreshold] if (row.year, row.set_id) == (2020, "QD491_342_2013")
    ]
    assert [row.threshold_min for row in income if row.region.startswith("Cả nước")] == [44, 40]
    set_id, region = "QD491_342_2013", "Cả nước (chỉ tiêu chung)"
    write(
        tmp_path, "income_thresholds", f"set_id,year,region,threshold_min,unit\n{set_id},2020,{region},42,triệu đồng\n"
    )
    write(
        tmp_path,
        "indicators",
        f"set_id,criterion_no,indicator_no,name_vi,region\n{set_id},10,10.1,Thu nhập,{region}\n{set_id},10,10.2,Mới,\n",
    )
    lists = read_lists(SEEDS_DIR, tmp_path)
    changed = [row for row in lists[IncomeThreshold] if (row.set_id, row.year, row.region) == (set_id, 2020, region)]
    assert [row.threshold_min for row in changed] == [42]
    told = [
        (row.indicator_no, row.name_vi)
        for row in lists[Indicator]
        if row.set_id == set_id and row.criterion_no == 10 and row.region in {region, None}
    ]
    assert told == [("10.1", "Thu nhập"), ("10.2", "Mới")]


def test_columns_have_the_types_of_what_they_hold() -> None:
    assert dict(columns(Target)) == {
        **dict.fromkeys(("target_id", "name_vi", "name_en", "level", "metric_en", "operator"), "VARCHAR"),
        **dict.fromkeys(("unit", "notice_item", "unit_kinds"), "VARCHAR"),
        "value": "DOUBLE",
        **dict.fromkeys(("deadline", "valid_from", "valid_to"), "DATE"),
    }
    assert dict(columns(ReportingRule))["due_days_after_period_end"] == "INTEGER"
    assert dict(columns(Criterion))["criterion_no"] == "INTEGER"
    assert dict(columns(Alias))["ambiguous"] == "BOOLEAN"


def test_a_target_of_the_office_takes_the_place_of_ours_or_follows_it(tmp_path: Path) -> None:
    write(tmp_path, "targets", "target_id,level,operator,value\nT05,province,<=,3\n")
    assert [row.value for row in read_lists(SEEDS_DIR, tmp_path)[Target] if row.target_id == "T05"] == [3]
    write(tmp_path, "targets", "target_id,level,operator,value,valid_from\nT05,province,<=,3,2015-07-01\n")
    lists, day = read_lists(SEEDS_DIR, tmp_path), dt.date(2015, 6, 30)
    for on, value in ((day, 0), (day + dt.timedelta(days=1), 3)):
        assert [row.value for row in lists.in_force(Target, on) if row.target_id == "T05"] == [value]


def test_columns_in_any_order_or_left_out_are_blank(tmp_path: Path) -> None:
    write(tmp_path, "holidays", "\ufeffname_vi,date\n Giỗ Tổ ,2015-04-28\n\n,2027-05-01\n")
    rows = {row.date: row.name_vi for row in read_lists(SEEDS_DIR, tmp_path)[Holiday]}
    assert rows[dt.date(2015, 4, 28)] == "Giỗ Tổ", "in place of ours"
    assert rows[dt.date(2027, 5, 1)] is None
    assert len(rows) == len(read_lists(SEEDS_DIR)[Holiday]) + 1


def test_text_is_stripped_and_its_letters_are_composed(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Lộc Cũ")
    write(tmp_path, "aliases", f"alias,code\n {decomposed}\u00a0,18424 \n")
    (alias,) = [row for row in read_lists(SEEDS_DIR, tmp_path)[Alias] if row.alias == "Lộc Cũ"]
    assert alias.code == "18424"


def test_forms_are_known_as_intake_defines_them() -> None:
    assert form_frequencies() == {form.code: form.every for form in load_forms()}


def test_a_form_with_a_blank_behind_it_is_that_form(tmp_path: Path) -> None:
    write(tmp_path, "reporting_calendar", f"{CALENDAR}\nH01 ,district,all,month,7,2014-09-01\n")
    rules = [
        row
        for row in read_lists(SEEDS_DIR, tmp_path)[ReportingRule]
        if (row.form, row.reporter_type) == ("H01", "district")
    ]
    assert [rule.due_days_after_period_end for rule in rules] == [7], "ours is replaced"


BROKEN = [
    ("holiday", "date\n2015-01-01\n", r"holiday\.csv: no reference data of this name can be changed"),
    ("rules", "rule_id\n1\n", r"rules\.csv: no reference data of this name can be changed"),
    ("holidays", "day\n2015-01-01\n", r"holidays\.csv, row 1: unknown column 'day'"),
    ("holidays", "name_vi\nx\n", r"row 1: column 'date' is missing"),
    ("holidays", "", r"row 1: column 'date' is missing"),
    ("holidays", "date,date\n", r"row 1: a column stands twice"),
    ("holidays", "date,name_vi\n2015-01-01\n", r"row 2: 1 cells under 2 columns"),
    ("holidays", "date\n01/01/2015\n", r"row 2: date '01/01/2015' is not a date; use YYYY-MM-DD"),
    ("holidays", "date\n2015-02-30\n", r"row 2: date '2015-02-30' is not a date"),
    ("holidays", "date\n20150101\n", r"row 2: date '20150101' is not a date"),
    ("holidays", "date,name_vi\n2015-01-01,a\n\n2015-01-01 ,b\n", r"row 4: the same date as in row 2"),
    ("holidays", "date,name_vi\n,a\n", r"row 2: date is blank"),
    ("holidays", 'date\n"2015-01-01\n', r"can't be read as CSV"),
    ("parameters", "name,value,valid_from\nlook_back_periods,many,\n", r"row 2: value 'many' is neither a number"),
    ("parameters", "name,value,valid_from\nlook_back_periods,1e3,\n", r"row 2: value '1e3' is neither a number"),
    ("parameters", "name,value,valid_from\ndate_min,2014-02-30,\n", r"row 2: is not a date"),
    (
        "parameters",
        "name,value,unit,valid_from\ndate_min,3,date,\n",
        r"row 2: value '3' does not go with the unit 'date'",
    ),
    ("parameters", "name,valid_from\nlook_back_periods,\n", r"row 1: column 'value' is missing"),
    (
        "parameters",
        "name,value,valid_from\nlook_back_period,2,\n",
        r"row 2: name 'look_back_period' is not a known parameters",
    ),
    (
        "parameters",
        "name,value,valid_from,valid_to\ncriteria_jump,2,2015-02-01,2015-01-01\n",
        r"row 2: valid_to 2015-01-01 must come after valid_from 2015-02-01",
    ),
    (
        "leadership_index_weights",
        f"{WEIGHT}\ncriteria_leve,0.5,,\n",
        r"row 2: component 'criteria_leve' is not a known",
    ),
    ("leadership_index_weights", f'{WEIGHT}\ncriteria_level,"0,5",,\n', r"row 2: weight '0,5' is not a number"),
    (
        "targets",
        "target_id,level,operator,value\nT05,province,>,1\n",
        r"row 2: operator '>' is wrong: input should be '>='",
    ),
    (
        "targets",
        "target_id,level,operator,value\nT05,province,<=,1\nT99,province,<=,1\n",
        r"row 3: target_id 'T99' is not a known targets.target_id; known are T01, T02a",
    ),
    (
        "departments",
        "reporter_code,reporter_type,name_vi,name_en\nHND,association,Hội Nông dân tỉnh,Farmers\n",
        r"row 2: reporter_type 'association' is not a known reporter_types.reporter_type; known are department, media",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH99,district,all,month,5,\n",
        r"row 2: form 'H99' is not a known form of type month; known are C01",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,distrikt,all,month,5,\n",
        r"row 2: reporter_type 'distrikt' is not a known",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,443;999,month,5,\n",
        r"row 2: reporters '999' is not a known reporter",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,all,quarter,5,\n",
        r"row 2: form 'H01' is not a known form of type quarter; known are H05, H06",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,all,month,9999999999,\n",
        r"row 2: due_days_\w+ '9+' is wrong",
    ),
    (
        "parameters",
        f"name,value,valid_from\nfile_size_max_mb,{'9' * 400},\n",
        r"row 2: value '9+' is neither a number from 0 on",
    ),
    ("parameters", "name,value,valid_from\nfile_size_max_mb,-1,\n", r"row 2: value '-1' is neither a number from 0 on"),
    (
        "leadership_index_weights",
        f"{WEIGHT}\ncriteria_level,{'9' * 400},,\n",
        r"row 2: weight '9+' is wrong",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,S-TC,month,5,\n",
        r"row 2: reporters 'S-TC' is not a known reporter of type district; known are 436",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,443;all,month,5,\n",
        r"row 2: reporters 'all' is not a known reporter of type district",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,everyone,month,5,\n",
        r"row 2: reporters 'everyone' is not a known",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,all,week,5,\n",
        r"row 2: frequency 'week' is wrong: input should be",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,all,month,-5,\n",
        r"row 2: due_days_after_period_end '-5' is wrong",
    ),
    (
        "reporting_calendar",
        f"{CALENDAR}\nH01,district,all,month,5.5,\n",
        r"row 2: due_days_after_period_end '5.5' is wrong",
    ),
    ("aliases", "alias,code\nLộc Cũ,99999\n", r"row 2: code '99999' is not a known units\.code"),
    ("aliases", "name,code\nLộc Cũ,18424\n", r"row 1: unknown column 'name'"),
    ("contacts", "reporter_code,email\n443,a@b.vn\n443,a@b.vn\n", r"row 3: the same reporter_code, email as in row 2"),
    ("contacts", "reporter_code,name\nS-XX,An\n", r"row 2: reporter_code 'S-XX' is not a known reporter"),
    (
        "calendar_exceptions",
        "reporter_code,form,period,kind,due_on\n443,H01,2014-13,moved,2014-12-01\n",
        r"row 2: period '2014-13' is not a period; use 2014-09, 2014-Q3, 2014-H1, 2014-9M or 2014",
    ),
    (
        "calendar_exceptions",
        "reporter_code,form,period,kind\n443,H01,2014-09,postponed\n",
        r"row 2: kind 'postponed' is wrong: input should be 'moved' or 'excused'",
    ),
    ("calendar_exceptions", "reporter_code,form,period,kind\n443,H01,2014-09,moved\n", r"row 2: .* needs due_on"),
    (
        "calendar_exceptions",
        "reporter_code,form,period,kind\n443,H9,2014-09,excused\n",
        r"row 2: form 'H9' is not a known",
    ),
    (
        "duties",
        "item,owner_vi,duty_vi,duty_en,trackability\n9.1,Sở,Việc,A task,text\n9.2,Sở,Việc,A task,direct\n",
        r"duties\.csv, row 3: trackability 'direct' of 9\.2 has no query of ours; use text",
    ),
]


@pytest.mark.parametrize(("name", "text", "message"), BROKEN)
def test_a_broken_file_is_one_line_with_file_and_row(tmp_path: Path, name: str, text: str, message: str) -> None:
    write(tmp_path, name, text)
    with pytest.raises(ListError, match=message) as raised:
        read_lists(SEEDS_DIR, tmp_path)
    assert "\n" not in str(raised.value)
    assert f"{name}.csv" in str(raised.value)


SETS = "set_id,document,issuer,title_vi,applies_to,n_criteria,is_commune_set,valid_from,valid_to\n"
NEW = "QG_2026_2030,1/QĐ-TTg,Thủ tướng Chính phủ,Bộ tiêu chí,xã,{},true,{},{}\n"
"""The newest set of ours, as an office may have it: its size, first day, and day of its end."""


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (NEW.format(11, "2026-01-01", ""), "row 2: set QG_2026_2030 says n_criteria 11, and criteria has 10 of it"),
        (
            NEW.format(10, "2025-07-01", ""),
            "row 2: two sets for communes are in force on 2025-07-01: QD318_2022 and QG_2026",
        ),
        (NEW.format(10, "2026-07-01", ""), "row 2: no set for communes is in force from 2026-01-01 until 2026-07-01"),
        (
            NEW.format(10, "2026-01-01", "2031-01-01"),
            "row 2: no set for communes is in force from 2031-01-01 on; leave",
        ),
        (
            "MOI,1/QĐ-TTg,Thủ tướng Chính phủ,Bộ tiêu chí,xã,5,true,1990-01-01,2009-04-16\n",
            "row 2: set MOI says n_criteria 5, and criteria has 0 of it",
        ),
    ],
)
def test_one_set_with_all_its_criteria_is_in_force_for_communes_on_each_day(
    tmp_path: Path, rows: str, message: str
) -> None:
    write(tmp_path, "criteria_sets", SETS + rows)
    with pytest.raises(ListError, match=rf"criteria_sets\.csv, {message}") as raised:
        read_lists(SEEDS_DIR, tmp_path)
    assert "\n" not in str(raised.value)


def test_criteria_have_columns_and_sets_begin_with_the_first_report(tmp_path: Path) -> None:
    (form,) = [row for row in load_forms() if row.code == "H01"]
    assert max(item.criterion or 0 for item in form.fields) == MOST_CRITERIA
    write(tmp_path, "criteria", "set_id,criterion_no,name_vi\nQG_2026_2030,21,Tiêu chí 21\n")
    write(tmp_path, "criteria_sets", SETS + NEW.format(11, "2026-01-01", ""))
    with pytest.raises(ListError, match=r"criteria\.csv, row 2: criterion_no 21 is more than 20, for which forms"):
        read_lists(SEEDS_DIR, tmp_path)
    (tmp_path / "criteria.csv").unlink()
    sets = "".join(
        f"{row.set_id},x,x,x,xã,{row.n_criteria},{str(row.valid_from == dt.date(2026, 1, 1)).lower()},2015-01-01,\n"
        for row in read_lists(SEEDS_DIR)[CriteriaSet]
        if row.is_commune_set
    )
    write(tmp_path, "criteria_sets", SETS + sets)
    with pytest.raises(ListError, match="no set for communes is in force on 2014-09-01, since when reports are owed"):
        read_lists(SEEDS_DIR, tmp_path)


def test_an_office_sets_the_day_and_the_criteria_of_a_set(tmp_path: Path) -> None:
    """The day from which the newest set holds is assumed: the office that has the decision says it, and the names."""
    write(
        tmp_path,
        "criteria_sets",
        SETS + "QD318_2022,318/QĐ-TTg,Thủ tướng Chính phủ,Bộ tiêu chí,xã,19,true,2022-03-08,2026-07-01\n"
        "QG_2026_2030,1/QĐ-TTg,Thủ tướng Chính phủ,Bộ tiêu chí,xã,11,true,2026-07-01,\n",
    )
    write(tmp_path, "criteria", "set_id,criterion_no,name_vi\nQG_2026_2030,11,Chuyển đổi số\n")
    calendar = Calendar(read_lists(SEEDS_DIR, tmp_path))
    assert len(calendar.criteria(dt.date(2026, 6, 30))) == 19
    assert calendar.criterion_names(dt.date(2026, 7, 1))[11] == "Chuyển đổi số"


def test_a_file_that_is_no_utf8_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "holidays.csv").write_bytes(b"date,name_vi\n2015-01-01,T\xea\xf1t\n")
    with pytest.raises(ListError, match=r"holidays\.csv: can't be read as CSV in UTF-8"):
        read_lists(SEEDS_DIR, tmp_path)


def test_a_broken_list_of_ours_is_one_line_too(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS_DIR, seeds)
    with (seeds / "criteria.csv").open("a", encoding="utf-8") as file:
        file.write("QD0,1,Quy hoạch" + "," * 12 + "\n")
    with pytest.raises(ListError, match=r"criteria\.csv, row 104: set_id 'QD0' is not a known criteria_sets\.set_id"):
        read_lists(seeds)
    (seeds / "labels.csv").unlink()
    with pytest.raises(ListError, match=r"labels\.csv: can't be read"):
        read_lists(seeds)


@pytest.mark.parametrize(
    ("rows", "day", "value"),
    [
        ("", dt.date(2015, 7, 20), "60"),
        ("lock_wait,5,2015-01-01,\n", dt.date(2014, 12, 31), "60"),
        ("lock_wait,5,2015-01-01,\n", dt.date(2015, 1, 1), "5"),
        ("lock_wait,7,,\n", dt.date(2015, 1, 1), "7"),
        ("lock_wait,5,2015-01-01,2015-07-01\n", dt.date(2015, 6, 30), "5"),
        ("lock_wait,5,2015-01-01,2015-07-01\n", dt.date(2015, 7, 1), "60"),
        ("lock_wait,5,2015-01-01,2015-07-01\nlock_wait,6,2015-03-01,2015-04-01\n", dt.date(2015, 3, 1), "6"),
        ("lock_wait,5,2015-01-01,2015-07-01\nlock_wait,6,2015-03-01,2015-04-01\n", dt.date(2015, 4, 1), "5"),
    ],
)
def test_of_the_values_of_a_parameter_the_newest_that_holds_on_the_day_counts(
    tmp_path: Path, rows: str, day: dt.date, value: str
) -> None:
    write(tmp_path, "parameters", f"name,value,valid_from,valid_to\n{rows}")
    lists = read_lists(SEEDS_DIR, tmp_path)
    assert lists.parameter("lock_wait", day) == value
    held = [row for row in lists.in_force(Parameter, day) if row.name == "lock_wait"]
    assert len(held) == 1, "no two intervals of one name overlap"


def test_a_process_that_has_read_a_file_reads_what_it_says_now(tmp_path: Path) -> None:
    for value in ("5", "6", "5"):
        write(tmp_path, "parameters", f"name,value,valid_from\nlock_wait,{value},\n")
        assert read_lists(SEEDS_DIR, tmp_path).parameter("lock_wait", A_DAY) == value


def test_a_day_on_which_no_value_holds_is_one_line(tmp_path: Path) -> None:
    write(tmp_path, "parameters", "name,value,valid_from,valid_to\nlock_wait,5,,2015-01-01\n")
    with pytest.raises(ListError, match=r"parameters\.csv: no value of 'lock_wait' holds on 2015-07-20"):
        read_lists(SEEDS_DIR, tmp_path).parameter("lock_wait", A_DAY)


def test_intervals_of_a_weight_are_cut_where_a_newer_one_holds(tmp_path: Path) -> None:
    write(tmp_path, "leadership_index_weights", f"{WEIGHT}\ncriteria_level,0.3,2015-01-01,2015-07-01\n")
    found = [
        (row.weight, row.valid_from, row.valid_to)
        for row in read_lists(SEEDS_DIR, tmp_path)[LeadershipIndexWeight]
        if row.component == "criteria_level"
    ]
    first, begins, ends = dt.date(2014, 9, 1), dt.date(2015, 1, 1), dt.date(2015, 7, 1)
    assert found == [(0.15, first, begins), (0.3, begins, ends), (0.15, ends, None)]


def test_what_lists_say_decides_their_fingerprint_not_how_it_is_written(tmp_path: Path) -> None:
    ours = read_lists(SEEDS_DIR)
    write(tmp_path, "holidays", "date,name_vi\n2030-01-01,Tết Dương lịch\n")
    one = read_lists(SEEDS_DIR, tmp_path)
    write(tmp_path, "holidays", "\ufeffname_vi, date\nTết Dương lịch ,2030-01-01\n\n")
    same = read_lists(SEEDS_DIR, tmp_path)
    assert one.fingerprint() == same.fingerprint() != ours.fingerprint()
    assert one.fingerprint(Unit, Alias) == ours.fingerprint(Unit, Alias)


SEVERITIES = [
    (
        "rules",
        "E05,warning,yes",
        "E05,error,yes",
        r"rules\.csv, row \d+: severity of E05 can't be 'error': its code uses",
    ),
    (
        "rules",
        "E01,error,no",
        "E01,info,no",
        r"rules\.csv, row \d+: severity of E01 must be 'error': its code does not use",
    ),
    ("rules", "X01,warning,yes", "X01,grave,yes", r"rules\.csv, row \d+: severity 'grave' is wrong"),
    (
        "rule_variants",
        "R03,same,warning",
        "R03,same,error",
        r"rule_variants\.csv, row \d+: severity of R03 can't be 'error'",
    ),
    ("rule_variants", "R03,same", "R99,same", r"rule_variants\.csv, row \d+: rule_id 'R99' is not a known rules"),
]


@pytest.mark.parametrize(("name", "ours", "changed", "refusal"), SEVERITIES)
def test_a_severity_that_the_code_does_not_follow_is_refused(
    tmp_path: Path, name: str, ours: str, changed: str, refusal: str
) -> None:
    with pytest.raises(ListError, match=refusal) as refused:
        read_lists(changed_seeds(tmp_path, name, ours, changed))
    assert "\n" not in str(refused.value)


def test_a_severity_may_be_any_that_the_code_follows(tmp_path: Path) -> None:
    seeds = changed_seeds(tmp_path, "rules", "X01,warning", "X01,info")
    assert {row.severity for row in read_lists(seeds)[Rule] if row.rule_id == "X01"} == {"info"}


def changed_seeds(folder: Path, name: str, ours: str, changed: str) -> Path:
    """A copy of our lists, of which one says something else."""
    seeds = Path(shutil.copytree(SEEDS_DIR, folder / "seeds"))
    file = seeds / f"{name}.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(ours) == 1
    file.write_text(text.replace(ours, changed), encoding="utf-8")
    return seeds
