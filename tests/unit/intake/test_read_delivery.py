"""One delivery end to end: verdicts on files, the landed tables, versions, and that nothing breaks the reader."""

import io
import random
import re
import shutil
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.intake import NO_HINT, Hint, Knowledge, intake_version, landed_schema, read_delivery, reference
from pipelines.intake import read as module
from pipelines.intake.model import ROW_COLUMNS
from pipelines.reference.lists import read_lists
from pipelines.reference.models import RuleMessage
from tests.unit.intake.workbooks import A_DAY, ROOT, found, h01, knowledge, read, severity, text, xls, xlsx

SEEDS = ROOT / "dbt_project" / "seeds"
TYPES = {"VARCHAR": str, "INTEGER": int, "BIGINT": int, "DOUBLE": float, "BOOLEAN": bool}


@pytest.mark.parametrize(
    ("content", "variant"),
    [(b"", "empty"), (b"abc", "not_workbook"), (xlsx({"a": h01()})[:999], "damaged"), (xlsx({"a": []}), "no_data")],
)
def test_file_that_can_not_be_read_is_a_rejected_delivery(content: bytes, variant: str) -> None:
    reading = read(content, "2014-09/443/bao cao.xlsx")
    assert [(f.rule_id, f.variant, severity(f), f.submission_id) for f in reading.findings] == [
        ("F01", variant, "error", None)
    ]
    assert (reading.status, reading.reason, reading.reporter_code, reading.period) == (
        "rejected",
        "F01",
        "443",
        "2014-09",
    )
    assert reading.submissions == ()


def test_register_says_whose_a_damaged_file_is() -> None:
    reading = read(b"", "x.xlsx", Hint("446", "2014-09"))
    assert (reading.reporter_code, reading.period) == ("446", "2014-09")


@pytest.mark.parametrize("path", ["a.pdf", "a.docx", "a.rar", "thư mục/b.jpg"])
def test_other_documents_are_no_workbooks(path: str) -> None:
    assert [(f.rule_id, f.variant) for f in read(b"%PDF-1.7 \x00", path).findings] == [("F01", "document")]


def test_limits_are_parameters_that_an_office_may_set(tmp_path: Path) -> None:
    (tmp_path / "parameters.csv").write_text("name,value,valid_from\nfile_size_max_mb,0.001,\n", encoding="utf-8")
    small = Knowledge.load(read_lists(SEEDS, tmp_path), A_DAY)
    reading = read_delivery(xlsx({"a": h01()}), "a.xlsx", NO_HINT, small, is_guarded=False)
    assert [(f.rule_id, f.variant) for f in reading.findings] == [("F01", "too_large")]
    assert (small.file_unpacked_max, knowledge().file_size_max) == (200e6, 50e6)


def test_alias_of_an_office_is_known_to_intake(tmp_path: Path) -> None:
    (tmp_path / "aliases.csv").write_text("alias,code,variant_kind\nLộc Cũ,18424,local\n", encoding="utf-8")
    content = xlsx({"a": h01({"Lộc Cũ": ["x"] * 19})})
    reading = read_delivery(
        content, "a.xlsx", NO_HINT, Knowledge.load(read_lists(SEEDS, tmp_path), A_DAY), is_guarded=False
    )
    assert [f.rule_id for f in reading.findings] == ["R06"]
    assert [f.rule_id for f in read(content).findings] == ["R01"]


def test_a_limit_holds_from_its_day_on(tmp_path: Path) -> None:
    """Dated 2030 it says nothing of today; the version of reading follows the values that hold, so nothing is read again."""
    lists = {"ours": read_lists(SEEDS)}
    for name, day in (("later", "2030-01-01"), ("now", "2015-07-20")):
        (tmp_path / name).mkdir()
        text = f"name,value,valid_from\nfile_size_max_mb,0.001,{day}\n"
        (tmp_path / name / "parameters.csv").write_text(text, encoding="utf-8")
        lists[name] = read_lists(SEEDS, tmp_path / name)
    assert {name: Knowledge.load(each, A_DAY).file_size_max for name, each in lists.items()} == {
        "ours": 50e6,
        "later": 50e6,
        "now": 1e3,
    }
    assert Knowledge.load(lists["later"], date(2030, 1, 1)).file_size_max == 1e3
    versions = {name: intake_version(each, A_DAY) for name, each in lists.items()}
    assert versions["ours"] == versions["later"] != versions["now"]
    assert intake_version(lists["later"], date(2030, 1, 1)) == versions["now"]


@pytest.mark.parametrize(
    ("name", "text", "is_read_again"),
    [
        ("holidays", "date\n2030-01-01\n", False),
        ("parameters", "name,value,valid_from\ncriteria_jump,2,\n", False),
        ("aliases", "alias,code\n", False),
        ("aliases", "alias,code\nLộc Cũ,18424\n", True),
        ("parameters", "name,value,valid_from\nfile_unpacked_max_mb,100,\n", True),
        ("parameters", "name,value,valid_from\nfile_unpacked_max_mb,200.0,\n", False),
    ],
)
def test_version_follows_what_the_lists_that_reading_uses_say(
    tmp_path: Path, name: str, text: str, is_read_again: bool
) -> None:
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    before, after = (intake_version(read_lists(SEEDS, folder), A_DAY) for folder in (None, tmp_path))
    assert (before != after) == is_read_again


@pytest.mark.parametrize(
    "name",
    [
        *("intake/read.py", "intake/tcvn3_map.csv", "intake/values/marks.py", "intake/forms/h01.yml"),
        *("intake/forms/__init__.py", "reference/periods.py"),
    ],
)
def test_version_follows_code_and_forms_in_every_folder_that_reading_uses(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("intake", "reference"):
        shutil.copytree(ROOT / "pipelines" / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(reference, "_CODE", (tmp_path / "intake", tmp_path / "reference"))
    lists = read_lists(SEEDS)
    before = intake_version(lists, A_DAY)
    assert intake_version(lists, A_DAY) == before
    with (tmp_path / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert intake_version(lists, A_DAY) != before


def test_fault_of_the_reader_becomes_a_finding_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("lỗi")

    monkeypatch.setattr(module, "find_tables", fails)
    reading = read_delivery(xlsx({"a": h01()}), "a.xlsx", NO_HINT, knowledge())
    assert [(f.rule_id, f.variant, f.value) for f in reading.findings] == [("F01", "reader", "RuntimeError")]
    assert "a.xlsx" in caplog.text
    with pytest.raises(RuntimeError):
        read(xlsx({"a": h01()}))


def test_every_landed_row_has_the_columns_and_types_of_the_schema() -> None:
    schema = landed_schema(knowledge().forms)
    marks = {"Kim Lộc": ["?", None, *["x"] * 17], "Lạ": ["x"] * 19}
    content = xlsx({"a": [*h01(marks), [None, "Tổng cộng", 2]], "b": [["A", "B", "C"], [1, 2, 3], [4, 5, 6]]})
    tables = read(content).tables()
    assert set(tables) <= set(schema)
    for table, rows in tables.items():
        assert rows, table
        for row in rows:
            assert len(row) == len(schema[table])
            for (name, kind), value in zip(schema[table], row, strict=True):
                assert value is None or type(value) is TYPES[kind], (table, name, value)


def test_forms_tables_begin_with_the_common_columns() -> None:
    for form in knowledge().forms:
        assert landed_schema(knowledge().forms)[form.table][: len(ROW_COLUMNS)] == list(ROW_COLUMNS)


def test_same_bytes_at_another_path_are_another_delivery_and_the_same_rows() -> None:
    content = xlsx({"a": h01()})
    one, again, other = read(content, "a.xlsx"), read(content, "a.xlsx"), read(content, "b.xlsx")
    assert one.tables() == again.tables()
    assert one.sha256 == other.sha256
    assert one.delivery_id != other.delivery_id


def test_messages_exist_for_every_rule_and_variant_that_intake_finds() -> None:
    known = {(row.rule_id, row.variant) for row in read_lists(SEEDS)[RuleMessage]}
    folder = ROOT / "pipelines" / "intake"
    code = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.py")))
    told = set(re.findall(r'(?:find|_warn|_check)\(\s*(?:None, )?"([FRE]\d\d)"', code))
    assert {rule for rule, _ in known} >= told | {"E03", "E05", "E07"}
    refusals = set(re.findall(r'Unreadable\(\s*"(\w+)"', code)) | {"encrypted", "reader", "no_data"}
    variants = {("F01", variant) for variant in refusals}
    variants |= {
        ("F02", "rivals"),
        ("F03", "path"),
        ("F04", "path"),
        ("F04", "unfit"),
        ("F05", "twice"),
        ("F06", "no_header"),
    }
    variants |= {("R03", "same"), ("E01", "both_ticks"), ("E02", "row"), ("E03", "reporter")}
    assert variants <= known


def mutated(content: bytes, seed: int) -> bytes:
    """A workbook with some bytes of one of its parts changed, dropped or doubled; the zip itself stays whole."""
    draw = random.Random(seed)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        target = draw.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))])
        for name in old.namelist():
            data = bytearray(old.read(name))
            if name == target:
                for _ in range(draw.randint(1, 8)):
                    at = draw.randrange(len(data))
                    match draw.randrange(4):
                        case 0:
                            data[at] = draw.randrange(256)
                        case 1:
                            del data[at : at + draw.randint(1, 40)]
                        case 2:
                            data[at:at] = data[at : at + draw.randint(1, 200)]
                        case _:
                            data[at:at] = draw.choice(
                                [b"<", b">", b"</row>", b'<c r="ZZ9"/>', b"&#x0;", b"\xff", b"99999999"]
                            )
                    data = data or bytearray(b"x")
            new.writestr(name, bytes(data))
    return stream.getvalue()


@pytest.mark.parametrize("build", [xlsx, xls, lambda sheets: text(sheets["a"], ";")])
@pytest.mark.parametrize("start", range(0, 200, 50))
def test_no_damage_breaks_the_reader_or_loses_a_row(build: Any, start: int) -> None:
    content = build({"a": [*h01(), [], ["Tổng cộng", None, *[5] * 19]]})
    for seed in range(start, start + 50):
        if build is xlsx:
            damaged = mutated(content, seed)
        else:
            draw, changed = random.Random(seed), bytearray(content)
            for _ in range(draw.randint(1, 20)):
                changed[draw.randrange(len(changed))] = draw.randrange(256)
            damaged = bytes(changed)
        reading = read(damaged, "2014-09/443/a.csv" if build not in (xlsx, xls) else "a.xlsx")
        explained = Counter(row[0] for rows in reading.rows.values() for row in rows)
        for submission in reading.submissions:
            assert submission.rows_read == explained[submission.submission_id]
        assert reading.status == "read" or found(reading)
