"""Create the catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("issued_by", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("issued_on_checked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("number", name=op.f("uq_notice_number")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.CheckConstraint("length(key) > 0", name=op.f("ck_setting_key_is_given")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "key_area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("title_source", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "title_source IN ('interpretation', 'to_be_checked', 'project', 'confirmed')",
            name=op.f("ck_key_area_title_source_is_known"),
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_key_area_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_area")),
        sa.UniqueConstraint("notice_id", "number", name=op.f("uq_key_area_notice_id_number")),
    )
    op.create_table(
        "safeguard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_safeguard_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_safeguard")),
        sa.UniqueConstraint("notice_id", "key", name=op.f("uq_safeguard_notice_id_key")),
    )
    op.create_table(
        "measure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("key_area_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("short_title", sa.String(length=20), nullable=False),
        sa.Column("title_source", sa.String(length=40), nullable=False),
        sa.Column("area_source", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "area_source IN ('interpretation', 'to_be_checked', 'project', 'confirmed')",
            name=op.f("ck_measure_area_source_is_known"),
        ),
        sa.CheckConstraint(
            "title_source IN ('interpretation', 'to_be_checked', 'project', 'confirmed')",
            name=op.f("ck_measure_title_source_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["key_area_id"], ["key_area.id"], name=op.f("fk_measure_key_area_id_key_area")
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_measure_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("notice_id", "number", name=op.f("uq_measure_notice_id_number")),
    )
    op.create_index(op.f("ix_measure_key_area_id"), "measure", ["key_area_id"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("additive", sa.Boolean(), nullable=False),
        sa.Column("headline", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "source IN ('interpretation', 'to_be_checked', 'project', 'confirmed')",
            name=op.f("ck_indicator_source_is_known"),
        ),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_indicator_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("measure_id", "number", name=op.f("uq_indicator_measure_id_number")),
    )
    op.create_table(
        "measure_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["measure_id"], ["measure.id"], name=op.f("fk_measure_action_measure_id_measure")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_action")),
        sa.UniqueConstraint("measure_id", "number", name=op.f("uq_measure_action_measure_id_number")),
    )
