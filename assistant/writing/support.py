"""How much of what a statement says its proof says: word by word, with what means the same."""

from assistant.knowledge import Knowledge
from assistant.lexicon import stems_of
from assistant.writing.ground import Ground
from assistant.writing.words import Sentence, Word

LEAST = 0.8  # share of a statement's words, by weight, that the proof has to hold
ROOT = 5  # letters that two words of one family begin with
_TOLD = frozenset(
    stems_of(
        "say said report reported state stated describe described explain explained mention mentioned note noted "
        "according include including involve use make take also well highlight passage document article journal issue"
    )
)
# Words for the same thing in prose about services. Not programme knowledge: that is in programme.toml.
_SAME = tuple(
    frozenset(stems_of(line))
    for line in (
        "help support assist aid",
        "begin start launch commence introduce",
        "show demonstrate reveal indicate find",
        "child kid",
        "staff worker practitioner professional workforce employee",
        "need require",
        "big large great huge",
        "make create develop build form establish produce",
        "get receive obtain gain",
        "use utilise apply employ",
        "keep remain stay maintain continue",
        "fall drop decrease decline reduce reduction cut fewer lower less",
        "rise increase grow growth more higher",
        "problem issue difficulty challenge barrier",
        "aim goal purpose objective",
        "give provide offer deliver supply",
        "meet meeting gather",
        "talk speak discuss conversation discussion",
        "lead head manage run",
        "change transform shift transformation",
        "improve better enhance improvement",
        "way approach method",
        "council authority",
        "learn lesson learnt",
        "home house household",
        "important key vital crucial essential central",
        "train training course",
        "together jointly joint combine",
        "start first initially",
        "end finish close",
        "quick fast rapid",
        "think believe feel felt thought consider view",
        "allow enable let",
        "cost spend price expense",
        "parent carer",
        "adolescent teenager young",
        "look review examine assess",
        "job role post position",
        "group team",
        "document paper report record",
        "new fresh",
        "ask request invite",
        "tell told say share",
        "part element component feature",
        "part participate",
        "stop prevent avoid",
        "visit see attend",
        "choose choice select",
        "open launch set",
        "complete finish undertake undergo",
        "move go transfer",
        "return back",
        "work practice",
        "plan intend",
        "good positive",
        "bring introduce",
    )
)


def check_words(claim: Sentence, ground: Ground, knowledge: Knowledge) -> tuple[str | None, float]:
    """Why too much of the statement is not there (None where enough is), and the share that is."""
    content = [word for word in claim.words if not word.is_function and word.stem not in _TOLD]
    if not content:
        return None, 1.0
    missing = [word for word in content if not _is_held(word, claim, ground, knowledge)]
    weight = {word.stem: max(0.5, knowledge.lexicon.idf(word.stem)) for word in content}
    total = sum(weight[word.stem] for word in content)
    share = 1 - sum(weight[word.stem] for word in missing) / total
    if share >= LEAST:
        return None, share
    return f"not there: {', '.join(claim.text[w.start : w.end] for w in missing[:5])}", share


def _is_held(word: Word, claim: Sentence, ground: Ground, knowledge: Knowledge) -> bool:
    own = ground.stems
    if word.stem in own or any(_same_root(word.stem, other) for other in own):
        return True
    if any(figure.start <= word.start < figure.end for figure in claim.figures):
        return True  # it has been looked at as a figure
    if any(word.stem in family and family & own for family in _SAME):
        return True
    around = frozenset(stems_of(f"{ground.around} {ground.wider}"))
    if word.capital and word.stem in around:
        return True
    return _is_other_name(word, claim, ground, knowledge) or word.stem in frozenset(stems_of(ground.around))


def _is_other_name(word: Word, claim: Sentence, ground: Ground, knowledge: Knowledge) -> bool:
    """Part of a name or term for which the proof has another of the programme's words («CIN», «child in need»)."""
    text = f"{ground.text} {ground.around} {ground.wider}"
    own, mine = stems_of(text), stems_of(claim.text)
    return any(
        any(word.stem in names and _holds(mine, names) for names in group)
        and any(_holds(own, names) for names in group)
        for group, _ in knowledge.groups
    )


def _holds(stems: tuple[str, ...], names: tuple[str, ...]) -> bool:
    length = len(names)
    return any(stems[at : at + length] == names for at in range(len(stems) - length + 1))


def _same_root(one: str, other: str) -> bool:
    """«reduc(tion)» and «reduc(e)», «evaluat(or)» and «evaluat(e)»: the longer adds an ending to the shorter's root."""
    shorter, longer = sorted((one, other), key=len)
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(shorter))
    return common >= ROOT and common >= len(shorter) - 2 and len(longer) - common <= 5
