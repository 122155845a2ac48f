"""Let an indicator be the same figure as one of another notice, from a day on."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    indicator = op.f("fk_indicator_share_indicator_id_indicator")
    same_as = op.f("fk_indicator_share_same_as_id_indicator")
    op.create_table(
        "indicator_share",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("same_as_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("same_as_id <> indicator_id", name=op.f("ck_indicator_share_shares_with_another")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=indicator),
        sa.ForeignKeyConstraint(["same_as_id"], ["indicator.id"], name=same_as),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_share")),
        sa.UniqueConstraint("indicator_id", "from_on", name=op.f("uq_indicator_share_indicator_id_from_on")),
    )
