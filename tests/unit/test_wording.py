"""Numbers, days, periods, codes and sentences as readers of both languages write them."""

import datetime as dt
import re
from collections.abc import Generator

import duckdb
import jinja2
import pytest

from pipelines import wording
from pipelines.intake.forms import load_forms
from pipelines.reference.lists import read_list
from pipelines.reference.models import Label, Sentence
from pipelines.settings import SEEDS_DIR
from pipelines.wording import Language

NUMBERS = [
    (1716, "1.716", "1,716"),
    (-1234567, "-1.234.567", "-1,234,567"),
    (11.45, "11,45", "11.45"),
    (12.0, "12", "12"),
    (-0.5, "-0,5", "-0.5"),
    (14641.25, "14.641,25", "14,641.25"),
    (0, "0", "0"),
]


@pytest.mark.parametrize(("number", "vi", "en"), NUMBERS)
def test_a_number_is_grouped_and_marked_as_its_reader_does(number: float, vi: str, en: str) -> None:
    assert (wording.say_number(number), wording.say_number(number, "en")) == (vi, en)


def test_a_figure_of_a_table_is_rounded_and_an_unknown_one_is_no_zero() -> None:
    assert [wording.say_value(value) for value in (11.4532, 12.0, 0, None, True)] == ["11,45", "12", "0", "–", "có"]
    assert wording.say_value(0.12344, 4) == "0,1234"


def test_days_and_moments() -> None:
    assert wording.say_day(dt.date(2014, 9, 7)) == "07/09/2014"
    assert wording.say_day(dt.date(2014, 9, 7), "en") == "2014-09-07"
    assert wording.say_utc(dt.datetime(2014, 9, 6, 18, 30)) == "01:30 ngày 07/09/2014"
    assert wording.say_utc(None) == "–"


@pytest.mark.parametrize(
    ("period", "vi"),
    [("2014-09", "tháng 9/2014"), ("2014-12", "tháng 12/2014"), ("2014-Q3", "quý III/2014"), (None, "")],
)
def test_periods(period: str | None, vi: str) -> None:
    assert wording.say_period(period) == vi
    assert wording.say_period(period, "en") == (period or "")


@pytest.mark.parametrize(
    ("code", "on", "name"),
    [
        ("18754", dt.date(2015, 4, 9), "Thị trấn Kỳ Anh"),
        ("18754", dt.date(2015, 4, 10), "Phường Sông Trí"),
        ("18103", dt.date(2015, 6, 30), "Xã Thạch Môn"),
        ("18103", None, "Phường Đồng Môn"),
        ("nobody", dt.date(2015, 6, 30), "nobody"),
        (None, None, ""),
    ],
)
def test_a_unit_is_called_as_on_the_day_asked(code: str | None, on: dt.date | None, name: str) -> None:
    assert wording.unit_name(code, on) == name


SENTENCES = [
    *("period_month", "period_quarter", "period_first_half", "period_second_half", "period_nine_months", "period_year"),
    *("bound_from", "bound_to", "one_of"),
]
PLACES = ["place_file", "place_sheet", "place_row", "place_column", "place_cell"]
KINDS = [
    ("Đat", None, None, None, "Đat", "Đat"),
    ("met", "code", None, None, "đạt", "met"),
    ("1716", "number", None, None, "1.716", "1,716"),
    ("1500", "digits", None, None, "1500", "1500"),
    ("1.5", "digits", None, None, "1,5", "1.5"),
    ("2014-12-05", "day", None, None, "05/12/2014", "2014-12-05"),
    ("2014-Q4", "period", None, None, "quý IV/2014", "2014-Q4"),
    ("2014-H1", "period", None, None, "6 tháng đầu năm 2014", "2014-H1"),
    ("2014-H2", "period", None, None, "6 tháng cuối năm 2014", "2014-H2"),
    ("2014-9M", "period", None, None, "9 tháng đầu năm 2014", "2014-9M"),
    ("2014", "period", None, None, "năm 2014", "2014"),
    ("52428800", "size", None, None, "52,4 MB", "52.4 MB"),
    ("443", "reporter", None, None, "Huyện Can Lộc", "Huyện Can Lộc"),
    (
        "đang hoạt động;đã dừng",
        "words",
        None,
        None,
        'một trong các từ "đang hoạt động", "đã dừng"',
        'one of the words "đang hoạt động", "đã dừng"',
    ),
    ("row 9;column D;+3", "places", None, None, "dòng 9, cột D … (+3)", "row 9, column D … (+3)"),
    ("J175;K9", "places", None, None, "J175, K9", "J175, K9"),
    ("-0.25", "number", None, None, "-0,25", "-0.25"),
    ("-14641", "number", None, None, "-14.641", "-14,641"),
    ("sheet Biểu 02", "places", None, None, "trang Biểu 02", "sheet Biểu 02"),
    (None, "any_integer", 0.0, 10000.0, "số nguyên từ 0 đến 10.000", "a whole number from 0 to 10,000"),
    (None, "any_money", 0.0, None, "số tiền từ 0", "an amount of money from 0"),
    (None, "any_mark", None, None, "đạt hoặc chưa đạt", 'a mark for "met" or "not met"'),
    (None, "number", None, None, "", ""),
]


@pytest.mark.parametrize(("value", "kind", "low", "high", "vi", "en"), KINDS)
def test_a_value_of_a_finding_is_said_by_its_kind(
    value: str | None, kind: str | None, low: float | None, high: float | None, vi: str, en: str
) -> None:
    assert wording.say_received(value, kind, "vi", low, high) == vi
    assert wording.say_received(value, kind, "en", low, high) == en


def test_a_reporter_of_a_finding_is_called_as_on_the_day_of_the_report() -> None:
    assert wording.say_received("18103", "reporter", on=dt.date(2015, 6, 30)) == "Xã Thạch Môn"
    assert wording.say_received("18103", "reporter") == "Phường Đồng Môn"


MACROS = SEEDS_DIR.parent / "macros"


@pytest.fixture(scope="module")
def listed() -> Generator[duckdb.DuckDBPyConnection]:
    """The lists of words, as tables."""
    with duckdb.connect() as connection:
        for model in (Label, Sentence):
            columns = list(model.model_fields)
            connection.execute(
                f"create table {model.name_of_list} ({', '.join(f'{name} varchar' for name in columns)})"
            )
            rows = [[getattr(row, name) for name in columns] for row in read_list(model, SEEDS_DIR)]
            connection.executemany(f"insert into {model.name_of_list} values (?, ?, ?)", rows)
        yield connection


@pytest.fixture(scope="module")
def query() -> jinja2.Template:
    """What SQL says of a value, in a language."""
    macros = "".join((MACROS / f"{name}.sql").read_text(encoding="utf-8") for name in ("arrays", "text", "messages"))
    return jinja2.Template(
        macros
        + """
        with words as (select {{ side_by_side(sentences, 'sentence') }} from sentences),
        places as (select {{ side_by_side(places, 'label') }} from labels),
        given as (select $value::varchar as value, $kind::varchar as kind, $low::double as low, $high::double as high)
        select
            case
                when kind like 'any_%' then {{ type_in_words('types.label_' ~ language, 'low', 'high', language) }}
                else {{ value_in_words('value', 'kind', language, 'coded.label_' ~ language, "'Huyện Can Lộc'") }}
            end
        from given
        cross join (select * from words cross join places) as words
        left join labels as types on given.kind = types.code
        left join labels as coded on given.value = coded.code
        """
    )


@pytest.mark.parametrize(("value", "kind", "low", "high", "vi", "en"), KINDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_sql_says_a_value_as_python_does(
    listed: duckdb.DuckDBPyConnection, query: jinja2.Template, language: Language, value: str | None, kind: str | None,
    low: float | None, high: float | None, vi: str, en: str,
) -> None:  # fmt: skip
    asked = query.render(language=language, sentences=SENTENCES, places=PLACES, target={"type": "duckdb"})
    given = {"value": value, "kind": kind, "low": low, "high": high}
    assert listed.execute(asked, given).fetchone() == ((vi if language == "vi" else en) or None,)


def test_braces_in_a_value_stay_and_what_is_unknown_is_a_dash() -> None:
    assert wording.fill("{value}, {cell}", {"value": "{cell}"}) == "{cell}, –"


VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)
TO_BE_TYPED = ("“Không phát sinh”", "đúng or sai", "“Đã rà soát”", "Kết quả tiếp nhận")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_speaks_both_languages(language: Language) -> None:
    said = {row.code: getattr(row, f"label_{language}") for row in read_list(Label, SEEDS_DIR)}
    said |= {row.code: getattr(row, f"sentence_{language}") for row in read_list(Sentence, SEEDS_DIR)}
    for text in said.values():
        assert text.strip() == text
        if language == "en":
            plain = text
            for words in TO_BE_TYPED:
                plain = plain.replace(words, "")
            assert not VIETNAMESE.search(plain), text


def test_sentences_name_the_same_things_in_both_languages() -> None:
    for row in read_list(Sentence, SEEDS_DIR):
        named = [set(re.findall(r"\{(\w+)\}", text)) for text in (row.sentence_vi, row.sentence_en)]
        if not row.code.startswith("period_"):
            assert named[0] == named[1], row


def test_whatever_a_finding_may_name_has_a_label() -> None:
    fields = [item for form in load_forms() for item in form.fields]
    codes = {code for item in fields for code in (item.codes or {}).values()}
    types = {f"any_{item.type}" for item in fields}
    names = {item.name for item in fields if item.criterion is None}
    assert codes | types | names <= {row.code for row in read_list(Label, SEEDS_DIR)}
