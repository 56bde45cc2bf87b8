"""The notice of 7 September 2014, duty by duty, with what the published file answers of each.

Here: going through the list `duties` row by row, asking the queries of duties.yml, the tables that come of it, and the verdict.
Three files: `reports/thong-bao.html` to read, `thong-bao.docx` to print, and `thong-bao-<quarter>.docx`, the quarterly report on
how the notice is carried out (duty KT.2), to sign. They are made from a published file, so they say what stands there.
Not here: a figure that no query fetched, the queries themselves, and the words around them (pipelines/pages/paper/).
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.files import replace_file
from pipelines.pages import render
from pipelines.products import paper
from pipelines.products.headlines import read_issuer
from pipelines.reference.models import Duty
from pipelines.wording import (
    capitalise,
    say,
    say_code,
    say_month,
    say_number,
    say_period,
    say_share,
    say_text,
    say_value,
)

QUERIES = Path(__file__).with_suffix(".yml")
ROWS_SHOWN, NAMES_SHOWN = 12, 40
DIRECT, PROXY, TEXT = "direct", "proxy", "text"
_REGISTER = """
select owner_code, period, due_on, state, reported_status, measured_status, done_on, evidence, document_no
from marts.fct_tasks
where task_code = '{item}'
order by owner_code, period
"""
_KINDS = {DIRECT: "trả lời trực tiếp", PROXY: "số liệu gần nhất", TEXT: "theo sổ nhiệm vụ"}
OF_ALL, OF_QUARTER = "KT.1", "KT.2"
"""The duties whose answers are the quarterly report: how all tasks stand, and those of each quarter by owner."""
_KEYS = {"query", "reads", "misses", "names", "names_are", "names_are_without_districts", "of_districts"}
ABOVE = "above"
"""In place of a query of names: the answer itself lists them."""
_COLUMNS, _SHARES = "_columns", "_shares"
OF_DISTRICTS = {"district_name", "districts"}
"""A district by name, and how many of them have a figure."""
_WIDEST, _PADDING, _LETTERS_OF_LINE = 34, 4, 84
"""In letters: the widest column, the margins in a cell, a line of a table on A4."""
_LINES_OF_VERDICT = 12


class DutiesError(Exception):
    """duties.yml does not fit the duties, or a query of it fails; the message names the item."""


@dataclass(frozen=True)
class DutyAnswer:
    """One duty and what was found: `duty` is its row of the list, `rows` the result of `query`, `name_rows` of `names`."""

    duty: Duty
    query: str
    reads: str
    misses: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    register: tuple[tuple[Any, ...], ...]
    names: str = ""
    names_are: str = ""
    name_columns: tuple[str, ...] = ()
    name_rows: tuple[tuple[Any, ...], ...] = ()
    names_are_without_districts: str = ""
    is_ended: bool = False
    """Whether it was for districts alone, and there are none any more: where nothing answers it, nothing is missing."""

    @property
    def is_answered(self) -> bool:
        """Whether the query returned a row that knows more than its first column, which only names the row."""
        return any(value is not None for row in self.rows for value in (row[1:] or row))


Labels = Mapping[tuple[str, str], str]
"""What a code of a column is called, by both."""


@dataclass(frozen=True)
class DutiesWritten:
    """What was written, and the items that the file has no answer to."""

    files: list[Path]
    silent: list[str]


def read_queries(duties: Sequence[Duty], file: Path = QUERIES) -> dict[str, Mapping[str, str]]:
    """Return query, `reads`, `names`, `misses` of each duty, by item; a text duty without an entry asks the register.

    Raises DutiesError for a direct or proxy duty without a query, a direct one without names, a proxy without `misses`,
    an unknown key, and an entry that no duty has.
    """
    entries = {key: entry for key, entry in _read_entries(file).items() if key not in {_COLUMNS, _SHARES}}
    queries: dict[str, Mapping[str, str]] = {}
    used = set()
    for duty in duties:
        item, kind = duty.item, duty.trackability
        key = next((key for key in entries if _fits(str(key), item)), None)
        entry = {name: str(text) for name, text in entries[key].items()} if key is not None else {}
        used.add(key)
        if unknown := entry.keys() - _KEYS:
            raise DutiesError(f"{file.name}: {item}: no such key: {', '.join(sorted(unknown))}")
        if kind == TEXT:
            entry = {"query": _REGISTER, "reads": "Các dòng của nhiệm vụ trong sổ theo dõi"} | entry
        if not entry.get("query") or not entry.get("reads"):
            raise DutiesError(f"{file.name}: {item}: a {kind} duty needs a query and what it reads")
        if kind == DIRECT and (names := entry.get("names")) != ABOVE and not (names and entry.get("names_are")):
            raise DutiesError(f"{file.name}: {item}: a direct duty needs the names behind it, and what they are")
        if kind == PROXY and not entry.get("misses"):
            raise DutiesError(f"{file.name}: {item}: a proxy must say what it misses")
        queries[item] = entry
    if unused := {str(key) for key in entries if key not in used}:
        raise DutiesError(f"{file.name}: no duty has the item {', '.join(sorted(unused))}")
    return queries


def read_columns(file: Path = QUERIES) -> Mapping[str, str]:
    """Return the Vietnamese words of columns."""
    return _read_entries(file).get(_COLUMNS, {})


def answer_duties(published: duckdb.DuckDBPyConnection, duties: Sequence[Duty]) -> list[DutyAnswer]:
    """Ask an open published file of each duty that holds as of its day, in the order of `duties`.

    Raises DutiesError for a query that fails, and what `read_queries` raises.
    """
    queries = read_queries(duties)
    ((as_of,),) = published.execute("select as_of from meta.build").fetchall()
    has_districts = _has_districts(published)
    return [_answer_duty(published, duty, queries[duty.item], has_districts) for duty in duties if duty.holds_on(as_of)]


def write_duties(published_file: Path, folder: Path, duties: Sequence[Duty]) -> DutiesWritten:
    """Write the page and the documents of a published file to `folder`.

    Raises DutiesError (see `answer_duties`), duckdb.Error where the file can't be opened, OSError where a file can't be
    written.
    """
    with duckdb.connect(str(published_file), read_only=True) as published:
        answers = answer_duties(published, duties)
        labels, issuer = _read_labels(published), read_issuer(published)
    values = describe_duties(answers, labels) | {"issuer": issuer}
    files = {"thong-bao.html": render("duties.html.j2", **values).encode()}
    files[f"thong-bao{paper.SUFFIX}"] = paper.write_paper(
        render("paper/duties.html.j2", **values), size=12, is_wide=True
    )
    if quarter := _quarter(answers):
        report = render("paper/quarter.html.j2", quarter=say_period(quarter), **values)
        files[f"thong-bao-{quarter}{paper.SUFFIX}"] = paper.write_paper(report)
    for name, content in files.items():
        replace_file(folder / name, content)
    silent = [answer.duty.item for answer in answers if not answer.is_answered and not answer.is_ended]
    return DutiesWritten([folder / name for name in files], silent)


def describe_duties(answers: Sequence[DutyAnswer], labels: Labels) -> dict[str, Any]:
    """Return what the templates name: `sections`, one per duty, and the verdict on all of them."""
    sections = [_describe(answer, labels) for answer in answers]
    states = Counter(row[3] for answer in answers for row in answer.register)
    return {
        "sections": sections,
        "by_item": {section["item"]: section for section in sections},
        "kinds": [(words, sum(section["kind"] == words for section in sections)) for words in _KINDS.values()],
        "silent": [section["item"] for section in sections if not section["is_answered"]],
        "ended": [section["item"] for section in sections if section["ended"]],
        "states": [(capitalise(say_text(state)), count) for state, count in sorted(states.items())],
        "overdue": states["overdue"],
        "instances": states.total(),
        "troubled": [section for section in sections if section["troubles"]],
        "lines_of_verdict": _LINES_OF_VERDICT,
        "say": say_value,
        "number": say_number,
        "sentence": say,
    }


def _quarter(answers: Sequence[DutyAnswer]) -> str | None:
    """Return the newest quarter that the quarterly answer knows; None where a duty that it is made of does not hold."""
    rows = {answer.duty.item: answer.rows for answer in answers}
    return str(rows[OF_QUARTER][0][0]) if OF_ALL in rows and rows.get(OF_QUARTER) else None


def _read_labels(published: duckdb.DuckDBPyConnection) -> Labels:
    """Return what codes of columns are called that no list of words has: forms, reporters, targets."""
    rows = published.execute(
        """
        select 'form', code, label_vi from meta.codes where table_name = 'obligations' and column_name = 'form'
        union all
        select 'owner_code', reporter_code, max_by(reporter_name, coalesce(valid_from, date '1900-01-01'))
        from marts.dim_reporters group by reporter_code
        union all
        select 'target_id', target_id, any_value(target_name_vi) from marts.target_progress group by target_id
        """
    ).fetchall()
    return {(column, code): name for column, code, name in rows if name}


@cache
def _read_entries(file: Path) -> dict[str, dict[str, str]]:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _fits(key: str, item: str) -> bool:
    return item.startswith(key[:-1]) if key.endswith("*") else item == key


def _has_districts(published: duckdb.DuckDBPyConnection) -> bool:
    """Return whether there are districts in the newest month."""
    query = "select max(month) = (select max(month) from marts.province_months) from marts.district_months"
    ((has_them,),) = published.execute(query).fetchall()
    return bool(has_them)


def _answer_duty(
    published: duckdb.DuckDBPyConnection, duty: Duty, entry: Mapping[str, str], has_districts: bool
) -> DutyAnswer:
    item = duty.item
    query, names = (
        entry.get(key, "").replace("{item}", item).replace("{owner}", duty.owner_codes or "").strip()
        for key in ("query", "names")
    )
    try:
        columns, rows = _ask(published, query)
        _, register = _ask(published, _REGISTER.replace("{item}", item))
        name_columns, name_rows = _ask(published, names) if names not in {"", ABOVE} else ((), ())
    except duckdb.Error as error:
        raise DutiesError(f"{QUERIES.name}: {item}: {' '.join(str(error).split())}") from error
    answer = DutyAnswer(
        duty, query, entry["reads"], entry.get("misses", ""), columns, rows, register,
        names if names != ABOVE else "", entry.get("names_are", ""), name_columns, name_rows,
        entry.get("names_are_without_districts", ""),
    )  # fmt: skip
    is_ended = "of_districts" in entry and not has_districts and not answer.is_answered
    return replace(answer, is_ended=is_ended)


def _ask(published: duckdb.DuckDBPyConnection, query: str) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    relation = published.execute(query)
    return tuple(column[0] for column in relation.description), tuple(relation.fetchall())


def _describe(answer: DutyAnswer, labels: Labels) -> dict[str, Any]:
    """Return one duty as the templates have it: its facts, tables, what the register says, and what is wrong."""
    duty = answer.duty
    has_districts = "district_name" in _leave_out_districts(answer.name_columns, answer.name_rows)[0]
    names_are = answer.names_are if has_districts else answer.names_are_without_districts or answer.names_are
    states = Counter(say_text(row[3]) for row in answer.register)
    overdue = sum(row[3] == "overdue" for row in answer.register)
    contradicted = sum(1 for row in answer.register if row[4] == "done" and row[5] == "not_done")
    troubles = [
        say(code, count=say_number(count))
        for code, count in (("duty_overdue", overdue), ("duty_contradicted", contradicted))
        if count
    ]
    return {
        "item": duty.item,
        "duty": duty.duty_vi,
        "owner": duty.owner_vi,
        "target": _say_target(duty.target),
        "deadline": duty.deadline,
        "kind": _KINDS[duty.trackability],
        "reads": answer.reads,
        "misses": answer.misses,
        "is_answered": answer.is_answered,
        "ended": say("duty_ended") if answer.is_ended else "",
        "answer": _show(answer.columns, answer.rows, ROWS_SHOWN, labels),
        "names_are": names_are if answer.names else "",
        "names": _show(answer.name_columns, answer.name_rows, NAMES_SHOWN, labels),
        "register": ", ".join(f"{state} {say_number(count)}" for state, count in sorted(states.items())),
        "troubles": troubles if answer.is_answered or answer.is_ended else [*troubles, say("duty_silent")],
        "query": answer.query + (f";\n\n{answer.names}" if answer.names else ""),
    }


def _say_target(target: str | None) -> str:
    """Return a target without what was added in brackets by whoever made the list, which is not the notice's."""
    return (target or "").partition(" (")[0].replace(">= ", "ít nhất ")


def _show(columns: Sequence[str], rows: Sequence[Sequence[Any]], most: int, labels: Labels) -> dict[str, Any]:
    """Return a table in words: `heads`, `rows` of (text, is it a number), shares of the width, rows that are left out."""
    words, shares = read_columns(), _read_entries(QUERIES)[_SHARES]
    columns, rows = _leave_out_districts(columns, rows)
    heads = [capitalise(words.get(column, column)) for column in columns]
    shown = [
        [(_say_cell(column, value, labels, column in shares), isinstance(value, int | float) and not isinstance(value, bool))
         for column, value in zip(columns, row, strict=True)]
        for row in rows[:most]
    ]  # fmt: skip
    columns_of_text = [[head, *(row[place][0] for row in shown)] for place, head in enumerate(heads)]
    return {"heads": heads, "rows": shown, "widths": _share_width(columns_of_text), "left": max(0, len(rows) - most)}


def _leave_out_districts(
    columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
    """Return a table without its columns of districts that name or count none: where there are no districts."""
    kept = [
        place for place, column in enumerate(columns) if column not in OF_DISTRICTS or any(row[place] for row in rows)
    ]
    return [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]


def _share_width(columns: Sequence[Sequence[str]]) -> str:
    """Return shares of the width, in letters: each column has room for its longest word, and more if its text is long."""
    least = [max(len(word) for text in column for word in text.split() or [""]) + _PADDING for column in columns]
    wanted = [
        max(fewest, min(_WIDEST, max(map(len, column[1:]), default=0)))
        for fewest, column in zip(least, columns, strict=True)
    ]
    room = max(0, _LETTERS_OF_LINE - sum(least))
    over = sum(wanted) - sum(least)
    part = min(1.0, room / over) if over else 0.0
    return " ".join(f"{low + (high - low) * part:.1f}" for low, high in zip(least, wanted, strict=True))


def _say_cell(column: str, value: Any, labels: Labels, is_share: bool) -> str:
    if column == "month" and isinstance(value, dt.date):
        return say_month(value)
    if is_share and isinstance(value, int | float):
        return say_share(value, decimals=1)
    if isinstance(value, str):
        return labels.get((column, value)) or say_code(column, value)
    return say_value(value, 2)
