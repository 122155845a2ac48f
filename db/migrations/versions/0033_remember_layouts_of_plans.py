"""Remember the layouts of plans kept in an office's own way."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_file_layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("layouts", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_plan_file_layout_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["officer.id"], name=op.f("fk_plan_file_layout_saved_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_file_layout")),
        sa.UniqueConstraint("authority_id", name=op.f("uq_plan_file_layout_authority_id")),
    )
