"""Give indicators kinds and levels, actuals the parts of a rate, and tasks what they say of an indicator besides its targets.

What was there counts on as it did: a thing counted, or money where its unit says so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

KINDS = "'count', 'amount', 'rate', 'yes_no'"
CURRENCIES = "'CNY', 'USD', 'EUR', 'GBP', 'HKD', 'JPY', 'RUB'"
LEVELS = "'activity', 'output', 'outcome'"


def upgrade() -> None:
    _give_kinds()
    _give_parts()
    op.create_table(
        "indicator_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.CheckConstraint(f"level IN ({LEVELS})", name=op.f("ck_indicator_level_level_is_known")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_level_indicator_id_indicator")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_level")),
        sa.UniqueConstraint("indicator_id", "from_on", name=op.f("uq_indicator_level_indicator_id_from_on")),
    )
    op.create_table(
        "indicator_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_revision_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=True),
        sa.Column("exempt_because", sa.String(length=300), nullable=False),
        sa.CheckConstraint(
            "(baseline IS NULL) = (length(exempt_because) > 0)", name=op.f("ck_indicator_term_says_one_thing")
        ),
        sa.CheckConstraint("baseline >= 0", name=op.f("ck_indicator_term_baseline_not_negative")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_term_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["task_revision_id"],
            ["task_revision.id"],
            name=op.f("fk_indicator_term_task_revision_id_task_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_term")),
        sa.UniqueConstraint(
            "task_revision_id", "indicator_id", name=op.f("uq_indicator_term_task_revision_id_indicator_id")
        ),
    )


def _give_kinds() -> None:
    kind = sa.String(length=40)
    op.add_column("indicator", sa.Column("kind", kind, nullable=False, server_default="count"))
    op.add_column("indicator", sa.Column("currency", kind, nullable=True))
    op.execute(
        "UPDATE indicator SET kind = 'amount', currency = 'USD' WHERE unit IN ('美元', '万美元', '亿美元')"
    )
    op.execute("UPDATE indicator SET kind = 'amount', currency = 'CNY' WHERE unit IN ('元', '万元', '亿元')")
    with op.batch_alter_table("indicator") as batch:
        batch.alter_column("kind", existing_type=kind, existing_nullable=False, server_default=None)
        batch.create_check_constraint(op.f("ck_indicator_kind_is_known"), f"kind IN ({KINDS})")
        batch.create_check_constraint(op.f("ck_indicator_currency_is_known"), f"currency IN ({CURRENCIES})")
        batch.create_check_constraint(
            op.f("ck_indicator_only_amounts_have_a_currency"), "(kind = 'amount') = (currency IS NOT NULL)"
        )


def _give_parts() -> None:
    for name in ("numerator", "denominator"):
        op.add_column("indicator_actual", sa.Column(name, sa.BigInteger(), nullable=True))
    with op.batch_alter_table("indicator_actual") as batch:
        batch.create_check_constraint(
            op.f("ck_indicator_actual_rate_has_both_parts"), "(numerator IS NULL) = (denominator IS NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_indicator_actual_parts_not_negative"), "numerator >= 0 AND denominator >= 0"
        )
