"""The rows of the frames of supplied figures, as pages read them one by one."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tracking.supplied import SuppliedStatus
from tracking.vocabulary import IndicatorKind


@dataclass(frozen=True, slots=True)
class SuppliedRow:
    """A row of `supplied_frame`."""

    figure_id: int
    indicator_id: int
    authority_id: int
    period_id: int
    value: Decimal
    numerator: Decimal | None
    denominator: Decimal | None
    source: str
    status: SuppliedStatus
    supplied_at: datetime
    reason: str
    proof_name: str
    contested_at: datetime | None
    ruling: str
    ruled_at: datetime | None
    ended_at: datetime | None
    measure_id: int
    name: str
    unit: str
    kind: IndicatorKind
    additive: bool
    notice_id: int
    year: int
    number: int
    cycle: str
    authority_name: str
    author: str | None
    own: Decimal | None
    unit_id: int
