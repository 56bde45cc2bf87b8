"""The lineage of figures as data: a misspelt key says nothing by mistake."""

from pathlib import Path

import pytest

from pipelines.products.trace import read_lineage


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("marts.a: {keys: [month]}", "keys"),
        ("marts.a: {key: [], parents: [{table: marts.b, on: [month]}]}", "True"),
        ("marts.a: {key: [], parents: [{table: marts.b, by: [month], figures: {n: {what: count(*)}}}]}", "what"),
        ("marts.a: {key: [], parents: [{table: marts.b, by: [month], report: {forms: H01}}]}", "forms"),
    ],
)
def test_a_misspelt_key_stops_and_names_its_table(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "lineage.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"lineage.yml: marts.a: no such key: {key}"):
        read_lineage(file)
