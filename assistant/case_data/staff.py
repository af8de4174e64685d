"""Names that are no case data: who asks, who they work with, who writes and speaks; before (…$) and behind (^…)."""

import re

from assistant.case_data.deeds import LIKELY, SURELY

_ROLE = (
    r"manager|supervisor|colleague|supervisee|boss|head(?:teacher)?|director|practitioner|(?:social |support "
    r"|family |youth |key"
    r"|case |duty |mental health |recovery |substance misuse |outreach |edge of care |early help )?worker|keyworker"
    r"|lecturer|tutor|trainer|assessor|educator|psw|ssw|nqsws?|asye|student|coach|psychologist|nurse|therapist|officer"
    r"|consultant|chair|iro|lead|coordinator|co-ordinator|councillor|cllr|judge|mp|minister|professor|prof|dr|doctor"
    r"|sir"
    r"|dame|lord|baroness|hhj|speaker|author|researcher|presenter|host|commissioner|inspector|apprentice|intern|admin"
    r"|analyst|facilitator|advisor|adviser|buddy|health visitor|midwife|gp|police officer|dc|pc|sergeant"
    r"|solicitor|barrister|clerk|team leader|deputy|principal|practice lead|service lead|comms|on placement"
    r"|qualified|trainee|temp|locum|secretary|receptionist|assistant"
)
_SMALL = r"(?:my|our|the|a|an|your|new|newly|senior|principal|assistant|deputy|fellow|old|former|local)"
STAFF_BEFORE = re.compile(
    rf"\b(?:{_ROLE})\s*(?:is|was|called|named)?\s*[:(–-]?\s*$"
    r"|\b(?:supervision|catch[- ]?up|1:1|one to one|lunch|training|presenting|presentation|slides)\s+(?:with|by|from"
    r"|to|for)\s*$",
    re.I,
)
_ASIDE_BEFORE = re.compile(rf"\b(?:{_ROLE}),\s*$", re.I)
STAFF_AFTER = re.compile(
    rf"^\s*(?:[,(–-]|here\b,?|(?:is|who is|who['’]s)\s+(?:my|our|the)\b)\s*(?:{_SMALL}\s+)*"
    rf"(?:(?!his\b|her\b|their\b|is\b|has\b)[\w-]+\s+){{0,2}}?(?:{_ROLE})\b(?=\s*(?:[,).?!–-]|$|in\b|at\b|from\b"
    rf"|for\b|of\b|here\b|with\b))"
    r"|^\s+(?:at|from|in)\s+(?:work|legal|finance|hr|comms|it|my team|our team|the team|my office|our office"
    r"|the office"
    r"|training|performance|commissioning|business support|(?:our|my|the)\s+(?:[\w-]+\s+){0,2}(?:team|office"
    r"|department|service|unit))\b"
    r"|^\s+(?:and|&|n)\s+(?:i|me)\b|^\s+(?:covers|leads|manages|supervises|chairs|trains|teaches|presented"
    r"|presents?|delivers?|circulates?|approves?)\b",
    re.I,
)
_HELLO = (
    r"hi|hello|hey|hiya|heya|morning|afternoon|evening|good\s+(?:morning|afternoon|evening)|dear|alright|ey up|howdy"
    r"|yo"
)
_THANKS = (
    r"thanks|thank you|thankyou|ta|cheers|thx|regards|kind regards|warm regards|best|best wishes|many thanks|bye"
    r"|yours|love"
    r"|sincerely|nice one|much appreciated|appreciated|you['’]?re a star|sorry|speak soon|take care|signed|kr|rgds"
    r"|laters"
)
GREETED = re.compile(
    rf"(?:^|[.!?,\n–-]\s*)(?:(?:ok|okay|right|great|perfect|lovely|brilliant|cool|fab|amazing|oh)[\s,!]+)?"
    rf"(?:{_HELLO}|{_THANKS})(?:\s+(?:again|there|team|all|so much|a lot|very much|loads|a million"
    r"|you|muchly|lots|bab|mate|both|pal|for\s+[\w\s]{1,30}))*\s*[,!.–-]?\s*$",
    re.I,
)
# «Gareth here», «I'm Danielle», «it's Danielle from Rochdale»
SELF = re.compile(r"\b(?:I['’]?m|I\s+am|my\s+name\s+is|my\s+name['’]?s|names)\s+$", re.I)
SELF_THERE = re.compile(r"\b(?:this\s+is|it['’]?s|it\s+is|only\s+me)\s*,?\s*$", re.I)
_AGAIN = re.compile(
    r"^\s+again\b\W*(?:$|still|can|could|sorry|quick|another|i\b|with|from|what|how|do|does|is|are|where|who|any)", re.I
)
_FROM = re.compile(
    r"^\s*(?:[,(–-]\s*)?(?:here\b|again\s+from|from\s+(?!school\b)|at\s+[A-Z]|in\s+[A-Z]|[,(]?\s*x\b)", re.I
)
_HERE = re.compile(r"^\s+here\b(?!\s+(?:is|he|she))", re.I)
_SIGNS = re.compile(r"(?:[.!?\n]\s*(?:from\s+)?|\s[–—-]\s*|\bx+\s+)$", re.I)
_SIGNED = re.compile(
    rf"^\s*(?:x+|[.!]|[,(–-]\s*(?:[\w-]+\s+){{0,4}}(?:{_ROLE})[^.?!]{{0,40}}|\([^)]{{1,40}}\))?\s*$", re.I
)

BY_STAFF = re.compile(
    r"\b(?:from|by|with|to|and|or|ask|tell|told|email|send|thank|cc|copy|hi|who|is|was|called|at|in)\s+$|^\s*$", re.I
)
SPOKEN = re.compile(
    r"^(?:['’]s?)?\s+(?:\w+\s+)?(?:speech|talks?|lectures?|keynote|podcasts?|webinars?|videos?|slides|presentation"
    r"|interview|blog"
    r"|evaluation|chapter|definition|framework|training|book|books|essay|quotes?|principles|approach|typology|papers?"
    r"|stuff on|ideas|argument|recommendations|inquiry|reports?|reviews?|articles?|research|theory|model|work on"
    r"|legacy"
    r"|centre|trust|institute|foundation|clinic|scale|triangle|cycle|wheel|game|method|speak|speaks|spoke|cited|project"
    r"|charity|scheme|nursery|app|course|award|society|association"
    r"|referenced|mentioned|published|argued|writes(?!\s+to)|critique|tools?|questionnaire|law|case review|scr|spr)\b"
    r"|^\s+in\s+(?:the|this|that|any)\s+(?:\w+\s+)?(?:glossary|reports?|article|journals?|issue|documents?|evaluation"
    r"|appendix|section|chapter|pdf|handbook|list)\b",
    re.I,
)
SCHOLARLY = re.compile(
    r"\b(?:cited?|cites|citing|citation|quoted?|author(?:s|ed)?|wrote|writes|written by|essay|dissertation|lecturer"
    r"|lecture|module|reading list|reference list|references|bibliograph\w+|theor(?:y|ist|ies)|academic|professor"
    r"|researchers?"
    r"|paper|papers|book|keynote|speech|conference (?:talk|speaker)|podcasts?|webinars?|serious case review|inquiry"
    r"|scr"
    r"|national review|chief social worker|ofsted|innovator|spoke at|speaking at|article|journal|rates?)\b",
    re.I,
)
# Known from published reviews and from the literature: no secret
_KNOWN = """
alan wood|albert bandura|amanda spielman|andrew mcfarlane|andrew turnell|anne longfield|arthur labinjo-hughes
awaab ishak|ayeeshia jane smith|baby david|baby p|baby peter|bessel van der kolk|bill miller|brene brown
bridget phillipson|brigid featherstone|bruce perry|carl rogers|carol dweck|child q|dan hughes|dan siegel
daniel pelka|daniel siegel|danya glaser|david howe|david kolb|donald forrester|donald schon|donald winnicott
edward timpson|eileen munro|ellie butler|erik erikson|evan stark|finley boden|gavin williamson|gillian keegan
gillian ruch|greta thunberg|harry potter|jacqueline wilson|lemn sissay|marcus rashford
graham gibbs|hamzah khan|harry ferguson|holly wells|insoo kim berg|isabelle trowler|james munby
jane barlow|jane monckton smith|jasmine beckford|jean piaget|jessica chapman|john bowlby|josh macalister
judith herman|kate morris|keanu williams|khyra ishaq|kim golding|kyra ishaq|lauren wright|lev vygotsky|liam fee
logan mwangi|lord laming|lucy faithfull|lundy bancroft|maria colwell|marian brandon|martyn oliver|mary ainsworth
michael gove|michael sanders|nadhim zahawi|nick crichton|patricia crittenden|paulo freire|peter connelly
poppi worthington|rachel de souza|ray jones|sara sharif|shannon matthews|star hobson|stephen rollnick
steve de shazer|steve edwards|steve rollnick|sue white|urie bronfenbrenner|van der kolk|victoria climbie
william miller
"""
WELL_KNOWN = re.compile(rf"\b(?:{'|'.join(_KNOWN.split(chr(10))[1:-1])})\b", re.I)


def is_staff(lead: str, after: str) -> bool:
    """Somebody who works here, greets or signs: by what stands before and behind."""
    if STAFF_BEFORE.search(lead) or STAFF_AFTER.match(after) or _HERE.match(after):
        return True
    if _ASIDE_BEFORE.search(lead) and after.startswith(","):
        return True
    if GREETED.search(lead) and not LIKELY.match(after) and not SURELY.match(after):
        return True
    if SELF.search(lead):
        return True
    if SELF_THERE.search(lead) and (_FROM.match(after) or _AGAIN.match(after) or STAFF_AFTER.match(after)):
        return True
    return bool(_SIGNS.search(lead)) and bool(_SIGNED.match(after))
