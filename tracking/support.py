"""The words of support: as what an authority takes part in tasks of others, and what it may contest."""

from enum import StrEnum


class SupportRole(StrEnum):
    """As what an authority takes part in a task of another one's plan."""

    LEAD = "lead"
    SUPPORT = "support"


class ContestSubject(StrEnum):
    """What an authority contests: that it takes part in a task at all, or what was reported about its part."""

    PART = "part"
    REPORT = "report"


class ContestStatus(StrEnum):
    """Life of a contest: answered by the authority whose task it is, ruled on where it stands nevertheless."""

    RAISED = "raised"
    ANSWERED = "answered"
    MAINTAINED = "maintained"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
