"""Keep why the signatory sent an update or a plan back to its writer."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("plan_revision", "progress_update"):
        # What was there before has no reason: the server fills it in.
        column = sa.Column("sent_back_because", sa.String(length=1000), nullable=False, server_default="")
        op.add_column(table, column)
