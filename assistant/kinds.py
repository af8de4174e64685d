"""The kinds of answer that a question can ask for, and the thing it asks about, told by how it is put."""

import re
from enum import StrEnum


class Kind(StrEnum):
    WHO = "who"
    WHEN = "when"
    NUMBER = "number"
    LIST = "list"
    NAME = "name"
    QUOTE = "quote"
    EXAMPLE = "example"
    DEFINE = "define"
    OTHER = "other"


KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        (
            Kind.WHO,
            r"(?:^|[?.!,;:–—(]\s*|\b(?:and|but|so|or|then|say|know|me|see|find|find out|ask|is|are|by|with|for|about)"
            r"\s+)who\b(?!se)|\bwhose\b|\bwhich (?:person|people|director|manager|author)",
        ),
        (
            Kind.WHEN,
            r"^\W*(?:and |so |but )?when\b|\bwhen (?:did|was|were|is|are|will|does|do|has|have|would)\b|"
            r"\bwhat (?:date|year|month)\b|\bwhich year\b|\bhow long ago\b|\bsince when\b",
        ),
        (
            Kind.NUMBER,
            r"\bhow (?:many|much|long|often|big|large|old)\b|\bwhat (?:share|percentage|proportion|per ?cent|number|"
            r"figure|rate|savings?|cost)\b|\bby how\b|\bpercentage\b|\bwhat is the (?:share|number|cost|rate)\b|"
            r"\bhow did the (?:number|rate|share)\b|\bcompared with\b",
        ),
        (
            Kind.LIST,
            r"\bwhich (?:\w+ ){0,3}(?:councils|authorities|adopters|areas|approaches|models|partners|professionals|"
            r"roles|organisations|outcomes|methods|teams|skills|staff|people|services|specialists|principles|awards|sites)\b|"
            r"\blist\b|\bname (?:the|all)\b|\bwhat are the\b|\bwhat (?:two|three|four|five|six|seven)\b|"
            r"\bwho are the\b|"
            r"\bwhat (?:\w+ ){0,2}(?:approaches|principles|steps|provocations|aims|outcomes|qualities|lessons|roles)\b",
        ),
        (Kind.NAME, r"\bcall(?:ed)?\b(?!-|\s+out)|\bname of\b|\bknown as\b|\bnamed\b|\bstand(?:s)? for\b"),
        (Kind.QUOTE, r"\bquotes?\b|\bsa(?:y|id|ys)\b|\bwords\b|\bdescribe[sd]?\b|\btold\b|\bcompare[sd]?\b"),
        (Kind.EXAMPLE, r"\bexamples?\b|\bstor(?:y|ies)\b|\bcase stud"),
        (Kind.DEFINE, r"^\W*(?:so )?what(?:'s| is| are| does)\b|\bmean(?:s|ing)?\b|\bstands? for\b|\bdefin"),
    )
)
_VERBS = (
    r"of|in|for|at|on|to|by|from|with|do|does|did|is|are|was|were|has|have|had|will|can|could|per|live|take|work|took|"
    r"came|went|gone|join|joined|run|there|said|who|that|which|still|currently|avoided|helped|need"
)
_UNTIL = rf"(?P<focus>[\w’'& -]+?)(?=\s+(?:{_VERBS})\b|[?,.]|$)"
_SAYS = r"say|think|tell|conclude|find|judge|rate|inspect"
FOCUS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (
            r"\bhow (?:many|much) (?:more |other |different )?"
            r"(?!(?:do|does|did|is|was|were|are|has|have|will|would|can|could|more|less)\b)" + _UNTIL,
            re.I,
        ),
        (
            r"\b(?:what|who)(?:'s| is| are| was| were) (?:the|its|their|her|his) (?!(?:share|percentage|number|rate)\b)"
            + _UNTIL,
            re.I,
        ),
        (r"\bwhat (?=(?:budget|savings?|salary|address|effect|size|age|score|grade|rating)\b)" + _UNTIL, re.I),
        (r"\bhow much (?:does|do|did|will|would) .*?\b(?P<focus>cost)\b", re.I),
        (rf"\b(?:[Ww]hat|[Ww]hen|[Ww]hy|[Hh]ow) (?:did|does|do) (?P<focus>[A-Z]\w+) (?:{_SAYS})\b", 0),
    )
)
