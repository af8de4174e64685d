"""What stands around a name that is a child's or a family's: before it (…$) and after it (^…)."""

import re

KIN = (
    r"mum|mam|mom|mummy|mother|dad|daddy|father|parents?|step-?(?:mum|dad|mother|father|parents?)|nan|nana|gran|granny"
    r"|grandma|grandpa|grandad|granddad|grandmother|grandfather|grandparents?|aunt|auntie|aunty|uncle|cousin|sisters?"
    r"|brothers?|siblings?|twins?|partner|ex|bro|sis|husband|wife|fella|hubby|boyfriend|girlfriend|gogo|gramps|grandpop|nonna|nanna|nani"
    r"|dadi|carers?|foster (?:carers?|mum|dad|mother|father|parents?)|son|daughter"
)
CHILD = (
    r"child|children|kids?|baby|toddler|infant|newborn|boys?|girls?|lad|lass|teen(?:ager)?|son|daughter|pupil|student"
    r"|young person|yp|resident|unborn|niece|nephew|grandson|granddaughter|care leaver|kiddo|teenager|youth"
    r"|little one|bairn|grandkids?"
)
ADULT = r"woman|man|lady|family|client|service user|patient|pt|tenant|neighbour"

CALLED = re.compile(
    rf"\b(?:{CHILD}|{KIN}|{ADULT})(?:['’]?s)?\b[^.?!;]{{0,30}}?"
    r"\b(?:called|named|name is|names? are|name['’]?s|name:)\s*$"
    r"|\b(?:her|his|their|my|real|full|first)\s+names?(?:['’]?s|\s+is|\s+are|:)?\s*$"
    r"|\b(?:calls?|called|nicknamed)\s+(?:him|her|himself|herself|them)\s*$"
    r"|\b(?:he|she|who)\s+is\s+(?:called|known as)\s*$|\b(?:goes by|aka|nickname(?:d|['’]?s|\s+is)?|known as)\s*$"
    rf"|\b(?:{CHILD}|{KIN}|{ADULT})\s+(?:known as|nicknamed|who goes by|aka)\s*$",
    re.I,
)
MINE = re.compile(
    rf"\b(?:my|our)\s+(?:[a-z]+\s+)?(?:{CHILD}|{KIN}|{ADULT}|case)\s*(?:is|are|was|:|,)?\s*$|\b(?:patient|pt|pupil"
    rf"|client)\s*:?\s*$",
    re.I,
)
MET = re.compile(
    r"(?:\b(?:I|we|I['’]m|we['’]re|I['’]ve|we['’]ve)\s+(?:(?:am|are|have|had|just|been|was|were|also|now)\s+)*"
    r"|(?:^|[.!?]\s+)(?:just\s+)?)(?:visit(?:ed|ing)?|work(?:ed|ing)?\s+with|met|meeting|remov(?:ed|ing)|plac(?:ed"
    r"|ing)"
    r"|saw|seen|seeing|support(?:ed|ing)?|assess(?:ed|ing)?|allocated|spoke\s+(?:to|with)|rang|called)\s+"
    rf"(?:the\s+|baby\s+|little\s+|(?:{CHILD}|{KIN})\s+)*$",
    re.I,
)
BESIDE = re.compile(rf"\b(?:{CHILD}|{KIN})\s*[:,(]?\s*$", re.I)
THEIRS = re.compile(rf"\b(?:his|her|their)\s+(?:[a-z]+\s+)?(?:{CHILD}|{KIN})\s*$", re.I)
AGED = re.compile(
    r"(?:\b\d{1,2}|\b[a-z]+teen|\b[a-z]+)[- ](?:year|yr|month|week)s?[- ]old,?\s*$|\b\d{1,2}\s?(?:yo|y/o)\s*$", re.I
)
FOR = re.compile(
    r"\b(?:family|household) of\s*$|\b(?:(?:social|key|support|family)\s?worker|mentor|advocate|guardian|placement"
    r"|plan"
    r"|referral|assessment|core group|conference|meeting|review)\s+(?:for|of)\s*$",
    re.I,
)

OF = re.compile(
    rf"^['’]s?\s+(?:(?:[a-z]+)\s+)?(?:{KIN}|baby|core group|ehcp|school|teacher|placement|social worker)\b", re.I
)
_COUNT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
_YEARS = r"(?:years?|yrs?|yo|y/o|months?|weeks?)\b"
AGE = re.compile(
    r"^(?:\s[A-Z]\b\.?)?\s*[,(–-]?\s*"
    r"(?:(?:is|who is|who['’]s|whos|s?he['’]?s|aged?|now|just|turns|turned|turning)\s+){0,2}"
    rf"(?P<age>\d{{1,2}}|(?:{_COUNT})\b)(?P<years>\s*{_YEARS})?"
    rf"(?=\s*(?:[,.)?!;:–]|-\s|(?:and|n|in|who|with|has|lives?)\b|$)|\s*{_YEARS})",
    re.I,
)
AGED_AFTER = re.compile(
    r"^,?\s*(?:aged?\s+\d|a\s+\d{1,2}[- ]?(?:year|yr)"
    r"|(?:is\s+|who is\s+)?(?:in|from)\s+(?:year\s+\d|yr\s*\d|reception|nursery))",
    re.I,
)
MINE_AFTER = re.compile(
    rf"^,?\s*(?:(?:is|who is|who['’]s)\s+)?(?:my|our|one of my|one of our)\s+(?:[a-z]+\s+)?(?:{CHILD}|{KIN}"
    rf"|{ADULT})s?\b",
    re.I,
)
CASE = re.compile(
    r"^\s+(?:(?:is|was|has been|keeps)\s+)(?:on\s+(?:a|my|our)\b|going missing|excluded|in foster care|sofa|in care\b"
    r"|subject to|looked after|being\s)",
    re.I,
)
FAMILY_OF = re.compile(
    r"^\s+(?:family|children|kids|siblings|twins|sisters|brothers|girls|boys|household|parents|baby)\b", re.I
)
THE = re.compile(r"\b(?:the|this|our|my|with|both|a)\s+$", re.I)
TOLD_OF = re.compile(r"^(?:['’]s?)?\s+(?:story|case study|quote|article|interview|words)\b", re.I)
# What a document reports: «What did Kyle's mother think of it?»
REPORTED = re.compile(
    r"^.{0,60}?\b(?:what|how|when|where|why|who|which|did|was|were)\b.*\b(?:did|was|were|had|said|told)\b",
    re.I,
)
# Somebody who is asked about as an author or a speaker: «Who is …», «What does … say», «the … review», «… (2021)»
ASKED_OF = re.compile(
    r"\b(?:who(?:['’]s|\s+(?:is|was|are|were))|by|cite|citing|quoted?(?:\s+from)?|according to|do|does|did|is|was|are)"
    r"\s+(?:[\w’'-]+\s+(?:and|or|&)\s+)?[\"“‘']?$",
    re.I,
)
SPEAKS = re.compile(
    r"^(?:['’]s?)?\s+(?:(?!who\b)\w+\s+)?(?:says?|said|describes?|thinks?|thought|tells?|told|writes?|wrote|finds?"
    r"|found|reports?|means?"
    r"|mention\w*|recommend\w*|suggest\w*|conclud\w*|argu\w*|explain\w*|review|report|model|article|book|study"
    r"|theory|paper"
    r"|research|team|commission|pilot|trust|foundation|foreword|role|job|place|method|scale|inquiry|act|law|et al)\b"
    r"|^\s*,?\s*\(?(?:19|20)\d\d\b|^\s+(?:from|of|at)\s+(?-i:[A-Z])",
    re.I,
)
TALE = re.compile(r"(?<!her )(?<!his )(?<!their )\b(?:stor(?:y|ies)|journals?|issue \d|article|page|quotes?)\b", re.I)
STORY = re.compile(
    r"(?<!her )(?<!his )(?<!their )\b(?:stor(?:y|ies)|case stud(?:y|ies)|article|quotes?|interview|poems?|photos?\s+of"
    r"|pictures?\s+of)\b",
    re.I,
)
FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|my|we|we['’]\w+|our|me|us)\b", re.I)
JOINED = re.compile(
    r"^(?:\s*\(?\d{1,2}\s?(?:yrs?|yo|y/o|m|mths?|months?)?\)?)?(?:\s+|\s*[,/+&]\s*|\s*,?\s*(?:and|n|plus|&|\+)\s+)"
    rf"(?:(?:(?:his|her|their|the|a|big|little|baby|older|younger|eldest|youngest|twin|half|step|new)\s+)*(?:{CHILD}"
    rf"|{KIN})?,?\s*)?$",
    re.I,
)
STOPS = re.compile(r"[.?!;]\s")
ASKS = re.compile(r"\b(?:what|how|when|where|why|which|who)\b", re.I)
NEAR = 30  # characters between a name and a number of the same person
