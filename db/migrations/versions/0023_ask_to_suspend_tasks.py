"""Let an authority ask to suspend a task and to resume it, as it asks for a later due date."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('draft', 'requested')")
KINDS = "'task', 'returned', 'draft', 'sign_off', 'to_submit', 'request', 'slip'"
ASKED = (
    "id, task_id, due_on, requested_due_on, reason, progress, status, written_at, written_by_id, requested_at,"
    " signed_off_by_id, withdrawn_at, granted_due_on, ruled_at, ruled_by_id, ruling"
)
MOVED = "id, task_id, kind, part, from_on, to_on, days, moved_at, plan_revision_id"


def upgrade() -> None:
    """A check cannot be changed in place on SQLite: requests and moves go through copies of their tables.

    Every request there was asked for a later due date.
    """
    op.execute("CREATE TABLE date_move_before AS SELECT * FROM date_move")
    op.drop_table("date_move")
    _create_task_request()
    op.execute(f"INSERT INTO task_request ({ASKED}, kind) SELECT {ASKED}, 'extension' FROM extension")
    op.drop_table("extension")
    _create_date_move()
    op.execute(
        f"INSERT INTO date_move ({MOVED}, request_id) SELECT {MOVED}, extension_id FROM date_move_before"
    )
    op.drop_table("date_move_before")
    if op.get_bind().dialect.name == "postgresql":
        for table in ("task_request", "date_move"):
            op.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), coalesce(max(id), 0) + 1, false)"
                f" FROM {table}"
            )
    _rename_handed_over()


def _rename_handed_over() -> None:
    """What handovers list as an extension is a request, of whichever kind."""
    check = op.f("ck_handover_item_kind_is_known")
    with op.batch_alter_table("handover_item") as table:
        table.drop_constraint(check, type_="check")
    op.execute("UPDATE handover_item SET kind = 'request' WHERE kind = 'extension'")
    with op.batch_alter_table("handover_item") as table:
        table.create_check_constraint(check, f"kind IN ({KINDS})")


def _create_task_request() -> None:
    officers = ("written_by_id", "signed_off_by_id", "ruled_by_id")
    op.create_table(
        "task_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("requested_due_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("progress", sa.String(length=1000), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(), nullable=True),
        sa.Column("signed_off_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("granted_due_on", sa.Date(), nullable=True),
        sa.Column("ruled_at", sa.DateTime(), nullable=True),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.Column("ruling", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "kind IN ('extension', 'suspension', 'resumption')", name=op.f("ck_task_request_kind_is_known")
        ),
        sa.CheckConstraint(
            "(kind IN ('suspension', 'resumption')) = (due_on IS NULL) AND (due_on IS NULL) = (requested_due_on IS NULL)",
            name=op.f("ck_task_request_extension_has_its_days"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'requested', 'granted', 'refused', 'withdrawn')",
            name=op.f("ck_task_request_status_is_known"),
        ),
        sa.CheckConstraint("requested_due_on > due_on", name=op.f("ck_task_request_asks_for_a_later_day")),
        sa.CheckConstraint(
            "(status = 'granted' AND kind = 'extension') = (granted_due_on IS NOT NULL)",
            name=op.f("ck_task_request_granted_has_its_date"),
        ),
        sa.CheckConstraint(
            "granted_due_on IS NULL OR (granted_due_on > due_on AND granted_due_on <= requested_due_on)",
            name=op.f("ck_task_request_granted_within_request"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'withdrawn') OR requested_at IS NOT NULL",
            name=op.f("ck_task_request_requested_has_its_instant"),
        ),
        sa.CheckConstraint(
            "(status IN ('granted', 'refused')) = (ruled_at IS NOT NULL)",
            name=op.f("ck_task_request_ruled_has_its_instant"),
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_request_task_id_task")),
        *(
            sa.ForeignKeyConstraint([name], ["officer.id"], name=op.f(f"fk_task_request_{name}_officer"))
            for name in officers
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_request")),
    )
    op.create_index(op.f("ix_task_request_task_id"), "task_request", ["task_id"], unique=False)
    op.create_index("request_by_status", "task_request", ["status", "ruled_at"], unique=False)
    op.create_index(
        "one_open_request_a_task",
        "task_request",
        ["task_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _create_date_move() -> None:
    op.create_table(
        "date_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(), nullable=False),
        sa.Column("plan_revision_id", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('due', 'start', 'milestone', 'target')", name=op.f("ck_date_move_kind_is_known")
        ),
        sa.CheckConstraint("to_on <> from_on", name=op.f("ck_date_move_moves_a_date")),
        sa.CheckConstraint(
            "(plan_revision_id IS NULL) <> (request_id IS NULL)", name=op.f("ck_date_move_has_one_cause")
        ),
        sa.CheckConstraint(
            "request_id IS NULL OR kind = 'due'", name=op.f("ck_date_move_request_moves_the_due_date")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_date_move_task_id_task")),
        sa.ForeignKeyConstraint(
            ["plan_revision_id"],
            ["plan_revision.id"],
            name=op.f("fk_date_move_plan_revision_id_plan_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["task_request.id"], name=op.f("fk_date_move_request_id_task_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_move")),
    )
    op.create_index("date_move_of_task", "date_move", ["task_id", "moved_at"], unique=False)
    op.create_index(op.f("ix_date_move_plan_revision_id"), "date_move", ["plan_revision_id"], unique=False)
    op.create_index(op.f("ix_date_move_request_id"), "date_move", ["request_id"], unique=False)
