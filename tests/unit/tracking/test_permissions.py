from dataclasses import dataclass

import pytest

from tracking.messages import Refusal
from tracking.permissions import (
    ROLES,
    Reach,
    Right,
    Scope,
    check,
    holders_of,
    may,
    may_act,
    may_combine,
    rights_of,
)
from tracking.vocabulary import Role

OWN, BENEATH, OTHER = 7, 8, 9
# What an authority does for those beneath it too.
DOWN = {
    *(Right.WRITE_PLAN, Right.REPORT_PROGRESS, Right.SIGN_OFF, Right.SUBMIT),
    *(Right.REGISTER_APPOINTMENTS, Right.KEEP_OWN_ACCOUNTS, Right.CHECK_BENEATH),
}

# Who may do what, written out by hand: F reporting officer, S signatory, M member, L leadership,
# A system administrator, X security administrator, U audit administrator.
TABLE = """
view_progress          F S M L
write_plan             F
report_progress        F
sign_off                 S
sign_request             S
submit                 F S
check_beneath            S
review                     M
make_request           F
rule_request               M
propose_correction     F
approve_correction         M
export_ledger          F S M L
reveal_phone           F S M
register_appointments  F S
urge                       M
acknowledge_slip       F S
raise_difficulty       F S M
confirm_answer         F S
handle_difficulty          M
keep_registers         F
keep_group_registers       M
issue_briefing             M
manage_periods             M
set_thresholds             M
define_peer_groups         M
manage_reference_data          A
define_registers           M   A
use_tokens             F S M L A
manage_accounts                A
change_settings                A
take_everything                A
keep_own_accounts        S
grant_roles                      X
unlock_accounts                  X
read_audit                         U
"""
LETTERS = dict(zip("FSMLAXU", Role, strict=True))
EXPECTED = {
    Right(line.split()[0]): {LETTERS[letter] for letter in line.split()[1:]}
    for line in TABLE.strip().splitlines()
}


@dataclass(frozen=True)
class Somebody:
    authority_id: int | None
    roles: frozenset[Role]
    beneath: frozenset[int] = frozenset({BENEATH})
    inherits: frozenset[int] = frozenset()


def test_every_right_is_in_the_table_above():
    assert EXPECTED.keys() == set(Right)
    assert ROLES.keys() == set(Role)


@pytest.mark.parametrize("right", Right)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("authority_id", [None, OWN, BENEATH, OTHER])
def test_a_role_may_do_what_the_table_says_for_the_authorities_it_reaches(role, right, authority_id):
    somebody = Somebody(OWN, frozenset({role}))
    holds = role in EXPECTED[right]
    reached = {None, OWN, BENEATH} if right in DOWN else {None, OWN}
    reaches = authority_id in reached or ROLES[role].reach is Reach.NATION
    assert may(somebody, right) == holds
    if holds and reaches:
        check(somebody, right, authority_id)
        return
    with pytest.raises(Refusal) as refused:
        check(somebody, right, authority_id)
    key = "permission.other_authority" if holds else "permission.right_missing"
    assert refused.value.messages[0].key == key


@pytest.mark.parametrize("right", Right)
def test_without_a_role_nothing_is_allowed(right):
    with pytest.raises(Refusal, match="安全管理员"):
        check(Somebody(OWN, frozenset()), right)


@pytest.mark.parametrize(("authority_id", "passes"), [(OWN, True), (BENEATH, True), (OTHER, False)])
def test_whether_one_may_act_for_an_authority_is_what_the_check_says(authority_id: int, passes: bool):
    officer = Somebody(OWN, frozenset({Role.REPORTING_OFFICER}))
    assert may_act(officer, Right.REPORT_PROGRESS, authority_id) is passes


def test_of_two_roles_the_wider_reach_counts_for_the_rights_it_gives():
    both = Somebody(OWN, frozenset({Role.REPORTING_OFFICER, Role.MEMBER}))
    check(both, Right.REVIEW, OTHER)
    with pytest.raises(Refusal):
        check(both, Right.WRITE_PLAN, OTHER)


def test_administrators_see_no_business_text():
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR):
        assert ROLES[role].reach is Reach.NOTHING
        assert Right.VIEW_PROGRESS not in rights_of(frozenset({role}))


def test_one_knows_whom_to_ask_for_a_right():
    assert holders_of(Right.SUBMIT) == (Role.REPORTING_OFFICER, Role.SIGNATORY)


@pytest.mark.parametrize(("ids", "covered"), [(None, True), (frozenset({OWN}), True), (frozenset(), False)])
def test_a_scope_covers_its_authorities(ids, covered):
    assert Scope(ids).covers(OWN) is covered


def test_two_administrator_roles_on_one_account_only_on_a_small_site():
    two = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
    assert not may_combine(two, small_site=False)
    assert may_combine(two, small_site=True)
    assert may_combine(frozenset({Role.MEMBER, Role.SYSTEM_ADMINISTRATOR}), small_site=False)
