"""The vectors in Chroma: derived from the truth, checked against it, and rebuilt from it when they disagree.

Chroma is used directly: LlamaIndex's adapter gives no similarity and sends batches larger than Chroma takes.
"""

import shutil
import threading
import time
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np

from ingest.embedding import Vectors
from ingest.errors import IndexDamagedError

FOLDER = "chroma"
# Points of the graph that a search has in view, and how the graph is made. Of a million chunks Chroma's own graph found
# 0.75 of the ten nearest with 800 in view and 0.82 with 2,000; this one 0.89 and 0.94, in 5 ms, and takes twice as long
# to make (1 ms of processor time a chunk)
LOOKED_AT = 2000
GRAPH = {"max_neighbors": 32, "ef_construction": 200}
KNOCK = 3.0  # seconds in which a Chroma server must say that it is there
PATIENCE = 5.0  # seconds for a search
WORK = 120.0  # seconds for a batch of vectors to be written
BATCH = 2000  # vectors sent to a server at once: it answers when they are written
LOCKED = "database is locked"  # as SQLite says it
TRIES, PAUSE = 20, 0.25  # and seconds
DAMAGED = "The vector index in {} cannot be used ({}): `assistant doctor` says more, `assistant rebuild` mends it."


def index_name(meta: Mapping[str, str]) -> str:
    """Of this library and its model: no other library on a Chroma server, and no other model, has the same."""
    return f"chunks-{meta['library']}-{meta.get('model_sha256', 'none')[:12]}"


class VectorIndex:
    """One collection of the library's chunk vectors, by cosine. Every failure of Chroma raises IndexDamagedError."""

    def __init__(self, data_dir: Path, url: str | None, name: str) -> None:
        self._folder = data_dir / FOLDER
        self._old = data_dir / f"{FOLDER}-old"
        self._url = url
        self.name = self._name = name
        self._opened: tuple[Any, Any] | None = None
        self._writing: tuple[Any, Any] | None = None  # to a server: a client that waits longer
        self._lock = threading.Lock()

    @property
    def place(self) -> str:
        return self._url or str(self._folder)

    def present(self) -> bool:
        """Whether the embedded files are there; an open client would go on answering from memory without them."""
        return self._url is not None or (self._folder / "chroma.sqlite3").is_file()

    def _collection(self, writing: bool = False) -> tuple[Any, Any]:
        with self._lock:
            if writing and self._url is not None:
                _knock(self._url)  # else a server that hangs would be waited for as long as one that writes
                self._writing = self._writing or self._open(WORK)
                return self._writing
            self._opened = self._opened or self._open(PATIENCE)
            return self._opened

    def _open(self, patience: float) -> tuple[Any, Any]:
        """Again where Chroma is still at work on files that another client has closed, and says they are locked."""
        for _ in range(TRIES - 1):
            try:
                return self._open_once(patience)
            except Exception as error:
                if LOCKED not in str(error):
                    raise
                time.sleep(PAUSE)
        return self._open_once(patience)

    def _open_once(self, patience: float) -> tuple[Any, Any]:
        client = _connect(self._folder, self._url, patience)
        collection = client.get_or_create_collection(
            self._name,
            configuration={"hnsw": {"space": "cosine", "ef_search": LOOKED_AT, **GRAPH}},
            embedding_function=None,
        )
        with warnings.catch_warnings():  # Chroma warns itself of how it keeps that there is no embedding function
            warnings.simplefilter("ignore", DeprecationWarning)
            if collection.configuration.get("hnsw", {}).get("ef_search") != LOOKED_AT:  # of an earlier release
                collection.modify(configuration={"hnsw": {"ef_search": LOOKED_AT}})
        return client, collection

    def _batch(self, client: Any) -> int:
        size = int(client.get_max_batch_size())
        return size if self._url is None else min(size, BATCH)

    def upsert(self, ids: Sequence[int], vectors: Vectors, documents: Sequence[str]) -> None:
        try:
            client, collection = self._collection(writing=True)
            size = self._batch(client)
            for start in range(0, len(ids), size):
                part = slice(start, start + size)
                collection.upsert(
                    ids=[str(chunk) for chunk in ids[part]],
                    embeddings=vectors[part],
                    metadatas=[{"document_id": document} for document in documents[part]],
                )
        except Exception as error:
            raise self._damaged(error) from error

    def delete(self, ids: Sequence[int]) -> None:
        try:
            client, collection = self._collection(writing=True)
            size = self._batch(client)
            for start in range(0, len(ids), size):
                collection.delete(ids=[str(chunk) for chunk in ids[start : start + size]])
        except Exception as error:
            raise self._damaged(error) from error

    def nearest(self, vector: Vectors, limit: int) -> list[tuple[int, float]]:
        """Chunk ids and cosine similarity, nearest first."""
        try:
            _, collection = self._collection()
            found = collection.query(query_embeddings=vector.reshape(1, -1), n_results=limit, include=["distances"])
            return [(int(i), 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)]
        except Exception as error:
            raise self._damaged(error) from error

    def ids(self) -> set[int]:
        try:
            client, collection = self._collection(writing=True)
            size = client.get_max_batch_size()
            found: set[int] = set()
            for start in range(0, collection.count(), size):
                found.update(map(int, collection.get(include=[], limit=size, offset=start)["ids"]))
            return found
        except Exception as error:
            raise self._damaged(error) from error

    def holds(self, ids: Sequence[int], vectors: Vectors) -> bool:
        """Whether it has these chunks with these vectors: a truncated segment answers with others, silently.

        They are read by their ids. A search for each, being approximate, misses some of 100,000 in a sound index too.
        """
        if not ids:
            return True
        try:
            _, collection = self._collection()
            collection.query(query_embeddings=vectors[:1], n_results=1, include=["distances"])
            found = collection.get(ids=[str(chunk) for chunk in ids], include=["embeddings"])
            held = {int(i): vector for i, vector in zip(found["ids"], found["embeddings"], strict=True)}
        except Exception as error:
            raise self._damaged(error) from error
        return all(
            i in held and np.allclose(held[i], vector, atol=1e-3) for i, vector in zip(ids, vectors, strict=True)
        )

    def vectors(self, ids: Sequence[int]) -> dict[int, Vectors]:
        """Those of these chunks that it has."""
        try:
            _, collection = self._collection(writing=True)
            found = collection.get(ids=[str(chunk) for chunk in ids], include=["embeddings"])
        except Exception as error:
            raise self._damaged(error) from error
        return {int(i): vector for i, vector in zip(found["ids"], found["embeddings"], strict=True)}

    def count(self) -> int:
        try:
            return int(self._collection()[1].count())
        except Exception as error:
            raise self._damaged(error) from error

    def empty(self) -> None:
        """Begins anew: embedded files, which may be damaged, are moved away unread."""
        if self._url is None:
            self.close()
            shutil.rmtree(self._old, ignore_errors=True)
            if self._folder.exists():
                self._folder.rename(self._old)
            return
        try:
            client, _ = self._collection(writing=True)
            client.delete_collection(self._name)
        except Exception as error:
            raise self._damaged(error) from error
        self.close()

    def discard_old(self) -> None:
        """Removes what `empty` moved away."""
        shutil.rmtree(self._old, ignore_errors=True)

    def close(self) -> None:
        """Lets go of the client, so that the next use opens the folder afresh."""
        with self._lock:
            for opened in (self._opened, self._writing):
                if opened is not None:
                    _disconnect(opened[0])
            self._opened = self._writing = None

    def _damaged(self, error: Exception) -> IndexDamagedError:
        return IndexDamagedError(DAMAGED.format(self.place, " ".join(str(error).split())[:200] or type(error).__name__))


def _connect(folder: Path, url: str | None, patience: float) -> Any:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return chromadb.PersistentClient(path=str(folder), settings=settings)
        except BaseException:
            # Chroma keeps what it began to start, and would give that to the next who asks for this folder
            SharedSystemClient.clear_system_cache()
            raise
    _knock(url)  # Chroma's own client would wait for ever: it sets no limit, and asks before one can be set
    secure, host, port = _address(url)
    client = chromadb.HttpClient(host=host, port=port, ssl=secure, settings=settings)
    for session in _sessions(client):
        session.timeout = httpx.Timeout(patience, connect=KNOCK)
    return client


def _address(url: str) -> tuple[bool, str, int]:
    """(whether by HTTPS, host, port)."""
    parts = urlsplit(url if "//" in url else f"http://{url}")
    secure = parts.scheme == "https"
    return secure, parts.hostname or "localhost", parts.port or (443 if secure else 8000)


def _knock(url: str) -> None:
    secure, host, port = _address(url)
    httpx.get(f"http{'s' if secure else ''}://{host}:{port}/api/v2/heartbeat", timeout=KNOCK).raise_for_status()


def _disconnect(client: Any) -> None:
    """Closes the client and, which Chroma 1.5.9 forgets, its connections to a server."""
    client.close()
    for session in _sessions(client):
        session.close()


def _sessions(client: Any) -> list[Any]:
    parts = (client, getattr(client, "_admin_client", None))
    found = [getattr(getattr(part, "_server", None), "_session", None) for part in parts]
    return [session for session in found if session is not None]
