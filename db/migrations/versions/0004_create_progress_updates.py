"""Create progress updates."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reporting_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.String(length=10), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("frozen_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('upcoming', 'open', 'closed', 'frozen')",
            name=op.f("ck_reporting_period_status_is_known"),
        ),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_reporting_period_closes_after_open")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_reporting_period_ends_after_start")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_reporting_period_notice_id_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reporting_period")),
        sa.UniqueConstraint(
            "notice_id", "year", "number", name=op.f("uq_reporting_period_notice_id_year_number")
        ),
    )
    op.create_table(
        "progress_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("completion_permille", sa.Integer(), nullable=False),
        sa.Column("no_change", sa.Boolean(), nullable=False),
        sa.Column("completion_requested", sa.Boolean(), nullable=False),
        sa.Column("progress", sa.String(length=2000), nullable=False),
        sa.Column("difficulties", sa.String(length=1000), nullable=False),
        sa.Column("next_steps", sa.String(length=1000), nullable=False),
        sa.Column("explanation", sa.String(length=1000), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("sign_off_requested_at", sa.DateTime(), nullable=True),
        sa.Column("signed_off_at", sa.DateTime(), nullable=True),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("returned_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(status = 'returned') = (returned_at IS NOT NULL)",
            name=op.f("ck_progress_update_returned_has_its_instant"),
        ),
        sa.CheckConstraint(
            "status <> 'accepted' OR accepted_at IS NOT NULL",
            name=op.f("ck_progress_update_accepted_has_its_instant"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'signed_off', 'submitted', 'returned', 'accepted')",
            name=op.f("ck_progress_update_status_is_known"),
        ),
        sa.CheckConstraint(
            "completion_permille >= 0", name=op.f("ck_progress_update_completion_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_progress_update_period_id_reporting_period")
        ),
        sa.ForeignKeyConstraint(
            ["signed_off_by_id"], ["officer.id"], name=op.f("fk_progress_update_signed_off_by_id_officer")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_progress_update_task_id_task")),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["officer.id"], name=op.f("fk_progress_update_written_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_update")),
        sa.UniqueConstraint(
            "task_id", "period_id", "version", name=op.f("uq_progress_update_task_id_period_id_version")
        ),
    )
    op.create_index(op.f("ix_progress_update_period_id"), "progress_update", ["period_id"], unique=False)
    op.create_index(
        "one_open_update_a_task_and_period",
        "progress_update",
        ["task_id", "period_id"],
        unique=True,
        sqlite_where=sa.text("status <> 'returned'"),
        postgresql_where=sa.text("status <> 'returned'"),
    )
    op.create_index("update_by_status", "progress_update", ["status", "submitted_at"], unique=False)
    op.create_table(
        "urging_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("demand", sa.String(length=1000), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("level IN ('blue', 'orange', 'red')", name=op.f("ck_urging_slip_level_is_known")),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["officer.id"], name=op.f("fk_urging_slip_acknowledged_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["officer.id"], name=op.f("fk_urging_slip_issued_by_id_officer")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_urging_slip_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_urging_slip")),
        sa.UniqueConstraint("task_id", "level", name=op.f("uq_urging_slip_task_id_level")),
    )
    op.create_index(op.f("ix_urging_slip_task_id"), "urging_slip", ["task_id"], unique=False)
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_file_file_not_empty")),
        sa.ForeignKeyConstraint(
            ["update_id"], ["progress_update.id"], name=op.f("fk_evidence_file_update_id_progress_update")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["officer.id"], name=op.f("fk_evidence_file_uploaded_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    op.create_index(op.f("ix_evidence_file_update_id"), "evidence_file", ["update_id"], unique=False)
    op.create_table(
        "indicator_actual",
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_indicator_actual_actual_not_negative")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_actual_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["progress_update.id"], name=op.f("fk_indicator_actual_update_id_progress_update")
        ),
        sa.PrimaryKeyConstraint("update_id", "indicator_id", name=op.f("pk_indicator_actual")),
    )
    op.create_table(
        "milestone_reached",
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("milestone_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["update_id"], ["progress_update.id"], name=op.f("fk_milestone_reached_update_id_progress_update")
        ),
        sa.PrimaryKeyConstraint("update_id", "milestone_number", name=op.f("pk_milestone_reached")),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_revision_id", sa.Integer(), nullable=True),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(), nullable=False),
        sa.Column("reviewed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "decision IN ('filed', 'accepted') OR length(reason) > 0", name=op.f("ck_review_reason_given")
        ),
        sa.CheckConstraint(
            "decision IN ('filed', 'accepted', 'returned', 'reopened')",
            name=op.f("ck_review_decision_is_known"),
        ),
        sa.CheckConstraint(
            "(plan_revision_id IS NULL) <> (update_id IS NULL)", name=op.f("ck_review_reviews_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["plan_revision_id"], ["plan_revision.id"], name=op.f("fk_review_plan_revision_id_plan_revision")
        ),
        sa.ForeignKeyConstraint(
            ["reviewed_by_id"], ["officer.id"], name=op.f("fk_review_reviewed_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["update_id"], ["progress_update.id"], name=op.f("fk_review_update_id_progress_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_plan_revision_id"), "review", ["plan_revision_id"], unique=False)
    op.create_index(op.f("ix_review_update_id"), "review", ["update_id"], unique=False)
