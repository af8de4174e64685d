"""Signs by which a name is told to be a child's or a family's; see people.py for their order."""

import re

from assistant.case_data.cues import (
    AGE,
    AGED,
    AGED_AFTER,
    ASKED_OF,
    ASKS,
    BESIDE,
    CASE,
    FAMILY_OF,
    FIRST_PERSON,
    FOR,
    OF,
    REPORTED,
    STOPS,
    TALE,
    THE,
    TOLD_OF,
)
from assistant.case_data.deeds import (
    AS_KIN,
    ASIDE,
    CLAUSE,
    ELIGIBLE,
    FAMILY_DOES,
    FAMILY_NOUN,
    GIVEN_TO,
    KIN_OF,
    LIKELY,
    OUR,
    PERSONAL,
    POSSESSES,
    POSSESSES_IN_HASTE,
    POSSESSES_TOO,
    PRONOUN,
    SURELY,
    THE_FAMILY,
)
from assistant.case_data.given_names import FAMILY
from assistant.case_data.many_names import is_also_given
from assistant.case_data.published import Published
from assistant.case_data.runs import Run
from assistant.case_data.staff import BY_STAFF, SCHOLARLY
from assistant.case_data.types import AROUND, before


def sentence_of(text: str, run: Run) -> str:
    lead, after = before(text, run.whole), text[run.end : run.end + AROUND]
    begin = max((m.end() for m in STOPS.finditer(lead)), default=0)
    end = next((m.start() + 1 for m in STOPS.finditer(after)), len(after))
    return lead[begin:] + text[run.whole : run.end] + after[:end]


def is_published(text: str, run: Run, known: Published) -> bool:
    """A whole name that documents or the programme have, its first word known as a name or not: «Sal Tariq»."""
    first = re.search(r"\b([A-Z][\w'’-]+)\s$", before(text, run.start))
    names = [run.name] if len(run.words) > 1 else []
    names += [f"{first[1]} {run.words[0]}"] if first and not run.titled else []
    return any(known.has(name) or known.is_nearly(name) for name in names)


def is_young(after: str) -> bool:
    age = AGE.match(after)
    return age is not None and bool(age["years"] or not age["age"].isdigit() or int(age["age"]) < 19)


def has_kin(run: Run, lead: str, after: str) -> bool:
    """«mum of tiana», «Nasteexo, Somali mum», «the stanikzai family», «the Ahmeds»."""
    if KIN_OF.search(lead) or AS_KIN.match(after):
        return True
    if (ASIDE.search(lead) and after.startswith(",")) or (run.given and OUR.search(lead)):
        return True
    if (
        len(run.words) == 1
        and (FAMILY_OF.match(after) or (run.words[0][0].isupper() and FAMILY_NOUN.match(after)))
        and THE.search(lead)
    ):
        return True
    name = run.words[-1].lower()
    surname = name[:-1] in FAMILY or name.startswith(("mc", "o'")) or run.words[-1][0].isupper()
    the = THE_FAMILY.search(lead) or (THE.search(lead) and FAMILY_DOES.match(after))
    return bool(name.endswith("s") and surname and the)


def does(text: str, run: Run, lead: str, after: str, known: Published) -> bool:
    """What only somebody of a caseload does or has; of one whom documents know too, only what is beyond doubt."""
    unheard = not known.has(run.name)
    if ASKED_OF.search(lead):
        return run.given and unheard and bool(ELIGIBLE.match(after))
    has = (
        POSSESSES.match(after)
        or (run.given and unheard and POSSESSES_TOO.match(after))
        or (run.words[-1].endswith("s") and run.given and POSSESSES_IN_HASTE.match(after))
    )
    if not (SURELY.match(after) or has or ((run.given or run.titled) and LIKELY.match(after))):
        return False
    sentence = sentence_of(text, run)
    mine = bool(FIRST_PERSON.search(sentence))
    told = mine or not TALE.search(sentence)
    sure = bool(SURELY.match(after) and CLAUSE.search(lead)) and (mine or not ASKS.search(sentence))
    return told and (unheard or sure)


def is_unheard(text: str, run: Run, known: Published) -> bool:
    """A name that no document has: a whole one, or a given name in a sentence about a child's people."""
    if known.has(run.name):
        return False
    sentence = sentence_of(text, run)
    if not run.given:  # «get Momodou into school, hes missed 40 days»
        followed = PRONOUN.search(text[run.end : run.end + AROUND])
        return bool(followed and not run.titled and not SCHOLARLY.search(sentence) and not TALE.search(sentence))
    if len(run.words) > 1:
        return bool(PERSONAL.search(sentence)) or not SCHOLARLY.search(sentence)
    if is_also_given(run.words[0]) or (TALE.search(sentence) and not FIRST_PERSON.search(sentence)):
        return False
    if PERSONAL.search(sentence):
        return True
    beside = text[max(0, run.start - 2 * AROUND) : run.end + 2 * AROUND]
    lead = before(text, run.whole)
    theirs = PERSONAL.search(beside) or GIVEN_TO.search(lead) or not BY_STAFF.search(lead)
    return bool(theirs) and not SCHOLARLY.search(sentence)


def has_age(run: Run, lead: str, after: str, known: Published) -> bool:
    if AGED.search(lead):
        return True
    age = AGE.match(after)
    alone = run.given or not known.has(run.name)
    told = age is not None and (alone or bool(age["years"])) and (not age["age"].isdigit() or int(age["age"]) < 20)
    return told or bool(AGED_AFTER.match(after))


def is_of_a_family(run: Run, lead: str, after: str, known: Published) -> bool:
    if run.titled or BESIDE.search(lead) or FOR.search(lead) or OF.match(after):
        return run.given or run.titled or not known.is_name(run.name)
    if run.given and CASE.match(after):
        return True
    return len(run.words) == 1 and bool(FAMILY_OF.match(after)) and bool(THE.search(lead))


def is_reported(text: str, run: Run) -> bool:
    sentence = sentence_of(text, run)
    lead = sentence[: max(0, sentence.find(run.words[0]))]
    told = bool(TOLD_OF.match(text[run.end :])) or bool(REPORTED.search(lead))
    return told and not FIRST_PERSON.search(sentence)
