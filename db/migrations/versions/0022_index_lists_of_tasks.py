"""Let long lists of tasks be read by their key, and what was ever suspended be found without reading every change."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("task_of_year", "task", ["year", "id"])
    op.create_index("status_change_by_status", "task_status_change", ["status", "task_id"])
