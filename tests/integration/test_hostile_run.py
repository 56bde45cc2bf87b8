"""A whole run over files that try to stop it: it publishes what the others say, and each of them is a finding by path."""

import pytest

from tests import hostile
from tests.integration.conftest import Office


@pytest.mark.long
def test_hostile_files_are_findings_of_their_own_and_the_rest_is_published(office: Office) -> None:
    before = office.ask("select count(*) from quality.submissions where status like 'accepted%'")
    hostile.put_all(office.raw)
    code, said = office.run()
    assert code == 0, said
    assert "\x1b" not in said
    assert len(said.splitlines()) < 60, "a wall of lines"
    findings = office.ask("select file, rule_id from quality.findings where severity = 'error'")
    received = dict(office.ask("select path, status from quality.deliveries"))
    for path, expected in hostile.expected():
        # findings at cells go with reports that others of one reporter and month replace: test_hostile.py holds them
        is_refused = any(rule == "F01" for rule, *_ in expected)
        assert ((path, "F01") in findings, path in received) == (is_refused, True), path
        assert (received[path] == "rejected") == is_refused, path
    assert office.ask("select count(*) from quality.submissions where status like 'accepted%'") >= before
    code, said = office.run()
    assert code == 0, said
    assert "nothing new" in said
    hostile.remove_nested(office.raw / "places", "d")
