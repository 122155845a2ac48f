"""Let a task go on for one of the year before, and mark what was taken over from there until a person has looked at it.

Know also who has opened what was sent to them, so that the rest can be taken back; when a corrected report was made; and
on which day a period was closed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

REPORTED = (
    "UPDATE progress_update SET reported_at = (SELECT coalesce(first.reported_at, first.submitted_at)"
    " FROM correction JOIN progress_update AS first ON first.id = correction.update_id"
    " WHERE correction.corrected_update_id = progress_update.id) WHERE id = :id"
)


def upgrade() -> None:
    with op.batch_alter_table("task") as batch:
        batch.add_column(sa.Column("continues_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_task_continues_id_task"), "task", ["continues_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_task_continues_id"), ["continues_id"])
    for table in ("plan_revision", "task_revision"):
        op.add_column(table, sa.Column("to_check", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in ("plan_revision", "progress_update"):
        op.add_column(table, sa.Column("opened_at", sa.DateTime(), nullable=True))
    op.add_column("progress_update", sa.Column("reported_at", sa.DateTime(), nullable=True))
    op.add_column("reporting_period", sa.Column("closed_on", sa.Date(), nullable=True))
    _date_corrected_reports()


def _date_corrected_reports() -> None:
    """The earlier first: a correction may itself have been corrected."""
    connection = op.get_bind()
    corrected = "SELECT corrected_update_id FROM correction WHERE corrected_update_id IS NOT NULL ORDER BY id"
    for (update_id,) in connection.execute(sa.text(corrected)).all():
        connection.execute(sa.text(REPORTED), {"id": update_id})
