"""HTML pages, and what is printed: one environment of templates, one look, every value escaped but in plain text (`.txt.j2`).

Here: turning a template of this folder and plain values into a page that loads nothing from anywhere. The words of a page
stand in its template, the figures come from who asks for the page.
Not here: any question to a database, and how a value is written (whoever asks hands its formats over).

    _layout.html.j2   head and style of every page, at any width
    _macros.html.j2   what pages are made of: a heading in both languages, a table, a card
    site/             the pages of the site, with a frame, macros and a script of their own (pipelines/products/site/)
    paper/            documents to print and sign, in the tags that pipelines/products/paper.py knows; a message's text
    duties.html.j2    the notice duty by duty (pipelines/products/duties.py)
    dictionary.html.j2  what the published tables mean (pipelines/products/export.py)
    suite.html.j2     one page per suite of expectations (pipelines/quality.py)
"""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape


def render(template: str, **values: Any) -> str:
    """Return the page of a template; raises jinja2.UndefinedError for a value that it names and nobody gave."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(disabled_extensions=["txt.j2"], default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
