"""Let authorities take part in tasks of others, and members of the working group look after a part of it.

An authority takes part as the words of a task name it, with what it adds and contests. The words of what was planned before are read once, by the names that the authorities have today.
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime()
BETWEEN = re.compile(r"[、,，;；/|\n]+")


def upgrade() -> None:
    _add_supports()
    _add_contributions()
    _add_contests()
    _read_words()
    _add_remits()


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))


def _known(table: str, column: str, values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({values})", name=op.f(f"ck_{table}_{column}_is_known"))


def _add_supports() -> None:
    op.create_table(
        "task_support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_revision_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        _known("task_support", "role", "'lead', 'support'"),
        _key("task_support", "task_revision_id", "task_revision"),
        _key("task_support", "authority_id", "authority"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_support")),
        sa.UniqueConstraint(
            "task_revision_id", "authority_id", name=op.f("uq_task_support_task_revision_id_authority_id")
        ),
    )
    op.create_index("support_by_authority", "task_support", ["authority_id", "task_revision_id"])


def _add_contributions() -> None:
    op.create_table(
        "contribution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        _key("contribution", "task_id", "task"),
        _key("contribution", "period_id", "reporting_period"),
        _key("contribution", "authority_id", "authority"),
        _key("contribution", "written_by_id", "officer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index("contribution_of_task", "contribution", ["task_id", "period_id", "authority_id"])


def _add_contests() -> None:
    op.create_table(
        "contest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("raised_at", INSTANT, nullable=False),
        sa.Column("raised_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=1000), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("ruling", sa.String(length=1000), nullable=False),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        _known("contest", "subject", "'part', 'report'"),
        _known("contest", "status", "'raised', 'answered', 'maintained', 'upheld', 'dismissed', 'withdrawn'"),
        sa.CheckConstraint(
            "(subject = 'report') = (period_id IS NOT NULL)", name=op.f("ck_contest_report_has_its_period")
        ),
        sa.CheckConstraint(
            "(status IN ('upheld', 'dismissed', 'withdrawn')) = (closed_at IS NOT NULL)",
            name=op.f("ck_contest_closed_has_its_instant"),
        ),
        _key("contest", "task_id", "task"),
        _key("contest", "authority_id", "authority"),
        _key("contest", "period_id", "reporting_period"),
        *(_key("contest", f"{verb}_by_id", "officer") for verb in ("raised", "answered", "ruled")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest")),
    )
    still_open = sa.text("status IN ('raised', 'answered', 'maintained')")
    op.create_index(
        "one_open_contest",
        "contest",
        ["task_id", "authority_id"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.create_index("contest_by_status", "contest", ["status"])
    for column in ("task_id", "authority_id"):
        op.create_index(op.f(f"ix_contest_{column}"), "contest", [column])


def _add_remits() -> None:
    op.create_table(
        "remit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "measure_id IS NOT NULL OR authority_id IS NOT NULL", name=op.f("ck_remit_is_of_something")
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_remit_ends_after_start")),
        _key("remit", "officer_id", "officer"),
        _key("remit", "measure_id", "measure"),
        _key("remit", "authority_id", "authority"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remit")),
    )
    op.create_index(op.f("ix_remit_officer_id"), "remit", ["officer_id"])
    with op.batch_alter_table("officer") as batch:
        batch.add_column(sa.Column("body", sa.String(length=40), nullable=True))
        batch.create_check_constraint(op.f("ck_officer_body_is_known"), "body IN ('miit', 'ccpit')")


def _read_words() -> None:
    connection = op.get_bind()
    named: dict[str, set[int]] = {}
    for key, *names in connection.execute(sa.text("SELECT id, name, short_name FROM authority")):
        for name in names:
            named.setdefault(name, set()).add(key)
    said = connection.execute(
        sa.text(
            "SELECT task_revision.id, work_plan.authority_id, lead_unit, supporting_units FROM task_revision"
            " JOIN plan_revision ON plan_revision.id = plan_revision_id"
            " JOIN work_plan ON work_plan.id = plan_id WHERE lead_unit <> '' OR supporting_units <> ''"
        )
    )
    rows = [
        {"task_revision_id": key, "authority_id": one, "role": role}
        for key, own, lead, supporting in said
        for one, role in _roles(named, own, lead, supporting).items()
    ]
    if rows:
        table = sa.table("task_support", *map(sa.column, ("task_revision_id", "authority_id", "role")))
        op.bulk_insert(table, rows)


def _roles(named: dict[str, set[int]], own: int, lead: str, supporting: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for role, words in (("lead", lead), ("support", supporting)):
        for part in BETWEEN.split(words):
            keys = named.get(part.strip(), set()) - {own}
            if len(keys) == 1:
                found.setdefault(keys.pop(), role)
    return found
