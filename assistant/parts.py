"""A question that asks two things, or one thing of two sides, taken apart into questions with one answer each.

When in doubt a question stays whole: half a question finds worse evidence than a long one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.conversation import SILENCE
from assistant.conversation.moves import AUX
from assistant.editions import ISSUE, Edition
from assistant.kinds import KINDS, Kind
from assistant.lexicon import words_of
from assistant.question import YEAR
from assistant.sides import find_sides
from assistant.wordlists import GENERIC, PRONOUNS, STOP
from ingest.names import find_names, pattern_of
from ingest.programme import Programme

MOST = 3  # questions in one
CARRIED = 4  # words of the first question that the second leans on
_AUX = rf"(?:{AUX})"
_WH = r"(?:who|what|when|where|why|how|which|whose|since when|by how|in (?:what|which))"
_OPENS = re.compile(rf"^(?:and |but |so )?(?:{_WH}|{_AUX})\b", re.I)
_JOINT = re.compile(rf"(?:,\s*|\s+)and\s+(?={_WH}\b)", re.I)
_ASKS = re.compile(
    rf"^(?:(?:when|where|why|since when)\s+{_AUX}\b|(?:by )?how\s+(?:\w+\s+){{0,3}}?{_AUX}\b|who(?:se)?\s+\w+|"
    rf"(?:in )?(?:what|which)\s+(?:[\w’'-]+\s+){{0,3}}?(?:{_AUX}\b|\w+s\b))",
    re.I,
)
_WHOSE_ANSWER = re.compile(
    rf"^(?:and )?(?:(?:in )?(?:which|what)(?! {_AUX}\b)|who|whose)\b", re.I
)  # «it» may be the answer
_PLACE = re.compile(rf"^(?:when|where|since when)\s+{_AUX}\s+(?:it|they|this|that)\b", re.I)
_OF_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b", re.I)
_VERB = re.compile(rf"^(?:and |but |so )?(?:who|what)(?: {_AUX})? [\w’'-]+ ", re.I)  # «who leads», «what goes»
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][\w’-]+(?: (?:of )?[A-Z][\w’-]+)*")
_CHANGES = re.compile(
    r"\b(?:chang(?:e[sd]?|ing)|differ\w*|compar\w+|develop\w*|progress\w*|versus|vs|against|moved on)\b", re.I
)
_ISSUES = re.compile(
    r"\bissues?\s+(\d{1,2})\s*(?:and|to|with|against|versus|vs\.?|or|from)\s*(?:in )?(?:issue\s+)?(\d{1,2})\b", re.I
)
_WHEN = re.compile(
    r"\b(?:between|from|since|in|of|to|against|with|versus|vs\.?|and|by|the|journal)\s+(?=\0)|\0(?:’s|'s)?", re.I
)
_CHANGE_WORDS = re.compile(
    r"^(?:what|how|which things)\s+(?:has|have|had|did|does|is|was|were)?\s*|\b(?:chang(?:e[sd]?|ing)|differ\w*|"
    r"compare[sd]?|developed|develop|progressed)\b",
    re.I,
)


Dated = Callable[[], Sequence[Edition]]  # asked for only where a question names times


@dataclass(frozen=True, slots=True)
class Part:
    """One question with one answer. `heading` says which, `documents` limits it (none: no limit).

    `subject` holds the words taken over from elsewhere; `silence` is said when the documents don't answer this part.
    A side is one of several things that are compared.
    """

    text: str
    subject: tuple[str, ...] = ()
    heading: str | None = None
    documents: tuple[str, ...] = ()
    silence: str = ""
    is_side: bool = False


def take_apart(text: str, subject: tuple[str, ...], programme: Programme, dated: Dated) -> tuple[Part, ...]:
    """The parts of a standalone question, in the order asked; a plain question is its own only part."""
    return (
        _questions(text, subject, programme)
        or _editions(text, subject, dated)
        or tuple(
            Part(side.text, subject, side.name, silence=f"{SILENCE} this of {side.name}.", is_side=True)
            for side in find_sides(text, programme)
        )
        or (Part(text, subject),)
    )


def _questions(text: str, subject: tuple[str, ...], programme: Programme) -> tuple[Part, ...]:
    """«Who leads it and when did it start?»: two questions, the second made to stand alone."""
    aside = _ASIDE.search(text)
    carried = subject or (tuple(aside[1].split(", ")) if aside else ())
    pieces = [piece for one in re.split(r"(?<=\?)\s+", _ASIDE.sub("", text)) for piece in _clauses(one)]
    if not 2 <= len(pieces) <= MOST or not all(_OPENS.match(piece) for piece in pieces):
        return ()
    first = carried or _subject(pieces[0], programme)
    parts = []
    for number, piece in enumerate(pieces):
        asked = re.sub(r"^(?:and|but|so)\s+", "", piece, flags=re.I).strip(" ,.?") + "?"
        asked = asked[:1].upper() + asked[1:]
        lends = carried if number == 0 else _lent(asked, first, programme)
        shown = f"{asked} ({', '.join(lends)})" if lends else asked
        parts.append(Part(shown, lends, asked, silence=f"The documents don't answer “{asked}”"))
    return tuple(parts)


def _clauses(sentence: str) -> list[str]:
    """The sentence's two questions, or the sentence whole."""
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[: joint.start()], sentence[joint.end() :]
        telling = [[word for word in words_of(half) if word not in STOP] for half in (left, right)]
        stands = bool(_OPENS.match(left) and telling[0]) and len(words_of(left)) >= 3
        asks = bool(_ASKS.match(right)) and bool(telling[1] or _PLACE.match(right))
        if stands and asks and not (_WHOSE_ANSWER.match(left) and _means_the_answer(left, right)):
            return [left, right]
    return [sentence]


def _means_the_answer(left: str, right: str) -> bool:
    """«Which council was second, and when did it begin?»: «it» is what the first question asks for."""
    if re.match(r"^who", left, re.I):
        return bool(_OF_PERSON.search(right))
    return bool(set(words_of(right)) & PRONOUNS)


def _lent(question: str, first: tuple[str, ...], programme: Programme) -> tuple[str, ...]:
    """What a later question takes over: all with a pronoun, the names where it names nothing itself, else nothing."""
    named = find_names(question, programme)
    if set(words_of(question)) & PRONOUNS and not named.councils:
        return first
    if named.councils or named.models or _CAPITAL.search(question):
        return ()
    names = tuple(word for word in first if not word.islower())
    return names or (first if len(_telling(question)) < 2 else ())


def _subject(question: str, programme: Programme) -> tuple[str, ...]:
    """What a question is about: the names in it, else its telling words."""
    entities = (*programme.councils, *programme.models)
    names = [m[0] for one in entities if (m := pattern_of(one.names + one.local_names).search(question))]
    names += [one for one in _CAPITAL.findall(question) if not any(one in name or name in one for name in names)]
    rest = question
    for name in names:
        rest = rest.replace(name, " ")
    told = _telling(_VERB.sub("", rest)) or ([] if names else _telling(rest))
    return tuple(dict.fromkeys([*names, *told[:CARRIED]]))


def _telling(text: str) -> list[str]:
    return [word for word in words_of(text) if word not in STOP and word not in GENERIC and not word.isdigit()]


def _editions(text: str, subject: tuple[str, ...], dated: Dated) -> tuple[Part, ...]:
    """«What changed in Rochdale since 2021?»: the same question, asked of the documents of each time."""
    marked, sides = _two_issues(text, dated) or _two_years(text, dated) or ("", ())
    topic = _CHANGE_WORDS.sub(" ", _WHEN.sub(" ", _WHEN.sub(" ", marked)))
    topic = " ".join(re.sub(r"^\W*(?:in|at|for|about|with|on)\b", "", topic.strip(" ?.,")).split())
    if len(sides) != 2 or not any(word not in STOP for word in words_of(topic)):
        return ()
    bare = len(_telling(topic)) <= 1
    asked = f"What does {topic} report?" if bare else topic[:1].upper() + topic[1:]
    return tuple(
        Part(asked, subject, name[:1].upper() + name[1:], ids or ("",), f"{SILENCE} this in {name}.")
        for name, ids in sides
    )


_Sided = tuple[str, tuple[tuple[str, tuple[str, ...]], ...]]


def _two_issues(text: str, dated: Dated) -> _Sided | None:
    """The text with \\0 for what names the times, and each time with its documents."""
    pair = _ISSUES.search(text)
    numbers = list(dict.fromkeys(pair.groups() if pair else ISSUE.findall(text)))
    if len(numbers) != 2:
        return None
    of = {one.issue: one for one in dated() if one.issue}
    sides = tuple((of[n].name, of[n].documents) if n in of else (f"issue {n}", ()) for n in numbers)
    return (_ISSUES.sub("\0", text) if pair else ISSUE.sub("\0", text)), sides


def _two_years(text: str, dated: Dated) -> _Sided | None:
    """Two years, or one and what came later; not where a figure is asked for, which one document gives for both."""
    kinds = {kind for kind, pattern in KINDS if pattern.search(text)}
    years = list(dict.fromkeys(YEAR.findall(text)))
    if not _CHANGES.search(text) or Kind.NUMBER in kinds or not 1 <= len(years) <= 2:
        return None
    if len(years) == 1 and not re.search(rf"\bsince\s+(?:\w+\s+)?{years[0]}", text, re.I):
        return None
    editions = dated()
    first = [one for one in editions if (one.date or "").startswith(years[0])]
    later = [one for one in editions if (one.date or "")[:4] > years[0]]
    second = [one for one in editions if (one.date or "").startswith(years[1])] if len(years) == 2 else later[-1:]
    if not first or not second:
        return None
    return YEAR.sub("\0", text), (_together(first), _together(second))


def _together(found: Sequence[Edition]) -> tuple[str, tuple[str, ...]]:
    return found[-1].name, tuple(i for one in found for i in one.documents)
