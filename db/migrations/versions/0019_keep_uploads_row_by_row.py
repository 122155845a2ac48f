"""Keep uploads row by row.

Previews of before are dropped: they end after a week anyway, and are made anew from the same file.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

VERDICTS = "'added', 'changed', 'conflict', 'refused', 'unchanged'"


def upgrade() -> None:
    op.execute("DELETE FROM upload")
    with op.batch_alter_table("upload") as batch:
        batch.alter_column("period_id", existing_type=sa.Integer(), nullable=True)
        batch.alter_column(
            "result", new_column_name="counts", existing_type=sa.JSON(), existing_nullable=False
        )
    op.create_table(
        "upload_row",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=120), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.CheckConstraint(f"verdict IN ({VERDICTS})", name=op.f("ck_upload_row_verdict_is_known")),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_upload_row_upload_id_upload")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_upload_row_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_row")),
    )
    op.create_index("upload_row_by_verdict", "upload_row", ["upload_id", "verdict", "id"], unique=False)
    op.create_table(
        "upload_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("sheet", sa.String(length=120), nullable=False),
        sa.Column("cell", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=100), nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.CheckConstraint("grade IN ('a', 'b', 'c', 'd')", name=op.f("ck_upload_finding_grade_is_known")),
        sa.ForeignKeyConstraint(
            ["upload_id"], ["upload.id"], name=op.f("fk_upload_finding_upload_id_upload")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload_finding")),
    )
    op.create_index("upload_finding_by_grade", "upload_finding", ["upload_id", "grade", "id"], unique=False)
