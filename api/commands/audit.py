"""`assistant audit`: who did what; `assistant retention`: what has been kept long enough."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from api.access.audit import TERMINAL
from api.commands.listing import console
from api.commands.opened import opened_access

LimitOption = Annotated[int, typer.Option(min=1, help="How many entries.")]
ActionOption = Annotated[str, typer.Option(help="Only what begins so, as in keys or documents.remove.")]
PersonOption = Annotated[str, typer.Option(help="Only of this person's id.")]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line, all that there are.")]
NowOption = Annotated[bool, typer.Option("--now", help="Delete what is over its period.")]
DryOption = Annotated[bool, typer.Option("--dry-run", help="Only say how much that would be.")]


def audit(
    limit: LimitOption = 50, action: ActionOption = "", person: PersonOption = "", as_json: JsonOption = False
) -> None:
    """Show who did what, newest first."""
    with opened_access() as access:
        found = access.audit.entries(None if as_json else limit, None, action, person)
    if as_json:
        for entry in found.entries:
            typer.echo(json.dumps(asdict(entry), ensure_ascii=False))
        return
    if not found.entries:
        typer.echo("The audit trail has no such entry.")
        return
    table = Table("When (UTC)", "Who", "What", "Of what", "Outcome", "More", box=None, pad_edge=False)
    for entry in found.entries:
        more = "; ".join(f"{name}: {value}" for name, value in (entry.detail or {}).items())
        when = f"{entry.at[:10]} {entry.at[11:19]}"
        table.add_row(when, entry.person_name, entry.action, entry.target or "", entry.outcome, more)
    console().print(table, markup=False)


def retention(now: NowOption = False, dry_run: DryOption = False) -> None:
    """Delete for good what is over its period (ASSISTANT_KEEP_…_DAYS); the service does it once a day by itself."""
    if now == dry_run:
        raise typer.BadParameter("Say --now to delete, or --dry-run to see how much that would be.")
    with opened_access() as access:
        gone = access.retention.due() if dry_run else access.housekeeping.sweep(TERMINAL)
    verb = "would go" if dry_run else "deleted"
    for kind, count in gone.items():
        typer.echo(f"{kind:<14} {count:>8,}  {verb}")
    unlimited = [kind for kind in ("conversations", "feedback", "audit", "uploads") if kind not in gone]
    if unlimited:
        names = ", ".join(f"ASSISTANT_KEEP_{kind.upper()}_DAYS" for kind in unlimited)
        typer.echo(f"Kept until somebody deletes it: {', '.join(unlimited)} ({names}).")
