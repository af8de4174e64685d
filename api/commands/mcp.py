"""`assistant mcp`: the tools for programs that start them over standard input and output."""

import asyncio
from typing import Annotated

import typer

from api.mcp.forwarding import forward, look
from api.settings import Settings

UrlOption = Annotated[
    str | None,
    typer.Option("--url", envvar="ASSISTANT_URL", help="A running service; else one on this machine, if there is."),
]
KeyOption = Annotated[
    str | None, typer.Option("--key", envvar="ASSISTANT_KEY", help="An access key for it. Better set in ASSISTANT_KEY.")
]


def mcp(url: UrlOption = None, key: KeyOption = None) -> None:
    """Serve the tools of the Model Context Protocol on standard input and output, for a chat program to start."""
    settings = Settings()
    service = (url or f"http://{settings.host}:{settings.port}").rstrip("/")
    found = look(service, key)
    if found == 200:
        asyncio.run(forward(service, key))
        return
    if found in (401, 403):
        said = "does not know this access key" if key else "needs an access key"
        typer.echo(f"The assistant at {service} {said}: set ASSISTANT_KEY to one that its steward gave you.", err=True)
        raise typer.Exit(1)
    if url:
        typer.echo(f"No assistant answers at {service}: start it there, or leave --url out.", err=True)
        raise typer.Exit(1)
    from api.mcp.reading import of_library  # heavy, and not needed beside a service

    server, reader = of_library(settings)
    try:
        server.run("stdio")
    finally:
        reader.close()
