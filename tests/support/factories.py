"""Reaching a state through the real actions, from a small catalogue of its own.

Two key areas with three measures, two units and a city below the first, one quarter open: enough for every rule,
small enough to work out by hand.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import time_machine

from db.authorities.scope import NATION as EVERYTHING
from db.identity import SignedIn
from db.plans import actions as plans, task_actions
from db.plans.queries import plan_sheet
from db.requests import actions as requests
from db.store import Store, Transaction
from db.tables import (
    Appointment,
    Authority,
    AuthorityParent,
    Indicator,
    KeyArea,
    Measure,
    MeasureAction,
    Notice,
    NoticeFact,
    Officer,
    Post,
    ReportingPeriod,
    RoleGrant,
)
from db.updates import actions as updates, reviews
from db.updates.queries import report_item
from tracking.checks import confirmable, findings
from tracking.period_years import dates_of_year
from tracking.requests import Asked
from tracking.validation import TargetDraft, TaskDraft, UpdateDraft
from tracking.vocabulary import (
    AuthorityKind,
    Grade,
    NoticeFactKey,
    PeriodStatus,
    Relation,
    RequestKind,
    Role,
    TitleSource,
)

YEAR = 2026
FIRST_QUARTER, SECOND_QUARTER = 1, 2
NORTH, SOUTH, TOWN = 1, 2, 3
MEASURES = (1, 2, 3)
FAIRS, VISITORS = 1, 2
NORTH_POST, SOUTH_POST = 1, 2


def at(day: date, hour: int = 10) -> time_machine.travel:
    """The clock stands at an office hour of a day."""
    return time_machine.travel(
        datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Asia/Shanghai")), tick=False
    )


@dataclass(frozen=True)
class People:
    """One signed-in officer for each part in the reporting loop."""

    officer: SignedIn
    signatory: SignedIn
    southerner: SignedIn
    member: SignedIn
    leader: SignedIn
    administrator: SignedIn


def small_country(store: Store) -> None:
    """The catalogue, the units, the people and two quarters, the first of which is open."""
    with store.write(None) as tx:
        notice = tx.add(Notice(number="191", title="专项行动", issued_by="部"))
        for number in (1, 2):
            tx.add(
                KeyArea(
                    notice_id=notice.id,
                    number=number,
                    title=f"重点{number}",
                    title_source=TitleSource.PROJECT,
                )
            )
        for number, area in zip(MEASURES, (1, 1, 2), strict=True):
            tx.add(
                Measure(
                    notice_id=notice.id,
                    key_area_id=area,
                    number=number,
                    title=f"举措{number}",
                    short_title=f"举措{number}",
                    title_source=TitleSource.PROJECT,
                    area_source=TitleSource.PROJECT,
                )
            )
            tx.add(
                MeasureAction(
                    measure_id=number,
                    number=1,
                    title="行动",
                    title_source=TitleSource.PROJECT,
                    measure_source=TitleSource.PROJECT,
                )
            )
        for number, (name, unit) in enumerate((("展会", "场"), ("观众", "人次")), start=1):
            tx.add(
                Indicator(
                    measure_id=1,
                    number=number,
                    name=name,
                    unit=unit,
                    additive=True,
                    headline=True,
                    source=TitleSource.PROJECT,
                )
            )
        _authorities(tx)
        _people(tx)
        for number, (starts_on, ends_on) in enumerate(
            ((date(YEAR, 1, 1), date(YEAR, 3, 31)), (date(YEAR, 4, 1), date(YEAR, 6, 30))), start=1
        ):
            tx.add(
                ReportingPeriod(
                    notice_id=notice.id,
                    year=YEAR,
                    number=number,
                    starts_on=starts_on,
                    ends_on=ends_on,
                    opens_on=starts_on,
                    closes_on=ends_on + timedelta(15),
                    status=PeriodStatus.OPEN,
                )
            )
        for key in NoticeFactKey:
            tx.add(NoticeFact(notice_id=notice.id, key=key, source=TitleSource.PROJECT))
        tx.audit("plant", notice)


def _authorities(tx: Transaction) -> None:
    kinds = (AuthorityKind.PROVINCE, AuthorityKind.SEPARATE_PLAN_CITY, AuthorityKind.CITY)
    for number, (kind, name) in enumerate(zip(kinds, ("北省", "南市", "北省一市"), strict=True), start=1):
        tx.add(
            Authority(
                code=f"{number}0000",
                code_standard="test",
                name=f"{name}主管部门",
                short_name=name,
                kind=kind,
                region_seven="华北",
                region_four="东部",
                official_order=number,
            )
        )
    for relation, authority_id in ((Relation.HOSTED_BY, SOUTH), (Relation.PART_OF, TOWN)):
        tx.add(
            AuthorityParent(
                authority_id=authority_id, parent_id=NORTH, relation=relation, starts_on=date(2000, 1, 1)
            )
        )


def another_unit(store: Store, number: int = 4, name: str = "东省") -> int:
    """One more reporting unit, for what needs three of them; gives its key."""
    with store.write(None) as tx:
        unit = tx.add(
            Authority(
                code=f"{number}0000",
                code_standard="test",
                name=f"{name}主管部门",
                short_name=name,
                kind=AuthorityKind.PROVINCE,
                region_seven="华东",
                region_four="东部",
                official_order=number,
            )
        )
        tx.audit("plant", unit)
        return unit.id


CAST = (
    ("officer", NORTH, Role.REPORTING_OFFICER),
    ("signatory", NORTH, Role.SIGNATORY),
    ("southerner", SOUTH, Role.REPORTING_OFFICER),
    ("member", None, Role.MEMBER),
    ("leader", None, Role.LEADERSHIP),
    ("administrator", None, Role.SYSTEM_ADMINISTRATOR),
)


def _people(tx: Transaction) -> None:
    for name, authority_id, role in CAST:
        officer = tx.add(Officer(authority_id=authority_id, name=name, office_phone="010-12345678"))
        tx.add(RoleGrant(officer_id=officer.id, role=role, granted_at=tx.now))
    for authority_id, officer_id in ((NORTH, 1), (SOUTH, 3)):
        post = tx.add(Post(authority_id=authority_id, title="处长"))
        tx.add(Appointment(post_id=post.id, officer_id=officer_id, starts_on=date(2020, 1, 1)))


NOBODY = frozenset[int]()
BENEATH: Mapping[int | None, frozenset[int]] = {NORTH: frozenset({TOWN})}


def people() -> People:
    """The cast as `small_country` stored it."""
    return People(
        *(
            SignedIn(
                number, name, authority_id, frozenset({role}), name, beneath=BENEATH.get(authority_id, NOBODY)
            )
            for number, (name, authority_id, role) in enumerate(CAST, start=1)
        )
    )


def fair_task(**changed: Any) -> TaskDraft:
    """Ten fairs from January to December, half of them by the end of June."""
    draft = TaskDraft(
        measure_id=1,
        title="组织参展",
        goal="全年十场",
        starts_on=date(YEAR, 1, 1),
        due_on=date(YEAR, 12, 31),
        post_id=NORTH_POST,
        lead_unit="企业处",
        targets=(
            TargetDraft(FAIRS, date(YEAR, 6, 30), Decimal(5)),
            TargetDraft(FAIRS, date(YEAR, 12, 31), Decimal(10)),
        ),
    )
    return replace(draft, **changed)


def typed_task(measure_id: int, **changed: Any) -> TaskDraft:
    """A task whose completion is typed."""
    return fair_task(**{"measure_id": measure_id, "title": f"任务{measure_id}", "targets": (), **changed})


def draft_plan(store: Store, by: SignedIn, *drafts: TaskDraft) -> int:
    """A plan still in draft, with these tasks; gives its revision."""
    authority_id = by.authority_id or 0
    revision_id = plans.start_plan(store, by=by, notice_id=1, authority_id=authority_id, year=YEAR)
    plans.save_goals(store, by=by, revision_id=revision_id, row_version=1, goals="年度目标")
    for draft in drafts:
        task_actions.add_task(store, by=by, revision_id=revision_id, draft=draft)
    return revision_id


def hand_in(store: Store, cast: People, revision_id: int) -> None:
    """From draft to the working group's desk."""
    plans.request_plan_sign_off(store, by=cast.officer, revision_id=revision_id)
    plans.sign_off_plan(store, by=cast.signatory, revision_id=revision_id)
    plans.submit_plan(store, by=cast.officer, revision_id=revision_id)


def filed_plan(store: Store, *drafts: TaskDraft) -> list[int]:
    """The northern plan, filed; gives its tasks in order."""
    cast = people()
    revision_id = draft_plan(store, cast.officer, *(drafts or (fair_task(),)))
    hand_in(store, cast, revision_id)
    plans.file_plan(store, by=cast.member, revision_id=revision_id)
    sheet = plan_sheet(store, EVERYTHING, revision_id=revision_id)
    return [task.task_id for task in sheet.tasks]


def fairs_held(count: int, **changed: Any) -> UpdateDraft:
    """An update that reports so many fairs held so far."""
    return UpdateDraft(**{"actuals": {FAIRS: Decimal(count)}, "progress": f"已办{count}场", **changed})


def answered(store: Store, task_id: int, draft: UpdateDraft, period_id: int) -> UpdateDraft:
    """The draft with an answer to whatever the checks ask about it."""
    facts = report_item(store, EVERYTHING, task_id=task_id, period_id=period_id).facts
    asks = any(one.grade is Grade.B for one in findings(draft, facts))
    said = draft.explanation or ("如实" if asks else "")
    return replace(draft, explanation=said, confirmed=confirmable(draft, facts))


def reported(store: Store, task_id: int, draft: UpdateDraft, period_id: int = FIRST_QUARTER) -> int:
    """An update on the working group's desk."""
    update_id = signed_off(store, task_id, draft, period_id)
    updates.submit_progress_update(store, by=people().officer, update_id=update_id)
    return update_id


def signed_off(store: Store, task_id: int, draft: UpdateDraft, period_id: int = FIRST_QUARTER) -> int:
    """An update that may be sent to the working group, with whatever the checks ask answered."""
    cast = people()
    draft = answered(store, task_id, draft, period_id)
    update_id = updates.save_progress_update(
        store, by=cast.officer, task_id=task_id, period_id=period_id, row_version=0, draft=draft
    )
    updates.request_update_sign_off(store, by=cast.officer, update_ids=[update_id])
    updates.sign_off_progress_updates(store, by=cast.signatory, update_ids=[update_id])
    return update_id


def accepted(store: Store, task_id: int, draft: UpdateDraft, period_id: int = FIRST_QUARTER) -> int:
    """An update that counts."""
    update_id = reported(store, task_id, draft, period_id)
    reviews.accept_progress_update(store, by=people().member, update_id=update_id)
    return update_id


def amended(store: Store, plan_id: int, draft: TaskDraft, number: int = 1, *, grant: bool = False) -> int:
    """The plan with one task changed, filed again; gives the revision. With `grant` smaller goals are granted."""
    cast = people()
    revision_id = plans.revise_plan(store, by=cast.officer, plan_id=plan_id, reason="展会改期")
    sheet = plan_sheet(store, EVERYTHING, revision_id=revision_id)
    said = next(task for task in sheet.tasks if task.number == number)
    task_actions.save_task(
        store,
        by=cast.officer,
        task_revision_id=said.task_revision_id,
        row_version=said.row_version,
        draft=draft,
    )
    hand_in(store, cast, revision_id)
    plans.file_plan(store, by=cast.member, revision_id=revision_id, grant_reductions=grant)
    return revision_id


def requested(store: Store, task_id: int, requested_due_on: date) -> int:
    """A request for extension on the working group's desk."""
    return asked_for(store, task_id, more_time(requested_due_on))


def third_quarter(store: Store) -> int:
    """One more quarter, not opened yet; gives its key."""
    with store.write(None) as tx:
        period = tx.add(ReportingPeriod(notice_id=1, **asdict(dates_of_year(YEAR, "quarter")[2])))
        tx.audit("plant", period)
        return period.id


def more_time(requested_due_on: date) -> Asked:
    """What asks for a later due date."""
    return Asked(RequestKind.EXTENSION, "展会改期", requested_due_on, "已办一场")


def asked_for(store: Store, task_id: int, asked: Asked) -> int:
    """A request on the working group's desk."""
    cast = people()
    request_id = requests.make_request(store, by=cast.officer, task_id=task_id, asked=asked)
    requests.sign_request(store, by=cast.signatory, request_id=request_id)
    return request_id


def suspended(store: Store, task_id: int, reason: str = "政策调整") -> int:
    """A task suspended as its authority asked; gives the request."""
    return _granted(store, task_id, Asked(RequestKind.SUSPENSION, reason))


def resumed(store: Store, task_id: int, reason: str = "条件具备") -> int:
    """A suspended task taken up again, likewise."""
    return _granted(store, task_id, Asked(RequestKind.RESUMPTION, reason))


def _granted(store: Store, task_id: int, asked: Asked) -> int:
    request_id = asked_for(store, task_id, asked)
    requests.grant_request(store, by=people().member, request_id=request_id)
    return request_id
