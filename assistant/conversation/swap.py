"""The question before, asked of something else: «What about Walsall?», «I meant the cost, not the number»."""

import re

from assistant.conversation.mentions import (
    PLACES,
    Kind,
    Mention,
    council_of,
    mentions_of,
    of_kinds,
    says_more,
)
from assistant.conversation.moves import AUX, WH, is_bare
from assistant.conversation.phrases import replace_phrase
from assistant.conversation.turns import as_sentence
from assistant.question import YEAR
from ingest.programme import Programme

_LIKE = {
    Kind.COUNCIL: (Kind.COUNCIL, Kind.SERVICE),
    Kind.SERVICE: (Kind.SERVICE, Kind.COUNCIL),
    Kind.PROJECT: (Kind.PROJECT, Kind.SERVICE, Kind.NAME),
    Kind.MODEL: (Kind.MODEL, Kind.PROGRAMME, Kind.SERVICE, Kind.COUNCIL),
    Kind.PERSON: (Kind.PERSON, Kind.NAME),
    Kind.NAME: (Kind.NAME, Kind.PERSON, Kind.PROJECT, Kind.PARTNER, Kind.SERVICE),
    Kind.PARTNER: (Kind.PARTNER, Kind.NAME, Kind.COUNCIL),
    Kind.PROGRAMME: (Kind.PROGRAMME, Kind.MODEL),
    Kind.ISSUE: (Kind.ISSUE,),
    Kind.DATE: (Kind.DATE,),
}  # what a name may take the place of, the likest first
_PLACED = re.compile(r"^(?P<word>in|at|for|of|by|from|on|with|about|since|until|after|before)\s+", re.I)
_LATER = re.compile(
    r"^(?:(?P<many>a|one|two|three|four|five|\d{1,2}) years? (?P<way>later|earlier|before|after(?:wards)?|on)|"
    r"the (?:year (?P<one>before|after)|(?P<next>next|following|previous) year))$",
    re.I,
)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_OBJECT = r"(?:the |a |an )?[a-z][\w’' -]*?(?=\s+(?:in|of|at|on|by|from|with|for|during|after|before)\b|\W*$)"
_ASKED = re.compile(rf"^(?P<wh>(?:{WH})\b.*?)\s+(?P<rest>(?:{AUX})\b.*)$", re.I)
_COUNTED = re.compile(rf"^how (?:many|much)\s+(?P<noun>(?!(?:{AUX})\b).+?)$", re.I)
_WHICH = re.compile(r"^which\s+(?P<noun>.+)$", re.I)


def swap(rest: str, before: str, programme: Programme, wrong: str = "") -> str | None:
    """The question before with `rest` in the place of what it is like; None where it is like nothing there."""
    rest = rest.strip(" ?.!")
    if is_bare(rest):
        return _ask_otherwise(rest, before)
    piece = f"about {rest}"  # what opens a sentence is not taken for a name
    new = mentions_of(piece, programme)
    if new and not says_more(piece, new):
        for mention in new:
            before = swap_mention(mention, before, programme, _PLACED.match(rest))
        return as_sentence(before)
    replaced = _later(rest, before) or replace_phrase(rest, before, wrong)
    if replaced is None and (placed := _PLACED.match(rest)):
        replaced = _replace_place(rest, placed["word"], before, programme)
    return as_sentence(replaced) if replaced else None


def swap_mention(new: Mention, before: str, programme: Programme, placed: re.Match[str] | None) -> str:
    """One name put in the place of the likest one, or added where there is none."""
    held = mentions_of(before, programme)
    kinds = _LIKE[new.kind]
    if placed and placed["word"].lower() in ("in", "at", "for") and new.kind is Kind.MODEL:
        kinds = (Kind.MODEL,)
    old = next((found for kind in kinds if (found := of_kinds(held, kind))), ())
    if not old:
        return _added(new, before)
    if new.kind in (Kind.COUNCIL, Kind.SERVICE):
        return _swap_place(new, before, programme)
    name = new.text
    for mention in reversed([m for m in old if m.id == old[-1].id]):
        before = f"{before[: mention.start]}{name}{before[mention.end :]}"
    return before


def _swap_place(new: Mention, before: str, programme: Programme) -> str:
    """Another council or service, by a name that fits, and the model that it took on."""
    held = of_kinds(mentions_of(before, programme), Kind.COUNCIL, Kind.SERVICE)
    old = next((e for e in programme.councils if e.id == held[-1].id), None)
    council = council_of(new, programme)
    for mention in reversed([m for m in held if m.id == held[-1].id]):
        name = new.text
        if mention.kind is Kind.SERVICE and new.kind is Kind.COUNCIL and council is not None:
            name = f"{council.local_names[0] if council.local_names else 'the service'} in {council.name}"
        before = f"{before[: mention.start]}{name}{before[mention.end :]}"
    before = re.sub(rf"{re.escape(new.text)}(?:[’']s|,| in| of)? {re.escape(new.text)}", new.text, before)
    if old and council and old.model and council.model and old.model != council.model:
        for model in reversed([m for m in mentions_of(before, programme) if m.id == old.model]):
            name = next(e.name for e in programme.models if e.id == council.model)
            before = f"{before[: model.start]}{name}{before[model.end :]}"
    return before


def _added(new: Mention, before: str) -> str:
    if new.kind in (*PLACES, Kind.MODEL, Kind.DATE, Kind.ISSUE, Kind.PROGRAMME):
        return add_to(before, f"in {new.text}")
    return add_to(before, f"(about {new.text})")


def add_to(question: str, words: str) -> str:
    """At the end of the question, before its mark."""
    body = question.rstrip(" ?.!")
    mark = question[len(body) :].strip() or "?"
    return f"{body} {words}{mark[:1]}"


def _ask_otherwise(word: str, before: str) -> str:
    """«When?» after «Which model did Norfolk adopt?»: the same with another question word."""
    before = re.sub(rf",? and (?:since )?(?:{WH})\b[\w ]{{0,12}}\?$", "?", before)
    match = _ASKED.match(before)
    word = word.strip(" ?.!")
    if word.lower().startswith(("how many", "how much", "which")):
        counted = _COUNTED.match(match["wh"]) or _WHICH.match(match["wh"]) if match else _WHICH.match(before)
        if counted:
            bare = re.sub(r"\s+ones?$", "", word)
            rest = match["rest"] if match else ""
            return as_sentence(f"{bare} {counted['noun']} {rest}")
        match = None
    if match is None:
        return f"{before.rstrip(' ?.!')}, and {word.lower()}?"
    return as_sentence(f"{word} {match['rest']}")


def _replace_place(rest: str, word: str, before: str, programme: Programme) -> str:
    """«in the country as a whole» in the place of «in Leeds»; at the end where nothing stands there."""
    for mention in mentions_of(before, programme):
        head = before[: mention.start].rstrip()
        if head.lower().endswith(f" {word.lower()}"):
            return f"{head[: -len(word)]}{rest}{before[mention.end :]}"
    if match := re.search(rf"\b{word}\s+{_OBJECT}", before, re.I):
        return f"{before[: match.start()]}{rest}{before[match.end() :]}"
    return add_to(before, rest)


def _later(rest: str, before: str) -> str | None:
    """«two years later» after a question about March 2021: the same about March 2023."""
    match, year = _LATER.match(rest), YEAR.search(before)
    if match is None or year is None:
        return None
    many = (match["many"] or "one").lower()
    way = (match["way"] or match["one"] or match["next"]).lower()
    years = _NUMBERS.get(many) or int(many)
    then = int(year.group()) + (-years if way in ("earlier", "before", "previous") else years)
    return f"{before[: year.start()]}{then}{before[year.end() :]}"
