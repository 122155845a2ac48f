"""Two versions of an update side by side: the one saved meanwhile and the one typed here."""

from collections.abc import Iterator

from pages.parts.updates.form import TEXTS
from pages.parts.updates.news import Indicators
from pages.shared.conflicts import Difference
from pages.shared.wording import percent, translate
from tracking.scales import bare_words
from tracking.validation import UpdateDraft


def draft_lines(draft: UpdateDraft, indicators: Indicators) -> Iterator[tuple[str, str]]:
    """The content of an update, field by field, in words."""
    for indicator, value in draft.actuals.items():
        named = indicators[indicator]
        yield f"{named.name}（{named.unit}）", bare_words(value, named)
    if draft.milestones_reached:
        yield translate("report.milestones_reached"), "、".join(map(str, sorted(draft.milestones_reached)))
    if draft.typed_permille is not None and not draft.actuals and not draft.milestones_reached:
        yield translate("report.typed_percent"), percent(draft.typed_permille)
    for name in (*TEXTS, "explanation"):
        yield translate(f"report.{name}"), getattr(draft, name)
    yield (
        translate("report.completion_requested"),
        translate("report.yes" if draft.completion_requested else "report.no"),
    )


def differences(stored: UpdateDraft, typed: UpdateDraft, indicators: Indicators) -> list[Difference]:
    """The fields in which two versions differ."""
    first, second = dict(draft_lines(stored, indicators)), dict(draft_lines(typed, indicators))
    rows = [(name, first.get(name, ""), second.get(name, "")) for name in dict.fromkeys([*first, *second])]
    return [row for row in rows if row[1] != row[2]]
