"""What a file would change in a draft plan, a table a kind: chosen by a row of buttons."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from pages.parts.plans.wording import Names, differences, milestone_words, target_words
from pages.shared.filters import switch
from pages.shared.forms import Form
from pages.shared.tables import plain_table, table_height
from pages.shared.wording import language, message_text, translate
from tracking.countries import country_names
from tracking.documents.plan_words import PlanField
from tracking.plans.comparison import Comparison, PlanChange, PlanLine
from tracking.plans.form import tag_words
from tracking.plans.known import Doubt, Weight
from tracking.validation import TaskDraft

OPENED, _DOUBTFUL = "opened", "doubtful"
_TEXTS = ("title", "goal", "lead_unit", "supporting_units", "supervising_leader", "liaison", "remark")


def change_tables(filled: Form, found: Comparison, names: Names) -> None:
    """Every change, and every doubt; one that asks for nothing may be chosen to be mended all the same."""
    rows = {
        str(PlanChange.NEW): [_new(line, names) for line in found.of(PlanChange.NEW)],
        str(PlanChange.CHANGED): [
            row for line in found.of(PlanChange.CHANGED) for row in _changed(line, names)
        ],
        _DOUBTFUL: list(_doubtful(found)),
        str(PlanChange.UNCHANGED): [_place(line) for line in found.of(PlanChange.UNCHANGED)],
    }
    options = {
        kind: translate(f"plan_change.view_{kind}", count=count)
        for kind, count in _counts(found, rows).items()
        if count
    }
    if not options:
        return
    chosen = switch("changes", options)
    table = pd.DataFrame(rows[chosen])
    plain_table(
        table.loc[:, (table != "").any()], height=table_height(len(table)), printed=f"plan_file_{chosen}"
    )
    if chosen == _DOUBTFUL:
        _open(filled, found)


def _counts(found: Comparison, rows: Mapping[str, Sequence[Any]]) -> dict[str, int]:
    return {str(change): len(found.of(change)) for change in PlanChange} | {_DOUBTFUL: len(rows[_DOUBTFUL])}


def _place(line: PlanLine) -> dict[str, Any]:
    return {"cell": line.proposed.spots[PlanField.TITLE].place, "title": line.draft.title}


def _new(line: PlanLine, names: Names) -> dict[str, Any]:
    """A new task with all that it says."""
    draft = line.draft
    return _place(line) | {
        "measure_short_title": names.measures.get(draft.measure_id, ""),
        "action_title": names.actions.get(draft.measure_action_id or 0, ""),
        **{name: getattr(draft, name) for name in _TEXTS},
        "starts_on": draft.starts_on,
        "due_on": draft.due_on,
        "weight": draft.weight_tenths / 10,
        "post_title": names.posts.get(draft.post_id, ""),
        **_parts(draft, names),
    }


def _parts(draft: TaskDraft, names: Names) -> dict[str, str]:
    mark = translate("plan.part_mark")
    return {
        "targets": mark.join(target_words(draft, names)),
        "milestones": mark.join(milestone_words(draft)),
        "countries": country_names(draft.countries, language()),
        "tags": tag_words(draft.tags, names.tags),
    }


def _changed(line: PlanLine, names: Names) -> Iterator[dict[str, str]]:
    """A changed task, field by field."""
    if line.standing is not None:
        for field, old, new in differences(line.standing.draft, line.draft, names):
            yield _place(line) | {"field": field, "old": old, "new": new}


def _doubtful(found: Comparison) -> Iterator[dict[str, str]]:
    for title, doubt in sorted(found.titled, key=lambda one: list(Weight).index(one[1].weight)):
        yield {
            "cell": doubt.spot.place,
            "weight_of_doubt": translate(f"plan_weight.{doubt.weight}"),
            "field": translate(f"plan_field.{doubt.field}"),
            "problem": message_text(doubt.message),
            "value": doubt.spot.written,
            "title": title,
        }


def _open(filled: Form, found: Comparison) -> None:
    """What is only said is mended at its cell like any other, once it is chosen."""
    said = {one.spot.key: _named(one) for line in found.lines for one in line.doubts if _only_said(one)}
    kept = {key: said.get(key, key.partition(":")[2]) for key in filled.typed(OPENED, [])}
    if said or kept:
        filled.several(OPENED, translate("plan_file.open"), said | kept)


def _only_said(doubt: Doubt) -> bool:
    return doubt.weight is Weight.SAID and doubt.field in set(PlanField)


def _named(doubt: Doubt) -> str:
    return f"{doubt.spot.place.replace('!', ' ')}　{translate(f'plan_field.{doubt.field}')}"
