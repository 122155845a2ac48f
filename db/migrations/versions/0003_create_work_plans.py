"""Create work plans."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_work_plan_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_work_plan_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_plan")),
        sa.UniqueConstraint(
            "notice_id", "authority_id", "year", name=op.f("uq_work_plan_notice_id_authority_id_year")
        ),
    )
    op.create_index(op.f("ix_work_plan_authority_id"), "work_plan", ["authority_id"], unique=False)
    op.create_table(
        "plan_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("goals", sa.String(length=2000), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("sign_off_requested_at", sa.DateTime(), nullable=True),
        sa.Column("signed_off_at", sa.DateTime(), nullable=True),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=True),
        sa.Column("filed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(status = 'filed') = (filed_at IS NOT NULL)", name=op.f("ck_plan_revision_filed_has_its_instant")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'signed_off', 'submitted', 'returned', 'filed')",
            name=op.f("ck_plan_revision_status_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["officer.id"], name=op.f("fk_plan_revision_created_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["work_plan.id"], name=op.f("fk_plan_revision_plan_id_work_plan")
        ),
        sa.ForeignKeyConstraint(
            ["signed_off_by_id"], ["officer.id"], name=op.f("fk_plan_revision_signed_off_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_revision")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_revision_plan_id_number")),
    )
    op.create_index(
        "one_open_revision_a_plan",
        "plan_revision",
        ["plan_id"],
        unique=True,
        sqlite_where=sa.text("status IN ('draft', 'signed_off', 'submitted')"),
        postgresql_where=sa.text("status IN ('draft', 'signed_off', 'submitted')"),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("baseline_revision_id", sa.Integer(), nullable=True),
        sa.Column("weight_tenths", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("baseline_due_on", sa.Date(), nullable=True),
        sa.Column("amber_on", sa.Date(), nullable=True),
        sa.Column("red_on", sa.Date(), nullable=True),
        sa.Column("latest_permille", sa.Integer(), nullable=False),
        sa.Column("latest_update_id", sa.Integer(), nullable=True),
        sa.Column("latest_period_id", sa.Integer(), nullable=True),
        sa.Column("last_reported_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "status IN ('not_started', 'in_progress', 'completion_requested', 'completed', 'suspended')",
            name=op.f("ck_task_status_is_known"),
        ),
        sa.CheckConstraint("latest_permille >= 0", name=op.f("ck_task_completion_not_negative")),
        sa.CheckConstraint("weight_tenths > 0 OR NOT in_force", name=op.f("ck_task_weight_positive")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_task_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_task_measure_id_measure")),
        sa.ForeignKeyConstraint(["plan_id"], ["work_plan.id"], name=op.f("fk_task_plan_id_work_plan")),
        sa.ForeignKeyConstraint(["unit_id"], ["authority.id"], name=op.f("fk_task_unit_id_authority")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_task_plan_id_number")),
    )
    op.create_index(op.f("ix_task_authority_id"), "task", ["authority_id"], unique=False)
    op.create_index(op.f("ix_task_measure_id"), "task", ["measure_id"], unique=False)
    op.create_index(
        "task_of_cell",
        "task",
        [
            "unit_id",
            "year",
            "measure_id",
            "in_force",
            "status",
            "weight_tenths",
            "latest_permille",
            "starts_on",
            "due_on",
            "amber_on",
            "red_on",
        ],
        unique=False,
    )
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("requested_due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("progress", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_due_on", sa.Date(), nullable=True),
        sa.Column("ruled_at", sa.DateTime(), nullable=True),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.Column("ruling", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "(status = 'granted') = (granted_due_on IS NOT NULL)",
            name=op.f("ck_extension_granted_has_its_date"),
        ),
        sa.CheckConstraint(
            "status IN ('requested', 'granted', 'refused')", name=op.f("ck_extension_status_is_known")
        ),
        sa.CheckConstraint("requested_due_on > due_on", name=op.f("ck_extension_asks_for_a_later_day")),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["officer.id"], name=op.f("fk_extension_requested_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["ruled_by_id"], ["officer.id"], name=op.f("fk_extension_ruled_by_id_officer")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_extension_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_task_id"), "extension", ["task_id"], unique=False)
    op.create_table(
        "task_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_revision_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("measure_action_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("goal", sa.String(length=500), nullable=False),
        sa.Column("weight_tenths", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("post_id", sa.Integer(), nullable=True),
        sa.Column("lead_unit", sa.String(length=100), nullable=False),
        sa.Column("supporting_units", sa.String(length=300), nullable=False),
        sa.Column("supervising_leader", sa.String(length=40), nullable=False),
        sa.Column("liaison", sa.String(length=40), nullable=False),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint("due_on >= starts_on", name=op.f("ck_task_revision_due_after_start")),
        sa.CheckConstraint("weight_tenths > 0", name=op.f("ck_task_revision_weight_positive")),
        sa.ForeignKeyConstraint(
            ["measure_action_id"],
            ["measure_action.id"],
            name=op.f("fk_task_revision_measure_action_id_measure_action"),
        ),
        sa.ForeignKeyConstraint(
            ["plan_revision_id"],
            ["plan_revision.id"],
            name=op.f("fk_task_revision_plan_revision_id_plan_revision"),
        ),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name=op.f("fk_task_revision_post_id_post")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_revision_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_revision")),
        sa.UniqueConstraint(
            "plan_revision_id", "task_id", name=op.f("uq_task_revision_plan_revision_id_task_id")
        ),
    )
    op.create_index(op.f("ix_task_revision_post_id"), "task_revision", ["post_id"], unique=False)
    op.create_index(op.f("ix_task_revision_task_id"), "task_revision", ["task_id"], unique=False)
    op.create_table(
        "task_status_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "status IN ('not_started', 'in_progress', 'completion_requested', 'completed', 'suspended')",
            name=op.f("ck_task_status_change_status_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["officer.id"], name=op.f("fk_task_status_change_changed_by_id_officer")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_status_change_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_status_change")),
    )
    op.create_index(op.f("ix_task_status_change_task_id"), "task_status_change", ["task_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_revision_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("share_permille", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "share_permille > 0 AND share_permille <= 1000", name=op.f("ck_milestone_share_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["task_revision_id"],
            ["task_revision.id"],
            name=op.f("fk_milestone_task_revision_id_task_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("task_revision_id", "number", name=op.f("uq_milestone_task_revision_id_number")),
    )
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_revision_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value > 0", name=op.f("ck_target_target_positive")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_target_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["task_revision_id"], ["task_revision.id"], name=op.f("fk_target_task_revision_id_task_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "task_revision_id",
            "indicator_id",
            "due_on",
            name=op.f("uq_target_task_revision_id_indicator_id_due_on"),
        ),
    )
