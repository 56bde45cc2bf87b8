"""What lands of the definitions: forms, their fields and the words for a mark, as SQL joins them."""

import duckdb
import jinja2
import pytest

from pipelines.intake.definitions import definitions
from pipelines.intake.values.marks import mark_words, read_mark
from tests.unit.intake.workbooks import ROOT, knowledge

SPELLINGS = [*mark_words(), "Ko đạt", "K đạt", "KHÔNG ĐẠT", "Chưa  đạt", "–", "—", "− ", "Đạt", "ĐẠT", "X", "100 %"]
NO_MARKS = ["Cơ bản đạt", "đang hoạt động", "không áp dụng", "2", "+-"]


def landed(table: str) -> list[dict[str, object]]:
    columns, rows = definitions(knowledge().forms)[table]
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


def test_what_a_report_says_is_neither_numbering_nor_a_unit_nor_a_note() -> None:
    compared = [row["field"] for row in landed("form_fields") if row["form"] == "H04" and row["is_compared"]]
    assert compared == ["village", "kind", "owner_name", "criteria_met", "status", "recognised_on"]
    (change,) = (row for row in landed("form_fields") if row["field"] == "change_stated")
    assert change["is_compared"] is False
