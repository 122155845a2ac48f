"""Keep figures that are reckoned from indicators, each with the rows of its formula."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

FORMS = "'sum', 'ratio', 'mean'"
SOURCES = "'interpretation', 'paraphrase', 'to_be_checked', 'project', 'confirmed'"


def upgrade() -> None:
    op.create_table(
        "composite",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=41), nullable=False),
        sa.Column("title_source", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("cited", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"form IN ({FORMS})", name=op.f("ck_composite_form_is_known")),
        sa.CheckConstraint(f"title_source IN ({SOURCES})", name=op.f("ck_composite_title_source_is_known")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_composite_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_composite")),
        sa.UniqueConstraint("measure_id", "number", name=op.f("uq_composite_measure_id_number")),
    )
    op.create_table(
        "composite_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("composite_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("part_id", sa.Integer(), nullable=True),
        sa.Column("below", sa.Boolean(), nullable=False),
        sa.Column("weight_tenths", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(indicator_id IS NULL) = (part_id IS NOT NULL)", name=op.f("ck_composite_part_is_one_thing")
        ),
        sa.CheckConstraint("weight_tenths > 0", name=op.f("ck_composite_part_weight_positive")),
        sa.ForeignKeyConstraint(
            ["composite_id"], ["composite.id"], name=op.f("fk_composite_part_composite_id_composite")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_composite_part_indicator_id_indicator")
        ),
        sa.ForeignKeyConstraint(
            ["part_id"], ["composite.id"], name=op.f("fk_composite_part_part_id_composite")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_composite_part")),
        sa.UniqueConstraint("composite_id", "number", name=op.f("uq_composite_part_composite_id_number")),
    )
