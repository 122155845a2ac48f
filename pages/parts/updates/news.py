"""What the figures and milestones of a report say as a sentence, so that it is not typed a second time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from db.updates.queries import ReportItem
from pages.shared.wording import percent, points, translate
from tracking.carrying import increments, newly_reached
from tracking.figures.completion import basis_of
from tracking.messages import amount_words
from tracking.scales import STATES, value_words
from tracking.validation import UpdateDraft
from tracking.vocabulary import CompletionBasis, IndicatorKind


@dataclass(frozen=True, slots=True)
class Named:
    """The name of an indicator and its scale."""

    name: str
    unit: str
    kind: IndicatorKind = IndicatorKind.COUNT


Indicators = Mapping[int, Named]


def news_of(item: ReportItem, draft: UpdateDraft, indicators: Indicators) -> str:
    """The figures and milestones of a report as a sentence; empty if nothing has changed."""
    said = [*_figures(item, draft, indicators), *_share(item, draft), *_steps(item, draft)]
    return translate("report.news", said=translate("report.news_mark").join(said)) if said else ""


def _figures(item: ReportItem, draft: UpdateDraft, indicators: Indicators) -> Iterator[str]:
    for key, change in increments(draft, item.last).items():
        named, last = indicators[key], item.last.actuals.get(key)
        said = {"name": named.name, "value": value_words(draft.actuals[key], named)}
        if named.kind in STATES:
            yield translate(
                "report.news_state", **said, last="—" if last is None else value_words(last, named)
            )
        else:
            yield translate("report.news_figure", **said, change=_signed(change))


def _share(item: ReportItem, draft: UpdateDraft) -> Iterator[str]:
    """What was typed as a percentage, for a task without targets and milestones."""
    is_typed = basis_of(item.facts.targets, item.facts.milestones) is CompletionBasis.TYPED
    moved = (draft.typed_permille or 0) - (item.last.typed_permille or 0)
    if is_typed and moved:
        yield translate("report.news_share", value=percent(draft.typed_permille), change=points(moved))


def _steps(item: ReportItem, draft: UpdateDraft) -> Iterator[str]:
    titles = {step.number: step.title for step in item.planned.draft.milestones}
    for number in newly_reached(draft, item.last):
        if number in titles:
            yield translate("report.news_milestone", title=titles[number])


def _signed(change: Decimal) -> str:
    return f"{'+' if change > 0 else '−'}{amount_words(abs(change))}"
