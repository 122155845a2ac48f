"""Write to people outside the product, and find late reports by their period."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_choice",
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("email", sa.String(length=100), nullable=True),
        sa.Column("muted", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "NOT by_email OR email IS NOT NULL", name=op.f("ck_message_choice_email_has_its_address")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_message_choice_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_message_choice")),
    )
    op.create_table(
        "webhook_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("format", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("secret", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "format IN ('general', 'dingtalk', 'wecom', 'feishu')",
            name=op.f("ck_webhook_target_format_is_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_target")),
        sa.UniqueConstraint("name", name=op.f("uq_webhook_target_name")),
    )
    _create_delivery()
    op.create_index("update_by_period", "progress_update", ["period_id", "submitted_at"], unique=False)
    op.drop_index(op.f("ix_progress_update_period_id"), table_name="progress_update")


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("digest_key", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(), nullable=True),
        sa.Column("last_error", sa.String(length=100), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("channel IN ('email', 'webhook')", name=op.f("ck_delivery_channel_is_known")),
        sa.CheckConstraint(
            "(officer_id IS NULL) <> (target_id IS NULL)", name=op.f("ck_delivery_goes_to_one")
        ),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_delivery_attempts_counted")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_delivery_officer_id_officer")),
        sa.ForeignKeyConstraint(
            ["target_id"], ["webhook_target.id"], name=op.f("fk_delivery_target_id_webhook_target")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("digest_key", name=op.f("uq_delivery_digest_key")),
    )
    op.create_index("delivery_due", "delivery", ["next_try_at"], unique=False)
    op.create_index(op.f("ix_delivery_officer_id"), "delivery", ["officer_id"], unique=False)
