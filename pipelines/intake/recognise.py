"""Sheets → tables: where a form's table stands on a sheet, and which form it is.

Here: the search for header rows, for tables side by side or below each other, and the choice of the form by number,
title and columns. How a header's cells name fields is `headers`; what a sheet without any table is, `unrecognised`.
What a row is, is `rowkinds`. No position and no order of columns is used.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from pipelines.intake.forms import Form, Forms
from pipelines.intake.headers import (
    CRITERION,
    DECORATION,
    NO_MATCH,
    HeaderIndex,
    Match,
    bare,
    is_decoration,
    is_number_row,
)
from pipelines.intake.model import Place, Sheet
from pipelines.intake.tables import FEWEST_COLUMNS, NUMBERING, Table, is_empty
from pipelines.intake.text import fold
from pipelines.intake.titles import TitleIndex
from pipelines.intake.unrecognised import explain_unrecognised, heading_texts, looks_like_data, turned_column
from pipelines.intake.values.periods import find_periods

_HEADER_ROWS = 4
_ROWS_ABOVE = 2
_TITLE_CELLS = 2


class _TableFinder:
    """The search for tables on one sheet."""

    def __init__(self, sheet: Sheet, forms: Forms, headers: HeaderIndex, titles: TitleIndex) -> None:
        self.sheet, self.rows = sheet, sheet.rows
        self.forms, self.headers, self.titles = forms, headers, titles
        self.merged = _merged_by_row(sheet.merged)

    def find(self) -> list[Table]:
        tables: list[Table] = []
        rows = self.rows
        row, last = 0, len(rows)
        after = 0
        beside: list[Table] = []
        while row < last:
            if (cells := rows[row]) and cells[0].__class__ is float and cells[0]:  # a numbered row, nine of ten
                row += 1
                continue
            if tables and (height := self._count_repeated_rows(tables[-1], row)):
                row += height
                continue
            if self._may_be_header(row):
                below = self._find_tables_at(row, after, tables)
                if below:
                    for table in beside:
                        table.end = self._find_heading_start(table, below[0].top)
                    tables += below
                    beside = below
                    row = after = below[0].first
                    continue
            row += 1
        return tables

    def find_unread(self) -> Table | None:
        """Return, of a sheet of data without a table, the one that its heading names; None where it names none.

        What can be said of it: which columns the row most like its header has, so that those it lacks have names (F05).
        """
        variant, form, row = explain_unrecognised(self.sheet, self.headers, self.titles)
        if form is None:
            return None
        last = len(self.rows)
        table = Table(form=form, number=1, top=row, first=last, end=last, columns={}, unread=variant, is_titled=True)
        if variant == "named" and (header := self._find_likest_header(form)) is not None:
            top, bottom, match = header
            table.top, table.first, table.match = top, bottom + 1, match
            table.headers, table.header_rows = match.texts, tuple(range(top, bottom + 1))
            table.settle(form)
        table.heading = tuple(heading_texts(self.sheet, max(row, table.top)))
        return table

    def _find_likest_header(self, form: str) -> tuple[int, int, Match] | None:
        """Return the header (first row, last row, match) that has the most columns of a form, without all it must have."""
        likest, most = None, 1
        for row in range(len(self.rows)):
            if not self._may_be_header(row):
                continue
            for header in ((row, row, self._match_rows(row, row)), self._find_header(row, 0)):
                fit = header[2].by_form.get(form, NO_MATCH)
                if len(fit.fields) > most and not fit.is_full:
                    likest, most = header, len(fit.fields)
        return likest

    def _count_repeated_rows(self, table: Table, row: int) -> int:
        """Return how many rows repeat the table's header here; 0 where they don't, or where a heading opens another table."""
        if not table.header_rows or self.rows[row] != self.rows[table.header_rows[0]]:
            return 0
        header = [self.rows[line] for line in table.header_rows]
        is_same = header == self.rows[row : row + len(header)]
        return len(header) if is_same and self._find_heading_start(table, row) == row else 0

    def _may_be_header(self, row: int) -> bool:
        """Return whether two cells of the row are words of headers; a row that begins with a number is data."""
        cells = self.rows[row]
        first = next(filter(None, cells), None)
        if not isinstance(first, str) or NUMBERING.fullmatch(first):
            return False
        is_word = self.headers.is_word
        words = len({cell for cell in cells if cell and isinstance(cell, str) and is_word(cell)})
        return words > 1 or (words == 1 and is_number_row(list(filter(None, cells))[1:]))

    def _fill_block(self, top: int, bottom: int) -> list[list[Any]]:
        """Return the rows with merged ranges filled, and blanks of upper rows filled from the left over filled cells."""
        block = [list(self.rows[row]) for row in range(top, bottom + 1)]
        for row in range(max(0, top - _HEADER_ROWS), bottom + 1):
            for column, (end_row, end_column) in self.merged.get(row, ()):
                if end_row < top or column >= len(self.rows[row]):
                    continue
                value = self.rows[row][column]
                for line in range(max(row, top), min(end_row, bottom) + 1):
                    for place in range(column, min(end_column + 1, len(block[0]))):
                        block[line - top][place] = value
        has_text = [False] * len(block[0])
        for upper, lower in pairwise(block):
            own = [not is_empty(cell) for cell in upper]
            for column in range(1, len(upper)):
                if not own[column] and not has_text[column] and not is_empty(lower[column]):
                    upper[column] = upper[column - 1]
            has_text = [own or above for own, above in zip(own, has_text, strict=True)]
        return block

    def _find_tables_at(self, row: int, after: int, above: list[Table]) -> list[Table]:
        """Return the tables whose header has its main row here: several where they stand side by side, mostly one.

        None of them where it is not a header, or the last one repeated.
        """
        top, bottom, match = self._find_header(row, after)
        spans = self._find_spans_beside(top, bottom, match)
        if not spans:
            table = self._find_table_at(row, after, above, (top, bottom, match))
            return [] if table is None else [table]
        tables = []
        for span, part in spans:
            named = tuple(self.texts(after, top, span))
            named = named if any(self._find_named(named)) else ()
            table = self._find_table_at(row, after, [], (top, bottom, part), named)
            if table is None or not (table.match and table.match.by_form[table.rivals[0]].is_full):
                table = self._find_table_at(row, after, above, (top, bottom, match))
                return [] if table is None else [table]
            table.number, table.span = len(above) + len(tables) + 1, span
            tables.append(table)
        return [] if self._is_repeated(tables, above) else tables

    @staticmethod
    def _is_repeated(tables: Sequence[Table], above: Sequence[Table]) -> bool:
        """Return whether tables side by side are those above, with a header printed again in other words."""
        last = above[-len(tables) :]
        return [(table.form, table.columns) for table in tables] == [(table.form, table.columns) for table in last]

    def _find_spans_beside(self, top: int, bottom: int, match: Match) -> list[tuple[tuple[int, int], Match]]:
        """Return the columns and the match of each table of a header that may hold several side by side.

        The field that comes first of those with several columns begins each of them.
        """
        fit = match.by_form.get(_best_form(match), NO_MATCH)
        if not fit.twice:
            return []
        starts = min((columns for _, columns in fit.twice), key=min)
        bounds = [0, *starts[1:], len(match.texts)]
        block = self._fill_block(top, bottom)
        spans = []
        for left, right in pairwise(bounds):
            rows = [[cell if left <= column < right else "" for column, cell in enumerate(cells)] for cells in block]
            spans.append(((left, right), self.headers.match(self.forms, rows)))
        return spans

    def _find_table_at(
        self, row: int, after: int, above: list[Table], header: tuple[int, int, Match], named: tuple[str, ...] = ()
    ) -> Table | None:
        """Return the table of a header (first row, last row, match); None where it is none, or the last one repeated.

        `named`: the texts of the heading that name its form, where not all of them are the table's own.
        """
        top, bottom, match = header
        heading = tuple(self.texts(after, top))
        by_number, by_title = self._find_named(named or heading)
        rivals = self._choose_forms(match, by_number, by_title)
        if not rivals:
            return None
        fit = match.by_form[rivals[0]]
        if not fit.is_full and turned_column(self.rows[bottom + 1 :], self.headers, fit.known) is not None:
            return None
        own = named or tuple(self.texts(self._find_title_start(above[-1], top) if above else after, top))
        foreign = self._find_foreign(own, rivals, is_below=bool(above))
        if above and by_number is None and by_title is None and foreign is None:
            last = above[-1]
            if last.form in rivals and last.columns == match.by_form[last.form].fields:
                if not self._names_period(last, top):
                    return None
                rivals = (last.form,)
            elif not fit.is_full or len(fit.known) * 2 < sum(1 for cell in self.rows[row] if not is_empty(cell)):
                return None
        table = Table(
            form=None,
            number=len(above) + 1,
            top=top,
            first=bottom + 1,
            end=len(self.rows),
            columns={},
            headers=match.texts,
            header_rows=tuple(range(top, bottom + 1)),
            heading=heading,
            above=after,
            match=match,
            rivals=rivals,
            is_titled=any(set(rivals) & set(self.titles.forms_named(text)) for text in own),
            foreign_title=foreign,
        )
        if len(rivals) == 1 and foreign is None:
            table.settle(rivals[0])
        return table

    def _find_foreign(self, heading: Sequence[str], forms: Sequence[str], *, is_below: bool) -> str | None:
        """Return the title of something else above a table; a register's rows say themselves what they are about."""
        if any(self.forms[form].is_register for form in forms):
            return None
        return self.titles.find_foreign(heading, forms, is_below=is_below)

    def _find_title_start(self, table: Table, top: int) -> int:
        """Return the row at which what may be the title of the next table begins: lines of one or two cells above it."""
        start = top
        while start > table.first and sum(not is_empty(cell) for cell in self.rows[start - 1]) <= _TITLE_CELLS:
            start -= 1
        return min(start, self._find_heading_start(table, top))

    def _names_period(self, table: Table, top: int) -> bool:
        """Return whether a period stands between a table and the next header: the same form again, of another month."""
        texts = self.texts(self._find_heading_start(table, top), top)
        return any(find_periods(text) for text in texts)

    def _find_header(self, row: int, after: int) -> tuple[int, int, Match]:
        """Return first row, last row and match of the header around its main row."""
        bottom = row
        match = self._match_rows(row, bottom)
        while (longer := self._find_longer(row, bottom, match)) is not None:
            bottom, match = longer
        top = row
        for upper in range(row - 1, max(after, row - _ROWS_ABOVE) - 1, -1):
            if not any(self.rows[upper]) or self._is_title(upper, row):
                break
            above = self._match_rows(upper, bottom)
            if _count_settled(above) > _count_settled(match):
                top, match = upper, above
        return top, bottom, match

    def _is_title(self, upper: int, row: int) -> bool:
        """Return whether a row above a header is one of the heading: where the columns begin it has a text that heads none."""
        first = next((column for column, cell in enumerate(self.rows[upper]) if not is_empty(cell)), 0)
        begin = next((column for column, cell in enumerate(self.rows[row]) if not is_empty(cell)), 0)
        cell = self.rows[upper][first]
        return first <= begin and not (isinstance(cell, str) and self.headers.is_word(cell))

    def _find_longer(self, top: int, bottom: int, match: Match) -> tuple[int, Match] | None:
        """Return the header with the next row, or the next two: a row of groups names nothing by itself."""
        for last in range(bottom + 1, min(bottom + 3, top + _HEADER_ROWS, len(self.rows))):
            if self._is_data(top, last, match):
                return None
            below = self._match_rows(top, last)
            if self._continues(top, last, match, below) and all(
                self._is_group_row(top, between) for between in range(bottom + 1, last)
            ):
                return last, below
        return None

    def _is_data(self, top: int, row: int, so_far: Match) -> bool:
        """Return, before a row is matched, whether it is data: a number or a day where all forms know the column, as mostly."""
        cells = self.rows[row]
        return any(
            not isinstance(cells[column], str) and not is_empty(cells[column]) and self._is_leaf(top, row, column)
            for column in so_far.shared
        )

    def _is_group_row(self, top: int, row: int) -> bool:
        """Return whether a row has only texts, all of them beside the known columns: what stands in one of those is data."""
        match = self._match_rows(top, row - 1)
        known_columns = match.by_form.get(_best_form(match), NO_MATCH).known
        cells = self.rows[row]
        filled = [column for column, cell in enumerate(cells) if not is_empty(cell)]
        return bool(filled) and all(
            isinstance(cells[column], str) and (column not in known_columns or self._is_spanned(top, row, column))
            for column in filled
        )

    def _is_spanned(self, top: int, row: int, column: int) -> bool:
        """Return whether the column lies below a header cell that is merged over several columns."""
        return any(
            left <= column <= right and right > left
            for upper in range(top, row)
            for left, (_, right) in self.merged.get(upper, ())
        )

    def _match_rows(self, top: int, bottom: int) -> Match:
        return self.headers.match(self.forms, self._fill_block(top, bottom))

    def _continues(self, top: int, row: int, so_far: Match, with_row: Match) -> bool:
        """Return whether a row below belongs to the header: it names fields, and no known column has data in it."""
        cells = self.rows[row]
        filled = [column for column, cell in enumerate(cells) if not is_empty(cell)]
        if not filled:
            return False
        is_decorated = all(isinstance(cells[column], str) and is_decoration(cells[column]) for column in filled)
        if is_number_row(cells):
            if self._is_leaf(top, row, filled[0]) and filled[0] == self._first_filled(top):
                return False  # it numbers the columns from the first one on: criteria are numbered behind the names
        elif is_decorated:
            return True
        best = _best_form(with_row)
        before = so_far.by_form.get(best, NO_MATCH).fields
        fit = with_row.by_form.get(best, NO_MATCH)
        now = fit.fields
        of_answers = {column for split in fit.splits.values() for column, _ in split}
        named = {column: name for name, column in now.items()}
        own = {column for name, column in before.items() if not name.startswith(CRITERION)}
        filled = [column for column in filled if column not in of_answers]
        for column in filled:
            cell = cells[column]
            is_under_leaf = column in own and self._is_leaf(top, row, column)
            if is_under_leaf and not self._is_header_cell(cell, named.get(column)):
                if isinstance(cell, str) and self._spans(row - 1, column) and not NUMBERING.fullmatch(cell):
                    continue  # "So với kỳ trước" over "Tăng" and "Giảm"
                return False
        if len(now) > len(before) and len(now) >= max(len(other.fields) for other in so_far.by_form.values()):
            return True
        return all(self._is_header_cell(cells[column], named.get(column)) for column in filled)

    def _first_filled(self, row: int) -> int:
        return next(column for column, cell in enumerate(self.rows[row]) if not is_empty(cell))

    def _spans(self, row: int, column: int) -> bool:
        """Return whether the header cell is merged over the columns beside it: then what stands below it is a header too."""
        return any(left == column and right > left for left, (_, right) in self.merged.get(row, ()))

    def _is_leaf(self, top: int, row: int, column: int) -> bool:
        """Return whether the column has a header text of its own above, so that a cell here stands under it."""
        return any(not is_empty(self.rows[upper][column]) for upper in range(top, row))

    def _is_header_cell(self, cell: Any, name: str | None) -> bool:
        if not isinstance(cell, str):
            return False
        if DECORATION.fullmatch(cell):
            return True
        return name is not None and any(
            name in (self.headers.claims(key) or {}).values() for key in (fold(cell), bare(cell))
        )

    def _choose_forms(self, match: Match, by_number: str | None, by_title: str | None) -> tuple[str, ...]:
        """Return the form of a header; several where they fit equally well (never guess), none where none fits.

        A form that the heading names is taken unless its required columns are not there and another form's are, and
        more of them. Unnamed, a form needs all its required columns and must know more than half of the columns; one
        that lacks some, but knows as many columns, is its rival.
        """
        headed = sum(1 for text in match.texts if text)
        full = {
            form: len(fit.known)
            for form, fit in match.by_form.items()
            if fit.is_full and len(fit.fields) >= FEWEST_COLUMNS and len(fit.known) * 2 > headed
        }
        most = max(full.values(), default=0)
        for named in (by_number, by_title):
            fit = match.by_form.get(named or "", NO_MATCH)
            if named is None or not fit.fields:
                continue
            is_like = len(fit.fields) >= FEWEST_COLUMNS and set(fit.fields) & _required_columns(self.forms[named])
            if fit.is_full or (is_like and most <= len(fit.known)):
                return (named,)
        if not full:
            return ()
        partial = [form for form, fit in match.by_form.items() if not fit.is_full and len(fit.known) >= most]
        return (*(form for form, columns in full.items() if columns == most), *partial)

    def _find_named(self, heading: Sequence[str]) -> tuple[str | None, str | None]:
        """Return the form that the heading names by number, and by title; the text nearest to the table counts."""
        by_number = by_title = None
        for text in reversed(heading):
            number, title = self.titles.forms_named(text)
            by_number, by_title = by_number or number, by_title or title
        return by_number, by_title

    def texts(self, start: int, end: int, span: tuple[int | None, int | None] = (None, None)) -> Iterator[str]:
        for row in range(start, end):
            for cell in self.rows[row][slice(*span)]:
                if cell and isinstance(cell, str):
                    yield cell

    def _find_heading_start(self, table: Table, top: int) -> int:
        """Return the row at which the next table's heading begins: the first of the short lines above it that opens one."""
        start = row = top
        mapped = set(table.columns.values())
        while row > table.first:
            row -= 1
            cells = self.rows[row]
            filled = [column for column, cell in enumerate(cells) if not is_empty(cell)]
            if not filled:
                continue
            if len(filled) > 3 or (len(mapped & set(filled)) > 2 and not _opens_heading(cells)):  # data
                break
            texts = [cell for cell in cells if cell and isinstance(cell, str)]
            if (
                _opens_heading(cells)
                or any(any(self.titles.forms_named(text)) for text in texts)
                or self._find_foreign(texts, table.rivals, is_below=True)
            ):
                start = row
        return start


_OPENING = re.compile(
    r"(?:ubnd|ủy ban nhân dân|sở|công an|báo|đài|văn phòng|cộng hòa xã hội|độc lập|biểu|phụ lục|mẫu|đvt|đơn vị tính|"
    r"đơn vị báo cáo|tháng|quý|kỳ báo cáo|tỉnh|huyện|thị xã|thành phố|quận|đặc khu)\b"
)


def _opens_heading(cells: Sequence[Any]) -> bool:
    return any(cell and isinstance(cell, str) and _OPENING.match(fold(cell)) for cell in cells)


def _required_columns(form: Form) -> set[str]:
    names = {item.name for item in form.fields if item.required or item.follows_set}
    names |= {name for group in form.required_any for name in group}
    return names | ({CRITERION + str(n) for n in range(form.wide.first, form.wide.last + 1)} if form.wide else set())


def _best_form(match: Match) -> str:
    return max(match.by_form, key=lambda form: len(match.by_form[form].fields), default="")


def _count_settled(match: Match) -> int:
    """Return how much a header settles: the fields found for the form that it fits best, those claimed twice against it."""
    return max((len(fit.fields) - 2 * len(fit.twice) for fit in match.by_form.values()), default=0)


def _merged_by_row(merged: Iterable[tuple[Place, Place]]) -> dict[int, list[tuple[int, Place]]]:
    """Merged ranges by the row they begin in: (column, last place)."""
    areas: defaultdict[int, list[tuple[int, Place]]] = defaultdict(list)
    for (row, column), last in merged:
        areas[row].append((column, last))
    return areas


def find_tables(sheet: Sheet, forms: Forms, headers: HeaderIndex, titles: TitleIndex) -> list[Table]:
    """Return the tables of a sheet, top to bottom, each with its form, columns and heading.

    A form that is named by its number on a sheet without any header is a table without columns (a nil report, or F13).
    A form that is named on a sheet of data which is nobody's is a table that can't be read (`Table.unread`).
    """
    finder = _TableFinder(sheet, forms, headers, titles)
    tables = finder.find()
    if tables or not sheet.rows:
        return tables
    if looks_like_data(sheet):
        table = finder.find_unread()
        return [] if table is None else [table]
    texts = tuple(finder.texts(0, len(sheet.rows)))
    named = Counter(number for number, _ in map(titles.forms_named, texts) if number)
    if len(named) != 1:
        return []
    form = next(iter(named))
    return [Table(form=form, number=1, top=0, first=0, end=len(sheet.rows), columns={}, heading=texts, is_titled=True)]
