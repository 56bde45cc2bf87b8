"""Form definitions: what they must say, and how a wrong one is refused."""

import shutil
from pathlib import Path

import pytest
import yaml

from pipelines.intake.forms import FOLDER, FormError, load_forms, load_forms_of
from pipelines.reference.lists import Lists, read_lists
from pipelines.reference.models import Unit
from pipelines.settings import SEEDS_DIR
from tests.unit.intake.workbooks import knowledge

OF_THE_NOTICE = "C01 H01 H02 H03 H04 H05 H06 H07 M01 S01 S02 S03 V01 V02 V03 V04 V05".split()
FORMS = load_forms()
FORMS_OF_THE_NOTICE = [form for form in FORMS if form.code in OF_THE_NOTICE]

REQUIRED = {  # forms.md, the table of keys
    "H01": ["commune"],
    "H02": ["model_name", "commune", "size", "status"],
    "H03": ["name", "kind", "commune", "status"],
    "H04": ["commune", "village", "kind", "status"],
    "H05": ["officer_name", "is_full_time"],
    "H06": ["commune", "officer_name"],
    "H07": ["commune", "total_million_vnd"],
    "S01": ["commune", "criterion_no", "status"],
    "S02": ["officer_name"],
    "S03": ["product", "district", "linked_models"],
    "C01": ["status"],
    "M01": ["activity", "planned", "done"],
    "V01": ["inspected_on", "commune", "item_kind", "item", "is_confirmed"],
    "V02": ["document_no", "task_code", "task", "owner"],
    "V03": ["received_at", "sender", "file_name"],
    "V04": ["finding_id", "explanation"],
    "V05": ["decision"],
}
PERSONAL = {("H02", "owner_name"), ("H04", "owner_name"), ("H05", "officer_name"), ("H06", "officer_name")}
PERSONAL |= {("S02", "officer_name"), ("V01", "inspector"), ("V04", "explained_by"), ("V04", "accepted_by")}
PERSONAL |= {("V05", "decided_by")}
PERSONAL |= {("V03", name) for name in ("sent_from", "message_text", "message_id", "subject")}


def test_every_form_of_the_notice_has_a_definition() -> None:
    assert {form.code for form in FORMS} >= set(OF_THE_NOTICE)


@pytest.mark.parametrize("code", OF_THE_NOTICE)
def test_required_fields_are_those_of_the_form_list(code: str) -> None:
    assert [field.name for field in FORMS[code].fields if field.required] == REQUIRED[code]


def test_personal_fields_are_those_of_the_form_list() -> None:
    assert {
        (form.code, field.name) for form in FORMS_OF_THE_NOTICE for field in form.fields if field.personal
    } == PERSONAL


def test_nil_is_allowed_where_quality_allows_it() -> None:
    assert {form.code for form in FORMS_OF_THE_NOTICE if form.nil_allowed} == {
        "H02",
        "H03",
        "H04",
        "C01",
        "M01",
        "V01",
        "S03",
    }


def test_wards_are_odd_on_forms_of_communes() -> None:
    assert {form.code for form in FORMS_OF_THE_NOTICE if form.wards_warn} == {"H01", "H06", "H07", "S01"}


def test_headers_name_the_province_that_stands_in_the_list_of_units() -> None:
    lists = read_lists(SEEDS_DIR)
    assert lists.province_name == "Hà Tĩnh"
    theirs = Lists({Unit: [Unit(level="province", code="04", name_vi="Tỉnh Cao Bằng", kind="tỉnh")]})
    for of, name in ((lists, "Hà Tĩnh"), (theirs, "Cao Bằng")):
        (headers,) = [
            field.headers for field in load_forms_of(of)["M01"].fields if field.name == "promotes_local_goods"
        ]
        assert f"Tiêu thụ hàng {name}" in headers
        assert not [header for header in headers if "{" in header]


def test_every_header_of_a_form_names_one_field_of_it() -> None:
    index = knowledge().headers
    for form in FORMS:
        for field in form.fields:
            for header in field.headers:
                claims = index.claims(header.lower()) or {}
                assert claims.get(form.code, field.name) == field.name, (form.code, header)


def test_no_name_stands_for_two_criteria() -> None:
    numbers = knowledge().headers.criterion_numbers
    for number, names in knowledge().criterion_names.items():
        assert [name for name in names if numbers.get(name.lower(), number) != number] == []
    assert {numbers[name] for name in ("giao thông", "tc 2", "tiêu chí 2", "2", "2 giao thông")} == {2}


def folder_with(tmp_path: Path, **changes: object) -> Path:
    """The project's definitions, one of them changed."""
    folder = tmp_path / "forms"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path = folder / "h06.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8")) | changes
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tiltes": []}, r"h06\.yml: unknown key 'tiltes'"),
        (
            {"every": "week"},
            r"h06\.yml: every: input should be 'month', 'quarter', 'half_year', 'nine_months', 'year' or 'register', not 'week'",
        ),
        (
            {"key": [["a"]], "fields": [{"name": "a", "type": "money", "sum_of": ["b"]}]},
            r"h06\.yml: no field is called 'b'",
        ),
        ({"key": [["comune"]]}, r"h06\.yml: no field is called 'comune'"),
        ({"wards": "error"}, r"h06\.yml: wards: input should be 'warning', not 'error'"),
        ({"titles": "Phân công"}, r"h06\.yml: titles: input should be a valid tuple, not 'Phân công'"),
        ({"titles": []}, r"h06\.yml: titles: tuple should have at least 1 item"),
        ({"row": {"vi": "một xã"}}, r"h06\.yml: key 'row\.en' is missing"),
        ({"row": "một xã"}, r"h06\.yml: row: input should be a mapping of keys, not 'một xã'"),
        ({"fields": ["commune"]}, r"h06\.yml: fields\.0: input should be a mapping of keys, not 'commune'"),
        (
            {"fields": [{"name": "a", "type": "tick", "headers": [True]}]},
            r"h06\.yml: field 'a': headers\.0: input should be a valid string",
        ),
        ({"fields": [{"name": "a", "type": "text", "header": []}]}, r"h06\.yml: field 'a': unknown key 'header'"),
        ({"fields": [{"name": "a", "type": "txt"}]}, r"h06\.yml: field 'a': unknown type 'txt'"),
        ({"fields": [{"name": "a"}]}, r"h06\.yml: field 'a': key 'type' is missing"),
        ({"fields": [{"name": "a", "type": "code"}]}, r"h06\.yml: field 'a': type code needs codes"),
        ({"fields": [{"name": "a", "type": "code", "codes": {"x": ["m"], "y": ["M"]}}]}, "stands for two codes"),
        ({"fields": [{"name": "commune", "type": "text"}] * 2, "key": [["commune"]]}, "a field is defined twice"),
        ({"form": "H01"}, "form H01 is defined twice"),
    ],
)
def test_wrong_definition_is_refused_with_file_and_key(
    tmp_path: Path, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(FormError, match=message):
        load_forms(folder_with(tmp_path, **changes))


def test_missing_key_is_refused_with_its_name(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "h06.yml").write_text("form: H06\nevery: month\n", encoding="utf-8")
    with pytest.raises(FormError, match=r"h06\.yml: key 'titles' is missing"):
        load_forms(folder)


OCOP = """
form: D01
number: 01/OCOP
titles: [Sản phẩm OCOP]
row: {vi: một sản phẩm OCOP, en: OCOP product}
every: quarter
key: [[product]]
fields:
  - {name: product, type: text, required: true, headers: [Tên sản phẩm]}
  - {name: stars, type: code, headers: [Hạng sao], codes: {3: [3 sao, 3], 4: [4 sao, 4], 5: [5 sao, 5]}}
"""


def test_a_form_of_the_office_stands_beside_ours() -> None:
    forms = load_forms(own={"d01.yml": OCOP})
    assert [form.code for form in forms if form.is_own] == ["D01"]
    assert forms["D01"].by_name["stars"].code_words == {"3": "3 sao", "4": "4 sao", "5": "5 sao"}
    assert len(forms.forms) == len(FORMS.forms) + 1


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("h02.yml", OCOP.replace("D01", "H02"), "forms/h02.yml: form H02 is ours; choose another code"),
        ("d02.yml", OCOP, "forms/d02.yml: form: must be D02, as the file is called, not 'D01'"),
        (
            "d01.yml",
            OCOP.replace("Sản phẩm OCOP", "Tổng hợp nguồn lực"),
            "titles: 'tổng hợp nguồn lực' is a title of H07",
        ),
        ("d01.yml", OCOP.replace("01/OCOP", "02/NTM-H"), "number: '02/NTM-H' is that of H02"),
        (
            "d01.yml",
            OCOP.replace("stars", "month"),
            "field 'month': every form has a column of this name; choose another",
        ),
        ("d01.yml", OCOP.replace("stars", "sheet"), "field 'sheet': every form has a column of this name"),
        ("d01.yml", OCOP.replace("stars", "Hạng"), "field 'Hạng': name: string should match pattern"),
        ("d01.yml", "form: [D01\n", "forms/d01.yml: no valid YAML: while parsing"),
        ("d01.yml", "", "forms/d01.yml: a definition is a mapping of keys"),
    ],
)
def test_a_form_of_the_office_is_refused_in_one_line(name: str, text: str, message: str) -> None:
    with pytest.raises(FormError) as refused:
        load_forms(own={name: text})
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_new_form_is_a_new_file(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "h08.yml").write_text(
        "form: H08\nnumber: 08/NTM-H\ntitles: [Nước sạch]\nrow: {vi: một xã, en: commune}\nevery: month\n"
        "subject: districts\nkey: [[commune]]\n"
        "fields:\n- {name: commune, type: commune, required: true}\n- {name: households, type: integer, headers: [Số hộ]}\n",
        encoding="utf-8",
    )
    form = load_forms(folder)["H08"]
    assert form.columns[10:] == [
        ("commune_name", "VARCHAR"),
        ("commune_code", "VARCHAR"),
        ("commune_suggested_code", "VARCHAR"),
        ("households", "BIGINT"),
    ]
