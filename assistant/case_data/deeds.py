"""What is said of a child or a parent, and of nobody else: behind the name (^…)."""

import re

from assistant.case_data.cues import ADULT, CHILD, KIN

_ADVERB = (
    r"(?:(?:just|also|still|now|only|always|never|really|recently|already|again|even|both|very|so|all|currently"
    r"|apparently|been|not|since|then|suddenly|constantly|usually|sometimes|often|too|actually|basically|deffo"
    r"|defo)\s+)"
    r"{0,3}"
)
_DOING = (
    r"(?:going|running|missing|drinking|using|refusing|self[- ]?harming|living|staying|sleeping|sofa|kicking|hitting"
    r"|biting|smoking|vaping|stealing|carrying|hanging|seeing|asking|saying|telling|lying|crying|cancelling|dodging"
    r"|ignoring|ringing|texting|phoning|turning|getting|coming|moving|leaving|struggling|threatening|shouting|swearing"
    r"|absconding|wetting|bunking|skipping|being|not|having|doing|trying|pregnant|expecting|waiting|minimising|denying"
    r"|disengaging|engaging|avoiding|changing|losing|acting|begging|blaming|pushing|putting|walking|fighting"
    r"|screaming)"
)
_STATE = (
    r"(?:back|home|in (?:care|hospital|foster\w*|(?:a |his |her |their )?(?:placement|refuge|unit|custody|crisis"
    r"|hiding|bed))"
    r"|on (?:a |an |my |our |the |his |her |remand|bail|tag|plans?\b|cp\b|cin\b|cpp\b|methadone|meds)|off (?:school"
    r"|drugs|the)"
    r"|missing|pregnant|scared|frightened|terrified|worried|unsafe|homeless|excluded|autistic|non[- ]?(?:verbal"
    r"|binary)|trans\b|lac\b|cin\b"
    r"|subject to|due (?:to|home|back|in)|known to|open to|placed|at risk|down as|suicidal|adamant|withdrawn|clingy"
    r"|angry"
    r"|anxious|deaf|disabled|traumatised|heartbroken|sofa|unaccompanied|underweight|looked after|out of|fine at|gutted"
    r"|shattered|knackered|desperate|upset|in (?:year|yr|reception|nursery)|my\b|one of (?:my|ours?|mine)|our\b)"
)
_DONE = (
    r"(?:stopped|started|relapsed|disclosed|told|moved|left|run|ran|had (?:a|an|her|his|another|the)|lost|got|come"
    r"|turned"
    r"|refused|agreed|asked|fled|split|absconded|gone|broken|missed|been|overdosed|self[- ]?harmed|kicked|hit|hurt"
    r"|smashed"
    r"|bitten|punched|attacked|settled|begun|separated|admitted|retracted|attended|engaged|disengaged|cancelled|adhd"
    r"|asd"
    r"|autism|no (?:contact|recourse|school|food|phone|family|one|placement|bed)|(?:a|an|two|three|four|five|six"
    r"|\d) \w+"
    r"|threatened|accused|alleged|reported|withdrawn|cut|given birth|given up|taken|let|opened|blocked|made|become"
    r"|found out"
    r"|put|said (?:he|she|they|that|no|yes|mum|dad|his|her)|nowhere|nobody)"
)
_NOT = r"(?:wo|ca|does|did|has|is|was|could|would)n['’]?t|will not|cannot|can not|refuses to|refused to"

# Of a person whatever the name is
SURELY = re.compile(
    rf"^,?\s+{_ADVERB}(?:"
    rf"(?:{_NOT})\s+{_ADVERB}(?:let|go|talk|speak|engage|leave|come|stay|eat|sleep|attend|see|take|tell|open|answer"
    r"|settle|stop|want|know|like|trust|sign|get|have|share|move|return|do|been|coming|going|eating|sleeping|talking"
    r"|engaging|attending|turn|accept|wear|play|look|seen|had|got|sit|cope|believe|feel|turned|say|admit|drinking"
    r"|using)\b"
    rf"|(?:keeps?|kept)\s+{_ADVERB}\w+ing\b|r[ua]ns?\s+(?:away|off)\b|(?:went|goes|gone)\s+missing\b"
    r"|(?:told|tells)\s+(?:me|us|her|his|him|staff|school|the\s+(?:school|social|police|worker|foster))\b"
    r"|(?:has\s+)?(?:disclosed|relapsed|absconded|self[- ]?harms?|self[- ]?harmed|overdosed|misses\s+(?:his|her)|hates"
    r"|lashe[sd] out|kicks off|kicked off|bites|threatened|sofa surfs)\b"
    r"|(?:lives?|lived|stays?|stayed|stopping|living|staying|placed|sleeps)\s+(?:with|at|in|between|on|alone)\b"
    r"|(?:moves?|moved)\s+(?:in|back|out|to|on|home|placement)\b|(?:turns?|turned|turning)\s+\d"
    rf"|(?:is|was|isnt|isn['’]t|wasnt|wasn['’]t|s)\s+{_ADVERB}{_STATE}"
    rf"|(?:has|have|had)\s+{_ADVERB}(?:stopped|relapsed|disclosed|absconded|been\s+(?:moved|adopted|excluded|arrested|placed|removed"
    r"|missing|stabbed|sectioned|hit|hurt|hospital\w*|in\s+care|living|staying|drinking|using|sofa)|gone\s+missing"
    r"|run\s+away"
    r"|self[- ]?harmed|overdosed|moved\s+(?:in|back|out))"
    r"|(?:is|was)\s+\d{1,2}\b(?!\s*(?:%|per|pages?|weeks?|months?|percent|of))"
    r"|not\s+(?:in|at|going|attending|engaging|eating|coping|coming|sleeping|talking|safe|well)\b"
    r"|(?:got|gets|getting|been|was)\s+(?:arrested|excluded|stabbed|kicked out|nicked|sectioned|jumped|suspended"
    r"|expelled"
    r"|removed|caught|beaten|battered|lifted|thrown out)\b"
    r"|(?:hit|hits|punched|kicked|slapped|strangled|pushed|bit|headbutted|attacked|choked|threatened|scares|scared)"
    r"\s+(?:her|him|me|mum|dad|the|his|my|staff|them)\b"
    rf")|^['’]s\s+{_ADVERB}(?:{_STATE}\b|been\s+\w+|given birth|relapsed|gone\s+\w+|run\s+(?:off|away)|stopped|started"
    r"|refusing|pregnant|\d{1,2}\b(?!\s*%))|^,?\s*(?:\(?(?:he|she)['’]?s|he is|she is|who(?:['’]?s| is| has| had"
    r"| was| can| cant| can['’]t| wont| won['’]t| keeps| lives| wants| goes| hasnt| hasn['’]t| doesnt"
    r"| doesn['’]t))\s+\S",
    re.I,
)
# Of a name that is nothing else: any deed will do
LIKELY = re.compile(
    r"^['’](?:ll|d|ve)\b|"
    rf"^['’]s\s+{_ADVERB}(?:got|had|lost|told|moved|left|come|turned|asked|hit|broken|in|on|off|at|out)\b|"
    rf"^(?:\s+[A-Z]\b\.?)?\s*,?\s+{_ADVERB}(?:(?:{_NOT})\b|keeps?\b|kept\b|(?:is|are|isnt|isn['’]t|was|were"
    rf"|s)\s+{_ADVERB}(?:{_STATE}|{_DOING}\b|removed|arrested|reported|moved|told|adopted|born|hit|found|seen"
    rf"|picked up|taken|given|referred|diagnosed|beaten|groomed|kicked|charged|sentenced|released|discharged"
    rf"|sectioned|caught)"
    rf"|(?:has|have|had|hasnt|hasn['’]t)\s+{_ADVERB}{_DONE}\b"
    r"|(?:wants?|wanted|hates?|lives?|lived|stays?|stayed|goes|went|ran|runs|turns?|turned|told|tells|moved|loves"
    r"|needs"
    r"|feels|gets|got|struggles|sleeps|smokes|drinks|self-harms|closes|left|lost|came|comes|cried|cries|has to|might"
    r"|missed|misses|refuses|refused|keeps|lets|let|threatened|disclosed|relapsed|absconded|minimises|denies|denied"
    r"|blames"
    r"|attends|attended|stopped|started|hit|hits|bit|bites|kicked|kicks|punched|screams|shouts|swears|eats|plays|likes"
    r"|trusts|only|used to|turned up|rang|texted|rings|texts|cancelled|cancels|failed|fails|due|self harms|starts"
    r"|returns|returned|cares|looks after|shares|shows|thinks (?:he|she|i|we|mum|dad|his|her|everyone|nobody|school)"
    r"|says (?:he|she|they|i|we|mum|dad|his|her|no|yes|everyone|nobody|it)|said (?:he|she|they|mum|dad|his|her|no|yes)"
    r"|won|ended up|ends up|lashes|fled|flits|calls|called|speaks|asked (?:me|us|if|for|to|why)|asks (?:me|us|if|for"
    r"|to|why)"
    r"|does(?:nt|n['’]t)|wo(?:nt|n['’]t)|(?:and|n|nd) (?:his|her|their)\b|with (?:his|her)\b)\b)",
    re.I,
)
_THEIRS = (
    rf"{KIN}|{CHILD}|{ADULT}|mums|dads|placements?|contact|plan|school|schooling|teacher|college|nursery|medication"
    rf"|meds"
    r"|behaviou?r|(?:lac|cin|cp|child protection|looked after|first|next|pathway)\s+(?:plan|review|meeting"
    r"|conference)|bail"
    r"|tag|birthday|bruises?|injur(?:y|ies)|pregnancy|case|file|chronology|house|home|flat|bedroom|room|foster\w*"
    r"|key\s?worker|social worker|sw|iro|guardian|family|siblings?|bro|sis|half|core group|ehcp|ehc plan|fgc|cpp|pep"
    r"|(?:family )?(?:group )?conference|genogram|life ?story(?: work| book)?|drinking|drug use|cannabis use|relapse"
    r"|mental health"
    r"|anger|sleep|attendance|exclusion|tics|diagnosis|trauma|anxiety|court|hearing|assessment|referral|boyfriend"
    r"|girlfriend|bf|gf|mates?|phone|lies|wishes|voice|transition|adoption|sgo|reunification|return home|care order"
    r"|epilepsy|asthma|autism|adhd|needs|safety plan|family plan|strengths|bairns?|bab(?:y|ies)|babs|tenancy|probation"
    r"|visits?|overdose|disclosure|allegations?|nursery|year \d|gp|health visitor|midwife|camhs|psychologist"
)
# «ibby's dad», «hamzas third placement», «Rojin's chronology»
POSSESSES = re.compile(rf"^['’]s?\s+(?:(?!and\b|or\b|the\b|a\b|in\b|of\b)[\w-]+\s+){{0,2}}?(?:{_THEIRS})\b", re.I)
POSSESSES_IN_HASTE = re.compile(rf"^\s+(?:(?!and\b|or\b|the\b|a\b|in\b|of\b)[\w-]+\s+)?(?:{_THEIRS})\b", re.I)
POSSESSES_TOO = re.compile(
    r"^['’]s?\s+(?:reviews?|solicitors?|barrister|advocate|mentor|answer|story work|big|little|own|new)\b", re.I
)
POSSESSES_KIN = re.compile(
    rf"^(?:['’]s?)\s+(?:[\w-]+\s+)?(?:{KIN}|{CHILD}|family|placement|social worker|school)\b", re.I
)

# «is Beau old enough»: asked of nobody who writes or speaks
ELIGIBLE = re.compile(
    r"^\s+(?:old enough|too (?:old|young)|eligible|ready|safe|unsafe|allowed|entitled|suitable|meet the|qualify"
    r"|fit the"
    r"|count as|be (?:able|moved|placed|allowed|eligible|removed|safe)|go (?:home|back|to)|stay|come (?:home|back)"
    r"|live|move"
    r"|have (?:a|to|contact)|get (?:a|to|help)|need|still|stop|return|benefit)\b",
    re.I,
)
OLD_ENOUGH = re.compile(
    r"^\s+(?:old enough|too (?:old|young)|go(?:ing)? home|come home|coming home|allowed home|safe at)\b", re.I
)
# «ellas heartbroken», «kyles been excluded»
IS_IN_HASTE = re.compile(
    rf"^\s+{_ADVERB}(?:{_STATE}\b|been\s+\w+|gone\s+\w+|refusing|run\s+(?:off|away)|given birth|relapsed"
    rf"|\d{{1,2}}\b(?!\s*%))",
    re.I,
)

# Signs that a sentence is about somebody of the caseload
PERSONAL = re.compile(
    rf"\b(?:{KIN}|he|she|him|her|his|hers|he['’]?s|shes|she['’]s|himself|herself|baby|toddler|kids?|lad|lass|foster\w*"
    r"|placements?|core group|special guardianship|sgo|care|missing|removed|english|interpreters?|cp plan|cin|cpp"
    r"|lac|contact|court|plo|drinking|drunk"
    r"|drugs?|weed|heroin|cocaine|relapse\w*|bail|tag|prison|pregnan\w+|bruis\w+|self[- ]?harm\w*|excluded|exclusion"
    r"|attendance|visits?|visited|tonight|yesterday|today|tomorrow|this morning|last night|next week|last week|my case"
    r"|caseload|grandkids|nana|mam|reunification|refuge|violent|stabbed|arrested|county lines|exploit\w*|siblings?"
    r"|allocated|referral|referred|home visit|adopt(?:ed|ion)|case|years? old|aged?|wks|bed ?wetting|shouting|hit)\b",
    re.I,
)
# One person of a family, and the name may follow: «grandma Winsome», «little summer»
ONE_OF_KIN = re.compile(
    r"\b(?:baby|little|lil|nan|nana|gran|granny|grandma|grandad|granddad|auntie|aunty|aunt|uncle|cousin|mum|mam|dad"
    r"|mother"
    r"|father|brother|sister|son|daughter|step-?dad|step-?mum|niece|nephew|grandson|granddaughter|boyfriend|girlfriend"
    r"|lad|lass|kid|sibling|twin|bairn|teen|toddler|client)\s*[,(]?\s*$",
    re.I,
)
# «mum of tiana», «carers for jasmeet», «dad is padraig»
KIN_OF = re.compile(
    rf"\b(?:{KIN}|{CHILD}|(?:mum|dad|lad|kid|son|daughter|cousin|teenager)s)\s+(?:of|for|to|is|are|was|being)\s*$"
    r"|\b(?:placements?|plan|referral|report|statement|chronology|conference|fgc|contact|family time|core group|letter"
    r"|genogram|life story(?: work)?|foster home|carers?|case|caseload|respite|bed|place|assessment|visit|review"
    r"|meeting"
    r"|school|sgo|concerns?)\s+(?:for|of|re|with|about|to|on|around)\s*$"
    rf"|\b(?:thinking (?:of|about)|worried about|asking for)\s+(?:our\s+|my\s+|little\s+|poor\s+)*$|\b(?:{KIN}"
    rf"|{CHILD}|{ADULT}|kids|families)\b[\w\s]{{0,40}}?\s(?:like|eg|e\.g\.|such as)\s*$",
    re.I,
)
# «Nasteexo, Somali mum»
AS_KIN = re.compile(
    rf"^\s*[,(–-]\s*(?:(?:a|an|the|his|her|my|our|their)\s+)?(?:(?!and\b|her\b|his\b)[\w-]+\s+){{0,2}}?(?:{KIN}"
    rf"|{CHILD})\b(?!\s+(?:is|of|who|say|says|said|in the)\b)",
    re.I,
)
THE_FAMILY = re.compile(
    r"\b(?:visit(?:ed|ing)?(?: to)?|met|see(?:ing)?|saw|with|for|about|re|to|when|if|because|cos|^"
    r"|[.?!,]\s)\s*the\s+$",
    re.I,
)
FAMILY_NOUN = re.compile(r"^\s+(?:case|kids|lot|clan|boys|girls|household|baby|bairns)\b", re.I)
FAMILY_DOES = re.compile(
    r"^\s+(?:want|have|are|were|say|moved|live|need|don['’]?t|keep|lost|refuse|won['’]?t|came|came|got)\b", re.I
)
# «a lad from Afghanistan, Hekmat, …»; «our Brayden»
ASIDE = re.compile(rf"\b(?:{KIN}|{CHILD}|{ADULT})\b[^.?!;,]{{0,40}},\s*$", re.I)
OUR = re.compile(r"\b(?:our|my)\s+(?:little\s+|poor\s+|lil\s+)?$", re.I)
# «morgan (14)»: no word is followed by an age like that
IN_BRACKETS = re.compile(
    r"^\s*\(\s*(?:aged?\s+)?1?\d\s*(?:yrs?|yo|years?(?: old)?|months?)?\s*[,;)]|^,?\s+aged\s+\d", re.I
)
TO_SOMEBODY = re.compile(
    r"\b(?:to|for|with|w|about|re|like|see|seen|help|tell|ask|told|asked|get|let|got|support)\s+$", re.I
)
GIVEN_TO = re.compile(r"\b(?:give|show|explain|offer|read|say|speak|talk|write)\b[\w\s]{0,20}\bto\s+$", re.I)
PRONOUN = re.compile(r"\b(?:he|she|him|her|his|he['’]s|she['’]s|hes|shes)\b", re.I)
KIN_NEXT = re.compile(rf"^\s+(?:{KIN})\b", re.I)
BABY = re.compile(r"\b(?:baby|little|bro|sis|brother|sister|son|daughter|twin)\s*$", re.I)
# Behind «mum» and «dad» these are no names: «mum will», «dad may»
NEVER = frozenset(("bill", "can", "chase", "grant", "hope", "love", "mark", "may", "pat", "rob", "said", "sue", "will"))

CLAUSE = re.compile(
    r"(?:^|[.?!:;,\n–—(\"“-]\s*|\b(?:and|but|because|cos|coz|cause|bc|as|so|that|when|if|since|while|now|hi|re|think"
    r"|says?"
    r"|said|where|whereas|although|though|until|til|once|after|before|what if|plus|n|or|then|also|well|ok|help"
    r"|basically"
    r"|is|has|does|did|know|me|worried|sure|today|yesterday|think|hope|reckon|suspect|wondering|gather|heard)\s+)$",
    re.I,
)
