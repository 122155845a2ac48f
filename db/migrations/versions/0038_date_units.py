"""Let authorities be founded, renamed and dissolved, each from a day on."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

KINDS = (
    *("province", "separate_plan_city", "xpcc", "ccpit_local", "ccpit_industry"),
    *("ccpit_department", "city", "county", "not_covered"),
)


def upgrade() -> None:
    with op.batch_alter_table("authority") as table:
        table.add_column(sa.Column("founded_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("dissolved_on", sa.Date(), nullable=True))
        table.create_check_constraint(
            op.f("ck_authority_dissolved_after_founding"), "dissolved_on > founded_on"
        )
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_table(
        "authority_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("short_name", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.CheckConstraint(f"kind IN ({kinds})", name=op.f("ck_authority_name_kind_is_known")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_authority_name_authority_id_authority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_name")),
        sa.UniqueConstraint(
            "authority_id", "starts_on", name=op.f("uq_authority_name_authority_id_starts_on")
        ),
    )
