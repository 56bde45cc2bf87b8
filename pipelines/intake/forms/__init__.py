"""Form definitions: one YAML file per form in this folder, read and checked here into `Form` and `Field`.

Here: the shape of a definition, its checks, and the landed columns that follow from it. A form's name stands in its
file only. What headers several forms share, and the words that tell rows apart, is `_shared.yml`; who sends a form is
the list of reporting routes.

A definition has: form, number (as printed, "01/NTM-H"), titles, row (what a row is, in both languages), subject (the room of
dbt's staging; of our forms), every (a frequency of reference/periods.py, or register), key (alternatives: the first one whose
fields are all filled), required_any (groups of which one must be filled), cumulative (a list that a period carries on from
the one before), nil_allowed, wards (warning: R05), blank_marks and stated_total (E06), wide, empty_without, known_rows (what
a blank form is filled in with: open_tasks of the reporter, last_marks of its communes), fields. A field has: name, type,
headers ("{province}" in one is the name of the province) and what its type needs; sum_of or change_of, where a blank form
computes it. A misspelt key stops the load with file and key. What the office adds (`reference/forms/d01.yml` in its raw
folder) has the same shape; its rows are published by warehouse/own_forms.py.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic import Field as PydanticField

from pipelines.intake.model import ROW_COLUMNS
from pipelines.intake.text import fold, fold_word
from pipelines.reference.lists import OWN_FORMS, ListError, Lists
from pipelines.reference.rows import split_codes

FOLDER = Path(__file__).parent

LANDED_TYPES: dict[str, tuple[tuple[str, str], ...]] = {
    # type of a field → what it lands as: (suffix of the column, DuckDB type)
    "text": (("", "VARCHAR"),),
    "mark": (("", "VARCHAR"),),
    "code": (("", "VARCHAR"),),
    "period": (("", "VARCHAR"),),
    "integer": (("", "BIGINT"),),
    "criterion": (("", "BIGINT"),),
    "number": (("", "DOUBLE"),),
    "money": (("", "DOUBLE"),),
    "percent": (("", "DOUBLE"),),
    "date": (("", "DATE"),),
    "datetime": (("", "TIMESTAMP"),),
    "tick": (("", "BOOLEAN"),),
    "commune": (("_name", "VARCHAR"), ("_code", "VARCHAR"), ("_suggested_code", "VARCHAR")),
    "district": (("_name", "VARCHAR"), ("_code", "VARCHAR")),
    "reporter": (("_name", "VARCHAR"), ("_code", "VARCHAR")),
    "owners": (("_name", "VARCHAR"), ("_codes", "VARCHAR")),
}
SUMMED_TYPES = frozenset({"mark", "integer", "number", "money"})
FILLED_DOWN_TYPES = frozenset({"text", "code", "criterion", "commune", "district", "reporter", "owners"})
"""A merged cell says the same for each of its rows where it names something; a number in it is one number."""
CODED_TYPES = frozenset({"commune", "district"})
NOT_COMPARED_TYPES = frozenset({"commune", "district", "reporter", "owners"})
NOT_COMPARED = frozenset({"row_no", "note"})
"""Names of units, numbering and notes are no part of what a report says: quality.md, X05."""
OWN_COLUMNS = ("month", "period", "reporter_code", "cell")
"""Columns that the published rows of the office's own forms have beside the form's fields and the row's place."""
_SHOWN = 60
_PROVINCE = "{province}"
"""In a header of a definition: the name of the province, which stands in the list of units alone."""
D = TypeVar("D", bound=BaseModel)


class FormError(ListError):
    """A form definition is wrong; the message is one line that names file and key."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: what its column is called, how it is read, where it lands.

    `upper_by`: (other field, its code → upper bound). `codes`: folded synonym → code; `code_words`: code → the word for it
    in a blank form. `yes_words`/`no_words`: a tick's own words; `tick_words`: the two for a blank form. `blank_words`: words
    that say as much as a blank ("đến nay" as the day an officer left).
    `headers_of_no`: a second column whose tick means no. `other_text_to`: a tick that holds any other text is a yes, the text
    goes to that field. `blank_is_no`: a blank tick means no. `derived`: no column of its own ('layout', or 'words': `words`
    found in field `source`). `criterion`: the criterion's number, for a column per criterion; it is required where the set in
    force has that criterion, if it `follows_set`. `is_total`: totals add it up.
    `sum_of`: the fields that it adds up; `change_of`: the field whose change since the last report it states.
    `is_compared`: part of what a report says, so that two reports which agree in all such fields are copies (X05) and a
    correction is listed field by field. `filled`: the share of rows that usually have it; fewer are a warning.
    """

    name: str
    type: str
    label_vi: str | None = None
    label_en: str | None = None
    headers: tuple[str, ...] = ()
    required: bool = False
    follows_set: bool = False
    personal: bool = False
    lower: float | None = None
    upper: float | None = None
    upper_by: tuple[str, Mapping[str, float]] | None = None
    codes: Mapping[str, str] | None = None
    code_words: Mapping[str, str] | None = None
    yes_words: frozenset[str] = frozenset()
    no_words: frozenset[str] = frozenset()
    blank_words: frozenset[str] = frozenset()
    tick_words: tuple[str, str] | None = None
    headers_of_no: tuple[str, ...] = ()
    other_text_to: str | None = None
    blank_is_no: bool = False
    derived: str | None = None
    source: str | None = None
    words: tuple[str, ...] = ()
    criterion: int | None = None
    is_total: bool = False
    sum_of: tuple[str, ...] = ()
    change_of: str | None = None
    is_compared: bool = False
    filled: float | None = None

    def is_required(self, criteria: Collection[int]) -> bool:
        """Return whether a report must have the field under the set that these criteria are."""
        return self.required or (self.follows_set and self.criterion in criteria)

    @property
    def label(self) -> tuple[str, str]:
        """What the field is called in both languages where no list says so: by its definition, first header and name."""
        vi = self.label_vi or next(iter(self.headers), self.name)
        return vi, self.label_en or self.name.replace("_", " ")

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Landed columns of the field: (name, DuckDB type)."""
        return [(self.name + suffix, kind) for suffix, kind in LANDED_TYPES[self.type]]


class _Definition(BaseModel):
    """What a file may say: no other key. A number stands for the text that it is written as ("headers: [2026]")."""

    model_config = ConfigDict(extra="forbid", frozen=True, coerce_numbers_to_str=True)


class Wide(_Definition):
    """A layout with a column per criterion: each such column of a row becomes a row of its own."""

    first: int
    last: int
    number: str
    value: str
    flag: str


@dataclass(frozen=True)
class Form:
    """A form: how it is recognised (`titles`, folded), what a row is, what its columns are; `title` as a person reads it."""

    code: str
    number: str | None
    title: str
    titles: tuple[str, ...]
    row_vi: str
    row_en: str
    subject: str | None
    every: str
    key: tuple[tuple[str, ...], ...]
    required_any: tuple[tuple[str, ...], ...]
    is_cumulative: bool
    nil_allowed: bool
    wards_warn: bool
    only_met_marks: bool
    stated_total: str | None
    wide: Wide | None
    empty_without: str | None
    known_rows: str | None
    fields: tuple[Field, ...]
    is_own: bool = False

    @property
    def table(self) -> str:
        """Name of its landed table."""
        return self.code.lower()

    @property
    def is_register(self) -> bool:
        """Whether its rows accumulate and it needs no period (V02-V04)."""
        return self.every == "register"

    @property
    def has_units(self) -> bool:
        """Whether a field of it names communes or districts."""
        return any(field.type in CODED_TYPES for field in self.fields)

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups of forms (`FORM_GROUPS`) that it belongs to; a register, which nobody owes, belongs to none."""
        belongs = {
            "all": True,
            "with_units": self.has_units,
            "of_rural_communes": self.wards_warn,
            "with_blank_marks": self.only_met_marks or self.wide is not None,
            "with_totals": any(field.is_total for field in self.fields),
        }
        return frozenset(group for group, is_one in belongs.items() if is_one and not self.is_register)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def columns(self) -> list[tuple[str, str]]:
        """(column, DuckDB type) of its landed table; not to be changed, as nothing of a form is."""
        return [*ROW_COLUMNS, *(column for field in self.fields for column in field.columns)]

    @cached_property
    def position(self) -> dict[str, int]:
        """Where in a landed row a field's first column stands."""
        names = [name for name, _ in self.columns]
        return {field.name: names.index(field.columns[0][0]) for field in self.fields}

    @cached_property
    def key_parts(self) -> tuple[tuple[tuple[int, bool, bool], ...], ...]:
        """Each key's fields: where the value stands, whether the code beside it goes first, whether it is folded."""
        kinds = {field.name: field.type for field in self.fields}
        return tuple(
            tuple((self.position[name], kinds[name] in CODED_TYPES, kinds[name] != "code") for name in names)
            for names in self.key
        )


@dataclass(frozen=True, slots=True)
class RowWords:
    """Words by which rows are told apart, folded; see `_shared.yml`."""

    whole: Mapping[str, frozenset[str]]
    start: Mapping[str, tuple[str, ...]]


class TitleWords(_Definition):
    """Words by which a heading is known for a title, as they are written; see `_shared.yml`."""

    opening: tuple[str, ...]
    bodies: tuple[str, ...]
    common: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms, and what they share."""

    forms: Mapping[str, Form]
    criterion_headers: tuple[str, ...]
    criterion_names: Mapping[int, tuple[str, ...]]
    words: RowWords
    title_words: TitleWords

    def __iter__(self) -> Iterator[Form]:
        return iter(self.forms.values())

    def __getitem__(self, code: str) -> Form:
        return self.forms[code]

    def named(self, codes: str | None) -> list[str]:
        """Return the codes of the forms that a rule names: one by one, or by a group of them."""
        names = split_codes(codes)
        return [form.code for form in self if form.code in names or not form.groups.isdisjoint(names)]


class _BothLanguages(_Definition):
    vi: str
    en: str


class _FormDefinition(_Definition):
    """A form's file."""

    form: str
    number: str | None = None
    titles: Annotated[tuple[str, ...], PydanticField(min_length=1)]
    row: _BothLanguages
    subject: str | None = None
    every: Literal["month", "quarter", "half_year", "nine_months", "year", "register"]
    key: tuple[tuple[str, ...], ...]
    required_any: tuple[tuple[str, ...], ...] = ()
    cumulative: bool = False
    nil_allowed: bool = False
    wards: Literal["warning"] | None = None
    blank_marks: Literal["not_met_where_only_met"] | None = None
    stated_total: str | None = None
    wide: Wide | None = None
    empty_without: str | None = None
    known_rows: Literal["open_tasks", "last_marks"] | None = None
    fields: Annotated[tuple[dict[str, Any], ...], PydanticField(min_length=1)]


class _FieldDefinition(_Definition):
    """A field in a form's file; `label`: what it is called, where no list words it (a form of the office's own)."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\{n\})?$")]
    type: str
    label: _BothLanguages | None = None
    headers: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    lower: int | float | None = None
    upper: int | float | None = None
    upper_by: Annotated[dict[str, dict[str, int | float]], PydanticField(min_length=1, max_length=1)] | None = None
    codes: dict[str, Annotated[tuple[str, ...], PydanticField(min_length=1)]] | None = None
    yes_words: tuple[str, ...] = ()
    no_words: tuple[str, ...] = ()
    headers_of_no: tuple[str, ...] = ()
    other_text_to: str | None = None
    blank: Literal["unknown"] | None = None
    blank_words: tuple[str, ...] = ()
    derived: Literal["layout", "words"] | None = None
    source: str | None = PydanticField(None, alias="from")
    words: tuple[str, ...] = ()
    repeat: tuple[int, int] | None = None
    follows_set: bool = False
    total: bool = True
    sum_of: tuple[str, ...] = ()
    change_of: str | None = None
    compared: bool | None = None
    filled: float | None = None


class _SharedDefinition(_Definition):
    """What `_shared.yml` says."""

    headers: dict[str, tuple[str, ...]]
    criterion_headers: tuple[str, ...]
    criterion_names: dict[int, tuple[str, ...]]
    rows: dict[str, "_RowWordsDefinition"]
    titles: TitleWords


class _RowWordsDefinition(_Definition):
    whole: tuple[str, ...] = ()
    start: tuple[str, ...] = ()


def load_forms_of(lists: Lists) -> Forms:
    """Read our form definitions and those of an office, by its lists. Raises FormError as `load_forms` does."""
    return load_forms(own=lists.own_forms, province=lists.province_name)


def load_forms(
    folder: Path = FOLDER, own: Mapping[str, str] = MappingProxyType({}), province: str = "của tỉnh"
) -> Forms:
    """Read every form definition of the folder, and the office's own: their text by the name of their file.

    `province`: what a header says where the definition has "{province}".
    Raises FormError (one line with file and key) for a misspelt or missing key, a value of another shape, an unknown type,
    a key or rule that names a field which the form does not have, two forms of one code or title, and a form of the office's
    own that takes what is ours: a code, or the name of a column that the published rows of every form have.
    """
    shared_text = (folder / "_shared.yml").read_text(encoding="utf-8")
    shared = _shared(shared_text)
    forms: dict[str, Form] = {}
    for path in sorted(folder.glob("[!_]*.yml")):
        form = _form(path.name, path.read_text(encoding="utf-8").replace(_PROVINCE, province), shared_text)
        if form.code in forms:
            raise FormError(f"{path.name}: form {form.code} is defined twice")
        forms[form.code] = form
    for name, text in own.items():
        place = f"{OWN_FORMS}/{name}"
        form = replace(_form(place, text.replace(_PROVINCE, province), shared_text), is_own=True)
        _check_own(place, form, forms)
        forms[form.code] = form
    return Forms(
        forms,
        shared.criterion_headers,
        shared.criterion_names,
        RowWords(
            {kind: frozenset(map(fold, words.whole)) for kind, words in shared.rows.items()},
            {kind: tuple(map(fold, words.start)) for kind, words in shared.rows.items()},
        ),
        shared.titles,
    )


def landed_schema(forms: Iterable[Form]) -> dict[str, list[tuple[str, str]]]:
    """Return (column, DuckDB type) of every form's landed table, by table name."""
    return {form.table: form.columns for form in forms}


def _loaded(place: str, text: str) -> Any:
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise FormError(f"{place}: no valid YAML: {' '.join(str(error).split())}") from error


def _parsed(shape: type[D], content: Any, place: str) -> D:
    if not isinstance(content, dict):
        raise FormError(f"{place}: a definition is a mapping of keys")
    try:
        return shape.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
    key = ".".join(map(str, first["loc"]))
    match first["type"]:
        case "extra_forbidden":
            keys = sorted(item.alias or name for name, item in shape.model_fields.items())
            raise FormError(f"{place}: unknown key {key!r} (known: {', '.join(keys)})")
        case "missing":
            raise FormError(f"{place}: key {key!r} is missing")
    problem = first["msg"][0].lower() + first["msg"][1:]
    if first["type"] in {"model_type", "dict_type"}:
        problem = "input should be a mapping of keys"
    raise FormError(f"{place}: {key}: {problem}, not {str(first['input'])[:_SHOWN]!r}")


def _check_own(place: str, form: Form, others: Mapping[str, Form]) -> None:
    """Refuse a form of the office's own that takes what another form, or every form, has."""
    if form.code in others:
        raise FormError(f"{place}: form {form.code} is ours; choose another code")
    if form.code != Path(place).stem.upper():
        raise FormError(f"{place}: form: must be {Path(place).stem.upper()}, as the file is called, not {form.code!r}")
    for other in others.values():
        if both := [title for title in form.titles if title in other.titles]:
            raise FormError(f"{place}: titles: {both[0]!r} is a title of {other.code}")
        if form.number and other.number and fold(form.number) == fold(other.number):
            raise FormError(f"{place}: number: {form.number!r} is that of {other.code}")
    for name, _ in form.columns[len(ROW_COLUMNS) :]:
        if name in OWN_COLUMNS or name in dict(ROW_COLUMNS):
            raise FormError(f"{place}: field {name!r}: every form has a column of this name; choose another")


@lru_cache(maxsize=8)
def _shared(text: str) -> _SharedDefinition:
    return _parsed(_SharedDefinition, _loaded("_shared.yml", text), "_shared.yml")


@lru_cache(maxsize=128)  # definitions are asked for by each step of a run and each letter, and change once in months
def _form(place: str, text: str, shared_text: str) -> Form:
    given = _parsed(_FormDefinition, _loaded(place, text), place)
    own = tuple(field for each in given.fields for field in _fields(place, each))
    own = _with_usual_headers(place, own, _shared(shared_text).headers)
    form = Form(
        code=given.form,
        number=given.number,
        title=given.titles[0],
        titles=tuple(map(fold, given.titles)),
        row_vi=given.row.vi,
        row_en=given.row.en,
        subject=given.subject,
        every=given.every,
        key=given.key,
        required_any=given.required_any,
        is_cumulative=given.cumulative,
        nil_allowed=given.nil_allowed,
        wards_warn=given.wards is not None,
        only_met_marks=given.blank_marks is not None,
        stated_total=given.stated_total,
        wide=given.wide,
        empty_without=given.empty_without,
        known_rows=given.known_rows,
        fields=own,
    )
    if len(form.by_name) != len(own):
        raise FormError(f"{place}: a field is defined twice")
    named = [name for names in (*form.key, *form.required_any) for name in names]
    named += [name for field in own for name in (field.other_text_to, field.source) if name]
    named += [field.upper_by[0] for field in own if field.upper_by]
    named += [name for name in (form.empty_without, form.stated_total) if name]
    named += [name for field in own for name in (*field.sum_of, field.change_of) if name]
    named += [form.wide.number, form.wide.value, form.wide.flag] if form.wide else []
    for name in named:
        if name not in form.by_name:
            raise FormError(f"{place}: no field is called {name!r}")
    return form


def _with_usual_headers(place: str, own: tuple[Field, ...], usual: Mapping[str, Collection[str]]) -> tuple[Field, ...]:
    """Add the usual headers to the fields' own; one that the form gives to another field of its own is not usual there."""
    taken: dict[str, str] = {}
    for item in own:
        for header in item.headers:
            if taken.setdefault(fold(header), item.name) != item.name:
                raise FormError(f"{place}: header {header!r} stands for {taken[fold(header)]!r} and {item.name!r}")
    return tuple(
        replace(
            item,
            headers=(
                *(header for header in usual.get(item.name, ()) if taken.get(fold(header), item.name) == item.name),
                *item.headers,
            ),
        )
        for item in own
    )


def _fields(place: str, content: Mapping[str, Any]) -> Iterator[Field]:
    if isinstance(content.get("name"), str):
        place = f"{place}: field {content['name']!r}"
    given = _parsed(_FieldDefinition, content, place)
    if given.type not in LANDED_TYPES:
        raise FormError(f"{place}: unknown type {given.type!r} (known: {', '.join(LANDED_TYPES)})")
    if (given.type == "code") != (given.codes is not None):
        raise FormError(f"{place}: type code needs codes, other types have none")
    first, last = given.repeat or (None, None)
    for number in (None,) if first is None or last is None else range(first, last + 1):
        name = given.name if number is None else given.name.replace("{n}", str(number))
        yield Field(
            name=name,
            type=given.type,
            label_vi=given.label.vi if given.label else None,
            label_en=given.label.en if given.label else None,
            headers=given.headers,
            required=given.required,
            follows_set=number is not None and given.follows_set,
            personal=given.personal,
            lower=given.lower,
            upper=given.upper,
            upper_by=next(iter(given.upper_by.items())) if given.upper_by else None,
            codes=_codes(place, given.codes) if given.codes is not None else None,
            code_words={code: words[0] for code, words in given.codes.items()} if given.codes is not None else None,
            yes_words=frozenset(map(fold, given.yes_words)),
            no_words=frozenset(map(fold, given.no_words)),
            blank_words=frozenset(map(fold, given.blank_words)),
            tick_words=(given.yes_words[0], given.no_words[0]) if given.yes_words and given.no_words else None,
            headers_of_no=given.headers_of_no,
            other_text_to=given.other_text_to,
            blank_is_no=given.type == "tick" and given.blank is None and given.derived is None,
            derived=given.derived,
            source=given.source,
            words=tuple(map(fold, given.words)),
            criterion=number,
            is_total=given.type in SUMMED_TYPES and given.total,
            sum_of=given.sum_of,
            change_of=given.change_of,
            is_compared=given.compared
            if given.compared is not None
            else given.type not in NOT_COMPARED_TYPES and name not in NOT_COMPARED and given.derived != "layout",
            filled=given.filled,
        )


def _codes(place: str, given: Mapping[str, Iterable[str]]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, synonyms in given.items():
        for synonym in synonyms:
            if codes.setdefault(fold_word(synonym), code) != code:
                raise FormError(f"{place}: {synonym!r} stands for two codes")
    return codes
