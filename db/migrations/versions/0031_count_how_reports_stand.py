"""Keep how reports stand by unit, measure and period, and find what is in progress without reading the year's reports.

Both are filled by the next read or start, which makes the figures anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

IN_HANDS = sa.text("status <> 'accepted' AND NOT followed")


def upgrade() -> None:
    names = {"period_id": "reporting_period.id", "unit_id": "authority.id", "measure_id": "measure.id"}
    op.create_table(
        "submission_cell",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in names),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("later", "late", "returned", "handed")),
        *(
            sa.ForeignKeyConstraint(
                [name], [key], name=op.f(f"fk_submission_cell_{name}_{key.removesuffix('.id')}")
            )
            for name, key in names.items()
        ),
        sa.PrimaryKeyConstraint(*names, name=op.f("pk_submission_cell")),
    )
    op.add_column(
        "progress_update", sa.Column("followed", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_index(
        "update_in_hands",
        "progress_update",
        [
            *("status", "version", "task_id", "period_id"),
            *("sign_off_requested_at", "signed_off_at", "submitted_at", "returned_at"),
        ],
        sqlite_where=IN_HANDS,
        postgresql_where=IN_HANDS,
    )
    op.execute("DELETE FROM setting WHERE key = 'summaries_brought_to'")
