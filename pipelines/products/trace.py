"""From a published figure back to the reports, files, sheets and cells behind it, step by step.

Here: following the parents that trace.yml names, table by table, from one row to the submissions under it, and what is said
where there is nothing to follow. Both files are opened read-only. The published file alone is enough; the working file adds
the cell where a table names only the report, and is left out while a run writes it.
Not here: which table follows from which (trace.yml), how a trace reads (traced.py), and any figure that does not stand in the
published file.
"""
# ruff: noqa: S608 (tables, columns and conditions are those of trace.yml and of the file; values are bound)

import itertools
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.products.reporter_names import name_reporters
from pipelines.products.traced import Place, Step, Trace, value_text
from pipelines.warehouse.rows import fetch_dicts, quote

LINEAGE = Path(__file__).with_suffix(".yml")
SUBMISSION = "submission_id"
OWN_FORMS = "marts.form_"
_OF_OWN_FORM: dict[str, Any] = {"key": ["period", "reporter_code", "sheet", "row_number"]}
"""Tables of forms that the office has added, and what is said of them: their rows name their cells themselves."""
_OBLIGATIONS = "quality.obligations"
_KEYS = {
    "table": {"key", "name", "reference", "cells", "rows", "parents", "none"},
    "parent": {"table", "by", "when", "figures", "report", "carried", "note"},
    "figure": {"is", "where", "follow"},
    "report": {"form", "reporter", "quarterly", "condition"},
}
"""What trace.yml may say of each thing."""
_TERMS = (
    # the last quarter that has ended with the month, by its last month; the year's first month
    "create temp macro quarter_month(day) as (date_trunc('month', day) - to_months((month(day) % 3)::integer))::date",
    "create temp macro year_start(day) as date_trunc('year', day)::date",
    "create temp macro is_province(code) as code in (select unit_code from marts.dim_unit_current where unit_level = 'province')",
    # the days of a month; of one before reports were owed, those of the calendar month
    *(
        f"create temp macro {name}(label) as coalesce((select {column} from marts.dim_months as months"
        f" where months.month = label), {otherwise})"
        for name, column, otherwise in (
            ("start_day", "month_start", "label"),
            ("end_day", "month_end", "last_day(label)"),
        )
    ),
)
_TOLERANCE = 1e-6  # of sums taken in another order
_VALUES_SHOWN = 6


class TraceError(Exception):
    """What was asked for is not there; the message is the one line that says what is."""


@cache
def read_lineage(file: Path = LINEAGE) -> dict[str, dict[str, Any]]:
    """Return what trace.yml says, by table. Raises ValueError for a misspelt key, naming it and its table."""
    lineage = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for table, of_table in lineage.items():
        parents = of_table.get("parents", [])
        parts = [("table", of_table), *(("parent", parent) for parent in parents)]
        parts += [("figure", spec) for parent in parents for spec in parent.get("figures", {}).values()]
        parts += [("report", parent["report"]) for parent in parents if "report" in parent]
        for kind, part in parts:
            if unknown := part.keys() - _KEYS[kind]:
                raise ValueError(f"{file.name}: {table}: no such key: {', '.join(sorted(map(str, unknown)))}")
    return lineage


def trace(published_file: Path, working_file: Path, table: str, terms: Sequence[str]) -> Trace:
    """Trace one row, or one figure of it, to where it stands; `terms` and errors as in `Tracer.trace`.

    Raises duckdb.Error for a published file that can't be opened.
    """
    with opened(published_file, working_file) as tracer:
        return tracer.trace(table, terms)


@contextmanager
def opened(published_file: Path, working_file: Path) -> Generator["Tracer"]:
    """Open both files read-only for the body, the working file if that can be done."""
    with duckdb.connect() as asked:
        asked.execute(f"attach {quote(published_file)} as published (read_only)")
        note = _attach_working(asked, working_file)
        asked.execute("use published")
        for statement in _TERMS:
            asked.execute(statement)
        name_reporters(asked)
        yield Tracer(asked, note)


def _attach_working(asked: duckdb.DuckDBPyConnection, working_file: Path) -> str:
    """Attach the working file, if that can be done; return what to say if not."""
    if working_file.is_file():
        try:
            asked.execute(f"attach {quote(working_file)} as working (read_only)")
        except duckdb.Error:  # a run has it open
            return (
                "Đang có lượt chạy ghi số liệu: ô của vài danh sách chưa nêu được; hỏi lại sau."
                " · A run is at work: cells of some lists can't be named; ask again later."
            )
        return ""
    return "Không có tệp làm việc: ô của vài danh sách không nêu được. · No working file: cells of some lists can't be named."


class Tracer:
    """Questions to one open connection: `published` is the default catalog, `working` there unless `note` says why not."""

    def __init__(self, asked: duckdb.DuckDBPyConnection, note: str) -> None:
        self.asked = asked
        self.note = note
        self.is_working_missed = False
        self.met: set[str] = set()
        own = [table for table in self.columns if table.startswith(OWN_FORMS)]
        self.lineage = read_lineage() | dict.fromkeys(own, _OF_OWN_FORM)
        self._numbers = itertools.count()

    @cached_property
    def columns(self) -> dict[str, dict[str, str]]:
        """Type by column, by published table."""
        types: dict[str, dict[str, str]] = {}
        for table, column, kind in self.asked.execute(
            """
            select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()
            where database_name = 'published' order by table_name, column_index
            """
        ).fetchall():
            types.setdefault(table, {})[column] = kind
        return types

    def trace(self, table: str, terms: Sequence[str]) -> Trace:
        """Trace one row of `table`, or one figure of it.

        `terms`: 'column=value' (any columns that single out the row; a month as 2015-06 or 2015-06-01), the value alone for
        the next column of the key, and the name of the figure, if one is meant. Raises TraceError for what is not there.
        """
        if table not in self.columns:
            raise TraceError(f"{table}: không có bảng này · no such table; {_listed('bảng · tables', self.columns)}")
        conditions, figure = self._read_terms(table, terms)
        rows = self._find_row(table, conditions)
        self.met, self.is_working_missed = {table}, False
        step = self._step(table, rows, figure)
        return Trace(step, self._meaning(table, figure), self.note if self.is_working_missed else "")

    def _read_terms(self, table: str, terms: Sequence[str]) -> tuple[list[tuple[str, str]], str | None]:
        columns = self.columns[table]
        conditions: list[tuple[str, str]] = []
        figure = None
        given = {term.partition("=")[0] for term in terms if "=" in term}
        free = [column for column in self.lineage[table]["key"] if column not in given]
        for term in terms:
            column, has_value, value = term.partition("=")
            if not has_value and column in columns:
                if figure:
                    raise TraceError(f"{figure}, {column}: hỏi từng số một · name one figure at a time")
                figure = column
                continue
            if not has_value:
                if not free:
                    raise TraceError(f"{term}: không có cột này · no such column; {_listed('cột · columns', columns)}")
                column, value = free.pop(0), term
            if column not in columns:
                raise TraceError(f"{column}: không có cột này · no such column; {_listed('cột · columns', columns)}")
            if columns[column] == "DATE" and len(value) == len("2015-06"):
                value = f"{value}-01"
            conditions.append((column, value))
        return conditions, figure

    def _find_row(self, table: str, conditions: Sequence[tuple[str, str]]) -> str:
        """Put the one row asked for into a table of its own and return its name."""
        tests = [f"lower(coalesce(\"{column}\"::varchar, '')) = lower(?)" for column, _ in conditions]
        values = ["" if value.lower() == "null" else value for _, value in conditions]
        sql = " and ".join(["true", *tests])
        count = self._one(f"select count(*) from {table} where {sql}", values)
        if not count and conditions:
            raise self._no_row(table, conditions, tests, values)
        if count > 1:
            asked_for = {column for column, _ in conditions}
            missing = [column for column in self.lineage[table]["key"] if column not in asked_for]
            varying = next(
                column
                for column in [*missing, *self.columns[table]]
                if self._one(f'select count(distinct "{column}") from {table} where {sql}', values) > 1
            )
            some = self.asked.execute(
                f'select distinct "{varying}"::varchar from {table} where {sql} order by all', values
            ).fetchall()
            there = _listed(f"{varying}=", [str(each) for (each,) in some])
            raise TraceError(f"{count} dòng khớp, nêu thêm cột · rows match, name one more column: {there}")
        name = self._name()
        self.asked.execute(f"create temp table {name} as select * from {table} where {sql}", values)
        return name

    def _no_row(
        self, table: str, conditions: Sequence[tuple[str, str]], tests: Sequence[str], values: Sequence[str]
    ) -> TraceError:
        """Return the error that names the first condition that no row fulfils which fulfils the ones before it."""

        def where(number: int) -> str:
            return " and ".join(["true", *tests[:number]])

        met = next(
            number
            for number in range(len(tests))
            if not self._one(f"select count(*) from {table} where {where(number + 1)}", values[: number + 1])
        )
        column, value = conditions[met]
        values_there = self.asked.execute(
            f'select distinct "{column}"::varchar from {table} where {where(met)} order by all', values[:met]
        ).fetchall()
        there = _listed("có · there are", [str(each) for (each,) in values_there])
        return TraceError(f"{column}={value}: không có dòng nào · no row has it; {there}")

    def _step(self, table: str, rows: str, figure: str | None, **about: Any) -> Step:
        """Return the step of the rows in the temporary table `rows`, which are rows of `table`, and all under it."""
        lineage = self.lineage[table]
        step = Step(table, figure, self._one(f"select count(*) from {rows}"), self._shown(table, rows, figure), **about)
        step.reference = lineage.get("reference", "")
        step.places = self._find_places(table, rows, figure)
        if reason := lineage.get("none"):
            step.reasons = self.asked.execute(
                f"select {reason} as reason, count(*) from {rows} group by 1 having reason is not null order by 2 desc, 1"
            ).fetchall()
        parents = self._parents(table, figure)
        if figure is None:  # a whole row leads everywhere: each table once, by the shortest way
            parents = [(parent, spec) for parent, spec in parents if parent["table"] not in self.met]
            self.met |= {parent["table"] for parent, _ in parents}
        below = (self._below(table, rows, figure, parent, spec) for parent, spec in parents)
        step.steps = [step for step in below if step]
        return step

    def _parents(self, table: str, figure: str | None) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Return the parents that a figure has, each with what is said of the figure; all of them for a whole row."""
        parents = self.lineage[table].get("parents", [])
        named = [parent for parent in parents if figure in parent.get("figures", {})]
        if named or figure in self.lineage[table].get("cells", {}):
            return [(parent, parent["figures"][figure]) for parent in named]
        return [(parent, {}) for parent in parents]

    def _below(
        self,
        table: str,
        rows: str,
        figure: str | None,
        parent: Mapping[str, Any],
        spec: Mapping[str, Any],
    ) -> Step | None:
        """Return the step of one parent; None where it has no row for these."""
        source, on = parent["table"], _condition(parent)
        where = spec.get("where", "").replace("?", figure or "")
        follow = spec.get("follow", figure)
        follow = follow if follow in self.columns[source] else None
        if figure and where and self._one(f'select count("{figure}") from {rows}') == 0:
            where = f"{follow} is null" if follow else ""  # what is unknown is so because of what is not known
        parents = self._parent_rows(rows, source, on, where)
        agreement = self._agreement(rows, parents, figure, spec)
        if where and not self._one(f"select count(*) from {parents}"):
            # nothing counts: what was looked at says so
            parents, where = self._parent_rows(rows, source, on, ""), f"không dòng nào có · none has {where}"
        if not self._one(f"select count(*) from {parents}"):
            return self._report(rows, parent["report"]) if "report" in parent else None
        return self._step(
            source,
            parents,
            follow,
            condition="; ".join(filter(None, [where, parent.get("note")])),
            agreement=agreement,
            months=self._other_months(table, rows, source, parents),
            is_carried=parent.get("carried", False),
        )

    def _parent_rows(self, rows: str, source: str, on: str, where: str) -> str:
        name = self._name()
        self.asked.execute(
            f"""
            create temp table {name} as
            select parent.* from {source} as parent
            where exists (select 1 from {rows} as child where {on}) {f"and ({where})" if where else ""}
            """
        )
        return name

    def _report(self, rows: str, report: Mapping[str, Any]) -> Step | None:
        """Return the step of the report whose list has no row: that it says nothing is why the figure is what it is."""
        month = "quarter_month(child.month)" if report.get("quarterly") else "child.month"
        forms = ", ".join(f"'{form}'" for form in report["form"].split(";"))
        on = f"parent.form in ({forms}) and parent.month = {month} and {report.get('condition', 'true')}"
        if "reporter" in report:
            senders = ", ".join(f"child.{column}" for column in report["reporter"])
            on += f" and parent.reporter_code in ({senders})"
        parents = self._parent_rows(rows, _OBLIGATIONS, on, "")
        if not self._one(f"select count(*) from {parents}"):
            return None
        nothing = "không dòng nào trong danh sách của báo cáo này · no row in the list of this report"
        return self._step(_OBLIGATIONS, parents, None, condition=nothing)

    def _agreement(self, rows: str, parents: str, figure: str | None, spec: Mapping[str, Any]) -> str:
        """Say what a single row's figure is of its parent rows, and whether that is so."""
        if "is" not in spec or self._one(f"select count(*) from {rows}") != 1:
            return ""
        what = spec["is"].replace("?", figure or "")
        figure_is = self._one(f'select "{figure}" from {rows}')
        if figure_is is None:
            return ""
        made = self._one(f"select {what} from {parents}") or 0
        agrees = abs(float(made) - float(figure_is)) <= _TOLERANCE * max(1.0, abs(float(figure_is)))
        return f"{what} = {value_text(made)}" + (", khớp · agrees" if agrees else f" ≠ {value_text(figure_is)}")

    def _other_months(self, table: str, rows: str, source: str, parents: str) -> list[tuple[Any, int]]:
        if "month" not in self.columns[table] or "month" not in self.columns[source]:
            return []
        months = self.asked.execute(f"select month, count(*) from {parents} group by 1 order by 1 desc").fetchall()
        own = {month for (month,) in self.asked.execute(f"select distinct month from {rows}").fetchall()}
        return months if {month for month, _ in months} - own else []

    def _shown(self, table: str, rows: str, figure: str | None) -> list[tuple[str, str, Any]]:
        lineage = self.lineage[table]
        key = lineage["key"]
        columns = ", ".join(f'"{column}"' for column in key)
        order = f'"{figure}" is null, {columns or 1}' if figure else columns or "1"
        cursor = self.asked.execute(
            f"""
            select {lineage.get("name", "''")} as _name, {f'"{figure}"' if figure else "null"} as _value
                {f", {columns}" if columns else ""}
            from {rows} order by {order}
            """
        )
        shown = cursor.fetchall()
        # of many rows only what tells them apart
        differing = [
            place for place in range(len(key)) if len(shown) == 1 or len({row[2 + place] for row in shown}) > 1
        ]
        return [
            (str(name or ""), " ".join(f"{key[place]}={value_text(parts[place])}" for place in differing), value)
            for name, value, *parts in shown
        ]

    # --- places -------------------------------------------------------------------------------------------------------

    def _find_places(self, table: str, rows: str, figure: str | None) -> list[Place]:
        """Return where the rows stand, by report and sheet."""
        columns = self.columns[table]
        wanted = self.lineage[table].get("cells", {}).get(figure)
        places: list[Place] = []
        for column in columns:
            if not column.endswith(SUBMISSION):
                continue
            prefix = column.removesuffix(SUBMISSION)
            role = prefix.rstrip("_")
            if wanted is not None and role not in wanted:
                continue
            sheet, cell = f"{prefix}sheet", f"{prefix}cell"
            condition = f"{column} is not null and ({wanted[role] if wanted else 'true'})"
            if cell in columns:
                cells = (
                    f"select {column} as submission_id, {sheet} as sheet, {cell} as cell from {rows} where {condition}"
                )
            else:
                cells = self._listed_cells(table, rows, column, condition, figure)
            places += self._find_submissions(role, cells)
        if "delivery_id" in columns and not places:
            places += self._find_deliveries(rows)
        return places

    def _listed_cells(self, table: str, rows: str, column: str, condition: str, figure: str | None) -> str:
        """Return the query of the cells of rows that name a report alone: from the rows of that report, if it can be asked."""
        plain = f"select {column} as submission_id, null as sheet, null as cell from {rows} where {condition}"
        listed = self.lineage[table].get("rows")
        if not listed:
            return plain
        if self.note:
            self.is_working_missed = True
            return plain
        forms = self.asked.execute(
            f"select distinct form from quality.submissions where submission_id in (select {column} from {rows})"
        ).fetchall()
        parts = []
        for (form,) in forms:
            landed_columns = self._landed_columns(form)
            fields = ", ".join(f"'{name}'" for name in (figure, *listed["fields"]) if name)
            if "criterion_no" in landed_columns:  # a sheet with one column per criterion
                fields += ", 'criterion_' || landed.criterion_no"
            same = " and ".join(
                f"lower(trim(landed.{name}::varchar)) is not distinct from lower(trim(named.{name}::varchar))"
                for name in listed["by"]
                if name in landed_columns
            )
            if same:
                parts.append(
                    f"""
                    select landed.submission_id, landed.sheet, coalesce((
                        select arg_min(letters.column_letter, list_position([{fields}], letters.field))
                        from working.landed.columns as letters
                        where letters.submission_id = landed.submission_id and letters.sheet = landed.sheet
                            and letters.table_no = landed.table_no and list_contains([{fields}], letters.field)
                    ), '') || landed.row_number as cell
                    from (from {rows} where {condition}) as named
                    join working.landed.{form.lower()} as landed on landed.submission_id = named.{column} and {same}
                    """
                )
        if not parts:
            return plain
        # a report that has no such row is named all the same
        return f"""
            with cells as ({" union all ".join(parts)})
            from cells union all from ({plain}) as named where submission_id not in (select submission_id from cells)
        """

    def _landed_columns(self, form: str) -> set[str]:
        columns = self.asked.execute(
            "select column_name from duckdb_columns() where database_name = 'working' and schema_name = 'landed'"
            " and table_name = ?",
            [form.lower()],
        ).fetchall()
        return {column for (column,) in columns}

    def _find_submissions(self, role: str, cells: str) -> list[Place]:
        rows = fetch_dicts(
            self.asked.execute(
                f"""
                with cells as ({cells})
                select
                    submission_id, submissions.form, submissions.period, submissions.status,
                    reporter_name(submissions.reporter_code, submissions.period) as reporter,
                    deliveries.path, deliveries.sha256, deliveries.received_at,
                    coalesce(cells.sheet, submissions.sheets) as sheet,
                    coalesce(list(distinct cells.cell order by length(cells.cell), cells.cell)
                        filter (where cells.cell is not null), []) as cells
                from cells
                join quality.submissions as submissions using (submission_id)
                join quality.deliveries as deliveries using (delivery_id)
                group by all order by received_at, path, sheet
                """
            )
        )
        return [_place(role, row) for row in rows]

    def _find_deliveries(self, rows: str) -> list[Place]:
        columns = {name for name, *_ in self.asked.execute(f"from {rows} limit 0").description or []}
        sheet = "named.sheet" if "sheet" in columns else "null"
        cell = "named.cell" if "cell" in columns else "null"
        submissions = fetch_dicts(
            self.asked.execute(
                f"""
                select
                    null as submission_id, null as form, deliveries.period, deliveries.status,
                    reporter_name(deliveries.reporter_code, deliveries.period) as reporter,
                    deliveries.path, deliveries.sha256, deliveries.received_at, {sheet} as sheet,
                    coalesce(list(distinct {cell}) filter (where {cell} is not null), []) as cells
                from {rows} as named join quality.deliveries as deliveries using (delivery_id)
                group by all order by deliveries.received_at, deliveries.path
                """
            )
        )
        return [_place("", row) for row in submissions]

    def disagreeing(
        self, table: str, figure: str, parent: Mapping[str, Any], spec: Mapping[str, Any]
    ) -> tuple[int, int]:
        """Count the rows of a table whose figure is known, and those of them that `is` does not give."""
        what, where = (spec.get(key, "true").replace("?", figure) for key in ("is", "where"))
        row = self.asked.execute(
            f"""
            with made_of as (
                select child."{figure}" as figure, coalesce((
                    select {what} from {parent["table"]} as parent where ({_condition(parent)}) and ({where})
                ), 0) as made
                from {table} as child where {parent.get("when", "true")}
            )
            select count(figure), count(*) filter (where abs(made - figure) > {_TOLERANCE} * greatest(1, abs(figure)))
            from made_of
            """
        ).fetchone()
        return row or (0, 0)

    def _meaning(self, table: str, figure: str | None) -> str:
        """Return what the file says that the figure, or the table, means."""
        schema, name = table.split(".")
        query = (
            "select comment from duckdb_columns() where database_name = 'published' and schema_name = ? and table_name = ?"
            " and column_name = ?"
            if figure
            else "select comment from duckdb_tables() where database_name = 'published' and schema_name = ? and table_name = ?"
        )
        return self._one(query, [schema, name, *([figure] if figure else [])]) or ""

    def _one(self, query: str, values: Sequence[Any] = ()) -> Any:
        row = self.asked.execute(query, list(values)).fetchone()
        return row[0] if row else None

    def _name(self) -> str:
        return f"temp.traced_{next(self._numbers)}"


def _place(role: str, row: Mapping[str, Any]) -> Place:
    sha256 = row["sha256"]
    return Place(
        role=role,
        submission_id=row["submission_id"],
        form=row["form"],
        reporter=row["reporter"],
        period=row["period"],
        status=row["status"],
        path=row["path"],
        archived=f"archive/{sha256[:2]}/{sha256[2:]}" if sha256 else None,
        received_at=row["received_at"],
        sheet=row["sheet"],
        cells=tuple(row["cells"]),
    )


def _condition(parent: Mapping[str, Any]) -> str:
    """Return which rows of a parent are behind a row, over `child` and `parent`."""
    by = parent["by"]
    if not isinstance(by, str):
        by = " and ".join(f"child.{column} is not distinct from parent.{column}" for column in by)
    return f"({by}) and ({parent.get('when', 'true')})"


def _listed(what: str, names: Any) -> str:
    """Some of the names there are, and how many more."""
    shown = list(names)
    more = (
        f", … +{len(shown) - _VALUES_SHOWN}" if len(shown) > _VALUES_SHOWN and what.startswith(("có", "month")) else ""
    )
    return f"{what}: {', '.join(shown if not more else shown[:_VALUES_SHOWN])}{more}"
