"""Words of English that carry no subject, and words that fit every passage. Not programme knowledge."""

_STOP = """
a about above after again all also am an and any are as at be because been before being below between both but by
can could did do does doing down during each else ever every few for from further get give given go got had has have
having he her here hers him his how i if in into is it its itself just know let like made make many may me might
more most much must my near need no nor not now of off on once one only or other our ours out over own please put re
s said same say says she should show so some such t take tell than that the their theirs them then there these they
this those through to too under until up upon us use used using very via want was we were what when where which
while who whom whose why will with within without would you your yours d ll m ve explain describe happen happened
happening don didn doesn isn wasn aren hasn haven won wouldn shouldn couldn gave took thing things way ways kind
sort anything something someone people per lot mean means find found stand stands stood meant still yet ever
actually really exactly overall bit nutshell nowadays come came comes back around
"""
STOP = frozenset(_STOP.split())

# Words of almost every passage here: they take part in ranking, but their absence proves nothing.
_GENERIC = """
programme program example examples quote quotes journal journals article articles document documents information
detail details sfpc strengthening families protecting children child family model models approach approaches work
works working worker support help helps helped helping new different change changed changes use council councils
authority authorities local area areas service services report reported reports done year years number numbers
figure figures long main key currently current today together achieve achieved called name names named call list
learn learnt learned involve involved include includes included role place places purpose offer offers look story
stories part talk talks talking start whole
"""
GENERIC = frozenset(_GENERIC.split())

_PRONOUNS = """
it its they them their theirs there that this these those he him his she her hers one ones
"""
PRONOUNS = frozenset(_PRONOUNS.split())

_GREETINGS = """
hi hello hey hiya morning afternoon evening good thanks thank you cheers ta ok okay bye goodbye great brilliant
lovely cool nice test testing help
"""
GREETINGS = frozenset(_GREETINGS.split())
