"""Hold what is made for thresholds to come, and which figures were written meanwhile."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coming_light",
        sa.Column("task_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("amber_on", sa.Date(), nullable=True),
        sa.Column("red_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_coming_light")),
    )
    cell = ("notice_id", "year", "unit_id", "measure_id")
    op.create_table(
        "touched_cell",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in cell),
        sa.PrimaryKeyConstraint(*cell, name=op.f("pk_touched_cell")),
    )
