"""Several tasks reported as unchanged: what stands out among them is listed first and asks for a sentence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from db.identity import SignedIn
from db.updates import actions as progress
from db.updates.calls import calls_of
from db.updates.queries import ReportItem
from pages.shared.forms import Form
from pages.shared.wording import plain, translate
from tracking.carrying import tells_no_change
from tracking.cleaning import says_something
from tracking.messages import Message
from tracking.standing_out import StandsOut
from tracking.validation import Problem, UpdateDraft


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The tasks of a list that may be reported as unchanged, and why some of them stand out."""

    by: SignedIn
    period_id: int
    items: Mapping[int, ReportItem]
    why: Mapping[int, StandsOut]
    report: Callable[..., object] = progress.report_no_changes

    def act(self, ticked: list[int], form: Form, verb: str = "report.no_change_of") -> None:
        """The button for all that is ticked; where some of it stands out, that and the field for the sentence first."""
        calling = [task_id for task_id in self.why if task_id in ticked]
        verb = translate(verb, count=len(ticked))
        if not calling:
            self._save(verb, ticked, "", form)
            return
        with st.popover(verb):
            st.markdown(translate("report.stands_out", count=len(calling)))
            st.markdown("\n".join(f"- {self._line(task_id)}" for task_id in calling))
            sentence = form.text("sentence", translate("report.sentence"))
            quiet = [task_id for task_id in ticked if task_id not in self.why]
            done = ticked if says_something(sentence) else quiet
            self._save(translate("report.no_change_do", count=len(done)), done, sentence, form)

    def _save(self, verb: str, task_ids: list[int], sentence: str, form: Form) -> None:
        form.save(
            verb,
            self.report,
            button="no_change",
            done=translate("report.no_change_done", count=len(task_ids)),
            disabled=not task_ids,
            by=self.by,
            task_ids=task_ids,
            period_id=self.period_id,
            explanations={task_id: sentence for task_id in task_ids if task_id in self.why},
        )

    def _line(self, task_id: int) -> str:
        planned = self.items[task_id].planned
        why = translate(f"report.stands_out_{self.why[task_id]}")
        return translate(
            "report.stands_out_line", number=planned.number, title=plain(planned.draft.title), why=why
        )


def unchanged_of(by: SignedIn, period_id: int, items: Sequence[ReportItem], today: date) -> Unchanged:
    """The tasks of a list, what stands out among them in its order."""
    found = {item.task.id: calls_of(item, today) for item in items}
    why = {task_id: reason for task_id, reason in found.items() if reason is not None}
    return Unchanged(by, period_id, {item.task.id: item for item in items}, why)


def against_no_change(item: ReportItem, draft: UpdateDraft, today: date) -> Iterator[Problem]:
    """What speaks against reporting a task as unchanged while this stands in its form."""
    why = calls_of(item, today)
    if not tells_no_change(draft, item.last, item.facts):
        yield Problem("no_change", Message("validation.changed_here"))
    elif why is not None and not draft.explanation.strip():
        standing = Message(f"report.stands_out_{why}")
        yield Problem("explanation", Message("validation.unchanged_standing_out", why=standing))
