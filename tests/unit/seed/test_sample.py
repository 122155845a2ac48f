import hashlib
from datetime import timedelta

import pandas as pd
import pytest
from sqlmodel import select

from db import passwords, seed
from db.attestations.queries import verify_page
from db.audit.sample import sample_loaded
from db.authorities.scope import NATION
from db.clock import end_of
from db.corrections.queries import corrections_frame
from db.figures import summaries
from db.figures.queries import cells_frame
from db.kept_files import kept_path
from db.seed.files import lines, listed
from db.store import Store
from db.tables import EXPORTED, Account, Notice, Officer, ReportingPeriod
from tests.unit.seed.conftest import DAY, Ask, asker
from tracking.difficulties import DifficultyStep
from tracking.evidence import checked_file
from tracking.figures.vintages import Vintage
from tracking.messages import Refusal
from tracking.vocabulary import (
    CorrectionStatus,
    Decision,
    DifficultyStatus,
    PeriodStatus,
    PlanStatus,
    RequestKind,
    RequestStatus,
    Role,
    SlipGround,
    SlipLevel,
    SlipStatus,
    TaskStatus,
    UpdateStatus,
)

INSTANTS = {
    "plan_revision": ("created_at", "sign_off_requested_at", "signed_off_at", "submitted_at", "filed_at"),
    "progress_update": ("written_at", "submitted_at", "accepted_at", "returned_at"),
    "review": ("reviewed_at",),
    "task_status_change": ("changed_at",),
    "task_request": ("requested_at", "ruled_at"),
    "urging_slip": ("issued_at", "acknowledged_at", "answered_at", "closed_at"),
    "handover": ("made_at",),
    "notification": ("created_at", "read_at"),
    "register_entry": ("recorded_at",),
    "difficulty": ("raised_at", "closed_at"),
    "difficulty_event": ("happened_at",),
}
UNFILED = {"220000": "signed_off", "460000": "returned", "540000": "draft", "630000": "submitted"}


def test_the_store_knows_that_it_holds_the_sample(sample: Store) -> None:
    assert sample_loaded(sample)


def test_there_is_an_account_to_look_around_with_for_every_role(sample: Store) -> None:
    with sample.read() as session:
        accounts = seed.demo_accounts(session)
        rows = session.exec(select(Account)).all()
    assert {account.role for account in accounts} == set(Role)
    names = {account.sign_in_name for account in accounts}
    assert {"zhejiang.officer", "zhejiang.signatory", "ningbo.officer", "ningbo.signatory"} <= names
    assert len(rows) == len(accounts) == 15
    assert all(passwords.matches(seed.DEMO_PASSWORD, row.password_hash) for row in rows[:1])
    assert not any(row.must_change_password for row in rows)


def test_an_account_whose_password_was_changed_is_no_longer_shown(sample: Store) -> None:
    with sample.write(None) as tx:
        account = tx.session.exec(select(Account).where(Account.sign_in_name == "member")).one()
        account.password_hash = passwords.hashed("something of my own")
        tx.audit("change_password", account)
        assert "member" not in {account.sign_in_name for account in seed.demo_accounts(tx.session)}


def test_a_site_keeps_the_accounts_it_has(store: Store) -> None:
    with store.write(None) as tx:
        officer = tx.add(Officer(name="本单位管理员"))
        kept = tx.add(Account(officer_id=officer.id, sign_in_name="sysadmin", password_hash="x"))
        tx.audit("create_account", kept)
    accounts = seed.load_sample(store, DAY)
    assert "sysadmin" not in {account.sign_in_name for account in accounts}
    assert len(accounts) == 14


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("plan_revision.status", PlanStatus),
        ("progress_update.status", UpdateStatus),
        ("task.status", TaskStatus),
        ("task_status_change.status", set(TaskStatus) - {TaskStatus.NOT_STARTED}),
        ("task_request.status", RequestStatus),
        ("task_request.kind", RequestKind),
        ("urging_slip.level", SlipLevel),
        ("urging_slip.status", SlipStatus),
        ("urging_slip.ground", SlipGround),
        ("difficulty.status", DifficultyStatus),
        ("difficulty_event.step", DifficultyStep),
        ("review.decision", Decision),
        ("reporting_period.status", set(PeriodStatus) - {PeriodStatus.UPCOMING}),
    ],
)
def test_every_state_is_there(ask: Ask, column: str, words: set[str]) -> None:
    table, name = column.split(".")
    found = set(ask(f"SELECT DISTINCT {name} FROM {table}"))
    assert set(map(str, words)) <= found


def test_drafts_wait_for_the_writer_and_for_the_signatory(ask: Ask) -> None:
    for status in ("draft", "handed_over"):
        assert ask(f"SELECT count(*) FROM progress_update WHERE status = '{status}'")[0] > 5


def test_some_reports_came_late_and_some_never(ask: Ask) -> None:
    late = ask(
        "SELECT count(*) FROM progress_update u JOIN reporting_period p ON p.id = u.period_id"
        " WHERE date(u.submitted_at) > p.closes_on"
    )[0]
    reported = ask("SELECT sum(reported) FROM summary_cell c JOIN reporting_period p ON p.id = c.period_id")[
        0
    ]
    tasks = ask("SELECT sum(tasks) FROM summary_cell")[0]
    assert late > 20
    assert reported < tasks


def test_a_post_is_vacant_and_another_was_handed_over(ask: Ask) -> None:
    tenures = ask(
        "SELECT post_id, count(*), sum(CASE WHEN ends_on IS NULL THEN 1 ELSE 0 END) FROM appointment GROUP BY post_id"
    )
    assert sum(held == 0 for _, _, held in tenures) == 4
    assert sum(count == 2 and held == 1 for _, count, held in tenures) == 6


def test_every_post_that_changed_hands_has_its_handover_and_one_is_to_come(sample: Store, ask: Ask) -> None:
    assert ask("SELECT count(*) FROM handover") == [6]
    assert ask(f"SELECT count(*) FROM handover WHERE effective_on > '{DAY}'") == [1]
    listed = ask("SELECT handover_id, count(*) FROM handover_item GROUP BY handover_id")
    assert sorted(key for key, _ in listed) == [1, 2, 3, 4, 5, 6]
    assert min(count for _, count in listed) >= 3
    assert len(ask("SELECT DISTINCT state FROM handover_item WHERE kind = 'task'")) >= 3


def test_a_few_units_have_no_plan_in_force_and_some_have_amended(ask: Ask) -> None:
    newest = ask(
        "SELECT a.code, r.status FROM plan_revision r JOIN work_plan w ON w.id = r.plan_id"
        " JOIN authority a ON a.id = w.authority_id"
        f" WHERE w.year = {DAY.year} AND r.number = 1 AND r.status <> 'filed'"
    )
    assert dict(newest) == UNFILED
    second = ask("SELECT status FROM plan_revision WHERE number = 2")
    assert {"filed", "draft", "handed_over", "checking", "submitted", "returned"} == set(second)


def test_an_amendment_moves_dates_but_not_the_baseline(ask: Ask) -> None:
    assert (
        ask(
            "SELECT count(*) FROM task t JOIN task_revision r ON r.id = t.revision_id WHERE r.due_on > t.due_on"
        )[0]
        > 5
    )


def test_the_register_of_moves_shows_rulings_and_amendments(ask: Ask) -> None:
    by_amendment = dict(
        ask("SELECT kind, count(*) FROM date_move WHERE plan_revision_id IS NOT NULL GROUP BY kind")
    )
    assert set(by_amendment) == {"due", "milestone", "target"}
    assert min(by_amendment.values()) > 2
    rulings = ask("SELECT days FROM date_move WHERE request_id IS NOT NULL")
    assert len(rulings) > 10
    assert min(rulings) > 0
    assert ask("SELECT count(*) FROM task_request WHERE granted_due_on < requested_due_on")[0] > 3


def test_zhejiang_has_thirty_tasks_to_report_afresh(ask: Ask) -> None:
    tasks = ask(
        "SELECT t.id FROM task t JOIN authority a ON a.id = t.authority_id"
        f" WHERE a.code = '330000' AND t.year = {DAY.year} AND t.status = 'in_progress' AND t.in_force"
    )
    assert len(tasks) == 30
    reported = ask(
        "SELECT count(*) FROM progress_update u JOIN reporting_period p ON p.id = u.period_id"
        f" WHERE p.status = 'open' AND u.task_id IN ({', '.join(map(str, tasks))})"
    )
    assert reported == [0]


def test_units_cover_every_measure_but_the_gaps_they_are_given(ask: Ask) -> None:
    gaps = {
        line["code"]: len(listed(line["gaps"])) for line in (*lines("unit_profile"), *lines("sample_unit"))
    }
    measures = ask(
        "SELECT a.code, count(DISTINCT t.measure_id) FROM task t JOIN authority a ON a.id = t.unit_id"
        f" WHERE t.year = {DAY.year} GROUP BY a.code"
    )
    assert dict(measures) == {code: 10 - number for code, number in gaps.items() if code != "S04"}


def test_completion_is_plausible_and_units_differ(ask: Ask) -> None:
    rows = ask(
        "SELECT unit_id, sum(done), sum(weight_tenths) FROM summary_cell c JOIN reporting_period p"
        f" ON p.id = c.period_id WHERE p.starts_on <= '{DAY}' AND p.ends_on >= '{DAY}' GROUP BY unit_id"
    )
    units = sorted(int(done) / int(weight) / 10 for _, done, weight in rows)
    assert 65 < sum(units) / len(units) < 85
    assert units[0] < 68
    assert units[-1] > 85


def test_lights_are_mostly_green_with_a_handful_of_red(ask: Ask) -> None:
    lights = ask(
        "SELECT sum(red), sum(amber), sum(green), sum(blue), sum(grey) FROM summary_cell c"
        f" JOIN reporting_period p ON p.id = c.period_id WHERE p.starts_on <= '{DAY}' AND p.ends_on >= '{DAY}'"
    )
    red, amber, green, blue, grey = (int(number) / sum(map(int, lights[0])) for number in lights[0])
    assert 0.02 < red < 0.09
    assert green > amber > 0.15
    assert blue > 0.1
    assert grey > 0.02


def test_nothing_has_happened_today_or_later(ask: Ask) -> None:
    last = str(end_of(DAY - timedelta(1)).replace(tzinfo=None))
    for table, columns in INSTANTS.items():
        for column in columns:
            newest = ask(f"SELECT max({column}) FROM {table}")[0]
            assert str(newest) <= last, (table, column)


def test_the_bytes_of_all_evidence_are_there_and_of_a_kind_allowed(sample: Store, ask: Ask) -> None:
    files = ask("SELECT DISTINCT name, media_type, size, sha256 FROM evidence_file")
    assert 5 < len(files) <= 10
    for name, media_type, size, digest in files:
        content = kept_path(sample, digest).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
        assert len(content) == size
        checked = checked_file(name, content)
        assert (checked.name, checked.media_type) == (name, media_type)


def test_summaries_equal_their_recomputation(sample: Store) -> None:
    with sample.read() as session:
        assert summaries.differences(session, known_at=end_of(DAY)).empty


def test_the_log_of_a_task_ends_in_its_status(ask: Ask) -> None:
    last = ask(
        "SELECT t.status, c.status FROM task t JOIN task_status_change c ON c.id ="
        " (SELECT x.id FROM task_status_change x WHERE x.task_id = t.id ORDER BY x.changed_at DESC, x.id DESC LIMIT 1)"
    )
    assert last
    assert all(now == logged for now, logged in last)


def test_every_suspended_task_was_asked_for_and_ruled_on_when_it_stopped(ask: Ask) -> None:
    stopped = "SELECT c.task_id, c.changed_at, c.changed_by_id, c.reason FROM task_status_change c"
    asked = ask(
        f"{stopped} JOIN task_request q ON q.task_id = c.task_id AND q.kind = 'suspension' AND q.status = 'granted'"
        " AND (q.ruled_at, q.ruled_by_id, q.reason) = (c.changed_at, c.changed_by_id, c.reason)"
        " WHERE c.status = 'suspended' ORDER BY c.id"
    )
    assert len(asked) > 10
    assert asked == ask(f"{stopped} WHERE c.status = 'suspended' ORDER BY c.id")


@pytest.mark.parametrize("kind", RequestKind)
def test_requests_of_every_kind_wait_for_a_ruling(ask: Ask, kind: RequestKind) -> None:
    waits = f"SELECT count(*) FROM task_request q JOIN task t ON t.id = q.task_id WHERE q.kind = '{kind}'"
    assert ask(f"{waits} AND q.status = 'requested' AND t.in_force")[0] > 0
    assert ask(f"{waits} AND q.status = 'draft' AND t.in_force")[0] > 0


def test_the_trail_tells_of_it_once_for_the_work_and_once_for_the_papers(ask: Ask) -> None:
    told = ask("SELECT action, subject FROM audit_event ORDER BY number")
    assert told == [("load_sample", "notice"), ("load_sample", "briefing"), ("load_sample", "attestation")]


def test_signed_pages_are_the_same_as_the_data(sample: Store, ask: Ask) -> None:
    codes = [code for code, *_ in ask("SELECT code, kind FROM attestation ORDER BY id")]
    assert [verify_page(sample, NATION, code=code).same for code in codes] == [True, True]


def test_rows_added_afterwards_get_keys_of_their_own(sample: Store, ask: Ask) -> None:
    newest = ask("SELECT max(id) FROM officer")[0]
    with sample.write(None) as tx:
        officer = tx.add(Officer(name="新来的"))
        tx.audit("create_officer", officer)
        assert officer.id == newest + 1


def test_every_reference_holds(sample: Store, ask: Ask) -> None:
    if sample.engine.dialect.name == "sqlite":
        assert ask("PRAGMA foreign_key_check") == []


def test_a_store_with_plans_refuses_the_sample_and_stays_as_it_is(sample: Store, ask: Ask) -> None:
    tasks = ask("SELECT count(*) FROM task")
    with pytest.raises(Refusal, match="库中已有工作计划"):
        seed.load_sample(sample, DAY)
    assert ask("SELECT count(*) FROM task") == tasks
    with sample.read() as session:
        assert seed.holds_work(session)


def test_the_same_day_gives_the_same_rows(sample: Store, store: Store) -> None:
    seed.load_sample(store, DAY)
    once, again = asker(sample), asker(store)
    for table in EXPORTED:
        if table.name in {"account", "attestation", "audit_event", "audit_head"}:
            continue  # salted hashes, codes by the store's own key, and the moment of loading differ
        if table.name == "notice_text":
            continue  # it comes with the catalogue, at the moment of loading
        keys = ", ".join(column.name for column in table.primary_key)
        statement = f"SELECT * FROM {table.name} ORDER BY {keys}"
        assert once(statement) == again(statement), table.name


def test_an_empty_store_holds_no_work(store: Store) -> None:
    with store.read() as session:
        assert not seed.holds_work(session)
        assert seed.demo_accounts(session) == []
        assert session.exec(select(Notice)).first() is None


def test_the_published_figures_are_those_known_when_each_period_was_frozen(sample: Store) -> None:
    with sample.read() as session:
        frozen = session.exec(select(ReportingPeriod).where(ReportingPeriod.frozen_at.is_not(None))).all()
    assert len(frozen) == 4
    for period in frozen:
        published = cells_frame(sample, NATION, period_id=period.id, vintage=Vintage(published=True))
        with sample.read() as session:
            asked = {"notice_id": period.notice_id, "year": period.year}
            known = pd.concat(summaries.known_at_instant(session, **asked, known_at=period.frozen_at).cells)
        known["as_of_day"] = [day.toordinal() for day in known["as_of_on"]]
        of_period = known[known["period_id"] == period.id][list(published.columns)]
        pd.testing.assert_frame_equal(
            published.sort_values(["unit_id", "measure_id"], ignore_index=True),
            of_period.reset_index(drop=True),
            check_dtype=False,
        )


def test_slips_wait_for_the_unit_and_for_the_working_group_and_some_went_unmet(ask: Ask) -> None:
    open_slips = "SELECT count(*) FROM urging_slip WHERE status IN ('issued', 'acknowledged', 'answered')"
    assert ask(f"{open_slips} AND answer_by < '{DAY}'")[0] > 2
    assert ask(f"{open_slips} AND answer_by >= '{DAY}'")[0] > 2
    assert ask(
        f"SELECT max(closed_at) FROM urging_slip WHERE status = 'escalated' AND closed_at >= '{DAY}'"
    ) == [None]


def test_zhejiang_has_a_slip_to_sign_for_and_a_difficulty_to_confirm(ask: Ask) -> None:
    of_zhejiang = (
        "JOIN task t ON t.id = x.task_id JOIN authority a ON a.id = t.authority_id AND a.code = '330000'"
    )
    assert ask(f"SELECT count(*) FROM urging_slip x {of_zhejiang} WHERE x.status = 'issued'")[0] > 0
    assert ask(f"SELECT count(*) FROM difficulty x {of_zhejiang} WHERE x.status = 'answered'")[0] > 0


def test_every_difficulty_is_as_its_newest_event_left_it(ask: Ask) -> None:
    left = ask(
        "SELECT d.status, e.step FROM difficulty d JOIN difficulty_event e ON e.id ="
        " (SELECT max(x.id) FROM difficulty_event x WHERE x.difficulty_id = d.id)"
    )
    closed = {"confirmed": "closed", "reopened": "raised"}
    assert len(left) > 20
    assert all(status == closed.get(step, step) for status, step in left)


def test_the_peer_groups_are_of_reporting_units_and_none_is_too_small(ask: Ask) -> None:
    sizes = ask("SELECT count(*) FROM peer_group_member GROUP BY group_id")
    assert sorted(sizes) == [5, 9, 11, 13]
    strangers = ask(
        "SELECT count(*) FROM peer_group_member WHERE authority_id NOT IN "
        "(SELECT id FROM authority WHERE reports)"
    )
    assert strangers == [0]


def test_there_are_corrections_in_several_states(sample: Store) -> None:
    found = corrections_frame(sample, NATION, notice_id=1)
    assert found["correction_status"].value_counts().to_dict() == {
        CorrectionStatus.APPROVED: 2,
        CorrectionStatus.DRAFT: 1,
        CorrectionStatus.REQUESTED: 1,
        CorrectionStatus.REFUSED: 1,
    }
    assert (found["corrected_permille"] < found["published_permille"]).all()
