"""The registers that we hand out and that come back filled in: their titles and headings, as the forms that read them have them.

Here: what stands over a column so that intake knows it again. Not here: which columns a sheet has and how wide they are
(marked_workbook.py, answers.py), and how a header is known (pipelines/intake/forms).
"""

from functools import cache

from pipelines.intake.forms import Form, load_forms
from pipelines.wording import capitalise


@cache
def find_register(*fields: str) -> Form:
    """Return the register that has these fields. Raises ValueError where there is none or several."""
    (register,) = [form for form in load_forms() if form.is_register and {*fields} <= form.by_name.keys()]
    return register


def answers_register() -> Form:
    """Return the register of what is answered to findings."""
    return find_register("finding_id", "explanation")


def decisions_register() -> Form:
    """Return the register of what the Office decides about reports and files."""
    return find_register("decided_submission_id", "decision")


def title(register: Form) -> str:
    """Return what a sheet of a register is called: the shortest of its titles, since a sheet's name has little room."""
    return capitalise(min(register.titles, key=len))


def heading(register: Form, field: str) -> str:
    """Return what stands over a column of a register."""
    return register.by_name[field].headers[0]
