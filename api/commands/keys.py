"""`assistant keys`: who may come in with a key."""

import json
from dataclasses import asdict
from typing import Annotated, Literal

import typer
from rich.table import Table

from api.access import granting
from api.access.audit import TERMINAL
from api.access.keys import Key
from api.access_schemas import KeyIn
from api.commands.listing import console
from api.commands.opened import opened_access
from api.wording import day

keys = typer.Typer(add_completion=False, no_args_is_help=True, help="Access keys: make, list and revoke them.")
NameArgument = Annotated[str, typer.Argument(help="For whom or what it is.")]
RoleOption = Annotated[Literal["reader", "editor", "steward"], typer.Option(help="What it may do.")]
CollectionOption = Annotated[
    list[str] | None, typer.Option(help="A collection it sees beside the open documents; * for all. Repeat for more.")
]
DaysOption = Annotated[float | None, typer.Option(min=0.01, max=3650, help="Days until it ends; without, it does not.")]
WhichArgument = Annotated[str, typer.Argument(metavar="KEY", help="Its id or its name.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line, and nothing else.")]


@keys.command()
def make(
    name: NameArgument,
    role: RoleOption = "reader",
    collection: CollectionOption = None,
    days: DaysOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a key and show it, this once. From the first key on everybody needs one, on this computer too."""
    wanted = [one for one in collection or [] if one != "*"]
    sees_all = True if collection and "*" in collection else None
    asked = KeyIn(name=name, role=role, collections=wanted, sees_all=sees_all, days=days)
    with opened_access() as access:
        made, secret = granting.make(access, asked, TERMINAL)
        detail = {"name": made.name, "role": made.role, "collections": made.collections}
        access.audit.write(TERMINAL, "keys.make", made.id, detail=detail)
    if as_json:
        typer.echo(json.dumps(asdict(made) | {"key": secret}))
        return
    typer.echo(secret)
    until = f"until {day(made.expires_at)}" if made.expires_at else "until it is revoked"
    typer.echo(f"This is the key of “{made.name}”, a {made.role}, {until}. It is shown this once.", err=True)


@keys.command("list")
def list_(as_json: JsonOption = False) -> None:
    """Every key there is or was, newest first; never the keys themselves."""
    with opened_access() as access:
        found = access.keys.all()
    if as_json:
        for key in found:
            typer.echo(json.dumps(asdict(key) | {"state": key.state}))
        return
    if not found:
        typer.echo("There is no key. `assistant keys make NAME` makes one.")
        return
    table = Table("Id", "Name", "Role", "Sees", "State", "Made", "Last used", "Ends", box=None, pad_edge=False)
    for key in found:
        made, used, ends = ((at or "")[:10] for at in (key.created_at, key.used_at, key.expires_at))
        table.add_row(key.id, key.name, key.role, _seen(key), key.state, made, used, ends)
    console().print(table, markup=False)


@keys.command()
def revoke(which: WhichArgument) -> None:
    """End a key at once, and the sessions that were opened with it."""
    with opened_access() as access:
        key = access.keys.named(which)
        granting.revoke(access, key.id)
        access.audit.write(TERMINAL, "keys.revoke", key.id, detail={"name": key.name})
    typer.echo(f"revoked  {key.id}  {key.name}")


@keys.command()
def clear() -> None:
    """Delete every key, revoked ones too: without keys and sign-in nobody is asked who they are on this computer."""
    with opened_access() as access:
        count = access.keys.clear()
        access.audit.write(TERMINAL, "keys.clear", detail={"keys": count})
    typer.echo(f"Deleted {count} key{'' if count == 1 else 's'}.")


def _seen(key: Key) -> str:
    return "all" if key.collections is None else ", ".join(("open", *key.collections))
