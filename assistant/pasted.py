"""A pasted letter with a question in it: the question leads, and of the rest only the names that it leans on stay."""

import re

from assistant.lexicon import words_of
from assistant.wordlists import PRONOUNS
from ingest.names import entity_of, find_names
from ingest.programme import Programme

LONG = 40  # words: what is shorter is read whole
NAMES = 3  # carried over from what stands around the question
_SENTENCE = re.compile(r"(?<=[.?!])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])")
_ASKS = re.compile(
    r"\b(?:wonder(?:ed|ing)?|(?:like|want|need|love) to (?:know|hear|learn|understand|find out)|asking|tell me|"
    r"remind me|let me know|find out)\b[\w\s,]{0,30}?\b(?:if|whether|who|what|when|where|why|how|which)\b|"
    r"^(?:please |could you |can you )?(?:explain|list|name|describe|compare|summarise|give me|show me)\b",
    re.I,
)
_GREETING = re.compile(
    r"^(?:hi|hello|hey|dear [\w ]{1,30}|good (?:morning|afternoon|evening))\b[\w ]{0,20}[,.!:–-]\s*", re.I
)
_DEFINITE = re.compile(
    r"\b(?:the|this|that) (?:project|service|team|hub|home|council|authority|area|model|programme|approach|pilot)\b",
    re.I,
)


def lead_question(text: str, programme: Programme) -> str:
    """The question of a long text, with the names it leans on behind it; a short text, or one that asks nothing, whole.

    «We visited Rochdale in May … When did the hub open?» is «When did the hub open? (Rochdale)».
    """
    if len(text.split()) <= LONG:
        return text
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    asking = [number for number, one in enumerate(sentences) if one.rstrip("\"”’')").endswith("?")]
    asking = asking or [number for number, one in enumerate(sentences) if _ASKS.search(one)]
    if not asking or len(asking) == len(sentences):
        return text
    questions = " ".join(_GREETING.sub("", sentences[number]) for number in asking)
    around = [sentences[n] for n in range(asking[-1] - 1, -1, -1)] + sentences[asking[-1] + 1 :]
    names = _names(questions, [one for one in around if one not in questions], programme)
    return f"{questions} ({', '.join(names)})" if names else questions


def _names(question: str, around: list[str], programme: Programme) -> list[str]:
    """Councils and models of the nearest sentence that names any, where the question does not say whom it means."""
    own = find_names(question, programme)
    leans = bool(set(words_of(question)) & PRONOUNS) or bool(_DEFINITE.search(question))
    if own.councils or not leans:
        return []
    for sentence in around:
        named = find_names(sentence, programme)
        models = {model.id: model.name for model in programme.models}
        found = [_name_used(entity, sentence, programme) for entity in named.councils]
        found += [models[one] for one in named.models if not own.models and not named.councils]
        if found:
            return found[:NAMES]
    return []


def _name_used(council: str, sentence: str, programme: Programme) -> str:
    """«Our Place» stays «Our Place», with its council behind it."""
    entity = entity_of(programme, council)
    local = next((name for name in entity.local_names if name.lower() in sentence.lower()), None)
    return f"{local} in {entity.name}" if local else entity.name
