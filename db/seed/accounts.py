"""The people of the working group in a sample, and the demonstration accounts: one for each role and more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from db import passwords
from db.seed.authorities import Reporter
from db.seed.draws import draws
from db.seed.officers import SampleOfficer, Staff, add_officer, grant
from db.seed.rows import Rows
from db.seed.texts import names
from db.tables import Account, Officer, RoleGrant
from tracking.vocabulary import Role

# Public on purpose: it opens demonstration accounts of invented people, and only those.
DEMO_PASSWORD = "Sample-2026-demo"  # noqa: S105 -- as above

WORKING_GROUP: Sequence[tuple[Role, str]] = (
    (Role.MEMBER, "member"),
    (Role.MEMBER, ""),
    (Role.MEMBER, ""),
    (Role.LEADERSHIP, "leadership"),
    (Role.SYSTEM_ADMINISTRATOR, "sysadmin"),
    (Role.SECURITY_ADMINISTRATOR, "secadmin"),
    (Role.AUDIT_ADMINISTRATOR, "auditor"),
)
DEMO_UNITS = {
    "330000": "zhejiang",
    "330200": "ningbo",
    "320000": "jiangsu",
    "320000-01": "city",
    "S01": "council",
}


def has_accounts(authority: Reporter) -> bool:
    """Whether those who report for it can sign in."""
    return authority.code in DEMO_UNITS


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A demonstration account; all of them use `DEMO_PASSWORD`."""

    sign_in_name: str
    name: str
    role: Role


class DemoAccounts:
    """The demonstration accounts of a sample under construction; sign-in names already `taken` are skipped."""

    def __init__(self, rows: Rows, since: date, taken: frozenset[str]) -> None:
        self._rows = rows
        self._since = since
        self._taken = {"", *taken}
        self._password_hash = passwords.hashed(DEMO_PASSWORD)

    def add_working_group(self) -> list[int]:
        """Add everybody without an authority; returns the keys of the members."""
        draw, member_ids = draws("working group"), []
        for (role, sign_in_name), name in zip(WORKING_GROUP, names(draw), strict=False):
            officer = add_officer(self._rows, draw, name)
            grant(self._rows, officer, role, self._since)
            if role is Role.MEMBER:
                member_ids.append(officer.id)
            self._add(officer, sign_in_name)
        return member_ids

    def add_unit(self, staff: Staff) -> None:
        """Add accounts for the two who report for a unit, if it is a demonstration unit."""
        if unit := DEMO_UNITS.get(staff.authority.code):
            self._add(staff.reporter, f"{unit}.officer")
            self._add(staff.signatory, f"{unit}.signatory")

    def _add(self, officer: SampleOfficer, sign_in_name: str) -> None:
        if sign_in_name not in self._taken:
            self._rows.add(
                Account,
                officer_id=officer.id,
                sign_in_name=sign_in_name,
                password_hash=self._password_hash,
                must_change_password=False,
            )


def demo_accounts(session: Session) -> list[DemoAccount]:
    """The demonstration accounts that still use `DEMO_PASSWORD`; none in a store without sample data."""
    known = {name for _, name in WORKING_GROUP if name}
    known |= {f"{unit}.{part}" for unit in DEMO_UNITS.values() for part in ("officer", "signatory")}
    rows = session.exec(
        select(Account, Officer, RoleGrant)
        .join(Officer, col(Officer.id) == Account.officer_id)
        .join(RoleGrant, col(RoleGrant.officer_id) == Account.officer_id)
        .where(col(Account.sign_in_name).in_(known), col(RoleGrant.revoked_at).is_(None))
        .order_by(col(Account.id))
    ).all()
    return [
        DemoAccount(account.sign_in_name, officer.name, role_grant.role)
        for account, officer, role_grant in rows
        if passwords.matches(DEMO_PASSWORD, account.password_hash)
    ]
