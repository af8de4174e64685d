"""The two retrieval sets: abstracts that bear on a claim, and pages of annual reports that hold the evidence."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pypdf import PdfReader

from assistant.assistant import Assistant
from evals.field import baselines
from evals.field.baselines import Pieces, Search
from evals.field.files import (
    FieldFilesError,
    FieldQuestion,
    Relevance,
    read_field_questions,
    read_relevance,
    read_texts,
)
from evals.field.shelf import library_of, text_places, write_texts
from evals.ranking import distinct, hit, ndcg, recall
from evals.results import Row
from evals.statistics import Part
from ingest.library import Library
from ingest.programme import load_programme

LIMIT = 200  # chunks asked of our search: a hundred distinct abstracts are rarely in fewer
Judge = Callable[[Sequence[str], frozenset[str]], dict[str, Part]]
Tell = Callable[[str], None]
Arms = dict[str, tuple[Row, ...]]


def scifact(folder: Path, keep: Path | None, tell: Tell) -> Arms:
    """300 claims over 5,183 abstracts; the best chunk of each abstract counts."""
    texts = read_texts(folder / "corpus.jsonl")
    questions = read_field_questions(folder / "queries.jsonl")
    relevance = read_relevance(folder / "qrels.tsv")
    tell(f"scifact: reading {len(texts)} abstracts")
    with TemporaryDirectory() as written:
        files = write_texts(texts, Path(written))
        with library_of(files, keep) as library:
            places = text_places(texts, library)
            whole = Pieces(tuple(f"{t.title}\n{t.text}" for t in texts), tuple(t.id for t in texts))
            key_of = _in_places(places)
            tell("scifact: embedding the whole abstracts for the baseline")
            arms = {
                "ours": our_search(library, key_of),
                "MiniLM, abstracts": baselines.plain_vectors(whole, library, baselines.cache_beside(keep)),
                "bm25s, abstracts": baselines.bm25(whole),
                "MiniLM, our chunks": baselines.chunk_vectors(library, key_of),
                "FTS5, our chunks": baselines.chunk_words(library, key_of),
            }
            return ask_arms(arms, questions, relevance, judge_abstracts, tell)


def judge_abstracts(ranked: Sequence[str], relevant: frozenset[str]) -> dict[str, Part]:
    return {
        "nDCG@10": (ndcg(ranked, relevant, 10), 1),
        "recall@10": (recall(ranked, relevant, 10), 1),
        "recall@100": (recall(ranked, relevant, 100), 1),
    }


def financebench(folder: Path, keep: Path | None, tell: Tell) -> Arms:
    """Questions over annual reports in one library; a page is found when any of its chunks is."""
    questions = read_field_questions(folder / "queries.jsonl")
    relevance = read_relevance(folder / "qrels.tsv")
    files = sorted((folder / "pdfs").glob("*.pdf"))
    if not files:
        raise FieldFilesError(f"{folder / 'pdfs'} holds no PDF: put the set's reports there.")
    tell(f"financebench: reading {len(files)} reports")
    with library_of(files, keep) as library:
        names = {record.id: record.file_name.removesuffix(".pdf") for record in library.documents()}

        def key_of(document: str, page: int) -> str:
            return f"{names[document]}#p{page}"

        tell("financebench: cutting and embedding the baselines' chunks")
        pages = _pypdf_pages(files)
        large, small = _split(pages, 1024, 200), _split(pages, 256, 20)
        arms = {
            "ours": our_search(library, key_of),
            "MiniLM, 1,024 tokens": baselines.plain_vectors(large, library, baselines.cache_beside(keep)),
            "MiniLM, 256 tokens": baselines.plain_vectors(small, library, baselines.cache_beside(keep)),
            "bm25s, 256 tokens": baselines.bm25(small),
            "MiniLM, our chunks": baselines.chunk_vectors(library, key_of),
            "FTS5, our chunks": baselines.chunk_words(library, key_of),
        }
        return ask_arms(arms, questions, relevance, judge_pages, tell)


def judge_pages(ranked: Sequence[str], relevant: frozenset[str]) -> dict[str, Part]:
    return {
        "recall@5": (recall(ranked, relevant, 5), 1),
        "recall@10": (recall(ranked, relevant, 10), 1),
        "hit@5": (hit(ranked, relevant, 5), 1),
        "hit@10": (hit(ranked, relevant, 10), 1),
        "nDCG@10": (ndcg(ranked, relevant, 10), 1),
    }


def _pypdf_pages(files: Sequence[Path]) -> Pieces:
    pairs = [
        (page.extract_text(), f"{file.stem}#p{number}")
        for file in files
        for number, page in enumerate(PdfReader(file).pages, 1)
    ]
    return Pieces(tuple(text for text, _ in pairs), tuple(key for _, key in pairs))


def _split(pages: Pieces, tokens: int, overlap: int) -> Pieces:
    """Each page cut by LlamaIndex's own splitter, as its first tutorial does; 1,024 and 200 are its defaults."""
    from llama_index.core.node_parser import SentenceSplitter

    splitter = SentenceSplitter(chunk_size=tokens, chunk_overlap=overlap)
    pairs = [
        (piece, key)
        for text, key in zip(pages.texts, pages.keys, strict=True)
        for piece in splitter.split_text(text)
        if piece.strip()
    ]
    return Pieces(tuple(piece for piece, _ in pairs), tuple(key for _, key in pairs))


def our_search(library: Library, key_of: Callable[[str, int], str]) -> Search:
    """What `assistant search` and GET /search give."""
    assistant = Assistant(library, load_programme())
    assistant.warm()

    def search(question: str) -> Sequence[str]:
        passages = assistant.search(question, limit=LIMIT)
        return [key_of(passage.citation.document_id, passage.citation.page) for passage in passages]

    return search


def ask_arms(
    arms: Mapping[str, Search], questions: Sequence[FieldQuestion], relevance: Relevance, judge: Judge, tell: Tell
) -> Arms:
    """Every arm asked every question that the set has a judgement on, one arm after the other."""
    found: Arms = {}
    for name, search in arms.items():
        tell(f"asking {name}")
        rows = []
        for question in questions:
            if question.id in relevance:
                began = time.perf_counter()
                ranked = distinct(search(question.text))
                passed = 1000 * (time.perf_counter() - began)
                rows.append(Row(question.id, judge(ranked, relevance[question.id]), round(passed, 2)))
        found[name] = tuple(rows)
    return found


def _in_places(places: Mapping[tuple[str, int], str]) -> Callable[[str, int], str]:
    return lambda document, page: places[document, page]
