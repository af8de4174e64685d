"""What all tables of the library's file have in common."""

from typing import Any

from sqlalchemy import JSON, LargeBinary, Text
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        str: Text,
        list[Any]: JSON,
        dict[str, Any]: JSON,
        bytes: LargeBinary,
    }
