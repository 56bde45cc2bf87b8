"""Every trap that concerns intake has a test with its id, and a line with its decision in docs/traps.md."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOT_OF_INTAKE = {"T094", "T102", "T106", "T107", "T109", "T110"}
"""What is printed or computed, which no reading of a file can meet (docs/traps.md says of each what meets it)."""
TRAPS = [f"T{number:03}" for number in range(1, 111)]
IN_AN_ID = re.compile(r"""["'](T\d{3})\b|def test_(t\d{3})_""")


def test_every_trap_of_intake_stands_in_a_test_id() -> None:
    tested: set[str] = set()
    for path in (ROOT / "tests" / "unit" / "intake").rglob("test_*.py"):
        for found in IN_AN_ID.findall(path.read_text(encoding="utf-8")):
            tested.add(next(filter(None, found)).upper())
    assert sorted(set(TRAPS) - tested) == sorted(NOT_OF_INTAKE)


def test_table_has_every_trap_once_and_in_order() -> None:
    text = (ROOT / "docs" / "traps.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (T\d{3}) ", text, re.MULTILINE) == TRAPS


def test_table_says_of_every_trap_what_becomes_of_it() -> None:
    text = (ROOT / "docs" / "traps.md").read_text(encoding="utf-8")
    for line in re.findall(r"^\| T\d{3} .*$", text, re.MULTILINE):
        name, trap, outcome, rule, decision = (cell.strip() for cell in line.strip("|").split(" | "))
        assert trap
        assert outcome
        assert (outcome == "–") == (name in NOT_OF_INTAKE)
        assert rule
        assert decision or outcome != "–"
