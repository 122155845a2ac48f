"""One case per action: the right it needs, whether it is bound to one authority, and how it is called.

Every case aims at the north; who may is worked out from `tracking.permissions.ROLES` by the test.
"""

from datetime import date, timedelta

from db import migrations
from db.accounts import actions as accounts, sign_in_actions as sign_ins
from db.briefings import actions as briefings
from db.corrections import actions as corrections
from db.countries.exports import export_countries
from db.coverage import letters as coverage_letters
from db.evidence import actions as evidence
from db.handovers import actions as handovers
from db.ledger import exports
from db.ledger.exports import LedgerFilter
from db.ledger.unit_sheets import export_unit_sheet
from db.messages import choices as message_choices, webhooks
from db.moves.queries import MoveFilter
from db.notifications import actions as notifications
from db.officers import actions as officers
from db.passwords import hashed
from db.peer_groups import actions as peer_groups
from db.plans import actions as plans, carry_actions, file_actions, taking_back as plan_backs, task_actions
from db.plans.files import PlanFile
from db.plans.papers import export_plan_paper
from db.requests import actions as requests
from db.site import actions as site
from db.store import Store
from db.tables import Account, Contest, Correction, Difficulty, EvidenceFile, Remit, SignIn, UrgingSlip
from db.thresholds import actions as thresholds
from db.updates import actions as updates, bulk as bulk_updates, reviews, taking_back as update_backs
from db.updates.drafts import UpdateLine
from tests.support.account_cases import ACCOUNTS
from tests.support.attestation_cases import ATTESTATIONS
from tests.support.briefing_cases import BRIEFINGS, CIRCULAR
from tests.support.cases import of as _of
from tests.support.catalogue_cases import CATALOGUE
from tests.support.factories import (
    FIRST_QUARTER,
    NORTH,
    NORTH_POST,
    YEAR,
    another_unit,
    at,
    fair_task,
    fairs_held,
    filed_plan,
    more_time,
    people,
    small_country,
)
from tests.support.hierarchy_cases import HIERARCHY
from tests.support.ledger_cases import LEDGERS, fill_in_ledger
from tests.support.map_cases import MAPS, plant_map
from tests.support.oversight_cases import OVERSIGHT
from tests.support.period_cases import PERIODS
from tests.support.register_cases import PRESS, REGISTERS, add_registers, recorded
from tests.support.support_cases import SUPPORT, plant_figure
from tests.support.token_cases import TOKENS, plant_tokens
from tracking.figures.lights import LightRule
from tracking.permissions import Right
from tracking.plans.comparison import Comparison
from tracking.spans import Span
from tracking.support import ContestSubject
from tracking.vocabulary import Language, SlipGround, SlipLevel
from tracking.webhooks import WebhookFormat

DAY = date(YEAR, 3, 20)
PLAN, AMENDMENT, TASK, AMENDED_TASK, UPDATE, EVIDENCE, REQUEST = 1, 2, 1, 2, 1, 1, 1
CORRECTION = HANDOVER = 1
GROUP, UNITS = 1, (1, 2, 4)
PASSWORD = "north-of-the-river"


def planted(store: Store) -> None:
    """A filed plan with an amendment and an extension begun, an update begun with evidence, two accounts, a handover."""
    migrations.upgrade(store)
    with at(DAY):
        small_country(store)
        cast = people()
        (task_id,) = filed_plan(store)
        plans.revise_plan(store, by=cast.officer, plan_id=PLAN, reason="调整")
        update_id = updates.save_progress_update(
            store,
            by=cast.officer,
            task_id=task_id,
            period_id=FIRST_QUARTER,
            row_version=0,
            draft=fairs_held(1),
        )
        requests.make_request(store, by=cast.officer, task_id=task_id, asked=_ASKED)
        post_id = officers.create_post(store, by=cast.officer, authority_id=NORTH, title="联络处处长")
        officers.appoint_officer(store, by=cast.officer, post_id=post_id, starts_on=DAY, officer_id=1)
        handovers.hand_over_post(
            store, by=cast.officer, post_id=post_id, effective_on=DAY + timedelta(7), officer_id=2
        )
        another_unit(store)
        briefings.draft_briefing(store, by=cast.member, period_id=FIRST_QUARTER, wanted=CIRCULAR)
        peer_groups.create_peer_group(store, by=cast.member, name="沿海", likeness="同临海", unit_ids=UNITS)
        add_registers(store)
        recorded(store, cast.officer, "publicity", PRESS)
        fill_in_ledger(store, cast.officer)
        with store.write(None) as tx:
            tx.add(
                EvidenceFile(
                    update_id=update_id,
                    name="总结.pdf",
                    media_type="application/pdf",
                    size=1,
                    sha256="0" * 64,
                    uploaded_at=tx.now,
                )
            )
            tx.add(
                UrgingSlip(
                    task_id=task_id,
                    level=SlipLevel.BLUE,
                    ground=SlipGround.SILENT,
                    issued_at=tx.now,
                    answer_by=DAY,
                )
            )
            tx.add(
                Correction(
                    update_id=update_id,
                    published_permille=100,
                    corrected_permille=200,
                    reason="更正",
                    written_at=tx.now,
                )
            )
            tx.add(
                Contest(
                    task_id=task_id,
                    authority_id=NORTH,
                    subject=ContestSubject.PART,
                    reason="未参加",
                    raised_at=tx.now,
                )
            )
            plant_figure(tx)
            tx.add(Remit(officer_id=4, measure_id=1, starts_on=DAY))
            tx.add(Difficulty(task_id=task_id, update_id=update_id, description="缺经费", raised_at=tx.now))
            password = hashed(PASSWORD)
            account = tx.add(Account(officer_id=1, sign_in_name="north", password_hash=password))
            tx.add(Account(officer_id=3, sign_in_name="south", password_hash=password))
            plant_map(tx)
            plant_tokens(tx, _LATER)
            tx.add(SignIn(officer_id=1, token_hash="0" * 64, started_at=tx.now, last_action_at=tx.now))
            tx.audit("plant", account)


_REASON = {"reason": "说明"}
LINE = UpdateLine(TASK, FIRST_QUARTER, 1, fairs_held(2))
_LATER = date(YEAR + 1, 1, 31)
_ASKED = more_time(_LATER)

CASES = [
    *_of(
        Right.PROPOSE_CORRECTION,
        (corrections.propose_correction, {"update_id": UPDATE, "figures": fairs_held(2), **_REASON}),
        (corrections.withdraw_correction, {"correction_id": CORRECTION}),
        bound=True,
    ),
    *_of(
        Right.APPROVE_CORRECTION,
        (corrections.approve_correction, {"correction_id": CORRECTION}),
        (corrections.refuse_correction, {"correction_id": CORRECTION, **_REASON}),
        bound=True,
    ),
    *_of(
        Right.WRITE_PLAN,
        (plans.start_plan, {"notice_id": 1, "authority_id": NORTH, "year": YEAR + 1}),
        (plans.save_goals, {"revision_id": AMENDMENT, "row_version": 1, "goals": "目标"}),
        (plans.request_plan_sign_off, {"revision_id": AMENDMENT}),
        (plans.revise_plan, {"plan_id": PLAN, **_REASON}),
        (task_actions.add_task, {"revision_id": AMENDMENT, "draft": fair_task()}),
        (
            task_actions.save_task,
            {"task_revision_id": AMENDED_TASK, "row_version": 1, "draft": fair_task()},
        ),
        (task_actions.remove_task, {"task_revision_id": AMENDED_TASK}),
        (carry_actions.take_over_tasks, {"revision_id": AMENDMENT, "again": [TASK]}),
        (file_actions.export_plan_form, {"revision_id": AMENDMENT}),
        (
            file_actions.bring_in_tasks,
            {"revision_id": AMENDMENT, "entries": [file_actions.PlanEntry(fair_task())]},
        ),
        (
            file_actions.bring_in_file,
            {
                "revision_id": AMENDMENT,
                "given": PlanFile("计划.xlsx", (), "", (), ours=True, confirmed=True),
                "found": Comparison((), ()),
            },
        ),
        (plan_backs.take_back_plan, {"revision_id": AMENDMENT}),
        bound=True,
    ),
    *_of(
        Right.REPORT_PROGRESS,
        (
            updates.save_progress_update,
            {"task_id": TASK, "period_id": FIRST_QUARTER, "row_version": 1, "draft": fairs_held(2)},
        ),
        (
            bulk_updates.save_progress_updates,
            {"lines": [UpdateLine(TASK, FIRST_QUARTER, 1, fairs_held(2))]},
        ),
        (bulk_updates.save_sound_updates, {"lines": [LINE]}),
        (updates.report_no_change, {"task_id": TASK, "period_id": FIRST_QUARTER, "row_version": 1}),
        (updates.report_no_changes, {"task_ids": [TASK], "period_id": FIRST_QUARTER}),
        (updates.request_update_sign_off, {"update_ids": [UPDATE]}),
        (update_backs.take_back_update, {"update_id": UPDATE}),
        (update_backs.take_back_updates, {"update_ids": [UPDATE]}),
        (
            evidence.attach_evidence,
            {"update_id": UPDATE, "name": "证明.pdf", "content": b"%PDF-1.7\n"},
        ),
        (evidence.attach_link, {"update_id": UPDATE, "address": "https://example.invalid/a"}),
        (evidence.remove_evidence, {"evidence_id": EVIDENCE}),
        bound=True,
    ),
    *HIERARCHY,
    *LEDGERS,
    *_of(
        Right.SIGN_OFF,
        (plans.sign_off_plan, {"revision_id": AMENDMENT}),
        (plans.send_back_plan, {"revision_id": AMENDMENT, **_REASON}),
        (updates.sign_off_progress_updates, {"update_ids": [UPDATE]}),
        (updates.send_back_progress_update, {"update_id": UPDATE, **_REASON}),
        bound=True,
    ),
    *_of(
        Right.SIGN_REQUEST,
        (requests.sign_request, {"request_id": REQUEST}),
        (corrections.sign_correction, {"correction_id": CORRECTION}),
        (corrections.send_back_correction, {"correction_id": CORRECTION, **_REASON}),
        (requests.send_back_request, {"request_id": REQUEST, **_REASON}),
        bound=True,
    ),
    *_of(
        Right.MAKE_REQUEST,
        (requests.make_request, {"task_id": TASK, "asked": _ASKED}),
        (requests.withdraw_request, {"request_id": REQUEST}),
        bound=True,
    ),
    *_of(
        Right.RULE_REQUEST,
        (requests.grant_request, {"request_id": REQUEST, "granted_due_on": _LATER}),
        (requests.refuse_request, {"request_id": REQUEST, **_REASON}),
        bound=True,
    ),
    *_of(
        Right.SUBMIT,
        (plans.submit_plan, {"revision_id": AMENDMENT}),
        (updates.submit_progress_update, {"update_id": UPDATE}),
        (updates.submit_progress_updates, {"update_ids": [UPDATE]}),
        bound=True,
    ),
    *ATTESTATIONS,
    *_of(
        Right.CHECK_BENEATH,
        (plans.pass_on_plan, {"revision_id": AMENDMENT}),
        (reviews.pass_on_progress_update, {"update_id": UPDATE}),
        (reviews.pass_on_progress_updates, {"update_ids": [UPDATE]}),
        bound=True,
    ),
    *_of(
        Right.REVIEW,
        (plans.file_plan, {"revision_id": AMENDMENT}),
        (plans.return_plan, {"revision_id": AMENDMENT, **_REASON}),
        (plan_backs.open_plan, {"revision_id": AMENDMENT}),
        (reviews.accept_progress_update, {"update_id": UPDATE}),
        (reviews.accept_progress_updates, {"update_ids": [UPDATE]}),
        (reviews.return_progress_update, {"update_id": UPDATE, **_REASON}),
        (update_backs.open_update, {"update_id": UPDATE}),
        (reviews.reopen_progress_update, {"update_id": UPDATE, **_REASON}),
        bound=True,
    ),
    *OVERSIGHT,
    *SUPPORT,
    *REGISTERS,
    *_of(
        Right.REGISTER_APPOINTMENTS,
        (officers.create_post, {"authority_id": NORTH, "title": "副处长"}),
        (officers.appoint_officer, {"post_id": NORTH_POST, "starts_on": DAY, "name": "接任"}),
        (
            handovers.hand_over_post,
            {"post_id": NORTH_POST, "effective_on": DAY + timedelta(7), "officer_id": 2},
        ),
        (handovers.cancel_handover, {"handover_id": HANDOVER, **_REASON}),
        (officers.end_appointment, {"appointment_id": 1, "ends_on": DAY}),
        (officers.change_phone, {"officer_id": 1, "office_phone": "010-87654321"}),
        bound=True,
    ),
    *_of(Right.EXPORT_LEDGER, (export_plan_paper, {"revision_id": AMENDMENT}), bound=False),
    *_of(Right.VIEW_PROGRESS, (handovers.export_handover, {"handover_id": HANDOVER}), bound=False),
    *TOKENS,
    *_of(
        Right.EXPORT_LEDGER,
        (
            exports.export_ledger,
            {"period_id": FIRST_QUARTER, "where": LedgerFilter(), "file_format": "csv"},
        ),
        (
            export_unit_sheet,
            {
                "period_id": FIRST_QUARTER,
                "where": LedgerFilter(unit_id=NORTH),
                "language": Language.ZH_CN,
            },
        ),
        (coverage_letters.export_coverage_letter, {"notice_id": 1}),
        (
            exports.export_changes,
            {"notice_id": 1, "year": YEAR, "span": Span(DAY - timedelta(7), DAY)},
        ),
        (export_countries, {"notice_id": 1, "country": None}),
        (
            exports.export_moves,
            {"notice_id": 1, "year": YEAR, "where": MoveFilter(), "file_format": "xlsx"},
        ),
        bound=False,
    ),
    *_of(Right.REVEAL_PHONE, (officers.reveal_phone, {"officer_id": 1}), bound=True),
    *PERIODS,
    *_of(
        Right.DEFINE_PEER_GROUPS,
        (peer_groups.create_peer_group, {"name": "内陆", "likeness": "不沿海", "unit_ids": UNITS}),
        (
            peer_groups.rename_peer_group,
            {"group_id": GROUP, "row_version": 1, "name": "临海", "likeness": "同临海"},
        ),
        (
            peer_groups.set_peer_group_members,
            {"group_id": GROUP, "row_version": 1, "unit_ids": UNITS},
        ),
        (peer_groups.retire_peer_group, {"group_id": GROUP, **_REASON}),
        bound=False,
    ),
    *BRIEFINGS,
    *MAPS,
    *_of(Right.SET_THRESHOLDS, (thresholds.set_thresholds, {"rule": LightRule()}), bound=False),
    *_of(
        Right.CHANGE_SETTINGS,
        (site.change_setting, {"key": "vacancy_days", "value": 30}),
        (site.announce_year, {"year": 2027, "notice": "1月1日放假。5月1日放假。10月1日放假。"}),
        (site.forget_year, {"year": 2027}),
        (
            webhooks.add_webhook,
            {
                "name": "群",
                "target": WebhookFormat.WECOM,
                "address": "https://robot.test/send?key=1",
                "secret": "",
            },
        ),
        (webhooks.try_webhook, {"target_id": 1}),
        (webhooks.try_email, {}),
        (webhooks.set_webhook_active, {"target_id": 1, "active": False}),
        (webhooks.remove_webhook, {"target_id": 1}),
        bound=False,
    ),
    *CATALOGUE,
    *ACCOUNTS,
    *_of(
        None,
        (
            accounts.change_own_password,
            {"current": PASSWORD, "password": "south-of-the-river", "session_hash": "0" * 64},
        ),
        (accounts.set_language, {"language": Language.EN}),
        (notifications.read_notifications, {"notification_ids": [1]}),
        (
            message_choices.set_message_choices,
            {"by_email": True, "email": "north@office.test", "muted": ["stale"]},
        ),
        (sign_ins.sign_out, {"session_hash": "0" * 64}),
        bound=False,
    ),
]
