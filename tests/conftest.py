"""What several kinds of tests share: the parsed dbt project."""

import gc
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipelines.__main__ import COLLECTED_AFTER
from tests.shared import made_once, parse_project

LONGEST = (
    "test_sample",
    "test_kill",
    "test_models",
    "test_fuzz",
    "test_load",
    "test_replies",
    "test_publish",
    "test_templates",
    "test_receipts",
    "test_communes",
    "test_correspondence",
    "test_hostile_run",
    "test_new_form",
    "test_run",
    "test_printed",
    "test_trace",
    "test_materialise",
    "test_marts",
    "test_quality_rules",
    "test_site",
    "test_mail",
)
"""Files of tests that take the longest, first: what is short fills the cores at the end.

Each of the first two makes a run of its own, over the sample and the small one that many copy; in `make test` the third makes
that, and those after it up to test_communes need none, so that nobody waits for it.
"""


PACKAGE_OF = {
    "chromium": "chromium",
    "dovecot": "dovecot-imapd",
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
}
"""Debian's packages of the programs that tests start."""
os.environ["PATH"] += os.pathsep + "/usr/sbin"  # where servers are


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; a test that starts another program is long, and is not made where that is not installed."""
    for item in items:
        for programs in [mark.args for mark in item.iter_markers("starts")]:
            item.add_marker(pytest.mark.long)
            if missing := [PACKAGE_OF[program] for program in programs if shutil.which(program) is None]:
                item.add_marker(pytest.mark.skip(reason=f"not tried: apt-get install {' '.join(missing)}"))
    order = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: order.get(item.path.stem, len(order)))


def pytest_collection_finish() -> None:
    """Look for circles among objects as seldom as a run does, and never among what stays: all tests, and what they import."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


@pytest.fixture(scope="session")
def parsed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An NTM_HOME in which dbt has parsed the project as it stands, and nothing else was done. Not to be changed: copy it."""
    return made_once(tmp_path_factory, "parsed", parse_project)


@pytest.fixture(scope="session")
def manifest(parsed_home: Path) -> dict[str, Any]:
    """dbt's manifest of the project as it stands."""
    (file,) = (parsed_home / "dbt").glob("manifest-*.json")
    return json.loads(file.read_text(encoding="utf-8"))
