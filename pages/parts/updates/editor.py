"""The editor of one report: the form, its consequence, and its buttons."""

from dataclasses import dataclass, replace

import streamlit as st

from db.identity import SignedIn
from db.plans.drafts import schedule_of
from db.site.queries import thresholds
from db.updates import actions as updates
from db.updates.queries import ReportItem
from pages.parts.evidence.form import Place, evidence_part
from pages.parts.support.acts import take_over_part
from pages.parts.updates.checks import copied_elsewhere, marks
from pages.parts.updates.compare import differences
from pages.parts.updates.form import (
    Typed,
    checked,
    field_labels,
    is_touched,
    read_update,
    text_fields,
    value_fields,
)
from pages.parts.updates.news import Indicators, news_of
from pages.parts.updates.news_acts import write_news
from pages.parts.updates.no_change import against_no_change
from pages.shared.access import part
from pages.shared.components import light_label
from pages.shared.conflicts import conflict_box
from pages.shared.faults import error_note, error_summary, faults_left, field_errors
from pages.shared.forms import Form
from pages.shared.reads import Reads
from pages.shared.wording import message_text, moment, percent, plain, points, translate
from tracking.checks import check_update, has_sound_figures
from tracking.figures.outlook import Outlook, outlook
from tracking.validation import completion_of_draft

# The task that is being handed over, for the run after: if it was, the next one opens.
HANDING_OVER = "handing_over"


@dataclass(frozen=True, slots=True)
class ReportContext:
    """One task on an officer's desk: who reports it, for which period, and the names of its indicators."""

    by: SignedIn
    reads: Reads
    item: ReportItem
    period_id: int
    indicators: Indicators

    @property
    def form(self) -> str:
        """The name of its form."""
        return f"update_{self.item.task.id}_{self.period_id}"


@part("report")
def edit(desk: ReportContext) -> None:
    """The form of one task; it reruns on its own while somebody types."""
    item = desk.item
    filled = Form.under_way(desk.form, row_version=item.row_version, draft=item.draft)
    filled.refused = filled.refused or faults_left("task", item.task.id)
    typed = _read(desk, filled)
    filled.touched = is_touched(filled, typed)
    if filled.is_stale(item.row_version):
        _show_conflict(desk, filled, typed)
    summary, fields = st.container(), st.container(key="report_fields")
    with st.container(key="editor_actions"):
        _show_consequence(desk, typed)
        _buttons(desk, filled, typed)
        error_note(filled.refused)
    with summary:
        error_summary(filled.refused, field_labels(item, desk.indicators))
    with fields:
        _fields(desk, filled, typed)


def _read(desk: ReportContext, filled: Form) -> Typed:
    """What stands in the form, with what the checks say of it."""
    item, typed = desk.item, read_update(filled, desk.item)
    news = news_of(item, typed.draft, desk.indicators)
    if not typed.wrong and write_news(filled, item, typed.draft, news, desk.indicators):
        typed = read_update(filled, item)
    copied = copied_elsewhere(desk.reads, item, desk.period_id, typed.draft.progress, news)
    return checked(filled, typed, replace(item.facts, said_elsewhere=copied))


def _show_conflict(desk: ReportContext, filled: Form, typed: Typed) -> None:
    item = desk.item
    when = moment(item.update.written_at) if item.update else ""
    sentence = translate("report.conflict", author=plain(item.author), when=when)
    conflict_box(filled, item.row_version, sentence, differences(item.draft, typed.draft, desk.indicators))


def _fields(desk: ReportContext, filled: Form, typed: Typed) -> None:
    value_fields(filled, desk.item, desk.indicators, typed.found)
    text_fields(filled, desk.item, typed, desk.indicators)
    take_over_part(desk.reads, filled, desk.item.task.id, desk.period_id, typed.draft.progress)
    label = translate("report.completion_requested")
    filled.switch("completion_requested", label, filled.draft.completion_requested, **filled.kept)
    marks(filled, typed.found, "completion_requested")
    evidence_part(Place(desk.by, filled, desk.item, typed.draft, desk.period_id, readable=not typed.wrong))


def outlook_of(desk: ReportContext, typed: Typed) -> Outlook:
    """What the task will show once this is accepted."""
    return outlook(
        completion_permille=completion_of_draft(typed.draft, desk.item.facts),
        completion_requested=typed.draft.completion_requested,
        today=desk.reads.today,
        schedule=schedule_of(desk.item.baseline.draft, desk.item.task),
        rule=desk.reads.common(thresholds),
    )


def _show_consequence(desk: ReportContext, typed: Typed) -> None:
    """What it comes to; nothing where a figure cannot be read, since that is not nought."""
    item = desk.item
    if typed.wrong or not has_sound_figures(typed.draft, item.facts):
        st.markdown(translate("report.consequence_unread"))
        return
    seen = outlook_of(desk, typed)
    change = points(seen.completion_permille - item.facts.last_completion_permille)
    st.markdown(
        translate(
            "report.consequence",
            completion=percent(seen.completion_permille),
            change=change,
            expected=percent(seen.expected_permille),
            light=light_label(seen.light),
            reason=message_text(seen.reason),
        )
    )


def _buttons(desk: ReportContext, filled: Form, typed: Typed) -> None:
    with st.container(horizontal=True):
        if st.button(translate("report.hand_over"), type="primary", key=filled.key("hand_over")):
            _save(desk, filled, typed, hand_over=True)
        if st.button(translate("report.save_draft"), key=filled.key("save")):
            _save(desk, filled, typed, hand_over=False)
        if st.button(
            translate("report.no_change"),
            key=filled.key("no_change"),
            help=translate("report.no_change_help"),
        ):
            _report_no_change(desk, filled, typed)
    field_errors(filled.refused, "no_change")


def _save(desk: ReportContext, filled: Form, typed: Typed, *, hand_over: bool) -> None:
    """Save, reporting every fault at once: unreadable values along with the rules' faults."""
    wrong = list(typed.wrong)
    if hand_over and typed.draft.no_change:
        wrong += against_no_change(desk.item, typed.draft, desk.reads.today)
    if wrong:
        told = {problem.field for problem in wrong}
        others = check_update(typed.draft, desk.item.facts, complete=hand_over)
        filled.refuse([*wrong, *(problem for problem in others if problem.field not in told)])
    if hand_over:
        st.session_state[HANDING_OVER] = desk.item.task.id
    done = "report.handed_over" if hand_over else "report.draft_saved"
    filled.perform(
        updates.save_progress_update,
        done=translate(done, number=desk.item.planned.number),
        by=desk.by,
        task_id=desk.item.task.id,
        period_id=desk.period_id,
        row_version=filled.row_version,
        draft=typed.draft,
        hand_over=hand_over,
    )


def _report_no_change(desk: ReportContext, filled: Form, typed: Typed) -> None:
    """Report no change; what was typed is neither lost nor passed over by it."""
    against = [*typed.wrong, *against_no_change(desk.item, typed.draft, desk.reads.today)]
    if against:
        filled.refuse(against)
    st.session_state[HANDING_OVER] = desk.item.task.id
    filled.perform(
        updates.report_no_change,
        done=translate("report.no_change_saved", number=desk.item.planned.number),
        by=desk.by,
        task_id=desk.item.task.id,
        period_id=desk.period_id,
        row_version=filled.row_version,
        explanation=typed.draft.explanation,
    )
