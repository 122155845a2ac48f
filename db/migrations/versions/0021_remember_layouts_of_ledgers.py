"""Remember the layouts of ledgers, and the first rows of those that are not our form."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload", sa.Column("heads", sa.JSON(), nullable=True))
    op.create_table(
        "ledger_layout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("layouts", sa.JSON(), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_ledger_layout_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(
            ["saved_by_id"], ["officer.id"], name=op.f("fk_ledger_layout_saved_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_layout")),
        sa.UniqueConstraint("authority_id", name=op.f("uq_ledger_layout_authority_id")),
    )
