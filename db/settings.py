"""Settings of an installation: where the store lies, its secrets, and optional features.

Read from the environment (`DATABASE_URL`, `DATA_DIR`, …); what the working group changes while the
product runs is the table `setting` instead.
"""

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from db.engine import LIMITS, Limits
from tracking.messages import Message, Refusal

SQLITE_FILE = "tracker.sqlite3"


class Settings(BaseSettings):
    """Settings of one installation; an empty `database_url` means the embedded SQLite file."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str = ""
    data_dir: Path = Path("data")
    # What a process asks of PostgreSQL: connections at most, and seconds until it gives up (see `db.engine.Limits`).
    database_connections: int = Field(default=LIMITS.connections, ge=2)
    database_reached_within: int = Field(default=LIMITS.reached_within, ge=1)
    database_statement_seconds: int = Field(default=LIMITS.statement, ge=1)
    database_turn_seconds: int = Field(default=LIMITS.turn, ge=1)
    audit_key: str = ""
    secure_cookies: bool = False
    idle_minutes: int = 30
    small_site: bool = False
    # Whether files are made and past days read in processes of their own (see `db.beside`).
    work_beside: bool = True
    # The server for outgoing e-mail; without a host none is sent. The password stays here and goes nowhere else.
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "ssl", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_ca_file: Path | None = None
    mail_from: str = ""
    # The product's address for people, as given in messages to them.
    site_url: str = ""
    delivery_seconds: int = 30

    @property
    def store_url(self) -> str:
        """The SQLAlchemy address of the store, with the driver this product uses."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir / SQLITE_FILE}"
        scheme, _, rest = self.database_url.partition("://")
        return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else self.database_url

    @property
    def limits(self) -> Limits:
        """What this process asks of PostgreSQL."""
        return Limits(
            connections=self.database_connections,
            reached_within=self.database_reached_within,
            statement=self.database_statement_seconds,
            turn=self.database_turn_seconds,
        )

    @property
    def evidence_dir(self) -> Path:
        """Where evidence files are stored, each under its SHA-256."""
        return self.data_dir / "evidence"

    @property
    def writes_email(self) -> bool:
        """Whether a mail server and sender are configured."""
        return bool(self.smtp_host and self.mail_from)

    @cached_property
    def cookie_secret(self) -> str:
        """The secret that signs Streamlit's cookies; it survives restarts."""
        return _kept_secret(self.data_dir / "cookie.key").decode()

    @cached_property
    def chain_key(self) -> bytes:
        """The key of the audit chain: from the environment, or the one stored beside the database. Raises `Refusal`.

        It is never created here: a second key would break the chain and conceal the loss of the first.
        """
        if self.audit_key:
            return self.audit_key.encode()
        try:
            return self._audit_key_file.read_bytes()
        except FileNotFoundError:
            raise Refusal(Message("store.key_missing", place=str(self._audit_key_file.absolute()))) from None

    def first_chain_key(self) -> bytes:
        """The same for a chain without events: created if there is none."""
        return self.audit_key.encode() if self.audit_key else _kept_secret(self._audit_key_file)

    @property
    def _audit_key_file(self) -> Path:
        return self.data_dir / "audit.key"


def _kept_secret(path: Path) -> bytes:
    """The secret in a file readable only by its owner, created on first use."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(path, "x", opener=_owner_only) as file:
            file.write(secrets.token_hex(32))
    except FileExistsError:
        pass
    return path.read_bytes()


def _owner_only(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
