"""Make what lies with the signatory a state of its own, told until now by a draft's instant."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

WORDS = {
    "plan_revision": "'draft', 'handed_over', 'signed_off', 'submitted', 'returned', 'filed'",
    "progress_update": "'draft', 'handed_over', 'signed_off', 'submitted', 'returned', 'accepted'",
}
OPEN = sa.text("status IN ('draft', 'handed_over', 'signed_off', 'submitted')")


def upgrade() -> None:
    op.drop_index("one_open_revision_a_plan", "plan_revision")
    for table, words in WORDS.items():
        known = op.f(f"ck_{table}_status_is_known")
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(known, type_="check")
            batch.create_check_constraint(known, f"status IN ({words})")
        op.execute(
            f"UPDATE {table} SET status = 'handed_over'"
            " WHERE status = 'draft' AND sign_off_requested_at IS NOT NULL"
        )
        with op.batch_alter_table(table) as batch:
            batch.create_check_constraint(
                op.f(f"ck_{table}_handed_over_has_its_instant"),
                "status NOT IN ('draft', 'handed_over')"
                " OR (status = 'handed_over') = (sign_off_requested_at IS NOT NULL)",
            )
    op.create_index(
        "one_open_revision_a_plan",
        "plan_revision",
        ["plan_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
