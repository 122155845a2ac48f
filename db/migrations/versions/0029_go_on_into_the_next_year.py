"""Let a task go on for one of the year before, and mark what was taken over from there until a person has looked at it."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("task") as batch:
        batch.add_column(sa.Column("continues_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_task_continues_id_task"), "task", ["continues_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_task_continues_id"), ["continues_id"])
    for table in ("plan_revision", "task_revision"):
        op.add_column(table, sa.Column("to_check", sa.Boolean(), nullable=False, server_default=sa.false()))
