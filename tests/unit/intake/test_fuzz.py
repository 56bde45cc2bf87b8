"""Damage and odd hands: whatever comes, the reader ends soon, does not break, and every row is used or explained.

Here: properties over files that nobody would write down as a case: real deliveries with bytes, zip members, XML, cells,
rows and columns changed by seed, and arbitrary sheets. Readings run unguarded: a fault of the reader fails the test.
`make test` takes the first chunk of each family and one of some others, `make fuzz` and `make test-all` this whole file.
"""

import io
import random
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import duckdb
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.exceptions import IllegalCharacterError
from python_calamine import CalamineWorkbook

from pipelines.intake import Hint, Knowledge, Reading, landed_schema, match_register, read_delivery
from pipelines.intake.forms import load_forms
from pipelines.reference.lists import read_lists
from pipelines.settings import SEEDS_DIR
from pipelines.warehouse.fitting import fit_tables
from pipelines.warehouse.landed_schema import append
from tests.unit.intake.workbooks import (
    A_DAY,
    COMMUNES,
    HEADING,
    ROOT,
    found,
    h01,
    ods,
    read,
    rows_of,
    severity,
    text,
    xls,
    xlsx,
)

RAW = ROOT / "raw"
PROCESSOR_SECONDS_MAX = 20.0
"""No file may take longer. Of this process's own work, so that a busy machine changes nothing; the slowest seen took 2.5 s."""
SCHEMA = landed_schema(load_forms())
Rows = list[list[Any]]


# --- what holds of every reading ------------------------------------------------------------------------------------------


def checked(content: bytes, path: str = "2014-09/huyen/a.xlsx") -> Reading:
    """Read a file and hold the reading to what is promised of all."""
    started = time.process_time()
    reading = read(content, path)
    assert time.process_time() - started < PROCESSOR_SECONDS_MAX
    assert (reading.status == "rejected") == any(
        f.rule_id in reading.reason.split(";") for f in reading.findings if reading.reason
    )
    _hold_rows(reading)
    _hold_landing(reading)
    return reading


def _hold_landing(reading: Reading) -> None:
    """Rows fit their columns as they are: what DuckDB can't hold is a finding at its cell. A sixteenth of them is landed."""
    tables = reading.tables()
    fitted = fit_tables(tables, SCHEMA)
    assert {name: len(rows) for name, rows in fitted.items()} == {name: len(rows) for name, rows in tables.items()}
    if int(reading.sha256, 16) % 16 == 0:
        with duckdb.connect() as connected:
            for name, rows in fitted.items():
                columns = ", ".join(f'"{column}" {kind}' for column, kind in SCHEMA[name])
                connected.execute(f"create table {name} ({columns})")
                append(connected, name, SCHEMA[name], rows)


def _hold_rows(reading: Reading) -> None:
    """Rows read = rows used + rows that a finding explains; an unreadable cell is never silent."""
    told: defaultdict[str | None, set[str]] = defaultdict(set)
    places: set[tuple[str | None, int | None, str | None]] = set()
    for finding in reading.findings:
        told[finding.submission_id].add(finding.rule_id)
        places |= {(finding.sheet, finding.row_number, finding.field), (finding.sheet, finding.row_number, None)}
    for submission in reading.submissions:
        rows = [row for row in rows_of(reading, submission.form) if row["submission_id"] == submission.submission_id]
        assert submission.rows_read == len(rows)
        assert submission.rows_used == sum(1 for row in rows if row["unused_reason"] is None)
        for row in rows:
            if reason := row["unused_reason"]:
                assert reason.removesuffix("_same") in told[submission.submission_id]
            if submission.status == "usable":
                for field in filter(None, (row["unreadable_fields"] or "").split(";")):
                    assert (row["sheet"], row["row_number"], field) in places or "F12" in told[submission.submission_id]


# --- real deliveries ------------------------------------------------------------------------------------------------------


@cache
def deliveries() -> tuple[tuple[str, bytes], ...]:
    """Some files of the sample, of each format a small and a middling one."""
    chosen = []
    for suffix in (".xlsx", ".xls", ".ods", ".csv"):
        files = sorted(RAW.rglob(f"*{suffix}"), key=lambda path: (path.stat().st_size, str(path)))
        chosen += [files[len(files) // 10], files[len(files) // 2]] if files else []
    return tuple((path.relative_to(RAW).as_posix(), path.read_bytes()) for path in dict.fromkeys(chosen))


def _changed_bytes(draw: random.Random, content: bytes) -> bytes:
    """Bytes flipped, cut out, doubled or cut off."""
    data = bytearray(content)
    for _ in range(draw.choice([1, 1, 3, 20])):
        at = draw.randrange(len(data))
        match draw.randrange(5):
            case 0:
                data[at] ^= 1 << draw.randrange(8)
            case 1:
                del data[at : at + draw.randint(1, 200)]
            case 2:
                data[at:at] = data[at : at + draw.randint(1, 200)]
            case 3:
                data[at : at + 4] = draw.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"])
            case _:
                del data[max(at, 8) :]
        data = data or bytearray(b"\0")
    return bytes(data)


SNIPPETS = (
    *(
        b"<",
        b">",
        b"</row>",
        b"&#x0;",
        b"&bomb;",
        b"\xff",
        b"99999999",
        b"<f>",
        b"\0" * 9,
        b't="s"',
        b't="e"',
        b'r="A0"',
    ),
    *(b"<v>1e999</v>", b'<c r="ZZ9"><v>1</v></c>', b'<c r="B1048577" t="s"><v>-1</v></c>'),
    b"number-columns-repeated='99999999'",
)


def _changed_members(draw: random.Random, content: bytes) -> bytes:
    """Members of the package lost, doubled, exchanged, emptied, or their XML changed; the zip itself stays whole."""
    if not content.startswith(b"PK"):
        return _changed_bytes(draw, content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    names = list(members)
    match draw.randrange(8):
        case 0:
            del members[draw.choice(names)]
        case 1:
            one, other = draw.choice(names), draw.choice(names)
            members[one], members[other] = members[other], members[one]
        case 2:
            members[draw.choice(names)] = b""
        case 3:
            name = draw.choice(names)
            members[name.upper() if draw.random() < 0.5 else "../" + name] = members.pop(name)
        case _:
            name = draw.choice(
                [name for name in names if "sheet" in name or "content" in name or "shared" in name] or names
            )
            data = bytearray(members[name])
            for _ in range(draw.randint(1, 8)):
                at = draw.randrange(len(data) or 1)
                if draw.random() < 0.4:
                    del data[at : at + draw.randint(1, 60)]
                else:
                    data[at:at] = draw.choice(SNIPPETS)
            members[name] = bytes(data)
    return _zipped(members)


def _zipped(members: dict[str, bytes], level: int = 1) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


CHUNKS, DAMAGES_A_CHUNK = 10, 130
CHUNKED = pytest.mark.parametrize("chunk", [0, *(pytest.param(n, marks=pytest.mark.fuzz) for n in range(1, CHUNKS))])


DAMAGES: dict[str, Callable[[random.Random, bytes], bytes]] = {"bytes": _changed_bytes, "members": _changed_members}


@pytest.mark.parametrize("damage", DAMAGES)
@CHUNKED
def test_damaged_delivery_is_refused_or_read_with_every_row_explained(damage: str, chunk: int) -> None:
    for number in range(DAMAGES_A_CHUNK):
        draw = random.Random(f"{damage}{chunk}/{number}")
        path, content = draw.choice(deliveries())
        reading = checked(DAMAGES[damage](draw, content), path)
        assert reading.submissions or reading.findings


@pytest.mark.parametrize("part", [0.01, 0.5, 0.9])
def test_delivery_cut_off_is_refused(part: float) -> None:
    for path, content in deliveries():
        if path.endswith(".csv"):
            continue
        reading = checked(content[: int(len(content) * part)], path)
        assert [(f.rule_id, severity(f)) for f in reading.findings] == [("F01", "error")], path


# --- edited sheets --------------------------------------------------------------------------------------------------------

MARKER = "dòng số "
ODD_CELLS: tuple[Any, ...] = (
    *(
        None,
        "",
        " ",
        "\u00a0",
        "\u200b",
        "x",
        "?",
        "abc",
        0,
        -1,
        1e300,
        12.5,
        True,
        "1.500",
        "1,5 tỷ",
        "100 (70%)",
        "1O",
    ),
    *("-nt-", '"', "II", "IV.", "Xã Lạ", "Kim Lộc", "không phát sinh", "STT", "Tên xã", "7 tháng", "Quý V", "19/7"),
    *("#REF!", "=1+1", "+1", "@a", "31/02/2014", "99/99/9999", "dòng\ngãy", "Ðạt", "®¹t", "🙂", "%s{0}"),
    *("x" * 5000, "ạ" * 50),
)
JUNK_ROWS: tuple[list[Any], ...] = (
    [],
    [None],
    ["Ghi chú: abc"],
    [None, "abc xyz"],
    ["I", "Vùng thượng"],
    [1, 2, 3, 4, 5],
    ["x"] * 4,
)


@cache
def sheets() -> tuple[tuple[str, Rows], ...]:
    """Sheets of the sample that read well, each row of data with a token of its own in a column to the right."""
    chosen: dict[str, tuple[str, Rows]] = {}
    for file in sorted((RAW / "2014-09").rglob("*.xlsx")):
        path, content = file.relative_to(RAW).as_posix(), file.read_bytes()
        reading = read(content, path)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for submission in reading.submissions:
            if (
                submission.form in chosen
                or submission.rows_read < 4
                or ";" in submission.sheets
                or len(reading.sheets) > 9
            ):
                continue
            rows = book.get_sheet_by_name(submission.sheets).to_python(skip_empty_area=False)
            chosen[submission.form] = (path, _with_tokens(rows, reading, submission.form))
    assert len(chosen) >= 6
    return tuple(chosen.values())


def _with_tokens(rows: Rows, reading: Reading, form: str) -> Rows:
    data = {row["row_number"] for row in rows_of(reading, form)}
    return [[*row, f"{MARKER}{number}" if number in data else ""] for number, row in enumerate(rows, 1)]


def _edited(draw: random.Random, rows: Rows) -> Rows:
    """Cells typed over, rows and columns inserted, deleted, doubled or exchanged, cells pushed aside."""
    rows = [row.copy() for row in rows]
    for _ in range(draw.choice([1, 1, 2, 4])):
        width = max(map(len, rows), default=1)
        at, column = draw.randrange(len(rows) or 1), draw.randrange(width)
        match draw.randrange(10):
            case 0:
                rows.insert(at, list(draw.choice(JUNK_ROWS)))
            case 1:
                del rows[at : at + draw.choice([1, 1, 1, 5])]
            case 2:
                rows.insert(at, rows[at].copy())
            case 3:
                header = draw.choice(["", "Cột lạ", "Tên xã", "Ghi chú", "Tổng số"])
                rows = [
                    [*row[:column], header if number == 6 else "", *row[column:]] for number, row in enumerate(rows)
                ]
            case 4:
                rows = [[*row[:column], *row[column + 1 :]] for row in rows]
            case 5:
                other = draw.randrange(width)
                rows = [[*row, *[""] * (width - len(row))] for row in rows]
                for row in rows:
                    row[column], row[other] = row[other], row[column]
            case 6:
                rows[at].insert(min(column, len(rows[at])), draw.choice(ODD_CELLS))
            case _:
                row = rows[draw.randrange(len(rows))]
                row += [""] * (column + 1 - len(row))
                row[column] = draw.choice(ODD_CELLS)
        rows = rows or [[]]
    return rows


def _merged(draw: random.Random, content: bytes) -> bytes:
    """Some ranges merged, which wipes all but their first cell, as a spreadsheet program does."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for _ in range(draw.randrange(3)):
        row, column = draw.randint(1, sheet.max_row), draw.randint(1, sheet.max_column)
        sheet.merge_cells(
            start_row=row, start_column=column, end_row=row + draw.randrange(3), end_column=column + draw.randrange(3)
        )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _lost_rows(reading: Reading, rows: Iterable[list[Any]]) -> list[int]:
    """Rows that were data, still hold something beside their token, and neither landed nor are told with their sheet."""
    if {f.rule_id for f in reading.findings} & {"F01", "F02"} or any(s.reason for s in reading.submissions):
        return []
    landed = {row["row_number"] for form in reading.rows for row in rows_of(reading, form)}
    landed |= {total.row_number for total in reading.totals}
    lost = []
    for number, row in enumerate(rows, 1):
        cells = [cell for cell in row if cell not in ("", None) and not (isinstance(cell, str) and not cell.strip())]
        tokens = [cell for cell in cells if isinstance(cell, str) and cell.startswith(MARKER)]
        if tokens and len(cells) > 4 and number not in landed:  # the marker, a number and three values
            lost.append(number)
    return lost


EDITS_A_CHUNK = 60


@CHUNKED
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_edited_sheet_loses_no_row_in_silence(kind: str, chunk: int) -> None:
    for number in range(EDITS_A_CHUNK if kind == "csv" else EDITS_A_CHUNK // 3):
        draw = random.Random(f"{kind}{chunk}/{number}")
        path, base = draw.choice(sheets())
        rows = _edited(draw, base)
        if kind == "csv":
            content = text([[_typed(cell) for cell in row] for row in rows], draw.choice(",;\t"))
        else:
            content = _merged(draw, xlsx({"a": rows}))
            rows = (
                CalamineWorkbook.from_filelike(io.BytesIO(content))
                .get_sheet_by_index(0)
                .to_python(skip_empty_area=False)
            )
        reading = checked(content, path.rpartition(".")[0] + "." + kind)
        assert _lost_rows(reading, rows) == [], f"{kind}{chunk}/{number} of {path}"


def _typed(cell: Any) -> Any:
    """A cell as a program writes it into text."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def test_there_are_two_thousand_mutations() -> None:
    assert len(DAMAGES) * CHUNKS * DAMAGES_A_CHUNK + CHUNKS * (EDITS_A_CHUNK + EDITS_A_CHUNK // 3) >= 2000


# --- arbitrary files ------------------------------------------------------------------------------------------------------

QUIET = settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
WORDS = """STT|Tên xã|Xã|1|2|19|Tổng cộng|Ghi chú|x|K|Kim Lộc|Biểu 01/NTM-H|Tháng 9/2014|Quý III/2014|UBND HUYỆN CAN LỘC
Tên mô hình|Quy mô|Tình trạng|không phát sinh|-nt-|1.234,5|I|Cộng (I)""".replace("\n", "|").split("|")
CELLS = st.one_of(
    st.none(), st.sampled_from(WORDS), st.integers(-5, 99), st.floats(allow_nan=False), st.text(max_size=12)
)
GRIDS = st.lists(st.lists(CELLS, max_size=12), min_size=1, max_size=14)


@pytest.mark.fuzz
@given(GRIDS, st.sampled_from(",;\t"))
@QUIET
def test_arbitrary_table_is_read_or_refused(rows: Rows, delimiter: str) -> None:
    checked(text(rows, delimiter), "2014-09/huyen-can-loc/a.csv")


@given(st.lists(st.lists(CELLS, max_size=9), max_size=9))
@QUIET
def test_arbitrary_rows_below_a_header_are_read_or_explained(rows: Rows) -> None:
    checked(text([*h01(), *rows]), "2014-09/huyen-can-loc/a.csv")


HEADS = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf")


@given(st.binary(max_size=400), st.sampled_from(HEADS), st.sampled_from(["a.xlsx", "a.csv", "a"]))
@QUIET
def test_arbitrary_bytes_are_refused_or_read(tail: bytes, head: bytes, path: str) -> None:
    reading = checked(head + tail, path)
    assert path.endswith(".csv") or [f.rule_id for f in reading.findings] == ["F01"]


MODEL = ["Tên mô hình", "Xã", "Quy mô", "Doanh thu", "Lao động", "Ngày hình thành", "Liên kết theo chuỗi", "Tình trạng"]
USUAL = ["Nuôi lợn", "Kim Lộc", "vừa", 600, 3, "15/3/2014", "có", "đang hoạt động"]
FIELDS = ["model_name", "commune_code", "size", "revenue_million_vnd", "workers", "started_on", "is_linked", "status"]


@given(
    st.integers(0, len(USUAL) - 1),
    st.one_of(st.text(max_size=20), st.floats(allow_nan=False, allow_infinity=False), st.integers(), st.booleans()),
)
@QUIET
def test_whatever_is_typed_into_a_cell_is_a_value_or_a_finding_there(place: int, raw: Any) -> None:
    row = [*USUAL[:place], raw, *USUAL[place + 1 :]]
    try:
        content = xlsx(
            {
                "a": [
                    *HEADING,
                    ["Biểu 02/NTM-H"],
                    ["Tháng 9/2014"],
                    ["TT", *MODEL],
                    [1, *row],
                    [2, "Nuôi bò", *USUAL[1:]],
                ]
            }
        )
    except (IllegalCharacterError, ValueError):
        return
    reading = checked(content)
    stored = (
        CalamineWorkbook.from_filelike(io.BytesIO(content))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)[6][place + 1]
    )
    landed = rows_of(reading, "H02")
    if reading.submissions[0].status == "rejected":
        return
    assert [item["row_number"] for item in landed] == [7, 8]
    is_said = landed[0][FIELDS[place]] is not None
    is_told = any(f.row_number == 7 or f.rule_id == "F12" for f in reading.findings)
    says_nothing = isinstance(stored, str) and not any(letter.isalnum() for letter in stored)
    assert is_said or is_told or says_nothing or stored in ("", 0)


# --- what such files have shown -------------------------------------------------------------------------------------------


def test_table_whose_header_is_lost_above_another_table_is_told() -> None:
    unknown = [[f"cột {number}" for number in range(9)], *([[1, "a", "b", "c", 5, 6]] * 3)]
    reading = checked(xlsx({"a": [*unknown, [], *h01()]}))
    assert [(f.rule_id, f.variant, f.cell) for f in reading.findings] == [("F02", "part", "A1")]
    assert len(rows_of(reading, "H01")) == 5


def test_row_pushed_aside_by_a_roman_numeral_is_no_heading() -> None:
    header = ["STT", *MODEL]
    rows = [*HEADING, ["Biểu 02/NTM-H"], ["Tháng 9/2014"], header, [1, *USUAL], ["II", 2, "Nuôi bò", *USUAL[1:]]]
    reading = checked(xlsx({"a": rows}))
    assert [row["row_number"] for row in rows_of(reading, "H02")] == [7, 8]
    assert ("R01", "C8", "Nuôi bò") in found(reading)


def test_list_of_tasks_without_code_and_text_is_rejected_not_broken() -> None:
    rows = [
        ["SỞ Y TẾ"],
        ["Biểu 01/NTM-C"],
        ["Tháng 9/2014"],
        ["STT", "Tình trạng", "Tỷ lệ hoàn thành (%)", "Ngày hoàn thành"],
    ]
    reading = checked(xlsx({"a": [*rows, [1, "hoàn thành", 100, None]]}))
    assert [(s.form, s.status, s.reason) for s in reading.submissions] == [("C01", "rejected", "F05")]


def test_what_was_read_before_changes_no_reading() -> None:
    def sheet(number: Any, yes: Any) -> bytes:
        return xlsx(
            {
                "a": [
                    *HEADING,
                    ["Biểu 02/NTM-H"],
                    ["Tháng 9/2014"],
                    ["TT", *MODEL],
                    [1, number, *USUAL[1:6], yes, USUAL[7]],
                ]
            }
        )

    fresh = Knowledge.load(read_lists(SEEDS_DIR), A_DAY)
    for content in (sheet(1, 1), sheet(0, 0), sheet(True, True), sheet(False, False), sheet(1.0, 1.0)):
        alone = read_delivery(content, "a.xlsx", Hint(), Knowledge.load(read_lists(SEEDS_DIR), A_DAY), is_guarded=False)
        after = read_delivery(content, "a.xlsx", Hint(), fresh, is_guarded=False)
        assert alone.tables() == after.tables()


FURTHER_CELLS = [pytest.param(cell, marks=pytest.mark.fuzz) for cell in ("-nt-", "=1/0", "?", "Xã Lạ", True)]


@pytest.mark.parametrize("cell", ['"', *FURTHER_CELLS])
def test_long_sheet_of_one_doubtful_cell_ends_soon(cell: Any) -> None:
    rows = [[number, *[cell] * len(MODEL)] for number in range(4000)]
    checked(xlsx({"a": [*HEADING, ["Biểu 02/NTM-H"], ["Tháng 9/2014"], ["TT", *MODEL], *rows]}))


# --- files that mean harm -------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_shared_texts() -> dict[str, bytes]:
    """Members of a workbook whose texts stand in a part of their own, as programs other than ours write it."""
    path, content = next((path, content) for path, content in deliveries() if b"xl/sharedStrings.xml" in content)
    assert path.endswith(".xlsx")
    return parts_of(content)


def laughing(part: bytes, *changes: tuple[str, str]) -> bytes:
    """The XML with the entities of a bomb declared, and used in place of the texts given."""
    body = part.decode()
    declaration, end, rest = body.partition("?>") if body.startswith("<?xml") else ("", "", body)
    for old, new in changes:
        rest = rest.replace(old, new)
    return (declaration + end + BILLION + rest).encode()


def test_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    members = parts_of(xlsx({"a": h01()}))
    members["xl/media/image1.png"] = b"\0" * 250_000_000
    assert [(f.rule_id, f.variant) for f in checked(_zipped(members, 9)).findings] == [("F01", "too_large")]


def test_zip_that_holds_a_thousand_parts_of_one_content_is_refused_by_their_sum() -> None:
    members = parts_of(xlsx({"a": h01()}))
    members |= {f"xl/media/{number}.bin": b"\0" * 1_000_000 for number in range(210)}
    assert [(f.rule_id, f.variant) for f in checked(_zipped(members)).findings] == [("F01", "too_large")]


@pytest.mark.parametrize(
    "part", ["xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
)
def test_entities_that_multiply_are_never_expanded(part: str) -> None:
    members = with_shared_texts()
    changes = (
        ("</t>", "&l9;</t>"),
        ('sheet name="', 'sheet name="&l9;'),
        ("<v>", "<v>&l9;"),
        ('name val="', 'name val="&l9;'),
    )
    members[part] = laughing(members[part], *changes)
    assert members[part].count(b"&l9;") > 0
    reading = checked(_zipped(members))
    assert reading.cells < 100_000
    assert all(
        len(cell) < 10_000 for rows in reading.rows.values() for row in rows for cell in row if isinstance(cell, str)
    )


def test_entities_that_multiply_in_an_open_document_are_never_expanded() -> None:
    members = parts_of(ods({"a": h01()}))
    members["content.xml"] = laughing(members["content.xml"], ("Thiên Lộc", "&l9;"))
    checked(_zipped(members), "a.ods")


def test_entity_of_a_file_on_this_machine_is_never_read(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("rất bí mật", encoding="utf-8")
    members = with_shared_texts()
    name = "xl/sharedStrings.xml"
    declaration, end, rest = members[name].decode().partition("?>")
    entity = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{secret}">]>'
    members[name] = (declaration + end + entity + rest.replace("</t>", "&s;</t>")).encode()
    reading = checked(_zipped(members))
    assert "bí mật" not in str(reading)


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "C:\\Windows\\a.xml", "xl/../../a", "a\0b"])
def test_members_with_names_that_climb_out_change_nothing(
    name: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    reading = checked(_zipped(parts_of(xlsx({"a": h01()})) | {name: b"x"}))
    assert (len(rows_of(reading, "H01")), found(reading)) == (5, [])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "target", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://nơi.khác/a.xml"]
)
def test_relations_that_point_outside_lead_nowhere(target: str) -> None:
    members = parts_of(xlsx({"a": h01()}))
    name = "xl/_rels/workbook.xml.rels"
    members[name] = members[name].replace(b"/xl/worksheets/sheet1.xml", target.encode())
    reading = checked(_zipped(members))
    assert [f.rule_id for f in reading.findings] == ["F01"]


@pytest.mark.parametrize(
    "file_name",
    [
        *("../../etc/passwd", "/etc/passwd", "C:\\a.xlsx", "..\\2014-09\\a.xlsx", "2014-09/../2014-09/a.xlsx"),
        *("//máy/chung/a.xlsx", "a\0.xlsx"),
    ],
)
def test_register_entry_never_means_a_file_outside(file_name: str) -> None:
    row = {"submission_id": "s", "sheet": "a", "row_number": 1, "received_at": None, "sender_code": None, "period": None,
           "file_name": file_name, "is_withdrawal": False}  # fmt: skip
    paths = ["2014-09/a.xlsx", "2014-09/b.xlsx"]
    (match,) = match_register([row], paths)
    assert match.matched_path in (None, *paths)
    assert match.matched_path is None or ".." not in file_name


def test_external_links_are_never_followed_and_their_stored_results_stand() -> None:
    members = parts_of(xlsx({"a": h01()}))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"
    relation = f'<Relationship Id="rId1" Type="{kind}" Target="http://127.0.0.1:9/a.xlsx" TargetMode="External"/>'
    links = "xl/externalLinks/_rels/externalLink1.xml.rels"
    members[links] = f"<Relationships>{relation}</Relationships>".encode()
    members["xl/externalLinks/externalLink1.xml"] = b"<externalLink/>"
    sheet = "xl/worksheets/sheet1.xml"
    members[sheet] = members[sheet].replace(
        b'<c r="V8" t="n"><v>16</v></c>', b'<c r="V8"><f>[1]Sheet1!$D$12</f><v>16</v></c>'
    )
    assert b"[1]Sheet1" in members[sheet]
    reading = checked(_zipped(members))
    assert ([row["criteria_met_stated"] for row in rows_of(reading, "H01")], found(reading)) == ([16] * 5, [])


def test_workbook_with_macros_is_read_and_the_macros_are_bytes() -> None:
    members = parts_of(xlsx({"a": h01()}))
    members["xl/vbaProject.bin"] = b'Sub Auto_Open()\nShell "calc"\nEnd Sub'
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(
        b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
    )
    reading = checked(_zipped(members), "a.xlsm")
    assert (len(rows_of(reading, "H01")), found(reading)) == (5, [])


@pytest.mark.parametrize("said", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_text_that_looks_like_a_formula_stays_text(said: str) -> None:
    rows = [*HEADING, ["Biểu 02/NTM-H"], ["Tháng 9/2014"], ["TT", *MODEL], [1, said, *USUAL[1:]]]
    reading = checked(text(rows), "2014-09/a.csv")
    assert [row["model_name"] for row in rows_of(reading, "H02")] == [said]


def test_sheet_of_a_binary_workbook_is_held_to_the_same() -> None:
    reading = checked(xls({"a": h01({name: ["?"] * 19 for name in COMMUNES})}), "a.xls")
    assert len([f for f in reading.findings if f.rule_id == "E01"]) == 5 * 19
