"""Under which id a document stands: see docs/decisions/0024-collections.md.

Of the open collection it is the first 16 digits of the SHA-256 of its bytes. The same bytes may stand in a closed
collection too, as a document of its own under an id made of both, and neither tells of the other. A document that is
moved keeps its id; whoever comes in its place then gets the next one.
"""

import hashlib
from itertools import count

from sqlalchemy import Connection

from ingest.records import OPEN
from ingest.store import reads

LENGTH = 16


def id_for(connection: Connection, sha256: str, collection: str) -> str:
    """The id that these bytes have in a collection, or get there."""
    known = reads.document_with(connection, sha256, collection)
    if known is not None:
        return str(known.id)
    tried = (_id(sha256, collection, number) for number in count())
    return next(one for one in tried if reads.document_row(connection, one) is None)


def _id(sha256: str, collection: str, number: int) -> str:
    if collection == OPEN and not number:
        return sha256[:LENGTH]
    return hashlib.sha256(f"{sha256} {collection} {number}".encode()).hexdigest()[:LENGTH]
