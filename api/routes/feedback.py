"""What people say of answers: put, changed, taken back; and read by whoever runs the service."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.dependencies import FeedbackDep, GuardDep, LibraryDep
from api.feedback_table import as_csv
from api.kept_schemas import FeedbackIn, FeedbackOut, ReviewOut, ReviewsOut
from assistant.conversations import as_read_by
from assistant.feedback import FeedbackBook, Rating, Reviews, with_messages
from ingest.view import LibraryView

router = APIRouter(tags=["feedback"])
PATH = "/conversations/{conversation_id}/messages/{message_id}/feedback"


@router.put(PATH)
def put(conversation_id: str, message_id: str, said: FeedbackIn, feedback: FeedbackDep, guard: GuardDep) -> FeedbackOut:
    """Keeps what a person says of an answer, in place of what was said before."""
    guard.check(said.words, said.insist)
    kept = feedback.put(conversation_id, message_id, said.rating, said.reasons, said.words)
    return FeedbackOut.model_validate(kept, from_attributes=True)


@router.delete(PATH, status_code=204)
def take_back(conversation_id: str, message_id: str, feedback: FeedbackDep) -> Response:
    feedback.clear(conversation_id, message_id)
    return Response(status_code=204)


@router.get("/feedback")
def reviews(
    feedback: FeedbackDep,
    library: LibraryDep,
    rating: Rating | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
    before: Annotated[str | None, Query(max_length=100)] = None,
) -> ReviewsOut:
    """Newest first, each with its question and whole answer. `next` goes into `before`."""
    found = reviewed(feedback, library, rating, limit, before)
    shown = [ReviewOut.of(one) for one in found.reviews]
    return ReviewsOut(counts=feedback.counts(), reviews=shown, next=found.next)


@router.get("/feedback.csv", response_class=Response)
def table(feedback: FeedbackDep, library: LibraryDep, rating: Rating | None = None) -> Response:
    """All of it, as a table for a spreadsheet."""
    found = reviewed(feedback, library, rating, None, None)
    headers = {"Content-Disposition": 'attachment; filename="feedback.csv"', "Cache-Control": "no-store"}
    return Response(as_csv(found.reviews), 200, headers, "text/csv; charset=utf-8")


def reviewed(
    feedback: FeedbackBook, library: LibraryView, rating: Rating | None, limit: int | None, before: str | None
) -> Reviews:
    """With what has become of the cited documents."""
    found = feedback.reviews(rating, limit, before)
    messages = as_read_by(library, [one.message for one in found.reviews])
    return Reviews(with_messages(found.reviews, messages), found.next)
