"""Vectors of sentences out of the forward pass that makes their text's vector («late chunking», arXiv 2409.04701).

A sentence's vector is the mean of what the model made of its tokens: they have read the rest of the text, so that
«They completed training» is about whom it is about.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Place = tuple[int, int]  # start and end, in characters of the text


def pools_by_mean(model: Any) -> bool:
    """Whether means of some tokens are comparable with its vectors: those are the mean of all, and nothing after it.

    It must also say which characters a token stands for, which tokenizers that are not «fast» cannot.
    """
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling

    _, *after = list(model)
    pooling = [module for module in after if isinstance(module, Pooling)]
    return (
        getattr(model.tokenizer, "is_fast", False)
        and len(pooling) == 1
        and pooling[0].get_config_dict().get("pooling_mode") == "mean"
        and all(isinstance(module, Pooling | Normalize) for module in after)
        and model.truncate_dim is None
    )


def encode_with_sentences(
    model: Any, texts: list[str], spans: Sequence[Sequence[Place]]
) -> tuple[Vectors, list[Vectors]]:
    """One batch, of a model that `pools_by_mean`: vectors of the texts, and for each text those of its spans."""
    found = model.encode(
        texts,
        batch_size=len(texts),
        show_progress_bar=False,
        output_value=None,
        processing_kwargs={"text": {"return_offsets_mapping": True}},
    )
    prompt = len(model.prompts.get(model.default_prompt_name) or "")
    vectors = normalised(np.stack([one["sentence_embedding"].numpy() for one in found]))
    return vectors, [
        _means(one["token_embeddings"].numpy(), one["offset_mapping"].numpy() - prompt, places)
        for one, places in zip(found, spans, strict=True)
    ]


def _means(tokens: Vectors, offsets: npt.NDArray[np.int64], places: Sequence[Place]) -> Vectors:
    """A row for each place; of zeros where the model has read none of its tokens."""
    starts, ends = offsets[:, 0], offsets[:, 1]
    bounds = np.asarray(places, dtype=np.int64).reshape(-1, 2)
    within = (starts < bounds[:, 1:]) & (ends > bounds[:, :1]) & (ends > starts)  # special tokens stand for nothing
    return normalised(within.astype(np.float32) @ tokens)


def normalised(vectors: Vectors) -> Vectors:
    """Rows of length 1; rows of zeros stay as they are."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)
