"""Let a notice address its own units from a day on, and be retired; remember when a text was taken into its catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

KINDS = (
    *("province", "separate_plan_city", "xpcc", "ccpit_local", "ccpit_industry"),
    *("ccpit_department", "city", "county", "not_covered"),
)


def upgrade() -> None:
    with op.batch_alter_table("notice") as table:
        table.add_column(sa.Column("retired_on", sa.Date(), nullable=True))
    with op.batch_alter_table("notice_text") as table:
        table.add_column(sa.Column("taken_at", sa.DateTime(), nullable=True))
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "notice_authority",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_notice_authority_kind_is_known")),
        sa.CheckConstraint(
            "(kind IS NULL) <> (authority_id IS NULL)",
            name=op.f("ck_notice_authority_either_a_unit_or_a_kind"),
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_notice_authority_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_authority_notice_id_notice")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_notice_authority_authority_id_authority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_authority")),
    )
    op.create_index(op.f("ix_notice_authority_notice_id"), "notice_authority", ["notice_id"])
