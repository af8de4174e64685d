"""The library as a LlamaIndex retriever, for programs that are built on LlamaIndex (docs/decisions/0009)."""

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.assistant import Assistant
from assistant.types import Filters, Passage


class LibraryRetriever(BaseRetriever):
    """Hybrid retrieval over the library; nodes carry document, page and exact offsets in their metadata.

    `node.start_char_idx` and `node.end_char_idx` index the stored text of page `metadata["page"]`, not of the document.
    """

    def __init__(self, assistant: Assistant, filters: Filters | None = None, limit: int = 10) -> None:
        super().__init__()
        self._assistant, self._filters, self._limit = assistant, filters, limit

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        passages = self._assistant.search(query_bundle.query_str, self._filters, self._limit)
        return [NodeWithScore(node=_node(passage), score=passage.score) for passage in passages]


def _node(passage: Passage) -> TextNode:
    citation = passage.citation
    return TextNode(
        id_=f"{citation.document_id}:{citation.page}:{citation.start}-{citation.end}",
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={
            "document_id": citation.document_id,
            "document_title": citation.document_title,
            "file_name": citation.file_name,
            "article": citation.article,
            "page": citation.page,
            "page_label": citation.page_label,
            "published": citation.published,
        },
    )
