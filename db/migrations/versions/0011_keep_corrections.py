"""Keep corrections to published figures."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('draft', 'requested')")


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("published_permille", sa.Integer(), nullable=False),
        sa.Column("corrected_permille", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(), nullable=True),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("ruled_at", sa.DateTime(), nullable=True),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.Column("ruling", sa.String(length=1000), nullable=False),
        sa.Column("corrected_update_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'requested', 'approved', 'refused', 'withdrawn')",
            name=op.f("ck_correction_status_is_known"),
        ),
        sa.CheckConstraint(
            "(status = 'approved') = (corrected_update_id IS NOT NULL)",
            name=op.f("ck_correction_approved_has_its_update"),
        ),
        sa.CheckConstraint("length(reason) > 0", name=op.f("ck_correction_reason_given")),
        *(
            sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_correction_{name}_{other}"))
            for name, other in (
                ("update_id", "progress_update"),
                ("written_by_id", "officer"),
                ("signed_off_by_id", "officer"),
                ("ruled_by_id", "officer"),
                ("corrected_update_id", "progress_update"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_update_id"), "correction", ["update_id"])
    op.create_index(
        "one_open_correction_an_update",
        "correction",
        ["update_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    # A review may now say that what it rules on was corrected.
    with op.batch_alter_table("review") as review:
        review.drop_constraint(op.f("ck_review_decision_is_known"), type_="check")
        review.create_check_constraint(
            op.f("ck_review_decision_is_known"),
            "decision IN ('filed', 'accepted', 'returned', 'reopened', 'corrected')",
        )
