"""Know the key of the audit chain: by its fingerprint, noted when the next server starts or the next change is saved."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "audit_head", sa.Column("key_fingerprint", sa.String(length=16), nullable=False, server_default="")
    )
