"""Create handovers."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=False),
        sa.Column("outgoing_id", sa.Integer(), nullable=False),
        sa.Column("outgoing_appointment_id", sa.Integer(), nullable=True),
        sa.Column("outgoing_until_on", sa.Date(), nullable=True),
        sa.Column("incoming_id", sa.Integer(), nullable=False),
        sa.Column("incoming_appointment_id", sa.Integer(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.Column("cancelled_by_id", sa.Integer(), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (outgoing_appointment_id IS NOT NULL AND incoming_appointment_id IS NOT NULL)",
            name=op.f("ck_handover_stands_or_is_cancelled"),
        ),
        sa.CheckConstraint(
            "(cancelled_at IS NULL) = (length(cancel_reason) = 0)",
            name=op.f("ck_handover_cancelled_with_reason"),
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_handover_post_id_post")),
        sa.ForeignKeyConstraint(
            ["outgoing_id"], ["officer.id"], name=op.f("fk_handover_outgoing_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["outgoing_appointment_id"],
            ["appointment.id"],
            name=op.f("fk_handover_outgoing_appointment_id_appointment"),
        ),
        sa.ForeignKeyConstraint(
            ["incoming_id"], ["officer.id"], name=op.f("fk_handover_incoming_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["incoming_appointment_id"],
            ["appointment.id"],
            name=op.f("fk_handover_incoming_appointment_id_appointment"),
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["officer.id"], name=op.f("fk_handover_made_by_id_officer")),
        sa.ForeignKeyConstraint(
            ["cancelled_by_id"], ["officer.id"], name=op.f("fk_handover_cancelled_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_effective_on"), "handover", ["effective_on"], unique=False)
    op.create_index(op.f("ix_handover_post_id"), "handover", ["post_id"], unique=False)
    op.create_table(
        "handover_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("task_number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('task', 'returned', 'draft', 'sign_off', 'to_submit', 'extension', 'slip')",
            name=op.f("ck_handover_item_kind_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["handover.id"], name=op.f("fk_handover_item_handover_id_handover")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_handover_item_period_id_reporting_period")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_item")),
    )
    op.create_index(op.f("ix_handover_item_handover_id"), "handover_item", ["handover_id"], unique=False)
