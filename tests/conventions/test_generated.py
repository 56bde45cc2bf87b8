"""What is written from the form definitions and the list of indicators is what they say: `make forms` would change nothing."""

from pathlib import Path

import pytest

from pipelines import scaffold, semantic_layer
from pipelines.intake.forms import load_forms
from pipelines.reference.lists import read_lists
from pipelines.reference.models import PublishedIndicator
from pipelines.scaffold import files, write_files
from pipelines.settings import SEEDS_DIR
from tests.unit.intake.workbooks import ROOT

INDICATORS = read_lists(SEEDS_DIR)[PublishedIndicator]
FILES = files(load_forms(), INDICATORS)
WRITTEN = (scaffold.WRITTEN, semantic_layer.WRITTEN)


@pytest.mark.parametrize("path", FILES)
def test_file_is_what_the_definitions_say(path: str) -> None:
    assert (ROOT / path).read_text(encoding="utf-8") == FILES[path], "make forms"


def test_no_written_file_is_left_of_a_form_that_is_gone() -> None:
    folders = ("dbt_project/models", "dbt_project/macros", "expectations")
    written = {
        str(file.relative_to(ROOT))
        for folder in folders
        for file in (ROOT / folder).rglob("*.*")
        if any(line in file.read_text(encoding="utf-8") for line in WRITTEN)
    }
    assert written == set(FILES)


def test_only_what_differs_is_written(tmp_path: Path) -> None:
    assert set(write_files(load_forms(), INDICATORS, tmp_path)) == set(FILES)
    path = next(iter(FILES))
    (tmp_path / path).write_text("changed by hand", encoding="utf-8")
    assert write_files(load_forms(), INDICATORS, tmp_path) == [path]
