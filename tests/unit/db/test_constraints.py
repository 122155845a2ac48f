"""The database itself keeps the invariants, whoever writes to it: one case each, and none may be missing."""

from dataclasses import dataclass

import pytest
from sqlalchemy import CheckConstraint, Table, UniqueConstraint, text
from sqlalchemy.exc import IntegrityError

from db.store import Store
from db.tables import metadata
from tests.support.table_rows import rows


@pytest.fixture
def planted(store: Store) -> Store:
    with store.upkeep() as session:
        for row in rows():
            session.add(row)
            session.flush()
    return store


def test_every_table_has_its_row():
    assert {row.__tablename__ for row in rows()} == metadata.tables.keys() - {"audit_head"}


# Constraint → what, done to the row above, it refuses.
CHECKS = {
    "ck_authority_dissolved_after_founding": "founded_on = '2026-03-01', dissolved_on = '2026-03-01'",
    "ck_authority_parent_not_its_own_parent": "parent_id = authority_id",
    "ck_authority_parent_ends_after_start": "ends_on = '2026-02-28'",
    "ck_notice_authority_either_a_unit_or_a_kind": "authority_id = NULL",
    "ck_notice_authority_ends_after_start": "ends_on = '2026-02-28'",
    "ck_peer_group_name_is_given": "name = ''",
    "ck_peer_group_retired_with_reason": "retire_reason = '说明'",
    "ck_peer_group_member_ends_after_start": "ends_on = '2026-02-28'",
    "ck_register_field_longest_is_positive": "longest = 0",
    "ck_register_entry_has_one_keeper": "body = 'ccpit'",
    "ck_register_file_has_one_keeper": "body = 'ccpit'",
    "ck_register_file_file_not_empty": "size = 0",
    "ck_register_entry_withdrawn_has_its_reason": "withdrawal_reason = '误登'",
    "ck_appointment_ends_after_start": "ends_on = '2026-02-28'",
    "ck_handover_stands_or_is_cancelled": "incoming_appointment_id = NULL",
    "ck_handover_cancelled_with_reason": "cancel_reason = '说明'",
    "ck_account_failed_sign_ins_counted": "failed_sign_ins = -1",
    "ck_plan_revision_filed_has_its_instant": "status = 'filed'",
    "ck_plan_revision_handed_over_has_its_instant": "status = 'handed_over'",
    "ck_progress_update_handed_over_has_its_instant": "status = 'handed_over'",
    "ck_plan_revision_checked_by_somebody": "checker_id = 1",
    "ck_progress_update_checked_by_somebody": "checker_id = 1",
    "ck_task_completion_not_negative": "latest_permille = -1",
    "ck_task_weight_positive": "weight_tenths = 0",
    "ck_task_revision_weight_positive": "weight_tenths = 0",
    "ck_task_revision_due_after_start": "due_on = '2026-02-28'",
    "ck_milestone_share_in_range": "share_permille = 1001",
    "ck_target_target_positive": "value = 0",
    "ck_task_request_extension_has_its_days": "kind = 'suspension'",
    "ck_task_request_asks_for_a_later_day": "requested_due_on = due_on",
    "ck_task_request_granted_has_its_date": "granted_due_on = requested_due_on",
    "ck_task_request_granted_within_request": (
        "status = 'granted', ruled_at = '2026-05-02', granted_due_on = due_on"
    ),
    "ck_task_request_requested_has_its_instant": "status = 'requested', requested_at = NULL",
    "ck_task_request_ruled_has_its_instant": "ruled_at = '2026-05-01'",
    "ck_date_move_moves_a_date": "to_on = from_on",
    "ck_date_move_has_days": "kind = 'lowered'",
    "ck_date_move_has_both_dates": "from_on = NULL",
    "ck_date_move_has_one_cause": "request_id = 1",
    "ck_date_move_request_moves_the_due_date": ("kind = 'start', request_id = 1, plan_revision_id = NULL"),
    "ck_reporting_period_ends_after_start": "ends_on = '2026-02-28'",
    "ck_reporting_period_closes_after_open": "closes_on = '2026-02-28'",
    "ck_progress_update_completion_not_negative": "completion_permille = -1",
    "ck_progress_update_accepted_has_its_instant": "status = 'accepted'",
    "ck_progress_update_returned_has_its_instant": "status = 'returned'",
    "ck_indicator_only_amounts_have_a_currency": "currency = 'CNY'",
    "ck_indicator_actual_actual_not_negative": "value = -1",
    "ck_indicator_actual_rate_has_both_parts": "numerator = 1",
    "ck_indicator_actual_parts_not_negative": "numerator = -1, denominator = 1",
    "ck_indicator_share_shares_with_another": "same_as_id = indicator_id",
    "ck_indicator_term_says_one_thing": "baseline = NULL",
    "ck_indicator_term_baseline_not_negative": "baseline = -1",
    "ck_composite_part_is_one_thing": "indicator_id = NULL",
    "ck_composite_part_weight_positive": "weight_tenths = 0",
    "ck_evidence_file_file_not_empty": "size = 0",
    "ck_passing_on_passes_one_thing": "plan_revision_id = 1",
    "ck_review_reviews_one_thing": "plan_revision_id = 1",
    "ck_review_reason_given": "reason = ''",
    "ck_upload_expires_after_upload": "expires_at = uploaded_at",
    "ck_urging_slip_acknowledged_has_its_instant": "status = 'acknowledged'",
    "ck_urging_slip_answered_has_its_words": "answer = '已办'",
    "ck_urging_slip_answered_has_its_instant": "status = 'answered', acknowledged_at = issued_at",
    "ck_urging_slip_closed_has_its_instant": "status = 'met'",
    "ck_urging_slip_withdrawn_has_its_reason": "status = 'withdrawn', closed_at = issued_at",
    "ck_difficulty_handled_by_somebody": "status = 'assigned'",
    "ck_difficulty_closed_has_its_instant": "status = 'closed'",
    "ck_difficulty_event_words_given": "step = 'answered'",
    "ck_difficulty_event_assigned_to_somebody": "step = 'assigned'",
    "ck_remit_is_of_something": "measure_id = NULL",
    "ck_remit_ends_after_start": "ends_on = '2026-02-28'",
    "ck_contest_report_has_its_period": "subject = 'report'",
    "ck_contest_closed_has_its_instant": "status = 'upheld'",
    "ck_supplied_figure_figure_not_negative": "value = -1",
    "ck_supplied_figure_rate_has_both_parts": "numerator = 1",
    "ck_supplied_figure_parts_not_negative": "numerator = -1, denominator = 1",
    "ck_supplied_figure_ended_has_its_instant": "ended_at = supplied_at",
    "ck_supplied_figure_contest_has_its_reason": "reason = '不符'",
    "ck_supplied_figure_ruling_has_its_words": "status = 'kept'",
    "ck_correction_approved_has_its_update": "status = 'approved'",
    "ck_correction_reason_given": "reason = ''",
    "ck_attestation_plan_has_its_revision": "revision_id = NULL",
    "ck_attestation_period_has_its_period": "period_id = 1",
    "ck_briefing_issued_has_its_instant": "status = 'issued'",
    "ck_briefing_unit_sheet_has_its_unit": "kind = 'unit_sheet'",
    "ck_briefing_measure_sheet_has_its_measure": "kind = 'measure_sheet'",
    "ck_briefing_of_one_place": "unit_id = 1",
    "ck_audit_head_only_one_head": "id = 2",
    "ck_message_choice_email_has_its_address": "by_email = (1 = 1)",
    "ck_delivery_goes_to_one": "target_id = 1",
    "ck_delivery_attempts_counted": "attempts = -1",
    "ck_setting_key_is_given": "key = ''",
}


@dataclass(frozen=True)
class Kept:
    """A constraint and the table it is of."""

    table: Table
    name: str
    columns: tuple[str, ...]

    def __str__(self) -> str:
        return self.name


def _kept(kind: type) -> list[Kept]:
    return [
        Kept(table, str(constraint.name), tuple(column.name for column in constraint.columns))
        for table in metadata.sorted_tables
        for constraint in sorted(table.constraints, key=lambda found: str(found.name))
        if isinstance(constraint, kind)
    ]


WORDS = [kept for kept in _kept(CheckConstraint) if kept.name.endswith("_is_known")]
RULES = [kept for kept in _kept(CheckConstraint) if kept not in WORDS]


def _refused(store: Store, statement: str, name: str) -> None:
    """The database refuses the statement, by this constraint."""
    with pytest.raises(IntegrityError) as refused, store.upkeep() as session:
        session.execute(text(statement))
    assert name in str(refused.value)


def test_every_rule_is_kept_by_the_database(planted: Store):
    for kept in RULES:
        _refused(planted, f"UPDATE {kept.table.name} SET {CHECKS[kept.name]}", kept.name)


def test_every_rule_has_its_case():
    assert {kept.name for kept in RULES} == CHECKS.keys()


# What has to be set with a word, or another rule is broken first.
BESIDE = {
    "ck_notice_authority_kind_is_known": ", authority_id = NULL",
    "ck_indicator_currency_is_known": ", kind = 'amount'",
}


def test_a_word_that_is_not_known_is_refused_by_the_database(planted: Store):
    for kept in WORDS:
        column = kept.name.removeprefix(f"ck_{kept.table.name}_").removesuffix("_is_known")
        also = BESIDE.get(kept.name, "")
        _refused(planted, f"UPDATE {kept.table.name} SET {column} = 'nonsense'{also}", kept.name)


def test_every_closed_word_has_its_rule():
    words = [
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if type(column.type).__name__ == "Word"
    ]
    assert len(WORDS) == len(words)


# Unique rule → its table, what else must differ so that only this rule is in the way, and what then satisfies it.
UNIQUE: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "uq_notice_number": ("notice", {}, {"number": "'192'"}),
    "uq_ledger_layout_authority_id": ("ledger_layout", {}, {"authority_id": "2"}),
    "uq_plan_file_layout_authority_id": ("plan_file_layout", {}, {"authority_id": "2"}),
    "uq_issued_paper_kind_subject_id": ("issued_paper", {}, {"subject_id": "2"}),
    "uq_key_area_notice_id_number": ("key_area", {}, {"number": "2"}),
    "uq_measure_notice_id_number": ("measure", {}, {"number": "2"}),
    "uq_measure_action_measure_id_number": ("measure_action", {}, {"number": "2"}),
    "uq_indicator_measure_id_number": ("indicator", {}, {"number": "3"}),
    "uq_composite_measure_id_number": ("composite", {}, {"number": "2"}),
    "uq_composite_part_composite_id_number": ("composite_part", {}, {"number": "2"}),
    "uq_indicator_level_indicator_id_from_on": ("indicator_level", {}, {"from_on": "'2026-04-01'"}),
    "uq_indicator_share_indicator_id_from_on": ("indicator_share", {}, {"from_on": "'2026-04-01'"}),
    "uq_indicator_term_task_revision_id_indicator_id": ("indicator_term", {}, {"indicator_id": "2"}),
    "uq_approved_map_level": ("approved_map", {}, {"level": "'units'"}),
    "uq_tag_notice_id_number": ("tag", {}, {"number": "2"}),
    "uq_listed_country_notice_id_number": ("listed_country", {"code": "'RU'"}, {"number": "2"}),
    "uq_listed_country_notice_id_code": ("listed_country", {"number": "2"}, {"code": "'RU'"}),
    "uq_safeguard_notice_id_key": ("safeguard", {"number": "2"}, {"key": "'plan'"}),
    "uq_safeguard_notice_id_number": ("safeguard", {"key": "'plan'"}, {"number": "2"}),
    "uq_notice_text_notice_id_version": ("notice_text", {}, {"version": "2"}),
    "uq_passage_text_id_number": ("passage", {}, {"number": "2"}),
    "uq_notice_fact_notice_id_key": ("notice_fact", {}, {"key": "'title'"}),
    "uq_authority_code": ("authority", {"official_order": "3"}, {"code": "'3'"}),
    "uq_authority_official_order": ("authority", {"code": "'3'"}, {"official_order": "3"}),
    "uq_authority_name_authority_id_starts_on": ("authority_name", {}, {"starts_on": "'2026-04-01'"}),
    "uq_authority_parent_authority_id_relation_starts_on": (
        "authority_parent",
        {},
        {"relation": "'hosted_by'"},
    ),
    "uq_webhook_target_name": ("webhook_target", {}, {"name": "'another'"}),
    "uq_delivery_digest_key": ("delivery", {}, {"digest_key": "'email:2'"}),
    "one_standing_group_a_name": ("peer_group", {}, {"name": "'沿边'"}),
    "uq_peer_group_member_group_id_authority_id_starts_on": (
        "peer_group_member",
        {},
        {"starts_on": "'2026-04-01'"},
    ),
    "uq_register_notice_id_key": ("register", {}, {"key": "'warnings'"}),
    "uq_register_field_register_id_key": ("register_field", {}, {"key": "'place'"}),
    "uq_register_entry_corrects_id": ("register_entry", {"corrects_id": "1"}, {"corrects_id": "2"}),
    "uq_post_authority_id_title": ("post", {}, {"title": "'副处长'"}),
    "uq_appointment_post_id_starts_on": (
        "appointment",
        {"ends_on": "'2026-06-01'"},
        {"starts_on": "'2026-04-01'"},
    ),
    "one_open_appointment_a_post": (
        "appointment",
        {"starts_on": "'2026-04-01'"},
        {"ends_on": "'2026-06-01'"},
    ),
    "uq_account_officer_id": ("account", {"sign_in_name": "'two'"}, {"officer_id": "2"}),
    "uq_account_sign_in_name": ("account", {"officer_id": "2"}, {"sign_in_name": "'two'"}),
    "one_standing_grant_a_role": ("role_grant", {}, {"revoked_at": "granted_at"}),
    "uq_sign_in_token_hash": ("sign_in", {}, {"token_hash": "'b'"}),
    "uq_api_token_token_hash": ("api_token", {}, {"token_hash": "'b'"}),
    "uq_api_answer_token_id_key": ("api_answer", {}, {"key": "'b'"}),
    "uq_work_plan_notice_id_authority_id_year": ("work_plan", {}, {"year": "2027"}),
    "uq_plan_revision_plan_id_number": ("plan_revision", {"status": "'returned'"}, {"number": "2"}),
    "one_open_revision_a_plan": ("plan_revision", {"number": "2"}, {"status": "'returned'"}),
    "uq_task_plan_id_number": ("task", {}, {"number": "2"}),
    "uq_task_continues_id": ("task", {"number": "2", "continues_id": "1"}, {"continues_id": "NULL"}),
    "uq_task_revision_plan_revision_id_task_id": ("task_revision", {}, {"task_id": "2"}),
    "uq_milestone_task_revision_id_number": ("milestone", {}, {"number": "2"}),
    "uq_target_task_revision_id_indicator_id_due_on": ("target", {}, {"due_on": "'2026-09-01'"}),
    "uq_reporting_period_notice_id_year_number": ("reporting_period", {}, {"number": "2"}),
    "uq_progress_update_task_id_period_id_version": (
        "progress_update",
        {"status": "'returned'", "returned_at": "written_at"},
        {"version": "2"},
    ),
    "one_open_update_a_task_and_period": (
        "progress_update",
        {"version": "2"},
        {"status": "'returned'", "returned_at": "written_at"},
    ),
    "one_open_request_a_task": (
        "task_request",
        {},
        {"status": "'withdrawn'", "withdrawn_at": "written_at"},
    ),
    "uq_task_support_task_revision_id_authority_id": ("task_support", {}, {"authority_id": "2"}),
    "one_open_contest": ("contest", {}, {"status": "'upheld'", "closed_at": "raised_at"}),
    "one_standing_figure": (
        "supplied_figure",
        {},
        {"status": "'withdrawn'", "ruling": "'误'", "ended_at": "supplied_at"},
    ),
    "one_open_slip_a_task": ("urging_slip", {}, {"status": "'met'", "closed_at": "issued_at"}),
    "one_open_correction_an_update": ("correction", {}, {"status": "'refused'"}),
    "uq_attestation_code": ("attestation", {}, {"code": "'0000000002'"}),
    "uq_briefing_version_briefing_id_number": ("briefing_version", {}, {"number": "2"}),
    "uq_working_copy_officer_id_form": ("working_copy", {}, {"form": "'goals_2'"}),
    "uq_difficulty_update_id": ("difficulty", {"task_id": "2"}, {"update_id": "2"}),
    "one_open_difficulty_a_task": ("difficulty", {"update_id": "2"}, {"task_id": "2"}),
}


def _copied(store: Store, table: str, changed: dict[str, str]) -> str | None:
    """Why the row with the key 1 cannot stand once more, these columns changed; None where it can."""
    columns = {column.name: column.name for column in metadata.tables[table].columns}
    values = {**columns, "id": f"(SELECT max(id) + 1 FROM {table})", **changed}
    names, chosen = ", ".join(values), ", ".join(values.values())
    with store.engine.connect() as connection:  # never committed
        try:
            connection.execute(
                text(f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE id = 1")
            )
        except IntegrityError as refused:
            return str(refused)
    return None


def test_what_stands_once_is_kept_by_the_database(planted: Store):
    for name, (table, apart, satisfied) in UNIQUE.items():
        refused = _copied(planted, table, apart)
        named = name if planted.engine.dialect.name == "postgresql" else "UNIQUE constraint failed"
        assert named in str(refused), name
        assert _copied(planted, table, {**apart, **satisfied}) is None, name


def test_every_unique_rule_has_its_case():
    indexes = {index.name for table in metadata.sorted_tables for index in table.indexes if index.unique}
    assert {kept.name for kept in _kept(UniqueConstraint)} | indexes == UNIQUE.keys()


# Only one task goes on for another. A review is of one thing: of the plan, then not of the update; and a move has one cause; only
# who was assigned is named beside a step; a briefing is of one place; of two rows that must differ one is changed.
ALSO = {
    ("task", "continues_id"): " WHERE id = 1",
    ("delivery", "target_id"): ", officer_id = NULL",
    ("attestation", "period_id"): ", kind = 'period', revision_id = NULL",
    ("briefing", "unit_id"): ", region = NULL",
    ("contest", "period_id"): ", subject = 'report'",
    ("register_entry", "corrects_id"): " WHERE id = 2",
    ("composite_part", "part_id"): ", indicator_id = NULL",
    ("register_entry", "authority_id"): ", body = NULL",
    ("review", "plan_revision_id"): ", update_id = NULL",
    ("passing_on", "plan_revision_id"): ", update_id = NULL",
    ("plan_revision", "checker_id"): ", received_at = '2026-03-01 00:00:00'",
    ("progress_update", "checker_id"): ", received_at = '2026-03-01 00:00:00'",
    ("correction", "corrected_update_id"): ", status = 'approved'",
    ("difficulty_event", "handler_id"): ", step = 'assigned'",
    ("progress_update", "task_id"): " WHERE id = 1",
    ("progress_update", "period_id"): " WHERE id = 1",
    ("difficulty", "update_id"): " WHERE id = 1",
    ("date_move", "request_id"): ", plan_revision_id = NULL",
}


def test_a_row_that_names_another_needs_it_to_be_there(planted: Store):
    references = [
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if column.foreign_keys
    ]
    assert references
    for table, column in references:
        with pytest.raises(IntegrityError, match=r"(?i)foreign key"), planted.upkeep() as session:
            session.execute(text(f"UPDATE {table} SET {column} = 99{ALSO.get((table, column), '')}"))


def test_a_row_that_others_name_cannot_be_removed(planted: Store):
    for table in ("authority", "officer", "measure", "task", "progress_update", "reporting_period"):
        with pytest.raises(IntegrityError), planted.upkeep() as session:
            session.execute(text(f"DELETE FROM {table}"))


def test_a_second_head_of_the_chain_is_refused(planted: Store):
    with pytest.raises(IntegrityError), planted.upkeep() as session:
        session.execute(text("INSERT INTO audit_head (id, number, hash) VALUES (1, 0, '')"))
