"""The offline ledger: handed out, uploaded, judged, and committed as a whole."""

from dataclasses import dataclass

from db.authorities.delegation import writing_scope
from db.authorities.scope import scope_of
from db.identity import SignedIn
from db.periods.queries import check_period
from db.store import Store
from db.tables import Authority, ReportingPeriod
from db.turns import TooMany, in_turn, waiting
from db.uploads.judged_ledgers import judged_ledger
from db.uploads.missing import note_missing
from db.uploads.retention import GivenFile, keep_judged, keep_refused, keep_upload, whole
from db.uploads.tasks import ledger_tasks_of
from tracking import permissions
from tracking.documents.grids import Sheet, packed
from tracking.documents.ledger_reading import Ledger, holds_form, read_ledger
from tracking.documents.legacy_guess import heads_of
from tracking.documents.limited import read_sheets
from tracking.ledgers.handed import FormScope
from tracking.ledgers.rows import LedgerTask
from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.steps import OnStep, Step, untold


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """The content of a ledger form to be filled in."""

    tasks: list[LedgerTask]
    period: ReportingPeriod
    authority: str
    scope: FormScope


def export_ledger_form(
    store: Store, *, by: SignedIn, period_id: int, authority_id: int | None = None
) -> LedgerForm:
    """Export one's tasks for an open period as a form to fill in; audited.

    For one's own authority and all beneath, or for one of them. Raises `Refusal`, `NotFound` for an unknown
    period.
    """
    within = writing_scope(by).authority_ids if authority_id is None else {authority_id}
    with store.write(by) as tx:
        permissions.check(by, Right.REPORT_PROGRESS, authority_id)
        authority = tx.load(Authority, authority_id or by.authority_id or 0)
        period = tx.load(ReportingPeriod, period_id)
        check_period(tx, period)
        tx.audit("export_ledger_form", period, authority.id)
        name = authority.name
    with store.read() as session:
        period = session.get_one(ReportingPeriod, period_id)
    tasks = ledger_tasks_of(store, scope_of(store, by), authority_ids=within or (), period_id=period_id)
    scope = FormScope(authority_id or by.authority_id or 0, beneath=authority_id is None and bool(by.beneath))
    return LedgerForm(tasks, period, name, scope)


def upload_ledger(
    store: Store,
    *,
    by: SignedIn,
    name: str,
    content: bytes,
    period_id: int | None = None,
    on_step: OnStep = untold,
) -> int:
    """Read and judge a filled-in ledger and store the preview for a week; returns its id. Nothing is reported yet.

    If a period is given, a workbook that is not our form is stored for it unjudged: its columns must be
    understood first, see `db.uploads.legacy_ledgers`. Raises `Refusal` for a file that must not be opened or
    is not our ledger, and while its period takes no reports; only the refusal is stored then. Raises
    `TooMany` if the file could not be read for lack of a free turn.
    """
    permissions.check(by, Right.REPORT_PROGRESS)
    try:
        with in_turn(by.officer_id, waiting(on_step)):
            return _preview(store, by, GivenFile(name, content), period_id, on_step)
    except TooMany:
        raise
    except Refusal as refused:
        with store.write(by) as tx:
            upload = keep_refused(tx, by, name, refused)
            tx.audit("upload_ledger", upload, by.authority_id, refused=[one.key for one in refused.messages])
        raise


def _preview(store: Store, by: SignedIn, file: GivenFile, asked_id: int | None, on_step: OnStep) -> int:
    on_step(Step.READING, 0, 1)
    sheets = read_sheets(file.content)
    heads = heads_of(sheets)
    if asked_id is not None and heads and not holds_form(sheets):
        return _keep_unread(store, by, file, asked_id, heads)
    ledger = read_ledger(sheets)
    on_step(Step.JUDGING, 0, ledger.lines)
    period_id = _period_of(ledger)
    judged = judged_ledger(store, by, ledger.rows, period_id=period_id, lines=ledger.lines, on_step=on_step)
    note_missing(store, by, judged, [ledger], period_id)
    with store.write(by) as tx:
        upload = keep_upload(tx, by, file, period_id)
        tx.audit("upload_ledger", upload, by.authority_id, **judged.counts)
        upload_id = upload.id
    with whole(store, upload_id):
        keep_judged(store, upload_id, judged, on_step)
    return upload_id


def _keep_unread(store: Store, by: SignedIn, file: GivenFile, period_id: int, heads: list[Sheet]) -> int:
    with store.write(by) as tx:
        upload = keep_upload(tx, by, file, period_id)
        upload.heads = [packed(head) for head in heads]
        tx.audit("upload_ledger", upload, by.authority_id, sheets=len(heads))
        return upload.id


def _period_of(ledger: Ledger) -> int:
    """The period of most rows. Raises `Refusal` if no row names one."""
    if not ledger.periods:
        raise Refusal(Message("upload.no_rows"))
    return max(ledger.periods, key=ledger.periods.__getitem__)
