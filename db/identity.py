"""The identity of a signed-in officer, as passed between pages, routes and actions."""

from dataclasses import dataclass

from tracking.messages import Refusal
from tracking.vocabulary import Language, Role


class SignedOut(Refusal):
    """Nobody is signed in any more where somebody was."""


class PasswordFirst(Refusal):
    """Somebody has to change the password before anything else."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An officer with current roles; satisfies `tracking.permissions.Actor`.

    `beneath` are the authorities their own one reports for today, `inherits` those of them that were merged into it;
    only officers of a unit need them.
    """

    officer_id: int
    name: str
    authority_id: int | None
    roles: frozenset[Role]
    sign_in_name: str
    language: Language = Language.ZH_CN
    must_change_password: bool = False
    beneath: frozenset[int] = frozenset()
    inherits: frozenset[int] = frozenset()
