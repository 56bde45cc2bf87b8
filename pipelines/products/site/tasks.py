"""Directives: which tasks are overdue, with whom, and how each owner keeps its days.

Not here: tasks that have no day (they are counted, and listed in the file beside).
"""

from collections.abc import Mapping
from typing import Any

from pipelines.products.site.source import Source


def read_tasks(source: Source) -> Mapping[str, Any]:
    """Return what the template of the directives names."""
    tasks = source.kept(
        "nhiem-vu",
        """
        select
            task_code, task, reporter_name(owner_code, period) as owner, document_no, period, recurrence, due_on, state,
            reported_status, percent_done, measured_status, is_contradicted
        from marts.fct_tasks
        order by due_on nulls last, task_code, owner, period
        """,
    )
    states = source.rows(
        """
        select state, count(*) as tasks from marts.fct_tasks
        left join meta.codes as codes
            on codes.table_name = 'fct_tasks' and codes.column_name = 'state' and codes.code = state
        group by state, codes.sort order by codes.sort
        """
    )
    owners = source.kept(
        "nhiem-vu-theo-don-vi",
        """
        select
            reporter_name(owner_code, null) as owner,
            count_if(state in ('done_on_time', 'done_late', 'overdue')) as due, count_if(state = 'done_on_time') as on_time,
            count_if(state = 'done_late') as late, count_if(state = 'overdue') as overdue,
            count_if(state in ('undated', 'done')) as undated, count_if(is_contradicted) as contradicted
        from marts.fct_tasks
        group by owner order by overdue desc, late desc, owner
        """,
    )
    return {
        "overdue": [task for task in tasks if task["state"] in {"overdue", "no_owner"}],
        "due": [task for task in tasks if task["state"] == "due"],
        "contradicted": [task for task in tasks if task["is_contradicted"]],
        "states": states,
        "owners": owners,
    }
