"""Progress updates up to the working group: drafted, handed over, signed off, submitted.

What a draft says, and whether it is complete, is the business of `db.updates.drafts`.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from db import signatures
from db.checking import checkers
from db.figures.submission_cells import recount_reports
from db.identity import SignedIn
from db.notifications.sending import notify_writers
from db.periods.queries import check_period
from db.refusals import all_of, of_task
from db.store import Store, Transaction
from db.tables import ProgressUpdate, ReportingPeriod, Task
from db.tasks.status import reports_changing
from db.texts import required_reason
from db.updates.drafts import (
    Draft,
    check_complete,
    draft_at,
    figures,
    unchanged_at,
    write_drafts,
)
from db.updates.openings import Opening, Openings, check_takes_reports, reportable
from tracking import permissions, workflow
from tracking.messages import Refusal
from tracking.permissions import Right
from tracking.validation import Problem, UpdateDraft


def save_progress_update(
    store: Store,
    *,
    by: SignedIn,
    task_id: int,
    period_id: int,
    row_version: int,
    draft: UpdateDraft,
    hand_over: bool = False,
) -> int:
    """Save a draft of the update of a task for a period and return its id; `row_version` 0 begins one.

    With `hand_over` it must be complete, and goes to the signatory in the same step. Raises `Conflict` if
    somebody saved it in the meantime, `Refusal` if the period is not open, the task takes no reports, or a
    value could never be stored.
    """
    with store.write(by) as tx:
        place = reportable(tx, by, task_id, period_id)
        (update,) = write_drafts(tx, [draft_at(tx, place, row_version, draft, hand_over=hand_over)])
        return update.id


def report_no_change(
    store: Store, *, by: SignedIn, task_id: int, period_id: int, row_version: int = 0, explanation: str = ""
) -> int:
    """Report a task as unchanged since its last accepted update and hand it to the signatory in one step."""
    with store.write(by) as tx:
        place = reportable(tx, by, task_id, period_id)
        (update,) = write_drafts(tx, [unchanged_at(tx, place, row_version, explanation)])
        return update.id


def report_no_changes(
    store: Store,
    *,
    by: SignedIn,
    task_ids: Iterable[int],
    period_id: int,
    explanations: Mapping[int, str] = MappingProxyType({}),
) -> None:
    """Report several tasks that nobody has begun to report as unchanged, all of them or none.

    `explanations` by task, where one is given. Raises `Refusal` with all that is missing, each in its task's name.
    """
    with store.write(by) as tx:
        asked = list(dict.fromkeys(task_ids))
        places = Openings(tx, by, [(task_id, period_id) for task_id in asked])
        stand = [places.at(task_id, period_id) for task_id in asked]

        def drafted(place: Opening) -> Draft:
            return unchanged_at(tx, place, explanation=explanations.get(place.task.id, ""))

        write_drafts(tx, all_of(stand, drafted, _named))


def request_update_sign_off(store: Store, *, by: SignedIn, update_ids: Iterable[int]) -> None:
    """Hand complete drafts to the signatory. Raises `Refusal` with everything missing in any of them."""
    with store.write(by) as tx:
        loaded = _loaded(tx, by, Right.REPORT_PROGRESS, update_ids)
        _check_all_complete(tx, loaded)
        for update, task in loaded:
            check_takes_reports(task)
            signatures.hand_over(workflow.PROGRESS_UPDATE, update, tx.now)
            tx.audit("request_update_sign_off", update, task.authority_id, task_id=task.id)
        recount_reports(tx.session, [update for update, _ in loaded])


def sign_off_progress_updates(store: Store, *, by: SignedIn, update_ids: Iterable[int]) -> None:
    """Sign off drafts that were handed over, inside the authority, all of them or none."""
    with store.write(by) as tx:
        loaded = _loaded(tx, by, Right.SIGN_OFF, update_ids)
        _check_all_complete(tx, loaded)
        for update, task in loaded:
            signatures.sign(workflow.PROGRESS_UPDATE, update, tx.now, by.officer_id)
            tx.audit("sign_off_progress_update", update, task.authority_id, **figures(update))
        recount_reports(tx.session, [update for update, _ in loaded])


def send_back_progress_update(store: Store, *, by: SignedIn, update_id: int, reason: str) -> None:
    """Send an update back to its writer inside the authority, with a reason, before or after sign-off."""
    with store.write(by) as tx:
        ((update, task),) = _loaded(tx, by, Right.SIGN_OFF, [update_id])
        written = required_reason(reason)
        signatures.back_to_draft(workflow.PROGRESS_UPDATE, update, "send_back")
        update.sent_back_because = written
        tx.audit("send_back_progress_update", update, task.authority_id, task_id=task.id, reason=written)
        notify_writers(tx, task.authority_id, "notification.update_sent_back", "report", task=task.number)
        recount_reports(tx.session, [update])


def submit_progress_update(store: Store, *, by: SignedIn, update_id: int) -> None:
    """Send one signed-off update to the working group, or to the authority above that checks it first."""
    submit_progress_updates(store, by=by, update_ids=[update_id])


def submit_progress_updates(store: Store, *, by: SignedIn, update_ids: Iterable[int]) -> None:
    """The same for several while their period is open, all of them or none."""
    with store.write(by) as tx:
        loaded = _loaded(tx, by, Right.SUBMIT, update_ids)
        for period in tx.load_all(ReportingPeriod, {update.period_id for update, _ in loaded}).values():
            check_period(tx, period)
        above = checkers(tx.session, by, {task.authority_id for _, task in loaded})
        with reports_changing(tx, by, [update for update, _ in loaded]):
            for update, task in loaded:
                checker_id = above.get(task.authority_id)
                signatures.submit(workflow.PROGRESS_UPDATE, update, tx.now, checker_id)
                said = {} if checker_id is None else {"checker_id": checker_id}
                tx.audit("submit_progress_update", update, task.authority_id, **figures(update), **said)


def _loaded(
    tx: Transaction, by: SignedIn, right: Right, update_ids: Iterable[int]
) -> list[tuple[ProgressUpdate, Task]]:
    """Updates with their tasks, each from an authority for which this person holds the right."""
    updates = tx.load_each(ProgressUpdate, list(update_ids))
    tasks = tx.load_each(Task, [update.task_id for update in updates])
    for task in tasks:
        permissions.check(by, right, task.authority_id)
    return list(zip(updates, tasks, strict=True))


def _check_all_complete(tx: Transaction, loaded: list[tuple[ProgressUpdate, Task]]) -> None:
    """Refuse unless each of these could be submitted as it is. Raises `Refusal`."""
    all_of(
        loaded,
        lambda pair: check_complete(tx, pair[0]),
        lambda pair, refused: of_task(pair[1].id, pair[1].number, refused),
    )


def _named(place: Opening, refused: Refusal) -> list[Problem]:
    return of_task(place.task.id, place.task.number, refused)
