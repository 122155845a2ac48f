"""The rows of the catalogue and of the reporting units, as their frames hold them."""

from dataclasses import dataclass
from datetime import date, datetime

from tracking.composites import CompositeForm
from tracking.making import Making
from tracking.vocabulary import (
    AuthorityKind,
    Currency,
    IndicatorKind,
    NoticeFactKey,
    ResultLevel,
    TitleSource,
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of `units_frame`."""

    unit_id: int
    code: str
    name: str
    short_name: str
    kind: AuthorityKind
    host_id: int | None
    region_seven: str | None
    region_four: str | None
    official_order: int | None
    tile_row: int | None
    tile_col: int | None
    reports: bool


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A row of `notices_frame`."""

    notice_id: int
    number: str
    title: str
    issued_by: str
    issued_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class KeyAreaRow:
    """A row of `key_areas_frame`."""

    key_area_id: int
    number: int
    title: str
    title_source: TitleSource
    checked_on: date | None
    cited: str
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A row of `measures_frame`."""

    measure_id: int
    number: int
    title: str
    short_title: str
    title_source: TitleSource
    area_source: TitleSource
    checked_on: date | None
    key_area_id: int
    key_area_number: int
    key_area_title: str
    cited: str
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A row of `actions_frame`."""

    action_id: int
    measure_id: int
    measure_number: int
    number: int
    title: str
    title_source: TitleSource
    measure_source: TitleSource
    checked_on: date | None
    cited: str
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of `indicators_frame`."""

    indicator_id: int
    measure_id: int
    measure_number: int
    number: int
    name: str
    unit: str
    additive: bool
    headline: bool
    source: str
    checked_on: date | None
    kind: IndicatorKind
    currency: Currency | None
    making: Making
    level: ResultLevel | None
    cited: str
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class CompositeRow:
    """A row of `composites_frame`."""

    composite_id: int
    measure_id: int
    measure_number: int
    number: int
    title: str
    form: CompositeForm
    unit: str
    title_source: TitleSource
    checked_on: date | None
    cited: str
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class CompositePartRow:
    """A row of `composite_parts_frame`."""

    composite_id: int
    number: int
    indicator_id: int | None
    part_id: int | None
    below: bool
    weight_tenths: int
    title: str
    unit: str
    measure_id: int


@dataclass(frozen=True, slots=True)
class SafeguardRow:
    """A row of `safeguards_frame`."""

    safeguard_id: int
    key: str
    number: int
    title: str
    title_source: TitleSource
    checked_on: date | None
    cited: str
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class TagRow:
    """A row of `tags_frame`."""

    tag_id: int
    number: int
    title: str
    title_source: TitleSource
    checked_on: date | None
    cited: str
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class ListedCountryRow:
    """A row of `listed_countries_frame`."""

    listed_id: int
    number: int
    code: str
    source: TitleSource
    checked_on: date | None
    cited: str
    starts_on: date | None
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class FactRow:
    """A row of `notice_facts_frame`."""

    fact_id: int
    key: NoticeFactKey
    source: TitleSource
    checked_on: date | None
    cited: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of `notice_texts_frame`."""

    text_id: int
    version: int
    is_summary: bool
    source: TitleSource
    checked_on: date | None
    cited: str
    entered_at: datetime
    taken_at: datetime | None
    entered_by: str | None


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A row of `passages_frame`."""

    passage_id: int
    number: int
    level: int
    heading: str
    body: str
    measure_id: int | None
    measure_number: int | None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A row of `shares_frame`."""

    from_on: date
    same_as_id: int | None


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A row of `levels_frame`."""

    from_on: date
    level: ResultLevel
