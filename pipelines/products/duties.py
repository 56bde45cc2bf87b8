"""The notice of 7 September 2014, duty by duty, with what the published file answers of each: `reports/thong-bao.md`.

Here: going through the list `duties` row by row, asking the queries of duties.yml, and the page that comes of it. The
page is made from a published file, so it says what stands there and cannot go stale.
Not here: a figure that no query fetched, and the queries themselves.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from pipelines.files import replace_file
from pipelines.reference.models import Duty
from pipelines.wording import say_month, say_text, say_value

QUERIES = Path(__file__).with_suffix(".yml")
ROWS_SHOWN, NAMES_SHOWN = 24, 60
DIRECT, PROXY, TEXT = "direct", "proxy", "text"
_REGISTER = """
select owner_code, period, due_on, state, reported_status, measured_status, done_on, evidence, document_no
from marts.fct_tasks
where task_code = '{item}'
order by owner_code, period
"""
_KINDS = {
    DIRECT: "trả lời trực tiếp · direct",
    PROXY: "số liệu gần nhất · proxy",
    TEXT: "theo sổ nhiệm vụ · text",
}
_KEYS = {"query", "reads", "misses", "names", "names_are"}
_CODED = {
    "format",
    "kind",
    "measured_status",
    "part",
    "product_group",
    "reported_status",
    "sector",
    "source",
    "state",
    "status",
}
ABOVE = "above"
"""In place of a query of names: the answer itself lists them."""
_COLUMNS = "_columns"


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

    @property
    def is_answered(self) -> bool:
        """Whether the query returned a row that knows more than its first column, which only names the row."""
        return any(value is not None for row in self.rows for value in (row[1:] or row))


def read_queries(duties: Sequence[Duty], file: Path = QUERIES) -> dict[str, Mapping[str, str]]:
    """Return query, `reads`, `names`, `misses` of each duty, by item; a text duty without an entry asks the register.

    Raises DutiesError for a direct or proxy duty without a query, a direct one without names, a proxy without `misses`,
    an unknown key, and an entry that no duty has.
    """
    entries = {key: entry for key, entry in _read_entries(file).items() if key != _COLUMNS}
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
    """Ask everything of an open published file, in the order of `duties`.

    Raises DutiesError for a query that fails, and what `read_queries` raises.
    """
    queries = read_queries(duties)
    return [_answer_duty(published, duty, queries[duty.item]) for duty in duties]


def write_duties(published_file: Path, out_file: Path, duties: Sequence[Duty]) -> list[str]:
    """Write the page of a published file to `out_file`, and return the items that the file has no answer to.

    Raises DutiesError (see `answers`), duckdb.Error where the file can't be opened, OSError where the page can't be
    written.
    """
    with duckdb.connect(str(published_file), read_only=True) as published:
        duty_answers = answer_duties(published, duties)
        (as_of,) = published.execute("select as_of from meta.build").fetchone() or (None,)
    replace_file(out_file, render_page(duty_answers, as_of).encode())
    return [answer.duty.item for answer in duty_answers if not answer.is_answered]


def render_page(duty_answers: Iterable[DutyAnswer], as_of: dt.date | None) -> str:
    """Return the page in Markdown, Vietnamese first."""
    duty_answers = list(duty_answers)
    day = say_value(as_of)
    lines = [
        "# Thực hiện Thông báo ngày 07/9/2014, từng nhiệm vụ",
        "",
        f"Tính đến hết ngày {day}, theo tệp công bố. Mỗi nhiệm vụ có câu truy vấn để ai cũng lấy lại được con số.",
        "",
        f"*The notice of 7 September 2014, duty by duty, as of the end of {day}: from the published file, with the query.*",
        "",
    ]
    for kind, label in _KINDS.items():
        of_kind = [answer for answer in duty_answers if answer.duty.trackability == kind]
        silent = [answer.duty.item for answer in of_kind if not answer.is_answered]
        missing = f"; chưa có số liệu · no answer: {', '.join(silent)}" if silent else ""
        lines.append(f"- {label}: {len(of_kind)}{missing}")
    for answer in duty_answers:
        lines += ["", *_render_section(answer)]
    return "\n".join(lines) + "\n"


@cache
def _read_entries(file: Path) -> dict[str, dict[str, str]]:
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def _fits(key: str, item: str) -> bool:
    return item.startswith(key[:-1]) if key.endswith("*") else item == key


def _answer_duty(published: duckdb.DuckDBPyConnection, duty: Duty, entry: Mapping[str, str]) -> DutyAnswer:
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
    return DutyAnswer(
        duty, query, entry["reads"], entry.get("misses", ""), columns, rows, register,
        names if names != ABOVE else "", entry.get("names_are", ""), name_columns, name_rows,
    )  # fmt: skip


def _ask(published: duckdb.DuckDBPyConnection, query: str) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
    result = published.execute(query)
    return tuple(column[0] for column in result.description), tuple(result.fetchall())


def _render_section(answer: DutyAnswer) -> list[str]:
    duty = answer.duty
    facts = [
        duty.owner_vi,
        *(f"{word}: {said}" for word, said in (("chỉ tiêu", duty.target), ("hạn", duty.deadline)) if said),
    ]
    states = Counter(say_text(row[3]) for row in answer.register)
    contradicted = sum(1 for row in answer.register if row[4] == "done" and row[5] == "not_done")
    register = ", ".join(f"{state} {count}" for state, count in sorted(states.items()))
    if contradicted:
        register += f"; báo cáo xong mà số liệu chưa · reported done, measured not done: {contradicted}"
    lines = [
        f"## {duty.item} · {duty.duty_vi}",
        "",
        f"{'; '.join(facts)}. *{duty.duty_en}* ({_KINDS[duty.trackability]})",
        "",
        f"{answer.reads}:",
        "",
        *_render_table(answer.columns, answer.rows, ROWS_SHOWN, "(chưa có số liệu · no answer)"),
    ]
    if answer.names:
        lines += ["", f"{answer.names_are}:", ""]
        lines += _render_table(answer.name_columns, answer.name_rows, NAMES_SHOWN, "(không có · none)")
    if answer.misses:
        lines += ["", f"Chưa nói được · misses: {answer.misses}"]
    lines += [
        "",
        f"Sổ nhiệm vụ · register: {register or 'không có dòng nào · no row'}",
        "",
        "```sql",
        answer.query + (f";\n\n{answer.names}" if answer.names else ""),
        "```",
    ]
    return lines


def _render_table(columns: Sequence[str], rows: Sequence[Sequence[Any]], most: int, none: str) -> list[str]:
    if not rows:
        return [none]
    words = read_columns()
    lines = [f"| {' | '.join(words.get(column, column) for column in columns)} |", f"|{' --- |' * len(columns)}"]
    lines += [f"| {' | '.join(map(_shown, columns, row))} |" for row in rows[:most]]
    if len(rows) > most:
        lines += ["", f"… và {len(rows) - most} dòng nữa · more rows"]
    return lines


def _shown(column: str, value: Any) -> str:
    if column == "month" and isinstance(value, dt.date):
        return say_month(value)
    if isinstance(value, str) and column not in _CODED:
        return value.replace("|", "\\|").replace("\n", " ")
    return say_value(value, 4)
