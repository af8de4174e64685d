"""`assistant feedback`: what people said of answers, in the terminal."""

from typing import Annotated, Literal

import typer
from rich.console import Console

from api.feedback_table import as_csv, row_of
from api.settings import Settings
from assistant.feedback import FeedbackBook, Rating
from ingest.library import Library
from ingest.programme import load_programme

RatingOption = Annotated[Literal["up", "down"] | None, typer.Option(help="Only what helped, or only what did not.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="All of it, as a table for a spreadsheet.")]
VERDICTS = {"up": "Helpful", "down": "Not helpful"}


def feedback(rating: RatingOption = None, csv: CsvOption = False) -> None:
    """Show what people said of answers, newest first."""
    wanted: Rating | None = rating
    with Library.open(Settings(), load_programme(), read_only=True) as library:
        reviews = FeedbackBook(library.engine).reviews(wanted, None).reviews
    if csv:
        typer.echo(as_csv(reviews), nl=False)
        return
    console = Console()
    for review in reviews:
        when, verdict, reasons, words, question, *_ = row_of(review)
        console.print(f"{when[:10]}  {VERDICTS[verdict]}", style="bold", markup=False, highlight=False)
        address = f"/c/{review.conversation_id}/{review.message.id}"
        for line in (question, reasons, words and f"“{words}”", address):
            if line:
                console.print(f"  {line}", markup=False, highlight=False, soft_wrap=True)
    if not reviews:
        console.print("Nobody has said this of an answer yet." if rating else "Nobody has said anything yet.")
