"""The words of figures that the working group supplies for a unit: their states, and how a contest of one is ruled."""

from enum import StrEnum


class SuppliedStatus(StrEnum):
    """Life of a supplied figure: agreed to or contested by the unit, kept, replaced or taken back by the working group."""

    SUPPLIED = "supplied"
    AGREED = "agreed"
    CONTESTED = "contested"
    KEPT = "kept"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class FigureRuling(StrEnum):
    """What the working group decides about a figure that it supplied; each is a verb of its life."""

    KEEP = "keep"
    REPLACE = "replace"
    WITHDRAW = "withdraw"


ENDED = (SuppliedStatus.REPLACED, SuppliedStatus.WITHDRAWN)
