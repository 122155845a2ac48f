"""Keep issued papers byte for byte.

What was issued before is not made here: that would put today's words into the mouth of a past day's code. It is
made when it is first taken out, and kept from then on.
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KINDS = "'briefing', 'urging_notice', 'handover_sheet', 'handover_extract', 'attestation'"


def upgrade() -> None:
    op.create_table(
        "issued_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_issued_paper_kind_is_known")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["officer.id"], name=op.f("fk_issued_paper_made_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_paper")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_issued_paper_kind_subject_id")),
    )
