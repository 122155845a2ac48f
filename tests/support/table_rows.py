"""One valid row of every table, for the constraint tests to break."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlmodel import SQLModel

from db import tables as t
from tracking.composites import CompositeForm
from tracking.difficulties import DifficultyStep
from tracking.maps import MapLevel
from tracking.support import ContestSubject, SupportRole
from tracking.vocabulary import (
    AttestationKind,
    AuthorityKind,
    BriefingKind,
    Decision,
    FieldKind,
    Grade,
    HandoverKind,
    Keeper,
    Language,
    MoveKind,
    NoticeFactKey,
    PaperKind,
    Relation,
    RequestKind,
    ResultLevel,
    Role,
    SlipGround,
    SlipLevel,
    TaskStatus,
    TitleSource,
    Verdict,
)
from tracking.webhooks import WebhookFormat

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
SPRING, SUMMER, AUTUMN = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
PROJECT = TitleSource.PROJECT

CELL = {
    "period_id": 1,
    "unit_id": 1,
    "measure_id": 1,
    "as_of_on": SPRING,
    **dict.fromkeys(("tasks", "weight_tenths", "done", "expected", "reported", "accepted", "suspended"), 0),
    **dict.fromkeys(("red", "amber", "green", "blue", "grey"), 0),
}


def rows() -> list[SQLModel]:
    """One row of every table, each with the key 1 (of some a second one), parents first."""
    authority = {"code_standard": "t", "name": "单位", "short_name": "单位", "kind": AuthorityKind.PROVINCE}
    measure = {"notice_id": 1, "key_area_id": 1, "title": "举措", "short_title": "举措"}
    days = {"starts_on": SPRING, "ends_on": SUMMER, "opens_on": SPRING, "closes_on": SUMMER}
    task = {"plan_id": 1, "measure_id": 1, "authority_id": 1, "unit_id": 1, "year": 2026}
    entry = {"authority_id": 1, "register_id": 1, "content": {}, "recorded_at": NOON}
    versions = [{"id": 1, **entry}, {"id": 2, "corrects_id": 1, **entry}]
    file = {"name": "总结.pdf", "media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    attested = {
        "kind": AttestationKind.PLAN,
        "authority_id": 1,
        "revision_id": 1,
        "content": {},
        "made_at": NOON,
        "made_by_id": 1,
    }
    return [
        t.Notice(id=1, number="191", title="通知", issued_by="部"),
        t.KeyArea(id=1, notice_id=1, number=1, title="重点", title_source=PROJECT),
        t.Measure(id=1, number=1, title_source=PROJECT, area_source=PROJECT, **measure),
        t.MeasureAction(
            id=1, measure_id=1, number=1, title="行动", title_source=PROJECT, measure_source=PROJECT
        ),
        t.Indicator(id=1, measure_id=1, number=1, name="展会", unit="场", additive=True, source=PROJECT),
        t.Indicator(id=2, measure_id=1, number=2, name="观众", unit="人次", additive=True, source=PROJECT),
        t.Composite(
            id=1,
            measure_id=1,
            number=1,
            title="综合",
            form=CompositeForm.SUM,
            unit="场",
            title_source=PROJECT,
        ),
        t.CompositePart(id=1, composite_id=1, number=1, indicator_id=1, below=False, weight_tenths=10),
        t.IndicatorLevel(id=1, indicator_id=1, from_on=SPRING, level=ResultLevel.ACTIVITY),
        t.ApprovedMap(
            id=1, level=MapLevel.COUNTRIES, review_number="GS(2026)1号", areas={}, installed_at=NOON
        ),
        t.Tag(id=1, notice_id=1, number=1, title="贸易", title_source=PROJECT),
        t.ListedCountry(id=1, notice_id=1, number=1, code="KZ", source=PROJECT),
        t.IndicatorShare(id=1, indicator_id=1, from_on=SPRING, same_as_id=2),
        t.Safeguard(id=1, notice_id=1, key="mechanism", number=1, title="机制", title_source=PROJECT),
        t.NoticeFact(id=1, notice_id=1, key=NoticeFactKey.NUMBER, source=PROJECT),
        t.NoticeText(
            id=1,
            notice_id=1,
            version=1,
            is_summary=True,
            source=PROJECT,
            cited="解读",
            entered_at=NOON,
        ),
        t.Passage(id=1, text_id=1, number=1, level=1, heading="一、总则", body=""),
        t.Setting(key="vacancy_days", value=30),
        t.Authority(id=1, code="1", official_order=1, **authority),
        t.Authority(id=2, code="2", official_order=2, **authority),
        t.NoticeAuthority(id=1, notice_id=1, authority_id=1, starts_on=SPRING),
        t.AuthorityName(
            id=1,
            authority_id=1,
            name="单位",
            short_name="单位",
            kind=AuthorityKind.PROVINCE,
            starts_on=SPRING,
        ),
        t.AuthorityParent(
            id=1, authority_id=2, parent_id=1, relation=Relation.PART_OF, starts_on=SPRING, ends_on=SUMMER
        ),
        t.PeerGroup(id=1, name="沿海", likeness="沿海", created_at=NOON),
        t.PeerGroupMember(id=1, group_id=1, authority_id=1, starts_on=SPRING, ends_on=SUMMER),
        t.Officer(id=1, authority_id=1, name="某人"),
        t.Officer(id=2, authority_id=1, name="另一人"),
        t.Register(id=1, notice_id=1, number=1, key="fairs", title="展会", keeper=Keeper.UNITS),
        t.RegisterField(id=1, register_id=1, number=1, key="title", title="名称", kind=FieldKind.TEXT),
        *(t.RegisterEntry(**version) for version in versions),
        t.RegisterFile(id=1, register_id=1, authority_id=1, uploaded_at=NOON, **file),
        t.Post(id=1, authority_id=1, title="处长"),
        t.Appointment(id=1, post_id=1, officer_id=1, starts_on=SPRING),
        t.Account(id=1, officer_id=1, sign_in_name="one", password_hash="x"),
        t.RoleGrant(id=1, officer_id=1, role=Role.MEMBER, granted_at=NOON),
        t.SignIn(id=1, officer_id=1, token_hash="a", started_at=NOON, last_action_at=NOON),
        t.ApiToken(id=1, officer_id=1, name="平台", token_hash="a", issued_at=NOON, expires_on=SUMMER),
        t.ApiAnswer(id=1, token_id=1, key="a", request_hash="a", asked_at=NOON),
        t.WorkPlan(id=1, notice_id=1, authority_id=1, year=2026),
        t.PlanRevision(id=1, plan_id=1, number=1, created_at=NOON),
        t.Task(id=1, number=1, in_force=True, weight_tenths=10, **task),
        t.Task(id=2, number=3, continues_id=1, **task),
        t.TaskRevision(id=1, plan_revision_id=1, task_id=1, title="任务", starts_on=SPRING, due_on=SUMMER),
        t.Milestone(id=1, task_revision_id=1, number=1, title="节点", due_on=SUMMER, share_permille=1000),
        t.Target(id=1, task_revision_id=1, indicator_id=1, due_on=SUMMER, value=Decimal(1)),
        t.IndicatorTerm(id=1, task_revision_id=1, indicator_id=1, baseline=Decimal(1)),
        t.TaskStatusChange(id=1, task_id=1, status=TaskStatus.IN_PROGRESS, changed_at=NOON),
        t.TaskRequest(
            id=1,
            task_id=1,
            kind=RequestKind.EXTENSION,
            due_on=SUMMER,
            requested_due_on=AUTUMN,
            reason="展会延期",
            written_at=NOON,
            requested_at=NOON,
        ),
        t.DateMove(
            id=1,
            task_id=1,
            kind=MoveKind.DUE,
            from_on=SUMMER,
            to_on=AUTUMN,
            days=92,
            moved_at=NOON,
            plan_revision_id=1,
        ),
        t.ReportingPeriod(id=1, notice_id=1, year=2026, number=1, **days),
        t.Handover(
            id=1,
            post_id=1,
            outgoing_id=1,
            outgoing_appointment_id=1,
            incoming_id=2,
            incoming_appointment_id=1,
            effective_on=SUMMER,
            made_at=NOON,
        ),
        t.IssuedPaper(
            id=1, kind=PaperKind.BRIEFING, subject_id=1, content=b"PK", sha256="0" * 64, made_at=NOON
        ),
        t.HandoverItem(
            id=1,
            handover_id=1,
            kind=HandoverKind.TASK,
            item_id=1,
            task_number=1,
            title="任务",
            state="green",
            period_id=1,
        ),
        t.ProgressUpdate(id=1, task_id=1, period_id=1, written_at=NOON),
        t.ProgressUpdate(id=2, task_id=2, period_id=1, written_at=NOON),
        t.IndicatorActual(update_id=1, indicator_id=1, value=Decimal(1)),
        t.MilestoneReached(update_id=1, milestone_number=1),
        t.EvidenceFile(
            id=1,
            update_id=1,
            name="总结.pdf",
            media_type="application/pdf",
            size=1,
            sha256="a",
            uploaded_at=NOON,
        ),
        t.PassingOn(id=1, update_id=1, authority_id=1, received_at=NOON, passed_at=NOON),
        t.Review(id=1, update_id=1, decision=Decision.RETURNED, reason="补充", reviewed_at=NOON),
        t.LedgerLayout(id=1, authority_id=1, saved_at=NOON),
        t.PlanFileLayout(id=1, authority_id=1, saved_at=NOON),
        t.Upload(
            id=1,
            officer_id=1,
            authority_id=1,
            period_id=1,
            name="台账.xlsx",
            content=b"PK",
            uploaded_at=NOON,
            expires_at=NOON + timedelta(7),
        ),
        t.UploadRow(id=1, upload_id=1, sheet="台账", row=5, verdict=Verdict.ADDED, task_id=1),
        t.UploadFinding(id=1, upload_id=1, grade=Grade.B, message="请填写数字"),
        t.UrgingSlip(
            id=1,
            task_id=1,
            level=SlipLevel.BLUE,
            ground=SlipGround.BEHIND,
            issued_at=NOON,
            answer_by=SUMMER,
        ),
        t.Difficulty(id=1, task_id=1, update_id=1, description="缺少经费", raised_at=NOON),
        t.DifficultyEvent(id=1, difficulty_id=1, step=DifficultyStep.RAISED, happened_at=NOON),
        t.Remit(id=1, officer_id=1, measure_id=1, starts_on=SPRING),
        t.TaskSupport(id=1, task_revision_id=1, authority_id=1, role=SupportRole.SUPPORT),
        t.Contribution(id=1, task_id=1, period_id=1, authority_id=1, words="派人参展", written_at=NOON),
        t.Contest(
            id=1, task_id=1, authority_id=1, subject=ContestSubject.PART, reason="未参加", raised_at=NOON
        ),
        t.SuppliedFigure(
            id=1,
            indicator_id=1,
            authority_id=1,
            period_id=1,
            value=Decimal(1),
            source="海关统计",
            supplied_at=NOON,
        ),
        t.AuditEvent(
            number=1,
            happened_at=NOON,
            action="plant",
            subject="notice",
            detail={},
            previous_hash="",
            hash="a",
        ),
        t.Notification(id=1, officer_id=1, message="notification.plan_filed", created_at=NOON),
        t.MessageChoice(officer_id=1),
        t.WebhookTarget(id=1, name="群", format=WebhookFormat.WECOM, address="https://robot.test/"),
        t.Delivery(id=1, channel=t.Channel.EMAIL, officer_id=1, digest_key="email:1", created_at=NOON),
        t.Correction(
            id=1,
            update_id=1,
            published_permille=500,
            corrected_permille=400,
            reason="更正",
            written_at=NOON,
        ),
        t.Attestation(id=1, code="0000000001", **attested),
        t.Briefing(id=1, period_id=1, kind=BriefingKind.CIRCULAR, region="华东"),
        t.BriefingVersion(
            id=1,
            briefing_id=1,
            number=1,
            language=Language.ZH_CN,
            content={},
            figures={},
            as_of_at=NOON,
            written_at=NOON,
        ),
        t.WorkingCopy(id=1, officer_id=1, form="goals_1", token="5e", saved_at=NOON),
        t.TableVersion(name="task", number=1),
        t.ComingLight(task_id=1, amber_on=SPRING, red_on=None),
        t.TouchedCell(notice_id=1, year=2026, unit_id=1, measure_id=1),
        t.SummaryCell(**CELL),
        t.SubmissionCell(period_id=1, unit_id=1, measure_id=1, later=0, late=1, returned=0, handed=0),
        t.PublishedCell(**CELL),
        t.PastDay(known_on=SPRING, notice_id=1, year=2026),
        t.PastRed(known_on=SPRING, task_id=1),
        t.PastCell(known_on=SPRING, **CELL),
    ]
