"""The notice and its catalogue: key areas, measures, actions, indicators, safeguards, tags, countries, settings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from db.tables.types import Instant, Word, one_of
from tracking.composites import CompositeForm
from tracking.making import Making
from tracking.maps import MapLevel
from tracking.vocabulary import (
    AuthorityKind,
    Currency,
    IndicatorKind,
    NoticeFactKey,
    ResultLevel,
    TitleSource,
)

# What a text was taken from, in a person's words.
CITED = 200


class Notice(SQLModel, table=True):
    """A notice whose implementation is tracked; everything below belongs to one."""

    __tablename__ = "notice"
    id: int = Field(default=None, primary_key=True)
    number: str = Field(unique=True, max_length=60)
    title: str = Field(max_length=200)
    issued_by: str = Field(max_length=200)
    issued_on: date | None = None
    retired_on: date | None = None


class NoticeAuthority(SQLModel, table=True):
    """Whom a notice addresses from a day until its last: an authority, or every unit of a kind.

    A notice of which nothing has begun by a day addresses every unit.
    """

    __tablename__ = "notice_authority"
    __table_args__ = (
        one_of("kind", AuthorityKind),
        CheckConstraint("(kind IS NULL) <> (authority_id IS NULL)", name="either_a_unit_or_a_kind"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id", index=True)
    authority_id: int | None = Field(default=None, foreign_key="authority.id")
    kind: AuthorityKind | None = Field(default=None, sa_type=Word(AuthorityKind))
    starts_on: date
    ends_on: date | None = None


class NoticeFact(SQLModel, table=True):
    """What is said of a notice as a fact, beside its text: where it is from, and whether somebody checked it."""

    __tablename__ = "notice_fact"
    __table_args__ = (
        UniqueConstraint("notice_id", "key"),
        one_of("key", NoticeFactKey),
        one_of("source", TitleSource),
    )
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    key: NoticeFactKey = Field(sa_type=Word(NoticeFactKey))
    source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)


class KeyArea(SQLModel, table=True):
    """One of the notice's key work areas."""

    __tablename__ = "key_area"
    __table_args__ = (
        UniqueConstraint("notice_id", "number"),
        one_of("title_source", TitleSource),
    )
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    number: int
    title: str = Field(max_length=100)
    title_source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)
    starts_on: date | None = None
    retired_on: date | None = None


class Measure(SQLModel, table=True):
    """One of the notice's measures; the sources of its title and its area are stored separately."""

    __tablename__ = "measure"
    __table_args__ = (
        UniqueConstraint("notice_id", "number"),
        one_of("title_source", TitleSource),
        one_of("area_source", TitleSource),
    )
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    key_area_id: int = Field(foreign_key="key_area.id", index=True)
    number: int
    title: str = Field(max_length=100)
    short_title: str = Field(max_length=20)
    title_source: TitleSource = Field(sa_type=Word(TitleSource))
    area_source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)
    starts_on: date | None = None
    retired_on: date | None = None


class MeasureAction(SQLModel, table=True):
    """A concrete action under a measure; the sources of its title and of its place under it are stored separately."""

    __tablename__ = "measure_action"
    __table_args__ = (
        UniqueConstraint("measure_id", "number"),
        one_of("title_source", TitleSource),
        one_of("measure_source", TitleSource),
    )
    id: int = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id")
    number: int
    title: str = Field(max_length=100)
    title_source: TitleSource = Field(sa_type=Word(TitleSource))
    measure_source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)
    starts_on: date | None = None
    retired_on: date | None = None


class Indicator(SQLModel, table=True):
    """A figure reported under a measure.

    An additive one may be summed over periods and authorities; for any other only the latest value counts. Only an
    amount has a currency. The unit of a rate is the percent sign, that of a yes or no its two answers. `making` is how the
    value of an authority follows from those beneath it, or from the one above.
    """

    __tablename__ = "indicator"
    __table_args__ = (
        UniqueConstraint("measure_id", "number"),
        one_of("source", TitleSource),
        one_of("kind", IndicatorKind),
        one_of("currency", Currency),
        one_of("making", Making),
        CheckConstraint("(kind = 'amount') = (currency IS NOT NULL)", name="only_amounts_have_a_currency"),
    )
    id: int = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id")
    number: int
    name: str = Field(max_length=60)
    unit: str = Field(max_length=20)
    additive: bool
    headline: bool = False
    source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)
    starts_on: date | None = None
    retired_on: date | None = None
    kind: IndicatorKind = Field(default=IndicatorKind.COUNT, sa_type=Word(IndicatorKind))
    currency: Currency | None = Field(default=None, sa_type=Word(Currency))
    making: Making = Field(default=Making.ENTERED, sa_type=Word(Making))


class IndicatorLevel(SQLModel, table=True):
    """From which day on an indicator counts as activity, output or outcome; until the next such day."""

    __tablename__ = "indicator_level"
    __table_args__ = (UniqueConstraint("indicator_id", "from_on"), one_of("level", ResultLevel))
    id: int = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    from_on: date
    level: ResultLevel = Field(sa_type=Word(ResultLevel))


class IndicatorShare(SQLModel, table=True):
    """From which day on an indicator is the same figure as one of another notice, or of none any more."""

    __tablename__ = "indicator_share"
    __table_args__ = (
        UniqueConstraint("indicator_id", "from_on"),
        CheckConstraint("same_as_id <> indicator_id", name="shares_with_another"),
    )
    id: int = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id")
    from_on: date
    same_as_id: int | None = Field(default=None, foreign_key="indicator.id")


class Composite(SQLModel, table=True):
    """A figure of a measure that is reckoned from indicators of its notice; its formula never changes."""

    __tablename__ = "composite"
    __table_args__ = (
        UniqueConstraint("measure_id", "number"),
        one_of("form", CompositeForm),
        one_of("title_source", TitleSource),
    )
    id: int = Field(default=None, primary_key=True)
    measure_id: int = Field(foreign_key="measure.id")
    number: int
    title: str = Field(max_length=60)
    form: CompositeForm = Field(sa_type=Word(CompositeForm))
    unit: str = Field(max_length=41)
    title_source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)
    starts_on: date | None = None
    retired_on: date | None = None


class CompositePart(SQLModel, table=True):
    """An indicator or another composite that a composite is reckoned from; `below` in the sum that divides a ratio."""

    __tablename__ = "composite_part"
    __table_args__ = (
        UniqueConstraint("composite_id", "number"),
        CheckConstraint("(indicator_id IS NULL) = (part_id IS NOT NULL)", name="is_one_thing"),
        CheckConstraint("weight_tenths > 0", name="weight_positive"),
    )
    id: int = Field(default=None, primary_key=True)
    composite_id: int = Field(foreign_key="composite.id")
    number: int
    indicator_id: int | None = Field(default=None, foreign_key="indicator.id")
    part_id: int | None = Field(default=None, foreign_key="composite.id")
    below: bool
    weight_tenths: int


class Safeguard(SQLModel, table=True):
    """What the notice asks of every reporting unit besides its measures."""

    __tablename__ = "safeguard"
    __table_args__ = (
        UniqueConstraint("notice_id", "key"),
        UniqueConstraint("notice_id", "number"),
        one_of("title_source", TitleSource),
    )
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    key: str = Field(max_length=40)
    title: str = Field(max_length=60)
    number: int
    title_source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)
    starts_on: date | None = None
    retired_on: date | None = None


class Tag(SQLModel, table=True):
    """A field of cooperation or a direction of it, which tasks are tagged with."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("notice_id", "number"), one_of("title_source", TitleSource))
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    number: int
    title: str = Field(max_length=20)
    title_source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)
    starts_on: date | None = None
    retired_on: date | None = None


class ListedCountry(SQLModel, table=True):
    """A country on the list of countries along the route, from a day until another."""

    __tablename__ = "listed_country"
    __table_args__ = (
        UniqueConstraint("notice_id", "number"),
        UniqueConstraint("notice_id", "code"),
        one_of("source", TitleSource),
    )
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    number: int
    code: str = Field(max_length=2)
    source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(default="", max_length=CITED)
    starts_on: date | None = None
    retired_on: date | None = None


class ApprovedMap(SQLModel, table=True):
    """The map of a level that an administrator installed: its areas by their codes, and its review number."""

    __tablename__ = "approved_map"
    __table_args__ = (UniqueConstraint("level"), one_of("level", MapLevel))
    id: int = Field(default=None, primary_key=True)
    level: MapLevel = Field(sa_type=Word(MapLevel))
    review_number: str = Field(max_length=60)
    areas: Any = Field(sa_type=JSON)
    installed_at: datetime = Field(sa_type=Instant)
    installed_by_id: int | None = Field(default=None, foreign_key="officer.id")


class NoticeText(SQLModel, table=True):
    """One version of a notice's text: the original as somebody entered it, or a summary of its articles.

    `taken_at` is when what it proposes was last taken into the catalogue.
    """

    __tablename__ = "notice_text"
    __table_args__ = (UniqueConstraint("notice_id", "version"), one_of("source", TitleSource))
    id: int = Field(default=None, primary_key=True)
    notice_id: int = Field(foreign_key="notice.id")
    version: int
    is_summary: bool
    source: TitleSource = Field(sa_type=Word(TitleSource))
    checked_on: date | None = None
    cited: str = Field(max_length=CITED)
    entered_at: datetime = Field(sa_type=Instant)
    entered_by_id: int | None = Field(default=None, foreign_key="officer.id")
    taken_at: datetime | None = Field(default=None, sa_type=Instant)


class Passage(SQLModel, table=True):
    """An article of a version of a notice's text, and the measure it speaks of; level 0 has no heading."""

    __tablename__ = "passage"
    __table_args__ = (UniqueConstraint("text_id", "number"),)
    id: int = Field(default=None, primary_key=True)
    text_id: int = Field(foreign_key="notice_text.id")
    number: int
    level: int
    heading: str = Field(max_length=200)
    body: str
    measure_id: int | None = Field(default=None, foreign_key="measure.id", index=True)


class Setting(SQLModel, table=True):
    """A value the working group or an administrator may change; defaults live in `db.settings`."""

    __tablename__ = "setting"
    __table_args__ = (CheckConstraint("length(key) > 0", name="key_is_given"),)
    key: str = Field(primary_key=True, max_length=60)
    value: Any = Field(sa_type=JSON)
