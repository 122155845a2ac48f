"""Keep which tasks were red on past days, beside their figures."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "past_red",
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_past_red_task_id_task")),
        sa.PrimaryKeyConstraint("known_on", "task_id", name=op.f("pk_past_red")),
    )
    # Days that were kept without are read from history anew when somebody asks.
    op.execute("DELETE FROM past_cell")
    op.execute("DELETE FROM past_day")
