"""A follow-up made to stand alone: what the turns before were about, and what they limit the answers to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.conversation.mentions import Kind, mentions_of, of_kinds, says_more
from assistant.conversation.moves import AUX, Move, Step, asks, is_bare, read_move
from assistant.conversation.phrases import counted_noun, means_question_word
from assistant.conversation.pronouns import fill_in, pointers
from assistant.conversation.referents import look_back, referents_of
from assistant.conversation.scope import Scope, read_scope, still_holds
from assistant.conversation.swap import add_to, swap
from assistant.conversation.turns import Exchange, as_sentence, exchanges, is_courtesy, without_manners
from assistant.lexicon import words_of
from assistant.types import Filters, Turn
from assistant.wordlists import STOP
from ingest.programme import Programme
from ingest.records import DocumentRecord

_PIECE = 4  # words of a question that is only a piece of one
_ELIDED = re.compile(rf"^(how many|how much|which)\s+(?=(?:{AUX}|stayed|came|went|left|took|got)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Standalone:
    """`text` can be read on its own; `shown` also tells the limits that hold, which `filters` puts on the retrieval.

    `subject` holds names taken over from earlier turns that `text` does not say itself.
    """

    text: str
    subject: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    scope: str = ""
    courtesy: bool = False
    fresh: bool = False

    @property
    def shown(self) -> str:
        return f"{self.text} ({self.scope})" if self.scope else self.text


@dataclass(frozen=True, slots=True)
class _Talk:
    """What has been asked so far, each question standing alone; `back` are those that were answered."""

    programme: Programme
    documents: Sequence[DocumentRecord]
    asked: tuple[Exchange, ...] = ()
    scope: Scope = field(default_factory=Scope)

    @property
    def back(self) -> tuple[Exchange, ...]:
        opened = max((n for n, exchange in enumerate(self.asked) if exchange.fresh), default=0)
        return tuple(exchange for exchange in self.asked[opened:] if exchange.answered)


def stand_alone(
    question: str, history: Sequence[Turn], programme: Programme, documents: Sequence[DocumentRecord] = ()
) -> Standalone:
    """The question as it is when nothing is left out, else with what earlier turns were about."""
    talk = _Talk(programme, documents)
    for exchange in exchanges(history):
        read, scope = _read(exchange.question, talk)
        asked = replace(exchange, question=read.text, fresh=read.fresh)
        talk = replace(talk, asked=(*talk.asked, asked), scope=scope)
    read, scope = _read(question, talk)
    if read.courtesy:
        return read
    return replace(read, filters=scope.filters, scope=scope.shown())


def _read(question: str, talk: _Talk) -> tuple[Standalone, Scope]:
    """One turn after those before it, and the limits that hold from it on."""
    if is_courtesy(question):
        return Standalone(question, courtesy=True), talk.scope
    text = without_manners(question.strip())
    said = read_scope(text, talk.scope, talk.programme, talk.documents)
    if said is not None and not said[1]:
        return _asked_again(said[0], talk), said[0]
    scope, left = said if said is not None else (talk.scope, text)
    read = _resolved(as_sentence(left) if said is not None else left, talk)
    if said is None and read.text in (left, as_sentence(left)):
        read = replace(read, text=question)  # it stands alone, as it was typed
    return read, scope if said is not None else still_holds(scope, read.text, talk.programme, talk.documents)


def _asked_again(scope: Scope, talk: _Talk) -> Standalone:
    """A turn that only sets or lifts a limit asks the question before once more."""
    last = talk.asked[-1].question if talk.asked else ""
    if last and still_holds(scope, last, talk.programme, talk.documents) == scope:
        return Standalone(last)
    names = " and ".join(label for _, label in scope.labels)
    return Standalone(f"What do the documents say about {names or 'the programme'}?")


def _resolved(text: str, talk: _Talk) -> Standalone:
    step = read_move(text)
    if step.move is Move.NEW_SUBJECT or not talk.asked:
        rest = step.rest if step.move in (Move.NEW_SUBJECT, Move.GO_ON) else text
        return Standalone(as_sentence(rest) if rest != text else text, fresh=True)
    if step.move is Move.BACK:
        return _go_back(step, talk)
    if step.move in (Move.CORRECT, Move.SAME_OF):
        return _changed(step, talk)
    if step.move is Move.ASK and _is_piece(step.rest, talk.programme):
        return _changed(Step(Move.SAME_OF, step.rest), talk)
    rest = text if step.rest == text else as_sentence(step.rest)
    return _follow(rest, talk, goes_on=step.move is Move.GO_ON)


def _changed(step: Step, talk: _Talk) -> Standalone:
    """The last question, answered or not, with something else in its place."""
    last = talk.asked[-1].question
    if asks(step.rest) and not is_bare(step.rest):
        return _follow(step.rest, talk, goes_on=step.move is not Move.CORRECT)
    if step.wrong and means_question_word(step.wrong, last):
        return _noun_of(step, last, talk)
    if re.match(r"how many (?:are|were) ", step.rest, re.I) and (several := _several(talk)):
        return Standalone(as_sentence(step.rest.replace("many", f"many {several}", 1).rstrip(" ?") + "?"))
    if pointers(step.rest, talk.programme):
        return _follow(step.rest, talk, goes_on=True)
    swapped = swap(step.rest, last, talk.programme, step.wrong)
    if swapped is not None:
        return Standalone(swapped)
    return _noun_of(step, last, talk)


def _several(talk: _Talk) -> str | None:
    """What «How many are there?» counts: those the last question asked for, or its topic in the plural."""
    for one in look_back(talk.back, talk.programme)[:1]:
        what = one.many or (one.topic if one.topic and one.topic.split(" of ")[0].endswith("s") else None)
        return re.sub(r"^the ", "", what) if what else None
    return None


def _noun_of(step: Step, last: str, talk: _Talk) -> Standalone:
    """«the cost» after a question about Leeds: «What is the cost in Leeds?»; with names of its own it needs none."""
    rest, own = step.rest, mentions_of(step.rest, talk.programme)
    verb = "are" if rest.lower().endswith("s") and not rest.lower().endswith("ss") else "is"
    rest = re.sub(r"^about ", "", rest)
    opening = f"What {verb} {rest}?" if step.wrong and rest.lower().startswith("the ") else f"What about {rest}?"
    if of_kinds(own, Kind.COUNCIL, Kind.SERVICE, Kind.PROJECT, Kind.MODEL, Kind.PERSON):
        return Standalone(as_sentence(opening))
    return Standalone(as_sentence(_with_names(opening, last, talk)))


def _go_back(step: Step, talk: _Talk) -> Standalone:
    """«Back to Leeds: how many families …?»: the question, asked of what is gone back to."""
    topic = re.sub(r"[’']s$", "", step.topic)
    mentions = mentions_of(f"about {topic}", talk.programme)  # what opens a sentence is not taken for a name
    earlier = [e for e in talk.asked if any(w in words_of(e.question) for w in words_of(topic) if w not in STOP)]
    if not mentions and not earlier:
        return _follow(step.rest or topic, talk, goes_on=False)
    name = topic if says_more(f"about {topic}", mentions) or not mentions else mentions[0].text
    if not step.rest:
        return Standalone(f"What do the documents say about {name}?")
    if step.topic != topic and talk.back and (whole := _owned(topic, talk)):
        name = whole
    about = referents_of(Exchange(f"What is {name}?"), talk.programme)
    whole_name = f"the {name}" if about.thing_kind is Kind.PROJECT and not name.lower().startswith("the ") else name
    text = fill_in(step.rest, [replace(about, thing=about.thing or whole_name, person=about.person or name)],
                   talk.programme)  # fmt: skip
    if text == step.rest and name.lower() not in text.lower() and not _covers(text, name, talk.programme):
        text = add_to(text, f"in {name}" if mentions and mentions[0].kind is not Kind.PERSON else f"(about {name})")
    return Standalone(as_sentence(text))


def _owned(topic: str, talk: _Talk) -> str | None:
    """«Darlington's» after «the pilot in Cambridgeshire»: «the pilot in Darlington»."""
    last = talk.asked[-1].question
    for mention in of_kinds(mentions_of(last, talk.programme), Kind.COUNCIL, Kind.SERVICE):
        if match := re.search(r"\bthe [\w -]{2,40}? (?:in|of|at|for) $", last[: mention.start]):
            return f"{match.group()}{topic}"
    return None


def _covers(text: str, name: str, programme: Programme) -> bool:
    """Whether a question names the council that is gone back to by another of its names."""
    held = {m.id for m in mentions_of(text, programme)}
    return any(m.id in held for m in mentions_of(name, programme) if m.kind is not Kind.NAME)


def _follow(text: str, talk: _Talk, goes_on: bool) -> Standalone:
    """A question with pronouns, or one that goes on from the last with «And»."""
    pointing = pointers(text, talk.programme)
    if not pointing and not goes_on:
        return Standalone(text)
    back = look_back(talk.back, talk.programme)
    filled = fill_in(text, back, talk.programme)
    if filled == text and goes_on and talk.back:
        filled = _with_elided(text, talk.back[-1].question)
        filled = _with_names(filled, talk.back[-1].question, talk)
    if filled == text and pointing and back:
        names = _unsaid(text, back[0].names, talk.programme)
        if names:
            return Standalone(add_to(as_sentence(text), f"(about {', '.join(names)})"), names)
    return Standalone(as_sentence(filled))


def _with_elided(text: str, last: str) -> str:
    """«How many were …» after «How many children came …»: «How many children were …»."""
    match, noun = _ELIDED.match(text), counted_noun(last)
    return f"{match[1]} {noun} {text[match.end() :]}" if match and noun else text


def _with_names(text: str, last: str, talk: _Talk) -> str:
    """The question with the place or the model that the last one was about, unless it names its own."""
    telling = (Kind.COUNCIL, Kind.SERVICE, Kind.PROJECT, Kind.MODEL, Kind.PERSON)
    if of_kinds(mentions_of(text, talk.programme), *telling):
        return text
    held = mentions_of(last, talk.programme)
    for kind in (Kind.SERVICE, Kind.COUNCIL, Kind.PROJECT, Kind.MODEL):
        if found := of_kinds(held, kind):
            return add_to(text, f"{'at' if kind is Kind.SERVICE else 'in'} {found[0].text}")
    names = of_kinds(held, Kind.PERSON, Kind.NAME)
    return add_to(text, f"(about {names[0].text})") if names else text


def _unsaid(text: str, names: Sequence[str], programme: Programme) -> tuple[str, ...]:
    places = of_kinds(mentions_of(text, programme), Kind.COUNCIL, Kind.SERVICE)
    return tuple(n for n in names if n.lower() not in text.lower() and not (places and mentions_of(n, programme)))


def _is_piece(text: str, programme: Programme) -> bool:
    """«Walsall?», «And when?», «How many children?»: a question in form, too short to be asked alone."""
    words = words_of(text)
    if is_bare(text):
        return True
    if not text.rstrip().endswith("?") or len(words) > _PIECE or set(words) & set(AUX.split("|")):
        return False
    mentions = mentions_of(text, programme)
    if mentions and not says_more(text, mentions):
        return True
    return not asks(text) and bool(re.match(r"(?:in|at|for|the|since|by)\b", text, re.I))
