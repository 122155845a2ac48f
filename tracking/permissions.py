"""Who may do what: the one table of roles and rights, and the check at every door.

"This person may" is answered here; "the state allows it" is `tracking.workflow`. Navigation, pages,
actions, routes and the permission tests all read `ROLES`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from tracking.messages import Message, Refusal, refusal
from tracking.vocabulary import Role


class Right(StrEnum):
    """One thing a person may be allowed to do; each is worded in the catalogue."""

    VIEW_PROGRESS = "view_progress"
    WRITE_PLAN = "write_plan"
    REPORT_PROGRESS = "report_progress"
    SIGN_OFF = "sign_off"
    SIGN_REQUEST = "sign_request"
    SUBMIT = "submit"
    CHECK_BENEATH = "check_beneath"
    REVIEW = "review"
    MAKE_REQUEST = "make_request"
    RULE_REQUEST = "rule_request"
    PROPOSE_CORRECTION = "propose_correction"
    APPROVE_CORRECTION = "approve_correction"
    EXPORT_LEDGER = "export_ledger"
    REVEAL_PHONE = "reveal_phone"
    REGISTER_APPOINTMENTS = "register_appointments"
    URGE = "urge"
    ACKNOWLEDGE_SLIP = "acknowledge_slip"
    RAISE_DIFFICULTY = "raise_difficulty"
    CONFIRM_ANSWER = "confirm_answer"
    HANDLE_DIFFICULTY = "handle_difficulty"
    KEEP_REGISTERS = "keep_registers"
    KEEP_GROUP_REGISTERS = "keep_group_registers"
    ISSUE_BRIEFING = "issue_briefing"
    MANAGE_PERIODS = "manage_periods"
    SET_THRESHOLDS = "set_thresholds"
    DEFINE_PEER_GROUPS = "define_peer_groups"
    MANAGE_REFERENCE_DATA = "manage_reference_data"
    DEFINE_REGISTERS = "define_registers"
    USE_TOKENS = "use_tokens"
    MANAGE_ACCOUNTS = "manage_accounts"
    CHANGE_SETTINGS = "change_settings"
    TAKE_EVERYTHING = "take_everything"
    KEEP_OWN_ACCOUNTS = "keep_own_accounts"
    GRANT_ROLES = "grant_roles"
    UNLOCK_ACCOUNTS = "unlock_accounts"
    READ_AUDIT = "read_audit"


class Reach(StrEnum):
    """How far the business rights of a role reach."""

    UNIT = "unit"
    NATION = "nation"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class RoleRule:
    """The reach and rights of one role."""

    reach: Reach
    rights: frozenset[Right]


ROLES: Mapping[Role, RoleRule] = {
    Role.REPORTING_OFFICER: RoleRule(
        Reach.UNIT,
        frozenset(
            {
                Right.VIEW_PROGRESS,
                Right.USE_TOKENS,
                Right.WRITE_PLAN,
                Right.REPORT_PROGRESS,
                Right.KEEP_REGISTERS,
                Right.MAKE_REQUEST,
                Right.PROPOSE_CORRECTION,
                Right.SUBMIT,
                Right.EXPORT_LEDGER,
                Right.REVEAL_PHONE,
                Right.REGISTER_APPOINTMENTS,
                Right.ACKNOWLEDGE_SLIP,
                Right.RAISE_DIFFICULTY,
                Right.CONFIRM_ANSWER,
            }
        ),
    ),
    Role.SIGNATORY: RoleRule(
        Reach.UNIT,
        frozenset(
            {
                Right.VIEW_PROGRESS,
                Right.USE_TOKENS,
                Right.SIGN_OFF,
                Right.KEEP_OWN_ACCOUNTS,
                Right.SIGN_REQUEST,
                Right.SUBMIT,
                Right.CHECK_BENEATH,
                Right.EXPORT_LEDGER,
                Right.REVEAL_PHONE,
                Right.REGISTER_APPOINTMENTS,
                Right.ACKNOWLEDGE_SLIP,
                Right.RAISE_DIFFICULTY,
                Right.CONFIRM_ANSWER,
            }
        ),
    ),
    Role.MEMBER: RoleRule(
        Reach.NATION,
        frozenset(
            {
                Right.VIEW_PROGRESS,
                Right.USE_TOKENS,
                Right.REVIEW,
                Right.RULE_REQUEST,
                Right.APPROVE_CORRECTION,
                Right.EXPORT_LEDGER,
                Right.REVEAL_PHONE,
                Right.URGE,
                Right.RAISE_DIFFICULTY,
                Right.HANDLE_DIFFICULTY,
                Right.KEEP_GROUP_REGISTERS,
                Right.ISSUE_BRIEFING,
                Right.MANAGE_PERIODS,
                Right.SET_THRESHOLDS,
                Right.DEFINE_PEER_GROUPS,
                Right.DEFINE_REGISTERS,
            }
        ),
    ),
    Role.LEADERSHIP: RoleRule(
        Reach.NATION, frozenset({Right.VIEW_PROGRESS, Right.USE_TOKENS, Right.EXPORT_LEDGER})
    ),
    Role.SYSTEM_ADMINISTRATOR: RoleRule(
        Reach.NOTHING,
        frozenset(
            {
                Right.MANAGE_REFERENCE_DATA,
                Right.DEFINE_REGISTERS,
                Right.MANAGE_ACCOUNTS,
                Right.USE_TOKENS,
                Right.CHANGE_SETTINGS,
                Right.TAKE_EVERYTHING,
            }
        ),
    ),
    Role.SECURITY_ADMINISTRATOR: RoleRule(
        Reach.NOTHING, frozenset({Right.GRANT_ROLES, Right.UNLOCK_ACCOUNTS})
    ),
    Role.AUDIT_ADMINISTRATOR: RoleRule(Reach.NOTHING, frozenset({Right.READ_AUDIT})),
}

# What an authority does for those that report through it as well as for itself: counties enter through their
# province, which keeps their posts and their accounts too. A request for more time or a correction of published
# figures is each authority's own.
REACHING_DOWN = frozenset(
    {
        Right.WRITE_PLAN,
        Right.REPORT_PROGRESS,
        Right.SIGN_OFF,
        Right.SUBMIT,
        Right.CHECK_BENEATH,
        Right.REGISTER_APPOINTMENTS,
        Right.KEEP_OWN_ACCOUNTS,
    }
)
# What some page takes a file for: reports, plans and registers; lists, texts and maps of the administrators.
TAKES_FILES = (
    Right.WRITE_PLAN,
    Right.REPORT_PROGRESS,
    Right.KEEP_REGISTERS,
    Right.KEEP_GROUP_REGISTERS,
    Right.MANAGE_REFERENCE_DATA,
    Right.CHANGE_SETTINGS,
)
# The roles that an authority may give to its own people; every other one is the security administrator's to grant.
UNIT_ROLES = frozenset({Role.REPORTING_OFFICER, Role.SIGNATORY})

ADMINISTRATOR_ROLES = frozenset(
    {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
)


class Actor(Protocol):
    """The acting person: what a rule needs to know about a signed-in officer.

    `beneath` are the authorities that report through the actor's own today, at any depth; hosted ones are not
    among them. `inherits` are those that were merged into the own one, which acts for them as for itself.
    """

    @property
    def authority_id(self) -> int | None: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def beneath(self) -> frozenset[int]: ...
    @property
    def inherits(self) -> frozenset[int]: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """The authorities a person may read: `None` means all, an empty set none.

    `drafts_of` are those whose unsubmitted plans and updates may be read too, `own` those whose other
    unsubmitted items may be: requests, corrections, handovers. `minding` is a member of the working group whose part
    of it is asked for; it narrows what is listed, not what may be opened.
    """

    authority_ids: frozenset[int] | None
    drafts_of: frozenset[int] | None = None
    own: frozenset[int] | None = None
    minding: int | None = None

    def covers(self, authority_id: int) -> bool:
        """Whether the rows of this authority may be read."""
        return self.authority_ids is None or authority_id in self.authority_ids

    def covers_drafts(self, authority_id: int) -> bool:
        """Whether the plans and updates that this authority is still writing may be read."""
        within = self.drafts_of is None or authority_id in self.drafts_of
        return within and self.covers(authority_id)

    def covers_own(self, authority_id: int) -> bool:
        """Whether everything else this authority has not submitted may be read."""
        within = self.own is None or authority_id in self.own
        return within and self.covers(authority_id)


def rights_of(roles: frozenset[Role]) -> frozenset[Right]:
    """All rights that these roles grant together."""
    return frozenset().union(*(ROLES[role].rights for role in roles))


def may(by: Actor, right: Right) -> bool:
    """Whether the right is held at all, for whatever authority."""
    return right in rights_of(by.roles)


def holders_of(right: Right) -> tuple[Role, ...]:
    """The roles that grant a right, in table order, to say whom to ask."""
    return tuple(role for role, rule in ROLES.items() if right in rule.rights)


def check(by: Actor, right: Right, authority_id: int | None = None) -> None:
    """Refuse unless a role grants the right and, if an authority is given, reaches it.

    A role that reaches its own unit writes for exactly that authority, those merged into it and, with the rights
    in `REACHING_DOWN`, those beneath it too; reading is governed by `Scope`. Raises `Refusal`.
    """
    rules = [ROLES[role] for role in by.roles if right in ROLES[role].rights]
    if not rules:
        raise Refusal(Message("permission.right_missing", right=right))
    if authority_id is None or any(rule.reach is Reach.NATION for rule in rules):
        return
    reached = by.inherits | (by.beneath if right in REACHING_DOWN else frozenset())
    if authority_id != by.authority_id and authority_id not in reached:
        raise Refusal(Message("permission.other_authority", right=right))


def may_act(by: Actor, right: Right, authority_id: int | None = None) -> bool:
    """Whether `check` would pass for this person."""
    return refusal(check, by, right, authority_id) is None


def may_combine(roles: frozenset[Role], *, small_site: bool) -> bool:
    """Whether one account may hold these roles: two administrator roles are allowed only on a small site."""
    return small_site or len(roles & ADMINISTRATOR_ROLES) <= 1
