"""Let an authority above check plans and updates before the working group has them.

What is with the working group already stays there. Let an indicator say also how its value follows from level to level; every
value is entered until somebody says otherwise.
"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

WORDS = {
    "plan_revision": "'draft', 'handed_over', 'signed_off', 'checking', 'submitted', 'returned', 'filed'",
    "progress_update": "'draft', 'handed_over', 'signed_off', 'checking', 'submitted', 'returned', 'accepted'",
}
OPEN = sa.text("status IN ('draft', 'handed_over', 'signed_off', 'checking', 'submitted')")
IN_HANDS = sa.text("status <> 'accepted' AND NOT followed")


def upgrade() -> None:
    op.drop_index("one_open_revision_a_plan", "plan_revision")
    op.drop_index("update_in_hands", "progress_update")
    for table, words in WORDS.items():
        _let_be_checked(table, words)
    op.create_index(
        "one_open_revision_a_plan",
        "plan_revision",
        ["plan_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index(
        "update_in_hands",
        "progress_update",
        [
            *("status", "version", "task_id", "period_id"),
            *("sign_off_requested_at", "signed_off_at", "submitted_at", "returned_at"),
            *("received_at", "checker_id"),
        ],
        sqlite_where=IN_HANDS,
        postgresql_where=IN_HANDS,
    )
    _keep_passings()
    _say_how_values_are_made()


def _let_be_checked(table: str, words: str) -> None:
    known = op.f(f"ck_{table}_status_is_known")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(known, type_="check")
        batch.create_check_constraint(known, f"status IN ({words})")
        batch.add_column(sa.Column("checker_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("received_at", sa.DateTime(), nullable=True))
        batch.create_foreign_key(
            op.f(f"fk_{table}_checker_id_authority"), "authority", ["checker_id"], ["id"]
        )
        batch.create_check_constraint(
            op.f(f"ck_{table}_checked_by_somebody"),
            "(status <> 'checking' OR checker_id IS NOT NULL)"
            " AND (checker_id IS NULL OR received_at IS NOT NULL)",
        )


def _keep_passings() -> None:
    keys = {
        "plan_revision_id": "plan_revision",
        "update_id": "progress_update",
        "authority_id": "authority",
        "passed_by_id": "officer",
    }
    op.create_table(
        "passing_on",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_revision_id", sa.Integer(), nullable=True),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False),
        sa.Column("passed_at", sa.DateTime(), nullable=False),
        sa.Column("passed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(plan_revision_id IS NULL) <> (update_id IS NULL)", name=op.f("ck_passing_on_passes_one_thing")
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_passing_on_{name}_{table}"))
            for name, table in keys.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passing_on")),
    )
    for name in ("plan_revision_id", "update_id"):
        op.create_index(op.f(f"ix_passing_on_{name}"), "passing_on", [name])


def _say_how_values_are_made() -> None:
    making = sa.String(length=40)
    op.add_column("indicator", sa.Column("making", making, nullable=False, server_default="entered"))
    with op.batch_alter_table("indicator") as batch:
        batch.alter_column("making", existing_type=making, existing_nullable=False, server_default=None)
        batch.create_check_constraint(
            op.f("ck_indicator_making_is_known"),
            "making IN ('entered', 'summed', 'averaged', 'taken_over')",
        )
