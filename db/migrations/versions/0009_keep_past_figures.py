"""Keep figures as they were published and as they were known on past days."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COUNTS = ("reported", "accepted", "suspended", "red", "amber", "green", "blue", "grey")


def upgrade() -> None:
    op.create_table("published_cell", *_figures("published_cell"), _key("published_cell"))
    op.create_table(
        "past_day",
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_past_day_notice_id_notice")),
        sa.PrimaryKeyConstraint("known_on", "notice_id", "year", name=op.f("pk_past_day")),
    )
    op.create_table(
        "past_cell",
        *_figures("past_cell"),
        sa.Column("known_on", sa.Date(), nullable=False),
        _key("past_cell", "known_on"),
    )


def _figures(table: str) -> list[sa.schema.SchemaItem]:
    """What a cell is made of; a column belongs to one table, so they are made anew for each."""
    keys = {"period_id": "reporting_period", "unit_id": "authority", "measure_id": "measure"}
    return [
        *(sa.Column(name, sa.Integer(), nullable=False) for name in keys),
        sa.Column("as_of_on", sa.Date(), nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("weight_tenths", "done", "expected")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in COUNTS),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_{other}"))
            for name, other in keys.items()
        ),
    ]


def _key(table: str, *before: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*before, "period_id", "unit_id", "measure_id", name=op.f(f"pk_{table}"))
