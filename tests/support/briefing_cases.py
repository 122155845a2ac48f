"""The cases of briefings; the one they act on is planted by `tests.support.action_cases`."""

from db.briefings import actions as briefings
from db.briefings.material import BriefingRequest
from tests.support.cases import of
from tests.support.factories import FIRST_QUARTER
from tracking.permissions import Right
from tracking.vocabulary import BriefingKind, Language

CIRCULAR = BriefingRequest(BriefingKind.CIRCULAR)
_DRAFT = {"briefing_id": 1, "row_version": 1}

BRIEFINGS = [
    *of(
        Right.ISSUE_BRIEFING,
        (briefings.draft_briefing, {"period_id": FIRST_QUARTER, "wanted": CIRCULAR}),
        (briefings.redraft_briefing, _DRAFT),
        (briefings.save_briefing, {**_DRAFT, "title": "通报", "sections": {}}),
        (briefings.issue_briefing, _DRAFT),
        (
            briefings.make_briefing,
            {"period_id": FIRST_QUARTER, "wanted": CIRCULAR, "language": Language.ZH_CN},
        ),
        bound=False,
    ),
    *of(Right.VIEW_PROGRESS, (briefings.take_briefing, {"briefing_id": 1}), bound=False),
]
