"""The LlamaIndex retriever: real nodes, whose offsets hold."""

from assistant.assistant import Assistant
from assistant.llama import LibraryRetriever
from ingest.library import Library


def test_nodes_stand_at_their_offsets(corpus_assistant: Assistant, corpus_library: Library) -> None:
    nodes = LibraryRetriever(corpus_assistant, limit=5).retrieve("When did New Roads go live?")
    assert len(nodes) == 5
    assert any("New Roads" in found.node.get_content() for found in nodes[:2])
    for found in nodes:
        page = corpus_library.page(found.node.metadata["document_id"], found.node.metadata["page"])
        assert page.text[found.node.start_char_idx : found.node.end_char_idx] == found.node.text  # type: ignore[attr-defined]


def test_scores_fall_and_are_plain_numbers(corpus_assistant: Assistant) -> None:
    scores = [found.score for found in LibraryRetriever(corpus_assistant).retrieve("restorative practice")]
    assert all(type(score) is float and 0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, key=lambda score: -(score or 0.0))
