"""Keep the files of an upload that holds several, and the rows that can go up as a report of no change."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

WORDS = "'added', 'changed', 'conflict', 'refused', 'no_change', 'unchanged'"


def upgrade() -> None:
    _take_no_change()
    for name, kind, before in (("calls", sa.String(length=20), ""), ("file", sa.Integer(), "0")):
        op.add_column("upload_row", sa.Column(name, kind, nullable=False, server_default=before))
        with op.batch_alter_table("upload_row") as batch:
            batch.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)
    op.add_column("upload_finding", sa.Column("file", sa.Integer(), nullable=True))
    op.execute("UPDATE upload_finding SET file = 0 WHERE cell <> ''")
    op.add_column("upload", sa.Column("files", sa.JSON(), nullable=True))


def _take_no_change() -> None:
    known = op.f("ck_upload_row_verdict_is_known")
    with op.batch_alter_table("upload_row") as batch:
        batch.drop_constraint(known, type_="check")
        batch.create_check_constraint(known, f"verdict IN ({WORDS})")
