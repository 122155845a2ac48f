"""Keep the catalogue with the sources of its words, and since and until when each entry is in force."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

SOURCES = "'interpretation', 'paraphrase', 'to_be_checked', 'project', 'confirmed'"
FACTS = "'number', 'title', 'issued_by', 'issued_on', 'units'"
# The sources that a table has already.
MARKED = {
    "key_area": ("title_source",),
    "measure": ("title_source", "area_source"),
    "measure_action": (),
    "indicator": ("source",),
    "safeguard": (),
}
# What the first notice's entries say word for word as the official interpretation does.
WORD_FOR_WORD = {
    "measure_action": ("以大带小合作出海", "提供商事认证", "开展多层次专题培训"),
    "safeguard": ("制定工作计划", "明确工作目标"),
}


def upgrade() -> None:
    for table, marks in MARKED.items():
        for mark in marks:
            _know_paraphrases(table, mark)
    _mark("measure_action", "title_source", "measure_source")
    _number_safeguards()
    _mark("safeguard", "title_source")
    for table, titles in WORD_FOR_WORD.items():
        _call_word_for_word(table, titles)
    for table in MARKED:
        _add(table, "cited", sa.String(length=200), "")
        op.add_column(table, sa.Column("starts_on", sa.Date(), nullable=True))
        op.add_column(table, sa.Column("retired_on", sa.Date(), nullable=True))
    _keep_facts()
    _keep_texts()


def _know_paraphrases(table: str, mark: str) -> None:
    known = op.f(f"ck_{table}_{mark}_is_known")
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(known, type_="check")
        batch.create_check_constraint(known, f"{mark} IN ({SOURCES})")


def _add(table: str, name: str, kind: sa.String, value: str) -> None:
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=value))
    with op.batch_alter_table(table) as batch:
        batch.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)


def _mark(table: str, *marks: str) -> None:
    for mark in marks:
        _add(table, mark, sa.String(length=40), "to_be_checked")
        with op.batch_alter_table(table) as batch:
            batch.create_check_constraint(op.f(f"ck_{table}_{mark}_is_known"), f"{mark} IN ({SOURCES})")
    op.add_column(table, sa.Column("checked_on", sa.Date(), nullable=True))


def _call_word_for_word(table: str, titles: tuple[str, ...]) -> None:
    rows = sa.table(table, sa.column("title"), sa.column("title_source"))
    taken = rows.c.title.in_(titles)
    op.execute(rows.update().where(taken).values(title_source="interpretation"))
    op.execute(rows.update().where(~taken).values(title_source="paraphrase"))


def _number_safeguards() -> None:
    op.add_column("safeguard", sa.Column("number", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE safeguard SET number = (SELECT count(*) FROM safeguard AS before"
        " WHERE before.notice_id = safeguard.notice_id AND before.id <= safeguard.id)"
    )
    with op.batch_alter_table("safeguard") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch.create_unique_constraint(op.f("uq_safeguard_notice_id_number"), ["notice_id", "number"])


def _keep_facts() -> None:
    op.create_table(
        "notice_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("cited", sa.String(length=200), nullable=False),
        sa.CheckConstraint(f"key IN ({FACTS})", name=op.f("ck_notice_fact_key_is_known")),
        sa.CheckConstraint(f"source IN ({SOURCES})", name=op.f("ck_notice_fact_source_is_known")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_fact_notice_id_notice")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_fact")),
        sa.UniqueConstraint("notice_id", "key", name=op.f("uq_notice_fact_notice_id_key")),
    )
    checked = "CASE WHEN issued_on_checked THEN 'confirmed' ELSE 'to_be_checked' END"
    for key in ("number", "title", "issued_by", "issued_on", "units"):
        source = checked if key == "issued_on" else "'to_be_checked'"
        op.execute(
            "INSERT INTO notice_fact (notice_id, key, source, cited)"
            f" SELECT id, '{key}', {source}, '' FROM notice ORDER BY id"
        )
    with op.batch_alter_table("notice") as batch:
        batch.drop_column("issued_on_checked")


def _keep_texts() -> None:
    op.create_table(
        "notice_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_summary", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("cited", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(f"source IN ({SOURCES})", name=op.f("ck_notice_text_source_is_known")),
        sa.ForeignKeyConstraint(["notice_id"], ["notice.id"], name=op.f("fk_notice_text_notice_id_notice")),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["officer.id"], name=op.f("fk_notice_text_entered_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_text")),
        sa.UniqueConstraint("notice_id", "version", name=op.f("uq_notice_text_notice_id_version")),
    )
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["text_id"], ["notice_text.id"], name=op.f("fk_passage_text_id_notice_text")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_passage_measure_id_measure")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("text_id", "number", name=op.f("uq_passage_text_id_number")),
    )
    op.create_index(op.f("ix_passage_measure_id"), "passage", ["measure_id"])
