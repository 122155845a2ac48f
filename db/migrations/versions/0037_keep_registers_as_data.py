"""Keep registers and their fields as data; the three that there were become the first of them.

The keys go on one register after the other: coordination mechanisms keep theirs, then come cooperation mechanisms and
publicity, each in its order.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from tracking.countries import country_of

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

KINDS = "'text', 'long_text', 'partner', 'link', 'day', 'number', 'amount', 'choice', 'countries', 'unit', 'officer'"
SIDES = [
    {"key": "bilateral", "title": "双边", "title_en": "Bilateral"},
    {"key": "multilateral", "title": "多边", "title_en": "Multilateral"},
]
# Key, title, title in English, keeper, single, safeguard.
REGISTERS = (
    ("coordination", "协调机制", "Coordination mechanism", "units", True, "coordination_mechanism"),
    (
        "cooperation",
        "双多边机制",
        "Bilateral and multilateral mechanisms",
        "both",
        False,
        "cooperation_mechanisms",
    ),
    ("publicity", "宣传报道", "Publicity", "both", False, "publicity"),
)
NUMBERS = {"coordination": 1, "cooperation": 2, "publicity": 12}
# Register → key, title, title in English, kind, required, listed, longest.
FIELDS = {
    "coordination": (
        ("established_on", "建立日期", "Established on", "day", True, True, 200),
        ("document_number", "文号", "Document number", "text", False, True, 60),
        ("lead_leader", "牵头领导", "Lead leader", "text", True, True, 40),
        ("member_units", "成员单位", "Member units", "long_text", False, False, 500),
        ("ccpit_partner", "贸促会对口单位", "CCPIT counterpart", "text", False, True, 100),
        ("liaison_officer_id", "联络员", "Liaison officer", "officer", False, True, 200),
    ),
    "cooperation": (
        (
            "partner_place",
            "伙伴国家（地区）或组织",
            "Partner country, region or organisation",
            "text",
            True,
            True,
            60,
        ),
        ("countries", "涉及国家（地区）", "Countries concerned", "countries", False, True, 200),
        ("partner_body", "伙伴机构", "Partner body", "partner", True, True, 100),
        ("sides", "类别", "Kind", "choice", True, True, 200),
        ("established_on", "建立日期", "Established on", "day", True, True, 200),
        ("standing", "状态", "Status", "text", False, True, 40),
        ("results", "成果", "Results", "long_text", False, False, 1000),
    ),
    "publicity": (
        ("published_on", "日期", "Date", "day", True, True, 200),
        ("channel", "渠道", "Channel", "text", True, True, 60),
        ("title", "标题", "Title", "text", True, True, 200),
        ("link", "网址", "Link", "link", False, True, 300),
    ),
}
OLD = {
    "coordination": "coordination_mechanism",
    "cooperation": "cooperation_mechanism",
    "publicity": "publicity_item",
}
KEPT = (
    "authority_id",
    "recorded_at",
    "recorded_by_id",
    "withdrawn_at",
    "withdrawn_by_id",
    "withdrawal_reason",
)
TEXTS = {"text", "long_text", "partner", "link"}


def upgrade() -> None:
    _create_registers()
    _create_fields()
    _create_entries()
    keys = _define(op.get_bind())
    shift = 0
    for register, old in OLD.items():
        shift = _carry(op.get_bind(), register, old, keys, shift)
        op.drop_table(old)
    _go_on_counting(op.get_bind(), shift)


def _create_registers() -> None:
    op.create_table(
        "register",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("title_en", sa.String(length=100), nullable=False),
        sa.Column("keeper", sa.String(length=40), nullable=False),
        sa.Column("single", sa.Boolean(), nullable=False),
        sa.Column("measure_id", sa.Integer(), nullable=True),
        sa.Column("safeguard_id", sa.Integer(), nullable=True),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("keeper IN ('units', 'group', 'both')", name=op.f("ck_register_keeper_is_known")),
        *_references("register", "notice", "measure", "safeguard", "indicator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
        sa.UniqueConstraint("notice_id", "key", name=op.f("uq_register_notice_id_key")),
    )


def _create_fields() -> None:
    op.create_table(
        "register_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("title_en", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint(f"kind IN ({KINDS})", name=op.f("ck_register_field_kind_is_known")),
        sa.CheckConstraint("longest > 0", name=op.f("ck_register_field_longest_is_positive")),
        *_references("register_field", "register", "indicator"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_field")),
        sa.UniqueConstraint("register_id", "key", name=op.f("uq_register_field_register_id_key")),
    )


def _create_entries() -> None:
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.String(length=40), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
        sa.Column("countries", sa.String(length=200), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawal_reason", sa.String(length=500), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("body IN ('miit', 'ccpit')", name=op.f("ck_register_entry_body_is_known")),
        sa.CheckConstraint(
            "(authority_id IS NULL) <> (body IS NULL)", name=op.f("ck_register_entry_has_one_keeper")
        ),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (length(withdrawal_reason) = 0)",
            name=op.f("ck_register_entry_withdrawn_has_its_reason"),
        ),
        *_references("register_entry", "register", "authority"),
        *_officers("register_entry", "recorded_by_id", "withdrawn_by_id"),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["register_entry.id"], name=op.f("fk_register_entry_corrects_id_register_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
        sa.UniqueConstraint("corrects_id", name=op.f("uq_register_entry_corrects_id")),
    )
    for column in ("register_id", "authority_id"):
        op.create_index(op.f(f"ix_register_entry_{column}"), "register_entry", [column], unique=False)


def _references(table: str, *others: str) -> Iterator[sa.ForeignKeyConstraint]:
    for other in others:
        name = op.f(f"fk_{table}_{other}_id_{other}")
        yield sa.ForeignKeyConstraint([f"{other}_id"], [f"{other}.id"], name=name)


def _officers(table: str, *columns: str) -> Iterator[sa.ForeignKeyConstraint]:
    for column in columns:
        yield sa.ForeignKeyConstraint([column], ["officer.id"], name=op.f(f"fk_{table}_{column}_officer"))


def _define(connection: sa.Connection) -> Mapping[tuple[int, str], int]:
    """Define the three registers under every notice; returns notice and register → key."""
    tables = sa.MetaData()
    register, field = (
        sa.Table(name, tables, autoload_with=connection) for name in ("register", "register_field")
    )
    keys: dict[tuple[int, str], int] = {}
    notices = list(connection.execute(sa.text("SELECT id FROM notice ORDER BY id")).scalars())
    for notice_id in notices:
        for key, title, title_en, keeper, single, safeguard in REGISTERS:
            row = {"notice_id": notice_id, "key": key, "title": title, "title_en": title_en, "keeper": keeper}
            row |= {"number": NUMBERS[key], "single": single}
            row |= {"safeguard_id": _safeguard(connection, notice_id, safeguard)}
            made = connection.execute(register.insert().values(row)).inserted_primary_key
            keys[notice_id, key] = register_id = int(made[0]) if made else 0
            connection.execute(field.insert(), list(_fields(register_id, key)))
    return keys


def _fields(register_id: int, register: str) -> Iterator[dict[str, Any]]:
    for number, (key, title, title_en, kind, required, listed, longest) in enumerate(
        FIELDS[register], start=1
    ):
        yield {
            "register_id": register_id,
            "number": number,
            "key": key,
            "title": title,
            "title_en": title_en,
            "kind": kind,
            "required": required,
            "listed": listed,
            "longest": longest,
            "unit": "",
            "options": SIDES if kind == "choice" else [],
        }


def _safeguard(connection: sa.Connection, notice_id: int, key: str) -> int | None:
    rows = sa.text("SELECT id FROM safeguard WHERE notice_id = :notice_id AND key = :key")
    found: int | None = connection.execute(rows, {"notice_id": notice_id, "key": key}).scalar()
    return found


def _carry(
    connection: sa.Connection, register: str, old: str, keys: Mapping[tuple[int, str], int], shift: int
) -> int:
    """Carry the rows of an old table over, their keys shifted; returns the highest key so far."""
    tables = sa.MetaData()
    source = sa.Table(old, tables, autoload_with=connection)
    entry = sa.Table("register_entry", tables, autoload_with=connection, resolve_fks=False)
    rows = connection.execute(sa.select(source).order_by(source.c.id)).mappings().all()
    before = _before(register, rows)
    carried = [_entry(register, row, keys, before.get(row["id"]), shift) for row in rows]
    if carried:
        connection.execute(entry.insert(), carried)
    return max((row["id"] for row in carried), default=shift)


def _before(register: str, rows: Any) -> Mapping[int, int]:
    """Row → the one that it corrects; of coordination mechanisms the newest stood, whether or not it named the one before."""
    named = {row["id"]: row["corrects_id"] for row in rows if row["corrects_id"] is not None}
    if register != "coordination":
        return named
    last: dict[Any, int] = {}
    for row in rows:
        place = row["authority_id"], row["notice_id"]
        before = last.get(place)
        if before is not None and row["id"] not in named and before not in named.values():
            named[row["id"]] = before
        last[place] = row["id"]
    return named


def _entry(
    register: str, row: Any, keys: Mapping[tuple[int, str], int], before: int | None, shift: int
) -> dict[str, Any]:
    content = {key: value for key, value in _content(register, row) if value not in (None, "")}
    kinds = {field[0]: field[3] for field in FIELDS[register]}
    day = next(key for key, kind in kinds.items() if kind == "day")
    return {
        **{name: row[name] for name in KEPT},
        "id": row["id"] + shift,
        "register_id": keys[row["notice_id"], register],
        "content": content,
        "happened_on": row[day],
        "countries": " ".join(content.get("countries", ())),
        "words": "\n".join(content[key] for key, kind in kinds.items() if kind in TEXTS and key in content),
        "corrects_id": None if before is None else before + shift,
    }


def _content(register: str, row: Any) -> Iterator[tuple[str, Any]]:
    for key, _, _, kind, *_ in FIELDS[register]:
        if kind == "day":
            yield key, row[key] and row[key].isoformat()
        elif kind == "choice":
            yield key, "multilateral" if row["multilateral"] else "bilateral"
        elif kind == "countries":
            code = country_of(row["partner_place"])
            yield key, [code] if code else None
        else:
            yield key, row[key]


def _go_on_counting(connection: sa.Connection, highest: int) -> None:
    """Let PostgreSQL count on after the keys that were given here."""
    if highest and connection.dialect.name == "postgresql":
        connection.execute(
            sa.text("SELECT setval(pg_get_serial_sequence('register_entry', 'id'), :key)"), {"key": highest}
        )
