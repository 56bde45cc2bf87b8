"""The shape of each reference list: what its columns hold, what identifies a row, which values stand in another list.

Here: one model per list. A further list is a further model in LISTS and a file of its name; that an office may change a list
is the flag `is_overlaid`. Not here: where the files lie and how they are read (lists.py), and what a list is used for.
"""

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from pipelines.reference.periods import Frequency
from pipelines.reference.rows import (
    ISO_DAY,
    NUMBER,
    Codes,
    Dated,
    Day,
    Number,
    OneOfOurs,
    Period,
    Refers,
    Row,
    Whole,
    read_day,
)

DISTRICT, COMMUNE, WARD = "district", "commune", "ward"
"""Types of the reporters that are units; the other types stand in departments.csv."""
OFFICE = "office"
"""The type of the one reporter that decides: the Coordination Office."""
FORM_GROUPS = ("all", "with_units", "of_rural_communes", "with_blank_marks", "with_totals")
"""What a rule may name in place of forms; which forms a group has follows from their definitions (intake/forms)."""
_RURAL = "xã"
_TOO_LARGE = 1e12


def _layers(cell: str) -> str:
    if strange := set(cell.split(";")) - {"intake", "sql"}:
        raise ValueError(f"is not intake, sql, or both: {min(strange)!r}")
    return cell


class Unit(Dated):
    """A validity interval of an administrative unit."""

    name_of_list, key, is_overlaid = "units", ("code", "valid_from"), True
    level: Literal["province", "district", "commune"]
    code: str
    name_vi: str
    kind: str
    parent_code: Annotated[str | None, Refers("units.code")] = None
    source: str | None = None

    @property
    def short_name(self) -> str:
        """Return the name without what the unit is: "Hà Tĩnh" of "Tỉnh Hà Tĩnh"."""
        is_said = self.name_vi.lower().startswith(f"{self.kind.lower()} ")
        return self.name_vi[len(self.kind) :].strip() if is_said else self.name_vi

    @property
    def reporter_type(self) -> str | None:
        """Return what the unit is as a reporter, where a route has such report; None for a province."""
        if self.level == "commune":
            return COMMUNE if self.kind == _RURAL else WARD
        return DISTRICT if self.level == "district" else None


class UnitChange(Row):
    """A step from an old unit to a new one.

    `share`: of an old unit that was divided, the share of its people who went to the new one (0.4); unknown where it is blank.
    """

    name_of_list, key, is_overlaid = "unit_changes", ("effective_date", "change_type", "old_code", "new_code"), True
    effective_date: Day
    change_type: Literal["merge", "split", "abolish", "transfer", "reclassify", "recode"]
    old_code: Annotated[str, Refers("units.code")]
    new_code: Annotated[str | None, Refers("units.code")] = None
    share: Annotated[Number | None, Field(gt=0, le=1)] = None
    decree: str | None = None
    note: str | None = None


class Alias(Row):
    """Another spelling of a unit's name."""

    name_of_list, key, is_overlaid = "aliases", ("alias", "code"), True
    alias: str
    code: Annotated[str, Refers("units.code")]
    variant_kind: str | None = None
    ambiguous: bool = False
    other_codes: str | None = None
    status: str | None = None
    evidence: str | None = None
    note: str | None = None


class ProvisionalCode(Row):
    """A provisional code that was replaced."""

    name_of_list, key, is_overlaid = "provisional_codes", ("provisional_code",), True
    provisional_code: str
    name_vi: str
    final_code: Annotated[str, Refers("units.code")]
    unit_that_held_this_code_before: str | None = None
    source: str | None = None


class ReporterType(Row):
    """A type of reporters that are not units, and how it is called; units are of the types `district`, `commune` and `ward`."""

    name_of_list, key, is_overlaid = "reporter_types", ("reporter_type",), True
    reporter_type: str
    label_vi: str
    label_en: str


class OwnerGroup(Row):
    """Reporters that duties and tasks are given to by one word: those of a type, or of them who is in charge of a criterion."""

    name_of_list, key, is_overlaid = "owner_groups", ("owner_group",), True
    owner_group: str
    reporter_type: Annotated[str, Refers("reporter_type")]
    has_criteria: bool = False


class Department(Dated):
    """A reporter that is not a unit: a department, a news office, the Coordination Office."""

    name_of_list, key, is_overlaid = "departments", ("reporter_code", "valid_from"), True
    may_be_undated = True
    reporter_code: str
    reporter_type: Annotated[str, Refers("reporter_types.reporter_type")]
    name_vi: str
    name_en: str
    aliases: str | None = None
    seconds_an_officer: bool = False
    note: str | None = None


MOST_CRITERIA = 20
"""Form 01/NTM-H has a column for so many criteria, and the tables of the warehouse that set them side by side."""


class CriteriaSet(Dated):
    """A criteria set; `issued_on` may be a month."""

    name_of_list, key, is_overlaid = "criteria_sets", ("set_id",), True
    set_id: str
    document: str
    issuer: str
    issued_on: str | None = None
    title_vi: str
    title_en: str | None = None
    applies_to: str
    n_criteria: Whole
    n_indicators: Whole | None = None
    n_groups: Whole | None = None
    note: str | None = None
    source: str | None = None
    confidence: str | None = None
    confidence_detail: str | None = None
    is_commune_set: bool = False


class Criterion(Row):
    """A criterion of a set."""

    name_of_list, key, is_overlaid = "criteria", ("set_id", "criterion_no"), True
    set_id: Annotated[str, Refers("criteria_sets.set_id")]
    criterion_no: Whole
    name_vi: str
    name_en: str | None = None
    group_no: str | None = None
    group_vi: str | None = None
    group_en: str | None = None
    n_indicators: Whole | None = None
    responsible_ministry: str | None = None
    responsible_department: str | None = None
    responsible_reporter_code: Annotated[Codes | None, Refers("reporter", several=True)] = None
    department_confidence: str | None = None
    department_evidence: str | None = None
    source: str | None = None
    confidence: str | None = None


class Indicator(Row):
    """An indicator of a criterion; where sources contradict each other it stands once per source."""

    name_of_list, key, is_overlaid = "indicators", ("set_id", "criterion_no", "indicator_no", "region"), True
    may_lack, may_repeat = frozenset({"region"}), True
    set_id: Annotated[str, Refers("criteria_sets.set_id")]
    criterion_no: Whole
    indicator_no: str
    name_vi: str
    name_en: str | None = None
    threshold_operator: str | None = None
    threshold_value: str | None = None
    unit: str | None = None
    region: str | None = None
    responsible_department: str | None = None
    source: str | None = None
    confidence: str | None = None
    name_confidence: str | None = None
    threshold_num: Number | None = None
    threshold_num2: Number | None = None
    note: str | None = None


class IncomeThreshold(Row):
    """The income that a set asks for in a year and region; where sources contradict each other, once per source."""

    name_of_list, key, is_overlaid = "income_thresholds", ("set_id", "year", "region"), True
    may_repeat = True
    set_id: Annotated[str, Refers("criteria_sets.set_id")]
    year: Whole
    region: str
    threshold_min: Number
    unit: str
    source: str | None = None
    confidence: str | None = None
    note: str | None = None


class Duty(Dated):
    """A duty of the notice of 7 September 2014, as long as it holds.

    `owner_codes`: reporters by their codes, or whoever is of a group of `owner_groups` on the day (of some kinds:
    `all_districts:huyện;thành phố`).
    """

    name_of_list, key, is_overlaid = "duties", ("item",), True
    item: str
    owner_vi: str
    duty_vi: str
    duty_en: str
    target: str | None = None
    deadline: str | None = None
    period: str | None = None
    evidence: str | None = None
    partners_vi: str | None = None
    trackability: Literal["direct", "proxy", "text"]
    note: str | None = None
    owner_codes: str | None = None
    due_on: Day | None = None
    recurrence: str | None = None


class ReportingRoute(Dated):
    """Which type of reporter reports a form, about which units, and into which total its figures go.

    `units`: those that a reporter of the type answers for; None where the form speaks of no unit. `rolls_up_to`: 'district',
    its district's total and with it the province's; 'province', that alone; None, neither.
    """

    name_of_list, key, is_overlaid = "reporting_routes", ("form", "reporter_type", "valid_from"), True
    one_at_a_time, may_be_undated = ("form", "reporter_type"), True
    form: Annotated[str, Refers("form")]
    reporter_type: Annotated[str, Refers("reporter_type")]
    units: Literal["its_communes", "itself", "all_communes"] | None = None
    rolls_up_to: Literal["district", "province"] | None = None
    source: str | None = None


class Reporter(Dated):
    """Who reports, and while: a unit as long as a route has units of its type report, else a row of departments.csv.

    Nobody writes this list: it follows from units, departments and routes. `unit_level` is None where the reporter is not a unit.
    """

    name_of_list, key, is_seeded = "reporters", ("reporter_code", "valid_from"), False
    reporter_code: str
    reporter_type: str
    unit_level: str | None = None
    name_vi: str


class ReportingRule(Dated):
    """Who owes which form, how often and by when. `reporters`: 'all' of the type, a condition, or codes.

    Due `due_days_after_period_end` days after the period's last day; in working days, those on which no office works are not
    counted. `non_working_day`: what becomes of a due day counted in days on which no office works.
    """

    name_of_list, is_overlaid = "reporting_calendar", True
    key = ("form", "reporter_type", "reporters", "valid_from")
    form: Annotated[str, Refers("form", of_type="frequency")]
    reporter_type: Annotated[str, Refers("reporter_type")]
    reporters: Annotated[
        Codes,
        Refers("reporter", words=("all", "has_criteria", "seconds_an_officer"), several=True, of_type="reporter_type"),
    ]
    frequency: Frequency
    due_days_after_period_end: Annotated[Whole, Field(ge=0, le=366)]
    due_in: Literal["days", "working_days"] = "days"
    non_working_day: Literal["keep", "next_working_day"] = "keep"
    source: str | None = None


class CalendarException(Row):
    """Another due day, or none, for one reporter, form and period."""

    name_of_list, key, is_overlaid = "calendar_exceptions", ("reporter_code", "form", "period"), True
    reporter_code: Annotated[str, Refers("reporter")]
    form: Annotated[str, Refers("form")]
    period: Period
    kind: Literal["moved", "excused"]
    due_on: Day | None = None
    reason: str | None = None

    @model_validator(mode="after")
    def _moved_says_to_when(self) -> Self:
        if self.kind == "moved" and self.due_on is None:
            raise ValueError("kind 'moved' needs due_on")
        return self


class PeriodCalendar(Row):
    """On which day periods close, since when: one calendar for all forms of a province.

    `closes_on`: the day of the last month that a period is named after, None being its last. `valid_from`: for periods whose
    last month begins on that day or later; None, since ever. The newest that has begun holds.
    """

    name_of_list, key, is_overlaid = "period_calendars", ("valid_from",), True
    may_lack = frozenset({"valid_from"})
    valid_from: Day | None = None
    closes_on: Annotated[Whole, Field(ge=1, le=28)] | None = None
    source: str | None = None
    confidence: str | None = None

    @model_validator(mode="after")
    def _begins_with_a_month(self) -> Self:
        if self.valid_from and self.valid_from.day != 1:
            raise ValueError(
                f"valid_from {self.valid_from} must be the first day of a month, as a period's label names it"
            )
        return self


class ReportingPeriod(Row):
    """A period that can be reported, with its days. Nobody writes this list: it follows from `period_calendars`.

    `month`: the first day of the last month that its label names, in which it counts.
    """

    name_of_list, key, is_seeded = "periods", ("period",), False
    period: str
    frequency: Frequency
    month: dt.date
    first_day: dt.date
    last_day: dt.date


class Holiday(Row):
    """A day on which no office works, beside the weekends."""

    name_of_list, key, is_overlaid = "holidays", ("date",), True
    date: Day
    name_vi: str | None = None
    source: str | None = None
    confidence: str | None = None


class Target(Dated):
    """A target with a figure, as it is asked for from a day on."""

    name_of_list, key, is_overlaid = "targets", ("target_id", "valid_from"), True
    one_at_a_time, may_be_undated = ("target_id",), True
    target_id: Annotated[str, OneOfOurs()]
    name_vi: str | None = None
    name_en: str | None = None
    level: str
    metric_en: str | None = None
    operator: Literal[">=", "<="]
    value: Number
    unit: str | None = None
    deadline: Day | None = None
    notice_item: Annotated[Codes | None, Refers("duties.item", several=True)] = None
    unit_kinds: str | None = None


class LeadershipIndexWeight(Dated):
    """The weight of a component of the leadership index."""

    name_of_list, key, is_overlaid = "leadership_index_weights", ("component", "valid_from"), True
    one_at_a_time = ("component",)
    component: Annotated[str, OneOfOurs()]
    definition_en: str | None = None
    weight: Number
    normalisation: str | None = None
    notice_words_vi: str | None = None
    source: str | None = None


class InspectionWeight(Dated):
    """The weight of a sign of risk in the inspection plan."""

    name_of_list, key, is_overlaid = "inspection_weights", ("component", "valid_from"), True
    one_at_a_time = ("component",)
    component: Annotated[str, OneOfOurs()]
    weight: Number
    definition_vi: str | None = None
    definition_en: str | None = None
    source: str | None = None


class Parameter(Dated):
    """A number or a day that rules use: the [numbers] of quality.md."""

    name_of_list, key, is_overlaid = "parameters", ("name", "valid_from"), True
    one_at_a_time = ("name",)
    name: Annotated[str, OneOfOurs()]
    value: str
    unit: str | None = None
    source: str | None = None

    @model_validator(mode="after")
    def _value_fits_its_unit(self) -> Self:
        is_day = ISO_DAY.fullmatch(self.value) is not None
        if is_day:
            read_day(self.value)
        elif not NUMBER.fullmatch(self.value) or not 0 <= float(self.value) < _TOO_LARGE:
            raise ValueError(f"value {self.value!r} is neither a number from 0 on nor a date (YYYY-MM-DD)")
        if self.unit and (self.unit == "date") != is_day:
            raise ValueError(f"value {self.value!r} does not go with the unit {self.unit!r}")
        return self


class _Judged(Row):
    """A severity, and what the rule's code does with the value that it is about (quality.md, "Severity").

    `uses_value` is a statement about code, which a list can't change: None where there is no value.
    """

    rule_id: str
    severity: Literal["error", "warning", "info"]
    uses_value: bool | None = None

    @model_validator(mode="after")
    def _says_what_becomes_of_the_value(self) -> Self:
        if self.uses_value and self.severity == "error":
            raise ValueError(
                f"severity of {self.rule_id} can't be 'error': its code uses the value; use warning or info"
            )
        if self.uses_value is False and self.severity != "error":
            raise ValueError(f"severity of {self.rule_id} must be 'error': its code does not use the value")
        return self


class Rule(_Judged):
    """A rule of data quality. `about`: whether its findings are known by file and sheet, or by report.

    `asks_for`: what an open finding of it waits for, of the reporter a `report` that is missing, of the Office a `decision`
    about one that is held; None for what is said of figures. `forms`: whose reports it looks at, by codes or the word of a group.
    """

    name_of_list, key = "rules", ("rule_id",)
    about: Literal["file", "report"]
    asks_for: Literal["report", "decision"] | None = None
    layer: Annotated[Codes, AfterValidator(_layers)]
    forms: Annotated[Codes | None, Refers("form", words=FORM_GROUPS, several=True)] = None
    description_vi: str
    description_en: str


class RuleVariant(_Judged):
    """A variant of a rule whose severity is not the rule's."""

    name_of_list, key = "rule_variants", ("rule_id", "variant")
    rule_id: Annotated[str, Refers("rules.rule_id")]
    variant: str


class RuleMessage(Row):
    """What a rule (or a variant of it) says to the sender."""

    name_of_list, key = "rule_messages", ("rule_id", "variant")
    rule_id: Annotated[str, Refers("rules.rule_id")]
    variant: str = ""
    message_vi: str
    message_en: str


class PublishedIndicator(Row):
    """A figure of the published long table: what it is, and how it may be added up.

    `measure`: a `stock` is of the month's end and never summed over months, a `flow` is of the month, `year_to_date` has
    been summed since 1 January; `rate`, `average` and `index` are no amounts. `over_units` and `over_months`: how a figure
    of several units or months is made: `sum`; `last` month; `weighted` by the units covered; plain `average`; `ratio` of the
    sums of numerator and denominator; `none`: not at all. `numerator`, `denominator`, `covered`: the columns beside it that
    are these. `carried`: whether it may be of an earlier month, by criterion, or of the last quarter. `forms`: what it is
    reported on.
    """

    name_of_list, key = "published_indicators", ("indicator",)
    indicator: str
    name_vi: str
    name_en: str
    unit: str
    measure: Literal["stock", "flow", "year_to_date", "rate", "average", "index"]
    over_units: Literal["sum", "weighted", "average", "ratio", "none"]
    over_months: Literal["sum", "last", "ratio", "none"]
    numerator: str | None = None
    denominator: str | None = None
    covered: str | None = None
    carried: Literal["criteria", "quarter"] | None = None
    forms: Annotated[Codes | None, Refers("form", several=True)] = None


class Label(Row):
    """How a code is called where a person reads it."""

    name_of_list, key = "labels", ("code",)
    code: str
    label_vi: str
    label_en: str


class Sentence(Row):
    """What is said around figures and codes where a person reads them."""

    name_of_list, key = "sentences", ("code",)
    code: str
    sentence_vi: str
    sentence_en: str


class Contact(Row):
    """Whom to call at a reporter, and whose mail counts as its own: personal, never published; the office's file alone.

    `officer_email`: of the Office's officer in charge of the reporter, who gets a copy of reminders.
    """

    name_of_list, key, is_overlaid, is_seeded = "contacts", ("reporter_code", "email"), True, False
    may_lack = frozenset({"email"})
    reporter_code: Annotated[str, Refers("reporter")]
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    officer_email: str | None = None


LISTS: tuple[type[Row], ...] = (
    Unit,
    UnitChange,
    Alias,
    ProvisionalCode,
    ReporterType,
    OwnerGroup,
    Department,
    CriteriaSet,
    Criterion,
    Indicator,
    IncomeThreshold,
    Duty,
    ReportingRoute,
    Reporter,
    ReportingRule,
    CalendarException,
    PeriodCalendar,
    ReportingPeriod,
    Holiday,
    Target,
    LeadershipIndexWeight,
    InspectionWeight,
    Parameter,
    Rule,
    RuleVariant,
    RuleMessage,
    PublishedIndicator,
    Label,
    Sentence,
    Contact,
)

OF_PROVINCE: tuple[type[Row], ...] = (Unit, UnitChange, Alias, ProvisionalCode, Department, ReportingRule)
"""Lists of which another province has none of ours: its units and offices are others, and its history begins on another day."""
