"""Pages: what they show is text, whatever it is, and a page shows nothing by guess."""

import datetime as dt
from typing import Any

import pytest
from jinja2 import UndefinedError

from pipelines.pages import render
from pipelines.quality import CRITICAL, Outcome

SUITE: dict[str, Any] = {"table": "landed.h01", "failed": 0, "severities": {CRITICAL: "nghiêm trọng"}}


def page(**values: Any) -> str:
    outcome = Outcome("landed_h01", "check", CRITICAL, is_passed=True, observed=None)
    check = {"outcome": outcome, "vi": "không dòng nào trống xã", "en": "no row without a commune"}
    return render("suite.html.j2", **{**SUITE, "checks": [check], **values})


def test_markup_in_a_value_is_shown_not_obeyed() -> None:
    html = page(table='<script>alert("x")</script>')
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_what_is_unknown_is_a_dash() -> None:
    assert '<td data-label="Số dòng sai" class="n">–</td>' in page()


def test_a_value_that_nobody_gave_stops_the_page() -> None:
    with pytest.raises(UndefinedError, match="'table' is undefined"):
        render("suite.html.j2", checks=[], failed=0, severities={})
    with pytest.raises(UndefinedError):
        render("site/index.html.j2", build={"as_of": dt.date(2015, 7, 20)})
