"""Expect milestones as steps, so that figures are made anew by the next read or start, and keep what was confirmed.

Problems in uploads were graded otherwise: what refused a row, or kept it from being handed over, must be mended. A goal
that an amendment makes smaller is registered, and counts for the light once the working group has granted it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM setting WHERE key = 'summaries_brought_to'")
    op.execute("UPDATE upload_finding SET grade = 'a' WHERE grade IN ('b', 'c')")
    op.add_column("progress_update", sa.Column("confirmed", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column(
        "plan_revision",
        sa.Column("reductions_granted", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _register_reductions()


def _register_reductions() -> None:
    """The register is emptied, and `init` fills it with what was made smaller as well."""
    op.execute("DELETE FROM date_move")
    known = op.f("ck_date_move_kind_is_known")
    with op.batch_alter_table("date_move") as batch:
        batch.drop_constraint(known, type_="check")
        batch.create_check_constraint(
            known, "kind IN ('due', 'start', 'milestone', 'target', 'lowered', 'dropped')"
        )
        for name, kind in (("from_on", sa.Date()), ("to_on", sa.Date()), ("days", sa.Integer())):
            batch.alter_column(name, existing_type=kind, nullable=True)
        batch.create_check_constraint(
            op.f("ck_date_move_has_days"), "(kind IN ('lowered', 'dropped')) = (days IS NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_date_move_has_both_dates"),
            "(days IS NULL) = (from_on IS NULL) AND (days IS NULL) = (to_on IS NULL)",
        )
