"""What is written from the form definitions is what they say: `make forms` would change nothing."""

from pathlib import Path

import pytest

from pipelines.intake.forms import load_forms
from pipelines.scaffold import WRITTEN, files, write_files
from tests.unit.intake.workbooks import ROOT

FILES = files(load_forms())


@pytest.mark.parametrize("path", FILES)
def test_file_is_what_the_form_definitions_say(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == FILES[path], "make forms"


def test_no_written_file_is_left_of_a_form_that_is_gone() -> None:
    folders = ("dbt_project/models/staging", "dbt_project/macros", "expectations")
    written = {
        str(file.relative_to(ROOT))
        for folder in folders
        for file in (ROOT / folder).rglob("*.*")
        if WRITTEN in file.read_text(encoding="utf-8")
    }
    assert written == set(FILES)


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    assert set(write_files(load_forms(), tmp_path)) == set(FILES)
    path = next(iter(FILES))
    (tmp_path / path).write_text("changed by hand", encoding="utf-8")
    assert write_files(load_forms(), tmp_path) == [path]
