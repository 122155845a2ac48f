"""Name the countries of tasks and difficulties, the tags of tasks, the cause of a difficulty, and keep approved maps."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

SOURCES = "'interpretation', 'paraphrase', 'to_be_checked', 'project', 'confirmed'"
LEVELS = "'countries', 'units'"
CAUSES = "'no_talent', 'unseen_risk', 'low_end', 'other'"


def upgrade() -> None:
    for table, name in (
        ("task_revision", "countries"),
        ("task_revision", "tags"),
        ("difficulty", "countries"),
    ):
        op.add_column(table, sa.Column(name, sa.String(length=200), nullable=False, server_default=""))
    op.add_column("difficulty", sa.Column("cause", sa.String(length=40), nullable=True))
    with op.batch_alter_table("difficulty") as batch:
        batch.create_check_constraint(op.f("ck_difficulty_cause_is_known"), f"cause IN ({CAUSES})")
    _keep_part("tag", sa.Column("title", sa.String(length=20), nullable=False), mark="title_source")
    once = sa.UniqueConstraint("notice_id", "code", name=op.f("uq_listed_country_notice_id_code"))
    _keep_part("listed_country", sa.Column("code", sa.String(length=2), nullable=False), once, mark="source")
    _keep_maps()


def _keep_part(table: str, said: sa.Column[str], *more: sa.UniqueConstraint, mark: str) -> None:
    """A part of the catalogue."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        said,
        sa.Column(mark, sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("cited", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"{mark} IN ({SOURCES})", name=op.f(f"ck_{table}_{mark}_is_known")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f(f"fk_{table}_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("notice_id", "number", name=op.f(f"uq_{table}_notice_id_number")),
        *more,
    )


def _keep_maps() -> None:
    op.create_table(
        "approved_map",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("review_number", sa.String(length=60), nullable=False),
        sa.Column("areas", sa.JSON(), nullable=False),
        sa.Column("installed_at", sa.DateTime(), nullable=False),
        sa.Column("installed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"level IN ({LEVELS})", name=op.f("ck_approved_map_level_is_known")),
        sa.ForeignKeyConstraint(
            ["installed_by_id"], ["officer.id"], name=op.f("fk_approved_map_installed_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approved_map")),
        sa.UniqueConstraint("level", name=op.f("uq_approved_map_level")),
    )
