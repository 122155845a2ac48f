"""Create briefings and their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("issued_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('circular', 'brief', 'unit_sheet', 'measure_sheet')",
            name=op.f("ck_briefing_kind_is_known"),
        ),
        sa.CheckConstraint("status IN ('draft', 'issued')", name=op.f("ck_briefing_status_is_known")),
        sa.CheckConstraint(
            "(status = 'issued') = (issued_at IS NOT NULL)", name=op.f("ck_briefing_issued_has_its_instant")
        ),
        sa.CheckConstraint(
            "kind <> 'unit_sheet' OR unit_id IS NOT NULL", name=op.f("ck_briefing_unit_sheet_has_its_unit")
        ),
        sa.CheckConstraint(
            "kind <> 'measure_sheet' OR measure_id IS NOT NULL",
            name=op.f("ck_briefing_measure_sheet_has_its_measure"),
        ),
        sa.CheckConstraint("region IS NULL OR unit_id IS NULL", name=op.f("ck_briefing_of_one_place")),
        sa.ForeignKeyConstraint(
            ["period_id"], ["reporting_period.id"], name=op.f("fk_briefing_period_id_reporting_period")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["authority.id"], name=op.f("fk_briefing_unit_id_authority")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_briefing_measure_id_measure")),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["officer.id"], name=op.f("fk_briefing_issued_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
    )
    for column in ("period_id", "unit_id"):
        op.create_index(op.f(f"ix_briefing_{column}"), "briefing", [column], unique=False)
    op.create_table(
        "briefing_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("briefing_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("as_of_at", sa.DateTime(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("language IN ('zh_CN', 'en')", name=op.f("ck_briefing_version_language_is_known")),
        sa.ForeignKeyConstraint(
            ["briefing_id"], ["briefing.id"], name=op.f("fk_briefing_version_briefing_id_briefing")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["officer.id"], name=op.f("fk_briefing_version_written_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_version")),
        sa.UniqueConstraint("briefing_id", "number", name=op.f("uq_briefing_version_briefing_id_number")),
    )
