"""What a turn does: goes back to something, corrects, asks the same of another, changes the subject, or just asks."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Move(StrEnum):
    ASK = "ask"
    NEW_SUBJECT = "new subject"
    BACK = "back"
    CORRECT = "correct"
    SAME_OF = "same of"  # «What about Walsall?»
    GO_ON = "go on"  # «And when did it open?»


@dataclass(frozen=True, slots=True)
class Step:
    """`topic` is what is gone back to or asked about, `rest` the question itself, `wrong` what was not meant."""

    move: Move
    rest: str
    topic: str = ""
    wrong: str = ""


WH = r"who|whom|whose|what|when|where|why|which|how"
AUX = r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
_QUESTION = re.compile(rf"^(?:(?:in|on|at|for|by|of|to|from|with|since)\s+)?(?:{WH}|{AUX}|tell|list|name)\b", re.I)
_NEW_SUBJECT = re.compile(
    r"^\W*(?:(?:now|so|and|but)[, ]+)?(?:(?:on )?(?:a |an )?(?:completely |quite )?(?:different|another|new|"
    r"other|next|separate) "
    r"(?:topic|subject|question|matter|thing)|(?:changing|switching|change of|to change) (?:the )?(?:topic|subject)|"
    r"moving on|something else)\s*(?:now)?\s*[:,.;!–—-]+\s*(?P<rest>.+)$",
    re.I,
)
_BACK = re.compile(
    r"^\W*(?:(?:now|so|ok(?:ay)?|and|but)[, ]+)?(?:(?:let['’]?s|let us|let me|can we|could we|i(?:['’]d|"
    r" would) like to)\s+)?"
    r"(?:(?:going|coming|getting|turning|go|come|get|turn)\s+)?(?:back to|returning to|return to|as for)\s+"
    r"(?P<topic>[^:,.;?!–—]{2,60}?)\s*(?:[:,.;?!–—]+\s*(?P<rest>.*))?$",
    re.I,
)
_CORRECT = re.compile(
    r"^\W*(?:(?:no|nope|sorry|oops|wait|oh|ah|er|well|apologies|actually|but)[,.!; –—-]+)*"
    r"(?:what )?(?:i (?:meant|mean|was asking about|am asking about|wanted|was thinking of)|i['’]m asking about|"
    r"make that|"
    r"i should have said)\s+(?:to (?:ask|say)(?: about)?\s+|to know(?: about)?\s+|was\s+)?(?P<rest>.+)$",
    re.I,
)
_NO_BUT = re.compile(r"^\W*(?:(?:no|nope|sorry|oops|actually|apologies)[,.!; –—-]+)+(?P<rest>.+)$", re.I)
_NOT_BUT = re.compile(
    r"^\W*(?:no[,.! ]+)?not (?P<wrong>[^,;:?]{2,50})[,;:–—-]+\s*(?:but )?(?P<rest>[^?]{2,60})\W*$", re.I
)
_INSTEAD = re.compile(
    r"[,;]?\s+(?:and |but )?(?:not|instead of|rather than|as opposed to)\s+(?P<wrong>[^,;?.]{2,60})\W*$", re.I
)
_SAME_OF = re.compile(
    r"^\W*(?:(?:and|so|but|ok(?:ay)?|then)[, ]+)*(?:what about|how about|(?:the )?same (?:question )?(?:for|"
    r"about|of|in))\s+"
    r"(?P<rest>.+)$",
    re.I,
)
_OPENER = re.compile(r"^\W*(?:and|but|or|so|also|then)\b[, ]*(?:then\s+|also\s+)?(?P<rest>.+)$", re.I)
_SHORT = 8  # words of a correction that is no question of its own


def read_move(text: str) -> Step:
    """The move a turn makes, by how it opens."""
    if match := _NEW_SUBJECT.match(text):
        return Step(Move.NEW_SUBJECT, match["rest"])
    if match := _BACK.match(text):
        return Step(Move.BACK, (match["rest"] or "").strip(), match["topic"].strip())
    if (match := _CORRECT.match(text)) or (match := _NOT_BUT.match(text)):
        return _correction(match["rest"], match.groupdict().get("wrong") or "")
    if match := _NO_BUT.match(text):
        rest = match["rest"].strip()
        short = len(rest.split()) <= _SHORT and not asks(rest)
        return _correction(rest, "") if short else Step(Move.ASK, rest)
    if match := _SAME_OF.match(text):
        topic, comma, rest = match["rest"].partition(",")
        if comma and asks(rest.strip()):
            return Step(Move.BACK, rest.strip(), topic.strip())
        return Step(Move.SAME_OF, match["rest"].strip(" ?.!"))
    if match := _OPENER.match(text):
        rest = match["rest"].strip()
        placed, comma, question = rest.partition(",")
        if comma and asks(question.strip()) and not asks(placed):
            return Step(Move.GO_ON, rest)
        return Step(Move.GO_ON, rest) if asks(rest) and not is_bare(rest) else Step(Move.SAME_OF, rest.strip(" ?.!"))
    return Step(Move.ASK, text)


def _correction(rest: str, wrong: str) -> Step:
    topic, comma, question = rest.partition(",")
    if comma and asks(question.strip()) and not asks(topic):
        return Step(Move.BACK, question.strip(), topic.strip())
    rest = rest.strip(" ?.!")
    if not wrong and (match := _INSTEAD.search(rest)):
        rest, wrong = rest[: match.start()], match["wrong"]
    return Step(Move.CORRECT, rest.strip(), wrong=wrong.strip())


def asks(text: str) -> bool:
    """Whether it is put as a question or a command, and not as a piece of one."""
    return bool(_QUESTION.match(text)) and len(text.split()) > 1


def is_bare(text: str) -> bool:
    """«When?», «Since when?», «How many?», «Which ones?»: a question word and nothing else."""
    return bool(
        re.fullmatch(
            rf"(?:(?:since|until|by|in|for|with) )?(?:{WH})(?: (?:many|much|long|often|ones?|else|year|council|"
            rf"councils|many (?:are|were) (?:there|they|these)))?\W*",
            text.strip(),
            re.I,
        )
    )
