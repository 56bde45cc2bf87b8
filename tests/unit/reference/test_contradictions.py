"""What contradicts in the lists of an office, told by file and row; and that ours do not."""

import datetime as dt
from pathlib import Path

import pytest

from pipelines.reference.contradictions import find_contradictions
from pipelines.reference.lists import read_placed
from pipelines.settings import SEEDS_DIR

ON = dt.date(2030, 1, 1)
UNITS = "level,code,name_vi,kind,parent_code,valid_from,valid_to"
RULES = "form,reporter_type,reporters,frequency,due_days_after_period_end,non_working_day,valid_from,valid_to"
DUTIES = "item,owner_vi,duty_vi,duty_en,trackability,owner_codes,valid_from,valid_to"
ROUTES = "form,reporter_type,units,rolls_up_to,valid_from,valid_to"
OF_COMMUNES = ("H01", "H02", "H03", "H04", "H06", "H07")

CASES: dict[str, tuple[str, str, str]] = {
    "a unit without parent": (
        "units",
        f"{UNITS}\ncommune,99001,Xã Mới,xã,,2014-01-01,",
        "units.csv, row 2: unit 99001 (Xã Mới) has no parent_code",
    ),
    "a parent that is gone": (
        "units",
        f"{UNITS}\ncommune,99001,Xã Mới,xã,443,2026-01-01,",
        "units.csv, row 2: unit 99001 (Xã Mới) is there on 2026-01-01, and its parent 443 is not",
    ),
    "a parent that ends first": (
        "units",
        f"{UNITS}\ncommune,99001,Xã Mới,xã,443,2014-01-01,",
        "units.csv, row 2: unit 99001 (Xã Mới) is there on 2025-07-01, and its parent 443 is not",
    ),
    "a parent of the wrong level": (
        "units",
        f"{UNITS}\ncommune,99001,Xã Mới,xã,18424,2014-01-01,2015-01-01",
        "units.csv, row 2: the parent of 99001 (Xã Mới) is a commune: 18424",
    ),
    "two intervals of a unit at once": (
        "units",
        f"{UNITS}\ncommune,18424,Xã Kim Lộc,xã,443,2010-01-01,2011-01-01",
        "units.csv, row 2: 18424 holds on 2010-01-01 beside ",
    ),
    "a code of two levels": (
        "units",
        f"{UNITS}\ndistrict,18424,Huyện Kim Lộc,huyện,42,2010-01-01,2011-01-01",
        "units.csv, row 2: code 18424 is a district here and a commune in ",
    ),
    "a code of a unit and a department": (
        "departments",
        "reporter_code,reporter_type,name_vi,name_en\n443,department,Sở Mới,New Department",
        "departments.csv, row 2: code 443 is a unit, too: ",
    ),
    "two units of one name": (
        "units",
        f"{UNITS}\ncommune,99001,Xã Kim Lộc,xã,443,2014-01-01,2015-01-01",
        "18424 and 99001 are both called Xã Kim Lộc at one time below 443",
    ),
    "a commune that ends and nothing follows": (
        "units",
        f"{UNITS}\ncommune,99001,Xã Cũ,xã,443,2010-01-01,2011-01-01",
        "unit_changes: nothing says what became on 2011-01-01 of 99001 Xã Cũ",
    ),
    "shares of more than the whole": (
        "unit_changes",
        "effective_date,change_type,old_code,new_code,share\n2025-07-01,merge,18796,18823,0.8\n2025-07-01,merge,18796,18754,0.3",
        "unit_changes.csv, row 2: the shares of 18796 on 2025-07-01 add up to 1.1",
    ),
    "a set without criteria": (
        "criteria_sets",
        "set_id,document,issuer,title_vi,applies_to,n_criteria\nHUYEN-X,QĐ 1,UBND tỉnh,Bộ tiêu chí huyện,huyện,5",
        "criteria_sets.csv, row 2: set HUYEN-X has 5 criteria by its row, and none in criteria",
    ),
    "communes that no route covers": (
        "reporting_routes",
        "\n".join([ROUTES, *(f"{form},commune,itself,province,2025-07-01,2025-09-15" for form in OF_COMMUNES)]),
        "reporting_routes: from 2025-09-15 on no route covers ",
    ),
    "a rule for a reporter that is not there": (
        "reporting_calendar",
        f"{RULES}\nH01,district,449,month,5,keep,2014-09-01,2015-01-01",
        "reporting_calendar.csv, row 2: reporter 449 is not there while the rule holds",
    ),
    "an exception for a reporter that is not there": (
        "calendar_exceptions",
        "reporter_code,form,period,kind,reason\n449,H01,2014-09,excused,bão",
        "calendar_exceptions.csv, row 2: reporter 449 is not there at the end of 2014-09",
    ),
    "a duty of an owner that does not exist": (
        "duties",
        f"{DUTIES}\nA.1,Sở Mới,Việc,Task,text,S-NV;S-MOI,2015-01-01,",
        "duties.csv, row 2: owner S-MOI is neither a reporter nor one of ",
    ),
    "a duty of an owner that is not there": (
        "duties",
        f"{DUTIES}\nA.1,Thị xã Kỳ Anh,Việc,Task,text,449,2014-09-01,2015-01-01",
        "duties.csv, row 2: owner 449 is not there while the duty holds",
    ),
    "a duty of districts of a kind that no district is": (
        "duties",
        f"{DUTIES}\nA.1,Các quận,Việc,Task,text,all_districts:quận,2015-01-01,",
        "duties.csv, row 2: no unit is of the kind quận, as owner_codes has it",
    ),
    "working days without holidays": (
        "reporting_calendar",
        f"{RULES}\nH01,commune,all,month,2,next_working_day,2028-01-01,",
        "reporting_calendar.csv, row 2: counts or moves due days by working days, and holidays has no day of 2028, 2029, 2030",
    ),
    "a form that nobody reports": (
        "forms/d01.yml",
        "form: D01\nevery: month\n",
        "forms/d01.yml: no row of reporting_routes has anybody report D01",
    ),
}


def contradictions(overlay_dir: Path | None, on: dt.date = ON) -> list[str]:
    lists, rows, errors = read_placed(SEEDS_DIR, overlay_dir)
    assert list(errors) == []
    return list(find_contradictions(lists, rows, on))


def test_nothing_contradicts_in_our_lists() -> None:
    """Until the last year of which holidays are known."""
    assert contradictions(None, dt.date(2026, 12, 31)) == []
    assert all("holidays has no day of 2027" in line for line in contradictions(None, dt.date(2027, 1, 1)))


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_contradiction_is_told_with_its_place(tmp_path: Path, case: tuple[str, str, str]) -> None:
    name, text, line = case
    file = tmp_path / (name if "/" in name else f"{name}.csv")
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    told = contradictions(tmp_path)
    assert sum(line in each for each in told) == 1, told
