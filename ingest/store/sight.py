"""What somebody may see, as a condition of every statement that reads documents or what belongs to them.

A document that is not seen is left out by the statement itself: nothing is read of it first and dropped then, and the
same work is done whether it is there or not.
"""

from typing import Any

from sqlalchemy import ColumnElement, exists, true

from ingest.records import OPEN, Sight
from ingest.store.schema import DocumentRow


def seen(sight: Sight) -> ColumnElement[bool]:
    """For a statement over documents."""
    return true() if sight is None else DocumentRow.collection.in_(sorted({OPEN, *sight}))


def of_seen(document_id: Any, sight: Sight) -> ColumnElement[bool]:
    """For a statement over what belongs to documents; `document_id` is its column of their ids."""
    if sight is None:
        return true()
    home = DocumentRow.__table__.alias("home")
    return exists().where(home.c.id == document_id, home.c.collection.in_(sorted({OPEN, *sight})))
