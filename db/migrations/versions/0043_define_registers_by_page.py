"""Let registers and their fields begin on a day, be answered by yes or no, and feed rates."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

KINDS = (
    *("text", "long_text", "partner", "link", "day", "number", "amount", "choice", "yes_no", "countries"),
    *("unit", "officer"),
)


def upgrade() -> None:
    op.add_column("register", sa.Column("starts_on", sa.Date(), nullable=True))
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    with op.batch_alter_table("register_field") as table:
        table.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("denominator_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_register_field_denominator_id_register_field"),
            "register_field",
            ["denominator_id"],
            ["id"],
        )
        table.drop_constraint(op.f("ck_register_field_kind_is_known"), type_="check")
        table.create_check_constraint(op.f("ck_register_field_kind_is_known"), f"kind IN ({kinds})")
