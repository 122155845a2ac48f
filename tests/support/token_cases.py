"""The cases of the actions on tokens, and of taking everything out."""

from datetime import date

from db.accounts import token_actions as api_tokens
from db.backups import takeouts
from db.store import Transaction
from db.tables import ApiToken
from tests.support.cases import of
from tracking.permissions import Right
from tracking.vocabulary import TokenScope

OF_NORTH, OF_SOUTH = 1, 2

TOKENS = [
    *of(
        Right.USE_TOKENS,
        (
            api_tokens.issue_token,
            {"name": "平台", "scope": TokenScope.READ, "expires_on": date(2026, 12, 31)},
        ),
        (api_tokens.revoke_own_token, {"token_id": OF_NORTH}),
        bound=False,
    ),
    *of(Right.MANAGE_ACCOUNTS, (api_tokens.revoke_token, {"token_id": OF_SOUTH}), bound=False),
    *of(Right.TAKE_EVERYTHING, (takeouts.note_takeout, {}), bound=False),
]


def plant_tokens(tx: Transaction, expires_on: date) -> None:
    """A token of the north's officer and one of the south's."""
    for officer_id in (1, 3):
        tx.add(
            ApiToken(
                officer_id=officer_id,
                name="平台",
                token_hash=str(officer_id) * 64,
                issued_at=tx.now,
                expires_on=expires_on,
            )
        )
