"""The `assistant` command. A command's module is imported when it is called: `assistant documents` needs no torch."""

import importlib
import logging
import os
import sys
from typing import Any

import typer
import typer.core
import typer.main
from pydantic import ValidationError

from api.access.errors import AccessError
from assistant.errors import AssistantError
from ingest.errors import IngestError

# Command → module of api/commands that holds a function of that name
COMMANDS = {
    "add": "adding",
    "watch": "adding",
    "documents": "library",
    "remove": "library",
    "collections": "collections",
    "rebuild": "library",
    "doctor": "library",
    "backup": "backup",
    "restore": "backup",
    "serve": "assistant",
    "work": "servers",
    "move": "servers",
    "ask": "assistant",
    "search": "assistant",
    "feedback": "feedback",
    "mcp": "mcp",
    "evals": "evals",
    "keys": "keys",
    "people": "people",
    "audit": "audit",
    "retention": "audit",
}


# `assistant evals NAME …` → a module of evals/ with a `main(arguments) -> exit code` of its own; without a name, the
# golden questions are asked
_OF_THEIR_OWN_NAME = "pdfs reading speed sizes faults load scale field examples verifier written writer guard attacks"
CHECKS = {name: name for name in (*_OF_THEIR_OWN_NAME.split(), "collections")} | {
    "record": "recording",
    "time": "answer_time",
    "page": "page_time",
}


class Commands(typer.core.TyperGroup):
    """Finds a command by name, and turns every error into one sentence on standard error and exit code 1."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"api.commands.{COMMANDS[cmd_name]}")
        found = getattr(module, cmd_name)
        if isinstance(found, typer.Typer):  # one with commands of its own
            return typer.main.get_group(found)
        alone = typer.Typer(add_completion=False)
        alone.command(cmd_name)(found)
        return typer.main.get_command(alone)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] == "evals" and len(args) > 1 and args[1] in CHECKS:
            return args[1], _check(args[1]), args[2:]
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (IngestError, AssistantError, AccessError) as error:
            _fail(str(error))
        except ValidationError as error:
            _fail(*(_setting(dict(one)) for one in error.errors()))
        except Exception as error:
            # Typer's own ways to end, with a usage message for instance, are not failures
            if type(error).__module__.startswith(("typer", "click")) or os.environ.get("ASSISTANT_DEBUG"):
                raise
            _fail(
                f"This failed in a way the program does not know ({type(error).__name__}: {error}):"
                " run it again with ASSISTANT_DEBUG=1 to see where."
            )


def _check(name: str) -> Any:
    """A command that hands all its arguments to the check's own parser."""
    loose = {"ignore_unknown_options": True, "allow_extra_args": True}

    def run(ctx: typer.Context) -> None:
        raise typer.Exit(importlib.import_module(f"evals.{CHECKS[name]}").main(ctx.args))

    alone = typer.Typer(add_completion=False)
    alone.command(name, context_settings=loose, add_help_option=False)(run)
    return typer.main.get_command(alone)


def _setting(error: dict[str, Any]) -> str:
    name = "_".join(map(str, error["loc"])).upper()
    said = str(error["msg"]).removeprefix("Value error, ")
    return f"The setting ASSISTANT_{name} is not usable: {said}." if name else said


def _fail(*sentences: str) -> None:
    for sentence in sentences:
        typer.echo(sentence, err=True)
    raise typer.Exit(1)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="A chat assistant over programme documents: every sentence it shows opens at the page that says it.",
)


@app.callback()
def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)


if __name__ == "__main__":
    app()
