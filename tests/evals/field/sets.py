"""Small sets in the form of the public ones, made of the starter documents."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

BEES = "Bees find their way by the sun. They tell each other by dancing where the flowers are."
ABSTRACTS = (
    ("a1", "Bees", BEES),
    ("a2", "Tides", "The moon pulls at the sea. Twice a day the water rises and falls on most coasts."),
    ("a3", "Summary", "1. Iron rusts in wet air. *Salt* makes it rust faster, <b>much</b> faster."),
    ("a4", "Summary", "# Bread rises because yeast makes gas. A warm room makes it rise in an hour."),
)


def write_rows(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def write_relevance(path: Path, pairs: Iterable[tuple[str, str]]) -> None:
    path.write_text("query-id\tcorpus-id\tscore\n" + "".join(f"{q}\t{text}\t1\n" for q, text in pairs), "utf-8")


def write_abstracts(folder: Path) -> Path:
    """A set as scifact is: abstracts, claims, and which bears on which."""
    write_rows(folder / "corpus.jsonl", ({"id": i, "title": title, "text": text} for i, title, text in ABSTRACTS))
    claims = {"q1": "Bees dance to tell where flowers are", "q2": "Salt slows the rusting of iron", "q3": "Unjudged"}
    write_rows(folder / "queries.jsonl", ({"id": i, "text": text} for i, text in claims.items()))
    write_relevance(folder / "qrels.tsv", [("q1", "a1"), ("q2", "a3")])
    return folder


def write_passages(folder: Path) -> Path:
    """A set as clapnq-dev is: passages with their sentences, answerable questions and others."""
    rows = [
        {"id": i, "title": title, "text": text, "sentences": [f"{s.strip(' .')} ." for s in text.split(". ")]}
        for i, title, text in ABSTRACTS
    ]
    write_rows(folder / "corpus.jsonl", rows)
    evidence = "They tell each other by dancing where the flowers are ."
    asked = [
        {
            "id": "b1",
            "text": "how do bees tell each other where the flowers are",
            "answerable": True,
            "answers": ["Bees tell each other by dancing."],
            "evidence_sentences": [[evidence], ["Bees find their way by the sun ."]],
            "passages": ["a1"],
        },
        {
            "id": "b2",
            "text": "who was king of Spain in 1750",
            "answerable": False,
            "answers": [],
            "evidence_sentences": [],
            "passages": ["a2"],
        },
    ]
    write_rows(folder / "queries.jsonl", asked)
    return folder
