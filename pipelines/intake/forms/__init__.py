"""Form definitions: one YAML file per form in this folder, read and checked here into `Form` and `Field`.

Here: the shape of a definition, its checks, and the landed columns that follow from it. A form's name stands in its
file only. What headers several forms share, and the words that tell rows apart, is `_shared.yml`; who sends a form is
the list of reporting routes.

A definition has: form, number (as printed, "01/NTM-H"), titles, row (what a row is, in both languages), subject (the room of
dbt's staging), every (month, quarter, register), key (alternatives: the first one whose fields are all filled), required_any
(groups of which one must be filled), cumulative (a list that a period carries on from the one before), nil_allowed, wards
(warning: R05), blank_marks and stated_total (E06), wide, empty_without, fields. A field has: name, type, headers and what its
type needs. A misspelt key stops the load with file and key.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from pipelines.intake.model import ROW_COLUMNS
from pipelines.intake.text import fold

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
ONLY_MET = "not_met_where_only_met"


class FormError(ValueError):
    """A form definition is wrong; the message names file and key."""


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
    `is_compared`: part of what a report says, so that two reports which agree in all such fields are copies (X05) and a
    correction is listed field by field. `filled`: the share of rows that usually have it; fewer are a warning.
    """

    name: str
    type: str
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
    is_compared: bool = False
    filled: float | None = None

    def is_required(self, criteria: Collection[int]) -> bool:
        """Return whether a report must have the field under the set that these criteria are."""
        return self.required or (self.follows_set and self.criterion in criteria)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Landed columns of the field: (name, DuckDB type)."""
        return [(self.name + suffix, kind) for suffix, kind in LANDED_TYPES[self.type]]


@dataclass(frozen=True, slots=True)
class Wide:
    """A layout with a column per criterion: each such column of a row becomes a row of its own."""

    first: int
    last: int
    number: str
    value: str
    flag: str
    blank_marks: str | None = None


@dataclass(frozen=True)
class Form:
    """A form: how it is recognised (`titles`, folded), what a row is, what its columns are; `title` as a person reads it."""

    code: str
    number: str | None
    title: str
    titles: tuple[str, ...]
    row_vi: str
    row_en: str
    subject: str
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
    fields: tuple[Field, ...]

    @property
    def table(self) -> str:
        """Name of its landed table."""
        return self.code.lower()

    @property
    def is_register(self) -> bool:
        """Whether its rows accumulate and it needs no period (V02-V04)."""
        return self.every == "register"

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by name."""
        return {field.name: field for field in self.fields}

    @cached_property
    def columns(self) -> list[tuple[str, str]]:
        """(column, DuckDB type) of its landed table."""
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


@dataclass(frozen=True, slots=True)
class TitleWords:
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


_FORM_KEYS = frozenset(
    [
        "form",
        "number",
        "titles",
        "row",
        "subject",
        "every",
        "key",
        "required_any",
        "cumulative",
        "nil_allowed",
        "wards",
        "blank_marks",
        "stated_total",
        "wide",
        "empty_without",
        "fields",
    ]
)
_FIELD_KEYS = frozenset(
    [
        "name",
        "type",
        "headers",
        "required",
        "personal",
        "lower",
        "upper",
        "upper_by",
        "codes",
        "yes_words",
        "no_words",
        "headers_of_no",
        "other_text_to",
        "blank",
        "blank_words",
        "derived",
        "from",
        "words",
        "repeat",
        "follows_set",
        "total",
        "compared",
        "filled",
    ]
)
_SHARED_KEYS = frozenset({"headers", "criterion_headers", "criterion_names", "rows", "titles"})


def load_forms(folder: Path = FOLDER) -> Forms:
    """Read every form definition of the folder.

    Raises FormError (with file and key) for a misspelt or missing key, an unknown type, a key or rule that names a
    field which the form does not have, or two forms of one code.
    """
    shared = _read(folder / "_shared.yml", _SHARED_KEYS)
    usual = shared["headers"]
    forms: dict[str, Form] = {}
    for path in sorted(folder.glob("*.yml")):
        if path.name.startswith("_"):
            continue
        form = _form(path, usual)
        if form.code in forms:
            raise FormError(f"{path.name}: form {form.code} is defined twice")
        forms[form.code] = form
    return Forms(
        forms,
        tuple(shared["criterion_headers"]),
        {int(number): tuple(names) for number, names in shared["criterion_names"].items()},
        _row_words(shared["rows"]),
        _title_words(shared["titles"]),
    )


def landed_schema(forms: Iterable[Form]) -> dict[str, list[tuple[str, str]]]:
    """Return (column, DuckDB type) of every form's landed table, by table name."""
    return {form.table: form.columns for form in forms}


def _read(path: Path, known: frozenset[str]) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise FormError(f"{path.name}: no valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise FormError(f"{path.name}: a definition is a mapping of keys")
    _check_keys(path.name, content, known)
    return content


def _check_keys(place: str, content: Mapping[str, Any], known: frozenset[str]) -> None:
    for key in content:
        if key not in known:
            raise FormError(f"{place}: unknown key {key!r} (known: {', '.join(sorted(known))})")


def _need(place: str, content: Mapping[str, Any], key: str) -> Any:
    if key not in content:
        raise FormError(f"{place}: key {key!r} is missing")
    return content[key]


def _form(path: Path, usual: Mapping[str, list[str]]) -> Form:
    content = _read(path, _FORM_KEYS)
    place = path.name
    every = _need(place, content, "every")
    if every not in {"month", "quarter", "register"}:
        raise FormError(f"{place}: every is month, quarter or register, not {every!r}")
    own = tuple(field for given in _need(place, content, "fields") for field in _fields(place, given))
    own = _with_usual_headers(place, own, usual)
    wide = None
    if given := content.get("wide"):
        _check_keys(f"{place}: wide", given, frozenset(name.name for name in fields(Wide)))
        wide = Wide(**given)
    form = Form(
        code=_need(place, content, "form"),
        number=content.get("number"),
        title=_need(place, content, "titles")[0],
        titles=tuple(fold(title) for title in content["titles"]),
        row_vi=_need(f"{place}: row", _need(place, content, "row"), "vi"),
        row_en=_need(f"{place}: row", content["row"], "en"),
        subject=_need(place, content, "subject"),
        every=every,
        key=tuple(tuple(names) for names in _need(place, content, "key")),
        required_any=tuple(tuple(names) for names in content.get("required_any", ())),
        is_cumulative=content.get("cumulative", False),
        nil_allowed=content.get("nil_allowed", False),
        wards_warn=_choice(place, content, "wards", "warning"),
        only_met_marks=_choice(place, content, "blank_marks", ONLY_MET),
        stated_total=content.get("stated_total"),
        wide=wide,
        empty_without=content.get("empty_without"),
        fields=own,
    )
    if len(form.by_name) != len(own):
        raise FormError(f"{place}: a field is defined twice")
    named = [name for names in (*form.key, *form.required_any) for name in names]
    named += [name for field in own for name in (field.other_text_to, field.source) if name]
    named += [field.upper_by[0] for field in own if field.upper_by]
    named += [name for name in (form.empty_without, form.stated_total) if name]
    named += [wide.number, wide.value, wide.flag] if wide else []
    for name in named:
        if name not in form.by_name:
            raise FormError(f"{place}: no field is called {name!r}")
    return form


def _choice(place: str, content: Mapping[str, Any], key: str, word: str) -> bool:
    if content.get(key, word) != word:
        raise FormError(f"{place}: {key} can only be {word!r}, not {content[key]!r}")
    return key in content


def _with_usual_headers(place: str, own: tuple[Field, ...], usual: Mapping[str, list[str]]) -> tuple[Field, ...]:
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


def _fields(place: str, given: Mapping[str, Any]) -> Iterator[Field]:
    name = _need(place, given, "name")
    place = f"{place}: field {name!r}"
    _check_keys(place, given, _FIELD_KEYS)
    kind = _need(place, given, "type")
    if kind not in LANDED_TYPES:
        raise FormError(f"{place}: unknown type {kind!r} (known: {', '.join(LANDED_TYPES)})")
    if (kind == "code") != ("codes" in given):
        raise FormError(f"{place}: type code needs codes, other types have none")
    if given.get("blank", "unknown") != "unknown":
        raise FormError(f"{place}: blank can only be 'unknown', not {given['blank']!r}")
    upper_by = None
    if by := given.get("upper_by"):
        ((other, bounds),) = by.items()
        upper_by = (other, bounds)
    first, last = given.get("repeat", (None, None))
    for number in (None,) if first is None else range(first, last + 1):
        yield Field(
            name=name if number is None else name.replace("{n}", str(number)),
            type=kind,
            headers=tuple(given.get("headers", ())),
            required=given.get("required", False),
            follows_set=number is not None and given.get("follows_set", False),
            personal=given.get("personal", False),
            lower=given.get("lower"),
            upper=given.get("upper"),
            upper_by=upper_by,
            codes=_codes(place, given["codes"]) if "codes" in given else None,
            code_words={code: words[0] for code, words in given["codes"].items()} if "codes" in given else None,
            yes_words=frozenset(map(fold, given.get("yes_words", ()))),
            no_words=frozenset(map(fold, given.get("no_words", ()))),
            blank_words=frozenset(map(fold, given.get("blank_words", ()))),
            tick_words=(given["yes_words"][0], given["no_words"][0])
            if {"yes_words", "no_words"} <= given.keys()
            else None,
            headers_of_no=tuple(given.get("headers_of_no", ())),
            other_text_to=given.get("other_text_to"),
            blank_is_no=kind == "tick" and "blank" not in given and "derived" not in given,
            derived=given.get("derived"),
            source=given.get("from"),
            words=tuple(map(fold, given.get("words", ()))),
            criterion=number,
            is_total=kind in SUMMED_TYPES and given.get("total", True),
            is_compared=given.get(
                "compared",
                kind not in NOT_COMPARED_TYPES and name not in NOT_COMPARED and given.get("derived") != "layout",
            ),
            filled=given.get("filled"),
        )


def _codes(place: str, given: Mapping[str, list[str]]) -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, synonyms in given.items():
        for synonym in synonyms:
            if codes.setdefault(fold(synonym), code) != code:
                raise FormError(f"{place}: {synonym!r} stands for two codes")
    return codes


def _row_words(given: Mapping[str, Mapping[str, list[str]]]) -> RowWords:
    for kind, words in given.items():
        _check_keys(f"_shared.yml: rows: {kind}", words, frozenset({"whole", "start"}))
    return RowWords(
        {kind: frozenset(map(fold, words.get("whole", ()))) for kind, words in given.items()},
        {kind: tuple(fold(word) for word in words.get("start", ())) for kind, words in given.items()},
    )


def _title_words(given: Mapping[str, list[str]]) -> TitleWords:
    names = frozenset(item.name for item in fields(TitleWords))
    _check_keys("_shared.yml: titles", given, names)
    return TitleWords(**{name: tuple(_need("_shared.yml: titles", given, name)) for name in names})
