"""`assistant collections`: documents that only some may see, from the terminal."""

import json
from typing import Annotated, Literal

import typer

from api.commands.library import _library, line
from ingest.collections import OPEN_TITLE, title_of
from ingest.errors import UnknownCollectionError
from ingest.library import Library
from ingest.records import OPEN, OPEN_NAME

Action = Literal["list", "make", "rename", "move", "empty", "delete"]
ActionArgument = Annotated[
    Action,
    typer.Argument(
        help="list; make TITLE; rename NAME TITLE; move NAME ID…, where “open” is everybody; empty NAME, which removes"
        " its documents; delete NAME, once it is empty."
    ),
]
Words = Annotated[list[str] | None, typer.Argument(metavar="[WORDS]…", help="What the action needs, in this order.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Write one JSON object a line, and nothing else.")]
_NEEDS = {"make": (1, 1), "rename": (2, 2), "move": (2, 1000), "empty": (1, 1), "delete": (1, 1), "list": (0, 0)}


def collections(action: ActionArgument = "list", words: Words = None, as_json: JsonOption = False) -> None:
    """List, make, rename, empty and delete collections of documents that only some may see; move documents."""
    given = words or []
    least, most = _NEEDS[action]
    if not least <= len(given) <= most:
        raise typer.BadParameter(f"`{action}` takes other words than these: see `assistant collections --help`.")
    with _library(read_only=action == "list", any_model=True) as library:
        if action == "list":
            _list(library, as_json)
        elif action == "make":
            made = library.collections.make(given[0])
            _tell(as_json, f"made  {made.name}  {made.title}", made.name)
        elif action == "rename":
            library.collections.rename(given[0], given[1])
            _tell(as_json, f"renamed  {given[0]}  {given[1]}", given[0])
        elif action == "move":
            _move(library, given[0], given[1:], as_json)
        elif action == "empty":
            for record in library.collections.empty(given[0]):
                _tell(as_json, f"removed  {record.id}  {record.file_name}", record.id)
        else:
            library.collections.delete(given[0])
            _tell(as_json, f"deleted  {given[0]}", given[0])


def require(library: Library, name: str) -> str:
    """The collection of this name; “open” is that of everybody. Raises UnknownCollectionError."""
    collection = OPEN if name == OPEN_NAME else name
    try:
        library.collections.require(collection)
    except UnknownCollectionError as error:
        known = ", ".join(one.name for one in library.collections.known())
        hint = f"There are: {known}." if known else "`assistant collections make` with a title makes one."
        raise UnknownCollectionError(f"{error} {hint}") from error
    return collection


def _list(library: Library, as_json: bool) -> None:
    known = library.collections.known()
    count = len(library.part().collections.get(OPEN, {}))
    rows = [(OPEN_NAME, OPEN_TITLE, count), *((one.name, one.title, one.documents) for one in known)]
    for name, title, documents in rows:
        if as_json:
            typer.echo(line({"name": name, "title": title, "documents": documents}))
        else:
            typer.echo(f"{name:<24} {documents:>6}  {title}")


def _move(library: Library, name: str, ids: list[str], as_json: bool) -> None:
    collection = require(library, name)
    for document in dict.fromkeys(ids):
        record = library.collections.move(document, collection)
        title = title_of(collection, library.collections.known())
        _tell(as_json, f"moved  {record.id}  {record.file_name}: seen by {title.lower()}", record.id)


def _tell(as_json: bool, sentence: str, what: str) -> None:
    typer.echo(json.dumps({"done": sentence.split()[0], "id": what}) if as_json else sentence)
