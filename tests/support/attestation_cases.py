"""The cases of attestations; the plan and the report they speak of are planted by `tests.support.action_cases`."""

from db.attestations import actions as attestations
from tests.support.cases import of
from tests.support.factories import FIRST_QUARTER, NORTH
from tracking.permissions import Right

ATTESTATIONS = of(
    Right.SUBMIT,
    (attestations.attest_plan, {"revision_id": 1}),
    (attestations.attest_period, {"authority_id": NORTH, "period_id": FIRST_QUARTER}),
    bound=True,
)
