"""What dbt does for each node though nobody here asks for it, and has no setting against: left out while it builds.

Of the processor time of a build two thirds were dbt's own, for 430 nodes (measured in November 2026, dbt 1.11). Three of its
parts make more than half of that: every node gets a context with all macros of dbt, twice; every step of every node is worded
as an event of level debug, 18 a node, whether or not somebody listens; and every model and test is rendered anew from its
template, to the same SQL as the time before.
Here: leaving them out, in this process. Not here: what dbt is asked to do, and what SQL it is given (build.py).
"""

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from dbt.contracts.graph.manifest import Manifest
    from dbt.contracts.graph.nodes import Macro

CALLED_BY_DBT = """
    check_schema_exists create_schema drop_relation generate_alias_name generate_database_name generate_schema_name
    get_columns_in_relation get_expected_sql get_fixture_sql get_where_subquery list_relations_without_caching
    list_schemas materialization_unit_default rename_relation run_hooks truncate_relation
"""
"""What dbt calls from Python to build and to test, without that a model, a test or a macro names it."""

HEARD = frozenset({"NodeFinished"})
"""Events of level debug that `build.build` listens to."""


def drop_unused_macros(project: "Manifest") -> None:
    """Take macros of dbt's own to which no name leads that a model or test has in its template out of a parsed project.

    What several adapters have of their own (`duckdb__x`, `default__x`) stays or goes as one, so that no call finds
    another's: one that were missed would be an error with its name.
    """
    named = _collect_macros(project)
    todo = [node.raw_code for node in project.nodes.values()]
    todo += [
        macro.macro_sql for macro in project.macros.values() if macro.package_name == project.metadata.project_name
    ]
    todo += [f"{{{{ {CALLED_BY_DBT} }}}}"]
    for kind in {node.config.materialized for node in project.nodes.values()}:
        todo += [f"{{{{ materialization_{kind}_{adapter} }}}}" for adapter in ("default", "duckdb")]
    while todo:
        for word in _words(todo.pop()):
            todo += [macro.macro_sql for macro in named.pop(word, [])]
    left = {macro.unique_id for macros in named.values() for macro in macros}
    project.macros = {name: macro for name, macro in project.macros.items() if name not in left}


def _collect_macros(project: "Manifest") -> "dict[str, list[Macro]]":
    """Return dbt's macros by the name that they are called by."""
    named: dict[str, list[Macro]] = {}
    for macro in project.macros.values():
        if macro.package_name != project.metadata.project_name:
            named.setdefault(re.sub("^(default|duckdb)__", "", macro.name), []).append(macro)
    return named


def _words(template: str) -> set[str]:
    """Return the words of a template's code, as macros are called: without the adapter's prefix."""
    return {
        re.sub("^(default|duckdb)__", "", word)
        for part in re.findall(r"\{[{%].*?[%}]\}", template, re.DOTALL)
        for word in re.findall(r"\w+", part)
    }


@contextmanager
def debug_events_unworded() -> Generator[None]:
    """While this lasts, dbt makes no message of an event of level debug, but for those HEARD."""
    from dbt_common.events.base_types import BaseEvent, DebugLevel  # noqa: PLC0415 (2 s, only when dbt runs)
    from dbt_common.events.event_manager import EventManager  # noqa: PLC0415 (as above)

    make, fire = BaseEvent.__init__, EventManager.fire_event
    unheard: dict[type[BaseEvent], bool] = {}

    def is_unheard(event: BaseEvent) -> bool:
        kind = type(event)
        if kind not in unheard:
            unheard[kind] = kind.level_tag is DebugLevel.level_tag and kind.__name__ not in HEARD
        return unheard[kind]

    def make_if_heard(self: BaseEvent, *arguments: Any, **values: Any) -> None:
        if not is_unheard(self):
            make(self, *arguments, **values)

    def fire_if_heard(self: EventManager, e: BaseEvent, level: Any = None, *rest: Any, **more: Any) -> None:
        if not is_unheard(e):
            fire(self, e, level, *rest, **more)

    BaseEvent.__init__, EventManager.fire_event = make_if_heard, fire_if_heard
    try:
        yield
    finally:
        BaseEvent.__init__, EventManager.fire_event = make, fire


@contextmanager
def compiled_code_kept() -> Generator[None]:
    """While this lasts, dbt takes the compiled SQL of a model or test as it stands where it has been given one."""
    from dbt.compilation import Compiler  # noqa: PLC0415 (2 s, only when dbt runs)

    compile_code = Compiler._compile_code  # noqa: SLF001 (what renders a node: there is no setting against it)

    def compile_if_unknown(self: Any, node: Any, *arguments: Any) -> Any:
        if node.compiled_code is None:
            return compile_code(self, node, *arguments)
        node.compiled = True
        return node

    Compiler._compile_code = cast("Any", compile_if_unknown)  # noqa: SLF001 (as above)
    try:
        yield
    finally:
        Compiler._compile_code = compile_code  # noqa: SLF001 (as above)
