"""Files that try to stop a run, each with what must be said of it: written down before the file was first read.

Here: inputs that ask for more memory, time or disk than they may, numbers that no column holds, and things in a raw folder
that are no files. After public reports of spreadsheet libraries and archives. Used by tests of loading, preview and run.
"""

import io
import os
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from pipelines.warehouse.deliveries import walk
from tests.unit.intake.workbooks import FUNDS, h01, ods, text, xls, xlsb, xlsx

Finding = tuple[str, str, str | None]
"""Rule, variant ('*' for any), and cell (None: the file)."""
Expected = Sequence[Finding]
MEGABYTE = 1_000_000


# --- what is made --------------------------------------------------------------------------------------------------------


def _repacked(content: bytes, change: Callable[[str, bytes], tuple[str, bytes]]) -> bytes:
    """A package with members changed or renamed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(*change(name, source.read(name)))
    return made.getvalue()


def _with_far_cell(sheet: bytes) -> bytes:
    return sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def far_cell_prefixed() -> bytes:
    """A number in the last cell of a sheet whose relationships have a prefix."""

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if name == "xl/_rels/workbook.xml.rels":
            data = data.replace(b"<Relationship", b"<r:Relationship").replace(b"</Relationship", b"</r:Relationship")
            data = data.replace(b"xmlns=", b"xmlns:r=")
        return name, _with_far_cell(data) if "sheet1" in name else data

    return _repacked(xlsx({"B01": h01()}), change)


def far_cell_other_case() -> bytes:
    """The same in a part whose name is written in another case than where it is named."""

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        return name.replace("sheet1.xml", "Sheet1.XML"), _with_far_cell(data) if "sheet1" in name else data

    return _repacked(xlsx({"B01": h01()}), change)


def far_cell_behind_a_name() -> bytes:
    """The same in a sheet whose name holds a '>'."""

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        if name == "xl/workbook.xml":
            data = data.replace(b'name="B01"', b'name="B > 01"')
        return name, _with_far_cell(data) if "sheet1" in name else data

    return _repacked(xlsx({"B01": h01()}), change)


def far_cell_ods() -> bytes:
    """A row that is repeated a million times, of a number that is repeated ten thousand times."""
    far = (
        b'<table:table-row table:number-rows-repeated="1048576">'
        b'<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
        b"</table:table-row></table:table>"
    )
    return _repacked(ods({"B01": h01()}), lambda name, data: (name, data.replace(b"</table:table>", far)))


def far_cell_xls() -> bytes:
    """An .xls of which a byte changed: its sheet says that it goes to the last row and beyond the last column."""
    content = bytearray(xls({"B01": h01()}))
    at = content.index(b"\x00\x02\x0e\x00")
    content[at + 8 : at + 12] = b"\xff\xff\xff\x7f"
    content[at + 14 : at + 16] = b"\xff\xff"
    return bytes(content)


def count(number: Any) -> list[list[Any]]:
    """H01 in which `number` is by how many criteria its first commune has changed (W8): a count without bounds of its own."""
    rows = h01()
    for row in rows[6:]:
        row.insert(22, 0)
    rows[6][22], rows[7][22] = "Tăng/giảm so với kỳ trước", number
    return rows


def funds(*numbers: Any) -> list[list[Any]]:
    """H07 with these sums in the row of its commune."""
    row = list(FUNDS[-1])
    row[2 : 2 + len(numbers)] = numbers
    return [*FUNDS[:-1], row]


def ragged(rows: int, columns: int) -> bytes:
    """A .csv of short lines and one long one: laid out, rows × columns."""
    return b"a,b\n" * rows + b"," * columns + b"x\n"


def error_cells() -> bytes:
    """240,000 error cells of which none ends: looking for each one's end costs the square."""
    sheet = b"<sheetData><row r='1'>" + b'<c r="A1" t="e">' * 240_000 + b"</row></sheetData>"
    return _repacked(xlsx({"B01": h01()}), lambda name, data: (name, sheet if "sheet1" in name else data))


def formulas() -> bytes:
    """100,000 formulas that begin and never end."""
    sheet = b"<row r='1'>" + b'<c r="A1"><f>' * 100_000
    return _repacked(
        xlsx({"B01": h01()}),
        lambda name, data: (name, data.replace(b"<sheetData>", b"<sheetData>" + sheet) if "sheet1" in name else data),
    )


def hidden_columns() -> bytes:
    """60,000 times: all 16,384 columns are hidden."""
    columns = b"<cols>" + b'<col min="1" max="16384" hidden="1" width="9"/>' * 60_000 + b"</cols>"
    return _repacked(
        xlsx({"B01": h01()}),
        lambda name, data: (
            name,
            data.replace(b"<sheetData>", columns + b"<sheetData>") if "sheet1" in name else data,
        ),
    )


def packed(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A .zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def damaged(method: int) -> bytes:
    """A .zip of two workbooks, of which the first is damaged where it is packed."""
    content = bytearray(packed({"a.xlsx": os.urandom(3000), "b.csv": text(h01())}, method))
    content[200:1200] = bytes(1000)
    return bytes(content)


def greedy_dictionary() -> bytes:
    """A .zip whose first member asks for a dictionary of 4 GB."""
    content = bytearray(packed({"a.xlsx": os.urandom(3000), "b.csv": text(h01())}, zipfile.ZIP_LZMA))
    at = 30 + len("a.xlsx") + 5
    content[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(content)


@cache
def _zeros(size: int) -> bytes:
    return packed({"zeros.xlsx": bytes(size)})


def nested_archives() -> bytes:
    """Twelve archives in one, each of which unpacks to less than one may: 2.3 GB from 7 KB."""
    inner = _zeros(190 * MEGABYTE)
    return packed({f"{number}.zip": inner for number in range(12)})


def many_members() -> bytes:
    """Thirty members of 10 MB each."""
    return packed({f"{number}.xlsx": bytes(10 * MEGABYTE) for number in range(30)})


def endless_directory() -> bytes:
    """20,000 members of nothing."""
    return packed({f"{number}.csv": b"" for number in range(20_000)}, zipfile.ZIP_STORED)


GOOD = {"443/2014-09/good.xlsx": lambda: xlsx({"B01": h01()})}
"""What must be read whatever lies beside it."""
FILES: Mapping[str, tuple[Callable[[], bytes], Mapping[str, Expected]]] = {
    # kind 1: ends the process
    "far cell prefixed.xlsx": (far_cell_prefixed, {"": [("F01", "too_far", None)]}),
    "far cell other case.xlsx": (far_cell_other_case, {"": [("F01", "too_far", None)]}),
    "far cell behind a name.xlsx": (far_cell_behind_a_name, {"": [("F01", "too_far", None)]}),
    "far cell.ods": (far_cell_ods, {"": [("F01", "too_far", None)]}),
    "far cell.xls": (far_cell_xls, {"": []}),
    # kind 2: landing raises
    "19 digits.xlsx": (lambda: xlsx({"B01": count(1234567890123456789)}), {"": [("E03", "*", "W8")]}),
    "19 digits.csv": (lambda: text(count("1234567890123456789")), {"": [("E03", "*", "W8")]}),
    "400 digits.csv": (lambda: text(funds("9" * 400)), {"": [("E01", "*", "C9")]}),
    "400 digits, a count.csv": (lambda: text(count("9" * 400)), {"": [("E01", "*", "W8")]}),
    "5000 digits.csv": (lambda: text(count("9" * 5000)), {"": [("E01", "*", "W8")]}),
    "largest double.xlsx": (
        lambda: xlsx({"a": funds(1e308, 1e308, 1e308)}),
        {"": [("E03", "*", f"{c}9") for c in "CE"]},
    ),
    "largest count.xlsx": (lambda: xlsx({"B01": count(2_147_483_647)}), {"": [("E03", "*", "W8")]}),
    "lzma damaged.zip": (lambda: damaged(zipfile.ZIP_LZMA), {"/a.xlsx": [("F01", "damaged", None)], "/b.csv": []}),
    "bzip2 damaged.zip": (lambda: damaged(zipfile.ZIP_BZIP2), {"/a.xlsx": [("F01", "damaged", None)], "/b.csv": []}),
    "greedy dictionary.zip": (greedy_dictionary, {"/a.xlsx": [("F01", "too_much_memory", None)], "/b.csv": []}),
    "ragged.csv": (lambda: ragged(200_000, 200_000), {"": [("F01", "too_far", None)]}),
    "ragged less.csv": (lambda: ragged(30_000, 30_000), {"": [("F01", "too_far", None)]}),
    # kind 3: time
    "error cells.xlsx": (error_cells, {"": [("F01", "damaged", None)]}),
    "formulas.xlsx": (formulas, {"": [("F01", "damaged", None)]}),
    "hidden columns.xlsx": (hidden_columns, {"": []}),
    "long.xlsb": (
        lambda: xlsb([*h01(), *([i, "Xã Không Có", *["x"] * 19, 19, None] for i in range(2000))]),
        {"": [("R01", "*", f"B{row}") for row in range(13, 2013)]},
    ),
    "short lines.csv": (lambda: b"1\n" * 1_200_000, {"": [("F01", "too_far", None)]}),
    "shorter lines.csv": (lambda: b"1\n" * 200_000, {"": [("F01", "no_data", None)]}),
    # kind 4: disk
    "nested archives.zip": (nested_archives, {"": [("F01", "archive_too_large", None)]}),
    "many members.zip": (many_members, {"": [("F01", "archive_too_large", None)]}),
    "endless directory.zip": (endless_directory, {"": [("F01", "archive_too_large", None)]}),
}
"""By name: how it is made, and what must be said of it: '' the file itself, "/a.xlsx" a member of it."""
PLACES: Mapping[str, Expected] = {
    "places/itself.xlsx": [("F01", "link", None)],
    "places/outside": [("F01", "link", None)],
    "places/there.xlsx": [("F01", "link", None)],
    "places/pipe.xlsx": [("F01", "no_file", None)],
    "places/sparse.xlsx": [("F01", "too_large_here", None)],
    "places/sparse.zip": [("F01", "archive_too_large_here", None)],
    "places/bi\\xeau.csv": [],
    "places/[/x] \x1b[2J.csv": [],
    "places/" + "d/" * 1500 + "deep.csv": [],
}
"""What is no file, or lies where no file should, with what must be said of it."""


def put_places(folder: Path) -> None:
    """Make what `PLACES` names below a raw folder."""
    places = folder / "places"
    places.mkdir()
    content = text(h01())
    (places / "itself.xlsx").symlink_to(places / "itself.xlsx")
    (places / "there.xlsx").symlink_to(places / "nowhere" / ".." / "there.xlsx")
    (places / "outside").symlink_to("/etc")
    (places / "round").symlink_to(folder)
    os.mkfifo(places / "pipe.xlsx")
    for name in ("sparse.xlsx", "sparse.zip"):
        with (places / name).open("wb") as file:
            file.truncate(1 << 30)
    (places / "[").mkdir()
    for name in (os.fsdecode(b"bi\xeau.csv"), "[/x] \x1b[2J.csv"):
        (places / name).write_bytes(content)
    here = os.open(places, os.O_RDONLY)
    for _ in range(1500):
        with suppress(FileExistsError):
            os.mkdir("d", dir_fd=here)
        there = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = there
    with open(os.open("deep.csv", os.O_CREAT | os.O_WRONLY, dir_fd=here), "wb") as file:  # noqa: PTH123 -- a descriptor
        file.write(content)
    os.close(here)


def remove_nested(folder: Path, name: str) -> None:
    """Remove folders in each other, outermost first: what clears away behind tests goes down one call per folder."""
    outer, inner = folder / name, folder / "inner"
    while (outer / name).is_dir():
        (outer / name).rename(inner)
        outer.rmdir()
        inner.rename(outer)


def put_all(folder: Path, under: str = "443/2014-09", modified: float = 1_412_294_400) -> None:
    """Make all files and places below a raw folder, and the good file among them; all of one time (3 October 2014)."""
    for path, make in GOOD.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(make())
    for name, (make, _) in FILES.items():
        (folder / under).mkdir(parents=True, exist_ok=True)
        (folder / under / name).write_bytes(make())
    put_places(folder)
    for found in walk(folder):
        if found.path.startswith((f"{under}/", "places/")):
            os.utime(found.file, (modified, modified), follow_symlinks=False)


def expected(under: str = "443/2014-09") -> Iterator[tuple[str, Expected]]:
    """Yield each path below the raw folder, and what must be said of it: every error that there is."""
    for name, (_, members) in FILES.items():
        for member, findings in members.items():
            yield f"{under}/{name}{member}", findings
    yield from PLACES.items()
