"""The cases of accounts, of those that a unit keeps, and of remits; what they act on is planted by `tests.support.action_cases`."""

from datetime import date

from db.accounts import actions as accounts, sign_in_actions as sign_ins, unit_actions as unit_accounts
from db.remits import actions as remits
from tests.support.cases import of
from tests.support.factories import NORTH, YEAR
from tracking.permissions import Right
from tracking.vocabulary import Body, Role

ACCOUNT, DAY = 1, date(YEAR, 3, 20)

ACCOUNTS = [
    *of(
        Right.MANAGE_ACCOUNTS,
        (accounts.create_account, {"sign_in_name": "somebody", "name": "某人"}),
        (accounts.reset_password, {"account_id": ACCOUNT}),
        (accounts.set_active, {"account_id": ACCOUNT, "active": False}),
        bound=False,
    ),
    *of(
        Right.KEEP_OWN_ACCOUNTS,
        (
            unit_accounts.open_unit_account,
            {"authority_id": NORTH, "sign_in_name": "somebody", "name": "某人", "role": Role.SIGNATORY},
        ),
        (unit_accounts.reset_unit_password, {"account_id": ACCOUNT}),
        (unit_accounts.set_unit_account_active, {"account_id": ACCOUNT, "active": False}),
        (unit_accounts.grant_unit_role, {"account_id": ACCOUNT, "role": Role.SIGNATORY}),
        (unit_accounts.revoke_unit_role, {"account_id": ACCOUNT, "role": Role.REPORTING_OFFICER}),
        (unit_accounts.take_over_account, {"account_id": ACCOUNT}),
        bound=True,
    ),
    *of(
        Right.GRANT_ROLES,
        (accounts.grant_role, {"officer_id": 2, "role": Role.REPORTING_OFFICER}),
        (accounts.revoke_role, {"officer_id": 2, "role": Role.SIGNATORY}),
        (remits.give_remit, {"officer_id": 4, "starts_on": DAY, "measure_id": 1}),
        (remits.end_remit, {"remit_id": 1}),
        (remits.set_body, {"officer_id": 4, "body": Body.MIIT}),
        bound=False,
    ),
    *of(
        Right.UNLOCK_ACCOUNTS,
        (accounts.unlock_account, {"account_id": ACCOUNT}),
        (sign_ins.end_sign_ins, {"officer_id": 1}),
        bound=False,
    ),
]
