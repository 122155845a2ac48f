"""Let an urging slip be answered, met, withdrawn and followed by the next level, and raise difficulties."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATUSES = "'issued', 'acknowledged', 'answered', 'met', 'withdrawn', 'escalated'"
OPEN_SLIP = sa.text("status IN ('issued', 'acknowledged', 'answered')")
OPEN_DIFFICULTY = sa.text("status <> 'closed'")


def upgrade() -> None:
    _extend_slips()
    _tell_what_became_of_older_slips()
    _keep_the_rules_of_slips()
    _create_difficulties()


def _extend_slips() -> None:
    with op.batch_alter_table("urging_slip") as table:
        table.drop_constraint(op.f("uq_urging_slip_task_id_level"), type_="unique")
        table.add_column(sa.Column("status", sa.String(length=40), nullable=False, server_default="issued"))
        table.add_column(sa.Column("ground", sa.String(length=40), nullable=False, server_default="behind"))
        for words, name in (("answer", "answered"), ("closing", "closed")):
            table.add_column(sa.Column(words, sa.String(length=1000), nullable=False, server_default=""))
            table.add_column(sa.Column(f"{name}_at", sa.DateTime(), nullable=True))
            table.add_column(sa.Column(f"{name}_by_id", sa.Integer(), nullable=True))
            table.create_foreign_key(
                op.f(f"fk_urging_slip_{name}_by_id_officer"), "officer", [f"{name}_by_id"], ["id"]
            )


def _tell_what_became_of_older_slips() -> None:
    """A slip that another one followed was escalated by it; of the others it is known whether it was signed for."""
    op.execute("UPDATE urging_slip SET status = 'acknowledged' WHERE acknowledged_at IS NOT NULL")
    later = (
        "FROM urging_slip AS later WHERE later.task_id = urging_slip.task_id AND later.id > urging_slip.id"
    )
    op.execute(
        f"UPDATE urging_slip SET status = 'escalated', closed_at = (SELECT min(later.issued_at) {later})"
        f" WHERE EXISTS (SELECT 1 {later})"
    )


def _keep_the_rules_of_slips() -> None:
    with op.batch_alter_table("urging_slip") as table:
        for column in ("status", "ground", "answer", "closing"):
            table.alter_column(column, server_default=None)
        table.create_check_constraint(op.f("ck_urging_slip_status_is_known"), f"status IN ({STATUSES})")
        table.create_check_constraint(
            op.f("ck_urging_slip_ground_is_known"), "ground IN ('overdue', 'behind', 'silent')"
        )
        table.create_check_constraint(
            op.f("ck_urging_slip_acknowledged_has_its_instant"),
            "status NOT IN ('acknowledged', 'answered') OR acknowledged_at IS NOT NULL",
        )
        table.create_check_constraint(
            op.f("ck_urging_slip_answered_has_its_words"), "(answered_at IS NULL) = (answer = '')"
        )
        table.create_check_constraint(
            op.f("ck_urging_slip_answered_has_its_instant"), "status <> 'answered' OR answered_at IS NOT NULL"
        )
        table.create_check_constraint(
            op.f("ck_urging_slip_closed_has_its_instant"),
            "(status IN ('met', 'withdrawn', 'escalated')) = (closed_at IS NOT NULL)",
        )
        table.create_check_constraint(
            op.f("ck_urging_slip_withdrawn_has_its_reason"), "status <> 'withdrawn' OR length(closing) > 0"
        )
    op.create_index(
        "one_open_slip_a_task",
        "urging_slip",
        ["task_id"],
        unique=True,
        sqlite_where=OPEN_SLIP,
        postgresql_where=OPEN_SLIP,
    )
    op.create_index("slip_by_status", "urging_slip", ["status", "answer_by"], unique=False)


def _create_difficulties() -> None:
    op.create_table(
        "difficulty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("raised_at", sa.DateTime(), nullable=False),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "status IN ('raised', 'assigned', 'answered', 'closed')",
            name=op.f("ck_difficulty_status_is_known"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('assigned', 'answered') OR handler_id IS NOT NULL",
            name=op.f("ck_difficulty_handled_by_somebody"),
        ),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_difficulty_closed_has_its_instant")
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["officer.id"], name=op.f("fk_difficulty_handler_id_officer")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_difficulty_task_id_task")),
        sa.ForeignKeyConstraint(
            ["update_id"], ["progress_update.id"], name=op.f("fk_difficulty_update_id_progress_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difficulty")),
        sa.UniqueConstraint("update_id", name=op.f("uq_difficulty_update_id")),
    )
    op.create_index(op.f("ix_difficulty_task_id"), "difficulty", ["task_id"], unique=False)
    op.create_index(op.f("ix_difficulty_handler_id"), "difficulty", ["handler_id"], unique=False)
    op.create_index("difficulty_by_status", "difficulty", ["status", "raised_at"], unique=False)
    op.create_index(
        "one_open_difficulty_a_task",
        "difficulty",
        ["task_id"],
        unique=True,
        sqlite_where=OPEN_DIFFICULTY,
        postgresql_where=OPEN_DIFFICULTY,
    )
    op.create_table(
        "difficulty_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("difficulty_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("happened_at", sa.DateTime(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("handler_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "step IN ('raised', 'assigned', 'answered', 'confirmed', 'closed', 'reopened')",
            name=op.f("ck_difficulty_event_step_is_known"),
        ),
        sa.CheckConstraint(
            "step NOT IN ('answered', 'closed', 'reopened') OR length(words) > 0",
            name=op.f("ck_difficulty_event_words_given"),
        ),
        sa.CheckConstraint(
            "(step = 'assigned') = (handler_id IS NOT NULL)",
            name=op.f("ck_difficulty_event_assigned_to_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["difficulty_id"], ["difficulty.id"], name=op.f("fk_difficulty_event_difficulty_id_difficulty")
        ),
        sa.ForeignKeyConstraint(
            ["handler_id"], ["officer.id"], name=op.f("fk_difficulty_event_handler_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_difficulty_event_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difficulty_event")),
    )
    op.create_index(
        op.f("ix_difficulty_event_difficulty_id"), "difficulty_event", ["difficulty_id"], unique=False
    )
