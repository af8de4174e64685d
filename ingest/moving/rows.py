"""Rows from one database to another, and compared there: whatever kind each of them is."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, insert, select

from ingest.store.opening import MOVING
from ingest.store.schema import Base, Meta

AT_ONCE = 200  # rows
OF_ITS_OWN = frozenset({"library", "vectors", MOVING})  # facts of the place, and not of the library


def tables() -> list[Table]:
    """All that the library keeps, each behind those that it refers to; without the facts in `meta`."""
    return [table for table in Base.metadata.sorted_tables if table.name != Meta.__tablename__]


def copy_rows(source: Engine, target: Engine, table: Table) -> int:
    """How many there were."""
    count = 0
    with source.connect() as connection:
        for rows in _rows(connection, table).partitions(AT_ONCE):
            with target.begin() as writing:
                writing.execute(insert(table), [dict(row._mapping) for row in rows])
            count += len(rows)
    return count


def differences(source: Engine, target: Engine, table: Table) -> tuple[int, int]:
    """(rows that were compared, of these not the same on both sides)."""
    count = wrong = 0
    with source.connect() as one, target.connect() as other:
        for left, right in zip_longest(_rows(one, table), _rows(other, table)):
            count += 1
            wrong += _values(left) != _values(right)
    return count, wrong


def facts(connection: Connection) -> Mapping[str, str]:
    """What `meta` says of the library itself."""
    rows = connection.execute(select(Meta.key, Meta.value))
    return {row.key: row.value for row in rows if row.key not in OF_ITS_OWN}


def _rows(connection: Connection, table: Table) -> Any:
    """In the order of their keys, which both kinds of database sort alike."""
    wanted = select(table).order_by(*table.primary_key.columns)
    return connection.execution_options(yield_per=AT_ONCE).execute(wanted)


def _values(row: Row[Any] | None) -> list[Any] | None:
    return None if row is None else [bytes(value) if isinstance(value, memoryview) else _plain(value) for value in row]


def _plain(value: Any) -> Any:
    """PostgreSQL keeps no NUL in a text: where one stood, another mark does."""
    return value.replace("\x00", "\ufffd") if isinstance(value, str) else value


def parts(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (ids[start : start + size] for start in range(0, len(ids), size))
