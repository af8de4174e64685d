"""What a problem says of an address or a field that could not be taken."""

from collections.abc import Mapping

TITLES: Mapping[int, str] = {
    404: "There is nothing at this address.",
    405: "This address does not take this kind of request.",
    413: "This is more than one request may carry. Send less at a time.",
}

FIELDS: Mapping[str, str] = {
    "question": "Write a question of 1 to 2,000 characters.",
    "q": "Write what to search for, in 1 to 2,000 characters.",
    "history": "Send at most 40 earlier turns, each of a role and a content.",
    "filters": "Send filters as lists of ids: models, adopters, documents, years.",
    "n": "Page numbers are whole numbers from 1.",
    "limit": "Ask for 1 to 50 at a time.",
    "last": "Ask for the last 1 to 400 messages.",
    "title": "Write a title of at most 200 characters.",
    "rating": "Say “up” or “down”.",
    "reasons": "Send reasons from the list that the description of the interface has.",
    "words": "Write at most 2,000 characters.",
    "kind": "Kinds are quote, figure, story and practice.",
    "name": "Give it a name of 1 to 80 characters.",
    "note": "A note has at most 4,000 characters.",
    "heading": "Write a heading of 1 to 200 characters.",
    "format": "Boards are exported as docx, md, csv, bib or ris.",
}
