"""What all tables of the library have in common."""

from typing import Any

from sqlalchemy import JSON, Dialect, LargeBinary, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine


class Words(TypeDecorator[str]):
    """Text that is sorted and compared by its characters' numbers, whatever language a server was set up for.

    PostgreSQL takes no NUL: another mark stands in its place, so that places in a text hold.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None or dialect.name != "postgresql":
            return value
        return value.replace("\x00", "\ufffd")


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        str: Words,
        list[Any]: JSON().with_variant(JSONB(), "postgresql"),  # which can be grouped by; objects keep their order
        dict[str, Any]: JSON,
        bytes: LargeBinary,
    }
