"""What ends together: the sign-ins of an officer and the tokens that programs act with in the officer's name."""

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.store import Transaction
from db.tables import ApiToken, Officer, SignIn


def end_all(tx: Transaction, officer_id: int, *, but: str = "") -> dict[str, int]:
    """Within another action, end an officer's tokens and sign-ins, except the one with this hash.

    Returns how many of each were active, for that action's event; every ended token has an event of its own.
    """
    ended = tx.session.exec(standing(officer_id).where(SignIn.token_hash != but)).all()
    for sign_in in ended:
        sign_in.ended_at = tx.now
    mine = (ApiToken.officer_id == officer_id, col(ApiToken.revoked_at).is_(None))
    tokens = tx.session.exec(select(ApiToken).where(*mine, ApiToken.expires_on >= tx.today)).all()
    for token in tokens:
        revoke(tx, token)
    return {"ended": len(ended), "tokens": len(tokens)}


def revoke(tx: Transaction, token: ApiToken) -> None:
    """End one token within another action."""
    token.revoked_at = tx.now
    officer = tx.load(Officer, token.officer_id)
    tx.audit("revoke_token", token, officer.authority_id, name=token.name)


def standing(officer_id: int) -> SelectOfScalar[SignIn]:
    """The officer's active sign-ins."""
    return select(SignIn).where(SignIn.officer_id == officer_id, col(SignIn.ended_at).is_(None))
