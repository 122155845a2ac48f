"""Keep what was answered about an uploaded ledger, and which titles were matched by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("upload") as table:
        table.add_column(sa.Column("layouts", sa.JSON(), nullable=True))
        table.add_column(sa.Column("answers", sa.JSON(), nullable=True))
    with op.batch_alter_table("upload_finding") as table:
        table.add_column(sa.Column("asks", sa.String(length=40), nullable=True))
        table.create_check_constraint(op.f("ck_upload_finding_asks_is_known"), "asks IN ('cell', 'row')")
        table.create_index("upload_finding_by_question", ["upload_id", "asks", "id"])
    with op.batch_alter_table("ledger_layout") as table:
        table.add_column(sa.Column("names", sa.JSON(), nullable=True))
