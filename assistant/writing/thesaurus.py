"""Words that stand for each other in prose about services, and words that never do. No programme knowledge."""

from assistant.lexicon import stems_of


def _families(text: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stems_of(line)) for line in text.strip().splitlines())


# That somebody says it, or that a document does
TOLD = frozenset(
    stems_of(
        "say said says report reported state stated describe described explain explained mention mentioned "
        "note noted according include including involve also well highlight passage document article journal "
        "issue name named call called give given example see saw seen regard become became get got make made "
        "take took"
    )
)

# That add nothing which could be untrue by itself
LIGHT = frozenset(
    stems_of(
        "other others another together organisation something anything thing go goes went going gone come "
        "comes came compared let lets mean means meaning found past present way ways each depend depends "
        "follow follows become happen happens particular particularly various different specific specifically "
        "overall order term terms kind respectively among amongst within whole stand stands stood itself "
        "current currently now today then later while again away long time times year-on-year use uses used "
        "using provide provides provided offer offers offered range integrated seek seeks seeking achieve "
        "central main key important clear clearly simply really actually already still yet even ever "
        "especially further once both only can able"
    )
) | {"belong", "apart"}

SAME = _families(
    """
help support assist aid
begin began start launch commence introduce introduction
show demonstrate reveal indicate find found suggest
child children kid
staff worker practitioner professional workforce employee colleague
need require necessary
big large great huge
make create develop build form establish produce made
get receive obtain gain got
use utilise apply employ
keep kept remain stay maintain continue
fall fell fallen drop decrease decline reduce reduction cut fewer lower less down
rise rose risen increase grow growth more higher up grew
problem issue difficulty difficult challenge barrier hard
aim goal purpose objective
give provide offer deliver supply gave given
meet meeting gather met
talk speak discuss conversation discussion spoke
lead led head manage run ran
change transform shift transformation redesign
improve better enhance improvement
way approach method
council authority authorities
learn lesson learnt learning
home house household
important key vital crucial essential central
train training course trained
together jointly joint combine
end finish close last final
quick fast rapid
think believe feel felt thought consider view opinion
allow enable let
cost spend price expense
adolescent teenager young
look review examine assess
job role post position
document paper report record
new fresh
ask request invite call
tell told say share
part element component feature
part participate
stop prevent avoid
visit see attend
choose choice select chose chosen
open launch set
complete finish undertake undergo
move go transfer went gone
return back came
work practice practise
plan intend
good positive
bring introduce brought
want wish hope
enough sufficient sufficiently
extra more additional further
exclude excluding count except without
allocate assign give
people person
among between
team group
write wrote written author
happy satisfied satisfaction glad pleased
reach achieve attain
respond response answer react
link connect connection tie attribute
over during throughout across
after follow since
rate rank score
proof evidence prove
previous former earlier before
different differ difference other
often frequently
difficult hard tough
money fund funding finance financial grant
pay paid fund
reunite reunify reunification return
number count figure
twice double
third three
first trailblazer one
join bring unite
type kind sort
area place
afterwards after later then
hold held contain has
mentor coach
mum mother
dad father
adopt take took taken implement adopter adoption
innovate design create designed innovator
wait await
expect anticipate
also too
live lived living
idea concept thought
publish issue release
hear heard listen
leave left leaving depart
mean meant
understand understood understanding
know knew known
carry conduct undertake perform
charge manage responsible
due expect estimate schedule
prefer favour
appear emerge
arise arose arisen occur
stress emphasise underline
combine mix blend
require demand
obstacle barrier hurdle
share proportion percentage
single one
yearly annual annually year
prepare ready
establish found founded
strengthen reinforce
worry concern anxious
happen occur
accept approve agree
buy purchase bought
choose pick decide
danger risk
effect impact result outcome
factor cause reason
flexible adaptable
frequent often regular regularly
grow grew expand enlarge extend
honest open
hub centre
investigate study research explore
location place site
mention name
missing absent
obtain acquire
partner partnership
permit let allow
possible feasible
protect safeguard
proof evidence
quick swift
recognise acknowledge
replace substitute
result consequence
rule regulation
safe secure
sort kind
speed pace
steady constant
strong robust
teach taught train
test trial
thorough comprehensive
try attempt
usual normal
value worth
vary differ
way method means
whole entire
wide broad
deal handle cope manage
"""
)

# Near each other in meaning, and each excludes the others
APART = _families(
    """
daily weekly fortnightly monthly quarterly yearly annual annually
day week fortnight month quarter year decade hour minute
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
spring summer autumn winter
mother father parent grandparent grandmother grandfather son daughter brother sister child aunt uncle baby
boy girl man woman men women
director manager head leader lead deputy assistant senior chief officer worker practitioner consultant
manager researcher coach minister author consultant worker director officer
psychologist therapist nurse teacher doctor psychiatrist probation police officer solicitor social
education health housing police school hospital court probation charity
social probation mental substance domestic
all most many some few none half several
accept reject refuse agree oppose
increase decrease rise fall reduce grow
internal external
public private voluntary
north south east west
first second third fourth fifth last
before after during until since
trial pilot evaluation
council government charity university
family child parent carer worker
adopter innovator
high low
large small
early late
primary secondary
inside outside
foster residential kinship supported
short long
better worse
more less fewer
always never often sometimes rarely
can must should may will
qualitative quantitative
permanent agency temporary
formal informal
start end
hub team service home
interview survey focus observation
"""
)
