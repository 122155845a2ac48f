"""Keep corrections and withdrawals of the registers as versions."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("coordination_mechanism", "cooperation_mechanism", "publicity_item"):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("withdrawn_at", sa.DateTime(), nullable=True))
            batch.add_column(sa.Column("withdrawn_by_id", sa.Integer(), nullable=True))
            # What was there before is not withdrawn: the server fills in no reason.
            batch.add_column(
                sa.Column("withdrawal_reason", sa.String(length=500), nullable=False, server_default="")
            )
            batch.add_column(sa.Column("corrects_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_withdrawn_by_id_officer"), "officer", ["withdrawn_by_id"], ["id"]
            )
            batch.create_foreign_key(op.f(f"fk_{table}_corrects_id_{table}"), table, ["corrects_id"], ["id"])
            batch.create_unique_constraint(op.f(f"uq_{table}_corrects_id"), ["corrects_id"])
            batch.create_check_constraint(
                op.f(f"ck_{table}_withdrawn_has_its_reason"),
                "(withdrawn_at IS NULL) = (length(withdrawal_reason) = 0)",
            )
