"""Small words that turn a claim round: whether it is denied, possible, planned, for all or for some, up or down."""

import re
from collections.abc import Mapping

# Class → the words that make it. A claim and its proof have to agree in each.
_NEGATION = (
    r"not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|n't|lacks?|lacked|lacking|hardly|barely|"
    r"fail(?:s|ed|ing)? to|unable|no longer|absence of|refus(?:e|es|ed|ing) to|avoid(?:s|ed|ing)?|rather than|"
    r"instead of|as opposed to|isn't|wasn't|aren't|weren't|don't|doesn't|didn't|won't|wouldn't|hasn't|haven't|hadn't|"
    r"can't|couldn't|shouldn't|excludes?|excluded|excluding|except"
)
NEGATION = re.compile(rf"(?<![\w'])(?:{_NEGATION})(?![\w])|n't\b", re.I)
DOUBLE = re.compile(
    r"\bwhether or not\b|\bnot (?:only|just|merely|simply|least)\b|\bno (?:doubt|wrong door)\b|"
    r"\bnot-for-profit\b",
    re.I,
)

MODALITY: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?<![\w'])(?:{words})(?!\w)", re.I)
    for name, words in {
        "possible": r"may(?! (?:19|20)\d\d)|might|could|possibl[ey]|perhaps|likely|potential(?:ly)?|"
        r"appear(?:s|ed)? to|"
        r"seem(?:s|ed)?(?: to)?|suggest(?:s|ed|ing)?|probabl[ey]|indicat(?:e|es|ed|ing)",
        "planned": r"will|shall|'ll|would|plan(?:s|ned|ning)? (?:to|for|on)|(?:is|are|was|"
        r"were) planned|intend(?:s|ed|ing)?|"
        r"intention|aim(?:s|ed|ing)? (?:to|for|at)|the aim|hop(?:e|es|ed|ing) (?:to|that|for)|expect(?:s|ed|ing)?|"
        r"propos(?:e|es|ed|al)|going to|due to(?= (?:be|begin|start|open|end|go|take)\b)|ambitions?|looking to|"
        r"want(?:s|ed)? to|about to|"
        r"in (?:the )?future|look(?:s|ed|ing) for|search(?:es|ed|ing)? for|to be(?= \w+ed\b)|"
        r"consider(?:s|ed|ing)?|hopes|tr(?:y|ies|ied|ying) to|"
        r"attempt(?:s|ed|ing)? to|"
        r"seek(?:s|ing)? to|sought to|target(?:s|ed)?|goal|wish(?:es|ed)? to|(?:is|are|was|"
        r"were) (?:still )?to(?= (?:be|become|take|begin|start|come|end|report|follow|open|run)\b)",
        "duty": r"must|should|need(?:s|ed)? to|ha(?:s|ve|d) to(?! be taken)|ought|requir(?:e|es|ed|ement)|"
        r"mandatory|compulsory|obliged|"
        r"recommend(?:s|ed|ation|ations)?|advis(?:e|es|ed)",
    }.items()
}

QUANTITY: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?<![\w'])(?:{words})(?!\w)", re.I)
    for name, words in {
        "all": r"all|overall|every|everyone|everybody|each|entire(?:ly)?|always|fully|completely|whole of",
        "most": r"most(?! (?:\w+ly|important|effective|recent|vulnerable|common))|majority|mainly|"
        r"mostly|largely|usually|"
        r"nearly all|almost all|generally|primarily|predominantly",
        "many": r"many|numerous|lots|often|frequently|a number of|wide range",
        "some": r"some(?! of the most)|several|sometimes|a few|certain|partly|a couple|occasional(?:ly)?|a minority",
        "few": r"few(?!er)|rarely|seldom|little(?! (?:one|by))|hardly any|scarcely",
        "only": r"(?<!not )only|solely|sole|exclusively|merely|alone|nothing but",
    }.items()
}

BOUNDS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{words})\s*$", re.I)
    for name, words in {
        "least": r"more than|over|above|at least|a minimum of|minimum|exceed(?:s|ed|ing)|upwards of|"
        r"no (?:fewer|less) than",
        "most": r"less than|fewer than|under|below|up to|at most|a maximum of|maximum|no more than|"
        r"not more than|within",
        "near": r"nearly|almost|close to|just under|just over",
        "about": r"about|around|approximately|roughly|some|an estimated|circa",
    }.items()
}

# Pairs of directions, each a set of stems' beginnings
OPPOSITES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"(?<!\w)(?:{one})(?!\w)", re.I), re.compile(rf"(?<!\w)(?:{other})(?!\w)", re.I))
    for one, other in (
        (
            r"r[io]se[ns]?|rising|increas(?:e|es|ed|ing)|gr[eo]w(?:s|n|ing|th)?|went up|going up|"
            r"goes up|climb(?:s|ed|ing)?|"
            r"doubl(?:e|ed|ing)|higher|up from|upwards?|more than before|expan(?:d|ds|ded|ding|sion)|gain(?:s|ed)?",
            r"f[ae]ll(?:s|en|ing)?|reduc(?:e|es|ed|ing|tions?)|decreas(?:e|es|ed|ing)|declin(?:e|es|ed|ing)|"
            r"drop(?:s|ped|ping)?|went down|going down|goes down|cut(?:s|ting)?|lower(?:ed|ing|s)?|"
            r"shr[aiu]nk|halv(?:e|ed|ing)|"
            r"down from|downwards?|loss(?:es)?|lost",
        ),
        (r"more|greater|larger|bigger|most", r"less|fewer|smaller|least|fewest"),
        (
            r"improv(?:e|es|ed|ing|ements?)|better|best|strengthen(?:s|ed|ing)?|positive(?:ly)?|stronger",
            r"wors(?:e|ened|ening|t)|deteriorat\w+|weaken(?:s|ed|ing)?|negative(?:ly)?|weaker|poor(?:er|ly)?",
        ),
        (
            r"before|prior to|ahead of|earlier than|until|preced(?:es|ed|ing)",
            r"after|following|later than|since|once|follow(?:s|ed)",
        ),
        (
            r"beg[aiu]n(?:s|ning)?|start(?:s|ed|ing)?|launch(?:es|ed|ing)?|open(?:s|ed|ing)?|introduc\w+",
            r"end(?:s|ed|ing)?|stop(?:s|ped|ping)?|clos(?:e|es|ed|ing|ure)|ceas\w+|finish\w*|"
            r"abandon\w*|withdr\w+|suspend\w*",
        ),
        (
            r"quick(?:er|ly)?|fast(?:er)?|rapid(?:ly)?|sooner|short(?:er|en\w*)?",
            r"slow(?:er|ly)?|delay(?:s|ed|ing)?|long(?:er)?",
        ),
        (r"high(?:er|est)?|above", r"low(?:er|est)?|below"),
        (r"easi(?:er|ly|est)|easy|simple[r]?", r"hard(?:er)?|difficult(?:y|ies)?|challeng(?:e|es|ing)|complex"),
        (r"in-?house|internal(?:ly)?|inside", r"external(?:ly)?|outside|agency"),
        (r"with", r"without"),
        (r"early|earlier|earliest", r"late|later|latest"),
        (r"join(?:s|ed|ing)?|enter(?:s|ed|ing)?|arriv\w+", r"le(?:ave|aves|ft|aving)|exit\w*|depart\w*"),
        (r"succe(?:ed|eds|eded|ss|ssful|ssfully)|achiev\w+", r"fail(?:s|ed|ing|ure|ures)?"),
        (r"confiden(?:t|ce)", r"unconfident|anxi\w+|uncertain\w*"),
        (
            r"support(?:s|ed|ing)?|favour\w*|welcom(?:e|ed|es)",
            r"oppos(?:e|es|ed|ing|ition)|resist(?:s|ed|ing|ance)?|reject\w*",
        ),
        (r"formal(?:ly)?", r"informal(?:ly)?"),
        (r"prevent(?:s|ed|ing)?|stop(?:s|ped)?", r"allow(?:s|ed|ing)?|enabl(?:e|es|ed|ing)|caus(?:e|es|ed|ing)"),
        (r"urban|cit(?:y|ies)", r"rural"),
        (r"mothers?|mum|female|girls?|women", r"fathers?|dad|male|boys?|men"),
        (r"adults?", r"child(?:ren)?|young people|adolescents?"),
        (r"in person|face[- ]to[- ]face", r"online|virtual(?:ly)?|remote(?:ly)?"),
        (r"weekly", r"daily|monthly|annual(?:ly)?|yearly|fortnightly|quarterly"),
        (r"monthly", r"daily|weekly|annual(?:ly)?|yearly|fortnightly|quarterly"),
        (r"strengths?", r"weakness(?:es)?|deficits?"),
        (r"same|unchanged|stable", r"differ\w*|changed"),
    )
)

CAUSE = re.compile(
    r"\b(?:because|due to|as a result|result(?:s|ed|ing)? (?:in|from|of)|led to|leads? to|"
    r"leading to|caus(?:e|es|ed|ing)|"
    r"thanks to|owing to|therefore|consequently|hence|drove|driven by|attribut\w+|enabl(?:e|es|ed|ing)|meant that|"
    r"means that|so that|helped (?:to )?\w+|contribut\w+|made it|impact of|stems? from|reason\w*|"
    r"through|by \w+ing|allow\w*|"
    r"since|thus|why|effect|so)\b",
    re.I,
)
_TO_COME = "be|begin|start|open|end|finish|go|take|come|report|close|run|last|leave|join"  # «due to» them is no cause
CLAIMS_CAUSE = re.compile(
    rf"\b(?:because|due to(?! (?:{_TO_COME})\b)|as a (?:direct )?result|"
    r"result(?:ed|ing|s) in|led to|leading to|leads to|"
    r"caus(?:e|es|ed|ing)|"
    r"thanks to|owing to|therefore|consequently|drove|driven by|attribut\w+)\b",
    re.I,
)


def bound_before(text: str, start: int) -> str | None:
    """What stands right before a figure and limits it: «more than 30», «up to 30», «about 30»."""
    before = text[max(0, start - 24) : start]
    # The longest wins: «no more than» is a limit from above, «just over» is near
    found = [(m.start(), name) for name, pattern in BOUNDS.items() if (m := pattern.search(before))]
    return min(found)[1] if found else None


# A sentence that goes on with what another began: its subject stands there
POINTS_BACK = re.compile(
    r"^(?:[“\"‘'(]?)(?:and |but |so |also,? |however,? |then |since then,? |there,? |"
    r"alongside this,? )?(?:they|it|its|their|this|"
    r"these|that|those|he|she|his|her|such|both|we|our|i|my|the (?:service|project|team|council|"
    r"model|authority|hub|programme|"
    r"evaluation|report|article|journal|trial|study|group|city|county|borough|approach|aim|plan|scheme|work))\b|"
    r"^(?:in|on|at|by|from|since|until|over|of|with|as of|within|during|for) [^,.]{2,40}?,? (?:they|it|"
    r"its|their|this|he|she|we|"
    r"the \w+)\b|\bthe (?:number|figure|rate|share|total|percentage|proportion)\b",
    re.I,
)
