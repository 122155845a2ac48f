"""What a plan in a file is read against, and what is not certain in one of its cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracking.messages import Message
from tracking.plans.supporters import Named
from tracking.validation import PlanFacts
from tracking.vocabulary import IndicatorKind


@dataclass(frozen=True, slots=True)
class KnownMeasure:
    """A measure of the notice, with its area."""

    measure_id: int
    number: int
    title: str
    short_title: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class KnownAction:
    """A concrete action under a measure; `offered` if a task may take it up today."""

    action_id: int
    measure_id: int
    measure_number: int
    number: int
    title: str
    offered: bool = True

    @property
    def short_title(self) -> str:
        """Its title: it has no shorter one."""
        return self.title

    @property
    def words(self) -> str:
        """The action as the list of the form names it."""
        return f"{self.measure_number}.{self.number} {self.title}"


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """An indicator of a measure."""

    indicator_id: int
    measure_id: int
    name: str
    unit: str
    kind: IndicatorKind = IndicatorKind.COUNT


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that may be responsible, and who holds it, "" if nobody; a key below zero is only proposed."""

    post_id: int
    title: str
    holder: str = ""

    @property
    def words(self) -> str:
        """The post as the list of the form names it."""
        return f"{self.title} {self.holder}".strip()


@dataclass(frozen=True)
class Known:
    """The catalogue, the posts and the rules that a plan is read against.

    `proposed` are posts that the plan itself names, where its officer `may_add_posts`.
    """

    measures: Sequence[KnownMeasure]
    indicators: Sequence[KnownIndicator]
    posts: Sequence[KnownPost]
    facts: PlanFacts
    may_add_posts: bool = False
    proposed: Sequence[KnownPost] = ()
    actions: Sequence[KnownAction] = ()
    authorities: Named = field(default_factory=dict)
    tags: Mapping[int, str] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year of the plan."""
        return self.facts.year

    @property
    def every_post(self) -> list[KnownPost]:
        """The posts that there are, then those that are proposed."""
        return [*self.posts, *self.proposed]

    def indicators_of(self, measure_id: int) -> list[KnownIndicator]:
        """The indicators of one measure, in order."""
        return [one for one in self.indicators if one.measure_id == measure_id]

    @property
    def offered_actions(self) -> list[KnownAction]:
        """The actions that a task may take up, in order."""
        return [one for one in self.actions if one.offered]


class Weight(StrEnum):
    """What a doubt asks for: an answer before anything is stored, an answer now or later, or to be looked at."""

    MUST = "must"
    MAY = "may"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is asked: what an answer is kept under, the cell as a person names it, and what is written there.

    An answer under `key` is read in place of what is written.
    """

    key: str
    place: str
    written: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is not certain of a field of a task, where, and why; `offer` is an answer that may be taken as it is."""

    weight: Weight
    field: str
    spot: Spot
    message: Message
    offer: str = ""
