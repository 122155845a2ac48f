"""Let registers and their fields begin on a day, be answered by yes or no, carry files, and feed rates."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

KINDS = (
    *("text", "long_text", "partner", "link", "day", "number", "amount", "choice", "yes_no", "countries"),
    *("unit", "officer", "files"),
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
    _create_files()


def _create_files() -> None:
    op.create_table(
        "register_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("body IN ('miit', 'ccpit')", name=op.f("ck_register_file_body_is_known")),
        sa.CheckConstraint(
            "(authority_id IS NULL) <> (body IS NULL)", name=op.f("ck_register_file_has_one_keeper")
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_register_file_file_not_empty")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_register_file_{column}_{table}")
            )
            for column, table in (
                ("register_id", "register"),
                ("authority_id", "authority"),
                ("uploaded_by_id", "officer"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_file")),
    )
    op.create_index(op.f("ix_register_file_register_id"), "register_file", ["register_id"])
