"""Names of children and families, as busy people type them, each beside a harmless twin. All persons are made up."""

import pytest

from assistant.case_data.examine import examine
from assistant.case_data.many_names import is_also_given, is_mostly_name, is_only_given
from assistant.case_data.published import Published, published
from ingest.programme import Programme

# What holds a name, the words of it (none may be left), and a twin that names nobody of a family
TWINS = [
    # small letters, with what only a child or a parent does
    ("rojin keeps saying shes fine at home", "rojin", "cafcass keeps asking for the plan, is there a template"),
    ("kayleigh mcdonagh wont let me past the gate", "kayleigh mcdonagh", "liquidlogic wont let me attach the workbook"),
    ("tommo got arrested again, does the officer in the hub get told", "tommo", "our bid got knocked back, what now"),
    ("ben still not in school. what does the hub teacher do", "ben", "we are still not in the third wave, why"),
    # names that are words, months or places
    ("summer is back in care after 5 wks home", "summer", "summer is a bad time for placements, is that in the data"),
    ("Austin is 15 and not in school, what is there", "Austin", "Preston is in the second wave, is it not?"),
    ("hope's mum has relapsed again", "hope", "Does Hope feature in the values?"),
    ("my young person Paris has gone missing again", "Paris", "has Paris a model like this?"),
    ("Mark hit her again last night, who sees him", "Mark", "what mark did Ofsted give Darlington"),
    ("will hes 14 and smoking weed daily", "will", "will the hub in Redcar reopen"),
    # of many backgrounds, known by lists, by their form or by nothing but their place
    ("anything on fathers for Esmatullah's uncle", "Esmatullah", "anything on fathers in Karpman's triangle"),
    ("Nasteexo, Somali mum, isolated since the split", "Nasteexo", "Mockingbird, a fostering model, is it in here"),
    (
        "foster carers for jasmeet and harleen are giving notice",
        "jasmeet harleen",
        "foster carers for teenagers are rare",
    ),
    (
        "got a lad called zabiullah stanikzai, says 16",
        "zabiullah stanikzai",
        "a service called Mockingbird, is it here?",
    ),
    # possessives, in haste too
    ("hamzas third placement just broke down", "hamza", "how many childrens placements broke down"),
    ("parenting workbook for ibby's dad", "ibby", "a workbook for children's dads"),
    ("Danyal's chronology is 40 pages. Any template?", "Danyal", "Is Danielle Turney's work on neglect cited?"),
    ("ellie-maes school says no", "ellie-mae", "what do schools say"),
    # grandparents, brothers and sisters, lists of them, and who belongs to them
    (
        "Grandma Winsome Campbell has Delroy and Keisha",
        "Winsome Campbell Delroy Keisha",
        "grandma has two of them on an SGO",
    ),
    ("ruby jayden n baby ellie-mae all on plans", "ruby jayden ellie-mae", "all three kids n baby are on plans"),
    ("the begum kids rumana tahmid and little nafisa", "begum rumana tahmid nafisa", "the kids and the little ones"),
    ("direct work w zaynab n her little bro idris", "zaynab idris", "direct work w a girl n her little bro"),
    ("the mum of tiana says nobody listens", "tiana", "the mum in the article says nobody listens"),
    ("visit to the mcginleys tomorrow", "mcginley", "visit to the hubs tomorrow"),
    (
        "Shannon needs to stop letting Dean in the flat",
        "Shannon Dean",
        "tell mum she needs to stop letting him in",
    ),
    # nicknames
    ("Everyone calls him Smudge, real name Alfie Ogden", "Smudge Alfie Ogden", "Everyone calls it Staying Close"),
    ("kid goes by Spud, he's 13", "Spud", "how do kids of 13 go by bus"),
    # titles in small letters
    (
        "visit at 4 with mr popescu and his lads Andrei and Ionut",
        "popescu Andrei Ionut",
        "visit at 4 with the mr and mrs",
    ),
    # initials
    ("J.K. 04/06/17 on CP plan for neglect", "J.K.", "DfE 04/06/17 on CP plans for neglect"),
    ("Client AW, 34, has three children removed", "AW", "Section CP, 34, has three parts"),
    ("Re child LT (7): always hungry", "LT", "Re the LA (7 pages): where is it"),
    # at the end of what is asked
    ("what would the hub do for Kyron", "Kyron", "what would the hub do for a boy"),
    ("how is reunification done, thinking of our Finlay", "Finlay", "how is reunification done, thinking of our team"),
    ("is Beau old enough for the hub? hes 11", "Beau", "is 11 old enough for the hub?"),
    # addresses in small letters
    ("told to stay away from flat 6, hollin bank court", "hollin", "told to stay away from the family court"),
]
HARMLESS = [
    "Hi, Priya here from Walsall early help, where do I find the workbook?",
    "Ta, that's sorted it. Cheers, Imran (student on placement)",
    "Morning! Gareth here, team manager Sefton, what is recommended?",
    "I'm Shanice, a student on placement in Rochdale, can you explain FGC",
    "My manager Darnell wants a one page summary of No Wrong Door by Friday",
    "Jenny, our head of service, presented this last week. Is it on page 4?",
    "Our trainee Ibrahim is doing a poster on FGCs, what picture could he use",
    "supervision with Yasmin tomorrow, how do I present group supervision",
    "nigel richardson speech about family valued, got a summary",
    "sir alan wood review of safeguarding partners - is it mentioned",
    "lessons from Arthur Labinjo-Hughes and Star Hobson review",
    "I heard Samira Khan speak at the conference, are her slides in here",
    "Are Rose Garden nursery and Hope Street hubs the same thing",
    "Tell me Jordan's story from the North Yorkshire evaluation",
    "famly groop conferance what was decided",
    "What are the takeaways on helping children to go back to their parents?",
    "mum will not engage and dad may leave, what works",
]


@pytest.fixture(scope="module")
def known(programme: Programme) -> Published:
    return published(programme)


@pytest.mark.parametrize(("held", "hidden", "twin"), TWINS, ids=[held[:30] for held, _, _ in TWINS])
def test_a_name_is_found_and_its_twin_is_not(held: str, hidden: str, twin: str, known: Published) -> None:
    seen = examine(held, known)
    assert seen.found
    assert [word for word in hidden.split() if word in (seen.edited or "")] == []
    assert [twin[one.start : one.end] for one in examine(twin, known).found] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_who_asks_works_writes_or_speaks_is_no_case_data(text: str, known: Published) -> None:
    assert [text[one.start : one.end] for one in examine(text, known).found] == []


def test_names_are_told_from_words_and_from_places() -> None:
    assert all(map(is_only_given, ("jayden", "Zoë", "Łukasz", "Ellie-Mae", "jaydens", "Oluwadamilola", "Harleen")))
    assert not any(map(is_only_given, ("summer", "will", "james's", "mum", "camhs", "leeds", "wont", "children")))
    assert all(map(is_also_given, ("summer", "Blessing", "Paris", "hopes")))
    assert is_mostly_name("Shannon")
    assert not is_mostly_name("Preston")


@pytest.mark.parametrize(
    "piece",
    [
        "jayden ",
        "Jayden, ",
        "tyler's mum ",
        "my mum jayden and little ",
        "Mr and Mrs ",
        "A.B. ",
        "AB (7) ",
        "flat 6, ",
        "lives at 14 ",
        "a-",
        "tyler is very so ",
        "kids and all ",
        "the new senior ",
        "mum  ",
        "Aqxz bvrt ",
    ],
)
@pytest.mark.timeout(60)  # a rule that goes astray takes minutes; all of them together take less than a second
def test_a_hostile_text_comes_to_an_end(piece: str, known: Published) -> None:
    text = (piece * 20_000)[:20_000]
    found = examine(text, known).found
    assert all(0 <= one.start < one.end <= len(text) for one in found)
