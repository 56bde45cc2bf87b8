"""The province and its office are rows of data: code asks for them and names neither."""

import re

from tests.unit.intake.workbooks import ROOT


def test_no_code_names_the_province_or_its_office() -> None:
    words = re.compile(r"""'42'|"42"|VPDP|hà tĩnh""")
    files = [*(ROOT / "pipelines").rglob("*.py"), *(ROOT / "pipelines" / "products").glob("*.yml")]
    files += [*(ROOT / "dbt_project" / "models").rglob("*.sql")]
    files += [*(ROOT / "dbt_project" / "macros").glob("*.sql"), *(ROOT / "dbt_project" / "tests").rglob("*.sql")]
    assert [file.name for file in files if words.search(file.read_text(encoding="utf-8"))] == []
