"""Create peer groups."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "peer_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("likeness", sa.String(length=200), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.Column("retired_by_id", sa.Integer(), nullable=True),
        sa.Column("retire_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("length(name) > 0", name=op.f("ck_peer_group_name_is_given")),
        sa.CheckConstraint(
            "(retired_at IS NULL) = (retire_reason = '')", name=op.f("ck_peer_group_retired_with_reason")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["officer.id"], name=op.f("fk_peer_group_created_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["retired_by_id"], ["officer.id"], name=op.f("fk_peer_group_retired_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_group")),
    )
    stands = sa.text("retired_at IS NULL")
    op.create_index(
        "one_standing_group_a_name",
        "peer_group",
        ["name"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )
    op.create_table(
        "peer_group_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_peer_group_member_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["authority.id"], name=op.f("fk_peer_group_member_authority_id_authority")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["peer_group.id"], name=op.f("fk_peer_group_member_group_id_peer_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_peer_group_member")),
        sa.UniqueConstraint(
            "group_id",
            "authority_id",
            "starts_on",
            name=op.f("uq_peer_group_member_group_id_authority_id_starts_on"),
        ),
    )
    op.create_index(
        op.f("ix_peer_group_member_authority_id"), "peer_group_member", ["authority_id"], unique=False
    )
