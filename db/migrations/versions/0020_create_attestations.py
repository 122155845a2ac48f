"""Create attestations."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attestation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('plan', 'period')", name=op.f("ck_attestation_kind_is_known")),
        sa.CheckConstraint(
            "(kind = 'plan') = (revision_id IS NOT NULL)", name=op.f("ck_attestation_plan_has_its_revision")
        ),
        sa.CheckConstraint(
            "(kind = 'period') = (period_id IS NOT NULL)", name=op.f("ck_attestation_period_has_its_period")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_attestation_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["plan_revision.id"], name=op.f("fk_attestation_revision_id_plan_revision")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_attestation_period_id_reporting_period")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["officer.id"], name=op.f("fk_attestation_made_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attestation")),
        sa.UniqueConstraint("code", name=op.f("uq_attestation_code")),
    )
    op.create_index(op.f("ix_attestation_authority_id"), "attestation", ["authority_id"], unique=False)
