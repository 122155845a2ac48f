"""Who keeps an entry of a register: a unit its own, the working group those of its two bodies."""

from tracking.messages import Message, Refusal
from tracking.permissions import Right
from tracking.registers.definitions import Register
from tracking.vocabulary import Body, Keeper


def right_to_keep(authority_id: int | None) -> Right:
    """The right that keeping an entry of this authority, or else of the working group, needs."""
    return Right.KEEP_GROUP_REGISTERS if authority_id is None else Right.KEEP_REGISTERS


def check_keeper(register: Register, authority_id: int | None, body: Body | None) -> None:
    """Refuse unless an entry has one keeper, and the register takes entries of such. Raises `Refusal`."""
    if (authority_id is None) is (body is None):
        raise Refusal(Message("register.one_keeper"))
    if register.keeper is (Keeper.UNITS if authority_id is None else Keeper.GROUP):
        raise Refusal(Message("register.other_keeper"))
