"""Writing briefings: drafted from figures, edited in versions, issued once, exported."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from sqlmodel import col

from db import clock
from db.authorities.scope import scope_of
from db.briefings.material import BriefingRequest, drafted
from db.briefings.queries import BriefingSheet, briefing_sheet, version_of
from db.figures.summaries import keep_current
from db.identity import SignedIn
from db.notifications.sending import notify_authority
from db.papers.keeping import keep_paper
from db.reference.queries import units_frame
from db.row_changes import key_of, plain
from db.sql import select
from db.store import Store, Transaction, check_version
from db.tables import Briefing, BriefingVersion, ReportingPeriod
from tracking import permissions, workflow
from tracking.cleaning import clean_text
from tracking.documents.briefing import briefing_document
from tracking.permissions import Right
from tracking.validation import Problem, refuse_all
from tracking.validation.problems import text_problems
from tracking.vocabulary import Language, PaperKind

LIMITS = {"title": 200, "section": 8000}
_LINK = "briefings?briefing={id}"


def draft_briefing(
    store: Store,
    *,
    by: SignedIn,
    period_id: int,
    wanted: BriefingRequest,
    language: Language = Language.ZH_CN,
) -> int:
    """Draft a briefing on a period from today's figures and return its id. Raises `Refusal`."""
    permissions.check(by, Right.ISSUE_BRIEFING)
    made = _drafted(store, period_id, wanted, language)
    with store.write(by) as tx:
        briefing = tx.add(Briefing(period_id=period_id, **asdict(wanted)))
        _add_version(tx, by, briefing, made)
        tx.audit("draft_briefing", briefing, wanted.unit_id, **_told(briefing))
        return key_of(briefing)


def redraft_briefing(store: Store, *, by: SignedIn, briefing_id: int, row_version: int) -> None:
    """Draft it again from current figures; edits remain in earlier versions. Raises `Conflict`."""
    permissions.check(by, Right.ISSUE_BRIEFING)
    sheet = briefing_sheet(store, scope_of(store, by), drafts=True, briefing_id=briefing_id)
    found = sheet.briefing
    wanted = BriefingRequest(found.kind, found.region, found.unit_id, found.measure_id, found.published)
    made = _drafted(store, found.period_id, wanted, sheet.version.language)
    with store.write(by) as tx:
        briefing = _opened(tx, briefing_id, row_version)
        _add_version(tx, by, briefing, made)
        tx.audit("redraft_briefing", briefing, briefing.unit_id, **_told(briefing))


def save_briefing(
    store: Store,
    *,
    by: SignedIn,
    briefing_id: int,
    row_version: int,
    title: str,
    sections: Mapping[str, str],
) -> None:
    """Save title and sections as a new version, based on the figures of the previous one.

    Raises `Refusal` with every fault, `Conflict` if somebody else saved in the meantime.
    """
    with store.write(by) as tx:
        permissions.check(by, Right.ISSUE_BRIEFING)
        briefing = tx.load(Briefing, briefing_id)
        before = version_of(tx.session, briefing)
        _opened(tx, briefing_id, row_version)
        known = {key: sections.get(key, text) for key, text in before.content["sections"].items()}
        refuse_all(_faults(title, known))
        cleaned = {key: clean_text(text) for key, text in known.items()}
        content = before.content | {"title": clean_text(title), "sections": cleaned}
        made = {"content": content, "figures": before.figures, "as_of_at": before.as_of_at}
        _add_version(tx, by, briefing, made | {"language": before.language})
        tx.audit("save_briefing", briefing, briefing.unit_id, version=briefing.row_version)


def issue_briefing(store: Store, *, by: SignedIn, briefing_id: int, row_version: int) -> None:
    """Issue the newest version to the units it addresses; it never changes again. Raises `Conflict`, `Refusal`."""
    units = units_frame(store, notice_id=_notice_of(store, briefing_id))
    with store.write(by) as tx:
        permissions.check(by, Right.ISSUE_BRIEFING)
        briefing = tx.load(Briefing, briefing_id)
        status = workflow.step(workflow.BRIEFING, briefing.status, "issue")
        check_version(briefing, row_version)
        # Issuing adds no version: the number stays that of the issued one.
        briefing.row_version = row_version
        briefing.status, briefing.issued_at, briefing.issued_by_id = status, tx.now, by.officer_id
        version = version_of(tx.session, briefing)
        paper = _keep(tx, briefing, version)
        tx.audit("issue_briefing", briefing, briefing.unit_id, **_told(briefing), paper_sha256=paper)
        title = version.content["title"]
        for unit_id in _spoken_to(units, briefing):
            link = _LINK.format(id=briefing_id)
            notify_authority(tx, unit_id, "notification.briefing_issued", link, title=title)


def take_briefing(
    store: Store, *, by: SignedIn, briefing_id: int, number: int | None = None
) -> BriefingSheet:
    """A briefing to be exported as a file; audited. Raises `Refusal`, `NotFound`."""
    with store.write(by) as tx:
        permissions.check(by, Right.VIEW_PROGRESS)
        drafts, scope = permissions.may(by, Right.ISSUE_BRIEFING), scope_of(store, by)
        asked: dict[str, Any] = {"briefing_id": briefing_id, "number": number}
        sheet = briefing_sheet(store, scope, drafts=drafts, **asked)
        kept = {"paper_sha256": _keep(tx, sheet.briefing, sheet.version)} if sheet.is_issued else {}
        tx.audit("take_briefing", sheet.briefing, by.authority_id, version=sheet.version.number, **kept)
    return sheet


def make_briefing(
    store: Store, *, by: SignedIn | None, period_id: int, wanted: BriefingRequest, language: Language
) -> dict[str, Any]:
    """The content and figures of a draft that is not stored; audited. Raises `Refusal`, `NotFound`.

    On the command line nobody is signed in: whoever runs it has the store anyway.
    """
    if by is not None:
        permissions.check(by, Right.ISSUE_BRIEFING)
    made = _drafted(store, period_id, wanted, language)
    with store.write(by) as tx:
        period = tx.load(ReportingPeriod, period_id)
        narrowed = {name: plain(value) for name, value in asdict(wanted).items() if value}
        tx.audit("make_briefing", period, wanted.unit_id, **narrowed)
    return made


def _drafted(store: Store, period_id: int, wanted: BriefingRequest, language: Language) -> dict[str, Any]:
    """The content of a version, from current figures."""
    keep_current(store)
    return drafted(store, period_id=period_id, wanted=wanted, language=language)


def _keep(tx: Transaction, briefing: Briefing, version: BriefingVersion) -> str:
    """Archive the paper of an issued briefing, unless already archived, and return its SHA-256."""
    issued_on = clock.day_of(briefing.issued_at or tx.now)
    make = partial(briefing_document, version.content, on=issued_on, issued=True, kind=briefing.kind)
    return keep_paper(tx, PaperKind.BRIEFING, key_of(briefing), version.language, make)


def _opened(tx: Transaction, briefing_id: int, row_version: int) -> Briefing:
    """The briefing, still a draft and unchanged since it was read, with its next version number."""
    briefing = tx.load(Briefing, briefing_id)
    workflow.step(workflow.BRIEFING, briefing.status, "edit")
    check_version(briefing, row_version)
    return briefing


def _add_version(tx: Transaction, by: SignedIn, briefing: Briefing, made: Mapping[str, Any]) -> None:
    tx.add(
        BriefingVersion(
            briefing_id=briefing.id,
            number=briefing.row_version,
            written_at=tx.now,
            written_by_id=by.officer_id,
            **made,
        )
    )


def _faults(title: str, sections: Mapping[str, str]) -> list[Problem]:
    faults = list(text_problems("title", title, required=True, limit=LIMITS["title"]))
    for key, text in sections.items():
        faults += text_problems(key, text, limit=LIMITS["section"])
    return faults


def _told(briefing: Briefing) -> dict[str, Any]:
    return {"kind": plain(briefing.kind), "period_id": briefing.period_id, "version": briefing.row_version}


def _notice_of(store: Store, briefing_id: int) -> int | None:
    """The notice whose period a briefing is about; None for an unknown briefing."""
    rows = select(ReportingPeriod.notice_id).join(Briefing, col(Briefing.period_id) == ReportingPeriod.id)
    with store.read() as session:
        found: int | None = session.scalar(rows.where(Briefing.id == briefing_id))
    return found


def _spoken_to(units: Any, briefing: Briefing) -> list[int]:
    """The reporting units that an issued briefing goes to."""
    units = units[units["reports"].astype(bool)]
    if briefing.unit_id is not None:
        units = units[units["unit_id"] == briefing.unit_id]
    elif briefing.region is not None:
        units = units[units["region_seven"] == briefing.region]
    return [int(key) for key in units["unit_id"]]
