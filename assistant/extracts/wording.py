"""What a sentence says, told from its words: a date, a figure, a beginning, an action, a result."""

import re

from assistant.editions import MONTHS

_MONTH = "|".join(MONTHS)
ASIDE = re.compile(r"\([^()]*\)")  # where sources stand: «(Rochdale, journal issue 6, p. 45)»

# What a page says of itself, or of what it does not hold
_META = re.compile(
    r"^(?:Concerns|For|Told by|Speakers?|Themes?|Pages?|Sources?|See|Read|Figures?|Note|Written by|By|Authors?|Where)"
    r"\b[^.]{0,40}:"
    r"|\bnot (?:stated|named|said|given|spelt)\b|\b(?:are|is) given on the page\b|\bno (?:source|roles?|date|names?)\b"
    r"|\b(?:this|the) (?:article|issue|digest|handbook|section|chapter|page|table|journal)\b(?! says)"
    r"|\breport looks at\b|\bpart of the (?:evaluation )?report\b|\b(?:film|video|podcast|webinar)\b|\bcan be found\b"
    r"|\bI (?:asked|was interested)\b|\bexplained that\b|\bhas just published\b|\bexpected later\b|\bimportant read\b"
    r"|\b(?:has|have) worked (?:for|in)\b|\b(?:trained|qualified) (?:as an?|at)\b|\babout to retire\b|\bpseudonym\b"
    r"|\b(?:her|his) career\b|\bhaving joined from\b|\btells? (?:her|his|their) story\b|\bargues?\b|\bauthors?\b"
    r"|\bstor(?:y|ies) of success\b|\bquotation in\b|\bin the series\b|\breport of\b|\bis cited for\b|\bcame out\b"
    r"|\bin this article\b|\b(?:read|find out|learn) more\b|\bcontents\b|@|https?:|www\.",
    re.I,
)
_SAYS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|does|did|do|may|must|should|\w{3,}ed|went|began|begun|"
    r"came|gave|got|made|took|fell|rose|grew|kept|left|found|held|led|met|ran|built|brought|thought|told|wrote|spoke|"
    r"felt|became|saw|said|set|put|won|taught|says?|asks?|tells?|names?|calls?|works?|uses?|gives?|gets?|makes?|takes?|"
    r"helps?|needs?|keeps?|brings?|builds?|holds?|meets?|runs?|shares?|shows?|leads?|sees?|puts?|plans?|stays?|lets?|"
    r"counts|values|reports|describes?|explains?|adopts?|supports|offers?|employs?|learns?|trains?|wants?|hopes?|"
    r"I|we|I’m|we’re|it’s|that’s)\b",
)
_NUMBER = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|(?!(?:19|20)\d\d\b)\d[\d,.]*)"
)
_MEASURE = re.compile(
    r"[£€$]\s?\d|\d\s?%|\bper ?cent\b|\b(?:almost |nearly )?(?:doubled|halved|trebled|tripled)\b"
    rf"|\b{_NUMBER} (?:\w+ )?(?:in|out of|of) (?:\w+ )?{_NUMBER}\b",
    re.I,
)
_COUNT = re.compile(
    r"(?<![\d./–-])\b(?!(?:19|20)\d\d\b)\d[\d,.]*(?! ?\d)\b\s+\w+|\b(?:hundreds|thousands|dozens) of\b", re.I
)
_RESULT = re.compile(
    r"\b(?:reduc\w+|fell|falls|fallen|falling|rises|drop(?:ped)?|decreas\w+|rose|risen|rising|increas\w+|improv\w+|grew|grown|"
    r"judged|rated|inspect\w+|outstanding|inadequate|ofsted|saved|saving|savings|achiev\w+|success\w*|"
    r"found|report(?:s|ed)?|returned|remained|stayed|result\w*|impact\w*|outcomes?|difference|"
    r"almost doubled|feel|felt|feels|says?|said|tells?|told|describes?|described|values|praised|explains?|names|"
    r"rewarding|happier|better|stronger|quicker|fewer|more stable|stability|struggl\w+|difficult\w*|challeng\w+|"
    r"hard)\b",
    re.I,
)
_ACTION = re.compile(
    r"\b(?:(?:introduc|train|creat|adapt|launch|chang|open|recruit|invest|develop|design|deliver|establish|hold|us|support|"
    r"offer|provid|shar|co-locat|co-design|merg|restructur|appoint|employ|expand|extend|replac|commission|pilot|embed|"
    r"implement|adopt|engag|involv|plan|reshap|reform|turn|fill|agre|visit|listen|join|help|coach|spread|mov|decid|renam|"
    r"invit|work|encourag|emphasi[sz]|combin|consult|review|revis|adjust|add|call|ask|celebrat|collect|revamp|attend|"
    r"identif|pair|advis|empower)(?:e|es|s|ed|ned|ning|ied|ing)"
    r"|began|begins?|begun|start(?:s|ed)|built|builds|held|brought|brings|rewrote|rewritten|gave|gives|met|meets|taught|"
    r"teaches|led|leads|set up|sets up|made|makes|put|puts|took|takes|ran|runs|sits|won|lets|spoke|speaks)\b",
    re.I,
)
_BEGIN = re.compile(
    r"\b(?:went live|gone live|go(?:es|ing)? live|was live|operationally live|opened|opens|opening of|launched|"
    r"launch of|began|begins|begun|started|starts|adopted|joined the|set up in|has been live)\b",
    re.I,
)
_OTHER_BEGINNINGS = re.compile(
    r"\b(?:evaluation|pilot|trial|culture|protocol|judge\w*|inspect\w*|lockdown|she|he|job|career|interviews?|year)\b",
    re.I,
)
_CALLS = re.compile(r"\b(?:called|calls?|named|known as|name|version)\b[^.;]*$", re.I)
_IS_NAME = re.compile(r"^\W*(?:is|was)\b[^.;]*\b(?:name|version|hub|service|adaptation)\b", re.I)
_DAY = re.compile(rf"\b\d{{1,2}} (?={_MONTH})")
_DATE = re.compile(rf"\b(?:(?P<month>{_MONTH})\s+)?(?P<year>(?:19|20)\d\d)\b")
_SOURCE = re.compile(r"\b(?:journal|issue|protocol|page|pp?\.|as of|until)\b", re.I)


# Wishes, beliefs and rules tell neither what was done nor what came of it
_WISHES = re.compile(
    r"\b(?:would|should|must|unless|imperative|essential|meaningless|need to|needs? to|committed to|vision|hopes?|"
    r"hoped|at first glance|can seem|want(?:s|ed)? (?:to|our|every|all)|remain dedicated|we know that|foundation|"
    r"believes?|(?:is|are) to \w+|belief|is important|can be|may be|going to|key to|at its core|look forward|have to|"
    r"if we|we can|we understand|could|journey|ingrained|rooted in|heartwarming|exemplif\w+|something we live|"
    r"golden thread|tended to)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"\b(?:staff|practitioners?|workers?|teams?|families|parents|young people|managers?|partners|workforce)\b", re.I
)
_DONE = re.compile(
    r"\b(?:was|were|had|has been|have been|\w{3,}ed|got|gave|made|took|became|began|brought|built|came|fell|found|"
    r"grew|held|kept|led|met|ran|rose|saw|set|wrote|won|taught|went|said|told|felt)\b",
    re.I,
)
_GENERAL = re.compile(
    r"\b(?:SFPC|RCT|randomi[sz]ed|programme|evaluations?|reports?|researchers|other (?:councils|authorities|local)|"
    r"future|review|all \d+|adopters|asks|Act|nationally|across the country|every council|a council|councils|"
    r"authorities)\b"
)


def wishes(text: str) -> bool:
    return _WISHES.search(text) is not None


def tells_of_people(text: str) -> bool:
    """Whether a sentence without a name tells of those who work or live here, and not of councils in general."""
    return _PEOPLE.search(text) is not None and _GENERAL.search(text) is None and tells_of_the_past(text)


def tells_of_the_past(text: str) -> bool:
    return _DONE.search(text) is not None


def tells_of_one(text: str) -> bool:
    """Of somebody whom only the sentences before name."""
    return re.search(r"\b(?:he|she|him|her|his|couple)\b", text, re.I) is not None


def speaks_in_general(text: str) -> bool:
    return _GENERAL.search(text) is not None


def tells_of_me(text: str) -> bool:
    return re.search(r"\b(?:I|my|me)\b", text) is not None


def without_asides(text: str) -> str:
    """Brackets hold sources and other names, not what the sentence is about; as long as it was."""
    return ASIDE.sub(lambda found: " " * len(found[0]), text)


def is_meta(text: str) -> bool:
    return _META.search(text) is not None


def says_something(text: str) -> bool:
    """A whole sentence: begun with a capital, ended, with a verb, neither a question nor set in capitals."""
    letters = [c for c in text if c.isalpha()]
    if (
        re.match(r"\d+[.)] ", text)
        or len(text.split()) < 6
        or not letters
        or sum(c.isupper() for c in letters) > 0.4 * len(letters)
    ):
        return False
    begun = text.lstrip("“\"'‘(")[:1]
    if text.lstrip()[:1] in '“"‘' or text.count("“") != text.count("”") or text.count('"') % 2:
        return False  # speech, or half of it: quotes are shown with their speaker
    ended = text.rstrip("”\"'’)").endswith((".", "!", ";", "…"))
    return (begun.isupper() or begun.isdigit()) and ended and _SAYS.search(text) is not None


def has_measure(text: str) -> bool:
    """Money, a share, a multiple: a figure that reports, whatever else the sentence tells."""
    return _MEASURE.search(without_asides(text)) is not None


def has_count(text: str) -> bool:
    return _COUNT.search(_DAY.sub("", without_asides(text))) is not None


def has_result(text: str) -> bool:
    return _RESULT.search(without_asides(text)) is not None


def has_action(text: str) -> bool:
    return _ACTION.search(without_asides(text)) is not None


def begins(text: str) -> bool:
    """Whether a service or a model begins here, and not an evaluation or somebody's work."""
    plain = without_asides(text)
    found = _BEGIN.search(plain)
    return found is not None and not _OTHER_BEGINNINGS.search(plain[max(0, found.start() - 50) : found.start()])


def names_a_service(text: str, local: re.Pattern[str]) -> bool:
    """«calls its service Our Place», «Futures for Families is the name of …»."""
    plain = without_asides(text)
    for found in local.finditer(plain):
        before, after = plain[max(0, found.start() - 60) : found.start()], plain[found.end() : found.end() + 45]
        if _CALLS.search(before) or _IS_NAME.match(after):
            return True
    return False


def dates_begun(text: str) -> tuple[str, ...]:
    """The dates that stand behind a beginning: «began … in October 2020 and went live on 1 June 2021» has two."""
    plain = without_asides(text)
    found = [date for one in _BEGIN.finditer(plain) if (date := date_said(plain[one.end() : one.end() + 70]))]
    return tuple(dict.fromkeys(found))


def date_said(text: str) -> str | None:
    """The first date of the sentence itself: "2020-04", or "2020" where no month is said."""
    for found in _DATE.finditer(without_asides(text)):
        if not _SOURCE.search(text[max(0, found.start() - 14) : found.start()]):
            month = MONTHS.index(found["month"]) + 1 if found["month"] else 0
            return f"{found['year']}-{month:02}" if month else found["year"]
    return None
