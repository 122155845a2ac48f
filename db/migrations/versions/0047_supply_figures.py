"""Keep figures that the working group supplies for an authority, with what is said against them."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

STATUSES = "'supplied', 'agreed', 'contested', 'kept', 'replaced', 'withdrawn'"
STANDS = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "supplied_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("numerator", sa.BigInteger(), nullable=True),
        sa.Column("denominator", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("supplied_at", sa.DateTime(), nullable=False),
        sa.Column("supplied_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("proof_name", sa.String(length=120), nullable=False),
        sa.Column("proof_type", sa.String(length=100), nullable=False),
        sa.Column("proof_sha256", sa.String(length=64), nullable=False),
        sa.Column("contested_at", sa.DateTime(), nullable=True),
        sa.Column("contested_by_id", sa.Integer(), nullable=True),
        sa.Column("ruling", sa.String(length=500), nullable=False),
        sa.Column("ruled_at", sa.DateTime(), nullable=True),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(f"status IN ({STATUSES})", name=op.f("ck_supplied_figure_status_is_known")),
        *_checks(),
        *_references(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplied_figure")),
    )
    op.create_index("ix_supplied_figure_authority_id", "supplied_figure", ["authority_id"])
    op.create_index("supplied_by_status", "supplied_figure", ["status"])
    op.create_index(
        "one_standing_figure",
        "supplied_figure",
        ["indicator_id", "authority_id", "period_id"],
        unique=True,
        sqlite_where=STANDS,
        postgresql_where=STANDS,
    )


def _checks() -> list[sa.CheckConstraint]:
    rules = {
        "figure_not_negative": "value >= 0",
        "rate_has_both_parts": "(numerator IS NULL) = (denominator IS NULL)",
        "parts_not_negative": "numerator >= 0 AND denominator >= 0",
        "ended_has_its_instant": "(status IN ('replaced', 'withdrawn')) = (ended_at IS NOT NULL)",
        "contest_has_its_reason": "(contested_at IS NULL) = (length(reason) = 0)",
        "ruling_has_its_words": "status NOT IN ('kept', 'replaced', 'withdrawn') OR length(ruling) > 0",
    }
    return [sa.CheckConstraint(rule, name=op.f(f"ck_supplied_figure_{name}")) for name, rule in rules.items()]


def _references() -> list[sa.ForeignKeyConstraint]:
    named = {
        "indicator_id": "indicator",
        "authority_id": "authority",
        "period_id": "reporting_period",
        "supplied_by_id": "officer",
        "contested_by_id": "officer",
        "ruled_by_id": "officer",
    }
    return [
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_supplied_figure_{column}_{table}"))
        for column, table in named.items()
    ]
