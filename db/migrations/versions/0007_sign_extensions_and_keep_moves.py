"""Let a signatory send extensions off, and keep every move of a date."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('draft', 'requested')")


def upgrade() -> None:
    """A check cannot be changed in place on SQLite: the requests move through a copy of their table."""
    op.execute("CREATE TABLE extension_before AS SELECT * FROM extension")
    op.drop_table("extension")
    _create_extension()
    kept = "id, task_id, due_on, requested_due_on, reason, progress, status, requested_at, granted_due_on"
    op.execute(
        f"INSERT INTO extension ({kept}, written_at, written_by_id, ruled_at, ruled_by_id, ruling)"
        f" SELECT {kept}, requested_at, requested_by_id, ruled_at, ruled_by_id, ruling FROM extension_before"
    )
    op.drop_table("extension_before")
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "SELECT setval(pg_get_serial_sequence('extension', 'id'), coalesce(max(id), 0) + 1, false) FROM extension"
        )
    _create_date_move()


def _create_extension() -> None:
    officers = ("written_by_id", "signed_off_by_id", "ruled_by_id")
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("requested_due_on", sa.Date(), nullable=False),
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
            "status IN ('draft', 'requested', 'granted', 'refused', 'withdrawn')",
            name=op.f("ck_extension_status_is_known"),
        ),
        sa.CheckConstraint("requested_due_on > due_on", name=op.f("ck_extension_asks_for_a_later_day")),
        sa.CheckConstraint(
            "(status = 'granted') = (granted_due_on IS NOT NULL)",
            name=op.f("ck_extension_granted_has_its_date"),
        ),
        sa.CheckConstraint(
            "granted_due_on IS NULL OR (granted_due_on > due_on AND granted_due_on <= requested_due_on)",
            name=op.f("ck_extension_granted_within_request"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'withdrawn') OR requested_at IS NOT NULL",
            name=op.f("ck_extension_requested_has_its_instant"),
        ),
        sa.CheckConstraint(
            "(status IN ('granted', 'refused')) = (ruled_at IS NOT NULL)",
            name=op.f("ck_extension_ruled_has_its_instant"),
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_extension_task_id_task")),
        *(
            sa.ForeignKeyConstraint([name], ["officer.id"], name=op.f(f"fk_extension_{name}_officer"))
            for name in officers
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
    )
    op.create_index(op.f("ix_extension_task_id"), "extension", ["task_id"], unique=False)
    op.create_index("extension_by_status", "extension", ["status", "ruled_at"], unique=False)
    op.create_index(
        "one_open_extension_a_task",
        "extension",
        ["task_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _create_date_move() -> None:
    """The register begins empty; `init` fills it from the revisions and rulings there are."""
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
        sa.Column("extension_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('due', 'start', 'milestone', 'target')", name=op.f("ck_date_move_kind_is_known")
        ),
        sa.CheckConstraint("to_on <> from_on", name=op.f("ck_date_move_moves_a_date")),
        sa.CheckConstraint(
            "(plan_revision_id IS NULL) <> (extension_id IS NULL)", name=op.f("ck_date_move_has_one_cause")
        ),
        sa.CheckConstraint(
            "extension_id IS NULL OR kind = 'due'", name=op.f("ck_date_move_extension_moves_the_due_date")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_date_move_task_id_task")),
        sa.ForeignKeyConstraint(
            ["plan_revision_id"],
            ["plan_revision.id"],
            name=op.f("fk_date_move_plan_revision_id_plan_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["extension_id"], ["extension.id"], name=op.f("fk_date_move_extension_id_extension")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_move")),
    )
    op.create_index("date_move_of_task", "date_move", ["task_id", "moved_at"], unique=False)
    op.create_index(op.f("ix_date_move_plan_revision_id"), "date_move", ["plan_revision_id"], unique=False)
    op.create_index(op.f("ix_date_move_extension_id"), "date_move", ["extension_id"], unique=False)
