"""What lands of the definitions: forms, their fields and the words for a mark, as SQL joins them."""

import duckdb
import jinja2
import pytest

from pipelines.intake.definitions import definitions
from pipelines.intake.forms import load_forms
from pipelines.intake.values.marks import mark_words, read_mark
from pipelines.reference.lists import read_list
from pipelines.reference.models import FORM_GROUPS, Rule
from pipelines.settings import CHECKOUT, SEEDS_DIR
from tests.unit.intake.workbooks import ROOT, knowledge

SPELLINGS = [*mark_words(), "Ko đạt", "K đạt", "KHÔNG ĐẠT", "Chưa  đạt", "–", "—", "− ", "Đạt", "ĐẠT", "X", "100 %"]
NO_MARKS = ["Cơ bản đạt", "đang hoạt động", "không áp dụng", "2", "+-"]


def landed(table: str) -> list[dict[str, object]]:
    columns, rows = definitions(knowledge().forms, read_list(Rule, SEEDS_DIR))[table]
    return [dict(zip([name for name, _ in columns], row, strict=True)) for row in rows]


@pytest.mark.parametrize("text", [*SPELLINGS, *NO_MARKS])
def test_sql_takes_the_words_for_a_mark_that_intake_takes(text: str) -> None:
    words, marks_of = (
        (ROOT / "dbt_project" / "macros" / f"{name}.sql").read_text(encoding="utf-8") for name in ("text", "marks")
    )
    macros = words + marks_of.partition("{# The other mark")[0]
    word = jinja2.Template(macros + "{{ mark_word('$said') }}").render(target={"type": "duckdb"}).strip()
    marks = {row["word"]: row["mark"] for row in landed("mark_words")}
    with duckdb.connect() as connected:
        keys = connected.execute(f"select {word}", {"said": text}).fetchall()
    assert marks.get(keys[0][0]) == read_mark(text).value


def test_registers_are_forms_that_say_so() -> None:
    assert {row["form"] for row in landed("forms") if row["is_register"]} == {"V02", "V03", "V04", "V05"}


def test_every_group_of_forms_that_a_rule_may_name_has_a_form() -> None:
    assert {group for form in knowledge().forms for group in form.groups} == set(FORM_GROUPS)


def test_rules_look_at_the_forms_of_their_group_and_at_no_register() -> None:
    looked_at: dict[object, set[object]] = {}
    for row in landed("rule_forms"):
        looked_at.setdefault(row["rule_id"], set()).add(row["form"])
    reports = {form.code for form in knowledge().forms if not form.is_register}
    assert looked_at["E01"] == looked_at["X05"] == reports
    assert looked_at["R01"] == reports - {"H05", "C01", "S02", "M01"}, "no unit is named on these"
    assert looked_at["R05"] == {"H01", "H06", "H07", "S01"}
    assert looked_at["E06"] == {"H01", "S01"}
    assert looked_at["K02"] == reports - {"H05", "H06", "C01", "S02", "V01"}, "nothing is added up on these"
    assert looked_at["X06"] == {"H07", "M01", "S03"}, "named one by one"
    assert "F07" not in looked_at


def test_rules_look_at_a_form_that_the_office_adds() -> None:
    text = (CHECKOUT / "docs" / "office_forms" / "d01.yml").read_text(encoding="utf-8")
    forms = load_forms(own={"d01.yml": text})
    named = {rule.rule_id for rule in read_list(Rule, SEEDS_DIR) if "D01" in forms.named(rule.forms)}
    assert {"D01", "E01", "R01", "K02", "X05"} <= named
    assert named.isdisjoint({"R05", "E06", "K01", "F07"})


def test_what_a_report_says_is_neither_numbering_nor_a_unit_nor_a_note() -> None:
    compared = [row["field"] for row in landed("form_fields") if row["form"] == "H04" and row["is_compared"]]
    assert compared == ["village", "kind", "owner_name", "criteria_met", "status", "recognised_on"]
    (change,) = (row for row in landed("form_fields") if row["field"] == "change_stated")
    assert change["is_compared"] is False
