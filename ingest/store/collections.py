"""Collections in the database: documents that only some may see. Each function works in the caller's transaction."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, true, update

from ingest.errors import CollectionError, UnknownCollectionError
from ingest.records import OPEN, Sight
from ingest.store.access import CollectionRow, KeyRow, PersonRow
from ingest.store.reads import CURRENT, REMOVED
from ingest.store.schema import DocumentRow, JobFileRow


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """`name` is what documents and grants say, and stays; `title` is what people read."""

    name: str
    title: str
    created_at: str
    documents: int  # present ones


def known(connection: Connection, sight: Sight = None) -> list[CollectionRecord]:
    """Those that somebody may see, by their titles; the open one is not among them."""
    row = CollectionRow
    wanted = select(row.name, row.title, row.created_at)
    wanted = wanted.where(true() if sight is None else row.name.in_(sorted(sight)))
    count = select(DocumentRow.collection, func.count()).where(DocumentRow.state == CURRENT)
    counts = Counter(dict(connection.execute(count.group_by(DocumentRow.collection)).all()))
    rows = connection.execute(wanted).all()
    return sorted((CollectionRecord(*one, counts[one.name]) for one in rows), key=lambda one: one.title.casefold())


def require(connection: Connection, name: str, sight: Sight = None) -> None:
    """Raises UnknownCollectionError, in the same words where there is none and where it may not be seen."""
    if name == OPEN:
        return
    allowed = true() if sight is None else CollectionRow.name.in_(sorted(sight))
    if connection.execute(select(CollectionRow.name).where(CollectionRow.name == name, allowed)).first() is None:
        raise UnknownCollectionError(f"There is no collection “{name[:80]}”.")


def make(connection: Connection, name: str, title: str, at: str) -> None:
    """Raises CollectionError where there is one of this name or title."""
    require_free(connection, title, name)
    connection.execute(insert(CollectionRow).values(name=name, title=title, created_at=at))


def rename(connection: Connection, name: str, title: str) -> None:
    require(connection, name)
    require_free(connection, title, but=name)
    connection.execute(update(CollectionRow).where(CollectionRow.name == name).values(title=title))


def require_free(connection: Connection, title: str, name: str = "", but: str = "") -> None:
    for one in connection.execute(select(CollectionRow.name, CollectionRow.title)):
        if one.name != but and (one.name == name or one.title.casefold() == title.casefold()):
            raise CollectionError(f"There is a collection “{one.title}” ({one.name}) already: choose another name.")


def delete_empty(connection: Connection, name: str) -> None:
    """Its tombstones go with it, and whoever was let in is so no more: a new one of this name is another one."""
    require(connection, name)
    mine = DocumentRow.collection == name
    if connection.execute(select(DocumentRow.id).where(mine, DocumentRow.state != REMOVED)).first() is not None:
        raise CollectionError(f"“{name}” still holds documents: empty it first, or move them elsewhere.")
    connection.execute(delete(DocumentRow).where(mine))
    connection.execute(update(JobFileRow).where(JobFileRow.collection == name).values(collection=f"({name})"))
    for row in (PersonRow, KeyRow):
        granted = select(row.id, row.collections).where(row.collections.is_not(None))
        for who, names in connection.execute(granted).all():
            if name in names:
                rest = [one for one in names if one != name]
                connection.execute(update(row).where(row.id == who).values(collections=rest))
    connection.execute(delete(CollectionRow).where(CollectionRow.name == name))
