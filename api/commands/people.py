"""`assistant people`: who signed in, and what they may do."""

import json
from dataclasses import asdict
from typing import Annotated, Literal

import typer
from rich.table import Table

from api.access.access import Access
from api.access.audit import TERMINAL
from api.access.errors import UnknownPersonError
from api.access.granting import change, forget
from api.access_schemas import PersonChange
from api.commands.listing import console
from api.commands.opened import opened_access

people = typer.Typer(
    add_completion=False, no_args_is_help=True, help="People who signed in: list, change, delete them."
)
WhoArgument = Annotated[str, typer.Argument(metavar="PERSON", help="Their id or e-mail address.")]
RoleArgument = Annotated[Literal["reader", "editor", "steward"], typer.Argument(help="What they may do.")]
CollectionOption = Annotated[list[str] | None, typer.Option(help="A collection they see; * for all.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line, and nothing else.")]


@people.command("list")
def list_(as_json: JsonOption = False) -> None:
    """Everybody who signed in."""
    with opened_access() as access:
        found = access.people.all()
    if as_json:
        for one in found:
            typer.echo(json.dumps(asdict(one), ensure_ascii=False))
        return
    if not found:
        typer.echo("Nobody has signed in.")
        return
    table = Table("Id", "Name", "E-mail", "Role", "Sees", "Signed in", "State", box=None, pad_edge=False)
    for one in found:
        sees = "all" if one.collections is None else ", ".join(("open", *one.collections))
        state = f"shut out on {one.disabled_at[:10]}" if one.disabled_at else ""
        table.add_row(one.id, one.name, one.email or "", one.role, sees, (one.seen_at or one.created_at)[:10], state)
    console().print(table, markup=False)


@people.command()
def role(who: WhoArgument, wanted: RoleArgument, collection: CollectionOption = None) -> None:
    """Give somebody a role, and with --collection what they see; it counts from their next request on."""
    sees_all = None if collection is None else "*" in collection
    named = None if collection is None else [one for one in collection if one != "*"]
    _change(who, PersonChange(role=wanted, collections=named, sees_all=sees_all))


@people.command("shut-out")
def shut_out(who: WhoArgument) -> None:
    """Let somebody in no longer, at once."""
    _change(who, PersonChange(disabled=True))


@people.command("let-in")
def let_in(who: WhoArgument) -> None:
    """Let somebody in again who was shut out."""
    _change(who, PersonChange(disabled=False))


@people.command("delete")
def delete_(who: WhoArgument) -> None:
    """Delete somebody with all that is kept for them; also of a key, as key:ID."""
    with opened_access() as access:
        person_id = who if who.startswith("key:") else _id(access, who)
        gone = forget(access, person_id, TERMINAL)
        access.audit.write(TERMINAL, "people.delete", person_id, detail=gone)
    typer.echo(f"deleted  {person_id}  " + ", ".join(f"{count} {kind}" for kind, count in gone.items()))


def _change(who: str, asked: PersonChange) -> None:
    with opened_access() as access:
        person_id = _id(access, who)
        changed = change(access, person_id, asked, TERMINAL)
        access.audit.write(TERMINAL, "people.change", person_id, detail=asked.model_dump(exclude_none=True))
    typer.echo(f"{changed.id}  {changed.name}: {changed.role}{', shut out' if changed.disabled_at else ''}")


def _id(access: Access, who: str) -> str:
    """Raises UnknownPersonError."""
    found = [one.id for one in access.people.all() if who.casefold() in (one.id, (one.email or "").casefold())]
    if len(found) != 1:
        raise UnknownPersonError(f"{len(found) or 'Nobody'} here is called “{who}”: `assistant people list` shows ids.")
    return found[0]
