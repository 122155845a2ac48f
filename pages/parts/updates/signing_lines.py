"""What the signatory's sheet says of each report: its light and figures before and after, its marks, its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from db.identity import SignedIn
from db.tasks.queries import tasks_of
from db.updates.queries import ReportItem, report_items_of
from pages.parts.updates.checks import marks_of
from pages.parts.updates.editor import ReportContext, outlook_of
from pages.parts.updates.form import Typed
from pages.parts.updates.news import Indicators
from pages.parts.updates.sheet import names_of_indicators
from pages.shared.choices import named_of_measure
from pages.shared.components import light_label
from pages.shared.reads import Reads
from pages.shared.wording import lines as lines_of_text, message_text, percent, plain, translate
from tracking.carrying import increments, newly_reached
from tracking.scales import bare_words
from tracking.signing import Attention, attention, light_marks
from tracking.vocabulary import Light


@dataclass(frozen=True, slots=True)
class SigningLine:
    """A report on the sheet: its light as it is and as it is to be, and what is unusual about it, in words."""

    update_id: int
    item: ReportItem
    before: Light
    after: Light
    marks: tuple[str, ...]
    title: str

    @property
    def attention(self) -> Attention:
        """In which part of the sheet it stands."""
        return attention(marked=bool(self.marks), no_change=self.item.draft.no_change)


def in_plan_order(by: SignedIn, frame: pd.DataFrame) -> pd.DataFrame:
    """A queue in the order of the plans, one authority after the other, one's own first."""
    placed = frame.assign(beneath=frame["authority_id"] != by.authority_id)
    order = ["beneath", "authority_name", "authority_id", "task_number", "period_id"]
    return placed.sort_values(order).drop(columns="beneath").reset_index(drop=True)


def signing_lines(by: SignedIn, reads: Reads, frame: pd.DataFrame) -> list[SigningLine]:
    """The reports of a queue, in its order."""
    items = reads.scoped(report_items_of, update_ids=tuple(frame["update_id"].tolist()))
    tasks = reads.scoped(tasks_of, task_ids=tuple(item.task.id for item in items.values()))
    lights = dict(zip(tasks["task_id"].tolist(), map(Light, tasks["light"]), strict=True))
    indicators = names_of_indicators(reads)

    def line(update_id: int, item: ReportItem) -> SigningLine:
        desk = ReportContext(by, reads, item, item.update.period_id if item.update else 0, indicators)
        before = lights[item.task.id]
        after = outlook_of(desk, Typed(item.draft, [])).light
        marks = tuple(_marks(item, before, after))
        return SigningLine(update_id, item, before, after, marks, _title(by, reads, item))

    return [line(key, item) for key, item in items.items()]


def _title(by: SignedIn, reads: Reads, item: ReportItem) -> str:
    """Number and title of the task, whose it is where one signs for several, and under which notice of several."""
    title = f"{item.planned.number}　{plain(item.planned.draft.title)}"
    placed = f"{plain(item.authority_name)} {title}" if by.beneath else title
    return named_of_measure(reads, placed, item.planned.draft.measure_id)


def unusual_of(by: SignedIn, reads: Reads, frame: pd.DataFrame) -> set[int]:
    """The reports of a queue that have a mark."""
    return {line.update_id for line in signing_lines(by, reads, frame) if line.marks}


def _marks(item: ReportItem, before: Light, after: Light) -> Iterator[str]:
    yield from _checked(item)
    for message in light_marks(before=before, after=after, no_change=item.draft.no_change):
        yield message_text(message)


def _checked(item: ReportItem) -> Iterator[str]:
    """What the checks say of a report: the one place where they come onto the sheet."""
    for said in marks_of(item).values():
        yield from said


def light_words(line: SigningLine) -> str:
    """The light a report leads to, after the one it turns from."""
    label = light_label(line.after)
    if line.before is line.after:
        return label
    return translate("sign_off.turning", before=light_label(line.before), after=label)


def share_words(line: SigningLine) -> str:
    """Completion as it was and as it is to be."""
    update, was = line.item.update, percent(line.item.facts.last_completion_permille)
    now = percent(update.completion_permille if update else None)
    return now if was == now else translate("sign_off.share", before=was, after=now)


def detail_words(line: SigningLine, indicators: Indicators) -> str:
    """What stands under a line: figures, text, what is unusual, the explanation and the evidence; "" where nothing does."""
    draft = line.item.draft
    said = [
        translate("plan.part_mark").join(_moved(line.item, indicators)),
        "" if draft.no_change else lines_of_text(draft.progress),
        translate("sign_off.asks_completion") if draft.completion_requested else "",
        *(f":orange[{plain(mark)}]" for mark in line.marks),
        translate("sign_off.explained", said=lines_of_text(draft.explanation)) if draft.explanation else "",
        _evidence(line.item),
    ]
    return "  \n".join(part for part in said if part)


def _moved(item: ReportItem, indicators: Indicators) -> Iterator[str]:
    """The figures that have moved, old beside new, and the milestones reached since."""
    for key in increments(item.draft, item.last):
        before = item.facts.last_actuals.get(key)
        target = item.facts.targets.get(key)
        yield translate(
            "sign_off.figure",
            name=plain(indicators[key].name),
            unit=plain(indicators[key].unit),
            before="—" if before is None else bare_words(before, indicators[key]),
            after=bare_words(item.draft.actuals[key], indicators[key]),
            target="—" if target is None else bare_words(target, indicators[key]),
        )
    titles = {step.number: step.title for step in item.planned.draft.milestones}
    for number in newly_reached(item.draft, item.last):
        yield translate("sign_off.milestone", number=number, title=plain(titles.get(number, "")))


def _evidence(item: ReportItem) -> str:
    files = "、".join(f"[{plain(file.name)}](/evidence/{file.id})" for file in item.evidence)
    return translate("sign_off.evidence", files=files) if files else ""
