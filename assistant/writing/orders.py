"""Sentences of documents that speak to a machine: such a sentence is no evidence, whatever else it says.

Documents are data. A model is told so, and the verifier holds it to it; but what tells the assistant what to say must
not be quoted as an answer either. The patterns look for whom a sentence addresses and what it wants done, and are kept
so narrow that guidance for people («when a parent asks, say that …») passes: docs/decisions/0021.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from assistant.unit import Unit
from assistant.writing.plainly import readings, written_in_tags
from ingest.sentences import sentence_spans

_MACHINE = (
    r"(?:(?:large )?language models?|llms?|chat ?bots?|chat ?gpt|gpt-?\d|copilot|ai(?: language)?"
    r"(?: (?:assistants?|models?|systems?|tools?|readers?|agents?|writers?|summari[sz]ers?))?"
    r"|(?:ai|automated|automatic|digital|virtual|answering|reading|question.answering|summari[sz]ing|machine)"
    r" (?:assistants?|systems?|tools?|readers?|software|agents?|models?|writers?)"
    r"|(?:automatic |automated |machine )?summari[sz]ers?|the assistant|this assistant|the model answering|bots?)"
)
_SAY = (
    r"(?:say|state|answer|reply|respond|report|give|quote|cite|treat|omit|leave out|ignore|prefer|replace|repeat"
    r"|begin|end|recommend|present|describe|substitute|use|read|print|output|write|put|add|tell|claim"
    r"|confirm|disregard)"
)
_ASKED = r"(?:kindly |politely )?(?:to|asked to|requested to|instructed to|told to|invited to)"
_SHOULD = (
    r"(?:must|should|shall|will|may only|can only|needs? to|has to|have to|ought to"
    rf"|(?:are|is) {_ASKED})"
)
_ASIDE = r"(?:, [^.;,]{0,60},)?"
_ADVERBS = r"(?:(?:please|always|only|simply|just|instead|therefore|also|now|never|not|kindly|rather|then),? )*"
_HERE = (
    r"(?:(?:about|from|on|using|of|with|in) )?th(?:is|ese|e) "
    r"(?:page|passage|document|report|section|paper|source|file|text|chapter|library)s?"
)
_EARLIER = r"(?:previous|prior|above|earlier|preceding|foregoing|system|your|other|given|original|existing|initial)"
_TOLD = (
    r"(?:instructions?|prompts?|rules|guidelines|directions|directives|commands"
    r"|messages?|constraints|passages?|sources)"
)
_IGNORE = (
    r"(?:ignore|disregard|forget|override|bypass|skip over|set aside|do not follow|don't follow|stop following"
    r"|pay no (?:attention|heed) to|discard)"
)
_NOUN = r"(?:notes?|messages?|instructions?|notice|memo|reminder|attention|directions?|request|corrections?|erratum)"

_ORDERS = (
    # What was said before is to be forgotten
    rf"\b{_IGNORE} (?:(?:all|any|every|each|of|the|these|those|my|and|whatever|or) )*{_EARLIER}"
    rf"(?: (?:and|or|of|the) ?\w*)*\W+(?:\w+ ){{0,2}}{_TOLD}\b",
    rf"\b{_IGNORE} (?:all |any |the )*{_TOLD} (?:above|before|so far|you (?:have|were)|that (?:came|precede"
    rf"|you)|given)",
    rf"\b{_IGNORE} (?:everything|anything|all(?: of it| that)?|what(?:ever)?)(?: \w+){{0,3}} (?:above|before"
    rf"|so far)\b",
    rf"\b{_IGNORE} the above\b(?! (?:map|figure|table|threshold|average))",
    r"\bnew (?:system )?(?:instructions?|prompt)\s*:",
    # Whom it speaks to
    rf"\b{_NOUN}s? (?:to|for) (?:(?:all|any|the|every|whichever|you,? the|our|your) )?{_MACHINE}(?!\w)",
    rf"\b(?:dear|hey|hello|attention,?) (?:the )?{_MACHINE}\s*[,:!.]",
    rf"\bif you(?:'re| are|’re) (?:(?:an?|the|reading this as an?) )?{_MACHINE}(?!\w)",
    rf"\b(?:if|when(?:ever)?|should) (?:(?:an?|the|any) )?{_MACHINE} (?:is |are )?"
    r"(?:reads?|reading|asked|summari[sz]\w+|answers?|answering|quotes?|cites?)\b",
    rf"\b{_MACHINE} (?:\w+ing [^.;]{{0,60}})?{_SHOULD}{_ASIDE} {_ADVERBS}{_SAY}\b",
    rf"\b{_MACHINE} (?:that|which|who) [^.;]{{0,60}}{_SHOULD}{_ASIDE} {_ADVERBS}{_SAY}\b",
    r"\byou are (?:now |no longer |henceforth )(?:an? |the )?(?:\w+ ){0,2}(?:assistant|ai|model|chatbot|bot"
    r"|dan|agent|unrestricted"
    r"|bound by|in developer mode)\b",
    r"\b(?:as|being|you are|act as|behave as|pretend to be) an? (?:\w+ )?(?:ai|language model"
    r"|chatbot)\b(?=[, ]+(?:language model|model"
    r"|assistant|you|i|it)\b|[.,:])",
    r"\bfrom now on,? (?:you|the assistant|always answer|answer|reply|respond|every answer)\b",
    r"\b(?:developer|jailbreak|dan|god) mode (?:is )?(?:on|enabled|activated)\b",
    # What is to be answered
    rf"\b(?:when(?:ever)?|if|once) (?:you(?:'re| are|’re) )?(?:ever )?(?:asked|answering|summari[sz]ing"
    rf"|quoting|citing|questioned)\b"
    rf"[^.;]{{0,120}}[,:] {_ADVERBS}(?:say|state|answer|reply|respond|report|give|quote|cite|write|use|output)\b"
    r" (?:only |simply |instead )?(?:that|with|as|the figure|exactly|verbatim|[:“\"'‘]|\d)",
    r"(?:^|[.:;!?)\]—–-] ?|\bplease |\band |\bthen |\binstead,? |\bnow )(?:answer|reply|output"
    r"|print) (?:only |always |simply |instead |back )*"
    r"(?:that|with (?:only|exactly|the)|exactly|as follows|the following|[:“\"])",
    r"(?:^|please |should |must |, )(?:say|state|answer|reply|respond|report|write)(?: \w+){0,2} (?:instead"
    r"|and nothing else)\b",
    rf"\b(?:anyone|anybody|whoever|those|people|staff|a person|any (?:tool|system|service|program|reader)"
    rf"|tools?|systems?|readers|answers?"
    rf"|summar(?:y|ies)|replies) (?:or \w+ ){{0,2}}(?:who |that |which |given |drawn |made |based )?(?:(?:is|are) )?"
    rf"(?:answer(?:s|ing)?|summari[sz](?:e|es|ing)|quot(?:e|es|ing)|cit(?:e|es|ing)|from|on|to|drawing on"
    rf"|drawn)\b[^.;]{{0,60}}?{_HERE}"
    rf"[^.;]{{0,60}}?{_SHOULD}{_ASIDE} {_ADVERBS}{_SAY}\b",
    rf"\b(?:in|for) (?:any |all |every |your |automated |the )*(?:answers?|summar(?:y|ies)|replies"
    rf"|response)\b[^.;]{{0,80}}?{_HERE}?[^.;]{{0,40}}, "
    rf"{_ADVERBS}{_SAY}\b",
    r"\b(?:your|the|every) (?:answer|reply|response|summary) (?:must|should|shall|is to|has to|needs to) "
    r"(?:begin|start|end|say|state|read|be|contain only|consist|include the (?:link|image|url|words"
    r"|sentence|phrase|following))\b",
    r"\bdo not (?:cite|mention|quote|use|trust|rely on|refer to|reveal|show)(?: \w+){0,2} (?:other|previous"
    r"|above|earlier|numbered|remaining|"
    r"conflicting) (?:passages?|sources?|figures?|citations?)\b",
    r"\b(?:without|instead of) (?:any )?(?:citing|citations?|passage numbers?)\b"
    r"|\bcite (?:only )?(?:passage|source|\[)\W*\d",
    # What is to be given away
    r"\b(?:reveal|repeat|print|show|output|display|disclose|leak|recite|send|share|expose|tell me)\b[^.;]{0,40}"
    r"(?:\b(?:system|hidden|initial|secret|your) (?:prompt|instructions?|rules|message|guidelines)\b"
    r"|\b(?:api|access|secret|private) keys?\b"
    r"|\bpasswords?\b(?= of| for|[.;!]|$)|\b(?:chat|conversation) (?:history|so far)\b|\benvironment variables?\b)",
    r"\b(?:include|insert|embed|render|append|add|place|put|attach)\b[^.;]{0,60}\b(?:link|image|picture"
    r"|markdown|url|html|hyperlink)\b[^.;]{0,60}"
    r"\b(?:answer|reply|response|summary|output)\b",
    r"!\[[^\]]{0,200}\]\(|\bdata:(?:text|image)/\w+[;,]|\bjavascript:\S|<(?:img|iframe)\b[^>]{0,200}\bhttps?:[^>]{0,200}>",
    # What pretends not to be a document
    r"<\|[^|>]{0,40}\|>|\[/?inst\]|<</?sys>>|</?(?:system|assistant|user|instructions?|context|passages?"
    r"|documents?)>",
    r"^\W{0,6}(?:system|assistant|developer)(?: (?:prompt|message|note|override|instruction)s?)?\s*:",
    r"(?:^|[.!?] )#{1,4} ?(?:system|instructions?|assistant|response|user)\b\s*:?",
    r"\b(?:end|start|beginning) of (?:the )?(?:passages|context|system (?:prompt|message)|retrieved"
    r"|user (?:message|input)|sources provided)\b",
    r"\{\s*[\"“'](?:statements?|answer|role|passages?|citations?|content|tool|function|response)[\"”']\s*:",
    r"^\W{0,3}[\[【]\s*\d{1,3}\s*[\]】]\s*\([^)]{3,80}[·,][^)]{0,80}\)",
    # The same in the languages of our neighbours
    r"\bignore[zr]? (?:toutes )?(?:les|ces|vos) (?:instructions|consignes)|\bignorier(?:e|en sie"
    r"|t)? (?:alle |die )*(?:vorherigen|obigen|"
    r"bisherigen|vorangehenden|vorigen)|\bignor[ae] (?:todas )?las instrucciones"
    r"|\bignora(?:te)? (?:tutte )?le istruzioni"
    r"|\bignor[ea] (?:todas )?as instrucoes|\bnegeer (?:alle )?(?:vorige|bovenstaande|eerdere)"
    r"|\b(?:z?ignoruj|pomin) (?:wszystkie )?"
    r"(?:poprzednie|powyzsze|wczesniejsze)|\banwybydd(?:wch|a) (?:yr? |bob "
    r"|pob )*(?:holl )?(?:g?c?h?yfarwyddiad|cyfarwyddyd)"
    r"|\bignora(?:ti)? (?:toate )?instructiunile|(?:и|i)гнорируи(?:те)? [^.]{0,30}инструкц"
    r"|تجاهل[^.]{0,40}(?:التعليمات|تعليمات)"
    r"|忽略[^。]{0,12}(?:指令|指示|说明|提示)|(?:上記|以前)の指示[^。]{0,6}無視",
)
_ORDER = re.compile("|".join(f"(?:{one})" for one in _ORDERS))
_WORTH_A_LOOK = re.compile(
    r"ignor|disregard|forget|overrid|bypass|skip over|set aside|follow|attention|discard|prompt|instruction"
    r"|\bai\b|llm|bots?\b|gpt|copilot"
    r"|language model|assistant|summar|automat|digital|virtual|answer|reply|reading|machine|model|mode\b"
    r"|from now on|ask(?:ed|ing)|quot|cit(?:e|ing)"
    r"|reveal|repeat|disclose|key|passw|link|image|picture|markdown|url|html|\]\(|data:|javascript:|<"
    r"|\{|^\W{0,3}[\[【]|#|system|assistant|developer"
    r"|passages|context|negeer|ignoruj|pomin|anwybydd|гнорир|تجاهل|忽略|無視|instead|nothing else|tool|whoever|anyone"
)


@lru_cache(8192)
def gives_orders(text: str) -> bool:
    """Whether the text tells a machine what to do, or passes itself off as anything but a document's words."""
    if len(written_in_tags(text)) > 3:
        return True
    return any(_WORTH_A_LOOK.search(one) and _ORDER.search(one) for one in readings(text))


def without_orders(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """The units of one page that may be evidence: none that gives orders, nor what follows it in its paragraph.

    An order broken over two units («Ignore all previous» «instructions.») is found where the first ends no sentence.
    """
    ordering = [gives_orders(unit.own) for unit in units]
    for number, (unit, following) in enumerate(pairwise(units)):
        if not (ordering[number] or ordering[number + 1]) and unit.text.rstrip()[-1:] not in ".!?…”\"'":
            ordering[number] = ordering[number + 1] = gives_orders(f"{unit.text} {following.text}")
    if not any(ordering) and not any(gives_orders(unit.heading) for unit in units):
        return tuple(units)
    spoilt: dict[tuple[int, int], int] = {}
    for unit, order in zip(units, ordering, strict=True):
        if order:
            spoilt.setdefault((unit.page, unit.block), unit.spans[0].start)
    return tuple(
        _apart(unit)
        for unit, order in zip(units, ordering, strict=True)
        if not order and unit.spans[0].start < spoilt.get((unit.page, unit.block), unit.spans[-1].end)
    )


def _apart(unit: Unit) -> Unit:
    """The unit without neighbours that give orders."""
    heading, before, after = ("" if gives_orders(text) else text for text in (unit.heading, unit.before, unit.after))
    return replace(unit, heading=heading, before=before, after=after)


def leave_out_orders(text: str) -> str:
    """A passage as a model may read it: line by line, each without what gives orders and what follows it there."""
    return "\n".join(line for line in map(_harmless_part, text.split("\n")) if line)


def _harmless_part(line: str) -> str:
    if not gives_orders(line):
        return line
    for start, end in sentence_spans(line):
        if gives_orders(line[start:end]) or gives_orders(line[:end]):
            return line[:start].rstrip()
    return ""


def plain_name(*names: str | None) -> str:
    """The first of a document's names that gives no orders: its title, its file's name."""
    return next(
        (name for name in names if name and not gives_orders(re.sub(r"[_+-]+", " ", name))), "Untitled document"
    )
