"""An OpenDocument spreadsheet → sheets of cells as they are seen: one pass over content.xml.

Here: OpenDocument 1.3, part 3, 9 and 19: repeated and covered cells, merged and hidden parts, what is written in a cell
(text:p) beside what is stored (office:value), errors, formulas without a result, raised and struck runs. Comments,
drawings and cached sheets of other files are no cells.

What a number shows is told by its own text, which every program writes out; its format is not looked at.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pipelines.intake.addresses import address
from pipelines.intake.grid.cells import Cells
from pipelines.intake.grid.formats import HIDDEN, built_in_format
from pipelines.intake.grid.package import Attributes, Package, parse
from pipelines.intake.grid.runs import Run, Text, seen_text
from pipelines.intake.model import FormattedNumber, Place, Sheet, Unreadable, Workbook
from pipelines.intake.size_guard import MAX_COLUMN, MAX_ROW, refuse_oversized

_GENERAL = built_in_format(0)
_MOST_REPEATED = 1_000_000
"""Filled cells that repetition may make of a sheet; an honest one has none."""
_CELLS = frozenset({"table:table-cell", "table:covered-table-cell"})
_NO_TEXT = frozenset(
    {"office:annotation", "draw:frame", "draw:custom-shape", "text:note", "text:ruby-text", "table:shapes"}
)
_NUMBERS = frozenset({"float", "percentage", "currency"})
_ERROR = re.compile(r"#[A-ZÀ-Ỹ/0!?]+[!?A0]?|Err:\d{3}")
_NAUGHT = re.compile(r"0+(?:\.0+)?[a-z]*")


@dataclass(slots=True)
class _Style:
    shift: int = 0
    is_struck: bool = False
    is_nothing: bool = False
    """No height, no width, or a sheet that is not shown."""
    parent: str = ""


@dataclass(slots=True)
class _CellText:
    """The text of a cell in the making: its paragraphs' runs."""

    runs: list[Run]
    paragraphs: int = 0


def read_ods(package: Package) -> Workbook:
    """Return the sheets of a package. Raises Unreadable."""
    reader = _Reader()
    styles = package.read("styles.xml")
    if styles:
        parse(styles, reader.begin_style, reader.end_style)
    parse(package.read("content.xml"), reader.begin, reader.end, reader.text)
    if not reader.sheets:
        raise Unreadable("no_sheet")
    cells = sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in reader.sheets if sheet.rows)
    return Workbook(tuple(reader.sheets), cells=cells)


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.styles: dict[str, _Style] = {}
        self._style: _Style | None = None
        self._sheet: _SheetReader | None = None
        self._depth = 0
        """Of tables within tables."""
        self._number = 0

    # -- styles

    def begin_style(self, tag: str, given: Attributes) -> None:
        if tag == "style:style":
            self._style = _Style(parent=given.get("style:parent-style-name", ""))
            self.styles[f"{given.get('style:family')} {given.get('style:name')}"] = self._style
        elif self._style is None:
            return
        elif tag == "style:text-properties":
            position = given.get("style:text-position", "").split(" ")[0]
            self._style.shift = _shift(position)
            line = given.get("style:text-line-through-style", given.get("style:text-line-through-type", "none"))
            self._style.is_struck = line != "none"
        elif tag in ("style:table-row-properties", "style:table-column-properties"):
            size = given.get("style:row-height", given.get("style:column-width", "1"))
            self._style.is_nothing = bool(_NAUGHT.fullmatch(size))
        elif tag == "style:table-properties":
            self._style.is_nothing = given.get("table:display") == "false"

    def end_style(self, tag: str) -> None:
        if tag == "style:style":
            self._style = None

    def style(self, family: str, name: str | None) -> _Style:
        """Return a style, or that of its parent where it says nothing itself."""
        style = self.styles.get(f"{family} {name}") or _Style()
        parent = self.styles.get(f"{family} {style.parent}")
        return parent if parent is not None and style == _Style(parent=style.parent) else style

    # -- tables

    def begin(self, tag: str, given: Attributes) -> None:
        if self._sheet is None:
            if tag == "table:table":
                self._number += 1
                is_hidden = self.style("table", given.get("table:style-name")).is_nothing
                self._sheet = _SheetReader(self, given.get("table:name", ""), is_hidden=is_hidden)
            else:
                self.begin_style(tag, given)
        elif tag == "table:table":
            self._depth += 1
        elif self._depth == 0:
            self._sheet.begin(tag, given)

    def text(self, text: str) -> None:
        if self._sheet is not None and self._depth == 0:
            self._sheet.text(text)

    def end(self, tag: str) -> None:
        if self._sheet is None:
            self.end_style(tag)
        elif tag == "table:table" and self._depth:
            self._depth -= 1
        elif tag == "table:table":
            if not self._sheet.is_of_other_file:
                self.sheets.append(self._sheet.sheet(self._number))
            self._sheet = None
        elif self._depth == 0:
            self._sheet.end(tag)


def _shift(position: str) -> int:
    if position in ("super", "sub"):
        return 1 if position == "super" else -1
    match = re.match(r"-?\d+", position)
    return (int(match[0]) > 0) - (int(match[0]) < 0) if match else 0


class _SheetReader:
    """Collects one sheet's cells."""

    def __init__(self, reader: _Reader, name: str, *, is_hidden: bool) -> None:
        self.reader, self.name, self.is_hidden = reader, name, is_hidden
        self.is_of_other_file = False
        self.cells = Cells()
        self._row = self._rows = self._column = self._columns = 0
        self._given: Attributes = {}
        self._text: _CellText | None = None
        self._spans: list[_Style] = []
        self._skipped = 0
        self._repeated = 0

    def sheet(self, number: int) -> Sheet:
        """Return the sheet. Raises Unreadable where its last cell lies too far out."""
        return self.cells.sheet(self.name, number, is_hidden=self.is_hidden)

    def begin(self, tag: str, given: Attributes) -> None:
        if self._skipped or (tag in _NO_TEXT):
            self._skipped += 1
        elif tag in _CELLS:
            self._given, self._text = given, _CellText([])
            if self._spans:
                self._spans = []
        elif self._text is not None:
            self._begin_text(self._text, tag, given)
        elif tag == "table:table-row":
            self._rows, self._column = _times(given, "table:number-rows-repeated"), 0
            if self._is_hidden(given, "table-row"):
                last = min(self._row + self._rows, MAX_ROW + 1)
                self.cells.hidden_rows.update(range(self._row, last) if last - self._row < _MOST_REPEATED else ())
        elif tag == "table:table-column":
            times = _times(given, "table:number-columns-repeated")
            if self._is_hidden(given, "table-column"):
                self.cells.hidden_columns.append((self._columns, self._columns + times - 1))
            self._columns += times
        elif tag == "table:table-source":
            self.is_of_other_file = True

    def _is_hidden(self, given: Attributes, family: str) -> bool:
        is_shown = given.get("table:visibility", "visible") == "visible"
        return not is_shown or self.reader.style(family, given.get("table:style-name")).is_nothing

    def _begin_text(self, text: _CellText, tag: str, given: Attributes) -> None:
        if tag == "text:p":
            if text.paragraphs:
                self._add("\n")
            text.paragraphs += 1
        elif tag in ("text:span", "text:a"):
            self._spans.append(self.reader.style("text", given.get("text:style-name")))
        elif tag == "text:s":
            self._add(" " * min(_times(given, "text:c"), 1000))
        elif tag in ("text:line-break", "text:tab"):
            self._add("\n" if tag == "text:line-break" else "\t")

    def text(self, text: str) -> None:
        if self._text is not None and self._text.paragraphs and not self._skipped:
            if self._spans:
                self._add(text)
            else:
                self._text.runs.append(Run(text))

    def _add(self, text: str) -> None:
        if self._text is not None:
            spans = self._spans
            shift = next((style.shift for style in reversed(spans) if style.shift), 0) if spans else 0
            self._text.runs.append(Run(text, shift, bool(spans) and any(style.is_struck for style in spans)))

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif tag in _CELLS:
            self._end_cell()
        elif tag == "table:table-row":
            self._row += self._rows
        elif tag in ("text:span", "text:a") and self._spans:
            self._spans.pop()

    # -- cells

    def _end_cell(self) -> None:
        given, text, self._text = self._given, self._text or _CellText([]), None
        if not given and not text.runs:
            self._column += 1
            return
        times = _times(given, "table:number-columns-repeated")
        first = (self._row, self._column)
        self._column += times
        if not _says_anything(given, text.runs):
            self._merge(first, given)
            return
        refuse_oversized(first[0] + self._rows - 1, first[1] + times - 1)
        self._repeated += times * self._rows
        if self._repeated > _MOST_REPEATED and times * self._rows > 1:
            raise Unreadable("too_far", cell=address((first[0] + self._rows - 1, first[1] + times - 1)))
        is_simple = len(text.runs) == 1 and not text.runs[0].is_struck
        seen = Text(text.runs[0].text) if is_simple else seen_text(text.runs)
        for place in _places(first, self._rows, times) if times * self._rows > 1 else (first,):
            self._put(place, given, seen, is_written=bool(text.paragraphs))
        self._merge(first, given)

    def _merge(self, first: Place, given: Attributes) -> None:
        rows, columns = _times(given, "table:number-rows-spanned"), _times(given, "table:number-columns-spanned")
        if rows > 1 or columns > 1:
            last = (min(first[0] + rows - 1, MAX_ROW), min(first[1] + columns - 1, MAX_COLUMN))
            self.cells.merged.append((first, last))

    def _put(self, place: Place, given: Attributes, text: Text, *, is_written: bool) -> None:
        kind, formula = given.get("office:value-type", ""), given.get("table:formula")
        cells, written = self.cells, text.seen.strip()
        is_error = given.get("calcext:value-type") == "error" or (kind in _NUMBERS and _ERROR.fullmatch(written))
        if is_error or (formula is not None and not kind and (not written or _ERROR.fullmatch(written))):
            cells.lost[place] = written or "=" + (formula or "").partition("=")[2]
            return
        if "table:style-name" in given and self.reader.style("table-cell", given["table:style-name"]).is_struck:
            cells.struck.add(place)
        number = _number(given.get("office:value", "")) if kind in _NUMBERS else None
        if number is not None:
            shown = seen_number(number, text.seen, is_percent=kind == "percentage") if is_written else number
            if shown is HIDDEN:
                cells.unseen.add(place)
            cells.filled[place] = number if shown is HIDDEN else shown
        elif kind == "boolean":
            cells.filled[place] = given.get("office:boolean-value") == "true"
        elif (moment := _moment(kind, given)) is not None:
            cells.filled[place] = moment
        elif not is_written and "office:string-value" in given:
            cells.text(place, Text(given["office:string-value"]), _GENERAL)
        else:
            cells.text(place, text, _GENERAL)


_VALUES = frozenset(
    {
        "office:value",
        "office:date-value",
        "office:time-value",
        "office:boolean-value",
        "office:string-value",
        "table:formula",
        "calcext:value-type",
    }
)


def _says_anything(given: Attributes, runs: Sequence[Run]) -> bool:
    """Tell whether a cell holds something; a blank text is nothing."""
    return not _VALUES.isdisjoint(given) or any(run.text.strip() for run in runs)


def _places(first: Place, rows: int, columns: int) -> Iterator[Place]:
    return ((first[0] + row, first[1] + column) for row in range(rows) for column in range(columns))


def _times(given: Attributes, name: str) -> int:
    if name not in given:
        return 1
    written = given[name].strip()
    return max(1, int(written[:9])) if written.isdecimal() else 1


def _number(written: str) -> float | None:
    try:
        return float(written)
    except ValueError:
        return None


_MIDNIGHT = datetime(1899, 12, 30)  # noqa: DTZ001 -- a cell has no time zone
_CLOCK = re.compile(r"(-?)PT(\d+)H(?:(\d+)M)?(?:([\d.,]+)S)?")


def _moment(kind: str, given: Attributes) -> Any:
    """Return the day, the hour or both of a cell; None where it has none."""
    try:
        if kind == "date":
            written = given.get("office:date-value", "")
            moment = datetime.fromisoformat(written)
            return moment.date() if "T" not in written else moment
        if kind == "time" and (clock := _CLOCK.fullmatch(given.get("office:time-value", ""))):
            seconds = float((clock[4] or "0").replace(",", "."))
            length = timedelta(hours=int(clock[2]), minutes=int(clock[3] or 0), seconds=seconds)
            is_clock = not clock[1] and length < timedelta(days=1)
            return (_MIDNIGHT + length).time() if is_clock else length
    except (ValueError, OverflowError):
        return None
    return None


# --- what is written beside a number ------------------------------------------------------------------------------------

_DIGITS = re.compile(r"\d(?:[\d.,'’\s]*\d)?(?:E[+-]?\d+)?|[.,]\d+")
_FRACTION = re.compile(r"[-−]?(?:\d+\s+)?\d+/\d+")
_SIGN = re.compile(r"[-+−–()\s]+")
_DASHES = re.compile(r"[-‐-―−\s]+")
_SCALES = (1.0, 1e-3, 1e-6, 1e-9)
_UNLIKE = "≠"


def seen_number(number: float, written: str, *, is_percent: bool = False) -> Any:  # noqa: PLR0911 -- one return per way of showing
    """Return the number as its text shows it: itself, a `FormattedNumber`, or HIDDEN.

    A text that is not rounding of the number, in no scale, shows something else than is stored: neither is taken.
    """
    if written.isdecimal() and written[0] != "0" and not is_percent and float(written) == number:
        return number
    text = " ".join(written.split())
    if not text:
        return HIDDEN
    digits = _DIGITS.search(text)
    if digits is None:
        is_number = set(text) == {"#"} or (number == 0 and _DASHES.fullmatch(text))
        return number if is_number else FormattedNumber(number, words=text)
    before, after = text[: digits.start()], text[digits.end() :]
    unit = _SIGN.sub(" ", f"{before} {after}").strip()
    if re.sub(r"\D", "", text).lstrip("0") == f"{abs(number):.0f}".lstrip("0") and number == math.floor(number):
        is_padded = digits[0].isdecimal() and digits[0].startswith("0") and len(digits[0]) > 1
        if is_padded or any(letter.isdecimal() for letter in before + after):
            return FormattedNumber(number, 1.0, unit or ("-" if "-" in after else ""), text)
    if _FRACTION.fullmatch(text):
        return number
    scales = (100.0, *_SCALES) if is_percent or "%" in unit else _SCALES
    scale = next((scale for scale in scales if _is_rounding(abs(number) * scale, digits[0])), None)
    if scale is None:
        return FormattedNumber(number, 1.0, _UNLIKE, text)
    has_minus = any(sign in before for sign in "-−–(")
    if not unit and number and has_minus != (number < 0):
        unit = "+" if number < 0 else "-"
    if not unit and scale == 1:
        return number
    shown = f"{abs(number) * scale:.10f}".rstrip("0").rstrip(".").replace(".", ",")
    return FormattedNumber(number, scale, unit, (before + shown + after).strip())


def _is_rounding(number: float, digits: str) -> bool:
    """Tell whether digits, in whichever marks they are written, are a rounding of the number."""
    if "E" in digits:
        mantissa, _, exponent = digits.partition("E")
        power = 10.0 ** max(-300, min(300, int(exponent[:5])))
        places = len(re.split(r"[.,]", mantissa)[1]) if re.search(r"[.,]", mantissa) else 0
        reading = _number(mantissa.replace(",", "."))
        return reading is not None and abs(number - reading * power) <= 0.51 * power / 10**places
    last = max(digits.rfind("."), digits.rfind(","))
    whole = re.sub(r"\D", "", digits)
    readings = [(float(whole), 0)]
    if last >= 0:
        places = len(digits) - last - 1
        readings.append((float(whole) / 10**places, places))
    return any(abs(number - reading) <= 0.51 / 10**places + 1e-9 * number for reading, places in readings)
