"""The tables, one module a noun; importing this package makes the metadata complete.

A row has its `id` once it is flushed; the type says `int`, since nobody reads it before.
"""

from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

from db.tables.api import ApiAnswer, ApiToken  # noqa: E402 -- the naming convention must stand first
from db.tables.attestations import Attestation  # noqa: E402 -- as above
from db.tables.authorities import Authority, AuthorityName, AuthorityParent  # noqa: E402 -- as above
from db.tables.briefings import Briefing, BriefingVersion  # noqa: E402 -- as above
from db.tables.corrections import Correction  # noqa: E402 -- as above
from db.tables.delivery import (  # noqa: E402 -- as above
    Channel,
    Delivery,
    MessageChoice,
    WebhookTarget,
)
from db.tables.handovers import Handover, HandoverItem  # noqa: E402 -- as above
from db.tables.ledger_layouts import LedgerLayout  # noqa: E402 -- as above
from db.tables.officers import (  # noqa: E402 -- as above
    Account,
    Appointment,
    Officer,
    Post,
    Remit,
    RoleGrant,
    SignIn,
)
from db.tables.papers import IssuedPaper  # noqa: E402 -- as above
from db.tables.peer_groups import PeerGroup, PeerGroupMember  # noqa: E402 -- as above
from db.tables.plan_file_layouts import PlanFileLayout  # noqa: E402 -- as above
from db.tables.plans import (  # noqa: E402 -- as above
    IndicatorTerm,
    Milestone,
    PlanRevision,
    Target,
    Task,
    TaskRevision,
    TaskStatusChange,
    WorkPlan,
)
from db.tables.progress import (  # noqa: E402 -- as above
    EvidenceFile,
    IndicatorActual,
    MilestoneReached,
    PassingOn,
    ProgressUpdate,
    ReportingPeriod,
    Review,
)
from db.tables.record import (  # noqa: E402 -- as above
    AuditEvent,
    AuditHead,
    Notification,
    PastCell,
    PastDay,
    PastRed,
    PublishedCell,
    SubmissionCell,
    SummaryCell,
)
from db.tables.reference import (  # noqa: E402 -- as above
    ApprovedMap,
    Composite,
    CompositePart,
    Indicator,
    IndicatorLevel,
    IndicatorShare,
    KeyArea,
    ListedCountry,
    Measure,
    MeasureAction,
    Notice,
    NoticeAuthority,
    NoticeFact,
    NoticeText,
    Passage,
    Safeguard,
    Setting,
    Tag,
)
from db.tables.registers import Register, RegisterEntry, RegisterField, RegisterFile  # noqa: E402 -- as above
from db.tables.renewal import ComingLight, TouchedCell  # noqa: E402 -- as above
from db.tables.requests import (  # noqa: E402 -- as above
    DateMove,
    TaskRequest,
)
from db.tables.supplied import SuppliedFigure  # noqa: E402 -- as above
from db.tables.support import Contest, Contribution, TaskSupport  # noqa: E402 -- as above
from db.tables.table_versions import TableVersion  # noqa: E402 -- as above
from db.tables.types import KEPT_IN  # noqa: E402 -- as above
from db.tables.uploads import Upload, UploadFinding, UploadRow  # noqa: E402 -- as above
from db.tables.urging import (  # noqa: E402 -- as above
    Difficulty,
    DifficultyEvent,
    UrgingSlip,
)
from db.tables.working_copies import WorkingCopy  # noqa: E402 -- as above

metadata = SQLModel.metadata
# What an export takes along, parents first.
EXPORTED = [table for table in metadata.sorted_tables if table.info != KEPT_IN]

__all__ = [
    "EXPORTED",
    "Account",
    "ApiAnswer",
    "ApiToken",
    "Appointment",
    "ApprovedMap",
    "Attestation",
    "AuditEvent",
    "AuditHead",
    "Authority",
    "AuthorityName",
    "AuthorityParent",
    "Briefing",
    "BriefingVersion",
    "Channel",
    "ComingLight",
    "Composite",
    "CompositePart",
    "Contest",
    "Contribution",
    "Correction",
    "DateMove",
    "Delivery",
    "Difficulty",
    "DifficultyEvent",
    "EvidenceFile",
    "Handover",
    "HandoverItem",
    "Indicator",
    "IndicatorActual",
    "IndicatorLevel",
    "IndicatorShare",
    "IndicatorTerm",
    "IssuedPaper",
    "KeyArea",
    "LedgerLayout",
    "ListedCountry",
    "Measure",
    "MeasureAction",
    "MessageChoice",
    "Milestone",
    "MilestoneReached",
    "Notice",
    "NoticeAuthority",
    "NoticeFact",
    "NoticeText",
    "Notification",
    "Officer",
    "Passage",
    "PassingOn",
    "PastCell",
    "PastDay",
    "PastRed",
    "PeerGroup",
    "PeerGroupMember",
    "PlanFileLayout",
    "PlanRevision",
    "Post",
    "ProgressUpdate",
    "PublishedCell",
    "Register",
    "RegisterEntry",
    "RegisterField",
    "RegisterFile",
    "Remit",
    "ReportingPeriod",
    "Review",
    "RoleGrant",
    "Safeguard",
    "Setting",
    "SignIn",
    "SubmissionCell",
    "SummaryCell",
    "SuppliedFigure",
    "TableVersion",
    "Tag",
    "Target",
    "Task",
    "TaskRequest",
    "TaskRevision",
    "TaskStatusChange",
    "TaskSupport",
    "TouchedCell",
    "Upload",
    "UploadFinding",
    "UploadRow",
    "UrgingSlip",
    "WebhookTarget",
    "WorkPlan",
    "WorkingCopy",
    "metadata",
]
