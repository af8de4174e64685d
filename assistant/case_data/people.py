"""Names that are a child's or a family's: by what stands around them, never by the name alone."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.case_data.cues import (
    AGE,
    AGED,
    AGED_AFTER,
    ASKED_OF,
    ASKS,
    BESIDE,
    CALLED,
    CASE,
    FAMILY_OF,
    FIRST_PERSON,
    FOR,
    JOINED,
    MET,
    MINE,
    MINE_AFTER,
    NEAR,
    OF,
    REPORTED,
    SPEAKS,
    STORY,
    STOPS,
    TALE,
    THE,
    THEIRS,
    TOLD_OF,
)
from assistant.case_data.dates import PLAIN
from assistant.case_data.deeds import (
    AS_KIN,
    ASIDE,
    BABY,
    CLAUSE,
    ELIGIBLE,
    FAMILY_DOES,
    FAMILY_NOUN,
    IS_IN_HASTE,
    KIN_NEXT,
    KIN_OF,
    LIKELY,
    NEVER,
    OLD_ENOUGH,
    ONE_OF_KIN,
    OUR,
    PERSONAL,
    POSSESSES,
    POSSESSES_IN_HASTE,
    POSSESSES_KIN,
    POSSESSES_TOO,
    SURELY,
    THE_FAMILY,
)
from assistant.case_data.given_names import FAMILY
from assistant.case_data.initials import initials
from assistant.case_data.many_names import is_also_given, is_mostly_name, is_word
from assistant.case_data.published import Published
from assistant.case_data.runs import Run, name_runs
from assistant.case_data.staff import BY_STAFF, SCHOLARLY, SPOKEN, WELL_KNOWN, is_staff
from assistant.case_data.types import AROUND, Found, before


_MANY = 400  # what holds more names than that is no question: in a list each name counts


def find_people(text: str, others: Sequence[Found], known: Published) -> Iterator[Run]:
    """`others` is what was found besides names."""
    covered = [(one.cut_from, one.cut_to) for one in others] + [match.span() for match in WELL_KNOWN.finditer(text)]
    runs = [run for run in name_runs(text, known) if not any(a < run.end and run.start < b for a, b in covered)]
    if len(runs) > _MANY:
        yield from (run for run in runs if run.given)
        return
    said = [_counts(text, run, others, known) for run in runs]
    # «Leo and Mia, 5 and 8»: what is known of one holds for those beside it
    joined = [_belong(text, one, other, known) for one, other in pairwise(runs)]
    for i, together in enumerate(joined):
        said[i + 1] |= together and said[i]
    for i in reversed(range(len(joined))):
        said[i] |= joined[i] and said[i + 1]
    people = [run for run, own in zip(runs, said, strict=True) if own]
    yield from people
    taken = [*covered, *((run.whole, run.end) for run in people)]
    yield from (run for run in initials(text) if not any(a < run.end and run.start < b for a, b in taken))


def _belong(text: str, one: Run, other: Run, known: Published) -> bool:
    if not JOINED.match(text[one.end : other.whole]):
        return False
    return not any(run.weak and is_word(run.words[0]) for run in (one, other)) or bool(
        BABY.search(text[one.end : other.whole])
    )


def _counts(text: str, run: Run, others: Sequence[Found], known: Published) -> bool:
    return (_is_surely if run.weak else _gives_away)(text, run, others, known)


def _is_surely(text: str, run: Run, others: Sequence[Found], known: Published) -> bool:
    """A word that may be none, with a sign that leaves no doubt: «my lad rojin», «summer is back in care»."""
    lead, after = before(text, run.whole), text[run.end : run.end + AROUND]
    word = is_word(run.words[0])
    also = not word or is_also_given(run.words[0])
    if CALLED.search(lead):
        return not is_staff(lead, after)
    if not also or _is_published(text, run, known) or is_staff(lead, after):
        return False
    if SURELY.match(after) and CLAUSE.search(lead):
        return True
    if is_mostly_name(run.words[0]) and run.words[0][0].isupper() and LIKELY.match(after) and CLAUSE.search(lead):
        return not ASKS.search(lead)
    if run.words[0].endswith("s") and IS_IN_HASTE.match(after) and CLAUSE.search(lead):
        return True
    if run.words[0][0].isupper() and ASKED_OF.search(lead) and OLD_ENOUGH.match(after):
        return True
    if POSSESSES_KIN.match(after) or (run.words[0].endswith("s") and KIN_NEXT.match(after) and not KIN_OF.search(lead)):
        return True
    if word and run.words[0].islower():
        return bool(ONE_OF_KIN.search(lead) and SURELY.match(after)) and run.words[0] not in NEVER
    return bool(
        ONE_OF_KIN.search(lead)
        or MINE.search(lead)
        or THEIRS.search(lead)
        or AGED.search(lead)
        or MET.search(lead)
        or AGED_AFTER.match(after)
        or _is_young(after)
    ) or (not word and _has_kin(run, lead, after))


def _is_young(after: str) -> bool:
    age = AGE.match(after)
    return age is not None and bool(age["years"] or not age["age"].isdigit() or int(age["age"]) < 19)


def _has_kin(run: Run, lead: str, after: str) -> bool:
    """«mum of tiana», «Nasteexo, Somali mum», «the stanikzai family», «the Ahmeds»."""
    if KIN_OF.search(lead) or AS_KIN.match(after):
        return True
    if ASIDE.search(lead) and after.startswith(",") or (run.given and OUR.search(lead)):
        return True
    if len(run.words) == 1 and (FAMILY_OF.match(after) or FAMILY_NOUN.match(after)) and THE.search(lead):
        return True
    name = run.words[-1].lower()
    surname = name[:-1] in FAMILY or name.startswith(("mc", "o'")) or not name.islower()
    return (
        name.endswith("s")
        and surname
        and bool(THE_FAMILY.search(lead) or (THE.search(lead) and FAMILY_DOES.match(after)))
    )


def _gives_away(text: str, run: Run, others: Sequence[Found], known: Published) -> bool:
    lead, after = before(text, run.whole), text[run.end : run.end + AROUND]
    if _has_birth(text, run, others, known):
        return True
    if _is_published(text, run, known):
        return False
    if (MINE.search(lead) or MINE_AFTER.match(after) or MET.search(lead)) or (
        _is_beside(text, run, others) and (run.given or run.titled)
    ):
        return True
    heard = not run.given or known.has(" ".join(run.words))
    if (heard and _is_reported(text, run)) or is_staff(lead, after):
        return False
    if THEIRS.search(lead) or _has_age(run, lead, after, known):
        return True
    if STORY.search(_sentence(text, run)) and not FIRST_PERSON.search(_sentence(text, run)):
        return False
    tale = TALE.search(_sentence(text, run)) and known.has(" ".join(run.words))
    if CALLED.search(lead) and (not tale or FIRST_PERSON.search(_sentence(text, run))):
        return True
    if _does(text, run, lead, after, known) or (not known.has(" ".join(run.words)) and _has_kin(run, lead, after)):
        return True
    if _is_unheard(text, run, known) and not (ASKED_OF.search(lead) or SPEAKS.match(after) or SPOKEN.match(after)):
        return True
    if not _is_of_a_family(run, lead, after, known):
        return False
    return not known.has(" ".join(run.words)) or bool(FIRST_PERSON.search(_sentence(text, run)))


def _does(text: str, run: Run, lead: str, after: str, known: Published) -> bool:
    """What only somebody of a caseload does or has; of one whom documents know too, only what is told by «I» or «we»."""
    unheard = not known.has(" ".join(run.words))
    if ASKED_OF.search(lead):
        return run.given and unheard and bool(ELIGIBLE.match(after))
    has = (
        POSSESSES.match(after)
        or (run.given and unheard and POSSESSES_TOO.match(after))
        or (run.words[-1].endswith("s") and run.given and POSSESSES_IN_HASTE.match(after))
    )
    if not (SURELY.match(after) or has or ((run.given or run.titled) and LIKELY.match(after))):
        return False
    told = not TALE.search(_sentence(text, run)) or bool(FIRST_PERSON.search(_sentence(text, run)))
    if not unheard:
        return (
            told
            and bool(SURELY.match(after))
            and bool(CLAUSE.search(lead))
            and (bool(FIRST_PERSON.search(_sentence(text, run))) or not ASKS.search(_sentence(text, run)))
        )
    return told


def _is_published(text: str, run: Run, known: Published) -> bool:
    """A whole name that documents or the programme have, its first word known as a name or not: «Sal Tariq»."""
    first = re.search(r"\b([A-Z][\w'’-]+)\s$", before(text, run.start))
    names = [" ".join(run.words)] if len(run.words) > 1 else []
    names += [f"{first[1]} {run.words[0]}"] if first and not run.titled else []
    return any(known.has(name) for name in names)


def _is_unheard(text: str, run: Run, known: Published) -> bool:
    """A name that no document has: a whole one, or a given name in a sentence about a child's people."""
    if not run.given or known.has(" ".join(run.words)):
        return False
    sentence = _sentence(text, run)
    if len(run.words) > 1:
        return bool(PERSONAL.search(sentence)) or not SCHOLARLY.search(sentence)
    if is_also_given(run.words[0]) or (TALE.search(sentence) and not FIRST_PERSON.search(sentence)):
        return False
    if PERSONAL.search(sentence):
        return True
    beside = text[max(0, run.start - 2 * AROUND) : run.end + 2 * AROUND]
    return not SCHOLARLY.search(sentence) and (
        bool(PERSONAL.search(beside)) or not BY_STAFF.search(before(text, run.whole))
    )


def _has_birth(text: str, run: Run, others: Sequence[Found], known: Published) -> bool:
    """A date of birth close by, or a plain date right behind a person's name."""
    births = [one for one in others if one.kind == "date_of_birth"]
    if any(_near(text, run, one.cut_from, one.cut_to, 45) for one in births):
        return True
    return birth_of(text, run) is not None and not _is_published(text, run, known)


def birth_of(text: str, run: Run) -> tuple[int, int] | None:
    """A whole date right behind a name: «Harpreet Kaur 11/12/2007»."""
    follows = re.match(r"(?:\s+[A-Z]\b\.?)?\s*[,(]?\s*", text[run.end :])
    at = run.end + (follows.end() if follows else 0)
    date = PLAIN.match(text, at)
    return date.span() if date and (run.given or len(run.words) > 1) else None


def _is_beside(text: str, run: Run, others: Sequence[Found]) -> bool:
    return any(_near(text, run, one.start, one.end, NEAR) for one in others)


def _near(text: str, run: Run, start: int, end: int, most: int) -> bool:
    gap = text[run.end : start] if run.end <= start else text[end : run.whole]
    return len(gap) <= most and not STOPS.search(gap + " ") and not ASKS.search(gap)


def _has_age(run: Run, lead: str, after: str, known: Published) -> bool:
    if AGED.search(lead):
        return True
    age = AGE.match(after)
    alone = run.given or not known.has(" ".join(run.words))
    told = age is not None and (alone or bool(age["years"])) and (not age["age"].isdigit() or int(age["age"]) < 20)
    return told or bool(AGED_AFTER.match(after))


def _is_of_a_family(run: Run, lead: str, after: str, known: Published) -> bool:
    if run.titled or BESIDE.search(lead) or FOR.search(lead) or OF.match(after):
        return run.given or run.titled or not known.is_name(" ".join(run.words))
    if run.given and CASE.match(after):
        return True
    return len(run.words) == 1 and bool(FAMILY_OF.match(after)) and bool(THE.search(lead))


def _is_reported(text: str, run: Run) -> bool:
    sentence = _sentence(text, run)
    lead = sentence[: max(0, sentence.find(run.words[0]))]
    told = bool(TOLD_OF.match(text[run.end :])) or bool(REPORTED.search(lead))
    return told and not FIRST_PERSON.search(sentence)


def _sentence(text: str, run: Run) -> str:
    lead, after = before(text, run.whole), text[run.end : run.end + AROUND]
    begin = max((m.end() for m in STOPS.finditer(lead)), default=0)
    end = next((m.start() + 1 for m in STOPS.finditer(after)), len(after))
    return lead[begin:] + text[run.whole : run.end] + after[:end]
