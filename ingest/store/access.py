"""The tables of who may do what, and of who did what. No secret is kept: only hashes of keys and of session tokens."""

from typing import Any

from sqlalchemy import DDL, JSON, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from ingest.store.base import Base


class CollectionRow(Base):
    """Documents that only some may see. `name` is what documents and grants say, `title` what people read."""

    __tablename__ = "collections"

    name: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    created_at: Mapped[str]


class PersonRow(Base):
    """Somebody who signed in, known by what the identity provider calls them."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    issuer: Mapped[str]
    subject: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    role: Mapped[str]  # reader, editor or steward
    collections: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))  # None sees all
    created_at: Mapped[str]
    seen_at: Mapped[str | None]
    disabled_at: Mapped[str | None]


class KeyRow(Base):
    """An access key. `id` is the part of it that may be told."""

    __tablename__ = "api_keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    collections: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    created_at: Mapped[str]
    created_by: Mapped[str]
    used_at: Mapped[str | None]
    expires_at: Mapped[str | None]
    revoked_at: Mapped[str | None]


class SessionRow(Base):
    """A browser that is signed in; `id` is the hash of its cookie's token."""

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    key_id: Mapped[str | None] = mapped_column(ForeignKey("api_keys.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    created_at: Mapped[str]
    seen_at: Mapped[str]
    expires_at: Mapped[str] = mapped_column(index=True)
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class AuditRow(Base):
    """Who did what, when. `detail` holds no question and no answer unless the office switched that on."""

    __tablename__ = "audit"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[str] = mapped_column(index=True)
    person_name: Mapped[str]
    action: Mapped[str]
    target: Mapped[str | None]
    outcome: Mapped[str]
    detail: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


# The trail is added to; an entry goes with its age, and is never another one than it was.
_REFUSAL = "the audit trail is not changed"
_ONLY_APPENDED = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS audit_is_appended BEFORE UPDATE ON audit"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION audit_is_appended() RETURNS trigger AS"
        f" 'BEGIN RAISE EXCEPTION ''{_REFUSAL}''; END' LANGUAGE plpgsql",
        "CREATE OR REPLACE TRIGGER audit_is_appended BEFORE UPDATE ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_is_appended()",
    ),
}
for _dialect, _statements in _ONLY_APPENDED.items():
    for _statement in _statements:
        event.listen(AuditRow.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]
