"""What a trace from a figure to its cells is made of, and how it reads.

Here: steps, places, the trace that they make, and its text. Not here: how any of it is found (trace.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pipelines.printing import printable
from pipelines.wording import say_period, say_text, say_utc

_ROWS_SHOWN, _FILES_SHOWN, _CELLS_SHOWN = 5, 8, 6


@dataclass(frozen=True)
class Place:
    """A report, and the cells of one sheet of it that a figure stands in; without `cells` the sheet, or the whole report.

    `role` says what it is to the figure ('reported', 'verified', '' …), `archived` is its file's name in the archive.
    """

    role: str
    submission_id: str | None
    form: str | None
    reporter: str | None
    period: str | None
    status: str
    path: str
    archived: str | None
    received_at: Any
    sheet: str | None
    cells: tuple[str, ...]


@dataclass
class Step:
    """Rows of one table that a figure is made of, the places they stand in, and the steps under them.

    `rows` are (name, key, value of the figure); `condition` says which rows count; `agreement` what the figure is of these
    rows, and whether that is so; `months` those of the rows, where they are not the month asked for (`is_carried`: the
    newest known before it); `reasons` why rows have nothing behind them, with their number.
    """

    table: str
    figure: str | None
    count: int
    rows: list[tuple[str, str, Any]]
    condition: str = ""
    agreement: str = ""
    months: list[tuple[Any, int]] = field(default_factory=list)
    is_carried: bool = False
    reference: str = ""
    places: list[Place] = field(default_factory=list)
    reasons: list[tuple[str, int]] = field(default_factory=list)
    steps: list["Step"] = field(default_factory=list)

    def walk(self) -> Iterator["Step"]:
        """Yield the step and all under it."""
        yield self
        for step in self.steps:
            yield from step.walk()


@dataclass(frozen=True)
class Trace:
    """The answer to one question: its first step is the row asked about, `meaning` what its figure means."""

    step: Step
    meaning: str
    note: str = ""

    @property
    def places(self) -> list[Place]:
        """Every place behind the figure."""
        return [place for step in self.step.walk() for place in step.places]

    @property
    def reasons(self) -> list[str]:
        """Every reason why there is nothing behind a row."""
        steps = list(self.step.walk())
        return [step.reference for step in steps if step.reference] + [
            reason for step in steps for reason, _ in step.reasons
        ]


def describe(traced: Trace, *, is_whole: bool = False) -> str:
    """Return a trace in words, Vietnamese first. `is_whole`: every row, file and cell instead of the first ones."""
    lines = _described(traced.step, 0, 10**9 if is_whole else 1)
    if traced.meaning:
        lines.insert(1, f"  {traced.meaning}")
    if not traced.places and not traced.reasons:
        lines.append("Không có báo cáo nào phía sau · no report stands behind it")
    if traced.note:
        lines.append(traced.note)
    return "\n".join(map(printable, lines))


def _described(step: Step, depth: int, share: int) -> list[str]:
    """The lines of a step and all under it; `share` times as many rows, files and cells as usual."""
    indent = "  " * depth
    if depth == 0:
        ((name, key, value),) = step.rows
        lines = [f"{step.table} {key}" + (f": {name}" if name else "")]
        if step.figure:
            lines.append(f"  {step.figure} = {value_text(value)}")
    else:
        parts = [
            f"{step.table}: {step.count} dòng · {'row' if step.count == 1 else 'rows'}",
            step.condition,
            step.agreement,
        ]
        lines = [f"{indent}← {'; '.join(filter(None, parts))}"]
        if step.months:
            months = ", ".join(f"{month:%m/%Y} ({count})" for month, count in step.months)
            which = "mang sang từ · carried over from" if step.is_carried else "của các tháng · of the months"
            lines.append(f"{indent}  {which}: {months}")
        for name, key, value in step.rows[: _ROWS_SHOWN * share]:
            shown = f" = {value_text(value)}" if step.figure else ""
            lines.append(f"{indent}  {name or key}{f' ({key})' if name else ''}{shown}")
        if step.count > _ROWS_SHOWN * share:
            lines.append(f"{indent}  … +{step.count - _ROWS_SHOWN * share}")
    if step.reference:
        lines.append(f"{indent}  {step.reference}")
    lines += [
        f"{indent}  {reason}" + (f" ({count})" if step.count > 1 else "")
        for reason, count in step.reasons[:_ROWS_SHOWN]
    ]
    for place in step.places[: _FILES_SHOWN * share]:
        lines += [f"{indent}  {line}" for line in _described_place(place, _CELLS_SHOWN * share)]
    if len(step.places) > _FILES_SHOWN * share:
        lines.append(f"{indent}  … +{len(step.places) - _FILES_SHOWN * share} tệp, trang · files, sheets")
    for below in step.steps:
        lines += _described(below, depth + 1, share)
    return lines


def _described_place(place: Place, cells_shown: int) -> Iterator[str]:
    where = f"tệp · file {place.path}"
    if place.sheet:
        where += f", trang · sheet {place.sheet}"
    if place.cells:
        more = f" … ({len(place.cells)})" if len(place.cells) > cells_shown else ""
        where += f", ô · cells {', '.join(place.cells[:cells_shown])}{more}"
    yield f"■ {place.role + ': ' if place.role else ''}{where}"
    about = [place.form, place.reporter, say_period(place.period), say_text(place.status)]
    received = f"nhận · received {say_utc(place.received_at)}" if place.received_at else None
    submission = f"submission {place.submission_id}" if place.submission_id else None
    yield "  " + ", ".join(filter(None, [*about, received, submission, place.archived]))


def value_text(value: Any) -> str:
    """Return a value as it stands in the file: what is unknown as NULL, a share with four decimals."""
    if value is None:
        return "NULL"
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)
